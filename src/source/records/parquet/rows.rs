//! The rows of a file: blocks of some rows of all columns at a time, row group after row group.

use super::cells::{Column, Fault, Texts, column, undecoded};
use super::guard::damaged;
use super::kinds::Kind;
use super::pages::{AT_ONCE, Pages, Room};
use super::unpack::Codec;
use super::{Rows, Unread, footer};
use crate::source::Projection;
use crate::source::records::written::{self, CELL_END};
use bytes::Bytes;
use parquet::column::reader::get_column_reader;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::schema::types::Type;

/// The rows of a file, as [`super::read`] gives them, which come to so many bytes at most.
pub(super) fn read(bytes: Vec<u8>, asked: Option<&[String]>, most: usize) -> Result<Rows, Unread> {
    let (footer, pages_end) = footer::read(&bytes)?;
    let file = File { bytes: Bytes::from(bytes), pages_end, room: Room::new() };
    let all = columns(&footer);
    let (wanted, is_whole) = match asked {
        Some(asked) => {
            let is_there = |name: &String| all.iter().any(|column| column.name() == name);
            if asked.iter().all(is_there) {
                let wanted = all.into_iter().filter(|column| asked.iter().any(|name| name == column.name()));
                (wanted.map(Found::cells).collect::<Result<Vec<_>, _>>()?, true)
            } else {
                // Whoever asked says what there is instead.
                (all.into_iter().filter_map(|column| column.cells().ok()).collect(), false)
            }
        }
        None => (all.into_iter().map(Found::cells).collect::<Result<_, _>>().map_err(Unread::of_any)?, true),
    };
    let mut text = String::new();
    for (at, column) in wanted.iter().enumerate() {
        if at > 0 {
            text.push(CELL_END);
        }
        written::push_text(&mut text, &column.name);
    }
    text.push('\n');
    let mut first = 0_usize;
    for group in footer.row_groups().iter().filter(|_| is_whole && !wanted.is_empty()) {
        let count = usize::try_from(group.num_rows()).map_err(|_| damaged("it has less than no rows"))?;
        push_group(&file, group, &wanted, first, &mut text, most)?;
        first = first.saturating_add(count);
    }
    let numbers = wanted.iter().map(|column| column.number).collect();
    Ok(Rows { text, columns: Projection { asked: asked.map(<[String]>::to_vec), numbers } })
}

/// What pages are read from.
struct File {
    bytes: Bytes,
    /// Where the footer begins.
    pages_end: usize,
    room: Room,
}

/// A column that is read.
struct Wanted {
    name: String,
    /// Its number among the columns of the table, from 1.
    number: usize,
    /// Its place among all leaves of the schema.
    leaf: usize,
    kind: Kind,
}

/// A column of the table; or, if it holds no cells, its name and what it holds.
enum Found {
    Cells(Wanted),
    Other(String, String),
}

impl Found {
    fn name(&self) -> &str {
        match self {
            Self::Cells(Wanted { name, .. }) | Self::Other(name, _) => name,
        }
    }

    fn cells(self) -> Result<Wanted, Unread> {
        match self {
            Self::Cells(wanted) => Ok(wanted),
            Self::Other(name, holds) => Err(Unread {
                message: format!("column `{name}` holds {holds}, which is no cell of a table"),
                help: Some(
                    "write it as a column of numbers, texts or dates; it may stay where it is not used".to_owned(),
                ),
                column: Some(name),
            }),
        }
    }
}

impl Unread {
    /// What is wrong with a column, where all are read.
    fn of_any(self) -> Self {
        let help = "say which columns hold figures, and only those are read: measures = [\"…\"]";
        Self { help: Some(help.to_owned()), column: None, ..self }
    }
}

/// The columns of the table, by their names without the spaces around them.
fn columns(footer: &ParquetMetaData) -> Vec<Found> {
    let schema = footer.file_metadata().schema_descr();
    let mut leaf = 0_usize;
    let mut found = Vec::new();
    for (column, number) in schema.root_schema().get_fields().iter().zip(1..) {
        let name = column.name().trim().to_owned();
        found.push(match Kind::of(column) {
            Ok(kind) => Found::Cells(Wanted { name, number, leaf, kind }),
            Err(holds) => Found::Other(name, holds),
        });
        leaf = leaf.saturating_add(leaves(column));
    }
    found
}

