//! Splits, cases, roundings and products, until values are found or every branch is refuted.
//!
//! At each node the simplex looks for values that meet all rows. If they satisfy all else too, that is the answer. If
//! not, what the rows leave for each variable is followed up: that rounds bounds, leaves a choice one alternative, and
//! bounds products. Only then is a choice taken case by case, a whole variable split between two neighbours, or a factor
//! of a product halved. A case that is refuted without its own rows refutes the node by itself.

mod root;
mod whole;

use super::bounds::{Bounds, Followed};
use super::path::Path;
use super::proof::{renumbered, size_of, trimmed};
use super::{Answer, Product, System, Variable, place, steps_of, work};
use crate::number::Rational;
use crate::problem::Side;
use crate::problem::refutation::{Combination, End, Refutation, Row, Step};
use std::collections::BTreeMap;

/// How deep splits and cases may go.
const DEEPEST: usize = 150;

/// What became of a node.
enum Node {
    Possible(Vec<Rational>),
    Impossible(Refutation),
    Unknown,
}

/// What following up gave.
enum Inferred {
    Nothing,
    More,
    Impossible(End),
}

/// A search for values, in which rows and choices can be left out between one answer and the next.
#[derive(Debug)]
pub(in crate::solve) struct Search<'s> {
    system: &'s System,
    path: Path<'s>,
    counts: Vec<bool>,
    choices: Vec<bool>,
    /// For each product, the factor that nothing else speaks of but its own bounds, if there is one.
    free: Vec<Option<Variable>>,
    /// Steps other than the tableau's.
    other_steps: u64,
    most: u64,
}

impl<'s> Search<'s> {
    /// A search in which everything counts.
    pub fn new(system: &'s System) -> Self {
        Self {
            system,
            path: Path::new(system),
            counts: vec![true; system.rows.len()],
            choices: vec![true; system.choices.len()],
            free: free_factors(system),
            other_steps: 0,
            most: 0,
        }
    }

    /// Leaves a row out, or takes it back in.
    pub fn set_row(&mut self, row: usize, counts: bool) {
        if let Some(slot) = self.counts.get_mut(row) {
            *slot = counts;
        }
    }

    /// Leaves a choice out, or takes it back in.
    pub fn set_choice(&mut self, choice: usize, counts: bool) {
        if let Some(slot) = self.choices.get_mut(choice) {
            *slot = counts;
        }
    }

    /// Whether a row counts.
    pub fn row_counts(&self, row: usize) -> bool {
        self.counts.get(row) == Some(&true)
    }

    /// Whether a choice counts.
    pub fn choice_counts(&self, choice: usize) -> bool {
        self.choices.get(choice) == Some(&true)
    }

    /// Steps taken in all.
    pub fn spent(&self) -> u64 {
        self.path.simplex.tableau.steps.saturating_add(self.other_steps)
    }

    /// Decides what counts, within so many further steps.
    pub fn decide(&mut self, budget: u64) -> Answer {
        self.most = self.spent().saturating_add(budget);
        self.path.begin();
        let system = self.system;
        let counting: Vec<usize> = (0..system.rows.len()).filter(|row| self.counts.get(*row) == Some(&true)).collect();
        let mut steps = Vec::new();
        let node = match self.count(&counting, &mut steps) {
            Err(sum) => Node::Impossible(Refutation { steps, end: End::Sum(sum) }),
            Ok(()) => self.root(steps),
        };
        match node {
            Node::Possible(values) => Answer::Possible(values),
            Node::Impossible(refutation) => Answer::Impossible(trimmed(system, refutation, system.rows.len()).0),
            Node::Unknown => Answer::Undecided,
        }
    }

    /// Lets rows count, rounded where that says more.
    fn count(&mut self, rows: &[usize], steps: &mut Vec<Step>) -> Result<(), Combination> {
        for row in rows {
            match self.path.rounded(*row) {
                Some((weight, rounded)) => {
                    let number = self.path.append(rounded);
                    steps.push(Step::Rounded(vec![(*row, weight)]));
                    self.path.count(number)?;
                }
                None => self.path.count(*row)?,
            }
        }
        Ok(())
    }

    fn exhausted(&self) -> bool {
        self.spent() > self.most
    }

