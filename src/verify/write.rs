//! Writing down a conflict and its proof, so that it can be redone without the solver's indices.

use super::certificate::{
    Among, Because, Bound, Certificate, Demonstration, Leaning, Place, Point, Quantified, Readings, Said, Source, Step,
    Unreported, What, Which,
};
use super::expression::Meant;
use super::facts::Facts;
use super::index::Index;
use super::instance;
use super::joint;
use super::notation::notation;
use super::words::{written, written_day, written_scope, written_unit};
use crate::claim::{ArticleId, ClaimId, Claims, Kind, Scope};
use crate::number::Interval;
use crate::problem::{
    self, Conflict, Constraint, ConstraintId, CurveId, Domain, Form, Formula, InstantId, InstantKind, Lean, NodeId,
    Problem, Proof, Says, Side, StatementId, StepReason, Term, Time, UnreportedId, Variable, Why,
};
use crate::rule::{Kind as RuleKind, Relation, Rules};
use std::collections::{BTreeMap, BTreeSet};

/// How many ways to bind a rule's names are tried when its instance is written down.
const MOST_WAYS: usize = 20_000;

/// What all certificates and the witness of a run are written from.
pub struct Written<'w> {
    problem: &'w Problem,
    claims: &'w Claims,
    rules: &'w Rules,
    index: Index<'w>,
    /// An article with claims on each curve, or that meet those on it.
    near: BTreeMap<CurveId, ArticleId>,
}

impl<'w> Written<'w> {
    /// What was made of claims by rules.
    pub fn from(problem: &'w Problem, claims: &'w Claims, rules: &'w Rules) -> Self {
        let mut near = BTreeMap::new();
        for difference in &problem.differences {
            if let (problem::Node::Total(curve, _), Some(article)) = (problem[difference.from], difference.article) {
                near.entry(curve).or_insert(article);
            }
        }
        Self { problem, claims, rules, index: Index::of(claims, rules), near }
    }

    pub(super) fn facts(&self) -> Facts<'_> {
        Facts { claims: self.claims, rules: self.rules, index: &self.index }
    }

    pub(super) fn writer<'s>(&'s self, conflict: &'s Conflict) -> Writer<'s> {
        Writer { facts: self.facts(), problem: self.problem, near: &self.near, conflict }
    }
}

impl Certificate {
    /// Writes down a conflict and its proof. What was found on soft readings and holds on hard ones is written down so.
    pub fn of(fingerprint: &str, conflict: &Conflict, from: &Written<'_>) -> Self {
        if conflict.soft {
            let hard = Conflict { soft: false, ..conflict.clone() };
            let certificate = Self::on(fingerprint, &hard, from);
            if super::check::redo(from.facts(), &certificate).is_ok() {
                return certificate;
            }
        }
        Self::on(fingerprint, conflict, from)
    }

    fn on(fingerprint: &str, conflict: &Conflict, from: &Written<'_>) -> Self {
        let (writer, problem) = (from.writer(conflict), from.problem);
        let rules: BTreeSet<String> =
            conflict.constraints.iter().map(|constraint| problem[*constraint].rule.clone()).collect();
        let leans: BTreeSet<Leaning> = conflict.leans.iter().map(|lean| writer.lean(&problem[*lean])).collect();
        let mut said = conflict.statements.clone();
        said.sort_by_key(|statement| (problem[*statement].claim, problem[*statement].mention));
        Self {
            fingerprint: fingerprint.to_owned(),
            readings: if conflict.soft { Readings::Soft } else { Readings::Hard },
            rules: rules.into_iter().collect(),
            statements: said.iter().map(|statement| writer.said(*statement)).collect(),
            leans: leans.into_iter().collect(),
            proof: match &conflict.proof {
                Proof::Cycle(steps) => Demonstration::Cycle(writer.cycle(steps)),
                Proof::Apart => Demonstration::Apart(said.iter().map(|said| writer.says(*said)).collect()),
                Proof::Impossible(id) => writer.impossible(*id),
                Proof::Joint(proof) => Demonstration::Joint(Box::new(joint::written(&writer, proof))),
            },
        }
    }
}

pub(super) struct Writer<'w> {
    pub facts: Facts<'w>,
    pub problem: &'w Problem,
    near: &'w BTreeMap<CurveId, ArticleId>,
    pub conflict: &'w Conflict,
}

