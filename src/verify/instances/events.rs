//! Events: each is on a day that its date allows.

use super::super::certificate::{Place, Readings};
use super::super::facts::Checked;
use super::super::fraction::Fraction;
use super::super::joint::Quantity;
use super::note;
use super::world::World;
use crate::calendar::DaySpan;
use crate::claim::{Claim, Kind};

/// The events that are on no day that they can be on.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for claim in world.facts.claims.claims.iter().filter(|claim| claim.superseded_by.is_none()) {
        if let Kind::Event(event) = &claim.kind {
            note(&mut broken, fits(world, claim, event.on.is_some()));
        }
    }
    broken
}

fn fits(world: &World<'_>, claim: &Claim, dated: bool) -> Checked<()> {
    let quantity = Quantity::At(Place::Event(claim.id.clone()));
    let said = dated && world.counts(claim);
    if !said && !world.has(&quantity) {
        return Ok(());
    }
    let day = world.value(&quantity)?;
    if !day.is_whole() {
        return Err(format!("`{}` is on no day", claim.id));
    }
    if said {
        let on_one = |days: &DaySpan| day >= Fraction::whole(days.earliest.0) && day <= Fraction::whole(days.latest.0);
        if !world.facts.stretches(claim, Readings::Hard).iter().any(on_one) {
            return Err(format!("`{}` is not on one of its days", claim.id));
        }
    }
    Ok(())
}
