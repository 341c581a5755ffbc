//! Periods from one end to another: "2025-10-01/2025-12-19", "from October to Friday", "1 to 21 December".

use super::alternatives::Alternatives;
use super::day::Day;
use super::error::DateError;
use super::reader::{Reader, Readings, Years};
use super::span::DaySpan;
use super::stretch::{Stretch, last_day};
use super::token::{Cursor, Kind};

/// An interval of which not both ends are told.
pub(super) enum Open<'t> {
    /// `../..`, `../`, `/..`: neither.
    Both,
    /// `a/..` and `a/`.
    End(Reader<'t>),
    /// `../b`, or `/b` if it is unknown.
    Beginning {
        /// The end that is told.
        to: Reader<'t>,
        /// Whether there is a beginning, which is not known.
        is_unknown: bool,
    },
}

/// EDTF's `../b`, `a/..` (no end) and `/b`, `a/` (an unknown end).
pub(super) fn open_interval<'t>(reader: &Reader<'t>) -> Option<Open<'t>> {
    let slash = reader.tokens.iter().position(|token| token.kind == Kind::Mark('/'))?;
    let (from, to) = (reader.part(0, slash), reader.part(slash.checked_add(1)?, reader.tokens.len()));
    let dots = |end: &Reader<'_>| end.tokens.len() == 2 && end.tokens.iter().all(|token| token.kind == Kind::Mark('.'));
    let left_out = |end: &Reader<'_>| end.tokens.is_empty();
    match ((dots(&from), left_out(&from)), (dots(&to), left_out(&to))) {
        ((false, true), (false, true)) => None,
        ((false, false), (false, false)) => None,
        ((false, false), _) => Some(Open::End(from)),
        ((_, is_unknown), (false, false)) => Some(Open::Beginning { to, is_unknown }),
        _ => Some(Open::Both),
    }
}

/// What joins the two ends of a period.
const JOINTS: &[&str] = &["to", "through", "until", "till", "up to", "through to", "and"];

/// Both ends of a period.
pub(super) fn between_stretches(reader: &Reader<'_>) -> Result<Alternatives<(Stretch, Stretch)>, DateError> {
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
        return readings.try_map(|stretch| Ok((stretch.clone(), stretch)));
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
        let (from, to) = (reader.part(first, reader.before_comma(at)), reader.part(joint.at, count));
        match two_ends(reader, &from, &to) {
            Ok(readings) => return Ok(readings),
            Err(DateError::Unreadable { .. }) => {}
            Err(error) => telling = telling.or(Some(error)),
        }
    }
    Err(telling.unwrap_or_else(|| reader.unreadable()))
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
            let (year, month, _) = stretch.hull().earliest.ymd();
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
        return reader.pair(&from.with_years(Years::NotAfter(last)).phrase_whole()?, &ends);
    }
    let begins = from.phrase_whole()?;
    if to.says_a_year() {
        return reader.pair(&begins, &end_of_period(to)?);
    }
    let first = begins.readings().iter().map(|reading| reading.value.hull().earliest).min().unwrap_or(Day::FIRST);
    reader.pair(&begins, &end_of_period(&to.with_years(Years::NotBefore(first)))?)
}

/// A stretch, or "date" and "the present" for now.
fn end_of_period(reader: &Reader<'_>) -> Readings {
    let mut cursor = reader.cursor();
    if cursor.one_of(&["date", "the present", "present", "the present day", "this day"]).is_some() && cursor.is_done() {
        return reader.dateline().map(|dateline| Alternatives::one(Stretch::now(dateline)));
    }
    reader.phrase_whole()
}
