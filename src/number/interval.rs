//! Intervals of rationals with open, closed and infinite ends. An [`Interval`] is never empty.
//!
//! Every operation gives exactly the set of results of its members: an end is closed only if the value there can
//! really be had. Whatever has no member is `None`, never an empty interval. The arithmetic lives in `arithmetic`,
//! the words for people in `said`.

use super::Rational;
use std::cmp::Ordering;
use std::fmt;

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// No bound on this side.
    Unbounded,
    /// The bound itself is not a possible value.
    Open(Rational),
    /// The bound itself is a possible value.
    Closed(Rational),
}

impl End {
    /// The bound, if there is one.
    pub fn value(&self) -> Option<&Rational> {
        match self {
            End::Unbounded => None,
            End::Open(value) | End::Closed(value) => Some(value),
        }
    }

    /// Whether the bound itself is a possible value.
    pub fn is_closed(&self) -> bool {
        matches!(self, End::Closed(_))
    }

    /// An end at a value, closed or open.
    pub fn at(value: Rational, closed: bool) -> Self {
        if closed { End::Closed(value) } else { End::Open(value) }
    }

    /// The end with its value changed, its kind kept.
    pub(super) fn map(&self, change: impl FnOnce(&Rational) -> Rational) -> Self {
        match self {
            End::Unbounded => End::Unbounded,
            End::Open(value) => End::Open(change(value)),
            End::Closed(value) => End::Closed(change(value)),
        }
    }

    /// Orders two lower ends by what they admit: the one that admits more comes first.
    pub fn cmp_lower(&self, other: &Self) -> Ordering {
        match (self.value(), other.value()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => a.cmp(b).then_with(|| other.is_closed().cmp(&self.is_closed())),
        }
    }

    /// Orders two upper ends by what they admit: the one that admits less comes first.
    pub fn cmp_upper(&self, other: &Self) -> Ordering {
        match (self.value(), other.value()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) => a.cmp(b).then_with(|| self.is_closed().cmp(&other.is_closed())),
        }
    }
}

/// A non-empty set of rationals between two ends.
///
/// ```
/// use addup::number::{Interval, Rational};
/// let reading = Interval::closed(1150.into(), 1250.into()).unwrap();
/// assert!(reading.contains(&Rational::from(1200)));
/// assert_eq!(reading.to_string(), "[1150, 1250]");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    pub(super) lo: End,
    pub(super) hi: End,
}

impl Interval {
    /// The values between two ends, or `None` if there are none.
    pub fn new(lo: End, hi: End) -> Option<Self> {
        let some = match (lo.value(), hi.value()) {
            (Some(a), Some(b)) => match a.cmp(b) {
                Ordering::Less => true,
                Ordering::Equal => lo.is_closed() && hi.is_closed(),
                Ordering::Greater => false,
            },
            _ => true,
        };
        some.then_some(Self { lo, hi })
    }

    /// One value alone.
    pub fn point(value: Rational) -> Self {
        Self { lo: End::Closed(value.clone()), hi: End::Closed(value) }
    }

    /// Every rational.
    pub fn everything() -> Self {
        Self { lo: End::Unbounded, hi: End::Unbounded }
    }

    /// `[value, ∞)`
    pub fn at_least(value: Rational) -> Self {
        Self { lo: End::Closed(value), hi: End::Unbounded }
    }

    /// `(-∞, value]`
    pub fn at_most(value: Rational) -> Self {
        Self { lo: End::Unbounded, hi: End::Closed(value) }
    }

    /// `(value, ∞)`
    pub fn more_than(value: Rational) -> Self {
        Self { lo: End::Open(value), hi: End::Unbounded }
    }

    /// `(-∞, value)`
    pub fn less_than(value: Rational) -> Self {
        Self { lo: End::Unbounded, hi: End::Open(value) }
    }

    /// `[lo, hi]`, or `None` if `lo > hi`.
    pub fn closed(lo: Rational, hi: Rational) -> Option<Self> {
        Self::new(End::Closed(lo), End::Closed(hi))
    }

    /// `[middle - margin, middle + margin]`; a margin has no sign.
    pub fn around(middle: &Rational, margin: &Rational) -> Self {
        let margin = margin.abs();
        Self { lo: End::Closed(middle.minus(&margin)), hi: End::Closed(middle.plus(&margin)) }
    }

    /// The lower end.
    pub fn lo(&self) -> &End {
        &self.lo
    }

    /// The upper end.
    pub fn hi(&self) -> &End {
        &self.hi
    }

