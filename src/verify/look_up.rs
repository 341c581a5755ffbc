//! Redoing look-ups: which figure `revenue['2025', region = 'EU']` stands for, and in which units it may be meant.

use super::certificate::Unreported;
use super::expression::{Meant, Naming, Reader};
use super::facts::{Checked, Facts};
use super::index::Asked;
use super::words::{read_member, written_member, written_scope, written_unit};
use crate::calendar::read_when;
use crate::claim::{ArticleId, Claim, FigureClaim, Kind, Scope};
use crate::expr::{Expression, LookUp, Name, Units, check_units};
use crate::number::Unit;
use crate::problem::{Domain, Term};
use crate::source::InputErrors;
use std::collections::BTreeSet;

/// What a look-up comes to.
struct Found<'a> {
    /// The first claim of the figure, if one is reported.
    claim: Option<&'a Claim>,
    /// What it would be, if its time is certain and its unit known.
    unreported: Option<Unreported>,
}

impl<'a> Reader<'a> {
    /// The figure that is looked up, or something that nobody reports.
    pub(super) fn look_up(&mut self, look_up: LookUp<'_>) -> Checked<Term> {
        let found = self.found(look_up)?;
        Ok(match (found.claim, found.unreported) {
            (Some(claim), _) => self.figure(claim),
            (None, Some(unreported)) => self.place(Meant::Unreported(unreported)),
            (None, None) => {
                let Domain { interval, integer } = self.facts.unreported(look_up.measure);
                self.unreported(interval, integer)
            }
        })
    }

    fn found(&self, LookUp { measure, when, scope }: LookUp<'_>) -> Checked<Found<'a>> {
        let (article, beside, unit) = match &self.naming {
            Naming::Claims(article, beside) => (*article, *beside, self.unit.clone()),
            Naming::Bound(relation, bound) => {
                let first = relation.given.first().and_then(|given| bound.get(&given.name.value)?.first());
                let first: &Claim = first.ok_or("no figure is bound")?;
                (first.article, Some(first), unit_of(first))
            }
        };
        let own_scope = beside.and_then(|claim| match &claim.kind {
            Kind::Figure(figure) => Some(&figure.scope),
            _ => None,
        });
        let context = &self.facts.claims[article].context;
        // Without a time it is that of the figure beside which it stands; without such a figure, any.
        let (time, among) = match (when, beside) {
            (None, Some(Claim { kind: Kind::Figure(figure), .. })) => {
                (Some(self.facts.time(figure)?), beside.map(|claim| self.facts.among(claim)))
            }
            (None, _) => (None, None),
            (Some(words), _) => {
                let read = read_when(words, context).map_err(|error| error.to_string())?;
                (Some(Some(self.facts.settled(&read)?)), Some(self.facts.met_at(article, Some(&read))))
            }
        };
        let among = among.unwrap_or_else(|| self.facts.met_by(article));
        // Of a measure that is given in several units it is the one that is asked for; of another one, any that there is.
        let given = several_units(self.facts, measure, article);
        let unit = unit.filter(|_| given.is_some());
        let known = unit.as_ref().is_none_or(|unit| given.is_some_and(|given| given.contains(unit)));
        // However it is said, as since its origin or over the period from there, it is one figure.
        let shared = time.map(|time| time.map(|when| self.facts.shared_when(measure, when)));
        // Beside a figure, what is looked up is of its scope, but for the dimensions that the look-up names.
        let of_own_scope = |found: &Scope| {
            own_scope.is_none_or(|own| {
                let named = |dimension: &String| scope.iter().any(|(name, _)| name == dimension);
                own.0.keys().chain(found.0.keys()).all(|it| named(it) || own.0.get(it) == found.0.get(it))
            })
        };
        let fits = |claim: &Claim, figure: &FigureClaim| {
            figure.measure.value == measure
                && of_own_scope(&figure.scope)
                && unit.as_ref().is_none_or(|unit| *unit == figure.unit)
                && self.facts.among(claim) == among
                && shared.is_none_or(|shared| self.facts.shared_time(figure).is_ok_and(|found| found == shared))
                && scope.iter().all(|(dimension, member)| {
                    figure.scope.0.get(dimension).is_some_and(|found| written_member(found) == member)
                })
        };
        let mut asked = Asked::default();
        if let (Some(Some(when)), Some(Some(shared))) = (time, shared) {
            asked.time = Some((when, shared));
        }
        let own = own_scope.iter().flat_map(|own| &own.0);
        let own = own.filter(|(dimension, _)| !scope.iter().any(|(named, _)| named == *dimension));
        asked.members.extend(own.map(|(dimension, member)| (dimension.as_str(), member.clone(), false)));
        asked.members.extend(scope.iter().map(|(dimension, member)| (dimension.as_str(), read_member(member), false)));
        let mut best: Option<(usize, &'a Claim)> = None;
        for (claim, figure) in self.facts.figures_of(measure, &asked) {
            let rank = figure.scope.0.len();
            if known && fits(claim, figure) && best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, claim));
            }
        }
        let certain = time.flatten().filter(|time| known && time.is_certain() && !measure.is_empty());
        let unreported = certain.map(|when| {
            let mut wanted = own_scope.cloned().unwrap_or_default();
            wanted.0.extend(scope.iter().map(|(dimension, member)| (dimension.clone(), read_member(member))));
            Unreported {
                measure: measure.to_owned(),
                unit: unit.as_ref().map_or_else(String::new, written_unit),
                scope: written_scope(&wanted),
                time: when.notation(),
                among: among.clone(),
            }
        });
        Ok(Found { claim: best.map(|(_, claim)| claim), unreported })
    }
}

