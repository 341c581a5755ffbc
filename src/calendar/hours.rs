//! Times of day: "on Thursday night", "the morning of 18 December", "10 am on Thursday", "this morning".
//!
//! Instants lie between days here, so that an hour is some unknown part of its day, or of the night after it: two figures of
//! one day that were taken at different hours need not agree.

use super::alternatives::Alternatives;
use super::reader::{Reader, Readings};
use super::stretch::Stretch;
use super::tables::{NUMBERS, TIMES_OF_DAY};
use super::token::{Cursor, Digits, Kind, Token, tokens};
use std::ops::Range;

/// "on Thursday night", "the morning of 18 December", "10 am on Thursday", "this morning", "last night": some part of a day.
pub(super) fn hours(reader: &Reader<'_>) -> Readings {
    let count = reader.tokens.len();
    let timed = (0..count).find_map(|at| Some((at, time_of_day(reader.text, reader.tokens, at)?)));
    let (at, end) = timed.ok_or_else(|| reader.unreadable())?;
    let said = |from: usize, to: usize, words: &[&'static str]| {
        let mut cursor = Cursor::new(reader.text, reader.tokens, from);
        cursor.one_of(words).is_some() && cursor.at == to
    };
    if end == count && (said(0, at, &["this"]) || said(0, count, &["tonight"])) {
        return Ok(Alternatives::one(Stretch::hours_of(reader.dateline()?)));
    }
    if end == count && said(0, count, &["last night", "overnight"]) {
        let before = reader.dateline()?.plus_days(-1).ok_or_else(|| reader.out_of_range())?;
        return Ok(Alternatives::one(Stretch::hours_of(before)));
    }
    // The day stands after the hour or before it.
    let day = if at == 0 || said(0, at, &["the", "in the", "at", "on the", "by", "in", "before"]) {
        let mut day = Cursor::new(reader.text, reader.tokens, end);
        let _ = day.mark(',');
        let _ = day.one_of(&["of", "on", "of the"]);
        reader.part(day.at, count)
    } else if end == count {
        let link = (0..at).find(|from| said(*from, at, &["at", "in the"]));
        reader.part(0, reader.before_comma(link.unwrap_or(at)))
    } else {
        return Err(reader.unreadable());
    };
    day.phrase_whole()?.try_map(|stretch| {
        if !stretch.within.is_one_day() {
            return Err(reader.unreadable());
        }
        Ok(Stretch::hours_of(stretch.hull().earliest))
    })
}

/// The first time of day that a text tells of, with the day before it: "this morning", "Thursday night".
pub fn find_hour(text: &str) -> Option<Range<usize>> {
    let tokens = tokens(text, Digits::Days);
    let (at, end) = (0..tokens.len()).find_map(|at| Some((at, time_of_day(text, &tokens, at)?)))?;
    let is_day = |from: &usize| {
        let mut cursor = Cursor::new(text, &tokens, *from);
        (cursor.weekday().is_some() || cursor.one_of(&["this", "last", "yesterday"]).is_some()) && cursor.at == at
    };
    let first = at.checked_sub(1).filter(is_day).unwrap_or(at);
    let bounds = tokens.get(first).zip(end.checked_sub(1).and_then(|last| tokens.get(last)));
    bounds.map(|(first, last)| first.start..last.end)
}

/// Where a time of day ends that begins at a token: "morning", "10 am", "10.30pm", "22:00", "10 o'clock".
fn time_of_day(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let mut cursor = Cursor::new(text, tokens, at);
    if cursor.one_of(TIMES_OF_DAY).is_some() {
        return Some(cursor.at);
    }
    // "Half past nine", "nine o'clock".
    if cursor.one_of(&["half past", "quarter past", "quarter to"]).is_some() && cursor.count().is_some() {
        return Some(cursor.at);
    }
    if cursor.entry(NUMBERS.iter().copied()).is_some() && o_clock(&mut cursor).is_some() {
        return Some(cursor.at);
    }
    let token = tokens.get(at)?;
    let word = text.get(token.start..token.end)?.to_lowercase();
    let is_hour = |digits: &str| digits.parse::<u8>().is_ok_and(|hour| hour <= 24);
    // "10am" is one word.
    if let Some(digits) = ["am", "pm"].iter().find_map(|half| word.strip_suffix(half)) {
        return is_hour(digits).then(|| at.saturating_add(1));
    }
    // "0900 GMT", "2100 hours".
    let mut zone = Cursor::new(text, tokens, at.saturating_add(1));
    let is_written_out =
        word.len() == 4 && word.get(..2).is_some_and(is_hour) && word.bytes().all(|it| it.is_ascii_digit());
    if is_written_out && zone.one_of(&["gmt", "utc", "local time", "hours"]).is_some() {
        return Some(zone.at);
    }
    let is_at = at.checked_sub(1).is_some_and(|before| Cursor::new(text, tokens, before).one_of(&["at"]).is_some());
    let (hour, minutes) = word.split_once('.').unwrap_or((&word, "00"));
    if !is_hour(hour) || minutes.len() != 2 || token.kind == Kind::Date {
        return None;
    }
    let mut after = Cursor::new(text, tokens, at.saturating_add(1));
    let is_minutes = |token: &Token| matches!(token.kind, Kind::Number { value, digits: 2, .. } if value < 60);
    let has_minutes = after.mark(':').is_some() && tokens.get(after.at).is_some_and(is_minutes);
    let mut half = Cursor::new(text, tokens, at.saturating_add(if has_minutes { 3 } else { 1 }));
    let is_told = half_of_day(&mut half).or_else(|| o_clock(&mut half)).is_some();
    let has_point = is_at && word.contains('.');
    (is_told || has_minutes || has_point).then_some(half.at)
}

/// "am", "p.m."
fn half_of_day(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut ahead = *cursor;
    if ahead.one_of(&["am", "pm"]).is_none() {
        ahead.one_of(&["a", "p"])?;
        ahead.mark('.')?;
        ahead.one_of(&["m"])?;
        let _ = ahead.mark('.');
    }
    *cursor = ahead;
    Some(())
}

fn o_clock(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut ahead = *cursor;
    ahead.one_of(&["o"])?;
    ahead.mark('\'')?;
    ahead.one_of(&["clock"])?;
    *cursor = ahead;
    Some(())
}
