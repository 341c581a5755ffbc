//! The claims that the rows of a table state.
//!
//! A row is read as a claim of a claim file would be: the same words for figures, times and members, with the same faults.
//! What is wrong stands at its cell, with the row and the column; of many faults in one file the first few are shown.

use super::row::Row;
use super::{Figure, Filled, Fixed, From, Layout, Mapping, OpenedFile};
use crate::calendar::{Alternatives, When};
use crate::claim::article::as_member;
use crate::claim::declare::unit;
use crate::claim::figure::{ReadClaim, Reader, Terms};
use crate::claim::model::{Detail, Share};
use crate::claim::{ArticleId, Holds, Member, RecordTable, Scope, in_record};
use crate::number::{Rational, Unit};
use crate::source::document::nearest;
use crate::source::records::Faults;
use crate::source::{InputError, Span, Spanned};
use std::collections::HashMap;

/// So many columns of a table are named where one is not there.
const SHOWN_COLUMNS: usize = 12;

/// The member that stands for all.
const ALL: &str = "*";
/// What a slash is in the key of a record, which is a name and no path: U+2215, the division slash.
const LITERAL_SLASH: &str = "\u{2215}";

/// What rows of one file have said so far.
#[derive(Default)]
struct Seen {
    /// Each wording of a time, read once.
    times: HashMap<String, Alternatives<When>>,
    /// Each key, and where it stands first.
    keys: HashMap<String, Span>,
}

