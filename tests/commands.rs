//! What the command line promises: exit codes, where output goes, which files are read, and what is said when it is
//! used wrongly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod program;

use program::{Folder, Ran, run, run_with_input};
use std::fs;

const GOOD: &str = "\
[article]
title    = \"A raid\"
dateline = 2025-12-21

[claim.raid]
measure = \"arrests\"
value   = 26
when    = \"2025-12-18\"

[claim.month]
measure = \"arrests\"
value   = 92
when    = \"2025-12-01/2025-12-21\"

[check.raid-in-month]
require = \"raid <= month\"
";

fn bad() -> String {
    GOOD.replace("92", "25")
}

fn workspace() -> Folder {
    Folder::with(&[("claims/raid.toml", GOOD)])
}

/// The command line or the input was not understood: code 2, nothing on standard output, and these words.
fn refused(ran: &Ran, words: &[&str]) {
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.out.is_empty(), "{ran:?}");
    for word in words {
        assert!(ran.err.contains(word), "`{word}` is not in: {}", ran.err);
    }
}

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

#[test]
fn the_exit_code_says_whether_something_was_found() {
    let folder = workspace();
    assert_eq!(run(folder.path(), &["check"]).code, 0);
    folder.write("claims/raid.toml", bad());
    for format in ["full", "concise", "json", "jsonl"] {
        assert_eq!(run(folder.path(), &["check", "--format", format]).code, 1, "{format}");
    }
}

#[test]
fn the_fail_level_counts_from_the_least_serious_up() {
    let folder = workspace();
    folder.write("claims/raid.toml", format!("{}severity = \"warning\"\n", bad()));
    assert_eq!(run(folder.path(), &["check"]).code, 0);
    assert_eq!(run(folder.path(), &["check", "--fail-level", "warning"]).code, 1);
    assert_eq!(run(folder.path(), &["check", "--fail-level", "note"]).code, 1);
    folder.write("addup.toml", "fail-level = \"warning\"\n");
    assert_eq!(run(folder.path(), &["check"]).code, 1);
    assert_eq!(run(folder.path(), &["check", "--fail-level", "error"]).code, 0);
    folder.write("addup.toml", "fail-on = [\"contradiction\"]\n");
    assert_eq!(run(folder.path(), &["check"]).code, 1);
}

#[test]
fn the_configuration_weighs_kinds_and_rules() {
    let folder = workspace();
    folder.write("claims/raid.toml", bad());
    folder.write("addup.toml", "[severity]\ncontradiction = \"note\"\n");
    let ran = run(folder.path(), &["check", "--format", "json"]);
    assert_eq!((ran.code, json(&ran)["verdict"].as_str()), (0, Some("contradicted")));
    folder.write("addup.toml", "[severity]\ncontradiction = \"off\"\n");
    refused(&run(folder.path(), &["check"]), &["addup.toml:2:17", "contradiction", "note"]);
    folder.write("addup.toml", "[severity]\nadditve = \"note\"\n");
    refused(&run(folder.path(), &["check"]), &["addup.toml:2:1", "additive"]);
}

#[test]
fn every_mistake_in_the_configuration_is_shown_with_the_nearest_word() {
    let folder = workspace();
    let config = "claim = \"claims\"\ncompare = \"stories\"\nfail-on = [\"strain\"]\n\
                  [convention]\nweek-starts = \"sonday\"\nfiscal-year-starts = 13\n";
    folder.write("addup.toml", config);
    refused(
        &run(folder.path(), &["check"]),
        &["addup.toml:1:1", "`claims`", "addup.toml:2:11", "story", "addup.toml:3:12", "strained", "sunday", "1 to 12"],
    );
}

#[test]
fn errors_of_all_files_of_a_run_are_shown_together() {
    let folder = workspace();
    folder.write("addup.toml", "clams = 1\n");
    folder.write("claims/a.toml", "[claim.x\n");
    folder.write("claims/b.toml", b"\xff");
    folder.write("rules/r.toml", "[rule.\n");
    refused(&run(folder.path(), &["check"]), &["addup.toml:1:1", "claims/a.toml:1", "claims/b.toml", "rules/r.toml:1"]);
}

