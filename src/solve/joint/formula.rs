//! Relations as alternatives of rows: a formula in normal form, its choices multiplied out.
//!
//! Only what the vocabulary says of figures simplifies a formula beforehand, never what claims say, so that a formula is
//! the same whichever claims are dropped.

use crate::number::{Interval, Rational};
use crate::problem::refutation::{Quantity, Row};
use crate::problem::{Domain, Formula, Problem, Variable};
use crate::solve::relation::{Meter, Normal, Polarity, Polynomial, Sign, added_up, normal};

/// A formula has this many alternatives at most, and this many rows in all.
const MOST_ALTERNATIVES: usize = 64;
const MOST_ROWS: usize = 4_096;

/// Bringing a formula into its form may be as much work as so many steps.
const STEPS: u64 = 50_000;

/// How a formula can be satisfied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Alternatives {
    /// All of these rows hold.
    All(Vec<Row>),
    /// All rows of one of these hold.
    OneOf(Vec<Vec<Row>>),
    /// In more ways than are tried.
    TooMany,
}

/// The ways to satisfy a formula over these quantities.
pub(super) fn alternatives(
    problem: &Problem,
    formula: &Formula,
    variables: &[Variable],
    domains: &[Domain],
    quantities: &[Quantity],
) -> Alternatives {
    let mut ranges: Vec<Interval> = Vec::with_capacity(variables.len());
    for (at, variable) in variables.iter().enumerate() {
        let figure = match variable {
            Variable::Figure(figure) => problem.figures.get(figure.index()),
            _ => None,
        };
        let unknown = match variable {
            Variable::Unknown | Variable::Unreported(_) => {
                domains.get(at).map(|domain| (domain.interval.clone(), domain.integer))
            }
            _ => None,
        };
        let (range, whole) = match (figure, unknown) {
            (Some(figure), _) => (figure.range.clone(), figure.integer),
            (_, Some(unknown)) => unknown,
            _ => (Interval::everything(), true),
        };
        ranges.push(if whole { range.integers().unwrap_or(range) } else { range });
    }
    let meter = Meter::new(STEPS);
    // What is not gone through to its end is no form of the formula that others would find again.
    let normal = normal(formula, Polarity::Satisfied, &ranges, &meter).filter(|_| !meter.is_over());
    let Some(normal) = normal else { return Alternatives::TooMany };
    let Some(ways) = ways(&normal, quantities) else { return Alternatives::TooMany };
    match <[Vec<Row>; 1]>::try_from(ways) {
        Ok([rows]) => Alternatives::All(rows),
        Err(ways) => Alternatives::OneOf(ways),
    }
}

/// The ways in which a formula in normal form can be satisfied: all rows of one of them.
pub(in crate::solve) fn ways(normal: &Normal, quantities: &[Quantity]) -> Option<Vec<Vec<Row>>> {
    let found = match normal {
        Normal::Known(true) => vec![Vec::new()],
        Normal::Known(false) => Vec::new(),
        Normal::Atom(atom) => {
            let sides: &[(bool, bool)] = match atom.sign {
                Sign::Below => &[(false, true)],
                Sign::AtMost => &[(false, false)],
                Sign::Zero => {
                    let row = row(&atom.polynomial, false, quantities)?;
                    let opposite = opposite(&row);
                    return Some(vec![vec![row, opposite]]);
                }
                Sign::NotZero => &[(false, true), (true, true)],
            };
            let of = |(turned, strict): &(bool, bool)| {
                let polynomial = if *turned { atom.polynomial.negative() } else { atom.polynomial.clone() };
                row(&polynomial, *strict, quantities).map(|row| vec![row])
            };
            sides.iter().map(of).collect::<Option<Vec<_>>>()?
        }
        Normal::Any(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(ways(part, quantities)?);
            }
            all
        }
        Normal::All(parts) => {
            let mut all: Vec<Vec<Row>> = vec![Vec::new()];
            for part in parts {
                let own = ways(part, quantities)?;
                if all.len().saturating_mul(own.len()) > MOST_ALTERNATIVES {
                    return None;
                }
                all = all
                    .iter()
                    .flat_map(|start| own.iter().map(move |way| start.iter().chain(way).cloned().collect()))
                    .collect();
            }
            all
        }
    };
    let rows: usize = found.iter().map(Vec::len).sum();
    (found.len() <= MOST_ALTERNATIVES && rows <= MOST_ROWS).then_some(found)
}

/// A polynomial that is at most nought, or less, as a row: products of figures are quantities of their own.
fn row(polynomial: &Polynomial, strict: bool, quantities: &[Quantity]) -> Option<Row> {
    let mut terms: Vec<(Quantity, Rational)> = Vec::new();
    let mut constant = Rational::ZERO;
    for (product, factor) in polynomial.products() {
        let mut quantity: Option<Quantity> = None;
        for (variable, exponent) in product {
            let own = quantities.get(*variable)?;
            for _ in 0..*exponent {
                quantity = Some(match quantity {
                    None => own.clone(),
                    Some(left) => Quantity::Product(Box::new(left), Box::new(own.clone())),
                });
            }
        }
        match quantity {
            None => constant += factor,
            Some(quantity) => terms.push((quantity, factor.clone())),
        }
    }
    // Two variables may stand for one quantity.
    Some(Row { terms: added_up(terms), at_most: -&constant, strict })
}

/// The row that says that the sum of another is at least its bound.
fn opposite(row: &Row) -> Row {
    let terms = row.terms.iter().map(|(quantity, factor)| (quantity.clone(), -factor)).collect();
    Row { terms, at_most: -&row.at_most, strict: row.strict }
}
