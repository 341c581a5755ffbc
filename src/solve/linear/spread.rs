//! The values that a variable can have in a system: as intervals, or as far as their hull is known.
//!
//! Values that satisfy all of it satisfy an alternative of each choice, and what the rows and those alternatives leave is
//! one interval; then values outside of it are searched for, until there are none. Where only whole numbers count, an
//! interval may have holes, so that it is walked along; where the variable may lie between whole numbers and something else
//! may not, or is part of a product, only the hull is said.

use super::extreme::{Extreme, beyond_row, extreme, farthest, slice};
use super::simplex::Farthest;
use super::value::Value;
use super::{Answer, Search, System, Variable, place};
use crate::number::{End, Interval, Rational};
use crate::problem::Side;
use crate::problem::refutation::{Choice, Row};
use std::collections::BTreeSet;

/// More intervals than this are said by their hull.
const MOST_PARTS: usize = 8;

/// A walk along an interval takes so many steps at most, to either side.
const MOST_TRIED: usize = 64;

/// The values that a variable can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Intervals in their order, with gaps between them.
    pub parts: Vec<Interval>,
    /// Whether it can have every value of the intervals; if not, they are the hull.
    pub exact: bool,
}

/// The values of a variable, within so many steps; `None` if there are none, or if they were not found.
pub(in crate::solve) fn spread(system: &System, variable: Variable, steps: &mut u64) -> Option<Spread> {
    if let Some(parts) = parts(system, variable, steps) {
        return Some(Spread { parts, exact: true });
    }
    let end = |side, steps: &mut u64| match extreme(system, variable, side, steps) {
        Extreme::At { value, attained, .. } => Some(End::at(value, attained)),
        Extreme::Unbounded => Some(End::Unbounded),
        Extreme::Impossible | Extreme::Unknown => None,
    };
    let hull = Interval::new(end(Side::Least, steps)?, end(Side::Most, steps)?)?;
    Some(Spread { exact: hull.is_point(), parts: vec![hull] })
}

/// All intervals, if each is free of holes or short, and there are not too many.
fn parts(system: &System, variable: Variable, steps: &mut u64) -> Option<Vec<Interval>> {
    let whole = system.whole.get(place(variable)) == Some(&true);
    // Without choices and products, nothing lies outside of what the rows leave.
    let rows_alone = system.choices.is_empty() && system.products.is_empty();
    let mut rest = system.clone();
    let mut parts: Vec<Interval> = Vec::new();
    for _ in 0..=MOST_PARTS {
        let mut search = Search::new(&rest);
        let answer = search.decide(*steps);
        *steps = steps.saturating_sub(search.spent().max(1));
        let values = match answer {
            Answer::Possible(values) => values,
            Answer::Impossible(_) if parts.is_empty() => return None,
            Answer::Impossible(_) => return Some(joined(parts, whole)),
            Answer::Undecided => return None,
        };
        let (left, is_all) = around(system, variable, &values, steps)?;
        // Where there may be holes, the run of whole numbers around these values is a part.
        let part = match (is_all || left.is_point() && system.products.is_empty(), whole) {
            (true, _) => left.clone(),
            (false, true) => run(system, variable, &values, rows_alone.then_some(&left), steps)?,
            (false, false) => return None,
        };
        if rows_alone && part == left {
            return Some(vec![part]);
        }
        let outside = [(Side::Least, part.lo()), (Side::Most, part.hi())].into_iter().filter_map(|(side, end)| {
            let value = end.value()?;
            Some(vec![beyond_row(variable, side, value, end.is_closed())])
        });
        rest.choices.push(Choice { alternatives: outside.collect() });
        parts.push(part);
    }
    None
}

/// What the rows, and the alternatives that these values satisfy, leave for a variable, and whether it can be all of that.
fn around(system: &System, variable: Variable, values: &[Rational], steps: &mut u64) -> Option<(Interval, bool)> {
    let whole = system.whole.get(place(variable)) == Some(&true);
    let slice = slice(system, variable, values, false);
    let is_all = system.products.is_empty() && is_free_of_holes(&slice, variable);
    let end = |far| match far {
        Farthest::Unbounded => Some(End::Unbounded),
        Farthest::At(Value { real, small }) => Some(End::at(real, small.is_zero())),
        Farthest::Exhausted => None,
    };
    let [low, high] = farthest(&slice, variable, [Side::Least, Side::Most], steps)?.map(end);
    let found = Interval::new(low?, high?)?;
    Some((if whole { found.integers()? } else { found }, is_all))
}

