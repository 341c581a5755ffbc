//! Rows that are told to fit without being read as claims change nothing in what is found, byte for byte.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod drawn;

use addup::report::{self, FullOptions, JsonOptions};
use addup::source::Texts;
use addup::workspace::{Request, Workspace};
use drawn::{Drawn, drawn};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

/// What a run prints, and how many claims it did not read one by one.
fn run(files: &BTreeMap<String, String>, sift: bool, jobs: usize) -> (String, usize) {
    let request = Request { sift, jobs: NonZeroUsize::new(jobs), ..Request::default() };
    match Workspace::load(&Texts(files.clone()), &request) {
        Err((sources, errors)) => (report::input_errors(&sources, &errors, false), 0),
        Ok(workspace) => {
            let checked = workspace.check();
            let found = checked.report(&workspace);
            let json = report::json(&found, JsonOptions { claims: false });
            let full = report::full(&found, FullOptions { claims: false, color: false, most: None });
            let settled = workspace.claims.settled.iter().map(|it| it.claims).sum();
            (format!("{full}\n{json}"), settled)
        }
    }
}

/// Puts the cells of some lines into quotation marks.
fn in_marks(table: &str, which: usize) -> String {
    let marked = |line: &str| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let lines = table.lines().enumerate().map(|(at, line)| {
        let is_marked = which > 0 && at % which == 0 && !line.contains('"');
        if is_marked { marked(line) } else { line.to_owned() }
    });
    lines.map(|line| line + "\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_the_same(drawn in drawn(), marks in 0_usize..6) {
        let mut files = drawn.files();
        for (_, text) in files.iter_mut().filter(|(path, _)| path.ends_with(".csv")) {
            *text = in_marks(text, marks);
        }
        let (whole, _) = run(&files, false, 1);
        let (sifted, _) = run(&files, true, 2);
        prop_assert_eq!(sifted, whole, "{:#?}", files);
    }
}

#[test]
fn rows_that_fit_are_not_read_one_by_one() {
    let drawn = |wide| {
        let rows = (0..40).map(|at| [1 + at % 3, 1, 0, 97 * 7 + 10, 1, 97 * 3 + 10, 2, 1]).collect();
        Drawn { wide, declared: [0, 0, 0, 0, 1, 0, 1, 0], rows }
    };
    for wide in [true, false] {
        let mut drawn = drawn(wide);
        if wide {
            // A month once a place.
            drawn.rows.truncate(4);
        }
        drawn.declared[3] = 1;
        let (text, settled) = run(&drawn.files(), true, 2);
        assert!(settled > 0, "{text}");
    }
}

/// Each once looked plain and was not: a claim file, the rows of `f.csv`, the rules, and another claim file.
const NOT_AS_PLAIN_AS_THEY_LOOK: &[(&str, &str, &str, &str)] = &[
    // A key of the name of a dimension takes its place.
    (
        "layout = \"wide\"\nkey = [\"region\", \"month\"]\nscope = { region = { column = \"area\" } }\nwhen = { column = \"month\" }\n\
         [table.measures]\ncum = { measure = \"arrests\", when = { column = \"month\", as = \"through {}\" } }\n",
        "area,region,month,cum\nA,N,2025-01,10\nB,N,2025-02,5\nC,M,2025-01,3\n",
        "[measure.arrests]\nover-time = \"adds\"\nleast = 0\n",
        "",
    ),
    // To a level, "since" says nothing.
    (
        "layout = \"wide\"\nkey = [\"p\"]\n[table.measures]\na = { measure = \"arrests\", when = \"2025-01-31\" }\n\
         b = { measure = \"arrests\", when = \"since 2025-01-01, by 2025-01-31\" }\n",
        "p,a,b\nA,1,1\nB,4,5\n",
        "[measure.arrests]\nover-time = \"level\"\n",
        "",
    ),
    // A unit is converted, which noughts do not show.
    (
        "layout = \"wide\"\nkey = [\"p\"]\nunit = \"km\"\nwhen = \"2025\"\nmeasures = [\"a\", \"b\"]\n",
        "p,a,b\nP,0,0\nQ,0,0\nR,1,1\n",
        "[measure.a]\nunit = \"m\"\n[measure.b]\nunit = \"m\"\n[edits.f]\ne = \"a <= 300\"\n",
        "",
    ),
    // Two keys are one once their parts are joined.
    (
        "layout = \"wide\"\ndelimiter = \";\"\nkey = [\"a\", \"b\"]\nwhen = \"2025-01\"\nmeasures = [\"arrests\"]\n",
        "a;b;arrests\nx,y;z;1\nx;y,z;2\nq;q;3\n",
        "",
        "",
    ),
    (
        "layout = \"wide\"\nkey = [\"a\", \"b\"]\nwhen = \"2025-01\"\nmeasures = [\"arrests\"]\n",
        "a,b,arrests\n\"x,y\",z,1\nx,\"y,z\",2\nq,q,3\n",
        "",
        "",
    ),
    // A rule is for the records of a wide table.
    (
        "measure = \"a\"\nvalue = { column = \"v\" }\nkey = \"p\"\nscope = { p = { column = \"p\" } }\nwhen = \"2025\"\n",
        "p,v\nP,1\nQ,2\nR,3\n",
        "[edits.f]\nsmall = \"v <= 10\"\n",
        "",
    ),
    // Another file names a row, in its own way.
    (
        "measure = \"a\"\nvalue = { column = \"v\" }\nscope = { p = { column = \"p\" } }\nwhen = \"2025\"\n",
        "p,v\nP,1\nQ,2\nR,3\n",
        "",
        "[check.c]\nrequire = \"`\\u0074/f[3]` < 1\"\n",
    ),
    (
        "measure = \"a\"\nvalue = { column = \"v\" }\nscope = { p = { column = \"p\" } }\nwhen = \"2025\"\n",
        "p,v\nP,1\nQ,2\nR,3\n",
        "",
        "[claim.share]\nvalue = \"3%\"\nmeasure = \"q\"\nof = \"f[2]\"\nwhen = \"2025\"\n",
    ),
];

