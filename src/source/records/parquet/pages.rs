//! The pages of a column: their headers read and held to the bytes that are there, then unpacked.
//!
//! What a page says of itself (how long it is, how many values it has, where its levels end) is checked here, since the
//! decoders of the crate `parquet` make room by it. Unpacked pages of all columns share one [`Room`].

use super::delta;
use super::thrift::{Thrift, Type};
use super::unpack::Codec;
use bytes::Bytes;
use parquet::basic::{Encoding, Type as Physical};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many bytes of unpacked pages are held at once, of all columns.
const ROOM: usize = 1 << 31;
/// What a value of a dictionary takes besides its bytes.
const PER_VALUE: usize = 48;
/// About how many values are decoded at once.
pub(super) const AT_ONCE: usize = 1024;
/// The most bytes that values may come to which are decoded at once and each of which may repeat those before it.
const MOST_REPEATED: usize = 1 << 32;

/// The most texts of a page whose lengths are packed as differences: they are decoded all at once.
const MOST_LENGTHS: u32 = 1 << 26;

/// How many more bytes may be held.
#[derive(Clone, Debug)]
pub(super) struct Room(Arc<AtomicUsize>);

impl Room {
    pub fn new() -> Self {
        Self(Arc::new(AtomicUsize::new(ROOM)))
    }

    /// Takes so many bytes. Whether they are left.
    fn take(&self, bytes: usize) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }

    fn give_back(&self, bytes: usize) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// The pages of one column of one row group.
pub(super) struct Pages {
    file: Bytes,
    /// Where the next page begins, and where no page is any more.
    at: usize,
    end: usize,
    /// How many values are still to come.
    left: u64,
    codec: Codec,
    /// How many bytes a value takes at least, in a dictionary.
    width: usize,
    is_optional: bool,
    has_dictionary: bool,
    room: Room,
    /// What this column holds of the room: its dictionary and its page.
    held: [usize; 2],
}

/// A header: what kind of page follows, and how long it is.
#[derive(Default)]
struct Header {
    kind: i64,
    unpacked: usize,
    packed: usize,
    checksum: Option<u32>,
    values: u32,
    nulls: u32,
    rows: u32,
    encoding: i64,
    levels: i64,
    level_bytes: u32,
    repetition_bytes: u32,
    is_packed: bool,
}

fn damaged(how: &str) -> ParquetError {
    ParquetError::General(how.to_owned())
}

impl Pages {
    /// The pages of a column, none of which reaches behind `end`. Those of a column that may have no value say where.
    pub fn of(
        file: Bytes,
        end: usize,
        column: &ColumnChunkMetaData,
        is_optional: bool,
        codec: Codec,
        room: Room,
    ) -> Result<Self> {
        let data = column.data_page_offset();
        let begins = column.dictionary_page_offset().filter(|at| *at > 0 && *at < data).unwrap_or(data);
        let at = usize::try_from(begins).ok().filter(|at| *at < end || column.num_values() == 0);
        let width = match column.column_type() {
            Physical::INT64 | Physical::DOUBLE => 8,
            Physical::INT96 => 12,
            Physical::FIXED_LEN_BYTE_ARRAY => usize::try_from(column.column_descr().type_length()).unwrap_or(0),
            Physical::INT32 | Physical::FLOAT | Physical::BYTE_ARRAY => 4,
            Physical::BOOLEAN => 1,
        };
        Ok(Self {
            file,
            at: at.ok_or_else(|| damaged("its pages are said to stand behind its end"))?,
            end,
            left: u64::try_from(column.num_values()).map_err(|_| damaged("it has less than no values"))?,
            codec,
            width: width.max(1),
            is_optional,
            has_dictionary: false,
            room,
            held: [0, 0],
        })
    }

    fn next_page(&mut self) -> Result<Option<Page>> {
        while self.left > 0 {
            let rest = self.file.get(self.at..self.end).unwrap_or_default();
            let (header, length) = header(rest).ok_or_else(|| damaged("the header of a page cannot be decoded"))?;
            let body = self.at.saturating_add(length);
            let behind = body.saturating_add(header.packed);
            if behind > self.end {
                return Err(damaged("a page is said to be longer than the file"));
            }
            self.at = behind;
            let packed = self.file.slice(body..behind);
            if header.checksum.is_some_and(|checksum| crc32fast::hash(&packed) != checksum) {
                return Err(damaged("the checksum of a page is not that of its bytes"));
            }
            match header.kind {
                0 | 3 if header.values == 0 => {}
                0 => return self.data(&header, packed).map(Some),
                2 => return self.dictionary(&header, packed).map(Some),
                3 => return self.data_by_the_second_version(&header, packed).map(Some),
                // A page of an index, or of a kind that is not known.
                _ => {}
            }
        }
        Ok(None)
    }

