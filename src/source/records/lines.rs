//! Comma-separated values at volume: a table in which nothing stands in quotation marks, so that each line is a row.
//!
//! Its text can be cut at any line end and the pieces read side by side; no cell is copied. What a table like this holds
//! is exactly what [`Records`] would hold of it: a test says so. Whatever is not as plain is left to [`Records`].

use super::{Cell, Format, LONGEST_CELL, Records, held};
use crate::source::{FileId, InputErrors, Sources, Span, Spanned};
use memchr::{memchr, memchr2_iter, memchr3_iter};
use std::collections::BTreeMap;
use std::ops::Range;

/// A row: where it begins in its file, and its number among all rows, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineRow {
    /// Its number.
    pub number: usize,
    /// Its first byte.
    pub offset: usize,
}

/// A table of which each line is a row.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    file: FileId,
    delimiter: u8,
    columns: Vec<Spanned<String>>,
    /// Where the rows begin.
    body: usize,
}

impl<'t> Lines<'t> {
    /// The table of a file; `None` if it is not as plain as that, or not understood.
    pub fn of(sources: &'t Sources, file: FileId, format: Format) -> Option<Self> {
        let Format::Csv { delimiter } = format else { return None };
        let text = sources.text(file);
        let bytes = text.as_bytes();
        let begins = text.len().saturating_sub(text.trim_start_matches(['\u{feff}', '\r', '\n']).len());
        let end = memchr(b'\n', bytes.get(begins..)?).map_or(text.len(), |at| begins.saturating_add(at));
        let mut columns = Vec::new();
        let mut start = begins;
        for name in text.get(begins..end)?.trim_end_matches('\r').split(char::from(delimiter)) {
            let end = start.saturating_add(name.len());
            if name.len() >= LONGEST_CELL {
                return None;
            }
            columns.push(Spanned::new(name.trim().to_owned(), Span { file, start, end }));
            start = end.saturating_add(1);
        }
        let body = end.saturating_add(1).min(text.len());
        is_plain(bytes.get(..body)?).then_some(())?;
        held(&columns, file, &mut InputErrors::default()).then_some(Self { text, file, delimiter, columns, body })
    }

    /// The names of the columns, in their order.
    pub fn columns(&self) -> &[Spanned<String>] {
        &self.columns
    }

    /// The place of the column of a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.value == name)
    }

    /// The rows, cut into pieces of about so many bytes.
    pub fn pieces(&self, size: usize) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = self.body;
        while start < self.text.len() {
            let wanted = start.saturating_add(size);
            let rest = self.text.as_bytes().get(wanted..).unwrap_or_default();
            let line_end = memchr(b'\n', rest).map(|at| wanted.saturating_add(at).saturating_add(1));
            let end = line_end.unwrap_or(self.text.len());
            pieces.push(start..end);
            start = end;
        }
        pieces
    }

    /// Goes through the rows of a piece: where each begins, and its cells without the spaces around them. `None` as soon
    /// as something is not as plain as that: a quotation mark, a row that does not have a cell for each column, or a cell
    /// that is out of all proportion.
    pub fn rows(&self, piece: Range<usize>, mut row: impl FnMut(usize, &[&'t str])) -> Option<()> {
        let text = self.text.get(piece.clone())?;
        is_plain(text.as_bytes()).then_some(())?;
        let mut cells: Vec<&'t str> = Vec::with_capacity(self.columns.len());
        let (mut line, mut start) = (0_usize, 0_usize);
        let mut finish = |cells: &mut Vec<&'t str>, line: usize, start: usize, end: usize| -> Option<()> {
            let last = text.get(start..end)?;
            if cells.is_empty() && last.trim_end_matches('\r').is_empty() {
                return Some(());
            }
            cells.push(last.trim());
            if cells.len() != self.columns.len() || last.len() >= LONGEST_CELL {
                return None;
            }
            row(piece.start.saturating_add(line), cells);
            cells.clear();
            Some(())
        };
        for at in memchr2_iter(self.delimiter, b'\n', text.as_bytes()) {
            if text.as_bytes().get(at) == Some(&self.delimiter) {
                let cell = text.get(start..at)?;
                if cell.len() >= LONGEST_CELL {
                    return None;
                }
                cells.push(trimmed(cell));
            } else {
                finish(&mut cells, line, start, at)?;
                line = at.saturating_add(1);
            }
            start = at.saturating_add(1);
        }
        if start < text.len() || !cells.is_empty() {
            finish(&mut cells, line, start, text.len())?;
        }
        Some(())
    }

    /// Some of the rows, in their order, as [`Records`] has them.
    pub fn records(&self, rows: &[LineRow]) -> Records {
        let mut cells = Vec::with_capacity(rows.len().saturating_mul(self.columns.len()));
        for Spanned { span, .. } in rows.iter().flat_map(|row| self.cells(row.offset)) {
            cells.push(Cell { start: span.start, length: u32::try_from(span.end.saturating_sub(span.start)).ok() });
        }
        Records {
            file: self.file,
            columns: self.columns.clone(),
            cells,
            escaped: BTreeMap::new(),
            numbers: Some(rows.iter().map(|row| row.number).collect()),
        }
    }

    /// The cells of the row that begins at a byte, with their places.
    pub fn cells(&self, offset: usize) -> impl Iterator<Item = Spanned<&'t str>> {
        let line = self.text.get(offset..).unwrap_or("").split('\n').next().unwrap_or("").trim_end_matches('\r');
        let (mut start, file) = (offset, self.file);
        line.split(char::from(self.delimiter)).map(move |cell| {
            let span = Span { file, start, end: start.saturating_add(cell.len()) };
            start = span.end.saturating_add(1);
            Spanned::new(cell.trim(), span)
        })
    }
}

