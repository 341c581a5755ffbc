//! Reading figures: `[claim.ID]`, and what it shares with the series of `[claims.X]`.

use super::article::{Heading, is_id, read_scope};
use super::dated::{Dating, hold_against, is_reporting};
use super::declare::{read_policy, unit};
use super::derived::Derivations;
use super::model::{Claim, Detail, FigureClaim, Kind, Mention, QuoteIssue, Share};
use super::value::{Manner, Stated, Statement, asked, read_stated};
use super::{ArticleId, ClaimId, Scope};
use crate::calendar::{Alternatives, DateError, DaySet, When, hint, read_when};
use crate::expr::{self, Expression};
use crate::number::{Rational, ReadingPolicy, Unit};
use crate::source::document::Table;
use crate::source::{InputError, InputErrors, Sources, Span, Spanned};
use std::ops::Range;

pub(super) const KEYS: &[&str] = &[
    "quote",
    "value",
    "measure",
    "when",
    "scope",
    "source",
    "unit",
    "of",
    "in",
    "is",
    "confidence",
    "fixed",
    "supersedes",
    "rounding",
    "digits",
    "note",
    "url",
];

/// The longest quote, in bytes. Nobody quotes pages for a figure.
const LONGEST_QUOTE: usize = 10_000;

/// What reads the claims of one article.
pub(super) struct Reader<'a> {
    pub(super) heading: &'a Heading,
    pub(super) sources: &'a Sources,
    pub(super) errors: &'a mut InputErrors,
    /// How many quotes were compared with a value or a day.
    pub(super) compared: usize,
    /// How claims and measures are derived, in all files together.
    pub(super) derivations: &'a Derivations,
}

/// A claim that was read, before ids across articles are known.
#[derive(Clone, Debug)]
pub(super) struct ReadClaim {
    pub(super) claim: Claim,
    pub(super) detail: Detail,
    /// Where the figure (or the date) stands in each mention's quote.
    pub(super) figures: Vec<Option<Range<usize>>>,
    /// What is wrong between quotes, values and dates. The claim's own id is filled in later.
    pub(super) issues: Vec<QuoteIssue>,
    /// The claims that it replaces.
    pub(super) supersedes: Vec<Spanned<String>>,
}

impl ReadClaim {
    /// The claim with its readings in another unit, which is its unit already.
    fn converted(&mut self, factor: &Rational) {
        if let Kind::Figure(figure) = &mut self.claim.kind {
            figure.multiply(factor);
        }
        self.detail.factor = Some(factor.clone());
    }
}

/// What `[claim.ID]` and `[claims.X]` have in common.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) when: Option<Spanned<Alternatives<When>>>,
    pub(super) scope: Scope,
    pub(super) source: Option<String>,
    pub(super) unit: Option<Spanned<Unit>>,
    pub(super) is: Option<Expression>,
    pub(super) share: Option<Share>,
    pub(super) detail: Detail,
    pub(super) supersedes: Vec<Spanned<String>>,
}

impl<'a> Reader<'a> {
    /// Reads every `[claim.ID]`.
    pub(super) fn figures(&mut self, root: &Table) -> Vec<ReadClaim> {
        let mut claims = Vec::new();
        for (id, table) in root.tables("claim", "[claim.ID]", self.errors) {
            let faults = self.errors.0.len();
            table.finish(KEYS, self.errors);
            if self.id(id) {
                claims.extend(self.figure(id, table, faults));
            }
        }
        claims
    }

    /// Whether a key can be an id; if not, that is reported.
    pub(super) fn id(&mut self, id: &Spanned<String>) -> bool {
        if !is_id(&id.value) {
            let error = InputError::at(id.span, format!("`{}` cannot be the id of a claim", id.value));
            self.errors.push(error.help("an id is not empty and has no `/`, backtick or line break in it"));
        }
        is_id(&id.value)
    }

