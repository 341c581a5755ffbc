//! One row of a table: its cells by the names of their columns.

use super::{Fixed, From, Mapping, OpenedFile};
use crate::source::{InputError, Sources, Spanned};

/// A row of a file.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) file: &'a OpenedFile,
    pub(super) sources: &'a Sources,
    /// Its place among the rows.
    pub(super) at: usize,
}

impl<'a> Row<'a> {
    /// Its number, from 1, the line that names the columns left out.
    pub(super) fn number(self) -> usize {
        self.file.records.number(self.at).saturating_add(1)
    }

    /// The text of a cell and where it stands; `None` if the row has no such cell.
    pub(super) fn cell(self, column: &str) -> Option<Spanned<&'a str>> {
        let records = &self.file.records;
        records.cell(self.sources, self.at, records.column(column)?)
    }

    /// What the row says, or the whole table; `None` if it says nothing.
    pub(super) fn said(self, from: &From) -> Option<Spanned<String>> {
        match from {
            From::Fixed(text) => Some(text.clone()),
            From::Column { name, said, missing } => {
                let cell = self.cell(&name.value)?;
                if cell.value.is_empty() || missing.iter().any(|it| it == cell.value) {
                    return None;
                }
                let text = said.as_ref().map_or_else(|| cell.value.to_owned(), |it| it.value.replace("{}", cell.value));
                Some(Spanned::new(text, cell.span))
            }
        }
    }

    /// Whether the row is left out.
    pub(super) fn is_skipped(self, mapping: &Mapping) -> bool {
        mapping.skip.as_ref().is_some_and(|skip| {
            let cell = self.cell(&skip.column.value).map_or("", |cell| cell.value);
            skip.values.iter().any(|value| value == cell)
        })
    }

    /// An error at a cell, or at the row if there is none.
    pub(super) fn fault(self, column: Option<&str>, message: &str) -> InputError {
        let cell = column.and_then(|column| self.cell(column));
        let place = cell.map_or_else(|| self.file.records.place(self.at), |cell| cell.span);
        InputError::at(place, format!("{message} (row {})", self.number()))
    }
}

impl From {
    /// The column that says it, if one does.
    pub(super) fn name(&self) -> Option<&Spanned<String>> {
        match self {
            Self::Fixed(_) => None,
            Self::Column { name, .. } => Some(name),
        }
    }

    /// Its name.
    pub(super) fn column(&self) -> Option<&str> {
        self.name().map(|name| name.value.as_str())
    }
}

impl Fixed {
    /// Whether the claims of a column are never given up.
    pub(super) fn holds(&self, column: &str) -> bool {
        match self {
            Self::All(all) => *all,
            Self::Columns(columns) => columns.iter().any(|it| it.value == column),
        }
    }
}
