//! How long the decisions about a table take whose columns are in memory: a group in a month a row, months and running totals
//! that add up, and two record rules. One thread; reading the text is measured apart.
//!
//! ```sh
//! cargo bench --bench tables                                  # tables of its own
//! cargo bench --bench tables -- --workspace FOLDER --rounds 9 # the one of a folder, for `rivals/in_memory.py`
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::arithmetic_side_effects)]

use addup::in_memory::{Size, with_columns};
use addup::source::Texts;
use addup::workspace::{Request, Workspace};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

/// How many months a group has.
const MONTHS: u32 = 100;
const CLAIM_FILE: &str = "claims/figures.toml";
const RULE_FILE: &str = "rules/figures.toml";
const TABLE: &str = "claims/data/figures.csv";

// What `rivals/tables.py` asks, too.
const CLAIMS: &str = include_str!("rivals/figures/claims.toml");
const RULES: &str = include_str!("rivals/figures/rules.toml");

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |name: &str| arguments.iter().skip_while(|it| *it != name).nth(1);
    match after("--workspace") {
        Some(folder) => time(Path::new(folder), after("--rounds").map_or(9, |rounds| rounds.parse().unwrap())),
        None => divan::main(),
    }
}

/// Prints how large the table of a workspace is, and the nanoseconds of each round, as JSON.
fn time(folder: &Path, rounds: usize) {
    let read = |path: &str| (path.to_owned(), std::fs::read_to_string(folder.join(path)).unwrap());
    let files = Texts([CLAIM_FILE, RULE_FILE, TABLE].map(read).into());
    let is_told = with_columns(&files, CLAIM_FILE, RULE_FILE, &|Size { rows, groups, clashing }, work| {
        let took = (0..rounds).map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_nanos()
        });
        let took: Vec<u128> = took.collect();
        println!("{{\"rows\": {rows}, \"groups\": {groups}, \"clashing\": {clashing}, \"nanoseconds\": {took:?}}}");
    });
    assert!(is_told, "the table is one that has to be read as claims");
}

/// A workspace of so many rows, all of which fit.
fn made(rows: u32) -> Texts {
    let mut table = "group,month,monthly,cumulative,start,end\n".to_owned();
    let mut state = u64::from(rows);
    let mut below = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    for group in 0..rows / MONTHS {
        let mut total = 0;
        for month in 0..MONTHS {
            let (value, day) = (50 + below(1_000), 1 + below(20));
            total += value;
            let (month, last) = (format!("{}-{:02}", 2015 + month / 12, month % 12 + 1), day + below(8));
            writeln!(table, "G{group:06},{month},{value},{total},{month}-{day:02},{month}-{last:02}").unwrap();
        }
    }
    let files = [(CLAIM_FILE, CLAIMS.to_owned()), (RULE_FILE, RULES.to_owned()), (TABLE, table)];
    Texts(BTreeMap::from(files.map(|(path, text)| (path.to_owned(), text))))
}

#[divan::bench(args = [100_000, 1_000_000])]
fn decide(bencher: divan::Bencher<'_, '_>, rows: u32) {
    let bencher = RefCell::new(Some(bencher));
    let seen = Cell::new(None);
    with_columns(&made(rows), CLAIM_FILE, RULE_FILE, &|size, work| {
        seen.set(Some(size));
        if let Some(bencher) = bencher.take() {
            bencher.bench_local(work);
        }
    });
    assert!(seen.get().is_some_and(|size| size.clashing == 0 && size.groups * 100 == size.rows), "{seen:?}");
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 10)]
fn read_and_decide(bencher: divan::Bencher<'_, '_>, rows: u32) {
    let files = made(rows);
    let request = Request { sift: true, ..Request::default() };
    bencher.bench_local(|| Workspace::load(&files, &request).unwrap_or_else(|(_, errors)| panic!("{errors:?}")));
}
