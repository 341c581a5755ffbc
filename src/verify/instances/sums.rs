//! Disjoint parts inside their whole: of figures of one time, and of running totals over any stretch of time.

use super::super::certificate::Among;
use super::super::facts::{Checked, Lies};
use super::super::fraction::Fraction;
use super::super::index::Asked;
use super::super::joint::closed;
use super::super::structural::left_open;
use super::super::words::{read_scope, written_scope};
use super::note;
use super::world::{Curve, Stated, World};
use crate::claim::{Member, Scope};
use crate::rule::Kind as RuleKind;
use std::collections::{BTreeMap, BTreeSet};

/// The wholes that their parts do not fit in.
pub(super) fn broken(world: &World<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for (measure, dimension) in summable(world) {
        note(&mut broken, figures(world, &measure, &dimension));
    }
    for group in groups(world) {
        note(&mut broken, add_up(world, &group));
    }
    broken
}

/// The measures that add up over a dimension, by a rule or by declaration.
fn summable(world: &World<'_>) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut by_rule = BTreeSet::new();
    let measures = &world.facts.claims.vocabulary.measures;
    let adds_over = |dimension: &str| {
        let adds = measures.iter().filter(|(_, it)| it.adds_over.iter().any(|over| over.value == *dimension));
        adds.map(|(name, _)| name.clone()).collect::<Vec<String>>()
    };
    for rule in world.facts.rules.rules.iter().filter(|rule| rule.severity.is_some()) {
        let RuleKind::Breakdown(breakdown) = &rule.kind else { continue };
        let dimension = &breakdown.dimension.value;
        let listed: Vec<String> = breakdown.measures.iter().map(|measure| measure.value.clone()).collect();
        for measure in if listed.is_empty() { adds_over(dimension) } else { listed } {
            by_rule.insert((measure.clone(), dimension.clone()));
            if world.binds(&rule.id.value) {
                found.insert((measure, dimension.clone()));
            }
        }
    }
    if world.binds("additive") {
        for (measure, declared) in measures {
            for over in &declared.adds_over {
                let pair = (measure.clone(), over.value.clone());
                if !by_rule.contains(&pair) {
                    found.insert(pair);
                }
            }
        }
    }
    found
}

/// The totals that nobody reports, and that what is reported hangs together by: each has reported parts over one
/// dimension, and over another it has such parts too, or lies in a total that is reported or is one of these.
pub(super) fn linking(world: &World<'_>) -> BTreeSet<Curve> {
    let summable = summable(world);
    let mut found: BTreeSet<Curve> = BTreeSet::new();
    let over = |measure: &String| {
        let own = summable.iter().filter(|(name, _)| name == measure);
        own.map(|(_, dimension)| dimension.clone()).collect::<BTreeSet<String>>()
    };
    loop {
        let mut parts: BTreeMap<Curve, BTreeSet<String>> = BTreeMap::new();
        let known = |curve: &Curve| world.said.contains(curve) || found.contains(curve);
        for curve in world.said.iter().filter(|curve| world.facts.adding(&curve.measure).is_ok_and(|it| it.declared)) {
            for dimension in over(&curve.measure) {
                for wider in wider(world, curve, &dimension).into_iter().filter(|wider| !known(wider)) {
                    parts.entry(wider).or_default().insert(dimension.clone());
                }
            }
        }
        let links = parts.into_iter().filter(|(curve, dimensions)| {
            let mut others = over(&curve.measure).into_iter().filter(|it| !dimensions.contains(it));
            dimensions.len() > 1 || others.any(|dimension| wider(world, curve, &dimension).iter().any(known))
        });
        let links: Vec<Curve> = links.map(|(curve, _)| curve).collect();
        if links.is_empty() {
            return found;
        }
        found.extend(links);
    }
}

/// The totals of all that a curve's member of a dimension lies in.
fn wider(world: &World<'_>, curve: &Curve, dimension: &str) -> Vec<Curve> {
    let scope = read_scope(&curve.scope);
    let Some(Member::Path(member)) = scope.0.get(dimension) else { return Vec::new() };
    let above = world.facts.above(dimension, member).into_iter().map(Member::Path).chain([Member::All]);
    let wider = above.map(|member| {
        let mut wider = scope.clone();
        wider.0.insert(dimension.to_owned(), member);
        Curve { scope: written_scope(&wider), ..curve.clone() }
    });
    wider.collect()
}

