//! Amounts that are said in two units of a kind, and parts of a unit: "2h 13m", "5ft 10in", "two years and three months",
//! "an hour and a half", "three-quarters of an hour".

use super::amount::Amount;
use super::numeral::{Form, Numeral};
use super::phrase::Phrases;
use super::token::Kind;
use super::units::factor;
use super::{Rational, Unit};

/// A unit, the next smaller one, and how that is written after it alone: beside hours an "m" is no metre.
const SMALLER: [(&str, &str, &[&str]); 9] = [
    ("years", "months", &[]),
    ("weeks", "days", &[]),
    ("days", "hours", &[]),
    ("hours", "minutes", &["m"]),
    ("minutes", "seconds", &["s"]),
    ("feet", "inches", &["in", "ins"]),
    ("m", "cm", &[]),
    ("pounds", "ounces", &[]),
    ("stone", "pounds", &[]),
];

/// Words after "two pounds fifty" with which the fifty are pence.
const AFTER_MONEY: [&str; 24] = [
    "a", "an", "per", "each", "for", "in", "on", "at", "to", "from", "and", "or", "more", "less", "was", "is", "by",
    "but", "when", "if", "this", "last", "after", "before",
];

/// Words after "5 ft 10 in" with which the "in" is inches.
const AFTER_A_HEIGHT: [&str; 9] = ["tall", "high", "long", "wide", "deep", "and", "but", "or", "who"];

/// An amount has no more units than this.
const MOST_UNITS: usize = 4;

