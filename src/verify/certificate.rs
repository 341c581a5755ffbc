//! The file format of certificates (JSON), in words and exact numbers rather than in the solver's indices.
//!
//! A certificate holds nothing but what the checker redoes: every field is compared with what the input files give, so
//! that there is no field whose change would go unnoticed. Numbers are exact fractions in lowest terms, as strings
//! (`"154"`, `"-25/2"`); days are those with which an instant begins; mentions and comparisons count from 1.

use super::joint::Joint;
use super::witness::Witness;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All certificates of a run, with the hashes of the files that they speak of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Certificates {
    /// The version of this format.
    pub schema: u32,
    /// Path and SHA-256 of each claim file, rule file and draft, by path.
    pub inputs: Vec<(String, String)>,
    /// One a conflict.
    pub certificates: Vec<Certificate>,
    /// One a conflict that appears once an article's conventions are chosen, and a choice of them.
    pub conventions: Vec<UnderChoice>,
    /// Values for which all else holds; none where the run left something undecided.
    #[serde(deserialize_with = "present")]
    pub witness: Option<Witness>,
}

/// Reads a field that may be null but not missing.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Witness>, D::Error> {
    Option::deserialize(deserializer)
}

/// The proof of a conflict that appears once conventions are chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnderChoice {
    /// The article.
    pub article: String,
    /// The settings that choose them, in order: `week-starts = "sunday"`.
    pub settings: Vec<String>,
    /// The proof, from what is said as it is read then.
    pub certificate: Certificate,
}

/// The proof of one conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Certificate {
    /// The fingerprint of its finding.
    pub fingerprint: String,
    /// Which readings of the claims' words it rests on.
    pub readings: Readings,
    /// The ids of the rules, checks and assumptions that cannot hold together with what is said, in order.
    pub rules: Vec<String>,
    /// What is said: the mentions that clash, in the order of their files.
    pub statements: Vec<Said>,
    /// What it leans on, in order.
    pub leans: Vec<Leaning>,
    /// Why it cannot be.
    pub proof: Demonstration,
}

/// Hard or soft readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readings {
    /// What no true value may lie outside of.
    Hard,
    /// Where the words lead one to expect the true value.
    Soft,
}

/// One mention of a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Said {
    /// The claim's id.
    pub claim: String,
    /// Which mention, from 1.
    pub mention: usize,
}

/// Something that is not in the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Leaning {
    /// An assumption of the editor's, by its id.
    Assumed(String),
    /// A dimension (or `when`) that one of two sides does not state, and what the other side says there.
    Unspecified {
        /// The dimension.
        dimension: String,
        /// The member.
        member: String,
    },
    /// A measure that is not declared is taken to add up.
    Undeclared(String),
    /// Origins of running totals that are not stated are the same, or lie before a period.
    Origin,
    /// A convention; no proof of a conflict rests on one: the choice under which it holds stands beside it.
    Convention,
}

/// Why a conflict cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Demonstration {
    /// Steps `to - from <= at-most` that end where they began and whose bounds add up to less than nothing, or to
    /// nothing, strictly. The first step is that of the least node.
    Cycle(Vec<Step>),
    /// Two statements of one figure, or of one text, that have nothing in common: what each says.
    Apart(Vec<String>),
    /// A formula that no choice of values satisfies.
    Impossible {
        /// From what the formula follows.
        source: Source,
        /// What it speaks of, in the order in which the formula does.
        variables: Vec<Quantified>,
        /// The formula, in prefix notation: `(== #1 (/ (* 100 #2) #3))`.
        formula: String,
    },
    /// Several constraints that together leave no choice of values.
    Joint(Box<Joint>),
}

/// One step of a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// What is subtracted.
    pub from: Place,
    /// From what it is subtracted.
    pub to: Place,
    /// The bound.
    pub at_most: String,
    /// Whether the bound is excluded.
    pub strict: bool,
    /// Why it holds.
    pub why: Because,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Place {
    /// A running total at an instant.
    Total {
        /// What is measured.
        measure: String,
        /// In what unit.
        unit: String,
        /// For whom and where.
        scope: BTreeMap<String, String>,
        /// Whose claims meet there.
        among: Among,
        /// When.
        at: Point,
    },
    /// The day of an event.
    Event(String),
    /// The day 1970-01-01.
    Epoch,
    /// The zero from which all-time totals count.
    Nothing,
}

/// Claims that meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Among {
    /// Those of one article.
    Article(String),
    /// Those of a story.
    Story(String),
    /// Those of all articles that ask for it.
    All,
    /// Of these, those of fiscal years of which nobody says when they begin.
    Fiscal(Box<Among>),
}

