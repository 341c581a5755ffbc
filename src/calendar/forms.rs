//! The forms in which people write a stretch of time. Each form reads one kind of phrase from a place on; the longest
//! that fits is what is meant.

use super::convention::{Alternatives, Choice, Context, Reading, WeekStart};
use super::date::{Day, DaySpan, Weekday};
use super::error::DateError;
use super::stretch::Stretch;
use super::tables::{ABOUT, EDGES, PARTS, SOME_DAY, Unit};
use super::token::{Cursor, Token};
use super::{edtf, fiscal, parts, relative};

/// Where the year of "October" comes from, if it is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Years {
    /// The latest one that begins no later than the dateline.
    Dateline,
    /// The latest one that begins no later than this day.
    NotAfter(Day),
    /// The first one that ends no earlier than this day.
    NotBefore(Day),
}

/// Everything that a form reads from.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// The phrase as errors show it.
    pub(super) shown: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) context: &'t Context,
    pub(super) years: Years,
    /// How many phrases this one stands within; "some day of the end of early ..." has to end somewhere.
    pub(super) depth: u8,
}

pub(super) type Readings = Result<Alternatives<Stretch>, DateError>;

/// A form: `None` if the phrase is not of this form, an error if it is and yet names nothing.
pub(super) type Form = fn(&Reader<'_>, &mut Cursor<'_>) -> Option<Readings>;

const FORMS: &[Form] = &[
    in_digits,
    relative::day_word,
    weekday,
    day_and_month,
    month_and_day,
    month,
    nth_day,
    year,
    parts::quarter,
    parts::half,
    parts::season,
    parts::months_from_january,
    decade,
    fiscal::year,
    relative::unit,
    relative::past_units,
    relative::to_date,
    relative::units_to,
    relative::first_units,
    relative::days_within,
    relative::ago,
    relative::week_of,
    some_day,
    part,
    edge,
    about,
];

const DEEPEST: u8 = 4;

impl<'t> Reader<'t> {
    pub(super) fn unreadable(&self) -> DateError {
        DateError::Unreadable { text: self.shown.to_owned() }
    }

    pub(super) fn impossible(&self) -> DateError {
        DateError::Impossible { text: self.shown.to_owned() }
    }

    pub(super) fn out_of_range(&self) -> DateError {
        DateError::OutOfRange { text: self.shown.to_owned() }
    }

    pub(super) fn dateline(&self) -> Result<Day, DateError> {
        self.context.dateline.ok_or_else(|| DateError::NoDateline { text: self.shown.to_owned() })
    }

    /// The same reader, for a year that is said elsewhere.
    pub(super) fn with_years(&self, years: Years) -> Self {
        Self { years, ..*self }
    }

    /// The longest phrase that begins at the cursor; the cursor moves past it.
    pub(super) fn stretch(&self, cursor: &mut Cursor<'t>) -> Option<Readings> {
        if self.depth > DEEPEST {
            return None;
        }
        let deeper = Self { depth: self.depth.saturating_add(1), ..*self };
        let mut best: Option<(usize, Readings)> = None;
        for form in FORMS {
            let mut ahead = *cursor;
            if let Some(readings) = form(&deeper, &mut ahead)
                && best.as_ref().is_none_or(|(longest, _)| ahead.at > *longest)
            {
                best = Some((ahead.at, readings));
            }
        }
        let (at, readings) = best?;
        cursor.at = at;
        Some(readings)
    }

    /// A phrase within a phrase, with "the" or "in" before it if it likes.
    pub(super) fn inner(&self, cursor: &mut Cursor<'_>) -> Option<Readings> {
        let mut ahead = Cursor::new(self.text, self.tokens, cursor.at);
        let mut plain = ahead;
        let _ = ahead.one_of(&["the", "in the", "in"]);
        let found = self.stretch(&mut plain);
        let (at, readings) = match self.stretch(&mut ahead) {
            Some(readings) if found.is_none() || ahead.at > plain.at => (ahead.at, readings),
            _ => (plain.at, found?),
        };
        cursor.at = at;
        Some(readings)
    }

    /// The stretch of a year that is not said.
    pub(super) fn without_year(&self, of_year: impl Fn(i32) -> Option<DaySpan>) -> Result<DaySpan, DateError> {
        // A 29 February may lie eight years away, over a century without a leap day.
        let around =
            |day: Day| (0..=8).map(move |step| (day.year().saturating_sub(step), day.year().saturating_add(step)));
        let latest = |day: Day| around(day).find_map(|(year, _)| of_year(year).filter(|span| span.earliest <= day));
        let found = match self.years {
            Years::Dateline => latest(self.dateline()?),
            Years::NotAfter(day) => latest(day),
            Years::NotBefore(day) => around(day).find_map(|(_, year)| of_year(year).filter(|span| span.latest >= day)),
        };
        found.ok_or_else(|| self.impossible())
    }

