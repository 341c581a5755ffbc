//! The editor's own relations, derived figures, events and texts.
//!
//! Orders of events become edges of the graph, so that chains of them are decided together. Every other comparison is
//! a relation by itself; a chain `a < b < c` gives one for each of its comparisons.

use super::assumed::conjuncts;
use super::terms::{Binder, Bound, Variables, comparisons, formula, term};
use super::{Grounder, Group, WHEN};
use crate::calendar::{DaySpan, Moment, MomentKind, When, read_when};
use crate::claim::{ArticleId, ClaimId, Kind, Member, Scope};
use crate::expr::{Comparison, Expr, ExprKind, Expression, Name};
use crate::number::{Interval, Rational, Unit};
use crate::problem::{
    AtMost, Constraint, ConstraintId, Difference, DifferenceId, Domain, FigureId, Form, Formula, Lean, LeanId, Node,
    NodeId, Says, Side, StatementId, Term, Time, Unreported, Variable, Why,
};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// What a constraint carries besides its formula.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub rule: String,
    pub severity: Severity,
    pub words: String,
    pub because: Option<String>,
    pub leans: Vec<LeanId>,
}

impl Grounder<'_> {
    /// The claim of a name: an id of the article itself, or `article/name`. Of a claim that was superseded, the newer.
    pub(super) fn claim_named(&self, name: &str, article: ArticleId) -> Option<ClaimId> {
        let own = format!("{}/{name}", self.claims[article].id);
        self.names.get(own.as_str()).or_else(|| self.names.get(name)).map(|claim| self.claims.standing(*claim))
    }

    /// The days of events, as edges from the epoch.
    pub(super) fn events(&mut self) {
        for at in 0..self.problem.statements.len() {
            let statement = StatementId::at(at);
            let found = self.problem[statement].clone();
            let Says::Date(days) = found.says else { continue };
            let (event, epoch) = (self.node(Node::Event(found.claim)), self.node(Node::Epoch));
            for side in [Side::Least, Side::Most] {
                let (from, to) = if side == Side::Most { (epoch, event) } else { (event, epoch) };
                let bound = |soft| {
                    let days = days.read(soft).hull();
                    let day = if side == Side::Most { days.latest.0 } else { 0_i64.saturating_sub(days.earliest.0) };
                    Some(AtMost { value: Rational::from(day), strict: false })
                };
                self.relate(Difference {
                    from,
                    to,
                    hard: bound(false),
                    soft: bound(true),
                    why: Why::Dated(statement, side),
                    constraint: None,
                    leans: Vec::new(),
                    article: Some(found.article),
                });
            }
        }
    }

    /// Texts about the same thing say the same.
    pub(super) fn texts(&mut self) {
        let mut about: BTreeMap<(Group, String), Vec<StatementId>> = BTreeMap::new();
        for (at, statement) in self.problem.statements.iter().enumerate() {
            if let Kind::Text(text) = &self.claims[statement.claim].kind {
                let key = (self.group(statement.article), text.about.value.clone());
                about.entry(key).or_default().push(StatementId::at(at));
            }
        }
        let Some(severity) = self.severity("same-figure") else { return };
        for ((_, about), statements) in about {
            if statements.len() < 2 {
                continue;
            }
            let claims: BTreeSet<ClaimId> = statements.iter().map(|statement| self.problem[*statement].claim).collect();
            let claims: Vec<ClaimId> = claims.into_iter().collect();
            let across = self.across(&claims);
            self.constrain(Constraint {
                rule: "same-figure".into(),
                severity,
                words: format!("all that is said of {about} is the same"),
                because: None,
                form: Form::SameText(statements),
                claims,
                leans: Vec::new(),
                across,
            });
        }
    }

    /// Figures that say how they are derived from others.
    pub(super) fn derived(&mut self) {
        let claims = self.claims;
        for (at, claim) in claims.claims.iter().enumerate() {
            let id = ClaimId::at(at);
            let Kind::Figure(stated) = &claim.kind else { continue };
            let (Some(is), Some(figure)) = (&stated.is, self.figure_of(id)) else { continue };
            let rule = if matches!(is.root.kind, ExprKind::Change(..)) { "change" } else { "derived" };
            let Some(severity) = self.severity(rule) else { continue };
            let mut binder = ByClaim::new(self, claim.article, Some(figure));
            let place = binder.figure(figure);
            let mut ways = Vec::new();
            for unit in self.units_looked_up(&is.root, claim.article) {
                binder.unit = unit;
                let found = term(&is.root, &mut binder);
                ways.extend(found.map(|found| Formula::Compare(Term::Variable(place), Comparison::Equal, found)));
            }
            let variables = binder.variables;
            let formula = match (ways.pop(), ways.is_empty()) {
                (Some(only), true) => only,
                (Some(last), false) => {
                    ways.push(last);
                    Formula::Any(ways)
                }
                (None, _) => continue,
            };
            let heading = Heading {
                rule: rule.into(),
                severity,
                words: format!("{} == {}", claim.name, is.text),
                because: None,
                leans: Vec::new(),
            };
            self.state(heading, formula, variables);
        }
    }

    /// The units in which an expression may look figures up: all its look-ups are of one unit. Where a measure is given
    /// in several, such as two currencies, which one is meant is not said, and any may be. `None` leaves it open.
    fn units_looked_up(&self, expr: &Expr, article: ArticleId) -> Vec<Option<Unit>> {
        let group = self.group(article);
        let mut units: BTreeSet<Unit> = BTreeSet::new();
        let looked_up = expr.walk().filter_map(|expr| match &expr.kind {
            ExprKind::Lookup { measure, .. } => Some(measure),
            _ => None,
        });
        for measure in looked_up {
            units.extend(self.units.get(&(group.clone(), measure.clone())).into_iter().flatten().cloned());
        }
        if units.len() < 2 { vec![None] } else { units.into_iter().map(Some).collect() }
    }

    /// The checks of all articles, and assumptions that relate figures.
    pub(super) fn checks(&mut self) {
        let claims = self.claims;
        for check in &claims.checks {
            let heading = Heading {
                rule: check.id.clone(),
                severity: check.severity,
                words: check.require.text.clone(),
                because: check.because.clone(),
                leans: Vec::new(),
            };
            self.require(&heading, check.article, &check.require);
        }
        for assume in &claims.assumes {
            let lean = self.lean(Lean::Assumed(assume.id.clone()));
            let heading = Heading {
                rule: assume.id.clone(),
                severity: Severity::Error,
                words: assume.that.text.clone(),
                because: assume.because.clone(),
                leans: vec![lean],
            };
            self.require(&heading, assume.article, &assume.that);
        }
    }

    fn require(&mut self, heading: &Heading, article: ArticleId, expression: &Expression) {
        let names = expression.root.walk().filter_map(|expr| match &expr.kind {
            ExprKind::Name(name) => self.claim_named(&name.base, article),
            _ => None,
        });
        let kept: Option<BTreeSet<ClaimId>> = Some(names.collect());
        for part in conjuncts(&expression.root) {
            if !heading.leans.is_empty() && self.assumed_member(part, article).is_some() {
                continue; // it places a claim in a scope: see `nesting`
            }
            let mut binder = ByClaim::new(self, article, None);
            binder.kept.clone_from(&kept);
            let parts = match &part.kind {
                ExprKind::Compare(..) => comparisons(part, &mut binder),
                _ => formula(part, &mut binder).map(|formula| vec![formula]),
            };
            let (variables, unsaid, named) = (binder.variables, binder.unsaid, binder.named);
            let words = part_words(part);
            let mut heading = heading.clone();
            for (dimension, claim) in unsaid {
                heading.leans.push(self.lean(Lean::Unspecified { dimension, claim, member: String::new() }));
            }
            for (at, formula) in parts.unwrap_or_else(|| vec![Formula::Unread]).into_iter().enumerate() {
                let mut heading = heading.clone();
                if let Some(words) = words.get(at) {
                    heading.words.clone_from(words);
                }
                if !self.order_events(&heading, at, &formula, &variables) {
                    self.problem.named.insert(ConstraintId::at(self.problem.constraints.len()), named.clone());
                    self.state(heading, formula, variables.clone());
                }
            }
        }
    }

    /// Turns a comparison of two events, or of an event and a day, into edges. Says whether it was one.
    fn order_events(&mut self, heading: &Heading, at: usize, formula: &Formula, variables: &Variables) -> bool {
        let Formula::Compare(left, comparison, right) = formula else { return false };
        let (Some(left), Some(right)) = (left.linear(), right.linear()) else { return false };
        let Some((plus, minus, constant)) = difference(left, right) else { return false };
        let Some(constant) = constant.to_i64() else { return false };
        let mut claims = Vec::new();
        let mut node = |grounder: &mut Self, place: Option<usize>| -> Option<NodeId> {
            match place {
                None => Some(grounder.node(Node::Epoch)),
                Some(place) => match variables.list.get(place) {
                    Some(Variable::Event(claim)) => {
                        claims.push(*claim);
                        Some(grounder.node(Node::Event(*claim)))
                    }
                    _ => None,
                },
            }
        };
        if plus.is_none() && minus.is_none() {
            return false;
        }
        let (Some(plus), Some(minus)) = (node(self, plus), node(self, minus)) else { return false };
        // plus - minus + constant COMPARISON 0
        let at_most = |value: i64| AtMost { value: Rational::from(value), strict: false };
        let down = 0_i64.saturating_sub(constant);
        let edges: Vec<(NodeId, NodeId, AtMost)> = match comparison {
            Comparison::AtMost => vec![(minus, plus, at_most(down))],
            Comparison::Less => vec![(minus, plus, at_most(down.saturating_sub(1)))],
            Comparison::AtLeast => vec![(plus, minus, at_most(constant))],
            Comparison::More => vec![(plus, minus, at_most(constant.saturating_sub(1)))],
            Comparison::Equal => vec![(minus, plus, at_most(down)), (plus, minus, at_most(constant))],
            Comparison::NotEqual => return false,
        };
        claims.sort();
        claims.dedup();
        let across = self.across(&claims);
        let constraint = ConstraintId::at(self.problem.constraints.len());
        let mut made: Vec<DifferenceId> = Vec::new();
        for (from, to, bound) in edges {
            made.push(self.relate(Difference {
                from,
                to,
                hard: Some(bound.clone()),
                soft: Some(bound),
                why: Why::Ordered(at),
                constraint: Some(constraint),
                leans: heading.leans.clone(),
                article: None,
            }));
        }
        self.constrain(Constraint {
            rule: heading.rule.clone(),
            severity: heading.severity,
            words: heading.words.clone(),
            because: heading.because.clone(),
            form: Form::Differences(made),
            claims,
            leans: heading.leans.clone(),
            across,
        });
        true
    }

    /// States a relation.
    pub(super) fn state(&mut self, heading: Heading, formula: Formula, mut variables: Variables) {
        self.share_unreported(&mut variables);
        let mut claims: BTreeSet<ClaimId> = BTreeSet::new();
        for variable in &variables.list {
            match variable {
                Variable::Figure(figure) => claims.extend(self.claims_of(*figure)),
                Variable::Event(claim) => {
                    claims.insert(*claim);
                }
                Variable::Unreported(_) | Variable::Unknown => {}
            }
        }
        let claims: Vec<ClaimId> = claims.into_iter().collect();
        let across = self.across(&claims);
        self.constrain(Constraint {
            rule: heading.rule,
            severity: heading.severity,
            words: heading.words,
            because: heading.because,
            form: Form::Relation { formula, variables: variables.list, domains: variables.domains },
            claims,
            leans: heading.leans,
            across,
        });
    }

    /// What a figure may be if nothing is said of it.
    pub(super) fn domain(&self, figure: FigureId) -> Domain {
        let figure = &self.problem[figure];
        Domain { interval: figure.range.clone(), integer: figure.integer }
    }
}

