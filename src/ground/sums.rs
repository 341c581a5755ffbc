//! Sums of several figures: breakdowns over a dimension, and counts that overlap.
//!
//! Each gives relations that are decided by themselves, over figures of the same time.

use super::checks::Heading;
use super::covering::coverings;
use super::hierarchy::{Coverage, Hierarchy};
use super::scopes::Unsaid;
use super::terms::Variables;
use super::{Grounder, Group, Owner};
use crate::calendar::{Instant, When};
use crate::claim::{ArticleId, Member, OverTime, Scope};
use crate::expr::Comparison;
use crate::number::{Interval, Rational, Unit};
use crate::problem::{Domain, FigureId, Formula, Lean, LeanId, Term, Time, Variable};
use crate::rule::{Breakdown, Kind};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// What figures that can be summed have in common: all but one dimension. Where a time is certain only for an article
/// (it is vague, its origin or the time itself is unsaid), they have the article in common too.
type SumKey = (Group, Option<ArticleId>, Unit, Scope, Time);

/// Figures with the periods that they are for.
type Periods = Vec<(FigureId, (Instant, Instant))>;

/// The figures of each member of a dimension, and of what states none.
type Family = BTreeMap<Option<Member>, Vec<FigureId>>;

impl Grounder<'_> {
    /// Relates figures to the sums of others.
    pub(super) fn sums(&mut self) {
        let rules = self.rules;
        self.unreported(&self.summed_over());
        self.flowing();
        let mut broken_down: BTreeSet<(String, String)> = BTreeSet::new();
        for rule in &rules.rules {
            let Some(severity) = rule.severity else { continue };
            let heading = Heading {
                rule: rule.id.value.clone(),
                severity,
                words: String::new(),
                because: rule.about.clone().filter(|_| !rule.standard),
                leans: Vec::new(),
            };
            match &rule.kind {
                Kind::Breakdown(breakdown) => self.breakdown(&heading, breakdown, &mut broken_down),
                Kind::Balance(balance) => self.balance(&heading, balance),
                _ => {}
            }
        }
        if let Some(severity) = self.severity("additive") {
            self.adds_over(severity, &broken_down);
            self.distinct(severity);
        }
    }

    /// The dimensions over which each measure adds up.
    fn summed_over(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        if self.severity("additive").is_some() {
            for (name, measure) in &self.claims.vocabulary.measures {
                let over = measure.adds_over.iter().map(|over| over.value.clone());
                found.entry(name.clone()).or_default().extend(over);
            }
        }
        for rule in self.rules.rules.iter().filter(|rule| rule.severity.is_some()) {
            if let Kind::Breakdown(breakdown) = &rule.kind {
                for measure in self.broken_down(breakdown) {
                    found.entry(measure).or_default().insert(breakdown.dimension.value.clone());
                }
            }
        }
        found
    }

    /// The measures of a breakdown.
    fn broken_down(&self, rule: &Breakdown) -> Vec<String> {
        if rule.measures.is_empty() {
            self.summable(&rule.dimension.value)
        } else {
            rule.measures.iter().map(|measure| measure.value.clone()).collect()
        }
    }

    /// The measures that are declared to add up over a dimension.
    fn summable(&self, dimension: &str) -> Vec<String> {
        let measures = self.claims.vocabulary.measures.iter();
        measures
            .filter(|(_, measure)| measure.adds_over.iter().any(|over| over.value == dimension))
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn breakdown(&mut self, heading: &Heading, rule: &Breakdown, done: &mut BTreeSet<(String, String)>) {
        let dimension = rule.dimension.value.clone();
        for measure in self.broken_down(rule) {
            done.insert((measure.clone(), dimension.clone()));
            self.parts_of_wholes(heading, &measure, &dimension);
            self.parts_inside_wholes(heading, &measure, &dimension);
        }
    }

    fn adds_over(&mut self, severity: Severity, done: &BTreeSet<(String, String)>) {
        let vocabulary = &self.claims.vocabulary;
        let pairs: Vec<(String, String)> = vocabulary
            .measures
            .iter()
            .flat_map(|(name, measure)| measure.adds_over.iter().map(|over| (name.clone(), over.value.clone())))
            .filter(|pair| !done.contains(pair))
            .collect();
        let heading =
            Heading { rule: "additive".into(), severity, words: String::new(), because: None, leans: Vec::new() };
        for (measure, dimension) in pairs {
            self.parts_of_wholes(&heading, &measure, &dimension);
            self.parts_inside_wholes(&heading, &measure, &dimension);
        }
    }

    /// Relates the members of a dimension to the whole that covers them.
    fn parts_of_wholes(&mut self, heading: &Heading, measure: &str, dimension: &str) {
        let mut families: BTreeMap<SumKey, Family> = BTreeMap::new();
        for id in self.by_measure.get(measure).cloned().unwrap_or_default() {
            let at = id.index();
            let figure = &self.problem[id];
            let (Some((scope, _)), Some(group), Some(own), Some(time)) = (
                self.placed.get(at),
                self.figure_groups.get(at),
                self.figure_owners.get(at),
                self.figure_times.get(at),
            ) else {
                continue;
            };
            let mut rest = scope.clone();
            let member = rest.0.remove(dimension);
            let article = match own {
                Owner::Anyone => None,
                Owner::Article(_) | Owner::Source(..) | Owner::Claim(_) => self.article_of(id),
            };
            let key = (group.clone(), article, figure.unit.clone(), rest, time.clone());
            families.entry(key).or_default().entry(member).or_default().push(id);
        }
        let hierarchy = Hierarchy::of(&self.claims.vocabulary, dimension);
        for family in families.into_values() {
            for (cover, parts) in self.parts_by_cover(dimension, &family) {
                for whole in family.get(&cover).cloned().unwrap_or_default() {
                    // Of several figures of a member, that of the whole's own source counts, or else none. What follows
                    // without those that an assumption puts here does not lean on it; it is said first.
                    let owner = |figure: FigureId| self.figure_owners.get(figure.index());
                    let pick = |figures: Vec<FigureId>| match figures.as_slice() {
                        [only] => Some(*only),
                        _ => figures.iter().copied().find(|figure| owner(*figure) == owner(whole)),
                    };
                    let said =
                        |figures: &[FigureId]| figures.iter().copied().filter(|it| !self.is_assumed(*it)).collect();
                    let by_said =
                        |(part, figures): &(String, Vec<FigureId>)| Some((part.clone(), pick(said(figures))?));
                    let by_all = |it: &(String, Vec<FigureId>)| {
                        by_said(it).or_else(|| Some((it.0.clone(), pick(it.1.clone())?)))
                    };
                    let mut sums: Vec<Vec<(String, FigureId)>> =
                        vec![parts.iter().filter_map(by_said).collect(), parts.iter().filter_map(by_all).collect()];
                    sums.dedup();
                    for mut parts in sums.into_iter().filter(|parts| !parts.is_empty()) {
                        parts.sort_by_key(|(_, figure)| *figure);
                        self.sum_to_whole(heading, &hierarchy, (dimension, cover.as_ref(), whole), &parts);
                    }
                }
            }
        }
    }

    /// Why this is sound: parts that have nothing in common count nothing twice, and whatever else the whole counts is not
    /// below zero, or is not there at all, since the dimension is complete and all its members are reported.
    fn sum_to_whole(
        &mut self,
        heading: &Heading,
        hierarchy: &Hierarchy,
        (dimension, cover, whole): (&str, Option<&Member>, FigureId),
        parts: &[(String, FigureId)],
    ) {
        let measure = self.problem[whole].measure.clone();
        let least = self.claims.vocabulary.measures.get(&measure).and_then(|measure| measure.least.clone());
        let never_negative = least.as_ref().is_some_and(|least| least.signum() >= 0);
        let missing = match hierarchy.coverage(cover, parts.iter().map(|(part, _)| part.as_str())) {
            Coverage::Missing(0) => Some(0),
            Coverage::Missing(missing) if least.is_some() => Some(missing),
            Coverage::Missing(_) | Coverage::Open | Coverage::Broken if never_negative => None,
            _ => return, // an unreported part may be below zero
        };
        let vague = matches!(self.figure_owners.get(whole.index()), Some(Owner::Claim(_)));
        let on_curve = self.problem[whole].curve.is_some_and(|curve| self.problem[curve].monotone);
        if missing.is_none() && parts.len() == 1 && on_curve && !vague {
            return; // its curve lies inside the whole's already
        }
        let leans = self.leans_of_sum(dimension, cover, whole, parts);
        let mut variables = Variables::default();
        let whole_place = variables.place(Variable::Figure(whole), self.domain(whole));
        let mut terms: Vec<Term> = Vec::new();
        for (_, part) in parts {
            terms.push(Term::Variable(variables.place(Variable::Figure(*part), self.domain(*part))));
        }
        let integer = self.problem[whole].integer;
        if let (Some(count), Some(least)) = (missing.filter(|missing| *missing > 0), least) {
            // So many unknowns of at least so much make one of at least so many times as much.
            let count = Rational::from(i64::try_from(count).unwrap_or(i64::MAX));
            let interval = Interval::at_least(least * count);
            terms.push(Term::Variable(variables.place(Variable::Unknown, Domain { interval, integer })));
        }
        let comparison = if missing.is_some() { Comparison::Equal } else { Comparison::AtMost };
        let names: Vec<&str> = parts.iter().map(|(part, _)| part.as_str()).collect();
        let words = format!(
            "{measure} of {}{} {} the whole",
            names.join(" + "),
            if missing.is_some_and(|missing| missing > 0) { " + unreported" } else { "" },
            if missing.is_some() { "make" } else { "are at most" },
        );
        let formula = Formula::Compare(Term::Sum(terms), comparison, Term::Variable(whole_place));
        self.state(Heading { words, leans, ..heading.clone() }, formula, variables);
    }

    /// What it leans on that parts are parts of a whole: that a whole without a member means all of them, that times which
    /// are described alike are the same, and that running totals count from one day.
    fn leans_of_sum(
        &mut self,
        dimension: &str,
        cover: Option<&Member>,
        whole: FigureId,
        parts: &[(String, FigureId)],
    ) -> Vec<LeanId> {
        let all: Vec<FigureId> = std::iter::once(whole).chain(parts.iter().map(|(_, part)| *part)).collect();
        let mut leans: Vec<LeanId> = Vec::new();
        let claim = self.claims_of(whole).first().copied();
        if let (None, Some(claim)) = (cover, claim) {
            leans.push(self.lean(Lean::Unspecified { dimension: dimension.into(), claim, member: "*".into() }));
        }
        let owners: BTreeSet<Option<&Owner>> =
            all.iter().map(|figure| self.figure_owners.get(figure.index())).collect();
        let is_vague = owners.iter().any(|owner| matches!(owner, Some(Owner::Claim(_))));
        // Running totals of one source, too, count from an origin of their own for each scope.
        let counts = owners.iter().any(|owner| matches!(owner, Some(Owner::Source(..))));
        let counts_from = (counts || owners.len() > 1) && !is_vague;
        if let (true, Some(claim)) = (is_vague || self.problem[whole].time == Time::Unsaid, claim) {
            leans.push(self.lean(Lean::Unspecified { dimension: super::WHEN.into(), claim, member: String::new() }));
        }
        if counts_from {
            let claims = self.claims_of_all(&all);
            leans.push(self.lean(Lean::Origin { claims }));
        }
        leans.extend(self.leans_of_places(&all));
        leans.sort_unstable();
        leans.dedup();
        leans
    }

    /// Counts that overlap: a part is at most its cover, a cover at most the sum of the parts that cover it.
    fn distinct(&mut self, severity: Severity) {
        let vocabulary = &self.claims.vocabulary;
        let measures: Vec<String> = vocabulary
            .measures
            .iter()
            .filter(|(_, measure)| measure.over_time == Some(OverTime::Distinct))
            .filter(|(_, measure)| measure.least.as_ref().is_some_and(|least| least.signum() >= 0))
            .map(|(name, _)| name.clone())
            .collect();
        let heading =
            Heading { rule: "additive".into(), severity, words: String::new(), because: None, leans: Vec::new() };
        for measure in measures {
            let mut scopes: BTreeMap<(Group, Unit), BTreeMap<Scope, Periods>> = BTreeMap::new();
            for id in self.by_measure.get(&measure).into_iter().flatten() {
                let (Some(group), Some((scope, _)), Some(period)) = (
                    self.figure_groups.get(id.index()),
                    self.placed.get(id.index()),
                    exact_period(&self.problem[*id].time),
                ) else {
                    continue;
                };
                let key = (group.clone(), self.problem[*id].unit.clone());
                scopes.entry(key).or_default().entry(scope.clone()).or_default().push((*id, period));
            }
            for scopes in scopes.into_values() {
                self.distinct_scopes(&heading, &measure, scopes);
            }
        }
    }

    /// Why this is sound: whoever is counted in a part of a scope or of a time is counted in the whole, and whoever is
    /// counted in a time is counted in one of the parts that cover it.
    fn distinct_scopes(&mut self, heading: &Heading, measure: &str, scopes: BTreeMap<Scope, Periods>) {
        let (scopes, mut periods): (Vec<Scope>, Vec<Periods>) = scopes.into_iter().unzip();
        for periods in &mut periods {
            periods.sort_by_key(|(figure, period)| (*period, *figure));
        }
        let places: Vec<&Scope> = scopes.iter().collect();
        let coverings = coverings(&self.claims.vocabulary, &places);
        // What counts a wider scope, too, over all of its time.
        let mut around: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (narrow, wide, _) in coverings.iter().filter(|(.., meeting)| meeting.unsaid.is_empty()) {
            around.entry(*narrow).or_default().push(*wide);
        }
        for (at, own) in periods.iter().enumerate() {
            let longest = own.iter().map(|(_, (from, to))| to.0.saturating_sub(from.0)).max().unwrap_or_default();
            let beside = around.get(&at).into_iter().flatten().filter_map(|wide| periods.get(*wide));
            let beside: Vec<&Periods> = beside.collect();
            for cover in own {
                let inside = within(cover.1, own).filter(|(part, _)| *part != cover.0);
                for part in outermost(cover.1, inside.clone()) {
                    self.distinct_part(heading, measure, part, cover.0, &[]);
                }
                let tiles: Periods = inside.filter(|(_, tile)| *tile != cover.1).copied().collect();
                let wider = beside.iter().flat_map(|wide| within(cover.1, wide)).filter(|(_, tile)| *tile != cover.1);
                let mut wider: Periods = wider.copied().collect();
                wider.sort_by_key(|(figure, period)| (*period, *figure));
                // Values that are given tell more than those that are asked for.
                let given = |(figure, _): &&(FigureId, (Instant, Instant))| self.values_given(*figure).next().is_some();
                let beyond: Periods = reaching_beyond(cover.1, own, longest).copied().collect();
                let of = |all: &Periods| -> Periods { all.iter().filter(given).copied().collect() };
                let given = (of(&tiles), of(&wider), of(&beyond));
                let chains: BTreeSet<Vec<FigureId>> = [given, (tiles, wider, beyond)]
                    .into_iter()
                    .flat_map(|(own, wider, beyond)| [vec![], wider, beyond].map(|more| tiling(cover.1, &own, &more)))
                    .flatten()
                    .collect();
                for chain in chains {
                    self.distinct_tiles(heading, measure, cover.0, chain);
                }
            }
        }
        for (narrow, wide, meeting) in coverings {
            if meeting.unsaid.iter().any(|unsaid| unsaid.first) {
                continue; // what leaves a dimension unsaid need not lie in what states it
            }
            let (Some(narrow), Some(wide)) = (periods.get(narrow), periods.get(wide)) else { continue };
            for cover in wide {
                for part in outermost(cover.1, within(cover.1, narrow)) {
                    self.distinct_part(heading, measure, part, cover.0, &meeting.unsaid);
                }
            }
        }
    }

    fn distinct_part(&mut self, heading: &Heading, measure: &str, part: FigureId, cover: FigureId, unsaid: &[Unsaid]) {
        let Some(claim) = self.claims_of(cover).first().copied() else { return };
        let mut leans = Vec::new();
        for Unsaid { dimension, member, .. } in unsaid.iter().cloned() {
            leans.push(self.lean(Lean::Unspecified { dimension, claim, member }));
        }
        leans.extend(self.leans_of_places(&[part, cover]));
        let mut variables = Variables::default();
        let part = variables.place(Variable::Figure(part), self.domain(part));
        let whole = variables.place(Variable::Figure(cover), self.domain(cover));
        let formula = Formula::Compare(Term::Variable(part), Comparison::AtMost, Term::Variable(whole));
        let words = format!("{measure} of the part are at most those of the whole");
        self.state(Heading { words, leans, ..heading.clone() }, formula, variables);
    }

    /// The assumptions that put figures where they are.
    pub(super) fn leans_of_places(&self, figures: &[FigureId]) -> Vec<LeanId> {
        let placed = figures.iter().filter_map(|figure| self.placed.get(figure.index()));
        let leans: BTreeSet<LeanId> = placed.flat_map(|(_, leans)| leans.iter().copied()).collect();
        leans.into_iter().collect()
    }

    fn distinct_tiles(&mut self, heading: &Heading, measure: &str, cover: FigureId, chain: Vec<FigureId>) {
        let mut variables = Variables::default();
        let whole = variables.place(Variable::Figure(cover), self.domain(cover));
        let parts = chain
            .iter()
            .map(|part| Term::Variable(variables.place(Variable::Figure(*part), self.domain(*part))))
            .collect();
        let formula = Formula::Compare(Term::Variable(whole), Comparison::AtMost, Term::Sum(parts));
        let words = format!("{measure} of the whole are at most the sum of its parts");
        let leans = self.leans_of_places(&chain.into_iter().chain([cover]).collect::<Vec<_>>());
        self.state(Heading { words, leans, ..heading.clone() }, formula, variables);
    }

    /// The article that a figure's first statement stands in.
    pub(super) fn article_of(&self, figure: FigureId) -> Option<ArticleId> {
        self.problem[figure].statements.first().map(|statement| self.problem[*statement].article)
    }
}

