//! A quote that the draft says in other words.
//!
//! A sentence of the draft is aligned with the quote by their longest common subsequence of words. It says the same in
//! other words if most words are there and every weighty one (figures, number words, units, comparators, negations,
//! directions, months, weekdays, names) is, in the same order, token for token, with none added. If only a weighty word
//! differs, that is its change, and no rewording.

use super::{Change, Draft, Evened, FEWEST_WORDS, Word, weighty, words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The most cells of an alignment; a sentence that would need more is not aligned.
const MOST_CELLS: usize = 1_000_000;
/// How many sentences are aligned: those that share the most words with the quote.
const MOST_SENTENCES: usize = 4;
/// How far beyond the aligned words a changed one may stand, in words.
const REACH: usize = 3;

/// What has become of a quote in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewording {
    /// The words of the draft, in bytes of it.
    pub whole: Range<usize>,
    /// The part of the quote that was asked for: the figure.
    pub inner: Option<Range<usize>>,
    /// Whether all words are there, only in another order.
    pub moved: bool,
    /// The weighty word that differs, if one does. Either side may be empty.
    pub change: Option<Change>,
}

/// The words of a quote or of a draft, with the texts to slice.
struct Side<'a> {
    original: &'a str,
    even: &'a Evened,
    words: &'a [Word],
}

impl<'a> Side<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.words.get(at).and_then(|word| self.even.text.get(word.at.clone())).unwrap_or("")
    }

    /// A word as it is written.
    fn written(&self, at: usize) -> &'a str {
        let range = self.words.get(at).map(|word| self.even.original(word.at.clone()));
        range.and_then(|range| self.original.get(range)).unwrap_or("")
    }

    /// Whether a word is written like a name, where capitals do not merely begin a sentence.
    fn is_name(&self, at: usize) -> bool {
        let begins = at == 0 || at.checked_sub(1).and_then(|at| self.words.get(at)).is_some_and(|it| it.ends_sentence);
        !begins && self.written(at).chars().next().is_some_and(char::is_uppercase)
    }

    fn is_figure(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.is_figure)
    }
}

impl Draft {
    /// The place where the draft says a quote in other words, or with another weighty word. `figure` is the part of the
    /// quote whose place is wanted too.
    pub fn reworded(&self, quote: &str, figure: Option<&Range<usize>>) -> Option<Rewording> {
        let even = Evened::of(quote);
        let quoted = words(&even.text);
        if quoted.iter().filter(|word| !word.is_figure).count() < FEWEST_WORDS {
            return None;
        }
        let theirs = Side { original: quote, even: &even, words: &quoted };
        let ours = Side { original: &self.text, even: &self.even, words: &self.words };
        let candidates = self.sentences_like(&theirs);
        let rewordings = candidates.into_iter().filter_map(|sentence| self.align(&ours, sentence, &theirs, figure));
        // Nothing changed before something changed, then the first in the draft.
        rewordings.min_by_key(|it| (it.change.is_some(), it.moved, it.whole.start))
    }

    /// The sentences that have most of a quote's words, as ranges of words.
    fn sentences_like(&self, quote: &Side<'_>) -> Vec<Range<usize>> {
        let known: BTreeSet<&str> = (0..quote.words.len()).map(|at| quote.text(at)).collect();
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        let mut start = 0_usize;
        for sentence in self.words.chunk_by(|word, _| !word.ends_sentence) {
            let range = start..start.saturating_add(sentence.len());
            start = range.end;
            let shared: BTreeSet<&str> = sentence
                .iter()
                .filter_map(|word| self.even.text.get(word.at.clone()))
                .filter(|word| known.contains(word))
                .collect();
            if shared.len().saturating_mul(2) > known.len() {
                found.push((shared.len(), range));
            }
        }
        found.sort_by_key(|(shared, range)| (std::cmp::Reverse(*shared), range.start));
        found.into_iter().take(MOST_SENTENCES).map(|(_, range)| range).collect()
    }

