//! `check --changed REV`: everything is loaded, and what has changed since a revision of git decides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod program;

use program::{Folder, run};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Calls git in a folder, as somebody who has settled nothing.
fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let as_somebody =
        ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"];
    let done = command.args(as_somebody).args(args).output().expect("git can be called");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn commit(folder: &Folder) {
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-q", "-m", "state"]);
}

const ONE: &str = "[article]\ndraft = \"one.md\"\n[measure.cases]\nover-time = \"none\"\n\
                   [claim.a]\nwhen = 2025\nquote = \"12 cases\"\nmeasure = \"cases\"\n\
                   [claim.b]\nwhen = 2025\nvalue = 13\nmeasure = \"cases\"\n\
                   [claim.c]\nwhen = 2025\nvalue = 5\nmeasure = \"deaths\"\n\
                   [claim.d]\nwhen = 2025\nvalue = 6\nmeasure = \"deaths\"\n";
const DRAFT: &str = "There were 12 cases.\n\nNothing else is known.\n";
const TWO: &str = "[claim.a]\nvalue = 1\nmeasure = \"x\"\n[claim.b]\nvalue = 2\nmeasure = \"y\"\n\
                   [check.order]\nrequire = \"a > b\"\n\
                   [[table]]\nfiles = \"rows.csv\"\nkey = [\"id\"]\nlayout = \"wide\"\n";
const ROWS: &str = "id,low,high\nn1,5,3\nn2,7,2\nn3,1,2\n";
const RULES: &str = "[edits.rows]\nordered = \"low <= high\"\n";

/// Five clashes: two in the first article, and a check and two rows of the second.
fn repository() -> Folder {
    let folder = Folder::with(&[
        ("claims/one.toml", ONE),
        ("claims/one.md", DRAFT),
        ("claims/two.toml", TWO),
        ("claims/rows.csv", ROWS),
        ("rules/rows.toml", RULES),
    ]);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(&folder);
    folder
}

/// The exit code, the claims and rules of what is shown, and how much else there is.
fn shown(folder: &Folder, revision: &str) -> (u8, Vec<String>, u64) {
    let ran = run(folder.path(), &["check", "--format", "json", "--changed", revision]);
    assert_eq!(ran.err, "");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let first = |finding: &Value| match finding["claims"][0].as_str() {
        Some(claim) => claim.to_owned(),
        None => finding["rules"][0].as_str().unwrap().to_owned(),
    };
    let mut claims: Vec<String> = report["findings"].as_array().unwrap().iter().map(first).collect();
    claims.sort();
    (ran.code, claims, report["since"]["others"].as_u64().unwrap())
}

#[test]
fn what_has_not_changed_decides_nothing() {
    let folder = repository();
    assert_eq!(run(folder.path(), &["check"]).code, 1);
    assert_eq!(shown(&folder, "HEAD"), (0, vec![], 5));
    let text = run(folder.path(), &["check", "--changed", "main"]);
    assert_eq!(text.code, 0);
    insta::assert_snapshot!(text.out);
}

#[test]
fn comments_and_the_order_of_keys_are_no_change() {
    let folder = repository();
    let turned = ONE.replace("value = 13\nmeasure = \"cases\"", "# checked\nmeasure  =  \"cases\"\nvalue = 13");
    folder.write("claims/one.toml", format!("# Cases\n\n{turned}").replace('\n', "\r\n"));
    assert_eq!(shown(&folder, "HEAD"), (0, vec![], 5));
}

#[test]
fn a_claim_that_changed_brings_its_clashes_and_no_others() {
    let folder = repository();
    folder.write("claims/one.toml", ONE.replace("value = 13", "value = 14"));
    assert_eq!(shown(&folder, "HEAD"), (1, vec!["one/a".to_owned()], 4));
    commit(&folder);
    assert_eq!(shown(&folder, "HEAD"), (0, vec![], 5));
    assert_eq!(shown(&folder, "HEAD~1"), (1, vec!["one/a".to_owned()], 4));

    // What the article says of itself bears on all of it.
    folder.write("claims/one.toml", ONE.replace("[article]\n", "[article]\nsource = \"police\"\n"));
    assert_eq!(shown(&folder, "HEAD"), (1, vec!["one/a".to_owned(), "one/c".to_owned()], 3));
}

