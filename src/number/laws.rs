//! Laws of readings, for any number, rounding mode, approximator and override.

use super::*;
use crate::number::digits::rounded;
use proptest::prelude::*;
use std::sync::Arc;

const MODES: [Rounding; 7] = [
    Rounding::Nearest,
    Rounding::HalfUp,
    Rounding::HalfDown,
    Rounding::Truncate,
    Rounding::Floor,
    Rounding::Ceiling,
    Rounding::Exact,
];

/// Every way in which a number of whole steps can come from a true value in a mode; ties below nought go both ways.
fn printed(units: &Rational, mode: Rounding) -> Vec<Rational> {
    let (floor, ceil) = (units.floor(), units.ceil());
    let half = Rational::ONE.half();
    let tie = units - &floor == half;
    let nearest = if units - &floor < half { floor.clone() } else { ceil.clone() };
    let towards = if units.is_negative() { ceil.clone() } else { floor.clone() };
    match mode {
        Rounding::Exact => vec![units.clone()],
        Rounding::Floor => vec![floor],
        Rounding::Ceiling => vec![ceil],
        Rounding::Truncate => vec![towards],
        Rounding::Nearest if tie => vec![floor, ceil],
        Rounding::HalfUp if tie && units.is_positive() => vec![ceil],
        Rounding::HalfDown if tie && units.is_positive() => vec![floor],
        // Upwards to some, away from nought to others.
        Rounding::HalfUp | Rounding::HalfDown if tie => vec![floor, ceil],
        _ => vec![nearest],
    }
}

fn phrase() -> impl Strategy<Value = String> {
    let number = (-2_000_000_000_i64..2_000_000_000, 0_usize..5).prop_map(|(digits, decimals)| {
        let text = Rational::new(digits, 10_i64.pow(u32::try_from(decimals).unwrap())).unwrap().to_string();
        match text.split_once('.') {
            Some(_) => text,
            None if decimals > 0 => format!("{text}.{}", "0".repeat(decimals)),
            None => text,
        }
    });
    let scale = prop_oneof![Just(""), Just(" million"), Just("bn"), Just(" hundred"), Just("k")];
    let unit = prop_oneof![Just(""), Just("%"), Just(" percentage points"), Just(" km"), Just(" euros"), Just("‰")];
    (number, scale, unit).prop_map(|(number, scale, unit)| format!("{number}{scale}{unit}"))
}

fn beside() -> impl Strategy<Value = (String, bool)> {
    let rows = rows::ROWS.iter();
    let before = rows.clone().flat_map(|row| row.before.iter().map(|words| (words.join(" "), true)));
    let after = rows.flat_map(|row| row.after.iter().map(|words| (words.join(" "), false)));
    prop::sample::select(before.chain(after).collect::<Vec<_>>())
}

fn table() -> impl Strategy<Value = ReadingTable> {
    let names: Vec<&str> = ReadingTable::names().collect();
    let reach = prop_oneof![
        Just("any".to_owned()),
        Just("next-rounder".to_owned()),
        Just("cancelled".to_owned()),
        Just("3 to 7".to_owned()),
        Just("at least 2".to_owned()),
        (0_u32..400).prop_map(|percent| format!("{percent}%")),
    ];
    let bound = prop_oneof![Just(Bound::Hard), Just(Bound::Soft)];
    prop::collection::vec((prop::sample::select(names), bound, reach), 0..6).prop_map(|settings| {
        let mut table = ReadingTable::default();
        for (row, bound, reach) in settings {
            // What does not suit a row is refused and changes nothing.
            let _ = table.set(row, bound, &reach);
        }
        table
    })
}

fn policy() -> impl Strategy<Value = ReadingPolicy> {
    let rounding = prop::option::of(prop::sample::select(MODES.to_vec()));
    let precision = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Precision::Written)),
        1 => (-4_i32..3).prop_map(|digit| Some(Precision::Digit(digit))),
    ];
    (rounding, precision, prop::option::of(table())).prop_map(|(rounding, precision, table)| ReadingPolicy {
        rounding,
        precision,
        table: table.map(Arc::new),
    })
}

