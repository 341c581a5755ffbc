//! Reading what a `[[table]]` says of its files and columns.

use super::{Figure, Fixed, From, Layout, Mapping, Skip, Values};
use crate::claim::declare::read_policy;
use crate::number::{Precision, ReadingPolicy, Rounding};
use crate::source::document::{Table, Value, ValueKind};
use crate::source::records::Format;
use crate::source::{InputError, InputErrors, Spanned};

pub(in crate::claim) const KEYS: &[&str] = &[
    "files",
    "format",
    "delimiter",
    "layout",
    "measure",
    "value",
    "measures",
    "dates",
    "texts",
    "when",
    "scope",
    "source",
    "unit",
    "of",
    "in",
    "key",
    "weight",
    "fixed",
    "skip",
    "note",
];
const COLUMN_KEYS: &[&str] = &["column", "as", "missing"];
const VALUE_KEYS: &[&str] = &["column", "missing", "digits", "rounding"];
const MEASURE_KEYS: &[&str] = &["measure", "when", "unit", "missing", "digits", "rounding"];
const SKIP_KEYS: &[&str] = &["column", "values"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum LayoutName {
    Long,
    Wide,
}

const LAYOUTS: &[(&str, LayoutName)] = &[("long", LayoutName::Long), ("wide", LayoutName::Wide)];
const FORMATS: &[(&str, Format)] =
    &[("csv", Format::Csv { delimiter: b',' }), ("jsonl", Format::JsonLines), ("parquet", Format::Parquet)];

/// Every `[[table]]` of a claim file.
pub(super) fn read_tables(root: &Table, errors: &mut InputErrors) -> Vec<Mapping> {
    let help = "write [[table]] with files = \"figures.csv\", in double brackets";
    match root.get("table").map(|value| (&value.kind, value)) {
        None => Vec::new(),
        Some((ValueKind::Array(tables), _)) => {
            let mut mappings = Vec::new();
            for value in tables {
                match &value.kind {
                    ValueKind::Table(table) => mappings.extend(read_mapping(table, errors)),
                    _ => errors.push(value.wrong_type("`table`", "a table").help(help)),
                }
            }
            mappings
        }
        Some((_, value)) => {
            errors.push(InputError::at(value.span, "`table` is a list of tables").help(help));
            Vec::new()
        }
    }
}

/// One `[[table]]`. `None` if it is not understood; why is then in `errors`.
fn read_mapping(table: &Table, errors: &mut InputErrors) -> Option<Mapping> {
    let faults = errors.0.len();
    table.finish(KEYS, errors);
    table.string("note", errors);
    let files = table.strings("files", errors);
    if files.is_empty() && errors.0.len() == faults {
        let error = InputError::at(table.span, "this table names no file");
        errors.push(error.help("write files = \"data/figures.csv\", or a pattern such as \"data/figures-*.csv\""));
    }
    let layout = table.choice("layout", LAYOUTS, errors).map(|it| it.value);
    if layout.is_none() && table.get("layout").is_some() {
        return None;
    }
    let values = values(table, "value", errors);
    let key = table.strings("key", errors);
    let layout = match layout {
        Some(LayoutName::Wide) => wide(table, &key, errors),
        _ => long(table, errors),
    };
    let mapping = Mapping {
        files,
        format: format(table, errors),
        layout: layout?,
        values,
        when: from(table, "when", errors),
        scope: scope(table, errors),
        source: from(table, "source", errors),
        unit: from(table, "unit", errors),
        of: table.string("of", errors),
        whole: table.string("in", errors),
        key,
        weight: column(table, "weight", errors),
        fixed: fixed(table, errors),
        skip: skip(table, errors),
    };
    (errors.0.len() == faults).then_some(mapping)
}

fn long(table: &Table, errors: &mut InputErrors) -> Option<Layout> {
    for key in ["measures", "dates", "texts"] {
        if let Some(at) = table.key_span(key) {
            let error = InputError::at(at, format!("`{key}` is for tables with a record a row"));
            errors.push(error.help("add layout = \"wide\", or say the measure and the column of the value"));
        }
    }
    if let Some(at) = table.get("fixed").filter(|value| matches!(value.kind, ValueKind::Array(_))) {
        let error = InputError::at(at.span, "a row of this table is one claim, which is fixed or not");
        errors.push(error.help("write fixed = true, or add layout = \"wide\""));
    }
    let measure = from(table, "measure", errors);
    if measure.is_none() && table.get("measure").is_none() {
        let error = InputError::at(table.span, "this table does not say what it measures");
        errors.push(error.help("write measure = \"arrests\", or measure = { column = \"…\" }; or layout = \"wide\""));
    }
    let value = match table.get("value").map(|value| &value.kind) {
        Some(ValueKind::Table(value)) => column(value, "column", errors),
        _ => None,
    };
    if value.is_none() && errors.is_empty() {
        let at = table.key_span("value").unwrap_or(table.span);
        let error = InputError::at(at, "this table does not say which column holds the values");
        errors.push(error.help("write value = { column = \"…\" }"));
    }
    Some(Layout::Long { measure: measure?, value: value? })
}

fn wide(table: &Table, key: &[Spanned<String>], errors: &mut InputErrors) -> Option<Layout> {
    if let Some(at) = table.key_span("measure") {
        let error = InputError::at(at, "in a table with a record a row each column has its own measure");
        errors.push(error.help("name the columns that hold figures: measures = [\"turnover\", \"staff\"]"));
        return None;
    }
    if key.is_empty() && table.get("key").is_none() {
        let error = InputError::at(table.span, "this table does not say which columns tell its records apart");
        errors.push(error.help("write key = [\"id\"]"));
        return None;
    }
    let dates = table.strings("dates", errors);
    let texts = table.strings("texts", errors);
    Some(Layout::Wide { figures: figures(table, errors), dates, texts })
}

/// `measures`: the names of columns, or a table from the names of columns to what they measure.
fn figures(table: &Table, errors: &mut InputErrors) -> Option<Vec<Figure>> {
    let bare = |column: Spanned<String>, measure| Figure { column, measure, when: None, unit: None, values: None };
    match &table.get("measures")?.kind {
        ValueKind::Table(columns) => {
            let mut figures = Vec::new();
            for (column, value) in columns.entries() {
                match &value.kind {
                    ValueKind::Text(measure) => {
                        figures.push(bare(column.clone(), Spanned::new(measure.clone(), value.span)));
                    }
                    ValueKind::Table(said) => {
                        said.finish(MEASURE_KEYS, errors);
                        let own = ["missing", "digits", "rounding"].iter().any(|key| said.get(key).is_some());
                        figures.push(Figure {
                            column: column.clone(),
                            measure: said.string("measure", errors).unwrap_or_else(|| column.clone()),
                            when: from(said, "when", errors),
                            unit: from(said, "unit", errors),
                            values: own.then(|| values_in(said, errors)),
                        });
                    }
                    _ => errors.push(
                        value.wrong_type(&format!("`{}`", column.value), "the name of a measure or a table").help(
                            "write turnover = \"revenue\", or turnover = { measure = \"revenue\", unit = \"EUR\" }",
                        ),
                    ),
                }
            }
            Some(figures)
        }
        _ => Some(table.strings("measures", errors).into_iter().map(|it| bare(it.clone(), it)).collect()),
    }
}

fn values(table: &Table, key: &str, errors: &mut InputErrors) -> Values {
    match table.get(key).map(|value| (&value.kind, value)) {
        Some((ValueKind::Table(value), _)) => {
            value.finish(VALUE_KEYS, errors);
            return values_in(value, errors);
        }
        Some((_, value)) => {
            errors.push(value.wrong_type("`value`", "a table").help("write value = { column = \"…\" }"))
        }
        None => {}
    }
    Values { missing: Vec::new(), policy: exactly(), digits: None }
}

/// `missing`, `digits` and `rounding`. Digits are exact if nothing is said of them.
fn values_in(table: &Table, errors: &mut InputErrors) -> Values {
    let missing = table.strings("missing", errors).into_iter().map(|it| it.value).collect();
    match table.get("digits").map(|value| &value.kind) {
        Some(ValueKind::Table(digits)) => {
            digits.finish(&["column"], errors);
            let digits = column(digits, "column", errors);
            let rounding = table.get("rounding").and_then(Value::as_string);
            if let Some(rounding) = rounding.filter(|rounding| rounding.value == "exact") {
                let error = InputError::at(rounding.span, "`rounding = \"exact\"` leaves nothing to round");
                errors.push(error.help("leave out `digits`, or `rounding`"));
            }
            Values { missing, policy: ReadingPolicy::default(), digits }
        }
        _ => {
            let said = read_policy(table, errors);
            let is_said = said.precision.is_some() || said.rounding.is_some();
            Values { missing, policy: if is_said { said } else { exactly() }, digits: None }
        }
    }
}

fn exactly() -> ReadingPolicy {
    ReadingPolicy { rounding: Some(Rounding::Exact), ..ReadingPolicy::default() }
}

/// The policy of figures that are rounded to so many decimals.
pub(super) fn to_decimals(policy: &ReadingPolicy, decimals: i32) -> ReadingPolicy {
    let precision = decimals.checked_neg().map(Precision::Digit);
    ReadingPolicy { precision, ..policy.clone() }
}

/// A fixed text, or the column that says it.
fn from(table: &Table, key: &str, errors: &mut InputErrors) -> Option<From> {
    let value = table.get(key)?;
    match &value.kind {
        ValueKind::Table(said) => {
            said.finish(COLUMN_KEYS, errors);
            let text = said.string("as", errors);
            if let Some(text) = text.as_ref().filter(|text| !text.value.contains("{}")) {
                let error = InputError::at(text.span, "`as` does not say where the cell goes");
                errors.push(error.help("write {} where it goes: as = \"through {}\""));
            }
            let missing = said.strings("missing", errors).into_iter().map(|it| it.value).collect();
            Some(From::Column { name: column(said, "column", errors)?, said: text, missing })
        }
        ValueKind::Text(_) | ValueKind::Date(_) | ValueKind::Number(_) => {
            value.as_text().map(|text| From::Fixed(Spanned::new(text.value.to_owned(), text.span)))
        }
        _ => {
            let error = value.wrong_type(&format!("`{key}`"), "a text or a column");
            errors
                .push(error.help(format!("write {key} = {{ column = \"…\" }}, or {key} = \"…\" for the whole table")));
            None
        }
    }
}

/// The name of a column, in a string or as `{ column = "…" }`.
fn column(table: &Table, key: &str, errors: &mut InputErrors) -> Option<Spanned<String>> {
    match table.get(key).map(|value| (&value.kind, value)) {
        Some((ValueKind::Text(_), value)) => value.as_string(),
        Some((ValueKind::Table(said), _)) if key != "column" => {
            said.finish(&["column"], errors);
            column(said, "column", errors)
        }
        Some((_, value)) => {
            errors.push(value.wrong_type(&format!("`{key}`"), "the name of a column, a string"));
            None
        }
        None if key == "column" => {
            errors.push(InputError::at(table.span, "`column` is missing").help("write { column = \"…\" }"));
            None
        }
        None => None,
    }
}

fn scope(table: &Table, errors: &mut InputErrors) -> Vec<(Spanned<String>, From)> {
    let Some(dimensions) = table.table("scope", errors) else { return Vec::new() };
    let each = dimensions.entries().iter();
    each.filter_map(|(name, _)| Some((name.clone(), from(dimensions, &name.value, errors)?))).collect()
}

fn fixed(table: &Table, errors: &mut InputErrors) -> Fixed {
    match table.get("fixed").map(|value| &value.kind) {
        Some(ValueKind::Array(_)) => Fixed::Columns(table.strings("fixed", errors)),
        _ => Fixed::All(table.truth("fixed", errors).is_some_and(|it| it.value)),
    }
}

fn skip(table: &Table, errors: &mut InputErrors) -> Option<Skip> {
    let skip = table.table("skip", errors)?;
    skip.finish(SKIP_KEYS, errors);
    let values: Vec<String> = skip.strings("values", errors).into_iter().map(|it| it.value).collect();
    if values.is_empty() && skip.get("values").is_none() {
        let error = InputError::at(skip.span, "`skip` does not say which rows are left out");
        errors.push(error.help("write skip = { column = \"status\", values = [\"provisional\"] }"));
    }
    Some(Skip { column: column(skip, "column", errors)?, values })
}

fn format(table: &Table, errors: &mut InputErrors) -> Option<Format> {
    let format = table.choice("format", FORMATS, errors);
    let Some(delimiter) = table.string("delimiter", errors) else { return format.map(|it| it.value) };
    match (delimiter.value.as_bytes(), &format) {
        (_, Some(Spanned { value: Format::JsonLines, .. })) => {
            errors.push(InputError::at(delimiter.span, "JSON Lines have no `delimiter`").help("leave it out"));
            None
        }
        (_, Some(Spanned { value: Format::Parquet, .. })) => {
            errors.push(InputError::at(delimiter.span, "Parquet has no `delimiter`").help("leave it out"));
            None
        }
        ([sign], _) if sign.is_ascii() && !matches!(sign, b'"' | b'\r' | b'\n') => {
            Some(Format::Csv { delimiter: *sign })
        }
        _ => {
            let error = InputError::at(delimiter.span, "`delimiter` must be one sign");
            errors.push(error.help("write delimiter = \";\", or \"\\t\" for a tab"));
            None
        }
    }
}
