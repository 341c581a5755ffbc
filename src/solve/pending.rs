//! A set of small whole numbers in which the nearest member above or below a place is found at once.
//!
//! A tree of machine words: a bit of a higher level says whether a word of the level below has any bit at all. Every
//! operation touches at most one word a level, and there are at most six levels for any list that fits into memory.

/// The bits of a word.
const WORD: u32 = u64::BITS;

/// Members of `0..n`.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    levels: Vec<Vec<u64>>,
}

/// Which word of its level a place is in, and which bit of it.
fn split(place: u32) -> (usize, u32) {
    (super::place(place.wrapping_shr(6)), place & (WORD.wrapping_sub(1)))
}

/// The place of a bit.
fn join(word: usize, bit: u32) -> u32 {
    u32::try_from(word).unwrap_or(u32::MAX).wrapping_shl(6) | bit
}

fn one(bit: u32) -> u64 {
    1_u64.wrapping_shl(bit)
}

impl Pending {
    /// No members, out of `0..n`.
    pub(super) fn none(n: usize) -> Self {
        let mut levels = Vec::new();
        let mut length = n;
        loop {
            length = length.div_ceil(64).max(1);
            levels.push(vec![0; length]);
            if length == 1 {
                return Self { levels };
            }
        }
    }

    /// Takes a place in.
    pub(super) fn insert(&mut self, place: u32) {
        let mut place = place;
        for level in &mut self.levels {
            let (word, bit) = split(place);
            let Some(bits) = level.get_mut(word) else { return };
            let was_empty = *bits == 0;
            *bits |= one(bit);
            if !was_empty {
                return;
            }
            place = join(0, u32::try_from(word).unwrap_or(u32::MAX));
        }
    }

    /// Leaves a place out.
    pub(super) fn remove(&mut self, place: u32) {
        let mut place = place;
        for level in &mut self.levels {
            let (word, bit) = split(place);
            let Some(bits) = level.get_mut(word) else { return };
            if *bits & one(bit) == 0 {
                return;
            }
            *bits &= !one(bit);
            if *bits != 0 {
                return;
            }
            place = u32::try_from(word).unwrap_or(u32::MAX);
        }
    }

    /// The first member that is not below `from`.
    pub(super) fn first_from(&self, from: u32) -> Option<u32> {
        self.nearest(
            from,
            |bits, bit| bits & u64::MAX.wrapping_shl(bit),
            u64::trailing_zeros,
            |word| word.checked_add(1),
        )
    }

    /// The last member that is not above `from`.
    pub(super) fn last_to(&self, from: u32) -> Option<u32> {
        self.nearest(
            from,
            |bits, bit| bits & u64::MAX.wrapping_shr(WORD.wrapping_sub(1).wrapping_sub(bit)),
            |bits| WORD.wrapping_sub(1).wrapping_sub(bits.leading_zeros()),
            |word| word.checked_sub(1),
        )
    }

    /// Climbs until a word has a member on the side that `mask` keeps, then descends to the one that `pick` picks.
    fn nearest(
        &self,
        from: u32,
        mask: impl Fn(u64, u32) -> u64,
        pick: impl Fn(u64) -> u32,
        beyond: impl Fn(u32) -> Option<u32>,
    ) -> Option<u32> {
        let mut place = from;
        for (height, level) in self.levels.iter().enumerate() {
            let (word, bit) = split(place);
            let kept = mask(level.get(word).copied().unwrap_or(0), bit);
            if kept != 0 {
                let mut found = join(word, pick(kept));
                for below in self.levels.get(..height)?.iter().rev() {
                    let word = super::place(found);
                    found = join(word, pick(below.get(word).copied()?));
                }
                return Some(found);
            }
            place = beyond(u32::try_from(word).ok()?)?;
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_a_set_with_neighbours(
            n in 1_u32..20_000,
            steps in prop::collection::vec((any::<bool>(), any::<u32>(), any::<u32>()), 0..60),
        ) {
            let mut set = Pending::none(super::super::place(n));
            let mut model = BTreeSet::new();
            for (takes_in, place, probe) in steps {
                let (place, probe) = (place % n, probe % n);
                if takes_in { set.insert(place); model.insert(place); } else { set.remove(place); model.remove(&place); }
                prop_assert_eq!(set.first_from(probe), model.range(probe..).next().copied());
                prop_assert_eq!(set.last_to(probe), model.range(..=probe).next_back().copied());
            }
        }
    }
}
