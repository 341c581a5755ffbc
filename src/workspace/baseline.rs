//! The baseline: clashes that were there when it was written, so that only what is new fails a run.
//!
//! It is a TOML file that a reviewer can read: a clash a block, in the order of its claims, each claim with what it says.
//! Reading it gives what is accepted; writing it takes the findings of a run.

use super::Workspace;
use super::config::KINDS;
use crate::claim::ClaimId;
use crate::finding::{Accepted, By, Finding, FindingKind, Findings, How, find, gaps};
use crate::ground::{Choices, ground};
use crate::number::Rational;
use crate::problem::Problem;
use crate::source::document::{self, Table, ValueKind};
use crate::source::{Files, InputError, InputErrors, Sources, Span, Spanned};
use std::collections::BTreeSet;
use std::io;

/// The name of a baseline where the configuration names none.
pub const BASELINE_NAME: &str = "addup-baseline.toml";

/// The version of the file.
const SCHEMA: i64 = 1;

const KEYS: &[&str] = &["schema", "known"];
const KNOWN_KEYS: &[&str] = &["message", "kind", "rules", "claims", "gap", "fingerprint"];

const AGAIN: &str = "write the file again with `addup baseline --write`";

/// A clash that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub claims: Vec<String>,
    pub rules: BTreeSet<String>,
    /// By how much it missed, if that could be measured.
    pub gap: Option<Rational>,
    pub fingerprint: String,
    pub kind: FindingKind,
    pub span: Span,
}

/// Reads the baseline of a workspace: the file that its configuration names, or the usual one if there is one.
pub(super) fn read(
    sources: &mut Sources,
    files: &dyn Files,
    named: Option<&Spanned<String>>,
    errors: &mut InputErrors,
) -> Vec<Known> {
    let path = named.map_or(BASELINE_NAME, |path| path.value.as_str());
    // What has no file by that name may as well say that nothing is there.
    let listed = files.list(path).and_then(|listed| match listed.is_empty() {
        true => Err(io::Error::new(io::ErrorKind::NotFound, "it does not exist")),
        false => Ok(listed),
    });
    match (listed, named) {
        (Ok(_), _) => {}
        (Err(error), None) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        (Err(error), Some(named)) => {
            let error = InputError::at(named.span, format!("{path} cannot be read: {error}"));
            errors.push(error.help("write it with `addup baseline --write`, or leave out `baseline`"));
            return Vec::new();
        }
        (Err(_), None) => {}
    }
    let faults = errors.0.len();
    let Some(file) = sources.read(files, path, errors) else { return Vec::new() };
    let Some(root) = document::parse(sources, file, errors) else { return Vec::new() };
    match root.integer("schema", errors) {
        Some(schema) if schema.value > SCHEMA => {
            let message = format!("this baseline has the schema {}, and this program knows {SCHEMA}", schema.value);
            errors.push(InputError::at(schema.span, message).help("it was written by a newer addup: use that version"));
            return Vec::new();
        }
        None if errors.0.len() == faults => {
            errors.push(InputError::at(root.span, "this is no baseline: `schema` is missing").help(AGAIN));
            return Vec::new();
        }
        _ => {}
    }
    root.finish(KEYS, errors);
    let known = root.array("known", errors).unwrap_or_default();
    known
        .iter()
        .filter_map(|value| match &value.kind {
            ValueKind::Table(table) => one(table, errors),
            _ => {
                errors.push(value.wrong_type("`known`", "an array of tables").help(AGAIN));
                None
            }
        })
        .collect()
}

fn one(table: &Table, errors: &mut InputErrors) -> Option<Known> {
    let faults = errors.0.len();
    table.finish(KNOWN_KEYS, errors);
    let (claims, rules) = (table.strings("claims", errors), table.strings("rules", errors));
    let fingerprint = table.required_string("fingerprint", AGAIN, errors);
    let kind = table.choice("kind", KINDS, errors);
    if table.get("kind").is_none() {
        errors.push(InputError::at(table.span, "`kind` is missing").help(AGAIN));
    }
    let gap = table.text("gap", errors).and_then(|text| {
        let gap = text.value.parse::<Rational>().ok();
        if gap.is_none() {
            errors.push(InputError::at(text.span, "`gap` is no number").help(AGAIN));
        }
        gap
    });
    if claims.is_empty() && errors.0.len() == faults {
        errors.push(InputError::at(table.span, "`claims` is missing").help(AGAIN));
    }
    if errors.0.len() > faults {
        return None;
    }
    let plain = |names: Vec<Spanned<String>>| names.into_iter().map(|name| name.value);
    Some(Known {
        claims: plain(claims).collect(),
        rules: plain(rules).collect(),
        gap,
        fingerprint: fingerprint?.value,
        kind: kind?.value,
        span: table.span,
    })
}

