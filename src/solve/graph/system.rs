//! A system of differences made ready for the search: edges of the problem, and the order of instants on curves that
//! never fall.
//!
//! Order is complete and near-linear: every curve that never falls gets a chain of breakpoints, one at each earliest
//! and each latest of its instants, and an instant whose place is not known exactly hangs between two of them. Nodes
//! are numbered in time order, which is what the search is fastest on.

use super::selection::total;
use crate::calendar;
use crate::number::Rational;
use crate::problem::{AtMost, CurveId, DifferenceId, InstantId, NodeId, Problem, Step, StepReason};
use crate::solve::potentials::{Arc, prepare};
use crate::solve::weight::Engine;
use std::collections::BTreeMap;

/// An edge that counts, and its bound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge<'a> {
    /// The edge.
    pub(super) id: DifferenceId,
    /// The node that is subtracted.
    pub(super) from: NodeId,
    /// The node that it is subtracted from.
    pub(super) to: NodeId,
    /// Its bound.
    pub(super) bound: &'a AtMost,
}

/// What is taken to be known of instants beyond what the problem says.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// Earliest and latest.
    ranges: BTreeMap<InstantId, (calendar::Instant, calendar::Instant)>,
    /// The first is not after the second.
    orders: Vec<(InstantId, InstantId)>,
}

impl Places {
    /// The same, and an instant is between these.
    pub(super) fn with_range(&self, instant: InstantId, range: (calendar::Instant, calendar::Instant)) -> Self {
        let mut places = self.clone();
        places.ranges.insert(instant, range);
        places
    }

    /// The same, and one instant is not after another.
    pub(super) fn with_order(&self, first: InstantId, second: InstantId) -> Self {
        let mut places = self.clone();
        places.orders.push((first, second));
        places
    }

    /// Whether the order of two instants is taken to be known.
    pub(super) fn orders(&self, a: InstantId, b: InstantId) -> bool {
        self.orders.contains(&(a, b)) || self.orders.contains(&(b, a))
    }
}

/// Earliest and latest of an instant.
pub(super) fn range(
    problem: &Problem,
    places: &Places,
    instant: InstantId,
) -> (Option<calendar::Instant>, Option<calendar::Instant>) {
    if let Some((earliest, latest)) = places.ranges.get(&instant) {
        return (Some(*earliest), Some(*latest));
    }
    problem.instants.get(instant.index()).map_or((None, None), |instant| (instant.earliest, instant.latest))
}

/// A point of a system: a node of the problem, or a breakpoint of a curve at which the problem has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    /// In time order; what has no time comes first.
    time: Option<calendar::Instant>,
    curve: Option<CurveId>,
    /// `None` sorts first, but a breakpoint never stands beside a node that can do its work.
    node: Option<NodeId>,
}

/// A system of differences, ready for the search.
pub(super) struct System {
    points: Vec<Point>,
    arcs: Vec<Arc>,
    reasons: Vec<StepReason>,
}

/// The nodes that some edges touch, in canonical order, and the rank of each.
struct Ranks {
    nodes: Vec<NodeId>,
    /// Ranks from the lowest node on, if the nodes stand close enough for that to be worth it.
    dense: Vec<u32>,
    lowest: usize,
}

impl Ranks {
    fn of(edges: &[Edge]) -> Self {
        let touched = || edges.iter().flat_map(|edge| [edge.from, edge.to]);
        let lowest = touched().map(NodeId::index).min().unwrap_or(0);
        let width = touched().map(NodeId::index).max().map_or(0, |highest| highest.saturating_sub(lowest));
        if width > edges.len().saturating_mul(8) {
            let mut nodes: Vec<NodeId> = touched().collect();
            nodes.sort_unstable();
            nodes.dedup();
            return Self { nodes, dense: Vec::new(), lowest };
        }
        let mut dense = vec![u32::MAX; width.saturating_add(1)];
        for node in touched() {
            dense.get_mut(node.index().saturating_sub(lowest)).into_iter().for_each(|rank| *rank = 0);
        }
        let mut nodes = Vec::new();
        for (node, rank) in (lowest..).zip(&mut dense).filter(|(_, rank)| **rank == 0) {
            *rank = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            nodes.push(NodeId::at(node));
        }
        Self { nodes, dense, lowest }
    }

