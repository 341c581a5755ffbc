//! Where a search begins: what following the rows shows, and values that are guessed, before any tableau is made.

use super::super::bounds::{Bounds, Followed};
use super::super::guess::guess;
use super::{Node, Search, row_holds};
use crate::number::Rational;
use crate::problem::refutation::{End, Refutation, Step};

/// With so few rows, the simplex finds a clash as fast as following them up does.
const FEW_ROWS: usize = 1_000;

/// With so few rows broken where it begins, the simplex is as fast as any search for a better place.
const FEW_BROKEN: usize = 12;

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

    /// Values to begin with, and whether they satisfy all that counts: those given, or better ones if they break more than
    /// the simplex mends as fast.
    fn guessed(&mut self, left: Option<&Bounds>) -> Option<(Vec<Rational>, bool)> {
        let given = self.system.start.as_slice();
        self.spend(self.work_of_rows(given));
        // Bounds of single variables are met by whatever begins in the tableau: only sums are costly to mend.
        let (mut broken, mut out_of_bounds) = (0_usize, false);
        for (_, row) in self.path.rows().filter(|(_, row)| !row_holds(row, given)) {
            match row.terms.as_slice() {
                [_] => out_of_bounds = true,
                _ => broken = broken.saturating_add(1),
            }
        }
        if broken <= FEW_BROKEN && self.system.rows.len() <= FEW_ROWS {
            let satisfied = broken == 0 && !out_of_bounds && self.rest_satisfied(given);
            return satisfied.then(|| (given.to_vec(), true));
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
