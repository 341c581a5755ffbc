//! Stages: all-time, what comes later never outruns what comes first.
//!
//! For two measures, the all-time total of the later one in a scope is at no instant above that of the earlier one in the
//! same scope, or in any that covers it. Running totals count from an origin and not from the beginning of time, so this
//! binds reported figures only where both are zero somewhere: where the rule says that nothing was there before the origin.
//!
//! Why this is sound. Whatever has come to the later stage in a scope has passed the earlier one in that scope, as the rule
//! says, and is counted by every scope that covers it. The other way round nothing follows: what a wide scope sent home may
//! have been arrested outside the narrow one.
//!
//! It is enough to compare at the instants at which the later total is looked at: neither total ever falls, so that what
//! holds of it there holds of the earlier total from then on. It is looked at where claims on it begin and end, where
//! levels that it flows between stand, and wherever it is compared with parts or wholes: that parts in two towns came to
//! the later stage says at their instants how many did in the country.

use super::covering::coverings;
use super::curves::fixed;
use super::scopes::{Meeting, Nesting, Unsaid};
use super::{Grounder, Group};
use crate::claim::{ClaimId, Scope};
use crate::number::{Rational, Unit};
use crate::problem::{
    AtMost, Constraint, ConstraintId, CurveId, Difference, DifferenceId, FigureId, Form, InstantId, InstantKind, Lean,
    LeanId, Node, NodeId, Side, Why,
};
use crate::rule::{Kind, Opening, Rule, Stages};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// Instants are passed on among parts and wholes only while all curves together have at most so many.
const MOST_INSTANTS: usize = 200_000;

/// What is known of curves before stages are added.
#[derive(Default)]
struct Known {
    /// The instants at which each is looked at.
    instants: BTreeMap<CurveId, BTreeSet<InstantId>>,
    /// The claims that count from each origin that is not stated.
    origins: BTreeMap<CurveId, BTreeMap<InstantId, Vec<ClaimId>>>,
    /// The figures on each.
    figures: BTreeMap<CurveId, Vec<FigureId>>,
}

