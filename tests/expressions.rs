//! What has its types can run: whatever expression the loader lets through is grounded and decided, and nothing in it is
//! passed over as unreadable. Expressions are drawn at random over a small vocabulary, most of them sound, some not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions
)]

use addup::problem::{Form, Formula, Problem};
use addup::source::Texts;
use addup::workspace::{Request, Workspace};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Claims of every kind: plain, percent, points, money, unknown, nought, vague, superseded, of several scopes and times.
const CLAIMS: &str = r#"
[article]
title    = "A vocabulary"
dateline = 2025-12-21
source   = "police"

[measure.arrests]
over-time = "adds"
least     = 0
integer   = true

[dimension.place]
members = ["KH", "KH/A", "KH/B"]

[claim.n]
value   = 26
measure = "arrests"
when    = "2025-12-18"
scope   = { place = "KH" }

[claim.m]
value   = "about 90"
measure = "arrests"
when    = "so far this month"

[claim.old]
value   = 7
measure = "deaths"
when    = "2025-12-18"

[claim.new]
value      = 9
measure    = "deaths"
when       = "2025-12-18"
supersedes = "old"

[claim.nought]
value   = 0
measure = "staff"

[claim.q]
value   = "?"
measure = "patrols"
when    = "by some day of November"

[claim.pct]
value   = "37%"
measure = "share"
when    = "2025-11"
of      = "n"
in      = "m"

[claim.pp]
value   = "4 percentage points"
measure = "rise"
when    = "2025-12"

[claim.eur]
value   = "€12.5m"
measure = "sales"
when    = "2025"
scope   = { place = "KH/A" }

[claims.revenue]
by     = "when"
values = { "Q1 2025" = "€101.3m", "Q2 2025" = "€108.9m", "2024" = ["€396m", "$420m"] }

[event.raid]
on    = "2025-12-18"
scope = { place = "KH/A" }

[event.start]
on = "2025-10"

[text.province]
about = "raid.province"
says  = "A"
"#;

/// What relations are drawn over.
const RULES: &str = r#"
[measure.arrests]
over-time = "adds"
least     = 0
integer   = true

[dimension.place]

[rule.drawn]
kind    = "relation"
given   = { n = { measure = "arrests" }, eur = { measure = "sales" }, pct = { unit = "percent" }, s = [{ measure = "revenue", unit = "EUR" }] }
unknown = { q = { integer = true, least = 0, greatest = 5 } }
join    = []
where   = 'WHERE'
require = 'REQUIRE and n >= 0 and eur >= 0 and pct >= 0 and sum(s) >= 0 and q >= 0'
"#;

/// Choices, taken one after the other; once they run out, the first of everything is chosen.
struct Tape<'a> {
    choices: &'a [u8],
    next: Cell<usize>,
    /// Whether names are those of a relation.
    bound: bool,
}

