//! A better place to begin: values near which most rows hold already.
//!
//! Each sum that is out of its bounds is brought back inside by moving its variables by as little as possible, in turn,
//! some sweeps long (Kaczmarz 1937; for inequalities, Agmon 1954). It is done in whole multiples of a small step, and
//! nothing rests on it: the simplex goes on from wherever it ends, and every answer is exact.

use super::simplex::Simplex;
use super::value::Value;
use super::{Variable, place};
use crate::number::Rational;
use crate::problem::Side;

/// How many steps a unit has.
const UNIT: i128 = 1 << 16;
/// How often all sums are gone through.
const SWEEPS: usize = 60;
/// With so few sums out of bounds, the simplex is as fast.
const FEW: usize = 12;

/// A sum with whole factors, between bounds in steps.
struct Sum {
    terms: Vec<(usize, i128)>,
    low: Option<i128>,
    high: Option<i128>,
    norm: i128,
    heaviest: i128,
}

/// Values for the variables that are not basic; `None` if those that they have are as good.
pub(super) fn guess(simplex: &Simplex, whole: &[bool]) -> Option<Vec<(Variable, Rational)>> {
    let all = || (0_u32..).take(simplex.tableau.variables());
    let free: Vec<Variable> = all().filter(|variable| !simplex.tableau.is_basic(*variable)).collect();
    let mut number = vec![usize::MAX; simplex.tableau.variables()];
    for (at, variable) in free.iter().enumerate() {
        *number.get_mut(place(*variable))? = at;
    }
    let sums = sums(simplex, &number)?;
    let mut values = Vec::with_capacity(free.len());
    let mut bounds = Vec::with_capacity(free.len());
    for variable in &free {
        values.push(steps(&simplex.value(*variable).real)?);
        bounds.push((bound(simplex, *variable, Side::Least)?, bound(simplex, *variable, Side::Most)?));
    }
    let mut out = usize::MAX;
    for sweep in 0..SWEEPS {
        let broken = sweep_once(&sums, &bounds, &mut values)?;
        if sweep == 0 && broken <= FEW {
            return None;
        }
        if broken == 0 || (sweep > SWEEPS / 4 && broken >= out) {
            break;
        }
        out = broken;
    }
    let whole: Vec<bool> = free.iter().map(|variable| whole.get(place(*variable)) == Some(&true)).collect();
    round(&sums, &bounds, &whole, &mut values)?;
    let unit = Rational::new(1, i64::try_from(UNIT).ok()?)?;
    Some(free.into_iter().zip(values).map(|(variable, value)| (variable, Rational::from(value).times(&unit))).collect())
}

/// Rounds whole variables, and moves them by ones where that brings sums back inside their bounds.
fn round(sums: &[Sum], bounds: &[(Option<i128>, Option<i128>)], whole: &[bool], values: &mut [i128]) -> Option<()> {
    for (value, _) in values.iter_mut().zip(whole).filter(|(_, whole)| **whole) {
        *value = value.checked_add(UNIT / 2)?.div_euclid(UNIT).checked_mul(UNIT)?;
    }
    for sweep in 0..SWEEPS {
        let mut broken = 0_usize;
        for (at, sum) in sums.iter().enumerate() {
            let total = sum.total(values)?;
            let Some(target) = sum.target(total)? else { continue };
            broken = broken.checked_add(1)?;
            let mut missing = target.checked_sub(total)?;
            // The variables that count most, beginning with another one each time.
            let count = sum.terms.iter().filter(|(_, factor)| sum.is_heavy(*factor)).count();
            let begin = sweep.wrapping_mul(7).wrapping_add(at).checked_rem(count)?;
            let heavy = || sum.terms.iter().filter(|(_, factor)| sum.is_heavy(*factor));
            for (variable, factor) in heavy().skip(begin).chain(heavy().take(begin)) {
                let up = (missing > 0) == (*factor > 0);
                let by = if up { UNIT } else { UNIT.checked_neg()? };
                let value = values.get_mut(*variable)?;
                let moved = value.checked_add(by)?;
                let (low, high) = bounds.get(*variable)?;
                if low.is_some_and(|low| moved < low) || high.is_some_and(|high| moved > high) {
                    continue;
                }
                let left = missing.checked_sub(by.checked_mul(*factor)?)?;
                if left.abs() >= missing.abs() {
                    break;
                }
                (*value, missing) = (moved, left);
            }
        }
        if broken == 0 {
            break;
        }
    }
    Some(())
}

