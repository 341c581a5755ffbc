//! A small generator of pseudo-random numbers, so that a seed gives the same texts on every machine and for ever.
//!
//! It is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). It is good enough to
//! draw figures from, and for nothing that has to be secret.

/// What is added for each number: 2^64 divided by the golden ratio, odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of pseudo-random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of one part of a data set: those of different parts have nothing to do with each other, so that a part
    /// can be made without the parts before it.
    pub(super) fn of(seed: u64, part: u64) -> Self {
        Self(mixed(seed ^ mixed(part.wrapping_add(STEP))))
    }

    /// A number below this one; 0 if that is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        // The upper half of the product of a number below 2^64 and `end` is below `end`, and very nearly even.
        let product = u128::from(mixed(self.0)).wrapping_mul(u128::from(end));
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// The same, for the place in a list of this length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let place = u64::try_from(length).map_or(0, |length| self.below(length));
        usize::try_from(place).unwrap_or(0)
    }

    /// A number from the first to the last of these, both included.
    pub(super) fn between(&mut self, first: usize, last: usize) -> usize {
        first.saturating_add(self.place(last.saturating_sub(first).saturating_add(1)))
    }

    /// True so many times in so many.
    pub(super) fn happens(&mut self, times: u64, of: u64) -> bool {
        self.below(of) < times
    }
}

/// The bits of a number, each made to depend on all of them.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_generator() {
        let mut random = Random(1_234_567);
        let mut next = || {
            random.0 = random.0.wrapping_add(STEP);
            mixed(random.0)
        };
        assert_eq!(
            [next(), next(), next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn every_number_below_the_end_comes_up() {
        let mut random = Random::of(7, 1);
        let mut seen = [0_u32; 6];
        (0..600).for_each(|_| seen[random.place(6)] += 1);
        assert!(seen.iter().all(|times| (60..150).contains(times)), "{seen:?}");
        assert_eq!(random.below(0), 0);
        assert!((0..100).all(|_| (3..=5).contains(&random.between(3, 5))));
    }
}
