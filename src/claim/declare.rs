//! Reading the vocabulary: `[measure.X]` and `[dimension.X]`, in claim files and in rule files alike.

use super::answers::read_answers;
use super::parents::read_parents;
use super::{Dimension, Measure, OverTime, Vocabulary};
use crate::calendar::Day;
use crate::number::{Precision, Rational, ReadingPolicy, Rounding, Unit, read};
use crate::source::document::{Table, ValueKind};
use crate::source::{Files, InputError, InputErrors, Sources, Spanned};

pub(super) const MEASURE_KEYS: &[&str] = &[
    "about",
    "note",
    "over-time",
    "least",
    "greatest",
    "integer",
    "unit",
    "adds-over",
    "origin",
    "rounding",
    "digits",
    "mean-of",
    "n",
    "sd",
    "items",
];
pub(super) const DIMENSION_KEYS: &[&str] = &["about", "note", "members", "parents", "complete"];

const OVER_TIME: &[(&str, OverTime)] =
    &[("adds", OverTime::Adds), ("distinct", OverTime::Distinct), ("level", OverTime::Level), ("none", OverTime::None)];

const ROUNDINGS: &[(&str, Rounding)] = &[
    ("nearest", Rounding::Nearest),
    ("half-up", Rounding::HalfUp),
    ("half-down", Rounding::HalfDown),
    ("truncate", Rounding::Truncate),
    ("floor", Rounding::Floor),
    ("ceiling", Rounding::Ceiling),
    ("exact", Rounding::Exact),
];

/// The finest and the coarsest digit that `digits` may name: more is a slip of the keys.
const MOST_DIGITS: i64 = 30;

/// Reads every `[measure.X]` and `[dimension.X]` of a file. Paths are relative to it.
pub(crate) fn read_vocabulary(
    root: &Table,
    sources: &mut Sources,
    files: &dyn Files,
    errors: &mut InputErrors,
) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for (name, table) in root.tables("measure", "[measure.NAME]", errors) {
        vocabulary.places.push(name.span);
        vocabulary.measures.insert(name.value.clone(), read_measure(name, table, errors));
    }
    for (name, table) in root.tables("dimension", "[dimension.NAME]", errors) {
        vocabulary.places.push(name.span);
        let dimension = read_dimension(name, table, sources, files, errors);
        vocabulary.dimensions.insert(name.value.clone(), dimension);
    }
    vocabulary
}

/// Reads one `[measure.X]`.
pub(super) fn read_measure(name: &Spanned<String>, table: &Table, errors: &mut InputErrors) -> Measure {
    table.finish(MEASURE_KEYS, errors);
    let (least, greatest) = (read_bound(table, "least", errors), read_bound(table, "greatest", errors));
    let integer = table.truth("integer", errors);
    leave_a_value(least.as_ref(), greatest.as_ref(), integer.as_ref(), errors);
    Measure {
        name: name.clone(),
        over_time: table.choice("over-time", OVER_TIME, errors).map(|it| it.value),
        least: least.map(|it| it.value),
        greatest: greatest.map(|it| it.value),
        integer: integer.is_some_and(|it| it.value),
        unit: table.string("unit", errors).map(|it| unit(&it.value)),
        adds_over: table.strings("adds-over", errors),
        origin: table.date("origin", errors).and_then(|it| read_day(&it, "origin", errors)),
        reading: read_policy(table, errors),
        answers: read_answers(name, table, errors),
    }
}

/// Reports bounds that leave no value: one lies beyond the other, or no whole number lies between them.
pub(crate) fn leave_a_value(
    least: Option<&Spanned<Rational>>,
    greatest: Option<&Spanned<Rational>>,
    integer: Option<&Spanned<bool>>,
    errors: &mut InputErrors,
) {
    let (Some(low), Some(high)) = (least, greatest) else { return };
    if low.value > high.value {
        let error = InputError::at(high.span, "`greatest` lies below `least`");
        errors.push(error.also(low.span, "the least value").help("exchange the two"));
    } else if let Some(whole) = integer.filter(|whole| whole.value && low.value.ceil() > high.value) {
        let error = InputError::at(whole.span, "no whole number lies between `least` and `greatest`");
        errors.push(error.also(low.span, "the least value").help("widen the bounds, or leave out `integer = true`"));
    }
}

/// Reads one `[dimension.X]`.
pub(super) fn read_dimension(
    name: &Spanned<String>,
    table: &Table,
    sources: &mut Sources,
    files: &dyn Files,
    errors: &mut InputErrors,
) -> Dimension {
    table.finish(DIMENSION_KEYS, errors);
    let members = table.strings("members", errors);
    let parents = table.string("parents", errors);
    if let (Some(parents), Some(at)) = (&parents, table.key_span("members")) {
        let error = InputError::at(parents.span, "`parents` and `members` both list the members of a dimension");
        errors.push(error.also(at, "the other list").help("keep one of the two"));
    }
    let parents = parents.and_then(|path| {
        let file = sources.read_beside(files, &path, errors)?;
        Some(read_parents(sources, file, errors))
    });
    Dimension {
        name: name.clone(),
        members,
        parents: parents.unwrap_or_default(),
        complete: table.truth("complete", errors).is_some_and(|it| it.value),
    }
}