    fn node(&mut self, mut steps: Vec<Step>, depth: usize) -> Node {
        loop {
            // What was spent besides the tableau's steps is no longer there for those.
            let most = self.most.saturating_sub(self.other_steps);
            match self.path.check(most) {
                Err(sum) => return Node::Impossible(Refutation { steps, end: End::Sum(sum) }),
                Ok(false) => return Node::Unknown,
                Ok(true) => {}
            }
            if self.exhausted() {
                return Node::Unknown;
            }
            let mut values = self.path.simplex.concrete();
            values.truncate(self.system.whole.len());
            self.spend(values.iter().map(work).sum());
            let Some(open) = self.open(&mut values) else { return Node::Possible(values) };
            if depth > DEEPEST {
                return Node::Unknown;
            }
            let (bounds, inferred) = self.infer(&values, &mut steps);
            match inferred {
                Inferred::More => continue,
                Inferred::Impossible(end) => return Node::Impossible(Refutation { steps, end }),
                Inferred::Nothing => {}
            }
            if depth == 0
                && let Some(end) = self.without_whole_solution(&open, &mut steps)
            {
                return Node::Impossible(Refutation { steps, end });
            }
            if let Open::Product(_) = open
                && let Some(values) = self.fixing_factors(&values)
            {
                return Node::Possible(values);
            }
            return match open {
                Open::Choice(choice) => self.cases(choice, steps, depth),
                Open::Whole(variable, floor) => {
                    let above = floor.plus(&Rational::ONE);
                    self.split(variable, floor, above, steps, depth)
                }
                Open::Product(product) => match self.where_to_split(product, &bounds, &values) {
                    Some((variable, at)) => self.split(variable, at.0, at.1, steps, depth),
                    None => Node::Unknown,
                },
            };
        }
    }

    fn spend(&mut self, steps: u64) {
        self.other_steps = self.other_steps.saturating_add(steps);
    }

    /// About how much work it is to hold values against all rows that count.
    fn work_of_rows(&self, values: &[Rational]) -> u64 {
        let longest = values.iter().map(work).max().unwrap_or(1);
        longest.saturating_mul(self.path.rows().map(|(_, row)| steps_of(row.terms.len())).sum())
    }

    /// What values that meet all rows do not satisfy yet. A factor that nothing else speaks of is set to fit.
    fn open(&mut self, values: &mut [Rational]) -> Option<Open> {
        let system = self.system;
        for (choice, counts) in system.choices.iter().zip(&self.choices).enumerate().map(|(at, it)| (at, it.1)) {
            if *counts && !self.is_satisfied(choice, values) {
                return Some(Open::Choice(choice));
            }
        }
        for (at, whole) in (0_u32..).zip(&system.whole) {
            if *whole && !self.path.simplex.value(at).is_whole() {
                return Some(Open::Whole(at, self.path.simplex.value(at).floor()));
            }
        }
        let open = system.products.iter().find(|product| {
            let at = |variable: Variable| values.get(place(variable));
            let (Some(product), Some(left), Some(right)) = (at(product.product), at(product.left), at(product.right))
            else {
                return false;
            };
            *product != left.times(right)
        })?;
        // All that is open are products; those whose one factor is free are made to fit.
        let mut fitted = values.to_vec();
        self.fit_free(&mut fitted);
        self.spend(self.work_of_rows(&fitted));
        if !self.all_satisfied(&fitted) {
            return Some(Open::Product(*open));
        }
        values.clone_from_slice(&fitted);
        None
    }

    /// The products without a free factor.
    fn entangled(&self) -> Vec<Product> {
        let products = self.system.products.iter().zip(&self.free);
        products.filter(|(_, free)| free.is_none()).map(|(product, _)| *product).collect()
    }

    /// Sets the free factors of products so that the products are right, where they can be.
    fn fit_free(&self, values: &mut [Rational]) {
        for (product, free) in self.system.products.iter().zip(&self.free) {
            let Some(free) = *free else { continue };
            let other = if free == product.left { product.right } else { product.left };
            let at = |variable: Variable| values.get(place(variable)).cloned().unwrap_or_default();
            let (result, own, other) = (at(product.product), at(free), at(other));
            if result != own.times(&other)
                && let Some(value) = result.checked_div(&other)
                && let Some(slot) = values.get_mut(place(free))
            {
                *slot = value;
            }
        }
    }

    fn is_satisfied(&self, choice: usize, values: &[Rational]) -> bool {
        let alternatives = self.system.choices.get(choice).map(|choice| choice.alternatives.as_slice());
        alternatives.unwrap_or_default().iter().any(|rows| rows.iter().all(|row| row_holds(row, values)))
    }

    /// Whether values satisfy all that counts.
    fn all_satisfied(&self, values: &[Rational]) -> bool {
        self.path.rows().all(|(_, row)| row_holds(row, values)) && self.rest_satisfied(values)
    }

