//! Words of how many times as much, or as little, something became: a row each.

use super::super::Rational;
use super::super::table::Reach;
use super::words::Direction;

/// Words that say how many times as much, or how many times less, something became.
pub(super) struct SizeRow {
    /// How many times, upwards or downwards.
    pub times: i64,
    pub direction: Direction,
    pub words: &'static [&'static [&'static str]],
}

/// The name that all rows of sizes share: what a workspace overrides them under.
pub(super) const MULTIPLE: &str = "multiple";

/// A multiple that its word names alone is likely within this part of it; what a multiple with a word beside it
/// reaches is the matter of that word.
pub(super) const MULTIPLE_SOFT: Reach = Reach::Percent(Rational::whole(10));

/// The rows of sizes.
pub(super) static SIZES: [SizeRow; 5] = [
    SizeRow {
        times: 2,
        direction: Direction::Up,
        words: &[
            &["doubled"],
            &["doubling"],
            &["doubles"],
            &["double"],
            &["twofold"],
            &["twice", "as", "many"],
            &["twice", "as", "much"],
            &["twice", "as", "high"],
            &["twice", "as", "large"],
            &["twice", "as", "big"],
            &["twice", "as", "great"],
            &["twice", "the"],
            &["twice", "its"],
            &["twice", "their"],
            &["twice", "that"],
            &["twice", "what"],
        ],
    },
    SizeRow {
        times: 3,
        direction: Direction::Up,
        words: &[
            &["tripled"],
            &["tripling"],
            &["triples"],
            &["triple"],
            &["trebled"],
            &["trebling"],
            &["trebles"],
            &["treble"],
            &["threefold"],
        ],
    },
    SizeRow {
        times: 4,
        direction: Direction::Up,
        words: &[&["quadrupled"], &["quadrupling"], &["quadruples"], &["quadruple"], &["fourfold"]],
    },
    SizeRow {
        times: 5,
        direction: Direction::Up,
        words: &[&["quintupled"], &["quintupling"], &["quintuples"], &["quintuple"], &["fivefold"]],
    },
    SizeRow {
        times: 2,
        direction: Direction::Down,
        words: &[
            &["halved"],
            &["halving"],
            &["halves"],
            &["halve"],
            &["cut", "in", "half"],
            &["cuts", "in", "half"],
            &["cutting", "in", "half"],
            &["slashed", "in", "half"],
            &["half", "as", "many"],
            &["half", "as", "much"],
            &["half", "as", "high"],
            &["half", "as", "large"],
            &["half", "as", "big"],
        ],
    },
];

/// Further multiples as one word, which go up unless a direction beside them says otherwise.
pub(super) const FOLDS: [(&str, i64); 10] = [
    ("sixfold", 6),
    ("sevenfold", 7),
    ("eightfold", 8),
    ("ninefold", 9),
    ("tenfold", 10),
    ("twelvefold", 12),
    ("fifteenfold", 15),
    ("twentyfold", 20),
    ("hundredfold", 100),
    ("thousandfold", 1_000),
];

/// Multiples whose words say nothing of the direction where one stands beside them: "a threefold drop".
pub(super) const TURNED: [&str; 4] = ["twofold", "threefold", "fourfold", "fivefold"];

/// What comes after "three times" where it compares: the words, the direction, and whether "three times more" may mean
/// four times as much.
pub(super) const TIMES: [(&[&str], Direction, bool); 21] = [
    (&["as", "many"], Direction::Up, false),
    (&["as", "much"], Direction::Up, false),
    (&["as", "high"], Direction::Up, false),
    (&["as", "large"], Direction::Up, false),
    (&["as", "big"], Direction::Up, false),
    (&["as", "great"], Direction::Up, false),
    (&["the"], Direction::Up, false),
    (&["its"], Direction::Up, false),
    (&["their"], Direction::Up, false),
    (&["that"], Direction::Up, false),
    (&["what"], Direction::Up, false),
    (&["last"], Direction::Up, false),
    (&["more"], Direction::Up, true),
    (&["higher"], Direction::Up, true),
    (&["greater"], Direction::Up, true),
    (&["larger"], Direction::Up, true),
    (&["bigger"], Direction::Up, true),
    (&["fewer"], Direction::Down, true),
    (&["less"], Direction::Down, true),
    (&["lower"], Direction::Down, true),
    (&["smaller"], Direction::Down, true),
];
