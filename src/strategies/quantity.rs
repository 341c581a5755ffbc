//! Quantities as people write them.

use super::Reported;
use super::numeral::{END, in_words};
use crate::generate::Way;
use crate::number::{Rational, grouped};
use proptest::prelude::*;
use proptest::sample::select;

/// Counts are drawn up to this. What is larger is said as it is.
const MOST: u64 = 10_000_000_000;
/// Truths of what is measured are drawn in thousandths of what is written.
const THOUSANDTHS: u64 = 1_000;

/// A quantity in words or digits, such as `1,234`, `about 1,300`, `more than 1,200`, `twenty-six`, `12.50`, `37.2%`,
/// `€1.2 million`, `at least 5 km` or `between 20 and 30`. [`read`](crate::number::read) reads it, and the truth, in the
/// unit of the words, lies in its reading, hard and soft. It is never below nought.
///
/// It shrinks to small whole numbers in plain digits.
///
/// ```
/// use addup::number::{ReadingPolicy, read};
/// use proptest::prelude::*;
/// proptest! {
/// # #![proptest_config(ProptestConfig::with_cases(20))]
///     fn words_admit_what_they_were_written_of(said in addup::strategies::quantity()) {
///         let quantity = read(&said.text, &ReadingPolicy::default()).unwrap();
///         prop_assert!(quantity.reading.soft().contains(&said.truth));
///     }
/// }
/// words_admit_what_they_were_written_of();
/// ```
pub fn quantity() -> impl Strategy<Value = Reported<Rational>> {
    quantity_with_measure().prop_map(|(said, _)| said)
}

/// A count as a text may write it: to the last digit, rounded, in words, or with words such as "about" or "more than"
/// beside it. For worlds of your own, of which the truth is known.
///
/// ```
/// use addup::number::Rational;
/// use addup::strategies::quantity_of;
/// use proptest::prelude::*;
/// proptest! {
/// # #![proptest_config(ProptestConfig::with_cases(20))]
///     fn two_reports_of_one_truth((one, other) in (0_u64..9_999).prop_flat_map(|toll| (quantity_of(toll), quantity_of(toll)))) {
///         prop_assert_eq!(one.truth, other.truth);
///     }
/// }
/// two_reports_of_one_truth();
/// ```
pub fn quantity_of(count: u64) -> impl Strategy<Value = Reported<Rational>> {
    said_or_spelled().prop_map(move |way| count_in(count, way))
}

/// The same as [`quantity`], with the name of something that may be measured so.
pub(super) fn quantity_with_measure() -> impl Strategy<Value = (Reported<Rational>, &'static str)> {
    let counts = prop_oneof![0..100_u64, 0..10_000_u64, 0..MOST];
    let counts = (counts, said_or_spelled()).prop_map(|(count, way)| count_in(count, way));
    prop_oneof![(counts, select(vec!["arrests", "visitors"])), measured(), (range(), Just("visitors")),]
}

/// A way to say a count; `None` is to spell it out.
fn said_or_spelled() -> impl Strategy<Value = Option<Way>> {
    let said =
        [Way::Plain, Way::Exactly, Way::Millions, Way::About, Way::MoreThan, Way::Nearly, Way::AtLeast, Way::AtMost];
    select(said.map(Some).into_iter().chain([None]).collect::<Vec<_>>())
}

fn count_in(count: u64, way: Option<Way>) -> Reported<Rational> {
    let way = if count < MOST { way } else { Some(Way::Plain) };
    let spelled = if way.is_none() { in_words(count.min(END)) } else { None };
    let text = spelled.unwrap_or_else(|| way.unwrap_or(Way::Plain).fitting(count).words(count).text);
    Reported { text, truth: whole(count) }
}

fn whole(count: u64) -> Rational {
    Rational::from_big(count.into(), 1.into()).unwrap_or_default()
}

/// What stands around the digits of what is measured.
#[derive(Clone, Copy, Debug)]
struct Around {
    before: &'static str,
    after: &'static str,
    /// The power of ten that it stands for.
    scale: i32,
    measure: &'static str,
}

const fn around(before: &'static str, after: &'static str, scale: i32, measure: &'static str) -> Around {
    Around { before, after, scale, measure }
}

const AROUND: [Around; 12] = [
    around("", "", 0, "rainfall"),
    around("", "%", 0, "turnout"),
    around("", " per cent", 0, "turnout"),
    around("€", "", 0, "revenue"),
    around("€", "m", 6, "revenue"),
    around("€", " million", 6, "revenue"),
    around("", " billion euros", 9, "revenue"),
    around("", " thousand", 3, "visitors"),
    around("", " million", 6, "visitors"),
    around("", " billion", 9, "visitors"),
    around("", " km", 0, "distance"),
    around("", " tonnes", 0, "catch"),
];

/// Which digits are written of a true value.
#[derive(Clone, Copy, Debug)]
enum Digits {
    Nearest,
    /// Those below it.
    AtLeast,
    /// Those above it.
    AtMost,
}

/// Something measured, rounded to the last digit or bounded by it.
fn measured() -> impl Strategy<Value = (Reported<Rational>, &'static str)> {
    let thousandths = prop_oneof![0..100 * THOUSANDTHS, 0..10_000 * THOUSANDTHS];
    let digits = select(vec![Digits::Nearest, Digits::AtLeast, Digits::AtMost]);
    (thousandths, 0..3_u32, select(AROUND.to_vec()), digits).prop_map(|(thousandths, decimals, around, digits)| {
        // A whole number with nothing beside it would be a count.
        let decimals =
            if around.scale == 0 && around.before.is_empty() && around.after.is_empty() { 2 } else { decimals };
        let step = 10_u64.saturating_pow(3_u32.saturating_sub(decimals));
        let (hedge, written) = match digits {
            Digits::Nearest => ("", thousandths.saturating_add(step / 2).checked_div(step)),
            Digits::AtLeast => ("at least ", thousandths.checked_div(step)),
            Digits::AtMost => ("at most ", Some(thousandths.div_ceil(step))),
        };
        let number = with_decimals(written.unwrap_or_default(), decimals);
        let scale = Rational::power_of_ten(around.scale.saturating_sub(3)).unwrap_or_default();
        let text = format!("{hedge}{}{number}{}", around.before, around.after);
        (Reported { text, truth: whole(thousandths).times(&scale) }, around.measure)
    })
}

/// A number of the last digits: 1250 with two decimals is `12.50`.
fn with_decimals(digits: u64, decimals: u32) -> String {
    let unit = 10_u64.saturating_pow(decimals);
    let (above, below) = (digits.checked_div(unit).unwrap_or(0), digits.checked_rem(unit).unwrap_or(0));
    let above = grouped(&above.to_string());
    match usize::try_from(decimals) {
        Ok(width @ 1..) => format!("{above}.{below:0width$}"),
        _ => above,
    }
}

/// A count between two others.
fn range() -> impl Strategy<Value = Reported<Rational>> {
    let parts = (0..100_000_u64, 0..500_u64, 1..500_u64, select(vec![("between ", " and "), ("", " to "), ("", "-")]));
    parts.prop_map(|(least, above, more, (before, between))| {
        let truth = least.saturating_add(above);
        let digits = |count: u64| grouped(&count.to_string());
        let text = format!("{before}{}{between}{}", digits(least), digits(truth.saturating_add(more)));
        Reported { text, truth: whole(truth) }
    })
}
