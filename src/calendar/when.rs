//! Periods and running totals: what a claim's `when` says.

use super::day::{Day, Instant};
use super::span::DaySpan;

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
///
/// It prints as people say it (see [`When::said`]); [`When::notation`] is the form that [`read_when`] reads back.
///
/// [`read_when`]: super::read_when
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
        length: Option<u64>,
    },
    /// A running total up to a moment, from a stated beginning or from an origin that is not stated.
    Through {
        /// Where it begins, if that is said.
        since: Option<Moment>,
        /// Where it ends.
        end: Moment,
    },
}

impl Moment {
    /// An instant that is known exactly.
    pub fn fixed(instant: Instant) -> Self {
        Self { earliest: instant, latest: instant, kind: MomentKind::Fixed }
    }

    /// The article's now: some instant of its dateline's day.
    pub fn now(dateline: Day) -> Self {
        Self { earliest: dateline.start(), latest: dateline.end(), kind: MomentKind::Now }
    }

    /// Some instant between the two, in whichever order they are given; exact if they are the same.
    pub fn vague(earliest: Instant, latest: Instant) -> Self {
        let (earliest, latest) = (earliest.min(latest), earliest.max(latest));
        let kind = if earliest == latest { MomentKind::Fixed } else { MomentKind::Vague };
        Self { earliest, latest, kind }
    }

    /// Whether it can be wherever the other can.
    pub(super) fn admits(self, other: Self) -> bool {
        self.earliest <= other.earliest && other.latest <= self.latest
    }

    /// The instant, if it is known exactly.
    pub fn exact(self) -> Option<Instant> {
        (self.kind == MomentKind::Fixed).then_some(self.earliest)
    }
}

impl When {
    /// Whole days, from the start of the first to the end of the last.
    pub fn days(span: DaySpan) -> Self {
        Self::Period {
            start: Moment::fixed(span.earliest.start()),
            end: Moment::fixed(span.latest.end()),
            length: None,
        }
    }

    /// Where it ends.
    pub fn end(self) -> Moment {
        match self {
            Self::Period { end, .. } | Self::Through { end, .. } => end,
        }
    }

    /// Where it begins, if that is said.
    pub fn start(self) -> Option<Moment> {
        match self {
            Self::Period { start, .. } => Some(start),
            Self::Through { since, .. } => since,
        }
    }

    /// The moment at which a level stands that is named for this time: the end of a day, the cut-off of "by Friday".
    /// `None` for a longer time: the level stands at some moment of it, or is its mean, and nobody says which.
    pub fn stands_at(self) -> Option<Moment> {
        match self {
            Self::Through { end, .. } => Some(end),
            Self::Period { end, length: Some(1), .. } => Some(end),
            Self::Period { end, .. } => self.whole_days().filter(|span| span.earliest == span.latest).map(|_| end),
        }
    }

    /// Whether both its ends are known exactly, by everyone.
    pub fn is_certain(self) -> bool {
        let fixed = |moment: Moment| moment.kind == MomentKind::Fixed;
        self.start().is_some_and(fixed) && fixed(self.end())
    }

    /// Whether every time that the other can be is one that it can be too.
    pub fn admits(self, other: Self) -> bool {
        match (self, other) {
            (Self::Period { start, end, length }, Self::Period { start: start2, end: end2, length: length2 }) => {
                let between = |(from, to): (Instant, Instant)| u64::try_from(to.0.saturating_sub(from.0)).ok();
                let length2 = length2.or_else(|| start2.exact().zip(end2.exact()).and_then(between));
                start.admits(start2) && end.admits(end2) && (length.is_none() || length == length2)
            }
            (Self::Through { since, end }, Self::Through { since: since2, end: end2 }) => {
                let begins = match (since, since2) {
                    (Some(since), Some(since2)) => since.admits(since2),
                    (since, since2) => since == since2,
                };
                begins && end.admits(end2)
            }
            _ => false,
        }
    }

    /// The days, if it is a period of which both ends are known exactly.
    pub fn whole_days(self) -> Option<DaySpan> {
        match self {
            Self::Period { start, end, .. } => DaySpan::new(start.exact()?.day_after(), end.exact()?.day_before()),
            Self::Through { .. } => None,
        }
    }
}
