//! Instants whose place is not known exactly and that several curves share.
//!
//! The graph keeps such an instant between its earliest and its latest on every curve, but not at *one* place on all of
//! them: that is a choice, not a difference. Most often the values that the search found allow one place for each such
//! instant, and all is well. Otherwise places are tried one by one, within a budget. Where that settles nothing, it is
//! said: a clash that only some places avoid is never passed over, and none is claimed that some place may avoid.

use super::selection::{Unsettled, claims_of, total};
use super::system::{Edge, Places, System, range};
use crate::calendar::Instant;
use crate::claim::ClaimId;
use crate::number::Rational;
use crate::problem::{CurveId, InstantId, InstantKind, NodeId, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// How many edges may be looked at for all trials of one component together, about.
const BUDGET: usize = 4_000_000;

/// How many trials there are at most, and at least.
const TRIALS: (usize, usize) = (4, 64);

/// The value that a search gave a node.
type ValueOf<'a> = dyn Fn(NodeId) -> Option<Rational> + 'a;

/// The instants of one component on its curves that never fall.
struct Timeline<'a> {
    problem: &'a Problem,
    /// Which curves an instant is on, and its node there.
    of_instant: BTreeMap<InstantId, BTreeMap<CurveId, NodeId>>,
    /// The fixed instants of each curve, by time, and so by total.
    fixed: BTreeMap<CurveId, Vec<(Instant, NodeId)>>,
    /// The instants of each curve whose place is not known exactly.
    loose: BTreeMap<CurveId, BTreeSet<InstantId>>,
    /// Those that have to be placed, since what lies inside their range differs between curves.
    shared: BTreeSet<InstantId>,
}

/// Which instants of components that share some cannot be placed.
pub(super) fn unsettled(problem: &Problem, edges: &[Edge], value: &ValueOf) -> Vec<Unsettled> {
    let timeline = Timeline::new(problem, edges);
    let stuck = timeline.stuck(&Places::default(), value);
    if stuck.is_empty() {
        return Vec::new();
    }
    let (least, most) = TRIALS;
    let mut trials = BUDGET.checked_div(edges.len()).unwrap_or(most).clamp(least, most);
    if timeline.settles(edges, &Places::default(), &stuck, &mut trials) {
        return Vec::new();
    }
    stuck.into_iter().map(|instant| Unsettled { instant, claims: claims_at(problem, edges, instant) }).collect()
}

/// Whether an instant's place is one of several, and one that can matter.
pub(super) fn is_loose(problem: &Problem, instant: InstantId) -> bool {
    problem.instants.get(instant.index()).is_some_and(|instant| {
        matches!(instant.kind, InstantKind::Now(_) | InstantKind::Vague(..)) && instant.earliest != instant.latest
    })
}

/// The ends of the edges that lie on curves that never fall.
pub(super) fn totals<'a>(
    problem: &'a Problem,
    edges: &'a [Edge],
) -> impl Iterator<Item = (CurveId, InstantId, NodeId)> + 'a {
    let nodes = edges.iter().flat_map(|edge| [edge.from, edge.to]);
    nodes.filter_map(|node| {
        let (curve, instant) = total(problem, node)?;
        problem.curves.get(curve.index()).filter(|curve| curve.monotone).map(|_| (curve, instant, node))
    })
}

fn claims_at(problem: &Problem, edges: &[Edge], instant: InstantId) -> Vec<ClaimId> {
    let at = |node: NodeId| total(problem, node).is_some_and(|(_, own)| own == instant);
    let touching = edges.iter().filter(|edge| at(edge.from) || at(edge.to));
    let differences = touching.filter_map(|edge| problem.differences.get(edge.id.index()));
    let claims: BTreeSet<ClaimId> = differences.flat_map(|edge| claims_of(problem, edge)).collect();
    claims.into_iter().collect()
}

/// An open stretch of time; no end means that it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    after: Option<Instant>,
    before: Option<Instant>,
}

