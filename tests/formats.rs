//! The formats of pipelines, over the whole program: what is written can be read by what reads it, nothing in a claim file
//! acts in it, and neither the exit code nor a byte depends on how it is asked for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod program;

use program::{Folder, run};
use serde_json::Value;

const FORMATS: &[&str] = &["full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"];

/// Two articles: one in which three findings of three severities stand, one in which all fits.
fn workspace() -> Folder {
    Folder::with(&[
        (
            "claims/raid.toml",
            "[article]\ntitle = \"Raid\"\ndateline = 2025-12-21\n\
             [measure.arrests]\nover-time = \"adds\"\nleast = 0\ninteger = true\norigin = 2025-01-01\n\
             [claim.to-november]\nvalue = 154\nmeasure = \"arrests\"\nwhen = \"through 2025-11-30\"\n\
             [claim.december]\nvalue = 92\nmeasure = \"arrests\"\nwhen = \"2025-12-01/2025-12-20\"\n\
             [claim.to-date]\nvalue = 231\nmeasure = \"arrests\"\nwhen = \"through 2025-12-21\"\n\
             [claim.police]\nvalue = 26\nmeasure = \"officers\"\nwhen = 2025-12-18\nsource = \"police\"\n\
             [claim.office]\nvalue = 27\nmeasure = \"officers\"\nwhen = 2025-12-18\nsource = \"office\"\n",
        ),
        (
            "claims/true.toml",
            "[article]\ndateline = 2025-12-21\n[claim.a]\nvalue = 1\nmeasure = \"a\"\n[claim.b]\nvalue = 2\nmeasure = \"b\"\n\
             [check.order]\nrequire = \"a < b\"\n",
        ),
    ])
}

/// Text that would act in each of the formats if it were written as it is.
const ACTING: &str = "</failure>]]>&\\\"'<script>@all [x](http://e.x) `c` ##[set-env name=A]b 100%\\n::error file=x::gotcha\\r\\u001B[31m\\u202E";

fn acting() -> Folder {
    let text = format!(
        "[article]\ndateline = 2025-12-21\n[claim.a]\nvalue = 1\nmeasure = \"x\"\nwhen = 2025-12-01\nsource = \"{ACTING}\"\n\
         [claim.b]\nvalue = 2\nmeasure = \"x\"\nwhen = 2025-12-01\nsource = \"other\"\n\
         [text.c]\nabout = \"w\"\nsays = \"{ACTING}\"\n[text.d]\nabout = \"w\"\nsays = \"b\"\n\
         [claim.f]\nvalue = 5\nmeasure = \"y\"\nwhen = 2025-12-01\n\
         [check.e]\nrequire = \"a > b\"\nbecause = \"{ACTING}\"\n[check.g]\nrequire = \"a > f\"\nbecause = \"{ACTING}\"\n"
    );
    let folder = Folder::with(&[("claims/a,b:c%20 d.toml", &text)]);
    folder.write("rules/none.toml", "");
    folder
}

fn written(folder: &Folder, format: &str) -> String {
    run(folder.path(), &["check", "--format", format]).out
}

#[test]
fn the_exit_code_is_that_of_every_format_and_every_byte_is_written_again() {
    let folder = workspace();
    for format in FORMATS {
        let ran = run(folder.path(), &["check", "--format", format, "--jobs", "1"]);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{format}");
        for jobs in ["2", "7"] {
            assert_eq!(run(folder.path(), &["check", "--format", format, "--jobs", jobs]), ran, "{format}");
        }
        let reversed = ["check", "claims/true.toml", "claims/raid.toml", "--format", format];
        assert_eq!(run(folder.path(), &reversed), ran, "{format}: the order of files does not show");
    }
}

