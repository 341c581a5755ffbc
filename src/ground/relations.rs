//! The rules over bound names: every way to bind the names of a relation to figures that agree.
//!
//! Names are bound one after the other, in the order of the rule. A figure is a candidate if its description fits the
//! binding's patterns and it agrees with the figures bound so far in time and in every dimension, or in those that
//! `join` lists. Where one side leaves a dimension unsaid they may agree, and the instance leans on it. A measure that
//! is named by a claim (`= share.of`) may name a claim by its id; that figure is then bound whatever its scope.

use super::checks::Heading;
use super::terms::{Binder, Bound, Variables, formula};
use super::{Grounder, Owner, WHEN};
use crate::calendar::read_when;
use crate::claim::{ClaimId, EVENT, Kind, Member};
use crate::expr::{Expr, ExprKind, Name};
use crate::number::Interval;
use crate::problem::{Domain, FigureId, Formula, Lean, LeanId, PassedOver, Time, Variable};
use crate::rule::{Binding, Kind as RuleKind, Pattern, Relation, Rule, matches_glob, matches_member};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// What a name is bound to.
#[derive(Clone, Debug)]
pub(super) struct Bindings<'r> {
    pub(super) relation: &'r Relation,
    /// For each binding so far, by its place in the rule: a single figure, or a set.
    pub(super) figures: BTreeMap<usize, Vec<FigureId>>,
    /// What agreeing leans on.
    leans: BTreeSet<Lean>,
}

