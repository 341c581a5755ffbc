//! What digits and words admit: the hard and the soft interval of a number, by how it was written.

use super::numeral::{Form, Numeral};
use super::words::{Approximation, SIMPLE_FRACTIONS};
use super::{End, Interval, Rational, Reading, ReadingPolicy, Rounding};
use num_integer::Integer;
use num_traits::Zero;

/// Why a number that can be read is refused all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// A range whose ends are the wrong way round.
    Empty,
    /// Digits finer than the stated precision.
    TooFine,
}

/// The true values that print as `value` when rounded to whole multiples of `step`.
pub(super) fn rounded(value: &Rational, step: &Rational, rounding: Rounding) -> Interval {
    let half = step.half();
    let (lo, hi) = match rounding {
        Rounding::Exact => return Interval::point(value.clone()),
        Rounding::Nearest => return Interval::around(value, &half),
        // A tie goes away from nought, or towards it: below nought the open end is the other one.
        Rounding::HalfUp if value.is_negative() => (End::Open(value - &half), End::Closed(value + &half)),
        Rounding::HalfDown if value.is_negative() => (End::Closed(value - &half), End::Open(value + &half)),
        Rounding::HalfUp if value.is_zero() => (End::Open(-&half), End::Open(half)),
        Rounding::HalfDown if value.is_zero() => (End::Closed(-&half), End::Closed(half)),
        Rounding::HalfUp => (End::Closed(value - &half), End::Open(value + &half)),
        Rounding::HalfDown => (End::Open(value - &half), End::Closed(value + &half)),
        Rounding::Truncate if value.is_zero() => (End::Open(-step), End::Open(step.clone())),
        Rounding::Truncate if value.is_negative() => (End::Open(value - step), End::Closed(value.clone())),
        Rounding::Truncate | Rounding::Floor => (End::Closed(value.clone()), End::Open(value + step)),
        Rounding::Ceiling => (End::Open(value - step), End::Closed(value.clone())),
    };
    Interval::new(lo, hi).unwrap_or_else(|| Interval::point(value.clone()))
}

/// One unit of the last digit that is not nought: 100 for 1,200, 0.01 for 0.25; `step` for nought itself.
pub(super) fn last_nonzero_place(value: &Rational, step: &Rational) -> Rational {
    let ten = num_bigint::BigInt::from(10);
    let Some(units) = value.checked_div(step).filter(|units| !units.is_zero() && units.is_integer()) else {
        return step.clone();
    };
    let (mut left, mut place) = (units.numerator(), step.clone());
    loop {
        let (tenth, digit) = left.div_rem(&ten);
        if !digit.is_zero() {
            return place;
        }
        left = tenth;
        place *= Rational::from(10);
    }
}

/// The reading of a number without an approximator. `measured` says that it has a unit.
pub(super) fn reading(numeral: &Numeral, measured: Measured, policy: &ReadingPolicy) -> Result<Reading, Slip> {
    if let Some(exponent) = policy.precision
        && let Some(step) = Rational::power_of_ten(exponent)
        && !matches!(numeral.form, Form::Share { .. })
    {
        let units = numeral.value.checked_div(&step);
        if !units.is_some_and(|units| units.is_integer()) {
            return Err(Slip::TooFine);
        }
        return Ok(Reading::firm(rounded(&numeral.value, &step, policy.rounding.unwrap_or_default())));
    }
    if policy.rounding == Some(Rounding::Exact) {
        return Ok(Reading::exact(numeral.value.clone()));
    }
    let by = policy.rounding.unwrap_or_default();
    let (value, step) = (&numeral.value, &numeral.step);
    Ok(match &numeral.form {
        Form::Scientific => Reading::exact(value.clone()),
        Form::Rounded => Reading::firm(rounded(value, step, by)),
        Form::Whole => {
            let soft = if measured == Measured::No && policy.rounding.is_none() {
                Interval::point(value.clone())
            } else {
                rounded(value, step, by)
            };
            let place = last_nonzero_place(value, step);
            // 100% is one hundred of a hundred; only counts and amounts are rounded to the hundred.
            let round = measured != Measured::Share && place >= Rational::from(100);
            Reading::new(if round { rounded(value, &place, by) } else { soft.clone() }, soft)
        }
        Form::Share { margin } => Reading::new(Interval::more_than(Rational::ZERO), Interval::around(value, margin)),
        Form::Loose { hard, soft } => Reading::new(Interval::around(value, hard), Interval::around(value, soft)),
    })
}

/// Whether a number measures something, in which case its last digit is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measured {
    /// A plain number: a count.
    No,
    /// With a unit.
    Yes,
    /// Per cent or points.
    Share,
}

fn ratio(num: i64, den: i64) -> Rational {
    Rational::new(num, den).unwrap_or_default()
}

/// The numbers on the same side of nought; all of them for nought itself.
fn same_sign(value: &Rational) -> Interval {
    match value.signum() {
        0 => Interval::everything(),
        1 => Interval::more_than(Rational::ZERO),
        _ => Interval::less_than(Rational::ZERO),
    }
}

/// The next number that people would call rounder: with one digit fewer, or the next simple fraction.
fn next_rounder(numeral: &Numeral) -> Rational {
    let value = &numeral.value;
    match &numeral.form {
        Form::Share { .. } => {
            let above =
                SIMPLE_FRACTIONS.iter().map(|(num, den)| ratio(*num, *den)).filter(|simple| simple > value).min();
            above.unwrap_or_else(|| value + &numeral.step)
        }
        Form::Loose { .. } => value + &numeral.step,
        _ => {
            let coarse = last_nonzero_place(value, &numeral.step) * Rational::from(10);
            let units = value.checked_div(&coarse).unwrap_or_default().floor() + Rational::ONE;
            units * coarse
        }
    }
}

