//! Dates and periods as they are written: from a whole phrase to the time of a figure or the day of an event.
//!
//! The forms know how a stretch of time is written; here stand the words around it that make a running total, a
//! period from one end to another, or an open span of days.

use super::between::between_stretches;
use super::convention::{Alternatives, Context};
use super::date::{Day, DaySpan};
use super::error::DateError;
use super::forms::{Reader, Years};
use super::running::{ending, since};
use super::stretch::Stretch;
use super::tables::{LEADING, TIMES_OF_DAY, TO_NOW};
use super::token::{Cursor, Digits, Kind, Token, tokens};
use super::when::{Moment, When};

/// The longest phrase that is read, in bytes.
pub(super) const LONGEST: usize = 200;

/// Reads the time of a figure: a claim's `when`.
///
/// Whole stretches are periods; words such as "through", "by", "since" and "to date" make running totals. Dates end
/// whole, even on the dateline; only words without a date ("so far", "to date", "this month") end at the article's
/// now. "By November" and "until November" leave open whether November is taken in, so that they end at some moment
/// of it; "through November" and "by 2025-11" end with its last day.
///
/// # Errors
/// If the phrase is not one that we know, names a day that does not exist, or needs a dateline that is missing.
pub fn read_when(text: &str, context: &Context) -> Result<Alternatives<When>, DateError> {
    with_reader(text, context, |reader| {
        first_that_reads(
            reader,
            &[
                |reader| only_to_now(reader),
                |reader| reader.phrase_whole()?.try_map(|stretch| Ok(stretch.period())),
                so_far_period,
                since,
                |reader| ending(reader)?.try_map(|end| Ok(When::Through { since: None, end })),
                between,
                |reader| hours(reader)?.try_map(|stretch| Ok(stretch.period())),
            ],
        )
    })
}

/// Reads the date of an event: a claim's `on`. "Before", "after" and the like give spans that run to the first or
/// last day of the calendar.
///
/// # Errors
/// As [`read_when`].
pub fn read_date(text: &str, context: &Context) -> Result<Alternatives<DaySpan>, DateError> {
    with_reader(text, context, |reader| {
        first_that_reads(
            reader,
            &[
                |reader| reader.phrase_whole()?.try_map(|stretch| Ok(stretch.within)),
                open_span,
                |reader| hours(reader)?.try_map(|stretch| Ok(stretch.within)),
                |reader| {
                    between_stretches(reader, true)?.try_map(|(from, to)| {
                        DaySpan::new(from.within.earliest, to.within.latest).ok_or_else(|| backwards(reader))
                    })
                },
            ],
        )
    })
}

