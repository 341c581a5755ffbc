//! What is decided, against brute force: every number of people, every reading, every way to round.
//!
//! The oracle knows nothing of intervals. It makes every possible value and rounds it; the readings that come out are those
//! that may not be accused. It takes minutes for all that the wide tests try, so that those are run by themselves:
//! `cargo test --release wide -- --ignored`.

use crate::expr::{AnswerKind, Comparison};
use crate::number::{Interval, Precision, Rational, ReadingPolicy, Rounding, read};
use crate::problem::{Answers, Domain, Formula, Term};
use crate::solve::{Decision, decide};
use std::collections::BTreeSet;

const MODES: [Rounding; 6] =
    [Rounding::Nearest, Rounding::HalfUp, Rounding::HalfDown, Rounding::Truncate, Rounding::Floor, Rounding::Ceiling];

/// The readings that a number prints as, in units of the last digit, where `against` compares it with a multiple of half a
/// unit. All numbers here are at least 0. Ties are rounded both ways by the nearest.
fn prints(mode: Rounding, against: impl Fn(i64) -> std::cmp::Ordering) -> Vec<i64> {
    let mut below = 0; // the last whole unit that is not above it
    while against(2 * (below + 1)).is_ge() {
        below += 1;
    }
    let is_whole = against(2 * below).is_eq();
    let (half, above) = (against(2 * below + 1), below + 1);
    match mode {
        _ if is_whole => vec![below],
        Rounding::Truncate | Rounding::Floor => vec![below],
        Rounding::Ceiling => vec![above],
        Rounding::Nearest if half.is_eq() => vec![below, above],
        Rounding::HalfDown if half.is_eq() => vec![below],
        Rounding::HalfUp if half.is_eq() => vec![above],
        _ if half.is_gt() => vec![above],
        _ => vec![below],
    }
}

/// What a fraction prints as, in units of `1 / scale`.
fn prints_as(mode: Rounding, above: i64, below: i64, scale: i64) -> Vec<i64> {
    prints(mode, |halves| (2 * above * scale).cmp(&(halves * below)))
}

/// What the root of a fraction prints as.
fn root_prints_as(mode: Rounding, above: i64, below: i64, scale: i64) -> Vec<i64> {
    prints(mode, |halves| (4 * above * scale * scale).cmp(&(halves * halves * below)))
}

fn reading(mode: Rounding, units: i64, decimals: u32) -> Interval {
    let scale = 10_i64.pow(decimals);
    let width = usize::try_from(decimals).unwrap();
    let (whole, rest) = (units / scale, units % scale);
    let text = if width == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}") };
    let exponent = -i32::try_from(decimals).unwrap();
    let policy =
        ReadingPolicy { rounding: Some(mode), precision: Some(Precision::Digit(exponent)), ..ReadingPolicy::default() };
    read(&text, &policy).unwrap().reading.hard().clone()
}

fn whole(number: i64) -> Domain {
    Domain { interval: Interval::point(Rational::from(number)), integer: true }
}

fn real(interval: Interval) -> Domain {
    Domain { interval, integer: false }
}

/// `reading * n * items == factor * sum` for some whole sum, as the rules say it.
fn some_sum(reading: Interval, n: i64, items: i64, factor: i64) -> bool {
    let product = |a: Term, b: Term| Term::Product(Box::new(a), Box::new(b));
    let number = |number: i64| Term::Number(Rational::from(number));
    let left = product(product(Term::Variable(1), Term::Variable(2)), number(items));
    let formula = Formula::Compare(left, Comparison::Equal, product(number(factor), Term::Variable(0)));
    let sum = Domain { interval: Interval::at_least(Rational::ZERO), integer: true };
    let decision = decide(&formula, &[sum, real(reading), whole(n)], 20_000);
    assert_ne!(decision, Decision::Undecided);
    decision != Decision::Contradicted
}

/// Whether answers of a kind may have a mean and a standard deviation.
fn some_answers(kind: AnswerKind, n: i64, items: u32, mean: &Interval, deviation: &Interval) -> bool {
    let formula = Formula::Answers(Answers { kind, count: 0, mean: 1, deviation: 2, items });
    let decision = decide(&formula, &[whole(n), real(mean.clone()), real(deviation.clone())], 20_000);
    assert_ne!(decision, Decision::Undecided, "{n} {mean} {deviation}");
    decision != Decision::Contradicted
}

/// Means of n whole answers to so many items, from 0 to `most`, at so many decimals.
fn grim(n: i64, items: i64, mode: Rounding, most: i64, decimals: u32) -> usize {
    let scale = 10_i64.pow(decimals);
    let sums = 0..=(most + 1) * n * items;
    let printed: BTreeSet<i64> = sums.flat_map(|sum| prints_as(mode, sum, n * items, scale)).collect();
    for units in 0..=most * scale {
        let expected = printed.contains(&units);
        assert_eq!(some_sum(reading(mode, units, decimals), n, items, 1), expected, "{n} {items} {units} {mode:?}");
    }
    usize::try_from(most * scale + 1).unwrap()
}

