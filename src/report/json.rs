//! The `json` format, stable within a schema number: fields are added, never changed, until the number changes.

use super::text::is_active;
use super::{Report, Since, Verdict};
use crate::finding::{self, All, Cause, Finding, FindingKind, Location, Reach, Repair, Role, Settling, Status, Tally};
use crate::problem;
use crate::source::{Severity, Sources, Span};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The version of the format.
pub(super) const SCHEMA: u32 = 1;

/// What to show besides findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonOptions {
    /// Every claim with its reading, time and constraints.
    pub claims: bool,
}

/// Renders a report as JSON, with a final newline.
pub fn json(report: &Report<'_>, options: JsonOptions) -> String {
    let findings = report.findings.iter().map(|finding| finding_of(report.sources, finding)).collect();
    pretty(&whole(report, options, Some(findings)))
}

/// The whole of a report. Findings are left out of it if there are none here.
pub(super) fn whole<'a>(report: &Report<'a>, options: JsonOptions, findings: Option<Vec<OneFinding<'a>>>) -> Whole<'a> {
    let sources = report.sources;
    let mut counts: BTreeMap<FindingKind, usize> = BTreeMap::new();
    for finding in report.findings {
        let count = counts.entry(finding.kind).or_default();
        *count = count.saturating_add(1);
    }
    Whole {
        schema: SCHEMA,
        verdict: report.verdict,
        since: report.since,
        supposed: report.supposed.iter().map(|(claim, value)| (claim.as_str(), value.as_str())).collect(),
        summary: Summary {
            articles: report.summary.articles,
            claims: report.summary.claims,
            figures: report.summary.figures,
            quotes: report.summary.quotes,
            constraints: report.summary.constraints,
            findings: counts,
            all: report.summary.all,
        },
        findings,
        causes: report.causes.iter().map(cause_of).collect(),
        claims: options.claims.then(|| report.claims.iter().map(|status| claim_of(sources, status)).collect()),
        unchecked: Unchecked {
            claims: UncheckedClaims { sources, claims: &report.unchecked.claims },
            rules: report
                .unchecked
                .rules
                .iter()
                .map(|it| UncheckedRule {
                    rule: &it.rule,
                    because: it.because.as_deref(),
                    place: Place::of(sources, it.span),
                })
                .collect(),
            quotes: report
                .unchecked
                .quotes
                .iter()
                .map(|(claim, span)| UncheckedQuote { claim, place: Place::of(sources, *span) })
                .collect(),
            draft: report
                .unchecked
                .draft
                .iter()
                .map(|(text, span)| UncheckedFigure { text, place: Place::of(sources, *span) })
                .collect(),
            beyond: report.unchecked.beyond.iter().map(|(claims, because)| Beyond { claims, because }).collect(),
        },
        reworded: report
            .rewordings
            .iter()
            .map(|it| OneRewording {
                claim: &it.claim,
                state: if it.moved { "moved" } else { "reworded" },
                quote: &it.quote,
                draft: &it.draft,
                place: Place::of(sources, it.span),
            })
            .collect(),
    }
}

/// What a program reads, with a final newline and nothing in it that a terminal or a log would act on.
pub(super) fn pretty(whole: &impl Serialize) -> String {
    let mut text = inert_json(&serde_json::to_string_pretty(whole).unwrap_or_default());
    text.push('\n');
    text
}

/// The same JSON, with every character that would act on a terminal or a log escaped. Outside of strings, JSON has none
/// but line breaks.
fn inert_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character == '\n' || !is_active(character) {
            text.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Whole<'a> {
    schema: u32,
    verdict: Verdict,
    /// If only what has to do with changes is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a Since>,
    /// What was supposed instead of what the files say, by claim.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    supposed: BTreeMap<&'a str, &'a str>,
    summary: Summary,
    /// Left out where each has a line of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<OneFinding<'a>>>,
    /// What would settle those that are certain, together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<OneCause<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<Vec<OneClaim<'a>>>,
    unchecked: Unchecked<'a>,
    /// Quotes that a draft says in other words.
    reworded: Vec<OneRewording<'a>>,
}

