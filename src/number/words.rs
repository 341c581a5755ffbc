//! What the words of a quantity mean: every one of them a row of a table, none an `if` in code.
//!
//! Bounds that make an error rest on the *hard* column of these tables. Empirical widths of "about" and its kin vary
//! widely between readers, so they are soft throughout. Approximators have a table of their own.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Number words below one hundred.
pub(super) const SMALL_NUMBERS: [(&str, i64); 29] = [
    ("zero", 0),
    ("nought", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Ordinal words that may end a hyphenated number: "twenty-first" is a rank, never a figure.
pub(super) const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// The ordinal words after these, from "eleventh" on.
pub(super) const MORE_ORDINALS: [&str; 10] = [
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// Endings that make an ordinal of digits.
pub(super) const ORDINAL_ENDINGS: [&str; 4] = ["st", "nd", "rd", "th"];

/// Scale words, by their power of ten.
pub(super) const SCALES: [(&str, i32); 9] = [
    ("hundred", 2),
    ("thousand", 3),
    ("grand", 3),
    ("lakh", 5),
    ("million", 6),
    ("crore", 7),
    ("billion", 9),
    ("milliard", 9),
    ("trillion", 12),
];

/// Where a scale abbreviation may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// Touching digits; a space may part it from those of money: "$1.2 B".
    Touching,
    /// Beside any digits.
    Anywhere,
    /// Beside money only: without it a "t" is a tonne, and "T" a tesla.
    WithMoney,
}

/// Scale abbreviations after digits: the spelling, its power of ten, and where it may stand.
pub(super) const SCALE_SUFFIXES: [(&str, i32, Stands); 18] = [
    ("k", 3, Stands::Touching),
    ("K", 3, Stands::Touching),
    ("m", 6, Stands::Touching),
    ("M", 6, Stands::Touching),
    ("mn", 6, Stands::Anywhere),
    ("mln", 6, Stands::Anywhere),
    ("mio", 6, Stands::Anywhere),
    ("b", 9, Stands::Touching),
    ("B", 9, Stands::Touching),
    ("bn", 9, Stands::Anywhere),
    ("Bn", 9, Stands::Anywhere),
    ("bln", 9, Stands::Anywhere),
    ("mrd", 9, Stands::Anywhere),
    ("tn", 12, Stands::Anywhere),
    ("trn", 12, Stands::Anywhere),
    ("trln", 12, Stands::Anywhere),
    ("t", 12, Stands::WithMoney),
    ("T", 12, Stands::WithMoney),
];

/// Words after "two grand" with which it is two thousand: "two grand pianos" are none.
pub(super) const AFTER_GRAND: [&str; 40] = [
    "a", "an", "per", "for", "in", "on", "at", "to", "from", "and", "or", "each", "more", "less", "was", "is", "were",
    "by", "with", "but", "when", "if", "this", "last", "after", "before", "worth", "off", "cash", "over", "under",
    "than", "every", "just", "as", "so", "because", "they", "he", "she",
];

/// After "5m", words that show that metres are meant and not millions.
pub(super) const AFTER_METRES: [&str; 16] = [
    "above",
    "away",
    "below",
    "butterfly",
    "deep",
    "final",
    "freestyle",
    "high",
    "hurdles",
    "long",
    "race",
    "relay",
    "sprint",
    "tall",
    "underwater",
    "wide",
];

/// Names of fractions by their denominator: one of them, several of them.
pub(super) const FRACTIONS: [(&str, &str, i64); 9] = [
    ("half", "halves", 2),
    ("third", "thirds", 3),
    ("quarter", "quarters", 4),
    ("fourth", "fourths", 4),
    ("fifth", "fifths", 5),
    ("sixth", "sixths", 6),
    ("eighth", "eighths", 8),
    ("ninth", "ninths", 9),
    ("tenth", "tenths", 10),
];

/// Fractions that are one character.
pub(super) const FRACTION_SIGNS: [(char, i64, i64); 15] = [
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

/// The fractions that people round a share to.
pub(super) const SIMPLE_FRACTIONS: [(i64, i64); 7] = [(0, 1), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (1, 1)];

/// Vague words: the least that they can mean, and the range that they most likely mean, its upper end open or closed.
pub(super) struct Vague {
    /// The name of its row: what a workspace overrides it under.
    pub name: &'static str,
    pub words: &'static [&'static str],
    pub least: i64,
    pub from: i64,
    pub to: i64,
    pub closed: bool,
    /// Whether a scale may follow: "a few hundred", but not "dozens hundred".
    pub scales: bool,
}

const fn vague(
    name: &'static str,
    words: &'static [&'static str],
    least: i64,
    (from, to): (i64, i64),
    few: bool,
) -> Vague {
    Vague { name, words, least, from, to, closed: few, scales: few }
}

/// Longest first where one begins another.
pub(super) const VAGUE: [Vague; 20] = [
    vague("a-couple", &["a", "couple", "of"], 2, (2, 3), true),
    vague("a-couple", &["a", "couple"], 2, (2, 3), true),
    vague("a-few", &["a", "few"], 2, (3, 5), true),
    vague("several", &["several"], 3, (3, 10), true),
    vague("dozens", &["dozens"], 24, (24, 120), false),
    vague("scores", &["scores"], 40, (40, 200), false),
    vague("tens-of-thousands", &["tens", "of", "thousands"], 20_000, (20_000, 100_000), false),
    vague("tens-of-millions", &["tens", "of", "millions"], 20_000_000, (20_000_000, 100_000_000), false),
    vague("tens-of-billions", &["tens", "of", "billions"], 20_000_000_000, (20_000_000_000, 100_000_000_000), false),
    vague(
        "tens-of-trillions",
        &["tens", "of", "trillions"],
        20_000_000_000_000,
        (20_000_000_000_000, 100_000_000_000_000),
        false,
    ),
    vague("hundreds-of-thousands", &["hundreds", "of", "thousands"], 200_000, (200_000, 1_000_000), false),
    vague("hundreds-of-millions", &["hundreds", "of", "millions"], 200_000_000, (200_000_000, 1_000_000_000), false),
    vague(
        "hundreds-of-billions",
        &["hundreds", "of", "billions"],
        200_000_000_000,
        (200_000_000_000, 1_000_000_000_000),
        false,
    ),
    vague(
        "thousands-of-millions",
        &["thousands", "of", "millions"],
        2_000_000_000,
        (2_000_000_000, 10_000_000_000),
        false,
    ),
    vague("hundreds", &["hundreds"], 200, (200, 1_000), false),
    vague("thousands", &["thousands"], 2_000, (2_000, 10_000), false),
    vague("millions", &["millions"], 2_000_000, (2_000_000, 10_000_000), false),
    vague("billions", &["billions"], 2_000_000_000, (2_000_000_000, 10_000_000_000), false),
    vague("trillions", &["trillions"], 2_000_000_000_000, (2_000_000_000_000, 10_000_000_000_000), false),
    vague("tens", &["tens"], 20, (20, 100), false),
];

/// Every word that may begin an approximator or a vague quantity, so that most words of a text are passed over at once.
static OPENING_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let approximators = super::rows::ROWS.iter().flat_map(|row| row.before).filter_map(|words| words.first());
    let vague = VAGUE.iter().filter_map(|row| row.words.first());
    approximators.chain(vague).copied().collect()
});

