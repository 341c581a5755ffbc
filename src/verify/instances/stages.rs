//! Stages: what comes later never outruns what comes first, and nothing was there before the beginning.

use super::super::certificate::Point;
use super::super::facts::{Checked, Lies};
use super::super::fraction::Fraction;
use super::super::words::read_scope;
use super::note;
use super::world::{Curve, World};
use crate::calendar::Instant;
use crate::rule::{Kind as RuleKind, Opening, Stages};
use std::collections::{BTreeMap, BTreeSet};

/// The stages that outrun those before them.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    // Every curve is compared where claims on it begin and end, and wherever one of a later stage is compared with it.
    let mut looked_at: BTreeMap<Curve, BTreeSet<Point>> =
        world.said.iter().map(|curve| (curve.clone(), world.ends_on(curve))).collect();
    for rule in &world.facts.rules.rules {
        let (RuleKind::Stages(stages), true) = (&rule.kind, world.binds(&rule.id.value)) else { continue };
        for measure in stages.order.iter().rev() {
            for later in world.said.iter().filter(|curve| curve.measure == measure.value) {
                let around: BTreeSet<Curve> =
                    stages.order.iter().flat_map(|before| world.around(later, &before.value)).collect();
                for first in around.iter().filter(|first| follows(world, stages, first, later)) {
                    let mut points = looked_at.get(later).cloned().unwrap_or_default();
                    points.extend(known_of_both(world, first, later));
                    match compared(world, first, later, points) {
                        Ok(points) => {
                            note(&mut broken, never_outruns(world, stages, first, later, &points));
                            looked_at.entry(first.clone()).or_default().extend(points);
                        }
                        Err(reason) => broken.push(reason),
                    }
                }
            }
        }
    }
    broken
}

/// Whether one curve is of the next stage that is reported after another's, and in the same scope or certainly inside it.
/// Stages that the wider scope reports between the two link them.
fn follows(world: &World<'_>, stages: &Stages, first: &Curve, later: &Curve) -> bool {
    let never_falls =
        |curve: &Curve| world.facts.adding(&curve.measure).is_ok_and(|adding| adding.never_falls && adding.declared);
    let place = |curve: &Curve| stages.order.iter().position(|measure| measure.value == curve.measure);
    let (Some(one), Some(other)) = (place(first), place(later)) else { return false };
    let beside = |measure: &str| Curve { measure: measure.to_owned(), ..first.clone() };
    let mut between = stages.order.iter().map(|measure| beside(&measure.value)).filter(|curve| {
        world.said.contains(curve)
            && never_falls(curve)
            && place(curve).is_some_and(|place| one < place && place < other)
    });
    let lies = || match world.facts.lies(&read_scope(&later.scope), &read_scope(&first.scope)) {
        Some((Lies::Same | Lies::Inside, unsaid)) => unsaid.is_empty(),
        _ => false,
    };
    one < other
        && (&first.unit, &first.among) == (&later.unit, &later.among)
        && never_falls(first)
        && never_falls(later)
        && lies()
        && between.next().is_none()
}

/// The instants at which two totals have values, but for origins.
fn known_of_both(world: &World<'_>, first: &Curve, later: &Curve) -> BTreeSet<Point> {
    let points = |curve: &Curve| world.curves.get(curve).cloned().unwrap_or_default();
    let both = points(first).intersection(&points(later)).cloned().collect::<Vec<_>>();
    both.into_iter().filter(|point| !matches!(point, Point::Origin { .. })).collect()
}

/// The day from which a total counts, if that is declared.
fn origin(world: &World<'_>, curve: &Curve) -> Option<Instant> {
    let declared = world.facts.claims.vocabulary.measures.get(&curve.measure)?;
    declared.origin.map(|day| day.start())
}

/// Those of some instants at which two stages can be compared: totals count from their origins, so that before them there
/// is nothing to compare.
fn compared(world: &World<'_>, first: &Curve, later: &Curve, points: BTreeSet<Point>) -> Checked<BTreeSet<Point>> {
    let began = origin(world, first).max(origin(world, later));
    let mut found = BTreeSet::new();
    for point in points {
        let (earliest, _) = world.facts.span(&point)?;
        if began.is_none_or(|began| earliest >= began) {
            found.insert(point);
        }
    }
    Ok(found)
}

/// Neither total ever falls, so that what holds where the later one is looked at holds from then on.
fn never_outruns(
    world: &World<'_>,
    stages: &Stages,
    first: &Curve,
    later: &Curve,
    points: &BTreeSet<Point>,
) -> Checked<()> {
    for point in points {
        let (one, other) = (world.total(first, point)?, world.total(later, point)?);
        if other > one {
            return Err(format!("{} outrun {} by {}", later.measure, first.measure, other.minus(&one)));
        }
    }
    if stages.opening == Opening::Zero {
        for curve in [first, later] {
            if let Some(day) = world.facts.origin(&curve.measure) {
                let total = world.total(curve, &Point::Day(day))?;
                if total != Fraction::nought() {
                    return Err(format!("{} were {total} at their beginning", curve.measure));
                }
            }
        }
    }
    Ok(())
}
