//! What holding rules against each other gave, in each of the formats: `full` for an editor at a terminal, `concise` for a
//! list, `json` and `jsonl` for programs.

use super::Palette;
use super::excerpt::{Mark, render};
use super::full::Notes;
use super::json::{Place, UncheckedRule, pretty};
use super::jsonl::line;
use super::summary::{listed, severity_name};
use super::text::{WIDTH, counted, inert, place, sentence, wrapped};
use crate::coherence::{Applied, Coherence, Remark, RemarkKind};
use crate::finding::words::list;
use crate::finding::{Location, Role};
use crate::source::{Severity, Sources};
use annotate_snippets::Level;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The version of the JSON format.
const SCHEMA: u32 = 1;
/// How many places of a remark are shown; the rest are counted.
const PLACES: usize = 24;

/// How remarks are counted.
const KINDS: [(&[RemarkKind], &str, &str); 6] = [
    (&[RemarkKind::NeverTogether], "clash of rules", "clashes of rules"),
    (&[RemarkKind::NeverApplies], "condition that is never true", "conditions that are never true"),
    (
        &[RemarkKind::SaidTwice, RemarkKind::Redundant],
        "rule that says nothing of its own",
        "rules that say nothing of their own",
    ),
    (&[RemarkKind::Circle], "circle of stages", "circles of stages"),
    (&[RemarkKind::Implied], "rule that partly follows from others", "rules that partly follow from others"),
    (&[RemarkKind::Tighter], "rule that can be written more tightly", "rules that can be written more tightly"),
];

/// What was found, ready to be rendered.
#[derive(Clone, Copy, Debug)]
pub struct RulesReport<'a> {
    /// The texts that places point into.
    pub sources: &'a Sources,
    /// What was found.
    pub coherence: &'a Coherence,
    /// How many claims were read.
    pub claims: usize,
}

impl RulesReport<'_> {
    /// What the run says as a whole.
    fn verdict(&self) -> &'static str {
        if self.coherence.weighs(Severity::Error) { "incoherent" } else { "coherent" }
    }

    fn verdict_sentence(&self) -> String {
        let coherence = self.coherence;
        let counts: Vec<String> = KINDS
            .iter()
            .map(|(kinds, one, many)| (kinds.iter().map(|kind| coherence.count(*kind)).sum::<usize>(), one, many))
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| counted(count, one, many))
            .collect();
        let as_far = if coherence.not_looked.is_empty() { "" } else { ", as far as they could be looked at" };
        if coherence.rules == 0 {
            "There are no rules of your own to look at.".to_owned()
        } else if coherence.weighs(Severity::Error) {
            format!("These rules cannot stand as they are: {}.", list(&counts))
        } else if !counts.is_empty() {
            format!("No rules were found that cannot hold together{as_far}, but look at {}.", list(&counts))
        } else if coherence.rules == 1 {
            format!("The one rule can hold{as_far}.")
        } else {
            format!(
                "No rules were found that cannot hold together, or that say nothing of their own{as_far}. They are held \
                 against each other where they are certain to be of the same figures."
            )
        }
    }

    fn counts_sentence(&self) -> String {
        format!(
            "Read {} and {}.",
            counted(self.coherence.rules, "rule or check of your own", "rules and checks of your own"),
            counted(self.claims, "claim", "claims")
        )
    }
}

/// Renders it in full.
pub fn rules_full(report: &RulesReport<'_>, color: bool) -> String {
    let palette = Palette::of(color);
    let mut text = String::new();
    for remark in &report.coherence.remarks {
        text.push_str(&one(report.sources, remark, &palette));
        text.push('\n');
    }
    let style = if report.coherence.weighs(Severity::Error) {
        palette.error
    } else if report.coherence.weighs(Severity::Warning) {
        palette.warning
    } else {
        palette.good
    };
    for line in wrapped(&report.verdict_sentence(), WIDTH) {
        text.push_str(&format!("{style}{line}{style:#}\n"));
    }
    text.push_str(&format!("{}\n", report.counts_sentence()));
    let bold = palette.heading;
    let mut left_out = String::new();
    let name = |rule: &str| inert(rule).into_owned();
    match &report.coherence.applied {
        Applied::Untold if report.coherence.rules > 0 => {
            left_out.push_str("  Which rules apply: there are no claims to tell by\n");
        }
        Applied::Untold => {}
        Applied::But(rules) => {
            let entries: Vec<(String, String)> = rules
                .iter()
                .map(|it| {
                    let place = place(report.sources, it.span);
                    let because = it.because.as_ref().map(|because| format!("{} ({place})", sentence(because)));
                    (name(&it.rule), because.unwrap_or(place))
                })
                .collect();
            let heading = "Rules and checks that never applied to the claims at hand";
            left_out.push_str(&listed(heading, entries.len(), entries));
        }
    }
    let not_looked: Vec<(String, String)> = report
        .coherence
        .not_looked
        .iter()
        .map(|it| (name(&it.rule), format!("{} ({})", sentence(&it.because), place(report.sources, it.span))))
        .collect();
    let heading = "Rules that were not looked at, or not in all respects";
    left_out.push_str(&listed(heading, not_looked.len(), not_looked));
    if !left_out.is_empty() {
        text.push_str(&format!("\n{bold}Not told{bold:#}\n{left_out}"));
    }
    text
}

