//! What would settle a conflict: for each claim in it, the values that it could have with all others as they are.

use super::Repair;
use super::single::reading;
use super::words::said_interval;
use crate::calendar::{Day, DaySpan};
use crate::claim::{ClaimId, Claims};
use crate::number::{Interval, Rational};
use crate::problem::{Conflict, Problem, Proof, Says, Side, StatementId, Step, StepReason, Why};
use std::collections::{BTreeMap, BTreeSet};

/// For each claim of a conflict, the values that settle it; empty where the proof does not give them.
pub(super) fn repairs(claims: &Claims, problem: &Problem, conflict: &Conflict) -> Vec<Repair> {
    let settled: Vec<(StatementId, Interval)> = match &conflict.proof {
        Proof::Cycle(steps) => by_cycle(problem, steps),
        Proof::Apart => by_agreement(problem, conflict),
        Proof::Impossible(_) => super::linear::settling(problem, conflict),
    };
    let mut by_claim: BTreeMap<ClaimId, (StatementId, Option<Interval>)> = BTreeMap::new();
    let mentions: BTreeSet<ClaimId> = conflict.statements.iter().map(|id| problem[*id].claim).collect();
    for (statement, interval) in settled {
        let claim = problem[statement].claim;
        by_claim
            .entry(claim)
            .and_modify(|(_, known)| *known = known.as_ref().and_then(|known| known.intersect(&interval)))
            .or_insert((statement, Some(interval)));
    }
    by_claim
        .into_iter()
        .filter(|_| mentions.len() > 1 || matches!(conflict.proof, Proof::Apart))
        .filter_map(|(claim, (statement, interval))| {
            let interval = interval?;
            let claim = &claims[claim];
            let (values, said) = said(problem, statement, &interval)?;
            Some(Repair {
                claims: vec![claim.id.clone()],
                values: vec![(claim.id.clone(), values)],
                words: format!("`{}` {said}", claim.name),
                slip: None,
            })
        })
        .collect()
}

/// The interval in figures and in words.
fn said(problem: &Problem, statement: StatementId, interval: &Interval) -> Option<(String, String)> {
    match &problem[statement].says {
        Says::Value(figure, _) => {
            let figure = &problem[*figure];
            let whole = |interval: Interval| if figure.integer { interval.integers() } else { Some(interval) };
            let allowed = whole(interval.intersect(&figure.range)?)?;
            Some((allowed.to_string(), said_interval(&whole(interval.clone())?, &figure.unit)))
        }
        Says::Date(_) => {
            let day = |value: Option<&Rational>| {
                value.and_then(Rational::to_i64).and_then(|days| i32::try_from(days).ok()).map(Day)
            };
            let (from, to) = (day(interval.lo().value()), day(interval.hi().value()));
            Some(match (from, to) {
                (Some(from), Some(to)) => {
                    let span = DaySpan::new(from, to)?;
                    (format!("[{from}, {to}]"), span.said())
                }
                (Some(from), None) => (format!("[{from}, ∞)"), format!("on {} or later", from.said())),
                (None, Some(to)) => (format!("(-∞, {to}]"), format!("on {} or earlier", to.said())),
                (None, None) => return None,
            })
        }
        Says::Text(_) => None,
    }
}

/// By how much a cycle falls short is how far one of its bounds has to move.
fn by_cycle(problem: &Problem, steps: &[Step]) -> Vec<(StatementId, Interval)> {
    let total = steps.iter().fold(Rational::from(0), |total, step| total + step.at_most.clone());
    let strict = steps.iter().filter(|step| step.strict).count();
    let mut found = Vec::new();
    for step in steps {
        let StepReason::Difference(id) = step.reason else { continue };
        let (statement, side) = match problem[id].why {
            Why::Stated(statement, side) | Why::SameScope(statement, side) | Why::Dated(statement, side) => {
                (statement, side)
            }
            Why::Within(statement) => (statement, Side::Least),
            _ => continue,
        };
        let others_exclude = strict > usize::from(step.strict);
        let bound = step.at_most.clone() - total.clone();
        let bound = if side == Side::Least { -bound } else { bound };
        found.push((
            statement,
            match (side, others_exclude) {
                (Side::Most, false) => Interval::at_least(bound),
                (Side::Most, true) => Interval::more_than(bound),
                (Side::Least, false) => Interval::at_most(bound),
                (Side::Least, true) => Interval::less_than(bound),
            },
        ));
    }
    found
}

/// Two statements of one figure agree if either is as the other says.
fn by_agreement(problem: &Problem, conflict: &Conflict) -> Vec<(StatementId, Interval)> {
    let [one, other] = conflict.statements.as_slice() else { return Vec::new() };
    if problem[*one].claim == problem[*other].claim {
        return Vec::new();
    }
    [(*one, *other), (*other, *one)]
        .into_iter()
        .filter_map(|(statement, other)| Some((statement, reading(problem, other, conflict.soft)?)))
        .collect()
}
