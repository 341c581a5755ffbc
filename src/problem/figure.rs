//! Figures, the unknown true values, and the statements that bound them.

use super::{CurveId, Domain, FigureId, InstantId, LeanId, StatementId};
use crate::calendar::{DaySet, DaySpan, When};
use crate::claim::{ArticleId, ClaimId, Scope};
use crate::number::{Interval, Reading, Unit};

/// What time a figure is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Time {
    /// No time was given.
    Unsaid,
    /// This time, in the one reading that it has, or the hull of its readings.
    At(When),
}

/// One unknown true value: a measure, for a scope, over a time.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What is measured.
    pub measure: String,
    /// In what unit.
    pub unit: Unit,
    /// For whom or where.
    pub scope: Scope,
    /// Over what time.
    pub time: Time,
    /// Whether that is of a fiscal year of which nobody says when it begins.
    pub fiscal: bool,
    /// Whether only whole numbers are possible.
    pub integer: bool,
    /// What the measure allows at all (`least`, `greatest`).
    pub range: Interval,
    /// What is said of it; empty for an unknown that a rule brings in.
    pub statements: Vec<StatementId>,
    /// The running total whose increment it is, if its measure adds up over time: where assumptions put it, if they do.
    pub curve: Option<CurveId>,
    /// From when to when it counts on its curve, if it has one: its value is P(end) - P(start).
    pub ends: Option<(InstantId, InstantId)>,
    /// The assumptions that put it where it counts.
    pub leans: Vec<LeanId>,
}

/// Which side of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The lower bound.
    Least,
    /// The upper bound.
    Most,
}

/// What one mention of a claim says. Every mention is a statement of its own.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The claim.
    pub claim: ClaimId,
    /// Which of the claim's mentions, from 0.
    pub mention: usize,
    /// The article.
    pub article: ArticleId,
    /// Who says so.
    pub source: Option<String>,
    /// What it says.
    pub says: Says,
}

/// A figure that formulas look up and nobody reports. What looks up the same means the same.
#[derive(Clone, Debug)]
pub struct Unreported {
    /// What is measured.
    pub measure: String,
    /// In what unit, where a measure has several.
    pub unit: Option<Unit>,
    /// For whom or where, as far as the look-up says.
    pub scope: Scope,
    /// Over what time.
    pub time: When,
    /// Whether that is of a fiscal year of which nobody says when it begins.
    pub fiscal: bool,
    /// An article that looks it up: it is of those that may meet its claims.
    pub article: ArticleId,
    /// What the vocabulary leaves it.
    pub domain: Domain,
}

impl Unreported {
    /// What makes it what it is, among claims that may meet.
    pub fn names(&self) -> (&str, Option<&Unit>, &Scope, When, bool) {
        (&self.measure, self.unit.as_ref(), &self.scope, self.time, self.fiscal)
    }
}

/// The days on one of which an event is: all that its words can mean, and those that they usually mean.
#[derive(Clone, Debug)]
pub struct Days {
    hard: DaySet,
    soft: DaySet,
}

impl Days {
    /// Usual days that lie outside the possible ones count for nothing.
    pub fn new(hard: DaySet, soft: &DaySet) -> Self {
        let soft = hard.intersect(soft).unwrap_or_else(|| hard.clone());
        Self { hard, soft }
    }

    /// All days that are possible.
    pub fn hard(&self) -> &DaySet {
        &self.hard
    }

    /// The days of one of the two readings.
    pub fn read(&self, soft: bool) -> &DaySet {
        if soft { &self.soft } else { &self.hard }
    }
}

/// Days that are not vague.
impl From<DaySpan> for Days {
    fn from(days: DaySpan) -> Self {
        let days = DaySet::from(days);
        Self { hard: days.clone(), soft: days }
    }
}

/// What a statement is about.
#[derive(Clone, Debug)]
pub enum Says {
    /// A figure's value lies in this reading.
    Value(FigureId, Reading),
    /// An event is on one of these days.
    Date(Days),
    /// The name of something.
    Text(String),
}
