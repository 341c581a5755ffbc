//! Figures that a text says by way of others: "himself and 11 others" are 12, "all but two of the 15" 13, "double the
//! 30,000" 60,000, "10% of its 12,000" 1,200, and "15p in the pound" is 15%.
//!
//! Whoever claims such a figure claims what the text says, though no figure of the text is it. The words show what a
//! figure may be, and never what it must be: the driver may be one of the 13 hurt or a passenger more.

mod several;

use super::change::find_levels;
use super::change::size::{self, Multiple};
use super::numeral::is_number_word;
use super::phrase::Phrases;
use super::token::{Kind, Tokens};
use super::{End, Found, Interval, Quantity, QuantityForm, Rational, Reading, ReadingPolicy, Unit, find};
use std::ops::Range;

/// Words that put one figure to somebody or something else.
const ADDING: [&[&str]; 6] = [&["and"], &["plus"], &["with"], &["alongside"], &["besides"], &["as", "well", "as"]];

/// Words between such a word and its figure: "and all 12 passengers", "and another 11".
const BEFORE_ADDED: [&str; 10] = ["the", "all", "another", "his", "her", "their", "its", "some", "other", "further"];

/// Words for oneself: nobody else is counted by them.
const ONESELF: [&str; 8] = ["himself", "herself", "themself", "itself", "myself", "him", "her", "me"];

/// Words after a figure that leave out those who were named before it: "Smith and 11 others".
const OTHERS: [&str; 4] = ["others", "other", "more", "companions"];

/// Words before one person or thing.
const ARTICLES: [&str; 10] = ["a", "an", "the", "one", "his", "her", "their", "its", "another", "our"];

/// How many people a word counts that names them together.
const TOGETHER: [(&str, i64); 7] =
    [("couple", 2), ("pair", 2), ("duo", 2), ("twins", 2), ("trio", 3), ("triplets", 3), ("quartet", 4)];

/// How far from a figure an article may stand of somebody who is counted with it.
const ARTICLE_REACH: usize = 4;

/// No more than so many are named before a figure that counts the others: "the driver, a guide and 12 passengers".
const MOST_NAMED: usize = 6;

/// How far back they are looked for, in words.
const NAMED_REACH: usize = 24;

/// Words that leave some of a number out.
const EXCEPT: [&[&str]; 5] =
    [&["all", "but"], &["all", "except"], &["all", "bar"], &["all", "save"], &["everyone", "but"]];

/// The same words after the whole: "all 15 but two".
const LESS: [&[&str]; 4] = [&["but"], &["except"], &["except", "for"], &["bar"]];

/// Words between a part and its whole: "11 of the 14", "10% of its 12,000", "double the 30,000".
const OF_WHAT: [&str; 18] = [
    "of", "out", "the", "its", "their", "his", "her", "our", "those", "these", "all", "that", "what", "last", "year",
    "years", "s", "some",
];

/// Words more between the two, such as the name of the whole: "11 of the ship's 14 crew".
const MORE_BETWEEN: usize = 2;

/// Between "twice as many" and what it is twice of no more words stand than this.
const MULTIPLE_REACH: usize = 8;

/// Words after pence or cents that make a rate of them.
const IN_THE_POUND: [&[&str]; 10] = [
    &["in", "the", "pound"],
    &["in", "every", "pound"],
    &["on", "the", "pound"],
    &["in", "the", "£"],
    &["in", "the", "dollar"],
    &["in", "every", "dollar"],
    &["on", "the", "dollar"],
    &["in", "the", "euro"],
    &["in", "every", "euro"],
    &["on", "the", "euro"],
];

/// A figure that a text says by way of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The figure, with the words that make it.
    pub found: Found,
    /// Whether the figures in these words are hardly what is claimed: "double the 30,000".
    pub is_instead: bool,
}

