//! Texts evened out for comparing: spaces, quotation marks, dashes, capitals, markup, Unicode composition, and how
//! figures are spaced, with the way back to the bytes of the original.

use super::{figures, markup};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose};

/// A text evened out, with the way back to the bytes of the original.
#[derive(Clone, Debug)]
pub(super) struct Evened {
    pub(super) text: String,
    pieces: Vec<Piece>,
    original_len: usize,
    /// Whether a word was joined over the end of a line.
    pub(super) joined: bool,
}

/// Where a stretch of evened text comes from. Stretches follow each other without a gap.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Its first byte in the evened text.
    evened: usize,
    /// Its first byte in the original.
    original: usize,
    /// Whether byte follows byte; if not, the stretch stands for its original as a whole.
    straight: bool,
}

impl Evened {
    pub(super) fn of(original: &str) -> Self {
        Self::with(original, false)
    }

    /// The same, where a hyphen at the end of a line may be kept.
    pub(super) fn with(original: &str, hyphens: bool) -> Self {
        let text = String::with_capacity(original.len());
        let mut evened = Self { text, pieces: Vec::new(), original_len: original.len(), joined: false };
        let mut chars = original.char_indices().peekable();
        let mut cluster = String::new();
        while let Some((start, first)) = chars.next() {
            // Most characters are of words, and begin nothing that is left out.
            let left_out = if first.is_ascii_alphanumeric() {
                None
            } else {
                markup::markup(original, start).or_else(|| broken(original, start, hyphens))
            };
            if let Some(markup) = left_out {
                evened.joined |= first == '-' || first == '\u{2010}';
                evened.piece(start, false);
                if let Some(says) = markup.says {
                    evened.push(says);
                }
                let end = start.saturating_add(markup.len);
                while chars.next_if(|(at, _)| *at < end).is_some() {}
                continue;
            }
            if figures::is_left_out(original, start, first) {
                evened.piece(start, false);
                continue;
            }
            // "€ 26" is €26, "3.5 %" is 3.5%, "84.6 mm" 84.6mm, and "5 – 7" is 5–7.
            if evened.text.ends_with(' ') && figures::joins(original, start, first, &evened.text) {
                evened.text.pop();
                let end = evened.text.len();
                evened.pieces.iter_mut().rev().take_while(|piece| piece.evened > end).for_each(|it| it.evened = end);
            }
            if first.is_ascii_alphanumeric() && chars.peek().is_none_or(|(_, next)| next.is_ascii()) {
                evened.piece(start, true);
                evened.text.push(first.to_ascii_lowercase());
                continue;
            }
            // What composes with its predecessor is evened out together with it.
            cluster.clear();
            cluster.push(first);
            let mut last = first;
            while let Some((_, next)) = chars.peek().copied() {
                if canonical_combining_class(next) == 0 && compose(last, next).is_none() {
                    break;
                }
                last = compose(last, next).unwrap_or(next);
                cluster.push(next);
                chars.next();
            }
            evened.piece(start, false);
            for it in cluster.nfc() {
                evened.push(it);
            }
        }
        evened
    }

    fn piece(&mut self, original: usize, straight: bool) {
        let evened = self.text.len();
        let follows = |last: &Piece| {
            last.straight && evened.saturating_sub(last.evened) == original.saturating_sub(last.original)
        };
        if !(straight && self.pieces.last().is_some_and(follows)) {
            self.pieces.push(Piece { evened, original, straight });
        }
    }

    fn push(&mut self, it: char) {
        match it {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '*' => {}
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => self.text.push('"'),
            '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' | '`' => self.text.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.text.push('-'),
            '\u{2026}' => self.text.push_str("..."),
            it if it.is_whitespace() => {
                if !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            }
            it => self.text.extend(it.to_lowercase()),
        }
    }

    /// The bytes of the original that a range of the evened text comes from.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let piece_at = |at: usize| self.pieces.partition_point(|piece| piece.evened <= at).saturating_sub(1);
        let place = |index: usize, at: usize| {
            self.pieces.get(index).map_or(self.original_len, |piece| {
                piece.original.saturating_add(if piece.straight { at.saturating_sub(piece.evened) } else { 0 })
            })
        };
        // Of pieces that left nothing behind, the last one at a place is the one that the text there comes from.
        let start = place(piece_at(range.start), range.start);
        let last = range.end.saturating_sub(1).max(range.start);
        let index = piece_at(last);
        let end = match self.pieces.get(index) {
            Some(piece) if piece.straight => place(index, last).saturating_add(1),
            _ => place(index.saturating_add(1), 0),
        };
        start..end.max(start)
    }

    /// The first byte of the evened text that comes from a byte of the original, or from what follows it.
    pub(super) fn evened(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.original <= at).saturating_sub(1);
        match self.pieces.get(index) {
            Some(piece) if piece.straight => piece.evened.saturating_add(at.saturating_sub(piece.original)),
            Some(piece) if piece.original >= at => piece.evened,
            _ => self.pieces.get(index.saturating_add(1)).map_or(self.text.len(), |piece| piece.evened),
        }
        .min(self.text.len())
    }
}

/// A word that is broken at the end of a line: its hyphen, if that is left out, and the end of the line.
fn broken(text: &str, at: usize, hyphens: bool) -> Option<markup::Markup> {
    let (before, rest) = text.split_at_checked(at)?;
    let first = rest.chars().next()?;
    let hyphen = if hyphens { before.chars().next_back()? } else { first };
    if !matches!(hyphen, '-' | '\u{2010}') || (hyphens && !first.is_whitespace()) {
        return None;
    }
    let mut back = before.chars().rev().skip(usize::from(hyphens));
    let line = if hyphens { rest } else { rest.get(first.len_utf8()..)? };
    let next = line.trim_start_matches([' ', '\r']).strip_prefix('\n')?.trim_start_matches([' ', '\t']);
    let len = rest.len().saturating_sub(next.len());
    match back.next() {
        Some(last) if last.is_alphabetic() && next.starts_with(char::is_lowercase) => {
            Some(markup::Markup { len, says: None })
        }
        // "A 12-" before "year-old boy": no number is broken so.
        Some(last) if last.is_ascii_digit() && next.starts_with(char::is_alphanumeric) => {
            Some(markup::Markup { len, says: (!hyphens).then_some('-') })
        }
        _ => None,
    }
}
