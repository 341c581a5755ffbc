//! The graph against brute force over small whole numbers.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::calendar;
use crate::claim::{ArticleId, ClaimId};
use crate::number::{Interval, Rational, Reading, Unit};
use crate::problem::{
    AtMost, Constraint, ConstraintId, Curve, Difference, Figure, FigureId, Form, Instant, InstantKind, Node, Says,
    Side, Statement, StatementId, Time, Why,
};
use crate::source::Severity;
use proptest::prelude::*;

/// A claim on one curve: from one place to another, each known exactly or to within two places, and its bounds.
#[derive(Clone, Debug)]
struct Said {
    start: (i32, i32),
    end: (i32, i32),
    least: i64,
    most: i64,
}

/// The last place in time.
const LAST: i32 = 4;
/// The most that may happen between two places.
const MOST: i64 = 4;

fn instant(problem: &mut Problem, place: (i32, i32), claim: usize, is_end: bool) -> InstantId {
    let kind = if place.0 == place.1 { InstantKind::Fixed } else { InstantKind::Vague(ClaimId::at(claim), is_end) };
    let instant = Instant {
        kind,
        earliest: Some(calendar::Instant(place.0.into())),
        latest: Some(calendar::Instant(place.1.into())),
    };
    if let Some(at) = problem.instants.iter().position(|known| *known == instant) {
        return InstantId::at(at);
    }
    problem.instants.push(instant);
    InstantId::at(problem.instants.len() - 1)
}

fn node(problem: &mut Problem, instant: InstantId) -> NodeId {
    let node = Node::Total(CurveId(0), instant);
    if let Some(at) = problem.nodes.iter().position(|known| *known == node) {
        return NodeId::at(at);
    }
    problem.nodes.push(node);
    NodeId::at(problem.nodes.len() - 1)
}

fn problem(said: &[Said]) -> Problem {
    let mut problem = Problem::default();
    problem.constraints.push(Constraint {
        rule: "additive".into(),
        severity: Severity::Error,
        words: String::new(),
        because: None,
        form: Form::Additive(CurveId(0)),
        claims: Vec::new(),
        leans: Vec::new(),
        across: false,
    });
    problem.curves.push(Curve {
        measure: "m".into(),
        unit: Unit::One,
        scope: Default::default(),
        fiscal: false,
        monotone: true,
        constraint: ConstraintId(0),
    });
    for (at, said) in said.iter().enumerate() {
        let start = instant(&mut problem, said.start, at, false);
        let end = instant(&mut problem, said.end, at, true);
        let (start, end) = (node(&mut problem, start), node(&mut problem, end));
        let interval = Interval::closed(said.least.into(), said.most.into()).unwrap();
        problem.figures.push(Figure {
            measure: "m".into(),
            unit: Unit::One,
            scope: Default::default(),
            time: Time::Unsaid,
            fiscal: false,
            integer: true,
            range: Interval::at_least(0.into()),
            statements: vec![StatementId::at(at)],
            curve: Some(CurveId(0)),
            leans: Vec::new(),
            ends: None,
        });
        problem.statements.push(Statement {
            claim: ClaimId::at(at),
            mention: 0,
            article: ArticleId(0),
            source: None,
            says: Says::Value(FigureId::at(at), Reading::new(interval.clone(), interval)),
        });
        for side in [Side::Least, Side::Most] {
            let (from, to, value) =
                if side == Side::Most { (start, end, said.most) } else { (end, start, -said.least) };
            let bound = AtMost { value: Rational::from(value), strict: false };
            problem.differences.push(Difference {
                from,
                to,
                hard: Some(bound.clone()),
                soft: Some(bound),
                why: Why::Stated(StatementId::at(at), side),
                constraint: None,
                leans: Vec::new(),
                article: Some(ArticleId(0)),
            });
        }
    }
    problem
}

/// Whether some never-falling totals, and some total for each vague end between those of its places, satisfy all.
fn can_all_be_true(said: &[&Said]) -> bool {
    let mut rises = vec![0_i64; usize::try_from(LAST).unwrap()];
    loop {
        let total = |place: i32| rises.iter().take(usize::try_from(place).unwrap()).sum::<i64>();
        let fits = said.iter().all(|said| {
            let starts = total(said.start.0)..=total(said.start.1);
            starts.into_iter().any(|start| {
                (total(said.end.0)..=total(said.end.1)).any(|end| (said.least..=said.most).contains(&(end - start)))
            })
        });
        if fits {
            return true;
        }
        let Some(next) = rises.iter().position(|rise| *rise < MOST * 3) else { return false };
        rises.iter_mut().take(next).for_each(|rise| *rise = 0);
        rises[next] += 1;
    }
}

fn said() -> impl Strategy<Value = Said> {
    (0..LAST, 1..=LAST, 0..4_i32, 0..=MOST * 2, 0..=2_i64).prop_map(|(start, length, vague, least, width)| {
        let end = (start + length).min(LAST);
        let (mut from, mut to) = ((start, start), (end, end));
        match vague {
            0 if start > 0 => from.0 = start - 1,
            1 if end < LAST => to.1 = end + 1,
            _ => {}
        }
        Said { start: from, end: to, least, most: least + width }
    })
}

fn solved(said: &[Said]) -> GraphOutcome {
    solve_graph(&problem(said), &Selection::default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_conflict_is_found_exactly_if_no_totals_fit(said in prop::collection::vec(said(), 1..5)) {
        let outcome = solved(&said);
        prop_assert_eq!(outcome.conflicts.is_empty(), can_all_be_true(&said.iter().collect::<Vec<_>>()));
        prop_assert!(outcome.unsettled.is_empty());
    }

    #[test]
    fn every_conflict_is_minimal_and_disjoint_from_the_others(said in prop::collection::vec(said(), 2..6)) {
        let mut accused = BTreeSet::new();
        for conflict in solved(&said).conflicts {
            let members: Vec<usize> = conflict.statements.iter().map(|statement| statement.index()).collect();
            let without = |dropped: Option<usize>| -> Vec<&Said> {
                members.iter().filter(|at| Some(**at) != dropped).map(|at| &said[*at]).collect()
            };
            prop_assert!(!can_all_be_true(&without(None)));
            for at in &members {
                prop_assert!(can_all_be_true(&without(Some(*at))), "{at} can be dropped from {members:?}");
                prop_assert!(accused.insert(*at));
            }
        }
    }
}

#[test]
fn the_steps_of_a_cycle_close_and_add_up_to_less_than_nothing() {
    let said = |start, end, value| Said { start: (start, start), end: (end, end), least: value, most: value };
    let outcome = solved(&[said(0, 2, 154), said(2, 3, 92), said(0, 4, 231)]);
    let [conflict] = outcome.conflicts.as_slice() else { panic!("one conflict") };
    let Proof::Cycle(steps) = &conflict.proof else { panic!("a cycle") };
    for (step, next) in steps.iter().zip(steps.iter().cycle().skip(1)) {
        assert_eq!(step.to, next.from);
    }
    let sum = steps.iter().fold(Rational::from(0), |sum, step| sum + step.at_most.clone());
    assert_eq!(sum, Rational::from(231 - 246));
    assert_eq!(conflict.statements.len(), 3);
}
