//! Grounding at size: one measure in many scopes that nest, levels with flows, and a formula over every scope and month.
//!
//! Claims are made from a few that are read from text, so that what is measured is grounding alone. The time for ten times
//! as many claims should be about ten times as long.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use addup::calendar::{Alternatives, Instant, Moment, When};
use addup::claim::{Claim, Claims, Kind, Member, Scope};
use addup::ground::{Choices, ground};
use addup::number::{Rational, Reading};
use addup::source::Texts;
use addup::workspace::{Request, Workspace};
use std::collections::BTreeMap;

fn main() {
    divan::main();
}

const RULES: &str = r#"
[dimension.place]
[measure.arrests]
over-time = "adds"
least     = 0
integer   = true
adds-over = ["place", "sex"]

[dimension.sex]
members  = ["f", "m"]
complete = true

[measure.in-custody]
over-time = "level"
least     = 0

[measure.admissions]
over-time = "adds"
least     = 0

[measure.releases]
over-time = "adds"
least     = 0

[rule.custody]
kind  = "balance"
level = "in-custody"
in    = ["admissions"]
out   = ["releases"]

[rule.price-times-units]
kind    = "relation"
given   = { price = { measure = "price" }, units = { measure = "units" }, sales = { measure = "sales" } }
require = "price * units == sales"

[rule.votes]
kind    = "relation"
given   = { parts = [{ measure = "votes" }], whole = { measure = "votes-cast" } }
join    = ["when", "place"]
require = "sum(parts) == whole"
"#;

const MEASURES: [&str; 9] =
    ["arrests", "in-custody", "admissions", "releases", "price", "units", "sales", "votes", "votes-cast"];

/// A workspace with one claim of each measure, to be filled with others like them.
struct Made {
    workspace: Workspace,
    patterns: BTreeMap<String, Claim>,
}

impl Made {
    fn new() -> Self {
        let mut text = "[article]\ntitle = \"T\"\ndateline = 2025-12-31\n".to_owned();
        for measure in MEASURES {
            text += &format!("[claim.a-{measure}]\nmeasure = \"{measure}\"\nvalue = 1\nwhen = \"2025-01\"\n");
        }
        let files = [("rules/r.toml", RULES.to_owned()), ("claims/a.toml", text)];
        let held = Texts(files.map(|(path, text)| (path.to_owned(), text)).into());
        let mut workspace =
            Workspace::load(&held, &Request::default()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
        let mut patterns = BTreeMap::new();
        for claim in std::mem::take(&mut workspace.claims.claims) {
            if let Kind::Figure(figure) = &claim.kind {
                patterns.insert(figure.measure.value.clone(), claim);
            }
        }
        Self { workspace, patterns }
    }

    fn claim(&mut self, measure: &str, value: i64, (start, end): (i32, i32), scope: &[(&str, String)]) {
        let mut claim = self.patterns[measure].clone();
        claim.name = format!("c{}", self.workspace.claims.claims.len());
        claim.id = format!("a/{}", claim.name);
        if let Kind::Figure(figure) = &mut claim.kind {
            let member = |path: &str| if path == "*" { Member::All } else { Member::Path(path.to_owned()) };
            figure.scope = Scope(scope.iter().map(|(name, path)| ((*name).to_owned(), member(path))).collect());
            let (start, end) = (Moment::fixed(Instant(start.into())), Moment::fixed(Instant(end.into())));
            if let Some(when) = &mut figure.when {
                when.value = Alternatives::one(When::Period { start, end, length: None });
            }
            figure.readings[0].1 = Reading::exact(Rational::from(value));
        }
        self.workspace.claims.claims.push(claim);
    }

    fn claims(&self) -> &Claims {
        &self.workspace.claims
    }

    fn bench(&self, bencher: divan::Bencher<'_, '_>) {
        bencher.bench(|| ground(self.claims(), &self.workspace.rules, &Choices::default()));
    }
}

/// The 30 days of a month.
fn month(number: usize) -> (i32, i32) {
    let start = i32::try_from(number).expect("few months") * 30 + 20_000;
    (start, start + 30)
}

/// Ten months in a tenth as many scopes: towns in provinces in a country, women, men and all.
#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 3, sample_size = 1)]
fn one_measure(bencher: divan::Bencher<'_, '_>, claims: usize) {
    const TOWNS: i64 = 60;
    let mut made = Made::new();
    let provinces = i64::try_from(claims / 10 / 3).expect("it fits") / (TOWNS + 1);
    for number in 0..10 {
        for (sex, each) in [("f", 1_i64), ("m", 2), ("*", 3)] {
            let mut add = |value: i64, place: String| {
                made.claim("arrests", value, month(number), &[("place", place), ("sex", sex.to_owned())]);
            };
            for province in 0..provinces {
                (0..TOWNS).for_each(|town| add(each, format!("KH/{province}/{town}")));
                add(each * TOWNS, format!("KH/{province}"));
            }
            add(each * TOWNS * provinces, "KH".to_owned());
        }
    }
    made.bench(bencher);
}

/// Levels at the ends of months with what comes in and goes out, a hundredth as many places.
#[divan::bench(args = [10_000, 100_000], sample_count = 3, sample_size = 1)]
fn balances(bencher: divan::Bencher<'_, '_>, claims: usize) {
    let mut made = Made::new();
    for place in 0..claims / 300 {
        let scope = [("place", format!("KH/{place}"))];
        for number in 0..100 {
            made.claim("in-custody", 50, month(number), &scope);
            made.claim("admissions", 5, month(number), &scope);
            made.claim("releases", 5, month(number), &scope);
        }
    }
    made.bench(bencher);
}

/// A formula of three figures in every place and month.
#[divan::bench(args = [10_000, 100_000], sample_count = 3, sample_size = 1)]
fn formulas(bencher: divan::Bencher<'_, '_>, claims: usize) {
    let mut made = Made::new();
    for place in 0..claims / 30 {
        let scope = [("place", format!("KH/{place}"))];
        for number in 0..10 {
            made.claim("price", 5, month(number), &scope);
            made.claim("units", 7, month(number), &scope);
            made.claim("sales", 35, month(number), &scope);
        }
    }
    made.bench(bencher);
}

/// Sets of a hundred parties in every place.
#[divan::bench(args = [10_000, 100_000], sample_count = 3, sample_size = 1)]
fn sets(bencher: divan::Bencher<'_, '_>, claims: usize) {
    let mut made = Made::new();
    for place in 0..claims / 101 {
        let own = ("place", format!("KH/{place}"));
        for party in 0..100 {
            made.claim("votes", 3, month(0), &[own.clone(), ("party", format!("p{party}"))]);
        }
        made.claim("votes-cast", 300, month(0), &[own, ("party", "*".to_owned())]);
    }
    made.bench(bencher);
}