proptest! {
    #[test]
    fn a_reading_has_every_true_value_that_prints_as_the_figure(
        digits in -1_000_000_i64..1_000_000, finer in 0_u32..4, place in -3_i32..4, mode in prop::sample::select(MODES.to_vec()),
    ) {
        let truth = Rational::new(digits, 10_i64.pow(finer)).unwrap();
        let step = Rational::power_of_ten(place).unwrap();
        let step = if mode == Rounding::Exact { Rational::ONE } else { step };
        let units = truth.checked_div(&step).unwrap();
        for units in printed(&units, mode) {
            let figure = &units * &step;
            let reading = rounded(&figure, &step, mode);
            prop_assert!(reading.contains(&truth), "{truth} prints as {figure}, and {reading} is without it");
            prop_assert!(reading.contains(&figure));
        }
    }

    #[test]
    fn a_reading_contains_its_number_and_the_soft_one_lies_inside_the_hard_one(text in phrase(), policy in policy()) {
        match read(&text, &policy) {
            Ok(quantity) => {
                let number = quantity.number.unwrap();
                prop_assert!(quantity.reading.soft().is_subset_of(quantity.reading.hard()), "{text}");
                prop_assert!(quantity.reading.hard().contains(&number), "{text}: {}", quantity.reading.hard());
                prop_assert!(quantity.reading.soft().contains(&number), "{text}: {}", quantity.reading.soft());
            }
            Err(error) => prop_assert!(matches!(error, QuantityError::TooFine { .. }), "{text}: {error}"),
        }
    }

    #[test]
    fn no_word_and_no_override_lets_the_soft_reading_out_of_the_hard_one(
        text in phrase(), beside in prop::collection::vec(beside(), 0..3), policy in policy(),
    ) {
        let text = beside.into_iter().fold(text, |text, (words, before)| {
            if before { format!("{words} {text}") } else { format!("{text}{words}") }
        });
        if let Ok(explained) = explain(&text, &policy) {
            let reading = &explained.quantity.reading;
            prop_assert!(reading.soft().is_subset_of(reading.hard()), "{text}");
            prop_assert!(!explained.steps.is_empty(), "{text}");
            prop_assert_eq!(read(&text, &policy), Ok(explained.quantity));
        }
    }

    #[test]
    fn cutting_a_reading_keeps_the_soft_one_inside(text in phrase(), lo in -1_000_i64..1_000, width in 0_i64..2_000) {
        if let Ok(quantity) = read(&text, &ReadingPolicy::default()) {
            let bounds = Interval::closed(lo.into(), (lo + width).into()).unwrap();
            match quantity.reading.within(&bounds) {
                Some(cut) => {
                    prop_assert!(cut.hard().is_subset_of(&bounds) && cut.hard().is_subset_of(quantity.reading.hard()));
                    prop_assert!(cut.soft().is_subset_of(cut.hard()));
                }
                None => prop_assert!(!quantity.reading.hard().meets(&bounds)),
            }
        }
    }

    #[test]
    fn whatever_is_written_is_read_or_refused(text in "\\PC{0,80}", policy in policy()) {
        let _ = explain(&text, &policy);
        let _ = find(&text, &policy);
    }

    #[test]
    fn whatever_a_row_is_set_to_is_taken_or_refused(row in "\\PC{0,12}", reach in "\\PC{0,20}") {
        let mut table = ReadingTable::default();
        let mut names: Vec<&str> = ReadingTable::names().collect();
        names.push(&row);
        for name in names {
            let _ = table.set(name, Bound::Hard, &reach);
            let _ = table.add_words(name, Place::After, &reach);
        }
        let policy = ReadingPolicy { table: Some(Arc::new(table)), ..ReadingPolicy::default() };
        let _ = read(&format!("26 {reach}"), &policy);
    }
}

/// A word of direction from the table, as it stands before a size: "rose by", "a drop of".
fn direction_words() -> impl Strategy<Value = (String, bool)> {
    let rows = change::words::DIRECTIONS.iter();
    let words = rows.flat_map(|row| {
        let all = row.clear.iter().chain(row.beside);
        all.map(|word| ((*word).to_owned(), row.direction == change::words::Direction::Down))
    });
    prop::sample::select(words.collect::<Vec<_>>())
}

