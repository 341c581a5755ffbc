//! The names of months and weekdays, in full and short.

use std::fmt;
use std::str::FromStr;

/// A name that is not one of those that exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {what}: write {known}")]
pub struct UnknownName {
    what: &'static str,
    text: String,
    known: String,
}

impl UnknownName {
    pub(super) fn new<'n>(what: &'static str, text: &str, known: impl Iterator<Item = &'n str>) -> Self {
        let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
        let known = match known.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        };
        Self { what, text: text.chars().take(60).collect(), known }
    }
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

/// A month's names.
pub(super) struct Month {
    pub(super) number: u8,
    pub(super) name: &'static str,
    pub(super) short: &'static [&'static str],
    /// Whether it is a common word or given name as well, so that prose has to show that the month is meant.
    pub(super) also_a_name: bool,
}

#[rustfmt::skip]
pub(super) const MONTHS: [Month; 12] = [
    Month { number: 1, name: "January", short: &["Jan"], also_a_name: false },
    Month { number: 2, name: "February", short: &["Feb"], also_a_name: false },
    Month { number: 3, name: "March", short: &["Mar"], also_a_name: true },
    Month { number: 4, name: "April", short: &["Apr"], also_a_name: true },
    Month { number: 5, name: "May", short: &[], also_a_name: true },
    Month { number: 6, name: "June", short: &["Jun"], also_a_name: true },
    Month { number: 7, name: "July", short: &["Jul"], also_a_name: false },
    Month { number: 8, name: "August", short: &["Aug"], also_a_name: true },
    Month { number: 9, name: "September", short: &["Sep", "Sept"], also_a_name: false },
    Month { number: 10, name: "October", short: &["Oct"], also_a_name: false },
    Month { number: 11, name: "November", short: &["Nov"], also_a_name: false },
    Month { number: 12, name: "December", short: &["Dec"], also_a_name: false },
];

/// A weekday's names.
pub(super) struct WeekdayName {
    pub(super) weekday: Weekday,
    pub(super) name: &'static str,
    pub(super) short: &'static [&'static str],
}

impl WeekdayName {
    /// Whether the word is one of its names.
    pub(super) fn is(&self, word: &str) -> bool {
        self.name.eq_ignore_ascii_case(word) || self.short.iter().any(|short| short.eq_ignore_ascii_case(word))
    }
}

#[rustfmt::skip]
pub(super) const WEEKDAYS: [WeekdayName; 7] = [
    WeekdayName { weekday: Weekday::Monday, name: "Monday", short: &["Mon"] },
    WeekdayName { weekday: Weekday::Tuesday, name: "Tuesday", short: &["Tue", "Tues"] },
    WeekdayName { weekday: Weekday::Wednesday, name: "Wednesday", short: &["Wed"] },
    WeekdayName { weekday: Weekday::Thursday, name: "Thursday", short: &["Thu", "Thur", "Thurs"] },
    WeekdayName { weekday: Weekday::Friday, name: "Friday", short: &["Fri"] },
    WeekdayName { weekday: Weekday::Saturday, name: "Saturday", short: &["Sat"] },
    WeekdayName { weekday: Weekday::Sunday, name: "Sunday", short: &["Sun"] },
];

/// The name of a month, 1 to 12; nothing for any other number.
pub(super) fn month_name(month: u8) -> &'static str {
    MONTHS.iter().find(|entry| entry.number == month).map_or("", |entry| entry.name)
}

impl Weekday {
    /// All seven, from Monday on.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// How many days it comes after Monday.
    pub(super) fn place(self) -> i64 {
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
