//! Every answer is checked: values by putting them in, refutations by replaying them, both against brute force.

use super::*;
use crate::problem::refutation::{Combination, End, Refutation, Step};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Adds a variable to a system.
fn variable(system: &mut System, whole: bool) -> Variable {
    system.whole.push(whole);
    system.start.push(Rational::ZERO);
    u32::try_from(system.whole.len() - 1).unwrap()
}

fn row(terms: &[(u32, i64)], at_most: i64, strict: bool) -> Row<Variable> {
    let mut sum: BTreeMap<u32, i64> = BTreeMap::new();
    for (variable, factor) in terms {
        *sum.entry(*variable).or_default() += factor;
    }
    let terms = sum.into_iter().filter(|(_, factor)| *factor != 0);
    Row { terms: terms.map(|(at, factor)| (at, Rational::from(factor))).collect(), at_most: at_most.into(), strict }
}

/// A sum of rows: its terms, its bound, and whether that is excluded.
fn sum(rows: &[Row<Variable>], combination: &Combination) -> (BTreeMap<Variable, Rational>, Rational, bool) {
    let (mut terms, mut at_most, mut strict) = (BTreeMap::new(), Rational::ZERO, false);
    for (number, weight) in combination {
        assert!(weight.is_positive(), "row {number} counts {weight:?} times");
        let row = &rows[*number];
        for (variable, factor) in &row.terms {
            *terms.entry(*variable).or_insert(Rational::ZERO) += factor.times(weight);
        }
        at_most += row.at_most.times(weight);
        strict |= row.strict;
    }
    terms.retain(|_, factor| !factor.is_zero());
    (terms, at_most, strict)
}

/// Replays a refutation from the rows so far.
fn replay(system: &System, rows: &mut Vec<Row<Variable>>, refutation: &Refutation) {
    let before = rows.len();
    for step in &refutation.steps {
        match step {
            Step::Rounded(combination) => {
                let (terms, at_most, strict) = sum(rows, combination);
                for (variable, factor) in &terms {
                    assert!(system.whole[place(*variable)] && factor.is_integer());
                }
                let at_most = if strict { at_most.ceil().minus(&Rational::ONE) } else { at_most.floor() };
                rows.push(Row { terms: terms.into_iter().collect(), at_most, strict: false });
            }
            Step::Product(left, right) => {
                let ((one, b, strict), (other, d, strict2)) = (sum(rows, left), sum(rows, right));
                let ([(x, a)], [(y, c)]) = (
                    one.into_iter().collect::<Vec<_>>().try_into().unwrap(),
                    other.into_iter().collect::<Vec<_>>().try_into().unwrap(),
                );
                let of = |product: &&Product| (product.left, product.right) == (x, y);
                let product = system.products.iter().find(of).unwrap().product;
                let mut terms: BTreeMap<Variable, Rational> = BTreeMap::new();
                *terms.entry(x).or_default() += a.times(&d);
                *terms.entry(y).or_default() += b.times(&c);
                *terms.entry(product).or_default() += -&a.times(&c);
                terms.retain(|_, factor| !factor.is_zero());
                let terms = terms.into_iter().collect();
                rows.push(Row { terms, at_most: b.times(&d), strict: strict && strict2 });
            }
            Step::Chosen { choice, alternative, others } => {
                let alternatives = &system.choices[*choice].alternatives;
                let rest = alternatives.iter().enumerate().filter(|(at, _)| at != alternative);
                let rest: Vec<_> = rest.collect();
                assert_eq!(rest.len(), others.len());
                for ((_, own), refutation) in rest.into_iter().zip(others) {
                    let here = rows.len();
                    rows.extend(own.iter().cloned());
                    replay(system, rows, refutation);
                    rows.truncate(here);
                }
                rows.extend(alternatives[*alternative].iter().cloned());
            }
        }
    }
    match &refutation.end {
        End::Sum(combination) => {
            let (terms, at_most, strict) = sum(rows, combination);
            assert!(terms.is_empty(), "{terms:?} is left");
            assert!(at_most.is_negative() || (strict && at_most.is_zero()));
        }
        End::Split { terms, below, above, sides } => {
            let whole = terms.iter().all(|(at, factor)| system.whole[*at] && factor.is_integer());
            assert!(above <= below || (whole && *above == below.floor().plus(&Rational::ONE)));
            let own: Vec<_> = terms.iter().map(|(at, factor)| (u32::try_from(*at).unwrap(), factor.clone())).collect();
            let negative = own.iter().map(|(at, factor)| (*at, -factor)).collect();
            rows.push(Row { terms: own, at_most: below.clone(), strict: false });
            replay(system, rows, &sides.0);
            rows.pop();
            rows.push(Row { terms: negative, at_most: -above, strict: false });
            replay(system, rows, &sides.1);
            rows.pop();
        }
        End::Cases(choice, each) => {
            let alternatives = &system.choices[*choice].alternatives;
            assert_eq!(alternatives.len(), each.len());
            for (own, refutation) in alternatives.iter().zip(each) {
                let here = rows.len();
                rows.extend(own.iter().cloned());
                replay(system, rows, refutation);
                rows.truncate(here);
            }
        }
    }
    rows.truncate(before);
}

