//! How a rational is written and read: decimals where they end, `a/b` where they do not, grouped digits for people.
//!
//! Reading is bounded: a numeral with more digits or a larger exponent than any figure has is refused at once.

use super::Rational;
use super::rational::MAX_EXPONENT;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Decimals longer than this are written as fractions.
const MAX_DECIMALS: u32 = 40;

/// Numerals with more digits than this are refused.
const MAX_DIGITS: usize = 1_000;

/// Machine-written fractions may be longer than any figure, but not without end.
const MAX_MACHINE_DIGITS: usize = 20_000;

/// Why a text is not a rational.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number that can be read exactly")]
pub struct ParseRationalError;

impl Rational {
    /// Reads a plain decimal: an optional sign, digits with at most one point, an optional exponent. No separators.
    /// `None` if it is not one, has more than a thousand digits, or an exponent beyond a thousand either way.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match rest.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, bounded_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let count = whole.len().saturating_add(decimals.len());
        if count == 0 || count > MAX_DIGITS || digits.ends_with('.') {
            return None;
        }
        if !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let value = integer(whole, decimals)?;
        let shift = exponent.checked_sub(i32::try_from(decimals.len()).ok()?)?;
        // The digits and the exponent are bounded each by itself, so their sum may reach twice the bound.
        let half = shift.checked_div(2)?;
        let value = value * Rational::power_of_ten(half)? * Rational::power_of_ten(shift.checked_sub(half)?)?;
        Some(if negative { -value } else { value })
    }

    /// Its decimals, if they come to an end soon enough: the digits of `self * 10^places` and the places.
    fn terminating(&self) -> Option<(BigInt, u32)> {
        if self.is_integer() {
            return Some((self.numerator(), 0));
        }
        if let Some((num, den)) = self.small() {
            return terminating_small(num, den);
        }
        let ten = BigInt::from(10);
        let (mut digits, rest) = (self.numerator() * ten.pow(MAX_DECIMALS)).div_rem(&self.denominator());
        if !rest.is_zero() {
            return None;
        }
        let mut places = MAX_DECIMALS;
        while places > 0 {
            let (shorter, last) = digits.div_rem(&ten);
            if !last.is_zero() {
                break;
            }
            digits = shorter;
            places = places.saturating_sub(1);
        }
        Some((digits, places))
    }

    /// The number of decimals it needs, if they come to an end soon enough to be written.
    pub fn decimals(&self) -> Option<u32> {
        self.terminating().map(|(_, places)| places)
    }

    /// For people: `1,200`, `-12.5`, `1/3`.
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text.as_str()),
        };
        if let Some((num, den)) = text.split_once('/') {
            return format!("{sign}{}/{}", grouped(num), grouped(den));
        }
        match text.split_once('.') {
            Some((whole, decimals)) => format!("{sign}{}.{decimals}", grouped(whole)),
            None => format!("{sign}{}", grouped(text)),
        }
    }
}

/// The digits of both parts as one whole number; short ones without big integers.
fn integer(whole: &str, decimals: &str) -> Option<Rational> {
    if whole.len().saturating_add(decimals.len()) <= 18 {
        let mut value = 0_i64;
        for digit in whole.bytes().chain(decimals.bytes()) {
            value = value.checked_mul(10)?.checked_add(i64::from(digit.checked_sub(b'0')?))?;
        }
        return Some(Rational::from(value));
    }
    format!("{whole}{decimals}").parse::<BigInt>().ok().map(Rational::from)
}

/// As many places as the denominator has twos or fives, whichever are more; none end if it has anything else.
fn terminating_small(num: i64, den: i64) -> Option<(BigInt, u32)> {
    let twos = den.trailing_zeros();
    let (mut fives, mut rest) = (0_u32, den.checked_shr(twos)?);
    while rest > 1 {
        let (fifth, left) = rest.div_rem(&5);
        if left != 0 {
            return None;
        }
        (fives, rest) = (fives.saturating_add(1), fifth);
    }
    let places = twos.max(fives);
    if places > MAX_DECIMALS {
        return None;
    }
    let factor = match 10_i64.checked_pow(places) {
        Some(power) => BigInt::from(power.checked_div(den)?),
        None => BigInt::from(10).pow(places) / den,
    };
    Some((factor * num, places))
}

fn bounded_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse::<i32>().ok().filter(|exponent| exponent.unsigned_abs() <= MAX_EXPONENT.unsigned_abs())
}

