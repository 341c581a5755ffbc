//! Writing down a witness: the solver's values, and one for every figure, event and instant that nothing else settles.

use super::super::certificate::{Certificate, Place, Point, Readings};
use super::super::fraction::Fraction;
use super::super::instances::{Curve, World, all_hold};
use super::super::joint::{Names, Quantity, unknowns};
use super::super::write::Written;
use super::Witness;
use super::check::{digest, rules_aside, set_aside};
use crate::calendar::When;
use crate::claim::Kind;
use crate::number::{Interval, Rational};
use crate::problem::{self, Conflict, Proof};
use std::collections::{BTreeMap, BTreeSet};

impl Witness {
    /// The ids of the claims that a witness beside these certificates sets aside, in order.
    pub fn set_aside(certificates: &[Certificate]) -> Vec<String> {
        set_aside(certificates)
    }

    /// The rules that a witness beside these certificates sets aside: those that can never hold, whatever is said.
    pub fn rules_aside(certificates: &[Certificate]) -> BTreeSet<String> {
        rules_aside(certificates)
    }

    /// Writes down the values that a solver found for all that is not certified to clash.
    ///
    /// # Errors
    /// What does not hold at these values, or has none.
    pub fn of(
        values: &[(problem::refutation::Quantity, Rational)],
        from: &Written<'_>,
        certificates: &[Certificate],
    ) -> Result<Self, Vec<String>> {
        let facts = from.facts();
        let nothing = Conflict {
            statements: Vec::new(),
            constraints: Vec::new(),
            leans: Vec::new(),
            proof: Proof::Apart,
            soft: false,
        };
        let writer = from.writer(&nothing);
        let mut formulas = BTreeSet::new();
        values.iter().for_each(|(quantity, _)| unknowns(quantity, &mut formulas));
        let names = Names::new(&writer, formulas);
        let known: BTreeMap<Quantity, Fraction> =
            values.iter().map(|(quantity, value)| (names.quantity(quantity), Fraction::from(value))).collect();
        let formulas: Vec<_> = names.formulated().into_iter().cloned().collect();
        let without = set_aside(certificates);
        let written = |values: &BTreeMap<Quantity, Fraction>| Self {
            without: without.clone(),
            formulas: formulas.clone(),
            values: values.iter().map(|(quantity, value)| (quantity.clone(), value.to_string())).collect(),
            digest: String::new(),
        };
        let world = |known: &BTreeMap<Quantity, Fraction>| {
            World::new(facts, &written(known), rules_aside(certificates)).map_err(|reason| vec![reason])
        };
        let mut known = known;
        let sparse = world(&known)?;
        figures(&sparse, &mut known);
        events(&sparse, &mut known);
        moments(&world(&known)?, &mut known);
        let full = world(&known)?;
        all_hold(&full)?;
        known.retain(|quantity, _| full.is_used(quantity));
        Ok(renumbered(written(&known)))
    }
}

/// Figures that no constraint binds: any value that is said.
fn figures(world: &World<'_>, known: &mut BTreeMap<Quantity, Fraction>) {
    for first in &world.figures {
        let quantity = Quantity::Figure(first.0.id.clone());
        if known.contains_key(&quantity) || world.on_total(&first.0.id).is_some() {
            continue;
        }
        let mut all: Vec<Interval> = Vec::new();
        let of_it = world.facts.stating(first.0).into_iter().filter(|claim| world.counts(claim));
        for (_, figure) in of_it.filter_map(|claim| world.facts.figure(&claim.id).ok()) {
            let mentions = 1..=figure.readings.len();
            all.extend(mentions.filter_map(|it| world.facts.values(figure, it, Readings::Hard).ok()));
        }
        let measure = &first.1.measure.value;
        let range = world.facts.range(measure);
        let common = all.iter().try_fold(range.clone(), |common, values| common.intersect(values));
        let hull = || all.iter().cloned().reduce(|one, other| one.hull(&other)).and_then(|hull| hull.intersect(&range));
        let Some(values) = common.or_else(hull).filter(|_| !all.is_empty()) else { continue };
        let values = if world.facts.integer(measure) { values.integers().unwrap_or(values) } else { values };
        known.insert(quantity, Fraction::from(&values.pick()));
    }
}

/// Events that no constraint binds: the first day that is said.
fn events(world: &World<'_>, known: &mut BTreeMap<Quantity, Fraction>) {
    for claim in world.facts.claims.claims.iter().filter(|claim| claim.superseded_by.is_none()) {
        if let (Kind::Event(_), Ok(days)) = (&claim.kind, world.facts.days(claim, Readings::Hard)) {
            let quantity = Quantity::At(Place::Event(claim.id.clone()));
            known.entry(quantity).or_insert_with(|| Fraction::whole(days.earliest.0));
        }
    }
}

