//! Is there a choice of values, somewhere in a box, that satisfies a formula?
//!
//! Narrowing, then splitting (Benhamou and Granvilliers, "Continuous and interval constraints", in *Handbook of
//! Constraint Programming*, 2006). "Never" is said only if every part of the box is ruled out by exact bounds; a choice
//! is given only after the formula itself was evaluated there.

use super::evaluate;
use super::meter::Meter;
use super::narrow::{Ready, clash, solved_out};
use super::normal::{Atom, Normal, Polarity, Sign, normal};
use super::polynomial::interval;
use crate::number::{End, Interval, Rational};
use crate::problem::{Domain, Formula};
use crate::solve::work;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// How often the comparisons are gone through to narrow a box before it is split.
const ROUNDS: usize = 6;
/// A whole variable with at most this many values is tried value by value.
const FEW: i64 = 1_024;

/// Whether a choice was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// This one, checked.
    At(Vec<Rational>),
    /// One between these two, by continuity.
    Between(Vec<Rational>, Vec<Rational>),
    /// There is none.
    Never,
    /// The budget ran out.
    Unknown,
}

/// How a variable is fixed when a choice is built up.
#[derive(Clone, Copy)]
enum Style {
    Middle,
    Low,
    High,
}

/// A search for choices in one box.
pub(super) struct Search<'a> {
    formula: &'a Formula,
    reals: Vec<Interval>,
    domains: &'a [Domain],
    polarity: Polarity,
    spent: u64,
    budget: u64,
    pub(super) meter: Meter,
}

impl<'a> Search<'a> {
    /// A search over a box whose whole variables are rounded already.
    pub fn new(formula: &'a Formula, reals: Vec<Interval>, domains: &'a [Domain]) -> Self {
        Self { formula, reals, domains, polarity: Polarity::Satisfied, spent: 0, budget: 0, meter: Meter::default() }
    }

    /// The steps taken so far.
    pub fn spent(&self) -> u64 {
        self.spent
    }

    /// Looks for a choice that satisfies the formula, or for one that does not.
    pub fn some(&mut self, polarity: Polarity, budget: u64) -> Answer {
        self.polarity = polarity;
        self.budget = self.spent.saturating_add(budget);
        self.meter.allow(budget);
        match normal(self.formula, polarity, &self.reals, &self.meter) {
            Some(normal) => self.solve(Vec::new(), vec![normal], Vec::new(), self.reals.clone(), 0),
            // Too involved to search, but a lucky choice still counts.
            None => {
                let choice: Vec<_> = self.reals.iter().map(Interval::pick).collect();
                if self.satisfies(&choice) { Answer::At(choice) } else { Answer::Unknown }
            }
        }
    }

    /// Whether only whole numbers count for a variable.
    pub(super) fn is_integer(&self, variable: usize) -> bool {
        self.domains.get(variable).is_some_and(|domain| domain.integer)
    }

    /// Whether the budget ran out.
    pub(super) fn exhausted(&self) -> bool {
        self.spent > self.budget || self.meter.is_over()
    }

    /// Takes steps over a box, each as much work as its longest number; false if the budget does not allow them.
    pub(super) fn steps_over(
        &mut self,
        cost: usize,
        variables: impl Iterator<Item = usize>,
        reals: &[Interval],
    ) -> bool {
        let ends = variables.filter_map(|variable| reals.get(variable)).flat_map(|within| [within.lo(), within.hi()]);
        let longest = ends.filter_map(End::value).map(work).max().unwrap_or(1);
        self.step(cost.saturating_mul(usize::try_from(longest).unwrap_or(usize::MAX)))
    }

    /// Takes steps; false if the budget does not allow them.
    pub(super) fn step(&mut self, cost: usize) -> bool {
        self.spent = self.spent.saturating_add(u64::try_from(cost).unwrap_or(u64::MAX));
        !self.exhausted()
    }

    /// Whether a choice lies in the box and is of the kind that is looked for, by the formula as it was given.
    fn satisfies(&self, choice: &[Rational]) -> bool {
        let inside = choice.iter().enumerate().all(|(variable, value)| {
            interval(&self.reals, variable).contains(value) && (!self.is_integer(variable) || value.is_integer())
        });
        inside && evaluate::truth(self.formula, choice) == Some(self.polarity == Polarity::Satisfied)
    }

