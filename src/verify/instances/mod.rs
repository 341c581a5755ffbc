//! Every instance of every rule, found naively: all claims, and all pairs and tuples of those that can meet at all, are
//! gone through.
//!
//! In: freshly loaded claims and rules, and values for all that is not known. Out: nothing, or every instance that does
//! not hold at these values. One file a kind of rule. Nothing of grounding or solving is used.

mod balances;
mod events;
mod figures;
mod inside;
mod overlaps;
mod relations;
mod requirements;
mod stages;
mod sums;
mod texts;
mod totals;
mod world;

pub(super) use world::{Curve, World};

use super::facts::Checked;

/// How many refusals are listed.
const MOST_REFUSALS: usize = 20;

/// Whether all instances hold.
///
/// # Errors
/// Those that do not, the first few of each kind.
pub(super) fn all_hold(world: &World<'_>) -> Result<(), Vec<String>> {
    let kinds: [fn(&World<'_>) -> Vec<String>; 12] = [
        figures::broken,
        totals::broken,
        inside::broken,
        sums::broken,
        balances::broken,
        stages::broken,
        overlaps::broken,
        relations::broken,
        requirements::broken,
        requirements::of_one_place,
        events::broken,
        texts::broken,
    ];
    let mut refusals = Vec::new();
    for kind in kinds {
        refusals.extend(kind(world).into_iter().take(MOST_REFUSALS));
    }
    refusals.truncate(MOST_REFUSALS);
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// What is broken by a check of one instance.
fn note(broken: &mut Vec<String>, checked: Checked<()>) {
    if let Err(reason) = checked {
        broken.push(reason);
    }
}