#[derive(Serialize)]
struct OneRewording<'a> {
    claim: &'a str,
    state: &'static str,
    quote: &'a str,
    draft: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Summary {
    articles: usize,
    claims: usize,
    figures: usize,
    quotes: usize,
    constraints: Tally,
    findings: BTreeMap<FindingKind, usize>,
    /// Whether the contradictions are all that there are, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<All>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct OneFinding<'a> {
    fingerprint: &'a str,
    kind: FindingKind,
    reach: Reach,
    severity: Severity,
    claims: &'a [String],
    rules: &'a [String],
    message: &'a str,
    arithmetic: Option<&'a str>,
    steps: &'a [String],
    leans_on: &'a [String],
    unsaid: &'a [String],
    question: Option<&'a str>,
    paste: Option<&'a str>,
    locations: Vec<OneLocation<'a>>,
    repairs: Vec<OneRepair<'a>>,
    /// How it is accepted, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<OneWaived<'a>>,
}

/// How a clash is accepted: what kind it is, and why and until when by a waiver. What a baseline knows has no reason.
#[derive(Serialize)]
struct OneWaived<'a> {
    kind: FindingKind,
    because: Option<&'a str>,
    until: Option<String>,
}

/// A span as people count it; the end is the place after the last character.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Place<'a> {
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    /// The name of the column, where a file has no lines: `line` is then the row, and `column` the number of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    column_name: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub fn of(sources: &'a Sources, span: Span) -> Self {
        let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
        Self {
            file: sources.path(span.file),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            column_name: sources.cell_at(span.file, span.start).map(|cell| cell.column),
        }
    }
}

#[derive(Serialize)]
struct OneLocation<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    claim: Option<&'a str>,
    role: Role,
    label: &'a str,
}

#[derive(Serialize)]
struct OneRepair<'a> {
    claims: &'a [String],
    values: BTreeMap<&'a str, &'a str>,
    /// Whether each of the values settles it, and not only some of them.
    exact: bool,
    words: &'a str,
    slip: Option<&'a str>,
}

/// Clashes that share claims.
#[derive(Serialize)]
struct OneCause<'a> {
    /// `repairs`, `fixed` (no claim may be given up) or `unknown` (the budget did not suffice).
    settled: &'static str,
    findings: &'a [String],
    repairs: Vec<OneRepair<'a>>,
    /// What the claims of each repair weigh together.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    /// Whether no other claims weigh as little.
    #[serde(skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    /// Whether no claims weigh less.
    #[serde(skip_serializing_if = "Option::is_none")]
    proven: Option<bool>,
    /// The clashes that each repair has a claim of, and nothing lighter.
    clashes: &'a [Vec<String>],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneClaim<'a> {
    claim: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    what: &'a str,
    readings: Vec<OneReading<'a>>,
    time: Option<&'a str>,
    scope: Option<&'a str>,
    source: Option<&'a str>,
    constraints: Vec<OneTouch<'a>>,
    untouched_because: Option<&'a str>,
}

#[derive(Serialize)]
struct OneReading<'a> {
    words: &'a str,
    reads: &'a str,
}

#[derive(Serialize)]
struct OneTouch<'a> {
    rule: &'a str,
    words: &'a str,
    verdict: problem::Verdict,
}

#[derive(Serialize)]
struct Unchecked<'a> {
    claims: UncheckedClaims<'a>,
    rules: Vec<UncheckedRule<'a>>,
    /// Quotes without a figure to hold their value against.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<UncheckedQuote<'a>>,
    draft: Vec<UncheckedFigure<'a>>,
    /// What was decided as it stands, and not once more is supposed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    beyond: Vec<Beyond<'a>>,
}

