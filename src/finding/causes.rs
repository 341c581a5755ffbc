//! What would settle the findings of a run: clashes that share claims are settled together.
//!
//! Each finding by itself says how any one of its claims could settle it with the others as they are. But one wrong figure
//! may be in many clashes, and one clash may need more than one claim to change: for clashes that share claims, the lightest
//! claims to give up are found (I. P. Fellegi and D. Holt 1976), for each of those the values that would settle them, and
//! the slip by which it may have come to say what it says. Those with a likely slip come first.

use super::layers::certain;
use super::settle;
use super::single::relation;
use super::slips::{Slip, slip};
use super::words::list;
use super::{Finding, FindingKind, Repair};
use crate::claim::{ClaimId, Claims, Kind};
use crate::number::{End, Interval, Rational};
use crate::problem::{Conflict, Problem, Says, StatementId, Verdict};
use crate::solve::{Mend, Mending, Spread, Undecided, Way, mendings};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// Why clashes cannot be settled by giving up claims, or how they can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settling {
    /// Each of these settles them.
    By {
        /// The ways, the one with the likeliest slip first, then in canonical order.
        repairs: Vec<Repair>,
        /// What the claims of each way weigh together: 1 for each, or its `confidence`.
        weight: Rational,
        /// Whether these are all the ways that weigh as little.
        complete: bool,
        /// Whether none weighs less.
        proven: bool,
    },
    /// Nothing does: all of the claims are `fixed`.
    Fixed,
    /// The budget did not suffice to find out.
    Unknown,
}

/// Clashes that share claims, and what would settle them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What settles them.
    pub settling: Settling,
    /// The fingerprints of the findings among them, in their order.
    pub findings: Vec<String>,
    /// The clashes, each by the ids of its claims: no lighter set of claims has one of each.
    pub clashes: Vec<Vec<String>>,
}

/// What a claim weighs: its `confidence`, or 1; `None` if it may not be given up.
fn weight(claims: &Claims, claim: ClaimId) -> Option<Rational> {
    let detail = claims.details.get(claim.index());
    if detail.is_some_and(|detail| detail.fixed) {
        return None;
    }
    Some(detail.and_then(|detail| detail.confidence.clone()).unwrap_or(Rational::ONE))
}

/// The causes of the clashes that are certain, besides those that are accepted; those of the most findings first. Findings that have a cause of their own get
/// its repairs.
pub(super) fn causes(
    claims: &Claims,
    problem: &Problem,
    hits: &[(FindingKind, &Conflict)],
    accepted: &[&Conflict],
    findings: &mut [Finding],
    jobs: NonZeroUsize,
) -> Vec<Cause> {
    if !hits.iter().any(|(kind, _)| kind.is_certain()) {
        return Vec::new();
    }
    let (selection, clashes) = certain(problem, hits, accepted);
    let weights = |claim| weight(claims, claim);
    let alone = |id, given_up: &BTreeSet<ClaimId>| match relation(problem, id, false, given_up) {
        _ if selection.given_up_constraints.contains(&id) => Ok(BTreeSet::new()),
        (Verdict::Undecided, _) => Err(Undecided),
        (_, conflict) => Ok(conflict.map(|conflict| conflict.claims(problem)).unwrap_or_default()),
    };
    let rank = |claim, values: Option<&Spread>| {
        let slip = values.and_then(|values| slip(claims, problem, claim, values));
        slip.map_or(usize::MAX, |slip| slip.rank)
    };
    let mend =
        Mend { problem, selection: &selection, clashes: &clashes, weights: &weights, rank: &rank, alone: &alone, jobs };
    let found = mendings(&mend);
    let mut fingerprints: BTreeMap<Vec<&str>, Vec<&Finding>> = BTreeMap::new();
    let is_certain = |finding: &&Finding| finding.kind.is_certain() && finding.conflict.is_some();
    for finding in findings.iter().filter(is_certain) {
        fingerprints.entry(in_order(&finding.claims)).or_default().push(finding);
    }
    let mut causes: Vec<Cause> =
        found.into_iter().map(|mending| cause(claims, problem, mending, &fingerprints)).collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.findings.len()));
    let by_fingerprint: BTreeMap<String, usize> =
        findings.iter().enumerate().map(|(at, finding)| (finding.fingerprint.clone(), at)).collect();
    for cause in &causes {
        for fingerprint in &cause.findings {
            if let Some(finding) = by_fingerprint.get(fingerprint).and_then(|at| findings.get_mut(*at)) {
                // A claim that contradicts itself has no other claim to agree with.
                let own = cause.own_repairs().filter(|_| finding.claims.len() > 1);
                finding.repairs = own.unwrap_or_default();
            }
        }
    }
    causes
}

impl Cause {
    /// What settles it, as far as the values are known, if it is one finding that one claim is enough for: then it is said under
    /// the finding. What settles several, or by several claims, is said of all of them together.
    pub fn own_repairs(&self) -> Option<Vec<Repair>> {
        let Settling::By { repairs, .. } = &self.settling else { return None };
        let is_own = self.findings.len() == 1 && repairs.iter().all(|repair| repair.claims.len() == 1);
        is_own.then(|| repairs.iter().filter(|repair| !repair.values.is_empty()).cloned().collect())
    }
}

