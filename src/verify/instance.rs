//! Redoing a formula from its source: which figures a rule, a check or a claim relates, and by what formula.

use super::certificate::{Leaning, Source};
use super::expression::{Meant, Naming, Reader, required, requirement};
use super::facts::{Checked, Facts, Lies, WHEN, written_member};
use crate::calendar::{Instant, When, read_when};
use crate::claim::{Claim, EVENT, FigureClaim, Kind, Member, OverTime, Scope};
use crate::expr::{Comparison, ExprKind};
use crate::number::{Interval, Rational, Unit};
use crate::problem::{Formula, Term};
use crate::rule::{Binding, Kind as RuleKind, Pattern, Relation};
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// A formula that was redone.
#[derive(Clone, Debug)]
pub(super) struct Redone {
    pub meant: Vec<Meant>,
    pub formula: Formula,
    pub leans: BTreeSet<Leaning>,
}

/// A claim and its figure.
type Stated<'a> = (&'a Claim, &'a FigureClaim);

/// Redoes the formula that a rule gives from a source.
pub(super) fn redo(facts: Facts<'_>, rule: &str, source: &Source) -> Checked<Redone> {
    match source {
        Source::Requirement(part) => {
            let mut all = required(facts, rule)?;
            let at = part.checked_sub(1).filter(|at| *at < all.len());
            let (reader, formula) = all.swap_remove(at.ok_or_else(|| format!("`{rule}` has no part {part}"))?);
            let assumed = requirement(facts, rule)?.2.then(|| Leaning::Assumed(rule.to_owned()));
            Ok(Redone { meant: reader.meant, formula, leans: assumed.into_iter().collect() })
        }
        Source::Derived(id) => {
            let (claim, figure) = facts.figure(id)?;
            let is = figure.is.as_ref().ok_or_else(|| format!("`{id}` does not say how it is derived"))?;
            let named = if matches!(is.root.kind, ExprKind::Change(..)) { "change" } else { "derived" };
            facts.rule(named)?;
            if named != rule {
                return Err(format!("`{id}` follows by the rule `{named}`, not by `{rule}`"));
            }
            let mut reader = Reader::new(facts, Naming::Claims(claim.article, Some(claim)));
            let own = reader.figure(claim);
            let formula = Formula::Compare(own, Comparison::Equal, reader.term(&is.root)?);
            Ok(Redone { meant: reader.meant, formula, leans: BTreeSet::new() })
        }
        Source::Relation(bound) => match facts.rule(rule)?.map(|rule| &rule.kind) {
            Some(RuleKind::Relation(relation)) => related(facts, relation, bound),
            _ => Err(format!("there is no relation `{rule}`")),
        },
        Source::Parts { dimension, whole, parts } => parts_of_whole(facts, rule, dimension, whole, parts),
        Source::Balance { before, after, flows } => balance(facts, rule, before, after, flows),
        Source::Part { part, whole } => part_of_cover(facts, rule, part, whole),
        Source::Tiles { whole, parts } => tiles(facts, rule, whole, parts),
        Source::Unknown => Err("its source is not known".to_owned()),
    }
}

/// The figure of a claim, which must be the first that states it.
fn first<'a>(facts: Facts<'a>, id: &str) -> Checked<Stated<'a>> {
    let found = facts.figure(id)?;
    if facts.first_of(found.0).id == id { Ok(found) } else { Err(format!("`{id}` is not the first of its figure")) }
}

fn finished(reader: Reader<'_>, formula: Formula, leans: BTreeSet<Leaning>) -> Checked<Redone> {
    Ok(Redone { meant: reader.meant, formula, leans })
}

