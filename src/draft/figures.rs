//! Figures of a draft: quantities as they are read elsewhere, ages that only their place shows, multiples, clock times of a
//! race, and what is taken off or put on where running text says more than a claim's value would.

use super::find::{Figure, FindKind, Piece, Role};
use super::prose::Prose;
use super::tables::{COMPARED, OF_A_GAME, SMALL};
use super::units;
use crate::number::{End, Interval, Quantity, QuantityForm, Rational, Reading, ReadingPolicy, Unit, read};
use std::ops::Range;

/// Words before a figure that only comment, and belong to it.
const COMMENTS: [&[&str]; 6] = [&["barely"], &["hardly"], &["just"], &["only"], &["a", "mere"], &["a", "record"]];

/// Units of time, the larger with the smaller and how many of these are in one of it.
const IN_TWO: [(&[&str], &[&str], &str, i64); 8] = [
    (&["hour", "hours", "hr", "hrs", "h"], &["minute", "minutes", "min", "mins", "m"], "minutes", 60),
    (&["minute", "minutes", "min", "mins", "m"], &["second", "seconds", "sec", "secs", "s"], "seconds", 60),
    (&["year", "years"], &["month", "months"], "months", 12),
    (&["day", "days"], &["hour", "hours"], "hours", 24),
    (&["week", "weeks"], &["day", "days"], "days", 7),
    (&["month", "months"], &["week", "weeks"], "weeks", 0),
    (&["pound", "pounds", "lb"], &["ounce", "ounces", "oz"], "ounces", 16),
    (&["foot", "feet", "ft"], &["inch", "inches", "in"], "inches", 12),
];

/// A figure that begins at a token; `before` is the find that stands before it.
pub(super) fn at(prose: &Prose<'_>, at: usize, before: Option<&Piece>) -> Option<Piece> {
    // "£1.02 more than 12 months earlier": the comparison belongs to the figure before.
    let compares = before.is_some_and(|piece| piece.tokens.end == at && piece.figure().is_some());
    if compares && prose.scan.is_any(at, COMPARED) {
        return None;
    }
    let found = clock(prose, at)
        .or_else(|| and_a_half(prose, at))
        .or_else(|| part_of_a_point(prose, at))
        .or_else(|| in_two_units(prose, at))
        .or_else(|| age(prose, at, before))
        .or_else(|| super::multiples::at(prose, at))
        .or_else(|| some_in(prose, at))
        .or_else(|| quantity(prose, at));
    let Some(found) = found else {
        return super::others::ordinal(prose, at);
    };
    Some(found)
}

pub(super) fn piece(tokens: Range<usize>, reading: Reading, unit: Unit, role: Role) -> Piece {
    Piece { tokens, kind: FindKind::Figure(Figure { reading, unit, role, noun: None, speaker: None }) }
}

/// "2:05:14", how long a race took.
fn clock(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let link = |on: usize| prose.joins(at.saturating_add(on), &[":"]);
    if !link(1) || !link(3) {
        return None;
    }
    let [hours, minutes, seconds] = [0, 2, 4].map(|on| prose.whole(at.saturating_add(on), 2).map(i64::from));
    let all = hours?.checked_mul(3_600)?.checked_add(minutes?.checked_mul(60)?)?.checked_add(seconds?)?;
    let (reading, unit) = units::counted_in(all, "seconds")?;
    Some(piece(at..at.saturating_add(5), reading, unit, Role::Duration))
}

/// "Two years and three months", "2 minutes and 33 seconds", "6h 12m".
fn in_two_units(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let (large, place) = small_number(prose, at)?;
    let dash = |at: usize| if prose.joins(at, &["-"]) { at.saturating_add(1) } else { at };
    let place = dash(place);
    let link = place.saturating_add(1);
    let next = if prose.scan.is_any(link, &["and", ","]) { link.saturating_add(1) } else { link };
    let rows = IN_TWO.iter().filter(|(unit, ..)| prose.scan.is_any(place, unit));
    let (small, last) = small_number(prose, next).filter(|_| prose.scan.follows(next))?;
    let (_, _, unit, factor) =
        rows.into_iter().find(|(_, unit, _, factor)| *factor > 0 && prose.scan.is_any(last, unit))?;
    // "2m 04s" are minutes, "5m 3m" are not.
    let is_letter = prose.scan.word(place) == "m" && prose.scan.word(last) != "s";
    let all = large.checked_mul(*factor)?.checked_add(small)?;
    let (reading, unit) = units::counted_in(all, unit)?;
    let measures = matches!(unit.name(), "ounces" | "inches");
    let role = if measures { Role::Count } else { Role::Duration };
    (!is_letter).then(|| piece(at..last.saturating_add(1), reading, unit, role))
}

