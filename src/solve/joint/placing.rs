//! A place for every instant whose place is not known, tried before all ways to order them are gone through.
//!
//! Where many ends are vague ("mid-November", "by some day of November"), each may lie before, at or after dozens of other
//! places, on many curves at once; a search that takes one such choice after the other is out of steps long before it has
//! taken them all. But claims that are true leave room, so that one good guess will do. First values are looked for with
//! no regard to the order of places. They put each vague end where the curve that its claim stands on passes the total
//! that its claim needs, and there all other curves can pass what lies between their totals at the neighbouring places,
//! all by the same share: what held between those places then holds at the new one. So the order is taken from that, the
//! instants are held between their neighbours, and only what is left is searched.
//!
//! Nothing rests on the guess. Where it was right, its values satisfy all that was asked; where it was not, the search
//! goes through all ways as if nothing had been guessed. And if there are no values even with no regard to the order of
//! places, there are none with it: that refutation stands.

use super::item::Items;
use super::system::Numbered;
use crate::number::Rational;
use crate::problem::refutation::{ChoiceReason, Place, Quantity, Reason, Row};
use crate::problem::{CurveId, InstantId, Problem, Why};
use crate::solve::linear::{Answer, Search, System};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// With fewer choices than this, going through them is fast.
const FEW_CHOICES: usize = 4;

/// The share of the budget that is spent on going through all ways before a guess is made.
const FIRST_SHARE: u64 = 4;

/// One part in so many of the way between two places is a little.
const LITTLE: i64 = 1_024;

/// Decides a component.
pub(super) fn decide(problem: &Problem, items: &Items, whole: &Numbered, search: &mut Search, budget: u64) -> Answer {
    let orders = orders(items, whole, search);
    if orders.len() < FEW_CHOICES {
        return search.decide(budget);
    }
    match search.decide(budget / FIRST_SHARE) {
        Answer::Undecided => {}
        answer => return answer,
    }
    orders.keys().for_each(|choice| search.set_choice(*choice, false));
    let regardless = search.decide(budget);
    orders.keys().for_each(|choice| search.set_choice(*choice, true));
    match regardless {
        Answer::Possible(values) => {
            let placing = Placing::of(problem, items, whole, &orders, values);
            placing.decide(whole, search, &orders, budget).unwrap_or_else(|| search.decide(budget))
        }
        Answer::Impossible(refutation) => Answer::Impossible(refutation),
        Answer::Undecided => search.decide(budget),
    }
}

/// The choices that count and say in which order two places are, by their numbers.
fn orders(items: &Items, whole: &Numbered, search: &Search) -> BTreeMap<usize, (Place, Place)> {
    let of_choice = |(number, at): (usize, &usize)| match items.choices.get(*at)?.reason {
        ChoiceReason::Order(one, other) if search.choice_counts(number) => Some((number, (one, other))),
        _ => None,
    };
    whole.choices.iter().enumerate().filter_map(of_choice).collect()
}

/// Where an instant is put.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    /// The place at or before it, and the one at or after it, in days; `None` where there is none.
    between: (Option<i64>, Option<i64>),
    time: Rational,
}

/// Where instants are put, and the values that go with that.
struct Placing {
    spots: BTreeMap<InstantId, Spot>,
    values: Vec<Rational>,
}

/// The totals of each curve at places that are known.
type Known = BTreeMap<CurveId, BTreeMap<i64, Rational>>;

