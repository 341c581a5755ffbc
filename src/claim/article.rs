//! Reading `[article]`: who says it, when, under which conventions, and where its draft is.

use super::declare::{read_day, read_policy};
use super::rates::{Rates, read_rates};
use super::scope::{Member, Scope};
use super::{Article, Compare, MeasureDerivation, Vocabulary};
use crate::calendar::{Context, Conventions, FiscalYear, Hemisphere, NamedFor, SinceBegins, WeekStart};
use crate::number::ReadingPolicy;
use crate::source::document::{Table, Value, ValueKind};
use crate::source::{FileId, Files, InputError, InputErrors, Sources, Span, Spanned};

/// What is often looked for in `[article]`, and where it stands.
const ELSEWHERE: &[(&str, &str)] = &[
    ("when", "each claim has a `when` of its own; the day of the article itself is its `dateline`"),
    ("date", "the day of the article is its `dateline`"),
    ("measure", "each claim names its own `measure`"),
];

pub(super) const KEYS: &[&str] = &[
    "id",
    "title",
    "dateline",
    "draft",
    "source",
    "scope",
    "story",
    "compare",
    "week-starts",
    "since",
    "seasons",
    "fiscal-year-starts",
    "fiscal-year-named-for",
    "rounding",
    "digits",
    "url",
    "note",
];

const COMPARE: &[(&str, Compare)] = &[("article", Compare::Article), ("story", Compare::Story), ("all", Compare::All)];

/// What a workspace settles for every article that says nothing itself.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Which other articles an article's claims meet.
    pub compare: Compare,
    /// The conventions that words are read under.
    pub conventions: Conventions,
    /// What rule files declare of measures and dimensions.
    pub vocabulary: Vocabulary,
    /// How digits and the words beside them are taken where neither claim, article nor measure settles it.
    pub reading: ReadingPolicy,
    /// What currencies are worth.
    pub rates: Rates,
    /// How rules derive measures.
    pub derivations: Vec<MeasureDerivation>,
}

/// An article and what its claims take from it where they say nothing themselves.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// The article.
    pub(super) article: Article,
    /// Where its id is given: in `[article]`, or the start of the file whose stem it is.
    pub(super) id_span: Span,
    /// The source of claims that name none.
    pub(super) source: Option<String>,
    /// The dimensions that every claim has.
    pub(super) scope: Scope,
    /// How digits are taken.
    pub(super) policy: ReadingPolicy,
}

/// Reads the `[article]` of a claim file; a file without one has an article with defaults alone.
pub(super) fn read_article(
    root: &Table,
    file: FileId,
    defaults: &Defaults,
    sources: &mut Sources,
    files: &dyn Files,
    errors: &mut InputErrors,
) -> Heading {
    let start = Span { file, start: 0, end: 0 };
    let stem = file_stem(sources.path(file)).to_owned();
    // Words are the workspace's from the start; its rounding gives way to what a measure declares.
    let words_alone = ReadingPolicy { table: defaults.reading.table.clone(), ..ReadingPolicy::default() };
    let mut heading = Heading {
        article: Article {
            id: stem,
            file,
            span: root.key_span("article").unwrap_or(start),
            title: None,
            draft: None,
            context: Context { dateline: None, conventions: defaults.conventions.clone() },
            story: None,
            compare: defaults.compare,
            rates: defaults.rates.clone(),
        },
        id_span: start,
        source: None,
        scope: Scope::default(),
        policy: words_alone.clone(),
    };
    if let Some(table) = root.table("rate", errors) {
        heading.article.rates = read_rates(table, errors);
    }
    let Some(table) = root.table("article", errors) else { return heading };
    table.finish_among(KEYS, ELSEWHERE, errors);
    if let Some(id) = table.string("id", errors) {
        if is_id(&id.value) {
            heading.article.id = id.value;
        } else {
            let error = InputError::at(id.span, format!("`{}` cannot be the id of an article", id.value));
            errors.push(error.help("an id is not empty and has no `/` and no line break in it"));
        }
        heading.id_span = id.span;
    }
    let article = &mut heading.article;
    article.title = table.string("title", errors).map(|it| it.value);
    article.context = Context {
        dateline: table.date("dateline", errors).and_then(|it| read_day(&it, "dateline", errors)),
        conventions: read_conventions(table, &defaults.conventions, errors),
    };
    article.story = table.string("story", errors).map(|it| it.value);
    let compare = table.choice("compare", COMPARE, errors);
    if let (Some(Spanned { value: Compare::Story, span }), None) = (&compare, &article.story) {
        let error = InputError::at(*span, "`compare = \"story\"` needs a story to compare with");
        errors.push(error.help("add story = \"…\", the same in every article of the story"));
    }
    article.compare = compare.map_or(defaults.compare, |it| it.value);
    article.draft = table.string("draft", errors).and_then(|path| sources.read_beside(files, &path, errors));
    heading.source = table.string("source", errors).map(|it| it.value);
    heading.scope = read_scope(table, &Scope::default(), errors);
    heading.policy = read_policy(table, errors).or(&words_alone);
    for key in ["url", "note"] {
        table.string(key, errors);
    }
    heading
}

