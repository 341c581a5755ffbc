//! JSON Lines: an object a line, whose keys are the columns. A key that a line does not have is a cell that is not there,
//! and so is `null`. Numbers are kept exactly as they are written.

use super::{Cell, Faults, LONGEST_CELL, Records, held};
use crate::source::{FileId, InputError, InputErrors, Span, Spanned};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// The members of an object, in the order of the line, each with the text of its value.
struct Line<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Line<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Line<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object, such as {\"region\": \"North\", \"arrests\": 12}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Line(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// Reads a table. `None` if something in it is not understood; why is then in `errors`.
pub(super) fn read(text: &str, file: FileId, errors: &mut InputErrors) -> Option<Records> {
    let mut columns: Vec<Spanned<String>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows: Vec<Vec<(usize, Cell, Option<String>)>> = Vec::new();
    let mut faults = Faults::default();
    let mut start = 0_usize;
    for line in text.split('\n') {
        let at = start;
        start = start.saturating_add(line.len()).saturating_add(1);
        let bare = line.trim_start_matches('\u{feff}').trim();
        if bare.is_empty() {
            continue;
        }
        let at = at.saturating_add(offset(line, bare));
        let members = match serde_json::from_str::<Line<'_>>(bare) {
            Ok(Line(members)) => members,
            Err(error) => {
                faults.push(no_object(bare, at, file, &error));
                continue;
            }
        };
        let mut row: Vec<(usize, Cell, Option<String>)> = Vec::new();
        for (name, value) in members {
            let written = value.get();
            let start = at.saturating_add(offset(bare, written));
            let span = Span { file, start, end: start.saturating_add(written.len()) };
            let place = *places.entry(name.clone().into_owned()).or_insert_with(|| {
                columns.push(Spanned::new(name.trim().to_owned(), span));
                columns.len().saturating_sub(1)
            });
            if row.iter().any(|(known, ..)| *known == place) {
                let error = InputError::at(span, format!("this line has `{name}` twice"));
                faults.push(error.help("keep one of the two"));
                continue;
            }
            match cell(written, span) {
                Ok((cell, escaped)) => row.push((place, cell, escaped)),
                Err(error) => faults.push(*error),
            }
        }
        rows.push(row);
    }
    if !faults.is_empty() {
        faults.report(file, errors);
        return None;
    }
    if !held(&columns, file, errors) {
        return None;
    }
    let (mut cells, mut escaped) = (Vec::with_capacity(rows.len().saturating_mul(columns.len())), BTreeMap::new());
    for row in rows {
        let first = cells.len();
        let place = row.first().map_or(0, |(_, cell, _)| cell.start);
        cells.resize(first.saturating_add(columns.len()), Cell { start: place, length: None });
        for (column, cell, text) in row {
            let at = first.saturating_add(column);
            if let Some(slot) = cells.get_mut(at) {
                *slot = cell;
            }
            if let Some(text) = text {
                escaped.insert(at, text);
            }
        }
    }
    Some(Records { file, columns, cells, escaped, numbers: None })
}

/// How many bytes of `text` stand before `part`, which is a slice of it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// The cell of a value, and its text if that is not as it is written.
fn cell(written: &str, span: Span) -> Result<(Cell, Option<String>), Box<InputError>> {
    if written.len() > LONGEST_CELL {
        let at = Span { end: span.start.saturating_add(1), ..span };
        let message = format!("this cell has {} bytes, and {LONGEST_CELL} are the most that is read", written.len());
        return Err(Box::new(InputError::at(at, message)));
    }
    let length = |text: &str| u32::try_from(text.len()).ok();
    match written.as_bytes().first() {
        Some(b'"') => {
            let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
            let text: String = serde_json::from_str(written).unwrap_or_else(|_| inside.to_owned());
            let cell = Cell { start: span.start.saturating_add(1), length: length(inside) };
            Ok((cell, (text != inside).then_some(text)))
        }
        Some(b'{' | b'[') => {
            let at = Span { end: span.end.min(span.start.saturating_add(200)), ..span };
            let error = InputError::at(at, "a cell is a number, a text, true, false or null");
            Err(Box::new(error.help("write a table without nesting: a key for each column")))
        }
        Some(b'n') => Ok((Cell { start: span.start, length: None }, None)),
        _ => Ok((Cell { start: span.start, length: length(written) }, None)),
    }
}

fn no_object(line: &str, at: usize, file: FileId, error: &serde_json::Error) -> InputError {
    let column = error.column().saturating_sub(1).min(line.len());
    let within = (0..=column).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
    let start = at.saturating_add(within);
    let end = start.saturating_add(line.get(within..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    InputError::at(Span { file, start, end }, format!("this line is no object of JSON: {said}"))
        .help("write an object a line, such as {\"region\": \"North\", \"arrests\": 12}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::source::records::Format;

    fn read_text(text: &str) -> Result<Vec<Vec<Option<String>>>, String> {
        let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
        let file = sources.add("a.jsonl", text);
        let Some(records) = Records::read(&sources, file, Format::JsonLines, &mut errors) else {
            return Err(errors.0.iter().map(|it| it.message.clone()).collect::<Vec<_>>().join("; "));
        };
        let mut rows = vec![records.columns().iter().map(|it| Some(it.value.clone())).collect()];
        for row in 0..records.len() {
            let cell = |column| records.cell(&sources, row, column).map(|cell| cell.value.to_owned());
            rows.push((0..records.columns().len()).map(cell).collect());
        }
        Ok(rows)
    }

    #[test]
    fn rows_have_the_cells_that_the_lines_say() {
        let rows = read_text("{\"a\": 12.50, \"b\": \"x \\\"y\\\" é\"}\r\n\n{\"b\": null, \"c\": true}\n").unwrap();
        let expected = [
            vec![Some("a"), Some("b"), Some("c")],
            vec![Some("12.50"), Some("x \"y\" é"), None],
            vec![None, None, Some("true")],
        ];
        let rows: Vec<Vec<Option<&str>>> = rows.iter().map(|row| row.iter().map(Option::as_deref).collect()).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let error = |text| read_text(text).unwrap_err();
        assert_eq!(error("\n"), "there is no table in this file");
        assert!(error("[1]").starts_with("this line is no object of JSON: invalid type"), "{}", error("[1]"));
        assert!(error("{\"a\": 1").starts_with("this line is no object of JSON: EOF"), "{}", error("{\"a\": 1"));
        assert_eq!(error("{\"a\": [1]}"), "a cell is a number, a text, true, false or null");
        assert_eq!(error("{\"a\": 1, \"a\": 2}"), "this line has `a` twice");
        let many = error(&"{\n".repeat(100));
        assert!(many.ends_with("and 90 more like these further down in this file"), "{many}");
    }
}