impl<'w> Writer<'w> {
    pub fn id(&self, claim: ClaimId) -> String {
        self.facts.claims[claim].id.clone()
    }

    fn lean(&self, lean: &Lean) -> Leaning {
        match lean {
            Lean::Assumed(id) => Leaning::Assumed(id.clone()),
            Lean::Unspecified { dimension, member, .. } => {
                Leaning::Unspecified { dimension: dimension.clone(), member: member.clone() }
            }
            Lean::Undeclared { measure } => Leaning::Undeclared(measure.clone()),
            Lean::Origin { .. } => Leaning::Origin,
            Lean::Convention { .. } => Leaning::Convention,
        }
    }

    pub fn said(&self, statement: StatementId) -> Said {
        let statement = &self.problem[statement];
        Said { claim: self.id(statement.claim), mention: statement.mention.saturating_add(1) }
    }

    pub fn bound(&self, statement: StatementId, side: Side) -> Bound {
        let Said { claim, mention } = self.said(statement);
        Bound { claim, mention, side }
    }

    fn says(&self, statement: StatementId) -> String {
        let statement = &self.problem[statement];
        match &statement.says {
            Says::Value(figure, reading) => {
                let values = if self.conflict.soft { reading.soft() } else { reading.hard() };
                let whole = values.integers().filter(|_| self.problem[*figure].integer);
                whole.as_ref().unwrap_or(values).to_string()
            }
            Says::Date(days) => {
                let days = days.read(self.conflict.soft).hull();
                format!("{}/{}", days.earliest, days.latest)
            }
            Says::Text(text) => text.clone(),
        }
    }

    /// The steps of a cycle, from its least node.
    fn cycle(&self, steps: &[problem::Step]) -> Vec<Step> {
        let mut written: Vec<Step> = steps
            .iter()
            .map(|step| Step {
                from: self.node(step.from),
                to: self.node(step.to),
                at_most: written(&step.at_most),
                strict: step.strict,
                why: self.because(step),
            })
            .collect();
        let least = written.iter().enumerate().min_by(|one, other| one.1.from.cmp(&other.1.from));
        let at = least.map_or(0, |(at, _)| at);
        written.rotate_left(at);
        written
    }

    pub fn because(&self, step: &problem::Step) -> Because {
        let StepReason::Difference(id) = step.reason else { return Because::Order };
        let difference = &self.problem[id];
        let rule = difference.constraint.map(|constraint| self.problem[constraint].rule.clone()).unwrap_or_default();
        match &difference.why {
            Why::Stated(statement, side) => Because::Stated(self.bound(*statement, *side)),
            Why::Within(statement) => Because::Within(self.said(*statement)),
            Why::SameScope(statement, side) => Because::SameScope(self.bound(*statement, *side)),
            Why::Dated(statement, side) => Because::Dated(self.bound(*statement, *side)),
            Why::Ordered(_) => {
                let comparison = difference.constraint.map_or(0, |constraint| self.comparison(step, constraint));
                Because::Ordered { by: rule, comparison }
            }
            Why::SameOrigin => Because::SameOrigin,
            Why::BegunBefore => Because::BegunBefore,
            Why::Stage => Because::Stage(rule),
            Why::Opening => Because::Opening(rule),
        }
    }

    /// Which comparison of its check a step between two days comes from, counted from 1; 0 if none does.
    fn comparison(&self, step: &problem::Step, constraint: ConstraintId) -> usize {
        let rule = &self.problem[constraint].rule;
        let (from, to) = (self.node(step.from), self.node(step.to));
        let all = super::expression::required(self.facts, rule).map_or(0, |all| all.len());
        let gives = |part: &usize| {
            super::cycle::order_of(self.facts, rule, *part, &to)
                .is_ok_and(|found| (found.0, found.1, found.2) == (from.clone(), to.clone(), step.at_most.clone()))
        };
        (1..=all).find(gives).unwrap_or(0)
    }

    fn node(&self, node: NodeId) -> Place {
        match self.problem[node] {
            problem::Node::Total(curve, instant) => {
                let found = &self.problem[curve];
                Place::Total {
                    measure: found.measure.clone(),
                    unit: written_unit(&found.unit),
                    scope: written_scope(&found.scope),
                    among: self.among(curve),
                    at: self.point(instant),
                }
            }
            problem::Node::Event(claim) => Place::Event(self.id(claim)),
            problem::Node::Epoch => Place::Epoch,
            problem::Node::Nothing => Place::Nothing,
        }
    }

