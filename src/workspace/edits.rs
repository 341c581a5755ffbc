//! Record rules meet the tables that they are for: each becomes a check of every record that has all its columns.
//!
//! Only here is it known what a column holds, so that a rule is held against its table once more: a column that is not
//! there, a text that is added up, euros that are compared with dollars are refused before anything runs.

use crate::claim::{Check, Claim, Claims, Kind, RecordTable, in_record, names_of_columns};
use crate::expr::{self, Expr, ExprKind, Expression, Name, Names, Type, Units, check_units};
use crate::number::Unit;
use crate::rule::Rules;
use crate::source::document::nearest;
use crate::source::{InputError, InputErrors, Severity};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the columns of a table hold.
struct Held<'a> {
    types: BTreeMap<&'a str, Type>,
    /// The unit of a column of figures, if all its figures have one in common.
    units: BTreeMap<&'a str, Option<Unit>>,
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
                let held = held(table, &claim);
                for (id, expression) in &set.edits {
                    let columns = columns(&expression.root);
                    if !fits(table, &held, expression, errors) {
                        continue;
                    }
                    let whole = |record: &&String| columns.iter().all(|column| claim(record, column).is_some());
                    let named_once = claims.records.iter().filter(|other| other.name == table.name).count() == 1;
                    let before = if named_once { String::new() } else { format!("{article}/") };
                    checks.extend(table.records.iter().filter(whole).map(|record| Check {
                        id: format!("{before}{}/{}{}", table.name, id.value, key(record)),
                        article: table.article,
                        record: Some(record.clone()),
                        span: id.span,
                        require: expression.clone(),
                        because: None,
                        severity: Severity::Error,
                    }));
                }
            }
        }
        checks
    };
    claims.checks.extend(checks);
}

/// The key of a record: `[KR-11]` of `survey[KR-11]`.
fn key(record: &str) -> &str {
    record.find('[').and_then(|at| record.get(at..)).unwrap_or(record)
}

fn columns(root: &Expr) -> BTreeSet<&str> {
    root.names().map(|(name, _)| name.base.as_str()).collect()
}

fn held<'a>(table: &'a RecordTable, claim: &dyn Fn(&str, &str) -> Option<&'a Claim>) -> Held<'a> {
    let mut held = Held { types: BTreeMap::new(), units: BTreeMap::new() };
    for column in &table.columns {
        for found in table.records.iter().filter_map(|record| claim(record, column)) {
            let (found, unit) = match &found.kind {
                Kind::Figure(figure) => (Type::Number, Some(figure.unit.clone())),
                Kind::Event(_) => (Type::Date, None),
                Kind::Text(_) => (Type::Text, None),
            };
            held.types.insert(column, found);
            let known = held.units.entry(column).or_insert_with(|| unit.clone());
            if *known != unit {
                *known = None;
            }
        }
    }
    held
}

/// Whether a rule fits its table; why it does not is reported.
fn fits(table: &RecordTable, held: &Held<'_>, expression: &Expression, errors: &mut InputErrors) -> bool {
    let faults = errors.0.len();
    for node in expression.root.walk() {
        let ExprKind::Name(name) = &node.kind else { continue };
        if !table.columns.contains(&name.base) {
            let message = format!("the table `{}` has no column `{}`", table.name, name.base);
            let error = InputError::at(node.span, message);
            errors.push(match nearest(&name.base, table.columns.iter().map(String::as_str)) {
                Some(near) => error.label(format!("did you mean `{near}`?")),
                None => error
                    .help(format!("its columns are {}", names_of_columns(table.columns.iter().map(String::as_str)))),
            });
        }
    }
    if errors.0.len() == faults {
        expr::check(expression, held, Type::Truth, errors);
    }
    if errors.0.len() == faults {
        check_units(expression, held, None, errors);
    }
    errors.0.len() == faults
}

impl Names for Held<'_> {
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)> {
        // A column in which nothing is stated may hold anything.
        Ok(self.types.get(name.base.as_str()).copied().unwrap_or(Type::Column))
    }

    fn measure(&self, _: &str) -> Result<(), (String, Option<String>)> {
        Err(("a record rule relates the columns of one line".to_owned(), None))
    }
}

impl Units for Held<'_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        self.units.get(name.base.as_str()).cloned().flatten()
    }

    fn unit_of_look_up(&self, _: &str, _: Option<&str>, _: &[(String, String)]) -> Option<Unit> {
        None
    }
}