impl Phrases<'_> {
    /// An amount with the smaller units that follow it; as it was if none do.
    pub(super) fn compound(&self, mut amount: Amount) -> Amount {
        for _ in 1..MOST_UNITS {
            match self.with_smaller(&amount) {
                Some(longer) => amount = longer,
                None => break,
            }
        }
        amount
    }

    fn with_smaller(&self, first: &Amount) -> Option<Amount> {
        let tokens = self.tokens;
        let next = first.end.saturating_add(1);
        if first.unit != Unit::One || !tokens.is(first.end.saturating_sub(1), "m") {
            return self.followed_by(first);
        }
        // "1m 32s", "1m 85cm": by itself an "m" is a million.
        let large = match tokens.text(next) {
            "s" if tokens.touches(next) => "minutes",
            "cm" => "m",
            _ => return None,
        };
        self.followed_by(&Amount { numeral: unscaled(first.numeral.clone())?, unit: unit(large), ..first.clone() })
    }

    fn followed_by(&self, first: &Amount) -> Option<Amount> {
        let tokens = self.tokens;
        if let Some(longer) = self.and_cents(first).or_else(|| self.and_inches(first)) {
            return Some(longer);
        }
        let Unit::Other(large) = &first.unit else { return None };
        let (_, smaller, short) = SMALLER.iter().find(|(name, ..)| name == large)?;
        if !first.numeral.value.is_integer() || first.numeral.value.is_negative() || !tokens.follows(first.end) {
            return None;
        }
        let linked = tokens.is_any(first.end, &["and", ","]);
        let at = if linked { first.end.saturating_add(1) } else { first.end };
        if !tokens.follows(at) {
            return None;
        }
        let mut second = tokens.numeral(at, false, false)?;
        // The "m" of "13m" was taken for millions.
        if second.scale.is_some() && tokens.is(second.end.saturating_sub(1), "m") {
            second = unscaled(second)?;
        }
        let hyphen = tokens.is(second.end, "-");
        let named = if hyphen { second.end.saturating_add(1) } else { second.end };
        // "5 in" is no inch, and "5 s" no second.
        let is_short = tokens.text(named).len() <= 2;
        let is_smaller = tokens.is_any(named, short) || tokens.measure(named).is_some_and(|(_, unit)| unit == *smaller);
        let fits = is_smaller && tokens.follows(named) && (!is_short || tokens.touches(named));
        let unit = unit(smaller);
        let larger = factor(&first.unit, &unit)?;
        let is_plain = matches!(second.form, Form::Whole | Form::Rounded);
        if !fits || !is_plain || second.value.is_negative() || second.value >= larger {
            return None;
        }
        let value = &first.numeral.value * &larger + &second.value;
        let end = named.saturating_add(1);
        let numeral = Numeral { mantissa: value.clone(), value, end, ..second };
        Some(Amount { numeral, unit, end, is_time: first.is_time })
    }

    /// "$2 and 75 cents", "two pounds and 50 pence", "two pounds fifty".
    fn and_cents(&self, first: &Amount) -> Option<Amount> {
        let tokens = self.tokens;
        // Without a smaller unit after them, two pounds may be a weight.
        let pounds = first.unit.name() == "pounds";
        let money = if pounds { Unit::Currency("GBP".to_owned()) } else { first.unit.clone() };
        let whole = matches!(first.numeral.form, Form::Whole) && !first.numeral.value.is_negative();
        let Unit::Currency(_) = &money else { return None };
        if !whole || !tokens.follows(first.end) {
            return None;
        }
        let at = if tokens.is_any(first.end, &["and", ","]) { first.end.saturating_add(1) } else { first.end };
        let second = tokens.numeral(at, false, false).filter(|second| second.form == Form::Whole)?;
        let named = second.end;
        let cents = tokens.measure(named).filter(|_| tokens.follows(named)).and_then(|(_, cents)| {
            // "Two pounds 50p"; a bare "p" touches its digits.
            let touches = tokens.text(named).len() > 1 || tokens.touches(named);
            factor(&unit(cents), &money).filter(|_| touches)
        });
        let hundredth = Rational::new(1, 100)?;
        // "Two pounds fifty", but no "two dollars, fifty people": by itself such a number ends what is said.
        let in_words = !tokens.is_kind(first.end.saturating_sub(1), Kind::Number) && at == first.end;
        let ends = !tokens.is_kind(named, Kind::Word) || !tokens.follows(named) || tokens.is_any(named, &AFTER_MONEY);
        let is_bare = in_words && ends && second.value >= Rational::from(10) && !tokens.is_any(named, &["%", "-", "–"]);
        let (factor, end) = match cents {
            Some(factor) => (factor, named.saturating_add(1)),
            None if is_bare => (hundredth.clone(), named),
            None => return None,
        };
        if second.value.is_negative() || second.value >= Rational::from(100) || !tokens.follows(at) {
            return None;
        }
        let value = &first.numeral.value + &(&second.value * &factor);
        let numeral = Numeral { mantissa: value.clone(), value, step: hundredth, form: Form::Rounded, end, ..second };
        Some(Amount { numeral, unit: money, end, is_time: false })
    }

    /// "5-foot-10", "5 ft 10 in": inches that a hyphen joins to their feet, or that end the phrase.
    fn and_inches(&self, first: &Amount) -> Option<Amount> {
        let tokens = self.tokens;
        let whole = matches!(first.numeral.form, Form::Whole) && !first.numeral.value.is_negative();
        if !whole || first.unit.name() != "feet" || !tokens.follows(first.end) {
            return None;
        }
        let joined = |at: usize| {
            tokens.is_any(at, &["-", "\u{2011}"]) && tokens.touches(at) && tokens.touches(at.saturating_add(1))
        };
        let hyphen = joined(first.end);
        let at = if hyphen { first.end.saturating_add(1) } else { first.end };
        let second = tokens.numeral(at, false, false).filter(|second| second.form == Form::Whole)?;
        let named = if joined(second.end) { second.end.saturating_add(1) } else { second.end };
        let is_inch = tokens.is_any(named, &["inch", "inches", "in", "ins"]) && tokens.follows(named);
        let past = named.saturating_add(1);
        let ends = !tokens.is_kind(past, Kind::Word) || !tokens.follows(past) || tokens.is_any(past, &AFTER_A_HEIGHT);
        let end = if is_inch && (hyphen || ends) {
            past
        } else if hyphen {
            second.end
        } else {
            return None;
        };
        let inches = unit("inches");
        let foot = factor(&first.unit, &inches)?;
        if second.value.is_negative() || second.value >= foot {
            return None;
        }
        let value = &first.numeral.value * &foot + &second.value;
        Some(Amount {
            numeral: Numeral { mantissa: value.clone(), value, end, ..second },
            unit: inches,
            end,
            is_time: false,
        })
    }

    /// "An hour", "a mile", by themselves: one of it.
    pub(super) fn one_of_a_unit(&self, at: usize) -> Option<Amount> {
        let noun = at.saturating_add(1);
        if self.prose || !self.tokens.is_any(at, &["a", "an"]) || self.tokens.text(noun).len() < 3 {
            return None;
        }
        let (unit, end, is_time) = self.unit_after(noun, None);
        let numeral = Numeral::plain(Rational::ONE, end, false);
        (unit != Unit::One).then_some(Amount { numeral, unit, end, is_time })
    }

    /// Whether an amount goes on with a time that has no number: the two months of "a year and two months".
    pub(super) fn ends_a_time(&self, at: usize, amount: &Amount) -> bool {
        let tokens = self.tokens;
        let Some(article) = at.checked_sub(3) else { return false };
        let noun = tokens.text(article.saturating_add(1));
        let larger = SMALLER.iter().find(|(_, smaller, _)| amount.unit.name() == *smaller).map(|(large, ..)| *large);
        tokens.is_any(article, &["a", "an"])
            && tokens.is(article.saturating_add(2), "and")
            && larger.is_some_and(|larger| larger.strip_suffix('s') == Some(noun))
    }

    /// "Half an hour", "three-quarters of an hour", "an hour and a half": a part of a unit, by itself. In running text such
    /// words say how long something took more often than what is counted, and are left alone.
    pub(super) fn part_of_a_unit(&self, at: usize) -> Option<Amount> {
        let tokens = self.tokens;
        // Nearly all values are a number, and at most its unit.
        tokens.get(at.saturating_add(2))?;
        let measure = |at: usize| {
            let spelled = tokens.follows(at) && tokens.text(at).len() > 2;
            tokens.measure(at).filter(|_| spelled).map(|(_, name)| unit(name))
        };
        let past_article = |at: usize| tokens.is_any(at, &["a", "an", "one"]).then(|| at.saturating_add(1));
        if let Some(unit) = past_article(at).and_then(measure) {
            let share = tokens.past_words(at.saturating_add(2), &["and"])?;
            let share = if tokens.is_any(share, &["a", "one"]) { share } else { return None };
            let part = match tokens.text(share.saturating_add(1)) {
                "half" => tokens.numeral(share.saturating_add(1), false, false)?,
                _ => tokens.numeral(share, false, false)?,
            };
            let Form::Share { .. } = part.form else { return None };
            let numeral = Numeral::plain(Rational::ONE, at, false).with_part(part);
            return Some(Amount { end: numeral.end, numeral, unit, is_time: true });
        }
        let part = tokens.numeral(at, false, false)?;
        let Form::Share { margin } = &part.form else { return None };
        let of = if tokens.is(part.end, "of") { part.end.saturating_add(1) } else { part.end };
        let noun = past_article(of)?;
        let unit = measure(noun)?;
        let form = Form::Loose { hard: part.step.half(), soft: margin.clone() };
        let end = noun.saturating_add(1);
        Some(Amount { numeral: Numeral { form, end, ..part }, unit, end, is_time: true })
    }
}

fn unit(name: &str) -> Unit {
    Unit::Other(name.to_owned())
}

/// The number before its scale, which is no scale but the letter of a unit.
fn unscaled(numeral: Numeral) -> Option<Numeral> {
    let scale = numeral.scale?;
    Some(Numeral {
        value: numeral.mantissa.clone(),
        step: numeral.step.checked_div(&scale)?,
        form: if numeral.form == Form::Scaled { Form::Whole } else { numeral.form },
        scale: None,
        end: numeral.end.checked_sub(1)?,
        ..numeral
    })
}