    fn align(
        &self,
        ours: &Side<'_>,
        sentence: Range<usize>,
        theirs: &Side<'_>,
        figure: Option<&Range<usize>>,
    ) -> Option<Rewording> {
        let length = theirs.words.len();
        if sentence.len().saturating_mul(length) > MOST_CELLS {
            return None;
        }
        let texts: Vec<&str> = sentence.clone().map(|at| ours.text(at)).collect();
        let wanted: Vec<&str> = (0..length).map(|at| theirs.text(at)).collect();
        let pairs = common(&texts, &wanted);
        let enough = |count: usize| count.saturating_mul(5) >= length.saturating_mul(3);
        let mut left: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        texts.iter().enumerate().for_each(|(at, text)| left.entry(text).or_default().push(at));
        let all_there = wanted.iter().all(|word| left.get_mut(word).and_then(Vec::pop).is_some());
        let moved = all_there && pairs.len() < length;
        if !enough(pairs.len()) && !moved {
            return None;
        }
        let window = if moved {
            let places = || (0..texts.len()).filter(|at| texts.get(*at).is_some_and(|text| wanted.contains(text)));
            places().min()?..places().max()?.saturating_add(1)
        } else {
            let (first, last) = (pairs.first()?, pairs.last()?);
            // Weighty words at the ends of the quote that were not found may have changed: what stands in their place is
            // taken in, as many as there are.
            let none = BTreeSet::new();
            let missing = |range: Range<usize>| -> Vec<Class> {
                range.filter(|at| weighs(theirs, *at, &none)).map(|at| class(theirs, at)).collect()
            };
            let (before, after) = (missing(0..first.1), missing(last.1.saturating_add(1)..length));
            let alike = |at: &usize, wanted: &[Class]| {
                let at = at.saturating_add(sentence.start);
                weighs(ours, at, &none) && wanted.contains(&class(ours, at))
            };
            let ahead =
                (first.0.saturating_sub(REACH)..first.0).rev().filter(|at| alike(at, &before)).take(before.len());
            let beyond = last.0.saturating_add(1)..last.0.saturating_add(REACH).saturating_add(1).min(texts.len());
            let beyond = beyond.filter(|at| alike(at, &after)).take(after.len());
            ahead.last().unwrap_or(first.0)..beyond.last().unwrap_or(last.0).saturating_add(1)
        };
        if window.len() > length.saturating_mul(2).saturating_add(4) {
            return None;
        }
        let range = window.start.saturating_add(sentence.start)..window.end.saturating_add(sentence.start);
        let names: BTreeSet<&str> = range
            .clone()
            .filter(|at| ours.is_name(*at))
            .map(|at| ours.text(at))
            .chain((0..length).filter(|at| theirs.is_name(*at)).map(|at| theirs.text(at)))
            .collect();
        // "By November, 154" is "154 by November": figures, times and names each keep their own order.
        let mut mine: Vec<usize> = range.clone().filter(|at| weighs(ours, *at, &names)).collect();
        let mut asked: Vec<usize> = (0..length).filter(|at| weighs(theirs, *at, &names)).collect();
        mine.sort_by_key(|at| class(ours, *at));
        asked.sort_by_key(|at| class(theirs, *at));
        // A name that the draft adds changes none that the quote has.
        let is_name = |side: &Side<'_>, at: &usize| class(side, *at) == Class::Name;
        let quoted: Vec<&str> = asked.iter().filter(|at| is_name(theirs, at)).map(|at| theirs.text(*at)).collect();
        let has = |name: &&str| mine.iter().any(|at| is_name(ours, at) && ours.text(*at) == *name);
        if quoted.iter().all(has) {
            mine.retain(|at| !is_name(ours, at) || quoted.contains(&ours.text(*at)));
        }
        let whole = self.words.get(range.start)?.at.start..self.words.get(range.end.checked_sub(1)?)?.at.end;
        let whole = self.even.original(whole);
        let (my_words, their_words): (Vec<&str>, Vec<&str>) =
            (mine.iter().map(|at| ours.text(*at)).collect(), asked.iter().map(|at| theirs.text(*at)).collect());
        let change = (my_words != their_words).then(|| {
            let (my_at, their_at) = first_difference(&my_words, &their_words);
            let (my_at, their_at) = (my_at.and_then(|at| mine.get(at)), their_at.and_then(|at| asked.get(at)));
            let at = my_at.and_then(|at| self.words.get(*at)).map(|word| self.even.original(word.at.clone()));
            Change {
                at: at.unwrap_or_else(|| whole.clone()),
                draft: my_at.map_or("", |at| ours.written(*at)).to_owned(),
                quote: their_at.map_or("", |at| theirs.written(*at)).to_owned(),
            }
        });
        let inner = figure.filter(|_| change.is_none()).and_then(|figure| {
            let covers = |at: usize| {
                theirs.words.get(at).is_some_and(|word| {
                    let word = theirs.even.original(word.at.clone());
                    word.start < figure.end && figure.start < word.end
                })
            };
            let spots: Vec<usize> =
                (0..asked.len()).filter(|spot| asked.get(*spot).is_some_and(|at| covers(*at))).collect();
            let (first, last) = (mine.get(*spots.first()?)?, mine.get(*spots.last()?)?);
            Some(self.even.original(self.words.get(*first)?.at.start..self.words.get(*last)?.at.end))
        });
        Some(Rewording { whole, inner, moved, change })
    }
}

