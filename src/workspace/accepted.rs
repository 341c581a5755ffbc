//! What a workspace accepts: its waivers and its baseline, held against the claims and rules that they name.

use super::baseline::{Known, quoted};
use crate::calendar::Day;
use crate::claim::{Claims, Ids, Waiver};
use crate::finding::words::without_record;
use crate::finding::{Accepted, By, Finding};
use crate::number::Rational;
use crate::rule::Rules;
use crate::source::document::nearest;
use crate::source::{InputError, InputErrors, Spanned};
use std::collections::BTreeSet;

/// What is accepted. A name that is none is an error, unless only a part of the claims was read: then it may be one of the
/// others.
pub(super) fn accepted<'a>(
    claims: &Claims,
    rules: &Rules,
    waivers: impl Iterator<Item = &'a Waiver>,
    known: &[Known],
    is_partial: bool,
    today: Option<Day>,
    errors: &mut InputErrors,
) -> Vec<Accepted> {
    let mut waivers = waivers.peekable();
    if waivers.peek().is_none() && known.is_empty() {
        return Vec::new();
    }
    let (ids, names) = (Ids::of(claims), names(claims, rules));
    let mut accepted = Vec::new();
    let may_be_elsewhere = |waiver: &Waiver| {
        let is_read = |name: &Spanned<String>| ids.find_from(None, &name.value).is_some();
        is_partial && waiver.article.is_none() && !waiver.claims.iter().all(is_read)
    };
    for waiver in waivers.filter(|waiver| !may_be_elsewhere(waiver)) {
        let mut members = BTreeSet::new();
        for name in &waiver.claims {
            match ids.find_from(waiver.article, &name.value) {
                Some(claim) => {
                    members.insert(claim);
                }
                None => errors.push(ids.unknown(waiver.article, name)),
            }
        }
        let path = waiver.article.map(|article| format!("{}/", claims[article].id));
        let broken = waiver.rules.iter().filter_map(|rule| rule_of(&names, path.as_deref(), rule, errors)).collect();
        accepted.push(Accepted {
            claims: members,
            rules: broken,
            gap: waiver.gap_up_to.clone(),
            span: waiver.span,
            by: By::Waiver {
                because: waiver.because.clone(),
                until: waiver.until,
                is_over: waiver.until.zip(today).is_some_and(|(until, today)| until < today),
            },
        });
    }
    for known in known {
        // Of claims that are there no more, nothing clashes.
        let members: Option<BTreeSet<_>> = known.claims.iter().map(|id| ids.find_from(None, id)).collect();
        if members.is_none() && is_partial {
            continue;
        }
        accepted.push(Accepted {
            claims: members.unwrap_or_default(),
            rules: known.rules.clone(),
            gap: known.gap.clone(),
            span: known.span,
            by: By::Baseline { fingerprint: known.fingerprint.clone(), kind: known.kind },
        });
    }
    accepted
}

/// Whether every claim that waivers name is among these, so that none of them was settled with the rows of its table.
pub(super) fn are_all_read<'a>(claims: &Claims, mut waivers: impl Iterator<Item = &'a Waiver>) -> bool {
    let ids = Ids::of(claims);
    waivers.all(|it| it.claims.iter().all(|name| ids.find_from(it.article, &name.value).is_some()))
}

/// What a clash can be of: rules, checks, assumptions, and the rules of tables.
fn names(claims: &Claims, rules: &Rules) -> BTreeSet<String> {
    let own = rules.rules.iter().map(|rule| rule.id.value.clone());
    let checks = claims.checks.iter().map(|check| without_record(&check.id).to_owned());
    let assumes = claims.assumes.iter().map(|assume| assume.id.clone());
    let edits =
        rules.edits.iter().flat_map(|set| set.edits.iter().map(|(id, _)| format!("{}/{}", set.table.value, id.value)));
    own.chain(checks).chain(assumes).chain(edits).collect()
}

/// The full name of a rule, as it is written in an article or outside of any.
fn rule_of(
    names: &BTreeSet<String>,
    path: Option<&str>,
    rule: &Spanned<String>,
    errors: &mut InputErrors,
) -> Option<String> {
    let own = path.map(|path| format!("{path}{}", rule.value));
    let is_known = |name: &String| names.contains(without_record(name));
    if let Some(found) = own.into_iter().chain([rule.value.clone()]).find(is_known) {
        return Some(found);
    }
    let error = InputError::at(rule.span, format!("there is no rule `{}`", rule.value));
    errors.push(match nearest(&rule.value, names.iter().map(String::as_str)) {
        Some(near) => error.label(format!("did you mean \"{near}\"?")),
        None => error.help("the finding names the rules that it breaks; `addup explain` lists them"),
    });
    None
}

/// The longest line of a waiver's claims, in characters.
const WIDTH: usize = 110;

/// A waiver for a finding, as it stands in a file: in the claim file of an article, whose claims have no path there, or
/// elsewhere. `gap` is the gap up to which it holds.
pub fn waiver_text(
    finding: &Finding,
    because: &str,
    until: Option<Day>,
    gap: Option<&Rational>,
    article: Option<&str>,
) -> String {
    let path = article.map(|article| format!("{article}/"));
    let named = |id: &String| quoted(path.as_deref().and_then(|path| id.strip_prefix(path)).unwrap_or(id));
    let claims: Vec<String> = finding.claims.iter().map(named).collect();
    let line = format!("claims = [{}]", claims.join(", "));
    let lines =
        if line.chars().count() <= WIDTH { line } else { format!("claims = [\n    {},\n]", claims.join(",\n    ")) };
    let rules: Vec<String> = finding.rules.iter().map(named).collect();
    let rule = match rules.as_slice() {
        [only] => only.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let mut text = format!("[[waive]]\n{lines}\nrule = {rule}\nbecause = {}\n", quoted(because.trim()));
    if let Some(until) = until {
        text.push_str(&format!("until = {until}\n"));
    }
    if let Some(gap) = gap {
        let gap = gap.to_string();
        // TOML has no fractions.
        text.push_str(&if gap.contains('/') {
            format!("gap-up-to = \"{gap}\"\n")
        } else {
            format!("gap-up-to = {gap}\n")
        });
    }
    text
}
