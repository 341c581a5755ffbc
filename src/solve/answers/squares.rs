//! Which sums of squares n whole numbers of a given sum can have.
//!
//! Every square is even or odd as its root is, so that Q ≡ T (mod 2). And (x - a)(x - a - 1) >= 0 for whole x and a, so
//! that Q is least where all are a or a + 1, with a = ⌊T / n⌋; let r = T - n a of them be a + 1. Less by a each, they are
//! r ones and n - r noughts, and what is asked is which Q >= r with Q ≡ r they can be changed to without changing r.
//!
//! **Four numbers.** Let u, v, w be x1 + x2 - x3 - x4, x1 - x2 + x3 - x4 and x1 - x2 - x3 + x4: then u² + v² + w² =
//! 4 Q - T². If T is odd, 4 Q - T² ≡ 3 (mod 8), which is a sum of three odd squares (Gauss, *Disquisitiones Arithmeticae*,
//! 1801, article 291); with the sign of u such that 4 divides T + u + v + w, the numbers (T ± u ± v ± w) / 4 are whole. So
//! every odd Q with 4 Q > T² is possible. If T is even, u, v and w are even, and Q - (T / 2)² must be a sum of three
//! squares: all but the numbers 4^i (8 j + 7) are (Legendre 1798; Gauss, the same). Any such three will do, since their sum
//! is even or odd as T / 2 is.
//!
//! **Five and more.** Every Q ≡ T that is not below the least is possible. If one of the numbers is 1 and three are 0, or three
//! are 1 and one is 0, these four alone have an odd sum, and can be changed to any larger odd sum of squares. Of five or
//! more, such four are there unless all are alike (r = 0). Then let one of them be 1: the other four are to have the odd
//! sum -1, and any odd sum of squares.
//!
//! **Three numbers.** With u = x1 - x2 and v = x2 - x3, (3 Q - T²) / 2 = u² + u v + v². A number is of that form if and only
//! if every prime p ≡ 2 (mod 3) divides it an even number of times (Cox, *Primes of the Form x² + ny²*, 1989, section 1); and
//! x1 = (T + 2 u + v) / 3 is then whole, as it comes to u - v ≡ ±T (mod 3), and all signs can be turned.
//!
//! **Two and one.** (x1 - x2)² = 2 Q - T², and Q = T².

use super::{Found, spend};
use crate::number::{Interval, Rational};

/// So many numbers of a given sum.
pub(super) struct Squares {
    count: i128,
    total: i128,
    /// The least sum of squares.
    pub least: i128,
}

impl Squares {
    /// `None` if the numbers are too large to be looked at.
    pub fn of(count: i128, total: i128) -> Option<Self> {
        let (low, rest) = (total.checked_div_euclid(count)?, total.checked_rem_euclid(count)?);
        let high = low.checked_add(1)?;
        let highs = rest.checked_mul(high.checked_mul(high)?)?;
        let lows = count.checked_sub(rest)?.checked_mul(low.checked_mul(low)?)?;
        Some(Self { count, total, least: highs.checked_add(lows)? })
    }

    /// The first sum of squares within an interval.
    pub fn first(&self, within: &Interval, left: &mut u64) -> Found {
        let low = within.lo().value().map(Rational::to_i128);
        let (Some(low), high) = (low.unwrap_or(Some(0)), within.hi().value()) else { return Found::Spent };
        let high = match high.map(Rational::to_i128) {
            Some(Some(high)) => high,
            Some(None) => return Found::Spent,
            None => i128::MAX,
        };
        let mut squares = low.max(self.least);
        if squares.checked_sub(self.total).is_none_or(|it| it.rem_euclid(2) != 0) {
            squares = squares.saturating_add(1);
        }
        while squares <= high {
            match self.has(squares, left) {
                Some(true) => return Found::Squares(squares),
                Some(false) => {}
                None => return Found::Spent,
            }
            squares = squares.saturating_add(2);
        }
        Found::None
    }

