//! Counts of which some overlap: a part is at most its cover, and a cover at most the sum of parts that cover it.

use super::super::facts::{Checked, Lies};
use super::super::fraction::Fraction;
use super::super::index::Asked;
use super::note;
use super::world::{Stated, World};
use crate::calendar::{Instant, When};
use crate::claim::{Claim, Kind, OverTime};

/// The counts that their parts or covers contradict.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    if !world.binds("additive") {
        return broken;
    }
    for cover in world.figures.iter().filter(|figure| is_distinct(world, figure)) {
        note(&mut broken, fits(world, *cover));
    }
    broken
}

fn is_distinct(world: &World<'_>, figure: &Stated<'_>) -> bool {
    world.facts.claims.vocabulary.measures.get(&figure.1.measure.value).is_some_and(|declared| {
        declared.over_time == Some(OverTime::Distinct)
            && declared.least.as_ref().is_some_and(|least| !least.is_negative())
    })
}

fn period(world: &World<'_>, figure: &Stated<'_>) -> Checked<Option<(Instant, Instant)>> {
    Ok(match world.facts.time(figure.1)? {
        Some(When::Period { start, end, .. }) if start.earliest == start.latest && end.earliest == end.latest => {
            Some((start.earliest, end.earliest))
        }
        _ => None,
    })
}

fn fits(world: &World<'_>, cover: Stated<'_>) -> Checked<()> {
    let facts = world.facts;
    let Some(outer) = period(world, &cover)? else { return Ok(()) };
    let (mut tiles, mut wider, mut beyond): (Vec<Tile>, Vec<Tile>, Vec<Tile>) = (Vec::new(), Vec::new(), Vec::new());
    for part in &facts.figures_of(&cover.1.measure.value, &Asked::default()) {
        let alike =
            part.1.unit == cover.1.unit && facts.among(part.0) == facts.among(cover.0) && part.0.id != cover.0.id;
        let Some(inner) = period(world, part)?.filter(|_| alike) else { continue };
        if inner.0 < outer.0 || inner.1 > outer.1 {
            let meets = inner.0 < outer.1 && inner.1 > outer.0;
            let covers = inner.0 <= outer.0 && inner.1 >= outer.1;
            let lies = facts.lies(&part.1.scope, &cover.1.scope).filter(|_| meets && !covers);
            if let Some((Lies::Same, unsaid)) = lies
                && unsaid.is_empty()
            {
                let value = world.figure(&part.0.id)?;
                beyond.push(Tile { period: inner, value, is_given: is_given(world, &part.0.id) });
            }
            continue;
        }
        match facts.lies(&part.1.scope, &cover.1.scope) {
            Some((Lies::Around, unsaid)) if unsaid.is_empty() && inner != outer => {
                let value = world.figure(&part.0.id)?;
                wider.push(Tile { period: inner, value, is_given: is_given(world, &part.0.id) });
            }
            Some((lies, unsaid)) if unsaid.is_empty() && lies != Lies::Around => {
                let value = world.figure(&part.0.id)?;
                if value > world.figure(&cover.0.id)? {
                    return Err(format!("`{}` is {value}, more than `{}` has", part.0.id, cover.0.id));
                }
                if lies == Lies::Same && inner != outer {
                    tiles.push(Tile { period: inner, value, is_given: is_given(world, &part.0.id) });
                }
            }
            _ => {}
        }
    }
    // Of the ways to cover it, six are looked at: with values that are given, and with all, each with parts of its own scope
    // that lie in its time, alone and, where none of these goes on, with those of wider scopes or with those that reach beyond
    // its time. Each time, the part that reaches furthest, and of those the shortest.
    let value = world.figure(&cover.0.id)?;
    for given_only in [true, false] {
        let counts = |tile: &&Tile| tile.is_given || !given_only;
        let own = || tiles.iter().filter(counts);
        let (wider, beyond) = (wider.iter().filter(counts), beyond.iter().filter(counts));
        for sum in [covered(outer, own(), [].iter()), covered(outer, own(), wider), covered(outer, own(), beyond)] {
            if sum.is_some_and(|sum| value > sum) {
                return Err(format!("`{}` is {value}, more than its parts have", cover.0.id));
            }
        }
    }
    Ok(())
}

/// A part of a cover's time, with what it counts.
struct Tile {
    period: (Instant, Instant),
    value: Fraction,
    /// Whether any claim gives its value, and does not only ask for it.
    is_given: bool,
}

fn is_given(world: &World<'_>, first: &str) -> bool {
    let stating = world.facts.claim(first).map(|first| world.facts.stating(first)).unwrap_or_default();
    let gives = |claim: &&Claim| matches!(&claim.kind, Kind::Figure(figure) if figure.gives_a_value());
    stating.iter().any(gives)
}

/// What parts that cover a period count together, if some do.
fn covered<'t>(
    outer: (Instant, Instant),
    own: impl Iterator<Item = &'t Tile> + Clone,
    wider: impl Iterator<Item = &'t Tile> + Clone,
) -> Option<Fraction> {
    let (mut reached, mut sum) = (outer.0, Fraction::nought());
    while reached < outer.1 {
        let tile = next(own.clone(), reached).or_else(|| next(wider.clone(), reached))?;
        sum = sum.plus(&tile.value);
        reached = tile.period.1;
    }
    Some(sum)
}

fn next<'t>(tiles: impl Iterator<Item = &'t Tile>, reached: Instant) -> Option<&'t Tile> {
    let going_on = tiles.filter(|tile| tile.period.0 <= reached && tile.period.1 > reached);
    going_on.max_by_key(|tile| (tile.period.1, tile.period.0))
}
