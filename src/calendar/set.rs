//! Sets of days that are no single span: the 25th of some month of 1560, a Thursday in November, one of two dates.

use super::day::Day;
use super::names::Weekday;
use super::span::DaySpan;

/// The days on which something may lie, exactly: spans in order, none of which touches the next.
///
/// It has at most [`DaySet::MOST`] spans. A set of more is widened to its hull, which [`DaySet::is_exact`] tells: whatever
/// the hull rules out, the set does too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySet {
    /// Never empty.
    spans: Vec<DaySpan>,
    exact: bool,
}

impl DaySet {
    /// The most spans that a set is kept of.
    pub const MOST: usize = 1024;

    /// All days of these spans. `None` if there are none.
    pub fn of(spans: impl IntoIterator<Item = DaySpan>) -> Option<Self> {
        let mut given: Vec<DaySpan> = spans.into_iter().collect();
        given.sort_unstable();
        let mut kept: Vec<DaySpan> = Vec::with_capacity(given.len());
        for span in given {
            match kept.last_mut() {
                Some(last) if span.earliest.start() <= last.latest.end() => *last = last.hull(span),
                _ => kept.push(span),
            }
        }
        let hull = kept.first()?.hull(*kept.last()?);
        if kept.len() > Self::MOST { Some(Self::widened_to(hull)) } else { Some(Self { spans: kept, exact: true }) }
    }

    /// As [`DaySet::of`], for spans that are in order, of which no more are looked at than a set can be kept of; `last`
    /// gives the last of them all.
    pub(super) fn in_order(spans: impl Iterator<Item = DaySpan>, last: impl Fn() -> Option<DaySpan>) -> Option<Self> {
        let mut kept: Vec<DaySpan> = Vec::new();
        for span in spans {
            match kept.last_mut() {
                Some(last) if span.earliest.start() <= last.latest.end() => *last = last.hull(span),
                _ => kept.push(span),
            }
            if kept.len() > Self::MOST {
                return Some(Self::widened_to(kept.first()?.hull(last()?)));
            }
        }
        Self::of(kept)
    }

    /// A set of which only the hull is known.
    pub(super) fn widened_to(hull: DaySpan) -> Self {
        Self { spans: vec![hull], exact: false }
    }

    /// The days of this weekday that lie in the span, or `None` if there are none.
    pub(super) fn weekdays(weekday: Weekday, within: DaySpan) -> Option<Self> {
        let first = within.earliest.next(weekday);
        let last = within.latest.latest(weekday);
        let hull = DaySpan::new(first, last)?;
        if hull.len() / 7 >= u64::try_from(Self::MOST).ok()? {
            return Some(Self::widened_to(hull));
        }
        let days = std::iter::successors(Some(first), |day| day.plus_days(7)).take_while(|day| *day <= last);
        Self::of(days.map(DaySpan::day))
    }

    /// The spans, in order; no two touch.
    pub fn spans(&self) -> &[DaySpan] {
        &self.spans
    }

    /// The smallest span that covers it.
    pub fn hull(&self) -> DaySpan {
        match (self.spans.first(), self.spans.last()) {
            (Some(first), Some(last)) => first.hull(*last),
            // A set has at least one span.
            _ => DaySpan { earliest: Day::FIRST, latest: Day::LAST },
        }
    }

    /// Whether it holds the days that were meant and no others; if not, it is their hull.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether it is a single span of days.
    pub fn is_one_span(&self) -> bool {
        self.spans.len() == 1
    }

    /// Whether it is a single day.
    pub fn is_one_day(&self) -> bool {
        self.hull().is_one_day()
    }

    /// The number of days in it, at least 1.
    pub fn count_days(&self) -> u64 {
        self.spans.iter().fold(0, |sum, span| sum.saturating_add(span.len()))
    }

    /// Whether the day lies in it.
    pub fn contains(&self, day: Day) -> bool {
        let after = self.spans.partition_point(|span| span.earliest <= day);
        after.checked_sub(1).and_then(|at| self.spans.get(at)).is_some_and(|span| span.contains(day))
    }

