//! What a decision promises, against brute force.
#![allow(clippy::arithmetic_side_effects)]

use super::evaluate::truth;
use super::*;
use crate::expr::Comparison;
use crate::number::End;
use crate::problem::Term;
use proptest::prelude::*;

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

fn n(text: &str) -> Term {
    Term::Number(number(text))
}

fn v(index: usize) -> Term {
    Term::Variable(index)
}

fn times(a: Term, b: Term) -> Term {
    Term::Product(Box::new(a), Box::new(b))
}

fn over(a: Term, b: Term) -> Term {
    Term::Quotient(Box::new(a), Box::new(b))
}

fn minus(a: Term, b: Term) -> Term {
    Term::Sum(vec![a, Term::Negative(Box::new(b))])
}

fn compare(a: Term, comparison: Comparison, b: Term) -> Formula {
    Formula::Compare(a, comparison, b)
}

fn equal(a: Term, b: Term) -> Formula {
    compare(a, Comparison::Equal, b)
}

fn end(text: &str, closed: bool) -> End {
    if text.contains('∞') { End::Unbounded } else { End::at(number(text), closed) }
}

/// `[1, 2)`, `(-∞, 3]`; whole numbers only with a leading `#`.
fn domain(text: &str) -> Domain {
    let (integer, text) = text.strip_prefix('#').map_or((false, text), |rest| (true, rest));
    let (lo, hi) = text.split_once(", ").unwrap();
    let lo = end(&lo[1..], lo.starts_with('['));
    let hi = end(&hi[..hi.len() - 1], hi.ends_with(']'));
    Domain { interval: Interval::new(lo, hi).unwrap(), integer }
}

fn decided(formula: &Formula, domains: &[&str]) -> Decision {
    let domains: Vec<_> = domains.iter().map(|text| domain(text)).collect();
    let decision = decide(formula, &domains, 200_000);
    if let Decision::Fits(witness) = &decision {
        for (value, domain) in witness.iter().zip(&domains) {
            assert!(domain.interval.contains(value) && (!domain.integer || value.is_integer()), "{value}");
        }
        assert_eq!(truth(formula, witness), Some(true));
    }
    decision
}

fn holds(formula: &Formula, domains: &[&str]) {
    assert_eq!(decided(formula, domains), Decision::Holds);
}

fn contradicted(formula: &Formula, domains: &[&str]) {
    assert_eq!(decided(formula, domains), Decision::Contradicted);
}

fn fits(formula: &Formula, domains: &[&str]) {
    let decision = decided(formula, domains);
    assert!(matches!(decision, Decision::Fits(_)), "{decision:?}");
}

#[test]
fn a_raid_is_at_most_its_month() {
    let raid = compare(v(0), Comparison::AtMost, v(1));
    holds(&raid, &["[26, 26]", "[92, 92]"]);
    contradicted(&raid, &["[26, 26]", "[20, 20]"]);
    fits(&raid, &["[25, 35]", "[20, 30]"]);
    contradicted(&raid, &["(26, ∞)", "[26, 26]"]);
    holds(&raid, &["(-∞, 26]", "[26, ∞)"]);
}

#[test]
fn sums_touch_only_where_all_ends_are_closed() {
    let sum = equal(Term::Sum(vec![v(0), v(1)]), v(2));
    fits(&sum, &["[1, 2]", "[1, 2]", "[4, 5]"]);
    contradicted(&sum, &["[1, 2)", "[1, 2]", "[4, 5]"]);
    contradicted(&sum, &["[1, 2]", "[1, 2]", "(4, 5]"]);
    holds(&sum, &["[1, 1]", "[2, 2]", "[3, 3]"]);
    fits(&sum, &["(-∞, ∞)", "[2, 2]", "[3, 3]"]);
}

