//! What the formats of pipelines share: which findings fail the run, and how files are named from the root of the
//! repository, which the workspace may be a folder of.

use super::full::repair_words;
use super::json::Place;
use super::summary::kind_name;
use super::volume::rules_of;
use crate::finding::Finding;
use crate::finding::words::list;
use crate::source::{Sources, Span};
use std::borrow::Cow;

/// How a pipeline looks at a report.
#[derive(Clone, Copy)]
pub struct Gate<'a> {
    /// The folder of the workspace, as seen from the root of the repository, with a slash at its end; empty if they are
    /// one.
    pub folder: &'a str,
    /// Where findings are shown that have no place of their own: the configuration, as seen from the workspace.
    pub settings: &'a str,
    /// Whether a finding fails the run.
    pub fails: &'a dyn Fn(&Finding) -> bool,
}

/// So many ways to settle a finding are told.
const WAYS: usize = 3;

impl Gate<'_> {
    /// The file in which a finding is shown, named from the root of the repository, and where in it, if it has a place.
    pub(super) fn shown_in<'s>(&self, sources: &'s Sources, finding: &Finding) -> (Cow<'s, str>, Option<Place<'s>>) {
        match finding.locations.first() {
            Some(location) => {
                let (path, place) = self.place(sources, location.span);
                (path, Some(place))
            }
            None => (format!("{}{}", self.folder, self.settings).into(), None),
        }
    }

    /// Where a span is, its file named from the root of the repository.
    pub(super) fn place<'s>(&self, sources: &'s Sources, span: Span) -> (Cow<'s, str>, Place<'s>) {
        let place = Place::of(sources, span);
        let path = place.file;
        let is_outside = path.starts_with('/') || path.starts_with("../") || path.contains(":/");
        let path =
            if self.folder.is_empty() || is_outside { path.into() } else { format!("{}{path}", self.folder).into() };
        (path, place)
    }
}

/// What a finding is, in a few words: `contradiction (additive)`.
pub(super) fn title(finding: &Finding) -> String {
    let kind = kind_name(finding.kind);
    let rules = rules_of(finding);
    if rules.is_empty() { kind.to_owned() } else { format!("{kind} ({})", rules.join(", ")) }
}

/// What is wrong and what would settle it, a sentence or a sum a line.
pub(super) fn lines(finding: &Finding) -> Vec<String> {
    let mut lines = vec![finding.message.trim().to_owned()];
    lines.extend(finding.arithmetic.clone());
    lines.extend(finding.question.as_ref().map(|question| format!("To ask: {question}")));
    let ways: Vec<String> = finding.repairs.iter().take(WAYS).map(repair_words).collect();
    if !ways.is_empty() {
        lines.push(format!("Settled by {}", ways.join("; or by ")));
    }
    if !finding.leans_on.is_empty() {
        lines.push(format!("Leans on {}", list(&finding.leans_on)));
    }
    lines
}
