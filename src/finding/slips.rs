//! The slip by which a claim may have come to say what it says: two digits swapped, a nought too many, million for billion.
//!
//! In: a claim and the values that would settle what it clashes with. Out: what it may have been meant to say, if one of the
//! usual slips leads from there to what is written. Each candidate is written as the claim is and read as the claim is read,
//! so that what is offered settles the clash once it is set. Kinds are tried in the order of the table; one that leads to
//! many values explains nothing.

use super::words::list;
use crate::calendar::{Day, DaySet, DaySpan};
use crate::claim::{ClaimId, Claims, FigureClaim, Kind};
use crate::number::{self, Interval, Rational, Unit};
use crate::problem::{Problem, Says};
use crate::solve::Spread;

/// A slip that leads to more values than this explains nothing.
const MOST_VALUES: usize = 2;

/// Beside "at least 60", values of so many times as much are not what was meant.
const FAR: i64 = 5;

/// What was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// How likely it is beside others: less is likelier.
    pub rank: usize,
    /// `perhaps 264: two digits swapped`.
    pub words: String,
}

/// The likeliest slip of a claim that settles it, if there is one.
pub(super) fn slip(claims: &Claims, problem: &Problem, claim: ClaimId, spread: &Spread) -> Option<Slip> {
    if !spread.exact {
        return None;
    }
    let said = problem.said_by(claim).next();
    let figure = said.and_then(|(_, said)| match &said.says {
        Says::Value(figure, _) => Some(&problem[*figure]),
        _ => None,
    });
    // An end that the measure has anyway is none.
    let range = figure.map_or_else(Interval::everything, |figure| figure.range.clone());
    let bounded = |part: &Interval| {
        let low = part.lo().value().filter(|_| part.lo() != range.lo());
        (low.cloned(), part.hi().value().filter(|_| part.hi() != range.hi()).cloned())
    };
    let found = match &claims[claim].kind {
        Kind::Figure(said) => {
            let is_open = spread.parts.iter().map(bounded).any(|ends| !matches!(ends, (Some(_), Some(_))));
            let settles = |value: &Rational| {
                let of_kind = !figure.is_some_and(|figure| figure.integer) || value.is_integer();
                of_kind && spread.parts.iter().any(|part| part.contains(value) && is_near(&bounded(part), value))
            };
            of_figure(claims, claim, said, is_open, &settles)
        }
        Kind::Event(event) => {
            let settles = |days: &Interval| spread.parts.iter().any(|part| part.meets(days));
            event.on.as_ref().and_then(|on| of_day(&on.value.settled()?, &settles))
        }
        Kind::Text(_) => None,
    };
    let (rank, values, name) = found?;
    // Where one value alone settles it, that is said already.
    let is_one = matches!(spread.parts.as_slice(), [only] if only.is_point());
    let words = if is_one { name.to_owned() } else { format!("perhaps {}: {name}", either(&values)) };
    Some(Slip { rank, words })
}

/// Whether a value is of about the size that an interval without an end on one side suggests: among all that are large enough,
/// any slip finds some.
fn is_near(ends: &(Option<Rational>, Option<Rational>), value: &Rational) -> bool {
    let end = match ends {
        (Some(end), None) | (None, Some(end)) => end.abs(),
        _ => return true,
    };
    let (size, far) = (value.abs(), Rational::from(FAR));
    end.is_zero() || (size.times(&far) >= end && size <= end.times(&far))
}

fn either(values: &[String]) -> String {
    match values {
        [one, other] => format!("{one} or {other}"),
        others => list(others),
    }
}

