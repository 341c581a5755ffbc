//! The file system as the library sees it: a workspace folder, what was named outside of it, and at most one text that
//! comes from standard input instead.
//!
//! Nothing is read through a link that leads out of the workspace, and nothing that is not a plain file: a claim file
//! must not be able to make the program print `/etc/passwd`, or wait for ever.

use crate::source::Files;
use crate::source::records::Format;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// The most bytes that a text may have: far more than any desk writes, and little enough to be held.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The most bytes that a table may have.
const MOST_BYTES_OF_TABLE: u64 = 16 * 1024 * 1024 * 1024;

/// What a table names standard input by.
const STANDARD_INPUT: &str = "-";

/// A workspace on disk.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    /// `root` and the folders that were named outside of it, with links followed.
    allowed: Vec<PathBuf>,
    standard_input: Option<(String, Vec<u8>)>,
}

impl Disk {
    /// The workspace at a folder.
    ///
    /// # Errors
    /// If the folder does not exist.
    pub fn new(root: &Path) -> io::Result<Self> {
        let real = fs::canonicalize(root)?;
        Ok(Self { root: real.clone(), allowed: vec![real], standard_input: None })
    }

    /// The folder of the workspace as seen from the root of the repository that it is in, with a slash at its end; empty if
    /// it is that root, or in no repository. The root is the nearest folder upwards that has a `.git`.
    pub fn place_in_repository(&self) -> String {
        let root = self.root.ancestors().find(|above| above.join(".git").exists());
        let inside = root.and_then(|root| self.root.strip_prefix(root).ok()).map(slashed).unwrap_or_default();
        if inside.is_empty() { inside } else { format!("{inside}/") }
    }

    /// The name of a path that the user gave, as it is shown: relative to the workspace if it lies inside, else
    /// absolute; what it names outside of the workspace belongs to it from then on.
    pub fn name(&mut self, path: &Path) -> String {
        let absolute = plain(&self.root.join(path));
        // Links on the way are followed, so that a workspace reached by another name is still recognised; a file that
        // does not exist (yet) is named by its folder.
        let real = fs::canonicalize(&absolute).ok().or_else(|| {
            let parent = fs::canonicalize(absolute.parent()?).ok()?;
            Some(parent.join(absolute.file_name()?))
        });
        let lexical = absolute.strip_prefix(&self.root).ok().map(Path::to_path_buf);
        let followed = real.as_deref().and_then(|real| real.strip_prefix(&self.root).ok()).map(Path::to_path_buf);
        if let Some(inside) = lexical.or(followed) {
            let name = slashed(&inside);
            return if name.is_empty() { ".".to_owned() } else { name };
        }
        if let Some(real) = real {
            let folder = if real.is_dir() { Some(real.as_path()) } else { real.parent() };
            self.allowed.extend(folder.map(Path::to_path_buf));
        }
        slashed(&absolute)
    }

    /// Puts a text in the place of a file.
    pub fn stand_in(&mut self, name: String, bytes: Vec<u8>) {
        self.standard_input = Some((name, bytes));
    }

    /// Where a path of the workspace is on this machine.
    pub fn place(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The place with links followed, if it lies inside.
    fn inside(&self, path: &str) -> io::Result<PathBuf> {
        let real = fs::canonicalize(self.place(path)).map_err(said)?;
        if self.allowed.iter().any(|folder| real.starts_with(folder)) {
            Ok(real)
        } else {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "it lies outside the workspace"))
        }
    }

    fn stands_in_for(&self, path: &str) -> Option<&[u8]> {
        self.standard_input.as_ref().filter(|(name, _)| name == path).map(|(_, bytes)| bytes.as_slice())
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.stands_in_for(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None if path == STANDARD_INPUT => read_up_to(io::stdin().lock(), 0, MOST_BYTES_OF_TABLE),
            None if Format::of(path).is_some() => read_file_up_to(&self.inside(path)?, MOST_BYTES_OF_TABLE),
            None => read_file(&self.inside(path)?),
        }
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        if self.stands_in_for(path).is_some() {
            return Ok(vec![path.to_owned()]);
        }
        let mut found = BTreeSet::new();
        let mut visited = BTreeSet::new();
        let mut open = vec![path.to_owned()];
        while let Some(path) = open.pop() {
            let real = self.inside(&path)?;
            if !real.is_dir() {
                found.insert(path);
                continue;
            }
            // A link back to a folder above would go round for ever.
            if !visited.insert(real.clone()) {
                continue;
            }
            for entry in fs::read_dir(&real).map_err(said)? {
                let name = entry.map_err(said)?.file_name();
                let Some(name) = name.to_str() else {
                    let reason = format!("the name of a file in it is not UTF-8: {}", Path::new(&name).display());
                    return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
                };
                if !name.starts_with('.') {
                    open.push(if path == "." { name.to_owned() } else { format!("{path}/{name}") });
                }
            }
        }
        if let Some((name, _)) = &self.standard_input
            && (path == "." || Path::new(name).starts_with(path))
        {
            found.insert(name.clone());
        }
        Ok(found.into_iter().collect())
    }

    fn is_inside(&self, path: &str) -> bool {
        self.stands_in_for(path).is_some() || self.inside(path).is_ok()
    }
}

