//! Dates and periods as they are written: from a whole phrase to the time of a figure or the day of an event.
//!
//! The forms know how a stretch of time is written; here stand the words around it that make a running total, a
//! period from one end to another, or an open span of days.

use super::convention::{Alternatives, Choice, Context, Reading, SinceBegins};
use super::date::{Day, DaySpan};
use super::error::DateError;
use super::forms::{Reader, Years};
use super::stretch::{Stretch, last_day};
use super::tables::{Ends, LEADING, RUNNING, TIMES_OF_DAY, TO_NOW};
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
                time_of_day,
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

fn backwards(reader: &Reader<'_>) -> DateError {
    DateError::Backwards { text: reader.shown.to_owned() }
}

fn pair<T: Copy + PartialEq, U: Copy + PartialEq>(
    reader: &Reader<'_>,
    first: &Alternatives<T>,
    second: &Alternatives<U>,
) -> Result<Alternatives<(T, U)>, DateError> {
    first.pair(second).ok_or_else(|| DateError::TwoConventions { text: reader.shown.to_owned() })
}

impl<'t> Reader<'t> {
    fn cursor(&self) -> Cursor<'t> {
        Cursor::new(self.text, self.tokens, 0)
    }

    /// The same reader for some of the tokens.
    fn part(&self, from: usize, to: usize) -> Self {
        Self { tokens: self.tokens.get(from..to).unwrap_or_default(), ..*self }
    }

    /// All tokens as one stretch, after words such as "in" and "the".
    fn phrase_whole(&self) -> Result<Alternatives<Stretch>, DateError> {
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
    fn says_a_year(&self) -> bool {
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
    fn find<T: Copy>(
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

fn now(reader: &Reader<'_>) -> Result<Moment, DateError> {
    reader.dateline().map(Moment::now)
}

/// "to date", "so far": a running total that names no cut-off.
fn only_to_now(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    let mut cursor = reader.cursor();
    let _ = cursor.one_of(&["in total", "in all", "overall", "cumulative", "cumulatively", "all"]);
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

fn before_comma(reader: &Reader<'_>, at: usize) -> usize {
    let before = at.saturating_sub(1);
    let comma = reader.tokens.get(before).is_some_and(|token: &Token| token.kind == Kind::Mark(','));
    if comma && at > 0 { before } else { at }
}

/// "through 2025-11-30", "by Friday", "by some day of November", "to date": where a running total ends.
fn ending(reader: &Reader<'_>) -> Result<Alternatives<Moment>, DateError> {
    let mut cursor = reader.cursor();
    if cursor.one_of(TO_NOW).is_some() && cursor.is_done() {
        return now(reader).map(Alternatives::one);
    }
    let mut cursor = reader.cursor();
    let _ = cursor.one_of(&["cumulative", "cumulatively", "in total", "total", "in all"]);
    let ends = cursor.entry(RUNNING.iter().copied()).ok_or_else(|| reader.unreadable())?;
    reader.part(cursor.at, reader.tokens.len()).phrase_whole()?.try_map(|stretch| {
        Ok(match ends {
            Ends::Whole => stretch.through(),
            Ends::Loose => stretch.until(),
            Ends::Before => stretch.before(),
        })
    })
}

/// "since October", "since October, by Friday", "through November since 2024", "from October onwards".
fn since(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    let count = reader.tokens.len();
    let table = [("since", false), ("ever since", false)];
    let (at, after) = match reader.find(table.iter().copied(), 0) {
        Some((at, after, _)) => (at, after),
        None => {
            let mut cursor = reader.cursor();
            cursor.one_of(&["from", "starting", "beginning"]).ok_or_else(|| reader.unreadable())?;
            let onwards = [("onwards", ()), ("onward", ()), ("on", ())];
            let (end, past, ()) = reader.find(onwards.iter().copied(), cursor.at).ok_or_else(|| reader.unreadable())?;
            let end_phrase = if past == count { None } else { Some(reader.part(past, count)) };
            return since_parts(reader, reader.part(cursor.at, end), end_phrase);
        }
    };
    if at > 0 {
        let before = reader.part(0, before_comma(reader, at));
        return since_parts(reader, reader.part(after, count), Some(before));
    }
    if let Ok(readings) = since_parts(reader, reader.part(after, count), None) {
        return Ok(readings);
    }
    let closing = RUNNING.iter().map(|(words, _)| *words).chain(TO_NOW.iter().copied()).map(|words| (words, ()));
    let mut telling = None;
    let mut from = after;
    while let Some((split, past, ())) = reader.find(closing.clone(), from) {
        let beginning = reader.part(after, before_comma(reader, split));
        match since_parts(reader, beginning, Some(reader.part(split, count))) {
            Ok(readings) => return Ok(readings),
            Err(DateError::Unreadable { .. }) => {}
            Err(error) => telling = telling.or(Some(error)),
        }
        from = past;
    }
    match telling {
        Some(error) => Err(error),
        None => since_parts(reader, reader.part(after, count), None),
    }
}

fn since_parts(
    reader: &Reader<'_>,
    beginning: Reader<'_>,
    end: Option<Reader<'_>>,
) -> Result<Alternatives<When>, DateError> {
    let ends = match end {
        Some(end) => {
            let trimmed = match end.tokens.first() {
                Some(Token { kind: Kind::Mark(','), .. }) => end.part(1, end.tokens.len()),
                _ => end,
            };
            let beginning_day = || {
                beginning
                    .phrase_whole()
                    .ok()
                    .and_then(|readings| readings.settled())
                    .map(|stretch| stretch.within.earliest)
            };
            match beginning_day().filter(|_| beginning.says_a_year() && !trimmed.says_a_year()) {
                Some(day) => ending(&trimmed.with_years(Years::NotBefore(day)))?,
                None => ending(&trimmed)?,
            }
        }
        None => Alternatives::one(now(reader)?),
    };
    let last = ends.readings().iter().map(|reading| last_day(reading.value)).max();
    let beginning = match last {
        Some(last) if !beginning.says_a_year() => beginning.with_years(Years::NotAfter(last)),
        _ => beginning,
    };
    let begins = since_begins(reader, &beginning.phrase_whole()?)?;
    pair(reader, &begins, &ends)?.try_map(|(since, end)| {
        if since.earliest >= end.latest {
            return Err(backwards(reader));
        }
        Ok(When::Through { since: Some(since), end })
    })
}

/// Where "since ..." begins: with the stretch, or after it, as the article or the reader's habit has it. A day is
/// counted in by everyone.
fn since_begins(reader: &Reader<'_>, stretches: &Alternatives<Stretch>) -> Result<Alternatives<Moment>, DateError> {
    let (Some(stretch), None) = (stretches.settled(), reader.context.conventions.since) else {
        // Beside another convention that is open, both habits are taken in at once.
        return stretches.try_map(|stretch| {
            Ok(match (choices(&stretch), reader.context.conventions.since) {
                (None, _) => stretch.from(),
                (Some((start, _)), Some(SinceBegins::Start)) => start,
                (Some((_, end)), Some(SinceBegins::End)) => end,
                (Some((start, end)), None) => Moment::vague(start.earliest, end.latest),
            })
        });
    };
    let Some((start, end)) = choices(&stretch) else { return Ok(Alternatives::one(stretch.from())) };
    let readings = SinceBegins::NAMES.iter().map(|(_, begins)| {
        let value = match begins {
            SinceBegins::Start => start,
            SinceBegins::End => end,
        };
        Reading { value, under: Some(Choice::Since(*begins)) }
    });
    Alternatives::of(readings.collect()).ok_or_else(|| reader.unreadable())
}

/// The start and the end of a stretch that is longer than a day, both of which "since" may mean.
fn choices(stretch: &Stretch) -> Option<(Moment, Moment)> {
    let days = stretch.days().filter(|days| !days.is_one_day() && stretch.moment.is_none())?;
    Some((Moment::fixed(days.earliest.start()), Moment::fixed(days.latest.end())))
}

/// "2025-10-01/2025-12-19", "from 1 October to 19 December", "October-December 2025".
fn between(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    between_stretches(reader, false)?.try_map(|(from, to)| from.to(to).ok_or_else(|| backwards(reader)))
}

/// What joins the two ends of a period.
const JOINTS: &[&str] = &["to", "through", "until", "till", "up to", "through to", "and"];

fn between_stretches(reader: &Reader<'_>, event: bool) -> Result<Alternatives<(Stretch, Stretch)>, DateError> {
    let mut cursor = reader.cursor();
    let opening = cursor.one_of(&["from", "between", "in", "during", "over"]);
    let first = cursor.at;
    let count = reader.tokens.len();
    let mut telling = None;
    for at in first..count {
        let mut joint = Cursor::new(reader.text, reader.tokens, at);
        let slash = joint.mark('/').is_some();
        if !slash && joint.mark('-').is_none() {
            match joint.one_of(JOINTS) {
                Some("and") if opening != Some("between") => continue,
                Some(_) => {}
                None => continue,
            }
        }
        let (from, to) = (reader.part(first, before_comma(reader, at)), reader.part(joint.at, count));
        if slash && let Some(error) = open_end(reader, &from, &to, event) {
            return error;
        }
        match two_ends(reader, &from, &to) {
            Ok(readings) => return Ok(readings),
            Err(DateError::Unreadable { .. }) => {}
            Err(error) => telling = telling.or(Some(error)),
        }
    }
    Err(telling.unwrap_or_else(|| reader.unreadable()))
}

/// EDTF's `../b`, `a/..` (no end) and `/b`, `a/` (an unknown end). An event may lie anywhere on the open side.
fn open_end(
    reader: &Reader<'_>,
    from: &Reader<'_>,
    to: &Reader<'_>,
    event: bool,
) -> Option<Result<Alternatives<(Stretch, Stretch)>, DateError>> {
    let dots =
        |end: &Reader<'_>| !end.tokens.is_empty() && end.tokens.iter().all(|token| token.kind == Kind::Mark('.'));
    if from.tokens.is_empty() || to.tokens.is_empty() {
        return Some(Err(DateError::UnknownEnd { text: reader.shown.to_owned() }));
    }
    let (open_from, open_to) = (dots(from), dots(to));
    if !open_from && !open_to {
        return None;
    }
    if !event || (open_from && open_to) {
        return Some(Err(DateError::Endless { text: reader.shown.to_owned() }));
    }
    let closed = if open_from { to } else { from };
    Some(closed.phrase_whole().and_then(|readings| {
        readings.try_map(|stretch| {
            let end = |day| Stretch::whole(DaySpan::day(day));
            Ok(if open_from { (end(Day::FIRST), stretch) } else { (stretch, end(Day::LAST)) })
        })
    }))
}

/// Both ends of a period; the year of one may follow from the other.
fn two_ends(
    reader: &Reader<'_>,
    from: &Reader<'_>,
    to: &Reader<'_>,
) -> Result<Alternatives<(Stretch, Stretch)>, DateError> {
    if !from.says_a_year() {
        let ends = end_of_period(to)?;
        let last = ends.readings().iter().map(|reading| last_day(reading.value.end)).max().unwrap_or(Day::LAST);
        return pair(reader, &from.with_years(Years::NotAfter(last)).phrase_whole()?, &ends);
    }
    let begins = from.phrase_whole()?;
    if to.says_a_year() {
        return pair(reader, &begins, &end_of_period(to)?);
    }
    let first = begins.readings().iter().map(|reading| reading.value.within.earliest).min().unwrap_or(Day::FIRST);
    pair(reader, &begins, &end_of_period(&to.with_years(Years::NotBefore(first)))?)
}

/// A stretch, or "date" and "the present" for now.
fn end_of_period(reader: &Reader<'_>) -> Result<Alternatives<Stretch>, DateError> {
    let mut cursor = reader.cursor();
    if cursor.one_of(&["date", "the present", "present", "the present day", "this day"]).is_some() && cursor.is_done() {
        return reader.dateline().map(|dateline| Alternatives::one(Stretch::now(dateline)));
    }
    reader.phrase_whole()
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

/// "on Thursday night", "yesterday morning": an event's day, whatever its hour.
fn time_of_day(reader: &Reader<'_>) -> Result<Alternatives<DaySpan>, DateError> {
    let table = TIMES_OF_DAY.iter().map(|words| (*words, ()));
    let (at, end, ()) = reader.find(table, 0).ok_or_else(|| reader.unreadable())?;
    if end != reader.tokens.len() {
        return Err(reader.unreadable());
    }
    reader.part(0, at).phrase_whole()?.try_map(|stretch| Ok(stretch.within))
}