/// The conventions that a table settles, an article's or a workspace's; what it leaves open is as others leave it.
pub(crate) fn read_conventions(table: &Table, defaults: &Conventions, errors: &mut InputErrors) -> Conventions {
    Conventions {
        week_starts: table.choice("week-starts", &WeekStart::NAMES, errors).map(|it| it.value).or(defaults.week_starts),
        since: table.choice("since", &SinceBegins::NAMES, errors).map(|it| it.value).or(defaults.since),
        seasons: table.choice("seasons", &Hemisphere::NAMES, errors).map(|it| it.value).or(defaults.seasons),
        fiscal_year: read_fiscal_year(table, errors).or(defaults.fiscal_year),
    }
}

fn read_fiscal_year(table: &Table, errors: &mut InputErrors) -> Option<FiscalYear> {
    let month = table.integer("fiscal-year-starts", errors);
    let named_for = table.choice("fiscal-year-named-for", &NamedFor::NAMES, errors);
    let Some(month) = month else {
        if let Some(named_for) = named_for {
            let error = InputError::at(named_for.span, "`fiscal-year-named-for` needs `fiscal-year-starts` beside it");
            errors.push(error.help("write fiscal-year-starts = 4 if the fiscal year begins in April"));
        }
        return None;
    };
    let named_for = named_for.map_or(NamedFor::End, |it| it.value);
    let years = u8::try_from(month.value).ok().and_then(|month| FiscalYear::new(month, named_for));
    if years.is_none() {
        let error = InputError::at(month.span, "`fiscal-year-starts` must be a month, 1 to 12");
        errors.push(error.help("write fiscal-year-starts = 4 if the fiscal year begins in April"));
    }
    years
}

/// What a file is called without its folder and its ending.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// Whether a text can be an id: other files write `article/claim`, so a slash would be read as that.
pub(super) fn is_id(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(['/', '\n', '`'])
}

/// The scope of a claim: what it states, on top of what its article states.
pub(super) fn read_scope(table: &Table, outer: &Scope, errors: &mut InputErrors) -> Scope {
    let mut scope = outer.clone();
    let Some(value) = table.get("scope") else { return scope };
    let ValueKind::Table(members) = &value.kind else {
        let error = value.wrong_type("`scope`", "a table");
        errors.push(error.help("write scope = { place = \"KH\" }"));
        return scope;
    };
    for (dimension, value) in members.entries() {
        if let Some(member) = read_member(dimension, value, errors) {
            scope.0.insert(dimension.value.clone(), member);
        }
    }
    scope
}

fn read_member(dimension: &Spanned<String>, value: &Value, errors: &mut InputErrors) -> Option<Member> {
    let Some(text) = value.as_text() else {
        let error = value.wrong_type(&format!("the member of `{}`", dimension.value), "a string");
        errors.push(error.help(format!("write {} = \"…\"", dimension.value)));
        return None;
    };
    let member = as_member(text.value);
    if member.is_none() {
        let error = InputError::at(text.span, format!("`{}` is not a member of a dimension", text.value.trim()));
        errors.push(error.help("write a name, a path such as \"KH/Mondulkiri\", or \"*\" for all"));
    }
    member
}

/// The member of a dimension that a text names: a name, a path, or `*` for all.
pub(super) fn as_member(text: &str) -> Option<Member> {
    let path = text.trim();
    if path == "*" {
        return Some(Member::All);
    }
    let parts: Vec<&str> = path.split('/').map(str::trim).collect();
    let names = parts.iter().all(|part| !part.is_empty() && *part != "*");
    names.then(|| Member::Path(parts.join("/")))
}
