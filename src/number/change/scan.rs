//! One pass over the words of a change: its sizes, its directions, how sharp it was, and what turns it around.

use super::super::phrase::Phrases;
use super::super::rows::DENIALS;
use super::super::token::{Kind, Tokens};
use super::super::{Found, Interval, Rational, Reading, ReadingPolicy, Rounding, Step, Unit, explain, find};
use super::context::{
    AFTER_UP, BEFORE_BY, BEFORE_FALL, BEFORE_LEVEL, BEFORE_SEASON, BEFORE_UP, BETWEEN, BOUNDS, NO_DIRECTION_BEFORE,
    OBJECT_AT_MOST, PARTICLES, PARTING, REVERSALS, TAKES_AN_OBJECT, WITHIN_NO_OBJECT,
};
use super::size::{self, Multiple};
use super::table::{degree_reach, level_reaches};
use super::words::{DEGREES, DIRECTIONS, DegreeRow, Direction, LEVELS, LevelRow};
use super::{Changes, Doubt, in_percent, of_size, towards};
use std::ops::Range;

/// No more words than this stand between a size and its direction.
const BETWEEN_AT_MOST: usize = 5;

/// A degree stands no further than this from the direction that it is one of.
const DEGREE_REACH: usize = 3;

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
    levels: Vec<(&'static LevelRow, Range<usize>)>,
    degrees: Vec<(&'static DegreeRow, usize)>,
    reversal: Option<usize>,
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
    fn is_passed(&self, figure: &Figure, words: &[&str]) -> bool {
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

    /// What it all says.
    pub(super) fn changes(&self) -> Changes {
        let ties = |figure: &&Figure| self.marks.iter().any(|mark| self.is_tied(mark, &figure.at));
        let percent =
            self.figures.iter().filter(|figure| !figure.is_share && figure.found.quantity.unit == Unit::Percent);
        let (levels, sizes): (Vec<&Figure>, Vec<&Figure>) =
            percent.partition(|figure| self.is_level(figure) || self.is_passed(figure, &["over"]));
        let shares = self.figures.iter().filter(|figure| figure.is_share && !self.is_level(figure)).filter(ties);
        let mut sizes: Vec<&Figure> = sizes.into_iter().chain(shares).collect();
        sizes.sort_by_key(|figure| figure.at.start);

        let (ways, doubt) = self.ways(&sizes);
        let has_size = !sizes.is_empty() || !self.multiples.is_empty();
        let as_before = || self.levels.first().filter(|_| !has_size).map(|_| Direction::Level);
        let ways = ways.or_else(as_before);
        let unsaid = || (has_size && !sizes.iter().all(|it| is_signed(&it.found))).then_some(Doubt::Unsaid);
        let doubt = doubt.or_else(|| if ways.is_none() { unsaid() } else { None });
        let way = ways.filter(|_| doubt.is_none());
        let signed = sizes.iter().map(|figure| self.signed(figure, way));
        let multiples = self.multiples.iter().map(|it| {
            let direction = if it.is_turned { way.unwrap_or(it.direction) } else { it.direction };
            let range = self.with_direction(&(it.from..it.to), direction);
            let bytes = self.bytes(&range);
            let mut quantity = it.quantity(&self.tokens, direction, self.policy);
            quantity.text = self.tokens.slice(range.start, range.end).to_owned();
            Found { start: bytes.start, end: bytes.end, quantity }
        });
        let mut sizes: Vec<Found> = signed.chain(multiples).collect();
        sizes.sort_by_key(|found| found.start);
        Changes {
            alone: if has_size || doubt.is_some() { None } else { way.and_then(|way| self.alone(way)) },
            levels: levels.into_iter().map(|figure| figure.found.clone()).collect(),
            sizes,
            doubt,
        }
    }

    /// The figures that something came to or from, if a word says that it moved.
    pub(super) fn reached(&self) -> Vec<Found> {
        let moved = !self.marks.is_empty() || self.figures.len() > 1;
        let reached = self.figures.iter().filter(|it| moved && !it.is_share && self.is_level(it));
        reached.map(|figure| figure.found.clone()).collect()
    }

    /// By which rows it is read so, in the order of the words.
    pub(super) fn steps(&self) -> Vec<Step> {
        let of = |row: &'static str, range: &Range<usize>, says: String| Step {
            row,
            words: self.tokens.slice(range.start, range.end).to_owned(),
            says,
        };
        let mut steps: Vec<(usize, Step)> = Vec::new();
        for mark in &self.marks {
            let (row, says) = match mark.direction {
                Direction::Down => ("fall", "a change for less: below zero"),
                _ => ("rise", "a change for more: above zero"),
            };
            steps.push((mark.at.start, of(row, &mark.at, says.to_owned())));
        }
        for (row, range) in &self.levels {
            let (hard, soft) = level_reaches(row, self.policy);
            let says = format!("no change: within {}% of it; most likely within {}%", hard.said(), soft.said());
            steps.push((range.start, of(row.name, range, says)));
        }
        for (row, at) in &self.degrees {
            let bound = if row.at_least { "or more" } else { "or less" };
            let size = degree_reach(row, self.policy).said();
            let says = format!("without a figure: most likely by {size}% {bound}; it bounds nothing for certain");
            steps.push((*at, of(row.name, &(*at..at.saturating_add(1)), says)));
        }
        for figure in &self.figures {
            let explained = explain(self.tokens.slice(figure.at.start, figure.at.end), self.policy);
            let own = explained.map(|explained| explained.steps).unwrap_or_default();
            steps.extend(own.into_iter().map(|step| (figure.at.start, step)));
        }
        for multiple in &self.multiples {
            let own = multiple.steps(&self.tokens, self.policy);
            steps.extend(own.into_iter().map(|step| (multiple.from, step)));
        }
        steps.sort_by_key(|(at, _)| *at);
        steps.into_iter().map(|(_, step)| step).collect()
    }

    /// The one direction that the words have, if it is one.
    fn ways(&self, sizes: &[&Figure]) -> (Option<Direction>, Option<Doubt>) {
        let signs = sizes.iter().filter(|it| is_signed(&it.found)).map(|it| {
            let down = it.found.quantity.reading.hard().hi().value().is_some_and(|hi| !hi.is_positive());
            (if down { Direction::Down } else { Direction::Up }, it.at.clone())
        });
        let marks = self.marks.iter().map(|mark| (mark.direction, mark.at.clone()));
        let multiples = self.multiples.iter().filter(|it| !it.is_turned).map(|it| (it.direction, it.from..it.to));
        let mut said: Vec<(Direction, Range<usize>)> = marks.chain(multiples).chain(signs).collect();
        said.sort_by_key(|(_, at)| at.start);
        let first = |direction| said.iter().find(|(it, _)| *it == direction).map(|(_, at)| at);
        let doubt = match (self.reversal, first(Direction::Up), first(Direction::Down)) {
            (Some(at), ..) => Some(Doubt::Denied(self.bytes(&(at..at.saturating_add(1))))),
            (None, Some(up), Some(down)) => Some(Doubt::BothWays(self.bytes(up), self.bytes(down))),
            _ => None,
        };
        let turned = self.multiples.first().map(|it| it.direction);
        (said.first().map(|(direction, _)| *direction).or(turned), doubt)
    }

    /// A figure with the sign of its direction, and with the words of it where they stand beside it.
    fn signed(&self, figure: &Figure, way: Option<Direction>) -> Found {
        let Some(way) = way.filter(|_| !is_signed(&figure.found)) else { return figure.found.clone() };
        let range = self.with_direction(&figure.at, way);
        let bytes = self.bytes(&range);
        let own = &figure.found.quantity;
        // "Fell 0.0%" may be no fall at all, once it is rounded.
        let rounded = own.number.as_ref().is_some_and(Rational::is_zero);
        let rise = if rounded { Interval::at_least(Rational::ZERO) } else { towards(Direction::Up) };
        let cut = |reading: &Reading| reading.within(&rise).unwrap_or_else(|| reading.clone());
        let reading = cut(&own.reading);
        let (number, reading) = if way == Direction::Down {
            let mirrored = self.mirrored(figure).map_or_else(|| reading.clone(), |other| reading.hull(&cut(&other)));
            (own.number.as_ref().map(|number| -number), mirrored.scale(&-&Rational::ONE))
        } else {
            (own.number.clone(), reading)
        };
        let quantity = in_percent(self.tokens.slice(range.start, range.end), number, reading);
        Found { start: bytes.start, end: bytes.end, quantity }
    }

    /// The size read by the opposite rounding: whether "floor" is that of a fall's size or of the change below nought
    /// is not said, so a fall admits both.
    fn mirrored(&self, figure: &Figure) -> Option<Reading> {
        let opposite = match self.policy.rounding? {
            Rounding::Floor => Rounding::Ceiling,
            Rounding::Ceiling => Rounding::Floor,
            Rounding::HalfUp => Rounding::HalfDown,
            Rounding::HalfDown => Rounding::HalfUp,
            Rounding::Nearest | Rounding::Truncate | Rounding::Exact => return None,
        };
        let policy = ReadingPolicy { rounding: Some(opposite), ..self.policy.clone() };
        let found = find(&figure.found.quantity.text, &policy);
        found.into_iter().next().map(|found| found.quantity.reading)
    }

    /// The tokens of a size with those of the direction beside it, and the article before that.
    fn with_direction(&self, size: &Range<usize>, way: Direction) -> Range<usize> {
        let mark = self.marks.iter().find(|mark| mark.direction == way && self.is_tied(mark, size));
        let Some(mark) = mark else { return size.clone() };
        let range = mark.at.start.min(size.start)..mark.at.end.max(size.end);
        self.with_article(range)
    }

    fn with_article(&self, range: Range<usize>) -> Range<usize> {
        let is_article = |at: &usize| self.tokens.is_any(*at, &["a", "an"]);
        range.start.checked_sub(1).filter(is_article).unwrap_or(range.start)..range.end
    }

    /// A direction without a size, as sharp as its words say.
    fn alone(&self, way: Direction) -> Option<Found> {
        if way == Direction::Level {
            let (row, range) = self.levels.first()?;
            let (hard, soft) = level_reaches(row, self.policy);
            let around = |size: &Rational| Interval::around(&Rational::ZERO, size);
            return Some(self.found(range, Some(Rational::ZERO), Reading::new(around(&hard), around(&soft))));
        }
        let mark = self.marks.iter().find(|mark| mark.direction == way)?;
        let near = |at: usize| at.abs_diff(mark.at.start) <= DEGREE_REACH;
        let degree = self.degrees.iter().find(|(_, at)| near(*at));
        let hard = towards(way);
        let (soft, range) = match degree {
            Some((row, at)) => {
                let size = degree_reach(row, self.policy);
                (of_size(way, &size, row.at_least), mark.at.start.min(*at)..mark.at.end.max(at.saturating_add(1)))
            }
            None => (hard.clone(), mark.at.clone()),
        };
        Some(self.found(&self.with_article(range), None, Reading::new(hard, soft)))
    }

    fn found(&self, range: &Range<usize>, number: Option<Rational>, reading: Reading) -> Found {
        let bytes = self.bytes(range);
        let quantity = in_percent(self.tokens.slice(range.start, range.end), number, reading);
        Found { start: bytes.start, end: bytes.end, quantity }
    }
}

/// Whether a figure is written with its sign.
pub(super) fn is_signed(found: &Found) -> bool {
    let quantity = &found.quantity;
    quantity.text.starts_with('+') || quantity.number.as_ref().is_some_and(Rational::is_negative)
}

/// The figures of a text, by their tokens.
fn figures(tokens: &Tokens<'_>, text: &str, policy: &ReadingPolicy) -> Vec<Figure> {
    let all = |pick: fn(super::super::token::Token) -> usize| -> Vec<usize> {
        (0..tokens.len()).filter_map(|at| tokens.get(at)).map(pick).collect()
    };
    let (starts, ends) = (all(|token| token.start), all(|token| token.end));
    let found = find(text, policy).into_iter();
    let placed = found.map(|found| {
        let from = starts.partition_point(|start| *start < found.start);
        let to = ends.partition_point(|end| *end < found.end).saturating_add(1);
        Figure { at: from..to, found, is_share: false, is_reached: false }
    });
    placed.collect()
}
