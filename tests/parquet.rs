//! Tables in Parquet files: what other programs write is what is read, and what is damaged is said to be.
//!
//! The files under `tests/data/parquet/` were written by `write.py` beside them, with other programs' writers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod drawn;
mod program;

use addup::report::{self, FullOptions, JsonOptions};
use addup::source::records::parquet::{Rows, Unread, read};
use addup::source::records::{Format, Records};
use addup::source::{Files, InputErrors, Sources};
use addup::workspace::{Request, Workspace};
use drawn::drawn;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use program::{Folder, run};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

/// One table, whoever wrote it. A cell that is not there is empty, and an empty text is `""`.
const TABLE: &str = "\
region\tcounted\tsmall\tstaff\tarrests\tmost\trate\tshare\trevenue\tday\tseen
North\ttrue\t1\t12\t12\t1\t12.5\t12.5\t12.50\t2025-12-18\t2025-12-18
North\tfalse\t-2\t0\t0\t0\t0.1\t0.1\t-0.05\t1969-12-31\t2025-12-18T09:30:00
\t\t\t\t\t\t\t\t\t\t
\"\"\ttrue\t127\t2147483647\t9223372036854775807\t18446744073709551615\t1000000000000000000000\t16777216\t99999999.99\t9999-12-31\t1969-12-31T23:59:59.25
Südost, 1\ttrue\t-128\t-2147483648\t-9223372036854775808\t2\t0\t0.33333334\t0.00\t2024-02-29\t2024-02-29
two\\nlines\\tand \\\\ more\tfalse\t0\t7\t7\t3\t0.00000025\t0\t1.00\t0001-01-01\t2000-01-01T00:00:01
";

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/parquet").join(name)).unwrap()
}

/// Some columns of a file, as they are written out.
fn columns(name: &str, columns: &[&str]) -> Result<Rows, Unread> {
    let asked: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    read(file(name), Some(&asked))
}

fn text(name: &str, column: &str) -> String {
    let text = columns(name, &[column]).unwrap_or_else(|unread| panic!("{column}: {unread}")).text;
    text.strip_prefix(&format!("{column}\n")).unwrap().trim_end_matches('\n').replace('\n', " | ")
}

#[test]
fn one_table_is_the_same_whoever_wrote_it() {
    for writer in ["pyarrow", "pyarrow-second-version", "pyarrow-lengths", "duckdb", "polars"] {
        let rows = read(file(&format!("{writer}.parquet")), None).unwrap_or_else(|unread| panic!("{writer}: {unread}"));
        assert_eq!(rows.text, TABLE, "{writer}");
        assert_eq!(rows.columns.numbers, (1..=11).collect::<Vec<_>>());
    }
    let asked = ["region", "counted", "small", "staff", "arrests", "most", "rate"];
    assert_eq!(columns("fastparquet.parquet", &asked).unwrap(), columns("pyarrow.parquet", &asked).unwrap());
}

#[test]
fn columns_that_are_asked_for_are_read_in_the_order_of_the_file() {
    let rows = columns("pyarrow.parquet", &["arrests", "region"]).unwrap();
    assert_eq!(rows.text.lines().take(2).collect::<Vec<_>>(), ["region\tarrests", "North\t12"]);
    assert_eq!(rows.columns.numbers, [1, 5]);
    // Of one that is not there it is said what is.
    let rows = columns("pyarrow.parquet", &["arests", "region"]).unwrap();
    assert_eq!(rows.text, TABLE.lines().next().unwrap().to_owned() + "\n");
}

#[test]
fn every_kind_of_value_is_written_exactly() {
    for (column, said) in [
        ("key", "a | b | a"),
        ("decimal-9", "1.5 | -12345678.9 | "),
        ("decimal-18", "1.500 | -0.001 | "),
        ("decimal-38", "1.50 | 123456789012345678901234567890123456.78 | "),
        ("decimal-76", "1.50 | -1000000000000000000000000000000000000000000000000000000000000.00 | "),
        ("utc", "2025-12-18 | 2025-12-18T09:30:00Z | "),
        ("nanos", "2025-12-18 | 2025-12-18T09:30:00.00000025 | "),
        ("u8", "255 | 0 | "),
        ("u16", "65535 | 0 | "),
        ("u32", "4294967295 | 0 | "),
        ("float", "NaN | inf | -inf"),
        ("bytes", "text | Zü | "),
        ("uuid", "00000000-0000-0000-0000-000000000001 | 80000000-0000-0000-0000-000000000000 | "),
        ("json", "{\"a\": 1} | 2 | "),
        ("null", " |  | "),
        // It stands behind columns of several leaves.
        ("after", "1 | 2 | 3"),
    ] {
        assert_eq!(text("kinds.parquet", column), said.trim_end_matches(" | "), "{column}");
    }
    assert_eq!(text("int96.parquet", "old"), "2025-12-18 | 2025-12-18T09:30:00");
    assert_eq!(text("duckdb-kinds.parquet", "e"), "a");
    assert_eq!(text("duckdb-kinds.parquet", "u"), "00000000-0000-0000-0000-000000000001");
}

