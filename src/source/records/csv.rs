//! Comma-separated values, as RFC 4180 has them: a cell that holds a comma, a line break or a quotation mark stands in
//! quotation marks, and a quotation mark in it is doubled. The first line names the columns, and each row has as many
//! cells as there are columns. Empty lines are read over, and so is a byte order mark.

use super::{Cell, Faults, LONGEST_CELL, Records, held};
use crate::source::{FileId, InputError, InputErrors, Span, Spanned};
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::collections::BTreeMap;

/// A field of a row: where its text stands, and the text itself if something in it is escaped.
struct Field {
    start: usize,
    end: usize,
    escaped: Option<String>,
    /// Whether it is the last of its row.
    is_last: bool,
}

/// Reads a table. `None` if something in it is not understood; why is then in `errors`.
pub(super) fn read(text: &str, file: FileId, delimiter: u8, errors: &mut InputErrors) -> Option<Records> {
    let mut fields = Fields::new(text, file, delimiter);
    let mut columns = Vec::new();
    loop {
        match fields.next() {
            Ok(Some(field)) => {
                let span = Span { file, start: field.start, end: field.end };
                let name = field.escaped.unwrap_or_else(|| text.get(field.start..field.end).unwrap_or("").to_owned());
                columns.push(Spanned::new(name.trim().to_owned(), span));
                if field.is_last {
                    break;
                }
            }
            Ok(None) => break,
            Err(error) => {
                errors.push(*error);
                return None;
            }
        }
    }
    if !held(&columns, file, errors) {
        return None;
    }
    let width = columns.len();
    let (mut cells, mut escaped) = (Vec::new(), BTreeMap::new());
    let mut faults = Faults::default();
    let mut row: Vec<Field> = Vec::with_capacity(width);
    loop {
        match fields.next() {
            Ok(None) => break,
            Err(error) => {
                // What follows an open quotation mark cannot be told from what it holds.
                faults.push(*error);
                break;
            }
            Ok(Some(field)) => {
                let is_last = field.is_last;
                row.push(field);
                if !is_last {
                    continue;
                }
            }
        }
        if row.len() == width {
            for field in row.drain(..) {
                if let Some(text) = field.escaped {
                    escaped.insert(cells.len(), text);
                }
                let length = u32::try_from(field.end.saturating_sub(field.start)).ok();
                cells.push(Cell { start: field.start, length });
            }
        } else {
            faults.push(ragged(&row, width, columns.last().map(|it| it.span), file));
            row.clear();
        }
    }
    if faults.is_empty() {
        return Some(Records { file, columns, cells, escaped, numbers: None });
    }
    faults.report(file, errors);
    None
}

fn ragged(row: &[Field], width: usize, header: Option<Span>, file: FileId) -> InputError {
    let (start, end) = (row.first().map_or(0, |it| it.start), row.last().map_or(0, |it| it.end));
    let cells = if row.len() == 1 { "cell" } else { "cells" };
    let message = format!("this row has {} {cells}, and {width} columns are named", row.len());
    let mut error = InputError::at(Span { file, start, end }, message);
    if let Some(header) = header {
        error = error.also(header, "the last column");
    }
    error.help("a cell that holds a comma or a line break stands in quotation marks; an empty cell is written, too")
}

