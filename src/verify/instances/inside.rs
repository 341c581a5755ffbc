//! Narrower scopes inside wider ones, two at a time: over any stretch of time, the narrow adds at most what the wide does.

use super::super::certificate::{Point, Readings};
use super::super::facts::{Checked, Lies};
use super::super::fraction::Fraction;
use super::super::words::{bound, read_scope};
use super::note;
use super::world::{Curve, World};
use crate::problem::Side;
use std::collections::{BTreeMap, BTreeSet};

/// The pairs of which the narrow one adds more than the wide one.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for narrow in world.curves.keys() {
        for wide in around(world, narrow).iter().filter(|wide| world.curves.contains_key(wide)) {
            note(&mut broken, adds_less(world, narrow, wide));
        }
    }
    broken
}

/// All pairs of which the first certainly lies inside the second, but for those that a third between them links.
pub(super) fn nearest(world: &World<'_>) -> Vec<(Curve, Curve)> {
    let mut covers: BTreeMap<&Curve, BTreeSet<Curve>> = BTreeMap::new();
    for narrow in world.said.iter().chain(world.flows.keys()) {
        covers.insert(narrow, around(world, narrow));
    }
    let linked = |all: &BTreeSet<Curve>, wide: &Curve| {
        all.iter().any(|middle| middle != wide && covers.get(middle).is_some_and(|above| above.contains(wide)))
    };
    let pairs = covers.iter().flat_map(|(narrow, all)| {
        all.iter().filter(|wide| !linked(all, wide)).map(|wide| ((*narrow).clone(), wide.clone()))
    });
    pairs.collect()
}

/// The curves on which anything is said, or that flow between levels, and that one certainly lies inside.
fn around(world: &World<'_>, narrow: &Curve) -> BTreeSet<Curve> {
    let found = world.around_or_flowing(narrow, &narrow.measure);
    found.into_iter().filter(|wide| lies_inside(world, narrow, wide)).collect()
}

/// Whether one curve certainly lies inside another that never falls.
fn lies_inside(world: &World<'_>, narrow: &Curve, wide: &Curve) -> bool {
    let same = (&narrow.measure, &narrow.unit, &narrow.among) == (&wide.measure, &wide.unit, &wide.among);
    let lies = || world.facts.lies(&read_scope(&narrow.scope), &read_scope(&wide.scope));
    let binds = || {
        world
            .facts
            .adding(&wide.measure)
            .is_ok_and(|adding| adding.declared && adding.never_falls && world.binds(&adding.rule))
    };
    // Any other curves on which nothing is said are told nothing.
    same && world.is_told(narrow)
        && world.is_told(wide)
        && binds()
        && matches!(lies(), Some((Lies::Inside, unsaid)) if unsaid.is_empty())
}

fn adds_less(world: &World<'_>, narrow: &Curve, wide: &Curve) -> Checked<()> {
    let more = || Err(format!("{} adds more in {:?} than in {:?}", wide.measure, narrow.scope, wide.scope));
    for pair in world.together(std::slice::from_ref(narrow), wide)?.windows(2) {
        if let [(_, early), (_, late)] = pair
            && let ([one, whole], [one2, whole2]) = (early.as_slice(), late.as_slice())
            && one2.minus(one) > whole2.minus(whole)
        {
            return more();
        }
    }
    // Of an origin no time is known; what was counted from there, the wide one has at least, if it is looked at there.
    let counted = world.presences.iter().filter(|presence| presence.stands && presence.curve == *narrow);
    for presence in counted.filter(|_| world.said.contains(wide)) {
        if let Point::Origin { .. } = presence.start {
            let added = world.total(wide, &presence.end)?.minus(&world.total(wide, &presence.start)?);
            for mention in 1..=presence.figure.readings.len() {
                let values = world.facts.values(presence.figure, mention, Readings::Hard)?;
                if let Ok((least, strict)) = bound(&values, Side::Least) {
                    let least = Fraction::from(&least).negative();
                    if added < least || (strict && added == least) {
                        return more();
                    }
                }
            }
        }
    }
    Ok(())
}
