//! The case folders, loaded, for tests that look at what lies behind their reports.

use super::{Request, Workspace};
use crate::source::Files;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A folder on the disk.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(path))
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let at = self.0.join(path);
        if fs::metadata(&at)?.is_file() {
            return Ok(vec![path.to_owned()]);
        }
        let mut found = Vec::new();
        for entry in fs::read_dir(at)? {
            found.extend(self.list(&format!("{path}/{}", entry?.file_name().to_string_lossy()))?);
        }
        found.sort();
        Ok(found)
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.join(path).exists()
    }
}

/// Every case that can be loaded, by name, in order.
pub(crate) fn cases() -> impl Iterator<Item = (String, Workspace)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().filter_map(|folder| {
        let name = folder.file_name()?.to_string_lossy().into_owned();
        let config = folder.join("addup.toml").exists().then(|| "addup.toml".to_owned());
        let workspace = Workspace::load(&Folder(folder), &Request { config, ..Request::default() });
        Some((name, workspace.ok()?))
    })
}
