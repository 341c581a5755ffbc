//! What stands around a date in running text: a night that belongs to two days, a paper that is called by its day, and the
//! words with which a decade or a quarter dates something.

use super::super::alternatives::Alternatives;
use super::super::set::DaySet;
use super::super::span::DaySpan;
use super::super::tables::{
    AFTER_A_DATE, FEASTS, IN_A_COUNTRY, NIGHTS_AFTER, NIGHTS_BEFORE, ORDINALS, PAPERS_ON, TIMES_OF_DAY,
};
use super::super::token::Kind;
use super::super::{named, parts};
use super::Prose;
use std::ops::RangeInclusive;

/// Words that cut a longer stretch, which for a date in running text is the stretch all the same.
const PARTS_OF_A_STRETCH: &[&str] = &["early", "mid", "late", "later", "middle"];

/// Words that date something by a stretch.
const DATING: &[&str] = &["in", "during", "throughout"];

/// A quarter without a year may be one of any fiscal year that overlaps this one, so that it is only likely in its months.
const FISCAL_MONTHS: i64 = 12;

impl Prose<'_> {
    /// Which days a night beside a date may be, counted from it.
    pub(super) fn leeway(&self, first: usize, end: usize) -> RangeInclusive<i64> {
        let says = |words: &str, from: usize| {
            words.split(' ').enumerate().all(|(place, word)| self.is_one_of(from.saturating_add(place), &[word]))
        };
        // "In the early hours of last Thursday", "on the night of the 18th".
        let article = if self.before(first, &["last", "the", "this"]) { first.saturating_sub(1) } else { first };
        let before = NIGHTS_BEFORE.iter().filter(|(words, ..)| {
            let count = words.split(' ').count();
            article.checked_sub(count).is_some_and(|from| says(words, from))
        });
        let possessive = if self.is_possessive(end) { end.saturating_add(2) } else { end };
        // "Last night" names its night itself.
        let named = end.checked_sub(1).filter(|night| self.is_one_of(*night, &["night"]));
        let after = NIGHTS_AFTER.iter().filter(|(words, ..)| says(words, named.unwrap_or(possessive)));
        let nights = before.chain(after);
        nights.fold(0..=0, |days, (_, from, to)| *days.start().min(from)..=*days.end().max(to))
    }

    /// "Last night", "this morning", but not "the last night" of something.
    pub(super) fn hour(&self, at: usize) -> Option<(usize, Alternatives<DaySet>)> {
        let (next, end) = (at.saturating_add(1), at.saturating_add(2));
        let ago = match self.written(at).to_ascii_lowercase().as_str() {
            "last" if self.is_one_of(next, &["night"]) => -1,
            "this" if self.is_one_of(next, &["morning", "afternoon", "evening"]) => 0,
            _ => return None,
        };
        let is_of_another =
            self.before(at, &["the", "of", "his", "her", "their"]) || self.is_one_of(end, &["of", "in", "before"]);
        let day = self.context.dateline.filter(|_| !is_of_another && !self.is_possessive(end))?.plus_days(ago)?;
        Some((end, Alternatives::one(DaySet::from(DaySpan::day(day)))))
    }

    /// Whether a noun follows a date, which is then that of its thing: "Friday prayers", "the Monday-night regulars".
    pub(super) fn is_attributive(&self, end: usize) -> bool {
        const TOLD: &[&str] =
            &["last", "next", "this", "of", "alone", "early", "late", "around", "about", "shortly", "following"];
        let next = end.saturating_add(1);
        let is_hyphen = self.kind(end) == Some(Kind::Mark('-')) && self.kind(next) == Some(Kind::Word);
        let small = [AFTER_A_DATE, TIMES_OF_DAY, TOLD].iter().any(|words| self.is_one_of(end, words));
        let is_noun = self.kind(end) == Some(Kind::Word) && !small && !self.is_weekday(end);
        is_hyphen || is_noun || self.is_possessive(end)
    }

    /// Whether a weekday is part of a paper's name: "told the Mail on Sunday".
    pub(super) fn is_of_a_paper(&self, at: usize) -> bool {
        at.checked_sub(2).is_some_and(|name| {
            PAPERS_ON.contains(&self.written(name)) && self.before(at, &["on"]) && !self.before(name, IN_A_COUNTRY)
        })
    }

    /// "In the 1990s", "during the late 1990s".
    pub(super) fn decade(&self, at: usize) -> Option<(usize, Alternatives<DaySet>)> {
        let word = self.written(at);
        let is_decade =
            word.len() == 5 && word.ends_with("0s") && word.starts_with(|first: char| first.is_ascii_digit());
        let mut first = at;
        while is_decade && (self.before(first, PARTS_OF_A_STRETCH) || self.is_after_a_hyphen(first)) {
            first = first.saturating_sub(1);
        }
        let dates = is_decade && self.before(first, &["the"]) && self.before(first.saturating_sub(1), DATING);
        if dates { self.read(at, named::decade) } else { None }
    }

    fn is_after_a_hyphen(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.kind(before) == Some(Kind::Mark('-')))
    }

    /// "In the third quarter", "in Q3".
    pub(super) fn quarter(&self, at: usize) -> Option<(usize, Alternatives<DaySet>)> {
        let word = self.written(at);
        let nth = at.saturating_add(1);
        let named = self.is_one_of(at, &["the"]) && ORDINALS.iter().any(|(ordinal, _)| self.is_one_of(nth, &[ordinal]));
        let numbered = word.len() == 2 && word.starts_with(['Q', 'q']);
        if !(named || numbered) || !self.before(at, DATING) {
            return None;
        }
        let (end, found) = self.read(at, parts::quarter)?;
        if self.says_a_year(at, end) {
            return Some((end, found));
        }
        if !self.is_near(at, end, &found) {
            return None;
        }
        let may_be = |days: DaySet| {
            let wide = days.each(|span| span.widened(FISCAL_MONTHS, 0));
            Ok::<_, ()>((wide.unwrap_or_else(|| days.clone()), days))
        };
        Some((end, found.try_vague(may_be).ok()?))
    }

    /// Whether a month is named, by its capital: "the last Friday in March", but not "of the month".
    pub(super) fn names_a_month(&self, at: usize, end: usize) -> bool {
        (at.saturating_add(1)..end).any(|place| self.is_capitalised(place) && !self.is_weekday(place))
    }

    /// Whether a feast may begin here, with its capital.
    pub(super) fn is_feast(&self, at: usize) -> bool {
        let word = self.written(at);
        FEASTS.iter().any(|(words, ..)| words.split(' ').next() == Some(word))
    }
}