/// `left - right` as one variable less another and a constant, if it is that.
fn difference(
    left: (BTreeMap<usize, Rational>, Rational),
    right: (BTreeMap<usize, Rational>, Rational),
) -> Option<(Option<usize>, Option<usize>, Rational)> {
    let mut factors = left.0;
    for (place, factor) in right.0 {
        let rest = factors.get(&place).cloned().unwrap_or_else(|| Rational::from(0)) - factor;
        factors.insert(place, rest);
    }
    let (mut plus, mut minus) = (None, None);
    for (place, factor) in factors.into_iter().filter(|(_, factor)| !factor.is_zero()) {
        if factor == Rational::from(1) && plus.is_none() {
            plus = Some(place);
        } else if factor == Rational::from(-1) && minus.is_none() {
            minus = Some(place);
        } else {
            return None;
        }
    }
    Some((plus, minus, left.1 - right.1))
}

/// The words of each comparison of a chain.
fn part_words(part: &Expr) -> Vec<String> {
    let ExprKind::Compare(first, rest) = &part.kind else { return vec![part.to_string()] };
    let mut left: &Expr = first;
    let mut words = Vec::new();
    for (comparison, right) in rest {
        words.push(format!("{left} {} {right}", comparison.sign()));
        left = right;
    }
    words
}

