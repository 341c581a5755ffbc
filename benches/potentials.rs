//! How long the graph of differences takes: many claims about overlapping periods of one running total, in one
//! component, feasible and with planted cycles of 3 and of 1,000 claims.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::as_conversions, clippy::indexing_slicing)]

use addup::calendar;
use addup::claim::{ArticleId, ClaimId, Scope};
use addup::number::{Rational, Unit};
use addup::problem::{
    AtMost, Constraint, ConstraintId, Curve, CurveId, Difference, Form, Instant, InstantId, InstantKind, Node, NodeId,
    Problem, Proof, Says, Side, Statement, StatementId, Why,
};
use addup::solve::{Arc, Selection, negative_cycle, solve_graph};
use addup::source::Severity;
use divan::Bencher;

fn main() {
    divan::main();
}

/// A small generator of evenly spread numbers (Steele, Lea and Flood 2014, "SplitMix").
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, bound: u64) -> usize {
        (self.next() % bound) as usize
    }
}

/// What is reported of the days from `start` to `end`: at least and at most so many.
#[derive(Clone, Copy)]
struct Report {
    start: usize,
    end: usize,
    least: i64,
    most: i64,
}

/// What is wrong with the data.
#[derive(Clone, Copy, PartialEq)]
enum Planted {
    Nothing,
    /// Two parts against their whole.
    Three,
    /// 999 days against their sum.
    Thousand,
}

/// `claims` reports about as many days, all true (the running total is never told), but for what is planted.
fn reports(claims: usize, planted: Planted) -> (usize, Vec<Report>) {
    let mut dice = Dice(claims as u64);
    let days = claims;
    let mut totals = vec![0_i64];
    for day in 0..days {
        totals.push(totals[day] + 1 + dice.below(40) as i64);
    }
    let quiet = days / 2..days / 2 + 1_000;
    let mut reports = Vec::new();
    while reports.len() < claims - 1_000 {
        let start = dice.below(days as u64 - 1);
        let usual = [1, 7, 31, 92, 366, 3_000][dice.below(6)];
        let length = 1 + dice.below(usual);
        let end = (start + length).min(days);
        let value = totals[end] - totals[start];
        let margin = match dice.below(3) {
            0 => 0,
            1 => 5,
            _ => 50,
        };
        // Around the planted cycle all else is vague, so that no shorter one comes with it.
        let margin = if start < quiet.end && end > quiet.start { value } else { margin };
        reports.push(Report { start, end, least: (value - margin).max(0), most: value + margin });
    }
    let mut day = quiet.start;
    while reports.len() < claims - 1 {
        let value = totals[day + 1] - totals[day];
        reports.push(Report { start: day, end: day + 1, least: value, most: value + 1 });
        day += 1;
    }
    let (start, end) = (quiet.start, quiet.start + 999);
    let value = totals[end] - totals[start];
    let most = if planted == Planted::Thousand { value - 1 } else { value };
    reports.push(Report { start, end, least: 0, most });
    if planted == Planted::Three {
        let (a, b, c) = (10, 40, 70);
        for (place, (start, end, off)) in [(a, b, 0), (b, c, 0), (a, c, -1)].into_iter().enumerate() {
            let value = totals[end] - totals[start] + off;
            reports[place] = Report { start, end, least: value, most: value };
        }
    }
    (days + 1, reports)
}

fn arcs(nodes: usize, reports: &[Report]) -> Vec<Arc> {
    let arc = |from, to, at_most: i64| Arc { from, to, at_most: Rational::from(at_most), strict: false };
    let never_falls = (1..nodes).map(|day| arc(day, day - 1, 0));
    let stated =
        reports.iter().flat_map(|own| [arc(own.start, own.end, own.most), arc(own.end, own.start, -own.least)]);
    never_falls.chain(stated).collect()
}

/// The same as a problem of one curve.
fn problem(nodes: usize, reports: &[Report]) -> Problem {
    let mut problem = Problem::default();
    problem.constraints.push(Constraint {
        rule: "additive".to_owned(),
        severity: Severity::Error,
        words: String::new(),
        because: None,
        form: Form::Additive(CurveId(0)),
        claims: Vec::new(),
        leans: Vec::new(),
        across: false,
    });
    problem.curves.push(Curve {
        measure: "arrests".to_owned(),
        unit: Unit::One,
        scope: Scope::default(),
        fiscal: false,
        monotone: true,
        constraint: ConstraintId(0),
    });
    for day in 0..nodes {
        let at = Some(calendar::Instant(day as i64));
        problem.instants.push(Instant { kind: InstantKind::Fixed, earliest: at, latest: at });
        problem.nodes.push(Node::Total(CurveId(0), InstantId::at(day)));
    }
    for (claim, report) in reports.iter().enumerate() {
        let article = ArticleId(0);
        let says = Says::Text(String::new());
        problem.statements.push(Statement { claim: ClaimId::at(claim), mention: 0, article, source: None, says });
        let (start, end) = (NodeId::at(report.start), NodeId::at(report.end));
        let sides = [(Side::Least, end, start, -report.least), (Side::Most, start, end, report.most)];
        for (side, from, to, value) in sides {
            let bound = AtMost { value: Rational::from(value), strict: false };
            problem.differences.push(Difference {
                from,
                to,
                hard: Some(bound.clone()),
                soft: Some(bound),
                why: Why::Stated(StatementId::at(claim), side),
                constraint: None,
                leans: Vec::new(),
                article: Some(article),
            });
        }
    }
    problem
}

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// How many steps the cycle has that planting should give. One more than claims, where the order of time closes it.
fn is_planted(planted: Planted, steps: Option<usize>) -> bool {
    match planted {
        Planted::Nothing => steps.is_none(),
        Planted::Three => steps == Some(3),
        Planted::Thousand => steps == Some(1_000),
    }
}

fn cycles(bencher: Bencher, claims: usize, planted: Planted) {
    let (nodes, reports) = reports(claims, planted);
    let arcs = arcs(nodes, &reports);
    assert!(is_planted(planted, negative_cycle(nodes, &arcs).err().map(|cycle| cycle.len())));
    bencher.bench_local(|| negative_cycle(nodes, &arcs).is_ok());
}

fn graphs(bencher: Bencher, claims: usize, planted: Planted) {
    let (nodes, reports) = reports(claims, planted);
    let problem = problem(nodes, &reports);
    let conflicts = solve_graph(&problem, &Selection::default()).conflicts;
    let steps = conflicts.first().map(|conflict| match &conflict.proof {
        Proof::Cycle(steps) => steps.len(),
        _ => 0,
    });
    assert!(is_planted(planted, steps) && conflicts.len() < 2);
    bencher.bench_local(|| solve_graph(&problem, &Selection::default()).conflicts.len());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn cycle_none(bencher: Bencher, claims: usize) {
    cycles(bencher, claims, Planted::Nothing);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn cycle_of_3(bencher: Bencher, claims: usize) {
    cycles(bencher, claims, Planted::Three);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn cycle_of_1000(bencher: Bencher, claims: usize) {
    cycles(bencher, claims, Planted::Thousand);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn graph_none(bencher: Bencher, claims: usize) {
    graphs(bencher, claims, Planted::Nothing);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn graph_with_a_conflict_of_3(bencher: Bencher, claims: usize) {
    graphs(bencher, claims, Planted::Three);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn graph_with_a_conflict_of_1000(bencher: Bencher, claims: usize) {
    graphs(bencher, claims, Planted::Thousand);
}
