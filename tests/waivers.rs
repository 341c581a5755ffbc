//! What is accepted stays quiet, and nothing else does: waivers and baselines, on the whole program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use program::{Folder, run};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Figures of one measure, each from the start of a month of a year to the end of another.
fn claims(figures: &[(u32, u32, u32)]) -> String {
    let mut text = "[article]\ntitle = \"t\"\ndateline = 2025-01-31\n\n\
                    [measure.arrests]\nover-time = \"adds\"\nleast = 0\ninteger = true\n"
        .to_owned();
    for (at, (first, length, value)) in figures.iter().enumerate() {
        let last = (first + length).min(12);
        writeln!(
            text,
            "\n[claim.c{at}]\nvalue = {value}\nmeasure = \"arrests\"\nwhen = \"2024-{first:02}/2024-{last:02}\""
        )
        .unwrap();
    }
    text
}

fn json(folder: &Folder, args: &[&str]) -> (u8, serde_json::Value) {
    let ran = run(folder.path(), &[&["check", "--format", "json"], args].concat());
    assert_eq!(ran.err, "", "{}", ran.out);
    (ran.code, serde_json::from_str(&ran.out).unwrap())
}

/// The claims of the findings of some kind.
fn clashes(report: &serde_json::Value, kind: &str) -> Vec<BTreeSet<String>> {
    let of_kind = report["findings"].as_array().unwrap().iter().filter(|finding| finding["kind"] == kind);
    of_kind
        .map(|finding| finding["claims"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect())
        .collect()
}

/// The waiver of a finding.
fn waiver(claims: &BTreeSet<String>) -> String {
    format!(
        "\n[[waive]]\nclaims = {:?}\nrule = [\"additive\", \"same-figure\"]\nbecause = \"known\"\n",
        claims.iter().collect::<Vec<_>>()
    )
}

fn figures() -> impl Strategy<Value = Vec<(u32, u32, u32)>> {
    prop::collection::vec((1_u32..9, 0_u32..5, 0_u32..9), 2..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn what_is_waived_one_by_one_ends_quiet_and_stays_on_the_list(figures in figures()) {
        let mut text = claims(&figures);
        let mut waived: BTreeSet<BTreeSet<String>> = BTreeSet::new();
        loop {
            let folder = Folder::with(&[("claims/a.toml", &text)]);
            let (code, report) = json(&folder, &[]);
            let listed: BTreeSet<BTreeSet<String>> = clashes(&report, "waived").into_iter().collect();
            prop_assert_eq!(&listed, &waived, "every waiver is applied and shown");
            prop_assert!(clashes(&report, "waiver").is_empty(), "{report:#}");
            let new = clashes(&report, "contradiction");
            prop_assert_eq!(code, u8::from(!new.is_empty()));
            if new.is_empty() {
                break;
            }
            for clash in new {
                text.push_str(&waiver(&clash));
                prop_assert!(waived.insert(clash), "what is waived is not accused again");
            }
        }
    }

    #[test]
    fn a_waived_slip_never_hides_a_much_larger_one(figures in figures(), at in any::<prop::sample::Index>()) {
        let text = claims(&figures);
        let folder = Folder::with(&[("claims/a.toml", &text)]);
        let baseline = run(folder.path(), &["baseline", "--write"]);
        prop_assert_eq!(baseline.code, 0, "{}", baseline.err);
        let (code, report) = json(&folder, &[]);
        prop_assert_eq!(code, 0, "{:#}", report);
        // The same figure once more, and far off.
        let (first, length, value) = figures[at.index(figures.len())];
        let more: Vec<_> = figures.iter().copied().chain([(first, length, value + 10_000)]).collect();
        folder.write("claims/a.toml", claims(&more));
        let (code, report) = json(&folder, &[]);
        prop_assert_eq!(code, 1, "{:#}", report);
        let last = format!("a/c{}", figures.len());
        prop_assert!(clashes(&report, "contradiction").iter().any(|clash| clash.contains(&last)), "{report:#}");
    }

    #[test]
    fn a_figure_of_something_else_never_turns_a_baseline_red(figures in figures()) {
        let text = claims(&figures);
        let folder = Folder::with(&[("claims/a.toml", &text)]);
        prop_assert_eq!(run(folder.path(), &["baseline", "--write"]).code, 0);
        let written = folder.read("addup-baseline.toml");
        let other = "\n[measure.reports]\nover-time = \"adds\"\n\n[claim.other]\nvalue = 3\nmeasure = \"reports\"\nwhen = \"2024\"\n";
        folder.write("claims/a.toml", format!("{text}{other}"));
        let (code, report) = json(&folder, &[]);
        prop_assert_eq!(code, 0, "{:#}", report);
        prop_assert!(clashes(&report, "waiver").is_empty(), "{report:#}");
        prop_assert_eq!(run(folder.path(), &["baseline", "--prune"]).code, 0);
        prop_assert_eq!(folder.read("addup-baseline.toml"), written, "nothing was mended");
    }
}

/// A repository of 500 claim files with clashes in it: what CI needs to trust it.
#[test]
fn a_repository_of_500_files() {
    let folder = Folder::new();
    let plants = "same-figure=6,dates-out-of-order=6";
    let args = ["generate", ".", "--groups", "500", "--months", "1", "--seed", "7", "--plant", plants];
    let made = run(folder.path(), &args);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let (code, report) = json(&folder, &[]);
    assert_eq!((code, clashes(&report, "contradiction").len()), (1, 12));

    let written = run(folder.path(), &["baseline", "--write"]);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    let known = folder.read("addup-baseline.toml");
    let (code, report) = json(&folder, &[]);
    assert_eq!((code, clashes(&report, "waived").len()), (0, known.matches("[[known]]").count()));
    assert_eq!(report["findings"].as_array().unwrap().len(), known.matches("[[known]]").count());

    // One new slip in one file: exactly one new finding.
    let slip = "[article]\ntitle = \"a\"\ndateline = 2025-06-30\n\n[measure.permits]\nover-time = \"adds\"\nleast = 0\n\n\
                [claim.may]\nvalue = 30\nmeasure = \"permits\"\nwhen = \"2025-05\"\n\n\
                # to date\n[claim.year]\nvalue = 28\nmeasure = \"permits\"\nwhen = \"2025-01/2025-05\"";
    folder.write("claims/new.toml", slip);
    let (code, report) = json(&folder, &[]);
    assert_eq!((code, clashes(&report, "contradiction")), (1, vec![["new/may", "new/year"].map(str::to_owned).into()]));
    assert_eq!(report["findings"].as_array().unwrap().len(), known.matches("[[known]]").count() + 1);

    // It is waived, and nothing else in its file is touched.
    let fingerprint = report["findings"].as_array().unwrap().iter().find(|it| it["kind"] == "contradiction").unwrap();
    let fingerprint = fingerprint["fingerprint"].as_str().unwrap();
    let args = ["waive", &fingerprint[..12], "--because", "The \"year\" is that of the desk.", "--until", "2030-06-30"];
    let waived = run(folder.path(), &args);
    assert_eq!((waived.code, waived.err.as_str()), (0, ""));
    let expected = "\n\n[[waive]]\nclaims = [\"may\", \"year\"]\nrule = \"additive\"\n\
                    because = 'The \"year\" is that of the desk.'\nuntil = 2030-06-30\ngap-up-to = 2\n";
    assert_eq!(folder.read("claims/new.toml"), format!("{slip}{expected}"));
    assert_eq!(json(&folder, &["--today", "2030-06-30"]).0, 0);

    // Once it is over, the run fails and says why.
    let over = run(folder.path(), &["check", "--format", "concise", "--today", "2030-07-01"]);
    assert_eq!(over.code, 1);
    assert!(over.out.contains("error[contradiction] 30 permits in May 2025"), "{}", over.out);
    assert!(
        over.out.contains("claims/new.toml:20:1: warning[waiver] this waiver ended on 30 June 2030"),
        "{}",
        over.out
    );

    // A claim that has nothing to do with any of it changes nothing.
    folder.write("claims/other.toml", slip.replace("28", "31").replace("permits", "fines"));
    assert_eq!(json(&folder, &["--today", "2030-06-30"]).0, 0);
    assert_eq!(run(folder.path(), &["baseline", "--prune"]).code, 0);
    assert_eq!(folder.read("addup-baseline.toml"), known);
}

#[test]
fn a_baseline_is_the_same_whatever_the_number_of_threads() {
    let folder = Folder::with(&[("claims/a.toml", &claims(&[(1, 0, 9), (2, 0, 9), (1, 3, 5), (1, 5, 3), (2, 2, 4)]))]);
    let mut written = BTreeSet::new();
    for jobs in ["1", "2", "3"] {
        assert_eq!(run(folder.path(), &["baseline", "--write", "--jobs", jobs]).code, 0);
        written.insert(folder.read("addup-baseline.toml"));
    }
    assert_eq!(written.len(), 1);
}

#[test]
fn what_cannot_be_waived_is_refused() {
    let folder = Folder::with(&[("claims/a.toml", &claims(&[(1, 0, 9), (1, 3, 5)]))]);
    let refused = |args: &[&str]| {
        let ran = run(folder.path(), &[&["waive"], args].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        ran.err
    };
    assert!(refused(&["abc", "--because", "x"]).contains("abc is too short"));
    assert!(refused(&["abcdefabcdef", "--because", "x"]).contains("no finding has a fingerprint"));
    assert!(refused(&["abcdefabcdef"]).contains("--because"));
    assert!(refused(&["abcdefabcdef", "--because", ""]).contains("--because"));
    assert!(refused(&["abcdefabcdef", "--because", "x", "--until", "soon"]).contains("2025-12-21"));

    let listed = run(folder.path(), &["waive"]).out;
    let fingerprint = &listed[..12];
    assert_eq!(run(folder.path(), &["waive", fingerprint, "--because", "known"]).code, 0);
    assert_eq!(run(folder.path(), &["waive"]).out, "There is nothing to waive.\n");
    assert!(refused(&[fingerprint, "--because", "x"]).contains("a waiver accepts this clash already"));
    let prune = run(folder.path(), &["baseline", "--prune"]);
    assert_eq!((prune.code, prune.err.contains("there is no baseline")), (2, true));
    assert_eq!(run(folder.path(), &["baseline"]).code, 2, "write or prune");
}

#[test]
fn a_waiver_of_two_articles_goes_to_the_configuration() {
    let article = |value| {
        format!(
            "[article]\ntitle = \"a\"\ncompare = \"all\"\n\n[measure.arrests]\nover-time = \"adds\"\n\n\
             [claim.may]\r\nvalue = {value}\nmeasure = \"arrests\"\nwhen = \"2025-05\"\n"
        )
    };
    let folder = Folder::with(&[
        ("claims/a.toml", &article(3)),
        ("claims/b.toml", &article(4)),
        ("addup.toml", "# ours\r\nfail-level = \"warning\"\r\n"),
    ]);
    let listed = run(folder.path(), &["waive"]).out;
    let ran = run(folder.path(), &["waive", &listed[..12], "--because", "known"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(
        folder.read("addup.toml"),
        "# ours\r\nfail-level = \"warning\"\r\n\r\n[[waive]]\r\nclaims = [\"a/may\", \"b/may\"]\r\n\
         rule = \"same-figure\"\r\nbecause = \"known\"\r\ngap-up-to = 1\r\n"
    );
    assert_eq!(run(folder.path(), &["check"]).code, 0);
}

#[test]
fn a_row_of_a_table_is_waived_though_most_rows_are_settled() {
    let config = "[article]\ntitle = \"t\"\n\n[[table]]\nfiles = \"survey.csv\"\nlayout = \"wide\"\n\
                  key = [\"id\"]\n";
    let rules = "[edits.survey]\nfew = \"leavers <= staff\"\n";
    let mut rows = "id,staff,leavers\n".to_owned();
    (0..500).for_each(|row| writeln!(rows, "{row},{},{}", row + 10, if row == 77 { 100 } else { 3 }).unwrap());
    let folder = Folder::with(&[("claims/a.toml", config), ("claims/survey.csv", &rows), ("rules/r.toml", rules)]);
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.code, 1, "{}{}", checked.out, checked.err);
    let listed = run(folder.path(), &["waive"]).out;
    let ran = run(folder.path(), &["waive", &listed[..12], "--because", "a merger"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(checked.out.contains("a merger"), "{}", checked.out);
    // The rule of a table is that of all its rows.
    let text = folder.read("claims/a.toml");
    folder.write("claims/a.toml", text.replace("survey/few[77]", "survey/few"));
    assert_eq!(run(folder.path(), &["check"]).code, 0);
    // A row that does not clash is there all the same.
    folder.write("claims/a.toml", text.replace("[77]", "[78]"));
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("this waiver accepts nothing"), "{}{}", checked.out, checked.err);
}

#[test]
fn a_clash_that_is_waived_no_more_is_new_to_a_diff() {
    let text = claims(&[(1, 0, 9), (1, 3, 5)]);
    let waived =
        "\n[[waive]]\nclaims = [\"c0\", \"c1\"]\nrule = \"additive\"\nbecause = \"known\"\nuntil = 2026-01-31\n";
    let folder = Folder::with(&[("claims/a.toml", &format!("{text}{waived}"))]);
    let report = |name: &str, today: &str| {
        let format = format!("json={name}");
        run(folder.path(), &["check", "--format", &format, "--today", today]).code
    };
    assert_eq!((report("before.json", "2026-01-31"), report("after.json", "2026-02-01")), (0, 1));
    let later = run(folder.path(), &["diff", "before.json", "after.json"]);
    assert_eq!(later.code, 1, "{}", later.out);
    assert!(later.out.contains("2 findings new, 0 fixed, 0 the same"), "the clash and the waiver: {}", later.out);
    let earlier = run(folder.path(), &["diff", "after.json", "before.json"]);
    assert_eq!(earlier.code, 0, "{}", earlier.out);
    assert!(earlier.out.contains("0 findings new, 1 fixed, 1 the same"), "{}", earlier.out);
}

#[test]
fn a_reason_acts_in_no_format() {
    let text = claims(&[(1, 0, 9), (1, 3, 5)]);
    let waived = "\n[[waive]]\nclaims = [\"c0\", \"c1\"]\nrule = \"additive\"\n\
                  because = \"known\\n::error::no\\u001B[31m ]]> <script> ##[error] \\u009B \\u202E `a` @b\"\n";
    let folder = Folder::with(&[("claims/a.toml", &format!("{text}{waived}"))]);
    let formats = ["full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"];
    for format in formats {
        let ran = run(folder.path(), &["check", "--format", format]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
        let acts = |at: char| (at.is_control() && at != '\n') || at == '\u{202e}';
        assert!(!ran.out.contains(acts), "{format}: {}", ran.out);
        assert!(!ran.out.lines().any(|line| line.trim_start().starts_with("::error")), "{format}: {}", ran.out);
        if format == "junit" {
            assert!(!ran.out.contains("<script>") && !ran.out.contains("]]>"), "{}", ran.out);
        }
    }
    let because = "known\n\u{1b}[31m \u{9b}";
    let fresh = Folder::with(&[("claims/a.toml", &text)]);
    let listed = run(fresh.path(), &["waive"]).out;
    let ran = run(fresh.path(), &["waive", &listed[..12], "--because", because]);
    assert_eq!((ran.code, ran.out.contains(|at: char| at.is_control() && at != '\n')), (0, false), "{}", ran.out);
    assert_eq!(run(fresh.path(), &["check"]).code, 0, "what was written can be read");
}

#[test]
fn a_clash_with_a_claim_that_is_in_no_known_one_is_new_however_small_it_is() {
    let article = |more: &str| {
        format!(
            "[article]\ntitle = \"t\"\ndateline = 2025-12-31\n\n[measure.arrests]\nover-time = \"adds\"\nleast = 0\n\
             integer = true\n\n[claim.jan]\nvalue = 11\nmeasure = \"arrests\"\nwhen = \"2025-01\"\n\n[claim.feb]\nvalue = 21\n\
             measure = \"arrests\"\nwhen = \"2025-02\"\n\n[claim.both]\nvalue = 1032\nmeasure = \"arrests\"\n\
             when = \"2025-01/2025-02\"\n{more}"
        )
    };
    let folder = Folder::with(&[("claims/a.toml", &article(""))]);
    assert_eq!(run(folder.path(), &["baseline", "--write"]).code, 0);
    assert_eq!(json(&folder, &[]).0, 0);
    // The known clash misses by 1,000, and the new one by 882 only.
    folder
        .write("claims/a.toml", article("\n[claim.day]\nvalue = 903\nmeasure = \"arrests\"\nwhen = \"2025-02-05\"\n"));
    let (code, report) = json(&folder, &[]);
    assert_eq!((code, clashes(&report, "contradiction")), (1, vec![["a/day", "a/feb"].map(str::to_owned).into()]));
}

#[test]
fn what_was_known_as_less_is_new_as_a_contradiction() {
    let article = |source: &str| {
        format!(
            "[article]\ntitle = \"t\"\n\n[claim.one]\nvalue = 26\nmeasure = \"arrests\"\nwhen = \"2025-02\"\nsource = \"police\"\n\n\
             [claim.other]\nvalue = 29\nmeasure = \"arrests\"\nwhen = \"2025-02\"\nsource = \"{source}\"\n"
        )
    };
    let folder = Folder::with(&[("claims/a.toml", &article("ministry"))]);
    assert_eq!(run(folder.path(), &["baseline", "--write"]).code, 0);
    let (code, report) = json(&folder, &["--fail-level", "warning"]);
    assert_eq!((code, clashes(&report, "waived").len()), (0, 1), "{report:#}");
    folder.write("claims/a.toml", article("police"));
    let (code, report) = json(&folder, &[]);
    assert_eq!((code, clashes(&report, "contradiction").len()), (1, 1), "{report:#}");
}

#[test]
fn a_part_of_the_claims_is_not_held_to_what_is_known_of_the_others() {
    let text = claims(&[(1, 0, 9), (1, 3, 5)]);
    let waived = "[[waive]]\nclaims = [\"a/c0\", \"a/c1\"]\nrule = \"additive\"\nbecause = \"known\"\n";
    let files =
        [("claims/a.toml", text.as_str()), ("claims/b.toml", "[claim.some]\nvalue = 1\n"), ("addup.toml", waived)];
    let folder = Folder::with(&files);
    assert_eq!(json(&folder, &[]).0, 0);
    let part = run(folder.path(), &["check", "claims/b.toml", "--format", "concise"]);
    assert!(part.code == 1 && part.err.is_empty() && !part.out.contains("waiver"), "{}{}", part.out, part.err);
    // The same for a baseline.
    folder.write("addup.toml", "");
    assert_eq!(run(folder.path(), &["baseline", "--write"]).code, 0);
    let part = run(folder.path(), &["check", "claims/b.toml", "--format", "concise"]);
    assert!(!part.out.contains("[waiver]"), "{}", part.out);
}

#[test]
fn what_is_accepted_twice_is_one_clash() {
    let text = claims(&[(1, 0, 9), (1, 3, 5)]);
    let waived = waiver(&["c0", "c1"].map(str::to_owned).into());
    let folder = Folder::with(&[("claims/a.toml", &format!("{text}{waived}{waived}"))]);
    let (code, report) = json(&folder, &[]);
    assert_eq!((code, report["findings"].as_array().unwrap().len()), (0, 1), "{report:#}");
}

#[test]
fn what_is_not_looked_behind_is_said_in_every_text() {
    // Months of which many sets are more than the year.
    let months = [64, 112, 93, 41, 155, 77, 130, 58, 101, 149, 86, 122];
    let each = months.iter().zip(1..).map(|(value, month)| (month, 0, *value));
    let figures: Vec<(u32, u32, u32)> = each.chain([(1, 11, 594)]).collect();
    let folder = Folder::with(&[("claims/a.toml", &claims(&figures))]);
    assert_eq!(run(folder.path(), &["baseline", "--write"]).code, 0);
    let (code, report) = json(&folder, &[]);
    let beyond = report["unchecked"]["beyond"].as_array().unwrap();
    assert_eq!((code, beyond.len()), (0, 1), "{report:#}");
    for format in ["concise", "github", "markdown"] {
        let ran = run(folder.path(), &["check", "--format", format]);
        assert!(ran.out.contains("it is not decided whether more hide behind them."), "{format}: {}", ran.out);
    }
}
