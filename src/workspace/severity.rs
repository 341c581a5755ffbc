//! How much findings weigh: what the configuration says of kinds and rules, of folders, and of how many there may be.
//!
//! `[severity]` is for the whole workspace; `[folder."PATH".severity]` for what is said below a folder, where the nearest
//! folder decides; `[error-if]` for rules of which some breaches are to be expected: up to a count or a share of them, they
//! are warnings.

use super::Workspace;
use super::config::{KINDS, LEVELS};
use crate::claim::{ArticleId, Claims};
use crate::finding::words::without_record;
use crate::finding::{Finding, FindingKind};
use crate::number::Rational;
use crate::problem::Problem;
use crate::rule::Rules;
use crate::source::document::{Table, ValueKind, nearest};
use crate::source::{InputError, InputErrors, Severity, Sources, Span, Spanned};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How much kinds of findings and rules weigh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severities {
    /// Kinds of findings.
    pub kinds: BTreeMap<FindingKind, Severity>,
    /// Rules; `None` is off.
    pub rules: BTreeMap<String, Spanned<Option<Severity>>>,
}

/// What weighs otherwise below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The folder, or the file.
    pub path: String,
    /// What weighs how much there.
    pub severities: Severities,
}

/// How many breaches of a rule it takes for them to be errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The rule.
    pub rule: Spanned<String>,
    /// So many, or such a share of what the rule binds.
    pub most: Rational,
    /// Whether it is a share.
    pub is_share: bool,
    /// Whether that many are errors already.
    pub inclusive: bool,
}

/// Reads `[severity]`, of the workspace or of a folder.
pub(super) fn severities(table: &Table, errors: &mut InputErrors) -> Severities {
    let mut found = Severities::default();
    let Some(table) = table.table("severity", errors) else { return found };
    for (key, value) in table.entries() {
        let level = match &value.kind {
            ValueKind::Text(text) if text == "off" => None,
            _ => match table.choice(&key.value, LEVELS, errors) {
                Some(level) => Some(level.value),
                None => continue,
            },
        };
        match (KINDS.iter().find(|(name, _)| *name == key.value), level) {
            (Some((_, FindingKind::Waived)), Some(_)) => errors.push(
                InputError::at(value.span, "what is waived weighs nothing")
                    .help("fail-on = [\"waived\"] makes a run fail that has some"),
            ),
            (Some((_, kind)), Some(level)) => {
                found.kinds.insert(*kind, level);
            }
            (Some(_), None) => errors.push(
                InputError::at(value.span, format!("findings of the kind `{}` cannot be turned off", key.value))
                    .help("\"note\" shows them without failing the run; a rule can be turned off"),
            ),
            (None, level) => {
                found.rules.insert(key.value.clone(), Spanned::new(level, key.span));
            }
        }
    }
    found
}

/// Reads every `[folder."PATH"]`.
pub(super) fn folders(table: &Table, errors: &mut InputErrors) -> Vec<Folder> {
    let mut folders = Vec::new();
    for (path, table) in table.tables("folder", "[folder.\"claims/drafts\".severity]", errors) {
        table.finish(&["severity"], errors);
        let severities = severities(table, errors);
        for span in severities.rules.values().filter(|severity| severity.value.is_none()).map(|severity| severity.span)
        {
            let error = InputError::at(span, "a rule is turned off for the whole workspace, and not for a folder");
            errors.push(error.help("\"note\" shows its findings without failing the run"));
        }
        let plain = path.value.trim_start_matches("./").trim_end_matches('/').to_owned();
        if plain.is_empty() || plain.starts_with('/') || plain.split('/').any(|part| part == "..") {
            let error = InputError::at(path.span, format!("`{}` is no folder of the workspace", path.value));
            errors.push(error.help("write its path as it is seen from this file: \"claims/drafts\""));
        }
        folders.push(Folder { path: plain, severities });
    }
    folders
}