#[derive(Serialize)]
struct Beyond<'a> {
    claims: &'a [String],
    because: &'a str,
}

#[derive(Serialize)]
struct UncheckedQuote<'a> {
    claim: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Claims that no constraint touches, named one by one as they are written.
struct UncheckedClaims<'a> {
    sources: &'a Sources,
    claims: &'a finding::UncheckedClaims,
}

impl Serialize for UncheckedClaims<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let claims = self.claims.iter(self.sources);
        serializer.collect_seq(claims.map(|(claim, because)| UncheckedClaim { claim, because }))
    }
}

#[derive(Serialize)]
struct UncheckedClaim<'a> {
    claim: Cow<'a, str>,
    because: Cow<'a, str>,
}

#[derive(Serialize)]
pub(super) struct UncheckedRule<'a> {
    pub rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<&'a str>,
    #[serde(flatten)]
    pub place: Place<'a>,
}

#[derive(Serialize)]
struct UncheckedFigure<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

pub(super) fn finding_of<'a>(sources: &'a Sources, finding: &'a Finding) -> OneFinding<'a> {
    OneFinding {
        fingerprint: &finding.fingerprint,
        kind: finding.kind,
        reach: finding.reach,
        severity: finding.severity,
        claims: &finding.claims,
        rules: &finding.rules,
        message: &finding.message,
        arithmetic: finding.arithmetic.as_deref(),
        steps: &finding.steps,
        leans_on: &finding.leans_on,
        unsaid: &finding.unsaid,
        question: finding.question.as_deref(),
        paste: finding.paste.as_deref(),
        locations: finding.locations.iter().map(|location| location_of(sources, location)).collect(),
        repairs: finding.repairs.iter().map(repair_of).collect(),
        waived: finding.waived.as_ref().map(|waived| OneWaived {
            kind: waived.was,
            because: waived.because.as_deref(),
            until: waived.until.map(|day| day.to_string()),
        }),
    }
}

fn location_of<'a>(sources: &'a Sources, location: &'a Location) -> OneLocation<'a> {
    OneLocation {
        place: Place::of(sources, location.span),
        claim: location.claim.as_deref(),
        role: location.role,
        label: &location.label,
    }
}

fn cause_of(cause: &Cause) -> OneCause<'_> {
    let plain = |settled| OneCause {
        settled,
        findings: &cause.findings,
        repairs: Vec::new(),
        weight: None,
        complete: None,
        proven: None,
        clashes: &cause.clashes,
    };
    match &cause.settling {
        Settling::Fixed => plain("fixed"),
        Settling::Unknown => plain("unknown"),
        Settling::By { repairs, weight, complete, proven } => OneCause {
            repairs: repairs.iter().map(repair_of).collect(),
            weight: Some(weight.to_string()),
            complete: Some(*complete),
            proven: Some(*proven),
            ..plain("repairs")
        },
    }
}

fn repair_of(repair: &Repair) -> OneRepair<'_> {
    OneRepair {
        claims: &repair.claims,
        values: repair.values.iter().map(|(claim, values)| (claim.as_str(), values.as_str())).collect(),
        exact: repair.exact,
        words: &repair.words,
        slip: repair.slip.as_deref(),
    }
}

fn claim_of<'a>(sources: &'a Sources, status: &'a Status) -> OneClaim<'a> {
    let stated = |text: &'a str| (!text.is_empty()).then_some(text);
    OneClaim {
        claim: &status.claim,
        place: Place::of(sources, status.span),
        what: &status.what,
        readings: status.readings.iter().map(|(words, reads)| OneReading { words, reads }).collect(),
        time: stated(&status.time),
        scope: stated(&status.scope),
        source: status.source.as_deref(),
        constraints: status
            .touched_by
            .iter()
            .map(|touch| OneTouch { rule: &touch.rule, words: &touch.words, verdict: touch.verdict })
            .collect(),
        untouched_because: status.untouched_because.as_deref(),
    }
}