/// A whole number below a thousand, in digits or one word, and the token after it.
fn small_number(prose: &Prose<'_>, at: usize) -> Option<(i64, usize)> {
    let next = at.saturating_add(1);
    if let Some(number) = prose.whole(at, 3) {
        return Some((i64::from(number), next));
    }
    let is_number = prose.is_word(at) && !prose.scan.is_any(at, SMALL);
    let found = if is_number { read(prose.scan.word(at), &ReadingPolicy::default()).ok()? } else { return None };
    let number = found.number.filter(|_| found.unit == Unit::One && found.form == QuantityForm::Whole)?.to_i64()?;
    Some((number, next))
}

/// "An hour and a half", "a mile and a quarter".
fn and_a_half(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    if !prose.is_word(at) && !prose.is_digits(at) {
        return None;
    }
    let (unit, link) = (at.saturating_add(1), at.saturating_add(2));
    let end = [["and", "a", "half"], ["and", "a", "quarter"]].iter().find_map(|words| scan.past(link, words))?;
    let number = if scan.is_any(at, &["a", "an"]) { "one" } else { scan.word(at) };
    let noun = scan.word(unit).trim_end_matches('s');
    let part = scan.word(end.saturating_sub(1));
    let found = read(&format!("{number} and a {part} {noun}s"), &ReadingPolicy::default()).ok()?;
    let is_measure = found.unit != Unit::One;
    let role = role(&found, "");
    is_measure.then(|| piece(at..end, found.reading, found.unit, role))
}

