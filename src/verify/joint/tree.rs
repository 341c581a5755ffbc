//! A refutation as a tree in which every row has a name of its own, without what it does not need.
//!
//! The solver's refutation numbers rows by their place on the way, which changes with every row that is left out. Here a
//! row keeps its name, so that rows, steps and whole branches that nothing depends on can be dropped.

use crate::number::Rational;
use crate::problem::refutation::{End, Refutation, Step};
use std::collections::BTreeSet;

/// The name of a row: its place in the list of all rows of a tree.
pub(super) type RowName = usize;

/// Multiples of rows.
pub(super) type Sum = Vec<(RowName, Rational)>;

/// Where a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum From {
    Given(usize),
    /// A row of an alternative of a choice.
    Chosen(usize, usize, usize),
    Made,
}

/// A branch to which an alternative of a choice adds its rows.
pub(super) struct Branch {
    pub alternative: usize,
    pub rows: Vec<RowName>,
    pub tree: Tree,
}

pub(super) enum Made {
    Rounded(RowName, Sum),
    Product(RowName, Sum, Sum),
    Chosen { choice: usize, alternative: usize, rows: Vec<RowName>, others: Vec<Branch> },
}

pub(super) enum Closed {
    Sum(Sum),
    Split {
        terms: Vec<(usize, Rational)>,
        bounds: (Rational, Rational),
        rows: (RowName, RowName),
        sides: Box<(Tree, Tree)>,
    },
    Cases(usize, Vec<Branch>),
}

pub(super) struct Tree {
    pub made: Vec<Made>,
    pub closed: Closed,
}

/// Names rows while a tree is made.
pub(super) struct Naming<'r> {
    /// How many rows each alternative of each choice has.
    pub choices: &'r [Vec<usize>],
    /// Where each row comes from.
    pub rows: Vec<From>,
}

impl Naming<'_> {
    fn name(&mut self, from: From) -> RowName {
        self.rows.push(from);
        self.rows.len().saturating_sub(1)
    }

    fn alternative(&mut self, choice: usize, alternative: usize) -> Vec<RowName> {
        let count = self.choices.get(choice).and_then(|choice| choice.get(alternative)).copied().unwrap_or(0);
        (0..count).map(|row| self.name(From::Chosen(choice, alternative, row))).collect()
    }

    /// A refutation as a tree; `way` holds the names of the rows that stand before it.
    pub fn tree(&mut self, refutation: &Refutation, way: &[RowName]) -> Tree {
        let mut way = way.to_vec();
        let sum = |way: &[RowName], combination: &[(usize, Rational)]| -> Sum {
            combination.iter().filter_map(|(at, multiple)| Some((*way.get(*at)?, multiple.clone()))).collect()
        };
        let mut made = Vec::new();
        for step in &refutation.steps {
            match step {
                Step::Rounded(combination) => {
                    let sum = sum(&way, combination);
                    let name = self.name(From::Made);
                    way.push(name);
                    made.push(Made::Rounded(name, sum));
                }
                Step::Product(one, other) => {
                    let sums = (sum(&way, one), sum(&way, other));
                    let name = self.name(From::Made);
                    way.push(name);
                    made.push(Made::Product(name, sums.0, sums.1));
                }
                Step::Chosen { choice, alternative, others } => {
                    let count = self.choices.get(*choice).map_or(0, Vec::len);
                    let open = (0..count).filter(|at| at != alternative);
                    let others = open.zip(others).map(|(at, other)| self.branch(*choice, at, other, &way)).collect();
                    let rows = self.alternative(*choice, *alternative);
                    way.extend(&rows);
                    made.push(Made::Chosen { choice: *choice, alternative: *alternative, rows, others });
                }
            }
        }
        let closed = match &refutation.end {
            End::Sum(combination) => Closed::Sum(sum(&way, combination)),
            End::Split { terms, below, above, sides } => {
                let rows = (self.name(From::Made), self.name(From::Made));
                let mut side = |refutation: &Refutation, row: RowName| {
                    let mut way = way.clone();
                    way.push(row);
                    self.tree(refutation, &way)
                };
                let sides = Box::new((side(&sides.0, rows.0), side(&sides.1, rows.1)));
                Closed::Split { terms: terms.clone(), bounds: (below.clone(), above.clone()), rows, sides }
            }
            End::Cases(choice, cases) => {
                let branches = cases.iter().enumerate();
                Closed::Cases(*choice, branches.map(|(at, case)| self.branch(*choice, at, case, &way)).collect())
            }
        };
        Tree { made, closed }
    }

    fn branch(&mut self, choice: usize, alternative: usize, refutation: &Refutation, way: &[RowName]) -> Branch {
        let rows = self.alternative(choice, alternative);
        let way: Vec<RowName> = way.iter().chain(&rows).copied().collect();
        Branch { alternative, tree: self.tree(refutation, &way), rows }
    }
}

