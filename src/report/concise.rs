//! The `concise` format: a finding a line, `FILE:LINE:COLUMN: severity[kind] message`, then a line that sums up.

use super::Report;
use super::summary::{kind_name, severity_name, since_sentence, supposition_sentence, verdict_sentence};
use super::text::{inert, place};
use super::volume;
use super::waived::waived_sentence;

/// Renders a report concisely: all of its findings, or so many, with the others counted.
pub fn concise(report: &Report<'_>, most: Option<usize>) -> String {
    let mut text = String::new();
    let shown = volume::shown(report.findings, most);
    for finding in shown.iter().filter_map(|at| report.findings.get(*at)) {
        if let Some(location) = finding.locations.first() {
            text.push_str(&place(report.sources, location.span));
            text.push_str(": ");
        }
        text.push_str(&format!(
            "{}[{}] {}\n",
            severity_name(finding.severity),
            kind_name(finding.kind),
            inert(finding.message.trim())
        ));
    }
    if let Some(rest) = volume::rest_sentence(report, &shown) {
        text.push_str(&format!("{}\n", inert(&rest)));
    }
    if let Some(sentence) = supposition_sentence(report) {
        text.push_str(&sentence);
        text.push('\n');
    }
    text.push_str(&verdict_sentence(report));
    text.push('\n');
    for sentence in since_sentence(report).into_iter().chain(waived_sentence(report)) {
        text.push_str(&sentence);
        text.push('\n');
    }
    text
}

/// So many characters of a fingerprint are shown.
const SHORT: usize = 12;

/// The findings that stand with the beginnings of their fingerprints, for `addup waive`.
pub fn fingerprints(report: &Report<'_>) -> String {
    let mut text = String::new();
    for finding in report.standing().filter(|finding| !finding.claims.is_empty()) {
        let short: String = finding.fingerprint.chars().take(SHORT).collect();
        let kind = kind_name(finding.kind);
        text.push_str(&format!("{short}  {kind}: {}\n", inert(finding.message.trim())));
    }
    if text.is_empty() { "There is nothing to waive.\n".to_owned() } else { text }
}
