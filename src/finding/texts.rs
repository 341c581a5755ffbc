//! The texts that a check names: no figures, and yet part of what it says.

use super::layers::rules_of;
use super::model::{Location, Role};
use super::wording::Wording;
use crate::claim::{Check, ClaimId, Kind, in_record};
use crate::problem::Conflict;

impl Wording<'_> {
    /// The texts that the checks of a conflict name, with what they say.
    pub(super) fn texts(&self, conflict: &Conflict) -> Vec<(ClaimId, &str)> {
        let rules = rules_of(self.problem, conflict);
        let checks = self.claims.checks.iter().filter(|check| rules.contains(&check.id));
        checks.flat_map(|check| self.texts_of(check)).collect()
    }

    fn texts_of(&self, check: &Check) -> Vec<(ClaimId, &str)> {
        let article = &self.claims[check.article].id;
        let mut ids: Vec<String> = Vec::new();
        for (name, _) in check.require.root.names().filter(|(name, _)| name.fields.is_empty()) {
            let own = check.record.as_ref().map_or_else(|| name.base.clone(), |it| in_record(it, &name.base));
            ids.extend([format!("{article}/{own}"), own]);
        }
        let texts = self.claims.claims.iter().enumerate().filter_map(|(at, claim)| match &claim.kind {
            Kind::Text(text) if ids.contains(&claim.id) => Some((ClaimId::at(at), text.says.value.as_str())),
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