/// The fields of a text, one after the other.
struct Fields<'t> {
    text: &'t str,
    file: FileId,
    delimiter: u8,
    reader: Reader,
    at: usize,
    /// Whether the next field is the first of its row.
    begins: bool,
    unescaped: Vec<u8>,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, file: FileId, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Self { text, file, delimiter, reader, at: 0, begins: true, unescaped: vec![0; 256] }
    }

    /// The next field; `None` at the end.
    fn next(&mut self) -> Result<Option<Field>, Box<InputError>> {
        let (mut start, mut written) = (self.at, 0_usize);
        let is_last = loop {
            let input = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let output = self.unescaped.get_mut(written..).unwrap_or_default();
            let (result, read, wrote) = self.reader.read_field(input, output);
            self.at = self.at.saturating_add(read);
            written = written.saturating_add(wrote);
            match result {
                ReadFieldResult::Field { record_end } => break record_end,
                ReadFieldResult::End => return Ok(None),
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull if written >= LONGEST_CELL => return Err(Box::new(self.too_long(start))),
                ReadFieldResult::OutputFull => self.unescaped.resize(self.unescaped.len().saturating_mul(2), 0),
            }
        };
        if self.begins {
            let from_here = self.text.get(start..self.at).unwrap_or("");
            let bare = from_here.trim_start_matches(['\u{feff}', '\r', '\n']);
            start = start.saturating_add(from_here.len().saturating_sub(bare.len()));
        }
        self.begins = is_last;
        let raw = self.text.get(start..self.at).unwrap_or("");
        let ended = raw
            .as_bytes()
            .last()
            .is_some_and(|last| if is_last { matches!(last, b'\r' | b'\n') } else { *last == self.delimiter });
        let raw = if ended { raw.get(..raw.len().saturating_sub(1)).unwrap_or("") } else { raw };
        let end = start.saturating_add(raw.len());
        let Some(inside) = raw.strip_prefix('"') else {
            return Ok(Some(Field { start, end, escaped: None, is_last }));
        };
        let Some(inside) = inside.strip_suffix('"') else { return Err(Box::new(self.open(start, end))) };
        let (start, end) = (start.saturating_add(1), end.saturating_sub(1));
        let text = self.unescaped.get(..written).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or(inside);
        if inside.replace("\"\"", "\"") != text {
            return Err(Box::new(self.open(start.saturating_sub(1), end)));
        }
        let escaped = (text != inside).then(|| text.to_owned());
        Ok(Some(Field { start, end, escaped, is_last }))
    }

    fn too_long(&self, start: usize) -> InputError {
        let at = Span { file: self.file, start, end: start.saturating_add(1) };
        let message = format!("this cell has more than {LONGEST_CELL} bytes, and they are the most that is read");
        InputError::at(at, message).help("most likely a quotation mark is opened here, or further up, and never closed")
    }

    fn open(&self, start: usize, end: usize) -> InputError {
        // The mark is drawn on the first line of what may be many.
        let line = self.text.get(start..end).and_then(|cell| cell.split(['\r', '\n']).next()).map_or(0, str::len);
        let at = Span { file: self.file, start, end: start.saturating_add(line.clamp(1, 200)) };
        let marks = self.text.get(start..self.at).map_or(0, |cell| cell.matches('"').count());
        let message = if !marks.is_multiple_of(2) {
            "a quotation mark is opened here and never closed"
        } else {
            "something stands behind the closing quotation mark of this cell"
        };
        InputError::at(at, message).help("a quotation mark inside a quoted cell is doubled: \"she said \"\"no\"\"\"")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::source::records::Format;

    fn read_text(text: &str) -> Result<Vec<Vec<(String, String)>>, String> {
        let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
        let file = sources.add("a.csv", text);
        let Some(records) = Records::read(&sources, file, Format::Csv { delimiter: b',' }, &mut errors) else {
            return Err(errors.0.iter().map(|it| it.message.clone()).collect::<Vec<_>>().join("; "));
        };
        let mut rows =
            vec![records.columns().iter().map(|it| (it.value.clone(), sources.slice(it.span).into())).collect()];
        for row in 0..records.len() {
            let cell = |column| {
                let cell = records.cell(&sources, row, column).unwrap();
                (cell.value.to_owned(), sources.slice(cell.span).to_owned())
            };
            rows.push((0..records.columns().len()).map(cell).collect());
        }
        Ok(rows)
    }

    fn texts(text: &str) -> Vec<Vec<String>> {
        read_text(text).unwrap().into_iter().map(|row| row.into_iter().map(|it| it.0).collect()).collect()
    }

    #[test]
    fn rows_have_the_cells_that_the_text_says() {
        assert_eq!(texts("a,b\n1,2\n3,4"), [["a", "b"], ["1", "2"], ["3", "4"]]);
        assert_eq!(texts("\u{feff}a,b\r\n1, 2 \r\n\r\n3,\r\n"), [["a", "b"], ["1", "2"], ["3", ""]]);
        assert_eq!(texts("a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n"), [["a", "b"], ["x,\"y\"", "two\nlines"]]);
        assert_eq!(texts("a\n"), [["a"]]);
    }

    #[test]
    fn cells_know_where_they_stand() {
        let rows = read_text("a,\"b\"\r\n12.50,\"x\"\"y\"\r\n7,é\r\n").unwrap();
        let slices: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|it| it.1.as_str()).collect()).collect();
        assert_eq!(slices, [["a", "b"], ["12.50", "x\"\"y"], ["7", "é"]]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let error = |text: &str| read_text(text).unwrap_err();
        assert_eq!(error(""), "there is no table in this file");
        assert_eq!(error("a,,b\n1,2,3"), "this column has no name");
        assert_eq!(error("a,a\n1,2"), "a second column is called `a`");
        assert_eq!(
            error("a,b\n1\n1,2,3\n"),
            "this row has 1 cell, and 2 columns are named; this row has 3 cells, and 2 columns are named"
        );
        assert_eq!(error("a,b\n1,\"2\n3,4\n"), "a quotation mark is opened here and never closed");
        assert_eq!(error("a,b\n\"1\"x,2\n3,4\n"), "something stands behind the closing quotation mark of this cell");
        assert_eq!(error("a,b\n1,\0\n"), "a NUL byte: this is no text");
        assert!(error(&format!("a\n\"{}", "x".repeat(2 << 20))).starts_with("this cell has more than"));
        let many = error(&format!("a,b\n{}", "1\n".repeat(1000)));
        assert!(many.ends_with("and 990 more like these further down in this file"), "{many}");
    }
}
