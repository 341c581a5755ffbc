//! Running totals at their places: orders, parts inside wholes, and places that are not known.
//!
//! A curve that never falls is in order over its fixed places, and every other one lies between the fixed places that
//! bound it. Of a whole and its parts, so is what the whole has besides them. It is enough to look at the places of the
//! parts: between two of those, parts can always be laid out inside their whole. A part that lies inside several wholes
//! cannot always be laid out in all of them, so that it is looked at at their places too. Where the place of an instant among
//! others is not known and several curves share it, it is before, at or after each of them on all curves alike.

use super::component::{Component, is_loose};
use super::item::{Item, Maker, bounding, place, row};
use crate::calendar;
use crate::number::{End, Rational};
use crate::problem::refutation::{Choice, ChoiceReason, Place, Quantity, Reason, Row};
use crate::problem::{ConstraintId, CurveId, Form, InstantId, NodeId, Problem, Side};
use crate::solve::graph::selection::{Member, total};
use std::collections::{BTreeMap, BTreeSet};

/// So many places of curves are looked at at most, and so many pairs of places whose order is not known.
const MOST_PLACES: usize = 4_000_000;
const MOST_PAIRS: usize = 20_000;

/// The places of each curve.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    of: BTreeMap<CurveId, BTreeSet<Place>>,
    /// Those that a claim or a constraint names.
    named: BTreeSet<Place>,
}

/// Parts inside a whole.
struct Inside<'p> {
    id: ConstraintId,
    whole: CurveId,
    parts: &'p [CurveId],
    exactly: bool,
}

impl Places {
    /// The places that the edges of a component name.
    pub fn of(problem: &Problem, component: &Component) -> Self {
        let mut places = Self::default();
        for edge in component.differences.iter().filter_map(|id| problem.differences.get(id.index())) {
            for node in [edge.from, edge.to] {
                places.add_node(problem, node);
            }
        }
        places
    }

    fn add_node(&mut self, problem: &Problem, node: NodeId) {
        if let Some((curve, instant)) = total(problem, node) {
            self.add(problem, curve, instant);
        }
    }

    /// Adds an instant to a curve.
    pub fn add(&mut self, problem: &Problem, curve: CurveId, instant: InstantId) {
        let place = place(problem, instant);
        self.of.entry(curve).or_default().insert(place);
        self.named.insert(place);
    }

    /// Adds the rows and choices of all places.
    pub fn rows(mut self, problem: &Problem, component: &Component, maker: &mut Maker) {
        let insides: Vec<Inside> = component
            .constraints
            .iter()
            .filter_map(|id| match &problem.constraints.get(id.index())?.form {
                Form::Inside { whole, parts, exactly } => {
                    Some(Inside { id: *id, whole: *whole, parts, exactly: *exactly })
                }
                _ => None,
            })
            .collect();
        if !self.close(problem, &insides) {
            maker.items.unread.extend(insides.iter().map(|inside| inside.id));
            return;
        }
        for (curve, places) in &self.of {
            if never_falls(problem, *curve) {
                let members = maker.members_of_curve(*curve);
                for (early, late) in links(problem, places) {
                    maker.row(order(*curve, early, late), Reason::Order(*curve, early, late), members.clone());
                }
            }
        }
        for inside in &insides {
            let places = self.of_parts(problem, inside);
            let members = members_of(maker, inside);
            for (early, late) in links(problem, &places) {
                for side in inside.sides() {
                    let reason = Reason::Parts(inside.id, early, late, *side);
                    maker.row(inside.row(early, late, *side), reason, members.clone());
                }
            }
        }
        self.choices(problem, component, &insides, maker);
    }

    /// Adds the fixed places that bound others, and the places of parts to the curves that they are compared with.
    /// False if there are too many.
    fn close(&mut self, problem: &Problem, insides: &[Inside]) -> bool {
        for places in self.of.values_mut() {
            let bounds: Vec<Place> = places
                .iter()
                .flat_map(|place| {
                    let (earliest, latest) = range(problem, *place);
                    earliest.into_iter().chain(latest).map(Place::At)
                })
                .collect();
            places.extend(bounds);
        }
        let mut wholes: BTreeMap<CurveId, BTreeSet<CurveId>> = BTreeMap::new();
        for inside in insides {
            for part in inside.parts {
                wholes.entry(*part).or_default().insert(inside.whole);
            }
        }
        let is_shared = |part: &&CurveId| wholes.get(part).is_some_and(|wholes| wholes.len() > 1);
        loop {
            let mut changed = false;
            for inside in insides {
                for part in inside.parts.iter().filter(is_shared) {
                    let of_whole = self.of.get(&inside.whole).into_iter().flatten();
                    let known: Vec<Place> =
                        of_whole.filter(|place| range(problem, **place) != (None, None)).copied().collect();
                    let places = self.of.entry(*part).or_default();
                    let before = places.len();
                    places.extend(known);
                    changed = changed || places.len() > before;
                }
                let own = self.of_parts(problem, inside);
                let several = if inside.parts.len() > 1 { inside.parts } else { &[] };
                for curve in several.iter().chain([&inside.whole]) {
                    let places = self.of.entry(*curve).or_default();
                    let before = places.len();
                    places.extend(own.iter().copied());
                    changed = changed || places.len() > before;
                }
            }
            if self.of.values().map(BTreeSet::len).sum::<usize>() > MOST_PLACES {
                return false;
            }
            if !changed {
                return true;
            }
        }
    }

