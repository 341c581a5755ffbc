//! Whether what is said of one running total fits: exact values over periods, and up to moments.
//!
//! A value over a period is P(end) - P(start). Where the order of time binds, P never falls. Such a system fits exactly if
//! the values tell no two differences of one pair of moments, and no circle of orders falls (see [`crate::solve`], which
//! decides the same of anything that is not exact). What is usual is decided in one pass: periods one after the other, and
//! running totals from one beginning that stand between them. A test holds that against the whole.

/// Where running totals begin of which nobody says where.
pub(super) const ORIGIN: i64 = i64::MIN;

/// A value over a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    /// Where it begins.
    pub start: i64,
    /// Where it ends.
    pub end: i64,
    /// The value.
    pub value: i64,
}

/// What is said of one running total, and what is needed to decide it: kept, so that it is not made anew for each.
#[derive(Default)]
pub(super) struct Curve {
    /// Values over periods.
    pub periods: Vec<Said>,
    /// Values from where running totals begin, the same for all.
    pub totals: Vec<Said>,
    /// How many values are of no time.
    pub unsaid: usize,
    times: Vec<i64>,
    /// For each moment, what it hangs together with, and how far above that it is.
    above: Vec<(usize, i64)>,
}

/// What came of a running total that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fits {
    /// How many figures state it.
    pub figures: usize,
    /// How many of them are stated twice or more.
    pub repeated: usize,
}

impl Curve {
    /// Forgets what was said.
    pub fn clear(&mut self) {
        self.periods.clear();
        self.totals.clear();
        self.unsaid = 0;
    }

    /// How many figures state it, put in the order of time; `None` if one of them is stated twice, and not alike.
    pub fn figures(&mut self) -> Option<Fits> {
        let mut fits = Fits { figures: 0, repeated: 0 };
        for said in [&mut self.periods, &mut self.totals] {
            if !said.is_sorted() {
                said.sort_unstable();
            }
            let is_one = |pair: &&[Said]| matches!(pair, [one, next] if (one.start, one.end) == (next.start, next.end));
            if said.windows(2).any(|pair| is_one(&pair)) {
                if said.windows(2).filter(is_one).any(|pair| pair.first() != pair.last()) {
                    return None;
                }
                let runs = said.chunk_by(|one, next| one == next);
                fits.repeated = fits.repeated.wrapping_add(runs.filter(|run| run.len() > 1).count());
                said.dedup();
            }
            fits.figures = fits.figures.wrapping_add(said.len());
        }
        Some(fits)
    }

    /// Whether all of it fits; `None` if it does not, or that is not certain.
    pub fn fits(&mut self, never_falls: bool) -> Option<Fits> {
        let fits = self.figures()?;
        let does = match never_falls && self.is_usual() {
            true => self.usual_fits(),
            false => self.all_fits(never_falls),
        };
        does.then_some(fits)
    }

    /// Whether periods follow each other, no total ends within one, and none begins before totals do.
    fn is_usual(&self) -> bool {
        let begins = self.totals.first().map_or(ORIGIN, |total| total.start);
        if self.periods.first().is_some_and(|period| period.start < begins) {
            return false;
        }
        let apart = self.periods.windows(2).all(|pair| matches!(pair, [one, next] if one.end <= next.start));
        let mut periods = self.periods.iter().peekable();
        apart
            && self.totals.iter().all(|total| {
                while periods.peek().is_some_and(|period| period.end < total.end) {
                    periods.next();
                }
                periods.peek().is_none_or(|period| total.end == period.end || total.end <= period.start)
            })
    }

    /// Between two totals lies exactly what periods that fill all the time between them add, and at least what others do.
    fn usual_fits(&self) -> bool {
        let mut periods = self.periods.iter().peekable();
        // What the totals before came to, and where the last of them stands. If nobody says where they begin, it is not known
        // how much lies before the first.
        let begins = self.totals.first().map(|total| total.start).filter(|start| *start != ORIGIN);
        let (mut total, mut stands) = (0_i64, begins);
        for next in &self.totals {
            let (mut sum, mut filled) = (0_i64, stands);
            while let Some(period) = periods.next_if(|period| period.end <= next.end) {
                let Some(more) = sum.checked_add(period.value) else { return false };
                sum = more;
                filled = filled.filter(|until| *until == period.start).map(|_| period.end);
            }
            let Some(rest) = next.value.checked_sub(total) else { return false };
            let is_exact = filled == Some(next.end);
            if rest < sum || (is_exact && rest > sum) {
                return false;
            }
            (total, stands) = (next.value, Some(next.end));
        }
        true
    }

