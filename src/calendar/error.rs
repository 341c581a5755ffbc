//! Why a phrase cannot be read as a date or a period, in words for an editor.

use super::day::Day;
use super::names::Weekday;

/// Why a phrase cannot be read as a date or a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is not a phrase that we know.
    #[error("`{text}` is not a date or a period that can be read")]
    Unreadable {
        /// The phrase.
        text: String,
    },
    /// It is counted from something that it does not name: "the year before".
    #[error("`{text}` does not say before or after what; write the time itself, such as 2024 or 2025-11")]
    Unanchored {
        /// The phrase.
        text: String,
    },
    /// There is no such day.
    #[error("there is no {text}")]
    Impossible {
        /// The date.
        text: String,
    },
    /// It is relative, and there is nothing for it to be relative to.
    #[error("`{text}` is read against a dateline, and the article has none")]
    NoDateline {
        /// The phrase.
        text: String,
    },
    /// The end comes before the start.
    #[error("`{text}` ends before it begins")]
    Backwards {
        /// The phrase.
        text: String,
    },
    /// It lies outside the years that can be reckoned with.
    #[error("`{text}` lies outside the years -2,000,000,000 to 2,000,000,000")]
    OutOfRange {
        /// The phrase.
        text: String,
    },
    /// It is open on both sides, which is no time at all.
    #[error("`{text}` has neither a beginning nor an end, so that it says nothing of when")]
    Endless {
        /// The phrase.
        text: String,
    },
    /// It names several dates at once, and a claim has one time.
    #[error("`{text}` names several dates at once; write one claim for each")]
    SeveralDates {
        /// The phrase.
        text: String,
    },
    /// Its parts depend on different conventions.
    #[error("the parts of `{text}` depend on different conventions; write its ends as dates such as 2025-12-01")]
    TwoConventions {
        /// The phrase.
        text: String,
    },
    /// A weekday stands beside a date that has another.
    #[error("`{text}` names a {said}, but {} is a {is}", .day.said())]
    OtherWeekday {
        /// The phrase.
        text: String,
        /// The day that it names.
        day: Day,
        /// The weekday of that day.
        is: Weekday,
        /// The weekday that it says.
        said: Weekday,
    },
    /// `2024-25` is a season in EDTF, and a year over two calendar years to most people.
    #[error("`{text}` may be a season or the year to {ends}; write `FY{ends}`, or the name of the season and its year")]
    SeasonOrYear {
        /// The phrase.
        text: String,
        /// The second of its years.
        ends: i32,
    },
    /// A fiscal year over two calendar years, where the fiscal year is the calendar year.
    #[error("`{text}` runs over two calendar years; say with `fiscal-year-starts` in which month it begins")]
    NoFiscalYear {
        /// The phrase.
        text: String,
    },
}
