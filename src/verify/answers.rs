//! What is said of answers, redone: by trying every number of people, every sum of their totals and every sum of squares,
//! and by making the totals themselves.
//!
//! That there are none is believed for three reasons alone, none of which needs a theorem: whole x and x² are even or odd
//! together; (x - a)(x - a - 1) >= 0 bounds a sum of squares from below; and the last few totals can be tried one by one.
//! That there are some is believed once they are made.

use super::facts::Checked;
use crate::expr::AnswerKind;
use crate::number::{End, Interval, Rational};
use crate::problem::{Answers, Domain, ROOT_DECIMALS};

/// How many sums are looked at before giving up.
const MOST_SUMS: usize = 400_000;
/// How many totals are tried before giving up.
const MOST_TRIED: usize = 2_000_000;
/// Of so many people at most every choice of totals is tried. More are never tried in vain.
const FEW: i128 = 4;

/// Whether there may be such answers: `false` only if there certainly are none.
pub(super) fn may_exist(answers: &Answers, domains: &[Domain]) -> bool {
    let of =
        |place: usize| domains.get(place).map(|domain| domain.interval.clone()).unwrap_or_else(Interval::everything);
    let Some(people) = of(answers.count).integers() else { return false };
    let (Some(first), Some(last)) = (end(people.lo()), end(people.hi())) else { return true };
    if first < 2 {
        return true; // of one it says nothing
    }
    let Some(deviation) = of(answers.deviation).intersect(&Interval::at_least(Rational::from(0))) else { return false };
    let mut looking = Looking { answers, mean: of(answers.mean), deviation, sums: MOST_SUMS, tried: MOST_TRIED };
    (first..=last).any(|people| looking.may_exist(people).unwrap_or(true))
}

fn end(end: &End) -> Option<i128> {
    end.value().and_then(Rational::to_i128)
}

struct Looking<'a> {
    answers: &'a Answers,
    mean: Interval,
    deviation: Interval,
    sums: usize,
    tried: usize,
}

impl Looking<'_> {
    /// The same for one number of people; `None` if that is too much work.
    fn may_exist(&mut self, people: i128) -> Option<bool> {
        let (n, items) = (Rational::from(people), Rational::from(self.answers.items));
        let Some(mut totals) = self.mean.scale(&(&n * &items)).integers() else { return Some(false) };
        if self.answers.kind == AnswerKind::YesNo {
            let Some(of_yes) = totals.intersect(&Interval::closed(Rational::from(0), n.clone())?) else {
                return Some(false);
            };
            totals = of_yes;
        }
        let (first, last) = match (end(totals.lo()), end(totals.hi())) {
            (Some(first), Some(last)) => (first, last),
            _ => (0, people.checked_sub(1)?),
        };
        // If everybody has one more, all are as far from their mean as before: after n sums nothing new comes.
        for total in first..=last.min(first.checked_add(people)?) {
            self.sums = self.sums.checked_sub(1)?;
            let t = Rational::from(total);
            // variance × (n - 1) items² + total² / n
            let spread = (&n - &Rational::from(1)) * (&items * &items);
            let least = (&t * &t).checked_div(&n)?;
            let Some(squares) = self.deviation.pow(2)?.scale(&spread).shift(&least).integers() else { continue };
            let (from, to) = (end(squares.lo())?, end(squares.hi())?);
            if self.answers.kind == AnswerKind::YesNo {
                if (from..=to).contains(&total) {
                    return Some(true);
                }
                continue;
            }
            for sum in from.max(least_squares(people, total)?)..=to {
                self.sums = self.sums.checked_sub(1)?;
                if sum.checked_sub(total)?.rem_euclid(2) != 0 {
                    continue;
                }
                if people > FEW || made(people, total, sum, &mut self.tried)?.is_some() {
                    return Some(true);
                }
            }
        }
        Some(false)
    }
}

/// The least sum of squares of so many whole numbers of this sum.
fn least_squares(people: i128, total: i128) -> Option<i128> {
    let a = total.checked_div_euclid(people)?;
    let twice = a.checked_mul(2)?.checked_add(1)?.checked_mul(total)?;
    twice.checked_sub(people.checked_mul(a)?.checked_mul(a.checked_add(1)?)?)
}

/// Totals of so many people with this sum and this sum of squares, each with how many have it, the greatest first; `None`
/// inside if there are none, and outside if that is too much work.
fn made(people: i128, total: i128, squares: i128, tried: &mut usize) -> Option<Option<Vec<(i128, i128)>>> {
    let no_more = i128::MAX;
    below(people, total, squares, no_more, tried)
}

