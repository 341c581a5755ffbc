//! A stretch of time that a phrase names, with ends that may be vague: the common value of all phrases.

use super::date::{Day, DaySpan};
use super::when::{Instant, Moment, MomentKind, When};

/// What a phrase such as "November", "some day of November" or "so far this month" names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where it begins.
    pub(super) start: Moment,
    /// Where it ends.
    pub(super) end: Moment,
    /// Its length in days, where its ends are vague but their distance is not.
    pub(super) length: Option<u32>,
    /// The days on which an event lies that is dated so.
    pub(super) within: DaySpan,
    /// The moment that is meant if it is named as an end: "the end of November", "now".
    pub(super) moment: Option<Moment>,
    /// Whether it is written in digits: such ends are whole, whatever word stands before them.
    pub(super) in_digits: bool,
}

impl Stretch {
    /// All of these days.
    pub(super) fn whole(days: DaySpan) -> Self {
        Self {
            start: Moment::fixed(days.earliest.start()),
            end: Moment::fixed(days.latest.end()),
            length: None,
            within: days,
            moment: None,
            in_digits: false,
        }
    }

    /// Some stretch between the first that it can be and the last, which both its ends follow.
    pub(super) fn between(first: DaySpan, last: DaySpan) -> Self {
        let one_day = first.is_one_day() && last.is_one_day() && first != last;
        Self {
            start: Moment::vague(first.earliest.start(), last.earliest.start()),
            end: Moment::vague(first.latest.end(), last.latest.end()),
            length: one_day.then_some(1),
            within: first.hull(last),
            moment: None,
            in_digits: false,
        }
    }

    /// Some one of these days.
    pub(super) fn one_day(days: DaySpan) -> Self {
        Self::between(DaySpan::day(days.earliest), DaySpan::day(days.latest))
    }

    /// Some part of these days.
    pub(super) fn part(days: DaySpan) -> Self {
        Self { length: None, ..Self::one_day(days) }
    }

    /// Some days in a row, so many of them, within others. `None` if they do not fit.
    pub(super) fn days_within(count: u32, days: DaySpan) -> Option<Self> {
        let steps = i32::try_from(count.checked_sub(1)?).ok()?;
        let first = DaySpan::new(days.earliest, days.earliest.plus_days(steps)?)?;
        let last = DaySpan::new(days.latest.plus_days(steps.checked_neg()?)?, days.latest)?;
        if first.latest > days.latest {
            return None;
        }
        let length = (first != last).then_some(count);
        Some(Self { length, ..Self::between(first, last) })
    }

    /// From the start of these days to now.
    pub(super) fn so_far(days: DaySpan, dateline: Day) -> Self {
        Self { end: Moment::now(dateline), ..Self::whole(days) }
    }

    /// Now: as a period, today until now.
    pub(super) fn now(dateline: Day) -> Self {
        Self { moment: Some(Moment::now(dateline)), ..Self::so_far(DaySpan::day(dateline), dateline) }
    }

    /// The first or last moment of these days. As a period, the day that ends there; the start of a stretch may be
    /// meant as the close of the day before or as its first day.
    pub(super) fn edge(days: DaySpan, last: bool) -> Option<Self> {
        if last {
            let day = Self::whole(DaySpan::day(days.latest));
            return Some(Self { within: days, moment: Some(Moment::fixed(days.latest.end())), ..day });
        }
        let either = DaySpan::new(days.earliest.plus_days(-1)?, days.earliest)?;
        Some(Self { within: days, moment: Some(Moment::fixed(days.earliest.start())), ..Self::one_day(either) })
    }

    /// The days, if both ends are known exactly.
    pub(super) fn days(&self) -> Option<DaySpan> {
        DaySpan::new(self.start.exact()?.day_after(), self.end.exact()?.day_before())
    }

    /// The days that it names in all, if they are exact, be it over yet or not: "this year" is all of it.
    pub(super) fn named_days(&self) -> Option<DaySpan> {
        let under_way = self.start.exact().is_some() && self.end.kind == MomentKind::Now;
        if under_way { Some(self.within) } else { self.days() }
    }

    /// Some part of one day, or of the night after it.
    pub(super) fn hours_of(day: Day) -> Self {
        let days = DaySpan::day(day);
        let (start, end) = (day.start(), day.end());
        let after = Instant(end.0.saturating_add(1));
        Self { start: Moment::vague(start, end), end: Moment::vague(start, after), ..Self::whole(days) }
    }

    /// As the period of a figure.
    pub(super) fn period(self) -> When {
        When::Period { start: self.start, end: self.end, length: self.length }
    }

    /// Where something ends that goes through it, to its last moment.
    pub(super) fn through(self) -> Moment {
        self.moment.unwrap_or(self.end)
    }

    /// Where something ends that words let end at it: they leave open whether a month is taken in.
    pub(super) fn until(self) -> Moment {
        match self.days() {
            Some(days) if self.moment.is_none() && !self.in_digits && !days.is_one_day() => {
                Moment::vague(days.earliest.start(), days.latest.end())
            }
            _ => self.through(),
        }
    }

    /// Where something ends that is before it.
    pub(super) fn before(self) -> Moment {
        self.moment.unwrap_or(self.start)
    }

    /// Where something begins that begins with it.
    pub(super) fn from(self) -> Moment {
        self.moment.unwrap_or(self.start)
    }

    /// From its start to the end of another. `None` if that ends before this begins.
    pub(super) fn to(self, other: Self) -> Option<When> {
        let (start, end) = (self.from(), other.through());
        (start.earliest < end.latest).then_some(When::Period { start, end, length: None })
    }
}

/// The latest of the days that a moment touches from before.
pub(super) fn last_day(moment: Moment) -> Day {
    let Instant(latest) = moment.latest;
    Day(latest.saturating_sub(1))
}
