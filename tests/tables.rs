//! A table says what the same claims say that are written one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::arithmetic_side_effects)]

use addup::source::Texts;
use addup::workspace::{Request, Workspace};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;

const RULES: &str = "
[measure.arrests]
over-time = \"adds\"
least     = 0
adds-over = [\"region\"]
origin    = 2025-01-01

[dimension.region]
members  = [\"North\", \"South\"]
complete = true
";

/// What is said of a table that cannot be read under these declarations, shortened.
fn refused(mapping: &str, table: String, rules: &str) -> Vec<String> {
    let files = [("claims/data.toml", mapping.to_owned()), ("claims/t.csv", table.clone()), ("claims/u/t.csv", table)];
    let files = files.into_iter().chain([("rules/r.toml", rules.to_owned())]);
    let files = files.map(|(path, text)| (path.to_owned(), text)).collect();
    let errors = Workspace::load(&Texts(files), &Request::default()).err().map(|(_, errors)| errors);
    errors.unwrap_or_default().0.into_iter().map(|error| error.message).collect()
}

#[test]
fn of_ten_thousand_bad_rows_ten_are_shown_and_the_others_counted() {
    let wide = "[[table]]\nfiles = \"t.csv\"\nlayout = \"wide\"\nkey = \"id\"\n";
    let measure = |says: &str| format!("[measure.staff]\n{says}\n");
    let rows = |cell: &str| (0..10_000).fold("id,staff\n".to_owned(), |text, id| text + &format!("{id},{cell}\n"));
    let twice = wide.replace("\"t.csv\"", "[\"t.csv\", \"u/t.csv\"]");
    for (mapping, table, rules, said) in [
        (wide, rows("-5"), measure("least = 0"), "is below 0"),
        (wide, rows("2.5"), measure("integer = true"), "admits no whole number"),
        (wide, rows("5 kg"), measure("unit = \"EUR\""), "kg"),
        (wide, rows("none"), measure("least = 0"), "is not a figure"),
        (&twice, rows("5"), measure("least = 0"), "a second claim has the id"),
    ] {
        let errors = refused(mapping, table, &rules);
        let more = errors.iter().filter(|error| *error == "and 9990 more like these further down in this file").count();
        let shown = errors.iter().filter(|error| error.contains(said)).count();
        assert_eq!((more, shown), (1, 10), "{said}: {:#?}", errors.iter().take(12).collect::<Vec<_>>());
        assert_eq!(errors.len(), 11);
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_parquet_file_is_refused_with_how_to_read_it() {
    let wide = "[[table]]\nfiles = \"t.csv\"\nformat = \"parquet\"\nlayout = \"wide\"\nkey = \"id\"\n";
    assert!(refused(wide, String::new(), "").iter().any(|said| said.contains("built without the feature")));
}

/// A row: region, month, whether it is a running total, and the value, in halves.
type Row = (usize, usize, bool, u32);

const REGIONS: [&str; 4] = ["North", "South", "*", ""];
const MONTHS: [&str; 4] = ["2025-01", "2025-02", "2025-03", "Q1 2025"];

fn value(halves: u32) -> String {
    format!("{}{}", halves / 2, if halves % 2 == 1 { ".5" } else { "" })
}

fn when((_, month, total, _): &Row) -> String {
    let month = MONTHS.get(*month).unwrap();
    if *total { format!("through {}", month.replace("Q1 2025", "2025-03")) } else { (*month).to_owned() }
}

/// All that is found, without the places at which it stands, and what was not checked.
fn found(files: [(&str, String); 3]) -> (Vec<String>, String) {
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    let workspace = Workspace::load(&Texts(files), &Request::default()).map_err(|(_, errors)| errors).unwrap();
    let checked = workspace.check();
    let without_places = |finding: &addup::finding::Finding| {
        let mut finding = finding.clone();
        finding.locations.clear();
        format!("{finding:#?}")
    };
    let unchecked = checked.findings.unchecked.claims.iter(&workspace.sources);
    let unchecked: BTreeSet<String> = unchecked.map(|(claim, because)| format!("{claim}: {because}")).collect();
    (checked.findings.findings.iter().map(without_places).collect(), format!("{unchecked:?}"))
}

fn as_table(rows: &[Row], shape: &str) -> [(&'static str, String); 3] {
    let mapping = "[article]\nsource = \"Ministry\"\n[[table]]\nmeasure = \"arrests\"\nvalue = { column = \"value\" }\n\
                   when = { column = \"when\" }\nscope = { region = { column = \"region\" } }\nkey = \"id\"\n";
    let mapping = format!("{mapping}files = \"figures.{shape}\"\n");
    let mut text = if shape == "csv" { "id,region,when,value\n".to_owned() } else { String::new() };
    for (id, row) in rows.iter().enumerate() {
        let (region, when, value) = (REGIONS.get(row.0).unwrap(), when(row), value(row.3));
        if shape == "csv" {
            writeln!(text, "{id},{region},\"{when}\",{value}").unwrap();
        } else {
            let region = if region.is_empty() { "null".to_owned() } else { format!("\"{region}\"") };
            writeln!(text, "{{\"value\": {value}, \"id\": {id}, \"region\": {region}, \"when\": \"{when}\"}}").unwrap();
        }
    }
    let path = if shape == "csv" { "claims/figures.csv" } else { "claims/figures.jsonl" };
    [("claims/data.toml", mapping), (path, text), ("rules/r.toml", RULES.to_owned())]
}

fn by_hand(rows: &[Row]) -> [(&'static str, String); 3] {
    let mut text = "[article]\nsource = \"Ministry\"\n".to_owned();
    for (id, row) in rows.iter().enumerate() {
        let (region, when, value) = (REGIONS.get(row.0).unwrap(), when(row), value(row.3));
        let scope = if region.is_empty() { String::new() } else { format!("scope = {{ region = \"{region}\" }}\n") };
        write!(
            text,
            "[claim.\"figures[{id}]\"]\nmeasure = \"arrests\"\nvalue = {value}\nrounding = \"exact\"\nwhen = \"{when}\"\n{scope}"
        )
        .unwrap();
    }
    [("claims/data.toml", text), ("claims/none.csv", String::new()), ("rules/r.toml", RULES.to_owned())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_is_its_claims_written_one_by_one(
        rows in prop::collection::vec((0_usize..4, 0_usize..4, any::<bool>(), 0_u32..40), 1..9),
    ) {
        let expected = found(by_hand(&rows));
        prop_assert_eq!(&found(as_table(&rows, "csv")), &expected);
        prop_assert_eq!(&found(as_table(&rows, "jsonl")), &expected);
    }
}
