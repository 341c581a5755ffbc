//! Rows that have to do with each other, brought together: a radix sort of the runs of rows by the hash of their group.
//!
//! Rows of one group may stand anywhere in the table. Where it is sorted, as most are, a group is a run or two, and there
//! is little to sort. Two groups of one hash are taken for one: then their rows do not fit, and are read as claims.

use crate::claim::{Columns, Run};
use std::ops::Range;

/// Rows of a block that are of one scope.
pub(super) struct Stretch {
    pub block: usize,
    pub rows: Range<usize>,
    /// A hash of the scope.
    pub scope: u64,
}

/// From so many runs on a radix sort is worth its tables.
const MANY: usize = 1 << 14;
/// The bits that are sorted by at once.
const DIGIT: u32 = 11;

/// The groups of a table.
pub(super) struct Groups {
    /// The runs, group after group, each group in the order of its rows: the hash, and the number of the run.
    runs: Vec<(u64, u32)>,
    /// Where the runs of each group begin and end, in the order of the first rows: what is read side by side lies side by
    /// side in memory.
    bounds: Vec<(u32, u32)>,
    /// The number of the first run of each block.
    firsts: Vec<u32>,
}

impl Groups {
    pub fn of(columns: &Columns<'_>) -> Self {
        let mut firsts = Vec::with_capacity(columns.blocks.len());
        let mut runs: Vec<(u64, u32)> = Vec::new();
        for block in &columns.blocks {
            firsts.push(numbered(runs.len()));
            runs.extend(block.runs.iter().zip(numbered(runs.len())..).map(|(run, number)| (run.group, number)));
        }
        sort(&mut runs);
        let mut bounds: Vec<Option<(u32, u32)>> = vec![None; runs.len()];
        let mut at = 0;
        for group in runs.chunk_by(|one, next| one.0 == next.0) {
            let end = numbered(place(at).saturating_add(group.len()));
            if let Some(slot) = group.first().and_then(|(_, first)| bounds.get_mut(place(*first))) {
                *slot = Some((at, end));
            }
            at = end;
        }
        Self { runs, bounds: bounds.into_iter().flatten().collect(), firsts }
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Puts the rows of a group, in the order of the table, into a list.
    pub fn rows(&self, columns: &Columns<'_>, group: usize, into: &mut Vec<Stretch>) {
        into.clear();
        let (start, end) = self.bounds.get(group).copied().unwrap_or_default();
        let runs = self.runs.get(place(start)..place(end)).unwrap_or_default();
        let rows = runs.iter().filter_map(|(_, number)| {
            let block = self.firsts.partition_point(|first| first <= number).checked_sub(1)?;
            let found = columns.blocks.get(block)?;
            let at = place(number.saturating_sub(self.firsts.get(block).copied()?));
            let begin = |run: &Run| place(run.start);
            let end = found.runs.get(at.saturating_add(1)).map_or(found.len(), begin);
            let run = found.runs.get(at)?;
            Some(Stretch { block, rows: begin(run)..end, scope: run.scope })
        });
        into.extend(rows);
    }
}

fn numbered(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Sorts pairs by their keys; pairs of one key stay in their order.
pub(super) fn sort(pairs: &mut Vec<(u64, u32)>) {
    if pairs.len() < MANY {
        pairs.sort();
        return;
    }
    let mut other: Vec<(u64, u32)> = vec![(0, 0); pairs.len()];
    let mask = 1_u64.wrapping_shl(DIGIT).wrapping_sub(1);
    for pass in 0..u64::BITS.div_ceil(DIGIT) {
        let digit = |key: u64| usize::try_from(key.wrapping_shr(pass.wrapping_mul(DIGIT)) & mask).unwrap_or(0);
        let mut places = vec![0_usize; place(1_u32.wrapping_shl(DIGIT))];
        for (key, _) in pairs.iter() {
            places.get_mut(digit(*key)).into_iter().for_each(|count| *count = count.wrapping_add(1));
        }
        let mut next = 0_usize;
        for count in &mut places {
            (*count, next) = (next, next.wrapping_add(*count));
        }
        for pair in pairs.iter() {
            if let Some(to) = places.get_mut(digit(pair.0)) {
                other.get_mut(*to).into_iter().for_each(|slot| *slot = *pair);
                *to = to.wrapping_add(1);
            }
        }
        std::mem::swap(pairs, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_pairs_are_sorted_as_few_are() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state
        };
        let mut pairs: Vec<(u64, u32)> = (0..40_000).map(|at| (next() >> (at % 60), at)).collect();
        let mut expected = pairs.clone();
        expected.sort();
        sort(&mut pairs);
        assert_eq!(pairs, expected);
    }
}
