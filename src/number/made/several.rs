//! What several figures of a text make together: the sum of a list ("three men, two women and a child" are 6), a product
//! ("three instalments of €5m", "13 people in each of two buses") and a difference ("14 fewer than the 40 expected").

use super::{ARTICLES, BEFORE_ADDED, Maker, TOGETHER, past_back};
use crate::number::token::Kind;
use crate::number::{Quantity, QuantityForm, Rational, Reading, Unit};
use std::ops::Range;

/// Words and signs that put one item of a list to another.
const LISTING: [&str; 7] = [",", ";", "and", "plus", "with", "&", "or"];

/// An item of a list has no more words than this after its number: "two of the ship's junior officers".
const ITEM_REACH: usize = 6;

/// No more items of a list are looked at after its first.
const MOST_LISTED: usize = 24;

/// Words for two of a list that was begun: "26 passengers and both pilots".
const BOTH: (&str, i64) = ("both", 2);

/// Words that tell that a figure is told of each of another.
const EACH: [&str; 6] = ["each", "apiece", "every", "per", "daily", "times"];

/// Times of which one has so many each: "13 a day for two days".
const TIMES: [&str; 7] = ["day", "night", "week", "month", "year", "hour", "minute"];

/// How far such a word may stand behind the second figure.
const EACH_REACH: usize = 4;

/// Words between two figures one of which is taken from the other, or how far they are apart.
const DIFFERING: [&str; 13] =
    ["fewer", "less", "lower", "smaller", "short", "shy", "below", "under", "behind", "minus", "from", "off", "before"];

/// Words between two figures one of which is put to the other.
const EXCEEDING: [&str; 6] = ["more", "above", "over", "ahead", "higher", "from"];

/// Between two figures that make a third no more words stand than this.
const BETWEEN: usize = 8;

/// One item of a list.
struct Item {
    at: Range<usize>,
    count: Rational,
}