/// Reads `[error-if]`.
pub(super) fn thresholds(table: &Table, errors: &mut InputErrors) -> Vec<Threshold> {
    let Some(table) = table.table("error-if", errors) else { return Vec::new() };
    let mut thresholds = Vec::new();
    for (rule, _) in table.entries() {
        let Some(text) = table.string(&rule.value, errors) else { continue };
        match threshold(rule, &text.value) {
            Some(threshold) => thresholds.push(threshold),
            None => {
                let message = format!("`{}` is no number of breaches", text.value);
                let help = "write \"> 5\" or \">= 5\" for a count, \"> 0.1%\" for a share of what the rule binds";
                errors.push(InputError::at(text.span, message).help(help));
            }
        }
    }
    thresholds
}

fn threshold(rule: &Spanned<String>, text: &str) -> Option<Threshold> {
    let rest = text.trim().strip_prefix('>')?;
    let (inclusive, rest) = rest.strip_prefix('=').map_or((false, rest), |rest| (true, rest));
    let (number, is_share) = rest.trim().strip_suffix('%').map_or((rest, false), |number| (number, true));
    let most = Rational::parse_decimal(number.trim()).filter(|most| !most.is_negative())?;
    let most = if is_share { most.checked_div(&Rational::from(100))? } else { most };
    Some(Threshold { rule: rule.clone(), most, is_share, inclusive })
}

/// The names of rules in the configuration that are none.
pub(super) fn unknown<'a>(
    names: impl Iterator<Item = (&'a str, Span)>,
    rules: &Rules,
    claims: Option<&Claims>,
    errors: &mut InputErrors,
) {
    let mut known: BTreeSet<String> = rules.rules.iter().map(|rule| rule.id.value.clone()).collect();
    let edits = rules.edits.iter().flat_map(|set| set.edits.iter().map(move |(id, _)| (set, id)));
    known.extend(edits.map(|(set, id)| format!("{}/{}", set.table.value, id.value)));
    known.extend(
        claims.iter().flat_map(|claims| claims.checks.iter()).map(|check| without_record(&check.id).to_owned()),
    );
    for (name, span) in names.filter(|(name, _)| !known.contains(*name)) {
        if KINDS.iter().any(|(kind, _)| *kind == name) {
            let error = InputError::at(span, format!("breaches are of a rule, and `{name}` is a kind of finding"));
            errors.push(error.help("`[severity]` says how much kinds of findings weigh"));
            continue;
        }
        let all = KINDS.iter().map(|(kind, _)| *kind).chain(known.iter().map(String::as_str));
        let error = InputError::at(span, format!("`{name}` is neither a rule nor a kind of finding"));
        errors.push(match nearest(name, all) {
            Some(near) => error.label(format!("did you mean `{near}`?")),
            None => error.help("`addup explain` lists both"),
        });
    }
}

/// Gives findings the severity that the configuration sets for them, and puts the most serious first again.
pub(super) fn weigh(findings: &mut [Finding], problem: &Problem, workspace: &Workspace) {
    let config = &workspace.config;
    let articles = if config.folders.is_empty() { BTreeMap::new() } else { articles(&workspace.claims, findings) };
    for finding in findings.iter_mut() {
        // A contradiction never weighs more than its rules do.
        if let Some(severity) = config.severities.kinds.get(&finding.kind) {
            finding.severity = match finding.kind {
                FindingKind::Contradiction => finding.severity.min(*severity),
                _ => *severity,
            };
        }
        if let Some(folder) = folder_of(finding, &articles, workspace) {
            weigh_in(finding, &folder.severities);
        }
    }
    for threshold in &config.error_if {
        hold(threshold, findings, problem, &workspace.claims);
    }
    findings.sort_by_key(|finding| Reverse(finding.severity));
}

