//! An interrupt (Ctrl-C): what is half-written goes away, and the exit code is 130, as a shell would say.
//!
//! The one thing that the process as a whole must know: which files stand beside their places and are not whole yet.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a shell says of a program that an interrupt ended: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// The files that are being written.
static HALF_WRITTEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn half_written() -> MutexGuard<'static, Vec<PathBuf>> {
    HALF_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on an interrupt ends the process cleanly. Where that cannot be had, it ends it as it always did; a process that
/// was started to ignore it, still does.
pub(super) fn mind(is_watched: bool) {
    let _ = ctrlc::try_set_handler(move || {
        // Held until the end, so that no other file is begun.
        let mut files = half_written();
        sweep(&mut files);
        if is_watched {
            let _ = io::stderr().write_all(b"\n");
        }
        process::exit(INTERRUPTED)
    });
}

fn sweep(files: &mut Vec<PathBuf>) {
    for file in files.drain(..) {
        // It may not be there yet.
        let _ = fs::remove_file(file);
    }
}

/// A file that is being written. Dropped, it is whole or gone.
#[derive(Debug)]
pub(super) struct HalfWritten<'a>(&'a Path);

impl<'a> HalfWritten<'a> {
    /// Says that a file is begun.
    pub(super) fn begin(path: &'a Path) -> Self {
        half_written().push(path.to_owned());
        Self(path)
    }
}

impl Drop for HalfWritten<'_> {
    fn drop(&mut self) {
        half_written().retain(|path| path != self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_half_written_is_known_until_it_is_whole_and_can_be_swept_away() {
        let path = std::env::temp_dir().join(format!(".addup-{}.part", process::id()));
        let begun = HalfWritten::begin(&path);
        fs::write(&path, "half").unwrap();
        assert!(half_written().contains(&path));
        drop(begun);
        assert!(!half_written().contains(&path) && path.exists());
        sweep(&mut vec![path.clone(), path.with_extension("none")]);
        assert!(!path.exists());
    }
}
