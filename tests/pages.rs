//! Pages that do not lie: every example of `addup explain` and of `docs/` is run, and comes out as its heading says.
//!
//! In an example the first block is a claim file, and a second one a rule file; a block before them that names packs is
//! the configuration, and blocks of `csv` are the tables that the claim file names. `Clashes` breaks the rule of the page, `Does
//! not clash` gives no finding at all; of a kind of finding, `Is one` gives one of the kind, and `Is none` none. `Is refused`
//! cannot be understood, and the errors are quoted below it. Every other block can be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use addup::finding::Finding;
use addup::rule::{Page, Topic, documents, page, pages};
use addup::source::{InputErrors, Texts};
use addup::workspace::{Request, Workspace};
use std::fs;
use std::path::Path;

/// A claim file for examples that are a rule file alone.
const CLAIM: &str = "[claim.some]\nvalue = 1\n";

/// The blocks of an example: a claim file, and a rule file if there is one.
fn blocks(example: &str) -> Vec<&str> {
    example.split("```toml\n").skip(1).filter_map(|it| it.split("```").next()).collect()
}

/// The tables of an example: the name of a file behind `csv`, and its text.
fn tables(example: &str) -> Vec<(String, String)> {
    let blocks = example.split("```csv ").skip(1).filter_map(|it| it.split("```").next()?.split_once('\n'));
    blocks.map(|(name, text)| (format!("claims/{name}"), text.to_owned())).collect()
}

