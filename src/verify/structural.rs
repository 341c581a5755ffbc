//! Redoing the formulas that structural rules give: parts of a whole, balances, counts that overlap.

use super::certificate::Leaning;
use super::expression::{Naming, Reader};
use super::facts::{Checked, Facts, Lies, Owner};
use super::index::Asked;
use super::instance::{Redone, Stated, finished, first};
use crate::calendar::{Instant, When};
use crate::claim::{Claim, FigureClaim, Member, OverTime, Scope};
use crate::expr::Comparison;
use crate::number::{Interval, Rational};
use crate::problem::{Formula, Term};
use crate::rule::Kind as RuleKind;
use std::collections::BTreeSet;

pub(super) fn parts_of_whole(
    facts: Facts<'_>,
    rule: &str,
    dimension: &str,
    whole: &str,
    parts: &[String],
) -> Checked<Redone> {
    let (claim, figure) = first(facts, whole)?;
    let measure = &figure.measure.value;
    let declared = facts.claims.vocabulary.measures.get(measure);
    let adds = declared.is_some_and(|declared| declared.adds_over.iter().any(|over| over.value == dimension));
    let holds = match facts.rule(rule)?.map(|rule| &rule.kind) {
        Some(RuleKind::Breakdown(breakdown)) => {
            let listed = breakdown.measures.iter().any(|listed| listed.value == *measure);
            breakdown.dimension.value == dimension && (listed || (breakdown.measures.is_empty() && adds))
        }
        _ => rule == "additive" && adds,
    };
    if !holds {
        return Err(format!("`{rule}` does not say that `{measure}` adds up over `{dimension}`"));
    }
    let rest = |mut scope: Scope| {
        scope.0.remove(dimension);
        scope
    };
    let (scope, mut leans) = facts.placed(claim, figure);
    let cover = scope.0.get(dimension);
    let mut reader = Reader::new(facts, Naming::Claims(claim.article, None));
    let total = reader.figure(claim);
    // In one order only, so that a certificate is written in one way.
    if !parts.iter().is_sorted_by(|one, other| facts.rank(one) < facts.rank(other)) {
        return Err("the parts are not in the order of their claims".to_owned());
    }
    let mut members: Vec<String> = Vec::new();
    let mut terms = Vec::new();
    for id in parts {
        let (part, stated) = first(facts, id)?;
        let (place, assumed) = facts.placed(part, stated);
        leans.extend(assumed);
        let timed = facts.alike((part, stated), (claim, figure));
        let alike = stated.measure.value == *measure
            && stated.unit == figure.unit
            && rest(place.clone()) == rest(scope.clone())
            && timed.is_some()
            && facts.among(part) == facts.among(claim);
        leans.extend(timed.into_iter().flatten());
        let Some(Member::Path(member)) = place.0.get(dimension).cloned() else {
            return Err(format!("`{id}` is no part over `{dimension}`"));
        };
        let inside = match cover {
            None | Some(Member::All) => true,
            Some(Member::Path(cover)) => facts.above(dimension, &member).contains(cover),
        };
        let overlaps = members.iter().any(|other| {
            *other == member
                || facts.above(dimension, &member).contains(other)
                || facts.above(dimension, other).contains(&member)
        });
        if !alike || !inside || overlaps {
            return Err(format!("`{id}` is not a part of its own inside `{whole}`"));
        }
        members.push(member);
        terms.push(reader.figure(part));
    }
    let least = declared.and_then(|declared| declared.least.clone());
    let missing = left_open(facts, dimension, cover, &members);
    match (missing, &least) {
        (Some(0), _) => {}
        (Some(missing), Some(least)) => {
            let times = Rational::from(i64::try_from(missing).unwrap_or(i64::MAX));
            terms.push(reader.unreported(Interval::at_least(least.clone() * times), facts.integer(measure)));
        }
        (None, Some(least)) if !least.is_negative() => {}
        _ => return Err("an unreported part may be anything, or less than nothing".to_owned()),
    }
    let comparison = if missing.is_some() { Comparison::Equal } else { Comparison::AtMost };
    if cover.is_none() {
        leans.insert(Leaning::Unspecified { dimension: dimension.to_owned(), member: "*".to_owned() });
    }
    finished(reader, Formula::Compare(Term::Sum(terms), comparison, total), leans)
}

