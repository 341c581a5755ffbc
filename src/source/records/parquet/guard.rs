//! The line that is held where files are decoded by code that is not ours: what it panics on is an error of the file.

use super::Unread;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread decodes a file.
    static DECODES: Cell<bool> = const { Cell::new(false) };
}

/// What `decode` gives, or that the file is damaged if it panics. Nothing of what it was at outlives it.
pub(super) fn guarded<T>(decode: impl FnOnce() -> Result<T, Unread>) -> Result<T, Unread> {
    static QUIET: Once = Once::new();
    // A panic that is caught is no news to whoever reads the terminal; every other one is told as before.
    QUIET.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !DECODES.get() {
                told(info);
            }
        }));
    });
    DECODES.set(true);
    let decoded = panic::catch_unwind(AssertUnwindSafe(decode));
    DECODES.set(false);
    decoded.unwrap_or_else(|_| Err(damaged("its pages cannot be decoded")))
}

/// A file that is not what it says it is.
pub(super) fn damaged(how: &str) -> Unread {
    Unread::new(format!("the Parquet file is damaged: {how}"), "copy it again, or write it anew from where it came")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_is_an_error_of_the_file() {
        let decoded = guarded::<()>(|| panic!("index out of bounds"));
        assert_eq!(decoded.unwrap_err().message, "the Parquet file is damaged: its pages cannot be decoded");
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
