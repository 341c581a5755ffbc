//! Running text cut into words, numerals and signs, in one pass and without copying.
//!
//! A numeral keeps its separators and decimals (`1,234.50`, `1 234`, `1_234`, `1e3`); what only looks like one
//! (`1.2.3`, `1,23`, `A320`, a web address) is a [`Kind::Code`] and never a figure.

use super::units::is_money_before_digits;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with inner apostrophes.
    Word,
    /// Digits, with separators, decimals and an exponent.
    Number,
    /// Letters mixed with digits, malformed digits, or a web address.
    Code,
    /// Any other single character.
    Sign,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: it touches the one before.
    None,
    /// Spaces.
    Space,
    /// One line break.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// One token, by its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub gap: Gap,
}

/// The tokens of a text.
pub(super) struct Tokens<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

/// Spaces that may group digits.
const GROUP_SPACES: [char; 4] = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];

/// Separators that may group digits by touching them.
const GROUP_SIGNS: [char; 4] = [',', '\'', '’', '_'];

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

fn digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

fn past_digits(text: &str, from: usize) -> usize {
    let digits = text.as_bytes().get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit());
    from.saturating_add(digits.count())
}

fn past(at: usize, character: char) -> usize {
    at.saturating_add(character.len_utf8())
}

impl<'t> Tokens<'t> {
    /// Cuts a text into tokens.
    pub fn new(text: &'t str) -> Self {
        let mut cut = Self { text, tokens: Vec::new() };
        let (mut at, mut gap) = (0, Gap::Paragraph);
        while let Some(character) = char_at(text, at) {
            if character.is_whitespace() || character == '\u{feff}' || character == '\u{200b}' {
                gap = match (gap, character) {
                    (Gap::Line | Gap::Paragraph, '\n') => Gap::Paragraph,
                    (gap, '\n') => gap.max(Gap::Line),
                    (gap, _) => gap.max(Gap::Space),
                };
                at = past(at, character);
                continue;
            }
            let (end, kind) = cut.token_at(at, character);
            cut.tokens.push(Token { start: at, end, kind, gap });
            (at, gap) = (end, Gap::None);
        }
        cut
    }

    /// The end and the kind of the token that starts at a byte. It always takes at least one character.
    fn token_at(&self, at: usize, character: char) -> (usize, Kind) {
        if character.is_ascii_digit() || self.is_bare_decimal(at, character) {
            return self.number_at(at);
        }
        if character.is_alphabetic() {
            return self.word_at(at);
        }
        (past(at, character), Kind::Sign)
    }

