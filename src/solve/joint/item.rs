//! Rows and choices with what they rest on: claims, constraints, and what is leaned on.

use super::Selection;
use super::component::Component;
use super::formula::{Alternatives, alternatives};
use super::places::Places;
use crate::claim::ClaimId;
use crate::number::{End, Interval, Rational};
use crate::problem::refutation::{Choice, ChoiceReason, Place, Quantity, Reason, Row};
use crate::problem::{
    ConstraintId, CurveId, Difference, DifferenceId, Domain, FigureId, Form, InstantId, Node, NodeId, Problem, Says,
    Side, StatementId, UnreportedId, Variable,
};
use crate::solve::graph::selection::{Member, members_of};
use std::collections::{BTreeMap, BTreeSet};

/// A row or a choice.
#[derive(Clone, Debug)]
pub(super) struct Item<T, R> {
    pub what: T,
    pub reason: R,
    /// What it rests on, in order, each once.
    pub members: Vec<Member>,
}

/// All rows and choices of a component.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    pub rows: Vec<Item<Row, Reason>>,
    pub choices: Vec<Item<Choice, ChoiceReason>>,
    /// What the rows of each choice's alternatives rest on, besides the choice.
    pub of_alternatives: Vec<Vec<Vec<Vec<Member>>>>,
    /// Constraints that have no such form, so that the component cannot be called possible.
    pub unread: Vec<ConstraintId>,
}

/// The rows and choices of a component, in canonical order.
pub(super) fn items(problem: &Problem, selection: &Selection, component: &Component) -> Items {
    let mut maker = Maker {
        problem,
        selection,
        items: Items::default(),
        figures: BTreeSet::new(),
        unreported: BTreeSet::new(),
        bounds_figures: !component.figures.is_empty(),
    };
    for id in &component.differences {
        maker.difference(*id);
    }
    let mut places = Places::of(problem, component);
    for id in &component.constraints {
        let Some(constraint) = problem.constraints.get(id.index()) else { continue };
        match &constraint.form {
            Form::Relation { .. } => maker.relation(*id),
            Form::Balance { levels, inflows, outflows } => {
                for curve in inflows.iter().chain(outflows) {
                    for (instant, _) in levels {
                        places.add(problem, *curve, *instant);
                    }
                }
                maker.balance(*id, levels, inflows, outflows);
            }
            _ => {}
        }
    }
    for statement in &component.day_sets {
        maker.days(*statement);
    }
    for figure in &component.figures {
        maker.figure(*figure);
    }
    // A figure that a relation speaks of is looked at between its ends, whether or not an edge is there.
    for figure in maker.figures.clone() {
        if let Some(found) = problem.figures.get(figure.index())
            && let (Some(curve), Some((start, end))) = (found.curve, found.ends)
            && maker.adds_up(curve)
        {
            places.add(problem, curve, start);
            places.add(problem, curve, end);
        }
    }
    places.rows(problem, component, &mut maker);
    maker.items
}

/// Makes items.
pub(super) struct Maker<'p> {
    pub problem: &'p Problem,
    pub selection: &'p Selection,
    pub items: Items,
    figures: BTreeSet<FigureId>,
    unreported: BTreeSet<UnreportedId>,
    /// Whether what is said of a figure bounds the figure itself, too, and not only its curve.
    bounds_figures: bool,
}

