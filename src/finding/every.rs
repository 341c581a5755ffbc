//! Every minimal contradiction, up to a limit: for `--show all=N`.
//!
//! In: a problem and the contradictions that its layers found. Out: those that share claims with them. A contradiction that
//! hides behind others shows once a claim of each of those is left out, so that a tree of claims left out finds all of
//! them: each node leaves out what its parent does and one more claim of a contradiction that is left, and is searched
//! anew (R. Reiter, "A theory of diagnosis from first principles", Artificial Intelligence 32, 1987). It is walked in
//! breadth, each set of claims once, for claims that hang together at a time. Both the contradictions and the nodes are
//! capped, and what was left open is said.

use super::layers::{claims_of, contradictions};
use crate::claim::ClaimId;
use crate::problem::{Conflict, Problem};
use crate::solve::Joined;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;

/// For each contradiction that is asked for, so many sets of claims are tried.
const TRIES: usize = 50;

/// What there is besides the contradictions that share no claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Further {
    /// The other contradictions, in canonical order.
    pub conflicts: Vec<Conflict>,
    /// Whether they are all that there are.
    pub complete: bool,
}

/// Finds the contradictions besides `known`, until there are `limit` in all.
pub(super) fn further(problem: &Problem, known: &[&Conflict], limit: NonZeroUsize, jobs: NonZeroUsize) -> Further {
    let mut seen: BTreeSet<Vec<ClaimId>> = known.iter().map(|conflict| claims_of(problem, conflict)).collect();
    let mut found: Vec<Conflict> = Vec::new();
    let mut complete = true;
    let mut tries = limit.get().saturating_mul(TRIES);
    for (group, others) in groups(problem, &seen) {
        let mut tried: BTreeSet<BTreeSet<ClaimId>> = BTreeSet::new();
        let mut queue: VecDeque<BTreeSet<ClaimId>> = VecDeque::from([BTreeSet::new()]);
        while let Some(left_out) = queue.pop_front() {
            if seen.len() >= limit.get() || tries == 0 {
                complete = false;
                break;
            }
            tries = tries.saturating_sub(1);
            let rest = problem.without(&left_out.union(&others).copied().collect());
            let mut next: Option<Vec<ClaimId>> = None;
            let (conflicts, decided) = contradictions(&rest, jobs);
            complete = complete && decided;
            for conflict in conflicts {
                let claims = claims_of(problem, &conflict);
                if claims.iter().any(|claim| !group.contains(claim)) {
                    continue;
                }
                next.get_or_insert_with(|| claims.clone());
                if !seen.contains(&claims) && seen.len() < limit.get() {
                    seen.insert(claims);
                    found.push(conflict);
                }
            }
            for claim in next.into_iter().flatten() {
                let more: BTreeSet<ClaimId> = left_out.iter().copied().chain([claim]).collect();
                if tried.insert(more.clone()) {
                    queue.push_back(more);
                }
            }
        }
    }
    found.sort_by(|one, other| one.order().cmp(&other.order()));
    Further { conflicts: found, complete }
}

