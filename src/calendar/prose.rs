//! Dated phrases in running text that can be checked against a known day.
//!
//! A phrase is found only if it is plain that it dates what the text reports. "Since October" and "before Friday" name
//! a day on which nothing need have happened; "on Thursday and Friday" names two. Such phrases are left out: a check
//! that is not made does no harm, one that is made against the wrong day accuses the innocent.

mod around;

use super::alternatives::Alternatives;
use super::convention::Context;
use super::day::Day;
use super::forms::FORMS;
use super::names::{MONTHS, WEEKDAYS, Weekday};
use super::reader::{Form, Reader, Years};
use super::set::DaySet;
use super::span::DaySpan;
use super::tables::{AFTER_A_DATE, BETWEEN, BOUNDING, JOINING, NAMING_AFTER, NAMING_BEFORE, NTH_WEEKDAY, NUMBERS};
use super::token::{Cursor, Digits, Kind, Token, tokens};
use super::{counted, loose, named, relative};
use std::ops::RangeInclusive;

/// What a dated phrase in running text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A weekday alone: "on Thursday". The day that it most likely is comes second: the latest such weekday that is
    /// not after the dateline. The weekday is certain, the day is not ("will meet on Monday").
    Weekday(Weekday, Option<DaySpan>),
    /// A span of days, in every usual reading: "last week", "18 December", "late October".
    Days(Alternatives<DaySet>),
}

/// A dated phrase found in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it says.
    pub said: Said,
    /// Whether it names a month and no year, so that the year is a guess: "7 October".
    pub is_of_any_year: bool,
    /// Whether it names something: "Friday prayers", "Wednesday's record".
    pub is_attributive: bool,
    /// From which to which day it may be, counted from the one it names: a night belongs to two days.
    pub leeway: RangeInclusive<i64>,
}

/// A phrase before its neighbours have been looked at.
struct Candidate {
    /// Its first token and the one after its last.
    tokens: (usize, usize),
    said: Said,
    /// Whether it dates what is told, and neither bounds it nor is one of several.
    is_plain: bool,
}

/// Finds the dated phrases of running text that can be checked against a known day, in time linear in its length.
///
/// Phrases that need a dateline are left out if there is none; so are dates without a year of which the next is nearer
/// than the last.
pub fn find_dates(text: &str, context: &Context) -> Vec<FoundDate> {
    let tokens = tokens(text, Digits::Days);
    let prose = Prose { text, tokens: &tokens, context };
    let mut candidates = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match prose.candidate(at) {
            Some(candidate) => {
                at = candidate.tokens.1.max(at.saturating_add(1));
                candidates.push(candidate);
            }
            None => at = at.saturating_add(1),
        }
    }
    prose.without_joined(candidates)
}

/// The longest dated phrase, in tokens.
const WINDOW: usize = 12;

struct Prose<'t> {
    text: &'t str,
    tokens: &'t [Token],
    context: &'t Context,
}

