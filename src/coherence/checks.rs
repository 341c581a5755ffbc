//! The formulas of the checks of claim files, over the figures and events that they name.
//!
//! What claims state does not count. Relations that bind the same figures are taken in as they were grounded, unless
//! they lean on something that is not said.

use super::look::Look;
use super::theory::{About, Condition, Kind, Rule, Sentence, Theory, Unknown, anything};
use crate::claim::{Check, Claims};
use crate::expr::Comparison;
use crate::number::Interval;
use crate::problem::{Constraint, DifferenceId, Domain, Form, Formula, Node, NodeId, Problem, Term, Variable};
use crate::rule::Rules;
use std::collections::{BTreeMap, BTreeSet};

/// The theory of all checks.
pub(super) fn theory(claims: &Claims, rules: &Rules, problem: &Problem, look: &mut Look) -> Theory {
    let mut maker = Maker { claims, problem, theory: Theory::new(About::Claims), known: BTreeMap::new() };
    let mut of_rule: BTreeMap<&str, Vec<&Constraint>> = BTreeMap::new();
    for constraint in &problem.constraints {
        of_rule.entry(&constraint.rule).or_default().push(constraint);
    }
    for check in claims.own_checks().filter(|check| !look.is_told(&check.id)).collect::<Vec<_>>() {
        let constraints = of_rule.get(check.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if constraints.iter().any(|constraint| !constraint.leans.is_empty()) {
            look.not_looked(&check.id, check.span, "it leans on something that its claims leave unsaid");
            continue;
        }
        match maker.check(check, constraints) {
            Some(sentence) => maker.theory.sentences.push(sentence),
            None => look.not_looked(&check.id, check.span, "its formula is too rich to be held against others"),
        }
    }
    if maker.theory.sentences.is_empty() {
        return maker.theory;
    }
    let named: BTreeSet<usize> = (0..maker.theory.unknowns.len()).collect();
    for rule in &rules.rules {
        for constraint in of_rule.get(rule.id.value.as_str()).into_iter().flatten() {
            let Form::Relation { formula, variables, domains } = &constraint.form else { continue };
            // Rules that say nothing of what checks name have their own theory.
            if !constraint.leans.is_empty() || formula.speaks_of_answers() || !maker.speaks_of(variables, &named) {
                continue;
            }
            let formula = maker.renumbered(formula, variables, domains);
            let unknowns = formula.variables();
            let rule = Rule {
                id: rule.id.value.clone(),
                span: rule.id.span,
                words: constraint.words.clone(),
                severity: constraint.severity,
                is_looked_at: false,
            };
            let names = BTreeMap::new();
            maker.theory.sentences.push(Sentence { rule, formula, conditions: Vec::new(), names, unknowns });
        }
    }
    maker.theory
}

struct Maker<'a> {
    claims: &'a Claims,
    problem: &'a Problem,
    theory: Theory,
    known: BTreeMap<Variable, usize>,
}

