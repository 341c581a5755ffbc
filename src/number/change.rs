//! What words say of a change: by how much something rose or fell, by how many times, or only which way it went.
//!
//! In: the words of a claim that is a change in per cent. Out: the sizes that they give, with the sign that their
//! direction gives them, or the direction alone. What the words leave open (no direction, two of them, a denial) is a
//! [`Doubt`], never a guess. Nothing is read this way but a change: elsewhere "fell" says nothing of a figure.

mod context;
mod moves;
mod said;
mod scan;
pub(super) mod size;
mod sizes;
pub(super) mod table;
#[cfg(test)]
mod tests;
pub(super) mod words;

use super::{
    End, Explained, Found, Interval, Quantity, QuantityError, QuantityForm, Rational, Reading, ReadingPolicy, Unit,
    read,
};
use scan::Scan;
use std::ops::Range;
use words::{Direction, LEVELS};

/// What words say of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The sizes that they give, in per cent: below nought for a fall, if there is no doubt about the direction.
    pub sizes: Vec<Found>,
    /// Where something came to or from, in per cent: "to 5%". No sizes of the change.
    pub levels: Vec<Found>,
    /// The direction by itself: any rise, any fall.
    pub alone: Option<Found>,
    /// Why it cannot be told which way it went.
    pub doubt: Option<Doubt>,
}

/// Why words do not tell which way a change went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// No word says so, and there is a size.
    Unsaid,
    /// One word says up, another one down. Both as bytes of the text.
    BothWays(Range<usize>, Range<usize>),
    /// A word turns the others around, or takes them back.
    Denied(Range<usize>),
}

/// Finds what words say of a change.
pub fn find_changes(text: &str, policy: &ReadingPolicy) -> Changes {
    Scan::of(text, policy).changes()
}

/// Which way words say that a figure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A rise.
    More,
    /// A fall.
    Less,
    /// A loss: less than nothing, or how much was lost.
    Lost,
    /// Words say several things: "the loss widened by €1m".
    Unclear,
}

/// A figure, in any unit, that words make a rise, a fall or a loss: "fell 3 points", "a loss of €2.3m".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The figure without a sign.
    pub found: Found,
    /// Which way it went.
    pub way: Way,
}

/// The figures of a text that words make a rise, a fall or a loss, in their order. Those with a sign are left out.
pub fn find_moves(text: &str, policy: &ReadingPolicy) -> Vec<Move> {
    Scan::of(text, policy).moves()
}

/// The figures of a text that words make a profit or a loss, by the bytes from those words to the end of the figure, and
/// whether it is a loss.
pub fn find_signed(text: &str, policy: &ReadingPolicy) -> Vec<(Range<usize>, bool)> {
    Scan::of(text, policy).profits_and_losses()
}

/// The figures of a text, in any unit, that something came to or from: both in "eased from 8.4% to 6.9%".
pub fn find_levels(text: &str, policy: &ReadingPolicy) -> Vec<Found> {
    Scan::of(text, policy).reached()
}

/// No change takes more bytes than this to say.
const LONGEST_CHANGE: usize = 4_096;

/// Reads a phrase that is one change from end to end, in per cent: "fell by 81.7%", "more than doubled", "a sharp
/// decline". `None` if its words say nothing of a direction, so that it is a figure like any other.
///
/// # Errors
/// If words say so, but leave open which way or by how much, or say other things besides.
pub fn read_change(text: &str, policy: &ReadingPolicy) -> Option<Result<Quantity, QuantityError>> {
    if text.len() > LONGEST_CHANGE {
        return None;
    }
    let scan = Scan::of(text, policy);
    if !scan.says_direction() || read(text, policy).is_ok() {
        return None;
    }
    let covered = scan.is_covered();
    let Changes { mut sizes, levels, alone, doubt } = scan.changes();
    let only = if sizes.len() > 1 { None } else { sizes.pop().or(alone) };
    Some(match only.filter(|_| doubt.is_none() && levels.is_empty() && covered) {
        Some(found) => Ok(Quantity { text: text.trim().to_owned(), ..found.quantity }),
        None => Err(QuantityError::Unreadable { text: text.trim().to_owned() }),
    })
}

/// Reads a phrase as [`read_change`] does, and says by which rows of the tables it is read so.
///
/// # Errors
/// As for [`read_change`].
pub fn explain_change(text: &str, policy: &ReadingPolicy) -> Option<Result<Explained, QuantityError>> {
    let read = read_change(text, policy)?;
    Some(read.map(|quantity| Explained { quantity, steps: Scan::of(text, policy).steps() }))
}

/// Whether a word, in small letters, says which way or by how many times something changed.
pub fn is_word_of_change(word: &str) -> bool {
    let level = LEVELS.iter().any(|row| row.words.iter().any(|words| **words == [word]));
    scan::direction_of(word).is_some() || size::is_word(word) || level
}

impl Found {
    /// The same size in the other direction.
    #[must_use]
    pub fn turned(&self) -> Self {
        let quantity = Quantity {
            number: self.quantity.number.as_ref().map(|number| -number),
            reading: self.quantity.reading.scale(&-&Rational::ONE),
            ..self.quantity.clone()
        };
        Self { quantity, ..self.clone() }
    }
}

/// A change in per cent of a reading.
fn in_percent(text: &str, number: Option<Rational>, reading: Reading) -> Quantity {
    Quantity { text: text.to_owned(), number, unit: Unit::Percent, reading, form: QuantityForm::Other }
}

/// Any change in a direction.
fn towards(direction: Direction) -> Interval {
    match direction {
        Direction::Up => Interval::more_than(Rational::ZERO),
        Direction::Down => Interval::less_than(Rational::ZERO),
        Direction::Level => Interval::everything(),
    }
}

/// Changes of at most (or at least) a size in a direction.
fn of_size(direction: Direction, size: &Rational, at_least: bool) -> Interval {
    let far = if at_least { End::Unbounded } else { End::Open(Rational::ZERO) };
    let near = End::Closed(if direction == Direction::Down { -size } else { size.clone() });
    let (lo, hi) = match (direction == Direction::Down, at_least) {
        (true, true) | (false, false) => (far, near),
        (true, false) | (false, true) => (near, far),
    };
    Interval::new(lo, hi).unwrap_or_else(|| towards(direction))
}
