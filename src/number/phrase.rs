//! The grammar of a quantity: approximators before and after, ranges, margins, ages, units; from tokens to a reading.
//!
//! One grammar serves a phrase that is a quantity from end to end and running prose. In prose it is stricter: what may
//! be a date, a score or a change is left alone.

use super::amount::Amount;
use super::digits::{Measured, Slip, approximated, reading};
use super::numeral::{Form, Numeral, is_number_word};
use super::token::{Gap, Kind, Tokens};
use super::words::{AFTERWORDS, APPROXIMATORS, Approximation, VAGUE, opens_a_phrase};
use super::{End, Interval, Quantity, Rational, Reading, ReadingPolicy, Unit};

/// No more approximators than this are stacked: "only about", "as many as some".
const MAX_STACKED: usize = 3;

/// A quantity that was recognised, from the token it was asked for to before `end`.
pub(super) struct Phrase {
    pub end: usize,
    /// Whether it is a stretch of time that running text should not count as a figure: "the past two months".
    pub is_time: bool,
    number: Option<Rational>,
    unit: Unit,
    reading: Reading,
    whole: bool,
    because: String,
}

impl Phrase {
    /// The quantity, with its words.
    pub fn quantity(self, text: &str) -> Quantity {
        Quantity {
            text: text.to_owned(),
            number: self.number,
            unit: self.unit,
            reading: self.reading,
            whole: self.whole,
            because: self.because,
        }
    }
}

/// What approximators apply to: a number, or a range from one number to another.
pub(super) struct Core {
    pub lo: Numeral,
    pub hi: Numeral,
    pub plain: Reading,
    pub number: Option<Rational>,
    pub unit: Unit,
    pub whole: bool,
    pub end: usize,
    pub is_time: bool,
    pub note: Option<String>,
}

/// The grammar over the tokens of one text.
pub(super) struct Phrases<'t> {
    pub(super) tokens: &'t Tokens<'t>,
    pub(super) policy: &'t ReadingPolicy,
    pub(super) prose: bool,
}

/// Either a result, nothing there, or a slip that must be told.
pub(super) type Parsed<T> = Result<Option<T>, Slip>;

impl<'t> Phrases<'t> {
    /// The grammar over some tokens; `prose` for running text.
    pub fn new(tokens: &'t Tokens<'t>, policy: &'t ReadingPolicy, prose: bool) -> Self {
        Self { tokens, policy, prose }
    }

    /// The quantity that starts at a token: one phrase, or two bounds joined to one ("more than 26 but fewer than 40").
    pub fn at(&self, start: usize) -> Parsed<Phrase> {
        let Some(first) = self.single(start)? else { return Ok(None) };
        let link = first.end;
        if !self.tokens.is_any(link, &["but", "and"]) || !self.tokens.follows(link) || !one_sided(first.reading.hard())
        {
            return Ok(Some(first));
        }
        let second = self.single(link.saturating_add(1))?.filter(|second| one_sided(second.reading.hard()));
        let Some(second) = second.filter(|second| second.unit == first.unit || first.unit == Unit::One) else {
            return Ok(Some(first));
        };
        let opposite =
            matches!(first.reading.hard().lo(), End::Unbounded) != matches!(second.reading.hard().lo(), End::Unbounded);
        let Some(hard) = first.reading.hard().intersect(second.reading.hard()).filter(|_| opposite) else {
            return Ok(Some(first));
        };
        Ok(Some(Phrase {
            end: second.end,
            is_time: first.is_time || second.is_time,
            number: None,
            unit: second.unit,
            because: format!("bounds on both sides: {}", hard.said()),
            reading: Reading::firm(hard),
            whole: first.whole && second.whole,
        }))
    }

    /// One phrase alone.
    fn single(&self, start: usize) -> Parsed<Phrase> {
        if self.tokens.get(start).is_none() {
            return Ok(None);
        }
        let mut at = start;
        let mut stacked = Vec::new();
        while stacked.len() < MAX_STACKED && self.may_open(at) {
            let Some((approximation, end)) = self.approximator(at) else { break };
            stacked.push(approximation);
            at = end;
        }
        if at > start && !self.tokens.follows(at) {
            return Ok(None);
        }
        let words = self.tokens.slice(start, at);
        if self.may_open(at)
            && let Some(phrase) = self.vague(at, &stacked)
        {
            return Ok(Some(phrase));
        }
        let Some(core) = self.core(at)? else { return Ok(None) };
        Ok(Some(self.finish(start, words, stacked, core)))
    }

    fn may_open(&self, at: usize) -> bool {
        let kind = self.tokens.get(at).map(|token| token.kind);
        matches!(kind, Some(Kind::Word | Kind::Sign)) && opens_a_phrase(self.tokens.text(at))
    }

