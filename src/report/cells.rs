//! Tables for spreadsheets, R and data frames: rows of cells, as CSV (RFC 4180) or as Parquet.
//!
//! A spreadsheet takes a cell of CSV that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, quoted or
//! not, and CSV has no way to say that it is none. A name that begins so is led by an apostrophe, as OWASP advises. A value
//! is never touched: what may be computed with must be what it is, and a value here is a number, an interval, a date or a
//! word of our own, none of which is a formula. Parquet says what is a text, so that nothing in it is touched.

#[cfg(feature = "parquet")]
use super::columns;
use std::io::{self, Write};

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableForm {
    /// Comma-separated values.
    Csv,
    /// Columns of typed values, where this program was built with the feature `parquet`.
    Parquet,
}

impl TableForm {
    /// The form of a file, by the ending of its name.
    pub fn of(path: &str) -> Self {
        if path.to_ascii_lowercase().ends_with(".parquet") { Self::Parquet } else { Self::Csv }
    }
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Texts,
    Counts,
    Truths,
}

/// A cell of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'a> {
    /// What the input calls something: a column, a record, a file. An empty one is none.
    Name(&'a str),
    /// A value, or a word of ours. An empty one is none.
    Value(&'a str),
    Count(usize),
    Truth(bool),
    /// There is none.
    None,
    /// There could be one, and nothing is said: `NA`, as users of R know it.
    Unsaid,
}

/// A table that is written row by row.
pub(super) trait Table {
    /// Adds a row, with a cell for each column.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;

    /// Writes what is not written yet.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Begins a table with columns of these names.
pub(super) fn begin<'o>(
    form: TableForm,
    names: &[(&str, Holds)],
    out: &'o mut dyn Write,
) -> io::Result<Box<dyn Table + 'o>> {
    match form {
        TableForm::Csv => {
            let mut csv = Csv { out };
            csv.row(&names.iter().map(|(name, _)| Cell::Name(name)).collect::<Vec<_>>())?;
            Ok(Box::new(csv))
        }
        #[cfg(feature = "parquet")]
        TableForm::Parquet => columns::begin(names, out),
        #[cfg(not(feature = "parquet"))]
        TableForm::Parquet => Err(io::Error::new(io::ErrorKind::Unsupported, crate::source::records::parquet::INSTALL)),
    }
}

struct Csv<'o> {
    out: &'o mut dyn Write,
}

impl Table for Csv<'_> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.out.write_all(b",")?;
            }
            match cell {
                Cell::Name(text) => self.text(if text.starts_with(FORMULA) { "'" } else { "" }, text)?,
                Cell::Value(text) => self.text("", text)?,
                Cell::Count(count) => write!(self.out, "{count}")?,
                Cell::Truth(truth) => self.out.write_all(if *truth { b"TRUE" } else { b"FALSE" })?,
                Cell::None => {}
                Cell::Unsaid => self.out.write_all(b"NA")?,
            }
        }
        self.out.write_all(b"\n")
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

impl Csv<'_> {
    fn text(&mut self, guard: &str, text: &str) -> io::Result<()> {
        if text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
            write!(self.out, "\"{guard}{}\"", text.replace('"', "\"\""))
        } else {
            write!(self.out, "{guard}{text}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell<'_>]) -> String {
        let mut bytes = Vec::new();
        Csv { out: &mut bytes }.row(cells).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            written(&[Cell::Name("a"), Cell::Value("[1, 2]"), Cell::Name("so \"called\""), Cell::Value("")]),
            "a,\"[1, 2]\",\"so \"\"called\"\"\",\n"
        );
        assert_eq!(written(&[Cell::Count(12), Cell::Truth(true), Cell::None, Cell::Unsaid]), "12,TRUE,,NA\n");
    }

    #[test]
    fn names_are_no_formulas_and_values_stay_what_they_are() {
        let evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"x\",\"y\")"];
        for text in evil {
            let read = written(&[Cell::Name(text)]);
            assert!(read.trim_start_matches('"').starts_with('\''), "{read}");
        }
        assert_eq!(written(&[Cell::Value("-12.5"), Cell::Name("R&D"), Cell::Name("a=b")]), "-12.5,R&D,a=b\n");
    }
}
