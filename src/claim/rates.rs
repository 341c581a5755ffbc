//! `[rate]`: what one unit of a currency is in another, and how figures are taken from one unit to another.
//!
//! A rate is exact as written. Figures whose currency has one are counted in the currency that `to` names, so that they
//! can be added to and compared with the others; a claim file's own rates replace those of the workspace.

use crate::number::{Rational, Unit, factor};
use crate::source::document::{Table, Value, ValueKind};
use crate::source::{InputError, InputErrors, Spanned};
use std::collections::BTreeMap;

/// The rates that hold for an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    to: Option<String>,
    rates: BTreeMap<String, Rational>,
}

impl Rates {
    /// The currency that figures are counted in, if there are rates.
    pub(super) fn leads_to(&self) -> Option<&str> {
        self.to.as_deref()
    }

    /// The currency that figures of a unit are counted in, if that is another one.
    pub(super) fn target(&self, unit: &Unit) -> Option<Unit> {
        let to = Unit::Currency(self.to.clone()?);
        (*unit != to && self.factor(unit, &to).is_some()).then_some(to)
    }

    /// The exact factor from one unit to another: of units of one kind, or of two currencies with rates.
    pub(super) fn factor(&self, from: &Unit, to: &Unit) -> Option<Rational> {
        factor(from, to).or_else(|| self.value(from)?.checked_div(&self.value(to)?))
    }

    /// What one of a unit of money is in the currency that rates lead to.
    fn value(&self, unit: &Unit) -> Option<Rational> {
        match unit {
            Unit::Currency(code) if self.to.as_ref() == Some(code) => Some(Rational::ONE),
            Unit::Currency(code) => self.rates.get(code).cloned(),
            Unit::Other(_) => {
                let pounds = Unit::Currency("GBP".to_owned());
                Some(factor(unit, &pounds)?.times(&self.value(&pounds)?))
            }
            _ => None,
        }
    }
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Reads `[rate]`.
pub(crate) fn read_rates(table: &Table, errors: &mut InputErrors) -> Rates {
    let mut rates = Rates::default();
    for (key, value) in table.entries() {
        if key.value == "to" {
            rates.to = read_target(value, errors);
        } else if !is_code(&key.value) {
            let error = InputError::at(key.span, format!("`{}` is not the code of a currency", key.value));
            errors.push(error.help("write its three letters of ISO 4217: USD = \"0.9257\""));
        } else if let Some(rate) = read_rate(key, value, errors) {
            rates.rates.insert(key.value.clone(), rate);
        }
    }
    let first = table.entries().first();
    if let (None, Some((key, _))) = (table.get("to"), first) {
        let error = InputError::at(key.span, "these rates lead to no currency");
        errors.push(error.help("add to = \"EUR\": the currency that figures are to be counted in"));
    }
    if let Some(to) = &rates.to
        && rates.rates.contains_key(to)
    {
        let at = table.key_span(to).or(table.key_span("to"));
        errors.0.extend(at.map(|at| {
            InputError::at(at, format!("`{to}` is what the others are counted in, so it has no rate"))
                .help("leave it out, or count in another currency")
        }));
    }
    rates
}

fn read_target(value: &Value, errors: &mut InputErrors) -> Option<String> {
    let Some(text) = value.as_text() else {
        errors.push(value.wrong_type("`to`", "a string").help("write to = \"EUR\""));
        return None;
    };
    if !is_code(text.value) {
        let error = InputError::at(text.span, format!("`{}` is not the code of a currency", text.value));
        errors.push(error.help("write its three letters of ISO 4217: to = \"EUR\""));
        return None;
    }
    Some(text.value.to_owned())
}

/// A rate: a number, or a fraction of two in a string (`"1/1702.5"`).
fn read_rate(key: &Spanned<String>, value: &Value, errors: &mut InputErrors) -> Option<Rational> {
    let text = match &value.kind {
        ValueKind::Text(text) | ValueKind::Number(text) => text.replace('_', ""),
        _ => {
            errors.push(value.wrong_type("a rate", "a number"));
            return None;
        }
    };
    let number = |text: &str| Rational::parse_decimal(text.trim()).filter(Rational::is_positive);
    let rate = match text.split_once('/') {
        Some((num, den)) => number(num).zip(number(den)).and_then(|(num, den)| num.checked_div(&den)),
        None => number(&text),
    };
    if rate.is_none() {
        let error = InputError::at(value.span, format!("the rate of `{}` must be a number above 0", key.value));
        errors.push(error.help("write what one of it is worth: USD = 0.9257, KRW = \"1/1702.5\""));
    }
    rate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::source::document::parse;

    fn read(text: &str) -> (Rates, Vec<String>) {
        let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
        let file = sources.add("rates.toml", text);
        let table = parse(&sources, file, &mut errors).unwrap();
        let rates = read_rates(&table, &mut errors);
        (rates, errors.0.into_iter().map(|error| error.message).collect())
    }

    fn money(code: &str) -> Unit {
        Unit::Currency(code.to_owned())
    }

    #[test]
    fn rates_are_exact_both_ways_and_across() {
        let (rates, errors) = read("to = \"EUR\"\nUSD = 0.9\nKRW = \"1/1702.5\"\nGBP = \"1.2\"");
        assert_eq!(errors, Vec::<String>::new());
        let of = |from: &Unit, to: &Unit| rates.factor(from, to).map(|factor| factor.to_string());
        assert_eq!(of(&money("USD"), &money("EUR")).as_deref(), Some("0.9"));
        assert_eq!(of(&money("EUR"), &money("USD")).as_deref(), Some("10/9"));
        assert_eq!(of(&money("KRW"), &money("EUR")).as_deref(), Some("2/3405"));
        assert_eq!(of(&money("GBP"), &money("USD")).as_deref(), Some("4/3"));
        assert_eq!(of(&Unit::Other("pence".to_owned()), &money("EUR")).as_deref(), Some("0.012"));
        assert_eq!(of(&money("JPY"), &money("EUR")), None);
        assert_eq!(of(&Unit::Percent, &money("EUR")), None);
        assert_eq!(rates.target(&money("USD")), Some(money("EUR")));
        assert_eq!((rates.target(&money("EUR")), rates.target(&money("JPY"))), (None, None));
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for text in [
            "USD = 0.9",
            "to = \"EUR\"\nUSD = 0",
            "to = \"EUR\"\nUSD = -1",
            "to = \"EUR\"\nUSD = \"about 1\"",
            "to = \"EUR\"\nUSD = true",
            "to = \"EUR\"\ndollars = 1",
            "to = \"EUR\"\nEUR = 1",
            "to = \"euros\"",
            "to = 1",
        ] {
            assert_eq!(read(text).1.len(), 1, "{text}");
        }
    }
}
