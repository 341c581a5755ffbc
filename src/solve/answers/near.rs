//! What comes nearest to figures that no answers have, for the words of a finding. Nothing is decided here.

use super::squares::Squares;
use super::{Found, Search, Sums, root};
use crate::expr::AnswerKind;
use crate::number::{End, Interval, Rational};
use crate::problem::{Answers, Domain};

/// What answers come nearest to figures that none have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    /// The sums of totals just below and just above what the mean admits, if it admits none.
    pub totals: Option<(i128, i128)>,
    /// The means that it admits, each with the standard deviations just below and just above what is admitted.
    pub spreads: Vec<(Rational, Option<Rational>, Option<Rational>)>,
    /// How many means there are in all.
    pub means: usize,
}

/// So many means at most are said to an editor.
const MOST_SAID: usize = 3;
/// So many steps may be taken to find what is said.
const STEPS: u64 = 200_000;
/// Of more people than this, nothing is said that has to be looked for one by one.
const MOST_PEOPLE: i128 = 10_000;

/// The end of what lies beyond an end.
fn outside(end: &End) -> End {
    match end {
        End::Closed(value) => End::Open(value.clone()),
        End::Open(value) => End::Closed(value.clone()),
        End::Unbounded => End::Unbounded,
    }
}

/// What answers of so many people come nearest, standard deviations rounded down to so many decimals.
pub(crate) fn near(answers: &Answers, domains: &[Domain], people: i128, decimals: i32) -> Option<Near> {
    let search = Search::new(answers, domains);
    let n = Rational::from(people);
    let Some(totals) = search.totals(people) else {
        let all = search.mean.scale(&n.times(&search.items));
        // An end that is not admitted itself may be a whole sum.
        let (low, high) =
            (Interval::new(End::Unbounded, outside(all.lo())), Interval::new(outside(all.hi()), End::Unbounded));
        let (low, high) = (low?.integers()?, high?.integers()?);
        let totals = (low.hi().value()?.to_i128()?, high.lo().value()?.to_i128()?);
        return Some(Near { totals: Some(totals), spreads: Vec::new(), means: 0 });
    };
    let (first, last) = (totals.lo().value()?.to_i128()?, totals.hi().value()?.to_i128()?);
    let means = usize::try_from(last.checked_sub(first)?.checked_add(1)?).ok()?;
    let mut left = STEPS;
    let mut spreads = Vec::new();
    for total in (first..=last).take(MOST_SAID) {
        let (below, above) = beside(&search, people, total, &mut left)?;
        let mean = Rational::from(total).checked_div(&n.times(&search.items))?;
        let roots = |variance: Option<Rational>| root(&variance?, decimals);
        spreads.push((mean, roots(below).map(|it| it.0), roots(above).map(|it| it.1)));
    }
    Some(Near { totals: None, spreads, means })
}

/// The variances of answers of one sum just below and just above what is admitted.
fn beside(search: &Search, people: i128, total: i128, left: &mut u64) -> Option<(Option<Rational>, Option<Rational>)> {
    let (n, sum) = (Rational::from(people), Rational::from(total));
    let scale = n.minus(&Rational::ONE).times(&search.items).times(&search.items);
    let admitted = search.deviation.as_ref()?.pow(2)?.scale(&scale).shift(&sum.times(&sum).checked_div(&n)?);
    let (low, high) = (admitted.lo().value()?.ceil().to_i128()?, admitted.hi().value()?.floor().to_i128()?);
    let (below, above) = match search.kind {
        AnswerKind::YesNo if total < low => (Some(total), None),
        AnswerKind::YesNo => (None, Some(total)),
        AnswerKind::Whole => {
            let squares = Squares::of(people, total)?;
            let above = match squares.first(&Interval::at_least(Rational::from(high.checked_add(1)?)), left) {
                Found::Squares(found) => Some(found),
                _ => None,
            };
            (squares.last_below(low, left), above)
        }
    };
    let variance = |squares: Option<i128>| search.variance(&Sums { count: people, total, squares: squares? });
    Some((variance(below), variance(above)))
}

/// The standard deviations of so many people just below and just above what is admitted, whatever their mean, rounded down
/// to so many decimals, and up.
pub(crate) fn near_any_mean(
    answers: &Answers,
    domains: &[Domain],
    people: i128,
    decimals: i32,
) -> Option<(Option<Rational>, Option<Rational>)> {
    let search = Search::new(answers, domains);
    let mut left = STEPS;
    let (mut last, mut next): (Option<Rational>, Option<Rational>) = (None, None);
    for total in 0..Some(people).filter(|people| *people <= MOST_PEOPLE)? {
        let (below, above) = beside(&search, people, total, &mut left)?;
        last = last.max(below);
        next = match (next, above) {
            (Some(next), Some(above)) => Some(next.min(above)),
            (next, above) => next.or(above),
        };
    }
    let roots = |variance: Option<Rational>| root(&variance?, decimals);
    Some((roots(last).map(|it| it.0), roots(next).map(|it| it.1)))
}