    /// Whether values satisfy all that counts besides rows.
    fn rest_satisfied(&self, values: &[Rational]) -> bool {
        let system = self.system;
        let at = |variable: Variable| values.get(place(variable)).cloned().unwrap_or_default();
        system.whole.iter().zip(values).all(|(whole, value)| !whole || value.is_integer())
            && (0..system.choices.len())
                .all(|choice| self.choices.get(choice) != Some(&true) || self.is_satisfied(choice, values))
            && system.products.iter().all(|product| at(product.product) == at(product.left).times(&at(product.right)))
    }

    /// Follows up what the rows leave. Rows that follow are added to the path.
    fn infer(&mut self, values: &[Rational], steps: &mut Vec<Step>) -> (Bounds, Inferred) {
        let system = self.system;
        let mut effort = self.most.saturating_sub(self.spent()) / 4;
        let given = effort;
        let before = steps.len();
        let (bounds, followed) = Bounds::follow(system, &mut self.path, steps, &mut effort);
        self.other_steps = self.other_steps.saturating_add(given.saturating_sub(effort));
        if let Followed::Impossible(sum) = followed {
            return (bounds, Inferred::Impossible(End::Sum(sum)));
        }
        for (at, choice) in system.choices.iter().enumerate() {
            if self.choices.get(at) != Some(&true) || self.is_satisfied(at, values) {
                continue;
            }
            self.spend(steps_of(choice.alternatives.iter().map(Vec::len).sum()));
            let number = self.path.len();
            let outs: Vec<Option<Refutation>> = choice
                .alternatives
                .iter()
                .map(|rows| {
                    let out = (number..).zip(rows).find_map(|(number, row)| bounds.rules_out(row, number, &self.path));
                    out.map(|sum| Refutation { steps: Vec::new(), end: End::Sum(sum) })
                })
                .collect();
            let mut left = outs.iter().enumerate().filter(|(_, out)| out.is_none()).map(|(at, _)| at);
            match (left.next(), left.next()) {
                (None, _) => {
                    let each = outs.into_iter().flatten().collect();
                    return (bounds, Inferred::Impossible(End::Cases(at, each)));
                }
                (Some(alternative), None) => {
                    let rows = choice.alternatives.get(alternative).cloned().unwrap_or_default();
                    let numbers: Vec<usize> = rows.into_iter().map(|row| self.path.append(row)).collect();
                    steps.push(Step::Chosen { choice: at, alternative, others: outs.into_iter().flatten().collect() });
                    if let Err(sum) = self.count(&numbers, steps) {
                        return (bounds, Inferred::Impossible(End::Sum(sum)));
                    }
                }
                _ => {}
            }
        }
        if let Err(sum) = self.bound_products(&bounds, values, steps) {
            return (bounds, Inferred::Impossible(End::Sum(sum)));
        }
        let inferred = if steps.len() > before { Inferred::More } else { Inferred::Nothing };
        (bounds, inferred)
    }

    /// Adds the rows by which the bounds of factors bound a product, where values break them.
    fn bound_products(
        &mut self,
        bounds: &Bounds,
        values: &[Rational],
        steps: &mut Vec<Step>,
    ) -> Result<(), Combination> {
        let system = self.system;
        for Product { product, left, right } in system.products.iter().copied() {
            let sides = [Side::Least, Side::Most];
            let corners = sides.into_iter().flat_map(|one| sides.into_iter().map(move |other| (one, other)));
            for (one, other) in corners {
                let (Some((b, excluded)), Some((d, excluded2))) = (bounds.bound(left, one), bounds.bound(right, other))
                else {
                    continue;
                };
                // With a, c = 1 for upper bounds and -1 for lower ones, as rows say them: (b - a x)(d - c y) >= 0.
                let sign = |side: Side| if side == Side::Most { Rational::ONE } else { Rational::from(-1) };
                let (a, c) = (sign(one), sign(other));
                let (b, d) = (b.times(&a), d.times(&c));
                let mut terms = super::tableau::plus(&[], &a.times(&d), &[(left, Rational::ONE)]);
                terms = super::tableau::plus(&terms, &b.times(&c), &[(right, Rational::ONE)]);
                terms = super::tableau::plus(&terms, &-&a.times(&c), &[(product, Rational::ONE)]);
                let row = Row { terms, at_most: b.times(&d), strict: excluded && excluded2 };
                self.spend(work(&row.at_most).saturating_add(2));
                if row_holds(&row, values) {
                    continue;
                }
                let (Some(first), Some(second)) =
                    (bounds.proof_of(left, one, &self.path), bounds.proof_of(right, other, &self.path))
                else {
                    continue;
                };
                let number = self.path.append(row);
                steps.push(Step::Product(first, second));
                self.path.count(number)?;
            }
        }
        Ok(())
    }

