//! The columns of record rules: what each must hold, by how the rules of its table use it.
//!
//! Only the table says whether a column holds figures or texts. But a column that one rule adds up and another compares
//! with a text cannot be both, so that one of the two is a slip, which is found without the table.

use super::EditSet;
use crate::expr::{Comparison, Expr, ExprKind, Name, Names, Type};
use crate::source::{InputError, InputErrors, Span};
use std::collections::BTreeMap;

/// The names of a record rule: the columns of a table that is not read yet.
pub(super) struct Columns;

impl Names for Columns {
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)> {
        match name.fields.first() {
            None => Ok(Type::Column),
            Some(field) => Err((
                format!("a column has no fields, and `{field}` is one"),
                Some(format!("if the column is named so, put the whole name into backticks: `{}.{field}`", name.base)),
            )),
        }
    }

    fn measure(&self, _: &str) -> Result<(), (String, Option<String>)> {
        Err((
            "a record rule relates the columns of one line".to_owned(),
            Some("to look up other figures, write a [rule.ID] of the kind \"relation\"".to_owned()),
        ))
    }
}

/// What a column holds, and where that is said first.
type Known<'a> = BTreeMap<&'a str, (Type, Span)>;

/// Reports columns of a table that are used as figures in one place and as texts in another. `sets` are all that is said
/// of that one table.
pub(super) fn hold_to_one_type(sets: &[&EditSet], errors: &mut InputErrors) {
    let mut uses = Vec::new();
    let mut alike = Vec::new();
    for node in sets.iter().flat_map(|set| &set.edits).flat_map(|(_, expression)| expression.root.walk()) {
        read(node, &mut uses, &mut alike);
    }
    let mut known: Known<'_> = BTreeMap::new();
    let mut told = Vec::new();
    for (column, found, span) in uses {
        note(column, found, span, &mut known, &mut told, errors);
    }
    // Columns that are compared with each other hold the same. Each pass tells at least one more column, or is the last; one
    // slip spoils all that hang together, and is told once.
    while told.is_empty() {
        let before = known.len();
        for (one, other) in &alike {
            for ((from, _), (to, at)) in [(one, other), (other, one)] {
                if let (Some((found, _)), true) = (known.get(from).copied(), told.is_empty()) {
                    note(to, found, *at, &mut known, &mut told, errors);
                }
            }
        }
        if known.len() == before {
            return;
        }
    }
}

/// Notes what a column holds; that it holds something else elsewhere is reported once.
fn note<'a>(
    column: &'a str,
    found: Type,
    span: Span,
    known: &mut Known<'a>,
    told: &mut Vec<&'a str>,
    errors: &mut InputErrors,
) {
    let (first, at) = *known.entry(column).or_insert((found, span));
    if first == found || told.contains(&column) {
        return;
    }
    told.push(column);
    let words = |found: Type| if found == Type::Text { "a text" } else { "a number" };
    let message = format!("the column `{column}` is {} here, and {} elsewhere", words(found), words(first));
    let error = InputError::at(span, message).also(at, words(first));
    errors.push(error.help("a column holds either figures or texts"));
}

type At<'a> = (&'a str, Span);

/// What a node says of the columns right below it.
fn read<'a>(node: &'a Expr, uses: &mut Vec<(&'a str, Type, Span)>, alike: &mut Vec<(At<'a>, At<'a>)>) {
    match &node.kind {
        ExprKind::Negative(_) | ExprKind::Binary(..) | ExprKind::Change(..) | ExprKind::Aggregate(..) => {
            let below = node.children().into_iter().filter_map(column);
            uses.extend(below.map(|(name, span)| (name, Type::Number, span)));
        }
        ExprKind::Compare(first, chain) => {
            let mut left: &Expr = first;
            for (comparison, right) in chain {
                let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                match (column(left), column(right)) {
                    (Some(one), Some(other)) if ordered => {
                        uses.extend([one, other].map(|(name, span)| (name, Type::Number, span)));
                    }
                    (Some(one), Some(other)) => alike.push((one, other)),
                    (Some((name, span)), None) => uses.push((name, held(right), span)),
                    (None, Some((name, span))) => uses.push((name, held(left), span)),
                    (None, None) => {}
                }
                left = right;
            }
        }
        _ => {}
    }
}

/// What is compared with a node that is no column.
fn held(node: &Expr) -> Type {
    if matches!(node.kind, ExprKind::Text(_)) { Type::Text } else { Type::Number }
}

fn column(node: &Expr) -> Option<At<'_>> {
    match &node.kind {
        ExprKind::Name(name) => Some((&name.base, node.span)),
        _ => None,
    }
}
