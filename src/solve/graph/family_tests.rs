//! Whole families of conflicts, over several curves and kinds of edges, against a naive reading of the same problem.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::calendar::{self, Instant as Time};
use crate::claim::{ArticleId, ClaimId, Scope};
use crate::number::{Rational, Unit};
use crate::problem::{
    AtMost, Conflict, Constraint, ConstraintId, Curve, CurveId, Difference, DifferenceId, Form, Instant, InstantId,
    InstantKind, Lean, LeanId, Node, NodeId, Problem, Proof, Says, Side, Statement, StatementId, Step, StepReason, Why,
};
use crate::solve::{Arc, negative_cycle};
use crate::source::Severity;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Builds problems about running totals.
#[derive(Default)]
struct Builder(Problem);

impl Builder {
    fn constraint(&mut self, rule: &str, form: Form) -> ConstraintId {
        let id = ConstraintId::at(self.0.constraints.len());
        self.0.constraints.push(Constraint {
            rule: rule.to_owned(),
            severity: Severity::Error,
            words: rule.to_owned(),
            because: None,
            form,
            claims: Vec::new(),
            leans: Vec::new(),
            across: false,
        });
        id
    }

    fn curve(&mut self, monotone: bool) -> CurveId {
        let id = CurveId::at(self.0.curves.len());
        let constraint = self.constraint("additive", Form::Additive(id));
        let (unit, scope) = (Unit::One, Scope::default());
        self.0.curves.push(Curve { measure: format!("m{}", id.0), unit, scope, fiscal: false, monotone, constraint });
        id
    }

    fn instant(&mut self, kind: InstantKind, earliest: i32, latest: i32) -> InstantId {
        let made = Instant { kind, earliest: Some(Time(earliest.into())), latest: Some(Time(latest.into())) };
        let known = self.0.instants.iter().position(|known| *known == made);
        InstantId::at(known.unwrap_or_else(|| {
            self.0.instants.push(made);
            self.0.instants.len() - 1
        }))
    }

    fn day(&mut self, day: i32) -> InstantId {
        self.instant(InstantKind::Fixed, day, day)
    }

    fn node(&mut self, node: Node) -> NodeId {
        let known = self.0.nodes.iter().position(|known| *known == node);
        NodeId::at(known.unwrap_or_else(|| {
            self.0.nodes.push(node);
            self.0.nodes.len() - 1
        }))
    }

    /// `to - from <= at_most`.
    fn edge(&mut self, from: NodeId, to: NodeId, at_most: i64, why: Why) -> &mut Difference {
        let bound = AtMost { value: Rational::from(at_most), strict: false };
        let (hard, soft) = (Some(bound.clone()), Some(bound));
        let (constraint, leans, article) = (None, Vec::new(), Some(ArticleId(0)));
        self.0.differences.push(Difference { from, to, hard, soft, why, constraint, leans, article });
        self.0.differences.last_mut().unwrap()
    }

    fn statement(&mut self, claim: usize) -> StatementId {
        let says = Says::Text(String::new());
        let (claim, article) = (ClaimId::at(claim), ArticleId(0));
        self.0.statements.push(Statement { claim, mention: 0, article, source: None, says });
        StatementId::at(self.0.statements.len() - 1)
    }

    /// A claim: from `start` to `end` the total grows by `least` to `most`.
    fn claim(&mut self, claim: usize, curve: CurveId, [start, end]: [InstantId; 2], [least, most]: [i64; 2]) {
        let statement = self.statement(claim);
        let (start, end) = (self.node(Node::Total(curve, start)), self.node(Node::Total(curve, end)));
        self.edge(end, start, -least, Why::Stated(statement, Side::Least));
        self.edge(start, end, most, Why::Stated(statement, Side::Most));
    }

    fn days(&mut self, claim: usize, curve: CurveId, [start, end]: [i32; 2], bounds: [i64; 2]) {
        let ends = [self.day(start), self.day(end)];
        self.claim(claim, curve, ends, bounds);
    }
}

fn solve(problem: &Problem) -> GraphOutcome {
    let leans = (0..problem.leans.len()).map(LeanId::at).collect();
    solve_graph(problem, &Selection { leans, ..Selection::default() })
}

