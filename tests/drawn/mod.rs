//! Tables that are drawn, with claim files and rules: most rows fit, most cells are plain, and some are neither.
#![allow(dead_code, reason = "every test file uses a part of it")]

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A table that is drawn: what its claim file, its rules and its cells are made of.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub wide: bool,
    /// What is declared of the measure, and which rules there are, a choice each.
    pub declared: [usize; 8],
    pub rows: Vec<[usize; 8]>,
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

    /// The claim file, the table and the rules, by their paths.
    pub fn files(&self) -> BTreeMap<String, String> {
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

    /// The table as CSV.
    pub fn table(&self) -> String {
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

pub fn drawn() -> impl Strategy<Value = Drawn> {
    let row = prop::array::uniform8(0_usize..10_000);
    let declared = prop::array::uniform8(0_usize..120);
    (any::<bool>(), declared, prop::collection::vec(row, 1..14)).prop_map(|(wide, declared, rows)| Drawn {
        wide,
        declared,
        rows,
    })
}
