//! The `markdown` format: for a comment on a change, where people talk about it.
//!
//! Findings as sections, the most serious first, and what was not checked as a count. A comment on GitHub or GitLab may be
//! 65,536 characters long, so that the list ends before that and counts the rest. No text from an input acts: punctuation is
//! escaped, so that there are no links, no mentions and no HTML but ours.

use super::Report;
use super::gate::{Gate, lines, title};
use super::summary::{counts_sentence, severity_name, since_sentence, supposition_sentence, verdict_sentence};
use super::text::{counted, inert};
use super::volume;
use super::waived::waived_sentence;
use crate::finding::Finding;

/// Where the list ends, in characters.
const LONGEST: usize = 60_000;

/// So many places of a finding are listed.
const PLACES: usize = 8;

/// Renders a report as Markdown: all of its findings, or so many, as far as a comment can hold them.
pub fn markdown(report: &Report<'_>, gate: Gate<'_>, most: Option<usize>) -> String {
    let mut text = format!("**{}**\n\n", escaped(&verdict_sentence(report)));
    if let Some(sentence) = supposition_sentence(report) {
        text.push_str(&format!("{}\n\n", escaped(&sentence)));
    }
    let mut shown = volume::shown(report.findings, most);
    let mut length = 0_usize;
    let mut sections = String::new();
    let chosen: Vec<usize> = shown.iter().copied().collect();
    for at in chosen {
        let Some(finding) = report.findings.get(at) else { continue };
        let section = section(report, gate, finding);
        length = length.saturating_add(section.chars().count());
        if length > LONGEST {
            shown = shown.range(..at).copied().collect();
            break;
        }
        sections.push_str(&section);
    }
    text.push_str(&sections);
    let hidden = report.standing().count().saturating_sub(shown.len());
    if hidden > 0 {
        text.push_str(&format!("{} not shown here.\n\n", counted(hidden, "more finding is", "more findings are")));
    }
    if let Some(sentence) = since_sentence(report) {
        text.push_str(&format!("{}\n\n", escaped(&sentence)));
    }
    text.push_str(&format!("{}\n", escaped(&counts_sentence(report))));
    if let Some(sentence) = waived_sentence(report) {
        text.push_str(&format!("\n{sentence}\n"));
    }
    let unchecked = report.unchecked.claims.len();
    if unchecked > 0 {
        let sentence = format!("No constraint touches {}.", counted(unchecked, "claim", "claims"));
        text.push_str(&format!("\n{sentence}\n"));
    }
    text
}

fn section(report: &Report<'_>, gate: Gate<'_>, finding: &Finding) -> String {
    let mut text = format!("#### {}: {}\n\n", severity_name(finding.severity), escaped(&title(finding)));
    for line in lines(finding) {
        text.push_str(&format!("{}\n\n", paragraph(&line)));
    }
    for location in finding.locations.iter().take(PLACES) {
        let (path, place) = gate.place(report.sources, location.span);
        let place = escaped(&format!("{path}:{}", place.line));
        let label =
            if location.label.is_empty() { String::new() } else { format!(" — {}", escaped(&location.label)) };
        text.push_str(&format!("- {place}{label}\n"));
    }
    let rest = finding.locations.len().saturating_sub(PLACES);
    if rest > 0 {
        text.push_str(&format!("- and {}\n", counted(rest, "more place", "more places")));
    }
    text.push('\n');
    text
}

/// A text that stands at the beginning of a line, and begins no list, heading or code there.
fn paragraph(text: &str) -> String {
    let text = escaped(text.trim_start());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let acts = match rest.chars().next() {
        Some('.' | ')') => digits > 0,
        Some('+' | '-' | '=') => digits == 0,
        _ => false,
    };
    let mut characters = rest.chars();
    match characters.next().filter(|_| acts) {
        Some(first) => format!("{number}&#{};{}", u32::from(first), characters.as_str()),
        None => text,
    }
}

/// A text of which Markdown and HTML make nothing but itself: every mark that could act is a character reference.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in inert(text).chars() {
        match character {
            // What stands in sums and sentences and never acts within a line.
            ' ' | ',' | '(' | ')' | '+' | '=' | '%' | '"' | '\'' | '?' | ';' | '/' => escaped.push(character),
            // A dot or a hyphen acts only where a line begins with it or where it makes an address.
            '.' | '-' => escaped.push(character),
            _ if character.is_ascii_punctuation() => escaped.push_str(&format!("&#{};", u32::from(character))),
            _ => escaped.push(character),
        }
    }
    // Addresses are made links wherever they stand.
    escaped.replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_acts() {
        assert_eq!(
            escaped("<b>@all</b> [x](http://a) #12 `c` ![](d) www.e.f"),
            "&#60;b&#62;&#64;all&#60;/b&#62; &#91;x&#93;(http&#58;//a) &#35;12 &#96;c&#96; &#33;&#91;&#93;(d) www&#46;e.f"
        );
        assert_eq!(escaped("154 + 92 = 246 > 231"), "154 + 92 = 246 &#62; 231");
        assert_eq!(paragraph("  2025. A year"), "2025&#46; A year");
        assert_eq!(paragraph("- 5 > -6"), "&#45; 5 &#62; -6");
        assert_eq!(escaped("one\n# two"), "one&#92;n&#35; two");
    }
}