#[test]
fn a_figure_that_occurs_twice_is_one_figure() {
    holds(&equal(minus(v(0), v(0)), n("0")), &["[1, 5]"]);
    holds(&compare(times(v(0), v(0)), Comparison::AtLeast, n("0")), &["[-5, 5]"]);
    contradicted(&compare(minus(times(v(0), v(0)), v(0)), Comparison::Less, n("-1/4")), &["(-∞, ∞)"]);
}

#[test]
fn revenue_grew_by_eight_per_cent() {
    let change = equal(over(times(n("100"), minus(v(1), v(0))), v(0)), v(2));
    fits(&change, &["[396.85, 396.95]", "[428.55, 428.65]", "[7.95, 8.05]"]);
    contradicted(&change, &["[396.85, 396.95]", "[428.55, 428.65]", "[8.25, 8.35]"]);
    // A loss that became smaller: the base is negative.
    fits(&change, &["[-10.05, -9.95]", "[-5.05, -4.95]", "[-50.5, -49.5]"]);
}

#[test]
fn a_divisor_that_can_be_nought_accuses_nobody() {
    let share = equal(over(times(n("100"), v(0)), v(1)), v(2));
    contradicted(&share, &["[6, 6]", "[12, 12]", "[60, 61]"]);
    fits(&share, &["[6, 6]", "[0, 12]", "[1, 2]"]);
    holds(&share, &["[6, 6]", "[0, 0]", "[1, 2]"]);
    contradicted(&share, &["[6, 6]", "(0, 12]", "[1, 2]"]);
    fits(&Formula::Not(Box::new(share.clone())), &["[6, 6]", "[0, 12]", "[50, 50]"]);
    holds(&Formula::Not(Box::new(share)), &["[6, 6]", "[0, 0]", "[50, 50]"]);
    // A quotient below a quotient: either may be nought.
    let nested = equal(over(v(0), over(v(1), v(2))), n("7"));
    fits(&nested, &["[1, 1]", "[1, 1]", "[0, 1]"]);
    contradicted(&nested, &["[1, 1]", "[1, 1]", "[1, 2]"]);
}

#[test]
fn thirty_seven_per_cent_of_twelve_is_impossible() {
    let share = equal(v(0), over(times(n("100"), v(1)), v(2)));
    contradicted(&share, &["[36.5, 37.5]", "#[0, 12]", "[12, 12]"]);
    fits(&share, &["[41.5, 42.5]", "#[0, 12]", "[12, 12]"]);
    fits(&share, &["[36.5, 37.5]", "#[0, ∞)", "#[1, ∞)"]);
    // 37.0 per cent needs 27 people at least: 10 of 27.
    contradicted(&share, &["[36.95, 37.05]", "#[0, ∞)", "#[1, 26]"]);
    fits(&share, &["[36.95, 37.05]", "#[0, ∞)", "#[1, 27]"]);
}

#[test]
fn a_mean_of_whole_answers_is_checked_for_every_number_of_answers() {
    let grim = equal(times(v(0), v(1)), v(2));
    contradicted(&grim, &["[5.185, 5.195]", "[28, 28]", "#[0, ∞)"]);
    fits(&grim, &["[5.175, 5.185]", "[28, 28]", "#[0, ∞)"]);
    fits(&grim, &["[5.185, 5.195]", "#[20, 30]", "#[0, ∞)"]);
    fits(&grim, &["[3.445, 3.455]", "#[1, ∞)", "#[0, ∞)"]);
}

#[test]
fn whole_numbers_that_no_multiple_meets_are_contradicted_however_large() {
    let odd = equal(Term::Sum(vec![times(n("2"), v(0)), times(n("4"), v(1))]), n("7"));
    contradicted(&odd, &["#(-∞, ∞)", "#(-∞, ∞)"]);
    fits(&odd, &["#(-∞, ∞)", "(-∞, ∞)"]);
    contradicted(&Formula::Known(true), &["#[1.2, 1.8]"]);
}

