//! Reading claim files: every article with its claims, in canonical order, then what joins them by id.

use super::article::{Defaults, Heading, read_article};
use super::declare::read_vocabulary;
use super::derived::Derivations;
use super::figure::{ReadClaim, Reader};
use super::meaning::check_meanings;
use super::mention::locate;
use super::model::{Assume, Check, RecordTable};
use super::names::{check_expressions, successions};
use super::table::{self, Settled, Sieve};
use super::waiver::{Waiver, read_waivers};
use super::{ArticleId, ClaimId, Claims, Compare, Vocabulary, article, declare, figure, other, series, waiver};
use crate::parallel::in_parallel;
use crate::source::document::{self, Table};
use crate::source::records::fold;
use crate::source::{FileId, Files, InputError, InputErrors, Sources, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// What is often looked for in a claim file, and where it stands.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "rule",
        "rules stand in rule files: put it into a file under `rules/`, or relate claims by name with `[check.ID]`",
    ),
    ("edits", "rules over tables stand in rule files: put it into a file under `rules/`"),
    ("convention", "conventions stand in `addup.toml`, or as keys of `[article]` such as `week-starts`"),
    ("severity", "severities stand in `addup.toml`"),
];

const KEYS: &[&str] = &[
    "article",
    "claim",
    "claims",
    "table",
    "event",
    "text",
    "check",
    "assume",
    "measure",
    "dimension",
    "rate",
    "waive",
];

/// Every table of a claim file with the keys that it may have, by the name of the page that explains them. Those of
/// `[measure.X]` and `[dimension.X]` are those of rule files, too.
pub fn known_keys() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("claim-files", KEYS),
        ("article", article::KEYS),
        ("claim", figure::KEYS),
        ("claims", series::KEYS),
        ("table", table::KEYS),
        ("event", other::EVENT_KEYS),
        ("text", other::TEXT_KEYS),
        ("check", other::CHECK_KEYS),
        ("assume", other::ASSUME_KEYS),
        ("waive", waiver::KEYS),
        ("measure", declare::MEASURE_KEYS),
        ("dimension", declare::DIMENSION_KEYS),
    ]
}

/// One claim file, before its claims are read.
struct Opened {
    root: Table,
    heading: Heading,
    vocabulary: Vocabulary,
    tables: Vec<table::Opened>,
    filled: Vec<table::Filled>,
}

/// What a claim file says, read.
#[derive(Default)]
struct Read {
    claims: Vec<ReadClaim>,
    checks: Vec<Check>,
    assumes: Vec<Assume>,
    records: Vec<RecordTable>,
    waivers: Vec<Waiver>,
    compared: usize,
}

/// One claim file, read.
struct ReadArticle {
    heading: Heading,
    vocabulary: Vocabulary,
    read: Read,
}

/// Reads claim files, in the order given (callers sort), with the drafts they name. Errors are collected: a claim that
/// cannot be read is an error, and the others are still read.
pub fn load(sources: &mut Sources, files: &dyn Files, claim_files: &[FileId], errors: &mut InputErrors) -> Claims {
    load_under(&Defaults::default(), sources, files, claim_files, errors)
}

/// The same, where articles that say nothing themselves are held to what the workspace settles.
pub fn load_under(
    defaults: &Defaults,
    sources: &mut Sources,
    files: &dyn Files,
    claim_files: &[FileId],
    errors: &mut InputErrors,
) -> Claims {
    load_sifted(defaults, None, NonZeroUsize::MIN, sources, files, claim_files, errors)
}