/// An instant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Point {
    /// The beginning of a day.
    Day(String),
    /// An article's now.
    Now {
        /// The article.
        article: String,
        /// The earliest that it can be.
        earliest: String,
        /// The latest that it can be.
        latest: String,
    },
    /// The start or end of a claim whose place is not known exactly.
    Vague {
        /// The claim.
        claim: String,
        /// Whether it is its start or its end.
        which: Which,
        /// The earliest that it can be.
        earliest: String,
        /// The latest that it can be.
        latest: String,
    },
    /// Where the running totals of one source of one article count from, for one scope.
    Origin {
        /// The article.
        article: String,
        /// The source.
        source: Option<String>,
        /// The scope.
        scope: BTreeMap<String, String>,
    },
}

/// An end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// One side of a mention's reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bound {
    /// The claim's id.
    pub claim: String,
    /// Which mention, from 1.
    pub mention: usize,
    /// Which side.
    pub side: crate::problem::Side,
}

/// Why a step holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Because {
    /// A mention bounds its own figure.
    Stated(Bound),
    /// What a narrower scope has at least, a wider one has.
    Within(Said),
    /// A mention is carried to a scope that is taken to be the same.
    SameScope(Bound),
    /// An event's date.
    Dated(Bound),
    /// A comparison of a check or assumption, counted from 1.
    Ordered {
        /// The check or assumption.
        by: String,
        /// Which of its comparisons.
        comparison: usize,
    },
    /// Two running totals count from the same origin.
    SameOrigin,
    /// A running total began before another claim's period.
    BegunBefore,
    /// A stage never outruns the one before it.
    Stage(String),
    /// By this rule, nothing was there before the origin.
    Opening(String),
    /// On a curve that never falls, the earlier total is at most the later one.
    Order,
}

/// From what a formula follows. The rule, check or assumption is the only one that the certificate names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Source {
    /// A part of a check or assumption, counted from 1.
    Requirement(usize),
    /// How a claim says that it is derived.
    Derived(String),
    /// A relation whose names are bound to the figures of these claims.
    Relation(BTreeMap<String, Vec<String>>),
    /// Members of a dimension inside a whole.
    Parts {
        /// The dimension.
        dimension: String,
        /// A claim of the whole.
        whole: String,
        /// Claims of the parts.
        parts: Vec<String>,
    },
    /// The change of a level.
    Balance {
        /// A claim of the level before.
        before: String,
        /// A claim of the level after.
        after: String,
        /// Claims of what came in and went out, in the order of the rule; none where nothing is reported.
        flows: Vec<Option<String>>,
    },
    /// A count of which some overlap, inside one that covers it.
    Part {
        /// A claim of the part.
        part: String,
        /// A claim of the cover.
        whole: String,
    },
    /// A count of which some overlap, covered by others.
    Tiles {
        /// A claim of the whole.
        whole: String,
        /// Claims of the parts that cover it.
        parts: Vec<String>,
    },
    /// Two figures that are one where assumptions put them.
    Same {
        /// A claim of the one.
        one: String,
        /// A claim of the other.
        other: String,
    },
    /// None that a checker knows; such a certificate is never accepted.
    Unknown,
}

/// A variable of a formula.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Quantified {
    /// What it stands for.
    pub what: What,
    /// The values that it may have: `[150, 160)`.
    pub values: String,
    /// Whether only whole numbers count.
    pub integer: bool,
}

/// A figure that formulas look up and nobody reports. What looks up the same means the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Unreported {
    /// What is measured.
    pub measure: String,
    /// In what unit, where a measure has several; empty otherwise.
    pub unit: String,
    /// For whom or where, as far as the look-up says.
    pub scope: BTreeMap<String, String>,
    /// Over what time.
    pub time: String,
    /// The claims that may meet it.
    pub among: Among,
}

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum What {
    /// The figure of this claim: the first that states it.
    Figure(String),
    /// The day of this event.
    Event(String),
    /// A figure that is looked up.
    Unreported(Unreported),
    /// Something else that nobody reports.
    Unknown,
}

/// Why a certificate is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// It is of another version of the format.
    #[error("the file is of certificate format {found}, but this program reads format {known}; write it again")]
    OtherSchema {
        /// The version of the file.
        found: u32,
        /// The version that is read.
        known: u32,
    },
    /// It is for other inputs.
    #[error("it was made for another version of {path}")]
    OtherInput {
        /// The file.
        path: String,
    },
    /// A step does not follow.
    #[error("certificate {certificate}, step {step}: {reason}")]
    Step {
        /// The fingerprint.
        certificate: String,
        /// Which step, from 1.
        step: usize,
        /// What is wrong.
        reason: String,
    },
    /// The witness is none.
    #[error("witness: {reason}")]
    Witness {
        /// What is wrong.
        reason: String,
    },
    /// The whole does not follow, though each step does.
    #[error("certificate {certificate}: {reason}")]
    Whole {
        /// The fingerprint.
        certificate: String,
        /// What is wrong.
        reason: String,
    },
}
