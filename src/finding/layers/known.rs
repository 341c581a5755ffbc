//! Layer 0: clashes that are known and accepted, before anything is accused.
//!
//! Each is looked for among its own claims alone, so that it is found whatever else clashes. When a later layer meets it,
//! the layer takes it for said already: what it rests on is given up, and its claims go on being held to everything else.
//! The same goes for a clash that is an accepted one seen from another side: where a total is too small, any seven of its
//! twelve parts may be too much together.
//!
//! What giving up may have hidden is then looked for. A clash that is not accepted leaves out a claim of every accepted
//! one, so that it shows once such claims are left out (R. Reiter, "A theory of diagnosis from first principles",
//! Artificial Intelligence 32, 1987).

use super::{Accusation, Hit, Pass, claims_of, rules_of, severity_of};
use crate::claim::ClaimId;
use crate::finding::FindingKind;
use crate::problem::refutation::Reason;
use crate::problem::{Conflict, Problem, Proof, Why};
use crate::solve::Joined;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What is accepted, as far as the layers have to know.
pub(in crate::finding) struct Known<'a> {
    /// The claims of each clash that is accepted, by its place.
    pub sets: Vec<(usize, &'a BTreeSet<ClaimId>)>,
    /// The place of what accepts a conflict, if something does.
    pub accepts: &'a dyn Fn(FindingKind, &Conflict) -> Option<usize>,
    /// Whether a conflict is an accepted one seen from another side.
    pub covers: &'a dyn Fn(&Conflict) -> bool,
}

/// So many sets of claims are left out, for claims that hang together, to find what accepted clashes hide: in a problem of
/// up to so many statements, and in a larger one, where each takes longer.
const TRIES: (usize, usize, usize) = (64, 5_000, 16);

/// Claims that hang together, with the accepted clashes among them.
#[derive(Default)]
struct Group {
    claims: BTreeSet<ClaimId>,
    accepted: Vec<Vec<ClaimId>>,
    /// The sets of claims that are still to be left out.
    queue: VecDeque<BTreeSet<ClaimId>>,
    tried: BTreeSet<BTreeSet<ClaimId>>,
}

impl Pass<'_> {
    /// Takes in what is accepted and is there.
    pub(super) fn accept(&mut self, known: &Known<'_>) {
        if known.sets.is_empty() {
            return;
        }
        let problem = self.problem;
        let mut joined = joined(problem);
        let roots = known.sets.iter().filter_map(|(_, claims)| Some(joined.root(claims.first()?.index()))).collect();
        let hanging = hanging_together(problem, &mut joined, &roots);
        // Clashes of claims that do not hang together can be looked for at once.
        let mut rounds: BTreeMap<usize, Vec<(&BTreeSet<ClaimId>, usize)>> = BTreeMap::new();
        let mut met: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, claims) in &known.sets {
            let Some(first) = claims.first() else { continue };
            let root = joined.root(first.index());
            let round = met.entry(root).or_default();
            rounds.entry(*round).or_default().push((claims, root));
            *round = round.saturating_add(1);
        }
        for sets in rounds.into_values() {
            let named = sets.iter().flat_map(|(claims, _)| claims.iter().copied()).collect();
            let around = sets.iter().filter_map(|(_, root)| hanging.get(root)).flatten().copied().collect();
            let rest = problem.among(&named, &around);
            let mut pass = Pass::new(&rest, self.jobs);
            pass.hard();
            pass.strained();
            for hit in pass.outcome.hits {
                if let Some(place) = (known.accepts)(hit.kind, &hit.conflict) {
                    self.register(place, hit);
                }
            }
        }
    }

    /// Notes an accepted clash as said.
    fn register(&mut self, place: usize, hit: Hit) {
        let claims = claims_of(self.problem, &hit.conflict);
        let is_one = |(_, known): &(usize, Hit)| known.conflict == hit.conflict;
        if self.outcome.waived.iter().any(is_one) {
            return; // it is accepted twice
        }
        let accusation = Accusation {
            kind: hit.kind,
            severity: severity_of(self.problem, &hit.conflict),
            constraints: hit.conflict.constraints.clone(),
            rules: rules_of(self.problem, &hit.conflict),
        };
        self.accused.entry(claims.clone()).or_default().push(accusation);
        self.accepted.insert(claims);
        self.outcome.waived.push((place, hit));
    }

    /// The accepted clashes that are certain.
    pub(super) fn certain_and_accepted(&self) -> impl Iterator<Item = &Hit> {
        let waived = self.outcome.waived.iter().map(|(_, hit)| hit);
        waived.filter(|hit| hit.kind.is_certain() && !hit.conflict.soft && !self.leans_on_unsaid(&hit.conflict))
    }

    /// Finds what is certain and hides behind accepted clashes, among claims that no other certain conflict has a part in.
    pub(super) fn beside_accepted(&mut self) {
        let mut groups = self.groups();
        if groups.is_empty() {
            return;
        }
        let (many, small, few) = TRIES;
        let tries = if self.problem.statements.len() <= small { many } else { few };
        let mut aside: BTreeSet<ClaimId> = BTreeSet::new();
        for hit in self.outcome.hits.iter().filter(|hit| hit.kind.is_certain()) {
            aside.extend(claims_of(self.problem, &hit.conflict));
        }
        loop {
            // One set of each group: they have nothing to do with each other.
            let (mut kept, mut hanging) = (BTreeSet::new(), BTreeSet::new());
            let mut at: BTreeMap<usize, BTreeSet<ClaimId>> = BTreeMap::new();
            for (root, group) in groups.iter_mut().filter(|(_, group)| group.tried.len() <= tries) {
                if let Some(left_out) = group.queue.pop_front() {
                    hanging.extend(&group.claims);
                    kept.extend(group.claims.difference(&left_out).filter(|claim| !aside.contains(claim)));
                    at.insert(*root, left_out);
                }
            }
            if at.is_empty() {
                break;
            }
            let rest = self.problem.among(&kept, &hanging);
            let mut pass = Pass::new(&rest, self.jobs);
            pass.certain();
            let mut again: BTreeSet<usize> = BTreeSet::new();
            let mut branched: BTreeSet<usize> = BTreeSet::new();
            for hit in pass.outcome.hits.into_iter().filter(|hit| hit.kind.is_certain()) {
                let claims = claims_of(self.problem, &hit.conflict);
                let of = groups.iter_mut().find(|(_, group)| claims.iter().any(|claim| group.claims.contains(claim)));
                let Some((root, group)) = of else { continue };
                if self.accepted.contains(&claims) || self.is_covered(&hit.conflict) {
                    if branched.insert(*root) {
                        let left_out = at.get(root).cloned().unwrap_or_default();
                        claims.iter().for_each(|claim| group.leave_out(&left_out, *claim));
                    }
                } else if !self.is_known(hit.kind, &hit.conflict) {
                    aside.extend(claims);
                    again.insert(*root);
                    self.give_up(&hit.conflict);
                    self.accuse(vec![hit]);
                }
            }
            for root in again {
                if let (Some(group), Some(left_out)) = (groups.get_mut(&root), at.remove(&root)) {
                    group.queue.push_front(left_out);
                }
            }
        }
        for group in groups.into_values().filter(|group| !group.queue.is_empty()) {
            self.outcome
                .hidden
                .push(group.accepted.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect());
        }
    }

    /// Whether a conflict is an accepted one seen from another side.
    pub(super) fn is_covered(&self, conflict: &Conflict) -> bool {
        !self.accepted.is_empty() && self.known.is_some_and(|known| (known.covers)(conflict))
    }

    /// The claims that hang together with those of accepted clashes, by what stands for them.
    fn groups(&self) -> BTreeMap<usize, Group> {
        let accepted: Vec<Vec<ClaimId>> =
            self.certain_and_accepted().map(|hit| claims_of(self.problem, &hit.conflict)).collect();
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        if accepted.is_empty() {
            return groups;
        }
        let mut joined = joined(self.problem);
        for claims in accepted {
            if let Some(first) = claims.first() {
                groups.entry(joined.root(first.index())).or_default().accepted.push(claims);
            }
        }
        for (root, claims) in hanging_together(self.problem, &mut joined, &groups.keys().copied().collect()) {
            groups.entry(root).or_default().claims = claims;
        }
        groups.values_mut().for_each(Group::begin);
        groups
    }
}