fn claims(problem: &Problem, conflict: &Conflict) -> Vec<u32> {
    let mut claims: Vec<u32> = conflict.statements.iter().map(|id| problem.statements[id.index()].claim.0).collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// Every edge of some claims, and the order of every two instants, as arcs: no chain, no components.
fn naive(problem: &Problem, counts: impl Fn(&Difference) -> bool) -> bool {
    let mut arcs = Vec::new();
    for edge in problem.differences.iter().filter(|edge| counts(edge)) {
        if let Some(bound) = &edge.hard {
            let (from, to) = (edge.from.index(), edge.to.index());
            arcs.push(Arc { from, to, at_most: bound.value.clone(), strict: bound.strict });
        }
    }
    for (u, first) in problem.nodes.iter().enumerate() {
        for (v, second) in problem.nodes.iter().enumerate() {
            if certainly_ordered(problem, first, second) && u != v {
                arcs.push(Arc { from: v, to: u, at_most: Rational::ZERO, strict: false });
            }
        }
    }
    negative_cycle(problem.nodes.len(), &arcs).is_ok()
}

fn certainly_ordered(problem: &Problem, first: &Node, second: &Node) -> bool {
    let (Node::Total(a, u), Node::Total(b, v)) = (first, second) else { return false };
    let (u, v) = (&problem.instants[u.index()], &problem.instants[v.index()]);
    a == b && problem.curves[a.index()].monotone && u.latest.zip(v.earliest).is_some_and(|(u, v)| u <= v)
}

fn claim_of(problem: &Problem, edge: &Difference) -> Vec<u32> {
    selection::claims_of(problem, edge).map(|claim| claim.0).collect()
}

/// A conflict is a simple cycle of true steps that cannot be, and none of its claims can be spared.
fn is_sound(problem: &Problem, conflict: &Conflict) {
    let Proof::Cycle(steps) = &conflict.proof else { panic!("{conflict:?}") };
    let mut nodes: Vec<NodeId> = steps.iter().map(|step| step.from).collect();
    nodes.sort_unstable();
    nodes.dedup();
    assert_eq!(nodes.len(), steps.len(), "simple: {steps:?}");
    let mut sum = Rational::ZERO;
    let mut strict = false;
    for (step, next) in steps.iter().zip(steps.iter().cycle().skip(1)) {
        assert_eq!(step.to, next.from, "closed: {steps:?}");
        match step.reason {
            StepReason::Difference(id) => {
                let edge = &problem.differences[id.index()];
                let bound = edge.hard.clone().unwrap();
                assert_eq!((edge.from, edge.to), (step.from, step.to));
                assert_eq!((bound.value, bound.strict), (step.at_most.clone(), step.strict));
            }
            StepReason::Order(curve) => {
                let (from, to) = (problem.nodes[step.from.index()], problem.nodes[step.to.index()]);
                assert!(certainly_ordered(problem, &to, &from), "ordered: {step:?}");
                assert!(matches!(from, Node::Total(own, _) if own == curve));
                assert!(step.at_most.is_zero() && !step.strict);
            }
        }
        sum += step.at_most.clone();
        strict |= step.strict;
    }
    assert!(sum.is_negative() || sum.is_zero() && strict, "impossible: {steps:?}");
    let members = claims(problem, conflict);
    assert!(!naive(problem, |edge| claim_of(problem, edge).iter().all(|claim| members.contains(claim))));
    for spared in &members {
        let rest = |claim: &u32| members.contains(claim) && claim != spared;
        let constraints: BTreeSet<ConstraintId> =
            steps.iter().filter_map(|step| own_constraint(problem, step)).collect();
        let counts = |edge: &Difference| {
            claim_of(problem, edge).iter().all(rest) && edge.constraint.is_none_or(|own| constraints.contains(&own))
        };
        assert!(naive(problem, counts), "minimal: {members:?} without {spared}");
    }
}

fn own_constraint(problem: &Problem, step: &Step) -> Option<ConstraintId> {
    let StepReason::Difference(id) = step.reason else { return None };
    problem.differences[id.index()].constraint
}

/// Every conflict is sound, no two share a claim, and without their claims the rest holds, by the witness too.
fn is_a_sound_family(problem: &Problem) {
    let outcome = solve(problem);
    let mut gone = BTreeSet::new();
    for conflict in &outcome.conflicts {
        is_sound(problem, conflict);
        for claim in claims(problem, conflict) {
            assert!(gone.insert(claim), "disjoint: {claim}");
        }
    }
    let stays = |edge: &Difference| claim_of(problem, edge).iter().all(|claim| !gone.contains(claim));
    assert!(naive(problem, stays), "maximal");
    for edge in problem.differences.iter().filter(|edge| stays(edge)) {
        let bound = edge.hard.as_ref().unwrap();
        let (to, from) = (&outcome.witness[edge.to.index()], &outcome.witness[edge.from.index()]);
        let difference = to.as_ref().unwrap() - from.as_ref().unwrap();
        assert!(difference < bound.value || difference == bound.value && !bound.strict);
    }
    assert_eq!(outcome, solve(problem));
}

#[test]
fn parts_that_outgrow_their_whole_clash() {
    let mut built = Builder::default();
    let curve = built.curve(true);
    built.days(0, curve, [0, 30], [154, 154]);
    built.days(1, curve, [30, 51], [92, 92]);
    built.days(2, curve, [0, 51], [231, 231]);
    built.days(3, curve, [0, 60], [0, 500]);
    let outcome = solve(&built.0);
    assert_eq!(outcome.conflicts.len(), 1);
    let conflict = &outcome.conflicts[0];
    assert_eq!(claims(&built.0, conflict), [0, 1, 2]);
    assert_eq!(conflict.constraints, [ConstraintId(0)]);
    let Proof::Cycle(steps) = &conflict.proof else { panic!() };
    assert_eq!(steps.len(), 3);
    is_a_sound_family(&built.0);
}

#[test]
fn what_lies_inside_is_at_most_its_cover() {
    let mut built = Builder::default();
    let curve = built.curve(true);
    built.days(0, curve, [10, 11], [26, 26]);
    built.days(1, curve, [0, 21], [20, 20]);
    let outcome = solve(&built.0);
    assert_eq!(outcome.conflicts.len(), 1);
    let Proof::Cycle(steps) = &outcome.conflicts[0].proof else { panic!() };
    assert_eq!(steps.len(), 4, "two claims and the order at both ends: {steps:?}");
    is_a_sound_family(&built.0);
}

#[test]
fn a_measure_that_can_fall_binds_sums_only() {
    let mut built = Builder::default();
    let curve = built.curve(false);
    built.days(0, curve, [0, 181], [61, 61]);
    built.days(1, curve, [0, 365], [52, 52]);
    assert_eq!(solve(&built.0).conflicts, []);
    built.days(2, curve, [181, 365], [0, 10]);
    assert_eq!(claims(&built.0, &solve(&built.0).conflicts[0]), [0, 1, 2]);
    is_a_sound_family(&built.0);
}

#[test]
fn a_total_to_some_day_of_a_month_leaves_the_rest_of_it_open() {
    let mut built = Builder::default();
    let curve = built.curve(true);
    let (start, now) = (built.day(0), built.day(80));
    let november = built.instant(InstantKind::Vague(ClaimId(0), true), 31, 61);
    built.claim(0, curve, [start, november], [154, 154]);
    built.claim(1, curve, [start, now], [164, 164]);
    built.days(2, curve, [61, 80], [20, 20]);
    let conflicts = solve(&built.0).conflicts;
    assert_eq!(conflicts.len(), 1, "154 by November and 20 in December are more than 164");
    assert_eq!(claims(&built.0, &conflicts[0]), [0, 1, 2]);
    built.0.differences.truncate(4);
    built.days(2, curve, [50, 80], [20, 20]);
    assert_eq!(solve(&built.0).conflicts, [], "but some of 20 since the 20th of November may be in the 154");
}

#[test]
fn a_conflict_leans_on_no_more_than_it_needs() {
    let mut built = Builder::default();
    let curve = built.curve(true);
    built.0.leans.push(Lean::Assumed("a".to_owned()));
    built.days(0, curve, [0, 10], [10, 10]);
    built.days(1, curve, [0, 20], [5, 5]);
    built.0.differences[3].leans = vec![LeanId(0)];
    built.days(1, curve, [0, 20], [6, 6]);
    assert_eq!(solve(&built.0).conflicts[0].leans, []);
    built.0.differences.truncate(4);
    assert_eq!(solve(&built.0).conflicts[0].leans, [LeanId(0)]);
    assert_eq!(solve_graph(&built.0, &Selection::default()).conflicts, []);
}

#[test]
fn what_was_given_up_stays_given_up() {
    let mut built = Builder::default();
    let curve = built.curve(true);
    built.days(0, curve, [10, 11], [26, 26]);
    built.days(1, curve, [0, 21], [20, 20]);
    let given_up_constraints = BTreeSet::from([ConstraintId(0)]);
    assert_eq!(solve_graph(&built.0, &Selection { given_up_constraints, ..Selection::default() }).conflicts, []);
    let given_up = BTreeSet::from([DifferenceId(0)]);
    assert_eq!(solve_graph(&built.0, &Selection { given_up, ..Selection::default() }).conflicts, []);
    let other = Selection { article: Some(ArticleId(1)), ..Selection::default() };
    assert_eq!(solve_graph(&built.0, &other).conflicts, []);
}

#[test]
fn orders_of_events_clash_without_curves() {
    let mut built = Builder::default();
    let epoch = built.node(Node::Epoch);
    let (raid, said) = (built.node(Node::Event(ClaimId(0))), built.node(Node::Event(ClaimId(1))));
    for (event, claim, day) in [(raid, 0, 20_440), (said, 1, 20_439)] {
        let statement = built.statement(claim);
        built.edge(epoch, event, day, Why::Dated(statement, Side::Most));
        built.edge(event, epoch, -day, Why::Dated(statement, Side::Least));
    }
    let check = built.constraint("order", Form::Differences(Vec::new()));
    built.edge(said, raid, -1, Why::Ordered(0)).constraint = Some(check);
    let outcome = solve(&built.0);
    assert_eq!(outcome.conflicts.len(), 1);
    assert_eq!(
        (claims(&built.0, &outcome.conflicts[0]), &outcome.conflicts[0].constraints),
        (vec![0, 1], &vec![check])
    );
    is_a_sound_family(&built.0);
}

#[test]
fn orders_that_run_in_a_circle_clash_without_claims() {
    let mut built = Builder::default();
    let (a, b) = (built.node(Node::Event(ClaimId(0))), built.node(Node::Event(ClaimId(1))));
    let check = built.constraint("order", Form::Differences(Vec::new()));
    built.edge(a, b, -1, Why::Ordered(0)).constraint = Some(check);
    built.edge(b, a, -1, Why::Ordered(1)).constraint = Some(check);
    let outcome = solve(&built.0);
    assert_eq!((outcome.conflicts.len(), outcome.conflicts[0].statements.len()), (1, 0));
    assert_eq!(outcome.conflicts[0].constraints, [check]);
}

#[test]
fn independent_clashes_are_all_found() {
    let mut built = Builder::default();
    let (first, second) = (built.curve(true), built.curve(true));
    for (place, curve) in [first, second, first].into_iter().enumerate() {
        let start = i32::try_from(place).unwrap() * 100;
        built.days(place * 2, curve, [start, start + 10], [9, 9]);
        built.days(place * 2 + 1, curve, [start, start + 20], [8, 8]);
    }
    assert_eq!(solve(&built.0).conflicts.len(), 3);
    is_a_sound_family(&built.0);
}

/// One vague instant on two curves; on each, a fixed one inside its month pins it to one side.
fn shared(first_side: [i64; 2], second_side: [i64; 2]) -> Builder {
    let mut built = Builder::default();
    let curves = [built.curve(true), built.curve(true)];
    let vague = built.instant(InstantKind::Vague(ClaimId(0), true), 31, 61);
    let start = built.day(0);
    for (place, (curve, to_middle)) in curves.into_iter().zip([first_side, second_side]).enumerate() {
        built.claim(place * 2, curve, [start, vague], [50, 50]);
        built.days(place * 2 + 1, curve, [0, 45], to_middle);
    }
    built
}

#[test]
fn a_shared_instant_with_one_place_for_all_is_settled() {
    let outcome = solve(&shared([40, 45], [40, 45]).0);
    assert_eq!((outcome.conflicts.len(), outcome.unsettled.len()), (0, 0));
    let either = solve(&shared([40, 45], [40, 60]).0);
    assert_eq!((either.conflicts.len(), either.unsettled.len()), (0, 0));
}

#[test]
fn a_shared_instant_without_a_common_place_is_said_to_be_open() {
    let outcome = solve(&shared([40, 45], [55, 60]).0);
    assert_eq!(outcome.conflicts, []);
    assert_eq!(outcome.unsettled.len(), 1);
    assert_eq!(outcome.unsettled[0].claims, [ClaimId(0), ClaimId(2)]);
}

#[test]
fn two_shared_instants_in_opposite_orders_are_said_to_be_open() {
    let mut built = Builder::default();
    let curves = [built.curve(true), built.curve(true)];
    let start = built.day(0);
    let vague = [0, 1].map(|claim| built.instant(InstantKind::Vague(ClaimId(claim), true), 31, 61));
    for (place, values) in [[50, 60], [60, 50]].into_iter().enumerate() {
        for (instant, value) in vague.into_iter().zip(values) {
            built.claim(place, curves[place], [start, instant], [value, value]);
        }
    }
    assert_eq!(solve(&built.0).unsettled.len(), 2);
    built.0.differences.truncate(4);
    built.claim(2, curves[1], [start, vague[0]], [50, 70]);
    built.claim(2, curves[1], [start, vague[1]], [60, 60]);
    assert_eq!(solve(&built.0).unsettled, []);
}

fn problems() -> impl Strategy<Value = Problem> {
    let claim = (0_usize..2, 0_i32..12, 1_i32..8, 0_i64..12, 0_i64..3, 0_usize..4);
    let within = (0_i32..12, any::<bool>());
    (prop::collection::vec(claim, 1..14), prop::collection::vec(within, 0..3), any::<[bool; 2]>()).prop_map(
        |(claims, withins, monotone)| {
            let mut built = Builder::default();
            let curves = monotone.map(|monotone| built.curve(monotone));
            for (place, (curve, start, length, least, width, vague)) in claims.into_iter().enumerate() {
                let first = built.day(start);
                let last = if vague == 0 {
                    built.instant(InstantKind::Vague(ClaimId::at(place), true), start + length, start + length + 2)
                } else {
                    built.day(start + length)
                };
                built.claim(place, curves[curve], [first, last], [least, least + width]);
                if vague == 1 {
                    let at = built.0.differences.len() - 1;
                    built.0.differences[at].hard.as_mut().unwrap().strict = true;
                }
            }
            for (day, at_most) in withins {
                let instant = built.day(day);
                let ends = curves.map(|curve| built.node(Node::Total(curve, instant)));
                let rule = built.constraint("stage", Form::Differences(Vec::new()));
                let at_most = i64::from(at_most);
                built.edge(ends[0], ends[1], at_most, Why::Stage).constraint = Some(rule);
            }
            built.0
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn every_family_is_sound_disjoint_and_maximal(problem in problems()) {
        is_a_sound_family(&problem);
    }
}

#[test]
fn an_instant_without_ends_has_no_order() {
    let mut built = Builder::default();
    let curve = built.curve(true);
    let origin = built.day(0);
    built.0.instants[origin.index()] = Instant { kind: InstantKind::Fixed, earliest: None, latest: None };
    let end: calendar::Instant = Time(10);
    let end = built.day(i32::try_from(end.0).unwrap());
    built.claim(0, curve, [origin, end], [5, 5]);
    built.days(1, curve, [0, 20], [3, 3]);
    assert_eq!(solve(&built.0).conflicts, []);
}

/// Two curves that share two instants, each somewhere between places 0 and 12, all else at even places.
#[derive(Clone, Debug)]
struct Shared {
    ranges: [(i32, i32); 2],
    /// Curve, start, end, where -1 and -2 are the shared instants, and bounds.
    said: Vec<(usize, i32, i32, [i64; 2])>,
}

impl Shared {
    /// With the shared instants at known places, or open.
    fn problem(&self, places: Option<[i32; 2]>) -> Problem {
        let mut built = Builder::default();
        let curves = [built.curve(true), built.curve(true)];
        for (claim, (curve, start, end, bounds)) in self.said.iter().enumerate() {
            let ends = [*start, *end].map(|at| match (at, places) {
                (-2..=-1, Some(places)) => built.day(places[usize::try_from(-1 - at).unwrap()]),
                (-2..=-1, None) => {
                    let which = usize::try_from(-1 - at).unwrap();
                    let (earliest, latest) = self.ranges[which];
                    built.instant(InstantKind::Vague(ClaimId::at(100 + which), true), earliest, latest)
                }
                _ => built.day(at),
            });
            built.claim(claim, curves[*curve], ends, *bounds);
        }
        built.0
    }

    /// Whether some place for both leaves everything possible. Odd and fractional places lie between the even ones.
    fn some_place_fits(&self) -> bool {
        let every = |(earliest, latest): (i32, i32)| earliest * 3..=latest * 3;
        every(self.ranges[0]).any(|first| {
            every(self.ranges[1]).any(|second| {
                let stretched = Shared {
                    ranges: self.ranges,
                    said: self.said.iter().map(|(c, s, e, b)| (*c, thrice(*s), thrice(*e), *b)).collect(),
                };
                naive(&stretched.problem(Some([first, second])), |_| true)
            })
        })
    }
}

fn thrice(at: i32) -> i32 {
    if at < 0 { at } else { at * 3 }
}

fn shared_instants() -> impl Strategy<Value = Shared> {
    let range = (0_i32..4, 1_i32..5).prop_map(|(start, length)| (start * 2, (start + length) * 2));
    // Totals at some of the even places, and at the shared instants a little more than at their earliest.
    let rises = prop::collection::vec((0_i64..4, 0_i64..2, any::<bool>()), 8);
    let loose = [(0_i64..8, 0_i64..3, 0_usize..4), (0_i64..8, 0_i64..3, 0_usize..4)];
    let curve = (rises, loose);
    ([range.clone(), range], [curve.clone(), curve]).prop_map(|(ranges, curves)| {
        let mut said = Vec::new();
        for (curve, (rises, loose)) in curves.into_iter().enumerate() {
            let mut totals = vec![0_i64];
            for (rise, width, is_said) in rises {
                let total = totals[totals.len() - 1] + rise;
                if is_said {
                    said.push((curve, 0, i32::try_from(totals.len()).unwrap() * 2, [total, total + width]));
                }
                totals.push(total);
            }
            for ((end, (earliest, _)), (more, width, is_left_out)) in [-1, -2].into_iter().zip(ranges).zip(loose) {
                let least = totals[usize::try_from(earliest / 2).unwrap()] + more;
                if is_left_out > 0 {
                    said.push((curve, 0, end, [least, least + width]));
                }
            }
        }
        Shared { ranges, said }
    })
}

#[test]
fn an_instant_of_one_curve_alone_can_hold_a_shared_one_in_place() {
    let said = vec![(0, 0, 10, [2, 2]), (0, 0, -1, [3, 3]), (1, 0, -1, [0, 0]), (1, 0, -2, [1, 1])];
    let shared = Shared { ranges: [(4, 12), (4, 8)], said };
    assert!(!shared.some_place_fits());
    let outcome = solve(&shared.problem(None));
    assert_eq!((outcome.conflicts.len(), outcome.unsettled.len()), (0, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn what_is_silent_about_places_has_one_and_what_is_open_has_none(shared in shared_instants()) {
        let outcome = solve(&shared.problem(None));
        if outcome.conflicts.is_empty() {
            prop_assert_eq!(outcome.unsettled.is_empty(), shared.some_place_fits());
        } else {
            prop_assert!(!shared.some_place_fits());
        }
    }
}