/// Words that name a figure of a game: what they are at least, and below what they stay.
const OF_A_GAME: [(&[&str], i64, i64); 8] = [
    (&["century"], 100, 200),
    (&["hundred"], 100, 200),
    (&["half", "-", "century"], 50, 100),
    (&["half", "century"], 50, 100),
    (&["double", "century"], 200, 300),
    (&["triple", "century"], 300, 400),
    (&["hat", "-", "trick"], 3, 4),
    (&["brace"], 2, 3),
];

/// No side of a score has more digits than this: "won 102-98".
const SCORE_DIGITS: usize = 3;

/// Verbs of going past a number, which may as well be said of an exam or a bill.
const PASSING: [&str; 6] = ["passed", "pass", "passes", "passing", "crossed", "breached"];

/// The figures that a text says by way of others, in no order.
pub fn find_made(text: &str, policy: &ReadingPolicy) -> Vec<Made> {
    let tokens = Tokens::new(text);
    let figures = find(text, policy);
    let placed = figures.iter().map(|found| (tokens.between(found.start, found.end), &found.quantity)).collect();
    let levels = find_levels(text, policy);
    let mut made = Maker { tokens: &tokens, figures: placed, levels: &levels, policy, found: Vec::new() };
    made.left_out();
    made.lists();
    for place in 0..figures.len() {
        made.with_others(place);
        made.part_of_next(place);
        made.with_next(place);
        made.rate(place);
        made.passed(place);
    }
    made.multiples();
    made.scores();
    made.between_levels();
    made.found
}

/// The first of the tokens before one that are all of these words.
fn past_back(tokens: &Tokens<'_>, mut at: usize, words: &[&str]) -> usize {
    while let Some(before) = at.checked_sub(1).filter(|before| tokens.is_any(*before, words)) {
        at = before;
    }
    at
}

struct Maker<'t> {
    tokens: &'t Tokens<'t>,
    figures: Vec<(Range<usize>, &'t Quantity)>,
    /// What something rose or fell to and from.
    levels: &'t [Found],
    policy: &'t ReadingPolicy,
    found: Vec<Made>,
}

impl<'t> Maker<'t> {
    fn push(
        &mut self,
        at: Range<usize>,
        (number, unit): (Option<Rational>, &Unit),
        reading: Reading,
        is_instead: bool,
    ) {
        let bounds = self.tokens.get(at.start).zip(at.end.checked_sub(1).and_then(|last| self.tokens.get(last)));
        let Some((first, last)) = bounds else { return };
        let text = self.tokens.slice(at.start, at.end).to_owned();
        let quantity = Quantity { text, number, unit: unit.clone(), reading, form: QuantityForm::Other };
        let found = Found { start: first.start, end: last.end, quantity };
        self.found.push(Made { found, is_instead });
    }

    fn push_count(&mut self, at: Range<usize>, number: Rational, is_instead: bool) {
        self.push(at, (Some(number.clone()), &Unit::One), Reading::exact(number), is_instead);
    }

