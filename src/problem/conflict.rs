//! What a decision looks like: verdicts, and conflicts with their proofs.

use super::refutation::Joint;
use super::{ConstraintId, CurveId, DifferenceId, LeanId, NodeId, Problem, StatementId};
use crate::claim::ClaimId;
use crate::number::Rational;
use std::collections::BTreeSet;

/// What became of a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every choice of true values satisfies it.
    Holds,
    /// Some do and some do not: it passes.
    Fits,
    /// The budget ran out.
    Undecided,
    /// None does.
    Contradicted,
}

/// Why one step of a cycle holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepReason {
    /// An edge of the problem.
    Difference(DifferenceId),
    /// A curve that never falls: `to` is certainly not after `from`, so its total is at most the total at `from`.
    Order(CurveId),
}

/// One step of a cycle: `to - from <= at_most`, strictly if `strict`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where the step begins.
    pub from: NodeId,
    /// Where it ends, and the next begins.
    pub to: NodeId,
    /// The bound.
    pub at_most: Rational,
    /// Whether the bound is excluded.
    pub strict: bool,
    /// Why it holds.
    pub reason: StepReason,
}

/// Why the members of a conflict cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A closed walk whose bounds add up to less than nothing (or to nothing, strictly).
    Cycle(Vec<Step>),
    /// Statements of one figure whose readings have no value in common, or texts that say different things.
    Apart,
    /// No choice of values inside the readings satisfies the constraint.
    Impossible(ConstraintId),
    /// Several constraints together leave no choice of values.
    Joint(Box<Joint>),
}

/// A minimal set of statements and rules that cannot all be true: drop any one claim or rule and the rest can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The statements, in canonical order.
    pub statements: Vec<StatementId>,
    /// The constraints that bind them, in canonical order.
    pub constraints: Vec<ConstraintId>,
    /// What it leans on, in canonical order.
    pub leans: Vec<LeanId>,
    /// Why it cannot be.
    pub proof: Proof,
    /// Whether it shows only on soft readings.
    pub soft: bool,
}

impl Conflict {
    /// The claims that it rests on.
    pub fn claims(&self, problem: &Problem) -> BTreeSet<ClaimId> {
        self.statements.iter().map(|statement| problem[*statement].claim).collect()
    }

    /// The ids of the rules that it rests on.
    pub fn rules<'p>(&self, problem: &'p Problem) -> BTreeSet<&'p str> {
        self.constraints.iter().map(|constraint| problem[*constraint].rule.as_str()).collect()
    }

    /// Whether it rests on some of what another one rests on (claims, rules, what is leaned on) and not on all of it.
    pub fn rests_on_fewer_than(&self, other: &Self, problem: &Problem) -> bool {
        let of = |conflict: &Self| {
            let leans: BTreeSet<LeanId> = conflict.leans.iter().copied().collect();
            (conflict.claims(problem), conflict.rules(problem), leans)
        };
        let (fewer, all) = (of(self), of(other));
        fewer.0.is_subset(&all.0) && fewer.1.is_subset(&all.1) && fewer.2.is_subset(&all.2) && fewer != all
    }

    /// What it is put in order by: its statements, then its constraints.
    pub fn order(&self) -> (&[StatementId], &[ConstraintId]) {
        (&self.statements, &self.constraints)
    }
}
