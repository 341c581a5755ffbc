//! The formulas of record rules: one theory for each table, over the columns of one line.
//!
//! Only the table says what its columns hold, so that a column may be anything; one that is compared with a text holds texts.

use super::look::Look;
use super::relations::conditions_in;
use super::theory::{About, Condition, Kind, Rule, Sentence, Theory, Unknown, anything};
use super::translate::{Named, Said, Surroundings, Translator};
use crate::expr::Expression;
use crate::rule::{EditSet, Rules};
use crate::source::{Severity, Spanned};
use std::collections::BTreeMap;

/// The theories of all tables. What has no formula is noted.
pub(super) fn theories(rules: &Rules, look: &mut Look) -> Vec<Theory> {
    let mut tables: BTreeMap<&str, Vec<&EditSet>> = BTreeMap::new();
    for set in &rules.edits {
        tables.entry(&set.table.value).or_default().push(set);
    }
    tables.into_iter().map(|(table, sets)| theory(table, &sets, look)).collect()
}

fn theory(table: &str, sets: &[&EditSet], look: &mut Look) -> Theory {
    let mut theory = Theory::new(About::Columns);
    let mut columns: Vec<&str> = Vec::new();
    for (_, expression) in sets.iter().flat_map(|set| &set.edits) {
        for (name, _) in expression.root.names() {
            if !columns.contains(&name.base.as_str()) {
                columns.push(&name.base);
            }
        }
    }
    let unknown =
        |column: &&str| Unknown { name: (*column).to_owned(), kind: Kind::Figure, domain: anything(), declared: None };
    let figures: Vec<usize> = columns.iter().map(|column| theory.add(unknown(column))).collect();
    let around = Around { columns: &columns, figures: &figures };
    let mut said = Said::new();
    for (id, expression) in sets.iter().flat_map(|set| &set.edits) {
        match sentence(&mut theory, &mut said, &around, table, id, expression) {
            Some(sentence) => theory.sentences.push(sentence),
            None => {
                let because = "its formula is too rich to be held against others";
                look.not_looked(&format!("{table}/{}", id.value), id.span, because);
            }
        }
    }
    theory
}

fn sentence(
    theory: &mut Theory,
    said: &mut Said,
    around: &Around<'_>,
    table: &str,
    id: &Spanned<String>,
    expression: &Expression,
) -> Option<Sentence> {
    let mut translator = Translator { theory, said, around, own: BTreeMap::new(), names: BTreeMap::new() };
    let formula = translator.formula(&expression.root)?;
    let mut conditions = Vec::new();
    for condition in conditions_in(&expression.root) {
        let formula = translator.formula(condition)?;
        conditions.push(Condition { formula, span: condition.span, words: condition.to_string() });
    }
    let rule = Rule {
        id: format!("{table}/{}", id.value),
        span: expression.span,
        words: expression.text.clone(),
        severity: Severity::Error,
        is_looked_at: true,
    };
    let unknowns = formula.variables();
    Some(Sentence { rule, formula, conditions, names: translator.names, unknowns })
}

/// The columns of a table.
struct Around<'a> {
    columns: &'a [&'a str],
    figures: &'a [usize],
}

impl Surroundings for Around<'_> {
    fn named(&self, base: &str) -> Option<Named> {
        self.columns.iter().position(|column| *column == base).map(Named::Figure)
    }

    fn figure(&self, place: usize) -> Option<usize> {
        self.figures.get(place).copied()
    }
}
