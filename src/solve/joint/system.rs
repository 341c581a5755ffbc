//! The items of a component, or some of them, as a system of numbered variables.

use super::item::Items;
use crate::number::{Interval, Rational};
use crate::problem::refutation::{Choice, Place, Quantity, Row};
use crate::problem::{CurveId, Form, Node, Problem, Says};
use crate::solve::graph::selection::Member;
use crate::solve::linear::{Product, System};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Values from which a search for values begins.
#[derive(Clone, Copy, Debug)]
pub struct Start<'s> {
    /// A value for each node of the graph that one was found for.
    pub nodes: &'s [Option<Rational>],
    /// Values of quantities that satisfied much the same; they go first.
    pub found: &'s BTreeMap<Quantity, Rational>,
}

impl<'s> Start<'s> {
    /// What the graph alone found possible.
    pub fn of(nodes: &'s [Option<Rational>]) -> Self {
        const NOTHING: &BTreeMap<Quantity, Rational> = &BTreeMap::new();
        Self { nodes, found: NOTHING }
    }
}

/// What is known of quantities beforehand: which are whole, and where to begin.
pub(super) struct Background<'p> {
    problem: &'p Problem,
    whole_curves: Vec<bool>,
    totals: BTreeMap<(CurveId, Place), Rational>,
    found: &'p BTreeMap<Quantity, Rational>,
}

impl<'p> Background<'p> {
    /// Values are looked for first where they are found already.
    pub fn new(problem: &'p Problem, start: Start<'p>) -> Self {
        let mut whole: HashMap<&str, bool> = HashMap::new();
        for figure in &problem.figures {
            whole.insert(&figure.measure, figure.integer);
        }
        let whole_curves =
            problem.curves.iter().map(|curve| whole.get(curve.measure.as_str()) == Some(&true)).collect();
        let mut totals = BTreeMap::new();
        for (node, value) in problem.nodes.iter().zip(start.nodes) {
            if let (Node::Total(curve, instant), Some(value)) = (node, value) {
                totals.insert((*curve, super::item::place(problem, *instant)), value.clone());
            }
        }
        Self { problem, whole_curves, totals, found: start.found }
    }

    fn is_whole(&self, quantity: &Quantity) -> bool {
        let problem = self.problem;
        match quantity {
            Quantity::Total(curve, _) => self.whole_curves.get(curve.index()) == Some(&true),
            Quantity::Event(_) => true,
            Quantity::Figure(figure) => problem.figures.get(figure.index()).is_some_and(|figure| figure.integer),
            Quantity::Unknown(constraint, at) => match problem.constraints.get(constraint.index()).map(|it| &it.form) {
                Some(Form::Relation { domains, .. }) => domains.get(*at).is_some_and(|domain| domain.integer),
                _ => false,
            },
            Quantity::Unreported(id) => problem.unreported.get(id.index()).is_some_and(|found| found.domain.integer),
            Quantity::Moment(_) => false,
            Quantity::Product(left, right) => self.is_whole(left) && self.is_whole(right),
        }
    }

    /// Where a quantity is looked for first.
    fn start(&self, quantity: &Quantity) -> Rational {
        if let Some(value) = self.found.get(quantity) {
            return value.clone();
        }
        let problem = self.problem;
        let value = match quantity {
            Quantity::Total(curve, place) => self.total(*curve, *place),
            Quantity::Figure(figure) => match problem.figures.get(figure.index()) {
                Some(figure) => match (figure.curve, figure.ends) {
                    (Some(curve), Some((start, end))) => {
                        let total = |instant| self.total(curve, super::item::place(problem, instant));
                        total(end).minus(&total(start))
                    }
                    _ => {
                        let first = figure.statements.first().and_then(|id| problem.statements.get(id.index()));
                        match first.map(|statement| &statement.says) {
                            Some(Says::Value(_, reading)) => middle(reading.soft()),
                            _ => middle(&figure.range),
                        }
                    }
                },
                None => Rational::ZERO,
            },
            Quantity::Moment(instant) => {
                let instant = problem.instants.get(instant.index());
                let ends = instant.and_then(|instant| instant.earliest.zip(instant.latest));
                ends.map(|(from, to)| Rational::from(from.0).midpoint(&Rational::from(to.0))).unwrap_or_default()
            }
            Quantity::Product(left, right) => self.start(left).times(&self.start(right)),
            Quantity::Event(_) | Quantity::Unreported(_) | Quantity::Unknown(..) => Rational::ZERO,
        };
        if self.is_whole(quantity) { value.round() } else { value }
    }

    /// The total at a place, or at the last one before it that is known.
    fn total(&self, curve: CurveId, place: Place) -> Rational {
        let known =
            self.totals.range((curve, Place::At(crate::calendar::Instant(i64::MIN)))..=(curve, place)).next_back();
        known.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

fn middle(interval: &Interval) -> Rational {
    match (interval.lo().value(), interval.hi().value()) {
        (Some(low), Some(high)) => low.midpoint(high),
        _ => interval.pick(),
    }
}

/// Rows and choices of a component, by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub rows: Vec<usize>,
    pub choices: Vec<usize>,
}

impl Part {
    /// All of them.
    pub fn all(items: &Items) -> Self {
        Self { rows: (0..items.rows.len()).collect(), choices: (0..items.choices.len()).collect() }
    }

