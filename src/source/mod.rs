//! Files and places in them: the only owner of text.
//!
//! In: the bytes of claim files, rule files and drafts. Out: text with a line index, [`Span`]s into it, and
//! [`InputError`]s that always know their place. Nothing here knows what a claim or a rule is, and nothing here
//! opens a file: whoever calls in hands over a [`Files`].

pub mod document;
mod error;
pub mod quote;
pub mod records;

pub use error::{InputError, InputErrors, Label, Severity};

use std::collections::BTreeMap;
use std::io;
use std::sync::OnceLock;

/// What the library may see of a file system. The command line gives the real one, tests and embedders their own.
pub trait Files {
    /// The bytes of a file. `path` is relative to the workspace, with `/` between its parts.
    ///
    /// # Errors
    /// Whatever kept the file from being read, so that it can be said beside the path.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// All files below a folder (or the file itself, if `path` is one), sorted, relative to the workspace.
    ///
    /// # Errors
    /// If the path does not exist or cannot be listed.
    fn list(&self, path: &str) -> io::Result<Vec<String>>;

    /// Whether a path exists and lies inside the workspace once links are followed.
    fn is_inside(&self, path: &str) -> bool;
}

/// A workspace in memory: its texts, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub BTreeMap<String, String>);

impl Files for Texts {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).map(|text| text.as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let is_below =
            |file: &&String| file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let found: Vec<String> = self.0.keys().filter(is_below).cloned().collect();
        if found.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(found) }
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// A workspace without files, for texts that name none.
pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn list(&self, _: &str) -> io::Result<Vec<String>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn is_inside(&self, _: &str) -> bool {
        false
    }
}

/// The path, relative to the workspace, of what the file `naming` calls `path`. `None` if that leads outside.
pub fn beside(naming: &str, path: &str) -> Option<String> {
    let is_absolute = path.starts_with('/') || path.contains('\\') || path.chars().nth(1) == Some(':');
    if is_absolute {
        return None;
    }
    let mut parts: Vec<&str> = naming.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Which file of a [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A value and the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value to its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A place as people count it: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// A place in a file of rows that is no text itself (Parquet), as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellPlace<'s> {
    /// The row, from 1; 0 where the columns are named.
    pub row: usize,
    /// The name of the column; empty past the last one.
    pub column: &'s str,
    /// The number of the column among all of the file, from 1.
    pub number: usize,
}

/// Which columns of a file of rows were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// The names that were asked for; `None` if all were.
    pub asked: Option<Vec<String>>,
    /// The numbers of those that were read, from 1, in their order.
    pub numbers: Vec<usize>,
}

/// One text that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    /// Which columns the text has, if it is no file, but the rows of one that are written out.
    written_out: Option<Projection>,
    /// Where each line starts: looked up once a place in it is shown.
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// The path as it is shown, relative to the workspace.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is no file, but the rows of one ([`records::written`]).
    pub fn is_written_out(&self) -> bool {
        self.written_out.is_some()
    }

    /// The number of the line of a byte, from 1, and where that begins.
    fn line_at(&self, offset: usize) -> (usize, usize) {
        let line = self.line_starts().partition_point(|start| *start <= offset).max(1);
        (line, self.line_starts().get(line.saturating_sub(1)).copied().unwrap_or(0))
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| at.saturating_add(1))).collect()
        })
    }
}

