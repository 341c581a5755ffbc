//! Days, instants and periods, and the words in which people report them.
//!
//! In: EDTF (`2025-11`, `2025-11-XX`, `2025-10-01/2025-12-19`) or words (`Q1 2025`, `so far this month`,
//! `last week`) with the article's dateline and conventions. Out: sets of days, and periods between instants, each hard
//! (all that it can mean) and soft (what it usually means). Where usual conventions differ, every reading is given with the
//! convention it holds under; nothing is guessed.
//!
//! From the ground up: `names`, `day`, `span` and `set` are the calendar; `when` is what comes out; `token` and `tables` are
//! what phrases are made of; `reader` is what the forms (`named`, `parts`, `fiscal`, `relative`, `counted`, `loose`, and
//! `edtf` for digits) read from; `hours`, `between`, `running` and `words` read whole phrases.

mod allen;
mod alternatives;
mod between;
mod convention;
mod counted;
mod day;
mod edtf;
mod error;
mod fiscal;
mod fiscal_year;
mod forms;
mod hint;
mod hours;
mod long_year;
mod loose;
mod named;
mod names;
mod parts;
mod prose;
mod reader;
mod relative;
mod running;
mod said;
mod season;
mod set;
mod span;
mod stretch;
mod tables;
#[cfg(test)]
mod tests;
mod token;
mod when;
mod words;

pub use allen::{Relation, Relations};
pub use alternatives::{Alternatives, Reading};
pub use convention::{Choice, Context, Conventions, Hemisphere, SinceBegins, WeekStart};
pub use day::{Day, Instant};
pub use error::DateError;
pub use fiscal_year::{FiscalYear, NamedFor, said_together};
pub use hint::{hint, is_of_a_time};
pub use hours::find_hour;
pub use names::{UnknownName, Weekday};
pub use prose::{FoundDate, Said, find_dates};
pub use set::DaySet;
pub use span::DaySpan;
pub use when::{Moment, MomentKind, When};
pub use words::{Explanation, explain, read_date, read_when};
