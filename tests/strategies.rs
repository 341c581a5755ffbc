//! What is drawn for property tests is what it says it is, and so is all that it shrinks to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use addup::calendar::{Context, Conventions, Day, read_when};
use addup::claim::Kind as ClaimKind;
use addup::generate::{Kind, Shape};
use addup::number::{ReadingPolicy, read};
use addup::report::{Verdict, input_errors};
use addup::source::Texts;
use addup::strategies::{Drawn, Workspaces, claims, consistent, period, planted, quantity, quantity_of};
use addup::workspace::{Checked, Request, Workspace};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

fn runner() -> TestRunner {
    TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })
}

fn dateline() -> Day {
    Day::from_ymd(2025, 12, 21).unwrap()
}

fn load(files: &Texts) -> Workspace {
    Workspace::load(files, &Request::default())
        .unwrap_or_else(|(sources, errors)| panic!("{}\n{files:?}", input_errors(&sources, &errors, false)))
}

fn check(drawn: &Drawn) -> Checked {
    load(&drawn.files).check()
}

/// Says of what is drawn, and of each step that it shrinks to, whether it is as it should be. In every other case the steps
/// are all taken; in the others three in ten are taken back, as it is where a test no longer fails.
fn at_every_step<S: Strategy>(strategy: &S, cases: usize, mut holds: impl FnMut(&S::Value)) {
    let mut runner = runner();
    for case in 0..cases {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        holds(&tree.current());
        while tree.simplify() {
            holds(&tree.current());
            if case % 2 == 1 && proptest::bool::weighted(0.3).new_tree(&mut runner).unwrap().current() {
                tree.complicate();
            }
        }
    }
}

fn is_consistent(drawn: &Drawn) {
    let checked = check(drawn);
    assert!(checked.findings.findings.is_empty(), "{drawn:?}\n{:#?}", checked.findings.findings);
    assert_eq!(checked.verdict(), Verdict::Consistent, "{drawn:?}");
    assert!(drawn.truth.planted.is_empty() && !drawn.claims.is_empty());
}

fn is_found(drawn: &Drawn) {
    let checked = check(drawn);
    let score = checked.score(&drawn.truth);
    assert!(score.is_perfect() && score.doubted == 0 && score.found() == 1, "{drawn:?}\n{score:#?}");
    assert_eq!(checked.verdict(), Verdict::Contradicted, "{drawn:?}");
    let ids: Vec<String> = drawn.claims.iter().map(|claim| claim.id()).collect();
    assert!(drawn.truth.planted[0].claims.iter().all(|id| ids.contains(id)), "{drawn:?}");
}

#[test]
fn what_is_consistent_is_so_at_every_step() {
    for shape in Shape::ALL {
        at_every_step(&consistent(shape), 8, is_consistent);
    }
}

#[test]
fn what_is_planted_is_found_at_every_step() {
    for shape in Shape::ALL {
        for kind in Kind::ALL.into_iter().filter(|kind| kind.fits(shape)) {
            at_every_step(&planted(shape).of_kinds([kind]), 2, is_found);
        }
    }
}

/// What is left where every step is taken.
fn smallest(strategy: &Workspaces) -> Drawn {
    let mut tree = strategy.new_tree(&mut runner()).unwrap();
    while tree.simplify() {}
    tree.current()
}

#[test]
fn what_shrinks_ends_with_the_few_claims_that_matter() {
    for shape in Shape::ALL {
        for _ in 0..8 {
            assert_eq!(smallest(&consistent(shape)).claims.len(), 2);
            let drawn = smallest(&planted(shape));
            let mut ids: Vec<String> = drawn.claims.iter().map(|claim| claim.id()).collect();
            let mut clashing = drawn.truth.planted[0].claims.clone();
            ids.sort();
            clashing.sort();
            assert_eq!(ids, clashing, "{drawn:?}");
        }
    }
}

#[test]
fn a_test_that_fails_is_shown_the_smallest_workspace_that_fails_it() {
    // It is no fault to report a running total; but it makes a small example of a test that fails.
    let reports_total =
        |drawn: &Drawn| drawn.claims.iter().filter_map(|it| it.figure()).any(|it| it.when.contains("through"));
    let failed = runner().run(&consistent(Shape::Toml), |drawn| {
        prop_assert!(!reports_total(&drawn), "a running total");
        Ok(())
    });
    let Err(proptest::test_runner::TestError::Fail(_, drawn)) = failed else { panic!("{failed:?}") };
    assert_eq!(drawn.claims.len(), 3, "{drawn:?}");
    assert!(drawn.claims.iter().all(|claim| claim.figure().is_some_and(|it| it.value.len() < 4)), "{drawn:?}");
}