fn satisfied(system: &System, values: &[Rational]) -> bool {
    let holds = |row: &Row<Variable>| search::row_holds(row, values);
    system.rows.iter().all(holds)
        && system.choices.iter().all(|choice| choice.alternatives.iter().any(|rows| rows.iter().all(holds)))
        && system.whole.iter().zip(values).all(|(whole, value)| !whole || value.is_integer())
        && system.products.iter().all(|product| {
            values[place(product.product)] == values[place(product.left)].times(&values[place(product.right)])
        })
}

/// Decides a system and checks the answer. `None` if the budget ran out.
fn decided(system: &System, budget: u64) -> Option<bool> {
    match Search::new(system).decide(budget) {
        Answer::Possible(values) => {
            assert!(satisfied(system, &values), "{values:?} do not satisfy {system:?}");
            Some(true)
        }
        Answer::Impossible(refutation) => {
            replay(system, &mut system.rows.clone(), &refutation);
            Some(false)
        }
        Answer::Undecided => None,
    }
}

/// Whether whole numbers from 0 to `most` satisfy a system of whole variables.
fn by_brute_force(system: &System, most: i64) -> bool {
    let count = system.whole.len();
    let mut values = vec![0_i64; count];
    loop {
        let exact: Vec<Rational> = values.iter().map(|value| Rational::from(*value)).collect();
        if satisfied(system, &exact) {
            return true;
        }
        let Some(at) = values.iter().position(|value| *value < most) else { return false };
        values[at] += 1;
        values[..at].fill(0);
    }
}

const MOST: i64 = 3;

fn any_row(variables: u32) -> impl Strategy<Value = Row<Variable>> {
    let term = (0..variables, prop_oneof![6 => prop_oneof![Just(-1_i64), Just(1)], 1 => -4..5_i64]);
    (prop::collection::vec(term, 1..4), -6..7_i64, prop::bool::weighted(0.2))
        .prop_map(|(terms, at_most, strict)| row(&terms, at_most, strict))
}

