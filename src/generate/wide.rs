//! The wide shape: a table of records, a group in a month a line.

use super::scene::{Given, Scene, Statement, Time, What};
use super::world::month_text;
use std::fmt::Write;

pub(super) const TABLE: &str = "data/figures.csv";

pub(super) const CLAIMS: &str = "\
[article]
title  = \"Cases by group and month\"
source = \"Registry\"

[[table]]
files  = \"../data/figures.csv\"
layout = \"wide\"
key    = [\"group\", \"month\"]
when   = { column = \"month\" }
value  = { missing = [\"\"] }
dates  = [\"start\", \"end\"]

[table.measures]
monthly    = \"cases\"
cumulative = { measure = \"cases\", when = { column = \"month\", as = \"through {}\" } }
";

pub(super) const RULES: &str = "
[edits.figures]
within-total = \"monthly <= cumulative\"
in-order     = \"start <= end\"
";

pub(super) const HEADER: &str = "group,month,monthly,cumulative,start,end\n";

/// A line, cell by cell.
#[derive(Clone, Default)]
struct Record {
    monthly: Option<u64>,
    cumulative: Option<u64>,
    start: String,
    end: String,
}

/// The lines of a group.
pub(super) fn lines(group: &str, scene: &Scene) -> String {
    let mut records = vec![Record::default(); scene.months.len()];
    for Statement { what, given, .. } in &scene.statements {
        let Some(record) = records.get_mut(month_of(*what)) else { continue };
        match (what, given) {
            (What::Figure(Time::Month(_), _), Given::Number(number)) => record.monthly = Some(*number),
            (What::Figure(..), Given::Number(number)) => record.cumulative = Some(*number),
            (What::Start(_), Given::Date(date)) => record.start = date.text(),
            (What::End(_), Given::Date(date)) => record.end = date.text(),
            _ => {}
        }
    }
    let mut text = String::with_capacity(records.len().saturating_mul(64));
    let cell = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    for (month, record) in records.iter().enumerate() {
        let (month, monthly, cumulative) = (month_text(month), cell(record.monthly), cell(record.cumulative));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{group},{month},{monthly},{cumulative},{},{}", record.start, record.end);
    }
    text
}

/// What the claim of a statement is called.
pub(super) fn id(group: &str, what: What) -> String {
    let column = match what {
        What::Figure(Time::Month(_), _) => "monthly",
        What::Start(_) => "start",
        What::End(_) => "end",
        _ => "cumulative",
    };
    format!("figures/figures[{group},{}].{column}", month_text(month_of(what)))
}

fn month_of(what: What) -> usize {
    match what {
        What::Figure(Time::Month(month) | Time::Quarter(month) | Time::Through(month) | Time::Within(month), _)
        | What::Start(month)
        | What::End(month)
        | What::Asked(month)
        | What::InFavour(month)
        | What::Share(month, _) => month,
    }
}