    /// The stretch of this year, or of the year that follows from the dateline.
    pub(super) fn of_year(
        &self,
        year: Option<i32>,
        span: impl Fn(i32) -> Option<DaySpan>,
    ) -> Result<DaySpan, DateError> {
        match year {
            Some(year) => span(year).ok_or_else(|| self.impossible()),
            None => self.without_year(span),
        }
    }

    /// What follows from every usual start of the week, or from the one that the article sets.
    pub(super) fn weeks(&self, of_start: impl Fn(WeekStart) -> Option<Stretch>) -> Readings {
        let of_start = |start| of_start(start).ok_or_else(|| self.out_of_range());
        if let Some(start) = self.context.conventions.week_starts {
            return of_start(start).map(Alternatives::one);
        }
        let readings = WeekStart::NAMES
            .iter()
            .map(|(_, start)| Ok(Reading { value: of_start(*start)?, under: Some(Choice::Week(*start)) }))
            .collect::<Result<Vec<_>, DateError>>()?;
        Alternatives::of(readings).ok_or_else(|| self.unreadable())
    }
}

/// The one reading of a phrase that names exactly these days.
pub(super) fn whole(span: Result<DaySpan, DateError>) -> Readings {
    span.map(|span| Alternatives::one(Stretch::whole(span)))
}

/// A year after a day or a month: `2025`, `, 2025`, `of 2025`, `'25` is not one.
pub(super) fn year_after(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut ahead = *cursor;
    let _ = ahead.mark(',').or_else(|| ahead.phrase("of"));
    let year = ahead.year()?;
    *cursor = ahead;
    Some(year)
}

pub(super) fn in_digits(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let text = cursor.date()?;
    Some(edtf::read(text, reader.context))
}

/// "Thursday", "last Thursday", "Thursday last week", "Thursday, 18 December".
fn weekday(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let last = cursor.one_of(&["last", "this past", "past"]).is_some();
    let weekday = cursor.weekday()?;
    let mut ahead = *cursor;
    let _ = ahead.mark(',').or_else(|| ahead.phrase("the")).or_else(|| ahead.phrase("of"));
    if let Some(date) = date_of_weekday(reader, &mut ahead, weekday).filter(|_| !last) {
        *cursor = ahead;
        return Some(date);
    }
    Some(reader.dateline().and_then(|dateline| {
        let from = if last { dateline.plus_days(-1).ok_or_else(|| reader.out_of_range())? } else { dateline };
        Ok(Alternatives::one(Stretch::whole(DaySpan::day(from.latest(weekday)))))
    }))
}

/// A date after a weekday: a single day has to be one, a week has it within.
fn date_of_weekday(reader: &Reader<'_>, cursor: &mut Cursor<'_>, weekday: Weekday) -> Option<Readings> {
    let forms: [Form; 4] = [in_digits, day_and_month, month_and_day, relative::week];
    let (ahead, readings) = forms.iter().find_map(|form| {
        let mut ahead = *cursor;
        form(reader, &mut ahead).map(|readings| (ahead, readings))
    })?;
    *cursor = ahead;
    Some(readings.and_then(|readings| {
        readings.try_map(|stretch| {
            let day = stretch.within.latest.latest(weekday);
            if !stretch.within.contains(day) {
                let is = stretch.within.latest.weekday();
                return Err(DateError::OtherWeekday {
                    text: reader.shown.to_owned(),
                    day: stretch.within.latest,
                    is,
                    said: weekday,
                });
            }
            Ok(Stretch::whole(DaySpan::day(day)))
        })
    }))
}

/// The second day of a range of days in one month: `14 to 20 December`.
fn range_end(cursor: &mut Cursor<'_>, first: u8) -> Option<u8> {
    let mut ahead = *cursor;
    let joined = ahead.mark('-').is_none() && ahead.one_of(&["to", "through", "until", "till"]).is_none();
    if joined {
        ahead.phrase("and")?;
    }
    let last = ahead.day_of_month().filter(|last| *last > first)?;
    // "18 and 19 December" is two days in a row; "1 and 5 December" is no period.
    if joined && first.checked_add(1) != Some(last) {
        return None;
    }
    *cursor = ahead;
    Some(last)
}

fn days_of_month(reader: &Reader<'_>, year: Option<i32>, month: u8, first: u8, last: u8) -> Readings {
    whole(
        reader
            .of_year(year, |year| DaySpan::new(Day::from_ymd(year, month, first)?, Day::from_ymd(year, month, last)?)),
    )
}

/// "18 December 2025", "the 18th of December", "14 to 20 December".
pub(super) fn day_and_month(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let first = cursor.day_of_month()?;
    let last = range_end(cursor, first).unwrap_or(first);
    let _ = cursor.phrase("of").or_else(|| cursor.mark('-'));
    let month = cursor.month()?;
    let mut ahead = *cursor;
    let _ = ahead.mark('-');
    let year = year_after(&mut ahead);
    if year.is_some() {
        *cursor = ahead;
    }
    Some(days_of_month(reader, year, month, first, last))
}

