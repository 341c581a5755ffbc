//! The grammar of a quantity: approximators before and after, ranges, margins, ages, units; from tokens to a reading.
//!
//! One grammar serves a phrase that is a quantity from end to end and running prose. In prose it is stricter: what may
//! be a date, a score or a change is left alone.

use super::amount::Amount;
use super::digits::{Measured, Slip, approximated, reading};
use super::numeral::{Numeral, is_number_word};
use super::range::Opening;
use super::rows::{Approximation, DENIALS, ONLY_AFTER, ROWS};
use super::steps;
use super::table::{Place, vague_bounds};
use super::token::{Gap, Kind, Tokens};
use super::words::{VAGUE, Vague, opens_a_phrase};
use super::{End, Interval, Quantity, QuantityForm, Rational, Reading, ReadingPolicy, Step, Unit};

/// No more approximators than this are stacked: "only about", "as many as some".
const MAX_STACKED: usize = 3;

/// Words that take back what comes after them.
const HEDGES: [&str; 8] = ["perhaps", "possibly", "maybe", "even", "or", "not", "potentially", "probably"];

/// A quantity that was recognised, from the token it was asked for to before `end`.
pub(super) struct Phrase {
    pub end: usize,
    /// Whether it is a stretch of time that running text should not count as a figure: "the past two months".
    pub is_time: bool,
    number: Option<Rational>,
    unit: Unit,
    reading: Reading,
    form: QuantityForm,
    /// By which rows it is read so, if that was asked for.
    pub steps: Vec<Step>,
}

impl Phrase {
    /// The quantity, with its words.
    pub fn quantity(self, text: &str) -> Quantity {
        Quantity { text: text.to_owned(), number: self.number, unit: self.unit, reading: self.reading, form: self.form }
    }
}

/// What approximators apply to: a number, or a range from one number to another.
pub(super) struct Core {
    pub lo: Numeral,
    pub hi: Numeral,
    pub plain: Reading,
    pub number: Option<Rational>,
    pub unit: Unit,
    pub form: QuantityForm,
    pub end: usize,
    pub is_time: bool,
    pub row: &'static str,
}

impl Core {
    /// Words that span some numbers from a first one on, up to before the token where they end.
    pub fn spanning(row: &'static str, first: &Rational, plain: Reading, end: usize) -> Self {
        let numeral = Numeral::plain(first.clone(), end, true);
        Self {
            row,
            plain,
            number: None,
            unit: Unit::One,
            form: QuantityForm::Other,
            end,
            is_time: false,
            lo: numeral.clone(),
            hi: numeral,
        }
    }
}

/// The grammar over the tokens of one text.
pub(super) struct Phrases<'t> {
    pub(super) tokens: &'t Tokens<'t>,
    pub(super) policy: &'t ReadingPolicy,
    pub(super) prose: bool,
    /// Whether the rows by which a phrase is read are wanted.
    explains: bool,
}

/// An approximator and the tokens that say it.
#[derive(Clone, Copy)]
struct Said {
    by: Approximation,
    from: usize,
    to: usize,
}

/// Either a result, nothing there, or a slip that must be told.
pub(super) type Parsed<T> = Result<Option<T>, Slip>;

impl<'t> Phrases<'t> {
    /// The grammar over some tokens; `prose` for running text.
    pub fn new(tokens: &'t Tokens<'t>, policy: &'t ReadingPolicy, prose: bool) -> Self {
        Self { tokens, policy, prose, explains: false }
    }

