//! Parts of what a round word spans: "in the low hundreds", "the high teens", "the mid-thousands".
//!
//! Hard, the number is anywhere in the span of the word; soft, in that part of it.

use super::phrase::{Core, Phrases};
use super::words::{PARTS_OF_A_SPAN, TEENS, VAGUE};
use super::{End, Interval, Rational, Reading};

/// The name of what such words are read by.
const PART: &str = "part";

impl Phrases<'_> {
    /// The part of a span that is named at a token. By itself it may have "in the" before it.
    pub(super) fn part_of_a_span(&self, start: usize) -> Option<Core> {
        let tokens = self.tokens;
        let mut at = start;
        if !self.prose {
            at = tokens.past_words(at, &["in", "the"]).or_else(|| tokens.past_words(at, &["the"])).unwrap_or(at);
        }
        let (_, from, to) = PARTS_OF_A_SPAN.iter().find(|(names, ..)| tokens.is_any(at, names))?;
        if self.prose && !at.checked_sub(1).is_some_and(|before| tokens.is(before, "the")) {
            return None;
        }
        let next = at.saturating_add(1);
        let named = if tokens.is(next, "-") { next.saturating_add(1) } else { next };
        if !tokens.follows(named) {
            return None;
        }
        let (first, length, end) = self.round_word(named).or_else(|| {
            // "In the mid-30s" may be years.
            let is_years = self.prose && tokens.is(at, "mid") && !tokens.is(named, "teens");
            if is_years { None } else { self.decade_of_numbers(named) }
        })?;
        let point = |tenths: i64| Some(&first + &(&length * &Rational::new(tenths, 10)?));
        let span = |from: i64, to: i64| Interval::new(End::Closed(point(from)?), End::Open(point(to)?));
        let (unit, end, is_time) = self.unit_of_many(end);
        let core = Core::spanning(PART, &first, Reading::new(span(0, 10)?, span(*from, *to)?), end);
        Some(Core { unit, is_time, ..core })
    }

    /// What "hundreds" or "tens of millions" span: the first number, how many, and where the words end. A vague word
    /// likely means less than ten times its unit.
    fn round_word(&self, at: usize) -> Option<(Rational, Rational, usize)> {
        let rows = VAGUE.iter().filter(|row| row.words.iter().any(|word| word.ends_with("ds") || word.ends_with("ns")));
        let named = rows.filter(|row| row.words.first().is_some_and(|word| *word != "dozens"));
        let named = named.filter_map(|row| self.tokens.past_words(at, row.words).map(|end| (row, end)));
        let (row, end) = named.max_by_key(|(_, end)| *end)?;
        let (first, last) = (Rational::new(row.to, 10)?, Rational::from(row.to));
        let length = last - &first;
        Some((first, length, end))
    }

    /// What "teens" or "30s" span where they are numbers.
    fn decade_of_numbers(&self, at: usize) -> Option<(Rational, Rational, usize)> {
        let (first, years, end) = self.decade(at)?;
        let (first, length) = if self.tokens.is(at, "teens") { TEENS } else { (first, years) };
        Some((Rational::from(first), Rational::from(length), end))
    }
}
