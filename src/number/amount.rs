//! One number with its sign, currency, scale and unit.

use super::numeral::{Form, Numeral};
use super::phrase::Phrases;
use super::token::{Kind, Tokens};
use super::units::{
    CURRENCY_CODES, CURRENCY_SIGNS, CURRENCY_WORDS, MEASURES, PERCENT, POWERS, SPEEDS, TEMPERATURES, TIME_UNITS_FROM,
};
use super::{QuantityForm, Rational, Unit};

/// One number with its unit.
#[derive(Clone)]
pub(super) struct Amount {
    pub numeral: Numeral,
    pub unit: Unit,
    pub end: usize,
    pub is_time: bool,
}

impl Amount {
    /// How it was written.
    pub fn form(&self) -> QuantityForm {
        match (&self.numeral.form, &self.unit) {
            (Form::Whole, Unit::One) => QuantityForm::Whole,
            (Form::Share { .. }, Unit::One) => QuantityForm::Share,
            _ => QuantityForm::Other,
        }
    }
}

impl Tokens<'_> {
    /// The unit that a word names, with its row in the table.
    pub fn measure(&self, at: usize) -> Option<(usize, &'static str)> {
        let mut rows = MEASURES.iter().enumerate();
        rows.find(|(_, (names, _))| self.is_any(at, names)).map(|(row, (_, unit))| (row, *unit))
    }
}

impl Phrases<'_> {
    pub(super) fn amount(&self, start: usize, and: bool) -> Option<Amount> {
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
        } else if let Some((points, past)) = self.part_of_a_percent(&numeral) {
            unit = points;
            end = past;
        } else if self.prose
            && matches!(numeral.form, Form::Share { .. })
            && (tokens.is_any(past_article(tokens, end), &["point", "points"]) || tokens.is_of_a_unit(end))
        {
            // "Half a point": of what, nobody can tell. "Three-quarters of an hour" is no share of anything.
            return None;
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

    /// "Half a percent", "a third of one per cent", "half a percentage point": a share of one per cent, and not of all.
    fn part_of_a_percent(&self, numeral: &Numeral) -> Option<(Unit, usize)> {
        if !self.prose || !matches!(numeral.form, Form::Share { .. }) {
            return None;
        }
        let (power, unit, end, _) = self.unit_at(past_article(self.tokens, numeral.end), None)?;
        (power == 0 && matches!(unit, Unit::Percent | Unit::Points)).then_some((unit, end))
    }

    /// A sign that belongs to the number after it.
    fn sign(&self, at: usize) -> (bool, usize) {
        let tokens = self.tokens;
        let next = at.saturating_add(1);
        if tokens.is_any(at, &["minus", "negative"]) && tokens.follows(next) && !self.prose_word_before(at) {
            // "Plus or minus 3 points" is a margin.
            let margin = at.checked_sub(2).is_some_and(|plus| tokens.past_words(plus, &["plus", "or"]).is_some());
            return (!margin, next);
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

    pub(super) fn unit_after(&self, end: usize, numeral: Option<&Numeral>) -> (Unit, usize, bool) {
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
        let sign = tokens.is_kind(at, Kind::Sign) && tokens.is_any(at, &["%", "‰", "°", "€", "$", "£", "¥", "₩", "¢"]);
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
        if let Some((unit, past)) = self.power(at) {
            return Some((0, Unit::Other(unit.to_owned()), past, false));
        }
        // "Highs of 34C".
        let degrees = numeral.is_some_and(|numeral| numeral.digits && numeral.value.abs() < Rational::from(200));
        if tokens.touches(at) && degrees && ["C", "F"].contains(&tokens.text(at)) && !hyphen {
            return Some((0, Unit::Other(format!("°{}", tokens.text(at))), at.saturating_add(1), false));
        }
        // "45.94s"; "the 90s" are years.
        let decimals = numeral.is_some_and(|numeral| numeral.digits && numeral.form == Form::Rounded);
        if tokens.is(at, "s") && tokens.touches(at) && decimals {
            return Some((0, Unit::Other("seconds".to_owned()), at.saturating_add(1), true));
        }
        // A bare letter touches its digits ("5m" was a scale before); "2 second prizes" counts prizes.
        if let Some((row, unit)) = tokens.measure(at) {
            let singular_second = self.prose
                && tokens.is(at, "second")
                && !hyphen
                && numeral.is_none_or(|numeral| numeral.value != Rational::ONE);
            let old = hyphen && tokens.is(at.saturating_add(1), "-") && tokens.is(at.saturating_add(2), "old");
            let lower_only = tokens.text(at).len() > 1 || tokens.text(at).chars().all(char::is_lowercase);
            if !singular_second && !old && lower_only {
                if unit == "degrees"
                    && let Some((scale, past)) = self.temperature(at.saturating_add(1))
                {
                    return Some((0, Unit::Other(scale.to_owned()), past, false));
                }
                if let Some((speed, past)) = self.speed(unit, at.saturating_add(1)) {
                    return Some((0, Unit::Other(speed.to_owned()), past, false));
                }
                return Some((0, Unit::Other(unit.to_owned()), at.saturating_add(1), row >= TIME_UNITS_FROM));
            }
        }
        if !self.prose
            && let Some((code, past)) = money(true)
        {
            return Some((0, Unit::Currency(code.to_owned()), past, false));
        }
        Some((0, Unit::One, end, false))
    }

    /// An area or a volume in words: "square kilometres", "sq. km".
    fn power(&self, at: usize) -> Option<(&'static str, usize)> {
        let next = at.saturating_add(1);
        let parts = self.tokens.is_any(next, &[".", "-"]) && self.tokens.touches(next);
        let length = if parts { next.saturating_add(1) } else { next };
        let (_, measure) = self.tokens.measure(length)?;
        let row = POWERS.iter().find(|(before, of, _)| self.tokens.is_any(at, before) && *of == measure)?;
        self.tokens.follows(length).then_some((row.2, length.saturating_add(1)))
    }

    /// "93 miles an hour", "150 km/h", "40 m/s".
    fn speed(&self, length: &str, at: usize) -> Option<(&'static str, usize)> {
        let (_, ways, speed) = SPEEDS.iter().find(|(of, ..)| *of == length)?;
        let past = ways.iter().find_map(|words| self.tokens.past_words(at, words))?;
        self.tokens.follows(at).then_some((*speed, past))
    }

    /// The scale after "degrees" or `°`: a letter that touches it, or a name.
    fn temperature(&self, at: usize) -> Option<(&'static str, usize)> {
        let (_, scale) = TEMPERATURES.iter().find(|(names, _)| {
            let word = self.tokens.text(at);
            names.iter().any(|name| {
                if name.len() == 1 { *name == word && self.tokens.touches(at) } else { self.tokens.is(at, name) }
            })
        })?;
        self.tokens.follows(at).then_some((*scale, at.saturating_add(1)))
    }
}

/// Past the "a", "of a" or "of one" that stands between a share and what it is a share of.
fn past_article(tokens: &Tokens<'_>, at: usize) -> usize {
    let article = if tokens.is(at, "of") { at.saturating_add(1) } else { at };
    if tokens.is_any(article, &["a", "an", "one", "1"]) { article.saturating_add(1) } else { at }
}