/// What a field of a figure says, as rules name it.
pub(super) fn field(facts: Facts<'_>, claim: &Claim, figure: &FigureClaim, field: &str) -> Option<String> {
    match field {
        "measure" => Some(figure.measure.value.clone()),
        "unit" => Some(unit(&figure.unit)),
        "of" | "in" => facts.claims.claims.iter().filter(|other| facts.one_figure(other, claim)).find_map(|other| {
            let Kind::Figure(stated) = &other.kind else { return None };
            let share = stated.share.as_ref()?;
            let named = if field == "of" { &share.of } else { &share.whole };
            named.as_ref().map(|named| named.value.clone())
        }),
        dimension => {
            let (place, _) = facts.placed(claim, figure);
            place.0.get(dimension).map(|member| written_member(member).to_owned())
        }
    }
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::One => "one".to_owned(),
        Unit::Percent => "percent".to_owned(),
        Unit::Points => "points".to_owned(),
        Unit::Currency(name) | Unit::Other(name) => name.clone(),
    }
}

/// Whether a text fits a pattern in which a star stands for any characters: the places of the pattern that can be
/// reached are followed sign by sign.
fn fits_glob(glob: &str, text: &str) -> bool {
    let glob: Vec<char> = glob.chars().collect();
    let past_stars = |reached: BTreeSet<usize>| -> BTreeSet<usize> {
        let run = |from: usize| {
            let stars = glob.iter().skip(from).take_while(|sign| **sign == '*').count();
            from..=from.saturating_add(stars)
        };
        reached.into_iter().flat_map(run).collect()
    };
    let mut reached = past_stars(BTreeSet::from([0]));
    for sign in text.chars() {
        let step = |at: &usize| match glob.get(*at) {
            Some('*') => Some(*at),
            Some(found) if *found == sign => Some(at.saturating_add(1)),
            _ => None,
        };
        reached = past_stars(reached.iter().filter_map(step).collect());
    }
    reached.contains(&glob.len())
}

/// The bindings of a relation so far.
struct Bound<'f, 'a> {
    facts: Facts<'a>,
    relation: &'f Relation,
    names: BTreeMap<String, Vec<&'a Claim>>,
}

