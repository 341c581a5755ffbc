//! The end of a Parquet file: what its columns are, and where their pages stand.
//!
//! The footer is decoded by the crate `parquet`, which takes the word of the schema for how many children a group has and
//! follows groups into groups. So the schema is looked at first: it must be a tree, and no deep one.

use super::Unread;
use super::guard::damaged;
use super::thrift::{Thrift, Type};
use crate::source::records::PARQUET_MAGIC;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};

/// How deep a column may be nested.
const DEEPEST: usize = 64;
/// What a file begins and ends with whose footer is encrypted.
const ENCRYPTED: &[u8] = b"PARE";
/// The length of the footer and the mark after it.
const TAIL: usize = 8;

/// The footer of a file, and where it begins: no page reaches further.
pub(super) fn read(bytes: &[u8]) -> Result<(ParquetMetaData, usize), Unread> {
    if bytes.starts_with(ENCRYPTED) || bytes.ends_with(ENCRYPTED) {
        return Err(Unread::new("the Parquet file is encrypted", "write it without encryption"));
    }
    if !bytes.starts_with(PARQUET_MAGIC) {
        let message = "it is no Parquet file: it does not begin with `PAR1`";
        return Err(Unread::new(message, "if it is text: name it .csv or .jsonl, or say format = \"csv\""));
    }
    let cut_off = || damaged("it ends before its footer, so that it was most likely cut off");
    let without_tail = bytes.len().checked_sub(TAIL).ok_or_else(cut_off)?;
    let tail = bytes.get(without_tail..).unwrap_or_default();
    let (length, mark) = tail.split_first_chunk::<4>().ok_or_else(cut_off)?;
    if mark != PARQUET_MAGIC {
        return Err(cut_off());
    }
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let begins = without_tail.checked_sub(length).filter(|begins| *begins >= PARQUET_MAGIC.len());
    let begins = begins.ok_or_else(|| damaged("its footer is said to be longer than the file"))?;
    let footer = bytes.get(begins..without_tail).unwrap_or_default();
    if !is_tree(&children(footer).unwrap_or_default()) {
        return Err(damaged("its footer does not say what its columns are"));
    }
    let read = ParquetMetaDataReader::decode_metadata(footer);
    Ok((read.map_err(|_| damaged("its footer cannot be decoded"))?, begins))
}

/// How many children each element of the schema says that it has.
fn children(footer: &[u8]) -> Option<Vec<i64>> {
    let mut children = None;
    // What stands behind the schema is left to the decoder.
    let _ = Thrift::new(footer).fields(&mut |thrift, id, of| {
        if id != 2 {
            return thrift.pass_over(of);
        }
        let (Type::List, (Type::Struct, count)) = (of, thrift.list()?) else { return None };
        let mut found = Vec::new();
        for _ in 0..count {
            let mut own = 0;
            thrift.fields(&mut |thrift, id, of| {
                if id == 5 {
                    own = thrift.number(of)?;
                    return Some(());
                }
                thrift.pass_over(of)
            })?;
            found.push(own);
        }
        children = Some(found);
        None
    });
    children
}

/// Whether these are the counts of the children of a tree, each before those of its children.
fn is_tree(children: &[i64]) -> bool {
    // How many children the elements above still wait for.
    let mut open: Vec<usize> = Vec::new();
    for (at, count) in children.iter().enumerate() {
        while open.last() == Some(&0) {
            open.pop();
        }
        match open.last_mut() {
            Some(left) => *left = left.saturating_sub(1),
            None if at > 0 => return false,
            None => {}
        }
        let rest = children.len().saturating_sub(at).saturating_sub(1);
        match usize::try_from(*count) {
            Ok(count) if count <= rest && open.len() < DEEPEST => open.push(count),
            _ => return false,
        }
    }
    !children.is_empty() && open.iter().all(|left| *left == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_a_tree_of_bounded_depth() {
        assert!(is_tree(&[2, 0, 0]));
        assert!(is_tree(&[2, 1, 2, 0, 0, 0]));
        assert!(is_tree(&[0]));
        for bad in [&[][..], &[1], &[2, 0], &[1, 0, 0], &[-1], &[i64::MAX, 0], &[1, 1, 1], &[0, 0]] {
            assert!(!is_tree(bad), "{bad:?}");
        }
        let deep: Vec<i64> = std::iter::repeat_n(1, 100).chain([0]).collect();
        assert!(!is_tree(&deep));
    }

    #[test]
    fn what_is_no_file_is_told_apart() {
        let said = |bytes: &[u8]| read(bytes).unwrap_err().message;
        assert!(said(b"region,month\n").contains("no Parquet file"));
        assert!(said(b"").contains("no Parquet file"));
        assert!(said(b"PAR1").contains("cut off"));
        assert!(said(b"PAR1\0\0\0\0PARE").contains("encrypted"));
        assert!(said(b"PAR1\xff\xff\xff\xffPAR1").contains("longer than the file"));
        assert!(said(b"PAR1\x00\x01\x00\x00\x00PAR1").contains("what its columns are"));
    }
}
