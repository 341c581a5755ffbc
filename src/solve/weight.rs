//! Weights as whole numbers, of the narrowest kind that provably cannot overflow.
//!
//! Bounds are brought to one denominator. A strict bound counts as a little less: with a factor above the number of
//! strict arcs that a simple cycle can have, `w * factor - 1` for strict arcs makes a cycle infeasible exactly if its
//! sum is below nought.

use super::potentials::Arc;
use super::search::{Ends, Room, Search};
use crate::number::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::One;

/// A whole number that labels are made of.
pub(super) trait Weight: Clone + Ord {
    /// Nought.
    const ZERO: Self;
    /// The sum. For machine words, whoever makes the search has seen to it that sums fit.
    fn plus(&self, other: &Self) -> Self;
    /// The difference, likewise.
    fn minus(&self, other: &Self) -> Self;
    /// A number halfway to the other.
    fn midpoint(&self, other: &Self) -> Self;
    /// As a fraction of a unit.
    fn over(&self, unit: &Self) -> Rational;
}

impl Weight for i64 {
    const ZERO: Self = 0;
    fn plus(&self, other: &Self) -> Self {
        self.wrapping_add(*other)
    }
    fn minus(&self, other: &Self) -> Self {
        self.wrapping_sub(*other)
    }
    fn midpoint(&self, other: &Self) -> Self {
        self.wrapping_add(other.wrapping_sub(*self) >> 1_u32)
    }
    fn over(&self, unit: &Self) -> Rational {
        if *unit == 1 { Rational::from(*self) } else { Rational::new(*self, *unit).unwrap_or_default() }
    }
}

impl Weight for i128 {
    const ZERO: Self = 0;
    fn plus(&self, other: &Self) -> Self {
        self.wrapping_add(*other)
    }
    fn minus(&self, other: &Self) -> Self {
        self.wrapping_sub(*other)
    }
    fn midpoint(&self, other: &Self) -> Self {
        self.wrapping_add(other.wrapping_sub(*self) >> 1_u32)
    }
    fn over(&self, unit: &Self) -> Rational {
        Rational::from_big((*self).into(), (*unit).into()).unwrap_or_default()
    }
}

impl Weight for BigInt {
    const ZERO: Self = Self::ZERO;
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn midpoint(&self, other: &Self) -> Self {
        (self + other) >> 1_u32
    }
    fn over(&self, unit: &Self) -> Rational {
        Rational::from_big(self.clone(), unit.clone()).unwrap_or_default()
    }
}

/// A search, whatever its whole numbers are.
pub(super) trait Engine {
    /// The arcs of a simple cycle that cannot be, in walking order; `None` if the values now satisfy every arc.
    fn find(&mut self) -> Option<Vec<usize>>;
    /// Leaves an arc out from now on.
    fn remove(&mut self, arc: usize);
    /// Takes an arc that was left out back in.
    fn restore(&mut self, arc: usize);
    /// The value of each node. They satisfy every arc, strict ones strictly, if the last search found nothing.
    fn values(&self) -> Vec<Rational>;
}

struct Exact<W> {
    search: Search<W>,
    unit: W,
}

impl<W: Weight> Engine for Exact<W> {
    fn find(&mut self) -> Option<Vec<usize>> {
        self.search.find()
    }
    fn remove(&mut self, arc: usize) {
        self.search.remove(arc);
    }
    fn restore(&mut self, arc: usize) {
        self.search.restore(arc);
    }
    fn values(&self) -> Vec<Rational> {
        self.search.labels().iter().map(|label| label.over(&self.unit)).collect()
    }
}

/// The common denominator and the factor that makes room for strictness, in machine words.
struct Scale {
    denominator: i128,
    factor: i128,
}

impl Scale {
    fn of(arcs: &[Arc], factor: u32) -> Option<Self> {
        let mut denominator = 1_i128;
        for arc in arcs {
            let (_, own) = arc.at_most.small()?;
            let own = i128::from(own);
            if own != 1 && denominator.checked_rem(own)? != 0 {
                denominator = denominator.checked_div(denominator.gcd(&own))?.checked_mul(own)?;
            }
        }
        Some(Self { denominator, factor: factor.into() })
    }

