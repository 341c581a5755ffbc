//! Refutations: why several constraints together leave no choice of true values.
//!
//! A refutation speaks of linear *rows*, `sum of multiples of quantities <= bound`, and of *choices*, of whose
//! alternatives (a few rows each) one must hold. It is replayed from the rows that are given: each step adds rows that
//! follow, and the end is a sum of rows that says `0 <= less than nothing` (Farkas 1902), a split of a whole number's
//! values, or the cases of a choice, each refuted in turn. Rows are numbered in the order in which they appear on the
//! way from the root: first those given, then those that steps, splits and cases add.

use super::{ConstraintId, CurveId, DifferenceId, FigureId, InstantId, Side, StatementId, UnreportedId};
use crate::calendar;
use crate::claim::ClaimId;
use crate::number::Rational;

/// Where on a curve a running total is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// At an instant that is known exactly, whether or not a claim names it.
    At(calendar::Instant),
    /// At an instant whose place is not known exactly.
    Within(InstantId),
}

/// What a row speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// The running total of a curve. It is whole if its measure is: only differences of totals are ever bounded, and
    /// those are whole.
    Total(CurveId, Place),
    /// The day of an event, as a whole number of days since 1970-01-01.
    Event(ClaimId),
    /// The true value of a figure.
    Figure(FigureId),
    /// The true value of a figure that nobody reports.
    Unreported(UnreportedId),
    /// The unknown at this place of a relation's variables.
    Unknown(ConstraintId, usize),
    /// The time of an instant whose place is not known exactly, in days since 1970-01-01. It need not be whole.
    Moment(InstantId),
    /// The product of two quantities.
    Product(Box<Quantity>, Box<Quantity>),
}

/// `sum of multiples of quantities <= at_most`, or `<` if strict. Quantities are in order, each once, none times 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<Q = Quantity> {
    /// The quantities and their multiples.
    pub terms: Vec<(Q, Rational)>,
    /// The bound.
    pub at_most: Rational,
    /// Whether the bound itself is excluded.
    pub strict: bool,
}

/// Why a given row holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// An edge of the graph.
    Difference(DifferenceId),
    /// A statement bounds its figure, which lies on no curve: this side of its reading.
    Stated(StatementId, Side),
    /// A figure that lies on a curve is the increment of its total over its own time: no more (`Most`), no less
    /// (`Least`). Such a figure is a quantity of its own only where a relation speaks of it.
    Increment(FigureId, Side),
    /// The measure of a figure allows nothing beyond: `least`, `greatest`.
    Range(FigureId, Side),
    /// An unknown of a relation may be nothing beyond.
    Domain(ConstraintId, usize, Side),
    /// A curve never falls, and the first place is certainly not after the second.
    Order(CurveId, Place, Place),
    /// Between two places of which the first is certainly not after the second, parts add no more than their whole
    /// (`Most`), or no less (`Least`).
    Parts(ConstraintId, Place, Place, Side),
    /// Between this moment of a balance's list and the next, the level rises by no more (`Most`), or no less (`Least`),
    /// than what came in less what went out.
    Balance(ConstraintId, usize, Side),
    /// A comparison that a relation's formula demands: this row of its only alternative.
    Formula(ConstraintId, usize),
    /// An instant is not before its earliest (`Least`), or not after its latest (`Most`) place.
    Window(InstantId, Side),
    /// A period of fixed length whose ends are not known: the end is no more (`Most`) or no less (`Least`) than that
    /// after the start. The place in the problem's list of lengths.
    Length(usize, Side),
}

/// Why one of several alternatives must hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChoiceReason {
    /// The ways in which a relation's formula can be satisfied.
    Formula(ConstraintId),
    /// The first place is before the second, at the same time, or after it; and so are the totals of all curves that
    /// never fall, and of what wholes have besides their parts.
    Order(Place, Place),
    /// An event is on a day of one of these spans.
    Days(StatementId),
}

/// One of the alternatives must hold, all rows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<Q = Quantity> {
    /// The alternatives, each a conjunction of rows.
    pub alternatives: Vec<Vec<Row<Q>>>,
}

/// Multiples of rows, by their numbers, in order; every multiple is above 0.
pub type Combination = Vec<(usize, Rational)>;

/// A step of a refutation: rows that follow from those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The sum of these rows has whole multiples of whole quantities only, so that its bound may be rounded down
    /// (Chvátal 1973; Gomory 1958). One row.
    Rounded(Combination),
    /// Each sum bounds one quantity, `a x <= b` and `c y <= d`, so that `(b - a x)(d - c y) >= 0`: `a d x + b c y - a c
    /// xy <= b d` (McCormick 1976). One row.
    Product(Combination, Combination),
    /// All alternatives of a choice but one are refuted, in their order; the rows of that one follow.
    Chosen {
        /// The choice.
        choice: usize,
        /// The alternative that is left.
        alternative: usize,
        /// Why the others cannot be.
        others: Vec<Refutation>,
    },
}

/// How a refutation ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A sum of rows without any quantity: `0 <= b` with `b < 0`, or `0 < 0`.
    Sum(Combination),
    /// A sum of multiples of quantities lies on one of two sides, each refuted: it is at most `below`, or at least
    /// `above`. If it has whole multiples of whole quantities only, `above` may be the whole number after `below`;
    /// otherwise `above` is no more than `below`. Each side adds one row.
    Split {
        /// The quantities, as in the given rows, and their multiples.
        terms: Vec<(usize, Rational)>,
        /// The upper bound on the one side.
        below: Rational,
        /// The lower bound on the other.
        above: Rational,
        /// Why it is not at most `below`, and why it is not at least `above`.
        sides: Box<(Refutation, Refutation)>,
    },
    /// Every alternative of a choice is refuted; each adds its rows.
    Cases(usize, Vec<Refutation>),
}

/// Why rows and choices have no solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refutation {
    /// What follows first.
    pub steps: Vec<Step>,
    /// Why it cannot be.
    pub end: End,
}

/// A refutation with all that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joint {
    /// The quantities, in order; rows of the refutation's splits name them by their places.
    pub quantities: Vec<Quantity>,
    /// The given rows with their reasons.
    pub rows: Vec<(Row, Reason)>,
    /// The choices with their reasons.
    pub choices: Vec<(Choice, ChoiceReason)>,
    /// Why they have no solution.
    pub refutation: Refutation,
}
