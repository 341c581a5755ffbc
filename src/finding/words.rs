//! Words for findings: values with their units, lists, ordinals, names and scopes as people say them.
//!
//! Nothing here knows what a finding is. Every function gives plain text that has yet to be made inert by whoever
//! prints it, because names come from inputs.

use crate::number::{self, End, Interval, Rational, Unit};

/// Currencies with a sign that readers know, by ISO 4217 code. All others are said by their code.
const SIGNS: [(&str, &str); 16] = [
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "C$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "HK$"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("NZD", "NZ$"),
    ("PHP", "₱"),
    ("SGD", "S$"),
    ("UAH", "₴"),
    ("USD", "US$"),
];

/// What stands before a number of a unit.
fn before(unit: &Unit) -> String {
    match unit {
        Unit::Currency(code) => SIGNS
            .iter()
            .find(|(known, _)| known == code)
            .map_or_else(|| format!("{code} "), |(_, sign)| (*sign).to_owned()),
        _ => String::new(),
    }
}

/// What stands after a number of a unit.
fn after(unit: &Unit, one: bool) -> String {
    match unit {
        Unit::One | Unit::Currency(_) => String::new(),
        Unit::Percent => "%".to_owned(),
        Unit::Points if one => " percentage point".to_owned(),
        Unit::Points => " percentage points".to_owned(),
        Unit::Other(name) => format!(" {name}"),
    }
}

/// A number with its unit: `1,204`, `€101.3 million`, `37%`, `-US$5`, `5 km`.
pub fn said_number(value: &Rational, unit: &Unit) -> String {
    let sign = if value.is_negative() { "-" } else { "" };
    let size = value.abs();
    let said = size.said();
    // "About -€5", and not "-€about 5".
    let (about, said) = said.strip_prefix("about ").map_or(("", said.as_str()), |said| ("about ", said));
    format!("{about}{sign}{}{said}{}", before(unit), after(unit, size == Rational::ONE))
}

/// The values of an interval, with their unit: `between 1,150 and 1,250`, `exactly 26`, `at least €5 million`,
/// `more than 20 and under 30%`.
pub fn said_interval(interval: &Interval, unit: &Unit) -> String {
    if let Some(value) = interval.as_point() {
        let said = said_number(value, unit);
        return if said.starts_with("about ") { said } else { format!("exactly {said}") };
    }
    match (interval.lo(), interval.hi()) {
        (End::Unbounded, End::Unbounded) => "any number".to_owned(),
        (End::Closed(lo), End::Closed(hi)) => {
            let (lo, hi) = said_pair(lo, hi, unit);
            format!("between {lo} and {hi}")
        }
        (End::Open(lo), End::Unbounded) => format!("more than {}", said_number(lo, unit)),
        (End::Closed(lo), End::Unbounded) => format!("at least {}", said_number(lo, unit)),
        (End::Unbounded, End::Open(hi)) => format!("under {}", said_number(hi, unit)),
        (End::Unbounded, End::Closed(hi)) => format!("at most {}", said_number(hi, unit)),
        (End::Open(lo) | End::Closed(lo), End::Open(hi) | End::Closed(hi)) => {
            let least = if interval.lo().is_closed() { "at least" } else { "more than" };
            let most = if interval.hi().is_closed() { "at most" } else { "under" };
            let (lo, hi) = said_pair(lo, hi, unit);
            format!("{least} {lo} and {most} {hi}")
        }
    }
}

/// Two numbers of one unit: what stands after both is said once, `36.5` and `37.5%`, `€101.25` and `€101.35 million`.
fn said_pair(lo: &Rational, hi: &Rational, unit: &Unit) -> (String, String) {
    let (mut first, second) = (said_number(lo, unit), said_number(hi, unit));
    let tail = after(unit, false);
    if let (Some(bare), Some(other)) = (first.strip_suffix(&tail), second.strip_suffix(&tail)) {
        let scale = other.rsplit_once(' ').map_or("", |(_, scale)| scale);
        let shared = bare.rsplit_once(' ').filter(|(_, own)| *own == scale && scale.ends_with("illion"));
        first = shared.map_or(bare, |(digits, _)| digits).to_owned();
    }
    (first, second)
}

/// A whole number with its digits in groups of three: `1,204`.
pub fn grouped(count: usize) -> String {
    number::grouped(&count.to_string())
}

/// The noun that goes with a count.
pub fn plural<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// A list in a sentence: `a`, `a and b`, `a, b and c`.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// A place in a row: `first`, `second`, and from eleven on `11th`, `22nd`.
pub fn ordinal(place: usize) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(word) = place.checked_sub(1).and_then(|index| WORDS.get(index)) {
        return (*word).to_owned();
    }
    let last_two = place.checked_rem(100).unwrap_or_default();
    let ending = match last_two.checked_rem(10) {
        _ if (11..=13).contains(&last_two) => "th",
        Some(1) => "st",
        Some(2) => "nd",
        Some(3) => "rd",
        _ => "th",
    };
    format!("{}{ending}", grouped(place))
}

