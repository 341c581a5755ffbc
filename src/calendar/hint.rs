//! What to offer for a phrase that cannot be read.

use super::convention::Context;
use super::day::Day;
use super::names::{MONTHS, WEEKDAYS};
use super::tables::{EXAMPLES, OF_A_TIME, SEASONS, UNITS};
use super::words::{LONGEST, read_when};

/// The nearest phrase that can be read, to offer for one that cannot: the phrase with its misspelt words mended, a
/// date with its parts in ISO order, or else the example that is most like it.
pub fn hint(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    // What it is relative to does not matter for whether it can be read.
    let context = Context { dateline: Day::from_ymd(2025, 12, 21), ..Context::default() };
    let reads = |phrase: &String| phrase != text && read_when(phrase, &context).is_ok();
    [in_iso_order(text), mended(text)].into_iter().flatten().find(reads).or_else(|| most_like(text))
}

/// Whether a phrase is plainly of a time, though it may be none that can be read: "half past seven", "the week of the fair".
pub fn is_of_a_time(text: &str) -> bool {
    let known = |word: &str| {
        let is = |name: &str| name.eq_ignore_ascii_case(word);
        UNITS.iter().any(|(name, _)| is(name))
            || OF_A_TIME.iter().any(|name| is(name))
            || SEASONS.iter().any(|(name, _)| is(name))
            || MONTHS.iter().any(|month| month.name == word)
            || WEEKDAYS.iter().any(|weekday| is(weekday.name))
    };
    text.split(|it: char| it.is_whitespace() || matches!(it, ',' | '.' | ';')).any(known)
}

/// `18/12/2025` and `18.12.2025`, if only one order of day and month is possible; `20251218`, `2025-12-18T09:00` and
/// `2024-2025`.
fn in_iso_order(text: &str) -> Option<String> {
    if let Some((day, _)) = text.split_at_checked(10).filter(|(_, rest)| rest.starts_with(['T', ' '])) {
        return Day::from_iso(day).map(|day| day.to_string());
    }
    if let Some((first, second)) = text.split_once('-').filter(|(first, second)| first.len() == 4 && second.len() == 4)
    {
        return Some(format!("{first}/{second}"));
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return Day::from_iso(&format!("{year}-{month}-{day}")).map(|day| day.to_string());
    }
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u8>().ok();
    if first.len() == 4 {
        let day = Day::from_ymd(first.parse().ok()?, number(second)?, number(third)?)?;
        return Some(day.to_string());
    }
    let year: i32 = third.parse().ok().filter(|_| third.len() == 4)?;
    let (first, second) = (number(first)?, number(second)?);
    let day_first = Day::from_ymd(year, second, first);
    let month_first = Day::from_ymd(year, first, second);
    match (day_first, month_first) {
        (Some(day), None) | (None, Some(day)) => Some(day.to_string()),
        (Some(one), Some(other)) if one == other => Some(one.to_string()),
        _ => None,
    }
}

fn mended(text: &str) -> Option<String> {
    let known = || {
        let names = MONTHS.iter().map(|month| month.name).chain(WEEKDAYS.iter().map(|weekday| weekday.name));
        names.chain(EXAMPLES.iter().flat_map(|example| example.split([' ', ','])))
    };
    let mend = |word: &str| {
        let bare = word.trim_end_matches([',', '.']);
        let ending = word.strip_prefix(bare).unwrap_or_default();
        let is_a_word = bare.len() > 2 && bare.chars().all(char::is_alphabetic);
        if !is_a_word || known().any(|name| name.eq_ignore_ascii_case(bare)) {
            return word.to_owned();
        }
        let lower = bare.to_lowercase();
        let near = known()
            .filter(|name| name.len() > 2)
            .map(|name| (strsim::damerau_levenshtein(&name.to_lowercase(), &lower), name))
            .filter(|(distance, _)| *distance <= if lower.len() > 8 { 2 } else { 1 })
            .min_by_key(|(distance, _)| *distance);
        near.map_or_else(|| word.to_owned(), |(_, name)| format!("{name}{ending}"))
    };
    Some(text.split_whitespace().map(mend).collect::<Vec<_>>().join(" "))
}

fn most_like(text: &str) -> Option<String> {
    if text.chars().filter(|character| character.is_alphabetic()).count() < 3 {
        return None;
    }
    let lower = text.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for example in EXAMPLES {
        let distance = strsim::damerau_levenshtein(&example.to_lowercase(), &lower);
        if distance.saturating_mul(4) <= example.len() && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, example));
        }
    }
    best.map(|(_, example)| example.to_owned())
}
