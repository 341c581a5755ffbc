//! Figures and dates found in the running text of a draft, in English, without a model.
//!
//! In: a text and what its words are read against. Out: [`Find`]s in order, none over another, each with the bytes where it
//! stands: a [`Figure`] with what it admits, what it counts and who says so; a [`Dated`] phrase with its days; or a number
//! that is neither, with its [`Other`] kind, so that nothing with digits is passed over in silence.
//!
//! The readings are those of [`number`](crate::number) and [`calendar`](crate::calendar). What is added here is what a claim
//! leaves to its author: where in a sentence a figure begins and ends, and whether it is one at all. The finder looks at
//! each word once and a bounded number of neighbours, so that it takes time in proportion to the text.
//!
//! `segment` parts a Markdown or HTML page into what is read and what is left alone; `prose` cuts it into words and
//! sentences; `others`, `dates` and `figures` each say what begins at a word; `roles`, `nouns` and `speakers` then look at
//! the sentence around a figure. `tables` holds the words.

mod anchored;
mod dates;
mod days;
mod figures;
mod find;
mod multiples;
mod nouns;
mod others;
mod prose;
mod roles;
mod segment;
mod speakers;
mod tables;
mod units;

pub use find::{Dated, Figure, Find, FindKind, Other, Role};
pub use segment::Markup;

use crate::calendar::Context;
use prose::Prose;

/// Finds the figures, the dates and the other numbers of a draft, in order.
///
/// Without a dateline, words that need one ("on Thursday") are found all the same, and their days stay unknown.
///
/// ```
/// use addup::calendar::{Context, Day};
/// use addup::draft::{FindKind, Markup, finds};
/// let context = Context { dateline: Day::from_ymd(2025, 12, 21), ..Context::default() };
/// let found = finds("Police detained more than 40 people on Thursday.", Markup::Plain, &context);
/// let FindKind::Figure(figure) = &found[0].kind else { panic!() };
/// assert_eq!(figure.reading.hard().to_string(), "(40, ∞)");
/// let FindKind::Date(date) = &found[1].kind else { panic!() };
/// assert_eq!(date.days.unwrap().notation(), "2025-12-18");
/// ```
pub fn finds(text: &str, markup: Markup, context: &Context) -> Vec<Find> {
    let read = segment::blanked(text, markup);
    let prose = Prose::new(&read, context);
    let mut found = Vec::new();
    let mut placed = Vec::new();
    let mut last_day = None;
    let mut at = 0;
    while at < prose.len() {
        let before = placed.last();
        let next = others::at(&prose, at)
            .or_else(|| dates::at(&prose, at, last_day))
            .or_else(|| figures::at(&prose, at, before));
        match next {
            Some(piece) => {
                if let FindKind::Date(Dated { days: Some(days) }) = &piece.kind {
                    last_day = Some((prose.paragraph(at), *days));
                }
                at = piece.tokens.end.max(at.saturating_add(1));
                placed.push(piece);
            }
            None => at = at.saturating_add(1),
        }
    }
    roles::settle(&prose, &mut placed);
    nouns::settle(&prose, &mut placed);
    speakers::settle(&prose, &mut placed);
    found.extend(placed.into_iter().filter_map(|piece| {
        let span = prose.scan.span(&piece.tokens)?;
        Some(Find { span, kind: piece.kind })
    }));
    found
}