    /// All of `atoms` and `pending`, and at least one of each of `choices`.
    fn solve(
        &mut self,
        mut atoms: Vec<Rc<Ready>>,
        mut pending: Vec<Normal>,
        mut choices: Vec<Vec<Normal>>,
        mut reals: Vec<Interval>,
        depth: usize,
    ) -> Answer {
        if depth > evaluate::DEEPEST {
            return Answer::Unknown;
        }
        loop {
            while let Some(part) = pending.pop() {
                match part {
                    Normal::Known(true) => {}
                    Normal::Known(false) => return Answer::Never,
                    Normal::Atom(atom) => atoms.push(self.ready(atom)),
                    Normal::All(parts) => pending.extend(parts),
                    Normal::Any(parts) => choices.push(parts),
                }
            }
            atoms = solved_out(self, atoms);
            if clash(&atoms) || !self.narrow(&atoms, &mut reals, ROUNDS) {
                return Answer::Never;
            }
            if self.exhausted() {
                return Answer::Unknown;
            }
            for parts in std::mem::take(&mut choices) {
                let mut open = Vec::new();
                let mut settled = false;
                for part in parts {
                    match self.over(&part, &reals) {
                        Some(true) => settled = true,
                        Some(false) => {}
                        None => open.push(part),
                    }
                }
                match open.len() {
                    _ if settled => {}
                    0 => return Answer::Never,
                    1 => pending.extend(open),
                    _ => choices.push(open),
                }
            }
            if pending.is_empty() {
                break;
            }
        }
        choices.sort_by_key(|parts| std::cmp::Reverse(parts.len()));
        let Some(parts) = choices.pop() else { return self.split(&atoms, reals) };
        let mut unknown = false;
        for part in parts {
            match self.solve(atoms.clone(), vec![part], choices.clone(), reals.clone(), depth.saturating_add(1)) {
                Answer::Never => {}
                Answer::Unknown => unknown = true,
                found => return found,
            }
        }
        if unknown { Answer::Unknown } else { Answer::Never }
    }

    /// What is known of a part over a box.
    fn over(&mut self, part: &Normal, reals: &[Interval]) -> Option<bool> {
        match part {
            Normal::Known(truth) => Some(*truth),
            Normal::Atom(atom) => {
                if !self.steps_over(atom.polynomial.size(), 0..reals.len(), reals) {
                    return None;
                }
                atom.sign.over(&atom.polynomial.range(reals, &self.meter))
            }
            Normal::All(parts) | Normal::Any(parts) => {
                let every = matches!(part, Normal::All(_));
                let mut open = false;
                for part in parts {
                    match self.over(part, reals) {
                        Some(truth) if truth != every => return Some(truth),
                        Some(_) => {}
                        None => open = true,
                    }
                }
                if open { None } else { Some(every) }
            }
        }
    }

    /// Splits the box until a choice is found, or every part is ruled out.
    fn split(&mut self, atoms: &[Rc<Ready>], reals: Vec<Interval>) -> Answer {
        let mut parts = VecDeque::from([reals]);
        let mut unknown = false;
        while let Some(mut reals) = parts.pop_front() {
            if self.exhausted() {
                return Answer::Unknown;
            }
            if !self.steps_over(reals.len(), 0..reals.len(), &reals) || !self.narrow(atoms, &mut reals, ROUNDS) {
                continue;
            }
            let open: Vec<Rc<Ready>> = atoms
                .iter()
                .filter(|ready| ready.atom.sign.over(&ready.atom.polynomial.range(&reals, &self.meter)).is_none())
                .cloned()
                .collect();
            if let Some(found) = self.choice(&open, &reals) {
                return found;
            }
            match self.halves(&open, &reals) {
                Some((first, second)) => parts.extend([first, second]),
                None => unknown = true,
            }
        }
        if unknown || self.exhausted() { Answer::Unknown } else { Answer::Never }
    }

