//! How a true figure is put into words: every way admits it, and is what a careful writer would say of it.

use super::random::Random;
use crate::number::grouped;

/// Figures below this are said as they are.
const SMALL: u64 = 10;

/// How a figure is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// To the last digit, and in so many words.
    Exactly,
    /// To the last digit.
    Plain,
    /// Rounded to this power of ten, which is said beside it.
    To(u32),
    /// In millions, to two decimals.
    Millions,
    About,
    MoreThan,
    Nearly,
    AtLeast,
    AtMost,
}

use Said::{About, AtLeast, AtMost, Exactly, Millions, MoreThan, Nearly, Plain, To};

/// A figure as it stands in a claim: its words, and to which power of ten it is rounded, if that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub text: String,
    pub to: Option<u32>,
}

impl Said {
    /// A way to say a figure in an article.
    pub(super) fn in_words(random: &mut Random, value: u64) -> Self {
        let ways = [Plain, Plain, Plain, To(1), To(2), Millions, About, MoreThan, Nearly, AtLeast, AtMost];
        ways.get(random.place(ways.len())).map_or(Plain, |way| way.fitting(value))
    }

    /// This way, if a figure of that size is said so.
    pub(crate) fn fitting(self, value: u64) -> Self {
        match self {
            Millions if value < 1_000_000 => Plain,
            To(2) if value < 1_000 => To(1),
            way if value >= SMALL => way,
            _ => Plain,
        }
    }

    /// A way to say a figure in a table.
    pub(super) fn in_digits(random: &mut Random, value: u64) -> Self {
        match random.below(4) {
            0 if value >= 1_000 => To(2),
            1 if value >= SMALL => To(1),
            _ => Plain,
        }
    }

    /// The digits of a figure in a table, and the power of ten to which they are rounded.
    pub(super) fn digits(self, value: u64) -> (u64, u32) {
        match self {
            To(power) => (nearest(value, ten_to(power)), power),
            _ => (value, 0),
        }
    }

    /// The words for a figure.
    pub(crate) fn words(self, value: u64) -> Words {
        let step = step(value);
        let floor = rounded_down(value, step);
        let below = if floor == value { floor.saturating_sub(step) } else { floor };
        let above = floor.saturating_add(step);
        let said =
            |words: &str, number: u64| Words { text: format!("{words}{}", grouped(&number.to_string())), to: None };
        match self {
            // Two noughts at the end would be read as rounded.
            Plain if value.is_multiple_of(100) && value > 0 => said("exactly ", value),
            Exactly => said("exactly ", value),
            Plain => said("", value),
            To(power) => Words { text: grouped(&nearest(value, ten_to(power)).to_string()), to: Some(power) },
            Millions => {
                let hundredths = nearest(value, 10_000) / 10_000;
                let text = format!("{}.{:02} million", grouped(&(hundredths / 100).to_string()), hundredths % 100);
                Words { text, to: None }
            }
            About => said("about ", nearest(value, step)),
            MoreThan => said("more than ", below),
            Nearly => said("nearly ", above),
            AtLeast => said("at least ", floor),
            AtMost => said("at most ", if floor == value { value } else { above }),
        }
    }
}

/// The power of ten of the second digit.
fn step(value: u64) -> u64 {
    let mut step = 1_u64;
    while value.checked_div(step).is_some_and(|digits| digits >= 100) {
        step = step.saturating_mul(10);
    }
    step
}

fn ten_to(power: u32) -> u64 {
    10_u64.saturating_pow(power)
}

fn rounded_down(value: u64, step: u64) -> u64 {
    value.saturating_sub(value.checked_rem(step).unwrap_or(0))
}

fn nearest(value: u64, step: u64) -> u64 {
    rounded_down(value.saturating_add(step / 2), step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_as_a_writer_would() {
        let said = |way: Said, value| way.words(value).text;
        assert_eq!(said(Plain, 1_234), "1,234");
        assert_eq!(said(Plain, 1_200), "exactly 1,200");
        assert_eq!(said(To(2), 1_250), "1,300");
        assert_eq!(said(Millions, 1_234_567), "1.23 million");
        assert_eq!(said(About, 1_251), "about 1,300");
        assert_eq!(said(MoreThan, 1_234), "more than 1,200");
        assert_eq!(said(MoreThan, 1_200), "more than 1,100");
        assert_eq!(said(Nearly, 1_200), "nearly 1,300");
        assert_eq!(said(AtLeast, 57), "at least 57");
        assert_eq!(said(AtMost, 1_234), "at most 1,300");
        assert_eq!(To(1).words(1_234).to, Some(1));
    }

    #[test]
    fn every_way_admits_the_figure() {
        use crate::number::{Precision, Rational, ReadingPolicy, read};
        let mut random = Random::of(3, 0);
        for value in (1..3_000).chain([12_345, 99_999, 999_999, 1_000_000, 1_005_000, 1_234_567, 9_995_000]) {
            for _ in 0..12 {
                let words = Said::in_words(&mut random, value).words(value);
                let digit = words.to.map(|power| Precision::Digit(i32::try_from(power).unwrap()));
                let policy = ReadingPolicy { precision: digit, ..ReadingPolicy::default() };
                let read = read(&words.text, &policy).unwrap();
                let true_value: Rational = value.to_string().parse().unwrap();
                assert!(read.reading.soft().contains(&true_value), "{value}: {words:?} is {read:?}");
            }
        }
    }
}
