//! Text into tokens.
//!
//! What makes the language easy to write makes it hard to split: ids are kebab-case, so `a-b` is one name, and a claim
//! of another article is a path, so `a/b` is one name too. A minus and a slash between things therefore want spaces
//! round them, and everything that could be meant either way is an error that says so, never a guess.

use super::ExprError;
use crate::calendar::Day;
use crate::number::Rational;

/// A token and the bytes of the text that it covers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// A number, and whether a percent sign follows.
    Number(Rational, bool),
    /// A date.
    Date(Day),
    /// A string.
    Text(String),
    /// A name or a word of the language.
    Word(String),
    /// A name in backticks.
    Quoted(String),
    /// Any other sign of the language.
    Symbol(Symbol),
    /// The end of the text.
    End,
}

/// Signs of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    More,
    Open,
    Close,
    OpenSquare,
    CloseSquare,
    Comma,
    Dot,
    /// `=`: only between a dimension and its member.
    Is,
}

/// Every sign, longer ones before their beginnings.
const SYMBOLS: [(&str, Symbol); 18] = [
    ("<=", Symbol::AtMost),
    (">=", Symbol::AtLeast),
    ("==", Symbol::Equal),
    ("!=", Symbol::NotEqual),
    ("<", Symbol::Less),
    (">", Symbol::More),
    ("=", Symbol::Is),
    ("+", Symbol::Plus),
    ("-", Symbol::Minus),
    ("*", Symbol::Times),
    ("/", Symbol::Divide),
    ("^", Symbol::Power),
    ("(", Symbol::Open),
    (")", Symbol::Close),
    ("[", Symbol::OpenSquare),
    ("]", Symbol::CloseSquare),
    (",", Symbol::Comma),
    (".", Symbol::Dot),
];

/// What other languages, spreadsheets and typesetters write, and what to write instead. Longer ones come first.
const ELSEWHERE: [(&str, &str); 23] = [
    ("<>", "write `!=`"),
    ("=<", "write `<=`"),
    ("=>", "write `>=`, or `if … then …`"),
    ("->", "write `if … then …`"),
    ("**", "write `^`"),
    ("//", "write `/`"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("≤", "write `<=`"),
    ("≥", "write `>=`"),
    ("≠", "write `!=`"),
    ("×", "write `*`"),
    ("·", "write `*`"),
    ("÷", "write `/`"),
    ("−", "write `-`"),
    ("–", "write `-`"),
    ("—", "write `-`"),
    ("&", "write `and`"),
    ("|", "write `or`"),
    ("!", "write `not`"),
    ("%", "a percent sign stands right behind a number: `37%`"),
    ("‘", "write a straight quotation mark: `'`"),
    ("“", "write a straight quotation mark: `\"`"),
];

/// Whether a text is a name that needs no backticks: letters and digits, joined by single `-`, `_` or `/`, beginning
/// with a letter or `_`. (That it is no word of the language is the parser's to know.)
pub(super) fn is_plain_name(text: &str) -> bool {
    !text.is_empty() && word_length(text) == text.len()
}

/// How many bytes at the head of the text are one word.
fn word_length(text: &str) -> usize {
    let mut length = 0_usize;
    let mut joined = true;
    for (at, letter) in text.char_indices() {
        let next = text.get(at.saturating_add(letter.len_utf8())..).and_then(|rest| rest.chars().next());
        let goes_on = match letter {
            '_' => true,
            '-' => !joined && next.is_some_and(|next| next.is_alphanumeric() || next == '_'),
            '/' => !joined && next.is_some_and(|next| next.is_alphabetic() || next == '_'),
            letter if at == 0 => letter.is_alphabetic(),
            letter => letter.is_alphanumeric() || is_mark(letter),
        };
        if !goes_on {
            break;
        }
        joined = matches!(letter, '-' | '/');
        length = at.saturating_add(letter.len_utf8());
    }
    length
}

/// Whether a character is written over or under the letter before it, as accents of decomposed text are.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Splits a text into tokens; the last one is [`TokenKind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ExprError> {
    let mut tokens = Vec::new();
    let mut at = 0_usize;
    while let Some(rest) = text.get(at..) {
        let blank = rest.len().saturating_sub(rest.trim_start().len());
        if blank > 0 {
            at = at.saturating_add(blank);
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        let (kind, length) = match first {
            '0'..='9' => number(rest, at)?,
            '\'' | '"' => text_in(rest, at, first)?,
            '`' => quoted(rest, at)?,
            _ => match word_length(rest) {
                0 => symbol(rest, at)?,
                length => (TokenKind::Word(rest.get(..length).unwrap_or_default().to_owned()), length),
            },
        };
        let end = at.saturating_add(length.max(1));
        grouping_by_commas(&tokens, &kind, text, at, end)?;
        tokens.push(Token { kind, start: at, end });
        at = end;
    }
    tokens.push(Token { kind: TokenKind::End, start: text.len(), end: text.len() });
    Ok(tokens)
}

/// `1,200` is one number to an editor and two to a list, so it may be neither.
fn grouping_by_commas(before: &[Token], kind: &TokenKind, text: &str, at: usize, end: usize) -> Result<(), ExprError> {
    let [.., number, comma] = before else { return Ok(()) };
    let digits = text.get(at..end).unwrap_or_default().as_bytes();
    let three = digits.iter().take_while(|byte| byte.is_ascii_digit()).count() == 3;
    let grouped = matches!(number.kind, TokenKind::Number(_, false))
        && comma.kind == TokenKind::Symbol(Symbol::Comma)
        && matches!(kind, TokenKind::Number(..))
        && number.end == comma.start
        && comma.end == at
        && three;
    if !grouped {
        return Ok(());
    }
    let written = text.get(number.start..end).unwrap_or_default();
    Err(ExprError::new(number.start, end, format!("`{written}` may be one number or two"))
        .help(format!("write `{}` for one number, and a space behind the comma for two", written.replace(',', "_"))))
}

/// The number, percentage or date at the head of the text.
fn number(text: &str, at: usize) -> Result<(TokenKind, usize), ExprError> {
    let digit_at = |index: usize| text.as_bytes().get(index).is_some_and(u8::is_ascii_digit);
    let byte_at = |index: usize| text.as_bytes().get(index).copied();
    let run = |from: usize| {
        let mut end = from;
        while digit_at(end) || (byte_at(end) == Some(b'_') && end > from && digit_at(end.saturating_add(1))) {
            end = end.saturating_add(1);
        }
        end
    };
    let place = |end: usize, message: String| ExprError::new(at, at.saturating_add(end), message);
    let mut end = run(0);
    if byte_at(end) == Some(b'-') && digit_at(end.saturating_add(1)) {
        return date(text, at, end);
    }
    if byte_at(end) == Some(b'.') && digit_at(end.saturating_add(1)) {
        end = run(end.saturating_add(1));
    }
    if matches!(byte_at(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(byte_at(end.saturating_add(1)), Some(b'+' | b'-')));
        let exponent = end.saturating_add(1).saturating_add(sign);
        if digit_at(exponent) {
            end = run(exponent);
        }
    }
    let rest = text.get(end..).unwrap_or_default();
    if rest.starts_with(|next: char| next.is_alphanumeric() || next == '_') {
        let more = rest.find(|next: char| !next.is_alphanumeric() && !matches!(next, '_' | '-' | '/' | '.'));
        let whole = end.saturating_add(more.unwrap_or(rest.len()));
        let written = text.get(..whole).unwrap_or_default();
        let error = place(whole, format!("`{}` is neither a number nor a name", shortened(written)));
        return Err(error.help("a name that begins with a digit goes into backticks; units and scales are written out"));
    }
    let digits = text.get(..end).unwrap_or_default();
    let Some(value) = Rational::parse_decimal(&digits.replace('_', "")) else {
        return Err(place(end, format!("`{}` is larger or finer than any figure that is reported", shortened(digits))));
    };
    let percent = rest.starts_with('%');
    Ok((TokenKind::Number(value, percent), end.saturating_add(usize::from(percent))))
}

/// The date at the head of the text, whose first `digits` bytes are digits and followed by `-` and a digit.
fn date(text: &str, at: usize, digits: usize) -> Result<(TokenKind, usize), ExprError> {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '-').unwrap_or(text.len());
    let written = text.get(..end).unwrap_or_default();
    let error = |message: String| ExprError::new(at, at.saturating_add(end), message);
    let shape: String = written.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    if shape == "0000-00-00" {
        let day = Day::from_iso(written).ok_or_else(|| error(format!("there is no {written}")))?;
        return Ok((TokenKind::Date(day), end));
    }
    let help = if digits == 4 {
        "a date is written 2025-12-18, a period goes into quotation marks, and a subtraction has spaces: `5 - 3`"
    } else {
        "a subtraction has spaces round its minus: `5 - 3`; a name that begins with a digit goes into backticks"
    };
    Err(error(format!("`{}` is neither a date nor a subtraction", shortened(written))).help(help))
}

