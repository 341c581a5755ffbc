//! The `json` format, stable within a schema number.

use super::Report;

/// Renders a report as JSON, with a final newline.
pub fn json(report: &Report<'_>) -> String {
    let _ = report;
    String::new()
}
