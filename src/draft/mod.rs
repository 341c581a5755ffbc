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
//! What it is known to miss: words that count without a number ("both", "none", "a pair"); "one" where only the sense tells
//! the pronoun from the count; times without "am" or a colon ("at seven"); names that end in a number and a lower-case plural
//! ("Radio 4 listeners"); idioms that are in no table; vague times ("several years ago", "a few days later"), whose figure is
//! found instead; dates that count from an event ("the day after the vote"); feasts that move; figures in the entities of HTML;
//! and speakers in another sentence. Of a name such as "the first half" it tells the game from the year by the words around it.
//!
//! `segment` parts a Markdown or HTML page into what is read and what is left alone; `prose` cuts it into words and
//! sentences; `others` (with `clocks`), `dates` (with `days`,
//! `stretches` and `anchored`) and `figures` (with `ages`, `multiples`, `units` and `guards`) each say what begins at a word; `roles`, `nouns` and `speakers` then look at
//! the sentence around a figure. `tables` holds the words.

mod ages;
mod anchored;
mod clocks;
mod dates;
mod days;
mod figures;
mod find;
mod guards;
#[cfg(test)]
mod laws;
mod multiples;
mod nouns;
mod others;
mod prose;
mod roles;
mod segment;
mod speakers;
mod stretches;
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
