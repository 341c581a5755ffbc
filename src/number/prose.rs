//! What in running text looks like a figure and is none: dates, years, ordinals, times of day, list numbers, codes.
//!
//! Each check looks at a bounded number of neighbours, so that a text takes time in proportion to its length.

use super::numeral::is_number_word;
use super::prose_words::{
    AFTER_ONE, AFTER_PERIOD, AFTER_YEAR, BEFORE_HALF, BEFORE_ONE, BEFORE_PERIOD, BEFORE_SCORE, BEFORE_YEAR,
    CAPITAL_LABELS, CHANGES, COMPOUNDS, LABELS, NO_PLURALS, PLURALS, is_month,
};
use super::token::{Gap, Kind, Tokens};
use super::units::MEASURES;
use super::words::{ORDINAL_ENDINGS, ORDINALS, SCALE_SUFFIXES};

/// How far back a verb of change may stand from its "from a to b".
const CHANGE_REACH: usize = 14;

/// How far back a line may begin for its list number to be looked at.
const LINE_REACH: usize = 60;

const DASHES: [&str; 4] = ["-", "–", "—", "\u{2011}"];

impl Tokens<'_> {
    pub fn before(&self, at: usize) -> usize {
        at.checked_sub(1).unwrap_or(usize::MAX)
    }

    fn small_integer(&self, at: usize, most: u32) -> Option<u32> {
        let text = self.text(at);
        let plain = self.is_kind(at, Kind::Number) && text.len() <= 4;
        if plain { text.parse::<u32>().ok().filter(|value| *value <= most) } else { None }
    }

    fn is_day(&self, at: usize) -> bool {
        self.text(at).len() <= 2 && self.small_integer(at, 31).is_some_and(|day| day > 0)
    }

    /// A plain four-digit number from 1900 to 2099.
    fn is_year_like(&self, at: usize) -> bool {
        self.text(at).len() == 4 && self.small_integer(at, 2_099).is_some_and(|year| year >= 1_900)
    }

    fn is_month(&self, at: usize) -> bool {
        self.is_kind(at, Kind::Word) && is_month(self.text(at))
    }

    /// Whether a token is a dash that touches both its neighbours.
    fn joins(&self, at: usize) -> bool {
        self.is_any(at, &DASHES) && self.touches(at) && self.touches(at.saturating_add(1))
    }

    /// Where something that is no figure ends, if it starts at this token.
    pub fn no_figure(&self, at: usize) -> Option<usize> {
        let next = at.saturating_add(1);
        match self.get(at)?.kind {
            Kind::Code => Some(next),
            Kind::Number => {
                self.part_of_a_code(at).or_else(|| self.date(at)).or_else(|| self.clock(at)).or_else(|| {
                    let named = self.list_number(at) || self.label_before(at) || self.score(at) || self.year(at);
                    named.then_some(next)
                })
            }
            Kind::Word => self.no_figure_word(at),
            Kind::Sign => None,
        }
    }

    /// Digits joined to letters or to more digits: "COVID-19", "4th", "3D", "24/7", "02-1234-5678", "2025-12-18".
    fn part_of_a_code(&self, at: usize) -> Option<usize> {
        let next = at.saturating_add(1);
        if self.touches(next) {
            if self.is_any(next, &ORDINAL_ENDINGS) || self.is_kind(next, Kind::Code) {
                let month = if self.is(next.saturating_add(1), "of") { 3 } else { 2 };
                let month = at.saturating_add(month);
                return Some(if self.is_month(month) {
                    self.past_year(month.saturating_add(1))
                } else {
                    at.saturating_add(2)
                });
            }
            let decade = self.is_any(next, &["s", "'s", "’s"]) && !self.text(at).contains('.');
            if decade && !self.touches(next.saturating_add(1)) {
                return Some(at.saturating_add(2));
            }
        }
        if let Some(end) = self.chain(at) {
            return Some(end);
        }
        if self.text(at).len() > 1 && self.text(at).starts_with('0') && !self.text(at).contains('.') {
            return Some(next);
        }
        let before = self.before(at);
        if !self.touches(at) {
            return None;
        }
        let word_before = |at: usize| self.is_kind(at, Kind::Word) || self.is_kind(at, Kind::Code);
        // "<>30" and "≠30" say what it is not.
        let unequal = self.is(before, "≠")
            || (self.is(before, ">") && self.touches(before) && self.is(self.before(before), "<"))
            || (self.is(before, "=") && self.touches(before) && self.is(self.before(before), "!"));
        if unequal {
            return Some(next);
        }
        let joined = word_before(before)
            || self.is_any(before, &["#", "@", "§", "_"])
            || (self.is_any(before, &["-", "–", ".", "/", "\\", "_", ":", "\u{2011}"])
                && self.touches(before)
                && word_before(self.before(before))
                && !self.is_any(self.before(before), &["s"])
                && !self.is_unit_of_digits(self.before(before)))
            || (self.is(before, "[") && self.is(next, "]"));
        joined.then_some(next)
    }

    /// A scale or a unit that touches digits: the "k" of "5k-20k".
    fn is_unit_of_digits(&self, at: usize) -> bool {
        let known = || {
            let word = self.text(at);
            SCALE_SUFFIXES.iter().any(|(name, _, _)| *name == word)
                || MEASURES.iter().any(|(names, _)| names.contains(&word))
        };
        self.touches(at) && self.is_kind(self.before(at), Kind::Number) && known()
    }

    /// Digits joined by slashes, colons or two and more dashes; a date of two parts.
    fn chain(&self, at: usize) -> Option<usize> {
        let mut end = at.saturating_add(1);
        let (mut links, mut dashes_only) = (0_usize, true);
        while self.touches(end)
            && self.touches(end.saturating_add(1))
            && (self.is_any(end, &DASHES) || self.is_any(end, &["/", ":"]))
            && self.is_kind(end.saturating_add(1), Kind::Number)
        {
            dashes_only &= self.is_any(end, &DASHES);
            links = links.saturating_add(1);
            end = end.saturating_add(2);
        }
        let last = self.before(end);
        let year_first = self.is_year_like(at) && self.text(last).len().is_multiple_of(2) && self.text(last).len() <= 4;
        let is_share = links == 1 && self.is(at.saturating_add(1), "/") && self.is(end, "of");
        let chain = links >= 2 || (links == 1 && (!dashes_only || year_first) && !is_share);
        chain.then_some(end)
    }

    /// "18 December 2025", "December 18", "3 to 5 December", "18 and 19 December".
    fn date(&self, at: usize) -> Option<usize> {
        if !self.is_day(at) {
            return None;
        }
        let next = at.saturating_add(1);
        if self.follows(next) && self.is_month(next) {
            return Some(self.past_year(at.saturating_add(2)));
        }
        let second = at.saturating_add(2);
        let linked = self.is_any(next, &DASHES) || self.is_any(next, &["to", "and", "or", ",", "&"]);
        if linked && self.follows(second) {
            // A list of days is short; a hostile one is cut into pieces.
            let mut last = second;
            for _ in 0..6 {
                if !self.is_day(last) {
                    break;
                }
                let after = last.saturating_add(1);
                if self.is_month(after) && self.follows(after) {
                    return Some(self.past_year(last.saturating_add(2)));
                }
                if !self.is_any(after, &["and", "or", ",", "to", "-", "–"]) {
                    break;
                }
                last = last.saturating_add(2);
            }
        }
        let before = self.before(at);
        let month = if self.is(before, ".") && self.touches(before) { self.before(before) } else { before };
        if !self.is_month(month) || !self.follows(at) {
            return None;
        }
        // "In December 26 people were held" counts people; "on December 26" is a day.
        let counted = self.is_any(self.before(month), &["in", "this", "last", "during", "throughout"]);
        let dated = self.is(next, ",") && self.is_year_like(second);
        if counted && !dated {
            return None;
        }
        let more = self.is_any(next, &DASHES) || self.is_any(next, &["to", "and", "or", "&"]);
        if more && self.is_day(second) && self.follows(second) {
            let counts =
                self.is_kind(at.saturating_add(3), Kind::Word) && !self.is_any(at.saturating_add(3), &["in", "at"]);
            if !(counts && self.is_any(next, &["and", "or"])) {
                return Some(self.past_year(at.saturating_add(3)));
            }
        }
        Some(self.past_year(next))
    }

    /// One past a year, if one stands here with or without a comma.
    fn past_year(&self, at: usize) -> usize {
        let dot = if self.is(at, ".") && self.touches(at) { at.saturating_add(1) } else { at };
        for year in [dot, if self.is(dot, ",") { dot.saturating_add(1) } else { dot }] {
            if self.is_year_like(year) && self.follows(year) {
                return year.saturating_add(1);
            }
        }
        at
    }

    /// "1." or "1)" at the start of a paragraph, or of a line after a line that begins so, or "(1)".
    fn list_number(&self, at: usize) -> bool {
        if !self.is_marked(at) {
            return false;
        }
        let first = if self.is(self.before(at), "(") && self.touches(at) { self.before(at) } else { at };
        match self.get(first).map(|token| token.gap) {
            Some(Gap::Paragraph) => true,
            // A line may also be broken before the last number of a sentence.
            Some(Gap::Line) => !self.is_kind(self.before(first), Kind::Word) || self.line_before_is_item(first),
            _ => false,
        }
    }

    /// Whether a dot or a bracket and then text come after a small number.
    fn is_marked(&self, at: usize) -> bool {
        let (mark, text) = (at.saturating_add(1), at.saturating_add(2));
        self.is_any(mark, &[".", ")"])
            && self.touches(mark)
            && self.small_integer(at, 999).is_some()
            && self.get(text).is_some_and(|token| token.gap == Gap::Space)
    }

    fn line_before_is_item(&self, at: usize) -> bool {
        let mut start = at;
        for _ in 0..LINE_REACH {
            start = self.before(start);
            match self.get(start).map(|token| token.gap) {
                Some(Gap::Line | Gap::Paragraph) => return self.is_marked(start),
                None => return false,
                _ => {}
            }
        }
        false
    }

    /// "Article 5", "Boeing 737", "No. 10".
    fn label_before(&self, at: usize) -> bool {
        let before = self.before(at);
        let dotted = self.is(before, ".") && self.touches(before);
        let label = if dotted { self.before(before) } else { before };
        if !self.is_kind(label, Kind::Word) || !self.follows(at) {
            return false;
        }
        let capital = CAPITAL_LABELS.contains(&self.text(label));
        let short = dotted && self.is_any(label, &["no", "p", "pp", "art", "ch", "sec", "vol", "fig"]);
        // A sentence may end in such a word: "He left the room. 26 stayed".
        (!dotted && (capital || self.is_any(label, &LABELS))) || short
    }

    /// "won 2-1": two numbers with a dash after a word of sport.
    fn score(&self, at: usize) -> bool {
        let here =
            |at: usize| (1..=3).any(|back| at.checked_sub(back).is_some_and(|word| self.is_any(word, &BEFORE_SCORE)));
        let first = self.joins(at.saturating_add(1)) && self.is_kind(at.saturating_add(2), Kind::Number);
        let second =
            self.touches(at) && self.joins(self.before(at)) && self.is_kind(self.before(self.before(at)), Kind::Number);
        (first && here(at)) || (second && here(self.before(self.before(at))))
    }

    /// A bare number from 1900 to 2099 that its neighbours make a year.
    fn year(&self, at: usize) -> bool {
        if !self.is_year_like(at) || self.is_money_sign(self.before(at)) {
            return false;
        }
        let next = at.saturating_add(1);
        if self.is_any(next, &["%", "per", "percent"]) {
            return false;
        }
        let before = self.before(at);
        let named = self.is_month(before)
            || self.is_any(before, &BEFORE_YEAR)
            || self.is(before, ",")
            || self.is_kind(before, Kind::Code)
            || self.text(before).ends_with("'s")
            || self.text(before).ends_with("’s");
        if named && self.follows(at) {
            return true;
        }
        let noun = self.text(next);
        let counts = self.is_kind(next, Kind::Word)
            && self.follows(next)
            && !self.touches(next)
            && (self.is_any(next, &PLURALS) || noun.ends_with('s'))
            && !self.is_any(next, &NO_PLURALS)
            && !self.is_any(next, &AFTER_YEAR);
        let adjective = self.is_kind(next, Kind::Word)
            && noun.chars().next().is_some_and(char::is_uppercase)
            && self.is_kind(at.saturating_add(2), Kind::Word)
            && self.text(at.saturating_add(2)).ends_with('s');
        let scaled =
            self.is_any(next, &["million", "billion", "trillion", "thousand", "bn", "mn", "km", "euros", "dollars"]);
        !(counts || adjective || scaled)
    }

    fn is_money_sign(&self, at: usize) -> bool {
        self.is_kind(at, Kind::Sign) && self.is_any(at, &["$", "€", "£", "¥", "₩", "₹"])
    }

    /// "one" as a pronoun, "half" as a part of the year or the match, ordinals after a hyphen.
    fn no_figure_word(&self, at: usize) -> Option<usize> {
        if let Some(past) = self.clock_words(at) {
            return Some(past);
        }
        let (before, next) = (self.before(at), at.saturating_add(1));
        let preceded = |words: &[&str]| self.is_any(before, words) && self.follows(at);
        if self.is(at, "one") {
            let hyphen = self.joins(next);
            let compound =
                self.is_any(at.saturating_add(2), &COMPOUNDS) || self.is_any(at.saturating_add(2), &TIME_NOUNS);
            let fraction = PARTS.iter().any(|part| self.is(at.saturating_add(2), part));
            if hyphen {
                return (!compound && !fraction).then_some(at.saturating_add(3));
            }
            let joined = self.touches(at) && self.is_any(before, &DASHES);
            let noun = self.is_kind(next, Kind::Word) && self.follows(next);
            let scale = self.is_any(next, &["hundred", "thousand", "million", "billion", "trillion", "dozen"]);
            let many = at.saturating_add(2);
            let many = if self.is(many, "every") { many.saturating_add(1) } else { many };
            let links = self.is(next, "in") || self.past_words(next, &["of", "every"]).is_some();
            let in_many = links && (is_number_word(self.text(many)) || self.is_part_of_many(many));
            let out_of = self.past_words(next, &["out", "of"]).is_some();
            let and_a_half = self.past_words(next, &["and", "a"]).is_some() || self.is_any(next, &["to", "or"]);
            let excluded = preceded(&BEFORE_ONE) || !noun || self.is_any(next, &AFTER_ONE);
            return (joined || (excluded && !scale && !in_many && !out_of && !and_a_half)).then_some(next);
        }
        if self.is(at, "half") {
            let other =
                preceded(&["first", "second", "the", "other", "better", "latter", "in", "this", "last", "opening"]);
            let joined = self.joins(next) || (self.touches(at) && self.is_any(before, &DASHES));
            let share = self.is_any(next, &["of", "the", "its", "their", "his", "her", "our", "all", "those", "these"])
                || (self.is_any(next, &["a", "an"]) && !self.is_any(at.saturating_add(2), &TIME_NOUNS))
                || self.is_any(before, &BEFORE_HALF)
                || (self.is_any(next, &["to", "and"]) && self.is_any(at.saturating_add(2), &["two", "three", "a"]))
                || !self.is_kind(next, Kind::Word);
            return (other || joined || !share).then_some(next);
        }
        // "An hour and a half", "a mile and a half".
        let timed = at.checked_sub(2).is_some_and(|noun| self.is_measure(noun)) && preceded(&["and"]);
        if timed && self.is_any(at, &["a", "one"]) && (self.is(next, "half") || self.is_any(next, &PARTS)) {
            return Some(at.saturating_add(2));
        }
        if self.is_any(at, &["a", "an", "one"]) && self.is_any(next, &PARTS) {
            let past = at.saturating_add(2);
            // "Between a third and a half of voters".
            let ranges = self.is_any(past, &["and", "to", "or"])
                && self.is_any(past.saturating_add(1), &["a", "an", "one", "two", "three", "half"]);
            let share = self.is(past, "of") || !self.is_kind(past, Kind::Word) || ranges;
            return (!share).then_some(past);
        }
        if is_number_word(self.text(at)) {
            if self.touches(at) && self.is_any(before, &DASHES) && self.touches(before) {
                return Some(next);
            }
            // "three quarters of growth", "three quarters said yes": without more, nobody can tell which.
            let parts = next.saturating_add(1);
            if self.are_parts(at, parts) && !self.is_share_of(parts) && !self.is_in_a_row(parts) {
                return Some(parts);
            }
            let tens = self.joins(next) && self.is_any(at.saturating_add(2), &ORDINALS);
            return tens.then_some(at.saturating_add(3));
        }
        None
    }

    /// The digits of "one in 10", which are no year and no day.
    fn is_part_of_many(&self, at: usize) -> bool {
        let digits = self.text(at).replace(',', "");
        let small = self.is_kind(at, Kind::Number) && digits.len() <= 7 && digits.parse::<u32>().is_ok();
        small && !self.is_month(at.saturating_add(1))
    }

    /// "three quarters" in a row: three periods, and no share.
    pub fn is_count_of_parts(&self, at: usize, end: usize) -> bool {
        self.are_parts(at, end) && self.is_in_a_row(end)
    }

    /// Whether a word is a unit that is written out: "mile", "hour".
    fn is_measure(&self, at: usize) -> bool {
        self.text(at).len() > 2 && self.measure(at).is_some()
    }

    /// Whether a share that ends here is one of a unit: "of an hour", "a mile".
    pub fn is_of_a_unit(&self, end: usize) -> bool {
        let article = if self.is(end, "of") { end.saturating_add(1) } else { end };
        self.is_any(article, &["a", "an"]) && self.is_measure(article.saturating_add(1))
    }

    /// "Three quarters", "two halves": shares of something, or so many quarters of a year. A hyphen makes a share of it,
    /// and of parts that no time has, there are only shares.
    fn are_parts(&self, at: usize, end: usize) -> bool {
        let few = end.saturating_sub(at) == 2 && self.is_any(at, &["two", "three"]);
        few && self.is_any(at.saturating_add(1), &["quarters", "halves"])
    }

    fn is_share_of(&self, end: usize) -> bool {
        self.is(end, "of") && self.is_any(end.saturating_add(1), &OF_WHOM)
    }

    fn is_in_a_row(&self, end: usize) -> bool {
        self.past_words(end, &["in", "a", "row"]).is_some() || self.is_any(end, &["running", "straight"])
    }

    /// Whether "from a to b" that starts here tells of a change: then it states two figures and not a range.
    pub fn is_change(&self, from: usize) -> bool {
        let mut at = from;
        for _ in 0..CHANGE_REACH {
            if !self.follows(at) {
                return false;
            }
            at = self.before(at);
            if self.is_any(at, &[".", ";", ":", "?", "!"]) {
                return false;
            }
            if self.is_any(at, &CHANGES) {
                return true;
            }
        }
        false
    }

    /// Whether a number of days, months or years is a stretch of time ("the past two months", "two days later").
    pub fn is_stretch_of_time(&self, start: usize, end: usize) -> bool {
        let before = self.before(start);
        let span = self.is(before, "the") && self.is_any(end, &["to", "through", "until", "ended", "ending"]);
        self.is_any(before, &BEFORE_PERIOD) || (self.is_any(end, &AFTER_PERIOD) && self.follows(end)) || span
    }

    /// Whether a hyphen after a number joins it to a word that it does not count: "three-way".
    pub fn is_joined_to_a_word(&self, end: usize) -> bool {
        let word = end.saturating_add(1);
        self.joins(end)
            && (self.is_kind(word, Kind::Word) || self.is_kind(word, Kind::Code))
            && !self.is_any(word, &COMPOUNDS)
            && !is_number_word(self.text(word))
    }
}

/// Parts that "a" makes a share only before "of" or at an end: "a third of voters", but "a third man".
const PARTS: [&str; 8] = ["third", "quarter", "fourth", "fifth", "sixth", "eighth", "ninth", "tenth"];

/// Words after "three quarters of" that show that it is a share.
const OF_WHOM: [&str; 14] =
    ["the", "a", "all", "its", "their", "those", "these", "his", "her", "our", "them", "us", "people", "voters"];

/// Times that half of is no figure.
const TIME_NOUNS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];
