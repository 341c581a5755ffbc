//! The text inside a TOML string, and where each of its characters stands in the file.
//!
//! An expression stands in a string of any of TOML's four kinds. Escapes and folded lines make what the string says
//! shorter than what is written, and a caret that is off by one escape points at the wrong word; so every stretch of
//! the text remembers the stretch of the file that it was written as.

use crate::source::{Sources, Span};

/// A stretch of the text, written either letter by letter or as one escape.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// The first byte in the text.
    start: usize,
    /// The first byte in the file.
    at: usize,
    /// One past the last byte in the file, if it is an escape; `None` if the stretch is written as it is.
    escape_end: Option<usize>,
}

/// What a TOML string says, with the place of every character.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    /// What it says.
    pub(super) text: String,
    span: Span,
    end: usize,
    stretches: Vec<Stretch>,
}

impl Literal {
    /// Reads the string at `span`, its quotation marks included. `None` if no whole TOML string stands there.
    pub(super) fn read(sources: &Sources, span: Span) -> Option<Self> {
        let raw = sources.slice(span);
        let (mark, escapes) = [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)]
            .into_iter()
            .find(|(mark, _)| raw.starts_with(mark))?;
        let multi_line = mark.len() == 3;
        let inside = raw.strip_prefix(mark)?.strip_suffix(mark)?;
        let trimmed = if multi_line {
            inside.strip_prefix("\r\n").or_else(|| inside.strip_prefix('\n')).unwrap_or(inside)
        } else {
            inside
        };
        let dropped = inside.len().saturating_sub(trimmed.len());
        let first = span.start.saturating_add(mark.len()).saturating_add(dropped);
        let mut literal = Self {
            text: String::with_capacity(trimmed.len()),
            span,
            end: first.saturating_add(trimmed.len()),
            stretches: Vec::new(),
        };
        literal.take_in(trimmed, first, escapes)?;
        Some(literal)
    }

    /// Takes in what stands between the marks; `first` is the place of its first byte.
    fn take_in(&mut self, inside: &str, first: usize, escapes: bool) -> Option<()> {
        let mut rest = inside;
        while !rest.is_empty() {
            let at = first.saturating_add(inside.len().saturating_sub(rest.len()));
            let plain = if escapes { rest.find('\\').unwrap_or(rest.len()) } else { rest.len() };
            let (written, tail) = rest.split_at_checked(plain)?;
            if !written.is_empty() {
                self.stretches.push(Stretch { start: self.text.len(), at, escape_end: None });
                self.text.push_str(written);
                rest = tail;
                continue;
            }
            let (said, length) = escape(tail)?;
            if let Some(said) = said {
                let escape_end = Some(at.saturating_add(length));
                self.stretches.push(Stretch { start: self.text.len(), at, escape_end });
                self.text.push(said);
            }
            rest = tail.get(length..)?;
        }
        Some(())
    }

    /// The place in the file of a range of bytes of the text. An empty range is the place of what stands there, or of
    /// the closing mark at the end of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = if start >= self.text.len() { self.end } else { self.place(start, false) };
        let to = if end <= start { from.saturating_add(1) } else { self.place(end.saturating_sub(1), true) };
        Span { file: self.span.file, start: from.min(self.span.end), end: to.max(from).min(self.span.end) }
    }

    /// Where a byte of the text begins in the file, or where it ends.
    fn place(&self, offset: usize, past: bool) -> usize {
        let index = self.stretches.partition_point(|stretch| stretch.start <= offset).saturating_sub(1);
        let Some(stretch) = self.stretches.get(index) else { return self.end };
        match (stretch.escape_end, past) {
            (Some(end), true) => end,
            (Some(_), false) => stretch.at,
            (None, _) => {
                let place = stretch.at.saturating_add(offset.saturating_sub(stretch.start));
                place.saturating_add(usize::from(past))
            }
        }
    }
}

/// What the escape at the head of `text` says (nothing, if it folds a line) and how many bytes it takes.
fn escape(text: &str) -> Option<(Option<char>, usize)> {
    let letter = text.chars().nth(1)?;
    let simple = |said: char| Some((Some(said), 2));
    match letter {
        'b' => simple('\u{8}'),
        't' => simple('\t'),
        'n' => simple('\n'),
        'f' => simple('\u{c}'),
        'r' => simple('\r'),
        'e' => simple('\u{1b}'),
        '"' => simple('"'),
        '\\' => simple('\\'),
        'x' => coded(text, 2),
        'u' => coded(text, 4),
        'U' => coded(text, 8),
        ' ' | '\t' | '\r' | '\n' => {
            let folded = text.strip_prefix('\\')?.trim_start_matches([' ', '\t', '\r', '\n']);
            Some((None, text.len().saturating_sub(folded.len())))
        }
        _ => None,
    }
}

