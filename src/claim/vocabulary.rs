//! The vocabulary: what measures and dimensions are, as rule files or claim files declare them.

use crate::number::{Rational, ReadingPolicy, Unit};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// How a measure behaves over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverTime {
    /// It adds up: arrests, revenue.
    Adds,
    /// Parts overlap: unique visitors. A part is at most its cover, a cover at most the sum of parts that cover it.
    Distinct,
    /// A level at a moment: people in custody. Named for a day, it is that of the day's end.
    Level,
    /// Nothing: rates, averages.
    None,
}

/// What is declared of a measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its name.
    pub name: Spanned<String>,
    /// How it behaves over time; `None` if nothing is said.
    pub over_time: Option<OverTime>,
    /// The least value that it can have.
    pub least: Option<Rational>,
    /// The greatest.
    pub greatest: Option<Rational>,
    /// Whether only whole numbers are possible.
    pub integer: bool,
    /// Its unit, if stated.
    pub unit: Option<Unit>,
    /// Over which dimensions disjoint members add up.
    pub adds_over: Vec<Spanned<String>>,
    /// The day from which running totals count, if stated.
    pub origin: Option<crate::calendar::Day>,
    /// How its digits are to be taken.
    pub reading: ReadingPolicy,
}

/// What is declared of a dimension.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its name.
    pub name: Spanned<String>,
    /// Its members, if listed.
    pub members: Vec<Spanned<String>>,
    /// Parents of members, where a file gives them: child to parent.
    pub parents: BTreeMap<String, String>,
    /// Whether the members listed are all there are.
    pub complete: bool,
}

/// Everything declared, by name.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Measures.
    pub measures: BTreeMap<String, Measure>,
    /// Dimensions.
    pub dimensions: BTreeMap<String, Dimension>,
    /// The places of all declarations, in the order they were read, for what is reported about unused ones.
    pub places: Vec<Span>,
}
