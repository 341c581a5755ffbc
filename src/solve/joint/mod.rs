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
//! * `implied`: what the others leave open for a claim of a conflict.

mod beside;
mod component;
mod family;
pub(super) mod formula;
pub(super) mod implied;
pub(super) mod item;
mod minimal;
mod places;
mod placing;
pub(super) mod system;

pub use super::graph::Selection;
pub use implied::Leeway;

use crate::claim::ClaimId;
use crate::number::Rational;
use crate::problem::refutation::Quantity;
use crate::problem::{Conflict, ConstraintId, Problem};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer components than this are not worth a thread.
const FEW_COMPONENTS: usize = 64;

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

/// Decides every component of several constraints. `start` has a value for each node that the graph alone found
/// possible: the search begins there. Components are shared out over so many threads; what comes out is the same for any
/// number.
pub fn solve_joint(
    problem: &Problem,
    selection: &Selection,
    start: &[Option<Rational>],
    jobs: NonZeroUsize,
) -> JointOutcome {
    let components = component::components(problem, selection);
    if components.is_empty() {
        return JointOutcome::default();
    }
    let background = system::Background::new(problem, start);
    let next = AtomicUsize::new(0);
    // Takes one component after the other, until none is left; gives what was found with the number of each.
    let work = || {
        let mut done: Vec<(usize, JointOutcome)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(component) = components.get(at) else { return done };
            let items = item::items(problem, selection, component);
            let mut outcome = JointOutcome::default();
            family::decide(problem, selection, &background, &items, &mut outcome);
            done.push((at, outcome));
        }
    };
    let threads = jobs.get().min(components.len().div_ceil(FEW_COMPONENTS));
    let mut found: Vec<(usize, JointOutcome)> = std::thread::scope(|scope| {
        // Where the system gives no more threads, those that there are do the work.
        let spawn = |_| std::thread::Builder::new().spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..threads).map_while(spawn).collect();
        let mut found = work();
        for other in others {
            match other.join() {
                Ok(done) => found.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        found
    });
    found.sort_unstable_by_key(|(at, _)| *at);
    let mut outcome = JointOutcome::default();
    for (_, own) in found {
        outcome.conflicts.extend(own.conflicts);
        outcome.undecided.extend(own.undecided);
        outcome.witness.extend(own.witness);
    }
    outcome.conflicts.sort_by(|one, other| one.order().cmp(&other.order()));
    outcome
}