/// The character whose code follows in `digits` hexadecimal digits.
fn coded(text: &str, digits: usize) -> Option<(Option<char>, usize)> {
    let length = digits.saturating_add(2);
    let code = u32::from_str_radix(text.get(2..length)?, 16).ok()?;
    Some((Some(char::from_u32(code)?), length))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use super::*;
    use proptest::prelude::*;

    fn read(written: &str) -> (Sources, Literal) {
        let mut sources = Sources::new();
        let file = sources.add("rules.toml", format!("x = {written}\n"));
        let literal = Literal::read(&sources, Span { file, start: 4, end: written.len().saturating_add(4) }).unwrap();
        (sources, literal)
    }

    #[test]
    fn every_kind_of_string_says_what_toml_says_it_says() {
        for (written, says) in [
            (r#""a <= b""#, "a <= b"),
            ("'a <= b'", "a <= b"),
            (r#""a == \"b\"""#, "a == \"b\""),
            (r#"'a == \b'"#, r"a == \b"),
            ("'''\na\nb'''", "a\nb"),
            ("\"\"\"\r\na \\\n   <= b\"\"\"", "a <= b"),
            (r#""\u00e9\U0001F600\x41\t\\""#, "é😀A\t\\"),
            ("\"\"", ""),
        ] {
            assert_eq!(read(written).1.text, says, "{written}");
            let toml = toml::from_str::<toml::Table>(&format!("x = {written}\n")).unwrap();
            assert_eq!(toml["x"].as_str(), Some(says), "{written}");
        }
    }

    #[test]
    fn a_place_in_the_text_is_a_place_in_the_file() {
        let (sources, literal) = read(r#""\u0061 == \"b\" and c""#);
        assert_eq!(sources.slice(literal.span(0, 1)), r"\u0061");
        assert_eq!(sources.slice(literal.span(2, 4)), "==");
        assert_eq!(sources.slice(literal.span(5, 8)), r#"\"b\""#);
        assert_eq!(sources.slice(literal.span(13, 14)), "c");
        assert_eq!(sources.slice(literal.span(14, 14)), "\"");
        let (sources, literal) = read("\"\"\"\n  été \\\n   <= b\"\"\"");
        assert_eq!(sources.slice(literal.span(2, 7)), "été");
        assert_eq!(sources.slice(literal.span(8, 10)), "<=");
        let (sources, literal) = read("''");
        assert_eq!(sources.slice(literal.span(0, 0)), "'");
    }

    /// A TOML string of each kind, made of pieces: as each is written, and as it is said.
    fn pieces() -> impl Strategy<Value = (String, String)> {
        let plain = prop_oneof![
            Just("a"),
            Just("b <= c"),
            Just("é"),
            Just("größe"),
            Just("😀"),
            Just("\t"),
            Just("  "),
            Just("e\u{301}"),
            Just("`x y`"),
        ];
        let plain = plain.prop_map(|text| (text.to_owned(), text.to_owned()));
        let escape = prop_oneof![
            Just((r"\u00e9", "é")),
            Just((r"\U0001F600", "😀")),
            Just((r"\x41", "A")),
            Just((r"\t", "\t")),
            Just((r"\n", "\n")),
            Just((r"\\", "\\")),
            Just((r#"\""#, "\"")),
            Just((r"\e", "\u{1b}")),
            Just((r"\b", "\u{8}")),
            Just((r"\f", "\u{c}")),
        ];
        let escape = escape.prop_map(|(written, said)| (written.to_owned(), said.to_owned()));
        let line =
            prop_oneof![Just(("\n", "\n")), Just(("\\\n  z", "z")), Just(("\\  \r\n\tz", "z")), Just(("'", "'"))];
        let line = line.prop_map(|(written, said)| (written.to_owned(), said.to_owned()));
        let joined = |parts: Vec<(String, String)>| {
            parts.into_iter().fold((String::new(), String::new()), |mut whole, part| {
                whole.0.push_str(&part.0);
                whole.1.push_str(&part.1);
                whole
            })
        };
        let of = |part: BoxedStrategy<(String, String)>, open: &'static str| {
            let mark = open.trim_end();
            prop::collection::vec(part, 0..12)
                .prop_map(joined)
                .prop_map(move |(written, said)| (format!("{open}{written}{mark}"), said))
        };
        let newline = Just(("\n".to_owned(), "\n".to_owned()));
        prop_oneof![
            of(plain.clone().boxed(), "'"),
            of(prop_oneof![plain.clone(), escape.clone()].boxed(), "\""),
            of(prop_oneof![plain.clone(), newline].boxed(), "'''\n"),
            of(prop_oneof![plain, escape, line].boxed(), "\"\"\"\n"),
        ]
    }

    proptest! {
        #[test]
        fn every_letter_of_every_kind_of_string_has_its_place((written, said) in pieces()) {
            let toml = toml::from_str::<toml::Table>(&format!("x = {written}\n"));
            let toml = toml.map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
            let (sources, literal) = read(&written);
            prop_assert_eq!(toml["x"].as_str(), Some(said.as_str()));
            prop_assert_eq!(&literal.text, &said, "{}", written);
            let mut last = 0;
            for (at, letter) in said.char_indices() {
                let place = literal.span(at, at + letter.len_utf8());
                let there = sources.slice(place);
                // A letter stands for itself, or is what its escape says.
                let is_said = there.starts_with('\\') && escape(there).is_some_and(|(said, _)| said == Some(letter));
                prop_assert!(there == letter.to_string() || is_said, "{written}: {letter:?} at {there:?}");
                prop_assert!(place.start >= last, "{written}: places go on");
                last = place.end;
            }
        }
    }

    #[test]
    fn what_is_no_string_is_refused() {
        let mut sources = Sources::new();
        let file = sources.add("rules.toml", "x = 12 'a \"\\q\" \"\\u12");
        for (start, end) in [(4, 6), (7, 9), (10, 14), (15, 20), (3, 99), (5, 5)] {
            assert!(Literal::read(&sources, Span { file, start, end }).is_none(), "{start}..{end}");
        }
    }
}
