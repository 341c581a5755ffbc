//! `addup check --check-against`: what a check found in a data set of `addup generate`, held against what was planted.

use super::{CLEAN, Console, FOUND, disk, printable};
use crate::generate::{Score, Truth};
use std::fmt::Write;
use std::path::Path;

/// So many of what was missed, and of what was accused wrongly, are shown.
const MOST_SHOWN: usize = 20;

/// The truth file at a path, which none of the outputs replaces.
pub(super) fn read(path: &Path, written: &[&Path], console: &Console<'_>) -> Result<Truth, String> {
    let shown = path.display();
    if written.iter().any(|output| disk::is_one_file(console.folder, path, output)) {
        return Err(format!("{shown} is read by this check, and an output would overwrite it"));
    }
    let text =
        disk::read_file(&console.folder.join(path)).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    Truth::read(&text).map_err(|error| format!("{shown} is no truth file of `addup generate`: {error}"))
}

/// Prints the score, and gives the exit code that goes with it.
pub(super) fn say(score: &Score, console: &mut Console<'_>) -> u8 {
    console.say(&words(score), if score.is_perfect() { CLEAN } else { FOUND })
}

fn words(score: &Score) -> String {
    let missed: Vec<_> = score.missed().collect();
    let mut text = String::new();
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(text, "planted          {}", score.found().saturating_add(missed.len()));
    let _ = writeln!(text, "found            {}", score.found());
    let _ = writeln!(text, "missed           {}", missed.len());
    let _ = writeln!(text, "accused wrongly  {}", score.accused_wrongly.len());
    let _ = writeln!(text, "undecided        {}", score.undecided);
    let _ = writeln!(text, "doubted          {}", score.doubted);
    if !score.kinds.is_empty() {
        let _ = writeln!(text, "\n{:<20}  planted  found", "kind");
    }
    for (kind, of) in &score.kinds {
        let planted = of.found.saturating_add(of.missed.len());
        let _ = writeln!(text, "{:<20}  {planted:>7}  {:>5}", printable(kind), of.found);
    }
    list(&mut text, "missed", missed.iter().map(|one| (format!("{}: ", one.kind), &one.claims)));
    list(&mut text, "accused wrongly", score.accused_wrongly.iter().map(|claims| (String::new(), claims)));
    text
}

/// The first of these.
fn list<'a>(text: &mut String, title: &str, all: impl ExactSizeIterator<Item = (String, &'a Vec<String>)>) {
    let count = all.len();
    if count > 0 {
        let _ = writeln!(text, "\n{title}:");
    }
    for (kind, claims) in all.take(MOST_SHOWN) {
        let _ = writeln!(text, "  {}{}", printable(&kind), printable(&claims.join(", ")));
    }
    if count > MOST_SHOWN {
        let _ = writeln!(text, "  and {} more", count.saturating_sub(MOST_SHOWN));
    }
}
