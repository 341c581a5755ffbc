//! What is left once the claims of all certain conflicts are set aside: with every constraint, it has to hold.
//!
//! A layer gives up the instances of rules that its conflicts rest on, so that what comes after it does not say the same
//! again. But claims that have no part in a conflict may clash by the same instance: if `b <= c0` and `c0 <= c` are said,
//! `b` and `c` clash whatever `c0` is said to be. A family of conflicts that have no claim in common is maximal only once
//! such clashes are found too; then there are values for all that is left, and a witness can be given.

use super::{Hit, Pass, Within};
use crate::claim::ClaimId;
use crate::finding::FindingKind;
use crate::finding::single;
use crate::problem::{
    Conflict, ConstraintId, DifferenceId, FigureId, Form, Node, Problem, Proof, Says, Side, StatementId, Verdict, Why,
};
use crate::solve::{Selection, Start, solve_graph, solve_joint};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// All that binds on hard readings and leans on nothing unsaid, once claims are set aside, and rules that hold for nobody.
pub(in crate::finding) fn selection(
    problem: &Problem,
    aside: &BTreeSet<ClaimId>,
    rules_aside: &BTreeSet<String>,
) -> Selection {
    Pass::new(problem, NonZeroUsize::MIN).what_is_left(aside, rules_aside)
}

/// All that is certain with the clashes in it, and those: what counts when they are to be settled.
/// Rules that hold for nobody are left out, and what accepted clashes rest on.
pub(in crate::finding) fn certain(
    problem: &Problem,
    hits: &[(FindingKind, &Conflict)],
    accepted: &[&Conflict],
) -> (Selection, Vec<BTreeSet<ClaimId>>) {
    let mut pass = Pass::new(problem, NonZeroUsize::MIN);
    pass.give_up_accepted(accepted);
    let (mut clashes, mut rules_aside) = (Vec::new(), BTreeSet::new());
    for (kind, conflict) in hits {
        if !kind.is_certain() || conflict.soft || pass.leans_on_unsaid(conflict) {
            continue;
        }
        if conflict.statements.is_empty() {
            rules_aside.extend(super::rules_of(problem, conflict));
        } else {
            clashes.push(conflict.claims(problem));
        }
    }
    // Two claims of one figure that clash for certain are among what is to be settled, but not those that are asked about.
    let asked: BTreeSet<FigureId> = hits
        .iter()
        .filter(|(kind, conflict)| pass.leans_on_unsaid(conflict) || !(conflict.soft || kind.is_certain()))
        .map(|(_, conflict)| conflict)
        .chain(accepted)
        .filter(|conflict| matches!(conflict.proof, Proof::Apart))
        .flat_map(|conflict| &conflict.statements)
        .filter_map(|statement| match &problem[*statement].says {
            Says::Value(figure, _) => Some(*figure),
            _ => None,
        })
        .collect();
    let is_asked = |statement: &StatementId| match &problem[*statement].says {
        Says::Value(figure, _) => asked.contains(figure),
        _ => false,
    };
    let mut crossing = pass.crossings(false, Within::All, &BTreeSet::new());
    crossing.retain(|(statement, _)| is_asked(statement));
    let mut selection = pass.all_but(&crossing, &BTreeSet::new(), &rules_aside);
    selection.given_up.extend(pass.given_up);
    selection.given_up_rows.extend(pass.given_up_rows);
    selection.given_up_constraints.extend(pass.given_up_constraints);
    (selection, clashes)
}

