//! The rows of a path in whole numbers, for the search for a place to begin.
//!
//! Rows with the same sum are one sum between two bounds, its factors whole. Values are counted in steps, so many to a
//! unit. A sum that has a single value makes one of its variables follow from the others: most often the whole of which
//! the others are parts. What follows has no value of its own, so only parts are looked for.

use super::bounds::Bounds;
use super::path::Path;
use super::{System, Variable, place};
use crate::number::Rational;
use crate::problem::Side;
use crate::problem::refutation::Row;
use std::collections::HashMap;

/// How many steps a unit has.
pub(super) const UNIT: i128 = 1 << 16;

/// A least and a most, in steps; `None` where there is none.
pub(super) type Limits = (Option<i128>, Option<i128>);

/// Whole multiples of variables, in their order.
pub(super) type Terms = Vec<(Variable, i64)>;

/// A sum with whole factors, between bounds.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub terms: Terms,
    pub limits: Limits,
    pub norm: i128,
    pub heaviest: i128,
}

/// What a variable follows from: so many steps, and multiples of others.
#[derive(Clone, Debug)]
pub(super) struct Follows {
    pub variable: Variable,
    pub constant: i128,
    pub terms: Terms,
}

/// The rows of a path.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub sums: Vec<Sum>,
    /// What rows of one variable leave for it.
    pub stated: Vec<Limits>,
    /// What all rows together were found to leave for each variable.
    pub left: Vec<Limits>,
}

impl Sum {
    fn new(terms: Terms) -> Option<Self> {
        let (mut norm, mut heaviest) = (0_i128, 0_i128);
        for (_, factor) in &terms {
            let factor = i128::from(*factor);
            heaviest = heaviest.max(factor.checked_abs()?);
            norm = norm.checked_add(factor.checked_mul(factor)?)?;
        }
        Some(Self { terms, limits: (None, None), norm, heaviest })
    }

    /// What it comes to. `None`: beyond what can be counted.
    pub fn total(&self, values: &[i128]) -> Option<i128> {
        self.terms.iter().try_fold(0_i128, |total, (variable, factor)| {
            total.checked_add(i128::from(*factor).checked_mul(*values.get(place(*variable))?)?)
        })
    }

    /// The only value that it may have.
    fn only(&self) -> Option<i128> {
        let (low, high) = self.limits;
        low.filter(|_| low == high)
    }
}

impl Sums {
    /// The rows of a path that count; `None` if some number is beyond what can be counted.
    pub fn of(system: &System, path: &Path, bounds: Option<&Bounds>) -> Option<Self> {
        let mut stated: Vec<Limits> = vec![(None, None); system.whole.len()];
        let mut numbers: HashMap<Terms, usize> = HashMap::new();
        let mut limits: Vec<Limits> = Vec::new();
        for (_, row) in path.rows() {
            if let [(variable, factor)] = row.terms.as_slice() {
                let at = place(*variable);
                let side = if factor.is_positive() { Side::Most } else { Side::Least };
                let bound = row.at_most.checked_div(factor)?;
                let whole = system.whole.get(at) == Some(&true);
                tighten(stated.get_mut(at)?, side, steps(&bound, row.strict, side, whole)?);
                continue;
            }
            if row.terms.is_empty() {
                continue;
            }
            let (terms, side, bound) = in_whole_numbers(row)?;
            let number = *numbers.entry(terms).or_insert_with(|| {
                limits.push((None, None));
                limits.len().saturating_sub(1)
            });
            tighten(limits.get_mut(number)?, side, steps(&bound, row.strict, side, false)?);
        }
        let mut sums = vec![None; limits.len()];
        for (terms, number) in numbers {
            *sums.get_mut(number)? = Some(Sum { limits: *limits.get(number)?, ..Sum::new(terms)? });
        }
        let sums = sums.into_iter().collect::<Option<Vec<Sum>>>()?;
        let mut left = stated.clone();
        for (at, left) in (0..).zip(&mut left) {
            let Some(bounds) = bounds else { break };
            let whole = system.whole.get(place(at)) == Some(&true);
            for side in [Side::Least, Side::Most] {
                if let Some((value, strict)) = bounds.bound(at, side) {
                    tighten(left, side, steps(value, strict, side, whole)?);
                }
            }
        }
        Some(Self { sums, stated, left })
    }

