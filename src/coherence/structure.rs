//! Checks of claim files beside what binds all figures of a measure: that parts lie inside wholes, that running totals never
//! fall, stages and balances.
//!
//! What claims state is left out of the problem that they were grounded into; what is left says how their figures hang
//! together by their scopes and times alone. If a check cannot be satisfied then, it never can, and if it cannot be broken,
//! it follows. What leans on something unsaid does not count.

use super::look::Look;
use super::model::{Remark, RemarkKind};
use super::words::{place, quoted};
use crate::claim::{Check, ClaimId, Claims};
use crate::finding::words::list;
use crate::finding::{Location, Role};
use crate::problem::{Conflict, ConstraintId, Form, Formula, Problem, Variable};
use crate::rule::Rules;
use crate::solve::{Selection, Start, solve_graph, solve_joint};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;

/// Of problems with so many constraints at most, each check is held against all.
const MOST_CONSTRAINTS: usize = 2_000;
/// So many checks at most are held against all.
const MOST_CHECKS: usize = 60;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Checks that can never hold, each by itself: before they are held against each other, so that none is blamed for
    /// another.
    Never,
    /// What can never hold once those that clash with each other are left out, and what follows.
    All,
}

/// Holds checks against the structure of the figures that they name.
pub(super) fn look(claims: &Claims, rules: &Rules, problem: &Problem, wanted: Wanted, look: &mut Look) {
    if claims.own_checks().next().is_none() {
        return;
    }
    if problem.constraints.len() > MOST_CONSTRAINTS || claims.own_checks().count() > MOST_CHECKS {
        let because = "there is so much that it was not held against how its figures add up";
        claims.own_checks().for_each(|check| look.not_looked(&check.id, check.span, because));
        return;
    }
    let everyone: BTreeSet<ClaimId> = (0..claims.claims.len()).map(ClaimId::at).collect();
    let mut beside =
        Beside { claims, rules, silent: problem.without(&everyone), selection: Selection::default(), look };
    for check in &claims.checks {
        if beside.look.is_told(&check.id) {
            beside.give_up(&check.id);
        }
    }
    match wanted {
        Wanted::Never => beside.never_alone(),
        Wanted::All => {
            beside.never();
            beside.follows();
        }
    }
}

/// What is left of a problem in which nothing is stated.
struct Beside<'a, 'l> {
    claims: &'a Claims,
    rules: &'a Rules,
    silent: Problem,
    selection: Selection,
    look: &'l mut Look,
}

impl Beside<'_, '_> {
    /// Leaves a rule out.
    fn give_up(&mut self, rule: &str) {
        let own = constraints_of(&self.silent, rule);
        self.selection.given_up_constraints.extend(own);
    }

    /// Checks that can never hold, each without the others.
    fn never_alone(&mut self) {
        let all = self.selection.given_up_constraints.clone();
        for check in self.claims.own_checks() {
            self.selection.given_up_constraints.clone_from(&all);
            for other in self.claims.own_checks().filter(|other| other.id != check.id) {
                self.give_up(&other.id);
            }
            self.never();
        }
    }

    /// Checks that can never hold.
    fn never(&mut self) {
        // Each round gives up a check.
        for _ in 0..self.claims.own_checks().count() {
            let found = conflicts(&self.silent, &self.selection).into_iter().find_map(|conflict| {
                let rules = rules_of(&self.silent, &conflict);
                let checks: Vec<&Check> = self.claims.own_checks().filter(|it| rules.contains(&it.id)).collect();
                (!checks.is_empty() && rules.iter().any(|rule| self.is_structural(rule))).then_some((rules, checks))
            });
            let Some((rules, checks)) = found else { return };
            let ids: Vec<String> = rules.iter().map(|id| quoted(id)).collect();
            let both = if ids.len() == 2 { "both" } else { "all" };
            let message = format!("{} can never {both} hold, whatever is reported", list(&ids));
            let remark = Remark {
                kind: RemarkKind::NeverTogether,
                message,
                others: Vec::new(),
                steps: self.said(&rules),
                arithmetic: None,
                instead: None,
                besides: Vec::new(),
                advice: "mend or delete the check, or mend the times and scopes of its claims".to_owned(),
                locations: self.places(&rules, Role::Primary),
                rules,
            };
            self.look.remark(remark);
            for check in checks {
                self.give_up(&check.id);
            }
        }
    }