    /// Whose claims meet on a curve: those that meet the claims of anything that is said on it.
    pub fn among(&self, curve: CurveId) -> Among {
        let on_curve = |step: &&problem::Step| {
            [step.from, step.to]
                .iter()
                .any(|node| matches!(self.problem[*node], problem::Node::Total(on, _) if on == curve))
        };
        let near = match &self.conflict.proof {
            Proof::Cycle(steps) => steps.iter().filter(on_curve).find_map(|step| match step.reason {
                StepReason::Difference(id) => self.problem[id].article,
                StepReason::Order(_) => None,
            }),
            _ => None,
        };
        let article = near.or_else(|| self.near.get(&curve).copied()).unwrap_or(ArticleId::at(0));
        self.met_by(article, self.problem[curve].fiscal)
    }

    fn met_by(&self, article: ArticleId, fiscal: bool) -> Among {
        let all = self.facts.met_by(article);
        if fiscal { Among::Fiscal(Box::new(all)) } else { all }
    }

    pub fn point(&self, instant: InstantId) -> Point {
        let found = &self.problem[instant];
        let day = |at: Option<crate::calendar::Instant>| at.map(written_day).unwrap_or_default();
        let (earliest, latest) = (day(found.earliest), day(found.latest));
        match &found.kind {
            InstantKind::Fixed => Point::Day(earliest),
            InstantKind::Now(article) => Point::Now { article: self.facts.article(*article), earliest, latest },
            InstantKind::Vague(claim, is_end) => {
                let which = if *is_end { Which::End } else { Which::Start };
                Point::Vague { claim: self.id(*claim), which, earliest, latest }
            }
            InstantKind::Origin { article, source, scope, .. } => {
                let (article, scope) = (self.facts.article(*article), written_scope(scope));
                Point::Origin { article, source: source.clone(), scope }
            }
        }
    }

    /// A figure's first claim: the first that gives it a value, or else the first that is about it.
    pub fn first(&self, figure: problem::FigureId) -> String {
        let found = &self.problem[figure];
        let stated = found.statements.iter().map(|statement| self.problem[*statement].claim).min();
        if let Some(claim) = stated {
            return self.id(claim);
        }
        let about = |claim: &&crate::claim::Claim| match &claim.kind {
            Kind::Figure(stated) => {
                let time = self.facts.time(stated).ok();
                stated.measure.value == found.measure
                    && stated.scope == found.scope
                    && stated.unit == found.unit
                    && stated.when.as_ref().is_some_and(|when| when.value.is_fiscal()) == found.fiscal
                    && time
                        == Some(match found.time {
                            Time::Unsaid => None,
                            Time::At(when) => Some(when),
                        })
            }
            _ => false,
        };
        self.facts.claims.claims.iter().find(about).map(|claim| claim.id.clone()).unwrap_or_default()
    }

    pub fn unreported(&self, id: UnreportedId) -> Unreported {
        let found = &self.problem[id];
        Unreported {
            measure: found.measure.clone(),
            unit: found.unit.as_ref().map_or_else(String::new, written_unit),
            scope: written_scope(&found.scope),
            time: found.time.notation(),
            among: self.met_by(found.article, found.fiscal),
        }
    }

    fn meant(&self, variables: &[Variable], domains: &[Domain]) -> Vec<Meant> {
        let nothing = || Domain { interval: Interval::everything(), integer: false };
        variables
            .iter()
            .zip(domains.iter().cloned().map(Some).chain(std::iter::repeat(None)))
            .map(|(variable, domain)| match variable {
                Variable::Figure(figure) => Meant::Figure(self.first(*figure)),
                Variable::Event(claim) => Meant::Event(self.id(*claim)),
                Variable::Unreported(id) => Meant::Unreported(self.unreported(*id)),
                Variable::Unknown => Meant::Unknown(domain.unwrap_or_else(nothing)),
            })
            .collect()
    }

