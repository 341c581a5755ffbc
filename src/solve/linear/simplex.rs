//! The general simplex: can every variable of the tableau meet its bounds?
//!
//! B. Dutertre and L. de Moura, *A fast linear-arithmetic solver for DPLL(T)*, CAV 2006. Variables that are not basic
//! are always within their bounds; a basic one that is not is made to meet the bound that it breaks, in exchange for a
//! variable of its sum that has room. Where none has room, the bounds that leave no room are the proof. Which variable
//! enters is a matter of thrift at first, and Bland's least one once many pivots did not settle it, so that it ends.

use super::tableau::{Sum, Tableau};
use super::value::Value;
use super::{Numbered, Variable};
use crate::number::Rational;
use crate::problem::Side;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// After so many pivots in one check, the least variable enters.
const THRIFTY_PIVOTS: usize = 2_000;

/// An exchange that settles an equation may touch about so many coefficients.
const LARGEST_EXCHANGE: usize = 4_000_000;

/// A bound and the row that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub value: Value,
    pub row: u32,
}

/// Bounds that leave no room: the number of each row, and by how much its bound on its variable counts.
pub(super) type Clash = Vec<(u32, Rational)>;

/// What a check gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// The values meet all bounds.
    Met,
    /// No values do.
    Clash(Clash),
    /// The budget ran out.
    Exhausted,
}

/// How far a variable can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Farthest {
    /// As far as one likes.
    Unbounded,
    /// This far.
    At(Value),
    /// The budget ran out.
    Exhausted,
}

/// The tableau with its bounds and values.
#[derive(Clone, Debug, Default)]
pub(super) struct Simplex {
    pub tableau: Tableau,
    values: Numbered<Value>,
    lower: Numbered<Option<Bound>>,
    upper: Numbered<Option<Bound>>,
    /// Bounds that were replaced, to be put back.
    trail: Vec<(Variable, Side, Option<Bound>)>,
    /// Basic variables that may break a bound, the least first; each at most once.
    suspects: BinaryHeap<Reverse<Variable>>,
    suspected: Numbered<bool>,
}

impl Simplex {
    /// One with room for so many variables.
    pub fn with_room_for(variables: usize) -> Self {
        let room = |variables| Numbered(Vec::with_capacity(variables));
        Self {
            tableau: Tableau::with_room_for(variables),
            values: Numbered(Vec::with_capacity(variables)),
            lower: room(variables),
            upper: room(variables),
            suspected: Numbered(Vec::with_capacity(variables)),
            ..Self::default()
        }
    }

    /// Takes in a variable with a value to begin with.
    pub fn add_free(&mut self, start: Rational) -> Variable {
        self.add(Value::exact(start));
        self.tableau.add_free()
    }

    /// Takes in a variable that is a sum of others.
    pub fn add_sum(&mut self, sum: &[(Variable, Rational)]) -> Variable {
        let mut value = Value::default();
        for (variable, factor) in sum {
            value.add_times(factor, &self.values[*variable]);
        }
        self.add(value);
        self.tableau.add_sum(sum)
    }

    fn add(&mut self, value: Value) {
        self.values.push(value);
        self.lower.push(None);
        self.upper.push(None);
        self.suspected.push(false);
    }

    /// The value of a variable.
    pub fn value(&self, variable: Variable) -> &Value {
        &self.values[variable]
    }

    /// A bound of a variable.
    pub fn bound(&self, variable: Variable, side: Side) -> Option<&Bound> {
        match side {
            Side::Least => self.lower[variable].as_ref(),
            Side::Most => self.upper[variable].as_ref(),
        }
    }