    /// Whether `.5` begins here, with nothing before the point.
    fn is_bare_decimal(&self, at: usize, character: char) -> bool {
        let before = self.text.get(..at).and_then(|before| before.chars().next_back());
        let free = before.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '.' | ')' | '%'));
        character == '.' && free && digit_at(self.text, at.saturating_add(1))
    }

    fn word_at(&self, start: usize) -> (usize, Kind) {
        let (mut at, mut kind) = (start, Kind::Word);
        while let Some(character) = char_at(self.text, at) {
            let next = past(at, character);
            match character {
                'a'..='z' | 'A'..='Z' | '²' | '³' => {}
                '_' => kind = Kind::Code,
                '\'' | '’' if at > start && char_at(self.text, next).is_some_and(char::is_alphabetic) => {}
                _ if character.is_ascii_digit() && self.text.get(start..at).is_some_and(is_money_before_digits) => {
                    break;
                }
                _ if character.is_ascii_digit() => kind = Kind::Code,
                _ if character.is_alphabetic() || is_mark(character) => {}
                _ => break,
            }
            at = next;
        }
        let web = self.text.get(at..).is_some_and(|rest| rest.starts_with("://"));
        if web || self.text.get(start..at) == Some("www") {
            let rest = self.text.get(at..).unwrap_or_default();
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            return (at.saturating_add(length), Kind::Code);
        }
        (at, kind)
    }

    /// A run of digits, separators and points, sorted into numerals and mere look-alikes.
    fn number_at(&self, start: usize) -> (usize, Kind) {
        let text = self.text;
        let mut at = past_digits(text, start);
        let first = at.saturating_sub(start);
        // Groups of digits after separators that touch them.
        let (mut separator, mut groups, mut last, mut regular, mut indian) = (None, 0_usize, first, true, first <= 2);
        while let Some(sign) = char_at(text, at).filter(|sign| GROUP_SIGNS.contains(sign)) {
            let begin = past(at, sign);
            let end = past_digits(text, begin);
            if end == begin {
                break;
            }
            indian &= groups == 0 || last == 2;
            groups = groups.saturating_add(1);
            last = end.saturating_sub(begin);
            regular &= sign == '_' || (last == 3 && first <= 3);
            regular &= separator.is_none_or(|separator| separator == sign);
            indian &= sign == ',' && (last == 2 || last == 3);
            separator = Some(sign);
            at = end;
        }
        let mut sound = regular || (indian && last == 3);
        if groups == 0 && (1..=3).contains(&first) && !self.after_a_month() {
            at = self.past_space_groups(at);
        }
        // Decimals: one point at most.
        let mut points = 0_usize;
        if text.get(start..).is_some_and(|rest| rest.starts_with('.')) {
            (at, points) = (past_digits(text, start.saturating_add(1)), 1);
        }
        while char_at(text, at).is_some_and(|sign| sign == '.' || (sign == ',' && points > 0))
            && digit_at(text, at.saturating_add(1))
        {
            at = past_digits(text, at.saturating_add(1));
            points = points.saturating_add(1);
        }
        sound &= points <= 1;
        if sound && let Some(end) = past_exponent(text, at) {
            return (end, Kind::Number);
        }
        (at, if sound { Kind::Number } else { Kind::Code })
    }

    /// `1 234 567`: after one to three digits, groups of exactly three after one kind of space.
    fn past_space_groups(&self, from: usize) -> usize {
        let Some(space) = char_at(self.text, from).filter(|space| GROUP_SPACES.contains(space)) else { return from };
        let mut at = from;
        while char_at(self.text, at) == Some(space) {
            let begin = past(at, space);
            let end = past_digits(self.text, begin);
            if end.saturating_sub(begin) != 3 {
                break;
            }
            at = end;
        }
        at
    }

    /// In "December 18 154 Koreans" the day is no first group of digits.
    fn after_a_month(&self) -> bool {
        self.tokens.last().is_some_and(|token| {
            token.kind == Kind::Word
                && super::prose_words::is_month(self.text.get(token.start..token.end).unwrap_or(""))
        })
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// A token.
    pub fn get(&self, index: usize) -> Option<Token> {
        #[cfg(test)]
        crate::looks::count();
        self.tokens.get(index).copied()
    }

    /// The characters of a token; empty past the end.
    pub fn text(&self, index: usize) -> &'t str {
        self.get(index).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    /// The characters from one token to before another.
    pub fn slice(&self, from: usize, to: usize) -> &'t str {
        let last = to.checked_sub(1).and_then(|last| self.get(last));
        match (self.get(from), last) {
            (Some(first), Some(last)) => self.text.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The tokens that stand between two bytes.
    pub fn between(&self, start: usize, end: usize) -> Range<usize> {
        let from = self.tokens.partition_point(|token| token.start < start);
        from..self.tokens.partition_point(|token| token.end <= end)
    }

    /// Whether there is such a token of a kind.
    pub fn is_kind(&self, index: usize, kind: Kind) -> bool {
        self.get(index).is_some_and(|token| token.kind == kind)
    }

    /// Whether a token is this word or sign, capitals aside.
    pub fn is(&self, index: usize, word: &str) -> bool {
        self.text(index).eq_ignore_ascii_case(word)
    }

    /// Whether a token is one of these words, capitals aside.
    pub fn is_any(&self, index: usize, words: &[&str]) -> bool {
        let text = self.text(index);
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    /// Whether there is a token that touches the one before it.
    pub fn touches(&self, index: usize) -> bool {
        self.get(index).is_some_and(|token| token.gap == Gap::None)
    }

    /// Whether a token follows the one before it within the same paragraph.
    pub fn follows(&self, index: usize) -> bool {
        self.get(index).is_some_and(|token| token.gap < Gap::Paragraph)
    }

    /// Where these words end if they stand here, one after the other in one paragraph.
    pub fn past_words(&self, index: usize, words: &[&str]) -> Option<usize> {
        // Almost every row of a table fails here, on the length of its first word.
        let first = self.get(index)?;
        if first.end.saturating_sub(first.start) != words.first()?.len() {
            return None;
        }
        let mut at = index;
        for word in words {
            if !self.is(at, word) || (at > index && !self.follows(at)) {
                return None;
            }
            at = at.saturating_add(1);
        }
        Some(at)
    }
}

fn is_mark(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

/// `e3`, `E-3`, unless letters or digits go on after it.
fn past_exponent(text: &str, at: usize) -> Option<usize> {
    let mut begin = at.saturating_add(1);
    if !text.get(at..)?.starts_with(['e', 'E']) {
        return None;
    }
    if text.get(begin..)?.starts_with(['+', '-']) {
        begin = begin.saturating_add(1);
    }
    let end = past_digits(text, begin);
    let stops = char_at(text, end).is_none_or(|next| !next.is_alphanumeric());
    (end > begin && stops).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Kind)> {
        let tokens = Tokens::new(text);
        (0..tokens.len()).map(|index| (tokens.text(index), tokens.get(index).unwrap().kind)).collect()
    }

    #[test]
    fn numerals_keep_their_separators() {
        for numeral in [
            "26",
            "1,234",
            "1_234",
            "1_0",
            "1 234",
            "1\u{a0}234\u{a0}567",
            "1'234'567",
            "12.50",
            "1,234.5",
            "1e3",
            "1.5E-3",
            ".5",
            "12,34,567",
            "1,00,000",
            "1,234,567,890",
        ] {
            assert_eq!(cut(numeral), vec![(numeral, Kind::Number)]);
        }
    }

    #[test]
    fn look_alikes_are_codes() {
        for code in [
            "1.2.3",
            "1,23",
            "1.234,5",
            "18.12.2025",
            "1,2345",
            "1,234_567",
            "A320",
            "Q1",
            "x_26",
            "https://a.b/26?c=3",
        ] {
            assert_eq!(cut(code), vec![(code, Kind::Code)]);
        }
    }

    #[test]
    fn neighbours_stay_apart() {
        assert_eq!(cut("1.2m"), vec![("1.2", Kind::Number), ("m", Kind::Word)]);
        assert_eq!(cut("26."), vec![("26", Kind::Number), (".", Kind::Sign)]);
        assert_eq!(cut("26, 27"), vec![("26", Kind::Number), (",", Kind::Sign), ("27", Kind::Number)]);
        assert_eq!(cut("18 2025"), vec![("18", Kind::Number), ("2025", Kind::Number)]);
        assert_eq!(cut("December 18 154")[1], ("18", Kind::Number));
        assert_eq!(cut("don’t"), vec![("don’t", Kind::Word)]);
        assert_eq!(cut("1e"), vec![("1", Kind::Number), ("e", Kind::Word)]);
    }

    #[test]
    fn a_blank_line_parts_paragraphs() {
        let tokens = Tokens::new("26\nheld\n\nmillion");
        assert!(tokens.follows(1) && !tokens.follows(2));
    }
}
