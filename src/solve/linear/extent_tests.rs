//! What a variable can be, against trying every value of a small box.

use super::{Extreme, Spread, System, extreme, spread};
use crate::number::Rational;
use crate::problem::Side;
use crate::problem::refutation::{Choice, Row};
use proptest::prelude::*;
use std::collections::BTreeSet;

const SIZE: i64 = 4;
const STEPS: u64 = 2_000_000;

type Written = (Vec<i64>, i64, bool);

fn row((factors, at_most, strict): &Written) -> Row<u32> {
    let terms = (0_u32..).zip(factors).filter(|(_, factor)| **factor != 0);
    Row { terms: terms.map(|(at, it)| (at, (*it).into())).collect(), at_most: (*at_most).into(), strict: *strict }
}

fn system(rows: &[Written], choices: &[Vec<Written>], bounded: bool) -> System {
    let mut all: Vec<Row<u32>> = rows.iter().map(row).collect();
    for variable in 0..if bounded { 3 } else { 2 } {
        let unit = |sign: i64| (0..3).map(|at| if at == variable { sign } else { 0 }).collect::<Vec<i64>>();
        all.extend([row(&(unit(1), SIZE, false)), row(&(unit(-1), SIZE, false))]);
    }
    System {
        whole: vec![true; 3],
        start: vec![Rational::ZERO; 3],
        rows: all,
        choices: choices
            .iter()
            .map(|ways| Choice { alternatives: ways.iter().map(|one| vec![row(one)]).collect() })
            .collect(),
        products: Vec::new(),
    }
}

fn holds((factors, at_most, strict): &Written, values: &[i64]) -> bool {
    let sum: i64 = factors.iter().zip(values).map(|(factor, value)| factor * value).sum();
    if *strict { sum < *at_most } else { sum <= *at_most }
}

/// The values that the first variable has in any solution, the others within the box and it within `reach`.
fn by_trying(rows: &[Written], choices: &[Vec<Written>], reach: i64) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    for last in -reach..=reach {
        for (one, other) in (-SIZE..=SIZE).flat_map(|one| (-SIZE..=SIZE).map(move |other| (one, other))) {
            let values = [one, other, last];
            if rows.iter().all(|row| holds(row, &values))
                && choices.iter().all(|ways| ways.iter().any(|way| holds(way, &values)))
            {
                found.insert(last);
            }
        }
    }
    found
}

fn end(system: &System, side: Side) -> Option<Option<i64>> {
    match extreme(system, 2, side, &mut STEPS.clone()) {
        Extreme::Impossible => None,
        Extreme::Unbounded => Some(None),
        Extreme::At { value, attained, .. } => {
            assert!(attained, "a whole number is");
            Some(value.to_i64())
        }
        Extreme::Unknown => panic!("so little is always decided"),
    }
}

fn written() -> impl Strategy<Value = Written> {
    (prop::collection::vec(-3_i64..4, 3), -8_i64..9, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn ends_and_values_are_those_that_trying_finds(
        rows in prop::collection::vec(written(), 0..4),
        choices in prop::collection::vec(prop::collection::vec(written(), 1..3), 0..3),
    ) {
        let system = system(&rows, &choices, true);
        let expected = by_trying(&rows, &choices, SIZE);
        for (side, known) in [(Side::Least, expected.first()), (Side::Most, expected.last())] {
            prop_assert_eq!(end(&system, side).flatten(), known.copied());
        }
        let found = spread(&system, 2, &mut STEPS.clone());
        prop_assert_eq!(found.is_none(), expected.is_empty());
        if let Some(Spread { parts, exact }) = found {
            let within = |value: &i64| parts.iter().any(|part| part.contains(&(*value).into()));
            let inside: BTreeSet<i64> = (-SIZE..=SIZE).filter(within).collect();
            prop_assert!(exact, "so short a range is walked along");
            prop_assert_eq!(inside, expected);
        }
    }

    #[test]
    fn ends_that_are_far_out_or_missing(
        rows in prop::collection::vec(written(), 1..4),
        choices in prop::collection::vec(prop::collection::vec(written(), 1..3), 0..2),
    ) {
        // Within so wide a box every row has met the two other variables, which are bounded.
        let (system, reach) = (system(&rows, &choices, false), 40);
        let expected = by_trying(&rows, &choices, reach);
        let known = |found: Option<&i64>| found.copied().filter(|value| value.abs() < reach);
        let (least, most) = (end(&system, Side::Least), end(&system, Side::Most));
        prop_assert_eq!(least.is_none(), expected.is_empty());
        prop_assert_eq!(least.flatten(), known(expected.first()));
        prop_assert_eq!(most.flatten(), known(expected.last()));
    }
}