    /// Whether every day of the other lies in it.
    pub fn covers(&self, other: &Self) -> bool {
        other.spans.iter().all(|span| {
            let after = self.spans.partition_point(|own| own.earliest <= span.earliest);
            after.checked_sub(1).and_then(|at| self.spans.get(at)).is_some_and(|own| own.covers(*span))
        })
    }

    /// The days that lie in both; `None` if there are none.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let (mut ours, mut theirs) = (self.spans.iter().peekable(), other.spans.iter().peekable());
        let mut shared = Vec::new();
        while let (Some(one), Some(two)) = (ours.peek(), theirs.peek()) {
            shared.extend(one.intersect(**two));
            if one.latest <= two.latest {
                ours.next()
            } else {
                theirs.next()
            };
        }
        let exact = self.exact && other.exact;
        Self::of(shared).map(|set| Self { exact: exact && set.exact, ..set })
    }

    /// All days of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let all = Self::of(self.spans.iter().chain(&other.spans).copied());
        let exact = self.exact && other.exact;
        all.map_or_else(|| self.clone(), |set| Self { exact: exact && set.exact, ..set })
    }

    /// The set that follows span by span. `None` if that fails for one of them.
    pub(super) fn each(&self, follow: impl Fn(DaySpan) -> Option<DaySpan>) -> Option<Self> {
        let spans = self.spans.iter().map(|span| follow(*span)).collect::<Option<Vec<_>>>()?;
        Self::of(spans).map(|set| Self { exact: self.exact && set.exact, ..set })
    }

    /// The days so many days later. What is open on a side stays so.
    #[must_use]
    pub fn later(&self, days: i64) -> Self {
        let later = |day: Day| day.plus_days(days).unwrap_or(day);
        let moved = self.each(|span| DaySpan::new(later(span.earliest), later(span.latest)));
        moved.unwrap_or_else(|| self.clone())
    }

    /// The weekday of all of its days, if it is made of single days that have the same.
    pub fn weekday(&self) -> Option<Weekday> {
        let weekday = self.spans.first()?.earliest.weekday();
        let alike = |span: &DaySpan| span.is_one_day() && span.earliest.weekday() == weekday;
        self.spans.iter().all(alike).then_some(weekday)
    }

    /// The days of one month, if it is made of a few such: `6, 13 or 20 November 2025`.
    fn said_of_a_month(&self) -> Option<String> {
        let last = self.spans.last()?;
        let (year, month, _) = last.earliest.ymd();
        let days = self.spans.iter().map(|span| {
            let (in_year, in_month, day) = span.earliest.ymd();
            (span.is_one_day() && (in_year, in_month) == (year, month)).then(|| day.to_string())
        });
        let days = days.collect::<Option<Vec<_>>>()?;
        let (_, others) = days.split_last().filter(|(_, others)| (1..=5).contains(&others.len()))?;
        Some(format!("{} or {}", others.join(", "), last.said()))
    }

    /// As people write it: `18 December 2025`, `6, 13 or 20 November 2025`, `1 October 2025 or 3 to 5 October 2025`, `one of
    /// 12 days from 25 January 1560 to 25 December 1560`.
    pub fn said(&self) -> String {
        if let Some(said) = self.said_of_a_month() {
            return said;
        }
        let said: Vec<String> = self.spans.iter().take(4).map(|span| span.said()).collect();
        match said.split_last() {
            Some((only, [])) => only.clone(),
            Some((last, others)) if self.spans.len() < 4 => format!("{} or {last}", others.join(", ")),
            _ => {
                let hull = self.hull();
                let (first, last) = (hull.earliest.said(), hull.latest.said());
                format!("one of {} days from {first} to {last}", self.count_days())
            }
        }
    }

    /// For machines: `2025-12-18`, `2025-12-14/2025-12-20`, `[2025-11-06,2025-11-13..2025-11-15]`.
    pub fn notation(&self) -> String {
        if let [only] = self.spans.as_slice() {
            return only.notation();
        }
        let written = |span: &DaySpan| {
            let end = |day: String| if day == ".." { String::new() } else { day };
            if span.is_one_day() {
                span.earliest.to_string()
            } else {
                format!("{}..{}", end(span.first_written()), end(span.last_written()))
            }
        };
        format!("[{}]", self.spans.iter().map(written).collect::<Vec<_>>().join(","))
    }
}

