//! The least or the greatest value that a variable can have in a system, exactly.
//!
//! In: a system, a variable and a side. Out: the end of its values on that side, whether it is attained, and a refutation of
//! all values beyond, so that the end is proved from both sides: by values that reach it and by a proof that nothing goes
//! further. From values that satisfy all of it, the simplex goes as far as the rows and the alternatives at hand allow;
//! then values beyond are searched for, until there are none.

use super::path::Path;
use super::search::row_holds;
use super::simplex::Farthest;
use super::value::Value;
use super::{Answer, Search, System, Variable, place};
use crate::number::Rational;
use crate::problem::Side;
use crate::problem::refutation::{Refutation, Row};

/// An end is looked for in so many searches at most.
const MOST_SEARCHES: usize = 160;

/// After so many searches that each went a little further, the way that is left is halved.
const PATIENCE: usize = 6;

/// The end of the values of a variable on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::solve) enum Extreme {
    /// The system has no values at all.
    Impossible,
    /// There is no end.
    Unbounded,
    /// This is the end.
    At {
        value: Rational,
        /// Whether the variable can have that very value.
        attained: bool,
        /// The row by which the variable lies beyond, and why none does: of the system with that row as its last.
        beyond: (Row<Variable>, Refutation),
    },
    /// The budget ran out.
    Unknown,
}

/// The row that holds a variable beyond a value on a side, or at it unless that is excluded.
pub(super) fn beyond_row(variable: Variable, side: Side, value: &Rational, excluded: bool) -> Row<Variable> {
    match side {
        Side::Most => Row { terms: vec![(variable, Rational::from(-1))], at_most: -value, strict: excluded },
        Side::Least => Row { terms: vec![(variable, Rational::ONE)], at_most: value.clone(), strict: excluded },
    }
}

/// Finds the end of the values of a variable on a side, within so many steps, of which what is spent is taken.
pub(in crate::solve) fn extreme(system: &System, variable: Variable, side: Side, steps: &mut u64) -> Extreme {
    let mut held = system.clone();
    held.rows.push(Row { terms: Vec::new(), at_most: Rational::ZERO, strict: false });
    let mut hunt = Hunt { given: system, system: held, variable, side, steps };
    let values = match hunt.search() {
        Answer::Possible(values) => values,
        Answer::Impossible(_) => return Extreme::Impossible,
        Answer::Undecided => return Extreme::Unknown,
    };
    let found = if hunt.is_whole(variable) { hunt.whole(values) } else { hunt.real(values) };
    found.unwrap_or(Extreme::Unknown)
}

struct Hunt<'b> {
    given: &'b System,
    /// The same with a last row that holds the variable beyond what is known.
    system: System,
    variable: Variable,
    side: Side,
    steps: &'b mut u64,
}