impl<'a> Bound<'_, 'a> {
    fn first(&self, name: &str) -> Option<Stated<'a>> {
        let claim = *self.names.get(name)?.first()?;
        match &claim.kind {
            Kind::Figure(figure) => Some((claim, figure)),
            _ => None,
        }
    }

    fn of(&self, binding: &str, named: &str) -> Option<(String, &'a Claim)> {
        let (claim, figure) = self.first(binding)?;
        field(self.facts, claim, figure, named).map(|said| (said, claim))
    }

    fn matches(&self, pattern: &Pattern, said: &str) -> bool {
        match pattern {
            Pattern::Exact(wanted) => wanted == said,
            Pattern::Glob(glob) => fits_glob(glob, said),
            Pattern::FieldOf { binding, field } => self.of(binding, field).is_some_and(|(wanted, _)| wanted == said),
        }
    }

    /// The same for a member of a dimension, in whose path a star stands for one step.
    fn matches_member(&self, pattern: &Pattern, member: &str) -> bool {
        let steps = |path: &str| path.split('/').count();
        match pattern {
            Pattern::Glob(glob) => {
                let steps_fit = steps(glob) == steps(member);
                steps_fit && glob.split('/').zip(member.split('/')).all(|(glob, step)| fits_glob(glob, step))
            }
            _ => self.matches(pattern, member),
        }
    }

    /// The claim that a measure names by its id, if it does not name a measure.
    fn by_id(&self, measure: Option<&Pattern>) -> Option<&'a Claim> {
        let Some(Pattern::FieldOf { binding, field }) = measure else { return None };
        let (name, beside) = self.of(binding, field)?;
        let named = self.facts.named(&name, beside.article)?;
        match &named.kind {
            Kind::Figure(figure) if figure.measure.value != name => Some(self.facts.first_of(named)),
            _ => None,
        }
    }

    /// What it leans on that a figure fits a binding; `None` if it does not.
    fn fits(&self, binding: &Binding, (claim, figure): Stated<'a>) -> Option<BTreeSet<Leaning>> {
        let measure = binding.measure.as_ref().map(|measure| &measure.value);
        let by_id = self.by_id(measure);
        let measured = match by_id {
            Some(named) => named.id == claim.id,
            None => measure.is_none_or(|measure| self.matches(measure, &figure.measure.value)),
        };
        let united = binding.unit.as_ref().is_none_or(|wanted| self.matches(&wanted.value, &unit(&figure.unit)));
        let (place, assumed) = self.facts.placed(claim, figure);
        let scoped = binding.scope.iter().all(|(dimension, wanted)| {
            let member = place.0.get(dimension).map(written_member);
            member.is_some_and(|member| self.matches_member(&wanted.value, member))
        });
        let time = self.facts.time(figure).ok()?;
        let timed = binding.when.as_ref().is_none_or(|words| {
            let read = read_when(&words.value, &self.facts.claims[claim.article].context).ok();
            read.and_then(|read| read.readings().first().map(|reading| reading.value)) == time && time.is_some()
        });
        let taken = self.names.values().flatten().any(|known| known.id == claim.id);
        if !(measured && united && scoped && timed) || taken || figure.readings.is_empty() {
            return None;
        }
        let joins = |listed: &[Spanned<String>]| listed.iter().any(|listed| listed.value != WHEN);
        let places_matter = self.relation.join.as_deref().is_none_or(joins)
            || self.relation.given.iter().any(|binding| !binding.scope.is_empty());
        let mut leans = if places_matter { assumed } else { BTreeSet::new() };
        if by_id.is_none() {
            for given in &self.relation.given {
                if let Some(other) = self.first(&given.name.value) {
                    leans.extend(self.agree(binding, other, (claim, figure))?);
                }
            }
        }
        Some(leans)
    }

    /// What it leans on that two figures agree in all that the relation joins on; `None` if they do not.
    fn agree(&self, binding: &Binding, one: Stated<'a>, other: Stated<'a>) -> Option<BTreeSet<Leaning>> {
        if self.facts.among(one.0.article) != self.facts.among(other.0.article) {
            return None;
        }
        let joined = |dimension: &str| {
            self.relation.join.as_ref().is_none_or(|listed| listed.iter().any(|listed| listed.value == dimension))
        };
        let mut leans = BTreeSet::new();
        let lean = |leans: &mut BTreeSet<Leaning>, dimension: &str, member: &str| {
            leans.insert(Leaning::Unspecified { dimension: dimension.to_owned(), member: member.to_owned() });
        };
        if joined(WHEN) && binding.when.is_none() {
            match (self.facts.time(one.1).ok()?, self.facts.time(other.1).ok()?) {
                (Some(_), Some(_)) => leans.extend(self.facts.alike(one, other)?),
                _ => lean(&mut leans, WHEN, ""),
            }
        }
        let (place, place2) = (self.facts.placed(one.0, one.1), self.facts.placed(other.0, other.1));
        let asked = |dimension: &&String| joined(dimension) && !binding.scope.contains_key(*dimension);
        let says_more = |one: &Scope, other: &Scope| {
            one.0.keys().filter(asked).any(|dimension| dimension != EVENT && !other.0.contains_key(dimension))
        };
        if says_more(&place.0, &place2.0) && says_more(&place2.0, &place.0) {
            return None;
        }
        let dimensions: BTreeSet<&String> = place.0.0.keys().chain(place2.0.0.keys()).collect();
        for dimension in dimensions.into_iter().filter(asked) {
            match (place.0.0.get(dimension), place2.0.0.get(dimension)) {
                (Some(first), Some(second)) if first == second => {}
                (Some(Member::All), None) | (None, Some(Member::All)) if dimension == EVENT => {}
                (Some(only), None) | (None, Some(only)) if dimension != EVENT => {
                    lean(&mut leans, dimension, written_member(only));
                }
                _ => return None,
            }
        }
        Some(leans)
    }
}

