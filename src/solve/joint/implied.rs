//! What the other claims of a conflict leave open for one of them: the values that would settle it.
//!
//! In: a conflict of several constraints. Out: for each of its claims, the least interval that holds every value with
//! which all the others can be true. An end is found from outside: the claim is held beyond it, and the sum of rows that
//! refutes this says how far it may go; that is held next, until it can be. Where a proof needs more than a sum and
//! roundings that do not speak of the claim, or the search is long, nothing is said of the claim.

use super::Selection;
use super::component::Component;
use super::item::{Item, Items, items, place, row};
use super::system::{Background, Numbered, Part, Start};
use crate::claim::ClaimId;
use crate::number::{End, Interval, Rational};
use crate::problem::refutation::{self, Combination, Quantity, Reason, Refutation, Row, Step};
use crate::problem::{Conflict, DifferenceId, Form, Problem, Proof, Says, Side, StatementId, Variable};
use crate::solve::linear::{Answer, Search};
use std::collections::{BTreeMap, BTreeSet};

/// Conflicts of more claims are not looked into.
const MOST_CLAIMS: usize = 12;

/// Components of more rows are not looked into.
const MOST_ROWS: usize = 2_000;

/// All searches for a conflict may take so many steps together.
const STEPS: u64 = 1_000_000;

/// An end is looked for in so many searches at most.
const MOST_SEARCHES: usize = 24;

/// A value that can be so many times as large as all bounds together is not bounded by them.
const FAR: i64 = 1_000_000;

/// The edges of a problem by what they rest on, for all its conflicts.
pub struct Leeway<'p> {
    problem: &'p Problem,
    background: Background<'p>,
    of_claims: BTreeMap<ClaimId, Vec<DifferenceId>>,
    of_none: Vec<DifferenceId>,
}

impl<'p> Leeway<'p> {
    /// Sorts the edges of a problem.
    pub fn new(problem: &'p Problem) -> Self {
        let mut of_claims: BTreeMap<ClaimId, Vec<DifferenceId>> = BTreeMap::new();
        let mut of_none = Vec::new();
        for (id, edge) in (0..).map(DifferenceId).zip(&problem.differences) {
            match edge.why.statement().and_then(|statement| problem.statements.get(statement.index())) {
                Some(statement) => of_claims.entry(statement.claim).or_default().push(id),
                None => of_none.push(id),
            }
        }
        Self { problem, background: Background::new(problem, Start::of(&[])), of_claims, of_none }
    }

    /// For each claim of a conflict, a statement of it and what the others leave open for its value.
    pub fn left_open(&self, conflict: &Conflict) -> Vec<(StatementId, Interval)> {
        let Proof::Joint(joint) = &conflict.proof else { return Vec::new() };
        let mut statements: BTreeMap<ClaimId, StatementId> = BTreeMap::new();
        for id in &conflict.statements {
            if let Some(statement) = self.problem.statements.get(id.index()) {
                statements.entry(statement.claim).or_insert(*id);
            }
        }
        if statements.len() > MOST_CLAIMS || !joint.choices.is_empty() {
            return Vec::new();
        }
        let claims: BTreeSet<ClaimId> = statements.keys().copied().collect();
        let component = self.component(conflict, joint, &claims);
        let mut steps = STEPS;
        let one = |(claim, statement): (&ClaimId, &StatementId)| {
            Some((*statement, self.without(conflict, &component, (*claim, *statement), &mut steps)?))
        };
        statements.iter().filter_map(one).collect()
    }

