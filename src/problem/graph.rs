//! The graph of differences: running totals and dates as nodes, what is said of them as edges.
//!
//! An edge says `to - from <= at_most`. Such a system has no solution exactly if its graph has a cycle of negative
//! weight, or of weight zero with a strict edge (Bellman 1958; Cormen et al., *Introduction to Algorithms*, section
//! "Difference constraints and shortest paths").

use super::{ConstraintId, CurveId, InstantId, LeanId, NodeId, Side, StatementId};
use crate::calendar;
use crate::claim::{ArticleId, ClaimId, Scope};
use crate::number::{Rational, Unit};

/// The running total of one additive measure in one scope.
#[derive(Clone, Debug)]
pub struct Curve {
    /// What is measured.
    pub measure: String,
    /// In what unit.
    pub unit: Unit,
    /// For whom or where.
    pub scope: Scope,
    /// Whether its times are fiscal years of which nobody says when they begin.
    pub fiscal: bool,
    /// Whether it never falls (its measure's `least` is 0 or more). If so, the order of its instants binds.
    pub monotone: bool,
    /// The constraint that says the measure adds up here.
    pub constraint: ConstraintId,
}

/// What makes an instant what it is: two instants of the same kind and place are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstantKind {
    /// A boundary between two days: earliest and latest are the same.
    Fixed,
    /// An article's now.
    Now(ArticleId),
    /// The start (`false`) or end (`true`) of a claim whose place is not known exactly.
    Vague(ClaimId, bool),
    /// Where the running totals of one source of one article count from, for one measure and scope.
    Origin {
        /// The article.
        article: ArticleId,
        /// The source.
        source: Option<String>,
        /// The measure.
        measure: String,
        /// The scope.
        scope: Scope,
    },
}

/// A point in time. Where `earliest` and `latest` are `None`, nothing is known on that side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// What it is.
    pub kind: InstantKind,
    /// The earliest that it can be.
    pub earliest: Option<calendar::Instant>,
    /// The latest that it can be.
    pub latest: Option<calendar::Instant>,
}

/// A node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The running total of a curve at an instant.
    Total(CurveId, InstantId),
    /// The day of an event, as a number of days since 1970-01-01.
    Event(ClaimId),
    /// The day 1970-01-01 itself, from which events are measured.
    Epoch,
    /// The zero from which all-time totals count.
    Nothing,
}

/// The bound of an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtMost {
    /// The bound.
    pub value: Rational,
    /// Whether the bound itself is excluded.
    pub strict: bool,
}

/// Why an edge holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A statement bounds its own figure: this side of its reading.
    Stated(StatementId, Side),
    /// A statement about a narrower scope bounds the wider one from below.
    Within(StatementId),
    /// A statement is carried over to another scope that is taken to be the same.
    SameScope(StatementId, Side),
    /// An event's date.
    Dated(StatementId, Side),
    /// The editor's own order of events or of totals: comparison number `.0` of the constraint.
    Ordered(usize),
    /// Two running totals count from the same origin.
    SameOrigin,
    /// A running total began before another claim's period.
    BegunBefore,
    /// A stage never outruns the one before it.
    Stage,
    /// Nothing was there before the origin.
    Opening,
}

impl Why {
    /// The statement that says so, if it is one.
    pub fn statement(&self) -> Option<StatementId> {
        match self {
            Self::Stated(statement, _)
            | Self::Within(statement)
            | Self::SameScope(statement, _)
            | Self::Dated(statement, _) => Some(*statement),
            Self::Ordered(_) | Self::SameOrigin | Self::BegunBefore | Self::Stage | Self::Opening => None,
        }
    }
}

/// An edge: `to - from <= at_most`.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The node that is subtracted.
    pub from: NodeId,
    /// The node that it is subtracted from.
    pub to: NodeId,
    /// The bound on hard readings; `None` if there is none.
    pub hard: Option<AtMost>,
    /// The bound on soft readings, never weaker than the hard one; `None` if there is none.
    pub soft: Option<AtMost>,
    /// Why.
    pub why: Why,
    /// The rule instance it belongs to, besides the curve's own; `None` for a plain statement.
    pub constraint: Option<ConstraintId>,
    /// What it leans on.
    pub leans: Vec<LeanId>,
    /// The article it belongs to; `None` if it belongs to none alone.
    pub article: Option<ArticleId>,
}
