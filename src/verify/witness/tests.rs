//! Witnesses that are changed at one value and sealed again: what is still accepted must satisfy all that was grounded.
//!
//! Grounding and the naive search for instances share no code, so that each finds what the other passes over.

use super::super::certificate::{Place, Point};
use super::super::joint::{Names, Quantity, unknowns};
use super::super::verify;
use super::super::words::read_day;
use super::super::write::Written;
use super::Witness;
use super::check::{digest, rules_aside};
use crate::number::{Interval, Rational};
use crate::problem::refutation::{self, Place as At};
use crate::problem::{Conflict, CurveId, Domain, FigureId, Form, InstantId, Node, Problem, Proof, Variable, Why};
use crate::solve::decide;
use crate::verify::fraction::Fraction;
use crate::workspace::{Workspace, cases};
use std::collections::{BTreeMap, BTreeSet};

/// What was grounded, in the words of a witness.
struct Grounded<'w> {
    problem: &'w Problem,
    names: Names<'w>,
    aside: BTreeSet<String>,
    /// Rules that can never hold.
    rules_aside: BTreeSet<String>,
    workspace: &'w Workspace,
}

impl Grounded<'_> {
    fn value(&self, quantity: &refutation::Quantity, values: &BTreeMap<Quantity, Rational>) -> Option<Rational> {
        values.get(&self.names.quantity(quantity)).cloned()
    }

    fn place(&self, instant: InstantId) -> At {
        let found = &self.problem[instant];
        match found.earliest.filter(|_| found.earliest == found.latest) {
            Some(time) => At::At(time),
            None => At::Within(instant),
        }
    }

    fn total(&self, curve: CurveId, instant: InstantId, values: &BTreeMap<Quantity, Rational>) -> Option<Rational> {
        self.value(&refutation::Quantity::Total(curve, self.place(instant)), values)
    }

    fn node(&self, node: Node, values: &BTreeMap<Quantity, Rational>) -> Option<Rational> {
        match node {
            Node::Total(curve, instant) => self.total(curve, instant, values),
            Node::Event(claim) => self.value(&refutation::Quantity::Event(claim), values),
            Node::Epoch | Node::Nothing => Some(Rational::from(0)),
        }
    }

    fn figure(&self, figure: FigureId, values: &BTreeMap<Quantity, Rational>) -> Option<Rational> {
        let found = &self.problem[figure];
        let own = self.value(&refutation::Quantity::Figure(figure), values);
        own.or_else(|| {
            let (curve, (start, end)) = found.curve.zip(found.ends)?;
            Some(self.total(curve, end, values)?.minus(&self.total(curve, start, values)?))
        })
    }

    /// The time of a point at which a running total has a value; `None` for origins.
    fn time(&self, point: &Point, values: &BTreeMap<Quantity, Rational>) -> Option<Rational> {
        match point {
            Point::Origin { .. } => None,
            Point::Day(day) => read_day(day).map(|instant| Rational::from(instant.0)),
            point => values.get(&Quantity::Moment(point.clone())).cloned(),
        }
    }

    /// The values of a running total, by the time.
    fn timeline(&self, curve: CurveId, values: &BTreeMap<Quantity, Rational>) -> BTreeMap<Rational, Rational> {
        let at = refutation::Quantity::Total(curve, At::At(crate::calendar::Instant(0)));
        let Quantity::At(Place::Total { measure, unit, scope, among, .. }) = self.names.quantity(&at) else {
            panic!("a total is named as one")
        };
        let own = |quantity: &Quantity| match quantity {
            Quantity::At(Place::Total { measure: m, unit: u, scope: s, among: a, at }) => {
                let same = (m, u, s, a) == (&measure, &unit, &scope, &among);
                same.then(|| self.time(at, values)).flatten()
            }
            _ => None,
        };
        values.iter().filter_map(|(quantity, value)| Some((own(quantity)?, value.clone()))).collect()
    }

    /// How parts break out of their whole between two times at which all of them have values.
    fn inside(
        &self,
        whole: CurveId,
        parts: &[CurveId],
        exactly: bool,
        values: &BTreeMap<Quantity, Rational>,
    ) -> Option<String> {
        let whole = self.timeline(whole, values);
        let parts: Vec<_> = parts.iter().map(|part| self.timeline(*part, values)).collect();
        let besides: Vec<(&Rational, Rational)> = whole
            .iter()
            .filter_map(|(time, total)| {
                let mut rest = total.clone();
                for part in &parts {
                    rest = rest.minus(part.get(time)?);
                }
                Some((time, rest))
            })
            .collect();
        besides.windows(2).find_map(|pair| {
            let clash = pair[1].1 < pair[0].1 || (exactly && pair[1].1 != pair[0].1);
            clash.then(|| format!("{pair:?}"))
        })
    }

    /// How levels change by something else than what flowed.
    fn balance(
        &self,
        levels: &[(InstantId, FigureId)],
        inflows: &[CurveId],
        outflows: &[CurveId],
        values: &BTreeMap<Quantity, Rational>,
    ) -> Option<String> {
        levels.windows(2).find_map(|pair| {
            let flow = |curve: &CurveId| {
                Some(self.total(*curve, pair[1].0, values)?.minus(&self.total(*curve, pair[0].0, values)?))
            };
            let mut left = self.figure(pair[1].1, values)?.minus(&self.figure(pair[0].1, values)?);
            for curve in inflows {
                left = left.minus(&flow(curve)?);
            }
            for curve in outflows {
                left = left.plus(&flow(curve)?);
            }
            (!left.is_zero()).then(|| format!("{left} is left between {pair:?}"))
        })
    }

    /// The first thing that was grounded on nothing unsaid and that these values break.
    fn broken(&self, values: &BTreeMap<Quantity, Rational>) -> Option<String> {
        let said = |leans: &[crate::problem::LeanId]| leans.iter().all(|lean| self.problem[*lean].counts_as_said());
        for edge in &self.problem.differences {
            let constraints =
                edge.constraint.into_iter().chain([edge.from, edge.to].into_iter().filter_map(
                    |node| match self.problem[node] {
                        Node::Total(curve, _) => Some(self.problem[curve].constraint),
                        _ => None,
                    },
                ));
            let binds = said(&edge.leans) && constraints.into_iter().all(|id| said(&self.problem[id].leans));
            let aside = match edge.why {
                Why::Stated(by, _) | Why::Within(by) | Why::SameScope(by, _) | Why::Dated(by, _) => {
                    self.aside.contains(&self.workspace.claims[self.problem[by].claim].id)
                }
                _ => edge.constraint.is_some_and(|id| self.rules_aside.contains(&self.problem[id].rule)),
            };
            let ends = self.node(self.problem[edge.from], values).zip(self.node(self.problem[edge.to], values));
            if let (true, false, Some(bound), Some((from, to))) = (binds, aside, &edge.hard, ends) {
                let rise = to.minus(&from);
                if rise > bound.value || (bound.strict && rise == bound.value) {
                    return Some(format!("{edge:?}"));
                }
            }
        }
        for (id, constraint) in (0..).map(crate::problem::ConstraintId).zip(&self.problem.constraints) {
            if !said(&constraint.leans) || self.rules_aside.contains(&constraint.rule) {
                continue;
            }
            let is_broken = match &constraint.form {
                Form::Inside { whole, parts, exactly } => self.inside(*whole, parts, *exactly, values),
                Form::Balance { levels, inflows, outflows } => self.balance(levels, inflows, outflows, values),
                _ => None,
            };
            if let Some(how) = is_broken {
                return Some(format!("{id:?} {}: {}: {how}", constraint.rule, constraint.words));
            }
            let Form::Relation { formula, variables, domains } = &constraint.form else { continue };
            let points: Option<Vec<Domain>> = variables
                .iter()
                .zip(domains)
                .enumerate()
                .map(|(at, (variable, domain))| {
                    let value = match variable {
                        Variable::Figure(figure) => self.figure(*figure, values),
                        Variable::Event(claim) => self.value(&refutation::Quantity::Event(*claim), values),
                        Variable::Unreported(id) => self.value(&refutation::Quantity::Unreported(*id), values),
                        Variable::Unknown => return Some(domain.clone()),
                    };
                    let _ = at;
                    Some(Domain { interval: Interval::point(value?), integer: false })
                })
                .collect();
            if points.is_some_and(|points| decide(formula, &points, 20_000) == crate::solve::Decision::Contradicted) {
                return Some(format!("{id:?} {}: {}", constraint.rule, constraint.words));
            }
        }
        None
    }
}

