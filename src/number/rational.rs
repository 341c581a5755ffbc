//! Exact rational numbers: two machine words while they fit, big integers when they do not, value by value.
//!
//! Arithmetic cannot overflow and cannot fail, but for division, which has no answer at zero. Every value has one
//! form only (lowest terms, positive denominator, small whenever it fits), so that equality and hashing are those of
//! the fields. How a rational is written and read lives in `decimal`.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::num::NonZeroI64;
use std::ops::Neg;

/// Powers that would need more bits than this are refused, so that `9^9^9` in a rule costs nothing.
const MAX_POWER_BITS: u64 = 1 << 16;

/// The largest exponent of ten that a figure may have: far beyond any quantity that is reported.
pub(super) const MAX_EXPONENT: i32 = 1_000;

const DENOMINATOR_ONE: NonZeroI64 = match NonZeroI64::new(1) {
    Some(one) => one,
    None => NonZeroI64::MAX,
};

/// An exact rational number in lowest terms.
///
/// ```
/// use addup::number::Rational;
/// let third = Rational::new(1, 3).unwrap();
/// assert_eq!(&third + &third + &third, Rational::from(1));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Form);

/// Invariant: lowest terms, positive denominator, and `Small` whenever both parts fit.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small { num: i64, den: NonZeroI64 },
    Big(Box<Fraction>),
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Fraction {
    num: BigInt,
    den: BigInt,
}

/// The product of two machine words in two machine words: at most 2^126 in size, so it cannot wrap.
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a).wrapping_mul(i128::from(b))
}

/// `a / divisor` where `divisor` is positive and divides `a`.
fn quotient(a: i64, divisor: i64) -> i64 {
    if divisor == 1 { a } else { Integer::div_floor(&a, &divisor) }
}

impl Rational {
    /// Nought.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number, where a constant is wanted.
    pub(super) const fn whole(num: i64) -> Self {
        Self(Form::Small { num, den: DENOMINATOR_ONE })
    }