/// Parts, sorted by where they begin, that together cover a period, if there are such: each starts where or before the
/// last one ended and reaches as far as any. Of those that reach as far, the shortest: it counts the least twice. Only where
/// none of its own goes on does a wider one.
fn tiling(
    period: (Instant, Instant),
    own: &[(FigureId, (Instant, Instant))],
    wider: &[(FigureId, (Instant, Instant))],
) -> Option<Vec<FigureId>> {
    let mut chain = Vec::new();
    let mut reached = period.0;
    let (mut own, mut wider) = (Ahead { tiles: own, farthest: None }, Ahead { tiles: wider, farthest: None });
    while reached < period.1 {
        let (end, figure) = own.next_from(reached).or_else(|| wider.next_from(reached))?;
        chain.push(figure);
        reached = end;
    }
    Some(chain)
}

/// Tiles that begin later, and the one that reaches farthest of those before.
struct Ahead<'t> {
    tiles: &'t [(FigureId, (Instant, Instant))],
    farthest: Option<(Instant, FigureId)>,
}

impl Ahead<'_> {
    fn next_from(&mut self, reached: Instant) -> Option<(Instant, FigureId)> {
        while let Some(((figure, tile), later)) = self.tiles.split_first() {
            if tile.0 > reached {
                break;
            }
            if self.farthest.is_none_or(|(end, _)| tile.1 >= end) {
                self.farthest = Some((tile.1, *figure));
            }
            self.tiles = later;
        }
        self.farthest.filter(|(end, _)| *end > reached)
    }
}