/// One remark.
fn one(sources: &Sources, remark: &Remark, palette: &Palette) -> String {
    let level = match remark.kind.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = inert(remark.message.trim()).into_owned();
    let title = level.primary_title(message).id(remark.kind.name());
    let mark = |it: &Location| Mark { span: it.span, primary: it.role == Role::Primary, text: it.label.clone() };
    let marks: Vec<Mark> = remark.locations.iter().take(PLACES).map(mark).collect();
    let mut text = render(sources, title, &marks, palette.color);
    let mut notes = Notes { text: String::new(), palette };
    let rest = remark.locations.len().saturating_sub(PLACES);
    if rest > 0 {
        notes.prose("places", &format!("{rest} more (all are in the JSON report)"));
    }
    match remark.steps.as_slice() {
        [] => {}
        [only] => notes.prose("why", &sentence(only)),
        several => notes.numbered("why", several),
    }
    if let Some(arithmetic) = &remark.arithmetic {
        notes.prose("arithmetic", arithmetic);
    }
    notes.prose("do", &remark.advice);
    if !marks.is_empty() {
        text.push('\n');
    }
    text.push_str(&notes.text);
    text
}

/// Renders it concisely: a remark a line.
pub fn rules_concise(report: &RulesReport<'_>) -> String {
    let mut text = String::new();
    for remark in &report.coherence.remarks {
        if let Some(location) = remark.locations.first() {
            text.push_str(&format!("{}: ", place(report.sources, location.span)));
        }
        let (severity, kind) = (severity_name(remark.kind.severity()), remark.kind.name());
        text.push_str(&format!("{severity}[{kind}] {}\n", inert(remark.message.trim())));
    }
    text.push_str(&format!("{}\n", report.verdict_sentence()));
    text
}

/// Renders it as JSON, with a final newline.
pub fn rules_json(report: &RulesReport<'_>) -> String {
    let remarks = report.coherence.remarks.iter();
    pretty(&whole(report, Some(remarks.map(|remark| finding(report.sources, remark)).collect())))
}

/// Writes it as JSON Lines: a remark a line, then a line with the rest.
///
/// # Errors
/// If it cannot be written.
pub fn rules_jsonl(report: &RulesReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for remark in &report.coherence.remarks {
        line(&finding(report.sources, remark), out)?;
    }
    line(&whole(report, None), out)
}

fn whole<'a>(report: &'a RulesReport<'_>, findings: Option<Vec<OneFinding<'a>>>) -> Whole<'a> {
    let coherence = report.coherence;
    let mut counts: BTreeMap<RemarkKind, usize> = BTreeMap::new();
    for remark in &coherence.remarks {
        let count = counts.entry(remark.kind).or_default();
        *count = count.saturating_add(1);
    }
    let place = |span| Place::of(report.sources, span);
    Whole {
        schema: SCHEMA,
        verdict: report.verdict(),
        summary: Summary { rules: coherence.rules, claims: report.claims, findings: counts },
        findings,
        never_applied: match &coherence.applied {
            Applied::Untold => None,
            Applied::But(rules) => Some(
                rules
                    .iter()
                    .map(|it| UncheckedRule { rule: &it.rule, because: it.because.as_deref(), place: place(it.span) })
                    .collect(),
            ),
        },
        not_looked_at: coherence
            .not_looked
            .iter()
            .map(|it| UncheckedRule { rule: &it.rule, because: Some(&it.because), place: place(it.span) })
            .collect(),
    }
}

fn finding<'a>(sources: &'a Sources, remark: &'a Remark) -> OneFinding<'a> {
    OneFinding {
        kind: remark.kind,
        severity: remark.kind.severity(),
        rules: &remark.rules,
        others: &remark.others,
        message: &remark.message,
        arithmetic: remark.arithmetic.as_deref(),
        steps: &remark.steps,
        instead: remark.instead.as_deref(),
        besides: &remark.besides,
        advice: &remark.advice,
        locations: remark
            .locations
            .iter()
            .map(|it| OneLocation { place: Place::of(sources, it.span), role: it.role, label: &it.label })
            .collect(),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Whole<'a> {
    schema: u32,
    verdict: &'a str,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<OneFinding<'a>>>,
    /// `null` if there are no claims to tell by.
    never_applied: Option<Vec<UncheckedRule<'a>>>,
    not_looked_at: Vec<UncheckedRule<'a>>,
}

#[derive(Serialize)]
struct Summary {
    rules: usize,
    claims: usize,
    findings: BTreeMap<RemarkKind, usize>,
}

#[derive(Serialize)]
struct OneFinding<'a> {
    kind: RemarkKind,
    severity: Severity,
    rules: &'a [String],
    others: &'a [String],
    message: &'a str,
    arithmetic: Option<&'a str>,
    steps: &'a [String],
    instead: Option<&'a str>,
    besides: &'a [String],
    advice: &'a str,
    locations: Vec<OneLocation<'a>>,
}

#[derive(Serialize)]
struct OneLocation<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    role: Role,
    label: &'a str,
}