impl Hunt<'_> {
    /// How far the variable can go from values, with whole variables held or not.
    fn farthest(&mut self, values: &[Rational], held: bool) -> Option<Farthest> {
        let slice = slice(self.given, self.variable, values, held);
        let [far] = farthest(&slice, self.variable, [self.side], self.steps)?;
        Some(far)
    }

    fn is_whole(&self, variable: Variable) -> bool {
        self.system.whole.get(place(variable)) == Some(&true)
    }

    fn search(&mut self) -> Answer {
        let mut search = Search::new(&self.system);
        let answer = search.decide(*self.steps);
        *self.steps = self.steps.saturating_sub(search.spent().max(1));
        answer
    }

    /// Values with the variable at a value or beyond it; only beyond it if that is `excluded`.
    fn beyond(&mut self, value: &Rational, excluded: bool) -> Answer {
        let held = self.held(value, excluded);
        if let Some(last) = self.system.rows.last_mut() {
            *last = held;
        }
        self.search()
    }

    fn held(&self, value: &Rational, excluded: bool) -> Row<Variable> {
        beyond_row(self.variable, self.side, value, excluded)
    }

    /// The value of the variable, turned so that more is further.
    fn reached(&self, values: &[Rational]) -> Rational {
        self.turned(values.get(place(self.variable)).cloned().unwrap_or_default())
    }

    fn turned(&self, value: Rational) -> Rational {
        if self.side == Side::Most { value } else { -value }
    }

    /// The end of a whole variable: as far as the rows allow where the values are, then by halving what is between a value
    /// that it can have and one that it cannot.
    fn whole(&mut self, mut values: Vec<Rational>) -> Option<Extreme> {
        let one = Rational::ONE;
        let mut best = self.reached(&values);
        let mut refuted: Option<(Rational, Refutation)> = None;
        for _ in 0..MOST_SEARCHES {
            let next = best.plus(&one);
            let target = match refuted.take() {
                Some((least, refutation)) if least <= next => {
                    let beyond = (self.held(&self.turned(least), false), refutation);
                    return Some(Extreme::At { value: self.turned(best), attained: true, beyond });
                }
                Some((least, refutation)) => {
                    let middle = best.plus(&least).half().floor().max(next);
                    refuted = Some((least, refutation));
                    middle
                }
                None => match self.farthest(&values, false)? {
                    Farthest::Unbounded => return Some(Extreme::Unbounded),
                    Farthest::At(far) => self.turned_floor(&far).max(next),
                    Farthest::Exhausted => return None,
                },
            };
            match self.beyond(&self.turned(target.clone()), false) {
                Answer::Possible(found) => {
                    best = self.reached(&found).max(target);
                    values = found;
                }
                Answer::Impossible(refutation) => refuted = Some((target, refutation)),
                Answer::Undecided => return None,
            }
        }
        None
    }

    /// The furthest whole number that does not lie beyond a value.
    fn turned_floor(&self, value: &Value) -> Rational {
        match self.side {
            Side::Most => value.floor(),
            Side::Least => value.times(&Rational::from(-1)).floor(),
        }
    }

    /// The end of any other variable: as far as the rows allow with all whole variables where they are, then beyond.
    fn real(&mut self, mut values: Vec<Rational>) -> Option<Extreme> {
        // Nothing lies at this value or beyond it.
        let mut refuted: Option<Rational> = None;
        for round in 0..MOST_SEARCHES {
            let (far, attained) = match self.farthest(&values, true)? {
                Farthest::Unbounded => return Some(Extreme::Unbounded),
                Farthest::At(far) => (far.real, far.small.is_zero()),
                Farthest::Exhausted => return None,
            };
            match self.beyond(&far, attained) {
                Answer::Possible(found) => values = found,
                Answer::Impossible(refutation) => {
                    let beyond = (self.held(&far, attained), refutation);
                    return Some(Extreme::At { value: far, attained, beyond });
                }
                Answer::Undecided => return None,
            }
            if round < PATIENCE {
                continue;
            }
            let limit = match &refuted {
                Some(limit) => limit.clone(),
                None => match self.farthest(&values, false)? {
                    Farthest::At(far) => self.turned(far.real),
                    _ => continue,
                },
            };
            let middle = self.reached(&values).midpoint(&limit);
            match self.beyond(&self.turned(middle.clone()), false) {
                Answer::Possible(found) => values = found,
                Answer::Impossible(_) => refuted = Some(middle),
                Answer::Undecided => {}
            }
        }
        None
    }
}

/// How far a variable can go to some sides by the rows of a slice, at the values that it begins with.
pub(super) fn farthest<const SIDES: usize>(
    slice: &System,
    variable: Variable,
    sides: [Side; SIDES],
    steps: &mut u64,
) -> Option<[Farthest; SIDES]> {
    let mut path = Path::new(slice);
    path.begin();
    (0..slice.rows.len()).try_for_each(|row| path.count(row)).ok()?;
    path.make_tableau().ok()?;
    let met = path.check(*steps) == Ok(true);
    let far = sides.map(|side| if met { path.simplex.farthest(variable, side, *steps) } else { Farthest::Exhausted });
    *steps = steps.saturating_sub(path.simplex.tableau.steps);
    Some(far)
}

/// The rows of a system and of the alternatives that values satisfy: what a variable can be there, with all other whole variables
/// where they are, if those are `held`. The factors of products are held where they are in any case.
pub(super) fn slice(system: &System, variable: Variable, values: &[Rational], held: bool) -> System {
    let mut rows = system.rows.clone();
    for choice in &system.choices {
        let satisfied = choice.alternatives.iter().find(|rows| rows.iter().all(|row| row_holds(row, values)));
        rows.extend(satisfied.into_iter().flatten().cloned());
    }
    let at = |variable: Variable| values.get(place(variable)).cloned().unwrap_or_default();
    let hold = |rows: &mut Vec<Row<Variable>>, own: Variable| {
        for side in [Side::Least, Side::Most] {
            rows.push(beyond_row(own, side, &at(own), false));
        }
    };
    if held {
        let whole = (0_u32..).zip(&system.whole).filter(|(_, whole)| **whole);
        whole.for_each(|(variable, _)| hold(&mut rows, variable));
    }
    for product in &system.products {
        // The factor that is not the variable itself; then the product is a multiple of the other.
        let (kept, other) =
            if product.left == variable { (product.right, product.left) } else { (product.left, product.right) };
        hold(&mut rows, kept);
        for sign in [Rational::ONE, Rational::from(-1)] {
            let terms = super::tableau::plus(
                &[(product.product, sign.clone())],
                &-&at(kept).times(&sign),
                &[(other, Rational::ONE)],
            );
            rows.push(Row { terms, at_most: Rational::ZERO, strict: false });
        }
    }
    System { start: values.to_vec(), rows, choices: Vec::new(), products: Vec::new(), whole: system.whole.clone() }
}
