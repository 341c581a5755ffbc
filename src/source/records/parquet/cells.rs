//! The values of a column as the texts of cells, some rows at a time.
//!
//! Numbers are written exactly, and nothing is computed in floats: a float is written as the shortest decimal that reads back
//! as it. A day is `2025-12-18`, and a moment that is not midnight `2025-12-18T09:30:00`, with `Z` if it is of UTC.

use super::kinds::Kind;
use super::pages::AT_ONCE;
use crate::source::records::{LONGEST_CELL, written};
use itoa::Integer;
use jiff::civil::Date;
use num_bigint::BigInt;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{AsBytes, DataType, Int96};
use parquet::errors::ParquetError;
use std::fmt::{Display, Write};

/// 1970-01-01 as a Julian day.
const JULIAN_EPOCH: i64 = 2_440_588;
const SECONDS_OF_DAY: i64 = 86_400;
const NANOS_OF_SECOND: i64 = 1_000_000_000;
/// The dates of so many days are kept at most.
const KEPT_DAYS: usize = 1 << 12;
/// The most bytes of a decimal: 154 digits.
pub(super) const LONGEST_DECIMAL: usize = 64;

/// The texts of some cells of a column, one after the other.
#[derive(Default)]
pub(super) struct Texts {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Texts {
    /// The text of a cell.
    pub fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or("")
    }

    /// How many bytes they have.
    pub fn len(&self) -> usize {
        self.text.len()
    }
}

/// Why the cells of a column cannot be had.
pub(super) enum Fault {
    /// Its pages are not what they say.
    Damaged(String),
    /// A value, in one of the rows that were asked for, from 0, cannot be a cell.
    Value { row: usize, why: String },
    /// They come to more bytes than there is room for.
    TooMuch,
}

/// A column that is read from its first row to its last.
pub(super) trait Column {
    /// The texts of the next rows, so many rows and bytes at most.
    fn next(&mut self, rows: usize, texts: &mut Texts, most: usize) -> Result<(), Fault>;
}

/// The column that a reader reads.
pub(super) fn column(reader: ColumnReader, kind: Kind, is_optional: bool) -> Box<dyn Column> {
    match reader {
        ColumnReader::BoolColumnReader(reader) => of(reader, is_optional, |value, text| said(value, text)),
        ColumnReader::Int32ColumnReader(reader) => match kind {
            Kind::Integer { is_signed: false } => {
                of(reader, is_optional, |value: &i32, text| number(value.cast_unsigned(), text))
            }
            _ => {
                let mut whole = whole(kind);
                of(reader, is_optional, move |value: &i32, text| whole(i64::from(*value), text))
            }
        },
        ColumnReader::Int64ColumnReader(reader) => match kind {
            Kind::Integer { is_signed: false } => {
                of(reader, is_optional, |value: &i64, text| number(value.cast_unsigned(), text))
            }
            _ => {
                let mut whole = whole(kind);
                of(reader, is_optional, move |value: &i64, text| whole(*value, text))
            }
        },
        ColumnReader::Int96ColumnReader(reader) => {
            let mut days = Days::default();
            of(reader, is_optional, move |value, text| old_moment(value, &mut days, text))
        }
        ColumnReader::FloatColumnReader(reader) => {
            of(reader, is_optional, |value: &f32, text| float(value, *value == 0.0, text))
        }
        ColumnReader::DoubleColumnReader(reader) => {
            of(reader, is_optional, |value: &f64, text| float(value, *value == 0.0, text))
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            of(reader, is_optional, move |value, text| bytes(value.as_bytes(), kind, text))
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            of(reader, is_optional, move |value, text| bytes(value.as_bytes(), kind, text))
        }
    }
}

/// What writes a value, or says why it cannot be one.
type Written = Result<(), &'static str>;

fn of<T, W>(reader: ColumnReaderImpl<T>, is_optional: bool, write: W) -> Box<dyn Column>
where
    T: DataType + 'static,
    W: FnMut(&T::T, &mut String) -> Written + 'static,
{
    Box::new(Typed { reader, is_optional, write, levels: Vec::new(), values: Vec::with_capacity(AT_ONCE) })
}

struct Typed<T: DataType, W> {
    reader: ColumnReaderImpl<T>,
    is_optional: bool,
    write: W,
    levels: Vec<i16>,
    values: Vec<T::T>,
}

