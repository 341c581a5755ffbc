//! A table as columns: scaled whole numbers, days and numbered words instead of a claim a cell.
//!
//! In: a `[[table]]` whose file is plain (see [`Lines`]) and whose mapping leaves nothing to read between the lines.
//! Out: [`Columns`], in blocks of rows that were read side by side. What a cell says that is not plainly one number, one
//! day or one member of a dimension is not decided here: its row is *odd*, and is to be read as a claim. A [`Sieve`] looks
//! at the columns and says which rows have to be, since something in them could clash; what it settles of all others is
//! [`Settled`], and is added to what comes of the claims. Columns that are not as plain as that are none: all rows are
//! then read as claims.

mod plan;
mod read;
mod times;
mod untouched;

use super::Opened;
use crate::claim::article::Heading;
use crate::claim::{Vocabulary, in_record};
use crate::number::Rational;
use crate::parallel::in_parallel;
use crate::source::records::{LineRow, Lines, Records};
use crate::source::{Sources, Span};
use plan::Plan;
use read::{NO_WORD, read};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Arc;
use times::Times;
pub(crate) use untouched::Cells;
pub use untouched::{Says, Untouched, UntouchedClaim};

/// About how many bytes are read at once.
const PIECE: usize = 256 * 1024;
/// The value of a cell that states none.
pub(crate) const NO_VALUE: i64 = i64::MIN;
/// The day of a cell that states none.
pub(crate) const NO_DAY: i32 = i32::MIN;
/// The most powers of ten by which a column is scaled.
const MOST_DECIMALS: u32 = 18;

/// Says which rows of a table have to be read as claims.
pub(crate) trait Sieve {
    /// How many threads may be used.
    fn jobs(&self) -> NonZeroUsize;

    /// Looks at a table. `None` if its rows cannot be told apart without reading all as claims.
    fn sift(&self, columns: &Columns<'_>, vocabulary: &Vocabulary) -> Option<Sifted>;
}

/// What a sieve says of a table.
#[derive(Debug)]
pub(crate) struct Sifted {
    /// The rows that are to be read as claims, in their order.
    pub kept: Vec<RowAt>,
    /// What is known of all others.
    pub settled: Settled,
    /// The cells of those others that no constraint touches.
    pub untouched: Vec<Cells>,
}

/// What is known of rows that were not read as claims: nothing in them clashes with anything.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// The id of the article that they belong to.
    pub article: String,
    /// How many claims they make.
    pub claims: usize,
    /// How many figures those state.
    pub figures: usize,
    /// How many constraints hold for certain.
    pub holds: usize,
    /// How many can hold.
    pub fits: usize,
    /// How many constraints there are of each rule.
    pub bound: BTreeMap<String, usize>,
    /// How many of the claims report each measure.
    pub reported: BTreeMap<String, usize>,
    /// The claims that no constraint touches.
    pub untouched: Arc<Untouched>,
    /// Values of rows that are read as claims, too: if those say the same, columns and claims are read alike.
    pub expected: Vec<(String, Rational)>,
}

/// A row: its block, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowAt {
    pub block: usize,
    pub row: usize,
}

/// The table of an article.
#[derive(Debug)]
pub(crate) struct Columns<'t> {
    article: String,
    files: Vec<Source<'t>>,
    /// The columns of figures; of a table with a claim a row it is one.
    pub figures: Vec<FigureColumn>,
    /// The columns of dates.
    pub dates: Vec<String>,
    /// The columns of texts.
    pub texts: Vec<String>,
    /// The measures, by number.
    pub measures: Vec<String>,
    /// The times, by number.
    pub times: Vec<Time>,
    /// The rows.
    pub blocks: Vec<Block>,
    /// How rows that are called the same are found.
    pub names: Names,
}

/// A file, and how it is read.
#[derive(Debug)]
struct Source<'t> {
    name: String,
    lines: Lines<'t>,
    plan: Plan,
}

/// A column of figures.
#[derive(Clone, Debug)]
pub(crate) struct FigureColumn {
    /// Its name.
    pub column: String,
    /// Its measure, by number; `None` if each row says it.
    pub measure: Option<usize>,
    /// When its figures are for.
    pub time: TimeOf,
}

