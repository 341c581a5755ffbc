//! Exact fractions of the checker's own, over big whole numbers.

use crate::number::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// So many signs a number has at most.
const MOST_SIGNS: usize = 16_384;

/// A fraction in lowest terms with a denominator above 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fraction {
    top: BigInt,
    bottom: BigInt,
}

impl Fraction {
    /// 0.
    pub fn nought() -> Self {
        Self { top: BigInt::zero(), bottom: BigInt::one() }
    }

    /// A whole number.
    pub fn whole(number: impl Into<BigInt>) -> Self {
        Self { top: number.into(), bottom: BigInt::one() }
    }

    /// `top / bottom`; `None` if `bottom` is 0.
    fn of(top: BigInt, bottom: BigInt) -> Option<Self> {
        if bottom.is_zero() {
            return None;
        }
        let common = top.gcd(&bottom);
        let common = if bottom.is_negative() { -common } else { common };
        Some(Self { top: top / &common, bottom: bottom / &common })
    }

    /// The fraction that a text says, if it says it in the one way in which it is written: `154`, `-25/2`. One of more
    /// than [`MOST_SIGNS`] signs is not read: no verdict needs such a number, and reading it could take forever.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > MOST_SIGNS {
            return None;
        }
        let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
        let found = Self::of(top.parse().ok()?, bottom.parse().ok()?)?;
        (found.to_string() == text).then_some(found)
    }

    pub fn is_nought(&self) -> bool {
        self.top.is_zero()
    }

    pub fn is_positive(&self) -> bool {
        self.top.is_positive()
    }

    pub fn is_negative(&self) -> bool {
        self.top.is_negative()
    }

    pub fn is_whole(&self) -> bool {
        self.bottom.is_one()
    }

    /// How many bits it takes.
    pub fn bits(&self) -> u64 {
        self.top.bits().saturating_add(self.bottom.bits())
    }

    /// The greatest whole number that is at most this.
    pub fn floor(&self) -> Self {
        Self::whole(self.top.div_floor(&self.bottom))
    }

    /// The whole number above this, whether or not this is whole.
    pub fn next_whole(&self) -> Self {
        Self::whole(self.top.div_floor(&self.bottom) + BigInt::one())
    }

    pub fn negative(&self) -> Self {
        Self { top: -&self.top, bottom: self.bottom.clone() }
    }

    pub fn plus(&self, other: &Self) -> Self {
        if self.bottom == other.bottom && self.bottom.is_one() {
            return Self { top: &self.top + &other.top, bottom: BigInt::one() };
        }
        let top = &self.top * &other.bottom + &other.top * &self.bottom;
        Self::of(top, &self.bottom * &other.bottom).unwrap_or_else(Self::nought)
    }

    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negative())
    }

    pub fn times(&self, other: &Self) -> Self {
        Self::of(&self.top * &other.top, &self.bottom * &other.bottom).unwrap_or_else(Self::nought)
    }

    /// `self / other`; `None` if `other` is 0.
    pub fn over(&self, other: &Self) -> Option<Self> {
        Self::of(&self.top * &other.bottom, &self.bottom * &other.top)
    }

    /// The fraction by which a list of fractions is multiplied to become whole numbers without a common divisor; `None`
    /// if all are 0.
    pub fn to_coprime<'f>(all: impl Iterator<Item = &'f Self> + Clone) -> Option<Self> {
        let bottom = all.clone().fold(BigInt::one(), |common, fraction| common.lcm(&fraction.bottom));
        let top = all.fold(BigInt::zero(), |common, fraction| {
            let scaled: BigInt = &fraction.top * (&bottom / &fraction.bottom);
            common.gcd(&scaled)
        });
        Self::of(bottom, top)
    }

    /// The same as the rest of the program holds it.
    pub fn rational(&self) -> Rational {
        Rational::from_big(self.top.clone(), self.bottom.clone()).unwrap_or_default()
    }
}

impl From<&Rational> for Fraction {
    fn from(number: &Rational) -> Self {
        Self::of(number.numerator(), number.denominator()).unwrap_or_else(Self::nought)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.top * &other.bottom).cmp(&(&other.top * &self.bottom))
    }
}

impl std::fmt::Display for Fraction {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.bottom.is_one() {
            write!(formatter, "{}", self.top)
        } else {
            write!(formatter, "{}/{}", self.top, self.bottom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Fraction {
        Fraction::read(text).unwrap()
    }

    #[test]
    fn a_fraction_is_read_as_it_is_written_and_in_no_other_way() {
        for text in ["0", "154", "-25/2", "123456789012345678901234567890/97"] {
            assert_eq!(read(text).to_string(), text);
        }
        for text in ["", "-0", "+1", "01", "2/4", "1/-2", "1/0", "1/1", "1.5", " 1", "x", "1/2/3", "1_0"] {
            assert_eq!(Fraction::read(text), None, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(read("1/3").plus(&read("1/6")), read("1/2"));
        assert_eq!(read("1/3").minus(&read("1/3")), Fraction::nought());
        assert_eq!(read("-2/3").times(&read("3/4")), read("-1/2"));
        assert_eq!(read("1").over(&read("-3")), Some(read("-1/3")));
        assert_eq!(read("1").over(&Fraction::nought()), None);
        assert_eq!((read("-7/2").floor(), read("-7/2").next_whole()), (read("-4"), read("-3")));
        assert_eq!((read("3").floor(), read("3").next_whole()), (read("3"), read("4")));
        assert!(read("-1/2") < read("-1/3") && read("1/3") < read("1/2"));
    }

    #[test]
    fn fractions_become_whole_numbers_without_a_common_divisor() {
        let all = [read("2/3"), read("-4/3"), read("0")];
        assert_eq!(Fraction::to_coprime(all.iter()), Some(read("3/2")));
        assert_eq!(Fraction::to_coprime([Fraction::nought()].iter()), None);
    }
}
