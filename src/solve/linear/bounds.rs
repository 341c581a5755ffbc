//! What each row leaves for each of its variables, with the sums of rows that prove it.
//!
//! A row bounds each of its variables by what the others can be. That is repeated, in a fixed order and a limited number
//! of times, so that a slow approach to a limit ends. A bound on a whole variable that is no whole number is rounded;
//! the row that says so joins the path, with the step that derives it.

use super::path::Path;
use super::{Numbered, System, Variable, place, steps_of, work};
use crate::number::Rational;
use crate::problem::Side;
use crate::problem::refutation::{Combination, Row, Step};
use std::collections::{BTreeMap, VecDeque};

/// How often a bound of a variable may be improved.
const IMPROVEMENTS: (u32, u32) = (8, 48);

/// Why a bound holds.
#[derive(Clone, Debug)]
enum Why {
    /// A row says it by itself.
    Row(usize),
    /// A row says it with these bounds of its other variables, each times so much.
    Sum { row: usize, factor: Rational, with: Vec<(u32, Rational)> },
}

/// A bound of a variable.
#[derive(Clone, Debug)]
struct Known {
    value: Rational,
    strict: bool,
    why: Why,
}

/// The bounds of all variables, by the rows of a path.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    known: Numbered<Known>,
    least: Numbered<Option<u32>>,
    most: Numbered<Option<u32>>,
    improved: Numbered<(u32, u32)>,
}

/// What following up the rows gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Followed {
    /// Bounds that can all be.
    Open,
    /// Rows whose sum leaves nothing.
    Impossible(Combination),
}

impl Bounds {
    /// Follows up all rows of a path. Steps that round bounds are added, with their rows; `effort` is what may be spent.
    pub fn follow(system: &System, path: &mut Path, steps: &mut Vec<Step>, effort: &mut u64) -> (Self, Followed) {
        let variables = system.whole.len();
        let mut bounds = Self {
            known: Numbered::default(),
            least: Numbered(vec![None; variables]),
            most: Numbered(vec![None; variables]),
            improved: Numbered(vec![(0, 0); variables]),
        };
        let followed = match bounds.run(system, path, steps, effort) {
            Ok(()) => Followed::Open,
            Err(combination) => Followed::Impossible(combination),
        };
        (bounds, followed)
    }

    fn run(
        &mut self,
        system: &System,
        path: &mut Path,
        steps: &mut Vec<Step>,
        effort: &mut u64,
    ) -> Result<(), Combination> {
        let mut rows_of: Numbered<Vec<usize>> = Numbered(vec![Vec::new(); system.whole.len()]);
        let mut queue: VecDeque<usize> = VecDeque::new();
        let mut queued = vec![false; path.len()];
        let mut singles = Vec::new();
        for (number, row) in path.rows() {
            if let [_] = row.terms.as_slice() {
                singles.push(number);
            } else {
                for (variable, _) in &row.terms {
                    rows_of[*variable].push(number);
                }
                queue.push_back(number);
                if let Some(queued) = queued.get_mut(number) {
                    *queued = true;
                }
            }
        }
        let mut changed = Vec::new();
        for number in singles {
            self.single(number, path)?;
        }
        while let Some(number) = queue.pop_front() {
            if let Some(queued) = queued.get_mut(number) {
                *queued = false;
            }
            let Some(row) = path.row(number).cloned() else { continue };
            let cost = steps_of(row.terms.len()).saturating_mul(work(&row.at_most));
            let Some(left) = effort.checked_sub(cost) else { return Ok(()) };
            *effort = left;
            self.by_row(number, &row, system, path, steps, &mut changed)?;
            for variable in changed.drain(..) {
                for other in &rows_of[variable] {
                    if let Some(queued) = queued.get_mut(*other).filter(|queued| !**queued) {
                        *queued = true;
                        queue.push_back(*other);
                    }
                }
            }
        }
        Ok(())
    }

    /// A row of one variable.
    fn single(&mut self, number: usize, path: &Path) -> Result<(), Combination> {
        let Some(row) = path.row(number) else { return Ok(()) };
        let [(variable, factor)] = row.terms.as_slice() else { return Ok(()) };
        let Some(value) = row.at_most.checked_div(factor) else { return Ok(()) };
        let side = if factor.is_positive() { Side::Most } else { Side::Least };
        if self.improves(*variable, side, &value, row.strict) {
            self.learn(*variable, side, Known { value, strict: row.strict, why: Why::Row(number) }, path)?;
        }
        Ok(())
    }