    /// Makes room for the next dictionary, or the next page, in the place of the one before.
    fn hold(&mut self, page: usize, bytes: usize) -> Result<()> {
        let held = self.held.get_mut(page).ok_or_else(|| damaged("no such page"))?;
        self.room.give_back(std::mem::take(held));
        if !self.room.take(bytes) {
            return Err(damaged("its pages come to more than two gigabytes at once"));
        }
        *held = bytes;
        Ok(())
    }

    fn unpacked(&self, header: &Header, packed: Bytes, is_packed: bool) -> Result<Bytes> {
        if self.codec == Codec::Plain || !is_packed {
            return Ok(packed);
        }
        let unpacked = self.codec.unpack(&packed, header.unpacked);
        unpacked.map(Bytes::from).ok_or_else(|| damaged("a page cannot be unpacked"))
    }

    fn dictionary(&mut self, header: &Header, packed: Bytes) -> Result<Page> {
        if self.has_dictionary {
            return Err(damaged("a column has two dictionaries"));
        }
        let count = usize::try_from(header.values).unwrap_or(usize::MAX);
        self.hold(0, header.unpacked.saturating_add(count.saturating_mul(PER_VALUE)))?;
        let buf = self.unpacked(header, packed, true)?;
        if count.saturating_mul(self.width) > buf.len() {
            return Err(damaged("a dictionary is said to have more values than fit into it"));
        }
        self.has_dictionary = true;
        let encoding = encoding(header.encoding)?;
        Ok(Page::DictionaryPage { buf, num_values: header.values, encoding, is_sorted: false })
    }

    fn data(&mut self, header: &Header, packed: Bytes) -> Result<Page> {
        self.hold(1, header.unpacked)?;
        let buf = self.unpacked(header, packed, true)?;
        // The levels of a column that always has a value are none, whatever is said of them.
        if self.is_optional && header.levels != 3 {
            return Err(damaged("it says where values are missing in a way that is no longer used"));
        }
        let levels = match buf.first_chunk::<4>().filter(|_| self.is_optional) {
            Some(length) => u32::from_le_bytes(*length).saturating_add(4),
            None => 0,
        };
        let encoding = self.encoding(header, &buf, levels)?;
        self.count(header.values)?;
        Ok(Page::DataPage {
            buf,
            num_values: header.values,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })
    }

    fn data_by_the_second_version(&mut self, header: &Header, packed: Bytes) -> Result<Page> {
        self.hold(1, header.unpacked)?;
        let levels = usize::try_from(header.level_bytes.saturating_add(header.repetition_bytes)).unwrap_or(usize::MAX);
        if levels > packed.len() || levels > header.unpacked || header.nulls > header.values {
            return Err(damaged("the header of a page contradicts itself"));
        }
        // Levels stand before the values and are not packed.
        let buf = if self.codec == Codec::Plain || !header.is_packed {
            packed
        } else {
            let size = header.unpacked.saturating_sub(levels);
            let values = self.codec.unpack(packed.get(levels..).unwrap_or_default(), size);
            let values = values.ok_or_else(|| damaged("a page cannot be unpacked"))?;
            Bytes::from([packed.get(..levels).unwrap_or_default(), &values].concat())
        };
        let encoding = self.encoding(header, &buf, header.level_bytes.saturating_add(header.repetition_bytes))?;
        self.count(header.values)?;
        Ok(Page::DataPageV2 {
            buf,
            num_values: header.values,
            encoding,
            num_nulls: header.nulls,
            num_rows: header.rows,
            def_levels_byte_len: header.level_bytes,
            rep_levels_byte_len: header.repetition_bytes,
            is_compressed: false,
            statistics: None,
        })
    }

