//! Mending what rounding broke, one variable at a time.
//!
//! Each sum that is out of its bounds is taken in turn. Some of the variables that move it are tried; the one whose best
//! move lessens most what all sums are out by, each weighed, makes that move. Where none lessens it, the sum counts for
//! more from then on, so that no place is come back to for ever (a breakout: Morris 1993; moves to the best value of one
//! variable: Luteberget and Sartor, *Feasibility Jump*, 2023). What follows from a variable moves with it. Which
//! variables are tried depends on numbers that are the same in each run.

use super::sums::{Follows, Limits, Sum, Sums, UNIT};
use super::{System, Variable, place, steps_of};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// How many variables are tried for a sum.
const TRIED: usize = 8;

/// How often a sum may come to count for more: then it most likely cannot be mended at all.
const PATIENCE: u32 = 50;

/// How deep a variable of a sum is looked for through what follows from what.
const DEEPEST: usize = 64;

/// A sum by how much a step of a variable moves it.
type Effect = Vec<(usize, i128)>;

/// The sums with their totals, at values that change one by one.
pub(super) struct Jumps<'s> {
    whole: &'s [bool],
    /// Those of several variables, then those that are variables which follow.
    sums: Vec<Sum>,
    left: Vec<Limits>,
    follows: Vec<Follows>,
    /// Where each variable is among those that follow.
    follow_of: Vec<Option<usize>>,
    /// The sums of each variable.
    using: Vec<Vec<(usize, i64)>>,
    /// What follows from each variable.
    feeding: Vec<Vec<(usize, i64)>>,
    values: Vec<i128>,
    totals: Vec<i128>,
    weights: Vec<i128>,
    /// How often each sum could not be mended.
    failed: Vec<u32>,
    queue: VecDeque<usize>,
    queued: Vec<bool>,
    /// For each sum and each variable that follows, what the variable at hand counts in it.
    counts: (Vec<i128>, Vec<i128>),
    drawn: u64,
}

impl<'s> Jumps<'s> {
    /// `None` if some number is beyond what can be counted.
    pub fn new(system: &'s System, sums: Sums, follows: Vec<Follows>, values: Vec<i128>) -> Option<Self> {
        let variables = system.whole.len();
        let Sums { mut sums, stated, left } = sums;
        for follow in &follows {
            let limits = *stated.get(place(follow.variable))?;
            if limits != (None, None) {
                sums.push(Sum { terms: vec![(follow.variable, 1)], limits, norm: 1, heaviest: 1 });
            }
        }
        let mut follow_of = vec![None; variables];
        let (mut using, mut feeding) = (vec![Vec::new(); variables], vec![Vec::new(); variables]);
        for (at, follow) in follows.iter().enumerate() {
            *follow_of.get_mut(place(follow.variable))? = Some(at);
            for (variable, factor) in &follow.terms {
                feeding.get_mut(place(*variable))?.push((at, *factor));
            }
        }
        for (at, sum) in sums.iter().enumerate() {
            for (variable, factor) in &sum.terms {
                using.get_mut(place(*variable))?.push((at, *factor));
            }
        }
        let count = sums.len();
        let mut jumps = Self {
            whole: &system.whole,
            left,
            follow_of,
            using,
            feeding,
            values,
            totals: Vec::with_capacity(count),
            weights: sums.iter().map(own_weight).collect(),
            failed: vec![0; count],
            queue: VecDeque::new(),
            queued: vec![false; count],
            counts: (vec![0; count], vec![0; follows.len()]),
            drawn: 0,
            sums,
            follows,
        };
        jumps.values = jumps.values()?;
        for at in 0..count {
            let sum = jumps.sums.get(at)?;
            jumps.totals.push(sum.total(&jumps.values)?);
            jumps.enqueue(at);
        }
        Some(jumps)
    }

    /// The values, what follows from others included.
    pub fn values(&self) -> Option<Vec<i128>> {
        let mut values = self.values.clone();
        for follow in &self.follows {
            let mut value = follow.constant;
            for (variable, factor) in &follow.terms {
                value = value.checked_add(i128::from(*factor).checked_mul(*values.get(place(*variable))?)?)?;
            }
            *values.get_mut(place(follow.variable))? = value;
        }
        Some(values)
    }

