//! Certificates that are changed at one place: none may be accepted.
#![allow(dead_code, reason = "every test file uses a part of it")]

use crate::program::Folder;
use addup::claim::Claims;
use addup::rule::Rules;
use addup::verify::{CertificateError, Certificates, verify};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A workspace's claims and rules, and the hashes of its files.
#[derive(Clone)]
pub struct Loaded {
    pub claims: Claims,
    pub rules: Rules,
    pub inputs: Vec<(String, String)>,
}

pub fn load(folder: &Folder) -> Loaded {
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

pub fn accepts(loaded: &Loaded, value: &Value) -> Result<(), Vec<CertificateError>> {
    let read: Certificates = match serde_json::from_value(value.clone()) {
        Ok(read) => read,
        Err(_) => return Err(Vec::new()),
    };
    verify(&read, &loaded.claims, &loaded.rules, &loaded.inputs)
}

/// Items of a list are exchanged with so many after them; so many values of a witness are changed in every way.
const NEAR: usize = 12;

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
                for other in (at + 1..items.len()).take(NEAR) {
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
                // What is left out is what is said to be nothing.
                if fewer.remove(key).is_some_and(|value| !value.is_null()) {
                    found.push(Value::Object(fewer));
                }
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

/// Changes a certificate file at every place in every way; gives how many changes were tried, and those that were accepted
/// all the same.
pub fn changed_everywhere(loaded: &Loaded, certificates: &Value) -> (usize, Vec<String>) {
    changed(loaded, certificates, (0, 1))
}

/// The same for one change in so many, beginning somewhere.
pub fn changed(loaded: &Loaded, certificates: &Value, (first, every): (usize, usize)) -> (usize, Vec<String>) {
    let (mut seen, mut tried, mut accepted) = (first, 0, Vec::new());
    let mut paths = Vec::new();
    places(certificates, "", &mut paths);
    // That a file holds fewer certificates, or in another order, changes nothing that any of them says.
    paths.retain(|path| path != "/certificates" && path != "/conventions");
    // The values of a witness are all of a kind: the first few stand for the others.
    let far = |path: &String| {
        let rest = path.strip_prefix("/witness/values/");
        rest.and_then(|rest| rest.split('/').next()?.parse::<usize>().ok()).is_some_and(|at| at >= NEAR / 2)
    };
    paths.retain(|path| !far(path));
    let mut others = Vec::new();
    texts(certificates, &mut others);
    others.retain(|text| text.len() < 40);
    others.sort_by_key(|text| !text.contains('/'));
    others.truncate(8);
    for path in paths {
        for change in changes(certificates.pointer(&path).unwrap(), &others) {
            seen += 1;
            if !seen.is_multiple_of(every) {
                continue;
            }
            let mut changed = certificates.clone();
            *changed.pointer_mut(&path).unwrap() = change;
            tried += 1;
            if accepts(loaded, &changed).is_ok() {
                let (before, after) = (certificates.pointer(&path).unwrap(), changed.pointer(&path).unwrap());
                accepted.push(format!("{path}: {before} changed to {after}"));
            }
        }
    }
    (tried, accepted)
}
