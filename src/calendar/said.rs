//! How a [`When`] is printed: in words for people, and in a notation that reads back to the same.

use std::fmt;

use super::day::{Day, Instant};
use super::span::DaySpan;
use super::when::{Moment, MomentKind, When};

/// Which side of the days that it touches a moment lies on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// It begins something: its day is the one after.
    Start,
    /// It ends something: its day is the one before.
    End,
}

impl Side {
    /// The days on which it may be: one, if the moment is exact.
    fn days(self, moment: Moment) -> DaySpan {
        let day = |instant: Instant| match self {
            Self::Start => instant.day_after(),
            Self::End => instant.day_before(),
        };
        DaySpan { earliest: day(moment.earliest), latest: day(moment.latest) }
    }
}

/// `2025-11-XX` if it is a whole month, else `[2025-11-02..2025-11-10]`.
fn some_day(span: DaySpan) -> String {
    let (year, month, _) = span.earliest.ymd();
    if DaySpan::month(year, month) == Some(span) {
        let text = span.earliest.to_string();
        if let Some(month) = text.strip_suffix("-01") {
            return format!("{month}-XX");
        }
    }
    format!("[{}..{}]", span.earliest, span.latest)
}

fn notation(moment: Moment, side: Side) -> String {
    match moment.kind {
        MomentKind::Vague if is_untold(moment, side) => {
            if side == Side::Start {
                String::new()
            } else {
                "..".to_owned()
            }
        }
        MomentKind::Fixed => side.days(moment).earliest.to_string(),
        MomentKind::Now => "now".to_owned(),
        MomentKind::Vague => some_day(side.days(moment)),
    }
}

/// Whether an end of a period is left out: it may be anywhere in time.
fn is_untold(moment: Moment, side: Side) -> bool {
    match side {
        Side::Start => moment.earliest == Instant::FIRST,
        Side::End => moment.latest == Instant::LAST,
    }
}

/// "some time in November 2025" if it ranges over exactly a named stretch, "some time on 19 December 2025" if over a day, else "some day of ...".
fn said(moment: Moment, side: Side) -> String {
    match moment.kind {
        MomentKind::Vague if is_untold(moment, side) => match side {
            Side::Start => "a beginning that is not told".to_owned(),
            Side::End => "an end that is not told".to_owned(),
        },
        MomentKind::Fixed => side.days(moment).earliest.said(),
        MomentKind::Now => format!("now ({})", moment.earliest.day_after().said()),
        MomentKind::Vague => {
            let touched = DaySpan::new(moment.earliest.day_after(), moment.latest.day_before());
            match touched.map(|span| (span, span.name())) {
                Some((_, Some(name))) => format!("some time in {name}"),
                Some((day, None)) if day.is_one_day() => format!("some time on {}", day.said()),
                _ => some_day_of(side.days(moment)),
            }
        }
    }
}

fn some_day_of(span: DaySpan) -> String {
    match span.name() {
        Some(name) => format!("some day of {name}"),
        None => format!("some day from {} to {}", span.earliest.said(), span.latest.said()),
    }
}

/// "from January to March 2025", "from 8 to 14 December 2025", "19 December 2025 or earlier".
fn from(span: DaySpan) -> String {
    let said = span.said();
    if span.earliest == Day::FIRST || span.latest == Day::LAST { said } else { format!("from {said}") }
}

/// The days that a period with a fixed length and vague ends may cover.
fn covered(start: Moment, end: Moment) -> DaySpan {
    DaySpan { earliest: start.earliest.day_after(), latest: end.latest.day_before() }
}

/// "so far in December 2025", for what began with the month or the year that its dateline lies in.
fn so_far(start: Moment, end: Moment) -> Option<String> {
    if end.kind != MomentKind::Now || start.kind != MomentKind::Fixed {
        return None;
    }
    let (first, today) = (start.earliest.day_after(), end.earliest.day_after());
    let (year, month, _) = today.ymd();
    if first == today {
        return Some(format!("so far on {}", today.said()));
    }
    [DaySpan::month(year, month), DaySpan::year(year)]
        .into_iter()
        .flatten()
        .find(|span| span.earliest == first)
        .and_then(|span| Some(format!("so far in {}", span.name()?)))
}

impl When {
    /// For people: "in December 2025", "so far in December 2025", "on some day of November 2025", "up to 30 November
    /// 2025", "by some day of November 2025", "from 1 October to 19 December 2025".
    pub fn said(self) -> String {
        match self {
            Self::Period { start, end, length: Some(1) } if start.kind == MomentKind::Vague => {
                format!("on {}", some_day_of(covered(start, end)))
            }
            Self::Period { start, end, length: Some(days) } if start.kind == MomentKind::Vague => {
                format!("in some {days} days of {}", covered(start, end).said())
            }
            Self::Period { start, end, .. } => {
                if let Some(span) = self.whole_days() {
                    return match span.name() {
                        Some(name) => format!("in {name}"),
                        None if span.is_one_day() => format!("on {}", span.said()),
                        None => from(span),
                    };
                }
                if let Some(said) = so_far(start, end) {
                    return said;
                }
                let within = covered(start, end);
                let is_part = start == Moment::vague(within.earliest.start(), within.latest.start())
                    && end == Moment::vague(within.earliest.end(), within.latest.end());
                if is_part {
                    return format!("in some part of {}", within.said());
                }
                format!("from {} to {}", said(start, Side::Start), said(end, Side::End))
            }
            Self::Through { since: None, end } if end.kind == MomentKind::Now => {
                format!("to date ({})", end.earliest.day_after().said())
            }
            Self::Through { since: None, end } if end.kind == MomentKind::Vague => {
                format!("by {}", said(end, Side::End))
            }
            Self::Through { since: None, end } => format!("up to {}", said(end, Side::End)),
            Self::Through { since: Some(since), end } => {
                if end.kind == MomentKind::Vague && end.earliest == since.earliest.next() {
                    let last = end.latest.day_before().said();
                    return format!("since {}, up to {last} or earlier", said(since, Side::Start));
                }
                let (first, last) = (Side::Start.days(since), Side::End.days(end));
                let exact = since.kind == MomentKind::Fixed && end.kind == MomentKind::Fixed;
                match DaySpan::new(first.earliest, last.latest).filter(|_| exact) {
                    Some(span) if span.is_one_day() => format!("on {}", span.said()),
                    Some(span) => from(span),
                    None => format!("since {}, up to {}", said(since, Side::Start), said(end, Side::End)),
                }
            }
        }
    }

    /// For machines: `2025-12-18`, `2025-12-01/now`, `2025-11-XX`, `through 2025-11-30`,
    /// `since 2025-10-01, through 2025-12-19`. It reads back to the same, against the same dateline.
    pub fn notation(self) -> String {
        match self {
            Self::Period { start, end, length: Some(1) } if start.kind == MomentKind::Vague => {
                some_day(covered(start, end))
            }
            Self::Period { start, end, length: Some(days) } if start.kind == MomentKind::Vague => {
                let within = covered(start, end);
                format!("{days} days within {}/{}", within.earliest, within.latest)
            }
            Self::Period { start, end, .. } => match self.whole_days() {
                Some(span) if span.is_one_day() => span.earliest.to_string(),
                _ => format!("{}/{}", notation(start, Side::Start), notation(end, Side::End)),
            },
            Self::Through { since: None, end } => format!("through {}", notation(end, Side::End)),
            Self::Through { since: Some(since), end } => {
                format!("since {}, through {}", notation(since, Side::Start), notation(end, Side::End))
            }
        }
    }
}

/// As [`When::said`].
impl fmt::Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.said())
    }
}
