//! The forms that count units of time: "over the past two months", "nine months to September", "three days ago".

use super::alternatives::Alternatives;
use super::day::{Day, Instant};
use super::error::DateError;
use super::reader::{Reader, Readings, whole};
use super::relative::{self, unit_span};
use super::span::DaySpan;
use super::stretch::Stretch;
use super::tables::{ORDINALS, Unit};
use super::token::Cursor;
use super::when::Moment;

/// "over the past two months", "in the last 24 hours", "the past week": from some moment of the unit that lies so far
/// back, since it may be counted from the hour, from the day or from the first of that unit, to now.
pub(super) fn past_units(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let article = cursor.phrase("the").is_some();
    let word = cursor.one_of(&["past", "last", "latest", "previous"])?;
    let count = cursor.digits(1, 4).or_else(|| cursor.count());
    let (count, unit) = fortnights(cursor, count)?;
    // "last month" is a month of the calendar; "the last month", "past month" and "last two months" are not.
    if count.is_none() && ((!article && word != "past") || word == "previous" || word == "latest") {
        return None;
    }
    let count = Some(i64::from(count.unwrap_or(1))).filter(|count| *count > 0)?;
    Some(reader.dateline().and_then(|dateline| {
        let (hard, soft) = past_start(unit, count, dateline).ok_or_else(|| reader.out_of_range())?;
        let since = |start: Moment| {
            let within = DaySpan::new(start.earliest.day_after(), dateline).ok_or_else(|| reader.out_of_range())?;
            Ok(Stretch { start, ..Stretch::so_far(within, dateline) })
        };
        Ok(Alternatives::vague(since(hard)?, since(soft)?))
    }))
}

/// A unit and how many of it; a fortnight is two weeks.
fn fortnights(cursor: &mut Cursor<'_>, count: Option<u32>) -> Option<(Option<u32>, Unit)> {
    if cursor.one_of(&["fortnight", "fortnights"]).is_some() {
        return Some((count.unwrap_or(1).checked_mul(2), Unit::Week));
    }
    Some((count, cursor.unit()?))
}

/// Where so many units back lie: hard, wherever they may be counted from; soft, counted back from the dateline.
fn past_start(unit: Unit, count: i64, dateline: Day) -> Option<(Moment, Moment)> {
    let back = count.checked_neg()?;
    let days = |earliest: i64, latest: i64| {
        Some(Moment::vague(dateline.plus_days(earliest)?.start(), dateline.plus_days(latest)?.start()))
    };
    let alike = |moment: Moment| (moment, moment);
    Some(match unit {
        Unit::Hour => {
            let whole_days = count.checked_add(23)? / 24;
            alike(days(whole_days.checked_neg()?, 1)?)
        }
        Unit::Day => alike(days(back, back.checked_add(1)?)?),
        // A week of the calendar begins up to six days before the same weekday.
        Unit::Week => {
            let from = back.checked_mul(7)?;
            (days(from.checked_sub(6)?, from.checked_add(1)?)?, days(from, from.checked_add(1)?)?)
        }
        Unit::Months(months) => {
            let then = dateline.plus_months(i64::from(months).checked_mul(back)?)?;
            let span = unit_span(unit, then)?;
            let latest = span.latest.end().min(dateline.start());
            let usual = Moment::vague(then.start(), then.end().min(latest));
            (Moment::vague(span.earliest.start(), latest), usual)
        }
        Unit::Weekend | Unit::FiscalYear => return None,
    })
}

/// So many units before a boundary.
fn before_boundary(boundary: Instant, unit: Unit, count: u32) -> Option<Day> {
    let back = i64::from(count).checked_neg()?;
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
    let (count, unit) = fortnights(cursor, count)?;
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

/// "the first nine months of 2025", "the last three days of November", "the third week of October".
pub(super) fn first_units(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let _ = cursor.phrase("the");
    let word = cursor.one_of(&["first", "opening", "last", "final", "closing", "second", "third", "fourth"])?;
    let first = matches!(word, "first" | "opening");
    let count = cursor.count().unwrap_or(1);
    let unit = cursor.unit()?;
    let skipped = ORDINALS.iter().find(|(ordinal, _)| *ordinal == word).map_or(0, |(_, place)| place.saturating_sub(1));
    let is_nth_week = skipped > 0 && count == 1 && unit == Unit::Week;
    // Of halves the second is the last.
    let is_second_half = word == "second" && count == 1 && unit == Unit::Months(6);
    if matches!(word, "second" | "third" | "fourth") && !is_nth_week && !is_second_half {
        return None;
    }
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
    let inner = relative::this_one(reader, cursor).or_else(|| reader.inner(cursor))?;
    Some(inner.and_then(|inner| {
        inner.try_vague(|stretch| {
            let days = stretch.named_days().ok_or_else(|| reader.unreadable())?;
            if unit == Unit::Months(6) && count == 1 && days.count_months() == Some(1) {
                return half_of_month(days, first).ok_or_else(|| reader.out_of_range());
            }
            let of_units = if is_nth_week {
                let from = days.earliest.plus_days(i64::from(skipped).saturating_mul(7));
                from.and_then(|from| DaySpan::new(from, from.plus_days(6)?))
            } else if first {
                let count = i64::from(count);
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
            let of_units = of_units.filter(|part| days.covers(*part)).ok_or_else(|| reader.impossible())?;
            let usual = Stretch::whole(of_units);
            Ok(if unit == Unit::Week { (Stretch::part(days.into()), usual) } else { (usual.clone(), usual) })
        })
    }))
}

/// "The first half of November": hard, any part of it; soft, its first fifteen days.
fn half_of_month(month: DaySpan, first: bool) -> Option<(Stretch, Stretch)> {
    let sixteenth = month.earliest.plus_days(15)?;
    let half = if first {
        DaySpan::new(month.earliest, sixteenth.plus_days(-1)?)
    } else {
        DaySpan::new(sixteenth, month.latest)
    };
    Some((Stretch::part(month.into()), Stretch::whole(half?)))
}

/// "three days ago", "a year ago": hard, some day within a unit of it; soft, that day, or the month or year that it lies in.
pub(super) fn ago(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let count = cursor.count()?;
    let (count, unit) = fortnights(cursor, Some(count))?;
    let count = count?;
    cursor.phrase("ago")?;
    Some(reader.dateline().and_then(|dateline| {
        let back = |count: u32| before_boundary(dateline.start(), unit, count);
        let earliest = count.checked_add(1).and_then(back);
        let latest = count.checked_sub(1).and_then(back);
        let span = earliest.zip(latest).and_then(|(earliest, latest)| DaySpan::new(earliest, latest));
        let hard = span.ok_or_else(|| reader.unreadable())?;
        let usual = back(count).and_then(|day| match unit {
            Unit::Months(_) => unit_span(unit, day),
            _ => Some(DaySpan::day(day)),
        });
        let usual = usual.and_then(|usual| usual.intersect(hard)).unwrap_or(hard);
        Ok(Alternatives::vague(Stretch::one_day(hard.into()), Stretch::one_day(usual.into())))
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
        Stretch::days_within(count.into(), days).map(Alternatives::one).ok_or_else(|| reader.impossible())
    }))
}