/// How many declared members of a complete dimension are missing among parts of what a member covers; `None` if something
/// else may be missing too.
pub(super) fn left_open(facts: Facts<'_>, dimension: &str, cover: Option<&Member>, parts: &[String]) -> Option<usize> {
    let names = facts.claims.vocabulary.dimensions.get(dimension).filter(|names| names.complete)?;
    let parents = names.parents.iter().flat_map(|(child, parent)| [child, parent]);
    let all: BTreeSet<&String> = names.members.iter().map(|name| &name.value).chain(parents).collect();
    let above = |member: &str| -> BTreeSet<String> {
        facts.above(dimension, member).into_iter().filter(|above| all.contains(above)).collect()
    };
    // The declared members directly in another, or at the top: between the two there is no third.
    let directly = |cover: Option<&str>| -> Vec<&String> {
        let within = |member: &&&String| cover.is_none_or(|cover| above(member).contains(cover));
        let inside: Vec<&String> = all.iter().filter(within).copied().collect();
        inside.iter().filter(|one| !inside.iter().any(|other| above(one).contains(*other))).copied().collect()
    };
    let top = match cover {
        None | Some(Member::All) => None,
        Some(Member::Path(path)) => Some(path.as_str()),
    };
    let closes = |cover: Option<&str>| directly(cover).len() >= if cover.is_some() { 2 } else { 1 };
    if !closes(top) || !parts.iter().all(|part| all.contains(part)) {
        return None;
    }
    let mut missing = 0_usize;
    let mut open = vec![top];
    while let Some(member) = open.pop() {
        for child in directly(member).into_iter().filter(|child| !parts.contains(child)) {
            let in_part = parts.iter().any(|part| above(part).contains(child));
            match (in_part, closes(Some(child))) {
                (true, true) => open.push(Some(child)),
                (true, false) => return None,
                (false, _) => missing = missing.saturating_add(1),
            }
        }
    }
    Some(missing)
}

/// The instant of a level, which is known exactly.
fn level(facts: Facts<'_>, figure: &FigureClaim) -> Checked<Instant> {
    let when = facts.time(figure)?.ok_or("a level names no time")?;
    let moment = when.stands_at().filter(|moment| moment.earliest == moment.latest);
    moment.map(|moment| moment.earliest).ok_or_else(|| "the moment of a level is not certain".to_owned())
}

/// The exact ends of a period.
fn period(facts: Facts<'_>, figure: &FigureClaim) -> Checked<(Instant, Instant)> {
    match facts.time(figure)? {
        Some(When::Period { start, end, .. }) if start.earliest == start.latest && end.earliest == end.latest => {
            Ok((start.earliest, end.earliest))
        }
        _ => Err("it is not over a period that is known exactly".to_owned()),
    }
}

pub(super) fn balance(
    facts: Facts<'_>,
    rule: &str,
    before: &str,
    after: &str,
    flows: &[Option<String>],
) -> Checked<Redone> {
    let Some(RuleKind::Balance(balance)) = facts.rule(rule)?.map(|rule| &rule.kind) else {
        return Err(format!("there is no balance `{rule}`"));
    };
    let (first_claim, first_level) = first(facts, before)?;
    let (last_claim, last_level) = first(facts, after)?;
    let (place, mut leans) = facts.placed(first_claim, first_level);
    leans.extend(facts.placed(last_claim, last_level).1);
    let alike = |claim: &Claim, figure: &FigureClaim, measure: &str| {
        figure.measure.value == measure
            && figure.unit == first_level.unit
            && facts.placed(claim, figure).0 == place
            && facts.among(claim) == facts.among(first_claim)
    };
    let span = (level(facts, first_level)?, level(facts, last_level)?);
    let level_name = &balance.level.value;
    if !alike(first_claim, first_level, level_name) || !alike(last_claim, last_level, level_name) || span.0 >= span.1 {
        return Err("the two are not one level at two moments, in order".to_owned());
    }
    let mut reader = Reader::new(facts, Naming::Claims(first_claim.article, None));
    let minus = |term: Term| Term::Negative(Box::new(term));
    let rise = vec![reader.figure(last_claim), minus(reader.figure(first_claim))];
    let names =
        balance.inflows.iter().map(|name| (name, true)).chain(balance.outflows.iter().map(|name| (name, false)));
    let names: Vec<_> = names.collect();
    if names.len() != flows.len() {
        return Err("it does not say what came in and went out".to_owned());
    }
    let mut flow = Vec::new();
    for ((name, incoming), id) in names.into_iter().zip(flows) {
        let there = place.0.iter().map(|(dimension, member)| (dimension.as_str(), member.clone(), false));
        let asked = Asked { members: there.collect(), ..Asked::default() };
        let reported = facts.figures_of(&name.value, &asked).into_iter().find(|(claim, figure)| {
            alike(claim, figure, &name.value) && period(facts, figure).is_ok_and(|found| found == span)
        });
        // What an assumption puts here may be left out: a balance closes whatever flows.
        let reported = reported.filter(|(claim, figure)| id.is_some() || facts.placed(claim, figure).1.is_empty());
        if reported.map(|(claim, _)| &claim.id) != id.as_ref() {
            return Err(format!("`{}` is reported by another claim, or by none", name.value));
        }
        let term = match reported {
            Some((claim, figure)) => {
                leans.extend(facts.placed(claim, figure).1);
                reader.figure(claim)
            }
            None => {
                let declared = facts.claims.vocabulary.measures.get(&name.value);
                let least = declared.and_then(|declared| declared.least.clone());
                let interval = least.map_or_else(Interval::everything, Interval::at_least);
                reader.unreported(interval, facts.integer(&name.value))
            }
        };
        flow.push(if incoming { term } else { minus(term) });
    }
    let formula = Formula::Compare(Term::Sum(rise), Comparison::Equal, Term::Sum(flow));
    finished(reader, formula, leans)
}