    /// Checks that can never be broken.
    fn follows(&mut self) {
        for check in self.claims.own_checks().rev() {
            if self.look.is_told(&check.id) {
                continue;
            }
            let Some(others) = self.needed_for(check) else { continue };
            let ids: Vec<String> = others.iter().map(|id| quoted(id)).collect();
            let remark = Remark {
                kind: RemarkKind::Redundant,
                rules: vec![check.id.clone()],
                message: format!("{} follows from {}", quoted(&check.id), list(&ids)),
                steps: self.said(&others),
                arithmetic: None,
                instead: None,
                besides: Vec::new(),
                advice: format!("delete it, or say more: whatever breaks it breaks {}, too", list(&ids)),
                locations: [place(check.require.span, Role::Primary, "says nothing of its own")]
                    .into_iter()
                    .chain(self.places(&others, Role::Secondary))
                    .collect(),
                others,
            };
            self.look.remark(remark);
            self.give_up(&check.id);
        }
    }

    /// The rules that a check follows from, if it follows and some of them are of structure: others have been told.
    fn needed_for(&self, check: &Check) -> Option<Vec<String>> {
        let own = constraints_of(&self.silent, &check.id);
        let mut others: BTreeSet<String> = BTreeSet::new();
        for id in &own {
            let mut trial = self.silent.clone();
            let constraint = trial.constraints.get_mut(id.index())?;
            let Form::Relation { formula, variables, .. } = &mut constraint.form else { return None };
            if !constraint.leans.is_empty()
                || formula.divides()
                || formula.speaks_of_answers()
                || variables.contains(&Variable::Unknown)
            {
                return None;
            }
            *formula = Formula::Not(Box::new(formula.clone()));
            let conflict = conflicts(&trial, &self.selection).into_iter().find(|it| it.constraints.contains(id))?;
            let weighs = |other: &ConstraintId| {
                other == id || trial.constraints.get(other.index()).is_some_and(|it| it.severity >= check.severity)
            };
            if !conflict.constraints.iter().all(weighs) {
                return None;
            }
            others.extend(rules_of(&trial, &conflict));
        }
        others.remove(&check.id);
        others.iter().any(|rule| self.is_structural(rule)).then(|| others.into_iter().collect())
    }

    /// Whether a rule is neither a check nor a relation.
    fn is_structural(&self, rule: &str) -> bool {
        let of_rule = self.silent.constraints.iter().filter(|constraint| constraint.rule == rule);
        let mut forms = of_rule.map(|constraint| &constraint.form);
        !self.claims.own_checks().any(|check| check.id == rule)
            && forms.any(|form| !matches!(form, Form::Relation { .. }))
    }

    /// What rules say, a line each.
    fn said(&self, rules: &[String]) -> Vec<String> {
        let check = |id: &String| Some(self.claims.own_checks().find(|check| check.id == *id)?.require.text.clone());
        let rule = |id: &String| self.rules.rules.iter().find(|rule| rule.id.value == *id)?.about.clone();
        rules
            .iter()
            .filter_map(|id| match check(id) {
                Some(words) => Some(format!("{} says `{words}`", quoted(id))),
                None => rule(id).map(|about| format!("{}: {about}", quoted(id))),
            })
            .collect()
    }

    /// Where rules stand; those of the standard pack stand nowhere that can be mended.
    fn places(&self, rules: &[String], role: Role) -> Vec<Location> {
        let checks = self.claims.own_checks().map(|check| (&check.id, check.require.span));
        let own = self.rules.rules.iter().filter(|rule| !rule.standard).map(|rule| (&rule.id.value, rule.id.span));
        let all = checks.chain(own).filter(|(id, _)| rules.contains(id));
        all.map(|(id, span)| place(span, role, quoted(id))).collect()
    }
}

fn constraints_of(problem: &Problem, rule: &str) -> BTreeSet<ConstraintId> {
    let all = problem.constraints.iter().enumerate().filter(|(_, constraint)| constraint.rule == rule);
    all.map(|(at, _)| ConstraintId::at(at)).collect()
}

/// The ids of the rules of a conflict, checks first.
fn rules_of(problem: &Problem, conflict: &Conflict) -> Vec<String> {
    let mut rules: Vec<String> = conflict.rules(problem).into_iter().map(str::to_owned).collect();
    rules.sort_by_key(|id| !id.contains('/'));
    rules
}

/// Conflicts that rest on no claim and lean on nothing.
fn conflicts(problem: &Problem, selection: &Selection) -> Vec<Conflict> {
    let graph = solve_graph(problem, selection);
    let mut found = graph.conflicts;
    if found.is_empty() {
        found = solve_joint(problem, selection, Start::of(&graph.witness), NonZeroUsize::MIN).conflicts;
    }
    found.retain(|conflict| conflict.statements.is_empty() && conflict.leans.is_empty());
    found
}
