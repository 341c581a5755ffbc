//! What is wrong with the syntax of a TOML file, in plain words.

use crate::source::{FileId, InputError, Span};

/// What the parser says, what we say, and how to mend it.
const PLAIN: &[(&str, &str, &str)] = &[
    ("invalid basic string", "this string is not closed", "close it with a quotation mark: \""),
    ("invalid literal string", "this string is not closed", "close it with a quotation mark: '"),
    ("unclosed table", "this header is not closed", "close it with `]`"),
    ("unclosed array table", "this header is not closed", "close it with `]]`"),
    ("unclosed array", "this array is not closed", "close it with `]`"),
    ("unclosed inline table", "this table is not closed", "close it with `}`"),
    ("missing comma between array", "a comma is missing here", "put commas between the values of an array"),
    ("missing comma between key", "a comma is missing here", "put commas between the entries of a table in braces"),
    ("extra comma", "there is a comma too many", "leave it out"),
    ("key with no value", "this key has no value", "write key = value"),
    ("recurs", "tables or arrays are nested too deeply", "eighty levels are the most that is read"),
];

/// How many syntax errors of one file are shown; one slip can cause many.
pub(super) const SHOWN: usize = 10;
/// How many are looked at to find those.
const LOOKED_AT: usize = 200;

/// The errors of a file, in the order of their places, one for each slip.
pub(super) fn errors(text: &str, file: FileId, faults: &[toml::de::Error]) -> Vec<InputError> {
    let mut placed: Vec<(Span, &toml::de::Error)> =
        faults.iter().map(|fault| (place(text, file, fault), fault)).collect();
    placed.sort_by_key(|(span, _)| *span);
    // One slip makes the parser stumble several times on the same line: the first stumble is the telling one.
    let mut last = None;
    placed.retain(|(span, _)| {
        let between = last.and_then(|last| text.get(last..span.start));
        last = Some(span.start);
        between.is_none_or(|between| between.contains('\n'))
    });
    let mut errors = Vec::new();
    let mut twice: Option<&str> = None;
    for (span, fault) in placed.iter().take(LOOKED_AT) {
        if errors.len() == SHOWN {
            break;
        }
        let line = line_at(text, span.start).trim();
        let is_header = line.starts_with('[');
        if !fault.message().starts_with("duplicate key") {
            errors.push(error(text, *span, fault.message()));
        } else if is_header {
            twice = Some(line);
            errors.push(given_twice(text, *span));
        } else if twice.is_none() || twice != header_before(text, span.start) {
            // (In a table that is given twice, every key may be given twice.)
            errors.push(given_twice(text, *span));
        }
    }
    let unseen = placed.len().saturating_sub(errors.len());
    let is_cut = errors.len() == SHOWN && unseen > 0;
    if let (Some(last), true) = (errors.last_mut(), is_cut) {
        last.help.get_or_insert_default().push_str(&format!(" ({unseen} more in this file)"));
    }
    errors
}

/// The header of the table that a byte stands in.
fn header_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let header = before.rfind("\n[").map_or(0, |it| it.saturating_add(1));
    Some(line_at(text, header).trim())
}

fn place(text: &str, file: FileId, fault: &toml::de::Error) -> Span {
    let range = fault.span().unwrap_or(0..0);
    // Where the fault is the end of a line, a caret over the break would stand on the next one.
    let breaks = text.get(range.clone()).and_then(|it| it.find('\n'));
    Span { file, start: range.start, end: breaks.map_or(range.end, |at| range.start.saturating_add(at)) }
}

/// The line that a byte stands in.
fn line_at(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |it| it.saturating_add(1));
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("")
}

fn given_twice(text: &str, span: Span) -> InputError {
    let name = text.get(span.start..span.end).unwrap_or("").trim();
    let line = line_at(text, span.start).trim();
    let is_header = line.starts_with('[');
    let said = if is_header { line.split_inclusive(']').next().unwrap_or(line) } else { name };
    let message =
        if is_header { format!("`{said}` is given twice") } else { format!("`{said}` is given twice in one table") };
    let error = InputError::at(span, message).help("keep one of the two, or give one another name");
    // A key is looked for from the header of its table on; a header anywhere before.
    let before = text.get(..span.start).unwrap_or("");
    let from = if is_header { 0 } else { before.rfind("\n[").map_or(0, |at| at.saturating_add(1)) };
    let mut start = from;
    for earlier in before.get(from..).unwrap_or("").split_inclusive('\n') {
        let bare = earlier.trim_start();
        let at = start.saturating_add(earlier.len().saturating_sub(bare.len()));
        start = start.saturating_add(earlier.len());
        let is_same = bare.strip_prefix(said).is_some_and(|rest| is_header || rest.trim_start().starts_with('='));
        if is_same && at.saturating_add(said.len()) <= span.start {
            let end = at.saturating_add(said.len());
            return error.also(Span { start: at, end, ..span }, "the first");
        }
    }
    error
}

fn error(text: &str, span: Span, message: &str) -> InputError {
    let line = line_at(text, span.start);
    let written = text.get(span.start..span.end).unwrap_or("").trim();
    if looks_like_a_date(written) {
        return InputError::at(span, format!("there is no {written}")).label("not a day of the calendar").help(
            "write a real day as YYYY-MM-DD; a day that is not known is \"2025-11\" or \"by some day of November\"",
        );
    }
    let value = line.split_once('=').map(|(_, value)| value.trim_start());
    if value.is_some_and(|value| value.is_empty() || value.starts_with('#')) && written.is_empty() {
        return InputError::at(span, "the value after `=` is missing").help("write a value, or leave the key out");
    }
    let curly = line.contains(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}']) && !line.contains('"');
    if curly || value.is_some_and(|value| value.starts_with(char::is_alphabetic)) {
        let error = InputError::at(span, "a string stands between straight quotation marks");
        return error.help("put it in straight quotation marks: \"…\"");
    }
    match PLAIN.iter().find(|(said, ..)| message.contains(said)) {
        Some((_, plain, help)) => InputError::at(span, *plain).help(*help),
        None => InputError::at(span, format!("this is not TOML: {message}")),
    }
}

/// `2025-02-30`: four digits, two, two.
fn looks_like_a_date(text: &str) -> bool {
    let day = text.get(..10).unwrap_or("");
    day.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
        && !day.is_empty()
}
