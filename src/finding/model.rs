//! The types of findings.

use super::{Cause, UncheckedClaims};
use crate::calendar::{Choice, Day};
use crate::claim::ArticleId;
use crate::problem::{Conflict, Problem};
use crate::source::{Severity, Span};
use std::sync::Arc;

/// What kind of clash it is: the first layer in which it appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Within an article, on hard readings.
    Contradiction,
    /// The draft, the quote and the value (or date) do not say the same.
    Quote,
    /// The budget ran out, or the graph alone does not decide it.
    Undecided,
    /// Nothing was checked at all.
    NothingChecked,
    /// Different sources, or different articles, give different figures.
    Disagreement,
    /// It leans on something unsaid: to be put to the source.
    Question,
    /// True under one usual convention, false under another.
    Convention,
    /// Only the widest reading of the words saves it.
    Strained,
    /// A waiver does not do what it says, or what a baseline knows is there no more.
    Waiver,
    /// Known and accepted.
    Waived,
}

impl FindingKind {
    /// Whether what is said cannot all be true, as it stands: within an article, or between sources or articles.
    pub fn is_certain(self) -> bool {
        matches!(self, Self::Contradiction | Self::Disagreement)
    }
}

/// Whether one constraint alone is contradicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// One figure against one other, or against itself.
    Single,
    /// Only several constraints together.
    Joint,
}

/// What a place has to do with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// One of the clashing claims.
    Primary,
    /// A rule, a check, an assumption or the draft.
    Secondary,
}

/// A place that a finding points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where: in a claim file, a draft or a rule file.
    pub span: Span,
    /// The claim whose place it is, if it is one's.
    pub claim: Option<String>,
    /// What it has to do with the finding.
    pub role: Role,
    /// What is to be seen there: `26 arrests in December 2025 (National Police Agency)`.
    pub label: String,
}

/// What would settle a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The claims to change.
    pub claims: Vec<String>,
    /// For each, the values that settle it, as an interval: `[246, ∞)`.
    pub values: Vec<(String, String)>,
    /// Whether each value of the intervals settles it; if not, they are only known to hold all that do.
    pub exact: bool,
    /// The same in words: `at least 246`.
    pub words: String,
    /// The likely slip, if one is recognised.
    pub slip: Option<String>,
}

/// How a clash is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// What kind of clash it is.
    pub was: FindingKind,
    /// Why it is accepted, if a waiver says so; what a baseline knows has no reason.
    pub because: Option<String>,
    /// The last day on which it is, if there is one.
    pub until: Option<Day>,
    /// Where that stands.
    pub span: Span,
}

/// A clash, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// SHA-256 over rule ids, claim ids and their readings, in hexadecimal.
    pub fingerprint: String,
    /// What kind of clash it is.
    pub kind: FindingKind,
    /// Whether one constraint alone is contradicted.
    pub reach: Reach,
    /// How much it weighs.
    pub severity: Severity,
    /// The claims that clash, in canonical order.
    pub claims: Vec<String>,
    /// The rules that they break, in canonical order.
    pub rules: Vec<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The arithmetic in figures: `154 + 92 = 246 > 231`.
    pub arithmetic: Option<String>,
    /// The steps in words, one a line, for the full report.
    pub steps: Vec<String>,
    /// The ids of the editor's assumptions that it leans on.
    pub leans_on: Vec<String>,
    /// What the text leaves unsaid: conditions under which the clash is certain.
    pub unsaid: Vec<String>,
    /// The question to put to the source.
    pub question: Option<String>,
    /// The lines to paste into the claim file that settle it.
    pub paste: Option<String>,
    /// Where to look. The first is where the finding is shown.
    pub locations: Vec<Location>,
    /// What would settle it.
    pub repairs: Vec<Repair>,
    /// Which conflict of the run it words, for its certificate.
    pub conflict: Option<usize>,
    /// How it is accepted, if it is.
    pub waived: Option<Waived>,
}

impl Finding {
    /// What kind of clash it is, also if it is waived.
    pub fn clash(&self) -> FindingKind {
        self.waived.as_ref().map_or(self.kind, |waived| waived.was)
    }