/// The same on so many threads, where rows of tables are not read as claims if the sieve tells that nothing in them
/// clashes.
pub(crate) fn load_sifted(
    defaults: &Defaults,
    sieve: Option<&dyn Sieve>,
    jobs: NonZeroUsize,
    sources: &mut Sources,
    files: &dyn Files,
    claim_files: &[FileId],
    errors: &mut InputErrors,
) -> Claims {
    let faults = errors.0.len();
    let mut opened = Vec::new();
    let parsed = in_parallel(claim_files.len(), jobs, &|at| {
        let mut errors = InputErrors::default();
        let root = claim_files.get(at).and_then(|file| document::parse(sources, *file, &mut errors));
        (root, errors)
    });
    for (file, (root, unread)) in claim_files.iter().zip(parsed) {
        errors.0.extend(unread.0);
        if let Some(root) = root {
            root.finish_among(KEYS, ELSEWHERE, errors);
            opened.push(open(root, *file, defaults, sources, files, errors));
        }
    }
    let settled = fill(&mut opened, sieve.filter(|_| errors.is_empty()), &defaults.vocabulary, sources, errors);
    let tables: BTreeSet<FileId> = opened.iter().flat_map(|it| &it.filled).flat_map(table::Filled::files).collect();
    // Whether "fell by 8%" is below zero may be said in any file.
    let each = opened.iter().map(|it| (it.heading.article.id.as_str(), &it.heading.article.context, &it.root));
    let vocabularies = opened.iter().map(|it| &it.vocabulary).chain([&defaults.vocabulary]);
    let derivations = Derivations::of(each, &defaults.derivations, vocabularies, sources, errors.is_empty());
    let read = in_parallel(opened.len(), jobs, &|at| {
        let mut errors = InputErrors::default();
        let read = opened.get(at).map(|opened| read_claims(opened, &derivations, sources, &mut errors));
        (read.unwrap_or_default(), errors)
    });
    let mut articles = Vec::new();
    for (opened, (read, unread)) in opened.into_iter().zip(read) {
        errors.0.extend(unread.0);
        articles.push(ReadArticle { heading: opened.heading, vocabulary: opened.vocabulary, read });
    }
    articles.sort_by(|one, other| {
        let key = |it: &ReadArticle| (it.heading.article.id.clone(), it.heading.article.file);
        key(one).cmp(&key(other))
    });
    for pair in articles.windows(2) {
        if let [first, second] = pair
            && first.heading.article.id == second.heading.article.id
        {
            errors.push(one_id_twice(&first.heading, &second.heading, sources));
        }
    }
    let (mut claims, supersedes) = join(articles, errors);
    for (older, newer) in successions(&claims, &supersedes, errors) {
        if let Some(claim) = claims.claims.get_mut(older.index()) {
            claim.superseded_by = Some(newer);
        }
    }
    claims.vocabulary.merge(&defaults.vocabulary, errors);
    claims.reading = defaults.reading.clone();
    claims.settled = settled;
    // A claim that could not be read would make every name of it dangle: one slip is to give one error.
    if errors.0.len() == faults {
        check_expressions(&claims, errors);
    }
    let before = errors.0.len();
    claims.apply_vocabulary(errors);
    fold(errors, before, |file| tables.contains(&file));
    if errors.0.len() == faults {
        check_meanings(&claims, errors);
    }
    claims
}

/// Reads what a file says of its article and of measures.
fn open(
    root: Table,
    file: FileId,
    defaults: &Defaults,
    sources: &mut Sources,
    files: &dyn Files,
    errors: &mut InputErrors,
) -> Opened {
    let heading = read_article(&root, file, defaults, sources, files, errors);
    let vocabulary = read_vocabulary(&root, sources, files, errors);
    let tables = table::Opened::all(&root, sources, files, errors);
    Opened { root, heading, vocabulary, tables, filled: Vec::new() }
}

/// Reads the rows of all tables, but for those that the sieve settles. Gives what is known of them.
fn fill(
    opened: &mut [Opened],
    sieve: Option<&dyn Sieve>,
    declared: &Vocabulary,
    sources: &Sources,
    errors: &mut InputErrors,
) -> Vec<Settled> {
    let apart: Vec<bool> = opened.iter().map(|it| sieve.is_some() && it.is_apart(opened, sources)).collect();
    let mut vocabulary = declared.clone();
    if apart.contains(&true) {
        // What is declared twice is reported where vocabularies are joined.
        opened.iter().for_each(|it| vocabulary.merge(&it.vocabulary, &mut InputErrors::default()));
    }
    let mut settled = Vec::new();
    for (opened, is_apart) in opened.iter_mut().zip(apart) {
        let tables = std::mem::take(&mut opened.tables);
        let sifted = match (sieve, tables.as_slice()) {
            (Some(sieve), [only]) if is_apart => only.sift(sieve, &opened.heading, &vocabulary, sources),
            _ => None,
        };
        match sifted {
            Some((filled, known)) => {
                opened.filled.push(filled);
                settled.push(known);
            }
            None => opened.filled.extend(tables.into_iter().map(|table| table.fill(sources, errors))),
        }
    }
    settled.sort_by(|one, other| one.article.cmp(&other.article));
    settled
}

