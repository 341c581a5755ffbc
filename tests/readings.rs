//! Every phrase of `tests/readings.txt` is read as it says there, and `docs/readings.md` is made of that list.
//!
//! A section has a title, a line of prose and rows `phrase | hard | soft | unit`, where `=` is the same interval again. A
//! title such as `digits = -2` is the policy that its rows are read under. Sections of `##!` have phrases that are no
//! figures and a part of the hint; those of `##~` have sentences and the figures that are found in them; those of `##%`
//! have phrases of a change, in per cent.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use addup::number::{
    End, Precision, Rational, ReadingPolicy, ReadingTable, Rounding, Unit, explain, explain_change, find, read,
    read_change,
};
use std::fmt::Write;
use std::path::Path;

const LIST: &str = include_str!("readings.txt");

/// What a section has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Readings,
    NoFigures,
    Sentences,
    Changes,
}

struct Section {
    title: &'static str,
    about: &'static str,
    rows: Rows,
    lines: Vec<Vec<&'static str>>,
}

fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in LIST.lines().filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("##") {
            let (rows, title) = match heading.split_at(1) {
                ("!", title) => (Rows::NoFigures, title),
                ("~", title) => (Rows::Sentences, title),
                ("%", title) => (Rows::Changes, title),
                (_, title) => (Rows::Readings, title),
            };
            sections.push(Section { title: title.trim(), about: "", rows, lines: Vec::new() });
            continue;
        }
        let section = sections.last_mut().expect("a section comes first");
        match line.strip_prefix("> ") {
            Some(about) => section.about = about,
            None => section.lines.push(line.split('|').map(str::trim).collect()),
        }
    }
    sections
}

/// The policy that a title such as `rounding = "floor"` states.
fn policy(title: &str) -> ReadingPolicy {
    let mut policy = ReadingPolicy::default();
    let Some((key, value)) = title.trim_matches('`').split_once(" = ") else { return policy };
    match (key, value.trim_matches('"')) {
        ("rounding", mode) => policy.rounding = Some(mode_of(mode)),
        ("digits", digits) => policy.precision = Some(Precision::Digit(-digits.parse::<i32>().expect("a number"))),
        _ => panic!("{title}"),
    }
    policy
}

fn mode_of(name: &str) -> Rounding {
    match name {
        "nearest" => Rounding::Nearest,
        "half-up" => Rounding::HalfUp,
        "half-down" => Rounding::HalfDown,
        "truncate" => Rounding::Truncate,
        "floor" => Rounding::Floor,
        "ceiling" => Rounding::Ceiling,
        "exact" => Rounding::Exact,
        _ => panic!("{name}"),
    }
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::One => String::new(),
        Unit::Percent => "%".to_owned(),
        Unit::Points => "points".to_owned(),
        Unit::Currency(code) | Unit::Other(code) => code.clone(),
    }
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_phrase_admits_what_its_words_say() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for section in sections().iter().filter(|section| section.rows == Rows::Readings) {
        for row in &section.lines {
            count += 1;
            let (text, hard, soft) = (row[0], row[1], row[2]);
            let expected = (hard, if soft == "=" { hard } else { soft }, row.get(3).copied().unwrap_or_default());
            match explain(text, &policy(section.title)) {
                Err(error) => wrong.push(format!("{text}: {error}")),
                Ok(explained) => {
                    let quantity = explained.quantity;
                    assert!(quantity.reading.soft().is_subset_of(quantity.reading.hard()), "{text}");
                    assert!(!explained.steps.is_empty(), "{text} is read for no reason");
                    let got = (quantity.reading.hard().to_string(), quantity.reading.soft().to_string());
                    let got = (got.0.as_str(), got.1.as_str(), unit(&quantity.unit));
                    if (got.0, got.1, got.2.as_str()) != expected {
                        wrong.push(format!("{text}: {got:?}, not {expected:?}"));
                    }
                }
            }
        }
    }
    assert_none(&wrong);
    assert!(count >= 400, "{count} phrases");
}