impl Stretch {
    fn has_room(self) -> bool {
        self.after.zip(self.before).is_none_or(|(after, before)| after < before)
    }

    fn later(&mut self, than: Option<Instant>) {
        self.after = self.after.max(than);
    }

    fn earlier(&mut self, than: Instant) {
        self.before = Some(self.before.map_or(than, |before| before.min(than)));
    }

    fn overlaps(self, other: Self) -> bool {
        let mut both = self;
        both.later(other.after);
        if let Some(before) = other.before {
            both.earlier(before);
        }
        both.has_room()
    }
}

impl<'a> Timeline<'a> {
    fn new(problem: &'a Problem, edges: &[Edge]) -> Self {
        let mut timeline = Self {
            problem,
            of_instant: BTreeMap::new(),
            fixed: BTreeMap::new(),
            loose: BTreeMap::new(),
            shared: BTreeSet::new(),
        };
        for (curve, instant, node) in totals(problem, edges) {
            if is_loose(problem, instant) {
                timeline.of_instant.entry(instant).or_default().insert(curve, node);
                timeline.loose.entry(curve).or_default().insert(instant);
            } else if let (Some(earliest), Some(latest)) = range(problem, &Places::default(), instant)
                && earliest == latest
            {
                timeline.fixed.entry(curve).or_default().push((earliest, node));
            }
        }
        for fixed in timeline.fixed.values_mut() {
            fixed.sort_unstable();
            fixed.dedup();
        }
        let mut busy: BTreeMap<InstantId, usize> = BTreeMap::new();
        for curve in timeline.loose.keys() {
            for instant in timeline.busy(*curve) {
                let count = busy.entry(instant).or_insert(0);
                *count = count.saturating_add(1);
            }
        }
        timeline.shared = busy.into_iter().filter(|(_, count)| *count >= 2).map(|(instant, _)| instant).collect();
        timeline
    }

    fn stretch(&self, places: &Places, instant: InstantId) -> Stretch {
        let (after, before) = range(self.problem, places, instant);
        Stretch { after, before }
    }

    /// The fixed instants of a curve inside a stretch.
    fn inside(&self, curve: CurveId, stretch: Stretch) -> &[(Instant, NodeId)] {
        let fixed = self.fixed.get(&curve).map(Vec::as_slice).unwrap_or_default();
        let start = fixed.partition_point(|(time, _)| stretch.after.is_some_and(|after| *time <= after));
        let end = fixed.partition_point(|(time, _)| stretch.before.is_none_or(|before| *time < before));
        fixed.get(start..end).unwrap_or_default()
    }

    /// The loose instants of a curve of which it can matter where exactly they lie: another one overlaps, or a fixed one
    /// lies inside.
    fn busy(&self, curve: CurveId) -> BTreeSet<InstantId> {
        let loose = self.loose.get(&curve).into_iter().flatten();
        let mut stretches: Vec<(Stretch, InstantId)> =
            loose.map(|instant| (self.stretch(&Places::default(), *instant), *instant)).collect();
        stretches.sort_unstable_by_key(|(stretch, instant)| (stretch.after, *instant));
        let mut busy = BTreeSet::new();
        let mut longest: Option<(Stretch, InstantId)> = None;
        for (stretch, instant) in stretches {
            if !self.inside(curve, stretch).is_empty() {
                busy.insert(instant);
            }
            // Of those that begin before, the one that goes on longest overlaps if any does. Those between that one and
            // this lie inside it and were taken in with it.
            if let Some((reaching, other)) = longest
                && reaching.overlaps(stretch)
            {
                busy.extend([other, instant]);
            }
            let goes_on =
                |other: Stretch| stretch.before.is_none_or(|end| other.before.is_some_and(|before| before < end));
            if longest.is_none_or(|(other, _)| other.before.is_some() && goes_on(other)) {
                longest = Some((stretch, instant));
            }
        }
        busy
    }

