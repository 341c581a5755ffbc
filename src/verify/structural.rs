//! Redoing the formulas that structural rules give: parts of a whole, balances, counts that overlap.

use super::certificate::Leaning;
use super::expression::{Naming, Reader};
use super::facts::{Checked, Facts, Lies, WHEN};
use super::instance::{Redone, Stated, finished, first};
use crate::calendar::{Instant, When};
use crate::claim::{Claim, FigureClaim, Member, OverTime};
use crate::expr::Comparison;
use crate::number::Interval;
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
    let cover = figure.scope.0.get(dimension);
    let rest = |figure: &FigureClaim| {
        let mut scope = figure.scope.clone();
        scope.0.remove(dimension);
        scope
    };
    let mut reader = Reader::new(facts, Naming::Claims(claim.article, None));
    let total = reader.figure(claim);
    let mut members: Vec<&str> = Vec::new();
    let mut terms = Vec::new();
    for id in parts {
        let (part, stated) = first(facts, id)?;
        let alike = stated.measure.value == *measure
            && stated.unit == figure.unit
            && rest(stated) == rest(figure)
            && facts.time(stated)? == facts.time(figure)?
            && facts.among(part.article) == facts.among(claim.article);
        let Some(Member::Path(member)) = stated.scope.0.get(dimension) else {
            return Err(format!("`{id}` is no part over `{dimension}`"));
        };
        let inside = match cover {
            None | Some(Member::All) => true,
            Some(Member::Path(cover)) => facts.above(dimension, member).contains(cover),
        };
        let overlaps = members.iter().any(|other| {
            *other == member
                || facts.above(dimension, member).contains(*other)
                || facts.above(dimension, other).contains(member)
        });
        if !alike || !inside || overlaps {
            return Err(format!("`{id}` is not a part of its own inside `{whole}`"));
        }
        members.push(member);
        terms.push(reader.figure(part));
    }
    let least = declared.and_then(|declared| declared.least.clone());
    let names = facts.claims.vocabulary.dimensions.get(dimension);
    let listed: Vec<&str> = match (names, cover) {
        (Some(names), None | Some(Member::All)) => names.members.iter().map(|name| name.value.as_str()).collect(),
        _ => Vec::new(),
    };
    let closed = names.is_some_and(|names| names.complete)
        && !listed.is_empty()
        && members.iter().all(|member| listed.contains(member));
    let missing = listed.iter().filter(|member| !members.contains(member)).count();
    if closed {
        if missing > 0 && least.is_none() {
            return Err("an unreported part may be anything".to_owned());
        }
        for _ in 0..missing {
            let interval = least.clone().map_or_else(Interval::everything, Interval::at_least);
            terms.push(reader.unreported(interval, facts.integer(measure)));
        }
    } else if least.is_none_or(|least| least.is_negative()) {
        return Err("an unreported part may be less than nothing".to_owned());
    }
    let comparison = if closed { Comparison::Equal } else { Comparison::AtMost };
    let mut leans = BTreeSet::new();
    if cover.is_none() {
        leans.insert(Leaning::Unspecified { dimension: dimension.to_owned(), member: "*".to_owned() });
    }
    if figure.when.is_none() {
        leans.insert(Leaning::Unspecified { dimension: WHEN.to_owned(), member: String::new() });
    }
    finished(reader, Formula::Compare(Term::Sum(terms), comparison, total), leans)
}

/// The instant of a level, which is known exactly.
fn level(facts: Facts<'_>, figure: &FigureClaim) -> Checked<Instant> {
    let when = facts.time(figure)?.ok_or("a level names no time")?;
    let end = when.end();
    if end.earliest == end.latest { Ok(end.earliest) } else { Err("the moment of a level is not certain".to_owned()) }
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
    let alike = |claim: &Claim, figure: &FigureClaim, measure: &str| {
        figure.measure.value == measure
            && figure.unit == first_level.unit
            && figure.scope == first_level.scope
            && facts.among(claim.article) == facts.among(first_claim.article)
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
        let reported = facts.figures().into_iter().find(|(claim, figure)| {
            alike(claim, figure, &name.value) && period(facts, figure).is_ok_and(|found| found == span)
        });
        if reported.map(|(claim, _)| &claim.id) != id.as_ref() {
            return Err(format!("`{}` is reported by another claim, or by none", name.value));
        }
        let term = match reported {
            Some((claim, _)) => reader.figure(claim),
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
    finished(reader, formula, BTreeSet::new())
}

/// Two counts of which some overlap, the one inside the other: the leans of that.
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
    let alike = part.1.measure.value == *measure
        && part.1.unit == whole.1.unit
        && facts.among(part.0.article) == facts.among(whole.0.article);
    let (inner, outer) = (period(facts, part.1)?, period(facts, whole.1)?);
    if rule != "additive" || !distinct || !alike || inner.0 < outer.0 || inner.1 > outer.1 {
        return Err("the one count does not lie inside the other".to_owned());
    }
    match facts.lies(&part.1.scope, &whole.1.scope) {
        Some((lies, unsaid)) if lies != Lies::Around => {
            let leaning = |(dimension, member)| Leaning::Unspecified { dimension, member };
            Ok((lies, unsaid.into_iter().map(leaning).collect()))
        }
        _ => Err("the one scope does not lie inside the other".to_owned()),
    }
}

pub(super) fn part_of_cover(facts: Facts<'_>, rule: &str, part: &str, whole: &str) -> Checked<Redone> {
    let (part, whole) = (first(facts, part)?, first(facts, whole)?);
    let (_, leans) = overlapping(facts, rule, part, whole)?;
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
    for id in parts {
        let part = first(facts, id)?;
        let (lies, leans) = overlapping(facts, rule, part, whole)?;
        let (from, to) = period(facts, part.1)?;
        if lies != Lies::Same || !leans.is_empty() || from > reached || to <= reached {
            return Err(format!("`{id}` does not go on where the last part ended"));
        }
        reached = to;
        terms.push(reader.figure(part.0));
    }
    if reached != end {
        return Err("the parts do not cover the whole".to_owned());
    }
    let formula = Formula::Compare(cover, Comparison::AtMost, Term::Sum(terms));
    finished(reader, formula, BTreeSet::new())
}
