//! Mentions found again in the draft: where each quote stands there, and what became of its figure.

use super::ClaimId;
use super::figure::ReadClaim;
use super::model::{QuoteIssue, QuoteIssueKind};
use crate::number::{ReadingPolicy, find};
use crate::source::quote::{Draft, Place, Rewording};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// How far around a quote the draft is read to see whether its figure goes on there, in bytes.
const AROUND: usize = 60;

/// Looks up every quote of an article's claims, in the order of their file. Gives how many were looked up.
pub(super) fn locate(claims: &mut [ReadClaim], file: FileId, text: &str) -> usize {
    let draft = Draft::new(text);
    let mut looked_up = 0_usize;
    // A quote that stands in the draft twice and in the claim file twice is taken in turn.
    let mut uses: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, read) in claims.iter_mut().enumerate() {
        for (number, mention) in read.claim.mentions.iter_mut().enumerate() {
            let Some(quote) = mention.quote.clone() else { continue };
            looked_up = looked_up.saturating_add(1);
            let figure = read.figures.get(number).and_then(Option::as_ref);
            let places = draft.places(&quote, figure);
            let turn = uses.entry(quote.clone()).or_default();
            let place = places.get(turn.len()).or(places.last());
            turn.push((index, number));
            let span = |range: Range<usize>| Span { file, start: range.start, end: range.end };
            let (kind, in_draft) = match place {
                Some(place) => {
                    let narrow = place.inner.clone().unwrap_or_else(|| place.whole.clone());
                    (goes_on(text, place, &quote, figure), Some(narrow))
                }
                None => match draft.changed(&quote) {
                    Some(change) if change.draft == change.quote => (None, Some(change.at)),
                    Some(change) => {
                        let kind = QuoteIssueKind::FigureChanged { draft: change.draft, quote: change.quote };
                        (Some(kind), Some(change.at))
                    }
                    None => match draft.reworded(&quote, figure) {
                        Some(rewording) => reworded(text, rewording),
                        None => (Some(QuoteIssueKind::Lost), draft.nearest(&quote)),
                    },
                },
            };
            let in_draft = in_draft.map(span);
            if kind.as_ref().is_none_or(|kind| *kind != QuoteIssueKind::Lost) {
                mention.in_draft = in_draft;
            }
            read.issues.extend(kind.map(|kind| QuoteIssue {
                claim: ClaimId(0),
                mention: number,
                kind,
                span: mention.span,
                in_draft,
            }));
        }
    }
    for (quote, uses) in uses {
        let several = uses.windows(2).any(|pair| matches!(pair, [one, other] if one.0 != other.0));
        let places = if several { draft.places(&quote, None).len() } else { 0 };
        if places > 1 && places != uses.len() {
            for (index, number) in uses {
                let Some(read) = claims.get_mut(index) else { continue };
                let Some(mention) = read.claim.mentions.get(number) else { continue };
                read.issues.push(QuoteIssue {
                    claim: ClaimId(0),
                    mention: number,
                    kind: QuoteIssueKind::Ambiguous,
                    span: mention.span,
                    in_draft: mention.in_draft,
                });
            }
        }
    }
    looked_up
}

/// What a rewording comes to, and where it stands.
fn reworded(text: &str, rewording: Rewording) -> (Option<QuoteIssueKind>, Option<Range<usize>>) {
    let Rewording { whole, inner, moved, change } = rewording;
    match change {
        Some(change) => {
            (Some(QuoteIssueKind::FigureChanged { draft: change.draft, quote: change.quote }), Some(change.at))
        }
        None => {
            let draft = text.get(whole.clone()).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
            (Some(QuoteIssueKind::Reworded { draft, moved }), Some(inner.unwrap_or(whole)))
        }
    }
}

/// Whether the figure of a quote goes on in the draft beyond the words that were quoted: `26` out of `26 million`.
fn goes_on(text: &str, place: &Place, quote: &str, figure: Option<&Range<usize>>) -> Option<QuoteIssueKind> {
    let (figure, inner) = (figure?, place.inner.as_ref()?);
    if inner.end != place.whole.end {
        return None;
    }
    let policy = ReadingPolicy::default();
    let rest = text.get(inner.start..)?;
    let longest = inner.len().saturating_add(AROUND);
    // It ends between two words, so that none is cut in two.
    let spaces = rest.char_indices().skip_while(|(at, _)| *at < longest);
    let end = spaces.filter(|(_, it)| it.is_whitespace()).map(|(at, _)| at).next().unwrap_or(rest.len());
    let around = rest.get(..end)?;
    let drafted = find(around, &policy).into_iter().next().filter(|found| found.start == 0)?;
    let quoted =
        find(quote, &policy).into_iter().find(|found| found.start <= figure.start && found.end >= figure.end)?;
    let (Some(ours), Some(theirs)) = (&drafted.quantity.number, &quoted.quantity.number) else { return None };
    (drafted.end > inner.len() && ours != theirs)
        .then_some(QuoteIssueKind::FigureChanged { draft: drafted.quantity.text, quote: quoted.quantity.text })
}
