//! `addup explain PHRASE`: how a figure is read, hard and soft, by which rows of the tables, and where to settle it
//! otherwise.

use super::printable;
use crate::number::{Explained, ReadingPolicy, ReadingTable, Step, Unit};
use std::fmt::Write;

/// The rows that `rounding` and `digits` decide.
const OF_DIGITS: &[&str] = &["whole-number", "trailing-zeros", "last-digit", "precision", "exact", "range"];

/// How a phrase is read, for people. `is_change` if it is one of a change, and a figure nowhere else.
pub(super) fn page(explained: &Explained, policy: &ReadingPolicy, is_change: bool) -> String {
    let quantity = &explained.quantity;
    let (hard, soft) = (quantity.reading.hard().said(), quantity.reading.soft().said());
    let mut text = format!("# {}\n\n", printable(&quantity.text));
    let named = quantity.number.as_ref().map_or_else(
        || "no single number".to_owned(),
        |number| {
            // Thirds are said to two decimals.
            if number.decimals().is_some() { number.grouped() } else { number.said_roughly() }
        },
    );
    let unit = if quantity.unit == Unit::One { String::new() } else { format!(", in {}", quantity.unit.words()) };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "It names {named}{unit}.\n");
    if is_change {
        text.push_str(
            "It is read so in a claim that is a change: is = \"change(a, b)\". A fall is below zero. Elsewhere such words\n\
             say nothing of a figure.\n\n",
        );
    }
    let width = hard.chars().count().max(soft.chars().count());
    let _ = writeln!(text, "  hard  {hard:width$}  outside of this is an error");
    let _ = writeln!(text, "  soft  {soft:width$}  outside of this alone is `strained`, a warning");
    text.push_str("\nWhy:\n");
    for Step { row, words, says } in &explained.steps {
        let own = policy.table.as_ref().is_some_and(|table| table.sets(row));
        let own = if own { ", as addup.toml has it" } else { "" };
        let _ = writeln!(text, "  \"{}\" is `{row}`{own}\n      {says}", printable(words));
    }
    text.push_str("\nTo read it otherwise:\n");
    let mut settled = Vec::new();
    let has = |row: &&Step| OF_DIGITS.contains(&row.row);
    if explained.steps.iter().any(|step| has(&step)) {
        text.push_str(
            "  `rounding` and `digits`, in the claim, in [article], in [measure.NAME] or in [reading] of addup.toml\n",
        );
    }
    for step in explained.steps.iter().filter(|step| ReadingTable::names().any(|name| name == step.row)) {
        if !settled.contains(&step.row) {
            let _ = writeln!(text, "  [reading.{}] in addup.toml: {}", step.row, ReadingTable::keys(step.row));
            settled.push(step.row);
        }
    }
    text.push_str("  `least` and `greatest` of [measure.NAME], which cut both readings\n");
    text.push_str("\nEvery row stands in docs/readings.md, with examples.\n");
    text
}