impl Tape<'_> {
    fn pick<'w>(&self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    fn below(&self, count: usize) -> usize {
        let at = self.next.get();
        self.next.set(at + 1);
        usize::from(self.choices.get(at).copied().unwrap_or(0)) % count
    }

    fn number(&self, depth: usize) -> String {
        let depth = match depth.checked_sub(1) {
            Some(depth) if self.next.get() < self.choices.len() => depth,
            _ => return self.leaf(),
        };
        match self.below(12) {
            0..=3 => self.leaf(),
            4 | 5 => format!("({} {} {})", self.number(depth), self.pick(&["+", "-"]), self.number(depth)),
            6 => format!("({} {} {})", self.number(depth), self.pick(&["*", "/"]), self.number(depth)),
            7 => format!("(-{})", self.number(depth)),
            8 => format!("({} ^ {})", self.number(depth), self.pick(&["2", "0", "1", "3"])),
            9 => {
                format!("{}({}, {})", self.pick(&["min", "max", "sum", "mean"]), self.number(depth), self.number(depth))
            }
            10 => format!("change({}, {})", self.number(depth), self.number(depth)),
            _ => format!("({} - {})", self.date(depth), self.date(depth)),
        }
    }

    fn leaf(&self) -> String {
        if self.bound {
            let names = ["n", "eur", "pct", "q", "5", "0.5", "sum(s)", "count(s)", "max(s)", "mean(s)", "min(s, n)"];
            let look_ups =
                ["deaths['2025-12-18']", "revenue['Q1 2025']", "arrests[place = 'KH']", "staff['to date']", "37%"];
            return self.pick(&[&names[..], &look_ups[..]].concat()).to_owned();
        }
        let names =
            ["n", "m", "old", "new", "nought", "q", "pct", "pp", "eur", "`revenue[Q1 2025]`", "7", "0", "12.5", "37%"];
        let look_ups = [
            "revenue['Q1 2025']",
            "revenue['2024']",
            "revenue['Q3 2025']",
            "arrests['2025-12-18', place = 'KH']",
            "arrests[place = 'KH']",
            "deaths['2025-12-18']",
        ];
        self.pick(&[&names[..], &look_ups[..]].concat()).to_owned()
    }

    fn date(&self, depth: usize) -> String {
        if self.bound {
            return self.pick(&["2025-12-18", "2025-01-01"]).to_owned();
        }
        match (self.below(4), depth) {
            (0, 1..) => format!("({} + {})", self.date(depth - 1), self.pick(&["3", "nought", "n"])),
            _ => self.pick(&["raid", "start", "2025-12-18"]).to_owned(),
        }
    }

    fn text(&self) -> &str {
        if self.bound {
            return self.pick(&["'KH'", "n.place", "eur.place", "pct.of", "n.measure", "eur.unit", "'percent'"]);
        }
        self.pick(&[
            "'KH'",
            "n.place",
            "m.place",
            "pct.of",
            "eur.unit",
            "province",
            "n.source",
            "raid.place",
            "province.source",
        ])
    }

    fn time(&self) -> &str {
        if self.bound {
            return self.pick(&["n.when", "eur.when", "pct.when"]);
        }
        self.pick(&["n.when", "m.when", "q.when", "raid.when", "start.when", "nought.when", "new.when"])
    }

    fn condition(&self, depth: usize) -> String {
        let inner = depth.saturating_sub(1);
        let signs = ["<", "<=", "==", "!=", ">=", ">"];
        match self.below(if depth == 0 { 4 } else { 13 }) {
            0 | 4 | 5 => format!("{} {} {}", self.number(inner), self.pick(&signs), self.number(inner)),
            1 => format!("{} {} {}", self.text(), self.pick(&["==", "!="]), self.text()),
            2 => format!("{} {} {}", self.time(), self.pick(&["within", "before", "overlaps"]), self.time()),
            3 => format!("{} {} {}", self.date(inner), self.pick(&signs), self.date(inner)),
            6 => format!("({} and {})", self.condition(inner), self.condition(inner)),
            7 => format!("({} or {})", self.condition(inner), self.condition(inner)),
            8 => format!("not ({})", self.condition(inner)),
            9 => format!("(if {} then {})", self.condition(inner), self.condition(inner)),
            10 => format!("{} < {} <= {}", self.number(inner), self.number(inner), self.number(inner)),
            11 => format!("whole-answers({}, {}, {})", self.number(0), self.number(0), self.number(0)),
            // Now and then something that has no types.
            _ => format!(
                "{} {} {}",
                self.number(inner),
                self.pick(&signs),
                self.pick(&["raid", "'KH'", "n.when", "x", "5"])
            ),
        }
    }
}

fn unread(formula: &Formula) -> bool {
    match formula {
        Formula::Unread => true,
        Formula::All(parts) | Formula::Any(parts) => parts.iter().any(unread),
        Formula::Not(of) => unread(of),
        Formula::Known(_) | Formula::Compare(..) | Formula::Answers(_) => false,
    }
}