/// "December 18, 2025", "December 14 to 20".
pub(super) fn month_and_day(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let month = cursor.month()?;
    let _ = cursor.phrase("the");
    let first = cursor.day_of_month()?;
    let last = range_end(cursor, first).unwrap_or(first);
    let year = year_after(cursor);
    Some(days_of_month(reader, year, month, first, last))
}

/// "December 2025", "November", "the month of November".
pub(super) fn month(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.one_of(&["the month of", "month of", "all of"]);
    let month = cursor.month()?;
    let year = year_after(cursor);
    if year.is_none() && cursor.phrase("last year").is_some() {
        let year = reader.dateline().map(|dateline| dateline.year().saturating_sub(1));
        return Some(whole(year.and_then(|year| reader.of_year(Some(year), |year| DaySpan::month(year, month)))));
    }
    if year.is_none() {
        let _ = cursor.phrase("this year");
    }
    Some(whole(reader.of_year(year, |year| DaySpan::month(year, month))))
}

/// "the 18th": of the latest month that has had it.
pub(super) fn nth_day(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.phrase("the")?;
    let token = cursor.peek()?;
    let super::token::Kind::Number { ordinal: true, .. } = token.kind else { return None };
    let day = cursor.day_of_month()?;
    let back = match cursor.one_of(&["of this month", "of last month"]) {
        Some("of last month") => 1..2,
        Some(_) => 0..1,
        None => 0..4,
    };
    let stated = back.len() == 1;
    Some(whole(reader.dateline().and_then(|dateline| {
        back.filter_map(|months: i32| {
            let (year, month, _) = dateline.plus_months(months.checked_neg()?)?.ymd();
            Day::from_ymd(year, month, day)
        })
        .find(|found| stated || *found <= dateline)
        .map(DaySpan::day)
        .ok_or_else(|| reader.impossible())
    })))
}

/// "2025", "all of 2025", "the year 2025", "calendar 2025".
pub(super) fn year(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let lead = [
        "calendar year",
        "calendar",
        "the full year",
        "full year",
        "the whole year",
        "the year",
        "year",
        "all of",
        "the whole of",
        "whole of",
    ];
    let _ = cursor.one_of(&lead);
    let year = cursor.year()?;
    Some(whole(reader.of_year(Some(year), DaySpan::year)))
}

/// "the 1990s": the whole decade.
fn decade(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let first: i32 =
        cursor.any_word()?.strip_suffix('s').filter(|year| year.len() == 4 && year.ends_with('0'))?.parse().ok()?;
    Some(whole(
        first
            .checked_add(9)
            .and_then(|last| Some(DaySpan::year(first)?.hull(DaySpan::year(last)?)))
            .ok_or_else(|| reader.out_of_range()),
    ))
}

/// "some day of November", "sometime in November": one unknown day.
fn some_day(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.one_of(SOME_DAY)?;
    let _ = cursor.one_of(&["of", "in", "during", "within", "from", "between"]);
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| inner.try_map(|stretch| Ok(Stretch::one_day(stretch.within)))))
}

/// "late October", "mid-2025": hard, any part of it.
fn part(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.one_of(PARTS)?;
    let _ = cursor.mark('-').or_else(|| cursor.phrase("to")).or_else(|| cursor.phrase("in"));
    // "mid to late October": the second word of the two.
    let _ = cursor.one_of(PARTS).and_then(|_| cursor.mark('-'));
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| inner.try_map(|stretch| Ok(Stretch::part(stretch.within)))))
}

/// "the start of 2025", "the end of November".
fn edge(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let last = cursor.entry(EDGES.iter().copied())?;
    let _ = cursor.mark('-');
    let inner = relative::this_one(reader, cursor).or_else(|| reader.inner(cursor))?;
    Some(inner.and_then(|inner| {
        inner.try_map(|stretch| Stretch::edge(stretch.within, last).ok_or_else(|| reader.out_of_range()))
    }))
}

/// "around 18 December": widened by as much as it is precise to.
fn about(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.one_of(ABOUT)?;
    let _ = cursor.mark('.');
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| {
        inner.try_map(|stretch| {
            let span = stretch.within;
            let (days, months) = match span.len() {
                1 => (1, 0),
                2..=31 => (0, 1),
                _ => (0, 12),
            };
            let wide = span.widened(months, days).ok_or_else(|| reader.out_of_range())?;
            Ok(if span.is_one_day() { Stretch::one_day(wide) } else { Stretch::part(wide) })
        })
    }))
}

pub(super) fn unit_span(unit: Unit, day: Day, context: &Context) -> Option<DaySpan> {
    match unit {
        Unit::Months(count) => {
            let (year, month, _) = day.ymd();
            if count > 12 {
                let first = year.saturating_sub(year.rem_euclid(10));
                return Some(DaySpan::year(first)?.hull(DaySpan::year(first.saturating_add(9))?));
            }
            let into = month.saturating_sub(1).checked_rem(count)?;
            DaySpan::months(year, month.saturating_sub(into), count)
        }
        Unit::Day => Some(DaySpan::day(day)),
        Unit::FiscalYear => fiscal::containing(day, context),
        Unit::Hour | Unit::Week | Unit::Weekend => None,
    }
}
