//! Dates that are named: days, months, years, decades and weekdays.

use super::alternatives::Alternatives;
use super::day::Day;
use super::edtf;
use super::error::DateError;
use super::names::Weekday;
use super::reader::{Form, Reader, Readings, whole};
use super::relative;
use super::set::DaySet;
use super::span::DaySpan;
use super::stretch::Stretch;
use super::tables::{FEASTS, HOLIDAYS, NTH_WEEKDAY, SOME_ONE};
use super::token::{Cursor, Kind};

/// A year after a day or a month: `2025`, `, 2025`, `of 2025`, `'25` is not one.
pub(super) fn year_after(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut ahead = *cursor;
    let _ = ahead.mark(',').or_else(|| ahead.phrase("of"));
    let year = ahead.year()?;
    *cursor = ahead;
    Some(year)
}

/// A date in digits.
pub(super) fn in_digits(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let text = cursor.date()?;
    Some(edtf::read(text, reader.context))
}

/// "Thursday", "last Thursday", "next Thursday", "Thursday last week", "Thursday, 18 December".
///
/// In the past tense a weekday is the latest one that is not after the dateline. "Last Thursday" may be the latest or
/// the one of the week before, "this Thursday" the one before or after, "next Thursday" the coming one or the one after.
pub(super) fn weekday(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    const LATEST: Which = Which::On;
    let words = [
        ("last", Which::Last),
        ("this past", Which::Past),
        ("past", Which::Past),
        ("this coming", Which::Coming),
        ("the coming", Which::Coming),
        ("coming", Which::Coming),
        ("this", Which::This),
        ("next", Which::Next),
    ];
    let which = cursor.entry(words).unwrap_or(LATEST);
    let weekday = cursor.weekday()?;
    let mut ahead = *cursor;
    let _ = ahead.mark(',').or_else(|| ahead.phrase("the")).or_else(|| ahead.phrase("of"));
    if let Some(date) = date_of_weekday(reader, &mut ahead, weekday).filter(|_| which == LATEST) {
        *cursor = ahead;
        return Some(date);
    }
    Some(reader.dateline().and_then(|dateline| {
        let (hard, soft) = which.days(dateline, weekday).ok_or_else(|| reader.out_of_range())?;
        Ok(match hard {
            Some(either) => Alternatives::vague(Stretch::one_day(either), Stretch::whole(DaySpan::day(soft))),
            None => Alternatives::one(Stretch::whole(DaySpan::day(soft))),
        })
    }))
}

/// Which of a row of weekdays is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    On,
    Last,
    Past,
    This,
    Coming,
    Next,
}

impl Which {
    /// The days that it can be, if there are several, and the one that it usually is.
    fn days(self, dateline: Day, weekday: Weekday) -> Option<(Option<DaySet>, Day)> {
        let before = || Some(dateline.plus_days(-1)?.latest(weekday));
        let after = || Some(dateline.plus_days(1)?.next(weekday));
        let either = |one: Day, two: Day| DaySet::of([DaySpan::day(one), DaySpan::day(two)]);
        Some(match self {
            Self::On => (None, dateline.latest(weekday)),
            Self::Past => (None, before()?),
            Self::Coming => (None, after()?),
            Self::Last => {
                let latest = before()?;
                // A week ago to the day there is no nearer one that could be told from it.
                let alone = dateline.weekday() == weekday;
                (if alone { None } else { either(latest.plus_days(-7)?, latest) }, latest)
            }
            Self::This => {
                let (past, coming) = (dateline.latest(weekday), dateline.next(weekday));
                (if past == coming { None } else { either(past, coming) }, coming)
            }
            Self::Next => {
                let coming = after()?;
                (either(coming, coming.plus_days(7)?), coming)
            }
        })
    }
}

/// "a Thursday in November", "one Monday of 2025": some one of them.
pub(super) fn some_weekday(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.one_of(SOME_ONE)?;
    let weekday = cursor.weekday()?;
    cursor.one_of(&["in", "of", "during", "within"])?;
    let inner = relative::this_one(reader, cursor).or_else(|| reader.inner(cursor))?;
    Some(inner.and_then(|inner| {
        inner.try_map(|stretch| {
            let days = DaySet::weekdays(weekday, stretch.hull()).ok_or_else(|| reader.impossible())?;
            Ok(Stretch::one_day(days))
        })
    }))
}

