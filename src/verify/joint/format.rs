//! How the proof of a joint conflict stands in a certificate file.
//!
//! A proof speaks of linear *rows*, `sum of multiples of quantities <= bound`. It gives its rows and choices, each with
//! the reason for which it holds, and then says move by move why they have no solution. Moves are in the order in which
//! they are made: a move that opens several branches is followed by all of the first branch, then by all of the second,
//! and so on; a branch ends with the move that closes it. Rows are numbered from 1 in the order in which they appear on
//! the way from the beginning to where they are used: the given ones, then what moves and branches added.
//!
//! There is one way to write a proof down: quantities, rows and choices are in order, each once, and each is used; a
//! row's multiples are whole numbers without a common divisor; of two moves in a row that each add a row by themselves,
//! the lesser comes first; numbers are fractions in lowest terms.

use super::super::certificate::{Because, Place, Point, Said, Source, Unreported};
use crate::problem::Side;
use serde::{Deserialize, Serialize};

/// Why several constraints leave no choice of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Joint {
    /// The formulas that rows and choices follow from, in order.
    pub formulas: Vec<Formulated>,
    /// What rows speak of, in order; terms name them by their place, from 1.
    pub quantities: Vec<Quantity>,
    /// The rows that hold, in order.
    pub rows: Vec<Given>,
    /// The choices of which one alternative holds, in order.
    pub choices: Vec<Chosen>,
    /// Why they have no solution.
    pub moves: Vec<Move>,
}

/// A rule's formula.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Formulated {
    /// The rule, check or assumption.
    pub rule: String,
    /// From what its formula follows.
    pub source: Source,
}

/// What a row speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Quantity {
    /// A running total at an instant, or the day of an event.
    At(Place),
    /// The figure of this claim, the first that states it.
    Figure(String),
    /// A figure that formulas look up and nobody reports.
    Unreported(Unreported),
    /// Something else that nobody reports.
    Unknown {
        /// The formula, by its place, from 1.
        formula: usize,
        /// The variable, from 1, in the order in which the formula names them.
        variable: usize,
    },
    /// The time of an instant whose place is not known exactly, in days since 1970-01-01.
    Moment(Point),
    /// The product of two or more quantities that are none themselves, in order.
    Product(Vec<Quantity>),
}

/// `sum of multiples of quantities <= bound`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Row {
    /// The quantities, by their places from 1, in order, and their multiples.
    pub terms: Vec<(usize, String)>,
    /// The bound.
    pub at_most: String,
    /// Whether the bound is excluded.
    pub strict: bool,
}

/// A row that holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Given {
    /// The row.
    pub row: Row,
    /// Why it holds.
    pub why: Reason,
}

/// Why a row holds. What it speaks of stands in the row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Reason {
    /// A step between two running totals, between two days, or between one of them and nothing or 1970-01-01.
    Step(Because),
    /// A mention bounds its figure.
    Stated(super::super::certificate::Bound),
    /// A figure is what its running total adds from its start to its end: no more (`most`), no less (`least`).
    Increment(Side),
    /// The measure of a figure allows nothing beyond.
    Range(Side),
    /// An unknown may be nothing beyond.
    Domain(Side),
    /// By this rule, parts add no more (`most`) or no less (`least`) than their whole from one instant to another.
    Parts {
        /// The rule.
        rule: String,
        /// The side.
        side: Side,
    },
    /// By this rule, a level rises by no more (`most`) or no less (`least`) than what came in less what went out.
    Balance {
        /// The rule.
        rule: String,
        /// The side.
        side: Side,
    },
    /// All ways to satisfy this formula demand it. The formula's place, from 1.
    Formula(usize),
    /// An instant is not before its earliest (`least`) or after its latest (`most`) place.
    Window(Side),
    /// A period of this claim's is of fixed length: it is no longer (`most`) or no shorter (`least`).
    Length {
        /// The claim.
        claim: String,
        /// The side.
        side: Side,
    },
}

/// A choice of which one alternative holds, all rows of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Chosen {
    /// The alternatives, in order.
    pub alternatives: Vec<Vec<Row>>,
    /// Why there is no other.
    pub why: Choice,
}

/// Why one of several alternatives must hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Choice {
    /// These are the ways to satisfy this formula. The formula's place, from 1.
    Formula(usize),
    /// The one instant is before the other, at the same time, or after it.
    Order(Point, Point),
    /// An event is on one of these days.
    Days(Said),
}

/// Rows, by their numbers from 1, in order, and their multiples.
pub type Combination = Vec<(usize, String)>;

/// One move of a refutation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Move {
    /// The sum of these rows has whole multiples of whole quantities only: with its bound rounded down it is a new row.
    Rounded(Combination),
    /// Each sum bounds one quantity, `a x <= b` and `c y <= d`: that `(b - a x)(d - c y) >= 0` is a new row.
    Product(Combination, Combination),
    /// All alternatives of a choice but one are refuted: a branch for each of these, in order, to which its rows are
    /// added, and then the rest, to which the rows of the one that is left are added.
    Chosen {
        /// The choice, by its place, from 1.
        choice: usize,
        /// The alternative that is left, by its place, from 1.
        alternative: usize,
    },
    /// Every alternative of a choice is refuted, in a branch of its own to which its rows are added. The choice's place,
    /// from 1.
    Cases(usize),
    /// A sum is at most `below` in one branch, and at least `above` in another; each adds that as a row.
    Split {
        /// The quantities, by their places from 1, in order, and their multiples.
        terms: Vec<(usize, String)>,
        /// The upper bound of the first branch.
        below: String,
        /// The lower bound of the second branch.
        above: String,
    },
    /// A sum of rows without any quantity says that `0 <= less than nothing`: the branch is closed.
    Sum(Combination),
}
