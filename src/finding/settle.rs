//! What would settle a conflict: for each claim in it, the values that it could have with all others as they are.

use super::Repair;
use super::single::reading;
use super::words::said_interval;
use crate::calendar::{Day, DaySpan};
use crate::claim::{ClaimId, Claims, Kind};
use crate::number::{End, Interval, Rational};
use crate::problem::{Conflict, Node, NodeId, Problem, Proof, Says, Side, StatementId, Step, StepReason, Why};
use crate::solve::Leeway;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// For each claim of a conflict, the values that settle it; empty where the proof does not give them.
pub(super) fn repairs<'p>(
    claims: &Claims,
    problem: &'p Problem,
    leeway: &OnceCell<Leeway<'p>>,
    conflict: &Conflict,
) -> Vec<Repair> {
    let articles: BTreeSet<_> = conflict.statements.iter().map(|id| problem[*id].article).collect();
    let across = articles.len() > 1;
    let mentions: BTreeSet<ClaimId> = conflict.statements.iter().map(|id| problem[*id].claim).collect();
    left_open(problem, leeway, conflict)
        .into_iter()
        .filter(|_| mentions.len() > 1 || matches!(conflict.proof, Proof::Apart))
        .filter_map(|(claim, (statement, interval))| {
            let (id, claim) = (claim, &claims[claim]);
            let is_fixed = claims.details.get(id.index()).is_some_and(|detail| detail.fixed);
            if is_fixed || matches!(&claim.kind, Kind::Figure(figure) if figure.unknown) {
                return None; // it may not be mended, or says nothing that could be
            }
            let (values, said) = said(problem, statement, &interval)?;
            Some(Repair {
                claims: vec![claim.id.clone()],
                values: vec![(claim.id.clone(), values)],
                exact: true,
                words: format!("`{}` {said}", if across { &claim.id } else { &claim.name }),
                slip: None,
            })
        })
        .collect()
}

/// For each claim of a conflict, the values that the others leave open for it, where the proof gives them.
fn left_open<'p>(
    problem: &'p Problem,
    leeway: &OnceCell<Leeway<'p>>,
    conflict: &Conflict,
) -> BTreeMap<ClaimId, (StatementId, Interval)> {
    let settled: Vec<(StatementId, Interval)> = match &conflict.proof {
        Proof::Cycle(steps) => by_cycle(problem, conflict, steps),
        Proof::Apart => by_agreement(problem, conflict),
        Proof::Impossible(_) => super::linear::settling(problem, conflict),
        Proof::Joint(_) => leeway.get_or_init(|| Leeway::new(problem)).left_open(conflict),
    };
    let mut by_claim: BTreeMap<ClaimId, (StatementId, Option<Interval>)> = BTreeMap::new();
    for (statement, interval) in settled {
        by_claim
            .entry(problem[statement].claim)
            .and_modify(|(_, known)| *known = known.as_ref().and_then(|known| known.intersect(&interval)))
            .or_insert((statement, Some(interval)));
    }
    by_claim.into_iter().filter_map(|(claim, (statement, interval))| Some((claim, (statement, interval?)))).collect()
}

/// By how much a conflict misses: the least change to any one of its figures that settles it, in the unit of that figure,
/// or in days. `None` where it is no matter of more or less, or the proof does not tell.
pub(super) fn gap<'p>(problem: &'p Problem, leeway: &OnceCell<Leeway<'p>>, conflict: &Conflict) -> Option<Rational> {
    let gaps = left_open(problem, leeway, conflict).into_values().filter_map(|(statement, settles)| {
        let said = match &problem[statement].says {
            Says::Value(..) => reading(problem, statement, conflict.soft)?,
            Says::Date(days) => {
                let days = days.read(conflict.soft).hull();
                Interval::closed(days.earliest.0.into(), days.latest.0.into())?
            }
            Says::Text(_) => return None,
        };
        let between = |low: &Interval, high: &Interval| Some(high.lo().value()?.minus(low.hi().value()?));
        if said.lies_below(&settles) {
            between(&said, &settles)
        } else if settles.lies_below(&said) {
            between(&settles, &said)
        } else {
            None
        }
    });
    gaps.min()
}

