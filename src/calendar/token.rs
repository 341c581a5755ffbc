//! Words, numbers, dates in digits and marks: what phrases are made of, and a cursor that walks over them.

use super::edtf;
use super::names::{MONTHS, WEEKDAYS, Weekday};
use super::tables::{NUMBERS, UNITS, Unit};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, or letters and digits mixed: `December`, `Q1`, `1990s`.
    Word,
    /// Digits alone, or an ordinal such as `18th`. `digits` counts how many are written.
    Number { value: u32, digits: usize, ordinal: bool },
    /// A date in digits: `2025-12-18`, `2025-11-XX`, `[2025-11-02..2025-11-04]`.
    Date,
    /// A figure that is no part of a date: `1,018`, `3.5`.
    Figure,
    /// Any other character; every dash is `-`, every apostrophe `'`.
    Mark(char),
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Which dates in digits are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// All of EDTF: the text is meant as a date.
    Edtf,
    /// `2025-12-18` alone: running text has many other things of digits and dashes.
    Days,
}

/// Splits a text, in time linear in its length.
pub(super) fn tokens(text: &str, digits: Digits) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        let (kind, length) = if first.is_whitespace() {
            (None, first.len_utf8())
        } else if let Some(length) = date_length(text, at, digits) {
            (Some(Kind::Date), length)
        } else if first.is_ascii_digit() {
            number(rest)
        } else if first.is_alphanumeric() {
            (Some(Kind::Word), run(rest, char::is_alphanumeric))
        } else {
            (Some(Kind::Mark(plain(first))), first.len_utf8())
        };
        let end = at.saturating_add(length);
        tokens.extend(kind.map(|kind| Token { kind, start: at, end }));
        at = end;
    }
    tokens
}

fn plain(mark: char) -> char {
    match mark {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
        other => other,
    }
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

/// Digits with separators are a figure; digits before letters are an ordinal or a word.
fn number(rest: &str) -> (Option<Kind>, usize) {
    let digits = run(rest, |character| character.is_ascii_digit());
    let after = rest.get(digits..).unwrap_or_default();
    let mut following = after.chars();
    let separated = matches!(following.next(), Some(',' | '.')) && following.next().is_some_and(|c| c.is_ascii_digit());
    if separated {
        return (Some(Kind::Figure), run(rest, |c| c.is_ascii_digit() || c == ',' || c == '.'));
    }
    let letters = run(after, char::is_alphanumeric);
    let suffix = after.get(..letters).unwrap_or_default();
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|known| known.eq_ignore_ascii_case(suffix));
    if letters > 0 && !ordinal {
        return (Some(Kind::Word), digits.saturating_add(letters));
    }
    let value = if digits > 9 { None } else { rest.get(..digits).and_then(|text| text.parse().ok()) };
    let length = digits.saturating_add(letters);
    match value {
        Some(value) => (Some(Kind::Number { value, digits, ordinal }), length),
        None => (Some(Kind::Figure), length),
    }
}

/// The longest date in digits that a phrase may hold.
const LONGEST_DATE: usize = 190;

fn date_length(text: &str, at: usize, digits: Digits) -> Option<usize> {
    let before = text.get(..at)?.chars().next_back();
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    if digits == Digits::Days {
        let stands_alone = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/'));
        let day = rest.get(..10).filter(|day| bytes.first().is_some_and(u8::is_ascii_digit) && edtf::is_day(day))?;
        let after = rest.get(10..).and_then(|after| after.chars().next());
        return (stands_alone && !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/')))
            .then_some(day.len());
    }
    let may_begin = before.is_none_or(|c| c.is_whitespace() || matches!(c, '/' | ',' | '(' | '\u{2013}'));
    let first = bytes.first().copied().filter(|_| may_begin)?;
    if first == b'[' || first == b'{' {
        let close = rest.find([']', '}']).filter(|close| *close < LONGEST_DATE)?;
        return close.checked_add(1);
    }
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'X' | b'x' | b'Y' | b'?' | b'~' | b'%')) {
        return None;
    }
    let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '?' | '~' | '%');
    let sign = usize::from(first == b'+');
    let length = sign.checked_add(run(rest.get(sign..)?, belongs))?;
    if rest.get(..length).is_some_and(edtf::has_a_clock) {
        // A full stop behind it ends a sentence.
        let length = run(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '+' | '.'));
        return rest.get(..length).map(|written| written.trim_end_matches('.').len());
    }
    let chunk = rest.get(..length).filter(|chunk| chunk.len() < LONGEST_DATE)?;
    edtf::has_the_shape(chunk).then_some(length)
}

