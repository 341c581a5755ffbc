//! Dates and periods of a draft: single dates and what joins or bounds them ("since", "until", "from … to …").

use super::anchored;
use super::days::{Grain, Match, Toward, single, told, year};
use super::find::Piece;
use super::prose::Prose;
use crate::calendar::{Day, DaySpan};

/// Words that may stand between a bound and its date.
const ARTICLES: [&str; 3] = ["at", "on", "in"];

/// A date that begins at a token. `last` is the last date before it, with its paragraph.
pub(super) fn at(prose: &Prose<'_>, at: usize, last: Option<(usize, DaySpan)>) -> Option<Piece> {
    if !may_begin(prose, at) {
        return None;
    }
    let last = last.filter(|(paragraph, _)| *paragraph == prose.paragraph(at)).map(|(_, days)| days);
    let found = so_far(prose, at)
        .or_else(|| since(prose, at))
        .or_else(|| until(prose, at))
        .or_else(|| between(prose, at))
        .or_else(|| about(prose, at))
        .or_else(|| anchored::at(prose, at, last))
        .or_else(|| joined(prose, at))?;
    Some(Piece::date(at..found.end, found.days))
}

/// Whether a date may begin with a token at all, so that most words are passed over at once.
fn may_begin(prose: &Prose<'_>, at: usize) -> bool {
    if prose.is_digits(at) || prose.is_code(at) || prose.scan.is_capitalised(at) {
        return true;
    }
    #[rustfmt::skip]
    const FIRST: [&str; 43] = [
        "the", "that", "since", "until", "till", "by", "from", "between", "so", "to", "about", "around", "circa", "early", "mid", "late", "last", "this", "next", "past", "coming",
        "today", "tonight", "yesterday", "tomorrow", "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "spring", "summer", "autumn", "winter", "fiscal", "financial",
    ];
    const MORE: [&str; 16] = [
        "eleven",
        "twelve",
        "fifteen",
        "eighteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "up",
        "its",
        "their",
        "following",
        "first",
        "second",
        "third",
        "fourth",
    ];
    prose.is_word(at) && (prose.scan.is_any(at, &FIRST) || prose.scan.is_any(at, &MORE))
}

/// "So far", "so far this year", "to date".
fn so_far(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let end = [["so", "far"], ["to", "date"]].iter().find_map(|words| scan.past(at, words))?;
    // "So far as", "so far away".
    if scan.is_any(end, &["as", "away", "from", "apart", "ahead", "behind"]) {
        return None;
    }
    let place = if scan.is(end, "in") { end.saturating_add(1) } else { end };
    let inner = single(prose, place, Toward::Past).filter(|_| scan.is(place, "this") || place > end);
    let now = prose.dateline();
    let first = |inner: &Match| inner.days.map(|days| days.earliest);
    let days = match &inner {
        Some(inner) => now.and_then(|now| DaySpan::new(first(inner)?, now)),
        None => now.and_then(|now| DaySpan::new(Day::FIRST, now)),
    };
    Some(Match { end: inner.map_or(end, |inner| inner.end), days, grain: Grain::Other })
}

/// One past the small words after a bound.
fn past_articles(prose: &Prose<'_>, at: usize) -> usize {
    if prose.scan.is_any(at, &ARTICLES) { at.saturating_add(1) } else { at }
}

/// "Since 1 December", "since the 1960s": up to the dateline.
fn since(prose: &Prose<'_>, at: usize) -> Option<Match> {
    if !prose.scan.is(at, "since") {
        return None;
    }
    let place = past_articles(prose, at.saturating_add(1));
    let from = single(prose, place, Toward::Past)?;
    let days = from.days.zip(prose.dateline()).and_then(|(from, now)| DaySpan::new(from.earliest, now));
    Some(Match { end: from.end, days, grain: Grain::Other })
}

