//! Stages: all-time, what comes later never outruns what comes first.
//!
//! For two measures in one scope, the all-time total of the later one is at no instant above that of the earlier one.
//! Running totals count from an origin and not from the beginning of time, so this binds reported figures only where
//! both are zero somewhere: where the rule says that nothing was there before the origin.

use super::curves::fixed;
use super::{CurveKey, Grounder};
use crate::claim::ClaimId;
use crate::number::Rational;
use crate::problem::{
    AtMost, Constraint, ConstraintId, CurveId, Difference, DifferenceId, FigureId, Form, InstantId, InstantKind, Lean,
    LeanId, Node, NodeId, Side, Why,
};
use crate::rule::{Kind, Opening, Rule, Stages};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};

impl Grounder<'_> {
    /// Relates the curves of measures that follow each other. A stage that no claim reports is passed over: what comes
    /// after it never outruns what comes before it either.
    pub(super) fn stages(&mut self) {
        let rules = self.rules;
        for rule in &rules.rules {
            let (Kind::Stages(stages), Some(severity)) = (&rule.kind, rule.severity) else { continue };
            let mut chains: BTreeMap<CurveKey, Vec<CurveId>> = BTreeMap::new();
            for measure in &stages.order {
                for key in self.curve_keys.iter().filter(|key| key.measure == measure.value) {
                    let family = CurveKey { measure: String::new(), ..key.clone() };
                    chains.entry(family).or_default().extend(self.known_curve(key));
                }
            }
            for chain in chains.into_values() {
                let chain: Vec<CurveId> = chain.into_iter().filter(|curve| self.problem[*curve].monotone).collect();
                let instants: BTreeSet<InstantId> = chain
                    .iter()
                    .flat_map(|curve| self.instants_of(*curve))
                    .filter(|instant| !matches!(self.problem[*instant].kind, InstantKind::Origin { .. }))
                    .collect();
                for pair in chain.windows(2) {
                    if let [first, later] = pair {
                        self.stage(rule, stages, severity, (*first, *later), &instants);
                    }
                }
            }
        }
    }

    fn stage(
        &mut self,
        rule: &Rule,
        stages: &Stages,
        severity: Severity,
        (first, later): (CurveId, CurveId),
        instants: &BTreeSet<InstantId>,
    ) {
        let constraint = ConstraintId::at(self.problem.constraints.len());
        let start = self.problem.differences.len();
        let both = [first, later];
        let leans: BTreeSet<LeanId> =
            both.iter().flat_map(|curve| self.problem[self.problem[*curve].constraint].leans.clone()).collect();
        let leans: Vec<LeanId> = leans.into_iter().collect();
        let origins = both.map(|curve| (curve, self.instants_of(curve)));
        let began = both
            .iter()
            .filter_map(|curve| self.claims.vocabulary.measures.get(&self.problem[*curve].measure)?.origin)
            .map(|day| day.start())
            .max();
        for instant in instants {
            if began.is_some_and(|began| self.problem[*instant].earliest.is_none_or(|earliest| earliest < began)) {
                continue; // totals count from the origin, so before it there is nothing to compare
            }
            let (from, to) = (self.node(Node::Total(first, *instant)), self.node(Node::Total(later, *instant)));
            self.never_above(from, to, Why::Stage, constraint, &leans);
        }
        if stages.opening == Opening::Zero {
            for (curve, instants) in origins {
                self.opening(curve, &instants, constraint, &leans);
            }
        }
        let figures = self.problem.figures.iter().enumerate();
        let bound: Vec<FigureId> = figures
            .filter(|(_, figure)| figure.curve.is_some_and(|curve| both.contains(&curve)))
            .map(|(at, _)| FigureId::at(at))
            .collect();
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
    fn opening(&mut self, curve: CurveId, instants: &BTreeSet<InstantId>, constraint: ConstraintId, leans: &[LeanId]) {
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
        let totals = self.totals_by_origin(curve);
        for instant in instants {
            let Some(claims) = totals.get(instant) else { continue };
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

    /// The instants at which a curve is looked at.
    fn instants_of(&self, curve: CurveId) -> BTreeSet<InstantId> {
        self.problem
            .nodes
            .iter()
            .filter_map(|node| match node {
                Node::Total(of, instant) if *of == curve => Some(*instant),
                _ => None,
            })
            .collect()
    }

    /// The claims that count from each origin of a curve that is not stated.
    fn totals_by_origin(&self, curve: CurveId) -> BTreeMap<InstantId, Vec<ClaimId>> {
        let mut found: BTreeMap<InstantId, Vec<ClaimId>> = BTreeMap::new();
        for difference in &self.problem.differences {
            let Why::Stated(statement, Side::Most) = difference.why else { continue };
            let Node::Total(of, start) = self.problem[difference.from] else { continue };
            if of == curve && matches!(self.problem[start].kind, InstantKind::Origin { .. }) {
                found.entry(start).or_default().push(self.problem[statement].claim);
            }
        }
        found
    }
}
