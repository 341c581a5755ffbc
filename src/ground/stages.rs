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
    AtMost, Constraint, ConstraintId, CurveId, Difference, DifferenceId, Form, InstantId, InstantKind, Lean, LeanId,
    Node, NodeId, Why,
};
use crate::rule::{Kind, Opening, Rule, Stages};
use std::collections::{BTreeMap, BTreeSet};

impl Grounder<'_> {
    /// Relates the curves of measures that follow each other.
    pub(super) fn stages(&mut self) {
        let rules = self.rules;
        for rule in &rules.rules {
            let (Kind::Stages(stages), Some(severity)) = (&rule.kind, rule.severity) else { continue };
            for pair in stages.order.windows(2) {
                let [first, later] = pair else { continue };
                let keys: Vec<CurveKey> =
                    self.curve_keys.iter().filter(|key| key.measure == later.value).cloned().collect();
                for key in keys {
                    let beside = CurveKey { measure: first.value.clone(), ..key.clone() };
                    if let (Some(later), Some(first)) = (self.known_curve(&key), self.known_curve(&beside)) {
                        self.stage(rule, stages, severity, first, later);
                    }
                }
            }
        }
    }

    fn stage(
        &mut self,
        rule: &Rule,
        stages: &Stages,
        severity: crate::source::Severity,
        first: CurveId,
        later: CurveId,
    ) {
        if !self.problem[first].monotone || !self.problem[later].monotone {
            return;
        }
        let constraint = ConstraintId::at(self.problem.constraints.len());
        let start = self.problem.differences.len();
        let leans: BTreeSet<LeanId> = [first, later]
            .iter()
            .flat_map(|curve| self.problem[self.problem[*curve].constraint].leans.clone())
            .collect();
        let leans: Vec<LeanId> = leans.into_iter().collect();
        let (ours, theirs) = (self.instants_of(first), self.instants_of(later));
        let instants: BTreeSet<InstantId> = ours
            .union(&theirs)
            .copied()
            .filter(|instant| !matches!(self.problem[*instant].kind, InstantKind::Origin { .. }))
            .collect();
        for instant in instants {
            let (from, to) = (self.node(Node::Total(first, instant)), self.node(Node::Total(later, instant)));
            self.never_above(from, to, Why::Stage, constraint, &leans);
        }
        if stages.opening == Opening::Zero {
            for (curve, instants) in [(first, ours), (later, theirs)] {
                self.opening(curve, &instants, constraint, &leans);
            }
        }
        let mut claims: BTreeSet<ClaimId> = BTreeSet::new();
        for curve in [first, later] {
            for figure in 0..self.problem.figures.len() {
                let figure = crate::problem::FigureId::at(figure);
                if self.problem[figure].curve == Some(curve) {
                    claims.extend(self.claims_of(figure));
                }
            }
        }
        let claims: Vec<ClaimId> = claims.into_iter().collect();
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
            let Why::Stated(statement, crate::problem::Side::Most) = difference.why else { continue };
            let Node::Total(of, start) = self.problem[difference.from] else { continue };
            if of == curve && matches!(self.problem[start].kind, InstantKind::Origin { .. }) {
                found.entry(start).or_default().push(self.problem[statement].claim);
            }
        }
        found
    }
}
