//! Input that is broken, or means harm: a clear answer at once, never a panic, never an endless run.
//!
//! Every input runs on a thread with the usual two megabytes of stack.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use program::{Folder, Ran, run};
use std::thread;

const ARTICLE: &str = "[article]\ntitle = \"A\"\ndateline = 2025-12-05\n";
const CLAIM: &str = "[claim.a]\nmeasure = \"arrests\"\nvalue = 5\nwhen = \"2025-11\"\n";

/// What a claim file with this text gives: a report that ends, and of a size that can be kept.
fn check(text: impl AsRef<[u8]>) -> Ran {
    let folder = Folder::new();
    folder.write("claims/a.toml", text);
    check_folder(folder)
}

fn check_folder(folder: Folder) -> Ran {
    let run = thread::Builder::new().stack_size(2 << 20).spawn(move || run(folder.path(), &["check"]));
    let ran = run.expect("a thread can be started").join().expect("the program does not panic");
    assert!(ran.out.len() + ran.err.len() < 4_000_000, "{} bytes of report", ran.out.len() + ran.err.len());
    ran
}

/// The input is refused, in words that have all of `words`, and of a length that can be read.
fn refused(ran: &Ran, words: &[&str]) {
    assert_eq!(ran.code, 2, "{}", cut(&ran.err));
    assert!(ran.out.is_empty(), "no verdict on input that was not understood: {}", cut(&ran.out));
    assert!(ran.err.len() < 20_000, "{} bytes of errors", ran.err.len());
    for word in words {
        assert!(ran.err.contains(word), "`{word}` is not in: {}", cut(&ran.err));
    }
}

fn cut(text: &str) -> String {
    text.chars().take(2_000).collect()
}

#[test]
fn a_line_of_ten_megabytes_is_refused() {
    let long = "x".repeat(10 << 20);
    refused(&check(format!("{ARTICLE}[claim.a]\nmeasure = \"{long}\"\nvalue = 5\n")), &["claims/a.toml:5", "line"]);
    refused(&check(format!("{ARTICLE}# {long}\n{CLAIM}")), &["claims/a.toml:4", "line"]);
}

#[test]
fn a_draft_with_a_line_of_a_megabyte_is_read() {
    let folder = Folder::new();
    let article = ARTICLE.replace("[article]", "[article]\ndraft = \"a.md\"");
    folder.write("claims/a.toml", format!("{article}{}quote = \"5 arrests\"\n", CLAIM.replace("value = 5\n", "")));
    folder.write("claims/a.md", format!("{} 5 arrests", "word ".repeat(200 << 10)));
    let ran = check_folder(folder);
    assert!(ran.err.is_empty() && ran.out.len() < 10_000, "{}", cut(&(ran.out + &ran.err)));
}

#[test]
fn ten_thousand_parentheses_are_refused() {
    for (open, close) in [("(", ")"), ("(", ""), ("-", ""), ("not ", ""), ("min(", ")"), ("if a then ", "")] {
        let nested = format!("{}a{} <= a", open.repeat(10_000), close.repeat(10_000));
        let ran = check(format!("{ARTICLE}{CLAIM}[check.deep]\nrequire = \"{nested}\"\n"));
        refused(&ran, &["claims/a.toml:9"]);
    }
}

#[test]
fn ten_thousand_nested_values_are_refused() {
    for (open, close) in [("[", "]"), ("{ a = ", " }"), ("[", ""), ("{ a = ", "")] {
        let nested = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        refused(&check(format!("{ARTICLE}{CLAIM}scope = {nested}\n")), &["claims/a.toml"]);
    }
    let dotted = vec!["a"; 10_000].join(".");
    refused(&check(format!("{ARTICLE}{CLAIM}{dotted} = 1\n")), &["claims/a.toml"]);
    refused(&check(format!("{ARTICLE}{CLAIM}[{dotted}]\nb = 1\n")), &["claims/a.toml"]);
}

#[test]
fn long_expressions_are_read_or_refused_but_not_forgotten() {
    for (repeated, end) in
        [("a + ", "a == a"), ("a <= ", "a"), ("a <= a and ", "a <= a"), ("a ^ ", "2 == a"), ("2 ^ ", "2 == a")]
    {
        let long = format!("{}{end}", repeated.repeat(10_000));
        let ran = check(format!("{ARTICLE}{CLAIM}[check.long]\nrequire = \"{long}\"\n"));
        assert!(ran.code <= 2 && ran.out.len() + ran.err.len() < 1_000_000, "{}", cut(&ran.err));
    }
}

