//! Do answers exist that have this mean and this standard deviation? Decided exactly, over intervals.
//!
//! In: what [`Answers`] say, and what n, the mean and the standard deviation may each be. Out: a [`Decision`].
//!
//! n answers with the sum T and the sum of squares Q have the mean T / n and the variance (n Q - T²) / (n (n - 1)). So for
//! every n, every whole T that the mean admits is gone through, and a whole Q is looked for that the standard deviation
//! admits and that n whole numbers can have beside T (`squares`). Brown and Heathers, "The GRIM test" (2017), look for T
//! alone; Anaya, "The GRIMMER test" (2016), and Allard, "Analytic-GRIMMER" (2018), for Q beside it. Programs in use try
//! one T where the mean admits several, and take what no rounded T has for what none has; and they ask of Q no more than
//! that it is even or odd as T is. Of noughts and ones Q is T: Heathers and Brown, "DEBIT" (2019).
//!
//! Averages over m items are such answers m times as fine: T and Q are those of people's totals.

mod near;
mod squares;
#[cfg(test)]
mod tests;

use super::Decision;
use crate::expr::AnswerKind;
use crate::number::{End, Interval, Rational};
use crate::problem::{Answers, Domain, Formula, ROOT_DECIMALS};
pub(crate) use near::{Near, near, near_any_mean};
use num_bigint::BigInt;
use squares::Squares;

/// A step of a budget is one bound of one term; here it is so many sums that are tried, each a few products.
const TRIED_IN_A_STEP: u64 = 8;

/// Whether a formula that speaks of answers can hold: itself, or one of its alternatives.
pub(super) fn decide(formula: &Formula, domains: &[Domain], budget: u64) -> Decision {
    match formula {
        Formula::Answers(answers) => found(answers, domains, budget),
        Formula::Any(parts) => {
            let mut undecided = false;
            for part in parts {
                match super::decide(part, domains, budget) {
                    Decision::Contradicted => {}
                    Decision::Undecided => undecided = true,
                    fits => return fits,
                }
            }
            if undecided { Decision::Undecided } else { Decision::Contradicted }
        }
        // The language has no such formula.
        _ => Decision::Undecided,
    }
}

fn found(answers: &Answers, domains: &[Domain], budget: u64) -> Decision {
    let mut choice: Vec<Rational> = Vec::with_capacity(domains.len());
    for domain in domains {
        let whole = if domain.integer { domain.interval.integers() } else { Some(domain.interval.clone()) };
        let Some(whole) = whole else { return Decision::Contradicted };
        choice.push(whole.pick());
    }
    let search = Search::new(answers, domains);
    let mut left = budget.saturating_mul(TRIED_IN_A_STEP);
    match search.first(&mut left) {
        Outcome::None => Decision::Contradicted,
        Outcome::Spent => Decision::Undecided,
        Outcome::Nothing(count) => match put(&mut choice, answers.count, count) {
            Some(()) if search.says_nothing_at_all() => Decision::Holds,
            Some(()) => Decision::Fits(choice),
            None => Decision::Undecided,
        },
        Outcome::Some(sums) => {
            let Some([count, mean, deviation]) = search.values(&sums) else { return Decision::Undecided };
            let places = [(answers.count, count), (answers.mean, mean), (answers.deviation, deviation)];
            let all = places.into_iter().try_for_each(|(place, value)| put(&mut choice, place, value));
            let Some(()) = all else { return Decision::Undecided };
            let is_point = |place: &usize| domains.get(*place).is_some_and(|it| it.interval.is_point());
            if answers.variables().iter().all(is_point) { Decision::Holds } else { Decision::Fits(choice) }
        }
    }
}

fn put(choice: &mut Vec<Rational>, place: usize, value: Rational) -> Option<()> {
    if place >= choice.len() {
        choice.resize(place.checked_add(1)?, Rational::ZERO);
    }
    *choice.get_mut(place)? = value;
    Some(())
}

/// How many people there are, the sum of their totals, and the sum of the squares of their totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sums {
    pub count: i128,
    pub total: i128,
    pub squares: i128,
}

/// What was found.
enum Outcome {
    Some(Sums),
    /// So few people that nothing is said.
    Nothing(Rational),
    None,
    Spent,
}

/// What n, the mean and the standard deviation may be.
#[derive(Clone, Debug)]
pub(super) struct Search {
    kind: AnswerKind,
    items: Rational,
    /// Whole numbers; `None` if none is possible.
    count: Option<Interval>,
    mean: Interval,
    /// At least nought; `None` if nothing is.
    deviation: Option<Interval>,
}