/// Binds names to the claims of an article.
pub(super) struct ByClaim<'g, 'a> {
    grounder: &'g Grounder<'a>,
    article: ArticleId,
    /// The figure in whose scope look-ups are made.
    beside: Option<FigureId>,
    /// The unit of all look-ups, where a measure has several.
    unit: Option<Unit>,
    pub(super) variables: Variables,
    /// The dimensions that were asked for and are unsaid.
    pub(super) unsaid: Vec<(String, ClaimId)>,
    /// The claims of figures that were named.
    named: BTreeSet<ClaimId>,
    /// All claims that a check names: of these each is meant as itself. Any other claim that was replaced is followed to the
    /// one that replaced it. `None` if nothing is followed.
    kept: Option<BTreeSet<ClaimId>>,
}

impl<'g, 'a> ByClaim<'g, 'a> {
    pub(super) fn new(grounder: &'g Grounder<'a>, article: ArticleId, beside: Option<FigureId>) -> Self {
        Self {
            grounder,
            article,
            beside,
            unit: None,
            variables: Variables::default(),
            unsaid: Vec::new(),
            named: BTreeSet::new(),
            kept: None,
        }
    }

    /// The variable of a figure.
    pub(super) fn figure(&mut self, figure: FigureId) -> usize {
        self.variables.place(Variable::Figure(figure), self.grounder.domain(figure))
    }

