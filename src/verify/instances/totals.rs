//! Running totals: each is in the order of time, and grows by what claims say that an assumption places on it.

use super::super::certificate::{Point, Readings};
use super::super::facts::Checked;
use super::super::fraction::Fraction;
use super::note;
use super::world::{Curve, Presence, World};
use crate::calendar::When;
use std::collections::BTreeSet;

/// The running totals whose values are not as they must be.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for (curve, points) in &world.curves {
        note(&mut broken, grows(world, curve, points));
    }
    for presence in &world.presences {
        note(&mut broken, says(world, presence));
        note(&mut broken, lasts(world, presence));
    }
    broken
}

/// Totals at the same time are the same, and never fall if those of the measure do not.
fn grows(world: &World<'_>, curve: &Curve, points: &BTreeSet<Point>) -> Checked<()> {
    let adding = world.facts.adding(&curve.measure)?;
    let loose = |point: &Point| world.facts.span(point).is_ok_and(|(earliest, latest)| earliest < latest);
    // Where nothing depends on the order of time, neither does it on an instant whose place is not known.
    let timed = world.in_order(points.iter().filter(|point| adding.never_falls || !loose(point)).cloned())?;
    for pair in timed.windows(2) {
        let [(first, early), (second, late)] = pair else { continue };
        let (one, other) = (world.total(curve, early)?, world.total(curve, late)?);
        if first == second && one != other {
            return Err(format!("the running total of {} is both {one} and {other} at one time", curve.measure));
        }
        if adding.never_falls && one > other {
            return Err(format!("the running total of {} falls from {one} to {other}", curve.measure));
        }
    }
    Ok(())
}

/// What a claim says of the running total that it is on.
fn says(world: &World<'_>, presence: &Presence<'_>) -> Checked<()> {
    let (end, start) = (world.total(&presence.curve, &presence.end)?, world.total(&presence.curve, &presence.start)?);
    let value = end.minus(&start);
    if world.facts.integer(&presence.curve.measure) && !(value.is_whole() && end.is_whole()) {
        return Err(format!("`{}` is no whole number", presence.claim.id));
    }
    for mention in 1..=presence.figure.readings.len() {
        let values = world.facts.values(presence.figure, mention, Readings::Hard)?;
        if !values.contains(&value.rational()) {
            return Err(format!("`{}` says {values}, but its figure is {value}", presence.claim.id));
        }
    }
    Ok(())
}

/// A period of fixed length whose ends are not known is of that length.
fn lasts(world: &World<'_>, presence: &Presence<'_>) -> Checked<()> {
    let Some(When::Period { length: Some(length), .. }) = world.facts.time(presence.figure)? else { return Ok(()) };
    if !world.facts.adding(&presence.curve.measure)?.never_falls {
        return Ok(()); // nothing depends on when it was
    }
    match (world.time(&presence.start)?, world.time(&presence.end)?) {
        (Some(start), Some(end)) if end.minus(&start) != Fraction::whole(length) => {
            Err(format!("the period of `{}` does not last {length} days", presence.claim.id))
        }
        _ => Ok(()),
    }
}
