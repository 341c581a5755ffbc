//! One pass over the words of a change: its sizes, its directions, how sharp it was, and what turns it around.

use super::super::phrase::Phrases;
use super::super::rows::DENIALS;
use super::super::token::{Kind, Tokens};
use super::super::{Found, Rational, ReadingPolicy, Unit, find};
use super::context::{
    AFTER_UP, ANOTHER_REACH, BEFORE_BY, BEFORE_FALL, BEFORE_LEVEL, BEFORE_SEASON, BEFORE_UP, BESIDE_ANOTHER, BETWEEN,
    BOUNDS, GIVING, NO_DIRECTION_BEFORE, OBJECT_AT_MOST, PARTICLES, PARTING, REVERSALS, TAKES_AN_OBJECT,
    WITHIN_NO_OBJECT,
};
use super::in_percent;
use super::size::{self, Multiple};
use super::words::{DEGREES, DIRECTIONS, DegreeRow, Direction, LEVELS, LevelRow};
use std::ops::Range;

/// No more words than this stand between a size and its direction.
const BETWEEN_AT_MOST: usize = 5;

/// A word of direction.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) direction: Direction,
    /// Its tokens.
    pub(super) at: Range<usize>,
    /// Whether it says so wherever it stands.
    pub(super) is_clear: bool,
}

/// A figure of the text that is a size, or could be.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) at: Range<usize>,
    pub(super) found: Found,
    /// Whether it is a share: "by a third".
    pub(super) is_share: bool,
    /// Whether "up to" before it is where something went, and no bound: "edged up to 5% from 4%".
    is_reached: bool,
}

