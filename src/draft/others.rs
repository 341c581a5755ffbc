//! Numbers that are neither figures nor dates: telephones, versions, times, scores, lists, names, ordinals, idioms.

use super::clocks::{HOURS, time, time_in_words};
use super::find::{Other, Piece};
use super::prose::Prose;
use super::tables::{
    AFTER_SCORE, BEFORE_SCORE, CALLING, CAPITAL_LABELS, IDIOMS, LABELS, PROGRAMS, RACES, STREETS, STROKES,
};
use crate::number::TokenKind;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// How far back a word of sport may stand before a score.
const SCORE_REACH: usize = 8;

/// The most pieces that a telephone number is written in.
const PHONE_PIECES: usize = 12;

/// The fewest digits of a telephone number.
const PHONE_DIGITS: usize = 7;

/// The most words of a street's name.
const STREET_WORDS: usize = 3;

/// What begins at a token and is plainly no figure.
pub(super) fn at(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let kind = prose.scan.made(at)?;
    let from = |end: usize| at..end;
    match kind {
        TokenKind::Code => code(prose, at),
        TokenKind::Digits => phone(prose, at)
            .or_else(|| chain(prose, at))
            .or_else(|| list(prose, at))
            .or_else(|| time(prose, at).map(|end| Piece::other(from(end), Other::Time)))
            .or_else(|| score(prose, at).map(|end| Piece::other(from(end), Other::Score)))
            .or_else(|| name_in_digits(prose, at))
            .or_else(|| address(prose, at)),
        TokenKind::Sign => phone(prose, at).or_else(|| list(prose, at)),
        TokenKind::Word => idiom(prose, at)
            .or_else(|| time_in_words(prose, at).map(|end| Piece::other(from(end), Other::Time)))
            .or_else(|| web(prose, at))
            .or_else(|| labelled(prose, at))
            .or_else(|| named(prose, at))
            .or_else(|| joined(prose, at)),
    }
}

fn code(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let word = prose.scan.word(at);
    let end = at.saturating_add(1);
    if word.contains("://") || word.starts_with("www.") {
        return Some(Piece::other(at..end, Other::Url));
    }
    if let Some(mail) = web(prose, at) {
        return Some(mail);
    }
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        let parts: Vec<&str> = word.trim_end_matches('.').split('.').collect();
        let is_date =
            matches!(parts.as_slice(), [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() == 4);
        return (parts.len() > 2 && !is_date).then(|| Piece::other(at..end, Other::Version));
    }
    let rest = word.get(first.len_utf8()..)?;
    let is_of_a_year =
        matches!(first, 'Q' | 'H') && rest.len() == 1 || word.starts_with("FY") || word.starts_with("fy");
    let is_version = matches!(first, 'v' | 'V') && rest.starts_with(|digit: char| digit.is_ascii_digit());
    if is_version {
        let mut end = end;
        while prose.joins(end, &["."]) && prose.is_digits(end.saturating_add(1)) {
            end = end.saturating_add(2);
        }
        return Some(Piece::other(at..end, Other::Version));
    }
    let other = Other::Name;
    let has_digits = word.bytes().any(|byte| byte.is_ascii_digit());
    // "PM2.5".
    let pointed = prose.joins(end, &["."]) && prose.is_digits(end.saturating_add(1));
    let end = if pointed { end.saturating_add(2) } else { end };
    (has_digits && !is_of_a_year).then(|| Piece::other(at..end, other))
}

/// "example.org/2025", "info24@example.org": an address without its scheme.
fn web(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    const DOMAINS: [&str; 12] = ["org", "com", "net", "uk", "gov", "edu", "io", "info", "eu", "int", "co", "de"];
    const LONGEST: usize = 24;
    let sign = at.saturating_add(1);
    let domain = prose.joins(sign, &["."]) && prose.scan.is_any(at.saturating_add(2), &DOMAINS);
    if !domain && !prose.joins(sign, &["@"]) {
        return None;
    }
    let touching = (sign..sign.saturating_add(LONGEST)).take_while(|place| prose.scan.touches(*place)).last()?;
    let stops = prose.scan.is_any(touching, &[".", ",", ";", ":", "!", "?", ")"]);
    Some(Piece::other(at..touching.saturating_add(usize::from(!stops)), Other::Url))
}