/// Every text of a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a text and gives the name it has from now on.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(path.into(), text.into(), None)
    }

    /// Takes in the rows of a file that is no text, as [`records::written`] writes them out.
    pub fn add_rows(&mut self, path: impl Into<String>, text: String, columns: Projection) -> FileId {
        self.push(path.into(), text, Some(columns))
    }

    /// The rows of a file that were taken in when these columns were asked for.
    pub fn rows_of(&self, path: &str, asked: Option<&[String]>) -> Option<FileId> {
        let is_it = |file: &SourceFile| {
            file.path == path && file.written_out.as_ref().is_some_and(|columns| columns.asked.as_deref() == asked)
        };
        self.files().find(|(_, file)| is_it(file)).map(|(id, _)| id)
    }

    /// The text of a path that was taken in.
    pub fn text_of(&self, path: &str) -> Option<FileId> {
        self.files().find(|(_, file)| file.path == path && file.written_out.is_none()).map(|(id, _)| id)
    }

    fn push(&mut self, path: String, text: String, written_out: Option<Projection>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path, text, written_out, line_starts: OnceLock::new() });
        id
    }

    /// Takes in the bytes of a file, which must be UTF-8.
    ///
    /// # Errors
    /// If they are not, with the first byte that is wrong.
    pub fn add_bytes(&mut self, path: &str, bytes: Vec<u8>) -> Result<FileId, Box<InputError>> {
        match String::from_utf8(bytes) {
            Ok(text) => Ok(self.add(path, text)),
            Err(error) if records::Format::is_parquet(error.as_bytes()) => {
                let error = InputError::of_file(path, "it is a Parquet file, which is no text");
                Err(Box::new(error.help("if it is the file of a [[table]]: write format = \"parquet\" there")))
            }
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let before = error.as_bytes().get(..offset).unwrap_or_default();
                let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
                let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
                let message = format!("not UTF-8: byte 0x{byte:02X} at offset {offset}, on line {line}");
                Err(Box::new(InputError::of_file(path, message).help("save the file as UTF-8")))
            }
        }
    }

    /// Reads a file and takes it in. `None` if that fails; why is then in `errors`.
    pub fn read(&mut self, files: &dyn Files, path: &str, errors: &mut InputErrors) -> Option<FileId> {
        let taken = match files.read(path) {
            Ok(bytes) => self.add_bytes(path, bytes),
            Err(error) => Err(Box::new(InputError::of_file(path, format!("cannot be read: {error}")))),
        };
        taken.map_err(|error| errors.push(*error)).ok()
    }

    /// Reads a file that another one names by a path relative to itself. It must lie inside the workspace; a file that
    /// was read before is not read again. `None` if it cannot be had; why is then in `errors`, at the path.
    pub fn read_beside(
        &mut self,
        files: &dyn Files,
        path: &Spanned<String>,
        errors: &mut InputErrors,
    ) -> Option<FileId> {
        let resolved = self.find_beside(files, path, errors)?;
        if let Some(known) = self.text_of(&resolved) {
            return Some(known);
        }
        let mut unread = InputErrors::default();
        let file = self.read(files, &resolved, &mut unread);
        for error in unread.0 {
            let placed = InputError::at(path.span, format!("`{resolved}`: {}", error.message));
            errors.push(InputError { help: error.help, ..placed });
        }
        file
    }

    /// Where a file is that another one names by a path relative to itself: inside the workspace. `None` if it is not
    /// there; why is then in `errors`, at the path.
    pub fn find_beside(&self, files: &dyn Files, path: &Spanned<String>, errors: &mut InputErrors) -> Option<String> {
        let written = &path.value;
        let outside = || {
            InputError::at(path.span, format!("`{written}` lies outside the workspace"))
                .help("move it into the workspace, and name it by a path relative to this file")
        };
        let Some(resolved) = beside(self.path(path.span.file), written) else {
            errors.push(outside());
            return None;
        };
        let is_known = self.files().any(|(_, file)| file.path() == resolved);
        if !is_known && !files.is_inside(&resolved) {
            // Listing does not open it: what lies outside is none of our business.
            let is_missing = files.list(&resolved).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
            errors.push(if is_missing {
                InputError::at(path.span, format!("there is no file `{resolved}`"))
                    .help("paths are relative to the file that names them")
            } else {
                outside()
            });
            return None;
        }
        Some(resolved)
    }

    /// Every file, in the order they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The file of that name, if it is one of ours.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(id.0).ok()?)
    }

    /// The path of a file, as it is shown.
    pub fn path(&self, id: FileId) -> &str {
        self.file(id).map_or("", SourceFile::path)
    }

    /// The whole text of a file.
    pub fn text(&self, id: FileId) -> &str {
        self.file(id).map_or("", SourceFile::text)
    }

    /// The text a span covers; empty if the span is none of ours.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.start..span.end).unwrap_or("")
    }

    /// Line and column of a byte of a file. Of rows that were written out they are the numbers of the row and the column.
    pub fn position(&self, file: FileId, offset: usize) -> Position {
        if let Some(cell) = self.cell_at(file, offset) {
            return Position { line: cell.row, column: cell.number };
        }
        let Some(source) = self.file(file) else { return Position { line: 1, column: 1 } };
        let (line, start) = source.line_at(offset);
        let column = source.text.get(start..offset).map_or(0, |text| text.chars().count()).saturating_add(1);
        Position { line, column }
    }

    /// Row and column of a byte of rows that were written out; `None` in any other text.
    pub fn cell_at(&self, file: FileId, offset: usize) -> Option<CellPlace<'_>> {
        let source = self.file(file)?;
        let columns = source.written_out.as_ref()?;
        let (line, start) = source.line_at(offset);
        let at = source.text.get(start..offset).map_or(0, |before| before.matches(records::CELL_END).count());
        let names = source.text.split('\n').next().unwrap_or("");
        Some(CellPlace {
            row: line.saturating_sub(1),
            column: names.split(records::CELL_END).nth(at).unwrap_or(""),
            number: columns.numbers.get(at).copied().unwrap_or(1),
        })
    }
}
