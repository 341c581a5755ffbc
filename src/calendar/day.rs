//! Days as whole numbers, and the instants between them.
//!
//! The arithmetic is the proleptic Gregorian calendar's, for the years -2,000,000,000 to 2,000,000,000; whatever leaves
//! them is `None`, never a wrapped number.

use std::fmt;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::names::{Weekday, month_name};

/// A civil day, as the number of days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

/// A boundary between two days: `Instant(n)` is the moment at which `Day(n)` begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The calendar repeats itself every 400 years, weekdays included.
const CYCLE_YEARS: i32 = 400;
const CYCLE_DAYS: i64 = 146_097;
const MOST_YEARS: i32 = 2_000_000_000;

impl Instant {
    /// The earliest instant that can be reckoned with; what has no beginning begins here.
    pub const FIRST: Self = Self(Day::FIRST.0);
    /// The latest instant that can be reckoned with; what has no end ends here.
    pub const LAST: Self = Self(Day::LAST.0.saturating_add(1));

    /// The day that begins at this moment.
    pub fn day_after(self) -> Day {
        Day(self.0)
    }

    /// The day that ends at this moment.
    pub fn day_before(self) -> Day {
        Day(self.0.saturating_sub(1))
    }

    /// The instant a day later.
    pub(super) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The instant a day earlier.
    pub(super) fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl Day {
    /// The first day of the year -2,000,000,000. What has no beginning begins here.
    pub const FIRST: Self = Self(-730_485_719_528);
    /// The last day of the year 2,000,000,000. What has no end ends here.
    pub const LAST: Self = Self(730_484_280_837);

    /// The day of a year, a month (1 to 12) and a day of the month. `None` if there is no such day, or if its year
    /// lies outside -2,000,000,000 to 2,000,000,000.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(-MOST_YEARS..=MOST_YEARS).contains(&year) {
            return None;
        }
        let in_cycle = i16::try_from(year.rem_euclid(CYCLE_YEARS)).ok()?;
        let date = Date::new(in_cycle, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Self::of(date, year.div_euclid(CYCLE_YEARS))
    }

    fn of(date: Date, cycles: i32) -> Option<Self> {
        let days = date.duration_since(EPOCH).as_hours() / 24;
        let day = Self(i64::from(cycles).checked_mul(CYCLE_DAYS)?.checked_add(days)?);
        (Self::FIRST..=Self::LAST).contains(&day).then_some(day)
    }

    /// The day in the first 400 years from 1970 on, and how many times 400 years lie between. A number outside the
    /// calendar is taken for the nearest day within it.
    fn civil(self) -> (Date, i32) {
        let days = self.0.clamp(Self::FIRST.0, Self::LAST.0);
        let cycles = i32::try_from(days.div_euclid(CYCLE_DAYS)).unwrap_or_default();
        let date = Span::new().try_days(days.rem_euclid(CYCLE_DAYS)).and_then(|span| EPOCH.checked_add(span));
        (date.unwrap_or(EPOCH), cycles)
    }

    /// The year, the month (1 to 12) and the day of the month.
    pub fn ymd(self) -> (i32, u8, u8) {
        let (date, cycles) = self.civil();
        let year = cycles.saturating_mul(CYCLE_YEARS).saturating_add(date.year().into());
        (year, date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, the fourth of the list.
        let place = self.0.saturating_add(3).rem_euclid(7);
        let place = usize::try_from(place).unwrap_or_default();
        Weekday::ALL.get(place).copied().unwrap_or(Weekday::Monday)
    }

    /// The day `days` later, or earlier if negative. `None` outside the calendar.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let day = Self(self.0.checked_add(days)?);
        (Self::FIRST..=Self::LAST).contains(&day).then_some(day)
    }

    /// The same day of the month `months` later, or the last of that month if it is shorter. `None` outside the
    /// calendar.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.ymd();
        let counted = i64::from(year).checked_mul(12)?.checked_add(i64::from(month).checked_sub(1)?)?;
        let counted = counted.checked_add(months)?;
        let year = i32::try_from(counted.div_euclid(12)).ok()?;
        let month = u8::try_from(counted.rem_euclid(12)).ok()?.checked_add(1)?;
        let first = Self::from_ymd(year, month, 1)?;
        Self::from_ymd(year, month, day).or_else(|| Some(first.last_of_month()))
    }

    /// The last day of its month.
    pub(super) fn last_of_month(self) -> Self {
        let (date, cycles) = self.civil();
        Self::of(date.last_of_month(), cycles).unwrap_or(Self::LAST)
    }

    /// The latest day of this weekday that is not after this one.
    pub fn latest(self, weekday: Weekday) -> Self {
        let back = self.weekday().place().saturating_sub(weekday.place()).rem_euclid(7);
        Self(self.0.saturating_sub(back))
    }

    /// The first day of this weekday that is not before this one.
    pub(super) fn next(self, weekday: Weekday) -> Self {
        let on = weekday.place().saturating_sub(self.weekday().place()).rem_euclid(7);
        Self(self.0.saturating_add(on))
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

    /// An ISO 8601 date, `2025-12-18`; a year of more than four digits has a sign, `+12025-12-18`. `None` if it is not
    /// one or there is no such day.
    pub fn from_iso(text: &str) -> Option<Self> {
        let (year, rest) = split_year(text)?;
        let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
        let written = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !written(month) || !written(day) {
            return None;
        }
        Self::from_ymd(year, month.parse().ok()?, day.parse().ok()?)
    }
}

