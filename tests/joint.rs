//! Proofs of joint conflicts, made by hand: each is accepted as it is written down, and refused after any change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions
)]

mod mutation;
mod program;

use addup::calendar::Instant;
use addup::finding::{Finding, FindingKind, Reach};
use addup::ground::{Choices, ground};
use addup::number::Rational;
use addup::problem::refutation::{Choice, ChoiceReason, End, Joint, Place, Quantity, Reason, Refutation, Row, Step};
use addup::problem::{
    Conflict, ConstraintId, CurveId, DifferenceId, FigureId, Form, InstantId, LeanId, Problem, Proof, Says, Side,
    StatementId, Why,
};
use addup::source::Severity;
use addup::verify::{Certificate, Certificates, Written};
use mutation::{Loaded, accepts, changed_everywhere, load};
use program::Folder;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A small workspace, grounded.
struct Ground {
    loaded: Loaded,
    problem: Problem,
}

fn number(value: i64) -> Rational {
    Rational::from(value)
}

fn row(terms: &[(&Quantity, i64)], at_most: i64) -> Row {
    let mut terms: Vec<(Quantity, Rational)> =
        terms.iter().map(|(quantity, factor)| ((*quantity).clone(), number(*factor))).collect();
    terms.sort();
    Row { terms, at_most: number(at_most), strict: false }
}

/// Rows from 0, and how often each counts.
fn sum(rows: &[(usize, i64)]) -> Vec<(usize, Rational)> {
    rows.iter().map(|(row, multiple)| (*row, number(*multiple))).collect()
}

fn closed(rows: &[(usize, i64)]) -> Refutation {
    Refutation { steps: Vec::new(), end: End::Sum(sum(rows)) }
}

impl Ground {
    fn of(claims: &str) -> Self {
        let folder = Folder::with(&[("claims/a.toml", claims)]);
        let loaded = load(&folder);
        let problem = ground(&loaded.claims, &loaded.rules, &Choices::default());
        Self { loaded, problem }
    }

    fn statement(&self, claim: &str) -> StatementId {
        let id = format!("a/{claim}");
        let found = self.problem.statements.iter().position(|it| self.loaded.claims[it.claim].id == id);
        StatementId::at(found.unwrap_or_else(|| panic!("{claim} is stated")))
    }

    fn figure(&self, claim: &str) -> FigureId {
        match self.problem[self.statement(claim)].says {
            Says::Value(figure, _) => figure,
            _ => panic!("{claim} is a figure"),
        }
    }

    fn quantity(&self, claim: &str) -> Quantity {
        Quantity::Figure(self.figure(claim))
    }

    fn constraint(&self, holds: impl Fn(&str, &Form) -> bool) -> ConstraintId {
        let found = self.problem.constraints.iter().position(|it| holds(&it.rule, &it.form));
        ConstraintId::at(found.expect("there is such a constraint"))
    }

    fn by_rule(&self, rule: &str) -> ConstraintId {
        self.constraint(|known, _| known == rule)
    }

    fn difference(&self, holds: impl Fn(&Why) -> bool) -> DifferenceId {
        let found = self.problem.differences.iter().position(|it| it.hard.is_some() && holds(&it.why));
        DifferenceId::at(found.expect("there is such a difference"))
    }

    /// A mention's bound on a figure that is no increment: `-x <= -least`, `x <= most`.
    fn stated(&self, claim: &str, side: Side, at_most: i64) -> (Row, Reason) {
        let sign = if side == Side::Most { 1 } else { -1 };
        (row(&[(&self.quantity(claim), sign)], at_most), Reason::Stated(self.statement(claim), side))
    }

    fn certificates(&self, constraints: &[ConstraintId], statements: &[&str], joint: Joint) -> Certificates {
        self.leaning(constraints, statements, &[], joint)
    }

