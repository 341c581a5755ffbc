//! The lines of a file that a report points to, made fit to be shown: inert, and cut where they are long.
//!
//! A paragraph of a draft is often one line of a thousand characters, and a hostile file may be one line of ten million.
//! So every shown line keeps only what stands around its marks, and marks are moved along with the text.

use super::text::{cell_place, inert, push_inert};
use crate::source::{FileId, Sources, Span};
use annotate_snippets::{AnnotationKind, Element, Origin, Renderer, Snippet, Title};
use std::collections::BTreeMap;
use std::ops::Range;

/// A line up to this many bytes is shown whole.
const WHOLE: usize = 110;
/// What is kept around the marks of a longer line, in bytes, all in all and at least on either side of each.
const KEPT: usize = 88;
const LEAST_KEPT: usize = 16;
/// Cutting fewer bytes than this would spare nothing and only annoy.
const LEAST_CUT: usize = 28;
/// A mark over more lines than this is drawn on its first line only.
const TALLEST: usize = 5;
/// Marks further apart than this many lines stand in excerpts of their own.
const FURTHEST: usize = 500;

/// A mark under a place, with a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The place.
    pub span: Span,
    /// Whether it is what the report is about, rather than context.
    pub primary: bool,
    /// The remark; may be empty.
    pub text: String,
}

/// A title with the excerpts that show all marks below it; ends with a line break.
pub(super) fn render(sources: &Sources, title: Title<'_>, marks: &[Mark], color: bool) -> String {
    // Lines are cut here, around their marks; the renderer's own cutting at the right margin would lose some of them.
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(2_000);
    let group = title.elements(excerpts(sources, marks));
    let rendered = renderer.render(&[group]);
    let mut text = String::with_capacity(rendered.len());
    let mut gutter = "";
    for line in rendered.lines() {
        // An excerpt gets its heading, with the true column, from here and none of its own; the renderer leaves a bare
        // `:::` in its place. (No line of a source begins so: it has its number first.)
        let bare = anstream::adapter::strip_str(line).to_string();
        let bare = bare.trim();
        if bare == ":::" {
            continue;
        }
        if bare == "|" {
            gutter = line;
        } else if bare.starts_with("::: ") {
            text.push_str(gutter.trim_end());
            text.push('\n');
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The excerpts that show all marks: file by file, in the order in which files are first named.
fn excerpts(sources: &Sources, marks: &[Mark]) -> Vec<Element<'static>> {
    let mut files: Vec<FileId> = Vec::new();
    for mark in marks {
        if !files.contains(&mark.span.file) {
            files.push(mark.span.file);
        }
    }
    files.into_iter().flat_map(|file| in_file(sources, file, marks)).collect()
}

/// A mark with its lines, and its bytes cut down to those lines.
struct Placed {
    bytes: Range<usize>,
    first: usize,
    last: usize,
    primary: bool,
    text: String,
}

/// The excerpts of one file.
fn in_file(sources: &Sources, file: FileId, marks: &[Mark]) -> Vec<Element<'static>> {
    let Some(lead) = marks.iter().find(|mark| mark.span.file == file) else { return Vec::new() };
    let mut placed = merged(sources, file, marks);
    placed.sort_by_key(|mark| (mark.first, mark.bytes.start, mark.bytes.end));
    let mut groups: Vec<Vec<Placed>> = Vec::new();
    for mark in placed {
        match groups.last_mut() {
            Some(group) if group.iter().any(|other| mark.first.saturating_sub(other.last) <= FURTHEST) => {
                group.push(mark);
            }
            _ => groups.push(vec![mark]),
        }
    }
    let mut elements = Vec::new();
    for group in groups {
        // The heading names the place that the report is about, not the one that happens to stand first.
        let leads = group.iter().any(|mark| mark.bytes.start == lead.span.start);
        let Some(start) = (if leads { Some(lead.span.start) } else { group.first().map(|mark| mark.bytes.start) })
        else {
            continue;
        };
        let position = sources.position(file, start);
        elements.push(match sources.cell_at(file, start) {
            Some(cell) => Origin::path(cell_place(sources, file, cell)).into(),
            None => {
                let path = inert(sources.path(file)).into_owned();
                Origin::path(path).line(position.line).char_column(position.column).into()
            }
        });
        elements.push(snippet(sources.text(file), &group).into());
    }
    elements
}

/// The marks of one file, each place once, with the remarks of its marks joined.
fn merged(sources: &Sources, file: FileId, marks: &[Mark]) -> Vec<Placed> {
    let text = sources.text(file);
    let mut at: BTreeMap<(usize, usize), Placed> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| mark.span.file == file) {
        let start = floor_boundary(text, mark.span.start);
        let mut end = floor_boundary(text, mark.span.end).max(start);
        let first = sources.position(file, start).line;
        // A mark that ends with a line break ends on the line before it.
        let body = text.get(start..end).map_or(0, |body| body.trim_end_matches(['\n', '\r']).len());
        end = start.saturating_add(body);
        let mut last = sources.position(file, end).line;
        if last.saturating_sub(first) >= TALLEST {
            end = line_end(text, start);
            last = first;
        }
        let placed = at.entry((start, end)).or_insert_with(|| Placed {
            bytes: start..end,
            first,
            last,
            primary: false,
            text: String::new(),
        });
        placed.primary |= mark.primary;
        if !mark.text.is_empty() && !placed.text.split("; ").any(|said| said == mark.text) {
            if !placed.text.is_empty() {
                placed.text.push_str("; ");
            }
            placed.text.push_str(&mark.text);
        }
    }
    at.into_values().collect()
}

