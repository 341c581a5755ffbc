//! Ages, in completed years or months: those that are said ("a 62-year-old", "in his teens") and those that only their place
//! shows ("The woman, 34, and", "children under 12").

use super::figures::{piece, small_number};
use super::find::{Piece, Role};
use super::prose::Prose;
use super::tables::SMALL;
use crate::number::{End, Interval, Rational, Reading, Unit};

/// "Six-month-old", "three-week-old".
fn young(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let (number, dash) = small_number(prose, at)?;
    let unit = ["month", "week", "day"].iter().find_map(|unit| {
        let hyphens = prose.scan.past(dash, &["-", unit, "-", "old"]);
        let words = || prose.scan.past(dash, &["months", "old"]).filter(|_| *unit == "month");
        hyphens.or_else(words).map(|end| (*unit, end))
    });
    let (unit, end) = unit?;
    let reading = years(number, number.saturating_add(1))?;
    Some(piece(at..end, reading, Unit::Other(format!("{unit}s")), Role::Age))
}

/// Completed years from one age to before another.
fn years(from: i64, to: i64) -> Option<Reading> {
    Interval::new(End::Closed(Rational::from(from)), End::Open(Rational::from(to))).map(Reading::firm)
}

/// An age that its place shows: "The woman, 34, and", "She was 15 at the time", "children under 12", "aged four and six".
pub(super) fn at(prose: &Prose<'_>, at: usize, before: Option<&Piece>) -> Option<Piece> {
    let scan = &prose.scan;
    let in_years = || Unit::Other("years".to_owned());
    let next = at.saturating_add(1);
    // "In their teens", "in his late fifties", "aged 65 or older", "a 62-year-old".
    if (scan.is_any(at, &["aged", "in", "ages", "between"]) || scan.is_any(next, &["-", "years", "year"]))
        && let Some((end, found)) = scan.quantity(at, true)
        && crate::number::age_of(scan.words(at..end)).is_some()
    {
        // "Aged four and six" are two, "aged between 20 and 29" is one.
        let link = (at..end).find(|link| {
            scan.is(*link, "and") && !scan.is_any(link.saturating_add(1), &["over", "above", "older", "under", "below"])
        });
        let is_span = scan.is(at, "between") || scan.is_any(next, &["between", "the"]);
        if let Some(link) = link.filter(|_| !is_span)
            && let Some(number) = link.checked_sub(1).and_then(|number| small_age(prose, number))
        {
            let reading = years(number, number.saturating_add(1))?;
            return Some(piece(at..link, reading, in_years(), Role::Age));
        }
        return Some(piece(at..end, found.reading, in_years(), Role::Age));
    }
    let bounded = young(prose, at).or_else(|| bounded_age(prose, at));
    if bounded.is_some() {
        return bounded;
    }
    let number = small_age(prose, at)?;
    let is_free = !scan.touches(next) || scan.is_any(next, &[",", ".", ";", ")", "\"", "”"]);
    if !is_free {
        return None;
    }
    let is_followed = prose.is_word(next) && scan.follows(next);
    let person = |at: usize| scan.is_any(at, PEOPLE) || scan.is_capitalised(at);
    // "The woman, 34, and", "his brother, 22."
    let comma = at.checked_sub(1).filter(|comma| scan.is(*comma, ","));
    let beside = comma.is_some() && scan.is_any(next, &[",", ".", ";", ")"]) && number >= 4;
    let in_a_row =
        |at: usize| at.checked_sub(3).is_some_and(|back| scan.is(back, ",") || prose.is_digits(at.saturating_sub(2)));
    let named = comma
        .and_then(|comma| comma.checked_sub(1))
        .is_some_and(|word| prose.is_word(word) && (person(word) || !in_a_row(at)));
    // "(34)" after a name.
    let bracketed =
        at.checked_sub(2).is_some_and(|word| scan.is(word.saturating_add(1), "(") && scan.is_capitalised(word))
            && scan.is(next, ")");
    // "She was 15 at the time", "when he will be 70", "is 81, the youngest 16".
    let was = at
        .checked_sub(1)
        .filter(|verb| scan.is_any(*verb, &["was", "is", "be", "turned", "turns", "were", "are"]) && scan.follows(at));
    let who = was.is_some_and(|verb| {
        scan.is(next, "when")
            || (verb.saturating_sub(6)..verb).any(|word| {
                scan.is_any(word, &["he", "she", "who", "oldest", "youngest", "eldest", "average", "age"])
                    || scan.is_any(word, PEOPLE)
            })
    });
    let is_said = was.is_some() && who && (!is_followed || scan.is_any(next, AFTER_AGE)) && !scan.is_any(next, &["%"]);
    let superlative = at.checked_sub(1).is_some_and(|word| scan.is_any(word, &["youngest", "oldest", "eldest"]));
    // "Aged four and six", "aged 24 and 31": the second of two.
    let second = before.is_some_and(|piece| {
        let is_age = piece.figure().is_some_and(|figure| figure.role == Role::Age);
        let link = piece.tokens.end;
        is_age
            && link < at
            && at.saturating_sub(link) <= 2
            && scan.is_any(link, &["and", ","])
            && (!is_followed || scan.is_any(next, &["and", "were", "was", "from"]))
    });
    let of_somebody = at.checked_sub(2).is_some_and(|who| {
        scan.is(who.saturating_add(1), "of")
            && scan.is_any(who, &["man", "woman", "boy", "girl", "child", "teenager", "youth"])
    }) && !is_followed
        || prose.after(at, &["both"]) && scan.is_any(next, &[",", "."]);
    let dies = of_somebody
        || at.checked_sub(2).is_some_and(|word| {
            scan.past(word, &["age", "of"]).is_some() || scan.past(word, &["died", "at"]).is_some()
        })
        || at.checked_sub(1).is_some_and(|word| scan.is(word, "age"));
    let is_age = (beside && named) || bracketed || is_said || superlative || second || dies;
    is_age
        .then(|| years(number, number.saturating_add(1)))?
        .map(|reading| piece(at..next, reading, in_years(), Role::Age))
}

