//! A conflict made minimal: drop any one claim or rule of it, and the rest can be true.

use super::system::System;
use super::{Members, claim_of};
use crate::claim::ClaimId;
use crate::problem::{ConstraintId, DifferenceId, NodeId, Problem, Step};
use std::collections::{BTreeMap, BTreeSet};

/// Makes a cycle minimal in claims and constraints by a deletion pass in canonical order. `edges` are those that the
/// cycle was found among; only what its own claims and constraints say is looked at again, so that this costs what the
/// cycle is long and not what the component is large.
pub(super) fn minimal(problem: &Problem, edges: &[DifferenceId], soft: bool, cycle: Vec<Step>) -> Vec<Step> {
    let first = Members::of(problem, &cycle);
    let near = Near::of(problem, edges, &first);
    let mut best = cycle;
    let mut kept = first;
    let claims: Vec<ClaimId> = kept.claims.iter().copied().collect();
    for claim in claims {
        if kept.claims.len() < 2 || !kept.claims.contains(&claim) {
            continue;
        }
        let mut fewer = kept.clone();
        fewer.claims.remove(&claim);
        if let Some(found) = near.cycle(problem, soft, &fewer) {
            kept = Members::of(problem, &found);
            best = found;
        }
    }
    let constraints: Vec<ConstraintId> = kept.constraints.iter().copied().collect();
    for constraint in constraints {
        if kept.constraints.len() < 2 || !kept.constraints.contains(&constraint) {
            continue;
        }
        let mut fewer = kept.clone();
        fewer.constraints.remove(&constraint);
        if let Some(found) = near.cycle(problem, soft, &fewer) {
            kept = Members::of(problem, &found);
            best = found;
        }
    }
    best
}

/// The edges that a conflict's claims and constraints give.
struct Near {
    by_claim: BTreeMap<ClaimId, Vec<DifferenceId>>,
    structural: Vec<DifferenceId>,
    in_cycle: BTreeSet<DifferenceId>,
}

impl Near {
    fn of(problem: &Problem, edges: &[DifferenceId], members: &Members) -> Self {
        let mut by_claim: BTreeMap<ClaimId, Vec<DifferenceId>> = BTreeMap::new();
        let mut structural = Vec::new();
        for edge in edges {
            match claim_of(problem, *edge) {
                Some(claim) if members.claims.contains(&claim) => by_claim.entry(claim).or_default().push(*edge),
                Some(_) => {}
                None => structural.push(*edge),
            }
        }
        structural.retain(|edge| {
            problem[*edge].constraint.is_none_or(|constraint| members.constraints.contains(&constraint))
        });
        Self { by_claim, structural, in_cycle: members.edges.clone() }
    }

    /// A cycle among what some claims and constraints say, if there is one. A curve whose own constraint is dropped
    /// relates nothing.
    fn cycle(&self, problem: &Problem, soft: bool, kept: &Members) -> Option<Vec<Step>> {
        let stands = |edge: &DifferenceId| {
            problem[*edge].constraint.is_none_or(|constraint| kept.constraints.contains(&constraint))
        };
        let mut edges: Vec<DifferenceId> =
            kept.claims.iter().filter_map(|claim| self.by_claim.get(claim)).flatten().copied().filter(stands).collect();
        let touched: BTreeSet<NodeId> =
            edges.iter().flat_map(|edge| [problem[*edge].from, problem[*edge].to]).collect();
        edges.extend(self.structural.iter().copied().filter(stands).filter(|edge| {
            let ends = [problem[*edge].from, problem[*edge].to];
            self.in_cycle.contains(edge) || ends.iter().any(|node| touched.contains(node))
        }));
        edges.sort_unstable();
        let found = System::new(problem, &edges, soft, &BTreeMap::new()).cycle()?;
        let members = Members::of(problem, &found);
        members.constraints.is_subset(&kept.constraints).then_some(found)
    }
}
