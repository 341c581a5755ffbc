//! Periods and running totals: what a claim's `when` says.

/// A boundary between two days: `Instant(n)` is the moment at which `Day(n)` begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i32);

/// How well an end of a period is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MomentKind {
    /// Exactly: earliest and latest are the same.
    Fixed,
    /// The article's *now*: one instant within the dateline's day, the same for the whole article.
    Now,
    /// Some instant between earliest and latest, this claim's own: "by some day of November".
    Vague,
}

/// One end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The earliest instant that it can be.
    pub earliest: Instant,
    /// The latest instant that it can be.
    pub latest: Instant,
    /// How well it is known.
    pub kind: MomentKind,
}

/// The time that a claim's figure covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// From one moment to another: a month, a quarter, "so far this month". `length` is set if both ends move
    /// together (some one day of November).
    Period {
        /// Where it begins.
        start: Moment,
        /// Where it ends.
        end: Moment,
        /// Its fixed length in days, where the ends are vague but their distance is not.
        length: Option<u32>,
    },
    /// A running total up to a moment, from a stated beginning or from an origin that is not stated.
    Through {
        /// Where it begins, if that is said.
        since: Option<Moment>,
        /// Where it ends.
        end: Moment,
    },
}
