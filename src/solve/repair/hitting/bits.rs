//! Sets of small numbers, a bit for each.

use crate::solve::place;
use std::iter::successors;

const BITS: usize = 64;

/// A set of numbers below a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below a limit.
    pub fn none(limit: usize) -> Self {
        Self(vec![0; limit.div_ceil(BITS)])
    }

    /// These numbers, all of them below a limit.
    pub fn of(limit: usize, numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut bits = Self::none(limit);
        numbers.into_iter().for_each(|number| bits.add(number));
        bits
    }

    pub fn add(&mut self, number: usize) {
        let (word, bit) = at(number);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    pub fn remove(&mut self, number: usize) {
        let (word, bit) = at(number);
        if let Some(word) = self.0.get_mut(word) {
            *word &= !bit;
        }
    }

    pub fn has(&self, number: usize) -> bool {
        let (word, bit) = at(number);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether they have a number in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    /// All numbers of two sets of the same limit.
    pub fn with(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, other)| own | other).collect())
    }

    /// How many numbers of this set are not in another.
    pub fn count_without(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(own, other)| place((own & !other).count_ones())).sum()
    }

    /// The numbers of this set that are not in another, in order.
    pub fn without(&self, other: &Self) -> impl Iterator<Item = usize> {
        numbers(self.0.iter().zip(&other.0).map(|(own, other)| own & !other))
    }

    /// The numbers, in order.
    pub fn numbers(&self) -> impl Iterator<Item = usize> {
        numbers(self.0.iter().copied())
    }
}

/// The numbers of words, in order.
fn numbers(words: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
    words.zip((0_usize..).step_by(BITS)).flat_map(|(word, first)| {
        let without_lowest = |word: &u64| Some(word & word.wrapping_sub(1));
        let rest = successors(Some(word), without_lowest).take_while(|rest| *rest != 0);
        rest.map(move |rest| first.saturating_add(place(rest.trailing_zeros())))
    })
}

/// The word of a number, and its bit.
fn at(number: usize) -> (usize, u64) {
    (number.checked_div(BITS).unwrap_or_default(), 1_u64.rotate_left(u32::try_from(number & 63).unwrap_or_default()))
}