/// Times for instants whose place is not known exactly: each the earliest at which every running total is in the order of
/// time. Being after another instant means being a small step after it; all steps together are less than what lies
/// between any two times that are known. A time that the solver gave is kept, unless one total alone depends on it: that
/// total says by itself where it can be.
fn moments(world: &World<'_>, known: &mut BTreeMap<Quantity, Fraction>) {
    let mut times: BTreeMap<Point, Fraction> = BTreeMap::new();
    let mut open: BTreeSet<Point> = BTreeSet::new();
    let never_falls = |curve: &Curve| world.facts.adding(&curve.measure).is_ok_and(|adding| adding.never_falls);
    let curves = || world.curves.iter().filter(|(curve, _)| never_falls(curve));
    let lasting: Vec<(Point, Point, Fraction)> = world
        .presences
        .iter()
        .filter_map(|presence| match world.facts.time(presence.figure) {
            Ok(Some(When::Period { length: Some(length), .. })) => {
                Some((presence.start.clone(), presence.end.clone(), Fraction::whole(length)))
            }
            _ => None,
        })
        .collect();
    let lasts = |point: &Point| lasting.iter().any(|(start, end, _)| [start, end].contains(&point));
    for point in world.curves.values().flatten() {
        let Ok((earliest, latest)) = world.facts.span(point) else { continue };
        let alone = || curves().filter(|(_, points)| points.contains(point)).take(2).count() < 2 && !lasts(point);
        let given = known.get(&Quantity::Moment(point.clone())).filter(|_| !alone()).cloned();
        if earliest < latest && given.is_none() {
            open.insert(point.clone());
        }
        times.insert(point.clone(), given.unwrap_or_else(|| Fraction::whole(earliest.0)));
    }
    let count = open.len().saturating_add(1);
    let step = least_gap(&times).over(&Fraction::whole(count)).unwrap_or_else(Fraction::nought);
    let totals: Vec<Vec<(Fraction, Point)>> = curves()
        .map(|(curve, points)| {
            let total = |point: &Point| Some((known.get(&curve.at(point))?.clone(), point.clone()));
            let mut totals: Vec<(Fraction, Point)> =
                points.iter().filter(|point| times.contains_key(*point)).filter_map(total).collect();
            totals.sort();
            totals
        })
        .collect();
    for _ in 0..=count.saturating_add(lasting.len()) {
        let before = times.clone();
        let no_earlier = |times: &mut BTreeMap<Point, Fraction>, point: &Point, time: Fraction| {
            if open.contains(point) && times.get(point).is_some_and(|known| *known < time) {
                times.insert(point.clone(), time);
            }
        };
        for totals in &totals {
            let (mut less, mut latest): (Option<Fraction>, Option<(Fraction, Fraction)>) = (None, None);
            for (total, point) in totals {
                if let Some((known, time)) = latest.clone()
                    && known < *total
                {
                    less = Some(less.map_or(time.clone(), |less| less.max(time)));
                    latest = None;
                }
                if let Some(less) = &less {
                    no_earlier(&mut times, point, less.plus(&step));
                }
                let Some(time) = times.get(point).cloned() else { continue };
                let time = latest.map_or(time.clone(), |(_, known)| known.max(time));
                latest = Some((total.clone(), time));
            }
        }
        for (start, end, length) in &lasting {
            let ends = (times.get(start).cloned(), times.get(end).cloned());
            if let (Some(first), Some(last)) = ends {
                no_earlier(&mut times, end, first.plus(length));
                no_earlier(&mut times, start, last.minus(length));
            }
        }
        if times == before {
            break;
        }
    }
    known.extend(
        times
            .into_iter()
            .filter(|(point, _)| open.contains(point))
            .map(|(point, time)| (Quantity::Moment(point), time)),
    );
}

/// What lies at least between two times that differ, of those and of the beginnings of days beside them.
fn least_gap(times: &BTreeMap<Point, Fraction>) -> Fraction {
    let all: BTreeSet<Fraction> =
        times.values().flat_map(|time| [time.clone(), time.floor(), time.next_whole()]).collect();
    let gaps = all.iter().zip(all.iter().skip(1)).map(|(early, late)| late.minus(early));
    gaps.min().unwrap_or_else(|| Fraction::whole(1))
}

/// The same with only the formulas that its values speak of.
fn renumbered(witness: Witness) -> Witness {
    let used: BTreeSet<usize> = witness
        .values
        .iter()
        .filter_map(|(quantity, _)| match quantity {
            Quantity::Unknown { formula, .. } => Some(*formula),
            _ => None,
        })
        .collect();
    let numbers: BTreeMap<usize, usize> = used.iter().copied().zip(1..).collect();
    let number = |formula: usize| numbers.get(&formula).copied().unwrap_or(0);
    let formulas = witness.formulas.iter().enumerate().filter(|(at, _)| used.contains(&at.saturating_add(1)));
    let formulas = formulas.map(|(_, formulated)| formulated.clone()).collect();
    let values = witness.values.into_iter().map(|(quantity, value)| match quantity {
        Quantity::Unknown { formula, variable } => (Quantity::Unknown { formula: number(formula), variable }, value),
        other => (other, value),
    });
    let mut witness = Witness { formulas, values: values.collect(), ..witness };
    witness.digest = digest(&witness);
    witness
}