/// "World War Two", "the Six Nations", "Norway 3": a number that a capital makes part of a name.
fn named(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if !scan.is_capitalised(at) || prose.sentence(at).start == at {
        return None;
    }
    // A capital inside a sentence, after another word: "Group of Seven", "World War Two".
    let is_number =
        number_word(prose, at) && at.checked_sub(1).is_some_and(|before| prose.is_word(before)) && !scan.touches(at);
    if is_number {
        let end = if scan.is_capitalised(next) && scan.follows(next) && prose.is_word(next) {
            next.saturating_add(1)
        } else {
            next
        };
        return Some(Piece::other(at..end, Other::Name));
    }
    let end = next.saturating_add(1);
    let is_small = prose.whole(next, 3).is_some() && scan.follows(next) && !scan.touches(next);
    let goes_on =
        prose.is_word(end) && scan.follows(end) && !scan.is_any(end, super::tables::SMALL) && !scan.is_capitalised(end);
    let is_date = super::days::month(prose, at).is_some() || super::days::weekday(prose, at).is_some();
    let signs =
        scan.is_any(end, &["%", "-", "–", "/", ":", "°", "$", "€", "£"]) || scan.touches(end) && prose.is_word(end);
    // "The Falcon 9 rocket": a name before a thing.
    let is_thing = goes_on
        && prose.after(at, &["the", "a", "an", "its", "of"])
        && !scan.word(end).ends_with('s')
        && !scan.is_any(end, super::tables::COUNTED_NOUNS);
    let goes_on = goes_on && !is_thing;
    let codes = scan.word(at).len() == 3 && scan.word(at).chars().all(char::is_uppercase);
    let is_name = is_small
        && !goes_on
        && !is_date
        && !signs
        && !codes
        && !scan.is_any(at, super::tables::SMALL)
        && !scan.is_any(end, &["of", "to", "per", "in", "out", "and", "or"]);
    is_name.then(|| Piece::other(at..end, Other::Name))
}

/// "+44 1632 960 123", "020 7946 0018", "555-0142" after "call".
fn phone(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let is_plus = scan.is(at, "+");
    if !is_plus && !prose.is_digits(at) && !scan.is(at, "(") {
        return None;
    }
    let mut end = if is_plus || scan.is(at, "(") { at.saturating_add(1) } else { at };
    if !prose.is_digits(end) || (end > at && !scan.touches(end)) {
        return None;
    }
    // "Call 999".
    if at == end
        && prose.whole(at, 3).is_some()
        && scan.word(at).len() == 3
        && prose.after(at, &["call", "dial", "ring", "phone", "called", "dialled", "rang", "calling"])
        && (!prose.is_word(at.saturating_add(1)) || scan.is_any(at.saturating_add(1), super::tables::SMALL))
    {
        return Some(Piece::other(at..at.saturating_add(1), Other::Phone));
    }
    let opens_with_nought = scan.word(end).starts_with('0') && !scan.word(end).contains('.');
    let (mut digits, mut pieces) = (0_usize, 0_usize);
    let mut last = end;
    while pieces < PHONE_PIECES {
        let word = scan.word(end);
        let is_part = (prose.is_digits(end) || prose.is_code(end))
            && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
            && word.len() <= 15;
        let is_sign = pieces > 0 && scan.is_any(end, &["-", ")", "("]) && scan.follows(end);
        if !is_part && !is_sign {
            break;
        }
        if is_part {
            digits = digits.saturating_add(word.bytes().filter(u8::is_ascii_digit).count());
            last = end.saturating_add(1);
        }
        pieces = pieces.saturating_add(1);
        end = end.saturating_add(1);
        if !scan.follows(end) {
            break;
        }
    }
    let begins = if at.checked_sub(1).is_some_and(|before| scan.is(before, "(")) { at.saturating_sub(1) } else { at };
    let is_called = prose.after(begins, CALLING) && (scan.words(at..last).contains(['-', ' ']) || digits > 9);
    // "(212) 555-0188", "1-800-555-0199".
    let bracketed = scan.is(at, "(") && pieces > 2 && digits < 13 && !prose.is_digits(at.saturating_sub(1));
    let dashes = scan.words(at..last).bytes().filter(|byte| *byte == b'-').count();
    let is_dashed = dashes >= 2 && digits >= 9 && super::days::single(prose, at, super::days::Toward::Past).is_none();
    let is_grouped = opens_with_nought && pieces > 1 || bracketed || is_dashed;
    let several = is_plus || is_grouped || (is_called && !scan.words(at..last).contains('.') && pieces > 1);
    (digits >= PHONE_DIGITS && several && !prose.whole(at, 4).is_some_and(|it| it > 1_900 && pieces > 4))
        .then(|| Piece::other(at..last, Other::Phone))
}