impl Reader<'_> {
    /// The claims of every row of every table, and the records of those in which each row is one.
    pub(in crate::claim) fn tables(&mut self, tables: &[Filled]) -> (Vec<ReadClaim>, Vec<RecordTable>) {
        let (mut claims, mut records) = (Vec::new(), Vec::new());
        for table in tables {
            for file in table.files.iter().filter(|file| self.has_columns(&table.mapping, file)).collect::<Vec<_>>() {
                let figures = table.mapping.figures(file.records.columns());
                let names = self.file(&table.mapping, &figures, file, &mut claims);
                let name = file.name.clone();
                records.extend(table.mapping.record_columns(&figures).map(|columns| RecordTable {
                    name,
                    article: ArticleId(0),
                    columns,
                    records: names,
                }));
            }
        }
        (claims, records)
    }

    /// Reads the rows of a file, of which these columns hold figures if a row is a record. Gives what they are called.
    fn file(
        &mut self,
        mapping: &Mapping,
        figures: &[Figure],
        file: &OpenedFile,
        claims: &mut Vec<ReadClaim>,
    ) -> Vec<String> {
        let mut names = Vec::new();
        let (mut faults, mut seen) = (Faults::default(), Seen::default());
        for at in 0..file.records.len() {
            let row = Row { file, sources: self.sources, at };
            let before = self.errors.0.len();
            if !row.is_skipped(mapping)
                && let Some(name) = self.name(mapping, row, &mut seen)
            {
                claims.extend(self.row(mapping, figures, row, &name, &mut seen));
                names.push(name);
            }
            self.errors.0.drain(before..).for_each(|error| faults.push(error));
        }
        faults.report(file.file, self.errors);
        names
    }

    /// Whether a file has all columns that are named; those that it does not have are reported.
    fn has_columns(&mut self, mapping: &Mapping, file: &OpenedFile) -> bool {
        let before = self.errors.0.len();
        let there = || file.records.columns().iter().map(|it| it.value.as_str());
        let mut missing: Vec<&Spanned<String>> = Vec::new();
        for named in mapping.columns().into_iter().filter(|named| file.records.column(&named.value).is_none()) {
            if missing.iter().any(|known| known.value == named.value) {
                continue;
            }
            missing.push(named);
            let path = self.sources.path(file.file);
            let error = InputError::at(named.span, format!("`{path}` has no column `{}`", named.value));
            self.errors.push(match nearest(&named.value, there()) {
                Some(near) => error.label(format!("did you mean `{near}`?")),
                None => error.help(format!("its columns are {}", names_of_columns(there()))),
            });
        }
        self.errors.0.len() == before
    }

    fn row(
        &mut self,
        mapping: &Mapping,
        figures: &[Figure],
        row: Row<'_>,
        name: &str,
        seen: &mut Seen,
    ) -> Vec<ReadClaim> {
        let faults = self.errors.0.len();
        let terms = self.terms_of(mapping, row, seen);
        if self.errors.0.len() > faults {
            return Vec::new();
        }
        match &mapping.layout {
            Layout::Long { measure, value } => {
                let Some(measure) = row.said(measure) else {
                    self.errors.push(row.fault(measure.column(), "this row does not say what it measures"));
                    return Vec::new();
                };
                let terms = fixed(&terms, matches!(mapping.fixed, Fixed::All(true)));
                self.figure_of(name, &measure, value, &mapping.values, terms, row)
            }
            Layout::Wide { dates, texts, .. } => {
                let mut claims = Vec::new();
                for figure in figures {
                    let mut terms = fixed(&terms, mapping.fixed.holds(&figure.column.value));
                    if let Some(when) = &figure.when {
                        terms.when = self.time(when, row, seen);
                    }
                    if let Some(said) = &figure.unit {
                        terms.unit = unit_in(said, row);
                    }
                    let values = figure.values.as_ref().unwrap_or(&mapping.values);
                    let id = in_record(name, &figure.column.value);
                    claims.extend(self.figure_of(&id, &figure.measure, &figure.column, values, terms, row));
                }
                for column in dates {
                    let cell = self.cell_of(column, &mapping.values, row);
                    let id = in_record(name, &column.value);
                    claims.extend(cell.and_then(|cell| self.event_of(&id, cell, column, &terms, row)));
                }
                for column in texts {
                    let cell = self.cell_of(column, &mapping.values, row);
                    claims.extend(cell.map(|cell| self.text_of(&in_record(name, &column.value), cell, &terms)));
                }
                claims
            }
        }
    }

    /// What a row is called: `figures[KR-11,2025-03]`. `None` if its key is missing, or is that of another row.
    fn name(&mut self, mapping: &Mapping, row: Row<'_>, seen: &mut Seen) -> Option<String> {
        let mut parts = Vec::with_capacity(mapping.key.len());
        let mut place: Option<Span> = None;
        for column in &mapping.key {
            let Some(cell) = row.cell(&column.value).filter(|cell| !cell.value.is_empty()) else {
                let message = format!("this row has no `{}`, which is part of its key", column.value);
                self.errors.push(row.fault(Some(&column.value), &message));
                return None;
            };
            if cell.value.contains(['`', '\n', '\r']) {
                self.errors.push(InputError::at(cell.span, "a key has no backtick and no line break in it"));
                return None;
            }
            place = place.or(Some(cell.span));
            parts.push(cell.value);
        }
        let Some(place) = place else { return Some(format!("{}[{}]", row.file.name, row.number())) };
        let key = parts.join(",");
        if let Some(first) = seen.keys.get(&key) {
            let error = InputError::at(place, format!("a second row has the key `{key}` (row {})", row.number()));
            let help = "leave one of the two out, or add a column to `key` that tells them apart";
            self.errors.push(error.also(*first, "the first").help(help));
            return None;
        }
        let name = format!("{}[{key}]", row.file.name);
        seen.keys.insert(key, place);
        Some(name)
    }

    /// What the cells of a row say, but for measures and values.
    fn terms_of(&mut self, mapping: &Mapping, row: Row<'_>, seen: &mut Seen) -> Terms {
        let mut scope = self.heading.scope.clone();
        for (dimension, from) in &mapping.scope {
            self.place_in(&mut scope, &dimension.value, row.said(from));
        }
        // What tells the records of a wide table apart belongs to their scope.
        if matches!(mapping.layout, Layout::Wide { .. }) {
            let said = mapping.scope.iter().map(|(_, from)| from).chain(&mapping.when);
            let used: Vec<&str> = said.filter_map(From::column).collect();
            for column in mapping.key.iter().filter(|column| !used.contains(&column.value.as_str())) {
                let Some(cell) = row.cell(&column.value) else { continue };
                if cell.value == ALL {
                    let error = row.fault(Some(&column.value), "`*` stands for all, and is the key of no record");
                    let name = &column.value;
                    self.errors.push(
                        error.help(format!("if it is a total: scope = {{ {name} = {{ column = \"{name}\" }} }}")),
                    );
                    continue;
                }
                // A key is no path: record 7/1 does not lie within record 7.
                scope.0.insert(column.value.clone(), Member::Path(cell.value.replace('/', LITERAL_SLASH)));
            }
        }
        let share = Share { of: mapping.of.clone(), whole: mapping.whole.clone() };
        let source = mapping.source.as_ref().and_then(|from| row.said(from));
        Terms {
            when: mapping.when.as_ref().and_then(|when| self.time(when, row, seen)),
            scope,
            source: source.map(|it| it.value).or_else(|| self.heading.source.clone()),
            unit: mapping.unit.as_ref().and_then(|from| unit_in(from, row)),
            is: None,
            share: (share.of.is_some() || share.whole.is_some()).then_some(share),
            detail: Detail { confidence: self.weight(mapping, row), ..Detail::default() },
            supersedes: Vec::new(),
        }
    }

    fn place_in(&mut self, scope: &mut Scope, dimension: &str, said: Option<Spanned<String>>) {
        let Some(said) = said else { return };
        match as_member(&said.value) {
            Some(member) => drop(scope.0.insert(dimension.to_owned(), member)),
            None => {
                let error = InputError::at(said.span, format!("`{}` is not a member of `{dimension}`", said.value));
                self.errors.push(error.help("write a name, a path such as \"KH/Mondulkiri\", or \"*\" for all"));
            }
        }
    }

    /// The time that a row says.
    fn time(&mut self, from: &From, row: Row<'_>, seen: &mut Seen) -> Option<Spanned<Alternatives<When>>> {
        let said = row.said(from)?;
        if let Some(known) = seen.times.get(&said.value) {
            return Some(Spanned::new(known.clone(), said.span));
        }
        let read = self.when(&said)?;
        seen.times.insert(said.value, read.value.clone());
        Some(read)
    }

    fn weight(&mut self, mapping: &Mapping, row: Row<'_>) -> Option<Rational> {
        let cell = row.cell(&mapping.weight.as_ref()?.value).filter(|cell| !cell.value.is_empty())?;
        let weight = Rational::parse_decimal(cell.value).filter(Rational::is_positive);
        if weight.is_none() {
            let error = InputError::at(cell.span, format!("`{}` is no weight (row {})", cell.value, row.number()));
            self.errors.push(error.help("a weight is a number above 0; leave the cell empty for 1"));
        }
        weight
    }
}

