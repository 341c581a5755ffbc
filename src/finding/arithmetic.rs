//! A formula with the values in it: the arithmetic of a finding.

use super::linear::range;
use super::words::{list, said_interval};
use crate::expr::Comparison;
use crate::number::{End, Interval, Rational, Unit};
use crate::problem::{Domain, Formula, Term};

/// The comparison that fails, with the values in it: `100 × 34 / 92 = about 36.96 ≠ 38%`. `said` gives what stands for
/// a variable: the words of its figure.
pub(super) fn said_formula(formula: &Formula, domains: &[Domain], said: &dyn Fn(usize) -> String) -> Option<String> {
    match formula {
        Formula::Compare(left, comparison, right) => {
            // What is calculated comes first, then what it fails to be.
            let turned = *comparison == Comparison::Equal && is_plain(left) && !is_plain(right);
            let (first, second) = if turned { (right, left) } else { (left, right) };
            let sign = match comparison {
                Comparison::Less => "≥",
                Comparison::AtMost => ">",
                Comparison::Equal => "≠",
                Comparison::NotEqual => "=",
                Comparison::AtLeast => "<",
                Comparison::More => "≤",
            };
            Some(format!("{} {sign} {}", said_side(first, domains, said)?, said_side(second, domains, said)?))
        }
        Formula::All(parts) => parts.iter().find_map(|part| said_formula(part, domains, said)),
        Formula::Any(parts) => parts.last().and_then(|part| said_formula(part, domains, said)),
        _ => None,
    }
}

/// Whether a term is a figure or a number, and nothing is calculated.
fn is_plain(term: &Term) -> bool {
    matches!(term, Term::Number(_) | Term::Variable(_))
}

/// A side of a comparison, and what it comes to.
fn said_side(term: &Term, domains: &[Domain], said: &dyn Fn(usize) -> String) -> Option<String> {
    let text = said_term(term, said, true)?;
    let interval = range(term, domains)?;
    let bounded = interval.lo().value().is_some() && interval.hi().value().is_some();
    Some(match (is_plain(term), interval.as_point()) {
        (true, Some(_)) => text,
        (true, None) if bounded => format!("{text} ({})", said_interval(&roughly(&interval), &Unit::One)),
        (false, Some(point)) => format!("{text} = {}", point.said_roughly()),
        (false, None) if bounded => format!("{text} = {}", said_interval(&roughly(&interval), &Unit::One)),
        _ => text,
    })
}

/// A term with the words of its figures in it.
fn said_term(term: &Term, said: &dyn Fn(usize) -> String, top: bool) -> Option<String> {
    Some(match term {
        Term::Number(number) => number.grouped(),
        Term::Variable(place) => said(*place),
        Term::Negative(of) => format!("-{}", said_term(of, said, false)?),
        Term::Sum(terms) => {
            let mut text = String::new();
            for (at, term) in terms.iter().enumerate() {
                match term {
                    Term::Negative(of) if at > 0 => {
                        text.push_str(" - ");
                        text.push_str(&said_term(of, said, false)?);
                    }
                    term => {
                        text.push_str(if at > 0 { " + " } else { "" });
                        text.push_str(&said_term(term, said, false)?);
                    }
                }
            }
            if top { text } else { format!("({text})") }
        }
        // Of one item for each, nothing is multiplied.
        Term::Product(left, right) if matches!(&**right, Term::Number(number) if *number == Rational::ONE) => {
            said_term(left, said, top)?
        }
        Term::Product(left, right) => {
            format!("{} × {}", said_term(left, said, false)?, said_term(right, said, false)?)
        }
        Term::Quotient(left, right) => {
            let divisor = right.said_divisor();
            let over = said_term(divisor, said, false)?;
            let over =
                if matches!(divisor, Term::Product(..) | Term::Quotient(..)) { format!("({over})") } else { over };
            format!("{} / {over}", said_term(left, said, false)?)
        }
        Term::Power(of, exponent) => format!("{}^{exponent}", said_term(of, said, false)?),
        Term::Least(terms) => format!("the least of {}", said_each(terms, said)?),
        Term::Greatest(terms) => format!("the greatest of {}", said_each(terms, said)?),
    })
}

fn said_each(terms: &[Term], said: &dyn Fn(usize) -> String) -> Option<String> {
    let each: Option<Vec<String>> = terms.iter().map(|term| said_term(term, said, false)).collect();
    each.map(|each| list(&each))
}

/// A number for display, to two decimals where it has more than four.
pub(super) fn rounded(value: &Rational) -> Rational {
    match value.decimals() {
        Some(decimals) if decimals <= 4 => value.clone(),
        _ => {
            let hundred = Rational::from(100);
            value.times(&hundred).round().checked_div(&hundred).unwrap_or_else(|| value.clone())
        }
    }
}

/// An interval for display, its ends to two decimals where they have more than four.
pub(super) fn roughly(interval: &Interval) -> Interval {
    let end = |end: &End| match end {
        End::Unbounded => End::Unbounded,
        End::Open(value) => End::Open(rounded(value)),
        End::Closed(value) => End::Closed(rounded(value)),
    };
    Interval::new(end(interval.lo()), end(interval.hi())).unwrap_or_else(|| interval.clone())
}
