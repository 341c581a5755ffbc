//! The kinds of contradictions that can be planted, and the shapes that a data set can have.

/// How the figures of a data set are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A CSV file with a claim a row.
    Long,
    /// A CSV file with a record a row: a group in a month.
    Wide,
    /// A claim file a group, in words as articles use them.
    Toml,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 3] = [Self::Long, Self::Wide, Self::Toml];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Wide => "wide",
            Self::Toml => "toml",
        }
    }
}

/// A kind of contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A part is more than what covers it.
    SubtotalAboveTotal,
    /// A running total is less than the one before it.
    FallingTotal,
    /// A month's figure and its running total have changed places.
    Swapped,
    /// One source gives one figure twice, and differently.
    SameFigure,
    /// A rule of the lines of a table is broken.
    RecordRule,
    /// Something ends before it starts.
    DatesOutOfOrder,
    /// A percentage that no whole number of those asked gives.
    PercentOfCount,
    /// A percentage that is not that of its part in its whole.
    ShareOfWhole,
    /// Parts that do not add up to their whole.
    PartsNotWhole,
    /// A running total and the month after it do not make the next running total.
    Chain,
    /// The same over many months, with no running total between the first and the last.
    LongChain,
}

use Kind::{
    Chain, DatesOutOfOrder, FallingTotal, LongChain, PartsNotWhole, PercentOfCount, RecordRule, SameFigure,
    ShareOfWhole, SubtotalAboveTotal, Swapped,
};

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        SubtotalAboveTotal,
        FallingTotal,
        Swapped,
        SameFigure,
        RecordRule,
        DatesOutOfOrder,
        PercentOfCount,
        ShareOfWhole,
        PartsNotWhole,
        Chain,
        LongChain,
    ];

    /// What it is called on the command line and in the truth file.
    pub fn name(self) -> &'static str {
        match self {
            SubtotalAboveTotal => "subtotal-above-total",
            FallingTotal => "falling-total",
            Swapped => "swapped",
            SameFigure => "same-figure",
            RecordRule => "record-rule",
            DatesOutOfOrder => "dates-out-of-order",
            PercentOfCount => "percent-of-count",
            ShareOfWhole => "share-of-whole",
            PartsNotWhole => "parts-not-whole",
            Chain => "chain",
            LongChain => "long-chain",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether three claims or more clash, though any of them could be dropped and the others hold.
    pub fn is_joint(self) -> bool {
        matches!(self, ShareOfWhole | PartsNotWhole | Chain | LongChain)
    }

    /// Whether figures of that shape can clash so.
    pub fn fits(self, shape: Shape) -> bool {
        match self {
            RecordRule => shape == Shape::Wide,
            SameFigure => shape != Shape::Wide,
            DatesOutOfOrder => shape != Shape::Long,
            PercentOfCount | ShareOfWhole => shape == Shape::Toml,
            _ => true,
        }
    }

    /// How many months it takes at least.
    pub fn months(self) -> usize {
        match self {
            SubtotalAboveTotal | FallingTotal | Swapped | Chain => 2,
            PartsNotWhole => 3,
            LongChain => 5,
            SameFigure | RecordRule | DatesOutOfOrder | PercentOfCount | ShareOfWhole => 1,
        }
    }
}
