//! What a refutation rests on, and refutations with all else left out.
//!
//! Rows are numbered along the path, so that leaving out a step moves the numbers of all rows after it.

use super::System;
use crate::problem::refutation::{Combination, End, Refutation, Step};
use std::collections::BTreeSet;

/// The given rows that a refutation uses, `given` being their number.
pub(in crate::solve) fn rows_of(refutation: &Refutation, given: usize) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    each_row(refutation, &mut |row| {
        if row < given {
            rows.insert(row);
        }
    });
    rows
}

/// The choices that a refutation uses.
pub(in crate::solve) fn choices_of(refutation: &Refutation) -> BTreeSet<usize> {
    let mut choices = BTreeSet::new();
    each_choice(refutation, &mut |choice| {
        choices.insert(choice);
    });
    choices
}

fn each_row(refutation: &Refutation, see: &mut dyn FnMut(usize)) {
    let mut all = |combination: &Combination| combination.iter().for_each(|(row, _)| see(*row));
    for step in &refutation.steps {
        match step {
            Step::Rounded(combination) => all(combination),
            Step::Product(left, right) => {
                all(left);
                all(right);
            }
            Step::Chosen { .. } => {}
        }
    }
    if let End::Sum(combination) = &refutation.end {
        all(combination);
    }
    for_each_child(refutation, &mut |child| each_row(child, see));
}

fn each_choice(refutation: &Refutation, see: &mut dyn FnMut(usize)) {
    for step in &refutation.steps {
        if let Step::Chosen { choice, .. } = step {
            see(*choice);
        }
    }
    if let End::Cases(choice, _) = &refutation.end {
        see(*choice);
    }
    for_each_child(refutation, &mut |child| each_choice(child, see));
}

fn for_each_child(refutation: &Refutation, see: &mut dyn FnMut(&Refutation)) {
    for step in &refutation.steps {
        if let Step::Chosen { others, .. } = step {
            others.iter().for_each(&mut *see);
        }
    }
    match &refutation.end {
        End::Sum(_) => {}
        End::Split { sides, .. } => {
            see(&sides.0);
            see(&sides.1);
        }
        End::Cases(_, each) => each.iter().for_each(&mut *see),
    }
}

/// How many rows and steps a refutation has in all, about.
pub(super) fn size_of(refutation: &Refutation) -> u64 {
    let mut size = 1_u64;
    each_row(refutation, &mut |_| size = size.saturating_add(1));
    size
}

/// Gives the rows of a refutation other numbers.
pub(in crate::solve) fn renumbered(refutation: Refutation, number: &dyn Fn(usize) -> usize) -> Refutation {
    let combination = |combination: Combination| -> Combination {
        combination.into_iter().map(|(row, weight)| (number(row), weight)).collect()
    };
    let steps = refutation
        .steps
        .into_iter()
        .map(|step| match step {
            Step::Rounded(sum) => Step::Rounded(combination(sum)),
            Step::Product(left, right) => Step::Product(combination(left), combination(right)),
            Step::Chosen { choice, alternative, others } => {
                let others = others.into_iter().map(|other| renumbered(other, number)).collect();
                Step::Chosen { choice, alternative, others }
            }
        })
        .collect();
    let end = match refutation.end {
        End::Sum(sum) => End::Sum(combination(sum)),
        End::Split { terms, below, above, sides } => {
            let sides = Box::new((renumbered(sides.0, number), renumbered(sides.1, number)));
            End::Split { terms, below, above, sides }
        }
        End::Cases(choice, each) => End::Cases(choice, each.into_iter().map(|case| renumbered(case, number)).collect()),
    };
    Refutation { steps, end }
}

