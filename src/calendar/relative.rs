//! The forms that are read against the dateline, or that count units of time: "yesterday", "last week", "over the past
//! two months", "nine months to September".

use super::convention::{Alternatives, WeekStart};
use super::date::{Day, DaySpan, Weekday};
use super::edtf;
use super::error::DateError;
use super::forms::{Reader, Readings, unit_span, whole};
use super::stretch::Stretch;
use super::tables::Unit;
use super::token::Cursor;
use super::when::{Instant, Moment};

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
        let other = |days: i32| {
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
const WHICH: &[(&str, i32)] = &[
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
        let span = unit_from(reader, unit, dateline, which).ok_or_else(|| reader.unreadable())?;
        let under_way = which == 0 && span.contains(dateline) && unit != Unit::Weekend;
        Ok(Alternatives::one(if under_way { Stretch::so_far(span, dateline) } else { Stretch::whole(span) }))
    }))
}

pub(super) fn unit_from(reader: &Reader<'_>, unit: Unit, dateline: Day, which: i32) -> Option<DaySpan> {
    let day = match unit {
        Unit::Hour | Unit::Week => return None,
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
            let first = unit_span(unit, dateline, reader.context)?.earliest;
            first.plus_months(i32::from(count).checked_mul(which)?)?
        }
        Unit::FiscalYear => dateline.plus_months(which.checked_mul(12)?)?,
    };
    unit_span(unit, day, reader.context)
}

fn week_words(cursor: &mut Cursor<'_>) -> Option<i32> {
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

fn week_from(dateline: Day, start: WeekStart, which: i32) -> Option<DaySpan> {
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
        let week = i32::try_from(week).unwrap_or_default();
        return Some(whole(edtf::iso_week(year, week, None).ok_or_else(|| reader.impossible())));
    }
    let word = cursor.one_of(&["of", "beginning", "starting", "commencing", "from"])?;
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| {
        let day = inner.settled().map(|stretch| stretch.within).filter(|span| span.is_one_day());
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

/// "over the past two months", "in the last 24 hours", "the past week": from some moment of the unit that lies so far
/// back, since it may be counted from the hour, from the day or from the first of that unit, to now.
pub(super) fn past_units(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let article = cursor.phrase("the").is_some();
    let word = cursor.one_of(&["past", "last", "latest", "previous"])?;
    let count = cursor.digits(1, 4).or_else(|| cursor.count());
    let unit = cursor.unit()?;
    // "last month" is a month of the calendar; "the last month", "past month" and "last two months" are not.
    if count.is_none() && ((!article && word != "past") || word == "previous" || word == "latest") {
        return None;
    }
    let count = i32::try_from(count.unwrap_or(1)).ok().filter(|count| *count > 0)?;
    Some(reader.dateline().and_then(|dateline| {
        let start = past_start(reader, unit, count, dateline).ok_or_else(|| reader.out_of_range())?;
        let within = DaySpan::new(start.earliest.day_after(), dateline).ok_or_else(|| reader.out_of_range())?;
        let stretch = Stretch { start, ..Stretch::so_far(within, dateline) };
        Ok(Alternatives::one(stretch))
    }))
}

fn past_start(reader: &Reader<'_>, unit: Unit, count: i32, dateline: Day) -> Option<Moment> {
    let back = count.checked_neg()?;
    let days = |earliest: i32, latest: i32| {
        Some(Moment::vague(dateline.plus_days(earliest)?.start(), dateline.plus_days(latest)?.start()))
    };
    match unit {
        Unit::Hour => {
            let whole_days = count.checked_add(23)? / 24;
            days(whole_days.checked_neg()?, 1)
        }
        Unit::Day => days(back, back.checked_add(1)?),
        // A week of the calendar begins up to six days before the same weekday.
        Unit::Week => days(back.checked_mul(7)?.checked_sub(6)?, back.checked_mul(7)?.checked_add(1)?),
        Unit::Months(months) => {
            let then = dateline.plus_months(i32::from(months).checked_mul(back)?)?;
            let span = unit_span(unit, then, reader.context)?;
            Some(Moment::vague(span.earliest.start(), span.latest.end().min(dateline.start())))
        }
        Unit::Weekend | Unit::FiscalYear => None,
    }
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
        let span = unit_span(unit, dateline, reader.context).ok_or_else(|| reader.unreadable())?;
        Ok(Alternatives::one(Stretch::so_far(span, dateline)))
    }))
}

/// So many units before a boundary.
fn before_boundary(boundary: Instant, unit: Unit, count: u32) -> Option<Day> {
    let back = i32::try_from(count).ok()?.checked_neg()?;
    let day = boundary.day_after();
    match unit {
        Unit::Day => day.plus_days(back),
        Unit::Week => day.plus_days(back.checked_mul(7)?),
        Unit::Months(months) => day.plus_months(back.checked_mul(months.into())?),
        Unit::FiscalYear => day.plus_months(back.checked_mul(12)?),
        Unit::Hour | Unit::Weekend => None,
    }
}