/// Whether a word has to be the same, token for token.
fn weighs(side: &Side<'_>, at: usize, names: &BTreeSet<&str>) -> bool {
    side.is_figure(at) || side.is_name(at) || names.contains(side.text(at))
}

/// What a weighty word is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Figure,
    Time,
    Name,
}

/// What a weighty word is part of. The digits of a date are part of it.
fn class(side: &Side<'_>, at: usize) -> Class {
    let is_calendar = |at: usize| weighty::is_calendar(side.text(at));
    // "November 18", but not "in November, 18": nothing but a space lies between.
    let touch = |one: usize, other: usize| match (side.words.get(one), side.words.get(other)) {
        (Some(one), Some(other)) => one.at.end.saturating_add(1) == other.at.start,
        _ => false,
    };
    let after = at.saturating_add(1);
    let beside = || {
        at.checked_sub(1).is_some_and(|before| is_calendar(before) && touch(before, at))
            || (is_calendar(after) && touch(at, after))
    };
    let text = side.text(at);
    let is_number = !text.is_empty() && text.chars().all(|it| it.is_ascii_digit());
    let is_year = is_number && text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    if is_calendar(at) || (is_number && beside()) || is_year {
        Class::Time
    } else if side.is_figure(at) {
        Class::Figure
    } else {
        Class::Name
    }
}

/// The places of the first words of two lists that differ; `None` on the side where one is missing.
fn first_difference(mine: &[&str], theirs: &[&str]) -> (Option<usize>, Option<usize>) {
    let same = mine.iter().zip(theirs).take_while(|(one, other)| one == other).count();
    let rest = |list: &[&str]| list.len().saturating_sub(same);
    let at = |list: &[&str]| (same < list.len()).then_some(same);
    match rest(mine).cmp(&rest(theirs)) {
        std::cmp::Ordering::Equal => (at(mine), at(theirs)),
        // One that was added or left out stands alone, if what follows goes on as before.
        std::cmp::Ordering::Greater if mine.get(same.saturating_add(1)) == theirs.get(same) => (at(mine), None),
        std::cmp::Ordering::Less if theirs.get(same.saturating_add(1)) == mine.get(same) => (None, at(theirs)),
        _ => (at(mine), at(theirs)),
    }
}

/// The places of a longest common subsequence (Wagner and Fischer 1974), as pairs.
fn common(ours: &[&str], theirs: &[&str]) -> Vec<(usize, usize)> {
    let width = theirs.len().saturating_add(1);
    let mut lengths = vec![0_u32; ours.len().saturating_add(1).saturating_mul(width)];
    let cell = |row: usize, column: usize| row.saturating_mul(width).saturating_add(column);
    let read = |lengths: &[u32], at: usize| lengths.get(at).copied().unwrap_or(0);
    for (row, our) in ours.iter().enumerate().rev() {
        for (column, their) in theirs.iter().enumerate().rev() {
            let (down, right) = (row.saturating_add(1), column.saturating_add(1));
            let best = if our == their {
                read(&lengths, cell(down, right)).saturating_add(1)
            } else {
                read(&lengths, cell(down, column)).max(read(&lengths, cell(row, right)))
            };
            if let Some(known) = lengths.get_mut(cell(row, column)) {
                *known = best;
            }
        }
    }
    let (mut row, mut column, mut pairs) = (0_usize, 0_usize, Vec::new());
    while let (Some(our), Some(their)) = (ours.get(row), theirs.get(column)) {
        if our == their {
            pairs.push((row, column));
            row = row.saturating_add(1);
            column = column.saturating_add(1);
        } else if read(&lengths, cell(row.saturating_add(1), column))
            >= read(&lengths, cell(row, column.saturating_add(1)))
        {
            row = row.saturating_add(1);
        } else {
            column = column.saturating_add(1);
        }
    }
    pairs
}
