//! One article, in process: from the bytes of its files to the printed report.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use addup::report;
use addup::source::Files;
use addup::workspace::{Request, Workspace};
use std::collections::BTreeMap;
use std::{fs, io, path::Path};

fn main() {
    divan::main();
}

/// The files of an article in memory, so that no disk is measured.
struct Held(BTreeMap<String, Vec<u8>>);

impl Held {
    fn article() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut held = BTreeMap::new();
        let mut open = vec!["rules".to_owned()];
        held.extend(["toml", "md"].map(|ending| {
            let path = format!("claims/cambodia-raid.{ending}");
            let bytes = fs::read(root.join(&path)).expect("the article is there");
            (path, bytes)
        }));
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(root.join(&folder)).expect("the folder is there") {
                let entry = entry.expect("the entry can be read");
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    open.push(path);
                } else {
                    held.insert(path, fs::read(entry.path()).expect("the file can be read"));
                }
            }
        }
        Self(held)
    }

    fn load(&self) -> Workspace {
        Workspace::load(self, &Request::default()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"))
    }
}

impl Files for Held {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        Ok(self.0.keys().filter(|held| Path::new(held).starts_with(path)).cloned().collect())
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

#[divan::bench]
fn load(bencher: divan::Bencher<'_, '_>) {
    let held = Held::article();
    bencher.bench(|| held.load());
}

#[divan::bench]
fn check(bencher: divan::Bencher<'_, '_>) {
    let workspace = Held::article().load();
    bencher.bench(|| workspace.check());
}

#[divan::bench]
fn load_check_and_report(bencher: divan::Bencher<'_, '_>) {
    let held = Held::article();
    bencher.bench(|| {
        let workspace = held.load();
        let checked = workspace.check();
        report::full(&checked.report(&workspace), report::FullOptions::default())
    });
}