    /// The places at which parts are compared with their whole: of an origin that is not stated, nothing is known.
    fn of_parts(&self, problem: &Problem, inside: &Inside) -> BTreeSet<Place> {
        let places = inside.parts.iter().filter_map(|part| self.of.get(part)).flatten();
        places.filter(|place| range(problem, **place) != (None, None)).copied().collect()
    }

    /// The order of places that are not known, where more than one curve depends on it.
    fn choices(&self, problem: &Problem, component: &Component, insides: &[Inside], maker: &mut Maker) {
        let in_parts = insides.iter().flat_map(|inside| self.of_parts(problem, inside));
        let loose: BTreeSet<InstantId> = in_parts
            .filter_map(|place| if let Place::Within(instant) = place { Some(instant) } else { None })
            .filter(|instant| is_loose(problem, *instant))
            .chain(component.shared.iter().copied())
            .collect();
        let mut pairs: BTreeSet<(Place, Place)> = BTreeSet::new();
        for instant in &loose {
            let one = Place::Within(*instant);
            let beside = self.of.values().filter(|places| places.contains(&one)).flatten();
            for other in beside.filter(|other| **other != one && self.named.contains(other)) {
                if is_open(problem, one, *other) {
                    pairs.insert((one.min(*other), one.max(*other)));
                }
            }
            if pairs.len() > MOST_PAIRS {
                maker.items.unread.extend(component.constraints.first());
                return;
            }
        }
        let mut moments: BTreeSet<InstantId> = BTreeSet::new();
        for (one, other) in pairs {
            for place in [one, other] {
                if let Place::Within(instant) = place {
                    moments.insert(instant);
                }
            }
            self.choice(problem, insides, (one, other), maker);
        }
        if moments.is_empty() {
            return;
        }
        for (at, (start, end, days)) in problem.lengths.iter().enumerate() {
            if moments.contains(start) || moments.contains(end) {
                moments.extend([*start, *end]);
                for (side, sign) in [(Side::Most, Rational::ONE), (Side::Least, Rational::from(-1))] {
                    let at_most = Rational::from(*days).times(&sign);
                    let terms = BTreeMap::from([(Quantity::Moment(*start), -&sign), (Quantity::Moment(*end), sign)]);
                    maker.row(row(terms, at_most, false), Reason::Length(at, side), Vec::new());
                }
            }
        }
        for instant in moments {
            let (earliest, latest) = range(problem, Place::Within(instant));
            for (time, side) in [(earliest, Side::Least), (latest, Side::Most)] {
                if let Some(time) = time {
                    let bound = End::Closed(Rational::from(time.0));
                    let row = bounding(Quantity::Moment(instant), side, &bound);
                    maker.row(row, Reason::Window(instant, side), Vec::new());
                }
            }
        }
    }

    /// One place is before another, at the same time, or after it.
    fn choice(&self, problem: &Problem, insides: &[Inside], (one, other): (Place, Place), maker: &mut Maker) {
        let both = |places: &BTreeSet<Place>| places.contains(&one) && places.contains(&other);
        let mut before: Vec<(Row, Vec<Member>)> = vec![(earlier(one, other, true), Vec::new())];
        let mut after: Vec<(Row, Vec<Member>)> = vec![(earlier(other, one, true), Vec::new())];
        let mut same = vec![(earlier(one, other, false), Vec::new()), (earlier(other, one, false), Vec::new())];
        for (curve, _) in self.of.iter().filter(|(_, places)| both(places)) {
            let members = maker.members_of_curve(*curve);
            for (early, late, ways) in [(one, other, &mut before), (other, one, &mut after)] {
                same.push((order(*curve, early, late), members.clone()));
                if never_falls(problem, *curve) {
                    ways.push((order(*curve, early, late), members.clone()));
                }
            }
        }
        for inside in insides.iter().filter(|inside| both(&self.of_parts(problem, inside))) {
            let members = members_of(maker, inside);
            for side in inside.sides() {
                before.push((inside.row(one, other, *side), members.clone()));
                after.push((inside.row(other, one, *side), members.clone()));
            }
        }
        let (alternatives, of_rows) = [before, same, after]
            .into_iter()
            .map(|rows| rows.into_iter().unzip::<Row, Vec<Member>, Vec<_>, Vec<_>>())
            .unzip();
        maker.choice(
            Item { what: Choice { alternatives }, reason: ChoiceReason::Order(one, other), members: Vec::new() },
            of_rows,
        );
    }
}

