//! Finding and reading the files that a table names.

use super::columns::{Columns, Settled, Sieve};
use super::mapping::read_tables;
use super::{Filled, Mapping, NamedFile, Opened, OpenedFile};
use crate::claim::Vocabulary;
use crate::claim::article::Heading;
use crate::claim::scope::matches_glob;
use crate::source::document::Table;
use crate::source::records::{Format, Records};
use crate::source::{FileId, Files, InputError, InputErrors, Sources, Spanned, beside};

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
        let sifted = sieve.sift(&columns, vocabulary)?;
        let files = self.files.iter().zip(columns.records(&sifted.kept));
        let read =
            |(named, records): (&NamedFile, _)| OpenedFile { name: named.name.clone(), file: named.file, records };
        Some((Filled { mapping: self.mapping.clone(), files: files.map(read).collect() }, sifted.settled))
    }
}

fn open(mapping: Mapping, sources: &mut Sources, files: &dyn Files, errors: &mut InputErrors) -> Opened {
    let mut opened = Vec::new();
    let mut known: Vec<FileId> = Vec::new();
    for named in &mapping.files {
        for file in find(named, sources, files, errors) {
            if known.contains(&file) {
                let message = format!("`{}` is named twice", sources.path(file));
                errors.push(InputError::at(named.span, message).help("its rows would be read twice: name it once"));
                continue;
            }
            known.push(file);
            let path = sources.path(file);
            let Some(format) = mapping.format.or_else(|| Format::of(path)) else {
                let error = InputError::at(named.span, format!("how `{path}` is written is not known"));
                errors.push(error.help("files end in .csv, .tsv or .jsonl; or say format = \"csv\" or \"jsonl\""));
                continue;
            };
            let name = if path == STANDARD_INPUT { "input" } else { stem(path) }.to_owned();
            opened.push(NamedFile { name, file, format });
        }
    }
    Opened { mapping, files: opened }
}

/// The files of a path or a pattern, in order.
fn find(named: &Spanned<String>, sources: &mut Sources, files: &dyn Files, errors: &mut InputErrors) -> Vec<FileId> {
    if named.value == STANDARD_INPUT {
        let taken = sources.files().find(|(_, file)| file.path() == STANDARD_INPUT).map(|(known, _)| known);
        if let Some(known) = taken {
            return vec![known];
        }
        return sources.read(files, STANDARD_INPUT, errors).into_iter().collect();
    }
    if !named.value.contains('*') {
        return sources.read_beside(files, named, errors).into_iter().collect();
    }
    let Some(pattern) = beside(sources.path(named.span.file), &named.value) else {
        let error = InputError::at(named.span, format!("`{}` lies outside the workspace", named.value));
        errors.push(error.help("move it into the workspace, and name it by a path relative to this file"));
        return Vec::new();
    };
    let folder = pattern.split('/').take_while(|part| !part.contains('*')).collect::<Vec<_>>().join("/");
    let listed = files.list(if folder.is_empty() { "." } else { &folder }).unwrap_or_default();
    let fits = |path: &&String| {
        let (parts, wanted) = (path.split('/'), pattern.split('/'));
        parts.clone().count() == wanted.clone().count()
            && wanted.zip(parts).all(|(glob, part)| matches_glob(glob, part))
    };
    let found: Vec<&String> = listed.iter().filter(fits).collect();
    if found.is_empty() {
        let error = InputError::at(named.span, format!("no file fits `{pattern}`"));
        errors.push(error.help("paths are relative to the file that names them"));
    }
    let mut read = Vec::new();
    for path in found {
        let taken = sources.files().find(|(_, file)| file.path() == path).map(|(known, _)| known);
        read.extend(taken.or_else(|| sources.read(files, path, errors)));
    }
    read
}

/// The name of a file without its folder and its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
