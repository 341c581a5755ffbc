//! What stands in a certificate as words: days, units, scopes, numbers, bounds.

use super::facts::Checked;
use crate::calendar::{self, Day};
use crate::claim::{Member, Scope};
use crate::number::{Interval, Rational, Unit};
use crate::problem::Side;
use std::collections::BTreeMap;

/// The day that begins at an instant, as it stands in a certificate: an ISO date, or days from 1970-01-01 where there
/// is no such date.
pub(super) fn written_day(instant: calendar::Instant) -> String {
    let text = Day(instant.0).to_string();
    if Day::from_iso(&text) == Some(Day(instant.0)) { text } else { format!("day {}", instant.0) }
}

/// The instant of a day as it is written; no other spelling of it is read.
pub(super) fn read_day(text: &str) -> Option<calendar::Instant> {
    let instant = match Day::from_iso(text) {
        Some(day) => calendar::Instant(day.0),
        None => calendar::Instant(text.strip_prefix("day ")?.parse().ok()?),
    };
    (written_day(instant) == text).then_some(instant)
}

/// A unit as it stands in a certificate.
pub(super) fn written_unit(unit: &Unit) -> String {
    match unit {
        Unit::One => "one".to_owned(),
        Unit::Percent => "percent".to_owned(),
        Unit::Points => "points".to_owned(),
        Unit::Currency(code) => format!("currency {code}"),
        Unit::Other(name) => format!("other {name}"),
    }
}

/// A member as it is written.
pub(super) fn written_member(member: &Member) -> &str {
    match member {
        Member::All => "*",
        Member::Path(path) => path,
    }
}

/// A member that is written so.
pub(super) fn read_member(text: &str) -> Member {
    if text == "*" { Member::All } else { Member::Path(text.to_owned()) }
}

/// A scope as it stands in a certificate.
pub(super) fn written_scope(scope: &Scope) -> BTreeMap<String, String> {
    scope.0.iter().map(|(dimension, member)| (dimension.clone(), written_member(member).to_owned())).collect()
}

/// A scope out of a certificate.
pub(super) fn read_scope(scope: &BTreeMap<String, String>) -> Scope {
    Scope(scope.iter().map(|(dimension, text)| (dimension.clone(), read_member(text))).collect())
}

/// A number as it stands in a certificate: a fraction in lowest terms.
pub(super) fn written(number: &Rational) -> String {
    if number.is_integer() {
        number.numerator().to_string()
    } else {
        format!("{}/{}", number.numerator(), number.denominator())
    }
}

/// One end of what a mention leaves, as the bound of a step: the value and whether it is excluded.
pub(super) fn bound(values: &Interval, side: Side) -> Checked<(Rational, bool)> {
    let end = match side {
        Side::Least => values.lo(),
        Side::Most => values.hi(),
    };
    let value = end.value().ok_or("the mention has no bound on that side")?;
    Ok((if side == Side::Least { -value } else { value.clone() }, !end.is_closed()))
}
