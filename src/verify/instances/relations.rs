//! Relations: every way to bind their names.

use super::super::bindings::ways;
use super::super::certificate::Source;
use super::note;
use super::requirements::holds;
use super::world::World;
use crate::rule::Kind as RuleKind;

/// The relations that do not hold.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for rule in &world.facts.rules.rules {
        let (RuleKind::Relation(relation), true) = (&rule.kind, world.binds(&rule.id.value)) else { continue };
        match ways(world.facts, relation, &world.figures) {
            Some(ways) => {
                for names in ways {
                    note(&mut broken, holds(world, &rule.id.value, Source::Relation(names)));
                }
            }
            None => broken.push(format!("`{}` binds its names in more ways than are checked", rule.id.value)),
        }
    }
    broken
}
