//! Tables as Parquet: cells are gathered in columns, and a row group is written whenever there are enough rows for one.

use super::cells::{Cell, Holds, Table};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::sync::Arc;

/// So many rows make a row group.
const GROUP: usize = 1 << 16;

/// The cells of a column since the last row group.
enum Column {
    Texts(Vec<Option<ByteArray>>),
    Counts(Vec<Option<i64>>),
    Truths(Vec<Option<bool>>),
}

struct Columns<'o> {
    columns: Vec<Column>,
    rows: usize,
    /// The file is made in memory, where its texts are kept once each.
    file: SerializedFileWriter<Vec<u8>>,
    out: &'o mut dyn Write,
}

/// Begins a table with columns of these names.
pub(super) fn begin<'o>(names: &[(&str, Holds)], out: &'o mut dyn Write) -> io::Result<Box<dyn Table + 'o>> {
    let file = schema(names).and_then(|schema| SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::default()));
    let column = |(_, holds): &(&str, Holds)| match holds {
        Holds::Texts => Column::Texts(Vec::new()),
        Holds::Counts => Column::Counts(Vec::new()),
        Holds::Truths => Column::Truths(Vec::new()),
    };
    Ok(Box::new(Columns { columns: names.iter().map(column).collect(), rows: 0, file: file.map_err(unwritten)?, out }))
}

fn schema(names: &[(&str, Holds)]) -> Result<Type> {
    let field = |(name, holds): &(&str, Holds)| {
        let (physical, logical) = match holds {
            Holds::Texts => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Holds::Counts => (Physical::INT64, None),
            Holds::Truths => (Physical::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        field.with_logical_type(logical).build().map(Arc::new)
    };
    Type::group_type_builder("schema").with_fields(names.iter().map(field).collect::<Result<_>>()?).build()
}

fn unwritten(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

impl Table for Columns<'_> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            match (column, cell) {
                (Column::Texts(texts), Cell::Name(text) | Cell::Value(text)) if !text.is_empty() => {
                    texts.push(Some(ByteArray::from(*text)));
                }
                (Column::Counts(counts), Cell::Count(count)) => counts.push(i64::try_from(*count).ok()),
                (Column::Truths(truths), Cell::Truth(truth)) => truths.push(Some(*truth)),
                (Column::Texts(texts), _) => texts.push(None),
                (Column::Counts(counts), _) => counts.push(None),
                (Column::Truths(truths), _) => truths.push(None),
            }
        }
        self.rows = self.rows.saturating_add(1);
        if self.rows == GROUP { self.group().map_err(unwritten) } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if self.rows > 0 {
            self.group().map_err(unwritten)?;
        }
        let Self { file, out, .. } = *self;
        out.write_all(&file.into_inner().map_err(unwritten)?)
    }
}

impl Columns<'_> {
    /// Writes the rows that were gathered.
    fn group(&mut self) -> Result<()> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            match column {
                Column::Texts(cells) => push::<ByteArrayType>(&mut group, std::mem::take(cells))?,
                Column::Counts(cells) => push::<Int64Type>(&mut group, std::mem::take(cells))?,
                Column::Truths(cells) => push::<BoolType>(&mut group, std::mem::take(cells))?,
            }
        }
        self.rows = 0;
        group.close().map(|_| ())
    }
}

fn push<T: DataType>(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, cells: Vec<Option<T::T>>) -> Result<()> {
    let missing = || ParquetError::General("a column is missing".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::records::parquet::read;

    #[test]
    fn what_is_written_is_read_again() {
        let mut bytes = Vec::new();
        let names = [("record", Holds::Texts), ("=1+1", Holds::Truths), ("line", Holds::Counts)];
        let mut table = begin(&names, &mut bytes).unwrap();
        table.row(&[Cell::Name("=total"), Cell::Truth(true), Cell::Count(12)]).unwrap();
        table.row(&[Cell::Value(""), Cell::Unsaid, Cell::None]).unwrap();
        table.finish().unwrap();
        assert_eq!(read(bytes, None).unwrap().text, "record\t=1+1\tline\n=total\ttrue\t12\n\t\t\n");
    }

    #[test]
    fn many_rows_are_several_groups_and_none_is_a_table_still() {
        for rows in [0, GROUP, GROUP + 1] {
            let mut bytes = Vec::new();
            let mut table = begin(&[("line", Holds::Counts)], &mut bytes).unwrap();
            (0..rows).for_each(|row| table.row(&[Cell::Count(row)]).unwrap());
            table.finish().unwrap();
            let text = read(bytes, None).unwrap().text;
            assert_eq!((text.lines().count(), text.lines().next()), (rows + 1, Some("line")));
        }
    }
}
