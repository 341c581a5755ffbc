//! Held against trying all, and against the plain search that branches alike and bounds by nothing.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Sets = Vec<BTreeSet<u32>>;

/// The choices that a search finds that follows the same order with a bound of its own: all of the lightest, the first
/// first.
struct Plain<'a> {
    sets: &'a [BTreeSet<u32>],
    weights: &'a BTreeMap<u32, Rational>,
    best: Option<Rational>,
    found: Vec<Vec<u32>>,
}

impl Plain<'_> {
    fn branch(&mut self, chosen: &mut Vec<u32>, left_out: &mut BTreeSet<u32>, weight: &Rational) {
        if self.best.as_ref().is_some_and(|best| weight > best) {
            return;
        }
        let allowed = |member: &u32| self.weights.contains_key(member) && !left_out.contains(member);
        let open = self.sets.iter().filter(|set| !set.iter().any(|member| chosen.contains(member)));
        let next = open.map(|set| set.iter().copied().filter(allowed).collect::<Vec<u32>>()).min_by_key(Vec::len);
        let Some(next) = next else {
            if self.best.as_ref() != Some(weight) {
                self.best = Some(weight.clone());
                self.found.clear();
            }
            let mut set = chosen.clone();
            set.sort_unstable();
            self.found.push(set);
            return;
        };
        for member in &next {
            chosen.push(*member);
            self.branch(chosen, left_out, &weight.plus(&self.weights[member]));
            chosen.pop();
            left_out.insert(*member);
        }
        next.iter().for_each(|member| {
            left_out.remove(member);
        });
    }
}

/// What is expected of the lightest sets, at most `most` of them.
fn plainly(sets: &[BTreeSet<u32>], weights: &BTreeMap<u32, Rational>, most: usize) -> Option<Lightest<u32>> {
    let mut plain = Plain { sets, weights, best: None, found: Vec::new() };
    plain.branch(&mut Vec::new(), &mut BTreeSet::new(), &Rational::ZERO);
    let complete = plain.found.len() <= most;
    let mut found = plain.found;
    found.truncate(most);
    found.sort();
    Some(Lightest { sets: found, weight: plain.best?, complete, proven: true })
}

fn in_order(sets: &[BTreeSet<u32>]) -> Sets {
    let mut sets = sets.to_vec();
    sets.sort();
    sets
}

/// Weights with denominators that are odd together, some too large for a word once they have one in common.
fn weight() -> impl Strategy<Value = Rational> {
    let long = (1_i64..1_000, (i64::MAX - 50)..i64::MAX);
    prop_oneof![
        4 => (1_i64..4).prop_map(Rational::from),
        4 => (1_i64..12, prop::sample::select(vec![1_i64, 3, 5, 7, 9, 11])).prop_map(|(top, bottom)| Rational::new(top, bottom).unwrap()),
        1 => long.prop_map(|(top, bottom)| Rational::new(top, bottom).unwrap()),
        1 => Just(Rational::ZERO),
    ]
}

fn problem() -> impl Strategy<Value = (Sets, BTreeMap<u32, Rational>)> {
    let sets = prop::collection::vec(prop::collection::btree_set(0_u32..14, 1..7), 1..14);
    let own = prop_oneof![Just(Rational::ONE).prop_map(Some), prop::option::weighted(0.9, weight())];
    let each = prop_oneof![prop::collection::vec(Just(Some(Rational::ONE)), 14), prop::collection::vec(own, 14),];
    (sets, each).prop_map(|(sets, own)| {
        let weights = (0..).zip(own).filter_map(|(member, own)| Some((member, own?))).collect();
        (sets, weights)
    })
}

proptest! {
    #[test]
    fn the_lightest_sets_are_those_that_trying_all_finds(
        sets in prop::collection::vec(prop::collection::btree_set(0_u32..8, 1..5), 1..7),
        weights in prop::collection::vec(prop::option::weighted(0.85, 1_i64..4), 8),
    ) {
        let sets = in_order(&sets);
        let weight = |member: u32| weights[usize::try_from(member).unwrap()].map(Rational::from);
        let found = lightest(sets.clone(), Vec::new(), &weight, 1000).map(|known| known.lightest);
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

    #[test]
    fn of_many_lightest_sets_the_same_are_named_as_without_any_bound((sets, weights) in problem(), most in 1_usize..20) {
        let sets = in_order(&sets);
        let weight = |member: u32| weights.get(&member).cloned();
        let found = lightest(sets.clone(), Vec::new(), &weight, most).map(|known| known.lightest);
        prop_assert_eq!(found, plainly(&sets, &weights, most));
    }

    #[test]
    fn what_is_known_of_some_sets_changes_nothing_but_the_time((sets, weights) in problem(), most in 1_usize..20) {
        let weight = |member: u32| weights.get(&member).cloned();
        let mut known: Vec<Known<u32>> = Vec::new();
        for set in sets {
            if !set.iter().any(|member| weights.contains_key(member)) {
                continue;
            }
            let parts: Vec<Known<u32>> = known.extract_if(.., |known| !known.has.is_disjoint(&set)).collect();
            let found = lightest(vec![set], parts, &weight, most).unwrap();
            prop_assert_eq!(&found.lightest, &plainly(&found.sets, &weights, most).unwrap());
            known.push(found);
        }
    }
}

#[test]
fn sets_beyond_the_number_asked_for_are_said_to_be_left_out() {
    let sets: Sets = vec![(0..5).collect()];
    let found = lightest(sets, Vec::new(), &|_| Some(Rational::ONE), 3).unwrap().lightest;
    assert_eq!((found.sets.len(), found.complete, found.proven), (3, false, true));
}

#[test]
fn as_many_sets_as_are_asked_for_are_all() {
    let sets: Sets = vec![(0..5).collect()];
    let found = lightest(sets, Vec::new(), &|_| Some(Rational::ONE), 5).unwrap().lightest;
    assert_eq!((found.sets.len(), found.complete, found.proven), (5, true, true));
}

#[test]
fn members_may_be_more_than_a_word_has_bits() {
    let sets: Sets = (0..70).map(|at| BTreeSet::from([at, at + 70])).chain([(0..140).collect()]).collect();
    let weight = |member: u32| Rational::new(if member < 70 { 1 } else { 2 }, 3);
    let found = lightest(in_order(&sets), Vec::new(), &weight, 12).unwrap().lightest;
    assert_eq!(found.sets, vec![(0..70).collect::<Vec<u32>>()]);
    assert_eq!(found.weight, Rational::new(70, 3).unwrap());
}
