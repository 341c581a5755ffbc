//! What a workspace says otherwise of words of change: further words of a direction, how far a multiple reaches, how
//! far "unchanged" may have moved, how large a "sharp" change is. The other rows are in `number::table`.

use super::super::table::{Bound, Override, Reach, TableError};
use super::super::token::Tokens;
use super::super::{Rational, ReadingPolicy};
use super::sizes::{FOLDS, MULTIPLE, SIZES};
use super::words::{DEGREES, DIRECTIONS, DegreeRow, Direction, LEVELS, LevelRow};
use std::collections::BTreeMap;

/// What departs from the rows of change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::number) struct ChangeTable {
    multiple: Override<Reach>,
    /// In per cent, by the name of the row.
    sizes: BTreeMap<&'static str, Override<Rational>>,
    directions: Vec<(Vec<String>, Direction)>,
}

/// What kind of row a name is.
enum Row {
    Direction(Direction),
    /// What stays as it was has a hard and a soft size, a degree only a soft one.
    Size {
        name: &'static str,
        hard: bool,
    },
    Multiple,
}

fn row(name: &str) -> Option<Row> {
    let direction = DIRECTIONS.iter().find(|row| row.name == name).map(|row| Row::Direction(row.direction));
    let level = LEVELS.iter().find(|row| row.name == name).map(|row| Row::Size { name: row.name, hard: true });
    let degree = DEGREES.iter().find(|row| row.name == name).map(|row| Row::Size { name: row.name, hard: false });
    direction.or(level).or(degree).or((name == MULTIPLE).then_some(Row::Multiple))
}

/// The names of the rows that are read in a change only, in the order of the documentation.
pub(in crate::number) fn names() -> impl Iterator<Item = &'static str> {
    let directions = DIRECTIONS.iter().map(|row| row.name);
    let levels = LEVELS.iter().map(|row| row.name);
    directions.chain([MULTIPLE]).chain(levels).chain(DEGREES.iter().map(|row| row.name))
}

/// The words of a row.
pub(in crate::number) fn words_of(name: &str) -> Vec<String> {
    let joined = |words: &&'static [&'static str]| words.join(" ");
    let directions = DIRECTIONS.iter().filter(|row| row.name == name);
    let directions = directions.flat_map(|row| row.clear.iter().chain(row.beside)).map(|word| (*word).to_owned());
    let levels = LEVELS.iter().filter(|row| row.name == name).flat_map(|row| row.words.iter().map(joined));
    let degrees = DEGREES.iter().filter(|row| row.name == name).flat_map(|row| row.words);
    let multiples = SIZES.iter().filter(|_| name == MULTIPLE).flat_map(|row| row.words.iter().map(joined));
    let folds = FOLDS.iter().filter(|_| name == MULTIPLE).map(|(word, _)| (*word).to_owned());
    let degrees = degrees.map(|word| (*word).to_owned());
    directions.chain(levels).chain(degrees).chain(multiples).chain(folds).collect()
}

/// What may be set of a row, in words.
pub(in crate::number) fn keys(name: &str) -> Option<&'static str> {
    Some(match row(name)? {
        Row::Direction(_) => "`words` adds words that mean the same",
        Row::Size { hard: true, .. } => "`hard` and `soft` set how far it may have moved, in per cent",
        Row::Size { .. } => "`soft` sets how large such a change likely is, in per cent",
        Row::Multiple => "`hard` and `soft` set how far it reaches",
    })
}

impl ChangeTable {
    /// Whether a row is overridden.
    pub(in crate::number) fn sets(&self, name: &str) -> bool {
        match row(name) {
            Some(Row::Direction(direction)) => self.directions.iter().any(|(_, own)| *own == direction),
            Some(Row::Size { name, .. }) => self.sizes.contains_key(name),
            Some(Row::Multiple) => self.multiple != Override::default(),
            None => false,
        }
    }

    /// Overrides how far a row of change reaches; `None` if it is no such row.
    pub(in crate::number) fn set(&mut self, name: &str, bound: Bound, text: &str) -> Option<Result<(), TableError>> {
        let refused = |message: String, help: &str| Some(Err(TableError { message, help: help.to_owned() }));
        match (row(name)?, bound, Reach::read(text)) {
            (Row::Direction(_), ..) => refused(
                format!("`{name}` has no reach that could be set"),
                "it takes `words`: further words that mean the same",
            ),
            (Row::Size { hard: false, .. }, Bound::Hard, _) => refused(
                format!("`{name}` has no hard reading that could be set"),
                "how sharp a change is, is a matter of taste: it takes `soft`, the size that such a change likely has",
            ),
            (Row::Size { name, .. }, bound, Some(Reach::Percent(size))) => {
                self.sizes.entry(name).or_default().put(bound, size);
                Some(Ok(()))
            }
            (Row::Size { .. }, ..) => {
                refused(format!("`{text}` is no size of a change"), "write it in per cent, such as \"25%\"")
            }
            (Row::Multiple, bound, Some(reach @ (Reach::Percent(_) | Reach::Any))) => {
                self.multiple.put(bound, reach);
                Some(Ok(()))
            }
            (Row::Multiple, ..) => refused(
                format!("`{text}` is not how far `{name}` can reach"),
                "write \"any\" or a part of the multiple such as \"10%\"",
            ),
        }
    }

    /// Adds words of a direction; `None` if the row is not one of change.
    pub(in crate::number) fn add_words(&mut self, name: &str, words: Vec<String>) -> Option<Result<(), TableError>> {
        let Row::Direction(direction) = row(name)? else {
            let help = keys(name).unwrap_or_default().to_owned();
            return Some(Err(TableError { message: format!("`{name}` takes no further words"), help }));
        };
        self.directions.push((words, direction));
        Some(Ok(()))
    }

    /// The direction of the workspace's own words that stand at a token, and where they end.
    pub(in crate::number) fn direction(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Direction, usize)> {
        let own = self.directions.iter().filter_map(|(words, direction)| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            tokens.past_words(at, &words).map(|end| (*direction, end))
        });
        own.max_by_key(|(_, end)| *end)
    }
}

/// What a workspace says otherwise of multiples, hard and soft.
pub(in crate::number) fn multiple_reaches(policy: &ReadingPolicy) -> (Option<&Reach>, Option<&Reach>) {
    let own = policy.table.as_deref().map(|table| &table.change.multiple);
    (own.and_then(|own| own.hard.as_ref()), own.and_then(|own| own.soft.as_ref()))
}

/// How far, in per cent, what stayed as it was may have moved, hard and soft.
pub(in crate::number) fn level_reaches(row: &LevelRow, policy: &ReadingPolicy) -> (Rational, Rational) {
    let own = policy.table.as_deref().and_then(|table| table.change.sizes.get(row.name));
    let hard = own.and_then(|own| own.hard.clone()).unwrap_or_else(|| row.hard.clone());
    (hard, own.and_then(|own| own.soft.clone()).unwrap_or_else(|| row.soft.clone()))
}

/// The size, in per cent, that a degree bounds softly.
pub(in crate::number) fn degree_reach(row: &DegreeRow, policy: &ReadingPolicy) -> Rational {
    let own = policy.table.as_deref().and_then(|table| table.change.sizes.get(row.name));
    own.and_then(|own| own.soft.clone()).unwrap_or_else(|| row.size.clone())
}