/// The string at the head of the text.
fn text_in(text: &str, at: usize, mark: char) -> Result<(TokenKind, usize), ExprError> {
    let inside = text.get(1..).unwrap_or_default();
    match inside.find(mark) {
        Some(length) => {
            Ok((TokenKind::Text(inside.get(..length).unwrap_or_default().to_owned()), length.saturating_add(2)))
        }
        None => Err(ExprError::new(at, at.saturating_add(text.len()), "this text is not closed")
            .help(format!("it wants a second `{mark}`"))),
    }
}

/// The name in backticks at the head of the text.
fn quoted(text: &str, at: usize) -> Result<(TokenKind, usize), ExprError> {
    let inside = text.get(1..).unwrap_or_default();
    match inside.find('`') {
        Some(0) => Err(ExprError::new(at, at.saturating_add(2), "there is no name between these backticks")),
        Some(length) => {
            Ok((TokenKind::Quoted(inside.get(..length).unwrap_or_default().to_owned()), length.saturating_add(2)))
        }
        None => Err(ExprError::new(at, at.saturating_add(text.len()), "this name is not closed")
            .help("it wants a second backtick")),
    }
}

/// The sign at the head of the text.
fn symbol(text: &str, at: usize) -> Result<(TokenKind, usize), ExprError> {
    let foreign = ELSEWHERE.iter().find(|(written, _)| text.starts_with(written));
    if let Some((written, help)) = foreign
        && !(*written == "!" && text.starts_with("!="))
    {
        let end = at.saturating_add(written.len());
        return Err(ExprError::new(at, end, format!("`{written}` is not part of the language")).help(*help));
    }
    match SYMBOLS.iter().find(|(written, _)| text.starts_with(written)) {
        Some((written, symbol)) => Ok((TokenKind::Symbol(*symbol), written.len())),
        None => {
            let letter = text.chars().next().unwrap_or(' ');
            let end = at.saturating_add(letter.len_utf8());
            let shown = letter.escape_debug();
            Err(ExprError::new(at, end, format!("`{shown}` is not part of the language"))
                .help("a name with such characters goes into backticks, a text into quotation marks"))
        }
    }
}

/// A text as it can be shown in a message of one line.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(39).collect::<String>())
    }
}
