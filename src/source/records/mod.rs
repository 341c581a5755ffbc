//! Tables as rows of cells with places: CSV, JSON Lines, and Parquet, whose rows are written out as text first.
//!
//! In: the text of a file that was taken in. Out: [`Records`]: the names of the columns, and for each row and column the
//! text of the cell and where it stands. Nothing here knows what a cell means. A file is read whole or not at all: one row
//! that is not understood is an error, and of many such rows the first few are shown and the others counted.

mod csv;
mod jsonl;
mod lines;
pub mod parquet;
pub mod written;

pub use lines::{LineRow, Lines};
pub use written::CELL_END;

use super::{FileId, InputError, InputErrors, Sources, Span, Spanned};
use std::collections::BTreeMap;

/// The longest cell, in bytes. A longer one is most likely a quotation mark that nobody closed.
const LONGEST_CELL: usize = 1 << 20;
/// How many wrong rows of one file are shown.
const SHOWN: usize = 10;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180), or with another sign between the cells.
    Csv {
        /// What stands between the cells.
        delimiter: u8,
    },
    /// An object of JSON a line.
    JsonLines,
    /// Apache Parquet: columns of typed values. What is held of it is its rows, [`written`] out.
    Parquet,
}

/// What a Parquet file begins and ends with.
const PARQUET_MAGIC: &[u8] = b"PAR1";

impl Format {
    /// The format of a file, by the ending of its name; `None` if it has another one.
    pub fn of(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "csv" => Self::Csv { delimiter: b',' },
            "tsv" => Self::Csv { delimiter: b'\t' },
            "jsonl" | "ndjson" => Self::JsonLines,
            "parquet" => Self::Parquet,
            _ => return None,
        })
    }

    /// Whether these are the bytes of a Parquet file, whatever it is called.
    pub fn is_parquet(bytes: &[u8]) -> bool {
        bytes.starts_with(PARQUET_MAGIC)
    }
}

/// A cell: where its text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    start: usize,
    /// The bytes of its text; `None` where the row has no such cell, or says `null`.
    length: Option<u32>,
}

/// A table that was read.
#[derive(Clone, Debug)]
pub struct Records {
    file: FileId,
    columns: Vec<Spanned<String>>,
    /// Row after row, a cell for each column.
    cells: Vec<Cell>,
    /// The texts of cells in which something is escaped, by their places in `cells`.
    escaped: BTreeMap<usize, String>,
    /// The numbers of the rows in their file, where they are some of its rows only.
    numbers: Option<Vec<usize>>,
}

impl Records {
    /// Reads a file. `None` if it is not understood; why is then in `errors`.
    pub fn read(sources: &Sources, file: FileId, format: Format, errors: &mut InputErrors) -> Option<Self> {
        let text = sources.text(file);
        if let Some(at) = text.find('\0') {
            let span = Span { file, start: at, end: at.saturating_add(1) };
            errors.push(InputError::at(span, "a NUL byte: this is no text").help("export the table as UTF-8 text"));
            return None;
        }
        match format {
            Format::Csv { delimiter } => csv::read(text, file, delimiter, errors),
            Format::JsonLines => jsonl::read(text, file, errors),
            Format::Parquet => written::read(text, file, errors),
        }
    }

    /// The names of the columns, in their order.
    pub fn columns(&self) -> &[Spanned<String>] {
        &self.columns
    }

    /// The place of the column of a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.value == name)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.columns.len()).unwrap_or(0)
    }

    /// The number of a row in its file, from 0.
    pub fn number(&self, row: usize) -> usize {
        self.numbers.as_ref().and_then(|numbers| numbers.get(row)).copied().unwrap_or(row)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The text of a cell and where it stands, without the spaces around it; `None` if there is no such cell.
    pub fn cell<'r>(&'r self, sources: &'r Sources, row: usize, column: usize) -> Option<Spanned<&'r str>> {
        if column >= self.columns.len() {
            return None;
        }
        let at = row.checked_mul(self.columns.len())?.checked_add(column)?;
        let Cell { start, length } = *self.cells.get(at)?;
        let end = start.saturating_add(usize::try_from(length?).ok()?);
        let span = Span { file: self.file, start, end };
        let text = self.escaped.get(&at).map_or_else(|| sources.slice(span), String::as_str);
        Some(Spanned::new(text.trim(), span))
    }

    /// Where a row begins.
    pub fn place(&self, row: usize) -> Span {
        let first = row.saturating_mul(self.columns.len());
        let cells = self.cells.iter().skip(first).take(self.columns.len());
        let start = cells.filter(|cell| cell.length.is_some()).map(|cell| cell.start).min().unwrap_or(0);
        Span { file: self.file, start, end: start }
    }
}

/// What is wrong with the rows of one file: the first few in full, the others as a number.
#[derive(Debug, Default)]
pub struct Faults {
    shown: Vec<InputError>,
    more: usize,
}

impl Faults {
    /// Adds what is wrong with a row, or with a cell.
    pub fn push(&mut self, error: InputError) {
        if self.shown.len() < SHOWN {
            self.shown.push(error);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Reports them.
    pub fn report(self, file: FileId, errors: &mut InputErrors) {
        let places = self.shown.iter().filter_map(|error| error.at.as_ref()).map(|at| at.span);
        let last = places.filter(|span| span.file == file).max_by_key(|span| span.start);
        errors.0.extend(self.shown);
        if self.more > 0 {
            let more = self.more;
            let at = last.map_or(Span { file, start: 0, end: 0 }, |span| Span { end: span.start, ..span });
            errors.push(InputError::at(at, format!("and {more} more like these further down in this file")));
        }
    }
}

/// Of what is wrong with the rows of tables, from one error on, keeps the first few of each file and counts the others; all
/// that is wrong elsewhere stays.
pub fn fold(errors: &mut InputErrors, from: usize, is_table: impl Fn(FileId) -> bool) {
    let mut tables: BTreeMap<FileId, Faults> = BTreeMap::new();
    let later = errors.0.split_off(from.min(errors.0.len()));
    for error in later {
        match error.at.as_ref().map(|at| at.span.file).filter(|file| is_table(*file)) {
            Some(file) => tables.entry(file).or_default().push(error),
            None => errors.push(error),
        }
    }
    tables.into_iter().for_each(|(file, faults)| faults.report(file, errors));
}

/// Reports names of columns that cannot be told apart, and a table without any.
fn held(columns: &[Spanned<String>], file: FileId, errors: &mut InputErrors) -> bool {
    let faults = errors.0.len();
    if columns.is_empty() {
        let at = Span { file, start: 0, end: 0 };
        errors.push(InputError::at(at, "there is no table in this file").help("its first line names the columns"));
    }
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for column in columns {
        if column.value.is_empty() {
            let error = InputError::at(column.span, "this column has no name");
            errors.push(error.help("the first line names the columns: write a name for each"));
        } else if let Some(first) = known.insert(&column.value, column.span) {
            let error = InputError::at(column.span, format!("a second column is called `{}`", column.value));
            errors.push(error.also(first, "the first").help("give one of them another name"));
        }
    }
    errors.0.len() == faults
}