/// "Children under five", "over 60" of people.
fn bounded_age(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    if !scan.is_any(at, &["under", "over", "below", "above"]) {
        return None;
    }
    let number = small_age(prose, at.saturating_add(1))?;
    let end = at.saturating_add(2);
    let of_people = at.checked_sub(1).is_some_and(|before| scan.is_any(before, PEOPLE))
        || at.checked_sub(2).is_some_and(|before| {
            scan.is_any(before, PEOPLE) && scan.is_any(before.saturating_add(1), &["are", "aged", "is", "were"])
        })
        || (prose.after(at, &["are", "were"]) && !scan.is(end, "%"));
    let is_free = !prose.is_word(end) || scan.is_any(end, SMALL) || scan.is_any(end, &["should", "can", "must"]);
    if !of_people || !is_free || scan.is_any(end, &["%", "per", "of"]) || scan.touches(end) && prose.is_word(end) {
        return None;
    }
    let number = Rational::from(number);
    let bounds =
        if scan.is_any(at, &["under", "below"]) { Interval::less_than(number) } else { Interval::more_than(number) };
    Some(piece(at..end, Reading::firm(bounds), Unit::Other("years".to_owned()), Role::Age))
}

fn small_age(prose: &Prose<'_>, at: usize) -> Option<i64> {
    let (number, _) = small_number(prose, at)?;
    (0..=115).contains(&number).then_some(number)
}

/// People whom an age may be said of.
#[rustfmt::skip]
pub(super) const PEOPLE: &[&str] = &[
    "man", "woman", "boy", "girl", "child", "children", "men", "women", "people", "adults", "son", "daughter", "brother", "sister", "wife", "husband", "mother", "father", "driver", "defendant", "victim", "suspect",
    "teenager", "student", "students", "pupil", "pupils", "voters", "members", "players", "patients", "residents", "those", "anyone", "everyone", "accused", "girls", "boys", "adult", "partner", "friend", "cousin", "nephew", "niece",
    "pensioner", "worker", "workers", "passenger", "passengers", "grandmother", "grandfather", "witness", "farmer", "teacher", "nurse", "doctor", "babies", "infants",
];

/// Words that may follow an age.
pub(super) const AFTER_AGE: &[&str] = &[
    "when", "at", "and", "but", "in", "on", "years", "as", "or", "while", "then", "now", "last", "this", "next", "by",
    "to",
];
