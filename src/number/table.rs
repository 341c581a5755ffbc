//! How far approximators reach, and what a workspace may say of that: `[reading.about] soft = "5%"`.
//!
//! The defaults are in the tables of words; a [`ReadingTable`] holds what departs from them. The names of its rows are
//! those of [`ReadingTable::names`]. A row that states a fact (`exactly`, `just`) reaches no distance, so it takes
//! further words only.

use super::change::table::{self as change_table, ChangeTable};
use super::rows::{Approximation, ROWS, Row, Side};
use super::token::Tokens;
use super::words::VAGUE;
use super::{Interval, Rational, ReadingPolicy, read};
use std::collections::BTreeMap;

/// How far from its number an approximator lets the true value lie, on the side that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Any distance; on both sides, as far as the sign.
    Any,
    /// Up to this part of the number, in per cent.
    Percent(Rational),
    /// Up to the next number with one digit fewer.
    NextRounder,
    /// The number is no bound at all: what was said can be taken back.
    Cancelled,
}

impl Reach {
    /// Reads `any`, `10%`, `next-rounder` or `cancelled`.
    pub(super) fn read(text: &str) -> Option<Self> {
        match text.trim() {
            "any" => Some(Self::Any),
            "next-rounder" => Some(Self::NextRounder),
            "cancelled" => Some(Self::Cancelled),
            text => {
                let part = Rational::parse_decimal(text.strip_suffix('%')?.trim())?;
                (!part.is_negative() && part <= Rational::from(1_000)).then_some(Self::Percent(part))
            }
        }
    }
}

/// The name of the row of simple fractions.
pub(super) const FRACTION: &str = "fraction";

/// What one row is overridden with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Override<T> {
    pub hard: Option<T>,
    pub soft: Option<T>,
}

impl<T> Override<T> {
    pub(super) fn put(&mut self, bound: Bound, value: T) {
        match bound {
            Bound::Hard => self.hard = Some(value),
            Bound::Soft => self.soft = Some(value),
        }
    }
}

impl<T> Default for Override<T> {
    fn default() -> Self {
        Self { hard: None, soft: None }
    }
}

/// What a workspace says otherwise of the words beside numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingTable {
    reaches: BTreeMap<Approximation, Override<Reach>>,
    fraction: Override<Reach>,
    vague: BTreeMap<&'static str, Override<Interval>>,
    before: Vec<(Vec<String>, Approximation)>,
    after: Vec<(Vec<String>, Approximation)>,
    pub(super) change: ChangeTable,
}

/// Why a row cannot be overridden so: what is wrong, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// Which of the two readings of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// What can make an error.
    Hard,
    /// What can make a `strained` finding.
    Soft,
}

/// Where further words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the number.
    Before,
    /// After it.
    After,
}

/// No more words than this make one approximator.
const MOST_WORDS: usize = 8;

fn approximator(name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.name == name)
}

fn vague(name: &str) -> Option<&'static str> {
    VAGUE.iter().map(|row| row.name).find(|known| *known == name)
}

