//! Stretches of time: what is counted from the dateline ("last month", "this winter"), and what the calendar reads whole
//! ("the first half of 2024", "the 1990s", "the year to March").

use super::days::{
    Grain, Match, TENSE_REACH, Toward, day, day_first, in_digits, month, past_part_of_day, settle, single, stem, year,
};
use super::prose::Prose;
use super::tables::{OF_A_GAME, UP_TO_NOW};
use crate::calendar::{Choice, Day, DaySpan, Weekday, read_date};

/// The most words that a stretch is written in.
const LONGEST: usize = 8;

/// "Today", "yesterday", "last month", "this winter", "last night".
pub(super) fn relative(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    let on = |days: i64| prose.dateline().and_then(|day| day.plus_days(days)).map(DaySpan::day);
    let day = |days: i64| Some(Match::new(past_part_of_day(prose, next), on(days), Grain::Day));
    match stem(scan.word(at)).to_ascii_lowercase().as_str() {
        "today" | "tonight" => day(0),
        "yesterday" => day(-1),
        "tomorrow" => day(1),
        "overnight" => None,
        "last" if scan.is(next, "night") => Some(Match::new(next.saturating_add(1), on(-1), Grain::Day)),
        "this" if scan.is_any(next, &["morning", "afternoon", "evening"]) => {
            Some(Match::new(next.saturating_add(1), on(0), Grain::Day))
        }
        "this" if scan.past(next, &["time", "last", "year"]).is_some() => {
            let days = prose.dateline().and_then(|day| day.plus_months(-12)).and_then(|day| {
                let (year, month, _) = day.ymd();
                DaySpan::month(year, month)
            });
            Some(Match::new(at.saturating_add(4), days, Grain::Month))
        }
        "last" | "this" | "next" => {
            let noun = stem(scan.word(next));
            let unit = is_one_of(
                noun,
                &[
                    "week", "month", "quarter", "year", "weekend", "decade", "century", "season", "spring", "summer",
                    "autumn", "winter",
                ],
            );
            if let Some(number) = month(prose, next) {
                let toward = if scan.is(at, "next") { Toward::Ahead } else { Toward::Past };
                return Some(Match::new(
                    next.saturating_add(1),
                    settle(prose, at, (number, None, None), toward),
                    Grain::Month,
                ));
            }
            // "The last week of the campaign" is no week before this one.
            let of_another =
                prose.after(at, &["the", "its", "his", "her", "their"]) || scan.is(next.saturating_add(1), "of");
            if !unit || of_another {
                return None;
            }
            let end = next.saturating_add(1);
            if scan.is(at, "next") && is_one_of(noun, &["spring", "summer", "autumn", "winter"]) {
                return Some(Match::new(end, next_season(prose, noun), Grain::Other));
            }
            let grain = match noun {
                "month" => Grain::Month,
                "year" => Grain::Year,
                _ => Grain::Other,
            };
            Some(Match::new(end, read(prose, stem(scan.words(at..end))), grain))
        }
        _ => None,
    }
}

/// The season that begins after the dateline.
pub(super) fn next_season(prose: &Prose<'_>, season: &str) -> Option<DaySpan> {
    let last = read(prose, season)?;
    if prose.dateline().is_some_and(|now| last.earliest > now) {
        return Some(last);
    }
    DaySpan::new(last.earliest.plus_months(12)?, last.latest.plus_days(1)?.plus_months(12)?.plus_days(-1)?)
}

