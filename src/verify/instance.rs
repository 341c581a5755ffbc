//! Redoing a formula from its source: which figures a rule, a check or a claim relates, and by what formula.

use super::certificate::{Leaning, Source};
use super::expression::{Meant, Naming, Reader, required, requirement};
use super::facts::{Checked, Facts, WHEN};
use super::index::Asked;
use super::look_up::units_looked_up;
use super::structural::{balance, part_of_cover, parts_of_whole, same, tiles};
use super::words::written_member;
use crate::calendar::read_when;
use crate::claim::{Claim, EVENT, FigureClaim, Kind, Member, Scope};
use crate::expr::{Comparison, Expr, ExprKind};
use crate::number::Unit;
use crate::problem::Formula;
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
pub(super) type Stated<'a> = (&'a Claim, &'a FigureClaim);

/// Redoes the formula that a rule gives from a source.
pub(super) fn redo(facts: Facts<'_>, rule: &str, source: &Source) -> Checked<Redone> {
    match source {
        Source::Requirement(part) => {
            let mut all = required(facts, rule)?;
            let at = part.checked_sub(1).filter(|at| *at < all.len());
            let (reader, formula) = all.swap_remove(at.ok_or_else(|| format!("`{rule}` has no part {part}"))?);
            let assumed = requirement(facts, rule)?.is_assumed.then(|| Leaning::Assumed(rule.to_owned()));
            finished(reader, formula, assumed.into_iter().collect())
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
            let mut ways = Vec::new();
            for unit in units_looked_up(facts, is, claim)? {
                reader.unit = unit;
                ways.push(Formula::Compare(own.clone(), Comparison::Equal, reader.term(&is.root)?));
            }
            let formula = if ways.len() == 1 { ways.swap_remove(0) } else { Formula::Any(ways) };
            finished(reader, formula, BTreeSet::new())
        }
        Source::Relation(bound) => match facts.rule(rule)?.map(|rule| &rule.kind) {
            Some(RuleKind::Relation(relation)) => related(facts, relation, bound),
            _ => Err(format!("there is no relation `{rule}`")),
        },
        Source::Parts { dimension, whole, parts } => parts_of_whole(facts, rule, dimension, whole, parts),
        Source::Balance { before, after, flows } => balance(facts, rule, before, after, flows),
        Source::Part { part, whole } => part_of_cover(facts, rule, part, whole),
        Source::Tiles { whole, parts } => tiles(facts, rule, whole, parts),
        Source::Same { one, other } => same(facts, rule, one, other),
        Source::Unknown => Err("its source is not known".to_owned()),
    }
}

/// The figure of a claim, which must be the first that states it.
pub(super) fn first<'a>(facts: Facts<'a>, id: &str) -> Checked<Stated<'a>> {
    let found = facts.figure(id)?;
    if facts.first_of(found.0).id == id { Ok(found) } else { Err(format!("`{id}` is not the first of its figure")) }
}

pub(super) fn finished(reader: Reader<'_>, formula: Formula, mut leans: BTreeSet<Leaning>) -> Checked<Redone> {
    leans.extend(reader.unsaid);
    Ok(Redone { meant: reader.meant, formula, leans })
}

