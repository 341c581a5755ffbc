//! A workspace in memory, for tests that make up their files.

use addup::source::Files;
use std::collections::BTreeMap;
use std::io;

/// A workspace in memory.
pub struct Texts(pub BTreeMap<String, String>);

impl Files for Texts {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).map(|text| text.as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let below = format!("{path}/");
        Ok(self.0.keys().filter(|file| *file == path || file.starts_with(&below)).cloned().collect())
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}
