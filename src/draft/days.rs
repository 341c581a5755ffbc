//! Single dates: the days, months, years, weekdays and stretches that begin at a word.
//!
//! What the words leave open (which year, which Thursday) is settled by the sentence: what lies ahead is the next such day,
//! what is past the latest one not after the dateline.

use super::prose::Prose;
use super::stretches::{decade, longest, relative, stretch, the};
use super::tables::{AHEAD, BEFORE_A_MONTH, COUNTED_NOUNS, DATED_NOUNS, MONTHS, PAST};
use crate::calendar::{Day, DaySpan, Weekday};

/// How fine a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    Day,
    Month,
    Year,
    Other,
}

/// A date that begins at a token, up to before `end`; its days are `None` if the text does not settle them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub end: usize,
    pub days: Option<DaySpan>,
    pub grain: Grain,
}

/// On which side of the dateline a date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    Past,
    Ahead,
    /// Nothing says; the nearer one is meant where both may be.
    Either,
    /// As the sentence says, which is looked up only where it matters.
    Told,
}

/// How far a verb may stand from the date that it bears on.
pub(super) const TENSE_REACH: usize = 30;

/// A day without a year that is no further ahead than this is not the one before it.
pub(super) const JUST_AHEAD: u64 = 45;

/// A day without a year is rarely this many days ahead.
pub(super) const FAR_AHEAD: u64 = 300;

impl Match {
    pub(super) fn new(end: usize, days: Option<DaySpan>, grain: Grain) -> Self {
        Self { end, days, grain }
    }
}

impl Toward {
    /// The side that is meant at a token.
    pub(super) fn at(self, prose: &Prose<'_>, at: usize) -> Self {
        if self == Self::Told { told(prose, at) } else { self }
    }
}

/// On which side of the dateline the sentence sets what is told at a token.
pub(super) fn told(prose: &Prose<'_>, at: usize) -> Toward {
    let scan = &prose.scan;
    let sentence = prose.sentence(at);
    let least = sentence.start.max(at.saturating_sub(TENSE_REACH));
    let most = sentence.end.min(at.saturating_add(TENSE_REACH));
    let is_ahead = |at: usize| {
        scan.is_any(at, AHEAD) && !scan.is_capitalised(at)
            || scan.is(at, "will")
            || scan.past(at, &["set", "to"]).is_some()
            || scan.past(at, &["is", "to"]).is_some()
            || scan.past(at, &["are", "to"]).is_some()
    };
    let is_past = |at: usize| {
        let word = scan.word(at);
        scan.is_any(at, PAST) || (word.len() > 4 && word.ends_with("ed") && !word.starts_with(char::is_uppercase))
    };
    for place in (least..at).rev() {
        if is_ahead(place) {
            return Toward::Ahead;
        }
        if is_past(place) {
            // "Will be paid": the verb before it says when.
            let helped = (place.saturating_sub(3)..place).rev().find(|word| is_ahead(*word));
            let is_to_be = place.checked_sub(2).is_some_and(|to| scan.past(to, &["to", "be"]).is_some());
            return if helped.is_some_and(|word| word >= least) || is_to_be { Toward::Ahead } else { Toward::Past };
        }
    }
    for place in at..most {
        if is_ahead(place) {
            return Toward::Ahead;
        }
        if is_past(place) {
            return Toward::Past;
        }
    }
    Toward::Either
}

