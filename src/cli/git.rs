//! Earlier states of a workspace, as git has them: read, and nothing else.
//!
//! The program `git` is called without a shell, with arguments that are fixed but for the revision, which is looked up
//! first and handed on as a hash. Files come out as they were committed: no filter and no hook of the repository runs.

use super::disk::Disk;
use crate::workspace::{BASELINE_NAME, CONFIG_NAME, Earlier};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why an earlier state cannot be had: in words, with what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct NoState {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<&'static str>,
}

impl NoState {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help: Some(help) }
    }

    fn unread(error: &io::Error) -> Self {
        Self { message: format!("what git has cannot be read: {error}"), help: None }
    }
}

const NO_REVISION: &str =
    "name a branch, a tag or a commit, such as origin/main; a pipeline may have to fetch it first";

/// The state of a workspace at a revision: the files that are read now, and TOML files beside them that are gone.
///
/// # Errors
/// If there is no git, no repository, or no such revision in it.
pub fn earlier<'p>(disk: &Disk, revision: &str, read: impl Iterator<Item = &'p str>) -> Result<Earlier, NoState> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(NoState::new(format!("`{revision}` is no revision"), NO_REVISION));
    }
    let folder: PathBuf = disk.place("").components().collect();
    let root = called(&folder, &["rev-parse", "--show-toplevel"]).map_err(|why| match why {
        Uncalled::Missing => NoState::new("`--changed` needs the program git, which is not installed", "install it"),
        Uncalled::Refused(said) => NoState::new(
            format!("{} is in no git repository: {said}", folder.display()),
            "leave out `--changed`, or run it inside a repository",
        ),
        Uncalled::Broken(error) => NoState::unread(&error),
    })?;
    let root = PathBuf::from(line(&root));
    let root = fs::canonicalize(&root).unwrap_or(root);
    let commit = called(&folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]);
    let commit = commit.map_err(|_| NoState::new(format!("there is no revision `{revision}`"), NO_REVISION))?;
    let tree = called(&root, &["ls-tree", "-r", "-z", "--full-tree", &line(&commit)]).map_err(NoState::from)?;
    let mut blobs = blobs(&tree);

    let mut wanted = BTreeMap::new();
    let mut beside = BTreeSet::new();
    for path in read {
        let real = fs::canonicalize(disk.place(path)).ok();
        let Some(place) = real.as_deref().and_then(|real| real.strip_prefix(&root).ok()) else { continue };
        if let Some(blob) = blobs.remove(&slashed(place)) {
            wanted.insert(path.to_owned(), blob);
        }
        if let (true, Some((folder, _))) = (path.ends_with(".toml"), path.rsplit_once('/')) {
            beside.insert(folder.to_owned());
        }
    }
    let here = fs::canonicalize(&folder).unwrap_or(folder);
    let here = here.strip_prefix(&root).map(slashed).unwrap_or_default();
    for (path, blob) in blobs {
        let inside = if here.is_empty() { Some(path.as_str()) } else { path.strip_prefix(&format!("{here}/")) };
        let Some(inside) = inside else { continue };
        let is_beside = Path::new(inside).ancestors().skip(1).any(|above| beside.contains(&slashed(above)));
        let is_ours = [CONFIG_NAME, BASELINE_NAME].contains(&inside) || (is_beside && inside.ends_with(".toml"));
        if is_ours && !root.join(&path).exists() {
            wanted.insert(inside.to_owned(), blob);
        }
    }
    contents(&root, wanted).map(Earlier).map_err(|error| NoState::unread(&error))
}

/// Why git gave nothing.
enum Uncalled {
    /// It is not installed.
    Missing,
    /// It did not do it, and said why.
    Refused(String),
    /// It could not be called.
    Broken(io::Error),
}

impl From<Uncalled> for NoState {
    fn from(why: Uncalled) -> Self {
        match why {
            Uncalled::Missing => Self::unread(&io::ErrorKind::NotFound.into()),
            Uncalled::Refused(said) => Self { message: format!("what git has cannot be read: {said}"), help: None },
            Uncalled::Broken(error) => Self::unread(&error),
        }
    }
}

/// A call of git in a folder, which takes no lock and asks nobody anything.
fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    command.stdin(Stdio::null());
    command
}

fn called(folder: &Path, args: &[&str]) -> Result<Vec<u8>, Uncalled> {
    let output = git(folder, args).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Uncalled::Missing,
        _ => Uncalled::Broken(error),
    })?;
    if output.status.success() { Ok(output.stdout) } else { Err(Uncalled::Refused(line(&output.stderr))) }
}

/// The first line of what a program prints.
fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).lines().next().unwrap_or("").to_owned()
}

/// The files of a tree, by path, each with the hash of its content. Submodules and links are none.
fn blobs(tree: &[u8]) -> BTreeMap<String, String> {
    let entries = tree.split(|byte| *byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok());
    let read = |entry: &str| {
        let (about, path) = entry.split_once('\t')?;
        let mut about = about.split(' ');
        let is_file = about.next()?.starts_with("100") && about.next()? == "blob";
        is_file.then(|| Some((path.to_owned(), about.next()?.to_owned())))?
    };
    entries.filter_map(read).collect()
}

/// The contents of files, of which the hashes are known: one at a time, so that neither side waits for the other.
fn contents(root: &Path, wanted: BTreeMap<String, String>) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(found);
    }
    let cut_off = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let mut child = git(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (mut asks, told) = child.stdin.take().zip(child.stdout.take()).ok_or_else(cut_off)?;
    let mut told = BufReader::new(told);
    for (path, blob) in wanted {
        asks.write_all(format!("{blob}\n").as_bytes())?;
        asks.flush()?;
        let mut head = String::new();
        told.read_line(&mut head)?;
        let size: u64 = head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(cut_off)?;
        let mut bytes = Vec::new();
        told.by_ref().take(size).read_to_end(&mut bytes)?;
        told.read_exact(&mut [0])?;
        found.insert(path, bytes);
    }
    drop(asks);
    child.wait()?;
    Ok(found)
}

/// A path as git writes it.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
