//! The words of a draft and the sentences that they stand in.

use crate::calendar::{Context, Day};
use crate::number::{Scan, TokenKind};
use std::ops::Range;

/// A dot after one of these ends no sentence.
#[rustfmt::skip]
const ABBREVIATED: [&str; 24] = [
    "no", "nos", "mr", "mrs", "ms", "dr", "prof", "st", "gen", "col", "sen", "rep", "gov", "jr", "vs", "approx", "ca", "c", "inc", "ltd", "co", "corp", "fig", "p",
];

/// The tokens of a draft, with the sentence and the paragraph of each.
pub(super) struct Prose<'t> {
    pub scan: Scan<'t>,
    pub context: &'t Context,
    /// The first token of every sentence; a semicolon parts sentences too.
    starts: Vec<usize>,
    /// The first token of every paragraph.
    paragraphs: Vec<usize>,
}

impl<'t> Prose<'t> {
    pub fn new(text: &'t str, context: &'t Context) -> Self {
        let scan = Scan::new(text);
        let starts = (0..scan.len()).filter(|at| begins_sentence(&scan, *at)).collect();
        let paragraphs = (0..scan.len()).filter(|at| scan.begins_paragraph(*at)).collect();
        Self { scan, context, starts, paragraphs }
    }

    pub fn len(&self) -> usize {
        self.scan.len()
    }

    pub fn dateline(&self) -> Option<Day> {
        self.context.dateline
    }

    /// The tokens of the sentence that a token stands in.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let next = self.starts.partition_point(|start| *start <= at);
        let start = next.checked_sub(1).and_then(|place| self.starts.get(place)).copied().unwrap_or(0);
        start..self.starts.get(next).copied().unwrap_or(self.len())
    }

    /// Which paragraph a token stands in.
    pub fn paragraph(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|start| *start <= at)
    }

    /// Whether the token before one is one of these words.
    pub fn after(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(1).is_some_and(|before| self.scan.is_any(before, words)) && self.scan.follows(at)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.scan.made(at) == Some(TokenKind::Word)
    }

    pub fn is_digits(&self, at: usize) -> bool {
        self.scan.made(at) == Some(TokenKind::Digits)
    }

    pub fn is_code(&self, at: usize) -> bool {
        self.scan.made(at) == Some(TokenKind::Code)
    }

    /// A plain whole number in digits, of so many of them at most.
    pub fn whole(&self, at: usize, digits: usize) -> Option<i32> {
        let word = self.scan.word(at);
        let plain = self.is_digits(at) && word.len() <= digits && word.bytes().all(|byte| byte.is_ascii_digit());
        if plain { word.parse().ok() } else { None }
    }

    /// Whether a token joins two that it touches: "2-1".
    pub fn joins(&self, at: usize, signs: &[&str]) -> bool {
        self.scan.is_any(at, signs) && self.scan.touches(at) && self.scan.touches(at.saturating_add(1))
    }
}

fn begins_sentence(scan: &Scan<'_>, at: usize) -> bool {
    if scan.begins_paragraph(at) {
        return true;
    }
    let Some(before) = at.checked_sub(1) else { return true };
    if scan.is_any(before, &[";", "!", "?"]) {
        return true;
    }
    // A quotation mark may stand between the stop and the next sentence.
    let closes = before.checked_sub(1).filter(|_| scan.is_any(before, &["\"", "”", "’"]));
    let stop = closes.filter(|stop| scan.is(*stop, ".")).unwrap_or(before);
    if !scan.is(stop, ".") || scan.touches(at) {
        return false;
    }
    let last = stop.checked_sub(1).map(|last| scan.word(last)).unwrap_or_default();
    let cut = last.chars().count() == 1 && last.starts_with(char::is_alphabetic);
    let lower = scan.word(at).starts_with(char::is_lowercase);
    !lower && !cut && !ABBREVIATED.iter().any(|word| word.eq_ignore_ascii_case(last))
}