impl Search {
    pub(super) fn new(answers: &Answers, domains: &[Domain]) -> Self {
        let of = |place: usize| domains.get(place).map_or_else(Interval::everything, |it| it.interval.clone());
        Self {
            kind: answers.kind,
            items: Rational::from(answers.items.max(1)),
            count: of(answers.count).integers(),
            mean: of(answers.mean),
            deviation: of(answers.deviation).intersect(&Interval::at_least(Rational::ZERO)),
        }
    }

    /// Whether no number of people is large enough for anything to be said.
    fn says_nothing_at_all(&self) -> bool {
        self.count.as_ref().is_some_and(|count| !count.meets(&Interval::at_least(Rational::from(2))))
    }

    /// The first answers that there may be, by their number and then by their sum.
    fn first(&self, left: &mut u64) -> Outcome {
        let Some(count) = &self.count else { return Outcome::None };
        // Where there may be so few that nothing is said, there may be more as well, which says more.
        match (count.intersect(&Interval::at_most(Rational::ONE)), self.first_of_several(count, left)) {
            (_, Outcome::Some(sums)) => Outcome::Some(sums),
            (Some(few), _) => Outcome::Nothing(few.pick()),
            (None, other) => other,
        }
    }

    fn first_of_several(&self, count: &Interval, left: &mut u64) -> Outcome {
        let several = count.intersect(&Interval::at_least(Rational::from(2)));
        let Some(several) = several.filter(|_| self.deviation.is_some()) else { return Outcome::None };
        let Some(first) = several.lo().value().and_then(Rational::to_i128) else { return Outcome::Spent };
        let last = several.hi().value().and_then(Rational::to_i128).unwrap_or(i128::MAX);
        let mut people = first;
        while people <= last {
            match self.of(people, left) {
                Outcome::None => {}
                other => return other,
            }
            people = people.saturating_add(1);
        }
        Outcome::None
    }

    /// The first answers of so many people.
    fn of(&self, people: i128, left: &mut u64) -> Outcome {
        let Some(totals) = self.totals(people) else {
            return if spend(left) { Outcome::None } else { Outcome::Spent };
        };
        let Some((mut total, step)) = beginning(&totals) else { return Outcome::Spent };
        // One more for each of them leaves the standard deviation as it is, so that n sums in a row are all that differ.
        let differing = if self.kind == AnswerKind::Whole { people } else { i128::MAX };
        let mut tried = 0_i128;
        while tried < differing && totals.contains(&Rational::from(total)) {
            if !spend(left) {
                return Outcome::Spent;
            }
            match self.beside(people, total, left) {
                Found::Squares(squares) => return Outcome::Some(Sums { count: people, total, squares }),
                Found::None => {}
                Found::Spent => return Outcome::Spent,
            }
            let Some(next) = total.checked_add(step) else { return Outcome::Spent };
            total = next;
            tried = tried.saturating_add(1);
        }
        Outcome::None
    }

    /// Every sum of totals that the mean admits.
    pub(super) fn totals(&self, people: i128) -> Option<Interval> {
        let answers = Rational::from(people).times(&self.items);
        let all = self.mean.scale(&answers).integers()?;
        match self.kind {
            AnswerKind::Whole => Some(all),
            AnswerKind::YesNo => all.intersect(&Interval::closed(Rational::ZERO, answers)?),
        }
    }

    /// A sum of squares that the standard deviation admits and that whole numbers can have beside this sum.
    fn beside(&self, people: i128, total: i128, left: &mut u64) -> Found {
        let Some(deviation) = &self.deviation else { return Found::None };
        let within = self.squares_within(deviation, people, total);
        match within.as_ref().map(|within| self.first_of(people, total, within, left)) {
            None | Some(Found::None) => self.within_a_hair(deviation, people, total, left),
            Some(found) => found,
        }
    }

