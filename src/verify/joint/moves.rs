//! A tree as moves in the order in which they are made, with rows by their numbers.

use super::super::words::written as said;
use super::format::{Combination, Move, Quantity};
use super::tree::{Branch, Closed, Made, RowName, Sum, Tree};
use super::write::{Worded, Words, scale_of};
use crate::number::Rational;
use std::collections::BTreeMap;

/// An alternative of a choice, after its rows in order.
pub(super) type Ordered = (Vec<usize>, usize);

/// The moves in the order in which they are made.
pub(super) struct Moves<'m> {
    pub words: &'m Words<'m, 'm>,
    pub places: &'m BTreeMap<Quantity, usize>,
    /// The place of each choice, from 1, and its alternatives in order, with their rows in order.
    pub choices: BTreeMap<usize, (usize, Vec<Ordered>)>,
    /// The rows that stand before the next move.
    pub way: Vec<RowName>,
    pub moves: Vec<Move>,
}

impl Moves<'_> {
    pub fn tree(&mut self, tree: &Tree) {
        let stood = self.way.len();
        let mut open: Vec<&Made> = tree.made.iter().rev().collect();
        while let Some(made) = open.pop() {
            match made {
                Made::Rounded(..) | Made::Product(..) => {
                    let mut run = vec![made];
                    while let Some(next) = open.pop_if(|next| !matches!(next, Made::Chosen { .. })) {
                        run.push(next);
                    }
                    self.run(run);
                }
                Made::Chosen { choice, alternative, rows, others } => {
                    let (place, order) = self.order(*choice);
                    let left = order.iter().position(|(_, at)| at == alternative).unwrap_or(0);
                    self.moves.push(Move::Chosen { choice: place, alternative: left.saturating_add(1) });
                    self.branches(&order, others);
                    if let Some((inner, _)) = order.get(left) {
                        self.way.extend(inner.iter().filter_map(|at| rows.get(*at)));
                    }
                }
            }
        }
        match &tree.closed {
            Closed::Sum(sum) => {
                let combination = self.closing(sum);
                self.moves.push(Move::Sum(combination));
            }
            Closed::Split { terms, bounds, rows, sides } => self.split(terms, bounds, *rows, sides),
            Closed::Cases(choice, all) => {
                let (place, order) = self.order(*choice);
                self.moves.push(Move::Cases(place));
                self.branches(&order, all);
            }
        }
        self.way.truncate(stood);
    }

    /// Moves that each add a row, the least of those first whose rows all stand already.
    fn run(&mut self, mut run: Vec<&Made>) {
        while !run.is_empty() {
            let stands = |sum: &Sum| sum.iter().all(|(name, _)| self.way.contains(name));
            let ready = run.iter().enumerate().filter_map(|(at, made)| match made {
                Made::Rounded(name, sum) if stands(sum) => {
                    Some((Move::Rounded(self.combination(sum, &Rational::from(1))), at, *name))
                }
                Made::Product(name, one, other) if stands(one) && stands(other) => {
                    let mut both = [one, other].map(|sum| {
                        let total = self.words.sum(sum);
                        let factor = total.terms.values().next().and_then(|factor| factor.abs().reciprocal());
                        self.combination(sum, &factor.unwrap_or_else(|| Rational::from(1)))
                    });
                    both.sort();
                    let [one, other] = both;
                    Some((Move::Product(one, other), at, *name))
                }
                _ => None,
            });
            let Some((made, at, name)) = ready.min() else { break };
            run.remove(at);
            self.moves.push(made);
            self.way.push(name);
        }
    }

    fn order(&self, choice: usize) -> (usize, Vec<Ordered>) {
        self.choices.get(&choice).cloned().unwrap_or_default()
    }

    fn branches(&mut self, order: &[Ordered], all: &[Branch]) {
        for (rows, alternative) in order {
            let Some(branch) = all.iter().find(|branch| branch.alternative == *alternative) else { continue };
            let stood = self.way.len();
            self.way.extend(rows.iter().filter_map(|at| branch.rows.get(*at)));
            self.tree(&branch.tree);
            self.way.truncate(stood);
        }
    }

    fn split(
        &mut self,
        terms: &[(usize, Rational)],
        (below, above): &(Rational, Rational),
        rows: (RowName, RowName),
        sides: &(Tree, Tree),
    ) {
        let terms = self.words.split(terms);
        let mut scale = self.words.scales.get(&rows.0).cloned().unwrap_or_else(|| Rational::from(1));
        let turned = terms.values().next().is_some_and(Rational::is_negative);
        if turned {
            scale = -scale;
        }
        let terms: Vec<(usize, Rational)> = terms
            .iter()
            .filter_map(|(quantity, factor)| Some((*self.places.get(quantity)?, factor.times(&scale))))
            .collect();
        let (below, above) = (below.times(&scale), above.times(&scale));
        let (below, above) = if turned { (above, below) } else { (below, above) };
        // Between two whole numbers there is nothing; where there is, the two sides meet.
        let (below, above) =
            if below < above { (below.floor(), below.floor() + Rational::from(1)) } else { (above.clone(), above) };
        let terms = terms.into_iter().map(|(place, factor)| (place, said(&factor))).collect();
        self.moves.push(Move::Split { terms, below: said(&below), above: said(&above) });
        let both = [(rows.0, &sides.0), (rows.1, &sides.1)];
        for at in if turned { [1, 0] } else { [0, 1] } {
            let Some((row, tree)) = both.get(at) else { continue };
            self.way.push(*row);
            self.tree(tree);
            self.way.pop();
        }
    }

    /// Multiples of rows by their numbers, as they stand in their one form, all multiplied by a factor.
    fn combination(&self, sum: &Sum, factor: &Rational) -> Combination {
        self.multiples(sum).into_iter().map(|(at, multiple)| (at, said(&multiple.times(factor)))).collect()
    }

    /// The same with whole numbers without a common divisor.
    fn closing(&self, sum: &Sum) -> Combination {
        let multiples = self.multiples(sum);
        let terms = multiples.iter().map(|(at, multiple)| (Quantity::Figure(at.to_string()), multiple.clone()));
        let scale = scale_of(&Worded { terms: terms.collect(), at_most: Rational::from(0), strict: false });
        multiples.into_iter().map(|(at, multiple)| (at, said(&multiple.times(&scale)))).collect()
    }

    fn multiples(&self, sum: &Sum) -> BTreeMap<usize, Rational> {
        let mut found: BTreeMap<usize, Rational> = BTreeMap::new();
        for (name, multiple) in sum {
            let scale = self.words.scales.get(name).and_then(Rational::reciprocal);
            let multiple = scale.map_or_else(|| multiple.clone(), |scale| multiple.times(&scale));
            let at = self.way.iter().rposition(|known| known == name).map_or(0, |at| at.saturating_add(1));
            let total = found.get(&at).map_or_else(|| multiple.clone(), |known| known.plus(&multiple));
            found.insert(at, total);
        }
        found
    }
}