/// A word without its possessive ending.
pub(super) fn stem(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// The month that a token names, 1 to 12.
pub(super) fn month(prose: &Prose<'_>, at: usize) -> Option<u8> {
    let word = stem(prose.scan.word(at));
    if !(3..=9).contains(&word.len()) || !prose.scan.is_capitalised(at) {
        return None;
    }
    let is = |name: &&str| *name == word || name.len() > 3 && name.to_uppercase() == word;
    let place = MONTHS.iter().position(|names| names.iter().any(is))?;
    let also_a_word = matches!(word, "May" | "March" | "Mar" | "August" | "Jan");
    let opens = prose.sentence(at).start == at;
    let next = at.saturating_add(1);
    let dated = prose.is_digits(next)
        || prose.after(at, BEFORE_A_MONTH)
        || at
            .checked_sub(1)
            .is_some_and(|before| prose.is_digits(before) || prose.scan.is_any(before, &["st", "nd", "rd", "th"]))
        || prose.scan.is_any(next, &["and", "to", "was", "were", "is"]);
    (!also_a_word || dated || !opens && word != "Jan").then(|| u8::try_from(place.saturating_add(1)).ok())?
}

/// The weekday that a token names.
pub(super) fn weekday(prose: &Prose<'_>, at: usize) -> Option<Weekday> {
    let word = stem(prose.scan.word(at));
    let names =
        prose.after(at, &["good", "black", "ash", "palm", "easter", "cyber", "super", "bloody", "shrove", "maundy"]);
    let is_name =
        !names && prose.scan.is_capitalised(at) && (word.ends_with("day") || word.ends_with("DAY")) && word.len() < 10;
    if is_name { word.parse().ok() } else { None }
}

/// A year in four digits.
pub(super) fn year(prose: &Prose<'_>, at: usize) -> Option<i32> {
    let year = prose.whole(at, 4)?;
    (prose.scan.word(at).len() == 4 && (1_000..2_200).contains(&year)).then_some(year)
}

/// The day of a month in digits, with or without an ending: "3", "3rd". Gives the token after it.
pub(super) fn day(prose: &Prose<'_>, at: usize) -> Option<(u8, usize)> {
    let day = u8::try_from(prose.whole(at, 2)?).ok().filter(|day| (1..=31).contains(day))?;
    let next = at.saturating_add(1);
    let ends = prose.scan.touches(next) && prose.scan.is_any(next, &["st", "nd", "rd", "th"]);
    Some((day, if ends { next.saturating_add(1) } else { next }))
}

/// A date that begins at a token.
pub(super) fn single(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
    if prose.is_digits(at) {
        return in_digits(prose, at).or_else(|| day_first(prose, at, toward)).or_else(|| bare_year(prose, at));
    }
    if prose.is_code(at) {
        return dotted(prose, at).or_else(|| longest(prose, at, 3));
    }
    if !prose.is_word(at) {
        return None;
    }
    with_weekday(prose, at, toward)
        .or_else(|| month_first(prose, at, toward))
        .or_else(|| part_of_a_month(prose, at, toward))
        .or_else(|| relative(prose, at))
        .or_else(|| the(prose, at, toward))
        .or_else(|| stretch(prose, at))
}

/// Which year a day or a month without one lies in: the nearest, or the next where the sentence looks ahead.
pub(super) fn settle(
    prose: &Prose<'_>,
    at: usize,
    (month, day, on): (u8, Option<u8>, Option<Weekday>),
    toward: Toward,
) -> Option<DaySpan> {
    let dateline = prose.dateline()?;
    let of = |year: i32| match day {
        Some(day) => Day::from_ymd(year, month, day).map(DaySpan::day),
        None => DaySpan::month(year, month),
    };
    let this = dateline.year();
    let years = [this, this.checked_sub(1)?, this.checked_add(1)?];
    let spans = years.iter().filter_map(|year| of(*year));
    let agrees = |span: &DaySpan| on.is_none_or(|on| span.earliest.weekday() == on);
    let distance = |span: &DaySpan| span.earliest.0.abs_diff(dateline.0);
    let mut spans: Vec<DaySpan> = spans.collect();
    spans.sort_by_key(distance);
    if let Some(span) = spans.iter().find(|span| on.is_some() && agrees(span)) {
        return Some(*span);
    }
    let ahead = |span: &&DaySpan| span.latest >= dateline;
    let past = |span: &&DaySpan| span.earliest <= dateline;
    match (toward.at(prose, at), day) {
        (Toward::Ahead, None) => spans.iter().find(ahead).copied(),
        // "Due on 6 July" a week after it: the day has passed.
        (Toward::Ahead, Some(_)) => {
            let next = spans.iter().find(ahead).filter(|span| distance(span) < FAR_AHEAD);
            next.or(spans.first()).copied()
        }
        (_, None) => spans.iter().find(past).copied(),
        // A day just ahead is not the one of nearly a year ago.
        _ => {
            let near = spans.first().filter(|span| ahead(span) && distance(span) <= JUST_AHEAD);
            near.or_else(|| spans.iter().find(past)).or(spans.first()).copied()
        }
    }
}

/// The year after a date, with or without a comma, and the token after it.
pub(super) fn year_after(prose: &Prose<'_>, at: usize) -> Option<(i32, usize)> {
    let comma = if prose.scan.is(at, ",") { at.saturating_add(1) } else { at };
    let number = if prose.scan.is(comma, "of") { comma.saturating_add(1) } else { comma };
    let found = year(prose, number).filter(|_| prose.scan.follows(number))?;
    let next = number.saturating_add(1);
    let is_count = prose.scan.is_any(next, COUNTED_NOUNS);
    (!is_count).then_some((found, next))
}

/// "18 December 2025", "3 and 5 May", "the 18th of May".
pub(super) fn day_first(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
    let (first, past) = day(prose, at)?;
    let scan = &prose.scan;
    let of = if scan.is(past, "of") { past.saturating_add(1) } else { past };
    if let Some(month) = month(prose, of).filter(|_| scan.follows(of)) {
        return Some(dated(prose, month, first, None, of.saturating_add(1), toward));
    }
    // "Between 3 and 5 May", "18-20 December": from one to the other.
    if !scan.is_any(past, &["and", "to", "-", "–", "or"]) {
        return None;
    }
    let (last, end) = day(prose, past.saturating_add(1))?;
    let end = if scan.is(end, "of") { end.saturating_add(1) } else { end };
    let month = month(prose, end).filter(|_| scan.follows(end))?;
    let close = dated(prose, month, last, None, end.saturating_add(1), toward);
    let open = close.days.and_then(|days| Day::from_ymd(days.earliest.year(), month, first));
    let days = open.zip(close.days).and_then(|(open, close)| DaySpan::new(open, close.latest));
    Some(Match::new(close.end, days, Grain::Day))
}

pub(super) fn dated(prose: &Prose<'_>, month: u8, day: u8, on: Option<Weekday>, end: usize, toward: Toward) -> Match {
    match year_after(prose, end) {
        Some((year, end)) => Match::new(end, Day::from_ymd(year, month, day).map(DaySpan::day), Grain::Day),
        None => Match::new(end, settle(prose, end, (month, Some(day), on), toward), Grain::Day),
    }
}

/// "Thursday, 18 December", "Tuesday 7 October", "last Friday", "Friday night", "Sundays".
pub(super) fn with_weekday(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
    let scan = &prose.scan;
    let named = scan.is_any(at, &["last", "next", "this", "following"]);
    let place = if named { at.saturating_add(1) } else { at };
    let Some(on) = weekday(prose, place).filter(|_| !named || scan.follows(place)) else {
        return if named { None } else { weekdays(prose, at) };
    };
    let next = place.saturating_add(1);
    let comma = if scan.is(next, ",") { next.saturating_add(1) } else { next };
    let comma = if scan.is(comma, "the") { comma.saturating_add(1) } else { comma };
    if let Some((number, past)) = day(prose, comma) {
        let of = if scan.is(past, "of") { past.saturating_add(1) } else { past };
        if let Some(month) = month(prose, of) {
            return Some(dated(prose, month, number, Some(on), of.saturating_add(1), toward));
        }
    }
    if let Some(month) = month(prose, comma)
        && let Some((number, past)) = day(prose, comma.saturating_add(1))
    {
        return Some(dated(prose, month, number, Some(on), past, toward));
    }
    let dateline = prose.dateline();
    let ahead = |day: Day| day.plus_days(7).map(|day| day.latest(on));
    let days = dateline.and_then(|day| {
        if scan.is(at, "last") {
            return day.plus_days(-1).map(|day| day.latest(on));
        }
        if scan.is(at, "next") || toward.at(prose, at) == Toward::Ahead {
            return ahead(day);
        }
        Some(day.latest(on))
    });
    Some(Match::new(past_part_of_day(prose, next), days.map(DaySpan::day), Grain::Day))
}

/// "Sundays", "weekends": days that come again.
pub(super) fn weekdays(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let word = prose.scan.word(at).strip_suffix('s')?;
    let is_day = prose.scan.is_capitalised(at) && word.ends_with("day") && word.parse::<Weekday>().is_ok();
    is_day.then(|| Match::new(at.saturating_add(1), None, Grain::Other))
}

/// One past a part of the day, if one stands here.
pub(super) fn past_part_of_day(prose: &Prose<'_>, at: usize) -> usize {
    let is_part = prose.scan.is_any(at, super::tables::PARTS_OF_A_DAY) && prose.scan.follows(at);
    if is_part { at.saturating_add(1) } else { at }
}

/// "December 18, 2025", "December 2025", "December".
pub(super) fn month_first(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
    let scan = &prose.scan;
    let number = month(prose, at)?;
    let next = at.saturating_add(1);
    let next = if scan.is(next, ".")
        && scan.touches(next)
        && scan.word(at).len() <= 4
        && prose.is_digits(next.saturating_add(1))
    {
        next.saturating_add(1)
    } else {
        next
    };
    if let Some((day, past)) = day(prose, next).filter(|_| scan.follows(next)) {
        let year = year_after(prose, past);
        let counts = prose.after(at, &["in", "this", "last", "during", "throughout", "of"])
            || scan.is_any(past, &["%", "per", "percent", "million", "billion"]);
        if year.is_some() || !counts {
            return Some(dated(prose, number, day, None, past, toward));
        }
    }
    if let Some((year, end)) = year_after(prose, next) {
        return Some(Match::new(end, DaySpan::month(year, number), Grain::Month));
    }
    Some(Match::new(next, settle(prose, at, (number, None, None), toward), Grain::Month))
}

/// "Late October", "mid-March", "mid-2024", "early next month".
pub(super) fn part_of_a_month(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
    let scan = &prose.scan;
    if !scan.is_any(at, &["early", "mid", "late"]) {
        return None;
    }
    let next = at.saturating_add(1);
    let place = next.saturating_add(usize::from(prose.joins(next, &["-", "–", "\u{2011}"])));
    let place = if scan.is(place, "in") { place.saturating_add(1) } else { place };
    let inner = month_first(prose, place, toward).filter(|inner| inner.grain == Grain::Month);
    if let Some(inner) = inner {
        let days = inner.days.and_then(|days| third(scan.word(at), days));
        return Some(Match::new(inner.end, days, Grain::Other));
    }
    longest(prose, at, 5)
}

/// The usual third of a month.
pub(super) fn third(part: &str, of: DaySpan) -> Option<DaySpan> {
    let (year, month, _) = of.earliest.ymd();
    let on = |day: u8| Day::from_ymd(year, month, day);
    match part.to_ascii_lowercase().as_str() {
        "early" => DaySpan::new(on(1)?, on(10)?),
        "mid" => DaySpan::new(on(11)?, on(20)?),
        _ => DaySpan::new(on(21)?, of.latest),
    }
}

/// "2025-12-18", "20/03/2024", "2023-24", "1991-2020".
pub(super) fn in_digits(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let [sign, second, other, third] = [1, 2, 3, 4].map(|on| at.saturating_add(on));
    if prose.joins(sign, &["-"]) && prose.joins(other, &["-"]) && year(prose, at).is_some() {
        let end = third.saturating_add(1);
        let day = Day::from_iso(scan.words(at..end))?;
        return Some(Match::new(end, Some(DaySpan::day(day)), Grain::Day));
    }
    if prose.joins(sign, &["/"]) && prose.joins(other, &["/"]) {
        let (one, two) = (u8::try_from(prose.whole(at, 2)?).ok()?, u8::try_from(prose.whole(second, 2)?).ok()?);
        let days = in_order(one, two, year(prose, third)?);
        return Some(Match::new(third.saturating_add(1), days, Grain::Day));
    }
    let first = year(prose, at)?;
    if !prose.joins(sign, &["-", "–", "/"]) {
        return None;
    }
    let close = prose.whole(second, 4)?;
    let last = match scan.word(second).len() {
        2 => first.checked_div(100)?.checked_mul(100)?.checked_add(close)?,
        4 => close,
        _ => return None,
    };
    let days = DaySpan::year(first)?.hull(DaySpan::year(last)?);
    (last > first).then(|| Match::new(other, Some(days), Grain::Other))
}

/// A day of a year from two numbers, if they can be taken one way only.
pub(super) fn in_order(one: u8, two: u8, year: i32) -> Option<DaySpan> {
    let (day_first, month_first) = (Day::from_ymd(year, two, one), Day::from_ymd(year, one, two));
    match (day_first, month_first) {
        (Some(day), None) | (None, Some(day)) => Some(DaySpan::day(day)),
        (Some(day), Some(other)) if day == other => Some(DaySpan::day(day)),
        _ => None,
    }
}

/// "18.12.2025".
pub(super) fn dotted(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let parts: Vec<&str> = prose.scan.word(at).trim_end_matches('.').split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let is_date = day.len() <= 2 && month.len() <= 2 && year.len() == 4;
    let (day, month, year) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    let days = in_order(day, month, year);
    is_date.then(|| Match::new(at.saturating_add(1), days, Grain::Day))
}

/// A bare year, a decade, a year before Christ.
pub(super) fn bare_year(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if prose.whole(at, 5).is_some() && scan.is_any(next, &["bc", "bce", "BC"]) {
        let year = prose.whole(at, 5)?.checked_neg()?.checked_add(1)?;
        return Some(Match::new(next.saturating_add(1), DaySpan::year(year), Grain::Year));
    }
    let number = year(prose, at)?;
    if scan.touches(next) && scan.is_any(next, &["s", "'s", "’s"]) {
        return decade(prose, at);
    }
    if scan.touches(next) && !scan.is_any(next, &[",", ".", ";", ":", ")", "'s", "’s", "-", "–", "\"", "”", "'", "’"])
        || scan.is_any(next, &["%"])
        || at
            .checked_sub(1)
            .is_some_and(|before| scan.touches(at) && scan.is_any(before, &["$", "€", "£", "¥", "-", "#", "₩", "₹"]))
    {
        return None;
    }
    let dated = prose.after(
        at,
        &[
            "in", "since", "during", "until", "till", "after", "before", "late", "early", "mid", "year", "fiscal",
            "summer", "winter", "spring", "autumn", "the", "its",
        ],
    );
    let noun = scan.word(next);
    let counts = scan.is_any(next, COUNTED_NOUNS)
        || (scan.follows(next)
            && prose.is_word(next)
            && noun.ends_with('s')
            && !noun.ends_with("ss")
            && !noun.ends_with("us")
            && !noun.ends_with("is")
            && noun.starts_with(char::is_lowercase)
            && !scan.is_any(next, DATED_NOUNS));
    let recent = (1_700..2_150).contains(&number);
    (recent && (!counts || dated) || dated && number >= 1_000 && !counts)
        .then(|| Match::new(next, DaySpan::year(number), Grain::Year))
}