#[test]
fn what_is_accepted_satisfies_all_that_was_grounded() {
    let (mut tried, mut refused) = (0, 0);
    for (name, workspace) in cases() {
        let checked = workspace.check();
        let (certificates, _) = checked.certificates(&workspace);
        let Some(witness) = &certificates.witness else { continue };
        let from = Written::from(&checked.problem, &workspace.claims, &workspace.rules);
        let (statements, constraints, leans) = Default::default();
        let nothing = Conflict { statements, constraints, leans, proof: Proof::Apart, soft: false };
        let writer = from.writer(&nothing);
        let mut formulas = BTreeSet::new();
        unknowns(&refutation::Quantity::Event(crate::claim::ClaimId(0)), &mut formulas);
        let grounded = Grounded {
            problem: &checked.problem,
            names: Names::new(&writer, formulas),
            aside: witness.without.iter().cloned().collect(),
            rules_aside: rules_aside(&certificates.certificates),
            workspace: &workspace,
        };
        let read = |witness: &Witness| -> BTreeMap<Quantity, Rational> {
            let read = |text: &String| Fraction::read(text).unwrap().rational();
            witness.values.iter().map(|(quantity, value)| (quantity.clone(), read(value))).collect()
        };
        assert_eq!(grounded.broken(&read(witness)), None, "{name}");
        for at in 0..witness.values.len().min(24) {
            for change in [1, -1, 1_000] {
                let mut changed = certificates.clone();
                let found = changed.witness.as_mut().unwrap();
                let value = Fraction::read(&found.values[at].1).unwrap().plus(&Fraction::whole(change));
                found.values[at].1 = value.to_string();
                found.digest = digest(found);
                tried += 1;
                if verify(&changed, &workspace.claims, &workspace.rules, &workspace.inputs()).is_err() {
                    refused += 1;
                } else {
                    let broken = grounded.broken(&read(changed.witness.as_ref().unwrap()));
                    assert_eq!(broken, None, "{name}: {:?}", found_at(&changed.witness, at));
                }
            }
        }
    }
    println!("{tried} values changed, {refused} refused, the others as good");
    assert!(tried >= 1_000 && refused * 10 >= tried * 7, "{refused} of {tried} refused");
}

fn found_at(witness: &Option<Witness>, at: usize) -> Option<(Quantity, String)> {
    witness.as_ref()?.values.get(at).cloned()
}
