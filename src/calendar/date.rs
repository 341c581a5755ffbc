//! Days as whole numbers, and spans of days.
//!
//! The arithmetic is the proleptic Gregorian calendar's, for the years -9999 to 9999; whatever leaves them is `None`,
//! never a wrapped number.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::convention::UnknownName;
use super::tables::{MONTHS, WEEKDAYS};
use super::when::Instant;

/// A civil day, as the number of days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// The days on which something may lie: from `earliest` to `latest`, both included, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySpan {
    /// The first possible day.
    pub earliest: Day,
    /// The last possible day.
    pub latest: Day,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Day {
    /// -9999-01-01, the first day that can be written.
    pub const FIRST: Self = Self(-4_371_587);
    /// 9999-12-31, the last day that can be written.
    pub const LAST: Self = Self(2_932_896);

    /// The day of a year, a month (1 to 12) and a day of the month. `None` if there is no such day, or if its year
    /// lies outside -9999 to 9999.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self::of(date))
    }

    fn of(date: Date) -> Self {
        let days = date.duration_since(EPOCH).as_hours() / 24;
        Self(i32::try_from(days).unwrap_or(Self::LAST.0))
    }

    /// A number outside the years -9999 to 9999 is taken for the nearest day within them.
    fn civil(self) -> Date {
        let days = self.0.clamp(Self::FIRST.0, Self::LAST.0);
        Span::new().try_days(days).and_then(|span| EPOCH.checked_add(span)).unwrap_or(EPOCH)
    }

    /// The year, the month (1 to 12) and the day of the month.
    pub fn ymd(self) -> (i32, u8, u8) {
        let date = self.civil();
        (date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, the fourth of the list.
        let place = i64::from(self.0).saturating_add(3).rem_euclid(7);
        let place = usize::try_from(place).unwrap_or_default();
        Weekday::ALL.get(place).copied().unwrap_or(Weekday::Monday)
    }

    /// The day `days` later, or earlier if negative. `None` outside the years -9999 to 9999.
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let day = Self(self.0.checked_add(days)?);
        (Self::FIRST..=Self::LAST).contains(&day).then_some(day)
    }

    /// The same day of the month `months` later, or the last of that month if it is shorter. `None` outside the
    /// years -9999 to 9999.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let span = Span::new().try_months(months).ok()?;
        self.civil().checked_add(span).ok().map(Self::of)
    }

    /// The latest day of this weekday that is not after this one.
    pub fn latest(self, weekday: Weekday) -> Self {
        let back = self.weekday().place().saturating_sub(weekday.place()).rem_euclid(7);
        Self(self.0.saturating_sub(back))
    }

    /// The moment at which it begins.
    pub fn start(self) -> Instant {
        Instant(self.0)
    }

    /// The moment at which it ends, which is the start of the next day.
    pub fn end(self) -> Instant {
        Instant(self.0.saturating_add(1))
    }

    /// As people write it: `18 December 2025`.
    pub fn said(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{day} {} {year}", month_name(month))
    }

    /// An ISO 8601 date, `2025-12-18`. `None` if it is not one or there is no such day.
    pub fn from_iso(text: &str) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1_i32, rest),
            None => (1, text),
        };
        let mut parts = digits.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let written = |part: &str, width: usize| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !written(year, 4) || !written(month, 2) || !written(day, 2) {
            return None;
        }
        let year = year.parse::<i32>().ok()?.checked_mul(sign)?;
        Self::from_ymd(year, month.parse().ok()?, day.parse().ok()?)
    }
}

/// `2025-12-18`.
impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        let sign = if year < 0 { "-" } else { "" };
        write!(formatter, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_iso(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a day like 2025-12-18")))
    }
}

