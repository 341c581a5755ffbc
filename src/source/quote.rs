//! Quotes found again in a draft, on normalised text.
//!
//! A quote is found as the W3C's `TextQuoteSelector` finds it, exactly, once spaces, quotation marks, dashes, capitals,
//! markup and Unicode composition are evened out. Where it is not found, the draft is searched for the same words with other
//! figures, and then for a sentence that says it in other words. **Figures are never fuzzy**: what changed of them is
//! named, and nothing is taken for nearly the same.

mod evened;
mod figures;
mod markup;
mod reworded;
mod weighty;

pub use markup::without_markup;
pub use reworded::Rewording;

use evened::Evened;
use std::ops::Range;
use unicode_normalization::char::canonical_combining_class;

/// How often a quote is looked for in one draft; whether there are more makes no difference.
const MOST_PLACES: usize = 64;
/// The words that a quote needs beside its figures before another figure between the same words is its change.
const FEWEST_WORDS: usize = 2;

/// A place in a draft, in bytes of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The whole quote.
    pub whole: Range<usize>,
    /// The part of it that was asked for: the figure.
    pub inner: Option<Range<usize>>,
}

/// A place where the draft has a quote's words with another figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where the other figure stands, in bytes of the draft.
    pub at: Range<usize>,
    /// The words in the draft.
    pub draft: String,
    /// The words in the quote.
    pub quote: String,
}

/// A draft, made ready for looking up quotes.
#[derive(Clone, Debug)]
pub struct Draft {
    text: String,
    even: Evened,
    words: Vec<Word>,
    /// The draft with the hyphens at ends of lines kept, if it has any: "well-" before "known" is one word, and "ar-"
    /// before "rested" is another.
    hyphened: Option<Box<Draft>>,
}

/// Whether two texts say the same once spaces, quotation marks, dashes, capitals and composition are evened out.
pub fn same_words(one: &str, other: &str) -> bool {
    Evened::of(one).text.trim() == Evened::of(other).text.trim()
}

impl Draft {
    /// Makes a text ready.
    pub fn new(text: &str) -> Self {
        let draft = |even: Evened| Self { text: text.to_owned(), words: words(&even.text), even, hyphened: None };
        let even = Evened::of(text);
        let hyphened = even.joined.then(|| Box::new(draft(Evened::with(text, true))));
        Self { hyphened, ..draft(even) }
    }

    /// Every place of a quote, in the order of the draft. `inner` is the part of the quote whose place is wanted too.
    ///
    /// Figures and words must be whole: `26` is not found in `126`, nor in `26.5` or `26%`.
    pub fn places(&self, quote: &str, inner: Option<&Range<usize>>) -> Vec<Place> {
        let found = self.places_here(quote, inner);
        match &self.hyphened {
            Some(hyphened) if found.is_empty() => hyphened.places_here(quote, inner),
            _ => found,
        }
    }

    fn places_here(&self, quote: &str, inner: Option<&Range<usize>>) -> Vec<Place> {
        let wanted = Evened::of(quote);
        let trimmed = wanted.text.trim();
        if trimmed.is_empty() {
            return Vec::new();
        }
        let skipped = wanted.text.len().saturating_sub(wanted.text.trim_start().len());
        let mut places = Vec::new();
        for (start, _) in self.even.text.match_indices(trimmed) {
            let end = start.saturating_add(trimmed.len());
            if !self.is_whole(start..end) {
                continue;
            }
            let inner = inner.map(|inner| {
                let shifted = |at: usize| wanted.evened(at).saturating_sub(skipped).saturating_add(start);
                self.even.original(shifted(inner.start)..shifted(inner.end).min(end))
            });
            places.push(Place { whole: self.even.original(start..end), inner });
            if places.len() == MOST_PLACES {
                break;
            }
        }
        places
    }