#[test]
fn an_irrational_choice_is_a_choice() {
    let square = equal(times(v(0), v(0)), n("2"));
    assert!(matches!(decided(&square, &["[1, 2]"]), Decision::FitsBetween(..)));
    contradicted(&square, &["[1.5, 2]"]);
    contradicted(&square, &["#(-∞, ∞)"].map(|_| "#[-100, 100]"));
    fits(&equal(times(v(0), v(0)), v(1)), &["[1.405, 1.415]", "[1.9, 2.1]"]);
}

#[test]
fn if_and_or_and_not_are_what_they_say() {
    let staff = Formula::Any(vec![
        Formula::Not(Box::new(compare(v(0), Comparison::More, n("0")))),
        compare(v(1), Comparison::More, n("0")),
    ]);
    contradicted(&staff, &["[5, 5]", "[0, 0]"]);
    holds(&staff, &["[0, 0]", "[0, 0]"]);
    fits(&staff, &["[0, 5]", "[0, 0]"]);
    let either = Formula::Any(vec![equal(v(0), n("1")), equal(v(0), n("2"))]);
    contradicted(&either, &["(1, 2)"]);
    fits(&either, &["[0, 9]"]);
    holds(&either, &["#[1, 2]"]);
    holds(&Formula::All(Vec::new()), &[]);
    contradicted(&Formula::Any(Vec::new()), &[]);
}

#[test]
fn least_and_greatest_are_taken_apart() {
    let most = equal(Term::Greatest(vec![v(0), v(1)]), v(2));
    fits(&most, &["[1, 2]", "[3, 4]", "[4, 4]"]);
    contradicted(&most, &["[1, 2]", "[3, 4]", "[2, 2.5]"]);
    holds(&compare(Term::Least(vec![v(0), v(1)]), Comparison::AtMost, v(0)), &["[1, 2]", "[0, 4]"]);
    let spread =
        compare(minus(Term::Greatest(vec![v(0), v(1)]), Term::Least(vec![v(0), v(1)])), Comparison::Less, n("0"));
    contradicted(&spread, &["[1, 2]", "[0, 4]"]);
    let mean = equal(over(Term::Sum(vec![v(0), v(1)]), Term::Greatest(vec![v(0), v(1)])), n("3"));
    contradicted(&mean, &["[1, 2]", "[1, 4]"]);
    fits(&mean, &["[0, 2]", "[0, 4]"]);
}

#[test]
fn several_equations_are_read_together() {
    let both = |total: &str, difference: &str| {
        Formula::All(vec![
            equal(Term::Sum(vec![v(0), v(1)]), n(total)),
            equal(times(n("3"), minus(v(0), v(1))), n(difference)),
        ])
    };
    fits(&both("10", "1"), &["[0, 10]", "[0, 10]"]);
    contradicted(&both("10", "1"), &["[0, 5]", "[0, 10]"]);
    contradicted(&both("10", "30.1"), &["[0, 20]", "[0, 10]"]);
    // Three shares of one whole, of which two are given by the third.
    let shares = Formula::All(vec![
        equal(Term::Sum(vec![v(0), v(1), v(2)]), n("100")),
        equal(v(0), times(n("2"), v(1))),
        equal(v(1), times(n("2"), v(2))),
    ]);
    fits(&shares, &["[50, 60]", "[20, 30]", "[10, 20]"]);
    contradicted(&shares, &["[58, 60]", "[20, 30]", "[10, 20]"]);
    let chain = Formula::All(vec![
        compare(v(0), Comparison::Less, v(1)),
        compare(v(1), Comparison::Less, v(2)),
        compare(v(2), Comparison::AtMost, v(0)),
    ]);
    let decision = decided(&chain, &["[0, 1]", "[0, 1]", "[0, 1]"]);
    assert!(matches!(decision, Decision::Contradicted | Decision::Undecided), "{decision:?}");
}