impl Placing {
    /// Puts instants where values that disregard the order of places have them.
    fn of(
        problem: &Problem,
        items: &Items,
        whole: &Numbered,
        orders: &BTreeMap<usize, (Place, Place)>,
        mut values: Vec<Rational>,
    ) -> Self {
        let mut known = Known::new();
        for (quantity, value) in whole.quantities.iter().zip(&values) {
            if let Quantity::Total(curve, Place::At(time)) = quantity {
                known.entry(*curve).or_default().insert(time.0, value.clone());
            }
        }
        let told = told_by(problem, items, whole);
        let mut spots: BTreeMap<InstantId, Spot> = BTreeMap::new();
        for place in orders.values().flat_map(|(one, other)| [one, other]) {
            let Place::Within(instant) = place else { continue };
            // What several curves tell of one instant need not agree; that is left to the search.
            if spots.contains_key(instant) || told.get(instant).map(BTreeSet::len) != Some(1) {
                continue;
            }
            let spot = told.get(instant).and_then(BTreeSet::first).and_then(|curve| {
                let at = whole.quantities.binary_search(&Quantity::Total(*curve, *place)).ok()?;
                spot(problem, *instant, known.get(curve)?, values.get(at)?)
            });
            spots.extend(spot.map(|spot| (*instant, spot)));
        }
        for (start, end, days) in &problem.lengths {
            let fits = match (spots.get(start), spots.get(end)) {
                (Some(one), Some(other)) => one.allows(other, i64::from(*days)),
                _ => true,
            };
            if !fits {
                spots.remove(end);
            }
        }
        for (quantity, value) in whole.quantities.iter().zip(&mut values) {
            match quantity {
                Quantity::Moment(instant) => {
                    if let Some(spot) = spots.get(instant) {
                        value.clone_from(&spot.time);
                    }
                }
                Quantity::Total(curve, Place::Within(instant)) => {
                    let spot = spots.get(instant).filter(|_| told.get(instant).is_some_and(|it| !it.contains(curve)));
                    if let Some(between) = spot.and_then(|spot| passes(known.get(curve)?, &spot.time)) {
                        *value = between;
                    }
                }
                _ => {}
            }
        }
        Self { spots, values }
    }

    /// Values with all instants between the neighbours that they were put between; `None` if none were found.
    fn decide(
        self,
        whole: &Numbered,
        search: &Search,
        orders: &BTreeMap<usize, (Place, Place)>,
        budget: u64,
    ) -> Option<Answer> {
        let mut system: System = whole.system.clone();
        for (choice, alternative) in self.taken(orders) {
            let ways = whole.system.choices.get(choice).map(|choice| choice.alternatives.as_slice());
            let rows: &[Row<u32>] = ways.and_then(|ways| ways.get(alternative)).map(Vec::as_slice).unwrap_or_default();
            system.rows.extend(rows.iter().cloned());
        }
        system.start = self.values;
        let mut placed = Search::new(&system);
        for row in (0..whole.system.rows.len()).filter(|row| !search.row_counts(*row)) {
            placed.set_row(row, false);
        }
        for choice in (0..whole.system.choices.len()).filter(|choice| !search.choice_counts(*choice)) {
            placed.set_choice(choice, false);
        }
        let answer = placed.decide(budget);
        matches!(answer, Answer::Possible(_)).then_some(answer)
    }

    /// The alternatives that are taken: how each instant that was put somewhere lies to the nearest place before it, the
    /// nearest after it, and others between the same two. How it lies to all others follows from that.
    fn taken(&self, orders: &BTreeMap<usize, (Place, Place)>) -> Vec<(usize, usize)> {
        let mut taken = Vec::new();
        let mut nearest: BTreeMap<(InstantId, bool), (i64, usize, usize)> = BTreeMap::new();
        for (choice, (one, other)) in orders {
            let (instant, time, turned) = match (one, other) {
                (Place::At(time), Place::Within(instant)) => (instant, time.0, false),
                (Place::Within(instant), Place::At(time)) => (instant, time.0, true),
                (Place::Within(one), Place::Within(other)) => {
                    let Some((one, other)) = self.spots.get(one).zip(self.spots.get(other)) else { continue };
                    if one.between == other.between {
                        taken.push((*choice, way(&one.time, &other.time)));
                    }
                    continue;
                }
                (Place::At(_), Place::At(_)) => continue,
            };
            let Some(spot) = self.spots.get(instant) else { continue };
            let day = Rational::from(time);
            let alternative = if turned { way(&spot.time, &day) } else { way(&day, &spot.time) };
            let (low, high) = (day <= spot.time, day >= spot.time);
            for (after, lies) in [(false, low), (true, high)] {
                let slot = nearest.entry((*instant, after));
                // Whether what is known is farther away.
                let farther = |known: i64| if after { time < known } else { time > known };
                if !lies {
                    continue;
                }
                match slot {
                    Entry::Vacant(slot) => {
                        slot.insert((time, *choice, alternative));
                    }
                    Entry::Occupied(mut slot) if farther(slot.get().0) => {
                        slot.insert((time, *choice, alternative));
                    }
                    Entry::Occupied(_) => {}
                }
            }
        }
        taken.extend(nearest.into_values().map(|(_, choice, alternative)| (choice, alternative)));
        taken.sort_unstable();
        taken.dedup();
        taken
    }
}