#[test]
fn claims_say_what_the_files_say() {
    // In whatever shape they were drawn: the same claims, written by themselves, can be true together as well.
    for shape in Shape::ALL {
        let mut tree = consistent(shape).new_tree(&mut runner()).unwrap();
        loop {
            let drawn = tree.current();
            let mut files: BTreeMap<String, String> = drawn.files.0.clone();
            files.retain(|path, _| path == "rules/figures.toml");
            let rules = files.values_mut().next().unwrap();
            *rules = rules.split("[edits.").next().unwrap().to_owned();
            for claim in &drawn.claims {
                let article = files.entry(format!("claims/{}.toml", claim.article)).or_insert("[article]\n".to_owned());
                article.push_str(&format!("\n{}", claim.toml()));
            }
            let workspace = load(&Texts(files));
            let read: Vec<&str> = workspace.claims.claims.iter().map(|claim| claim.id.as_str()).collect();
            assert!(drawn.claims.iter().all(|claim| read.contains(&claim.id().as_str())), "{drawn:?}\n{read:?}");
            let checked = workspace.check();
            assert!(checked.findings.findings.iter().all(|it| it.kind == addup::finding::FindingKind::NothingChecked));
            if !tree.simplify() {
                break;
            }
        }
    }
}

#[test]
fn words_of_a_quantity_admit_its_truth_at_every_step() {
    let admits = |said: &addup::strategies::Reported<addup::number::Rational>| {
        let quantity = read(&said.text, &ReadingPolicy::default()).unwrap_or_else(|error| panic!("{said:?}: {error}"));
        assert!(quantity.reading.soft().contains(&said.truth), "{said:?}: {:?}", quantity.reading);
        assert!(quantity.reading.hard().contains(&said.truth), "{said:?}: {:?}", quantity.reading);
    };
    at_every_step(&quantity(), 1_000, admits);
    at_every_step(&any::<u64>().prop_flat_map(quantity_of), 300, admits);
    at_every_step(&(0..2_000_u64).prop_flat_map(quantity_of), 300, admits);
}

#[test]
fn words_of_a_time_admit_its_truth_at_every_step() {
    let days = [(2025, 12, 21), (2024, 2, 29), (2025, 1, 1), (2023, 3, 31)];
    for (year, month, day) in days {
        let dateline = Day::from_ymd(year, month, day);
        let context = Context { dateline, conventions: Conventions::default() };
        at_every_step(&period(dateline.unwrap()), 100, |said| {
            let when = read_when(&said.text, &context).unwrap_or_else(|error| panic!("{said:?}: {error}"));
            let [only] = when.readings() else { panic!("{said:?} is read by convention: {when:?}") };
            assert!(only.value.admits(said.truth) && only.soft.admits(said.truth), "{said:?}: {only:?}");
        });
    }
}

#[test]
fn every_claim_is_read_in_its_words() {
    at_every_step(&claims(dateline(), 1..6), 12, |claims| {
        let tables: String = claims.iter().map(|claim| format!("\n{}", claim.toml())).collect();
        let file = format!("[article]\ndateline = 2025-12-21\n{tables}");
        let workspace = load(&Texts([("claims/drawn.toml".to_owned(), file)].into()));
        assert_eq!(workspace.claims.claims.len(), claims.len());
        for claim in claims {
            let read_back = workspace.claims.claims.iter().find(|it| it.id == claim.id()).expect("it was read");
            let (ClaimKind::Figure(figure), Some(written)) = (&read_back.kind, claim.figure()) else { panic!() };
            assert_eq!((&figure.measure.value, &read_back.mentions[0].words), (&written.measure, &written.value));
        }
    });
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let refused = |strategy: Workspaces| strategy.new_tree(&mut runner()).unwrap_err().to_string();
    assert!(
        refused(planted(Shape::Long).of_kinds([Kind::RecordRule])).contains("cannot be planted in the shape `long`")
    );
    assert!(refused(consistent(Shape::Long).groups(0..=0)).contains("1 to"));
    #[allow(clippy::reversed_empty_ranges)]
    let backwards = 3..=1;
    assert!(refused(consistent(Shape::Long).months(backwards)).contains("empty"));
}

#[test]
fn a_workspace_prints_as_its_files_stand() {
    let drawn = smallest(&planted(Shape::Wide).of_kinds([Kind::FallingTotal]));
    let text = format!("{drawn:?}");
    assert!(text.contains("\n--- data/figures.csv\ngroup,month,monthly,cumulative,start,end\n"), "{text}");
    assert!(text.contains("\n--- falling-total planted in figures/figures[g"), "{text}");
}

#[test]
fn the_page_shows_what_the_example_runs() {
    let read = |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let lines = |text: &str| text.lines().map(|line| format!("{}\n", line.trim_start())).collect::<String>();
    let (page, example) = (read("docs/property-testing.md"), lines(&read("examples/property_test.rs")));
    let blocks: Vec<&str> = page.split("```rust\n").skip(1).filter_map(|it| it.split("```").next()).collect();
    assert!(blocks.len() > 3);
    for block in blocks {
        assert!(example.contains(&lines(block)), "the example does not have this any more:\n{block}");
    }
}
