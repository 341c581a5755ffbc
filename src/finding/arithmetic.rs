//! A formula with the values in it: the arithmetic of a finding.

use super::linear::range;
use super::words::said_interval;
use crate::expr::Comparison;
use crate::number::{End, Interval, Rational, Unit};
use crate::problem::{Domain, Formula, Term};

/// The comparison that fails, with the values in it: `40 + 4 = 44 ≠ 45`.
pub(super) fn said_formula(formula: &Formula, domains: &[Domain]) -> Option<String> {
    match formula {
        Formula::Compare(left, comparison, right) => {
            let sign = match comparison {
                Comparison::Less => "≥",
                Comparison::AtMost => ">",
                Comparison::Equal => "≠",
                Comparison::NotEqual => "=",
                Comparison::AtLeast => "<",
                Comparison::More => "≤",
            };
            Some(format!("{} {sign} {}", said_term(left, domains, true)?, said_term(right, domains, true)?))
        }
        Formula::All(parts) => parts.iter().find_map(|part| said_formula(part, domains)),
        Formula::Any(parts) => parts.last().and_then(|part| said_formula(part, domains)),
        _ => None,
    }
}

/// A term with the values in it, and, at the top, what it comes to.
fn said_term(term: &Term, domains: &[Domain], top: bool) -> Option<String> {
    let value = |interval: &Interval| match interval.as_point() {
        Some(point) => point.grouped(),
        None => format!("({})", said_interval(&roughly(interval), &Unit::One)),
    };
    let text = match term {
        Term::Number(number) => number.grouped(),
        Term::Variable(place) => value(&domains.get(*place)?.interval),
        Term::Negative(of) => format!("-{}", said_term(of, domains, false)?),
        Term::Sum(terms) => {
            let mut text = String::new();
            for (at, term) in terms.iter().enumerate() {
                match term {
                    Term::Negative(of) if at > 0 => {
                        text.push_str(" - ");
                        text.push_str(&said_term(of, domains, false)?);
                    }
                    term => {
                        text.push_str(if at > 0 { " + " } else { "" });
                        text.push_str(&said_term(term, domains, false)?);
                    }
                }
            }
            if top { text } else { format!("({text})") }
        }
        Term::Product(left, right) => {
            format!("{} × {}", said_term(left, domains, false)?, said_term(right, domains, false)?)
        }
        Term::Quotient(left, right) => {
            format!("{} / {}", said_term(left, domains, false)?, said_term(right, domains, false)?)
        }
        Term::Power(of, exponent) => format!("{}^{exponent}", said_term(of, domains, false)?),
        Term::Least(_) | Term::Greatest(_) => value(&range(term, domains)?),
    };
    let compound = !matches!(term, Term::Number(_) | Term::Variable(_) | Term::Least(_) | Term::Greatest(_));
    match (top && compound).then(|| range(term, domains)).flatten() {
        Some(interval) => Some(match interval.as_point() {
            Some(point) => format!("{text} = {}", point.said_roughly()),
            None => format!("{text} ({})", said_interval(&roughly(&interval), &Unit::One)),
        }),
        None => Some(text),
    }
}

/// An interval for display, its ends to two decimals where they have more than four.
fn roughly(interval: &Interval) -> Interval {
    let end = |end: &End| {
        let round = |value: &Rational| match value.decimals() {
            Some(decimals) if decimals <= 4 => value.clone(),
            _ => {
                let hundred = Rational::from(100);
                value.times(&hundred).round().checked_div(&hundred).unwrap_or_else(|| value.clone())
            }
        };
        match end {
            End::Unbounded => End::Unbounded,
            End::Open(value) => End::Open(round(value)),
            End::Closed(value) => End::Closed(round(value)),
        }
    };
    Interval::new(end(interval.lo()), end(interval.hi())).unwrap_or_else(|| interval.clone())
}
