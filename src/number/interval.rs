//! Intervals of rationals with open, closed and infinite ends. An [`Interval`] is never empty.

use super::Rational;

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// No bound on this side.
    Unbounded,
    /// The bound itself is not a possible value.
    Open(Rational),
    /// The bound itself is a possible value.
    Closed(Rational),
}

/// A non-empty set of rationals between two ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    lo: End,
    hi: End,
}