/// What an approximator makes of a number, or of a range between two numbers (the same one twice for a number alone).
pub(super) fn approximated(
    by: Approximation,
    (lo, lo_plain): (&Numeral, &Reading),
    (hi, hi_plain): (&Numeral, &Reading),
) -> Reading {
    let (least, most) = (lo.value.clone(), hi.value.clone());
    let tenth = ratio(1, 10);
    let towards = |value: &Rational| value * ratio(85, 100);
    let beyond = |value: &Rational| value * ratio(115, 100);
    let margin = |numeral: &Numeral| {
        let place = match &numeral.form {
            Form::Share { margin } => margin.clone(),
            _ => last_nonzero_place(&numeral.value, &numeral.step).half(),
        };
        place.max(numeral.value.abs() * &tenth)
    };
    let between = |a: End, b: End| Interval::new(a, b).unwrap_or_else(Interval::everything);
    match by {
        Approximation::Plain => {
            Reading::new(lo_plain.hard().hull(hi_plain.hard()), lo_plain.soft().hull(hi_plain.soft()))
        }
        Approximation::Exactly => Reading::firm(between(End::Closed(least), End::Closed(most))),
        Approximation::About => {
            let soft = between(End::Closed(&least - margin(lo)), End::Closed(&most + margin(hi)));
            Reading::new(same_sign(&least).hull(&same_sign(&most)), soft)
        }
        Approximation::CloseTo => {
            let (low, high) = (least.abs() * &tenth, most.abs() * &tenth);
            let soft = between(End::Closed(&least - low), End::Closed(&most + high));
            Reading::new(same_sign(&least).hull(&same_sign(&most)), soft)
        }
        // Below nought the words are about size: "nearly -5%" is a fall of a little less than 5%.
        Approximation::Nearly if most.is_negative() => {
            let soft = between(End::Open(least.clone()), End::Closed(towards(&most)));
            Reading::new(Interval::more_than(least), soft)
        }
        Approximation::Nearly if most.is_zero() => {
            Reading::new(Interval::everything(), Interval::around(&most, &hi.step.half()))
        }
        Approximation::Nearly => {
            let soft = between(End::Closed(towards(&least)), End::Open(most.clone()));
            Reading::new(Interval::less_than(most), soft)
        }
        Approximation::JustOver if least.is_negative() => {
            let soft = between(End::Closed(beyond(&least)), End::Open(most.clone()));
            Reading::new(Interval::less_than(most), soft)
        }
        Approximation::JustOver => {
            let hard = Interval::more_than(least.clone());
            let soft = Interval::new(End::Open(least), End::Closed(beyond(&most)));
            Reading::new(hard.clone(), soft.unwrap_or(hard))
        }
        Approximation::MoreThan => {
            let hard = Interval::more_than(least.clone());
            let soft = Interval::new(End::Open(least.clone()), End::Closed(next_rounder(hi)));
            if least.is_zero() { Reading::firm(hard) } else { Reading::new(hard.clone(), soft.unwrap_or(hard)) }
        }
        Approximation::AtLeast => Reading::firm(Interval::at_least(least)),
        Approximation::FewerThan => Reading::firm(Interval::less_than(most)),
        Approximation::AtMost => Reading::firm(Interval::at_most(most)),
        Approximation::UpTo => Reading::new(Interval::everything(), Interval::at_most(most)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rounding_mode_admits_what_prints_as_the_figure() {
        for (value, rounding, admitted) in [
            ("12.5", Rounding::Nearest, "[12.45, 12.55]"),
            ("0", Rounding::Nearest, "[-0.05, 0.05]"),
            ("-12.5", Rounding::Nearest, "[-12.55, -12.45]"),
            ("12.5", Rounding::HalfUp, "[12.45, 12.55)"),
            ("-12.5", Rounding::HalfUp, "(-12.55, -12.45]"),
            ("12.5", Rounding::HalfDown, "(12.45, 12.55]"),
            ("-12.5", Rounding::HalfDown, "[-12.55, -12.45)"),
            ("12.5", Rounding::Truncate, "[12.5, 12.6)"),
            ("-12.5", Rounding::Truncate, "(-12.6, -12.5]"),
            ("0", Rounding::Truncate, "(-0.1, 0.1)"),
            ("12.5", Rounding::Floor, "[12.5, 12.6)"),
            ("-12.5", Rounding::Floor, "[-12.5, -12.4)"),
            ("-12.5", Rounding::Ceiling, "(-12.6, -12.5]"),
            ("12.5", Rounding::Exact, "[12.5, 12.5]"),
        ] {
            let step = Rational::new(1, 10).unwrap();
            assert_eq!(rounded(&value.parse().unwrap(), &step, rounding).to_string(), admitted, "{value} {rounding:?}");
        }
    }

    #[test]
    fn trailing_zeros_show_how_far_a_figure_was_rounded() {
        let place =
            |value: &str, step: &str| last_nonzero_place(&value.parse().unwrap(), &step.parse().unwrap()).to_string();
        assert_eq!(place("1200", "1"), "100");
        assert_eq!(place("1234", "1"), "1");
        assert_eq!(place("0", "1"), "1");
        assert_eq!(place("-5000", "1"), "1000");
        assert_eq!(place("1200000", "100000"), "100000");
    }
}
