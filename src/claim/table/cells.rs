//! The claim of one cell: a figure, the date of an event, or a text.

use super::Values;
use super::mapping::to_decimals;
use super::row::Row;
use crate::calendar::read_date;
use crate::claim::ArticleId;
use crate::claim::figure::{ReadClaim, Reader, Terms, undated};
use crate::claim::model::{Claim, Detail, EventClaim, Kind, Mention, TextClaim};
use crate::claim::value::read_stated;
use crate::number::ReadingPolicy;
use crate::source::document::{Value, ValueKind};
use crate::source::{InputError, Span, Spanned};

/// The most decimals that a cell may say a figure is rounded to.
const MOST_DECIMALS: i32 = 30;
/// So many characters of a cell are repeated in a hint.
const SHOWN: usize = 20;

impl Reader<'_> {
    /// The figure of a cell; none if it says that there is no value.
    pub(super) fn figure_of(
        &mut self,
        name: &str,
        measure: &Spanned<String>,
        column: &Spanned<String>,
        values: &Values,
        mut terms: Terms,
        row: Row<'_>,
    ) -> Vec<ReadClaim> {
        let Some(cell) = self.cell_of(column, values, row) else { return Vec::new() };
        let Some(policy) = self.policy_of(values, row) else { return Vec::new() };
        terms.detail.policy = policy.or(&self.heading.policy);
        let before = self.errors.0.len();
        let value = Value { kind: ValueKind::Text(cell.value.to_owned()), span: cell.span };
        let manner = self.manner(name, &measure.value, &terms, &terms.detail.policy);
        let stated = read_stated(Some(&value), &[], manner, self.sources, self.errors);
        let shown: String = cell.value.chars().take(SHOWN).collect();
        for error in self.errors.0.iter_mut().skip(before) {
            let help = format!("write a figure; or say that it stands for no value: missing = [\"{shown}\"]");
            *error = fault(cell.span, &error.message, column, row).help(help);
        }
        let id = Spanned::new(name.to_owned(), cell.span);
        stated.map(|stated| self.claims(&id, measure, &terms, stated)).unwrap_or_default()
    }

    /// The text of a cell that states something; `None` if it says that there is nothing, or is empty.
    pub(super) fn cell_of<'r>(
        &mut self,
        column: &Spanned<String>,
        values: &Values,
        row: Row<'r>,
    ) -> Option<Spanned<&'r str>> {
        let cell = row.cell(&column.value).filter(|cell| !values.missing.iter().any(|it| it == cell.value))?;
        if cell.value.is_empty() {
            let error = fault(cell.span, "this cell is empty", column, row);
            self.errors.push(error.help("list what stands for no value: missing = [\"\"]"));
            return None;
        }
        Some(cell)
    }

    /// How the digits of a row's figures are taken. `None` if a column that says it does not.
    fn policy_of(&mut self, values: &Values, row: Row<'_>) -> Option<ReadingPolicy> {
        let Some(named) = &values.digits else { return Some(values.policy.clone()) };
        let decimals = row.cell(&named.value).and_then(|cell| cell.value.parse::<i32>().ok());
        let decimals = decimals.filter(|it| it.checked_abs().is_some_and(|size| size <= MOST_DECIMALS));
        if decimals.is_none() {
            let error = row.fault(Some(&named.value), "this is no number of decimals");
            self.errors.push(error.help("1 is one decimal, 0 whole numbers, -2 the nearest hundred"));
        }
        decimals.map(|decimals| to_decimals(&values.policy, decimals))
    }

    /// The event of a cell that holds a date.
    pub(super) fn event_of(
        &mut self,
        name: &str,
        cell: Spanned<&str>,
        column: &Spanned<String>,
        terms: &Terms,
        row: Row<'_>,
    ) -> Option<ReadClaim> {
        let said = Spanned::new(cell.value.to_owned(), cell.span);
        match read_date(&said.value, &self.heading.article.context) {
            Ok(days) => {
                let on = Some(Spanned::new(days, said.span));
                let kind = Kind::Event(EventClaim { on, scope: terms.scope.clone() });
                Some(self.unmeasured_of(name, said, kind, terms))
            }
            Err(error) => {
                let error = undated(&said, &error);
                let InputError { message, .. } = fault(said.span, &error.message, column, row);
                self.errors.push(InputError { message, ..error });
                None
            }
        }
    }

    /// The text of a cell.
    pub(super) fn text_of(&mut self, name: &str, cell: Spanned<&str>, terms: &Terms) -> ReadClaim {
        let said = Spanned::new(cell.value.to_owned(), cell.span);
        let about = Spanned::new(format!("{}/{name}", self.heading.article.id), said.span);
        self.unmeasured_of(name, said.clone(), Kind::Text(TextClaim { about, says: said }), terms)
    }

    fn unmeasured_of(&self, name: &str, said: Spanned<String>, kind: Kind, terms: &Terms) -> ReadClaim {
        ReadClaim {
            claim: Claim {
                id: format!("{}/{name}", self.heading.article.id),
                name: name.to_owned(),
                span: said.span,
                article: ArticleId(0),
                source: terms.source.clone(),
                kind,
                mentions: vec![Mention { span: said.span, quote: None, in_draft: None, words: said.value }],
                superseded_by: None,
            },
            detail: Detail { confidence: terms.detail.confidence.clone(), ..Detail::default() },
            figures: vec![None],
            issues: Vec::new(),
            supersedes: Vec::new(),
        }
    }
}

/// What is wrong with a cell.
fn fault(at: Span, message: &str, column: &Spanned<String>, row: Row<'_>) -> InputError {
    InputError::at(at, format!("{message} (row {}, column `{}`)", row.number(), column.value))
}
