//! Many findings: which of them a text report shows in full, and how the others are counted, by rule and kind.
//!
//! One rule that ten thousand rows break must not hide the one row that breaks another: every rule gets its share of what
//! is shown. Serious findings come first all the same.

use super::Report;
use super::summary::kind_words;
use super::text::{WIDTH, counted, inert, padded, wrapped};
use crate::finding::words::{grouped, list, without_record};
use crate::finding::{Finding, FindingKind};
use crate::source::Severity;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// From so many findings on they are counted by rule.
const MANY: usize = 25;

/// So many rules are named in the sentence that counts the rest, and so many in the block; the others are counted.
const NAMED: usize = 6;
const LISTED: usize = 20;

/// The rules that a finding breaks, without the records that they were held to, each once: its rules as one name.
pub(super) fn rules_of(finding: &Finding) -> Vec<&str> {
    let mut rules: Vec<&str> = finding.rules.iter().map(|rule| without_record(rule)).collect();
    rules.dedup();
    rules
}

/// The places of the findings that are shown, if `most` are. What is waived is shown elsewhere.
pub(super) fn shown(findings: &[Finding], most: Option<usize>) -> BTreeSet<usize> {
    let standing = || findings.iter().enumerate().filter(|(_, finding)| finding.waived.is_none());
    let Some(most) = most.filter(|most| *most < standing().count()) else {
        return standing().map(|(at, _)| at).collect();
    };
    let mut groups: BTreeMap<Reverse<Severity>, BTreeMap<Vec<&str>, Vec<usize>>> = BTreeMap::new();
    for (at, finding) in standing() {
        groups.entry(Reverse(finding.severity)).or_default().entry(rules_of(finding)).or_default().push(at);
    }
    let mut shown = BTreeSet::new();
    for group in groups.values() {
        // In rounds, the first finding of each rule, then the second of each, until there are enough.
        let longest = group.values().map(Vec::len).max().unwrap_or(0);
        for round in 0..longest {
            let mut firsts: Vec<usize> = group.values().filter_map(|places| places.get(round).copied()).collect();
            firsts.sort_unstable();
            shown.extend(firsts.into_iter().take(most.saturating_sub(shown.len())));
            if shown.len() >= most {
                return shown;
            }
        }
    }
    shown
}

/// How many findings there are of each kind, by the rules that they break.
type Counts<'a> = BTreeMap<Vec<&'a str>, BTreeMap<FindingKind, usize>>;

fn counts<'a>(findings: impl Iterator<Item = &'a Finding>) -> Counts<'a> {
    let mut counts = Counts::new();
    for finding in findings {
        let count = counts.entry(rules_of(finding)).or_default().entry(finding.kind).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// What is said of findings that are not shown: how many of which rule and kind. `None` if all are.
pub(super) fn rest_sentence(report: &Report<'_>, shown: &BTreeSet<usize>) -> Option<String> {
    let hidden = report.standing().count().saturating_sub(shown.len());
    if hidden == 0 {
        return None;
    }
    let rest = report.findings.iter().enumerate().filter(|(at, _)| !shown.contains(at)).map(|(_, finding)| finding);
    let rest = rest.filter(|finding| finding.waived.is_none());
    let counts = counts(rest);
    let kinds: BTreeSet<FindingKind> = counts.values().flat_map(|kinds| kinds.keys().copied()).collect();
    let only = if kinds.len() == 1 { kinds.first() } else { None };
    let mut parts: Vec<(usize, Vec<&str>, FindingKind)> = counts
        .into_iter()
        .flat_map(|(rules, kinds)| kinds.into_iter().map(move |(kind, count)| (count, rules.clone(), kind)))
        .collect();
    parts.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| (&one.1, one.2).cmp(&(&other.1, other.2))));
    let named = if parts.len() > NAMED.saturating_add(1) { NAMED } else { parts.len() };
    let of = |rules: &[&str]| {
        let rules: Vec<String> = rules.iter().map(|rule| format!("`{rule}`")).collect();
        if rules.is_empty() { String::new() } else { format!(" of {}", list(&rules)) }
    };
    let mut said: Vec<String> = parts
        .iter()
        .take(named)
        .map(|(count, rules, kind)| {
            let what = if only.is_some() { grouped(*count) } else { kind_words(*kind, *count) };
            format!("{what}{}", of(rules))
        })
        .collect();
    if parts.len() > named {
        let others = parts.iter().skip(named).fold(0_usize, |sum, part| sum.saturating_add(part.0));
        let rules: BTreeSet<&Vec<&str>> = parts.iter().skip(named).map(|(_, rules, _)| rules).collect();
        said.push(format!("{} of {}", grouped(others), counted(rules.len(), "other rule", "other rules")));
    }
    let what = only.map_or_else(|| counted(hidden, "finding", "findings"), |kind| kind_words(*kind, hidden));
    let what = what.replacen(' ', " more ", 1);
    // One kind of one rule is said in one breath.
    let said = match parts.as_slice() {
        [(_, rules, _)] => of(rules),
        _ => format!(": {}", list(&said)),
    };
    let shows = if hidden == 1 { "shows it, too" } else { "shows them, too" };
    Some(format!("And {what}{said}. `--max-shown all` {shows}."))
}

/// Findings by rule, a line each, most first; empty if there are not many.
pub(super) fn by_rule(report: &Report<'_>) -> String {
    if report.findings.len() < MANY {
        return String::new();
    }
    let counts = counts(report.standing());
    let total = |kinds: &BTreeMap<FindingKind, usize>| kinds.values().fold(0_usize, |sum, it| sum.saturating_add(*it));
    let mut rows: Vec<(usize, String, String)> = counts
        .iter()
        .map(|(rules, kinds)| {
            let name = if rules.is_empty() { "no rule".to_owned() } else { inert(&rules.join(" and ")).into_owned() };
            let said: Vec<String> = kinds.iter().map(|(kind, count)| kind_words(*kind, *count)).collect();
            (total(kinds), name, list(&said))
        })
        .collect();
    rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let listed = if rows.len() > LISTED.saturating_add(2) { LISTED } else { rows.len() };
    let widest = rows.iter().take(listed).map(|(_, name, _)| super::text::columns(name)).max().unwrap_or(0).min(44);
    let mut text = String::new();
    for (_, name, said) in rows.iter().take(listed) {
        let indent = widest.saturating_add(4);
        let mut lead = padded(name, widest);
        for line in wrapped(said, WIDTH.saturating_sub(indent)) {
            text.push_str(&format!("  {lead}  {line}\n"));
            lead = " ".repeat(widest);
        }
    }
    if listed < rows.len() {
        let others = rows.iter().skip(listed).fold(0_usize, |sum, row| sum.saturating_add(row.0));
        let rules = counted(rows.len().saturating_sub(listed), "other rule", "other rules");
        text.push_str(&format!("  {} of {rules}\n", counted(others, "finding", "findings")));
    }
    text
}
