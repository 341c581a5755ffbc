//! Every constraint by itself: is it contradicted, and by which few statements?

use crate::claim::{ArticleId, ClaimId};
use crate::number::{Interval, Rational};
use crate::problem::{
    Conflict, Constraint, ConstraintId, Domain, FigureId, Form, Formula, Node, NodeId, Problem, Proof, Says,
    StatementId, Variable, Verdict,
};
use crate::solve::{Decision, contradicts, decide};
use crate::source::quote::same_words;
use std::collections::BTreeSet;

/// How many steps one constraint may take, and so many more for each of its variables.
const STEPS: (u64, u64) = (20_000, 100);

/// How many steps a constraint over so many variables may take.
pub(super) fn budget(domains: &[Domain]) -> u64 {
    let size = u64::try_from(domains.len()).unwrap_or(u64::MAX);
    STEPS.0.saturating_add(STEPS.1.saturating_mul(size))
}

/// Which statements clash, and how close they stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Mentions of one claim.
    SameClaim,
    /// Claims of one source in one article.
    SameSource,
    /// Different sources, or different articles.
    Apart,
}

/// A statement's reading, hard or soft, tightened to whole numbers where only those are possible.
pub(super) fn reading(problem: &Problem, statement: StatementId, soft: bool) -> Option<Interval> {
    let Says::Value(figure, reading) = &problem[statement].says else { return None };
    let interval = if soft { reading.soft() } else { reading.hard() };
    Some(if problem[*figure].integer {
        interval.integers().unwrap_or_else(|| interval.clone())
    } else {
        interval.clone()
    })
}

/// How two statements stand to each other.
fn nearness(problem: &Problem, one: StatementId, other: StatementId) -> Nearness {
    let (one, other) = (&problem[one], &problem[other]);
    if one.claim == other.claim {
        Nearness::SameClaim
    } else if one.article == other.article && one.source == other.source {
        Nearness::SameSource
    } else {
        Nearness::Apart
    }
}

/// Pairs of statements of one figure, or of texts, that do not meet: a claim-disjoint family, the nearest first. Pairs that
/// are accepted are passed over.
pub(super) fn apart(
    problem: &Problem,
    id: ConstraintId,
    soft: bool,
    accepted: &BTreeSet<Vec<ClaimId>>,
) -> Vec<(Nearness, Conflict)> {
    let constraint = &problem[id];
    let statements = match &constraint.form {
        Form::SameFigure(figure) => problem[*figure].statements.clone(),
        Form::SameText(statements) if !soft => statements.clone(),
        _ => return Vec::new(),
    };
    if all_meet(problem, &statements, soft, &constraint.form) {
        return Vec::new();
    }
    let mut family = Vec::new();
    let mut used = BTreeSet::new();
    let is_accepted = |claims: [ClaimId; 2]| {
        let claims: BTreeSet<ClaimId> = claims.into_iter().collect();
        !accepted.is_empty() && accepted.contains(&claims.into_iter().collect::<Vec<_>>())
    };
    for wanted in [Nearness::SameClaim, Nearness::SameSource, Nearness::Apart] {
        for (at, one) in statements.iter().enumerate() {
            for other in statements.iter().skip(at.saturating_add(1)) {
                let claims = [problem[*one].claim, problem[*other].claim];
                if nearness(problem, *one, *other) != wanted
                    || claims.iter().any(|claim| used.contains(claim))
                    || is_accepted(claims)
                    || !differ(problem, *one, *other, soft)
                {
                    continue;
                }
                used.extend(claims);
                let leans = if wanted == Nearness::SameClaim { Vec::new() } else { constraint.leans.clone() };
                family.push((
                    wanted,
                    Conflict {
                        statements: vec![*one, *other],
                        constraints: vec![id],
                        leans,
                        proof: Proof::Apart,
                        soft,
                    },
                ));
            }
        }
    }
    family
}

/// Whether two statements have no value, or no text, in common.
fn differ(problem: &Problem, one: StatementId, other: StatementId, soft: bool) -> bool {
    match (&problem[one].says, &problem[other].says) {
        (Says::Text(one), Says::Text(other)) => !same_words(one, other),
        _ => match (reading(problem, one, soft), reading(problem, other, soft)) {
            (Some(one), Some(other)) => !one.meets(&other),
            _ => false,
        },
    }
}