    /// What hangs together by the claims and constraints of a conflict alone.
    fn component(&self, conflict: &Conflict, joint: &refutation::Joint, claims: &BTreeSet<ClaimId>) -> Component {
        let problem = self.problem;
        let mut component = Component { constraints: conflict.constraints.clone(), ..Component::default() };
        for quantity in &joint.quantities {
            if let Quantity::Total(curve, _) = quantity {
                component.curves.insert(*curve);
            }
        }
        let instance = |id: &&DifferenceId| {
            let constraint = problem.differences.get(id.index()).and_then(|edge| edge.constraint);
            constraint.is_some_and(|constraint| {
                conflict.constraints.contains(&constraint)
                    || component.curves.iter().any(|curve| {
                        problem.curves.get(curve.index()).is_some_and(|curve| curve.constraint == constraint)
                    })
            })
        };
        let of_none: Vec<DifferenceId> = self.of_none.iter().filter(instance).copied().collect();
        let of_claims = claims.iter().filter_map(|claim| self.of_claims.get(claim)).flatten().copied();
        component.differences = of_claims.chain(of_none).collect();
        component.differences.sort_unstable();
        component.constraints.retain(|id| {
            let form = problem.constraints.get(id.index()).map(|constraint| &constraint.form);
            matches!(form, Some(Form::Relation { .. } | Form::Inside { .. } | Form::Balance { .. }))
        });
        component
    }

    /// What is left open for a claim that says nothing.
    fn without(
        &self,
        conflict: &Conflict,
        component: &Component,
        (claim, statement): (ClaimId, StatementId),
        steps: &mut u64,
    ) -> Option<Interval> {
        let selection = Selection {
            soft: conflict.soft,
            leans: conflict.leans.iter().copied().collect(),
            set_aside: self.others(conflict).into_iter().chain([claim]).collect(),
            ..Selection::default()
        };
        let mut items = items(self.problem, &selection, component);
        if !items.choices.is_empty() || !items.unread.is_empty() || items.rows.len() > MOST_ROWS {
            return None;
        }
        let (value, reason) = self.value(statement)?;
        let mut ends = Vec::with_capacity(2);
        for side in [Side::Least, Side::Most] {
            // The row holds the value, or its opposite, beyond an end.
            let sign = Rational::from(if side == Side::Most { -1 } else { 1 });
            let terms = value.iter().map(|(quantity, factor)| (quantity.clone(), factor.times(&sign)));
            let what = row(terms.collect(), -&far(&items), false);
            items.rows.push(Item { what, reason: reason.clone(), members: Vec::new() });
            let end = self.end(&items, steps)?;
            items.rows.pop();
            ends.push(end.map(|value| value.times(&-&sign)));
        }
        let mut ends = ends.into_iter().map(|end| end.map_or(End::Unbounded, End::Closed));
        let found = Interval::new(ends.next()?, ends.next()?)?;
        (found != Interval::everything()).then_some(found)
    }

    /// The claims that state a figure of a conflict and are no part of it.
    fn others(&self, conflict: &Conflict) -> BTreeSet<ClaimId> {
        let problem = self.problem;
        let figures = conflict.constraints.iter().filter_map(|id| match &problem.constraints.get(id.index())?.form {
            Form::Relation { variables, .. } => Some(variables),
            _ => None,
        });
        let figures = figures.flatten().filter_map(|variable| match variable {
            Variable::Figure(figure) => problem.figures.get(figure.index()),
            _ => None,
        });
        let claim = |id: &StatementId| problem.statements.get(id.index()).map(|statement| statement.claim);
        let own: BTreeSet<ClaimId> = conflict.statements.iter().filter_map(claim).collect();
        figures.flat_map(|figure| &figure.statements).filter_map(claim).filter(|claim| !own.contains(claim)).collect()
    }

    /// The value that a statement is about, and a reason for its row, which no proof will name.
    fn value(&self, statement: StatementId) -> Option<(BTreeMap<Quantity, Rational>, Reason)> {
        let problem = self.problem;
        let said = problem.statements.get(statement.index())?;
        let reason = Reason::Stated(statement, Side::Most);
        let value = match &said.says {
            Says::Value(id, _) => {
                let figure = problem.figures.get(id.index())?;
                match (figure.curve, figure.ends) {
                    (Some(curve), Some((start, end))) => BTreeMap::from([
                        (Quantity::Total(curve, place(problem, end)), Rational::ONE),
                        (Quantity::Total(curve, place(problem, start)), Rational::from(-1)),
                    ]),
                    _ => BTreeMap::from([(Quantity::Figure(*id), Rational::ONE)]),
                }
            }
            Says::Date(_) => BTreeMap::from([(Quantity::Event(said.claim), Rational::ONE)]),
            Says::Text(_) => return None,
        };
        Some((value, reason))
    }

