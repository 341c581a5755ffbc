//! Dates that are counted: back or on from the dateline ("two years ago", "the past six months"), or from the date before
//! ("two days later", "the following Wednesday").

use super::days::{Grain, Match, weekday};
use super::prose::Prose;
use super::tables::{FROM_NOW, UP_TO_NOW};
use crate::calendar::{Day, DaySpan};

/// Units of time, with the days or months that one of them is.
const UNITS: [(&[&str], Step); 6] = [
    (&["day", "days"], Step::Days(1)),
    (&["week", "weeks"], Step::Days(7)),
    (&["fortnight", "fortnights"], Step::Days(14)),
    (&["month", "months"], Step::Months(1)),
    (&["year", "years"], Step::Months(12)),
    (&["decade", "decades"], Step::Months(120)),
];

/// How far one unit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(i64),
    Months(i64),
}

impl Step {
    fn from(self, day: Day, count: i64) -> Option<Day> {
        match self {
            Self::Days(days) => day.plus_days(days.checked_mul(count)?),
            Self::Months(months) => day.plus_months(months.checked_mul(count)?),
        }
    }

    /// The days that a moment so counted may be known to: a day, a month or a year.
    fn grain(self, day: Day) -> Option<DaySpan> {
        let (year, month, _) = day.ymd();
        match self {
            Self::Days(_) => Some(DaySpan::day(day)),
            Self::Months(1) => DaySpan::month(year, month),
            Self::Months(_) => DaySpan::year(year),
        }
    }
}

fn unit(prose: &Prose<'_>, at: usize) -> Option<Step> {
    let found = UNITS.iter().find(|(words, _)| prose.scan.is_any(at, words));
    found.map(|(_, step)| *step)
}

/// A whole number, in digits or in a word or two, and the token after it.
fn count(prose: &Prose<'_>, at: usize) -> Option<(i64, usize)> {
    let next = at.saturating_add(1);
    if prose.scan.is_any(at, &["a", "an"]) {
        return Some((1, next));
    }
    let small = prose.whole(at, 3).map(|number| (i64::from(number), next));
    small.or_else(|| {
        let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let more = ["fifteen", "eighteen", "twenty", "thirty", "forty", "fifty"];
        let place = words.iter().position(|word| prose.scan.is(at, word));
        let small = place.and_then(|place| i64::try_from(place.saturating_add(1)).ok());
        let large = || more.iter().zip([15, 18, 20, 30, 40, 50]).find(|(word, _)| prose.scan.is(at, word));
        small.or_else(|| large().map(|(_, number)| number)).map(|number| (number, next))
    })
}

/// A counted date that begins at a token; `last` is the date that stands before it in its paragraph.
pub(super) fn at(prose: &Prose<'_>, at: usize, last: Option<DaySpan>) -> Option<Match> {
    if !prose.is_word(at) && !prose.is_digits(at) {
        return None;
    }
    up_to(prose, at).or_else(|| ago(prose, at, last)).or_else(|| following(prose, at, last))
}

/// "The past two months", "the next 12 months", "the past year".
fn up_to(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let word = if scan.is_any(at, &["the", "its", "their"]) { at.saturating_add(1) } else { at };
    let (back, on) = (scan.is_any(word, UP_TO_NOW), scan.is_any(word, FROM_NOW));
    if !back && !on {
        return None;
    }
    let next = word.saturating_add(1);
    // "The past 24 hours".
    let whole_days = [(24, 1), (48, 2), (72, 3)].iter().find(|(hours, _)| prose.whole(next, 2) == Some(*hours));
    if let Some((_, days)) = whole_days.filter(|_| scan.is(next.saturating_add(1), "hours") && back) {
        let days = prose.dateline().and_then(|now| DaySpan::new(now.plus_days(0_i64.checked_sub(*days)?)?, now));
        return Some(Match { end: next.saturating_add(2), days, grain: Grain::Other });
    }
    let counted = count(prose, next);
    let (number, place) = counted.unwrap_or((1, next));
    let step = unit(prose, place)?;
    // "The last year of the war" and "the following day" are others; "last year" is the calendar's.
    let is_other = scan.is_any(place.saturating_add(1), &["of"])
        || (counted.is_none() && (word == at || !scan.is_any(word, &["past", "coming"])));
    let day = prose.dateline();
    let days = day.and_then(|now| {
        if back {
            DaySpan::new(step.from(now, number.checked_neg()?)?, now)
        } else {
            DaySpan::new(now, step.from(now, number)?)
        }
    });
    (!is_other).then_some(Match { end: place.saturating_add(1), days, grain: Grain::Other })
}

