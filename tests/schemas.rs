//! The schemas hold what the program holds: they are those of the program, our own files say which is theirs, every file that
//! a check accepts is accepted, slips of the keys are refused, and every report is as the schema says.
//!
//! `ADDUP_DOCS=write cargo test --test schemas` writes `docs/schema/` and the tables of `docs/json.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod program;

use addup::schema::{SCHEMAS, fields, schema};
use boon::{Compiler, SchemaIndex, Schemas};
use program::{Folder, run};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn writes() -> bool {
    std::env::var_os("ADDUP_DOCS").is_some_and(|value| value == "write")
}

/// Every schema, ready to hold values against.
struct Held {
    schemas: Schemas,
    of: Vec<(&'static str, SchemaIndex)>,
}

impl Held {
    fn new() -> Self {
        let mut schemas = Schemas::new();
        let of = SCHEMAS.map(|(name, _)| {
            let mut compiler = Compiler::new();
            let url = format!("https://example.org/{name}.json");
            compiler.add_resource(&url, serde_json::from_str(&schema(name).unwrap()).unwrap()).unwrap();
            (name, compiler.compile(&url, &mut schemas).unwrap())
        });
        Self { schemas, of: of.to_vec() }
    }

    /// What a schema has against a value.
    fn refuses(&self, name: &str, value: &Value) -> Option<String> {
        let (_, index) = self.of.iter().find(|(known, _)| *known == name).unwrap();
        self.schemas.validate(value, *index).err().map(|error| format!("{error:#}"))
    }

    fn refuses_toml(&self, name: &str, text: &str) -> Option<String> {
        let table: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        self.refuses(name, &as_json(toml::Value::Table(table)))
    }
}

/// TOML as an editor hands it to a schema: a date is a string.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, as_json(value))).collect(),
        toml::Value::Array(values) => values.into_iter().map(as_json).collect(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
    }
}

/// Every TOML file below a folder.
fn toml_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(toml_below(&path));
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every case whose input was understood.
fn cases() -> Vec<PathBuf> {
    let cases = fs::read_dir(root().join("tests/cases")).unwrap().map(|entry| entry.unwrap().path());
    let is_understood = |case: &PathBuf| {
        let report = fs::read_to_string(case.join("report.snap")).unwrap_or_default();
        report.contains("\nexit: ") && !report.contains("\nexit: 2\n")
    };
    let mut cases: Vec<PathBuf> = cases.filter(is_understood).collect();
    cases.sort();
    cases
}

#[test]
fn the_schemas_are_those_of_the_program() {
    for (name, _) in SCHEMAS {
        let (path, text) = (root().join(format!("docs/schema/{name}.json")), schema(name).unwrap());
        if writes() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == text, "{name}.json is out of date: ADDUP_DOCS=write cargo test --test schemas");
        let printed = run(root(), &["schema", name]);
        assert_eq!((printed.code, printed.out), (0, text), "{name}");
    }
    assert_eq!(schema("claims"), None);
    let listed = run(root(), &["schema"]);
    assert!(
        listed.code == 0 && SCHEMAS.iter().all(|(name, about)| listed.out.contains(name) && listed.out.contains(about))
    );
    let unknown = run(root(), &["schema", "clam"]);
    assert_eq!(unknown.code, 2);
    assert_eq!(unknown.err, "error: there is no schema `clam`\nhelp: did you mean `claim`?\n");
}

