//! Values that satisfy all rows, or most: looked for before any tableau is made.
//!
//! First each sum that is out of its bounds is brought back inside by moving its variables by as little as possible, in
//! turn, some sweeps long (Kaczmarz 1937; for inequalities, Agmon 1954). Then whole variables are rounded, those that
//! follow from others are made to, and what that broke is mended by single variables (`jumps`). All is done in whole
//! multiples of a small step, and nothing rests on it: values are held against the rows exactly, and if they do not
//! satisfy them, the simplex goes on from there.

use super::bounds::Bounds;
use super::jumps::Jumps;
use super::path::Path;
use super::sums::{Limits, Sum, Sums, UNIT, in_steps, value_of};
use super::{System, place, steps_of};
use crate::number::Rational;

/// How often all sums are gone through.
const SWEEPS: usize = 60;

/// Values for all variables; `None` if some number is beyond what can be counted. `effort` is what may be spent.
pub(super) fn guess(system: &System, path: &Path, bounds: Option<&Bounds>, effort: &mut u64) -> Option<Vec<Rational>> {
    let mut sums = Sums::of(system, path, bounds)?;
    let mut values: Vec<i128> = system.start.iter().map(in_steps).collect::<Option<_>>()?;
    for (value, (low, high)) in values.iter_mut().zip(&sums.left) {
        *value = clamped(*value, *low, *high);
    }
    let size: usize = sums.sums.iter().map(|sum| sum.terms.len()).sum();
    let mut out = usize::MAX;
    for sweep in 0..SWEEPS {
        *effort = effort.checked_sub(steps_of(size))?;
        let broken = sweep_once(&sums.sums, &sums.left, &mut values)?;
        if broken == 0 || (sweep > SWEEPS / 4 && broken >= out) {
            break;
        }
        out = broken;
    }
    for ((value, whole), (low, high)) in values.iter_mut().zip(&system.whole).zip(&sums.left) {
        if *whole {
            *value = clamped(value.checked_add(UNIT / 2)?.div_euclid(UNIT).checked_mul(UNIT)?, *low, *high);
        }
    }
    let follows = sums.follow(system, &values);
    let mut jumps = Jumps::new(system, sums, follows, values)?;
    jumps.run(effort);
    Some(jumps.values()?.into_iter().map(value_of).collect())
}

fn clamped(value: i128, low: Option<i128>, high: Option<i128>) -> i128 {
    let value = low.map_or(value, |low| value.max(low));
    high.map_or(value, |high| value.min(high))
}

/// A quotient rounded away from nought.
fn away_from_nought(dividend: i128, divisor: i128) -> Option<i128> {
    let rest = divisor.checked_sub(1)?;
    let shifted = if dividend < 0 { dividend.checked_sub(rest)? } else { dividend.checked_add(rest)? };
    shifted.checked_div(divisor)
}

/// Where to bring a total that is out of bounds. The outer `None`: beyond what can be counted.
#[allow(clippy::option_option)]
fn target(limits: Limits, total: i128) -> Option<Option<i128>> {
    match limits {
        (Some(low), high) if total < low => inside(low, high).map(Some),
        (low, Some(high)) if total > high => inside(high, low).map(Some),
        _ => Some(None),
    }
}

/// Goes through all sums once; says how many were out of bounds.
fn sweep_once(sums: &[Sum], bounds: &[Limits], values: &mut [i128]) -> Option<usize> {
    let mut broken = 0_usize;
    for sum in sums {
        let total = sum.total(values)?;
        let Some(target) = target(sum.limits, total)? else { continue };
        broken = broken.checked_add(1)?;
        let missing = target.checked_sub(total)?;
        for (variable, factor) in &sum.terms {
            let value = values.get_mut(place(*variable))?;
            let by = away_from_nought(i128::from(*factor).checked_mul(missing)?, sum.norm)?;
            let (low, high) = bounds.get(place(*variable))?;
            *value = clamped(value.checked_add(by)?, *low, *high);
        }
    }
    Some(broken)
}

/// A little inside a bound: a quarter of the way to the other one, if there is one.
fn inside(bound: i128, other: Option<i128>) -> Option<i128> {
    let room = match other {
        Some(other) => other.checked_sub(bound)?.checked_div(4)?,
        None => 0,
    };
    bound.checked_add(room)
}
