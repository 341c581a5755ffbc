//! What is found when rules are held against each other: data only.

use crate::finding::{Location, Unapplied};
use crate::source::{Severity, Span};

/// What is to be said of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// No figures satisfy all of them; drop any one, and some do.
    NeverTogether,
    /// A condition is never true, so that what it is the condition of never applies.
    NeverApplies,
    /// It says what another one says.
    SaidTwice,
    /// It follows from others, which bind wherever it does: without it nothing is lost.
    Redundant,
    /// Stages in a circle leave nothing but equal totals.
    Circle,
    /// It follows from others wherever more is reported than it names itself.
    Implied,
    /// It can be written with a tighter bound that says the same.
    Tighter,
}

impl RemarkKind {
    /// How much a remark of this kind weighs. What can never be is an error; what is said twice is not.
    pub fn severity(self) -> Severity {
        match self {
            Self::NeverTogether | Self::NeverApplies => Severity::Error,
            Self::SaidTwice | Self::Redundant | Self::Circle => Severity::Warning,
            Self::Implied | Self::Tighter => Severity::Note,
        }
    }

    /// Its name, as in the JSON report.
    pub fn name(self) -> &'static str {
        match self {
            Self::NeverTogether => "never-together",
            Self::NeverApplies => "never-applies",
            Self::SaidTwice => "said-twice",
            Self::Redundant => "redundant",
            Self::Circle => "circle",
            Self::Implied => "implied",
            Self::Tighter => "tighter",
        }
    }
}

/// A remark on rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What kind of remark it is.
    pub kind: RemarkKind,
    /// The rules that it is about, in the order in which they are read.
    pub rules: Vec<String>,
    /// The rules that it rests on besides, in the same order.
    pub others: Vec<String>,
    /// What is to be said, in one sentence.
    pub message: String,
    /// Why it is so, a step a line.
    pub steps: Vec<String>,
    /// What the steps come to in figures.
    pub arithmetic: Option<String>,
    /// How a rule may be written instead.
    pub instead: Option<String>,
    /// The figures that must be reported besides those of the rule itself.
    pub besides: Vec<String>,
    /// What to do about it.
    pub advice: String,
    /// Where to look. The first is where the remark is shown.
    pub locations: Vec<Location>,
}

/// A rule that was not looked at, or not in all respects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotLooked {
    /// Its id.
    pub rule: String,
    /// Where it stands.
    pub span: Span,
    /// Why, for people.
    pub because: String,
}

/// Which rules applied to the claims at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// There are no claims, so that it cannot be told.
    Untold,
    /// All but these.
    But(Vec<Unapplied>),
}

/// All that is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coherence {
    /// The remarks: the most serious first, then by place.
    pub remarks: Vec<Remark>,
    /// What was not looked at.
    pub not_looked: Vec<NotLooked>,
    /// Which rules applied to the claims at hand.
    pub applied: Applied,
    /// How many rules of the user's own there are.
    pub rules: usize,
}

impl Coherence {
    /// Whether something weighs at least so much. A rule that never applied weighs as much as a note.
    pub fn weighs(&self, level: Severity) -> bool {
        let never_applied = matches!(&self.applied, Applied::But(rules) if !rules.is_empty());
        self.remarks.iter().any(|remark| remark.kind.severity() >= level) || (never_applied && level == Severity::Note)
    }

    /// How many remarks there are of a kind.
    pub fn count(&self, kind: RemarkKind) -> usize {
        self.remarks.iter().filter(|remark| remark.kind == kind).count()
    }
}
