//! Units that measure one thing in no fixed ratio: how many days a month has, or litres a gallon, differs from month to
//! month and from place to place.
//!
//! Nothing is converted by such a ratio. A value beside a quote may still be told from what its words can be at all:
//! 26 tons are no 26 kilograms, whichever tons they are.

use super::units::factor;
use super::{Interval, Quantity, Rational, Unit};

/// A unit and what one of it is at least and at most, in the first of its kind.
type Loose = (&'static str, (i64, i64), (i64, i64));

/// Units of one kind. The first stands for all that have a factor to it.
const KINDS: [(&str, &[Loose]); 5] = [
    // From February to a month of 31 days.
    ("days", &[("months", (28, 1), (31, 1))]),
    // Of the United States (also for beer) and of Britain.
    (
        "litres",
        &[
            ("gallons", (3_785_411_784, 1_000_000_000), (454_609, 100_000)),
            ("quarts", (946_352_946, 1_000_000_000), (11_365_225, 10_000_000)),
            ("pints", (473_176_473, 1_000_000_000), (56_826_125, 100_000_000)),
            ("barrels", (117_347_765_304, 1_000_000_000), (16_365_924, 100_000)),
        ],
    ),
    // Short and long tons.
    ("kg", &[("tons", (90_718_474, 100_000), (10_160_469_088, 10_000_000))]),
    // The international nautical mile and the old British one.
    ("m", &[("nautical miles", (1_852, 1), (1_853_184, 1_000))]),
    ("km/h", &[("knots", (1_852, 1_000), (1_853_184, 1_000_000))]),
];

impl Quantity {
    /// All that a quantity can be in a unit of no fixed ratio to its own. Nothing if its ratio to it is fixed, or none is
    /// known.
    pub fn loosely_in(&self, unit: &Unit) -> Option<Vec<Interval>> {
        if factor(&self.unit, unit).is_some() {
            return None;
        }
        let said = self.as_rounded();
        self.temperature(&said, unit).or_else(|| Some(vec![said.mul(&ratio(&self.unit, unit)?)]))
    }

    /// A temperature or a difference of two on the other scale.
    fn temperature(&self, said: &Interval, unit: &Unit) -> Option<Vec<Interval>> {
        let zero = Rational::from(32);
        let ninths = |num: i64, den: i64| Rational::new(num, den);
        match (self.unit.name(), unit.name()) {
            ("°C", "°F") => {
                let difference = said.scale(&ninths(9, 5)?);
                Some(vec![difference.shift(&zero), difference])
            }
            ("°F", "°C") => {
                let factor = ninths(5, 9)?;
                Some(vec![said.shift(&-zero).scale(&factor), said.scale(&factor)])
            }
            _ => None,
        }
    }

    /// Its widest reading, and the half of its last digit that is not nought to both sides: who converts, rounds.
    fn as_rounded(&self) -> Interval {
        let hard = self.reading.hard();
        let Some(number) = self.number.as_ref().filter(|number| number.is_integer() && !number.is_zero()) else {
            return hard.clone();
        };
        let ten = Rational::from(10);
        let mut step = Rational::ONE;
        while number.checked_div(&(&step * &ten)).is_some_and(|tens| tens.is_integer()) {
            step = &step * &ten;
        }
        let half = step.half();
        match Interval::closed(number - &half, number + &half) {
            Some(rounded) => rounded.hull(hard),
            None => hard.clone(),
        }
    }

    /// Whether it can be another quantity in a unit of no fixed ratio to its own. `None` if that cannot be told.
    pub fn is_loosely(&self, other: &Self) -> Option<bool> {
        let ways = self.loosely_in(&other.unit)?;
        let said = other.as_rounded();
        Some(ways.iter().any(|way| way.meets(&said)))
    }
}

/// What one of a unit can be in another one.
fn ratio(from: &Unit, to: &Unit) -> Option<Interval> {
    KINDS.iter().find_map(|(first, loose)| {
        let first = Unit::Other((*first).to_owned());
        // By way of a unit of the table, since years have a factor to months and acres have none to anything here.
        let in_first = |unit: &Unit| {
            let row = loose.iter().find_map(|(name, least, most)| {
                let named = Unit::Other((*name).to_owned());
                let factor = factor(unit, &named)?;
                let span = Interval::closed(Rational::new(least.0, least.1)?, Rational::new(most.0, most.1)?)?;
                Some(span.scale(&factor))
            });
            row.or_else(|| Some(Interval::point(factor(unit, &first)?)))
        };
        in_first(from)?.checked_div(&in_first(to)?)
    })
}

#[cfg(test)]
mod tests {
    use crate::number::{ReadingPolicy, read};

    #[test]
    fn units_of_no_fixed_ratio_are_told_apart_where_none_can_be_meant() {
        let is = |one: &str, other: &str| {
            let read = |text: &str| read(text, &ReadingPolicy::default()).expect(text);
            read(one).is_loosely(&read(other))
        };
        for (one, other) in [
            ("26 tons", "23,600 kg"),
            ("26 tons", "26 tonnes"),
            ("eight weeks", "two months"),
            ("34 degrees Celsius", "93 degrees Fahrenheit"),
            ("5 degrees Celsius", "9 degrees Fahrenheit"),
            ("12 nautical miles", "22 km"),
            ("5 gallons", "19 litres"),
            ("5 gallons", "10 quarts"),
            ("two years", "730 days"),
        ] {
            assert_eq!((is(one, other), is(other, one)), (Some(true), Some(true)), "{one}, {other}");
        }
        for (one, other) in
            [("26 tons", "26 kg"), ("34 degrees Celsius", "36 degrees Fahrenheit"), ("two months", "90 days")]
        {
            assert_eq!((is(one, other), is(other, one)), (Some(false), Some(false)), "{one}, {other}");
        }
        for (one, other) in [("26 km", "26 miles"), ("26 km", "26 kg"), ("26", "26 kg")] {
            assert_eq!(is(one, other), None, "{one}, {other}");
        }
    }
}
