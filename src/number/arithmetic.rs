//! Arithmetic of intervals: exactly the results of the members, flags included.
//!
//! An end of a result is closed only if all that contribute to it are closed; multiplying by a negative number swaps
//! the ends *with* their flags. Two operands count as independent, as two figures are.

use super::{End, Interval, Rational};
use std::cmp::Ordering;

/// A corner of a product: where it lies on the extended line, and whether it is attained.
struct Corner {
    at: Extended,
    attained: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Extended {
    Below,
    At(Rational),
    Above,
}

impl Corner {
    /// The product at two ends. Nought times anything is nought: attained if a nought is attained, and approached if
    /// it is only approached, even against infinity.
    fn product(left: &End, left_sign: i32, right: &End, right_sign: i32) -> Self {
        let nought = |end: &End| end.value().is_some_and(Rational::is_zero);
        if nought(left) || nought(right) {
            let attained = (nought(left) && left.is_closed()) || (nought(right) && right.is_closed());
            return Self { at: Extended::At(Rational::ZERO), attained };
        }
        match (left.value(), right.value()) {
            (Some(a), Some(b)) => {
                Self { at: Extended::At(a.times(b)), attained: left.is_closed() && right.is_closed() }
            }
            _ if (left_sign < 0) == (right_sign < 0) => Self { at: Extended::Above, attained: false },
            _ => Self { at: Extended::Below, attained: false },
        }
    }
}

/// The sign at an end: that of its value, or of the infinity it stands for.
fn sign(end: &End, infinity: i32) -> i32 {
    end.value().map_or(infinity, Rational::signum)
}

fn sum(a: &End, b: &End) -> End {
    match (a.value(), b.value()) {
        (Some(x), Some(y)) => End::at(x.plus(y), a.is_closed() && b.is_closed()),
        _ => End::Unbounded,
    }
}

impl Interval {
    /// All sums.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        Self { lo: sum(&self.lo, &other.lo), hi: sum(&self.hi, &other.hi) }
    }

    /// All differences.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// All negatives.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { lo: self.hi.map(|value| -value), hi: self.lo.map(|value| -value) }
    }

    /// All values moved by `by`.
    #[must_use]
    pub fn shift(&self, by: &Rational) -> Self {
        Self { lo: self.lo.map(|value| value.plus(by)), hi: self.hi.map(|value| value.plus(by)) }
    }

    /// All multiples by `factor`. A negative factor swaps the ends with their flags; nought leaves only nought.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        let times = |end: &End| end.map(|value| value.times(factor));
        match factor.signum().cmp(&0) {
            Ordering::Greater => Self { lo: times(&self.lo), hi: times(&self.hi) },
            Ordering::Less => Self { lo: times(&self.hi), hi: times(&self.lo) },
            Ordering::Equal => Self::point(Rational::ZERO),
        }
    }

    /// All products. A product is linear along each side of the rectangle of operands, so its extremes lie at the
    /// corners; nought times an unbounded operand is nought.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        if let Some(factor) = self.as_point() {
            return other.scale(factor);
        }
        if let Some(factor) = other.as_point() {
            return self.scale(factor);
        }
        let mut least: Option<Corner> = None;
        let mut most: Option<Corner> = None;
        for (left, left_infinity) in [(&self.lo, -1), (&self.hi, 1)] {
            for (right, right_infinity) in [(&other.lo, -1), (&other.hi, 1)] {
                let corner = || Corner::product(left, sign(left, left_infinity), right, sign(right, right_infinity));
                least = Some(extreme(least, corner(), Ordering::Less));
                most = Some(extreme(most, corner(), Ordering::Greater));
            }
        }
        Self { lo: end(least), hi: end(most) }
    }

    /// All quotients, or `None` if the divisor may be nought.
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        divisor.reciprocal().map(|reciprocal| self.mul(&reciprocal))
    }

    /// All reciprocals, or `None` if nought is among the values.
    pub fn reciprocal(&self) -> Option<Self> {
        if self.contains(&Rational::ZERO) {
            return None;
        }
        let invert = |end: &End| match end.value() {
            None => End::Open(Rational::ZERO),
            Some(value) => match value.reciprocal() {
                None => End::Unbounded,
                Some(reciprocal) => End::at(reciprocal, end.is_closed()),
            },
        };
        Some(Self { lo: invert(&self.hi), hi: invert(&self.lo) })
    }

    /// All `exponent`-th powers (the power of nought is one), or `None` if a bound grows beyond all bounds.
    pub fn pow(&self, exponent: u32) -> Option<Self> {
        if exponent == 0 {
            return Some(Self::point(Rational::ONE));
        }
        let base = if exponent.is_multiple_of(2) { self.abs() } else { self.clone() };
        let power = |end: &End| match end {
            End::Unbounded => Some(End::Unbounded),
            End::Open(value) => value.pow(exponent).map(End::Open),
            End::Closed(value) => value.pow(exponent).map(End::Closed),
        };
        Some(Self { lo: power(&base.lo)?, hi: power(&base.hi)? })
    }

    /// All distances from nought.
    #[must_use]
    pub fn abs(&self) -> Self {
        let mirrored = self.neg();
        if sign(&self.lo, -1) >= 0 {
            self.clone()
        } else if sign(&self.hi, 1) <= 0 {
            mirrored
        } else {
            let hi = if self.hi.cmp_upper(&mirrored.hi).is_ge() { &self.hi } else { &mirrored.hi };
            Self { lo: End::Closed(Rational::ZERO), hi: hi.clone() }
        }
    }

    /// The smaller of one value of each, over all such pairs.
    #[must_use]
    pub fn min(&self, other: &Self) -> Self {
        let lo = if self.lo.cmp_lower(&other.lo).is_le() { &self.lo } else { &other.lo };
        let hi = if self.hi.cmp_upper(&other.hi).is_le() { &self.hi } else { &other.hi };
        Self { lo: lo.clone(), hi: hi.clone() }
    }

    /// The larger of one value of each, over all such pairs.
    #[must_use]
    pub fn max(&self, other: &Self) -> Self {
        self.neg().min(&other.neg()).neg()
    }
}

