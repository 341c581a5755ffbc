//! The operators of [`Rational`], for owned and borrowed operands alike.

use super::Rational;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, MulAssign, Sub, SubAssign};

/// One operator for every mix of owned and borrowed operands.
macro_rules! operator {
    ($trait:ident, $method:ident, $assign_trait:ident, $assign:ident, $named:ident) => {
        impl $trait<&Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                self.$named(other)
            }
        }
        impl $trait<Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                self.$named(&other)
            }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                self.$named(other)
            }
        }
        impl $trait<Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                self.$named(&other)
            }
        }
        impl $assign_trait<&Rational> for Rational {
            fn $assign(&mut self, other: &Rational) {
                *self = self.$named(other);
            }
        }
        impl $assign_trait<Rational> for Rational {
            fn $assign(&mut self, other: Rational) {
                *self = self.$named(&other);
            }
        }
    };
}

operator!(Add, add, AddAssign, add_assign, plus);
operator!(Sub, sub, SubAssign, sub_assign, minus);
operator!(Mul, mul, MulAssign, mul_assign, times);

impl Sum for Rational {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::ZERO, |total, value| total.plus(&value))
    }
}

impl<'a> Sum<&'a Rational> for Rational {
    fn sum<I: Iterator<Item = &'a Rational>>(values: I) -> Self {
        values.fold(Self::ZERO, |total, value| total.plus(value))
    }
}
