//! Conflicts are irreducible: drop any one of their claims, or of their instances of rules, and the rest can be true.
//!
//! Every conflict of every case is taken apart. What is left each time is put to the solver by itself, anew.

use super::single::{box_of, budget, reading};
use crate::claim::ClaimId;
use crate::problem::refutation::{Quantity, Reason};
use crate::problem::{
    Conflict, ConstraintId, CurveId, DifferenceId, Form, Node, Problem, Proof, Says, Side, StatementId, Why,
};
use crate::solve::{Decision, Selection, Start, decide, solve_graph, solve_joint};
use crate::source::quote::same_words;
use crate::workspace::{Workspace, cases};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;

/// What is left of a conflict.
#[derive(Clone)]
struct Left {
    statements: BTreeSet<StatementId>,
    constraints: BTreeSet<ConstraintId>,
}

/// Whether some statements and instances of rules clash by themselves, leaning on what a conflict leans on; `None` if that
/// could not be decided.
fn clash(problem: &Problem, conflict: &Conflict, left: &Left) -> Option<bool> {
    let counts = |statement: StatementId| left.statements.contains(&statement);
    let others = || (0..problem.statements.len()).map(StatementId::at).filter(|it| !counts(*it));
    let given_up = (0..problem.differences.len()).map(DifferenceId::at).filter(|id| match problem[*id].why {
        Why::Stated(by, _) | Why::Within(by) | Why::SameScope(by, _) | Why::Dated(by, _) => !counts(by),
        _ => false,
    });
    let kept: BTreeSet<ClaimId> = left.statements.iter().map(|it| problem[*it].claim).collect();
    let claims = problem.statements.iter().map(|it| it.claim);
    let constraints = (0..problem.constraints.len()).map(ConstraintId::at);
    let mut selection = Selection {
        soft: conflict.soft,
        leans: conflict.leans.iter().copied().collect(),
        article: None,
        given_up: given_up.collect(),
        given_up_constraints: constraints.filter(|id| !left.constraints.contains(id)).collect(),
        given_up_rows: others().flat_map(|it| [Side::Least, Side::Most].map(|side| Reason::Stated(it, side))).collect(),
        set_aside: claims.filter(|claim| !kept.contains(claim)).collect(),
        ..Selection::default()
    };
    let graph = solve_graph(problem, &selection);
    if !graph.conflicts.is_empty() {
        return Some(true);
    }
    selection.unsettled = graph.unsettled.iter().map(|open| open.instant).collect();
    let joint = solve_joint(problem, &selection, Start::of(&graph.witness), NonZeroUsize::MIN);
    if !joint.conflicts.is_empty() {
        return Some(true);
    }
    let mut is_decided = joint.undecided.is_empty();
    for id in &left.constraints {
        match &problem[*id].form {
            Form::SameFigure(_) | Form::SameText(_) if differ(problem, *id, conflict.soft, &counts) => {
                return Some(true);
            }
            Form::Relation { .. } => {
                let (formula, domains) = box_of(problem, &problem[*id], conflict.soft, &counts)?;
                match decide(&formula, &domains, budget(&domains)) {
                    Decision::Contradicted => return Some(true),
                    Decision::Undecided => is_decided = false,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    is_decided.then_some(false)
}

/// Whether two of the statements that a constraint holds together differ.
fn differ(problem: &Problem, id: ConstraintId, soft: bool, counts: &dyn Fn(StatementId) -> bool) -> bool {
    let all: Vec<StatementId> = match &problem[id].form {
        Form::SameFigure(figure) => problem[*figure].statements.iter().copied().filter(|it| counts(*it)).collect(),
        Form::SameText(statements) => statements.iter().copied().filter(|it| counts(*it)).collect(),
        _ => Vec::new(),
    };
    all.iter().any(|one| {
        all.iter().any(|other| match (&problem[*one].says, &problem[*other].says) {
            (Says::Text(one), Says::Text(other)) => !same_words(one, other),
            _ => matches!(
                (reading(problem, *one, soft), reading(problem, *other, soft)),
                (Some(one), Some(other)) if !one.meets(&other)
            ),
        })
    })
}

/// That the running totals of a cycle add up. One figure inside another of the same time needs nothing of that, and is
/// not said to; but its edge stands between totals, and only counts while those do.
fn carried_on(problem: &Problem, conflict: &Conflict) -> Vec<ConstraintId> {
    let curve = |curve: CurveId| problem[curve].constraint;
    match &conflict.proof {
        Proof::Cycle(steps) => steps
            .iter()
            .filter_map(|step| if let Node::Total(of, _) = problem[step.from] { Some(curve(of)) } else { None })
            .collect(),
        Proof::Joint(joint) => joint
            .quantities
            .iter()
            .filter_map(|quantity| if let Quantity::Total(of, _) = quantity { Some(curve(*of)) } else { None })
            .collect(),
        _ => Vec::new(),
    }
}

/// What of a conflict could be spared, in words.
fn spared(workspace: &Workspace, problem: &Problem, conflict: &Conflict) -> Vec<String> {
    let whole = Left {
        statements: conflict.statements.iter().copied().collect(),
        constraints: conflict.constraints.iter().copied().chain(carried_on(problem, conflict)).collect(),
    };
    let mut found = Vec::new();
    if clash(problem, conflict, &whole) != Some(true) {
        found.push("by itself it is no clash".to_owned());
    }
    let claims: BTreeSet<ClaimId> = conflict.statements.iter().map(|it| problem[*it].claim).collect();
    for claim in claims {
        let mut left = whole.clone();
        left.statements.retain(|it| problem[*it].claim != claim);
        if clash(problem, conflict, &left) != Some(false) {
            found.push(format!("claim {}", workspace.claims[claim].id));
        }
    }
    for constraint in &conflict.constraints {
        let mut left = whole.clone();
        left.constraints.remove(constraint);
        if clash(problem, conflict, &left) != Some(false) {
            found.push(format!(
                "constraint {constraint:?} {}: {}",
                problem[*constraint].rule, problem[*constraint].words
            ));
        }
    }
    found
}

#[test]
fn every_member_of_every_conflict_is_needed() {
    let (mut conflicts, mut members, mut failed) = (0, 0, Vec::new());
    for (name, workspace) in cases() {
        let checked = workspace.check();
        assert!(checked.problem.statements.is_sorted_by_key(|statement| statement.claim), "{name}");
        for conflict in &checked.findings.conflicts {
            conflicts += 1;
            members += conflict.statements.len() + conflict.constraints.len();
            for member in spared(&workspace, &checked.problem, conflict) {
                failed.push(format!("{name}: {member}"));
            }
        }
    }
    println!("{conflicts} conflicts with {members} members");
    assert!(failed.is_empty(), "{} of {members} members can be spared:\n{}", failed.len(), failed.join("\n"));
    assert!(conflicts >= 110, "only {conflicts} conflicts");
}
