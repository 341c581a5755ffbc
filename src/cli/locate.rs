//! Where the workspace is, and which of its files the command line asks for.

use super::args::Input;
use super::disk::{Disk, nearest};
use crate::workspace::{CONFIG_NAME, Request};
use std::path::{Path, PathBuf};

/// A workspace on disk, and what to load from it.
#[derive(Debug)]
pub struct Located {
    /// The files.
    pub disk: Disk,
    /// Which of them.
    pub request: Request,
}

impl Located {
    /// The workspace is the folder of `--config`, or of the nearest `addup.toml` upwards, or else the current folder.
    ///
    /// # Errors
    /// If there is no such folder, in words.
    pub fn find(folder: &Path, paths: &[PathBuf], input: &Input) -> Result<Self, String> {
        let config = match &input.config {
            Some(path) => Some(folder.join(path)),
            None => nearest(folder, CONFIG_NAME),
        };
        let root = config.as_deref().and_then(Path::parent).unwrap_or(folder);
        let mut disk = Disk::new(root)
            .map_err(|error| format!("the folder {} cannot be read: {}", root.display(), super::disk::said(error)))?;
        let mut named = |paths: &[PathBuf]| paths.iter().map(|path| disk.name(&folder.join(path))).collect();
        let request = Request { claims: named(paths), rules: named(&input.rules), ..Request::default() };
        let config = config.map(|path| disk.name(&path));
        Ok(Self { disk, request: Request { config, ..request } })
    }
}
