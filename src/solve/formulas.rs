//! Formulas over common variables: can they all be satisfied at once, and how large can a sum be under them?
//!
//! In: what each variable may be, and formulas that were prepared once each, to be satisfied or to be broken. Out:
//! values, or which of the formulas (and of the ranges) leave none, with the sum of rows that shows it where one does.
//! Nothing here knows a claim or a rule. Every answer is exact; where the budget of steps ends, none is given.
//!
//! A formula is to be *broken* in the sense in which a check calls it so: a comparison that says nothing, because a
//! divisor in it is 0, breaks nothing.

use super::joint::formula::ways;
use super::joint::implied::{most, sum_without};
use super::joint::item::{bounding, sides};
use super::joint::system::with_factors;
use super::linear::{Answer, Product, Search, System, choices_of, rows_of};
use super::relation::{Meter, Normal, Polarity, normal};
use crate::number::{Interval, Rational};
use crate::problem::refutation::{Choice, End, Quantity, Refutation, Row, Step};
use crate::problem::{Domain, FigureId, Formula};
use std::collections::{BTreeMap, BTreeSet};

/// Bringing a formula into its form may be as much work as so many steps.
const STEPS: u64 = 50_000;
/// A greatest value is looked for in so many searches at most.
const MOST_SEARCHES: usize = 80;

/// What is wanted of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// That it holds, or says nothing.
    Satisfied,
    /// That it is broken.
    Broken,
}

/// A formula in the form in which it is decided: the ways in which it can be as wanted.
#[derive(Clone, Debug)]
pub struct Prepared {
    ways: Vec<Vec<Row>>,
}

/// Whether formulas can all be as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Together {
    /// These values of variables do it; any value does for a variable that is not listed.
    Possible(BTreeMap<usize, Rational>),
    /// None do.
    Impossible(Refuted),
    /// The budget ran out.
    Undecided,
}

/// What leaves no values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refuted {
    /// The formulas, by their places.
    pub formulas: BTreeSet<usize>,
    /// The variables of whose ranges an end is needed.
    pub ranges: BTreeSet<usize>,
    /// The sum that shows it, if it is as simple as that.
    pub sum: Vec<Line>,
}

/// A row of a sum that leaves no values, and how often it is added. The last line is what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The multiples of variables that are at most `at_most`, or less.
    pub terms: Vec<(usize, Rational)>,
    /// The bound.
    pub at_most: Rational,
    /// Whether the bound is excluded.
    pub strict: bool,
    /// Why it holds.
    pub told: Told,
    /// How often it counts in the sum.
    pub times: Rational,
}

/// Why a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// This formula says so.
    Formula(usize),
    /// This variable can be nothing else.
    Range(usize),
    /// It is a sum of lines before it, rounded because only whole numbers count.
    Rounded,
    /// It is what the lines come to.
    Sum,
}

/// How large a sum can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Greatest {
    /// So large, and no larger.
    Is(Rational),
    /// That was not found out.
    Untold,
}

/// Prepares a formula over variables; `None` if it is too rich. What is linear keeps all its rows, so that the ranges that
/// matter can be named; what is not is simplified by the ranges first.
pub fn prepare(formula: &Formula, domains: &[Domain], wanted: Wanted) -> Option<Prepared> {
    let polarity = match wanted {
        Wanted::Satisfied => Polarity::Satisfied,
        Wanted::Broken => Polarity::Broken,
    };
    // What is written down for a formula is as long as the formula, however many variables there are besides.
    let variables: Vec<usize> = formula.variables().into_iter().collect();
    let formula = &formula.moved(&|at| variables.binary_search(&at).unwrap_or(usize::MAX));
    let quantities: Vec<Quantity> = variables.iter().map(|at| Quantity::Figure(FigureId::at(*at))).collect();
    let within = |ranges: &[Interval]| {
        let meter = Meter::new(STEPS);
        normal(formula, polarity, ranges, &meter).filter(|_| !meter.is_over())
    };
    let anything = vec![Interval::everything(); variables.len()];
    if let Some(found) = within(&anything).filter(is_linear)
        && let Some(ways) = ways(&found, &quantities)
    {
        return Some(Prepared { ways });
    }
    let range = |at: &usize| {
        let Some(domain) = domains.get(*at) else { return Interval::everything() };
        let whole = if domain.integer { domain.interval.integers() } else { None };
        whole.unwrap_or_else(|| domain.interval.clone())
    };
    let ranges: Vec<Interval> = variables.iter().map(range).collect();
    ways(&within(&ranges)?, &quantities).map(|ways| Prepared { ways })
}

fn is_linear(normal: &Normal) -> bool {
    match normal {
        Normal::Known(_) => true,
        Normal::Atom(atom) => atom.polynomial.as_linear().is_some(),
        Normal::All(parts) | Normal::Any(parts) => parts.iter().all(is_linear),
    }
}

/// Formulas as a system of numbered variables.
struct Numbered {
    system: System,
    /// The variable behind each number; `None` for a product.
    variables: Vec<Option<usize>>,
    /// Why each row holds.
    rows: Vec<Told>,
    /// The formula of each choice.
    choices: Vec<usize>,
}

