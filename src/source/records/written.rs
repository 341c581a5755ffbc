//! Rows written out as text: what is held of a file that is no text itself, so that there is something to point into.
//!
//! The first line names the columns, and each line after it is a row; a tab stands between two cells, and a line break at
//! the end of each row. A cell without a value is empty, and an empty text is `""`. In a text that has a tab, a line break
//! or a backslash, each of them is written with a backslash (`\t`, `\n`, `\r`, `\0`, `\\`), and so is the text `""` itself
//! (`\""`): a line is always a row.

use super::{Cell, Records, held};
use crate::source::{FileId, InputErrors, Span, Spanned};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What stands between two cells.
pub const CELL_END: char = '\t';
/// What an empty text is written as.
pub(super) const EMPTY: &str = "\"\"";
/// What stands before a sign that would be taken for something else.
pub(super) const ESCAPE: char = '\\';

/// Writes the text of a cell.
pub fn push_text(out: &mut String, text: &str) {
    if text.is_empty() {
        return out.push_str(EMPTY);
    }
    if text == EMPTY {
        out.push(ESCAPE);
    }
    if !text.bytes().any(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b'\\' | 0)) {
        return out.push_str(text);
    }
    for sign in text.chars() {
        match sign {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            ESCAPE => out.push_str("\\\\"),
            sign => out.push(sign),
        }
    }
}

/// The text of a cell as it was before it was written; `None` if there was none.
pub(super) fn text_of(written: &str) -> Option<Cow<'_, str>> {
    if written.is_empty() {
        return None;
    }
    if written == EMPTY {
        return Some(Cow::Borrowed(""));
    }
    if !written.contains(ESCAPE) {
        return Some(Cow::Borrowed(written));
    }
    let mut text = String::with_capacity(written.len());
    let mut signs = written.chars();
    while let Some(sign) = signs.next() {
        text.push(match sign {
            ESCAPE => match signs.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('0') => '\0',
                Some(other) => other,
                None => ESCAPE,
            },
            sign => sign,
        });
    }
    Some(Cow::Owned(text))
}

/// Reads rows that were written out. `None` if their columns cannot be told apart; why is then in `errors`.
pub(super) fn read(text: &str, file: FileId, errors: &mut InputErrors) -> Option<Records> {
    let columns = columns(text, file);
    if !held(&columns, file, errors) {
        return None;
    }
    let body = text.find('\n').map_or(text.len(), |end| end.saturating_add(1));
    let (mut cells, mut escaped) = (Vec::new(), BTreeMap::new());
    let mut start = body;
    while let Some(line) = text.get(start..).filter(|rest| !rest.is_empty()).and_then(|rest| rest.split('\n').next()) {
        for written in line.split(CELL_END) {
            push_cell(written, start, &mut cells, &mut escaped);
            start = start.saturating_add(written.len()).saturating_add(1);
        }
    }
    Some(Records { file, columns, cells, escaped, numbers: None })
}

/// The names of the columns.
pub(super) fn columns(text: &str, file: FileId) -> Vec<Spanned<String>> {
    let mut start = 0_usize;
    let names = text.split('\n').next().filter(|names| !names.is_empty());
    names
        .into_iter()
        .flat_map(|names| names.split(CELL_END))
        .map(|written| {
            let span = Span { file, start, end: start.saturating_add(written.len()) };
            start = span.end.saturating_add(1);
            Spanned::new(text_of(written).unwrap_or_default().trim().to_owned(), span)
        })
        .collect()
}

/// Adds a cell that begins at a byte of its file.
pub(super) fn push_cell(written: &str, start: usize, cells: &mut Vec<Cell>, escaped: &mut BTreeMap<usize, String>) {
    let length = if written.is_empty() { None } else { u32::try_from(written.len()).ok() };
    if written == EMPTY || written.contains(ESCAPE) {
        escaped.extend(text_of(written).map(|text| (cells.len(), text.into_owned())));
    }
    cells.push(Cell { start, length });
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::source::records::Format;
    use proptest::prelude::*;

    /// The text of rows.
    pub fn written_out(columns: &[&str], rows: &[Vec<Option<String>>]) -> String {
        let mut text = columns.join("\t");
        for row in rows {
            text.push('\n');
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    text.push(CELL_END);
                }
                cell.iter().for_each(|cell| push_text(&mut text, cell));
            }
        }
        text + "\n"
    }

    #[test]
    fn a_row_is_a_line_whatever_it_holds() {
        let mut text = String::new();
        for cell in ["two\nlines", "C:\\x\ty", "", "\"\"", "\"quoted\"", "Zoë, 1"] {
            push_text(&mut text, cell);
            text.push(CELL_END);
        }
        assert_eq!(text, "two\\nlines\tC:\\\\x\\ty\t\"\"\t\\\"\"\t\"quoted\"\tZoë, 1\t");
    }

    #[test]
    fn a_place_is_a_row_and_a_column() {
        let rows = vec![vec![Some("North".to_owned()), None], vec![None, Some("12.50".to_owned())]];
        let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
        let columns = crate::source::Projection { asked: None, numbers: vec![2, 5] };
        let file = sources.add_rows("a.parquet", written_out(&["region", "arrests"], &rows), columns);
        let records = Records::read(&sources, file, Format::Parquet, &mut errors).unwrap();
        assert_eq!((records.len(), records.cell(&sources, 0, 1), records.cell(&sources, 1, 0)), (2, None, None));
        let cell = records.cell(&sources, 1, 1).unwrap();
        assert_eq!((cell.value, sources.slice(cell.span)), ("12.50", "12.50"));
        let place = sources.cell_at(file, cell.span.start).unwrap();
        assert_eq!((place.row, place.column, place.number), (2, "arrests", 5));
        let position = sources.position(file, cell.span.end);
        assert_eq!((position.line, position.column), (2, 5));
        let name = sources.cell_at(file, records.columns()[1].span.start).unwrap();
        assert_eq!((name.row, name.column), (0, "arrests"));
    }

    proptest! {
        #[test]
        fn cells_are_what_they_were(rows in prop::collection::vec(
            prop::collection::vec(prop::option::of("[ab\\\\\"\t\n\r\0é0]{0,4}"), 2), 0..6,
        )) {
            let mut sources = Sources::new();
            let file = sources.add("a.parquet", written_out(&["x", "y"], &rows));
            let records = Records::read(&sources, file, Format::Parquet, &mut InputErrors::default()).unwrap();
            prop_assert_eq!(records.len(), rows.len());
            for (at, row) in rows.iter().enumerate() {
                for (column, cell) in row.iter().enumerate() {
                    let read = records.cell(&sources, at, column).map(|cell| cell.value);
                    prop_assert_eq!(read, cell.as_ref().map(|cell| cell.trim()));
                }
            }
        }
    }
}
