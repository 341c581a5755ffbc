//! Ranges, margins and shares: quantities that are said with two numbers.

use super::amount::Amount;
use super::digits::{Slip, approximated};
use super::numeral::{Form, Numeral};
use super::phrase::{Core, Parsed, Phrases};
use super::rows::Approximation;
use super::{Interval, QuantityForm, Rational, Reading, Unit};

/// What stands before a range.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// Nothing that belongs to it.
    None,
    /// "from"
    From,
    /// "between"
    Between,
}

impl Phrases<'_> {
    /// The rest of a range after "between" or "from".
    pub(super) fn range_from(&self, at: usize, between: bool) -> Parsed<Core> {
        let tokens = self.tokens;
        if !tokens.follows(at) {
            return Ok(None);
        }
        let (loose, at) = self.loosened(at);
        for and in [false, true] {
            if let Some(first) = self.amount(at, and)
                && let Some(mut core) =
                    self.range(at, &first, if between { Opening::Between } else { Opening::From })?
            {
                if loose {
                    core.plain = self.about(&core);
                }
                return Ok(Some(core));
            }
        }
        Ok(None)
    }

    /// An approximator at an end of a range ("between about 20 and 30"): whether it leaves both ends open, and where
    /// the number begins.
    fn loosened(&self, at: usize) -> (bool, usize) {
        // Most ends are plain numbers, and looking through the table takes longer than seeing that.
        match if self.may_open(at) { self.approximator(at) } else { None } {
            Some((Approximation::Plain | Approximation::Exactly, end)) => (false, end),
            Some((_, end)) => (true, end),
            None => (false, at),
        }
    }

    fn about(&self, core: &Core) -> Reading {
        approximated(Approximation::About, self.policy, (&core.lo, &core.plain), (&core.hi, &core.plain))
    }

    /// "a to b", "a-b", "a or b", "a and b" after "between".
    pub(super) fn range(&self, start: usize, first: &Amount, opening: Opening) -> Parsed<Core> {
        let tokens = self.tokens;
        let link = first.end;
        let next = link.saturating_add(1);
        if !tokens.follows(link) || !tokens.follows(next) {
            return Ok(None);
        }
        let dash = tokens.is_any(link, &["-", "–", "—", "\u{2011}", "\u{2212}", "~"]);
        let touching = tokens.touches(link) && tokens.touches(next);
        let spaced = !self.prose && !tokens.touches(link) && !tokens.touches(next);
        let either = tokens.is(link, "or");
        let links = if opening == Opening::Between {
            tokens.is(link, "and")
        } else {
            tokens.is_any(link, &["to", "through"]) || (dash && (touching || spaced)) || either
        };
        if !links {
            return Ok(None);
        }
        let (loose, next) = if opening == Opening::None { (false, next) } else { self.loosened(next) };
        let Some(second) = self.amount(next, true) else { return Ok(None) };
        let Some((low, second)) = agreed(first.clone(), second, dash) else { return Ok(None) };
        // "Rose by 26 to 154" and "rose from 26 to 154" state two figures, "rose 3 to 5 per cent" a range.
        let lent = low.unit != first.unit || low.numeral.value != first.numeral.value;
        let from = start.checked_sub(1).is_some_and(|before| tokens.is(before, "from"));
        if self.prose && tokens.is(link, "to") && (from || !lent) && tokens.is_change(start) {
            return Ok(None);
        }
        let first = low;
        let (lo, hi) = (first.numeral.value.clone(), second.numeral.value.clone());
        // "Two or three" is a range; "26 or 154" leaves a choice that no interval is.
        let near = || lo < hi && hi <= &lo * Rational::from(2);
        let counts = first.numeral.form == Form::Whole && second.numeral.form == Form::Whole;
        if either && !(counts && near()) {
            return Ok(None);
        }
        let same_by_mistake = self.prose && lo == hi;
        let Some(interval) = Interval::closed(lo.clone(), hi.clone()).filter(|_| !same_by_mistake) else {
            // A slip only where the range is all there is: "2025-12-18" is no range at all.
            let all = !self.prose && second.end == tokens.len();
            return if all { Err(Slip::Empty) } else { Ok(None) };
        };
        let mut core = Core {
            form: first.form().and(second.form()),
            plain: self.between(&first, &second, interval)?,
            number: None,
            unit: second.unit,
            end: second.end,
            is_time: second.is_time,
            lo: first.numeral,
            hi: second.numeral,
            row: "range",
        };
        if loose {
            core.plain = self.about(&core);
        }
        Ok(Some(core))
    }

    /// What lies from one end to the other. The ends count as they stand, unless one is a loose word ("a third to a
    /// half") or the policy says how digits are taken.
    fn between(&self, first: &Amount, second: &Amount, ends: Interval) -> Result<Reading, Slip> {
        let word = |amount: &Amount| matches!(amount.numeral.form, Form::Share { .. } | Form::Loose { .. });
        let stated = self.policy.rounding.is_some() || self.policy.precision.is_some();
        if !(stated || word(first) || word(second)) {
            return Ok(Reading::firm(ends));
        }
        let (first, second) = (self.alone(first.clone())?.plain, self.alone(second.clone())?.plain);
        let hard = first.hard().hull(second.hard()).hull(&ends);
        Ok(Reading::new(hard, if stated { first.soft().hull(second.soft()) } else { ends }))
    }

    /// "N ± e", "N plus or minus e", "N, give or take e".
    pub(super) fn margin(&self, first: &Amount) -> Parsed<Core> {
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
        let Some(margin) = self.amount(at, true) else { return Ok(None) };
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
            row: "margin",
            form: if unit == Unit::One { first.form().and(margin.form()) } else { QuantityForm::Other },
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
    pub(super) fn one_in(&self, first: &Amount) -> Option<Amount> {
        const LINKS: [&[&str]; 5] =
            [&["out", "of", "every"], &["out", "of"], &["in", "every"], &["of", "every"], &["in"]];
        let tokens = self.tokens;
        if first.numeral.form != Form::Whole || first.unit != Unit::One || !tokens.follows(first.end) {
            return None;
        }
        // "One person in five", "two adults in three".
        let noun = tokens.is_any(first.end, &COUNTED);
        let at = if noun { first.end.saturating_add(1) } else { first.end };
        let (links, next) = LINKS.iter().find_map(|words| tokens.past_words(at, words).map(|end| (words, end)))?;
        let part = first.numeral.value.to_i64().filter(|part| (1..=10).contains(part))?;
        let many = self.amount(next, true)?;
        let most = if part == 1 { 1_000_000 } else { 1_000 };
        let whole = many.numeral.value.to_i64().filter(|whole| (2..=most).contains(whole) && *whole > part)?;
        // "Killed 3 in 12 raids" counts: only "1 in 5", "nine in 10" and "two in five" are shares by themselves.
        let words = !first.numeral.digits && !many.numeral.digits;
        let parts = part == 1 || (!first.numeral.digits && matches!(whole, 10 | 100 | 1_000));
        if many.numeral.form != Form::Whole || many.unit != Unit::One || (links.len() == 1 && !words && !parts) {
            return None;
        }
        let value = Rational::new(part, whole)?;
        let step = Rational::new(1, whole)?;
        let form = Form::Share { margin: step.half() };
        let numeral =
            Numeral { value: value.clone(), mantissa: value, step, form, end: many.end, ..first.numeral.clone() };
        Some(Amount { numeral, unit: Unit::One, end: many.end, is_time: false })
    }
}

/// Of whom so many are a share of so many more, if a word stands between: "one adult in 12".
const COUNTED: [&str; 28] = [
    "person",
    "people",
    "adult",
    "adults",
    "child",
    "children",
    "man",
    "men",
    "woman",
    "women",
    "voter",
    "voters",
    "household",
    "households",
    "home",
    "homes",
    "worker",
    "workers",
    "pupil",
    "pupils",
    "student",
    "students",
    "patient",
    "patients",
    "resident",
    "residents",
    "family",
    "families",
];

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