    /// How many bounds were set: to be given to [`Self::undo`].
    pub fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Puts back all bounds since a mark.
    pub fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some((variable, side, bound)) = self.trail.pop() else { return };
            match side {
                Side::Least => self.lower[variable] = bound,
                Side::Most => self.upper[variable] = bound,
            }
        }
    }

    /// Bounds a variable. `Err` names the row whose bound on the other side leaves no room.
    pub fn limit(&mut self, variable: Variable, side: Side, value: Value, row: u32) -> Result<(), u32> {
        let tighter = self.bound(variable, side).is_none_or(|known| match side {
            Side::Least => value > known.value,
            Side::Most => value < known.value,
        });
        if !tighter {
            return Ok(());
        }
        let other = match side {
            Side::Least => self.upper[variable].as_ref().filter(|upper| upper.value < value),
            Side::Most => self.lower[variable].as_ref().filter(|lower| lower.value > value),
        };
        if let Some(other) = other {
            return Err(other.row);
        }
        let moves = match side {
            Side::Least => self.values[variable] < value,
            Side::Most => self.values[variable] > value,
        };
        let bound = Some(Bound { value: value.clone(), row });
        let old = match side {
            Side::Least => std::mem::replace(&mut self.lower[variable], bound),
            Side::Most => std::mem::replace(&mut self.upper[variable], bound),
        };
        self.trail.push((variable, side, old));
        if moves {
            if self.tableau.is_basic(variable) { self.suspect(variable) } else { self.shift(variable, value) }
        }
        Ok(())
    }

    fn suspect(&mut self, variable: Variable) {
        if !self.suspected[variable] {
            self.suspected[variable] = true;
            self.suspects.push(Reverse(variable));
        }
    }

    /// Gives a variable that is not basic another value.
    fn shift(&mut self, variable: Variable, value: Value) {
        let by = value.minus(&self.values[variable]);
        self.values[variable] = value;
        for (user, factor) in self.tableau.users(variable) {
            self.move_by(user, &factor, &by);
        }
    }

    /// Moves the value of a basic variable by a multiple.
    fn move_by(&mut self, variable: Variable, factor: &Rational, by: &Value) {
        let value = &mut self.values[variable];
        value.add_times(factor, by);
        self.tableau.steps = self.tableau.steps.saturating_add(value.work());
        self.suspect(variable);
    }

    /// Makes one variable of each sum that has a single value basic, so that it follows from the others: most often the
    /// whole of which the others are parts, which is the greatest.
    pub fn settle_equations(&mut self) {
        for equation in (0_u32..).take(self.tableau.variables()) {
            let (Some(lower), Some(upper)) = (&self.lower[equation], &self.upper[equation]) else { continue };
            let Some(sum) = self.tableau.sum_of(equation).filter(|_| lower.value == upper.value) else { continue };
            let target = lower.value.clone();
            let size = sum.len();
            let entering = sum
                .iter()
                .filter(|(_, factor)| factor.abs() == Rational::ONE)
                .filter(|(variable, _)| self.tableau.uses(*variable).saturating_mul(size) <= LARGEST_EXCHANGE)
                .filter(|(variable, _)| {
                    self.lower[*variable].is_none() || self.lower[*variable] != self.upper[*variable]
                })
                .max_by_key(|(variable, _)| (self.values[*variable].real.abs(), *variable))
                .cloned();
            if let Some((entering, factor)) = entering {
                self.exchange(equation, entering, &factor, target);
            }
        }
    }

    /// Gives the first variables these values where they are not basic, or the nearest that their bounds allow, and all
    /// that are basic those that follow.
    pub fn begin_at(&mut self, values: Vec<Rational>) {
        for (variable, value) in (0_u32..).zip(values) {
            if self.tableau.is_basic(variable) {
                continue;
            }
            let value = Value::exact(value);
            let least = self.lower[variable].as_ref().map(|bound| bound.value.clone()).filter(|least| value < *least);
            let most = self.upper[variable].as_ref().map(|bound| bound.value.clone()).filter(|most| value > *most);
            self.values[variable] = least.or(most).unwrap_or(value);
        }
        for variable in (0_u32..).take(self.tableau.variables()) {
            let Some(sum) = self.tableau.sum_of(variable) else { continue };
            let mut value = Value::default();
            for (own, factor) in sum {
                value.add_times(factor, &self.values[*own]);
            }
            self.values[variable] = value;
            self.suspect(variable);
        }
    }

    /// Looks for values that meet all bounds, until the tableau has taken `most` steps in all.
    pub fn check(&mut self, most: u64) -> Check {
        let mut pivots = 0_usize;
        while let Some(Reverse(variable)) = self.suspects.pop() {
            self.suspected[variable] = false;
            let Some(sum) = self.tableau.sum_of(variable) else { continue };
            let value = &self.values[variable];
            let broken = if self.lower[variable].as_ref().is_some_and(|lower| *value < lower.value) {
                Side::Least
            } else if self.upper[variable].as_ref().is_some_and(|upper| *value > upper.value) {
                Side::Most
            } else {
                continue;
            };
            let Some(bound) = self.bound(variable, broken).cloned() else { continue };
            match self.entering(sum, broken, pivots > THRIFTY_PIVOTS) {
                Some((entering, factor)) => {
                    self.exchange(variable, entering, &factor, bound.value);
                    pivots = pivots.saturating_add(1);
                }
                None => {
                    let clash = self.clash(sum, broken, bound.row);
                    self.suspect(variable);
                    return Check::Clash(clash);
                }
            }
            if self.tableau.steps > most {
                return Check::Exhausted;
            }
        }
        Check::Met
    }

    /// How far a variable can go to a side, by all bounds, from values that meet them. Bland's least variables enter and leave
    /// (R. G. Bland, *New finite pivoting rules for the simplex method*, 1977), so that it ends.
    pub fn farthest(&mut self, variable: Variable, side: Side, most: u64) -> Farthest {
        loop {
            if self.tableau.steps > most {
                return Farthest::Exhausted;
            }
            let sum = match self.tableau.sum_of(variable) {
                Some(sum) => sum.clone(),
                None => vec![(variable, Rational::ONE)],
            };
            // A sum that has to rise is one that is below its bound.
            let broken = if side == Side::Most { Side::Least } else { Side::Most };
            let Some((entering, factor)) = self.entering(&sum, broken, true) else {
                return Farthest::At(self.values[variable].clone());
            };
            let towards = if factor.is_positive() == (side == Side::Most) { Side::Most } else { Side::Least };
            match self.stop(entering, towards) {
                None => return Farthest::Unbounded,
                Some((target, None)) => self.shift(entering, target),
                Some((target, Some((leaving, factor)))) => self.exchange(leaving, entering, &factor, target),
            }
        }
    }

    /// Where a variable that is not basic has to stop on its way to a side: at a bound of its own, with the value there; or
    /// because the bound of a basic variable is met, with that value and the variable. `None` if nothing stops it.
    #[allow(clippy::type_complexity)]
    fn stop(&mut self, entering: Variable, towards: Side) -> Option<(Value, Option<(Variable, Rational)>)> {
        let own = self.bound(entering, towards).map(|bound| bound.value.clone());
        let mut nearest = own.map(|target| (distance(&target, &self.values[entering]), target, None));
        let mut users = self.tableau.users(entering);
        users.sort_unstable_by_key(|(user, _)| *user);
        for (user, factor) in users {
            let rises = factor.is_positive() == (towards == Side::Most);
            let bound = self.bound(user, if rises { Side::Most } else { Side::Least });
            let (Some(bound), Some(inverse)) = (bound, factor.reciprocal()) else { continue };
            let target = bound.value.clone();
            let way = distance(&target, &self.values[user]).times(&inverse.abs());
            if nearest.as_ref().is_none_or(|(known, ..)| way < *known) {
                nearest = Some((way, target, Some((user, factor))));
            }
        }
        nearest.map(|(_, target, leaving)| (target, leaving))
    }

    /// A variable of a sum that has room to bring the sum back over the bound that it breaks.
    fn entering(&self, sum: &Sum, broken: Side, least: bool) -> Option<(Variable, Rational)> {
        let mut with_room = sum.iter().filter(|(variable, factor)| {
            let value = &self.values[*variable];
            if factor.is_positive() == (broken == Side::Least) {
                self.upper[*variable].as_ref().is_none_or(|upper| *value < upper.value)
            } else {
                self.lower[*variable].as_ref().is_none_or(|lower| *value > lower.value)
            }
        });
        let found = if least {
            with_room.next()
        } else {
            with_room.min_by_key(|(variable, _)| (self.tableau.uses(*variable), *variable))
        };
        found.cloned()
    }

    /// Gives a basic variable a value, and makes one of its sum basic instead.
    fn exchange(&mut self, leaving: Variable, entering: Variable, factor: &Rational, target: Value) {
        let Some(inverse) = factor.reciprocal() else { return };
        let by = target.minus(&self.values[leaving]).times(&inverse);
        self.values[leaving] = target;
        self.values[entering].add_times(&Rational::ONE, &by);
        for (user, factor) in self.tableau.users(entering) {
            if user != leaving {
                self.move_by(user, &factor, &by);
            }
        }
        self.tableau.pivot(leaving, entering);
        self.suspect(entering);
    }

    /// The bounds that hold a sum where it breaks a bound of its variable.
    fn clash(&self, sum: &Sum, broken: Side, row: u32) -> Clash {
        let mut clash = vec![(row, Rational::ONE)];
        for (variable, factor) in sum {
            let side = if factor.is_positive() == (broken == Side::Least) { Side::Most } else { Side::Least };
            clash.extend(self.bound(*variable, side).map(|bound| (bound.row, factor.abs())));
        }
        clash
    }

    /// Values without anything infinitely small: some step so small that every bound is still met.
    pub fn concrete(&self) -> Vec<Rational> {
        let mut step = Rational::ONE;
        let mut keep = |below: &Value, above: &Value| {
            if below.small <= above.small {
                return;
            }
            let closing = below.small.minus(&above.small);
            if let Some(most) = above.real.minus(&below.real).checked_div(&closing)
                && most < step
            {
                step = most.half();
            }
        };
        for (at, value) in self.values.0.iter().enumerate() {
            if let Some(Some(lower)) = self.lower.0.get(at) {
                keep(&lower.value, value);
            }
            if let Some(Some(upper)) = self.upper.0.get(at) {
                keep(value, &upper.value);
            }
        }
        let plain = |value: &Value| {
            if value.small.is_zero() { value.real.clone() } else { value.real.plus(&value.small.times(&step)) }
        };
        self.values.0.iter().map(plain).collect()
    }
}

/// How far apart two values are.
fn distance(one: &Value, other: &Value) -> Value {
    if one < other { other.minus(one) } else { one.minus(other) }
}
