//! Balances: a level rises by what flows in less what flows out.

use super::super::certificate::{Point, Source};
use super::super::facts::{Checked, Lies};
use super::super::fraction::Fraction;
use super::super::index::Asked;
use super::super::words::{read_scope, written_scope, written_unit};
use super::note;
use super::requirements::holds;
use super::world::{Curve, Stated, World};
use crate::calendar::When;
use crate::claim::Scope;
use crate::number::Unit;
use crate::rule::{Balance, Kind as RuleKind};
use std::collections::{BTreeMap, BTreeSet};

/// The balances that do not close.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for rule in &world.facts.rules.rules {
        if let (RuleKind::Balance(balance), true) = (&rule.kind, world.binds(&rule.id.value)) {
            // In other scopes and units there are other levels.
            let mut levels: BTreeMap<(&Unit, Scope), Vec<Stated<'_>>> = BTreeMap::new();
            for (claim, figure) in world.facts.figures_of(&balance.level.value, &Asked::default()) {
                let scope = world.facts.placed(claim, figure).0;
                levels.entry((&figure.unit, scope)).or_default().push((claim, figure));
            }
            for level in levels.values() {
                for one in level {
                    for other in level {
                        note(&mut broken, closes(world, &rule.id.value, balance, *one, *other));
                        note(&mut broken, closes_over(world, &rule.id.value, balance, *one, *other));
                    }
                }
            }
        }
    }
    broken
}

/// What flows between levels, reported or not: its curves, with the moments of these levels. It has to be told apart only
/// where something bounds it: the level flows one way, or what is reported of a flow is of the level's scope, or a flow is
/// reported at all and the scope lies inside or around one of which a flow or a level is reported.
pub(super) fn flows(world: &World<'_>) -> BTreeMap<Curve, BTreeSet<Point>> {
    let mut found: BTreeMap<Curve, BTreeSet<Point>> = BTreeMap::new();
    for rule in &world.facts.rules.rules {
        let (RuleKind::Balance(balance), true) = (&rule.kind, world.binds(&rule.id.value)) else { continue };
        let names = || balance.inflows.iter().chain(&balance.outflows);
        if !names().all(|name| world.facts.adding(&name.value).is_ok_and(|adding| adding.declared)) {
            continue;
        }
        let mut levels = moments(world, balance);
        levels.retain(|_, (count, _)| *count > 1);
        if !(balance.inflows.is_empty() || balance.outflows.is_empty()) {
            let flowing = flowing(world, balance);
            let as_level = |curve: &Curve| Curve { measure: balance.level.value.clone(), ..curve.clone() };
            let reported: BTreeSet<Curve> = flowing.iter().map(as_level).collect();
            let all: BTreeSet<Curve> = levels.keys().chain(&reported).cloned().collect();
            let mut related = BTreeSet::new();
            for one in &all {
                for other in around(world, one, &all) {
                    related.extend([one.clone(), other]);
                }
            }
            levels.retain(|level, _| {
                let alike = |curve: &Curve| (&curve.unit, &curve.among) == (&level.unit, &level.among);
                reported.contains(level) || (related.contains(level) && reported.iter().any(alike))
            });
        }
        for (level, (_, points)) in levels {
            for name in names() {
                let curve = Curve { measure: name.value.clone(), ..level.clone() };
                found.entry(curve).or_default().extend(points.iter().cloned());
            }
        }
    }
    found
}

/// The levels of a balance by what they are of: how many of them stand at a moment, and at which.
fn moments(world: &World<'_>, balance: &Balance) -> BTreeMap<Curve, (usize, BTreeSet<Point>)> {
    let facts = world.facts;
    let mut found: BTreeMap<Curve, (usize, BTreeSet<Point>)> = BTreeMap::new();
    for (claim, figure) in facts.figures_of(&balance.level.value, &Asked::default()) {
        let stands = facts.time(figure).is_ok_and(|when| when.and_then(When::stands_at).is_some());
        if let (true, Ok((_, end))) = (stands, facts.ends(claim, figure)) {
            let (count, points) =
                found.entry(world.curve((claim, figure), &facts.placed(claim, figure).0)).or_default();
            *count = count.saturating_add(1);
            points.insert(end);
        }
    }
    found
}

/// Those of some curves that one certainly lies inside.
fn around(world: &World<'_>, narrow: &Curve, all: &BTreeSet<Curve>) -> Vec<Curve> {
    let scope = read_scope(&narrow.scope);
    let inside = |wide: &Curve| {
        let alike = (&wide.measure, &wide.unit, &wide.among) == (&narrow.measure, &narrow.unit, &narrow.among);
        let lies = || world.facts.lies(&scope, &read_scope(&wide.scope));
        alike && matches!(lies(), Some((Lies::Inside, unsaid)) if unsaid.is_empty())
    };
    match world.facts.around(&scope) {
        Some(scopes) => {
            let wide = scopes.iter().map(|scope| Curve { scope: written_scope(scope), ..narrow.clone() });
            wide.filter(|wide| all.contains(wide) && inside(wide)).collect()
        }
        None => all.iter().filter(|wide| inside(wide)).cloned().collect(),
    }
}