/// Whether all statements of a figure have a value in common: intervals do as soon as each two of them do, so the
/// greatest lower end and the least upper end tell.
fn all_meet(problem: &Problem, statements: &[StatementId], soft: bool, form: &Form) -> bool {
    if !matches!(form, Form::SameFigure(_)) {
        return false;
    }
    let mut common = Interval::everything();
    for statement in statements {
        let Some(reading) = reading(problem, *statement, soft) else { continue };
        match common.intersect(&reading) {
            Some(rest) => common = rest,
            None => return false,
        }
    }
    true
}

/// Whether all statements of a figure leave only one value, or all texts are the same.
pub(super) fn is_settled(problem: &Problem, id: ConstraintId) -> bool {
    match &problem[id].form {
        Form::SameFigure(figure) => problem[*figure]
            .statements
            .iter()
            .all(|statement| reading(problem, *statement, false).is_some_and(|reading| reading.as_point().is_some())),
        form => matches!(form, Form::SameText(_)),
    }
}

/// Whether an order of events holds on every day that they can have been.
pub(super) fn dates_hold(problem: &Problem, id: ConstraintId) -> bool {
    let Form::Differences(edges) = &problem[id].form else { return false };
    let days = |node: NodeId| match problem[node] {
        Node::Epoch => Some((0, 0)),
        Node::Event(claim) => problem.said_by(claim).find_map(|(_, statement)| match &statement.says {
            Says::Date(days) => {
                let days = days.hard().hull();
                Some((days.earliest.0, days.latest.0))
            }
            _ => None,
        }),
        Node::Total(..) | Node::Nothing => None,
    };
    edges.iter().all(|edge| {
        let edge = &problem[*edge];
        let (Some(from), Some(to), Some(bound)) = (days(edge.from), days(edge.to), &edge.hard) else { return false };
        Rational::from(to.1.saturating_sub(from.0)) <= bound.value
    })
}

/// What a figure may be by the statements that count: what they have in common, or, where they clash, all that any of
/// them allows.
pub(super) fn allowed(
    problem: &Problem,
    figure: FigureId,
    domain: &Domain,
    soft: bool,
    counts: &dyn Fn(StatementId) -> bool,
) -> Domain {
    let readings: Vec<Interval> = problem[figure]
        .statements
        .iter()
        .filter(|statement| counts(**statement))
        .filter_map(|statement| reading(problem, *statement, soft))
        .collect();
    let common = readings.iter().try_fold(domain.interval.clone(), |common, reading| common.intersect(reading));
    let interval = common.or_else(|| readings.into_iter().reduce(|one, other| one.hull(&other)));
    Domain { interval: interval.unwrap_or_else(|| domain.interval.clone()), integer: domain.integer }
}

/// A relation's domains by the statements that count.
pub(super) fn box_of(
    problem: &Problem,
    constraint: &Constraint,
    soft: bool,
    counts: &dyn Fn(StatementId) -> bool,
) -> Option<(Formula, Vec<Domain>)> {
    let Form::Relation { formula, variables, domains } = &constraint.form else { return None };
    let boxes = variables
        .iter()
        .zip(domains)
        .map(|(variable, domain)| match variable {
            Variable::Figure(figure) => allowed(problem, *figure, domain, soft, counts),
            Variable::Event(claim) => {
                let dated = problem.said_by(*claim).find_map(|(id, statement)| match &statement.says {
                    Says::Date(days) if counts(id) => Some(days.read(soft).hull()),
                    _ => None,
                });
                let days = dated.and_then(|days| Interval::closed(days.earliest.0.into(), days.latest.0.into()));
                Domain { interval: days.unwrap_or_else(|| domain.interval.clone()), integer: true }
            }
            Variable::Unreported(_) | Variable::Unknown => domain.clone(),
        })
        .collect();
    Some((formula.clone(), boxes))
}

/// The statements that bound a relation's variables, in canonical order.
fn statements_of(problem: &Problem, constraint: &Constraint) -> Vec<StatementId> {
    let Form::Relation { variables, .. } = &constraint.form else { return Vec::new() };
    let mut found: BTreeSet<StatementId> = BTreeSet::new();
    for variable in variables {
        match variable {
            Variable::Figure(figure) => found.extend(&problem[*figure].statements),
            Variable::Event(claim) => found.extend(
                problem
                    .statements
                    .iter()
                    .enumerate()
                    .filter(|(_, statement)| statement.claim == *claim)
                    .map(|(at, _)| StatementId::at(at)),
            ),
            Variable::Unreported(_) | Variable::Unknown => {}
        }
    }
    found.into_iter().collect()
}