#[test]
fn numbers_out_of_all_proportion_are_refused_or_exact() {
    for number in ["1e999999999", "1e-999999999", "-1e999999999", "1e99999999999999999999999999", "9e18"] {
        for value in [number.to_owned(), format!("\"{number}\"")] {
            let ran =
                check(format!("{ARTICLE}[claim.a]\nmeasure = \"arrests\"\nwhen = \"2025-11\"\nvalue = {value}\n"));
            assert!(ran.code <= 2 && ran.out.len() + ran.err.len() < 100_000, "{value}: {}", cut(&ran.err));
            if number.contains("9999999") {
                refused(&ran, &["claims/a.toml:7"]);
            }
        }
    }
    let check_of = |require: &str| check(format!("{ARTICLE}{CLAIM}[check.big]\nrequire = \"{require}\"\n"));
    for require in ["a <= 1e999999999", "a <= 10 ^ 999999999", "a ^ 999999999 > 0", "a <= 9 ^ 9 ^ 9 ^ 9"] {
        let ran = check_of(require);
        assert!(ran.code <= 2 && ran.out.len() + ran.err.len() < 100_000, "{require}: {}", cut(&ran.err));
    }
    let digits = "123456789012345678901234567890123456789012345678901234567890";
    let twice = |second: &str| {
        let claim = |id: &str, value: &str| {
            format!("[claim.{id}]\nmeasure = \"arrests\"\nwhen = \"2025-11\"\nvalue = \"{value}\"\n")
        };
        check(format!("{ARTICLE}{}{}[check.same]\nrequire = \"a == b\"\n", claim("a", digits), claim("b", second)))
    };
    assert_eq!(twice(digits).code, 0, "sixty digits are compared exactly");
    assert_eq!(twice(&digits.replace("7890123", "7890124")).code, 1, "and differ where they differ");
}

#[test]
fn a_million_digits_are_refused_or_read() {
    let long = "9".repeat(900_000);
    let ran = check(format!("{ARTICLE}[claim.a]\nmeasure = \"arrests\"\nwhen = \"2025-11\"\nvalue = {long}\n"));
    assert!(ran.code <= 2 && ran.out.len() + ran.err.len() < 2_000_000);
    let ran = check(format!("{ARTICLE}[claim.a]\nmeasure = \"arrests\"\nwhen = \"2025-11\"\nvalue = \"{long}\"\n"));
    assert!(ran.code <= 2 && ran.out.len() + ran.err.len() < 2_000_000);
}

#[test]
fn dates_out_of_all_proportion_are_refused_or_read() {
    for when in
        ["Y999999999999999999999", "Y-999999999", "99999-01-01", "2025-13", "2025-02-30", "XXXX-XX-XX", "1560-XX-25"]
    {
        let ran = check(format!("{ARTICLE}[claim.a]\nmeasure = \"arrests\"\nvalue = 5\nwhen = \"{when}\"\n"));
        assert!(ran.code <= 2 && ran.out.len() + ran.err.len() < 100_000, "{when}: {}", cut(&ran.err));
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    refused(&check(b"\xff\xfe\x00\x01"), &["claims/a.toml", "UTF-8"]);
    refused(&check(b"[article]\ntitle = \"Caf\xe9\"\n"), &["claims/a.toml", "UTF-8"]);
    refused(&check("[article]\ntitle = \"a\0b\"\n"), &["claims/a.toml:2"]);
    refused(&check("\0".repeat(100_000)), &["claims/a.toml"]);
    refused(&check("\u{feff}\u{feff}[article]\n"), &["claims/a.toml"]);
}

#[test]
fn nothing_from_an_input_reaches_a_terminal_unescaped() {
    let ran = check(format!("{ARTICLE}{CLAIM}\"\\u001b[31mred\" = 1\n"));
    refused(&ran, &[]);
    assert!(!ran.err.contains('\u{1b}'), "{}", ran.err.escape_debug());
    let ran = check(format!("{ARTICLE}[claim.\"\\u001b]0;title\\u0007\"]\nmeasure = \"arrests\"\nvalue = 5\n"));
    assert!(!(ran.out + &ran.err).contains(['\u{1b}', '\u{7}']));
}

#[test]
fn ten_thousand_errors_are_counted_and_not_all_quoted_for_ever() {
    let claims: String = (0..10_000).map(|n| format!("[claim.c{n}]\nmesure = \"arrests\"\nvalue = \"?!\"\n")).collect();
    let ran = check(format!("{ARTICLE}{claims}"));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("claims/a.toml"));
}

#[test]
fn an_empty_file_and_an_empty_folder_are_told_apart() {
    let ran = check("");
    assert_eq!(ran.code, 1, "a claim file without claims checks nothing: {}", cut(&ran.err));
    let folder = Folder::new();
    folder.write("claims/readme.txt", "no claims here");
    refused(&check_folder(folder), &["claims", "addup init"]);
}