/// "nine months to September 2025", "the year ended 31 March 2025", "the week to 20 December".
pub(super) fn units_to(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let _ = cursor.one_of(&["first", "full"]);
    let count = cursor.count();
    let _ = cursor.mark('-');
    let unit = cursor.unit()?;
    let _ = cursor.one_of(&["period"]);
    let word = [
        "to the end of",
        "to end of",
        "to",
        "ended",
        "ending",
        "ending in",
        "ended in",
        "ending on",
        "ended on",
        "up to",
        "through",
        "until",
    ];
    cursor.one_of(&word)?;
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| {
        inner.try_map(|stretch| {
            let end = stretch.through().exact().ok_or_else(|| reader.unreadable())?;
            let first = before_boundary(end, unit, count.unwrap_or(1)).ok_or_else(|| reader.out_of_range())?;
            let span = DaySpan::new(first, end.day_before()).ok_or_else(|| reader.unreadable())?;
            Ok(Stretch::whole(span))
        })
    }))
}

/// "the first nine months of 2025", "the last three days of November".
pub(super) fn first_units(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let first = matches!(cursor.one_of(&["first", "opening", "last", "final", "closing"])?, "first" | "opening");
    let count = cursor.count().unwrap_or(1);
    let unit = cursor.unit()?;
    if cursor.phrase("of").is_none() {
        // "The first nine months": of the year, as results are told.
        let months = match unit {
            Unit::Months(months) if first && count > 1 => u32::from(months).checked_mul(count)?,
            _ => return None,
        };
        let months = u8::try_from(months).ok().filter(|months| *months < 12)?;
        let mut ahead = *cursor;
        let year = ahead.year();
        if year.is_some() {
            *cursor = ahead;
        }
        return Some(whole(reader.of_year(year, |year| DaySpan::months(year, 1, months))));
    }
    let inner = this_one(reader, cursor).or_else(|| reader.inner(cursor))?;
    Some(inner.and_then(|inner| {
        inner.try_map(|stretch| {
            let days = stretch.named_days().ok_or_else(|| reader.unreadable())?;
            let part = if first {
                let count = i32::try_from(count).unwrap_or(i32::MAX);
                let after = match unit {
                    Unit::Day => days.earliest.plus_days(count),
                    Unit::Week => count.checked_mul(7).and_then(|count| days.earliest.plus_days(count)),
                    Unit::Months(months) => {
                        count.checked_mul(months.into()).and_then(|count| days.earliest.plus_months(count))
                    }
                    Unit::Hour | Unit::Weekend | Unit::FiscalYear => None,
                };
                after.and_then(|after| DaySpan::new(days.earliest, after.plus_days(-1)?))
            } else {
                before_boundary(days.latest.end(), unit, count).and_then(|first| DaySpan::new(first, days.latest))
            };
            // "The first week of December" may be its first seven days or the first week of the calendar.
            if unit == Unit::Week {
                return part
                    .filter(|part| days.covers(*part))
                    .map(|_| Stretch::part(days))
                    .ok_or_else(|| reader.impossible());
            }
            part.filter(|part| days.covers(*part)).map(Stretch::whole).ok_or_else(|| reader.impossible())
        })
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
    Some(
        reader
            .dateline()
            .and_then(|dateline| whole(unit_from(reader, unit, dateline, 0).ok_or_else(|| reader.unreadable()))),
    )
}

/// "three days ago", "a year ago": some day within a unit of it.
pub(super) fn ago(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let count = cursor.count()?;
    let unit = cursor.unit()?;
    cursor.phrase("ago")?;
    Some(reader.dateline().and_then(|dateline| {
        let back = |count: u32| before_boundary(dateline.start(), unit, count);
        let earliest = count.checked_add(1).and_then(back);
        let latest = count.checked_sub(1).and_then(back);
        let span = earliest.zip(latest).and_then(|(earliest, latest)| DaySpan::new(earliest, latest));
        span.map(|span| Alternatives::one(Stretch::one_day(span))).ok_or_else(|| reader.unreadable())
    }))
}

/// "7 days within November 2025", "some 3 days of 2025-11-01/2025-11-30".
pub(super) fn days_within(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.one_of(&["some", "any"]);
    let count = cursor.digits(1, 7).or_else(|| cursor.count())?;
    cursor.one_of(&["day", "days"])?;
    cursor.one_of(&["within", "of", "in"])?;
    let inner = reader.inner(cursor)?;
    let mut ahead = *cursor;
    let last = ahead.mark('/').and_then(|()| reader.inner(&mut ahead));
    if last.is_some() {
        *cursor = ahead;
    }
    let within = |readings: Readings| -> Result<DaySpan, DateError> {
        readings?.settled().and_then(|stretch| stretch.days()).ok_or_else(|| reader.unreadable())
    };
    Some(within(inner).and_then(|first| {
        let last = last.map_or(Ok(first), within)?;
        let days = DaySpan::new(first.earliest, last.latest);
        let days = days.ok_or_else(|| DateError::Backwards { text: reader.shown.to_owned() })?;
        Stretch::days_within(count, days).map(Alternatives::one).ok_or_else(|| reader.impossible())
    }))
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
