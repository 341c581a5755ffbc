//! The reports that pages show are the ones that the program prints.
//!
//! A page marks each with the case that it is of: `<!-- report: begin (tests/cases/NAME) -->`. The front page shows the
//! finding alone, the others the whole report. Pages are written anew under `INSTA_UPDATE=always`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use program::{Folder, run};
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- report: begin (";
const END: &str = "<!-- report: end -->";

/// The pages that show reports.
const PAGES: [&str; 2] = ["README.md", "docs/repairs.md"];

/// What the program prints for a case.
fn printed(root: &Path, case: &str) -> String {
    let given = fs::read_to_string(root.join(case).join("args")).unwrap_or_default();
    let mut args: Vec<&str> = given.lines().filter(|line| !line.trim().is_empty()).collect();
    if args.is_empty() {
        args.push("check");
    }
    run(Folder::copy_of(&root.join(case)).path(), &args).out
}

/// A page with each of its reports as the program prints it.
fn with_reports(root: &Path, page: &str, text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        let (case, after) = after.split_once(") -->").expect("the case ends");
        let (_, after) = after.split_once(END).expect("the report ends");
        let report = printed(root, case);
        let whole = page != "README.md";
        let shown: Vec<&str> =
            report.lines().take_while(|line| whole || !line.starts_with("This cannot all be true")).collect();
        let shown = shown.join("\n");
        written.push_str(&format!("{before}{BEGIN}{case}) -->\n```text\n{}\n```\n{END}", shown.trim_end()));
        rest = after;
    }
    written + rest
}

#[test]
fn pages_show_real_reports() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in PAGES {
        let text = fs::read_to_string(root.join(page)).expect("the page can be read");
        let written = with_reports(root, page, &text);
        assert!(text.contains(BEGIN), "{page} shows a report");
        if std::env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
            fs::write(root.join(page), written).expect("the page can be written");
        } else {
            assert_eq!(text, written, "{page}");
        }
    }
}
