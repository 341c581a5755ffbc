//! The `concise` format: a finding a line, `FILE:LINE:COLUMN: severity[kind] message`.

use super::Report;

/// Renders a report concisely.
pub fn concise(report: &Report<'_>) -> String {
    let _ = report;
    String::new()
}
