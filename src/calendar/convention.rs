//! Conventions that usual readers differ in. An article may settle each; what it leaves open is read both ways.

use std::fmt;
use std::str::FromStr;

use super::Day;

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

impl WeekStart {
    /// Every choice with its name, in the order in which readings are listed.
    pub const NAMES: [(&'static str, Self); 3] =
        [("monday", Self::Monday), ("sunday", Self::Sunday), ("rolling", Self::Rolling)];

    /// Its name in a claim file.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, choice)| *choice == self).map_or("", |(name, _)| name)
    }
}

impl fmt::Display for WeekStart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for WeekStart {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let known = || Self::NAMES.iter().map(|(name, _)| *name);
        Self::NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text.trim()))
            .map(|(_, choice)| *choice)
            .ok_or_else(|| UnknownName::new("a start of the week", text, known()))
    }
}

impl SinceBegins {
    /// Every choice with its name, in the order in which readings are listed.
    pub const NAMES: [(&'static str, Self); 2] = [("start", Self::Start), ("end", Self::End)];

    /// Its name in a claim file.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, choice)| *choice == self).map_or("", |(name, _)| name)
    }
}

impl fmt::Display for SinceBegins {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for SinceBegins {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let known = || Self::NAMES.iter().map(|(name, _)| *name);
        Self::NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text.trim()))
            .map(|(_, choice)| *choice)
            .ok_or_else(|| UnknownName::new("where \"since October\" begins", text, known()))
    }
}

impl Hemisphere {
    /// Every choice with its name, in the order in which readings are listed.
    pub const NAMES: [(&'static str, Self); 2] = [("north", Self::North), ("south", Self::South)];

    /// Its name in a claim file.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, choice)| *choice == self).map_or("", |(name, _)| name)
    }
}

impl fmt::Display for Hemisphere {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Hemisphere {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let known = || Self::NAMES.iter().map(|(name, _)| *name);
        Self::NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text.trim()))
            .map(|(_, choice)| *choice)
            .ok_or_else(|| UnknownName::new("a hemisphere of seasons", text, known()))
    }
}

/// As people say it: "weeks that start on Monday".
impl fmt::Display for Choice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Week(WeekStart::Monday) => "weeks that start on Monday",
            Self::Week(WeekStart::Sunday) => "weeks that start on Sunday",
            Self::Week(WeekStart::Rolling) => "a week as the seven days before today",
            Self::Since(SinceBegins::Start) => "\"since\" counted from the first day of what it names",
            Self::Since(SinceBegins::End) => "\"since\" counted from after the last day of what it names",
            Self::Seasons(Hemisphere::North) => "northern seasons",
            Self::Seasons(Hemisphere::South) => "southern seasons",
        })
    }
}

impl Choice {
    /// The key and value that settle it in an article or a workspace: `week-starts = "monday"`.
    pub fn setting(self) -> (&'static str, &'static str) {
        match self {
            Self::Week(start) => ("week-starts", start.name()),
            Self::Since(begins) => ("since", begins.name()),
            Self::Seasons(hemisphere) => ("seasons", hemisphere.name()),
        }
    }
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

    /// What follows from each reading. A reading from which nothing sensible follows is dropped, as long as another
    /// remains.
    ///
    /// # Errors
    /// The first error, if no reading remains.
    pub fn try_map<U: Copy + PartialEq, E>(
        &self,
        mut follow: impl FnMut(T) -> Result<U, E>,
    ) -> Result<Alternatives<U>, E> {
        let mut kept = Vec::new();
        let mut first_error = None;
        for reading in &self.0 {
            match follow(reading.value) {
                Ok(value) => kept.push(Reading { value, under: reading.under }),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        match (Alternatives::of(kept), first_error) {
            (Some(alternatives), _) => Ok(alternatives),
            (None, Some(error)) => Err(error),
            // A phrase has at least one reading, so that one of the two is always there.
            (None, None) => Ok(Alternatives(Vec::new())),
        }
    }

    /// What follows from each pair of readings that one choice of conventions allows together; `None` if the two
    /// depend on different conventions.
    pub(super) fn pair<U: Copy + PartialEq>(&self, other: &Alternatives<U>) -> Option<Alternatives<(T, U)>> {
        let pairs = match (self.0.as_slice(), other.0.as_slice()) {
            ([only], others) => others
                .iter()
                .map(|reading| Reading { value: (only.value, reading.value), under: reading.under })
                .collect(),
            (ours, [only]) => ours
                .iter()
                .map(|reading| Reading { value: (reading.value, only.value), under: reading.under })
                .collect(),
            (ours, others) => ours
                .iter()
                .map(|reading| {
                    let same = others.iter().find(|candidate| candidate.under == reading.under)?;
                    Some(Reading { value: (reading.value, same.value), under: reading.under })
                })
                .collect::<Option<Vec<_>>>()?,
        };
        Alternatives::of(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conventions_are_read_by_name_and_errors_list_what_exists() {
        assert_eq!("Sunday".parse(), Ok(WeekStart::Sunday));
        assert_eq!("end".parse(), Ok(SinceBegins::End));
        assert_eq!("south".parse(), Ok(Hemisphere::South));
        let error = "mondey".parse::<WeekStart>().unwrap_err();
        assert_eq!(error.to_string(), "`mondey` is not a start of the week: write `monday`, `sunday` or `rolling`");
        assert_eq!(Choice::Week(WeekStart::Monday).setting(), ("week-starts", "monday"));
    }

    #[test]
    fn readings_that_agree_are_one() {
        let reading = |value, start| Reading { value, under: Some(Choice::Week(start)) };
        let same = Alternatives::of(vec![reading(1, WeekStart::Monday), reading(1, WeekStart::Sunday)]).unwrap();
        assert_eq!(same.settled(), Some(1));
        let differing = Alternatives::of(vec![reading(1, WeekStart::Monday), reading(2, WeekStart::Sunday)]).unwrap();
        assert_eq!(differing.settled(), None);
        let dropped = differing.try_map(|value| if value == 1 { Ok(value) } else { Err(()) }).unwrap();
        assert_eq!(dropped.settled(), Some(1));
        assert_eq!(differing.pair(&differing).unwrap().readings().len(), 2);
    }
}