impl Pass<'_> {
    pub(super) fn what_is_left(&self, aside: &BTreeSet<ClaimId>, rules_aside: &BTreeSet<String>) -> Selection {
        // Two claims of one figure that clash by leaning on something unsaid leave all that either of them allows.
        self.all_but(&self.crossings(false, Within::All, aside), aside, rules_aside)
    }

    /// All that is said, but for these bounds of statements, claims and rules.
    fn all_but(
        &self,
        bounds: &BTreeSet<(StatementId, Side)>,
        aside: &BTreeSet<ClaimId>,
        rules_aside: &BTreeSet<String>,
    ) -> Selection {
        let problem = self.problem;
        let (mut given_up, given_up_rows) = self.resting_on(bounds);
        given_up.extend((0..problem.differences.len()).map(DifferenceId::at).filter(|id| match problem[*id].why {
            Why::Stated(statement, _)
            | Why::Within(statement)
            | Why::SameScope(statement, _)
            | Why::Dated(statement, _) => aside.contains(&problem[statement].claim),
            _ => false,
        }));
        let of_rules = |id: &ConstraintId| !rules_aside.is_empty() && rules_aside.contains(&problem[*id].rule);
        Selection {
            leans: self.said.clone(),
            given_up,
            given_up_rows,
            given_up_constraints: (0..problem.constraints.len()).map(ConstraintId::at).filter(of_rules).collect(),
            set_aside: aside.clone(),
            ..Selection::default()
        }
    }

    /// Finds what clashes among the claims that no certain conflict has a part in.
    pub(super) fn rest(&mut self) {
        loop {
            let before = self.outcome.hits.len();
            let (mut aside, mut rules_aside) = (BTreeSet::new(), BTreeSet::new());
            let accused = self.outcome.hits.iter().filter(|hit| !self.leans_on_unsaid(&hit.conflict));
            for hit in accused.chain(self.certain_and_accepted()) {
                aside.extend(super::claims_of(self.problem, &hit.conflict));
                if hit.conflict.statements.is_empty() {
                    rules_aside.extend(super::rules_of(self.problem, &hit.conflict));
                }
            }
            if aside.is_empty() {
                return;
            }
            let elsewhere = self.elsewhere();
            for conflict in self.clashes_without(&aside, &rules_aside, &elsewhere) {
                let conflict = self.give_up_spared(conflict);
                let kind = self.kind_of(&conflict);
                self.accuse(vec![Hit { kind, conflict }]);
            }
            if self.outcome.hits.len() == before {
                return;
            }
        }
    }

    /// The constraints that no claim joins to a given up one: what clashes there was found already. Claims that are set aside
    /// join, too: their figures are still bound.
    fn elsewhere(&self) -> BTreeSet<ConstraintId> {
        let constraints = &self.problem.constraints;
        let mut claims_of: Vec<BTreeSet<ClaimId>> =
            constraints.iter().map(|constraint| constraint.claims.iter().copied().collect()).collect();
        // That a single figure adds up relates it to nothing, so that no claim is named; but others may rest on it.
        for difference in &self.problem.differences {
            let (Some(statement), Node::Total(curve, _)) = (difference.why.statement(), self.problem[difference.from])
            else {
                continue;
            };
            if let Some(claims) = claims_of.get_mut(self.problem[curve].constraint.index()) {
                claims.insert(self.problem[statement].claim);
            }
        }
        let mut of_claim: BTreeMap<ClaimId, Vec<usize>> = BTreeMap::new();
        for (at, claims) in claims_of.iter().enumerate() {
            for claim in claims {
                of_claim.entry(*claim).or_default().push(at);
            }
        }
        let certain = self.outcome.hits.iter().filter(|hit| !self.leans_on_unsaid(&hit.conflict));
        let certain = certain.chain(self.certain_and_accepted());
        let given_up = certain.flat_map(|hit| hit.conflict.constraints.iter().map(|id| id.index()));
        let mut pending: Vec<usize> = given_up.collect();
        let mut reached: BTreeSet<usize> = pending.iter().copied().collect();
        while let Some(at) = pending.pop() {
            let claims = claims_of.get(at).into_iter().flatten();
            let beside = claims.filter_map(|claim| of_claim.get(claim)).flatten();
            pending.extend(beside.copied().filter(|at| reached.insert(*at)));
        }
        let joined = claims_of.iter().enumerate().filter(|(_, claims)| !claims.is_empty()).map(|(at, _)| at);
        joined.filter(|at| !reached.contains(at)).map(ConstraintId::at).collect()
    }

    fn clashes_without(
        &mut self,
        aside: &BTreeSet<ClaimId>,
        rules_aside: &BTreeSet<String>,
        elsewhere: &BTreeSet<ConstraintId>,
    ) -> Vec<Conflict> {
        let problem = self.problem;
        let mut selection = self.what_is_left(aside, rules_aside);
        selection.given_up_constraints.extend(elsewhere);
        let contradicted: Vec<ConstraintId> = self
            .outcome
            .verdicts
            .iter()
            .filter(|(id, verdict)| **verdict == Verdict::Contradicted && !selection.given_up_constraints.contains(id))
            .filter(|(id, _)| matches!(problem[**id].form, Form::Relation { .. }))
            .filter(|(id, _)| problem[**id].leans.iter().all(|lean| self.said.contains(lean)))
            .map(|(id, _)| *id)
            .collect();
        let alone: Vec<Conflict> =
            contradicted.into_iter().filter_map(|id| single::relation(problem, id, false, aside).1).collect();
        if !alone.is_empty() {
            return alone;
        }
        let graph = solve_graph(problem, &selection);
        if !graph.conflicts.is_empty() {
            return graph.conflicts;
        }
        selection.unsettled = graph.unsettled.iter().map(|open| open.instant).collect();
        let joint = solve_joint(problem, &selection, Start::of(&graph.witness), self.jobs);
        for open in joint.undecided {
            if !self.outcome.open.contains(&open) {
                self.outcome.open.push(open);
            }
        }
        joint.conflicts
    }
}