#[test]
fn every_file_that_a_check_accepts_is_accepted() {
    let held = Held::new();
    let mut folders = cases();
    folders.push(root().to_owned());
    folders.push(root().join("src/cli/example"));
    let mut wrong = Vec::new();
    let mut count = 0_usize;
    for folder in folders {
        let config = folder.join("addup.toml");
        let named =
            |name: &'static str, below: &str| toml_below(&folder.join(below)).into_iter().map(move |it| (name, it));
        let config = config.exists().then_some(("config", config)).into_iter();
        for (name, file) in named("claim", "claims").chain(named("rule", "rules")).chain(config) {
            count += 1;
            if let Some(why) = held.refuses_toml(name, &fs::read_to_string(&file).unwrap()) {
                wrong.push(format!("{}: {why}", file.display()));
            }
        }
    }
    assert!(count > 400, "{count} files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn slips_of_the_keys_are_refused() {
    let held = Held::new();
    let slips = [
        ("claim", "[claim.a]\nvalu = 1"),
        ("claim", "[claim.a]\nvalue = 1\nwen = 2025-12-01"),
        ("claim", "[article]\ndatelin = 2025-12-21"),
        ("claim", "[article]\nweek-starts = \"tuesday\""),
        ("claim", "[clam.a]\nvalue = 1"),
        ("claim", "[event.a]\non = 2025-12-01\nqoute = \"on Monday\""),
        ("claim", "[claims.a]\nby = \"when\"\nvalue = { 2025 = 1 }"),
        ("claim", "[check.a]\nrequire = \"a < b\"\nseverity = \"fatal\""),
        ("claim", "[[table]]\nfile = \"a.csv\""),
        ("claim", "[[table]]\nfiles = \"a.csv\"\nvalue = { colum = \"a\" }"),
        ("claim", "[measure.a]\nover-time = \"add\""),
        ("claim", "[claim.a]\nvalue = [1]"),
        ("rule", "[rule.a]\nkind = \"stage\"\norder = [\"a\", \"b\"]"),
        ("rule", "[rule.a]\nkind = \"stages\"\nordr = [\"a\", \"b\"]"),
        ("rule", "[rule.a]\nkind = \"balance\"\nlevel = \"a\"\nin = [\"b\"]\norder = [\"a\"]"),
        ("rule", "[rule.a]\nkind = \"relation\"\ngiven = { a = \"b\" }\nrequire = \"a > 0\""),
        ("rule", "[rule.a]\nseverty = \"off\""),
        ("rule", "[edits.a]\nb = 1"),
        ("rule", "[claim.a]\nvalue = 1"),
        ("config", "claim = [\"claims\"]"),
        ("config", "fail-level = \"fatal\""),
        ("config", "[convention]\nweek-start = \"monday\""),
        ("config", "[reading.about]\nsof = \"5%\""),
    ];
    for (name, text) in slips {
        assert!(held.refuses_toml(name, text).is_some(), "accepted as {name}: {text}");
    }
}

#[test]
fn our_own_files_say_which_schema_is_theirs() {
    let files = ["claims", "rules"].map(|folder| toml_below(&root().join(folder)));
    for file in files.into_iter().flatten() {
        let text = fs::read_to_string(&file).unwrap();
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
        let named = named.unwrap_or_else(|| panic!("{} names no schema", file.display()));
        assert!(file.parent().unwrap().join(named).exists(), "{}: {named}", file.display());
    }
    let folder = Folder::new();
    assert_eq!(run(folder.path(), &["init"]).code, 0);
    for (path, name) in [("addup.toml", "config"), ("claims/example.toml", "claim"), ("rules/example.toml", "rule")] {
        let text = folder.read(path);
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).unwrap();
        let place = folder.path().join(path).parent().unwrap().join(named);
        assert_eq!(fs::read_to_string(place).unwrap(), schema(name).unwrap(), "{path}");
    }
}

#[test]
fn every_report_is_as_its_schema_says() {
    let held = Held::new();
    let mut count = 0_usize;
    let mut wrong = Vec::new();
    for case in cases() {
        let args = fs::read_to_string(case.join("args")).unwrap_or_default();
        let Ok(snapshot) = fs::read_to_string(case.join("json.snap")) else { continue };
        if args.starts_with("rules") {
            continue; // a report of another kind
        }
        let (_, json) = snapshot.split_once("\n---\n").unwrap();
        count += 1;
        if let Some(why) = held.refuses("report", &serde_json::from_str(json).unwrap()) {
            wrong.push(format!("{}: {why}", case.display()));
        }
    }
    assert!(count > 300, "{count} reports");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let claims = "[article]\nid = \"a\"\ndateline = 2025-12-21\n[claim.b]\nvalue = 1\nmeasure = \"x\"\n[claim.c]\nvalue = 2\nmeasure = \"x\"\n\
                  [claim.d]\nvalue = 3\nwhen = \"last week\"\n[check.e]\nrequire = \"b > c\"\n";
    let folder = Folder::with(&[("claims/a.toml", claims)]);
    for args in [&["--show", "claims"][..], &["--show", "all=9"], &["--set", "b=2"]] {
        let ran = run(folder.path(), &[&["check", "--format", "json"], args].concat());
        assert_eq!(held.refuses("report", &serde_json::from_str(&ran.out).unwrap()), None, "{args:?}");
        // Lines are the same report, its findings before it.
        let lines = run(folder.path(), &[&["check", "--format", "jsonl"], args].concat()).out;
        let mut lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut whole = lines.pop().unwrap();
        whole["findings"] = Value::Array(lines);
        assert_eq!(whole, serde_json::from_str::<Value>(&ran.out).unwrap(), "{args:?}");
    }
    let mut more: Value = serde_json::from_str(&run(folder.path(), &["check", "--format", "json"]).out).unwrap();
    more["findings"][0]["tone"] = "kind".into();
    assert!(held.refuses("report", &more).is_some(), "a field that no page explains is refused");
}

/// A page with what stands between two marks written anew.
fn between(text: &str, begin: &str, end: &str, new: &str) -> String {
    let (before, rest) = text.split_once(begin).unwrap_or_else(|| panic!("there is no {begin}"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("there is no {end}"));
    format!("{before}{begin}\n{new}\n{end}{after}")
}

#[test]
fn the_page_of_the_report_shows_a_real_one_and_every_field() {
    let path = root().join("docs/json.md");
    let text = fs::read_to_string(&path).unwrap();
    let case = text.split_once("json: begin (").and_then(|(_, rest)| rest.split_once(')')).unwrap().0;
    let report = run(Folder::copy_of(&root().join(case)).path(), &["check", "--format", "json"]).out;
    let begin = format!("<!-- json: begin ({case}) -->");
    let shown = between(&text, &begin, "<!-- json: end -->", &format!("```json\n{}\n```", report.trim_end()));
    let shown = between(&shown, "<!-- fields: begin -->", "<!-- fields: end -->", fields().trim_end());
    if writes() {
        fs::write(&path, &shown).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written == shown, "docs/json.md is out of date: ADDUP_DOCS=write cargo test --test schemas");
}
