//! The graph of a problem, component by component: which conflicts its selected edges hold, and what stays open.
//!
//! In each component a negative cycle is looked for, made minimal and recorded, and its claims set aside; the search
//! then goes on from where it was, until what is left can all be true. The conflicts are a canonical, claim-disjoint,
//! maximal family.
//!
//! * `selection`: what counts in a pass, and what an edge rests on;
//! * `system`: one set of edges as nodes and arcs, with the order of time that never-falling curves add;
//! * `minimal`: a conflict made minimal in claims and constraints by deletion;
//! * `places`: instants of several curves whose place is not known, which the graph alone may leave open.

#[cfg(test)]
mod family_tests;
mod minimal;
mod places;
pub(super) mod selection;
mod system;
#[cfg(test)]
mod tests;

pub use selection::{GraphOutcome, Selection, Unsettled};

use super::joined::Joined;
use crate::problem::{Conflict, CurveId, DifferenceId, InstantId, NodeId, Problem, Proof, StepReason};
use minimal::{Index, minimal};
use places::{is_loose, totals, unsettled};
use selection::{claims_of, total};
use std::collections::{BTreeMap, BTreeSet};
use system::{Edge, Places, System};

/// Finds the conflicts of the graph among what is selected. Each is minimal in claims and constraints.
pub fn solve_graph(problem: &Problem, selection: &Selection) -> GraphOutcome {
    let mut outcome = GraphOutcome { witness: vec![None; problem.nodes.len()], ..GraphOutcome::default() };
    let components = components(problem, selection);
    let left = components.into_iter().map(|edges| solve_component(problem, selection, edges, &mut outcome)).collect();
    for edges in sharing_instants(problem, left) {
        let value = |node: NodeId| outcome.witness.get(node.index())?.clone();
        let open = unsettled(problem, &edges, &value);
        outcome.unsettled.extend(open);
    }
    outcome.conflicts.sort_by(|one, other| one.order().cmp(&other.order()));
    outcome.unsettled.sort_by_key(|open| open.instant);
    outcome
}

/// The edges that count, by connected component, in canonical order. A curve that never falls connects its nodes.
fn components<'a>(problem: &'a Problem, selection: &Selection) -> Vec<Vec<Edge<'a>>> {
    let mut edges = Vec::new();
    let mut joined = Joined::new(problem.nodes.len());
    let mut of_curve: Vec<Option<usize>> = vec![None; problem.curves.len()];
    for (id, edge) in (0..).map(DifferenceId).zip(&problem.differences) {
        let Some(bound) = selection.bound(problem, id) else { continue };
        joined.join(edge.from.index(), edge.to.index());
        for node in [edge.from, edge.to] {
            if let Some((curve, _)) = total(problem, node)
                && problem.curves.get(curve.index()).is_some_and(|curve| curve.monotone)
                && let Some(first) = of_curve.get_mut(curve.index())
            {
                joined.join(*first.get_or_insert(node.index()), node.index());
            }
        }
        edges.push(Edge { id, from: edge.from, to: edge.to, bound });
    }
    let mut order: Vec<Option<usize>> = vec![None; problem.nodes.len()];
    let mut components: Vec<Vec<Edge>> = Vec::new();
    for edge in edges {
        let root = joined.root(edge.from.index());
        let Some(place) = order.get_mut(root) else { continue };
        let at = *place.get_or_insert(components.len());
        match components.get_mut(at) {
            Some(component) => component.push(edge),
            None => components.push(vec![edge]),
        }
    }
    components
}

/// Components that share an instant whose place is not known exactly, joined; what shares none is left out.
fn sharing_instants<'a>(problem: &Problem, components: Vec<Vec<Edge<'a>>>) -> Vec<Vec<Edge<'a>>> {
    let mut joined = Joined::new(components.len());
    let mut seen: BTreeMap<InstantId, (CurveId, usize)> = BTreeMap::new();
    let mut sharing = vec![false; components.len()];
    for (at, edges) in components.iter().enumerate() {
        for (curve, instant, _) in totals(problem, edges).filter(|(_, instant, _)| is_loose(problem, *instant)) {
            let (first, where_first) = *seen.entry(instant).or_insert((curve, at));
            if first != curve {
                joined.join(where_first, at);
                for component in [where_first, at] {
                    sharing.get_mut(component).into_iter().for_each(|shares| *shares = true);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for ((at, edges), shares) in components.into_iter().enumerate().zip(sharing) {
        if shares {
            groups.entry(joined.root(at)).or_default().extend(edges);
        }
    }
    groups.into_values().collect()
}

/// Finds the conflicts of a component, and gives back the edges that are not given up with them.
fn solve_component<'a>(
    problem: &Problem,
    selection: &Selection,
    edges: Vec<Edge<'a>>,
    outcome: &mut GraphOutcome,
) -> Vec<Edge<'a>> {
    let system = System::new(problem, &edges, &Places::default());
    let mut search = system.search();
    let mut banned = BTreeSet::new();
    // Most components have no conflict: what only conflicts need is made for the first.
    let mut prepared: Option<(Index, Vec<(DifferenceId, usize)>)> = None;
    while let Some(cycle) = search.find() {
        let (index, arcs) = prepared.get_or_insert_with(|| (Index::new(problem, &edges), system.arcs_by_edge()));
        let conflict = minimal(problem, index, &banned, system.steps(&cycle), selection.soft);
        let given_up = given_up(problem, index, &conflict);
        // Every cycle has an edge, and a minimal conflict is part of the cycle, so that something always goes.
        for id in &given_up {
            let found = arcs.binary_search_by_key(id, |(edge, _)| *edge).ok().and_then(|at| arcs.get(at));
            found.into_iter().for_each(|(_, arc)| search.remove(*arc));
        }
        banned.extend(given_up);
        outcome.conflicts.push(conflict);
    }
    let values = search.values();
    for (node, at) in system.nodes() {
        if let (Some(place), Some(value)) = (outcome.witness.get_mut(node.index()), values.get(at)) {
            *place = Some(value.clone());
        }
    }
    edges.into_iter().filter(|edge| !banned.contains(&edge.id)).collect()
}

/// The edges that go with a conflict: all of its claims, or its own if no claim is involved.
fn given_up(problem: &Problem, index: &Index, conflict: &Conflict) -> BTreeSet<DifferenceId> {
    let Proof::Cycle(steps) = &conflict.proof else { return BTreeSet::new() };
    let edges = steps.iter().filter_map(|step| match step.reason {
        StepReason::Difference(id) => Some(id),
        StepReason::Order(_) => None,
    });
    let mut claims = BTreeSet::new();
    let mut own = BTreeSet::new();
    for id in edges {
        own.insert(id);
        claims.extend(problem.differences.get(id.index()).into_iter().flat_map(|edge| claims_of(problem, edge)));
    }
    if claims.is_empty() { own } else { claims.into_iter().flat_map(|claim| index.of_claim(claim)).collect() }
}
