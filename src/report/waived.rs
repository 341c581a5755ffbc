//! Clashes that are known and accepted: shown, so that nothing is waived in silence, and never among those that stand.

use super::Report;
use super::text::{WIDTH, counted, inert, place, wrapped};
use crate::finding::{Finding, FindingKind, Waived};

/// So many waived clashes are listed; the others are counted.
const LISTED: usize = 20;

/// The waived clashes of a report, each with how it is accepted.
fn all<'a>(report: &Report<'a>) -> impl Iterator<Item = (&'a Finding, &'a Waived)> {
    report.findings.iter().filter_map(|finding| Some((finding, finding.waived.as_ref()?)))
}

/// How many clashes waivers accept, and how many are known from a baseline.
fn counts(report: &Report<'_>) -> (usize, usize) {
    let by_waiver = all(report).filter(|(_, waived)| waived.because.is_some()).count();
    (by_waiver, report.count(FindingKind::Waived).saturating_sub(by_waiver))
}

/// How many clashes are accepted, in a sentence; `None` if none is.
pub(super) fn waived_sentence(report: &Report<'_>) -> Option<String> {
    let (waived, known) = counts(report);
    let waived = (waived > 0).then(|| format!("{} waived", counted(waived, "clash is", "clashes are")));
    let known = (known > 0).then(|| format!("{} known from the baseline", counted(known, "clash is", "clashes are")));
    let parts: Vec<String> = waived.into_iter().chain(known).collect();
    let hidden = if report.unchecked.hidden { "; it is not decided whether more hide behind them" } else { "" };
    (!parts.is_empty()).then(|| format!("{}{hidden}.", parts.join(", ")))
}

/// A line or two for each clash that a waiver accepts, and how many are known; empty if there are none.
pub(super) fn waived(report: &Report<'_>) -> String {
    let (of_waivers, known) = counts(report);
    let mut text = String::new();
    let listed = all(report).filter_map(|(finding, waived)| Some((finding, waived, waived.because.as_ref()?)));
    for (finding, waived, because) in listed.take(LISTED) {
        for (at, line) in
            wrapped(&format!("{}.", finding.message.trim().trim_end_matches('.')), WIDTH.saturating_sub(4))
                .iter()
                .enumerate()
        {
            text.push_str(&format!("  {}{line}\n", if at == 0 { "" } else { "  " }));
        }
        let until = waived.until.map_or_else(String::new, |day| format!(" Until {}.", day.said()));
        let said =
            format!("Because: {}.{until} ({})", because.trim_end_matches('.'), place(report.sources, waived.span));
        for line in wrapped(&said, WIDTH.saturating_sub(4)) {
            text.push_str(&format!("    {line}\n"));
        }
    }
    if of_waivers > LISTED {
        let rest = counted(of_waivers.saturating_sub(LISTED), "more clash is", "more clashes are");
        text.push_str(&format!("  {rest} waived (all are in the JSON report)\n"));
    }
    if let (Some((_, waived)), true) = (all(report).find(|(_, waived)| waived.because.is_none()), known > 0) {
        let file = inert(report.sources.path(waived.span.file)).into_owned();
        text.push_str(&format!("  {} known ({file})\n", counted(known, "clash is", "clashes are")));
    }
    text
}
