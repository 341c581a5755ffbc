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
use mutation::{Loaded, accepts, changed, load};
use program::{Folder, Ran, run};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const FILE: &str = "certificates.json";

/// One change in so many is tried; `ADDUP_MUTATIONS=all` tries every one (about 240,000).
const SAMPLED: usize = 8;

/// A case that gives a report, with its certificates.
struct Case {
    name: String,
    loaded: Loaded,
    certificates: Value,
    /// What `verify` says of them.
    verified: Ran,
    /// The findings of its report.
    findings: Vec<Value>,
}

impl Case {
    /// The fingerprints of findings of these kinds, in order: those of the solver, and not of a quote alone.
    fn found(&self, kinds: &[&str]) -> BTreeSet<&str> {
        let is_of_quote = |finding: &Value| ["quote", "weekday"].iter().any(|rule| finding["rules"][0] == *rule);
        // What is waived is certified as the clash that it is.
        let kind_of = |finding: &Value| finding.pointer("/waived/kind").unwrap_or(&finding["kind"]).clone();
        let of_kind = |finding: &&Value| kinds.iter().any(|kind| kind_of(finding) == *kind) && !is_of_quote(finding);
        self.findings.iter().filter(of_kind).map(|finding| finding["fingerprint"].as_str().unwrap()).collect()
    }
}

/// All cases that give a report, each run once for all tests.
fn certified() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let mut folders: Vec<PathBuf> =
            fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
        folders.sort();
        // What is supposed by `--set` stands in no file.
        let in_files = |case: &PathBuf| !fs::read_to_string(case.join("args")).unwrap_or_default().contains("--set");
        folders.iter().filter(|case| in_files(case)).filter_map(|case| certify(case)).collect()
    })
}

/// Runs a case in a copy of its folder; `None` if its files cannot be read.
fn certify(case: &Path) -> Option<Case> {
    let folder = Folder::copy_of(case);
    let ran = run(folder.path(), &["check", "--format", "json=report.json", "--certificates", FILE]);
    (ran.code < 2).then(|| Case {
        name: case.file_name().unwrap().to_string_lossy().into_owned(),
        loaded: load(&folder),
        certificates: serde_json::from_str(&folder.read(FILE)).unwrap(),
        verified: run(folder.path(), &["verify", FILE]),
        findings: serde_json::from_str::<Value>(&folder.read("report.json")).unwrap()["findings"]
            .as_array()
            .unwrap()
            .clone(),
    })
}

#[test]
fn every_certificate_is_accepted() {
    let refused: Vec<String> = certified()
        .iter()
        .filter(|case| case.verified.code != 0)
        .map(|case| format!("{}: {}{}", case.name, case.verified.out, case.verified.err))
        .collect();
    let count: usize = certified().iter().map(|case| case.certificates["certificates"].as_array().unwrap().len()).sum();
    assert!(refused.is_empty(), "{} of {count} refused:\n{}", refused.len(), refused.join("\n"));
    println!("{count} certificates, all accepted");
    assert!(count >= 110, "only {count} certificates");
}

#[test]
fn every_clash_has_a_certificate_and_nothing_else_has() {
    for case in certified() {
        let listed = |key: &str| case.certificates[key].as_array().unwrap().clone();
        let print = |certificate: &Value| certificate["fingerprint"].as_str().unwrap().to_owned();
        let certified: BTreeSet<String> = listed("certificates").iter().map(print).collect();
        let chosen: BTreeSet<String> = listed("conventions").iter().map(|it| print(&it["certificate"])).collect();
        let of = |kinds: &[&str]| case.found(kinds).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        let (clashes, swayed) = (of(&["contradiction", "disagreement", "question", "strained"]), of(&["convention"]));
        let without: Vec<_> = clashes.iter().filter(|it| !certified.contains(*it) && !chosen.contains(*it)).collect();
        assert!(without.is_empty(), "{}: {without:?} have none", case.name);
        let without: Vec<_> = swayed.difference(&chosen).collect();
        assert!(without.is_empty(), "{}: {without:?} have none under a convention", case.name);
        let of_nothing = |it: &&String| !swayed.contains(*it) && !clashes.contains(*it);
        let more: Vec<_> = certified.iter().chain(&chosen).filter(of_nothing).collect();
        assert!(more.is_empty(), "{}: {more:?} are no clashes", case.name);
    }
}

#[test]
fn a_certificate_is_refused_once_it_is_changed_anywhere() {
    let every = if std::env::var("ADDUP_MUTATIONS").is_ok_and(|which| which == "all") { 1 } else { SAMPLED };
    let (mut tried, mut accepted) = (0, Vec::new());
    for (at, case) in certified().iter().enumerate().filter(|(_, case)| case.verified.code == 0) {
        let found = changed(&case.loaded, &case.certificates, (at, every));
        tried += found.0;
        accepted.extend(found.1.into_iter().map(|change| format!("{}{change}", case.name)));
    }
    assert!(accepted.is_empty(), "{} of {tried} changes accepted:\n{}", accepted.len(), accepted.join("\n"));
    println!("{tried} changes, all refused");
    assert!(tried >= 20_000, "only {tried} changes were tried");
}

#[test]
fn every_run_that_is_decided_has_a_witness() {
    let lacks = |case: &&Case| case.certificates["witness"].is_null() && case.found(&["undecided"]).is_empty();
    let without: Vec<&str> = certified().iter().filter(lacks).map(|case| case.name.as_str()).collect();
    assert!(without.is_empty(), "of {}, these have none: {}", certified().len(), without.join(", "));
}

#[test]
fn no_certificate_outlives_a_change_of_its_files() {
    for Case { name, loaded, certificates, .. } in certified() {
        let mut now = loaded.clone();
        let (path, hash) = now.inputs[0].clone();
        now.inputs[0].1 = hash.chars().rev().collect();
        let refused = accepts(&now, certificates).expect_err(name);
        assert_eq!(refused, vec![CertificateError::OtherInput { path }], "{name}");
    }
}

#[test]
fn all_kinds_of_proof_occur() {
    let mut seen = std::collections::BTreeMap::new();
    for Case { certificates, .. } in certified() {
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

/// The blocks of a kind on the page about certificates.
fn blocks<'p>(page: &'p str, kind: &str) -> Vec<&'p str> {
    page.split(&format!("```{kind}\n")).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn the_example_of_the_page_is_real() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/certificates.md")).unwrap();
    let (claims, json, text) = (blocks(&page, "toml")[0], blocks(&page, "json"), blocks(&page, "text"));
    let folder = Folder::with(&[("claims/raid.toml", claims)]);
    let ran = run(folder.path(), &["check", "--certificates", "proof.json"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let written: Value = serde_json::from_str(&folder.read("proof.json")).unwrap();
    let shown = |at: usize| serde_json::from_str::<Value>(json[at]).unwrap();
    assert_eq!(written["certificates"], Value::Array(vec![shown(1)]));
    let values = written["witness"]["values"].as_array().unwrap();
    assert!(values.contains(&shown(2)), "{values:?}");
    let verified = || format!("$ addup verify proof.json\n{}", run(folder.path(), &["verify", "proof.json"]).out);
    assert_eq!(verified(), text[0]);
    folder.write("claims/raid.toml", claims.replace("value   = 101", "value   = 110"));
    assert_eq!(verified(), text[1]);
}