/// Digits in groups of three: `1,204`.
pub fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len().saturating_mul(2));
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(index);
        if index > 0 && left.is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The exact decimal if it ends within forty places, else `numerator/denominator`. [`Rational::from_str`] reads it back.
impl fmt::Display for Rational {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(value) = self.to_i64() {
            return write!(out, "{value}");
        }
        let Some((digits, places)) = self.terminating() else {
            return write!(out, "{}/{}", self.numerator(), self.denominator());
        };
        if places == 0 {
            return write!(out, "{digits}");
        }
        let sign = if digits.is_negative() { "-" } else { "" };
        let (whole, decimals) = digits.abs().div_rem(&BigInt::from(10).pow(places));
        let width = usize::try_from(places).unwrap_or_default();
        write!(out, "{sign}{whole}.{:0>width$}", decimals.to_string())
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Rational {
    type Err = ParseRationalError;

    fn from_str(text: &str) -> Result<Self, ParseRationalError> {
        if let Some(value) = Self::parse_decimal(text) {
            return Ok(value);
        }
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() > MAX_MACHINE_DIGITS || !plain(num.strip_prefix('-').unwrap_or(num)) || !plain(den) {
            return Err(ParseRationalError);
        }
        let num = num.parse::<BigInt>().map_err(|_| ParseRationalError)?;
        let den = if den == "1" { BigInt::one() } else { den.parse::<BigInt>().map_err(|_| ParseRationalError)? };
        Self::from_big(num, den).ok_or(ParseRationalError)
    }
}

/// As text, so that no reader takes it for a binary float.
impl Serialize for Rational {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rational {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_read_as_written() {
        let read = |text: &str| Rational::parse_decimal(text).map(|value| value.to_string());
        assert_eq!(read("12.50").as_deref(), Some("12.5"));
        assert_eq!(read("-3.2").as_deref(), Some("-3.2"));
        assert_eq!(read("\u{2212}0.05").as_deref(), Some("-0.05"));
        assert_eq!(read("1e3").as_deref(), Some("1000"));
        assert_eq!(read("1.5E-3").as_deref(), Some("0.0015"));
        assert_eq!(read(".5").as_deref(), Some("0.5"));
        assert_eq!(read("1e-18").as_deref(), Some("0.000000000000000001"));
        assert_eq!(read("-7.03125").as_deref(), Some("-7.03125"));
        assert_eq!(Rational::new(1, 1 << 40).unwrap().decimals(), Some(40));
        assert_eq!(Rational::new(1, 1 << 41).unwrap().decimals(), None);
        for bad in ["", "-", ".", "1.", "1e", "1e+", "1..2", "0x1", "1,000", "inf", "NaN", " 1", "1e1e1", "٣"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn hostile_numerals_are_refused_at_once() {
        assert_eq!(Rational::parse_decimal("1e999999999"), None);
        assert_eq!(Rational::parse_decimal("1e99999999999999999999"), None);
        assert_eq!(Rational::parse_decimal(&"9".repeat(10_000_000)), None);
        assert!(Rational::parse_decimal(&format!("{}e-1000", "9".repeat(1_000))).is_some());
        assert!(Rational::parse_decimal(&format!("0.{}e-1000", "9".repeat(999))).is_some());
    }

    #[test]
    fn people_see_grouped_digits() {
        let grouped = |text: &str| text.parse::<Rational>().unwrap().grouped();
        assert_eq!(grouped("1200"), "1,200");
        assert_eq!(grouped("-1234567.25"), "-1,234,567.25");
        assert_eq!(grouped("999"), "999");
        assert_eq!(grouped("1/3"), "1/3");
        assert_eq!(grouped("-1000/3"), "-1,000/3");
    }

    #[test]
    fn it_travels_as_text() {
        let third = Rational::new(1, 3).unwrap();
        let text = serde_json::to_string(&third).unwrap();
        assert_eq!(text, "\"1/3\"");
        assert_eq!(serde_json::from_str::<Rational>(&text).unwrap(), third);
        assert!(serde_json::from_str::<Rational>("\"1/0\"").is_err());
        assert!(serde_json::from_str::<Rational>("\"1/-3\"").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(a in any::<i64>(), b in 1_i64..=i64::MAX, power in 0_u32..6) {
            let value = Rational::new(a, b).unwrap().pow(power).unwrap();
            prop_assert_eq!(value.to_string().parse::<Rational>().unwrap(), value);
        }
    }
}
