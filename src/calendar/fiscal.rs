//! Fiscal years: `FY2025`, `fiscal 2024/25`. A fiscal year is named for the calendar year in which it ends.

use super::convention::Context;
use super::day::Day;
use super::error::DateError;
use super::reader::{Reader, Readings, whole};
use super::span::DaySpan;
use super::token::Cursor;

/// The fiscal year of this name. `None` outside the calendar, or if the article's first month is none.
fn named(year: i32, context: &Context) -> Option<DaySpan> {
    let first_month = context.conventions.fiscal_year_starts;
    let begins = if first_month == 1 { year } else { year.checked_sub(1)? };
    DaySpan::months(begins, first_month, 12)
}

/// The fiscal year that a day lies in.
pub(super) fn containing(day: Day, context: &Context) -> Option<DaySpan> {
    let this = named(day.year(), context)?;
    if this.contains(day) { Some(this) } else { named(day.year().checked_add(1)?, context) }
}

/// So many months of a year, after so many of its months.
pub(super) fn months_of(year: DaySpan, skipped: u8, months: u8) -> Option<DaySpan> {
    let (begins, month, _) = year.earliest.plus_months(skipped.into())?.ymd();
    DaySpan::months(begins, month, months)
}

/// The second half of "2024/25": its last year, if it is the one after.
pub(super) fn second_year(cursor: &mut Cursor<'_>, year: i32) -> Option<i32> {
    let mut ahead = *cursor;
    ahead.mark('/').or_else(|| ahead.mark('-'))?;
    let next = year.checked_add(1)?;
    let written = i32::try_from(ahead.digits(2, 4)?).ok()?;
    if written != next && written != next.rem_euclid(100) {
        return None;
    }
    *cursor = ahead;
    Some(next)
}

/// "2024-25", which without words around it would be a date in digits: both years.
pub(super) fn two_years(cursor: &mut Cursor<'_>) -> Option<(i32, i32)> {
    let mut ahead = *cursor;
    let (first, second) =
        ahead.date()?.split_once('-').filter(|(first, second)| first.len() == 4 && second.len() == 2)?;
    let first: i32 = first.parse().ok()?;
    let next = first.checked_add(1)?;
    if second.parse() != Ok(next.rem_euclid(100)) {
        return None;
    }
    *cursor = ahead;
    Some((first, next))
}

/// A fiscal year said to run over two calendar years, by the second of them.
fn over_two_years(reader: &Reader<'_>, second: i32) -> Result<DaySpan, DateError> {
    if reader.context.conventions.fiscal_year_starts == 1 {
        return Err(DateError::NoFiscalYear { text: reader.shown.to_owned() });
    }
    named(second, reader.context).ok_or_else(|| reader.out_of_range())
}

/// "FY2025", "FY25", "FY2024/25", "fiscal year 2025", "financial year 2024-25", "2024/25".
pub(super) fn named_year(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Result<DaySpan, DateError>> {
    let mut ahead = *cursor;
    let _ = ahead.phrase("the");
    let lead = ["fy", "fiscal year", "fiscal", "financial year", "business year", "f.y"];
    let (year, by_word) = if ahead.one_of(&lead).is_some() {
        let mut joined = ahead;
        if let Some((_, second)) = two_years(&mut joined) {
            *cursor = joined;
            return Some(over_two_years(reader, second));
        }
        let _ = ahead.mark('\'');
        (ahead.year().or_else(|| short_year(ahead.digits(2, 2)?))?, true)
    } else if let Some(year) = ahead.year() {
        (year, false)
    } else {
        let (lead, digits) = ahead.any_word()?.split_at_checked(2)?;
        if !lead.eq_ignore_ascii_case("fy") || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match digits.len() {
            2 => (short_year(digits.parse().ok()?)?, true),
            4 => (digits.parse().ok()?, true),
            _ => return None,
        }
    };
    let second = second_year(&mut ahead, year);
    let named_after = ahead.one_of(&["financial year", "fiscal year", "business year"]).is_some();
    if !by_word && second.is_none() && !named_after {
        return None;
    }
    *cursor = ahead;
    Some(match second {
        Some(second) => over_two_years(reader, second),
        None => named(year, reader.context).ok_or_else(|| reader.out_of_range()),
    })
}

fn short_year(two_digits: u32) -> Option<i32> {
    i32::try_from(two_digits).ok()?.checked_add(2000)
}

/// As a form.
pub(super) fn year(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    named_year(reader, cursor).map(whole)
}