    /// The claim that replaced a figure that was retired, or the claim itself if none did or if both are named.
    fn standing(&self, claim: ClaimId) -> ClaimId {
        let Some(kept) = &self.kept else { return claim };
        let mut at = claim;
        // A list of claims that replace each other is no longer than there are claims.
        for _ in 0..self.grounder.claims.claims.len() {
            match self.grounder.claims[at].superseded_by {
                Some(newer) => at = newer,
                None => break,
            }
        }
        let is_figure = matches!(self.grounder.claims[at].kind, Kind::Figure(_));
        if is_figure && !kept.contains(&at) { at } else { claim }
    }

    /// What a claim's scope says of a dimension; that it says nothing is noted.
    fn member(&mut self, scope: &Scope, dimension: &str, claim: ClaimId) -> Bound {
        Bound::Text(match scope.0.get(dimension) {
            Some(member) => super::scopes::spelled(member).to_owned(),
            None => {
                self.unsaid.push((dimension.to_owned(), claim));
                String::new()
            }
        })
    }
}

/// Some one day of these.
fn one_of_days(DaySpan { earliest, latest }: DaySpan) -> When {
    let kind = if earliest == latest { MomentKind::Fixed } else { MomentKind::Vague };
    let start = Moment { earliest: earliest.start(), latest: latest.start(), kind };
    When::Period { start, end: Moment { earliest: earliest.end(), latest: latest.end(), kind }, length: Some(1) }
}