/// What begins with "the": "the 18th", "the weekend", "the first half of 2024", "the 1990s", "the morning of 9 May".
pub(super) fn the(prose: &Prose<'_>, at: usize, toward: Toward) -> Option<Match> {
    let scan = &prose.scan;
    if !scan.is(at, "the") {
        return None;
    }
    let next = at.saturating_add(1);
    let past = at.saturating_add(2);
    if scan.is_any(next, &["morning", "afternoon", "evening", "night", "early"]) {
        let of = scan.past(next, &["early", "hours", "of"]).or_else(|| scan.past(past, &["of"]))?;
        return single(prose, of, toward).filter(|found| found.grain == Grain::Day);
    }
    if let Some((number, end)) = day(prose, next).filter(|(_, end)| *end > past) {
        if let Some(found) = day_first(prose, next, toward) {
            return Some(found);
        }
        let noun = prose.is_word(end) && scan.follows(end) && !scan.is_any(end, super::tables::SMALL);
        let dated = prose.after(at, &["on", "of", "by", "until", "since", "from", "to"]);
        let days = prose.dateline().and_then(|dateline| {
            let of = |months: i64| {
                let (year, month, _) = dateline.plus_months(months)?.ymd();
                Day::from_ymd(year, month, number)
            };
            let ahead = toward.at(prose, at) == Toward::Ahead;
            let here = of(0).filter(|day| if ahead { *day >= dateline } else { *day <= dateline });
            here.or_else(|| of(if ahead { 1 } else { -1 }))
        });
        return (dated && !noun).then(|| Match::new(end, days.map(DaySpan::day), Grain::Day));
    }
    if scan.is_any(next, &["spring", "summer", "autumn", "winter"])
        && prose.after(at, &["in", "during", "by", "until", "since", "of"])
        && (!prose.is_word(past) || scan.is_any(past, super::tables::SMALL))
        && !scan.is(past, "of")
    {
        let season = scan.word(next);
        let ahead = toward.at(prose, at) == Toward::Ahead;
        let days = if ahead { next_season(prose, season) } else { read(prose, season) };
        return Some(Match::new(past, days, Grain::Other));
    }
    if scan.is(next, "weekend") && !scan.is_any(past, &["of", "before", "after"]) {
        let saturday = prose.dateline().and_then(|day| {
            if toward.at(prose, at) == Toward::Ahead {
                day.plus_days(6).map(|day| day.latest(Weekday::Saturday))
            } else {
                Some(day.latest(Weekday::Saturday))
            }
        });
        let days = saturday.and_then(|first| DaySpan::new(first, first.plus_days(1)?));
        return Some(Match::new(past, days, Grain::Other));
    }
    None
}

/// Stretches that the calendar reads: "the first quarter of 2025", "summer 2025", "the end of the year", "fiscal 2025".
pub(super) fn stretch(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let is_the = scan.is(at, "the");
    let word = if is_the { at.saturating_add(1) } else { at };
    let next = word.saturating_add(1);
    if is_the
        && scan.is(word, "last")
        && scan.is_any(next, &["quarter", "half", "week", "month", "day", "decade"])
        && scan.is(next.saturating_add(1), "of")
    {
        return longest(prose, at, LONGEST);
    }
    if scan.is_any(word, UP_TO_NOW) || scan.is_any(word, super::tables::FROM_NOW) {
        return None;
    }
    if scan.is_any(word, &["fiscal", "financial"]) && (year(prose, next).is_some() || scan.is(next, "year")) {
        let of = if scan.is(next, "year") && year(prose, next.saturating_add(1)).is_some() {
            next.saturating_add(2)
        } else {
            next.saturating_add(1)
        };
        return Some(Match::new(of, None, Grain::Other));
    }
    let season = scan.is_any(word, &["spring", "summer", "autumn", "winter"]);
    if season {
        let number = if scan.is(next, "of") { next.saturating_add(1) } else { next };
        let spans = in_digits(prose, number).filter(|found| found.grain == Grain::Other);
        if let Some(spans) = spans.filter(|_| scan.is(word, "winter")) {
            let days = spans.days.and_then(|days| read(prose, &format!("winter {}", days.earliest.year())));
            return Some(Match::new(spans.end, days, Grain::Other));
        }
        year(prose, number)?;
        return longest(prose, at, 4);
    }
    let nth = scan.is_any(word, &["first", "second", "third", "fourth", "final", "opening"]);
    if nth && is_the {
        let is_part = scan.is_any(next, &["quarter", "half"]);
        if is_part
            && !scan.is(next.saturating_add(1), "of")
            && (is_of_a_game(prose, at)
                || !prose.after(
                    at,
                    &["in", "for", "of", "during", "than", "since", "from", "to", "and", "with", "until", "over"],
                ))
        {
            return None;
        }
        let timed = is_part
            || scan.is_any(next, &["week", "weeks", "day", "days", "month", "months", "weekend"])
            || scan.is_any(next.saturating_add(1), &["weeks", "months", "days"]);
        return if timed { longest(prose, at, LONGEST) } else { None };
    }
    let edge = scan.is_any(word, &["start", "end", "beginning", "middle", "close"]) && scan.is(next, "of");
    if edge && is_the {
        return longest(prose, at, LONGEST).map(|found| Match { days: found.days, ..found });
    }
    if is_the && let Some(found) = decade(prose, word) {
        return Some(found);
    }
    let century = is_the && prose.is_digits(word) && scan.is_any(at.saturating_add(3), &["century"]);
    if century {
        return longest(prose, at, 6);
    }
    // "First-quarter profit".
    let part = at.saturating_add(2);
    let nth_part = ["first", "second", "third", "fourth"].iter().find(|nth| scan.is(at, nth));
    if let Some(nth) = nth_part
        && prose.joins(at.saturating_add(1), &["-"])
        && scan.is_any(part, &["quarter", "half"])
        && !is_of_a_game(prose, at)
    {
        let words = format!("the {nth} {}", scan.word(part));
        return Some(Match::new(part.saturating_add(1), read(prose, &words), Grain::Other));
    }
    // "The year to March".
    if is_the
        && scan.is_any(word, &["year", "quarter", "half", "month"])
        && scan.is_any(next, &["to", "ended", "ending"])
    {
        return longest(prose, at, LONGEST);
    }
    // "The three months to 30 June".
    let counted = is_the
        && scan.is_any(next, &["months", "weeks", "quarters"])
        && scan.is_any(next.saturating_add(1), &["to", "ended", "ending"]);
    if counted {
        return longest(prose, at, LONGEST);
    }
    let feast = scan.is_capitalised(at)
        && scan
            .is_any(at, &["Christmas", "New", "Boxing", "Halloween", "Bastille", "Anzac", "Valentine's", "Hogmanay"]);
    if feast { longest(prose, at, 5) } else { None }
}