    /// Mends sums until none is out of its bounds, some one cannot be mended, or the effort is spent.
    pub fn run(&mut self, effort: &mut u64) {
        while let Some(at) = self.queue.pop_front() {
            if let Some(queued) = self.queued.get_mut(at) {
                *queued = false;
            }
            if self.missing(at) == 0 {
                continue;
            }
            let mut best: Option<(i128, Variable, i128, Effect)> = None;
            for _ in 0..TRIED {
                let Some(variable) = self.draw(at) else { continue };
                let effect = self.effect(variable);
                let steps = steps_of(effect.len()).saturating_add(1);
                let Some(left) = effort.checked_sub(steps) else { return };
                *effort = left;
                let Some((gain, by)) = self.best_move(at, variable, &effect) else { continue };
                if best.as_ref().is_none_or(|(known, ..)| gain > *known) {
                    best = Some((gain, variable, by, effect));
                }
            }
            match best {
                Some((gain, variable, by, effect)) if gain > 0 => self.make(variable, by, &effect),
                _ => {
                    let (Some(sum), Some(weight), Some(failed)) =
                        (self.sums.get(at), self.weights.get_mut(at), self.failed.get_mut(at))
                    else {
                        return;
                    };
                    *weight = weight.saturating_add((*weight / 2).max(own_weight(sum)));
                    *failed = failed.saturating_add(1);
                    if *failed > PATIENCE {
                        return;
                    }
                }
            }
            self.enqueue(at);
        }
    }

    /// By how much a sum is out of its bounds; above 0 if it is too little.
    fn missing(&self, at: usize) -> i128 {
        match (self.sums.get(at), self.totals.get(at)) {
            (Some(sum), Some(total)) => out_by(sum.limits, *total),
            _ => 0,
        }
    }

    fn enqueue(&mut self, at: usize) {
        if self.missing(at) != 0
            && let Some(queued) = self.queued.get_mut(at).filter(|queued| !**queued)
        {
            *queued = true;
            self.queue.push_back(at);
        }
    }

