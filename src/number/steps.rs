//! Why a phrase is read as it is: the rows of the tables that its words chose, in words.

use super::digits::Measured;
use super::numeral::Form;
use super::rows::{Approximation, Row, Side};
use super::table::{FRACTION, Reach, reaches};
use super::{Precision, Reading, ReadingPolicy, Rounding, Step};

/// How a number without a word beside it is taken: the name of the row.
pub(super) fn row_of(form: &Form, measured: Measured, reading: &Reading, policy: &ReadingPolicy) -> &'static str {
    match form {
        Form::Share { .. } => FRACTION,
        _ if matches!(policy.precision, Some(Precision::Digit(_))) => "precision",
        Form::Loose { .. } => "round-word",
        Form::Scientific => "exponent",
        _ if policy.rounding == Some(Rounding::Exact) => "exact",
        _ if reading.hard() != reading.soft() => "trailing-zeros",
        Form::Whole if measured == Measured::No && policy.rounding.is_none() => "whole-number",
        Form::Whole | Form::Rounded | Form::Scaled => "last-digit",
    }
}

/// What a row of numbers says of one.
fn says_of_a_number(row: &str) -> &'static str {
    match row {
        "precision" => "rounded to the digit that `digits` states",
        "round-word" => "a round word, loose by half of it",
        "exponent" => "a number with an exponent is exact",
        "exact" => "`rounding = \"exact\"`: that number and no other",
        "trailing-zeros" => "it ends in two zeros or more, so it may be rounded that far, though likely it is not",
        "whole-number" => "a whole number is exact",
        "last-digit" => "rounded to its last written digit",
        "range" => "a range, both ends included",
        "margin" => "a number with its margin",
        "age" => "an age in completed years",
        FRACTION => "a simple fraction: some positive share, most likely nearer to it than to the next simple fraction",
        _ => "a vague word",
    }
}

/// The step of a number, a range or a vague word.
pub(super) fn number(row: &'static str, reading: &Reading, words: &str) -> Step {
    let (hard, soft) = (reading.hard().said(), reading.soft().said());
    let bounds = if hard == soft { hard } else { format!("{hard}; most likely {soft}") };
    Step { row, words: words.to_owned(), says: format!("{}: {bounds}", says_of_a_number(row)) }
}

/// The step of an approximator.
pub(super) fn approximator(by: Approximation, policy: &ReadingPolicy, words: &str) -> Step {
    let row = by.row();
    let (hard, soft) = reaches(by, policy);
    let (hard, soft) = (said(row, &hard), said(row, &soft));
    let says = if hard == soft { hard } else { format!("{hard}; most likely {soft}") };
    Step { row: row.name, words: words.trim_start_matches(['-', ',']).trim().to_owned(), says }
}

/// The step of an approximator beside a vague word, which is no sharper for it.
pub(super) fn loosely(by: Approximation, words: &str, only_up: bool) -> Step {
    let says = if only_up {
        "beside a vague word it changes nothing"
    } else {
        "beside a vague word it bounds nothing; most likely no more than that word usually means"
    };
    Step { row: by.row().name, words: words.to_owned(), says: says.to_owned() }
}

/// How far a row reaches, in words.
fn said(row: &Row, reach: &Reach) -> String {
    let part = |part: &super::Rational| part.said();
    match (row.side, reach) {
        (Side::Alone, _) => "as the number alone".to_owned(),
        (Side::Point, _) => "that number and no other".to_owned(),
        (_, Reach::Cancelled) => "any number at all, for such a bound can be taken back".to_owned(),
        (Side::Both { half_place: true }, Reach::Percent(percent)) => {
            format!("within {}% of it, or half its last place that is not zero if that is more", part(percent))
        }
        (Side::Both { .. }, Reach::Percent(percent)) => format!("within {}% of it", part(percent)),
        (Side::Both { .. }, _) => "any number of its sign".to_owned(),
        (Side::Below { .. }, Reach::Percent(percent)) => format!("less, by no more than {}%", part(percent)),
        (Side::Above { .. }, Reach::Percent(percent)) => format!("more, by no more than {}%", part(percent)),
        (Side::Above { closed: false, .. }, Reach::NextRounder) => "more, up to the next rounder number".to_owned(),
        (Side::Above { .. }, Reach::NextRounder) => "it or more, up to the next rounder number".to_owned(),
        (Side::Below { closed: false, .. }, _) => "less than it".to_owned(),
        (Side::Below { .. }, _) => "it or less".to_owned(),
        (Side::Above { closed: false, .. }, _) => "more than it".to_owned(),
        (Side::Above { .. }, _) => "it or more".to_owned(),
    }
}
