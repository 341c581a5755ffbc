//! Units in the expressions of claim files: what is added or compared must be counted in one unit.
//!
//! An expression sees bare numbers (37% as 37), so a sum of euros and dollars would be wrong without a word. It is
//! refused where both sides are known to be in different units. Constants, products, quotients and plain numbers may
//! stand for any unit, so they are never refused.

use super::model::{Claims, Kind};
use super::names::Ids;
use super::{ArticleId, Rates};
use crate::expr::{BinaryOp, Expr, ExprKind};
use crate::number::{Unit, factor};
use crate::source::{InputError, InputErrors, Span};
use std::collections::BTreeSet;

/// The unit of a part of an expression, and a place that shows it.
#[derive(Clone, Debug, PartialEq)]
enum Counted {
    /// It may be in any unit.
    Open,
    /// In this one.
    In(Unit, Span),
    /// The difference of two percentages: per cent or points.
    Difference(Span),
}

/// Refuses sums and comparisons of claims in different units.
pub(super) fn check_units(claims: &Claims, errors: &mut InputErrors) {
    let ids = Ids::of(claims);
    for check in &claims.checks {
        Units { claims, ids: &ids, article: check.article, errors }.of(&check.require.root);
    }
    for assume in &claims.assumes {
        Units { claims, ids: &ids, article: assume.article, errors }.of(&assume.that.root);
    }
    for claim in &claims.claims {
        let Kind::Figure(figure) = &claim.kind else { continue };
        let Some(is) = &figure.is else { continue };
        let mut units = Units { claims, ids: &ids, article: claim.article, errors };
        let derived = units.of(&is.root);
        units.joined(&counted(&figure.unit, claim.span), &derived, false);
    }
}

/// What is counted in a unit; a plain number may have left its unit out.
fn counted(unit: &Unit, at: Span) -> Counted {
    if *unit == Unit::One { Counted::Open } else { Counted::In(unit.clone(), at) }
}

struct Units<'a> {
    claims: &'a Claims,
    ids: &'a Ids<'a>,
    article: ArticleId,
    errors: &'a mut InputErrors,
}

impl Units<'_> {
    fn of(&mut self, expr: &Expr) -> Counted {
        match &expr.kind {
            ExprKind::Name(name) if name.fields.is_empty() => {
                let claim = self.ids.find(self.article, &name.base).and_then(|id| self.claims.claims.get(id.index()));
                match claim.map(|claim| &claim.kind) {
                    Some(Kind::Figure(figure)) => counted(&figure.unit, expr.span),
                    _ => Counted::Open,
                }
            }
            ExprKind::Lookup { measure, .. } => {
                let figures = self.claims.claims.iter().filter_map(|claim| match &claim.kind {
                    Kind::Figure(figure) if figure.measure.value == *measure => Some(&figure.unit),
                    _ => None,
                });
                let units: BTreeSet<&Unit> = figures.collect();
                match units.first() {
                    Some(unit) if units.len() == 1 => counted(unit, expr.span),
                    _ => Counted::Open,
                }
            }
            ExprKind::Negative(inner) => self.of(inner),
            ExprKind::Binary(op @ (BinaryOp::Add | BinaryOp::Subtract), one, other) => {
                let (one, other) = (self.of(one), self.of(other));
                self.summed(*op, &one, &other)
            }
            ExprKind::Compare(first, rest) => {
                let mut last = self.of(first);
                for (_, next) in rest {
                    let next = self.of(next);
                    self.joined(&last, &next, false);
                    if next != Counted::Open {
                        last = next;
                    }
                }
                Counted::Open
            }
            ExprKind::Change(from, to) => {
                let (from, to) = (self.of(from), self.of(to));
                self.joined(&from, &to, false);
                Counted::Open
            }
            ExprKind::Aggregate(aggregate, parts) => {
                let parts: Vec<Counted> = parts.iter().map(|part| self.of(part)).collect();
                let mut all = Counted::Open;
                for part in parts {
                    all = self.joined(&all, &part, true);
                }
                // A count has no unit, whatever it counts.
                if *aggregate == crate::expr::Aggregate::Count { Counted::Open } else { all }
            }
            _ => {
                for child in expr.children() {
                    self.of(child);
                }
                Counted::Open
            }
        }
    }

    fn summed(&mut self, op: BinaryOp, one: &Counted, other: &Counted) -> Counted {
        match (op, one, other) {
            (BinaryOp::Subtract, Counted::In(Unit::Percent, at), Counted::In(Unit::Percent, _)) => {
                Counted::Difference(*at)
            }
            _ => self.joined(one, other, true),
        }
    }

    /// The unit of two sides that are added or compared.
    fn joined(&mut self, one: &Counted, other: &Counted, sum: bool) -> Counted {
        match (one, other) {
            (Counted::Open, known) | (known, Counted::Open) => known.clone(),
            (Counted::Difference(_), it @ (Counted::Difference(_) | Counted::In(Unit::Percent | Unit::Points, _)))
            | (it @ Counted::In(Unit::Percent | Unit::Points, _), Counted::Difference(_)) => it.clone(),
            (Counted::In(unit, _), Counted::In(same, _)) if unit == same => one.clone(),
            (Counted::In(_, at) | Counted::Difference(at), Counted::In(_, second) | Counted::Difference(second)) => {
                let error = self.mixed(&unit_of(one), &unit_of(other), *second, sum);
                let first = format!("in {}", unit_of(one).words());
                self.errors.push(error.also(*at, first));
                Counted::Open
            }
        }
    }
}

fn unit_of(counted: &Counted) -> Unit {
    match counted {
        Counted::Open => Unit::One,
        Counted::In(unit, _) => unit.clone(),
        Counted::Difference(_) => Unit::Points,
    }
}

impl Units<'_> {
    /// The error of two units that are added or compared.
    fn mixed(&self, first: &Unit, second: &Unit, at: Span, sum: bool) -> InputError {
        let done = if sum { "added up" } else { "compared" };
        let (one, other) = (first.words(), second.words());
        let (without, help) = match (first, second) {
            (Unit::Currency(first), Unit::Currency(second)) => (" without a rate", self.rate(first, second)),
            (Unit::Percent, Unit::Points) | (Unit::Points, Unit::Percent) => {
                ("", "points are what lies between two percentages: write later - earlier == rise".to_owned())
            }
            _ if factor(first, second).is_some() => {
                ("", format!("declare one unit for both, under [measure.NAME]: unit = \"{one}\""))
            }
            _ => ("", "only what is counted in one unit can be put side by side".to_owned()),
        };
        InputError::at(at, format!("{one} and {other} cannot be {done}{without}"))
            .label(format!("in {other}"))
            .help(help)
    }

    /// The rate that is missing between two currencies.
    fn rate(&self, first: &str, second: &str) -> String {
        let rates = self.claims.articles.get(self.article.index()).map(|article| &article.rates);
        match rates.and_then(Rates::leads_to) {
            Some(to) => {
                let missing: Vec<String> =
                    [first, second].into_iter().filter(|code| *code != to).map(|code| format!("{code} = …")).collect();
                format!("say what one of it is worth in {to}, under [rate]: {}", missing.join(", "))
            }
            None => {
                format!("say what one of it is worth, here or in addup.toml: [rate] to = \"{first}\", {second} = …")
            }
        }
    }
}