    /// A figure and the next one, with their places.
    fn pair(&self, place: usize) -> Option<[(Range<usize>, &'t Quantity); 2]> {
        Some([self.figures.get(place)?.clone(), self.figures.get(place.saturating_add(1))?.clone()])
    }

    /// A figure that counts something, and how many.
    fn count(&self, place: usize) -> Option<(Range<usize>, Rational)> {
        let (at, quantity) = self.figures.get(place)?;
        let number = quantity.number.clone().filter(|_| quantity.is_count())?;
        Some((at.clone(), number))
    }

    /// "Himself and 11 others", "the driver and 12 passengers", "12 passengers and the driver".
    fn with_others(&mut self, place: usize) {
        let Some((at, number)) = self.count(place) else { return };
        let tokens = self.tokens;
        let first = past_back(tokens, at.start, &BEFORE_ADDED);
        let ends_before = |words: &[&str]| {
            let from = first.checked_sub(words.len())?;
            tokens.past_words(from, words).map(|_| from)
        };
        // "The driver, 54, and seven passengers": an age says nothing of how many.
        let past_age = |link: usize| {
            let number = link.checked_sub(2)?;
            let is_age = tokens.is(number.saturating_add(1), ",") && tokens.is_kind(number, Kind::Number);
            number.checked_sub(1).filter(|comma| is_age && tokens.is(*comma, ","))
        };
        if let Some(link) =
            ADDING.iter().find_map(|words| ends_before(words)).map(|link| past_age(link).unwrap_or(link))
            && let Some((from, named)) = self.named_before(link)
        {
            // Those who are named in a row before: "the driver, a guide and 12 passengers".
            let commas = (from.saturating_sub(NAMED_REACH)..from).rev().take_while(|at| !self.ends_sentence(*at));
            let more = commas.filter(|at| tokens.is(*at, ",")).count().min(MOST_NAMED);
            let is_others = tokens.is_any(at.end, &OTHERS) || tokens.is_any(from, &ONESELF);
            for more in 0..=i64::try_from(more).unwrap_or(0) {
                let number = &number + &Rational::from(named) + Rational::from(more);
                self.push_count(from..at.end, number, is_others);
            }
        }
        let past = (at.end..at.end.saturating_add(ARTICLE_REACH)).find_map(|link| {
            let past = ADDING.iter().find_map(|words| tokens.past_words(link, words))?;
            let alone = tokens.is_any(past, &ONESELF);
            let noun = past.saturating_add(1);
            let is_aged = tokens.is_kind(noun, Kind::Number) && tokens.is_any(noun.saturating_add(2), &["year"]);
            let named = tokens.is_any(past, &ARTICLES)
                && (is_aged || tokens.is_kind(noun, Kind::Word) && !self.is_plural(noun));
            if alone { Some(noun) } else { named.then(|| noun.saturating_add(1)) }
        });
        if let Some(past) = past {
            self.push_count(at.start..past, number + Rational::ONE, false);
        }
    }

    /// Whom a text names before a word that adds others to them: where the words begin, and how many they are.
    fn named_before(&self, link: usize) -> Option<(usize, i64)> {
        let tokens = self.tokens;
        let last = link.checked_sub(1)?;
        if !tokens.is_kind(last, Kind::Word) {
            return None;
        }
        if let Some((_, many)) = TOGETHER.iter().find(|(word, _)| tokens.is(last, word)) {
            return Some((last, *many));
        }
        // "In Orme, 7 in Aldham and 41 in Hexley": a place is nobody.
        let is_place =
            last.checked_sub(1).is_some_and(|before| tokens.is_any(before, &["in", "at", "near", "from", "of"]));
        let is_name = tokens.text(last).starts_with(char::is_uppercase) && !is_place;
        if is_name || tokens.is_any(last, &ONESELF) {
            return Some((last, 1));
        }
        let back = (0..ARTICLE_REACH).map_while(|back| last.checked_sub(back.saturating_add(1)));
        let mut back = back.take_while(|at| tokens.is_kind(*at, Kind::Word));
        let article = back.find(|at| tokens.is_any(*at, &ARTICLES))?;
        (!self.is_plural(last)).then_some((article, 1))
    }

    /// Whether a noun is likely one of several: "dogs", but not "boss".
    fn is_plural(&self, at: usize) -> bool {
        let word = self.tokens.text(at).to_lowercase();
        word.ends_with('s') && !word.ends_with("ss")
    }

    fn ends_sentence(&self, at: usize) -> bool {
        self.tokens.is_any(at, &[".", ";", ":", "?", "!"])
    }

    /// "All but two of the 15", "all 15 but two".
    fn left_out(&mut self) {
        let tokens = self.tokens;
        let counts: Vec<_> = (0..self.figures.len()).filter_map(|place| self.count(place)).collect();
        for at in 0..tokens.len() {
            let ahead = EXCEPT.iter().find_map(|words| tokens.past_words(at, words));
            let behind = || LESS.iter().filter_map(|words| tokens.past_words(at, words)).max();
            let whole_before = |(of, _): &&(Range<usize>, Rational)| of.end <= at;
            let Some(from) = ahead.or_else(|| counts.iter().find(whole_before).and_then(|_| behind())) else {
                continue;
            };
            let Some(few) = tokens.numeral(from, false, false) else { continue };
            let mut is_of_a_whole = false;
            for (of, whole) in counts.iter().filter(|(of, _)| of.end <= at || of.start >= few.end) {
                if *whole > few.value {
                    is_of_a_whole = true;
                    self.push_count(at.min(of.start)..few.end.max(of.end), whole - &few.value, true);
                }
            }
            // "All but two of the crew": of how many is said elsewhere.
            if ahead.is_some() && !is_of_a_whole {
                let any = Reading::firm(Interval::at_least(Rational::ONE));
                self.push(at..few.end, (None, &Unit::One), any, true);
            }
        }
    }

    /// Whether nothing but small words stands between two places, and few others.
    fn is_of(&self, between: Range<usize>) -> bool {
        let small = |at: &usize| self.tokens.is_any(*at, &OF_WHAT);
        let others = || between.clone().filter(|at| !small(at));
        between.start < between.end
            && others().count() <= MORE_BETWEEN
            && others().all(|at| self.tokens.is_kind(at, Kind::Word))
    }

    /// A figure and the next one, of which it is a part: "11 of the 14" leave three, "10% of its 12,000" are 1,200.
    fn part_of_next(&mut self, place: usize) {
        let tokens = self.tokens;
        let Some([(part, share), (whole, quantity)]) = self.pair(place) else { return };
        let at = part.start..whole.end;
        let between = part.end..whole.start;
        let begins = between.clone().take(MORE_BETWEEN.saturating_add(1)).any(|at| tokens.is(at, "of"));
        let is_half = share.is_share();
        let is_part = self.is_of(between.clone()) && (begins || is_half);
        if is_part && (share.unit == Unit::Percent || is_half) {
            // How far "half" may reach beside a whole is what it usually means: a third of it is no half.
            let parts =
                if is_half { Reading::firm(share.in_percent().reading.soft().clone()) } else { share.reading.clone() };
            let hundredth = Rational::new(1, 100).unwrap_or_default();
            let of = |parts: &Interval, whole: &Interval| parts.scale(&hundredth).mul(whole);
            let hard = of(parts.hard(), quantity.reading.hard());
            let reading = Reading::new(hard, of(parts.soft(), quantity.reading.soft()));
            let unit = quantity.unit.clone();
            self.push(at, (None, &unit), reading, false);
            return;
        }
        if let Some((_, number)) = self.count(place).filter(|_| is_part)
            && let Some((_, whole)) = self.count(place.saturating_add(1)).filter(|(_, whole)| *whole > number)
        {
            self.push_count(at, whole - number, false);
        }
    }

    /// "Won 3-1 before 45,000 people", "a century off 87 balls": figures of a game are read nowhere else.
    fn scores(&mut self) {
        let tokens = self.tokens;
        for at in 0..tokens.len() {
            let (dash, second) = (at.saturating_add(1), at.saturating_add(2));
            let is_side = |at: usize| tokens.is_kind(at, Kind::Number) && tokens.text(at).len() <= SCORE_DIGITS;
            let joined = tokens.is_any(dash, &["-", "–"]) && tokens.touches(dash) && tokens.touches(second);
            if joined && is_side(at) && is_side(second) {
                for side in [at, second] {
                    if let Ok(points) = tokens.text(side).parse::<i64>() {
                        self.push_count(side..side.saturating_add(1), Rational::from(points), false);
                    }
                }
            }
            for (words, least, below) in OF_A_GAME {
                let span = Interval::new(End::Closed(Rational::from(least)), End::Open(Rational::from(below)));
                let before = at.checked_sub(1);
                let is_of_a_number = before.is_some_and(|it| {
                    tokens.is_kind(it, Kind::Number)
                        || (is_number_word(tokens.text(it)) && !tokens.is_any(it, &["a", "an"]))
                });
                if let Some((end, span)) = tokens.past_words(at, words).zip(span).filter(|_| !is_of_a_number) {
                    self.push(at..end, (None, &Unit::One), Reading::firm(span), false);
                }
            }
        }
    }

    /// "Rose to 154 from 93": by 61.
    fn between_levels(&mut self) {
        let [one, other] = self.levels else { return };
        let numbers = one.quantity.number.as_ref().zip(other.quantity.number.as_ref());
        if let Some((first, second)) = numbers.filter(|_| one.quantity.unit == other.quantity.unit) {
            let (from, to) = (one.start.min(other.start), one.end.max(other.end));
            let difference = |one: &Interval, other: &Interval| one.sub(other).abs();
            let (hard, soft) = (
                difference(one.quantity.reading.hard(), other.quantity.reading.hard()),
                difference(one.quantity.reading.soft(), other.quantity.reading.soft()),
            );
            let number = (first - second).abs();
            let at = self.tokens.between(from, to);
            if one.quantity.unit == Unit::Percent {
                // From 55.5% to 60% are 4.5 points.
                let reading = Reading::new(hard.clone(), soft.clone());
                self.push(at.clone(), (Some(number.clone()), &Unit::Points), reading, false);
            }
            self.push(at, (Some(number), &one.quantity.unit), Reading::new(hard, soft), false);
        }
    }

    /// "The toll passed 155": more than that, if it is no count of what was passed.
    fn passed(&mut self, place: usize) {
        let Some((at, quantity)) = self.figures.get(place) else { return };
        let first = past_back(self.tokens, at.start, &["the"]);
        let is_passed = first.checked_sub(1).is_some_and(|before| self.tokens.is_any(before, &PASSING));
        if let Some(number) = quantity.number.clone().filter(|_| is_passed) {
            let (at, unit) = (first.saturating_sub(1)..at.end, quantity.unit.clone());
            self.push(at, (None, &unit), Reading::firm(Interval::more_than(number)), false);
        }
    }

    /// "15p in the pound" is 15%.
    fn rate(&mut self, place: usize) {
        let Some((at, quantity)) = self.figures.get(place) else { return };
        let is_small = matches!(&quantity.unit, Unit::Other(unit) if unit == "pence" || unit == "cents");
        let past = IN_THE_POUND.iter().find_map(|words| self.tokens.past_words(at.end, words));
        if let Some(past) = past.filter(|_| is_small) {
            let (number, reading) = (quantity.number.clone(), quantity.reading.clone());
            self.push(at.start..past, (number, &Unit::Percent), reading, false);
        }
    }

    /// "Double the 30,000", "twice as many as the 30,000", "nearly three times the 30,000".
    fn multiples(&mut self) {
        let phrases = Phrases::new(self.tokens, self.policy, false);
        let mut at = 0;
        while at < self.tokens.len() {
            let Some(multiple) = size::at(&phrases, at) else {
                at = at.saturating_add(1);
                continue;
            };
            at = multiple.to.max(at.saturating_add(1));
            self.multiplied(&multiple);
        }
    }

    fn multiplied(&mut self, multiple: &Multiple) {
        let Some((at, quantity)) = self.figures.iter().find(|(at, _)| at.start >= multiple.to) else { return };
        let between = multiple.to..at.start;
        let may_part = |at: usize| self.tokens.is_kind(at, Kind::Word) && !self.tokens.is(at, "to");
        if between.len() > MULTIPLE_REACH || !between.clone().all(may_part) {
            return;
        }
        let reading = multiple.of(&quantity.reading, self.policy);
        let (at, unit) = (multiple.from..at.end, quantity.unit.clone());
        self.push(at, (None, &unit), reading, true);
    }
}
