//! Stages: what comes later never outruns what comes first, and nothing was there before the beginning.

use super::super::certificate::Point;
use super::super::facts::Checked;
use super::super::fraction::Fraction;
use super::note;
use super::world::{Curve, World};
use crate::rule::{Kind as RuleKind, Opening, Stages};
use std::collections::BTreeSet;

/// The stages that outrun those before them.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let curves = &world.said;
    for rule in &world.facts.rules.rules {
        let (RuleKind::Stages(stages), true) = (&rule.kind, world.binds(&rule.id.value)) else { continue };
        for first in curves {
            for later in curves {
                if follows(world, stages, first, later, curves) {
                    note(&mut broken, never_outruns(world, stages, first, later));
                }
            }
        }
    }
    broken
}

/// Whether one curve is of the next stage that is reported after another's.
fn follows(world: &World<'_>, stages: &Stages, first: &Curve, later: &Curve, all: &BTreeSet<Curve>) -> bool {
    let never_falls =
        |curve: &Curve| world.facts.adding(&curve.measure).is_ok_and(|adding| adding.never_falls && adding.declared);
    let beside = |curve: &Curve| (&curve.unit, &curve.scope, &curve.among) == (&first.unit, &first.scope, &first.among);
    let place = |curve: &Curve| stages.order.iter().position(|measure| measure.value == curve.measure);
    let (Some(one), Some(other)) = (place(first), place(later)) else { return false };
    let between = |curve: &Curve| {
        beside(curve) && never_falls(curve) && place(curve).is_some_and(|place| one < place && place < other)
    };
    beside(later) && one < other && never_falls(first) && never_falls(later) && !all.iter().any(between)
}

fn never_outruns(world: &World<'_>, stages: &Stages, first: &Curve, later: &Curve) -> Checked<()> {
    let facts = world.facts;
    let origin = |curve: &Curve| {
        facts.claims.vocabulary.measures.get(&curve.measure).and_then(|measure| measure.origin).map(|day| day.start())
    };
    let began = origin(first).max(origin(later));
    // Neither total ever falls, so that what holds where the later one is looked at holds from then on.
    let points: BTreeSet<Point> = world.ends_on(later).into_iter().collect();
    for point in points {
        let (earliest, _) = facts.span(&point)?;
        if began.is_some_and(|began| earliest < began) {
            continue; // totals count from the origin, so before it there is nothing to compare
        }
        let (one, other) = (world.total(first, &point)?, world.total(later, &point)?);
        if other > one {
            return Err(format!("{} outrun {} by {}", later.measure, first.measure, other.minus(&one)));
        }
    }
    if stages.opening == Opening::Zero {
        for curve in [first, later] {
            if let Some(day) = facts.origin(&curve.measure) {
                let total = world.total(curve, &Point::Day(day))?;
                if total != Fraction::nought() {
                    return Err(format!("{} were {total} at their beginning", curve.measure));
                }
            }
        }
    }
    Ok(())
}
