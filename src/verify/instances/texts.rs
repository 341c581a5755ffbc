//! Texts: all that is said of one thing is the same.

use super::world::World;
use crate::claim::{Claim, Kind};
use crate::source::quote::same_words;

/// The texts that differ.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    if !world.binds("same-figure") {
        return broken;
    }
    let standing = |claim: &&Claim| claim.superseded_by.is_none() && world.counts(claim);
    let claims: Vec<&Claim> = world.facts.claims.claims.iter().filter(standing).collect();
    for one in &claims {
        for other in &claims {
            let (Kind::Text(first), Kind::Text(second)) = (&one.kind, &other.kind) else { continue };
            let together = world.facts.among(one.article) == world.facts.among(other.article);
            let same = same_words(&first.says.value, &second.says.value);
            if together && first.about.value == second.about.value && !same {
                broken.push(format!("`{}` and `{}` say different things", one.id, other.id));
            }
        }
    }
    broken
}
