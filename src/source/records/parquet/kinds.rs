//! What a column holds, and whether its values can be cells.

use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::schema::types::Type;

/// The most decimals of a number.
const MOST_DECIMALS: usize = 154;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Truth,
    Integer {
        is_signed: bool,
    },
    /// Whole numbers, and how many of their digits are decimals.
    Decimal {
        scale: usize,
    },
    Float,
    Text,
    Uuid,
    /// Days since 1970-01-01.
    Day,
    /// Steps since then of so many nanoseconds; whether they are of UTC and not of some place.
    Moment {
        nanos: i64,
        is_utc: bool,
    },
    /// The day by its Julian number and nanoseconds of it, as old writers have them.
    OldMoment,
}

impl Kind {
    /// What a column of the table holds. If no cell can be had of it: what it holds, in words.
    pub fn of(column: &Type) -> Result<Self, String> {
        let info = column.get_basic_info();
        if column.is_group() {
            let words = match (info.logical_type_ref(), info.converted_type()) {
                (Some(LogicalType::List), _) | (_, ConvertedType::LIST) => "a list",
                (Some(LogicalType::Map), _) | (_, ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE) => "a map",
                _ => "several values",
            };
            return Err(format!("{words} in each row"));
        }
        if info.has_repetition() && info.repetition() == Repetition::REPEATED {
            return Err("a list in each row".to_owned());
        }
        match info.logical_type_ref() {
            Some(logical) => Self::by_logical(logical, column),
            None => Self::by_converted(info.converted_type(), column),
        }
    }

    fn by_logical(logical: &LogicalType, column: &Type) -> Result<Self, String> {
        let physical = column.get_physical_type();
        Ok(match logical {
            LogicalType::String | LogicalType::Enum | LogicalType::Json => text(column)?,
            LogicalType::Integer(integer) => Self::Integer { is_signed: integer.is_signed },
            LogicalType::Decimal(decimal) => decimal_of(column, decimal.scale)?,
            LogicalType::Date if physical == Physical::INT32 => Self::Day,
            LogicalType::Timestamp(moment) if physical == Physical::INT64 => {
                let nanos = match moment.unit {
                    TimeUnit::MILLIS => 1_000_000,
                    TimeUnit::MICROS => 1_000,
                    TimeUnit::NANOS => 1,
                };
                Self::Moment { nanos, is_utc: moment.is_adjusted_to_u_t_c }
            }
            LogicalType::Uuid => Self::Uuid,
            // Of a type that says nothing of values, since there are none.
            LogicalType::Unknown => by_physical(column)?,
            LogicalType::Time(_) => return Err("times of day without a day".to_owned()),
            LogicalType::Float16 => return Err("floats of 16 bits".to_owned()),
            LogicalType::_Unknown { .. } => return Err("values of a type that is not known here".to_owned()),
            other => return Err(format!("values of the type {other:?}")),
        })
    }

    fn by_converted(converted: ConvertedType, column: &Type) -> Result<Self, String> {
        let physical = column.get_physical_type();
        Ok(match converted {
            ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => text(column)?,
            ConvertedType::DECIMAL => decimal_of(column, column.get_scale())?,
            ConvertedType::DATE if physical == Physical::INT32 => Self::Day,
            ConvertedType::TIMESTAMP_MILLIS if physical == Physical::INT64 => {
                Self::Moment { nanos: 1_000_000, is_utc: true }
            }
            ConvertedType::TIMESTAMP_MICROS if physical == Physical::INT64 => {
                Self::Moment { nanos: 1_000, is_utc: true }
            }
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
                Self::Integer { is_signed: false }
            }
            ConvertedType::INT_8 | ConvertedType::INT_16 | ConvertedType::INT_32 | ConvertedType::INT_64 => {
                Self::Integer { is_signed: true }
            }
            ConvertedType::NONE => by_physical(column)?,
            ConvertedType::TIME_MILLIS | ConvertedType::TIME_MICROS => {
                return Err("times of day without a day".to_owned());
            }
            ConvertedType::INTERVAL => return Err("lengths of time".to_owned()),
            other => return Err(format!("values of the type {other:?}")),
        })
    }
}

fn by_physical(column: &Type) -> Result<Kind, String> {
    Ok(match column.get_physical_type() {
        Physical::BOOLEAN => Kind::Truth,
        Physical::INT32 | Physical::INT64 => Kind::Integer { is_signed: true },
        Physical::FLOAT | Physical::DOUBLE => Kind::Float,
        Physical::INT96 => Kind::OldMoment,
        // Old writers do not say that bytes are a text: whether they are is seen.
        Physical::BYTE_ARRAY => Kind::Text,
        Physical::FIXED_LEN_BYTE_ARRAY => return Err("bytes of which it does not say what they are".to_owned()),
    })
}

fn text(column: &Type) -> Result<Kind, String> {
    match column.get_physical_type() {
        Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY => Ok(Kind::Text),
        _ => Err("texts that are none".to_owned()),
    }
}

fn decimal_of(column: &Type, scale: i32) -> Result<Kind, String> {
    match (usize::try_from(scale), column.get_physical_type()) {
        (_, Physical::BOOLEAN | Physical::INT96 | Physical::FLOAT | Physical::DOUBLE) => {
            Err("decimals that are none".to_owned())
        }
        (Ok(scale), _) if scale <= MOST_DECIMALS => Ok(Kind::Decimal { scale }),
        _ => Err(format!("decimals with more than {MOST_DECIMALS} places")),
    }
}
