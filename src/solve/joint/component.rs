//! Which constraints hang together, and which components are decided here.
//!
//! Two constraints hang together if they speak of a common figure, event or curve. Where running totals have an instant
//! in common whose place is not known, their curves hang together too.

use super::Selection;
use crate::claim::ClaimId;
use crate::problem::{
    ConstraintId, CurveId, DifferenceId, FigureId, Form, InstantId, InstantKind, Node, NodeId, Problem, Says,
    StatementId, UnreportedId, Variable,
};
use crate::solve::joined::Joined;
use std::collections::{BTreeMap, BTreeSet};

/// What hangs together.
#[derive(Clone, Debug, Default)]
pub(super) struct Component {
    /// The edges that count.
    pub differences: Vec<DifferenceId>,
    /// The curves.
    pub curves: BTreeSet<CurveId>,
    /// The relations, parts inside wholes and balances that count.
    pub constraints: Vec<ConstraintId>,
    /// Instants whose place is not known and matters to more than one curve.
    pub shared: BTreeSet<InstantId>,
    /// What is said of events that are on one of several days with others between them.
    pub day_sets: Vec<StatementId>,
}

/// Places of things in one list.
struct Slots<'p> {
    problem: &'p Problem,
    joined: Joined,
}

impl Slots<'_> {
    fn node(&self, node: NodeId) -> Option<usize> {
        match self.problem.nodes.get(node.index())? {
            Node::Epoch | Node::Nothing => None,
            Node::Total(curve, _) => Some(self.curve(*curve)),
            Node::Event(_) => Some(node.index()),
        }
    }

    fn curve(&self, curve: CurveId) -> usize {
        self.problem.nodes.len().saturating_add(curve.index())
    }

    fn figure(&self, figure: FigureId) -> usize {
        match self.problem.figures.get(figure.index()).and_then(|figure| figure.curve) {
            Some(curve) => self.curve(curve),
            None => self.problem.nodes.len().saturating_add(self.problem.curves.len()).saturating_add(figure.index()),
        }
    }

    fn unreported(&self, id: UnreportedId) -> usize {
        let before = self.problem.nodes.len().saturating_add(self.problem.curves.len());
        before.saturating_add(self.problem.figures.len()).saturating_add(id.index())
    }

    fn join_all(&mut self, places: impl IntoIterator<Item = usize>) -> Option<usize> {
        let mut places = places.into_iter();
        let first = places.next()?;
        for other in places {
            self.joined.join(first, other);
        }
        Some(first)
    }
}

/// The components that are decided here, in canonical order.
pub(super) fn components(problem: &Problem, selection: &Selection) -> Vec<Component> {
    let events: BTreeMap<_, _> = (0..)
        .map(NodeId)
        .zip(&problem.nodes)
        .filter_map(|(id, node)| if let Node::Event(claim) = node { Some((*claim, id)) } else { None })
        .collect();
    let figures = problem.figures.len().saturating_add(problem.unreported.len());
    let size = problem.nodes.len().saturating_add(problem.curves.len()).saturating_add(figures);
    let mut slots = Slots { problem, joined: Joined::new(size) };
    let mut placed: Vec<(ConstraintId, usize)> = Vec::new();
    for (id, constraint) in (0..).map(ConstraintId).zip(&problem.constraints) {
        if !selection.allows(problem, id) {
            continue;
        }
        let of_figures: Vec<usize> = match &constraint.form {
            // No rows say what it says: it is decided by itself alone.
            Form::Relation { formula, .. } if formula.speaks_of_answers() => continue,
            Form::Relation { variables, .. } => variables
                .iter()
                .filter_map(|variable| match variable {
                    Variable::Figure(figure) => Some(slots.figure(*figure)),
                    Variable::Event(claim) => events.get(claim).and_then(|node| slots.node(*node)),
                    Variable::Unreported(id) => Some(slots.unreported(*id)),
                    Variable::Unknown => None,
                })
                .collect(),
            Form::Inside { whole, parts, .. } => parts.iter().chain([whole]).map(|curve| slots.curve(*curve)).collect(),
            Form::Balance { levels, inflows, outflows } => {
                let levels = levels.iter().map(|(_, figure)| slots.figure(*figure));
                levels.chain(inflows.iter().chain(outflows).map(|curve| slots.curve(*curve))).collect()
            }
            Form::SameFigure(_) | Form::SameText(_) | Form::Additive(_) | Form::Differences(_) => continue,
        };
        placed.extend(slots.join_all(of_figures).map(|place| (id, place)));
    }
    let shared = shared_instants(problem, selection, &mut slots);
    let mut edges: Vec<(DifferenceId, usize)> = Vec::new();
    for (id, edge) in (0..).map(DifferenceId).zip(&problem.differences) {
        if selection.bound(problem, id).is_none() {
            continue;
        }
        let ends: Vec<usize> = [edge.from, edge.to].into_iter().filter_map(|node| slots.node(node)).collect();
        edges.extend(slots.join_all(ends).map(|place| (id, place)));
    }
    let mut found: BTreeMap<usize, Component> = BTreeMap::new();
    for (id, place) in placed {
        found.entry(slots.joined.root(place)).or_default().constraints.push(id);
    }
    for (instant, place) in &shared {
        if selection.unsettled.contains(instant) {
            found.entry(slots.joined.root(*place)).or_default();
        }
    }
    for (instant, place) in shared {
        if let Some(component) = found.get_mut(&slots.joined.root(place)) {
            component.shared.insert(instant);
        }
    }
    for (statement, place) in day_sets(problem, selection, &events, &slots) {
        found.entry(slots.joined.root(place)).or_default().day_sets.push(statement);
    }
    for (id, place) in edges {
        if let Some(component) = found.get_mut(&slots.joined.root(place)) {
            component.differences.push(id);
        }
    }
    for curve in (0..problem.curves.len()).map(CurveId::at) {
        let place = slots.curve(curve);
        if let Some(component) = found.get_mut(&slots.joined.root(place)) {
            component.curves.insert(curve);
        }
    }
    let mut components: Vec<Component> =
        found.into_values().filter(|component| !is_decided_elsewhere(problem, component)).collect();
    components
        .sort_by_key(|component| (component.constraints.first().copied(), component.differences.first().copied()));
    components
}

