//! What would settle a linear relation, and what its terms come to: for reports, never for verdicts.

use super::single::box_of;
use crate::expr::Comparison;
use crate::number::{End, Interval, Rational};
use crate::problem::{Conflict, Domain, Form, Formula, Problem, Proof, Says, StatementId, Term, Variable};
use std::collections::BTreeSet;

/// For each figure of a linear comparison, the values that satisfy it with all others as they are.
pub(super) fn settling(problem: &Problem, conflict: &Conflict) -> Vec<(StatementId, Interval)> {
    let Proof::Impossible(id) = conflict.proof else { return Vec::new() };
    let constraint = &problem[id];
    let Form::Relation { variables, .. } = &constraint.form else { return Vec::new() };
    let kept: BTreeSet<StatementId> = conflict.statements.iter().copied().collect();
    let found = box_of(problem, constraint, conflict.soft, &|statement| kept.contains(&statement));
    let Some((Formula::Compare(left, comparison, right), domains)) = found else { return Vec::new() };
    let (Some(left), Some(right)) = (left.linear(), right.linear()) else { return Vec::new() };
    let mut factors = left.0;
    for (place, factor) in right.0 {
        let rest = factors.get(&place).cloned().unwrap_or_else(|| Rational::from(0)) - factor;
        factors.insert(place, rest);
    }
    let constant = left.1 - right.1;
    let mut settled = Vec::new();
    for (place, factor) in &factors {
        let Some(inverse) = factor.reciprocal() else { continue };
        let mut rest = Interval::point(constant.clone());
        for (other, factor) in factors.iter().filter(|(other, _)| *other != place) {
            let Some(domain) = domains.get(*other) else { return Vec::new() };
            rest = rest.add(&domain.interval.scale(factor));
        }
        let level = rest.scale(&-inverse);
        let upwards = factor.is_positive();
        let interval = match comparison {
            Comparison::Equal => Some(level),
            Comparison::NotEqual => None,
            Comparison::AtMost | Comparison::Less => below(&level, upwards, comparison == Comparison::Less),
            Comparison::AtLeast | Comparison::More => below(&level, !upwards, comparison == Comparison::More),
        };
        let statement = match variables.get(*place) {
            Some(Variable::Figure(figure)) => {
                conflict.statements.iter().copied().find(|statement| match &problem[*statement].says {
                    Says::Value(of, _) => of == figure,
                    _ => false,
                })
            }
            Some(Variable::Event(claim)) => {
                conflict.statements.iter().copied().find(|statement| problem[*statement].claim == *claim)
            }
            _ => None,
        };
        settled.extend(statement.zip(interval));
    }
    settled
}

/// Everything below the top of an interval, or above its bottom.
fn below(level: &Interval, below: bool, strict: bool) -> Option<Interval> {
    let end = if below { level.hi() } else { level.lo() };
    let end = match end {
        End::Unbounded => return None,
        End::Closed(value) if strict => End::Open(value.clone()),
        end => end.clone(),
    };
    if below { Interval::new(End::Unbounded, end) } else { Interval::new(end, End::Unbounded) }
}

/// What a term comes to over its domains; where a variable repeats, no narrower than it is.
pub(super) fn range(term: &Term, domains: &[Domain]) -> Option<Interval> {
    let all = |terms: &[Term]| terms.iter().map(|term| range(term, domains)).collect::<Option<Vec<_>>>();
    Some(match term {
        Term::Number(number) => Interval::point(number.clone()),
        Term::Variable(place) => domains.get(*place)?.interval.clone(),
        Term::Negative(of) => range(of, domains)?.neg(),
        Term::Sum(terms) => {
            all(terms)?.into_iter().fold(Interval::point(Rational::from(0)), |sum, part| sum.add(&part))
        }
        Term::Product(left, right) => range(left, domains)?.mul(&range(right, domains)?),
        Term::Quotient(left, right) => range(left, domains)?.checked_div(&range(right, domains)?)?,
        Term::Power(of, exponent) => range(of, domains)?.pow(*exponent)?,
        Term::Least(terms) => all(terms)?.into_iter().reduce(|one, other| one.min(&other))?,
        Term::Greatest(terms) => all(terms)?.into_iter().reduce(|one, other| one.max(&other))?,
    })
}
