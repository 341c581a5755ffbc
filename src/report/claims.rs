//! `--show claims`: every claim, how it was read, and what it was held against.

use super::Report;
use super::palette::Palette;
use super::text::{WIDTH, counted, inert, padded, place, sentence, wrapped};
use crate::finding::words::said_measure;
use crate::finding::{Status, Touch};
use crate::problem::Verdict;

/// The column in which the names of a claim's details stand.
const HEADING: usize = 9;
/// The column that verdicts take.
const VERDICT: usize = 14;

/// Every claim in its own block, by article.
pub(super) fn claims(report: &Report<'_>, palette: &Palette) -> String {
    let bold = palette.heading;
    let count = counted(report.claims.len(), "claim", "claims");
    let mut text = format!("{bold}{count}{bold:#}\n");
    for status in report.claims {
        text.push('\n');
        text.push_str(&one(report, status, palette));
    }
    text
}

fn one(report: &Report<'_>, status: &Status, palette: &Palette) -> String {
    let (bold, faint) = (palette.heading, palette.faint);
    let mut text = format!(
        "{bold}{}{bold:#}  {}  {faint}{}{faint:#}\n",
        inert(&status.claim),
        inert(&said_measure(&status.what)),
        place(report.sources, status.span)
    );
    let mut detail = |heading: &str, words: &str| {
        let width = WIDTH.saturating_sub(HEADING).saturating_sub(2);
        for (line_number, line) in wrapped(words, width).iter().enumerate() {
            let heading = padded(if line_number == 0 { heading } else { "" }, HEADING);
            text.push_str(&format!("  {heading}{line}\n"));
        }
    };
    let mut before: Option<&(String, String)> = None;
    for (at, reading) in status.readings.iter().enumerate() {
        // A mention that says the same in the same words again adds nothing.
        if before != Some(reading) {
            let (words, read) = reading;
            let said = if words.is_empty() { read.clone() } else { format!("“{words}”: {read}") };
            detail(if at == 0 { "reads" } else { "" }, &said);
        }
        before = Some(reading);
    }
    for (heading, words) in
        [("time", Some(&status.time)), ("scope", Some(&status.scope)), ("source", status.source.as_ref())]
    {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            detail(heading, words);
        }
    }
    if status.touched_by.is_empty() {
        let why = status.untouched_because.as_deref().unwrap_or("no constraint touches it");
        detail("checked", &format!("no: {}", sentence(why)));
    } else {
        text.push_str(&touches(&status.touched_by, palette));
    }
    text
}

/// The constraints that touch a claim: the verdict, the rule, what it says there. Worst verdicts first.
fn touches(touched_by: &[Touch], palette: &Palette) -> String {
    let mut order: Vec<&Touch> = touched_by.iter().collect();
    order.sort_by_key(|touch| std::cmp::Reverse(touch.verdict));
    let mut text = String::new();
    for (place, touch) in order.into_iter().enumerate() {
        let style = match touch.verdict {
            Verdict::Contradicted => palette.error,
            Verdict::Undecided => palette.warning,
            Verdict::Holds | Verdict::Fits => palette.good,
        };
        let heading = padded(if place == 0 { "checked" } else { "" }, HEADING);
        let verdict = padded(verdict_word(touch.verdict), VERDICT);
        let words = if touch.words.is_empty() || touch.words == touch.rule {
            touch.rule.clone()
        } else {
            format!("{}: {}", touch.rule, touch.words)
        };
        let width = WIDTH.saturating_sub(HEADING).saturating_sub(VERDICT).saturating_sub(2);
        for (line_number, line) in wrapped(&words, width).iter().enumerate() {
            if line_number == 0 {
                text.push_str(&format!("  {heading}{style}{verdict}{style:#}{line}\n"));
            } else {
                text.push_str(&format!("  {}{line}\n", " ".repeat(HEADING.saturating_add(VERDICT))));
            }
        }
    }
    text
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Fits => "fits",
        Verdict::Undecided => "undecided",
        Verdict::Contradicted => "contradicted",
    }
}
