//! What `addup generate` and `addup check --check-against` promise on the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use program::{Folder, Ran, run};
use std::fs;
use std::path::Path;

const PLANTED: [&str; 10] =
    ["generate", "set", "--seed", "5", "--groups", "6", "--months", "6", "--plant", "chain=1,falling-total=1"];

/// Every file below a folder with its bytes, by path.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((path.strip_prefix(folder).unwrap().display().to_string(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn made(shape: &str) -> Folder {
    let folder = Folder::new();
    let ran = run(folder.path(), &[&PLANTED[..], &["--shape", shape]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    folder
}

fn refused(ran: &Ran, words: &str) {
    assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains(words), "{ran:?}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_a_workspace_that_can_be_checked() {
    for (shape, count) in [("long", 5), ("wide", 5), ("toml", 9)] {
        let (one, other) = (made(shape), made(shape));
        assert_eq!(files(one.path()), files(other.path()), "{shape}");
        assert_eq!(files(one.path()).len(), count, "{shape}, and nothing half-written");
        let set = one.path().join("set");
        assert_eq!(run(&set, &["check"]).code, 1, "{shape}");
        let scored = run(&set, &["check", "--check-against", "truth.json"]);
        assert_eq!(scored.code, 0, "{scored:?}");
        assert!(scored.out.starts_with("planted          2\nfound            2\nmissed           0\n"), "{scored:?}");
    }
}

#[test]
fn a_data_set_without_plants_is_consistent() {
    let folder = Folder::new();
    assert_eq!(run(folder.path(), &["generate", "set", "--months", "4"]).code, 0);
    assert_eq!(run(&folder.path().join("set"), &["check", "--fail-level", "note"]).code, 0);
}

#[test]
fn nothing_is_overwritten_unless_that_is_asked() {
    let folder = made("toml");
    refused(&run(folder.path(), &PLANTED), "nothing was written, because addup.toml is there already");
    let before = files(folder.path());
    let again = [&PLANTED[..], &["--overwrite"]].concat();
    assert_eq!(run(folder.path(), &again).code, 0);
    assert_eq!(files(folder.path()), before);
    folder.write("set/claims/mine.toml", "");
    refused(&run(folder.path(), &again), "claims/mine.toml is no file of this data set");
}

#[test]
fn a_score_says_what_was_missed_and_what_was_accused_wrongly() {
    let folder = made("wide");
    let set = folder.path().join("set");
    // Another truth than that of the data set: nothing that it names clashes, and what clashes it does not name.
    let mut truth: serde_json::Value = serde_json::from_str(&folder.read("set/truth.json")).unwrap();
    let planted = truth.get_mut("planted").and_then(serde_json::Value::as_array_mut).unwrap();
    planted.truncate(1);
    let elsewhere = "figures/figures[g1,2015-01].start";
    *planted.first_mut().unwrap().get_mut("altered").unwrap() = serde_json::json!([elsewhere]);
    folder.write("set/other.json", truth.to_string());
    let scored = run(&set, &["check", "--check-against", "other.json", "--format", "json=report.json"]);
    assert_eq!(scored.code, 1, "{scored:?}");
    assert!(scored.out.contains("missed           1\naccused wrongly  "), "{scored:?}");
    assert!(scored.out.contains("accused wrongly:\n  figures/figures[g"), "{scored:?}");
    assert!(folder.read("set/report.json").contains("\"verdict\": \"contradicted\""));
}

#[test]
fn what_cannot_be_made_or_scored_is_refused() {
    let folder = made("wide");
    let generate = |more: &[&str]| run(folder.path(), &[&["generate", "more"], more].concat());
    refused(&generate(&["--plant", "chian=1"]), "did you mean `chain`?");
    refused(&generate(&["--plant", "chain"]), "write the kind and how many");
    refused(&generate(&["--plant", "chain=11"]), "each takes a group of its own");
    refused(&generate(&["--plant", "record-rule=1"]), "cannot be planted in the shape `toml`");
    refused(&generate(&["--groups", "0"]), "groups");
    refused(&generate(&["--shape", "tall"]), "write long, wide or toml");
    assert!(!folder.path().join("more").exists());
    let set = folder.path().join("set");
    let check = |more: &[&str]| run(&set, &[&["check", "--check-against"], more].concat());
    refused(&check(&["none.json"]), "none.json cannot be read");
    refused(&check(&["addup.toml"]), "no truth file");
    refused(&check(&["truth.json", "--format", "json"]), "the score goes to standard output");
    refused(&check(&["truth.json", "--format", "json=truth.json"]), "an output would overwrite it");
}