    /// A choice in a box, if one is easily found.
    fn choice(&mut self, open: &[Rc<Ready>], reals: &[Interval]) -> Option<Answer> {
        if open.is_empty() {
            let choice: Vec<_> = reals.iter().map(Interval::pick).collect();
            return self.satisfies(&choice).then_some(Answer::At(choice));
        }
        let mut between = None;
        if let [only] = open {
            match self.by_continuity(only, reals) {
                Some(Answer::At(choice)) => return Some(Answer::At(choice)),
                other => between = other,
            }
        }
        for style in [Style::Middle, Style::Low, Style::High] {
            if let Some(choice) = self.built_up(open, reals, style) {
                return Some(Answer::At(choice));
            }
        }
        between
    }

    /// Fixes one variable after the other, narrowing what is left for the rest: first the whole ones and those that
    /// are entangled, so that the last ones follow by solving a linear equation.
    fn built_up(&mut self, open: &[Rc<Ready>], reals: &[Interval], style: Style) -> Option<Vec<Rational>> {
        let mut reals = reals.to_vec();
        let mut of_variable: BTreeMap<usize, Vec<Rc<Ready>>> = BTreeMap::new();
        let mut entangled = BTreeSet::new();
        for ready in open {
            for &variable in &ready.variables {
                of_variable.entry(variable).or_default().push(Rc::clone(ready));
            }
            entangled.extend(ready.entangled.iter().copied());
        }
        let mut order: Vec<usize> = of_variable.keys().copied().collect();
        order.sort_by_key(|variable| (!entangled.contains(variable), !self.is_integer(*variable), *variable));
        for variable in order {
            let place = reals.get_mut(variable)?;
            let value = fixed(place, style);
            *place = Interval::point(value);
            for ready in of_variable.get(&variable)? {
                let mut changed = false;
                if !self.narrow_by(ready, &mut reals, &mut changed) || self.exhausted() {
                    return None;
                }
            }
        }
        let choice: Vec<_> = reals.iter().map(Interval::pick).collect();
        self.satisfies(&choice).then_some(choice)
    }

    /// For one comparison over a box in which everything else holds: walks from a corner where its left side is least
    /// to one where it is greatest, a variable at a time. An inequality may hold at the first. An equation holds where
    /// the sign turns: a linear variable gives the exact choice; for any other the intermediate value theorem says that
    /// there is one.
    fn by_continuity(&mut self, ready: &Ready, reals: &[Interval]) -> Option<Answer> {
        let Atom { polynomial, sign } = &ready.atom;
        let slopes: BTreeMap<usize, &Rational> =
            ready.linear.iter().flat_map(|(slopes, _)| slopes).map(|(variable, slope)| (*variable, slope)).collect();
        let middle: Vec<_> = reals.iter().map(Interval::pick).collect();
        let (mut low, mut high) = (middle.clone(), middle.clone());
        let free: Vec<usize> =
            polynomial.variables().into_iter().filter(|variable| !self.is_integer(*variable)).collect();
        for &variable in &free {
            let within = reals.get(variable)?;
            let (least, most) = (near_end(within, false), near_end(within, true));
            let rises = match slopes.get(&variable) {
                Some(slope) => slope.is_positive(),
                None => {
                    if !self.step(polynomial.size()) {
                        return None;
                    }
                    let at = |value: &Rational| polynomial.at(&with(&middle, variable, value)?, &self.meter);
                    at(&least)? <= at(&most)?
                }
            };
            *low.get_mut(variable)? = if rises { least.clone() } else { most.clone() };
            *high.get_mut(variable)? = if rises { most } else { least };
        }
        for choice in [&low, &high] {
            if self.satisfies(choice) {
                return Some(Answer::At(choice.clone()));
            }
        }
        if *sign != Sign::Zero
            || !polynomial.at(&low, &self.meter)?.is_negative()
            || !polynomial.at(&high, &self.meter)?.is_positive()
        {
            return None;
        }
        // The choice in which the first so many variables have gone from low to high.
        let walked = |count: usize| {
            let mut choice = low.clone();
            for &variable in free.iter().take(count) {
                *choice.get_mut(variable)? = high.get(variable)?.clone();
            }
            Some(choice)
        };
        let (mut before, mut after) = (0, free.len());
        while after.saturating_sub(before) > 1 {
            if !self.step(polynomial.size()) {
                return None;
            }
            let between = before.midpoint(after);
            if polynomial.at(&walked(between)?, &self.meter)?.is_negative() {
                before = between
            } else {
                after = between
            }
        }
        let (here, there) = (walked(before)?, walked(after)?);
        let (less, more) = (polynomial.at(&here, &self.meter)?, polynomial.at(&there, &self.meter)?);
        let variable = *free.get(before)?;
        let (from, to) = (here.get(variable)?, there.get(variable)?);
        let part = less.checked_div(&less.minus(&more))?;
        let exact = with(&here, variable, &from.plus(&to.minus(from).times(&part)))?;
        for choice in [exact, there.clone()] {
            if self.satisfies(&choice) {
                return Some(Answer::At(choice));
            }
        }
        more.is_positive().then_some(Answer::Between(here, there))
    }

