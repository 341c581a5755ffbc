//! Reports as CSV (RFC 4180), for spreadsheets, R and data frames: how a cell is written.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, quoted or not,
//! and CSV has no way to say that it is none. A name that begins so is led by an apostrophe, as OWASP advises. A value is
//! never touched: what may be computed with must be what it is, and a value here is a number, an interval, a date or a word
//! of our own, none of which is a formula.

use std::io::{self, Write};

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'a> {
    /// What the input calls something: a column, a record, a file.
    Name(&'a str),
    /// A value, or a word of ours.
    Value(&'a str),
}

/// Writes a row.
pub(super) fn row<'a>(out: &mut dyn Write, cells: impl Iterator<Item = Cell<'a>>) -> io::Result<()> {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        let (guard, text) = match cell {
            Cell::Name(text) if text.starts_with(FORMULA) => ("'", text),
            Cell::Name(text) | Cell::Value(text) => ("", text),
        };
        if text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
            write!(out, "\"{guard}{}\"", text.replace('"', "\"\""))?;
        } else {
            write!(out, "{guard}{text}")?;
        }
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell<'_>]) -> String {
        let mut bytes = Vec::new();
        row(&mut bytes, cells.iter().copied()).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            written(&[Cell::Name("a"), Cell::Value("[1, 2]"), Cell::Name("so \"called\""), Cell::Value("")]),
            "a,\"[1, 2]\",\"so \"\"called\"\"\",\n"
        );
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
