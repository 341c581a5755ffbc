//! Spans of days: from one day to another, both included.

use super::day::Day;
use super::names::month_name;

/// The days on which something may lie: from `earliest` to `latest`, both included, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySpan {
    /// The first possible day.
    pub earliest: Day,
    /// The last possible day.
    pub latest: Day,
}

impl DaySpan {
    /// From one day to another, both included. `None` if the second is before the first.
    pub fn new(earliest: Day, latest: Day) -> Option<Self> {
        (earliest <= latest).then_some(Self { earliest, latest })
    }

    /// One day alone.
    pub fn day(day: Day) -> Self {
        Self { earliest: day, latest: day }
    }

    /// `count` whole months from the first of a month (1 to 12) on. `None` if there is no such month or the end lies
    /// outside the calendar.
    pub fn months(year: i32, month: u8, count: u8) -> Option<Self> {
        let first = Day::from_ymd(year, month, 1)?;
        let last_month = first.plus_months(i64::from(count).checked_sub(1)?)?;
        Self::new(first, last_month.last_of_month())
    }

    /// A month, 1 to 12.
    pub fn month(year: i32, month: u8) -> Option<Self> {
        Self::months(year, month, 1)
    }

    /// A calendar year.
    pub fn year(year: i32) -> Option<Self> {
        Self::months(year, 1, 12)
    }

    /// Calendar years from one to another. `None` if that is backwards or outside the calendar.
    pub(super) fn years(first: i32, last: i32) -> Option<Self> {
        Self::new(Self::year(first)?.earliest, Self::year(last)?.latest)
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.max(other.latest) }
    }

    /// Wider by so many months and days on both sides. `None` if that leaves the calendar.
    pub(super) fn widened(self, months: i64, days: i64) -> Option<Self> {
        let earliest = self.earliest.plus_months(months.checked_neg()?)?.plus_days(days.checked_neg()?)?;
        // The boundary after the last day moves by months, so that 30 November becomes 31 December.
        let latest =
            if months == 0 { self.latest } else { self.latest.plus_days(1)?.plus_months(months)?.plus_days(-1)? };
        Self::new(earliest, latest.plus_days(days)?)
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Day) -> bool {
        (self.earliest..=self.latest).contains(&day)
    }

    /// Whether every day of the other lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.contains(other.earliest) && self.contains(other.latest)
    }

    /// The days that lie in both; `None` if there are none.
    pub fn intersect(self, other: Self) -> Option<Self> {
        Self::new(self.earliest.max(other.earliest), self.latest.min(other.latest))
    }

    /// Whether it is a single day.
    pub fn is_one_day(self) -> bool {
        self.earliest == self.latest
    }

    /// The number of days in it, at least 1.
    pub fn len(self) -> u64 {
        self.latest.0.abs_diff(self.earliest.0).saturating_add(1)
    }

    /// How many months it is, if it is whole ones.
    pub(super) fn count_months(self) -> Option<i64> {
        let (from, to) = (self.earliest.ymd(), self.latest.plus_days(1)?.ymd());
        let months = |(year, month, _): (i32, u8, u8)| i64::from(year).checked_mul(12)?.checked_add(i64::from(month));
        (from.2 == 1 && to.2 == 1).then(|| months(to)?.checked_sub(months(from)?)).flatten()
    }

    /// Never: a span has at least one day.
    pub fn is_empty(self) -> bool {
        false
    }

    /// For machines: `2025-12-18`, `2025-12-14/2025-12-20`, `../2025-12-20`.
    pub fn notation(self) -> String {
        if self.is_one_day() {
            return self.earliest.to_string();
        }
        format!("{}/{}", self.first_written(), self.last_written())
    }

    /// Its first day, or `..` if it has no beginning.
    pub(super) fn first_written(self) -> String {
        if self.earliest == Day::FIRST { "..".to_owned() } else { self.earliest.to_string() }
    }

    /// Its last day, or `..` if it has no end.
    pub(super) fn last_written(self) -> String {
        if self.latest == Day::LAST { "..".to_owned() } else { self.latest.to_string() }
    }

    /// `December 2025` or `2025`, if it is such a whole; else `None`.
    pub(super) fn name(self) -> Option<String> {
        let (year, month, _) = self.earliest.ymd();
        if Self::year(year) == Some(self) {
            return Some(year.to_string());
        }
        (Self::month(year, month) == Some(self)).then(|| format!("{} {year}", month_name(month)))
    }

    /// As people write it: `18 December 2025`, `December 2025`, `14 to 20 December 2025`.
    pub fn said(self) -> String {
        if let Some(name) = self.name() {
            return name;
        }
        let (from_year, from_month, from_day) = self.earliest.ymd();
        let (year, month, _) = self.latest.ymd();
        let last = self.latest.said();
        match (self.earliest == Day::FIRST, self.latest == Day::LAST) {
            (true, true) => return "any day".to_owned(),
            (true, false) => return format!("{last} or earlier"),
            (false, true) => return format!("{} or later", self.earliest.said()),
            (false, false) => {}
        }
        let whole_years = from_day == 1 && from_month == 1 && month == 12 && self.latest.last_of_month() == self.latest;
        let whole_months = from_day == 1 && self.latest.last_of_month() == self.latest;
        if self.is_one_day() {
            last
        } else if whole_years {
            format!("{from_year} to {year}")
        } else if whole_months && from_year == year {
            format!("{} to {} {year}", month_name(from_month), month_name(month))
        } else if whole_months {
            format!("{} {from_year} to {} {year}", month_name(from_month), month_name(month))
        } else if (from_year, from_month) == (year, month) {
            format!("{from_day} to {last}")
        } else if from_year == year {
            format!("{from_day} {} to {last}", month_name(from_month))
        } else {
            format!("{} to {last}", self.earliest.said())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn spans_are_said_as_people_say_them() {
        for (from, to, said) in [
            ("2025-12-18", "2025-12-18", "18 December 2025"),
            ("2025-12-01", "2025-12-31", "December 2025"),
            ("2025-12-14", "2025-12-20", "14 to 20 December 2025"),
            ("2025-10-01", "2025-12-19", "1 October to 19 December 2025"),
            ("2025-10-01", "2025-12-31", "October to December 2025"),
            ("2024-12-01", "2025-02-28", "December 2024 to February 2025"),
            ("2024-12-30", "2025-01-05", "30 December 2024 to 5 January 2025"),
            ("2025-01-01", "2025-12-31", "2025"),
            ("1990-01-01", "1999-12-31", "1990 to 1999"),
            ("-2000000000-01-01", "2025-11-30", "30 November 2025 or earlier"),
        ] {
            assert_eq!(DaySpan::new(day(from), day(to)).unwrap().said(), said);
        }
    }

    #[test]
    fn spans_meet_where_they_share_a_day() {
        let november = DaySpan::month(2025, 11).unwrap();
        let autumn = DaySpan::months(2025, 9, 3).unwrap();
        assert_eq!(november.intersect(autumn), Some(november));
        assert_eq!(november.intersect(DaySpan::month(2025, 12).unwrap()), None);
        assert!(autumn.covers(november) && !november.covers(autumn));
        assert_eq!(november.len(), 30);
    }

    #[test]
    fn widening_moves_boundaries_not_days() {
        let june = DaySpan::month(2004, 6).unwrap();
        assert_eq!(june.widened(1, 0).unwrap().notation(), "2004-05-01/2004-07-31");
        let eleventh = DaySpan::day(day("2004-06-11"));
        assert_eq!(eleventh.widened(13, 1).unwrap().notation(), "2003-05-10/2005-07-12");
    }
}
