//! Single dates: the days, months, years, weekdays and stretches that begin at a word.
//!
//! What the words leave open (which year, which Thursday) is settled by the sentence: what lies ahead is the next such day,
//! what is past the latest one not after the dateline.

use super::prose::Prose;
use super::tables::{AHEAD, BEFORE_A_MONTH, COUNTED_NOUNS, DATED_NOUNS, MONTHS, OF_A_GAME, PAST, UP_TO_NOW};
use crate::calendar::{Choice, Day, DaySpan, Weekday, read_date};

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
const TENSE_REACH: usize = 30;

/// A day without a year that is no further ahead than this is not the one before it.
const JUST_AHEAD: u64 = 45;

/// A day without a year is rarely this many days ahead.
const FAR_AHEAD: u64 = 300;

/// The most words that a stretch is written in.
const LONGEST: usize = 8;

impl Match {
    fn new(end: usize, days: Option<DaySpan>, grain: Grain) -> Self {
        Self { end, days, grain }
    }
}

impl Toward {
    /// The side that is meant at a token.
    fn at(self, prose: &Prose<'_>, at: usize) -> Self {
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
fn stem(word: &str) -> &str {
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
fn day(prose: &Prose<'_>, at: usize) -> Option<(u8, usize)> {
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
fn settle(
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
fn year_after(prose: &Prose<'_>, at: usize) -> Option<(i32, usize)> {
    let comma = if prose.scan.is(at, ",") { at.saturating_add(1) } else { at };
    let number = if prose.scan.is(comma, "of") { comma.saturating_add(1) } else { comma };
    let found = year(prose, number).filter(|_| prose.scan.follows(number))?;
    let next = number.saturating_add(1);
    let is_count = prose.scan.is_any(next, COUNTED_NOUNS);
    (!is_count).then_some((found, next))
}

/// "18 December 2025", "3 and 5 May", "the 18th of May".
fn day_first(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
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

fn dated(prose: &Prose<'_>, month: u8, day: u8, on: Option<Weekday>, end: usize, toward: Toward) -> Match {
    match year_after(prose, end) {
        Some((year, end)) => Match::new(end, Day::from_ymd(year, month, day).map(DaySpan::day), Grain::Day),
        None => Match::new(end, settle(prose, end, (month, Some(day), on), toward), Grain::Day),
    }
}

/// "Thursday, 18 December", "Tuesday 7 October", "last Friday", "Friday night", "Sundays".
fn with_weekday(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
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
fn weekdays(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let word = prose.scan.word(at).strip_suffix('s')?;
    let is_day = prose.scan.is_capitalised(at) && word.ends_with("day") && word.parse::<Weekday>().is_ok();
    is_day.then(|| Match::new(at.saturating_add(1), None, Grain::Other))
}

/// One past a part of the day, if one stands here.
fn past_part_of_day(prose: &Prose<'_>, at: usize) -> usize {
    let is_part = prose.scan.is_any(at, super::tables::PARTS_OF_A_DAY) && prose.scan.follows(at);
    if is_part { at.saturating_add(1) } else { at }
}

/// "December 18, 2025", "December 2025", "December".
fn month_first(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
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
fn part_of_a_month(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
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
fn third(part: &str, of: DaySpan) -> Option<DaySpan> {
    let (year, month, _) = of.earliest.ymd();
    let on = |day: u8| Day::from_ymd(year, month, day);
    match part.to_ascii_lowercase().as_str() {
        "early" => DaySpan::new(on(1)?, on(10)?),
        "mid" => DaySpan::new(on(11)?, on(20)?),
        _ => DaySpan::new(on(21)?, of.latest),
    }
}

/// "2025-12-18", "20/03/2024", "2023-24", "1991-2020".
fn in_digits(prose: &Prose<'_>, at: usize) -> Option<Match> {
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
fn in_order(one: u8, two: u8, year: i32) -> Option<DaySpan> {
    let (day_first, month_first) = (Day::from_ymd(year, two, one), Day::from_ymd(year, one, two));
    match (day_first, month_first) {
        (Some(day), None) | (None, Some(day)) => Some(DaySpan::day(day)),
        (Some(day), Some(other)) if day == other => Some(DaySpan::day(day)),
        _ => None,
    }
}

/// "18.12.2025".
fn dotted(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let parts: Vec<&str> = prose.scan.word(at).trim_end_matches('.').split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let is_date = day.len() <= 2 && month.len() <= 2 && year.len() == 4;
    let (day, month, year) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    let days = in_order(day, month, year);
    is_date.then(|| Match::new(at.saturating_add(1), days, Grain::Day))
}

/// A bare year, a decade, a year before Christ.
fn bare_year(prose: &Prose<'_>, at: usize) -> Option<Match> {
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
    (recent && !(counts && !dated) || dated && number >= 1_000 && !counts)
        .then(|| Match::new(next, DaySpan::year(number), Grain::Year))
}

/// "Today", "yesterday", "last month", "this winter", "last night".
fn relative(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    let on = |days: i64| prose.dateline().and_then(|day| day.plus_days(days)).map(DaySpan::day);
    let day = |days: i64| Some(Match::new(past_part_of_day(prose, next), on(days), Grain::Day));
    match stem(scan.word(at)).to_ascii_lowercase().as_str() {
        "today" | "tonight" => day(0),
        "yesterday" => day(-1),
        "tomorrow" => day(1),
        "overnight" => None,
        "last" if scan.is(next, "night") => Some(Match::new(next.saturating_add(1), on(-1), Grain::Day)),
        "this" if scan.is_any(next, &["morning", "afternoon", "evening"]) => {
            Some(Match::new(next.saturating_add(1), on(0), Grain::Day))
        }
        "this" if scan.past(next, &["time", "last", "year"]).is_some() => {
            let days = prose.dateline().and_then(|day| day.plus_months(-12)).and_then(|day| {
                let (year, month, _) = day.ymd();
                DaySpan::month(year, month)
            });
            Some(Match::new(at.saturating_add(4), days, Grain::Month))
        }
        "last" | "this" | "next" => {
            let noun = stem(scan.word(next));
            let unit = is_one_of(
                noun,
                &[
                    "week", "month", "quarter", "year", "weekend", "decade", "century", "season", "spring", "summer",
                    "autumn", "winter",
                ],
            );
            if let Some(number) = month(prose, next) {
                let toward = if scan.is(at, "next") { Toward::Ahead } else { Toward::Past };
                return Some(Match::new(
                    next.saturating_add(1),
                    settle(prose, at, (number, None, None), toward),
                    Grain::Month,
                ));
            }
            // "The last week of the campaign" is no week before this one.
            let of_another =
                prose.after(at, &["the", "its", "his", "her", "their"]) || scan.is(next.saturating_add(1), "of");
            if !unit || of_another {
                return None;
            }
            let end = next.saturating_add(1);
            if scan.is(at, "next") && is_one_of(noun, &["spring", "summer", "autumn", "winter"]) {
                return Some(Match::new(end, next_season(prose, noun), Grain::Other));
            }
            let grain = match noun {
                "month" => Grain::Month,
                "year" => Grain::Year,
                _ => Grain::Other,
            };
            Some(Match::new(end, read(prose, stem(scan.words(at..end))), grain))
        }
        _ => None,
    }
}

/// The season that begins after the dateline.
fn next_season(prose: &Prose<'_>, season: &str) -> Option<DaySpan> {
    let last = read(prose, season)?;
    if prose.dateline().is_some_and(|now| last.earliest > now) {
        return Some(last);
    }
    DaySpan::new(last.earliest.plus_months(12)?, last.latest.plus_days(1)?.plus_months(12)?.plus_days(-1)?)
}

/// What begins with "the": "the 18th", "the weekend", "the first half of 2024", "the 1990s", "the morning of 9 May".
fn the(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
    let scan = &prose.scan;
    if !scan.is(at, "the") {
        return None;
    }
    let next = at.saturating_add(1);
    let past = at.saturating_add(2);
    if scan.is_any(next, &["morning", "afternoon", "evening", "night", "early"]) {
        let of = scan.past(next, &["early", "hours", "of"]).or_else(|| scan.past(past, &["of"]))?;
        return single(prose, of, toward).filter(|found| found.grain == Grain::Day);
    }
    if let Some((number, end)) = day(prose, next).filter(|(_, end)| *end > past) {
        if let Some(found) = day_first(prose, next, toward) {
            return Some(found);
        }
        let noun = prose.is_word(end) && scan.follows(end) && !scan.is_any(end, super::tables::SMALL);
        let dated = prose.after(at, &["on", "of", "by", "until", "since", "from", "to"]);
        let days = prose.dateline().and_then(|dateline| {
            let of = |months: i64| {
                let (year, month, _) = dateline.plus_months(months)?.ymd();
                Day::from_ymd(year, month, number)
            };
            let ahead = toward.at(prose, at) == Toward::Ahead;
            let here = of(0).filter(|day| if ahead { *day >= dateline } else { *day <= dateline });
            here.or_else(|| of(if ahead { 1 } else { -1 }))
        });
        return (dated && !noun).then(|| Match::new(end, days.map(DaySpan::day), Grain::Day));
    }
    if scan.is_any(next, &["spring", "summer", "autumn", "winter"])
        && prose.after(at, &["in", "during", "by", "until", "since", "of"])
        && (!prose.is_word(past) || scan.is_any(past, super::tables::SMALL))
        && !scan.is(past, "of")
    {
        let season = scan.word(next);
        let ahead = toward.at(prose, at) == Toward::Ahead;
        let days = if ahead { next_season(prose, season) } else { read(prose, season) };
        return Some(Match::new(past, days, Grain::Other));
    }
    if scan.is(next, "weekend") && !scan.is_any(past, &["of", "before", "after"]) {
        let saturday = prose.dateline().and_then(|day| {
            if toward.at(prose, at) == Toward::Ahead {
                day.plus_days(6).map(|day| day.latest(Weekday::Saturday))
            } else {
                Some(day.latest(Weekday::Saturday))
            }
        });
        let days = saturday.and_then(|first| DaySpan::new(first, first.plus_days(1)?));
        return Some(Match::new(past, days, Grain::Other));
    }
    None
}

/// Stretches that the calendar reads: "the first quarter of 2025", "summer 2025", "the end of the year", "fiscal 2025".
fn stretch(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let is_the = scan.is(at, "the");
    let word = if is_the { at.saturating_add(1) } else { at };
    let next = word.saturating_add(1);
    if is_the
        && scan.is(word, "last")
        && scan.is_any(next, &["quarter", "half", "week", "month", "day", "decade"])
        && scan.is(next.saturating_add(1), "of")
    {
        return longest(prose, at, LONGEST);
    }
    if scan.is_any(word, UP_TO_NOW) || scan.is_any(word, super::tables::FROM_NOW) {
        return None;
    }
    if scan.is_any(word, &["fiscal", "financial"]) && (year(prose, next).is_some() || scan.is(next, "year")) {
        let of = if scan.is(next, "year") && year(prose, next.saturating_add(1)).is_some() {
            next.saturating_add(2)
        } else {
            next.saturating_add(1)
        };
        return Some(Match::new(of, None, Grain::Other));
    }
    let season = scan.is_any(word, &["spring", "summer", "autumn", "winter"]);
    if season {
        let number = if scan.is(next, "of") { next.saturating_add(1) } else { next };
        let spans = in_digits(prose, number).filter(|found| found.grain == Grain::Other);
        if let Some(spans) = spans.filter(|_| scan.is(word, "winter")) {
            let days = spans.days.and_then(|days| read(prose, &format!("winter {}", days.earliest.year())));
            return Some(Match::new(spans.end, days, Grain::Other));
        }
        year(prose, number)?;
        return longest(prose, at, 4);
    }
    let nth = scan.is_any(word, &["first", "second", "third", "fourth", "final", "opening"]);
    if nth && is_the {
        let is_part = scan.is_any(next, &["quarter", "half"]);
        if is_part
            && !scan.is(next.saturating_add(1), "of")
            && (is_of_a_game(prose, at)
                || !prose.after(
                    at,
                    &["in", "for", "of", "during", "than", "since", "from", "to", "and", "with", "until", "over"],
                ))
        {
            return None;
        }
        let timed = is_part
            || scan.is_any(next, &["week", "weeks", "day", "days", "month", "months", "weekend"])
            || scan.is_any(next.saturating_add(1), &["weeks", "months", "days"]);
        return if timed { longest(prose, at, LONGEST) } else { None };
    }
    let edge = scan.is_any(word, &["start", "end", "beginning", "middle", "close"]) && scan.is(next, "of");
    if edge && is_the {
        return longest(prose, at, LONGEST).map(|found| Match { days: found.days, ..found });
    }
    if is_the && let Some(found) = decade(prose, word) {
        return Some(found);
    }
    let century = is_the && prose.is_digits(word) && scan.is_any(at.saturating_add(3), &["century"]);
    if century {
        return longest(prose, at, 6);
    }
    // "First-quarter profit".
    let part = at.saturating_add(2);
    let nth_part = ["first", "second", "third", "fourth"].iter().find(|nth| scan.is(at, nth));
    if let Some(nth) = nth_part
        && prose.joins(at.saturating_add(1), &["-"])
        && scan.is_any(part, &["quarter", "half"])
        && !is_of_a_game(prose, at)
    {
        let words = format!("the {nth} {}", scan.word(part));
        return Some(Match::new(part.saturating_add(1), read(prose, &words), Grain::Other));
    }
    // "The year to March".
    if is_the
        && scan.is_any(word, &["year", "quarter", "half", "month"])
        && scan.is_any(next, &["to", "ended", "ending"])
    {
        return longest(prose, at, LONGEST);
    }
    // "The three months to 30 June".
    let counted = is_the
        && scan.is_any(next, &["months", "weeks", "quarters"])
        && scan.is_any(next.saturating_add(1), &["to", "ended", "ending"]);
    if counted {
        return longest(prose, at, LONGEST);
    }
    let feast = scan.is_capitalised(at)
        && scan
            .is_any(at, &["Christmas", "New", "Boxing", "Halloween", "Bastille", "Anzac", "Valentine's", "Hogmanay"]);
    if feast { longest(prose, at, 5) } else { None }
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// "1990s", "mid-1990s", "early 2000s".
fn decade(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let part = scan.is_any(at, &["early", "mid", "late"]);
    let next = at.saturating_add(1);
    let number = if !part {
        at
    } else if prose.joins(next, &["-", "–"]) {
        at.saturating_add(2)
    } else {
        next
    };
    let letter = number.saturating_add(1);
    let first = year(prose, number).filter(|year| year % 10 == 0)?;
    if !scan.touches(letter) || !scan.is_any(letter, &["s", "'s", "’s"]) {
        return None;
    }
    let (from, to) = match scan.word(at).to_ascii_lowercase().as_str() {
        "early" => (0, 3),
        "mid" => (4, 6),
        "late" => (7, 9),
        _ => (0, 9),
    };
    let days = DaySpan::year(first.checked_add(from)?)?.hull(DaySpan::year(first.checked_add(to)?)?);
    Some(Match::new(letter.saturating_add(1), Some(days), Grain::Other))
}

fn is_of_a_game(prose: &Prose<'_>, at: usize) -> bool {
    let sentence = prose.sentence(at);
    let near = sentence.start.max(at.saturating_sub(TENSE_REACH))..sentence.end.min(at.saturating_add(TENSE_REACH));
    near.into_iter().any(|word| prose.scan.is_any(word, OF_A_GAME))
}

/// The longest phrase from a token on that the calendar reads as a date.
fn longest(prose: &Prose<'_>, at: usize, most: usize) -> Option<Match> {
    let sentence = prose.sentence(at);
    let last = sentence.end.min(at.saturating_add(most));
    (at.saturating_add(1)..=last).rev().find_map(|end| {
        let words = prose.scan.words(at..end);
        if words.ends_with(['.', ',', ';']) {
            return None;
        }
        let found = read_date(words, prose.context);
        let readings = found.as_ref().ok().map(|found| found.readings().len());
        let days = found.is_ok().then(|| read(prose, words));
        days.map(|days| Match::new(end, days, Grain::Other)).filter(|_| readings.is_some())
    })
}

/// The days that a phrase usually means, if no convention but that of the seasons decides it.
pub(super) fn read(prose: &Prose<'_>, words: &str) -> Option<DaySpan> {
    let found = read_date(words, prose.context).ok()?;
    let readings = found.readings();
    let is_open = readings.iter().any(|reading| matches!(reading.under, Some(Choice::Week(_) | Choice::Fiscal(_))));
    let first = readings.first().filter(|_| !(is_open && readings.len() > 1))?;
    Some(first.soft.hull())
}