/// The interval in figures and in words.
pub(super) fn said(problem: &Problem, statement: StatementId, interval: &Interval) -> Option<(String, String)> {
    match &problem[statement].says {
        Says::Value(figure, _) => {
            let figure = &problem[*figure];
            let whole = |interval: Interval| if figure.integer { interval.integers() } else { Some(interval) };
            let allowed = whole(interval.intersect(&figure.range)?)?;
            Some((allowed.to_string(), said_interval(&whole(interval.clone())?, &figure.unit)))
        }
        Says::Date(_) => {
            let day = |value: Option<&Rational>| value.and_then(Rational::to_i64).map(Day);
            let (from, to) = (day(interval.lo().value()), day(interval.hi().value()));
            Some(match (from, to) {
                (Some(from), Some(to)) => {
                    let span = DaySpan::new(from, to)?;
                    (format!("[{from}, {to}]"), span.said())
                }
                (Some(from), None) => (format!("[{from}, ∞)"), format!("on {} or later", from.said())),
                (None, Some(to)) => (format!("(-∞, {to}]"), format!("on {} or earlier", to.said())),
                (None, None) => return None,
            })
        }
        Says::Text(_) => None,
    }
}

/// The most claims of a cycle whose settling values are worked out against all that the others say, and not only
/// against their part in the cycle.
const THOROUGH: usize = 12;

/// The values that each claim of a cycle could have with the others as they are.
fn by_cycle(problem: &Problem, conflict: &Conflict, steps: &[Step]) -> Vec<(StatementId, Interval)> {
    let bounds = by_shortfall(problem, steps);
    let claims: BTreeSet<ClaimId> = conflict.statements.iter().map(|id| problem[*id].claim).collect();
    if claims.len() > THOROUGH {
        return bounds;
    }
    let around = Surroundings::of(problem, conflict, steps);
    let thorough = claims.iter().filter_map(|claim| around.left_open(*claim));
    let mut settled: Vec<(StatementId, Interval)> = thorough.collect();
    let known: BTreeSet<ClaimId> = settled.iter().map(|(statement, _)| problem[*statement].claim).collect();
    settled.extend(bounds.into_iter().filter(|(statement, _)| !known.contains(&problem[*statement].claim)));
    settled
}

/// All that the claims of a conflict say of the nodes of its cycle, and the order of those nodes.
struct Surroundings {
    /// From, to, at most, strictly, and the claim that says so.
    arcs: Vec<(NodeId, NodeId, Rational, bool, Option<ClaimId>)>,
    /// Where each claim's figure or event stands in the cycle: a statement, the node that its value is added to, and
    /// the one that it leads to.
    places: BTreeMap<ClaimId, (StatementId, NodeId, NodeId)>,
}

impl Surroundings {
    fn of(problem: &Problem, conflict: &Conflict, steps: &[Step]) -> Self {
        let nodes: BTreeSet<NodeId> = steps.iter().flat_map(|step| [step.from, step.to]).collect();
        let statements: BTreeSet<StatementId> = conflict.statements.iter().copied().collect();
        let mut arcs = Vec::new();
        let mut places = BTreeMap::new();
        for edge in &problem.differences {
            let bound = if conflict.soft { &edge.soft } else { &edge.hard };
            let Some(bound) = bound else { continue };
            let granted = edge.leans.iter().all(|lean| conflict.leans.contains(lean));
            if !granted || !nodes.contains(&edge.from) || !nodes.contains(&edge.to) {
                continue;
            }
            let claim = match edge.why {
                Why::Stated(statement, side) | Why::SameScope(statement, side) | Why::Dated(statement, side) => {
                    if !statements.contains(&statement) {
                        continue;
                    }
                    let claim = problem[statement].claim;
                    let (start, end) = if side == Side::Most { (edge.from, edge.to) } else { (edge.to, edge.from) };
                    places.entry(claim).or_insert((statement, start, end));
                    Some(claim)
                }
                Why::Within(statement) if statements.contains(&statement) => Some(problem[statement].claim),
                Why::Within(_) => continue,
                _ if edge.constraint.is_some_and(|id| !conflict.constraints.contains(&id)) => continue,
                _ => None,
            };
            arcs.push((edge.from, edge.to, bound.value.clone(), bound.strict, claim));
        }
        for early in &nodes {
            for late in nodes.iter().filter(|late| *late != early) {
                if never_later(problem, *early, *late) {
                    arcs.push((*late, *early, Rational::from(0), false, None));
                }
            }
        }
        Self { arcs, places }
    }

