//! What a reported quantity admits: digits, scales, units and approximators become a [`Reading`].

use super::digits::Slip;
use super::hint::nearest_hint;
use super::phrase::{Phrase, Phrases};
use super::token::{Kind, Tokens};
use super::units::factor;
use super::{Interval, Rational, ReadingTable};
use std::sync::Arc;

/// What a quantity counts in, as far as its own words say.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A plain number or a count.
    #[default]
    One,
    /// Per cent: 37% is the number 37 in this unit.
    Percent,
    /// Percentage points.
    Points,
    /// A currency, by its ISO 4217 code.
    Currency(String),
    /// Any other unit, in one spelling for all: `km` for kilometres too, `tonnes`.
    Other(String),
}

impl Unit {
    /// Its name in claim files and rules: `percent`, `EUR`, `km`.
    pub fn name(&self) -> &str {
        match self {
            Self::One => "one",
            Self::Percent => "percent",
            Self::Points => "points",
            Self::Currency(name) | Self::Other(name) => name,
        }
    }

    /// For people: "plain numbers", "per cent", `EUR`, `km`.
    pub fn words(&self) -> String {
        match self {
            Unit::One => "plain numbers".to_owned(),
            Unit::Percent => "per cent".to_owned(),
            Unit::Points => "percentage points".to_owned(),
            Unit::Currency(name) | Unit::Other(name) => name.clone(),
        }
    }
}

/// How a number came to its last written digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the nearest, whichever way ties go: both ends closed.
    #[default]
    Nearest,
    /// To the nearest, ties away from zero.
    HalfUp,
    /// To the nearest, ties towards zero.
    HalfDown,
    /// Further digits cut off.
    Truncate,
    /// Down.
    Floor,
    /// Up.
    Ceiling,
    /// Not rounded at all.
    Exact,
}

/// The digit to which a figure is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// The last one that is written.
    Written,
    /// This one, as a power of ten: 2 is "to the nearest hundred", -1 one decimal.
    Digit(i32),
}

/// How the digits of a figure are to be taken, where a claim, measure or article departs from the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingPolicy {
    /// The rounding mode; [`Rounding::Nearest`] if nothing is said.
    pub rounding: Option<Rounding>,
    /// The digit to which the figure is rounded; [`Precision::Written`] if nothing is said.
    pub precision: Option<Precision>,
    /// What the workspace says otherwise of words beside numbers.
    pub table: Option<Arc<ReadingTable>>,
}

impl ReadingPolicy {
    /// This policy where it says something, and the outer one where it does not. What is exact has no precision, so an
    /// outer one does not touch it; nor does an outer "exact" touch what is rounded to a stated digit.
    #[must_use]
    pub fn or(&self, outer: &Self) -> Self {
        let exact = |rounding: Option<Rounding>| rounding == Some(Rounding::Exact);
        let stated = matches!(self.precision, Some(Precision::Digit(_)));
        Self {
            rounding: self.rounding.or(outer.rounding.filter(|_| !(stated && exact(outer.rounding)))),
            precision: self.precision.or(outer.precision.filter(|_| !exact(self.rounding))),
            table: self.table.clone().or_else(|| outer.table.clone()),
        }
    }
}

/// The interval of true values that a phrase admits. The soft one always lies inside the hard one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    hard: Interval,
    soft: Interval,
}

impl Reading {
    /// A reading of hard and soft bounds. What is soft beyond the hard bounds is cut off; if nothing is left of it,
    /// the soft reading is the hard one.
    pub fn new(hard: Interval, soft: Interval) -> Self {
        let soft = soft.intersect(&hard).unwrap_or_else(|| hard.clone());
        Self { hard, soft }
    }

    /// That value and no other.
    pub fn exact(value: Rational) -> Self {
        Self::firm(Interval::point(value))
    }

    /// The same bounds, hard and soft.
    pub fn firm(interval: Interval) -> Self {
        Self { soft: interval.clone(), hard: interval }
    }

    /// What no true value may lie outside of.
    pub fn hard(&self) -> &Interval {
        &self.hard
    }

    /// Where the words lead one to expect the true value.
    pub fn soft(&self) -> &Interval {
        &self.soft
    }

    /// The reading cut to bounds, such as a measure's least and greatest; `None` if it lies outside them.
    pub fn within(&self, bounds: &Interval) -> Option<Self> {
        Some(Self::new(self.hard.intersect(bounds)?, self.soft.clone()))
    }

    /// The reading with every value multiplied, as when the unit changes.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        Self { hard: self.hard.scale(factor), soft: self.soft.scale(factor) }
    }

    /// What either reading admits.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        Self { hard: self.hard.hull(&other.hard), soft: self.soft.hull(&other.soft) }
    }
}