/// A place among the tokens of a phrase. Every method that reads moves on only if it succeeds.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token], at: usize) -> Self {
        Self { text, tokens, at }
    }

    pub(super) fn peek(&self) -> Option<Token> {
        #[cfg(test)]
        crate::looks::count();
        self.tokens.get(self.at).copied()
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn written(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The next token, if it is a word.
    pub(super) fn any_word(&mut self) -> Option<&'t str> {
        let token = self.peek().filter(|token| token.kind == Kind::Word)?;
        self.step();
        Some(self.written(token))
    }

    /// This character.
    pub(super) fn mark(&mut self, mark: char) -> Option<()> {
        self.peek().filter(|token| token.kind == Kind::Mark(mark))?;
        self.step();
        Some(())
    }

    /// These words, in any case, with spaces, hyphens or apostrophes between them: "New Year s Day" is "New Year's Day".
    pub(super) fn phrase(&mut self, words: &str) -> Option<()> {
        let mut ahead = *self;
        for (place, word) in words.split([' ', '-']).enumerate() {
            if place > 0 {
                let _ = ahead.mark('-').or_else(|| ahead.mark('\''));
            }
            let token = ahead.peek().filter(|token| matches!(token.kind, Kind::Word | Kind::Number { .. }))?;
            if !ahead.written(token).eq_ignore_ascii_case(word) {
                return None;
            }
            ahead.step();
        }
        *self = ahead;
        Some(())
    }

    /// The longest of these phrases.
    pub(super) fn one_of(&mut self, phrases: &[&'static str]) -> Option<&'static str> {
        self.entry(phrases.iter().map(|phrase| (*phrase, *phrase)))
    }

    /// What a table says of the longest of its phrases that stands here.
    pub(super) fn entry<T: Copy>(&mut self, table: impl IntoIterator<Item = (&'static str, T)>) -> Option<T> {
        let mut best: Option<(Self, T)> = None;
        for (words, value) in table {
            let mut ahead = *self;
            if ahead.phrase(words).is_some() && best.is_none_or(|(longest, _)| ahead.at > longest.at) {
                best = Some((ahead, value));
            }
        }
        let (ahead, value) = best?;
        *self = ahead;
        Some(value)
    }

    /// A number in digits of at most `digits` digits, not an ordinal.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let Kind::Number { value, digits, ordinal: false } = self.peek()?.kind else { return None };
        if !(least..=most).contains(&digits) {
            return None;
        }
        self.step();
        Some(value)
    }

    /// A place in a row: `19th`.
    pub(super) fn ordinal(&mut self) -> Option<u32> {
        let Kind::Number { value, ordinal: true, .. } = self.peek()?.kind else { return None };
        self.step();
        Some(value)
    }

    /// A count in digits or words.
    pub(super) fn count(&mut self) -> Option<u32> {
        self.digits(1, 4).or_else(|| self.entry(NUMBERS.iter().copied()))
    }

    /// A day of the month, 1 to 31: `18` or `18th`.
    pub(super) fn day_of_month(&mut self) -> Option<u8> {
        let Kind::Number { value, digits: 1..=2, .. } = self.peek()?.kind else { return None };
        let day = u8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
        self.step();
        Some(day)
    }

    /// A year of four digits, 1000 to 2999.
    pub(super) fn year(&mut self) -> Option<i32> {
        let mut ahead = *self;
        let year = ahead.digits(4, 4).filter(|year| (1000..3000).contains(year))?;
        *self = ahead;
        i32::try_from(year).ok()
    }

    /// A month's name or short form, with its full stop.
    pub(super) fn month(&mut self) -> Option<u8> {
        let mut ahead = *self;
        let word = ahead.any_word()?;
        let (month, short) = MONTHS.iter().find_map(|entry| {
            let short = entry.short.iter().any(|short| short.eq_ignore_ascii_case(word));
            (short || entry.name.eq_ignore_ascii_case(word)).then_some((entry.number, short))
        })?;
        if short {
            let _ = ahead.mark('.');
        }
        *self = ahead;
        Some(month)
    }

    /// A weekday's name or short form, with its full stop.
    pub(super) fn weekday(&mut self) -> Option<Weekday> {
        let mut ahead = *self;
        let word = ahead.any_word()?;
        let entry = WEEKDAYS.iter().find(|entry| entry.is(word))?;
        if !entry.name.eq_ignore_ascii_case(word) {
            let _ = ahead.mark('.');
        }
        *self = ahead;
        Some(entry.weekday)
    }

    /// A unit of time.
    pub(super) fn unit(&mut self) -> Option<Unit> {
        self.entry(UNITS.iter().copied())
    }

    /// A date in digits.
    pub(super) fn date(&mut self) -> Option<&'t str> {
        let token = self.peek().filter(|token| token.kind == Kind::Date)?;
        self.step();
        Some(self.written(token))
    }
}