    fn weight(&self, arc: &Arc) -> Option<i128> {
        let (numerator, denominator) = arc.at_most.small()?;
        let numerator = i128::from(numerator);
        let parts = match i128::from(denominator) {
            whole if whole == self.denominator => 1,
            part => self.denominator.checked_div(part)?,
        };
        let scaled = match (parts, self.factor) {
            (1, 1) => numerator,
            (parts, factor) => numerator.checked_mul(parts)?.checked_mul(factor)?,
        };
        if arc.strict { scaled.checked_sub(1) } else { Some(scaled) }
    }

    /// The weights as machine words of one kind, if they all fit.
    fn weights<W: TryFrom<i128>>(&self, arcs: &[Arc]) -> Option<Vec<W>> {
        arcs.iter().map(|arc| W::try_from(self.weight(arc)?).ok()).collect()
    }
}

/// More than the distance from nought of any label or sum in one search: at most one arc of a simple path leads to each
/// node, and labels never rise.
fn reach<W: Copy + Ord + Into<i128>>(nodes: u32, ends: &[Ends], weights: &[W], zero: W) -> Option<i128> {
    let mut deepest = vec![zero; super::place(nodes)];
    let (mut least, mut most) = (zero, zero);
    for (ends, weight) in ends.iter().zip(weights) {
        least = least.min(*weight);
        most = most.max(*weight);
        if let Some(own) = deepest.get_mut(super::place(ends.to)) {
            *own = (*own).min(*weight);
        }
    }
    let largest = most.into().max(0_i128.checked_sub(least.into())?);
    deepest.into_iter().try_fold(largest.checked_add(1)?, |sum, own| sum.checked_sub(own.into()))
}

/// Prepares the search for a negative cycle.
pub(super) fn engine(nodes: u32, arcs: &[Arc], ends: &[Ends]) -> Box<dyn Engine> {
    let strict = u32::try_from(arcs.iter().filter(|arc| arc.strict).count()).unwrap_or(u32::MAX);
    let factor = strict.min(nodes).saturating_add(1);
    words(nodes, arcs, ends, factor).unwrap_or_else(|| big(nodes, arcs, ends, factor))
}

fn words(nodes: u32, arcs: &[Arc], ends: &[Ends], factor: u32) -> Option<Box<dyn Engine>> {
    let scale = Scale::of(arcs, factor)?;
    let unit = scale.denominator.checked_mul(scale.factor)?;
    if let (Some(weights), Ok(unit)) = (scale.weights::<i64>(arcs), i64::try_from(unit))
        && let Some(Room { shift, falls }) = room(i64::MAX.into(), reach(nodes, ends, &weights, 0)?)
    {
        let room = Room { shift: shift.and_then(|shift| i64::try_from(shift).ok()), falls };
        return Some(Box::new(Exact { search: Search::new(nodes, ends, &weights, room), unit }));
    }
    let weights = scale.weights::<i128>(arcs)?;
    let room = room(i128::MAX, reach(nodes, ends, &weights, 0)?)?;
    Some(Box::new(Exact { search: Search::new(nodes, ends, &weights, room), unit }))
}

/// Labels stay between minus a quarter and an eighth of the greatest number: an eighth for shifts either way, and an
/// eighth for falls, each of which is at most `reach`. No sum or difference of two labels and a weight can then wrap.
/// While blocks are joined, a node is searched once a height, which is at most 33 falls. `None` if that is too narrow.
fn room(greatest: i128, reach: i128) -> Option<Room<i128>> {
    let shift = greatest.checked_div(8)?;
    let falls = shift.checked_div(reach)?.checked_sub(33).filter(|falls| *falls >= 1)?;
    Some(Room { shift: Some(shift), falls: u64::try_from(falls).unwrap_or(u64::MAX) })
}

fn big(nodes: u32, arcs: &[Arc], ends: &[Ends], factor: u32) -> Box<dyn Engine> {
    let mut denominator = BigInt::one();
    for arc in arcs {
        denominator = denominator.lcm(&arc.at_most.denominator());
    }
    let factor = BigInt::from(factor);
    let weight = |arc: &Arc| {
        let scaled = arc.at_most.numerator() * (&denominator / arc.at_most.denominator()) * &factor;
        if arc.strict { scaled - BigInt::one() } else { scaled }
    };
    let weights: Vec<BigInt> = arcs.iter().map(weight).collect();
    let search = Search::new(nodes, ends, &weights, Room { shift: None, falls: u64::MAX });
    Box::new(Exact { search, unit: &denominator * &factor })
}