impl Maker<'_> {
    /// Adds a row, unless it was given up or rests on a claim that is set aside or on a constraint that was given up.
    pub fn row(&mut self, row: Row, reason: Reason, members: Vec<Member>) {
        let aside = |member: &Member| match member {
            Member::Claim(id) => self.selection.set_aside.contains(id),
            Member::Constraint(id) => self.selection.given_up_constraints.contains(id),
            Member::Lean(_) => false,
        };
        if self.selection.given_up_rows.contains(&reason) || members.iter().any(aside) {
            return;
        }
        self.items.rows.push(Item { what: row, reason, members: in_order(members) });
    }

    /// Adds a choice, with what the rows of its alternatives rest on besides.
    pub fn choice(&mut self, choice: Item<Choice, ChoiceReason>, of_rows: Vec<Vec<Vec<Member>>>) {
        self.items.choices.push(choice);
        let ordered = of_rows.into_iter().map(|rows| rows.into_iter().map(in_order).collect()).collect();
        self.items.of_alternatives.push(ordered);
    }

    fn difference(&mut self, id: DifferenceId) {
        let (problem, selection) = (self.problem, self.selection);
        let Some(edge) = problem.differences.get(id.index()) else { return };
        let Some(bound) = selection.bound(problem, id) else { return };
        let members = members_of(problem, edge).collect();
        self.row(row(between(problem, edge), bound.value.clone(), bound.strict), Reason::Difference(id), members);
    }

    /// An event is on a day of one of the spans that are said.
    fn days(&mut self, id: StatementId) {
        let Some(said) = self.problem.statements.get(id.index()) else { return };
        let Says::Date(days) = &said.says else { return };
        let days = days.read(self.selection.soft);
        let event = || Quantity::Event(said.claim);
        let alternatives: Vec<Vec<Row>> = days
            .spans()
            .iter()
            .map(|span| {
                let (least, most) = (End::Closed(span.earliest.0.into()), End::Closed(span.latest.0.into()));
                vec![bounding(event(), Side::Least, &least), bounding(event(), Side::Most, &most)]
            })
            .collect();
        let of_rows = alternatives.iter().map(|rows| vec![Vec::new(); rows.len()]).collect();
        let members = vec![Member::Claim(said.claim)];
        self.choice(Item { what: Choice { alternatives }, reason: ChoiceReason::Days(id), members }, of_rows);
    }

    /// What a constraint rests on besides claims.
    pub fn members_of_constraint(&self, id: ConstraintId) -> Vec<Member> {
        let leans = self.problem.constraints.get(id.index()).map(|it| it.leans.as_slice()).unwrap_or_default();
        leans.iter().copied().map(Member::Lean).chain([Member::Constraint(id)]).collect()
    }

    /// What the totals of a curve rest on.
    pub fn members_of_curve(&self, curve: CurveId) -> Vec<Member> {
        let found = self.problem.curves.get(curve.index());
        found.map(|curve| self.members_of_constraint(curve.constraint)).unwrap_or_default()
    }

    /// Whether the totals of a curve may be leaned on.
    fn adds_up(&self, curve: CurveId) -> bool {
        let found = self.problem.curves.get(curve.index());
        found.is_some_and(|curve| self.selection.allows(self.problem, curve.constraint))
    }

    /// Makes a figure's value a quantity, bounded by what is said of it.
    fn figure(&mut self, id: FigureId) -> Quantity {
        let quantity = Quantity::Figure(id);
        let Some(figure) = self.problem.figures.get(id.index()) else { return quantity };
        if !self.figures.insert(id) {
            return quantity;
        }
        let problem = self.problem;
        for (bound, side) in sides(&figure.range, figure.integer) {
            self.row(bounding(quantity.clone(), side, &bound), Reason::Range(id, side), Vec::new());
        }
        // Where nothing may be leaned on for its adding up, a figure is what is said of it and no more.
        let curve = figure.curve.filter(|curve| self.adds_up(*curve));
        if let (Some(curve), Some((start, end))) = (curve, figure.ends) {
            let assumed = figure.leans.iter().copied().map(Member::Lean);
            let members: Vec<Member> = self.members_of_curve(curve).into_iter().chain(assumed).collect();
            for (side, sign) in [(Side::Most, 1), (Side::Least, -1)] {
                let mut terms = BTreeMap::from([(quantity.clone(), Rational::from(sign))]);
                for (instant, own) in [(end, -1), (start, 1)] {
                    let total = Quantity::Total(curve, place(problem, instant));
                    *terms.entry(total).or_insert(Rational::ZERO) += Rational::from(sign).times(&own.into());
                }
                self.row(row(terms, Rational::ZERO, false), Reason::Increment(id, side), members.clone());
            }
            if figure.leans.is_empty() && !self.bounds_figures {
                return quantity; // what is said of it bounds its curve
            }
        }
        for statement in &figure.statements {
            let Some(said) = problem.statements.get(statement.index()) else { continue };
            let Says::Value(_, reading) = &said.says else { continue };
            if self.selection.article.is_some_and(|article| article != said.article) {
                continue;
            }
            let interval = if self.selection.soft { reading.soft() } else { reading.hard() };
            for (bound, side) in sides(interval, figure.integer) {
                let reason = Reason::Stated(*statement, side);
                self.row(bounding(quantity.clone(), side, &bound), reason, vec![Member::Claim(said.claim)]);
            }
        }
        quantity
    }

    /// What the vocabulary or a rule leaves something that nobody reports.
    fn domain(&mut self, id: ConstraintId, at: usize, quantity: &Quantity, domain: Option<&Domain>) {
        for (bound, side) in domain.into_iter().flat_map(|domain| sides(&domain.interval, domain.integer)) {
            self.row(bounding(quantity.clone(), side, &bound), Reason::Domain(id, at, side), Vec::new());
        }
    }

    fn relation(&mut self, id: ConstraintId) {
        let problem = self.problem;
        let Some(Form::Relation { formula, variables, domains }) =
            problem.constraints.get(id.index()).map(|constraint| &constraint.form)
        else {
            return;
        };
        let mut quantities = Vec::with_capacity(variables.len());
        for (at, variable) in variables.iter().enumerate() {
            quantities.push(match variable {
                Variable::Figure(figure) => self.figure(*figure),
                Variable::Event(claim) => Quantity::Event(*claim),
                Variable::Unreported(unreported) => {
                    let quantity = Quantity::Unreported(*unreported);
                    if self.unreported.insert(*unreported) {
                        self.domain(id, at, &quantity, domains.get(at));
                    }
                    quantity
                }
                Variable::Unknown => {
                    let quantity = Quantity::Unknown(id, at);
                    self.domain(id, at, &quantity, domains.get(at));
                    quantity
                }
            });
        }
        let members = self.members_of_constraint(id);
        match alternatives(problem, formula, variables, domains, &quantities) {
            Alternatives::All(rows) => {
                for (at, row) in rows.into_iter().enumerate() {
                    self.row(row, Reason::Formula(id, at), members.clone());
                }
            }
            Alternatives::OneOf(alternatives) => {
                let of_rows = alternatives.iter().map(|rows| vec![Vec::new(); rows.len()]).collect();
                let (what, members) = (Choice { alternatives }, in_order(members));
                self.choice(Item { what, reason: ChoiceReason::Formula(id), members }, of_rows);
            }
            Alternatives::TooMany => self.items.unread.push(id),
        }
    }

    /// Between two moments that follow each other, the level rises by what came in less what went out.
    fn balance(
        &mut self,
        id: ConstraintId,
        levels: &[(InstantId, FigureId)],
        inflows: &[CurveId],
        outflows: &[CurveId],
    ) {
        let problem = self.problem;
        let flows = || inflows.iter().map(|curve| (curve, -1)).chain(outflows.iter().map(|curve| (curve, 1)));
        let mut members = self.members_of_constraint(id);
        for (curve, _) in flows() {
            members.extend(self.members_of_curve(*curve));
        }
        for (at, pair) in levels.windows(2).enumerate() {
            let [(start, before), (end, after)] = pair else { continue };
            let placed = [before, after].into_iter().filter_map(|figure| problem.figures.get(figure.index()));
            let assumed = placed.flat_map(|figure| figure.leans.iter().copied().map(Member::Lean));
            let members: Vec<Member> = members.iter().copied().chain(assumed).collect();
            let (before, after) = (self.figure(*before), self.figure(*after));
            for (side, sign) in [(Side::Most, 1), (Side::Least, -1)] {
                let mut terms: BTreeMap<Quantity, Rational> = BTreeMap::new();
                let mut add = |quantity: Quantity, factor: i64| {
                    *terms.entry(quantity).or_insert(Rational::ZERO) += Rational::from(sign).times(&factor.into());
                };
                add(after.clone(), 1);
                add(before.clone(), -1);
                for (curve, flow) in flows() {
                    add(Quantity::Total(*curve, place(problem, *end)), flow);
                    add(Quantity::Total(*curve, place(problem, *start)), if flow == 1 { -1 } else { 1 });
                }
                self.row(row(terms, Rational::ZERO, false), Reason::Balance(id, at, side), members.clone());
            }
        }
    }
}

