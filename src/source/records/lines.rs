//! Rows at volume: comma-separated values, or rows that were written out, of which nothing is escaped, so that each line is a
//! row and each cell what it says, be it in quotation marks or not.
//!
//! Its text can be cut at any line end and the pieces read side by side; no cell is copied. What a table like this holds
//! is exactly what [`Records`] would hold of it: a test says so. Whatever is not as plain is left to [`Records`].

use super::written::{self, EMPTY, ESCAPE};
use super::{CELL_END, Cell, Format, LONGEST_CELL, Records, held};
use crate::source::{FileId, InputErrors, Sources, Span, Spanned};
use memchr::{memchr, memchr_iter, memchr2_iter, memchr3_iter};
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
    /// Whether the rows were written out, so that an empty cell is none.
    written_out: bool,
    columns: Vec<Spanned<String>>,
    /// Where the rows begin.
    body: usize,
}

impl<'t> Lines<'t> {
    /// The table of a file; `None` if it is not as plain as that, or not understood.
    pub fn of(sources: &'t Sources, file: FileId, format: Format) -> Option<Self> {
        let text = sources.text(file);
        match format {
            Format::Csv { delimiter } => Self::of_csv(text, file, delimiter),
            Format::Parquet => Self::of_written(text, file),
            Format::JsonLines => None,
        }
    }

    fn of_csv(text: &'t str, file: FileId, delimiter: u8) -> Option<Self> {
        let bytes = text.as_bytes();
        let begins = text.len().saturating_sub(text.trim_start_matches(['\u{feff}', '\r', '\n']).len());
        let end = memchr(b'\n', bytes.get(begins..)?).map_or(text.len(), |at| begins.saturating_add(at));
        let mut columns = Vec::new();
        let head = text.get(begins..end)?.trim_end_matches('\r');
        for raw in Raw::of(head, delimiter, true) {
            let name = inside(head.get(raw.clone())?)?;
            if name.len() >= LONGEST_CELL {
                return None;
            }
            let marks = raw.len().saturating_sub(name.len()).div_euclid(2);
            let start = begins.saturating_add(raw.start).saturating_add(marks);
            let span = Span { file, start, end: start.saturating_add(name.len()) };
            columns.push(Spanned::new(name.trim().to_owned(), span));
        }
        let body = end.saturating_add(1).min(text.len());
        is_plain(bytes.get(..body)?)?;
        let lines = Self { text, file, delimiter, written_out: false, columns, body };
        held(&lines.columns, file, &mut InputErrors::default()).then_some(lines)
    }

    fn of_written(text: &'t str, file: FileId) -> Option<Self> {
        let columns = written::columns(text, file);
        let body = text.find('\n').map_or(text.len(), |end| end.saturating_add(1));
        let delimiter = u8::try_from(CELL_END).ok()?;
        let lines = Self { text, file, delimiter, written_out: true, columns, body };
        held(&lines.columns, file, &mut InputErrors::default()).then_some(lines)
    }