    /// Reads one claim; `faults` errors stood before it. A misspelt `value` is to give one error, and not two.
    fn figure(&mut self, id: &Spanned<String>, table: &Table, faults: usize) -> Vec<ReadClaim> {
        let terms = self.terms(table);
        // A figure that is no measure of anything has one of its own, so that it meets no other by accident.
        let own = || Spanned::new(format!("{}/{}", self.heading.article.id, id.value), id.span);
        let measure = table.string("measure", self.errors).unwrap_or_else(own);
        let quotes = self.quotes(table);
        for key in ["note", "url"] {
            table.string(key, self.errors);
        }
        let value = table.get("value");
        if value.is_none() && quotes.is_empty() {
            if terms.is.is_none() && self.errors.0.len() == faults {
                let error = InputError::at(id.span, format!("`{}` states no figure", id.value));
                self.errors.push(error.help("add quote = \"…\" with the words that report it, or value = …"));
                return Vec::new();
            }
            return self.claims(id, &measure, &terms, asked(id.span));
        }
        let policy = terms.detail.policy.clone();
        let manner = self.manner(&id.value, &measure.value, &terms, &policy);
        match read_stated(value, &quotes, manner, self.sources, self.errors) {
            Some(stated) => self.claims(id, &measure, &terms, stated),
            None => Vec::new(),
        }
    }