pub(super) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// "1990s", "mid-1990s", "early 2000s".
pub(super) fn decade(prose: &Prose<'_>, at: usize) -> Option<Match> {
    let scan = &prose.scan;
    let part = scan.is_any(at, &["early", "mid", "late"]);
    let next = at.saturating_add(1);
    let number = if !part {
        at
    } else if prose.joins(next, &["-", "–"]) {
        at.saturating_add(2)
    } else {
        next
    };
    let letter = number.saturating_add(1);
    let first = year(prose, number).filter(|year| year % 10 == 0)?;
    if !scan.touches(letter) || !scan.is_any(letter, &["s", "'s", "’s"]) {
        return None;
    }
    let (from, to) = match scan.word(at).to_ascii_lowercase().as_str() {
        "early" => (0, 3),
        "mid" => (4, 6),
        "late" => (7, 9),
        _ => (0, 9),
    };
    let days = DaySpan::year(first.checked_add(from)?)?.hull(DaySpan::year(first.checked_add(to)?)?);
    Some(Match::new(letter.saturating_add(1), Some(days), Grain::Other))
}

pub(super) fn is_of_a_game(prose: &Prose<'_>, at: usize) -> bool {
    let sentence = prose.sentence(at);
    let near = sentence.start.max(at.saturating_sub(TENSE_REACH))..sentence.end.min(at.saturating_add(TENSE_REACH));
    near.into_iter().any(|word| prose.scan.is_any(word, OF_A_GAME))
}

/// The longest phrase from a token on that the calendar reads as a date.
pub(super) fn longest(prose: &Prose<'_>, at: usize, most: usize) -> Option<Match> {
    let sentence = prose.sentence(at);
    let last = sentence.end.min(at.saturating_add(most));
    (at.saturating_add(1)..=last).rev().find_map(|end| {
        let words = prose.scan.words(at..end);
        if words.ends_with(['.', ',', ';']) {
            return None;
        }
        let found = read_date(words, prose.context);
        let readings = found.as_ref().ok().map(|found| found.readings().len());
        let days = found.is_ok().then(|| read(prose, words));
        days.map(|days| Match::new(end, days, Grain::Other)).filter(|_| readings.is_some())
    })
}

/// The days that a phrase usually means, if no convention but that of the seasons decides it.
pub(super) fn read(prose: &Prose<'_>, words: &str) -> Option<DaySpan> {
    let found = read_date(words, prose.context).ok()?;
    let readings = found.readings();
    let is_open = readings.iter().any(|reading| matches!(reading.under, Some(Choice::Week(_) | Choice::Fiscal(_))));
    let first = readings.first().filter(|_| !(is_open && readings.len() > 1))?;
    Some(first.soft.hull())
}
