//! What rules say of how measures are derived, as far as the words of claims are read by it: "fell by 8%" is below zero
//! where the measure is a change.

use super::{Kind, Pattern, Relation, Rules};
use crate::claim::{Derivation, Formula, MeasureDerivation, derived_in};
use crate::expr::{Expr, ExprKind};

impl Rules {
    /// How the measures that relations name are derived, where a relation says so: `growth == change(a, b)`.
    pub fn derivations(&self) -> Vec<MeasureDerivation> {
        let relations = self.rules.iter().filter_map(|rule| match &rule.kind {
            Kind::Relation(relation) => Some(relation),
            _ => None,
        });
        relations.flat_map(|relation| derivations(relation)).collect()
    }
}

fn derivations(relation: &Relation) -> Vec<MeasureDerivation> {
    let derived = derived_in(&relation.require.root).into_iter();
    derived
        .filter_map(|(figure, formula)| {
            let how = match formula {
                Formula::Change => Derivation::Change,
                Formula::Fall => Derivation::Fall,
                Formula::Difference(from, less) => Derivation::Difference(time(relation, from), time(relation, less)),
            };
            Some(MeasureDerivation { measure: measure(relation, figure)?, how })
        })
        .collect()
}

/// The measure of a figure, in which a star stands for any characters.
fn measure(relation: &Relation, figure: &Expr) -> Option<String> {
    let name = match &figure.kind {
        ExprKind::Name(name) => &name.base,
        ExprKind::Lookup { measure, .. } => return Some(measure.clone()),
        _ => return None,
    };
    let binding = relation.given.iter().find(|binding| binding.name.value == *name)?;
    match &binding.measure.as_ref()?.value {
        Pattern::Exact(measure) | Pattern::Glob(measure) => Some(measure.clone()),
        Pattern::FieldOf { .. } => None,
    }
}

/// The time of a figure, where the relation says it.
fn time(relation: &Relation, figure: &Expr) -> Option<String> {
    match &figure.kind {
        ExprKind::Name(name) => {
            let binding = relation.given.iter().find(|binding| binding.name.value == name.base)?;
            binding.when.as_ref().map(|when| when.value.clone())
        }
        ExprKind::Lookup { when, .. } => when.as_ref().map(|(words, _)| words.clone()),
        _ => None,
    }
}