#[test]
fn the_nearest_configuration_upwards_makes_the_workspace() {
    let folder =
        Folder::with(&[("addup.toml", "claims = [\"texts\"]\n"), ("texts/raid.toml", GOOD), ("a/b/c.txt", "")]);
    let ran = run(&folder.path().join("a/b"), &["check", "--format", "json"]);
    assert_eq!((ran.code, json(&ran)["summary"]["claims"].as_u64()), (0, Some(2)));
    // Paths are shown from the workspace, wherever they are given from.
    folder.write("texts/raid.toml", bad());
    let ran = run(&folder.path().join("a"), &["check", "../texts", "--format", "concise"]);
    assert!(ran.out.contains("texts/raid.toml:") && !ran.out.contains("../texts"), "{ran:?}");
}

#[test]
fn paths_stand_in_for_the_claims_of_the_configuration() {
    let folder = workspace();
    folder.write("more/other.toml", bad());
    assert_eq!(run(folder.path(), &["check"]).code, 0);
    assert_eq!(run(folder.path(), &["check", "more"]).code, 1);
    assert_eq!(run(folder.path(), &["check", "more/other.toml"]).code, 1);
    // A folder may be anywhere if it is named on the command line.
    let other = Folder::with(&[("raid.toml", &bad())]);
    let ran = run(folder.path(), &["check", &other.path().to_string_lossy()]);
    assert_eq!(ran.code, 1, "{ran:?}");
}

#[test]
fn a_whole_folder_can_be_checked_with_all_that_is_in_it() {
    let folder = workspace();
    folder.write("addup.toml", "");
    folder.write("rules/measures.toml", "[measure.arrests]\nover-time = \"adds\"\nleast = 0\n");
    folder.write(".hidden/bad.toml", "[[[");
    assert_eq!(run(folder.path(), &["check", "."]).code, 0, "{:?}", run(folder.path(), &["check", "."]));
}

#[test]
fn what_is_missing_is_named() {
    let folder = Folder::new();
    refused(&run(folder.path(), &["check"]), &["claims", "no claim file", "addup init"]);
    refused(&run(folder.path(), &["check", "nowhere"]), &["nowhere", "does not exist"]);
    folder.write("claims/raid.toml", GOOD);
    refused(&run(folder.path(), &["check", "--rules", "nowhere"]), &["nowhere", "does not exist"]);
    refused(&run(folder.path(), &["check", "--config", "nowhere.toml"]), &["nowhere.toml", "does not exist"]);
    refused(&run(folder.path(), &["check", "--config", "no/where.toml"]), &["no", "does not exist"]);
    folder.write("draft.md", "26 arrests");
    refused(&run(folder.path(), &["check", "draft.md"]), &["draft.md", ".toml"]);
    folder.write("addup.toml", "claims = [\"texts\"]\n");
    refused(&run(folder.path(), &["check"]), &["addup.toml:1:11", "texts", "does not exist"]);
}

#[test]
fn a_claim_file_can_come_from_standard_input() {
    let folder = workspace();
    let ran = run_with_input(folder.path(), &["check", "--stdin-filename", "claims/raid.toml"], bad().as_bytes());
    assert_eq!(ran.code, 1, "the text on standard input counts, not the one on disk: {ran:?}");
    assert_eq!(
        run_with_input(folder.path(), &["check", "--stdin-filename", "claims/new.toml"], GOOD.as_bytes()).code,
        0
    );
    let args = ["check", "claims", "--stdin-filename", "claims/new.toml", "--format", "json"];
    let both = json(&run_with_input(folder.path(), &args, GOOD.as_bytes()));
    assert_eq!(both["summary"]["articles"], 2, "beside the files of PATHS");
    refused(
        &run_with_input(folder.path(), &["check", "--stdin-filename", "claims/new.toml"], b"\xff"),
        &["claims/new.toml", "UTF-8"],
    );
}