/// Which alternative of a choice of order it is: before, at the same time, after.
fn way(one: &Rational, other: &Rational) -> usize {
    match one.cmp(other) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    }
}

/// For each instant whose place is not known, the curves of which something is said at it.
fn told_by(problem: &Problem, items: &Items, whole: &Numbered) -> BTreeMap<InstantId, BTreeSet<CurveId>> {
    let mut told: BTreeMap<InstantId, BTreeSet<CurveId>> = BTreeMap::new();
    for item in whole.rows.iter().filter_map(|at| items.rows.get(*at)) {
        let tells = match &item.reason {
            // What a claim says of another curve than its own follows from what lies inside what.
            Reason::Difference(id) => {
                problem.differences.get(id.index()).is_some_and(|edge| matches!(edge.why, Why::Stated(..)))
            }
            Reason::Increment(..) | Reason::Balance(..) => true,
            _ => false,
        };
        if !tells {
            continue;
        }
        for (quantity, _) in &item.what.terms {
            if let Quantity::Total(curve, Place::Within(instant)) = quantity {
                told.entry(*instant).or_default().insert(*curve);
            }
        }
    }
    told
}

/// Where a curve passes a total, at a time that an instant may have.
fn spot(problem: &Problem, instant: InstantId, totals: &BTreeMap<i64, Rational>, total: &Rational) -> Option<Spot> {
    let found = problem.instants.get(instant.index())?;
    let (earliest, latest) = (found.earliest.map(|it| it.0), found.latest.map(|it| it.0));
    let possible =
        |time: &i64| earliest.is_none_or(|earliest| earliest <= *time) && latest.is_none_or(|latest| *time <= latest);
    let within: Vec<(i64, &Rational)> =
        totals.iter().filter(|(time, _)| possible(time)).map(|(time, total)| (*time, total)).collect();
    let is_end = |time: i64| Some(time) == earliest || Some(time) == latest;
    if let Some((time, _)) = within.iter().find(|(time, known)| *known == total && !is_end(*time)) {
        return Some(Spot { between: (Some(*time), Some(*time)), time: Rational::from(*time) });
    }
    // At the first or the last time that it may have, it is put a little inside: what other curves come to there is not
    // held to what they come to at that end. No two instants are put at the same little distance.
    let pairs = within.windows(2).filter_map(|pair| if let [one, other] = pair { Some((one, other)) } else { None });
    for ((from, low), (to, high)) in pairs {
        let days = Rational::from(*to).minus(&Rational::from(*from));
        let little = days.checked_div(&Rational::from(i64::from(instant.0).checked_add(LITTLE)?))?;
        let time = match (*low == total, *high == total) {
            (true, _) => Rational::from(*from).plus(&little),
            (_, true) => Rational::from(*to).minus(&little),
            _ => continue,
        };
        return Some(Spot { between: (Some(*from), Some(*to)), time });
    }
    for pair in within.windows(2) {
        let [(from, low), (to, high)] = pair else { continue };
        if (*low < total) == (total < *high) {
            let share = total.minus(low).checked_div(&high.minus(low))?;
            let days = Rational::from(*to).minus(&Rational::from(*from));
            let time = Rational::from(*from).plus(&days.times(&share));
            return Some(Spot { between: (Some(*from), Some(*to)), time });
        }
    }
    // Beyond all places: only where nothing says how early or how late it can be.
    let ((first, low), (last, high)) = (within.first()?, within.last()?);
    if earliest.is_none() && total < *low {
        return Some(Spot { between: (None, Some(*first)), time: Rational::from(first.checked_sub(1)?) });
    }
    if latest.is_none() && total > *high {
        return Some(Spot { between: (Some(*last), None), time: Rational::from(last.checked_add(1)?) });
    }
    None
}

