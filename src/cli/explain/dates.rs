//! `addup explain PHRASE`: how a date or a period is read, under each convention, hard and soft, and why.

use super::super::printable;
use crate::calendar::{Alternatives, Choice, Context, DateError, DaySet, explain, hint, said_together};
use std::collections::BTreeSet;
use std::fmt::Write;

/// How a phrase is read, for people.
///
/// # Errors
/// If it is no date and no period that can be read.
pub(super) fn page(phrase: &str, context: &Context) -> Result<String, DateError> {
    let explained = explain(phrase, context)?;
    let mut text = format!("# {}\n", printable(phrase.trim()));
    // Writing to a string cannot fail.
    let _ = match context.dateline {
        Some(day) => writeln!(text, "\nRead against {}, {}.", day.weekday().name(), day.said()),
        None => writeln!(text, "\nRead without a dateline (`--dateline YYYY-MM-DD` gives one)."),
    };
    let mut under: BTreeSet<Choice> = BTreeSet::new();
    if let Some(time) = &explained.time {
        readings(&mut text, "As the time of a figure", time, |when| (when.said(), when.notation()));
        under.extend(time.readings().iter().filter_map(|reading| reading.under));
    }
    if let Some(date) = &explained.date {
        readings(&mut text, "As the date of an event", date, |days: DaySet| (days.said(), days.notation()));
        under.extend(date.readings().iter().filter_map(|reading| reading.under));
    }
    text.push_str(
        "\nHard is all that it can mean: only what clashes with that is an error. Soft is what it usually means.\n",
    );
    if !explained.because.is_empty() {
        text.push_str("\nWhy:\n");
        for reason in &explained.because {
            let _ = writeln!(text, "  {reason}");
        }
    }
    let under: Vec<Choice> = under.into_iter().filter(|choice| !choice.is_rare()).collect();
    let mut told: Vec<&str> = Vec::new();
    for choice in &under {
        if !told.contains(&choice.why()) {
            told.push(choice.why());
            let _ = writeln!(text, "  {}: {}", choice.subject(), choice.why());
        }
    }
    if !under.is_empty() {
        text.push_str("\nTo settle it, write in [article], or in [convention] of addup.toml:\n");
        for line in under.iter().map(|choice| choice.setting()) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text.push_str("\ndocs/dates.md has every kind of phrase, with its readings.\n");
    Ok(text)
}

/// Every reading of a phrase, under the convention that it holds under.
fn readings<T: Clone + PartialEq>(
    text: &mut String,
    title: &str,
    all: &Alternatives<T>,
    said: impl Fn(T) -> (String, String),
) {
    let _ = writeln!(text, "\n{title}:");
    let mut settled: Vec<(Vec<Choice>, T, T)> = Vec::new();
    for reading in all.readings() {
        let same = settled.iter_mut().find(|(_, hard, soft)| *hard == reading.value && *soft == reading.soft);
        match same {
            Some((under, ..)) => under.extend(reading.under),
            None => {
                settled.push((reading.under.into_iter().collect(), reading.value.clone(), reading.soft.clone()));
            }
        }
    }
    let count = settled.len();
    settled.retain(|(under, ..)| under.is_empty() || !under.iter().all(|choice| choice.is_rare()));
    let left_out = count.saturating_sub(settled.len());
    for (under, hard, soft) in settled {
        let indent = if under.is_empty() { "  " } else { "    " };
        if !under.is_empty() {
            let _ = writeln!(text, "  {}:", said_together(&under).join(", or "));
        }
        let alike = hard == soft;
        let (words, notation) = said(hard);
        let _ = writeln!(text, "{indent}hard  {words}, written `{notation}`");
        if alike {
            let _ = writeln!(text, "{indent}soft  the same");
        } else {
            let (words, notation) = said(soft);
            let _ = writeln!(text, "{indent}soft  {words}, written `{notation}`");
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "  and {left_out} more, since a fiscal year may begin in any month, and be named for the year in which it \
             begins"
        );
    }
}

/// Why a phrase cannot be read.
pub(super) fn refusal(error: &DateError) -> String {
    match error {
        DateError::NoDateline { text } => format!("`{text}` is read against a dateline"),
        other => other.to_string(),
    }
}

/// What helps with a phrase that cannot be read. `None` if nothing shows that a date was meant.
pub(super) fn help(phrase: &str, error: &DateError) -> Option<String> {
    match error {
        DateError::NoDateline { .. } => Some("give one: --dateline YYYY-MM-DD".to_owned()),
        DateError::Unreadable { .. } => hint(phrase).map(|near| format!("did you mean \"{near}\"?")),
        _ => Some("docs/dates.md has every kind of phrase that can be read".to_owned()),
    }
}