    /// Values with the left factor of each product held where it is, if there are such.
    fn fixing_factors(&mut self, values: &[Rational]) -> Option<Vec<Rational>> {
        let system = self.system;
        let mark = self.path.mark();
        let mut possible = true;
        let mut fixed: BTreeMap<Variable, Rational> = BTreeMap::new();
        for Product { product, left, right } in self.entangled() {
            let value = match fixed.get(&left) {
                Some(value) => value.clone(),
                None => {
                    let near = values.get(place(left)).cloned().unwrap_or_default();
                    let whole = system.whole.get(place(left)) == Some(&true);
                    let value = if whole { near.round() } else { near };
                    for (factor, at_most) in [(Rational::ONE, value.clone()), (Rational::from(-1), -&value)] {
                        let row = Row { terms: vec![(left, factor)], at_most, strict: false };
                        let number = self.path.append(row);
                        possible = possible && self.path.count(number).is_ok();
                    }
                    fixed.insert(left, value.clone());
                    value
                }
            };
            for sign in [Rational::ONE, Rational::from(-1)] {
                let terms =
                    super::tableau::plus(&[(product, sign.clone())], &-&value.times(&sign), &[(right, Rational::ONE)]);
                let number = self.path.append(Row { terms, at_most: Rational::ZERO, strict: false });
                possible = possible && self.path.count(number).is_ok();
            }
        }
        let most = self.most.saturating_sub(self.other_steps);
        let found = possible && self.path.check(most) == Ok(true);
        let values = if found {
            let mut values = self.path.simplex.concrete();
            values.truncate(system.whole.len());
            self.fit_free(&mut values);
            Some(values)
        } else {
            None
        };
        self.path.undo(mark);
        let values = values?;
        self.spend(self.work_of_rows(&values));
        self.all_satisfied(&values).then_some(values)
    }

    /// Which factor of a product to halve, and where: the one that is known least well.
    fn where_to_split(
        &self,
        product: Product,
        bounds: &Bounds,
        values: &[Rational],
    ) -> Option<(Variable, (Rational, Rational))> {
        let width = |variable: Variable| {
            let (least, most) = (bounds.bound(variable, Side::Least), bounds.bound(variable, Side::Most));
            least.zip(most).map(|(least, most)| most.0.minus(least.0))
        };
        let (left, right) = (width(product.left), width(product.right));
        let variable = match (&left, &right) {
            (None, _) => product.left,
            (_, None) => product.right,
            (Some(one), Some(other)) if one >= other => product.left,
            _ => product.right,
        };
        let middle = match (bounds.bound(variable, Side::Least), bounds.bound(variable, Side::Most)) {
            (Some(least), Some(most)) => least.0.midpoint(most.0),
            _ => values.get(place(variable))?.clone(),
        };
        let whole = self.system.whole.get(place(variable)) == Some(&true);
        let (below, above) = if whole {
            let floor = middle.floor();
            let next = floor.plus(&Rational::ONE);
            (floor, next)
        } else {
            (middle.clone(), middle)
        };
        let at_end = |bound: Option<(&Rational, bool)>, side: &Rational| bound.is_some_and(|bound| bound.0 == side);
        let settled = !whole
            && (at_end(bounds.bound(variable, Side::Least), &below)
                || at_end(bounds.bound(variable, Side::Most), &above));
        (!settled).then_some((variable, (below, above)))
    }

    /// Each alternative of a choice in turn.
    fn cases(&mut self, choice: usize, steps: Vec<Step>, depth: usize) -> Node {
        let alternatives =
            self.system.choices.get(choice).map(|choice| choice.alternatives.clone()).unwrap_or_default();
        let mut each = Vec::with_capacity(alternatives.len());
        let mut unknown = false;
        for rows in alternatives {
            let first = self.path.len();
            let count = rows.len();
            match self.assuming(rows, depth) {
                Node::Possible(values) => return Node::Possible(values),
                Node::Unknown => unknown = true,
                Node::Impossible(refutation) => match self.without(refutation, first, count, &steps) {
                    Ok(refutation) => return Node::Impossible(refutation),
                    Err(refutation) => each.push(refutation),
                },
            }
            if self.exhausted() {
                return Node::Unknown;
            }
        }
        if unknown { Node::Unknown } else { Node::Impossible(Refutation { steps, end: End::Cases(choice, each) }) }
    }

