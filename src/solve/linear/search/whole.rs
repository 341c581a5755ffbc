//! Whether equations between whole quantities have a solution at all: `3 x = 20` has none, and no split ever shows it of
//! quantities that nothing else bounds.
//!
//! Equations are eliminated one after the other (Gauss), by variables with the factor 1 where there are any. What is left of
//! each is divided by the greatest common divisor of its factors; if what it equals is then no whole number, the multiples
//! of the equations that make it up are the proof. Where no variable has the factor 1, that finds some such equations, and
//! not all.

use super::{Open, Search};
use crate::number::Rational;
use crate::problem::refutation::{Combination, End, Row, Step};
use crate::solve::linear::path::{Path, content};
use crate::solve::linear::tableau::plus;
use crate::solve::linear::{System, Variable, place, steps_of, work};
use std::collections::BTreeMap;

/// More equations than this are not eliminated: splits are faster.
const MOST_EQUATIONS: usize = 200;

/// A sum of whole multiples of whole quantities, as rows name it.
type Terms = Vec<(Variable, Rational)>;

/// What a sum is at most and at least, by which rows, and by how much each row is divided.
#[derive(Clone, Debug, Default)]
struct Sides {
    most: Option<(Rational, usize, Rational)>,
    least: Option<(Rational, usize, Rational)>,
}

/// An equation that follows, and by which multiples of those that are given.
#[derive(Clone, Debug)]
struct Equation {
    terms: Terms,
    equals: Rational,
    made_of: BTreeMap<usize, Rational>,
}

/// An equation as two rows: the one that bounds its sum from above, the one that bounds it from below, and how much of each.
struct Given {
    most: (usize, Rational),
    least: (usize, Rational),
}

impl Search<'_> {
    /// Why the equations that count have no whole solution, if that shows.
    pub(super) fn without_whole_solution(&mut self, open: &Open, steps: &mut Vec<Step>) -> Option<End> {
        let Open::Whole(..) = open else { return None };
        let (given, mut equations) = equations(self.system, &self.path)?;
        let found = self.eliminated(&mut equations)?;
        let rows = |sign: &Rational| -> Combination {
            let mut all: BTreeMap<usize, Rational> = BTreeMap::new();
            for (at, multiple) in &found.made_of {
                let multiple = multiple.times(sign);
                let Some(given) = given.get(*at) else { continue };
                let (row, scale) = if multiple.is_positive() { &given.most } else { &given.least };
                *all.entry(*row).or_default() += multiple.abs().times(scale);
            }
            all.into_iter().filter(|(_, multiple)| !multiple.is_zero()).collect()
        };
        let mut ends = Vec::with_capacity(2);
        for sign in [Rational::ONE, Rational::from(-1)] {
            let terms = found.terms.iter().map(|(variable, factor)| (*variable, factor.times(&sign))).collect();
            let at_most = found.equals.times(&sign).floor();
            ends.push((self.path.append(Row { terms, at_most, strict: false }), Rational::ONE));
            steps.push(Step::Rounded(rows(&sign)));
        }
        Some(End::Sum(ends))
    }

    /// An equation that follows from these and has no whole solution.
    fn eliminated(&mut self, equations: &mut [Equation]) -> Option<Equation> {
        for at in 0..equations.len() {
            let (_, rest) = equations.split_at_mut_checked(at)?;
            let (equation, later) = rest.split_first_mut()?;
            let scale = content(&equation.terms).reciprocal()?;
            equation.times(&scale);
            if !equation.equals.is_integer() {
                return Some(equation.clone());
            }
            let is_unit = |(_, factor): &&(Variable, Rational)| factor.abs() == Rational::ONE;
            let Some((pivot, own)) = equation.terms.iter().find(is_unit).or(equation.terms.first()).cloned() else {
                if equation.equals.is_zero() {
                    continue;
                }
                return None; // what clashes without rounding is found elsewhere
            };
            for other in later {
                let factor = other.terms.iter().find(|(variable, _)| *variable == pivot).map(|(_, factor)| factor);
                let Some(multiple) = factor.and_then(|factor| factor.checked_div(&own)) else { continue };
                self.spend(steps_of(equation.terms.len()).saturating_add(work(&multiple)));
                other.add(&-&multiple, equation);
            }
            if self.exhausted() {
                return None;
            }
        }
        None
    }
}

impl Equation {
    fn times(&mut self, by: &Rational) {
        let factors = self.terms.iter_mut().map(|(_, factor)| factor).chain(self.made_of.values_mut());
        for value in factors.chain([&mut self.equals]) {
            *value = value.times(by);
        }
    }

    fn add(&mut self, multiple: &Rational, other: &Self) {
        self.terms = plus(&self.terms, multiple, &other.terms);
        self.equals += other.equals.times(multiple);
        for (given, own) in &other.made_of {
            *self.made_of.entry(*given).or_default() += own.times(multiple);
        }
    }
}

/// The equations between whole quantities that two rows make together; `None` if there are too few or too many.
fn equations(system: &System, path: &Path) -> Option<(Vec<Given>, Vec<Equation>)> {
    let mut sums: BTreeMap<Terms, Sides> = BTreeMap::new();
    let whole = |variable: Variable| system.whole.get(place(variable)) == Some(&true);
    for (number, row) in path.rows().filter(|(_, row)| !row.strict) {
        if row.terms.is_empty() || !row.terms.iter().all(|(variable, _)| whole(*variable)) {
            continue;
        }
        let Some(scale) = content(&row.terms).reciprocal() else { continue };
        let turned = row.terms.first().is_some_and(|(_, factor)| factor.is_negative());
        let sign = if turned { -&scale } else { scale.clone() };
        let terms = row.terms.iter().map(|(variable, factor)| (*variable, factor.times(&sign))).collect();
        let sides = sums.entry(terms).or_default();
        let bound = row.at_most.times(&sign);
        if turned {
            if sides.least.as_ref().is_none_or(|(known, ..)| bound > *known) {
                sides.least = Some((bound, number, scale));
            }
        } else if sides.most.as_ref().is_none_or(|(known, ..)| bound < *known) {
            sides.most = Some((bound, number, scale));
        }
    }
    let (mut given, mut equations) = (Vec::new(), Vec::new());
    for (terms, sides) in sums {
        let (Some((most, above, scale)), Some((least, below, scale2))) = (sides.most, sides.least) else { continue };
        if most != least {
            continue;
        }
        equations.push(Equation { terms, equals: most, made_of: BTreeMap::from([(given.len(), Rational::ONE)]) });
        given.push(Given { most: (above, scale), least: (below, scale2) });
    }
    (2..=MOST_EQUATIONS).contains(&equations.len()).then_some((given, equations))
}
