//! Where a search begins: what following the rows shows, and values that are guessed, before any tableau is made.

use super::super::bounds::{Bounds, Followed};
use super::super::guess::guess;
use super::{Node, Search};
use crate::number::Rational;
use crate::problem::refutation::{End, Refutation, Step};

/// With so few rows, the simplex finds a clash as fast as following them up does.
const FEW_ROWS: usize = 1_000;

/// With so few rows, the simplex is faster than any search for a better place to begin.
const FEW_FOR_GUESSES: usize = 20_000;

impl Search<'_> {
    /// The node at the root. Where there are many rows, following them up once finds most clashes that the sum of a few
    /// shows. Then values are guessed; only where those do not satisfy all is the tableau made, to begin from them.
    pub(super) fn root(&mut self, mut steps: Vec<Step>) -> Node {
        let mut left = None;
        if self.system.rows.len() > FEW_ROWS {
            let mut effort = self.most.saturating_sub(self.spent()) / 16;
            let given = effort;
            let (bounds, followed) = Bounds::follow(self.system, &mut self.path, &mut steps, &mut effort);
            self.other_steps = self.other_steps.saturating_add(given.saturating_sub(effort));
            if let Followed::Impossible(sum) = followed {
                return Node::Impossible(Refutation { steps, end: End::Sum(sum) });
            }
            left = Some(bounds);
        }
        if !self.path.has_tableau() {
            let values = match self.guessed(left.as_ref()) {
                Some((values, true)) => return Node::Possible(values),
                Some((values, false)) => Some(values),
                None => None,
            };
            if let Err(sum) = self.path.make_tableau() {
                return Node::Impossible(Refutation { steps, end: End::Sum(sum) });
            }
            self.path.simplex.settle_equations();
            if let Some(values) = values {
                self.path.simplex.begin_at(values);
            }
        }
        self.node(steps, 0)
    }

    /// Values to begin with, and whether they satisfy all that counts: those given if they do or rows are few, or else
    /// better ones.
    fn guessed(&mut self, left: Option<&Bounds>) -> Option<(Vec<Rational>, bool)> {
        let given = self.system.start.as_slice();
        self.spend(self.work_of_rows(given));
        if self.all_satisfied(given) {
            return Some((given.to_vec(), true));
        }
        if self.system.rows.len() <= FEW_FOR_GUESSES {
            return None;
        }
        let mut effort = self.most.saturating_sub(self.spent()) / 4;
        let spare = effort;
        let values = guess(self.system, &self.path, left, &mut effort);
        self.spend(spare.saturating_sub(effort));
        let values = values?;
        self.spend(self.work_of_rows(&values));
        let satisfied = self.all_satisfied(&values);
        Some((values, satisfied))
    }
}