    /// A variable at most one number, then at least another.
    fn split(&mut self, variable: Variable, below: Rational, above: Rational, steps: Vec<Step>, depth: usize) -> Node {
        let low = Row { terms: vec![(variable, Rational::ONE)], at_most: below.clone(), strict: false };
        let high = Row { terms: vec![(variable, Rational::from(-1))], at_most: -&above, strict: false };
        let first = self.path.len();
        let mut sides = Vec::with_capacity(2);
        let mut unknown = false;
        for row in [low, high] {
            match self.assuming(vec![row], depth) {
                Node::Possible(values) => return Node::Possible(values),
                Node::Unknown => unknown = true,
                Node::Impossible(refutation) => match self.without(refutation, first, 1, &steps) {
                    Ok(refutation) => return Node::Impossible(refutation),
                    Err(refutation) => sides.push(refutation),
                },
            }
            if self.exhausted() {
                return Node::Unknown;
            }
        }
        let high = sides.pop();
        match (unknown, sides.pop(), high) {
            (false, Some(low), Some(high)) => {
                let terms = vec![(place(variable), Rational::ONE)];
                let end = End::Split { terms, below, above, sides: Box::new((low, high)) };
                Node::Impossible(Refutation { steps, end })
            }
            _ => Node::Unknown,
        }
    }

    /// The node below, where further rows hold.
    fn assuming(&mut self, rows: Vec<Row<Variable>>, depth: usize) -> Node {
        let mark = self.path.mark();
        let numbers: Vec<usize> = rows.into_iter().map(|row| self.path.append(row)).collect();
        let mut steps = Vec::new();
        let node = match self.count(&numbers, &mut steps) {
            Err(sum) => Node::Impossible(Refutation { steps, end: End::Sum(sum) }),
            Ok(()) => self.node(steps, depth.saturating_add(1)),
        };
        self.path.undo(mark);
        node
    }

    /// The refutation of a case as that of its node, if it does not use the `count` rows that the case adds from number
    /// `first` on; else itself.
    fn without(
        &mut self,
        refutation: Refutation,
        first: usize,
        count: usize,
        steps: &[Step],
    ) -> Result<Refutation, Refutation> {
        let after = first.saturating_add(count);
        self.spend(size_of(&refutation));
        let (refutation, used) = trimmed(self.system, refutation, after);
        if used.range(first..after).next().is_some() {
            return Err(refutation);
        }
        let lifted = renumbered(refutation, &|row| if row >= after { row.saturating_sub(count) } else { row });
        let steps = steps.iter().cloned().chain(lifted.steps).collect();
        Ok(Refutation { steps, end: lifted.end })
    }
}

/// What is not satisfied yet.
enum Open {
    Choice(usize),
    /// A whole variable with a value between two whole numbers, and the one below.
    Whole(Variable, Rational),
    Product(Product),
}

/// Whether values satisfy a row.
pub(super) fn row_holds(row: &Row<Variable>, values: &[Rational]) -> bool {
    let sum: Rational = row
        .terms
        .iter()
        .map(|(variable, factor)| values.get(place(*variable)).map_or(Rational::ZERO, |it| it.times(factor)))
        .sum();
    if row.strict { sum < row.at_most } else { sum <= row.at_most }
}

/// For each product, a factor that need not be whole and that no other product, no choice and no row of several terms
/// speaks of: it can be set so that the product is right, as far as its own bounds allow.
fn free_factors(system: &System) -> Vec<Option<Variable>> {
    let mut uses = vec![0_usize; system.whole.len()];
    let mut note = |variable: Variable| {
        if let Some(uses) = uses.get_mut(place(variable)) {
            *uses = uses.saturating_add(1);
        }
    };
    if system.products.is_empty() {
        return Vec::new();
    }
    let alternatives = system.choices.iter().flat_map(|choice| &choice.alternatives).flatten();
    for row in system.rows.iter().filter(|row| row.terms.len() > 1).chain(alternatives) {
        row.terms.iter().for_each(|(variable, _)| note(*variable));
    }
    for product in &system.products {
        [product.product, product.left, product.right].into_iter().for_each(&mut note);
    }
    let is_free = |variable: &Variable| {
        let at = place(*variable);
        uses.get(at) == Some(&1) && system.whole.get(at) == Some(&false)
    };
    system.products.iter().map(|product| [product.left, product.right].into_iter().find(|it| is_free(it))).collect()
}
