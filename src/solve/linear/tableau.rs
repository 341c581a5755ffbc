//! The tableau: basic variables as sums of multiples of the others, and pivots that make one of those basic instead.
//!
//! Rows are sparse and sorted; each variable knows the rows that may have it, a list that pivots only add to and that is
//! cleaned when it is walked.

use super::{Numbered, Variable, steps_of, work};
use crate::number::Rational;

/// A sum of multiples of variables, in their order, none times 0.
pub(super) type Sum = Vec<(Variable, Rational)>;

/// A row: its basic variable is this sum of others.
#[derive(Clone, Debug)]
struct Line {
    basic: Variable,
    sum: Sum,
}

/// Which variables are basic, and what they are sums of.
#[derive(Clone, Debug, Default)]
pub(super) struct Tableau {
    lines: Numbered<Line>,
    /// The line of each variable that is basic.
    line_of: Numbered<Option<u32>>,
    /// The lines that may have a variable.
    using: Numbered<Vec<u32>>,
    /// Steps taken: about one a coefficient that is touched, more for long numbers.
    pub steps: u64,
}

impl Tableau {
    /// One with room for so many variables.
    pub fn with_room_for(variables: usize) -> Self {
        Self {
            line_of: Numbered(Vec::with_capacity(variables)),
            using: Numbered(Vec::with_capacity(variables)),
            ..Self::default()
        }
    }

    /// Takes in a variable that is not basic.
    pub fn add_free(&mut self) -> Variable {
        self.using.push(Vec::new());
        self.line_of.push(None)
    }

    /// Takes in a variable that is a sum of others, basic or not, and is basic itself.
    pub fn add_sum(&mut self, sum: &[(Variable, Rational)]) -> Variable {
        let own: Sum = if sum.iter().all(|(variable, _)| self.line_of[*variable].is_none()) {
            sum.to_vec() // the rule
        } else {
            sum.iter().fold(Vec::new(), |own, (variable, factor)| match self.line_of[*variable] {
                None => plus(&own, factor, &[(*variable, Rational::ONE)]),
                Some(line) => plus(&own, factor, &self.lines[line].sum),
            })
        };
        self.using.push(Vec::new());
        let line = self.lines.next();
        let basic = self.line_of.push(Some(line));
        for (variable, _) in &own {
            self.using[*variable].push(line);
        }
        self.count(&own);
        self.lines.push(Line { basic, sum: own });
        basic
    }

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.line_of.0.len()
    }

    /// What a basic variable is a sum of; `None` if it is not basic.
    pub fn sum_of(&self, variable: Variable) -> Option<&Sum> {
        self.line_of[variable].map(|line| &self.lines[line].sum)
    }

    /// Whether a variable is basic.
    pub fn is_basic(&self, variable: Variable) -> bool {
        self.line_of[variable].is_some()
    }

    /// About how many lines have a variable.
    pub fn uses(&self, variable: Variable) -> usize {
        self.using[variable].len()
    }

    /// The basic variables whose sums have this one, and its factors there.
    pub fn users(&mut self, variable: Variable) -> Vec<(Variable, Rational)> {
        let mut using = std::mem::take(&mut self.using[variable]);
        using.sort_unstable();
        using.dedup();
        let mut users = Vec::with_capacity(using.len());
        using.retain(|line| {
            let line = &self.lines[*line];
            let factor = factor_of(&line.sum, variable);
            users.extend(factor.map(|factor| (line.basic, factor.clone())));
            factor.is_some()
        });
        self.steps = self.steps.saturating_add(steps_of(using.len()));
        self.using[variable] = using;
        users
    }

    /// Makes `entering` basic in the place of `leaving`, whose sum has it.
    pub fn pivot(&mut self, leaving: Variable, entering: Variable) {
        let Some(number) = self.line_of[leaving] else { return };
        let mut sum = std::mem::take(&mut self.lines[number].sum);
        let Some(factor) = factor_of(&sum, entering).cloned() else { return };
        let Some(inverse) = factor.reciprocal() else { return };
        // leaving = ... + factor * entering, so entering = leaving / factor - ... / factor.
        sum.retain(|(variable, _)| *variable != entering);
        let turned = -&inverse;
        for (_, own) in &mut sum {
            *own = own.times(&turned);
        }
        let at = sum.partition_point(|(variable, _)| *variable < leaving);
        sum.insert(at, (leaving, inverse));
        self.line_of[leaving] = None;
        self.line_of[entering] = Some(number);
        let using = std::mem::take(&mut self.using[entering]);
        self.using[leaving].push(number);
        for other in using {
            if other == number {
                continue;
            }
            let Some(factor) = factor_of(&self.lines[other].sum, entering).cloned() else { continue };
            let mut own = std::mem::take(&mut self.lines[other].sum);
            own.retain(|(variable, _)| *variable != entering);
            let mut merged: Sum = Vec::with_capacity(own.len().saturating_add(sum.len()));
            let mut left = own.into_iter().peekable();
            for (variable, value) in &sum {
                while let Some(kept) = left.next_if(|(mine, _)| mine < variable) {
                    merged.push(kept);
                }
                let product = factor.times(value);
                match left.next_if(|(mine, _)| mine == variable) {
                    Some((_, mine)) => {
                        let total = mine.plus(&product);
                        if !total.is_zero() {
                            merged.push((*variable, total));
                        }
                    }
                    None => {
                        self.using[*variable].push(other);
                        merged.push((*variable, product));
                    }
                }
            }
            merged.extend(left);
            self.count(&merged);
            self.lines[other].sum = merged;
        }
        self.count(&sum);
        self.lines[number] = Line { basic: entering, sum };
    }

    fn count(&mut self, sum: &Sum) {
        self.steps = sum.iter().fold(self.steps, |steps, (_, factor)| steps.saturating_add(work(factor)));
    }
}

fn factor_of(sum: &Sum, variable: Variable) -> Option<&Rational> {
    let at = sum.binary_search_by_key(&variable, |(own, _)| *own).ok()?;
    sum.get(at).map(|(_, factor)| factor)
}

/// A sum and a multiple of another.
pub(super) fn plus(sum: &[(Variable, Rational)], factor: &Rational, other: &[(Variable, Rational)]) -> Sum {
    let mut result: Sum = Vec::with_capacity(sum.len().saturating_add(other.len()));
    let mut left = sum.iter().peekable();
    for (variable, value) in other {
        while let Some(kept) = left.next_if(|(mine, _)| mine < variable) {
            result.push(kept.clone());
        }
        let product = factor.times(value);
        let total = match left.next_if(|(mine, _)| mine == variable) {
            Some((_, mine)) => mine.plus(&product),
            None => product,
        };
        if !total.is_zero() {
            result.push((*variable, total));
        }
    }
    result.extend(left.cloned());
    result
}
