//! Errors of the input: each with its place, the line, a caret and how to mend it.

use super::excerpt::{Mark, render};
use super::palette::Palette;
use super::text::{WIDTH, counted, inert, wrapped};
use crate::source::{InputError, InputErrors, Label, Sources};
use annotate_snippets::Level;

/// Renders every error of an input, by file and place, and says that nothing was checked.
pub fn input_errors(sources: &Sources, errors: &InputErrors, color: bool) -> String {
    let palette = Palette::of(color);
    let mut sorted: Vec<&InputError> = errors.0.iter().collect();
    sorted.sort_by_key(|error| key(sources, error));
    sorted.dedup();
    let mut text = String::new();
    for error in &sorted {
        text.push_str(&one(sources, error, &palette));
        text.push('\n');
    }
    let style = palette.error;
    let count = counted(sorted.len(), "error", "errors");
    text.push_str(&format!("{style}{count}; nothing was checked{style:#}\n"));
    text
}

/// By path, then by place; what is about a file as a whole comes first in it, what has no file at all comes last.
fn key<'a>(sources: &'a Sources, error: &'a InputError) -> (bool, &'a str, Option<(usize, usize)>, &'a str) {
    let span = error.at.as_ref().map(|at| at.span);
    let path = span.map(|span| sources.path(span.file)).or(error.path.as_deref());
    (path.is_none(), path.unwrap_or(""), span.map(|span| (span.start, span.end)), &error.message)
}

fn one(sources: &Sources, error: &InputError, palette: &Palette) -> String {
    let message = inert(error.message.trim()).into_owned();
    let title = Level::ERROR.primary_title(message);
    let mark = |label: &Label, primary| Mark { span: label.span, primary, text: label.text.clone() };
    let marks: Vec<Mark> = error
        .at
        .iter()
        .map(|label| mark(label, true))
        .chain(error.also.iter().map(|label| mark(label, false)))
        .collect();
    let mut text = render(sources, title, &marks, palette.color);
    if let (None, Some(path)) = (&error.at, &error.path) {
        text.push_str(&format!(" --> {}\n", inert(path)));
    }
    if let Some(help) = &error.help {
        let style = palette.heading;
        // A help may be several lines to paste; only prose is wrapped.
        let mut lead = format!("  {style}help{style:#}  ");
        for line in help.trim_end().lines() {
            let lines = if line.starts_with(' ') { vec![inert(line).into_owned()] } else { wrapped(line, WIDTH) };
            for line in if lines.is_empty() { vec![String::new()] } else { lines } {
                text.push_str(format!("{lead}{line}").trim_end());
                text.push('\n');
                lead = " ".repeat(8);
            }
        }
    }
    text
}
