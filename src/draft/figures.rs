//! Figures of a draft: quantities as they are read elsewhere, ages that only their place shows, multiples, clock times of a
//! race, and what is taken off or put on where running text says more than a claim's value would.

use super::find::{Figure, FindKind, Piece, Role};
use super::guards::{is_figure, is_length, is_no_figure, takes_points};
use super::prose::Prose;
use super::tables::{COMPARED, SMALL};
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
        .or_else(|| super::ages::at(prose, at, before))
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
pub(super) fn small_number(prose: &Prose<'_>, at: usize) -> Option<(i64, usize)> {
    let next = at.saturating_add(1);
    if let Some(number) = prose.whole(at, 3) {
        return Some((i64::from(number), next));
    }
    let is_number = prose.scan.is_number_word(at);
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
