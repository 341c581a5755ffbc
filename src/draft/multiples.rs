//! Multiples: "doubled", "nearly three times as many", "twice the", "10,000 times faster", "two to one".

use super::figures::piece;
use super::find::{Piece, Role};
use super::prose::Prose;
use crate::number::{Interval, Rational, Reading, ReadingPolicy, Unit, read};

/// Verbs and nouns that are a multiple by themselves.
const WORDS: [(&str, i64); 14] = [
    ("doubled", 2),
    ("doubles", 2),
    ("doubling", 2),
    ("double", 2),
    ("tripled", 3),
    ("triples", 3),
    ("tripling", 3),
    ("triple", 3),
    ("trebled", 3),
    ("quadrupled", 4),
    ("twofold", 2),
    ("threefold", 3),
    ("fourfold", 4),
    ("tenfold", 10),
];

/// Words that halve.
const HALVES: [&str; 4] = ["halved", "halves", "halving", "halve"];

/// Approximators that may stand before a multiple, the longer first.
const BEFORE: [&[&str]; 20] = [
    &["a", "little", "more", "than"],
    &["well", "over"],
    &["just", "over"],
    &["just", "under"],
    &["more", "than"],
    &["less", "than"],
    &["fewer", "than"],
    &["at", "least"],
    &["up", "to"],
    &["close", "to"],
    &["nearly"],
    &["almost"],
    &["about"],
    &["around"],
    &["roughly"],
    &["over"],
    &["some"],
    &["approximately"],
    &["under"],
    &["exactly"],
];

/// A multiple that begins at a token.
pub(super) fn at(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let word = BEFORE.iter().filter_map(|words| scan.past(at, words)).max().unwrap_or(at);
    let (times, end) = bare(prose, word)?;
    let by = scan.words(at..word);
    let said = |number: &str| {
        let words = if by.is_empty() { number.to_owned() } else { format!("{by} {number}") };
        read(&words, &ReadingPolicy::default()).ok().map(|found| found.reading)
    };
    let reading = match times {
        Times::By(number) => said(&number)?,
        Times::Half if by.is_empty() => Reading::exact(Rational::new(1, 2)?),
        // More than halved is less than half.
        Times::Half => {
            let half = Rational::new(1, 2)?;
            match by.to_ascii_lowercase().as_str() {
                "more than" | "well over" | "over" => Reading::firm(Interval::less_than(half)),
                "nearly" | "almost" | "less than" => Reading::firm(Interval::more_than(half)),
                _ => Reading::firm(Interval::more_than(Rational::default())),
            }
        }
    };
    Some(piece(
        at..end,
        reading,
        Unit::Other("times".to_owned()),
        if scan.is_any(end.saturating_sub(2), &["to", ":", "-"]) { Role::Ratio } else { Role::Change },
    ))
}

enum Times {
    /// By a number, as written.
    By(String),
    Half,
}

