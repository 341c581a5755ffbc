//! How much work a decision has been.
//!
//! A budget of steps says how often a comparison may be looked at. How long one look takes is another matter: the cube of a
//! sum of twenty figures has more than a thousand products, each of numbers three times as long as those of the figures,
//! and they are gone through once for every variable that is factored out. So whatever is multiplied and added up is
//! counted here as well. Where the count is over, bounds are as wide as can be and products are not multiplied out: nothing
//! false is said, and the search ends with what it knows.

use crate::number::{Interval, Rational};
use crate::solve::work;
use std::cell::Cell;

/// What one step of a budget may come to in all, in numbers that fit machine words.
const WORK_OF_A_STEP: u64 = 50;

/// A count of work, and how much there may be.
#[derive(Debug, Default)]
pub(in crate::solve) struct Meter {
    spent: Cell<u64>,
    most: Cell<u64>,
}

impl Meter {
    /// One that allows what so many steps may come to.
    pub fn new(steps: u64) -> Self {
        let meter = Self::default();
        meter.allow(steps);
        meter
    }

    /// Allows what so many further steps may come to.
    pub fn allow(&self, steps: u64) {
        self.most.set(self.spent.get().saturating_add(steps.saturating_mul(WORK_OF_A_STEP)));
    }

    /// Whether there was more work than is allowed.
    pub fn is_over(&self) -> bool {
        self.spent.get() > self.most.get()
    }

    /// Counts a number that was made.
    pub fn number(&self, made: &Rational) {
        self.spent.set(self.spent.get().saturating_add(work(made)));
    }

    /// Counts an interval that was made.
    pub fn interval(&self, made: &Interval) {
        [made.lo(), made.hi()].into_iter().filter_map(|end| end.value()).for_each(|end| self.number(end));
    }
}

#[cfg(test)]
mod tests {
    use super::super::polynomial::Polynomial;
    use super::*;

    #[test]
    fn what_is_too_much_work_is_left_open_and_never_said_wrongly() {
        let sum = (0..12).map(Polynomial::variable).fold(Polynomial::default(), |sum, one| sum.plus(&one));
        let figure = Interval::new(
            crate::number::End::Closed(Rational::from(1_013_499_999)),
            crate::number::End::Closed(Rational::from(1_013_500_001)),
        );
        let reals = vec![figure.unwrap(); 12];
        let enough = Meter::new(1_000_000);
        let cube = sum.power(3, &enough).unwrap();
        assert!(!cube.range(&reals, &enough).contains(&Rational::ZERO));
        // Multiplying out takes a number for each product of each step, bounding far more than that.
        let little = Meter::new(20);
        assert_eq!(sum.power(3, &little), Some(cube.clone()));
        assert!(
            cube.range(&reals, &little).contains(&cube.at(&vec![Rational::from(1_013_500_000); 12], &enough).unwrap())
        );
        assert!(little.is_over());
        assert_eq!(cube.range(&reals, &little), Interval::everything());
        assert_eq!(sum.power(3, &little), None);
        assert_eq!(cube.at(&[], &little), None);
    }
}
