//! Who says so: "police said", "according to the ministry", "Opponents say the scheme could cost".

use super::find::Piece;
use super::prose::Prose;
use super::tables::{SAYING, SMALL};
use std::ops::Range;

/// How far into a sentence a speaker is looked for.
const REACH: usize = 60;

/// The most words of a speaker.
const LONGEST: usize = 6;

/// Finds the speaker of each figure.
pub(super) fn settle(prose: &Prose<'_>, pieces: &mut [Piece]) {
    let mut last: Option<(usize, Option<Range<usize>>)> = None;
    for piece in pieces {
        let at = piece.tokens.start;
        let Some(figure) = piece.figure_mut() else { continue };
        let sentence = prose.sentence(at);
        let known = last.clone().filter(|(start, _)| *start == sentence.start);
        let speaker = known.map_or_else(|| speaker(prose, &sentence), |(_, speaker)| speaker);
        figure.speaker = speaker.as_ref().and_then(|tokens| prose.scan.span(tokens));
        last = Some((sentence.start, speaker));
    }
}

/// The tokens of whoever a sentence says it is from.
fn speaker(prose: &Prose<'_>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let scan = &prose.scan;
    let end = sentence.end.min(sentence.start.saturating_add(REACH));
    for at in sentence.start..end {
        if let Some(from) = scan.past(at, &["according", "to"]) {
            return named(prose, from, sentence.end);
        }
        if !scan.is_any(at, SAYING) || prose.after(at, &["to", "a", "the", "its", "their", "of"]) {
            continue;
        }
        // "Said the agency." and "the agency said": the one with a comma before it.
        let inverted = prose.after(at, &[",", "\"", "”"]);
        if inverted {
            return named(prose, at.saturating_add(1), sentence.end);
        }
        let least = sentence.start.max(at.saturating_sub(LONGEST));
        let is_name = |word: usize| {
            prose.is_word(word) && !scan.is_any(word, &["and", "but", "that", "who", "which", "also", "have", "has"])
        };
        let first = (least..at).rev().take_while(|word| is_name(*word)).last()?;
        let opens = first == sentence.start || prose.after(first, &[",", "\"", "”", ":"]);
        let is_pronoun = at.saturating_sub(first) == 1 && scan.is_any(first, &["he", "she", "they", "it", "we", "i"]);
        let is_plain =
            scan.is_any(at, &["say", "says", "said", "told", "put", "puts", "reports", "estimates", "tells"]);
        if opens && !is_pronoun && is_plain {
            return Some(first..at);
        }
    }
    None
}

/// The name that begins at a token, to before a stop or a small word that goes on with the sentence.
fn named(prose: &Prose<'_>, from: usize, sentence_end: usize) -> Option<Range<usize>> {
    let most = sentence_end.min(from.saturating_add(LONGEST));
    let goes_on = |at: usize| {
        prose.is_word(at)
            && (!prose.scan.is_any(at, SMALL)
                || prose.scan.is_any(at, &["the", "a", "an", "of", "its", "their", "his", "her", "for"]))
    };
    let end = (from..most).find(|at| !goes_on(*at)).unwrap_or(most);
    (end > from).then_some(from..end)
}
