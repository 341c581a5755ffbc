//! Proofs of conflicts in which several constraints meet: their format, how they are written down, and how each is redone.
//!
//! 1. `format`: how a proof stands in a certificate file;
//! 2. `rows`, `structure`, `choices`: every row and choice that is given, from the input files;
//! 3. `expand`: the ways in which a formula can be satisfied;
//! 4. `replay`: every move from the rows before it;
//! 5. `tree`, `names`, `moves`, `write`: writing a proof down.

mod check;
mod choices;
mod expand;
mod format;
mod moves;
mod names;
mod replay;
mod rows;
mod structure;
mod tree;
mod write;

#[cfg(test)]
mod replay_tests;

pub(super) use check::redo;
pub use format::{Choice, Chosen, Combination, Formulated, Given, Joint, Move, Quantity, Reason, Row};
pub(super) use names::{Names, unknowns};
pub(super) use structure::closed;
pub(super) use write::written;
