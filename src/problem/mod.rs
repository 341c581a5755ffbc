//! The problem: data only. What must hold of which unknown true values, and what a decision about it looks like.
//!
//! `ground` makes a [`Problem`], `solve` decides it and gives [`Conflict`]s with their proofs, `verify` checks those
//! proofs, and `finding` words them. They share these types and nothing else, so that a slip in one cannot hide in
//! another.
//!
//! Every figure stands for one unknown true value. Statements bound it. Figures of an additive measure are also
//! differences of a *curve* P, the running total at an instant: a claim over a period is P(end) - P(start). Dates are
//! differences too. Everything else is a [`Formula`] over figures.

mod answers;
mod conflict;
mod constraint;
mod figure;
mod formula;
mod graph;
pub mod refutation;

use crate::claim::ClaimId;
use std::collections::{BTreeMap, BTreeSet};

pub use answers::{Answers, ROOT_DECIMALS};
pub use conflict::{Conflict, Proof, Step, StepReason, Verdict};
pub use constraint::{Constraint, Form, Lean, Variable};
pub use figure::{Days, Figure, Says, Side, Statement, Time, Unreported};
pub use formula::{Domain, Formula, Linear, Term};
pub use graph::{AtMost, Curve, Difference, Instant, InstantKind, Node, Why};

index!(
    /// A figure: one unknown true value.
    FigureId
);
index!(
    /// What one mention of a claim says.
    StatementId
);
index!(
    /// A constraint that was grounded.
    ConstraintId
);
index!(
    /// The running total of one additive measure in one scope.
    CurveId
);
index!(
    /// A point in time at which curves are looked at.
    InstantId
);
index!(
    /// A node of the graph of differences.
    NodeId
);
index!(
    /// An edge of the graph of differences.
    DifferenceId
);
index!(
    /// Something unsaid, or assumed, that a constraint leans on.
    LeanId
);

index!(
    /// A figure that formulas look up and nobody reports.
    UnreportedId
);

/// All that must hold, over all that was reported. Lists are in canonical order: that of article ids, then of claims
/// in their file, so that the same input gives the same problem whatever order its files were read in.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// The unknown true values.
    pub figures: Vec<Figure>,
    /// What is said of them, a mention each.
    pub statements: Vec<Statement>,
    /// The figures that nobody reports.
    pub unreported: Vec<Unreported>,
    /// What must hold.
    pub constraints: Vec<Constraint>,
    /// The claims that a check names, by its constraint. Where other claims state another value of one figure, it is their
    /// own that counts.
    pub named: BTreeMap<ConstraintId, BTreeSet<ClaimId>>,
    /// What some of it leans on.
    pub leans: Vec<Lean>,
    /// The running totals.
    pub curves: Vec<Curve>,
    /// The instants.
    pub instants: Vec<Instant>,
    /// Periods of which both ends are vague and the length is not: the second instant is so many days after the first.
    pub lengths: Vec<(InstantId, InstantId, i32)>,
    /// The nodes of the graph.
    pub nodes: Vec<Node>,
    /// The edges of the graph.
    pub differences: Vec<Difference>,
    /// What rules could not be applied to.
    pub passed_over: Vec<PassedOver>,
}

impl Problem {
    /// What a claim says, a mention each: statements are in the order of their claims.
    pub fn said_by(&self, claim: ClaimId) -> impl Iterator<Item = (StatementId, &Statement)> {
        let first = self.statements.partition_point(|statement| statement.claim < claim);
        let from_there = (first..).map(StatementId::at).zip(self.statements.iter().skip(first));
        from_there.take_while(move |(_, statement)| statement.claim == claim)
    }

    /// The same problem, in which some claims say nothing. All ids stay what they are.
    pub fn without(&self, claims: &BTreeSet<ClaimId>) -> Self {
        let mut rest = self.clone();
        let silent: BTreeSet<StatementId> = (0..self.statements.len())
            .map(StatementId::at)
            .filter(|statement| claims.contains(&self[*statement].claim))
            .collect();
        for figure in &mut rest.figures {
            figure.statements.retain(|statement| !silent.contains(statement));
        }
        for constraint in &mut rest.constraints {
            if let Form::SameText(statements) = &mut constraint.form {
                statements.retain(|statement| !silent.contains(statement));
            }
        }
        for edge in &mut rest.differences {
            if edge.why.statement().is_some_and(|statement| silent.contains(&statement)) {
                (edge.hard, edge.soft) = (None, None);
            }
        }
        for (at, statement) in rest.statements.iter_mut().enumerate() {
            // A day that is not said bounds no event; an empty text that no constraint holds to others says nothing.
            if silent.contains(&StatementId::at(at)) {
                statement.says = Says::Text(String::new());
            }
        }
        rest
    }
}

/// Claims that a rule is about and could not be applied to: said, so that nothing is passed over in silence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// The rule.
    pub rule: String,
    /// The claims, in canonical order.
    pub claims: Vec<ClaimId>,
    /// Why, for people.
    pub because: String,
}

/// Lets an id be used as an index. Ids are made only by whoever fills the lists, which only grow, so that an id is
/// always inside.
macro_rules! lookup {
    ($($id:ident => $list:ident: $item:ident),* $(,)?) => {$(
        impl std::ops::Index<$id> for Problem {
            type Output = $item;

            #[allow(clippy::indexing_slicing)]
            fn index(&self, id: $id) -> &$item {
                &self.$list[id.index()]
            }
        }
    )*};
}

lookup!(
    FigureId => figures: Figure,
    StatementId => statements: Statement,
    UnreportedId => unreported: Unreported,
    ConstraintId => constraints: Constraint,
    LeanId => leans: Lean,
    CurveId => curves: Curve,
    InstantId => instants: Instant,
    NodeId => nodes: Node,
    DifferenceId => differences: Difference,
);
