//! A stretch of time that a phrase names, with ends that may be vague: the common value of all phrases.

use super::day::{Day, Instant};
use super::set::DaySet;
use super::span::DaySpan;
use super::when::{Moment, MomentKind, When};

/// What a phrase such as "November", "some day of November" or "so far this month" names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where it begins.
    pub(super) start: Moment,
    /// Where it ends.
    pub(super) end: Moment,
    /// Its length in days, where its ends are vague but their distance is not.
    pub(super) length: Option<u64>,
    /// The days on which an event lies that is dated so.
    pub(super) within: DaySet,
    /// The moment that is meant if it is named as an end: "the end of November", "now".
    pub(super) moment: Option<Moment>,
    /// Whether it is written in digits: such ends are whole, whatever word stands before them.
    pub(super) in_digits: bool,
    /// Whether it is all of several days that do not follow one another, which no period is.
    pub(super) is_scattered: bool,
}

impl Stretch {
    /// All of these days.
    pub(super) fn whole(days: DaySpan) -> Self {
        Self {
            start: Moment::fixed(days.earliest.start()),
            end: Moment::fixed(days.latest.end()),
            length: None,
            within: days.into(),
            moment: None,
            in_digits: false,
            is_scattered: false,
        }
    }

    /// Some stretch between the first that it can be and the last, which both its ends follow.
    pub(super) fn between(first: DaySpan, last: DaySpan) -> Self {
        let one_day = first.is_one_day() && last.is_one_day() && first != last;
        Self {
            start: Moment::vague(first.earliest.start(), last.earliest.start()),
            end: Moment::vague(first.latest.end(), last.latest.end()),
            length: one_day.then_some(1),
            ..Self::whole(first.hull(last))
        }
    }

    /// Some one of these days.
    pub(super) fn one_day(days: DaySet) -> Self {
        let hull = days.hull();
        Self { within: days, ..Self::between(DaySpan::day(hull.earliest), DaySpan::day(hull.latest)) }
    }

    /// Some part of these days.
    pub(super) fn part(days: DaySet) -> Self {
        Self { length: None, ..Self::one_day(days) }
    }

    /// All of these days, be they one after another or not.
    pub(super) fn all_of(days: DaySet) -> Self {
        Self { is_scattered: !days.is_one_span(), within: days.clone(), ..Self::whole(days.hull()) }
    }

    /// Some days in a row, so many of them, within others. `None` if they do not fit.
    pub(super) fn days_within(count: u64, days: DaySpan) -> Option<Self> {
        let steps = i64::try_from(count.checked_sub(1)?).ok()?;
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

    /// Some hour of a day, named by the clock.
    pub(super) fn hour_of(day: Day) -> Self {
        let moment = Moment::vague(day.start(), day.end());
        Self { start: moment, end: moment, moment: Some(moment), ..Self::whole(DaySpan::day(day)) }
    }

    /// The first or last moment of these days. As a period, the day that ends there; the start of a stretch may be
    /// meant as the close of the day before or as its first day.
    pub(super) fn edge(days: DaySpan, last: bool) -> Option<Self> {
        if last {
            let day = Self::whole(DaySpan::day(days.latest));
            return Some(Self { within: days.into(), moment: Some(Moment::fixed(days.latest.end())), ..day });
        }
        let either = DaySpan::new(days.earliest.plus_days(-1)?, days.earliest)?;
        let moment = Some(Moment::fixed(days.earliest.start()));
        Some(Self { within: days.into(), moment, ..Self::one_day(either.into()) })
    }

    /// The smallest span that covers the days on which it lies.
    pub(super) fn hull(&self) -> DaySpan {
        self.within.hull()
    }

    /// The days, if both ends are known exactly.
    pub(super) fn days(&self) -> Option<DaySpan> {
        DaySpan::new(self.start.exact()?.day_after(), self.end.exact()?.day_before()).filter(|_| !self.is_scattered)
    }

    /// The days that it names in all, if they are exact, be it over yet or not: "this year" is all of it.
    pub(super) fn named_days(&self) -> Option<DaySpan> {
        let under_way = self.start.exact().is_some() && self.end.kind == MomentKind::Now;
        if under_way { Some(self.hull()) } else { self.days() }
    }

    /// Some part of one day, or of the night after it.
    pub(super) fn hours_of(day: Day) -> Self {
        let days = DaySpan::day(day);
        let (start, end) = (day.start(), day.end());
        Self { start: Moment::vague(start, end), end: Moment::vague(start, end.next()), ..Self::whole(days) }
    }

    /// As the period of a figure. `None` if it is no period.
    pub(super) fn period(&self) -> Option<When> {
        (!self.is_scattered).then_some(When::Period { start: self.start, end: self.end, length: self.length })
    }

    /// Where something ends that goes through it, to its last moment.
    pub(super) fn through(&self) -> Moment {
        self.moment.unwrap_or(self.end)
    }

    /// Whether it is one whole day.
    pub(super) fn is_one_day(&self) -> bool {
        self.days().is_some_and(|days| days.is_one_day())
    }

    /// Where something ends that words let end at it: they leave open whether it is taken in.
    pub(super) fn until(&self) -> Moment {
        match self.days() {
            Some(days) if self.moment.is_none() && !self.in_digits => {
                Moment::vague(days.earliest.start(), days.latest.end())
            }
            _ => self.through(),
        }
    }

    /// Where something ends that is before it.
    pub(super) fn before(&self) -> Moment {
        self.moment.unwrap_or(self.start)
    }

    /// Where something begins that begins with it.
    pub(super) fn from(&self) -> Moment {
        self.moment.unwrap_or(self.start)
    }

    /// From its start to the end of another. `None` if that ends before this begins.
    pub(super) fn to(&self, other: &Self) -> Option<When> {
        let (start, end) = (self.from(), other.through());
        (start.earliest < end.latest).then_some(When::Period { start, end, length: None })
    }

    /// From its start to an end that is not told.
    pub(super) fn on(&self) -> When {
        let start = self.from();
        let end = Moment::vague(start.earliest.next(), Instant::LAST);
        When::Period { start, end, length: None }
    }

    /// From a beginning that is not told to its end.
    pub(super) fn up_to(&self) -> When {
        let end = self.through();
        let start = Moment::vague(Instant::FIRST, end.latest.previous());
        When::Period { start, end, length: None }
    }
}

/// The latest of the days that a moment touches from before.
pub(super) fn last_day(moment: Moment) -> Day {
    moment.latest.day_before()
}