    /// The shared instants for which values leave no common place.
    ///
    /// An instant lies after every fixed one with a smaller total, and before every one with a greater total, on each
    /// of its curves; and so do the loose ones among themselves. Time is dense, so that any acyclic order for which
    /// every stretch keeps some room can be realised.
    fn stuck(&self, places: &Places, value: &ValueOf) -> BTreeSet<InstantId> {
        let meeting = self.meeting();
        let mut stuck = BTreeSet::new();
        let mut stretches: BTreeMap<InstantId, Stretch> = BTreeMap::new();
        let mut order = Order::default();
        for instant in &meeting {
            let range = self.stretch(places, *instant);
            let mut own = range;
            for (curve, node) in self.of_instant.get(instant).into_iter().flatten() {
                let Some(total) = value(*node) else { continue };
                let inside = self.inside(*curve, range);
                let below = inside.partition_point(|(_, other)| value(*other).is_some_and(|other| other < total));
                let above = inside.partition_point(|(_, other)| value(*other).is_some_and(|other| other <= total));
                own.later(below.checked_sub(1).and_then(|last| inside.get(last)).map(|(time, _)| *time));
                if let Some((time, _)) = inside.get(above) {
                    own.earlier(*time);
                }
            }
            stretches.insert(*instant, own);
            if !own.has_room() {
                stuck.insert(*instant);
            }
            order.points.insert(Point::Instant(*instant), 0);
        }
        for (curve, loose) in &self.loose {
            let mut by_total: Vec<(Rational, InstantId)> = Vec::new();
            for instant in loose.intersection(&meeting) {
                let node = self.of_instant.get(instant).and_then(|nodes| nodes.get(curve));
                by_total.extend(node.and_then(|node| value(*node)).map(|total| (total, *instant)));
            }
            by_total.sort();
            // Whatever has a smaller total comes before whatever has a greater one: a point between stands for all pairs.
            for (at, level) in by_total.chunk_by(|a, b| a.0 == b.0).enumerate() {
                for (_, instant) in level {
                    order.link(Point::Between(*curve, at), Point::Instant(*instant));
                    order.link(Point::Instant(*instant), Point::Between(*curve, at.saturating_add(1)));
                }
            }
        }
        stuck.extend(order.impossible(&stretches));
        stuck.into_iter().flat_map(|instant| self.shared_beside(instant)).collect()
    }

    /// The shared instants, and the others on their curves, which must find a place beside them.
    fn meeting(&self) -> BTreeSet<InstantId> {
        let with_shared = self.loose.values().filter(|loose| !loose.is_disjoint(&self.shared));
        with_shared.flatten().copied().collect()
    }

    /// An instant itself if it is shared, or else the shared ones on its curves: where those are decides.
    fn shared_beside(&self, instant: InstantId) -> Vec<InstantId> {
        if self.shared.contains(&instant) {
            return vec![instant];
        }
        let own = self.stretch(&Places::default(), instant);
        let curves = self.loose.values().filter(|loose| loose.contains(&instant));
        let beside: Vec<InstantId> = curves.flat_map(|loose| loose.intersection(&self.shared)).copied().collect();
        let overlaps = |other: &InstantId| own.overlaps(self.stretch(&Places::default(), *other));
        let near: Vec<InstantId> = beside.iter().copied().filter(overlaps).collect();
        if near.is_empty() { beside } else { near }
    }

