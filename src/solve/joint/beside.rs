//! Other instances of the same rules, by which a conflict may spare what it rests on.
//!
//! A refutation that was made minimal spares none of its claims as long as nothing but its own instances of rules counts. But
//! a rule binds wherever it can be applied: where a part of a whole clashes by itself, the sum of it and another part is no
//! irreducible clash. So the instances of the same rules over the same curves and figures are taken in, and each claim,
//! each rule and all that is leaned on is left out in turn once more.

use super::item::Items;
use super::minimal::{Resting, minimal, used};
use super::system::{Background, Numbered};
use crate::problem::refutation::Refutation;
use crate::problem::{Conflict, ConstraintId, CurveId, FigureId, Form, Node, Problem, Variable};
use crate::solve::graph::selection::Member;
use crate::solve::linear::{Answer, Search};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Conflicts of more members than this are left as they are: each trial costs as much as they are large.
const MOST_MEMBERS: usize = 200;

/// What a constraint speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Subject {
    Curve(CurveId),
    Figure(FigureId),
}

/// The constraints of a component by what they speak of.
pub(super) struct Beside<'p> {
    problem: &'p Problem,
    /// What each constraint speaks of.
    subjects: BTreeMap<ConstraintId, BTreeSet<Subject>>,
    /// Each constraint under that of its subjects that the fewest speak of.
    of: HashMap<Subject, Vec<ConstraintId>>,
}

/// A refutation with the system that it refutes.
pub(super) type Refuted = (Numbered, Refutation);

impl<'p> Beside<'p> {
    /// Sorts the constraints that items rest on by what they speak of.
    pub fn of(problem: &'p Problem, items: &Items) -> Self {
        let of_rows = items.rows.iter().flat_map(|item| &item.members);
        let members = of_rows.chain(items.choices.iter().flat_map(|item| &item.members));
        let constraints: BTreeSet<ConstraintId> = members.filter_map(constraint).collect();
        let subjects: BTreeMap<ConstraintId, BTreeSet<Subject>> =
            constraints.into_iter().map(|id| (id, subjects(problem, id))).collect();
        let mut count: HashMap<Subject, usize> = HashMap::new();
        for subject in subjects.values().flatten() {
            let count = count.entry(*subject).or_default();
            *count = count.saturating_add(1);
        }
        let mut of: HashMap<Subject, Vec<ConstraintId>> = HashMap::new();
        for (id, own) in &subjects {
            if let Some(rarest) = own.iter().min_by_key(|subject| (count.get(*subject), **subject)) {
                of.entry(*rarest).or_default().push(*id);
            }
        }
        Self { problem, subjects, of }
    }

    /// The instances of the rules of a conflict that speak of nothing else than it does, and are not set aside.
    fn instances(&self, conflict: &Conflict, members: &BTreeSet<Member>, aside: &BTreeSet<Member>) -> BTreeSet<Member> {
        let rules = conflict.rules(self.problem);
        let spoken: BTreeSet<Subject> =
            members.iter().filter_map(constraint).filter_map(|id| self.subjects.get(&id)).flatten().copied().collect();
        let near = spoken.iter().filter_map(|subject| self.of.get(subject)).flatten();
        near.filter(|id| self.problem.constraints.get(id.index()).is_some_and(|it| rules.contains(it.rule.as_str())))
            .filter(|id| self.subjects.get(id).is_some_and(|own| own.is_subset(&spoken)))
            .map(|id| Member::Constraint(*id))
            .filter(|member| !members.contains(member) && !aside.contains(member))
            .collect()
    }

    /// A refutation that rests on fewer claims, rules or leans than a conflict and on no others, if there is one.
    ///
    /// What is set aside stays so: a conflict that was found before would be found again, without end.
    pub fn spared(
        &self,
        background: &Background,
        resting: &Resting,
        (numbered, refutation): (&Numbered, &Refutation),
        conflict: &Conflict,
        aside: &BTreeSet<Member>,
    ) -> Option<Refuted> {
        let items = resting.items;
        let members = used(items, numbered, refutation);
        if members.len() > MOST_MEMBERS {
            return None;
        }
        let beside = self.instances(conflict, &members, aside);
        if beside.is_empty() {
            return None;
        }
        let all: BTreeSet<Member> = members.union(&beside).copied().collect();
        let near = resting.within(&all);
        let one_by_one = members.iter().filter(|member| constraint(member).is_none()).map(|it| BTreeSet::from([*it]));
        let rules = conflict.rules(self.problem);
        let of_rule = |rule: &str| -> BTreeSet<Member> {
            let is_of_it = |id| self.problem.constraints.get(ConstraintId::index(id)).is_some_and(|it| it.rule == rule);
            all.iter().copied().filter(|member| constraint(member).is_some_and(&is_of_it)).collect()
        };
        let by_rule = rules.iter().filter(|_| rules.len() > 1).map(|rule| of_rule(rule));
        one_by_one.chain(by_rule).find_map(|gone| {
            let left: BTreeSet<Member> = all.difference(&gone).copied().collect();
            let smaller = Numbered::of(background, items, near.clone(), Some(&left));
            let Answer::Impossible(refutation) = Search::new(&smaller.system).decide(resting.budget(&smaller)) else {
                return None;
            };
            let (minimal, refutation) = minimal(background, resting, &smaller, refutation);
            Some((minimal.unwrap_or(smaller), refutation))
        })
    }
}

fn constraint(member: &Member) -> Option<ConstraintId> {
    if let Member::Constraint(id) = member { Some(*id) } else { None }
}

fn subjects(problem: &Problem, id: ConstraintId) -> BTreeSet<Subject> {
    let of_figure = |figure: &FigureId| match problem.figures.get(figure.index()).and_then(|figure| figure.curve) {
        Some(curve) => Subject::Curve(curve),
        None => Subject::Figure(*figure),
    };
    let node = |id: crate::problem::NodeId| match problem.nodes.get(id.index()) {
        Some(Node::Total(curve, _)) => Some(Subject::Curve(*curve)),
        _ => None,
    };
    match problem.constraints.get(id.index()).map(|constraint| &constraint.form) {
        Some(Form::Additive(curve)) => BTreeSet::from([Subject::Curve(*curve)]),
        Some(Form::Inside { whole, parts, .. }) => parts.iter().chain([whole]).copied().map(Subject::Curve).collect(),
        Some(Form::Balance { levels, inflows, outflows }) => {
            let flows = inflows.iter().chain(outflows).copied().map(Subject::Curve);
            levels.iter().map(|(_, figure)| of_figure(figure)).chain(flows).collect()
        }
        Some(Form::Differences(edges)) => {
            let edges = edges.iter().filter_map(|edge| problem.differences.get(edge.index()));
            edges.flat_map(|edge| [edge.from, edge.to]).filter_map(node).collect()
        }
        Some(Form::Relation { variables, .. }) => {
            let figures = variables.iter().filter_map(|variable| match variable {
                Variable::Figure(figure) => Some(of_figure(figure)),
                _ => None,
            });
            figures.collect()
        }
        Some(Form::SameFigure(_) | Form::SameText(_)) | None => BTreeSet::new(),
    }
}
