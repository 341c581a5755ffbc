//! Tables of claims: `[[table]]` in a claim file, and the rows of the files that it names.
//!
//! In: what a `[[table]]` says of files and columns ([`Mapping`]), and the rows of those files. Out: the claims that the
//! rows state, one a row (`long`) or one a column of each row (`wide`), as if each had been written by hand: with the
//! cell as its value and its place. The table belongs to the article of its claim file and takes from it the source, the
//! scope, the dateline and the conventions that it does not state itself.

mod cells;
mod columns;
mod files;
mod mapping;
mod row;
mod rows;

pub(crate) use columns::{
    Block, Cells, Columns, FigureColumn, NO_DAY, NO_VALUE, Names, RowAt, Run, Sieve, Sifted, Time,
};
pub use columns::{Says, Settled, Untouched, UntouchedClaim};
pub(super) use mapping::KEYS;
pub(crate) use rows::names_of_columns;

use crate::number::ReadingPolicy;
use crate::source::records::{Format, Records};
use crate::source::{FileId, Spanned};

/// What a `[[table]]` says.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    /// The files, as they are named: a path or a pattern each.
    files: Vec<Spanned<String>>,
    /// How they are written, if the endings of their names do not say so.
    format: Option<Format>,
    layout: Layout,
    values: Values,
    when: Option<From>,
    scope: Vec<(Spanned<String>, From)>,
    source: Option<From>,
    unit: Option<From>,
    of: Option<Spanned<String>>,
    whole: Option<Spanned<String>>,
    /// The columns that name a row.
    key: Vec<Spanned<String>>,
    /// The column that says what the claims of a row weigh in repairs.
    weight: Option<Spanned<String>>,
    fixed: Fixed,
    skip: Option<Skip>,
}

/// How claims lie in the rows.
#[derive(Clone, Debug)]
enum Layout {
    /// A claim a row: its measure, and the column of its value.
    Long { measure: From, value: Spanned<String> },
    /// A record a row: a claim for each of these columns.
    Wide {
        /// The columns that hold figures; if it is not said which, all that nothing else names.
        figures: Option<Vec<Figure>>,
        /// The columns that hold dates of events.
        dates: Vec<Spanned<String>>,
        /// The columns that hold texts.
        texts: Vec<Spanned<String>>,
    },
}

/// A column of figures.
#[derive(Clone, Debug)]
struct Figure {
    column: Spanned<String>,
    measure: Spanned<String>,
    when: Option<From>,
    unit: Option<From>,
    values: Option<Values>,
}

/// How the cells of figures are read.
#[derive(Clone, Debug)]
struct Values {
    /// What stands for no value.
    missing: Vec<String>,
    policy: ReadingPolicy,
    /// The column that says to how many decimals a figure is rounded.
    digits: Option<Spanned<String>>,
}

/// Where something is said: for the whole table, or in a column.
#[derive(Clone, Debug)]
enum From {
    Fixed(Spanned<String>),
    Column {
        name: Spanned<String>,
        /// A text in which `{}` stands for the cell: `through {}`.
        said: Option<Spanned<String>>,
        /// What stands for saying nothing, besides an empty cell.
        missing: Vec<String>,
    },
}

/// Which claims are never given up in repairs.
#[derive(Clone, Debug)]
enum Fixed {
    All(bool),
    /// Those of these columns.
    Columns(Vec<Spanned<String>>),
}

/// Which rows are left out.
#[derive(Clone, Debug)]
struct Skip {
    column: Spanned<String>,
    values: Vec<String>,
}

/// A table with the files that it names.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    mapping: Mapping,
    files: Vec<NamedFile>,
}

/// One file of a table, taken in.
#[derive(Clone, Debug)]
struct NamedFile {
    /// The stem of its name, by which its rows are called.
    name: String,
    file: FileId,
    format: Format,
}

/// A table with the rows of its files that are read as claims.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    mapping: Mapping,
    files: Vec<OpenedFile>,
}

impl Opened {
    /// What its rows are called after.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }
}

impl Filled {
    /// The files of its rows.
    pub(super) fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.iter().map(|it| it.file)
    }
}

/// One file of a table, read.
#[derive(Clone, Debug)]
struct OpenedFile {
    name: String,
    file: FileId,
    records: Records,
}