fn read_bound(table: &Table, key: &str, errors: &mut InputErrors) -> Option<Spanned<Rational>> {
    let text = table.text(key, errors)?;
    let plain = Rational::parse_decimal(&text.value.replace('_', ""));
    match plain.or_else(|| read(&text.value, &ReadingPolicy::default()).ok()?.number) {
        Some(number) => Some(Spanned::new(number, text.span)),
        None => {
            let error = InputError::at(text.span, format!("`{key}` must be one number"));
            errors.push(error.help(format!("write, for example, {key} = 0")));
            None
        }
    }
}

/// A day written as `2025-12-21`, in a string or not; a time of day behind it is read over.
pub(super) fn read_day(text: &Spanned<String>, key: &str, errors: &mut InputErrors) -> Option<Day> {
    let written = text.value.trim();
    let date = match written.split_once(['T', 't', ' ']) {
        Some((date, time)) if time.starts_with(|it: char| it.is_ascii_digit()) => date,
        _ => written,
    };
    let day = Day::from_iso(date);
    if day.is_none() {
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|it| it.is_ascii_digit());
        let parts: Vec<&str> = date.split('-').collect();
        errors.push(match parts.as_slice() {
            [year, month, of_month] if digits(year, 4) && digits(month, 2) && digits(of_month, 2) => {
                InputError::at(text.span, format!("there is no {date}")).label("not a day of the calendar")
            }
            _ => {
                let error = InputError::at(text.span, format!("`{key}` must be one day"));
                error.help(format!("write {key} = 2025-12-21"))
            }
        });
    }
    day
}

/// How digits are to be taken: `rounding = "…"` and `digits = "written" | "exact" | N`, N decimals, negative before the
/// point (-2 is "to the nearest hundred").
pub(crate) fn read_policy(table: &Table, errors: &mut InputErrors) -> ReadingPolicy {
    let rounding = table.choice("rounding", ROUNDINGS, errors);
    let mut policy = ReadingPolicy { rounding: rounding.as_ref().map(|it| it.value), ..ReadingPolicy::default() };
    match table.get("digits").map(|value| (&value.kind, value.span)) {
        None => {}
        Some((ValueKind::Text(text), _)) if text == "written" => policy.precision = Some(Precision::Written),
        Some((ValueKind::Text(text), span)) if text == "exact" => {
            if let Some(other) = rounding.filter(|it| it.value != Rounding::Exact) {
                let error = InputError::at(span, "`digits = \"exact\"` leaves nothing to round");
                errors.push(error.also(other.span, "how it is rounded").help("leave out one of the two"));
            }
            policy.rounding = Some(Rounding::Exact);
        }
        Some((ValueKind::Number(_), span)) => {
            let digits = table.integer("digits", errors).map(|it| it.value);
            match digits.filter(|it| it.checked_abs().is_some_and(|it| it <= MOST_DIGITS)) {
                Some(digits) => {
                    let exponent = digits.checked_neg().and_then(|it| i32::try_from(it).ok());
                    policy.precision = exponent.map(Precision::Digit);
                }
                None if digits.is_some() => {
                    let message = format!("`digits` must lie between -{MOST_DIGITS} and {MOST_DIGITS}");
                    errors.push(InputError::at(span, message));
                }
                None => {}
            }
        }
        Some((_, span)) => {
            let error = InputError::at(span, "`digits` must be \"written\", \"exact\" or a number of decimals");
            errors.push(error.help("1 is one decimal, 0 whole numbers, -2 the nearest hundred"));
        }
    }
    policy
}

/// The unit that `unit = "…"` names: as a figure would be written in it, `percent`, `€`, `EUR`, `km`.
pub(crate) fn unit(name: &str) -> Unit {
    let name = name.trim();
    match name {
        "one" | "count" | "number" | "" => return Unit::One,
        "percent" | "per cent" | "%" => return Unit::Percent,
        "points" | "percentage points" | "pp" => return Unit::Points,
        _ => {}
    }
    let one = Rational::from(1_i64);
    let written = [format!("1 {name}"), format!("{name}1"), format!("{name} 1")];
    let said = written.iter().filter_map(|text| read(text, &ReadingPolicy::default()).ok());
    let mut units = said.filter(|it| it.unit != Unit::One && it.number.as_ref() == Some(&one)).map(|it| it.unit);
    units.next().unwrap_or_else(|| {
        let is_code = name.len() == 3 && name.bytes().all(|it| it.is_ascii_uppercase());
        if is_code { Unit::Currency(name.to_owned()) } else { Unit::Other(name.to_owned()) }
    })
}
