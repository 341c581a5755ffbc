//! The long shape: a table with a claim a row.

use super::scene::{Given, Region, Scene, Time, What};
use super::world::{REGIONS, month_text, quarter_text};
use std::fmt::Write;

pub(super) const TABLE: &str = "data/figures.csv";

pub(super) const CLAIMS: &str = "\
[article]
title  = \"Cases by group, region and time\"
source = \"Registry\"

[[table]]
files   = \"../data/figures.csv\"
measure = \"cases\"
value   = { column = \"value\", digits = { column = \"digits\" } }
when    = { column = \"when\" }
scope   = { group = { column = \"group\" }, region = { column = \"region\" } }
key     = \"id\"
";

/// What else is declared of cases where regions are reported.
pub(super) const RULES: &str = "\
adds-over = [\"region\"]

[dimension.region]
members  = [\"North\", \"South\", \"West\"]
complete = true
";

pub(super) const HEADER: &str = "id,group,region,when,value,digits\n";

/// The rows of a group.
pub(super) fn rows(group: &str, scene: &Scene) -> String {
    let mut text = String::with_capacity(scene.statements.len().saturating_mul(48));
    for (place, statement) in scene.statements.iter().enumerate() {
        let (What::Figure(time, region), Given::Number(value)) = (statement.what, statement.given) else { continue };
        let (value, to) = statement.said.digits(value);
        let digits = if to == 0 { String::from("0") } else { format!("-{to}") };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{},{group},{},{},{value},{digits}", key(group, place), region_text(region), when(time));
    }
    text
}

/// What the claim of a statement is called, by its place among those of its group.
pub(super) fn id(group: &str, place: usize) -> String {
    format!("figures/figures[{}]", key(group, place))
}

fn key(group: &str, place: usize) -> String {
    format!("{group}-{}", place.saturating_add(1))
}

fn region_text(region: Region) -> &'static str {
    match region {
        Region::All => "*",
        Region::Unsaid => "",
        Region::One(region) => REGIONS.get(region).copied().unwrap_or(""),
    }
}

/// A time as tables and articles write it.
pub(super) fn when(time: Time) -> String {
    match time {
        Time::Month(month) => month_text(month),
        Time::Quarter(first) => quarter_text(first),
        Time::Through(month) => format!("through {}", month_text(month)),
        Time::Within(month) => format!("through {}-XX", month_text(month)),
    }
}