/// More files than one thread takes, with contradictions of several kinds, so that threads have something to get wrong.
#[test]
fn no_byte_of_any_format_depends_on_threads_or_the_order_of_many_files() {
    let folder = Folder::new();
    let plants = ["same-figure=2", "dates-out-of-order=2", "share-of-whole=2"];
    let size = ["generate", ".", "--groups", "140", "--months", "1", "--seed", "5"];
    let args: Vec<&str> = size.into_iter().chain(plants.iter().flat_map(|plant| ["--plant", plant])).collect();
    assert_eq!(run(folder.path(), &args).code, 0);
    let mut files: Vec<String> = std::fs::read_dir(folder.path().join("claims"))
        .unwrap()
        .map(|entry| format!("claims/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect();
    files.sort();
    let formats: Vec<String> = FORMATS.iter().map(|format| format!("{format}=out.{format}")).collect();
    let outputs = |files: &[String], jobs: &str| {
        let formats = formats.join(",");
        let mut args = vec!["check", "--max-shown", "all", "--jobs", jobs, "--format", formats.as_str()];
        args.extend(files.iter().map(String::as_str));
        let ran = run(folder.path(), &args);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""));
        FORMATS.iter().map(|format| folder.read(&format!("out.{format}"))).collect::<Vec<_>>()
    };
    let first = outputs(&[], "1");
    assert!(first.iter().all(|text| !text.is_empty()));
    files.reverse();
    for (files, jobs) in [(&[][..], "2"), (&files, "1"), (&files, "3")] {
        for ((format, text), first) in FORMATS.iter().zip(outputs(files, jobs)).zip(&first) {
            assert!(text == *first, "{format} is another on {jobs} threads, or for {} files given", files.len());
        }
    }
}