/// A quotient rounded away from nought.
fn away_from_nought(dividend: i128, divisor: i128) -> Option<i128> {
    let rest = divisor.checked_sub(1)?;
    let shifted = if dividend < 0 { dividend.checked_sub(rest)? } else { dividend.checked_add(rest)? };
    shifted.checked_div(divisor)
}

impl Sum {
    fn total(&self, values: &[i128]) -> Option<i128> {
        self.terms.iter().try_fold(0_i128, |total, (variable, factor)| {
            total.checked_add(factor.checked_mul(*values.get(*variable)?)?)
        })
    }

    /// Where to bring a total that is out of bounds. The outer `None`: beyond what can be counted.
    #[allow(clippy::option_option)]
    fn target(&self, total: i128) -> Option<Option<i128>> {
        match (self.low, self.high) {
            (Some(low), _) if total < low => inside(low, self.high).map(Some),
            (_, Some(high)) if total > high => inside(high, self.low).map(Some),
            _ => Some(None),
        }
    }

    /// Whether a factor is among the greatest of the sum.
    fn is_heavy(&self, factor: i128) -> bool {
        factor.abs().saturating_mul(2) > self.heaviest
    }
}

/// Goes through all sums once; says how many were out of bounds.
fn sweep_once(sums: &[Sum], bounds: &[(Option<i128>, Option<i128>)], values: &mut [i128]) -> Option<usize> {
    let mut broken = 0_usize;
    for sum in sums {
        let total = sum.total(values)?;
        let Some(target) = sum.target(total)? else { continue };
        broken = broken.checked_add(1)?;
        let missing = target.checked_sub(total)?;
        for (variable, factor) in &sum.terms {
            let value = values.get_mut(*variable)?;
            let by = away_from_nought(factor.checked_mul(missing)?, sum.norm)?;
            let (low, high) = bounds.get(*variable)?;
            let moved = value.checked_add(by)?;
            let moved = low.map_or(moved, |low| moved.max(low));
            *value = high.map_or(moved, |high| moved.min(high));
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

fn sums(simplex: &Simplex, number: &[usize]) -> Option<Vec<Sum>> {
    let mut found = Vec::new();
    for variable in (0_u32..).take(simplex.tableau.variables()) {
        let (low, high) = (bound(simplex, variable, Side::Least)?, bound(simplex, variable, Side::Most)?);
        let Some(sum) = simplex.tableau.sum_of(variable).filter(|_| low.is_some() || high.is_some()) else { continue };
        let mut terms = Vec::with_capacity(sum.len());
        let (mut norm, mut heaviest) = (0_i128, 0_i128);
        for (own, factor) in sum {
            let (factor, 1) = factor.small()? else { return None };
            let factor = i128::from(factor);
            heaviest = heaviest.max(factor.checked_abs()?);
            norm = norm.checked_add(factor.checked_mul(factor)?)?;
            terms.push((*number.get(place(*own))?, factor));
        }
        found.push(Sum { terms, low, high, norm, heaviest });
    }
    Some(found)
}

/// A bound in steps, rounded to the inside. The outer `None`: it is beyond what can be counted so.
#[allow(clippy::option_option)]
fn bound(simplex: &Simplex, variable: u32, side: Side) -> Option<Option<i128>> {
    let Some(bound) = simplex.bound(variable, side) else { return Some(None) };
    let Value { real, small } = &bound.value;
    let exact = real.times(&Rational::from(UNIT));
    let rounded = match side {
        Side::Least => exact.ceil(),
        Side::Most => exact.floor(),
    };
    let strict = if small.is_zero() { 0 } else { 1 };
    let rounded = rounded.to_i128()?;
    match side {
        Side::Least => rounded.checked_add(strict).map(Some),
        Side::Most => rounded.checked_sub(strict).map(Some),
    }
}

fn steps(value: &Rational) -> Option<i128> {
    value.times(&Rational::from(UNIT)).floor().to_i128()
}
