//! What several constraints say together, component by component: sums over scopes, balances, relations and places.
//!
//! In: a problem and a selection of what counts, after the graph alone was found to be possible. Out: minimal conflicts
//! with refutations, what could not be decided, and a value for every quantity of a component that was decided.
//! Components that consist of differences alone, or of a single relation, are left to `graph` and `relation`.
//!
//! * `component`: which constraints hang together, and which components are decided here;
//! * `item`: rows and choices with what they rest on;
//! * `places`: running totals at their places: orders, parts inside wholes, places that are not known;
//! * `formula`: relations as alternatives of rows;
//! * `system`: the items of a component as a system of numbered variables;
//! * `family`: a canonical, claim-disjoint, maximal family of minimal conflicts.

mod component;
mod family;
mod formula;
mod item;
mod places;
mod system;

pub use super::graph::Selection;

use crate::claim::ClaimId;
use crate::number::Rational;
use crate::problem::refutation::Quantity;
use crate::problem::{Conflict, ConstraintId, Problem};

/// A component that the budget did not suffice for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its claims, in canonical order.
    pub claims: Vec<ClaimId>,
    /// Its constraints, in canonical order.
    pub constraints: Vec<ConstraintId>,
}

/// What several constraints say together.
#[derive(Clone, Debug, Default)]
pub struct JointOutcome {
    /// A canonical, claim-disjoint, maximal family of minimal conflicts.
    pub conflicts: Vec<Conflict>,
    /// What could not be decided.
    pub undecided: Vec<Open>,
    /// Values that satisfy all that is selected, but for the conflicts: one for each quantity of a component that was
    /// decided here.
    pub witness: Vec<(Quantity, Rational)>,
}

/// Decides every component of several constraints. `start` has a value for each node that the graph alone found
/// possible: the search begins there.
pub fn solve_joint(problem: &Problem, selection: &Selection, start: &[Option<Rational>]) -> JointOutcome {
    let mut outcome = JointOutcome::default();
    let components = component::components(problem, selection);
    if components.is_empty() {
        return outcome;
    }
    let background = system::Background::new(problem, start);
    for component in components {
        let items = item::items(problem, selection, &component);
        family::decide(problem, selection, &background, &items, &mut outcome);
    }
    outcome
        .conflicts
        .sort_by(|one, other| (&one.statements, &one.constraints).cmp(&(&other.statements, &other.constraints)));
    outcome
}