impl Grounder<'_> {
    /// States every instance of every relation.
    pub(super) fn relations(&mut self) {
        let rules = self.rules;
        for rule in &rules.rules {
            let (RuleKind::Relation(relation), Some(severity)) = (&rule.kind, rule.severity) else { continue };
            let mut open = vec![Bindings { relation, figures: BTreeMap::new(), leans: BTreeSet::new() }];
            let mut passed_over: BTreeSet<PassedOver> = BTreeSet::new();
            // Sets last: what belongs in one depends on the figures that the other names are bound to.
            let given = || relation.given.iter().enumerate();
            for (place, binding) in given().filter(|(_, it)| !it.set).chain(given().filter(|(_, it)| it.set)) {
                let mut longer = Vec::new();
                for bindings in open {
                    longer.extend(self.bind(place, binding, bindings, |overlapping| {
                        passed_over.insert(self.overlapping(rule, binding, overlapping));
                    }));
                }
                open = longer;
            }
            self.problem.passed_over.extend(passed_over);
            let mut seen: BTreeSet<BTreeMap<usize, Vec<FigureId>>> = BTreeSet::new();
            for bindings in open {
                if seen.insert(bindings.figures.clone()) {
                    self.instance(rule, relation, severity, bindings);
                }
            }
        }
    }

    /// All ways to bind one more name. A set whose members overlap is not bound: `overlapping` is told of two of them.
    fn bind<'r>(
        &self,
        place: usize,
        binding: &Binding,
        so_far: Bindings<'r>,
        mut overlapping: impl FnMut((FigureId, FigureId)),
    ) -> Vec<Bindings<'r>> {
        let candidates: Vec<(FigureId, Vec<Lean>)> = self
            .candidates(binding, &so_far)
            .into_iter()
            .filter(|candidate| !so_far.figures.values().any(|bound| bound.contains(candidate)))
            .filter_map(|candidate| Some((candidate, self.agrees(binding, candidate, &so_far)?)))
            .collect();
        let with = |figures: Vec<FigureId>, leans: Vec<Lean>| {
            let mut longer = so_far.clone();
            longer.figures.insert(place, figures);
            longer.leans.extend(leans);
            longer
        };
        if !binding.set {
            return candidates.into_iter().map(|(candidate, leans)| with(vec![candidate], leans)).collect();
        }
        // Where no single name tells which figures belong together, their group and what they are joined on does.
        let mut sets: Vec<(Vec<FigureId>, Vec<Lean>)> = Vec::new();
        for (candidate, leans) in candidates {
            let home = sets.iter_mut().find_map(|set| {
                let first = *set.0.first()?;
                self.agree(first, candidate, binding, so_far.relation).map(|more| (set, more))
            });
            match home {
                Some((set, more)) => {
                    set.0.push(candidate);
                    set.1.extend(leans.into_iter().chain(more));
                }
                None => sets.push((vec![candidate], leans)),
            }
        }
        let mut bound = Vec::new();
        for (members, leans) in sets {
            match self.overlap(&members) {
                None => bound.push(with(members, leans)),
                Some(two) => overlapping(two),
            }
        }
        bound
    }

    /// The figures whose measure fits, in canonical order.
    fn candidates(&self, binding: &Binding, so_far: &Bindings<'_>) -> Vec<FigureId> {
        let measure = binding.measure.as_ref().map(|measure| &measure.value);
        match measure {
            Some(Pattern::Exact(name)) => self.by_measure.get(name).cloned().unwrap_or_default(),
            Some(Pattern::FieldOf { .. }) => match measure.and_then(|pattern| self.field(pattern, so_far)) {
                Some((name, beside)) => self.named_figures(&name, beside),
                None => Vec::new(),
            },
            Some(Pattern::Glob(glob)) => self
                .by_measure
                .iter()
                .filter(|(name, _)| matches_glob(glob, name))
                .flat_map(|(_, figures)| figures.iter().copied())
                .collect(),
            None => (0..self.problem.figures.len()).map(FigureId::at).collect(),
        }
    }

    /// The figures of a measure, or the one of the claim of that id.
    fn named_figures(&self, name: &str, beside: FigureId) -> Vec<FigureId> {
        match self.figure_by_id(name, beside) {
            Some(figure) => vec![figure],
            None => self.by_measure.get(name).cloned().unwrap_or_default(),
        }
    }

    /// The figure of the claim of an id. A claim that is named like its own measure is meant as the measure.
    fn figure_by_id(&self, name: &str, beside: FigureId) -> Option<FigureId> {
        let article = self.article_of(beside)?;
        let figure = self.claim_named(name, article).and_then(|claim| self.figure_of(claim))?;
        (self.problem[figure].measure != name).then_some(figure)
    }

    /// What a field of a bound name says, and the figure that says it.
    fn field(&self, pattern: &Pattern, so_far: &Bindings<'_>) -> Option<(String, FigureId)> {
        let Pattern::FieldOf { binding, field } = pattern else { return None };
        let at = so_far.relation.given.iter().position(|given| given.name.value == *binding)?;
        let figure = *so_far.figures.get(&at)?.first()?;
        let found = &self.problem[figure];
        let said = match field.as_str() {
            "measure" => Some(found.measure.clone()),
            "unit" => Some(found.unit.name().to_owned()),
            "of" | "in" => self.claims_of(figure).into_iter().find_map(|claim| {
                let Kind::Figure(stated) = &self.claims[claim].kind else { return None };
                let share = stated.share.as_ref()?;
                let named = if field == "of" { &share.of } else { &share.whole };
                named.as_ref().map(|named| named.value.clone())
            }),
            dimension => found.scope.0.get(dimension).map(|member| super::scopes::spelled(member).to_owned()),
        };
        said.map(|said| (said, figure))
    }

    /// Whether a figure fits a binding and agrees with what is bound; if so, what that leans on.
    fn agrees(&self, binding: &Binding, candidate: FigureId, so_far: &Bindings<'_>) -> Option<Vec<Lean>> {
        let figure = &self.problem[candidate];
        if figure.statements.is_empty() {
            return None;
        }
        if let Some(unit) = &binding.unit {
            let name = figure.unit.name();
            let fits = match &unit.value {
                Pattern::Exact(wanted) => *wanted == name,
                Pattern::Glob(glob) => matches_glob(glob, name),
                Pattern::FieldOf { .. } => self.field(&unit.value, so_far).is_some_and(|(wanted, _)| wanted == name),
            };
            if !fits {
                return None;
            }
        }
        for (dimension, wanted) in &binding.scope {
            let member = figure.scope.0.get(dimension).map(super::scopes::spelled)?;
            let fits = match &wanted.value {
                Pattern::Exact(wanted) => wanted == member,
                Pattern::Glob(glob) => matches_member(glob, member),
                Pattern::FieldOf { .. } => {
                    self.field(&wanted.value, so_far).is_some_and(|(wanted, _)| wanted == member)
                }
            };
            if !fits {
                return None;
            }
        }
        if let Some(when) = &binding.when {
            let article = self.article_of(candidate)?;
            let read = read_when(&when.value, &self.claims[article].context).ok()?;
            let wanted = read.readings().first()?.value;
            if figure.time != Time::At(wanted) {
                return None;
            }
        }
        let by_claim_id = match binding.measure.as_ref().map(|measure| &measure.value) {
            Some(pattern @ Pattern::FieldOf { .. }) => self
                .field(pattern, so_far)
                .is_some_and(|(name, beside)| self.figure_by_id(&name, beside) == Some(candidate)),
            _ => false,
        };
        let mut leans = Vec::new();
        if by_claim_id {
            return Some(leans);
        }
        for bound in so_far.figures.values().filter_map(|bound| bound.first()) {
            leans.extend(self.agree(*bound, candidate, binding, so_far.relation)?);
        }
        Some(leans)
    }

    /// Whether two figures agree in all that a relation joins on; if so, what that leans on.
    fn agree(&self, bound: FigureId, other: FigureId, binding: &Binding, relation: &Relation) -> Option<Vec<Lean>> {
        if self.figure_groups.get(bound.index()) != self.figure_groups.get(other.index()) {
            return None;
        }
        let (one, two) = (&self.problem[bound], &self.problem[other]);
        let joined = |dimension: &str| match &relation.join {
            None => true,
            Some(listed) => listed.iter().any(|listed| listed.value == dimension),
        };
        let states = |figure: FigureId| self.claims_of(figure).first().copied();
        let mut leans = Vec::new();
        let lean = |leans: &mut Vec<Lean>, dimension: &str, claim: Option<ClaimId>, member: &str| {
            let claim = claim?;
            leans.push(Lean::Unspecified { dimension: dimension.to_owned(), claim, member: member.to_owned() });
            Some(())
        };
        if joined(WHEN) && binding.when.is_none() {
            match (&one.time, &two.time) {
                (Time::At(first), Time::At(second)) if first == second => {
                    match (self.owner_of(bound), self.owner_of(other)) {
                        (Some(one), Some(other)) if one == other && !matches!(one, Owner::Claim(_)) => {}
                        (Some(Owner::Source(..)), Some(Owner::Source(..))) => {
                            let claims = [bound, other].into_iter().flat_map(|figure| self.claims_of(figure));
                            leans.push(Lean::Origin { claims: claims.collect() });
                        }
                        _ => return None, // two times that are described alike need not be the same
                    }
                }
                (Time::At(_), Time::At(_)) => return None,
                (Time::Unsaid, _) => lean(&mut leans, WHEN, states(bound), "")?,
                (_, Time::Unsaid) => lean(&mut leans, WHEN, states(other), "")?,
            }
        }
        let dimensions: BTreeSet<&String> = one.scope.0.keys().chain(two.scope.0.keys()).collect();
        for dimension in dimensions {
            if !joined(dimension) || binding.scope.contains_key(dimension) {
                continue;
            }
            match (one.scope.0.get(dimension), two.scope.0.get(dimension)) {
                (Some(first), Some(second)) if first == second => {}
                (Some(Member::All), None) | (None, Some(Member::All)) if dimension == EVENT => {}
                (None, Some(_)) | (Some(_), None) if dimension == EVENT => return None,
                (Some(member), None) => lean(&mut leans, dimension, states(other), super::scopes::spelled(member))?,
                (None, Some(member)) => lean(&mut leans, dimension, states(bound), super::scopes::spelled(member))?,
                _ => return None,
            }
        }
        Some(leans)
    }

    fn owner_of(&self, figure: FigureId) -> Option<&Owner> {
        self.figure_owners.get(figure.index())
    }

    /// States one instance.
    fn instance(&mut self, rule: &Rule, relation: &Relation, severity: Severity, bindings: Bindings<'_>) {
        let article = bindings.figures.values().flatten().find_map(|figure| self.article_of(*figure));
        if let Some(because) = self.mixes_units(relation, &bindings) {
            let figures: Vec<FigureId> = bindings.figures.values().flatten().copied().collect();
            let claims = self.claims_of_all(&figures);
            self.problem.passed_over.push(PassedOver { rule: rule.id.value.clone(), claims, because });
            return;
        }
        let mut binder =
            ByName { grounder: self, bindings: &bindings, variables: Variables::default(), unsaid: BTreeSet::new() };
        let required = formula(&relation.require.root, &mut binder);
        let condition = relation.condition.as_ref().map(|condition| formula(&condition.root, &mut binder));
        let (variables, unsaid) = (binder.variables, binder.unsaid);
        let formula = match (required, condition) {
            (Some(required), None) => required,
            (Some(required), Some(Some(condition))) => Formula::Any(vec![Formula::Not(Box::new(condition)), required]),
            // A time that is looked up by words may need a dateline that the article does not have.
            _ => {
                let figures: Vec<FigureId> = bindings.figures.values().flatten().copied().collect();
                let claims = self.claims_of_all(&figures);
                let because = "the time that it looks up cannot be read without a dateline".to_owned();
                self.problem.passed_over.push(PassedOver { rule: rule.id.value.clone(), claims, because });
                return;
            }
        };
        if known(&formula) == Some(true) || article.is_none() {
            return;
        }
        let leans: BTreeSet<Lean> = bindings.leans.into_iter().chain(unsaid).collect();
        let leans: Vec<LeanId> = leans.into_iter().map(|lean| self.lean(lean)).collect();
        let heading = Heading {
            rule: rule.id.value.clone(),
            severity,
            words: rule.says.clone().unwrap_or_else(|| self.said(relation, &bindings.figures)),
            because: rule.about.clone().filter(|_| !rule.standard),
            leans,
        };
        self.state(heading, formula, variables);
    }

    /// The requirement with the measures in the place of the names.
    fn said(&self, relation: &Relation, figures: &BTreeMap<usize, Vec<FigureId>>) -> String {
        let mut root = relation.require.root.clone();
        for (at, binding) in relation.given.iter().enumerate() {
            if let (false, Some(figure)) = (binding.set, figures.get(&at).and_then(|bound| bound.first())) {
                rename(&mut root, &binding.name.value, &self.problem[*figure].measure);
            }
        }
        root.to_string()
    }
}