    /// A sum of squares whose root is no fraction and is written down as one that the figure allows: only a figure to as
    /// many decimals as that can tell the two apart.
    fn within_a_hair(&self, deviation: &Interval, people: i128, total: i128, left: &mut u64) -> Found {
        // A figure with fewer digits than a witness has is compared with the roots themselves.
        let is_short = |end: &End| end.value().is_none_or(|value| value.small().is_some());
        if is_short(deviation.lo()) && is_short(deviation.hi()) {
            return Found::None;
        }
        let hair = Rational::power_of_ten(ROOT_DECIMALS).and_then(|it| it.reciprocal()).unwrap_or_default();
        let widened = Interval::closed(-&hair, hair).map(|hair| deviation.add(&hair));
        let widened = widened.and_then(|it| it.intersect(&Interval::at_least(Rational::ZERO)));
        let Some(within) = widened.and_then(|it| self.squares_within(&it, people, total)) else { return Found::None };
        let ends = [within.lo(), within.hi()].map(|end| end.value().cloned().map(Interval::point));
        for end in ends.into_iter().flatten() {
            match self.first_of(people, total, &end, left) {
                Found::Squares(squares) if self.values(&Sums { count: people, total, squares }).is_some() => {
                    return Found::Squares(squares);
                }
                Found::Spent => return Found::Spent,
                _ => {}
            }
        }
        Found::None
    }

    /// The first sum of squares within an interval that answers of this sum can have.
    fn first_of(&self, people: i128, total: i128, within: &Interval, left: &mut u64) -> Found {
        match self.kind {
            AnswerKind::Whole => match Squares::of(people, total) {
                Some(squares) => squares.first(within, left),
                None => Found::Spent,
            },
            AnswerKind::YesNo if within.contains(&Rational::from(total)) => Found::Squares(total),
            AnswerKind::YesNo => Found::None,
        }
    }

    /// The sums of squares by which totals of this sum have a standard deviation within an interval.
    fn squares_within(&self, deviation: &Interval, people: i128, total: i128) -> Option<Interval> {
        let (people, total) = (Rational::from(people), Rational::from(total));
        let scale = people.minus(&Rational::ONE).times(&self.items).times(&self.items);
        let least = total.times(&total).checked_div(&people)?;
        deviation.pow(2)?.scale(&scale).shift(&least).integers()
    }

    /// The square of the standard deviation of answers.
    pub(super) fn variance(&self, sums: &Sums) -> Option<Rational> {
        let (n, t, q) = (Rational::from(sums.count), Rational::from(sums.total), Rational::from(sums.squares));
        let above = n.times(&q).minus(&t.times(&t));
        let below = n.times(&n.minus(&Rational::ONE)).times(&self.items).times(&self.items);
        above.checked_div(&below)
    }

    /// n, the mean and the standard deviation of answers, each as its figure allows.
    fn values(&self, sums: &Sums) -> Option<[Rational; 3]> {
        let count = Rational::from(sums.count);
        let mean = Rational::from(sums.total).checked_div(&count.times(&self.items))?;
        let within = self.deviation.as_ref()?;
        let (below, above) = root(&self.variance(sums)?, ROOT_DECIMALS)?;
        let deviation =
            [below.clone(), above.clone()].into_iter().find(|root| within.contains(root)).or_else(|| {
                // The figure is exact to more decimals than that, and lies between the two.
                Some(Interval::closed(below, above)?.intersect(within)?.pick())
            })?;
        Some([count, mean, deviation])
    }
}

/// Where to begin among whole numbers, and in which direction to go on.
fn beginning(totals: &Interval) -> Option<(i128, i128)> {
    match (totals.lo(), totals.hi()) {
        (End::Closed(lo), _) => Some((lo.to_i128()?, 1)),
        (_, End::Closed(hi)) => Some((hi.to_i128()?, -1)),
        _ => Some((0, 1)),
    }
}

/// What was found beside a sum.
pub(super) enum Found {
    Squares(i128),
    None,
    Spent,
}

/// Takes a step; false if none is left.
fn spend(left: &mut u64) -> bool {
    match left.checked_sub(1) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => false,
    }
}

/// The square root of a number that is not negative, rounded down and up to so many decimals; twice itself if it is a
/// fraction.
pub(super) fn root(square: &Rational, decimals: i32) -> Option<(Rational, Rational)> {
    if square.is_negative() {
        return None;
    }
    let exact = |whole: &BigInt| {
        let root = whole.sqrt();
        (&root * &root == *whole).then_some(root)
    };
    if let (Some(above), Some(below)) = (exact(&square.numerator()), exact(&square.denominator())) {
        let root = Rational::from_big(above, below)?;
        return Some((root.clone(), root));
    }
    let scale = Rational::power_of_ten(decimals)?;
    let scaled = square.times(&scale).times(&scale).floor().numerator().sqrt();
    let below = Rational::from(scaled).checked_div(&scale)?;
    let above = below.plus(&scale.reciprocal()?);
    Some((below, above))
}
