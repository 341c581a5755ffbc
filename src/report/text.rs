//! What renderers of text share: inert text, wrapped lines, counts in words.
//!
//! Everything that comes from an input passes through [`inert`] before it is printed, so that a claim file can neither
//! move the cursor of a terminal nor turn the order of letters around (Boucher and Anderson, *Trojan Source*, 2021).

use crate::source::{CellPlace, FileId, Sources, Span};
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// How wide the text of a report may be.
pub(super) const WIDTH: usize = 100;

/// Ranges of characters that are not control characters but act on the text around them, or cannot be seen at all:
/// the bidirectional controls of UAX #9, separators of lines and paragraphs, and invisible format characters. The two
/// joiners (U+200C, U+200D) stay, because Persian and emoji need them.
const ACTIVE: [(char, char); 12] = [
    ('\u{61c}', '\u{61c}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200b}'),
    ('\u{200e}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{2064}'),
    ('\u{2066}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffb}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0001}', '\u{e0001}'),
    ('\u{e0020}', '\u{e007f}'),
];

/// Whether a character must not reach a terminal as it is.
pub(super) fn is_active(character: char) -> bool {
    character.is_control() || ACTIVE.iter().any(|(first, last)| (*first..=*last).contains(&character))
}

/// A text in which nothing acts: controls are shown as escapes such as `\u{1b}` and `\n`.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if !text.contains(is_active) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        push_inert(&mut shown, character);
    }
    Cow::Owned(shown)
}

/// Adds one character, as an escape if it is active.
pub(super) fn push_inert(shown: &mut String, character: char) {
    match character {
        '\n' | '\r' | '\t' => shown.extend(character.escape_default()),
        _ if is_active(character) => shown.extend(character.escape_unicode()),
        _ => shown.push(character),
    }
}

/// How many columns a text takes: combining marks take none, East Asian wide characters and emoji take two.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(column_width).fold(0, usize::saturating_add)
}

/// Blocks whose characters are two columns wide (after the Unicode property East_Asian_Width, W and F).
const WIDE: [(char, char); 8] = [
    ('\u{1100}', '\u{115f}'),
    ('\u{2e80}', '\u{a4cf}'),
    ('\u{a960}', '\u{a97c}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{fe30}', '\u{fe6f}'),
    ('\u{ff00}', '\u{ff60}'),
    ('\u{1f300}', '\u{3fffd}'),
];

fn column_width(character: char) -> usize {
    if character == '\u{200c}' || character == '\u{200d}' || is_combining_mark(character) {
        0
    } else if WIDE.iter().any(|(first, last)| (*first..=*last).contains(&character)) {
        2
    } else {
        1
    }
}

/// The lines of a text, wrapped between words at `width` columns. A word that is wider stands alone.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && columns(&line).saturating_add(columns(word)).saturating_add(1) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&inert(word));
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Pads a text with spaces to a number of columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', width.saturating_sub(columns(text))));
    padded
}

/// A count with its noun: `1 claim`, `1,204 claims`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", crate::finding::words::grouped(count), if count == 1 { one } else { many })
}

/// `FILE:LINE:COLUMN` of the start of a span, or `FILE: row 12, column `arrests`` where there are no lines.
pub(super) fn place(sources: &Sources, span: Span) -> String {
    if let Some(cell) = sources.cell_at(span.file, span.start) {
        return cell_place(sources, span.file, cell);
    }
    let position = sources.position(span.file, span.start);
    format!("{}:{}:{}", inert(sources.path(span.file)), position.line, position.column)
}

/// The place of a cell of rows that are no text.
pub(super) fn cell_place(sources: &Sources, file: FileId, cell: CellPlace<'_>) -> String {
    let (path, column) = (inert(sources.path(file)), inert(cell.column));
    if cell.row == 0 {
        format!("{path}: column `{column}`")
    } else {
        format!("{path}: row {}, column `{column}`", cell.row)
    }
}

/// A text that ends like a sentence if it begins like one; a fragment stays as it is.
pub(super) fn sentence(text: &str) -> String {
    let mut sentence = inert(text.trim()).into_owned();
    let begun = sentence.starts_with(|first: char| first.is_uppercase() || first.is_numeric());
    if begun && !sentence.ends_with(['.', '?', '!', '…', ':']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_bidi_marks_become_visible_and_everything_else_stays() {
        assert_eq!(inert("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(inert("a\u{202e}b\u{2066}c\u{9b}"), "a\\u{202e}b\\u{2066}c\\u{9b}");
        assert_eq!(inert("one\r\ntwo\tthree"), "one\\r\\ntwo\\tthree");
        assert_eq!(inert("€101.3 million, 대통령실, 👩\u{200d}🚒"), "€101.3 million, 대통령실, 👩\u{200d}🚒");
    }

    #[test]
    fn lines_break_between_words_and_never_inside_them() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("incomprehensibilities are long", 8), ["incomprehensibilities", "are long"]);
        assert_eq!(wrapped("   ", 8), Vec::<String>::new());
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(columns("대통령실 e\u{301}"), 10);
        assert_eq!(padded("서울", 6), "서울  ");
    }

    #[test]
    fn counts_have_their_noun() {
        assert_eq!(counted(1, "claim", "claims"), "1 claim");
        assert_eq!(counted(0, "claim", "claims"), "0 claims");
        assert_eq!(counted(12_345, "claim", "claims"), "12,345 claims");
    }
}