#[test]
fn thousands_of_figures_add_up_quickly() {
    let parts: Vec<_> = (0..3_000).map(v).collect();
    let sum = equal(Term::Sum(parts), v(3_000));
    let part = domain("[9.5, 10.5]");
    let mut domains = vec![part; 3_000];
    domains.push(domain("[30500, 30500]"));
    assert!(matches!(decide(&sum, &domains, 1_000_000), Decision::Fits(_)));
    domains[3_000] = domain("[31501, 32000]");
    assert_eq!(decide(&sum, &domains, 1_000_000), Decision::Contradicted);
}

#[test]
fn what_is_out_of_all_proportion_is_undecided_and_stops() {
    let mut deep = v(0);
    for _ in 0..2_000 {
        deep = Term::Negative(Box::new(deep));
    }
    assert_eq!(decide(&equal(deep, n("1")), &[domain("[0, 5]")], 3_000), Decision::Undecided);
    let tower = Term::Power(Box::new(Term::Sum(vec![v(0), v(1)])), 1_000_000);
    assert_eq!(decide(&equal(tower, n("1")), &[domain("[2, 5]"), domain("[2, 5]")], 3_000), Decision::Undecided);
    // Fermat, for cubes: never decided, and never wrong.
    let cube = |index| Term::Power(Box::new(v(index)), 3);
    let fermat = equal(Term::Sum(vec![cube(0), cube(1)]), cube(2));
    let natural = ["#[1, ∞)", "#[1, ∞)", "#[1, ∞)"].map(domain);
    assert_eq!(decide(&fermat, &natural, 50_000), Decision::Undecided);
}

#[test]
fn a_budget_of_nothing_decides_nothing_wrongly() {
    let share = equal(over(times(n("100"), v(0)), v(1)), v(2));
    let domains = ["[6, 6]", "[12, 12]", "[49, 51]"].map(domain);
    for budget in 0..200 {
        let decision = decide(&share, &domains, budget);
        assert!(matches!(decision, Decision::Fits(_) | Decision::Undecided), "{decision:?}");
    }
}

fn comparisons() -> impl Strategy<Value = Comparison> {
    prop_oneof![
        Just(Comparison::Less),
        Just(Comparison::AtMost),
        Just(Comparison::Equal),
        Just(Comparison::NotEqual),
        Just(Comparison::AtLeast),
        Just(Comparison::More),
    ]
}

fn terms() -> impl Strategy<Value = Term> {
    let leaf =
        prop_oneof![(-4_i64..5).prop_map(|value| Term::Number(value.into())), (0_usize..3).prop_map(Term::Variable)];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|term| Term::Negative(Box::new(term))),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Term::Sum),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| times(a, b)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| over(a, b)),
            (inner.clone(), 0_u32..3).prop_map(|(term, power)| Term::Power(Box::new(term), power)),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Term::Least),
            prop::collection::vec(inner, 1..3).prop_map(Term::Greatest),
        ]
    })
}

fn formulas() -> impl Strategy<Value = Formula> {
    let leaf = (terms(), comparisons(), terms()).prop_map(|(a, comparison, b)| Formula::Compare(a, comparison, b));
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Formula::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Formula::Any),
            inner.prop_map(|formula| Formula::Not(Box::new(formula))),
        ]
    })
}

/// Every choice of a grid of three variables, `step` parts to the unit.
fn grid(boxes: &[(i64, i64)], parts: i64) -> Vec<Vec<Rational>> {
    let mut choices = vec![Vec::new()];
    for (lo, hi) in boxes {
        choices = choices
            .into_iter()
            .flat_map(|choice: Vec<Rational>| {
                (lo * parts..=hi * parts).map(move |value| {
                    let mut choice = choice.clone();
                    choice.push(Rational::new(value, parts).unwrap());
                    choice
                })
            })
            .collect();
    }
    choices
}

fn boxes() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((-3_i64..4, 0_i64..4).prop_map(|(lo, width)| (lo, lo + width)), 3)
}