#[test]
fn what_only_looks_plain_is_read_whole() {
    for (mapping, rows, rules, other) in NOT_AS_PLAIN_AS_THEY_LOOK {
        let head = "[article]\ndateline = 2025-07-01\n[[table]]\nfiles = \"f.csv\"\n";
        let mut files = BTreeMap::from([
            ("claims/t.toml".to_owned(), format!("{head}{mapping}")),
            ("claims/f.csv".to_owned(), (*rows).to_owned()),
            ("rules/r.toml".to_owned(), (*rules).to_owned()),
        ]);
        if !other.is_empty() {
            files.insert("claims/u.toml".to_owned(), (*other).to_owned());
        }
        assert_eq!(run(&files, true, 1).0, run(&files, false, 1).0, "{mapping}");
    }
}

#[test]
fn what_nothing_touches_is_named_alike() {
    let head = "[article]\ndateline = 2025-07-01\n[[table]]\nkey = [\"region\", \"month\"]\nwhen = { column = \"month\" }\n\
                skip = { column = \"state\", values = [\"no\"] }\n";
    let wide = "files = \"f.csv\"\nlayout = \"wide\"\nmeasures = [\"b\", \"a\"]\ndates = [\"on\"]\ntexts = [\"chief\"]\n\
                value = { missing = [\"\"] }\n";
    let long = "files = [\"z.csv\", \"f.csv\"]\nmeasure = { column = \"what\" }\nvalue = { column = \"a\" }\n\
                scope = { region = { column = \"region\" } }\n";
    let rules = "[measure.a]\nover-time = \"none\"\n[measure.b]\nover-time = \"none\"\n[measure.x]\nover-time = \"adds\"\nleast = 0\n";
    let rows = |from: usize| {
        let row = |at: usize| {
            // One row clashes, some are left out, and of some a cell is missing.
            let a = if at == 13 { 101 } else { at };
            let state = if at % 9 == 7 { "no" } else { "yes" };
            let (what, total) = if at < 20 { (["a", "b", "x"][at % 3], "") } else { ("x", "through ") };
            let (region, month) = if at < 20 { (at / 6, 1 + at % 6) } else { (at, 1) };
            let (chief, b) = (["", "Ann"][at % 2], if at.is_multiple_of(4) { String::new() } else { at.to_string() });
            format!("R{region},{total}2025-{month:02},{chief},{state},{what},2025-01-{:02},{b},{a}\n", 1 + at % 28)
        };
        (from..from + 25).fold("region,month,chief,state,what,on,b,a\n".to_owned(), |text, at| text + &row(at))
    };
    for (table, edits) in [(wide, "[edits.f]\nfew = \"a <= 100\"\n"), (long, "")] {
        let mut files = BTreeMap::from([
            ("claims/t.toml".to_owned(), format!("{head}{table}")),
            ("claims/f.csv".to_owned(), rows(0)),
            ("claims/z.csv".to_owned(), rows(50)),
            ("rules/r.toml".to_owned(), format!("{rules}{edits}")),
        ]);
        if table == long {
            // A month of more than all months to date.
            let text = files["claims/z.csv"].clone() + "Q,2025-01,,yes,x,,,5\nQ,through 2025-01,,yes,x,,,4\n";
            files.insert("claims/z.csv".to_owned(), text);
        }
        let (sifted, settled) = run(&files, true, 2);
        assert_eq!(sifted, run(&files, false, 1).0);
        let mut marked = files.clone();
        for (_, text) in marked.iter_mut().filter(|(path, _)| path.ends_with(".csv")) {
            *text = in_marks(text, 1);
        }
        let (said, of_marked) = run(&marked, true, 2);
        assert_eq!(said, run(&marked, false, 1).0);
        assert_eq!(of_marked, settled);
        assert!(
            settled > 0 && sifted.contains("no check names it") && sifted.contains("is more than"),
            "{settled}\n{sifted}"
        );
    }
}
