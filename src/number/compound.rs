//! Amounts that are said in two units of a kind, and parts of a unit: "2h 13m", "5ft 10in", "two years and three months",
//! "an hour and a half", "three-quarters of an hour".

use super::amount::Amount;
use super::numeral::{Form, Numeral};
use super::phrase::Phrases;
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
