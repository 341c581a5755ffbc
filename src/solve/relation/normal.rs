//! A formula as comparisons of polynomials with nought.
//!
//! Negations go down to the comparisons. A least value is the one of its terms that is at most all others, so that each
//! term is a case of its own. A quotient is multiplied out: `n / d <= 0` is `n <= 0` where `d > 0`, and `n >= 0` where
//! `d < 0`. Where a divisor is 0 the comparison says nothing: it is satisfied, and never broken.

use super::evaluate::DEEPEST;
use super::meter::Meter;
use super::polynomial::Polynomial;
use crate::expr::Comparison;
use crate::number::{Interval, Rational};
use crate::problem::{Formula, Term};
use std::cell::Cell;

/// A comparison is not taken into more cases than this.
const MOST_CASES: usize = 256;
/// A formula may have this many comparisons.
const MOST_COMPARISONS: usize = 20_000;

/// Which choices are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::solve) enum Polarity {
    /// Those that satisfy the formula.
    Satisfied,
    /// Those that do not.
    Broken,
}

/// How a polynomial compares with nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::solve) enum Sign {
    Below,
    AtMost,
    Zero,
    NotZero,
}

impl Sign {
    /// What is known of it if the polynomial lies in this interval.
    pub fn over(self, range: &Interval) -> Option<bool> {
        let zero = Rational::ZERO;
        let (below, above) = (Interval::less_than(zero.clone()), Interval::more_than(zero.clone()));
        let at_most = Interval::at_most(zero.clone());
        match self {
            Self::Below if range.is_subset_of(&below) => Some(true),
            Self::Below if !range.meets(&below) => Some(false),
            Self::AtMost if range.is_subset_of(&at_most) => Some(true),
            Self::AtMost if range.is_subset_of(&above) => Some(false),
            Self::Zero | Self::NotZero if !range.contains(&zero) => Some(self == Self::NotZero),
            Self::Zero | Self::NotZero if range.is_point() => Some(self == Self::Zero),
            _ => None,
        }
    }
}

/// A polynomial that is to compare with nought so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::solve) struct Atom {
    pub polynomial: Polynomial,
    pub sign: Sign,
}

/// A formula without negations, over atoms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::solve) enum Normal {
    Known(bool),
    Atom(Atom),
    All(Vec<Normal>),
    Any(Vec<Normal>),
}

impl Normal {
    /// All of them, with what is known left out.
    fn all(parts: Vec<Self>) -> Self {
        if parts.contains(&Self::Known(false)) {
            return Self::Known(false);
        }
        let mut parts: Vec<_> = parts.into_iter().filter(|part| *part != Self::Known(true)).collect();
        match parts.len() {
            0 => Self::Known(true),
            1 => parts.pop().unwrap_or(Self::Known(true)),
            _ => Self::All(parts),
        }
    }

    /// Any of them, with what is known left out.
    fn any(parts: Vec<Self>) -> Self {
        if parts.contains(&Self::Known(true)) {
            return Self::Known(true);
        }
        let mut parts: Vec<_> = parts.into_iter().filter(|part| *part != Self::Known(false)).collect();
        match parts.len() {
            0 => Self::Known(false),
            1 => parts.pop().unwrap_or(Self::Known(false)),
            _ => Self::Any(parts),
        }
    }

    fn negated(&self) -> Self {
        match self {
            Self::Known(truth) => Self::Known(!truth),
            Self::All(parts) => Self::Any(parts.iter().map(Self::negated).collect()),
            Self::Any(parts) => Self::All(parts.iter().map(Self::negated).collect()),
            Self::Atom(Atom { polynomial, sign }) => Self::Atom(match sign {
                Sign::Below => Atom { polynomial: polynomial.negative(), sign: Sign::AtMost },
                Sign::AtMost => Atom { polynomial: polynomial.negative(), sign: Sign::Below },
                Sign::Zero => Atom { polynomial: polynomial.clone(), sign: Sign::NotZero },
                Sign::NotZero => Atom { polynomial: polynomial.clone(), sign: Sign::Zero },
            }),
        }
    }
}

/// A quotient of polynomials, under conditions.
#[derive(Clone)]
struct Case {
    conditions: Vec<Normal>,
    above: Polynomial,
    /// `None` is one.
    below: Option<Polynomial>,
}

