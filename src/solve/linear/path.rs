//! The rows that hold on the way from the root to where the search is, numbered as refutations number them.
//!
//! A row bounds either a variable or a sum that has a variable of the tableau of its own; rows with the same sum, but for
//! a factor, share it.

use super::simplex::{Check, Clash, Simplex};
use super::tableau::Sum;
use super::value::Value;
use super::{System, Variable, place};
use crate::number::Rational;
use crate::problem::Side;
use crate::problem::refutation::{Combination, Row};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::One;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A row as a bound on a variable of the tableau.
#[derive(Clone, Debug)]
struct Bounding {
    variable: Variable,
    side: Side,
    /// The row is this many times the bound; above 0.
    scale: Rational,
    bound: Rational,
}

/// The rows so far.
#[derive(Debug)]
pub(super) struct Path<'s> {
    system: &'s System,
    pub simplex: Simplex,
    sums: BTreeMap<Sum, Variable>,
    rows: Vec<Cow<'s, Row<Variable>>>,
    /// Whether each row counts; one that speaks of no variable never does.
    counts: Vec<bool>,
    /// For each row that bounds something, how many times the bound it is, once the tableau is made.
    scales: Vec<Option<Rational>>,
    /// What the rows of the system bound, once that is known; they are the first of every path.
    given: Vec<Option<Bounding>>,
    /// Whether the tableau is made; much is decided without it.
    made: bool,
}

/// Where a path was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    rows: usize,
    bounds: usize,
}

impl<'s> Path<'s> {
    pub fn new(system: &'s System) -> Self {
        let rows = system.rows.len();
        Self {
            system,
            simplex: Simplex::default(),
            sums: BTreeMap::new(),
            rows: Vec::with_capacity(rows),
            counts: Vec::with_capacity(rows),
            scales: Vec::new(),
            given: Vec::new(),
            made: false,
        }
    }

    /// Whether the tableau is made.
    pub fn has_tableau(&self) -> bool {
        self.made
    }

    /// Makes the tableau, with the rows that count so far. `Err` gives rows whose sum leaves nothing.
    pub fn make_tableau(&mut self) -> Result<(), Combination> {
        let rows = self.system.rows.len();
        self.simplex = Simplex::with_room_for(self.system.start.len().saturating_add(rows));
        for start in &self.system.start {
            self.simplex.add_free(start.clone());
        }
        self.given = vec![None; rows];
        self.scales = vec![None; self.rows.len()];
        self.made = true;
        for number in 0..self.rows.len() {
            if self.counts.get(number) == Some(&true) {
                self.bound(number)?;
            }
        }
        Ok(())
    }

