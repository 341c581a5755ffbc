//! Figures: every mention of each, and what its measure allows.

use super::super::certificate::Readings;
use super::super::facts::Checked;
use super::super::fraction::Fraction;
use super::super::joint::Quantity;
use super::note;
use super::world::{Stated, World};
use crate::number::Interval;

/// The figures whose values do not fit what is said of them.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for figure in &world.figures {
        note(&mut broken, fits(world, *figure));
    }
    broken
}

fn fits(world: &World<'_>, first: Stated<'_>) -> Checked<()> {
    let facts = world.facts;
    let measure = &first.1.measure.value;
    let of_it = || facts.stating(first.0).into_iter().filter_map(|claim| facts.figure(&claim.id).ok());
    let mut said: Vec<(String, Interval)> = Vec::new();
    for (claim, figure) in of_it().filter(|(claim, _)| world.counts(claim)) {
        for mention in 1..=figure.readings.len() {
            said.push((claim.id.clone(), facts.values(figure, mention, Readings::Hard)?));
        }
    }
    let bounds = |(_, values): &(String, Interval)| *values != Interval::everything();
    if !said.iter().any(bounds) && world.on_total(&first.0.id).is_some() {
        return Ok(()); // it is asked for, or all that is said of it is set aside
    }
    if said.is_empty() && !world.has(&Quantity::Figure(first.0.id.clone())) {
        return Ok(());
    }
    let value = world.figure(&first.0.id)?;
    let range = facts.range(measure);
    let whole = facts.integer(measure);
    if !range.contains(&value.rational()) || (whole && !value.is_whole()) {
        return Err(format!("`{}` is {value}, which its measure does not allow", first.0.id));
    }
    // Two claims without a time, or two levels of some moment of one, need not be of one figure: that leans on what is unsaid.
    let timeless = facts.moment_unsaid(first.1)? && of_it().count() > 1;
    let common = said.iter().try_fold(range, |common, (_, values)| common.intersect(values));
    if timeless && common.is_none() {
        let hull = said.iter().map(|(_, values)| values.clone()).reduce(|one, other| one.hull(&other));
        return inside(&first.0.id, &value, &hull.unwrap_or_else(Interval::everything));
    }
    said.iter().try_for_each(|(claim, values)| inside(claim, &value, values))
}

fn inside(claim: &str, value: &Fraction, values: &Interval) -> Checked<()> {
    if values.contains(&value.rational()) {
        Ok(())
    } else {
        Err(format!("`{claim}` says {values}, but its figure is {value}"))
    }
}