impl<'t> Prose<'t> {
    fn written(&self, at: usize) -> &'t str {
        #[cfg(test)]
        crate::looks::count();
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let word = self.written(at);
        words.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    fn before(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_one_of(before, words))
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        #[cfg(test)]
        crate::looks::count();
        self.tokens.get(at).map(|token| token.kind)
    }

    fn is_capitalised(&self, at: usize) -> bool {
        self.written(at).starts_with(|first: char| first.is_uppercase())
    }

    /// The tokens from a place on, as far as a phrase may reach.
    fn reader(&self, at: usize) -> (Reader<'t>, Cursor<'t>) {
        let end = at.saturating_add(WINDOW).min(self.tokens.len());
        let tokens = self.tokens.get(at..end).unwrap_or_default();
        let reader = Reader {
            text: self.text,
            shown: "",
            tokens,
            context: self.context,
            forms: FORMS,
            years: Years::Dateline,
            depth: 0,
        };
        (reader, Cursor::new(self.text, tokens, 0))
    }

    /// What a form reads from a place on, and the token after it.
    fn read(&self, at: usize, form: Form) -> Option<(usize, Alternatives<DaySet>)> {
        let (reader, mut cursor) = self.reader(at);
        let readings = form(&reader, &mut cursor)?.ok()?;
        let days = readings.try_map(|stretch| Ok::<_, ()>(stretch.within)).ok()?;
        Some((at.saturating_add(cursor.at), days))
    }

    fn candidate(&self, at: usize) -> Option<Candidate> {
        let (end, said) = match self.kind(at)? {
            Kind::Date => self.read(at, named::in_digits).map(|(end, days)| (end, Said::Days(days)))?,
            Kind::Word => self.weekday(at).or_else(|| self.at_word(at))?,
            Kind::Number { .. } => self.in_numbers(at).or_else(|| self.ago(at)).or_else(|| self.at_number(at))?,
            Kind::Figure => self.in_numbers(at)?,
            Kind::Mark(_) => return None,
        };
        let is_plain = !self.is_bounded(at) && !self.joins_another(end);
        Some(Candidate { tokens: (at, end), said, is_plain })
    }

    /// Whether a word before it makes it a bound or a comparison: "since", "than in", "before the end of".
    fn is_bounded(&self, at: usize) -> bool {
        let mut place = at;
        for _ in 0..6 {
            if self.before(place, BOUNDING) {
                return true;
            }
            let hyphen = place.checked_sub(1).is_some_and(|before| self.kind(before) == Some(Kind::Mark('-')));
            if !hyphen && !self.before(place, BETWEEN) {
                return false;
            }
            place = place.saturating_sub(1);
        }
        false
    }

    /// Whether another date is joined on: "Thursday and Friday", "October to December".
    fn joins_another(&self, end: usize) -> bool {
        let mark = matches!(self.kind(end), Some(Kind::Mark('-' | '/' | '&')));
        if !mark && !self.is_one_of(end, JOINING) {
            return false;
        }
        let mut next = end.saturating_add(1);
        while self.is_one_of(next, BETWEEN) && next < end.saturating_add(4) {
            next = next.saturating_add(1);
        }
        let (_, mut cursor) = self.reader(next);
        let mut numbered = cursor;
        let day_month = numbered.day_of_month().is_some() && numbered.month().is_some();
        let month = is_full_month(self.written(next)) && self.is_capitalised(next);
        day_month || month || cursor.weekday().is_some() || cursor.year().is_some()
    }

    /// "Thursday", be it with "on" or an "'s".
    fn weekday(&self, at: usize) -> Option<(usize, Said)> {
        let word = self.written(at);
        let weekday = WEEKDAYS.iter().find(|entry| entry.name.eq_ignore_ascii_case(word))?.weekday;
        let end = at.saturating_add(1);
        if self.is_of_a_paper(at)
            || self.before(at, NAMING_BEFORE)
            || (self.is_one_of(end, NAMING_AFTER) && self.is_capitalised(end))
        {
            return None;
        }
        // "Thursday last week", "the Thursday before", "next Thursday": which one it is, is said otherwise.
        let elsewhere = self.before(at, &["next", "this", "coming", "the", "that", "a", "one"])
            || self.is_one_of(end, &["before", "after", "last", "week", "next", "of", "this", "following"]);
        let from = self.context.dateline.filter(|_| !elsewhere);
        let from = if self.before(at, &["last"]) { from.and_then(|day| day.plus_days(-1)) } else { from };
        Some((end, Said::Weekday(weekday, from.map(|day| DaySpan::day(day.latest(weekday))))))
    }

    fn at_word(&self, at: usize) -> Option<(usize, Said)> {
        let word = self.written(at);
        let is = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        let days = |(end, days): (usize, Alternatives<DaySet>)| (end, Said::Days(days));
        if is(&["today", "yesterday", "tomorrow"]) {
            // "USA Today" is a name, "today's world" an idiom.
            let name = at > 0
                && self.is_capitalised(at)
                && at.checked_sub(1).is_some_and(|before| self.is_capitalised(before));
            let idiom = is(&["today", "tomorrow"]) && self.is_possessive(at.saturating_add(1));
            return self.read(at, relative::day_word).filter(|_| !name && !idiom).map(days);
        }
        if is(&["the"]) && self.is_one_of(at.saturating_add(3), &["yesterday"]) {
            return self.read(at, relative::day_word).map(days);
        }
        if let Some(found) = self.hour(at) {
            return Some(days(found));
        }
        // Looking for a weekday first takes less time than reading on from every "the".
        let may_count = is(&["the"]) || NTH_WEEKDAY.iter().any(|(nth, _)| nth.eq_ignore_ascii_case(word));
        let nth = may_count && (self.is_weekday(at.saturating_add(1)) || self.is_weekday(at.saturating_add(2)));
        let weekday = if nth { self.read(at, named::nth_weekday) } else { None };
        let weekday = weekday.filter(|(end, _)| self.names_a_month(at, *end));
        let feast = || if self.is_feast(at) { self.read(at, named::feast) } else { None };
        let weekday = weekday.filter(|(end, found)| self.is_near(at, *end, found));
        // A feast is on its day in every year.
        let named = weekday.or_else(feast).map(days);
        let is_number = || NUMBERS.iter().any(|(number, _)| number.eq_ignore_ascii_case(word));
        let other = named.or_else(|| if is_number() { self.ago(at) } else { None });
        if other.is_some() {
            return other;
        }
        if is(&["last", "this", "next"]) {
            return self.unit(at).map(days);
        }
        if is(&["early", "mid", "late"]) {
            return self.part(at).map(days);
        }
        if let Some(found) = self.decade(at).or_else(|| self.quarter(at)) {
            return Some(days(found));
        }
        if is(&["the"]) {
            let day = self.read(at, named::day_and_month).or_else(|| {
                let (end, days) = self.read(at, named::nth_day)?;
                (self.before(at, &["on"]) && self.may_end(end)).then_some((end, days))
            });
            return day.filter(|(end, found)| self.is_near(at, *end, found)).map(days);
        }
        if !word.starts_with(char::is_uppercase) || !is_month(word) {
            return None;
        }
        if let Some((end, found)) = self.read(at, named::month_and_day)
            && (self.says_a_year(at, end) || self.is_plain_date(at, end) && !self.before(at, &["in"]))
        {
            return self.is_near(at, end, &found).then_some(days((end, found)));
        }
        let (end, found) = self.month(at)?;
        let dated = self.says_a_year(at, end) || self.before(at, &["in", "during", "throughout"]);
        (dated && self.is_near(at, end, &found)).then_some(days((end, found)))
    }

    fn is_weekday(&self, at: usize) -> bool {
        let word = self.written(at);
        WEEKDAYS.iter().any(|entry| entry.name.eq_ignore_ascii_case(word))
    }

    /// "Nine days ago", "two weeks ago", give or take one: what is longer ago is mostly said of something else.
    fn ago(&self, at: usize) -> Option<(usize, Said)> {
        let (unit, ago) = (at.saturating_add(1), at.saturating_add(2));
        if !self.is_one_of(ago, &["ago"]) || !self.is_one_of(unit, &["day", "days", "week", "weeks"]) {
            return None;
        }
        let (end, found) = self.read(at, counted::ago)?;
        // Nobody counts so closely that a day more or less were worth a look.
        let days = found.settled().map(Alternatives::one)?;
        self.may_end(end).then_some((end, Said::Days(days)))
    }

    /// A date in numbers that can be read one way only: "19.12.2025", "19/12/2025", "12/19/2025".
    fn in_numbers(&self, at: usize) -> Option<(usize, Said)> {
        let (parts, end): (Vec<&str>, usize) = if self.kind(at) == Some(Kind::Figure) {
            (self.written(at).trim_end_matches('.').split('.').collect(), at.saturating_add(1))
        } else {
            let slash = |place: usize| self.kind(place) == Some(Kind::Mark('/'));
            if !slash(at.saturating_add(1)) {
                return None;
            }
            let places = [at, at.saturating_add(2), at.saturating_add(4)];
            let joined = slash(at.saturating_add(1)) && slash(at.saturating_add(3)) && !slash(at.saturating_add(5));
            let first = at.checked_sub(1).is_none_or(|before| !slash(before));
            (
                places.into_iter().filter(|_| joined && first).map(|place| self.written(place)).collect(),
                at.saturating_add(5),
            )
        };
        let [first, second, year] = parts.as_slice() else { return None };
        let short = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
        let (first, second) = (short(first)?, short(second)?);
        let (day, month) = match self.kind(at) {
            Some(Kind::Figure) => (first, second),
            _ if first > 12 || first == second => (first, second),
            _ if second > 12 => (second, first),
            _ => return None,
        };
        let year = year.parse().ok().filter(|_| year.len() == 4)?;
        let day = DaySpan::day(Day::from_ymd(year, month, day)?);
        Some((end, Said::Days(Alternatives::one(day.into()))))
    }

    /// "December", "December 2025": not "Dec" alone, not "December's", not "in May Smith's house".
    fn month(&self, at: usize) -> Option<(usize, Alternatives<DaySet>)> {
        let (end, found) = self.read(at, named::month)?;
        if self.says_a_year(at, end) {
            return Some((end, found));
        }
        let entry = MONTHS.iter().find(|entry| entry.name.eq_ignore_ascii_case(self.written(at)))?;
        let name = entry.also_a_name && self.kind(end) == Some(Kind::Word) && self.is_capitalised(end);
        (!name && !self.is_possessive(end)).then_some((end, found))
    }

    /// "late October", "mid-2025": hard, the whole of it; soft, its last days.
    fn part(&self, at: usize) -> Option<(usize, Alternatives<DaySet>)> {
        let mut inner = at.saturating_add(1);
        if self.kind(inner) == Some(Kind::Mark('-')) {
            inner = inner.saturating_add(1);
        }
        let (end, found) = match self.kind(inner)? {
            Kind::Word if self.is_capitalised(inner) => self.month(inner)?,
            Kind::Number { digits: 4, .. } => self.read(inner, named::year)?,
            _ => return None,
        };
        if self.is_possessive(end) || !self.is_near(inner, end, &found) {
            return None;
        }
        let usual = |days: DaySet| {
            let part = loose::usual_part(self.written(at), days.hull());
            Ok::<_, ()>((days.clone(), part.map_or(days, DaySet::from)))
        };
        Some((end, found.try_vague(usual).ok()?))
    }

    /// "last week", "this month", "next year", but neither "the last week" nor "last week of".
    fn unit(&self, at: usize) -> Option<(usize, Alternatives<DaySet>)> {
        let unit = at.saturating_add(1);
        let known = self.is_one_of(unit, &["week", "month", "year"]);
        let end = unit.saturating_add(1);
        // "5% up on last year" compares.
        if !known || self.before(at, &["the", "on", "time"]) || self.is_one_of(end, &["of", "to", "before", "after"]) {
            return None;
        }
        let others = !self.is_one_of(unit, &["week"]) && self.is_possessive(end);
        self.read(at, relative::unit).filter(|(past, _)| *past == end && !others)
    }

    /// "18 December", or a year after "in".
    fn at_number(&self, at: usize) -> Option<(usize, Said)> {
        if let Some((end, found)) = self.read(at, named::day_and_month) {
            let second = at.checked_sub(2).is_some_and(|place| matches!(self.kind(place), Some(Kind::Number { .. })));
            let of_several =
                second && at.checked_sub(1).is_some_and(|place| self.is_one_of(place, &["and", "or", ",", "-", "to"]));
            let currency =
                at.checked_sub(1).is_some_and(|place| self.is_one_of(place, &["$", "\u{20ac}", "\u{a3}", "#"]));
            let month = (at..end).any(|place| self.is_capitalised(place) && is_month(self.written(place)));
            let plain = self.says_a_year(at, end) || self.is_plain_date(at, end);
            let kept = month && plain && !of_several && !currency && self.is_near(at, end, &found);
            return kept.then_some((end, Said::Days(found)));
        }
        let (end, found) = self.read(at, named::year)?;
        let settled = found.settled()?.hull();
        let recent = (1900..=2100).contains(&settled.earliest.year());
        let plain = self.before(at, &["in", "during", "throughout"]) && self.may_end(end) && !self.is_possessive(end);
        (recent && plain).then_some((end, Said::Days(found)))
    }

    /// Whether a date may end here: a mark, a small word or nothing follows.
    fn may_end(&self, end: usize) -> bool {
        match self.kind(end) {
            None => true,
            Some(Kind::Mark(mark)) => !matches!(mark, '%' | '-' | '$'),
            Some(Kind::Word) => self.is_one_of(end, AFTER_A_DATE),
            Some(_) => false,
        }
    }

    /// Whether a day and a month are a date and not a count and a month: "26 December arrests".
    fn is_plain_date(&self, at: usize, end: usize) -> bool {
        let before = at
            .checked_sub(1)
            .map(|place| if self.kind(place) == Some(Kind::Mark(',')) { place.saturating_sub(1) } else { place });
        let weekday = before.is_some_and(|place| self.is_weekday(place));
        weekday || self.before(at, &["on"]) || self.may_end(end)
    }

    fn is_possessive(&self, end: usize) -> bool {
        self.kind(end) == Some(Kind::Mark('\'')) && self.is_one_of(end.saturating_add(1), &["s"])
    }

    fn says_a_year(&self, at: usize, end: usize) -> bool {
        (at..end).any(|place| {
            matches!(self.kind(place), Some(Kind::Number { digits: 4, .. }))
                || self.is_one_of(place, &["year"]) && !self.before(place, &["new"])
        })
    }

    /// Whether a date without a year is nearer in the past than in the future, so that the past one is meant.
    fn is_near(&self, at: usize, end: usize, found: &Alternatives<DaySet>) -> bool {
        if self.says_a_year(at, end) {
            return true;
        }
        let Some(dateline) = self.context.dateline else { return false };
        found.readings().iter().all(|reading| {
            let days = reading.value.hull();
            let past = dateline.0.saturating_sub(days.latest.0);
            let future = days.earliest.0.saturating_add(365).saturating_sub(dateline.0);
            past < future
        })
    }

    /// Leaves out dates that a mere comma or "and" joins to others of their kind, and takes the day from a weekday
    /// that stands beside a date.
    fn without_joined(&self, candidates: Vec<Candidate>) -> Vec<FoundDate> {
        let joins: Vec<Join> = candidates
            .windows(2)
            .map(|pair| match pair {
                // "Since Thursday, 18 December": what holds for the one holds for the other.
                [first, second] => match self.join(first, second) {
                    Join::Beside if !first.is_plain || !second.is_plain => Join::Another,
                    join => join,
                },
                _ => Join::None,
            })
            .collect();
        let mut found = Vec::new();
        for (place, candidate) in candidates.into_iter().enumerate() {
            let before = place.checked_sub(1).and_then(|before| joins.get(before)).copied().unwrap_or(Join::None);
            let after = joins.get(place).copied().unwrap_or(Join::None);
            if !candidate.is_plain || before == Join::Another || after == Join::Another {
                continue;
            }
            let beside = before == Join::Beside || after == Join::Beside;
            let said = match candidate.said {
                Said::Weekday(weekday, _) if beside => Said::Weekday(weekday, None),
                said => said,
            };
            let (first, end) = candidate.tokens;
            let has_year = |at| matches!(self.kind(at), Some(Kind::Number { digits: 4, .. }));
            let names_a_day = self.is_feast(first) || (first..end).any(|at| is_month(self.written(at)));
            let is_of_any_year = names_a_day && !(first..end).any(has_year);
            let leeway = self.leeway(first, end);
            let is_attributive = self.is_attributive(end);
            let bytes = self.tokens.get(first).zip(end.checked_sub(1).and_then(|last| self.tokens.get(last)));
            found.extend(bytes.map(|(first, last)| FoundDate {
                start: first.start,
                end: last.end,
                said,
                is_of_any_year,
                is_attributive,
                leeway,
            }));
        }
        found
    }

    fn join(&self, first: &Candidate, second: &Candidate) -> Join {
        let gap = first.tokens.1..second.tokens.0;
        let small = |place: usize| {
            self.is_one_of(place, JOINING)
                || self.is_one_of(place, BETWEEN)
                || self.is_one_of(place, &[",", "(", "a", "-", "/", "&"])
        };
        if gap.len() > 4 || !gap.clone().all(small) {
            return Join::None;
        }
        let joined = gap.clone().any(|place| self.is_one_of(place, JOINING) || self.is_one_of(place, &["-", "/", "&"]));
        let weekdays = [first, second].map(|candidate| matches!(candidate.said, Said::Weekday(..)));
        match (joined, weekdays) {
            (false, [true, false] | [false, true]) => Join::Beside,
            _ => Join::Another,
        }
    }
}

/// How two neighbouring dates stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    None,
    /// "Thursday, 18 December": the same day, said twice.
    Beside,
    /// "Thursday and Friday": two days.
    Another,
}

fn is_full_month(word: &str) -> bool {
    MONTHS.iter().any(|entry| entry.name.eq_ignore_ascii_case(word))
}

fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|entry| {
        entry.name.eq_ignore_ascii_case(word) || entry.short.iter().any(|short| short.eq_ignore_ascii_case(word))
    })
}