impl Inside<'_> {
    /// The sides of their whole that parts keep to.
    fn sides(&self) -> &'static [Side] {
        if self.exactly { &[Side::Least, Side::Most] } else { &[Side::Most] }
    }

    /// From one place to another, the parts add no more, or no less, than the whole.
    fn row(&self, early: Place, late: Place, side: Side) -> Row {
        let sign = if side == Side::Most { Rational::ONE } else { Rational::from(-1) };
        let mut terms: BTreeMap<Quantity, Rational> = BTreeMap::new();
        let curves = self.parts.iter().map(|part| (*part, sign.clone())).chain([(self.whole, -&sign)]);
        for (curve, sign) in curves {
            for (place, end) in [(early, -&sign), (late, sign)] {
                *terms.entry(Quantity::Total(curve, place)).or_insert(Rational::ZERO) += end;
            }
        }
        row(terms, Rational::ZERO, false)
    }
}

/// What parts inside a whole rest on.
fn members_of(maker: &Maker, inside: &Inside) -> Vec<Member> {
    let curves = inside.parts.iter().chain([&inside.whole]).flat_map(|curve| maker.members_of_curve(*curve));
    maker.members_of_constraint(inside.id).into_iter().chain(curves).collect()
}

/// The total at one place is at most that at another.
fn order(curve: CurveId, early: Place, late: Place) -> Row {
    let terms = BTreeMap::from([
        (Quantity::Total(curve, early), Rational::ONE),
        (Quantity::Total(curve, late), Rational::from(-1)),
    ]);
    row(terms, Rational::ZERO, false)
}

/// One place is before another, or not after it.
fn earlier(one: Place, other: Place, strict: bool) -> Row {
    let (mut terms, mut at_most) = (BTreeMap::new(), Rational::ZERO);
    for (place, sign) in [(one, Rational::ONE), (other, Rational::from(-1))] {
        match place {
            Place::At(time) => at_most += Rational::from(time.0).times(&-&sign),
            Place::Within(instant) => {
                terms.insert(Quantity::Moment(instant), sign);
            }
        }
    }
    row(terms, at_most, strict)
}

fn never_falls(problem: &Problem, curve: CurveId) -> bool {
    problem.curves.get(curve.index()).is_some_and(|curve| curve.monotone)
}

/// The earliest and the latest that a place can be, as far as that is known.
fn range(problem: &Problem, place: Place) -> (Option<calendar::Instant>, Option<calendar::Instant>) {
    match place {
        Place::At(time) => (Some(time), Some(time)),
        Place::Within(instant) => {
            problem.instants.get(instant.index()).map_or((None, None), |instant| (instant.earliest, instant.latest))
        }
    }
}

/// Whether either of two places may be before the other.
fn is_open(problem: &Problem, one: Place, other: Place) -> bool {
    let ((from, to), (from2, to2)) = (range(problem, one), range(problem, other));
    let before = |end: Option<calendar::Instant>, start: Option<calendar::Instant>| {
        end.zip(start).is_some_and(|(end, start)| end <= start)
    };
    !before(to, from2) && !before(to2, from)
}

/// Pairs of places of which the first is certainly not after the second, enough to put all fixed places in order and
/// all others between those that bound them.
fn links(problem: &Problem, places: &BTreeSet<Place>) -> Vec<(Place, Place)> {
    let fixed: Vec<Place> = places.iter().filter(|place| matches!(place, Place::At(_))).copied().collect();
    let mut found: Vec<(Place, Place)> = fixed
        .windows(2)
        .filter_map(|pair| if let [early, late] = pair { Some((*early, *late)) } else { None })
        .collect();
    for place in places.iter().filter(|place| matches!(place, Place::Within(_))) {
        let (earliest, latest) = range(problem, *place);
        found.extend(earliest.map(|time| (Place::At(time), *place)));
        found.extend(latest.map(|time| (*place, Place::At(time))));
    }
    found
}