    /// The values of a claim that everything else leaves open: from the shortest paths between its two nodes (Bellman
    /// and Ford), each the tightest bound that the others imply.
    fn left_open(&self, claim: ClaimId) -> Option<(StatementId, Interval)> {
        let (statement, start, end) = *self.places.get(&claim)?;
        let most = self.shortest(start, end, claim)?;
        let least = self.shortest(end, start, claim)?;
        let upper = match most {
            Some((value, strict)) => End::at(value, !strict),
            None => End::Unbounded,
        };
        let lower = match least {
            Some((value, strict)) => End::at(-value, !strict),
            None => End::Unbounded,
        };
        Some((statement, Interval::new(lower, upper)?))
    }

    /// The least bound on `to - from` without what a claim says; `None` within if there is none, `None` without if the
    /// rest cannot be true either.
    #[allow(clippy::type_complexity)]
    fn shortest(&self, from: NodeId, to: NodeId, without: ClaimId) -> Option<Option<(Rational, bool)>> {
        let mut best: BTreeMap<NodeId, (Rational, bool)> = BTreeMap::from([(from, (Rational::from(0), false))]);
        let arcs = || self.arcs.iter().filter(|arc| arc.4 != Some(without));
        let nodes: BTreeSet<NodeId> = arcs().flat_map(|arc| [arc.0, arc.1]).collect();
        for round in 0..=nodes.len() {
            let mut moved = false;
            for (tail, head, at_most, strict, _) in arcs() {
                let Some((value, excluded)) = best.get(tail) else { continue };
                let reached = (value.plus(at_most), *excluded || *strict);
                let shorter = best
                    .get(head)
                    .is_none_or(|known| reached.0 < known.0 || (reached.0 == known.0 && reached.1 && !known.1));
                if shorter {
                    best.insert(*head, reached);
                    moved = true;
                }
            }
            if !moved {
                return Some(best.get(&to).cloned());
            }
            if round == nodes.len() {
                return None;
            }
        }
        None
    }
}

/// Whether two nodes are of one never-falling curve, the first certainly not after the second.
fn never_later(problem: &Problem, early: NodeId, late: NodeId) -> bool {
    let (Node::Total(curve, first), Node::Total(other, second)) = (problem[early], problem[late]) else { return false };
    curve == other
        && problem[curve].monotone
        && problem[first].latest.zip(problem[second].earliest).is_some_and(|(latest, earliest)| latest <= earliest)
}

/// By how much a cycle falls short is how far one of its bounds has to move.
fn by_shortfall(problem: &Problem, steps: &[Step]) -> Vec<(StatementId, Interval)> {
    let total = steps.iter().fold(Rational::from(0), |total, step| total + step.at_most.clone());
    let strict = steps.iter().filter(|step| step.strict).count();
    let mut found = Vec::new();
    for step in steps {
        let StepReason::Difference(id) = step.reason else { continue };
        let (statement, side) = match problem[id].why {
            Why::Stated(statement, side) | Why::SameScope(statement, side) | Why::Dated(statement, side) => {
                (statement, side)
            }
            Why::Within(statement) => (statement, Side::Least),
            _ => continue,
        };
        let others_exclude = strict > usize::from(step.strict);
        let bound = step.at_most.clone() - total.clone();
        let bound = if side == Side::Least { -bound } else { bound };
        found.push((
            statement,
            match (side, others_exclude) {
                (Side::Most, false) => Interval::at_least(bound),
                (Side::Most, true) => Interval::more_than(bound),
                (Side::Least, false) => Interval::at_most(bound),
                (Side::Least, true) => Interval::less_than(bound),
            },
        ));
    }
    found
}

/// Two statements of one figure agree if either is as the other says.
fn by_agreement(problem: &Problem, conflict: &Conflict) -> Vec<(StatementId, Interval)> {
    let [one, other] = conflict.statements.as_slice() else { return Vec::new() };
    if problem[*one].claim == problem[*other].claim {
        return Vec::new();
    }
    [(*one, *other), (*other, *one)]
        .into_iter()
        .filter_map(|(statement, other)| Some((statement, reading(problem, other, conflict.soft)?)))
        .collect()
}
