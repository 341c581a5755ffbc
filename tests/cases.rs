//! Small real inputs, a folder each under `tests/cases/`, with snapshots of all that the user sees.
//!
//! A folder has `expect` (in prose: what must come out, and why; written before the snapshot was looked at), `claims/`,
//! and as the case needs `rules/`, `addup.toml`, drafts, and `args` (one argument a line; `check` if it is missing). Beside
//! them stand the snapshots: `report.snap`, and `json.snap` where the input was understood.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use program::{Folder, Ran, run};
use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = match fs::read_dir(&root) {
        Ok(entries) => entries.map(|entry| entry.expect("the entry can be read").path()).collect(),
        Err(_) => Vec::new(),
    };
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

fn name(case: &Path) -> String {
    case.file_name().expect("a folder has a name").to_string_lossy().into_owned()
}

fn args(case: &Path) -> Vec<String> {
    let given = fs::read_to_string(case.join("args")).unwrap_or_default();
    let mut args: Vec<String> = given.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let commands = ["baseline", "bounds", "check", "explain", "init", "rules", "verify", "waive"];
    if !args.first().is_some_and(|first| commands.contains(&first.as_str())) {
        args.insert(0, "check".to_owned());
    }
    args
}

/// Runs a case in a copy of its folder, in which only its input stands.
fn run_case(case: &Path, args: &[&str]) -> Ran {
    let folder = Folder::copy_of(case);
    for file in ["expect", "args", "report.snap", "json.snap", "report.snap.new", "json.snap.new"] {
        let _ = fs::remove_file(folder.path().join(file));
    }
    let ran = run(folder.path(), args);
    let here = folder.path().to_string_lossy().into_owned();
    Ran { out: ran.out.replace(&here, "[case]"), err: ran.err.replace(&here, "[case]"), ..ran }
}

/// Whether a command has a report, in JSON as well.
fn has_json(command: &str) -> bool {
    command == "check" || command == "rules"
}

fn assert_snapshot(case: &Path, snapshot: &str, text: &str) -> Result<(), String> {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(case);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let assert = || settings.bind(|| insta::assert_snapshot!(snapshot, text));
    catch_unwind(AssertUnwindSafe(assert)).map_err(|_| format!("{}/{snapshot}.snap", name(case)))
}

#[test]
fn every_case_comes_out_as_it_did() {
    let mut mismatches = Vec::new();
    for case in folders() {
        let args = args(&case);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = run_case(&case, &args);
        let shown = format!(
            "$ addup {}\nexit: {}\n\nstandard output:\n{}\nstandard error:\n{}",
            args.join(" "),
            ran.code,
            ran.out,
            ran.err
        );
        mismatches.extend(assert_snapshot(&case, "report", &shown).err());

        let reports =
            args.first().is_some_and(|first| has_json(first)) && !args.iter().any(|arg| arg.starts_with("--format"));
        if reports && ran.code != 2 {
            let json = run_case(&case, &[args.as_slice(), &["--format", "json"]].concat());
            assert_eq!(json.code, ran.code, "{}: the exit code does not depend on the format", name(&case));
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&json.out) {
                mismatches.push(format!("{}: its JSON cannot be read: {error}", name(&case)));
            }
            mismatches.extend(assert_snapshot(&case, "json", &json.out).err());
        }
    }
    assert!(mismatches.is_empty(), "came out otherwise: {mismatches:#?}");
}

const KINDS: &[&str] = &[
    "contradiction",
    "quote",
    "undecided",
    "nothing-checked",
    "disagreement",
    "question",
    "convention",
    "strained",
    "waiver",
    "waived",
];

/// What `addup rules` finds.
const KINDS_OF_RULES: &[&str] =
    &["never-together", "never-applies", "said-twice", "redundant", "circle", "implied", "tighter"];

/// The prose begins with `Exit N`, and then says `no finding` or names the kinds of the findings. So an accusation that
/// nobody expected cannot be waved through with the snapshots.
#[test]
fn every_case_comes_out_as_its_prose_expects() {
    let mut surprises = Vec::new();
    for case in folders() {
        let expected = fs::read_to_string(case.join("expect")).unwrap_or_default();
        let Some(code) = expected.strip_prefix("Exit ").and_then(|rest| rest.get(..1)?.parse::<u8>().ok()) else {
            surprises.push(format!("{}: its `expect` does not begin with `Exit N`", name(&case)));
            continue;
        };
        let args = args(&case);
        let command = args.first().map_or("", String::as_str);
        let all = if command == "rules" { KINDS_OF_RULES } else { KINDS };
        let format = if has_json(command) { ["--format", "json"].as_slice() } else { &[] };
        let args: Vec<&str> = args.iter().map(String::as_str).chain(format.iter().copied()).collect();
        let ran = run_case(&case, &args);
        if ran.code != code {
            surprises.push(format!("{}: exit {}, expected {expected}{}{}", name(&case), ran.code, ran.out, ran.err));
            continue;
        }
        let Ok(report) = serde_json::from_str::<serde_json::Value>(&ran.out) else { continue };
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        let kinds: BTreeSet<&str> = findings.iter().filter_map(|finding| finding["kind"].as_str()).collect();
        let said: BTreeSet<&str> = all.iter().copied().filter(|kind| expected.contains(kind)).collect();
        let first = said.iter().min_by_key(|kind| expected.find(**kind));
        let none =
            expected.get(6..).is_some_and(|rest| rest.trim_start_matches([',', '.', ' ']).starts_with("no finding"));
        if none != kinds.is_empty() || !none && (!kinds.is_subset(&said) || !first.is_some_and(|it| kinds.contains(it)))
        {
            surprises.push(format!("{}: found {kinds:?}, expected {expected}", name(&case)));
        }
    }
    assert!(surprises.is_empty(), "{} surprises:\n{}", surprises.len(), surprises.join("\n"));
}

#[test]
fn what_is_wrong_with_the_input_is_said_on_standard_error_alone() {
    for case in folders() {
        let args = args(&case);
        let ran = run_case(&case, &args.iter().map(String::as_str).collect::<Vec<_>>());
        if ran.code == 2 {
            assert!(ran.out.is_empty() && !ran.err.is_empty(), "{}: {ran:?}", name(&case));
        } else {
            assert!(ran.err.is_empty(), "{}: {ran:?}", name(&case));
        }
    }
}
