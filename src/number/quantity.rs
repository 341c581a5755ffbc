//! What a reported quantity admits: digits, scales, units and approximators become a [`Reading`].

use super::{Interval, Rational};

/// What a quantity counts in, as far as its own words say.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A plain number or a count.
    #[default]
    One,
    /// Per cent: 37% is the number 37 in this unit.
    Percent,
    /// Percentage points.
    Points,
    /// A currency, by its ISO 4217 code.
    Currency(String),
    /// Any other unit, as written: `km`, `tonnes`.
    Other(String),
}

/// How a number came to its last written digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the nearest, whichever way ties go: both ends closed.
    #[default]
    Nearest,
    /// To the nearest, ties away from zero.
    HalfUp,
    /// To the nearest, ties towards zero.
    HalfDown,
    /// Further digits cut off.
    Truncate,
    /// Down.
    Floor,
    /// Up.
    Ceiling,
    /// Not rounded at all.
    Exact,
}

/// How the digits of a figure are to be taken, where a claim, measure or article departs from the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingPolicy {
    /// The rounding mode; [`Rounding::Nearest`] if nothing is said.
    pub rounding: Option<Rounding>,
    /// The digit to which the figure is rounded, as a power of ten (2 is "to the nearest hundred", -1 one decimal).
    pub precision: Option<i32>,
}

/// The interval of true values that a phrase admits. The soft one always lies inside the hard one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    hard: Interval,
    soft: Interval,
}

/// A quantity as it was written, beside what was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The words as written: `about 1.2 million`.
    pub text: String,
    /// The number the words name, before any rounding or approximation is considered: 1,200,000. For a range, `None`.
    pub number: Option<Rational>,
    /// What it counts in.
    pub unit: Unit,
    /// The true values that it admits.
    pub reading: Reading,
    /// Whether it was written as a whole number without scale, unit or decimals: a count.
    pub whole: bool,
    /// Why it is read so, for people: `about: 10% either way`.
    pub because: String,
}

/// A quantity found in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The first byte, approximator included.
    pub start: usize,
    /// One past the last byte, unit included.
    pub end: usize,
    /// What it says.
    pub quantity: Quantity,
}

/// Why a phrase cannot be read as a quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Nothing in it is a figure.
    #[error("`{text}` is not a figure that can be read")]
    Unreadable {
        /// The phrase.
        text: String,
    },
    /// It says a range that holds no value.
    #[error("`{text}` is an empty range")]
    Empty {
        /// The phrase.
        text: String,
    },
    /// Digits finer than the stated precision.
    #[error("`{text}` has digits finer than its stated precision")]
    TooFine {
        /// The phrase.
        text: String,
    },
    /// More digits or a larger exponent than any real figure has.
    #[error("`{text}` is larger or finer than any figure that can be reported")]
    TooLarge {
        /// The phrase, shortened.
        text: String,
    },
}

/// Reads a phrase that is one quantity from end to end.
///
/// # Errors
/// If it is not one, is empty, or is out of all proportion.
pub fn read(text: &str, policy: &ReadingPolicy) -> Result<Quantity, QuantityError> {
    let _ = policy;
    Err(QuantityError::Unreadable { text: text.to_owned() })
}

/// Finds every quantity in running text, in order. Dates, years, ordinals and times of day are not quantities.
pub fn find(text: &str, policy: &ReadingPolicy) -> Vec<Found> {
    let _ = (text, policy);
    Vec::new()
}