    /// Whether no word or figure goes on beyond the ends of a range of the evened text.
    fn is_whole(&self, range: Range<usize>) -> bool {
        let (before, rest) = self.even.text.split_at_checked(range.start).unwrap_or_default();
        let found = rest.get(..range.len()).unwrap_or("");
        let after = rest.get(range.len()..).unwrap_or("");
        // An accent belongs to the letter before it.
        if [found, after].into_iter().filter_map(|it| it.chars().next()).any(|it| canonical_combining_class(it) != 0) {
            return false;
        }
        let mut back = before.chars().rev();
        let starts = match (found.chars().next(), back.next()) {
            (Some(first), Some(last)) if first.is_alphanumeric() && last.is_alphanumeric() => false,
            (Some(first), Some('.' | ',' | '\'')) if first.is_ascii_digit() => !back.next().is_some_and(char_is_digit),
            _ => true,
        };
        let mut ahead = after.chars();
        let ends = match (found.chars().next_back(), ahead.next()) {
            (Some(last), Some(next)) if last.is_alphanumeric() && next.is_alphanumeric() => false,
            (Some(last), Some('.' | ',' | '\'')) if last.is_ascii_digit() => !ahead.next().is_some_and(char_is_digit),
            (Some(last), Some('%')) => !last.is_ascii_digit(),
            _ => true,
        };
        starts && ends
    }

    /// The place where the draft has the words of a quote with another figure, if it has: the first figure that
    /// differs. An empty change, with `draft` and `quote` alike, means that only punctuation differs.
    pub fn changed(&self, quote: &str) -> Option<Change> {
        let wanted = Evened::of(quote);
        let wanted_words = words(&wanted.text);
        if wanted_words.iter().filter(|word| !word.is_figure).count() < FEWEST_WORDS {
            return None;
        }
        let (ours, theirs) = (Skeleton::of(&self.words, &self.even.text), Skeleton::of(&wanted_words, &wanted.text));
        let mut least: Option<(usize, Change)> = None;
        for (at, _) in ours.text.match_indices(&theirs.text).take(MOST_PLACES) {
            let first = ours.slot_at(at);
            let pairs = ours.slots.iter().skip(first).zip(&theirs.slots);
            let said = |even: &Evened, slot: &Slot| even.text.get(slot.at.clone()).unwrap_or("").to_owned();
            let differing: Vec<_> =
                pairs.filter(|(our, their)| our.is_figure && said(&self.even, our) != said(&wanted, their)).collect();
            let change = match differing.first() {
                Some((our, their)) => {
                    let (our, their) = narrowed(&self.even.text, our.at.clone(), &wanted.text, their.at.clone());
                    let at = self.even.original(our);
                    let quoted = wanted.original(their);
                    let draft = self.text.get(at.clone()).unwrap_or("").to_owned();
                    Change { at, draft, quote: quote.get(quoted).unwrap_or("").to_owned() }
                }
                None => {
                    let ends = ours
                        .slots
                        .get(first)
                        .zip(ours.slots.get(first.saturating_add(theirs.slots.len()).saturating_sub(1)));
                    let (from, to) = ends?;
                    let at = self.even.original(from.at.start..to.at.end);
                    Change { at, draft: String::new(), quote: String::new() }
                }
            };
            if least.as_ref().is_none_or(|(count, _)| differing.len() < *count) {
                least = Some((differing.len(), change));
            }
        }
        least.map(|(_, change)| change)
    }

    /// The sentence of the draft that has the most words of a quote, if it has most of them: a place to look at.
    pub fn nearest(&self, quote: &str) -> Option<Range<usize>> {
        let wanted = Evened::of(quote);
        let wanted_words = words(&wanted.text);
        let known: std::collections::BTreeSet<&str> =
            wanted_words.iter().filter_map(|word| wanted.text.get(word.at.clone())).collect();
        let mut best: Option<(usize, Range<usize>)> = None;
        for sentence in self.words.chunk_by(|word, _| !word.ends_sentence) {
            let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
            let shared: std::collections::BTreeSet<&str> = sentence
                .iter()
                .filter_map(|word| self.even.text.get(word.at.clone()))
                .filter(|word| known.contains(word))
                .collect();
            if best.as_ref().is_none_or(|(most, _)| shared.len() > *most) {
                best = Some((shared.len(), first.at.start..last.at.end));
            }
        }
        let (shared, range) = best?;
        (shared.saturating_mul(2) > known.len()).then(|| self.even.original(range))
    }
}