    /// How many rows there are: the number of the next.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row.
    pub fn row(&self, number: usize) -> Option<&Cow<'s, Row<Variable>>> {
        self.rows.get(number)
    }

    /// The rows that count, with their numbers.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row<Variable>)> {
        let counting = self.rows.iter().zip(&self.counts).enumerate();
        counting.filter(|(_, (_, counts))| **counts).map(|(number, (row, _))| (number, row.as_ref()))
    }

    pub fn mark(&self) -> Mark {
        Mark { rows: self.rows.len(), bounds: self.simplex.mark() }
    }

    pub fn undo(&mut self, mark: Mark) {
        self.rows.truncate(mark.rows);
        self.counts.truncate(mark.rows);
        self.scales.truncate(mark.rows);
        self.simplex.undo(mark.bounds);
    }

    /// Forgets all rows but those of the system, none of which counts yet; the tableau and its values stay, so that the
    /// next search begins where this one ended.
    pub fn begin(&mut self) {
        self.undo(Mark { rows: 0, bounds: 0 });
        self.rows.extend(self.system.rows.iter().map(Cow::Borrowed));
        self.counts.resize(self.rows.len(), false);
        if self.made {
            self.scales.resize(self.rows.len(), None);
        }
    }

    /// Takes in a row, without counting it yet.
    pub fn append(&mut self, row: Row<Variable>) -> usize {
        self.rows.push(Cow::Owned(row));
        self.counts.push(false);
        if self.made {
            self.scales.push(None);
        }
        self.rows.len().saturating_sub(1)
    }

    /// Lets a row count. `Err` gives rows whose sum leaves nothing.
    pub fn count(&mut self, number: usize) -> Result<(), Combination> {
        let Some(row) = self.rows.get(number) else { return Ok(()) };
        if row.terms.is_empty() {
            let possible = if row.strict { row.at_most.is_positive() } else { !row.at_most.is_negative() };
            return if possible { Ok(()) } else { Err(vec![(number, Rational::ONE)]) };
        }
        if let Some(counts) = self.counts.get_mut(number) {
            *counts = true;
        }
        if self.made { self.bound(number) } else { Ok(()) }
    }

    /// Lets a row bound what it bounds in the tableau.
    fn bound(&mut self, number: usize) -> Result<(), Combination> {
        let Some(row) = self.rows.get(number) else { return Ok(()) };
        let Bounding { variable, side, scale, bound } = match self.given.get_mut(number) {
            Some(given) => given.get_or_insert_with(|| bounding(row, &mut self.sums, &mut self.simplex)).clone(),
            None => bounding(row, &mut self.sums, &mut self.simplex),
        };
        let strict = row.strict;
        if let Some(slot) = self.scales.get_mut(number) {
            *slot = Some(scale);
        }
        let value = match side {
            Side::Least => Value::lower(bound, strict),
            Side::Most => Value::upper(bound, strict),
        };
        let named = u32::try_from(number).unwrap_or(u32::MAX);
        self.simplex
            .limit(variable, side, value, named)
            .map_err(|other| self.combination(vec![(named, Rational::ONE), (other, Rational::ONE)]))
    }

    /// A row rounded down, and by how much the row counts in it, if all of it is whole and that says more.
    pub fn rounded(&self, number: usize) -> Option<(Rational, Row<Variable>)> {
        let row = self.rows.get(number)?;
        let whole = |variable: &Variable| self.system.whole.get(place(*variable)) == Some(&true);
        if row.terms.is_empty() || !row.terms.iter().all(|(variable, _)| whole(variable)) {
            return None;
        }
        let scale = content(&row.terms);
        if scale == Rational::ONE && !row.strict && row.at_most.is_integer() {
            return None;
        }
        let inverse = scale.reciprocal()?;
        let exact = row.at_most.times(&inverse);
        let at_most = if row.strict { exact.ceil().minus(&Rational::ONE) } else { exact.floor() };
        if !row.strict && at_most == exact {
            return None;
        }
        let terms = row.terms.iter().map(|(variable, factor)| (*variable, factor.times(&inverse))).collect();
        Some((inverse, Row { terms, at_most, strict: false }))
    }

    /// Looks for values that meet all rows. `Err` gives rows whose sum leaves nothing.
    pub fn check(&mut self, most: u64) -> Result<bool, Combination> {
        match self.simplex.check(most) {
            Check::Met => Ok(true),
            Check::Exhausted => Ok(false),
            Check::Clash(clash) => Err(self.combination(clash)),
        }
    }

    /// Bounds that clash as multiples of rows.
    fn combination(&self, clash: Clash) -> Combination {
        let mut combination: BTreeMap<usize, Rational> = BTreeMap::new();
        for (row, weight) in clash {
            let number = place(row);
            let scale = self.scales.get(number).and_then(Option::as_ref);
            let multiple = scale.and_then(|scale| weight.checked_div(scale)).unwrap_or_default();
            *combination.entry(number).or_default() += multiple;
        }
        combination.into_iter().collect()
    }
}

/// What a row bounds. The variable of its sum is made if there is none.
fn bounding(row: &Row<Variable>, sums: &mut BTreeMap<Sum, Variable>, simplex: &mut Simplex) -> Bounding {
    let first = row.terms.first().map(|(_, factor)| factor);
    let turned = first.is_some_and(Rational::is_negative);
    let side = if turned { Side::Least } else { Side::Most };
    let scale = match row.terms.as_slice() {
        [(_, factor)] => factor.abs(),
        terms => content(terms),
    };
    let inverse = scale.reciprocal().unwrap_or(Rational::ONE);
    let factor = if turned { -&inverse } else { inverse };
    let bound = row.at_most.times(&factor);
    let variable = match row.terms.as_slice() {
        [(variable, _)] => *variable,
        terms => {
            let sum: Sum = terms.iter().map(|(variable, own)| (*variable, own.times(&factor))).collect();
            match sums.get(&sum) {
                Some(variable) => *variable,
                None => {
                    let variable = simplex.add_sum(&sum);
                    sums.insert(sum, variable);
                    variable
                }
            }
        }
    };
    Bounding { variable, side, scale, bound }
}

/// What is left when all factors are divided by it: whole numbers without a common divisor.
pub(super) fn content(terms: &[(Variable, Rational)]) -> Rational {
    if terms.iter().any(|(_, factor)| *factor == Rational::ONE) && terms.iter().all(|(_, it)| it.is_integer()) {
        return Rational::ONE;
    }
    let small = || -> Option<Rational> {
        let (mut top, mut bottom) = (0_i64, 1_i64);
        for (_, factor) in terms {
            let (numerator, denominator) = factor.small()?;
            top = top.gcd(&numerator.checked_abs()?);
            bottom = bottom.checked_div(bottom.gcd(&denominator))?.checked_mul(denominator)?;
        }
        Rational::new(top, bottom)
    };
    small().filter(Rational::is_positive).unwrap_or_else(|| {
        let (mut top, mut bottom) = (BigInt::ZERO, BigInt::one());
        for (_, factor) in terms {
            top = top.gcd(&factor.numerator());
            bottom = bottom.lcm(&factor.denominator());
        }
        Rational::from_big(top, bottom).filter(Rational::is_positive).unwrap_or(Rational::ONE)
    })
}