/// A single relation that nothing else touches than the statements of its own figures is decided by itself.
fn is_decided_elsewhere(problem: &Problem, component: &Component) -> bool {
    let [only] = component.constraints.as_slice() else { return false };
    let Some(Form::Relation { variables, .. }) = problem.constraints.get(only.index()).map(|only| &only.form) else {
        return false;
    };
    component.shared.is_empty()
        && component.day_sets.is_empty()
        && component.differences.iter().all(|id| {
            problem.differences.get(id.index()).is_some_and(|edge| {
                edge.constraint.is_none()
                    && edge.why.statement().is_none_or(|statement| {
                        variables.iter().any(|variable| match variable {
                            Variable::Figure(figure) => problem
                                .figures
                                .get(figure.index())
                                .is_some_and(|figure| figure.statements.contains(&statement)),
                            _ => false,
                        })
                    })
            })
        })
        && of_different_curves(problem, variables)
}

/// The days of events that are on one of several with others between them, where something besides the days counts.
fn day_sets(
    problem: &Problem,
    selection: &Selection,
    events: &BTreeMap<ClaimId, NodeId>,
    slots: &Slots,
) -> Vec<(StatementId, usize)> {
    let said = (0..).map(StatementId).zip(&problem.statements);
    let gapped: BTreeMap<NodeId, StatementId> = said
        .filter(
            |(_, statement)| matches!(&statement.says, Says::Date(days) if !days.read(selection.soft).is_one_span()),
        )
        .filter(|(_, statement)| selection.article.is_none_or(|article| article == statement.article))
        .filter(|(_, statement)| !selection.set_aside.contains(&statement.claim))
        .filter_map(|(id, statement)| Some((*events.get(&statement.claim)?, id)))
        .collect();
    if gapped.is_empty() {
        return Vec::new();
    }
    let mut bound: BTreeSet<NodeId> = BTreeSet::new();
    for (id, edge) in (0..).map(DifferenceId).zip(&problem.differences) {
        if edge.constraint.is_some() && selection.bound(problem, id).is_some() {
            bound.extend([edge.from, edge.to]);
        }
    }
    for (id, constraint) in (0..).map(ConstraintId).zip(&problem.constraints) {
        if let (Form::Relation { variables, .. }, true) = (&constraint.form, selection.allows(problem, id)) {
            bound.extend(variables.iter().filter_map(|variable| match variable {
                Variable::Event(claim) => events.get(claim),
                _ => None,
            }));
        }
    }
    let counts = gapped.into_iter().filter(|(node, _)| bound.contains(node));
    counts.filter_map(|(node, statement)| Some((statement, slots.node(node)?))).collect()
}

/// Whether no two figures lie on one curve, where the order of time could relate them.
fn of_different_curves(problem: &Problem, variables: &[Variable]) -> bool {
    let mut seen = BTreeSet::new();
    variables.iter().all(|variable| match variable {
        Variable::Figure(figure) => {
            problem.figures.get(figure.index()).and_then(|figure| figure.curve).is_none_or(|curve| seen.insert(curve))
        }
        _ => true,
    })
}

/// Instants whose place is not known and that lie on several curves that never fall; those curves are joined.
fn shared_instants(problem: &Problem, selection: &Selection, slots: &mut Slots) -> Vec<(InstantId, usize)> {
    let mut curves: BTreeMap<InstantId, BTreeSet<CurveId>> = BTreeMap::new();
    for (id, edge) in (0..).map(DifferenceId).zip(&problem.differences) {
        if selection.bound(problem, id).is_none() {
            continue;
        }
        for node in [edge.from, edge.to] {
            if let Some(Node::Total(curve, instant)) = problem.nodes.get(node.index())
                && is_loose(problem, *instant)
                && problem.curves.get(curve.index()).is_some_and(|curve| curve.monotone)
            {
                curves.entry(*instant).or_default().insert(*curve);
            }
        }
    }
    let of_length: BTreeSet<InstantId> = problem.lengths.iter().flat_map(|(start, end, _)| [*start, *end]).collect();
    let mut shared = Vec::new();
    for (instant, curves) in curves {
        let places: Vec<usize> = curves.iter().map(|curve| slots.curve(*curve)).collect();
        if places.len() > 1 || of_length.contains(&instant) {
            shared.extend(slots.join_all(places).map(|place| (instant, place)));
        }
    }
    shared
}

/// Whether an instant's place is one of several, and one that can matter.
pub(super) fn is_loose(problem: &Problem, instant: InstantId) -> bool {
    problem.instants.get(instant.index()).is_some_and(|instant| {
        matches!(instant.kind, InstantKind::Now(_) | InstantKind::Vague(..)) && instant.earliest != instant.latest
    })
}