    /// Whether any values of the moments satisfy all that is said.
    fn all_fits(&mut self, never_falls: bool) -> bool {
        let Self { periods, totals, times, above, .. } = self;
        times.clear();
        times.extend(periods.iter().chain(totals.iter()).flat_map(|said| [said.start, said.end]));
        times.sort_unstable();
        times.dedup();
        above.clear();
        above.extend((0..times.len()).map(|at| (at, 0)));
        let place = |time: i64| times.binary_search(&time).unwrap_or(0);
        for said in periods.iter().chain(totals.iter()) {
            let (Some((one, below)), Some((other, top))) =
                (root(above, place(said.start)), root(above, place(said.end)))
            else {
                return false;
            };
            // P(end) - P(start) is the value, and each is so far above its root.
            let Some(apart) = below.checked_add(said.value).and_then(|it| it.checked_sub(top)) else { return false };
            if one == other {
                if apart != 0 {
                    return false;
                }
            } else if let Some(slot) = above.get_mut(other) {
                *slot = (one, apart);
            }
        }
        if !never_falls {
            return true;
        }
        // What came first is no more than what came later; what has no place in time came before the first period.
        let first = periods.iter().map(|said| said.start).min();
        let orders = times.windows(2).filter_map(|pair| match pair {
            [ORIGIN, _] => None,
            [early, late] => Some((*early, *late)),
            _ => None,
        });
        let begun = first.filter(|_| times.first() == Some(&ORIGIN)).map(|first| (ORIGIN, first));
        let mut arcs: Vec<(usize, usize, i64)> = Vec::new();
        for (early, late) in orders.chain(begun) {
            let (Some((one, below)), Some((other, top))) = (root(above, place(early)), root(above, place(late))) else {
                return false;
            };
            // P(one) + below <= P(other) + top
            let Some(most) = top.checked_sub(below) else { return false };
            if one == other {
                if most < 0 {
                    return false;
                }
            } else {
                arcs.push((other, one, most));
            }
        }
        relaxes(&arcs, times.len())
    }
}

/// The root of a moment, and how far above it the moment is.
fn root(above: &mut [(usize, i64)], at: usize) -> Option<(usize, i64)> {
    let (mut top, mut sum) = (at, 0_i64);
    loop {
        let (next, more) = *above.get(top)?;
        if next == top {
            break;
        }
        sum = sum.checked_add(more)?;
        top = next;
    }
    *above.get_mut(at)? = (top, sum);
    Some((top, sum))
}

/// Whether no circle of arcs (from, to, at most) falls (Bellman 1958).
fn relaxes(arcs: &[(usize, usize, i64)], nodes: usize) -> bool {
    let mut distance = vec![0_i64; nodes];
    for _ in 0..=nodes {
        let mut changed = false;
        for (from, to, most) in arcs {
            let Some(reached) = distance.get(*from).and_then(|it| it.checked_add(*most)) else { return false };
            if let Some(known) = distance.get_mut(*to).filter(|known| reached < **known) {
                *known = reached;
                changed = true;
            }
        }
        if !changed {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn curve(said: &[(i64, i64, i64)]) -> Curve {
        curve_from(ORIGIN, said)
    }

    fn curve_from(origin: i64, said: &[(i64, i64, i64)]) -> Curve {
        let mut curve = Curve::default();
        for (start, end, value) in said.iter().copied() {
            let list = if start == origin { &mut curve.totals } else { &mut curve.periods };
            list.push(Said { start, end, value });
        }
        curve
    }

    #[test]
    fn months_add_up_to_what_their_totals_differ_by() {
        let fits = |said: &[(i64, i64, i64)]| curve(said).fits(true).is_some();
        assert!(fits(&[(0, 31, 5), (31, 59, 7), (ORIGIN, 31, 5), (ORIGIN, 59, 12)]));
        assert!(!fits(&[(0, 31, 5), (31, 59, 7), (ORIGIN, 31, 5), (ORIGIN, 59, 11)]));
        assert!(!fits(&[(0, 31, 5), (31, 59, 7), (ORIGIN, 31, 5), (ORIGIN, 59, 13)]), "nothing is between them");
        assert!(fits(&[(0, 31, 5), (35, 59, 7), (ORIGIN, 31, 5), (ORIGIN, 59, 13)]), "something may be");
        assert!(!fits(&[(0, 31, 5), (ORIGIN, 31, 4)]), "a month is part of what its total counts");
        assert!(fits(&[(0, 31, 5), (ORIGIN, 31, 400)]), "the total may have begun earlier");
        assert!(!fits(&[(ORIGIN, 31, 5), (ORIGIN, 59, 4)]), "a total falls");
        assert!(fits(&[(ORIGIN, 31, 5), (31, 59, 1)]), "what comes later may be small");
        assert!(!fits(&[(0, 31, 5), (0, 10, 6)]));
        assert!(curve(&[(0, 31, 5), (0, 10, 6)]).fits(false).is_some(), "something may have been taken back");
        let fits_from = |said: &[(i64, i64, i64)]| curve_from(0, said).fits(true).is_some();
        assert!(fits_from(&[(0, 31, 5), (31, 59, 7), (0, 59, 12)]));
        assert!(!fits_from(&[(0, 31, 5), (31, 59, 7), (0, 59, 13)]), "nothing came before");
        assert!(fits_from(&[(-31, 0, 5), (31, 59, 7), (0, 59, 13)]));
        let twice = curve(&[(0, 31, 5), (0, 31, 5), (31, 59, 1)]).fits(true);
        assert_eq!(twice, Some(Fits { figures: 2, repeated: 1 }));
    }

    proptest! {
        #[test]
        fn what_is_usual_is_decided_as_all_else(
            said in prop::collection::vec((prop_oneof![Just(ORIGIN), 0_i64..8], 0_i64..8, 0_i64..6), 1..8),
            begins in prop_oneof![Just(ORIGIN), Just(0_i64), Just(2)],
        ) {
            let known = |start: i64| if start == ORIGIN { begins } else { start };
            let said = said.into_iter().map(|(start, end, value)| (known(start), end, value));
            let said: Vec<_> = said.filter(|(start, end, _)| start < end).collect();
            let mut found = curve_from(begins, &said);
            let fits = found.fits(true);
            if fits.is_some() || found.is_usual() {
                prop_assert_eq!(fits.is_some(), found.all_fits(true));
            }
            if fits.is_some() {
                prop_assert!(found.all_fits(false));
            }
        }
    }
}