/// "A quarter point", "half a percentage point".
fn part_of_a_point(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let ways: [(&[&str], i64); 7] = [
        (&["a", "quarter", "point"], 4),
        (&["a", "quarter", "-", "point"], 4),
        (&["quarter", "-", "point"], 4),
        (&["a", "quarter", "of", "a", "percentage", "point"], 4),
        (&["half", "a", "point"], 2),
        (&["half", "a", "percentage", "point"], 2),
        (&["half", "-", "point"], 2),
    ];
    let (end, parts) = ways.iter().find_map(|(words, parts)| scan.past(at, words).map(|end| (end, *parts)))?;
    let part = Rational::new(1, parts)?;
    let reading = Reading::firm(Interval::around(&part, &part.half()));
    Some(piece(at..end, reading, Unit::Points, Role::Change))
}

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
fn age(prose: &Prose<'_>, at: usize, before: Option<&Piece>) -> Option<Piece> {
    let scan = &prose.scan;
    let in_years = || Unit::Other("years".to_owned());
    let next = at.saturating_add(1);
    // "In their teens", "in his late fifties", "aged 65 or older", "a 62-year-old".
    if scan.is_any(at, &["aged", "in", "ages", "between"]) || scan.is_any(next, &["-", "years", "year"]) {
        if let Some((end, found)) = scan.quantity(at, true)
            && crate::number::age_of(scan.words(at..end)).is_some()
        {
            // "Aged four and six" are two, "aged between 20 and 29" is one.
            let link = (at..end).find(|link| {
                scan.is(*link, "and")
                    && !scan.is_any(link.saturating_add(1), &["over", "above", "older", "under", "below"])
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
const PEOPLE: &[&str] = &[
    "man", "woman", "boy", "girl", "child", "children", "men", "women", "people", "adults", "son", "daughter", "brother", "sister", "wife", "husband", "mother", "father", "driver", "defendant", "victim", "suspect",
    "teenager", "student", "students", "pupil", "pupils", "voters", "members", "players", "patients", "residents", "those", "anyone", "everyone", "accused", "girls", "boys", "adult", "partner", "friend", "cousin", "nephew", "niece",
    "pensioner", "worker", "workers", "passenger", "passengers", "grandmother", "grandfather", "witness", "farmer", "teacher", "nurse", "doctor", "babies", "infants",
];

/// Words that may follow an age.
const AFTER_AGE: &[&str] = &[
    "when", "at", "and", "but", "in", "on", "years", "as", "or", "while", "then", "now", "last", "this", "next", "by",
    "to",
];

/// "One voter in three", "two patients in five".
fn some_in(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let (part, noun) = small_number(prose, at)?;
    let link = noun.saturating_add(1);
    let is_noun = prose.is_word(noun) && !scan.is_any(noun, SMALL) && units::after(prose, noun).is_none();
    let whole = scan
        .past(link, &["in", "every"])
        .or_else(|| scan.past(link, &["out", "of"]))
        .or_else(|| scan.past(link, &["in"]));
    let (whole, end) = small_number(prose, whole.filter(|_| is_noun)?)?;
    let is_count = prose.joins(end, &["-"])
        || scan.is_any(end, &["%", "per", "-"])
        || prose.is_word(end) && !scan.is_any(end, SMALL)
        || super::days::year(prose, end.saturating_sub(1)).is_some();
    let share = Rational::new(part, whole).filter(|_| part < whole && part <= 10 && !is_count)?;
    Some(piece(at..end, Reading::exact(share), Unit::Other("share".to_owned()), Role::Ratio))
}

/// A quantity as it is read elsewhere.
fn quantity(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let start = COMMENTS.iter().filter_map(|words| scan.past(at, words)).max().unwrap_or(at);
    if is_no_figure(prose, start) {
        return None;
    }
    let (mut end, mut found) = mixed(prose, start).or_else(|| longer(prose, start))?;
    let mut start = start;
    // "Over two years" they met: how long it took. "Above 400 metres": where.
    let is_long = found.unit == Unit::Other("months".to_owned()) || role(&found, "") == Role::Duration;
    let lasts =
        prose.after(start, &["for", "took", "takes", "lasted", "lasting", "of", "to", "is", "was", "after", "by"]);
    let is_high = found.unit == Unit::Other("m".to_owned()) || found.unit == Unit::Other("feet".to_owned());
    if (is_long && scan.is(start, "over") && !lasts) || (is_high && scan.is_any(start, &["above", "below"])) {
        start = start.saturating_add(1);
        (end, found) = longer(prose, start)?;
    }
    if !is_figure(prose, start, end, &found) {
        return None;
    }
    if found.unit == Unit::One && is_length(prose, start, end) {
        found = found.in_terms_of(&Unit::Other("m".to_owned()));
    }
    let words = scan.words(start..end);
    if found.unit == Unit::One
        && found.form != QuantityForm::Share
        && let Some((unit, past)) = units::after(prose, end)
        && (unit != "points" || takes_points(prose, start, past))
        && let Some(measured) = units::measured(words, unit)
    {
        let is_points = unit == "points";
        (end, found) =
            (past, Quantity { unit: if is_points { Unit::Points } else { measured.unit.clone() }, ..measured });
    }
    if found.unit == Unit::Points && words.to_ascii_lowercase().contains("basis") {
        let hundred = Rational::from(100);
        found.reading = found.reading.scale(&hundred);
        found.unit = Unit::Other("basis points".to_owned());
    }
    found = adjusted(found, words, scan.words(at..start));
    let role = role(&found, words);
    Some(piece(at..end, found.reading, found.unit, role))
}

/// The reading that takes more words, unless it makes one range of the two ends of a change.
fn longer(prose: &Prose<'_>, at: usize) -> Option<(usize, Quantity)> {
    let (strict, free) = (prose.scan.quantity(at, true), prose.scan.quantity(at, false));
    let is_change = prose.scan.is_change(at) && (prose.after(at, &["from", "by"]) || prose.scan.is(at, "from"));
    // "Cut by a quarter to 1.8m" states two figures.
    if prose.after(at, &["by"]) && is_change {
        let end = strict.as_ref().map_or(at, |(end, _)| *end);
        let to = (at..end).find(|to| prose.scan.is(*to, "to"));
        let cut = to.and_then(|to| Some((to, read(prose.scan.words(at..to), &ReadingPolicy::default()).ok()?)));
        if cut.is_some() {
            return cut;
        }
    }
    match (strict, free) {
        (Some(strict), Some(free)) => {
            let links = prose.scan.is_any(strict.0, &["to", "and", "or", "-", "–"]);
            Some(if free.0 > strict.0 && !(links && (is_change || prose.scan.is(strict.0, "and"))) {
                free
            } else {
                strict
            })
        }
        (None, Some(_)) if is_change && prose.scan.is(at, "from") => None,
        (strict, free) => strict.or(free),
    }
}

/// "Three and three-quarter inches", which is read with an s.
fn mixed(prose: &Prose<'_>, at: usize) -> Option<(usize, Quantity)> {
    let scan = &prose.scan;
    let (_, link) = small_number(prose, at)?;
    let part = link.saturating_add(2);
    let dash = if prose.joins(part, &["-"]) { part.saturating_add(1) } else { part };
    if !scan.is(link, "and")
        || !scan.is_any(dash, &["quarter", "third", "eighth", "fifth"])
        || !scan.is_any(link.saturating_add(1), &["three", "two"])
    {
        return None;
    }
    let end = dash.saturating_add(2);
    let words = format!("{} and three-quarters {}", scan.word(at), scan.word(dash.saturating_add(1)));
    let words = if scan.is(dash, "quarter") { words } else { return None };
    read(&words, &ReadingPolicy::default()).ok().map(|found| (end, found))
}

/// Whether the "m" of "2.11m" is a metre: digits to the centimetre, and nothing that it would count.
fn is_length(prose: &Prose<'_>, start: usize, end: usize) -> bool {
    let scan = &prose.scan;
    let is_letter = end.checked_sub(1).is_some_and(|letter| scan.is(letter, "m") && scan.touches(letter));
    let digits = end.checked_sub(2).map(|digits| scan.word(digits)).unwrap_or_default();
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let counts = prose.is_word(end) && !scan.is_any(end, SMALL) && scan.follows(end);
    let sentence = prose.sentence(start);
    let near = sentence.start.max(start.saturating_sub(12))..sentence.end.min(end.saturating_add(6));
    let lengths = [
        "tall",
        "high",
        "deep",
        "wide",
        "long",
        "waves",
        "jump",
        "jumped",
        "vault",
        "threw",
        "throw",
        "river",
        "tide",
        "depth",
        "height",
        "butterfly",
        "leap",
        "level",
        "surge",
    ];
    let says_so = near.into_iter().any(|word| scan.is_any(word, &lengths));
    is_letter && (decimals == 2 && !counts || says_so && decimals < 3)
}

/// Whether a number after approximators belongs to a time, a name or a date: "about half past seven", "around 20 December".
fn is_taken(prose: &Prose<'_>, at: usize) -> bool {
    if prose.is_digits(at)
        || !prose.scan.is_any(
            at,
            &[
                "about",
                "around",
                "some",
                "over",
                "under",
                "nearly",
                "almost",
                "just",
                "roughly",
                "past",
                "before",
                "near",
                "circa",
                "approximately",
                "to",
                "by",
            ],
        )
    {
        return false;
    }
    let number = at.saturating_add(1);
    let other = super::others::at(prose, number).is_some();
    other || prose.is_digits(number) && super::days::single(prose, number, super::days::Toward::Past).is_some()
}

/// "Leads by two points", "12 points to five points": of a share, and no points of a league.
fn takes_points(prose: &Prose<'_>, start: usize, end: usize) -> bool {
    let sentence = prose.sentence(start);
    let near = sentence.start.max(start.saturating_sub(30))..sentence.end.min(end.saturating_add(30));
    let says = |words: &[&str]| near.clone().any(|word| prose.scan.is_any(word, words));
    let shares = [
        "%",
        "percent",
        "cent",
        "percentage",
        "poll",
        "approval",
        "lead",
        "margin",
        "gap",
        "rate",
        "swing",
        "inflation",
    ];
    says(&shares) || !(says(OF_A_GAME) || says(&["level", "league", "games", "table", "drop", "season", "clear"]))
}

/// Words that open no figure here, whatever they open elsewhere.
fn is_no_figure(prose: &Prose<'_>, at: usize) -> bool {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if is_taken(prose, at) {
        return true;
    }
    // "SARS-CoV-2", "Kepler-22": digits that a hyphen joins to letters.
    let dash = at
        .checked_sub(1)
        .filter(|dash| scan.touches(at) && scan.is_any(*dash, &["-", "–", "\u{2011}"]) && scan.touches(*dash));
    let joined = dash
        .and_then(|dash| dash.checked_sub(1))
        .is_some_and(|word| prose.is_code(word) || prose.is_word(word) && !scan.touches(word));
    if joined && prose.is_digits(at) {
        return true;
    }
    if prose.is_digits(at) {
        return scan.touches(next)
            && (scan.is_any(next, &["st", "nd", "rd", "th"]) || prose.is_code(next) || scan.is_any(next, &["s"]));
    }
    if scan.is(at, "one") {
        return is_pronoun(prose, at);
    }
    if scan.is(at, "half") {
        let named =
            prose.after(at, &["first", "second", "the", "other", "better", "latter", "this", "last", "opening", "-"]);
        return named || scan.is_any(next, &["-", "time", "way"]);
    }
    if scan.is_any(at, &["a", "an"]) {
        // "A third man", "a second dose", "a quarter final".
        let part = scan.is_any(next, &["third", "fourth", "fifth", "sixth", "eighth", "ninth", "tenth"]);
        let past = at.saturating_add(2);
        let share = scan.is_any(
            past,
            &[
                "of", "to", "and", "more", "less", "longer", "fewer", "higher", "lower", "or", "are", "were", "said",
                "is", "have", "had",
            ],
        ) || !prose.is_word(past)
            || scan.is_any(past, COMPARED);
        return part && !share && !prose.after(at, &["by", "than", "about", "nearly", "almost", "over", "least", "to"])
            || is_rate(prose, at);
    }
    scan.is_any(at, &["some", "over", "under", "about", "around", "near"]) && is_rate(prose, next)
}

/// "A day" after what happens in one, "an hour" of a speed.
fn is_rate(prose: &Prose<'_>, at: usize) -> bool {
    let scan = &prose.scan;
    let is_unit = scan.is_any(at, &["a", "an"])
        && scan.is_any(
            at.saturating_add(1),
            &[
                "second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "tonne", "ton",
                "barrel", "litre", "kilo", "kg", "hectare", "acre", "mile", "gallon", "ounce", "pound", "metre",
                "foot", "share",
            ],
        );
    let lasts = prose.after(
        at,
        &[
            "for", "in", "within", "about", "barely", "hardly", "nearly", "almost", "than", "over", "under", "after",
            "took", "takes", "lasted", "last", "lasting", "of", "by", "just", "around", "only", "roughly", "every",
            "half",
        ],
    );
    is_unit && !lasts
}

/// "The one who", "one of", "no one": a pronoun, and no count.
fn is_pronoun(prose: &Prose<'_>, at: usize) -> bool {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if prose.joins(next, &["-"]) {
        let word = at.saturating_add(2);
        return !(scan.is_any(
            word,
            &[
                "year", "day", "week", "month", "hour", "minute", "third", "quarter", "fifth", "tenth", "mile",
                "bedroom",
            ],
        ));
    }
    if scan.touches(at) && at.checked_sub(1).is_some_and(|before| scan.is_any(before, &["-", "–"])) {
        return true;
    }
    if prose.after(
        at,
        &[
            "the", "this", "that", "which", "each", "every", "no", "any", "another", "old", "new", "big", "a", "last",
            "first", "next", "other", "good", "bad", "same",
        ],
    ) {
        return !scan.is_any(next, &["in", "million", "billion"]) || prose.after(at, &["the", "this", "that", "no"]);
    }
    if scan.is_any(
        next,
        &["another", "who", "day", "thing", "else", "can", "must", "should", "'s", "’s", "knows", "could", "would"],
    ) {
        return true;
    }
    let is_noun = prose.is_word(next) && scan.follows(next) && !scan.is_any(next, SMALL);
    let counted = is_noun
        || scan.is_any(next, &["in", "of", "out", "has", "was", "is", "and", "or", "to", "more", "less", "had"])
        || prose.after(at, &["has", "have", "had", "just", "only", "with", "to", "from", "by", ",", "but", "and"]);
    !counted
}

/// Whether a quantity is one in running text.
fn is_figure(prose: &Prose<'_>, start: usize, end: usize, found: &Quantity) -> bool {
    let scan = &prose.scan;
    // "Three-way", "five-star".
    let word = end.saturating_add(1);
    let joined = prose.joins(end, &["-"]) && prose.is_word(word);
    let is_compound = joined
        && found.unit == Unit::One
        && prose.is_word(start)
        && scan.is_any(word, &["way", "star", "fold", "sided", "dimensional", "letter", "time", "point"])
        && !scan.is(word, "point");
    // "A couple were held", "some said": no number at all.
    let couple = scan.is_any(start, &["some", "about", "around", "over", "under"]) && end == start.saturating_add(1);
    // "A few minutes", fine; "scores of the games" are counts, "tens" are not.
    let scores = scan.is_any(start, &["scores", "tens"]) && !scan.is(end, "of") && end == start.saturating_add(1);
    let zero_led = prose.is_digits(start)
        && scan.word(start).len() > 1
        && scan.word(start).starts_with('0')
        && !scan.word(start).contains('.');
    let at_sign = scan.touches(start)
        && start.checked_sub(1).is_some_and(|before| scan.is_any(before, &["#", "@", "§", "_", "/"]));
    let quarters = scan.is_any(start.saturating_add(1), &["quarters", "halves"])
        && end == start.saturating_add(2)
        && scan.is_any(end, &["in", "running", "straight"]);
    !is_compound && !couple && !scores && !zero_led && !at_sign && !quarters
}

/// What running text means by the words, where a claim's value would be looser or say less.
fn adjusted(found: Quantity, words: &str, comment: &str) -> Quantity {
    let lower = words.to_ascii_lowercase();
    let mut found = found;
    let about = |number: &Rational| {
        if number.is_negative() {
            Interval::less_than(Rational::default())
        } else {
            Interval::more_than(Rational::default())
        }
    };
    if let Some(number) = &found.number {
        // A dozen are twelve.
        let is_bare = lower
            .split(' ')
            .all(|word| matches!(word, "a" | "half" | "dozen") || read(word, &ReadingPolicy::default()).is_ok());
        if lower.contains("dozen") && is_bare {
            found.reading = Reading::exact(number.clone());
        }
        if matches!(comment.to_ascii_lowercase().as_str(), "barely" | "hardly") {
            found.reading = Reading::firm(about(number));
        }
        if lower.starts_with("as many as ") || lower.starts_with("as much as ") {
            found.reading = Reading::firm(Interval::everything());
        }
    }
    if found.is_share() || found.form == QuantityForm::Share {
        let is_ratio = lower.contains(" in ") || lower.contains(" out of ") || words.contains('/');
        let bare = found.number.as_ref().is_some_and(|number| found.reading.hard().contains(number))
            && !lower.starts_with("exactly");
        let is_hedged = HEDGED.iter().any(|word| lower.starts_with(word));
        if bare && !is_ratio && !is_hedged && found.unit == Unit::One {
            let open = Interval::new(End::Open(Rational::default()), End::Open(Rational::ONE));
            found.reading = Reading::new(open.unwrap_or_else(Interval::everything), found.reading.soft().clone());
        }
        if bare && is_ratio && !is_hedged && found.unit == Unit::One {
            found.reading = found.number.clone().map_or(found.reading, Reading::exact);
        }
        if let Some(reading) = between_shares(&lower).filter(|_| found.number.is_none()) {
            found.reading = reading;
        }
        if found.unit == Unit::One {
            found.unit = Unit::Other("share".to_owned());
        }
    }
    found
}

/// "Between a quarter and a third": from the one to the other.
fn between_shares(words: &str) -> Option<Reading> {
    let words = words.strip_prefix("between ").or_else(|| words.strip_prefix("from ")).unwrap_or(words);
    let (one, other) =
        words.split_once(" to ").or_else(|| words.split_once(" and ")).or_else(|| words.split_once(" or "))?;
    let number = |words: &str| read(words, &ReadingPolicy::default()).ok()?.number;
    Interval::closed(number(one)?, number(other)?).map(Reading::firm)
}

/// Words before a share that loosen or bound it.
const HEDGED: [&str; 14] = [
    "about",
    "around",
    "roughly",
    "some ",
    "nearly",
    "almost",
    "close",
    "up to",
    "at least",
    "at most",
    "approximately",
    "no more",
    "as m",
    "an estimated",
];

/// The role of a figure by itself.
fn role(found: &Quantity, words: &str) -> Role {
    let is_range = found.number.is_none() && words.contains([' ', '-', '–']) && {
        let lower = words.to_ascii_lowercase();
        [" to ", " and ", " or ", "-", "–", "±"].iter().any(|link| lower.contains(link))
            && found.reading.hard().lo().value().is_some()
            && found.reading.hard().hi().value().is_some()
    };
    let timed = [
        "seconds",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "decades",
        "centuries",
        "fortnights",
        "milliseconds",
    ];
    match &found.unit {
        _ if is_range => Role::Range,
        Unit::Other(unit) if unit == "share" => Role::Ratio,
        Unit::Other(unit) if timed.contains(&unit.as_str()) => Role::Duration,
        Unit::Currency(_) => Role::Money,
        Unit::Other(unit) if unit == "pence" || unit == "cents" => Role::Money,
        Unit::Percent => Role::Percent,
        _ => Role::Count,
    }
}
