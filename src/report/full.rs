//! The `full` format: for an editor at a terminal.
//!
//! A finding is its message, the lines that clash, then whatever helps to mend it, under short headings in a column of
//! their own: why it follows, the arithmetic, what it leans on, what to ask, what would settle it, what to paste.

use super::Report;
use super::causes::causes;
use super::claims::claims;
use super::excerpt::{Mark, render};
use super::summary::{
    all_sentence, counts_sentence, kind_name, rewordings, since_sentence, supposition_sentence, unchecked,
    verdict_sentence,
};
use super::text::{WIDTH, inert, padded, sentence, wrapped};
use super::waived::waived;
use super::{Palette, Verdict, volume};
use crate::finding::words::{grouped, list};
use crate::finding::{Finding, Repair, Role};
use crate::source::Severity;
use annotate_snippets::Level;

/// The column in which headings stand.
const HEADING: usize = 12;

/// How many places of a finding are shown, and how many ways to settle it; the rest are counted.
const PLACES: usize = 24;
const REPAIRS: usize = 6;

/// How many of a list are shown: all, if only a few would be left out.
fn shown(length: usize, most: usize) -> usize {
    if length > most.saturating_add(2) { most } else { length }
}

/// What to show besides findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct FullOptions {
    /// Every claim with its reading, time and constraints.
    pub claims: bool,
    /// How many findings are shown, if not all; the others are counted.
    pub most: Option<usize>,
    /// Whether to style it for a terminal.
    pub color: bool,
}

/// Renders a report in full.
pub fn full(report: &Report<'_>, options: FullOptions) -> String {
    let palette = Palette::of(options.color);
    let mut text = String::new();
    let to_show = volume::shown(report.findings, options.most);
    for finding in to_show.iter().filter_map(|at| report.findings.get(*at)) {
        text.push_str(&one(report, finding, &palette));
        text.push('\n');
    }
    if let Some(rest) = volume::rest_sentence(report, &to_show) {
        wrapped(&rest, WIDTH).iter().for_each(|line| text.push_str(&format!("{line}\n")));
        text.push('\n');
    }
    if options.claims && !report.claims.is_empty() {
        text.push_str(&claims(report, &palette));
        text.push('\n');
    }
    let style = match report.verdict {
        Verdict::Contradicted => palette.error,
        Verdict::Undecided | Verdict::NothingChecked => palette.warning,
        Verdict::Consistent if report.findings.iter().any(|finding| finding.severity > Severity::Note) => {
            palette.warning
        }
        Verdict::Consistent => palette.good,
    };
    for line in supposition_sentence(report).iter().flat_map(|sentence| wrapped(sentence, WIDTH)) {
        let bold = palette.heading;
        text.push_str(&format!("{bold}{line}{bold:#}\n"));
    }
    for line in wrapped(&verdict_sentence(report), WIDTH) {
        text.push_str(&format!("{style}{line}{style:#}\n"));
    }
    for line in since_sentence(report).iter().flat_map(|sentence| wrapped(sentence, WIDTH)) {
        text.push_str(&format!("{line}\n"));
    }
    for line in all_sentence(report).iter().flat_map(|sentence| wrapped(sentence, WIDTH)) {
        text.push_str(&format!("{line}\n"));
    }
    for line in wrapped(&counts_sentence(report), WIDTH) {
        text.push_str(&line);
        text.push('\n');
    }
    let counted = volume::by_rule(report);
    if !counted.is_empty() {
        let bold = palette.heading;
        text.push_str(&format!("\n{bold}Findings by rule{bold:#}\n{counted}"));
    }
    let settled = causes(report);
    if !settled.is_empty() {
        let bold = palette.heading;
        text.push_str(&format!("\n{bold}What would settle it{bold:#}\n{settled}"));
    }
    let accepted = waived(report);
    if !accepted.is_empty() {
        let bold = palette.heading;
        text.push_str(&format!("\n{bold}Waived{bold:#}\n{accepted}"));
    }
    let reworded = rewordings(report);
    if !reworded.is_empty() {
        let bold = palette.heading;
        text.push_str(&format!("\n{bold}Said in other words{bold:#}\n{reworded}"));
    }
    let left_out = unchecked(report);
    if !left_out.is_empty() {
        let bold = palette.heading;
        text.push_str(&format!("\n{bold}Not checked{bold:#}\n{left_out}"));
    }
    text
}