    /// How large what the last row bounds from below may be; `None` within if it may be anything, `None` without if that
    /// is not known.
    fn end(&self, items: &Items, steps: &mut u64) -> Option<Option<Rational>> {
        let mut numbered = Numbered::of(&self.background, items, Part::all(items), None);
        let last = numbered.system.rows.len().checked_sub(1)?;
        let whole = {
            let held = numbered.system.rows.get(last)?;
            let is_whole = |variable: &u32| numbered.system.whole.get(crate::solve::place(*variable)) == Some(&true);
            held.terms.iter().all(|(variable, factor)| is_whole(variable) && factor.is_integer())
        };
        let mut held: Option<Rational> = None;
        for _ in 0..MOST_SEARCHES {
            let mut search = Search::new(&numbered.system);
            let answer = search.decide(*steps);
            *steps = steps.saturating_sub(search.spent());
            match answer {
                Answer::Possible(_) => return Some(held),
                Answer::Undecided => return None,
                Answer::Impossible(refutation) => {
                    let most = most(&numbered.system.rows, &refutation, last)?;
                    let most = if whole { most.floor() } else { most };
                    if held.as_ref().is_some_and(|held| most >= *held) {
                        return None;
                    }
                    numbered.system.rows.get_mut(last)?.at_most = -&most;
                    held = Some(most);
                }
            }
        }
        None
    }
}

/// Beyond all that rows with such bounds leave, unless they leave anything.
fn far(items: &Items) -> Rational {
    let bounds = items.rows.iter().map(|item| item.what.at_most.abs());
    bounds.fold(Rational::ONE, |sum, bound| sum.plus(&bound)).times(&Rational::from(FAR))
}

/// How large the other rows of a refutation leave what the row `last` bounds from below. `None` if they do not say so by a
/// sum, or exclude it themselves.
pub(in crate::solve) fn most(given: &[Row<u32>], refutation: &Refutation, last: usize) -> Option<Rational> {
    let mut rows: Vec<Row<u32>> = given.to_vec();
    for step in &refutation.steps {
        let Step::Rounded(combination) = step else { return None };
        let (sum, weight) = sum_without(&rows, combination, last)?;
        if !weight.is_zero() {
            return None;
        }
        let down = if sum.strict { sum.at_most.ceil().minus(&Rational::ONE) } else { sum.at_most.floor() };
        rows.push(Row { at_most: down, strict: false, ..sum });
    }
    let refutation::End::Sum(combination) = &refutation.end else { return None };
    let (sum, weight) = sum_without(&rows, combination, last)?;
    if sum.strict {
        return None;
    }
    sum.at_most.checked_div(&weight)
}

/// The sum of multiples of rows without the row `last`, and how often that one counts.
pub(in crate::solve) fn sum_without(
    rows: &[Row<u32>],
    combination: &Combination,
    last: usize,
) -> Option<(Row<u32>, Rational)> {
    let mut terms: BTreeMap<u32, Rational> = BTreeMap::new();
    let (mut at_most, mut strict, mut weight) = (Rational::ZERO, false, Rational::ZERO);
    for (number, times) in combination {
        if *number == last {
            weight += times.clone();
            continue;
        }
        let row = rows.get(*number)?;
        for (variable, factor) in &row.terms {
            *terms.entry(*variable).or_default() += factor.times(times);
        }
        at_most += row.at_most.times(times);
        strict = strict || row.strict;
    }
    let terms = terms.into_iter().filter(|(_, factor)| !factor.is_zero()).collect();
    Some((Row { terms, at_most, strict }, weight))
}