    /// The same, where the rows by which phrases are read are wanted.
    pub fn explaining(self) -> Self {
        Self { explains: true, ..self }
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
            reading: Reading::firm(hard),
            form: first.form.and(second.form),
            steps: first.steps.into_iter().chain(second.steps).collect(),
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
            let denied = || self.approximator(at.saturating_add(1)).filter(|_| self.denies(at));
            let found = self.approximator(at).or_else(|| denied().map(|(by, end)| (by.denied(), end)));
            let Some((by, end)) = found else { break };
            stacked.push(Said { by, from: at, to: end });
            at = end;
        }
        if at > start && !self.tokens.follows(at) {
            return Ok(None);
        }
        if self.may_open(at)
            && let Some(phrase) = self.vague(at, &stacked)
        {
            return Ok(Some(phrase));
        }
        let Some(core) = self.core(at)? else { return Ok(None) };
        Ok(Some(self.finish(start, at, stacked, core)))
    }

    pub(super) fn may_open(&self, at: usize) -> bool {
        let kind = self.tokens.get(at).map(|token| token.kind);
        let own = || self.own_words(Place::Before).iter().any(|(words, _)| self.past(at, words).is_some());
        matches!(kind, Some(Kind::Word | Kind::Sign))
            && (opens_a_phrase(self.tokens.text(at)) || self.denies(at) || own())
    }

    /// Whether a word turns the one after it into its opposite: "not", "didn't".
    fn denies(&self, at: usize) -> bool {
        let word = self.tokens.text(at);
        let short = word.len() > 3
            && word.get(word.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("n't"));
        (short || word.ends_with("n’t") || self.tokens.is_any(at, &DENIALS))
            && self.tokens.follows(at.saturating_add(1))
    }

    /// The words that the workspace adds to the table.
    fn own_words(&self, place: Place) -> &[(Vec<String>, Approximation)] {
        self.policy.table.as_deref().map_or(&[], |table| table.words(place))
    }

    fn past(&self, at: usize, words: &[String]) -> Option<usize> {
        self.tokens.past_words(at, &words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The longest approximator that starts at a token; of two as long, the workspace's own.
    pub(super) fn approximator(&self, at: usize) -> Option<(Approximation, usize)> {
        let tokens = self.tokens;
        let table = ROWS.iter().flat_map(|row| row.before.iter().map(|words| (row.meaning, *words)));
        let built_in = table.filter_map(|(by, words)| tokens.past_words(at, words).map(|end| (by, end)));
        let own = self.own_words(Place::Before).iter();
        let own = own.filter_map(|(words, by)| self.past(at, words).map(|end| (*by, end)));
        let (approximation, end) = built_in.chain(own).max_by_key(|(_, end)| *end)?;
        // A dot belongs to "c." and "approx." only where it touches; `>` at the start of a line quotes a mail.
        let dotted = tokens.is(end.saturating_sub(1), ".") && !tokens.touches(end.saturating_sub(1));
        let quoting =
            self.prose && tokens.is_any(at, &[">", "<"]) && tokens.get(at).is_none_or(|token| token.gap > Gap::Space);
        let adding = approximation == Approximation::UpTo
            && at.checked_sub(1).is_some_and(|before| tokens.is_any(before, &["add", "adds", "added", "adding"]));
        let only_after = ONLY_AFTER.iter().find(|(word, _)| self.prose && tokens.is(at, word));
        let elsewhere = only_after.is_some_and(|(_, before)| !tokens.is_any(tokens.before(at), before));
        (!dotted && !quoting && !adding && !elsewhere).then_some((approximation, end))
    }

    /// Puts together what stands before, at and after a number.
    fn finish(&self, start: usize, at: usize, mut stacked: Vec<Said>, core: Core) -> Phrase {
        let mut end = core.end;
        if let Some((by, past)) = self.afterword(end).or_else(|| self.afterword_of_a_noun(end)) {
            stacked.push(Said { by, from: end, to: past });
            end = past;
        }
        let meant: Vec<_> = stacked.iter().map(|said| said.by).filter(|by| *by != Approximation::Plain).collect();
        let of = |by| approximated(by, self.policy, (&core.lo, &core.plain), (&core.hi, &core.plain));
        let mut reading =
            meant.iter().map(|by| of(*by)).reduce(|a, b| a.hull(&b)).unwrap_or_else(|| core.plain.clone());
        // "over two months" may also say how long it took.
        if meant == [Approximation::MoreThan] && core.is_time && self.tokens.is(start, "over") {
            reading = reading.hull(&core.plain);
        }
        let steps = if self.explains {
            let (before, after): (Vec<_>, Vec<_>) = stacked.iter().partition(|said| said.to <= at);
            let step = |said: &Said| steps::approximator(said.by, self.policy, self.tokens.slice(said.from, said.to));
            let number = steps::number(core.row, &core.plain, self.tokens.slice(at, core.end));
            before.into_iter().map(step).chain([number]).chain(after.into_iter().map(step)).collect()
        } else {
            Vec::new()
        };
        let stretch = self.prose && core.is_time && self.tokens.is_stretch_of_time(start, end);
        Phrase { end, is_time: stretch, number: core.number, unit: core.unit, reading, form: core.form, steps }
    }

    /// "or more", "-odd", "+" after a number.
    fn afterword(&self, at: usize) -> Option<(Approximation, usize)> {
        let tokens = self.tokens;
        if !tokens.follows(at) {
            return None;
        }
        let touches = |words: &[&str]| {
            let touching = words.first().is_some_and(|first| *first == "-" || *first == "+");
            !touching || (tokens.touches(at) && (words.len() == 1 || tokens.touches(at.saturating_add(1))))
        };
        let table = ROWS.iter().flat_map(|row| row.after.iter().map(|words| (row.meaning, *words)));
        let built_in = table.filter(|(_, words)| touches(words));
        let built_in = built_in.filter_map(|(by, words)| tokens.past_words(at, words).map(|end| (by, end)));
        let own = self.own_words(Place::After).iter();
        let own = own.filter_map(|(words, by)| self.past(at, words).map(|end| (*by, end)));
        let (approximation, end) = built_in.chain(own).max_by_key(|(_, end)| *end)?;
        // "26 and over 40 others" goes on with another number, "26 or more than that" with a comparison.
        let number =
            |at: usize| (tokens.is_kind(at, Kind::Number) && tokens.follows(at)) || is_number_word(tokens.text(at));
        let than = end.saturating_add(1);
        let compared = tokens.is(end, "than") && (number(than) || self.amount(than, false).is_some());
        let goes_on = number(end) || compared;
        (!goes_on).then_some((approximation, end))
    }

    /// "300 people at most": a bound after what is counted.
    fn afterword_of_a_noun(&self, noun: usize) -> Option<(Approximation, usize)> {
        const BOUNDS: [&[&str]; 9] = [
            &["at", "most"],
            &["at", "the", "most"],
            &["at", "least"],
            &["at", "the", "least"],
            &["or", "more"],
            &["or", "fewer"],
            &["or", "less"],
            &["or", "so"],
            &["tops"],
        ];
        let bound = noun.saturating_add(1);
        let counted = self.prose && self.tokens.is_kind(noun, Kind::Word) && self.tokens.follows(noun);
        let is_bound = counted && BOUNDS.iter().any(|words| self.tokens.past_words(bound, words).is_some());
        if is_bound { self.afterword(bound) } else { None }
    }

    /// Vague words: "several", "a few hundred", "tens of thousands".
    fn vague(&self, at: usize, stacked: &[Said]) -> Option<Phrase> {
        let tokens = self.tokens;
        let (row, mut end) = VAGUE
            .iter()
            .filter_map(|row| tokens.past_words(at, row.words).map(|end| (row, end)))
            .max_by_key(|(_, end)| *end)?;
        let mut scale = None;
        if row.scales && tokens.follows(end) {
            scale = match tokens.scale_at(end) {
                Some(power) => Rational::power_of_ten(power),
                None if tokens.is(end, "dozen") => Some(Rational::from(12)),
                None => None,
            };
            if scale.is_some() {
                end = end.saturating_add(1);
            }
        }
        // "Tens, perhaps hundreds": nobody says that there were hundreds.
        let before = at.checked_sub(1);
        if self.prose && before.is_some_and(|before| self.tokens.is_any(before, &HEDGES)) {
            return None;
        }
        let whole = row.scales && scale.is_none();
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
        let plain = self.vague_reading(row, scale.as_ref())?;
        let only_up = stacked.iter().all(|said| {
            matches!(
                said.by,
                Approximation::Plain
                    | Approximation::About
                    | Approximation::CloseTo
                    | Approximation::AtLeast
                    | Approximation::MoreThan
                    | Approximation::JustOver
            )
        });
        let reading = if only_up {
            plain.clone()
        } else {
            Reading::new(Interval::everything(), Interval::new(End::Unbounded, plain.soft().hi().clone())?)
        };
        let (unit, past, is_time) = self.unit_of_many(end);
        let steps = if self.explains {
            let before =
                stacked.iter().map(|said| steps::loosely(said.by, self.tokens.slice(said.from, said.to), only_up));
            before.chain([steps::number(row.name, &plain, tokens.slice(at, end))]).collect()
        } else {
            Vec::new()
        };
        let stretch = self.prose && is_time && tokens.is_stretch_of_time(at, past);
        Some(Phrase { end: past, is_time: stretch, number: None, unit, reading, form: QuantityForm::Other, steps })
    }

    /// The unit after a vague number: "hundreds of millions of euros", "a couple of tonnes".
    pub(super) fn unit_of_many(&self, end: usize) -> (Unit, usize, bool) {
        match self.unit_after(end, None) {
            (Unit::One, past, _) if past == end && self.tokens.is(end, "of") && self.tokens.follows(end) => {
                match self.unit_after(end.saturating_add(1), None) {
                    (Unit::One, ..) => (Unit::One, end, false),
                    found => found,
                }
            }
            found => found,
        }
    }

    /// What a vague word admits, or that many hundreds, thousands or dozens.
    fn vague_reading(&self, row: &Vague, scale: Option<&Rational>) -> Option<Reading> {
        let (own_hard, own_soft) = vague_bounds(row.name, self.policy);
        let by = |interval: &Interval| scale.map_or_else(|| interval.clone(), |scale| interval.scale(scale));
        let soft = Interval::new(End::Closed(Rational::from(row.from)), End::at(Rational::from(row.to), row.closed))?;
        // A scale is as loose here as in "two hundred", so the least is rounded too.
        let least = Rational::from(row.least);
        let least = scale.map_or_else(|| least.clone(), |scale| (&least - Rational::ONE.half()) * scale);
        let hard = own_hard.map_or_else(|| Interval::at_least(least), by);
        Some(Reading::new(hard, by(own_soft.unwrap_or(&soft))))
    }

    /// A number, a range, a margin or an age.
    fn core(&self, at: usize) -> Parsed<Core> {
        let tokens = self.tokens;
        if let Some(spanned) = self.age(at).or_else(|| self.part_of_a_span(at)) {
            return Ok(Some(spanned));
        }
        let next = at.saturating_add(1);
        if tokens.is(at, "between") {
            return self.range_from(next, true);
        }
        if tokens.is(at, "from") && (!self.prose || !tokens.is_change(at)) {
            return self.range_from(next, false);
        }
        let part = if self.prose { None } else { self.part_of_a_unit(at) };
        let amount = || part.or_else(|| Some(self.compound(self.amount(at, true)?))).or_else(|| self.one_of_a_unit(at));
        let Some(first) = amount() else { return Ok(None) };
        if self.prose && self.ends_a_time(at, &first) {
            return Ok(None);
        }
        if let Some(share) = self.one_in(&first) {
            return self.alone(share).map(Some);
        }
        if let Some(core) = self.margin(&first)? {
            return Ok(Some(core));
        }
        if let Some(core) = self.range(at, &first, Opening::None)? {
            return Ok(Some(core));
        }
        self.alone(first).map(Some)
    }

    /// One number by itself.
    pub(super) fn alone(&self, amount: Amount) -> Result<Core, Slip> {
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
        let form = amount.form();
        let row = steps::row_of(&amount.numeral.form, measured, &plain, self.policy);
        Ok(Core {
            number: Some(amount.numeral.value.clone()),
            lo: amount.numeral.clone(),
            hi: amount.numeral,
            plain,
            unit: amount.unit,
            form,
            end: amount.end,
            is_time: amount.is_time,
            row,
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