/// A multiple without what stands before it, and the token after it.
fn bare(prose: &Prose<'_>, at: usize) -> Option<(Times, usize)> {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if let Some((_, times)) = WORDS.iter().find(|(word, _)| scan.is(at, word)) {
        // "Double-digit growth", "a double murder", "the doubles".
        let joined = prose.joins(next, &["-"])
            || scan.is_any(
                next,
                &["down", "digit", "digits", "bill", "bed", "doors", "murder", "vote", "bogey", "fault", "agent"],
            );
        let bare = scan.is_any(at, &["double", "triple"])
            && !scan.is_any(
                next,
                &["the", "that", "its", "their", "what", "his", "her", "in", "to", "by", "this", "those", "over"],
            )
            && !prose.after(at, &["to", "will", "would", "could", "may", "might", "than", "nearly", "almost"]);
        if bare {
            return None;
        }
        let article = prose.after(at, &["a", "the", "men's", "women's", "mixed", "'"])
            && !scan.is_any(at, &["doubling", "tripling"]);
        return (!joined && !article).then(|| (Times::By(times.to_string()), next));
    }
    if scan.is_any(at, &HALVES) {
        let count = prose.after(at, &["two", "both", "the"]);
        return (!count).then_some((Times::Half, next));
    }
    // "Half as many".
    if scan.is(at, "half") && scan.is(next, "as") {
        return Some((Times::Half, next));
    }
    // "Sixfold", "a five-fold rise", "12-fold".
    let dash = next.saturating_add(usize::from(prose.joins(next, &["-"])));
    let joined = scan.is(dash, "fold") && scan.follows(dash);
    let word = scan.word(at);
    let number = if joined { Some(word) } else { word.strip_suffix("fold") };
    if let Some(number) = number.filter(|number| !number.is_empty() && number.len() < 9) {
        let times = read(number, &ReadingPolicy::default()).ok().and_then(|found| found.number);
        if times.is_some_and(|times| times > Rational::ONE) {
            return Some((Times::By(number.to_owned()), if joined { dash.saturating_add(1) } else { next }));
        }
    }
    if scan.is(at, "twice") {
        // "Asked twice", "twice a year": occasions.
        let compared = scan.is_any(
            next,
            &["as", "the", "that", "its", "their", "what", "his", "her", "this", "more", "normal", "last", "those"],
        ) || scan.is_any(at.saturating_add(2), &["as"]);
        return compared.then(|| (Times::By("2".to_owned()), next));
    }
    // "By two to one".
    if prose.after(at, &["by", "of", "outnumber", "outnumbered"])
        || scan.is_any(at, &["two", "three", "four", "five", "ten"])
    {
        let past = scan
            .past(next, &["to", "one"])
            .filter(|end| !prose.is_word(*end) || scan.is_any(*end, super::tables::SMALL));
        let number =
            past.and_then(|_| read(scan.word(at), &ReadingPolicy::default()).ok()).and_then(|found| found.number);
        if let Some((number, past)) = number.zip(past).filter(|(number, _)| *number > Rational::ONE) {
            return Some((Times::By(number.to_string()), past));
        }
    }
    // "3:1", "3 to 1 against", "a 2-to-1 margin".
    if prose.whole(at, 3).is_some_and(|number| number > 1) {
        let colon = prose.joins(next, &[":"]) && scan.is(at.saturating_add(2), "1");
        let ends = [["to", "1"].as_slice(), &["-", "to", "-", "1"], &["-", "to", "-", "one"], &["to", "one"]];
        let past = ends.iter().find_map(|words| scan.past(next, words)).or(colon.then(|| at.saturating_add(3)));
        if let Some(past) = past.filter(|past| !scan.touches(*past) || scan.is_any(*past, &[".", ",", ";", ")"])) {
            return Some((Times::By(scan.word(at).to_owned()), past));
        }
    }
    let number_end = times_at(prose, at)?;
    let past = number_end.saturating_add(1);
    let ends = scan.word(past);
    let comparative = ends.len() > 4
        && ends.ends_with("er")
        && !scan.is_any(past, &["over", "after", "under", "other", "number", "together", "water", "later", "whether"]);
    let compared = scan.is_any(
        past,
        &[
            "as", "more", "less", "the", "that", "its", "their", "larger", "normal", "what", "bigger", "higher",
            "those", "greater", "fewer",
        ],
    ) || comparative;
    // "Three times the court sat", "four times the size".
    let the = scan.is(past, "the") && scan.is_any(past.saturating_add(1), &["court", "police", "same"]);
    (compared && !the).then(|| (Times::By(scan.words(at..number_end).to_owned()), past))
}

/// Where the number of "three times" ends, if it begins at a token.
fn times_at(prose: &Prose<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 5;
    if !prose.is_digits(at) && !prose.is_word(at) {
        return None;
    }
    let times = (1..=LONGEST).map(|on| at.saturating_add(on)).find(|place| prose.scan.is(*place, "times"))?;
    let found = read(prose.scan.words(at..times), &ReadingPolicy::default()).ok()?;
    found.number.filter(|_| found.unit == Unit::One)?;
    Some(times)
}

/// Whether a token is a multiple by itself.
pub(super) fn is_word(prose: &Prose<'_>, at: usize) -> bool {
    prose.scan.is_any(at, &HALVES) || WORDS.iter().any(|(word, _)| prose.scan.is(at, word))
}