impl<T: DataType, W: FnMut(&T::T, &mut String) -> Written> Column for Typed<T, W> {
    fn next(&mut self, rows: usize, texts: &mut Texts, most: usize) -> Result<(), Fault> {
        self.levels.clear();
        self.values.clear();
        texts.text.clear();
        texts.ends.clear();
        let read = self.reader.read_records(rows, Some(&mut self.levels), None, &mut self.values);
        let ended = || Fault::Damaged("its pages end before its rows".to_owned());
        if read.map_err(|error| Fault::Damaged(undecoded(error)))?.0 < rows {
            return Err(ended());
        }
        let mut values = self.values.iter();
        for row in 0..rows {
            if !self.is_optional || self.levels.get(row) == Some(&1) {
                let before = texts.text.len();
                let written = (self.write)(values.next().ok_or_else(ended)?, &mut texts.text);
                written.map_err(|why| Fault::Value { row, why: why.to_owned() })?;
                if texts.text.len().saturating_sub(before) > LONGEST_CELL {
                    let why =
                        format!("this cell has more than {LONGEST_CELL} bytes, and they are the most that is read");
                    return Err(Fault::Value { row, why });
                }
            }
            texts.ends.push(texts.text.len());
            if texts.text.len() > most {
                return Err(Fault::TooMuch);
            }
        }
        if rows > most { Err(Fault::TooMuch) } else { Ok(()) }
    }
}

/// What the crate says is wrong.
pub(super) fn undecoded(error: ParquetError) -> String {
    match error {
        ParquetError::General(message) | ParquetError::EOF(message) | ParquetError::NYI(message) => message,
        other => other.to_string(),
    }
}

/// A whole number.
fn number(value: impl Integer, text: &mut String) -> Written {
    text.push_str(itoa::Buffer::new().format(value));
    Ok(())
}

fn said(value: impl Display, text: &mut String) -> Written {
    write!(text, "{value}").map_err(|_| "it cannot be written")
}

/// A float by its shortest decimal (or `NaN`, `inf`, `-inf`); a nought has no sign.
fn float(value: impl Display, is_nought: bool, text: &mut String) -> Written {
    if is_nought { said(0, text) } else { said(value, text) }
}

/// How whole numbers of a kind are written.
fn whole(kind: Kind) -> impl FnMut(i64, &mut String) -> Written {
    let mut days = Days::default();
    move |value, text| match kind {
        Kind::Decimal { scale } => decimal(itoa::Buffer::new().format(value), scale, text),
        Kind::Day => days.say(value, text),
        Kind::Moment { nanos, is_utc } => {
            let per_second = NANOS_OF_SECOND.checked_div(nanos).unwrap_or(1);
            let (seconds, rest) = (value.div_euclid(per_second), value.rem_euclid(per_second));
            moment(seconds, rest.saturating_mul(nanos), is_utc, &mut days, text)
        }
        _ => number(value, text),
    }
}

/// A whole number with so many decimals.
fn decimal(digits: &str, scale: usize, text: &mut String) -> Written {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, decimals) = digits.split_at_checked(digits.len().saturating_sub(scale)).ok_or("it is no decimal")?;
    text.push_str(sign);
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if scale > 0 {
        text.push('.');
        text.extend(std::iter::repeat_n('0', scale.saturating_sub(decimals.len())));
        text.push_str(decimals);
    }
    Ok(())
}

fn bytes(bytes: &[u8], kind: Kind, text: &mut String) -> Written {
    match kind {
        Kind::Decimal { .. } if bytes.len() > LONGEST_DECIMAL => Err("this decimal is out of all proportion"),
        Kind::Decimal { scale } => decimal(&BigInt::from_signed_bytes_be(bytes).to_string(), scale, text),
        Kind::Uuid => uuid(bytes, text),
        _ => {
            let said = std::str::from_utf8(bytes).map_err(|_| "this is no text in UTF-8")?;
            written::push_text(text, said);
            Ok(())
        }
    }
}

/// `00112233-4455-6677-8899-aabbccddeeff`.
fn uuid(bytes: &[u8], text: &mut String) -> Written {
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        said(format_args!("{byte:02x}"), text)?;
    }
    Ok(())
}

fn old_moment(value: &Int96, days: &mut Days, text: &mut String) -> Written {
    let [low, high, julian] = value.data() else { return Err("it is no moment") };
    let nanos = i64::try_from((u64::from(*high) << 32) | u64::from(*low)).map_err(|_| "there is no such moment")?;
    let day = i64::from(julian.cast_signed()).saturating_sub(JULIAN_EPOCH);
    let seconds = day.saturating_mul(SECONDS_OF_DAY).saturating_add(nanos.div_euclid(NANOS_OF_SECOND));
    moment(seconds, nanos.rem_euclid(NANOS_OF_SECOND), false, days, text)
}

