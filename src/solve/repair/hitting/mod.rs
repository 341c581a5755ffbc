//! The lightest sets that meet every one of some sets: minimum hitting sets, all of them up to a number.
//!
//! In: sets, and what their members weigh. Out: the lightest sets that meet them all. Members are numbered in their order and
//! weights made whole by their common denominator; what was found for some of the sets is of use where more are known:
//! nothing lighter meets all, and where those as light are known, the ones that meet the others too are the answer.
//!
//! * `bits`: sets of numbers;
//! * `search`: the search for the lightest choices.

mod bits;
mod search;
#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests;

use crate::number::Rational;
use bits::Bits;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive};
use search::{Found, Weight};
use std::collections::BTreeSet;

/// Of sets known in parts, so many combinations are looked at at most.
const MOST_COMBINED: usize = 4_000;

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

/// Sets, with the lightest ones that meet them all.
#[derive(Debug)]
pub(super) struct Known<T> {
    /// The sets, in order.
    pub sets: Vec<BTreeSet<T>>,
    /// All that they have.
    pub has: BTreeSet<T>,
    /// The lightest that meet them, as many as were asked for.
    pub lightest: Lightest<T>,
    /// Of what they have, what has a weight, in order.
    members: Vec<T>,
    /// All of the lightest, as numbers of members; `None` if there may be others.
    all: Option<Vec<Bits>>,
}

/// The lightest sets that meet all of `sets` and all that the parts know of, at most `most` of them; `None` if there is no such
/// set. What has no weight is never chosen. No two parts share a member.
pub(super) fn lightest<T: Copy + Ord>(
    sets: Vec<BTreeSet<T>>,
    parts: Vec<Known<T>>,
    weights: &dyn Fn(T) -> Option<Rational>,
    most: usize,
) -> Option<Known<T>> {
    let mut has: BTreeSet<T> = sets.iter().flatten().copied().collect();
    parts.iter().for_each(|part| has.extend(&part.has));
    let weighed = has.iter().filter_map(|member| Some((*member, weights(*member)?)));
    let (members, weights): (Vec<T>, Vec<Rational>) = weighed.unzip();
    let others: Vec<Bits> = sets.iter().map(|set| as_bits(set, &members)).collect();
    if others.iter().any(Bits::is_empty) {
        return None;
    }
    let wanted = Wanted { others, members: &members, most, parts: &parts, sets: &sets };
    let whole = made_whole(&weights);
    let words: Option<Vec<u64>> = whole.iter().map(ToPrimitive::to_u64).collect();
    let fitting = words.filter(|words| words.iter().try_fold(0_u64, |sum, own| sum.checked_add(*own)).is_some());
    let answer = match fitting {
        Some(words) => wanted.answer(&words),
        None => wanted.answer(&whole),
    };
    let Answer { mut first, all, proven } = answer;
    first.sort_unstable();
    let weight = first.first()?.iter().filter_map(|member| weights.get(*member)).cloned().sum();
    let named = |choice: Vec<usize>| choice.into_iter().filter_map(|member| members.get(member)).copied().collect();
    let complete = all.as_ref().is_some_and(|all| all.len() <= most);
    let lightest = Lightest { sets: first.into_iter().map(named).collect(), weight, complete, proven };
    let mut sets = sets;
    sets.extend(parts.into_iter().flat_map(|part| part.sets));
    sets.sort();
    Some(Known { sets, has, lightest, members, all })
}

/// What is looked for, members being numbers.
struct Wanted<'a, T> {
    /// What is to be met beside what the parts know of.
    sets: &'a [BTreeSet<T>],
    others: Vec<Bits>,
    parts: &'a [Known<T>],
    members: &'a [T],
    most: usize,
}

/// What is found.
struct Answer {
    /// The lightest choices, in no order, each in order.
    first: Vec<Vec<usize>>,
    /// All of them, if they are known.
    all: Option<Vec<Bits>>,
    /// Whether none is lighter.
    proven: bool,
}

impl<T: Copy + Ord> Wanted<'_, T> {
    fn answer<W: Weight>(&self, weights: &[W]) -> Answer {
        let limit = self.members.len();
        let mut floor = self.floor(weights);
        // With what weighs nothing, more would be as light.
        let each_counts = weights.iter().all(|own| *own > W::ZERO);
        if let Some(mut all) = self.of_parts().filter(|_| each_counts) {
            all.retain(|choice| self.others.iter().all(|set| set.meets(choice)));
            if !all.is_empty() {
                let first = if all.len() <= self.most {
                    (0..all.len()).collect()
                } else {
                    search::first(&self.needed(), &all, limit, self.most)
                };
                let first = first.into_iter().filter_map(|at| all.get(at)).map(|choice| choice.numbers().collect());
                return Answer { first: first.collect(), all: Some(all), proven: true };
            }
            floor = floor.plus(&W::ONE);
        }
        let Found { mut choices, are_all, proven } = search::lightest(&self.needed(), weights, floor, self.most);
        let all = are_all.then(|| choices.iter().map(|choice| Bits::of(limit, choice.iter().copied())).collect());
        choices.truncate(self.most);
        Answer { first: choices, all, proven }
    }

    /// A weight that nothing is known to be lighter than.
    fn floor<W: Weight>(&self, weights: &[W]) -> W {
        let proven = self.parts.iter().map(|part| &part.lightest).filter(|lightest| lightest.proven);
        let members = proven.filter_map(|lightest| lightest.sets.first()).flatten();
        let own = members.filter_map(|member| weights.get(self.members.binary_search(member).ok()?));
        own.fold(W::ZERO, |sum, own| sum.plus(own))
    }

    /// All of the lightest choices that meet what the parts know of; `None` if these are not known.
    fn of_parts(&self) -> Option<Vec<Bits>> {
        let limit = self.members.len();
        let mut combined = vec![Bits::none(limit)];
        for part in self.parts {
            let own = part.all.as_ref()?;
            if combined.len().saturating_mul(own.len()) > MOST_COMBINED {
                return None;
            }
            let place = |member: &T| self.members.binary_search(member).unwrap_or(limit);
            let places: Vec<usize> = part.members.iter().map(place).collect();
            let moved = |own: &Bits| Bits::of(limit, own.numbers().filter_map(|member| places.get(member)).copied());
            let same = part.members.len() == limit;
            let own: Vec<Bits> = if same { own.clone() } else { own.iter().map(moved).collect() };
            combined = match self.parts {
                [_] => own,
                _ => combined.iter().flat_map(|choice| own.iter().map(|other| choice.with(other))).collect(),
            };
        }
        Some(combined)
    }

    /// All sets in order, as numbers of members.
    fn needed(&self) -> Vec<Bits> {
        let known = self.parts.iter().flat_map(|part| &part.sets);
        let mut sets: Vec<&BTreeSet<T>> = known.chain(self.sets).collect();
        sets.sort();
        sets.into_iter().map(|set| as_bits(set, self.members)).collect()
    }
}

fn as_bits<T: Ord>(set: &BTreeSet<T>, members: &[T]) -> Bits {
    Bits::of(members.len(), set.iter().filter_map(|member| members.binary_search(member).ok()))
}

/// Weights as multiples of one unit.
fn made_whole(weights: &[Rational]) -> Vec<BigInt> {
    let unit = weights.iter().fold(BigInt::one(), |unit, own| unit.lcm(&own.denominator()));
    weights.iter().map(|own| own.numerator() * (&unit / own.denominator())).collect()
}
