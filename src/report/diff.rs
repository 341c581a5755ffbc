//! Two reports of one workspace, held against each other: which findings are new, which are gone, which stand as before.
//!
//! In: two reports in the `json` or `jsonl` format. A finding is the same if its fingerprint is: the same rules, claims and readings,
//! wherever they stand by now. One whose figures have changed is a new one, whatever was known of it before; that
//! the same claims clashed by the same rules before is said beside it. One that was waived and is waived no more is new.

use super::json::SCHEMA;
use super::summary::{kind_name, severity_name};
use super::text::{counted, inert};
use crate::finding::FindingKind;
use crate::source::Severity;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A report, as far as it matters here.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    schema: u32,
    findings: Vec<Known>,
}

/// What a report says of itself, in the form of any version.
#[derive(Deserialize)]
struct Version {
    schema: u32,
}

/// The last line of a report in lines, as far as it matters here.
#[derive(Deserialize)]
struct LastLine {
    schema: u32,
    #[serde(rename = "verdict")]
    _verdict: String,
}

/// A finding of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    fingerprint: String,
    kind: FindingKind,
    severity: Severity,
    claims: Vec<String>,
    rules: Vec<String>,
    message: String,
    arithmetic: Option<String>,
    #[serde(default)]
    locations: Vec<At>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct At {
    file: String,
    line: usize,
    column: usize,
}

/// Why a text is no report.
#[derive(Debug, thiserror::Error)]
pub enum NoReport {
    /// It is not what `addup check --format json` writes.
    #[error("it is no report of `addup check --format json`: {0}")]
    Unread(#[from] serde_json::Error),
    /// It is of a later program.
    #[error("it has the schema {0}, and this program knows {SCHEMA}: it was written by a newer addup")]
    Newer(u32),
}

impl Earlier {
    /// Reads a report in the `json` format, or in the `jsonl` format.
    ///
    /// # Errors
    /// If it is none, or one of a later schema.
    pub fn read(text: &[u8]) -> Result<Self, NoReport> {
        // A later report may have other fields, of which nothing is to be said here.
        match serde_json::from_slice(text) {
            Ok(Version { schema }) if schema > SCHEMA => return Err(NoReport::Newer(schema)),
            _ => {}
        }
        let report = match serde_json::from_slice(text) {
            Ok(report) => report,
            Err(error) => Self::of_lines(text).ok_or(error)?,
        };
        if report.schema > SCHEMA { Err(NoReport::Newer(report.schema)) } else { Ok(report) }
    }

    /// A report in the `jsonl` format: a finding a line, then all the rest.
    fn of_lines(text: &[u8]) -> Option<Self> {
        let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        let lines: Vec<&[u8]> = lines.collect();
        let (last, findings) = lines.split_last()?;
        let last: LastLine = serde_json::from_slice(last).ok()?;
        let findings = findings.iter().map(|line| serde_json::from_slice(line).ok()).collect::<Option<_>>()?;
        Some(Self { schema: last.schema, findings })
    }
}

/// What became of the findings of one report in another.
#[derive(Debug, Serialize)]
pub struct Diff {
    schema: u32,
    /// Findings that were not there before, with what was said of the same claims and rules then.
    new: Vec<New>,
    /// Findings that are no longer there.
    fixed: Vec<Known>,
    /// Findings that stand as before.
    same: Vec<Known>,
}

#[derive(Debug, Serialize)]
struct New {
    #[serde(flatten)]
    finding: Known,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<String>,
}

impl Diff {
    /// Holds a report against an earlier one. Findings stand in the order of their reports.
    pub fn of(old: Earlier, new: Earlier) -> Self {
        let mut before: BTreeMap<String, usize> = BTreeMap::new();
        for finding in &old.findings {
            let count = before.entry(finding.fingerprint.clone()).or_default();
            *count = count.saturating_add(1);
        }
        // What was waived and is waived no more is new; what is waived by now is not fixed.
        let waived: BTreeSet<String> = old
            .findings
            .iter()
            .filter(|finding| finding.kind == FindingKind::Waived)
            .map(|finding| finding.fingerprint.clone())
            .collect();
        let (mut added, mut same) = (Vec::new(), Vec::new());
        for finding in new.findings {
            let stands_again = finding.kind != FindingKind::Waived && waived.contains(&finding.fingerprint);
            match before.get_mut(&finding.fingerprint).filter(|count| **count > 0) {
                Some(count) if stands_again => {
                    *count = count.saturating_sub(1);
                    added.push(finding);
                }
                Some(count) => {
                    *count = count.saturating_sub(1);
                    same.push(finding);
                }
                None => added.push(finding),
            }
        }
        let mut is_left = |finding: &Known| {
            let count = before.get_mut(&finding.fingerprint).filter(|count| **count > 0);
            count.map(|count| *count = count.saturating_sub(1)).is_some()
        };
        let fixed: Vec<Known> = old.findings.into_iter().filter(|finding| is_left(finding)).collect();
        let was = |finding: &Known| {
            let known = fixed.iter().find(|it| it.claims == finding.claims && it.rules == finding.rules);
            known.map(|known| known.arithmetic.clone().unwrap_or_else(|| known.message.clone()))
        };
        let new = added.into_iter().map(|finding| New { was: was(&finding), finding }).collect();
        Self { schema: SCHEMA, new, fixed, same }
    }

    /// Whether some new finding weighs as much.
    pub fn weighs(&self, level: Severity) -> bool {
        self.new.iter().any(|new| new.finding.severity >= level)
    }
}

/// The difference for a person: what is new in full, what is fixed in a line each, what is the same as a count.
pub fn diff(diff: &Diff) -> String {
    let mut text = String::new();
    for new in &diff.new {
        text.push_str(&format!("new    {}\n", line(&new.finding)));
        let arithmetic = new.finding.arithmetic.iter().map(|sum| inert(sum).into_owned());
        let was = new.was.iter().map(|was| format!("before: {}", inert(was)));
        arithmetic.chain(was).for_each(|more| text.push_str(&format!("       {more}\n")));
    }
    for fixed in &diff.fixed {
        text.push_str(&format!("fixed  {}\n", line(fixed)));
    }
    text.push_str(&format!(
        "{} new, {} fixed, {} the same.\n",
        counted(diff.new.len(), "finding", "findings"),
        diff.fixed.len(),
        diff.same.len()
    ));
    text
}

/// The difference for a program, with a final newline.
pub fn diff_json(diff: &Diff) -> String {
    super::json::pretty(diff)
}

fn line(finding: &Known) -> String {
    let place = match finding.locations.first() {
        Some(at) => format!("{}:{}:{}: ", inert(&at.file), at.line, at.column),
        None => String::new(),
    };
    let severity = severity_name(finding.severity);
    format!("{place}{severity}[{}] {}", kind_name(finding.kind), inert(finding.message.trim()))
}