/// "the first Thursday of November", "the last Friday in October", "the second Monday of the month".
pub(super) fn nth_weekday(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let place = cursor.entry(NTH_WEEKDAY.iter().copied())?;
    let weekday = cursor.weekday()?;
    cursor.one_of(&["in", "of"])?;
    let inner = relative::this_one(reader, cursor).or_else(|| reader.inner(cursor))?;
    Some(inner.and_then(|inner| {
        inner.try_map(|stretch| {
            let days = stretch.named_days().ok_or_else(|| reader.unreadable())?;
            let day = match place {
                Some(weeks) => days.earliest.next(weekday).plus_days(weeks.saturating_sub(1).saturating_mul(7)),
                None => Some(days.latest.latest(weekday)),
            };
            let day = day.filter(|day| days.contains(*day)).ok_or_else(|| reader.impossible())?;
            Ok(Stretch::whole(DaySpan::day(day)))
        })
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
            let hull = stretch.hull();
            let days = DaySet::weekdays(weekday, hull).and_then(|days| days.intersect(&stretch.within));
            let Some(days) = days else {
                let (day, is) = (hull.latest, hull.latest.weekday());
                return Err(DateError::OtherWeekday { text: reader.shown.to_owned(), day, is, said: weekday });
            };
            Ok(Stretch::one_day(days))
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
    if year.is_none()
        && let Some(steps) =
            cursor.entry([("last year", -1), ("of last year", -1), ("next year", 1), ("of next year", 1)])
    {
        let year = reader.dateline().map(|dateline| dateline.year().saturating_add(steps));
        return Some(whole(year.and_then(|year| reader.of_year(Some(year), |year| DaySpan::month(year, month)))));
    }
    if year.is_none() {
        let _ = cursor.one_of(&["this year", "of this year"]);
    }
    Some(whole(reader.of_year(year, |year| DaySpan::month(year, month))))
}

/// "the 18th": of the latest month that has had it.
pub(super) fn nth_day(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.phrase("the")?;
    let token = cursor.peek()?;
    let Kind::Number { ordinal: true, .. } = token.kind else { return None };
    let day = cursor.day_of_month()?;
    let back: std::ops::Range<i64> = match cursor.one_of(&["of this month", "of last month"]) {
        Some("of last month") => 1..2,
        Some(_) => 0..1,
        None => 0..4,
    };
    let stated = back.end.saturating_sub(back.start) == 1;
    Some(whole(reader.dateline().and_then(|dateline| {
        back.filter_map(|months| {
            let (year, month, _) = dateline.plus_months(months.checked_neg()?)?.ymd();
            Day::from_ymd(year, month, day)
        })
        .find(|found| stated || *found <= dateline)
        .map(DaySpan::day)
        .ok_or_else(|| reader.impossible())
    })))
}

/// "Christmas Eve", "New Year's Day 2026": the latest one that is not after the dateline, if no year is said.
pub(super) fn feast(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let (month, day) = cursor.entry(FEASTS.iter().map(|(words, month, day)| (*words, (*month, *day))))?;
    let _ = cursor.phrase("in");
    let year = year_after(cursor);
    Some(days_of_month(reader, year, month, day, day))
}

/// "Christmas 2024", "the festive period": hard, some days about it; soft, its usual ones. The latest that has begun, if no
/// year is said.
pub(super) fn holiday(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let rows = HOLIDAYS.iter().map(|(words, first, last, more)| (*words, (*first, *last, *more)));
    let (first, last, more) = cursor.entry(rows)?;
    let year = year_after(cursor);
    let days = reader.of_year(year, |year| {
        // What ends in January is of the year in which it begins.
        let ends = if last.0 < first.0 { year.checked_add(1)? } else { year };
        DaySpan::new(Day::from_ymd(year, first.0, first.1)?, Day::from_ymd(ends, last.0, last.1)?)
    });
    Some(days.and_then(|days| {
        let wide = days.widened(0, more).ok_or_else(|| reader.out_of_range())?;
        Ok(Alternatives::vague(Stretch::part(wide.into()), Stretch::whole(days)))
    }))
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

/// "the 1990s": the whole decade. "The 1900s" may be ten years or a hundred, and so may any such round ones.
pub(super) fn decade(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let first: i32 =
        cursor.any_word()?.strip_suffix('s').filter(|year| year.len() == 4 && year.ends_with('0'))?.parse().ok()?;
    let years = |count: i32| DaySpan::years(first, first.checked_add(count)?.checked_sub(1)?);
    let readings = if first.rem_euclid(100) == 0 {
        years(100).map(|hundred| Alternatives::vague(Stretch::part(hundred.into()), Stretch::whole(hundred)))
    } else {
        years(10).map(|ten| Alternatives::one(Stretch::whole(ten)))
    };
    Some(readings.ok_or_else(|| reader.out_of_range()))
}

/// "the 19th century": 1801 to 1900 by the count, 1800 to 1899 to many.
pub(super) fn century(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let token = cursor.peek()?;
    let Kind::Number { value, ordinal: true, .. } = token.kind else { return None };
    let mut ahead = *cursor;
    ahead.ordinal()?;
    let _ = ahead.mark('-');
    ahead.phrase("century")?;
    *cursor = ahead;
    let last = i32::try_from(value).ok().and_then(|place| place.checked_mul(100)).filter(|last| *last > 0);
    let years = |from: i32, to: i32| {
        let last = last?;
        DaySpan::years(last.checked_sub(from)?, last.checked_sub(to)?)
    };
    let (either, counted) = (years(100, 0), years(99, 0));
    let readings = either.zip(counted);
    let readings =
        readings.map(|(either, counted)| Alternatives::vague(Stretch::part(either.into()), Stretch::whole(counted)));
    Some(readings.ok_or_else(|| reader.out_of_range()))
}
