//! Which figures tell of a change: "fell from 93 to 17", "up two points", "118 fewer", "rose by nine".

use super::find::{Piece, Role};
use super::prose::Prose;
use super::tables::{COMPARED, MOVING};

/// How far back a verb of change may stand.
const REACH: usize = 14;

/// Words that may stand between a verb of change and its size.
const BETWEEN: [&str; 8] = ["by", "some", "just", "only", "about", "a", "another", "further"];

/// Settles which figures are changes.
pub(super) fn settle(prose: &Prose<'_>, pieces: &mut [Piece]) {
    let mut changed = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        let may_change = piece.figure().is_some_and(|figure| figure.role != Role::Age);
        if may_change && (is_size(prose, piece) || is_end(prose, pieces, place)) {
            changed.push(place);
        }
    }
    for place in changed {
        if let Some(figure) = pieces.get_mut(place).and_then(Piece::figure_mut) {
            figure.role = Role::Change;
        }
    }
}

/// Whether a figure is how much something changed or differs.
fn is_size(prose: &Prose<'_>, piece: &Piece) -> bool {
    let scan = &prose.scan;
    let (start, end) = (piece.tokens.start, piece.tokens.end);
    if scan.is_any(end, COMPARED) && scan.follows(end) && !scan.is(end, "short")
        || scan.past(end, &["short", "of"]).is_some()
    {
        return true;
    }
    let is_near = |at: usize| at.checked_sub(1).is_some_and(|before| scan.is_any(before, MOVING)) && scan.follows(at);
    let mut at = start;
    for _ in 0..2 {
        if is_near(at) {
            return !prose.after(at, &["to", "at"]);
        }
        if !prose.after(at, &BETWEEN) {
            break;
        }
        at = at.saturating_sub(1);
    }
    prose.after(start, &["by"]) && (start.saturating_sub(REACH)..start).any(|word| scan.is_any(word, MOVING))
}

/// Whether a figure is where a change began or ended.
fn is_end(prose: &Prose<'_>, pieces: &[Piece], place: usize) -> bool {
    let scan = &prose.scan;
    let Some(piece) = pieces.get(place) else { return false };
    let start = piece.tokens.start;
    let sentence = prose.sentence(start);
    let (from, to) = (prose.after(start, &["from"]), prose.after(start, &["to"]));
    if !from && !to {
        return false;
    }
    let moves = (start.saturating_sub(REACH).max(sentence.start)..start).any(|word| scan.is_any(word, MOVING))
        || (start.saturating_sub(REACH).max(sentence.start)..start).any(|word| super::multiples::is_word(prose, word));
    // The other end stands within a few words, on either side.
    let other = if from { "to" } else { "from" };
    let is_other = |piece: &Piece| piece.figure().is_some() && prose.after(piece.tokens.start, &[other]);
    let before = place.checked_sub(1).and_then(|before| pieces.get(before));
    let more = place.checked_sub(2).and_then(|before| pieces.get(before));
    let after = pieces.get(place.saturating_add(1));
    let later = pieces.get(place.saturating_add(2));
    let near = [more, before, after, later]
        .into_iter()
        .flatten()
        .any(|piece| is_other(piece) && sentence.contains(&piece.tokens.start));
    moves && near
}