    fn leaning(
        &self,
        constraints: &[ConstraintId],
        statements: &[&str],
        leans: &[LeanId],
        joint: Joint,
    ) -> Certificates {
        let statements: Vec<StatementId> = statements.iter().map(|claim| self.statement(claim)).collect();
        let rules: BTreeSet<String> = constraints.iter().map(|id| self.problem[*id].rule.clone()).collect();
        let finding = Finding {
            fingerprint: self.fingerprint(&rules, &statements),
            kind: FindingKind::Contradiction,
            reach: Reach::Joint,
            severity: Severity::Error,
            claims: Vec::new(),
            rules: rules.into_iter().collect(),
            message: String::new(),
            arithmetic: None,
            steps: Vec::new(),
            leans_on: Vec::new(),
            unsaid: Default::default(),
            question: None,
            paste: None,
            locations: Vec::new(),
            repairs: Vec::new(),
            conflict: None,
            waived: None,
        };
        let conflict = Conflict {
            statements,
            constraints: constraints.to_vec(),
            leans: leans.to_vec(),
            proof: Proof::Joint(Box::new(joint)),
            soft: false,
        };
        let from = Written::from(&self.problem, &self.loaded.claims, &self.loaded.rules);
        let certificate = Certificate::of(&finding.fingerprint, &conflict, &from);
        let inputs = self.loaded.inputs.clone();
        Certificates { schema: 3, inputs, certificates: vec![certificate], conventions: Vec::new(), witness: None }
    }