impl Maker<'_> {
    /// Whether an item may begin at a token, after another one: a word or sign of lists stands before it.
    fn is_listed(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.tokens.is_any(before, &LISTING))
    }

    /// The item that begins at a token: a figure, "a child", "the couple", "both pilots".
    fn item(&self, at: usize, figures: &[(usize, Item)]) -> Option<Item> {
        let tokens = self.tokens;
        if let Some((_, figure)) = figures.iter().find(|(first, figure)| *first == at || figure.at.start == at) {
            return Some(Item { at: at..figure.at.end, count: figure.count.clone() });
        }
        let next = at.saturating_add(1);
        let article = tokens.is_any(at, &ARTICLES);
        let named = if article { next } else { at };
        let together = TOGETHER.iter().chain([&BOTH]).find(|(word, _)| tokens.is(named, word));
        if let Some((_, many)) = together.filter(|(word, _)| *word != BOTH.0 || self.is_listed(at)) {
            return Some(Item { at: at..named.saturating_add(1), count: Rational::from(*many) });
        }
        let is_one = article && tokens.is_kind(next, Kind::Word) && tokens.follows(next) && !self.is_plural(next);
        is_one.then_some(Item { at: at..next, count: Rational::ONE })
    }

    /// Whether an item is an age beside somebody: "a man, 62, and a woman, 58".
    fn is_an_age(&self, item: &Item) -> bool {
        let tokens = self.tokens;
        let is_alone = item.at.len() == 1 && tokens.is_kind(item.at.start, Kind::Number);
        let ends = item.at.end >= tokens.len() || tokens.is_any(item.at.end, &[",", ".", ";"]);
        let person =
            item.at.start.checked_sub(2).is_some_and(|noun| tokens.is_kind(noun, Kind::Word) && !self.is_plural(noun));
        is_alone && ends && person && item.at.start.checked_sub(1).is_some_and(|before| tokens.is(before, ","))
    }

    /// Lists of two items and more, and all that stand together in one.
    pub(super) fn lists(&mut self) {
        let tokens = self.tokens;
        // The figures that count, and where "all" and "her" before them begin.
        let counted = |(at, quantity): &(Range<usize>, &Quantity)| {
            let is_count = quantity.is_count() || quantity.form == QuantityForm::Other && quantity.unit == Unit::One;
            Some((at.clone(), quantity.number.clone().filter(|number| is_count && number.is_integer())?))
        };
        let counts = self.figures.iter().filter_map(counted);
        let figures = counts.map(|(at, count)| (past_back(tokens, at.start, &BEFORE_ADDED), Item { at, count }));
        let figures: Vec<(usize, Item)> = figures.collect();
        let items: Vec<Item> = (0..tokens.len()).filter_map(|at| self.item(at, &figures)).collect();
        for first in 0..items.len() {
            let Some(begun) = items.get(first) else { continue };
            let (mut sum, mut end) = (begun.count.clone(), begun.at.end);
            // "Gold, two silvers and a bronze" begins with a single word.
            let is_named = begun.at.start == 2 && tokens.is_kind(0, Kind::Word) && tokens.is(1, ",");
            for item in items.iter().skip(first.saturating_add(1)).take(MOST_LISTED) {
                if item.at.start < end || !self.is_listed(item.at.start) || self.is_an_age(item) {
                    continue;
                }
                // The words of the item before, and what parts the two.
                let link = past_back(tokens, item.at.start, &LISTING);
                let words = end..link;
                if words.len() > ITEM_REACH || words.clone().any(|at| self.ends_sentence(at)) {
                    break;
                }
                sum += &item.count;
                end = item.at.end;
                self.push_count(begun.at.start..end, sum.clone(), false);
                if is_named {
                    self.push_count(0..end, &sum + &Rational::ONE, false);
                }
            }
        }
    }

    /// A figure and the next one, of which there are so many, or which differ by so much.
    pub(super) fn with_next(&mut self, place: usize) {
        let Some([(first, one), (second, other)]) = self.pair(place) else { return };
        let at = first.start..second.end;
        let between = first.end..second.start;
        if between.len() > BETWEEN || between.clone().any(|at| self.ends_sentence(at)) {
            return;
        }
        let tokens = self.tokens;
        let around = || first.end..second.end.saturating_add(EACH_REACH);
        let is_time = |at: usize| {
            tokens.is_any(at, &TIMES) && at.checked_sub(1).is_some_and(|it| tokens.is_any(it, &["a", "an"]))
        };
        // "Rose to 154 from 93" makes no sum.
        let is_level = |quantity: &Quantity| self.levels.iter().any(|level| level.quantity == *quantity);
        let are_levels = is_level(one) && is_level(other);
        let is_each = around().any(|at| tokens.is_any(at, &EACH) || is_time(at));
        let is_of =
            second.start.checked_sub(1).is_some_and(|before| tokens.is(before, "of")) && first.end < second.start;
        let are_counts = one.form == QuantityForm::Whole || other.form == QuantityForm::Whole;
        if (is_each || is_of) && are_counts {
            // "Five days a week for six weeks" are 30 of neither.
            let unit = match (&one.unit, &other.unit) {
                (Unit::One, unit) | (unit, Unit::One) => unit.clone(),
                _ => Unit::One,
            };
            let number = one.number.as_ref().zip(other.number.as_ref()).map(|(one, other)| one * other);
            let (hard, soft) =
                (one.reading.hard().mul(other.reading.hard()), one.reading.soft().mul(other.reading.soft()));
            self.push(at.clone(), (number, &unit), Reading::new(hard, soft), false);
        }
        let counts = self.count(place).zip(self.count(place.saturating_add(1)));
        let Some(((_, one), (_, other))) = counts.filter(|_| !are_levels) else { return };
        let says = |words: &[&str]| between.clone().any(|at| tokens.is_any(at, words));
        if says(&DIFFERING) {
            self.push_count(at.clone(), (&one - &other).abs(), false);
        }
        if says(&EXCEEDING) {
            self.push_count(at, one + other, false);
        }
    }
}