/// "12-34-56", "5/2/1": three numbers and more that are joined and are no date.
fn chain(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    const LONGEST: usize = 32;
    let link = |place: usize| prose.joins(place, &["-", "–", "/"]) && prose.is_digits(place.saturating_add(1));
    let mut end = at.saturating_add(1);
    while link(end) && end < at.saturating_add(LONGEST) {
        end = end.saturating_add(2);
    }
    let is_chain = end > at.saturating_add(3) && super::days::single(prose, at, super::days::Toward::Past).is_none();
    is_chain.then(|| Piece::other(at..end, Other::Name))
}

/// "1." or "(2)" where a line begins, "2.1 Rainfall by region" where it is all of a paragraph.
fn list(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    if !scan.begins_line(at) {
        return None;
    }
    let opens = scan.is(at, "(");
    let number = if opens { at.saturating_add(1) } else { at };
    let (mark, text) = (number.saturating_add(1), number.saturating_add(2));
    let is_small = prose.whole(number, 3).is_some();
    let is_marked = scan.is_any(mark, if opens { &[")"] } else { &[".", ")"] }) && scan.touches(mark);
    if is_small && is_marked && !scan.touches(text) && scan.made(text).is_some() {
        return Some(Piece::other(at..text, Other::List));
    }
    let is_heading = scan.begins_paragraph(at)
        && prose.is_digits(at)
        && scan.is_capitalised(mark)
        && !scan.touches(mark)
        && scan.word(at).len() <= 5
        && is_title(prose, at);
    is_heading.then(|| Piece::other(at..mark, Other::Heading))
}

/// Whether a paragraph has no stop at its end and is short.
fn is_title(prose: &Prose<'_>, at: usize) -> bool {
    const LONGEST: usize = 14;
    let end = (at..at.saturating_add(LONGEST)).find(|end| {
        let next = end.saturating_add(1);
        prose.scan.begins_line(next) || prose.scan.made(next).is_none()
    });
    end.is_some_and(|end| !prose.scan.is_any(end, &[".", "!", "?", ":", ",", ";"]))
}