#[test]
fn what_is_no_cell_is_refused_where_it_is_used() {
    for (column, holds) in [
        ("time", "times of day"),
        ("half", "floats of 16 bits"),
        ("list", "a list"),
        ("struct", "several values"),
        ("map", "a map"),
        ("fixed", "bytes"),
        ("not-text", "no text in UTF-8 (row 1, column `not-text`)"),
    ] {
        let unread = columns("kinds.parquet", &["key", column]).unwrap_err();
        assert!(unread.message.contains(holds), "{column}: {unread}");
        assert_eq!(unread.column.as_deref(), Some(column));
    }
    let unread = read(file("kinds.parquet"), None).unwrap_err();
    assert!(
        unread.message.contains("column `time`") && unread.help.unwrap().contains("measures"),
        "{}",
        unread.message
    );
}

/// The cells of a column.
enum Cells {
    Whole(Vec<Option<i64>>),
    Floats(Vec<Option<f64>>),
    Texts(Vec<Option<String>>),
}

/// The bytes of a table.
fn table(columns: &[(&str, Cells)]) -> Vec<u8> {
    let of = |(name, cells): &(&str, Cells)| match cells {
        Cells::Whole(_) => format!("optional int64 {name};"),
        Cells::Floats(_) => format!("optional double {name};"),
        Cells::Texts(_) => format!("optional binary {name} (utf8);"),
    };
    let schema = format!("message table {{ {} }}", columns.iter().map(of).collect::<String>());
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (_, cells) in columns {
        match cells {
            Cells::Whole(cells) => write::<Int64Type>(&mut group, cells),
            Cells::Floats(cells) => write::<DoubleType>(&mut group, cells),
            Cells::Texts(cells) => {
                let bytes = |cell: &Option<String>| cell.as_deref().map(ByteArray::from);
                write::<ByteArrayType>(&mut group, &cells.iter().map(bytes).collect::<Vec<_>>());
            }
        }
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

fn write<T: DataType>(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, cells: &[Option<T::T>]) {
    let mut column = group.next_column().unwrap().unwrap();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.iter().flatten().cloned().collect();
    column.typed::<T>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();
}

/// A table of plain CSV, column by column; `NA` is no cell. `None` if a row has more cells than there are columns.
fn from_csv(text: &str) -> Option<Vec<u8>> {
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next()?;
    let rows: Vec<Vec<&str>> = lines.collect();
    if rows.iter().any(|row| row.len() != names.len()) {
        return None;
    }
    let column = |at: usize| {
        let cells = || rows.iter().map(move |row| Some(row[at]).filter(|cell| *cell != "NA"));
        let whole = |cell: &str| cell.parse::<i64>().ok().filter(|number| number.to_string() == cell);
        if cells().flatten().all(|cell| whole(cell).is_some()) {
            return Cells::Whole(cells().map(|cell| cell.and_then(whole)).collect());
        }
        Cells::Texts(cells().map(|cell| cell.map(str::to_owned)).collect())
    };
    let columns: Vec<(&str, Cells)> = names.iter().enumerate().map(|(at, name)| (*name, column(at))).collect();
    Some(table(&columns))
}

/// A workspace in memory.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let below = format!("{path}/");
        Ok(self.0.keys().filter(|file| *file == path || file.starts_with(&below)).cloned().collect())
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// The JSON report, or what is wrong with the input and in which line, and the report for people.
fn found(files: BTreeMap<String, Vec<u8>>, sift: bool) -> (Value, String) {
    let request = Request { sift, jobs: NonZeroUsize::new(2), ..Request::default() };
    match Workspace::load(&Memory(files), &request) {
        Err((sources, errors)) => {
            let mut said: Vec<Value> = Vec::new();
            for error in &errors.0 {
                let span = error.at.as_ref().unwrap().span;
                let (file, line) = (sources.path(span.file), sources.position(span.file, span.start).line);
                said.push(serde_json::json!({ "file": file, "line": line, "says": error.message }));
            }
            (Value::Array(said), report::input_errors(&sources, &errors, false))
        }
        Ok(workspace) => {
            let checked = workspace.check();
            let found = checked.report(&workspace);
            let json = serde_json::from_str(&report::json(&found, JsonOptions { claims: false })).unwrap();
            (json, report::full(&found, FullOptions { claims: false, color: false, most: None }))
        }
    }
}

/// Takes away what is different by nature: a row is no line, and a column of the table no column of a line.
fn without_lines(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(without_lines),
        Value::Object(members) => {
            let file = members.get("file").and_then(Value::as_str).map(str::to_owned);
            if let Some(file) = file.filter(|file| file.starts_with("claims/data/figures.")) {
                members.insert("file".to_owned(), "claims/data/figures".into());
                for key in ["column", "end-column", "column-name"] {
                    members.remove(key);
                }
                for key in ["line", "end-line"].into_iter().filter(|_| file.ends_with(".csv")) {
                    if let Some(line) = members.get_mut(key) {
                        *line = (line.as_u64().unwrap() - 1).into();
                    }
                }
            }
            members.values_mut().for_each(without_lines);
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_says_the_same_in_parquet(drawn in drawn()) {
        let texts = drawn.files();
        let Some(bytes) = from_csv(&drawn.table()) else { return Ok(()) };
        let as_csv: BTreeMap<String, Vec<u8>> = texts.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        let mut as_parquet = as_csv.clone();
        as_parquet.remove("claims/data/figures.csv");
        as_parquet.insert("claims/data/figures.parquet".to_owned(), bytes);
        let mapping = String::from_utf8(as_csv["claims/t.toml"].clone()).unwrap().replace("figures.csv", "figures.parquet");
        as_parquet.insert("claims/t.toml".to_owned(), mapping.into_bytes());
        let (mut csv, _) = found(as_csv, false);
        let (parquet, whole) = found(as_parquet.clone(), false);
        let (_, sifted) = found(as_parquet, true);
        prop_assert_eq!(sifted, whole, "{:#?}", drawn.files());
        let mut parquet = serde_json::from_str(&parquet.to_string().replace("figures.parquet`", "figures.csv`")).unwrap();
        without_lines(&mut csv);
        without_lines(&mut parquet);
        prop_assert_eq!(parquet, csv, "{:#?}", drawn.files());
    }
}

const WIDE: &str =
    "[[table]]\nfiles = \"t.parquet\"\nlayout = \"wide\"\nkey = [\"id\"]\n[table.measures]\nstaff = \"staff\"\n";
const RULES: &str = "[edits.t]\nstaffed = \"staff > 0\"\n";

/// What is said of a table in a folder of its own.
fn check(mapping: &str, bytes: &[u8], args: &[&str]) -> program::Ran {
    let folder = Folder::with(&[("claims/t.toml", mapping), ("rules/r.toml", RULES)]);
    folder.write("claims/t.parquet", bytes);
    run(folder.path(), &[&["check"], args].concat())
}

fn texts(cells: &[&str]) -> Cells {
    Cells::Texts(cells.iter().map(|cell| Some((*cell).to_owned())).collect())
}

#[test]
fn a_finding_names_the_row_and_the_column() {
    let bytes = table(&[
        ("id", texts(&["a", "b", "c"])),
        ("note", texts(&["", "", ""])),
        ("staff", Cells::Whole(vec![Some(4), None, Some(-2)])),
    ]);
    let ran = check(WIDE, &bytes, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for said in ["--> claims/t.parquet: row 3, column `staff`", "3 | c    -2\n"] {
        assert!(ran.out.contains(said), "{}", ran.out);
    }
    let ran = check(WIDE, &bytes, &["--format", "concise"]);
    assert!(ran.out.starts_with("claims/t.parquet: row 3, column `staff`: error[contradiction] "), "{}", ran.out);
    let ran = check(WIDE, &bytes, &["--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let place = &json["findings"][0]["locations"][0];
    assert_eq!(
        (&place["line"], &place["column"], &place["column-name"]),
        (&Value::from(3), &Value::from(3), &Value::from("staff"))
    );
}

#[test]
fn what_is_no_figure_is_refused_with_its_row_and_column() {
    let bytes = |cells: Vec<Option<f64>>| table(&[("id", texts(&["a", "b"])), ("staff", Cells::Floats(cells))]);
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let ran = check(WIDE, &bytes(vec![Some(1.5), Some(value)]), &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        for said in
            ["is not a figure that can be read (row 2, column `staff`)", "--> claims/t.parquet: row 2, column `staff`"]
        {
            assert!(ran.err.contains(said), "{value}: {}", ran.err);
        }
    }
    let missing = WIDE.replace("[table.measures]", "value = { missing = [\"NaN\"] }\n[table.measures]");
    let ran = check(&missing, &bytes(vec![Some(1.5), Some(f64::NAN)]), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
}

#[test]
fn a_table_is_told_by_its_bytes_where_it_is_not_by_its_name() {
    let bytes = table(&[("id", texts(&["a"])), ("staff", Cells::Whole(vec![Some(1)]))]);
    let folder = Folder::with(&[("claims/t.toml", &WIDE.replace("t.parquet", "t.csv")), ("rules/r.toml", RULES)]);
    folder.write("claims/t.csv", &bytes);
    let ran = run(folder.path(), &["check"]);
    assert!(ran.code == 2 && ran.err.contains("Parquet") && ran.err.contains("format = \"parquet\""), "{ran:?}");
    let mapping = WIDE.replace("t.parquet\"", "t.csv\"\nformat = \"parquet\"");
    folder.write("claims/t.toml", mapping);
    let ran = run(folder.path(), &["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
}

/// The cells of a table that was written, row by row, the names of the columns first; what is not said is empty.
fn cells(folder: &Folder, name: &str) -> Vec<Vec<String>> {
    let bytes = fs::read(folder.path().join(name)).unwrap();
    let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
    let format = Format::of(name).unwrap();
    let file = match format {
        Format::Parquet => {
            let rows = read(bytes, None).unwrap();
            sources.add_rows(name, rows.text, rows.columns)
        }
        _ => sources.add(name, String::from_utf8(bytes).unwrap()),
    };
    let records = Records::read(&sources, file, format, &mut errors).unwrap();
    let names = records.columns().iter().map(|name| name.value.clone()).collect();
    let cell = |row, column| records.cell(&sources, row, column).map_or(String::new(), |cell| cell.value.to_owned());
    let rows = (0..records.len()).map(|row| (0..records.columns().len()).map(|column| cell(row, column)).collect());
    std::iter::once(names).chain(rows).collect()
}

#[test]
fn what_is_written_as_parquet_is_what_is_written_as_csv() {
    let folder = Folder::with(&[
        ("claims/t.csv", "id,a,=1+1,c\n1,1,1,1\n2,5,,2\n3,\"0\",0,0\n"),
        (
            "claims/data.toml",
            "[[table]]\nfiles = \"t.csv\"\nlayout = \"wide\"\nkey = \"id\"\nvalue = { missing = [\"\"] }\n",
        ),
        ("rules/r.toml", "[edits.t]\nx = \"a != `=1+1`\"\ny = \"`=1+1` != c\"\nz = \"a < c\"\n"),
    ]);
    let ran = run(folder.path(), &["check", "--export", "e.csv", "--mask", "m.csv"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let ran = run(folder.path(), &["check", "--export", "e.parquet", "--mask", "t=m.parquet"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for (csv, parquet) in [("e.csv", "e.parquet"), ("m.csv", "m.parquet")] {
        let as_parquet = |cell: &String| match cell.as_str() {
            "TRUE" | "FALSE" => cell.to_lowercase(),
            "NA" => String::new(),
            // In CSV a name that looks like a formula is led by an apostrophe.
            cell => cell.strip_prefix('\'').unwrap_or(cell).to_owned(),
        };
        let expected: Vec<Vec<String>> =
            cells(&folder, csv).iter().map(|row| row.iter().map(as_parquet).collect()).collect();
        assert!(expected.len() > 3);
        assert_eq!(cells(&folder, parquet), expected);
    }
    // What no row breaks is a table all the same.
    folder.write("rules/r.toml", "[edits.t]\nx = \"a >= 0\"\n");
    let ran = run(folder.path(), &["check", "--export", "e.parquet"]);
    assert_eq!((ran.code, cells(&folder, "e.parquet").len()), (0, 1));
}

/// Whatever is done to these bytes, they are read or refused.
fn holds_out(bytes: Vec<u8>) {
    if let Err(unread) = read(bytes, None) {
        assert!(!unread.message.is_empty() && unread.message.len() < 1_000, "{unread}");
    }
}

const WRITERS: &[&str] =
    &["pyarrow", "pyarrow-second-version", "pyarrow-lengths", "duckdb", "polars", "fastparquet", "int96"];

#[test]
fn a_file_that_is_cut_off_is_damaged() {
    for writer in WRITERS {
        let whole = file(&format!("{writer}.parquet"));
        for length in 0..whole.len() {
            let unread = read(whole[..length].to_vec(), None).unwrap_err();
            assert!(unread.message.contains("cut off") || unread.message.contains("no Parquet file"), "{unread}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_it(
        writer in 0..WRITERS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::weighted(0.2, (any::<prop::sample::Index>(), 1_usize..40)),
    ) {
        let mut bytes = file(&format!("{}.parquet", WRITERS[writer]));
        for (at, to) in changes {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        if let Some((at, count)) = cut {
            let at = at.index(bytes.len());
            bytes.drain(at..(at + count).min(bytes.len()));
        }
        holds_out(bytes);
    }
}