impl From<DaySpan> for DaySet {
    fn from(span: DaySpan) -> Self {
        Self { spans: vec![span], exact: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(spans: &[(i64, i64)]) -> Option<DaySet> {
        DaySet::of(spans.iter().filter_map(|(from, to)| DaySpan::new(Day(*from), Day(*to))))
    }

    fn days(set: Option<&DaySet>) -> Vec<i64> {
        let spans = set.map_or(&[][..], DaySet::spans);
        spans.iter().flat_map(|span| span.earliest.0..=span.latest.0).collect()
    }

    fn spans() -> impl Strategy<Value = Vec<(i64, i64)>> {
        prop::collection::vec((0_i64..60, 0_i64..6).prop_map(|(from, wide)| (from, from + wide)), 1..8)
    }

    #[test]
    fn spans_that_touch_are_one() {
        assert_eq!(set(&[(3, 4), (1, 2), (7, 9)]).unwrap().spans().len(), 2);
        assert_eq!(set(&[]), None);
        let thursdays = DaySet::weekdays(Weekday::Thursday, DaySpan::month(2025, 11).unwrap()).unwrap();
        assert_eq!(thursdays.notation(), "[2025-11-06,2025-11-13,2025-11-20,2025-11-27]");
        assert_eq!(thursdays.said(), "6, 13, 20 or 27 November 2025");
        assert_eq!(thursdays.weekday(), Some(Weekday::Thursday));
        assert_eq!(thursdays.count_days(), 4);
        let none = DaySpan::new(Day(0), Day(2)).unwrap();
        assert_eq!(DaySet::weekdays(Weekday::Wednesday, none), None, "1 to 3 January 1970 were Thursday to Saturday");
    }

    #[test]
    fn sets_out_of_proportion_are_their_hull_and_say_so() {
        let many: Vec<(i64, i64)> = (0..5000).map(|at| (at * 2, at * 2)).collect();
        let widened = set(&many).unwrap();
        assert!(!widened.is_exact() && widened.is_one_span());
        assert_eq!(widened.hull(), DaySpan::new(Day(0), Day(9998)).unwrap());
        let forever = DaySpan { earliest: Day::FIRST, latest: Day::LAST };
        assert!(!DaySet::weekdays(Weekday::Monday, forever).unwrap().is_exact());
    }

    proptest! {
        #[test]
        fn sets_are_what_their_days_are(one in spans(), two in spans(), day in 0_i64..70) {
            let (a, b) = (set(&one).unwrap(), set(&two).unwrap());
            let (in_a, in_b) = (days(Some(&a)), days(Some(&b)));
            prop_assert_eq!(a.contains(Day(day)), in_a.contains(&day));
            prop_assert_eq!(a.covers(&b), in_b.iter().all(|day| in_a.contains(day)));
            let both: Vec<i64> = in_a.iter().copied().filter(|day| in_b.contains(day)).collect();
            prop_assert_eq!(days(a.intersect(&b).as_ref()), both);
            let mut either: Vec<i64> = in_a.iter().chain(&in_b).copied().collect();
            either.sort_unstable();
            either.dedup();
            prop_assert_eq!(days(Some(&a.union(&b))), either);
            prop_assert_eq!(a.count_days(), u64::try_from(in_a.len()).unwrap());
            prop_assert!(a.spans().windows(2).all(|pair| pair[0].latest.0 + 1 < pair[1].earliest.0));
        }
    }
}