fn related(facts: Facts<'_>, relation: &Relation, names: &BTreeMap<String, Vec<String>>) -> Checked<Redone> {
    if names.len() != relation.given.len() {
        return Err("it does not bind the names that the rule gives".to_owned());
    }
    let mut bound = Bound { facts, relation, names: BTreeMap::new() };
    let mut leans = BTreeSet::new();
    for binding in &relation.given {
        let name = &binding.name.value;
        let ids = names.get(name).ok_or_else(|| format!("it does not bind `{name}`"))?;
        let claims = ids.iter().map(|id| first(facts, id)).collect::<Checked<Vec<_>>>()?;
        if binding.set {
            let mut fitting = Vec::new();
            for figure in facts.figures() {
                if let Some(lean) = bound.fits(binding, figure) {
                    fitting.push(figure.0.id.clone());
                    leans.extend(lean);
                }
            }
            if fitting != *ids {
                return Err(format!("the figures of `{name}` are others"));
            }
        } else {
            let [only] = claims.as_slice() else { return Err(format!("`{name}` stands for one figure")) };
            leans.extend(bound.fits(binding, *only).ok_or_else(|| format!("`{}` does not fit `{name}`", only.0.id))?);
        }
        bound.names.insert(name.clone(), claims.into_iter().map(|(claim, _)| claim).collect());
    }
    let mut reader = Reader::new(facts, Naming::Bound(relation, bound.names));
    let required = reader.formula(&relation.require.root)?;
    let formula = match &relation.condition {
        None => required,
        Some(condition) => {
            let condition = reader.formula(&condition.root)?;
            Formula::Any(vec![Formula::Not(Box::new(condition)), required])
        }
    };
    finished(reader, formula, leans)
}

fn parts_of_whole(facts: Facts<'_>, rule: &str, dimension: &str, whole: &str, parts: &[String]) -> Checked<Redone> {
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
            && facts.among(part.article) == facts.among(claim.article);
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
fn left_open(facts: Facts<'_>, dimension: &str, cover: Option<&Member>, parts: &[String]) -> Option<usize> {
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

fn balance(facts: Facts<'_>, rule: &str, before: &str, after: &str, flows: &[Option<String>]) -> Checked<Redone> {
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
    let (one, other) = (facts.placed(part.0, part.1), facts.placed(whole.0, whole.1));
    match facts.lies(&one.0, &other.0) {
        Some((lies, unsaid)) if lies != Lies::Around => {
            let leaning = |(dimension, member)| Leaning::Unspecified { dimension, member };
            let leans = unsaid.into_iter().map(leaning).chain(one.1).chain(other.1);
            Ok((lies, leans.collect()))
        }
        _ => Err("the one scope does not lie inside the other".to_owned()),
    }
}

fn part_of_cover(facts: Facts<'_>, rule: &str, part: &str, whole: &str) -> Checked<Redone> {
    let (part, whole) = (first(facts, part)?, first(facts, whole)?);
    let (_, leans) = overlapping(facts, rule, part, whole)?;
    let mut reader = Reader::new(facts, Naming::Claims(whole.0.article, None));
    let formula = Formula::Compare(reader.figure(part.0), Comparison::AtMost, reader.figure(whole.0));
    finished(reader, formula, leans)
}

fn tiles(facts: Facts<'_>, rule: &str, whole: &str, parts: &[String]) -> Checked<Redone> {
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
        if lies != Lies::Same || !assumed || from > reached || to <= reached {
            return Err(format!("`{id}` does not go on where the last part ended"));
        }
        reached = to;
        all_leans.extend(leans);
        terms.push(reader.figure(part.0));
    }
    if reached != end {
        return Err("the parts do not cover the whole".to_owned());
    }
    let formula = Formula::Compare(cover, Comparison::AtMost, Term::Sum(terms));
    finished(reader, formula, all_leans)
}

#[cfg(test)]
mod tests {
    use super::fits_glob;

    #[test]
    fn a_star_stands_for_any_characters() {
        assert!(fits_glob("*-mean", "age-mean") && fits_glob("a*c*e", "abcde") && fits_glob("*", ""));
        assert!(fits_glob("exact", "exact") && fits_glob("a*", "a") && fits_glob("*a", "aaa"));
        assert!(!fits_glob("*-mean", "mean-age") && !fits_glob("exact", "exactly") && !fits_glob("a*b", "a"));
    }
}