impl Group {
    /// First, the sets that leave out a claim of each accepted clash: the first of each, the second of each, and so on.
    /// Where there are several clashes, all sets are then tried in breadth.
    fn begin(&mut self) {
        let longest = self.accepted.iter().map(Vec::len).max().unwrap_or(0);
        for round in 0..longest {
            let nth = |claims: &Vec<ClaimId>| claims.get(round).or(claims.last()).copied();
            let set: BTreeSet<ClaimId> = self.accepted.iter().filter_map(nth).collect();
            if self.tried.insert(set.clone()) {
                self.queue.push_back(set);
            }
        }
        if self.accepted.len() > 1 && self.tried.insert(BTreeSet::new()) {
            self.queue.push_back(BTreeSet::new());
        }
    }

    fn leave_out(&mut self, left_out: &BTreeSet<ClaimId>, claim: ClaimId) {
        let more: BTreeSet<ClaimId> = left_out.iter().copied().chain([claim]).collect();
        if self.tried.insert(more.clone()) {
            self.queue.push_back(more);
        }
    }
}

/// Which claims constraints join, directly or by way of others.
fn joined(problem: &Problem) -> Joined {
    let most = problem.statements.iter().map(|statement| statement.claim.index().saturating_add(1)).max().unwrap_or(0);
    let mut joined = Joined::new(most);
    for constraint in &problem.constraints {
        let Some(first) = constraint.claims.first() else { continue };
        constraint.claims.iter().for_each(|claim| joined.join(first.index(), claim.index()));
    }
    joined
}

/// The claims that hang together, for some of what stands for such.
fn hanging_together(
    problem: &Problem,
    joined: &mut Joined,
    roots: &BTreeSet<usize>,
) -> BTreeMap<usize, BTreeSet<ClaimId>> {
    let mut hanging: BTreeMap<usize, BTreeSet<ClaimId>> = BTreeMap::new();
    for statement in &problem.statements {
        let root = joined.root(statement.claim.index());
        if roots.contains(&root) {
            hanging.entry(root).or_default().insert(statement.claim);
        }
    }
    hanging
}

impl Pass<'_> {
    /// Gives up what accepted clashes rest on, so that nothing is looked for that would settle them.
    pub(super) fn give_up_accepted(&mut self, conflicts: &[&Conflict]) {
        for conflict in conflicts {
            self.give_up(conflict);
            if let Proof::Impossible(constraint) = conflict.proof {
                self.given_up_constraints.insert(constraint);
            }
        }
        let bounds = self.given_up.iter().filter_map(|edge| match self.problem[*edge].why {
            Why::Stated(statement, side) | Why::SameScope(statement, side) => Some(Reason::Stated(statement, side)),
            _ => None,
        });
        self.given_up_rows.extend(bounds.collect::<Vec<_>>());
    }
}
