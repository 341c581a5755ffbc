//! Formulas over figures: what a relation becomes once its names are bound.

use super::Answers;
use crate::expr::Comparison;
use crate::number::{Interval, Rational};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Answers of this kind exist. It stands by itself, or among alternatives.
    Answers(Answers),
    /// A statement that could not be read: nothing that depends on it is ever decided.
    Unread,
}

impl Formula {
    /// The places of the variables in it.
    pub fn variables(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.add_variables(&mut found);
        found
    }

    fn add_variables(&self, found: &mut BTreeSet<usize>) {
        match self {
            Self::Known(_) | Self::Unread => {}
            Self::Answers(answers) => found.extend(answers.variables()),
            Self::Compare(left, _, right) => {
                left.add_variables(found);
                right.add_variables(found);
            }
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.add_variables(found)),
            Self::Not(of) => of.add_variables(found),
        }
    }

    /// The same with its variables in other places.
    #[must_use]
    pub fn moved(&self, to: &dyn Fn(usize) -> usize) -> Self {
        let all = |parts: &[Self]| parts.iter().map(|part| part.moved(to)).collect();
        match self {
            Self::Known(_) | Self::Unread => self.clone(),
            Self::Answers(answers) => Self::Answers(Answers {
                count: to(answers.count),
                mean: to(answers.mean),
                deviation: to(answers.deviation),
                ..*answers
            }),
            Self::Compare(left, comparison, right) => Self::Compare(left.moved(to), *comparison, right.moved(to)),
            Self::All(parts) => Self::All(all(parts)),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::Not(of) => Self::Not(Box::new(of.moved(to))),
        }
    }

    /// Whether anything in it is divided by something, so that it may say nothing.
    pub fn divides(&self) -> bool {
        match self {
            Self::Known(_) | Self::Unread | Self::Answers(_) => false,
            Self::Compare(left, _, right) => left.divides() || right.divides(),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::divides),
            Self::Not(of) => of.divides(),
        }
    }

    /// Whether it speaks of answers, and so is decided by itself: no rows say what it says.
    pub fn speaks_of_answers(&self) -> bool {
        match self {
            Self::Answers(_) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::speaks_of_answers),
            Self::Not(of) => of.speaks_of_answers(),
            Self::Known(_) | Self::Compare(..) | Self::Unread => false,
        }
    }

    /// What it says of answers, if it says nothing else: alternatives that are known to be false say nothing.
    pub fn answers_alone(&self) -> Option<&Answers> {
        match self {
            Self::Answers(answers) => Some(answers),
            Self::Any(parts) => {
                let is_false = |part: &&Self| match part {
                    Self::Known(truth) => !truth,
                    Self::Not(of) => matches!(**of, Self::Known(true)),
                    _ => false,
                };
                let mut open = parts.iter().filter(|part| !is_false(part));
                open.next().filter(|_| open.next().is_none())?.answers_alone()
            }
            _ => None,
        }
    }
}

/// The factors of variables, by their places, and a constant.
pub type Linear = (BTreeMap<usize, Rational>, Rational);

impl Term {
    /// A change in per cent: `100 * (to - from) / max(from, 0)`. Of a figure that is not above 0 it says nothing: from -10
    /// to -5 is a rise, which divided by -10 would be called a fall.
    pub fn change(from: Term, to: Term) -> Term {
        let rise = Term::Sum(vec![to, Term::Negative(Box::new(from.clone()))]);
        let hundredfold = Term::Product(Box::new(Term::Number(Rational::from(100))), Box::new(rise));
        Term::Quotient(Box::new(hundredfold), Box::new(Term::Greatest(vec![from, Term::Number(Rational::ZERO)])))
    }

    /// What a quotient is divided by, as people say it: of a change, its first figure.
    pub fn said_divisor(&self) -> &Term {
        match self {
            Term::Greatest(terms) => match terms.as_slice() {
                [term, Term::Number(number)] if number.is_zero() => term,
                _ => self,
            },
            _ => self,
        }
    }

    fn add_variables(&self, found: &mut BTreeSet<usize>) {
        if let Term::Variable(place) = self {
            found.insert(*place);
        }
        self.parts().into_iter().for_each(|part| part.add_variables(found));
    }

    /// The terms right below this one.
    fn parts(&self) -> Vec<&Term> {
        match self {
            Term::Number(_) | Term::Variable(_) => Vec::new(),
            Term::Negative(of) | Term::Power(of, _) => vec![of],
            Term::Product(left, right) | Term::Quotient(left, right) => vec![left, right],
            Term::Sum(terms) | Term::Least(terms) | Term::Greatest(terms) => terms.iter().collect(),
        }
    }

    fn moved(&self, to: &dyn Fn(usize) -> usize) -> Self {
        let of = |term: &Self| Box::new(term.moved(to));
        let all = |terms: &[Self]| terms.iter().map(|term| term.moved(to)).collect();
        match self {
            Self::Number(_) => self.clone(),
            Self::Variable(at) => Self::Variable(to(*at)),
            Self::Negative(inner) => Self::Negative(of(inner)),
            Self::Sum(terms) => Self::Sum(all(terms)),
            Self::Product(left, right) => Self::Product(of(left), of(right)),
            Self::Quotient(left, right) => Self::Quotient(of(left), of(right)),
            Self::Power(inner, exponent) => Self::Power(of(inner), *exponent),
            Self::Least(terms) => Self::Least(all(terms)),
            Self::Greatest(terms) => Self::Greatest(all(terms)),
        }
    }

    fn divides(&self) -> bool {
        matches!(self, Self::Quotient(..)) || self.parts().into_iter().any(Self::divides)
    }

    /// A term as a sum of multiples of variables and a constant, if it is one.
    pub fn linear(&self) -> Option<Linear> {
        let none = || (BTreeMap::new(), Rational::from(0));
        Some(match self {
            Term::Number(number) => (BTreeMap::new(), number.clone()),
            Term::Variable(place) => (BTreeMap::from([(*place, Rational::from(1))]), Rational::from(0)),
            Term::Negative(of) => times(of.linear()?, &Rational::from(-1)),
            Term::Sum(terms) => terms.iter().try_fold(none(), |sum, term| Some(plus(sum, term.linear()?)))?,
            Term::Product(left, right) => {
                let (left, right) = (left.linear()?, right.linear()?);
                match (left.0.is_empty(), right.0.is_empty()) {
                    (true, _) => times(right, &left.1),
                    (_, true) => times(left, &right.1),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }
}

fn plus(mut one: Linear, other: Linear) -> Linear {
    for (place, factor) in other.0 {
        let sum = one.0.get(&place).cloned().unwrap_or_else(|| Rational::from(0)) + factor;
        if sum.is_zero() {
            one.0.remove(&place);
        } else {
            one.0.insert(place, sum);
        }
    }
    (one.0, one.1 + other.1)
}

fn times(one: Linear, factor: &Rational) -> Linear {
    if factor.is_zero() {
        return (BTreeMap::new(), Rational::from(0));
    }
    (one.0.into_iter().map(|(place, found)| (place, found * factor.clone())).collect(), one.1 * factor.clone())
}
