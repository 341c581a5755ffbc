//! Numbers as people report them: exact rationals, intervals, and what digits and words admit.
//!
//! In: a phrase such as `about 1.2 million`, `more than 100`, `12.50` or `37%`. Out: a [`Quantity`]: its unit, the
//! digits as they were written, and its [`Reading`], the interval of true values that the words admit. No binary
//! float ever stands between the text and a verdict. Nothing here knows files, claims or dates.

mod age;
mod amount;
mod arithmetic;
mod change;
mod clock;
mod compound;
mod decimal;
mod digits;
mod few;
mod hint;
mod interval;
mod loose;
mod made;
mod numeral;
mod operators;
mod part;
mod phrase;
mod prose;
mod prose_words;
mod quantity;
mod range;
mod rational;
mod rows;
mod said;
mod scan;
mod steps;
mod table;
mod token;
mod units;
mod words;

pub use age::{AgeForm, age_of};
pub use change::{
    Changes, Doubt, Move, Way, explain_change, find_changes, find_levels, find_moves, find_signed, is_word_of_change,
    read_change,
};
pub use decimal::{ParseRationalError, grouped};
pub use few::{find_few, find_joined, find_one, find_ranks};
pub use hint::nearest_hint;
pub use interval::{End, Interval};
pub use made::{Made, find_made};
pub use quantity::{
    Explained, Found, Precision, Quantity, QuantityError, QuantityForm, Reading, ReadingPolicy, Rounding, Step, Unit,
    explain, find, read,
};
pub use rational::Rational;
pub(crate) use scan::{Made as TokenKind, Scan};
pub use table::{Bound, Place, ReadingTable, TableError};
pub use units::{factor, is_measured, is_short_unit};

#[cfg(test)]
mod laws;
#[cfg(test)]
mod phrase_tests;
#[cfg(test)]
mod prose_tests;
