//! The ways in which a quote may say a value: as one of its figures, or in words that make one.

use super::beside::best_match;
use crate::number::{
    Found, Quantity, Rational, ReadingPolicy, factor, find_few, find_joined, find_made, find_moves, find_one,
    find_ranks,
};
use crate::source::Spanned;
use std::cell::OnceCell;

/// How a quote may say a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As a figure.
    Plain,
    /// As a loss: "a loss of €2.3m" says -€2.3m.
    Fallen,
    /// As how large a fall or a rise was: so may "rose 3 points" in the other order.
    Size,
    /// As a figure without its sign, where the value has one: "a gap of €2.3m", in words that nobody lists.
    Turned,
    /// In words that count and are no figure: "none of the 12", "one of the 12", "the fifth death in 12 days".
    Few,
    /// In another unit: "99 cents" are $0.99, "two weeks" 14 days.
    InItsUnit,
    /// In another unit and without its sign.
    TurnedInItsUnit,
    /// By way of other figures: "himself and 11 others" are 12.
    Made,
}

/// The ways, the plainest first.
pub(super) const WAYS: [Way; 8] =
    [Way::Plain, Way::Fallen, Way::Size, Way::Turned, Way::Few, Way::InItsUnit, Way::TurnedInItsUnit, Way::Made];

/// What a quote says in each of them. Most values are its plain figures, so all else waits until it is asked for.
pub(super) struct Sayings<'q> {
    quote: &'q str,
    figures: &'q [Found],
    policy: &'q ReadingPolicy,
    sizes: OnceCell<Vec<Found>>,
    falls: OnceCell<Vec<Found>>,
    turned: OnceCell<Vec<Found>>,
    few: OnceCell<Vec<Found>>,
    made: OnceCell<Vec<Found>>,
}

impl<'q> Sayings<'q> {
    /// What a quote with some figures says.
    pub(super) fn of(quote: &'q Spanned<String>, figures: &'q [Found], policy: &'q ReadingPolicy) -> Self {
        Self {
            quote: &quote.value,
            figures,
            policy,
            sizes: OnceCell::new(),
            falls: OnceCell::new(),
            turned: OnceCell::new(),
            few: OnceCell::new(),
            made: OnceCell::new(),
        }
    }

    /// The figure that a value can be, in one of the ways.
    pub(super) fn find(&self, value: &Quantity, way: Way) -> Option<&Found> {
        let is_below = || value.reading.hard().hi().value().is_some_and(Rational::is_negative);
        match way {
            Way::Plain => best_match(self.figures, value),
            Way::Fallen => best_match(self.falls.get_or_init(|| turned(self.sizes())), value),
            Way::Size => best_match(self.sizes(), value),
            Way::Turned if is_below() => best_match(self.turned(), value),
            Way::Few => best_match(self.few(), value),
            Way::InItsUnit => in_unit_of(self.figures, value),
            Way::TurnedInItsUnit if is_below() => in_unit_of(self.turned(), value),
            Way::Turned | Way::TurnedInItsUnit => None,
            Way::Made => best_match(self.made(), value),
        }
    }

    fn sizes(&self) -> &[Found] {
        let moves = || find_moves(self.quote, self.policy).into_iter();
        self.sizes.get_or_init(|| moves().map(|moved| moved.found).collect())
    }

    fn turned(&self) -> &[Found] {
        self.turned.get_or_init(|| turned(self.figures))
    }

    fn few(&self) -> &[Found] {
        self.few.get_or_init(|| [find_few, find_one, find_ranks, find_joined].map(|find| find(self.quote)).concat())
    }

    fn made(&self) -> &[Found] {
        let made = || find_made(self.quote, self.policy).into_iter();
        self.made.get_or_init(|| made().map(|made| made.found).collect())
    }
}

fn turned(figures: &[Found]) -> Vec<Found> {
    figures.iter().map(Found::turned).collect()
}

/// The figure of a quote that a value can be, in another unit of its kind.
fn in_unit_of<'a>(figures: &'a [Found], value: &Quantity) -> Option<&'a Found> {
    figures.iter().filter(|found| found.quantity.unit != value.unit).find(|found| {
        factor(&found.quantity.unit, &value.unit)
            .is_some_and(|factor| found.quantity.reading.hard().scale(&factor).meets(value.reading.hard()))
    })
}
