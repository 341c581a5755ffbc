//! Reading rows into columns.
//!
//! Cells are taken apart byte by byte, and a cell that is not plainly what its column holds makes its row odd: nothing is
//! guessed, and nothing is refused. Where the scope of a row is that of the row before it, as in every sorted table, it
//! is not even hashed.

use super::plan::{Dimension, Plan};
use super::{Block, MOST_DECIMALS, NO_DAY, NO_VALUE, Run, Values};
use crate::calendar::Day;
use crate::source::records::Lines;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// The word of a cell that is odd.
pub(super) const NO_WORD: u32 = u32::MAX;
/// What words are called by that are not of a column of times.
const MEASURES: usize = usize::MAX;
const TEXTS: usize = usize::MAX - 1;
/// What a slash is in the key of a record: U+2215. Where a key has one already, two keys may be one.
const LITERAL_SLASH: char = '\u{2215}';

/// The words of a block, in the order of their numbers.
#[derive(Default)]
pub(super) struct Words<'t> {
    /// Those of times, each with its column.
    pub times: Vec<(usize, &'t str)>,
    /// Those of measures.
    pub measures: Vec<&'t str>,
}

/// Reads the rows of a piece. `None` if one of them has too few cells, or too many.
pub(super) fn read<'t>(lines: &Lines<'t>, plan: &Plan, piece: Range<usize>) -> Option<(Block, Words<'t>)> {
    let mut reader = Reader {
        plan,
        block: Block {
            begins: piece.start,
            numbers: plan.skip.is_some().then(Vec::new),
            times: vec![Vec::new(); plan.times.len()],
            values: vec![Values::default(); plan.figures.len()],
            dates: vec![Vec::new(); plan.dates.len()],
            texts: vec![Vec::new(); plan.texts.len()],
            open: vec![false; plan.dimensions.len()],
            ..Block::default()
        },
        words: Words::default(),
        known: Known::default(),
        last: vec![NO_WORD; plan.times.len()],
        next: Vec::new(),
        days: Days::default(),
        counted: Vec::new(),
        before: Vec::new(),
        hashes_names: plan.names() == super::Names::Hashed,
    };
    lines.rows(piece, |offset, cells, has_blank| reader.row(offset, cells, has_blank))?;
    Some((reader.block, reader.words))
}

type Known<'t> = HashMap<(usize, &'t str), u32, BuildHasherDefault<Mixing>>;

struct Reader<'p, 't> {
    plan: &'p Plan,
    block: Block,
    words: Words<'t>,
    known: Known<'t>,
    /// The last word of each column of times, and what followed each word when it was met before.
    last: Vec<u32>,
    next: Vec<u32>,
    days: Days,
    /// Of each measure that rows say, whether it is a count.
    counted: Vec<bool>,
    /// The scope of the row before.
    before: Vec<&'t str>,
    hashes_names: bool,
}