/// A quantity as it was written, beside what was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The words as written: `about 1.2 million`.
    pub text: String,
    /// The number the words name, before any rounding or approximation is considered: 1,200,000. For a range, `None`.
    pub number: Option<Rational>,
    /// What it counts in.
    pub unit: Unit,
    /// The true values that it admits.
    pub reading: Reading,
    /// How it was written.
    pub form: QuantityForm,
}

/// How a quantity was written, which decides what it may be beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuantityForm {
    /// As a whole number without scale, unit or decimals: a count.
    Whole,
    /// As a simple fraction of something: "half", "two-thirds", `1/4`, "one in five".
    Share,
    /// Otherwise: with decimals, a scale or a unit, or in words that name no number.
    Other,
}

/// One step of a reading: a row of a table, the words that chose it, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The row: `about`, `several`, or how the digits are taken, `rounded`.
    pub row: &'static str,
    /// The words: `about`, `1.2 million`.
    pub words: String,
    /// What the row says of them.
    pub says: String,
}

/// A quantity, and why it is read so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What is read.
    pub quantity: Quantity,
    /// The rows, in the order of their words.
    pub steps: Vec<Step>,
}

/// A quantity found in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The first byte, approximator included.
    pub start: usize,
    /// One past the last byte, unit included.
    pub end: usize,
    /// What it says.
    pub quantity: Quantity,
}

impl Found {
    /// The same where what its words are in is known.
    #[must_use]
    pub fn in_terms_of(self, unit: &Unit) -> Self {
        Self { quantity: self.quantity.in_terms_of(unit), ..self }
    }
}

impl QuantityForm {
    /// The form of a quantity that two of these bound.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Other }
    }
}

impl Quantity {
    /// Whether it is a share, "half", `1/4` or "one in four", without a unit of its own.
    pub fn is_share(&self) -> bool {
        self.unit == Unit::One && self.form == QuantityForm::Share
    }

    /// Whether it is a count: a whole number without scale or unit, and not below nought.
    pub fn is_count(&self) -> bool {
        let below = || self.reading.hard().lo().value().is_some_and(Rational::is_negative);
        self.form == QuantityForm::Whole && !below()
    }

    /// The same words where what they are in is known: the "m" of "7.02m" is a metre and no million beside lengths, and
    /// pounds are money beside GBP.
    #[must_use]
    pub fn in_terms_of(self, unit: &Unit) -> Self {
        let is_letter = || {
            let digits = self.text.trim_end().strip_suffix('m');
            digits.is_some_and(|rest| rest.ends_with(|it: char| it.is_ascii_digit()))
        };
        match (&self.unit, unit) {
            (Unit::Other(pounds), Unit::Currency(code)) if pounds == "pounds" && code == "GBP" => {
                Self { unit: unit.clone(), ..self }
            }
            (Unit::One, Unit::Other(_)) if is_letter() => {
                let metre = Unit::Other("m".to_owned());
                if factor(&metre, unit).is_none() {
                    return self;
                }
                let millionth = Rational::power_of_ten(-6).unwrap_or_default();
                let number = self.number.as_ref().map(|number| number * &millionth);
                Self { number, unit: metre, reading: self.reading.scale(&millionth), ..self }
            }
            _ => self,
        }
    }

    /// Its reading in another unit. A number that ends in zeros is as likely rounded to them: 37,000 feet are 11,300 metres
    /// to all who report them so, and not 11,277.6.
    #[must_use]
    pub fn converted(&self, factor: &Rational) -> Reading {
        let hard = self.reading.hard();
        let is_bounded = hard.lo().value().is_some() && hard.hi().value().is_some();
        let is_rounded = is_bounded && self.number.as_ref().is_some_and(|number| hard.contains(number));
        let reading = if is_rounded { Reading::firm(hard.clone()) } else { self.reading.clone() };
        reading.scale(factor)
    }

    /// The same share in per cent: half is 50%.
    #[must_use]
    pub fn in_percent(&self) -> Self {
        let hundred = Rational::from(100);
        Self {
            number: self.number.as_ref().map(|number| number * &hundred),
            unit: Unit::Percent,
            reading: self.reading.scale(&hundred),
            ..self.clone()
        }
    }
}

