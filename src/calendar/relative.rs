//! The forms that are read against the dateline: "yesterday", "last week", "this month", "year to date".

use super::alternatives::Alternatives;
use super::convention::WeekStart;
use super::day::Day;
use super::fiscal;
use super::names::Weekday;
use super::reader::{Reader, Readings, whole};
use super::season::iso_week;
use super::span::DaySpan;
use super::stretch::Stretch;
use super::tables::Unit;
use super::token::Cursor;

/// "today", "yesterday", "now".
pub(super) fn day_word(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let words = [
        "today",
        "yesterday",
        "tomorrow",
        "the day before yesterday",
        "now",
        "currently",
        "at present",
        "right now",
        "the dateline",
    ];
    let word = cursor.one_of(&words)?;
    Some(reader.dateline().and_then(|dateline| {
        let other = |days: i64| {
            let day = dateline.plus_days(days).ok_or_else(|| reader.out_of_range())?;
            Ok(Stretch::whole(DaySpan::day(day)))
        };
        let stretch = match word {
            "yesterday" => other(-1)?,
            "tomorrow" => other(1)?,
            "the day before yesterday" => other(-2)?,
            "today" => Stretch::so_far(DaySpan::day(dateline), dateline),
            _ => Stretch::now(dateline),
        };
        Ok(Alternatives::one(stretch))
    }))
}

/// Which of a row of units is meant, counted from the one that holds the dateline.
#[rustfmt::skip]
const WHICH: &[(&str, i64)] = &[
    ("last", -1), ("previous", -1), ("the previous", -1), ("the preceding", -1), ("the prior", -1), ("prior", -1), ("this", 0), ("the current", 0),
    ("current", 0), ("next", 1), ("the coming", 1), ("the following", 1),
];

/// "last week", "this month", "next year": a unit of the calendar. What is under way is known up to now only.
pub(super) fn unit(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let mut ahead = *cursor;
    if week_words(&mut ahead).is_some() {
        return week(reader, cursor);
    }
    let mut ahead = *cursor;
    let (which, unit) = match ahead.entry(WHICH.iter().copied()) {
        Some(which) => (which, ahead.unit()?),
        None => {
            ahead.phrase("the weekend")?;
            (0, Unit::Weekend)
        }
    };
    *cursor = ahead;
    Some(reader.dateline().and_then(|dateline| {
        of_unit(reader, unit, dateline, which, |span| {
            let under_way = which == 0 && span.contains(dateline) && unit != Unit::Weekend;
            if under_way { Stretch::so_far(span, dateline) } else { Stretch::whole(span) }
        })
    }))
}

/// What follows from the unit of the calendar, or from the fiscal year, that lies so many after the dateline's.
fn of_unit(
    reader: &Reader<'_>,
    unit: Unit,
    dateline: Day,
    which: i64,
    follows: impl Fn(DaySpan) -> Stretch,
) -> Readings {
    let follows = |span: Option<DaySpan>| span.map(&follows).ok_or_else(|| reader.unreadable());
    match unit {
        Unit::FiscalYear => reader.fiscal_years(|years| follows(fiscal::from(dateline, which, years))),
        _ => follows(unit_from(unit, dateline, which)).map(Alternatives::one),
    }
}

fn unit_from(unit: Unit, dateline: Day, which: i64) -> Option<DaySpan> {
    let day = match unit {
        Unit::Hour | Unit::Week | Unit::FiscalYear => return None,
        Unit::Weekend => {
            // "The weekend" is the latest that has begun; "last weekend" the latest that is over.
            let mut saturday = dateline.latest(Weekday::Saturday);
            if which < 0 && saturday.plus_days(1)? >= dateline {
                saturday = saturday.plus_days(-7)?;
            }
            let saturday = saturday.plus_days(which.max(0).checked_mul(7)?)?;
            return DaySpan::new(saturday, saturday.plus_days(1)?);
        }
        Unit::Day => dateline.plus_days(which)?,
        Unit::Months(count) => {
            let first = unit_span(unit, dateline)?.earliest;
            first.plus_months(i64::from(count).checked_mul(which)?)?
        }
    };
    unit_span(unit, day)
}

/// The unit of the calendar that holds the day.
pub(super) fn unit_span(unit: Unit, day: Day) -> Option<DaySpan> {
    match unit {
        Unit::Months(count) => {
            let (year, month, _) = day.ymd();
            if count > 12 {
                let first = year.saturating_sub(year.rem_euclid(10));
                return DaySpan::years(first, first.saturating_add(9));
            }
            let into = month.saturating_sub(1).checked_rem(count)?;
            DaySpan::months(year, month.saturating_sub(into), count)
        }
        Unit::Day => Some(DaySpan::day(day)),
        Unit::Hour | Unit::Week | Unit::Weekend | Unit::FiscalYear => None,
    }
}

fn week_words(cursor: &mut Cursor<'_>) -> Option<i64> {
    let which = cursor.entry(WHICH.iter().copied())?;
    cursor.phrase("week")?;
    Some(which)
}