/// Brings a formula into normal form, over a box; `None` if it is too deep, falls into too many cases
/// or is too much work.
pub(in crate::solve) fn normal(
    formula: &Formula,
    polarity: Polarity,
    reals: &[Interval],
    meter: &Meter,
) -> Option<Normal> {
    Normalizing { reals, meter, made: Cell::new(0) }.formula(formula, polarity == Polarity::Satisfied, polarity, 0)
}

struct Normalizing<'a> {
    reals: &'a [Interval],
    meter: &'a Meter,
    /// How many pairs of terms were compared.
    made: Cell<usize>,
}

impl Normalizing<'_> {
    fn formula(&self, formula: &Formula, positive: bool, polarity: Polarity, depth: usize) -> Option<Normal> {
        let depth = deeper(depth)?;
        let of = |parts: &[Formula]| {
            parts.iter().map(|part| self.formula(part, positive, polarity, depth)).collect::<Option<Vec<_>>>()
        };
        match formula {
            Formula::Known(truth) => Some(Normal::Known(*truth == positive)),
            Formula::Not(inner) => self.formula(inner, !positive, polarity, depth),
            Formula::Unread | Formula::Answers(_) => None,
            Formula::All(parts) if positive => of(parts).map(Normal::all),
            Formula::Any(parts) if !positive => of(parts).map(Normal::all),
            Formula::All(parts) | Formula::Any(parts) => of(parts).map(Normal::any),
            Formula::Compare(left, comparison, right) => {
                let comparison = if positive { *comparison } else { opposite(*comparison) };
                // What is looked for is a formula that is broken. Its negation was pushed in, so that a comparison that
                // says nothing satisfies the formula here as well, and a broken one must have divisors that are not 0.
                self.compare(left, comparison, right, polarity, depth)
            }
        }
    }

    fn compare(
        &self,
        left: &Term,
        comparison: Comparison,
        right: &Term,
        polarity: Polarity,
        depth: usize,
    ) -> Option<Normal> {
        let mut divisors = Vec::new();
        let clean = self.compare_terms(left, comparison, right, &mut divisors, depth)?;
        Some(match polarity {
            Polarity::Satisfied => {
                divisors.push(clean);
                Normal::any(divisors)
            }
            Polarity::Broken => {
                let mut parts: Vec<_> = divisors.iter().map(Normal::negated).collect();
                parts.push(clean);
                Normal::all(parts)
            }
        })
    }

    /// Compares two terms where no divisor is 0; adds to `divisors` when one is.
    fn compare_terms(
        &self,
        left: &Term,
        comparison: Comparison,
        right: &Term,
        divisors: &mut Vec<Normal>,
        depth: usize,
    ) -> Option<Normal> {
        let depth = deeper(depth)?;
        // A least or greatest value that is a whole side needs no cases: `max(a, b) <= c` is `a <= c and b <= c`.
        if let Some((parts, every)) = side(left, comparison) {
            let each = parts
                .iter()
                .map(|part| self.compare_terms(part, comparison, right, divisors, depth))
                .collect::<Option<Vec<_>>>()?;
            return Some(if every { Normal::all(each) } else { Normal::any(each) });
        }
        if let Some((parts, every)) = side(right, reversed(comparison)) {
            let each = parts
                .iter()
                .map(|part| self.compare_terms(left, comparison, part, divisors, depth))
                .collect::<Option<Vec<_>>>()?;
            return Some(if every { Normal::all(each) } else { Normal::any(each) });
        }
        self.made.set(self.made.get().saturating_add(1));
        if self.made.get() > MOST_COMPARISONS {
            return None;
        }
        // Most comparisons are of plain sums, which have no cases.
        if let Some(polynomial) = Polynomial::difference(left, right) {
            return Some(self.atom(polynomial, comparison));
        }
        let left = self.cases(left, divisors, depth)?;
        let right = self.cases(right, divisors, depth)?;
        let mut ways = Vec::new();
        for (a, b) in pairs(&left, &right)? {
            let mut parts: Vec<Normal> = a.conditions.iter().chain(&b.conditions).cloned().collect();
            parts.push(self.compare_cases(a, comparison, b)?);
            ways.push(Normal::all(parts));
        }
        Some(Normal::any(ways))
    }

    /// `a - b` is a fraction; its sign is that of its numerator, turned where the denominator is negative.
    fn compare_cases(&self, a: &Case, comparison: Comparison, b: &Case) -> Option<Normal> {
        let across = |polynomial: &Polynomial, other: &Option<Polynomial>| match other {
            Some(other) => polynomial.times(other, self.meter),
            None => Some(polynomial.clone()),
        };
        let above = across(&a.above, &b.below)?.plus(&across(&b.above, &a.below)?.negative());
        let Some(below) = product(a.below.as_ref(), b.below.as_ref(), self.meter)? else {
            return Some(self.atom(above, comparison));
        };
        if matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            return Some(self.atom(above, comparison));
        }
        let positive = self.atom(below.clone(), Comparison::More);
        let negative = self.atom(below, Comparison::Less);
        Some(Normal::any(vec![
            Normal::all(vec![positive, self.atom(above.clone(), comparison)]),
            Normal::all(vec![negative, self.atom(above, reversed(comparison))]),
        ]))
    }

    /// A polynomial compared with nought; known if the box settles it.
    fn atom(&self, polynomial: Polynomial, comparison: Comparison) -> Normal {
        let (polynomial, sign) = match comparison {
            Comparison::Less => (polynomial, Sign::Below),
            Comparison::AtMost => (polynomial, Sign::AtMost),
            Comparison::Equal => (polynomial, Sign::Zero),
            Comparison::NotEqual => (polynomial, Sign::NotZero),
            Comparison::AtLeast => (polynomial.negative(), Sign::AtMost),
            Comparison::More => (polynomial.negative(), Sign::Below),
        };
        match sign.over(&polynomial.range(self.reals, self.meter)) {
            Some(truth) => Normal::Known(truth),
            None => Normal::Atom(Atom { polynomial, sign }),
        }
    }

    fn cases(&self, term: &Term, divisors: &mut Vec<Normal>, depth: usize) -> Option<Vec<Case>> {
        let depth = deeper(depth)?;
        let plain = |above| Some(vec![Case { conditions: Vec::new(), above, below: None }]);
        match term {
            Term::Number(number) => plain(Polynomial::number(number.clone())),
            Term::Variable(index) => plain(Polynomial::variable(*index)),
            Term::Negative(inner) => {
                let mut cases = self.cases(inner, divisors, depth)?;
                for case in &mut cases {
                    case.above = case.above.negative();
                }
                Some(cases)
            }
            Term::Sum(parts) => {
                let mut total = plain(Polynomial::default())?;
                for part in parts {
                    let part = self.cases(part, divisors, depth)?;
                    total = match (total.pop(), part.as_slice()) {
                        // By far the most sums are of plain figures; they are added up in place.
                        (Some(sum), [Case { conditions, above, below: None }])
                            if total.is_empty() && conditions.is_empty() && sum.below.is_none() =>
                        {
                            vec![Case { above: sum.above.plus(above), ..sum }]
                        }
                        (sum, _) => {
                            total.extend(sum);
                            joined(&total, &part, |a, b| sum_of(a, b, self.meter))?
                        }
                    };
                }
                Some(total)
            }
            Term::Product(left, right) => {
                let (left, right) = (self.cases(left, divisors, depth)?, self.cases(right, divisors, depth)?);
                joined(&left, &right, |a, b| {
                    let below = product(a.below.as_ref(), b.below.as_ref(), self.meter)?;
                    Some((a.above.times(&b.above, self.meter)?, below))
                })
            }
            Term::Quotient(left, right) => {
                let (left, mut right) = (self.cases(left, divisors, depth)?, self.cases(right, divisors, depth)?);
                for case in &right {
                    let mut zero = case.conditions.clone();
                    zero.push(self.atom(case.above.clone(), Comparison::Equal));
                    divisors.push(Normal::all(zero));
                }
                // Where the divisor is nought whatever the figures, nothing else is said.
                right.retain(|case| !case.above.as_number().is_some_and(|it| it.is_zero()));
                joined(&left, &right, |a, b| {
                    let above = match &b.below {
                        Some(below) => a.above.times(below, self.meter)?,
                        None => a.above.clone(),
                    };
                    quotient(above, product(a.below.as_ref(), Some(&b.above), self.meter)?)
                })
            }
            Term::Power(base, exponent) => {
                let mut cases = self.cases(base, divisors, depth)?;
                for case in &mut cases {
                    case.above = case.above.power(*exponent, self.meter)?;
                    case.below = match &case.below {
                        Some(below) => Some(below.power(*exponent, self.meter)?),
                        None => None,
                    };
                }
                Some(cases)
            }
            Term::Least(parts) => self.extreme(parts, Comparison::AtMost, divisors, depth),
            Term::Greatest(parts) => self.extreme(parts, Comparison::AtLeast, divisors, depth),
        }
    }

    /// One case a term: it compares so with all others.
    fn extreme(
        &self,
        parts: &[Term],
        comparison: Comparison,
        divisors: &mut Vec<Normal>,
        depth: usize,
    ) -> Option<Vec<Case>> {
        if parts.is_empty() || parts.len() > MOST_CASES {
            return None;
        }
        let parts = parts.iter().map(|part| self.cases(part, divisors, depth)).collect::<Option<Vec<Vec<Case>>>>()?;
        let mut cases = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            for case in part {
                let mut case = case.clone();
                for (_, other) in parts.iter().enumerate().filter(|(other, _)| *other != place) {
                    let mut ways = Vec::new();
                    for way in other {
                        let mut conditions = way.conditions.clone();
                        conditions.push(self.compare_cases(&case, comparison, way)?);
                        ways.push(Normal::all(conditions));
                    }
                    case.conditions.push(Normal::any(ways));
                }
                if !case.conditions.contains(&Normal::Known(false)) {
                    cases.push(case);
                }
            }
        }
        (cases.len() <= MOST_CASES).then_some(cases)
    }
}