impl Units for Reader<'_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        let Naming::Claims(article, _) = &self.naming else { return None };
        unit_of(self.facts.named(&name.base, *article)?)
    }

    fn unit_of_look_up(&self, look_up: LookUp<'_>) -> Option<Unit> {
        unit_of(self.found(look_up).ok()?.claim?)
    }
}

/// The units in which a derived figure may be meant to look figures up; `None` where no measure is given in several.
/// Those in which everything is reported go before those in which something is not.
pub(super) fn units_looked_up(facts: Facts<'_>, is: &Expression, beside: &Claim) -> Checked<Vec<Option<Unit>>> {
    let all: Vec<LookUp<'_>> = is.root.look_ups().collect();
    let given = all.iter().filter_map(|it| several_units(facts, it.measure, beside.article));
    let open: BTreeSet<&Unit> = given.flatten().collect();
    if open.is_empty() {
        return Ok(vec![None]);
    }
    let (mut whole, mut partial) = (Vec::new(), Vec::new());
    for unit in open {
        let mut reader = Reader::new(facts, Naming::Claims(beside.article, Some(beside)));
        reader.unit = Some(unit.clone());
        let mut errors = InputErrors::default();
        check_units(is, &reader, unit_of(beside).as_ref(), &mut errors);
        let found = all.iter().map(|it| Ok(reader.found(*it)?.claim)).collect::<Checked<Vec<Option<&Claim>>>>()?;
        let currencies: BTreeSet<Unit> = found.iter().flatten().filter_map(|claim| unit_of(claim)).collect();
        let mixed = currencies.iter().filter(|unit| matches!(unit, Unit::Currency(_))).count() > 1;
        if errors.0.is_empty() && !mixed {
            let ways = if found.iter().all(Option::is_some) { &mut whole } else { &mut partial };
            ways.push(Some(unit.clone()));
        }
    }
    Ok(if whole.is_empty() { partial } else { whole })
}

fn unit_of(claim: &Claim) -> Option<Unit> {
    let Kind::Figure(figure) = &claim.kind else { return None };
    Some(figure.unit.clone())
}

/// The units in which a measure is given where an article looks, if there are several.
fn several_units<'a>(facts: Facts<'a>, measure: &str, article: ArticleId) -> Option<&'a BTreeSet<Unit>> {
    facts.index.units_of(measure, &facts.met_by(article)).filter(|units| units.len() > 1)
}
