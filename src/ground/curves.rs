//! Additive measures as running totals: their curves, instants and origins, and what statements say of them.
//!
//! A figure over a period is the increment of its curve from the period's start to its end. A running total whose
//! origin is unsaid counts from a node of its own, one for each article, source, measure and scope. That such an
//! origin lies before another claim's period, or is the same as another source's, is never said: it is leaned on.

use super::{CurveKey, Grounder};
use crate::calendar::{self, Moment, MomentKind, When};
use crate::claim::{ClaimId, Kind, OverTime, Scope};
use crate::number::{End, Interval, Rational, Reading, Unit};
use crate::problem::{
    AtMost, Constraint, ConstraintId, Curve, CurveId, Difference, FigureId, Form, Instant, InstantId, InstantKind,
    Lean, LeanId, Node, Says, Side, StatementId, Time, Why,
};
use crate::rule::Kind as RuleKind;
use crate::source::{Severity, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// How a measure adds up.
#[derive(Clone, Copy, Debug)]
struct Additivity {
    /// Whether its running totals never fall.
    monotone: bool,
    /// What that leans on.
    lean: Option<LeanId>,
}

/// The rule that makes a measure add up.
#[derive(Clone, Debug)]
struct AdditiveRule {
    id: String,
    severity: Severity,
    because: Option<String>,
}

impl Grounder<'_> {
    /// Turns the figures of additive measures into increments of curves.
    pub(super) fn curves(&mut self) {
        for at in 0..self.problem.figures.len() {
            let figure = FigureId::at(at);
            let Some(rule) = self.additive_rule(&self.problem[figure].measure) else { continue };
            let Some(additivity) = self.additivity(figure) else { continue };
            let Some((start, end)) = self.ends(figure) else { continue };
            let Some(group) = self.figure_groups.get(at).cloned() else { continue };
            let found = &self.problem[figure];
            let key = CurveKey {
                group,
                measure: found.measure.clone(),
                unit: found.unit.clone(),
                scope: found.scope.clone(),
            };
            let curve = self.curve(key, additivity, &rule);
            if let Some(figure) = self.problem.figures.get_mut(at) {
                figure.curve = Some(curve);
                figure.ends = Some((start, end));
            }
            if let Time::At(When::Period { length: Some(length), .. }) = self.problem[figure].time
                && let Ok(length) = i32::try_from(length)
                && self.lengths.insert((start, end))
            {
                self.problem.lengths.push((start, end, length));
            }
            let leans: Vec<LeanId> = additivity.lean.into_iter().collect();
            for statement in self.problem[figure].statements.clone() {
                for side in [Side::Least, Side::Most] {
                    self.carry(statement, curve, (start, end), side, Why::Stated(statement, side), None, &leans);
                }
            }
        }
    }

    /// The rule by which a measure adds up: one of the user's own that names it, or else that of the standard pack.
    fn additive_rule(&self, measure: &str) -> Option<AdditiveRule> {
        let own = self.rules.rules.iter().find(|rule| match &rule.kind {
            RuleKind::Additive(additive) => additive.measures.iter().any(|named| named.value == measure),
            _ => false,
        });
        match own {
            Some(rule) => {
                let (id, because) = (rule.id.value.clone(), rule.about.clone());
                rule.severity.map(|severity| AdditiveRule { id, severity, because })
            }
            None => {
                let severity = self.severity("additive")?;
                Some(AdditiveRule { id: "additive".to_owned(), severity, because: None })
            }
        }
    }

    /// Whether and how a figure's measure adds up over time.
    fn additivity(&mut self, figure: FigureId) -> Option<Additivity> {
        let found = &self.problem[figure];
        let measure = self.claims.vocabulary.measures.get(&found.measure);
        let declared = measure.and_then(|measure| measure.over_time);
        match declared.or(self.adds_by_rule(&found.measure).then_some(OverTime::Adds)) {
            Some(OverTime::Adds) => {
                let least = measure.and_then(|measure| measure.least.as_ref());
                Some(Additivity { monotone: least.is_some_and(|least| least.signum() >= 0), lean: None })
            }
            Some(_) => None,
            None if found.unit == Unit::One && self.whole_counts(figure) => {
                let lean = Lean::Undeclared { measure: found.measure.clone() };
                Some(Additivity { monotone: true, lean: Some(self.lean(lean)) })
            }
            None => None,
        }
    }

    /// Whether a rule says that a measure adds up: one of the user's own that names it, or a balance in which it flows.
    fn adds_by_rule(&self, measure: &str) -> bool {
        let names = |names: &[Spanned<String>]| names.iter().any(|named| named.value == measure);
        self.rules.rules.iter().filter(|rule| rule.severity.is_some()).any(|rule| match &rule.kind {
            RuleKind::Additive(additive) => names(&additive.measures),
            RuleKind::Balance(balance) => names(&balance.inflows) || names(&balance.outflows),
            _ => false,
        })
    }

    /// The running total of what flows in a balance, made if nobody reports it; `None` if it is declared not to add up, or
    /// if nothing may.
    pub(super) fn flow_curve(&mut self, key: CurveKey) -> Option<CurveId> {
        let rule = self.additive_rule(&key.measure)?;
        let measure = self.claims.vocabulary.measures.get(&key.measure);
        if measure.and_then(|measure| measure.over_time).is_some_and(|over| over != OverTime::Adds) {
            return None;
        }
        let least = measure.and_then(|measure| measure.least.as_ref());
        let monotone = least.is_some_and(|least| least.signum() >= 0);
        Some(self.curve(key, Additivity { monotone, lean: None }, &rule))
    }

    /// Whether every statement that gives a figure a value is a whole count, and there is one.
    fn whole_counts(&self, figure: FigureId) -> bool {
        let mut given = self.values_given(figure).peekable();
        given.peek().is_some()
            && given.all(|statement| {
                let statement = &self.problem[statement];
                match &self.claims[statement.claim].kind {
                    Kind::Figure(stated) => stated
                        .readings
                        .get(statement.mention)
                        .is_some_and(|(quantity, _)| quantity.is_count() && quantity.unit == Unit::One),
                    _ => false,
                }
            })
    }

    /// The instants between which a figure counts; `None` if it names no time.
    fn ends(&mut self, figure: FigureId) -> Option<(InstantId, InstantId)> {
        let found = self.problem[figure].clone();
        let Time::At(when) = found.time else { return None };
        let first = found.statements.first().map(|statement| self.problem[*statement].clone())?;
        let (start, end) = match when {
            When::Period { start, end, .. } => (self.moment(start, first.claim, false), end),
            When::Through { since: Some(since), end } => (self.moment(since, first.claim, false), end),
            When::Through { since: None, end } => {
                let declared = self.claims.vocabulary.measures.get(&found.measure).and_then(|measure| measure.origin);
                let start = match declared {
                    Some(day) => fixed(day.start()),
                    None => Instant {
                        kind: InstantKind::Origin {
                            article: first.article,
                            source: first.source,
                            measure: found.measure,
                            scope: found.scope,
                        },
                        earliest: None,
                        latest: None,
                    },
                };
                (self.instant(start), end)
            }
        };
        Some((start, self.moment(end, first.claim, true)))
    }

    pub(super) fn moment(&mut self, moment: Moment, claim: ClaimId, is_end: bool) -> InstantId {
        let kind = match moment.kind {
            MomentKind::Fixed => InstantKind::Fixed,
            MomentKind::Now => InstantKind::Now(self.claims[claim].article),
            MomentKind::Vague => InstantKind::Vague(claim, is_end),
        };
        self.instant(Instant { kind, earliest: Some(moment.earliest), latest: Some(moment.latest) })
    }

    fn curve(&mut self, key: CurveKey, additivity: Additivity, rule: &AdditiveRule) -> CurveId {
        if let Some(found) = self.curve_index.get(&key) {
            return *found;
        }
        let id = CurveId::at(self.problem.curves.len());
        let constraint = self.constrain(Constraint {
            rule: rule.id.clone(),
            severity: rule.severity,
            words: format!("{} add up over time", key.measure),
            because: rule.because.clone(),
            form: Form::Additive(id),
            claims: Vec::new(),
            leans: additivity.lean.into_iter().collect(),
            across: false,
        });
        self.problem.curves.push(Curve {
            measure: key.measure.clone(),
            unit: key.unit.clone(),
            scope: key.scope.clone(),
            fiscal: key.group.fiscal,
            monotone: additivity.monotone,
            constraint,
        });
        self.curve_keys.push(key.clone());
        self.curve_index.insert(key, id);
        id
    }

    /// The curve of a key, if there is one.
    pub(super) fn known_curve(&self, key: &CurveKey) -> Option<CurveId> {
        self.curve_index.get(key).copied()
    }

    /// Makes the curve of another scope beside one that is there, adding up in the same way.
    pub(super) fn curve_beside(&mut self, curve: CurveId, scope: Scope) -> CurveId {
        let found = self.problem[curve].clone();
        let constraint = &self.problem[found.constraint];
        let additivity = Additivity { monotone: found.monotone, lean: constraint.leans.first().copied() };
        let rule = AdditiveRule {
            id: constraint.rule.clone(),
            severity: constraint.severity,
            because: constraint.because.clone(),
        };
        let key = self.curve_keys.get(curve.index()).cloned();
        match key {
            Some(key) => self.curve(CurveKey { scope, ..key }, additivity, &rule),
            None => curve,
        }
    }

    /// Says of a curve, between two instants, one side of what a statement says.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn carry(
        &mut self,
        statement: StatementId,
        curve: CurveId,
        (start, end): (InstantId, InstantId),
        side: Side,
        why: Why,
        constraint: Option<ConstraintId>,
        leans: &[LeanId],
    ) {
        let found = self.problem[statement].clone();
        let Says::Value(figure, reading) = found.says else { return };
        let integer = self.problem[figure].integer;
        let (hard, soft) = bounds(&reading, integer, side);
        // What bounds nothing is put in its place all the same: that a figure counts there is known.
        if hard.is_none() && soft.is_none() && side == Side::Least {
            return;
        }
        let (start, end) = (self.node(Node::Total(curve, start)), self.node(Node::Total(curve, end)));
        let (from, to) = match side {
            Side::Most => (start, end),
            Side::Least => (end, start),
        };
        self.relate(Difference {
            from,
            to,
            hard,
            soft,
            why,
            constraint,
            leans: leans.to_vec(),
            article: Some(found.article),
        });
    }

    /// What is leaned on about origins: that one lies before the other claims' periods, and that the origins of
    /// several running totals of one curve are the same. To be called once all statements stand on their curves.
    pub(super) fn origins(&mut self) {
        let mut starts: BTreeMap<CurveId, BTreeSet<InstantId>> = BTreeMap::new();
        let mut origins: BTreeMap<CurveId, BTreeMap<InstantId, BTreeSet<ClaimId>>> = BTreeMap::new();
        for difference in &self.problem.differences {
            let (statement, side) = match difference.why {
                Why::Stated(statement, side) | Why::SameScope(statement, side) => (statement, side),
                Why::Within(statement) => (statement, Side::Least),
                _ => continue,
            };
            let node = if side == Side::Most { difference.from } else { difference.to };
            let Node::Total(curve, start) = self.problem[node] else { continue };
            match self.problem[start].kind {
                InstantKind::Origin { .. } => {
                    let claim = self.problem[statement].claim;
                    origins.entry(curve).or_default().entry(start).or_default().insert(claim);
                }
                _ => {
                    starts.entry(curve).or_default().insert(start);
                }
            }
        }
        for (curve, origins) in origins {
            self.origins_of(curve, &origins, starts.get(&curve));
        }
    }

    fn origins_of(
        &mut self,
        curve: CurveId,
        origins: &BTreeMap<InstantId, BTreeSet<ClaimId>>,
        starts: Option<&BTreeSet<InstantId>>,
    ) {
        let additive = self.problem[curve].constraint;
        let undeclared = self.problem[additive].leans.clone();
        let monotone = self.problem[curve].monotone;
        // Totals never fall, so that what began before the first of them began before all.
        let starts: Vec<InstantId> = starts.into_iter().flatten().copied().collect();
        let passed = starts.iter().filter_map(|start| self.problem[*start].latest).min();
        let is_first = |start: &InstantId| {
            let found = &self.problem[*start];
            found.latest == passed || found.earliest.zip(passed).is_none_or(|(earliest, passed)| earliest < passed)
        };
        let first: Vec<InstantId> = starts.iter().copied().filter(is_first).collect();
        for (origin, claims) in origins {
            let lean = self.lean(Lean::Origin { claims: claims.iter().copied().collect() });
            let leans: Vec<LeanId> = undeclared.iter().copied().chain([lean]).collect();
            for start in first.iter().filter(|_| monotone) {
                self.order(curve, (*origin, *start), Why::BegunBefore, additive, &leans);
            }
        }
        // All are compared with one of them, which does not depend on the order of claims.
        let mut by_kind: Vec<(&InstantId, &BTreeSet<ClaimId>)> = origins.iter().collect();
        by_kind.sort_by(|(one, _), (other, _)| self.problem[**one].kind.cmp(&self.problem[**other].kind));
        let Some(((first, first_claims), others)) = by_kind.split_first() else { return };
        for (other, claims) in others {
            let named: BTreeSet<ClaimId> = first_claims.union(claims).copied().collect();
            let lean = self.lean(Lean::Origin { claims: named.into_iter().collect() });
            let leans: Vec<LeanId> = undeclared.iter().copied().chain([lean]).collect();
            self.order(curve, (**first, **other), Why::SameOrigin, additive, &leans);
            self.order(curve, (**other, **first), Why::SameOrigin, additive, &leans);
        }
    }

    /// Says that a curve's total at one instant is at most that at another.
    fn order(
        &mut self,
        curve: CurveId,
        (early, late): (InstantId, InstantId),
        why: Why,
        constraint: ConstraintId,
        leans: &[LeanId],
    ) {
        let (to, from) = (self.node(Node::Total(curve, early)), self.node(Node::Total(curve, late)));
        self.relate(Difference {
            from,
            to,
            hard: Some(AtMost { value: Rational::from(0), strict: false }),
            soft: Some(AtMost { value: Rational::from(0), strict: false }),
            why,
            constraint: Some(constraint),
            leans: leans.to_vec(),
            article: None,
        });
    }
}

/// An instant that is known exactly.
pub(super) fn fixed(at: calendar::Instant) -> Instant {
    Instant { kind: InstantKind::Fixed, earliest: Some(at), latest: Some(at) }
}

/// One side of a reading as the bound of an edge, hard and soft.
fn bounds(reading: &Reading, integer: bool, side: Side) -> (Option<AtMost>, Option<AtMost>) {
    let whole = |interval: &Interval| {
        if integer { interval.integers().unwrap_or_else(|| interval.clone()) } else { interval.clone() }
    };
    let bound = |interval: &Interval| {
        let interval = whole(interval);
        let end = match side {
            Side::Least => interval.lo(),
            Side::Most => interval.hi(),
        };
        let (value, strict) = match end {
            End::Unbounded => return None,
            End::Open(value) => (value.clone(), true),
            End::Closed(value) => (value.clone(), false),
        };
        Some(AtMost { value: if side == Side::Least { -value } else { value }, strict })
    };
    (bound(reading.hard()), bound(reading.soft()))
}
