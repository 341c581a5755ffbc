//! The rules over bound names: every way to bind the names of a relation to figures that agree.
//!
//! Names are bound one after the other, in the order of the rule. A figure is a candidate if its description fits the
//! binding's patterns and it agrees with the figures bound so far in time and in every dimension, or in those that
//! `join` lists. Where one side leaves a dimension unsaid they may agree, and the instance leans on it. A measure that
//! is named by a claim (`= share.of`) may name a claim by its id; that figure is then bound whatever its scope.

use super::by_name::ByName;
use super::candidates::Wanted;
use super::checks::Heading;
use super::terms::{Variables, formula};
use super::{Grounder, Group, Owner, WHEN};
use crate::calendar::read_when;
use crate::claim::{ANSWER_FIELDS, ClaimId, EVENT, Kind, Member, Scope};
use crate::expr::{Expr, ExprKind, Name};
use crate::problem::{Figure, FigureId, Formula, Lean, LeanId, PassedOver, Time};
use crate::rule::{Binding, Kind as RuleKind, Pattern, Relation, Rule, matches_glob, matches_member};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// What figures of one set share, as far as it is said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    group: Option<Group>,
    own: Option<Owner>,
    time: Option<Time>,
    scope: Scope,
}

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
        self.index_candidates();
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
            let candidates = self.nearest(binding, candidates, &so_far);
            return candidates.into_iter().map(|(candidate, leans)| with(vec![candidate], leans)).collect();
        }
        // Where no single name tells which figures belong together, their group and what they are joined on does. What
        // agrees in all that is said belongs together; only what says more or less is tried with the others.
        let mut sets: Vec<(Vec<FigureId>, Vec<Lean>)> = Vec::new();
        let mut alike: BTreeMap<Alike, usize> = BTreeMap::new();
        let mut by_kind: BTreeMap<(BTreeSet<String>, bool), Vec<usize>> = BTreeMap::new();
        for (candidate, leans) in candidates {
            let key = self.alike(candidate, binding, so_far.relation);
            let kind = (key.scope.0.keys().cloned().collect(), key.time.is_some());
            let tried = || by_kind.iter().filter(|(other, _)| **other != kind).flat_map(|(_, sets)| sets);
            let agreeing = |at: &usize| {
                let first = *sets.get(*at)?.0.first()?;
                self.agree(first, candidate, binding, so_far.relation).map(|more| (*at, more))
            };
            let home = alike.get(&key).and_then(agreeing).or_else(|| tried().find_map(agreeing));
            match home {
                Some((at, more)) => {
                    if let Some(set) = sets.get_mut(at) {
                        set.0.push(candidate);
                        set.1.extend(leans.into_iter().chain(more));
                    }
                }
                None => {
                    by_kind.entry(kind).or_default().push(sets.len());
                    alike.insert(key, sets.len());
                    sets.push((vec![candidate], leans));
                }
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

    /// Candidates without those that agree only by a guess at a scope while either side has a partner that needs none: a
    /// text that gives figures both for a region and for no region in particular tells the two apart.
    fn nearest(
        &self,
        binding: &Binding,
        candidates: Vec<(FigureId, Vec<Lean>)>,
        so_far: &Bindings<'_>,
    ) -> Vec<(FigureId, Vec<Lean>)> {
        let guesses = |leans: &[Lean]| {
            leans.iter().any(|lean| matches!(lean, Lean::Unspecified { dimension, .. } if dimension != WHEN))
        };
        let has_sure = candidates.iter().any(|(_, leans)| !guesses(leans));
        let whole_scope = so_far.relation.join.is_none() && binding.scope.is_empty();
        let is_taken = |candidate: FigureId| {
            let mut bound = so_far.figures.values().flatten().filter(|_| whole_scope);
            bound.any(|bound| {
                let key = (self.problem[*bound].measure.clone(), self.scope_of(candidate).clone());
                let mut figures = self.by_scope.get(&key).into_iter().flatten();
                let group = |figure: &FigureId| self.figure_groups.get(figure.index());
                let beside =
                    |it: &FigureId| self.problem[*it].time == self.problem[*bound].time && group(it) == group(bound);
                figures.any(|it| it != bound && beside(it)) && self.scope_of(*bound) != self.scope_of(candidate)
            })
        };
        let keeps =
            |(candidate, leans): &(FigureId, Vec<Lean>)| !guesses(leans) || (!has_sure && !is_taken(*candidate));
        candidates.into_iter().filter(keeps).collect()
    }

    /// The figures whose measure fits and that may agree with what is bound, in canonical order.
    fn candidates(&self, binding: &Binding, so_far: &Bindings<'_>) -> Vec<FigureId> {
        let measure = binding.measure.as_ref().map(|measure| &measure.value);
        let named = match measure {
            Some(Pattern::Exact(name)) => vec![name.as_str()],
            Some(Pattern::FieldOf { .. }) => {
                let Some((name, beside)) = measure.and_then(|pattern| self.field(pattern, so_far)) else {
                    return Vec::new();
                };
                return self.named_figures(&name, beside, binding, so_far);
            }
            Some(Pattern::Glob(glob)) => {
                self.by_measure.keys().filter(|name| matches_glob(glob, name)).map(String::as_str).collect()
            }
            None => self.by_measure.keys().map(String::as_str).collect(),
        };
        named.into_iter().flat_map(|name| self.figures_of(name, binding, so_far)).collect()
    }

    /// The figures of a measure that may agree with what is bound.
    fn figures_of(&self, measure: &str, binding: &Binding, so_far: &Bindings<'_>) -> Vec<FigureId> {
        let Some(beside) = so_far.figures.values().find_map(|bound| bound.first().copied()) else {
            return self.by_measure.get(measure).cloned().unwrap_or_default();
        };
        let joined = |dimension: &str| so_far.relation.joins(dimension) && !binding.scope.contains_key(dimension);
        let timed = so_far.relation.joins(WHEN) && binding.when.is_none();
        let time = timed.then(|| &self.problem[beside].time);
        let mut found = self.figures_like(measure, &Wanted { time, beside, joined: &joined });
        // A level shares its time with whatever names the same moment in other words.
        if let (true, Some(shared)) = (timed, self.figure_times.get(beside.index()).filter(|it| Some(*it) != time)) {
            found.extend(self.figures_like(measure, &Wanted { time: Some(shared), beside, joined: &joined }));
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    /// The figures of a measure, or the one of the claim of that id.
    fn named_figures(&self, name: &str, beside: FigureId, binding: &Binding, so_far: &Bindings<'_>) -> Vec<FigureId> {
        match self.figure_by_id(name, beside) {
            Some(figure) => vec![figure],
            None => self.figures_of(name, binding, so_far),
        }
    }

    /// The figure of the claim of an id. A claim that is named like its own measure is meant as the measure.
    fn figure_by_id(&self, name: &str, beside: FigureId) -> Option<FigureId> {
        let article = self.article_of(beside)?;
        let figure = self.claim_named(name, article).and_then(|claim| self.figure_of(claim))?;
        (self.problem[figure].measure != name).then_some(figure)
    }

    /// What a field of a bound name says, and the figure that says it.
    pub(super) fn field(&self, pattern: &Pattern, so_far: &Bindings<'_>) -> Option<(String, FigureId)> {
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
            answers if ANSWER_FIELDS.contains(&answers) => {
                let declared = self.claims.vocabulary.measures.get(&found.measure);
                declared.and_then(|measure| measure.answers.field(answers))
            }
            dimension => self.scope_of(figure).0.get(dimension).map(|member| super::scopes::spelled(member).to_owned()),
        };
        said.map(|said| (said, figure))
    }

    /// Whether a figure fits a binding and agrees with what is bound; if so, what that leans on.
    fn agrees(&self, binding: &Binding, candidate: FigureId, so_far: &Bindings<'_>) -> Option<Vec<Lean>> {
        let figure = &self.problem[candidate];
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
            let member = self.scope_of(candidate).0.get(dimension).map(super::scopes::spelled)?;
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
            let group = self.group(article, Some(&read));
            if figure.time != Time::At(self.chosen_when(&read, article))
                || self.figure_groups.get(candidate.index()) != Some(&group)
            {
                return None;
            }
        }
        let mut leans = Vec::new();
        if self.is_named(binding, candidate, so_far) {
            return Some(leans);
        }
        for bound in so_far.figures.values().filter_map(|bound| bound.first()) {
            leans.extend(self.agree(*bound, candidate, binding, so_far.relation)?);
        }
        Some(leans)
    }

    /// Whether a binding names a figure by the id of its claim.
    fn is_named(&self, binding: &Binding, figure: FigureId, so_far: &Bindings<'_>) -> bool {
        match binding.measure.as_ref().map(|measure| &measure.value) {
            Some(pattern @ Pattern::FieldOf { .. }) => self
                .field(pattern, so_far)
                .is_some_and(|(name, beside)| self.figure_by_id(&name, beside) == Some(figure)),
            _ => false,
        }
    }

    /// Whether two figures agree in all that a relation joins on; if so, what that leans on.
    fn agree(&self, bound: FigureId, other: FigureId, binding: &Binding, relation: &Relation) -> Option<Vec<Lean>> {
        if self.figure_groups.get(bound.index()) != self.figure_groups.get(other.index()) {
            return None;
        }
        let (one, two) = (&self.problem[bound], &self.problem[other]);
        let joined = |dimension: &str| relation.joins(dimension);
        let states = |figure: FigureId| self.claims_of(figure).first().copied();
        let mut leans = Vec::new();
        let lean = |leans: &mut Vec<Lean>, dimension: &str, claim: Option<ClaimId>, member: &str| {
            let claim = claim?;
            leans.push(Lean::Unspecified { dimension: dimension.to_owned(), claim, member: member.to_owned() });
            Some(())
        };
        if joined(WHEN) && binding.when.is_none() {
            let shared = |figure: FigureId| self.figure_times.get(figure.index());
            match (&one.time, &two.time) {
                (Time::At(first), Time::At(second)) if first == second || shared(bound) == shared(other) => {
                    match (self.owner_of(bound)?, self.owner_of(other)?) {
                        // Two times that are described alike need not be the same.
                        (Owner::Claim(first), Owner::Claim(second)) => {
                            let from_unsaid = |figure: &Figure| self.counts_from_unsaid(&figure.measure, &figure.time);
                            if self.claims[*first].article != self.claims[*second].article
                                || from_unsaid(one) != from_unsaid(two)
                            {
                                return None;
                            }
                            lean(&mut leans, WHEN, states(other), "")?;
                        }
                        // Even those of one source count from an origin of their own for each measure and scope.
                        (Owner::Source(..), Owner::Source(..)) => {
                            let claims = [bound, other].into_iter().flat_map(|figure| self.claims_of(figure));
                            leans.push(Lean::Origin { claims: claims.collect() });
                        }
                        (one, two) if one == two => {}
                        _ => return None,
                    }
                }
                (Time::At(_), Time::At(_)) => return None,
                (Time::Unsaid, _) => lean(&mut leans, WHEN, states(bound), "")?,
                (_, Time::Unsaid) => lean(&mut leans, WHEN, states(other), "")?,
            }
        }
        let (one, two) = (self.scope_of(bound), self.scope_of(other));
        let says_more = |one: &Scope, other: &Scope| {
            let said = |it: &&String| *it != EVENT && joined(it) && !binding.scope.contains_key(*it);
            one.0.keys().filter(said).any(|it| !other.0.contains_key(it))
        };
        if says_more(one, two) && says_more(two, one) {
            return None; // two guesses at once are no agreement
        }
        let dimensions: BTreeSet<&String> = one.0.keys().chain(two.0.keys()).collect();
        for dimension in dimensions {
            if !joined(dimension) || binding.scope.contains_key(dimension) {
                continue;
            }
            match (one.0.get(dimension), two.0.get(dimension)) {
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

    /// The scope of a figure, where assumptions put it.
    pub(super) fn scope_of(&self, figure: FigureId) -> &Scope {
        self.placed.get(figure.index()).map_or(&self.problem[figure].scope, |(scope, _)| scope)
    }

    /// What a figure must share with the others of its set, as far as it is said.
    fn alike(&self, figure: FigureId, binding: &Binding, relation: &Relation) -> Alike {
        let mut scope = self.scope_of(figure).clone();
        scope.0.retain(|dimension, _| relation.joins(dimension) && !binding.scope.contains_key(dimension));
        let time = self.figure_times.get(figure.index()).filter(|time| **time != Time::Unsaid);
        let timed = relation.joins(WHEN) && binding.when.is_none();
        Alike {
            group: self.figure_groups.get(figure.index()).cloned(),
            own: self.owner_of(figure).cloned().filter(|_| timed),
            time: time.cloned().filter(|_| timed),
            scope,
        }
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
        let placed = self.placed_by(relation, &bindings);
        let leans: BTreeSet<Lean> = bindings.leans.into_iter().chain(unsaid).collect();
        let mut leans: Vec<LeanId> = leans.into_iter().map(|lean| self.lean(lean)).collect();
        leans.extend(self.leans_of_places(&placed));
        let mut named = BTreeSet::new();
        leans.retain(|lean| named.insert(*lean));
        let heading = Heading {
            rule: rule.id.value.clone(),
            severity,
            words: rule.says.clone().unwrap_or_else(|| self.said(relation, &bindings.figures)),
            because: rule.about.clone().filter(|_| !rule.standard),
            leans,
        };
        self.state(heading, formula, variables);
    }

    /// The figures of which it matters where they are placed: those that are compared with others. A figure that a claim's
    /// id names is meant wherever it is, and is compared only with what is bound after it otherwise.
    fn placed_by(&self, relation: &Relation, bindings: &Bindings<'_>) -> Vec<FigureId> {
        let all = || bindings.figures.values().flatten().copied();
        if !relation.joins_places() {
            return Vec::new();
        }
        if relation.reads_places() {
            return all().collect();
        }
        let given = || relation.given.iter().enumerate();
        let in_order = given().filter(|(_, it)| !it.set).chain(given().filter(|(_, it)| it.set));
        let (mut placed, mut before) = (BTreeSet::new(), Vec::new());
        for (place, binding) in in_order {
            let figures = bindings.figures.get(&place).map(Vec::as_slice).unwrap_or_default();
            if figures.len() > 1 || !figures.iter().all(|figure| self.is_named(binding, *figure, bindings)) {
                let several = figures.len() > 1 || !before.is_empty();
                placed.extend(before.iter().chain(figures).copied().filter(|_| several));
            }
            before.extend(figures.iter().copied());
        }
        placed.into_iter().collect()
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

impl Relation {
    /// Whether the figures that are bound must agree in a dimension, or in `when`.
    fn joins(&self, dimension: &str) -> bool {
        self.join.as_ref().is_none_or(|listed| listed.iter().any(|listed| listed.value == dimension))
    }

    /// Whether it matters where figures are placed.
    fn joins_places(&self) -> bool {
        self.join.as_ref().is_none_or(|listed| listed.iter().any(|listed| listed.value != WHEN))
            || self.given.iter().any(|binding| !binding.scope.is_empty())
    }

    /// Whether a pattern, or an expression, reads where figures are placed.
    fn reads_places(&self) -> bool {
        let reads =
            |root: &Expr| root.walk().any(|expr| matches!(&expr.kind, ExprKind::Name(it) if !it.fields.is_empty()));
        self.given.iter().any(|binding| !binding.scope.is_empty())
            || reads(&self.require.root)
            || self.condition.as_ref().is_some_and(|condition| reads(&condition.root))
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
        ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Aggregate(_, parts) | ExprKind::Answers(_, parts) => {
            each(parts)
        }
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
        Formula::Compare(..) | Formula::Answers(_) | Formula::Unread => None,
    }
}