    /// The next of numbers that look like chance and are the same in each run (Knuth's MMIX generator).
    fn chance(&mut self, below: usize) -> usize {
        self.drawn = self.drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.drawn >> 33).unwrap_or_default().checked_rem(below).unwrap_or_default()
    }

    /// A variable that moves a sum and follows from no other.
    fn draw(&mut self, at: usize) -> Option<Variable> {
        let count = self.sums.get(at)?.terms.len();
        let number = self.chance(count);
        let (mut variable, _) = *self.sums.get(at)?.terms.get(number)?;
        for _ in 0..DEEPEST {
            let Some(follow) = self.follow_of.get(place(variable)).copied().flatten() else { return Some(variable) };
            let count = self.follows.get(follow)?.terms.len();
            let number = self.chance(count);
            (variable, _) = *self.follows.get(follow)?.terms.get(number)?;
        }
        None
    }

    /// How each sum moves with a variable, and all that follows from it.
    fn effect(&mut self, variable: Variable) -> Effect {
        let mut effect = Vec::new();
        let mut next: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
        let (mut variable, mut count) = (variable, 1_i128);
        loop {
            for (sum, factor) in self.using.get(place(variable)).into_iter().flatten() {
                if let Some(own) = self.counts.0.get_mut(*sum) {
                    effect.push((*sum, 0));
                    *own = own.saturating_add(count.saturating_mul(i128::from(*factor)));
                }
            }
            for (follow, factor) in self.feeding.get(place(variable)).into_iter().flatten() {
                if let Some(own) = self.counts.1.get_mut(*follow) {
                    next.push(Reverse(*follow));
                    *own = own.saturating_add(count.saturating_mul(i128::from(*factor)));
                }
            }
            // Each follows from earlier ones only, so that what it counts is settled when it is the least left.
            loop {
                let Some(Reverse(follow)) = next.pop() else {
                    effect.retain_mut(|(sum, own)| {
                        *own = self.counts.0.get_mut(*sum).map(std::mem::take).unwrap_or_default();
                        *own != 0
                    });
                    return effect;
                };
                count = self.counts.1.get_mut(follow).map(std::mem::take).unwrap_or_default();
                if let Some(follow) = self.follows.get(follow).filter(|_| count != 0) {
                    variable = follow.variable;
                    break;
                }
            }
        }
    }

    /// The move of a variable, towards the bound that a sum breaks, that lessens most what all sums are out by.
    fn best_move(&self, at: usize, variable: Variable, effect: &Effect) -> Option<(i128, i128)> {
        let (_, own) = effect.iter().find(|(sum, _)| *sum == at)?;
        let up = (self.missing(at) > 0) == (*own > 0);
        let sign = if up { 1_i128 } else { -1 };
        let value = *self.values.get(place(variable))?;
        let (low, high) = *self.left.get(place(variable))?;
        let room = match (up, low, high) {
            (true, _, Some(high)) => high.saturating_sub(value),
            (false, Some(low), _) => value.saturating_sub(low),
            _ => i128::MAX,
        };
        let grain = if self.whole.get(place(variable)) == Some(&true) { UNIT } else { 1 };
        if room < grain {
            return None;
        }
        // What all are out by is convex in the move: its slope at first, and where it changes.
        let mut slope = 0_i128;
        let mut turns: Vec<(i128, i128)> = Vec::with_capacity(effect.len());
        for (sum, factor) in effect {
            let (sum, total, weight) = (self.sums.get(*sum)?, *self.totals.get(*sum)?, *self.weights.get(*sum)?);
            let factor = factor.saturating_mul(sign);
            let steep = factor.saturating_abs().saturating_mul(weight);
            // Away from one bound, and towards the other.
            let (behind, ahead) = if factor > 0 {
                (sum.limits.0.map(|low| low.saturating_sub(total)), sum.limits.1.map(|high| high.saturating_sub(total)))
            } else {
                (sum.limits.1.map(|high| total.saturating_sub(high)), sum.limits.0.map(|low| total.saturating_sub(low)))
            };
            let each = factor.saturating_abs();
            if let Some(behind) = behind.filter(|behind| *behind > 0) {
                slope = slope.saturating_sub(steep);
                turns.push((behind.checked_div(each)?, steep));
            }
            match ahead {
                Some(ahead) if ahead < 0 => slope = slope.saturating_add(steep),
                Some(ahead) => turns.push((ahead.checked_div(each)?, steep)),
                None => {}
            }
        }
        if slope >= 0 {
            return None;
        }
        turns.sort_unstable();
        let mut lowest = i128::MAX;
        for (turn, steep) in turns {
            slope = slope.saturating_add(steep);
            if slope >= 0 {
                lowest = turn;
                break;
            }
        }
        let lowest = lowest.min(room);
        let below = lowest.checked_div(grain)?.checked_mul(grain)?;
        let above = below.saturating_add(grain);
        let mut best: Option<(i128, i128)> = None;
        for by in [below, above] {
            if by > 0 && by <= room {
                let by = by.saturating_mul(sign);
                let gain = self.gain(effect, by);
                if best.is_none_or(|(known, _)| gain > known) {
                    best = Some((gain, by));
                }
            }
        }
        best
    }

    /// By how much a move lessens what all sums are out by.
    fn gain(&self, effect: &Effect, by: i128) -> i128 {
        effect.iter().fold(0_i128, |gain, (at, factor)| {
            let (Some(sum), Some(total), Some(weight)) =
                (self.sums.get(*at), self.totals.get(*at), self.weights.get(*at))
            else {
                return gain;
            };
            let moved = total.saturating_add(factor.saturating_mul(by));
            let lessened =
                out_by(sum.limits, *total).saturating_abs().saturating_sub(out_by(sum.limits, moved).saturating_abs());
            gain.saturating_add(lessened.saturating_mul(*weight))
        })
    }

    fn make(&mut self, variable: Variable, by: i128, effect: &Effect) {
        if let Some(value) = self.values.get_mut(place(variable)) {
            *value = value.saturating_add(by);
        }
        for (sum, factor) in effect {
            if let Some(total) = self.totals.get_mut(*sum) {
                *total = total.saturating_add(factor.saturating_mul(by));
            }
            self.enqueue(*sum);
        }
    }
}