/// A baseline that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// Its text.
    pub text: String,
    /// How many clashes it has.
    pub known: usize,
    /// How many clashes there are that it does not have: more come to light with each that is accepted, and the search ends.
    pub left: usize,
}

/// So often is it looked what comes to light once all that was found is accepted.
const ROUNDS: usize = 100;

/// The baseline of a workspace. A finding may hide others that share claims with it, so that what is found is accepted and
/// looked past, until nothing new is found.
pub(super) fn of(workspace: &Workspace, only_known: bool) -> Baseline {
    let problem = ground(&workspace.claims, &workspace.rules, &Choices::default());
    let mut accepted = workspace.accepted.clone();
    let mut rounds = if only_known { 1 } else { ROUNDS };
    loop {
        let how = How { jobs: workspace.jobs, all: None, accepted: &accepted };
        let found = find(&workspace.sources, &workspace.claims, &workspace.rules, &problem, how);
        let new: Vec<Accepted> =
            found.findings.iter().filter_map(|it| accept(workspace, &problem, &found, it)).collect();
        rounds = rounds.saturating_sub(1);
        if new.is_empty() || rounds == 0 {
            let (text, known) = written(&found, &problem);
            let left = if only_known { 0 } else { new.len() };
            return Baseline { text, known, left };
        }
        accepted.extend(new);
    }
}

/// What accepts a finding that stands.
fn accept(workspace: &Workspace, problem: &Problem, found: &Findings, finding: &Finding) -> Option<Accepted> {
    if finding.waived.is_some() || finding.claims.is_empty() {
        return None;
    }
    let claims = workspace.claims.claims.iter().enumerate();
    let named: BTreeSet<&str> = finding.claims.iter().map(String::as_str).collect();
    let claims = claims.filter(|(_, claim)| named.contains(claim.id.as_str())).map(|(at, _)| ClaimId::at(at)).collect();
    let conflict = finding.conflict.and_then(|at| found.conflicts.get(at));
    Some(Accepted {
        claims,
        rules: finding.rules.iter().cloned().collect(),
        gap: gaps(problem, std::iter::once(conflict)).into_iter().flatten().next(),
        span: finding.locations.first()?.span,
        by: By::Baseline { fingerprint: finding.fingerprint.clone(), kind: finding.kind },
    })
}

/// The text of a baseline of what is known, and how many clashes it has. What a waiver accepts is left to the waiver.
fn written(findings: &Findings, problem: &Problem) -> (String, usize) {
    let is_known = |finding: &&Finding| finding.waived.as_ref().is_some_and(|waived| waived.because.is_none());
    let mut kept: Vec<&Finding> = findings.findings.iter().filter(is_known).collect();
    let key = |finding: &&Finding| (finding.claims.clone(), finding.rules.clone(), finding.fingerprint.clone());
    kept.sort_by_key(key);
    kept.dedup_by_key(|finding| key(finding));
    let conflicts = kept.iter().map(|finding| findings.conflicts.get(finding.conflict?));
    let gaps = gaps(problem, conflicts);
    let mut text = format!(
        "# Clashes that are known, so that only new ones fail a check. `addup baseline --write` writes this file,\n\
         # and `addup baseline --prune` takes out what is mended.\nschema = {SCHEMA}\n"
    );
    for (finding, gap) in kept.iter().zip(gaps) {
        block(&mut text, finding, gap);
    }
    (text, kept.len())
}

fn block(text: &mut String, finding: &Finding, gap: Option<Rational>) {
    let kind = serde_json::to_value(finding.clash()).ok();
    let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
    text.push_str(&format!("\n[[known]]\nmessage = {}\nkind = \"{kind}\"\n", quoted(finding.message.trim())));
    let rules: Vec<String> = finding.rules.iter().map(|rule| quoted(rule)).collect();
    text.push_str(&format!("rules = [{}]\nclaims = [\n", rules.join(", ")));
    for claim in &finding.claims {
        let label = finding.locations.iter().find(|location| location.claim.as_ref() == Some(claim));
        let label = label.map(|location| location.label.trim()).filter(|label| !label.is_empty());
        let remark = label.map_or_else(String::new, |label| format!(" # {}", on_one_line(label)));
        text.push_str(&format!("    {},{remark}\n", quoted(claim)));
    }
    text.push_str("]\n");
    if let Some(gap) = gap {
        text.push_str(&format!("gap = \"{gap}\"\n"));
    }
    text.push_str(&format!("fingerprint = \"{}\"\n", finding.fingerprint));
}

/// A text as a TOML string on one line.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A text that can stand in a comment.
fn on_one_line(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}
