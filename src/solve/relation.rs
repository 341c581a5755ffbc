//! One formula over a box of intervals: does it hold everywhere, somewhere or nowhere?

use crate::number::Rational;
use crate::problem::{Domain, Formula};

/// What became of a formula over its domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Every choice of values satisfies it.
    Holds,
    /// This choice does (another does not).
    Fits(Vec<Rational>),
    /// None does.
    Contradicted,
    /// The budget ran out.
    Undecided,
}

/// Decides a formula over the domains of its variables, exactly, within `budget` steps.
pub fn decide(formula: &Formula, domains: &[Domain], budget: u64) -> Decision {
    let _ = (formula, domains, budget);
    Decision::Undecided
}