    fn impossible(&self, id: ConstraintId) -> Demonstration {
        let constraint = &self.problem[id];
        let Form::Relation { formula, variables, domains } = &constraint.form else {
            return Demonstration::Impossible {
                source: Source::Unknown,
                variables: Vec::new(),
                formula: String::new(),
            };
        };
        let meant = self.meant(variables, domains);
        let (formula_text, order) = notation(formula);
        let statements: Vec<Said> = self.conflict.statements.iter().map(|statement| self.said(*statement)).collect();
        let readings = if self.conflict.soft { Readings::Soft } else { Readings::Hard };
        let variables = quantified(self.facts, readings, &statements, &meant, &order).unwrap_or_default();
        let source = self.source(constraint, formula, &meant).unwrap_or(Source::Unknown);
        Demonstration::Impossible { source, variables, formula: formula_text }
    }

    /// From what a relation's formula follows, and its variables in the order in which it names them.
    pub fn formulated(&self, id: ConstraintId) -> (joint::Formulated, Vec<usize>) {
        let constraint = &self.problem[id];
        let rule = constraint.rule.clone();
        let Form::Relation { formula, variables, domains } = &constraint.form else {
            return (joint::Formulated { rule, source: Source::Unknown }, Vec::new());
        };
        let meant = self.meant(variables, domains);
        let source = self.source(constraint, formula, &meant).unwrap_or(Source::Unknown);
        (joint::Formulated { rule, source }, notation(formula).1)
    }

    /// From what a constraint follows: the source that gives the same formula over the same things.
    fn source(&self, constraint: &Constraint, formula: &Formula, meant: &[Meant]) -> Option<Source> {
        let rule = &constraint.rule;
        let wanted = named(formula, meant);
        let gives = |source: &Source| {
            instance::redo(self.facts, rule, source).is_ok_and(|found| named(&found.formula, &found.meant) == wanted)
        };
        let parts = super::expression::required(self.facts, rule).map_or(0, |all| all.len());
        if let Some(found) = (1..=parts).map(Source::Requirement).find(gives) {
            return Some(found);
        }
        let mut tried: Vec<Source> = Vec::new();
        match self.facts.rule(rule).ok()?.map(|rule| &rule.kind) {
            Some(RuleKind::Relation(relation)) => return self.bindings(relation, meant, &gives),
            Some(RuleKind::Balance(_)) => tried.extend(self.balance(formula, meant)),
            _ => {}
        }
        if let Some(Meant::Figure(first)) = meant.first() {
            let claim = self.facts.claim(first).ok()?;
            let same = self.facts.stating(claim).into_iter();
            tried.extend(same.map(|claim| Source::Derived(claim.id.clone())));
        }
        tried.extend(self.sums(formula, meant));
        tried.into_iter().find(gives)
    }

    /// A binding of a relation's names to the figures of a formula that gives the formula.
    fn bindings(&self, relation: &Relation, meant: &[Meant], gives: &dyn Fn(&Source) -> bool) -> Option<Source> {
        let figures: Vec<&String> = meant
            .iter()
            .filter_map(|meant| match meant {
                Meant::Figure(claim) => Some(claim),
                _ => None,
            })
            .collect();
        let mut open: Vec<BTreeMap<String, Vec<String>>> = vec![BTreeMap::new()];
        for given in &relation.given {
            let mut longer = Vec::new();
            for bound in &open {
                let free: Vec<String> = figures
                    .iter()
                    .filter(|figure| !bound.values().flatten().any(|taken| taken == **figure))
                    .map(|figure| (*figure).clone())
                    .collect();
                let ways: Vec<Vec<String>> =
                    if given.set { vec![free] } else { free.into_iter().map(|figure| vec![figure]).collect() };
                for way in ways.into_iter().take(MOST_WAYS.saturating_sub(longer.len())) {
                    let mut bound = bound.clone();
                    bound.insert(given.name.value.clone(), way);
                    longer.push(bound);
                }
            }
            open = longer;
        }
        open.into_iter().map(Source::Relation).find(gives)
    }

    fn balance(&self, formula: &Formula, meant: &[Meant]) -> Option<Source> {
        let Formula::Compare(Term::Sum(rise), _, Term::Sum(flow)) = formula else { return None };
        let [after, Term::Negative(before)] = rise.as_slice() else { return None };
        let flows = flow.iter().map(|term| match term {
            Term::Negative(of) => figure(of, meant),
            of => figure(of, meant),
        });
        let flows = flows.collect();
        Some(Source::Balance { before: figure(before, meant)?, after: figure(after, meant)?, flows })
    }