    /// `numerator / denominator`, or `None` if the denominator is zero.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == i64::MIN || numerator == i64::MIN {
            return Self::from_big(numerator.into(), denominator.into());
        }
        if denominator == 0 {
            return None;
        }
        let sign = denominator.signum();
        let divisor = Integer::gcd(&numerator, &denominator);
        let num = quotient(numerator.saturating_mul(sign), divisor);
        let den = quotient(denominator.saturating_mul(sign), divisor);
        NonZeroI64::new(den).map(|den| Self(Form::Small { num, den }))
    }

    /// `numerator / denominator`, or `None` if the denominator is zero.
    pub fn from_big(numerator: BigInt, denominator: BigInt) -> Option<Self> {
        if denominator.is_zero() { None } else { Some(Self::reduced(numerator, denominator)) }
    }

    /// Brings a fraction with a denominator that is not zero into its one form.
    fn reduced(num: BigInt, den: BigInt) -> Self {
        let divisor = num.gcd(&den);
        let divisor = if den.is_negative() { -divisor } else { divisor };
        if divisor.is_one() { Self::canonical(num, den) } else { Self::canonical(num / &divisor, den / &divisor) }
    }

    /// Chooses the small form if it fits. The fraction is in lowest terms and its denominator positive.
    fn canonical(num: BigInt, den: BigInt) -> Self {
        match (num.to_i64(), den.to_i64().and_then(NonZeroI64::new)) {
            (Some(num), Some(den)) => Self(Form::Small { num, den }),
            _ => Self(Form::Big(Box::new(Fraction { num, den }))),
        }
    }

    /// The same from two double words, in lowest terms, the second positive.
    fn canonical_wide(num: i128, den: i128) -> Self {
        match (i64::try_from(num), i64::try_from(den).ok().and_then(NonZeroI64::new)) {
            (Ok(num), Some(den)) => Self(Form::Small { num, den }),
            _ => Self(Form::Big(Box::new(Fraction { num: num.into(), den: den.into() }))),
        }
    }

    /// Ten to the power of `exponent`, or `None` beyond a thousand either way.
    pub fn power_of_ten(exponent: i32) -> Option<Self> {
        if exponent.unsigned_abs() > MAX_EXPONENT.unsigned_abs() {
            return None;
        }
        if let Some(power) = 10_i64.checked_pow(exponent.unsigned_abs()) {
            return if exponent < 0 { Self::new(1, power) } else { Some(Self::from(power)) };
        }
        let power = BigInt::from(10).pow(exponent.unsigned_abs());
        Some(if exponent < 0 { Self::canonical(BigInt::one(), power) } else { Self::canonical(power, BigInt::one()) })
    }

    /// How many bits its numerator and denominator have together.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Form::Small { num, den } => {
                let bits = |word: u64| u64::from(u64::BITS.saturating_sub(word.leading_zeros()));
                bits(num.unsigned_abs()).saturating_add(bits(den.get().unsigned_abs()))
            }
            Form::Big(fraction) => fraction.num.bits().saturating_add(fraction.den.bits()),
        }
    }

    /// The numerator; it carries the sign.
    pub fn numerator(&self) -> BigInt {
        match &self.0 {
            Form::Small { num, .. } => (*num).into(),
            Form::Big(fraction) => fraction.num.clone(),
        }
    }

    /// The denominator; always positive.
    pub fn denominator(&self) -> BigInt {
        match &self.0 {
            Form::Small { den, .. } => den.get().into(),
            Form::Big(fraction) => fraction.den.clone(),
        }
    }

    /// Numerator and denominator, if both fit a machine word.
    pub fn small(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Form::Small { num, den } => Some((*num, den.get())),
            Form::Big(_) => None,
        }
    }

    /// Whether it is nought.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Form::Small { num: 0, .. })
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Small { den, .. } => den.get() == 1,
            Form::Big(fraction) => fraction.den.is_one(),
        }
    }

    /// Whether it is more than nought.
    pub fn is_positive(&self) -> bool {
        self.signum() > 0
    }

    /// Whether it is less than nought.
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Form::Small { num, .. } => match num.cmp(&0) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            },
            Form::Big(fraction) => {
                if fraction.num.is_negative() {
                    -1
                } else {
                    1
                }
            }
        }
    }

    /// Its distance from nought.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Form::Small { num, den } => Self::from(Integer::div_floor(num, &den.get())),
            Form::Big(fraction) => Self::from(fraction.num.div_floor(&fraction.den)),
        }
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        match &self.0 {
            Form::Small { num, den } => Self::from(Integer::div_ceil(num, &den.get())),
            Form::Big(fraction) => Self::from(fraction.num.div_ceil(&fraction.den)),
        }
    }

    /// The nearest whole number; from halfway, the one above.
    #[must_use]
    pub fn round(&self) -> Self {
        self.plus(&Self(Form::Small { num: 1, den: TWO })).floor()
    }

    /// Its value as a machine word, if it is a whole number that fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.small().and_then(|(num, den)| (den == 1).then_some(num))
    }

    /// Its value as a double word, if it is a whole number that fits.
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Form::Small { num, den } => (den.get() == 1).then_some(i128::from(*num)),
            Form::Big(fraction) => fraction.den.is_one().then(|| fraction.num.to_i128()).flatten(),
        }
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        self.small_sum(other, false).unwrap_or_else(|| {
            let (a, b, c, d) = (self.numerator(), self.denominator(), other.numerator(), other.denominator());
            Self::reduced(a * &d + c * &b, b * d)
        })
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.small_sum(other, true).unwrap_or_else(|| {
            let (a, b, c, d) = (self.numerator(), self.denominator(), other.numerator(), other.denominator());
            Self::reduced(a * &d - c * &b, b * d)
        })
    }

    /// Knuth, *The Art of Computer Programming*, volume 2, 4.5.1: with g = gcd(b, d), only a divisor of g can be left
    /// to cancel, so that every gcd is one of machine words.
    fn small_sum(&self, other: &Self, subtract: bool) -> Option<Self> {
        let ((a, b), (c, d)) = (self.small()?, other.small()?);
        if b == 1 && d == 1 {
            let sum = if subtract { a.checked_sub(c) } else { a.checked_add(c) };
            if let Some(sum) = sum {
                return Some(Self::whole(sum));
            }
        }
        let common = Integer::gcd(&b, &d);
        let (b_rest, d_rest) = (quotient(b, common), quotient(d, common));
        let (left, right) = (wide(a, d_rest), wide(c, b_rest));
        let top = if subtract { left.checked_sub(right)? } else { left.checked_add(right)? };
        if common == 1 {
            return Some(Self::canonical_wide(top, wide(b, d)));
        }
        let last = Integer::gcd(&i64::try_from(top.checked_rem(i128::from(common))?).ok()?, &common);
        Some(Self::canonical_wide(top.checked_div(i128::from(last))?, wide(b_rest, quotient(d, last))))
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            if b == 1
                && d == 1
                && let Some(product) = a.checked_mul(c)
            {
                return Self::whole(product);
            }
            let (left, right) = (Integer::gcd(&a, &d), Integer::gcd(&c, &b));
            let num = wide(quotient(a, left), quotient(c, right));
            let den = wide(quotient(b, right), quotient(d, left));
            return Self::canonical_wide(num, den);
        }
        Self::reduced(self.numerator() * other.numerator(), self.denominator() * other.denominator())
    }

    /// One divided by it, or `None` for nought.
    pub fn reciprocal(&self) -> Option<Self> {
        match &self.0 {
            Form::Small { num: 0, .. } => None,
            Form::Small { num, den } => {
                let top = if *num < 0 { i128::from(den.get()).checked_neg()? } else { i128::from(den.get()) };
                Some(Self::canonical_wide(top, i128::from(*num).abs()))
            }
            Form::Big(fraction) => Self::from_big(fraction.den.clone(), fraction.num.clone()),
        }
    }

    /// The quotient, or `None` if the divisor is nought.
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        divisor.reciprocal().map(|reciprocal| self.times(&reciprocal))
    }

    /// Itself to a whole power (nought to the power of nought is one), or `None` if that is beyond all bounds.
    pub fn pow(&self, exponent: u32) -> Option<Self> {
        if let Some((num, den)) = self.small()
            && let (Some(num), Some(den)) = (num.checked_pow(exponent), den.checked_pow(exponent))
        {
            return NonZeroI64::new(den).map(|den| Self(Form::Small { num, den }));
        }
        let (num, den) = (self.numerator(), self.denominator());
        let bits = num.bits().max(den.bits()).saturating_mul(exponent.into());
        (bits <= MAX_POWER_BITS).then(|| Self::canonical(num.pow(exponent), den.pow(exponent)))
    }

    /// Halfway between two numbers.
    #[must_use]
    pub fn midpoint(&self, other: &Self) -> Self {
        self.plus(other).half()
    }

    /// Half of it.
    #[must_use]
    pub fn half(&self) -> Self {
        self.times(&Self(Form::Small { num: 1, den: TWO }))
    }
}