impl ReadingTable {
    /// The names of all rows that may be overridden, in the order of the documentation.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let vague = VAGUE.iter().map(|row| row.name);
        let mut seen = Vec::new();
        let vague = vague.filter(move |name| {
            !seen.contains(name) && {
                seen.push(*name);
                true
            }
        });
        ROWS.iter().map(|row| row.name).chain(vague).chain([FRACTION]).chain(change_table::names())
    }

    /// The words of a row, around an `N` for the number: `about N`, `N or so`.
    pub fn words_of(row: &str) -> Vec<String> {
        let joined = |words: &[&str]| {
            let text = words.join(" ");
            ["- ", " -", " .", " ,"].iter().fold(text, |text, gap| text.replace(gap, gap.trim()))
        };
        let known = ROWS.iter().filter(|known| known.name == row);
        let beside = known.flat_map(|known| {
            let before = known.before.iter().map(|words| format!("{} N", joined(words)));
            before.chain(known.after.iter().map(|words| {
                let gap = if words.first().is_some_and(|first| ["-", "+", ","].contains(first)) { "" } else { " " };
                format!("N{gap}{}", joined(words))
            }))
        });
        let vague = VAGUE.iter().filter(|known| known.name == row && known.words.last() != Some(&"of"));
        beside.chain(vague.map(|known| known.words.join(" "))).chain(change_table::words_of(row)).collect()
    }

    /// What may be set of a row, in words.
    pub fn keys(row: &str) -> &'static str {
        if let Some(keys) = change_table::keys(row) {
            return keys;
        }
        match approximator(row).map(|row| row.side) {
            Some(Side::Alone | Side::Point) => "`words` and `after` add words that mean the same",
            Some(_) => "`hard` and `soft` set how far it reaches, `words` and `after` add words that mean the same",
            None => "`hard` and `soft` set its bounds",
        }
    }

    /// Whether a row is overridden: its reach or its words.
    pub fn sets(&self, row: &str) -> bool {
        let meaning = approximator(row).map(|row| row.meaning);
        let reach = meaning.is_some_and(|meaning| self.reaches.contains_key(&meaning));
        let words = self.before.iter().chain(&self.after).any(|(_, by)| Some(*by) == meaning);
        reach
            || words
            || self.vague.contains_key(row)
            || (row == FRACTION && self.fraction != Override::default())
            || self.change.sets(row)
    }

    /// Whether nothing is overridden.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Overrides how far a row reaches. An approximator or `fraction` takes `any`, `10%`, `next-rounder` (only above)
    /// or `cancelled`; a vague word takes a phrase with bounds: `3 to 10`, `at least 2`.
    ///
    /// # Errors
    /// If there is no such row, if it reaches no distance, or if that is not how far it can reach.
    pub fn set(&mut self, row: &str, bound: Bound, text: &str) -> Result<(), TableError> {
        if let Some(set) = self.change.set(row, bound, text) {
            return set;
        }
        if let Some(name) = vague(row) {
            let interval = read(text, &ReadingPolicy::default()).ok().map(|quantity| quantity.reading.hard().clone());
            let Some(interval) = interval.filter(|interval| !interval.is_everything()) else {
                return Err(TableError {
                    message: format!("`{text}` gives no bounds for `{row}`"),
                    help: "write bounds as a figure is written: \"3 to 10\", \"at least 2\"".to_owned(),
                });
            };
            self.vague.entry(name).or_default().put(bound, interval);
            return Ok(());
        }
        let known = approximator(row);
        if known.is_none() && row != FRACTION {
            return Err(unknown(row));
        }
        if known.is_some_and(|known| matches!(known.side, Side::Alone | Side::Point)) {
            return Err(TableError {
                message: format!("`{row}` has no reach that could be set"),
                help: "it takes `words` and `after`: further words that mean the same".to_owned(),
            });
        }
        let above = known.is_some_and(|known| matches!(known.side, Side::Above { .. }));
        let Some(reach) = Reach::read(text).filter(|reach| above || *reach != Reach::NextRounder) else {
            let next = if above { ", \"next-rounder\"" } else { "" };
            return Err(TableError {
                message: format!("`{text}` is not how far `{row}` can reach"),
                help: format!("write \"any\", \"cancelled\"{next} or a part of the number such as \"10%\""),
            });
        };
        match known {
            Some(known) => self.reaches.entry(known.meaning).or_default().put(bound, reach),
            None => self.fraction.put(bound, reach),
        }
        Ok(())
    }

    /// Adds words that mean what a row means, before words of the built-in table.
    ///
    /// # Errors
    /// If there is no such row, if the row takes no words, or if the words hold digits or are too many.
    pub fn add_words(&mut self, row: &str, place: Place, text: &str) -> Result<(), TableError> {
        let known = approximator(row);
        if vague(row).is_some() || row == FRACTION {
            return Err(TableError {
                message: format!("`{row}` takes no further words"),
                help: "it takes `hard` and `soft`".to_owned(),
            });
        }
        if known.is_none() && change_table::keys(row).is_none() {
            return Err(unknown(row));
        }
        let tokens = Tokens::new(text);
        let words: Vec<String> = (0..tokens.len()).map(|at| tokens.text(at).to_owned()).collect();
        let plain = !text.chars().any(char::is_numeric);
        if words.is_empty() || words.len() > MOST_WORDS || !plain {
            return Err(TableError {
                message: format!("`{text}` cannot stand beside a number"),
                help: format!("write one to {MOST_WORDS} words without digits, such as \"in the ballpark of\""),
            });
        }
        let Some(known) = known else {
            return self.change.add_words(row, words).unwrap_or_else(|| Err(unknown(row)));
        };
        let list = match place {
            Place::Before => &mut self.before,
            Place::After => &mut self.after,
        };
        list.push((words, known.meaning));
        Ok(())
    }

    pub(super) fn words(&self, place: Place) -> &[(Vec<String>, Approximation)] {
        match place {
            Place::Before => &self.before,
            Place::After => &self.after,
        }
    }
}

fn unknown(row: &str) -> TableError {
    TableError {
        message: format!("no row of the table of words is called `{row}`"),
        help: format!("rows are {}", ReadingTable::names().collect::<Vec<_>>().join(", ")),
    }
}

/// How far a row reaches, hard and soft, with what the policy overrides.
pub(super) fn reaches(by: Approximation, policy: &ReadingPolicy) -> (Reach, Reach) {
    let row = by.row();
    let own = policy.table.as_deref().and_then(|table| table.reaches.get(&by));
    let pick = |own: Option<&Reach>, default: &Reach| own.unwrap_or(default).clone();
    (pick(own.and_then(|own| own.hard.as_ref()), &row.hard), pick(own.and_then(|own| own.soft.as_ref()), &row.soft))
}

