//! Instants that several curves share and whose place is not known.
//!
//! Each curve by itself can put such an instant where it likes; all of them together must put it in one place. Where at
//! most one of its curves has anything to say about the place, the graph decides. Otherwise the solution at hand may
//! agree on a place; if not, each place among the breakpoints is tried, within a budget; if none is found, it is open.

use super::system::{Places, System, time};
use super::{Unsettled, claim_of};
use crate::calendar;
use crate::claim::ClaimId;
use crate::number::Rational;
use crate::problem::{CurveId, DifferenceId, InstantId, InstantKind, Node, NodeId, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// How many places may be tried in one pass.
const BUDGET: usize = 256;

/// The instants that stay open among edges that can all hold, curve by curve.
pub(super) fn unsettled(problem: &Problem, components: &[Vec<DifferenceId>]) -> Vec<Unsettled> {
    let edges: Vec<DifferenceId> = components.iter().flatten().copied().collect();
    let curves = Curves::of(problem, &edges);
    let candidates = curves.candidates(problem);
    if candidates.is_empty() {
        return Vec::new();
    }
    let mut places = Places::new();
    let mut budget = BUDGET;
    let mut open = Vec::new();
    let Ok(mut values) = System::new(problem, &edges, false, &places).solve() else { return Vec::new() };
    for instant in candidates {
        let gaps = curves.gaps(problem, instant, &places);
        if let Some(gap) = gaps.iter().find(|gap| curves.agree(problem, instant, **gap, &values, &places)) {
            places.insert(instant, *gap);
            continue;
        }
        let mut placed = None;
        for gap in gaps {
            if budget == 0 {
                break;
            }
            budget = budget.saturating_sub(1);
            let mut trial = places.clone();
            trial.insert(instant, gap);
            if let Ok(found) = System::new(problem, &edges, false, &trial).solve() {
                placed = Some((trial, found));
                break;
            }
        }
        match placed {
            Some((trial, found)) => (places, values) = (trial, found),
            None => open.push(Unsettled { instant, claims: claims_at(problem, &edges, instant) }),
        }
    }
    open
}

/// The claims whose figures an instant bounds.
fn claims_at(problem: &Problem, edges: &[DifferenceId], instant: InstantId) -> Vec<ClaimId> {
    let found: BTreeSet<ClaimId> = edges
        .iter()
        .filter(|edge| {
            [problem[**edge].from, problem[**edge].to]
                .iter()
                .any(|node| matches!(problem[*node], Node::Total(_, at) if at == instant))
        })
        .filter_map(|edge| claim_of(problem, *edge))
        .collect();
    found.into_iter().collect()
}

/// The never-falling curves of some edges, with the nodes that they are looked at.
struct Curves {
    nodes: BTreeMap<CurveId, BTreeMap<InstantId, NodeId>>,
}

impl Curves {
    fn of(problem: &Problem, edges: &[DifferenceId]) -> Self {
        let mut nodes: BTreeMap<CurveId, BTreeMap<InstantId, NodeId>> = BTreeMap::new();
        for node in edges.iter().flat_map(|edge| [problem[*edge].from, problem[*edge].to]) {
            let Node::Total(curve, instant) = problem[node] else { continue };
            if problem[curve].monotone {
                nodes.entry(curve).or_default().insert(instant, node);
            }
        }
        Self { nodes }
    }

    fn with(&self, instant: InstantId) -> impl Iterator<Item = &BTreeMap<InstantId, NodeId>> {
        self.nodes.values().filter(move |nodes| nodes.contains_key(&instant))
    }

    /// The imprecise instants about whose place two curves or more have something to say.
    fn candidates(&self, problem: &Problem) -> Vec<InstantId> {
        let mut shared: BTreeMap<InstantId, usize> = BTreeMap::new();
        for nodes in self.nodes.values() {
            for instant in nodes.keys() {
                let found = &problem[*instant];
                let moves = found.earliest < found.latest && found.earliest.is_some();
                if moves && !matches!(found.kind, InstantKind::Origin { .. }) {
                    let count = shared.entry(*instant).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
        shared
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(instant, _)| instant)
            .filter(|instant| {
                self.with(*instant).filter(|nodes| says_something(problem, *instant, nodes)).nth(1).is_some()
            })
            .collect()
    }

    /// The places between breakpoints where an instant may lie.
    fn gaps(
        &self,
        problem: &Problem,
        instant: InstantId,
        places: &Places,
    ) -> Vec<(calendar::Instant, calendar::Instant)> {
        let (Some(earliest), Some(latest)) = time(problem, instant, places) else { return Vec::new() };
        let mut breakpoints: BTreeSet<calendar::Instant> = [earliest, latest].into();
        for nodes in self.with(instant) {
            for other in nodes.keys().filter(|other| **other != instant) {
                let (from, to) = time(problem, *other, places);
                breakpoints.extend([from, to].into_iter().flatten().filter(|at| *at > earliest && *at < latest));
            }
        }
        let points: Vec<calendar::Instant> = breakpoints.into_iter().collect();
        points
            .windows(2)
            .filter_map(|pair| match pair {
                [from, to] => Some((*from, *to)),
                _ => None,
            })
            .collect()
    }

    /// Whether the values at hand allow an instant to lie in a gap, on every curve that it is on, apart from all other
    /// imprecise instants.
    fn agree(
        &self,
        problem: &Problem,
        instant: InstantId,
        gap: (calendar::Instant, calendar::Instant),
        values: &BTreeMap<NodeId, Rational>,
        places: &Places,
    ) -> bool {
        self.with(instant).all(|nodes| {
            let Some(here) = nodes.get(&instant).and_then(|node| values.get(node)) else { return false };
            nodes.iter().filter(|(other, _)| **other != instant).all(|(other, node)| {
                let (Some(from), Some(to)) = time(problem, *other, places) else { return true };
                let Some(there) = values.get(node) else { return true };
                if to <= gap.0 {
                    there <= here
                } else if from >= gap.1 {
                    there >= here
                } else {
                    false
                }
            })
        })
    }
}

/// Whether a curve has another instant strictly inside the range of an imprecise one, or another imprecise one that
/// overlaps it.
fn says_something(problem: &Problem, instant: InstantId, nodes: &BTreeMap<InstantId, NodeId>) -> bool {
    let (from, to) = (problem[instant].earliest, problem[instant].latest);
    nodes.keys().filter(|other| **other != instant).any(|other| {
        let other = &problem[*other];
        match (other.earliest, other.latest) {
            (Some(earliest), Some(latest)) => Some(earliest) < to && Some(latest) > from,
            _ => false,
        }
    })
}