/// One excerpt over all lines from the first mark to the last.
fn snippet(text: &str, group: &[Placed]) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let first = group.iter().map(|mark| mark.first).min().unwrap_or(1);
    let last = group.iter().map(|mark| mark.last).max().unwrap_or(first);
    let begin = group.iter().map(|mark| mark.bytes.start).min().unwrap_or(0);
    let mut ends: Vec<usize> = group.iter().flat_map(|mark| [mark.bytes.start, mark.bytes.end]).collect();
    ends.sort_unstable();
    ends.dedup();
    let touched = |line: usize| group.iter().any(|mark| (mark.first..=mark.last).contains(&line));
    let mut shown = String::new();
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    let mut start = line_start(text, begin);
    for line in first..=last {
        let end = line_end(text, start);
        // One line between two marks is shown for context; of more, the renderer shows none.
        let alone = touched(line.saturating_sub(1)) && touched(line.saturating_add(1));
        if touched(line) || alone {
            push_line(&mut shown, text, start..end, &ends, &mut moved);
        }
        shown.push('\n');
        start = text.len().min(end.saturating_add(1));
    }
    let at = |byte: usize| moved.get(&byte).copied().unwrap_or(0);
    let annotations: Vec<_> = group
        .iter()
        .map(|mark| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = inert(&mark.text).into_owned();
            let start = at(mark.bytes.start);
            let annotation = kind.span(start..at(mark.bytes.end).max(start));
            if label.is_empty() { annotation } else { annotation.label(label) }
        })
        .collect();
    Snippet::source(shown).line_start(first).annotations(annotations)
}

/// Adds a line, cut around the ends of marks that lie in it, and notes where those ends went.
fn push_line(shown: &mut String, text: &str, line: Range<usize>, ends: &[usize], moved: &mut BTreeMap<usize, usize>) {
    let inside: Vec<usize> = ends.iter().copied().filter(|end| (line.start..=line.end).contains(end)).collect();
    let mut at = line.start;
    let kept = kept(text, &line, &inside);
    for range in kept {
        if range.start > at {
            shown.push_str(if at == line.start { "… " } else { " … " });
        }
        let mut here = range.start;
        for character in text.get(range.clone()).unwrap_or("").chars() {
            if inside.contains(&here) {
                moved.insert(here, shown.len());
            }
            match character {
                '\t' => shown.push_str("    "),
                '\r' if here.saturating_add(1) == line.end => {}
                _ => push_inert(shown, character),
            }
            here = here.saturating_add(character.len_utf8());
        }
        if inside.contains(&here) {
            moved.insert(here, shown.len());
        }
        at = range.end;
    }
    if at < line.end {
        shown.push_str(" …");
    }
}

