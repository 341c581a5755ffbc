//! One set of edges as nodes and arcs.
//!
//! On a curve that never falls, the total at an instant is at most that at any later one. To say so for n instants takes
//! about n arcs: the exactly known instants are chained in the order of time, and an instant that is known only to lie
//! between two others hangs between them. The earliest and latest place of every such instant joins the chain, so that
//! two instants are ordered by a path exactly if one is certainly not after the other.

use crate::calendar;
use crate::number::Rational;
use crate::problem::{CurveId, DifferenceId, InstantId, Node, NodeId, Problem, Step, StepReason};
use crate::solve::{Arc, negative_cycle};
use std::collections::{BTreeMap, BTreeSet};

/// Where instants are placed for the sake of argument: between these two.
pub(super) type Places = BTreeMap<InstantId, (calendar::Instant, calendar::Instant)>;

/// What an arc stands for.
#[derive(Clone, Copy, Debug)]
enum Origin {
    Edge(DifferenceId),
    Order(CurveId),
}

/// A node of the system: one of the problem's, or a place in time that no claim names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Local {
    Node(NodeId),
    Place(CurveId, calendar::Instant),
}

/// Nodes and arcs, ready to be decided.
pub(super) struct System<'p> {
    problem: &'p Problem,
    locals: Vec<Local>,
    arcs: Vec<Arc>,
    origins: Vec<Origin>,
}

/// The time of an instant, where it is placed.
pub(super) fn time(
    problem: &Problem,
    instant: InstantId,
    places: &Places,
) -> (Option<calendar::Instant>, Option<calendar::Instant>) {
    match places.get(&instant) {
        Some((earliest, latest)) => (Some(*earliest), Some(*latest)),
        None => (problem[instant].earliest, problem[instant].latest),
    }
}