/// "Two years ago", "14 months later", "a year earlier".
fn ago(prose: &Prose<'_>, at: usize, last: Option<DaySpan>) -> Option<Match> {
    let scan = &prose.scan;
    let (number, place) = count(prose, at)?;
    let step = unit(prose, place)?;
    let way = place.saturating_add(1);
    let end = way.saturating_add(1);
    let found = |days: Option<DaySpan>| Some(Match { end, days, grain: Grain::Other });
    if scan.is(way, "ago") {
        let day = prose.dateline().and_then(|now| step.from(now, number.checked_neg()?));
        return found(day.and_then(|day| step.grain(day)));
    }
    // "Four days later than usual", "two years earlier than planned": how much, and not when.
    if !scan.is_any(way, &["later", "earlier", "on", "before"]) || scan.is_any(end, &["than"]) {
        return None;
    }
    let ends = !prose.is_word(end)
        || scan.is_any(
            end,
            &[
                "it", "he", "she", "they", "the", "and", "in", "at", "by", "with", "to", "as", "after", "when", "was",
                "were", "is", "had", "on", "from", "a", "an", "but",
            ],
        );
    match scan.word(way).to_ascii_lowercase().as_str() {
        "later" => found(last.and_then(|from| moved(from, step, number))),
        "earlier" if matches!(step, Step::Days(_)) => {
            found(last.and_then(|from| moved(from, step, number.checked_neg()?)))
        }
        "earlier" => found(None),
        "before" if ends && !scan.is_any(end, &["the", "it", "he", "she", "they", "a", "an", "his", "her", "when"]) => {
            found(last.and_then(|from| moved(from, step, number.checked_neg()?)))
        }
        _ => None,
    }
}

/// A span moved on: as fine as the coarser of the span and the unit.
fn moved(from: DaySpan, step: Step, count: i64) -> Option<DaySpan> {
    let first = step.from(from.earliest, count)?;
    if from.is_one_day() {
        return step.grain(first);
    }
    let last = step.from(from.latest.plus_days(1)?, count)?.plus_days(-1)?;
    DaySpan::new(first, last)
}

/// "The following day", "the month before", "the following Wednesday", "the same day".
fn following(prose: &Prose<'_>, at: usize, last: Option<DaySpan>) -> Option<Match> {
    let scan = &prose.scan;
    if !scan.is_any(at, &["the", "that"]) {
        return None;
    }
    let (word, noun) = (at.saturating_add(1), at.saturating_add(2));
    let end = noun.saturating_add(1);
    let found = |end: usize, days: Option<DaySpan>| Some(Match { end, days, grain: Grain::Other });
    if scan.is(word, "same") || scan.is(at, "that") {
        let noun = if scan.is(word, "same") { noun } else { word };
        let step = match scan.word(noun) {
            "day" | "night" => Step::Days(1),
            "month" => Step::Months(1),
            "year" => Step::Months(12),
            _ => return None,
        };
        // "That year's", and nothing that goes on as a noun.
        let from = last?;
        return found(noun.saturating_add(1), of_unit(from, step, 0));
    }
    if scan.is_any(word, &["following", "next"]) && scan.is_any(noun, &["morning", "afternoon", "evening", "night"]) {
        return found(end, last.and_then(|from| of_unit(from, Step::Days(1), 1)));
    }
    if scan.is_any(word, &["following", "next", "previous", "preceding"]) {
        let count = if scan.is_any(word, &["following", "next"]) { 1 } else { -1 };
        if let Some(on) = weekday(prose, noun) {
            let day =
                last.and_then(|from| if count > 0 { from.latest.plus_days(7) } else { from.earliest.plus_days(-1) });
            return found(end, day.map(|day| DaySpan::day(day.latest(on))));
        }
        let step = unit(prose, noun).filter(|_| !scan.is(end, "of"))?;
        return found(end, last.and_then(|from| of_unit(from, step, count)));
    }
    let step = unit(prose, word)?;
    let count = match scan.word(noun).to_ascii_lowercase().as_str() {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    // "The day after the vote": an event is no date.
    let is_of_an_event = prose.is_word(end)
        && !scan
            .is_any(end, &["and", "with", "it", "he", "she", "they", "was", "were", "had", "in", "at", "when", "but"]);
    if is_of_an_event { None } else { found(end, last.and_then(|from| of_unit(from, step, count))) }
}

/// The unit of the calendar that comes so many after the one of a span.
fn of_unit(from: DaySpan, step: Step, count: i64) -> Option<DaySpan> {
    let day = step.from(from.earliest, count)?;
    match step {
        Step::Days(1) => Some(DaySpan::day(day)),
        Step::Days(_) => None,
        step => step.grain(day),
    }
}
