//! Lines to paste that do what they promise: every question of every case comes with some, and pasted where they say,
//! as they stand, they turn the question into a contradiction (or settle it).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use program::{Folder, run};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The TOML files of a workspace, relative to its folder.
fn toml_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(folder.join(&below)).expect("the folder can be read") {
            let entry = entry.expect("the entry can be read");
            let path = below.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// Does by hand what the comment of a paste says: into a table that is there, or at the end of the claim file.
fn paste(folder: &Folder, claim_file: &str, lines: &str) {
    for block in lines.split("\n\n") {
        let (place, rest) = block.split_once('\n').expect("a paste says where it belongs, or is a table");
        let Some(place) = place.strip_prefix("# in ") else {
            folder.write(claim_file, format!("{}\n{block}\n", folder.read(claim_file)));
            continue;
        };
        let header = &place[..=place.find(']').expect("a table is named")];
        let home = toml_files(folder.path())
            .into_iter()
            .find(|file| folder.read(file).lines().any(|line| line.trim().starts_with(header)))
            .unwrap_or_else(|| panic!("{header} stands nowhere"));
        let key = rest.split('=').next().unwrap_or("").trim();
        let (mut inside, mut text) = (false, String::new());
        for line in folder.read(&home).lines() {
            if line.starts_with('[') {
                inside = line.trim().starts_with(header);
            }
            // A key that is there already gives way to the new one.
            if !(inside && line.split('=').next().is_some_and(|known| known.trim() == key)) {
                text.push_str(&format!("{line}\n"));
            }
            if line.trim().starts_with(header) {
                text.push_str(&format!("{rest}\n"));
            }
        }
        folder.write(&home, text);
    }
}

fn findings(folder: &Folder) -> Vec<Value> {
    let ran = run(folder.path(), &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"));
    report["findings"].as_array().cloned().unwrap_or_default()
}

#[test]
fn every_question_comes_with_lines_that_settle_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut became = BTreeSet::new();
    let mut asked = 0;
    for case in cases.iter().filter(|case| {
        fs::read_to_string(case.join("json.snap")).is_ok_and(|json| json.contains("\"kind\": \"question\""))
    }) {
        let name = case.file_name().unwrap().to_string_lossy();
        for question in findings(&Folder::copy_of(case)).iter().filter(|finding| finding["kind"] == "question") {
            asked += 1;
            let text = question["question"].as_str().unwrap_or_else(|| panic!("{name}: nothing is asked"));
            assert!(text.ends_with('?'), "{name}: {text}");
            assert!(!text.contains('`'), "{name}: a source knows nothing of the ids of a claim file: {text}");
            let lines = question["paste"].as_str().unwrap_or_else(|| panic!("{name}: there is nothing to paste"));
            let folder = Folder::copy_of(case);
            paste(&folder, question["locations"][0]["file"].as_str().unwrap(), lines);
            let after = findings(&folder);
            let same: Vec<&Value> = after.iter().filter(|finding| finding["claims"] == question["claims"]).collect();
            assert!(same.iter().all(|finding| finding["kind"] != "question"), "{name}: {lines}\n{same:#?}");
            became.extend(same.iter().map(|finding| finding["kind"].as_str().unwrap().to_owned()));
        }
    }
    assert!(asked >= 5, "{asked} questions");
    assert!(became.contains("contradiction"), "{became:?}");
}