    /// Its only value, if it has only one.
    pub fn as_point(&self) -> Option<&Rational> {
        match (&self.lo, &self.hi) {
            (End::Closed(a), End::Closed(b)) if a == b => Some(a),
            _ => None,
        }
    }

    /// Whether it has a single value.
    pub fn is_point(&self) -> bool {
        self.as_point().is_some()
    }

    /// Whether it bounds nothing.
    pub fn is_everything(&self) -> bool {
        matches!((&self.lo, &self.hi), (End::Unbounded, End::Unbounded))
    }

    /// The distance between its ends, if it has both.
    pub fn width(&self) -> Option<Rational> {
        Some(self.hi.value()?.minus(self.lo.value()?))
    }

    /// Whether a value lies in it.
    pub fn contains(&self, value: &Rational) -> bool {
        let above = match &self.lo {
            End::Unbounded => true,
            End::Open(lo) => value > lo,
            End::Closed(lo) => value >= lo,
        };
        above
            && match &self.hi {
                End::Unbounded => true,
                End::Open(hi) => value < hi,
                End::Closed(hi) => value <= hi,
            }
    }

    /// The values in both, or `None` if there are none.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let lo = if self.lo.cmp_lower(&other.lo).is_ge() { &self.lo } else { &other.lo };
        let hi = if self.hi.cmp_upper(&other.hi).is_le() { &self.hi } else { &other.hi };
        Self::new(lo.clone(), hi.clone())
    }

    /// Whether they have a value in common. Touching counts only where both ends are closed.
    pub fn meets(&self, other: &Self) -> bool {
        !self.lies_below(other) && !other.lies_below(self)
    }

    /// Whether every value of it is less than every value of the other.
    pub fn lies_below(&self, other: &Self) -> bool {
        match (self.hi.value(), other.lo.value()) {
            (Some(a), Some(b)) => match a.cmp(b) {
                Ordering::Less => true,
                Ordering::Equal => !(self.hi.is_closed() && other.lo.is_closed()),
                Ordering::Greater => false,
            },
            _ => false,
        }
    }

    /// The smallest interval that contains both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let lo = if self.lo.cmp_lower(&other.lo).is_le() { &self.lo } else { &other.lo };
        let hi = if self.hi.cmp_upper(&other.hi).is_ge() { &self.hi } else { &other.hi };
        Self { lo: lo.clone(), hi: hi.clone() }
    }

    /// Whether every value of it lies in the other.
    pub fn is_subset_of(&self, other: &Self) -> bool {
        self.lo.cmp_lower(&other.lo).is_ge() && self.hi.cmp_upper(&other.hi).is_le()
    }

    /// The smallest closed interval that contains the same whole numbers, or `None` if it contains none.
    pub fn integers(&self) -> Option<Self> {
        let lo = match &self.lo {
            End::Unbounded => End::Unbounded,
            End::Closed(lo) => End::Closed(lo.ceil()),
            End::Open(lo) => End::Closed(lo.floor().plus(&Rational::ONE)),
        };
        let hi = match &self.hi {
            End::Unbounded => End::Unbounded,
            End::Closed(hi) => End::Closed(hi.floor()),
            End::Open(hi) => End::Closed(hi.ceil().minus(&Rational::ONE)),
        };
        Self::new(lo, hi)
    }

    /// One of its values, as plain as may be: a whole number if it has one, else one with few decimals. Of a bounded
    /// interval it is near the middle, of any other near its end; of everything it is nought.
    pub fn pick(&self) -> Rational {
        let middle = match (self.lo.value(), self.hi.value()) {
            (None, None) => return Rational::ZERO,
            (Some(lo), None) if lo.is_negative() => return Rational::ZERO,
            (None, Some(hi)) if hi.is_positive() => return Rational::ZERO,
            (Some(lo), None) => return if self.lo.is_closed() { lo.ceil() } else { lo.floor().plus(&Rational::ONE) },
            (None, Some(hi)) => return if self.hi.is_closed() { hi.floor() } else { hi.ceil().minus(&Rational::ONE) },
            (Some(lo), Some(hi)) => lo.midpoint(hi),
        };
        for places in 0..=20 {
            let Some(up) = Rational::power_of_ten(places) else { break };
            let Some(down) = up.reciprocal() else { break };
            let scaled = middle.times(&up);
            for candidate in [scaled.round(), scaled.floor(), scaled.ceil()] {
                let candidate = candidate.times(&down);
                if self.contains(&candidate) {
                    return candidate;
                }
            }
        }
        middle
    }
}