#[test]
fn a_check_a_row_and_a_rule_bring_their_own() {
    let folder = repository();
    folder.write("claims/two.toml", TWO.replace("a > b", "a > b + 1"));
    assert_eq!(shown(&folder, "HEAD"), (1, vec!["two/a".to_owned()], 4));
    folder.write("claims/two.toml", TWO);

    // Rows that only move are what they were.
    folder.write("claims/rows.csv", "id,low,high\nn3,1,2\nn2,7,2\nn1,5,4\n");
    assert_eq!(shown(&folder, "HEAD"), (1, vec!["two/rows[n1].low".to_owned()], 4));
    folder.write("claims/rows.csv", ROWS);

    folder.write("rules/rows.toml", RULES.replace("low <= high", "low + 0 <= high"));
    let (code, claims, others) = shown(&folder, "HEAD");
    assert_eq!((code, claims.len(), others), (1, 2, 3));
    folder.write("rules/rows.toml", RULES);

    // A clash that is accepted no more is new.
    let waived = format!("{TWO}[[waive]]\nclaims = [\"a\", \"b\"]\nrule = \"two/order\"\nbecause = \"known\"\n");
    folder.write("claims/two.toml", waived);
    commit(&folder);
    folder.write("claims/two.toml", TWO);
    assert_eq!(shown(&folder, "HEAD").2, 0, "a waiver may bear on all");

    folder.write("addup.toml", "[severity]\nstrained = \"note\"\n");
    assert_eq!(shown(&folder, "HEAD").2, 0, "the configuration bears on all");
}

#[test]
fn a_draft_brings_the_claims_whose_places_it_says_otherwise() {
    let folder = repository();
    folder.write("claims/one.md", DRAFT.replace("Nothing else", "Nothing more"));
    assert_eq!(shown(&folder, "HEAD"), (0, vec![], 5));
    folder.write("claims/one.md", DRAFT.replace("12 cases", "112 cases"));
    let (code, claims, others) = shown(&folder, "HEAD");
    assert_eq!((code, others), (1, 4));
    assert!(claims.iter().all(|claim| claim == "one/a"), "{claims:?}");
}

#[test]
fn a_claim_that_counts_again_is_a_change() {
    let folder = repository();
    let newer = format!("{ONE}[claim.newer]\nwhen = 2025\nvalue = 13\nmeasure = \"cases\"\nsupersedes = \"a\"\n");
    folder.write("claims/one.toml", newer);
    commit(&folder);
    folder.write("claims/one.toml", ONE);
    assert_eq!(shown(&folder, "HEAD"), (1, vec!["one/a".to_owned()], 4));
}

#[test]
fn new_files_are_changes_and_so_are_those_of_a_folder_of_a_repository() {
    let outer = Folder::with(&[("news/claims/one.toml", ONE), ("news/claims/one.md", DRAFT), ("news/addup.toml", "")]);
    git(outer.path(), &["init", "-q", "-b", "main"]);
    commit(&outer);
    outer.write(
        "news/claims/two.toml",
        "[claim.a]\nwhen = 2025\nvalue = 1\nmeasure = \"x\"\n[claim.b]\nwhen = 2025\nvalue = 2\nmeasure = \"x\"\n",
    );
    let args = ["check", "--config", "news/addup.toml", "--changed", "main", "--format", "concise"];
    let ran = run(outer.path(), &args);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn every_format_decides_by_it_and_says_what_is_not_shown() {
    let folder = repository();
    folder.write("claims/two.toml", TWO.replace("a > b", "a > b + 1"));
    for format in ["full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"] {
        let ran = run(folder.path(), &["check", "--format", format, "--changed", "HEAD"]);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{format}");
        assert!(!ran.out.contains("one/a"), "{format} shows what has not changed: {}", ran.out);
        // A list of issues has no place for it.
        assert!(ran.out.contains("HEAD") || format == "gitlab", "{format} says since when: {}", ran.out);
    }
    let ran = run(folder.path(), &["check", "--changed", "HEAD", "--format", "github"]);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn what_cannot_be_compared_with_is_refused() {
    let folder = repository();
    let outside = Folder::with(&[("claims/one.toml", TWO.split("[[table]]").next().unwrap())]);
    let refused = |folder: &Folder, revision: &str| {
        let ran = run(folder.path(), &["check", &format!("--changed={revision}")]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{revision}");
        ran.err.replace(&folder.path().canonicalize().unwrap().display().to_string(), "FOLDER")
    };
    let mut said: Vec<String> = ["no-such-branch", "--all", "-x", "", "main..HEAD", "HEAD:claims", "a\nb"]
        .iter()
        .map(|revision| refused(&folder, revision))
        .collect();
    let none = refused(&outside, "HEAD");
    said.push(none.split(": fatal").next().unwrap().to_owned());
    insta::assert_snapshot!(said.join("\n"));
}
