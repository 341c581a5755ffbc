//! Days, instants and periods, and the words in which people report them.
//!
//! In: EDTF (`2025-11`, `2025-11-XX`, `2025-10-01/2025-12-19`) or words (`Q1 2025`, `so far this month`,
//! `last week`) with the article's dateline and conventions. Out: spans of days and of instants. Where usual
//! conventions differ, every reading is given with the convention it holds under; nothing is guessed.

mod between;
mod convention;
mod date;
mod edtf;
mod error;
mod fiscal;
mod forms;
mod hint;
mod parts;
mod prose;
mod relative;
mod running;
mod said;
mod stretch;
mod tables;
#[cfg(test)]
mod tests;
mod token;
mod when;
mod words;

pub use convention::{
    Alternatives, Choice, Context, Conventions, Hemisphere, Reading, SinceBegins, UnknownName, WeekStart,
};
pub use date::{Day, DaySpan, Weekday};
pub use error::DateError;
pub use hint::hint;
pub use prose::{FoundDate, Said, find_dates};
pub use when::{Instant, Moment, MomentKind, When};
pub use words::{read_date, read_when};