    fn rank(&self, node: NodeId) -> usize {
        if self.dense.is_empty() {
            return self.nodes.binary_search(&node).unwrap_or(usize::MAX);
        }
        let place = node.index().saturating_sub(self.lowest);
        self.dense.get(place).and_then(|rank| usize::try_from(*rank).ok()).unwrap_or(usize::MAX)
    }
}

/// A breakpoint of a curve: a time, and the node that stands exactly there, if any does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Breakpoint {
    curve: CurveId,
    time: calendar::Instant,
    /// Whether no node stands there; nodes sort first.
    bare: bool,
    node: Option<NodeId>,
}

impl System {
    /// The system of some edges, with the order of the instants that they touch.
    pub(super) fn new(problem: &Problem, edges: &[Edge], places: &Places) -> Self {
        let ranks = Ranks::of(edges);
        let nodes = &ranks.nodes;
        let breakpoints = breakpoints(problem, nodes, places);

        let mut points: Vec<Point> = nodes.iter().map(|node| point(problem, places, *node)).collect();
        points.extend(breakpoints.iter().filter(|breakpoint| breakpoint.bare).map(|own| Point {
            time: Some(own.time),
            curve: Some(own.curve),
            node: None,
        }));
        points.sort_unstable();

        // Where each node, and each bare breakpoint, came to stand.
        let mut of_nodes = vec![0_usize; nodes.len()];
        let mut of_bare: Vec<(CurveId, calendar::Instant, usize)> = Vec::new();
        for (at, point) in points.iter().enumerate() {
            if let Some(node) = point.node {
                if let Some(place) = of_nodes.get_mut(ranks.rank(node)) {
                    *place = at;
                }
            } else if let Some((curve, time)) = point.curve.zip(point.time) {
                of_bare.push((curve, time, at));
            }
        }
        of_bare.sort_unstable();
        let of_node = |node: NodeId| of_nodes.get(ranks.rank(node)).copied().unwrap_or_default();
        let of_breakpoint = |own: &Breakpoint| match own.node {
            Some(node) => of_node(node),
            None => of_bare
                .binary_search_by_key(&(own.curve, own.time), |(curve, time, _)| (*curve, *time))
                .ok()
                .and_then(|place| of_bare.get(place))
                .map_or(0, |(_, _, at)| *at),
        };

        let mut system = Self {
            arcs: Vec::with_capacity(edges.len().saturating_add(points.len())),
            reasons: Vec::with_capacity(edges.len().saturating_add(points.len())),
            points,
        };
        for pair in breakpoints.windows(2) {
            if let [earlier, later] = pair
                && earlier.curve == later.curve
            {
                system.order(of_breakpoint(later), of_breakpoint(earlier), later.curve);
            }
        }
        let mut is_breakpoint = vec![false; nodes.len()];
        for node in breakpoints.iter().filter_map(|own| own.node) {
            is_breakpoint.get_mut(ranks.rank(node)).into_iter().for_each(|own| *own = true);
        }
        for (node, _) in nodes.iter().zip(is_breakpoint).filter(|(_, is_breakpoint)| !is_breakpoint) {
            let Some((curve, instant)) = never_falls(problem, *node) else { continue };
            let find = |time: Option<calendar::Instant>| {
                let at = breakpoints.binary_search_by_key(&(curve, time?), |own| (own.curve, own.time)).ok()?;
                breakpoints.get(at)
            };
            let (earliest, latest) = range(problem, places, instant);
            if let Some(earliest) = find(earliest) {
                system.order(of_node(*node), of_breakpoint(earliest), curve);
            }
            if let Some(latest) = find(latest) {
                system.order(of_breakpoint(latest), of_node(*node), curve);
            }
        }
        if !places.orders.is_empty() {
            let on: BTreeMap<(InstantId, CurveId), NodeId> = nodes
                .iter()
                .filter_map(|node| never_falls(problem, *node).map(|(curve, instant)| ((instant, curve), *node)))
                .collect();
            for (first, second) in &places.orders {
                for ((_, curve), node) in on.range((*first, CurveId(0))..=(*first, CurveId(u32::MAX))) {
                    if let Some(later) = on.get(&(*second, *curve)) {
                        system.order(of_node(*later), of_node(*node), *curve);
                    }
                }
            }
        }
        for edge in edges {
            system.arcs.push(Arc {
                from: of_node(edge.from),
                to: of_node(edge.to),
                at_most: edge.bound.value.clone(),
                strict: edge.bound.strict,
            });
            system.reasons.push(StepReason::Difference(edge.id));
        }
        system
    }