impl<'p> System<'p> {
    /// The system of some edges, on their soft or hard bounds.
    pub(super) fn new(problem: &'p Problem, edges: &[DifferenceId], soft: bool, places: &Places) -> Self {
        let mut nodes: Vec<NodeId> = edges.iter().flat_map(|edge| [problem[*edge].from, problem[*edge].to]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut curves: BTreeMap<CurveId, Vec<(NodeId, InstantId)>> = BTreeMap::new();
        let mut timed: Vec<(Option<calendar::Instant>, Local)> = Vec::with_capacity(nodes.len());
        for node in &nodes {
            let at = match problem[*node] {
                Node::Total(curve, instant) => {
                    if problem[curve].monotone {
                        curves.entry(curve).or_default().push((*node, instant));
                    }
                    time(problem, instant, places).0
                }
                _ => None,
            };
            timed.push((at, Local::Node(*node)));
        }
        let mut chains: Vec<(CurveId, Vec<Hung>)> = Vec::new();
        for (curve, members) in curves {
            let (hung, extra) = hang(problem, curve, &members, places);
            timed.extend(extra.into_iter().map(|at| (Some(at), Local::Place(curve, at))));
            chains.push((curve, hung));
        }
        timed.sort_unstable();
        let mut of_node: Vec<u32> = vec![u32::MAX; nodes.last().map_or(0, |last| last.index().saturating_add(1))];
        let mut of_place: BTreeMap<(CurveId, calendar::Instant), usize> = BTreeMap::new();
        for (at, (_, local)) in timed.iter().enumerate() {
            match local {
                Local::Node(node) => {
                    if let Some(slot) = of_node.get_mut(node.index()) {
                        *slot = u32::try_from(at).unwrap_or(u32::MAX);
                    }
                }
                Local::Place(curve, place) => {
                    of_place.insert((*curve, *place), at);
                }
            }
        }
        let find = |local: Local| -> usize {
            match local {
                Local::Node(node) => of_node.get(node.index()).map_or(0, |at| usize::try_from(*at).unwrap_or(0)),
                Local::Place(curve, place) => of_place.get(&(curve, place)).copied().unwrap_or(0),
            }
        };
        let mut arcs = Vec::with_capacity(edges.len().saturating_mul(2));
        let mut origins = Vec::with_capacity(edges.len().saturating_mul(2));
        for (curve, hung) in &chains {
            for Hung { early, late } in hung {
                let zero = Rational::from(0);
                arcs.push(Arc { from: find(*late), to: find(*early), at_most: zero, strict: false });
                origins.push(Origin::Order(*curve));
            }
        }
        for edge in edges {
            let found = &problem[*edge];
            let Some(bound) = (if soft { &found.soft } else { &found.hard }) else { continue };
            let (from, to) = (find(Local::Node(found.from)), find(Local::Node(found.to)));
            arcs.push(Arc { from, to, at_most: bound.value.clone(), strict: bound.strict });
            origins.push(Origin::Edge(*edge));
        }
        Self { problem, locals: timed.into_iter().map(|(_, local)| local).collect(), arcs, origins }
    }

    /// Values for the problem's nodes that satisfy every edge, or a cycle that shows there are none.
    pub(super) fn solve(&self) -> Result<BTreeMap<NodeId, Rational>, Vec<Step>> {
        match negative_cycle(self.locals.len(), &self.arcs) {
            Ok(potentials) => Ok(self
                .locals
                .iter()
                .zip(potentials.0)
                .filter_map(|(local, value)| match local {
                    Local::Node(node) => Some((*node, value)),
                    Local::Place(..) => None,
                })
                .collect()),
            Err(cycle) => Err(self.steps(&cycle)),
        }
    }

    /// Whether the edges can all hold.
    pub(super) fn cycle(&self) -> Option<Vec<Step>> {
        negative_cycle(self.locals.len(), &self.arcs).err().map(|cycle| self.steps(&cycle))
    }

    /// A cycle of arcs as steps between nodes of the problem: runs of order arcs become one step.
    fn steps(&self, cycle: &[usize]) -> Vec<Step> {
        let is_edge = |at: &usize| matches!(self.origins.get(*at), Some(Origin::Edge(_)));
        let start = cycle.iter().position(is_edge).unwrap_or(0);
        let (before, after) = cycle.split_at(start);
        let mut steps: Vec<Step> = Vec::new();
        let mut ordered: Option<CurveId> = None;
        for at in after.iter().chain(before) {
            match self.origins.get(*at) {
                Some(Origin::Order(curve)) => ordered = Some(*curve),
                Some(Origin::Edge(id)) => {
                    let edge = &self.problem[*id];
                    self.close(&mut steps, ordered.take(), edge.from);
                    if let Some(arc) = self.arcs.get(*at) {
                        steps.push(Step {
                            from: edge.from,
                            to: edge.to,
                            at_most: arc.at_most.clone(),
                            strict: arc.strict,
                            reason: StepReason::Difference(*id),
                        });
                    }
                }
                None => {}
            }
        }
        if let Some(first) = steps.first().map(|step| step.from) {
            self.close(&mut steps, ordered, first);
        }
        steps
    }

    /// Ends a run of order arcs at a node.
    fn close(&self, steps: &mut Vec<Step>, ordered: Option<CurveId>, to: NodeId) {
        let Some((curve, from)) = ordered.zip(steps.last().map(|step| step.to)) else { return };
        if from != to {
            let at_most = Rational::from(0);
            steps.push(Step { from, to, at_most, strict: false, reason: StepReason::Order(curve) });
        }
    }
}

/// Two nodes of which the first is certainly not after the second.
struct Hung {
    early: Local,
    late: Local,
}

/// Chains the exactly known instants of a curve and hangs the others between them; gives the places that join the chain
/// without being a node of the problem.
fn hang(
    problem: &Problem,
    curve: CurveId,
    members: &[(NodeId, InstantId)],
    places: &Places,
) -> (Vec<Hung>, BTreeSet<calendar::Instant>) {
    let mut known: BTreeMap<calendar::Instant, Vec<Local>> = BTreeMap::new();
    let mut vague = Vec::new();
    for (node, instant) in members {
        match time(problem, *instant, places) {
            (Some(earliest), Some(latest)) if earliest == latest => {
                known.entry(earliest).or_default().push(Local::Node(*node));
            }
            bounds => vague.push((*node, bounds)),
        }
    }
    let mut extra = BTreeSet::new();
    for at in vague.iter().flat_map(|(_, (earliest, latest))| [*earliest, *latest]).flatten() {
        known.entry(at).or_insert_with(|| {
            extra.insert(at);
            vec![Local::Place(curve, at)]
        });
    }
    let mut hung = Vec::with_capacity(known.len());
    let mut last: Option<Local> = None;
    for here in known.values() {
        // Nodes at one and the same instant are equal: each is not after the other.
        for pair in here.windows(2) {
            if let [one, other] = pair {
                hung.push(Hung { early: *one, late: *other });
                hung.push(Hung { early: *other, late: *one });
            }
        }
        if let (Some(early), Some(late)) = (last, here.first().copied()) {
            hung.push(Hung { early, late });
        }
        last = here.last().copied();
    }
    for (node, (earliest, latest)) in vague {
        let at = |when: Option<calendar::Instant>| {
            when.and_then(|when| known.get(&when)).and_then(|here| here.first()).copied()
        };
        if let Some(early) = at(earliest) {
            hung.push(Hung { early, late: Local::Node(node) });
        }
        if let Some(late) = at(latest) {
            hung.push(Hung { early: Local::Node(node), late });
        }
    }
    (hung, extra)
}