    /// Whether an empty cell is none at all.
    pub fn may_lack_cells(&self) -> bool {
        self.written_out
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

    /// Goes through the rows of a piece: where each begins, its cells without the spaces around them, and whether one of
    /// them is a blank text where an empty cell is none. `None` as soon as something is not as plain as that: a quotation
    /// mark or a line break in quotation marks, a row that does not have a cell for each column, or a cell that is out of all
    /// proportion. As each line ends outside of quotation marks, each begins there, too, whichever piece it is in.
    pub fn rows(&self, piece: Range<usize>, mut row: impl FnMut(usize, &[&'t str], bool)) -> Option<()> {
        let (text, delimiter) = (self.text.get(piece.clone())?, self.delimiter);
        let has_marks = match self.written_out {
            true => (!text.contains(ESCAPE)).then_some(false)?,
            false => is_plain(text.as_bytes())?,
        };
        let mut cells: Vec<&'t str> = Vec::with_capacity(self.columns.len());
        let (mut line, mut start) = (0_usize, 0_usize);
        let mut finish = |cells: &mut Vec<&'t str>, line: usize, start: usize, end: usize| -> Option<()> {
            let last = text.get(start..end)?;
            if cells.is_empty() && last.trim_end_matches('\r').is_empty() && !self.written_out {
                return Some(());
            }
            cells.push(last);
            if cells.len() != self.columns.len() || last.len() >= LONGEST_CELL {
                return None;
            }
            let mut has_blank = false;
            for cell in cells.iter_mut() {
                if has_marks {
                    *cell = inside(cell.trim_end_matches('\r'))?;
                }
                let (bare, is_blank) = self.bare(cell);
                *cell = bare;
                has_blank |= is_blank;
            }
            row(piece.start.saturating_add(line), cells, has_blank);
            cells.clear();
            Some(())
        };
        for at in memchr2_iter(delimiter, b'\n', text.as_bytes()) {
            if text.as_bytes().get(at) == Some(&delimiter) {
                let cell = text.get(start..at)?;
                if cell.len() >= LONGEST_CELL {
                    return None;
                }
                if has_marks && is_open(cell) {
                    continue;
                }
                cells.push(cell);
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

    /// A cell without the spaces around it, and whether it is a blank text where an empty cell is none.
    fn bare<'c>(&self, cell: &'c str) -> (&'c str, bool) {
        let bare = trimmed(cell);
        if self.written_out && !cell.is_empty() && (bare.is_empty() || cell == EMPTY) {
            return ("", true);
        }
        (bare, false)
    }

    /// Some of the rows, in their order, as [`Records`] has them.
    pub fn records(&self, rows: &[LineRow]) -> Records {
        let mut cells = Vec::with_capacity(rows.len().saturating_mul(self.columns.len()));
        let mut escaped = BTreeMap::new();
        for Spanned { span, .. } in rows.iter().flat_map(|row| self.cells(row.offset)) {
            if self.written_out {
                let cell = self.text.get(span.start..span.end).unwrap_or("");
                written::push_cell(cell, span.start, &mut cells, &mut escaped);
                continue;
            }
            cells.push(Cell { start: span.start, length: u32::try_from(span.end.saturating_sub(span.start)).ok() });
        }
        let numbers = Some(rows.iter().map(|row| row.number).collect());
        Records { file: self.file, columns: self.columns.clone(), cells, escaped, numbers }
    }

    /// The cells of the row that begins at a byte, with their places.
    pub fn cells(&self, offset: usize) -> impl Iterator<Item = Spanned<&'t str>> {
        let line = self.text.get(offset..).unwrap_or("").split('\n').next().unwrap_or("").trim_end_matches('\r');
        let file = self.file;
        Raw::of(line, self.delimiter, !self.written_out).map(move |raw| {
            let cell = line.get(raw.clone()).unwrap_or("");
            let bare = if self.written_out { cell } else { inside(cell).unwrap_or(cell) };
            let marks = raw.len().saturating_sub(bare.len()).div_euclid(2);
            let start = offset.saturating_add(raw.start).saturating_add(marks);
            let span = Span { file, start, end: start.saturating_add(bare.len()) };
            Spanned::new(self.bare(bare).0, span)
        })
    }
}

/// The cells of a line as they are written, with the quotation marks around them.
struct Raw<'l> {
    line: &'l str,
    delimiter: u8,
    /// Whether a cell may stand in quotation marks.
    marks: bool,
    /// Where the next cell begins; `None` behind the last.
    at: Option<usize>,
}

impl<'l> Raw<'l> {
    fn of(line: &'l str, delimiter: u8, marks: bool) -> Self {
        Self { line, delimiter, marks, at: Some(0) }
    }
}

impl Iterator for Raw<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at?;
        let rest = self.line.get(start..).unwrap_or("");
        let ends = memchr_iter(self.delimiter, rest.as_bytes());
        let mut ends = ends.filter(|end| !self.marks || !rest.get(..*end).is_some_and(is_open));
        let end = ends.next().map(|end| start.saturating_add(end));
        self.at = end.map(|end| end.saturating_add(1));
        Some(start..end.unwrap_or(self.line.len()))
    }
}

/// Whether a cell begins with a quotation mark and does not end with another, so that it goes on.
fn is_open(cell: &str) -> bool {
    cell.strip_prefix('"').is_some_and(|rest| !rest.ends_with('"'))
}

/// What a cell holds without the quotation marks around it; `None` if it holds a quotation mark itself.
fn inside(cell: &str) -> Option<&str> {
    match cell.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').filter(|inside| !inside.contains('"')),
        None => Some(cell),
    }
}