impl Numbered {
    /// The formulas and what their variables may be; `terms` are spoken of as well.
    fn of(domains: &[Domain], formulas: &[&Prepared], terms: &[(usize, Rational)]) -> Self {
        let asked: Vec<Quantity> = terms.iter().map(|(at, _)| Quantity::Figure(FigureId::at(*at))).collect();
        let mut all: Vec<&Quantity> = asked.iter().collect();
        for row in formulas.iter().flat_map(|formula| &formula.ways).flatten() {
            row.terms.iter().for_each(|(quantity, _)| with_factors(quantity, &mut all));
        }
        all.sort_unstable();
        all.dedup();
        let number = |quantity: &Quantity| all.binary_search(&quantity).ok().and_then(|at| u32::try_from(at).ok());
        let numbered = |row: &Row| Row {
            terms: row.terms.iter().filter_map(|(it, factor)| Some((number(it)?, factor.clone()))).collect(),
            at_most: row.at_most.clone(),
            strict: row.strict,
        };
        let domain = |quantity: &Quantity| match quantity {
            Quantity::Figure(figure) => domains.get(figure.index()).map(|domain| (figure.index(), domain)),
            _ => None,
        };
        let mut system = System::default();
        let (mut rows, mut choices) = (Vec::new(), Vec::new());
        for quantity in &all {
            system.whole.push(is_whole(quantity, domains));
            system.start.push(domain(quantity).map(|(_, domain)| start(domain)).unwrap_or_default());
            if let Quantity::Product(left, right) = quantity
                && let (Some(product), Some(left), Some(right)) = (number(quantity), number(left), number(right))
            {
                system.products.push(Product { product, left, right });
            }
            let Some((at, domain)) = domain(quantity) else { continue };
            for (end, side) in sides(&domain.interval, domain.integer) {
                system.rows.push(numbered(&bounding((*quantity).clone(), side, &end)));
                rows.push(Told::Range(at));
            }
        }
        for (at, formula) in formulas.iter().enumerate() {
            if let [only] = formula.ways.as_slice() {
                system.rows.extend(only.iter().map(numbered));
                rows.extend(only.iter().map(|_| Told::Formula(at)));
            } else {
                let alternatives = formula.ways.iter().map(|way| way.iter().map(numbered).collect()).collect();
                system.choices.push(Choice { alternatives });
                choices.push(at);
            }
        }
        let variables = all.iter().map(|quantity| domain(quantity).map(|(at, _)| at)).collect();
        Self { system, variables, rows, choices }
    }

    /// A sum as terms of the system.
    fn terms(&self, terms: &[(usize, Rational)]) -> Vec<(u32, Rational)> {
        let number = |variable: usize| self.variables.iter().position(|own| *own == Some(variable));
        let mut found: Vec<(u32, Rational)> = terms
            .iter()
            .filter_map(|(variable, factor)| Some((u32::try_from(number(*variable)?).ok()?, factor.clone())))
            .collect();
        found.sort_unstable_by_key(|(variable, _)| *variable);
        found
    }

    fn values(&self, values: Vec<Rational>) -> BTreeMap<usize, Rational> {
        self.variables.iter().zip(values).filter_map(|(variable, value)| Some(((*variable)?, value))).collect()
    }

    fn refuted(&self, refutation: &Refutation) -> Refuted {
        let mut found = Refuted::default();
        for row in rows_of(refutation, self.rows.len()) {
            match self.rows.get(row) {
                Some(Told::Formula(at)) => drop(found.formulas.insert(*at)),
                Some(Told::Range(at)) => drop(found.ranges.insert(*at)),
                _ => {}
            }
        }
        found.formulas.extend(choices_of(refutation).iter().filter_map(|choice| self.choices.get(*choice)));
        found.sum = self.sum(refutation).unwrap_or_default();
        found
    }

    /// The sum that a refutation consists of; `None` if there is more to it, or if products are spoken of.
    fn sum(&self, refutation: &Refutation) -> Option<Vec<Line>> {
        let End::Sum(last) = &refutation.end else { return None };
        let mut all: Vec<(Row<u32>, Told)> = self.system.rows.iter().cloned().zip(self.rows.iter().copied()).collect();
        let mut used: BTreeSet<usize> = last.iter().map(|(row, _)| *row).collect();
        for step in &refutation.steps {
            let Step::Rounded(combination) = step else { return None };
            let given: Vec<Row<u32>> = all.iter().map(|(row, _)| row.clone()).collect();
            let (sum, _) = sum_without(&given, combination, usize::MAX)?;
            let at_most = if sum.strict { sum.at_most.ceil().minus(&Rational::ONE) } else { sum.at_most.floor() };
            all.push((Row { at_most, strict: false, ..sum }, Told::Rounded));
            used.extend(combination.iter().map(|(row, _)| *row));
        }
        let given: Vec<Row<u32>> = all.iter().map(|(row, _)| row.clone()).collect();
        let (total, _) = sum_without(&given, last, usize::MAX)?;
        let times: BTreeMap<usize, Rational> = last.iter().cloned().collect();
        let mut lines = Vec::new();
        for at in used {
            let (row, told) = all.get(at)?;
            lines.push(self.line(row, *told, times.get(&at).cloned().unwrap_or_default())?);
        }
        lines.push(self.line(&total, Told::Sum, Rational::ONE)?);
        Some(lines)
    }

