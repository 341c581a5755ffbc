//! One formula over a box of intervals: does it hold everywhere, somewhere or nowhere?
//!
//! In: a [`Formula`] and what each of its variables may be. Out: a [`Decision`]. The work is done in three steps, each
//! in a file of its own:
//!
//! 1. `normal` pushes negations in, takes least and greatest values apart, and multiplies quotients out, so that only
//!    comparisons of polynomials with nought are left;
//! 2. `polynomial` bounds a polynomial over a box, exactly where every variable can be made to occur once (sums of
//!    figures, shares, changes), and from outside otherwise;
//! 3. `search` narrows the box by every comparison that must hold (`narrow`), looks for a choice that satisfies all,
//!    and splits the box in two where neither helps.
//!
//! `meter` counts how much work that is, whatever the size of its steps, so that every formula ends in bounded time.
//!
//! `evaluate` checks every choice against the formula as it was given, and shares nothing with the three.
//!
//! A comparison says nothing where a divisor in it is 0: such a choice satisfies it.

mod evaluate;
mod meter;
mod narrow;
mod normal;
mod polynomial;
mod search;

#[cfg(test)]
mod tests;

use crate::number::{Interval, Rational};
use crate::problem::{Domain, Formula};
use crate::solve::answers;
pub(super) use meter::Meter;
pub(super) use normal::{Normal, Polarity, Sign, normal};
pub(super) use polynomial::{Polynomial, added_up};
use search::{Answer, Search};

/// What became of a formula over its domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Every choice of values satisfies it.
    Holds,
    /// This choice does (another does not, or could not be ruled out within the budget).
    Fits(Vec<Rational>),
    /// A choice between these two does, by continuity: they differ only in variables that need not be whole, and the
    /// two sides of the one equation that is still open between them lie one way at the first and the other way at the
    /// second. The choice itself may be irrational (a standard deviation often is).
    FitsBetween(Vec<Rational>, Vec<Rational>),
    /// None does.
    Contradicted,
    /// The budget ran out.
    Undecided,
}

impl Decision {
    /// Whether it is proven that some choice satisfies the formula.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Holds | Self::Fits(_) | Self::FitsBetween(..))
    }
}

/// Decides a formula over the domains of its variables, exactly, within `budget` steps (a step is about one bound of
/// one term, and so much work at most). A variable that no domain is given for may be any number. If a domain of whole
/// numbers has none, there is no choice at all, and the formula is contradicted.
pub fn decide(formula: &Formula, domains: &[Domain], budget: u64) -> Decision {
    if formula.speaks_of_answers() {
        return answers::decide(formula, domains, budget);
    }
    let Some(reals) = boxed(formula, domains) else { return Decision::Contradicted };
    let mut search = Search::new(formula, reals, domains);
    let satisfied = search.some(Polarity::Satisfied, to_satisfy(budget));
    let left = budget.saturating_sub(search.spent());
    match satisfied {
        Answer::Never => Decision::Contradicted,
        answer => match (search.some(Polarity::Broken, left), answer) {
            (Answer::Never, _) => Decision::Holds,
            (_, Answer::At(witness)) => Decision::Fits(witness),
            (_, Answer::Between(a, b)) => Decision::FitsBetween(a, b),
            _ => Decision::Undecided,
        },
    }
}

/// Whether no choice satisfies a formula, decided as [`decide`] does; not if the budget runs out.
pub fn contradicts(formula: &Formula, domains: &[Domain], budget: u64) -> bool {
    if formula.speaks_of_answers() {
        return answers::decide(formula, domains, budget) == Decision::Contradicted;
    }
    let Some(reals) = boxed(formula, domains) else { return true };
    let mut search = Search::new(formula, reals, domains);
    matches!(search.some(Polarity::Satisfied, to_satisfy(budget)), Answer::Never)
}

/// How much of a budget is spent on choices that satisfy a formula, before those that break it are looked for.
fn to_satisfy(budget: u64) -> u64 {
    budget.saturating_sub(budget / 4)
}

/// The intervals of all variables, rounded to whole numbers where only those count; `None` if one has no value.
fn boxed(formula: &Formula, domains: &[Domain]) -> Option<Vec<Interval>> {
    let mut reals = domains
        .iter()
        .map(|domain| if domain.integer { domain.interval.integers() } else { Some(domain.interval.clone()) })
        .collect::<Option<Vec<_>>>()?;
    let variables = evaluate::variables(formula);
    while reals.len() < variables {
        reals.push(Interval::everything());
    }
    Some(reals)
}