impl Opened {
    /// Whether it is one table and nothing else, that no claim of this or another file has anything to do with.
    fn is_apart(&self, all: &[Self], sources: &Sources) -> bool {
        let article = &self.heading.article;
        // Rows may be named with their article or without it, and ids may be written with escapes.
        let files = self.tables.iter().flat_map(table::Opened::names).map(|name| format!("{name}["));
        let named: Vec<String> =
            files.chain([format!("{}/", article.id), "\\u".into(), "\\U".into(), "\\x".into()]).collect();
        let others = all.iter().filter(|other| other.heading.article.file != article.file);
        let mut texts = others.map(|other| sources.text(other.heading.article.file));
        self.tables.len() == 1
            && !["claim", "claims", "event", "text", "check", "assume"].iter().any(|key| self.root.get(key).is_some())
            && article.compare == Compare::Article
            && article.rates.leads_to().is_none()
            && !texts.any(|text| named.iter().any(|name| text.contains(name)))
    }
}

fn read_claims(opened: &Opened, derivations: &Derivations, sources: &Sources, errors: &mut InputErrors) -> Read {
    let Opened { root, heading, filled, .. } = opened;
    let mut reader = Reader { heading, sources, errors, compared: 0, derivations };
    let mut claims = reader.figures(root);
    claims.extend(reader.series(root));
    let (tabled, records) = reader.tables(filled);
    claims.extend(tabled);
    claims.extend(reader.events(root));
    claims.extend(reader.texts(root));
    let (mut checks, mut assumes) = (reader.checks(root), reader.assumes(root));
    let waivers = read_waivers(root, reader.errors);
    let mut compared = reader.compared;
    claims.sort_by_key(|it| it.claim.span);
    checks.sort_by_key(|it| it.span);
    assumes.sort_by_key(|it| it.span);
    let before = errors.0.len();
    one_name_twice(claims.iter().map(|it| (it.claim.name.as_str(), it.claim.span)), "claim", errors);
    fold(errors, before, |file| filled.iter().any(|table| table.files().any(|it| it == file)));
    let rules =
        checks.iter().map(|it| (it.id.as_str(), it.span)).chain(assumes.iter().map(|it| (it.id.as_str(), it.span)));
    one_name_twice(rules, "check or assumption", errors);
    if let Some(draft) = heading.article.draft {
        let looked_up = locate(&mut claims, draft, sources.text(draft));
        compared = compared.saturating_add(looked_up);
    }
    Read { claims, checks, assumes, records, waivers, compared }
}

fn one_name_twice<'a>(names: impl Iterator<Item = (&'a str, Span)>, what: &str, errors: &mut InputErrors) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for (name, span) in names {
        if let Some(known) = first.get(name) {
            let name = name.rsplit('/').next().unwrap_or(name);
            let error = InputError::at(span, format!("a second {what} has the id `{name}`"));
            errors.push(error.also(*known, "the first").help("give one of them another id"));
        } else {
            first.insert(name, span);
        }
    }
}

fn one_id_twice(first: &Heading, second: &Heading, sources: &Sources) -> InputError {
    let (first, second) = (first.clone(), second.clone());
    let message = format!("two files have the article id `{}`", second.article.id);
    let other = format!("the first is {}", sources.path(first.article.file));
    let error = InputError::at(second.id_span, message).also(first.id_span, other);
    error.help("rename one of the files, or give it another id: id = \"…\" in [article]")
}

/// Puts the articles together, so that every claim has its number.
fn join(articles: Vec<ReadArticle>, errors: &mut InputErrors) -> (Claims, Vec<(ClaimId, Spanned<String>)>) {
    let mut joined = Claims::default();
    let mut supersedes = Vec::new();
    for ReadArticle { heading, vocabulary, read } in articles {
        let article = ArticleId::at(joined.articles.len());
        for read in read.claims {
            let id = ClaimId::at(joined.claims.len());
            joined.claims.push(super::Claim { article, ..read.claim });
            joined.details.push(read.detail);
            joined.quote_issues.extend(read.issues.into_iter().map(|issue| super::QuoteIssue { claim: id, ..issue }));
            supersedes.extend(read.supersedes.into_iter().map(|older| (id, older)));
        }
        joined.checks.extend(read.checks.into_iter().map(|it| Check { article, ..it }));
        joined.assumes.extend(read.assumes.into_iter().map(|it| Assume { article, ..it }));
        joined.waivers.extend(read.waivers.into_iter().map(|it| Waiver { article: Some(article), ..it }));
        joined.records.extend(read.records.into_iter().map(|it| RecordTable { article, ..it }));
        joined.vocabulary.merge(&vocabulary, errors);
        joined.quotes_checked = joined.quotes_checked.saturating_add(read.compared);
        joined.articles.push(heading.article);
    }
    (joined, supersedes)
}
