//! The lightest sets that meet every one of some sets: minimum hitting sets, all of them up to a number.
//!
//! A set that is not met yet is met by each of its members in turn, those before it being left out for good, so that no
//! choice comes twice. What is still to be met weighs at least as much as the lightest members of sets that have none in
//! common; a branch that cannot be as light as the best one known ends there.

use crate::number::Rational;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// So many choices are looked at at most.
const MOST_NODES: usize = 200_000;

/// The lightest sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lightest<T> {
    /// In order, each in order.
    pub sets: Vec<Vec<T>>,
    /// What each of them weighs.
    pub weight: Rational,
    /// Whether there are no others as light.
    pub complete: bool,
    /// Whether none is lighter.
    pub proven: bool,
}

/// The lightest sets that meet all of `sets`, at most `most` of them; `None` if there is no such set. What has no weight
/// is never chosen.
pub(super) fn lightest<T: Copy + Ord + Debug>(
    sets: &[BTreeSet<T>],
    weights: &dyn Fn(T) -> Option<Rational>,
    most: usize,
) -> Option<Lightest<T>> {
    let smaller = |at: usize, set: &BTreeSet<T>| {
        sets.iter()
            .enumerate()
            .any(|(other, fewer)| other != at && fewer.is_subset(set) && (fewer.len() < set.len() || other < at))
    };
    let needed: Vec<Vec<T>> = sets
        .iter()
        .enumerate()
        .filter(|(at, set)| !smaller(*at, set))
        .map(|(_, set)| set.iter().copied().filter(|member| weights(*member).is_some()).collect())
        .collect();
    if needed.iter().any(Vec::is_empty) {
        return None;
    }
    let members: BTreeSet<T> = needed.iter().flatten().copied().collect();
    let weight = members.into_iter().filter_map(|member| Some((member, weights(member)?))).collect();
    let mut search = Search { needed, weight, most, best: None, sets: BTreeSet::new(), cut: false, nodes: 0 };
    search.branch(&mut Vec::new(), &mut BTreeSet::new(), &Rational::ZERO);
    let proven = search.nodes <= MOST_NODES;
    let weight = search.best?;
    let complete = proven && !search.cut;
    Some(Lightest { sets: search.sets.into_iter().collect(), weight, complete, proven })
}

struct Search<T> {
    needed: Vec<Vec<T>>,
    weight: BTreeMap<T, Rational>,
    most: usize,
    best: Option<Rational>,
    sets: BTreeSet<Vec<T>>,
    /// Whether sets as light as the best were left out.
    cut: bool,
    nodes: usize,
}

impl<T: Copy + Ord + Debug> Search<T> {
    fn weight(&self, member: T) -> Rational {
        self.weight.get(&member).cloned().unwrap_or_default()
    }

    fn branch(&mut self, chosen: &mut Vec<T>, left_out: &mut BTreeSet<T>, weight: &Rational) {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > MOST_NODES {
            return;
        }
        let Some(rest) = self.at_least(chosen, left_out) else { return };
        let lower = weight.plus(&rest);
        match self.best.as_ref().map(|best| lower.cmp(best)) {
            Some(Ordering::Greater) => return,
            Some(Ordering::Equal) if self.sets.len() >= self.most => {
                self.cut = true;
                return;
            }
            _ => {}
        }
        let open = self.needed.iter().filter(|set| !set.iter().any(|member| chosen.contains(member)));
        let next = open.map(|set| set.iter().copied().filter(|it| !left_out.contains(it)).collect::<Vec<T>>());
        let Some(next) = next.min_by_key(Vec::len) else {
            self.found(chosen, weight);
            return;
        };
        let mut tried = Vec::with_capacity(next.len());
        for member in next {
            chosen.push(member);
            let sum = weight.plus(&self.weight(member));
            self.branch(chosen, left_out, &sum);
            chosen.pop();
            if left_out.insert(member) {
                tried.push(member);
            }
        }
        for member in tried {
            left_out.remove(&member);
        }
    }

    fn found(&mut self, chosen: &[T], weight: &Rational) {
        if self.best.as_ref().is_none_or(|best| weight < best) {
            self.best = Some(weight.clone());
            self.sets.clear();
            self.cut = false;
        }
        let mut set = chosen.to_vec();
        set.sort_unstable();
        self.sets.insert(set);
    }

    /// What has to be added to what is chosen weighs at least this much; `None` if some set cannot be met any more.
    fn at_least(&self, chosen: &[T], left_out: &BTreeSet<T>) -> Option<Rational> {
        let mut used: BTreeSet<T> = BTreeSet::new();
        let mut sum = Rational::ZERO;
        for set in self.needed.iter().filter(|set| !set.iter().any(|member| chosen.contains(member))) {
            let allowed = || set.iter().filter(|member| !left_out.contains(member));
            let least = allowed().map(|member| self.weight(*member)).min()?;
            if allowed().all(|member| !used.contains(member)) {
                sum += least;
                used.extend(allowed());
            }
        }
        Some(sum)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_lightest_sets_are_those_that_trying_all_finds(
            sets in prop::collection::vec(prop::collection::btree_set(0_u32..8, 1..5), 1..7),
            weights in prop::collection::vec(prop::option::weighted(0.85, 1_i64..4), 8),
        ) {
            let weight = |member: u32| weights[usize::try_from(member).unwrap()].map(Rational::from);
            let found = lightest(&sets, &weight, 1000);
            let meets = |set: &u32| sets.iter().all(|other| other.iter().any(|it| set & (1 << it) != 0));
            let total = |set: u32| -> Option<Rational> {
                (0..8).filter(|it| set & (1 << it) != 0).map(weight).try_fold(Rational::ZERO, |sum, it| Some(sum + it?))
            };
            let all: Vec<(Rational, u32)> =
                (0..256_u32).filter(meets).filter_map(|set| Some((total(set)?, set))).collect();
            let best = all.iter().map(|(weight, _)| weight.clone()).min();
            let members = |set: u32| (0..8).filter(|it| set & (1 << it) != 0).collect::<Vec<u32>>();
            let mut expected: Vec<Vec<u32>> =
                all.iter().filter(|(weight, _)| Some(weight) == best.as_ref()).map(|(_, set)| members(*set)).collect();
            expected.sort();
            prop_assert_eq!(found.as_ref().map(|found| found.weight.clone()), best);
            prop_assert_eq!(found.map(|found| found.sets).unwrap_or_default(), expected);
        }
    }

    #[test]
    fn sets_beyond_the_number_asked_for_are_said_to_be_left_out() {
        let sets: Vec<BTreeSet<u32>> = vec![(0..5).collect()];
        let found = lightest(&sets, &|_| Some(Rational::ONE), 3).unwrap();
        assert_eq!((found.sets.len(), found.complete, found.proven), (3, false, true));
    }
}