/// If a side is a least or greatest value: its terms, and whether the comparison must hold for every one of them.
fn side(term: &Term, comparison: Comparison) -> Option<(&[Term], bool)> {
    let upward = match comparison {
        Comparison::Less | Comparison::AtMost => false,
        Comparison::More | Comparison::AtLeast => true,
        Comparison::Equal | Comparison::NotEqual => return None,
    };
    match term {
        Term::Least(parts) if !parts.is_empty() => Some((parts, upward)),
        Term::Greatest(parts) if !parts.is_empty() => Some((parts, !upward)),
        _ => None,
    }
}

fn sum_of(a: &Case, b: &Case, meter: &Meter) -> Option<(Polynomial, Option<Polynomial>)> {
    let across = |polynomial: &Polynomial, other: &Option<Polynomial>| match other {
        Some(other) => polynomial.times(other, meter),
        None => Some(polynomial.clone()),
    };
    if a.below == b.below {
        return Some((a.above.clone().plus(&b.above), a.below.clone()));
    }
    let above = across(&a.above, &b.below)?.plus(&across(&b.above, &a.below)?);
    Some((above, product(a.below.as_ref(), b.below.as_ref(), meter)?))
}

/// A fraction; one with a number below is a polynomial. A divisor that is always 0 leaves whatever stands above: the
/// comparison says nothing then, which its list of divisors knows.
fn quotient(above: Polynomial, below: Option<Polynomial>) -> Option<(Polynomial, Option<Polynomial>)> {
    match below.as_ref().and_then(Polynomial::as_number) {
        Some(number) => match number.reciprocal() {
            Some(factor) => Some((above.scaled(&factor), None)),
            None => Some((above, None)),
        },
        None => Some((above, below)),
    }
}