/// The running totals of what flows on which there is any claim.
fn flowing(world: &World<'_>, balance: &Balance) -> BTreeSet<Curve> {
    let mut found = BTreeSet::new();
    for ((claim, figure), first) in &world.claims {
        let mut flows = balance.inflows.iter().chain(&balance.outflows);
        if flows.any(|name| name.value == figure.measure.value) && world.on_total(&first.id).is_some() {
            found.insert(world.curve((claim, figure), &figure.scope));
            found.insert(world.curve((claim, figure), &world.facts.placed(claim, figure).0));
        }
    }
    found
}

fn closes(world: &World<'_>, rule: &str, balance: &Balance, one: Stated<'_>, other: Stated<'_>) -> Checked<()> {
    let facts = world.facts;
    let is_level = |figure: &Stated<'_>| figure.1.measure.value == balance.level.value;
    if one.0.id == other.0.id || !is_level(&one) || !is_level(&other) {
        return Ok(());
    }
    let place = |figure: &Stated<'_>| facts.placed(figure.0, figure.1).0;
    let (unit, scope, among) = (&one.1.unit, &place(&one), facts.among(one.0));
    if (unit, scope, &among) != (&other.1.unit, &place(&other), &facts.among(other.0))
        || facts.time(one.1)?.and_then(When::stands_at).is_none()
        || facts.time(other.1)?.and_then(When::stands_at).is_none()
    {
        return Ok(());
    }
    let curve = |measure: &str| Curve {
        measure: measure.to_owned(),
        unit: written_unit(unit),
        scope: written_scope(scope),
        among: among.clone(),
    };
    let mut names = balance.inflows.iter().chain(&balance.outflows);
    if !names.all(|name| world.flows.contains_key(&curve(&name.value))) {
        return Ok(()); // whatever the levels do, flows that nobody reports can make up for it
    }
    let moment = |figure: &Stated<'_>| facts.ends(figure.0, figure.1).map(|(_, end)| end);
    let (from, to): (Point, Point) = (moment(&one)?, moment(&other)?);
    let mut flow = Fraction::nought();
    for (flows, sign) in [(&balance.inflows, 1), (&balance.outflows, -1)] {
        for name in flows.iter().filter(|_| from != to) {
            let curve = curve(&name.value);
            let added = world.total(&curve, &to)?.minus(&world.total(&curve, &from)?);
            flow = flow.plus(&added.times(&Fraction::whole(sign)));
        }
    }
    let rise = world.figure(&other.0.id)?.minus(&world.figure(&one.0.id)?);
    if rise == flow {
        Ok(())
    } else {
        Err(format!("by `{rule}`, `{}` to `{}` is a rise of {rise}, but {flow} flows", one.0.id, other.0.id))
    }
}

/// Where a flow is reported over just the time between two levels, they close with it by themselves, whether or not what
/// flows is known to add up over other times.
fn closes_over(world: &World<'_>, rule: &str, balance: &Balance, one: Stated<'_>, other: Stated<'_>) -> Checked<()> {
    let facts = world.facts;
    let is_level = |figure: &Stated<'_>| figure.1.measure.value == balance.level.value;
    let (Some(from), Some(to)) = (facts.time(one.1)?, facts.time(other.1)?) else { return Ok(()) };
    let (Some(from), Some(to)) = (from.stands_at(), to.stands_at()) else { return Ok(()) };
    if !is_level(&one) || !is_level(&other) || from.earliest >= to.earliest {
        return Ok(());
    }
    let over = |time: Option<When>| match time {
        Some(When::Period { start, end, .. }) => {
            [start.earliest, start.latest] == [from.earliest, from.latest]
                && [end.earliest, end.latest] == [to.earliest, to.latest]
        }
        _ => false,
    };
    let place = |claim, figure| facts.placed(claim, figure).0;
    let mut flows = Vec::new();
    for name in balance.inflows.iter().chain(&balance.outflows) {
        let there = place(one.0, one.1);
        let there = there.0.iter().map(|(dimension, member)| (dimension.as_str(), member.clone(), false));
        let asked = Asked { members: there.collect(), ..Asked::default() };
        let reported = facts.figures_of(&name.value, &asked).into_iter().find(|(claim, figure)| {
            (&figure.unit, &place(claim, figure)) == (&one.1.unit, &place(one.0, one.1))
                && facts.among(claim) == facts.among(one.0)
                && facts.time(figure).is_ok_and(&over)
        });
        flows.push(reported.map(|(claim, _)| claim.id.clone()));
    }
    if flows.iter().all(Option::is_none) {
        return Ok(());
    }
    let source = Source::Balance { before: one.0.id.clone(), after: other.0.id.clone(), flows };
    holds(world, rule, source)
}