impl Grounder<'_> {
    /// Relates the curves of measures that follow each other. A stage that no claim reports is passed over: what comes
    /// after it never outruns what comes before it either.
    pub(super) fn stages(&mut self) {
        let rules = self.rules;
        let staged = rules.rules.iter().any(|rule| matches!(rule.kind, Kind::Stages(_)) && rule.severity.is_some());
        if !staged {
            return;
        }
        let mut known = self.known();
        for rule in &rules.rules {
            let (Kind::Stages(stages), Some(severity)) = (&rule.kind, rule.severity) else { continue };
            let mut curves: BTreeMap<(Group, Unit), Vec<(usize, CurveId)>> = BTreeMap::new();
            for (place, measure) in stages.order.iter().enumerate() {
                for key in self.curve_keys.iter().filter(|key| key.measure == measure.value) {
                    let Some(curve) = self.known_curve(key).filter(|curve| self.problem[*curve].monotone) else {
                        continue;
                    };
                    curves.entry((key.group.clone(), key.unit.clone())).or_default().push((place, curve));
                }
            }
            for curves in curves.into_values() {
                for (first, later, unsaid) in self.staged_pairs(&curves) {
                    self.stage(rule, stages, severity, (first, later), &unsaid, &mut known);
                }
            }
        }
    }

    /// Pairs of curves of which the second is of a later stage and in the same scope as the first, or inside it. Stages
    /// between two reported ones link them, where they stand in the later one's scope.
    fn staged_pairs(&self, curves: &[(usize, CurveId)]) -> Vec<(CurveId, CurveId, Vec<Unsaid>)> {
        let mut pairs: BTreeMap<(CurveId, CurveId), Vec<Unsaid>> = BTreeMap::new();
        let mut by_scope: BTreeMap<&Scope, Vec<(usize, CurveId)>> = BTreeMap::new();
        for (place, curve) in curves {
            by_scope.entry(&self.problem[*curve].scope).or_default().push((*place, *curve));
        }
        let scopes: Vec<&Scope> = by_scope.keys().copied().collect();
        for chain in by_scope.values() {
            for pair in chain.windows(2) {
                if let [(_, first), (_, later)] = pair {
                    pairs.insert((*first, *later), Vec::new());
                }
            }
        }
        let mut guessed: BTreeMap<CurveId, Vec<(CurveId, Vec<Unsaid>)>> = BTreeMap::new();
        for (narrow, wide, Meeting { nesting, unsaid }) in coverings(&self.claims.vocabulary, &scopes) {
            let at = |place: usize| scopes.get(place).and_then(|scope| by_scope.get(scope));
            let (Some(narrow), Some(wide)) = (at(narrow), at(wide)) else { continue };
            for (place, later) in narrow {
                // The nearest stage before it that the wide scope reports; those before that one are linked to it there.
                let Some((_, first)) = wide.iter().rev().find(|(earlier, _)| earlier < place) else { continue };
                if !unsaid.iter().any(|unsaid| unsaid.first) {
                    pairs.insert((*first, *later), unsaid.clone());
                } else if nesting == Nesting::Equal {
                    guessed.entry(*later).or_default().push((*first, unsaid.clone()));
                }
            }
        }
        // What leaves a dimension unsaid may be of the one scope that states it, if nothing else covers it.
        let covered: BTreeSet<CurveId> = pairs.keys().map(|(_, later)| *later).collect();
        for (later, firsts) in guessed {
            if let ([(first, unsaid)], false) = (firsts.as_slice(), covered.contains(&later)) {
                pairs.insert((*first, later), unsaid.clone());
            }
        }
        let mut pairs: Vec<(CurveId, CurveId, Vec<Unsaid>)> =
            pairs.into_iter().map(|((first, later), unsaid)| (first, later, unsaid)).collect();
        // The last stages first: where they are looked at, those before them are compared in their turn.
        let places: BTreeMap<CurveId, usize> = curves.iter().map(|(place, curve)| (*curve, *place)).collect();
        pairs.sort_by_key(|(_, later, _)| std::cmp::Reverse(places.get(later).copied()));
        pairs
    }

    fn known(&self) -> Known {
        let mut known = Known::default();
        for node in &self.problem.nodes {
            if let Node::Total(curve, instant) = node {
                known.instants.entry(*curve).or_default().insert(*instant);
            }
        }
        self.looked_at(&mut known.instants);
        for difference in &self.problem.differences {
            let Why::Stated(statement, Side::Most) = difference.why else { continue };
            let Node::Total(curve, start) = self.problem[difference.from] else { continue };
            if matches!(self.problem[start].kind, InstantKind::Origin { .. }) {
                let claims = known.origins.entry(curve).or_default().entry(start).or_default();
                claims.push(self.problem[statement].claim);
            }
        }
        for (at, figure) in self.problem.figures.iter().enumerate() {
            if let Some(curve) = figure.curve {
                known.figures.entry(curve).or_default().push(FigureId::at(at));
            }
        }
        known
    }

    /// Adds the instants of levels to what flows between them, and passes those of parts on to their wholes and to the parts
    /// beside them; a part of several wholes is looked at where these are.
    fn looked_at(&self, instants: &mut BTreeMap<CurveId, BTreeSet<InstantId>>) {
        let mut wholes: BTreeMap<CurveId, BTreeSet<CurveId>> = BTreeMap::new();
        let mut insides: Vec<(CurveId, &[CurveId])> = Vec::new();
        for constraint in &self.problem.constraints {
            match &constraint.form {
                Form::Balance { levels, inflows, outflows } => {
                    for curve in inflows.iter().chain(outflows) {
                        instants.entry(*curve).or_default().extend(levels.iter().map(|(instant, _)| *instant));
                    }
                }
                Form::Inside { whole, parts, .. } => {
                    insides.push((*whole, parts));
                    for part in parts {
                        wholes.entry(*part).or_default().insert(*whole);
                    }
                }
                _ => {}
            }
        }
        let is_shared = |part: &CurveId| wholes.get(part).is_some_and(|wholes| wholes.len() > 1);
        let of = |instants: &BTreeMap<CurveId, BTreeSet<InstantId>>, curve: &CurveId| {
            let known = instants.get(curve).into_iter().flatten().copied();
            known.filter(|at| !matches!(self.problem[*at].kind, InstantKind::Origin { .. })).collect::<Vec<_>>()
        };
        let count = |instants: &BTreeMap<CurveId, BTreeSet<InstantId>>| instants.values().map(BTreeSet::len).sum();
        let (mut before, mut now): (usize, usize) = (0, count(instants));
        while before < now && now <= MOST_INSTANTS {
            for (whole, parts) in &insides {
                let of_whole = of(instants, whole);
                for part in parts.iter().filter(|part| is_shared(part)) {
                    instants.entry(*part).or_default().extend(of_whole.iter().copied());
                }
                let of_parts: Vec<InstantId> = parts.iter().flat_map(|part| of(instants, part)).collect();
                for curve in parts.iter().chain([whole]) {
                    instants.entry(*curve).or_default().extend(of_parts.iter().copied());
                }
            }
            (before, now) = (now, count(instants));
        }
    }

    fn stage(
        &mut self,
        rule: &Rule,
        stages: &Stages,
        severity: Severity,
        (first, later): (CurveId, CurveId),
        unsaid: &[Unsaid],
        known: &mut Known,
    ) {
        let constraint = ConstraintId::at(self.problem.constraints.len());
        let start = self.problem.differences.len();
        let both = [first, later];
        let mut leans: BTreeSet<LeanId> =
            both.iter().flat_map(|curve| self.problem[self.problem[*curve].constraint].leans.clone()).collect();
        for Unsaid { dimension, first: of_later, member } in unsaid.iter().cloned() {
            let side = if of_later { later } else { first };
            let Some(claim) = self.first_present(side) else { return };
            leans.insert(self.lean(Lean::Unspecified { dimension, claim, member }));
        }
        let leans: Vec<LeanId> = leans.into_iter().collect();
        let began = both
            .iter()
            .filter_map(|curve| self.claims.vocabulary.measures.get(&self.problem[*curve].measure)?.origin)
            .map(|day| day.start())
            .max();
        let is_origin = |at: InstantId| matches!(self.problem[at].kind, InstantKind::Origin { .. });
        let mut instants: BTreeSet<InstantId> =
            known.instants.get(&later).into_iter().flatten().copied().filter(|at| !is_origin(*at)).collect();
        // Where an end is vague, its total is looked at where that begins and ends, too.
        let spans = instants.iter().map(|at| (self.problem[*at].earliest, self.problem[*at].latest));
        let vague = spans.filter(|(earliest, latest)| earliest != latest);
        for at in vague.flat_map(|(earliest, latest)| earliest.into_iter().chain(latest)).collect::<Vec<_>>() {
            instants.insert(self.instant(fixed(at)));
        }
        for instant in instants {
            if began.is_some_and(|began| self.problem[instant].earliest.is_none_or(|earliest| earliest < began)) {
                continue; // totals count from the origin, so before it there is nothing to compare
            }
            let (from, to) = (self.node(Node::Total(first, instant)), self.node(Node::Total(later, instant)));
            self.never_above(from, to, Why::Stage, constraint, &leans);
            // Whoever follows the earlier stage in its turn is compared here too.
            known.instants.entry(first).or_default().insert(instant);
        }
        if stages.opening == Opening::Zero {
            for curve in both {
                self.opening(curve, known, constraint, &leans);
            }
        }
        let bound: Vec<FigureId> =
            both.iter().filter_map(|curve| known.figures.get(curve)).flatten().copied().collect();
        let claims = self.claims_of_all(&bound);
        let across = self.across(&claims);
        let words = format!("{} never outrun {}", self.problem[later].measure, self.problem[first].measure);
        let made = (start..self.problem.differences.len()).map(DifferenceId::at).collect();
        self.constrain(Constraint {
            rule: rule.id.value.clone(),
            severity,
            words,
            because: rule.about.clone(),
            form: Form::Differences(made),
            claims,
            leans,
            across,
        });
    }

    /// Nothing was there before the origin: where it is stated, the total is zero there; where it is not, that all
    /// running totals of the source count from the beginning is leaned on.
    fn opening(&mut self, curve: CurveId, known: &Known, constraint: ConstraintId, leans: &[LeanId]) {
        let nothing = self.node(Node::Nothing);
        let measure = self.problem[curve].measure.clone();
        let declared = self.claims.vocabulary.measures.get(&measure).and_then(|measure| measure.origin);
        if let Some(day) = declared {
            let origin = self.instant(fixed(day.start()));
            let node = self.node(Node::Total(curve, origin));
            self.never_above(nothing, node, Why::Opening, constraint, leans);
            self.never_above(node, nothing, Why::Opening, constraint, leans);
            return;
        }
        for (instant, claims) in known.origins.get(&curve).into_iter().flatten() {
            let lean = self.lean(Lean::Origin { claims: claims.clone() });
            let leans: Vec<LeanId> = leans.iter().copied().chain([lean]).collect();
            let node = self.node(Node::Total(curve, *instant));
            self.never_above(nothing, node, Why::Opening, constraint, &leans);
            self.never_above(node, nothing, Why::Opening, constraint, &leans);
        }
    }

    fn never_above(&mut self, from: NodeId, to: NodeId, why: Why, constraint: ConstraintId, leans: &[LeanId]) {
        let zero = AtMost { value: Rational::from(0), strict: false };
        self.relate(Difference {
            from,
            to,
            hard: Some(zero.clone()),
            soft: Some(zero),
            why,
            constraint: Some(constraint),
            leans: leans.to_vec(),
            article: None,
        });
    }
}
