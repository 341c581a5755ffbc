//! How figures are spaced, where that says nothing: "€ 26" and "€26", "84.6 mm" and "84.6mm", "5 – 7" and "5–7", "1 204",
//! "1,204" and "1204".

use super::weighty;
use crate::number::is_short_unit;

/// Spaces that part no words.
const THIN: [char; 4] = ['\u{a0}', '\u{2009}', '\u{202f}', '\u{2007}'];

/// A group of digits.
const GROUP: usize = 3;

/// Whether a character groups the digits around it and says nothing itself: the comma of "1,204", the space of "1 204".
pub(super) fn is_left_out(text: &str, at: usize, sign: char) -> bool {
    let is_space = sign == ' ' || THIN.contains(&sign);
    if !is_space && !matches!(sign, ',' | '\'' | '\u{2019}') {
        return false;
    }
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let group = after.get(sign.len_utf8()..).unwrap_or_default();
    let digits = |text: &str| text.bytes().take(GROUP.saturating_add(1)).take_while(u8::is_ascii_digit).count();
    if digits(group) != GROUP || !before.ends_with(|it: char| it.is_ascii_digit()) {
        return false;
    }
    let first = before.bytes().rev().take(GROUP.saturating_add(1)).take_while(u8::is_ascii_digit).count();
    // "On December 18 204 people", "in 2025 204 people", "18.12.2025".
    let rest = before.get(..before.len().saturating_sub(first)).unwrap_or_default();
    let grouped = rest.ends_with(sign) && rest.trim_end_matches(sign).ends_with(|it: char| it.is_ascii_digit());
    let is_free = !rest.ends_with(|it: char| it.is_alphanumeric() || it == '.' || it == ',' || it == '/');
    let is_day = sign == ' ' && follows_a_month(rest);
    first <= GROUP && (grouped || (is_free && !is_day))
}

/// Whether a month stands before: a plain space after its day groups nothing.
fn follows_a_month(before: &str) -> bool {
    let trimmed = before.trim_end();
    let last = trimmed.rsplit(char::is_whitespace).next().unwrap_or_default();
    trimmed.len() < before.len() && weighty::is_calendar(&last.to_lowercase())
}

/// Whether the space before a character says nothing. `evened` is the evened text up to there, that space included.
pub(super) fn joins(text: &str, at: usize, first: char, evened: &str) -> bool {
    let mut back = evened.chars().rev().skip(1);
    let before = back.next().unwrap_or(' ');
    let rest = || text.get(at..).unwrap_or_default();
    match first {
        // "€ 26", and the 7 of "5 – 7".
        '0'..='9' => {
            let of_a_range = before == '-' && back.next().is_some_and(|it| it.is_ascii_digit());
            matches!(before, '€' | '$' | '£' | '¥' | '₩') || (of_a_range && is_spaced(text, at))
        }
        '%' => before.is_ascii_digit(),
        '-' | '\u{2010}'..='\u{2015}' => {
            let after = rest().strip_prefix(first).unwrap_or_default();
            let next = after.trim_start_matches(|it: char| it == ' ' || THIN.contains(&it));
            before.is_ascii_digit() && next.len() < after.len() && next.starts_with(|it: char| it.is_ascii_digit())
        }
        _ if first.is_ascii_alphabetic() || first == '°' => {
            let word = rest();
            let end = word.find(|it: char| !it.is_alphabetic() && it != '°').unwrap_or(word.len());
            let ends = !word.get(end..).unwrap_or_default().starts_with(|it: char| it.is_ascii_digit());
            before.is_ascii_digit() && ends && is_short_unit(word.get(..end).unwrap_or_default())
        }
        _ => false,
    }
}

/// Whether a dash and a space before a digit have a space before them, too.
fn is_spaced(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let mut back = before.chars().rev();
    back.next().is_some() && back.next().is_some_and(|it| it == ' ' || THIN.contains(&it))
}