    fn fingerprint(&self, rules: &BTreeSet<String>, statements: &[StatementId]) -> String {
        let said: BTreeSet<String> = statements
            .iter()
            .map(|id| {
                let statement = &self.problem[*id];
                let says = match &statement.says {
                    Says::Value(_, reading) => format!("{} / {}", reading.hard(), reading.soft()),
                    Says::Date(days) => format!("{} / {}", days.read(false).notation(), days.read(true).notation()),
                    Says::Text(text) => text.clone(),
                };
                format!("{}\t{says}", self.loaded.claims[statement.claim].id)
            })
            .collect();
        let mut hasher = Sha256::new();
        for part in rules.iter().map(String::as_str).chain(["\u{0}"]).chain(said.iter().map(String::as_str)) {
            hasher.update(part.as_bytes());
            hasher.update([0x1f]);
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A proof is accepted as it is written down, and after no change at any place.
    fn proves(&self, certificates: &Certificates) {
        let value = serde_json::to_value(certificates).unwrap();
        let proof = serde_json::to_string_pretty(&value["certificates"]).unwrap();
        if let Err(refusals) = accepts(&self.loaded, &value) {
            let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
            panic!("refused: {refusals:?}\n{proof}");
        }
        let (tried, accepted) = changed_everywhere(&self.loaded, &value);
        assert!(
            accepted.is_empty(),
            "{} of {tried} changes accepted:\n{}\n{proof}",
            accepted.len(),
            accepted.join("\n")
        );
        assert!(tried > 300, "only {tried} changes were tried");
    }

    fn refuses(&self, certificates: &Certificates, because: &str) {
        let value = serde_json::to_value(certificates).unwrap();
        let refusals = accepts(&self.loaded, &value).expect_err("it is refused");
        let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
        assert!(refusals.iter().any(|refusal| refusal.contains(because)), "{refusals:?}");
    }
}

fn joint(rows: Vec<(Row, Reason)>, choices: Vec<(Choice, ChoiceReason)>, refutation: Refutation) -> Joint {
    let mut quantities: BTreeSet<Quantity> = BTreeSet::new();
    let all =
        rows.iter().map(|(row, _)| row).chain(choices.iter().flat_map(|(it, _)| it.alternatives.iter().flatten()));
    all.for_each(|row| quantities.extend(row.terms.iter().map(|(quantity, _)| quantity.clone())));
    Joint { quantities: quantities.into_iter().collect(), rows, choices, refutation }
}

/// Measures that are no increments.
const PLAIN: &str = r#"
[article]
title = "Three stocks"
dateline = 2025-12-21
[measure.x]
over-time = "level"
least = 0
greatest = 100
integer = true
[measure.y]
over-time = "level"
least = 0
integer = true
[measure.z]
over-time = "level"
least = 0
[claim.x]
value = "at least 10"
when = "2025-12-20"
measure = "x"
[claim.y]
value = "at least 20"
when = "2025-12-20"
measure = "y"
[claim.z]
value = "at most 4"
when = "2025-12-20"
measure = "z"
"#;

#[test]
fn bounds_and_a_formula_add_up_to_less_than_nothing() {
    let ground = Ground::of(&format!("{PLAIN}\n[check.few]\nrequire = \"2 * x + 2 * y <= 50\"\n"));
    let (x, y, few) = (ground.quantity("x"), ground.quantity("y"), ground.by_rule("a/few"));
    let rows = vec![
        ground.stated("x", Side::Least, -10),
        ground.stated("y", Side::Least, -20),
        // The solver may hold a formula's row at any scale.
        (row(&[(&x, 2), (&y, 2)], 50), Reason::Formula(few, 0)),
    ];
    let proof = joint(rows.clone(), Vec::new(), closed(&[(0, 2), (1, 2), (2, 1)]));
    ground.proves(&ground.certificates(&[few], &["x", "y"], proof));
    let proof = joint(rows, Vec::new(), closed(&[(0, 2), (2, 1)]));
    ground.refuses(&ground.certificates(&[few], &["x"], proof), "the sum still speaks of quantities");
}

#[test]
fn ranges_bound_as_claims_do() {
    let ground = Ground::of(&format!("{PLAIN}\n[check.many]\nrequire = \"x - 6 * y >= 0\"\n"));
    let (x, y, many) = (ground.quantity("x"), ground.quantity("y"), ground.by_rule("a/many"));
    let rows = vec![
        (row(&[(&x, 1)], 100), Reason::Range(ground.figure("x"), Side::Most)),
        ground.stated("y", Side::Least, -20),
        (row(&[(&x, -1), (&y, 6)], 0), Reason::Formula(many, 0)),
    ];
    let proof = joint(rows, Vec::new(), closed(&[(0, 1), (1, 6), (2, 1)]));
    ground.proves(&ground.certificates(&[many], &["y"], proof));
}

#[test]
fn a_sum_of_whole_quantities_is_rounded() {
    let ground = Ground::of(&format!("{PLAIN}\n[check.odd]\nrequire = \"2 * x + 2 * y == 61\"\n"));
    let (x, y, odd) = (ground.quantity("x"), ground.quantity("y"), ground.by_rule("a/odd"));
    let rows = vec![
        (row(&[(&x, 2), (&y, 2)], 61), Reason::Formula(odd, 0)),
        (row(&[(&x, -2), (&y, -2)], -61), Reason::Formula(odd, 1)),
    ];
    let half = || Rational::new(1, 2).unwrap();
    let steps = vec![Step::Rounded(vec![(0, half())]), Step::Rounded(vec![(1, half())])];
    let refutation = Refutation { steps, end: End::Sum(sum(&[(2, 1), (3, 1)])) };
    ground.proves(&ground.certificates(&[odd], &[], joint(rows, Vec::new(), refutation)));
}

#[test]
fn a_quantity_that_need_not_be_whole_is_not_rounded() {
    let ground = Ground::of(&format!("{PLAIN}\n[check.odd]\nrequire = \"2 * x + 2 * z == 61\"\n"));
    let (x, z, odd) = (ground.quantity("x"), ground.quantity("z"), ground.by_rule("a/odd"));
    let rows = vec![
        (row(&[(&x, 2), (&z, 2)], 61), Reason::Formula(odd, 0)),
        (row(&[(&x, -2), (&z, -2)], -61), Reason::Formula(odd, 1)),
    ];
    let half = || Rational::new(1, 2).unwrap();
    let steps = vec![Step::Rounded(vec![(0, half())]), Step::Rounded(vec![(1, half())])];
    let refutation = Refutation { steps, end: End::Sum(sum(&[(2, 1), (3, 1)])) };
    let certificates = ground.certificates(&[odd], &[], joint(rows, Vec::new(), refutation));
    ground.refuses(&certificates, "not of whole multiples of whole quantities");
}

#[test]
fn two_bounds_bound_a_product() {
    let ground = Ground::of(&format!("{PLAIN}\n[check.area]\nrequire = \"x * y <= 150\"\n"));
    let (x, y, area) = (ground.quantity("x"), ground.quantity("y"), ground.by_rule("a/area"));
    let (one, other) = if x < y { (&x, &y) } else { (&y, &x) };
    let xy = Quantity::Product(Box::new(one.clone()), Box::new(other.clone()));
    let rows = vec![
        ground.stated("x", Side::Least, -10),
        ground.stated("y", Side::Least, -20),
        (row(&[(&xy, 1)], 150), Reason::Formula(area, 0)),
    ];
    // (x - 10)(y - 20) >= 0: 20 x + 10 y - xy <= 200.
    let steps = vec![Step::Product(sum(&[(0, 1)]), sum(&[(1, 1)]))];
    let refutation = Refutation { steps, end: End::Sum(sum(&[(0, 20), (1, 10), (2, 1), (3, 1)])) };
    ground.proves(&ground.certificates(&[area], &["x", "y"], joint(rows, Vec::new(), refutation)));
}

#[test]
fn whole_values_lie_on_one_side_or_the_other() {
    // Between 3 y <= x + 1 and 3 y >= x + 1/2 no whole y lies, for x = 10.
    let text = format!(
        "{}\n[check.low]\nrequire = \"3 * y <= x + 1\"\n[check.high]\nrequire = \"3 * y >= x + 0.5\"\n",
        PLAIN.replace("at least 10", "exactly 10").replace("at least 20", "at least 1")
    );
    let ground = Ground::of(&text);
    let (x, y) = (ground.quantity("x"), ground.quantity("y"));
    let (low, high) = (ground.by_rule("a/low"), ground.by_rule("a/high"));
    let rows = vec![
        ground.stated("x", Side::Least, -10),
        ground.stated("x", Side::Most, 10),
        (row(&[(&y, 3), (&x, -1)], 1), Reason::Formula(low, 0)),
        (row(&[(&x, 2), (&y, -6)], -1), Reason::Formula(high, 0)),
    ];
    let mut names: Vec<Quantity> = vec![x.clone(), y.clone()];
    names.sort();
    let at = names.iter().position(|it| *it == y).unwrap();
    // y <= 3: 2 x + 1 <= 6 y <= 18. y >= 4: 12 <= 3 y <= x + 1.
    let sides = Box::new((closed(&[(0, 2), (3, 1), (4, 6)]), closed(&[(1, 1), (2, 1), (4, 3)])));
    let end = End::Split { terms: vec![(at, number(1))], below: number(3), above: number(4), sides };
    let proof = joint(rows, Vec::new(), Refutation { steps: Vec::new(), end });
    ground.proves(&ground.certificates(&[low, high], &["x"], proof));
}

#[test]
fn every_way_to_satisfy_a_formula_is_refuted() {
    let ground = Ground::of(&format!("{PLAIN}\n[check.either]\nrequire = \"x <= 5 or x + y <= 25\"\n"));
    let (x, y, either) = (ground.quantity("x"), ground.quantity("y"), ground.by_rule("a/either"));
    let rows = vec![ground.stated("x", Side::Least, -10), ground.stated("y", Side::Least, -20)];
    let choice = Choice { alternatives: vec![vec![row(&[(&x, 1)], 5)], vec![row(&[(&x, 1), (&y, 1)], 25)]] };
    let choices = vec![(choice.clone(), ChoiceReason::Formula(either))];
    let end = End::Cases(0, vec![closed(&[(0, 1), (2, 1)]), closed(&[(0, 1), (1, 1), (2, 1)])]);
    let proof = joint(rows.clone(), choices.clone(), Refutation { steps: Vec::new(), end });
    ground.proves(&ground.certificates(&[either], &["x", "y"], proof));
    // The same with the one alternative left over and used.
    let left = Step::Chosen { choice: 0, alternative: 1, others: vec![closed(&[(0, 1), (2, 1)])] };
    let refutation = Refutation { steps: vec![left], end: End::Sum(sum(&[(0, 1), (1, 1), (2, 1)])) };
    ground.proves(&ground.certificates(&[either], &["x", "y"], joint(rows.clone(), choices, refutation)));
    // One alternative is not enough.
    let choice = Choice { alternatives: choice.alternatives.into_iter().take(1).collect() };
    let end = End::Cases(0, vec![closed(&[(0, 1), (2, 1)])]);
    let choices = vec![(choice, ChoiceReason::Formula(either))];
    let proof = joint(rows, choices, Refutation { steps: Vec::new(), end });
    ground.refuses(&ground.certificates(&[either], &["x"], proof), "there is another way to satisfy the formula");
}

#[test]
fn what_the_proof_does_not_need_is_not_written_down() {
    let ground = Ground::of(&format!("{PLAIN}\n[check.few]\nrequire = \"x + y <= 25\"\n"));
    let (x, y, z) = (ground.quantity("x"), ground.quantity("y"), ground.quantity("z"));
    let few = ground.by_rule("a/few");
    let rows = vec![
        ground.stated("z", Side::Most, 4),
        ground.stated("x", Side::Least, -10),
        ground.stated("y", Side::Least, -20),
        (row(&[(&x, 1), (&y, 1)], 25), Reason::Formula(few, 0)),
    ];
    let mut names: Vec<Quantity> = vec![x, y, z.clone()];
    names.sort();
    let at = names.iter().position(|it| *it == z).unwrap();
    let both = || closed(&[(1, 1), (2, 1), (3, 1)]);
    let end = End::Split {
        terms: vec![(at, number(1))],
        below: number(2),
        above: number(2),
        sides: Box::new((both(), both())),
    };
    let steps = vec![Step::Rounded(sum(&[(1, 1), (2, 1)]))];
    let shifted = Refutation { steps, end };
    let shifted = joint(rows, Vec::new(), shifted);
    ground.proves(&ground.certificates(&[few], &["x", "y"], shifted));
}

/// A relation with an unknown.
#[test]
fn an_unknown_is_bounded_by_its_rule() {
    let folder = Folder::with(&[
        ("claims/a.toml", PLAIN),
        (
            "rules/r.toml",
            "[rule.half]\nkind = \"relation\"\ngiven = { x = { measure = \"x\" }, y = { measure = \"y\" } }\n\
             unknown = { rest = { integer = true, least = 90 } }\nrequire = \"x + rest <= y + 20 and y + rest <= 100\"\n",
        ),
    ]);
    let loaded = load(&folder);
    let problem = ground(&loaded.claims, &loaded.rules, &Choices::default());
    let ground = Ground { loaded, problem };
    let half = ground.by_rule("half");
    let Form::Relation { variables, .. } = &ground.problem[half].form else { panic!() };
    let at = variables.iter().position(|it| *it == addup::problem::Variable::Unknown).unwrap();
    let (y, rest) = (ground.quantity("y"), Quantity::Unknown(half, at));
    let rows = vec![
        ground.stated("y", Side::Least, -20),
        (row(&[(&rest, -1)], -90), Reason::Domain(half, at, Side::Least)),
        (row(&[(&y, 1), (&rest, 1)], 100), Reason::Formula(half, 1)),
    ];
    let proof = joint(rows, Vec::new(), closed(&[(0, 1), (1, 1), (2, 1)]));
    ground.proves(&ground.certificates(&[half], &["y"], proof));
}

const COUNTED: &str = r#"
[article]
title = "Arrests"
dateline = 2025-12-21
[measure.arrests]
over-time = "adds"
least = 0
integer = true
adds-over = ["place"]
[dimension.place]
members = ["north", "south"]
complete = true
[claim.north]
value = 30
measure = "arrests"
when = "2025-12"
scope = { place = "north" }
[claim.south]
value = 40
measure = "arrests"
when = "2025-12"
scope = { place = "south" }
[claim.all]
value = 60
measure = "arrests"
when = "2025-Q4"
scope = { place = "*" }
"#;

impl Ground {
    fn curve(&self, claim: &str) -> CurveId {
        self.problem[self.figure(claim)].curve.expect("it adds up")
    }

    /// The running total of a claim's figure at a day.
    fn total(&self, claim: &str, day: i64) -> Quantity {
        Quantity::Total(self.curve(claim), Place::At(Instant(day)))
    }

    /// One side of a claim as a step on its curve.
    fn step(&self, claim: &str, side: Side) -> Reason {
        let statement = self.statement(claim);
        Reason::Difference(self.difference(|why| *why == Why::Stated(statement, side)))
    }
}

/// Days since 1970-01-01 of 1 October and 1 December 2025, and of 1 January 2026.
const DAYS: (i64, i64, i64) = (20_362, 20_423, 20_454);

#[test]
fn steps_orders_and_disjoint_parts_are_redone() {
    let mut ground = Ground::of(COUNTED);
    let (october, december, january) = DAYS;
    let [north, south, all] = ["north", "south", "all"].map(|claim| ground.curve(claim));
    // What grounding makes of the parts is stated here, so that the proof does not depend on how it finds them.
    let inside = ConstraintId::at(ground.problem.constraints.len());
    let mut constraint = ground.problem.constraints[0].clone();
    constraint.rule = "additive".to_owned();
    constraint.form = Form::Inside { whole: all, parts: vec![north, south], exactly: true };
    ground.problem.constraints.push(constraint);
    let at = |claim: &str, day: i64| ground.total(claim, day);
    let places = |one: i64, other: i64| (Place::At(Instant(one)), Place::At(Instant(other)));
    let (from, to) = places(december, january);
    let rows = vec![
        (row(&[(&at("north", december), 1), (&at("north", january), -1)], -30), ground.step("north", Side::Least)),
        (row(&[(&at("south", december), 1), (&at("south", january), -1)], -40), ground.step("south", Side::Least)),
        (row(&[(&at("all", october), -1), (&at("all", january), 1)], 60), ground.step("all", Side::Most)),
        (
            row(&[(&at("all", october), 1), (&at("all", december), -1)], 0),
            Reason::Order(all, Place::At(Instant(october)), from),
        ),
        (
            row(
                &[
                    (&at("north", january), 1),
                    (&at("north", december), -1),
                    (&at("south", january), 1),
                    (&at("south", december), -1),
                    (&at("all", january), -1),
                    (&at("all", december), 1),
                ],
                0,
            ),
            Reason::Parts(inside, from, to, Side::Most),
        ),
    ];
    let proof = joint(rows, Vec::new(), closed(&[(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)]));
    ground.proves(&ground.certificates(&[inside], &["north", "south", "all"], proof));
}

#[test]
fn parts_that_are_all_there_is_make_the_whole() {
    let mut ground = Ground::of(&COUNTED.replace("value = 60", "value = 90").replace("2025-Q4", "2025-12"));
    let (_, december, january) = DAYS;
    let [north, south, all] = ["north", "south", "all"].map(|claim| ground.curve(claim));
    let inside = ConstraintId::at(ground.problem.constraints.len());
    let mut constraint = ground.problem.constraints[0].clone();
    constraint.rule = "additive".to_owned();
    constraint.form = Form::Inside { whole: all, parts: vec![north, south], exactly: true };
    ground.problem.constraints.push(constraint);
    let at = |claim: &str, day: i64| ground.total(claim, day);
    let (from, to) = (Place::At(Instant(december)), Place::At(Instant(january)));
    let rows = vec![
        (row(&[(&at("north", december), -1), (&at("north", january), 1)], 30), ground.step("north", Side::Most)),
        (row(&[(&at("south", december), -1), (&at("south", january), 1)], 40), ground.step("south", Side::Most)),
        (row(&[(&at("all", december), 1), (&at("all", january), -1)], -90), ground.step("all", Side::Least)),
        (
            row(
                &[
                    (&at("north", january), -1),
                    (&at("north", december), 1),
                    (&at("south", january), -1),
                    (&at("south", december), 1),
                    (&at("all", january), 1),
                    (&at("all", december), -1),
                ],
                0,
            ),
            Reason::Parts(inside, from, to, Side::Least),
        ),
    ];
    let proof = joint(rows, Vec::new(), closed(&[(0, 1), (1, 1), (2, 1), (3, 1)]));
    ground.proves(&ground.certificates(&[inside], &["north", "south", "all"], proof.clone()));
    let open = COUNTED.replace("value = 60", "value = 90").replace("2025-Q4", "2025-12").replace("complete = true", "");
    let mut other = Ground::of(&open);
    other.problem.clone_from(&ground.problem);
    other.refuses(&other.certificates(&[inside], &["north", "south", "all"], proof), "other parts may be left");
}

#[test]
fn a_figure_is_the_increment_of_its_total() {
    let ground = Ground::of(&format!("{COUNTED}\n[check.few]\nrequire = \"2 * north <= 50\"\n"));
    let (_, december, january) = DAYS;
    let (north, few) = (ground.quantity("north"), ground.by_rule("a/few"));
    let (start, end) = (ground.total("north", december), ground.total("north", january));
    let rows = vec![
        (row(&[(&start, 1), (&end, -1)], -30), ground.step("north", Side::Least)),
        (row(&[(&north, -1), (&end, 1), (&start, -1)], 0), Reason::Increment(ground.figure("north"), Side::Least)),
        (row(&[(&north, 2)], 50), Reason::Formula(few, 0)),
    ];
    let proof = joint(rows, Vec::new(), closed(&[(0, 2), (1, 2), (2, 1)]));
    ground.proves(&ground.certificates(&[few], &["north"], proof));
}

const VAGUE: &str = r#"
[article]
title = "Arrests"
dateline = 2025-12-21
[measure.arrests]
over-time = "adds"
least = 0
integer = true
[measure.exits]
over-time = "adds"
least = 0
integer = true
[measure.held]
over-time = "level"
least = 0
integer = true
[claim.early]
value = 60
measure = "arrests"
when = "2025-11-01/2025-12-XX"
[claim.late]
value = 50
measure = "arrests"
when = "2025-11-01/2025-12-10"
"#;

impl Ground {
    fn vague(&self) -> InstantId {
        let found = self.problem.instants.iter().position(|it| it.earliest != it.latest);
        InstantId::at(found.expect("an instant is vague"))
    }
}

#[test]
fn an_instant_is_before_another_or_after_it() {
    // The vague end is after 9 December, so that 60 by then do not bound 50 by 10 December. With the moment held down to
    // 11 December or later, the order alone gives 50 <= 60; turned round, it is refuted by the window.
    let text = VAGUE.replace("value = 60", "value = \"at most 40\"");
    let ground = Ground::of(&text);
    let curve = ground.curve("early");
    let end = ground.vague();
    let tenth = Place::At(Instant(20_433)); // the end of 10 December
    let start = Instant(20_393); // 1 November
    let total = |place: Place| Quantity::Total(curve, place);
    let (start, moment) = (total(Place::At(start)), Quantity::Moment(end));
    let (vague, fixed) = (total(Place::Within(end)), total(tenth));
    let strictly = |row: Row| Row { strict: true, ..row };
    let choice = Choice {
        alternatives: vec![
            vec![strictly(row(&[(&moment, 1)], 20_433)), row(&[(&vague, 1), (&fixed, -1)], 0)],
            vec![
                row(&[(&moment, 1)], 20_433),
                row(&[(&moment, -1)], -20_433),
                row(&[(&vague, 1), (&fixed, -1)], 0),
                row(&[(&vague, -1), (&fixed, 1)], 0),
            ],
            vec![strictly(row(&[(&moment, -1)], -20_433)), row(&[(&vague, -1), (&fixed, 1)], 0)],
        ],
    };
    let rows = vec![
        (row(&[(&start, -1), (&vague, 1)], 40), ground.step("early", Side::Most)),
        (row(&[(&start, 1), (&fixed, -1)], -50), ground.step("late", Side::Least)),
        (row(&[(&moment, 1)], 20_454), Reason::Window(end, Side::Most)),
    ];
    let choices = vec![(choice, ChoiceReason::Order(tenth, Place::Within(end)))];
    // Before is possible, so that nothing is refuted there: the proof is refused.
    let end_of = End::Cases(
        0,
        vec![closed(&[(0, 1), (1, 1), (4, 1)]), closed(&[(0, 1), (1, 1), (6, 1)]), closed(&[(0, 1), (1, 1), (4, 1)])],
    );
    let proof = joint(rows, choices, Refutation { steps: Vec::new(), end: end_of });
    let additive = ground.by_rule("additive");
    ground.refuses(&ground.certificates(&[additive], &["early", "late"], proof), "the sum still speaks of quantities");
}

#[test]
fn windows_and_orders_close_a_proof_together() {
    // Until some day of December 40 at most; from November to 30 November 50 at least: whatever the day, it is later.
    let text = VAGUE.replace("value = 60", "value = \"at most 40\"").replace("2025-12-10", "2025-11-30");
    let ground = Ground::of(&text);
    let curve = ground.curve("early");
    let end = ground.vague();
    let day = 20_423; // the end of 30 November
    let fixed_place = Place::At(Instant(day));
    let total = |place: Place| Quantity::Total(curve, place);
    let (start, moment) = (total(Place::At(Instant(20_393))), Quantity::Moment(end));
    let (vague, fixed) = (total(Place::Within(end)), total(fixed_place));
    let strictly = |row: Row| Row { strict: true, ..row };
    let choice = Choice {
        alternatives: vec![
            vec![strictly(row(&[(&moment, 1)], day)), row(&[(&vague, 1), (&fixed, -1)], 0)],
            vec![
                row(&[(&moment, 1)], day),
                row(&[(&moment, -1)], -day),
                row(&[(&vague, 1), (&fixed, -1)], 0),
                row(&[(&vague, -1), (&fixed, 1)], 0),
            ],
            vec![strictly(row(&[(&moment, -1)], -day)), row(&[(&vague, -1), (&fixed, 1)], 0)],
        ],
    };
    let rows = vec![
        (row(&[(&start, -1), (&vague, 1)], 40), ground.step("early", Side::Most)),
        (row(&[(&start, 1), (&fixed, -1)], -50), ground.step("late", Side::Least)),
        (row(&[(&moment, -1)], -20_424), Reason::Window(end, Side::Least)),
    ];
    let choices = vec![(choice, ChoiceReason::Order(fixed_place, Place::Within(end)))];
    let cases = vec![closed(&[(2, 1), (3, 1)]), closed(&[(0, 1), (1, 1), (6, 1)]), closed(&[(0, 1), (1, 1), (4, 1)])];
    let proof = joint(rows, choices, Refutation { steps: Vec::new(), end: End::Cases(0, cases) });
    let additive = ground.by_rule("additive");
    ground.proves(&ground.certificates(&[additive], &["early", "late"], proof));
}

#[test]
fn a_level_rises_by_what_comes_in_less_what_goes_out() {
    let claims = format!(
        "{}\n[claim.before]\nvalue = 10\nmeasure = \"held\"\nwhen = \"2025-10-31\"\n[claim.after]\nvalue = 90\n\
         measure = \"held\"\nwhen = \"2025-12-10\"\n[claim.left]\nvalue = 20\nmeasure = \"exits\"\n\
         when = \"2025-11-01/2025-12-10\"\n",
        VAGUE.replace("[claim.early]\nvalue = 60\nmeasure = \"arrests\"\nwhen = \"2025-11-01/2025-12-XX\"\n", "")
    );
    let rule = "[rule.held]\nkind = \"balance\"\nlevel = \"held\"\nin = [\"arrests\"]\nout = [\"exits\"]\n";
    let folder = Folder::with(&[("claims/a.toml", &claims), ("rules/r.toml", rule)]);
    let loaded = load(&folder);
    let problem = ground(&loaded.claims, &loaded.rules, &Choices::default());
    let mut ground = Ground { loaded, problem };
    let held = ground.by_rule("held");
    let form =
        Form::Balance { levels: Vec::new(), inflows: vec![ground.curve("late")], outflows: vec![ground.curve("left")] };
    ground.problem.constraints[held.index()].form = form;
    let (start, end) = (20_393, 20_433);
    let at = |claim: &str, day: i64| ground.total(claim, day);
    let (before, after) = (ground.quantity("before"), ground.quantity("after"));
    let rows = vec![
        ground.stated("before", Side::Most, 10),
        ground.stated("after", Side::Least, -90),
        (row(&[(&at("late", start), -1), (&at("late", end), 1)], 50), ground.step("late", Side::Most)),
        (row(&[(&at("left", start), 1), (&at("left", end), -1)], -20), ground.step("left", Side::Least)),
        (
            row(
                &[
                    (&after, 1),
                    (&before, -1),
                    (&at("late", start), 1),
                    (&at("late", end), -1),
                    (&at("left", start), -1),
                    (&at("left", end), 1),
                ],
                0,
            ),
            Reason::Balance(held, 0, Side::Most),
        ),
    ];
    let proof = joint(rows, Vec::new(), closed(&[(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)]));
    ground.proves(&ground.certificates(&[held], &["late", "before", "after", "left"], proof));
}

#[test]
fn an_event_is_on_one_of_its_days() {
    let ground = Ground::of(
        "[article]\ntitle = \"Raid\"\ndateline = 2025-12-21\n[event.raid]\non = \"2025-12-18\"\n[event.word]\n\
         on = \"2025-12-17\"\n[check.order]\nrequire = \"raid <= word or word >= 2025-12-19\"\n",
    );
    let order = ground.by_rule("a/order");
    let event = |name: &str| Quantity::Event(ground.problem[ground.statement(name)].claim);
    let (raid, word) = (event("raid"), event("word"));
    let dated = |name: &str, side: Side| {
        let statement = ground.statement(name);
        Reason::Difference(ground.difference(|why| *why == Why::Dated(statement, side)))
    };
    let choice =
        Choice { alternatives: vec![vec![row(&[(&raid, 1), (&word, -1)], 0)], vec![row(&[(&word, -1)], -20_441)]] };
    let days = Choice { alternatives: vec![vec![row(&[(&word, 1)], 20_439)]] };
    let rows = vec![(row(&[(&raid, -1)], -20_440), dated("raid", Side::Least))];
    let choices = vec![(choice, ChoiceReason::Formula(order)), (days, ChoiceReason::Days(ground.statement("word")))];
    let steps = vec![Step::Chosen { choice: 1, alternative: 0, others: Vec::new() }];
    let end = End::Cases(0, vec![closed(&[(0, 1), (1, 1), (2, 1)]), closed(&[(1, 1), (2, 1)])]);
    ground.proves(&ground.certificates(&[order], &["raid", "word"], joint(rows, choices, Refutation { steps, end })));
}