/// Puts a measure in the place of a bound name.
fn rename(expr: &mut Expr, from: &str, to: &str) {
    let each = |exprs: &mut [Expr]| exprs.iter_mut().for_each(|expr| rename(expr, from, to));
    match &mut expr.kind {
        ExprKind::Name(Name { base, fields }) if base == from && fields.is_empty() => to.clone_into(base),
        ExprKind::Negative(of) | ExprKind::Not(of) => rename(of, from, to),
        ExprKind::Binary(_, left, right)
        | ExprKind::Order(_, left, right)
        | ExprKind::If(left, right)
        | ExprKind::Change(left, right) => {
            rename(left, from, to);
            rename(right, from, to);
        }
        ExprKind::Compare(first, rest) => {
            rename(first, from, to);
            rest.iter_mut().for_each(|(_, expr)| rename(expr, from, to));
        }
        ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Aggregate(_, parts) => each(parts),
        _ => {}
    }
}

/// Whether a formula is true or false by descriptions alone; `None` if that is for the figures to say. Where it is true,
/// its rule does not apply.
fn known(formula: &Formula) -> Option<bool> {
    let all = |parts: &[Formula], deciding: bool| {
        let known: Vec<Option<bool>> = parts.iter().map(known).collect();
        if known.contains(&Some(deciding)) {
            Some(deciding)
        } else {
            known.iter().all(Option::is_some).then_some(!deciding)
        }
    };
    match formula {
        Formula::Known(truth) => Some(*truth),
        Formula::All(parts) => all(parts, false),
        Formula::Any(parts) => all(parts, true),
        Formula::Not(of) => known(of).map(|truth| !truth),
        Formula::Compare(..) | Formula::Unread => None,
    }
}

