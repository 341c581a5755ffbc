//! Claims that no constraint touches, named late: a report says how many they are and shows a few, and of millions of rows
//! most are never named at all.
//!
//! What is kept of them is which cells they are, and where their rows begin; what a claim is called, and its place, is read
//! from the text of its row when it is asked for.

use super::plan::Plan;
use super::{Block, Columns, FigureColumn, RowAt};
use crate::claim::in_record;
use crate::claim::table::NamedFile;
use crate::source::records::{Format, Lines};
use crate::source::{FileId, Sources, Span};
use std::ops::Range;

/// Rows that follow each other in a block, and the cells that no constraint touches in each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    pub block: usize,
    pub rows: Range<usize>,
    /// A bit for each column: those of figures, then those of dates, then those of texts.
    pub columns: u128,
}

impl Cells {
    /// Adds cells to a list, to its last entry if they go on from there.
    pub fn push(self, list: &mut Vec<Self>) {
        match list.last_mut() {
            Some(last)
                if last.block == self.block && last.columns == self.columns && last.rows.end == self.rows.start =>
            {
                last.rows.end = self.rows.end;
            }
            _ => list.push(self),
        }
    }
}

/// Claims of a table that no constraint touches.
#[derive(Clone, Debug, Default)]
pub struct Untouched {
    article: String,
    files: Vec<Named>,
    blocks: Vec<Block>,
    figures: Vec<FigureColumn>,
    dates: Vec<String>,
    texts: Vec<String>,
    measures: Vec<String>,
    /// Their cells, in the order of their places.
    cells: Vec<Cells>,
    count: usize,
}

/// A file, and how its rows are named.
#[derive(Clone, Debug)]
struct Named {
    name: String,
    file: FileId,
    format: Format,
    plan: Plan,
}

/// A claim that no constraint touches.
#[derive(Clone, Debug)]
pub struct UntouchedClaim<'a> {
    /// Its id.
    pub claim: String,
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub says: Says<'a>,
}

/// What a claim that nothing touches is.
#[derive(Clone, Copy, Debug)]
pub enum Says<'a> {
    /// A figure of this measure.
    Figure(&'a str),
    /// An event.
    Event,
    /// A text.
    Text,
}

impl Untouched {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All of them, in the order of their places, each named as it comes. The sources are those that the table was read
    /// from.
    pub fn iter<'a>(&'a self, sources: &'a Sources) -> impl Iterator<Item = UntouchedClaim<'a>> {
        let lines: Vec<Option<Lines<'a>>> =
            self.files.iter().map(|file| Lines::of(sources, file.file, file.format)).collect();
        let rows = self.cells.iter().flat_map(|cells| cells.rows.clone().map(move |row| (cells, row)));
        rows.flat_map(move |(cells, row)| {
            let at = RowAt { block: cells.block, row };
            self.of_row(&lines, at, cells.columns).unwrap_or_default()
        })
    }

    /// Those of a row, in the order of their cells.
    fn of_row<'a>(&'a self, lines: &[Option<Lines<'a>>], at: RowAt, columns: u128) -> Option<Vec<UntouchedClaim<'a>>> {
        let block = self.blocks.get(at.block)?;
        let (file, lines) = (self.files.get(block.file)?, lines.get(block.file)?.as_ref()?);
        let line = block.line(at.row);
        let row: Vec<_> = lines.cells(line.offset).collect();
        let record = format!("{}/{}", self.article, file.plan.called(&file.name, line.number, &row));
        let figures = self.figures.iter().map(|figure| {
            let measure = figure.measure.or_else(|| block.measure(at.row));
            let measure = measure.and_then(|measure| self.measures.get(measure));
            (&figure.column, Says::Figure(measure.map_or("", String::as_str)))
        });
        let dates = self.dates.iter().map(|column| (column, Says::Event));
        let texts = self.texts.iter().map(|column| (column, Says::Text));
        let all = figures.chain(dates).chain(texts).zip(0_u32..);
        let mut claims: Vec<UntouchedClaim<'a>> = all
            .filter(|(_, bit)| columns.checked_shr(*bit).is_some_and(|rest| rest & 1 == 1))
            .filter_map(|((column, says), _)| {
                let span = row.get(lines.column(column)?)?.span;
                let claim = if file.plan.is_wide() { in_record(&record, column) } else { record.clone() };
                Some(UntouchedClaim { claim, span, says })
            })
            .collect();
        claims.sort_by_key(|it| it.span);
        Some(claims)
    }
}

impl Columns<'_> {
    /// What has to be kept to name the claims of cells, which are given in any order.
    pub(in crate::claim::table) fn untouched(self, mut cells: Vec<Cells>, files: &[NamedFile]) -> Untouched {
        if cells.is_empty() {
            return Untouched::default();
        }
        let place = |it: &Cells| {
            let file = self.blocks.get(it.block).and_then(|block| files.get(block.file));
            (file.map(|file| file.file), it.block, it.rows.start)
        };
        cells.sort_by_key(place);
        let mut joined: Vec<Cells> = Vec::new();
        cells.into_iter().for_each(|it| it.push(&mut joined));
        let claims = |it: &Cells| it.rows.len().saturating_mul(usize::try_from(it.columns.count_ones()).unwrap_or(0));
        let named = files.iter().zip(self.files).map(|(named, source)| Named {
            name: named.name.clone(),
            file: named.file,
            format: named.format,
            plan: source.plan,
        });
        Untouched {
            article: self.article,
            files: named.collect(),
            blocks: self.blocks.into_iter().map(Block::places).collect(),
            figures: self.figures,
            dates: self.dates,
            texts: self.texts,
            measures: self.measures,
            count: joined.iter().fold(0, |sum, it| sum.saturating_add(claims(it))),
            cells: joined,
        }
    }
}

impl Block {
    /// Where its rows are and what they measure, without what they say.
    fn places(self) -> Self {
        let Self { file, first, begins, offsets, numbers, measures, measured, .. } = self;
        Self { file, first, begins, offsets, numbers, measures, measured, ..Self::default() }
    }
}
