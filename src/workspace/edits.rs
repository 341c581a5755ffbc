//! Record rules meet the tables that they are for: each becomes a check of every record that has all its columns.
//!
//! Only here is it known what a column holds, so that a rule is held against its table once more: a column that is not
//! there, a text that is added up, euros that are compared with dollars in any record are refused before anything runs.

use crate::claim::{Check, Claim, Claims, Holds, Kind, RecordTable, in_record, names_of_columns};
use crate::expr::{self, Expr, ExprKind, Expression, Name, Names, Type, Units, check_units};
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

/// The units of the figures of one record.
struct InRecord<'a, 'c> {
    claim: &'a dyn Fn(&str) -> Option<&'c Claim>,
}

/// Adds the checks that record rules make of the records of their tables.
pub(super) fn hold_records(claims: &mut Claims, rules: &Rules, errors: &mut InputErrors) {
    let checks: Vec<Check> = {
        let ids: HashMap<&str, &Claim> = claims.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
        let mut checks = Vec::new();
        for set in &rules.edits {
            for table in claims.records.iter().filter(|table| table.name == set.table.value) {
                let article = &claims[table.article].id;
                let claim = |record: &str, column: &str| {
                    ids.get(format!("{article}/{}", in_record(record, column)).as_str()).copied()
                };
                let types = table.columns.iter().map(|(name, holds)| (name.as_str(), type_of(*holds)));
                let held = Held { types: types.collect() };
                let named_once = claims.records.iter().filter(|other| other.name == table.name).count() == 1;
                let before = if named_once { String::new() } else { format!("{article}/") };
                for (id, expression) in &set.edits {
                    let columns = columns(&expression.root);
                    if !fits(table, &held, expression, errors) {
                        continue;
                    }
                    let mut faults = Faults::default();
                    let mut file = expression.span.file;
                    for record in &table.records {
                        let found: Vec<&Claim> = columns.iter().filter_map(|column| claim(record, column)).collect();
                        if found.len() < columns.len() {
                            continue;
                        }
                        let in_record = InRecord { claim: &|column| claim(record, column) };
                        let mut mixed = InputErrors::default();
                        check_units(expression, &in_record, None, &mut mixed);
                        if let (Some(error), Some(first)) = (mixed.0.into_iter().next(), found.first()) {
                            file = first.span.file;
                            faults.push(mixes(error, first, expression));
                            continue;
                        }
                        checks.push(Check {
                            id: format!("{before}{}/{}{}", table.name, id.value, key(record)),
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
        checks
    };
    claims.checks.extend(checks);
}

/// The error of a record whose figures are in units that its rule mixes, at the record.
fn mixes(error: InputError, first: &Claim, expression: &Expression) -> InputError {
    let rule = error.at.as_ref().map_or(expression.span, |at| at.span);
    let record = first.name.rsplit_once('.').map_or(first.name.as_str(), |(record, _)| record);
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

/// The key of a record: `[KR-11]` of `survey[KR-11]`.
fn key(record: &str) -> &str {
    record.find('[').and_then(|at| record.get(at..)).unwrap_or(record)
}

fn columns(root: &Expr) -> BTreeSet<&str> {
    root.names().map(|(name, _)| name.base.as_str()).collect()
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

impl Units for InRecord<'_, '_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        match &(self.claim)(&name.base)?.kind {
            Kind::Figure(figure) => Some(figure.unit.clone()),
            _ => None,
        }
    }

    fn unit_of_look_up(&self, _: &str, _: Option<&str>, _: &[(String, String)]) -> Option<Unit> {
        None
    }
}