#[test]
fn every_phrase_of_a_change_admits_what_its_words_say() {
    let mut wrong = Vec::new();
    let settled = ReadingPolicy::default();
    for section in sections().iter().filter(|section| section.rows == Rows::Changes) {
        for row in &section.lines {
            let (text, hard, soft) = (row[0], row[1], if row[2] == "=" { row[1] } else { row[2] });
            assert!(read(text, &settled).is_err(), "{text} is a figure by itself");
            let Some(Ok(explained)) = explain_change(text, &settled) else {
                wrong.push(format!("{text} is not read"));
                continue;
            };
            assert!(!explained.steps.is_empty(), "{text} is read for no reason");
            let reading = explained.quantity.reading;
            assert!(reading.soft().is_subset_of(reading.hard()), "{text}");
            let got = (reading.hard().to_string(), reading.soft().to_string());
            if (got.0.as_str(), got.1.as_str()) != (hard, soft) {
                wrong.push(format!("{text}: {got:?}, not {hard} {soft}"));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn what_is_no_figure_is_refused_with_a_hint() {
    let mut wrong = Vec::new();
    for section in sections().iter().filter(|section| section.rows == Rows::NoFigures) {
        for row in &section.lines {
            let hint = read(row[0], &ReadingPolicy::default()).err().map(|error| error.hint().unwrap_or_default());
            if !hint.as_ref().is_some_and(|hint| hint.contains(row[1])) {
                wrong.push(format!("{}: {hint:?}, not {}", row[0], row[1]));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn sentences_have_the_figures_that_they_state() {
    let mut wrong = Vec::new();
    for section in sections().iter().filter(|section| section.rows == Rows::Sentences) {
        for row in &section.lines {
            let found: Vec<String> =
                find(row[0], &ReadingPolicy::default()).into_iter().map(|found| found.quantity.text).collect();
            let expected: Vec<&str> = row[1].split("; ").filter(|figure| !figure.is_empty()).collect();
            if found != expected {
                wrong.push(format!("{}: {found:?}, not {expected:?}", row[0]));
            }
        }
    }
    assert_none(&wrong);
}

/// Bare years, fractions and joined numbers are held back in prose; a few forms stand in data only.
const ALONE_ONLY: &[&str] = &[
    "2025",
    "20 to 20",
    "a third to a half",
    "between a quarter and a third",
    "1/3",
    "2/5",
    "a couple",
    "tens",
    "scores",
    "€ 3.2 m",
    "minus five",
    "minus 1.2 million",
    "negative ten",
    "three quarters",
    "20 — 30",
    "one",
    "one half",
    "one third",
    "a half",
    "two thirds",
    "1e3",
    "2E6",
    "1.5e-2",
    "half",
    "half an hour",
    "half a mile",
    "three-quarters of an hour",
    "an hour and a half",
    "a year and a half",
    "an hour",
    "past 155",
    "in the low thousands of dollars",
    "the low hundreds",
    "the mid-thousands",
    "the high hundreds of thousands",
    "the mid-teens",
    "the high 30s",
    "the mid-30s",
];

#[test]
fn what_is_a_figure_alone_is_the_same_figure_in_prose() {
    let mut wrong = Vec::new();
    let policy = ReadingPolicy::default();
    let sections = sections();
    let plain = sections.iter().filter(|section| section.rows == Rows::Readings && !section.title.contains(" = "));
    for text in plain.flat_map(|section| &section.lines).map(|row| row[0]) {
        if ALONE_ONLY.contains(&text) {
            continue;
        }
        let alone = read(text, &policy).expect("it is read elsewhere");
        let found = find(&format!("It was {text}, they said."), &policy);
        match found.as_slice() {
            [one] if one.quantity.reading == alone.reading && one.quantity.unit == alone.unit => {}
            other => wrong.push(format!("{text}: {:?}", other.iter().map(|it| &it.quantity.text).collect::<Vec<_>>())),
        }
    }
    assert_none(&wrong);
}

/// An interval with its ends to one decimal, for the page.
fn rounded(interval: &addup::number::Interval) -> addup::number::Interval {
    let end = |end: &End| match end {
        End::Unbounded => End::Unbounded,
        End::Open(value) | End::Closed(value) => {
            let short = value.decimals().is_some_and(|decimals| decimals <= 2);
            let tenths = (value * &Rational::from(10)).round().checked_div(&Rational::from(10));
            End::at(if short { value.clone() } else { tenths.expect("ten is not nought") }, end.is_closed())
        }
    };
    addup::number::Interval::new(end(interval.lo()), end(interval.hi())).expect("rounding leaves it something")
}

/// A row as a table of the page has it.
fn table_row(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    writeln!(out, "| {} |", cells.join(" | ")).expect("a string can be written to");
}

fn page() -> String {
    let mut out = include_str!("readings-head.md").to_owned();
    for section in sections() {
        writeln!(out, "\n## {}\n\n{}\n", section.title, section.about).expect("a string can be written to");
        let words = ReadingTable::words_of(section.title);
        if !words.is_empty() {
            writeln!(out, "Words: {}.\n", words.join("; ")).expect("a string can be written to");
        }
        match section.rows {
            Rows::Readings => {
                out.push_str("| phrase | hard | soft |\n|---|---|---|\n");
                for row in &section.lines {
                    let quantity = read(row[0], &policy(section.title)).expect("it is read elsewhere");
                    let said = |interval: &addup::number::Interval| {
                        format!("{} {}", interval.said(), unit(&quantity.unit)).trim().to_owned()
                    };
                    let (hard, soft) = (said(quantity.reading.hard()), said(quantity.reading.soft()));
                    table_row(&mut out, &[row[0], &hard, if soft == hard { "the same" } else { &soft }]);
                }
            }
            Rows::Changes => {
                out.push_str("| phrase | hard | soft |\n|---|---|---|\n");
                for row in &section.lines {
                    let read = read_change(row[0], &ReadingPolicy::default());
                    let reading = read.expect("it is a change").expect("it is read elsewhere").reading;
                    let said = |interval: &addup::number::Interval| format!("{} %", rounded(interval).said());
                    let (hard, soft) = (said(reading.hard()), said(reading.soft()));
                    table_row(&mut out, &[row[0], &hard, if soft == hard { "the same" } else { &soft }]);
                }
            }
            Rows::NoFigures => {
                out.push_str("| phrase | what to write instead |\n|---|---|\n");
                for row in &section.lines {
                    let error = read(row[0], &ReadingPolicy::default()).expect_err("it is refused elsewhere");
                    table_row(&mut out, &[row[0], &error.hint().unwrap_or_default()]);
                }
            }
            Rows::Sentences => {
                out.push_str("| sentence | figures |\n|---|---|\n");
                for row in &section.lines {
                    table_row(&mut out, &[row[0], if row[1].is_empty() { "none" } else { row[1] }]);
                }
            }
        }
    }
    out
}

#[test]
fn the_page_says_how_every_phrase_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/readings.md");
    let page = page();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
        std::fs::write(&path, page).expect("the page can be written");
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let line = page.lines().zip(written.lines()).position(|(one, other)| one != other);
    assert!(
        page == written,
        "docs/readings.md is out of date from line {}: INSTA_UPDATE=always cargo test --test readings writes it anew",
        line.map_or(page.lines().count().min(written.lines().count()), |line| line) + 1
    );
}

#[test]
fn every_row_that_can_be_overridden_is_on_the_page() {
    let sections = sections();
    let grouped = ["dozens", "several"];
    for name in ReadingTable::names() {
        let vague = !ReadingTable::words_of(name).iter().any(|words| words.contains('N')) && name != "fraction";
        let shown = sections.iter().any(|section| section.title == name);
        let within = vague
            && sections
                .iter()
                .filter(|section| grouped.contains(&section.title))
                .flat_map(|section| &section.lines)
                .any(|row| ReadingTable::words_of(name).iter().any(|words| row[0] == words));
        assert!(shown || within, "no section shows `{name}`");
    }
}