/// Members that lie strictly inside a cover and in no other such member.
fn topmost<'m, T>(
    world: &World<'_>,
    dimension: &str,
    cover: Option<&Member>,
    all: impl Iterator<Item = (&'m Member, T)>,
) -> Vec<(String, T)> {
    let mut inside: Vec<(String, T)> = Vec::new();
    for (member, item) in all {
        let Member::Path(path) = member else { continue };
        let lies = match cover {
            None | Some(Member::All) => true,
            Some(Member::Path(cover)) => world.facts.above(dimension, path).contains(cover),
        };
        if lies && !inside.iter().any(|(known, _)| known == path) {
            inside.push((path.clone(), item));
        }
    }
    let names: BTreeSet<String> = inside.iter().map(|(path, _)| path.clone()).collect();
    inside.retain(|(path, _)| world.facts.above(dimension, path).is_disjoint(&names));
    inside
}

fn without(scope: &Scope, dimension: &str) -> Scope {
    let mut rest = scope.clone();
    rest.0.remove(dimension);
    rest
}

/// Figures of one time and otherwise one scope, each where its claims or assumptions put it.
fn figures(world: &World<'_>, measure: &str, dimension: &str) -> Checked<()> {
    let facts = world.facts;
    let of_measure = facts.figures_of(measure, &Asked::default()).into_iter();
    let never_falls = facts.adding(measure).is_ok_and(|adding| adding.declared && adding.never_falls);
    let placed: Vec<(Stated<'_>, Scope)> =
        of_measure.map(|figure| (figure, facts.placed(figure.0, figure.1).0)).collect();
    let mut beside_each: BTreeMap<Scope, Vec<&(Stated<'_>, Scope)>> = BTreeMap::new();
    for one in &placed {
        beside_each.entry(without(&one.1, dimension)).or_default().push(one);
    }
    for (whole, scope) in &placed {
        let Some(cover) = scope.0.get(dimension) else { continue }; // it is of all only if that is granted
        let Some(when) = facts.time(whole.1)? else { continue };
        // Running totals of several scopes count from several origins, unless one is stated.
        if facts.owner(whole.0, whole.1)?.is_own_time() || facts.counts_from_unsaid(whole.1, when) {
            continue;
        }
        let mut beside: Vec<(&Member, Stated<'_>)> = Vec::new();
        for (part, own) in beside_each.get(&without(scope, dimension)).into_iter().flatten() {
            let alike = part.1.unit == whole.1.unit
                && facts.shared_time(part.1)? == facts.shared_time(whole.1)?
                && facts.among(part.0) == facts.among(whole.0)
                && facts.owner(part.0, part.1)? == facts.owner(whole.0, whole.1)?;
            if let (true, Some(member)) = (alike, own.0.get(dimension)) {
                beside.push((member, *part));
            }
        }
        let parts = topmost(world, dimension, Some(cover), beside.into_iter());
        if parts.is_empty() {
            continue;
        }
        let (names, parts): (Vec<String>, Vec<Stated<'_>>) = parts.into_iter().unzip();
        let Some((least, exactly)) = left_over(world, measure, dimension, cover, &names) else { continue };
        // One part alone lies inside its whole wherever it is looked at, and where no value is needed, it can.
        if let ([(part, _)], false) = (parts.as_slice(), exactly)
            && never_falls
            && !world.is_looked_at(&part.id)
        {
            continue;
        }
        let mut sum = least;
        for (part, _) in &parts {
            sum = sum.plus(&world.figure(&part.id)?);
        }
        let whole = world.figure(&whole.0.id)?;
        if sum > whole || (exactly && sum != whole) {
            return Err(format!("{measure} of {} add up to {sum}, beside a whole of {whole}", names.join(" + ")));
        }
    }
    Ok(())
}

/// The least that a whole has besides its parts, and whether it has just that: each part that nobody reports is at least
/// the least that its measure allows, and nothing else is left where the dimension is complete. `None` if it may be
/// anything.
fn left_over(
    world: &World<'_>,
    measure: &str,
    dimension: &str,
    cover: &Member,
    parts: &[String],
) -> Option<(Fraction, bool)> {
    let declared = world.facts.claims.vocabulary.measures.get(measure);
    let least = declared.and_then(|declared| declared.least.as_ref()).map(Fraction::from);
    match (left_open(world.facts, dimension, Some(cover), parts), least) {
        (Some(0), _) => Some((Fraction::nought(), true)),
        (Some(missing), Some(least)) => Some((least.times(&Fraction::whole(missing)), false)),
        (None, Some(least)) if !least.is_negative() => Some((Fraction::nought(), false)),
        _ => None,
    }
}

/// Running totals of disjoint parts inside that of their whole.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub whole: Curve,
    pub parts: Vec<Curve>,
    names: Vec<String>,
    /// Whether the parts are all that there is.
    exactly: bool,
}

/// All disjoint parts inside wholes.
pub(super) fn groups(world: &World<'_>) -> Vec<Group> {
    summable(world).iter().flat_map(|(measure, dimension)| groups_over(world, measure, dimension)).collect()
}

/// The unit, the claims that meet, and all that a curve is of but for one dimension.
type Width<'c> = (&'c String, &'c Among, Scope);

/// Those of a measure over a dimension. The other dimensions of the parts are those of the whole, or lie inside them.
fn groups_over(world: &World<'_>, measure: &str, dimension: &str) -> Vec<Group> {
    let mut found = Vec::new();
    let adding = match world.facts.adding(measure) {
        Ok(adding) if adding.declared => adding,
        _ => return found,
    };
    let curves: Vec<(&Curve, Scope)> = world
        .said
        .union(&world.linking)
        .filter(|curve| curve.measure == measure)
        .map(|curve| (curve, read_scope(&curve.scope)))
        .collect();
    // The curves of one width, by what they are of but for the dimension, and the widths inside each.
    let mut of_width: BTreeMap<Width<'_>, Vec<&(&Curve, Scope)>> = BTreeMap::new();
    for one in &curves {
        of_width.entry((&one.0.unit, &one.0.among, without(&one.1, dimension))).or_default().push(one);
    }
    let mut inside: BTreeMap<Width<'_>, BTreeSet<&Scope>> = BTreeMap::new();
    for (unit, among, narrow) in of_width.keys() {
        let all = || of_width.keys().filter(|other| (other.0, other.1) == (*unit, *among)).map(|it| it.2.clone());
        for wide in world.facts.around(narrow).unwrap_or_else(|| all().collect()) {
            inside.entry((unit, among, wide)).or_default().insert(narrow);
        }
    }
    for (whole, scope) in &curves {
        let Some(cover) = scope.0.get(dimension) else { continue };
        let width = (&whole.unit, &whole.among, without(scope, dimension));
        let beside = |rest: &Scope| of_width.get(&(width.0, width.1, rest.clone())).into_iter().flatten();
        let rest = &width.2;
        for narrow in inside.get(&width).into_iter().flatten().copied() {
            let is_own = narrow == rest;
            let lies = || world.facts.lies(narrow, rest);
            if !is_own && !matches!(lies(), Some((Lies::Inside, unsaid)) if unsaid.is_empty()) {
                continue;
            }
            // Between parts of one width and wholes of another, only what is reported counts.
            let counts = |curve: &Curve| is_own || world.said.contains(curve);
            if !counts(whole) {
                continue;
            }
            // What the whole's own width reports of a member stands for what it covers.
            let mut members: BTreeMap<Member, (Curve, bool)> = BTreeMap::new();
            for (from, linked) in [(narrow, is_own), (rest, true)] {
                for (curve, scope) in beside(from).filter(|(curve, _)| counts(curve)) {
                    if let Some(member) = scope.0.get(dimension) {
                        members.insert(member.clone(), ((*curve).clone(), linked));
                    }
                }
            }
            let is_cover = |own: &Scope| own.0.get(dimension) == Some(cover);
            let has_own_whole = beside(narrow).any(|(curve, own)| curve != whole && counts(curve) && is_cover(own));
            let all = members.iter().map(|(member, found)| (member, found.clone()));
            let parts = topmost(world, dimension, Some(cover), all);
            // Parts of another width are linked by a whole of their own, or by what the whole's width reports of them.
            if !is_own && (has_own_whole || parts.iter().all(|(_, (_, linked))| *linked)) {
                continue;
            }
            let (names, parts): (Vec<String>, Vec<(Curve, bool)>) = parts.into_iter().unzip();
            let parts: Vec<Curve> = parts.into_iter().map(|(curve, _)| curve).collect();
            let exactly = is_own && closed(world.facts, dimension, Some(cover), &names);
            // One part alone is compared as what lies inside, where both are reported.
            let links = [*whole].into_iter().chain(&parts).any(|curve| world.linking.contains(curve));
            if !parts.is_empty() && (exactly || (adding.never_falls && (parts.len() > 1 || links))) {
                found.push(Group { whole: (*whole).clone(), parts, names, exactly });
            }
        }
    }
    found
}

/// Whether, over any stretch of time, parts add at most what their whole adds, or exactly that.
fn add_up(world: &World<'_>, group: &Group) -> Checked<()> {
    for pair in world.together(&group.parts, &group.whole)?.windows(2) {
        let [(_, early), (_, late)] = pair else { continue };
        let mut added: Vec<Fraction> = late.iter().zip(early).map(|(late, early)| late.minus(early)).collect();
        let of_whole = added.pop().unwrap_or_else(Fraction::nought);
        let sum = added.iter().fold(Fraction::nought(), |sum, part| sum.plus(part));
        if sum > of_whole || (group.exactly && sum != of_whole) {
            let (measure, names) = (&group.whole.measure, group.names.join(" + "));
            return Err(format!("{measure} of {names} add {sum}, while the whole adds {of_whole}"));
        }
    }
    Ok(())
}
