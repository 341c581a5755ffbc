//! The core of a quantity: one number, in digits or words, with its scale. Units and approximators come later.

use super::Rational;
use super::token::{Kind, Tokens};
use super::words::{
    AFTER_GRAND, AFTER_METRES, FRACTION_SIGNS, FRACTIONS, ORDINALS, SCALE_SUFFIXES, SCALES, SIMPLE_FRACTIONS,
    SMALL_NUMBERS, Stands,
};

/// How a number was written, which decides how far its digits bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A whole number without decimals or scale: a count.
    Whole,
    /// With decimals: rounded to its last written digit.
    Rounded,
    /// A whole number of a scale ("500 million"): rounded to its last written digit, or further if it ends in zeros.
    Scaled,
    /// With an exponent: meant for machines, exact as written.
    Scientific,
    /// A simple fraction of something; the margin is half the step to the nearest other one.
    Share { margin: Rational },
    /// A round word ("a dozen", "half a million") with margins of its own.
    Loose { hard: Rational, soft: Rational },
}

/// A number as written.
#[derive(Clone, Debug)]
pub(super) struct Numeral {
    /// The number, scale and sign included.
    pub value: Rational,
    /// One unit of the last written digit.
    pub step: Rational,
    /// The number before its scale, to which "3" in "3 to 5 million" is compared.
    pub mantissa: Rational,
    /// The scale, if one was written.
    pub scale: Option<Rational>,
    pub form: Form,
    /// One past its last token.
    pub end: usize,
    /// Whether it was written in digits.
    pub digits: bool,
}

/// The most digits of a power of ten.
const MAX_POWER_DIGITS: usize = 2;

/// The most number words that one number may have.
const MAX_WORDS: usize = 24;

fn small_number(word: &str) -> Option<i64> {
    SMALL_NUMBERS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

fn scale_word(word: &str) -> Option<i32> {
    SCALES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, power)| *power)
}

/// Whether a word may be the first of a number.
pub(super) fn is_number_word(word: &str) -> bool {
    small_number(word).is_some()
}

/// Half the step from a fraction to the nearest simple one that differs from it.
fn share_margin(value: &Rational) -> Rational {
    let simple = SIMPLE_FRACTIONS.iter().filter_map(|(num, den)| Rational::new(*num, *den));
    let step = simple.map(|simple| (&simple - value).abs()).filter(|step| !step.is_zero()).min();
    step.unwrap_or(Rational::ONE).half()
}

impl Numeral {
    pub fn plain(value: Rational, end: usize, digits: bool) -> Self {
        Self { mantissa: value.clone(), value, step: Rational::ONE, scale: None, form: Form::Whole, end, digits }
    }

    fn share(num: i64, den: i64, end: usize) -> Option<Self> {
        let value = Rational::new(num, den)?;
        let form = Form::Share { margin: share_margin(&value) };
        Some(Self { step: Rational::new(1, den)?, form, ..Self::plain(value, end, false) })
    }

    fn scaled(self, scale: Rational, end: usize) -> Self {
        Self {
            value: &self.value * &scale,
            step: &self.step * &scale,
            form: if self.form == Form::Whole { Form::Scaled } else { self.form },
            scale: Some(scale),
            end,
            ..self
        }
    }

    /// A whole number and a fraction: "two and a half", `2½`, `1 1/2`. It is rounded to that fraction.
    pub fn with_part(self, part: Self) -> Self {
        let whole = Self::plain(self.value + part.value, part.end, self.digits);
        Self { step: part.step, form: Form::Rounded, ..whole }
    }

    /// The same number below nought.
    pub fn negated(self) -> Self {
        Self { value: -self.value, mantissa: -self.mantissa, ..self }
    }
}

