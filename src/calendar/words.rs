//! Dates and periods as they are written: EDTF and words.

use super::{Alternatives, Context, DaySpan, Weekday, When};

/// Why a phrase cannot be read as a date or a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is not a phrase that we know.
    #[error("`{text}` is not a date or a period that can be read")]
    Unreadable {
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
}

/// What a dated phrase in running text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A weekday alone: "on Thursday". The day that it most likely is comes second.
    Weekday(Weekday, Option<DaySpan>),
    /// A span of days, in every usual reading: "last week", "18 December", "late October".
    Days(Alternatives<DaySpan>),
}

/// A dated phrase found in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it says.
    pub said: Said,
}

/// Reads the time of a figure: a claim's `when`.
///
/// # Errors
/// If the phrase is not one that we know, names a day that does not exist, or needs a dateline that is missing.
pub fn read_when(text: &str, context: &Context) -> Result<Alternatives<When>, DateError> {
    let _ = context;
    Err(DateError::Unreadable { text: text.to_owned() })
}

/// Reads the date of an event: a claim's `on`.
///
/// # Errors
/// As [`read_when`].
pub fn read_date(text: &str, context: &Context) -> Result<Alternatives<DaySpan>, DateError> {
    let _ = context;
    Err(DateError::Unreadable { text: text.to_owned() })
}

/// Finds the dated phrases of running text that can be checked against a known day.
pub fn find_dates(text: &str, context: &Context) -> Vec<FoundDate> {
    let _ = (text, context);
    Vec::new()
}