/// The parts of a line that are shown: all of a short one, what stands around the ends of marks in a long one.
fn kept(text: &str, line: &Range<usize>, ends: &[usize]) -> Vec<Range<usize>> {
    if line.len() <= WHOLE {
        return vec![line.clone()];
    }
    let start_of_line = [line.start];
    let ends = if ends.is_empty() { &start_of_line[..] } else { ends };
    // Every mark has two ends, and each keeps what stands before and after it.
    let around = KEPT.checked_div(ends.len()).unwrap_or_default().max(LEAST_KEPT);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for &end in ends {
        let from = word_start(text, line, end.saturating_sub(around).max(line.start));
        let from = if from <= line.start.saturating_add(LEAST_CUT) { line.start } else { from };
        let to = word_end(text, line, end.saturating_add(around).min(line.end));
        let to = if to.saturating_add(LEAST_CUT) >= line.end { line.end } else { to };
        match kept.last_mut() {
            Some(previous) if from <= previous.end.saturating_add(LEAST_CUT) => previous.end = to.max(previous.end),
            _ => kept.push(from..to),
        }
    }
    kept
}

/// Moves a place back to a character boundary, then forward to the next word if one begins soon.
fn word_start(text: &str, line: &Range<usize>, at: usize) -> usize {
    let at = floor_boundary(text, at).max(line.start);
    if at == line.start {
        return at;
    }
    let soon = floor_boundary(text, at.saturating_add(16).min(line.end));
    match text.get(at..soon).and_then(|ahead| ahead.find(' ')) {
        Some(space) => at.saturating_add(space).saturating_add(1),
        None => at,
    }
}

/// Moves a place back to a character boundary, then further back to the end of a word if one ends soon before.
fn word_end(text: &str, line: &Range<usize>, at: usize) -> usize {
    let at = floor_boundary(text, at);
    if at >= line.end {
        return line.end;
    }
    let soon = floor_boundary(text, at.saturating_sub(16));
    match text.get(soon..at).and_then(|behind| behind.rfind(' ')) {
        Some(space) => soon.saturating_add(space),
        None => at,
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline.saturating_add(1))
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| at.saturating_add(newline))
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use annotate_snippets::Level;

    fn shown(text: &str, marks: &[(Range<usize>, &str)]) -> String {
        let mut sources = Sources::new();
        let file = sources.add("draft.md", text);
        let marks: Vec<Mark> = marks
            .iter()
            .map(|(range, text)| Mark {
                span: Span { file, start: range.start, end: range.end },
                primary: true,
                text: (*text).to_owned(),
            })
            .collect();
        render(&sources, Level::ERROR.primary_title("title"), &marks, false)
    }

    #[test]
    fn a_mark_stands_under_its_figure() {
        insta::assert_snapshot!(shown("first\nsay 154 here\nlast\n", &[(10..13, "154 arrests")]));
    }

    #[test]
    fn a_paragraph_is_cut_around_its_marks() {
        let text = format!(
            "{}154 arrested {}and 92 more {}",
            "before it ".repeat(40),
            "in between ".repeat(40),
            "after ".repeat(40)
        );
        let first = text.find("154").unwrap();
        let second = text.find("92").unwrap();
        insta::assert_snapshot!(shown(&text, &[(second..second + 2, "second"), (first..first + 3, "first")]));
    }

    #[test]
    fn ten_million_bytes_in_one_line_are_cut_at_once() {
        let text = format!("{}{}", "x".repeat(5_000_000), "\u{1b}".repeat(5_000_000));
        let shown = shown(&text, &[(5_000_000..5_000_001, "here"), (0..10_000_000, "all of it")]);
        assert!(shown.len() < 4_000, "{}", shown.len());
        assert!(!shown.contains('\u{1b}'));
    }

    #[test]
    fn nothing_in_a_line_acts_on_the_terminal_and_the_mark_moves_along() {
        insta::assert_snapshot!(shown("a\u{1b}[2J\u{202e}b 154\r\n\t\t26", &[(10..13, "154"), (17..19, "26")]));
    }

    #[test]
    fn several_lines_are_marked_whole_and_far_ones_folded() {
        let text = format!("one\ntwo\nthree\n{}last 99\n", "filler\n".repeat(30));
        let last = text.find("99").unwrap();
        insta::assert_snapshot!(shown(&text, &[(0..7, "both"), (last..last + 2, "far away")]));
    }

    #[test]
    fn places_outside_the_text_are_drawn_at_its_end() {
        assert!(shown("short", &[(90..100, "where")]).contains("where"));
        assert!(shown("", &[(0..0, "empty")]).contains("empty"));
        assert!(shown("é", &[(1..1, "inside a letter")]).contains("inside a letter"));
    }
}
