//! Why a relation says nothing of some figures: sets whose members overlap, and units that its formula mixes.
//!
//! Nothing is passed over in silence: what is refused here is listed with its reason.

use super::Grounder;
use super::by_claim::ByClaim;
use super::by_name::beside;
use super::relations::Bindings;
use super::scopes::{ancestors, are_disjoint};
use crate::calendar::When;
use crate::claim::Member;
use crate::expr::{LookUp, Name, Units, check_units};
use crate::number::Unit;
use crate::problem::{FigureId, PassedOver, Time};
use crate::rule::{Binding, Relation, Rule};
use crate::source::InputErrors;
use std::collections::{BTreeMap, BTreeSet};

impl Grounder<'_> {
    /// Two members of a set that overlap, or might, so that nothing can be said of the set as a whole: a sum would count
    /// some of it twice. Figures of different measures are different things, whatever their scopes.
    pub(super) fn overlap(&self, members: &[FigureId]) -> Option<(FigureId, FigureId)> {
        let vocabulary = &self.claims.vocabulary;
        let one_measure = members.windows(2).all(|pair| match pair {
            [one, other] => self.problem[*one].measure == self.problem[*other].measure,
            _ => true,
        });
        if let Some(dimension) = self.only_dimension(members).filter(|_| one_measure) {
            return self.overlap_in(dimension, members);
        }
        let mut after = members.iter();
        while let Some(one) = after.next() {
            for other in after.clone() {
                let (first, second) = (&self.problem[*one], &self.problem[*other]);
                let parted = first.measure != second.measure
                    || apart(&first.time, &second.time)
                    || are_disjoint(vocabulary, self.scope_of(*one), self.scope_of(*other));
                if !parted {
                    return Some((*one, *other));
                }
            }
        }
        None
    }

    /// Two figures of one time of which one lies inside the other, or is for the same member, where their scopes differ
    /// in this dimension alone.
    fn overlap_in(&self, dimension: &str, members: &[FigureId]) -> Option<(FigureId, FigureId)> {
        let mut by_path: BTreeMap<&str, FigureId> = BTreeMap::new();
        for figure in members {
            let Some(Member::Path(path)) = self.scope_of(*figure).0.get(dimension) else { continue };
            if let Some(other) = by_path.insert(path, *figure) {
                return Some((other, *figure));
            }
        }
        by_path.iter().find_map(|(path, figure)| {
            let mut above = ancestors(&self.claims.vocabulary, dimension, path);
            above.find_map(|cover| by_path.get(cover.as_str())).map(|cover| (*cover.min(figure), *cover.max(figure)))
        })
    }

    /// The one dimension in which figures of one time name different members, if it is only one.
    fn only_dimension(&self, members: &[FigureId]) -> Option<&str> {
        let (first, rest) = members.split_first()?;
        let (time, scope) = (&self.problem[*first].time, self.scope_of(*first));
        let mut found: Option<&str> = None;
        for other in rest {
            let scope2 = self.scope_of(*other);
            if self.problem[*other].time != *time || scope.0.len() != scope2.0.len() {
                return None;
            }
            for ((dimension, member), (dimension2, member2)) in scope.0.iter().zip(&scope2.0) {
                let differs = member != member2;
                let is_path = matches!((member, member2), (Member::Path(_), Member::Path(_)));
                if dimension != dimension2 || (differs && (!is_path || found.is_some_and(|found| found != dimension))) {
                    return None;
                }
                if differs {
                    found = Some(dimension);
                }
            }
        }
        found
    }

    /// What is said of a set that was not bound because two of its members overlap.
    pub(super) fn overlapping(&self, rule: &Rule, binding: &Binding, (one, other): (FigureId, FigureId)) -> PassedOver {
        let claims = self.claims_of_all(&[one, other]);
        let names: Vec<String> = claims.iter().map(|claim| format!("`{}`", self.claims[*claim].id)).collect();
        let because = format!("{} overlap or may overlap in the set `{}`", list(&names), binding.name.value);
        PassedOver { rule: rule.id.value.clone(), claims, because }
    }

    /// Why an instance says nothing: its figures are in units that its formula adds up or compares, or in two currencies
    /// where the rule does not say which.
    pub(super) fn mixes_units(&self, relation: &Relation, bindings: &Bindings<'_>) -> Option<String> {
        let bound = || bindings.figures.values().flatten().map(|figure| (*figure, &self.problem[*figure].unit));
        let (first, unit) = bound().next()?;
        let expressions = || relation.condition.iter().chain([&relation.require]);
        let beside = beside(self, bindings)?;
        let looked_up: Vec<FigureId> = expressions()
            .flat_map(|expression| expression.root.look_ups())
            .filter_map(|look_up| beside.looked_up(look_up))
            .collect();
        if bound().map(|(_, unit)| unit).chain(looked_up.iter().map(|it| &self.problem[*it].unit)).all(|it| it == unit)
        {
            return None;
        }
        let name = |figure: FigureId| {
            let claim = self.claims_of(figure).first().map(|claim| self.claims[*claim].id.as_str()).unwrap_or_default();
            format!("`{claim}`")
        };
        let mut errors = InputErrors::default();
        let units = ByFigure { grounder: self, bindings, beside: &beside };
        for expression in expressions() {
            check_units(expression, &units, None, &mut errors);
        }
        let torn = bindings.figures.values().find_map(|figures| {
            let first = *figures.first()?;
            let other = figures.iter().find(|other| self.problem[**other].unit != self.problem[first].unit)?;
            Some((first, *other))
        });
        if let Some((one, other)) = torn {
            return Some(format!("{} and {} of one set are in different units", name(one), name(other)));
        }
        if let Some(error) = errors.0.first() {
            let figures = bound().map(|(figure, _)| figure).chain(looked_up.iter().copied());
            let names: BTreeSet<String> = figures.map(name).collect();
            return Some(format!("{}: {}", list(&names.into_iter().collect::<Vec<_>>()), error.message));
        }
        let open = |at: &usize| relation.given.get(*at).is_some_and(|binding| binding.unit.is_none());
        let in_currency = bindings.figures.iter().filter(|(at, _)| open(at)).flat_map(|(_, figures)| figures);
        let mut in_currency = in_currency
            .chain(&looked_up)
            .map(|figure| (*figure, &self.problem[*figure].unit))
            .filter(|(_, unit)| matches!(unit, Unit::Currency(_)));
        let (first, unit) = in_currency.next().unwrap_or((first, unit));
        let (other, _) = in_currency.find(|(_, other)| *other != unit)?;
        Some(format!("{} and {} are in two currencies", name(first), name(other)))
    }
}

/// The units of the figures of one instance.
struct ByFigure<'g, 'a, 'b> {
    grounder: &'g Grounder<'a>,
    bindings: &'b Bindings<'b>,
    /// Where figures are looked up.
    beside: &'b ByClaim<'g, 'a>,
}

impl Units for ByFigure<'_, '_, '_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        let at = self.bindings.relation.given.iter().position(|binding| binding.name.value == name.base)?;
        let mut units = self.bindings.figures.get(&at)?.iter().map(|figure| &self.grounder.problem[*figure].unit);
        let first = units.next()?;
        units.all(|unit| unit == first).then(|| first.clone())
    }

    fn unit_of_look_up(&self, look_up: LookUp<'_>) -> Option<Unit> {
        self.beside.unit_of_look_up(look_up)
    }
}

/// Names in a row: `a`, `b` and `c`.
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Whether two times certainly have no instant in common.
fn apart(one: &Time, other: &Time) -> bool {
    let ends = |time: &Time| match time {
        Time::At(When::Period { start, end, .. }) => Some((*start, *end)),
        _ => None,
    };
    match (ends(one), ends(other)) {
        (Some(one), Some(other)) => one.1.latest <= other.0.earliest || other.1.latest <= one.0.earliest,
        _ => false,
    }
}
