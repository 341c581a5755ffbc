//! The grammar of a quantity: approximators before and after, ranges, margins, ages, units; from tokens to a reading.
//!
//! One grammar serves a phrase that is a quantity from end to end and running prose. In prose it is stricter: what may
//! be a date, a score or a change is left alone.

use super::digits::{Measured, Slip, approximated, reading};
use super::numeral::{Form, Numeral, is_number_word};
use super::token::{Gap, Kind, Tokens};
use super::units::{CURRENCY_CODES, CURRENCY_SIGNS, CURRENCY_WORDS, MEASURES, PERCENT, TIME_UNITS_FROM};
use super::words::{
    AFTERWORDS, APPROXIMATORS, Approximation, DECADES, PARTS_OF_DECADE, POSSESSIVES, VAGUE, opens_a_phrase,
};
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

/// One number with its unit.
#[derive(Clone)]
struct Amount {
    numeral: Numeral,
    unit: Unit,
    end: usize,
    is_time: bool,
}

/// What approximators apply to: a number, or a range from one number to another.
struct Core {
    lo: Numeral,
    hi: Numeral,
    plain: Reading,
    number: Option<Rational>,
    unit: Unit,
    whole: bool,
    end: usize,
    is_time: bool,
    note: Option<String>,
}

/// The grammar over the tokens of one text.
pub(super) struct Phrases<'t> {
    tokens: &'t Tokens<'t>,
    policy: &'t ReadingPolicy,
    prose: bool,
}

/// Either a result, nothing there, or a slip that must be told.
type Parsed<T> = Result<Option<T>, Slip>;

impl<'t> Phrases<'t> {
    /// The grammar over some tokens; `prose` for running text.
    pub fn new(tokens: &'t Tokens<'t>, policy: &'t ReadingPolicy, prose: bool) -> Self {
        Self { tokens, policy, prose }
    }

