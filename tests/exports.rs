//! Reports for data frames and spreadsheets: what `docs/exports.md` shows is what is written, and nothing is half-written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod program;

use program::{Folder, Ran, run};
use std::fs;
use std::path::Path;

/// A block of a page by what stands behind its fence.
fn block<'a>(page: &'a str, fence: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("```{fence}\n")).unwrap_or_else(|| panic!("{fence}"));
    rest.split_once("```").unwrap().0
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exports.md")).unwrap()
}

fn survey() -> Folder {
    let page = page();
    Folder::with(&[
        ("claims/survey.csv", block(&page, "csv survey.csv")),
        ("claims/data.toml", block(&page, "toml claims.toml")),
        ("rules/edits.toml", block(&page, "toml rules.toml")),
    ])
}

fn check(folder: &Folder, args: &[&str]) -> Ran {
    run(folder.path(), &[&["check"], args].concat())
}

fn refused(ran: &Ran, words: &[&str]) {
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(words.iter().all(|word| ran.err.contains(word)), "{words:?} in {}", ran.err);
}

/// `INSTA_UPDATE=always cargo test --test exports` writes it anew.
#[test]
fn the_page_shows_what_is_written() {
    let folder = survey();
    let ran = check(&folder, &["--export", "findings.csv", "--mask", "mask.csv"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{ran:?}");
    let (mut page, path) = (page(), Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exports.md"));
    let update = std::env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always");
    for file in ["findings.csv", "mask.csv"] {
        let fence = format!("csv {file}");
        // A fingerprint is as long as a line, and says nothing to a reader.
        let cut = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let long = cells.iter().find(|cell| cell.len() == 64 && cell.bytes().all(|byte| byte.is_ascii_hexdigit()));
            long.map_or(line.to_owned(), |long| line.replace(long, &format!("{}…", &long[..6])))
        };
        let written: String = folder.read(file).lines().map(|line| cut(line) + "\n").collect();
        if update {
            page =
                page.replace(&format!("```{fence}\n{}```", block(&page, &fence)), &format!("```{fence}\n{written}```"));
        } else {
            assert_eq!(block(&page, &fence), written, "{file}");
        }
    }
    if update {
        fs::write(path, page).unwrap();
    }
}

#[test]
fn findings_of_other_claims_have_their_name_and_a_finding_of_none_has_a_row() {
    let folder = Folder::with(&[(
        "claims/raid.toml",
        "[claim.a]\nmeasure = \"arrests\"\nvalue = 2\n[claim.b]\nmeasure = \"staff\"\nvalue = 1\n[check.\"in\"]\nrequire = \"a <= b\"\n",
    )]);
    check(&folder, &["--export", "findings.csv"]);
    let rows = folder.read("findings.csv");
    assert!(rows.contains("\nraid,a,,raid/in,") && rows.contains(",\"(-∞, 1]\",TRUE,,claims/raid.toml,3\n"), "{rows}");
    folder.write("claims/raid.toml", "[claim.a]\nmeasure = \"arrests\"\nvalue = 2\n");
    check(&folder, &["--export", "findings.csv"]);
    let rows = folder.read("findings.csv");
    assert!(rows.lines().count() == 2 && rows.contains("\n,,,,") && rows.contains(",nothing-checked,error,"), "{rows}");
}

#[test]
fn values_that_settle_it_only_together_say_so() {
    let folder = Folder::with(&[
        ("claims/t.csv", "id,a,b,c\n1,1,1,1\n"),
        ("claims/data.toml", "[[table]]\nfiles = \"t.csv\"\nlayout = \"wide\"\nkey = \"id\"\n"),
        ("rules/r.toml", "[edits.t]\nx = \"a != b\"\ny = \"b != c\"\nz = \"a != c\"\n"),
    ]);
    check(&folder, &["--export", "e.csv", "--mask", "m.csv"]);
    let rows = folder.read("e.csv");
    let (_, row) = rows.split_once("\ndata,t[1],c,t/z,").unwrap();
    let row = row.lines().next().unwrap();
    assert!(row.ends_with(",\"(-∞, 1) ∪ (1, ∞)\",FALSE,data/t[1].a,claims/t.csv,2"), "{row}");
    assert_eq!(folder.read("m.csv"), "record,a,b,c\nt[1],TRUE,TRUE,FALSE\n");
}

#[test]
fn a_mask_is_of_the_table_that_is_named() {
    let folder = survey();
    folder.write("claims/other.csv", "id,staff,=1+1\n7,2,2\n");
    folder.write("claims/other.toml", "[[table]]\nfiles = \"other.csv\"\nlayout = \"wide\"\nkey = \"id\"\n");
    folder.write("rules/others.toml", "[edits.other]\nsame = \"staff < `=1+1`\"\n");
    refused(&check(&folder, &["--mask", "m.csv"]), &["2", "--mask survey=FILE", "--mask other=FILE"]);
    refused(&check(&folder, &["--mask", "survy=m.csv"]), &["survy", "--mask survey=FILE"]);
    let ran = check(&folder, &["--mask", "survey=m.csv", "--mask", "other/other=o.csv", "--export", "e.csv"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(folder.read("o.csv"), "record,staff,'=1+1\nother[7],TRUE,FALSE\n");
    assert!(folder.read("e.csv").contains("\nother,other[7],'=1+1,other/same,"));
    folder.write("claims/more.toml", folder.read("claims/other.toml"));
    refused(
        &check(&folder, &["--mask", "other=o.csv"]),
        &["2 tables", "--mask more/other=FILE, or --mask other/other=FILE"],
    );
    for name in ["survey.csv", "other.csv"] {
        fs::remove_file(folder.path().join("claims").join(name)).unwrap();
    }
    fs::remove_file(folder.path().join("claims/more.toml")).unwrap();
    folder.write("claims/data.toml", "[claim.a]\nvalue = 1\n");
    folder.write("claims/other.toml", "[claim.a]\nvalue = 1\n");
    refused(&check(&folder, &["--mask", "o.csv"]), &["no table", "wide"]);
}

#[test]
fn what_cannot_be_repaired_is_said_beside_the_mask() {
    let folder = survey();
    folder.write("claims/data.toml", format!("{}fixed = true\n", block(&page(), "toml claims.toml")));
    let ran = check(&folder, &["--mask", "mask.csv"]);
    assert!(ran.err.starts_with("note: mask.csv does not show what would settle 4 clashes of `survey`"), "{ran:?}");
    assert!(!folder.read("mask.csv").contains("TRUE"));
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_ends_it_and_leaves_no_report() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let folder = survey();
    // A test that is run in the background ignores interrupts, and what it starts would, too.
    let mut child = Command::new("env")
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_addup")])
        .args(["check", "--stdin-filename", "claims/more.toml", "--format", "json=out.json", "--export", "e.csv"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // More than a pipe holds: once it is written, the program reads it. The input does not end, so that it waits.
    let input = vec![b'#'; 1 << 20];
    child.stdin.as_mut().unwrap().write_all(&input).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ended = child.wait().unwrap();
    assert_eq!(ended.code(), Some(130), "{ended:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn nothing_half_written_stays() {
    let folder = survey();
    refused(&check(&folder, &["--export", "no/where.csv"]), &["no/where.csv", "does not exist", "folder first"]);
    refused(&check(&folder, &["--mask", "claims"]), &["claims", "folder"]);
    refused(&check(&folder, &["--export", "claims/survey.csv"]), &["claims/survey.csv", "overwrite"]);
    refused(&check(&folder, &["--export", "a.csv", "--mask", "a.csv"]), &["two outputs", "a.csv"]);
    if cfg!(not(feature = "parquet")) {
        refused(&check(&folder, &["--export", "a.parquet"]), &["--features parquet", "CSV"]);
    }
    refused(&check(&folder, &["--mask", "survey="]), &["CSV"]);
    if Path::new("/dev/full").exists() {
        for args in [["--export", "/dev/full"], ["--mask", "/dev/full"], ["--format", "jsonl=/dev/full"]] {
            refused(&check(&folder, &args), &["/dev/full cannot be written: the disk is full", "help: make room"]);
        }
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}