    /// The longest approximator that starts at a token.
    pub(super) fn approximator(&self, at: usize) -> Option<(Approximation, usize)> {
        let tokens = self.tokens;
        let longest = APPROXIMATORS
            .iter()
            .filter_map(|(words, approximation)| tokens.past_words(at, words).map(|end| (*approximation, end)))
            .max_by_key(|(_, end)| *end)?;
        let (approximation, end) = longest;
        // A dot belongs to "c." and "approx." only where it touches; `>` at the start of a line quotes a mail.
        let dotted = tokens.is(end.saturating_sub(1), ".") && !tokens.touches(end.saturating_sub(1));
        let quoting =
            self.prose && tokens.is_any(at, &[">", "<"]) && tokens.get(at).is_none_or(|token| token.gap > Gap::Space);
        let adding = approximation == Approximation::UpTo
            && at.checked_sub(1).is_some_and(|before| tokens.is_any(before, &["add", "adds", "added", "adding"]));
        (!dotted && !quoting && !adding).then_some((approximation, end))
    }

    /// Puts together what stands before, at and after a number.
    fn finish(&self, start: usize, words: &str, mut stacked: Vec<Approximation>, core: Core) -> Phrase {
        let mut end = core.end;
        let mut after = "";
        if let Some((approximation, past)) = self.afterword(end) {
            after = self.tokens.slice(end, past).trim_start_matches(['-', ',']).trim();
            stacked.push(approximation);
            end = past;
        }
        let meant: Vec<_> = stacked.iter().copied().filter(|by| *by != Approximation::Plain).collect();
        let of = |by| approximated(by, (&core.lo, &core.plain), (&core.hi, &core.plain));
        let mut reading =
            meant.iter().map(|by| of(*by)).reduce(|a, b| a.hull(&b)).unwrap_or_else(|| core.plain.clone());
        // "over two months" may also say how long it took.
        if meant == [Approximation::MoreThan] && core.is_time && self.tokens.is(start, "over") {
            reading = reading.hull(&core.plain);
        }
        let said: Vec<&str> = [words, after].into_iter().filter(|part| !part.is_empty()).collect();
        let because = match meant.first().or(stacked.first()) {
            None => core.note.clone().unwrap_or_else(|| explain(&core)),
            Some(by) if *by == Approximation::Plain => {
                format!("{}: {}; {}", said.join(" … "), by.because(), explain(&core))
            }
            Some(by) => format!("{}: {}", said.join(" … "), by.because()),
        };
        let stretch = self.prose && core.is_time && self.tokens.is_stretch_of_time(start, end);
        Phrase { end, is_time: stretch, number: core.number, unit: core.unit, reading, whole: core.whole, because }
    }

    /// "or more", "-odd", "+" after a number.
    fn afterword(&self, at: usize) -> Option<(Approximation, usize)> {
        let tokens = self.tokens;
        if !tokens.follows(at) {
            return None;
        }
        let (words, approximation) = AFTERWORDS.iter().find(|(words, _)| tokens.past_words(at, words).is_some())?;
        let end = tokens.past_words(at, words)?;
        let touching = words.first().is_some_and(|first| *first == "-" || *first == "+");
        if touching && !(tokens.touches(at) && (words.len() == 1 || tokens.touches(at.saturating_add(1)))) {
            return None;
        }
        // "26 and over 40 others" goes on with another number, "26 or more than that" with a comparison.
        let goes_on = tokens.is(end, "than")
            || (tokens.is_kind(end, Kind::Number) && tokens.follows(end))
            || is_number_word(tokens.text(end));
        (!goes_on).then_some((*approximation, end))
    }