    /// Takes out sums that have a single value, and gives what follows from them, each after what it follows from. A
    /// whole variable follows only where it is sure to be whole. Where variables would follow from one another, they do
    /// not.
    pub fn follow(&mut self, system: &System, values: &[i128]) -> Vec<Follows> {
        let mut by: Vec<Option<usize>> = vec![None; system.whole.len()];
        let whole = |variable: Variable| system.whole.get(place(variable)) == Some(&true);
        for (number, sum) in self.sums.iter().enumerate() {
            let Some(only) = sum.only() else { continue };
            let real = |(variable, _): &&(Variable, i64)| !whole(*variable);
            let real = if only.checked_rem(UNIT) == Some(0) { sum.terms.iter().filter(real).count() } else { 2 };
            let able = sum.terms.iter().filter(|(variable, factor)| {
                let free = by.get(place(*variable)).is_some_and(Option::is_none);
                free && factor.abs() == 1 && (!whole(*variable) || real == 0)
            });
            let size = |variable: Variable| values.get(place(variable)).map(|value| value.saturating_abs());
            if let Some((variable, _)) = able.max_by_key(|(variable, _)| (size(*variable), *variable))
                && let Some(slot) = by.get_mut(place(*variable))
            {
                *slot = Some(number);
            }
        }
        let order = order(&self.sums, &by);
        let mut taken = vec![false; self.sums.len()];
        let mut found = Vec::with_capacity(order.len());
        for variable in order {
            let Some(number) = by.get(place(variable)).copied().flatten() else { continue };
            let (Some(sum), Some(taken)) = (self.sums.get(number), taken.get_mut(number)) else { continue };
            let Some(follows) = turned(sum, variable) else { continue };
            *taken = true;
            found.push(follows);
        }
        let mut taken = taken.into_iter();
        self.sums.retain(|_| taken.next() != Some(true));
        found
    }
}

/// The variables that follow, each after those that it follows from; those that would go round in a ring are left out.
fn order(sums: &[Sum], by: &[Option<usize>]) -> Vec<Variable> {
    let of = |number: usize| sums.get(number).map(|sum| sum.terms.as_slice()).unwrap_or_default();
    let mut awaited = vec![0_usize; by.len()];
    let mut awaiting: Vec<Vec<Variable>> = vec![Vec::new(); by.len()];
    let mut order = Vec::new();
    for (variable, number) in (0_u32..).zip(by) {
        let Some(number) = number else { continue };
        let mut count = 0_usize;
        for (other, _) in of(*number) {
            if *other != variable && by.get(place(*other)).is_some_and(Option::is_some) {
                count = count.saturating_add(1);
                if let Some(awaiting) = awaiting.get_mut(place(*other)) {
                    awaiting.push(variable);
                }
            }
        }
        match awaited.get_mut(place(variable)) {
            Some(awaited) if count > 0 => *awaited = count,
            _ => order.push(variable),
        }
    }
    let mut next = 0;
    while let Some(variable) = order.get(next).copied() {
        next = next.saturating_add(1);
        for waiting in awaiting.get_mut(place(variable)).map(std::mem::take).unwrap_or_default() {
            if let Some(awaited) = awaited.get_mut(place(waiting)) {
                *awaited = awaited.saturating_sub(1);
                if *awaited == 0 {
                    order.push(waiting);
                }
            }
        }
    }
    order
}

/// A sum with a single value, as what a variable of it follows from.
fn turned(sum: &Sum, variable: Variable) -> Option<Follows> {
    let only = sum.only()?;
    let (_, own) = sum.terms.iter().find(|(other, _)| *other == variable)?;
    let others = sum.terms.iter().filter(|(other, _)| *other != variable);
    let terms = others.map(|(other, factor)| Some((*other, factor.checked_mul(own.checked_neg()?)?)));
    Some(Follows { variable, constant: only.checked_mul(i128::from(*own))?, terms: terms.collect::<Option<_>>()? })
}

fn tighten(limits: &mut Limits, side: Side, bound: i128) {
    match side {
        Side::Least => limits.0 = Some(limits.0.map_or(bound, |known| known.max(bound))),
        Side::Most => limits.1 = Some(limits.1.map_or(bound, |known| known.min(bound))),
    }
}

/// A row as a bound on a sum of whole multiples without a common divisor, the first above 0.
fn in_whole_numbers(row: &Row<Variable>) -> Option<(Terms, Side, Rational)> {
    let scale = super::path::content(&row.terms);
    let (top, bottom) = scale.small()?;
    let (_, first) = row.terms.first()?;
    let turn = if first.is_negative() { bottom.checked_neg()? } else { bottom };
    let terms = row.terms.iter().map(|(variable, factor)| {
        let (numerator, denominator) = factor.small()?;
        let divisor = denominator.checked_mul(top)?;
        Some((*variable, numerator.checked_mul(turn)?.checked_div(divisor)?))
    });
    let side = if first.is_negative() { Side::Least } else { Side::Most };
    Some((terms.collect::<Option<_>>()?, side, row.at_most.times(&Rational::new(turn, top)?)))
}

/// A bound in steps, or in units for what is whole, rounded to the inside.
fn steps(bound: &Rational, strict: bool, side: Side, whole: bool) -> Option<i128> {
    let grain = if whole { UNIT } else { 1 };
    let exact = bound.times(&Rational::from(UNIT.checked_div(grain)?));
    let rounded = match side {
        Side::Least if strict => exact.floor().to_i128()?.checked_add(1)?,
        Side::Least => exact.ceil().to_i128()?,
        Side::Most if strict => exact.ceil().to_i128()?.checked_sub(1)?,
        Side::Most => exact.floor().to_i128()?,
    };
    rounded.checked_mul(grain)
}

/// A value in steps.
pub(super) fn in_steps(value: &Rational) -> Option<i128> {
    value.times(&Rational::from(UNIT)).floor().to_i128()
}

/// A number of steps as a value.
pub(super) fn value_of(steps: i128) -> Rational {
    Rational::from(steps).checked_div(&Rational::from(UNIT)).unwrap_or_default()
}
