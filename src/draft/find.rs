//! What is found in a draft: data only.

use crate::calendar::DaySpan;
use crate::number::{Reading, Unit};
use std::ops::Range;

/// Something that was found in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// Its bytes in the draft, from the approximator to the unit. Both ends are boundaries of characters.
    pub span: Range<usize>,
    /// What it is.
    pub kind: FindKind,
}

/// What a find is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindKind {
    /// A figure: something that can be counted or measured.
    Figure(Figure),
    /// A date, a period, or words that count from one.
    Date(Dated),
    /// A number that is neither.
    Other(Other),
}

/// A figure of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The true values that its words admit.
    pub reading: Reading,
    /// What it is in: as [`Unit`] is read elsewhere, and `share` for "half", `times` for "doubled", `basis points`,
    /// `years` for an age.
    pub unit: Unit,
    /// What part it plays in its sentence.
    pub role: Role,
    /// The bytes of the noun that it counts, if that stands beside it.
    pub noun: Option<Range<usize>>,
    /// The bytes of whoever the sentence says it is from: "police" in "police said".
    pub speaker: Option<Range<usize>>,
}

/// What part a figure plays. Where several fit, the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Completed years of life.
    Age,
    /// How much something changed or differs, or where a change began or ended.
    Change,
    /// A part of something, or one number to another.
    Ratio,
    /// From one number to another.
    Range,
    /// How long something takes.
    Duration,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A count or a measure.
    Count,
}

/// A date of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The days that are usually meant, the first and the last [`Day`](crate::calendar::Day) of the calendar standing for an
    /// open end ("until Monday"). `None` if the text does not settle them.
    pub days: Option<DaySpan>,
}

/// A number that is neither a figure nor a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Other {
    /// A telephone number.
    Phone,
    /// The version of a program.
    Version,
    /// A time of day.
    Time,
    /// The score of a game or a vote.
    Score,
    /// The number of an item in a list.
    List,
    /// The number of a heading.
    Heading,
    /// A place in a row: "third", "14th".
    Ordinal,
    /// Part of a name: "Article 8", "A38".
    Name,
    /// The number of a house.
    Address,
    /// An address on the web.
    Url,
    /// A number word that counts nothing: "one by one".
    Idiom,
}

impl Other {
    /// Its name, for people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Version => "version",
            Self::Time => "time",
            Self::Score => "score",
            Self::List => "list",
            Self::Heading => "heading",
            Self::Ordinal => "ordinal",
            Self::Name => "name",
            Self::Address => "address",
            Self::Url => "url",
            Self::Idiom => "idiom",
        }
    }
}

impl Role {
    /// Its name, for people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Change => "change",
            Self::Ratio => "ratio",
            Self::Range => "range",
            Self::Duration => "duration",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Count => "count",
        }
    }
}

/// A find, by its tokens.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub tokens: Range<usize>,
    pub kind: FindKind,
}

impl Piece {
    pub fn other(tokens: Range<usize>, other: Other) -> Self {
        Self { tokens, kind: FindKind::Other(other) }
    }

    pub fn date(tokens: Range<usize>, days: Option<DaySpan>) -> Self {
        Self { tokens, kind: FindKind::Date(Dated { days }) }
    }

    pub fn figure(&self) -> Option<&Figure> {
        match &self.kind {
            FindKind::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    pub fn figure_mut(&mut self) -> Option<&mut Figure> {
        match &mut self.kind {
            FindKind::Figure(figure) => Some(figure),
            _ => None,
        }
    }
}