/// What becomes of a relation by itself once claims are set aside, and the conflict if it is contradicted. A clash inside
/// one article is found before one between articles.
pub(super) fn relation(
    problem: &Problem,
    id: ConstraintId,
    soft: bool,
    aside: &BTreeSet<ClaimId>,
) -> (Verdict, Option<Conflict>) {
    let constraint = &problem[id];
    let mut statements = statements_of(problem, constraint);
    statements.retain(|statement| !aside.contains(&problem[*statement].claim));
    let articles: BTreeSet<ArticleId> = statements.iter().map(|statement| problem[*statement].article).collect();
    let mut own = articles.iter().filter(|_| articles.len() > 1).map(|article| -> BTreeSet<StatementId> {
        statements.iter().copied().filter(|statement| problem[*statement].article == *article).collect()
    });
    let all = || statements.iter().copied().collect::<BTreeSet<StatementId>>();
    let clashing = own.find(|own| is_contradicted(problem, constraint, soft, own)).or_else(|| {
        let named = named_alone(problem, id, &statements)?;
        (!is_contradicted(problem, constraint, soft, &all()) && is_contradicted(problem, constraint, soft, &named))
            .then_some(named)
    });
    let mut kept: BTreeSet<StatementId> = clashing.unwrap_or_else(all);
    let verdict = match box_of(problem, constraint, soft, &|statement| kept.contains(&statement)) {
        None => return (Verdict::Fits, None),
        // What holds on soft readings is of no interest: hard ones are wider.
        Some((formula, domains)) if soft && !contradicts(&formula, &domains, budget(&domains)) => {
            return (Verdict::Fits, None);
        }
        Some((formula, domains)) => match decide(&formula, &domains, budget(&domains)) {
            Decision::Holds => Verdict::Holds,
            Decision::Fits(_) | Decision::FitsBetween(..) => Verdict::Fits,
            Decision::Undecided => Verdict::Undecided,
            Decision::Contradicted => Verdict::Contradicted,
        },
    };
    if verdict != Verdict::Contradicted {
        return (verdict, None);
    }
    // Where two statements of one figure clash, leaving out one of them tells more, so that others may then be spared.
    loop {
        let before = kept.len();
        for statement in &statements {
            let claim = problem[*statement].claim;
            let other = |kept: &StatementId| problem[*kept].claim != claim;
            let fewer: BTreeSet<StatementId> = kept.iter().copied().filter(other).collect();
            if fewer.len() < kept.len() && is_contradicted(problem, constraint, soft, &fewer) {
                kept = fewer;
            }
        }
        if kept.len() == before {
            break;
        }
    }
    let conflict = Conflict {
        statements: kept.into_iter().collect(),
        constraints: vec![id],
        leans: constraint.leans.clone(),
        proof: Proof::Impossible(id),
        soft,
    };
    (verdict, Some(conflict))
}

/// The statements without those that other claims than the ones that a check names make of the same figures; `None` if
/// there are none. A check that names a claim binds what that claim says, whatever others say of its figure.
fn named_alone(problem: &Problem, id: ConstraintId, statements: &[StatementId]) -> Option<BTreeSet<StatementId>> {
    let named = problem.named.get(&id)?;
    let figure = |statement: &StatementId| match problem[*statement].says {
        Says::Value(figure, _) => Some(figure),
        _ => None,
    };
    let is_named = |statement: &StatementId| named.contains(&problem[*statement].claim);
    let bound: BTreeSet<FigureId> = statements.iter().filter(|it| is_named(it)).filter_map(figure).collect();
    let beside = |it: &StatementId| !is_named(it) && figure(it).is_some_and(|figure| bound.contains(&figure));
    let kept: BTreeSet<StatementId> = statements.iter().copied().filter(|it| !beside(it)).collect();
    (kept.len() < statements.len()).then_some(kept)
}

fn is_contradicted(problem: &Problem, constraint: &Constraint, soft: bool, kept: &BTreeSet<StatementId>) -> bool {
    box_of(problem, constraint, soft, &|statement| kept.contains(&statement))
        .is_some_and(|(formula, domains)| contradicts(&formula, &domains, budget(&domains)))
}
