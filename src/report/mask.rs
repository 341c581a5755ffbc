//! `--mask`: of one wide table, which cells the suggested repair changes, a row a record and a column a column.
//!
//! This is what users of R's `errorlocate` know as `values(locate_errors(data, rules))`. The suggested repair of clashes
//! that hang together is the first of the lightest ways to settle them: the one with the likeliest slip, and then the first
//! in canonical order. A cell is `TRUE` if it changes it, `NA` if the record states nothing there, and else `FALSE`.

use super::Report;
use super::cells::{Cell, Holds, TableForm, begin};
use super::export::Names;
use crate::claim::{Claims, RecordTable, in_record};
use crate::finding::Settling;
use std::collections::HashSet;
use std::io::{self, Write};

/// What the records are called in.
const RECORD: &str = "record";

/// The table of which a mask is asked for: the only one, or that of a name.
///
/// # Errors
/// Why there is none, and what could be asked for instead.
pub fn masked<'a>(claims: &'a Claims, name: Option<&str>) -> Result<&'a RecordTable, (String, String)> {
    let id = |table: &RecordTable| format!("{}/{}", claims[table.article].id, table.name);
    let named = |table: &&RecordTable| name.is_none_or(|name| table.name == name || id(table) == name);
    let found: Vec<&RecordTable> = claims.records.iter().filter(named).collect();
    let list = |tables: &mut dyn Iterator<Item = String>| {
        let tables: Vec<String> = tables.map(|table| format!("--mask {table}=FILE")).collect();
        format!("write {}", tables.join(", or "))
    };
    match (found.as_slice(), name) {
        ([only], _) => Ok(only),
        ([], _) if claims.records.is_empty() => Err((
            "there is no table to make a mask of".to_owned(),
            "a mask is of a [[table]] in which each row is a record: layout = \"wide\"".to_owned(),
        )),
        ([], name) => Err((
            format!("there is no table `{}` in which each row is a record", name.unwrap_or_default()),
            list(&mut claims.records.iter().map(|table| table.name.clone())),
        )),
        (several, Some(name)) => Err((
            format!("{} tables are called `{name}`", several.len()),
            list(&mut several.iter().map(|table| id(table))),
        )),
        (several, None) => Err((
            format!("a mask is of one table, and there are {}", several.len()),
            list(&mut several.iter().map(|table| table.name.clone())),
        )),
    }
}

/// Writes the mask of a table. Gives how many of the causes that touch the table have no repair to show.
///
/// # Errors
/// If it cannot be written.
pub fn mask(report: &Report<'_>, table: &RecordTable, form: TableForm, out: &mut dyn Write) -> io::Result<usize> {
    let article = &report.read[table.article].id;
    let stated: HashSet<&str> = report.read.claims.iter().map(|claim| claim.id.as_str()).collect();
    let mut changed: HashSet<&str> = HashSet::new();
    let mut open = 0_usize;
    let names = Names::of(report.read);
    let records: HashSet<&str> = table.records.iter().map(String::as_str).collect();
    let touches = |id: &String| {
        let (of, record, column) = names.parts(id);
        of == article && !column.is_empty() && records.contains(record)
    };
    for cause in report.causes {
        match &cause.settling {
            Settling::By { repairs, .. } => {
                changed.extend(repairs.first().into_iter().flat_map(|repair| &repair.claims).map(String::as_str));
            }
            Settling::Fixed | Settling::Unknown => {
                open = open.saturating_add(usize::from(cause.clashes.iter().flatten().any(touches)));
            }
        }
    }
    let columns = || table.columns.iter().map(|(column, _)| column.as_str());
    let names: Vec<(&str, Holds)> =
        std::iter::once((RECORD, Holds::Texts)).chain(columns().map(|column| (column, Holds::Truths))).collect();
    let mut mask = begin(form, &names, out)?;
    for record in &table.records {
        let cells = columns().map(|column| {
            let id = format!("{article}/{}", in_record(record, column));
            match (stated.contains(id.as_str()), changed.contains(id.as_str())) {
                (_, true) => Cell::Truth(true),
                (true, false) => Cell::Truth(false),
                (false, false) => Cell::Unsaid,
            }
        });
        mask.row(&std::iter::once(Cell::Name(record)).chain(cells).collect::<Vec<_>>())?;
    }
    mask.finish()?;
    Ok(open)
}
