//! Record rules meet the tables that they are for: each becomes a check of every record that has all its columns.
//!
//! Only here is it known what a column holds, so that a rule is held against its table once more: a column that is not
//! there, a text that is added up, euros that are compared with dollars in any record are refused before anything runs.

use crate::claim::{Check, Claim, Claims, Holds, Kind, RecordTable, in_record, names_of_columns};
use crate::expr::{self, ExprKind, Expression, LookUp, Name, Names, Type, Units, check_units};
use crate::number::Unit;
use crate::rule::Rules;
use crate::source::document::nearest;
use crate::source::records::Faults;
use crate::source::{InputError, InputErrors, Severity};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the columns of a table hold.
struct Held<'a> {
    types: BTreeMap<&'a str, Type>,
}

/// The claims of one record, by the columns that a rule names.
struct Record<'a>(BTreeMap<&'a str, &'a Claim>);

/// Adds the checks that record rules make of the records of their tables.
pub(super) fn hold_records(claims: &mut Claims, rules: &Rules, errors: &mut InputErrors) {
    let ids: HashMap<&str, &Claim> = claims.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut checks = Vec::new();
    for set in &rules.edits {
        let tables: Vec<&RecordTable> = claims.records.iter().filter(|table| table.name == set.table.value).collect();
        for table in &tables {
            let article = &claims[table.article].id;
            let types = table.columns.iter().map(|(name, holds)| (name.as_str(), type_of(*holds)));
            let held = Held { types: types.collect() };
            let before = if tables.len() == 1 { String::new() } else { format!("{article}/") };
            for (id, expression) in
                set.edits.iter().filter(|(_, it)| fits(table, &held, it, errors)).collect::<Vec<_>>()
            {
                let columns: BTreeSet<&str> = expression.root.names().map(|(name, _)| name.base.as_str()).collect();
                let mut faults = Faults::default();
                let mut file = expression.span.file;
                for record in &table.records {
                    let id_of = |column: &str| format!("{article}/{}", in_record(record, column));
                    let claims = columns.iter().map(|column| Some((*column, *ids.get(id_of(column).as_str())?)));
                    let Some(found) = claims.collect::<Option<_>>().map(Record) else { continue };
                    let mut mixed = InputErrors::default();
                    check_units(expression, &found, None, &mut mixed);
                    if let (Some(error), Some(first)) = (mixed.0.into_iter().next(), found.0.values().next()) {
                        file = first.span.file;
                        faults.push(mixes(error, record, first, expression));
                        continue;
                    }
                    let key = record.strip_prefix(table.name.as_str()).unwrap_or(record);
                    checks.push(Check {
                        id: format!("{before}{}/{}{key}", table.name, id.value),
                        article: table.article,
                        record: Some(record.clone()),
                        span: id.span,
                        require: expression.clone(),
                        because: None,
                        severity: Severity::Error,
                    });
                }
                faults.report(file, errors);
            }
        }
    }
    claims.checks.extend(checks);
}

/// The error of a record whose figures are in units that its rule mixes, at the record.
fn mixes(error: InputError, record: &str, first: &Claim, expression: &Expression) -> InputError {
    let rule = error.at.as_ref().map_or(expression.span, |at| at.span);
    let placed = InputError::at(first.span, format!("in `{record}`, {}", error.message)).also(rule, "the rule");
    InputError { help: error.help, ..placed }
}

fn type_of(holds: Holds) -> Type {
    match holds {
        Holds::Figures => Type::Number,
        Holds::Dates => Type::Date,
        Holds::Texts => Type::Text,
    }
}

/// Whether a rule fits its table; why it does not is reported.
fn fits(table: &RecordTable, held: &Held<'_>, expression: &Expression, errors: &mut InputErrors) -> bool {
    let faults = errors.0.len();
    for node in expression.root.walk() {
        let ExprKind::Name(name) = &node.kind else { continue };
        let known = || table.columns.iter().map(|(column, _)| column.as_str());
        if known().any(|column| column == name.base) {
            continue;
        }
        let message = format!("`{}` is no figure, date or text of the table `{}`", name.base, table.name);
        let error = InputError::at(node.span, message);
        errors.push(match nearest(&name.base, known()) {
            Some(near) => error.label(format!("did you mean `{near}`?")),
            None => {
                let names = names_of_columns(known());
                error.help(format!("those are {names}; any other column can be listed under `texts` or `dates`"))
            }
        });
    }
    if errors.0.len() == faults {
        expr::check(expression, held, Type::Truth, errors);
    }
    errors.0.len() == faults
}

impl Names for Held<'_> {
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)> {
        Ok(self.types.get(name.base.as_str()).copied().unwrap_or(Type::Column))
    }

    fn measure(&self, _: &str) -> Result<(), (String, Option<String>)> {
        Err(("a record rule relates the columns of one line".to_owned(), None))
    }
}

impl Units for Record<'_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        match &self.0.get(name.base.as_str())?.kind {
            Kind::Figure(figure) => Some(figure.unit.clone()),
            _ => None,
        }
    }

    fn unit_of_look_up(&self, _: LookUp<'_>) -> Option<Unit> {
        None
    }
}