    /// Whether some choice of places for the instants that are stuck leaves everything possible.
    fn settles(&self, edges: &[Edge], places: &Places, stuck: &BTreeSet<InstantId>, trials: &mut usize) -> bool {
        let Some(choices) = stuck.iter().map(|instant| self.choices(places, *instant)).find(|own| !own.is_empty())
        else {
            return false;
        };
        for choice in choices {
            let Some(left) = trials.checked_sub(1) else { return false };
            *trials = left;
            let system = System::new(self.problem, edges, &choice);
            let mut search = system.search();
            if search.find().is_some() {
                continue;
            }
            let values: BTreeMap<NodeId, Rational> = {
                let values = search.values();
                system.nodes().filter_map(|(node, at)| Some((node, values.get(at)?.clone()))).collect()
            };
            let still = self.stuck(&choice, &|node| values.get(&node).cloned());
            if still.is_empty() || self.settles(edges, &choice, &still, trials) {
                return true;
            }
        }
        false
    }

    /// The ways to say more of where an instant lies: between which fixed ones, or, if there are none inside its
    /// stretch, before or after another that may lie on either side.
    fn choices(&self, places: &Places, instant: InstantId) -> Vec<Places> {
        let own = self.stretch(places, instant);
        let curves = || self.of_instant.get(&instant).into_iter().flatten().map(|(curve, _)| *curve);
        let mut times: Vec<Instant> =
            curves().flat_map(|curve| self.inside(curve, own)).map(|(time, _)| *time).collect();
        times.sort_unstable();
        times.dedup();
        if let (Some(after), Some(before), false) = (own.after, own.before, times.is_empty()) {
            times.insert(0, after);
            times.push(before);
            let gaps = times.windows(2).filter_map(|gap| match gap {
                [start, end] => Some((*start, *end)),
                _ => None,
            });
            return gaps.map(|gap| places.with_range(instant, gap)).collect();
        }
        let others = curves().filter_map(|curve| self.loose.get(&curve)).flatten().copied();
        let mut others: Vec<InstantId> = others
            .filter(|other| *other != instant)
            .filter(|other| !places.orders(instant, *other) && own.overlaps(self.stretch(places, *other)))
            .collect();
        others.sort_unstable();
        let first = others.first().copied();
        first.map_or_else(Vec::new, |other| vec![places.with_order(instant, other), places.with_order(other, instant)])
    }
}

/// A point of the order among loose instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    Instant(InstantId),
    /// After all totals of a curve below the level of this number.
    Between(CurveId, usize),
}

/// Which points come before which.
#[derive(Default)]
struct Order {
    /// How many links lead to each.
    points: BTreeMap<Point, usize>,
    links: BTreeMap<Point, Vec<Point>>,
}

impl Order {
    fn link(&mut self, first: Point, second: Point) {
        self.points.entry(first).or_insert(0);
        let count = self.points.entry(second).or_insert(0);
        *count = count.saturating_add(1);
        self.links.entry(first).or_default().push(second);
    }

    /// The instants that stand in a circle, or that their predecessors leave no room.
    fn impossible(mut self, stretches: &BTreeMap<InstantId, Stretch>) -> Vec<InstantId> {
        let mut ready: Vec<Point> =
            self.points.iter().filter(|(_, count)| **count == 0).map(|(point, _)| *point).collect();
        let mut after: BTreeMap<Point, Option<Instant>> = BTreeMap::new();
        let mut impossible = Vec::new();
        while let Some(point) = ready.pop() {
            self.points.remove(&point);
            let mut latest = after.remove(&point).flatten();
            if let Point::Instant(instant) = point
                && let Some(own) = stretches.get(&instant)
            {
                let mut own = *own;
                own.later(latest);
                latest = own.after;
                if !own.has_room() {
                    impossible.push(instant);
                }
            }
            for next in self.links.remove(&point).unwrap_or_default() {
                let bound = after.entry(next).or_insert(None);
                *bound = (*bound).max(latest);
                if let Some(count) = self.points.get_mut(&next) {
                    *count = count.saturating_sub(1);
                    if *count == 0 {
                        ready.push(next);
                    }
                }
            }
        }
        impossible.extend(self.points.keys().filter_map(|point| match point {
            Point::Instant(instant) => Some(*instant),
            Point::Between(..) => None,
        }));
        impossible
    }
}
