//! The same input gives the same bytes: in any order of its files, with any number of threads, time after time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use program::{Folder, run};
use std::fs;
use std::path::{Path, PathBuf};

/// What a run says and writes.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    code: u8,
    out: String,
    err: String,
    report: String,
    certificates: String,
}

/// Runs a case with these arguments, and with these files in this order.
fn said(folder: &Folder, args: &[&str], files: &[String]) -> Said {
    for path in ["report.json", "certificates.json"] {
        let _ = fs::remove_file(folder.path().join(path));
    }
    let mut all =
        vec!["check", "--format", "json=report.json", "--format", "full", "--certificates", "certificates.json"];
    all.extend(args);
    all.extend(files.iter().map(String::as_str));
    let ran = run(folder.path(), &all);
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap_or_default();
    Said {
        code: ran.code,
        out: ran.out,
        err: ran.err,
        report: read("report.json"),
        certificates: read("certificates.json"),
    }
}

/// All files below a folder.
fn files_below(root: &Path, at: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(at).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(root, &path, found);
        } else {
            found.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
        }
    }
}

/// Another order, by a generator of its own, so that it is the same in every run.
fn shuffled(files: &[String], seed: usize) -> Vec<String> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut left = files.to_vec();
    let mut found = Vec::new();
    while !left.is_empty() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        found.push(left.swap_remove((state >> 33) % left.len()));
    }
    found
}

#[test]
fn neither_threads_nor_the_order_of_files_show() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    let (mut looked_at, mut reordered) = (0, 0);
    for (at, case) in cases.iter().enumerate() {
        let folder = Folder::copy_of(case);
        let name = case.file_name().unwrap().to_string_lossy();
        let one = said(&folder, &["--jobs", "1"], &[]);
        assert_eq!(one, said(&folder, &["--jobs", "2"], &[]), "{name}: one thread and two");
        looked_at += 1;
        let mut files = Vec::new();
        files_below(folder.path(), &folder.path().join("claims"), &mut files);
        files.retain(|file| file.ends_with(".toml"));
        if files.len() < 2 {
            continue;
        }
        files.sort();
        let args = if folder.path().join("rules").exists() { vec!["--rules", "rules"] } else { Vec::new() };
        let in_order = said(&folder, &args, &files);
        for seed in 0..3 {
            let order = shuffled(&files, at + seed);
            assert_eq!(in_order, said(&folder, &args, &order), "{name}: {order:?}");
        }
        files.reverse();
        assert_eq!(in_order, said(&folder, &args, &files), "{name}: backwards");
        reordered += 1;
    }
    println!("{looked_at} cases with one thread and two, {reordered} with their files in other orders");
    assert!(looked_at >= 250 && reordered >= 9, "{looked_at} cases, {reordered} reordered");
}