/// What was not read of a problem.
fn passed_over(problem: &Problem) -> Vec<String> {
    let formulas = problem.constraints.iter().filter_map(|constraint| match &constraint.form {
        Form::Relation { formula, .. } if unread(formula) => Some(constraint.words.clone()),
        _ => None,
    });
    formulas.collect()
}

fn load(claims: String, rules: String) -> Option<Workspace> {
    let files = [("claims/drawn.toml", claims), ("rules/drawn.toml", rules)];
    let files = files.map(|(path, text)| (path.to_owned(), text));
    let request = Request { claims: vec!["claims".to_owned()], rules: vec!["rules".to_owned()], ..Request::default() };
    Workspace::load(&Texts(BTreeMap::from(files)), &request).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn a_check_that_has_its_types_runs(choices in prop::collection::vec(any::<u8>(), 4..60)) {
        let tape = Tape { choices: &choices, next: Cell::new(0), bound: false };
        let drawn = tape.condition(4);
        let text = format!("{CLAIMS}\n[check.drawn]\nrequire = \"\"\"{drawn}\"\"\"\n");
        if let Some(workspace) = load(text, String::new()) {
            let checked = workspace.check();
            prop_assert_eq!(passed_over(&checked.problem), Vec::<String>::new(), "{}", drawn);
        }
    }

    #[test]
    fn a_derived_figure_that_has_its_types_runs(choices in prop::collection::vec(any::<u8>(), 4..40)) {
        let tape = Tape { choices: &choices, next: Cell::new(0), bound: false };
        let drawn = tape.number(4);
        let text = format!("{CLAIMS}\n[claim.drawn]\nvalue = 12\nwhen = \"2025\"\nis = \"\"\"{drawn}\"\"\"\n");
        if let Some(workspace) = load(text, String::new()) {
            let checked = workspace.check();
            prop_assert_eq!(passed_over(&checked.problem), Vec::<String>::new(), "{}", drawn);
            let held = checked.problem.constraints.iter().any(|it| it.rule == "derived" || it.rule == "change");
            prop_assert!(held, "{drawn} is held to nothing");
        }
    }

    #[test]
    fn a_relation_that_has_its_types_runs(choices in prop::collection::vec(any::<u8>(), 4..60)) {
        let tape = Tape { choices: &choices, next: Cell::new(0), bound: true };
        let (condition, required) = (tape.condition(2), tape.condition(3));
        let rules = RULES.replace("WHERE", &condition.replace('\'', "\"")).replace("REQUIRE", &required.replace('\'', "\""));
        if let Some(workspace) = load(CLAIMS.to_owned(), rules) {
            let checked = workspace.check();
            prop_assert_eq!(passed_over(&checked.problem), Vec::<String>::new(), "{}", required);
            let left: Vec<&String> = checked.problem.passed_over.iter().map(|it| &it.because).collect();
            let known = |why: &&String| why.contains("overlap") || why.contains("unit") || why.contains("currenc")
                || why.contains("added up") || why.contains("compare");
            prop_assert!(left.iter().all(known), "{left:?}");
        }
    }
}

/// Of what is drawn, enough is sound, or the laws above would say little.
#[test]
fn most_of_what_is_drawn_has_its_types() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut sound = [0, 0];
    for _ in 0..200 {
        let choices = prop::collection::vec(any::<u8>(), 4..60).new_tree(&mut runner).unwrap().current();
        for (at, bound) in [false, true].into_iter().enumerate() {
            let tape = Tape { choices: &choices, next: Cell::new(0), bound };
            let drawn = tape.condition(if bound { 3 } else { 4 });
            let loads = if bound {
                let rules = RULES.replace("WHERE", "true").replace("REQUIRE", &drawn.replace('\'', "\""));
                load(CLAIMS.to_owned(), rules).is_some()
            } else {
                load(format!("{CLAIMS}\n[check.drawn]\nrequire = \"\"\"{drawn}\"\"\"\n"), String::new()).is_some()
            };
            sound[at] += usize::from(loads);
        }
    }
    assert!(sound.iter().all(|count| *count >= 60), "{sound:?} of 200");
}
