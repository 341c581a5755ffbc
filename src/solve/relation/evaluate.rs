//! What a formula says at one choice of values: the check behind every witness.
//!
//! It reads the formula as it was given and shares nothing with the search that proposes the choice.

use crate::expr::Comparison;
use crate::number::Rational;
use crate::problem::{Formula, Term};

/// Deeper formulas than this are not decided. Nothing that people write comes near it.
pub(super) const DEEPEST: usize = 400;

/// The value of a term.
enum Value {
    /// This number.
    Is(Rational),
    /// A divisor is 0.
    Nothing,
    /// It is beyond all bounds, or a variable is missing.
    Unknown,
}

/// Whether a formula is satisfied at a choice of values; `None` if that cannot be told.
pub(super) fn truth(formula: &Formula, choice: &[Rational]) -> Option<bool> {
    satisfied(formula, choice, true, 0)
}

/// Whether the formula (or its negation, if not `positive`) is satisfied. Negations go down to the comparisons, where
/// division by 0 satisfies a comparison and its opposite alike.
fn satisfied(formula: &Formula, choice: &[Rational], positive: bool, depth: usize) -> Option<bool> {
    let depth = deeper(depth)?;
    match formula {
        Formula::Known(truth) => Some(*truth == positive),
        Formula::Not(inner) => satisfied(inner, choice, !positive, depth),
        // Answers are decided apart from all other formulas.
        Formula::Unread | Formula::Answers(_) => None,
        Formula::All(parts) | Formula::Any(parts) => {
            let every = matches!(formula, Formula::All(_)) == positive;
            let mut unknown = false;
            for part in parts {
                match satisfied(part, choice, positive, depth) {
                    Some(truth) if truth != every => return Some(truth),
                    Some(_) => {}
                    None => unknown = true,
                }
            }
            if unknown { None } else { Some(every) }
        }
        Formula::Compare(left, comparison, right) => {
            let (left, right) = (value(left, choice, depth), value(right, choice, depth));
            match (left, right) {
                (Value::Unknown, _) | (_, Value::Unknown) => None,
                (Value::Nothing, _) | (_, Value::Nothing) => Some(true),
                (Value::Is(left), Value::Is(right)) => Some(compares(&left, *comparison, &right) == positive),
            }
        }
    }
}

/// Whether two numbers compare so.
pub(super) fn compares(left: &Rational, comparison: Comparison, right: &Rational) -> bool {
    match comparison {
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::AtLeast => left >= right,
        Comparison::More => left > right,
    }
}

fn deeper(depth: usize) -> Option<usize> {
    depth.checked_add(1).filter(|depth| *depth < DEEPEST)
}

fn value(term: &Term, choice: &[Rational], depth: usize) -> Value {
    let Some(depth) = deeper(depth) else { return Value::Unknown };
    let of = |term: &Term| value(term, choice, depth);
    match term {
        Term::Number(number) => Value::Is(number.clone()),
        Term::Variable(index) => choice.get(*index).map_or(Value::Unknown, |value| Value::Is(value.clone())),
        Term::Negative(inner) => match of(inner) {
            Value::Is(number) => Value::Is(-number),
            other => other,
        },
        Term::Sum(parts) => fold(parts.iter().map(of), Some(Rational::ZERO), |a, b| a.plus(b)),
        Term::Least(parts) => fold(parts.iter().map(of), None, |a, b| a.min(b).clone()),
        Term::Greatest(parts) => fold(parts.iter().map(of), None, |a, b| a.max(b).clone()),
        Term::Product(left, right) => fold([of(left), of(right)].into_iter(), Some(Rational::ONE), |a, b| a.times(b)),
        Term::Quotient(left, right) => match (of(left), of(right)) {
            (Value::Unknown, _) | (_, Value::Unknown) => Value::Unknown,
            (Value::Nothing, _) | (_, Value::Nothing) => Value::Nothing,
            (Value::Is(left), Value::Is(right)) => left.checked_div(&right).map_or(Value::Nothing, Value::Is),
        },
        Term::Power(base, exponent) => match of(base) {
            Value::Is(base) => base.pow(*exponent).map_or(Value::Unknown, Value::Is),
            other => other,
        },
    }
}

/// Joins the values of several terms. One that is nothing makes nothing of all, unless one is unknown.
fn fold(
    values: impl Iterator<Item = Value>,
    start: Option<Rational>,
    join: impl Fn(&Rational, &Rational) -> Rational,
) -> Value {
    let mut total = start;
    let mut nothing = false;
    for value in values {
        match value {
            Value::Unknown => return Value::Unknown,
            Value::Nothing => nothing = true,
            Value::Is(number) => {
                total = Some(match total {
                    Some(total) => join(&total, &number),
                    None => number,
                });
            }
        }
    }
    if nothing { Value::Nothing } else { total.map_or(Value::Unknown, Value::Is) }
}

/// How many variables a formula speaks of: one more than the largest place.
pub(super) fn variables(formula: &Formula) -> usize {
    let mut most = 0;
    let mut formulas = vec![formula];
    let mut terms: Vec<&Term> = Vec::new();
    while let Some(formula) = formulas.pop() {
        match formula {
            Formula::Known(_) | Formula::Unread => {}
            Formula::Answers(answers) => {
                let last = answers.variables().into_iter().max().unwrap_or(0);
                most = most.max(last.saturating_add(1));
            }
            Formula::Not(inner) => formulas.push(inner),
            Formula::All(parts) | Formula::Any(parts) => formulas.extend(parts),
            Formula::Compare(left, _, right) => terms.extend([left, right]),
        }
    }
    while let Some(term) = terms.pop() {
        match term {
            Term::Number(_) => {}
            Term::Variable(index) => most = most.max(index.saturating_add(1)),
            Term::Negative(inner) | Term::Power(inner, _) => terms.push(inner),
            Term::Sum(parts) | Term::Least(parts) | Term::Greatest(parts) => terms.extend(parts),
            Term::Product(left, right) | Term::Quotient(left, right) => terms.extend([&**left, &**right]),
        }
    }
    most
}