    /// The last sum of squares below a bound.
    pub fn last_below(&self, bound: i128, left: &mut u64) -> Option<i128> {
        let mut squares = bound.checked_sub(1)?;
        if squares.checked_sub(self.total)?.rem_euclid(2) != 0 {
            squares = squares.checked_sub(1)?;
        }
        while squares >= self.least {
            if self.has(squares, left)? {
                return Some(squares);
            }
            squares = squares.checked_sub(2)?;
        }
        None
    }

    /// Whether the numbers can have this sum of squares, which is even or odd as their sum is, and not below the least;
    /// `None` if no step is left.
    fn has(&self, squares: i128, left: &mut u64) -> Option<bool> {
        if !spend(left) {
            return None;
        }
        let times = |factor: i128| squares.checked_mul(factor);
        let square_of_total = self.total.checked_mul(self.total)?;
        match self.count {
            1 => Some(squares == square_of_total),
            2 => Some(is_square(times(2)?.checked_sub(square_of_total)?)),
            3 => is_of_the_hexagonal_form(times(3)?.checked_sub(square_of_total)?.checked_div(2)?, left),
            4 if self.total.rem_euclid(2) == 0 => {
                let half = self.total.checked_div(2)?;
                Some(is_sum_of_three_squares(squares.checked_sub(half.checked_mul(half)?)?))
            }
            count => Some(count >= 4),
        }
    }
}

fn is_square(number: i128) -> bool {
    let Ok(number) = u128::try_from(number) else { return false };
    let root = number.isqrt();
    root.checked_mul(root) == Some(number)
}

/// Legendre's theorem.
fn is_sum_of_three_squares(number: i128) -> bool {
    let mut rest = number;
    while rest > 0 && rest.rem_euclid(4) == 0 {
        rest = rest.div_euclid(4);
    }
    rest >= 0 && rest.rem_euclid(8) != 7
}

/// Whether a number is u² + u v + v²: by its prime factors, a step for each that is tried.
fn is_of_the_hexagonal_form(number: i128, left: &mut u64) -> Option<bool> {
    if number <= 0 {
        return Some(number == 0);
    }
    let (mut rest, mut prime) = (number, 2_i128);
    while prime.checked_mul(prime)? <= rest {
        if !spend(left) {
            return None;
        }
        let mut is_odd = false;
        while rest.rem_euclid(prime) == 0 {
            rest = rest.div_euclid(prime);
            is_odd = !is_odd;
        }
        if is_odd && prime.rem_euclid(3) == 2 {
            return Some(false);
        }
        prime = prime.checked_add(1)?;
    }
    Some(rest.rem_euclid(3) != 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// All sums of squares that whole numbers from -reach to reach can have beside each sum.
    fn enumerated(count: usize, reach: i128) -> BTreeSet<(i128, i128)> {
        let mut sums = BTreeSet::from([(0_i128, 0_i128)]);
        for _ in 0..count {
            sums = sums.iter().flat_map(|(t, q)| (-reach..=reach).map(move |x| (t + x, q + x * x))).collect();
        }
        sums
    }

    #[test]
    fn what_is_possible_is_what_enumeration_finds() {
        // No number of a data set lies further from nought than the root of the sum of squares.
        for (count, reach) in [(1, 30_i128), (2, 30), (3, 20), (4, 12), (5, 9), (6, 7), (7, 6), (8, 6)] {
            let found = enumerated(count, reach);
            let people = i128::try_from(count).unwrap();
            for total in -reach..=reach {
                let squares = Squares::of(people, total).unwrap();
                for sum in 0..=reach * reach {
                    let mut steps = 100_000;
                    let answer = squares.first(&Interval::point(Rational::from(sum)), &mut steps);
                    let is_possible = matches!(answer, Found::Squares(_));
                    assert_eq!(is_possible, found.contains(&(total, sum)), "{count} numbers, sum {total}, {sum}");
                }
            }
        }
    }

    #[test]
    fn a_budget_ends_the_search() {
        let squares = Squares::of(3, 0).unwrap();
        let (bound, mut steps) = (Rational::from(2 * 1_000_000_007_i64 * 3), 10);
        assert!(matches!(squares.first(&Interval::point(bound), &mut steps), Found::Spent));
    }
}
