//! The `concise` format: a finding a line, `FILE:LINE:COLUMN: severity[kind] message`, then a line that sums up.

use super::Report;
use super::summary::{kind_name, severity_name, supposition_sentence, verdict_sentence};
use super::text::{inert, place};

/// Renders a report concisely.
pub fn concise(report: &Report<'_>) -> String {
    let mut text = String::new();
    for finding in report.findings {
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
    if let Some(sentence) = supposition_sentence(report) {
        text.push_str(&sentence);
        text.push('\n');
    }
    text.push_str(&verdict_sentence(report));
    text.push('\n');
    text
}