/// Binds names to the figures of one instance.
struct ByName<'g, 'a, 'b> {
    grounder: &'g Grounder<'a>,
    bindings: &'b Bindings<'b>,
    variables: Variables,
    /// The dimensions that were asked for and are unsaid.
    unsaid: BTreeSet<Lean>,
}

impl Binder for ByName<'_, '_, '_> {
    fn name(&mut self, name: &Name) -> Option<Bound> {
        let grounder = self.grounder;
        let relation = self.bindings.relation;
        if let Some(unknown) = relation.unknown.iter().find(|unknown| unknown.name.value == name.base) {
            let known = self.variables.named.iter().find(|(known, _)| *known == name.base).map(|(_, place)| *place);
            let place = known.unwrap_or_else(|| {
                let lower = unknown.least.clone().map_or_else(Interval::everything, Interval::at_least);
                let upper = unknown.greatest.clone().map_or_else(Interval::everything, Interval::at_most);
                let interval = lower.intersect(&upper).unwrap_or_else(Interval::everything);
                let place = self.variables.place(Variable::Unknown, Domain { interval, integer: unknown.integer });
                self.variables.named.push((name.base.clone(), place));
                place
            });
            return Some(Bound::Variable(place));
        }
        let at = relation.given.iter().position(|binding| binding.name.value == name.base)?;
        let figures = self.bindings.figures.get(&at)?;
        let set = relation.given.get(at).is_some_and(|binding| binding.set);
        let mut variable = |figure: FigureId| self.variables.place(Variable::Figure(figure), grounder.domain(figure));
        let first = *figures.first()?;
        match name.fields.as_slice() {
            [] if set => Some(Bound::Set(figures.iter().map(|figure| variable(*figure)).collect())),
            [] => Some(Bound::Variable(variable(first))),
            [field] if field == WHEN => {
                let found = &grounder.problem[first];
                let when = match found.time {
                    Time::At(when) => Some(when),
                    Time::Unsaid => None,
                };
                Some(Bound::Span(when, found.scope.clone()))
            }
            [field] => {
                let pattern = Pattern::FieldOf { binding: name.base.clone(), field: field.clone() };
                let said = grounder.field(&pattern, self.bindings).map(|(said, _)| said);
                if let (None, Some(claim)) = (&said, grounder.claims_of(first).first()) {
                    let (dimension, claim) = (field.clone(), *claim);
                    self.unsaid.insert(Lean::Unspecified { dimension, claim, member: String::new() });
                }
                Some(Bound::Text(said.unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn look_up(&mut self, measure: &str, when: Option<&str>, scope: &[(String, String)]) -> Option<Bound> {
        let beside = *self.bindings.figures.values().flatten().next()?;
        let article = self.grounder.article_of(beside)?;
        let mut by_claim = super::checks::ByClaim::new(self.grounder, article, Some(beside));
        std::mem::swap(&mut by_claim.variables, &mut self.variables);
        let found = by_claim.look_up(measure, when, scope);
        std::mem::swap(&mut by_claim.variables, &mut self.variables);
        found
    }
}
