//! Running totals: "since October, by Friday", "through November", "to date".

use super::alternatives::{Alternatives, Reading};
use super::convention::{Choice, SinceBegins};
use super::error::DateError;
use super::hours::hours;
use super::reader::{Reader, Years};
use super::stretch::{Stretch, last_day};
use super::tables::{Ends, RUNNING, TO_NOW};
use super::token::{Kind, Token};
use super::when::{Moment, When};

/// "through 2025-11-30", "by Friday", "by some day of November", "to date": where a running total ends.
pub(super) fn ending(reader: &Reader<'_>) -> Result<Alternatives<Moment>, DateError> {
    let mut cursor = reader.cursor();
    if cursor.one_of(TO_NOW).is_some() && cursor.is_done() {
        return reader.now().map(Alternatives::one);
    }
    let mut cursor = reader.cursor();
    let _ = cursor.one_of(&["cumulative", "cumulatively", "in total", "total", "in all"]);
    let ends = cursor.entry(RUNNING.iter().copied()).ok_or_else(|| reader.unreadable())?;
    let named = reader.part(cursor.at, reader.tokens.len());
    named.phrase_whole().or_else(|error| hours(&named).map_err(|_| error))?.try_vague(|stretch| {
        let end = match ends {
            Ends::Whole => stretch.through(),
            // "By Friday" likely takes Friday in, and may leave it out.
            Ends::Loose if stretch.is_one_day() => return Ok((stretch.until(), stretch.through())),
            Ends::Loose => stretch.until(),
            Ends::Before => stretch.before(),
        };
        Ok((end, end))
    })
}

/// "since October", "since October, by Friday", "through November since 2024", "from October onwards".
pub(super) fn since(reader: &Reader<'_>) -> Result<Alternatives<When>, DateError> {
    let count = reader.tokens.len();
    let table = [("since", false), ("ever since", false)];
    let (at, after) = match reader.find(table.iter().copied(), 0) {
        Some((at, after, _)) => (at, after),
        None => {
            let mut cursor = reader.cursor();
            cursor.one_of(&["from", "starting", "beginning"]).ok_or_else(|| reader.unreadable())?;
            let onwards = [("onwards", ()), ("onward", ()), ("on", ())];
            let (end, past, ()) = reader.find(onwards.iter().copied(), cursor.at).ok_or_else(|| reader.unreadable())?;
            let end_phrase = if past == count { None } else { Some(reader.part(past, count)) };
            return since_parts(reader, reader.part(cursor.at, end), end_phrase);
        }
    };
    if at > 0 {
        let before = reader.part(0, reader.before_comma(at));
        return since_parts(reader, reader.part(after, count), Some(before));
    }
    if let Ok(readings) = since_parts(reader, reader.part(after, count), None) {
        return Ok(readings);
    }
    let closing = RUNNING.iter().map(|(words, _)| *words).chain(TO_NOW.iter().copied()).map(|words| (words, ()));
    let mut telling = None;
    let mut from = after;
    while let Some((split, past, ())) = reader.find(closing.clone(), from) {
        let beginning = reader.part(after, reader.before_comma(split));
        match since_parts(reader, beginning, Some(reader.part(split, count))) {
            Ok(readings) => return Ok(readings),
            Err(DateError::Unreadable { .. }) => {}
            Err(error) => telling = telling.or(Some(error)),
        }
        from = past;
    }
    match telling {
        Some(error) => Err(error),
        None => since_parts(reader, reader.part(after, count), None),
    }
}

fn since_parts(
    reader: &Reader<'_>,
    beginning: Reader<'_>,
    end: Option<Reader<'_>>,
) -> Result<Alternatives<When>, DateError> {
    let names_an_end = end.is_some();
    let ends = match end {
        Some(end) => {
            let trimmed = match end.tokens.first() {
                Some(Token { kind: Kind::Mark(','), .. }) => end.part(1, end.tokens.len()),
                _ => end,
            };
            let beginning_day = || {
                beginning
                    .phrase_whole()
                    .ok()
                    .and_then(|readings| readings.settled())
                    .map(|stretch| stretch.hull().earliest)
            };
            let as_told = ending(&trimmed);
            let begins = beginning_day().filter(|_| beginning.says_a_year() && !trimmed.says_a_year());
            // "Since 2022, by October" is told at the dateline, and ends in the October before that.
            let is_after = |day| {
                let mut ends = as_told.iter().flat_map(Alternatives::readings);
                ends.all(|end| last_day(end.value) > day)
            };
            match begins.filter(|day| as_told.is_err() || !is_after(*day)) {
                Some(day) => ending(&trimmed.with_years(Years::NotBefore(day)))?,
                None => as_told?,
            }
        }
        None => Alternatives::one(reader.now()?),
    };
    let last = ends.readings().iter().map(|reading| last_day(reading.value)).max();
    let beginning = match last {
        Some(last) if !beginning.says_a_year() => beginning.with_years(Years::NotAfter(last)),
        _ => beginning,
    };
    let begins = since_begins(reader, &beginning.phrase_whole()?)?;
    reader.pair(&begins, &ends)?.try_vague(|(since, end)| {
        if since.earliest >= end.latest {
            return Err(reader.backwards());
        }
        let through = |end| When::Through { since: Some(since), end };
        let first = since.earliest.next();
        // What names no cut-off was counted up to now at the latest.
        let hard = if names_an_end || first >= end.latest { end } else { Moment::vague(first, end.latest) };
        Ok((through(hard), through(end)))
    })
}

/// Where "since ..." begins: with the stretch, or after it, as the article or the reader's habit has it. A day is
/// counted in by everyone.
fn since_begins(reader: &Reader<'_>, stretches: &Alternatives<Stretch>) -> Result<Alternatives<Moment>, DateError> {
    let (Some(stretch), None) = (stretches.settled(), reader.context.conventions.since) else {
        // Beside another convention that is open, both habits are taken in at once.
        return stretches.try_map(|stretch| {
            Ok(match (choices(&stretch), reader.context.conventions.since) {
                (None, _) => stretch.from(),
                (Some((start, _)), Some(SinceBegins::Start)) => start,
                (Some((_, end)), Some(SinceBegins::End)) => end,
                (Some((start, end)), None) => Moment::vague(start.earliest, end.latest),
            })
        });
    };
    let Some((start, end)) = choices(&stretch) else { return Ok(Alternatives::one(stretch.from())) };
    let readings = SinceBegins::NAMES.iter().map(|(_, begins)| {
        let value = match begins {
            SinceBegins::Start => start,
            SinceBegins::End => end,
        };
        Reading::plain(value, Some(Choice::Since(*begins)))
    });
    Alternatives::of(readings.collect()).ok_or_else(|| reader.unreadable())
}

/// The start and the end of a stretch that is longer than a day, both of which "since" may mean.
fn choices(stretch: &Stretch) -> Option<(Moment, Moment)> {
    let days = stretch.days().filter(|days| !days.is_one_day() && stretch.moment.is_none())?;
    Some((Moment::fixed(days.earliest.start()), Moment::fixed(days.latest.end())))
}