impl Tokens<'_> {
    /// The number that starts at a token, its scale included.
    ///
    /// With `and` it takes "one hundred and five" whole; without, it leaves "and" to what comes between two numbers.
    pub fn numeral(&self, at: usize, and: bool, money: bool) -> Option<Numeral> {
        match self.get(at)?.kind {
            Kind::Number => self.digits(at, money),
            Kind::Word if self.is(at, "quarter") => self.share_of_scale(at),
            Kind::Word if !self.is_any(at, &["a", "an", "half"]) && !is_number_word(self.text(at)) => None,
            Kind::Word => self.share_of_scale(at).or_else(|| self.share(at)).or_else(|| self.number_words(at, and)),
            Kind::Sign => {
                let (num, den) = self.fraction_sign(at)?;
                Numeral::share(num, den, at.saturating_add(1))
            }
            Kind::Code => None,
        }
    }

    /// The number in words that starts at a token, where "three quarters" counts quarters of a year.
    pub fn numeral_without_share(&self, at: usize) -> Option<Numeral> {
        self.number_words(at, true)
    }

    fn fraction_sign(&self, at: usize) -> Option<(i64, i64)> {
        let mut characters = self.text(at).chars();
        let sign = characters.next()?;
        FRACTION_SIGNS.iter().find(|(known, _, _)| *known == sign).map(|(_, num, den)| (*num, *den))
    }

    fn digits(&self, at: usize, money: bool) -> Option<Numeral> {
        let end = at.saturating_add(1);
        if let Some((power, end)) = self.raised(at) {
            return Some(Numeral::plain(Rational::ONE, end, true).scaled(power, end));
        }
        let (value, decimals, scientific) = value_of_digits(self.text(at))?;
        let mut numeral = Numeral::plain(value, end, true);
        if scientific {
            numeral.form = Form::Scientific;
        } else if decimals > 0 {
            numeral.step = Rational::power_of_ten(decimals.checked_neg()?)?;
            numeral.form = Form::Rounded;
        } else if self.touches(end)
            && let Some((num, den)) = self.fraction_sign(end)
        {
            numeral = numeral.with_part(Numeral::share(num, den, end.saturating_add(1))?);
        } else if let Some(fraction) = self.digit_fraction(at) {
            return Some(fraction);
        } else if let Some(part) = self.digit_fraction(end).filter(|_| self.follows(end)) {
            // "1 1/2 hours".
            numeral = numeral.with_part(part);
        }
        Some(self.with_scale(numeral, money))
    }

    /// `1/3`, all touching, below one and with a small denominator.
    fn digit_fraction(&self, at: usize) -> Option<Numeral> {
        let (slash, second) = (at.saturating_add(1), at.saturating_add(2));
        if !self.is(slash, "/")
            || !self.touches(slash)
            || !self.touches(second)
            || self.is(second.saturating_add(1), "/")
        {
            return None;
        }
        let num = self.text(at).parse::<i64>().ok()?;
        let den = self.text(second).parse::<i64>().ok()?;
        if 0 < num && num < den && den <= 100 { Numeral::share(num, den, second.saturating_add(1)) } else { None }
    }

    /// The power of ten of a scale in words; "two grand pianos" are no thousands.
    pub fn scale_at(&self, at: usize) -> Option<i32> {
        let next = at.saturating_add(1);
        let ends = || !self.is_kind(next, Kind::Word) || !self.follows(next) || self.is_any(next, &AFTER_GRAND);
        scale_word(self.text(at)).filter(|_| !self.is(at, "grand") || ends())
    }

    /// "× 10⁶", "x 10^6" after digits.
    fn power_of_ten(&self, at: usize) -> Option<(Rational, usize)> {
        if self.is_any(at, &["×", "x", "·", "*"]) { self.raised(at.saturating_add(1)) } else { None }
    }

    /// A power of ten as such: "10⁶", "10^6".
    fn raised(&self, at: usize) -> Option<(Rational, usize)> {
        const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        let from = at.saturating_add(1);
        if !self.is(at, "10") || !self.touches(from) {
            return None;
        }
        let is_caret = self.is(from, "^");
        let first = if is_caret { from.saturating_add(1) } else { from };
        let is_below = self.is_any(first, &["⁻", "-", "−"]);
        let first = if is_below { first.saturating_add(1) } else { first };
        let digit = |at: usize| {
            let digit = RAISED.iter().position(|sign| self.text(at).starts_with(*sign))?;
            char::from_digit(u32::try_from(digit).ok()?, 10).filter(|_| self.touches(at))
        };
        let (power, end) = if is_caret {
            (self.text(first).to_owned(), first.saturating_add(1))
        } else {
            let digits: String = (first..first.saturating_add(MAX_POWER_DIGITS)).map_while(digit).collect();
            let end = first.saturating_add(digits.len());
            (digits, end)
        };
        let power = Some(power).filter(|digits| digits.len() <= MAX_POWER_DIGITS)?.parse::<i32>().ok()?;
        Some((Rational::power_of_ten(if is_below { power.checked_neg()? } else { power })?, end))
    }

    /// A scale after a number: "million", "bn", "m" where it touches digits.
    fn with_scale(&self, numeral: Numeral, money: bool) -> Numeral {
        if let Some((scale, end)) = self.power_of_ten(numeral.end).filter(|_| numeral.digits) {
            return numeral.scaled(scale, end);
        }
        // "A 1.2-billion loan": the hyphen says nothing.
        let beyond = numeral.end.saturating_add(1);
        let hyphen = self.is(numeral.end, "-")
            && self.touches(numeral.end)
            && self.touches(beyond)
            && scale_word(self.text(beyond)).is_some();
        let at = if hyphen { beyond } else { numeral.end };
        let after = at.saturating_add(1);
        let word = self.text(at);
        let touches = self.touches(at) && !hyphen;
        if !self.is_kind(at, Kind::Word) || !self.follows(at) {
            return numeral;
        }
        let suffix = SCALE_SUFFIXES.iter().find(|(name, _, stands)| {
            let may_stand = match stands {
                Stands::Touching => touches || money,
                Stands::Anywhere => true,
                Stands::WithMoney => money,
            };
            *name == word && numeral.digits && may_stand
        });
        if let Some((name, power, _)) = suffix {
            let metres = name.eq_ignore_ascii_case("m") && !money && self.is_any(after, &AFTER_METRES);
            return match Rational::power_of_ten(*power) {
                Some(scale) if !metres => numeral.scaled(scale, after),
                _ => numeral,
            };
        }
        if touches && numeral.digits {
            return numeral;
        }
        if word.eq_ignore_ascii_case("dozen") {
            return dozens(numeral, after);
        }
        let Some(power) = self.scale_at(at) else { return numeral };
        let Some(scale) = Rational::power_of_ten(power) else { return numeral };
        // "12 hundred" is a whole number; "2 million million" does not exist, "5 hundred thousand" does.
        let next = scale_word(self.text(after)).filter(|next| *next > power && self.follows(after));
        if power == 2 {
            let whole =
                Numeral { value: &numeral.value * &scale, mantissa: &numeral.mantissa * &scale, end: after, ..numeral };
            return match next.and_then(Rational::power_of_ten) {
                Some(scale) => whole.scaled(scale, after.saturating_add(1)),
                None => whole,
            };
        }
        numeral.scaled(scale, after)
    }

    /// "twenty-six", "a hundred and five", "two million", "one and a half million", "two dozen".
    fn number_words(&self, start: usize, and: bool) -> Option<Numeral> {
        let mut at = start;
        let article = self.is_any(at, &["a", "an"]);
        if article {
            at = at.saturating_add(1);
            // "A grand old house" is no thousand.
            let scale = self.is(at, "dozen") || (scale_word(self.text(at)).is_some() && !self.is(at, "grand"));
            if !scale || !self.follows(at) {
                return None;
            }
        }
        let (mut total, mut group, mut smallest) = (Rational::ZERO, article.then_some(Rational::ONE), i32::MAX);
        // The last word's place tells what may follow: units after tens, tens after hundreds.
        let mut room = if article { 1 } else { 1_000_000 };
        let mut scales = 0_usize;
        for _ in 0..MAX_WORDS {
            let mut next = at;
            if next > start {
                if self.is(next, "-") && self.touches(next) && self.touches(next.saturating_add(1)) {
                    next = next.saturating_add(1);
                    if self.is_any(next, &ORDINALS) {
                        return None;
                    }
                } else if self.is(next, "and") && and && (scales > 0 || room == 100) && self.follows(next) {
                    next = next.saturating_add(1);
                }
                if !self.follows(next) {
                    break;
                }
            }
            let word = self.text(next);
            let after_and = self.is(next.saturating_sub(1), "and") && next > at;
            if let Some(value) = small_number(word) {
                let fits = match (&group, value) {
                    (None, _) => true,
                    (Some(_), 0) => false,
                    (Some(_), 1..=9) => room >= 10,
                    (Some(_), _) => room >= 100,
                };
                if !fits {
                    break;
                }
                group = Some(group.unwrap_or(Rational::ZERO) + Rational::from(value));
                room = if value >= 20 { 10 } else { 1 };
            } else if let Some(power) = self.scale_at(next).filter(|_| !after_and && group.is_some()) {
                let held = group.clone()?;
                let scale = Rational::power_of_ten(power)?;
                if power == 2 {
                    if held >= Rational::from(100) {
                        break;
                    }
                    group = Some(held * scale);
                    room = 100;
                } else {
                    if power >= smallest {
                        break;
                    }
                    total += held * scale;
                    (group, smallest, room) = (None, power, 1_000_000);
                    scales = scales.saturating_add(1);
                }
            } else {
                break;
            }
            at = next.saturating_add(1);
        }
        if at == start || (group.is_none() && scales == 0) {
            return None;
        }
        // "one third" in digits' stead is a fraction, "twenty first" a rank.
        let value = &total + group.clone().unwrap_or(Rational::ZERO);
        let mut numeral = Numeral::plain(value, at, false);
        if self.is(at, "dozen") && self.follows(at) && scales == 0 {
            return Some(dozens(numeral, at.saturating_add(1)));
        }
        if scales == 0
            && !article
            && let Some(half) = self.and_a_half(numeral.clone())
        {
            return Some(self.with_scale(half, false));
        }
        if scales == 1 && group.is_none() {
            let scale = Rational::power_of_ten(smallest)?;
            numeral.mantissa = total.checked_div(&scale)?;
            numeral.step = scale.clone();
            numeral.scale = Some(scale);
            numeral.form = Form::Scaled;
        }
        Some(numeral)
    }

    /// "and a half" after a whole number.
    fn and_a_half(&self, numeral: Numeral) -> Option<Numeral> {
        let at = numeral.end;
        for (one, many, den) in FRACTIONS {
            for article in ["a", "one"] {
                if let Some(end) = self.past_words(at, &["and", article, one]) {
                    return Some(numeral.with_part(Numeral::share(1, den, end)?));
                }
            }
            for words in [["and", "three", "-", many], ["and", "two", "-", many]] {
                if let Some(end) = self.past_words(at, &words) {
                    let num = if words.get(1) == Some(&"three") { 3 } else { 2 };
                    return Some(numeral.with_part(Numeral::share(num, den, end)?));
                }
            }
        }
        None
    }

    /// "half", "a third", "one-third", "two-thirds", "three quarters".
    fn share(&self, at: usize) -> Option<Numeral> {
        let next = at.saturating_add(1);
        if self.is(at, "half") {
            return Numeral::share(1, 2, next);
        }
        if self.is(at, "quarter") {
            return Numeral::share(1, 4, next);
        }
        let (num, den) = if self.is_any(at, &["a", "an"]) {
            (1, next)
        } else {
            let num = small_number(self.text(at)).filter(|num| (1..=9).contains(num))?;
            let hyphen = self.is(next, "-") && self.touches(next) && self.touches(next.saturating_add(1));
            (num, if hyphen { next.saturating_add(1) } else { next })
        };
        if !self.follows(den) {
            return None;
        }
        let (_, _, parts) =
            FRACTIONS.iter().find(|(one, many, _)| if num == 1 { self.is(den, one) } else { self.is(den, many) })?;
        if num < *parts { Numeral::share(num, *parts, den.saturating_add(1)) } else { None }
    }

    /// "half a million", "three-quarters of a million", "half a dozen".
    fn share_of_scale(&self, at: usize) -> Option<Numeral> {
        let share = self.share(at)?;
        let mut next = share.end;
        if self.is(next, "of") {
            next = next.saturating_add(1);
        }
        if !self.is_any(next, &["a", "one"]) {
            return None;
        }
        next = next.saturating_add(1);
        let scale = if self.is(next, "dozen") {
            Rational::from(12)
        } else {
            Rational::power_of_ten(scale_word(self.text(next))?)?
        };
        let Form::Share { margin } = &share.form else { return None };
        let form = Form::Loose { hard: (&share.step * &scale).half(), soft: margin * &scale };
        Some(Numeral {
            value: &share.value * &scale,
            mantissa: share.value.clone(),
            step: &share.step * &scale,
            scale: Some(scale),
            form,
            end: next.saturating_add(1),
            digits: false,
        })
    }
}

/// Dozens are twelve each, and as loose as any round number.
fn dozens(numeral: Numeral, end: usize) -> Numeral {
    let twelve = Rational::from(12);
    Numeral {
        value: &numeral.value * &twelve,
        step: twelve.clone(),
        form: Form::Loose { hard: twelve.half(), soft: Rational::ZERO },
        scale: Some(twelve),
        end,
        ..numeral
    }
}

/// The value of digits, the number of decimals, and whether there is an exponent.
fn value_of_digits(text: &str) -> Option<(Rational, i32, bool)> {
    // Far longer than any figure, separators included: not worth copying.
    if text.len() > 4_000 {
        return None;
    }
    let scientific = text.contains(['e', 'E']);
    let plain: String =
        text.chars().filter(|sign| sign.is_ascii_digit() || matches!(sign, '.' | 'e' | 'E' | '+' | '-')).collect();
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Some((Rational::parse_decimal(&plain)?, i32::try_from(decimals).ok()?, scientific))
}