    /// How the words of a claim are read: as a change, if it says that it is one, or if other claims, a check or a rule do.
    pub(super) fn manner<'p>(
        &self,
        id: &str,
        measure: &'p str,
        terms: &'p Terms,
        policy: &'p ReadingPolicy,
    ) -> Manner<'p>
    where
        'a: 'p,
    {
        let article = &self.heading.article;
        let is = terms.is.as_ref().map(|is| &is.root);
        let derived = self.derivations.derived(&article.id, id, measure, is, &article.context);
        Manner {
            policy,
            derived,
            measure,
            unit: terms.unit.as_ref().map(|unit| &unit.value).or_else(|| self.derivations.unit(measure)),
            is_size: self.derivations.is_size(measure),
            is_doubtful: !self.derivations.is_whole,
        }
    }

    /// The quotes of a claim. One that is out of all proportion is reported and left out.
    pub(super) fn quotes(&mut self, table: &Table) -> Vec<Spanned<String>> {
        let mut quotes = table.strings("quote", self.errors);
        quotes.retain(|quote| {
            let length = quote.value.len();
            if length > LONGEST_QUOTE {
                let at = Span { end: quote.span.start, ..quote.span };
                let message = format!("this quote has {length} bytes, and {LONGEST_QUOTE} are the most that is read");
                self.errors.push(InputError::at(at, message).help("quote only the words that report the figure"));
            }
            length <= LONGEST_QUOTE
        });
        quotes
    }

    /// What the keys of a claim or of a whole series say, but for measure and values.
    pub(super) fn terms(&mut self, table: &Table) -> Terms {
        let when = table.date("when", self.errors).and_then(|text| self.when(&text));
        let share = Share { of: table.string("of", self.errors), whole: table.string("in", self.errors) };
        let is = table.string("is", self.errors).and_then(|text| self.expression(text.span));
        Terms {
            when,
            scope: read_scope(table, &self.heading.scope, self.errors),
            source: table.string("source", self.errors).map(|it| it.value).or_else(|| self.heading.source.clone()),
            unit: table.string("unit", self.errors).map(|it| Spanned::new(unit(&it.value), it.span)),
            is,
            share: (share.of.is_some() || share.whole.is_some()).then_some(share),
            detail: Detail {
                policy: self.policy(table),
                confidence: read_confidence(table, "confidence", self.errors),
                fixed: table.truth("fixed", self.errors).is_some_and(|it| it.value),
                factor: None,
            },
            supersedes: table.strings("supersedes", self.errors),
        }
    }

    fn policy(&mut self, table: &Table) -> ReadingPolicy {
        read_policy(table, self.errors).or(&self.heading.policy)
    }

    /// The expression in a string.
    pub(super) fn expression(&mut self, span: Span) -> Option<Expression> {
        expr::parse(self.sources, span).map_err(|error| self.errors.push(*error)).ok()
    }

    /// The time that a phrase says.
    pub(super) fn when(&mut self, text: &Spanned<String>) -> Option<Spanned<Alternatives<When>>> {
        match read_when(&text.value, &self.heading.article.context) {
            Ok(when) => Some(Spanned::new(when, text.span)),
            Err(error) => {
                self.errors.push(undated(text, &error));
                None
            }
        }
    }

    /// The claims that a figure's statements make: one, or one a unit. The first keeps the id; the others have their
    /// unit behind it, `turnover[USD]` or `revenue[FY2025, USD]`.
    pub(super) fn claims(
        &mut self,
        id: &Spanned<String>,
        measure: &Spanned<String>,
        terms: &Terms,
        mut stated: Stated,
    ) -> Vec<ReadClaim> {
        self.compared = self.compared.saturating_add(stated.compared);
        // A share of a whole, or one beside a percentage, is in per cent.
        let is_percent = |unit: &Unit| *unit == Unit::Percent;
        let declared = terms.share.is_some() || terms.unit.as_ref().is_some_and(|unit| is_percent(&unit.value));
        let in_percent = declared || stated.statements.iter().any(|it| is_percent(&it.quantity.unit));
        for statement in stated.statements.iter_mut().filter(|it| in_percent && it.quantity.is_share()) {
            statement.quantity = statement.quantity.in_percent();
        }
        let mut groups: Vec<(Unit, Vec<Statement>)> = Vec::new();
        for statement in stated.statements {
            let unit = &statement.quantity.unit;
            match groups.iter_mut().find(|(known, _)| known == unit) {
                Some((_, statements)) => statements.push(statement),
                None => groups.push((unit.clone(), vec![statement])),
            }
        }
        // "€3.2m" and, further on, "the 3.2 million": a bare number takes the one unit that is said elsewhere.
        if let [(first, _), (second, _)] = groups.as_slice()
            && (*first == Unit::One) != (*second == Unit::One)
        {
            let unit = if *first == Unit::One { second.clone() } else { first.clone() };
            let mut statements: Vec<Statement> = groups.drain(..).flat_map(|(_, statements)| statements).collect();
            statements.sort_by_key(|it| it.mention.span);
            groups.push((unit, statements));
        }
        if groups.is_empty() {
            groups.push((Unit::One, Vec::new()));
        }
        let mut claims = Vec::new();
        for (index, (said, statements)) in groups.into_iter().enumerate() {
            let unit = self.unit(&said, terms, &statements);
            let name = match (index, id.value.strip_suffix(']')) {
                (0, _) => id.value.clone(),
                (_, Some(series)) => format!("{series}, {}]", unit.words()),
                (_, None) => format!("{}[{}]", id.value, unit.words()),
            };
            let name = Spanned::new(name, id.span);
            let factor = self.factor(&said, &unit);
            let mut claim = self.claim(&name, measure, unit, terms, statements, stated.asked);
            if let Some(factor) = factor {
                claim.converted(&factor);
            }
            if index > 0 {
                claim.supersedes.clear();
            }
            claims.push(claim);
        }
        claims
    }

    /// The unit of a claim: as its words say, or as `unit` says, if the one can be turned into the other.
    fn unit(&mut self, said: &Unit, terms: &Terms, statements: &[Statement]) -> Unit {
        let Some(declared) = &terms.unit else { return said.clone() };
        let rates = &self.heading.article.rates;
        if *said != Unit::One && rates.factor(said, &declared.value).is_none() {
            let at = statements.first().map_or(declared.span, |it| it.mention.span);
            let message = format!("the words are in {}, and `unit` says {}", said.words(), declared.value.words());
            let error = InputError::at(at, message).also(declared.span, "the unit that is declared");
            self.errors.push(match (said, &declared.value) {
                (Unit::Currency(from), Unit::Currency(to)) => {
                    error.help(format!("say what they are worth: [rate] to = \"{to}\", {from} = …"))
                }
                _ => error.help("leave out `unit`, or state the value in it: value = …"),
            });
        }
        declared.value.clone()
    }

    /// What turns the unit that is said into the one that is declared, if they differ.
    fn factor(&self, said: &Unit, unit: &Unit) -> Option<Rational> {
        if said == unit { None } else { self.heading.article.rates.factor(said, unit) }
    }

    fn claim(
        &mut self,
        name: &Spanned<String>,
        measure: &Spanned<String>,
        unit: Unit,
        terms: &Terms,
        statements: Vec<Statement>,
        asked: bool,
    ) -> ReadClaim {
        let mut issues = Vec::new();
        let mut issue = |mention: usize, of: &Mention, kind| {
            issues.push(QuoteIssue { claim: ClaimId(0), mention, kind, span: of.span, in_draft: None });
        };
        let day = terms.when.as_ref().and_then(|when| whole_days(&when.value));
        for (index, statement) in statements.iter().enumerate() {
            if let Some(kind) = statement.issue.clone() {
                issue(index, &statement.mention, kind);
            }
            // "154 were arrested, he said on Friday": the day may be that of the saying.
            let quote = statement.mention.quote.as_deref().filter(|quote| !is_reporting(quote));
            if let (Some(day), Some(quote)) = (&day, quote) {
                let dated =
                    hold_against(quote, day, &self.heading.article.context, Dating::Figure(statement.figure.as_ref()));
                self.compared = self.compared.saturating_add(dated.checked);
                dated.issues.into_iter().for_each(|kind| issue(index, &statement.mention, kind));
            }
        }
        let figure = FigureClaim {
            measure: measure.clone(),
            when: terms.when.clone(),
            scope: terms.scope.clone(),
            unit: unit.clone(),
            readings: statements
                .iter()
                .map(|it| {
                    let quantity = crate::number::Quantity { unit: unit.clone(), ..it.quantity.clone() };
                    (quantity, it.quantity.reading.clone())
                })
                .collect(),
            unknown: asked,
            is: terms.is.clone(),
            share: terms.share.clone(),
        };
        ReadClaim {
            claim: Claim {
                id: format!("{}/{}", self.heading.article.id, name.value),
                name: name.value.clone(),
                span: name.span,
                article: ArticleId(0),
                source: terms.source.clone(),
                kind: Kind::Figure(figure),
                mentions: statements.iter().map(|it| it.mention.clone()).collect(),
                superseded_by: None,
            },
            detail: terms.detail.clone(),
            figures: statements.into_iter().map(|it| it.figure).collect(),
            issues,
            supersedes: terms.supersedes.clone(),
        }
    }
}