    /// Makes it one that is known and accepted: there is nothing to ask and nothing to mend.
    pub(super) fn waive(&mut self, waived: Waived) {
        let label = if waived.because.is_some() { "waived here" } else { "known from here" };
        self.locations.push(Location {
            span: waived.span,
            claim: None,
            role: Role::Secondary,
            label: label.to_owned(),
        });
        self.kind = FindingKind::Waived;
        self.severity = Severity::Note;
        self.waived = Some(waived);
    }
}

/// How many constraints came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Satisfied by every choice of true values.
    pub holds: usize,
    /// Satisfied by some.
    pub fits: usize,
    /// Satisfied by none.
    pub contradicted: usize,
    /// Not decided.
    pub undecided: usize,
}

/// A constraint that touches a claim, for `--show claims`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// The rule.
    pub rule: String,
    /// What it says there.
    pub words: String,
    /// What became of it.
    pub verdict: crate::problem::Verdict,
}

/// One claim and all that was made of it, for `--show claims`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its id.
    pub claim: String,
    /// Where it stands.
    pub span: Span,
    /// What it is: `arrests`, `event`, `text about raid.province`.
    pub what: String,
    /// Each mention and how it is read: the words, then the reading in words.
    pub readings: Vec<(String, String)>,
    /// Its time, resolved, in words; empty if it has none.
    pub time: String,
    /// Its scope, in words; empty if it has none.
    pub scope: String,
    /// Who says so.
    pub source: Option<String>,
    /// The constraints that touch it.
    pub touched_by: Vec<Touch>,
    /// If none does, why.
    pub untouched_because: Option<String>,
}

/// A quote that the draft says in other words, with every figure as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewording {
    /// The claim.
    pub claim: String,
    /// The words of the claim file.
    pub quote: String,
    /// The words of the draft.
    pub draft: String,
    /// Whether they are the same words in another order.
    pub moved: bool,
    /// Where the draft says it.
    pub span: Span,
}

/// A conflict that appears once an article's conventions are chosen.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The fingerprint of its finding.
    pub fingerprint: String,
    /// The article.
    pub article: ArticleId,
    /// What is chosen.
    pub choices: Vec<Choice>,
    /// The problem in which it appears.
    pub problem: Arc<Problem>,
    /// The conflict.
    pub conflict: Conflict,
}

/// What was not checked.
#[derive(Clone, Debug, Default)]
pub struct Unchecked {
    /// Claims that no constraint touches, with the reason.
    pub claims: UncheckedClaims,
    /// Rules and checks of the user's own that did not apply, or not everywhere.
    pub rules: Vec<Unapplied>,
    /// Claims with a quote in which there is no figure to hold the value against, with its place.
    pub quotes: Vec<(String, Span)>,
    /// Figures of a draft that no claim covers, with their places.
    pub draft: Vec<(String, Span)>,
    /// Claims of which it was not decided whether they can all be true once more is supposed than is said, with what.
    pub beyond: Vec<(Vec<String>, String)>,
    /// Whether some of these are claims of accepted clashes that more may hide behind.
    pub hidden: bool,
}

/// A rule or check that did not apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unapplied {
    /// Its id.
    pub rule: String,
    /// Where it stands.
    pub span: Span,
    /// Why, if more is known than that nothing fits it.
    pub because: Option<String>,
    /// Whether it did apply elsewhere.
    pub elsewhere: bool,
}

/// All that the layers give.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The findings: the most serious first, then by place.
    pub findings: Vec<Finding>,
    /// How many constraints came out how.
    pub tally: Tally,
    /// How many figures there are.
    pub figures: usize,
    /// Every claim.
    pub claims: Vec<Status>,
    /// What was not checked.
    pub unchecked: Unchecked,
    /// Quotes that a draft says in other words.
    pub rewordings: Vec<Rewording>,
    /// The conflicts behind the findings, for certificates.
    pub conflicts: Vec<Conflict>,
    /// Those that appear once conventions are chosen.
    pub chosen: Vec<Chosen>,
    /// What would settle the findings that are certain: clashes that share claims, together.
    pub causes: Vec<Cause>,
    /// If contradictions that share claims were asked for, whether all of them are here.
    pub all: Option<All>,
}

/// What became of the search for every contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct All {
    /// How many contradictions were asked for at most.
    pub limit: usize,
    /// Whether there are no others.
    pub complete: bool,
}
