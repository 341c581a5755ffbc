//! Formulas over figures: what a relation becomes once its names are bound.

use crate::expr::Comparison;
use crate::number::{Interval, Rational};

/// What a variable of a formula may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its possible values.
    pub interval: Interval,
    /// Whether only whole numbers count.
    pub integer: bool,
}

/// A number that depends on variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A fixed number.
    Number(Rational),
    /// The variable at this place of the relation's list.
    Variable(usize),
    /// The negative of a term.
    Negative(Box<Term>),
    /// A sum of terms; 0 if there are none.
    Sum(Vec<Term>),
    /// A product of two terms.
    Product(Box<Term>, Box<Term>),
    /// A quotient; it says nothing where the divisor can be 0.
    Quotient(Box<Term>, Box<Term>),
    /// A power with a small whole exponent.
    Power(Box<Term>, u32),
    /// The least of at least one term.
    Least(Vec<Term>),
    /// The greatest of at least one term.
    Greatest(Vec<Term>),
}

/// A statement that depends on variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Known to be true or false whatever the figures.
    Known(bool),
    /// Two terms compare so.
    Compare(Term, Comparison, Term),
    /// All of them.
    All(Vec<Formula>),
    /// At least one of them.
    Any(Vec<Formula>),
    /// Not this one.
    Not(Box<Formula>),
}
