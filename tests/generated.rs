//! Data sets of `addup generate`: what is true in one world is never accused, and what is planted is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::arithmetic_side_effects)]

use addup::finding::{Finding, FindingKind};
use addup::generate::{DataSet, Kind, Settings, Shape};
use addup::source::Texts;
use addup::workspace::{Checked, Request, Workspace};
use proptest::prelude::*;

/// A data set, checked.
fn checked(set: &DataSet) -> Checked {
    let texts = set.texts().map(|text| (text.path, text.chunks.collect::<String>()));
    let files = Texts(texts.collect());
    let request = Request { config: Some("addup.toml".to_owned()), ..Request::default() };
    let workspace = Workspace::load(&files, &request)
        .unwrap_or_else(|(sources, errors)| panic!("{}", addup::report::input_errors(&sources, &errors, false)));
    workspace.check()
}

/// What is found in a data set.
fn findings(set: &DataSet) -> Vec<Finding> {
    checked(set).findings.findings
}

fn shown(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|finding| format!("{:?}: {}, of {:?}\n", finding.kind, finding.message, finding.claims))
        .collect()
}

/// Nothing true is doubted, and everything planted is found; a joint contradiction takes more than two claims.
fn told_truly(settings: Settings) -> Result<(), TestCaseError> {
    let set = DataSet::new(settings).unwrap();
    let checked = checked(&set);
    let score = checked.score(&set.truth());
    prop_assert!(score.is_perfect() && score.doubted == 0, "{score:#?}\n{}", shown(&checked.findings.findings));
    Ok(())
}

fn shape() -> impl Strategy<Value = Shape> {
    prop::sample::select(Shape::ALL.to_vec())
}

/// A shape, and a kind that fits it.
fn planted() -> impl Strategy<Value = (Shape, Kind)> {
    let all = Shape::ALL.into_iter().flat_map(|shape| Kind::ALL.map(|kind| (shape, kind)));
    prop::sample::select(all.filter(|(shape, kind)| kind.fits(*shape)).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_true_data_set_is_not_doubted(seed: u64, shape in shape(), groups in 1_u64..4, months in 1_usize..14) {
        let set = DataSet::new(Settings { seed, shape, groups, months, rounded_shares: false, plants: Vec::new() }).unwrap();
        let found = findings(&set);
        prop_assert!(found.is_empty(), "{}", shown(&found));
    }

    #[test]
    fn what_is_planted_is_found(seed: u64, (shape, kind) in planted(), groups in 1_u64..4, months in 5_usize..14) {
        told_truly(Settings { seed, shape, groups, months, rounded_shares: false, plants: vec![(kind, 1)] })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// Beside the shares of rounded figures some articles are not decided, but none is accused.
    #[test]
    fn what_is_hard_to_decide_is_not_accused(seed: u64, months in 1_usize..10) {
        let set = DataSet::new(Settings {
            seed, shape: Shape::Toml, groups: 1, months, rounded_shares: true, plants: Vec::new(),
        }).unwrap();
        let found = findings(&set);
        prop_assert!(found.iter().all(|finding| finding.kind == FindingKind::Undecided), "{}", shown(&found));
    }
}

#[test]
fn every_kind_is_found_in_one_data_set() {
    for shape in Shape::ALL {
        let kinds: Vec<(Kind, u64)> =
            Kind::ALL.into_iter().filter(|kind| kind.fits(shape)).map(|kind| (kind, 1)).collect();
        let groups = kinds.iter().map(|(_, count)| count).sum::<u64>() + 2;
        told_truly(Settings { seed: 1, shape, groups, months: 8, rounded_shares: false, plants: kinds }).unwrap();
    }
}

/// Years of months, with regions that add up and rounded figures, are one component of thousands of rows each.
#[test]
fn long_series_are_decided() {
    for (shape, months) in [(Shape::Long, 120), (Shape::Toml, 60)] {
        let settings = Settings { seed: 1, shape, groups: 1, months, rounded_shares: false, plants: Vec::new() };
        let set = DataSet::new(settings).unwrap();
        let findings = checked(&set).findings;
        assert!(findings.findings.is_empty(), "{}", shown(&findings.findings));
        assert!(findings.unchecked.beyond.is_empty(), "whether words are strained is decided, too");
    }
}
