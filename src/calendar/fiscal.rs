//! Fiscal years: `FY2025`, `fiscal 2024/25`. When they begin, and which calendar year they are named for, is a convention.

use super::day::Day;
use super::error::DateError;
use super::fiscal_year::FiscalYear;
use super::reader::{Reader, Readings};
use super::span::DaySpan;
use super::stretch::Stretch;
use super::token::Cursor;

/// A fiscal year as it is named.
#[derive(Clone, Copy)]
pub(super) enum Named {
    /// By one number: "FY2025".
    By(i32),
    /// By both years that it runs over, of which this is the second: "2024/25".
    OverTo(i32),
}

impl Named {
    /// The whole of it. `None` outside the calendar.
    fn span(self, years: FiscalYear) -> Option<DaySpan> {
        let begins = match self {
            Self::By(year) => years.begins_in(year)?,
            Self::OverTo(second) => second.checked_sub(1)?,
        };
        DaySpan::months(begins, years.first_month(), 12)
    }

    /// So many of its months, after so many.
    pub(super) fn months(self, reader: &Reader<'_>, skipped: u8, months: u8) -> Readings {
        reader.fiscal_years(|years| {
            if matches!(self, Self::OverTo(_)) && years.first_month() == 1 {
                return Err(DateError::NoFiscalYear { text: reader.shown.to_owned() });
            }
            let part = self.span(years).and_then(|year| {
                let (begins, month, _) = year.earliest.plus_months(skipped.into())?.ymd();
                DaySpan::months(begins, month, months)
            });
            part.map(Stretch::whole).ok_or_else(|| reader.out_of_range())
        })
    }
}

/// The fiscal year that lies so many after the one that a day lies in.
pub(super) fn from(day: Day, which: i64, years: FiscalYear) -> Option<DaySpan> {
    let day = day.plus_months(which.checked_mul(12)?)?;
    let this = DaySpan::months(day.year(), years.first_month(), 12)?;
    if this.contains(day) { Some(this) } else { DaySpan::months(day.year().checked_sub(1)?, years.first_month(), 12) }
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

/// "FY2025", "FY25", "FY2024/25", "fiscal year 2025", "financial year 2024-25", "2024/25".
pub(super) fn named_year(cursor: &mut Cursor<'_>) -> Option<Named> {
    let mut ahead = *cursor;
    let _ = ahead.phrase("the");
    let lead = ["fy", "fiscal year", "fiscal", "financial year", "business year", "f.y"];
    let (year, by_word) = if ahead.one_of(&lead).is_some() {
        let mut joined = ahead;
        if let Some((_, second)) = two_years(&mut joined) {
            *cursor = joined;
            return Some(Named::OverTo(second));
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
    Some(second.map_or(Named::By(year), Named::OverTo))
}

fn short_year(two_digits: u32) -> Option<i32> {
    i32::try_from(two_digits).ok()?.checked_add(2000)
}

/// Where "2024/2025" ends, which by itself is the interval of both years unless it is known that fiscal years differ.
fn interval_of_years(mut cursor: Cursor<'_>) -> Option<usize> {
    cursor.year()?;
    cursor.mark('/')?;
    cursor.digits(4, 4)?;
    Some(cursor.at)
}

/// As a form.
pub(super) fn year(reader: &Reader<'_>, cursor: &mut Cursor<'_>) -> Option<Readings> {
    let interval = interval_of_years(*cursor).filter(|_| reader.context.conventions.fiscal_year.is_none());
    let named = named_year(cursor).filter(|_| interval != Some(cursor.at));
    named.map(|year| year.months(reader, 0, 12))
}