fn domains(boxes: &[(i64, i64)], integer: bool) -> Vec<Domain> {
    boxes
        .iter()
        .map(|&(lo, hi)| Domain { interval: Interval::closed(lo.into(), hi.into()).unwrap(), integer })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Over whole numbers, brute force knows the answer, and the decision is never another.
    #[test]
    fn whole_numbers_agree_with_brute_force(formula in formulas(), boxes in boxes()) {
        let truths: Vec<_> = grid(&boxes, 1).iter().map(|choice| truth(&formula, choice)).collect();
        prop_assume!(truths.iter().all(Option::is_some));
        let (some, every) = (truths.contains(&Some(true)), !truths.contains(&Some(false)));
        match decide(&formula, &domains(&boxes, true), 400_000) {
            Decision::Holds => prop_assert!(every),
            Decision::Contradicted => prop_assert!(!some),
            Decision::Fits(witness) => {
                prop_assert!(some && !every);
                prop_assert_eq!(truth(&formula, &witness), Some(true));
            }
            Decision::FitsBetween(..) => prop_assert!(false, "whole numbers have nothing between them"),
            Decision::Undecided => prop_assert!(false, "small boxes are decided"),
        }
    }

    /// Over all numbers, no sampled choice is ever against the decision.
    #[test]
    fn samples_never_contradict_a_decision(formula in formulas(), boxes in boxes()) {
        let truths: Vec<_> = grid(&boxes, 2).iter().map(|choice| truth(&formula, choice)).collect();
        match decide(&formula, &domains(&boxes, false), 20_000) {
            Decision::Holds => prop_assert!(!truths.contains(&Some(false))),
            Decision::Contradicted => prop_assert!(!truths.contains(&Some(true))),
            Decision::Fits(witness) => prop_assert_eq!(truth(&formula, &witness), Some(true)),
            Decision::FitsBetween(..) | Decision::Undecided => {}
        }
    }

    /// A sum is decided exactly by its ends, closed or open.
    #[test]
    fn linear_comparisons_are_always_decided(
        factors in prop::collection::vec(-3_i64..4, 3),
        constant in -9_i64..10,
        comparison in comparisons(),
        ends in prop::collection::vec((-3_i64..4, 1_i64..4, any::<bool>(), any::<bool>()), 3),
    ) {
        let terms = factors.iter().enumerate().map(|(index, factor)| times(Term::Number((*factor).into()), v(index)));
        let formula = compare(Term::Sum(terms.collect()), comparison, Term::Number(constant.into()));
        let domains: Vec<_> = ends
            .iter()
            .map(|&(lo, width, left, right)| Domain {
                interval: Interval::new(End::at(lo.into(), left), End::at((lo + width).into(), right)).unwrap(),
                integer: false,
            })
            .collect();
        let mut range = Interval::point((-constant).into());
        for (factor, domain) in factors.iter().zip(&domains) {
            range = range.add(&domain.interval.scale(&(*factor).into()));
        }
        let expected = |comparison: Comparison| match comparison {
            Comparison::Less => range.meets(&Interval::less_than(Rational::ZERO)),
            Comparison::AtMost => range.meets(&Interval::at_most(Rational::ZERO)),
            Comparison::Equal => range.contains(&Rational::ZERO),
            Comparison::NotEqual => range != Interval::point(Rational::ZERO),
            Comparison::AtLeast => range.meets(&Interval::at_least(Rational::ZERO)),
            Comparison::More => range.meets(&Interval::more_than(Rational::ZERO)),
        };
        let opposite = match comparison {
            Comparison::Less => Comparison::AtLeast,
            Comparison::AtMost => Comparison::More,
            Comparison::Equal => Comparison::NotEqual,
            Comparison::NotEqual => Comparison::Equal,
            Comparison::AtLeast => Comparison::Less,
            Comparison::More => Comparison::AtMost,
        };
        match decide(&formula, &domains, 20_000) {
            Decision::Holds => prop_assert!(!expected(opposite)),
            Decision::Contradicted => prop_assert!(!expected(comparison)),
            Decision::Fits(_) => prop_assert!(expected(comparison) && expected(opposite)),
            other => prop_assert!(false, "{other:?}"),
        }
    }
}
