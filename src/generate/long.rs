//! The long shape: a table with a claim a row.

use super::scene::{Given, Scene, Statement, What};
use super::words::{CASES, below_the_point, region, when};
use super::written::{Stated, WrittenClaim, WrittenFigure};
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
        let (What::Figure(time, of), Given::Number(value)) = (statement.what, statement.given) else { continue };
        let (value, to) = statement.said.digits(value);
        let (key, region, digits) = (key(group, place), region(of).unwrap_or(""), below_the_point(to));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key},{group},{region},{},{value},{digits}", when(time));
    }
    text
}

/// The claim of a statement, by its place among those of its group.
pub(super) fn claim(group: &str, place: usize, statement: &Statement) -> Option<WrittenClaim> {
    let (What::Figure(time, of), Given::Number(value)) = (statement.what, statement.given) else { return None };
    let (value, to) = statement.said.digits(value);
    let scope = [("group", Some(group)), ("region", region(of))].into_iter();
    let figure = WrittenFigure {
        digits: Some(below_the_point(to)),
        scope: scope.filter_map(|(dimension, member)| Some((dimension.to_owned(), member?.to_owned()))).collect(),
        ..WrittenFigure::new(CASES, value.to_string(), when(time))
    };
    Some(WrittenClaim {
        article: "figures".to_owned(),
        name: format!("figures[{}]", key(group, place)),
        states: Stated::Figure(figure),
    })
}

fn key(group: &str, place: usize) -> String {
    format!("{group}-{}", place.saturating_add(1))
}
