//! What digits and words admit: the hard and the soft interval of a number, by how it was written.

use super::numeral::{Form, Numeral};
use super::rows::{Approximation, Side};
use super::table::{Reach, fraction_reaches, reaches};
use super::words::SIMPLE_FRACTIONS;
use super::{End, Interval, Precision, Rational, Reading, ReadingPolicy, Rounding};
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
        // Below nought "up" is upwards to some and away from nought to others, so both ends are admitted; so they are
        // at nought, which either custom reaches from one side.
        Rounding::HalfUp | Rounding::HalfDown if !value.is_positive() => return Interval::around(value, &half),
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
    if let Some(Precision::Digit(exponent)) = policy.precision
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
    // 100% is one hundred of a hundred; only counts and amounts are rounded to the hundred.
    let coarse = || {
        let place = last_nonzero_place(value, step);
        let zeros = place.checked_div(step).is_some_and(|zeros| zeros >= Rational::from(100));
        if measured != Measured::Share && zeros { rounded(value, &place, by) } else { rounded(value, step, by) }
    };
    Ok(match &numeral.form {
        Form::Scientific => Reading::exact(value.clone()),
        Form::Rounded => Reading::firm(rounded(value, step, by)),
        // "500 million" may be rounded to the hundred millions, as "500,000,000" may.
        Form::Scaled => Reading::new(coarse(), rounded(value, step, by)),
        Form::Whole => {
            let plain = measured == Measured::No && policy.rounding.is_none();
            let soft = if plain { Interval::point(value.clone()) } else { rounded(value, step, by) };
            let zeros = last_nonzero_place(value, step) >= Rational::from(100);
            Reading::new(if zeros { coarse() } else { soft.clone() }, soft)
        }
        Form::Share { margin } => {
            let (hard, soft) = fraction_reaches(policy);
            let within = |reach: &Reach| match reach {
                Reach::Percent(part) => Interval::around(value, &of_part(value, part)),
                Reach::Cancelled => Interval::everything(),
                Reach::Any | Reach::NextRounder => Interval::more_than(Rational::ZERO),
            };
            let hard = hard.map_or_else(|| Interval::more_than(Rational::ZERO), within);
            Reading::new(hard, soft.map_or_else(|| Interval::around(value, margin), within))
        }
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

/// A part in per cent of a number's size.
fn of_part(value: &Rational, percent: &Rational) -> Rational {
    value.abs() * percent * ratio(1, 100)
}

/// What an approximator makes of a number, or of a range between two numbers (the same one twice for a number alone).
pub(super) fn approximated(
    by: Approximation,
    policy: &ReadingPolicy,
    (lo, lo_plain): (&Numeral, &Reading),
    (hi, hi_plain): (&Numeral, &Reading),
) -> Reading {
    let (least, most) = (&lo.value, &hi.value);
    let (hard, soft) = reaches(by, policy);
    let between = |a: End, b: End| Interval::new(a, b).unwrap_or_else(Interval::everything);
    let either = |reach: &Reach, half_place: bool| match reach {
        Reach::Cancelled => Interval::everything(),
        Reach::Any | Reach::NextRounder => same_sign(least).hull(&same_sign(most)),
        Reach::Percent(part) => {
            let margin = |numeral: &Numeral| {
                let part = of_part(&numeral.value, part);
                match &numeral.form {
                    _ if !half_place => part,
                    Form::Share { margin } => part.max(margin.clone()),
                    _ => part.max(last_nonzero_place(&numeral.value, &numeral.step).half()),
                }
            };
            between(End::Closed(least - margin(lo)), End::Closed(most + margin(hi)))
        }
    };
    // Of a number below nought "nearly" may mean its size or its place, so it lies on either side.
    let of_size = |reach: &Reach| match reach {
        Reach::Percent(_) if !(least.is_zero() && most.is_zero()) => either(reach, false),
        Reach::Percent(_) => Interval::around(most, &hi.step.half()),
        _ => Interval::everything(),
    };
    match by.row().side {
        Side::Alone => Reading::new(lo_plain.hard().hull(hi_plain.hard()), lo_plain.soft().hull(hi_plain.soft())),
        Side::Point => Reading::firm(between(End::Closed(least.clone()), End::Closed(most.clone()))),
        Side::Both { half_place } => Reading::new(either(&hard, half_place), either(&soft, half_place)),
        Side::Below { of_size: true, .. } if !most.is_positive() => Reading::new(of_size(&hard), of_size(&soft)),
        Side::Above { of_size: true, .. } if !least.is_positive() => Reading::new(of_size(&hard), of_size(&soft)),
        Side::Below { closed, .. } => {
            let below = |reach: &Reach| match reach {
                Reach::Cancelled => Interval::everything(),
                Reach::Any | Reach::NextRounder => between(End::Unbounded, End::at(most.clone(), closed)),
                Reach::Percent(part) => {
                    between(End::Closed(least - of_part(least, part)), End::at(most.clone(), closed))
                }
            };
            Reading::new(below(&hard), below(&soft))
        }
        Side::Above { closed, .. } => {
            let from = || End::at(least.clone(), closed);
            let above = |reach: &Reach| match reach {
                Reach::Cancelled => Interval::everything(),
                Reach::Percent(part) => between(from(), End::Closed(most + of_part(most, part))),
                Reach::NextRounder if !least.is_zero() => between(from(), End::Closed(next_rounder(hi))),
                Reach::Any | Reach::NextRounder => between(from(), End::Unbounded),
            };
            Reading::new(above(&hard), above(&soft))
        }
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
            ("-12.5", Rounding::HalfUp, "[-12.55, -12.45]"),
            ("0", Rounding::HalfUp, "[-0.05, 0.05]"),
            ("12.5", Rounding::HalfDown, "(12.45, 12.55]"),
            ("-12.5", Rounding::HalfDown, "[-12.55, -12.45]"),
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
