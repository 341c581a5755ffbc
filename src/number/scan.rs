//! Running text cut once, for a reader who looks at it token by token and asks what begins at each.
//!
//! [`find`](super::find) takes only what is surely a figure. Whoever marks every number of a draft needs the rest too, and
//! knows from the dates and names around it what to leave out.

use super::numeral::is_number_word;
use super::phrase::Phrases;
use super::token::{Gap, Kind, Tokens};
use super::{Quantity, ReadingPolicy};
use std::ops::Range;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// Letters.
    Word,
    /// Digits, with their separators and decimals.
    Digits,
    /// Letters mixed with digits, malformed digits, or a web address.
    Code,
    /// Any other character.
    Sign,
}

/// The tokens of a text.
pub(crate) struct Scan<'t> {
    text: &'t str,
    tokens: Tokens<'t>,
    policy: ReadingPolicy,
}

impl<'t> Scan<'t> {
    /// Cuts a text into tokens.
    pub fn new(text: &'t str) -> Self {
        Self { text, tokens: Tokens::new(text), policy: ReadingPolicy::default() }
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// What a token is made of.
    pub fn made(&self, at: usize) -> Option<Made> {
        self.tokens.get(at).map(|token| match token.kind {
            Kind::Word => Made::Word,
            Kind::Number => Made::Digits,
            Kind::Code => Made::Code,
            Kind::Sign => Made::Sign,
        })
    }

    /// The characters of a token; empty past the end.
    pub fn word(&self, at: usize) -> &'t str {
        self.tokens.text(at)
    }

    /// The characters from one token to before another.
    pub fn words(&self, at: Range<usize>) -> &'t str {
        self.tokens.slice(at.start, at.end)
    }

    /// The bytes from one token to before another.
    pub fn span(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let last = self.tokens.get(at.end.checked_sub(1)?)?;
        let first = self.tokens.get(at.start)?;
        (first.start < last.end).then_some(first.start..last.end)
    }

    /// Whether a token is this word, capitals aside.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.is(at, word)
    }

    /// Whether a token is one of these words, capitals aside.
    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.is_any(at, words)
    }

    /// Whether a token is a number in one word, as "twelve" is.
    pub fn is_number_word(&self, at: usize) -> bool {
        is_number_word(self.word(at))
    }

    /// Whether a token begins with a capital letter.
    pub fn is_capitalised(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether a token touches the one before it.
    pub fn touches(&self, at: usize) -> bool {
        self.tokens.touches(at)
    }

    /// Whether a token follows the one before it in its paragraph.
    pub fn follows(&self, at: usize) -> bool {
        self.tokens.follows(at)
    }

    /// Whether a line begins with a token.
    pub fn begins_line(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.gap >= Gap::Line)
    }

    /// Whether a paragraph begins with a token.
    pub fn begins_paragraph(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.gap == Gap::Paragraph)
    }

    /// Where these words end if they stand here, one after the other.
    pub fn past(&self, at: usize, words: &[&str]) -> Option<usize> {
        self.tokens.past_words(at, words)
    }

    /// The quantity that begins at a token, and where it ends; `is_prose` reads as [`find`](super::find) does, which takes
    /// less for a figure.
    pub fn quantity(&self, at: usize, is_prose: bool) -> Option<(usize, Quantity)> {
        let phrase = Phrases::new(&self.tokens, &self.policy, is_prose).at(at).ok()??;
        let end = phrase.end;
        let span = self.span(&(at..end))?;
        Some((end, phrase.quantity(self.text.get(span)?)))
    }

    /// Whether "from a to b" that begins at a token tells of a change.
    pub fn is_change(&self, at: usize) -> bool {
        self.tokens.is_change(at)
    }
}