impl Tree {
    /// The same without what it does not need, and the rows that it uses.
    pub fn pruned(self) -> (Self, BTreeSet<RowName>) {
        let (mut closed, mut used) = match self.closed.pruned() {
            Ok(found) => found,
            Err(tree) => {
                let made = self.made.into_iter().chain(tree.made).collect();
                return Self { made, closed: tree.closed }.pruned();
            }
        };
        let mut kept = Vec::new();
        for made in self.made.into_iter().rev() {
            match made.pruned(used) {
                Pruned::Kept(made, now) => {
                    kept.push(made);
                    used = now;
                }
                Pruned::Dropped(now) => used = now,
                Pruned::Closes(tree, now) => {
                    // What comes after is not needed.
                    used = now;
                    kept = tree.made.into_iter().rev().collect();
                    closed = tree.closed;
                }
            }
        }
        kept.reverse();
        (Self { made: kept, closed }, used)
    }
}

enum Pruned {
    Kept(Made, BTreeSet<RowName>),
    Dropped(BTreeSet<RowName>),
    /// This closes the branch by itself.
    Closes(Tree, BTreeSet<RowName>),
}

fn all_of(sum: &Sum) -> impl Iterator<Item = RowName> + '_ {
    sum.iter().map(|(row, _)| *row)
}

/// Something, and the rows that it needs.
type Needing<T> = (T, BTreeSet<RowName>);

/// Branches without what they do not need and the rows that they use; or one that needs nothing of what it adds.
fn branches(all: Vec<Branch>) -> Result<Needing<Vec<Branch>>, Box<Needing<Tree>>> {
    let mut kept = Vec::new();
    let mut used = BTreeSet::new();
    for branch in all {
        let (tree, needs) = branch.tree.pruned();
        if !branch.rows.iter().any(|row| needs.contains(row)) {
            return Err(Box::new((tree, needs)));
        }
        used.extend(needs);
        kept.push(Branch { tree, ..branch });
    }
    Ok((kept, used))
}

impl Made {
    fn pruned(self, mut used: BTreeSet<RowName>) -> Pruned {
        match self {
            Self::Rounded(name, sum) => {
                if !used.contains(&name) {
                    return Pruned::Dropped(used);
                }
                used.extend(all_of(&sum));
                Pruned::Kept(Self::Rounded(name, sum), used)
            }
            Self::Product(name, one, other) => {
                if !used.contains(&name) {
                    return Pruned::Dropped(used);
                }
                used.extend(all_of(&one).chain(all_of(&other)));
                Pruned::Kept(Self::Product(name, one, other), used)
            }
            Self::Chosen { choice, alternative, rows, others } => {
                if !rows.iter().any(|row| used.contains(row)) {
                    return Pruned::Dropped(used);
                }
                match branches(others) {
                    Ok((others, more)) => {
                        used.extend(more);
                        Pruned::Kept(Self::Chosen { choice, alternative, rows, others }, used)
                    }
                    Err(closing) => Pruned::Closes(closing.0, closing.1),
                }
            }
        }
    }
}

impl Closed {
    /// The same without what it does not need, with the rows that it uses; or a tree that does as well.
    fn pruned(self) -> Result<(Self, BTreeSet<RowName>), Box<Tree>> {
        match self {
            Self::Sum(sum) => {
                let used = all_of(&sum).collect();
                Ok((Self::Sum(sum), used))
            }
            Self::Split { terms, bounds, rows, sides } => {
                let (first, mut used) = sides.0.pruned();
                if !used.contains(&rows.0) {
                    return Err(Box::new(first));
                }
                let (second, more) = sides.1.pruned();
                if !more.contains(&rows.1) {
                    return Err(Box::new(second));
                }
                used.extend(more);
                Ok((Self::Split { terms, bounds, rows, sides: Box::new((first, second)) }, used))
            }
            Self::Cases(choice, all) => match branches(all) {
                Ok((all, used)) => Ok((Self::Cases(choice, all), used)),
                Err(closing) => Err(Box::new(closing.0)),
            },
        }
    }
}