impl<'t> Reader<'_, 't> {
    /// Takes in a row. A blank text in it is something else than no cell, which its cells do not say.
    fn row(&mut self, offset: usize, cells: &[&'t str], has_blank: bool) {
        let plan = self.plan;
        let number = self.block.all;
        self.block.all = number.saturating_add(1);
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        if plan.skip.as_ref().is_some_and(|(at, values)| values.iter().any(|value| value == cell(*at))) {
            return;
        }
        let row = u32::try_from(self.block.offsets.len()).unwrap_or(u32::MAX);
        let offset = offset.saturating_sub(self.block.begins);
        self.block.offsets.push(u32::try_from(offset).unwrap_or(u32::MAX));
        if let Some(numbers) = &mut self.block.numbers {
            numbers.push(u32::try_from(number).unwrap_or(u32::MAX));
        }
        let mut odd = has_blank || plan.weight.is_some_and(|at| !is_weight(cell(at)));
        // Parts of a key are joined by commas, so that one in a part may make two keys one.
        let is_odd = |part: &str| part.is_empty() || part.contains('`') || (plan.key.len() > 1 && part.contains(','));
        odd |= plan.key.iter().any(|at| is_odd(cell(*at)));
        odd |= self.place(row, &cell);
        if self.hashes_names {
            self.block.names.push(plan.key.iter().fold(1, |hash, at| mixed(hash, cell(*at).as_bytes())));
        }
        for (at, column) in plan.times.iter().enumerate() {
            let word = self.time(at, cell(column.column));
            self.block.times.get_mut(at).into_iter().for_each(|times| times.push(word));
        }
        let mut counted = false;
        if let Some(measure) = &plan.measure {
            let text = cell(measure.column);
            let word = if text.is_empty() || measure.missing.iter().any(|it| it == text) {
                odd = true;
                NO_WORD
            } else {
                self.measure(text)
            };
            let at = usize::try_from(word).unwrap_or(usize::MAX);
            counted = self.counted.get(at).copied().unwrap_or(true);
            self.block.measures.push(word);
        }
        for (column, values) in plan.figures.iter().zip(&mut self.block.values) {
            let text = cell(column.column);
            if column.missing.iter().any(|it| it == text) {
                values.of.push(NO_VALUE);
                continue;
            }
            let is_count = |number: i64, decimals: u32| number >= 0 && decimals == 0;
            let counted = counted || column.counted;
            let read = plain(text.as_bytes()).filter(|(number, decimals)| !counted || is_count(*number, *decimals));
            if read.and_then(|(number, decimals)| values.push(number, decimals)).is_none() {
                odd = true;
                values.of.push(NO_VALUE);
            }
        }
        for (column, days) in plan.dates.iter().zip(&mut self.block.dates) {
            let text = cell(column.column);
            let is_missing = column.missing.iter().any(|it| it == text);
            let day = if is_missing { None } else { self.days.day(text.as_bytes()) };
            odd |= day.is_none() && !is_missing;
            days.push(day.unwrap_or(NO_DAY));
        }
        for (at, column) in plan.texts.iter().enumerate() {
            let text = cell(column.column);
            let is_missing = column.missing.iter().any(|it| it == text);
            odd |= text.is_empty() && !is_missing;
            let word = if is_missing { NO_WORD } else { self.text(text) };
            self.block.texts.get_mut(at).into_iter().for_each(|texts| texts.push(word));
        }
        if odd {
            self.block.odd.push(row);
        }
    }

    fn text(&mut self, text: &'t str) -> u32 {
        let next = u32::try_from(self.block.said.len()).unwrap_or(u32::MAX);
        let word = *self.known.entry((TEXTS, text)).or_insert(next);
        if word == next {
            self.block.said.push(text.to_owned());
        }
        word
    }

    /// The word of a time. In sorted tables each follows the one that it followed before.
    fn time(&mut self, column: usize, text: &'t str) -> u32 {
        let Some(last) = self.last.get_mut(column) else { return NO_WORD };
        let at = |word: u32| usize::try_from(word).unwrap_or(usize::MAX);
        let likely = self.next.get(at(*last)).copied().unwrap_or(NO_WORD);
        if self.words.times.get(at(likely)).is_some_and(|known| known.1 == text && known.0 == column) {
            *last = likely;
            return likely;
        }
        let new = u32::try_from(self.words.times.len()).unwrap_or(u32::MAX);
        let word = *self.known.entry((column, text)).or_insert(new);
        if word == new {
            self.words.times.push((column, text));
            self.next.push(NO_WORD);
        }
        self.next.get_mut(at(*last)).into_iter().for_each(|next| *next = word);
        *last = word;
        word
    }

    fn measure(&mut self, text: &'t str) -> u32 {
        let next = u32::try_from(self.words.measures.len()).unwrap_or(u32::MAX);
        let word = *self.known.entry((MEASURES, text)).or_insert(next);
        if word == next {
            self.words.measures.push(text);
            self.counted.push(self.plan.is_counted(text));
        }
        word
    }

    /// Takes in the scope of a row. Whether it cannot be one.
    fn place(&mut self, row: u32, cell: &impl Fn(usize) -> &'t str) -> bool {
        let dimensions = &self.plan.dimensions;
        let is_same = !self.block.runs.is_empty()
            && dimensions.iter().zip(&self.before).all(|(dimension, before)| cell(dimension.column) == *before);
        if is_same {
            return false;
        }
        self.before.clear();
        let (mut group, mut scope, mut odd) = (2_u64, 3_u64, false);
        for (dimension, open) in dimensions.iter().zip(&mut self.block.open) {
            let text = cell(dimension.column);
            self.before.push(text);
            scope = mixed(scope, text.as_bytes());
            if dimension.separates {
                match first_step(dimension, text) {
                    Some(step) => group = mixed(group, step.as_bytes()),
                    None => *open = true,
                }
            }
            odd |= match dimension.is_name {
                true => text == "*",
                false => text != "*" && !text.is_empty() && text.split('/').any(|step| matches!(step.trim(), "" | "*")),
            };
        }
        // An odd scope is that of one row: the next one is looked at again.
        if odd {
            self.before.clear();
            self.before.resize(dimensions.len(), "\n");
        }
        self.block.runs.push(Run { group, scope, start: row });
        odd
    }
}

/// The first step of a member's path; `None` if the row leaves the dimension open, or means all of it.
fn first_step<'t>(dimension: &Dimension, text: &'t str) -> Option<&'t str> {
    if text.is_empty() || text == "*" || dimension.missing.iter().any(|it| it == text) {
        return None;
    }
    if dimension.is_name {
        return (!text.contains(LITERAL_SLASH)).then_some(text);
    }
    text.split('/').next().map(str::trim)
}

/// A weight that needs no closer look.
fn is_weight(text: &str) -> bool {
    text.is_empty() || plain(text.as_bytes()).is_some_and(|(number, _)| number > 0)
}