const TWO: NonZeroI64 = match NonZeroI64::new(2) {
    Some(two) => two,
    None => NonZeroI64::MAX,
};

impl Default for Rational {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Self::whole(value)
    }
}

impl From<i32> for Rational {
    fn from(value: i32) -> Self {
        Self::whole(value.into())
    }
}

impl From<u32> for Rational {
    fn from(value: u32) -> Self {
        Self::whole(value.into())
    }
}

impl From<i128> for Rational {
    fn from(value: i128) -> Self {
        Self::canonical_wide(value, 1)
    }
}

impl From<BigInt> for Rational {
    fn from(value: BigInt) -> Self {
        Self::canonical(value, BigInt::one())
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) if b == d => a.cmp(&c),
            (Some((a, b)), Some((c, d))) => wide(a, d).cmp(&wide(c, b)),
            _ => self
                .signum()
                .cmp(&other.signum())
                .then_with(|| (self.numerator() * other.denominator()).cmp(&(other.numerator() * self.denominator()))),
        }
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        match &self.0 {
            Form::Small { num, den } => match num.checked_neg() {
                Some(num) => Rational(Form::Small { num, den: *den }),
                None => Rational::canonical(-BigInt::from(*num), den.get().into()),
            },
            Form::Big(fraction) => Rational::canonical(-&fraction.num, fraction.den.clone()),
        }
    }
}

impl Neg for Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        -&self
    }
}

#[cfg(test)]
mod tests;