/// The words of a change, sorted.
pub(super) struct Scan<'t> {
    pub(super) tokens: Tokens<'t>,
    pub(super) policy: &'t ReadingPolicy,
    pub(super) figures: Vec<Figure>,
    pub(super) multiples: Vec<Multiple>,
    pub(super) marks: Vec<Mark>,
    pub(super) levels: Vec<(&'static LevelRow, Range<usize>)>,
    pub(super) degrees: Vec<(&'static DegreeRow, usize)>,
    pub(super) reversal: Option<usize>,
}

/// The direction of a word, in small letters, and whether it says so wherever it stands.
pub(super) fn direction_of(word: &str) -> Option<(Direction, bool)> {
    DIRECTIONS.iter().find_map(|row| {
        let clear = row.clear.contains(&word);
        (clear || row.beside.contains(&word)).then_some((row.direction, clear))
    })
}

impl<'t> Scan<'t> {
    pub(super) fn of(text: &'t str, policy: &'t ReadingPolicy) -> Self {
        let tokens = Tokens::new(text);
        let mut scan = Self {
            policy,
            figures: figures(&tokens, text, policy),
            tokens,
            multiples: Vec::new(),
            marks: Vec::new(),
            levels: Vec::new(),
            degrees: Vec::new(),
            reversal: None,
        };
        scan.sort();
        scan.marks = std::mem::take(&mut scan.marks).into_iter().filter(|mark| scan.is_meant(mark)).collect();
        scan
    }

    /// Sorts the tokens, each into the first kind that takes it.
    fn sort(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let level = LEVELS.iter().flat_map(|row| row.words.iter().map(move |words| (row, *words)));
            let level = level.filter_map(|(row, words)| self.tokens.past_words(at, words).map(|end| (row, end)));
            if let Some((row, end)) = level.max_by_key(|(_, end)| *end) {
                self.levels.push((row, at..end));
                at = end;
                continue;
            }
            let shared = Phrases::new(&self.tokens, self.policy, false);
            if let Some(multiple) = size::at(&shared, at) {
                at = multiple.to.max(at.saturating_add(1));
                self.multiples.push(multiple);
                continue;
            }
            // "Half a per cent" is a figure already, and no half.
            let in_percent =
                |it: &Figure| it.at.start == at && matches!(it.found.quantity.unit, Unit::Percent | Unit::Points);
            let known = self.figures.iter().any(in_percent);
            if let Some(figure) = if known { None } else { self.share(at) } {
                at = figure.at.end.max(at.saturating_add(1));
                self.figures.retain(|other| other.at.start != figure.at.start);
                self.figures.push(figure);
                continue;
            }
            if let Some(place) = self.figures.iter().position(|figure| figure.at.start == at) {
                let past = self.figures.get(place).map_or(at, |figure| figure.at.end);
                if self.is_reached(at, past) {
                    self.marks.push(Mark { direction: Direction::Up, at: at..at.saturating_add(1), is_clear: true });
                    self.figures.get_mut(place).into_iter().for_each(|figure| figure.is_reached = true);
                }
                at = past.max(at.saturating_add(1));
                continue;
            }
            self.word(at);
            at = at.saturating_add(1);
        }
        self.figures.sort_by_key(|figure| figure.at.start);
        // "Three times as many" counts nothing three times.
        let multiples = &self.multiples;
        self.figures.retain(|figure| !multiples.iter().any(|it| it.from <= figure.at.start && figure.at.start < it.to));
    }

    /// Whether "up to" begins a figure that something went up to.
    fn is_reached(&self, at: usize, past: usize) -> bool {
        let went = at.checked_sub(1).is_some_and(|before| self.tokens.is_any(before, &BEFORE_UP));
        self.tokens.past_words(at, &["up", "to"]).is_some() && (went || self.tokens.is(past, "from"))
    }

    /// A share that starts at a token: "a third", "almost half". Not in digits.
    fn share(&self, at: usize) -> Option<Figure> {
        let phrases = Phrases::new(&self.tokens, self.policy, false);
        let phrase = phrases.at(at).ok().flatten().filter(|phrase| phrase.end > at)?;
        let to = phrase.end;
        let quantity = phrase.quantity(self.tokens.slice(at, to));
        let number = quantity.number.as_ref()?;
        let is_share = quantity.is_share() && !quantity.text.contains(|it: char| it.is_ascii_digit());
        let range = self.bytes(&(at..to));
        let hundred = Rational::from(100);
        let of = in_percent(&quantity.text, Some(number * &hundred), quantity.reading.scale(&hundred));
        let found = Found { start: range.start, end: range.end, quantity: of };
        is_share.then_some(Figure { at: at..to, found, is_share, is_reached: false })
    }

    fn word(&mut self, at: usize) {
        if !self.tokens.is_kind(at, Kind::Word) {
            return;
        }
        let written = self.tokens.text(at);
        let word = written.to_lowercase();
        let denied = ["n't", "n’t"].iter().any(|end| word.ends_with(end));
        if denied || DENIALS.contains(&word.as_str()) || REVERSALS.contains(&word.as_str()) {
            self.reversal.get_or_insert(at);
        }
        if let Some(row) = DEGREES.iter().find(|row| row.words.contains(&word.as_str())) {
            self.degrees.push((row, at));
        }
        let own = self.policy.table.as_deref().and_then(|table| table.change.direction(&self.tokens, at));
        let built_in = || direction_of(&word).map(|(direction, clear)| (direction, clear, at.saturating_add(1)));
        if let Some((direction, clear, end)) = own.map(|(direction, end)| (direction, true, end)).or_else(built_in) {
            // A capital within a sentence makes a name of it: "Rose Smith", "the Fall".
            let is_name =
                written.starts_with(char::is_uppercase) && at > 0 && !self.tokens.is(at.saturating_sub(1), ".");
            self.marks.push(Mark { direction, at: at..end, is_clear: clear && !is_name });
        }
    }

    /// Whether a word of direction says one here.
    fn is_meant(&self, mark: &Mark) -> bool {
        let tokens = &self.tokens;
        let (first, next) = (mark.at.start, mark.at.end);
        if tokens.is_any(next, &NO_DIRECTION_BEFORE) && !self.is_part_of_size(next) {
            return false;
        }
        let before = first.checked_sub(1).unwrap_or(usize::MAX);
        let second = before.checked_sub(1).unwrap_or(usize::MAX);
        if self.is_of_another(mark) || (tokens.is(first, "up") && tokens.is_any(before, &GIVING)) {
            return false;
        }
        if tokens.is(first, "fall") {
            let article = tokens.is(before, "the");
            let season = tokens.is_any(if article { second } else { before }, &BEFORE_SEASON);
            let of_what = tokens.is(next, "in") && !tokens.is_kind(next.saturating_add(1), Kind::Number);
            let degree = self.degrees.iter().any(|(_, at)| *at == before);
            if season {
                return false;
            }
            if of_what || degree || tokens.is_any(before, &BEFORE_FALL) {
                return true;
            }
        }
        if tokens.is_any(first, &["up", "down"])
            && (tokens.is_any(next, &AFTER_UP)
                || tokens.is_any(before, &BEFORE_UP)
                || (tokens.is(first, "down") && tokens.is(next, "to")))
        {
            return true;
        }
        let sized = self.figures.iter().any(|figure| self.is_tied(mark, &figure.at));
        mark.is_clear || sized || self.multiples.iter().any(|it| self.is_tied(mark, &(it.from..it.to)))
    }

    /// Whether a word of direction tells of another change than the one whose size stands before it: "3.2%, after a fall".
    fn is_of_another(&self, mark: &Mark) -> bool {
        let first = mark.at.start;
        let near = first.saturating_sub(ANOTHER_REACH)..first;
        let link = near.rev().find(|at| self.tokens.is_any(*at, &BESIDE_ANOTHER));
        let is_sized = |link: usize| {
            let before = self.figures.iter().any(|figure| figure.at.end <= link);
            before && !self.figures.iter().any(|figure| link <= figure.at.start && figure.at.end <= first)
        };
        link.is_some_and(is_sized)
    }

    /// Whether a word after a direction belongs to its size: "fell over 8%", "dropped off by 8%".
    fn is_part_of_size(&self, at: usize) -> bool {
        let next = at.saturating_add(1);
        let begins = |at: usize| self.figures.iter().any(|figure| figure.at.start == at);
        begins(at) || (self.tokens.is_any(at, &PARTICLES) && (self.tokens.is(next, "by") || begins(next)))
    }

    /// Whether a direction stands right before a size ("fell by 8%") or right after it ("an 8% yearly drop").
    pub(super) fn is_tied(&self, mark: &Mark, size: &Range<usize>) -> bool {
        let tokens = &self.tokens;
        let may_part = |range: Range<usize>, between: &dyn Fn(usize) -> bool| {
            range.start <= range.end && range.len() <= BETWEEN_AT_MOST && range.clone().all(between)
        };
        let before = |at: usize| tokens.is_any(at, &BETWEEN) || tokens.text(at).ends_with("ly");
        let after = |at: usize| {
            // The "on" of "year-on-year" parts nothing.
            let word = tokens.is_kind(at, Kind::Word) && (tokens.touches(at) || !tokens.is_any(at, &PARTING));
            word || tokens.is_any(at, &["-", "\u{2011}", ","])
        };
        may_part(mark.at.end..size.start, &before)
            || may_part(size.end..mark.at.start, &after)
            || self.is_by(mark, size)
            || self.is_of_object(mark, size)
    }

    /// Whether "by" makes it the size of the last direction before it: "cut the risk of relapse by 47%".
    fn is_by(&self, mark: &Mark, size: &Range<usize>) -> bool {
        let tokens = &self.tokens;
        let by = size.start.checked_sub(1).filter(|at| tokens.is(*at, "by"));
        let Some(between) = by.and_then(|by| by.checked_sub(mark.at.end).map(|_| mark.at.end..by)) else {
            return false;
        };
        between.len() <= BEFORE_BY && !between.clone().any(|at| self.parts(at))
    }

    /// Whether a word parts a direction before it from what comes after: it says a direction or a number itself, or a
    /// sentence ends there.
    pub(super) fn parts(&self, at: usize) -> bool {
        direction_of(&self.tokens.text(at).to_lowercase()).is_some()
            || self.tokens.is_any(at, &[".", ";", ":", "?", "!"])
            || self.tokens.is_kind(at, Kind::Number)
    }

    /// Whether a percentage is by how much the object of a verb before it was changed: "cut emissions 23%".
    fn is_of_object(&self, mark: &Mark, size: &Range<usize>) -> bool {
        let tokens = &self.tokens;
        let between = mark.at.end..size.start;
        let is_object = |at: usize| {
            tokens.is_kind(at, Kind::Word) && !tokens.is_any(at, &WITHIN_NO_OBJECT) && !tokens.is_any(at, &PARTING)
        };
        let is_percent = || {
            let same = |figure: &&Figure| figure.at == *size && figure.found.quantity.unit == Unit::Percent;
            self.figures.iter().any(|figure| same(&figure))
        };
        tokens.is_any(mark.at.start, &TAKES_AN_OBJECT)
            && (1..=OBJECT_AT_MOST).contains(&between.len())
            && between.clone().all(|at| is_object(at) && !self.parts(at))
            && !tokens.is(size.end, "of")
            && is_percent()
    }

    /// Whether it comes to, from or stands at that figure.
    pub(super) fn is_level(&self, figure: &Figure) -> bool {
        let inside = self.tokens.is_any(figure.at.start, &["from", "to"]);
        figure.is_reached
            || inside
            || self.is_passed(figure, &BOUNDS)
            || figure.at.start.checked_sub(1).is_some_and(|before| self.tokens.is_any(before, &BEFORE_LEVEL))
    }

    /// Whether a figure that one of these words begins is where something went, and not by how much: "fell below 8%".
    pub(super) fn is_passed(&self, figure: &Figure, words: &[&str]) -> bool {
        let went = |at: usize| {
            self.tokens.is_any(at, &BEFORE_UP)
                || self.marks.iter().any(|mark| mark.at.end == at.saturating_add(1) && !self.is_noun(mark))
        };
        self.tokens.is_any(figure.at.start, words) && figure.at.start.checked_sub(1).is_some_and(went)
    }

    /// Whether an article or an adjective before it makes it a noun: "a fall".
    fn is_noun(&self, mark: &Mark) -> bool {
        let before = mark.at.start.checked_sub(1);
        before.is_some_and(|at| self.tokens.is_any(at, &["a", "an", "the", "its", "their"]))
    }

    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.tokens.get(tokens.start).map_or(0, |token| token.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        first..last.map_or(first, |token| token.end)
    }

    /// Whether any word says a direction, or that nothing changed.
    pub(super) fn says_direction(&self) -> bool {
        !self.marks.is_empty() || !self.multiples.is_empty() || !self.levels.is_empty()
    }

    /// Whether every word has a part in it, so that it is a change from end to end.
    pub(super) fn is_covered(&self) -> bool {
        let percent = |it: &&Figure| it.is_share || it.found.quantity.unit == Unit::Percent;
        let sizes = self.figures.iter().filter(percent).map(|it| it.at.clone());
        let sizes: Vec<Range<usize>> = sizes.chain(self.multiples.iter().map(|it| it.from..it.to)).collect();
        let joined = self.marks.iter().flat_map(|mark| {
            let tied = sizes.iter().filter(|size| self.is_tied(mark, size));
            tied.map(|size| mark.at.start.min(size.start)..mark.at.end.max(size.end))
        });
        let marks = self.marks.iter().map(|mark| mark.at.clone());
        let levels = self.levels.iter().map(|(_, range)| range.clone());
        let degrees = self.degrees.iter().map(|(_, at)| *at..at.saturating_add(1));
        let parts: Vec<Range<usize>> = marks.chain(levels).chain(degrees).chain(joined).chain(sizes.clone()).collect();
        (0..self.tokens.len()).all(|at| self.tokens.is_any(at, &BETWEEN) || parts.iter().any(|part| part.contains(&at)))
    }
}

/// The figures of a text, by their tokens.
fn figures(tokens: &Tokens<'_>, text: &str, policy: &ReadingPolicy) -> Vec<Figure> {
    let placed = find(text, policy).into_iter().map(|found| {
        let at = tokens.between(found.start, found.end);
        Figure { at, found, is_share: false, is_reached: false }
    });
    placed.collect()
}
