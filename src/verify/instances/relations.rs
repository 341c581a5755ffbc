//! Relations: every way to bind their names.

use super::super::bindings::ways;
use super::super::certificate::Source;
use super::note;
use super::requirements::holds;
use super::world::World;
use crate::number::Unit;
use crate::rule::{Kind as RuleKind, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// The relations that do not hold.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for rule in &world.facts.rules.rules {
        let (RuleKind::Relation(relation), true) = (&rule.kind, world.binds(&rule.id.value)) else { continue };
        match ways(world.facts, relation) {
            Some(ways) => {
                for names in ways.into_iter().filter(|names| !in_several_currencies(world, relation, names)) {
                    note(&mut broken, holds(world, &rule.id.value, Source::Relation(names)));
                }
            }
            None => broken.push(format!("`{}` binds its names in more ways than are checked", rule.id.value)),
        }
    }
    broken
}

/// Whether figures are in different currencies where the rule does not say which: such are listed as not checked.
fn in_several_currencies(world: &World<'_>, relation: &Relation, names: &BTreeMap<String, Vec<String>>) -> bool {
    let open = relation.given.iter().filter(|binding| binding.unit.is_none());
    let claims = open.filter_map(|binding| names.get(&binding.name.value)).flatten();
    let units = claims.filter_map(|claim| world.facts.figure(claim).ok()).map(|(_, figure)| &figure.unit);
    units.filter(|unit| matches!(unit, Unit::Currency(_))).collect::<BTreeSet<_>>().len() > 1
}
