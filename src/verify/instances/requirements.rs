//! Checks, assumptions that relate figures, and figures that say how they are derived.

use super::super::certificate::Source;
use super::super::expression::{required, requirement};
use super::super::facts::Checked;
use super::super::instance;
use super::super::joint::Formulated;
use super::super::notation::notation;
use super::note;
use super::world::World;
use crate::calendar::When;
use crate::claim::{Claim, Scope};
use crate::expr::ExprKind;
use crate::number::Unit;
use std::collections::BTreeMap;

/// The requirements that do not hold.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let claims = world.facts.claims;
    let ids = claims.checks.iter().map(|check| &check.id).chain(claims.assumes.iter().map(|assume| &assume.id));
    for id in ids.filter(|id| world.binds(id)) {
        let parts = required(world.facts, id).map_or(0, |all| all.len());
        for part in 1..=parts {
            note(&mut broken, holds(world, id, Source::Requirement(part)));
        }
        if parts == 0 && requirement(world.facts, id).is_err() {
            broken.push(format!("`{id}` cannot be read"));
        }
    }
    for ((claim, figure), _) in &world.claims {
        if let Some(is) = &figure.is {
            let rule = if matches!(is.root.kind, ExprKind::Change(..)) { "change" } else { "derived" };
            if world.binds(rule) {
                note(&mut broken, holds(world, rule, Source::Derived(claim.id.clone())));
            }
        }
    }
    broken
}

/// Figures that assumptions make one, and that differ.
pub(super) fn of_one_place(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let mut places: BTreeMap<(&str, &Unit, Scope), Vec<&Claim>> = BTreeMap::new();
    for (one, figure) in world.figures.iter().filter(|_| world.binds("same-figure")) {
        let (scope, _) = world.facts.placed(one, figure);
        let there = places.entry((figure.measure.value.as_str(), &figure.unit, scope)).or_default();
        for other in there.iter() {
            if world.facts.shared_time(figure) == shared_time(world, other) {
                let source = Source::Same { one: other.id.clone(), other: one.id.clone() };
                note(&mut broken, holds(world, "same-figure", source));
            }
        }
        there.push(one);
    }
    broken
}

fn shared_time(world: &World<'_>, claim: &Claim) -> Checked<Option<When>> {
    let (_, figure) = world.facts.figure(&claim.id)?;
    world.facts.shared_time(figure)
}

/// Whether the formula of a source holds, if it leans on nothing unsaid.
pub(super) fn holds(world: &World<'_>, rule: &str, source: Source) -> Checked<()> {
    let Ok(redone) = instance::redo(world.facts, rule, &source) else { return Ok(()) };
    let said = |leaning: &super::super::certificate::Leaning| {
        matches!(leaning, super::super::certificate::Leaning::Assumed(_))
    };
    if !redone.leans.iter().all(said) {
        return Ok(());
    }
    let (_, order) = notation(&redone.formula);
    let from = Formulated { rule: rule.to_owned(), source };
    if world.satisfies(&redone.formula, &redone.meant, &order, &from)? {
        Ok(())
    } else {
        Err(format!("`{rule}` does not hold at its values"))
    }
}