/// Of figures sorted by their periods, those that lie in a period.
fn within(
    (from, to): (Instant, Instant),
    sorted: &[(FigureId, (Instant, Instant))],
) -> impl Iterator<Item = &(FigureId, (Instant, Instant))> + Clone {
    let first = sorted.partition_point(|(_, period)| period.0 < from);
    let after = sorted.partition_point(|(_, period)| period.0 < to);
    sorted.get(first..after).unwrap_or_default().iter().filter(move |(_, period)| period.1 <= to)
}

/// Of figures sorted by their periods, of which none is longer than `longest`, those that lie partly in a period: they begin
/// before it or end after it.
fn reaching_beyond(
    (from, to): (Instant, Instant),
    sorted: &[(FigureId, (Instant, Instant))],
    longest: i64,
) -> impl Iterator<Item = &(FigureId, (Instant, Instant))> {
    let first = sorted.partition_point(|(_, period)| period.0.0.saturating_add(longest) <= from.0);
    let after = sorted.partition_point(|(_, period)| period.0 < to);
    let near = sorted.get(first..after).unwrap_or_default().iter();
    near.filter(move |(_, period)| period.1 > from && (period.0 < from) != (period.1 > to))
}

/// Of figures that lie in a period, sorted by theirs: those that are for all of it, and of the others those that lie in no
/// other of them. What lies deeper is compared with what it lies in, and so with the whole.
fn outermost<'f>(
    cover: (Instant, Instant),
    inside: impl Iterator<Item = &'f (FigureId, (Instant, Instant))>,
) -> Vec<FigureId> {
    let mut found = Vec::new();
    let mut others: Periods = Vec::new();
    for (figure, period) in inside {
        if *period == cover { found.push(*figure) } else { others.push((*figure, *period)) }
    }
    others.sort_by_key(|(figure, (start, end))| (*start, std::cmp::Reverse(*end), *figure));
    let mut last: Option<(Instant, Instant)> = None;
    for (figure, period) in others {
        if last.is_none_or(|last| period.1 > last.1 || period == last) {
            found.push(figure);
            last = Some(period);
        }
    }
    found
}

