//! What the maker of data sets promises by itself.

use super::*;
use std::collections::BTreeSet;

fn settings(shape: Shape, plants: Vec<(Kind, u64)>) -> Settings {
    Settings { seed: 7, shape, groups: 40, months: 12, rounded_shares: false, plants }
}

fn text_of(settings: Settings) -> String {
    let set = DataSet::new(settings).unwrap();
    set.texts().map(|text| format!("== {}\n{}", text.path, text.chunks.collect::<String>())).collect()
}

fn fitting(shape: Shape) -> Vec<Kind> {
    Kind::ALL.into_iter().filter(|kind| kind.fits(shape)).collect()
}

#[test]
fn the_same_settings_give_the_same_texts_and_another_seed_gives_others() {
    for shape in Shape::ALL {
        let settings = settings(shape, vec![(Kind::Chain, 3)]);
        let text = text_of(settings.clone());
        assert_eq!(text, text_of(settings.clone()));
        assert_ne!(text, text_of(Settings { seed: 8, ..settings }));
    }
}

#[test]
fn what_is_planted_changes_no_other_group() {
    for shape in Shape::ALL {
        let plain = DataSet::new(settings(shape, Vec::new())).unwrap();
        let spoiled = DataSet::new(settings(shape, vec![(Kind::FallingTotal, 9)])).unwrap();
        let text = |set: &DataSet, group| set.group(group, u64::MAX).text(shape);
        let differ = (0..40).filter(|group| text(&plain, *group) != text(&spoiled, *group)).count();
        assert_eq!(differ, 9, "{}", shape.name());
    }
}

#[test]
fn the_truth_names_claims_by_kind_and_survives_being_written() {
    for shape in Shape::ALL {
        let plants: Vec<_> = fitting(shape).into_iter().map(|kind| (kind, 2)).collect();
        let truth = DataSet::new(settings(shape, plants.clone())).unwrap().truth();
        assert_eq!(truth.planted.len(), plants.len() * 2);
        for one in &truth.planted {
            let altered: BTreeSet<_> = one.altered.iter().collect();
            assert!(!altered.is_empty() && altered.iter().all(|claim| one.claims.contains(claim)), "{one:?}");
            assert_eq!(one.reach == Reach::Joint, one.claims.len() > 2, "{one:?}");
        }
        assert_eq!(Truth::read(truth.text().as_bytes()), Ok(truth));
    }
}

#[test]
fn settings_that_do_not_fit_are_refused() {
    let refused = |settings| DataSet::new(settings).unwrap_err();
    let plain = settings(Shape::Long, Vec::new());
    assert_eq!(refused(Settings { groups: 0, ..plain.clone() }), Unfit::Size);
    assert_eq!(refused(Settings { months: MOST_MONTHS + 1, ..plain.clone() }), Unfit::Size);
    let with = |kind, count| Settings { plants: vec![(kind, count)], ..plain.clone() };
    assert_eq!(refused(with(Kind::RecordRule, 1)), Unfit::Kind(Kind::RecordRule, Shape::Long));
    assert_eq!(refused(with(Kind::Chain, 41)), Unfit::Groups(41, 40));
    assert_eq!(refused(Settings { months: 4, ..with(Kind::LongChain, 1) }), Unfit::Months(Kind::LongChain));
}

#[test]
fn a_score_tells_what_was_found_missed_and_accused_wrongly() {
    let truth = DataSet::new(settings(Shape::Wide, vec![(Kind::Chain, 2)])).unwrap().truth();
    let (first, second) = (&truth.planted[0], &truth.planted[1]);
    let innocent = vec!["figures/figures[g01,2015-01].start".to_owned()];
    let said = |verdict, claims| Said { verdict, claims };
    let score = truth.score([said(SaidOf::Clash, &first.claims[..]), said(SaidOf::Clash, &second.claims[..])]);
    assert!(score.is_perfect() && score.found() == 2, "{score:?}");
    let score = truth.score([
        said(SaidOf::Clash, &first.altered[..]),
        said(SaidOf::Clash, &innocent[..]),
        said(SaidOf::Undecided, &innocent[..]),
        said(SaidOf::Doubt, &innocent[..]),
        said(SaidOf::Doubt, &second.claims[..]),
    ]);
    assert_eq!((score.found(), score.missed().count(), score.undecided, score.doubted), (1, 1, 1, 1));
    assert_eq!(score.accused_wrongly, [innocent]);
    assert!(!score.is_perfect());
}