/// A plain decimal number without sign or leading noughts, or such a number below zero: its digits, and how many of them
/// are decimals.
fn plain(text: &[u8]) -> Option<(i64, u32)> {
    let (is_below, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    let (mut number, mut decimals, mut count): (i64, u32, u32) = (0, 0, 0);
    let mut point = false;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                number = number.wrapping_mul(10).wrapping_add(i64::from(byte.wrapping_sub(b'0')));
                count = count.wrapping_add(1);
                decimals = decimals.wrapping_add(u32::from(point));
            }
            b'.' if !point && count > 0 => point = true,
            _ => return None,
        }
    }
    let is_padded = matches!(digits, [b'0', b'0'..=b'9', ..]);
    if count == 0 || count > MOST_DECIMALS || is_padded || (point && decimals == 0) {
        return None;
    }
    if is_below && number == 0 {
        return None;
    }
    Some((if is_below { number.wrapping_neg() } else { number }, decimals))
}

/// The years of which months are kept once they were looked up.
const YEARS: Range<i32> = 1900..2100;

/// A month: the day before its first, as days since 1970-01-01, and how many days it has.
type Month = (i32, i32);

/// Days by their digits. A table has few months and many days, so that a month is looked up once.
#[derive(Default)]
struct Days {
    /// The months of [`YEARS`], as far as they were met; one that is not has no days.
    months: Vec<Month>,
}

impl Days {
    /// The day of `2025-12-18`, as days since 1970-01-01.
    fn day(&mut self, text: &[u8]) -> Option<i32> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_i32, |number, digit| {
                let digit = digit.is_ascii_digit().then(|| i32::from(digit.wrapping_sub(b'0')))?;
                Some(number.wrapping_mul(10).wrapping_add(digit))
            })
        };
        let (year, month, day) = (number(&[*y1, *y2, *y3, *y4])?, number(&[*m1, *m2])?, number(&[*d1, *d2])?);
        let (before, days) = self.month(year, month)?;
        (day > 0 && day <= days).then(|| before.wrapping_add(day))
    }

    fn month(&mut self, year: i32, month: i32) -> Option<Month> {
        if !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return month_of(year, month);
        }
        let place = year.wrapping_sub(YEARS.start).wrapping_mul(12).wrapping_add(month).wrapping_sub(1);
        let place = usize::try_from(place).ok()?;
        match self.months.get(place) {
            Some(known) if known.1 > 0 => Some(*known),
            _ => {
                let found = month_of(year, month)?;
                if self.months.len() <= place {
                    self.months.resize(place.saturating_add(1), (0, 0));
                }
                *self.months.get_mut(place)? = found;
                Some(found)
            }
        }
    }
}

fn month_of(year: i32, month: i32) -> Option<Month> {
    let month = u8::try_from(month).ok()?;
    let before = Day::from_ymd(year, month, 1)?.0.checked_sub(1)?;
    let days = (28..=31_u8).rev().find(|day| Day::from_ymd(year, month, *day).is_some())?;
    Some((i32::try_from(before).ok()?, i32::from(days)))
}

/// A hash to tell texts apart by: what has the same is looked at more closely, and never taken for the same.
fn mixed(hash: u64, bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = hash.wrapping_mul(FACTOR) ^ u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    for part in bytes.chunks(8) {
        let mut word = [0_u8; 8];
        word.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
        hash ^= hash.wrapping_shr(29);
    }
    hash
}

/// The hash of a short text.
#[derive(Default)]
struct Mixing(u64);

impl Hasher for Mixing {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mixed(self.0, bytes);
    }

    fn write_usize(&mut self, number: usize) {
        self.0 ^= u64::try_from(number).unwrap_or(u64::MAX);
    }

    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::number::{ReadingPolicy, Rounding, read};
    use proptest::prelude::*;

    #[test]
    fn a_plain_number_is_digits() {
        let read = |text: &str| plain(text.as_bytes());
        assert_eq!(read("0"), Some((0, 0)));
        assert_eq!(read("12.50"), Some((1250, 2)));
        assert_eq!(read("-7"), Some((-7, 0)));
        assert_eq!(read("999999999999999999"), Some((999_999_999_999_999_999, 0)));
        for odd in ["", "-", ".5", "5.", "007", "+5", "1e3", "1,000", "-0", "12 ", "1000000000000000000", "1.2.3", "½"]
        {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_plain_day_is_a_date() {
        let mut days = Days::default();
        let mut day = |text: &[u8]| days.day(text);
        assert_eq!(day(b"1970-01-01"), Some(0));
        assert_eq!(day(b"2025-12-18"), Some(20_440));
        assert_eq!(day(b"2024-02-29"), Some(19_782));
        for odd in ["2025-02-30", "2025-1-1", "18.12.2025", "2025-12-18 ", "2025-13-01", "2025-00-10"] {
            assert_eq!(day(odd.as_bytes()), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_is_read_as_a_claim_would_be(text in "-?[0-9]{1,6}(\\.[0-9]{1,3})?") {
            let policy = ReadingPolicy { rounding: Some(Rounding::Exact), ..ReadingPolicy::default() };
            if let Some((number, decimals)) = plain(text.as_bytes()) {
                let reading = read(&text, &policy).unwrap().reading;
                prop_assert_eq!(reading.hard(), reading.soft());
                let scale = crate::number::Rational::from(10_i64.pow(decimals));
                let point = reading.hard().as_point().unwrap().clone() * scale;
                prop_assert_eq!(point, crate::number::Rational::from(number));
            }
        }
    }
}
