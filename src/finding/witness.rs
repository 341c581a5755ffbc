//! Values for which all that was not found to clash holds: those that the solver found on its way.

use super::layers::what_is_left;
use super::single::{box_of, budget};
use crate::calendar::DaySpan;
use crate::claim::ClaimId;
use crate::number::{Interval, Rational};
use crate::problem::refutation::{Place, Quantity};
use crate::problem::{
    Constraint, ConstraintId, Domain, FigureId, Form, InstantId, Node, Problem, Says, StatementId, Variable,
};
use crate::solve::{Decision, Selection, Start, decide, solve_graph, solve_joint};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// Values for all that is bound on hard readings and leans on nothing unsaid, once these claims and rules are set aside;
/// `None` if some were not found. They are looked for on so many threads.
pub fn values(
    problem: &Problem,
    aside: &BTreeSet<ClaimId>,
    rules_aside: &BTreeSet<String>,
    jobs: NonZeroUsize,
) -> Option<Vec<(Quantity, Rational)>> {
    let mut selection = what_is_left(problem, aside, rules_aside);
    let (pinned, of_answers) = with_answers(problem, &selection, aside, rules_aside)?;
    let problem = pinned.as_ref();
    let graph = solve_graph(problem, &selection);
    selection.unsettled = graph.unsettled.iter().map(|open| open.instant).collect();
    let joint = solve_joint(problem, &selection, Start::of(&graph.witness), jobs);
    if !(graph.conflicts.is_empty() && joint.conflicts.is_empty() && joint.undecided.is_empty()) {
        return None;
    }
    let at = |wanted: Node| {
        let node = problem.nodes.iter().position(|node| *node == wanted);
        node.and_then(|node| graph.witness.get(node).cloned().flatten()).unwrap_or_else(|| Rational::from(0))
    };
    let (epoch, nothing) = (at(Node::Epoch), at(Node::Nothing));
    let mut found: BTreeMap<Quantity, Rational> = of_answers;
    for (node, value) in problem.nodes.iter().zip(&graph.witness) {
        let Some(value) = value else { continue };
        match node {
            Node::Total(curve, instant) => {
                found.insert(Quantity::Total(*curve, place(problem, *instant)), value.minus(&nothing));
            }
            Node::Event(claim) => {
                found.insert(Quantity::Event(*claim), value.minus(&epoch));
            }
            Node::Epoch | Node::Nothing => {}
        }
    }
    let named = named(problem);
    let says = |quantity: &Quantity| !matches!(quantity, Quantity::Total(_, at) if !named.contains(at));
    found.extend(joint.witness.into_iter().filter(|(quantity, _)| says(quantity)));
    // An event that nothing else binds may be on any of its days, and the graph knows only the first and the last.
    for statement in problem.statements.iter().filter(|statement| !aside.contains(&statement.claim)) {
        let Says::Date(days) = &statement.says else { continue };
        let days = days.hard();
        let day = found.entry(Quantity::Event(statement.claim)).or_default();
        let is_one = |span: &DaySpan| *day >= Rational::from(span.earliest.0) && *day <= Rational::from(span.latest.0);
        if !days.spans().iter().any(is_one) {
            *day = Rational::from(days.hull().earliest.0);
        }
    }
    for (at, constraint) in problem.constraints.iter().enumerate() {
        let counts = !rules_aside.contains(&constraint.rule);
        if counts && constraint.leans.iter().all(|lean| selection.leans.contains(lean)) {
            by_itself(problem, ConstraintId::at(at), constraint, aside, &mut found)?;
        }
    }
    Some(found.into_iter().collect())
}

/// Values of the figures of which constraints say that such answers exist, and the problem with no other values left for
/// them. These constraints are decided by themselves, so that all others have to take up what they settle on.
fn with_answers<'p>(
    problem: &'p Problem,
    selection: &Selection,
    aside: &BTreeSet<ClaimId>,
    rules_aside: &BTreeSet<String>,
) -> Option<(Cow<'p, Problem>, BTreeMap<Quantity, Rational>)> {
    let mut pinned = Cow::Borrowed(problem);
    let mut found = BTreeMap::new();
    for (at, constraint) in problem.constraints.iter().enumerate() {
        let Form::Relation { formula, variables, .. } = &constraint.form else { continue };
        let counts = !rules_aside.contains(&constraint.rule)
            && constraint.leans.iter().all(|lean| selection.leans.contains(lean));
        if !counts || !formula.speaks_of_answers() {
            continue;
        }
        by_itself(problem, ConstraintId::at(at), constraint, aside, &mut found)?;
        for variable in variables {
            if let Variable::Figure(figure) = variable
                && let Some(value) = found.get(&Quantity::Figure(*figure))
                && let Some(figure) = pinned.to_mut().figures.get_mut(figure.index())
            {
                figure.range = Interval::point(value.clone());
            }
        }
    }
    Some((pinned, found))
}