/// Where the time of a figure is said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TimeOf {
    /// For all of them: this time, by number.
    All(usize),
    /// In each row: in this of the columns of times.
    Column(usize),
}

impl FigureColumn {
    /// The times of the figures of some rows, by number, put into a list; `None` if there are no such rows.
    pub fn times_in(&self, block: &Block, rows: Range<usize>, into: &mut Vec<usize>) -> Option<()> {
        into.clear();
        match self.time {
            TimeOf::All(time) => into.resize(rows.len(), time),
            TimeOf::Column(column) => {
                let words = block.times.get(column)?.get(rows)?;
                into.extend(words.iter().map(|word| block.numbered(&block.words, *word)));
            }
        }
        Some(())
    }

    /// The time of a row's figure, by number.
    pub fn time_in(&self, block: &Block, row: usize) -> usize {
        match self.time {
            TimeOf::All(time) => time,
            TimeOf::Column(column) => block.time(column, row),
        }
    }
}

/// A time that is known exactly, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Time {
    /// Nothing is said.
    Unsaid,
    /// From the start of one day to the start of another.
    Period(i64, i64),
    /// A running total up to the start of a day.
    Through(i64),
    /// Anything else.
    Odd,
}

/// How rows that are called the same are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// Each row has a number of its own.
    Numbers,
    /// They are in one group, and have the same word in this column of times; any two of a group if there is none.
    InGroup(Option<usize>),
    /// They are odd already.
    Hashed,
}

/// Rows that follow each other and are of one scope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// A hash of what tells groups apart: rows of different groups have nothing to do with each other.
    pub group: u64,
    /// A hash of the whole scope.
    pub scope: u64,
    /// The first row.
    pub start: u32,
}

/// Some of the rows of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    file: usize,
    /// The number of its first row in the file.
    first: usize,
    /// Its first byte.
    begins: usize,
    /// How many rows it has, those included that are skipped.
    all: usize,
    /// Where each row begins, from the first byte on.
    offsets: Vec<u32>,
    /// The number of each row, from the first on, where some are skipped.
    numbers: Option<Vec<u32>>,
    /// The rows by scope.
    pub runs: Vec<Run>,
    /// A hash of what each row is called, until those that may be called the same are odd.
    names: Vec<u64>,
    /// The words of each column of times.
    times: Vec<Vec<u32>>,
    /// The number of each word among all times.
    words: Vec<u32>,
    /// The measure of each row, where rows say it: a word.
    measures: Vec<u32>,
    /// The number of each of those words among all measures.
    measured: Vec<u32>,
    /// The columns of figures.
    pub values: Vec<Values>,
    /// The columns of dates, as days since 1970-01-01.
    pub dates: Vec<Vec<i32>>,
    /// The words of each column of texts.
    texts: Vec<Vec<u32>>,
    /// What those words are.
    said: Vec<String>,
    /// The odd rows, in their order.
    odd: Vec<u32>,
    /// For each dimension that rows state, whether some row leaves it open, or means all of it.
    open: Vec<bool>,
}

/// Decimals as whole numbers, all scaled alike.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    /// By how many powers of ten.
    pub decimals: u32,
    /// The numbers.
    pub of: Vec<i64>,
}

impl Block {
    /// How many rows count.
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// The time of a row in a column of times, by number.
    pub fn time(&self, column: usize, row: usize) -> usize {
        let word = self.times.get(column).and_then(|times| times.get(row)).copied().unwrap_or(NO_WORD);
        self.numbered(&self.words, word)
    }

    /// The text of a row in a column of texts; `None` if there is none.
    pub fn text(&self, column: usize, row: usize) -> Option<&str> {
        let word = self.texts.get(column)?.get(row)?;
        self.said.get(usize::try_from(*word).ok()?).map(String::as_str)
    }

    /// The measure of a row that says it, by number.
    pub fn measure(&self, row: usize) -> Option<usize> {
        let word = self.measures.get(row).copied().filter(|word| *word != NO_WORD)?;
        Some(self.numbered(&self.measured, word))
    }

    fn numbered(&self, numbers: &[u32], word: u32) -> usize {
        let at = usize::try_from(word).unwrap_or(usize::MAX);
        numbers.get(at).and_then(|number| usize::try_from(*number).ok()).unwrap_or(0)
    }

