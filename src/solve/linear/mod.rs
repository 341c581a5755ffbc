//! Linear rows over whole and real numbers, choices and products: decided together, exactly.
//!
//! In: a [`System`], which knows nothing of claims or rules. Out: values that satisfy all of it, or a refutation that
//! can be replayed, or neither if the budget ran out. In the order in which a system meets them:
//!
//! * `value`: numbers a little above or below a rational, for strict bounds;
//! * `tableau`: basic variables as sums of the others, and pivots;
//! * `simplex`: bounds on variables and sums, and whether the tableau can meet them all;
//! * `sums`, `guess`, `jumps`: values that satisfy all rows or most, looked for before any tableau is made;
//! * `bounds`: what each row leaves for each of its variables, with the sums that prove it;
//! * `path`: the rows that hold on the way from the root to where the search is;
//! * `search`: splits, cases, roundings and products, until values are found or every branch is refuted;
//! * `extreme`: the least and the greatest value that a variable can have;
//! * `spread`: all values that a variable can have;
//! * `proof`: what a refutation rests on, and refutations with all else left out.

mod bounds;
#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::panic, clippy::expect_used)]
mod extent_tests;
mod extreme;
mod guess;
mod jumps;
mod path;
mod proof;
mod search;
mod simplex;
mod spread;
mod sums;
mod tableau;
#[cfg(test)]
mod tests;
mod value;

use super::{place, work};
use crate::number::Rational;
use crate::problem::refutation::{Choice, Refutation, Row};
use std::ops::{Index, IndexMut};

/// A variable, by its number.
pub(super) type Variable = u32;

/// A product of two variables that a third one stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Product {
    pub product: Variable,
    pub left: Variable,
    pub right: Variable,
}

/// What is to be decided.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    /// Whether only whole numbers count, for each variable.
    pub whole: Vec<bool>,
    /// Where each variable is looked for first.
    pub start: Vec<Rational>,
    /// Rows that must hold; terms are in the order of their variables, none is 0.
    pub rows: Vec<Row<Variable>>,
    /// Choices of which one alternative must hold.
    pub choices: Vec<Choice<Variable>>,
    /// Products.
    pub products: Vec<Product>,
}

/// Whether a system has a solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// These values satisfy all of it.
    Possible(Vec<Rational>),
    /// Nothing does. Row and choice numbers are those of the system.
    Impossible(Refutation),
    /// The budget ran out.
    Undecided,
}

pub(super) use extreme::{Extreme, extreme};
pub(super) use proof::{choices_of, renumbered, rows_of};
pub(super) use search::Search;
pub use spread::Spread;
pub(super) use spread::spread;

/// So many things as steps of a budget.
fn steps_of(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A list whose numbers are handed out by whoever fills it, so that a number is always inside.
#[derive(Clone, Debug)]
struct Numbered<T>(Vec<T>);

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Numbered<T> {
    fn next(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    fn push(&mut self, item: T) -> u32 {
        let number = self.next();
        self.0.push(item);
        number
    }
}

impl<T> Index<u32> for Numbered<T> {
    type Output = T;

    #[allow(clippy::indexing_slicing)]
    fn index(&self, number: u32) -> &T {
        &self.0[place(number)]
    }
}

impl<T> IndexMut<u32> for Numbered<T> {
    #[allow(clippy::indexing_slicing)]
    fn index_mut(&mut self, number: u32) -> &mut T {
        &mut self.0[place(number)]
    }
}
