//! The wide shape: a table of records, a group in a month a line.

use super::scene::{Given, Scene, Statement, Time, What};
use super::words::{CASES, when};
use super::world::month_text;
use super::written::{Stated, WrittenClaim, WrittenFigure};
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
#[derive(Clone, Default, PartialEq, Eq)]
struct Record {
    monthly: Option<u64>,
    cumulative: Option<u64>,
    start: String,
    end: String,
}

/// The lines of a group: one a month of which anything is stated.
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
    for (month, record) in records.iter().enumerate().filter(|(_, record)| **record != Record::default()) {
        let (month, monthly, cumulative) = (month_text(month), cell(record.monthly), cell(record.cumulative));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{group},{month},{monthly},{cumulative},{},{}", record.start, record.end);
    }
    text
}

/// The claim of a statement.
pub(super) fn claim(group: &str, statement: &Statement) -> Option<WrittenClaim> {
    let (column, states) = match (statement.what, statement.given) {
        (What::Figure(time, _), Given::Number(value)) => {
            let figure = WrittenFigure {
                digits: Some(0),
                scope: [("group".to_owned(), group.to_owned())].into(),
                ..WrittenFigure::new(CASES, value.to_string(), when(time))
            };
            let column = if matches!(time, Time::Month(_)) { "monthly" } else { "cumulative" };
            (column, Stated::Figure(figure))
        }
        (What::Start(_), Given::Date(date)) => ("start", Stated::Event { on: date.text() }),
        (What::End(_), Given::Date(date)) => ("end", Stated::Event { on: date.text() }),
        _ => return None,
    };
    let name = format!("figures[{group},{}].{column}", month_text(month_of(statement.what)));
    Some(WrittenClaim { article: "figures".to_owned(), name, states })
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