    /// The total at `to` is certainly not above the one at `from`.
    fn order(&mut self, from: usize, to: usize, curve: CurveId) {
        self.arcs.push(Arc { from, to, at_most: Rational::ZERO, strict: false });
        self.reasons.push(StepReason::Order(curve));
    }

    /// A search for its conflicts.
    pub(super) fn search(&self) -> Box<dyn Engine> {
        prepare(self.points.len(), &self.arcs)
    }

    /// The edge of an arc; `None` if it is one of order.
    pub(super) fn edge(&self, arc: usize) -> Option<DifferenceId> {
        match self.reasons.get(arc)? {
            StepReason::Difference(id) => Some(*id),
            StepReason::Order(_) => None,
        }
    }

    /// The edges and their arcs.
    pub(super) fn edges(&self) -> impl Iterator<Item = (DifferenceId, usize)> + '_ {
        (0..self.reasons.len()).filter_map(|arc| Some((self.edge(arc)?, arc)))
    }

    /// The edges with their arcs, in the order of the edges.
    pub(super) fn arcs_by_edge(&self) -> Vec<(DifferenceId, usize)> {
        let mut arcs: Vec<(DifferenceId, usize)> = self.edges().collect();
        arcs.sort_unstable();
        arcs
    }

    /// Each node with its place among the values of a search.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (NodeId, usize)> + '_ {
        self.points.iter().enumerate().filter_map(|(at, point)| Some((point.node?, at)))
    }

    /// The steps of a cycle between nodes of the problem: it begins with its first edge in canonical order, and
    /// breakpoints between steps of order are left out.
    pub(super) fn steps(&self, cycle: &[usize]) -> Vec<Step> {
        let first =
            cycle.iter().enumerate().filter_map(|(at, arc)| Some((self.edge(*arc)?, at))).min().map_or(0, |(_, at)| at);
        let (before, from_first) = cycle.split_at_checked(first).unwrap_or((&[], cycle));
        let mut steps: Vec<Step> = Vec::new();
        // A walk down an order starts at a node; the points after it are passed until the next node.
        let mut since: Option<NodeId> = None;
        let walk = from_first.iter().chain(before);
        for (arc, reason) in walk.filter_map(|at| self.arcs.get(*at).zip(self.reasons.get(*at))) {
            let node = |at: usize| self.points.get(at).and_then(|point| point.node);
            let from = node(arc.from).or(since);
            let Some(from) = from else { continue };
            let Some(to) = node(arc.to) else {
                since = Some(from);
                continue;
            };
            since = None;
            let step = Step { from, to, at_most: arc.at_most.clone(), strict: arc.strict, reason: *reason };
            match steps.last_mut() {
                Some(last) if last.reason == *reason && matches!(reason, StepReason::Order(_)) => last.to = to,
                _ => steps.push(step),
            }
        }
        steps
    }
}

/// The curve and the instant of a node on a curve that never falls.
fn never_falls(problem: &Problem, node: NodeId) -> Option<(CurveId, InstantId)> {
    let (curve, instant) = total(problem, node)?;
    problem.curves.get(curve.index()).filter(|curve| curve.monotone).map(|_| (curve, instant))
}

fn point(problem: &Problem, places: &Places, node: NodeId) -> Point {
    let (curve, instant) = total(problem, node).unzip();
    let time = instant.and_then(|instant| {
        let (earliest, latest) = range(problem, places, instant);
        earliest.or(latest)
    });
    Point { time, curve, node: Some(node) }
}

/// The breakpoints of every curve that never falls, by curve, then by time; one for each time.
fn breakpoints(problem: &Problem, nodes: &[NodeId], places: &Places) -> Vec<Breakpoint> {
    let mut breakpoints = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some((curve, instant)) = never_falls(problem, *node) else { continue };
        let (earliest, latest) = range(problem, places, instant);
        if let (Some(time), true) = (earliest, earliest == latest) {
            breakpoints.push(Breakpoint { curve, time, bare: false, node: Some(*node) });
        } else {
            let bare = |time| Breakpoint { curve, time, bare: true, node: None };
            breakpoints.extend(earliest.map(bare));
            breakpoints.extend(latest.map(bare));
        }
    }
    breakpoints.sort_unstable();
    breakpoints.dedup_by_key(|breakpoint| (breakpoint.curve, breakpoint.time));
    breakpoints
}
