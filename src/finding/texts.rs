//! The texts that a check names: no figures, and yet part of what it says.

use super::model::{Location, Role};
use super::wording::Wording;
use crate::claim::{ClaimId, Kind};
use crate::problem::Conflict;
use std::collections::BTreeSet;

impl Wording<'_> {
    /// The texts that the checks of a conflict name, with what they say.
    pub(super) fn texts(&self, conflict: &Conflict) -> Vec<(ClaimId, &str)> {
        let named = conflict.constraints.iter().filter_map(|constraint| self.problem.named.get(constraint));
        let named: BTreeSet<ClaimId> = named.flatten().copied().collect();
        let texts = named.into_iter().filter_map(|claim| match &self.claims[claim].kind {
            Kind::Text(text) => Some((claim, text.says.value.as_str())),
            _ => None,
        });
        texts.collect()
    }

    /// Where these texts stand.
    pub(super) fn places_of_texts(&self, texts: &[(ClaimId, &str)]) -> Vec<Location> {
        let place = |(claim, says): &(ClaimId, &str)| {
            let claim = &self.claims[*claim];
            let source = claim.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
            Location {
                span: claim.mentions.first().map_or(claim.span, |mention| mention.span),
                claim: Some(claim.id.clone()),
                role: Role::Primary,
                label: format!("“{says}”{source}"),
            }
        };
        texts.iter().map(place).collect()
    }
}