/// Whether nothing that hangs together with a variable is whole.
fn is_free_of_holes(slice: &System, variable: Variable) -> bool {
    let mut near: BTreeSet<Variable> = BTreeSet::from([variable]);
    loop {
        let before = near.len();
        for row in slice.rows.iter().filter(|row| row.terms.len() > 1) {
            if row.terms.iter().any(|(own, _)| near.contains(own)) {
                near.extend(row.terms.iter().map(|(own, _)| *own));
            }
        }
        if near.len() == before {
            break;
        }
    }
    near.iter().all(|variable| slice.whole.get(place(*variable)) != Some(&true))
}

/// The run of whole numbers that a variable can have around values that have one of them: a step from one number to the next
/// that is taken again as often as the rows allow passes whole numbers alone. Nothing lies outside of `within`, if that is known.
fn run(
    system: &System,
    variable: Variable,
    values: &[Rational],
    within: Option<&Interval>,
    steps: &mut u64,
) -> Option<Interval> {
    let mut end = |side| {
        let limit = within.and_then(|within| if side == Side::Most { within.hi() } else { within.lo() }.value());
        let mut walk = Walk { system, variable, side, limit, at: values.to_vec(), steps };
        walk.end()
    };
    let low = end(Side::Least)?;
    let high = end(Side::Most)?;
    Interval::new(low, high)
}

struct Walk<'s> {
    system: &'s System,
    variable: Variable,
    side: Side,
    /// A number that nothing lies beyond, if one is known.
    limit: Option<&'s Rational>,
    /// Values that satisfy the system.
    at: Vec<Rational>,
    steps: &'s mut u64,
}

impl Walk<'_> {
    /// The last number to the side before one that the variable cannot have.
    fn end(&mut self) -> Option<End> {
        let one = if self.side == Side::Most { Rational::ONE } else { Rational::from(-1) };
        for _ in 0..MOST_TRIED {
            let current = self.at.get(place(self.variable))?.clone();
            if self.limit == Some(&current) {
                return Some(End::Closed(current));
            }
            let Some(found) = self.with(&current.plus(&one))? else { return Some(End::Closed(current)) };
            let Some(times) = self.times(&found) else { return Some(End::Unbounded) };
            if times.is_positive() {
                let step: Vec<Rational> = found.iter().zip(&self.at).map(|(to, from)| to.minus(from)).collect();
                for (value, by) in self.at.iter_mut().zip(&step) {
                    *value += by.times(&times);
                }
            } else {
                self.at = found;
            }
        }
        None
    }

    /// Values that satisfy the system with the variable at a number, near those that are known; `None` within if there are
    /// none.
    #[allow(clippy::option_option)]
    fn with(&mut self, number: &Rational) -> Option<Option<Vec<Rational>>> {
        let mut held = self.system.clone();
        held.start.clone_from(&self.at);
        held.rows.extend([Side::Least, Side::Most].map(|side| beyond_row(self.variable, side, number, false)));
        let mut search = Search::new(&held);
        let answer = search.decide(*self.steps);
        *self.steps = self.steps.saturating_sub(search.spent().max(1));
        match answer {
            Answer::Possible(values) => Some(Some(values)),
            Answer::Impossible(_) => Some(None),
            Answer::Undecided => None,
        }
    }

    /// How often the step to these values can be taken, by the rows and by the alternatives that hold where it begins;
    /// `None` if without end.
    fn times(&self, to: &[Rational]) -> Option<Rational> {
        let slice = slice(self.system, self.variable, &self.at, false);
        let sum = |row: &Row<Variable>, values: &[Rational]| -> Rational {
            let term = |(own, factor): &(Variable, Rational)| values.get(place(*own)).map(|it| it.times(factor));
            row.terms.iter().filter_map(term).sum()
        };
        let mut most: Option<Rational> = None;
        for row in &slice.rows {
            let (here, there) = (sum(row, &self.at), sum(row, to));
            let by = there.minus(&here);
            if !by.is_positive() {
                continue;
            }
            let times = row.at_most.minus(&here).checked_div(&by)?;
            let times = if row.strict { times.ceil().minus(&Rational::ONE) } else { times.floor() };
            most = Some(most.map_or(times.clone(), |most| most.min(times)));
        }
        most
    }
}

/// Intervals in their order, those that meet as one; of whole numbers also those that follow each other.
fn joined(mut parts: Vec<Interval>, whole: bool) -> Vec<Interval> {
    parts.sort_by(|one, other| one.lo().cmp_lower(other.lo()));
    let mut joined: Vec<Interval> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if last.meets(&part) || follows(last, &part, whole) => *last = last.hull(&part),
            _ => joined.push(part),
        }
    }
    joined
}

/// Whether nothing lies between two intervals.
fn follows(last: &Interval, part: &Interval, whole: bool) -> bool {
    let (Some(high), Some(low)) = (last.hi().value(), part.lo().value()) else { return false };
    if whole {
        high.plus(&Rational::ONE) >= *low
    } else {
        high == low && (last.hi().is_closed() || part.lo().is_closed())
    }
}
