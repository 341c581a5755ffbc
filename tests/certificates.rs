//! Certificates of all cases: each is accepted as it was written, and refused after any change of what it says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use addup::claim::Claims;
use addup::rule::Rules;
use addup::verify::{CertificateError, Certificates, verify};
use program::{Folder, run};
use serde_json::{Value, json};
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

/// A workspace's claims and rules, and the hashes of its files.
struct Loaded {
    claims: Claims,
    rules: Rules,
    inputs: Vec<(String, String)>,
}

fn load(folder: &Folder) -> Loaded {
    struct Disk<'a>(&'a Path);
    impl addup::source::Files for Disk<'_> {
        fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
            fs::read(self.0.join(path))
        }
        fn list(&self, path: &str) -> std::io::Result<Vec<String>> {
            let at = self.0.join(path);
            if fs::metadata(&at)?.is_file() {
                return Ok(vec![path.to_owned()]);
            }
            let mut found = Vec::new();
            for entry in fs::read_dir(at)? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                found.extend(self.list(&format!("{path}/{name}"))?);
            }
            found.sort();
            Ok(found)
        }
        fn is_inside(&self, path: &str) -> bool {
            self.0.join(path).exists()
        }
    }
    let config = folder.path().join("addup.toml").exists().then(|| "addup.toml".to_owned());
    let request = addup::workspace::Request { config, ..Default::default() };
    let workspace = addup::workspace::Workspace::load(&Disk(folder.path()), &request).unwrap();
    Loaded { inputs: workspace.inputs(), claims: workspace.claims, rules: workspace.rules }
}

fn accepts(loaded: &Loaded, value: &Value) -> Result<(), Vec<CertificateError>> {
    let read: Certificates = match serde_json::from_value(value.clone()) {
        Ok(read) => read,
        Err(_) => return Err(Vec::new()),
    };
    verify(&read, &loaded.claims, &loaded.rules, &loaded.inputs)
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

/// Every way in which one place of a certificate is changed.
fn changes(value: &Value, others: &[String]) -> Vec<Value> {
    let mut found = Vec::new();
    match value {
        Value::Null => found.push(json!("x")),
        Value::Bool(truth) => found.push(json!(!truth)),
        Value::Number(number) => {
            let number = number.as_u64().unwrap();
            found.extend([json!(number + 1), json!(number + 7), json!(number.saturating_sub(1)), json!(1.5)]);
        }
        Value::String(text) => {
            found.extend([json!(format!("{text}x")), json!(""), json!(format!("{text}0")), json!(format!(" {text}"))]);
            found.extend(others.iter().map(|other| json!(other)));
            if let Ok(number) = text.parse::<i64>() {
                found.extend([number + 1, number - 1, -number, number * 10].map(|number| json!(number.to_string())));
                found.push(json!(format!("{}/2", number * 2)));
            }
        }
        Value::Array(items) => {
            for at in 0..items.len() {
                let mut fewer = items.clone();
                let item = fewer.remove(at);
                found.push(Value::Array(fewer));
                let mut more = items.clone();
                more.insert(at, item);
                found.push(Value::Array(more));
                for other in at + 1..items.len() {
                    let mut swapped = items.clone();
                    swapped.swap(at, other);
                    found.push(Value::Array(swapped));
                }
            }
            if items.len() > 2 {
                let mut turned = items.clone();
                turned.rotate_left(1);
                found.push(Value::Array(turned));
            }
        }
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert("more".to_owned(), json!(1));
            found.push(Value::Object(more));
            for key in fields.keys() {
                let mut fewer = fields.clone();
                fewer.remove(key);
                found.push(Value::Object(fewer));
                let mut renamed = fields.clone();
                let field = renamed.remove(key).unwrap();
                renamed.insert(format!("{key}s"), field);
                found.push(Value::Object(renamed));
                if fields.len() == 1 {
                    for other in ["stated", "within", "same-scope", "dated", "same-origin", "order", "day", "origin"] {
                        found.push(json!({ other: fields[key] }));
                    }
                }
            }
        }
    }
    found.retain(|changed| changed != value);
    found
}

/// The paths of all places inside a value, the value itself included.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| places(item, &format!("{path}/{at}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, item)| places(item, &format!("{path}/{}", escaped(key)), found));
        }
        _ => {}
    }
}

/// All texts in a value, to be put in the place of one another.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if !found.contains(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| texts(item, found)),
        _ => {}
    }
}

#[test]
fn a_certificate_is_refused_once_it_is_changed_anywhere() {
    let (mut tried, mut accepted) = (0, Vec::new());
    for (name, folder, certificates) in certified() {
        let loaded = load(&folder);
        if accepts(&loaded, &certificates).is_err() {
            continue; // another test tells
        }
        let mut paths = Vec::new();
        places(&certificates, "", &mut paths);
        // That a file holds fewer certificates, or in another order, changes nothing that any of them says.
        paths.retain(|path| path != "/certificates");
        let mut others = Vec::new();
        texts(&certificates, &mut others);
        others.retain(|text| text.len() < 40);
        others.sort_by_key(|text| !text.contains('/'));
        others.truncate(8);
        for path in paths {
            for change in changes(certificates.pointer(&path).unwrap(), &others) {
                let mut changed = certificates.clone();
                *changed.pointer_mut(&path).unwrap() = change;
                tried += 1;
                if accepts(&loaded, &changed).is_ok() {
                    let (before, after) = (certificates.pointer(&path).unwrap(), changed.pointer(&path).unwrap());
                    accepted.push(format!("{name}{path}: {before} changed to {after}"));
                }
            }
        }
    }
    assert!(accepted.is_empty(), "{} of {tried} changes accepted:\n{}", accepted.len(), accepted.join("\n"));
    println!("{tried} changes, all refused");
    assert!(tried >= 10_000, "only {tried} changes were tried");
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