    /// Vague words: "several", "a few hundred", "tens of thousands".
    fn vague(&self, at: usize, stacked: &[Approximation]) -> Option<Phrase> {
        let tokens = self.tokens;
        let (row, mut end) = VAGUE
            .iter()
            .filter_map(|row| tokens.past_words(at, row.words).map(|end| (row, end)))
            .max_by_key(|(_, end)| *end)?;
        let (mut from, mut to) = (Rational::from(row.from), Rational::from(row.to));
        let (mut least, mut whole) = (Rational::from(row.least), row.scales);
        if row.scales && tokens.follows(end) {
            let scale = super::words::SCALES.iter().find(|(name, _)| tokens.is(end, name));
            let scale = match scale {
                Some((_, power)) => Rational::power_of_ten(*power),
                None if tokens.is(end, "dozen") => Some(Rational::from(12)),
                None => None,
            };
            if let Some(scale) = scale {
                // A scale is as loose here as in "two hundred", so the least is rounded too.
                least = (&least - Rational::ONE.half()) * &scale;
                (from, to, whole) = (from * &scale, to * &scale, false);
                end = end.saturating_add(1);
            }
        }
        let says_of = row.words.last() == Some(&"of");
        if self.prose && row.words.last() == Some(&"couple") && whole {
            return None;
        }
        if self.prose && row.words.len() == 1 && tokens.is_any(at, &["scores", "tens"]) && !tokens.is(end, "of") {
            return None;
        }
        if !self.prose && says_of && whole {
            return None;
        }
        let soft = Interval::new(End::Closed(from), End::at(to, row.closed))?;
        let plain = Reading::new(Interval::at_least(least), soft);
        let firm =
            |by: &Approximation| matches!(by, Approximation::Plain | Approximation::About | Approximation::CloseTo);
        let up = |by: &Approximation| {
            matches!(by, Approximation::AtLeast | Approximation::MoreThan | Approximation::JustOver)
        };
        let words = tokens.slice(at, end);
        let reading = if stacked.iter().all(|by| firm(by) || up(by)) {
            plain
        } else {
            Reading::new(Interval::everything(), Interval::new(End::Unbounded, plain.soft().hi().clone())?)
        };
        let (unit, past, is_time) = self.unit_after(end, None);
        let stretch = self.prose && is_time && tokens.is_stretch_of_time(at, past);
        Some(Phrase {
            end: past,
            is_time: stretch,
            number: None,
            unit,
            because: format!("{words}: a vague word, most likely {}", reading.soft().said()),
            reading,
            whole: false,
        })
    }

    /// A number, a range, a margin or an age.
    fn core(&self, at: usize) -> Parsed<Core> {
        let tokens = self.tokens;
        if let Some(age) = self.age(at) {
            return Ok(Some(age));
        }
        let next = at.saturating_add(1);
        if tokens.is(at, "between") {
            return self.range_from(next, true);
        }
        if tokens.is(at, "from") && (!self.prose || !tokens.is_change(at)) {
            return self.range_from(next, false);
        }
        let Some(first) = self.amount(at, true) else { return Ok(None) };
        if let Some(share) = self.one_in(&first) {
            return self.alone(share).map(Some);
        }
        if let Some(core) = self.margin(&first)? {
            return Ok(Some(core));
        }
        if let Some(core) = self.range(at, &first, false)? {
            return Ok(Some(core));
        }
        self.alone(first).map(Some)
    }

    /// One number by itself.
    fn alone(&self, amount: Amount) -> Result<Core, Slip> {
        let measured = match &amount.unit {
            Unit::One => Measured::No,
            Unit::Percent | Unit::Points => Measured::Share,
            _ => Measured::Yes,
        };
        let plain = match reading(&amount.numeral, measured, self.policy) {
            // Prose is not held to a precision that only its claim states.
            Err(_) if self.prose => reading(&amount.numeral, measured, &ReadingPolicy::default())?,
            read => read?,
        };
        let whole = amount.numeral.form == Form::Whole && amount.unit == Unit::One;
        Ok(Core {
            number: Some(amount.numeral.value.clone()),
            lo: amount.numeral.clone(),
            hi: amount.numeral,
            plain,
            unit: amount.unit,
            whole,
            end: amount.end,
            is_time: amount.is_time,
            note: None,
        })
    }
}

/// Whether an interval has one finite end, and it is not merely the sign that "about" leaves.
fn one_sided(interval: &Interval) -> bool {
    match (interval.lo(), interval.hi()) {
        (End::Unbounded, end) | (end, End::Unbounded) => end.value().is_some_and(|value| !value.is_zero()),
        _ => false,
    }
}

/// Why a number without an approximator is read as it is.
fn explain(core: &Core) -> String {
    if let Some(note) = &core.note {
        return note.clone();
    }
    let (hard, soft) = (core.plain.hard(), core.plain.soft());
    match (&core.lo.form, soft.is_point()) {
        (Form::Share { .. }, _) => format!("a simple fraction: some share, most likely {}", soft.said()),
        (Form::Loose { .. }, _) => format!("a round word: {}, most likely {}", hard.said(), soft.said()),
        (Form::Whole, true) if hard.is_point() => "a whole number, exact as written".to_owned(),
        (Form::Scientific, _) => "exact as written".to_owned(),
        (Form::Whole, _) if hard != soft => {
            format!("it ends in zeros, so it may be rounded: {}; most likely {}", hard.said(), soft.said())
        }
        _ if hard.is_point() => "taken as exact".to_owned(),
        _ => format!("rounded to its last written digit: {}", hard.said()),
    }
}