/// What a field of a figure says, as rules name it.
pub(super) fn field(facts: Facts<'_>, claim: &Claim, figure: &FigureClaim, field: &str) -> Option<String> {
    match field {
        "measure" => Some(figure.measure.value.clone()),
        "unit" => Some(unit(&figure.unit)),
        "of" | "in" => facts.stating(claim).into_iter().find_map(|other| {
            let Kind::Figure(stated) = &other.kind else { return None };
            let share = stated.share.as_ref()?;
            let named = if field == "of" { &share.of } else { &share.whole };
            named.as_ref().map(|named| named.value.clone())
        }),
        "mean-of" | "n" | "sd" => facts.claims.vocabulary.measures.get(&figure.measure.value)?.answers.field(field),
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
pub(super) struct Bound<'f, 'a> {
    pub facts: Facts<'a>,
    pub relation: &'f Relation,
    pub names: BTreeMap<String, Vec<&'a Claim>>,
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
    pub fn by_id(&self, measure: Option<&Pattern>) -> Option<&'a Claim> {
        let Some(Pattern::FieldOf { binding, field }) = measure else { return None };
        let (name, beside) = self.of(binding, field)?;
        let named = self.facts.named(&name, beside.article)?;
        match &named.kind {
            Kind::Figure(figure) if figure.measure.value != name => Some(self.facts.first_of(named)),
            _ => None,
        }
    }

    /// What it leans on that a figure fits a binding; `None` if it does not.
    pub fn fits(&self, binding: &Binding, (claim, figure): Stated<'a>) -> Option<BTreeSet<Leaning>> {
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
            read.is_some_and(|read| {
                let met = self.facts.met_at(claim.article, Some(&read));
                self.facts.settled(&read).ok() == time && met == self.facts.among(claim)
            })
        });
        let taken = self.names.values().flatten().any(|known| known.id == claim.id);
        if !(measured && united && scoped && timed) || taken {
            return None;
        }
        let placed = self.places_matter();
        let mut leans = if placed && self.reads_places() { assumed.clone() } else { BTreeSet::new() };
        // A figure that the id of its claim names is meant wherever it is.
        if by_id.is_none() {
            for given in &self.relation.given {
                if let Some(other) = self.first(&given.name.value) {
                    leans.extend(self.agree(binding, other, (claim, figure))?);
                    if placed {
                        leans.extend(assumed.iter().cloned().chain(self.facts.placed(other.0, other.1).1));
                    }
                }
            }
        }
        Some(leans)
    }

    /// Whether it matters at all where figures are placed.
    pub fn places_matter(&self) -> bool {
        let joins = |listed: &[Spanned<String>]| listed.iter().any(|listed| listed.value != WHEN);
        self.relation.join.as_deref().is_none_or(joins) || self.has_scopes()
    }

    fn has_scopes(&self) -> bool {
        self.relation.given.iter().any(|binding| !binding.scope.is_empty())
    }

    /// Whether where figures are placed is asked for besides being compared.
    fn reads_places(&self) -> bool {
        let roots = [&self.relation.require.root].into_iter().chain(self.relation.condition.iter().map(|it| &it.root));
        let field = |expr: &Expr| matches!(&expr.kind, ExprKind::Name(name) if !name.fields.is_empty());
        self.has_scopes() || roots.flat_map(Expr::walk).any(field)
    }

    /// The figures that may fit a binding, in order.
    pub fn candidates(&self, binding: &Binding) -> Vec<Stated<'a>> {
        let measure = binding.measure.as_ref().map(|measure| &measure.value);
        if let Some(named) = self.by_id(measure) {
            return match &named.kind {
                Kind::Figure(figure) => vec![(named, figure)],
                _ => Vec::new(),
            };
        }
        let measures: Vec<&str> = match measure {
            Some(Pattern::Exact(name)) => vec![name.as_str()],
            _ => {
                let fits = |name: &&str| measure.is_none_or(|measure| self.matches(measure, name));
                self.facts.index.measures().filter(fits).collect()
            }
        };
        let mut asked = Asked::default();
        if let Some((claim, figure)) = self.relation.given.iter().find_map(|given| self.first(&given.name.value)) {
            let joins = |dimension: &str| {
                self.relation.join.as_ref().is_none_or(|listed| listed.iter().any(|listed| listed.value == dimension))
            };
            if joins(WHEN) && binding.when.is_none() {
                let times = (self.facts.time(figure).ok().flatten(), self.facts.shared_time(figure).ok().flatten());
                asked.time = times.0.zip(times.1);
            }
            let (place, _) = self.facts.placed(claim, figure);
            let joined = place.0.into_iter().filter(|(it, _)| joins(it) && !binding.scope.contains_key(it));
            let joined: Vec<(String, Member)> = joined.collect();
            asked.members = joined.iter().map(|(it, member)| (it.as_str(), member.clone(), true)).collect();
            return self.listed(&measures, &asked);
        }
        self.listed(&measures, &asked)
    }

    fn listed(&self, measures: &[&str], asked: &Asked<'_>) -> Vec<Stated<'a>> {
        let of_each = |measure: &&str| self.facts.index.figures_of(measure, asked);
        let places: BTreeSet<usize> = measures.iter().flat_map(of_each).collect();
        self.facts.stated(places.into_iter())
    }

    /// What it leans on that two figures agree in all that the relation joins on; `None` if they do not.
    pub fn agree(&self, binding: &Binding, one: Stated<'a>, other: Stated<'a>) -> Option<BTreeSet<Leaning>> {
        if self.facts.among(one.0) != self.facts.among(other.0) {
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
    let singles = relation.given.iter().filter(|binding| !binding.set);
    for binding in singles.chain(relation.given.iter().filter(|binding| binding.set)) {
        let name = &binding.name.value;
        let ids = names.get(name).ok_or_else(|| format!("it does not bind `{name}`"))?;
        let claims = ids.iter().map(|id| first(facts, id)).collect::<Checked<Vec<_>>>()?;
        if binding.set {
            let mut sets = bound.sets(binding).into_iter();
            let found = sets.find(|(set, _)| set.iter().map(|(claim, _)| &claim.id).eq(ids));
            leans.extend(found.ok_or_else(|| format!("the figures of `{name}` are others"))?.1);
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
