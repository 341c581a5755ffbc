//! The search for the lightest choices of members that meet all sets, members being numbers that weigh whole numbers.
//!
//! A set that is not met yet is met by each of its members in turn, those before it being left out for good, so that no
//! choice comes twice; the set of which the fewest members are left goes first. What is still to be met weighs at least this
//! much: each set in turn charges its members the least of what is left of their weights, so that none is charged more than
//! it weighs (the dual ascent of set covering). Where something is left of a member, choosing it costs that much
//! more. A branch that cannot be as light as the best choice known ends there.

use super::bits::Bits;
use num_bigint::BigInt;
use std::cmp::Ordering;

/// So many nodes are looked at at most.
const MOST_NODES: usize = 200_000;

/// More choices than are asked for are found so that later searches can begin with them: so many at most.
const MOST_KEPT: usize = 2_000;

/// They are looked for in so many nodes at most.
const PATIENCE: usize = 10_000;

/// A sum of weights of members that differ; whoever makes the weights sees to it that these fit.
pub(super) trait Weight: Clone + Ord {
    const ZERO: Self;
    const ONE: Self;
    fn plus(&self, other: &Self) -> Self;
    /// Less something that does not weigh more.
    fn minus(&self, other: &Self) -> Self;
}

impl Weight for u64 {
    const ZERO: Self = 0;
    const ONE: Self = 1;

    fn plus(&self, other: &Self) -> Self {
        self.saturating_add(*other)
    }

    fn minus(&self, other: &Self) -> Self {
        self.saturating_sub(*other)
    }
}

impl Weight for BigInt {
    const ZERO: Self = Self::ZERO;
    const ONE: Self = Self::ONE;

    fn plus(&self, other: &Self) -> Self {
        self + other
    }

    fn minus(&self, other: &Self) -> Self {
        self - other
    }
}

/// What a search finds.
pub(super) struct Found {
    /// Choices as light as each other, in the order of the search, each in order.
    pub choices: Vec<Vec<usize>>,
    /// Whether there are no others as light.
    pub are_all: bool,
    /// Whether none is lighter.
    pub proven: bool,
}

/// The lightest choices that meet all sets, none of which is empty: the first `most` in the order of the search, and some
/// more. None is known to be lighter than `floor`.
pub(super) fn lightest<W: Weight>(sets: &[Bits], weights: &[W], floor: W, most: usize) -> Found {
    let any = meeting(sets, weights);
    let best = any.iter().filter_map(|member| weights.get(*member)).fold(W::ZERO, |sum, own| sum.plus(own));
    let (choices, chosen) = (Vec::new(), Vec::new());
    let mut search = Search { sets, weights, floor, most, best, choices, chosen, cut: false, nodes: 0 };
    search.branch((0..sets.len()).collect(), &mut Bits::none(weights.len()), &W::ZERO);
    let ended = search.nodes <= MOST_NODES;
    let (are_all, proven) = (ended && !search.cut, ended || search.best <= search.floor);
    let mut choices = search.choices;
    if choices.is_empty() {
        choices.push(any);
    }
    Found { choices, are_all, proven }
}

struct Search<'a, W> {
    sets: &'a [Bits],
    weights: &'a [W],
    floor: W,
    most: usize,
    /// What is heavier than this is of no interest.
    best: W,
    choices: Vec<Vec<usize>>,
    chosen: Vec<usize>,
    /// Whether choices as light as the best were left out.
    cut: bool,
    nodes: usize,
}

impl<W: Weight> Search<'_, W> {
    /// All that meets the sets that are open, on top of what is chosen.
    fn branch(&mut self, open: Vec<usize>, left_out: &mut Bits, weight: &W) {
        self.nodes = self.nodes.saturating_add(1);
        let open = by_members(self.sets, &open, left_out);
        let Some(next) = open.first().and_then(|(_, set)| self.sets.get(*set)) else {
            self.note(weight);
            return;
        };
        let (charged, left) = self.charged(&open, left_out);
        let least = weight.plus(&charged);
        if self.is_too_heavy(&least) {
            return;
        }
        let members: Vec<usize> = next.without(left_out).collect();
        for member in &members {
            if self.nodes > MOST_NODES || self.cut && self.best <= self.floor {
                break;
            }
            let more = left.get(*member).map_or(least.clone(), |more| least.plus(more));
            if !self.is_too_heavy(&more) {
                let sum = self.weights.get(*member).map_or(weight.clone(), |own| weight.plus(own));
                self.chosen.push(*member);
                self.branch(not_met(self.sets, &open, *member), left_out, &sum);
                self.chosen.pop();
            }
            left_out.add(*member);
        }
        members.into_iter().for_each(|member| left_out.remove(member));
    }

    fn charged(&self, open: &[(usize, usize)], left_out: &Bits) -> (W, Vec<W>) {
        charged(self.sets, self.weights, open, left_out)
    }

    fn is_too_heavy(&self, least: &W) -> bool {
        match least.cmp(&self.best) {
            Ordering::Less => false,
            Ordering::Equal => self.cut,
            Ordering::Greater => true,
        }
    }

    fn note(&mut self, weight: &W) {
        if *weight < self.best {
            self.best = weight.clone();
            self.choices.clear();
            self.cut = false;
        }
        let enough = self.choices.len() >= MOST_KEPT || self.nodes > PATIENCE;
        if self.choices.len() >= self.most && enough {
            self.cut = true;
            return;
        }
        let mut choice = self.chosen.clone();
        choice.sort_unstable();
        self.choices.push(choice);
    }
}

