//! Years of more than four digits, in exponents, and to so many significant digits: `Y170000002`, `Y17E7`, `1950S2`.

use super::alternatives::Alternatives;
use super::error::DateError;
use super::span::DaySpan;
use super::stretch::Stretch;

/// Reads `Y` and a year of more than four digits.
pub(super) fn long(text: &str) -> Result<Alternatives<Stretch>, DateError> {
    let unreadable = || DateError::Unreadable { text: text.to_owned() };
    let written = text.strip_prefix('Y').ok_or_else(unreadable)?;
    let (negative, written) = written.strip_prefix('-').map_or((false, written), |rest| (true, rest));
    let (written, significant) = match written.split_once('S') {
        Some((written, kept)) => (written, Some(digits(kept).ok_or_else(unreadable)?)),
        None => (written, None),
    };
    let (mantissa, exponent) = match written.split_once('E') {
        Some((mantissa, exponent)) => (mantissa, digits(exponent).ok_or_else(unreadable)?),
        None => (written, 0),
    };
    if mantissa.is_empty() || mantissa.starts_with('0') || !mantissa.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(unreadable());
    }
    let out_of_range = || DateError::OutOfRange { text: text.to_owned() };
    let scale = 10_i32.checked_pow(exponent).ok_or_else(out_of_range)?;
    let year = mantissa.parse::<i32>().ok().and_then(|year| year.checked_mul(scale)).ok_or_else(out_of_range)?;
    if year < 10_000 {
        return Err(unreadable());
    }
    significant_year(year, negative, significant).ok_or_else(out_of_range)
}

/// Reads `1950S2`, without its sign: two digits are significant, so that hard it is some year of 1900 to 1999.
pub(super) fn short(text: &str, negative: bool) -> Option<Alternatives<Stretch>> {
    let (year, kept) = text.split_once('S')?;
    let year: i32 = year.parse().ok().filter(|_| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    significant_year(year, negative, Some(digits(kept)?))
}

/// A small number above 0.
fn digits(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| *number > 0 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn significant_year(year: i32, negative: bool, kept: Option<u32>) -> Option<Alternatives<Stretch>> {
    let sign = if negative { -1 } else { 1 };
    let named = Stretch::whole(DaySpan::year(year.checked_mul(sign)?)?);
    let Some(kept) = kept else { return Some(Alternatives::one(named)) };
    // A year is written in four places at least: 0044 has four digits.
    let places = year.max(1000).ilog10().checked_add(1)?;
    let step = 10_i32.checked_pow(places.saturating_sub(kept))?;
    let least = year.checked_sub(year.checked_rem(step)?)?;
    let most = least.checked_add(step)?.checked_sub(1)?;
    let (first, last) = if negative { (most.checked_neg()?, least.checked_neg()?) } else { (least, most) };
    let hard = Stretch::between(DaySpan::year(first)?, DaySpan::year(last)?);
    Some(Alternatives::vague(hard, named))
}
