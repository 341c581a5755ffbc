//! What never shows in a report: the order in which files are made, named, listed or read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use program::{Folder, Ran, run};
use proptest::prelude::*;

/// Articles that meet each other, agree in part, and clash in part.
fn files() -> Vec<(String, String)> {
    let mut files = vec![(
        "rules/measures.toml".to_owned(),
        "[measure.arrests]\nover-time = \"adds\"\nleast = 0\ninteger = true\n".to_owned(),
    )];
    for (name, november, december, both) in
        [("alpha", 154, 92, 246), ("beta", 154, 92, 231), ("gamma", 150, 92, 242), ("delta", 154, 20, 174)]
    {
        let claim = |id: &str, value: u32, when: &str| {
            format!("[claim.{id}]\nmeasure = \"arrests\"\nvalue = {value}\nwhen = \"{when}\"\n")
        };
        let text = format!(
            "[article]\ntitle = \"{name}\"\ndateline = 2025-12-31\ncompare = \"all\"\nscope = {{ place = \"KH\" }}\n{}{}{}\
             [check.order]\nrequire = \"november >= december\"\n",
            claim("november", november, "2025-11"),
            claim("december", december, "2025-12"),
            claim("both", both, "2025-11/2025-12"),
        );
        files.push((format!("claims/{name}.toml"), text));
    }
    files
}

fn folder_of(files: &[(String, String)]) -> Folder {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Folder::with(&files)
}

const REPORTS: &[&[&str]] =
    &[&["check"], &["check", "--show", "claims"], &["check", "--format", "json"], &["check", "--format", "concise"]];

fn all_reports(folder: &Folder) -> Vec<Ran> {
    REPORTS.iter().map(|args| run(folder.path(), args)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_files_are_made_never_matters(shuffled in Just(files()).prop_shuffle()) {
        prop_assert_eq!(all_reports(&folder_of(&shuffled)), all_reports(&folder_of(&files())));
    }

    #[test]
    fn the_order_and_number_of_paths_never_matters(
        paths in Just(vec!["claims", "claims/alpha.toml", "claims/beta.toml", "./claims/../claims/gamma.toml"]).prop_shuffle()
    ) {
        let folder = folder_of(&files());
        for args in REPORTS {
            let with_paths: Vec<&str> = args.iter().chain(&paths).copied().collect();
            prop_assert_eq!(run(folder.path(), &with_paths), run(folder.path(), args));
        }
    }

    #[test]
    fn the_names_of_files_never_matter_to_what_is_found(names in Just(vec!["a", "m", "n", "z"]).prop_shuffle()) {
        // With ids of their own, articles stay what they are whatever their files are called.
        let with_id = |(path, text): (String, String), name: Option<&str>| {
            let Some(stem) = path.strip_prefix("claims/").and_then(|it| it.strip_suffix(".toml")) else { return (path, text) };
            let text = text.replace("[article]\n", &format!("[article]\nid = \"{stem}\"\n"));
            (name.map_or(path.clone(), |name| format!("claims/{name}.toml")), text)
        };
        let kept: Vec<_> = files().into_iter().map(|file| with_id(file, None)).collect();
        let mut names = names.into_iter();
        let renamed: Vec<_> = files()
            .into_iter()
            .map(|file| { let name = if file.0.starts_with("claims/") { names.next() } else { None }; with_id(file, name) })
            .collect();
        // Findings are listed by place, so their order follows the names; what they say does not.
        let found = |files: &[(String, String)]| {
            let ran = run(folder_of(files).path(), &["check", "--format", "json"]);
            let report: serde_json::Value = serde_json::from_str(&ran.out).expect("a JSON report");
            let findings = report["findings"].as_array().expect("findings").iter();
            let mut findings: Vec<String> = findings
                .map(|it| ["fingerprint", "kind", "claims", "message"].map(|key| it[key].to_string()).join(" "))
                .collect();
            findings.sort();
            (ran.code, report["verdict"].clone(), report["summary"].clone(), findings)
        };
        prop_assert_eq!(found(&renamed), found(&kept));
    }

    #[test]
    fn the_number_of_threads_never_matters(jobs in 1_usize..9) {
        let folder = folder_of(&files());
        let jobs = jobs.to_string();
        prop_assert_eq!(run(folder.path(), &["check", "--jobs", &jobs]), run(folder.path(), &["check"]));
    }
}