impl Binder for ByClaim<'_, '_> {
    fn name(&mut self, name: &Name) -> Option<Bound> {
        let claim = self.grounder.claim_named(&name.base, self.article)?;
        let found = &self.grounder.claims[claim];
        match (&found.kind, name.fields.as_slice()) {
            (Kind::Figure(_), []) => {
                let claim = self.standing(claim);
                self.named.insert(claim);
                let figure = self.grounder.figure_of(claim);
                Some(Bound::Variable(match figure {
                    Some(figure) => self.figure(figure),
                    None => {
                        let anything = Domain { interval: Interval::everything(), integer: false };
                        self.variables.place(Variable::Unknown, anything)
                    }
                }))
            }
            (Kind::Event(_), []) => {
                let days = Domain { interval: Interval::everything(), integer: true };
                Some(Bound::Variable(self.variables.place(Variable::Event(claim), days)))
            }
            (Kind::Text(text), []) => Some(Bound::Text(text.says.value.clone())),
            (_, [field]) if field == "source" => Some(found.source.clone().map_or(Bound::Untold, Bound::Text)),
            (Kind::Event(event), [field]) if field == WHEN => {
                let days = self.grounder.problem.statements.iter().find_map(|statement| match &statement.says {
                    Says::Date(days) if statement.claim == claim => Some(days.hard().hull()),
                    _ => None,
                });
                Some(Bound::Span(days.map(one_of_days), event.scope.clone()))
            }
            (Kind::Event(event), [field]) => Some(self.member(&event.scope, field, claim)),
            (Kind::Figure(stated), [field]) => Some(match field.as_str() {
                "measure" => Bound::Text(stated.measure.value.clone()),
                "unit" => Bound::Text(match &stated.unit {
                    Unit::One => "one".to_owned(),
                    Unit::Percent => "percent".to_owned(),
                    Unit::Points => "points".to_owned(),
                    Unit::Currency(name) | Unit::Other(name) => name.clone(),
                }),
                "of" | "in" => {
                    let share = stated.share.as_ref();
                    let named = share.and_then(|it| if field == "of" { it.of.as_ref() } else { it.whole.as_ref() });
                    named.map_or(Bound::Untold, |named| Bound::Text(named.value.clone()))
                }
                WHEN => Bound::Span(
                    self.grounder.figure_of(claim).and_then(|figure| match self.grounder.problem[figure].time {
                        Time::At(when) => Some(when),
                        Time::Unsaid => None,
                    }),
                    stated.scope.clone(),
                ),
                dimension => self.member(&stated.scope, dimension, claim),
            }),
            _ => None,
        }
    }

    fn look_up(&mut self, measure: &str, when: Option<&str>, scope: &[(String, String)]) -> Option<Bound> {
        let grounder = self.grounder;
        let time = match when {
            // Beside a figure, what is looked up without a time is of its time.
            None => self.beside.map(|figure| grounder.problem[figure].time.clone()),
            Some(words) => {
                let read = read_when(words, &grounder.claims[self.article].context).ok()?;
                Some(Time::At(read.readings().first()?.value))
            }
        };
        let group = grounder.group(self.article);
        let named = scope.iter().map(|(dimension, member)| {
            let member = if member == "*" { Member::All } else { Member::Path(member.clone()) };
            (dimension.clone(), member)
        });
        let named: Vec<(String, Member)> = named.collect();
        // Beside a figure, what is looked up is of its scope, but for the dimensions that the look-up names.
        let mut wanted = self.beside.map(|beside| grounder.problem[beside].scope.clone()).unwrap_or_default();
        wanted.0.extend(named.iter().cloned());
        let candidates = match self.beside {
            Some(_) => grounder.by_scope.get(&(measure.to_owned(), wanted.clone())),
            None => grounder.by_measure.get(measure),
        };
        let mut best: Option<(usize, FigureId)> = None;
        for id in candidates.into_iter().flatten() {
            let figure = &grounder.problem[*id];
            let fits = grounder.figure_groups.get(id.index()) == Some(&group)
                && time.as_ref().is_none_or(|time| *time == figure.time)
                && self.unit.as_ref().is_none_or(|unit| *unit == figure.unit)
                && named.iter().all(|(dimension, member)| figure.scope.0.get(dimension) == Some(member));
            if fits {
                let rank = (figure.scope.0.len(), *id);
                best = Some(best.map_or(rank, |best| best.min(rank)));
            }
        }
        Some(Bound::Variable(match best {
            Some((_, figure)) => self.figure(figure),
            None => {
                let declared = grounder.claims.vocabulary.measures.get(measure);
                let least = declared.and_then(|measure| measure.least.clone());
                let interval = least.map_or_else(Interval::everything, Interval::at_least);
                let domain = Domain { interval, integer: declared.is_some_and(|measure| measure.integer) };
                match time {
                    // Who else looks up the same means the same, if its time is certain for everyone.
                    Some(Time::At(time)) if time.is_certain() && !measure.is_empty() => {
                        let (measure, unit, article) = (measure.to_owned(), self.unit.clone(), self.article);
                        self.variables.unreported(Unreported { measure, unit, scope: wanted, time, article, domain })
                    }
                    _ => self.variables.place(Variable::Unknown, domain),
                }
            }
        }))
    }
}