    /// The sources that a comparison of a sum with a whole may have.
    fn sums(&self, formula: &Formula, meant: &[Meant]) -> Vec<Source> {
        let Formula::Compare(left, _, right) = formula else { return Vec::new() };
        match (left, right) {
            (Term::Sum(terms), Term::Variable(_)) => {
                let Some(whole) = figure(right, meant) else { return Vec::new() };
                let parts: Vec<String> = terms.iter().filter_map(|term| figure(term, meant)).collect();
                // Where an assumption puts a part, its own scope does not say.
                let stated = parts.iter().filter_map(|part| self.facts.figure(part).ok());
                let scopes: Vec<Scope> = stated.map(|(claim, figure)| self.facts.placed(claim, figure).0).collect();
                let dimensions: BTreeSet<String> = scopes.into_iter().flat_map(|scope| scope.0.into_keys()).collect();
                let source =
                    |dimension: String| Source::Parts { dimension, whole: whole.clone(), parts: parts.clone() };
                dimensions.into_iter().map(source).collect()
            }
            (Term::Variable(_), Term::Variable(_)) => {
                let Some((left, right)) = figure(left, meant).zip(figure(right, meant)) else { return Vec::new() };
                let part = Source::Part { part: left.clone(), whole: right.clone() };
                vec![part, Source::Same { one: left, other: right }]
            }
            (Term::Variable(_), Term::Sum(terms)) => {
                let parts: Option<Vec<String>> = terms.iter().map(|term| figure(term, meant)).collect();
                let source = figure(left, meant).zip(parts);
                source.map(|(whole, parts)| Source::Tiles { whole, parts }).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

fn figure(term: &Term, meant: &[Meant]) -> Option<String> {
    match term {
        Term::Variable(place) => match meant.get(*place)? {
            Meant::Figure(claim) => Some(claim.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// A formula in notation with what its variables stand for, in their order.
pub(super) fn named(formula: &Formula, meant: &[Meant]) -> (String, Vec<Option<Meant>>) {
    let (text, order) = notation(formula);
    (text, order.iter().map(|place| meant.get(*place).cloned()).collect())
}

/// What a variable may be, by the mentions that count: what they have in common, or, where they clash, all that any of
/// them allows.
pub(super) fn domain(
    facts: Facts<'_>,
    readings: Readings,
    statements: &[Said],
    meant: &Meant,
) -> Result<Domain, String> {
    match meant {
        Meant::Unknown(domain) => Ok(domain.clone()),
        Meant::Unreported(found) => Ok(facts.unreported(&found.measure)),
        Meant::Event(id) => {
            let mut interval = Interval::everything();
            if statements.iter().any(|said| said.claim == *id) {
                let days = facts.days(facts.claim(id)?, readings)?;
                let (earliest, latest) = (days.earliest.0, days.latest.0);
                interval = Interval::closed(earliest.into(), latest.into()).unwrap_or(interval);
            }
            Ok(Domain { interval, integer: true })
        }
        Meant::Figure(id) => {
            let (claim, figure) = facts.figure(id)?;
            let measure = &figure.measure.value;
            let mut all = Vec::new();
            for said in statements {
                let Ok((other, stated)) = facts.figure(&said.claim) else { continue };
                if facts.one_figure(claim, other) {
                    all.push(facts.values(stated, said.mention, readings)?);
                }
            }
            let range = facts.range(measure);
            let common = all.iter().try_fold(range.clone(), |common, values| common.intersect(values));
            let interval = common.or_else(|| all.into_iter().reduce(|one, other| one.hull(&other))).unwrap_or(range);
            Ok(Domain { interval, integer: facts.integer(measure) })
        }
    }
}

/// Variables as they stand in a certificate, in the order in which the formula names them.
pub(super) fn quantified(
    facts: Facts<'_>,
    readings: Readings,
    statements: &[Said],
    meant: &[Meant],
    order: &[usize],
) -> Result<Vec<Quantified>, String> {
    order
        .iter()
        .filter_map(|place| meant.get(*place))
        .map(|meant| {
            let domain = domain(facts, readings, statements, meant)?;
            let what = match meant {
                Meant::Figure(claim) => What::Figure(claim.clone()),
                Meant::Event(claim) => What::Event(claim.clone()),
                Meant::Unreported(found) => What::Unreported(found.clone()),
                Meant::Unknown(_) => What::Unknown,
            };
            Ok(Quantified { what, values: domain.interval.to_string(), integer: domain.integer })
        })
        .collect()
}