/// Whether there is no quotation mark, no NUL, and no carriage return that ends a row by itself.
fn is_plain(bytes: &[u8]) -> bool {
    memchr3_iter(b'"', 0, b'\r', bytes)
        .all(|at| bytes.get(at) == Some(&b'\r') && bytes.get(at.saturating_add(1)) == Some(&b'\n'))
}

/// The text without the spaces around it. Most cells have none, which their first and last bytes tell.
fn trimmed(cell: &str) -> &str {
    let is_bare = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    let bytes = cell.as_bytes();
    if is_bare(bytes.first()) && is_bare(bytes.last()) { cell } else { cell.trim() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Rows = Vec<Vec<(String, Span)>>;

    fn by_records(sources: &Sources, file: FileId) -> Option<Rows> {
        let format = Format::Csv { delimiter: b',' };
        let records = Records::read(sources, file, format, &mut InputErrors::default())?;
        let cell = |row, column| {
            let cell = records.cell(sources, row, column).unwrap();
            (cell.value.to_owned(), cell.span)
        };
        let columns = records.columns().len();
        Some((0..records.len()).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect())
    }

    fn by_lines(sources: &Sources, file: FileId, size: usize) -> Option<Rows> {
        let lines = Lines::of(sources, file, Format::Csv { delimiter: b',' })?;
        let mut found = Vec::new();
        for piece in lines.pieces(size) {
            lines.rows(piece, |offset, cells| {
                let own: Vec<(String, Span)> =
                    lines.cells(offset).map(|cell| (cell.value.to_owned(), cell.span)).collect();
                assert_eq!(cells, own.iter().map(|cell| cell.0.as_str()).collect::<Vec<_>>());
                found.push((offset, own));
            })?;
        }
        let rows: Vec<LineRow> = found.iter().zip(0..).map(|(row, number)| LineRow { number, offset: row.0 }).collect();
        let sparse = lines.records(&rows);
        for (at, (_, row)) in found.iter().enumerate() {
            for (column, (_, span)) in row.iter().enumerate() {
                assert_eq!(sparse.cell(sources, at, column).unwrap().span, *span);
            }
        }
        Some(found.into_iter().map(|(_, row)| row).collect())
    }

    proptest! {
        #[test]
        fn lines_are_the_rows_that_are_read(text in "(a,b|\u{feff}a,bé|\na,b)[ab1 é,\r\n]{0,60}", size in 1_usize..40) {
            let mut sources = Sources::new();
            let file = sources.add("a.csv", text);
            if let Some(expected) = by_records(&sources, file) {
                if let Some(found) = by_lines(&sources, file, size) {
                    prop_assert_eq!(found, expected);
                }
            } else {
                prop_assert_eq!(by_lines(&sources, file, size), None);
            }
        }
    }
}