/// Why a phrase cannot be read as a quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Nothing in it is a figure.
    #[error("`{text}` is not a figure that can be read")]
    Unreadable {
        /// The phrase.
        text: String,
    },
    /// It says a range that holds no value.
    #[error("`{text}` is an empty range")]
    Empty {
        /// The phrase.
        text: String,
    },
    /// Digits finer than the stated precision.
    #[error("`{text}` has digits finer than its stated precision")]
    TooFine {
        /// The phrase.
        text: String,
    },
    /// More digits or a larger exponent than any real figure has.
    #[error("`{text}` is larger or finer than any figure that can be reported")]
    TooLarge {
        /// The phrase, shortened.
        text: String,
    },
}

impl QuantityError {
    /// How to mend it, if the text says what went wrong.
    pub fn hint(&self) -> Option<String> {
        match self {
            QuantityError::Unreadable { text } => nearest_hint(text),
            QuantityError::Empty { .. } => Some("write the smaller end first".to_owned()),
            QuantityError::TooFine { .. } => {
                Some("drop the digits below the precision, or state a finer precision".to_owned())
            }
            QuantityError::TooLarge { .. } => Some("check the figure for a slip of the keys".to_owned()),
        }
    }
}

/// Reads a phrase that is one quantity from end to end.
///
/// ```
/// use addup::number::{ReadingPolicy, read};
/// let toll = read("more than 1,200", &ReadingPolicy::default()).unwrap();
/// assert_eq!(toll.reading.hard().to_string(), "(1200, ∞)");
/// ```
///
/// # Errors
/// If it is not one, is empty, or is out of all proportion.
pub fn read(text: &str, policy: &ReadingPolicy) -> Result<Quantity, QuantityError> {
    whole_phrase(text, policy, false).map(|phrase| phrase.quantity(text.trim()))
}

/// Reads a phrase as [`read`] does, and says by which rows of the tables it is read so.
///
/// # Errors
/// As for [`read`].
pub fn explain(text: &str, policy: &ReadingPolicy) -> Result<Explained, QuantityError> {
    let mut phrase = whole_phrase(text, policy, true)?;
    let steps = std::mem::take(&mut phrase.steps);
    Ok(Explained { quantity: phrase.quantity(text.trim()), steps })
}

fn whole_phrase(text: &str, policy: &ReadingPolicy, explains: bool) -> Result<Phrase, QuantityError> {
    let unreadable = || QuantityError::Unreadable { text: shortened(text) };
    if text.len() > LONGEST_PHRASE {
        let digits = text.bytes().all(|byte| !byte.is_ascii_alphabetic() || byte.eq_ignore_ascii_case(&b'e'));
        return Err(if digits { QuantityError::TooLarge { text: shortened(text) } } else { unreadable() });
    }
    let tokens = Tokens::new(text);
    let phrases = Phrases::new(&tokens, policy, false);
    let phrases = if explains { phrases.explaining() } else { phrases };
    match phrases.at(0) {
        Err(Slip::Empty) => Err(QuantityError::Empty { text: shortened(text) }),
        Err(Slip::TooFine) => Err(QuantityError::TooFine { text: shortened(text) }),
        Ok(Some(phrase)) if phrase.end == tokens.len() => Ok(phrase),
        _ if out_of_proportion(&tokens) => Err(QuantityError::TooLarge { text: shortened(text) }),
        _ => Err(unreadable()),
    }
}

/// No quantity takes more bytes than this to say.
const LONGEST_PHRASE: usize = 4_096;

/// Whether the one thing that cannot be read in a phrase is a numeral beyond all bounds.
fn out_of_proportion(tokens: &Tokens<'_>) -> bool {
    (0..tokens.len()).any(|at| tokens.is_kind(at, Kind::Number) && tokens.numeral(at, true, false).is_none())
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Finds every quantity in running text, in order. Dates, years, ordinals and times of day are not quantities.
///
/// Takes time in proportion to the text. A figure that is finer than the policy's precision is read as it stands:
/// prose is not held to a precision that only its claim states.
pub fn find(text: &str, policy: &ReadingPolicy) -> Vec<Found> {
    let tokens = Tokens::new(text);
    let phrases = Phrases::new(&tokens, policy, true);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(past) = tokens.no_figure(at) {
            at = past;
            continue;
        }
        let phrase = phrases.at(at).ok().flatten().filter(|phrase| phrase.end > at);
        let Some(phrase) = phrase else {
            at = at.saturating_add(1);
            continue;
        };
        let past = phrase.end;
        let bounds = tokens.get(at).zip(past.checked_sub(1).and_then(|last| tokens.get(last)));
        if let Some((first, last)) = bounds.filter(|_| !phrase.is_time) {
            let (start, end) = (first.start, last.end);
            found.push(Found { start, end, quantity: phrase.quantity(text.get(start..end).unwrap_or_default()) });
        }
        at = past;
    }
    found
}
