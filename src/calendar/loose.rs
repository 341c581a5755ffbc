//! Dates that are said loosely: "some day of November", "late October", "around 18 December", "the end of 2024".

use super::reader::{Reader, Readings};
use super::relative;
use super::set::DaySet;
use super::span::DaySpan;
use super::stretch::Stretch;
use super::tables::{ABOUT, EARLY_MIDDLE_LATE, EDGES, PARTS, Part, SOME_DAY};
use super::token::Cursor;

/// "some day of November", "sometime in November": one unknown day.
pub(super) fn some_day(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.one_of(SOME_DAY)?;
    let _ = cursor.one_of(&["of", "in", "during", "within", "from", "between"]);
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| inner.try_map(|stretch| Ok(Stretch::one_day(stretch.within)))))
}

/// "late October", "mid-2025": hard, any part of it; soft, its last or middle third.
pub(super) fn part(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let first = cursor.entry(PARTS.iter().copied())?;
    let _ = cursor.mark('-').or_else(|| cursor.one_of(&["to", "or"]).map(|_| ()));
    // "Mid to late October" goes from the one to the other.
    let last = cursor.entry(PARTS.iter().copied()).unwrap_or(first);
    let _ = cursor.mark('-').or_else(|| cursor.phrase("in"));
    let inner = relative::this_one(reader, cursor).or_else(|| reader.inner(cursor))?;
    Some(inner.and_then(|inner| {
        inner.try_vague(|stretch| {
            let third = |part: Part| third_of(stretch.hull(), part);
            let soft = third(first).zip(third(last)).map(|(first, last)| Stretch::whole(first.hull(last)));
            let hard = Stretch::part(stretch.within.clone());
            Ok((hard.clone(), soft.unwrap_or(hard)))
        })
    }))
}

/// The early, middle or late days of a stretch, as they are usually meant: "early", "mid", "late".
pub(super) fn usual_part(word: &str, span: DaySpan) -> Option<DaySpan> {
    let (_, part) = PARTS.iter().find(|(words, _)| words.eq_ignore_ascii_case(word))?;
    third_of(span, *part)
}

fn third_of(span: DaySpan, part: Part) -> Option<DaySpan> {
    let (_, first, last) = EARLY_MIDDLE_LATE.iter().find(|(known, ..)| *known == part)?;
    let (year, month, _) = span.earliest.ymd();
    if DaySpan::month(year, month) == Some(span) {
        let (first, last) = (i64::from(*first), i64::from(*last));
        let first = span.earliest.plus_days(first.checked_sub(1)?)?;
        let last = span.earliest.plus_days(last.checked_sub(1)?)?.min(span.latest);
        return DaySpan::new(first, last);
    }
    let months = span.count_months()?;
    // Years stay whole where there are enough of them.
    let (unit, count) =
        if months.checked_rem(12)? == 0 && months >= 36 { (12, months.checked_div(12)?) } else { (1, months) };
    let third = |part: i64| {
        // Of ten years, early is the first four, middle and late three each, as of a decade.
        let units = count.checked_mul(part)?.checked_add(2)?.checked_div(3)?;
        span.earliest.plus_months(units.checked_mul(unit)?)
    };
    let (from, to) = match part {
        Part::Early => (third(0)?, third(1)?),
        Part::Middle => (third(1)?, third(2)?),
        Part::Late => (third(2)?, third(3)?),
        Part::Some => return None,
    };
    DaySpan::new(from, to.plus_days(-1)?)
}

/// "the start of 2025", "the end of November": the moment at which it begins or ends. An event is somewhere in it, usually
/// near that end.
pub(super) fn edge(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let last = cursor.entry(EDGES.iter().copied())?;
    let _ = cursor.mark('-');
    let inner = relative::this_one(reader, cursor).or_else(|| reader.inner(cursor))?;
    Some(inner.and_then(|inner| {
        inner.try_vague(|stretch| {
            let hard = Stretch::edge(stretch.hull(), last).ok_or_else(|| reader.out_of_range())?;
            let near = third_of(stretch.hull(), if last { Part::Late } else { Part::Early });
            let within = near.map_or_else(|| hard.within.clone(), DaySet::from);
            Ok((hard.clone(), Stretch { within, ..hard }))
        })
    }))
}

/// "around 18 December": hard, widened by as much as it is precise to; soft, as it is said.
pub(super) fn about(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    cursor.one_of(ABOUT)?;
    let _ = cursor.mark('.');
    let inner = reader.inner(cursor)?;
    Some(inner.and_then(|inner| {
        inner.try_vague(|stretch| {
            let (days, months) = match stretch.hull().len() {
                1 => (1, 0),
                2..=7 => (7, 0),
                8..=31 => (0, 1),
                32..=366 => (0, 12),
                days => (0, i64::try_from(days.checked_div(30).unwrap_or_default()).unwrap_or(i64::MAX)),
            };
            let wide = stretch.within.each(|span| span.widened(months, days)).ok_or_else(|| reader.out_of_range())?;
            let hard = if stretch.within.is_one_day() { Stretch::one_day(wide) } else { Stretch::part(wide) };
            Ok((hard, stretch))
        })
    }))
}
