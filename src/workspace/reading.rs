//! `[reading]` in `addup.toml`: how the digits of figures and the words beside them are taken in a whole workspace.

use crate::claim::read_policy;
use crate::number::{Bound, Place, ReadingPolicy, ReadingTable, TableError};
use crate::source::document::{Table, ValueKind, nearest};
use crate::source::{InputError, InputErrors, Spanned};
use std::sync::Arc;

/// The keys of `[reading]` that are no rows.
const OWN_KEYS: &[&str] = &["rounding", "digits"];
const ROW_KEYS: &[&str] = &["hard", "soft", "words", "after"];

/// Reads `[reading]` and the `[reading.ROW]` below it.
pub(super) fn read_reading(table: &Table, errors: &mut InputErrors) -> ReadingPolicy {
    let mut rows = ReadingTable::default();
    for (key, value) in table.entries().iter().filter(|(key, _)| !OWN_KEYS.contains(&key.value.as_str())) {
        if !ReadingTable::names().any(|name| name == key.value) {
            let error = InputError::at(key.span, format!("no row of the table of words is called `{}`", key.value));
            let known = ReadingTable::names().chain(OWN_KEYS.iter().copied());
            errors.push(match nearest(&key.value, known) {
                Some(near) => error.label(format!("did you mean `{near}`?")),
                None => error.help(format!("rows are {}", ReadingTable::names().collect::<Vec<_>>().join(", "))),
            });
            continue;
        }
        let ValueKind::Table(row) = &value.kind else {
            let error = value.wrong_type(&format!("`{}`", key.value), "a table");
            errors.push(error.help(format!("write [reading.{}] and, below it, soft = \"…\"", key.value)));
            continue;
        };
        row.finish(ROW_KEYS, errors);
        for (bound, name) in [(Bound::Hard, "hard"), (Bound::Soft, "soft")] {
            if let Some(reach) = row.string(name, errors) {
                settle(rows.set(&key.value, bound, &reach.value), &reach, errors);
            }
        }
        for (place, name) in [(Place::Before, "words"), (Place::After, "after")] {
            for words in row.strings(name, errors) {
                settle(rows.add_words(&key.value, place, &words.value), &words, errors);
            }
        }
    }
    let policy = read_policy(table, errors);
    ReadingPolicy { table: (!rows.is_empty()).then(|| Arc::new(rows)), ..policy }
}

fn settle(result: Result<(), TableError>, at: &Spanned<String>, errors: &mut InputErrors) {
    if let Err(error) = result {
        errors.push(InputError::at(at.span, error.message).help(error.help));
    }
}
