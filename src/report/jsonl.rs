//! The `jsonl` format: JSON Lines, for programs that read reports of any length as they come.
//!
//! A finding a line, with the fields that it has in the JSON report, then one last line with all the rest of that report:
//! the schema number, the verdict, the counts, the causes and what was not checked. It alone has the field `schema`, so
//! that a reader sees whether the report was cut off. Nothing is held longer than its line.

use super::Report;
use super::json::{JsonOptions, finding_of, whole};
use super::text::is_active;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Writes a report as JSON Lines.
///
/// # Errors
/// If it cannot be written.
pub fn jsonl(report: &Report<'_>, options: JsonOptions, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        line(&finding_of(report.sources, finding), out)?;
    }
    line(&whole(report, options, None), out)
}

/// Writes a value as one line, in which nothing acts on a terminal or a log.
pub(super) fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Inert))?;
    out.write_all(b"\n")
}

/// JSON on one line, with every character that would act on a terminal or a log escaped.
struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, active)) = rest.char_indices().find(|(_, it)| is_active(*it)) {
            let (before, from) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            for unit in active.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = from.get(active.len_utf8()..).unwrap_or_default();
        }
        out.write_all(rest.as_bytes())
    }
}
