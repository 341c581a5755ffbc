//! What keeps a number from being a figure where it stands, or tells its unit from another: "the one who", "a second dose",
//! "10 boats a day", "61 points" of a league.

use super::prose::Prose;
use super::tables::{COMPARED, OF_A_GAME, SMALL};
use crate::number::{Quantity, Unit};

/// Whether the "m" of "2.11m" is a metre: digits to the centimetre, and nothing that it would count.
pub(super) fn is_length(prose: &Prose<'_>, start: usize, end: usize) -> bool {
    let scan = &prose.scan;
    let is_letter = end.checked_sub(1).is_some_and(|letter| scan.is(letter, "m") && scan.touches(letter));
    let digits = end.checked_sub(2).map(|digits| scan.word(digits)).unwrap_or_default();
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let counts = prose.is_word(end) && !scan.is_any(end, SMALL) && scan.follows(end);
    let sentence = prose.sentence(start);
    let near = sentence.start.max(start.saturating_sub(12))..sentence.end.min(end.saturating_add(6));
    let lengths = [
        "tall",
        "high",
        "deep",
        "wide",
        "long",
        "waves",
        "jump",
        "jumped",
        "vault",
        "threw",
        "throw",
        "river",
        "tide",
        "depth",
        "height",
        "butterfly",
        "leap",
        "level",
        "surge",
    ];
    let says_so = near.into_iter().any(|word| scan.is_any(word, &lengths));
    is_letter && (decimals == 2 && !counts || says_so && decimals < 3)
}

/// Whether a number after approximators belongs to a time, a name or a date: "about half past seven", "around 20 December".
pub(super) fn is_taken(prose: &Prose<'_>, at: usize) -> bool {
    if prose.is_digits(at)
        || !prose.scan.is_any(
            at,
            &[
                "about",
                "around",
                "some",
                "over",
                "under",
                "nearly",
                "almost",
                "just",
                "roughly",
                "past",
                "before",
                "near",
                "circa",
                "approximately",
                "to",
                "by",
            ],
        )
    {
        return false;
    }
    let number = at.saturating_add(1);
    let other = super::others::at(prose, number).is_some();
    other || prose.is_digits(number) && super::days::single(prose, number, super::days::Toward::Past).is_some()
}

/// "Leads by two points", "12 points to five points": of a share, and no points of a league.
pub(super) fn takes_points(prose: &Prose<'_>, start: usize, end: usize) -> bool {
    let sentence = prose.sentence(start);
    let near = sentence.start.max(start.saturating_sub(30))..sentence.end.min(end.saturating_add(30));
    let says = |words: &[&str]| near.clone().any(|word| prose.scan.is_any(word, words));
    let shares = [
        "%",
        "percent",
        "cent",
        "percentage",
        "poll",
        "approval",
        "lead",
        "margin",
        "gap",
        "rate",
        "swing",
        "inflation",
    ];
    says(&shares) || !(says(OF_A_GAME) || says(&["level", "league", "games", "table", "drop", "season", "clear"]))
}

/// Words that open no figure here, whatever they open elsewhere.
pub(super) fn is_no_figure(prose: &Prose<'_>, at: usize) -> bool {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if is_taken(prose, at) {
        return true;
    }
    // "SARS-CoV-2", "Kepler-22": digits that a hyphen joins to letters.
    let dash = at
        .checked_sub(1)
        .filter(|dash| scan.touches(at) && scan.is_any(*dash, &["-", "–", "\u{2011}"]) && scan.touches(*dash));
    let joined = dash
        .and_then(|dash| dash.checked_sub(1))
        .is_some_and(|word| prose.is_code(word) || prose.is_word(word) && !scan.touches(word));
    if joined && prose.is_digits(at) {
        return true;
    }
    if prose.is_digits(at) {
        return scan.touches(next)
            && (scan.is_any(next, &["st", "nd", "rd", "th"]) || prose.is_code(next) || scan.is_any(next, &["s"]));
    }
    if scan.is(at, "one") {
        return is_pronoun(prose, at);
    }
    if scan.is(at, "half") {
        let named =
            prose.after(at, &["first", "second", "the", "other", "better", "latter", "this", "last", "opening", "-"]);
        return named || scan.is_any(next, &["-", "time", "way"]);
    }
    if scan.is_any(at, &["a", "an"]) {
        // "A third man", "a second dose", "a quarter final".
        let part = scan.is_any(next, &["third", "fourth", "fifth", "sixth", "eighth", "ninth", "tenth"]);
        let past = at.saturating_add(2);
        let share = scan.is_any(
            past,
            &[
                "of", "to", "and", "more", "less", "longer", "fewer", "higher", "lower", "or", "are", "were", "said",
                "is", "have", "had",
            ],
        ) || !prose.is_word(past)
            || scan.is_any(past, COMPARED);
        return part && !share && !prose.after(at, &["by", "than", "about", "nearly", "almost", "over", "least", "to"])
            || is_rate(prose, at);
    }
    scan.is_any(at, &["some", "over", "under", "about", "around", "near"]) && is_rate(prose, next)
}

