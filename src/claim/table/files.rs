//! Finding and reading the files that a table names.

use super::columns::{Columns, Settled, Sieve, Sifted};
use super::mapping::read_tables;
use super::{Filled, Mapping, NamedFile, Opened, OpenedFile};
use crate::claim::Vocabulary;
use crate::claim::article::Heading;
use crate::claim::scope::matches_glob;
use crate::source::document::Table;
use crate::source::records::{Format, Records, parquet};
use crate::source::{FileId, Files, InputError, InputErrors, Sources, Spanned, beside};
use std::sync::Arc;

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

impl Opened {
    /// Every `[[table]]` of a claim file, with its files.
    pub(in crate::claim) fn all(
        root: &Table,
        sources: &mut Sources,
        files: &dyn Files,
        errors: &mut InputErrors,
    ) -> Vec<Self> {
        let mappings = read_tables(root, errors);
        mappings.into_iter().map(|mapping| open(mapping, sources, files, errors)).collect()
    }

    /// The table with all its rows. Files that are not understood are reported.
    pub(in crate::claim) fn fill(self, sources: &Sources, errors: &mut InputErrors) -> Filled {
        let read = |NamedFile { name, file, format }| {
            Some(OpenedFile { name, file, records: Records::read(sources, file, format, errors)? })
        };
        Filled { mapping: self.mapping, files: self.files.into_iter().filter_map(read).collect() }
    }

    /// The table with the rows that have to be read as claims, and what is known of the others; `None` if all have to.
    pub(in crate::claim) fn sift(
        &self,
        sieve: &dyn Sieve,
        heading: &Heading,
        vocabulary: &Vocabulary,
        sources: &Sources,
    ) -> Option<(Filled, Settled)> {
        let columns = Columns::of(self, heading, vocabulary, sources, sieve.jobs())?;
        let Sifted { kept, settled, untouched } = sieve.sift(&columns, vocabulary)?;
        let files = self.files.iter().zip(columns.records(&kept));
        let read =
            |(named, records): (&NamedFile, _)| OpenedFile { name: named.name.clone(), file: named.file, records };
        let filled = Filled { mapping: self.mapping.clone(), files: files.map(read).collect() };
        let untouched = Arc::new(columns.untouched(untouched, &self.files));
        Some((filled, Settled { untouched, ..settled }))
    }
}

fn open(mapping: Mapping, sources: &mut Sources, files: &dyn Files, errors: &mut InputErrors) -> Opened {
    let mut opened: Vec<NamedFile> = Vec::new();
    for named in &mapping.files {
        for path in find(named, sources, files, errors) {
            if opened.iter().any(|known| sources.path(known.file) == path) {
                let message = format!("`{path}` is named twice");
                errors.push(InputError::at(named.span, message).help("its rows would be read twice: name it once"));
                continue;
            }
            let format = mapping.format.or_else(|| Format::of(&path));
            let before = errors.0.len();
            let file = match format {
                Some(Format::Parquet) => read_rows(&path, &mapping, named, sources, files, errors),
                _ => sources.text_of(&path).or_else(|| sources.read(files, &path, errors)),
            };
            if !named.value.contains('*') && path != STANDARD_INPUT {
                place(errors, before, &path, named);
            }
            let Some(file) = file else { continue };
            let Some(format) = format else {
                let error = InputError::at(named.span, format!("how `{path}` is written is not known"));
                errors.push(error.help(
                    "files end in .csv, .tsv, .jsonl or .parquet; or say format = \"csv\", \"jsonl\" or \"parquet\"",
                ));
                continue;
            };
            let name = if path == STANDARD_INPUT { "input" } else { stem(&path) }.to_owned();
            opened.push(NamedFile { name, file, format });
        }
    }
    Opened { mapping, files: opened }
}

/// Puts what is wrong with a file as a whole where it is named.
fn place(errors: &mut InputErrors, from: usize, path: &str, named: &Spanned<String>) {
    for error in errors.0.iter_mut().skip(from).filter(|error| error.at.is_none()) {
        let placed = InputError::at(named.span, format!("`{path}`: {}", error.message));
        *error = InputError { help: error.help.take(), ..placed };
    }
}

/// Reads the columns of a Parquet file that a table says something of.
fn read_rows(
    path: &str,
    mapping: &Mapping,
    named: &Spanned<String>,
    sources: &mut Sources,
    files: &dyn Files,
    errors: &mut InputErrors,
) -> Option<FileId> {
    let columns = mapping.read_columns();
    let asked: Option<Vec<String>> =
        columns.as_ref().map(|columns| columns.iter().map(|column| column.value.clone()).collect());
    if let Some(known) = sources.rows_of(path, asked.as_deref()) {
        return Some(known);
    }
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            errors.push(InputError::of_file(path, format!("cannot be read: {error}")));
            return None;
        }
    };
    match parquet::read(bytes, asked.as_deref()) {
        Ok(rows) => Some(sources.add_rows(path, rows.text, rows.columns)),
        Err(unread) => {
            let of_column = |column: &&&Spanned<String>| Some(&column.value) == unread.column.as_ref();
            let column = columns.iter().flatten().find(of_column);
            let at = column.map_or(named.span, |column| column.span);
            let shown = if path == STANDARD_INPUT { "standard input".to_owned() } else { format!("`{path}`") };
            let error = InputError::at(at, format!("{shown}: {}", unread.message));
            errors.push(InputError { help: unread.help, ..error });
            None
        }
    }
}

/// The paths of a name or a pattern, in order.
fn find(named: &Spanned<String>, sources: &Sources, files: &dyn Files, errors: &mut InputErrors) -> Vec<String> {
    if named.value == STANDARD_INPUT {
        return vec![STANDARD_INPUT.to_owned()];
    }
    if !named.value.contains('*') {
        return sources.find_beside(files, named, errors).into_iter().collect();
    }
    let Some(pattern) = beside(sources.path(named.span.file), &named.value) else {
        let error = InputError::at(named.span, format!("`{}` lies outside the workspace", named.value));
        errors.push(error.help("move it into the workspace, and name it by a path relative to this file"));
        return Vec::new();
    };
    let folder = pattern.split('/').take_while(|part| !part.contains('*')).collect::<Vec<_>>().join("/");
    let mut found = files.list(if folder.is_empty() { "." } else { &folder }).unwrap_or_default();
    found.retain(|path| {
        let (parts, wanted) = (path.split('/'), pattern.split('/'));
        parts.clone().count() == wanted.clone().count()
            && wanted.zip(parts).all(|(glob, part)| matches_glob(glob, part))
    });
    if found.is_empty() {
        let error = InputError::at(named.span, format!("no file fits `{pattern}`"));
        errors.push(error.help("paths are relative to the file that names them"));
    }
    found
}

/// The name of a file without its folder and its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
