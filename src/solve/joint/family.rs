//! A canonical, claim-disjoint, maximal family of minimal conflicts of a component.
//!
//! Each refutation that is found is made minimal. Then its claims are set aside, and the search goes on with the rest.

use super::beside::Beside;
use super::item::{Items, claims};
use super::minimal::{Resting, minimal, used};
use super::system::{Background, Numbered, Part};
use super::{JointOutcome, Open, Selection, placing};
use crate::claim::ClaimId;
use crate::problem::refutation::{Choice, ChoiceReason, End, Joint, Place, Quantity, Reason, Refutation, Row, Step};
use crate::problem::{Conflict, ConstraintId, CurveId, InstantKind, Problem, Proof, StatementId};
use crate::solve::graph::selection::Member;
use crate::solve::linear::{Answer, Search, choices_of, renumbered, rows_of};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The steps that a component may take, and so many more for each of its rows.
const STEPS: (u64, u64) = (500_000, 4_000);

/// The share of a budget that a trial gets which makes a question shorter.
const TRIAL_SHARE: u64 = 8;

/// Finds the conflicts of a component, or values that satisfy it.
pub(super) fn decide(
    problem: &Problem,
    selection: &Selection,
    background: &Background,
    items: &Items,
    outcome: &mut JointOutcome,
) {
    let whole = Numbered::of(background, items, Part::all(items), None);
    let mut sorted: Option<(Resting, Option<Beside>)> = None; // most components have no conflict
    let mut search = Search::new(&whole.system);
    let mut budget = budget(&whole);
    let mut gone: BTreeSet<Member> = BTreeSet::new();
    loop {
        match placing::decide(problem, items, &whole, &mut search, budget) {
            Answer::Possible(values) => {
                if items.unread.is_empty() {
                    outcome.witness.extend(whole.quantities.iter().cloned().zip(values));
                } else {
                    outcome.undecided.push(open(problem, items));
                }
                return;
            }
            Answer::Undecided => {
                outcome.undecided.push(open(problem, items));
                return;
            }
            Answer::Impossible(refutation) => {
                let (resting, beside) = sorted.get_or_insert_with(|| {
                    // Questions are many where much is unsaid, and each of them needs its trials.
                    let share = if selection.is_beyond { TRIAL_SHARE } else { 1 };
                    (Resting::of(items, share), (!selection.is_beyond).then(|| Beside::of(problem, items)))
                });
                let (numbered, refutation) = minimal(background, resting, &whole, refutation);
                let mut numbered = numbered.map_or(Cow::Borrowed(&whole), Cow::Owned);
                let mut refutation = refutation;
                let mut conflict = of_refutation(problem, selection, items, &numbered, &refutation);
                let spared = |numbered: &Numbered, refutation: &Refutation, conflict: &Conflict| {
                    beside.as_ref()?.spared(background, resting, (numbered, refutation), conflict, &gone)
                };
                while let Some((fewer, other)) = spared(&numbered, &refutation, &conflict) {
                    let spared = of_refutation(problem, selection, items, &fewer, &other);
                    if !spared.rests_on_fewer_than(&conflict, problem) {
                        break;
                    }
                    (numbered, refutation, conflict) = (Cow::Owned(fewer), other, spared);
                }
                let members = used(items, &numbered, &refutation);
                let mut aside: BTreeSet<Member> = claims(&members).map(Member::Claim).collect();
                if aside.is_empty() {
                    aside = members;
                }
                if aside.is_empty() {
                    // Nothing could be dropped: the vocabulary itself leaves no values.
                    outcome.undecided.push(open(problem, items));
                    return;
                }
                outcome.conflicts.push(conflict);
                if selection.is_beyond {
                    budget = (budget / 2).max(STEPS.0 / TRIAL_SHARE);
                }
                // All items are rows and choices of the whole by their own numbers.
                let Part { rows, choices } = resting.on(&aside);
                rows.into_iter().for_each(|row| search.set_row(row, false));
                choices.into_iter().for_each(|choice| search.set_choice(choice, false));
                gone.extend(aside);
            }
        }
    }
}

/// The steps that a search over a system may take.
pub(super) fn budget(numbered: &Numbered) -> u64 {
    let size = numbered.system.rows.len().saturating_add(numbered.system.choices.len());
    STEPS.0.saturating_add(STEPS.1.saturating_mul(u64::try_from(size).unwrap_or(u64::MAX)))
}