    fn by_row(
        &mut self,
        number: usize,
        row: &Row<Variable>,
        system: &System,
        path: &mut Path,
        steps: &mut Vec<Step>,
        changed: &mut Vec<Variable>,
    ) -> Result<(), Combination> {
        // The least that each term can be, by which bound.
        let least: Vec<Option<u32>> =
            row.terms.iter().map(|(variable, factor)| self.number(*variable, lower(factor))).collect();
        let unbounded = least.iter().filter(|known| known.is_none()).count();
        if unbounded > 1 {
            return Ok(());
        }
        let mut sum = Rational::ZERO;
        let mut strict = row.strict;
        for ((_, factor), known) in row.terms.iter().zip(&least) {
            if let Some(known) = known.map(|known| &self.known[known]) {
                sum += factor.times(&known.value);
                strict = strict || known.strict;
            }
        }
        if unbounded == 0 && (sum > row.at_most || (strict && sum == row.at_most)) {
            let with: Vec<_> = row
                .terms
                .iter()
                .zip(&least)
                .filter_map(|((_, factor), known)| Some((known.as_ref().copied()?, factor.abs())))
                .collect();
            return Err(self.combined(vec![(number, Rational::ONE)], with, path));
        }
        for (at, (variable, factor)) in row.terms.iter().enumerate() {
            let own = least.get(at).copied().flatten();
            if unbounded == 1 && own.is_some() {
                continue;
            }
            let others = match own.map(|own| &self.known[own]) {
                Some(own) => sum.minus(&factor.times(&own.value)),
                None => sum.clone(),
            };
            let Some(value) = row.at_most.minus(&others).checked_div(factor) else { continue };
            // A bound that takes ever longer numbers is an approach to a limit; the simplex needs none of those.
            if value.small().is_none() && row.at_most.small().is_some() {
                continue;
            }
            let strict = row.strict
                || least
                    .iter()
                    .enumerate()
                    .any(|(other, known)| other != at && known.is_some_and(|known| self.known[known].strict));
            let side = opposite(lower(factor));
            let whole = system.whole.get(place(*variable)) == Some(&true);
            let (tight, rounds) = if whole { whole_bound(&value, strict, side) } else { (value.clone(), false) };
            if !self.improves(*variable, side, &tight, strict && !rounds && !whole) {
                continue;
            }
            let counts = &mut self.improved[*variable];
            let count = if side == Side::Least { &mut counts.0 } else { &mut counts.1 };
            if *count >= if whole { IMPROVEMENTS.1 } else { IMPROVEMENTS.0 } {
                continue;
            }
            *count = count.saturating_add(1);
            let with: Vec<(u32, Rational)> = row
                .terms
                .iter()
                .zip(&least)
                .enumerate()
                .filter(|(other, _)| *other != at)
                .filter_map(|(_, ((_, factor), known))| Some((known.as_ref().copied()?, factor.abs())))
                .collect();
            let why = Why::Sum { row: number, factor: factor.abs(), with };
            let known = Known { value, strict, why };
            let known = if rounds { self.round(*variable, side, known, tight, path, steps)? } else { known };
            self.learn(*variable, side, known, path)?;
            changed.push(*variable);
        }
        Ok(())
    }

    /// Rounds a bound of a whole variable: the row that says so joins the path.
    fn round(
        &self,
        variable: Variable,
        side: Side,
        known: Known,
        tight: Rational,
        path: &mut Path,
        steps: &mut Vec<Step>,
    ) -> Result<Known, Combination> {
        let combination = self.proof(&known.why, path);
        let (factor, at_most) = match side {
            Side::Most => (Rational::ONE, tight.clone()),
            Side::Least => (Rational::from(-1), -&tight),
        };
        let number = path.append(Row { terms: vec![(variable, factor)], at_most, strict: false });
        steps.push(Step::Rounded(combination));
        path.count(number)?;
        Ok(Known { value: tight, strict: false, why: Why::Row(number) })
    }

    fn number(&self, variable: Variable, side: Side) -> Option<u32> {
        match side {
            Side::Least => self.least[variable],
            Side::Most => self.most[variable],
        }
    }

    /// A bound of a variable and whether it is excluded.
    pub fn bound(&self, variable: Variable, side: Side) -> Option<(&Rational, bool)> {
        self.number(variable, side).map(|known| (&self.known[known].value, self.known[known].strict))
    }

    fn improves(&self, variable: Variable, side: Side, value: &Rational, strict: bool) -> bool {
        self.bound(variable, side).is_none_or(|(known, excluded)| {
            let beyond = if side == Side::Least { value > known } else { value < known };
            beyond || (value == known && strict && !excluded)
        })
    }

