//! Where reports go: standard output, or files that are written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For an editor at a terminal.
    Full,
    /// A finding a line.
    Concise,
    /// For programs.
    Json,
}

/// Every format by its name.
const FORMATS: &[(&str, Format)] = &[("full", Format::Full), ("concise", Format::Concise), ("json", Format::Json)];

/// One `NAME[=FILE]` of `--format`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatArgument {
    format: Format,
    file: Option<PathBuf>,
}

impl FromStr for FormatArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err(format!("the file after `{text}` is missing")),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let names = || FORMATS.iter().map(|(name, _)| *name);
        match FORMATS.iter().find(|(known, _)| *known == name) {
            Some((_, format)) => Ok(Self { format: *format, file }),
            None => Err(match crate::source::document::nearest(name, names()) {
                Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
                None => format!("there is no format `{name}`; formats are {}", names().collect::<Vec<_>>().join(", ")),
            }),
        }
    }
}

/// Which reports go where.
#[derive(Debug)]
pub struct Outputs(Vec<FormatArgument>);

impl Outputs {
    /// What `--format` and `--output` ask for together; `full` if they say nothing.
    ///
    /// # Errors
    /// If two reports would go to one place.
    pub fn of(formats: &[FormatArgument], output: Option<&Path>) -> Result<Self, String> {
        let mut outputs = formats.to_vec();
        if outputs.is_empty() {
            outputs.push(FormatArgument { format: Format::Full, file: None });
        }
        if outputs.iter().filter(|one| one.file.is_none()).count() > 1 {
            return Err("only one format can go to standard output: give the others a file, as in `json=report.json`"
                .to_owned());
        }
        if let Some(path) = output {
            match outputs.iter_mut().find(|one| one.file.is_none()) {
                Some(one) => one.file = Some(path.to_owned()),
                None => {
                    return Err("every format has its own file, so there is nothing for `--output` to take".to_owned());
                }
            }
        }
        Ok(Self(outputs))
    }

    /// The files that will be written.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|one| one.file.as_deref())
    }

    /// Writes every report, as `render` gives it in a format, with colour or without; paths are relative to `folder`. Colour
    /// is for standard output alone.
    ///
    /// # Errors
    /// What could not be written, and why.
    pub fn write(
        &self,
        render: &dyn Fn(Format, bool) -> String,
        color: bool,
        folder: &Path,
        out: &mut dyn Write,
    ) -> Result<(), Unwritten> {
        for one in self.0.iter().filter(|one| one.file.is_some()).chain(self.0.iter().filter(|one| one.file.is_none()))
        {
            let text = render(one.format, color && one.file.is_none());
            match &one.file {
                Some(file) => write_file(&folder.join(file), text.as_bytes())
                    .map_err(|error| Unwritten { to: file.display().to_string(), error })?,
                None => print(out, &text)?,
            }
        }
        Ok(())
    }
}

/// A place that could not be written to.
#[derive(Debug, thiserror::Error)]
#[error("{to} cannot be written: {error}")]
pub struct Unwritten {
    to: String,
    error: io::Error,
}

/// Writes to standard output (or standard error). A reader that has gone away (`addup check | head`) is no fault.
///
/// # Errors
/// If the text cannot be written for any other reason.
pub fn print(out: &mut dyn Write, text: &str) -> Result<(), Unwritten> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Unwritten { to: "standard output".to_owned(), error: super::disk::said(error) })
        }
        _ => Ok(()),
    }
}

/// Writes a file beside its place and then moves it there, so that no one ever reads half a report.
///
/// # Errors
/// If it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link: what it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&path) {
        Ok(about) if about.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        // A device or a pipe (`/dev/stdout`, `/dev/null`) is written to, never replaced.
        Ok(about) if !about.is_file() => return OpenOptions::new().write(true).open(&path)?.write_all(bytes),
        _ => {}
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() && beside.exists() {
        // The part is of no use to anyone; that it cannot be removed would say no more than the error already does.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(super::disk::said)
}
