//! Conventions that usual readers differ in. An article may settle each; what it leaves open is read both ways.

use super::Day;

/// The day on which a week begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WeekStart {
    /// ISO 8601.
    Monday,
    /// Common in North America, Korea, Japan and elsewhere.
    Sunday,
    /// "Last week" is the seven days before today.
    Rolling,
}

/// Where "since October" begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SinceBegins {
    /// With the first day of October.
    Start,
    /// After the last day of October.
    End,
}

/// Whose seasons are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hemisphere {
    /// Winter is December to February.
    North,
    /// Winter is June to August.
    South,
}

/// One convention, chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// The week starts so.
    Week(WeekStart),
    /// "Since" begins so.
    Since(SinceBegins),
    /// The seasons are those of this hemisphere.
    Seasons(Hemisphere),
}

/// What an article settles. Whatever is `None` is read in every usual way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conventions {
    /// `week-starts = "monday" | "sunday" | "rolling"`.
    pub week_starts: Option<WeekStart>,
    /// `since = "start" | "end"`.
    pub since: Option<SinceBegins>,
    /// `seasons = "north" | "south"`.
    pub seasons: Option<Hemisphere>,
    /// `fiscal-year-starts = 4`: the month (1 to 12) in which the fiscal year begins; FY2025 is named for the
    /// calendar year in which it ends. 1 if nothing is said.
    pub fiscal_year_starts: u8,
}

/// What words are read against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The article's day; relative words cannot be read without it.
    pub dateline: Option<Day>,
    /// What the article settles.
    pub conventions: Conventions,
}

impl Default for Conventions {
    fn default() -> Self {
        Self { week_starts: None, since: None, seasons: None, fiscal_year_starts: 1 }
    }
}

/// One way to read a phrase, and the convention under which it holds (`None` if there is no other way).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// What it then says.
    pub value: T,
    /// The convention.
    pub under: Option<Choice>,
}

/// Every usual way to read a phrase: never empty, one without a convention, or several that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternatives<T>(Vec<Reading<T>>);

impl<T: Copy + PartialEq> Alternatives<T> {
    /// A phrase that has one reading only.
    pub fn one(value: T) -> Self {
        Self(vec![Reading { value, under: None }])
    }

    /// A phrase whose reading depends on a convention. `None` if `readings` is empty; one plain reading if they all
    /// say the same.
    pub fn of(readings: Vec<Reading<T>>) -> Option<Self> {
        let first = readings.first()?.value;
        Some(if readings.iter().all(|reading| reading.value == first) { Self::one(first) } else { Self(readings) })
    }

    /// The one reading, if no convention matters.
    pub fn settled(&self) -> Option<T> {
        match self.0.as_slice() {
            [only] => Some(only.value),
            _ => None,
        }
    }

    /// Every reading, in the order of its convention.
    pub fn readings(&self) -> &[Reading<T>] {
        &self.0
    }
}
