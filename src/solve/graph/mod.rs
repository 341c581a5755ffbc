//! The graph of a problem, layer by layer: which edges count, which conflicts they hold, and what stays open.
//!
//! Edges that count fall into components. In each, a negative cycle is looked for, made minimal, recorded, and its
//! claims set aside, until what is left can all be true: the conflicts are a canonical, claim-disjoint, maximal family.
//!
//! * `system`: one set of edges as nodes and arcs, with the order of time that never-falling curves add;
//! * `minimal`: a conflict made minimal in claims and constraints by deletion;
//! * `shared`: instants of several curves whose place is not known, which the graph alone may leave open.

mod minimal;
mod shared;
mod system;
#[cfg(test)]
mod tests;

use crate::claim::{ArticleId, ClaimId};
use crate::problem::{
    Conflict, ConstraintId, CurveId, DifferenceId, InstantId, LeanId, Node, NodeId, Problem, Proof, Step, StepReason,
    Why,
};
use std::collections::{BTreeMap, BTreeSet};
use system::System;

/// What counts in one pass.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Whether the soft bounds count, rather than the hard ones.
    pub soft: bool,
    /// What may be leaned on; an edge that leans on anything else is left out.
    pub leans: BTreeSet<LeanId>,
    /// If set, only edges of this article, and of none.
    pub article: Option<ArticleId>,
    /// Edges that an earlier pass gave up.
    pub given_up: BTreeSet<DifferenceId>,
    /// Constraints that an earlier pass gave up.
    pub given_up_constraints: BTreeSet<ConstraintId>,
}

/// An instant that several curves share and whose place among their breakpoints is not known: the graph alone does not
/// decide those curves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// The instant.
    pub instant: InstantId,
    /// The claims whose figures it bounds.
    pub claims: Vec<ClaimId>,
}

/// What one pass over the graph gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphOutcome {
    /// A canonical, claim-disjoint, maximal family of minimal conflicts.
    pub conflicts: Vec<Conflict>,
    /// What stays open.
    pub unsettled: Vec<Unsettled>,
}

/// Finds the conflicts of the graph among what is selected. Each is minimal in claims and constraints.
pub fn solve_graph(problem: &Problem, selection: &Selection) -> GraphOutcome {
    let mut outcome = GraphOutcome::default();
    let mut clean: Vec<Vec<DifferenceId>> = Vec::new();
    for mut edges in components(problem, &selected(problem, selection)) {
        while let Err(cycle) = System::new(problem, &edges, selection.soft, &BTreeMap::new()).solve() {
            let cycle = minimal::minimal(problem, &edges, selection.soft, cycle);
            let members = Members::of(problem, &cycle);
            outcome.conflicts.push(members.conflict(cycle, selection.soft));
            if members.claims.is_empty() {
                edges.retain(|edge| !members.edges.contains(edge));
            } else {
                edges.retain(|edge| claim_of(problem, *edge).is_none_or(|claim| !members.claims.contains(&claim)));
            }
        }
        clean.push(edges);
    }
    if !selection.soft {
        outcome.unsettled = shared::unsettled(problem, &clean);
    }
    outcome
}

/// The edges that count.
fn selected(problem: &Problem, selection: &Selection) -> Vec<DifferenceId> {
    let granted = |leans: &[LeanId]| leans.iter().all(|lean| selection.leans.contains(lean));
    let stands = |constraint: ConstraintId| !selection.given_up_constraints.contains(&constraint);
    let on_standing_curve = |node: NodeId| match problem[node] {
        Node::Total(curve, _) => stands(problem[curve].constraint),
        _ => true,
    };
    problem
        .differences
        .iter()
        .enumerate()
        .filter(|(at, edge)| {
            let bound = if selection.soft { &edge.soft } else { &edge.hard };
            bound.is_some()
                && !selection.given_up.contains(&DifferenceId::at(*at))
                && granted(&edge.leans)
                && edge.constraint.is_none_or(stands)
                && on_standing_curve(edge.from)
                && on_standing_curve(edge.to)
                && selection.article.is_none_or(|wanted| edge.article.is_none_or(|article| article == wanted))
        })
        .map(|(at, _)| DifferenceId::at(at))
        .collect()
}