fn leaves(column: &Type) -> usize {
    if !column.is_group() {
        return 1;
    }
    column.get_fields().iter().map(|field| leaves(field)).fold(0, usize::saturating_add)
}

/// Adds the rows of a row group, of which the first has this number, from 0.
fn push_group(
    file: &File,
    group: &RowGroupMetaData,
    wanted: &[Wanted],
    first: usize,
    text: &mut String,
    most: usize,
) -> Result<(), Unread> {
    let mut columns = wanted.iter().map(|column| open(file, group, column)).collect::<Result<Vec<_>, _>>()?;
    let mut blocks: Vec<Texts> = wanted.iter().map(|_| Texts::default()).collect();
    let count = usize::try_from(group.num_rows()).unwrap_or(0);
    let mut done = 0_usize;
    while done < count {
        let rows = count.saturating_sub(done).min(AT_ONCE);
        let mut left = most.saturating_sub(text.len());
        for ((column, texts), wanted) in columns.iter_mut().zip(&mut blocks).zip(wanted) {
            let read = column.next(rows, texts, left);
            read.map_err(|fault| fault_of(fault, &wanted.name, first.saturating_add(done), most))?;
            left = left.saturating_sub(texts.len()).saturating_sub(rows);
        }
        for row in 0..rows {
            for (at, texts) in blocks.iter().enumerate() {
                if at > 0 {
                    text.push(CELL_END);
                }
                text.push_str(texts.get(row));
            }
            text.push('\n');
        }
        done = done.saturating_add(rows);
    }
    Ok(())
}

/// The values of a column in a row group.
fn open(file: &File, group: &RowGroupMetaData, wanted: &Wanted) -> Result<Box<dyn Column>, Unread> {
    let name = &wanted.name;
    let chunk = group.columns().get(wanted.leaf).ok_or_else(|| damaged("a row group lacks a column"))?;
    if chunk.file_path().is_some() {
        return Err(Unread::new(format!("the pages of column `{name}` stand in another file"), "write it as one file"));
    }
    let codec = Codec::of(chunk.compression_codec()).map_err(|packing| {
        let help = "write it with Zstandard, Snappy, gzip, LZ4 (`LZ4_RAW`) or without compression";
        Unread::new(format!("column `{name}` is packed by {packing}, which is not unpacked"), help)
    })?;
    let descr = chunk.column_descr_ptr();
    let is_optional = descr.max_def_level() > 0;
    let pages = Pages::of(file.bytes.clone(), file.pages_end, chunk, is_optional, codec, file.room.clone());
    let pages = pages.map_err(|error| damaged(&format!("{} (column `{name}`)", undecoded(error))))?;
    Ok(column(get_column_reader(descr, Box::new(pages)), wanted.kind, is_optional))
}

fn fault_of(fault: Fault, column: &str, first: usize, most: usize) -> Unread {
    let row = |at: usize| first.saturating_add(at).saturating_add(1);
    match fault {
        Fault::Value { row: at, why } => {
            let help = "mend the value where the file comes from; a column that is not used may hold anything";
            Unread {
                column: Some(column.to_owned()),
                ..Unread::new(format!("{why} (row {}, column `{column}`)", row(at)), help)
            }
        }
        Fault::TooMuch => {
            let megabytes = most.checked_shr(20).unwrap_or(0);
            let message =
                format!("its rows come to more than {megabytes} MiB as text, and they are the most that is held");
            Unread::new(
                message,
                "split it into several files, by region or year, and name only the columns that are used",
            )
        }
        Fault::Damaged(how) => damaged(&format!("{how} (column `{column}`, from row {} on)", row(0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_to_too_much_is_refused() {
        let file = include_bytes!("../../../../tests/data/parquet/pyarrow.parquet");
        let whole = read(file.to_vec(), None, 1 << 20).unwrap().text;
        assert_eq!(read(file.to_vec(), None, whole.len()).unwrap().text, whole);
        for most in [0, 100, whole.len() / 2] {
            assert!(read(file.to_vec(), None, most).unwrap_err().message.contains("come to more than"));
        }
    }
}