/// Names of columns for people, the first few of them.
pub(crate) fn names_of_columns<'a>(columns: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> =
        columns.take(SHOWN_COLUMNS.saturating_add(1)).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN_COLUMNS {
        names.truncate(SHOWN_COLUMNS);
        names.push("and more".to_owned());
    }
    names.join(", ")
}

fn unit_in(from: &From, row: Row<'_>) -> Option<Spanned<Unit>> {
    row.said(from).map(|said| Spanned::new(unit(&said.value), said.span))
}

/// The same terms for a claim that may or may not be given up.
fn fixed(terms: &Terms, fixed: bool) -> Terms {
    let mut terms = terms.clone();
    terms.detail.fixed = fixed;
    terms
}

impl Mapping {
    /// Every column that is named.
    fn columns(&self) -> Vec<&Spanned<String>> {
        let fixed: &[Spanned<String>] = if let Fixed::Columns(fixed) = &self.fixed { fixed } else { &[] };
        self.used_columns().into_iter().chain(fixed).collect()
    }

    /// The columns that are read of a file; `None` if all are.
    pub(super) fn read_columns(&self) -> Option<Vec<&Spanned<String>>> {
        let reads_all = matches!(self.layout, Layout::Wide { figures: None, .. });
        (!reads_all).then(|| self.columns())
    }

    /// Every column of which it is said what it holds.
    fn used_columns(&self) -> Vec<&Spanned<String>> {
        let mut columns: Vec<&Spanned<String>> = self.key.iter().chain(&self.weight).collect();
        let mut from: Vec<&From> = self.when.iter().chain(&self.source).chain(&self.unit).collect();
        from.extend(self.scope.iter().map(|(_, from)| from));
        let mut digits = self.values.digits.iter().collect::<Vec<_>>();
        match &self.layout {
            Layout::Long { measure, value } => {
                from.push(measure);
                columns.push(value);
            }
            Layout::Wide { figures, dates, texts } => {
                columns.extend(dates.iter().chain(texts));
                for figure in figures.iter().flatten() {
                    columns.push(&figure.column);
                    from.extend(figure.when.iter().chain(&figure.unit));
                    digits.extend(figure.values.iter().filter_map(|values| values.digits.as_ref()));
                }
            }
        }
        columns.extend(digits);
        columns.extend(from.into_iter().filter_map(From::name));
        columns.extend(self.skip.iter().map(|skip| &skip.column));
        columns
    }

    /// The columns of each record that hold figures; if it is not said which, all that nothing names. None if a row is a
    /// claim.
    pub(super) fn figures(&self, columns: &[Spanned<String>]) -> Vec<Figure> {
        match &self.layout {
            Layout::Wide { figures: Some(figures), .. } => return figures.clone(),
            Layout::Long { .. } => return Vec::new(),
            Layout::Wide { figures: None, .. } => {}
        }
        let named = self.used_columns();
        let others = columns.iter().filter(|it| !named.iter().any(|named| named.value == it.value));
        let figure = |column: &Spanned<String>| Figure {
            column: column.clone(),
            measure: column.clone(),
            when: None,
            unit: None,
            values: None,
        };
        others.map(figure).collect()
    }

    /// What the columns of each record hold; `None` if a row is a claim.
    fn record_columns(&self, figures: &[Figure]) -> Option<Vec<(String, Holds)>> {
        let Layout::Wide { dates, texts, .. } = &self.layout else { return None };
        let figures = figures.iter().map(|figure| (figure.column.value.clone(), Holds::Figures));
        let others = |columns: &[Spanned<String>], holds: Holds| -> Vec<(String, Holds)> {
            columns.iter().map(|column| (column.value.clone(), holds)).collect()
        };
        Some(figures.chain(others(dates, Holds::Dates)).chain(others(texts, Holds::Texts)).collect())
    }
}