/// The days of a time, if they are known and no convention matters.
fn whole_days(when: &Alternatives<When>) -> Option<Alternatives<DaySet>> {
    Some(Alternatives::one(when.settled()?.whole_days()?.into()))
}

/// The error of a phrase that is no time.
pub(super) fn undated(text: &Spanned<String>, error: &DateError) -> InputError {
    let placed = InputError::at(text.span, error.to_string());
    match error {
        DateError::NoDateline { .. } => placed.help("add dateline = YYYY-MM-DD to [article]"),
        DateError::Impossible { .. } => placed.label("not a day of the calendar"),
        DateError::Backwards { .. } => placed.help("write the earlier end first"),
        DateError::Unreadable { .. } => match hint(&text.value) {
            Some(near) => placed.label(format!("did you mean \"{near}\"?")).help("dates are written 2025-12-18"),
            None => {
                placed.help("write a date or a period: 2025-12-18, \"2025-11\", \"Q1 2025\", \"so far this month\"")
            }
        },
        _ => placed,
    }
}

/// How sure somebody is of something, under a key of a table: more than 0, and at most 1.
pub(crate) fn read_confidence(table: &Table, key: &str, errors: &mut InputErrors) -> Option<Rational> {
    let text = table.number(key, errors)?;
    let number = Rational::parse_decimal(&text.value.replace('_', ""));
    let valid = number.filter(|it| it.is_positive() && *it <= Rational::ONE);
    if valid.is_none() {
        let error = InputError::at(text.span, format!("`{key}` must be more than 0 and at most 1"));
        errors.push(error.help("write 0.9 for nearly sure; fixed = true is for a claim that can never be given up"));
    }
    valid
}
