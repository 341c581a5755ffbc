//! The report that the front page shows is the one that the program prints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use program::{Folder, run};
use std::fs;
use std::path::Path;

/// The case whose report stands on the front page.
const CASE: &str = "tests/cases/231-to-date-is-too-few-if-all-are-korean";

#[test]
fn the_front_page_shows_a_real_report() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the front page can be read");
    let (before, rest) = readme.split_once("```text\n").expect("a report is shown");
    let (shown, after) = rest.split_once("```").expect("the report ends");
    let ran = run(Folder::copy_of(&root.join(CASE)).path(), &["check"]);
    let finding: String = ran.out.lines().take_while(|line| !line.starts_with("This cannot all be true")).fold(
        String::new(),
        |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        },
    );
    if std::env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
        let written = format!("{before}```text\n{}\n```{after}", finding.trim_end());
        fs::write(root.join("README.md"), written).expect("the front page can be written");
        return;
    }
    assert_eq!(shown.trim_end(), finding.trim_end());
}
