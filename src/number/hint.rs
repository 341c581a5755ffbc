//! What to write instead of a phrase that cannot be read as a quantity.

use super::numeral::is_number_word;
use super::prose_words::is_month;
use super::rows::ROWS;
use super::token::{Kind, Tokens};
use super::units::MEASURES;
use super::words::{FRACTIONS, SCALES, SMALL_NUMBERS, VAGUE};
use super::{ReadingPolicy, Unit, find, read};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Verbs of a change from one figure to another.
const CHANGED: &[&str] = &["rose", "fell", "grew", "dropped", "declined", "increased", "decreased", "climbed"];

/// Words that show what is the matter, and how to mend it.
const HINTS: [(&[&str], &str); 7] = [
    (&["none", "no", "nobody", "nothing", "nil"], "write `0` if nothing is what was counted"),
    (
        &["many", "most", "majority", "few", "numerous", "countless", "handful", "lots"],
        "the word gives no bounds: give bounds of your own, such as `at least 2`, or leave the claim out",
    ),
    (&["infinity", "inf", "nan", "∞"], "a figure is a finite number"),
    (CHANGED, "a change states two figures: make two claims of it, and a derived one for the change"),
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
    let misspelt = misspelt(&tokens);
    if let Some(Misspelt { phrase: Some(phrase), .. }) = &misspelt {
        return Some(meant(phrase));
    }
    let found = find(text, &ReadingPolicy::default());
    match found.as_slice() {
        [] => {}
        [one]
            if one.quantity.unit != Unit::Points
                && (0..tokens.len()).any(|at| tokens.is_any(at, &["point", "points", "pts"])) =>
        {
            return Some(format!("write `{} percentage points` if they are points of a percentage", one.quantity.text));
        }
        [one] => {
            let text = &one.quantity.text;
            let what = "what it counts is told by `measure`, and a unit that is not known by `unit`";
            return Some(format!("only `{text}` in it is a figure: leave out the other words ({what})"));
        }
        [one, other, ..] => {
            let (one, other) = (&one.quantity.text, &other.quantity.text);
            return Some(if (0..tokens.len()).any(|at| tokens.is_any(at, CHANGED)) {
                format!("a change states two figures, `{one}` and `{other}`: make two claims of it, and a derived one")
            } else {
                format!("it has two figures, `{one}` and `{other}`: keep the one that is meant")
            });
        }
    }
    let every = || 0..tokens.len();
    every()
        .find_map(|at| hint_by_word(&tokens, at))
        .or_else(|| every().find_map(|at| hint_by_digits(&tokens, at)))
        .or_else(|| misspelt.map(|misspelt| misspelt.word).filter(|word| is_of_numbers(word)).map(meant))
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
    if text.chars().any(|it| it.is_numeric() && !it.is_ascii()) {
        return Some("write its digits as 0 to 9".to_owned());
    }
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
    let joined = at.saturating_add(1);
    if is_number_word(text) && tokens.is(joined, "-") && tokens.is_kind(joined.saturating_add(1), Kind::Word) {
        return Some("the hyphens join the number to other words: write the figure alone".to_owned());
    }
    tokens
        .no_figure(at)
        .filter(|_| tokens.is_kind(at, Kind::Number))
        .map(|_| "the digits look like a date, a time, an ordinal or a code: write the figure alone".to_owned())
}

fn meant(words: &str) -> String {
    format!("did you mean `{words}`?")
}

/// Whether a word is one of numbers: any other is no good guess where the rest cannot be read either.
fn is_of_numbers(word: &str) -> bool {
    is_number_word(word) || word == "dozen" || SCALES.iter().any(|(name, _)| *name == word)
}

/// Words that a phrase may be misspelt from: of numbers, scales, approximators and vague quantities.
static VOCABULARY: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let numbers = SMALL_NUMBERS.iter().map(|(name, _)| *name).chain(SCALES.iter().map(|(name, _)| *name));
    let approximators = ROWS.iter().flat_map(|row| row.before.iter().chain(row.after)).flat_map(|words| words.iter());
    let vague = VAGUE.iter().flat_map(|row| row.words.iter());
    let fractions = FRACTIONS.iter().flat_map(|(one, many, _)| [*one, *many]);
    let others = ["between", "from", "dozen", "percent", "euros", "dollars", "plus", "minus", "aged"];
    let words = numbers.chain(approximators.chain(vague).copied()).chain(fractions).chain(others);
    words.filter(|word| word.len() >= SHORTEST).collect()
});

/// Shorter words are too like each other to tell which one was meant.
const SHORTEST: usize = 3;

/// A word with a slip of the keys: the one that was likely meant, and the phrase with it, if that can be read.
struct Misspelt {
    word: &'static str,
    phrase: Option<String>,
}

fn misspelt(tokens: &Tokens<'_>) -> Option<Misspelt> {
    // An hour is no slip for four.
    let is_unit = |written: &str| MEASURES.iter().any(|(names, _)| names.contains(&written));
    let is_hinted = |written: &str| HINTS.iter().any(|(words, _)| words.contains(&written));
    let known = |written: &str| VOCABULARY.contains(written) || is_hinted(written) || is_unit(written);
    (0..tokens.len()).find_map(|at| {
        let written = tokens.text(at).to_lowercase();
        if written.len() < SHORTEST || !tokens.is_kind(at, Kind::Word) || known(&written) {
            return None;
        }
        let most = if written.len() >= 6 { 2 } else { 1 };
        // A short word that begins otherwise is more likely another word: a zone is no "one".
        let begins = |word: &str| written.len() >= 6 || word.get(..1) == written.get(..1);
        let near = VOCABULARY.iter().filter(|word| word.len().abs_diff(written.len()) <= most && begins(word));
        let (distance, word) = near.map(|word| (strsim::osa_distance(&written, word), *word)).min()?;
        if distance > most {
            return None;
        }
        let past = at.saturating_add(1);
        let gap = |part: usize| if tokens.touches(part) || part >= tokens.len() || part == 0 { "" } else { " " };
        let (before, after) = (tokens.slice(0, at), tokens.slice(past, tokens.len()));
        let phrase = format!("{before}{}{word}{}{after}", gap(at), gap(past));
        let readable = read(&phrase, &ReadingPolicy::default()).is_ok();
        Some(Misspelt { word, phrase: readable.then_some(phrase) })
    })
}
