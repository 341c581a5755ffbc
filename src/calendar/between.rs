//! Periods from one end to another: "2025-10-01/2025-12-19", "from October to Friday", "1 to 21 December".

use super::convention::Alternatives;
use super::date::{Day, DaySpan};
use super::error::DateError;
use super::forms::{Reader, Years};
use super::stretch::{Stretch, last_day};
use super::token::{Cursor, Kind};
use super::words::{before_comma, pair};

/// What joins the two ends of a period.
const JOINTS: &[&str] = &["to", "through", "until", "till", "up to", "through to", "and"];

/// Both ends of a period. An event may lie in one that is open on one side.
pub(super) fn between_stretches(
    reader: &Reader<'_>,
    event: bool,
) -> Result<Alternatives<(Stretch, Stretch)>, DateError> {
    let mut cursor = reader.cursor();
    let opening = cursor.one_of(&["from", "between", "in", "during", "over"]);
    let first = cursor.at;
    let count = reader.tokens.len();
    // "From 1 to 21 December 2025": the rest is a period by itself.
    let rest = reader.part(first, count);
    let joined = rest.find(JOINTS.iter().map(|words| (*words, ())), 0).is_some();
    if matches!(opening, Some("from" | "between"))
        && joined
        && let Ok(readings) = rest.phrase_whole()
    {
        return readings.try_map(|stretch| Ok((stretch, stretch)));
    }
    let mut telling = None;
    for at in first..count {
        let mut joint = Cursor::new(reader.text, reader.tokens, at);
        let slash = joint.mark('/').is_some();
        if !slash && joint.mark('-').is_none() {
            match joint.one_of(JOINTS) {
                // "October and November" is a period if nothing lies between the two.
                Some("and") if opening != Some("between") => {
                    let ends = two_ends(reader, &reader.part(first, at), &reader.part(joint.at, count));
                    let adjoin = |(from, to): (Stretch, Stretch)| from.through() == to.from() && from.days().is_some();
                    match ends {
                        Ok(readings) if readings.settled().is_some_and(adjoin) => return Ok(readings),
                        _ => continue,
                    }
                }
                Some(_) => {}
                None => continue,
            }
        }
        let (from, to) = (reader.part(first, before_comma(reader, at)), reader.part(joint.at, count));
        if slash && let Some(error) = open_end(reader, &from, &to, event) {
            return error;
        }
        match two_ends(reader, &from, &to) {
            Ok(readings) => return Ok(readings),
            Err(DateError::Unreadable { .. }) => {}
            Err(error) => telling = telling.or(Some(error)),
        }
    }
    Err(telling.unwrap_or_else(|| reader.unreadable()))
}

/// EDTF's `../b`, `a/..` (no end) and `/b`, `a/` (an unknown end). An event may lie anywhere on the open side.
fn open_end(
    reader: &Reader<'_>,
    from: &Reader<'_>,
    to: &Reader<'_>,
    event: bool,
) -> Option<Result<Alternatives<(Stretch, Stretch)>, DateError>> {
    let dots =
        |end: &Reader<'_>| !end.tokens.is_empty() && end.tokens.iter().all(|token| token.kind == Kind::Mark('.'));
    if from.tokens.is_empty() || to.tokens.is_empty() {
        return Some(Err(DateError::UnknownEnd { text: reader.shown.to_owned() }));
    }
    let (open_from, open_to) = (dots(from), dots(to));
    if !open_from && !open_to {
        return None;
    }
    if !event || (open_from && open_to) {
        return Some(Err(DateError::Endless { text: reader.shown.to_owned() }));
    }
    let closed = if open_from { to } else { from };
    Some(closed.phrase_whole().and_then(|readings| {
        readings.try_map(|stretch| {
            let end = |day| Stretch::whole(DaySpan::day(day));
            Ok(if open_from { (end(Day::FIRST), stretch) } else { (stretch, end(Day::LAST)) })
        })
    }))
}

/// "1 to 21 December", "December 1 to 21": the day of one end and the month of the other.
fn days_of_one_month(
    from: &Reader<'_>,
    to: &Reader<'_>,
) -> Option<Result<Alternatives<(Stretch, Stretch)>, DateError>> {
    let lone = |reader: &Reader<'_>| {
        let mut cursor = reader.cursor();
        let _ = cursor.phrase("the");
        cursor.day_of_month().filter(|_| cursor.is_done())
    };
    let (number, dated, first) = match (lone(from), lone(to)) {
        (Some(number), None) => (number, to, true),
        (None, Some(number)) => (number, from, false),
        _ => return None,
    };
    Some(dated.phrase_whole().and_then(|readings| {
        readings.try_map(|stretch| {
            let (year, month, _) = stretch.within.earliest.ymd();
            let day = Day::from_ymd(year, month, number).filter(|_| stretch.within.is_one_day());
            let other = Stretch::whole(DaySpan::day(day.ok_or_else(|| dated.impossible())?));
            Ok(if first { (other, stretch) } else { (stretch, other) })
        })
    }))
}

/// Both ends of a period; the year of one may follow from the other.
fn two_ends(
    reader: &Reader<'_>,
    from: &Reader<'_>,
    to: &Reader<'_>,
) -> Result<Alternatives<(Stretch, Stretch)>, DateError> {
    if let Some(days) = days_of_one_month(from, to) {
        return days;
    }
    if !from.says_a_year() {
        let ends = end_of_period(to)?;
        let last = ends.readings().iter().map(|reading| last_day(reading.value.end)).max().unwrap_or(Day::LAST);
        return pair(reader, &from.with_years(Years::NotAfter(last)).phrase_whole()?, &ends);
    }
    let begins = from.phrase_whole()?;
    if to.says_a_year() {
        return pair(reader, &begins, &end_of_period(to)?);
    }
    let first = begins.readings().iter().map(|reading| reading.value.within.earliest).min().unwrap_or(Day::FIRST);
    pair(reader, &begins, &end_of_period(&to.with_years(Years::NotBefore(first)))?)
}

/// A stretch, or "date" and "the present" for now.
fn end_of_period(reader: &Reader<'_>) -> Result<Alternatives<Stretch>, DateError> {
    let mut cursor = reader.cursor();
    if cursor.one_of(&["date", "the present", "present", "the present day", "this day"]).is_some() && cursor.is_done() {
        return reader.dateline().map(|dateline| Alternatives::one(Stretch::now(dateline)));
    }
    reader.phrase_whole()
}
