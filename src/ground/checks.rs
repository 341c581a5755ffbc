//! The editor's own relations, derived figures, events and texts.
//!
//! Orders of events become edges of the graph, so that chains of them are decided together. Every other comparison is
//! a relation by itself; a chain `a < b < c` gives one for each of its comparisons.

use super::by_claim::ByClaim;
use super::terms::{Variables, comparisons, formula};
use super::{Articles, Grounder};
use crate::claim::{ArticleId, ClaimId, Kind, in_record};
use crate::expr::{Comparison, Expr, ExprKind, Expression};
use crate::number::Rational;
use crate::problem::{
    AtMost, Constraint, ConstraintId, Difference, DifferenceId, Domain, FigureId, Form, Formula, Lean, LeanId, Node,
    NodeId, Says, Side, StatementId, Variable, Why,
};
use crate::source::Severity;
use std::borrow::Cow;
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

/// What the claim of a name is called: the name itself, or that of the column of a record.
pub(super) fn name_of<'n>(name: &'n str, record: Option<&str>) -> Cow<'n, str> {
    record.map_or(Cow::Borrowed(name), |record| Cow::Owned(in_record(record, name)))
}

impl<'a> Grounder<'a> {
    /// The claim of a name: an id of the article itself, or `article/name`. Of a claim that was superseded, the newer.
    pub(super) fn claim_named(&self, name: &str, article: ArticleId) -> Option<ClaimId> {
        self.index.claim(self.claims, name, article)
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
        let mut about: BTreeMap<(Articles, String), Vec<StatementId>> = BTreeMap::new();
        for (at, statement) in self.problem.statements.iter().enumerate() {
            if let Kind::Text(text) = &self.claims[statement.claim].kind {
                let key = (self.met_by(statement.article), text.about.value.clone());
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

    /// The checks of all articles, and assumptions that relate figures. What speaks only of claims that do not count says
    /// nothing of those that do.
    pub(super) fn checks(&mut self) {
        let (claims, index) = (self.claims, self.index);
        for (at, check) in claims.checks.iter().enumerate() {
            if !self.counts_any(index.checks.get(at)) {
                continue;
            }
            let heading = Heading {
                rule: check.id.clone(),
                severity: check.severity,
                words: check.require.text.clone(),
                because: check.because.clone(),
                leans: Vec::new(),
            };
            self.require(&heading, check.article, &check.require, check.record.as_deref());
        }
        for (at, assume) in claims.assumes.iter().enumerate() {
            if !self.counts_any(index.assumes.get(at)) {
                continue;
            }
            let lean = self.lean(Lean::Assumed(assume.id.clone()));
            let heading = Heading {
                rule: assume.id.clone(),
                severity: Severity::Error,
                words: assume.that.text.clone(),
                because: assume.because.clone(),
                leans: vec![lean],
            };
            self.require(&heading, assume.article, &assume.that, None);
        }
    }

    fn require(&mut self, heading: &Heading, article: ArticleId, expression: &Expression, record: Option<&'a str>) {
        let names = expression.root.walk().filter_map(|expr| match &expr.kind {
            ExprKind::Name(name) => self.claim_named(&name_of(&name.base, record), article),
            _ => None,
        });
        let kept: Option<BTreeSet<ClaimId>> = Some(names.collect());
        for part in expression.root.conjuncts() {
            if !heading.leans.is_empty() && self.assumed_member(part, article).is_some() {
                continue; // it places a claim in a scope: see `nesting`
            }
            let mut binder = ByClaim::new(self, article, None);
            (binder.record, binder.kept) = (record, kept.clone());
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
