//! Exact rational numbers: two machine words while they fit, big integers when they do not, value by value.
//!
//! Arithmetic cannot overflow and cannot fail, but for division, which has no answer at zero.

/// An exact rational number in lowest terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rational {
    _todo: (),
}