/// "last week", "this week", in every usual reading.
pub(super) fn week(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let which = week_words(cursor)?;
    Some(reader.dateline().and_then(|dateline| {
        reader.weeks(|start| {
            let span = week_from(dateline, start, which)?;
            Some(if which == 0 { Stretch::so_far(span, dateline) } else { Stretch::whole(span) })
        })
    }))
}

/// The first of the seven days of the week that the day lies in.
fn first_of_week(day: Day, first: Weekday) -> Day {
    day.latest(first)
}

fn week_from(dateline: Day, start: WeekStart, which: i64) -> Option<DaySpan> {
    let first = match start {
        WeekStart::Monday => first_of_week(dateline, Weekday::Monday).plus_days(which.checked_mul(7)?)?,
        WeekStart::Sunday => first_of_week(dateline, Weekday::Sunday).plus_days(which.checked_mul(7)?)?,
        // Last week is the seven days before the dateline, next week the seven after it, this week those up to it.
        WeekStart::Rolling if which < 0 => dateline.plus_days(-7)?,
        WeekStart::Rolling if which > 0 => dateline.plus_days(1)?,
        WeekStart::Rolling => dateline.plus_days(-6)?,
    };
    DaySpan::new(first, first.plus_days(6)?)
}

/// "the week of 15 December", "the week to 20 December", "week 51 of 2025".
pub(super) fn week_of(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    cursor.phrase("week")?;
    let mut numbered = *cursor;
    if let Some(week) = numbered.digits(1, 2) {
        let _ = numbered.mark(',').or_else(|| numbered.phrase("of"));
        let year = numbered.year()?;
        *cursor = numbered;
        return Some(whole(iso_week(year, week.into(), None).ok_or_else(|| reader.impossible())));
    }
    let word = cursor.one_of(&["of", "beginning", "starting", "commencing", "from"])?;
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| {
        let day = inner.settled().map(|stretch| stretch.hull()).filter(|span| span.is_one_day());
        let day = day.ok_or_else(|| reader.unreadable())?.earliest;
        if word == "of" {
            let holding = |first| DaySpan::new(first_of_week(day, first), first_of_week(day, first).plus_days(6)?);
            return reader.weeks(|start| match start {
                WeekStart::Monday => holding(Weekday::Monday).map(Stretch::whole),
                WeekStart::Sunday => holding(Weekday::Sunday).map(Stretch::whole),
                WeekStart::Rolling => DaySpan::new(day, day.plus_days(6)?).map(Stretch::whole),
            });
        }
        whole(day.plus_days(6).and_then(|last| DaySpan::new(day, last)).ok_or_else(|| reader.out_of_range()))
    }))
}

/// "year to date", "month to date", "YTD".
pub(super) fn to_date(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.one_of(&["the", "this"]);
    let short = [("ytd", Unit::Months(12)), ("mtd", Unit::Months(1)), ("qtd", Unit::Months(3)), ("wtd", Unit::Week)];
    let unit = match cursor.entry(short) {
        Some(unit) => unit,
        None => {
            let unit = cursor.unit()?;
            let _ = cursor.mark('-');
            cursor.one_of(&["to date", "so far"])?;
            unit
        }
    };
    Some(reader.dateline().and_then(|dateline| {
        if unit == Unit::Week {
            return reader.weeks(|start| Some(Stretch::so_far(week_from(dateline, start, 0)?, dateline)));
        }
        of_unit(reader, unit, dateline, 0, |span| Stretch::so_far(span, dateline))
    }))
}

/// "the year", "the month" after "the start of" and the like: the one that holds the dateline.
pub(super) fn this_one(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let mut ahead = *cursor;
    ahead.phrase("the")?;
    let unit = ahead.unit().filter(|unit| matches!(unit, Unit::Months(_) | Unit::FiscalYear))?;
    // "The year to March" and "the month of May" are others.
    if !ahead.is_done() && ahead.mark(',').is_none() && ahead.one_of(&["to", "of", "ended", "ending"]).is_some() {
        return None;
    }
    let mut past = *cursor;
    let _ = past.phrase("the").and_then(|()| past.unit());
    *cursor = past;
    Some(reader.dateline().and_then(|dateline| of_unit(reader, unit, dateline, 0, Stretch::whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_hold_the_dateline_or_end_before_it() {
        let sunday = Day::from_ymd(2025, 12, 21).unwrap();
        for (start, which, said) in [
            (WeekStart::Monday, 0, "15 to 21 December 2025"),
            (WeekStart::Monday, -1, "8 to 14 December 2025"),
            (WeekStart::Sunday, 0, "21 to 27 December 2025"),
            (WeekStart::Sunday, -1, "14 to 20 December 2025"),
            (WeekStart::Rolling, 0, "15 to 21 December 2025"),
            (WeekStart::Rolling, -1, "14 to 20 December 2025"),
        ] {
            assert_eq!(week_from(sunday, start, which).unwrap().said(), said);
        }
    }
}