/// The first of some choices, by their places, in the order in which a search for them would find them.
pub(super) fn first(sets: &[Bits], choices: &[Bits], limit: usize, most: usize) -> Vec<usize> {
    let mut order = Order { sets, choices, most, found: Vec::new() };
    order.branch((0..sets.len()).collect(), &mut Bits::none(limit), (0..choices.len()).collect());
    order.found
}

struct Order<'a> {
    sets: &'a [Bits],
    choices: &'a [Bits],
    most: usize,
    found: Vec<usize>,
}

impl Order<'_> {
    /// Those of some choices that have all that is chosen and nothing that is left out.
    fn branch(&mut self, open: Vec<usize>, left_out: &mut Bits, mut choices: Vec<usize>) {
        let open = by_members(self.sets, &open, left_out);
        let Some(next) = open.first().and_then(|(_, set)| self.sets.get(*set)) else {
            self.found.extend(choices);
            return;
        };
        let members: Vec<usize> = next.without(left_out).collect();
        for member in &members {
            let has = |choice: &usize| self.choices.get(*choice).is_some_and(|choice| choice.has(*member));
            let (with, without) = choices.into_iter().partition::<Vec<usize>, _>(has);
            choices = without;
            if !with.is_empty() && self.found.len() < self.most {
                self.branch(not_met(self.sets, &open, *member), left_out, with);
            }
            left_out.add(*member);
        }
        members.into_iter().for_each(|member| left_out.remove(member));
    }
}

/// Sets with the number of their members that are not left out, in the order of that number, then in their own.
fn by_members(sets: &[Bits], open: &[usize], left_out: &Bits) -> Vec<(usize, usize)> {
    let counted = open.iter().filter_map(|set| Some((sets.get(*set)?.count_without(left_out), *set)));
    let mut counted: Vec<(usize, usize)> = counted.collect();
    counted.sort_unstable();
    counted
}

/// Those of some sets that do not have a member.
fn not_met(sets: &[Bits], open: &[(usize, usize)], member: usize) -> Vec<usize> {
    let rest = open.iter().map(|(_, set)| *set);
    rest.filter(|set| sets.get(*set).is_some_and(|set| !set.has(member))).collect()
}

/// What meeting all open sets weighs at least, and what is then left of the weight of each member.
fn charged<W: Weight>(sets: &[Bits], weights: &[W], open: &[(usize, usize)], left_out: &Bits) -> (W, Vec<W>) {
    let mut left = weights.to_vec();
    let mut sum = W::ZERO;
    for set in open.iter().filter_map(|(_, set)| sets.get(*set)) {
        let least = set.without(left_out).filter_map(|member| left.get(member)).min().cloned();
        let Some(least) = least.filter(|least| *least > W::ZERO) else { continue };
        for member in set.without(left_out) {
            if let Some(own) = left.get_mut(member) {
                *own = own.minus(&least);
            }
        }
        sum = sum.plus(&least);
    }
    (sum, left)
}

/// A choice that meets all sets and of which no member can be spared, light if not the lightest.
fn meeting<W: Weight>(sets: &[Bits], weights: &[W]) -> Vec<usize> {
    let limit = weights.len();
    let none = Bits::none(limit);
    let all: Vec<usize> = (0..sets.len()).collect();
    let (_, left) = charged(sets, weights, &by_members(sets, &all, &none), &none);
    // The charges have used up some member of each set.
    let used_up = (0..limit).filter(|member| left.get(*member) == Some(&W::ZERO));
    let mut chosen = Bits::of(limit, used_up);
    for member in 0..limit {
        if chosen.has(member) {
            chosen.remove(member);
            if !sets.iter().all(|set| set.meets(&chosen)) {
                chosen.add(member);
            }
        }
    }
    chosen.numbers().collect()
}