/// "Won 2-1", "6-4, 3-6", "a 3-0 defeat".
fn score(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let scan = &prose.scan;
    let (dash, second, end) = (at.saturating_add(1), at.saturating_add(2), at.saturating_add(3));
    let are_small = prose.whole(at, 3).is_some() && prose.whole(second, 3).is_some();
    // "Took 5 for 32", "were 280 for 6".
    let second_is_free = !prose.is_word(end) || scan.is_any(end, super::tables::SMALL);
    if are_small
        && scan.is(dash, "for")
        && second_is_free
        && prose.after(at, &["took", "were", "at", "are", "with", "to", "on", "declared", "made", "reached"])
    {
        return Some(end);
    }
    if !are_small
        || !prose.joins(dash, &["-", "–"])
        || scan.touches(end) && !scan.is_any(end, &[",", ".", ";", ")", "\"", "”", "'", "’"])
    {
        return None;
    }
    if scan.is_any(end, &["per", "percent", "million", "billion", "thousand", "years", "hours", "km", "cm", "mm", "m"])
    {
        return None;
    }
    let ahead = scan.is_any(end, AFTER_SCORE) || scan.is_any(end.saturating_add(1), AFTER_SCORE);
    let behind = (1..=SCORE_REACH).any(|back| at.checked_sub(back).is_some_and(|word| scan.is_any(word, BEFORE_SCORE)));
    let first = prose.whole(at, 3).unwrap_or(0);
    let is_range = prose.whole(second, 3).is_some_and(|second| second > first) && prose.is_word(end);
    let is_plural = is_range && scan.word(end).ends_with('s') && !scan.is_capitalised(end);
    // "6-4, 3-6, 7-6" tell the same story.
    let chained = at.checked_sub(4).is_some_and(|from| score_at(prose, from))
        || at
            .checked_sub(3)
            .is_some_and(|from| prose.whole(from, 3).is_some() && prose.joins(from.saturating_add(1), &["-", "–"]));
    // Bare, and nothing before it that a range would follow.
    let is_range_of = [
        "aged", "ages", "about", "some", "around", "of", "over", "for", "every", "within", "in", "page", "pages",
        "between", "roughly", "only", "just", "than", "years",
    ];
    let bare = second_is_free
        && !prose.after(at, &is_range_of)
        && at.checked_sub(1).is_some_and(|before| prose.is_word(before));
    (ahead || chained || bare || (behind && !is_plural)).then_some(end)
}

/// Whether two small numbers with a dash stand at a token, and a comma or "and" after them.
fn score_at(prose: &Prose<'_>, from: usize) -> bool {
    let part = |at: usize| prose.whole(at, 3).is_some();
    let link = from.saturating_add(3);
    part(from)
        && prose.joins(from.saturating_add(1), &["-", "–"])
        && part(from.saturating_add(2))
        && prose.scan.is_any(link, &[",", "and"])
}

/// "The 100m", "the 200m butterfly", "the 10k", "4x400m".
fn name_in_digits(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let (unit, next) = (at.saturating_add(1), at.saturating_add(2));
    if prose.is_code(unit) && scan.touches(unit) {
        return Some(Piece::other(at..next, Other::Name));
    }
    let letters = scan.is_any(unit, &["m", "k", "km"]) && scan.touches(unit);
    let stroke = if scan.is_any(next, STROKES) { next.saturating_add(1) } else { next };
    let is_race = scan.is(unit, "m") && scan.is_any(at, RACES) || scan.is(unit, "k") && prose.whole(at, 2).is_some();
    let is_named = prose.after(at, &["the", "her", "his", "men's", "women's", "men’s", "women’s", "their"]);
    if letters && is_race && (is_named || stroke > next) {
        return Some(Piece::other(at..stroke, Other::Name));
    }
    // "The 737 Max".
    let number = scan.word(at);
    let is_plane = number.len() == 3
        && number.starts_with('7')
        && number.ends_with('7')
        && (scan.is_capitalised(unit) || scan.is_any(unit, &["jet", "jets", "aircraft", "max"]));
    if is_plane && prose.after(at, &["the", "a", "its", "their", "of", "boeing"]) {
        return Some(Piece::other(at..unit, Other::Name));
    }
    let walk =
        scan.is(unit, "km") && prose.after(at, &["the"]) && scan.is_any(next, &["walk", "race", "run", "classic"]);
    if walk {
        return Some(Piece::other(at..next.saturating_add(1), Other::Name));
    }
    // "Covid-19" is found at its word; here "9/11" and "24/7".
    let slashed = prose.joins(unit, &["/"]) && matches!(scan.words(at..at.saturating_add(3)), "9/11" | "24/7" | "7/7");
    slashed.then(|| Piece::other(at..at.saturating_add(3), Other::Name))
}

