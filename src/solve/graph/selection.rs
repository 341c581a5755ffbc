//! What counts in one pass over the graph, and what it gives.

use crate::claim::{ArticleId, ClaimId};
use crate::number::Rational;
use crate::problem::refutation::Reason;
use crate::problem::{
    AtMost, Conflict, ConstraintId, CurveId, Difference, DifferenceId, InstantId, LeanId, Node, NodeId, Problem,
};
use std::collections::BTreeSet;

/// What counts in one pass.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Whether the soft bounds count, rather than the hard ones.
    pub soft: bool,
    /// Whether it goes beyond what is said, to what would be asked or is strained: less is spent on that.
    pub is_beyond: bool,
    /// What may be leaned on; an edge that leans on anything else is left out.
    pub leans: BTreeSet<LeanId>,
    /// If set, only edges of this article, and of none.
    pub article: Option<ArticleId>,
    /// Edges that an earlier pass gave up.
    pub given_up: BTreeSet<DifferenceId>,
    /// Constraints that an earlier pass gave up.
    pub given_up_constraints: BTreeSet<ConstraintId>,
    /// Rows of several constraints together that an earlier pass gave up.
    pub given_up_rows: BTreeSet<Reason>,
    /// Instants for which the graph alone found no common place.
    pub unsettled: BTreeSet<InstantId>,
    /// Claims that take part in a conflict of this pass already; only what several constraints say together heeds it.
    pub set_aside: BTreeSet<ClaimId>,
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
    /// Values for the nodes that satisfy every selected edge outside the conflicts; `None` for a node that no selected
    /// edge touches.
    pub witness: Vec<Option<Rational>>,
}

impl Selection {
    /// The bound that counts for an edge, if it counts at all.
    pub(in crate::solve) fn bound<'a>(&self, problem: &'a Problem, id: DifferenceId) -> Option<&'a AtMost> {
        let edge = problem.differences.get(id.index())?;
        let bound = if self.soft { edge.soft.as_ref() } else { edge.hard.as_ref() }?;
        self.counts(problem, id).then_some(bound)
    }

    /// Whether an edge counts, whatever its bound.
    pub(in crate::solve) fn counts(&self, problem: &Problem, id: DifferenceId) -> bool {
        let Some(edge) = problem.differences.get(id.index()) else { return false };
        let of_the_article = self.article.is_none() || edge.article.is_none() || edge.article == self.article;
        of_the_article
            && !self.given_up.contains(&id)
            && edge.leans.iter().all(|lean| self.leans.contains(lean))
            && constraints_of(problem, edge).all(|constraint| self.allows(problem, constraint))
    }

    /// Whether a constraint counts: it was not given up, and all that it leans on may be leaned on.
    pub(in crate::solve) fn allows(&self, problem: &Problem, id: ConstraintId) -> bool {
        let leans =
            problem.constraints.get(id.index()).map(|constraint| constraint.leans.as_slice()).unwrap_or_default();
        !self.given_up_constraints.contains(&id) && leans.iter().all(|lean| self.leans.contains(lean))
    }
}

/// The curve and the instant of a node, if it is a running total.
pub(in crate::solve) fn total(problem: &Problem, node: NodeId) -> Option<(CurveId, InstantId)> {
    match problem.nodes.get(node.index())? {
        Node::Total(curve, instant) => Some((*curve, *instant)),
        Node::Event(_) | Node::Epoch | Node::Nothing => None,
    }
}

/// The constraint that says that a curve adds up, for the curve of a node.
fn adds_up(problem: &Problem, node: NodeId) -> Option<ConstraintId> {
    let (curve, _) = total(problem, node)?;
    problem.curves.get(curve.index()).map(|curve| curve.constraint)
}

/// The constraints that an edge rests on: its own, and those of the curves at its ends.
pub(in crate::solve) fn constraints_of(problem: &Problem, edge: &Difference) -> impl Iterator<Item = ConstraintId> {
    let (from, to) = (adds_up(problem, edge.from), adds_up(problem, edge.to));
    edge.constraint.into_iter().chain(from).chain(to.filter(|to| from != Some(*to)))
}

/// The claims that an edge rests on.
pub(in crate::solve) fn claims_of<'a>(
    problem: &'a Problem,
    edge: &'a Difference,
) -> impl Iterator<Item = ClaimId> + 'a {
    let statement = edge.why.statement().and_then(|id| problem.statements.get(id.index()));
    statement.into_iter().map(|statement| statement.claim)
}

/// What an edge leans on, by itself and by its constraints.
pub(in crate::solve) fn leans_of<'a>(problem: &'a Problem, edge: &'a Difference) -> impl Iterator<Item = LeanId> + 'a {
    let constraints = constraints_of(problem, edge).filter_map(|id| problem.constraints.get(id.index()));
    edge.leans.iter().copied().chain(constraints.flat_map(|constraint| constraint.leans.iter().copied()))
}

/// All that an edge rests on.
pub(in crate::solve) fn members_of<'a>(
    problem: &'a Problem,
    edge: &'a Difference,
) -> impl Iterator<Item = Member> + 'a {
    let leans = leans_of(problem, edge).map(Member::Lean);
    let claims = claims_of(problem, edge).map(Member::Claim);
    leans.chain(claims).chain(constraints_of(problem, edge).map(Member::Constraint))
}

/// Something that a conflict rests on, in the order in which it is tried whether it can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::solve) enum Member {
    Lean(LeanId),
    Claim(ClaimId),
    Constraint(ConstraintId),
}
