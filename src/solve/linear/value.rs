//! Numbers a little above or below a rational.
//!
//! A strict bound `x < b` is `x <= b - e` for some `e` above 0 that is as small as it has to be; values carry a
//! multiple of it and are compared by their rational part first (Dutertre and de Moura 2006, section 5).

use crate::number::Rational;

/// A rational and a multiple of something smaller than any.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Value {
    pub real: Rational,
    pub small: Rational,
}

impl Value {
    /// A rational itself.
    pub fn exact(real: Rational) -> Self {
        Self { real, small: Rational::ZERO }
    }

    /// The upper bound that a row's `at_most` is; strict ones lie a little below.
    pub fn upper(real: Rational, strict: bool) -> Self {
        Self { real, small: if strict { Rational::from(-1) } else { Rational::ZERO } }
    }

    /// The lower bound that a row's bound is; strict ones lie a little above.
    pub fn lower(real: Rational, strict: bool) -> Self {
        Self { real, small: if strict { Rational::ONE } else { Rational::ZERO } }
    }

    /// The difference.
    pub fn minus(&self, other: &Self) -> Self {
        Self { real: self.real.minus(&other.real), small: minus(&self.small, &other.small) }
    }

    /// A multiple.
    pub fn times(&self, factor: &Rational) -> Self {
        let small = if self.small.is_zero() { Rational::ZERO } else { self.small.times(factor) };
        Self { real: self.real.times(factor), small }
    }

    /// Adds a multiple of another.
    pub fn add_times(&mut self, factor: &Rational, other: &Self) {
        self.real += factor.times(&other.real);
        if !other.small.is_zero() {
            self.small += factor.times(&other.small);
        }
    }

    /// About how much work it is.
    pub fn work(&self) -> u64 {
        super::work(&self.real).saturating_add(super::work(&self.small))
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        self.small.is_zero() && self.real.is_integer()
    }

    /// The greatest whole number that is not above it.
    pub fn floor(&self) -> Rational {
        if self.real.is_integer() && self.small.is_negative() {
            self.real.minus(&Rational::ONE)
        } else {
            self.real.floor()
        }
    }
}

fn minus(one: &Rational, other: &Rational) -> Rational {
    if other.is_zero() { one.clone() } else { one.minus(other) }
}