/// Claims that hang together and have a contradiction among them, each with all other claims.
fn groups(problem: &Problem, contradicted: &BTreeSet<Vec<ClaimId>>) -> Vec<(BTreeSet<ClaimId>, BTreeSet<ClaimId>)> {
    let most = problem.statements.iter().map(|statement| statement.claim.index().saturating_add(1)).max().unwrap_or(0);
    let mut joined = Joined::new(most);
    let bound = problem.constraints.iter().map(|constraint| constraint.claims.as_slice());
    for claims in bound.chain(contradicted.iter().map(Vec::as_slice)) {
        let Some(first) = claims.first() else { continue };
        claims.iter().for_each(|claim| joined.join(first.index(), claim.index()));
    }
    let all: BTreeSet<ClaimId> = problem.statements.iter().map(|statement| statement.claim).collect();
    let mut groups: BTreeMap<usize, BTreeSet<ClaimId>> = BTreeMap::new();
    for claim in &all {
        groups.entry(joined.root(claim.index())).or_default().insert(*claim);
    }
    let wanted: BTreeSet<usize> =
        contradicted.iter().filter_map(|claims| claims.first()).map(|claim| joined.root(claim.index())).collect();
    groups.retain(|root, _| wanted.contains(root));
    groups.into_values().map(|group| (group.clone(), all.difference(&group).copied().collect())).collect()
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::source::Files;
    use crate::workspace::{Request, Workspace};
    use proptest::prelude::*;
    use std::fmt::Write;
    use std::io;

    struct Only(String);

    impl Files for Only {
        fn read(&self, path: &str) -> io::Result<Vec<u8>> {
            if path == "claims/a.toml" { Ok(self.0.clone().into_bytes()) } else { Err(io::ErrorKind::NotFound.into()) }
        }
        fn list(&self, path: &str) -> io::Result<Vec<String>> {
            if path == "claims" { Ok(vec!["claims/a.toml".to_owned()]) } else { Err(io::ErrorKind::NotFound.into()) }
        }
        fn is_inside(&self, _: &str) -> bool {
            true
        }
    }

    /// Figures over stretches of a year, each from the start of a month to the end of another.
    fn problem(figures: &[(u32, u32, u32)]) -> Problem {
        let mut text = "[article]\ntitle = \"t\"\ndateline = 2025-01-31\nscope = { place = \"KH\" }\n\
                        [measure.arrests]\nover-time = \"adds\"\nleast = 0\ninteger = true\n"
            .to_owned();
        for (at, (first, length, value)) in figures.iter().enumerate() {
            let last = (first + length).min(12);
            writeln!(
                text,
                "[claim.c{at}]\nvalue = {value}\nmeasure = \"arrests\"\nwhen = \"2024-{first:02}/2024-{last:02}\""
            )
            .unwrap();
        }
        Workspace::load(&Only(text), &Request::default()).unwrap().check().problem
    }

    fn one() -> NonZeroUsize {
        NonZeroUsize::MIN
    }

    /// The minimal sets of claims that cannot all be true, by trying every set.
    fn by_trying(problem: &Problem, claims: usize) -> BTreeSet<Vec<ClaimId>> {
        let clashes = |set: usize| {
            let out = (0..claims).filter(|at| set & (1 << at) == 0).map(ClaimId::at).collect();
            !contradictions(&problem.without(&out), one()).0.is_empty()
        };
        let sets = (1..1_usize << claims).filter(|set| clashes(*set));
        let minimal = sets.filter(|set| (0..claims).all(|at| set & (1 << at) == 0 || !clashes(set & !(1 << at))));
        minimal.map(|set| (0..claims).filter(|at| set & (1 << at) != 0).map(ClaimId::at).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
        #[test]
        fn all_are_found_and_nothing_else(figures in prop::collection::vec((1_u32..9, 0_u32..5, 0_u32..5), 2..7)) {
            let problem = problem(&figures);
            let (first, _) = contradictions(&problem, one());
            let known: Vec<&Conflict> = first.iter().collect();
            let further = further(&problem, &known, NonZeroUsize::new(200).unwrap(), one());
            prop_assert!(further.complete);
            let found: Vec<_> = first.iter().chain(&further.conflicts).map(|it| claims_of(&problem, it)).collect();
            let all: BTreeSet<_> = found.iter().cloned().collect();
            prop_assert_eq!(all.len(), found.len(), "each once");
            prop_assert_eq!(all, by_trying(&problem, figures.len()));
        }
    }

    #[test]
    fn the_limit_is_kept_and_said() {
        // Each of the months is more than the year.
        let figures: Vec<_> = (1..=8).map(|month| (month, 0, 9)).chain([(1, 11, 5)]).collect();
        let problem = problem(&figures);
        let (first, _) = contradictions(&problem, one());
        let known: Vec<&Conflict> = first.iter().collect();
        assert!(known.len() < 7, "the year is in all of them");
        let some = further(&problem, &known, NonZeroUsize::new(known.len() + 1).unwrap(), one());
        assert_eq!((some.conflicts.len(), some.complete), (1, false));
        let all = further(&problem, &known, NonZeroUsize::new(50).unwrap(), one());
        assert_eq!((known.len() + all.conflicts.len(), all.complete), (8, true));
    }
}