/// Two counts of which some overlap: how their scopes lie, and the leans of that.
fn overlapping(
    facts: Facts<'_>,
    rule: &str,
    part: Stated<'_>,
    whole: Stated<'_>,
) -> Checked<(Lies, BTreeSet<Leaning>)> {
    let measure = &whole.1.measure.value;
    let declared = facts.claims.vocabulary.measures.get(measure);
    let distinct = declared.is_some_and(|declared| {
        declared.over_time == Some(OverTime::Distinct)
            && declared.least.as_ref().is_some_and(|least| !least.is_negative())
    });
    facts.rule("additive")?;
    let alike =
        part.1.measure.value == *measure && part.1.unit == whole.1.unit && facts.among(part.0) == facts.among(whole.0);
    if rule != "additive" || !distinct || !alike {
        return Err("the two are no counts that may overlap".to_owned());
    }
    let (one, other) = (facts.placed(part.0, part.1), facts.placed(whole.0, whole.1));
    match facts.lies(&one.0, &other.0) {
        Some((lies, unsaid)) => {
            let leaning = |(dimension, member)| Leaning::Unspecified { dimension, member };
            let leans = unsaid.into_iter().map(leaning).chain(one.1).chain(other.1);
            Ok((lies, leans.collect()))
        }
        None => Err("the two scopes do not lie inside each other".to_owned()),
    }
}

/// Two figures of one measure, unit and time, and of one source, which an assumption puts in one scope.
pub(super) fn same(facts: Facts<'_>, rule: &str, one: &str, other: &str) -> Checked<Redone> {
    facts.rule("same-figure")?;
    let (one, other) = (first(facts, one)?, first(facts, other)?);
    let (place, place2) = (facts.placed(one.0, one.1), facts.placed(other.0, other.1));
    let time = facts.shared_time(one.1)?;
    let alike = (&one.1.measure.value, &one.1.unit) == (&other.1.measure.value, &other.1.unit)
        && facts.among(one.0) == facts.among(other.0)
        && time.is_some()
        && time == facts.shared_time(other.1)?
        && facts.owner(one.0, one.1)? == facts.owner(other.0, other.1)?
        && place.0 == place2.0;
    let counts_from = matches!(facts.owner(one.0, one.1)?, Owner::Source(..) | Owner::Claim(_));
    let on_totals = [one, other].iter().any(|(claim, figure)| facts.on_total(claim, figure).is_some());
    let states = facts.stating(one.0).into_iter().chain(facts.stating(other.0));
    let sources: BTreeSet<&Option<String>> = states.map(|it| &it.source).collect();
    if rule != "same-figure" || !alike || counts_from || on_totals || sources.len() != 1 || one.0.id == other.0.id {
        return Err("no assumption makes the two one figure".to_owned());
    }
    let mut reader = Reader::new(facts, Naming::Claims(one.0.article, None));
    let formula = Formula::Compare(reader.figure(one.0), Comparison::Equal, reader.figure(other.0));
    finished(reader, formula, place.1.into_iter().chain(place2.1).collect())
}

pub(super) fn part_of_cover(facts: Facts<'_>, rule: &str, part: &str, whole: &str) -> Checked<Redone> {
    let (part, whole) = (first(facts, part)?, first(facts, whole)?);
    let (lies, leans) = overlapping(facts, rule, part, whole)?;
    let (inner, outer) = (period(facts, part.1)?, period(facts, whole.1)?);
    if lies == Lies::Around || inner.0 < outer.0 || inner.1 > outer.1 {
        return Err("the one count does not lie inside the other".to_owned());
    }
    let mut reader = Reader::new(facts, Naming::Claims(whole.0.article, None));
    let formula = Formula::Compare(reader.figure(part.0), Comparison::AtMost, reader.figure(whole.0));
    finished(reader, formula, leans)
}

pub(super) fn tiles(facts: Facts<'_>, rule: &str, whole: &str, parts: &[String]) -> Checked<Redone> {
    let whole = first(facts, whole)?;
    let (mut reached, end) = period(facts, whole.1)?;
    let mut reader = Reader::new(facts, Naming::Claims(whole.0.article, None));
    let cover = reader.figure(whole.0);
    let mut terms = Vec::new();
    let mut all_leans = BTreeSet::new();
    for id in parts {
        let part = first(facts, id)?;
        let (lies, leans) = overlapping(facts, rule, part, whole)?;
        let (from, to) = period(facts, part.1)?;
        let assumed = leans.iter().all(|lean| matches!(lean, Leaning::Assumed(_)));
        if lies == Lies::Inside || !assumed || from > reached || to <= reached {
            return Err(format!("`{id}` does not go on where the last part ended"));
        }
        reached = to;
        all_leans.extend(leans);
        terms.push(reader.figure(part.0));
    }
    if reached < end {
        return Err("the parts do not cover the whole".to_owned());
    }
    let formula = Formula::Compare(cover, Comparison::AtMost, Term::Sum(terms));
    finished(reader, formula, all_leans)
}