    /// How the values of a page are encoded, which stand behind so many bytes of levels, if they can be decoded in the room
    /// that there is.
    fn encoding(&self, header: &Header, page: &[u8], levels: u32) -> Result<Encoding> {
        let encoding = encoding(header.encoding)?;
        let values = page.get(usize::try_from(levels).unwrap_or(usize::MAX)..);
        let values = values.ok_or_else(|| damaged("a page ends before its values"))?;
        let count = usize::try_from(header.values.min(MOST_LENGTHS)).unwrap_or(usize::MAX);
        let is_sound = match encoding {
            Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY if !self.has_dictionary => {
                return Err(damaged("a page refers to a dictionary that is not there"));
            }
            Encoding::DELTA_LENGTH_BYTE_ARRAY => delta::end(values, count).is_some(),
            // The lengths of what each value repeats of the one before, and those of what follows it.
            Encoding::DELTA_BYTE_ARRAY => {
                let second = delta::end(values, count).and_then(|end| values.get(end..));
                page.len().saturating_mul(count.min(AT_ONCE)) <= MOST_REPEATED
                    && second.is_some_and(|second| delta::end(second, count).is_some())
            }
            _ => true,
        };
        if is_sound { Ok(encoding) } else { Err(damaged("a page of texts does not say how long they are")) }
    }

    /// Counts the values of a page.
    fn count(&mut self, values: u32) -> Result<()> {
        let left = self.left.checked_sub(u64::from(values));
        self.left = left.ok_or_else(|| damaged("a column has more values than it is said to have"))?;
        Ok(())
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.held.iter().for_each(|held| self.room.give_back(*held));
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.next_page()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Err(damaged("pages are not looked ahead at"))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.next_page().map(|_| ())
    }
}

fn encoding(number: i64) -> Result<Encoding> {
    Ok(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        other => return Err(damaged(&format!("its values are encoded in a way that is not known (number {other})"))),
    })
}

/// The header that bytes begin with, and its length.
fn header(bytes: &[u8]) -> Option<(Header, usize)> {
    let mut header = Header { kind: -1, is_packed: true, ..Header::default() };
    let mut thrift = Thrift::new(bytes);
    thrift.fields(&mut |thrift, id, of| {
        match id {
            1 => header.kind = thrift.number(of)?,
            2 => header.unpacked = usize::try_from(i32::try_from(thrift.number(of)?).ok()?).ok()?,
            3 => header.packed = usize::try_from(i32::try_from(thrift.number(of)?).ok()?).ok()?,
            4 => header.checksum = Some(i32::try_from(thrift.number(of)?).ok()?.cast_unsigned()),
            5 if of == Type::Struct => data_header(thrift, &mut header)?,
            7 if of == Type::Struct => dictionary_header(thrift, &mut header)?,
            8 if of == Type::Struct => second_header(thrift, &mut header)?,
            _ => return thrift.pass_over(of),
        }
        Some(())
    })?;
    (header.kind >= 0).then_some((header, thrift.position()))
}

fn count(thrift: &mut Thrift<'_>, of: Type) -> Option<u32> {
    u32::try_from(i32::try_from(thrift.number(of)?).ok()?).ok()
}

fn data_header(thrift: &mut Thrift<'_>, header: &mut Header) -> Option<()> {
    thrift.fields(&mut |thrift, id, of| {
        match id {
            1 => header.values = count(thrift, of)?,
            2 => header.encoding = thrift.number(of)?,
            3 => header.levels = thrift.number(of)?,
            _ => return thrift.pass_over(of),
        }
        Some(())
    })
}

fn dictionary_header(thrift: &mut Thrift<'_>, header: &mut Header) -> Option<()> {
    thrift.fields(&mut |thrift, id, of| {
        match id {
            1 => header.values = count(thrift, of)?,
            2 => header.encoding = thrift.number(of)?,
            _ => return thrift.pass_over(of),
        }
        Some(())
    })
}

fn second_header(thrift: &mut Thrift<'_>, header: &mut Header) -> Option<()> {
    thrift.fields(&mut |thrift, id, of| {
        match id {
            1 => header.values = count(thrift, of)?,
            2 => header.nulls = count(thrift, of)?,
            3 => header.rows = count(thrift, of)?,
            4 => header.encoding = thrift.number(of)?,
            5 => header.level_bytes = count(thrift, of)?,
            6 => header.repetition_bytes = count(thrift, of)?,
            7 => header.is_packed = of == Type::True,
            _ => return thrift.pass_over(of),
        }
        Some(())
    })
}
