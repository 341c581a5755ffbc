//! The parts of a year that EDTF numbers (seasons, quarters, four-month periods, halves), and ISO weeks beside them.

use super::alternatives::{Alternatives, Reading};
use super::convention::{Choice, Context, Hemisphere};
use super::day::Day;
use super::error::DateError;
use super::span::DaySpan;
use super::stretch::Stretch;

/// How to read the second part of a date once its year is known.
pub(super) type Named = Box<dyn Fn(i32, &Context) -> Option<Result<Alternatives<Stretch>, DateError>>>;

/// Weeks, quarters, halves, seasons and other parts of a year; `None` if it is a month, or not such a part.
pub(super) fn named_part(year: &str, part: &str, day: Option<&str>) -> Option<Named> {
    let whole = |span: Option<DaySpan>| span.map(|span| Ok(Alternatives::one(Stretch::whole(span))));
    let months =
        move |first: u8, count: u8| -> Named { Box::new(move |year, _| whole(DaySpan::months(year, first, count))) };
    if let Some(week) = part.strip_prefix(['W', 'w']) {
        let week: i64 = week.parse().ok().filter(|_| week.len() == 2)?;
        let weekday: Option<i64> = day
            .map(|day| day.parse().ok().filter(|day| (1..=7).contains(day)))
            .map_or(Some(None), |day| day.map(Some))?;
        return Some(Box::new(move |year, _| whole(iso_week(year, week, weekday))));
    }
    if day.is_some() {
        return None;
    }
    if let Some(quarter) = part.strip_prefix(['Q', 'q']) {
        let quarter: u8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        return Some(months(quarter.saturating_sub(1).saturating_mul(3).saturating_add(1), 3));
    }
    if let Some(half) = part.strip_prefix(['H', 'h']) {
        let half: u8 = half.parse().ok().filter(|half| (1..=2).contains(half))?;
        return Some(months(half.saturating_sub(1).saturating_mul(6).saturating_add(1), 6));
    }
    let code: u8 = part.parse().ok().filter(|_| part.len() == 2)?;
    // 2024-25 is spring by the letter of EDTF, and a fiscal or school year to nearly everyone who writes it.
    let next_year = year.parse::<i32>().ok().map(|year| year.saturating_add(1).rem_euclid(100));
    if (21..=41).contains(&code) && next_year == Some(i32::from(code)) {
        return Some(Box::new(move |year, _| {
            let text = format!("{year:04}-{code}");
            Some(Err(DateError::SeasonOrYear { text, ends: year.saturating_add(1) }))
        }));
    }
    let season = |code: u8| code.saturating_mul(3);
    Some(match code {
        21..=24 => Box::new(move |year, context| seasons(year, season(code.saturating_sub(20)), context).map(Ok)),
        25..=28 => {
            Box::new(move |year, _| whole(season_span(year, season(code.saturating_sub(24)), Hemisphere::North)))
        }
        29..=32 => {
            Box::new(move |year, _| whole(season_span(year, season(code.saturating_sub(28)), Hemisphere::South)))
        }
        33..=36 => months(code.saturating_sub(33).saturating_mul(3).saturating_add(1), 3),
        37..=39 => months(code.saturating_sub(37).saturating_mul(4).saturating_add(1), 4),
        40..=41 => months(code.saturating_sub(40).saturating_mul(6).saturating_add(1), 6),
        _ => return None,
    })
}

/// ISO 8601: the first week is the one with the year's 4 January; weeks begin on Monday.
pub(super) fn iso_week(year: i32, week: i64, weekday: Option<i64>) -> Option<DaySpan> {
    let monday = |year: i32| {
        let fourth = Day::from_ymd(year, 1, 4)?;
        fourth.plus_days(fourth.weekday().place().checked_neg()?)
    };
    let first = monday(year)?.plus_days(week.checked_sub(1)?.checked_mul(7)?)?;
    if week < 1 || first >= monday(year.checked_add(1)?)? {
        return None;
    }
    match weekday {
        Some(weekday) => first.plus_days(weekday.checked_sub(1)?).map(DaySpan::day),
        None => DaySpan::new(first, first.plus_days(6)?),
    }
}

/// Three months from the one given for the northern half of the world; in the southern half six months away. A
/// season that runs over the new year is named for the year in which it begins.
pub(super) fn season_span(year: i32, northern_month: u8, hemisphere: Hemisphere) -> Option<DaySpan> {
    let month = match hemisphere {
        Hemisphere::North => northern_month,
        Hemisphere::South if northern_month > 6 => northern_month.saturating_sub(6),
        Hemisphere::South => northern_month.saturating_add(6),
    };
    DaySpan::months(year, month, 3)
}

/// A season, in both halves of the world unless the article settles which.
pub(super) fn seasons(year: i32, northern_month: u8, context: &Context) -> Option<Alternatives<Stretch>> {
    if let Some(hemisphere) = context.conventions.seasons {
        return season_span(year, northern_month, hemisphere).map(|span| Alternatives::one(Stretch::whole(span)));
    }
    let readings = Hemisphere::NAMES.iter().map(|(_, hemisphere)| {
        let value = Stretch::whole(season_span(year, northern_month, *hemisphere)?);
        Some(Reading::plain(value, Some(Choice::Seasons(*hemisphere))))
    });
    Alternatives::of(readings.collect::<Option<Vec<_>>>()?)
}
