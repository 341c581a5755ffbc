//! Certificates of all cases: each is accepted as it was written, and refused after any change of what it says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod mutation;
mod program;

use addup::verify::CertificateError;
use mutation::{accepts, changed_everywhere, load};
use program::{Folder, run};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const FILE: &str = "certificates.json";

/// The cases that give a report, each in a copy of its folder, with its certificates.
fn certified() -> Vec<(String, Folder, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut found = Vec::new();
    for case in folders {
        if fs::read_to_string(case.join("args")).unwrap_or_default().contains("--set") {
            continue; // what is supposed stands in no file
        }
        let folder = Folder::copy_of(&case);
        let ran = run(folder.path(), &["check", "--certificates", FILE]);
        if ran.code < 2 {
            let certificates = serde_json::from_str(&folder.read(FILE)).unwrap();
            found.push((case.file_name().unwrap().to_string_lossy().into_owned(), folder, certificates));
        }
    }
    found
}

#[test]
fn every_certificate_is_accepted() {
    let mut refused = Vec::new();
    let mut count = 0;
    for (name, folder, certificates) in certified() {
        count += certificates["certificates"].as_array().unwrap().len();
        let ran = run(folder.path(), &["verify", FILE]);
        if ran.code != 0 {
            refused.push(format!("{name}: {}{}", ran.out, ran.err));
        }
    }
    assert!(refused.is_empty(), "{} of {count} refused:\n{}", refused.len(), refused.join("\n"));
    assert!(count >= 40, "only {count} certificates");
}

#[test]
fn a_certificate_is_refused_once_it_is_changed_anywhere() {
    let (mut tried, mut accepted) = (0, Vec::new());
    for (name, folder, certificates) in certified() {
        let loaded = load(&folder);
        if accepts(&loaded, &certificates).is_err() {
            continue; // another test tells
        }
        let found = changed_everywhere(&loaded, &certificates);
        tried += found.0;
        accepted.extend(found.1.into_iter().map(|change| format!("{name}{change}")));
    }
    assert!(accepted.is_empty(), "{} of {tried} changes accepted:\n{}", accepted.len(), accepted.join("\n"));
    println!("{tried} changes, all refused");
    assert!(tried >= 10_000, "only {tried} changes were tried");
}

#[test]
fn every_run_that_is_decided_has_a_witness() {
    let (mut without, mut count) = (Vec::new(), 0);
    for (name, folder, certificates) in certified() {
        let undecided = run(folder.path(), &["check", "--format", "concise"]).out.contains("[undecided]");
        match certificates["witness"].is_null() {
            true if !undecided => without.push(name),
            false => count += 1,
            true => {}
        }
    }
    assert!(without.is_empty(), "{count} have one, but these have none: {}", without.join(", "));
}

#[test]
fn no_certificate_outlives_a_change_of_its_files() {
    for (name, folder, certificates) in certified() {
        if certificates["certificates"].as_array().unwrap().is_empty() {
            continue;
        }
        let mut loaded = load(&folder);
        let (path, hash) = loaded.inputs[0].clone();
        loaded.inputs[0].1 = hash.chars().rev().collect();
        let refused = accepts(&loaded, &certificates).expect_err(&name);
        assert_eq!(refused, vec![CertificateError::OtherInput { path }], "{name}");
    }
}

#[test]
fn all_kinds_of_proof_occur() {
    let mut seen = std::collections::BTreeMap::new();
    for (_, _, certificates) in certified() {
        for certificate in certificates["certificates"].as_array().unwrap() {
            let (kind, proof) = certificate["proof"].as_object().unwrap().iter().next().unwrap();
            let mut note = |name: String| *seen.entry(name).or_insert(0) += 1;
            note(kind.clone());
            let name = |value: &Value| {
                value
                    .as_str()
                    .map(str::to_owned)
                    .unwrap_or_else(|| value.as_object().unwrap().keys().next().unwrap().clone())
            };
            proof
                .as_array()
                .into_iter()
                .flatten()
                .filter(|step| step.is_object())
                .for_each(|step| note(name(&step["why"])));
            if kind == "impossible" {
                note(format!("from {}", name(&proof["source"])));
            }
        }
    }
    let kinds = [
        "cycle",
        "apart",
        "impossible",
        "stated",
        "within",
        "same-scope",
        "order",
        "dated",
        "ordered",
        "stage",
        "opening",
        "begun-before",
        "same-origin",
        "from requirement",
        "from derived",
        "from relation",
        "from parts",
        "from part",
        "from tiles",
        "from balance",
    ];
    for kind in kinds {
        assert!(seen.contains_key(kind), "no {kind} among {seen:?}");
    }
}