    /// The quantity that starts at a token.
    pub fn at(&self, start: usize) -> Parsed<Phrase> {
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
    fn approximator(&self, at: usize) -> Option<(Approximation, usize)> {
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
        let Some(first) = self.amount(at, true)? else { return Ok(None) };
        if let Some(share) = self.one_in(at, &first) {
            return self.alone(share).map(Some);
        }
        if let Some(core) = self.margin(&first)? {
            return Ok(Some(core));
        }
        let after_from =
            self.prose && at.checked_sub(1).is_some_and(|from| tokens.is(from, "from") && tokens.is_change(from));
        if !after_from && let Some(core) = self.range(&first, false)? {
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

    /// The rest of a range after "between" or "from".
    fn range_from(&self, at: usize, between: bool) -> Parsed<Core> {
        let tokens = self.tokens;
        if !tokens.follows(at) {
            return Ok(None);
        }
        // An approximator inside ("between about 20 and 30") leaves the ends loose: it is the range that counts.
        let skip = |at: usize| match self.approximator(at) {
            Some((Approximation::About | Approximation::Plain | Approximation::UpTo, end)) => end,
            _ => at,
        };
        let at = skip(at);
        for and in [false, true] {
            if let Some(first) = self.amount(at, and)?
                && let Some(core) = self.range(&first, between)?
            {
                return Ok(Some(core));
            }
        }
        Ok(None)
    }

    /// "a to b", "a-b", "a or b", "a and b" after "between".
    fn range(&self, first: &Amount, between: bool) -> Parsed<Core> {
        let tokens = self.tokens;
        let link = first.end;
        let next = link.saturating_add(1);
        if !tokens.follows(link) || !tokens.follows(next) {
            return Ok(None);
        }
        let dash = tokens.is_any(link, &["-", "–", "—", "\u{2011}", "\u{2212}"]);
        let touching = tokens.touches(link) && tokens.touches(next);
        let spaced = !self.prose && !tokens.touches(link) && !tokens.touches(next);
        let either = tokens.is(link, "or");
        let links = if between {
            tokens.is(link, "and")
        } else {
            tokens.is(link, "to") || (dash && (touching || spaced)) || either
        };
        if !links {
            return Ok(None);
        }
        // A number after a dash has no sign of its own, and "to" may be followed by "up" in "from 20 up to 30".
        let Some(second) = self.amount(next, true)? else { return Ok(None) };
        let Some((first, second)) = agreed(first.clone(), second, dash) else { return Ok(None) };
        let (lo, hi) = (first.numeral.value.clone(), second.numeral.value.clone());
        if either && (lo >= hi || first.numeral.form != Form::Whole) {
            return Ok(None);
        }
        let same_by_mistake = self.prose && lo == hi;
        let Some(interval) = Interval::closed(lo.clone(), hi.clone()).filter(|_| !same_by_mistake) else {
            // A slip only where the range is all there is: "2025-12-18" is no range at all.
            let all = !self.prose && second.end == tokens.len();
            return if all { Err(Slip::Empty) } else { Ok(None) };
        };
        let note = format!("a range, both ends included: {}", interval.said());
        Ok(Some(Core {
            whole: first.numeral.form == Form::Whole && second.numeral.form == Form::Whole && second.unit == Unit::One,
            plain: Reading::firm(interval),
            number: None,
            unit: second.unit,
            end: second.end,
            is_time: second.is_time,
            lo: first.numeral,
            hi: second.numeral,
            note: Some(note),
        }))
    }

    /// "N ± e", "N plus or minus e", "N, give or take e".
    fn margin(&self, first: &Amount) -> Parsed<Core> {
        const MARGINS: [&[&str]; 6] = [
            &["±"],
            &["+", "/", "-"],
            &["+", "-"],
            &["plus", "or", "minus"],
            &["give", "or", "take"],
            &[",", "give", "or", "take"],
        ];
        let tokens = self.tokens;
        let Some(at) = MARGINS.iter().find_map(|words| tokens.past_words(first.end, words)) else { return Ok(None) };
        if !tokens.follows(first.end) || !tokens.follows(at) {
            return Ok(None);
        }
        let Some(margin) = self.amount(at, true)? else { return Ok(None) };
        let (mut numeral, mut unit) = (first.numeral.clone(), first.unit.clone());
        let mut reach = margin.numeral.value.abs();
        if margin.unit == Unit::Percent && unit != Unit::Percent {
            // A margin in per cent is a part of the number; beside a small plain number it may be points instead.
            let part = (&numeral.value * &reach).abs() * Rational::new(1, 100).unwrap_or_default();
            let points = unit == Unit::One && numeral.scale.is_none() && numeral.value.abs() <= Rational::from(100);
            reach = if points { part.max(reach) } else { part };
        } else {
            if numeral.scale.is_none()
                && let Some(scale) = &margin.numeral.scale
                && numeral.form != Form::Scientific
            {
                numeral.value *= scale;
            }
            if unit == Unit::One {
                unit = margin.unit.clone();
            } else if margin.unit != Unit::One && margin.unit != unit && margin.unit != Unit::Points {
                return Ok(None);
            }
        }
        let interval = Interval::around(&numeral.value, &reach);
        Ok(Some(Core {
            note: Some(format!("with its margin: {}", interval.said())),
            whole: numeral.form == Form::Whole && unit == Unit::One,
            plain: Reading::firm(interval),
            number: Some(numeral.value.clone()),
            unit,
            end: margin.end,
            is_time: first.is_time || margin.is_time,
            lo: numeral.clone(),
            hi: numeral,
        }))
    }

    /// "one in five", "3 out of 10": a share.
    fn one_in(&self, at: usize, first: &Amount) -> Option<Amount> {
        const LINKS: [&[&str]; 5] =
            [&["out", "of", "every"], &["out", "of"], &["in", "every"], &["of", "every"], &["in"]];
        let tokens = self.tokens;
        if first.numeral.form != Form::Whole || first.unit != Unit::One || !tokens.follows(first.end) {
            return None;
        }
        let (links, next) =
            LINKS.iter().find_map(|words| tokens.past_words(first.end, words).map(|end| (words, end)))?;
        let part = first.numeral.value.to_i64().filter(|part| (1..=10).contains(part))?;
        let many = self.amount(next, true).ok().flatten()?;
        let whole = many.numeral.value.to_i64().filter(|whole| (2..=1_000).contains(whole) && *whole > part)?;
        let words = !first.numeral.digits && !many.numeral.digits;
        if many.numeral.form != Form::Whole || many.unit != Unit::One || (links.len() == 1 && !words) {
            return None;
        }
        let value = Rational::new(part, whole)?;
        let step = Rational::new(1, whole)?;
        let form = Form::Share { margin: step.half() };
        let numeral =
            Numeral { value: value.clone(), mantissa: value, step, form, end: many.end, ..first.numeral.clone() };
        let _ = at;
        Some(Amount { numeral, unit: Unit::One, end: many.end, is_time: false })
    }

    /// Ages in completed years: "in his 20s", "aged 20 to 29", "26-year-old", "26 years old".
    fn age(&self, at: usize) -> Option<Core> {
        let tokens = self.tokens;
        let next = at.saturating_add(1);
        if tokens.is(at, "in") && tokens.is_any(next, &POSSESSIVES) {
            let mut decade = at.saturating_add(2);
            let part = PARTS_OF_DECADE.iter().find(|(name, _, _)| tokens.is(decade, name));
            if part.is_some() {
                decade = decade.saturating_add(if tokens.is(decade.saturating_add(1), "-") { 2 } else { 1 });
            }
            let (first, years, end) = self.decade(decade)?;
            return Some(years_from(first, years, part.map(|(_, from, to)| (*from, *to)), end));
        }
        if !self.prose
            && let Some((first, years, end)) = self.decade(at)
        {
            return Some(years_from(first, years, None, end));
        }
        let spelled = tokens
            .past_words(at, &["between", "the", "ages", "of"])
            .or_else(|| tokens.past_words(at, &["aged", "between"]))
            .or_else(|| tokens.past_words(at, &["aged"]))
            .or_else(|| tokens.past_words(at, &["ages"]));
        if let Some(start) = spelled.filter(|start| tokens.follows(*start)) {
            return self.aged(start);
        }
        // Looking for "years old" is cheaper than reading a number that is not followed by it.
        let digits = tokens.is_kind(at, Kind::Number);
        let past_old = |end: usize| YEARS_OLD.iter().find_map(|words| tokens.past_words(end, words));
        if !(digits && past_old(next).is_some()) && (digits || !is_number_word(tokens.text(at))) {
            return None;
        }
        let amount = tokens.numeral(at, false, false)?;
        let end = past_old(amount.end)?;
        whole_age(&amount).map(|age| years_from(age, 1, None, end))
    }

    /// "20s" or "twenties": the first year, the number of years, and where it ends.
    fn decade(&self, at: usize) -> Option<(i64, i64, usize)> {
        let tokens = self.tokens;
        if let Some((_, first)) = DECADES.iter().find(|(name, _)| tokens.is(at, name)) {
            return Some((*first, if *first == 13 { 7 } else { 10 }, at.saturating_add(1)));
        }
        let suffix = at.saturating_add(1);
        if !tokens.is_kind(at, Kind::Number) || !tokens.touches(suffix) || !tokens.is_any(suffix, &["s", "'s", "’s"])
        {
            return None;
        }
        let first = tokens.text(at).parse::<i64>().ok().filter(|first| (10..=90).contains(first) && first % 10 == 0)?;
        Some((first, 10, at.saturating_add(2)))
    }

    /// What follows "aged".
    fn aged(&self, at: usize) -> Option<Core> {
        let tokens = self.tokens;
        let under = tokens.is_any(at, &["under", "below"]);
        let over = tokens.is_any(at, &["over", "above"]);
        let at = if under || over { at.saturating_add(1) } else { at };
        let numeral = |at: usize| {
            let numeral = tokens.numeral(at, false, false)?;
            whole_age(&numeral).map(|age| (age, numeral.end))
        };
        let (first, end) = numeral(at)?;
        let core = years_from(first, 1, None, end);
        let value = Rational::from(first);
        if under {
            return Some(Core { plain: Reading::firm(Interval::less_than(value)), ..core });
        }
        let more =
            [["and", "over"], ["and", "above"], ["and", "older"], ["or", "over"], ["or", "older"], ["or", "above"]];
        let past = more.iter().find_map(|words| tokens.past_words(end, words));
        if over || past.is_some() {
            let plain = Reading::firm(Interval::at_least(value));
            return Some(Core { plain, end: past.unwrap_or(end), ..core });
        }
        if tokens.is_any(end, &["to", "-", "–", "and"])
            && let Some((last, end)) = numeral(end.saturating_add(1))
            && let Some(years) =
                last.checked_sub(first).and_then(|years| years.checked_add(1)).filter(|years| *years > 1)
        {
            return Some(years_from(first, years, None, end));
        }
        Some(core)
    }

    /// One number with its sign, currency, scale and unit.
    fn amount(&self, start: usize, and: bool) -> Parsed<Amount> {
        Ok(self.amount_at(start, and))
    }

    fn amount_at(&self, start: usize, and: bool) -> Option<Amount> {
        let tokens = self.tokens;
        let (negative, mut at) = self.sign(start);
        let mut currency = self.currency_before(at);
        if let Some((_, end)) = currency {
            at = end;
        }
        let (inner, after_sign) = if currency.is_some() && !negative { self.sign(at) } else { (false, at) };
        at = after_sign;
        if self.prose && currency.is_none() && tokens.no_figure(at).is_some() {
            return None;
        }
        let mut numeral = tokens.numeral(at, and, currency.is_some())?;
        if self.prose && matches!(numeral.form, Form::Share { .. }) && tokens.is_count_of_parts(at, numeral.end) {
            numeral = tokens.numeral_without_share(at)?;
        }
        let mut end = numeral.end;
        if negative || inner {
            numeral = numeral.negated();
        }
        let mut unit = Unit::One;
        let mut is_time = false;
        if let Some((code, _)) = currency.take() {
            unit = Unit::Currency(code.to_owned());
            if tokens.text(end) == code && tokens.follows(end) {
                end = end.saturating_add(1);
            }
        } else if tokens.follows(end) {
            let (power, found, past, time) = self.unit_at(end, Some(&numeral))?;
            if power != 0 {
                let factor = Rational::power_of_ten(power)?;
                numeral = Numeral {
                    value: &numeral.value * &factor,
                    step: &numeral.step * &factor,
                    form: if numeral.form == Form::Whole { Form::Rounded } else { numeral.form },
                    ..numeral
                };
            }
            (unit, end, is_time) = (found, past, time);
        }
        if self.prose && tokens.touches(end) && end == numeral.end {
            let letters = tokens.is_kind(end, Kind::Word) || tokens.is_kind(end, Kind::Code);
            let percent_word = tokens.is_joined_to_a_word(end);
            if letters || percent_word {
                return None;
            }
        }
        Some(Amount { numeral, unit, end, is_time })
    }

    /// A sign that belongs to the number after it.
    fn sign(&self, at: usize) -> (bool, usize) {
        let tokens = self.tokens;
        let next = at.saturating_add(1);
        if tokens.is_any(at, &["minus", "negative"]) && tokens.follows(next) && !self.prose_word_before(at) {
            return (true, next);
        }
        let free = at == 0
            || !tokens.touches(at)
            || at.checked_sub(1).is_some_and(|before| {
                tokens.is_any(before, &["(", "[", "$", "€", "£", "\"", "“", "'", "‘", "=", "/", ">", "<", "|"])
            });
        let touches =
            tokens.touches(next) || (!self.prose && at == 0 && tokens.is_any(at, &["−", "-"]) && tokens.follows(next));
        if tokens.is_any(at, &["-", "−", "–"]) && touches && free {
            return (true, next);
        }
        if tokens.is(at, "+") && touches && free {
            return (false, next);
        }
        (false, at)
    }

    /// "26 minus 4" is arithmetic, "minus 4" a negative number.
    fn prose_word_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.tokens.is_kind(before, Kind::Number))
    }

    /// A currency sign or code before a number.
    fn currency_before(&self, at: usize) -> Option<(&'static str, usize)> {
        let tokens = self.tokens;
        let short = tokens.text(at).len() <= 3 && !tokens.is_kind(at, Kind::Number);
        if !short {
            return None;
        }
        for (signs, code) in CURRENCY_SIGNS {
            if let Some(end) = tokens.past_words(at, signs)
                && (signs.len() == 1 || tokens.touches(at.saturating_add(1)))
                && tokens.follows(end)
            {
                return Some((code, end));
            }
        }
        let code = CURRENCY_CODES.iter().find(|code| **code == tokens.text(at))?;
        let next = at.saturating_add(1);
        let number = tokens.is_kind(next, Kind::Number) || tokens.is_any(next, &["-", "−"]);
        (number && tokens.follows(next)).then_some((*code, next))
    }

    fn unit_after(&self, end: usize, numeral: Option<&Numeral>) -> (Unit, usize, bool) {
        if !self.tokens.follows(end) {
            return (Unit::One, end, false);
        }
        self.unit_at(end, numeral).map_or((Unit::One, end, false), |(_, unit, end, time)| (unit, end, time))
    }

    /// The unit after a number: the power of ten it stands for, the unit, where it ends, and whether it is of time.
    fn unit_at(&self, end: usize, numeral: Option<&Numeral>) -> Option<(i32, Unit, usize, bool)> {
        let tokens = self.tokens;
        let hyphen = tokens.is(end, "-") && tokens.touches(end) && tokens.touches(end.saturating_add(1));
        let at = if hyphen { end.saturating_add(1) } else { end };
        let letters = tokens.is_kind(at, Kind::Word);
        let sign = tokens.is_kind(at, Kind::Sign) && tokens.is_any(at, &["%", "‰", "°", "€", "$", "£", "¥", "₩"]);
        if !letters && !sign {
            return Some((0, Unit::One, end, false));
        }
        for (words, points, power) in PERCENT {
            if let Some(past) = tokens.past_words(at, words) {
                return Some((power, if points { Unit::Points } else { Unit::Percent }, past, false));
            }
        }
        if CURRENCY_CODES.contains(&tokens.text(at)) {
            return Some((0, Unit::Currency(tokens.text(at).to_owned()), at.saturating_add(1), false));
        }
        let sum = tokens.is_kind(at.saturating_add(1), Kind::Number) && tokens.touches(at.saturating_add(1));
        if tokens.is_any(at, &["€", "$", "£", "¥", "₩"]) && tokens.touches(at) && !sum {
            let code = CURRENCY_SIGNS
                .iter()
                .find(|(signs, _)| signs.len() == 1 && tokens.is(at, signs.first().unwrap_or(&"")));
            if let Some((_, code)) = code {
                return Some((0, Unit::Currency((*code).to_owned()), at.saturating_add(1), false));
            }
        }
        let large =
            numeral.is_some_and(|numeral| numeral.scale.is_some() || numeral.value.abs() >= Rational::from(1_000));
        let weighs = |past: usize| tokens.is(past.saturating_sub(1), "pounds") && tokens.is(past, "of");
        let money = |only_scaled: bool| {
            CURRENCY_WORDS
                .iter()
                .filter(|row| row.only_scaled == only_scaled)
                .find_map(|row| tokens.past_words(at, row.words).map(|past| (row.code, past)))
                .filter(|(_, past)| !weighs(*past))
        };
        if let Some((code, past)) = money(false).or_else(|| if large { money(true) } else { None }) {
            return Some((0, Unit::Currency(code.to_owned()), past, false));
        }
        // A bare letter touches its digits ("5m" was a scale before); "2 second prizes" counts prizes.
        let measure = MEASURES.iter().enumerate().find(|(_, (names, _))| tokens.is_any(at, names));
        if let Some((row, (_, unit))) = measure {
            let singular_second = self.prose
                && tokens.is(at, "second")
                && !hyphen
                && numeral.is_none_or(|numeral| numeral.value != Rational::ONE);
            let old = hyphen && tokens.is(at.saturating_add(1), "-") && tokens.is(at.saturating_add(2), "old");
            let lower_only = tokens.text(at).len() > 1 || tokens.text(at).chars().all(char::is_lowercase);
            if !singular_second && !old && lower_only {
                let scale_c = tokens.is_any(at.saturating_add(1), &["C", "F"])
                    && tokens.touches(at.saturating_add(1))
                    && *unit == "degrees";
                let past = at.saturating_add(if scale_c { 2 } else { 1 });
                return Some((0, Unit::Other((*unit).to_owned()), past, row >= TIME_UNITS_FROM));
            }
        }
        if !self.prose
            && let Some((code, past)) = money(true)
        {
            return Some((0, Unit::Currency(code.to_owned()), past, false));
        }
        Some((0, Unit::One, end, false))
    }
}

const YEARS_OLD: [&[&str]; 7] = [
    &["-", "year", "-", "olds"],
    &["-", "year", "-", "old"],
    &["-", "year", "old"],
    &["-", "years", "-", "old"],
    &["years", "old"],
    &["year", "old"],
    &["years", "of", "age"],
];

/// An age in whole years, if a number is one.
fn whole_age(numeral: &Numeral) -> Option<i64> {
    if numeral.form == Form::Whole { numeral.value.to_i64().filter(|age| (0..=150).contains(age)) } else { None }
}

/// `years` completed years from `first` on; the soft part of them if one is named.
fn years_from(first: i64, years: i64, part: Option<(i64, i64)>, end: usize) -> Core {
    let span = |from: i64, to: i64| {
        let at = |years: i64| Rational::from(first) + Rational::from(years);
        Interval::new(End::Closed(at(from)), End::Open(at(to))).unwrap_or_else(Interval::everything)
    };
    let hard = span(0, years);
    let soft = part.map_or_else(|| hard.clone(), |(from, to)| span(from, to));
    let value = Rational::from(first);
    let numeral = Numeral {
        mantissa: value.clone(),
        value: value.clone(),
        step: Rational::ONE,
        scale: None,
        form: Form::Whole,
        end,
        digits: true,
    };
    Core {
        note: Some(format!("an age in completed years: {}", hard.said())),
        plain: Reading::new(hard, soft),
        number: (years == 1).then_some(value),
        unit: Unit::One,
        whole: true,
        end,
        is_time: false,
        lo: numeral.clone(),
        hi: numeral,
    }
}

/// Gives both ends of a range one unit and one scale: "3 to 5 million", "$3-5m", "20-30%".
fn agreed(mut first: Amount, mut second: Amount, dash: bool) -> Option<(Amount, Amount)> {
    match (&first.unit, &second.unit) {
        (a, b) if a == b => {}
        (Unit::One, _) => first.unit = second.unit.clone(),
        (Unit::Currency(_) | Unit::Percent, Unit::One) if dash || matches!(first.unit, Unit::Currency(_)) => {
            second.unit = first.unit.clone();
        }
        _ => return None,
    }
    if first.numeral.scale.is_none()
        && let Some(scale) = &second.numeral.scale
        && first.numeral.value <= second.numeral.mantissa
        && first.numeral.form != Form::Scientific
    {
        first.numeral.value *= scale;
        first.numeral.step *= scale;
    }
    Some((first, second))
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
