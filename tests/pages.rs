//! Pages that do not lie: every example of `addup explain` is checked, and clashes exactly where it says so.
//!
//! In an example the first block is a claim file, and a second one a rule file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use addup::rule::pages;
use addup::source::Files;
use addup::workspace::{Request, Workspace};
use std::collections::BTreeMap;
use std::io;

/// A workspace in memory.
struct Texts(BTreeMap<String, String>);

impl Files for Texts {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).map(|text| text.as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let below = format!("{path}/");
        Ok(self.0.keys().filter(|file| *file == path || file.starts_with(&below)).cloned().collect())
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// The rules that an example breaks.
fn broken(page: &str, example: &str) -> Vec<String> {
    let blocks: Vec<&str> = example.split("```toml\n").skip(1).filter_map(|it| it.split("```").next()).collect();
    let names = ["claims/example.toml", "rules/example.toml"];
    let files = names.iter().zip(&blocks).map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let request = Request { claims: vec!["claims".to_owned()], ..Request::default() };
    let request = if blocks.len() > 1 { Request { rules: vec!["rules".to_owned()], ..request } } else { request };
    let workspace = match Workspace::load(&Texts(files), &request) {
        Ok(workspace) => workspace,
        Err((_, errors)) => panic!("{page}: {:#?}", errors.0),
    };
    let findings = workspace.check().findings;
    findings.findings.iter().flat_map(|finding| finding.rules.clone()).collect()
}

#[test]
fn every_example_clashes_exactly_where_it_says_so() {
    let mut examples = 0_usize;
    for page in pages() {
        let sections: Vec<&str> = page.text.split("\n## ").skip(1).collect();
        for section in sections {
            let (heading, example) = section.split_once('\n').unwrap();
            let rules = broken(page.id, example);
            match heading {
                "Does not clash" => assert!(rules.is_empty(), "{}: {rules:?}", page.id),
                _ => {
                    // A rule of one's own is called something else than its kind.
                    let own = example.split_once("[rule.").and_then(|(_, rest)| rest.split_once(']')).map(|(id, _)| id);
                    let expected = own.unwrap_or(page.id);
                    assert!(rules.iter().any(|rule| rule == expected), "{}: {rules:?}", page.id);
                }
            }
            examples = examples.saturating_add(1);
        }
    }
    assert_eq!(examples, 24, "twelve pages have one example that clashes and one that does not");
}
