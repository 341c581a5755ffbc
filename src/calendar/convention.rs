//! Conventions that usual readers differ in. An article may settle each; what it leaves open is read both ways.

use std::fmt;
use std::str::FromStr;

use super::day::Day;
use super::fiscal_year::FiscalYear;
use super::names::UnknownName;

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
    /// Fiscal years lie so in the calendar.
    Fiscal(FiscalYear),
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
            Self::Fiscal(year) => return year.fmt(formatter),
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
    /// Why somebody reads so.
    pub fn why(self) -> &'static str {
        match self {
            Self::Week(WeekStart::Monday) => "ISO 8601 and most of Europe start weeks on Monday",
            Self::Week(WeekStart::Sunday) => "North America, Korea, Japan and others start weeks on Sunday",
            Self::Week(WeekStart::Rolling) => "some mean the seven days before today, whatever the weekday",
            Self::Since(SinceBegins::Start) => "what \"since\" names is counted in",
            Self::Since(SinceBegins::End) => "what \"since\" names is over when the count begins",
            Self::Seasons(Hemisphere::North) => "spring begins in March north of the equator",
            Self::Seasons(Hemisphere::South) => "spring begins in September south of the equator",
            Self::Fiscal(_) => "companies and states begin their fiscal years in any month, and name them either way",
        }
    }

    /// What a sentence that says why is about.
    pub fn subject(self) -> String {
        match self {
            Self::Fiscal(_) => "fiscal years".to_owned(),
            other => other.to_string(),
        }
    }

    /// What settles it in an article or a workspace: `week-starts = "monday"`, in one line or two.
    pub fn setting(self) -> String {
        match self {
            Self::Week(start) => format!("week-starts = \"{start}\""),
            Self::Since(begins) => format!("since = \"{begins}\""),
            Self::Seasons(hemisphere) => format!("seasons = \"{hemisphere}\""),
            Self::Fiscal(year) => year.setting(),
        }
    }

    /// The fiscal years that it chooses, if that is what it is about.
    pub fn fiscal_year(self) -> Option<FiscalYear> {
        match self {
            Self::Fiscal(years) => Some(years),
            _ => None,
        }
    }

    /// Whether a list may leave it out: of the many kinds of fiscal years all but the most usual.
    pub fn is_rare(self) -> bool {
        self.fiscal_year().is_some_and(|years| !FiscalYear::all().take(4).any(|usual| years == usual))
    }

    /// Whether the other is another choice of the same convention, or the same one.
    pub fn is_of_one_convention(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// What an article settles. Whatever is `None` is read in every usual way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    /// `week-starts = "monday" | "sunday" | "rolling"`.
    pub week_starts: Option<WeekStart>,
    /// `since = "start" | "end"`.
    pub since: Option<SinceBegins>,
    /// `seasons = "north" | "south"`.
    pub seasons: Option<Hemisphere>,
    /// `fiscal-year-starts = 4`: the month (1 to 12) in which the fiscal year begins. FY2025 is named for the calendar
    /// year in which it ends, unless `fiscal-year-named-for = "start"` says otherwise.
    pub fiscal_year: Option<FiscalYear>,
}

impl Conventions {
    /// Settles what is chosen.
    pub fn settle(&mut self, choice: Choice) {
        match choice {
            Choice::Week(start) => self.week_starts = Some(start),
            Choice::Since(begins) => self.since = Some(begins),
            Choice::Seasons(hemisphere) => self.seasons = Some(hemisphere),
            Choice::Fiscal(years) => self.fiscal_year = Some(years),
        }
    }
}

/// What words are read against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The article's day; relative words cannot be read without it.
    pub dateline: Option<Day>,
    /// What the article settles.
    pub conventions: Conventions,
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
        assert_eq!(Choice::Week(WeekStart::Monday).setting(), "week-starts = \"monday\"");
    }
}