/// The places that a claim or a constraint names. One that nothing names lies wherever others leave it: whatever value
/// the search gave it says nothing.
fn named(problem: &Problem) -> BTreeSet<Place> {
    let of_nodes = problem.nodes.iter().filter_map(|node| match node {
        Node::Total(_, instant) => Some(*instant),
        _ => None,
    });
    let of_levels = problem.constraints.iter().flat_map(|constraint| match &constraint.form {
        Form::Balance { levels, .. } => levels.as_slice(),
        _ => &[],
    });
    let of_levels = of_levels.map(|(instant, _)| *instant);
    let of_figures = problem.figures.iter().filter(|figure| figure.curve.is_some()).filter_map(|figure| figure.ends);
    let of_figures = of_figures.flat_map(|(start, end)| [start, end]);
    of_nodes.chain(of_levels).chain(of_figures).map(|instant| place(problem, instant)).collect()
}

/// The values of a relation that is decided by itself.
fn by_itself(
    problem: &Problem,
    id: ConstraintId,
    constraint: &Constraint,
    aside: &BTreeSet<ClaimId>,
    found: &mut BTreeMap<Quantity, Rational>,
) -> Option<()> {
    let Form::Relation { variables, .. } = &constraint.form else { return Some(()) };
    let counts = |statement: StatementId| !aside.contains(&problem[statement].claim);
    let (formula, mut free) = box_of(problem, constraint, false, &counts)?;
    for (variable, domain) in variables.iter().zip(&mut free) {
        if let Variable::Figure(figure) = variable
            && problem[*figure].curve.is_some_and(|curve| problem[curve].monotone)
        {
            domain.interval = domain.interval.intersect(&Interval::at_least(Rational::from(0)))?;
        }
    }
    let quantity = |at: usize, variable: &Variable| match variable {
        Variable::Figure(figure) => Quantity::Figure(*figure),
        Variable::Event(claim) => Quantity::Event(*claim),
        Variable::Unreported(unreported) => Quantity::Unreported(*unreported),
        Variable::Unknown => Quantity::Unknown(id, at),
    };
    if variables.iter().enumerate().all(|(at, variable)| found.contains_key(&quantity(at, variable))) {
        return Some(()); // it was decided together with others
    }
    // What another relation gave a figure is kept where it can be.
    let mut held = free.clone();
    for ((at, variable), domain) in variables.iter().enumerate().zip(&mut held) {
        if let Some(known) = found.get(&quantity(at, variable)) {
            domain.interval = Interval::point(known.clone());
        }
    }
    let decide = |domains: &[Domain]| match decide(&formula, domains, budget(domains)) {
        Decision::Holds => Some(domains.iter().map(any_of).collect()),
        Decision::Fits(values) => Some(values),
        Decision::Contradicted | Decision::FitsBetween(..) | Decision::Undecided => None,
    };
    let values: Vec<Rational> = decide(&held).or_else(|| decide(&free))?;
    for ((at, variable), value) in variables.iter().enumerate().zip(values) {
        if let Variable::Figure(figure) = variable {
            grow(problem, *figure, &value, found);
        }
        found.insert(quantity(at, variable), value);
    }
    Some(())
}

fn any_of(domain: &Domain) -> Rational {
    let whole = if domain.integer { domain.interval.integers() } else { None };
    whole.as_ref().unwrap_or(&domain.interval).pick()
}

/// Lets the running total of a figure grow by its value.
fn grow(problem: &Problem, figure: FigureId, value: &Rational, found: &mut BTreeMap<Quantity, Rational>) {
    if let (Some(curve), Some((start, end))) = (problem[figure].curve, problem[figure].ends) {
        let start = found.entry(Quantity::Total(curve, place(problem, start))).or_default().clone();
        found.insert(Quantity::Total(curve, place(problem, end)), start.plus(value));
    }
}

fn place(problem: &Problem, instant: InstantId) -> Place {
    let found = &problem[instant];
    match found.earliest.filter(|_| found.earliest == found.latest) {
        Some(time) => Place::At(time),
        None => Place::Within(instant),
    }
}
