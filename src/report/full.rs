//! The `full` format: for an editor at a terminal.

use super::Report;

/// What to show besides findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct FullOptions {
    /// Every claim with its reading, time and constraints.
    pub claims: bool,
    /// Whether to style it for a terminal.
    pub color: bool,
}

/// Renders a report in full.
pub fn full(report: &Report<'_>, options: FullOptions) -> String {
    let _ = (report, options);
    String::new()
}
