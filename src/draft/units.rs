//! Units that the reading of quantities does not know, and figures whose unit is said by how they are written.
//!
//! A unit is read by putting a known one in its place, so that its figure is rounded as every measure is.

use super::prose::Prose;
use crate::number::{Interval, Quantity, Rational, Reading, ReadingPolicy, Unit, read};

/// Units after a number, with the name that stands for each.
#[rustfmt::skip]
const UNITS: &[(&[&str], &str)] = &[
    (&["light", "-", "years"], "light-years"), (&["light", "-", "year"], "light-years"), (&["light", "years"], "light-years"),
    (&["mmhg"], "mmHg"), (&["hpa"], "hPa"), (&["millibars"], "hPa"), (&["mb"], "MB"), (&["parts", "per", "million"], "parts per million"), (&["ppm"], "parts per million"),
    (&["parts", "per", "billion"], "parts per billion"), (&["ppb"], "parts per billion"), (&["kelvin"], "kelvin"), (&["hz"], "Hz"), (&["khz"], "kHz"), (&["mhz"], "MHz"), (&["ghz"], "GHz"),
    (&["nm"], "nm"), (&["nanometres"], "nm"), (&["nanometers"], "nm"), (&["micrometres"], "μm"), (&["microns"], "μm"), (&["μm"], "μm"), (&["µm"], "μm"), (&["kpa"], "kPa"), (&["volts"], "volts"), (&["watts"], "watts"),
    (&["joules"], "joules"), (&["mcg"], "mcg"), (&["micrograms"], "mcg"), (&["milliseconds"], "milliseconds"), (&["ms"], "milliseconds"), (&["tons"], "tons"), (&["cc"], "cc"), (&["knots"], "knots"),
    (&["megatonnes"], "megatonnes"), (&["kilotons"], "kilotons"), (&["terabytes"], "TB"), (&["kilobytes"], "kB"), (&["kcal"], "kcal"), (&["db"], "decibels"), (&["celsius"], "°C"), (&["fahrenheit"], "°F"),
    (&["°", "c"], "°C"), (&["°", "f"], "°F"), (&["°c"], "°C"), (&["°f"], "°F"),
    (&["basis", "points"], "basis points"), (&["basis", "-", "point"], "basis points"), (&["bps"], "basis points"), (&["points"], "points"), (&["-", "point"], "points"),
    (&["cubic", "kilometres"], "km³"), (&["cubic", "centimetres"], "cm³"), (&["sq", "ft"], "square feet"), (&["kilometres", "per", "hour"], "km/h"),
];

/// The unit that begins at a token, as [`Unit::name`] has it, and the token after it.
pub(super) fn after(prose: &Prose<'_>, at: usize) -> Option<(&'static str, usize)> {
    if !prose.scan.follows(at) {
        return None;
    }
    // "35C", "1.5C": degrees touch their number and have a capital.
    if prose.scan.touches(at) && prose.is_digits(at.saturating_sub(1)) {
        let degrees = match prose.scan.word(at) {
            "C" => Some("°C"),
            "F" => Some("°F"),
            _ => None,
        };
        if let Some(unit) = degrees {
            return Some((unit, at.saturating_add(1)));
        }
    }
    UNITS
        .iter()
        .filter_map(|(words, unit)| prose.scan.past(at, words).map(|end| (*unit, end)))
        .max_by_key(|(_, end)| *end)
}

/// The same number as a measure in a unit.
pub(super) fn measured(words: &str, unit: &str) -> Option<Quantity> {
    let words = words.replace(['−', '–'], "-");
    let words = words.strip_suffix(" of").unwrap_or(&words);
    let found = read(&format!("{words} km"), &ReadingPolicy::default()).ok()?;
    Some(Quantity { unit: Unit::Other(unit.to_owned()), ..found })
}

/// A duration in two units, in the smaller: so many of the larger, so many of the smaller, so many smaller in a larger.
pub(super) fn counted_in(number: i64, unit: &str) -> Option<(Reading, Unit)> {
    let half = Rational::ONE.half();
    let reading = Reading::firm(Interval::around(&Rational::from(number), &half));
    Some((reading, Unit::Other(unit.to_owned())))
}
