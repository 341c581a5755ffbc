//! What reading claim files promises.

#![allow(clippy::arithmetic_side_effects)]

mod first_article;
mod reading;
mod refusing;

use super::*;
use crate::source::{FileId, Files, InputError, InputErrors, Sources};
use std::collections::BTreeMap;
use std::io;

/// Files in memory. Those below `../` exist, outside the workspace.
#[derive(Default)]
struct Memory(BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        if path == "linked.md" || self.0.contains_key(path) {
            return Ok(vec![path.to_owned()]);
        }
        Err(io::ErrorKind::NotFound.into())
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// What came of a run.
struct Loaded {
    sources: Sources,
    claims: Claims,
    errors: Vec<InputError>,
}

impl Loaded {
    /// Each error: its message, and the words under its caret.
    fn faults(&self) -> Vec<(&str, &str)> {
        let words = |error: &InputError| error.at.as_ref().map(|at| at.span);
        self.errors.iter().map(|it| (it.message.as_str(), words(it).map_or("", |at| self.sources.slice(at)))).collect()
    }

    fn claim(&self, name: &str) -> &Claim {
        self.claims.claims.iter().find(|it| it.name == name).unwrap_or_else(|| panic!("no {name}: {:?}", self.faults()))
    }

    fn figure(&self, name: &str) -> &FigureClaim {
        match &self.claim(name).kind {
            Kind::Figure(figure) => figure,
            _ => panic!("{name} is no figure"),
        }
    }

    /// The hard reading of every mention of a claim.
    fn hard(&self, name: &str) -> Vec<String> {
        self.figure(name).readings.iter().map(|(_, reading)| reading.hard().to_string()).collect()
    }

    /// What is wrong between quotes, drafts and values: the claim's name and what.
    fn issues(&self) -> Vec<(&str, &QuoteIssueKind)> {
        self.claims.quote_issues.iter().map(|it| (self.claims[it.claim].name.as_str(), &it.kind)).collect()
    }
}

/// Loads files; those that end in `.toml` are claim files.
fn load_all(texts: &[(&str, &str)]) -> Loaded {
    let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
    let memory = Memory(texts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let claim_files: Vec<FileId> = texts
        .iter()
        .filter(|(path, _)| path.ends_with(".toml"))
        .filter_map(|(path, _)| sources.read(&memory, path, &mut errors))
        .collect();
    let claims = load(&mut sources, &memory, &claim_files, &mut errors);
    Loaded { sources, claims, errors: errors.0 }
}

/// Loads one claim file.
fn load_one(text: &str) -> Loaded {
    load_all(&[("claims/raid.toml", text)])
}

/// Loads one claim file that must be without a fault.
fn load_good(text: &str) -> Loaded {
    let loaded = load_one(text);
    assert_eq!(loaded.faults(), []);
    loaded
}