    /// The odd rows among these.
    pub fn has_odd(&self, rows: Range<usize>) -> bool {
        let at = |row: &u32| usize::try_from(*row).unwrap_or(usize::MAX);
        let first = self.odd.partition_point(|row| at(row) < rows.start);
        self.odd.get(first).is_some_and(|row| at(row) < rows.end)
    }

    fn line(&self, row: usize) -> LineRow {
        let at = |list: &[u32]| list.get(row).and_then(|it| usize::try_from(*it).ok());
        let number = self.numbers.as_ref().map_or(Some(row), |numbers| at(numbers)).unwrap_or(row);
        LineRow {
            number: self.first.saturating_add(number),
            offset: self.begins.saturating_add(at(&self.offsets).unwrap_or(0)),
        }
    }
}

impl Values {
    /// Adds a number; `None` if it does not fit the scale of the others, or they not its own.
    fn push(&mut self, number: i64, decimals: u32) -> Option<()> {
        if decimals == self.decimals {
            self.of.push(number);
            return Some(());
        }
        if decimals > self.decimals {
            let factor = 10_i64.checked_pow(decimals.saturating_sub(self.decimals))?;
            let scaled = |value: &i64| if *value == NO_VALUE { Some(NO_VALUE) } else { value.checked_mul(factor) };
            self.of = self.of.iter().map(scaled).collect::<Option<_>>()?;
            self.decimals = decimals;
        }
        let factor = 10_i64.checked_pow(self.decimals.saturating_sub(decimals))?;
        self.of.push(number.checked_mul(factor)?);
        Some(())
    }
}

impl<'t> Columns<'t> {
    /// The table of an article as columns, if it is as plain as that.
    pub(in crate::claim) fn of(
        opened: &Opened,
        heading: &Heading,
        vocabulary: &Vocabulary,
        sources: &'t Sources,
        jobs: NonZeroUsize,
    ) -> Option<Self> {
        let mut measures: Vec<String> = Vec::new();
        let mut times = Times::new(&heading.article.context);
        let mut files = Vec::new();
        for (file, at) in opened.files.iter().zip(0..) {
            // Rows are called after their file, so that two files of one name may have rows of one name.
            if opened.files.iter().skip(at).skip(1).any(|other| other.name == file.name) {
                return None;
            }
            let lines = Lines::of(sources, file.file, file.format)?;
            let plan = Plan::of(&opened.mapping, heading, &lines, vocabulary, &mut times, &mut measures)?;
            files.push(Source { name: file.name.clone(), lines, plan });
        }
        let first = files.first()?.plan.clone();
        if files.iter().any(|file| !file.plan.is_like(&first)) {
            return None;
        }
        let blocks = loop {
            let mut blocks = Vec::new();
            for (at, file) in files.iter().enumerate() {
                blocks.extend(read_file(at, file, jobs, &mut times, &mut measures)?);
            }
            // A dimension that some row leaves open does not tell groups apart anywhere, so that all are told apart anew.
            let is_open = |at: usize| blocks.iter().any(|block| block.open.get(at).copied().unwrap_or(true));
            let opened: Vec<bool> = (0..first.dimensions.len()).map(is_open).collect();
            let mut is_settled = true;
            for file in &mut files {
                for (dimension, _) in file.plan.dimensions.iter_mut().zip(&opened).filter(|(_, is_open)| **is_open) {
                    is_settled &= !dimension.separates;
                    dimension.separates = false;
                }
            }
            if is_settled {
                break blocks;
            }
        };
        let names = files.first().map_or(Names::Numbers, |file| file.plan.names());
        let (figures, dates, texts) = (first.figures(), first.dates(), first.texts());
        let article = heading.article.id.clone();
        let mut columns = Self { article, files, figures, dates, texts, measures, times: times.list, blocks, names };
        columns.scale()?;
        if names == Names::Hashed {
            columns.tell_apart();
        }
        Some(columns)
    }