/// A refutation without the steps that it does not use, `first` being the number of the first row that it adds, and the
/// rows before that which it uses.
pub(super) fn trimmed(system: &System, refutation: Refutation, first: usize) -> (Refutation, BTreeSet<usize>) {
    let Refutation { steps, end } = refutation;
    let mut starts = Vec::with_capacity(steps.len());
    let mut next = first;
    for step in &steps {
        starts.push(next);
        next = next.saturating_add(added(system, step));
    }
    let (end, mut used) = trimmed_end(system, end, next);
    let mut kept: Vec<(usize, usize, Step)> = Vec::new();
    for (step, start) in steps.into_iter().zip(starts).rev() {
        let count = added(system, &step);
        let after = start.saturating_add(count);
        if used.range(start..after).next().is_none() {
            continue;
        }
        let step = match step {
            Step::Rounded(sum) => {
                used.extend(sum.iter().map(|(row, _)| *row));
                Step::Rounded(sum)
            }
            Step::Product(left, right) => {
                used.extend(left.iter().chain(&right).map(|(row, _)| *row));
                Step::Product(left, right)
            }
            Step::Chosen { choice, alternative, others } => {
                let alternatives = system.choices.get(choice).map(|choice| choice.alternatives.as_slice());
                let sizes = alternatives.unwrap_or_default().iter().map(Vec::len).enumerate();
                let sizes = sizes.filter(|(at, _)| *at != alternative).map(|(_, size)| size);
                let others = others
                    .into_iter()
                    .zip(sizes)
                    .map(|(other, size)| {
                        let (other, own) = trimmed(system, other, start.saturating_add(size));
                        used.extend(own.range(..start));
                        other
                    })
                    .collect();
                Step::Chosen { choice, alternative, others }
            }
        };
        kept.push((start, count, step));
    }
    kept.reverse();
    // Rows of steps that stay move up to where those left out were; so do all rows of what follows.
    let mut moves: Vec<(usize, usize, usize)> = Vec::new();
    let mut place = first;
    for (start, count, _) in &kept {
        moves.push((*start, start.saturating_add(*count), place));
        place = place.saturating_add(*count);
    }
    let own = |row: usize| {
        if row < first {
            return row;
        }
        let found = moves.iter().find(|(start, after, _)| (*start..*after).contains(&row));
        found.map_or(row, |(start, _, place)| place.saturating_add(row.saturating_sub(*start)))
    };
    let moved_from = |boundary: usize, place: usize| {
        move |row: usize| {
            if row >= boundary { place.saturating_add(row.saturating_sub(boundary)) } else { row }
        }
    };
    let mut steps = Vec::with_capacity(kept.len());
    let mut place = first;
    for (start, count, step) in kept {
        let shift = moved_from(start, place);
        let renumber = |row: usize| if row >= start { shift(row) } else { own(row) };
        let single = Refutation { steps: vec![step], end: End::Sum(Vec::new()) };
        steps.extend(renumbered(single, &renumber).steps);
        place = place.saturating_add(count);
    }
    let shift = moved_from(next, place);
    let renumber = |row: usize| if row >= next { shift(row) } else { own(row) };
    let end = renumbered(Refutation { steps: Vec::new(), end }, &renumber).end;
    used.retain(|row| *row < first);
    (Refutation { steps, end }, used)
}

fn trimmed_end(system: &System, end: End, next: usize) -> (End, BTreeSet<usize>) {
    let mut used = BTreeSet::new();
    let end = match end {
        End::Sum(sum) => {
            used.extend(sum.iter().map(|(row, _)| *row));
            End::Sum(sum)
        }
        End::Split { terms, below, above, sides } => {
            let (one, own) = trimmed(system, sides.0, next.saturating_add(1));
            used.extend(own.range(..next));
            let (other, own) = trimmed(system, sides.1, next.saturating_add(1));
            used.extend(own.range(..next));
            End::Split { terms, below, above, sides: Box::new((one, other)) }
        }
        End::Cases(choice, each) => {
            let alternatives = system.choices.get(choice).map(|choice| choice.alternatives.as_slice());
            let sizes = alternatives.unwrap_or_default().iter().map(Vec::len);
            let each = each
                .into_iter()
                .zip(sizes)
                .map(|(case, size)| {
                    let (case, own) = trimmed(system, case, next.saturating_add(size));
                    used.extend(own.range(..next));
                    case
                })
                .collect();
            End::Cases(choice, each)
        }
    };
    (end, used)
}

/// How many rows a step adds.
fn added(system: &System, step: &Step) -> usize {
    match step {
        Step::Rounded(_) | Step::Product(..) => 1,
        Step::Chosen { choice, alternative, .. } => {
            let choice = system.choices.get(*choice);
            choice.and_then(|choice| choice.alternatives.get(*alternative)).map_or(0, Vec::len)
        }
    }
}