/// For machines: `[1150, 1250)`, `(0, ∞)`, `{26}` written `[26, 26]`.
impl fmt::Display for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lo {
            End::Unbounded => write!(out, "(-∞, ")?,
            End::Open(lo) => write!(out, "({lo}, ")?,
            End::Closed(lo) => write!(out, "[{lo}, ")?,
        }
        match &self.hi {
            End::Unbounded => write!(out, "∞)"),
            End::Open(hi) => write!(out, "{hi})"),
            End::Closed(hi) => write!(out, "{hi}]"),
        }
    }
}

/// Ways to build intervals in tests of this folder.
#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// Reads `[1, 2)`, `(-∞, 3]` and the like.
    pub fn interval(text: &str) -> Interval {
        let (lo, hi) = text.split_once(", ").unwrap();
        let number = |text: &str| text.parse::<Rational>().unwrap();
        let lo = match (lo.chars().next().unwrap(), &lo[1..]) {
            (_, "-∞") => End::Unbounded,
            ('(', value) => End::Open(number(value)),
            (_, value) => End::Closed(number(value)),
        };
        let (value, bracket) = hi.split_at(hi.len().saturating_sub(1));
        let hi = match (bracket, value) {
            (_, "∞") => End::Unbounded,
            (")", value) => End::Open(number(value)),
            (_, value) => End::Closed(number(value)),
        };
        Interval::new(lo, hi).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::samples::interval;
    use super::*;

    #[test]
    fn an_interval_is_never_empty() {
        let one = || Rational::ONE;
        assert_eq!(Interval::closed(2.into(), one()), None);
        assert_eq!(Interval::new(End::Open(one()), End::Closed(one())), None);
        assert_eq!(Interval::new(End::Open(one()), End::Open(one())), None);
        assert!(Interval::closed(one(), one()).unwrap().is_point());
    }

    #[test]
    fn touching_meets_only_where_both_ends_are_closed() {
        assert!(interval("[1, 2]").meets(&interval("[2, 3]")));
        assert!(!interval("[1, 2)").meets(&interval("[2, 3]")));
        assert!(!interval("[2, 3]").meets(&interval("[1, 2)")));
        assert!(!interval("[1, 2)").meets(&interval("(2, 3]")));
        assert_eq!(interval("[1, 2]").intersect(&interval("[2, 3]")), Some(interval("[2, 2]")));
        assert_eq!(interval("[1, 2]").intersect(&interval("(2, 3]")), None);
    }

    #[test]
    fn of_two_ends_at_one_value_the_narrower_wins_in_an_intersection_and_the_wider_in_a_hull() {
        let (open, closed) = (interval("(1, 2)"), interval("[1, 2]"));
        assert_eq!(open.intersect(&closed), Some(open.clone()));
        assert_eq!(open.hull(&closed), closed);
        assert!(open.is_subset_of(&closed) && !closed.is_subset_of(&open));
        assert!(closed.is_subset_of(&Interval::everything()));
    }

    #[test]
    fn whole_numbers_tighten_the_ends() {
        let integers = |text: &str| interval(text).integers().map(|found| found.to_string());
        assert_eq!(integers("(1, 4)").as_deref(), Some("[2, 3]"));
        assert_eq!(integers("[0.5, ∞)").as_deref(), Some("[1, ∞)"));
        assert_eq!(integers("(-∞, -0.5]").as_deref(), Some("(-∞, -1]"));
        assert_eq!(integers("(1, 2)"), None);
        assert_eq!(integers("[1.1, 1.9]"), None);
    }

    #[test]
    fn the_value_picked_is_a_plain_one() {
        let pick = |text: &str| interval(text).pick().to_string();
        assert_eq!(pick("[1150, 1250)"), "1200");
        assert_eq!(pick("(0, 1)"), "0.5");
        assert_eq!(pick("(1, 2]"), "2");
        assert_eq!(pick("(100, ∞)"), "101");
        assert_eq!(pick("(-∞, -2.5)"), "-3");
        assert_eq!(pick("(-∞, 26)"), "0");
        assert_eq!(pick("[8.11, 8.14]"), "8.13");
        assert_eq!(pick("[1/3, 1/3]"), "1/3");
    }

    #[test]
    fn machines_see_brackets() {
        assert_eq!(Interval::more_than(0.into()).to_string(), "(0, ∞)");
        assert_eq!(Interval::at_most(5.into()).to_string(), "(-∞, 5]");
        assert_eq!(Interval::point(26.into()).to_string(), "[26, 26]");
        assert_eq!(Interval::around(&100.into(), &(-3).into()).to_string(), "[97, 103]");
    }
}