fn with_reader<T>(
    text: &str,
    context: &Context,
    read: impl Fn(&Reader<'_>) -> Result<Alternatives<T>, DateError>,
) -> Result<Alternatives<T>, DateError> {
    let text = text.trim();
    if text.len() > LONGEST || text.is_empty() {
        let mut shown: String = text.chars().take(40).collect();
        if shown.len() < text.len() {
            shown.push_str(" ...");
        }
        return Err(DateError::Unreadable { text: shown });
    }
    let tokens = tokens(text, Digits::Edtf);
    read(&Reader { text, shown: text, tokens: &tokens, context, years: Years::Dateline, depth: 0 })
}

/// One way to read a whole phrase.
type Way<T> = fn(&Reader<'_>) -> Result<Alternatives<T>, DateError>;

/// The first way that reads the phrase; else the first error that says more than that it cannot be read.
fn first_that_reads<T>(reader: &Reader<'_>, ways: &[Way<T>]) -> Result<Alternatives<T>, DateError> {
    let mut telling = None;
    for way in ways {
        match way(reader) {
            Ok(readings) => return Ok(readings),
            Err(DateError::Unreadable { .. }) => {}
            Err(error) => telling = telling.or(Some(error)),
        }
    }
    Err(telling.unwrap_or_else(|| reader.unreadable()))
}

pub(super) fn backwards(reader: &Reader<'_>) -> DateError {
    DateError::Backwards { text: reader.shown.to_owned() }
}

pub(super) fn pair<T: Copy + PartialEq, U: Copy + PartialEq>(
    reader: &Reader<'_>,
    first: &Alternatives<T>,
    second: &Alternatives<U>,
) -> Result<Alternatives<(T, U)>, DateError> {
    first.pair(second).ok_or_else(|| DateError::TwoConventions { text: reader.shown.to_owned() })
}

impl<'t> Reader<'t> {
    pub(super) fn cursor(&self) -> Cursor<'t> {
        Cursor::new(self.text, self.tokens, 0)
    }

    /// The same reader for some of the tokens.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        Self { tokens: self.tokens.get(from..to).unwrap_or_default(), ..*self }
    }

    /// All tokens as one stretch, after words such as "in" and "the".
    pub(super) fn phrase_whole(&self) -> Result<Alternatives<Stretch>, DateError> {
        let mut cursor = self.cursor();
        let mut telling = None;
        loop {
            let mut ahead = cursor;
            match self.stretch(&mut ahead) {
                Some(Ok(readings)) if ahead.is_done() => return Ok(readings),
                Some(Err(error)) if ahead.is_done() => telling = telling.or(Some(error)),
                _ => {}
            }
            if cursor.one_of(LEADING).is_none() {
                return Err(telling.unwrap_or_else(|| self.unreadable()));
            }
        }
    }

    /// Whether the year of what it names is said in it.
    pub(super) fn says_a_year(&self) -> bool {
        self.tokens.iter().any(|token| match token.kind {
            Kind::Date => true,
            Kind::Number { digits, .. } => digits == 4,
            Kind::Word => {
                let word = self.text.get(token.start..token.end).unwrap_or_default();
                word.len() >= 4 && word.bytes().any(|byte| byte.is_ascii_digit())
            }
            Kind::Figure | Kind::Mark(_) => false,
        })
    }

    /// Where the first of these words stands, if it is there: its first token and the one after it.
    pub(super) fn find<T: Copy>(
        &self,
        table: impl Iterator<Item = (&'static str, T)> + Clone,
        from: usize,
    ) -> Option<(usize, usize, T)> {
        (from..self.tokens.len()).find_map(|at| {
            let mut cursor = Cursor::new(self.text, self.tokens, at);
            cursor.entry(table.clone()).map(|value| (at, cursor.at, value))
        })
    }
}

pub(super) fn now(reader: &Reader<'_>) -> Result<Moment, DateError> {
    reader.dateline().map(Moment::now)
}

/// "to date", "so far": a running total that names no cut-off.
fn only_to_now(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    let mut cursor = reader.cursor();
    let _ = cursor.one_of(&["in total", "in all", "total", "overall", "cumulative", "cumulatively", "all"]);
    let _ = cursor.mark(',');
    if cursor.one_of(TO_NOW).is_none() || !cursor.is_done() {
        return Err(reader.unreadable());
    }
    Ok(Alternatives::one(When::Through { since: None, end: now(reader)? }))
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
        reader.part(0, before_comma(reader, at))
    };
    let dateline = reader.dateline();
    inner.phrase_whole()?.try_map(|stretch| {
        let dateline = dateline.clone()?;
        let start = stretch.start.exact().ok_or_else(|| reader.unreadable())?;
        // What has ended before the dateline, or has not begun, has no "so far".
        if !stretch.within.contains(dateline) || start > dateline.start() {
            return Err(reader.unreadable());
        }
        Ok(Stretch::so_far(stretch.within, dateline).period())
    })
}

pub(super) fn before_comma(reader: &Reader<'_>, at: usize) -> usize {
    let before = at.saturating_sub(1);
    let comma = reader.tokens.get(before).is_some_and(|token: &Token| token.kind == Kind::Mark(','));
    if comma && at > 0 { before } else { at }
}

/// "2025-10-01/2025-12-19", "from 1 October to 19 December", "October-December 2025".
fn between(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    between_stretches(reader, false)?.try_map(|(from, to)| from.to(to).ok_or_else(|| backwards(reader)))
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
fn open_span(reader: &Reader<'_>) -> Result<Alternatives<DaySpan>, DateError> {
    let mut cursor = reader.cursor();
    let side = cursor.entry(SIDES.iter().copied()).ok_or_else(|| reader.unreadable())?;
    reader.part(cursor.at, reader.tokens.len()).phrase_whole()?.try_map(|stretch| {
        let days = stretch.within;
        let span = match side {
            Side::Before => days.earliest.plus_days(-1).and_then(|last| DaySpan::new(Day::FIRST, last)),
            Side::UpTo => DaySpan::new(Day::FIRST, days.latest),
            Side::From => DaySpan::new(days.earliest, Day::LAST),
            Side::After => days.latest.plus_days(1).and_then(|first| DaySpan::new(first, Day::LAST)),
        };
        span.ok_or_else(|| reader.out_of_range())
    })
}

/// "on Thursday night", "yesterday morning": some part of a day.
pub(super) fn hours(reader: &Reader<'_>) -> Result<Alternatives<Stretch>, DateError> {
    let table = TIMES_OF_DAY.iter().map(|words| (*words, ()));
    let (at, end, ()) = reader.find(table, 0).ok_or_else(|| reader.unreadable())?;
    if end != reader.tokens.len() {
        return Err(reader.unreadable());
    }
    reader.part(0, at).phrase_whole()?.try_map(|stretch| {
        if !stretch.within.is_one_day() {
            return Err(reader.unreadable());
        }
        Ok(Stretch::hours_of(stretch.within.earliest))
    })
}
