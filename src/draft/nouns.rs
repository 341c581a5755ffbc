//! What a figure counts: the head of the noun after it ("more than 40 people", "37% of voters", "three of the 12 crew").

use super::find::{Piece, Role};
use super::prose::Prose;
use super::tables::SMALL;
use crate::number::Unit;

/// The most words of a noun.
const LONGEST: usize = 3;

/// Finds the noun that each figure counts.
pub(super) fn settle(prose: &Prose<'_>, pieces: &mut [Piece]) {
    let mut nouns: Vec<Option<usize>> = Vec::with_capacity(pieces.len());
    for piece in pieces.iter() {
        nouns.push(noun(prose, piece));
    }
    // "Three of the 12 crew", "from 8,150 to 17,320 parcels": a figure without a noun shares the next one's.
    for place in (0..nouns.len()).rev() {
        if nouns.get(place).copied().flatten().is_none()
            && let Some((here, next)) = pieces.get(place).zip(pieces.get(place.saturating_add(1)))
            && shares(prose, here, next)
            && let Some(shared) = nouns.get(place.saturating_add(1)).copied().flatten()
            && let Some(noun) = nouns.get_mut(place)
        {
            *noun = Some(shared);
        }
    }
    for (piece, noun) in pieces.iter_mut().zip(nouns) {
        let span = noun.and_then(|at| prose.scan.span(&(at..at.saturating_add(1))));
        if let Some(figure) = piece.figure_mut() {
            figure.noun = span;
        }
    }
}

/// The token of the noun that a figure counts.
fn noun(prose: &Prose<'_>, piece: &Piece) -> Option<usize> {
    let scan = &prose.scan;
    let figure = piece.figure()?;
    let part = matches!(&figure.unit, Unit::Percent) || figure.unit.name() == "share";
    let counts = figure.unit == Unit::One;
    if figure.role == Role::Age || !(part || counts) {
        return None;
    }
    let end = piece.tokens.end;
    let of = scan.is(end, "of");
    let start = if of { end.saturating_add(1) } else { end };
    let start = if of && scan.is_any(start, &["the", "its", "their", "his", "her", "all", "those", "these"]) {
        start.saturating_add(1)
    } else {
        start
    };
    if figure.unit == Unit::Percent && !of {
        return None;
    }
    let mut head = None;
    for at in start..start.saturating_add(LONGEST) {
        let is_noun = prose.is_word(at) && scan.follows(at) && !scan.is_any(at, SMALL) && !scan.touches(at);
        if !is_noun {
            break;
        }
        head = Some(at);
        let word = scan.word(at);
        if word.ends_with('s') && !word.ends_with("ss") || scan.is_any(at, super::tables::COUNTED_NOUNS) {
            break;
        }
        // A verb or an adverb comes after the noun.
        let next = scan.word(at.saturating_add(1));
        if next.ends_with("ed") || next.ends_with("ing") || next.ends_with("ly") {
            break;
        }
    }
    head
}

/// Whether a figure counts what the next one does.
fn shares(prose: &Prose<'_>, here: &Piece, next: &Piece) -> bool {
    let scan = &prose.scan;
    let (Some(one), Some(other)) = (here.figure(), next.figure()) else { return false };
    let end = here.tokens.end;
    let past = [["of", "the"].as_slice(), &["of", "its"], &["of", "their"], &["to"], &["of"]]
        .iter()
        .find_map(|words| scan.past(end, words));
    let is_part = matches!(one.unit, Unit::One | Unit::Percent) || one.unit.name() == "share";
    other.unit == Unit::One && is_part && past == Some(next.tokens.start)
}