pub(super) fn month_name(month: u8) -> &'static str {
    MONTHS.iter().find(|entry| entry.number == month).map_or("", |entry| entry.name)
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
        let last_month = first.plus_months(i32::from(count).checked_sub(1)?)?;
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

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.max(other.latest) }
    }

    /// Wider by so many months and days on both sides. `None` if that leaves the calendar.
    pub(super) fn widened(self, months: i32, days: i32) -> Option<Self> {
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
    pub fn len(self) -> u32 {
        self.latest.0.abs_diff(self.earliest.0).saturating_add(1)
    }

    /// Never: a span has at least one day.
    pub fn is_empty(self) -> bool {
        false
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
        let whole_months = from_day == 1 && self.latest.last_of_month() == self.latest;
        if self.is_one_day() {
            last
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

impl Day {
    /// The last day of its month.
    pub(super) fn last_of_month(self) -> Self {
        Self::of(self.civil().last_of_month())
    }
}

impl Weekday {
    /// All seven, from Monday on.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// How many days it comes after Monday.
    pub(super) fn place(self) -> i32 {
        match self {
            Self::Monday => 0,
            Self::Tuesday => 1,
            Self::Wednesday => 2,
            Self::Thursday => 3,
            Self::Friday => 4,
            Self::Saturday => 5,
            Self::Sunday => 6,
        }
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        WEEKDAYS.iter().find(|entry| entry.weekday == self).map_or("", |entry| entry.name)
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Weekday {
    type Err = UnknownName;

    /// The full name or its usual short forms, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let word = text.trim().trim_end_matches('.');
        WEEKDAYS
            .iter()
            .find(|entry| entry.is(word))
            .map(|entry| entry.weekday)
            .ok_or_else(|| UnknownName::new("a weekday", text, WEEKDAYS.iter().map(|entry| entry.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn known_days_have_their_number_and_weekday() {
        for (text, number, weekday) in [
            ("1970-01-01", 0, Weekday::Thursday),
            ("2025-12-18", 20_440, Weekday::Thursday),
            ("2025-12-19", 20_441, Weekday::Friday),
            ("2025-12-21", 20_443, Weekday::Sunday),
            ("2000-02-29", 11_016, Weekday::Tuesday),
            ("-9999-01-01", Day::FIRST.0, Weekday::Monday),
            ("9999-12-31", Day::LAST.0, Weekday::Friday),
        ] {
            assert_eq!(day(text), Day(number), "{text}");
            assert_eq!(Day(number).weekday(), weekday, "{text}");
            assert_eq!(Day(number).to_string(), text);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2025-02-30", "2025-13-01", "2025-00-10", "2025-1-1", "2025-12", "12025-01-01", "+2025-01-01", ""]
        {
            assert_eq!(Day::from_iso(text), None, "{text}");
        }
        assert_eq!(Day::from_ymd(10_000, 1, 1), None);
        assert_eq!(Day::LAST.plus_days(1), None);
        assert_eq!(Day(0).plus_days(i32::MAX), None);
    }

    #[test]
    fn numbers_outside_the_calendar_do_not_panic() {
        for extreme in [Day(i32::MIN), Day(i32::MAX)] {
            let _ = (extreme.to_string(), extreme.said(), extreme.weekday(), extreme.start(), extreme.end());
        }
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
            ("-9999-01-01", "2025-11-30", "30 November 2025 or earlier"),
        ] {
            assert_eq!(DaySpan::new(day(from), day(to)).unwrap().said(), said);
        }
    }

    #[test]
    fn a_day_is_written_in_json_as_an_iso_date() {
        assert_eq!(serde_json::to_string(&day("2025-12-18")).unwrap(), "\"2025-12-18\"");
        assert_eq!(serde_json::from_str::<Day>("\"2025-12-18\"").unwrap(), day("2025-12-18"));
        assert!(serde_json::from_str::<Day>("\"2025-02-30\"").is_err());
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

    proptest! {
        #[test]
        fn every_day_reads_back_from_its_printed_form(number in Day::FIRST.0..=Day::LAST.0) {
            let day = Day(number);
            prop_assert_eq!(Day::from_iso(&day.to_string()), Some(day));
            let (year, month, of_month) = day.ymd();
            prop_assert_eq!(Day::from_ymd(year, month, of_month), Some(day));
        }

        #[test]
        fn the_latest_weekday_is_within_the_last_seven_days(number in Day::FIRST.0..=Day::LAST.0, place in 0_usize..7) {
            let (day, weekday) = (Day(number), Weekday::ALL[place]);
            let latest = day.latest(weekday);
            prop_assert_eq!(latest.weekday(), weekday);
            prop_assert!(latest <= day && day.0.abs_diff(latest.0) < 7);
        }
    }
}
