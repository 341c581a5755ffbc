//! Conflicts that rest on more than they need, because what would have spared it had been given up.
//!
//! A layer gives up the instances of rules that its conflicts rest on, so that what it finds next cannot rest on them: it may
//! have to take a way round, by a claim that is not needed. Each conflict that is found after something was given up is
//! therefore looked for once more, among its own claims, by its own rules, with nothing given up.

use super::{Pass, claims_of, rules_of};
use crate::claim::ClaimId;
use crate::problem::{Conflict, ConstraintId, Form};
use crate::solve::{Selection, Start, solve_graph, solve_joint};
use std::collections::BTreeSet;

/// So many constraints, edges and statements are gone through for this at most in all: each look goes through the problem.
pub(super) const MOST: usize = 2_000_000;

impl Pass<'_> {
    /// Gives up what a conflict rests on; the conflict itself comes back without what it does not need.
    pub(super) fn give_up_spared(&mut self, conflict: Conflict) -> Conflict {
        let is_first = self.how_much_is_given_up() == 0;
        self.give_up(&conflict);
        match if is_first { None } else { self.spared(&conflict) } {
            Some(fewer) => {
                self.give_up(&fewer);
                fewer
            }
            None => conflict,
        }
    }

    /// A conflict that rests on some of what another one rests on, if there is one once nothing is given up.
    fn spared(&mut self, conflict: &Conflict) -> Option<Conflict> {
        let problem = self.problem;
        let size = problem.constraints.len().saturating_add(problem.differences.len());
        self.looks_left = self.looks_left.checked_sub(size.saturating_add(problem.statements.len()))?;
        if conflict.soft {
            return None;
        }
        let (claims, rules) = (claims_of(problem, conflict), rules_of(problem, conflict));
        let others = problem.statements.iter().map(|statement| statement.claim);
        let others: BTreeSet<ClaimId> = others.filter(|claim| claims.binary_search(claim).is_err()).collect();
        let is_other = |id: &ConstraintId| {
            let found = &problem[*id];
            !matches!(found.form, Form::Additive(_)) && !rules.contains(&found.rule)
        };
        let mut selection = Selection {
            leans: conflict.leans.iter().copied().collect(),
            given_up_constraints: (0..problem.constraints.len()).map(ConstraintId::at).filter(is_other).collect(),
            ..self.what_is_left(&others, &BTreeSet::new())
        };
        let graph = solve_graph(problem, &selection);
        let fewer = |found: &Conflict| found.rests_on_fewer_than(conflict, problem);
        if !graph.conflicts.is_empty() {
            return graph.conflicts.into_iter().find(fewer);
        }
        selection.unsettled = graph.unsettled.iter().map(|open| open.instant).collect();
        solve_joint(problem, &selection, Start::of(&graph.witness), self.jobs).conflicts.into_iter().find(fewer)
    }
}