/// One finding.
fn one(report: &Report<'_>, finding: &Finding, palette: &Palette) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = inert(finding.message.trim()).into_owned();
    let title = level.primary_title(message).id(kind_name(finding.kind));
    let places = shown(finding.locations.len(), PLACES);
    let marks: Vec<Mark> = finding
        .locations
        .iter()
        .take(places)
        .map(|location| Mark {
            span: location.span,
            primary: location.role == Role::Primary,
            text: location.label.clone(),
        })
        .collect();
    let mut text = render(report.sources, title, &marks, palette.color);
    let mut notes = Notes { text: String::new(), palette };
    if places < finding.locations.len() {
        let rest = finding.locations.len().saturating_sub(places);
        notes.prose("places", &format!("{} more (all are in the JSON report)", grouped(rest)));
    }
    match finding.steps.as_slice() {
        [] => {}
        [only] => notes.prose("why", &sentence(only)),
        several => notes.numbered("why", several),
    }
    if let Some(arithmetic) = &finding.arithmetic {
        notes.prose("arithmetic", arithmetic);
    }
    if !finding.leans_on.is_empty() {
        notes.prose("leans on", &list(&finding.leans_on));
    }
    if !finding.unsaid.is_empty() {
        notes.prose("unsaid", &format!("whether {}", list(&finding.unsaid)));
    }
    if let Some(question) = &finding.question {
        notes.prose("ask", question);
    }
    let shown = shown(finding.repairs.len(), REPAIRS);
    for (place, repair) in finding.repairs.iter().take(shown).enumerate() {
        notes.prose(if place == 0 { "settled by" } else { "or by" }, &repair_words(repair));
    }
    if shown < finding.repairs.len() {
        let rest = grouped(finding.repairs.len().saturating_sub(shown));
        notes.prose("or by", &format!("changing one of the {rest} others (the JSON report says how)"));
    }
    if let Some(paste) = &finding.paste {
        notes.verbatim("paste", paste);
    }
    if !finding.rules.is_empty() {
        notes.prose(if finding.rules.len() == 1 { "rule" } else { "rules" }, &finding.rules.join(", "));
    }
    if !notes.text.is_empty() && !marks.is_empty() {
        text.push('\n');
    }
    text.push_str(&notes.text);
    text
}

pub(super) fn repair_words(repair: &Repair) -> String {
    let mut words = repair.words.trim().to_owned();
    if words.is_empty() {
        let values: Vec<String> = repair.values.iter().map(|(claim, values)| format!("{claim} in {values}")).collect();
        words = if values.is_empty() { format!("giving up {}", list(&repair.claims)) } else { list(&values) };
    }
    if !repair.exact && repair.claims.len() == 1 && !repair.values.is_empty() {
        words.push_str(", though not every value there will do");
    }
    match &repair.slip {
        Some(slip) => format!("{words} ({slip})"),
        None => words,
    }
}

/// Notes below an excerpt: a heading, and text beside it.
pub(super) struct Notes<'a> {
    pub text: String,
    pub palette: &'a Palette,
}

impl Notes<'_> {
    fn line(&mut self, heading: &str, line: &str) {
        let style = self.palette.heading;
        let heading = padded(heading, HEADING);
        if heading.trim().is_empty() {
            self.text.push_str(format!("  {heading}{line}").trim_end());
        } else {
            self.text.push_str(format!("  {style}{heading}{style:#}{line}").trim_end());
        }
        self.text.push('\n');
    }

    fn hanging(&mut self, heading: &str, lead: &str, text: &str) {
        let indent = " ".repeat(lead.len());
        let width = WIDTH.saturating_sub(HEADING).saturating_sub(2).saturating_sub(lead.len());
        for (place, line) in wrapped(text, width).iter().enumerate() {
            if place == 0 {
                self.line(heading, &format!("{lead}{line}"));
            } else {
                self.line("", &format!("{indent}{line}"));
            }
        }
    }

    pub fn prose(&mut self, heading: &str, text: &str) {
        self.hanging(heading, "", text);
    }

    pub fn numbered(&mut self, heading: &str, steps: &[String]) {
        let width = steps.len().to_string().len();
        for (place, step) in steps.iter().enumerate() {
            let lead = format!("{:>width$}. ", place.saturating_add(1));
            self.hanging(if place == 0 { heading } else { "" }, &lead, &sentence(step));
        }
    }

    fn verbatim(&mut self, heading: &str, text: &str) {
        for (place, line) in text.trim_end().lines().enumerate() {
            self.line(if place == 0 { heading } else { "" }, &inert(line));
        }
    }
}