fn any_system(whole: bool) -> impl Strategy<Value = System> {
    (2..5_u32).prop_flat_map(move |variables| {
        let rows = prop::collection::vec(any_row(variables), 1..8);
        let alternatives = prop::collection::vec(prop::collection::vec(any_row(variables), 1..3), 1..4);
        let choices = prop::collection::vec(alternatives.prop_map(|alternatives| Choice { alternatives }), 0..3);
        let boxed = prop::bool::weighted(if whole { 1.0 } else { 0.5 });
        let starts = prop::collection::vec(0..MOST, usize::try_from(variables).unwrap());
        (rows, choices, boxed, starts).prop_map(move |(mut rows, choices, boxed, starts)| {
            for variable in (0..variables).filter(|_| boxed) {
                rows.push(row(&[(variable, 1)], MOST, false));
                rows.push(row(&[(variable, -1)], 0, false));
            }
            let start = starts.into_iter().map(Rational::from).collect();
            System { whole: vec![whole; place(variables)], start, rows, choices, products: Vec::new() }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whole_numbers_are_decided_as_by_brute_force(system in any_system(true)) {
        prop_assert_eq!(decided(&system, 1_000_000), Some(by_brute_force(&system, MOST)));
    }

    #[test]
    fn reals_are_decided_and_every_answer_can_be_checked(system in any_system(false)) {
        prop_assert!(decided(&system, 1_000_000).is_some());
    }

    #[test]
    fn products_of_whole_numbers_are_decided_as_by_brute_force(
        system in any_system(true),
        pairs in prop::collection::vec((0..2_u32, 0..2_u32), 1..3),
    ) {
        let mut system = system;
        for (left, right) in pairs {
            let product = variable(&mut system, true);
            system.rows.push(row(&[(product, 1), (left, -1)], 2, false));
            system.products.push(Product { product, left, right });
        }
        // The products lie between 0 and 9 themselves.
        prop_assert_eq!(decided(&system, 10_000_000), Some(by_brute_force(&system, MOST * MOST)));
    }

    #[test]
    fn leaving_rows_out_and_taking_them_back_changes_nothing(system in any_system(true), out in 0..8_usize) {
        let mut search = Search::new(&system);
        let before = matches!(search.decide(1_000_000), Answer::Possible(_));
        search.set_row(out, false);
        let _ = search.decide(1_000_000);
        search.set_row(out, true);
        prop_assert_eq!(matches!(search.decide(1_000_000), Answer::Possible(_)), before);
    }
}

/// Both bounds of a sum.
fn between(terms: &[(u32, i64)], low: i64, high: i64) -> [Row<Variable>; 2] {
    let negative: Vec<(u32, i64)> = terms.iter().map(|(at, factor)| (*at, -factor)).collect();
    [row(terms, high, false), row(&negative, -low, false)]
}

/// A table of whole cells with its margins, all of them rounded, and every second cell a share of its line.
fn table(cells: &[Vec<i64>]) -> System {
    let (lines, columns) = (cells.len(), cells[0].len());
    let mut system = System::default();
    let at: Vec<Vec<u32>> =
        cells.iter().map(|line| line.iter().map(|_| variable(&mut system, true)).collect()).collect();
    let margin = |system: &mut System, parts: Vec<u32>, value: i64| {
        let sum = variable(system, true);
        let terms: Vec<(u32, i64)> = parts.into_iter().map(|part| (part, 1)).chain([(sum, -1)]).collect();
        system.rows.extend(between(&terms, 0, 0));
        let low = value - value.rem_euclid(31);
        system.rows.extend(between(&[(sum, 1)], low, low + 30));
        system.start[place(sum)] = (low + 15).into();
        sum
    };
    let wholes: Vec<u32> =
        (0..lines).map(|line| margin(&mut system, at[line].clone(), cells[line].iter().sum())).collect();
    for column in 0..columns {
        let parts = at.iter().map(|line| line[column]).collect();
        margin(&mut system, parts, cells.iter().map(|line| line[column]).sum());
    }
    margin(&mut system, wholes.clone(), cells.iter().flatten().sum());
    for (line, own) in cells.iter().enumerate() {
        for (column, value) in own.iter().enumerate() {
            let (part, whole) = (at[line][column], wholes[line]);
            let sum: i64 = own.iter().sum();
            if (line + column) % 2 == 0 && sum > 0 {
                // In hundredths of the line, rounded down: p <= 100 part / line < p + 1.
                let share = 100 * value / sum;
                system.rows.push(row(&[(part, -100), (whole, share)], 0, false));
                system.rows.push(row(&[(part, 100), (whole, -share - 1)], 0, true));
                system.rows.push(row(&[(part, -1)], 0, false));
            } else {
                let low = value - value.rem_euclid(7);
                system.rows.extend(between(&[(part, 1)], low, low + 6));
                system.start[place(part)] = (low + 3).into();
            }
        }
    }
    system
}

fn any_cells() -> impl Strategy<Value = Vec<Vec<i64>>> {
    (6..12_usize).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec(0..200_i64, columns), 6..12))
}

/// Whether what is guessed for a system satisfies it.
fn is_guessed(system: &System) -> bool {
    let mut path = path::Path::new(system);
    path.begin();
    (0..system.rows.len()).for_each(|row| path.count(row).unwrap());
    let values = guess::guess(system, &path, None, &mut 10_000_000).unwrap();
    satisfied(system, &values)
}

#[test]
fn shares_and_margins_of_whole_parts_are_met_without_a_tableau_nearly_always() {
    let mut drawn = 7_u64;
    let mut draw = |below: u64| {
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (drawn >> 33) % below
    };
    let mut missed = 0;
    for _ in 0..100 {
        let (lines, columns) = (6 + draw(6), 6 + draw(6));
        let cells: Vec<Vec<i64>> =
            (0..lines).map(|_| (0..columns).map(|_| i64::try_from(draw(200)).unwrap()).collect()).collect();
        missed += usize::from(!is_guessed(&table(&cells)));
    }
    assert!(missed <= 2, "{missed} of 100");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_table_of_rounded_figures_and_shares_can_be_true(cells in any_cells()) {
        prop_assert_eq!(decided(&table(&cells), 100_000_000), Some(true));
    }

    #[test]
    fn what_follows_from_parts_is_their_sum(cells in any_cells(), parts in prop::collection::vec(0..99_i128, 200)) {
        let system = table(&cells);
        let mut path = path::Path::new(&system);
        path.begin();
        (0..system.rows.len()).for_each(|row| path.count(row).unwrap());
        let mut sums = sums::Sums::of(&system, &path, None).unwrap();
        let start: Vec<i128> = system.start.iter().map(|value| sums::in_steps(value).unwrap()).collect();
        let follows = sums.follow(&system, &start);
        prop_assert_eq!(follows.len(), cells.len() + cells[0].len() + 1);
        let values = parts.into_iter().take(start.len()).map(|part| part * sums::UNIT).collect();
        let values = jumps::Jumps::new(&system, sums, follows, values).unwrap().values().unwrap();
        let values: Vec<Rational> = values.into_iter().map(sums::value_of).collect();
        for row in system.rows.iter().filter(|row| row.terms.len() > 2) {
            prop_assert!(search::row_holds(row, &values));
        }
    }

    #[test]
    fn what_cannot_be_guessed_is_still_decided(cells in any_cells(), apart in 1..9_i64) {
        // All lines together come to less than all columns.
        let mut system = table(&cells);
        let (lines, columns) = (cells.len(), cells[0].len());
        let first = u32::try_from(lines * columns).unwrap();
        let (wholes, sums) = (first..first + u32::try_from(lines).unwrap(), first + u32::try_from(lines).unwrap());
        let total: i64 = cells.iter().flatten().sum();
        system.rows.push(row(&wholes.map(|it| (it, 1)).collect::<Vec<_>>(), total, false));
        let sums = sums..sums + u32::try_from(columns).unwrap();
        system.rows.push(row(&sums.map(|it| (it, -1)).collect::<Vec<_>>(), -total - apart, false));
        prop_assert_eq!(decided(&system, 100_000_000), Some(false));
    }
}

fn system(whole: &[bool], rows: Vec<Row<Variable>>) -> System {
    System { whole: whole.to_vec(), start: vec![Rational::ZERO; whole.len()], rows, ..System::default() }
}

#[test]
fn what_is_strict_both_ways_over_a_huge_range_is_refuted_at_once() {
    let between = |at| [row(&[(at, 1)], 1_000_000_000, false), row(&[(at, -1)], 0, false)];
    let mut rows = vec![row(&[(0, 1), (1, -1)], 0, true), row(&[(1, 1), (0, -1)], 0, true)];
    rows.extend(between(0).into_iter().chain(between(1)));
    for whole in [false, true] {
        assert_eq!(decided(&system(&[whole, whole], rows.clone()), 1_000), Some(false));
    }
}

#[test]
fn twice_a_whole_number_is_not_odd() {
    let rows = vec![row(&[(0, 2), (1, -4)], 1, false), row(&[(0, -2), (1, 4)], -1, false)];
    assert_eq!(decided(&system(&[true, true], rows.clone()), 1_000), Some(false));
    assert_eq!(decided(&system(&[false, false], rows), 1_000), Some(true));
}

#[test]
fn a_share_of_an_unknown_whole_is_projected() {
    // 37% of a whole between 90 and 100 is the part: at least 32, so not 31.
    let share = |most: i64| {
        let mut system = system(&[false, true, true], Vec::new());
        let product = variable(&mut system, false);
        system.products.push(Product { product, left: 0, right: 1 });
        system.rows = vec![
            Row { terms: vec![(0, Rational::from(2))], at_most: 75.into(), strict: false },
            Row { terms: vec![(0, Rational::from(-2))], at_most: (-73).into(), strict: false },
            row(&[(1, 1)], 100, false),
            row(&[(1, -1)], -90, false),
            row(&[(product, 1), (2, -100)], 0, false),
            row(&[(product, -1), (2, 100)], 0, false),
            row(&[(2, 1)], most, false),
        ];
        system
    };
    assert_eq!(decided(&share(33), 10_000), Some(true));
    assert_eq!(decided(&share(32), 10_000), Some(false));
}

#[test]
fn a_search_without_end_ends_with_its_budget() {
    // 3x - 3y and 2z + 1 can never be equal for whole z and even sums: no bound of any variable helps.
    let rows = vec![
        row(&[(0, 2), (1, 2), (2, -2), (3, 0)], 0, false),
        row(&[(0, -2), (1, -2), (2, 2)], 0, false),
        row(&[(0, 1), (1, 1), (2, 1), (3, -2)], 1, false),
        row(&[(0, -1), (1, -1), (2, -1), (3, 2)], -1, false),
    ];
    let answer = Search::new(&system(&[true; 4], rows)).decide(50_000);
    assert!(!matches!(answer, Answer::Possible(_)));
}

#[test]
fn numbers_of_sixty_digits_are_exact() {
    let huge = Rational::from_big(num_bigint::BigInt::from(10).pow(60), 1.into()).unwrap();
    let next = huge.plus(&Rational::ONE);
    let least = Row { terms: vec![(0, Rational::from(-1))], at_most: -&next, strict: false };
    let most = |bound: &Rational| Row {
        terms: vec![(0, Rational::ONE), (1, Rational::ONE)],
        at_most: bound.clone(),
        strict: false,
    };
    let other = row(&[(1, -1)], 0, false);
    assert_eq!(decided(&system(&[true, true], vec![least.clone(), other.clone(), most(&huge)]), 1_000), Some(false));
    assert_eq!(decided(&system(&[true, true], vec![least, other, most(&next)]), 1_000), Some(true));
}
