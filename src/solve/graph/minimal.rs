//! Making a conflict minimal: whatever can be dropped so that the rest still clashes is dropped.
//!
//! A deletion pass in canonical order, over what the conflict leans on, then over its claims, then over its constraints.
//! What is left clashes, and without any one of its claims or constraints the rest of it can hold. Only the edges between
//! members of the conflict are looked at, and the order of the instants that these touch; each trial goes on from where
//! the one before it ended.

use super::selection::{Member, claims_of, constraints_of, leans_of, members_of, total};
use super::system::{Edge, Places, System};
use crate::claim::ClaimId;
use crate::problem::{
    Conflict, ConstraintId, CurveId, Difference, DifferenceId, LeanId, NodeId, Problem, Proof, Step, StepReason,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a conflict rests on.
#[derive(Clone, Debug, Default)]
struct Members {
    leans: BTreeSet<LeanId>,
    claims: BTreeSet<ClaimId>,
    constraints: BTreeSet<ConstraintId>,
}

fn edge_of(problem: &Problem, id: DifferenceId) -> Option<&Difference> {
    problem.differences.get(id.index())
}

impl Members {
    fn of(problem: &Problem, edges: impl Iterator<Item = DifferenceId>) -> Self {
        let mut members = Self::default();
        for edge in edges.filter_map(|id| edge_of(problem, id)) {
            members.leans.extend(leans_of(problem, edge));
            members.claims.extend(claims_of(problem, edge));
            members.constraints.extend(constraints_of(problem, edge));
        }
        members
    }

    fn cover(&self, problem: &Problem, edge: &Difference) -> bool {
        claims_of(problem, edge).all(|claim| self.claims.contains(&claim))
            && constraints_of(problem, edge).all(|constraint| self.constraints.contains(&constraint))
            && leans_of(problem, edge).all(|lean| self.leans.contains(&lean))
    }

    fn in_order(&self) -> Vec<Member> {
        let leans = self.leans.iter().copied().map(Member::Lean);
        let claims = self.claims.iter().copied().map(Member::Claim);
        leans.chain(claims).chain(self.constraints.iter().copied().map(Member::Constraint)).collect()
    }

    fn has(&self, member: Member) -> bool {
        match member {
            Member::Lean(id) => self.leans.contains(&id),
            Member::Claim(id) => self.claims.contains(&id),
            Member::Constraint(id) => self.constraints.contains(&id),
        }
    }
}

/// The edges of a component by what they rest on, so that those of a few claims are found at once. There may be very many
/// and few are asked for: lists that are sorted once take a fraction of the time and room of maps of lists.
pub(super) struct Index<'e, 'a> {
    edges: &'e [Edge<'a>],
    /// Each claim with the place of an edge that rests on it.
    by_claim: Vec<(ClaimId, usize)>,
    /// What rests on no claim, by its constraint.
    without_claim: Vec<(Option<ConstraintId>, usize)>,
}

impl<'e, 'a> Index<'e, 'a> {
    /// Sorts edges by what they rest on.
    pub(super) fn new(problem: &Problem, edges: &'e [Edge<'a>]) -> Self {
        let mut index = Self { edges, by_claim: Vec::new(), without_claim: Vec::new() };
        for (at, edge) in edges.iter().enumerate() {
            let Some(difference) = edge_of(problem, edge.id) else { continue };
            let before = index.by_claim.len();
            index.by_claim.extend(claims_of(problem, difference).map(|claim| (claim, at)));
            if index.by_claim.len() == before {
                index.without_claim.push((difference.constraint, at));
            }
        }
        index.by_claim.sort_unstable();
        index.without_claim.sort_unstable();
        index
    }

    /// The edges of a claim.
    pub(super) fn of_claim(&self, claim: ClaimId) -> impl Iterator<Item = DifferenceId> + '_ {
        self.edges_of(&self.by_claim, claim).map(|edge| edge.id)
    }

    /// The edges that a sorted list has for a key.
    fn edges_of<'i, K: Ord + Copy>(
        &'i self,
        list: &'i [(K, usize)],
        key: K,
    ) -> impl Iterator<Item = &'i Edge<'a>> + use<'i, 'e, 'a, K> {
        let first = list.partition_point(|(own, _)| *own < key);
        let own = list.get(first..).unwrap_or_default().iter().take_while(move |(own, _)| *own == key);
        own.filter_map(|(_, at)| self.edges.get(*at))
    }

    /// All edges that rest on nothing but these, in canonical order.
    fn within(&self, problem: &Problem, members: &Members, banned: &BTreeSet<DifferenceId>) -> Vec<Edge<'a>> {
        let of_claims = members.claims.iter().flat_map(|claim| self.edges_of(&self.by_claim, *claim));
        let free = std::iter::once(None).chain(members.constraints.iter().copied().map(Some));
        let of_none = free.flat_map(|constraint| self.edges_of(&self.without_claim, constraint));
        let mut edges: Vec<Edge> = of_claims
            .chain(of_none)
            .filter(|edge| !banned.contains(&edge.id))
            .filter(|edge| edge_of(problem, edge.id).is_some_and(|edge| members.cover(problem, edge)))
            .copied()
            .collect();
        edges.sort_unstable_by_key(|edge| edge.id);
        edges.dedup_by_key(|edge| edge.id);
        edges
    }
}