    fn learn(&mut self, variable: Variable, side: Side, known: Known, path: &Path) -> Result<(), Combination> {
        let number = self.known.push(known);
        match side {
            Side::Least => self.least[variable] = Some(number),
            Side::Most => self.most[variable] = Some(number),
        }
        let (Some(least), Some(most)) = (self.least[variable], self.most[variable]) else { return Ok(()) };
        let (below, above) = (&self.known[least], &self.known[most]);
        let apart = below.value > above.value || (below.value == above.value && (below.strict || above.strict));
        if apart {
            return Err(self.combined(Vec::new(), vec![(least, Rational::ONE), (most, Rational::ONE)], path));
        }
        Ok(())
    }

    /// The rows whose sum is a bound of a variable, itself once.
    pub fn proof_of(&self, variable: Variable, side: Side, path: &Path) -> Option<Combination> {
        self.number(variable, side).map(|known| self.combined(Vec::new(), vec![(known, Rational::ONE)], path))
    }

    /// Whether bounds leave nothing for a row that does not count yet; if so, the rows of the sum that shows it, itself
    /// as `number`.
    pub fn rules_out(&self, row: &Row<Variable>, number: usize, path: &Path) -> Option<Combination> {
        let mut sum = Rational::ZERO;
        let mut strict = row.strict;
        let mut with = Vec::with_capacity(row.terms.len());
        for (variable, factor) in &row.terms {
            let known = self.number(*variable, lower(factor))?;
            sum += factor.times(&self.known[known].value);
            strict = strict || self.known[known].strict;
            with.push((known, factor.abs()));
        }
        let out = sum > row.at_most || (strict && sum == row.at_most);
        out.then(|| self.combined(vec![(number, Rational::ONE)], with, path))
    }

    fn proof(&self, why: &Why, path: &Path) -> Combination {
        match why {
            Why::Row(number) => vec![(*number, one_over_single(path, *number))],
            Why::Sum { row, factor, with } => {
                let inverse = factor.reciprocal().unwrap_or_default();
                let with = with.iter().map(|(known, weight)| (*known, weight.times(&inverse))).collect();
                self.combined(vec![(*row, inverse)], with, path)
            }
        }
    }

    /// Rows and bounds as multiples of rows alone.
    fn combined(&self, rows: Vec<(usize, Rational)>, bounds: Vec<(u32, Rational)>, path: &Path) -> Combination {
        let mut total: BTreeMap<usize, Rational> = BTreeMap::new();
        let mut add = |row: usize, weight: Rational| {
            let sum = total.entry(row).or_default();
            *sum += weight;
        };
        rows.into_iter().for_each(|(row, weight)| add(row, weight));
        let mut open: BTreeMap<u32, Rational> = BTreeMap::new();
        for (known, weight) in bounds {
            *open.entry(known).or_default() += weight;
        }
        // A bound rests on earlier ones only, so that the last is never added to again.
        while let Some((known, weight)) = open.pop_last() {
            match &self.known[known].why {
                Why::Row(number) => add(*number, weight.times(&one_over_single(path, *number))),
                Why::Sum { row, factor, with } => {
                    let share = weight.checked_div(factor).unwrap_or_default();
                    for (other, own) in with {
                        *open.entry(*other).or_default() += share.times(own);
                    }
                    add(*row, share);
                }
            }
        }
        total.into_iter().filter(|(_, weight)| !weight.is_zero()).collect()
    }
}

/// By how much a row of one variable counts in the bound that it says.
fn one_over_single(path: &Path, number: usize) -> Rational {
    let factor = path.row(number).and_then(|row| row.terms.first()).map(|(_, factor)| factor.abs());
    factor.and_then(|factor| factor.reciprocal()).unwrap_or_default()
}

/// The side of a variable that makes a term with this factor least.
fn lower(factor: &Rational) -> Side {
    if factor.is_positive() { Side::Least } else { Side::Most }
}

fn opposite(side: Side) -> Side {
    match side {
        Side::Least => Side::Most,
        Side::Most => Side::Least,
    }
}

/// The bound of a whole variable, and whether it had to be rounded.
fn whole_bound(value: &Rational, strict: bool, side: Side) -> (Rational, bool) {
    if value.is_integer() && !strict {
        return (value.clone(), false);
    }
    let tight = match (side, strict) {
        (Side::Least, true) => value.floor().plus(&Rational::ONE),
        (Side::Least, false) => value.ceil(),
        (Side::Most, true) => value.ceil().minus(&Rational::ONE),
        (Side::Most, false) => value.floor(),
    };
    (tight, true)
}