proptest! {
    /// Whichever way a change was rounded, the right word of direction beside it never accuses it.
    #[test]
    fn a_true_change_with_its_direction_is_never_accused(
        size in 1_i64..5_000_000,
        decimals in 0_u32..4,
        (word, down) in direction_words(),
        mode in prop::sample::select(MODES.to_vec()),
        of_size in any::<bool>(),
        after in any::<bool>(),
    ) {
        let step = Rational::power_of_ten(-i32::try_from(decimals).unwrap()).unwrap();
        let change = Rational::new(if down { -size } else { size }, 1_000).unwrap();
        // Either the change is rounded with its sign, or its size is.
        let rounded = if of_size || !down { change.abs() } else { change.clone() };
        for printed in printed(&rounded.checked_div(&step).unwrap(), mode) {
            let written = (printed * &step).abs();
            let exact = mode == Rounding::Exact;
            let Some(places) = written.decimals() else { continue };
            let digits = if exact || places >= decimals { written.to_string() } else if places == 0 {
                format!("{written}.{}", "0".repeat(usize::try_from(decimals).unwrap()))
            } else {
                format!("{written}{}", "0".repeat(usize::try_from(decimals - places).unwrap()))
            };
            let text = if after { format!("{digits}% {word}") } else { format!("{word} by {digits}%") };
            let policy = ReadingPolicy { rounding: Some(mode), ..ReadingPolicy::default() };
            let found = find_changes(&text, &policy);
            prop_assert_eq!(found.doubt, None, "{}", text);
            prop_assert_eq!(found.sizes.len(), 1, "{}", text);
            let reading = &found.sizes[0].quantity.reading;
            prop_assert!(reading.hard().contains(&change), "{} {:?} {} {}", text, mode, change, reading.hard());
            prop_assert!(reading.soft().is_subset_of(reading.hard()));
        }
    }

    /// Whatever stands together: soft inside hard, and it ends.
    #[test]
    fn words_of_change_in_any_order_are_read_soft_inside_hard(
        parts in prop::collection::vec(prop_oneof![
            direction_words().prop_map(|(word, _)| word),
            beside().prop_map(|(word, _)| word),
            prop::sample::select(vec![
                "doubled", "halved", "tripled", "tenfold", "3-fold", "three times as many", "a factor of 2.5", "8%", "81.7%",
                "a third", "half", "-5%", "by", "of", "a", "sharply", "slight", "unchanged", "flat", "not", "to", "from",
                "93", "in", "fall", "per cent", ",", ".", "more", "less", "twice as many", "two-thirds", "up to",
            ]).prop_map(str::to_owned),
        ], 0..9),
        mode in prop::sample::select(MODES.to_vec()),
    ) {
        let text = parts.join(" ");
        let policy = ReadingPolicy { rounding: Some(mode), ..ReadingPolicy::default() };
        let changes = find_changes(&text, &policy);
        for found in changes.sizes.iter().chain(&changes.alone).chain(&changes.levels) {
            let reading = &found.quantity.reading;
            prop_assert!(reading.soft().is_subset_of(reading.hard()), "{}", text);
            prop_assert!(text.is_char_boundary(found.start) && text.is_char_boundary(found.end));
            prop_assert!(found.start < found.end, "{}", text);
        }
        if let Some(Ok(quantity)) = read_change(&text, &policy) {
            prop_assert!(quantity.reading.soft().is_subset_of(quantity.reading.hard()));
        }
    }

    /// A multiple admits what it names, and whatever lies nearer to it than a tenth does not strain it.
    #[test]
    fn a_multiple_admits_what_it_names(times in 2_i64..60, per_mille in 910_i64..1_090, down in any::<bool>()) {
        let factor = Rational::new(times * per_mille, 1_000).unwrap();
        let hundred = Rational::from(100);
        let ratio = if down { factor.reciprocal().unwrap() } else { factor };
        let change = &hundred * &(&ratio - &Rational::ONE);
        let text = format!("a {times}-fold {}", if down { "drop" } else { "rise" });
        let found = find_changes(&text, &ReadingPolicy::default());
        prop_assert!(found.sizes[0].quantity.reading.soft().contains(&change), "{} {}", text, change);
    }
}
