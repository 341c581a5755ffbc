//! Sums of several figures: breakdowns over a dimension, and counts that overlap.
//!
//! Each gives relations that are decided by themselves, over figures of the same time.

use super::checks::Heading;
use super::scopes::{Nesting, lies_within, meet};
use super::terms::Variables;
use super::{Grounder, Group, Owner};
use crate::calendar::{Instant, When};
use crate::claim::{ArticleId, Member, OverTime, Scope};
use crate::expr::Comparison;
use crate::number::{Interval, Unit};
use crate::problem::{Domain, FigureId, Formula, Lean, LeanId, Term, Time, Variable};
use crate::rule::{Breakdown, Kind};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// What figures that can be summed have in common: all but one dimension.
type SumKey = (Group, Owner, Unit, Scope, Time);

impl Grounder<'_> {
    /// Relates figures to the sums of others.
    pub(super) fn sums(&mut self) {
        let rules = self.rules;
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
        let measures = if rule.measures.is_empty() {
            self.summable(&dimension)
        } else {
            rule.measures.iter().map(|measure| measure.value.clone()).collect()
        };
        for measure in measures {
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
        let mut families: BTreeMap<SumKey, Vec<(Option<Member>, FigureId)>> = BTreeMap::new();
        for id in self.by_measure.get(measure).cloned().unwrap_or_default() {
            let figure = &self.problem[id];
            if figure.statements.is_empty() {
                continue;
            }
            let mut rest = figure.scope.clone();
            let member = rest.0.remove(dimension);
            let group = self.figure_groups.get(id.index()).cloned();
            let own = self.figure_owners.get(id.index()).cloned();
            let (Some(group), Some(own)) = (group, own) else { continue };
            if matches!(own, Owner::Claim(_)) {
                continue; // two times that are vague alike need not be the same
            }
            let key = (group, own, figure.unit.clone(), rest, figure.time.clone());
            families.entry(key).or_default().push((member, id));
        }
        for family in families.into_values() {
            for (cover, whole) in &family {
                let parts = self.topmost_parts(dimension, cover.as_ref(), &family);
                if !parts.is_empty() {
                    self.sum_to_whole(heading, dimension, (cover.as_ref(), *whole), &parts);
                }
            }
        }
    }

    /// The members strictly inside a cover that lie inside no other such member: they are disjoint.
    fn topmost_parts(
        &self,
        dimension: &str,
        cover: Option<&Member>,
        family: &[(Option<Member>, FigureId)],
    ) -> Vec<(String, FigureId)> {
        let vocabulary = &self.claims.vocabulary;
        let inside: Vec<(String, FigureId)> = family
            .iter()
            .filter_map(|(member, figure)| match (member, cover) {
                (Some(Member::Path(path)), None | Some(Member::All)) => Some((path.clone(), *figure)),
                (Some(Member::Path(path)), Some(Member::Path(cover)))
                    if lies_within(vocabulary, dimension, path, cover) =>
                {
                    Some((path.clone(), *figure))
                }
                _ => None,
            })
            .collect();
        let mut seen = BTreeSet::new();
        inside
            .iter()
            .filter(|(path, _)| {
                !inside.iter().any(|(other, _)| lies_within(vocabulary, dimension, path, other))
                    && seen.insert(path.clone())
            })
            .cloned()
            .collect()
    }

    fn sum_to_whole(
        &mut self,
        heading: &Heading,
        dimension: &str,
        (cover, whole): (Option<&Member>, FigureId),
        parts: &[(String, FigureId)],
    ) {
        let measure = self.problem[whole].measure.clone();
        let declared = self.claims.vocabulary.dimensions.get(dimension);
        let least = self.claims.vocabulary.measures.get(&measure).and_then(|measure| measure.least.clone());
        let listed: Vec<String> = match (declared, cover) {
            (Some(declared), None | Some(Member::All)) => {
                declared.members.iter().map(|member| member.value.clone()).collect()
            }
            _ => Vec::new(),
        };
        let reported = |member: &String| parts.iter().any(|(part, _)| part == member);
        let closed = declared.is_some_and(|declared| declared.complete)
            && !listed.is_empty()
            && parts.iter().all(|(part, _)| listed.contains(part));
        let missing = listed.iter().filter(|member| !reported(member)).count();
        let never_negative = least.as_ref().is_some_and(|least| least.signum() >= 0);
        if !never_negative && !(closed && (missing == 0 || least.is_some())) {
            return; // an unreported part may be below zero
        }
        let mut leans: Vec<LeanId> = Vec::new();
        if let (None, Some(claim)) = (cover, self.claims_of(whole).first().copied()) {
            leans.push(self.lean(Lean::Unspecified { dimension: dimension.into(), claim, member: "*".into() }));
        }
        let timeless = self.problem[whole].time == Time::Unsaid;
        if let (true, Some(claim)) = (timeless, self.claims_of(whole).first().copied()) {
            leans.push(self.lean(Lean::Unspecified { dimension: super::WHEN.into(), claim, member: String::new() }));
        }
        let mut variables = Variables::default();
        let whole_place = variables.place(Variable::Figure(whole), self.domain(whole));
        let mut terms: Vec<Term> = Vec::new();
        for (_, part) in parts {
            terms.push(Term::Variable(variables.place(Variable::Figure(*part), self.domain(*part))));
        }
        let integer = self.problem[whole].integer;
        if closed {
            for _ in 0..missing {
                let interval = least.clone().map_or_else(Interval::everything, Interval::at_least);
                terms.push(Term::Variable(variables.place(Variable::Unknown, Domain { interval, integer })));
            }
        }
        let comparison = if closed { Comparison::Equal } else { Comparison::AtMost };
        let names: Vec<&str> = parts.iter().map(|(part, _)| part.as_str()).collect();
        let words = format!(
            "{measure} of {}{} {} the whole",
            names.join(" + "),
            if closed && missing > 0 { " + unreported" } else { "" },
            if closed { "make" } else { "are at most" },
        );
        let formula = Formula::Compare(Term::Sum(terms), comparison, Term::Variable(whole_place));
        self.state(Heading { words, leans, ..heading.clone() }, formula, variables);
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
            let figures: Vec<(FigureId, (Instant, Instant))> = self
                .by_measure
                .get(&measure)
                .into_iter()
                .flatten()
                .filter_map(|id| Some((*id, exact_period(&self.problem[*id].time)?)))
                .collect();
            for (cover, period) in &figures {
                self.distinct_parts(&heading, &measure, (*cover, *period), &figures);
            }
        }
    }

    fn distinct_parts(
        &mut self,
        heading: &Heading,
        measure: &str,
        (cover, period): (FigureId, (Instant, Instant)),
        figures: &[(FigureId, (Instant, Instant))],
    ) {
        let mut tiles: Vec<(FigureId, (Instant, Instant))> = Vec::new();
        for (part, inner) in figures {
            let (one, whole) = (&self.problem[*part], &self.problem[cover]);
            let together = self.figure_groups.get(part.index()) == self.figure_groups.get(cover.index());
            if *part == cover || one.unit != whole.unit || !together || inner.0 < period.0 || inner.1 > period.1 {
                continue;
            }
            let Some(meeting) = meet(&self.claims.vocabulary, &one.scope, &whole.scope) else { continue };
            if meeting.nesting == Nesting::Covers || (*inner == period && meeting.nesting == Nesting::Equal) {
                continue;
            }
            if meeting.nesting == Nesting::Equal && meeting.unsaid.is_empty() {
                tiles.push((*part, *inner));
            }
            let claims = (self.claims_of(*part).first().copied(), self.claims_of(cover).first().copied());
            let (Some(first), Some(second)) = claims else { continue };
            let mut leans = Vec::new();
            for unsaid in meeting.unsaid {
                let claim = if unsaid.first { first } else { second };
                leans.push(self.lean(Lean::Unspecified { dimension: unsaid.dimension, claim, member: unsaid.member }));
            }
            let mut variables = Variables::default();
            let part = variables.place(Variable::Figure(*part), self.domain(*part));
            let whole = variables.place(Variable::Figure(cover), self.domain(cover));
            let formula = Formula::Compare(Term::Variable(part), Comparison::AtMost, Term::Variable(whole));
            let words = format!("{measure} of the part are at most those of the whole");
            self.state(Heading { words, leans, ..heading.clone() }, formula, variables);
        }
        let Some(chain) = tiling(period, &tiles) else { return };
        let mut variables = Variables::default();
        let whole = variables.place(Variable::Figure(cover), self.domain(cover));
        let parts = chain
            .iter()
            .map(|part| Term::Variable(variables.place(Variable::Figure(*part), self.domain(*part))))
            .collect();
        let formula = Formula::Compare(Term::Variable(whole), Comparison::AtMost, Term::Sum(parts));
        let words = format!("{measure} of the whole are at most the sum of its parts");
        self.state(Heading { words, ..heading.clone() }, formula, variables);
    }

    /// The article that a figure's first statement stands in.
    pub(super) fn article_of(&self, figure: FigureId) -> Option<ArticleId> {
        self.problem[figure].statements.first().map(|statement| self.problem[*statement].article)
    }
}

/// Parts that together cover a period, if there are such, each starting where or before the last one ended and
/// reaching as far as any.
fn tiling(period: (Instant, Instant), tiles: &[(FigureId, (Instant, Instant))]) -> Option<Vec<FigureId>> {
    let mut chain = Vec::new();
    let mut reached = period.0;
    while reached < period.1 {
        let next = tiles.iter().filter(|(_, tile)| tile.0 <= reached && tile.1 > reached);
        let (figure, tile) = next.max_by_key(|(figure, tile)| (tile.1, std::cmp::Reverse(*figure)))?;
        chain.push(*figure);
        reached = tile.1;
    }
    Some(chain)
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
        assert_eq!(tiling((Instant(0), Instant(90)), &months), Some(vec![FigureId(1), FigureId(2), FigureId(3)]));
        assert_eq!(tiling((Instant(0), Instant(90)), &[months[0], months[2]]), None);
    }
}