    /// Splits the box at the variable that promises most; `None` if there is nothing to split.
    fn halves(&self, open: &[Rc<Ready>], reals: &[Interval]) -> Option<(Vec<Interval>, Vec<Interval>)> {
        let variables: BTreeSet<usize> = open.iter().flat_map(|ready| ready.variables.iter().copied()).collect();
        let entangled: BTreeSet<usize> = open.iter().flat_map(|ready| ready.entangled.iter().copied()).collect();
        let few = Rational::from(FEW);
        let chosen = variables
            .into_iter()
            .filter(|variable| reals.get(*variable).is_some_and(|within| !within.is_point()))
            .max_by(|a, b| {
                let rank = |variable: usize| {
                    let width = interval(reals, variable).width();
                    let small = self.is_integer(variable) && width.as_ref().is_some_and(|width| *width <= few);
                    let relative = width.map(|width| {
                        let size = interval(reals, variable).pick().abs().plus(&Rational::ONE);
                        let width = if small { -&width } else { width };
                        width.checked_div(&size).unwrap_or_default()
                    });
                    // Few values first; then what is unbounded, so that it becomes bounded; then the widest.
                    (entangled.contains(&variable), small, relative.is_none(), relative, std::cmp::Reverse(variable))
                };
                rank(*a).cmp(&rank(*b))
            })?;
        let within = interval(reals, chosen);
        let (below, above) = if self.is_integer(chosen) {
            let at = middle(&within).floor();
            (Interval::at_most(at.clone()), Interval::at_least(at.plus(&Rational::ONE)))
        } else {
            let at = middle(&within);
            (Interval::at_most(at.clone()), Interval::more_than(at))
        };
        let with = |half: Interval| {
            let mut reals = reals.to_vec();
            *reals.get_mut(chosen)? = within.intersect(&half)?;
            Some(reals)
        };
        Some((with(below)?, with(above)?))
    }
}

/// A choice with one value changed.
fn with(choice: &[Rational], variable: usize, value: &Rational) -> Option<Vec<Rational>> {
    let mut choice = choice.to_vec();
    *choice.get_mut(variable)? = value.clone();
    Some(choice)
}

/// A value of an interval in a style.
fn fixed(within: &Interval, style: Style) -> Rational {
    match (style, within.lo(), within.hi()) {
        (Style::Low, End::Closed(value), _) | (Style::High, _, End::Closed(value)) => value.clone(),
        _ => within.pick(),
    }
}

/// A value of an interval at an end, or near it if the end itself is not possible.
fn near_end(within: &Interval, upper: bool) -> Rational {
    let end = if upper { within.hi() } else { within.lo() };
    let inside = within.pick();
    match end {
        End::Closed(value) => value.clone(),
        End::Open(value) => {
            let mut near = inside;
            for _ in 0..10 {
                near = near.midpoint(value);
            }
            near
        }
        End::Unbounded => {
            let far = inside.abs().plus(&Rational::ONE).times(&Rational::from(1_024));
            if upper { inside.plus(&far) } else { inside.minus(&far) }
        }
    }
}

/// Where to split an interval: near its middle, or further out each time if it has no end there.
fn middle(within: &Interval) -> Rational {
    match (within.lo().value(), within.hi().value()) {
        (Some(lo), Some(hi)) => {
            let plain = within.pick();
            // An end would split nothing off.
            if plain > *lo && plain < *hi { plain } else { lo.midpoint(hi) }
        }
        (Some(lo), None) => lo.abs().plus(&Rational::ONE).times(&Rational::from(2)),
        (None, Some(hi)) => -&hi.abs().plus(&Rational::ONE).times(&Rational::from(2)),
        (None, None) => Rational::ZERO,
    }
}