/// The same with no total above `most`.
#[allow(clippy::option_option)]
fn below(people: i128, total: i128, squares: i128, most: i128, tried: &mut usize) -> Option<Option<Vec<(i128, i128)>>> {
    *tried = tried.checked_sub(1)?;
    let least = least_squares(people, total)?;
    let excess = squares.checked_sub(least)?;
    if excess < 0 || excess.rem_euclid(2) != 0 {
        return Some(None);
    }
    let (a, rest) = (total.checked_div_euclid(people)?, total.checked_rem_euclid(people)?);
    if excess == 0 {
        // None lies further from the mean than it has to.
        return Some(Some(vec![(a.checked_add(1)?, rest), (a, people.checked_sub(rest)?)]));
    }
    if people < 2 {
        return Some(None);
    }
    // The greatest total is the mean at least, and the others have at least their own least sum of squares.
    let reach = i128::try_from(u128::try_from(excess).ok()?.isqrt()).ok()?.checked_add(2)?;
    let lowest = if rest == 0 { a } else { a.checked_add(1)? };
    let mut next = most.min(a.checked_add(reach)?);
    while next >= lowest {
        let others = people.checked_sub(1)?;
        let left = (total.checked_sub(next)?, squares.checked_sub(next.checked_mul(next)?)?);
        if let Some(mut found) = below(others, left.0, left.1, next, tried)? {
            found.insert(0, (next, 1));
            return Some(Some(found));
        }
        next = next.checked_sub(1)?;
    }
    Some(None)
}

/// Whether there are answers of these very figures: n, the mean and the standard deviation, where one that no fraction
/// equals is rounded to many decimals. `None` if nothing is said of so few.
pub(super) fn exist(answers: &Answers, figures: &[Rational; 3]) -> Checked<Option<bool>> {
    let too_much = || format!("`{}` could not be redone", answers.kind.name());
    let [n, mean, deviation] = figures;
    let items = Rational::from(answers.items);
    let (Some(people), Some(total)) = (n.to_i128(), (mean * &(n * &items)).to_i128()) else { return Ok(Some(false)) };
    if people < 2 {
        return Ok(None);
    }
    if deviation.is_negative() {
        return Ok(Some(false));
    }
    let hair = Rational::power_of_ten(ROOT_DECIMALS).and_then(|it| it.reciprocal()).ok_or_else(too_much)?;
    let spread = (n - &Rational::from(1)) * (&items * &items);
    let t = Rational::from(total);
    let least = (&t * &t).checked_div(n).ok_or_else(too_much)?;
    let square = |root: &Rational| &(&(root * root) * &spread) + &least;
    let sums = Interval::closed(square(deviation), square(&(deviation + &hair)))
        .map(|up| if deviation >= &hair { up.hull(&Interval::point(square(&(deviation - &hair)))) } else { up })
        .and_then(|sums| sums.integers());
    let Some(sums) = sums else { return Ok(Some(false)) };
    let (Some(from), Some(to)) = (end(sums.lo()), end(sums.hi())) else { return Err(too_much()) };
    let mut tried = MOST_TRIED;
    for sum in from..=to {
        let exact = square(deviation) == Rational::from(sum);
        if !exact && has_a_root(&(&Rational::from(sum) - &least), &spread) {
            continue; // a fraction, and another one than was given
        }
        let exists = match answers.kind {
            AnswerKind::YesNo => sum == total && (0..=people).contains(&total),
            AnswerKind::Whole => made(people, total, sum, &mut tried).ok_or_else(too_much)?.is_some_and(|totals| {
                // What was made is counted again.
                let sum_of = |each: fn(i128) -> Option<i128>| {
                    totals
                        .iter()
                        .try_fold(0_i128, |sum, (total, times)| sum.checked_add(each(*total)?.checked_mul(*times)?))
                };
                let counted = (sum_of(|_| Some(1)), sum_of(Some), sum_of(|total| total.checked_mul(total)));
                counted == (Some(people), Some(total), Some(sum))
            }),
        };
        if exists {
            return Ok(Some(true));
        }
    }
    Ok(Some(false))
}

