//! What to write instead of a phrase that cannot be read as a quantity.

use super::numeral::is_number_word;
use super::prose_words::is_month;
use super::token::{Kind, Tokens};
use super::words::SMALL_NUMBERS;
use super::{ReadingPolicy, find};

/// Words that show what is the matter, and how to mend it.
const HINTS: [(&[&str], &str); 7] = [
    (&["none", "no", "nobody", "nothing", "nil"], "write `0` if nothing is what was counted"),
    (
        &["many", "most", "majority", "few", "numerous", "countless", "handful", "lots"],
        "the word gives no bounds: give bounds of your own, such as `at least 2`, or leave the claim out",
    ),
    (&["infinity", "inf", "nan", "∞"], "a figure is a finite number"),
    (
        &["rose", "fell", "grew", "dropped", "declined", "increased", "decreased", "climbed"],
        "a change states two figures: make two claims of it, and a derived one for the change",
    ),
    (
        &["doubled", "tripled", "trebled", "halved", "quadrupled"],
        "a change is no figure: claim the figures before and after it",
    ),
    (
        &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        "an ordinal is not a figure",
    ),
    (&["today", "yesterday", "tomorrow", "week", "month", "quarter"], "a time belongs under `when`"),
];

/// How to mend a phrase that cannot be read as a quantity, if there is a good guess.
pub fn nearest_hint(text: &str) -> Option<String> {
    const LONGEST: usize = 1_000;
    if text.len() > LONGEST {
        return Some("write the figure alone".to_owned());
    }
    let tokens = Tokens::new(text);
    if tokens.len() == 0 {
        return Some("write a figure, such as `26` or `about 1.2 million`".to_owned());
    }
    let found = find(text, &ReadingPolicy::default());
    match found.as_slice() {
        [] => {}
        [one] => return Some(format!("only `{}` in it is a figure: leave out the other words", one.quantity.text)),
        [one, other, ..] => {
            return Some(format!(
                "it has two figures, `{}` and `{}`: keep the one that is meant",
                one.quantity.text, other.quantity.text
            ));
        }
    }
    let every = || 0..tokens.len();
    every()
        .find_map(|at| hint_by_word(&tokens, at))
        .or_else(|| every().find_map(|at| hint_by_digits(&tokens, at)))
        .or_else(|| misspelt(&tokens))
}

fn hint_by_word(tokens: &Tokens<'_>, at: usize) -> Option<String> {
    let text = tokens.text(at);
    if tokens.is_kind(at, Kind::Word) && is_month(text) {
        return Some("a date belongs under `when`".to_owned());
    }
    HINTS.iter().find(|(words, _)| tokens.is_any(at, words)).map(|(_, hint)| (*hint).to_owned())
}

fn hint_by_digits(tokens: &Tokens<'_>, at: usize) -> Option<String> {
    let text = tokens.text(at);
    let based = ["0x", "0b", "0o"].iter().any(|base| tokens.slice(at, at.saturating_add(2)).starts_with(base));
    if based {
        return Some("write the figure in decimal digits".to_owned());
    }
    if tokens.is_kind(at, Kind::Code) {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((whole, decimals)) = text.rsplit_once(',')
            && digits(decimals)
            && whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            let plain = whole.replace('.', ",");
            return Some(format!(
                "a comma groups digits by threes: if it is a decimal comma, write `{plain}.{decimals}`"
            ));
        }
    }
    tokens
        .no_figure(at)
        .filter(|_| tokens.is_kind(at, Kind::Number))
        .map(|_| "the digits look like a date, a time, an ordinal or a code: write the figure alone".to_owned())
}

/// A number word with a slip of the keys.
fn misspelt(tokens: &Tokens<'_>) -> Option<String> {
    (0..tokens.len()).find_map(|at| {
        let word = tokens.text(at).to_lowercase();
        if word.len() < 3 || is_number_word(&word) {
            return None;
        }
        let near = |name: &str| strsim::osa_distance(&word, name);
        let names =
            SMALL_NUMBERS.iter().map(|(name, _)| *name).chain(["hundred", "thousand", "million", "billion", "dozen"]);
        let (distance, name) = names.map(|name| (near(name), name)).min()?;
        (distance <= 1 || (distance == 2 && word.len() >= 6)).then(|| format!("did you mean `{name}`?"))
    })
}