impl Maker<'_> {
    fn check(&mut self, check: &Check, constraints: &[&Constraint]) -> Option<Sentence> {
        let mut parts = Vec::new();
        let mut conditions = Vec::new();
        for constraint in constraints {
            match &constraint.form {
                Form::Relation { formula, variables, domains } => {
                    let formula = self.renumbered(formula, variables, domains);
                    if let Formula::Any(ways) = &formula
                        && let [Formula::Not(condition), _] = ways.as_slice()
                    {
                        let (span, words) = (check.require.span, constraint.words.clone());
                        conditions.push(Condition { formula: (**condition).clone(), span, words });
                    }
                    parts.push(formula);
                }
                Form::Differences(edges) => {
                    parts.extend(edges.iter().map(|edge| self.difference(*edge)).collect::<Option<Vec<_>>>()?);
                }
                _ => return None,
            }
        }
        if parts.iter().any(|part| *part == Formula::Unread || part.speaks_of_answers()) {
            return None;
        }
        let formula = match <[Formula; 1]>::try_from(parts) {
            Ok([only]) => only,
            Err(parts) => Formula::All(parts),
        };
        let unknowns = formula.variables();
        let name = |at: &usize| Some((*at, self.theory.unknowns.get(*at)?.name.clone()));
        let names = unknowns.iter().filter_map(name).collect();
        let rule = Rule {
            id: check.id.clone(),
            span: check.require.span,
            words: check.require.text.clone(),
            severity: check.severity,
            is_looked_at: true,
        };
        Some(Sentence { rule, formula, conditions, names, unknowns })
    }

    /// Whether a constraint speaks of what is known already.
    fn speaks_of(&self, variables: &[Variable], named: &BTreeSet<usize>) -> bool {
        variables.iter().any(|variable| self.known.get(variable).is_some_and(|at| named.contains(at)))
    }

    /// An edge of the graph of events as a comparison.
    fn difference(&mut self, edge: DifferenceId) -> Option<Formula> {
        let edge = self.problem.differences.get(edge.index())?;
        let bound = edge.hard.as_ref()?;
        let mut terms = Vec::new();
        for (node, sign) in [(edge.to, 1), (edge.from, -1)] {
            if let Some(term) = self.node(node)? {
                terms.push(if sign > 0 { term } else { Term::Negative(Box::new(term)) });
            }
        }
        let comparison = if bound.strict { Comparison::Less } else { Comparison::AtMost };
        Some(Formula::Compare(Term::Sum(terms), comparison, Term::Number(bound.value.clone())))
    }

    /// The day of an event; nothing for the beginning of days.
    #[allow(clippy::option_option)]
    fn node(&mut self, node: NodeId) -> Option<Option<Term>> {
        match self.problem.nodes.get(node.index())? {
            Node::Epoch => Some(None),
            Node::Event(claim) => {
                let days = Domain { interval: Interval::everything(), integer: true };
                Some(Some(Term::Variable(self.unknown(Variable::Event(*claim), &days))))
            }
            _ => None,
        }
    }

    fn unknown(&mut self, variable: Variable, domain: &Domain) -> usize {
        let is_own = variable == Variable::Unknown;
        if let (Some(found), false) = (self.known.get(&variable), is_own) {
            return *found;
        }
        let mut domain = domain.clone();
        let (name, kind) = match variable {
            Variable::Figure(figure) => {
                let figure = self.problem.figures.get(figure.index());
                if let Some(figure) = figure {
                    domain = Domain { interval: figure.range.clone(), integer: figure.integer };
                }
                let statement = figure.and_then(|figure| figure.statements.first());
                let claim = statement.and_then(|statement| self.problem.statements.get(statement.index()));
                let name = claim.map_or_else(String::new, |statement| self.claims[statement.claim].name.clone());
                (name, Kind::Figure)
            }
            Variable::Event(claim) => (self.claims[claim].name.clone(), Kind::Figure),
            Variable::Unreported(id) => {
                let found = self.problem.unreported.get(id.index());
                (found.map_or_else(String::new, |found| found.measure.clone()), Kind::Figure)
            }
            Variable::Unknown => ("an unknown".to_owned(), Kind::Private),
        };
        let declared = match variable {
            Variable::Figure(figure) => self.problem.figures.get(figure.index()).and_then(|figure| {
                self.claims.vocabulary.measures.get(&figure.measure).map(|measure| measure.name.span)
            }),
            _ => None,
        };
        let found = self.theory.add(Unknown { name, kind, domain, declared });
        if !is_own {
            self.known.insert(variable, found);
        }
        found
    }

    /// A formula over the unknowns of the theory.
    fn renumbered(&mut self, formula: &Formula, variables: &[Variable], domains: &[Domain]) -> Formula {
        let nothing = anything();
        let places: Vec<usize> = variables
            .iter()
            .enumerate()
            .map(|(at, variable)| self.unknown(*variable, domains.get(at).unwrap_or(&nothing)))
            .collect();
        formula.moved(&|at| places.get(at).copied().unwrap_or(at))
    }
}