/// A kebab-case name as words: `reports-missing` is `reports missing`.
pub fn said_measure(name: &str) -> String {
    name.replace(['-', '_'], " ")
}

/// A plural noun for one of what it names: `arrests` is `arrest`, `losses` is `loss`.
pub fn singular(noun: &str) -> String {
    for (ending, one) in [("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ies", "y")] {
        if let Some(stem) = noun.strip_suffix(ending) {
            return format!("{stem}{one}");
        }
    }
    noun.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(noun).to_owned()
}

/// The words of a figure, with their digits in groups where they are nothing but digits: `12500` is `12,500`.
pub fn grouped_words(words: &str) -> String {
    let plain = words.len() > 3 && words.chars().all(|it| it.is_ascii_digit() || it == '_');
    match words.replace('_', "").parse::<Rational>() {
        Ok(number) if plain => number.grouped(),
        _ => words.to_owned(),
    }
}

/// A text with its first letter as a capital, to begin a sentence with.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The rule without the record that it was held to: `survey/total` of `survey/total[KR-2]`.
pub fn without_record(id: &str) -> &str {
    let is_of_ids = |part: &str| !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() || "-_".contains(it));
    let names_a_record = |at: &usize| {
        let before = id.get(..*at).unwrap_or_default();
        before.rsplit_once('/').is_some_and(|(_, rule)| is_of_ids(rule))
    };
    let record = id.match_indices('[').map(|(at, _)| at).find(names_a_record);
    record.filter(|_| id.ends_with(']')).and_then(|at| id.get(..at)).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn between(lo: &str, hi: &str) -> Interval {
        Interval::closed(number(lo), number(hi)).unwrap()
    }

    fn currency(code: &str) -> Unit {
        Unit::Currency(code.to_owned())
    }

    #[test]
    fn readings_are_said_with_their_unit() {
        let km = Unit::Other("km".to_owned());
        for (interval, unit, words) in [
            (between("1150", "1250"), Unit::One, "between 1,150 and 1,250"),
            (between("26", "26"), Unit::One, "exactly 26"),
            (between("101250000", "101350000"), currency("EUR"), "between €101.25 and €101.35 million"),
            (between("101300000", "101300000"), currency("EUR"), "exactly €101.3 million"),
            (between("950000", "1050000"), currency("USD"), "between US$950,000 and US$1.05 million"),
            (between("-12.5", "-11.5"), currency("CHF"), "between -CHF 12.5 and -CHF 11.5"),
            (between("36.5", "37.5"), Unit::Percent, "between 36.5 and 37.5%"),
            (between("0.5", "1.5"), Unit::Points, "between 0.5 and 1.5 percentage points"),
            (between("1", "1"), Unit::Points, "exactly 1 percentage point"),
            (between("4.5", "5.5"), km, "between 4.5 and 5.5 km"),
            (Interval::more_than(number("100")), Unit::One, "more than 100"),
            (Interval::at_least(number("2500000000")), currency("GBP"), "at least £2.5 billion"),
            (Interval::less_than(number("0")), Unit::Percent, "under 0%"),
            (Interval::at_most(number("-3")), Unit::Percent, "at most -3%"),
            (Interval::everything(), Unit::One, "any number"),
        ] {
            assert_eq!(said_interval(&interval, &unit), words);
        }
        let in_his_twenties = Interval::new(End::Closed(number("20")), End::Open(number("30"))).unwrap();
        assert_eq!(said_interval(&in_his_twenties, &Unit::One), "at least 20 and under 30");
    }

    #[test]
    fn lists_ordinals_and_names_read_as_people_say_them() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        let ordinals: Vec<_> = [1, 3, 10, 11, 12, 13, 21, 22, 23, 111, 1_002].map(ordinal).into();
        assert_eq!(
            ordinals,
            ["first", "third", "tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "111th", "1,002nd"]
        );
        assert_eq!(said_measure("reports-missing"), "reports missing");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(100), "100");
        assert_eq!((plural(1, "claim", "claims"), plural(2, "claim", "claims")), ("claim", "claims"));
        assert_eq!(capitalized("état"), "État");
        let nouns = ["arrests", "losses", "boxes", "bodies", "missing reports", "staff"].map(singular);
        assert_eq!(nouns, ["arrest", "loss", "box", "body", "missing report", "staff"]);
        let figures = ["12500", "1_200", "1,200", "about 12500", "154", "12.50"].map(grouped_words);
        assert_eq!(figures, ["12,500", "1,200", "1,200", "about 12500", "154", "12.50"]);
    }

    #[test]
    fn the_record_that_a_rule_was_held_to_is_left_out() {
        assert_eq!(without_record("survey/total[KR-2]"), "survey/total");
        assert_eq!(without_record("data/survey/staff_paid[7]"), "data/survey/staff_paid");
        assert_eq!(without_record("sur[1]/total[a[b]/c[d]]"), "sur[1]/total");
        assert_eq!(without_record("raid/month"), "raid/month");
        assert_eq!(without_record("additive"), "additive");
    }
}