#[test]
fn several_formats_are_written_at_once_and_only_one_to_standard_output() {
    let folder = workspace();
    let ran = run(folder.path(), &["check", "--format", "github,sarif=addup.sarif,json=addup.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_eq!(ran.out, written(&folder, "github"));
    assert_eq!(folder.read("addup.sarif"), written(&folder, "sarif"));
    assert_eq!(folder.read("addup.json"), written(&folder, "json"));
    let twice = run(folder.path(), &["check", "--format", "github,sarif"]);
    assert_eq!(twice.code, 2);
    insta::assert_snapshot!(twice.err);
    let lost = run(folder.path(), &["check", "--format", "sarif=no/such/folder.sarif"]);
    assert_eq!(lost.code, 2);
    insta::assert_snapshot!(lost.err);
}

#[test]
fn what_each_format_says() {
    let folder = workspace();
    for format in ["sarif", "junit", "github", "gitlab", "markdown"] {
        insta::assert_snapshot!(format!("says_{format}"), written(&folder, format));
    }
}

/// The schema of OASIS; tests/sarif/README.md says where it is from.
fn sarif_schema() -> Value {
    serde_json::from_str(include_str!("sarif/sarif-schema-2.1.0.json")).unwrap()
}

/// What the schema has against a log.
fn refused_by_schema(log: &Value) -> Option<String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("https://example.org/sarif.json", sarif_schema()).unwrap();
    let schema = compiler.compile("https://example.org/sarif.json", &mut schemas).unwrap();
    schemas.validate(log, schema).err().map(|error| format!("{error:#}"))
}

#[test]
fn sarif_is_what_its_schema_asks_for() {
    for folder in [workspace(), acting(), Folder::with(&[("claims/empty.toml", "")])] {
        let log: Value = serde_json::from_str(&written(&folder, "sarif")).unwrap();
        assert_eq!(refused_by_schema(&log), None);
        let run = &log["runs"][0];
        for outcome in run["results"].as_array().unwrap() {
            let number = usize::try_from(outcome["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][number]["id"], outcome["ruleId"]);
            let uri = outcome["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
            assert!(uri.is_none_or(|uri| uri.starts_with("claims/") && !uri.contains([' ', ':', ','])), "{uri:?}");
        }
    }
    assert!(
        refused_by_schema(&serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": {} }] })).is_some(),
        "the schema refuses what is no log"
    );
}

#[test]
fn nothing_in_a_claim_file_acts_in_any_format() {
    let folder = acting();
    for format in FORMATS {
        let text = written(&folder, format);
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\r', '\0']), "{format} has a control: {text:?}");
    }
    // A command begins a line, or stands anywhere in its old form; ours are those of the findings.
    let github = written(&folder, "github");
    let findings =
        serde_json::from_str::<Value>(&written(&folder, "json")).unwrap()["findings"].as_array().unwrap().len();
    let commands: Vec<&str> = github.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), findings);
    for command in &commands {
        assert!(command.starts_with("::error ") || command.starts_with("::warning "), "{command}");
        let (properties, _) = command.trim_start_matches(':').split_once("::").unwrap();
        assert!(properties.contains("file=claims/a%2Cb%3Ac%2520 d.toml,line="), "{properties}");
    }
    assert!(!github.lines().filter(|line| !line.starts_with("::")).any(|line| line.contains("##[")));
    let markdown = written(&folder, "markdown");
    for mark in ["<script", "@all", "](", "`c`", "http://", "##["] {
        assert!(!markdown.contains(mark), "{mark} in {markdown}");
    }
    let junit = written(&folder, "junit");
    assert!(!junit.contains("<script") && !junit.contains("]]>"));
    insta::assert_snapshot!(junit);
}

#[test]
fn github_shows_ten_of_each_level_and_counts_the_others() {
    let pairs: String = (0..14)
        .map(|at| format!("[claim.a{at}]\nvalue = 2\nmeasure = \"m{at}\"\n[claim.b{at}]\nvalue = 1\nmeasure = \"n{at}\"\n[check.c{at}]\nrequire = \"a{at} < b{at}\"\n"))
        .collect();
    let folder = Folder::with(&[("claims/many.toml", &format!("[article]\ndateline = 2025-12-21\n{pairs}"))]);
    let github = written(&folder, "github");
    assert_eq!(github.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(github.contains("\n4 more errors have no annotation: a step shows 10 of each level.\n"), "{github}");
}

#[test]
fn files_are_named_from_the_root_of_the_repository() {
    let folder = Folder::new();
    let inner = workspace();
    for file in ["claims/raid.toml", "claims/true.toml"] {
        folder.write(&format!("news/{file}"), inner.read(file));
    }
    folder.write("news/addup.toml", "");
    folder.write(".git/HEAD", "");
    let ran = run(folder.path(), &["check", "--config", "news/addup.toml", "--format", "github"]);
    assert!(ran.out.starts_with("::error file=news/claims/raid.toml,line="), "{}", ran.out);
}

#[test]
fn two_reports_tell_what_is_new_and_what_is_fixed() {
    let folder = workspace();
    let json = |file: &str| run(folder.path(), &["check", "--format", &format!("json={file}")]).code;
    assert_eq!(json("before.json"), 1);
    let told = |args: &[&str]| run(folder.path(), &[&["diff", "before.json", "after.json"], args].concat());

    // Lines move, and nothing is new.
    let raid = folder.read("claims/raid.toml");
    folder.write("claims/raid.toml", raid.replace("[article]", "\n\n[article]"));
    json("after.json");
    let ran = told(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "0 findings new, 0 fixed, 2 the same.\n"));

    // A figure of a known clash changes: that is new. The other one is settled.
    let changed = raid.replace("value = 231", "value = 230").replace("value = 27", "value = 26");
    folder.write("claims/raid.toml", changed);
    json("after.json");
    let ran = told(&[]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.out);
    let value: Value = serde_json::from_str(&told(&["--format", "json"]).out).unwrap();
    assert_eq!((value["new"].as_array().unwrap().len(), value["fixed"].as_array().unwrap().len()), (1, 2));
    assert_eq!(value["new"][0]["was"], "154 + 92 = 246 > 231");

    // A report in lines is the same report.
    run(folder.path(), &["check", "--format", "jsonl=after.jsonl"]);
    let of_lines = run(folder.path(), &["diff", "before.json", "after.jsonl"]);
    assert_eq!(of_lines, told(&[]));
    let cut = folder.read("after.jsonl").lines().next().unwrap().to_owned();
    folder.write("cut.jsonl", cut);
    assert_eq!(run(folder.path(), &["diff", "before.json", "cut.jsonl"]).code, 2);

    // What is gone is no fault.
    let backwards = run(folder.path(), &["diff", "after.json", "after.json", "--fail-level", "note"]);
    assert_eq!(backwards.code, 0);
}

#[test]
fn what_is_no_report_is_refused() {
    let folder = workspace();
    folder.write("old.json", "{}");
    folder.write("newer.json", "{ \"schema\": 99, \"results\": {} }");
    folder.write("new.json", "{ \"schema\": 1, \"findings\": [] }");
    let refused = [
        ["old.json", "new.json"],
        ["newer.json", "new.json"],
        ["new.json", "none.json"],
        ["new.json", "claims/raid.toml"],
    ];
    let said = refused.map(|[old, new]| {
        let ran = run(folder.path(), &["diff", old, new]);
        assert_eq!(ran.code, 2);
        ran.err
    });
    insta::assert_snapshot!(said.join("\n"));
    let over = run(folder.path(), &["diff", "new.json", "new.json", "--output", "new.json"]);
    assert_eq!(over.code, 2);
}