/// "22 Mill Lane".
fn address(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    prose.whole(at, 4)?;
    let first = at.saturating_add(1);
    let last =
        (0..STREET_WORDS).map(|word| first.saturating_add(word)).take_while(|word| prose.scan.is_capitalised(*word));
    let street = last.skip(1).find(|word| STREETS.contains(&prose.scan.word(*word)))?;
    Some(Piece::other(at..street.saturating_add(1), Other::Address))
}

/// The first letter and the length of every first word of an idiom, so that most words are passed over at once.
static OPENING: LazyLock<BTreeSet<(u8, usize)>> = LazyLock::new(|| {
    let words = IDIOMS.iter().filter_map(|words| words.first());
    words.filter_map(|word| Some((word.bytes().next()?, word.len()))).collect()
});

fn idiom(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let word = scan.word(at);
    let opens = word.bytes().next().is_some_and(|first| OPENING.contains(&(first.to_ascii_lowercase(), word.len())));
    if opens && let Some(end) = IDIOMS.iter().filter_map(|words| scan.past(at, words)).max() {
        let is_counted = scan.is(at, "one") && scan.is(at.saturating_add(1), "in");
        // "As one of the twelve" is "one of".
        let goes_on = scan.is(at, "as") && prose.is_word(end)
            || scan.is(at, "at") && scan.is_any(end, &["-", "instance", "attempt"]);
        let is_split = scan.is_any(end.saturating_sub(1), &["two", "half"])
            && scan.is(at, "in")
            && prose.is_word(end)
            && !scan.is_any(end, super::tables::SMALL);
        if !is_counted && !goes_on && !is_split {
            return Some(Piece::other(at..end, Other::Idiom));
        }
    }
    // "One of its two mills": a thing, and no count of things.
    let past = at.saturating_add(2);
    let of = scan.is(at, "one") && scan.is(at.saturating_add(1), "of");
    (of && !scan.is_any(past, &["them", "whom", "which"])).then(|| Piece::other(at..past, Other::Idiom))
}

/// "Article 8", "Python 3.11", "Part 2: The inquiry begins", "No 3 seed".
fn labelled(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let dotted = scan.is(at.saturating_add(1), ".") && scan.touches(at.saturating_add(1)) && scan.word(at).len() <= 3;
    let number = at.saturating_add(if dotted { 2 } else { 1 });
    // "Stage two", "chapter four", "counts two and three".
    let in_words = number_word(prose, number)
        && scan.is_any(at, LABELS)
        && (!scan.is_any(at, CAPITAL_LABELS) || scan.is_capitalised(at) || scan.is_any(at, &["stage", "counts"]));
    if in_words
        && (!prose.is_word(number.saturating_add(1)) || scan.is_any(number.saturating_add(1), super::tables::SMALL))
    {
        let more = number.saturating_add(2);
        let joined =
            scan.is(number.saturating_add(1), "and") && number_word(prose, more) && scan.word(at).ends_with('s');
        return Some(Piece::other(at..if joined { more } else { number }.saturating_add(1), Other::Name));
    }
    let (is_number, end) = (prose.is_digits(number) || prose.is_code(number), number.saturating_add(1));
    if !is_number || !scan.follows(number) || scan.touches(number) && !dotted {
        return None;
    }
    if scan.is_any(at, &["no", "nos"]) && prose.whole(number, 4).is_some() {
        let is_place = scan.is_any(end, &["seed", "seeds", "ranked", "player", "spot", "single"]);
        return Some(Piece::other(at..end, if is_place { Other::Ordinal } else { Other::Name }));
    }
    if scan.is_any(at, PROGRAMS)
        && (scan.is_capitalised(at) || scan.is_any(at, &["version", "release", "v", "ios", "macos"]))
    {
        let is_version = prose.is_code(number) || !scan.is_any(end, &["people", "years"]);
        return is_version.then(|| Piece::other(at..end, Other::Version));
    }
    let is_label = scan.is_any(at, LABELS) && (!scan.is_any(at, CAPITAL_LABELS) || scan.is_capitalised(at));
    let is_name = is_label
        && prose.is_digits(number)
        && scan.word(number).len() <= 5
        && !scan.is_any(end, &["%", "per", "percent", "million", "billion", "people"])
        && !(scan.touches(end) && prose.is_word(end));
    if !is_name {
        return None;
    }
    let end = past_more(prose, at, end);
    let heads = scan.begins_paragraph(at) && scan.is(end, ":");
    Some(Piece::other(at..end, if heads { Other::Heading } else { Other::Name }))
}