/// Of two corners the more extreme; of two at one place, an attained one.
fn extreme(best: Option<Corner>, next: Corner, towards: Ordering) -> Corner {
    match best {
        None => next,
        Some(best) => match next.at.cmp(&best.at) {
            Ordering::Equal => Corner { attained: best.attained || next.attained, at: next.at },
            order if order == towards => next,
            _ => best,
        },
    }
}

fn end(corner: Option<Corner>) -> End {
    match corner {
        Some(Corner { at: Extended::At(value), attained }) => End::at(value, attained),
        _ => End::Unbounded,
    }
}

#[cfg(test)]
mod tests {
    use super::super::interval::samples::interval;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_swap_with_their_flags() {
        assert_eq!(interval("[1, 2)").scale(&(-3).into()), interval("(-6, -3]"));
        assert_eq!(interval("(0, ∞)").neg(), interval("(-∞, 0)"));
        assert_eq!(interval("(0, ∞)").scale(&0.into()), interval("[0, 0]"));
        assert_eq!(interval("[1, 2]").sub(&interval("[0, 1)")), interval("(0, 2]"));
    }

    #[test]
    fn products_are_exact_at_nought_and_at_infinity() {
        let product = |a: &str, b: &str| interval(a).mul(&interval(b)).to_string();
        assert_eq!(product("[0, 0]", "(-∞, ∞)"), "[0, 0]");
        assert_eq!(product("(0, 1)", "(1, ∞)"), "(0, ∞)");
        assert_eq!(product("[0, 1)", "(1, ∞)"), "[0, ∞)");
        assert_eq!(product("[-1, 2]", "(3, ∞)"), "(-∞, ∞)");
        assert_eq!(product("[-2, 3)", "[-5, 4]"), "(-15, 12)");
        assert_eq!(product("[-2, 3]", "(-5, 4]"), "(-15, 12]");
        assert_eq!(product("(-∞, -1]", "(-∞, -2)"), "(2, ∞)");
        assert_eq!(product("[0, 2]", "(-1, 1)"), "(-2, 2)");
        assert_eq!(product("(-1, 0]", "(0, 5)"), "(-5, 0]");
    }

    #[test]
    fn quotients_never_divide_by_nought() {
        let quotient = |a: &str, b: &str| interval(a).checked_div(&interval(b)).map(|found| found.to_string());
        assert_eq!(quotient("[1, 2]", "[0, 4]"), None);
        assert_eq!(quotient("[1, 2]", "(0, 4]").as_deref(), Some("[0.25, ∞)"));
        assert_eq!(quotient("[1, 2]", "(-∞, -4)").as_deref(), Some("(-0.5, 0)"));
        assert_eq!(quotient("[-1, 2]", "[2, 4)").as_deref(), Some("[-0.5, 1]"));
    }