/// Whether there are quotation marks. `None` if there is a NUL, or a carriage return that ends a row by itself.
fn is_plain(bytes: &[u8]) -> Option<bool> {
    let mut has_marks = false;
    for at in memchr3_iter(b'"', 0, b'\r', bytes) {
        match bytes.get(at) {
            Some(b'"') => has_marks = true,
            Some(b'\r') if bytes.get(at.saturating_add(1)) == Some(&b'\n') => {}
            _ => return None,
        }
    }
    Some(has_marks)
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

    type Rows = Vec<Vec<Option<(String, Span)>>>;

    const CSV: Format = Format::Csv { delimiter: b',' };

    fn cells(records: &Records, sources: &Sources) -> Rows {
        let cell = |row, column| records.cell(sources, row, column).map(|cell| (cell.value.to_owned(), cell.span));
        let row = |row| (0..records.columns().len()).map(|column| cell(row, column)).collect();
        (0..records.len()).map(row).collect()
    }

    fn by_records(sources: &Sources, file: FileId, format: Format) -> Option<Rows> {
        Records::read(sources, file, format, &mut InputErrors::default()).map(|records| cells(&records, sources))
    }

    fn by_lines(sources: &Sources, file: FileId, format: Format, size: usize) -> Option<Rows> {
        let lines = Lines::of(sources, file, format)?;
        let mut found = Vec::new();
        for piece in lines.pieces(size) {
            lines.rows(piece, |offset, cells, has_blank| {
                let own: Vec<&str> = lines.cells(offset).map(|cell| cell.value).collect();
                assert_eq!(cells, own);
                found.push((offset, own, has_blank));
            })?;
        }
        let rows: Vec<LineRow> = found.iter().zip(0..).map(|(row, number)| LineRow { number, offset: row.0 }).collect();
        let records = cells(&lines.records(&rows), sources);
        for ((_, own, has_blank), row) in found.iter().zip(&records) {
            let said = row.iter().map(|cell| cell.as_ref().map_or("", |cell| &cell.0));
            assert!(said.eq(own.iter().copied()));
            let is_blank = |cell: &Option<(String, Span)>| cell.as_ref().is_some_and(|cell| cell.0.is_empty());
            assert_eq!(*has_blank, format == Format::Parquet && row.iter().any(is_blank));
        }
        Some(records)
    }

    #[test]
    fn what_stands_in_quotation_marks_is_as_plain_as_what_does_not() {
        let mut sources = Sources::new();
        let text = "\u{feff}\"a, b\",\"c\"\r\n\"1,5\",\"\"\r\n\r\n x, \" y\" \r\n\",\",\" z \"\r\n5\" pipe,\"é\"";
        let file = sources.add("a.csv", text);
        for size in [1, 9, 1000] {
            assert_eq!(by_lines(&sources, file, CSV, size), by_records(&sources, file, CSV));
        }
        assert_eq!(by_lines(&sources, file, CSV, 1000).map(|rows| rows.len()), Some(4));
        for text in ["a,b\n\"x\"\"y\",1\n", "a,b\n\"x\ny\",1\n", "\"a\n\",b\n1,2\n", "a,b\n\"1\" ,2\n", "a,b\n1,\"2"] {
            let file = sources.add("b.csv", text);
            assert_eq!(by_lines(&sources, file, CSV, 1000), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn lines_are_the_rows_that_are_read(
            text in "(a,b|\u{feff}a,bé|\na,b|\"a\",b|\u{feff}\"a,\",\" b\")\r?\n([ab1 é,\r\n]{0,60}|[ab1 é,\r\n\"]{0,20}|(((\"[ab ,é]{0,3}\"|[ab1 é]{0,3}|a\"b),?){2}\r?\n){0,6})",
            size in 1_usize..40,
        ) {
            let mut sources = Sources::new();
            let file = sources.add("a.csv", text);
            if let Some(expected) = by_records(&sources, file, CSV) {
                if let Some(found) = by_lines(&sources, file, CSV, size) {
                    prop_assert_eq!(found, expected);
                }
            } else {
                prop_assert_eq!(by_lines(&sources, file, CSV, size), None);
            }
        }

        #[test]
        fn lines_are_the_rows_that_are_written(
            rows in prop::collection::vec(prop::collection::vec(prop::option::of("[ab1 é\"]{0,3}"), 1..3), 0..8),
            escapes in prop::option::weighted(0.2, "[\t\n]"),
            size in 1_usize..40,
        ) {
            let width = rows.first().map_or(1, Vec::len);
            let mut rows: Vec<Vec<Option<String>>> = rows;
            rows.iter_mut().for_each(|row| row.resize(width, escapes.clone()));
            let mut sources = Sources::new();
            let names = ["a", "b"].get(..width).unwrap();
            let file = sources.add("a.parquet", written::tests::written_out(names, &rows));
            let expected = by_records(&sources, file, Format::Parquet).unwrap();
            let is_plain = !sources.text(file).contains('\\');
            prop_assert_eq!(by_lines(&sources, file, Format::Parquet, size), is_plain.then_some(expected));
        }
    }
}