/// "Until Monday", "by the end of the year": from no stated beginning.
fn until(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let up = scan.past(at, &["up", "until"]).or_else(|| scan.past(at, &["up", "to"]));
    let next = match up {
        Some(end) => end,
        None if scan.is_any(at, &["until", "till", "by"]) => at.saturating_add(1),
        None => return None,
    };
    let is_by = scan.is(at, "by");
    let place = past_articles(prose, next);
    let past = is_by && told(prose, at) == Toward::Past;
    let to = single(prose, place, if past { Toward::Past } else { Toward::Ahead })?;
    // "By 2000" may be an amount, and "up to 2000" more often is.
    let is_amount = up.is_some() && prose.is_digits(place) && to.grain == Grain::Year;
    let is_edge = scan.is(place, "the") && scan.is_any(place.saturating_add(1), &["end", "close"]);
    let is_start = scan.is(place, "the") && scan.is_any(place.saturating_add(1), &["start", "beginning"]);
    let last = to.days.map(|days| if is_start && !is_edge { days.earliest } else { days.latest });
    let days = last.and_then(|last| DaySpan::new(Day::FIRST, last));
    (!is_amount).then_some(Match { end: to.end, days, grain: Grain::Other })
}

/// "Between 1998 and 2003", "from 25 July to 9 August".
fn between(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let links: &[&str] = match scan.word(at).to_ascii_lowercase().as_str() {
        "between" => &["and"],
        "from" => &["to", "until", "till", "through"],
        _ => return None,
    };
    let toward = Toward::Told;
    let one = single(prose, at.saturating_add(1), toward)?;
    if !scan.is_any(one.end, links) {
        // "Between 3 and 5 May" is read as one date.
        let is_span = one.days.is_some_and(|days| !days.is_one_day()) && one.grain == Grain::Day;
        return is_span.then_some(one);
    }
    let other = single(prose, one.end.saturating_add(1), toward)?;
    // "From $5 in 2019 to 2024 people": both are dates, or neither is.
    let alike = one.grain == other.grain
        || one.grain == Grain::Other
        || other.grain == Grain::Other
        || year(prose, at.saturating_add(1)).is_none();
    alike.then_some(Match { end: other.end, days: hull(one, other), grain: Grain::Other })
}

/// From the first day of one to the last of the other, which may need the other's year.
fn hull(one: Match, other: Match) -> Option<DaySpan> {
    let (one, other) = (one.days?, other.days?);
    DaySpan::new(one.earliest, other.latest).or_else(|| {
        // "From Monday to Friday": the Monday before.
        let week = one.earliest.plus_days(-7)?;
        if one.is_one_day() && other.is_one_day() && week <= other.latest {
            return DaySpan::new(week, other.latest);
        }
        let (year, month, day) = one.earliest.ymd();
        DaySpan::new(Day::from_ymd(year.checked_sub(1)?, month, day)?, other.latest)
    })
}

/// "About 3200 BC", "around 1990".
fn about(prose: &Prose<'_>, at: usize) -> Option<Match> {
    if !prose.scan.is_any(at, &["about", "around", "circa"]) {
        return None;
    }
    let place = at.saturating_add(1);
    let found = single(prose, place, Toward::Past).filter(|found| found.grain == Grain::Year)?;
    let is_old = found.days.is_some_and(|days| days.earliest.year() < 1_000);
    let dated = is_old
        || prose.after(at, &["from", "in", "to", "since", "dates", "dated", "until"])
        || prose.scan.is(at, "circa");
    dated.then_some(found)
}

/// A single date, or one to another: "January to March".
fn joined(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let toward = Toward::Told;
    let one = single(prose, at, toward)?;
    let link = one.end;
    let may_join = matches!(one.grain, Grain::Day | Grain::Month);
    let is_link = prose.scan.is_any(link, &["to", "until", "through"]) || prose.joins(link, &["-", "–"]);
    // "Rose in January to March's level": only names of months and days go on so.
    let other = if may_join && is_link { single(prose, link.saturating_add(1), toward) } else { None };
    let Some(other) = other.filter(|other| other.grain == one.grain) else { return Some(one) };
    let year_is_shared = one.days.zip(other.days).is_some_and(|(one, other)| one.earliest > other.latest);
    let days = if year_is_shared {
        hull(one, other)
    } else {
        one.days.zip(other.days).and_then(|(one, other)| DaySpan::new(one.earliest, other.latest))
    };
    Some(Match { end: other.end, days, grain: Grain::Other })
}