/// Gives a finding the severity that its folder sets: of its kind, but no more than of the rules that it breaks.
fn weigh_in(finding: &mut Finding, severities: &Severities) {
    let rules = finding.rules.iter().filter_map(|rule| severities.rules.get(without_record(rule))?.value);
    let rules = rules.min();
    match (severities.kinds.get(&finding.kind).copied(), rules) {
        (None, None) => {}
        (Some(kind), None) => finding.severity = kind,
        (None, Some(rules)) if finding.kind == FindingKind::Contradiction || finding.kind == FindingKind::Quote => {
            finding.severity = rules;
        }
        (None, Some(rules)) => finding.severity = finding.severity.min(rules),
        (Some(kind), Some(rules)) => finding.severity = kind.min(rules),
    }
}

/// The articles of the claims of findings.
fn articles(claims: &Claims, findings: &[Finding]) -> BTreeMap<String, ArticleId> {
    let named: BTreeSet<&str> = findings.iter().flat_map(|finding| &finding.claims).map(String::as_str).collect();
    let found = claims.claims.iter().filter(|claim| named.contains(claim.id.as_str()));
    found.map(|claim| (claim.id.clone(), claim.article)).collect()
}

/// The nearest folder that all of a finding is in, of those that the configuration speaks of.
fn folder_of<'w>(
    finding: &Finding,
    articles: &BTreeMap<String, ArticleId>,
    workspace: &'w Workspace,
) -> Option<&'w Folder> {
    let sources: &Sources = &workspace.sources;
    let of_claims = finding.claims.iter().filter_map(|claim| articles.get(claim));
    let mut files: Vec<&str> = of_claims.map(|article| sources.path(workspace.claims[*article].file)).collect();
    if files.is_empty() {
        files.extend(finding.locations.first().map(|location| sources.path(location.span.file)));
    }
    let holds = |folder: &&Folder| {
        let is_in = |file: &&str| {
            file.strip_prefix(folder.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        !files.is_empty() && files.iter().all(is_in)
    };
    workspace.config.folders.iter().filter(holds).max_by_key(|folder| folder.path.len())
}

/// Makes warnings of errors that break a rule, where they are no more than may be expected.
fn hold(threshold: &Threshold, findings: &mut [Finding], problem: &Problem, claims: &Claims) {
    let is_meant = |rule: &String| {
        let (rule, name) = (without_record(rule), threshold.rule.value.as_str());
        rule == name || rule.strip_suffix(name).is_some_and(|path| path.ends_with('/'))
    };
    let breaks = |finding: &Finding| finding.waived.is_none() && finding.rules.iter().any(is_meant);
    let breaches = count(findings.iter().filter(|finding| breaks(finding)).count());
    let most = if threshold.is_share {
        let own: BTreeSet<(&str, &str)> = problem
            .constraints
            .iter()
            .filter(|constraint| !constraint.claims.is_empty() && is_meant(&constraint.rule))
            .map(|constraint| (constraint.rule.as_str(), constraint.words.as_str()))
            .collect();
        let settled = claims.settled.iter().flat_map(|it| &it.bound).filter(|(rule, _)| is_meant(rule));
        let bound = settled.fold(own.len(), |sum, (_, count)| sum.saturating_add(*count));
        threshold.most.times(&count(bound))
    } else {
        threshold.most.clone()
    };
    let are_errors = if threshold.inclusive { breaches >= most } else { breaches > most };
    if are_errors {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| breaks(finding)) {
        finding.severity = finding.severity.min(Severity::Warning);
    }
}

fn count(items: usize) -> Rational {
    Rational::from(i64::try_from(items).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

    #[test]
    fn thresholds_are_counts_and_shares() {
        let read = |text: &str| {
            let found = threshold(&Spanned::new("additive".to_owned(), SPAN), text)?;
            Some((found.most.to_string(), found.is_share, found.inclusive))
        };
        assert_eq!(read("> 5"), Some(("5".to_owned(), false, false)));
        assert_eq!(read(">=5"), Some(("5".to_owned(), false, true)));
        assert_eq!(read("> 0.1%"), Some(("0.001".to_owned(), true, false)));
        assert_eq!(read(" >= 10 % "), Some(("0.1".to_owned(), true, true)));
        for wrong in ["5", "< 5", "> -1", "> a", ">", "> 5%%", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