/// Two runs of figures cut down to the words that differ. Neither side is cut to nothing.
fn narrowed(our_text: &str, our: Range<usize>, their_text: &str, their: Range<usize>) -> (Range<usize>, Range<usize>) {
    let (one, other) = (our_text.get(our.clone()).unwrap_or(""), their_text.get(their.clone()).unwrap_or(""));
    let (ones, others): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if ones.len() != others.len() {
        return (our, their);
    }
    let differs: Vec<bool> = ones.iter().zip(&others).map(|(a, b)| a != b).collect();
    let (Some(first), Some(last)) = (differs.iter().position(|it| *it), differs.iter().rposition(|it| *it)) else {
        return (our, their);
    };
    let cut = |words: &[&str], range: &Range<usize>| {
        let length = |words: &[&str]| words.iter().map(|word| word.len().saturating_add(1)).sum::<usize>();
        let (head, tail) =
            (words.get(..first).unwrap_or_default(), words.get(last.saturating_add(1)..).unwrap_or_default());
        range.start.saturating_add(length(head))..range.end.saturating_sub(length(tail))
    };
    (cut(&ones, &our), cut(&others, &their))
}

fn char_is_digit(it: char) -> bool {
    it.is_ascii_digit()
}

/// A word of an evened text.
#[derive(Clone, Debug)]
struct Word {
    at: Range<usize>,
    is_figure: bool,
    ends_sentence: bool,
}

/// The words of an evened text. A figure keeps its sign, currency, separators and per cent sign: `€1,200.5`, `37%`.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0_usize;
    for part in text.split(' ') {
        let at = start;
        start = start.saturating_add(part.len()).saturating_add(1);
        let has_digit = part.contains(|it: char| it.is_numeric());
        let belongs = |it: char| {
            it.is_alphanumeric() || (has_digit && matches!(it, '%' | '€' | '$' | '£' | '¥' | '₩' | '-' | '+'))
        };
        let (Some(first), Some(last)) = (part.find(belongs), part.rfind(belongs)) else {
            continue;
        };
        let last =
            part.get(last..).and_then(|rest| rest.chars().next()).map_or(last, |it| last.saturating_add(it.len_utf8()));
        let tail = part.get(last..).unwrap_or("");
        let whole = part.get(first..last).unwrap_or("");
        // "mid-October" and "forty-one" are as weighty as their parts.
        let is_figure = has_digit || weighty::is_weighty(whole);
        words.push(Word {
            at: at.saturating_add(first)..at.saturating_add(last),
            is_figure,
            ends_sentence: tail.contains(['.', '!', '?']),
        });
    }
    words
}

/// A text without its figures: its words, one space between, and a mark for every run of figures.
struct Skeleton {
    text: String,
    slots: Vec<Slot>,
}

/// A word or a run of figures of a skeleton.
struct Slot {
    /// Where it stands in the evened text.
    at: Range<usize>,
    /// Where it stands in the skeleton.
    place: usize,
    is_figure: bool,
}

impl Skeleton {
    fn of(words: &[Word], text: &str) -> Self {
        let mut skeleton = Self { text: String::from(" "), slots: Vec::new() };
        for run in words.chunk_by(|word, next| word.is_figure && next.is_figure && !word.ends_sentence) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            skeleton.slots.push(Slot {
                at: first.at.start..last.at.end,
                // The space before it is where a match begins.
                place: skeleton.text.len().saturating_sub(1),
                is_figure: first.is_figure,
            });
            skeleton.text.push_str(if first.is_figure { "\u{1}" } else { text.get(first.at.clone()).unwrap_or("") });
            skeleton.text.push(' ');
        }
        skeleton
    }

    fn slot_at(&self, place: usize) -> usize {
        self.slots.partition_point(|slot| slot.place < place)
    }
}

#[cfg(test)]
mod tests;