/// Reads a plain file of bearable size.
///
/// # Errors
/// If it cannot be read, is no plain file, or is too large.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    read_file_up_to(path, MOST_BYTES)
}

fn read_file_up_to(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path).map_err(said)?;
    if about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if !about.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file"));
    }
    read_up_to(File::open(path).map_err(said)?, about.len(), most)
}

/// Reads a stream to its end, up to [`MOST_BYTES`].
///
/// # Errors
/// If it cannot be read or is too large.
pub fn read_all(stream: impl Read) -> io::Result<Vec<u8>> {
    read_up_to(stream, 0, MOST_BYTES)
}

/// Reads a stream of about so many bytes to its end.
fn read_up_to(stream: impl Read, about: u64, most: u64) -> io::Result<Vec<u8>> {
    let about = usize::try_from(about.min(most)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(about.saturating_add(1));
    stream.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(said)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        Ok(bytes)
    } else {
        let megabytes = most.checked_div(1024 * 1024).unwrap_or(0);
        Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {megabytes} MB; split it")))
    }
}

/// The usual reasons in plain words, without the numbers of the operating system.
pub fn said(error: io::Error) -> io::Error {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "it does not exist",
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => "it may not be opened",
        io::ErrorKind::NotADirectory => "a part of its path is not a folder",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        _ => return error,
    };
    io::Error::new(error.kind(), words)
}

/// The path without `.` and `..`, as written: no link is followed.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// A path as it is shown: with `/` between its parts on every system.
fn slashed(path: &Path) -> String {
    let text = path.as_os_str().to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Whether two paths, relative to a folder, are one file, whatever links lead to it and whether or not it is there yet.
pub fn is_one_file(folder: &Path, one: &Path, other: &Path) -> bool {
    let real = |path: &Path| {
        let path = folder.join(path);
        let to_be = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
        fs::canonicalize(&path).ok().or_else(to_be)
    };
    one == other || real(one).is_some_and(|one| real(other) == Some(one))
}

/// The nearest file of that name in a folder or above it.
pub fn nearest(folder: &Path, name: impl AsRef<OsStr>) -> Option<PathBuf> {
    folder.ancestors().map(|above| above.join(name.as_ref())).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("addup-disk-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join("claims/deep")).unwrap();
        fs::write(folder.join("claims/b.toml"), "b").unwrap();
        fs::write(folder.join("claims/deep/a.toml"), "a").unwrap();
        fs::write(folder.join("claims/.hidden.toml"), "h").unwrap();
        folder
    }

    #[test]
    fn files_are_listed_sorted_and_without_hidden_ones() {
        let folder = folder("sorted");
        let mut disk = Disk::new(&folder).unwrap();
        assert_eq!(disk.list("claims").unwrap(), ["claims/b.toml", "claims/deep/a.toml"]);
        assert_eq!(disk.list(".").unwrap(), ["claims/b.toml", "claims/deep/a.toml"]);
        assert_eq!(disk.list("claims/b.toml").unwrap(), ["claims/b.toml"]);
        disk.stand_in("claims/c.toml".to_owned(), b"c".to_vec());
        assert_eq!(disk.list("claims").unwrap(), ["claims/b.toml", "claims/c.toml", "claims/deep/a.toml"]);
        assert_eq!(disk.read("claims/c.toml").unwrap(), b"c");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_path_is_named_from_the_workspace_or_whole() {
        let (folder, other) = (folder("named"), folder("elsewhere"));
        let mut disk = Disk::new(&folder).unwrap();
        assert_eq!(disk.name(&folder.join("claims/../claims/./deep/a.toml")), "claims/deep/a.toml");
        assert_eq!(disk.name(&folder), ".");
        assert!(!disk.is_inside(&slashed(&other.join("claims/b.toml"))), "nobody named it");
        let whole = disk.name(&other.join("claims"));
        assert!(Path::new(&whole).is_absolute());
        assert!(disk.is_inside(&format!("{whole}/b.toml")), "what was named may be read");
        fs::remove_dir_all(folder).unwrap();
        fs::remove_dir_all(other).unwrap();
    }

    #[test]
    fn nothing_outside_of_the_workspace_is_read() {
        let folder = folder("outside");
        let disk = Disk::new(&folder.join("claims/deep")).unwrap();
        for path in ["../b.toml", "/etc/hostname", "a.toml/../../b.toml"] {
            assert!(disk.read(path).is_err() && !disk.is_inside(path), "{path}");
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_no_file() {
        assert!(read_file(Path::new("/dev/zero")).unwrap_err().to_string().contains("plain file"));
        assert!(read_file(Path::new("/dev")).unwrap_err().to_string().contains("folder"));
    }
}
