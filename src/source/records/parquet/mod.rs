//! Parquet files as rows: the columns that are asked for, [written](super::written) out as text.
//!
//! In: the bytes of a file, and the names of columns. Out: [`Rows`], or what is wrong. Numbers are written exactly: a decimal
//! with the places that its column has, a binary float as the shortest decimal that reads back as it. A value that is no
//! number is written as what it is (`NaN`), and whoever wants a figure there refuses it, with its row and column.
//!
//! A file may be damaged, or made to do harm: what it says of itself is checked before anything is made room for, and what
//! it comes to is bounded (`limit`). Without the feature `parquet` no such file is read, and why is said.

#[cfg(feature = "parquet")]
mod cells;
#[cfg(feature = "parquet")]
mod delta;
#[cfg(feature = "parquet")]
mod footer;
#[cfg(feature = "parquet")]
mod guard;
#[cfg(feature = "parquet")]
mod kinds;
#[cfg(feature = "parquet")]
mod pages;
#[cfg(feature = "parquet")]
mod rows;
#[cfg(feature = "parquet")]
mod thrift;
#[cfg(feature = "parquet")]
mod unpack;

use crate::source::Projection;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unread {
    /// What, in one sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The column that was asked for and cannot be had, if it is about one.
    pub column: Option<String>,
}

/// The rows of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The rows, written out.
    pub text: String,
    /// Which columns those are.
    pub columns: Projection,
}

impl Unread {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), column: None }
    }
}

/// The rows of a file: all of its columns, or those that are asked for. Where one that is asked for is not there, the names
/// of all columns and no row, so that it can be said what there is.
///
/// # Errors
/// If the file is damaged, if it holds more than can be held, if a column that is asked for holds what is no single value,
/// or if this program was built without the feature `parquet`.
#[cfg(feature = "parquet")]
pub fn read(bytes: Vec<u8>, asked: Option<&[String]>) -> Result<Rows, Unread> {
    let most = limit(bytes.len());
    guard::guarded(|| rows::read(bytes, asked, most))
}

/// The same without the feature: nothing is read.
///
/// # Errors
/// Always.
#[cfg(not(feature = "parquet"))]
pub fn read(_: Vec<u8>, _: Option<&[String]>) -> Result<Rows, Unread> {
    Err(Unread::new("it is a Parquet file, and this addup was built without the feature that reads them", INSTALL))
}

/// How to get the feature.
pub const INSTALL: &str = "install it with: cargo install --path . --features parquet; or write the table as CSV";

/// The most bytes that a text comes to which is written out of so many: a few bytes can stand for billions of rows.
#[cfg(feature = "parquet")]
fn limit(bytes: usize) -> usize {
    const LEAST: usize = 1 << 28;
    const MOST: usize = 1 << 32;
    bytes.saturating_mul(1 << 12).clamp(LEAST, MOST)
}
