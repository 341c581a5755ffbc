//! Dates and periods as they are written: from a whole phrase to the time of a figure or the day of an event.
//!
//! The forms know how a stretch of time is written; here stand the words around it that make a running total, a
//! period from one end to another, or an open span of days.

use super::alternatives::Alternatives;
use super::between::{Open, between_stretches, open_interval};
use super::convention::Context;
use super::day::Day;
use super::error::DateError;
use super::forms::FORMS;
use super::hours::hours;
use super::reader::{Reader, Years};
use super::running::{ending, since};
use super::set::DaySet;
use super::span::DaySpan;
use super::stretch::Stretch;
use super::tables::{TO_NOW, UNANCHORED};
use super::token::{Cursor, Digits, tokens};
use super::when::When;

/// The longest phrase that is read, in bytes.
pub(super) const LONGEST: usize = 200;

/// One way to read a whole phrase, and the sentence that says so (none, where the forms say it themselves).
struct Way<T> {
    read: fn(&Reader<'_>) -> Result<Alternatives<T>, DateError>,
    why: Option<&'static str>,
}

#[rustfmt::skip]
const TIMES: &[Way<When>] = &[
    Way { read: only_to_now, why: Some("words without a date, such as \"so far\" and \"to date\", end a running total at the article's now, a moment within the dateline's day") },
    Way { read: period, why: None },
    Way { read: so_far_period, why: Some("words without a date, such as \"so far\", end at the article's now, a moment within the dateline's day") },
    Way { read: |reader| open_time(reader), why: Some("an end that is open or left out is not told: no number of years is made up for it") },
    Way { read: since, why: Some("\"since\" makes a running total from a stated beginning; one that names no end goes up to now, or hard, to some moment before") },
    Way { read: |reader| ending(reader)?.try_map(|end| Ok(When::Through { since: None, end })), why: Some("\"through\", \"to\" and dates in digits take their last day in; \"by\", \"until\" and \"as of\" a day or a month in words leave open whether it is taken in") },
    Way { read: between, why: Some("a period goes from the first moment of what begins it to the last moment of what ends it") },
    Way { read: |reader| hours(reader)?.try_map(|stretch| stretch.period().ok_or_else(|| reader.unreadable())), why: Some("a part of a day is some part of that day or of the night after it") },
];

#[rustfmt::skip]
const DATES: &[Way<DaySet>] = &[
    Way { read: |reader| reader.phrase_whole()?.try_map(|stretch| Ok(stretch.within)), why: None },
    Way { read: |reader| open_days(reader), why: Some("an open side has no end") },
    Way { read: open_span, why: Some("\"before\", \"by\", \"from\" and \"after\" leave one side open") },
    Way { read: |reader| hours(reader)?.try_map(|stretch| Ok(stretch.within)), why: Some("a part of a day is dated by that day") },
    Way { read: days_between, why: Some("an event of a period lies on some day of it, its ends included") },
];

/// Reads the time of a figure: a claim's `when`.
///
/// Whole stretches are periods; words such as "through", "by", "since" and "to date" make running totals. Dates end
/// whole, even on the dateline; only words without a date ("so far", "to date", "this month") end at the article's
/// now. "By November" and "until November" leave open whether November is taken in, so that they end at some moment
/// of it; "through November" and "by 2025-11" end with its last day. "Since October" alone names no cut-off: hard, it
/// ends at now or before; soft, at now.
///
/// # Errors
/// If the phrase is not one that we know, names a day that does not exist, or needs a dateline that is missing.
pub fn read_when(text: &str, context: &Context) -> Result<Alternatives<When>, DateError> {
    let readings = with_reader(text, context, |reader| first_that_reads(reader, TIMES).map(|(readings, _)| readings))?;
    Ok(readings.with_soft_inside(|hard, soft| hard.admits(*soft)))
}

/// Reads the date of an event: a claim's `on`, as the set of days on which it may lie. "Before", "after" and the like
/// give days without end on one side.
///
/// # Errors
/// As [`read_when`].
pub fn read_date(text: &str, context: &Context) -> Result<Alternatives<DaySet>, DateError> {
    let readings = with_reader(text, context, |reader| first_that_reads(reader, DATES).map(|(readings, _)| readings))?;
    Ok(readings.with_soft_inside(DaySet::covers))
}

/// How a phrase is read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// As the time of a figure, if it can be one.
    pub time: Option<Alternatives<When>>,
    /// As the date of an event, if it can be one.
    pub date: Option<Alternatives<DaySet>>,
    /// How its words are read, a sentence each.
    pub because: Vec<&'static str>,
}