/// The period of a figure, if both ends are known exactly.
pub(super) fn exact_period(time: &Time) -> Option<(Instant, Instant)> {
    match time {
        Time::At(When::Period { start, end, .. }) if start.earliest == start.latest && end.earliest == end.latest => {
            Some((start.earliest, end.earliest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_cover_a_quarter_and_a_gap_does_not() {
        let tile = |id, from, to| (FigureId(id), (Instant(from), Instant(to)));
        let months = [tile(1, 0, 31), tile(2, 31, 59), tile(3, 59, 90)];
        assert_eq!(tiling((Instant(0), Instant(90)), &months, &[]), Some(vec![FigureId(1), FigureId(2), FigureId(3)]));
        assert_eq!(tiling((Instant(0), Instant(90)), &[months[0], months[2]], &[]), None);
    }

    #[test]
    fn what_reaches_beyond_a_period_helps_to_cover_it() {
        let tile = |id, from, to| (FigureId(id), (Instant(from), Instant(to)));
        let all = [tile(1, 0, 31), tile(2, 0, 200), tile(3, 31, 59), tile(4, 50, 120), tile(5, 90, 120)];
        let beyond: Vec<_> = reaching_beyond((Instant(31), Instant(90)), &all, 200).map(|(id, _)| *id).collect();
        assert_eq!(beyond, [FigureId(4)]);
        assert_eq!(tiling((Instant(31), Instant(90)), &all[2..3], &all[3..4]), Some(vec![FigureId(3), FigureId(4)]));
    }

    #[test]
    fn a_wider_part_fills_a_gap_and_takes_the_place_of_none() {
        let tile = |id, from, to| (FigureId(id), (Instant(from), Instant(to)));
        let (own, wider) = ([tile(1, 0, 31), tile(2, 59, 90)], [tile(3, 0, 59), tile(4, 31, 59)]);
        let quarter = (Instant(0), Instant(90));
        assert_eq!(tiling(quarter, &own, &wider), Some(vec![FigureId(1), FigureId(4), FigureId(2)]));
        assert_eq!(tiling(quarter, &own, &wider[..1]), Some(vec![FigureId(1), FigureId(3), FigureId(2)]));
    }
}
