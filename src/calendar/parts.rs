//! Named parts of a year: quarters, halves, seasons.

use super::day::Day;
use super::fiscal;
use super::reader::{Reader, Readings, whole};
use super::season::seasons;
use super::span::DaySpan;
use super::stretch::Stretch;
use super::tables::{ORDINALS, SEASONS};
use super::token::Cursor;

/// `Q1`, `1Q`, `H2`, `2H`, with two more digits if a year is written on: `1Q25`.
fn numbered(cursor: &mut Cursor<'_>, letter: char, most: u8) -> Option<(u8, Option<i32>)> {
    let word = cursor.any_word()?.to_ascii_lowercase();
    let (number, rest) = match word.strip_prefix(letter) {
        Some(rest) => rest.split_at_checked(1)?,
        None => {
            let (number, rest) = word.split_at_checked(1)?;
            (number, rest.strip_prefix(letter)?)
        }
    };
    let number = number.parse().ok().filter(|number| (1..=most).contains(number))?;
    let year = match rest.len() {
        0 => cursor.mark('\'').and_then(|()| cursor.digits(2, 2)).and_then(|year| i32::try_from(year).ok()),
        2 => Some(rest.parse().ok()?),
        _ => return None,
    };
    Some((number, year.map(|year| year.saturating_add(2000))))
}

/// "first quarter" and the like.
fn nth(cursor: &mut Cursor<'_>, name: &str, most: u8) -> Option<u8> {
    let _ = cursor.phrase("the");
    let place = cursor.entry(ORDINALS.iter().copied()).and_then(|place| u8::try_from(place).ok())?;
    let _ = cursor.mark('-');
    cursor.phrase(name)?;
    (1..=most).contains(&place).then_some(place)
}

/// The part of a year with this number, where a year is cut into parts of so many months.
fn part_of_year(
    reader: &Reader<'_>,
    cursor: &mut Cursor<'_>,
    letter: char,
    name: &str,
    months: u8,
) -> Option<Readings> {
    let most = 12_u8.checked_div(months)?;
    let mut leading = *cursor;
    // "2025 Q1", "FY2025 Q1": the year comes first.
    let before = fiscal::named_year(&mut leading).map(Ok).or_else(|| leading.year().map(Err));
    if before.is_some() {
        *cursor = leading;
        let _ = cursor.mark('-').or_else(|| cursor.mark(',')).or_else(|| cursor.phrase("'s"));
    }
    let mut ahead = *cursor;
    let (number, short_year) = match numbered(&mut ahead, letter, most) {
        Some(found) => found,
        None => {
            ahead = *cursor;
            (nth(&mut ahead, name, most)?, None)
        }
    };
    *cursor = ahead;
    let skipped = number.saturating_sub(1).saturating_mul(months);
    let calendar = |year: Option<i32>| {
        whole(reader.of_year(year, |year| DaySpan::months(year, skipped.saturating_add(1), months)))
    };
    match before {
        Some(Ok(named)) => return Some(named.months(reader, skipped, months)),
        Some(Err(year)) => return Some(calendar(Some(year))),
        None if short_year.is_some() => return Some(calendar(short_year)),
        None => {}
    }
    let mut after = *cursor;
    let _ = after.mark(',').or_else(|| after.mark('-')).or_else(|| after.phrase("of"));
    let mut named_after = after;
    if let Some(named) = fiscal::named_year(&mut named_after) {
        *cursor = named_after;
        return Some(named.months(reader, skipped, months));
    }
    let relative = [("this year", 0), ("the year", 0), ("last year", 1), ("the previous year", 1)];
    if let Some(back) = after.entry(relative) {
        *cursor = after;
        return Some(match (back, reader.dateline()) {
            (0, _) => calendar(None),
            (_, Ok(dateline)) => calendar(Some(dateline.year().saturating_sub(back))),
            (_, Err(error)) => Err(error),
        });
    }
    let _ = after.one_of(&["calendar year", "calendar"]);
    let year = after.year();
    if year.is_some() {
        *cursor = after;
    }
    Some(calendar(year))
}

/// "Q1 2025", "2025 Q1", "first quarter of 2025", "Q1 FY2025".
pub(super) fn quarter(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    part_of_year(reader, cursor, 'q', "quarter", 3)
}

/// "H1 2025", "first half of 2025", "H1 FY2025".
pub(super) fn half(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    part_of_year(reader, cursor, 'h', "half", 6)
}

/// "9M 2025", as results write the first nine months.
pub(super) fn months_from_january(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let months: u8 =
        cursor.any_word()?.strip_suffix(['M', 'm'])?.parse().ok().filter(|months| (1..=12).contains(months))?;
    let mut named = *cursor;
    if let Some(year) = fiscal::named_year(&mut named) {
        *cursor = named;
        return Some(year.months(reader, 0, months));
    }
    let year = cursor.year()?;
    Some(whole(reader.of_year(Some(year), |year| DaySpan::months(year, 1, months))))
}

/// "summer 2025", "the winter of 2024/25", "this summer".
pub(super) fn season(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let last = matches!(cursor.one_of(&["the", "this", "last"]), Some("last"));
    let month = cursor.entry(SEASONS.iter().copied())?;
    let mut ahead = *cursor;
    let _ = ahead.phrase("of");
    let both = fiscal::two_years(&mut ahead).map(|(first, _)| first);
    let Some(year) = both.or_else(|| ahead.year()) else {
        return Some(reader.dateline().and_then(|dateline| latest_season(reader, month, dateline, last)));
    };
    *cursor = ahead;
    let _ = fiscal::second_year(cursor, year);
    Some(seasons(year, month, reader.context).ok_or_else(|| reader.out_of_range()))
}

/// The latest season of that name that has begun, or, as "last summer", that is over.
fn latest_season(reader: &Reader<'_>, month: u8, dateline: Day, over: bool) -> Readings {
    let of_year = |back: i32| {
        seasons(dateline.year().saturating_sub(back), month, reader.context).ok_or_else(|| reader.out_of_range())
    };
    let recent = of_year(0)?.pair(&of_year(1)?).and_then(|recent| recent.pair(&of_year(2).ok()?));
    recent.ok_or_else(|| reader.unreadable())?.try_map(|((this, last), before)| {
        let is_meant = |season: &Stretch| {
            let days = season.hull();
            if over { days.latest < dateline } else { days.earliest <= dateline }
        };
        Ok([this, last].into_iter().find(is_meant).unwrap_or(before))
    })
}