    /// In canonical order, each once.
    pub fn in_order(mut self) -> Self {
        for numbers in [&mut self.rows, &mut self.choices] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        self
    }
}

/// A system with what its numbers stand for.
#[derive(Clone, Debug)]
pub(super) struct Numbered {
    pub system: System,
    /// The quantity of each variable, in order.
    pub quantities: Vec<Quantity>,
    /// The item of each row.
    pub rows: Vec<usize>,
    /// The item of each choice.
    pub choices: Vec<usize>,
    /// What may be rested on; `None` is everything.
    members: Option<BTreeSet<Member>>,
}

impl Numbered {
    /// Those items of a part that rest on nothing but `members`; all of them if that is `None`.
    pub fn of(background: &Background, items: &Items, part: Part, members: Option<&BTreeSet<Member>>) -> Self {
        let within = |own: &[Member]| members.is_none_or(|all| own.iter().all(|member| all.contains(member)));
        let mut rows = part.rows;
        rows.retain(|at| items.rows.get(*at).is_some_and(|item| within(&item.members)));
        let mut choices: Vec<usize> = Vec::new();
        let mut alternatives: Vec<Vec<Vec<&Row>>> = Vec::new();
        for at in part.choices {
            let Some((item, of_rows)) = items.choices.get(at).zip(items.of_alternatives.get(at)) else { continue };
            if !within(&item.members) {
                continue;
            }
            let kept: Vec<Vec<&Row>> = item
                .what
                .alternatives
                .iter()
                .zip(of_rows)
                .map(|(rows, own)| rows.iter().zip(own).filter(|(_, own)| within(own)).map(|(row, _)| row).collect())
                .collect();
            choices.push(at);
            alternatives.push(kept);
        }
        let mut all: Vec<&Quantity> = Vec::new();
        let given = rows.iter().filter_map(|at| items.rows.get(*at)).map(|item| &item.what);
        let mut before: &[(Quantity, Rational)] = &[];
        for row in given.clone().chain(alternatives.iter().flatten().flatten().copied()) {
            // Most rows have a twin that bounds the same sum from the other side.
            let is_twin = row.terms.iter().map(|(own, _)| own).eq(before.iter().map(|(own, _)| own));
            if !is_twin {
                row.terms.iter().for_each(|(quantity, _)| with_factors(quantity, &mut all));
            }
            before = &row.terms;
        }
        all.sort_unstable();
        all.dedup();
        let number = |quantity: &Quantity| all.binary_search(&quantity).ok().and_then(|at| u32::try_from(at).ok());
        let numbered = |row: &Row| Row {
            terms: row
                .terms
                .iter()
                .filter_map(|(quantity, factor)| Some((number(quantity)?, factor.clone())))
                .collect(),
            at_most: row.at_most.clone(),
            strict: row.strict,
        };
        let products = all.iter().filter_map(|quantity| match quantity {
            Quantity::Product(left, right) => {
                Some(Product { product: number(quantity)?, left: number(left)?, right: number(right)? })
            }
            _ => None,
        });
        let system = System {
            whole: all.iter().map(|quantity| background.is_whole(quantity)).collect(),
            start: all.iter().map(|quantity| background.start(quantity)).collect(),
            rows: given.map(numbered).collect(),
            choices: alternatives
                .iter()
                .map(|ways| Choice {
                    alternatives: ways.iter().map(|rows| rows.iter().copied().map(numbered).collect()).collect(),
                })
                .collect(),
            products: products.collect(),
        };
        let quantities = all.into_iter().cloned().collect();
        Self { system, quantities, rows, choices, members: members.cloned() }
    }

    /// Whether a part of it is the same system with rows and choices left out: no rows of alternatives rest on anything of
    /// their own, and no products stay behind.
    pub fn shrinks_by_leaving_out(&self, items: &Items) -> bool {
        let of_alternatives = self.choices.iter().filter_map(|at| items.of_alternatives.get(*at));
        self.system.products.is_empty() && of_alternatives.flatten().flatten().all(Vec::is_empty)
    }

    /// What the rows that are left of a choice rest on.
    pub fn kept_members(&self, items: &Items, choice: usize) -> BTreeSet<Member> {
        let rows = items.of_alternatives.get(choice).into_iter().flatten().flatten();
        let within =
            |own: &&Vec<Member>| self.members.as_ref().is_none_or(|all| own.iter().all(|member| all.contains(member)));
        rows.filter(within).flatten().copied().collect()
    }
}

/// A quantity and, of a product, its factors.
pub(in crate::solve) fn with_factors<'q>(quantity: &'q Quantity, all: &mut Vec<&'q Quantity>) {
    all.push(quantity);
    if let Quantity::Product(left, right) = quantity {
        with_factors(left, all);
        with_factors(right, all);
    }
}
