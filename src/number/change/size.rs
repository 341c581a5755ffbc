//! Sizes of a change that are words: "more than doubled", "halved", "a threefold rise", "three times as many".

use super::super::phrase::Phrases;
use super::super::rows::{Approximation, Side};
use super::super::steps;
use super::super::table::{Reach, reaches};
use super::super::token::Tokens;
use super::super::{End, Interval, Quantity, Rational, Reading, ReadingPolicy, Step, Unit};
use super::in_percent;
use super::sizes::{FOLDS, MULTIPLE, MULTIPLE_SOFT, SIZES, TIMES, TURNED};
use super::table::multiple_reaches;
use super::words::Direction;
use std::ops::Range;

/// A multiple that words name, from one token to before another.
#[derive(Clone, Debug)]
pub(in crate::number) struct Multiple {
    pub from: usize,
    pub to: usize,
    pub direction: Direction,
    /// Whether a direction beside it decides: "a threefold drop".
    pub is_turned: bool,
    times: Rational,
    /// "Three times more" may be four times as much.
    may_add: bool,
    said: Vec<(Approximation, Range<usize>)>,
}

/// No more approximators than this are stacked before a multiple.
const MAX_STACKED: usize = 3;

/// Whether a word, in small letters, is a multiple.
pub(super) fn is_word(word: &str) -> bool {
    let named = |rows: &[&[&str]]| rows.iter().any(|words| **words == [word]);
    SIZES.iter().any(|row| named(row.words)) || FOLDS.iter().any(|(fold, _)| *fold == word)
}

/// The multiple that starts at a token, with the approximators before it.
pub(in crate::number) fn at(phrases: &Phrases<'_>, start: usize) -> Option<Multiple> {
    let (mut at, mut said) = (start, Vec::new());
    while said.len() < MAX_STACKED
        && phrases.may_open(at)
        && let Some((by, end)) = phrases.approximator(at)
    {
        said.push((by, at..end));
        at = end;
    }
    let found = bare(phrases, at)?;
    let said = said.into_iter().filter(|(by, _)| *by != Approximation::Plain).collect();
    Some(Multiple { from: start, said, ..found })
}

fn bare(phrases: &Phrases<'_>, at: usize) -> Option<Multiple> {
    let tokens = phrases.tokens;
    let multiple = |to, times: Rational, direction, is_turned, may_add| {
        Some(Multiple { from: at, to, direction, is_turned, times, may_add, said: Vec::new() })
    };
    let rows = SIZES.iter().flat_map(|row| row.words.iter().map(move |words| (row, *words)));
    let found = rows.filter_map(|(row, words)| tokens.past_words(at, words).map(|end| (row, end)));
    if let Some((row, end)) = found.max_by_key(|(_, end)| *end) {
        // "Double-digit growth" and "doubled down" double nothing.
        let other = tokens.is(end, "-") || tokens.is_any(end, &["down", "digit", "digits", "again"]);
        let is_turned = tokens.is_any(at, &TURNED);
        return if other { None } else { multiple(end, Rational::from(row.times), row.direction, is_turned, false) };
    }
    if let Some((_, times)) = FOLDS.iter().find(|(word, _)| tokens.is(at, word)) {
        return multiple(at.saturating_add(1), Rational::from(*times), Direction::Up, true, false);
    }
    if let Some(after) =
        tokens.past_words(at, &["a", "factor", "of"]).or_else(|| tokens.past_words(at, &["factor", "of"]))
    {
        let amount = phrases.amount(after, false).filter(|amount| amount.unit == Unit::One)?;
        return more_than_one(&amount.numeral.value)
            .and_then(|times| multiple(amount.end, times, Direction::Up, true, false));
    }
    let numeral = tokens.numeral(at, false, false)?;
    let times = more_than_one(&numeral.value)?;
    let end = numeral.end;
    let fold = if tokens.is(end, "-") { end.saturating_add(1) } else { end };
    if tokens.is(fold, "fold") {
        return multiple(fold.saturating_add(1), times, Direction::Up, true, false);
    }
    if !tokens.is(end, "times") {
        return None;
    }
    let past = end.saturating_add(1);
    TIMES.iter().find_map(|(words, direction, may_add)| {
        let to = tokens.past_words(past, words)?;
        // "Half as many again" is half more.
        if tokens.is(to, "again") {
            return None;
        }
        multiple(to, times.clone(), *direction, false, *may_add)
    })
}

fn more_than_one(times: &Rational) -> Option<Rational> {
    (*times > Rational::ONE).then(|| times.clone())
}

impl Multiple {
    /// The change that it is, in a direction.
    pub(super) fn quantity(&self, tokens: &Tokens<'_>, direction: Direction, policy: &ReadingPolicy) -> Quantity {
        let factor = self.reading(policy);
        let of = |interval: &Interval| change(interval, direction);
        let reading = Reading::new(of(factor.hard()), of(factor.soft()));
        let (over, under) = if direction == Direction::Down {
            (Rational::ONE, self.times.clone())
        } else {
            (self.times.clone(), Rational::ONE)
        };
        let number = over.checked_div(&under).map(|ratio| Rational::from(100) * (ratio - Rational::ONE));
        in_percent(tokens.slice(self.from, self.to), number, reading)
    }