    fn line(&self, row: &Row<u32>, told: Told, times: Rational) -> Option<Line> {
        let term = |(number, factor): &(u32, Rational)| {
            let variable = self.variables.get(super::place(*number)).copied().flatten()?;
            Some((variable, factor.clone()))
        };
        let terms = row.terms.iter().map(term).collect::<Option<Vec<_>>>()?;
        Some(Line { terms, at_most: row.at_most.clone(), strict: row.strict, told, times })
    }
}

fn is_whole(quantity: &Quantity, domains: &[Domain]) -> bool {
    match quantity {
        Quantity::Figure(figure) => domains.get(figure.index()).is_some_and(|domain| domain.integer),
        Quantity::Product(left, right) => is_whole(left, domains) && is_whole(right, domains),
        _ => false,
    }
}

/// Where a variable is looked for first.
fn start(domain: &Domain) -> Rational {
    let whole = if domain.integer { domain.interval.integers() } else { None };
    whole.as_ref().unwrap_or(&domain.interval).pick()
}

/// Decides whether formulas can all be as they were prepared to be. What it takes is taken off the budget.
pub fn together(domains: &[Domain], formulas: &[&Prepared], budget: &mut u64) -> Together {
    let numbered = Numbered::of(domains, formulas, &[]);
    let mut search = Search::new(&numbered.system);
    let answer = search.decide(*budget);
    *budget = budget.saturating_sub(search.spent());
    match answer {
        Answer::Possible(values) => Together::Possible(numbered.values(values)),
        Answer::Impossible(refutation) => Together::Impossible(numbered.refuted(&refutation)),
        Answer::Undecided => Together::Undecided,
    }
}

/// How large a sum of multiples of variables can be while formulas are as wanted, if it is certainly at most `bound`.
pub fn greatest(
    domains: &[Domain],
    formulas: &[&Prepared],
    terms: &[(usize, Rational)],
    bound: &Rational,
    budget: &mut u64,
) -> Greatest {
    let whole = |(variable, factor): &(usize, Rational)| {
        factor.is_integer() && domains.get(*variable).is_some_and(|domain| domain.integer)
    };
    let mut numbered = Numbered::of(domains, formulas, terms);
    let own = numbered.terms(terms);
    let last = numbered.system.rows.len();
    let opposite = own.iter().map(|(variable, factor)| (*variable, -factor)).collect();
    numbered.system.rows.push(Row { terms: opposite, at_most: Rational::ZERO, strict: false });
    let whole = terms.iter().all(whole);
    let (mut most_of_all, mut least) = (if whole { bound.floor() } else { bound.clone() }, None::<Rational>);
    for _ in 0..MOST_SEARCHES {
        // Of whole sums, what is known on both sides is halved.
        let tried = match &least {
            Some(least) if *least >= most_of_all => return Greatest::Is(most_of_all),
            Some(least) => least.midpoint(&most_of_all).ceil(),
            None => most_of_all.clone(),
        };
        match numbered.system.rows.get_mut(last) {
            Some(row) => row.at_most = -&tried,
            None => return Greatest::Untold,
        }
        let mut search = Search::new(&numbered.system);
        let answer = search.decide(*budget);
        *budget = budget.saturating_sub(search.spent());
        match answer {
            Answer::Undecided => return Greatest::Untold,
            Answer::Possible(_) if least.is_none() => return Greatest::Is(tried),
            Answer::Possible(_) => least = Some(tried),
            Answer::Impossible(refutation) => match most(&numbered.system.rows, &refutation, last) {
                Some(found) if found < tried => {
                    most_of_all = if whole { found.floor() } else { found };
                }
                _ if !whole => return Greatest::Untold,
                _ => {
                    most_of_all = tried.minus(&Rational::ONE);
                    if least.is_none() {
                        least = Some(match some_value(&numbered.system, last, &own, budget) {
                            Some(value) => value,
                            None => return Greatest::Untold,
                        });
                    }
                }
            },
        }
    }
    Greatest::Untold
}

/// A value of a sum that is possible at all.
fn some_value(system: &System, last: usize, terms: &[(u32, Rational)], budget: &mut u64) -> Option<Rational> {
    let mut search = Search::new(system);
    search.set_row(last, false);
    let answer = search.decide(*budget);
    *budget = budget.saturating_sub(search.spent());
    let Answer::Possible(values) = answer else { return None };
    let value = |(variable, factor): &(u32, Rational)| Some(values.get(super::place(*variable))?.times(factor));
    terms.iter().map(value).try_fold(Rational::ZERO, |sum, term| Some(sum.plus(&term?)))
}