/// What a curve comes to at a time, if it rises evenly between the places that are known.
fn passes(totals: &BTreeMap<i64, Rational>, time: &Rational) -> Option<Rational> {
    let mut before: Option<(Rational, &Rational)> = None;
    for (day, total) in totals {
        let day = Rational::from(*day);
        if day < *time {
            before = Some((day, total));
            continue;
        }
        let Some((from, low)) = before else { return Some(total.clone()) };
        let share = time.minus(&from).checked_div(&day.minus(&from))?;
        return Some(low.plus(&total.minus(low).times(&share)));
    }
    before.map(|(_, total)| total.clone())
}

impl Spot {
    /// Whether another instant can be so many days later, both between their neighbours.
    fn allows(&self, later: &Self, days: i64) -> bool {
        let moved = |time: i64| time.checked_add(days);
        let before = |end: Option<i64>, start: Option<i64>| end.zip(start).is_some_and(|(end, start)| end < start);
        !before(self.between.1.and_then(moved), later.between.0)
            && !before(later.between.1, self.between.0.and_then(moved))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar;
    use crate::problem::{Instant, InstantKind};

    /// A curve that stands at 0, 10, 10 and 40 on the days 0, 10, 20 and 30.
    fn totals() -> BTreeMap<i64, Rational> {
        [(0, 0), (10, 10), (20, 10), (30, 40)].into_iter().map(|(day, total)| (day, Rational::from(total))).collect()
    }

    fn put(earliest: Option<i64>, latest: Option<i64>, total: i64) -> Option<Spot> {
        let at = |day: Option<i64>| day.map(calendar::Instant);
        let kind = InstantKind::Vague(crate::claim::ClaimId::at(0), true);
        let instant = Instant { kind, earliest: at(earliest), latest: at(latest) };
        let problem = Problem { instants: vec![instant], ..Problem::default() };
        spot(&problem, InstantId::at(0), &totals(), &Rational::from(total))
    }

    fn between(from: Option<i64>, to: Option<i64>, time: i64) -> Option<Spot> {
        Some(Spot { between: (from, to), time: Rational::from(time) })
    }

    #[test]
    fn an_instant_is_put_where_its_curve_passes_its_total() {
        assert_eq!(
            put(Some(0), Some(30), 20),
            Some(Spot { between: (Some(20), Some(30)), time: Rational::new(70, 3).unwrap() })
        );
        assert_eq!(put(Some(0), Some(30), 10), between(Some(10), Some(10), 10));
        assert_eq!(put(Some(15), Some(30), 10), between(Some(20), Some(20), 20));
        let little =
            Spot { between: (Some(20), Some(30)), time: Rational::from(20).plus(&Rational::new(10, 1_024).unwrap()) };
        assert_eq!(put(Some(20), Some(30), 10), Some(little));
    }

    #[test]
    fn an_instant_is_put_beyond_all_places_only_where_nothing_bounds_it() {
        assert_eq!(put(None, Some(30), -5), between(None, Some(0), -1));
        assert_eq!(put(Some(0), None, 50), between(Some(30), None, 31));
        assert_eq!(put(Some(0), Some(30), 50), None);
    }

    #[test]
    fn other_curves_pass_their_share_there() {
        let at = |time: i64| passes(&totals(), &Rational::from(time));
        assert_eq!(at(25), Some(Rational::from(25)));
        assert_eq!(at(-3), Some(Rational::ZERO));
        assert_eq!(at(99), Some(Rational::from(40)));
    }

    #[test]
    fn ends_of_a_fixed_length_are_put_that_far_apart() {
        let (early, late) = (between(Some(0), Some(10), 5).unwrap(), between(Some(20), Some(30), 25).unwrap());
        assert!(early.allows(&late, 15));
        assert!(!early.allows(&late, 5));
        assert!(!early.allows(&late, 40));
    }
}