/// Whether a quotient is the square of a fraction.
fn has_a_root(above: &Rational, below: &Rational) -> bool {
    let Some(quotient) = above.checked_div(below).filter(|it| !it.is_negative()) else { return false };
    [quotient.numerator(), quotient.denominator()].into_iter().all(|whole| {
        let root = whole.sqrt();
        &root * &root == whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_of(people: i128, total: i128, squares: i128) -> Option<Vec<i128>> {
        let found = made(people, total, squares, &mut 1_000_000).unwrap()?;
        Some(
            found
                .into_iter()
                .flat_map(|(total, times)| std::iter::repeat_n(total, times.try_into().unwrap()))
                .collect(),
        )
    }

    /// Whether a solver that shares nothing with it says the same of every mean and standard deviation.
    #[test]
    fn what_the_solver_says_is_what_is_redone() {
        let hundredth = Rational::new(1, 200).unwrap();
        let around = |units: i64| Domain {
            interval: Interval::around(&Rational::new(units, 100).unwrap(), &hundredth),
            integer: false,
        };
        for (kind, items) in [(AnswerKind::Whole, 1), (AnswerKind::Whole, 2), (AnswerKind::YesNo, 1)] {
            for people in [2_i64, 3, 4, 5, 6, 9, 25] {
                let answers = Answers { kind, count: 0, mean: 1, deviation: 2, items };
                let count = Domain { interval: Interval::point(Rational::from(people)), integer: true };
                for mean in (-3..=103).step_by(if people > 6 { 7 } else { 3 }) {
                    for deviation in (-1..=90).step_by(3) {
                        let domains = [count.clone(), around(mean), around(deviation)];
                        let decision =
                            crate::solve::decide(&crate::problem::Formula::Answers(answers), &domains, 20_000);
                        let solved = decision.passes();
                        assert_eq!(may_exist(&answers, &domains), solved, "{kind:?} {people} {mean} {deviation}");
                        if let crate::solve::Decision::Fits(figures) = decision {
                            let figures = <[Rational; 3]>::try_from(figures).unwrap();
                            assert_eq!(exist(&answers, &figures), Ok(Some(true)), "{kind:?} {figures:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_choice_of_figures_is_believed_only_if_they_are_those_of_answers() {
        let answers = Answers { kind: AnswerKind::Whole, count: 0, mean: 1, deviation: 2, items: 1 };
        let told = |n: &str, mean: &str, deviation: &str| {
            let read = |text: &str| Rational::parse_decimal(text).unwrap();
            exist(&answers, &[read(n), read(mean), read(deviation)])
        };
        assert_eq!(told("4", "2.5", "1.2909944487358056283930884665941332036109"), Ok(Some(true)), "1, 2, 3, 4");
        assert_eq!(told("4", "2.5", "1.2909944487358056283930884665941332036110"), Ok(Some(true)), "the same, up");
        assert_eq!(told("4", "2.5", "1.29099444873580562839308846659413320362"), Ok(Some(false)), "another");
        assert_eq!(told("4", "2.6", "1.29"), Ok(Some(false)), "no whole sum");
        assert_eq!(told("2.5", "2", "0"), Ok(Some(false)), "half a person");
        assert_eq!((told("3", "2", "1"), told("3", "2", "-1")), (Ok(Some(true)), Ok(Some(false))));
        assert_eq!(told("3", "2", "1.0000000000000000000000000000000000000000001"), Ok(Some(false)), "1 is a fraction");
        assert_eq!(told("1", "2", "7"), Ok(None));
    }

    #[test]
    fn the_published_victim_is_made() {
        // Mean 8.9, standard deviation 2.81, n 25: a program in wide use calls them impossible.
        assert_eq!(made_of(25, 222, 2_161), None);
        let found = made_of(25, 223, 2_179).unwrap();
        let (sum, squares): (i128, i128) = (found.iter().sum(), found.iter().map(|it| it * it).sum());
        assert_eq!((found.len(), sum), (25, 223), "{found:?}");
        let variance = Rational::from(25 * squares - sum * sum).checked_div(&Rational::from(25_i64 * 24)).unwrap();
        let (low, high) = (Rational::new(2_805, 1_000).unwrap(), Rational::new(2_815, 1_000).unwrap());
        assert!(variance >= &low * &low && variance <= &high * &high, "{found:?}");
    }

    #[test]
    fn what_is_made_is_what_was_asked_for_and_nothing_possible_is_missed() {
        for people in 1..=4_i128 {
            let reach = -8..=8_i128;
            let mut sums = vec![(0, 0)];
            for _ in 0..people {
                sums = sums.iter().flat_map(|(t, q)| reach.clone().map(move |x| (t + x, q + x * x))).collect();
                sums.sort_unstable();
                sums.dedup();
            }
            for total in -8..=8 {
                for squares in 0..=60 {
                    let found = made_of(people, total, squares);
                    assert_eq!(found.is_some(), sums.contains(&(total, squares)), "{people} {total} {squares}");
                    if let Some(found) = found {
                        let counted: (i128, i128) = (found.iter().sum(), found.iter().map(|it| it * it).sum());
                        assert_eq!(counted, (total, squares));
                    }
                }
            }
        }
    }
}
