//! Texts: all that is said of one thing is the same.

use super::super::certificate::Among;
use super::world::World;
use crate::claim::{Claim, Kind, TextClaim};
use crate::source::quote::same_words;
use std::collections::BTreeMap;

/// The texts that differ.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    if !world.binds("same-figure") {
        return broken;
    }
    let standing = |claim: &&Claim| claim.superseded_by.is_none() && world.counts(claim);
    let mut told: BTreeMap<(Among, &str), Vec<(&Claim, &TextClaim)>> = BTreeMap::new();
    for claim in world.facts.claims.claims.iter().filter(standing) {
        if let Kind::Text(text) = &claim.kind {
            let about = (world.facts.among(claim), text.about.value.as_str());
            told.entry(about).or_default().push((claim, text));
        }
    }
    for together in told.values() {
        for (one, first) in together {
            for (other, second) in together {
                if !same_words(&first.says.value, &second.says.value) {
                    broken.push(format!("`{}` and `{}` say different things", one.id, other.id));
                }
            }
        }
    }
    broken
}