/// Percentages of n people.
fn percent(n: i64, mode: Rounding, decimals: u32, step: usize) -> usize {
    let scale = 10_i64.pow(decimals);
    let printed: BTreeSet<i64> = (0..=n).flat_map(|count| prints_as(mode, 100 * count, n, scale)).collect();
    let all = (0..=100 * scale).step_by(step);
    all.inspect(|units| {
        let expected = printed.contains(units);
        assert_eq!(some_sum(reading(mode, *units, decimals), n, 1, 100), expected, "{n} {units} {mode:?}");
    })
    .count()
}

/// Means and standard deviations of n answers of yes or no at two decimals.
fn debit(n: i64, mode: Rounding) -> usize {
    let mut printed = BTreeSet::new();
    for yes in 0..=n {
        for mean in prints_as(mode, yes, n, 100) {
            printed.extend(root_prints_as(mode, yes * (n - yes), n * (n - 1), 100).into_iter().map(|sd| (mean, sd)));
        }
    }
    let deviations: Vec<Interval> = (0..=75).map(|sd| reading(mode, sd, 2)).collect();
    for units in 0..=100 {
        let mean = reading(mode, units, 2);
        for (sd, deviation) in (0..).zip(&deviations) {
            let expected = printed.contains(&(units, sd));
            let found = some_answers(AnswerKind::YesNo, n, 1, &mean, deviation);
            assert_eq!(found, expected, "{n} answers, {units} and {sd}, {mode:?}");
        }
    }
    101 * 76
}

/// The sums and sums of squares of all sets of n whole numbers from `-reach` to `reach`.
fn data_sets(n: i64, reach: i64) -> BTreeSet<(i64, i64)> {
    let mut sums = BTreeSet::from([(0, 0)]);
    for _ in 0..n {
        sums = sums.iter().flat_map(|(t, q)| (-reach..=reach).map(move |x| (t + x, q + x * x))).collect();
    }
    sums
}

/// Means from 0 to 1 and standard deviations up to `most` (in hundredths) of n people who answer so many items.
fn grimmer(n: i64, items: u32, mode: Rounding, most: i64) -> usize {
    let m = i64::from(items);
    // A number that is further from the mean than this makes the standard deviation larger than what is asked for.
    let reach = (most + 1) * m * n / 100 + m + 2;
    let mut printed = BTreeSet::new();
    for (total, squares) in data_sets(n, reach) {
        if !(0..=n * m).contains(&total) {
            continue;
        }
        let variance = (n * squares - total * total, n * (n - 1) * m * m);
        if 10_000 * variance.0 > (most + 1) * (most + 1) * variance.1 {
            continue;
        }
        for mean in prints_as(mode, total, n * m, 100) {
            printed.extend(root_prints_as(mode, variance.0, variance.1, 100).into_iter().map(|sd| (mean, sd)));
        }
    }
    let deviations: Vec<Interval> = (0..=most).map(|sd| reading(mode, sd, 2)).collect();
    for units in 0..=100 {
        let mean = reading(mode, units, 2);
        for (sd, deviation) in (0..).zip(&deviations) {
            let expected = printed.contains(&(units, sd));
            let found = some_answers(AnswerKind::Whole, n, items, &mean, deviation);
            assert_eq!(found, expected, "{n} people, {items} items, {units} and {sd}, {mode:?}");
        }
    }
    usize::try_from(101 * (most + 1)).unwrap()
}

#[test]
fn a_mean_is_that_of_a_whole_sum() {
    for mode in MODES {
        for n in [1, 2, 3, 7, 25, 51, 64, 100] {
            grim(n, 1, mode, 1, 2);
        }
        grim(12, 3, mode, 2, 2);
    }
}

#[test]
fn a_percentage_is_that_of_a_whole_number() {
    for mode in MODES {
        for n in [1, 3, 8, 12, 33, 64, 97, 100] {
            percent(n, mode, 0, 1);
            percent(n, mode, 2, 97);
        }
    }
}

#[test]
fn noughts_and_ones_have_the_standard_deviation_of_their_mean() {
    for mode in MODES {
        for n in [2, 3, 9, 25] {
            debit(n, mode);
        }
    }
}

#[test]
fn whole_answers_have_the_standard_deviations_that_enumeration_finds() {
    for n in 2..=8 {
        grimmer(n, 1, Rounding::Nearest, if n > 6 { 60 } else { 110 });
    }
    for mode in MODES {
        grimmer(3, 1, mode, 120);
        grimmer(4, 1, mode, 60);
    }
    grimmer(3, 2, Rounding::Nearest, 120);
}

