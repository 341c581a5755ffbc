//! What flows where a level stands and nobody reports it, and that it lies inside what flows in wider scopes.
//!
//! Why this is sound. Whatever changes the level of a scope flows in that scope, whether or not anybody reports how much,
//! and every occurrence that a scope counts is counted by whatever scope covers it. That a province's custody rose by ten
//! says that at least ten were arrested there, and so in the country.
//!
//! Such a flow is a curve like any other, on which no claim stands. It is made where the balance can bind: what is reported
//! of a flow, here or in a scope around or inside this one, has to leave room for it, or the level flows one way.

use super::checks::Heading;
use super::covering::coverings;
use super::nesting::or_all;
use super::scopes::{Meeting, Nesting};
use super::spread::Reach;
use super::{CurveKey, Grounder, Group};
use crate::claim::{ClaimId, Scope};
use crate::number::Unit;
use crate::problem::{CurveId, Time};
use crate::rule::{Balance, Kind};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What levels and flows of one balance have in common.
pub(super) type Place = (Group, Unit, Scope);

/// The claims on levels that something unreported flows between, and from when to when they reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Between {
    pub claims: BTreeSet<ClaimId>,
    pub reach: Option<Reach>,
}

impl Grounder<'_> {
    /// Makes what flows between levels and nobody reports, and puts it inside what it lies in.
    pub(super) fn flowing(&mut self) {
        let rules = self.rules;
        let mut measures: BTreeSet<&str> = BTreeSet::new();
        for rule in rules.rules.iter().filter(|rule| rule.severity.is_some()) {
            let Kind::Balance(balance) = &rule.kind else { continue };
            for (place, between) in self.bound_places(balance) {
                for name in balance.inflows.iter().chain(&balance.outflows) {
                    let Some(curve) = self.flow_curve(key(&place, &name.value)) else { break };
                    if !self.present.contains_key(&curve) {
                        self.unreported.insert(curve);
                        let known = self.flowing.entry(curve).or_default();
                        known.claims.extend(&between.claims);
                        known.reach = wider(known.reach, between.reach);
                        measures.insert(&name.value);
                    }
                }
            }
        }
        for measure in measures {
            self.flows_inside(measure);
        }
    }

    /// The places at whose levels a balance can bind, with the claims on these.
    fn bound_places(&self, rule: &Balance) -> BTreeMap<Place, Between> {
        let mut places: BTreeMap<Place, (usize, Between)> = BTreeMap::new();
        for id in self.by_measure.get(&rule.level.value).into_iter().flatten() {
            let (Some(group), Time::At(when)) = (self.figure_groups.get(id.index()), &self.problem[*id].time) else {
                continue;
            };
            let Some(moment) = when.stands_at() else { continue };
            let place = (group.clone(), self.problem[*id].unit.clone(), self.scope_of(*id).clone());
            let (count, between) = places.entry(place).or_default();
            *count = count.saturating_add(1);
            between.claims.extend(self.claims_of(*id));
            between.reach = wider(between.reach, Some((Some(moment.earliest), Some(moment.latest))));
        }
        places.retain(|_, (count, _)| *count > 1);
        if !(rule.inflows.is_empty() || rule.outflows.is_empty()) {
            let related = self.beside_flows(rule, places.keys());
            places.retain(|place, _| related.contains(place));
        }
        places.into_iter().map(|(place, (_, between))| (place, between)).collect()
    }

    /// Those of some places at which a flow is reported, or that lie around or inside another place, where one is reported
    /// at all.
    fn beside_flows<'p>(&self, rule: &Balance, places: impl Iterator<Item = &'p Place>) -> BTreeSet<Place> {
        let flows = || rule.inflows.iter().chain(&rule.outflows);
        let mut reported: BTreeMap<(&Group, &Unit), BTreeSet<&Scope>> = BTreeMap::new();
        for key in self.curve_keys.iter().filter(|key| flows().any(|name| name.value == key.measure)) {
            reported.entry((&key.group, &key.unit)).or_default().insert(&key.scope);
        }
        let mut levels: BTreeMap<(&Group, &Unit), BTreeSet<&Scope>> = BTreeMap::new();
        for (group, unit, scope) in places {
            levels.entry((group, unit)).or_default().insert(scope);
        }
        let mut found = BTreeSet::new();
        for (together, levels) in levels {
            let Some(flows) = reported.get(&together) else { continue };
            let scopes: Vec<&Scope> = levels.union(flows).copied().collect();
            let mut related: BTreeSet<&Scope> = levels.intersection(flows).copied().collect();
            for (narrow, wide, _) in coverings(&self.claims.vocabulary, &scopes).into_iter().filter(is_said) {
                related.extend([narrow, wide].into_iter().filter_map(|at| scopes.get(at)));
            }
            let (group, unit) = together;
            let bound = levels.into_iter().filter(|scope| related.contains(scope));
            found.extend(bound.map(|scope| (group.clone(), unit.clone(), scope.clone())));
        }
        found
    }

    /// Puts the flows of a measure that nobody reports inside the nearest of what they lie in, and what lies in them inside
    /// them.
    fn flows_inside(&mut self, measure: &str) {
        let mut families: BTreeMap<(Group, Unit), Vec<CurveId>> = BTreeMap::new();
        for (at, key) in self.curve_keys.iter().enumerate().filter(|(_, key)| key.measure == measure) {
            let curve = CurveId::at(at);
            if self.present.contains_key(&curve) || self.flowing.contains_key(&curve) {
                families.entry((key.group.clone(), key.unit.clone())).or_default().push(curve);
            }
        }
        for curves in families.into_values().filter(|curves| curves.len() > 1) {
            let scopes: Vec<&Scope> = curves.iter().map(|curve| &self.problem[*curve].scope).collect();
            let mut pairs: Vec<(CurveId, CurveId)> = coverings(&self.claims.vocabulary, &scopes)
                .into_iter()
                .filter(is_said)
                .filter_map(|(narrow, wide, _)| Some((*curves.get(narrow)?, *curves.get(wide)?)))
                .collect();
            pairs.sort_unstable();
            let said: HashSet<(CurveId, CurveId)> = pairs.iter().copied().collect();
            let mut covers: BTreeMap<CurveId, Vec<CurveId>> = BTreeMap::new();
            for (narrow, wide) in &pairs {
                covers.entry(*narrow).or_default().push(*wide);
            }
            for (narrow, wide) in pairs {
                let made = |curve: &CurveId| self.flowing.contains_key(curve);
                let mut between = covers.get(&narrow).into_iter().flatten();
                let linked = between.any(|middle| *middle != wide && said.contains(&(*middle, wide)));
                if (made(&narrow) || made(&wide)) && !linked && self.problem[wide].monotone {
                    self.flow_inside(narrow, wide);
                }
            }
        }
    }

    fn flow_inside(&mut self, narrow: CurveId, wide: CurveId) {
        let rule = self.problem[self.problem[wide].constraint].clone();
        let found = &self.problem[wide];
        let (part, whole) = (self.problem[narrow].scope.said(), found.scope.said());
        let words = format!("{} for {} are at most those for {}", found.measure, or_all(&part), or_all(&whole));
        let leans = rule.leans;
        let heading = Heading { rule: rule.rule, severity: rule.severity, words, because: rule.because, leans };
        self.state_inside(heading, wide, vec![narrow], false);
    }
}

/// The running total of a measure in a place.
pub(super) fn key((group, unit, scope): &Place, measure: &str) -> CurveKey {
    CurveKey { group: group.clone(), measure: measure.to_owned(), unit: unit.clone(), scope: scope.clone() }
}

/// Whether the first of two scopes lies inside the second without anything unsaid.
fn is_said((_, _, meeting): &(usize, usize, Meeting)) -> bool {
    meeting.nesting == Nesting::Within && meeting.unsaid.is_empty()
}

/// What reaches over both of two stretches.
fn wider(one: Option<Reach>, other: Option<Reach>) -> Option<Reach> {
    match (one, other) {
        (Some((from, to)), Some((from2, to2))) => {
            Some((from.zip(from2).map(|(one, other)| one.min(other)), to.zip(to2).map(|(one, other)| one.max(other))))
        }
        (one, other) => one.or(other),
    }
}
