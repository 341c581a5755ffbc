//! Rows that are told to fit without being read as claims change nothing in what is found, byte for byte.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::arithmetic_side_effects)]

use addup::report::{self, FullOptions, JsonOptions};
use addup::source::Texts;
use addup::workspace::{Request, Workspace};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
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

/// A table that is drawn: what its claim file, its rules and its cells are made of.
#[derive(Clone, Debug)]
struct Drawn {
    wide: bool,
    /// What is declared of the measure, and which rules there are, a choice each.
    declared: [usize; 8],
    rows: Vec<[usize; 8]>,
}

fn pick(list: &[&'static str], at: usize) -> &'static str {
    list.get(at % list.len()).unwrap()
}

const MONTHS: &[&str] = &["2025-01", "2025-02", "2025-03", "2025-04", "2025-06", "Q1 2025", "2025-02-03", "", "2025"];
const PLACES: &[&str] = &["A", "B", "C", "A", "B", "A/x", "*", "", "D/y"];
const DAYS: &[&str] = &["2025-01-05", "2025-01-09", "2025-02-01", "NA", "5 January 2025", "2025-01-05"];

impl Drawn {
    /// A small number; seldom one that is not plain.
    fn value(seed: usize, most: usize) -> String {
        match seed % 97 {
            0 => "NA".to_owned(),
            1 => "about 5".to_owned(),
            2 => "1,000".to_owned(),
            3 => "-3".to_owned(),
            4 => format!("{}.5", seed % most),
            5 => String::new(),
            6 => format!("{}.0", seed % most),
            _ => format!("{}", seed / 97 % most),
        }
    }

    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        files.insert("claims/t.toml".to_owned(), self.mapping());
        files.insert("claims/data/figures.csv".to_owned(), self.table());
        files.insert("rules/r.toml".to_owned(), self.rules());
        if self.declared[6].is_multiple_of(8) {
            let other =
                "[claim.other]\nmeasure = \"arrests\"\nvalue = 7\nwhen = \"2025-01\"\nscope = { place = \"A\" }\n";
            files.insert("claims/other.toml".to_owned(), other.to_owned());
        }
        files
    }

    fn mapping(&self) -> String {
        let mut text = "[article]\ndateline = 2025-07-01\n[[table]]\nfiles = \"data/figures.csv\"\n".to_owned();
        let place = pick(&["scope = { place = { column = \"place\" } }\n", ""], self.declared[7] % 3 / 2);
        text.push_str(place);
        if self.declared[4].is_multiple_of(5) {
            text.push_str("skip = { column = \"status\", values = [\"2\"] }\n");
        }
        if self.declared[4].is_multiple_of(7) {
            text.push_str("weight = \"status\"\n");
        }
        if self.wide {
            let key = pick(&["[\"place\", \"month\"]", "[\"id\"]", "[\"place\", \"month\", \"id\"]"], self.declared[3]);
            write!(text, "layout = \"wide\"\nkey = {key}\nvalue = {{ missing = [\"NA\"] }}\n").unwrap();
            text.push_str("when = { column = \"month\" }\ndates = [\"start\", \"end\"]\n");
            text.push_str(pick(&["", "texts = [\"what\"]\n"], self.declared[6] / 6));
            text.push_str("[table.measures]\n");
            text.push_str("monthly = \"arrests\"\nother = \"staff\"\n");
            let as_total = "cumulative = { measure = \"arrests\", when = { column = \"month\", as = \"through {}\" }, missing = [\"NA\"] }\n";
            text.push_str(as_total);
        } else {
            text.push_str(pick(&["", "key = [\"id\"]\n", "key = [\"place\", \"month\"]\n"], self.declared[3]));
            text.push_str("value = { column = \"monthly\", missing = [\"NA\"] }\n");
            text.push_str(pick(&["measure = \"arrests\"\n", "measure = { column = \"what\" }\n"], self.declared[5]));
            let as_total = "when = { column = \"month\", as = \"through {}\" }\n";
            text.push_str(pick(&["when = { column = \"month\" }\n", as_total, ""], self.declared[2]));
        }
        text
    }

    fn rules(&self) -> String {
        let mut text = "[measure.arrests]\n".to_owned();
        let over = [
            "over-time = \"adds\"\n",
            "over-time = \"adds\"\n",
            "over-time = \"level\"\n",
            "",
            "over-time = \"none\"\n",
        ];
        text.push_str(pick(&over, self.declared[0]));
        text.push_str(pick(
            &["least = 0\n", "least = 0\ninteger = true\n", "", "least = 0\ngreatest = 30\n"],
            self.declared[1],
        ));
        text.push_str(pick(&["", "", "origin = 2025-01-01\n", "adds-over = [\"place\"]\n"], self.declared[2] / 3));
        if self.wide {
            text.push_str("[edits.figures]\npart = \"monthly <= cumulative\"\n");
            text.push_str(pick(
                &[
                    "order = \"start <= end\"\n",
                    "order = \"start <= end and end - start < 30\"\nstaffed = \"if monthly > 0 then other > 0\"\n",
                    "sum = \"monthly + other <= 2 * cumulative\"\n",
                    "ratio = \"monthly / cumulative <= 1\"\nless = \"cumulative / other >= 0.5\"\n",
                    "code = \"what == 'arrests' or what == 'staff'\"\nnoted = \"if what == 'staff' then monthly > 1\"\n",
                    "",
                ],
                self.declared[5],
            ));
        }
        text.push_str(pick(
            &[
                "",
                "",
                "",
                "[rule.fewer]\nkind = \"relation\"\ngiven = { a = { measure = \"arrests\" }, b = { measure = \"staff\" } }\nrequire = \"a <= 10 * b\"\n",
                "[dimension.place]\nmembers = [\"A\", \"B\", \"C\", \"D\"]\ncomplete = true\n",
                "[rule.by-place]\nkind = \"breakdown\"\ndimension = \"place\"\nmeasures = [\"arrests\"]\n",
            ],
            self.declared[6],
        ));
        text
    }

    fn table(&self) -> String {
        let mut text = "id,place,month,what,monthly,cumulative,other,start,end,status\n".to_owned();
        let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, [place, month, what, value, slip, other, days, status]) in self.rows.iter().copied().enumerate() {
            // Most places and months are plain, and most totals are sums, so that most rows fit.
            let place = pick(PLACES, if place % 5 == 0 { place / 5 } else { place % 3 });
            let month = pick(MONTHS, if month % 6 == 0 { month / 6 } else { id % 4 });
            let monthly = Self::value(value, 9);
            let total = totals.entry(place).or_default();
            *total += monthly.parse::<usize>().unwrap_or(0);
            let cumulative = if slip % 9 == 0 { Self::value(slip / 9, 20) } else { total.to_string() };
            let (start, end) = (pick(DAYS, days % 2), pick(DAYS, if days % 7 == 0 { days / 7 } else { 1 }));
            let what = pick(&["arrests", "staff", "arrests", "homes"], what);
            let other = Self::value(other, 5);
            let id = if status % 11 == 0 { 0 } else { id };
            writeln!(text, "{id},{place},{month},{what},{monthly},{cumulative},{other},{start},{end},{}", status % 3)
                .unwrap();
        }
        text
    }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let row = prop::array::uniform8(0_usize..10_000);
    let declared = prop::array::uniform8(0_usize..120);
    (any::<bool>(), declared, prop::collection::vec(row, 1..14)).prop_map(|(wide, declared, rows)| Drawn {
        wide,
        declared,
        rows,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_the_same(drawn in drawn()) {
        let files = drawn.files();
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
