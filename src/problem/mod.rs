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

use crate::claim::{ClaimId, Scope};
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

impl Problem {
    /// The same problem, in which only some claims say something, and only constraints are left that bind claims which hang
    /// together with them. All ids stay what they are. It is much cheaper to decide than the whole is.
    pub fn among(&self, speaking: &BTreeSet<ClaimId>, hanging: &BTreeSet<ClaimId>) -> Self {
        let speaks = |statement: StatementId| speaking.contains(&self[statement].claim);
        let says = |statements: &[StatementId]| statements.iter().copied().filter(|it| speaks(*it)).collect();
        let is_left: Vec<bool> = self
            .constraints
            .iter()
            .map(|it| it.claims.is_empty() || it.claims.iter().any(|claim| hanging.contains(claim)))
            .collect();
        let holds = |id: ConstraintId| is_left.get(id.index()).copied().unwrap_or_default();
        let constraints = self.constraints.iter().zip(&is_left).map(|(constraint, is_left)| match &constraint.form {
            Form::SameText(statements) if *is_left => {
                Constraint { form: Form::SameText(says(statements)), ..constraint.clone() }
            }
            _ if *is_left => constraint.clone(),
            _ => Constraint::nothing(),
        });
        let figures = self.figures.iter().map(|figure| {
            let is_near = figure.statements.iter().any(|statement| hanging.contains(&self[*statement].claim));
            let measure = if is_near { figure.measure.clone() } else { String::new() };
            let scope = if is_near { figure.scope.clone() } else { Scope::default() };
            Figure {
                measure,
                unit: figure.unit.clone(),
                scope,
                time: figure.time.clone(),
                range: figure.range.clone(),
                statements: says(&figure.statements),
                leans: figure.leans.clone(),
                ..*figure
            }
        });
        let statements = self.statements.iter().map(|statement| match &statement.says {
            _ if speaking.contains(&statement.claim) => statement.clone(),
            // A day that is not said bounds no event; an empty text that no constraint holds to others says nothing.
            _ => Statement { source: None, says: Says::Text(String::new()), ..*statement },
        });
        let differences = self.differences.iter().map(|edge| {
            let is_said = edge.why.statement().is_none_or(speaks) && edge.constraint.is_none_or(holds);
            let bound = |bound: &Option<AtMost>| bound.clone().filter(|_| is_said);
            let (hard, soft) = (bound(&edge.hard), bound(&edge.soft));
            Difference { hard, soft, why: edge.why.clone(), leans: edge.leans.clone(), ..*edge }
        });
        Self {
            figures: figures.collect(),
            statements: statements.collect(),
            unreported: self.unreported.clone(),
            constraints: constraints.collect(),
            named: self.named.iter().filter(|(id, _)| holds(**id)).map(|(id, named)| (*id, named.clone())).collect(),
            leans: self.leans.clone(),
            curves: self.curves.clone(),
            instants: self.instants.clone(),
            lengths: self.lengths.clone(),
            nodes: self.nodes.clone(),
            differences: differences.collect(),
            passed_over: Vec::new(),
        }
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
