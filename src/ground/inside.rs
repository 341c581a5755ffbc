//! Curves that lie inside others: each narrow scope inside the nearest wide ones, and the disjoint parts of a whole
//! together.
//!
//! Why this is sound. The figures of an additive measure are increments of P, the running total in a scope, and every
//! occurrence that a scope counts is counted by whatever scope covers it. Over any stretch of time, what a narrow scope
//! adds is therefore at most what a wide one adds, if no occurrence counts for less than nothing (`least` >= 0); parts
//! that have nothing in common add at most that together, if the measure is declared to add up over the dimension that
//! keeps them apart. If besides the dimension is declared to be complete and every member of it is among the parts, then
//! nothing else is left, and they add exactly what the whole adds; that needs no sign.
//!
//! What a scope leaves unsaid, that a measure is assumed to add up, and that a whole without a member means all of them
//! is never said either: it is leaned on.

use super::checks::Heading;
use super::covering::coverings;
use super::hierarchy::Hierarchy;
use super::nesting::{Presence, or_all};
use super::scopes::{Meeting, ancestors};
use super::{Grounder, Group};
use crate::claim::{ClaimId, Member, Scope};
use crate::number::Unit;
use crate::problem::{Constraint, CurveId, Form, Lean, LeanId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What curves whose scopes can be summed over a dimension have in common.
type Rest = (Group, Unit, Scope);

/// The curve of each member of a dimension, and of what states none.
type Members = BTreeMap<Option<Member>, CurveId>;

impl Grounder<'_> {
    /// Puts narrow curves inside wide ones. Where one lies between the two and nothing is unsaid, it links them.
    pub(super) fn inside_each(&mut self, nested: Vec<(CurveId, CurveId, Meeting)>) {
        let mut covers: BTreeMap<CurveId, Vec<CurveId>> = BTreeMap::new();
        let mut said: HashSet<(CurveId, CurveId)> = HashSet::new();
        for (narrow, wide, _) in nested.iter().filter(|(_, _, meeting)| meeting.unsaid.is_empty()) {
            covers.entry(*narrow).or_default().push(*wide);
            said.insert((*narrow, *wide));
        }
        for (narrow, wide, meeting) in nested {
            let between = |middle: &CurveId| *middle != wide && said.contains(&(*middle, wide));
            let linked = meeting.unsaid.is_empty() && covers.get(&narrow).into_iter().flatten().any(between);
            if !linked {
                self.inside_one(narrow, wide, &meeting);
            }
        }
    }

    fn inside_one(&mut self, narrow: CurveId, wide: CurveId, meeting: &Meeting) {
        let (Some(first), Some(beside)) = (self.first_present(narrow), self.first_present(wide)) else { return };
        let rule = self.problem[self.problem[wide].constraint].clone();
        let mut leans = rule.leans;
        for unsaid in &meeting.unsaid {
            let claim = if unsaid.first { first } else { beside };
            let (dimension, member) = (unsaid.dimension.clone(), unsaid.member.clone());
            leans.push(self.lean(Lean::Unspecified { dimension, claim, member }));
        }
        let found = &self.problem[wide];
        let words = format!(
            "{} for {} are at most those for {}",
            found.measure,
            self.problem[narrow].scope.said(),
            or_all(&found.scope.said()),
        );
        let heading = Heading { rule: rule.rule, severity: rule.severity, words, because: rule.because.clone(), leans };
        self.state_inside(heading, wide, vec![narrow], false);
    }

    /// The first claim on a curve.
    pub(super) fn first_present(&self, curve: CurveId) -> Option<ClaimId> {
        self.present.get(&curve)?.first().map(|presence| self.problem[presence.statement].claim)
    }

    /// The first claim on the levels between which something flows that nobody reports.
    fn first_between(&self, curve: CurveId) -> Option<ClaimId> {
        self.flowing.get(&curve)?.claims.first().copied()
    }

    /// Puts the members of a dimension together inside the wholes that cover them.
    pub(super) fn parts_inside_wholes(&mut self, heading: &Heading, measure: &str, dimension: &str) {
        let mut families: BTreeMap<Rest, Members> = BTreeMap::new();
        let mut linked: BTreeMap<Rest, Members> = BTreeMap::new();
        for (at, key) in self.curve_keys.iter().enumerate().filter(|(_, key)| key.measure == measure) {
            let curve = CurveId::at(at);
            let reported = self.present.contains_key(&curve);
            if reported || self.unreported.contains(&curve) {
                let mut rest = key.scope.clone();
                let member = rest.0.remove(dimension);
                let rest = (key.group.clone(), key.unit.clone(), rest);
                if reported {
                    families.entry(rest.clone()).or_default().insert(member.clone(), curve);
                }
                linked.entry(rest).or_default().insert(member, curve);
            }
        }
        let hierarchy = Hierarchy::of(&self.claims.vocabulary, dimension);
        self.parts_inside_wider(heading, dimension, &families);
        for family in linked.into_values() {
            for (cover, mut parts) in self.parts_by_cover(dimension, &family) {
                parts.sort_by_key(|(_, curve)| *curve);
                let Some(whole) = family.get(&cover) else { continue };
                self.sum_inside(heading, &hierarchy, (dimension, cover.as_ref(), *whole), &parts);
            }
        }
    }

    /// Puts members together inside wholes that are wider in other dimensions too, where no whole of their own links them:
    /// women of two towns inside everybody of the country. What a whole of that width reports itself stands for what it
    /// covers.
    fn parts_inside_wider(&mut self, heading: &Heading, dimension: &str, families: &BTreeMap<Rest, Members>) {
        let mut rests: BTreeMap<(&Group, &Unit), Vec<(&Scope, &Members)>> = BTreeMap::new();
        for ((group, unit, rest), family) in families {
            rests.entry((group, unit)).or_default().push((rest, family));
        }
        for rests in rests.into_values() {
            let scopes: Vec<&Scope> = rests.iter().map(|(rest, _)| *rest).collect();
            for (narrow, wide, meeting) in coverings(&self.claims.vocabulary, &scopes) {
                let (Some((_, narrow)), Some((_, wide))) = (rests.get(narrow), rests.get(wide)) else { continue };
                if meeting.unsaid.iter().any(|unsaid| unsaid.first) {
                    continue;
                }
                let mut merged = (*narrow).clone();
                merged.extend(wide.iter().map(|(member, curve)| (member.clone(), *curve)));
                for (cover, mut parts) in self.parts_by_cover(dimension, &merged) {
                    let Some(whole) = wide.get(&cover).copied() else { continue };
                    let is_linked =
                        |(part, _): &(String, CurveId)| wide.contains_key(&Some(Member::Path(part.clone())));
                    let all_linked = parts.iter().all(is_linked) || narrow.contains_key(&cover);
                    if all_linked || parts.len() < 2 || !self.problem[whole].monotone {
                        continue;
                    }
                    parts.sort_by_key(|(_, curve)| *curve);
                    self.sum_inside_wider(heading, (dimension, cover.as_ref(), whole), &parts, &meeting);
                }
            }
        }
    }

    fn sum_inside_wider(
        &mut self,
        heading: &Heading,
        (dimension, cover, whole): (&str, Option<&Member>, CurveId),
        parts: &[(String, CurveId)],
        meeting: &Meeting,
    ) {
        let Some(claim) = self.first_present(whole) else { return };
        let mut leans = self.problem[self.problem[whole].constraint].leans.clone();
        for unsaid in &meeting.unsaid {
            let (dimension, member) = (unsaid.dimension.clone(), unsaid.member.clone());
            leans.push(self.lean(Lean::Unspecified { dimension, claim, member }));
        }
        if cover.is_none() {
            leans.push(self.lean(Lean::Unspecified { dimension: dimension.into(), claim, member: "*".into() }));
        }
        let names: Vec<&str> = parts.iter().map(|(part, _)| part.as_str()).collect();
        let words = format!("{} of {} are at most the whole", self.problem[whole].measure, names.join(" + "));
        let curves = parts.iter().map(|(_, curve)| *curve).collect();
        self.state_inside(Heading { words, leans, ..heading.clone() }, whole, curves, false);
    }

    /// The topmost members strictly inside each cover: they lie in no other member inside it, so that they have nothing
    /// in common.
    pub(super) fn parts_by_cover<T: Clone>(
        &self,
        dimension: &str,
        family: &BTreeMap<Option<Member>, T>,
    ) -> BTreeMap<Option<Member>, Vec<(String, T)>> {
        let mut found: BTreeMap<Option<Member>, Vec<(String, T)>> = BTreeMap::new();
        // The nearest member of the family above each that was passed on the way, so that none is passed twice.
        let mut nearest: HashMap<String, Option<String>> = HashMap::new();
        for (member, item) in family {
            let Some(Member::Path(path)) = member else { continue };
            let mut passed = vec![path.clone()];
            let mut above = None;
            for ancestor in ancestors(&self.claims.vocabulary, dimension, path) {
                if family.contains_key(&Some(Member::Path(ancestor.clone()))) {
                    above = Some(ancestor);
                    break;
                }
                if let Some(known) = nearest.get(&ancestor) {
                    above.clone_from(known);
                    break;
                }
                passed.push(ancestor);
            }
            nearest.extend(passed.into_iter().map(|it| (it, above.clone())));
            let covers = match above {
                Some(above) => vec![Some(Member::Path(above))],
                None => vec![None, Some(Member::All)],
            };
            for cover in covers {
                found.entry(cover).or_default().push((path.clone(), item.clone()));
            }
        }
        found
    }

    fn sum_inside(
        &mut self,
        heading: &Heading,
        hierarchy: &Hierarchy,
        (dimension, cover, whole): (&str, Option<&Member>, CurveId),
        parts: &[(String, CurveId)],
    ) {
        let exactly = hierarchy.closes(cover, parts.iter().map(|(part, _)| part.as_str()));
        let monotone = self.problem[whole].monotone;
        let alone = parts.len() < 2 && cover.is_some();
        let is_nested = |curve: &CurveId| !self.unreported.contains(curve) || self.flowing.contains_key(curve);
        let nested = alone && is_nested(&whole) && parts.iter().all(|(_, part)| is_nested(part));
        if !exactly && (!monotone || nested) {
            return; // an unreported part may be below zero; and a single part is inside already
        }
        let rule = self.problem[self.problem[whole].constraint].clone();
        let mut leans: Vec<LeanId> = rule.leans;
        if cover.is_none() {
            let Some(claim) = self.first_present(whole).or_else(|| self.first_between(whole)) else { return };
            leans.push(self.lean(Lean::Unspecified { dimension: dimension.into(), claim, member: "*".into() }));
        }
        let names: Vec<&str> = parts.iter().map(|(part, _)| part.as_str()).collect();
        let says = if exactly { "make" } else { "are at most" };
        let words = format!("{} of {} {says} the whole", self.problem[whole].measure, names.join(" + "));
        let curves = parts.iter().map(|(_, curve)| *curve).collect();
        self.state_inside(Heading { words, leans, ..heading.clone() }, whole, curves, exactly);
    }

    pub(super) fn state_inside(&mut self, heading: Heading, whole: CurveId, parts: Vec<CurveId>, exactly: bool) {
        let claims = self.claims_that_meet(whole, &parts);
        let across = self.across(&claims);
        self.constrain(Constraint {
            rule: heading.rule,
            severity: heading.severity,
            words: heading.words,
            because: heading.because,
            form: Form::Inside { whole, parts, exactly },
            claims,
            leans: heading.leans,
            across,
        });
    }

    /// The claims on a whole and on its parts that may have some time in common, in canonical order. On what flows between
    /// levels and nobody reports, those of the levels count.
    fn claims_that_meet(&mut self, whole: CurveId, parts: &[CurveId]) -> Vec<ClaimId> {
        let mut found: BTreeSet<ClaimId> = BTreeSet::new();
        let between = parts.iter().chain([&whole]).filter_map(|curve| self.flowing.get(curve));
        found.extend(between.flat_map(|between| &between.claims));
        if self.unreported.contains(&whole) {
            // What stands nowhere meets every part.
            let present = parts.iter().filter_map(|part| self.present.get(part));
            found.extend(present.flat_map(|present| present.iter()).map(|it| self.problem[it.statement].claim));
            return found.into_iter().collect();
        }
        let whole = self.spread(whole);
        for part in parts {
            let claim = |presence: &Presence| self.problem[presence.statement].claim;
            if let Some(reach) = self.flowing.get(part).and_then(|between| between.reach) {
                found.extend(whole.meeting(reach).map(claim));
            }
            let Some(present) = self.present.get(part) else { continue };
            for presence in present.iter() {
                let mut meeting = whole.meeting(self.reach(presence)).map(claim).peekable();
                if meeting.peek().is_some() {
                    found.insert(claim(presence));
                    found.extend(meeting);
                }
            }
        }
        found.into_iter().collect()
    }
}
