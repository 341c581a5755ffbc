//! The `github` format: workflow commands, which a step of GitHub Actions turns into annotations of the lines.
//!
//! A step shows ten annotations of each level and drops the others without a word, so errors come first, at most ten of
//! each level are written, and a last line counts those that are not. What stands in a command is escaped as the runner
//! undoes it (`%`, line breaks, and in properties `:` and `,`), so that no text from a claim file begins a command of its own.

use super::Report;
use super::gate::{Gate, lines, title};
use super::summary::{counts_sentence, since_sentence, supposition_sentence, verdict_sentence};
use super::text::{counted, inert};
use super::waived::waived_sentence;
use crate::finding::Finding;
use crate::finding::words::list;
use crate::source::Severity;

/// So many annotations of each level are shown for one step.
const SHOWN: usize = 10;

/// The levels, the most serious first, with the command that each is written as and how findings of it are counted.
const LEVELS: [(Severity, &str, &str, &str); 3] = [
    (Severity::Error, "error", "error", "errors"),
    (Severity::Warning, "warning", "warning", "warnings"),
    (Severity::Note, "notice", "note", "notes"),
];

/// Renders a report as workflow commands, with the verdict as plain lines after them.
pub fn github(report: &Report<'_>, gate: Gate<'_>) -> String {
    let mut text = String::new();
    let mut hidden = Vec::new();
    for (severity, command, one, many) in LEVELS {
        let of_level: Vec<&Finding> = report.standing().filter(|it| it.severity == severity).collect();
        for finding in of_level.iter().take(SHOWN) {
            text.push_str(&annotation(report, gate, command, finding));
        }
        let rest = of_level.len().saturating_sub(SHOWN);
        if rest > 0 {
            hidden.push(counted(rest, &format!("more {one}"), &format!("more {many}")));
        }
    }
    if !hidden.is_empty() {
        let verb = if hidden.len() == 1 && hidden.iter().any(|it| it.starts_with("1 ")) { "has" } else { "have" };
        let sentence = format!("{} {verb} no annotation: a step shows {SHOWN} of each level.", list(&hidden));
        text.push_str(&plain(&sentence));
    }
    let sentences = supposition_sentence(report).into_iter().chain([verdict_sentence(report)]);
    let sentences =
        sentences.chain(since_sentence(report)).chain([counts_sentence(report)]).chain(waived_sentence(report));
    sentences.for_each(|sentence| text.push_str(&plain(&sentence)));
    text
}

fn annotation(report: &Report<'_>, gate: Gate<'_>, command: &str, finding: &Finding) -> String {
    let mut properties = Vec::new();
    if let Some(location) = finding.locations.first() {
        let (path, place) = gate.place(report.sources, location.span);
        properties.push(("file", path.into_owned()));
        properties.push(("line", place.line.to_string()));
        properties.push(("endLine", place.end_line.to_string()));
        // Columns are only for what stands on one line.
        if place.line == place.end_line {
            properties.push(("col", place.column.to_string()));
            properties.push(("endColumn", place.end_column.to_string()));
        }
    }
    properties.push(("title", title(finding)));
    let properties: Vec<String> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", property(&inert(&value)))).collect();
    let lines: Vec<String> = lines(finding).iter().map(|line| inert(line).into_owned()).collect();
    format!("::{command} {}::{}\n", properties.join(","), data(&lines.join("\n")))
}

/// The text of a command, as the runner undoes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command, as the runner undoes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line of a log in which no command is seen, not even one of the old form, which may stand anywhere in a line.
fn plain(text: &str) -> String {
    format!("{}\n", inert(text).replace("##[", "# #["))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_begins_a_command() {
        assert_eq!(data("100 %\n::error::no"), "100 %25%0A::error::no");
        assert_eq!(property("a:b,c%3A"), "a%3Ab%2Cc%253A");
        assert_eq!(plain("see ##[set-env name=A]b\n::warning::c"), "see # #[set-env name=A]b\\n::warning::c\n");
    }
}