/// The product of two polynomials of which `None` is one. The outer `None`: it grows beyond what is decided.
#[allow(clippy::option_option)]
fn product(a: Option<&Polynomial>, b: Option<&Polynomial>, meter: &Meter) -> Option<Option<Polynomial>> {
    match (a, b) {
        (None, None) => Some(None),
        (Some(one), None) | (None, Some(one)) => Some(Some(one.clone())),
        (Some(a), Some(b)) => a.times(b, meter).map(Some),
    }
}

fn pairs<'a>(left: &'a [Case], right: &'a [Case]) -> Option<impl Iterator<Item = (&'a Case, &'a Case)>> {
    (left.len().saturating_mul(right.len()) <= MOST_CASES)
        .then(|| left.iter().flat_map(move |a| right.iter().map(move |b| (a, b))))
}

fn joined(
    left: &[Case],
    right: &[Case],
    join: impl Fn(&Case, &Case) -> Option<(Polynomial, Option<Polynomial>)>,
) -> Option<Vec<Case>> {
    pairs(left, right)?
        .map(|(a, b)| {
            let (above, below) = join(a, b)?;
            Some(Case { conditions: a.conditions.iter().chain(&b.conditions).cloned().collect(), above, below })
        })
        .collect()
}

fn deeper(depth: usize) -> Option<usize> {
    depth.checked_add(1).filter(|depth| *depth < DEEPEST)
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::More,
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::AtLeast => Comparison::Less,
        Comparison::More => Comparison::AtMost,
    }
}

/// The comparison with its sides exchanged.
fn reversed(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::More => Comparison::Less,
        same => same,
    }
}