#[test]
fn the_published_victim_is_not_accused_and_a_data_set_has_its_figures() {
    let (mean, deviation) = (reading(Rounding::Nearest, 89, 1), reading(Rounding::Nearest, 281, 2));
    assert!(some_answers(AnswerKind::Whole, 25, 1, &mean, &deviation));
    // Their sum is 223. A program that tries the sum 222 alone finds no sum of squares beside it, and accuses the figures.
    let answers = [4, 4, 4, 6, 6, 7, 7, 8, 8, 8, 8, 9, 9, 9, 10, 10, 11, 11, 11, 11, 11, 11, 12, 14, 14];
    let (sum, squares): (i64, i64) = (answers.iter().sum(), answers.iter().map(|it| it * it).sum());
    assert_eq!(answers.len(), 25);
    assert!(prints_as(Rounding::Nearest, sum, 25, 10).contains(&89), "{sum}");
    assert!(
        root_prints_as(Rounding::Nearest, 25 * squares - sum * sum, 25 * 24, 100).contains(&281),
        "{sum} {squares}"
    );
}

#[test]
fn three_numbers_are_even_or_odd_as_they_should_be_and_still_impossible() {
    let (mean, deviation) = (reading(Rounding::Nearest, 500, 2), reading(Rounding::Nearest, 141, 2));
    assert!(!some_answers(AnswerKind::Whole, 3, 1, &mean, &deviation));
}

#[test]
fn a_number_of_people_that_is_not_known_is_every_one_that_it_may_be() {
    let formula = Formula::Answers(Answers { kind: AnswerKind::Whole, count: 0, mean: 1, deviation: 2, items: 1 });
    let (mean, deviation) = (reading(Rounding::Nearest, 344, 2), reading(Rounding::Nearest, 110, 2));
    let between = |low: i64, high: i64| {
        let people = Interval::closed(Rational::from(low), Rational::from(high)).unwrap();
        let domains = [real(people), real(mean.clone()), real(deviation.clone())];
        decide(&formula, &domains, 20_000)
    };
    assert_eq!(between(20, 22), Decision::Contradicted);
    assert!(matches!(between(20, 60), Decision::Fits(_)));
    assert!(matches!(between(0, 22), Decision::Fits(_)), "of one answer nothing is said");
    assert_eq!(between(0, 1), Decision::Holds);
    assert!(matches!(between(-3, 1_000_000_000_000), Decision::Fits(_)));
}

#[test]
fn what_nobody_can_have_is_contradicted_and_what_costs_too_much_is_left_open() {
    let formula = Formula::Answers(Answers { kind: AnswerKind::Whole, count: 0, mean: 1, deviation: 2, items: 1 });
    let with = |mean: Interval, deviation: Interval, people: Domain| {
        decide(&formula, &[people, real(mean), real(deviation)], 20_000)
    };
    let (one, all) = (Interval::point(Rational::ONE), Interval::everything());
    let negative = Interval::less_than(Rational::ZERO);
    assert_eq!(with(one.clone(), negative.clone(), whole(5)), Decision::Contradicted);
    assert!(matches!(with(all.clone(), all.clone(), whole(5)), Decision::Fits(_)));
    assert_eq!(with(all.clone(), negative, real(Interval::at_least(Rational::from(2)))), Decision::Contradicted);
    assert_eq!(with(all.clone(), one.clone(), whole(2)), Decision::Contradicted, "whatever the mean");
    assert!(matches!(with(all, one.clone(), whole(3)), Decision::Fits(_)));
    let broken = Domain { interval: Interval::point(Rational::new(49, 2).unwrap()), integer: false };
    assert_eq!(with(one.clone(), one, broken), Decision::Contradicted, "no half of a person answers");
    let vague = Interval::closed(Rational::from(1_000_000), Rational::from(90_000_000)).unwrap();
    let (mean, tiny) = (reading(Rounding::Nearest, 340, 2), reading(Rounding::Nearest, 20, 2));
    assert_eq!(with(mean, tiny, real(vague)), Decision::Undecided);
}

#[test]
#[ignore = "it takes minutes: cargo test --release wide -- --ignored"]
fn wide_every_reading_of_all_numbers_up_to_100() {
    let mut tried = [0_usize; 4];
    for mode in MODES {
        for n in 1..=100 {
            tried[0] += grim(n, 1, mode, 2, 2);
            tried[1] += percent(n, mode, 2, 1);
            if n > 1 {
                tried[2] += debit(n, mode);
            }
        }
        for n in 2..=8 {
            tried[3] += grimmer(n, 1, mode, 200);
            tried[3] += grimmer(n.min(5), 2, mode, 120);
        }
    }
    println!("means {}, percentages {}, of yes or no {}, with deviations {}", tried[0], tried[1], tried[2], tried[3]);
}