/// The year at the beginning of a date in digits, and what follows it: four digits, more with a sign (ISO 8601's
/// expanded form). There is no year -0.
pub(super) fn split_year(text: &str) -> Option<(i32, &str)> {
    let (sign, unsigned) = match text.split_at_checked(1)? {
        ("-", rest) => (-1_i32, rest),
        ("+", rest) => (1, rest),
        _ => (1, text),
    };
    let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = unsigned.split_at_checked(length)?;
    let signed = unsigned.len() < text.len();
    if length < 4 || length > 4 && (!signed || digits.starts_with('0')) || length == 4 && text.starts_with('+') {
        return None;
    }
    let year: i32 = digits.parse().ok()?;
    if year == 0 && sign < 0 {
        return None;
    }
    Some((year.checked_mul(sign)?, rest))
}

/// `2025-12-18`, or `+12025-12-18`.
impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        let sign = match year {
            ..0 => "-",
            0..=9999 => "",
            _ => "+",
        };
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
            ("0000-01-01", -719_528, Weekday::Saturday),
            ("-9999-01-01", -4_371_587, Weekday::Monday),
            ("9999-12-31", 2_932_896, Weekday::Friday),
            ("+10000-01-01", 2_932_897, Weekday::Saturday),
            ("-2000000000-01-01", Day::FIRST.0, Weekday::Saturday),
            ("+2000000000-12-31", Day::LAST.0, Weekday::Sunday),
        ] {
            assert_eq!(day(text), Day(number), "{text}");
            assert_eq!(Day(number).weekday(), weekday, "{text}");
            assert_eq!(Day(number).to_string(), text);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2025-02-30",
            "2025-13-01",
            "2025-00-10",
            "2025-1-1",
            "2025-12",
            "12025-01-01",
            "+2025-01-01",
            "-0000-01-01",
            "+02025-01-01",
            "+2000000001-01-01",
            "",
        ] {
            assert_eq!(Day::from_iso(text), None, "{text}");
        }
        assert_eq!(Day::from_ymd(2_000_000_001, 1, 1), None);
        assert_eq!(Day::LAST.plus_days(1), None);
        assert_eq!(Day(0).plus_days(i64::MAX), None);
        assert_eq!(Day(0).plus_months(i64::MAX), None);
    }

    #[test]
    fn numbers_outside_the_calendar_do_not_panic() {
        for extreme in [Day(i64::MIN), Day(i64::MAX), Day::FIRST, Day::LAST] {
            let _ = (extreme.to_string(), extreme.said(), extreme.weekday(), extreme.start(), extreme.end());
            let _ = (extreme.last_of_month(), extreme.latest(Weekday::Monday), extreme.next(Weekday::Sunday));
        }
    }

    #[test]
    fn months_are_added_as_people_do() {
        for (from, months, to) in [
            ("2025-01-31", 1, "2025-02-28"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2025-12-31", -1, "2025-11-30"),
            ("2025-03-15", -15, "2023-12-15"),
        ] {
            assert_eq!(day(from).plus_months(months), Some(day(to)), "{from}");
        }
    }

    #[test]
    fn a_day_is_written_in_json_as_an_iso_date() {
        assert_eq!(serde_json::to_string(&day("2025-12-18")).unwrap(), "\"2025-12-18\"");
        assert_eq!(serde_json::from_str::<Day>("\"2025-12-18\"").unwrap(), day("2025-12-18"));
        assert!(serde_json::from_str::<Day>("\"2025-02-30\"").is_err());
    }

    proptest! {
        #[test]
        fn every_day_reads_back_from_its_printed_form(
            number in prop_oneof![-5_000_000_i64..5_000_000, Day::FIRST.0..=Day::LAST.0],
        ) {
            let day = Day(number);
            prop_assert_eq!(Day::from_iso(&day.to_string()), Some(day));
            let (year, month, of_month) = day.ymd();
            prop_assert_eq!(Day::from_ymd(year, month, of_month), Some(day));
        }

        #[test]
        fn the_calendar_library_gives_the_same_days(year in -9999_i16..=9999, month in 1_i8..=12, of_month in 1_i8..=28) {
            let theirs = Date::new(year, month, of_month).unwrap();
            let ours = Day::from_ymd(year.into(), month.unsigned_abs(), of_month.unsigned_abs()).unwrap();
            prop_assert_eq!(ours.0, theirs.duration_since(EPOCH).as_hours() / 24);
            prop_assert_eq!(ours.weekday().place(), i64::from(theirs.weekday().to_monday_zero_offset()));
        }

        #[test]
        fn the_nearest_weekday_is_less_than_seven_days_away(number in -5_000_000_i64..5_000_000, place in 0_usize..7) {
            let (day, weekday) = (Day(number), Weekday::ALL[place]);
            let (latest, next) = (day.latest(weekday), day.next(weekday));
            prop_assert!(latest.weekday() == weekday && next.weekday() == weekday);
            prop_assert!(latest <= day && day.0.abs_diff(latest.0) < 7);
            prop_assert!(next >= day && day.0.abs_diff(next.0) < 7);
        }
    }
}