/// A moment by the seconds since 1970-01-01, and nanoseconds. Midnight is the day alone.
fn moment(seconds: i64, nanos: i64, is_utc: bool, days: &mut Days, text: &mut String) -> Written {
    days.say(seconds.div_euclid(SECONDS_OF_DAY), text)?;
    let of_day = seconds.rem_euclid(SECONDS_OF_DAY);
    if of_day == 0 && nanos == 0 {
        return Ok(());
    }
    let (hour, minute, second) =
        (of_day.div_euclid(3600), of_day.rem_euclid(3600).div_euclid(60), of_day.rem_euclid(60));
    said(format_args!("T{hour:02}:{minute:02}:{second:02}"), text)?;
    if nanos > 0 {
        let decimals = format!("{nanos:09}");
        said(format_args!(".{}", decimals.trim_end_matches('0')), text)?;
    }
    if is_utc {
        text.push('Z');
    }
    Ok(())
}

/// Days as dates. A table has few days and many rows, so that the dates of some days are kept, each in a place of its own.
#[derive(Default)]
struct Days(Vec<(i64, String)>);

impl Days {
    /// A day by its number since 1970-01-01.
    fn say(&mut self, day: i64, text: &mut String) -> Written {
        const FAR: &str = "this day is further away than the year 9999";
        self.0.resize(KEPT_DAYS, (i64::MIN, String::new()));
        let place = i64::try_from(KEPT_DAYS).and_then(|kept| usize::try_from(day.rem_euclid(kept)));
        let (known, date) = place.ok().and_then(|place| self.0.get_mut(place)).ok_or(FAR)?;
        if *known != day {
            let days = jiff::Span::new().try_days(day);
            let found = days.and_then(|days| Date::constant(1970, 1, 1).checked_add(days)).map_err(|_| FAR)?;
            (*known, *date) = (day, found.to_string());
        }
        text.push_str(date);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut String) -> Written) -> String {
        let mut text = String::new();
        write(&mut text).unwrap();
        text
    }

    #[test]
    fn decimals_keep_their_places() {
        let decimal = |digits: i64, scale| written(|text| whole(Kind::Decimal { scale })(digits, text));
        for (digits, scale, expected) in [
            (1250, 2, "12.50"),
            (-5, 2, "-0.05"),
            (5, 1, "0.5"),
            (0, 2, "0.00"),
            (7, 0, "7"),
            (-100, 2, "-1.00"),
            (i64::MIN, 18, "-9.223372036854775808"),
        ] {
            assert_eq!(decimal(digits, scale), expected);
        }
        let long = |hex: &[u8], scale| written(|text| bytes(hex, Kind::Decimal { scale }, text));
        assert_eq!(long(&[0xff], 1), "-0.1");
        assert_eq!(long(&[0x04, 0xe2], 2), "12.50");
        assert_eq!(long(&[], 0), "0");
        assert_eq!(long(&[0x7f; 17], 20), "433853345620923581338.08765634594698395519");
    }

    #[test]
    fn floats_are_their_shortest_decimals() {
        let double = |value: f64| written(|text| float(value, value == 0.0, text));
        for (value, expected) in
            [(0.1, "0.1"), (-0.0, "0"), (40.0, "40"), (1e21, "1000000000000000000000"), (2.5e-7, "0.00000025")]
        {
            assert_eq!(double(value), expected);
        }
        assert_eq!(double(f64::NAN), "NaN");
        assert_eq!(double(f64::NEG_INFINITY), "-inf");
        assert_eq!(written(|text| float(0.1_f32, false, text)), "0.1");
    }

    #[test]
    fn moments_are_days_with_what_is_left_of_them() {
        let millis = Kind::Moment { nanos: 1_000_000, is_utc: true };
        let at = |kind, value| written(|text| whole(kind)(value, text));
        assert_eq!(at(Kind::Day, 20_440), "2025-12-18");
        assert_eq!(at(Kind::Day, -1), "1969-12-31");
        assert_eq!(at(millis, 20_440 * 86_400_000), "2025-12-18");
        assert_eq!(at(millis, 20_440 * 86_400_000 + 34_200_000), "2025-12-18T09:30:00Z");
        assert_eq!(at(millis, -1), "1969-12-31T23:59:59.999Z");
        assert_eq!(at(Kind::Moment { nanos: 1, is_utc: false }, 1_500_000_000), "1970-01-01T00:00:01.5");
        assert!(whole(Kind::Day)(i64::MAX, &mut String::new()).is_err());
        let mut old = Int96::new();
        old.set_data(0xced9_f0fa, 0x1f1a, 2_461_028);
        assert_eq!(written(|text| old_moment(&old, &mut Days::default(), text)), "2025-12-18T09:30:00.00000025");
    }

    #[test]
    fn bytes_are_what_their_column_says() {
        assert_eq!(written(|text| bytes(b"Zo\xc3\xab\t1", Kind::Text, text)), "Zo\u{eb}\\t1");
        assert!(bytes(&[0xff], Kind::Text, &mut String::new()).is_err());
        let id: Vec<u8> = (0..16).collect();
        assert_eq!(written(|text| bytes(&id, Kind::Uuid, text)), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    }
}