/// "A day" after what happens in one, "an hour" of a speed.
pub(super) fn is_rate(prose: &Prose<'_>, at: usize) -> bool {
    let scan = &prose.scan;
    let is_unit = scan.is_any(at, &["a", "an"])
        && scan.is_any(
            at.saturating_add(1),
            &[
                "second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "tonne", "ton",
                "barrel", "litre", "kilo", "kg", "hectare", "acre", "mile", "gallon", "ounce", "pound", "metre",
                "foot", "share",
            ],
        );
    let lasts = prose.after(
        at,
        &[
            "for", "in", "within", "about", "barely", "hardly", "nearly", "almost", "than", "over", "under", "after",
            "took", "takes", "lasted", "last", "lasting", "of", "by", "just", "around", "only", "roughly", "every",
            "half",
        ],
    );
    is_unit && !lasts
}

/// "The one who", "one of", "no one": a pronoun, and no count.
pub(super) fn is_pronoun(prose: &Prose<'_>, at: usize) -> bool {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if prose.joins(next, &["-"]) {
        let word = at.saturating_add(2);
        return !(scan.is_any(
            word,
            &[
                "year", "day", "week", "month", "hour", "minute", "third", "quarter", "fifth", "tenth", "mile",
                "bedroom",
            ],
        ));
    }
    if scan.touches(at) && at.checked_sub(1).is_some_and(|before| scan.is_any(before, &["-", "–"])) {
        return true;
    }
    if prose.after(
        at,
        &[
            "the", "this", "that", "which", "each", "every", "no", "any", "another", "old", "new", "big", "a", "last",
            "first", "next", "other", "good", "bad", "same",
        ],
    ) {
        return !scan.is_any(next, &["in", "million", "billion"]) || prose.after(at, &["the", "this", "that", "no"]);
    }
    if scan.is_any(
        next,
        &["another", "who", "day", "thing", "else", "can", "must", "should", "'s", "’s", "knows", "could", "would"],
    ) {
        return true;
    }
    let is_noun = prose.is_word(next) && scan.follows(next) && !scan.is_any(next, SMALL);
    let counted = is_noun
        || scan.is_any(next, &["in", "of", "out", "has", "was", "is", "and", "or", "to", "more", "less", "had"])
        || prose.after(at, &["has", "have", "had", "just", "only", "with", "to", "from", "by", ",", "but", "and"]);
    !counted
}

/// Whether a quantity is one in running text.
pub(super) fn is_figure(prose: &Prose<'_>, start: usize, end: usize, found: &Quantity) -> bool {
    let scan = &prose.scan;
    // "Three-way", "five-star".
    let word = end.saturating_add(1);
    let joined = prose.joins(end, &["-"]) && prose.is_word(word);
    let is_compound = joined
        && found.unit == Unit::One
        && prose.is_word(start)
        && scan.is_any(word, &["way", "star", "fold", "sided", "dimensional", "letter", "time", "point"])
        && !scan.is(word, "point");
    // "A couple were held", "some said": no number at all.
    let couple = scan.is_any(start, &["some", "about", "around", "over", "under"]) && end == start.saturating_add(1);
    // "A few minutes", fine; "scores of the games" are counts, "tens" are not.
    let scores = scan.is_any(start, &["scores", "tens"]) && !scan.is(end, "of") && end == start.saturating_add(1);
    let zero_led = prose.is_digits(start)
        && scan.word(start).len() > 1
        && scan.word(start).starts_with('0')
        && !scan.word(start).contains('.');
    let at_sign = scan.touches(start)
        && start.checked_sub(1).is_some_and(|before| scan.is_any(before, &["#", "@", "§", "_", "/"]));
    let quarters = scan.is_any(start.saturating_add(1), &["quarters", "halves"])
        && end == start.saturating_add(2)
        && scan.is_any(end, &["in", "running", "straight"]);
    !is_compound && !couple && !scores && !zero_led && !at_sign && !quarters
}