/// The edges that hang together: by a node, or by the order of time on one never-falling curve. In canonical order.
fn components(problem: &Problem, edges: &[DifferenceId]) -> Vec<Vec<DifferenceId>> {
    let nodes = problem.nodes.len();
    let mut sets = Sets::new(nodes.saturating_add(problem.curves.len()));
    let place = |node: NodeId, sets: &mut Sets| {
        if let Node::Total(curve, instant) = problem[node] {
            let known = &problem[instant];
            if problem[curve].monotone && (known.earliest.is_some() || known.latest.is_some()) {
                sets.join(node.index(), nodes.saturating_add(curve.index()));
            }
        }
    };
    for edge in edges {
        let edge = &problem[*edge];
        place(edge.from, &mut sets);
        place(edge.to, &mut sets);
        sets.join(edge.from.index(), edge.to.index());
    }
    let mut order: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found: Vec<Vec<DifferenceId>> = Vec::new();
    for edge in edges {
        let root = sets.root(problem[*edge].from.index());
        let next = found.len();
        let at = *order.entry(root).or_insert(next);
        if at == next {
            found.push(Vec::new());
        }
        if let Some(component) = found.get_mut(at) {
            component.push(*edge);
        }
    }
    found
}

/// Disjoint sets with path halving.
struct Sets(Vec<usize>);

impl Sets {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn parent(&self, at: usize) -> usize {
        self.0.get(at).copied().unwrap_or(at)
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent(at) != at {
            let above = self.parent(self.parent(at));
            if let Some(slot) = self.0.get_mut(at) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        if let Some(slot) = self.0.get_mut(high) {
            *slot = low;
        }
    }
}

/// The statement that an edge rests on, if it rests on one.
fn claim_of(problem: &Problem, edge: DifferenceId) -> Option<ClaimId> {
    match problem[edge].why {
        Why::Stated(statement, _)
        | Why::Within(statement)
        | Why::SameScope(statement, _)
        | Why::Dated(statement, _) => Some(problem[statement].claim),
        _ => None,
    }
}

/// What a cycle rests on.
#[derive(Clone, Debug, Default)]
struct Members {
    edges: BTreeSet<DifferenceId>,
    statements: BTreeSet<crate::problem::StatementId>,
    claims: BTreeSet<ClaimId>,
    constraints: BTreeSet<ConstraintId>,
    leans: BTreeSet<LeanId>,
}

impl Members {
    fn of(problem: &Problem, cycle: &[Step]) -> Self {
        let mut members = Self::default();
        let mut pairs: BTreeMap<CurveId, BTreeSet<(NodeId, NodeId)>> = BTreeMap::new();
        let mut bound_by_curve: BTreeSet<CurveId> = BTreeSet::new();
        for step in cycle {
            match step.reason {
                StepReason::Order(curve) => {
                    bound_by_curve.insert(curve);
                }
                StepReason::Difference(id) => {
                    let edge = &problem[id];
                    members.edges.insert(id);
                    members.constraints.extend(edge.constraint);
                    members.leans.extend(&edge.leans);
                    match edge.why {
                        Why::Stated(statement, _)
                        | Why::Within(statement)
                        | Why::SameScope(statement, _)
                        | Why::Dated(statement, _) => {
                            members.statements.insert(statement);
                            members.claims.insert(problem[statement].claim);
                        }
                        _ => {}
                    }
                    let ends = (edge.from.min(edge.to), edge.from.max(edge.to));
                    for node in [edge.from, edge.to] {
                        if let Node::Total(curve, _) = problem[node] {
                            pairs.entry(curve).or_default().insert(ends);
                        }
                    }
                }
            }
        }
        bound_by_curve.extend(pairs.into_iter().filter(|(_, pairs)| pairs.len() > 1).map(|(curve, _)| curve));
        for curve in bound_by_curve {
            let constraint = problem[curve].constraint;
            members.constraints.insert(constraint);
            members.leans.extend(&problem[constraint].leans);
        }
        members
    }

    fn conflict(&self, cycle: Vec<Step>, soft: bool) -> Conflict {
        Conflict {
            statements: self.statements.iter().copied().collect(),
            constraints: self.constraints.iter().copied().collect(),
            leans: self.leans.iter().copied().collect(),
            proof: Proof::Cycle(cycle),
            soft,
        }
    }
}
