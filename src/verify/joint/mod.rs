//! Proofs of conflicts in which several constraints meet: their format.

mod format;

pub use format::{Choice, Chosen, Combination, Formulated, Given, Joint, Move, Quantity, Reason, Row};
