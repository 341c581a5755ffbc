//! Solving: can everything that a problem says hold at once?
//!
//! In: a [`crate::problem::Problem`] and a [`Selection`] of what counts. Out: minimal conflicts with their proofs, or
//! a witness. Nothing here knows layers, words or files. Every verdict is exact.
//!
//! * `relation`: one constraint by itself; `answers`: one that speaks of whole answers;
//! * `graph`: differences between running totals, and between dates, as a graph (`potentials`, `search`, `weight`);
//! * `joint`: what several constraints say together, component by component;
//! * `repair`: the claims to give up so that all the others can be true;
//! * `linear`: the rows, choices and products of a component, decided exactly;
//! * `formulas`: formulas over common variables of which no claim says anything: for rules held against each other.

mod answers;
mod formulas;
mod graph;
mod joined;
mod joint;
mod linear;
mod pending;
mod potentials;
mod relation;
mod repair;
mod search;
mod weight;

pub(crate) use joined::Joined;

pub(crate) use answers::{Near, near, near_any_mean};
pub use formulas::{Greatest, Line, Prepared, Refuted, Together, Told, Wanted, greatest, prepare, together};
pub use graph::{GraphOutcome, Selection, Unsettled, solve_graph};
pub use joint::{Alone, Bench, Edge, JointOutcome, Leeway, Left, Open, Start, Undecided, solve_joint};
pub use linear::Spread;
pub use potentials::{Arc, Potentials, negative_cycle};
pub use relation::{Decision, contradicts, decide};
pub use repair::{Mend, Mending, Rank, Way, Weights, mendings};

use crate::number::Rational;

/// A number of a node or an arc as a place in a list.
fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What a number that does not fit machine words costs, besides its bits.
const LONG_NUMBER: u64 = 50;

/// About how much work a number is, as steps of a budget: one that does not fit machine words has to be reduced by long
/// division each time it is touched.
fn work(number: &Rational) -> u64 {
    if number.small().is_some() { 1 } else { number.bits().saturating_add(LONG_NUMBER) }
}