fn cause(claims: &Claims, problem: &Problem, mending: Mending, known: &BTreeMap<Vec<&str>, Vec<&Finding>>) -> Cause {
    let clashes = match &mending {
        Mending::Hopeless(clash) => vec![clash.clone()],
        Mending::Unknown(clashes) | Mending::GiveUp { clashes, .. } => clashes.clone(),
    };
    let named: Vec<Vec<String>> =
        clashes.iter().map(|clash| clash.iter().map(|claim| claims[*claim].id.clone()).collect()).collect();
    let of_clash = |clash: &Vec<String>| {
        known.get(&in_order(clash)).into_iter().flatten().map(|finding| finding.fingerprint.clone()).collect::<Vec<_>>()
    };
    let mut findings: Vec<String> = Vec::new();
    for fingerprint in named.iter().flat_map(of_clash) {
        if !findings.contains(&fingerprint) {
            findings.push(fingerprint);
        }
    }
    let settling = match mending {
        Mending::Hopeless(_) => Settling::Fixed,
        Mending::Unknown(_) => Settling::Unknown,
        Mending::GiveUp { ways, weight, complete, proven, .. } => {
            // Under a finding of its own its article is clear.
            let is_own = findings.len() == 1 && ways.iter().all(|way| way.claims.len() == 1);
            let across = articles(claims, clashes.iter().flatten()) > 1 || (!is_own && claims.articles.len() > 1);
            let repairs = ways.iter().map(|way| repair(claims, problem, way, across)).collect();
            Settling::By { repairs, weight, complete, proven }
        }
    };
    Cause { settling, findings, clashes: named }
}

fn in_order(ids: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    ids
}

fn articles<'a>(claims: &Claims, of: impl Iterator<Item = &'a ClaimId>) -> usize {
    of.map(|claim| claims[*claim].article).collect::<BTreeSet<_>>().len()
}

/// A way to settle clashes in words.
fn repair(claims: &Claims, problem: &Problem, way: &Way, across: bool) -> Repair {
    let mut values = Vec::new();
    let mut words = Vec::new();
    let mut slips: Vec<Slip> = Vec::new();
    let mut exact = true;
    for (id, spread) in way.claims.iter().zip(&way.values) {
        let claim = &claims[*id];
        let name = if across { &claim.id } else { &claim.name };
        let said = spread.as_ref().and_then(|spread| said(problem, *id, spread));
        exact = exact && spread.as_ref().is_some_and(|spread| spread.exact);
        match said {
            Some((interval, said)) => {
                values.push((claim.id.clone(), interval));
                words.push(format!("`{name}` {said}"));
            }
            None if matches!(claim.kind, Kind::Text(_)) => words.push(format!("`{name}` in other words")),
            None => words.push(format!("another value of `{name}`")),
        }
        slips.extend(spread.as_ref().and_then(|spread| slip(claims, problem, *id, spread)));
    }
    // The values of several claims depend on each other: neither all of them nor slips of each go together.
    let is_alone = way.claims.len() == 1;
    let is_point = |spread: &Option<Spread>| {
        spread.as_ref().is_some_and(|spread| matches!(spread.parts.as_slice(), [only] if only.is_point()))
    };
    exact = exact && (is_alone || way.values.iter().all(is_point));
    Repair {
        claims: way.claims.iter().map(|claim| claims[*claim].id.clone()).collect(),
        values,
        exact,
        words: list(&words),
        slip: slips.into_iter().next().filter(|_| is_alone).map(|slip| slip.words),
    }
}

/// The values of a claim in figures and in words: `at most 77`.
fn said(problem: &Problem, claim: ClaimId, spread: &Spread) -> Option<(String, String)> {
    let (statement, _) = problem.said_by(claim).next()?;
    // That a share or a change of nothing says nothing settles no clash for an editor, unless nothing else does.
    let is_nought = |part: &Interval| spread.parts.len() > 1 && part.as_point().is_some_and(Rational::is_zero);
    let told = spread.parts.iter().filter(|part| !is_nought(part));
    let is_free = |part: &Interval| unbounded(problem, statement, part).is_none_or(|part| part.is_everything());
    if spread.parts.iter().any(is_free) {
        return None;
    }
    let figures: Vec<String> =
        spread.parts.iter().filter_map(|part| Some(settle::said(problem, statement, part)?.0)).collect();
    let words: Vec<String> = told
        .filter_map(|part| Some(settle::said(problem, statement, &unbounded(problem, statement, part)?)?.1))
        .collect();
    if words.is_empty() {
        return None;
    }
    // "Exactly 2, 4 or 6".
    let points: Vec<&str> = words.iter().filter_map(|words| words.strip_prefix("exactly ")).collect();
    let words = match points.as_slice() {
        [most @ .., last] if points.len() > 1 && points.len() == words.len() => {
            format!("exactly {} or {last}", most.join(", "))
        }
        _ => words.join(", or "),
    };
    Some((figures.join(" ∪ "), words))
}

/// An interval without the ends that the measure sets anyway.
fn unbounded(problem: &Problem, statement: StatementId, part: &Interval) -> Option<Interval> {
    let Says::Value(figure, _) = &problem[statement].says else { return Some(part.clone()) };
    let range = &problem[*figure].range;
    if part.is_point() {
        return Some(part.clone());
    }
    let open = |end: &End, of_range: &End| if end == of_range { End::Unbounded } else { end.clone() };
    Interval::new(open(part.lo(), range.lo()), open(part.hi(), range.hi()))
}
