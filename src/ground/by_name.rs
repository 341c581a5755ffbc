//! How the names of a relation are bound: each to the figures of one instance, or to an unknown.

use super::by_claim::ByClaim;
use super::relations::Bindings;
use super::terms::{Binder, Bound, Variables};
use super::{Grounder, WHEN};
use crate::claim::{ANSWER_FIELDS, ITEMS};
use crate::expr::Name;
use crate::number::{Interval, Rational};
use crate::problem::{Domain, FigureId, Lean, Time, Variable};
use crate::rule::Pattern;
use std::collections::BTreeSet;

/// Binds names to the figures of one instance.
pub(super) struct ByName<'g, 'a, 'b> {
    pub(super) grounder: &'g Grounder<'a>,
    pub(super) bindings: &'b Bindings<'b>,
    pub(super) variables: Variables,
    /// The dimensions that were asked for and are unsaid.
    pub(super) unsaid: BTreeSet<Lean>,
}

impl Binder for ByName<'_, '_, '_> {
    fn name(&mut self, name: &Name) -> Option<Bound> {
        let grounder = self.grounder;
        let relation = self.bindings.relation;
        if let Some(unknown) = relation.unknown.iter().find(|unknown| unknown.name.value == name.base) {
            let known = self.variables.named.iter().find(|(known, _)| *known == name.base).map(|(_, place)| *place);
            let place = known.unwrap_or_else(|| {
                let lower = unknown.least.clone().map_or_else(Interval::everything, Interval::at_least);
                let upper = unknown.greatest.clone().map_or_else(Interval::everything, Interval::at_most);
                let interval = lower.intersect(&upper).unwrap_or_else(Interval::everything);
                let place = self.variables.place(Variable::Unknown, Domain { interval, integer: unknown.integer });
                self.variables.named.push((name.base.clone(), place));
                place
            });
            return Some(Bound::Variable(place));
        }
        let at = relation.given.iter().position(|binding| binding.name.value == name.base)?;
        let figures = self.bindings.figures.get(&at)?;
        let set = relation.given.get(at).is_some_and(|binding| binding.set);
        let mut variable = |figure: FigureId| self.variables.place(Variable::Figure(figure), grounder.domain(figure));
        let first = *figures.first()?;
        match name.fields.as_slice() {
            [] if set => Some(Bound::Set(figures.iter().map(|figure| variable(*figure)).collect())),
            [] => Some(Bound::Variable(variable(first))),
            [field] if field == WHEN => {
                let found = &grounder.problem[first];
                let when = match found.time {
                    Time::At(when) => Some(when),
                    Time::Unsaid => None,
                };
                Some(Bound::Span(when, found.scope.clone()))
            }
            [field] if field == ITEMS => {
                let declared = grounder.claims.vocabulary.measures.get(&grounder.problem[first].measure);
                Some(Bound::Number(declared.map_or(Rational::ONE, |measure| measure.answers.items())))
            }
            [field] => {
                let pattern = Pattern::FieldOf { binding: name.base.clone(), field: field.clone() };
                let said = grounder.field(&pattern, self.bindings).map(|(said, _)| said);
                if let (None, Some(claim), false) =
                    (&said, grounder.claims_of(first).first(), ANSWER_FIELDS.contains(&field.as_str()))
                {
                    let (dimension, claim) = (field.clone(), *claim);
                    self.unsaid.insert(Lean::Unspecified { dimension, claim, member: String::new() });
                }
                Some(Bound::Text(said.unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn look_up(&mut self, measure: &str, when: Option<&str>, scope: &[(String, String)]) -> Option<Bound> {
        let mut by_claim = beside(self.grounder, self.bindings)?;
        std::mem::swap(&mut by_claim.variables, &mut self.variables);
        let found = by_claim.look_up(measure, when, scope);
        std::mem::swap(&mut by_claim.variables, &mut self.variables);
        found
    }
}

/// Looks figures up beside the first figure of an instance, in its unit where a measure is given in several.
pub(super) fn beside<'g, 'a>(grounder: &'g Grounder<'a>, bindings: &Bindings<'_>) -> Option<ByClaim<'g, 'a>> {
    let first = *bindings.figures.values().flatten().next()?;
    let mut by_claim = ByClaim::new(grounder, grounder.article_of(first)?, Some(first));
    by_claim.unit = Some(grounder.problem[first].unit.clone());
    Some(by_claim)
}