type Found = (usize, Vec<String>, &'static str);

/// The first kind of slip that leads to few values which settle the clash.
fn first(kinds: Vec<(&'static str, Vec<String>)>, settles: &dyn Fn(&str) -> bool) -> Option<Found> {
    kinds.into_iter().enumerate().find_map(|(rank, (name, candidates))| {
        let mut values: Vec<String> = Vec::new();
        for candidate in candidates {
            if !values.contains(&candidate) && settles(&candidate) {
                values.push(candidate);
            }
        }
        (!values.is_empty() && values.len() <= MOST_VALUES).then_some((rank, values, name))
    })
}

fn of_figure(
    claims: &Claims,
    claim: ClaimId,
    figure: &FigureClaim,
    is_open: bool,
    settles: &dyn Fn(&Rational) -> bool,
) -> Option<Found> {
    let (quantity, _) = figure.readings.first()?;
    quantity.number.as_ref()?;
    let same = |(other, _): &(number::Quantity, _)| other.number == quantity.number;
    if figure.unknown || !figure.readings.iter().all(same) {
        return None;
    }
    let detail = claims.details.get(claim.index())?;
    let read = |text: &str| {
        let found = number::read(text, &detail.policy).ok()?;
        let number = found.number.filter(|number| found.reading.hard().contains(number))?;
        match &detail.factor {
            Some(factor) => Some(number.times(factor)),
            None if found.unit == figure.unit || found.unit == Unit::One => Some(number),
            None => None,
        }
    };
    let text = quantity.text.as_str();
    let settles = |candidate: &str| candidate != text && read(candidate).is_some_and(|value| settles(&value));
    first(kinds(text, is_open), &settles)
}

/// What may have been meant instead of a figure, by kinds of slips, the likeliest first. Those that lead almost anywhere tell
/// nothing where almost anything would do.
fn kinds(text: &str, is_open: bool) -> Vec<(&'static str, Vec<String>)> {
    let mut kinds = vec![
        ("two digits swapped", swapped(text)),
        ("a factor of ten", [1, -1].iter().filter_map(|by| shifted(text, *by)).collect()),
        ("another word for the scale", rescaled(text)),
    ];
    if rescaled(text).is_empty() {
        kinds.push(("a factor of a thousand", [3, -3].iter().filter_map(|by| shifted(text, *by)).collect()));
    }
    if !is_open {
        kinds.extend([
            ("the sign", vec![negated(text)]),
            ("one digit is another", other_digit(text)),
            ("a digit left out or doubled", left_out_or_doubled(text)),
        ]);
    }
    kinds
}

/// The places of digits.
fn digits(text: &str) -> Vec<usize> {
    text.char_indices().filter(|(_, character)| character.is_ascii_digit()).map(|(at, _)| at).collect()
}

/// A text with bytes replaced that are ASCII before and after.
fn with(text: &str, changes: &[(usize, u8)]) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte) in changes {
        *bytes.get_mut(*at)? = *byte;
    }
    let changed = String::from_utf8(bytes).ok()?;
    (!starts_with_nought(&changed)).then_some(changed)
}

/// Whether a number begins with a nought that is not before a decimal point.
fn starts_with_nought(text: &str) -> bool {
    let mut rest = text.bytes().skip_while(|byte| !byte.is_ascii_digit());
    rest.next() == Some(b'0') && rest.next().is_some_and(|next| next.is_ascii_digit() || next == b',')
}

fn swapped(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let pairs = digits(text);
    let pairs = pairs.windows(2).filter_map(|pair| {
        let [one, other] = *pair else { return None };
        let (left, right) = (*bytes.get(one)?, *bytes.get(other)?);
        if left == right { None } else { with(text, &[(one, right), (other, left)]) }
    });
    pairs.collect()
}

fn other_digit(text: &str) -> Vec<String> {
    let each = digits(text).into_iter().flat_map(|at| (b'0'..=b'9').map(move |digit| (at, digit)));
    each.filter_map(|change| with(text, &[change])).collect()
}

fn left_out_or_doubled(text: &str) -> Vec<String> {
    let Some((before, whole, decimals, after)) = number_in(text) else { return Vec::new() };
    let digits: Vec<char> = whole.chars().chain(decimals.chars()).collect();
    let mut found = Vec::new();
    for (at, digit) in digits.iter().enumerate() {
        let in_whole = at < whole.len();
        for copies in [0, 2] {
            let mut changed = digits.clone();
            changed.splice(at..=at, std::iter::repeat_n(*digit, copies));
            let point = match (in_whole, copies) {
                (true, 0) => whole.len().saturating_sub(1),
                (true, _) => whole.len().saturating_add(1),
                (false, _) => whole.len(),
            };
            let (left, right) = changed.split_at(point.min(changed.len()));
            let (left, right): (String, String) = (left.iter().collect(), right.iter().collect());
            if left.is_empty() || (left.len() > 1 && left.starts_with('0')) || changed.iter().all(|it| *it == '0') {
                continue;
            }
            let left = if text.contains(',') { grouped(&left) } else { left };
            found.push(format!("{before}{}{after}", joined(&left, &right)));
        }
    }
    found
}

/// The first number of a text, as what stands before it, its whole and its decimal digits, and what stands after it.
fn number_in(text: &str) -> Option<(&str, String, String, &str)> {
    let start = *digits(text).first()?;
    let length =
        text.get(start..)?.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    let written = text.get(start..start.saturating_add(length))?.trim_end_matches(['.', ',']);
    let after = text.get(start.saturating_add(written.len())..)?;
    let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
    (!decimals.contains(['.', ',']))
        .then(|| (text.get(..start).unwrap_or_default(), whole.replace(',', ""), decimals.to_owned(), after))
}

