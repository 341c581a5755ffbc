//! The page for users of R's `validate` does not lie: every edit of ours is run, and is broken by the rows that it names.
//!
//! A section has a block of R, then ours: tables (`csv NAME`), a claim file (`toml claims`) and a rule file (`toml`, or
//! `toml rules`). What it does not have is that of the head of the page. "Broken by" lists the keys of all rows that clash;
//! the errors of a table that is refused are quoted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use addup::finding::FindingKind;
use addup::source::Texts;
use addup::workspace::{Request, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The files of a text, by path, with the path of the rules last.
fn files(text: &str) -> Vec<(String, String)> {
    let blocks = text.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let named = blocks.filter_map(|(fence, block)| {
        let path = match fence.split_once(' ') {
            Some(("csv", name)) => format!("claims/{name}"),
            Some(("toml", "claims")) => "claims/data.toml".to_owned(),
            _ if fence.starts_with("toml") => "rules/rules.toml".to_owned(),
            _ => return None,
        };
        Some((path, block.to_owned()))
    });
    named.collect()
}

/// The key of the row that a claim is of: `North,2025-01` of `data/arrests[North,2025-01].arrests`.
fn key(claim: &str) -> Option<String> {
    Some(claim.split_once('[')?.1.rsplit_once(']')?.0.to_owned())
}

#[test]
fn every_edit_is_broken_by_the_rows_that_it_names() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/from-r-validate.md")).unwrap();
    let mut sections = page.split("\n## ");
    let head = files(sections.next().unwrap());
    let mut edits = 0;
    for section in sections.filter(|section| section.starts_with(|first: char| first.is_ascii_digit())) {
        let (title, text) = section.split_once('\n').unwrap();
        edits += 1;
        assert!(title.starts_with(&format!("{edits}. ")) && text.contains("\n```r\n"), "{title}");
        let own = files(text);
        let has_claims = own.iter().any(|(path, _)| path == "claims/data.toml");
        let given = if has_claims { &[] } else { head.as_slice() };
        let all: BTreeMap<String, String> = given.iter().chain(&own).cloned().collect();
        let request = Request { claims: vec!["claims".to_owned()], ..Request::default() };
        match Workspace::load(&Texts(all.into_iter().collect()), &request) {
            Ok(workspace) => {
                let findings = workspace.check().findings.findings;
                assert!(findings.iter().all(|it| it.kind == FindingKind::Contradiction), "{title}: {findings:#?}");
                let found: BTreeSet<String> =
                    findings.iter().flat_map(|it| &it.claims).filter_map(|it| key(it)).collect();
                let (_, said) = text.split_once("Broken by ").unwrap_or_else(|| panic!("{title}: {found:?}"));
                let said = said.split(". ").next().unwrap().split(".\n").next().unwrap();
                let said: BTreeSet<String> = said.split('`').skip(1).step_by(2).map(str::to_owned).collect();
                assert_eq!(found, said, "{title}");
            }
            Err((_, errors)) => {
                let found: Vec<String> = errors.0.into_iter().map(|error| error.message).collect();
                let said: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("> ")).collect();
                assert_eq!(found, said, "{title}");
            }
        }
    }
    assert!(edits >= 20, "{edits}");
}