fn edges_of(steps: &[Step]) -> impl Iterator<Item = DifferenceId> + '_ {
    steps.iter().filter_map(|step| match step.reason {
        StepReason::Difference(id) => Some(id),
        StepReason::Order(_) => None,
    })
}

/// A minimal conflict among what a cycle rests on.
pub(super) fn minimal(
    problem: &Problem,
    index: &Index,
    banned: &BTreeSet<DifferenceId>,
    cycle: Vec<Step>,
    soft: bool,
) -> Conflict {
    let mut cycle = cycle;
    let mut members = Members::of(problem, edges_of(&cycle));
    let edges = index.within(problem, &members, banned);
    let system = System::new(problem, &edges, &Places::default());
    let mut search = system.search();
    let mut standing: BTreeMap<usize, &Difference> =
        system.edges().filter_map(|(id, arc)| Some((arc, edge_of(problem, id)?))).collect();
    let mut resting: BTreeMap<Member, Vec<usize>> = BTreeMap::new();
    for (arc, edge) in &standing {
        for member in members_of(problem, edge) {
            resting.entry(member).or_default().push(*arc);
        }
    }
    for member in members.in_order() {
        if !members.has(member) {
            continue;
        }
        let own = resting.get(&member).into_iter().flatten().copied();
        let dropped: Vec<usize> = own.filter(|arc| standing.contains_key(arc)).collect();
        dropped.iter().for_each(|arc| search.remove(*arc));
        if let Some(smaller) = search.find() {
            cycle = system.steps(&smaller);
            members = Members::of(problem, edges_of(&cycle));
            standing.retain(|arc, edge| {
                let stays = members.cover(problem, edge);
                if !stays {
                    search.remove(*arc);
                }
                stays
            });
        } else {
            dropped.iter().for_each(|arc| search.restore(*arc));
        }
    }
    conflict(problem, cycle, soft)
}

/// What a cycle of minimal members says as a conflict.
fn conflict(problem: &Problem, steps: Vec<Step>, soft: bool) -> Conflict {
    let edges: Vec<&Difference> = edges_of(&steps).filter_map(|id| edge_of(problem, id)).collect();
    let statements: BTreeSet<_> = edges.iter().filter_map(|edge| edge.why.statement()).collect();
    let mut constraints: BTreeSet<ConstraintId> = edges.iter().filter_map(|edge| edge.constraint).collect();
    let mut leans: BTreeSet<LeanId> = edges.iter().flat_map(|edge| edge.leans.iter().copied()).collect();
    // A curve matters if more than one figure of it takes part, or its order does; two bounds of one figure clash
    // whether or not the measure adds up.
    let mut pairs: BTreeMap<CurveId, BTreeSet<(NodeId, NodeId)>> = BTreeMap::new();
    for step in &steps {
        let pair = (step.from.min(step.to), step.from.max(step.to));
        let own = match step.reason {
            StepReason::Order(_) => [(pair.0, pair.0), (pair.1, pair.1)],
            StepReason::Difference(_) => [pair, pair],
        };
        for node in [step.from, step.to] {
            if let Some((curve, _)) = total(problem, node) {
                pairs.entry(curve).or_default().extend(own);
            }
        }
    }
    for (curve, _) in pairs.iter().filter(|(_, pairs)| pairs.len() > 1) {
        constraints.extend(problem.curves.get(curve.index()).map(|curve| curve.constraint));
    }
    for constraint in constraints.iter().filter_map(|id| problem.constraints.get(id.index())) {
        leans.extend(constraint.leans.iter().copied());
    }
    Conflict {
        statements: statements.into_iter().collect(),
        constraints: constraints.into_iter().collect(),
        leans: leans.into_iter().collect(),
        proof: Proof::Cycle(steps),
        soft,
    }
}