/// The place of an instant.
pub(super) fn place(problem: &Problem, instant: InstantId) -> Place {
    let found = problem.instants.get(instant.index());
    match found.and_then(|found| found.earliest.filter(|_| found.earliest == found.latest)) {
        Some(time) => Place::At(time),
        None => Place::Within(instant),
    }
}

/// How far an edge's end is after its beginning, as multiples of quantities.
pub(super) fn between(problem: &Problem, edge: &Difference) -> BTreeMap<Quantity, Rational> {
    let mut terms = BTreeMap::new();
    for (node, sign) in [(edge.to, 1), (edge.from, -1)] {
        if let Some(quantity) = quantity(problem, node) {
            *terms.entry(quantity).or_insert(Rational::ZERO) += Rational::from(sign);
        }
    }
    terms
}

/// A node as a quantity; `None` for the two that are nought.
fn quantity(problem: &Problem, node: NodeId) -> Option<Quantity> {
    match problem.nodes.get(node.index())? {
        Node::Total(curve, instant) => Some(Quantity::Total(*curve, place(problem, *instant))),
        Node::Event(claim) => Some(Quantity::Event(*claim)),
        Node::Epoch | Node::Nothing => None,
    }
}

/// A row of terms that are in order, without those that are 0.
pub(super) fn row(terms: BTreeMap<Quantity, Rational>, at_most: Rational, strict: bool) -> Row {
    Row { terms: terms.into_iter().filter(|(_, factor)| !factor.is_zero()).collect(), at_most, strict }
}

/// The ends of an interval that bound anything, of its whole numbers if only those count.
pub(in crate::solve) fn sides(interval: &Interval, whole: bool) -> impl Iterator<Item = (End, Side)> + use<> {
    let rounded = if whole { interval.integers() } else { None };
    let interval = rounded.as_ref().unwrap_or(interval);
    let ends = [(interval.lo().clone(), Side::Least), (interval.hi().clone(), Side::Most)];
    ends.into_iter().filter(|(end, _)| end.value().is_some())
}

/// A quantity on one side of a bound.
pub(in crate::solve) fn bounding(quantity: Quantity, side: Side, bound: &End) -> Row {
    let value = bound.value().cloned().unwrap_or_default();
    let (factor, at_most) = match side {
        Side::Most => (Rational::ONE, value),
        Side::Least => (Rational::from(-1), -&value),
    };
    Row { terms: vec![(quantity, factor)], at_most, strict: !bound.is_closed() }
}

fn in_order(mut members: Vec<Member>) -> Vec<Member> {
    members.sort_unstable();
    members.dedup();
    members
}

/// The claims among members.
pub(super) fn claims(members: &BTreeSet<Member>) -> impl Iterator<Item = ClaimId> {
    members.iter().filter_map(|member| if let Member::Claim(id) = member { Some(*id) } else { None })
}