/// What a step of the heaviest variable of a sum weighs, about the same for all sums.
fn own_weight(sum: &Sum) -> i128 {
    UNIT.checked_div(sum.heaviest).unwrap_or(1).max(1)
}

/// By how much a total is out of bounds; above 0 if it is too little.
fn out_by(limits: Limits, total: i128) -> i128 {
    match limits {
        (Some(low), _) if total < low => low.saturating_sub(total),
        (_, Some(high)) if total > high => high.saturating_sub(total),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How far a variable may be moved either way, in units.
    const ROOM: i128 = 12;

    fn any_sums() -> impl Strategy<Value = Vec<Sum>> {
        let terms = prop::collection::btree_map(0..4_u32, prop_oneof![Just(1_i64), Just(-1), -5..6_i64], 1..4);
        let sum = (terms, prop::option::of(-9..9_i128), prop::option::of(0..9_i128)).prop_map(|(terms, low, more)| {
            let terms: Vec<(Variable, i64)> = terms.into_iter().filter(|(_, factor)| *factor != 0).collect();
            let high = more.map(|more| (low.unwrap_or_default() + more) * UNIT);
            let heaviest = terms.iter().map(|(_, factor)| i128::from(factor.abs())).max().unwrap_or(1);
            Sum { terms, limits: (low.map(|low| low * UNIT), high), norm: 1, heaviest }
        });
        prop::collection::vec(sum, 1..6)
    }

    proptest! {
        #[test]
        fn no_move_is_better_than_the_one_that_is_made(
            sums in any_sums(),
            values in prop::collection::vec(-9..9_i128, 3),
            weights in prop::collection::vec(1..5_i128, 6),
        ) {
            // The last variable is the sum of the first and twice the second.
            let system = System { whole: vec![true; 4], ..System::default() };
            let values: Vec<i128> = values.into_iter().chain([0]).map(|value| value * UNIT).collect();
            let follows = vec![Follows { variable: 3, constant: 0, terms: vec![(0, 1), (1, 2)] }];
            let left = values.iter().map(|value| (Some(value - ROOM * UNIT), Some(value + ROOM * UNIT))).collect();
            let sums = Sums { sums, stated: vec![(None, None); 4], left };
            let mut jumps = Jumps::new(&system, sums, follows, values).unwrap();
            jumps.weights.iter_mut().zip(weights).for_each(|(own, weight)| *own *= weight);
            for (at, variable) in (0..jumps.sums.len()).flat_map(|at| (0..3).map(move |variable| (at, variable))) {
                let effect = jumps.effect(variable);
                let Some((_, own)) = effect.iter().find(|(sum, _)| *sum == at) else { continue };
                let missing = jumps.missing(at);
                if missing == 0 {
                    continue;
                }
                let sign = if (missing > 0) == (*own > 0) { UNIT } else { -UNIT };
                let best = (1..=ROOM).map(|by| jumps.gain(&effect, by * sign)).max().unwrap();
                match jumps.best_move(at, variable, &effect) {
                    Some((gain, by)) => {
                        prop_assert_eq!(gain, best);
                        prop_assert_eq!(jumps.gain(&effect, by), gain);
                        let before = jumps.totals.clone();
                        jumps.make(variable, by, &effect);
                        let values = jumps.values().unwrap();
                        for (sum, total) in jumps.sums.iter().zip(&jumps.totals) {
                            prop_assert_eq!(sum.total(&values), Some(*total));
                        }
                        jumps.make(variable, -by, &effect);
                        prop_assert_eq!(&jumps.totals, &before);
                    }
                    None => prop_assert!(best <= 0),
                }
            }
        }
    }
}
