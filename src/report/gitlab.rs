//! The `gitlab` format: a code quality report, which GitLab shows in a merge request beside the lines that it is about.
//!
//! An array of issues with `description`, `check_name`, `fingerprint`, `severity` and `location`, as GitLab's documentation of
//! code quality reports asks for. GitLab tells new issues from known ones by their fingerprints, which are the findings' own. What is waived is no
//! issue.

use super::Report;
use super::gate::{Gate, lines, title};
use super::json::pretty;
use crate::finding::Finding;
use crate::source::Severity;
use serde::Serialize;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: String,
    fingerprint: &'a str,
    severity: &'static str,
    location: At,
}

#[derive(Serialize)]
struct At {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Renders a report as a code quality report, with a final newline.
pub fn gitlab(report: &Report<'_>, gate: Gate<'_>) -> String {
    let issues: Vec<Issue<'_>> = report.standing().map(|finding| issue(report, gate, finding)).collect();
    pretty(&issues)
}

fn issue<'a>(report: &Report<'_>, gate: Gate<'_>, finding: &'a Finding) -> Issue<'a> {
    // An issue must have lines.
    let (path, place) = gate.shown_in(report.sources, finding);
    let (begin, end) = place.map_or((1, 1), |place| (place.line, place.end_line));
    let severity = match finding.severity {
        Severity::Error if (gate.fails)(finding) => "critical",
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    Issue {
        description: lines(finding).join(" · "),
        check_name: title(finding),
        fingerprint: &finding.fingerprint,
        severity,
        location: At { path: path.into_owned(), lines: Lines { begin, end } },
    }
}
