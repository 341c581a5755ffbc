//! What the figures of a quote may be to a value that is none of them: its parts, what it was rounded to, what it is the
//! difference or product of, or figures in a unit of their own that tell nothing of it.

use crate::number::{Found, Quantity, QuantityForm, Rational, Unit, factor, is_measured};
use crate::source::Spanned;

/// Whether a value is what some figures of a quote, one after another, make together.
pub(super) fn is_sum(figures: &[Found], value: &Quantity) -> bool {
    // "735 in two days" are no 737.
    let numbers = |from: usize| {
        let unit = figures.get(from).map(|first| &first.quantity.unit);
        let alike = figures.iter().skip(from).take_while(move |found| Some(&found.quantity.unit) == unit);
        let rest = alike.map_while(|found| found.quantity.number.as_ref());
        rest.scan(Rational::ZERO, |sum, number| {
            *sum += number;
            Some(sum.clone())
        })
    };
    (0..figures.len()).any(|from| numbers(from).skip(1).any(|sum| value.reading.hard().contains(&sum)))
}

/// Whether a value with decimals is a whole number of a quote, more closely.
pub(super) fn is_rounded(figures: &[Found], value: &Quantity) -> bool {
    let Some(closely) = value.number.as_ref().filter(|number| number.floor() != **number) else { return false };
    let whole = figures.iter().filter(|found| found.quantity.form == QuantityForm::Whole);
    let mut numbers = whole.filter_map(|found| found.quantity.number.as_ref());
    numbers.any(|number| (number - closely).abs() <= Rational::ONE.half())
}

/// Whether a figure of a quote is in some unit that is not the value's, so that it tells nothing of it: money in a currency
/// of its own, and "30 psi" beside 2 bar, whatever psi may be.
pub(super) fn is_of_another_unit(found: &Found, value: &Quantity, quote: &Spanned<String>) -> bool {
    let (said, unit) = (&found.quantity, &value.unit);
    let is_plain = matches!(unit, Unit::One | Unit::Percent | Unit::Points);
    let is_measured = is_measured(unit) || is_measured(&said.unit);
    if is_plain || !is_measured || said.reading.hard().meets(value.reading.hard()) {
        return false;
    }
    match (&said.unit, unit) {
        (Unit::Currency(one), Unit::Currency(other)) => one != other,
        (Unit::One, _) => is_before_a_noun(quote.value.get(found.end..).unwrap_or_default()),
        // Pence are money, though of no dollar.
        (Unit::Other(_), Unit::Currency(_)) => false,
        (said, unit) => factor(said, unit).is_none() && found.quantity.loosely_in(unit).is_none(),
    }
}

/// Whether the next word of a text may name what was counted before it.
fn is_before_a_noun(text: &str) -> bool {
    const SMALL: [&str; 32] = [
        "a", "an", "and", "are", "as", "at", "but", "by", "each", "for", "from", "had", "has", "have", "in", "into",
        "is", "it", "last", "less", "more", "of", "on", "or", "out", "since", "than", "that", "the", "to", "was",
        "were",
    ];
    let word: String =
        text.trim_start_matches([' ', '-', '\u{a0}']).chars().take_while(|it| it.is_alphabetic()).collect();
    !word.is_empty() && !SMALL.contains(&word.to_lowercase().as_str())
}

/// No more figures of a quote are taken together than this.
const MOST_RECKONED: usize = 8;

/// Words that multiply: "13 twice over".
const FACTORS: [(&str, i64); 10] = [
    ("twice", 2),
    ("double", 2),
    ("doubled", 2),
    ("both", 2),
    ("each", 2),
    ("couples", 2),
    ("pairs", 2),
    ("thrice", 3),
    ("triple", 3),
    ("tripled", 3),
];

/// Words for what is left of a whole.
const REST: [&str; 5] = ["rest", "others", "remaining", "remainder", "balance"];

/// How a value may come of some figures of a quote, in signs: as a sum of any of them, or as a difference or product of two.
pub(super) fn reckoned(figures: &[Found], value: &Quantity, quote: &Spanned<String>) -> Option<String> {
    // "60% to 40%" names two.
    let ends = |found: &Found| {
        let soft = found.quantity.reading.soft();
        [soft.lo(), soft.hi()].into_iter().filter_map(|end| end.value().cloned()).collect::<Vec<_>>()
    };
    let numbers_of = |found: &Found| {
        let numbers = found.quantity.number.clone().map_or_else(|| ends(found), |number| vec![number]);
        numbers.into_iter().filter(Rational::is_positive)
    };
    let words = || quote.value.split(|it: char| !it.is_alphabetic());
    let factors = words().filter_map(|word| FACTORS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)));
    let factors = factors.map(|(_, factor)| Rational::from(*factor));
    // "60% said yes and the rest no".
    let is_whole =
        value.unit == Unit::Percent && words().any(|word| REST.iter().any(|it| word.eq_ignore_ascii_case(it)));
    let rest = is_whole.then(|| Rational::from(100));
    let numbers: Vec<Rational> =
        figures.iter().flat_map(numbers_of).chain(factors).chain(rest).take(MOST_RECKONED).collect();
    let is_value = |number: &Rational| value.reading.soft().contains(number);
    let pairs = || {
        let rest = |at: usize| numbers.iter().skip(at.saturating_add(1));
        numbers.iter().enumerate().flat_map(move |(at, one)| rest(at).map(move |other| (one, other)))
    };
    let differ = pairs().find(|(one, other)| is_value(&(*one - *other).abs()));
    if let Some((one, other)) = differ {
        return Some(format!("{} − {}", one.max(other).said(), one.min(other).said()));
    }
    if let Some((one, other)) = pairs().find(|(one, other)| is_value(&(*one * *other))) {
        return Some(format!("{} × {}", one.said(), other.said()));
    }
    // "4 in 10 of 65".
    if let [part, whole, all] = numbers.as_slice()
        && let Some(share) = part.checked_div(whole)
        && value.reading.hard().contains(&(&share * all))
    {
        return Some(format!("{} × {} ÷ {}", part.said(), all.said(), whole.said()));
    }
    let mut sums: Vec<(Rational, Vec<&Rational>)> = vec![(Rational::ZERO, Vec::new())];
    for number in &numbers {
        let with = |(sum, parts): &(Rational, Vec<_>)| (sum + number, [parts.as_slice(), &[number]].concat());
        let more: Vec<_> = sums.iter().map(with).collect();
        sums.extend(more);
    }
    let sum = sums.into_iter().find(|(sum, parts)| parts.len() > 1 && is_value(sum));
    sum.map(|(_, parts)| parts.iter().map(|part| part.said()).collect::<Vec<_>>().join(" + "))
}