fn grouped(whole: &str) -> String {
    let mut grouped = String::with_capacity(whole.len());
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(at);
        if at > 0 && left.checked_rem(3) == Some(0) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn joined(whole: &str, decimals: &str) -> String {
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
}

/// The text with its decimal point moved to the right.
fn shifted(text: &str, by: i32) -> Option<String> {
    let (before, mut whole, mut decimals, after) = number_in(text)?;
    for _ in 0..by.unsigned_abs() {
        if by > 0 {
            let next = if decimals.is_empty() { '0' } else { decimals.remove(0) };
            whole.push(next);
        } else {
            decimals.insert(0, whole.pop().unwrap_or('0'));
        }
    }
    let had_decimals =
        text.get(before.len()..)?.bytes().take_while(|byte| !byte.is_ascii_alphabetic()).any(|it| it == b'.');
    if !had_decimals {
        decimals = decimals.trim_end_matches('0').to_owned();
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let whole = if text.contains(',') { grouped(whole) } else { whole.to_owned() };
    Some(format!("{before}{}{after}", joined(&whole, &decimals)))
}

/// Words for scales that are taken for each other.
const SCALES: [(&str, &str); 6] = [
    ("million", "billion"),
    ("thousand", "million"),
    ("billion", "trillion"),
    ("m", "bn"),
    ("k", "m"),
    ("hundred", "thousand"),
];

fn rescaled(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (one, other) in SCALES.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
        for (at, _) in text.match_indices(one) {
            let (before, after) =
                (text.get(..at).unwrap_or_default(), text.get(at.saturating_add(one.len())..).unwrap_or_default());
            let is_word = !after.starts_with(char::is_alphanumeric) && !before.ends_with(char::is_alphabetic);
            if is_word {
                found.push(format!("{before}{other}{after}"));
            }
        }
    }
    found
}

fn negated(text: &str) -> String {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => rest.trim_start().to_owned(),
        None => format!("-{text}"),
    }
}

/// What may have been meant instead of a day, or of a month.
fn of_day(on: &DaySet, settles: &dyn Fn(&Interval) -> bool) -> Option<Found> {
    let days = on.hull();
    let day = days.earliest;
    let (year, month, date) = day.ymd();
    let is_month = date == 1 && Some(days.latest) == day.plus_months(1)?.plus_days(-1);
    if !is_month && days.latest != day {
        return None;
    }
    let turned = date.checked_rem(10)?.checked_mul(10)?.checked_add(date.checked_div(10)?)?;
    let moved = |months: i64| day.plus_months(months).filter(|moved| moved.ymd().2 == date);
    let of_days: [(&str, Vec<Option<Day>>); 4] = [
        ("a day off", vec![day.plus_days(-1), day.plus_days(1)]),
        ("day and month swapped", vec![Day::from_ymd(year, date, month)]),
        ("the digits of the day swapped", vec![Day::from_ymd(year, month, turned)]),
        ("a week off", vec![day.plus_days(-7), day.plus_days(7)]),
    ];
    let of_months: [(&str, Vec<Option<Day>>); 2] =
        [("a month off", vec![moved(-1), moved(1)]), ("a year off", vec![moved(-12), moved(12)])];
    let kinds = of_days.into_iter().filter(|_| !is_month).chain(of_months);
    kinds.enumerate().find_map(|(rank, (name, candidates))| {
        let found = candidates.into_iter().flatten().filter(|candidate| *candidate != day).filter_map(|first| {
            let last = if is_month { first.plus_months(1)?.plus_days(-1)? } else { first };
            settles(&Interval::closed(first.0.into(), last.0.into())?).then(|| DaySpan::new(first, last))?
        });
        let values: Vec<String> = found.map(|span| span.said()).collect();
        (!values.is_empty()).then_some((rank, values, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_written_as_the_figure_is() {
        assert_eq!(swapped("€1,254"), ["€2,154", "€1,524", "€1,245"]);
        assert_eq!(shifted("1,254", 1).as_deref(), Some("12,540"));
        assert_eq!(shifted("1,250", -1).as_deref(), Some("125"));
        assert_eq!(shifted("1.2 million", -1).as_deref(), Some("0.12 million"));
        assert_eq!(shifted("€3.25m", 3).as_deref(), Some("€3250m"));
        assert_eq!(rescaled("€1.2 million"), ["€1.2 billion", "€1.2 thousand"]);
        assert_eq!(rescaled("€3bn"), ["€3m"]);
        assert_eq!(left_out_or_doubled("26"), ["6", "226", "2", "266"]);
        assert_eq!(left_out_or_doubled("1,254 men")[..2], ["254 men", "11,254 men"]);
        assert_eq!(negated("-5"), "5");
    }

    #[test]
    fn a_number_never_begins_with_a_nought() {
        assert!(swapped("102").iter().all(|it| it != "012"));
        assert!(starts_with_nought("€05"));
        assert!(!starts_with_nought("0.5"));
    }
}