    /// Makes rows odd that may be called the same.
    fn tell_apart(&mut self) {
        let mut names: Vec<(u64, RowAt)> = Vec::new();
        for (block, found) in self.blocks.iter_mut().enumerate() {
            let own = std::mem::take(&mut found.names).into_iter().enumerate();
            names.extend(own.map(|(row, name)| (name, RowAt { block, row })));
        }
        names.sort_unstable();
        for run in names.chunk_by(|one, next| one.0 == next.0).filter(|run| run.len() > 1) {
            for (_, at) in run {
                if let Some(block) = self.blocks.get_mut(at.block) {
                    block.odd.extend(u32::try_from(at.row));
                }
            }
        }
        for block in &mut self.blocks {
            block.odd.sort_unstable();
            block.odd.dedup();
        }
    }

    /// Scales every column alike in all its blocks.
    fn scale(&mut self) -> Option<()> {
        for at in 0..self.figures.len() {
            let of_blocks = self.blocks.iter().filter_map(|block| block.values.get(at));
            let decimals = of_blocks.map(|values| values.decimals).max().unwrap_or(0);
            for values in self.blocks.iter_mut().filter_map(|block| block.values.get_mut(at)) {
                let factor = 10_i64.checked_pow(decimals.saturating_sub(values.decimals))?;
                for value in values.of.iter_mut().filter(|value| factor > 1 && **value != NO_VALUE) {
                    *value = value.checked_mul(factor)?;
                }
                values.decimals = decimals;
            }
        }
        Some(())
    }

    /// The id of the article.
    pub fn article(&self) -> &str {
        &self.article
    }

    /// Whether each row is a record.
    pub fn is_wide(&self) -> bool {
        self.files.first().is_some_and(|file| file.plan.is_wide())
    }

    /// The names of the files without folder and ending.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// By how many powers of ten a column is scaled.
    pub fn decimals(&self, figure: usize) -> u32 {
        self.blocks.first().and_then(|block| block.values.get(figure)).map_or(0, |values| values.decimals)
    }

    /// The rows of each file that are to be read as claims.
    pub fn records(&self, kept: &[RowAt]) -> Vec<Records> {
        let of_file = |(at, file): (usize, &Source<'_>)| {
            let blocks = kept.iter().filter_map(|row| Some((self.blocks.get(row.block)?, row.row)));
            let rows: Vec<LineRow> =
                blocks.filter(|(block, _)| block.file == at).map(|(block, row)| block.line(row)).collect();
            file.lines.records(&rows)
        };
        self.files.iter().enumerate().map(of_file).collect()
    }

    /// The claim that a row states in a column (or at all, where each row is one): its id, and where it stands.
    pub fn claim(&self, at: RowAt, column: &str) -> Option<(String, Span)> {
        let block = self.blocks.get(at.block)?;
        let file = self.files.get(block.file)?;
        let line = block.line(at.row);
        let cells: Vec<_> = file.lines.cells(line.offset).collect();
        let span = cells.get(file.lines.column(column)?)?.span;
        let record = file.plan.called(&file.name, line.number, &cells);
        let name = if file.plan.is_wide() { in_record(&record, column) } else { record };
        Some((format!("{}/{name}", self.article), span))
    }
}

/// Reads the rows of a file.
fn read_file(
    at: usize,
    file: &Source<'_>,
    jobs: NonZeroUsize,
    times: &mut Times<'_>,
    measures: &mut Vec<String>,
) -> Option<Vec<Block>> {
    let pieces = file.lines.pieces(PIECE);
    let one = |at: usize| read(&file.lines, &file.plan, pieces.get(at)?.clone());
    let found: Option<Vec<_>> = in_parallel(pieces.len(), jobs, &one).into_iter().collect();
    let mut first = 0_usize;
    let numbered = found?.into_iter().zip(&pieces).map(|((mut block, words), piece)| {
        (block.file, block.first, block.begins) = (at, first, piece.start);
        first = first.saturating_add(block.all);
        block.words = words.times.iter().map(|(column, word)| times.word(&file.plan, *column, word)).collect();
        block.measured = words.measures.iter().map(|name| numbered(measures, name)).collect();
        block
    });
    Some(numbered.collect())
}

/// The number of a name in a list, to which it is added if it is new.
fn numbered(names: &mut Vec<String>, name: &str) -> u32 {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len().saturating_sub(1)
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}
