//! The `sarif` format: SARIF 2.1.0 (OASIS, *Static Analysis Results Interchange Format*), for code scanning and editors.
//!
//! A run with a result a finding. Its rule is kind and rule together (`contradiction/additive`), because what to think of it
//! depends on both. Files are relative references from the root of the repository, columns count code points, and results
//! are told apart from run to run by the findings' fingerprints.

use super::gate::{Gate, lines};
use super::json::pretty;
use super::summary::{kind_name, severity_name};
use super::volume::rules_of;
use super::{Report, Since};
use crate::finding::{Finding, Location, Reach, Role, Waived};
use crate::source::Sources;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where the schema of the format stands.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Shown<'a>>,
}

/// What decides a run, if only what has to do with changes does.
#[derive(Serialize)]
struct Shown<'a> {
    since: &'a Since,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    short_description: Text,
    help: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    /// What is waived is suppressed: in the source where a waiver stands, else by the baseline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    justification: String,
    location: Place,
}

#[derive(Serialize)]
struct Properties<'a> {
    claims: &'a [String],
    rules: &'a [String],
    reach: Reach,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders a report as SARIF, with a final newline.
pub fn sarif(report: &Report<'_>, gate: Gate<'_>) -> String {
    let mut numbers: BTreeMap<String, (usize, &Finding)> = BTreeMap::new();
    for finding in report.findings {
        let next = numbers.len();
        numbers.entry(rule_id(finding)).or_insert((next, finding));
    }
    let results = report.findings.iter().map(|finding| outcome(report, gate, finding, &numbers)).collect();
    let mut rules: Vec<(usize, Descriptor)> =
        numbers.iter().map(|(id, (number, finding))| (*number, descriptor(id, finding))).collect();
    rules.sort_by_key(|(number, _)| *number);
    let driver = Driver {
        name: "addup",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rules.into_iter().map(|(_, rule)| rule).collect(),
    };
    let properties = report.since.map(|since| Shown { since });
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results, properties };
    pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

fn rule_id(finding: &Finding) -> String {
    let kind = kind_name(finding.clash());
    let rules = rules_of(finding);
    if rules.is_empty() { kind.to_owned() } else { format!("{kind}/{}", rules.join("+")) }
}

fn descriptor(id: &str, finding: &Finding) -> Descriptor {
    let kind = kind_name(finding.clash());
    let rules: Vec<String> = rules_of(finding).iter().map(|rule| format!("`{rule}`")).collect();
    let described = if rules.is_empty() { format!("A {kind}") } else { format!("A {kind} by {}", rules.join(" and ")) };
    let explained: Vec<String> =
        rules.iter().map(|rule| format!("`addup explain {}`", rule.trim_matches('`'))).collect();
    let first = format!("`addup explain {kind}`");
    let help = [first].into_iter().chain(explained).collect::<Vec<_>>().join(" and ");
    Descriptor {
        id: id.to_owned(),
        short_description: Text { text: format!("{described}.") },
        help: Text { text: format!("{help} say more.") },
    }
}

fn outcome<'a>(
    report: &Report<'_>,
    gate: Gate<'_>,
    finding: &'a Finding,
    numbers: &BTreeMap<String, (usize, &Finding)>,
) -> Outcome<'a> {
    let rule_id = rule_id(finding);
    let rule_index = numbers.get(&rule_id).map_or(0, |(number, _)| *number);
    let mut locations = finding.locations.iter();
    let first = locations.next().map(|location| place(report.sources, gate, location, None));
    let related = locations.zip(1..).map(|(location, id)| place(report.sources, gate, location, Some(id)));
    Outcome {
        rule_id,
        rule_index,
        level: severity_name(finding.severity),
        message: Text { text: lines(finding).join("\n") },
        locations: first.into_iter().collect(),
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([("addupFinding/v1", finding.fingerprint.as_str())]),
        suppressions: finding.waived.iter().map(|waived| suppression(report.sources, gate, waived)).collect(),
        properties: Properties { claims: &finding.claims, rules: &finding.rules, reach: finding.reach },
    }
}

fn suppression(sources: &Sources, gate: Gate<'_>, waived: &Waived) -> Suppression {
    let label = String::new();
    let location = Location { span: waived.span, claim: None, role: Role::Secondary, label };
    let kind = if waived.because.is_some() { "inSource" } else { "external" };
    let justification = waived.because.clone().unwrap_or_else(|| "known from the baseline".to_owned());
    Suppression { kind, justification, location: place(sources, gate, &location, None) }
}

fn place(sources: &Sources, gate: Gate<'_>, location: &Location, id: Option<usize>) -> Place {
    let (path, place) = gate.place(sources, location.span);
    let region = Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    };
    let message = (!location.label.is_empty()).then(|| Text { text: location.label.clone() });
    Place { id, physical_location: Physical { artifact_location: Artifact { uri: reference(&path) }, region }, message }
}

/// A path as a relative reference (RFC 3986, section 4.2), or a `file` URI if it is absolute.
fn reference(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.contains(":/") {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                // Writing to a string does not fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn paths_become_references() {
        assert_eq!(reference("claims/raid.toml"), "claims/raid.toml");
        assert_eq!(reference("claims/a b#1?:é.toml"), "claims/a%20b%231%3F%3A%C3%A9.toml");
        assert_eq!(reference("/tmp/a.toml"), "file:///tmp/a.toml");
    }
}