/// Whether a word or sign may begin an approximator or a vague quantity.
pub(super) fn opens_a_phrase(word: &str) -> bool {
    const LONGEST: usize = 16;
    word.len() <= LONGEST && OPENING_WORDS.contains(word.to_ascii_lowercase().as_str())
}

/// Decades of age in words.
pub(super) const DECADES: [(&str, i64); 9] = [
    ("teens", 13),
    ("twenties", 20),
    ("thirties", 30),
    ("forties", 40),
    ("fifties", 50),
    ("sixties", 60),
    ("seventies", 70),
    ("eighties", 80),
    ("nineties", 90),
];

/// Parts of a decade of age: the years into it at which they likely start and end.
pub(super) const PARTS_OF_DECADE: [(&str, i64, i64); 4] =
    [("early", 0, 4), ("mid", 3, 7), ("middle", 3, 7), ("late", 6, 10)];

/// Parts of what a round word spans, in tenths of it: "the low hundreds", "the high teens".
pub(super) const PARTS_OF_A_SPAN: [(&[&str], i64, i64); 3] =
    [(&["low", "lower"], 0, 4), (&["mid", "middle"], 3, 7), (&["high", "upper"], 6, 10)];

/// The numbers that the "teens" span where they are no ages.
pub(super) const TEENS: (i64, i64) = (10, 10);

/// Words that may stand between "in" and a decade of age.
pub(super) const POSSESSIVES: [&str; 7] = ["his", "her", "their", "its", "my", "our", "your"];