/// Says how a phrase is read as a time and as a date, and why.
///
/// # Errors
/// If it can be read as neither; as [`read_when`].
pub fn explain(text: &str, context: &Context) -> Result<Explanation, DateError> {
    let (time, date) = (read_when(text, context), read_date(text, context));
    let because = with_reader(text, context, |reader| {
        let time = first_that_reads(reader, TIMES).ok().and_then(|(_, why)| why);
        let date = first_that_reads(reader, DATES).ok().and_then(|(_, why)| why).filter(|_| time.is_none());
        let mut because: Vec<&'static str> = time.into_iter().chain(date).collect();
        let mut at = 0;
        while at < reader.tokens.len() {
            let mut cursor = Cursor::new(reader.text, reader.tokens, at);
            match reader.known_stretch(&mut cursor) {
                Some((Ok(_), why)) => {
                    if !because.contains(&why) {
                        because.push(why);
                    }
                    at = cursor.at.max(at.saturating_add(1));
                }
                _ => at = at.saturating_add(1),
            }
        }
        Ok(because)
    })?;
    match (time, date) {
        (Err(error), Err(_)) => Err(error),
        (time, date) => Ok(Explanation { time: time.ok(), date: date.ok(), because }),
    }
}

fn with_reader<T>(
    text: &str,
    context: &Context,
    read: impl Fn(&Reader<'_>) -> Result<T, DateError>,
) -> Result<T, DateError> {
    let text = text.trim();
    if text.len() > LONGEST || text.is_empty() {
        let mut shown: String = text.chars().take(40).collect();
        if shown.len() < text.len() {
            shown.push_str(" ...");
        }
        return Err(DateError::Unreadable { text: shown });
    }
    if UNANCHORED.iter().any(|phrase| phrase.eq_ignore_ascii_case(text)) {
        return Err(DateError::Unanchored { text: text.to_owned() });
    }
    let tokens = tokens(text, Digits::Edtf);
    read(&Reader { text, shown: text, tokens: &tokens, context, forms: FORMS, years: Years::Dateline, depth: 0 })
}

/// The first way that reads the phrase; else the first error that says more than that it cannot be read.
fn first_that_reads<T>(
    reader: &Reader<'_>,
    ways: &[Way<T>],
) -> Result<(Alternatives<T>, Option<&'static str>), DateError> {
    let mut telling = None;
    for way in ways {
        match (way.read)(reader) {
            Ok(readings) => return Ok((readings, way.why)),
            Err(DateError::Unreadable { .. }) => {}
            Err(error) => telling = telling.or(Some(error)),
        }
    }
    Err(telling.unwrap_or_else(|| reader.unreadable()))
}

/// A stretch as the period of a figure.
fn period(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    let several = || DateError::SeveralDates { text: reader.shown.to_owned() };
    reader.phrase_whole()?.try_map(|stretch| stretch.period().ok_or_else(several))
}

/// "to date", "so far": a running total that names no cut-off.
fn only_to_now(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    let mut cursor = reader.cursor();
    let _ = cursor.one_of(&["in total", "in all", "total", "overall", "cumulative", "cumulatively", "all"]);
    let _ = cursor.mark(',');
    if cursor.one_of(TO_NOW).is_none() || !cursor.is_done() {
        return Err(reader.unreadable());
    }
    Ok(Alternatives::one(When::Through { since: None, end: reader.now()? }))
}

/// "so far this month", "this month so far", "2025 to date".
fn so_far_period(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    let mut cursor = reader.cursor();
    let inner = if cursor.one_of(TO_NOW).is_some() {
        let _ = cursor.mark(',');
        reader.part(cursor.at, reader.tokens.len())
    } else {
        let words = TO_NOW.iter().map(|words| (*words, ()));
        let (at, end, ()) = reader.find(words, 0).ok_or_else(|| reader.unreadable())?;
        if end != reader.tokens.len() {
            return Err(reader.unreadable());
        }
        reader.part(0, reader.before_comma(at))
    };
    let dateline = reader.dateline();
    inner.phrase_whole()?.try_map(|stretch| {
        let dateline = dateline.clone()?;
        let start = stretch.start.exact().ok_or_else(|| reader.unreadable())?;
        // What has ended before the dateline, or has not begun, has no "so far".
        if !stretch.within.contains(dateline) || start > dateline.start() {
            return Err(reader.unreadable());
        }
        Stretch::so_far(stretch.hull(), dateline).period().ok_or_else(|| reader.unreadable())
    })
}

/// "2025-10-01/2025-12-19", "from 1 October to 19 December", "October-December 2025".
fn between(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    between_stretches(reader)?.try_map(|(from, to)| from.to(&to).ok_or_else(|| reader.backwards()))
}

fn days_between(reader: &Reader<'_>) -> Result<Alternatives<DaySet>, DateError> {
    between_stretches(reader)?.try_map(|(from, to)| {
        let days = DaySpan::new(from.hull().earliest, to.hull().latest);
        days.map(DaySet::from).ok_or_else(|| reader.backwards())
    })
}

/// `2025-10-01/..`, `../2025-10-01`, `/2025-10-01`: what is counted ended, or began, at a moment that is not told. Up to
/// a day from no beginning is a running total.
fn open_time(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    match open_interval(reader) {
        None => Err(reader.unreadable()),
        Some(Open::Both) => Err(DateError::Endless { text: reader.shown.to_owned() }),
        Some(Open::End(from)) => from.phrase_whole()?.try_map(|stretch| Ok(stretch.on())),
        Some(Open::Beginning { to, is_unknown: true }) => to.phrase_whole()?.try_map(|stretch| Ok(stretch.up_to())),
        Some(Open::Beginning { to, is_unknown: false }) => {
            to.phrase_whole()?.try_map(|stretch| Ok(When::Through { since: None, end: stretch.through() }))
        }
    }
}

/// The same as the days of an event, which has no end on that side.
fn open_days(reader: &Reader<'_>) -> Result<Alternatives<DaySet>, DateError> {
    let (from, to) = match open_interval(reader) {
        None => return Err(reader.unreadable()),
        Some(Open::Both) => return Ok(Alternatives::one(DaySpan { earliest: Day::FIRST, latest: Day::LAST }.into())),
        Some(Open::End(from)) => (Some(from), None),
        Some(Open::Beginning { to, .. }) => (None, Some(to)),
    };
    let closed = from.as_ref().or(to.as_ref()).unwrap_or(reader);
    closed.phrase_whole()?.try_map(|stretch| {
        let days = stretch.hull();
        let span = match from {
            Some(_) => DaySpan { latest: Day::LAST, ..days },
            None => DaySpan { earliest: Day::FIRST, ..days },
        };
        Ok(span.into())
    })
}

/// Which side of a stretch an event lies on.
#[derive(Clone, Copy)]
enum Side {
    Before,
    UpTo,
    From,
    After,
}

#[rustfmt::skip]
const SIDES: &[(&str, Side)] = &[
    ("before", Side::Before), ("prior to", Side::Before), ("ahead of", Side::Before), ("earlier than", Side::Before),
    ("by", Side::UpTo), ("until", Side::UpTo), ("till", Side::UpTo), ("through", Side::UpTo), ("up to", Side::UpTo), ("no later than", Side::UpTo),
    ("not later than", Side::UpTo), ("on or before", Side::UpTo), ("in or before", Side::UpTo), ("at the latest", Side::UpTo),
    ("since", Side::From), ("from", Side::From), ("on or after", Side::From), ("in or after", Side::From), ("no earlier than", Side::From), ("not before", Side::From),
    ("after", Side::After), ("later than", Side::After), ("following", Side::After),
];

/// "before 2025-12-18", "no later than November", "after the start of 2025".
fn open_span(reader: &Reader<'_>) -> Result<Alternatives<DaySet>, DateError> {
    let mut cursor = reader.cursor();
    let side = cursor.entry(SIDES.iter().copied()).ok_or_else(|| reader.unreadable())?;
    reader.part(cursor.at, reader.tokens.len()).phrase_whole()?.try_map(|stretch| {
        let days = stretch.hull();
        let span = match side {
            Side::Before => days.earliest.plus_days(-1).and_then(|last| DaySpan::new(Day::FIRST, last)),
            Side::UpTo => DaySpan::new(Day::FIRST, days.latest),
            Side::From => DaySpan::new(days.earliest, Day::LAST),
            Side::After => days.latest.plus_days(1).and_then(|first| DaySpan::new(first, Day::LAST)),
        };
        span.map(DaySet::from).ok_or_else(|| reader.out_of_range())
    })
}