/// All claims and constraints of a component, and which of them make it hard.
fn open(problem: &Problem, items: &Items) -> Open {
    let members =
        items.rows.iter().flat_map(|item| &item.members).chain(items.choices.iter().flat_map(|item| &item.members));
    let members: BTreeSet<Member> = members.copied().collect();
    let constraints: BTreeSet<ConstraintId> = constraints(&members).chain(items.unread.iter().copied()).collect();
    let claims: BTreeSet<ClaimId> = claims(&members).collect();
    let vague = vague(problem, items);
    Open { claims: claims.into_iter().collect(), constraints: constraints.into_iter().collect(), vague }
}

/// The claims with vague ends, by how many other places each end may be before or after.
fn vague(problem: &Problem, items: &Items) -> Vec<ClaimId> {
    let mut counts: BTreeMap<ClaimId, usize> = BTreeMap::new();
    for item in &items.choices {
        let ChoiceReason::Order(one, other) = item.reason else { continue };
        for place in [one, other] {
            let Place::Within(instant) = place else { continue };
            if let Some(InstantKind::Vague(claim, _)) = problem.instants.get(instant.index()).map(|it| &it.kind) {
                let count = counts.entry(*claim).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    let mut claims: Vec<(ClaimId, usize)> = counts.into_iter().collect();
    claims.sort_by_key(|(claim, count)| (Reverse(*count), *claim));
    claims.into_iter().map(|(claim, _)| claim).collect()
}

fn constraints(members: &BTreeSet<Member>) -> impl Iterator<Item = ConstraintId> {
    members.iter().filter_map(|member| if let Member::Constraint(id) = member { Some(*id) } else { None })
}

/// A minimal refutation as a conflict with its proof.
fn of_refutation(
    problem: &Problem,
    selection: &Selection,
    items: &Items,
    numbered: &Numbered,
    refutation: &Refutation,
) -> Conflict {
    let joint = joint(items, numbered, refutation);
    let members = used(items, numbered, refutation);
    let mut statements: BTreeSet<StatementId> = BTreeSet::new();
    // Between which places each curve is looked at, and whether more than a figure of its own needs it.
    let mut spans: BTreeMap<CurveId, BTreeSet<(Place, Place)>> = BTreeMap::new();
    let mut ordered: BTreeSet<CurveId> = BTreeSet::new();
    for (row, reason) in &joint.rows {
        match reason {
            Reason::Stated(statement, _) => {
                statements.insert(*statement);
            }
            Reason::Difference(id) => {
                let edge = problem.differences.get(id.index());
                statements.extend(edge.and_then(|edge| edge.why.statement()));
            }
            Reason::Order(curve, _, _) => {
                ordered.insert(*curve);
            }
            _ => {}
        }
        let mut places: BTreeMap<CurveId, BTreeSet<Place>> = BTreeMap::new();
        for (quantity, _) in &row.terms {
            if let Quantity::Total(curve, place) = quantity {
                places.entry(*curve).or_default().insert(*place);
            }
        }
        for (curve, places) in places {
            if let (Some(first), Some(last)) = (places.first(), places.last()) {
                spans.entry(curve).or_default().insert((*first, *last));
            }
        }
    }
    for (choice, reason) in &joint.choices {
        if let ChoiceReason::Days(statement) = reason {
            statements.insert(*statement);
        }
        if let ChoiceReason::Order(..) = reason {
            let rows = choice.alternatives.iter().flatten().flat_map(|row| &row.terms);
            ordered.extend(
                rows.filter_map(|(it, _)| if let Quantity::Total(curve, _) = it { Some(*curve) } else { None }),
            );
        }
    }
    let one_span = |constraint: &ConstraintId| {
        let curve = problem.curves.iter().position(|curve| curve.constraint == *constraint).map(CurveId::at);
        curve.is_some_and(|curve| !ordered.contains(&curve) && spans.get(&curve).is_none_or(|spans| spans.len() < 2))
    };
    let constraints: Vec<ConstraintId> = constraints(&members).filter(|id| !one_span(id)).collect();
    let leans = members.iter().filter_map(|member| if let Member::Lean(id) = member { Some(*id) } else { None });
    Conflict {
        statements: statements.into_iter().collect(),
        leans: leans.collect(),
        constraints,
        proof: Proof::Joint(Box::new(joint)),
        soft: selection.soft,
    }
}

/// A refutation with just the rows, choices and quantities that it uses.
fn joint(items: &Items, numbered: &Numbered, refutation: &Refutation) -> Joint {
    let given = numbered.rows.len();
    let rows = rows_of(refutation, given);
    let choices: Vec<usize> = choices_of(refutation).into_iter().collect();
    let kept: BTreeMap<usize, usize> = rows.iter().copied().zip(0..).collect();
    let renumber = |row: usize| {
        if row < given {
            kept.get(&row).copied().unwrap_or(row)
        } else {
            row.saturating_sub(given).saturating_add(kept.len())
        }
    };
    let of_variable = |variable: &u32| numbered.quantities.get(crate::solve::place(*variable));
    let named = |row: &Row<u32>| Row {
        terms: row
            .terms
            .iter()
            .filter_map(|(variable, factor)| Some((of_variable(variable)?.clone(), factor.clone())))
            .collect(),
        at_most: row.at_most.clone(),
        strict: row.strict,
    };
    let given_rows: Vec<(Row, Reason)> = rows
        .iter()
        .filter_map(|row| {
            let item = items.rows.get(*numbered.rows.get(*row)?)?;
            Some((item.what.clone(), item.reason.clone()))
        })
        .collect();
    let given_choices: Vec<(Choice, ChoiceReason)> = choices
        .iter()
        .filter_map(|choice| {
            let item = items.choices.get(*numbered.choices.get(*choice)?)?;
            let alternatives = &numbered.system.choices.get(*choice)?.alternatives;
            let alternatives = alternatives.iter().map(|rows| rows.iter().map(named).collect()).collect();
            Some((Choice { alternatives }, item.reason.clone()))
        })
        .collect();
    let mut refutation = renumbered(refutation.clone(), &renumber);
    let number: BTreeMap<usize, usize> = choices.into_iter().zip(0..).collect();
    let mut quantities: BTreeSet<Quantity> = BTreeSet::new();
    let in_choices = given_choices.iter().flat_map(|(choice, _)| choice.alternatives.iter().flatten());
    for row in given_rows.iter().map(|(row, _)| row).chain(in_choices) {
        quantities.extend(row.terms.iter().map(|(quantity, _)| quantity.clone()));
    }
    split_quantities(&refutation, &mut |variable| quantities.extend(numbered.quantities.get(variable).cloned()));
    let quantities: Vec<Quantity> = quantities.into_iter().collect();
    rename(&mut refutation, &number, &|variable| {
        let quantity = numbered.quantities.get(variable);
        quantity.and_then(|quantity| quantities.binary_search(quantity).ok()).unwrap_or(variable)
    });
    Joint { quantities, rows: given_rows, choices: given_choices, refutation }
}

fn children(refutation: &Refutation) -> Vec<&Refutation> {
    let others = refutation.steps.iter().filter_map(|step| match step {
        Step::Chosen { others, .. } => Some(others),
        _ => None,
    });
    let mut all: Vec<&Refutation> = others.flatten().collect();
    match &refutation.end {
        End::Sum(_) => {}
        End::Split { sides, .. } => all.extend([&sides.0, &sides.1]),
        End::Cases(_, each) => all.extend(each),
    }
    all
}

fn split_quantities(refutation: &Refutation, see: &mut dyn FnMut(usize)) {
    if let End::Split { terms, .. } = &refutation.end {
        terms.iter().for_each(|(variable, _)| see(*variable));
    }
    for child in children(refutation) {
        split_quantities(child, see);
    }
}

/// Gives choices and the variables of splits other numbers.
fn rename(refutation: &mut Refutation, choices: &BTreeMap<usize, usize>, variable: &dyn Fn(usize) -> usize) {
    let number = |choice: &mut usize| *choice = choices.get(choice).copied().unwrap_or(*choice);
    for step in &mut refutation.steps {
        if let Step::Chosen { choice, others, .. } = step {
            number(choice);
            others.iter_mut().for_each(|other| rename(other, choices, variable));
        }
    }
    match &mut refutation.end {
        End::Sum(_) => {}
        End::Split { terms, sides, .. } => {
            terms.iter_mut().for_each(|(own, _)| *own = variable(*own));
            rename(&mut sides.0, choices, variable);
            rename(&mut sides.1, choices, variable);
        }
        End::Cases(choice, each) => {
            number(choice);
            each.iter_mut().for_each(|case| rename(case, choices, variable));
        }
    }
}