/// Loads a claim file with its tables and a rule file, under a configuration.
fn load(config: &str, claims: &str, rules: &str, tables: Vec<(String, String)>) -> Result<Workspace, InputErrors> {
    let files = [("claims/example.toml", claims), ("rules/example.toml", rules), ("addup.toml", config)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into_iter().chain(tables);
    let request = Request { claims: vec!["claims".to_owned()], rules: vec!["rules".to_owned()], ..Request::default() };
    let request = Request { config: Some("addup.toml".to_owned()), ..request };
    Workspace::load(&Texts(files.collect()), &request).map_err(|(_, errors)| errors)
}

/// Loads the blocks of an example. One that holds rules and no claims is a rule file.
fn loaded(example: &str) -> Result<Workspace, InputErrors> {
    let is_rule_file = |block: &str| {
        let holds = |table: &str| block.lines().any(|line| line.starts_with(table));
        holds("[rule.") || holds("[edits.") || !(holds("[article]") || holds("[claim") || holds("[[table]]"))
    };
    let (config, rest): (Vec<&str>, Vec<&str>) = blocks(example).into_iter().partition(|it| it.starts_with("packs"));
    let config = config.first().copied().unwrap_or_default();
    match rest.as_slice() {
        [claims, rules] => load(config, claims, rules, tables(example)),
        [rules] if is_rule_file(rules) => load(config, CLAIM, rules, Vec::new()),
        [claims] => load(config, claims, "", tables(example)),
        other => panic!("an example has one block or two, and this has {}: {example}", other.len()),
    }
}

fn findings(page: &Page, example: &str) -> Vec<Finding> {
    match loaded(example) {
        Ok(workspace) => workspace.check().findings.findings,
        Err(errors) => panic!("{}: {:#?}", page.id, errors.0),
    }
}

/// The name of a kind of finding.
fn kind(finding: &Finding) -> String {
    serde_json::to_value(finding.kind).unwrap().as_str().unwrap().to_owned()
}

/// A section of a page: what stands under a heading.
fn sections(page: &'static Page) -> impl Iterator<Item = (&'static str, &'static str)> {
    page.text.split("\n## ").skip(1).map(|section| section.split_once('\n').unwrap())
}

#[test]
fn every_example_comes_out_as_its_heading_says() {
    let mut wrong = Vec::new();
    for page in pages() {
        for (heading, example) in sections(page) {
            let (id, place) = (page.id, format!("{}, {heading}", page.id));
            match heading {
                "Clashes" => {
                    // A rule or check of one's own is called something else than its kind.
                    let found = findings(page, example);
                    let clashes = !found.is_empty();
                    let rules: Vec<String> = found.into_iter().flat_map(|it| it.rules).collect();
                    let own = example.split_once("[rule.").and_then(|(_, rest)| rest.split_once(']')).map(|(id, _)| id);
                    let expected = own.unwrap_or(id);
                    let breaks = rules.iter().any(|rule| rule == expected);
                    if !(breaks || page.about == Topic::File && clashes) {
                        wrong.push(format!("{place}: it breaks {rules:?}"));
                    }
                }
                "Is one" => {
                    let kinds: Vec<String> = findings(page, example).iter().map(kind).collect();
                    if !kinds.iter().any(|kind| kind == id) {
                        wrong.push(format!("{place}: {kinds:?}"));
                    }
                }
                "Does not clash" | "Is none" => {
                    let found: Vec<String> = findings(page, example).into_iter().map(|it| it.message).collect();
                    if !found.is_empty() {
                        wrong.push(format!("{place}: {found:#?}"));
                    }
                }
                "Is refused" => {
                    let quoted: Vec<&str> = example.lines().filter_map(|line| line.strip_prefix("> ")).collect();
                    let said: Vec<String> = match loaded(example) {
                        Ok(_) => Vec::new(),
                        Err(errors) => errors.0.into_iter().map(|error| error.message).collect(),
                    };
                    if quoted.is_empty() || quoted != said {
                        wrong.push(format!("{place}: {said:#?}"));
                    }
                }
                _ => {
                    if let Err(errors) = loaded(example) {
                        wrong.push(format!("{place}: {:#?}", errors.0));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_and_every_kind_of_finding_has_an_example_and_its_twin() {
    for page in pages() {
        let headings: Vec<&str> = sections(page).map(|(heading, _)| heading).collect();
        let pair = match page.about {
            Topic::Rule => ["Clashes", "Does not clash"],
            Topic::Finding => ["Is one", "Is none"],
            Topic::File => continue,
        };
        assert!(pair.iter().all(|wanted| headings.contains(wanted)), "{}: {headings:?}", page.id);
    }
    for page in pages() {
        assert!(sections(page).next().is_some(), "{} has an example", page.id);
        let before = page.text.split("\n## ").next().unwrap();
        assert!(!before.contains("```"), "{}: examples stand under headings", page.id);
    }
}

#[test]
fn every_key_that_a_file_may_hold_is_explained() {
    let claims = addup::claim::known_keys().into_iter().map(|(page, keys)| (page, keys.to_vec()));
    let mut missing = Vec::new();
    for (id, keys) in claims.chain(addup::rule::known_keys()) {
        let text = page(id).unwrap_or_else(|| panic!("there is no page {id}")).text;
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
        let first = |row: &&str| row.split('|').nth(1).unwrap_or_default().to_owned();
        let named: Vec<String> = rows.iter().map(first).collect();
        for key in keys {
            let named = named.iter().any(|cell| cell.contains(&format!("`{key}`")));
            // What is nested in a table of its own is explained beside that.
            if !named && !text.contains(&format!("`{key}`")) {
                missing.push(format!("{id}: {key}"));
            }
        }
    }
    assert!(missing.is_empty(), "keys that no page explains: {missing:#?}");
}

/// `ADDUP_DOCS=write cargo test --test pages` writes them.
#[test]
fn the_documents_are_the_pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for document in documents() {
        let path = root.join(document.path);
        if std::env::var_os("ADDUP_DOCS").is_some_and(|value| value == "write") {
            fs::write(&path, document.text()).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == document.text(),
            "{} is out of date: ADDUP_DOCS=write cargo test --test pages",
            document.path
        );
    }
    for page in pages() {
        let is_used = documents()
            .iter()
            .any(|it| it.text().contains(page.text.split_once('\n').unwrap().1.trim().get(..60).unwrap()));
        assert!(is_used, "{} is in no document", page.id);
    }
}
