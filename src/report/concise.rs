//! The `concise` format: a finding a line, `FILE:LINE:COLUMN: severity[kind] message`, then a line that sums up.

use super::Report;
use super::summary::{kind_name, severity_name, since_sentence, supposition_sentence, verdict_sentence};
use super::text::{inert, place};
use super::volume;

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
    if let Some(sentence) = since_sentence(report) {
        text.push_str(&sentence);
        text.push('\n');
    }
    text
}