    /// What it makes of a number: "double the 30,000", "nearly three times the 30,000". Bare, it is that many times; as a
    /// change it would be at least that.
    pub(in crate::number) fn of(&self, number: &Reading, policy: &ReadingPolicy) -> Reading {
        let bare = self.said.is_empty() && !self.may_add;
        let times = if bare { Reading::exact(self.times.clone()) } else { self.reading(policy) };
        let product = |times: &Interval, number: &Interval| match self.direction {
            Direction::Down => number.checked_div(times).unwrap_or_else(Interval::everything),
            _ => number.mul(times),
        };
        Reading::new(product(times.hard(), number.hard()), product(times.soft(), number.soft()))
    }

    /// By which rows it is read so.
    pub(super) fn steps(&self, tokens: &Tokens<'_>, policy: &ReadingPolicy) -> Vec<Step> {
        let said = |range: &Range<usize>| tokens.slice(range.start, range.end);
        let beside = self.said.iter().map(|(by, range)| steps::approximator(*by, policy, said(range)));
        let from = self.said.last().map_or(self.from, |(_, range)| range.end);
        let bare = Self { said: Vec::new(), ..self.clone() }.reading(policy);
        let (hard, soft) = (bare.hard().said(), bare.soft().said());
        let way = if self.direction == Direction::Down { "as little" } else { "as much" };
        let named = self.times.said();
        let says = format!("{named} times {way}: {hard} times by itself; most likely {soft}");
        beside.chain([Step { row: MULTIPLE, words: said(&(from..self.to)).to_owned(), says }]).collect()
    }

    /// How many times as much (or as little) it may have become: more than once in any case.
    fn reading(&self, policy: &ReadingPolicy) -> Reading {
        let (least, most) = (&self.times, if self.may_add { &self.times + &Rational::ONE } else { self.times.clone() });
        let (own_hard, own_soft) = multiple_reaches(policy);
        let plain = || {
            // What has tripled has doubled on its way, so that a bare multiple has no hard end above. Below, it may fall
            // short by a quarter: 1.5 times is the least that anybody would call double.
            let hard = match own_hard {
                Some(Reach::Percent(part)) => within(least, &most, part),
                _ => Interval::at_least(least - part_of(least, &Rational::from(25))),
            };
            let soft = match own_soft.unwrap_or(&MULTIPLE_SOFT) {
                Reach::Percent(part) => within(least, &most, part),
                _ => hard.clone(),
            };
            Reading::new(hard, soft)
        };
        let read = self.said.iter().map(|(by, _)| self.approximated(*by, policy, &most)).reduce(|a, b| a.hull(&b));
        let read = read.unwrap_or_else(plain);
        read.within(&Interval::more_than(Rational::ONE)).unwrap_or(read)
    }

    /// What a word beside it makes of a multiple, as of any number; the next rounder one is the next multiple.
    fn approximated(&self, by: Approximation, policy: &ReadingPolicy, most: &Rational) -> Reading {
        let least = &self.times;
        let side = by.row().side;
        let interval = |reach: &Reach| match (side, reach) {
            (Side::Alone | Side::Point, _) => between(End::Closed(least.clone()), End::Closed(most.clone())),
            (_, Reach::Cancelled) => Interval::everything(),
            (Side::Both { half_place }, Reach::Percent(part)) => {
                let near = within(least, most, part);
                let half = Rational::ONE.half();
                if half_place {
                    near.hull(&between(End::Closed(least - &half), End::Closed(most + &half)))
                } else {
                    near
                }
            }
            (Side::Both { .. }, _) => Interval::everything(),
            (Side::Below { closed, .. }, Reach::Percent(part)) => {
                between(End::Closed(least - part_of(least, part)), End::at(most.clone(), closed))
            }
            (Side::Below { closed, .. }, _) => between(End::Unbounded, End::at(most.clone(), closed)),
            (Side::Above { closed, .. }, Reach::Percent(part)) => {
                between(End::at(least.clone(), closed), End::Closed(most + part_of(most, part)))
            }
            (Side::Above { closed, .. }, Reach::NextRounder) => {
                between(End::at(least.clone(), closed), End::Closed(most + Rational::ONE))
            }
            (Side::Above { closed, .. }, _) => between(End::at(least.clone(), closed), End::Unbounded),
        };
        let (hard, soft) = reaches(by, policy);
        Reading::new(interval(&hard), interval(&soft))
    }
}

fn between(lo: End, hi: End) -> Interval {
    Interval::new(lo, hi).unwrap_or_else(Interval::everything)
}

fn part_of(number: &Rational, percent: &Rational) -> Rational {
    (number * percent).checked_div(&Rational::from(100)).unwrap_or_default()
}

/// Within a part of the one number below and of the other above.
fn within(least: &Rational, most: &Rational, percent: &Rational) -> Interval {
    between(End::Closed(least - part_of(least, percent)), End::Closed(most + part_of(most, percent)))
}

/// The change in per cent that goes with a multiple of more than one: 100 (m - 1) upwards, 100 (1/m - 1) downwards.
fn change(multiple: &Interval, direction: Direction) -> Interval {
    let hundred = Rational::from(100);
    let less_one = |ratio: &Rational| &hundred * &(ratio - &Rational::ONE);
    let of = |end: &End| match (end, direction) {
        // However many times less it became, it may have become nothing.
        (End::Unbounded, _) => End::Unbounded,
        (End::Open(value) | End::Closed(value), Direction::Down) => match value.reciprocal() {
            Some(ratio) => End::at(less_one(&ratio), end.is_closed()),
            None => End::Unbounded,
        },
        (End::Open(value) | End::Closed(value), _) => End::at(less_one(value), end.is_closed()),
    };
    let (lo, hi) = (of(multiple.lo()), of(multiple.hi()));
    if direction == Direction::Down { between(hi, lo) } else { between(lo, hi) }
}
