//! What several constraints say together, component by component: sums over scopes, balances, relations and places.
//!
//! In: a problem and a selection of what counts, after the graph alone was found to be possible. Out: minimal conflicts
//! with refutations, what could not be decided, and a value for every quantity of a component that was decided.
//! Components that consist of differences alone, or of a single relation, are left to `graph` and `relation`.
//!
//! * `component`: which constraints hang together, and which components are decided here;
//! * `item`: rows and choices with what they rest on;
//! * `places`: running totals at their places: orders, parts inside wholes, places that are not known;
//! * `placing`: a place tried for each instant whose place is not known;
//! * `formula`: relations as alternatives of rows;
//! * `system`: the items of a component as a system of numbered variables;
//! * `minimal`: a refutation made minimal by deletion, and `beside` what other instances of its rules spare of it;
//! * `family`: a canonical, claim-disjoint, maximal family of minimal conflicts;
//! * `standing`: a component in which claims can be given up, `room`: what the others leave open for a claim of it, and
//!   `bench`: such components, whatever else decides them;
//! * `implied`: what the others leave open for a claim of a conflict.

mod bench;
mod beside;
mod component;
mod family;
pub(super) mod formula;
pub(super) mod implied;
pub(super) mod item;
mod minimal;
mod places;
mod placing;
mod room;
mod standing;
pub(super) mod system;

pub use super::graph::Selection;
pub use bench::Bench;
pub(super) use bench::Clashing;
pub use implied::Leeway;
pub use room::{Edge, Left};
pub use standing::{Alone, Open as Undecided};
pub use system::Start;

use crate::claim::ClaimId;
use crate::number::Rational;
use crate::parallel::in_parallel;
use crate::problem::refutation::Quantity;
use crate::problem::{Conflict, ConstraintId, Problem};
use component::Wanted;
use std::num::NonZeroUsize;

/// A component that the budget did not suffice for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its claims, in canonical order.
    pub claims: Vec<ClaimId>,
    /// Its constraints, in canonical order.
    pub constraints: Vec<ConstraintId>,
    /// The claims whose vague dates make it hard, those first of which most depends on them.
    pub vague: Vec<ClaimId>,
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

/// Decides every component of several constraints. The search for values begins at `start`. Components are shared out over
/// so many threads; what comes out is the same for any number.
pub fn solve_joint(problem: &Problem, selection: &Selection, start: Start, jobs: NonZeroUsize) -> JointOutcome {
    let components = component::components(problem, selection, Wanted::Together);
    if components.is_empty() {
        return JointOutcome::default();
    }
    let background = system::Background::new(problem, start);
    let decided = |at: usize| {
        let mut outcome = JointOutcome::default();
        if let Some(component) = components.get(at) {
            let items = item::items(problem, selection, component);
            family::decide(problem, selection, &background, &items, &mut outcome);
        }
        outcome
    };
    let mut outcome = JointOutcome::default();
    for own in in_parallel(components.len(), jobs, &decided) {
        outcome.conflicts.extend(own.conflicts);
        outcome.undecided.extend(own.undecided);
        outcome.witness.extend(own.witness);
    }
    outcome.conflicts.sort_by(|one, other| one.order().cmp(&other.order()));
    outcome
}