#[test]
fn several_formats_go_to_several_places() {
    let folder = workspace();
    let ran = run(folder.path(), &["check", "--format", "concise,json=out.json", "--format", "full=out.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let plain = run(folder.path(), &["check"]);
    assert_eq!(folder.read("out.txt"), plain.out);
    assert_eq!(folder.read("out.json"), run(folder.path(), &["check", "--format", "json"]).out);
    let lines = run(folder.path(), &["check", "--format", "jsonl,jsonl=out.jsonl"]);
    assert_eq!(folder.read("out.jsonl"), lines.out);
    let ran = run(folder.path(), &["check", "--output", "again.txt"]);
    assert_eq!((ran.out.as_str(), folder.read("again.txt")), ("", plain.out));
    let left = fs::read_dir(folder.path())
        .unwrap()
        .filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().contains("part"));
    assert_eq!(left.count(), 0, "nothing half-written is left");
}

#[test]
fn outputs_that_cannot_be_are_refused() {
    let folder = workspace();
    let check = |args: &[&str]| run(folder.path(), &[&["check"], args].concat());
    refused(&check(&["--format", "full,json"]), &["standard output"]);
    refused(&check(&["--format", "jsn"]), &["json"]);
    refused(&check(&["--format", "json="]), &["missing"]);
    refused(&check(&["--format", "json=a,full=a"]), &["two outputs", "a"]);
    refused(&check(&["--format", "json=./a,full=claims/../a"]), &["two outputs", "a"]);
    refused(&check(&["--format", "json=-,full"]), &["standard output"]);
    refused(&check(&["--format", "json=a", "--output", "b"]), &["--output"]);
    refused(&check(&["--output", "no/where/report.txt"]), &["no/where/report.txt", "does not exist", "folder first"]);
    refused(&check(&["--output", "claims/raid.toml/report.txt"]), &["report.txt", "not a folder"]);
    refused(&check(&["--output", "claims"]), &["claims", "folder"]);
    refused(&check(&["--output", "claims/raid.toml"]), &["claims/raid.toml", "overwrite"]);
    refused(&check(&["--certificates", "claims/raid.toml"]), &["claims/raid.toml", "overwrite"]);
    assert_eq!(folder.read("claims/raid.toml"), GOOD);
}

#[test]
fn a_dash_is_standard_output() {
    let folder = workspace();
    let printed = run(folder.path(), &["check", "--format", "json"]);
    assert!(printed.out.starts_with('{'), "{printed:?}");
    assert_eq!(run(folder.path(), &["check", "--format", "json=-"]), printed);
    assert_eq!(run(folder.path(), &["check", "--format", "json", "--output", "-"]), printed);
    assert_eq!(run(folder.path(), &["bounds", "--output", "-"]), run(folder.path(), &["bounds"]));
    assert!(!folder.path().join("-").exists());
}

#[test]
fn of_very_many_findings_a_hundred_are_shown_and_json_has_all() {
    let folder = workspace();
    let checks: String = (0..130).map(|at| format!("[check.c{at}]\nrequire = \"raid >= {}\"\n", at + 100)).collect();
    folder.write("claims/raid.toml", format!("{GOOD}{checks}"));
    let check = |args: &[&str]| run(folder.path(), &[&["check"], args].concat());
    let shown = |ran: &Ran| ran.out.matches("error[contradiction]").count();
    let (plain, three, all) =
        (check(&[]), check(&["--max-shown", "3"]), check(&["--max-shown", "all", "--show", "all=200"]));
    let every = check(&["--format", "concise", "--show", "all=200"]);
    let found = shown(&all);
    assert_eq!((found > 100, shown(&check(&["--show", "all=200"])), shown(&every)), (true, 100, found), "{plain:?}");
    assert_eq!((shown(&check(&["--max-shown", "0", "--show", "all=200"])), three.code), (found, 1));
    let few = check(&["--show", "all=200", "--max-shown", "3", "--format", "concise,json=out.json"]);
    let whole: serde_json::Value = serde_json::from_str(&folder.read("out.json")).unwrap();
    assert_eq!((shown(&few), whole["findings"].as_array().map(Vec::len)), (3, Some(found)));
    assert!(few.out.contains(&format!("And {} more contradictions: ", found - 3)), "{few:?}");
    refused(&check(&["--max-shown", "some"]), &["--max-shown", "all"]);
}

#[test]
fn a_command_line_that_is_not_understood_is_refused() {
    let folder = workspace();
    for args in [
        &["chekc"][..],
        &["check", "--fail-level", "eror"],
        &["check", "--jobs", "0"],
        &["check", "--show", "everything"],
        &["check", "--frobnicate"],
        &["verify"],
        &["--color", "sometimes", "check"],
    ] {
        refused(&run(folder.path(), args), &["error"]);
    }
    let help = run(folder.path(), &["check", "--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    assert!(run(folder.path(), &["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn colour_is_used_where_it_is_asked_for() {
    let folder = workspace();
    folder.write("claims/raid.toml", bad());
    assert!(run(folder.path(), &["check", "--color", "always"]).out.contains('\u{1b}'));
    assert!(!run(folder.path(), &["check", "--color", "never"]).out.contains('\u{1b}'));
    run(folder.path(), &["check", "--color", "always", "--output", "report.txt"]);
    assert!(!folder.read("report.txt").contains('\u{1b}'), "files are never coloured");
    folder.write("claims/raid.toml", "[claim.\n");
    assert!(run(folder.path(), &["check", "--color", "always"]).err.contains('\u{1b}'));
}

#[test]
fn the_example_of_init_is_consistent_and_never_overwrites() {
    let folder = Folder::new();
    let ran = run(folder.path(), &["init"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("addup check"));
    let ran = run(folder.path(), &["check", "--format", "json"]);
    let report = json(&ran);
    assert_eq!((ran.code, report["verdict"].as_str(), ran.err.as_str()), (0, Some("consistent"), ""), "{ran:?}");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(0), "{ran:?}");
    assert_eq!(report["unchecked"]["claims"].as_array().map(Vec::len), Some(0), "every claim is checked: {ran:?}");
    assert_eq!(report["unchecked"]["rules"].as_array().map(Vec::len), Some(0), "every rule applies: {ran:?}");

    folder.write("claims/example.toml", "mine");
    refused(&run(folder.path(), &["init"]), &["claims/example.toml", "overwrite"]);
    assert_eq!(folder.read("claims/example.toml"), "mine");
    assert_eq!(run(folder.path(), &["init", "new/place"]).code, 0);
    assert_eq!(run(&folder.path().join("new/place"), &["check"]).code, 0);
}

#[test]
fn a_figure_changed_in_the_example_is_found() {
    for (from, to) in [("2,560 in all", "2,460 in all"), ("2.0 books", "2.3 books"), ("1,218 books", "1,418 books")] {
        let folder = Folder::new();
        run(folder.path(), &["init"]);
        for file in ["claims/example.toml", "claims/example.md"] {
            folder.write(file, folder.read(file).replace(from, to));
        }
        let ran = run(folder.path(), &["check", "--format", "json"]);
        assert_eq!((ran.code, json(&ran)["verdict"].as_str()), (1, Some("contradicted")), "{to}: {ran:?}");
    }
}

#[test]
fn a_rule_or_a_kind_is_explained_anywhere() {
    let folder = Folder::new();
    for id in ["additive", "contradiction", "question"] {
        let ran = run(folder.path(), &["explain", id]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.out.contains(id));
    }
    refused(&run(folder.path(), &["explain", "aditive"]), &["aditive", "additive"]);
    let list = run(folder.path(), &["explain"]);
    assert_eq!(list.code, 0);
    assert!(list.out.contains("additive") && list.out.contains("contradiction"));
}

#[test]
fn a_rule_of_the_users_own_is_explained_with_its_place() {
    let folder = Folder::new();
    run(folder.path(), &["init"]);
    let ran = run(folder.path(), &["explain", "books-each"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("rules/example.toml:") && ran.out.contains("relation"), "{ran:?}");
    assert!(run(folder.path(), &["explain"]).out.contains("books-each"));
    refused(&run(folder.path(), &["explain", "book-each"]), &["books-each"]);
}

#[test]
fn certificates_are_accepted_for_the_files_they_were_made_from_alone() {
    let folder = workspace();
    folder.write("claims/raid.toml", bad());
    assert_eq!(run(folder.path(), &["check", "--certificates", "proofs.json"]).code, 1);
    let ran = run(folder.path(), &["verify", "proofs.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains('1'), "{ran:?}");

    let proofs = folder.read("proofs.json");
    let cut = proofs.get(..proofs.len() / 2).unwrap();
    folder.write("cut.json", cut);
    refused(&run(folder.path(), &["verify", "cut.json"]), &["cut.json:", "cut off"]);
    folder.write("other.json", "{ \"a\": 1 }");
    refused(&run(folder.path(), &["verify", "other.json"]), &["other.json:", "no certificate file"]);
    folder.write("none.json", "hello");
    refused(&run(folder.path(), &["verify", "none.json"]), &["none.json:1", "not JSON"]);
    folder.write("deep.json", "[".repeat(100_000));
    refused(&run(folder.path(), &["verify", "deep.json"]), &["deep.json"]);
    refused(&run(folder.path(), &["verify", "missing.json"]), &["missing.json", "does not exist"]);

    folder.write("claims/raid.toml", format!("{}# changed\n", bad()));
    let ran = run(folder.path(), &["verify", "proofs.json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("claims/raid.toml"), "{ran:?}");
}

#[test]
fn a_run_without_a_witness_says_why() {
    let asked =
        |id: &str| format!("[measure.{id}]\ninteger = true\n\n[claim.{id}]\nmeasure = \"{id}\"\nvalue = \"?\"\n\n");
    let check = "[check.cubes]\nrequire = \"a * a * a + b * b * b + c * c * c == 114\"\n";
    let all: String = ["a", "b", "c"].map(asked).concat();
    let folder = Folder::with(&[("claims/a.toml", &format!("[article]\ndateline = 2025-12-21\n\n{all}{check}"))]);
    let ran = run(folder.path(), &["check", "--certificates", "proof.json"]);
    assert_eq!(ran.err, "note: proof.json holds no witness, so that more may clash: something is undecided\n");
    let verified = run(folder.path(), &["verify", "proof.json"]);
    assert_eq!((verified.code, verified.out.contains("without a witness")), (0, true), "{verified:?}");
}

#[test]
fn a_tampered_certificate_is_refused_at_the_step_that_fails() {
    let folder = Folder::new();
    run(folder.path(), &["init"]);
    for file in ["claims/example.toml", "claims/example.md"] {
        folder.write(file, folder.read(file).replace("2,560 in all", "2,460 in all"));
    }
    assert_eq!(run(folder.path(), &["check", "--certificates", "proofs.json"]).code, 1);
    let proofs = folder.read("proofs.json");
    let verify = || run(folder.path(), &["verify", "proofs.json"]);
    assert_eq!(verify().code, 0, "{:?}", verify());
    for (from, to) in [("2460", "2461"), ("example/november", "example/october"), ("\"additive\"", "\"change\"")] {
        assert!(proofs.contains(from), "{proofs}");
        folder.write("proofs.json", proofs.replace(from, to));
        let ran = verify();
        assert!(ran.code == 1 && ran.out.starts_with("refused: "), "{to}: {ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_read_through_a_link_that_leads_out() {
    let secret = Folder::with(&[("secret.toml", GOOD), ("draft.md", "26 arrests")]);
    let folder = workspace();
    std::os::unix::fs::symlink(secret.path().join("secret.toml"), folder.path().join("claims/link.toml")).unwrap();
    refused(&run(folder.path(), &["check"]), &["claims", "outside the workspace"]);
    fs::remove_file(folder.path().join("claims/link.toml")).unwrap();

    std::os::unix::fs::symlink(folder.path(), folder.path().join("claims/round")).unwrap();
    assert_eq!(run(folder.path(), &["check"]).code, 0, "a link that goes round is followed once");

    for draft in ["/etc/hostname", "../../etc/hostname", &secret.path().join("draft.md").to_string_lossy()] {
        folder.write("claims/raid.toml", GOOD.replace("[article]", &format!("[article]\ndraft = \"{draft}\"")));
        refused(&run(folder.path(), &["check"]), &["claims/raid.toml:2"]);
    }
}

#[test]
fn a_what_if_is_checked_and_says_that_it_is_one() {
    let folder = workspace();
    let set = |values: &[&str]| {
        let args: Vec<&str> = values.iter().flat_map(|value| ["--set", value]).collect();
        run(folder.path(), &[&["check"], args.as_slice()].concat())
    };
    assert_eq!(set(&["raid/month=26"]).code, 0);
    let ran = set(&["month=25"]);
    assert!(ran.code == 1 && ran.out.contains("What if raid/month is 25?"), "{ran:?}");
    assert_eq!(set(&["raid=95", "month=more than 94"]).code, 0);
    let report = json(&run(folder.path(), &["check", "--set", "raid=95", "--format", "json"]));
    assert_eq!(
        (report["verdict"].as_str(), report["supposed"]["raid/raid"].as_str()),
        (Some("contradicted"), Some("95"))
    );
    assert_eq!(folder.read("claims/raid.toml"), GOOD);

    refused(&set(&["raid/mnth=25"]), &["raid/mnth", "did you mean `raid/month`?"]);
    refused(&set(&["month=25", "raid/month=26"]), &["twice"]);
    refused(&set(&["month=plenty"]), &["plenty"]);
    refused(&set(&["month=25%"]), &["another unit"]);
    refused(&set(&["month"]), &["equals sign"]);
    folder.write("claims/other.toml", GOOD);
    refused(&set(&["month=25"]), &["other/month, raid/month"]);
    refused(&run(folder.path(), &["check", "--set", "raid/month=25", "--certificates", "a.json"]), &["--certificates"]);
}

#[test]
fn two_sources_of_an_article_disagree_or_contradict_as_the_workspace_says() {
    let folder = Folder::with(&[(
        "claims/raid.toml",
        "[article]\n[claim.a]\nmeasure = \"arrests\"\nvalue = 26\nwhen = \"2025-12-18\"\nsource = \"police\"\n\
         [claim.b]\nmeasure = \"arrests\"\nvalue = 27\nwhen = \"2025-12-18\"\nsource = \"court\"\n",
    )]);
    let check = || {
        let ran = run(folder.path(), &["check", "--format", "json"]);
        (ran.code, json(&ran)["findings"][0]["kind"].as_str().map(str::to_owned))
    };
    assert_eq!(check(), (0, Some("disagreement".to_owned())));
    folder.write("addup.toml", "between-sources = \"contradiction\"\n");
    assert_eq!(check(), (1, Some("contradiction".to_owned())));
}

#[test]
fn a_check_is_explained_by_its_id() {
    let folder = workspace();
    for id in ["raid-in-month", "raid/raid-in-month"] {
        let ran = run(folder.path(), &["explain", id]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.out.contains("raid <= month") && ran.out.contains("claims/raid.toml:15:8"), "{ran:?}");
    }
}

#[test]
fn rules_are_held_against_each_other_before_there_are_claims() {
    let page = addup::rule::page("rules").unwrap().text;
    let block = |language: &str| {
        let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    let folder = Folder::with(&[("rules/r.toml", &block("toml"))]);
    let ran = run(folder.path(), &["rules"]);
    assert_eq!((ran.code, ran.out), (0, block("text")));
    // What is asked for by name must be there.
    refused(&run(folder.path(), &["rules", "claims"]), &["claims", "does not exist"]);
    folder.write("addup.toml", "claims = [\"texts\"]\n");
    refused(&run(folder.path(), &["rules"]), &["addup.toml:1:11", "texts", "does not exist"]);
}

#[test]
fn the_fail_level_counts_for_rules_as_well() {
    let folder = workspace();
    let rule = "[rule.unused]\nkind = \"relation\"\ngiven = { a = { measure = \"a\" } }\nrequire = \"a <= 3\"\n";
    folder.write("rules/r.toml", rule);
    let rules = |args: &[&str]| run(folder.path(), &[&["rules"], args].concat()).code;
    assert_eq!((rules(&[]), rules(&["--fail-level", "warning"]), rules(&["--fail-level", "note"])), (0, 0, 1));
    folder.write("rules/r.toml", format!("{rule}{}", rule.replace("unused", "again")));
    assert_eq!((rules(&[]), rules(&["--fail-level", "warning"])), (0, 1));
    folder.write("rules/r.toml", rule.replace("a <= 3", "a < a"));
    for format in ["full", "concise", "json", "jsonl"] {
        assert_eq!(rules(&["--format", format]), 1, "{format}");
    }
    let lines = run(folder.path(), &["rules", "--format", "jsonl"]);
    let parsed: Vec<serde_json::Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = json(&run(folder.path(), &["rules", "--format", "json"]));
    assert_eq!((&parsed[0], &parsed[1]["summary"]), (&whole["findings"][0], &whole["summary"]));
    refused(&run(folder.path(), &["rules", "--format", "full,json"]), &["standard output"]);
    refused(&run(folder.path(), &["rules", "--output", "rules/r.toml"]), &["rules/r.toml", "overwrite"]);
    let ran = run(folder.path(), &["rules", "--format", "concise,json=out.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(folder.read("out.json").contains("\"never-together\""));
}