    #[test]
    fn powers_and_distances_fold_at_nought() {
        assert_eq!(interval("[-3, 2)").pow(2), Some(interval("[0, 9]")));
        assert_eq!(interval("(-2, 3]").pow(3), Some(interval("(-8, 27]")));
        assert_eq!(interval("(-3, -2]").pow(2), Some(interval("[4, 9)")));
        assert_eq!(interval("(-∞, 5]").abs(), interval("[0, ∞)"));
        assert_eq!(interval("(-5, 5]").abs(), interval("[0, 5]"));
        assert_eq!(interval("(-2, 0)").abs(), interval("(0, 2)"));
        assert_eq!(interval("(0, ∞)").pow(0), Some(interval("[1, 1]")));
    }

    #[test]
    fn the_smaller_of_two_is_closed_where_it_can_be_had() {
        assert_eq!(interval("[1, 3]").min(&interval("(1, 3)")), interval("[1, 3)"));
        assert_eq!(interval("[1, 3]").max(&interval("(1, 3)")), interval("(1, 3]"));
        assert_eq!(interval("[1, 3]").max(&interval("(-∞, ∞)")), interval("[1, ∞)"));
    }

    /// A small interval and a list of its members, its closed ends and points near its open ends among them.
    fn with_members() -> impl Strategy<Value = (Interval, Vec<Rational>)> {
        let end = (0..3_u8, -4_i64..=4);
        (end.clone(), end).prop_filter_map("empty", |((lo_kind, lo), (hi_kind, hi))| {
            let make = |kind, value: i64| match kind {
                0 => End::Unbounded,
                1 => End::Open(value.into()),
                _ => End::Closed(value.into()),
            };
            let interval = Interval::new(make(lo_kind, lo), make(hi_kind, hi))?;
            let members = (-6 * 8..=6 * 8)
                .filter_map(|eighths| Rational::new(eighths, 8))
                .filter(|value| interval.contains(value))
                .collect();
            Some((interval, members))
        })
    }

    /// The result contains every combination of members, and a closed end is one of them.
    fn exact(
        result: &Interval,
        (a, b): (&[Rational], &[Rational]),
        of: impl Fn(&Rational, &Rational) -> Rational,
    ) -> Result<(), TestCaseError> {
        let mut values = Vec::new();
        for x in a {
            for y in b {
                let value = of(x, y);
                prop_assert!(result.contains(&value), "{result} lacks {value}, of {x} and {y}");
                values.push(value);
            }
        }
        for end in [&result.lo, &result.hi] {
            if let End::Closed(value) = end {
                prop_assert!(values.contains(value), "{value} of {result} cannot be had");
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn every_operation_gives_the_results_of_the_members((x, xs) in with_members(), (y, ys) in with_members()) {
            exact(&x.add(&y), (&xs, &ys), |a, b| a + b)?;
            exact(&x.sub(&y), (&xs, &ys), |a, b| a - b)?;
            exact(&x.mul(&y), (&xs, &ys), |a, b| a * b)?;
            exact(&x.min(&y), (&xs, &ys), |a, b| a.min(b).clone())?;
            exact(&x.max(&y), (&xs, &ys), |a, b| a.max(b).clone())?;
            if let Some(quotient) = x.checked_div(&y) {
                exact(&quotient, (&xs, &ys), |a, b| a.checked_div(b).unwrap())?;
            }
            let one = [Rational::ONE];
            exact(&x.neg(), (&xs, &one), |a, _| -a)?;
            exact(&x.abs(), (&xs, &one), |a, _| a.abs())?;
            exact(&x.pow(2).unwrap(), (&xs, &one), |a, _| a.pow(2).unwrap())?;
            exact(&x.pow(3).unwrap(), (&xs, &one), |a, _| a.pow(3).unwrap())?;
        }

        #[test]
        fn sets_are_compared_by_their_members((x, xs) in with_members(), (y, ys) in with_members()) {
            prop_assert_eq!(x.meets(&y), x.intersect(&y).is_some());
            prop_assert_eq!(x.meets(&y), y.meets(&x));
            for value in xs.iter().chain(&ys) {
                let both = x.contains(value) && y.contains(value);
                prop_assert_eq!(x.intersect(&y).is_some_and(|common| common.contains(value)), both);
                prop_assert!(x.hull(&y).contains(value));
                if x.is_subset_of(&y) && x.contains(value) {
                    prop_assert!(y.contains(value));
                }
            }
            if let Some(common) = x.intersect(&y) {
                prop_assert!(common.is_subset_of(&x) && common.is_subset_of(&y));
            }
            prop_assert!(x.contains(&x.pick()));
            if let Some(integers) = x.integers() {
                prop_assert!(integers.is_subset_of(&x) && integers.pick().is_integer());
            } else {
                prop_assert!(!xs.iter().any(Rational::is_integer));
            }
        }
    }
}
