//! Refutations of rows that are made up, and hostile ones.

use super::super::fraction::Fraction;
use super::format::{Combination, Move};
use super::replay::{Numbers, Start, replay};

fn row(terms: &[(usize, i32)], at_most: i32) -> Numbers {
    let terms = terms.iter().map(|(at, factor)| (*at, Fraction::whole(*factor))).collect();
    Numbers { terms, at_most: Fraction::whole(at_most), strict: false }
}

fn sum(rows: &[(usize, &str)]) -> Combination {
    rows.iter().map(|(row, multiple)| (*row, (*multiple).to_owned())).collect()
}

/// Two whole quantities with the rows `x >= 1` and `x <= 0`.
fn start() -> Start {
    Start {
        rows: vec![row(&[(0, -1)], -1), row(&[(0, 1)], 0)],
        whole: vec![true, true],
        factors: vec![vec![0], vec![1]],
        ..Start::default()
    }
}

fn refused(start: &Start, moves: &[Move]) -> String {
    replay(start, moves).map_or_else(|(at, reason)| format!("{at:?}: {reason}"), |()| "accepted".to_owned())
}

#[test]
fn rows_that_contradict_each_other_close_a_branch() {
    assert_eq!(replay(&start(), &[Move::Sum(sum(&[(1, "1"), (2, "1")]))]), Ok(()));
}

#[test]
fn no_branch_is_left_open_and_none_is_closed_twice() {
    let close = Move::Sum(sum(&[(1, "1"), (2, "1")]));
    assert_eq!(refused(&start(), &[]), "None: not every branch of its proof is closed");
    assert_eq!(refused(&start(), &[close.clone(), close]), "Some(2): every branch is closed already");
    let split = Move::Split { terms: vec![(1, "1".into())], below: "0".into(), above: "1".into() };
    let one = Move::Sum(sum(&[(1, "1"), (3, "1")]));
    assert_eq!(refused(&start(), &[split, one]), "None: not every branch of its proof is closed");
}

#[test]
fn multiples_are_above_nought_and_rows_are_there() {
    let close = |rows: &[(usize, &str)]| refused(&start(), &[Move::Sum(sum(rows))]);
    assert_eq!(close(&[(1, "-1"), (2, "1")]), "Some(1): a multiple is no fraction above 0 in lowest terms");
    assert_eq!(close(&[(1, "1"), (3, "1")]), "Some(1): no row 3 stands there");
    assert_eq!(close(&[(0, "1")]), "Some(1): its rows are not in order, each once");
    assert_eq!(close(&[(2, "1"), (1, "1")]), "Some(1): its rows are not in order, each once");
    assert_eq!(close(&[]), "Some(1): it adds up no rows");
    assert_eq!(close(&[(1, "2"), (2, "2")]), "Some(1): its multiples are not whole numbers without a common divisor");
}

#[test]
fn nothing_lies_between_the_two_sides_of_a_split() {
    let split = |below: &str, above: &str| {
        let terms = vec![(1, "1".to_owned())];
        refused(&start(), &[Move::Split { terms, below: below.to_owned(), above: above.to_owned() }])
    };
    for (below, above) in [("0", "2"), ("1/2", "1"), ("0", "0")] {
        assert_eq!(split(below, above), "Some(1): there may be something between its two sides");
    }
    let mut real = start();
    real.whole = vec![false, false];
    let terms = vec![(1, "1".to_owned())];
    let made = Move::Split { terms, below: "0".into(), above: "1".into() };
    assert_eq!(refused(&real, &[made]), "Some(1): there may be something between its two sides");
}

#[test]
fn a_hostile_proof_ends_with_a_refusal() {
    // Products of products would grow without end, and numbers with them.
    let mut moves = Vec::new();
    for at in 0..200_000_usize {
        moves.push(Move::Rounded(sum(&[(at.saturating_add(2), "9999999999999999999999999")])));
    }
    assert!(refused(&start(), &moves).contains("more"));
    let deep: Vec<Move> = (0..200_000)
        .map(|_| Move::Split { terms: vec![(1, "1".into())], below: "0".into(), above: "1".into() })
        .collect();
    assert_eq!(refused(&start(), &deep), "None: not every branch of its proof is closed");
    let mut wide = start();
    wide.choices = vec![vec![vec![row(&[(0, 1)], 0)]; 100_000]];
    let cases = vec![Move::Cases(1); 100_000];
    assert!(refused(&wide, &cases).contains("branches are open at once"));
}