/// The same for simple fractions: only what is overridden.
pub(super) fn fraction_reaches(policy: &ReadingPolicy) -> (Option<&Reach>, Option<&Reach>) {
    let own = policy.table.as_deref().map(|table| &table.fraction);
    (own.and_then(|own| own.hard.as_ref()), own.and_then(|own| own.soft.as_ref()))
}

/// The same for a vague word.
pub(super) fn vague_bounds<'p>(name: &str, policy: &'p ReadingPolicy) -> (Option<&'p Interval>, Option<&'p Interval>) {
    let own = policy.table.as_deref().and_then(|table| table.vague.get(name));
    (own.and_then(|own| own.hard.as_ref()), own.and_then(|own| own.soft.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn hard_and_soft(text: &str, table: ReadingTable) -> (String, String) {
        let policy = ReadingPolicy { table: Some(Arc::new(table)), ..ReadingPolicy::default() };
        let reading = read(text, &policy).unwrap().reading;
        (reading.hard().to_string(), reading.soft().to_string())
    }

    fn with(row: &str, bound: Bound, text: &str) -> ReadingTable {
        let mut table = ReadingTable::default();
        table.set(row, bound, text).unwrap();
        table
    }

    fn pair(hard: &str, soft: &str) -> (String, String) {
        (hard.to_owned(), soft.to_owned())
    }

    #[test]
    fn a_workspace_sets_how_far_words_reach() {
        use Bound::{Hard, Soft};
        for (text, row, bound, reach, hard, soft) in [
            ("about 1,000", "about", Soft, "60%", "(0, ∞)", "[400, 1600]"),
            ("about 1,234", "about", Hard, "50%", "[617, 1851]", "[1110.6, 1357.4]"),
            ("about 1,234", "about", Soft, "any", "(0, ∞)", "(0, ∞)"),
            ("nearly 100", "nearly", Hard, "20%", "[80, 100)", "[85, 100)"),
            ("more than 154", "more-than", Hard, "next-rounder", "(154, 160]", "(154, 160]"),
            ("up to 40", "up-to", Hard, "any", "(-∞, 40]", "(-∞, 40]"),
            ("at most 40", "at-most", Hard, "cancelled", "(-∞, ∞)", "(-∞, 40]"),
            ("a few", "a-few", Soft, "3 to 7", "[2, ∞)", "[3, 7]"),
            ("a few hundred", "a-few", Soft, "3 to 7", "[150, ∞)", "[300, 700]"),
            ("dozens", "dozens", Hard, "at least 20", "[20, ∞)", "[24, 120)"),
            ("a third", "fraction", Soft, "30%", "(0, ∞)", "[7/30, 13/30]"),
            ("a third", "fraction", Hard, "50%", "[1/6, 0.5]", "[7/24, 0.375]"),
        ] {
            assert_eq!(hard_and_soft(text, with(row, bound, reach)), pair(hard, soft), "{text} {row} {reach}");
        }
    }

    #[test]
    fn a_workspace_adds_words_and_may_move_them() {
        let mut table = ReadingTable::default();
        table.add_words("about", Place::Before, "in the ballpark of").unwrap();
        table.add_words("just", Place::Before, "as many as").unwrap();
        table.add_words("at-least", Place::After, "and rising").unwrap();
        assert_eq!(hard_and_soft("in the ballpark of 26", table.clone()), pair("(0, ∞)", "[23.4, 28.6]"));
        assert_eq!(hard_and_soft("as many as 26", table.clone()), pair("[26, 26]", "[26, 26]"));
        assert_eq!(hard_and_soft("26 and rising", table), pair("[26, ∞)", "[26, ∞)"));
    }

    #[test]
    fn what_a_row_cannot_be_is_refused() {
        let mut table = ReadingTable::default();
        for (row, text) in [
            ("abuot", "10%"),
            ("about", "ten"),
            ("about", "-5%"),
            ("about", "next-rounder"),
            ("exactly", "10%"),
            ("several", "any"),
            ("several", "lots"),
            ("about", ""),
        ] {
            assert!(table.set(row, Bound::Soft, text).is_err(), "{row} {text}");
        }
        for (row, text) in [("abuot", "near"), ("several", "many"), ("about", ""), ("about", "of 5")] {
            assert!(table.add_words(row, Place::Before, text).is_err(), "{row} {text}");
        }
        assert!(table.is_empty());
    }

    #[test]
    fn every_name_is_a_row_of_its_own() {
        let names: Vec<_> = ReadingTable::names().collect();
        let sorted: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(sorted.len(), names.len());
    }
}