/// One past what goes on from a label's number: "Article 8(2)", "sections 12 and 14", "pages 3-5".
fn past_more(prose: &Prose<'_>, label: usize, end: usize) -> usize {
    let scan = &prose.scan;
    let close = end.saturating_add(2);
    if scan.is(end, "(") && scan.touches(end) && scan.is(close, ")") {
        return close.saturating_add(1);
    }
    let number = end.saturating_add(1);
    let next = end.saturating_add(2);
    let several =
        scan.word(label).ends_with('s') && scan.is_any(end, &["and", "to", "or", ","]) || prose.joins(end, &["-", "–"]);
    let is_free = !prose.is_word(next) || scan.is_any(next, super::tables::SMALL);
    if several && is_free && prose.whole(number, 4).is_some() { next } else { end }
}

fn number_word(prose: &Prose<'_>, at: usize) -> bool {
    HOURS.iter().take(12).any(|word| prose.scan.is(at, word))
}

/// "Covid-19", "under-21".
fn joined(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let (dash, number) = (at.saturating_add(1), at.saturating_add(2));
    let is_joined =
        prose.joins(dash, &["-", "–", "\u{2011}"]) && (prose.whole(number, 4).is_some() || prose.is_code(number));
    let is_month = super::days::month(prose, at).is_some();
    let is_part = prose.scan.is_any(at, &["mid", "early", "late", "pre", "post", "minus"])
        || prose.scan.is_any(at, &["m", "bn", "k"]);
    let end = number.saturating_add(1);
    let joins_on = prose.scan.touches(at) && at > 0;
    (is_joined && !is_month && !is_part && !joins_on).then(|| Piece::other(at..end, Other::Name))
}

/// A place in a row that begins at a token: "third", "14th", "twenty-first", "First-degree", "first half".
pub(super) fn ordinal(prose: &Prose<'_>, at: usize) -> Option<Piece> {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    let end = if prose.is_digits(at) {
        (scan.touches(next) && scan.is_any(next, &["st", "nd", "rd", "th"])).then(|| at.saturating_add(2))?
    } else {
        ordinal_word(prose, at)?
    };
    let joined = prose.joins(end, &["-"]) && prose.is_word(end.saturating_add(1));
    let end = if joined {
        end.saturating_add(2)
    } else if scan.is_any(end, &["half", "quarter", "leg", "innings"]) {
        end.saturating_add(1)
    } else {
        end
    };
    Some(Piece::other(at..end, Other::Ordinal))
}

fn ordinal_word(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let next = at.saturating_add(1);
    let tens = prose.joins(next, &["-"]) && prose.scan.is_any(at.saturating_add(2), super::tables::ORDINALS);
    let is_tens =
        prose.scan.is_any(at, &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]);
    if tens && is_tens {
        return Some(at.saturating_add(3));
    }
    let is_place = prose.scan.is_any(at, super::tables::ORDINALS);
    // "A second" of time, "seconds" and "the second of May" are found before.
    is_place.then_some(next)
}
