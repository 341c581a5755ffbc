//! What of a page is read: plain text whole, Markdown without its code and the addresses of its links, HTML without its tags
//! and scripts.
//!
//! What is left alone is blanked byte for byte, so that every find keeps its place in the draft. An entity such as
//! `&pound;` is blanked too.

use crate::source::quote::without_markup;
use std::borrow::Cow;
use std::ops::Range;

/// How a draft is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Markup {
    /// Not at all.
    #[default]
    Plain,
    /// As Markdown: fenced and inline code and the addresses of links are left alone.
    Markdown,
    /// As HTML: tags, comments, and what stands in scripts, styles and code are left alone.
    Html,
}

/// Inline code is not longer than this.
const LONGEST_CODE: usize = 1_000;

/// Elements of HTML whose text is not read.
const UNREAD: [&str; 6] = ["script", "style", "code", "pre", "template", "svg"];

/// Tags of HTML that part paragraphs.
const PARTING: [&str; 18] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "td",
    "th",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "br",
    "table",
    "section",
    "article",
    "blockquote",
];

/// The text of a page with blanks for what is left alone, as long as the page.
pub(super) fn blanked(text: &str, markup: Markup) -> Cow<'_, str> {
    match markup {
        Markup::Plain => Cow::Borrowed(text),
        Markup::Markdown => Cow::Owned(without_markup(&with_blanks(text, &code(text), &[]))),
        Markup::Html => {
            let (unread, parting) = elements(text);
            let parted = without_markup(&with_blanks(text, &unread, &[]));
            Cow::Owned(with_blanks(&parted, &[], &parting))
        }
    }
}

/// A text with blanks for some of its bytes, and breaks of a paragraph at others, which must be blank.
fn with_blanks(text: &str, blanks: &[Range<usize>], breaks: &[usize]) -> String {
    let mut read = String::with_capacity(text.len());
    let (mut blanks, mut breaks) = (blanks.iter().peekable(), breaks.iter().peekable());
    for (at, letter) in text.char_indices() {
        while blanks.next_if(|blank| blank.end <= at).is_some() {}
        while breaks.next_if(|first| first.saturating_add(2) <= at).is_some() {}
        let is_blank = blanks.peek().is_some_and(|blank| blank.contains(&at));
        let is_break = breaks.peek().is_some_and(|first| **first <= at);
        match letter {
            ' ' if is_break => read.push('\n'),
            '\n' => read.push('\n'),
            _ if is_blank => read.extend(std::iter::repeat_n(' ', letter.len_utf8())),
            _ => read.push(letter),
        }
    }
    read
}

/// The code of a Markdown page: fenced blocks, and what stands between backticks.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut fence: Option<(usize, &str)> = None;
    let mut start = 0_usize;
    for line in text.split_inclusive('\n') {
        let end = start.saturating_add(line.len());
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some((start, mark)),
            (Some((from, open)), Some(mark)) if open == mark => {
                found.push(from..end);
                fence = None;
            }
            (None, None) => found.extend(
                inline_code(line).map(|range| start.saturating_add(range.start)..start.saturating_add(range.end)),
            ),
            _ => {}
        }
        start = end;
    }
    found.extend(fence.map(|(from, _)| from..text.len()));
    found
}

/// What stands between backticks in a line.
fn inline_code(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let open = at.saturating_add(line.get(at..)?.find('`')?);
            let ticks = line.get(open..)?.bytes().take_while(|byte| *byte == b'`').count();
            let from = open.saturating_add(ticks);
            let fence = line.get(open..from)?;
            at = from;
            let close = line.get(from..)?.find(fence).filter(|length| *length < LONGEST_CODE);
            if let Some(length) = close {
                let end = from.saturating_add(length).saturating_add(ticks);
                at = end;
                return Some(open..end);
            }
        }
    })
}

/// The elements of an HTML page whose text is not read, and the tags that part paragraphs.
fn elements(text: &str) -> (Vec<Range<usize>>, Vec<usize>) {
    let (mut unread, mut parting) = (Vec::new(), Vec::new());
    let mut past = 0_usize;
    for (at, _) in text.match_indices('<') {
        if at < past {
            continue;
        }
        let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
        let closing = rest.strip_prefix('/').unwrap_or(rest);
        let length = closing.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = closing.get(..length).unwrap_or_default();
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        if UNREAD.iter().any(is) && closing.len() == rest.len() {
            past = past_element(text, at, name);
            unread.push(at..past);
        } else if PARTING.iter().any(is) {
            parting.push(at);
        }
    }
    (unread, parting)
}

/// Where an element ends; at the end of the page if it is never closed.
fn past_element(text: &str, at: usize, name: &str) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    for (close, _) in rest.match_indices("</") {
        let tag = rest.get(close.saturating_add(2)..).unwrap_or_default();
        if tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            let length = tag.find('>').map_or(tag.len(), |length| length.saturating_add(1));
            return at.saturating_add(close).saturating_add(2).saturating_add(length);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_alone_is_blanked_and_the_rest_stays_in_place() {
        let page = "Use `5 lines` of [4 links](https://example.org/12).\n```\n7 = 8\n```\nNine men.";
        let read = blanked(page, Markup::Markdown);
        assert_eq!(read.len(), page.len());
        assert!(!read.contains('5') && !read.contains('7') && !read.contains("12"), "{read}");
        assert!(read.contains("4 links") && read.ends_with("Nine men."));
    }

    #[test]
    fn blocks_of_html_are_paragraphs() {
        let page = "<p class=\"a3\">Five men</p><td>6</td><script>var x = 7;</script><p>8 women";
        let read = blanked(page, Markup::Html);
        assert_eq!(read.len(), page.len());
        assert_eq!(
            read.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>(),
            ["Five men", "6", "8 women"]
        );
    }
}
