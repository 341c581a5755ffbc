//! Where reports go: standard output, or files that are written whole or not at all.

use super::interrupt::HalfWritten;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
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
    /// For programs, a finding a line.
    JsonLines,
    /// For code scanning and editors.
    Sarif,
    /// For CI servers, as tests.
    Junit,
    /// For GitHub Actions, as annotations.
    Github,
    /// For GitLab, as a code quality report.
    Gitlab,
    /// For a comment on a change.
    Markdown,
}

/// Every format by its name.
const FORMATS: &[(&str, Format)] = &[
    ("full", Format::Full),
    ("concise", Format::Concise),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("sarif", Format::Sarif),
    ("junit", Format::Junit),
    ("github", Format::Github),
    ("gitlab", Format::Gitlab),
    ("markdown", Format::Markdown),
];

/// What stands for standard output where a file may be named.
const STANDARD_OUTPUT: &str = "-";

/// How much is gathered before it is written.
const BUFFER: usize = 1 << 16;

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
            Some((name, STANDARD_OUTPUT)) => (name, None),
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
        if let Some(path) = output.filter(|path| !is_standard_output(path)) {
            match outputs.iter_mut().find(|one| one.file.is_none()) {
                Some(one) => one.file = Some(path.to_owned()),
                None => {
                    return Err("every format has its own file, so there is nothing for `--output` to take".to_owned());
                }
            }
        }
        Ok(Self(outputs))
    }

    /// What `--format` asks for where something else goes to standard output.
    ///
    /// # Errors
    /// If a report would go there.
    pub fn beside(formats: &[FormatArgument]) -> Result<Self, String> {
        if formats.iter().any(|one| one.file.is_none()) {
            return Err(
                "the score goes to standard output: give the report a file, as in `json=report.json`".to_owned()
            );
        }
        Ok(Self(formats.to_vec()))
    }

    /// Refuses formats that a command does not have.
    ///
    /// # Errors
    /// If some other format is asked for.
    pub fn only(&self, formats: &[Format]) -> Result<(), String> {
        let name = |format: Format| FORMATS.iter().find(|(_, known)| *known == format).map_or("", |(name, _)| *name);
        match self.0.iter().find(|one| !formats.contains(&one.format)) {
            Some(other) => {
                let names: Vec<&str> = formats.iter().map(|format| name(*format)).collect();
                Err(format!("there is no `{}` report of this; formats are {}", name(other.format), names.join(", ")))
            }
            None => Ok(()),
        }
    }

    /// The files that will be written.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|one| one.file.as_deref())
    }

    /// Writes every report, as `render` writes it in a format, with colour or without; paths are relative to `folder`. Colour
    /// is for standard output alone.
    ///
    /// # Errors
    /// What could not be written, and why.
    pub fn write(
        &self,
        render: &dyn Fn(Format, bool, &mut dyn Write) -> io::Result<()>,
        color: bool,
        folder: &Path,
        out: &mut dyn Write,
    ) -> Result<(), Unwritten> {
        for one in self.0.iter().filter(|one| one.file.is_some()).chain(self.0.iter().filter(|one| one.file.is_none()))
        {
            let rendered = |out: &mut dyn Write| render(one.format, color && one.file.is_none(), out);
            match &one.file {
                Some(file) => write_file(folder, file, &rendered)?,
                None => stream(out, &rendered)?,
            }
        }
        Ok(())
    }
}

/// Whether a file that is named is none, but standard output.
pub fn is_standard_output(path: &Path) -> bool {
    path == Path::new(STANDARD_OUTPUT)
}

/// A place that could not be written to.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {error}", to.as_deref().unwrap_or("standard output"))]
pub struct Unwritten {
    /// The file; `None` if it is standard output.
    to: Option<String>,
    error: io::Error,
}

impl Unwritten {
    /// What can be done about it, if that is known.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self.error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "make its folder first",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "choose a place that may be written to"
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded if self.to.is_none() => "make room",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "make room, or choose a place on another disk; what was there before is as it was"
            }
            _ => return None,
        })
    }
}

/// Writes to standard output (or standard error). A reader that has gone away (`addup check | head`) is no fault.
///
/// # Errors
/// If the text cannot be written for any other reason.
pub fn print(out: &mut dyn Write, text: &str) -> Result<(), Unwritten> {
    stream(out, &|out| out.write_all(text.as_bytes()))
}

/// The same of what is written as it comes.
fn stream(out: &mut dyn Write, write: Written<'_>) -> Result<(), Unwritten> {
    let mut buffered = BufWriter::with_capacity(BUFFER, out);
    match write(&mut buffered).and_then(|()| buffered.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Unwritten { to: None, error: super::disk::said(error) })
        }
        _ => Ok(()),
    }
}

/// What writes a text into a file or a stream.
pub type Written<'a> = &'a dyn Fn(&mut dyn Write) -> io::Result<()>;

/// Writes a file beside its place and then moves it there, so that no one ever reads half a report. Its path, relative to
/// a folder, is named in errors as it is given.
///
/// # Errors
/// If it cannot be written.
pub fn write_file(folder: &Path, path: &Path, write: Written<'_>) -> Result<(), Unwritten> {
    written(&folder.join(path), write).map_err(|error| {
        let error = match error.kind() {
            io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder does not exist"),
            _ => super::disk::said(error),
        };
        Unwritten { to: Some(path.display().to_string()), error }
    })
}

fn written(path: &Path, write: Written<'_>) -> io::Result<()> {
    // A link stays a link: what it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&path) {
        Ok(about) if about.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        // A device or a pipe (`/dev/stdout`, `/dev/null`) is written to, never replaced.
        Ok(about) if !about.is_file() => {
            let mut device = BufWriter::with_capacity(BUFFER, OpenOptions::new().write(true).open(&path)?);
            return write(&mut device).and_then(|()| device.flush());
        }
        _ => {}
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let _half = HalfWritten::begin(&beside);
    let part = OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let whole = || {
        let mut buffered = BufWriter::with_capacity(BUFFER, &part);
        write(&mut buffered)?;
        buffered.flush()?;
        part.sync_all()?;
        fs::rename(&beside, &path)
    };
    let whole = whole();
    if whole.is_err() {
        // The part is of no use to anyone; that it cannot be removed would say no more than the error already does.
        let _ = fs::remove_file(&beside);
    }
    whole
}
