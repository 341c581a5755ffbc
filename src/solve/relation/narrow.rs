//! What a comparison that must hold leaves of a box.

use super::normal::{Atom, Sign};
use super::polynomial::{Polynomial, interval};
use super::search::Search;
use crate::number::{End, Interval, Rational};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A polynomial is solved for its variables only if they times its products are at most this many.
const LARGEST_SOLVED: usize = 100_000;
/// Variables are put into comparisons of at most this many others.
const MOST_SOLVED_OUT: usize = 64;
/// An atom made ready.
#[derive(Debug)]
pub(super) struct Ready {
    pub atom: Atom,
    /// If it is linear: its coefficients and its constant.
    pub linear: Option<(Vec<(usize, Rational)>, Rational)>,
    /// If it is not: for every variable `x` that it can be solved for, `x * q + r`.
    solved: Vec<(usize, Polynomial, Polynomial)>,
    pub variables: BTreeSet<usize>,
    pub entangled: BTreeSet<usize>,
    /// Whole-number arithmetic alone keeps it from being 0.
    never_zero: bool,
}

impl Search<'_> {
    /// Makes an atom ready.
    pub(super) fn ready(&self, atom: Atom) -> Rc<Ready> {
        let variables = atom.polynomial.variables();
        let linear = atom.polynomial.as_linear();
        let mut solved = Vec::new();
        if linear.is_none() && variables.len().saturating_mul(atom.polynomial.size()) <= LARGEST_SOLVED {
            solved.extend(
                variables
                    .iter()
                    .filter_map(|&variable| atom.polynomial.isolate(variable).map(|(q, r)| (variable, q, r))),
            );
        }
        let never_zero = atom
            .polynomial
            .lattice(&|variable| self.is_integer(variable))
            .is_some_and(|(step, offset)| offset.checked_div(&step).is_some_and(|steps| !steps.is_integer()));
        Rc::new(Ready { linear, solved, entangled: atom.polynomial.entangled(), variables, never_zero, atom })
    }

    /// Leaves out of the box what no choice can have; false if nothing is left.
    pub(super) fn narrow(&mut self, atoms: &[Rc<Ready>], reals: &mut [Interval], rounds: usize) -> bool {
        for _ in 0..rounds {
            let mut changed = false;
            for ready in atoms {
                if !self.narrow_by(ready, reals, &mut changed) {
                    return false;
                }
            }
            if !changed || self.exhausted() {
                break;
            }
        }
        true
    }

    pub(super) fn narrow_by(&mut self, ready: &Ready, reals: &mut [Interval], changed: &mut bool) -> bool {
        let Atom { polynomial, sign } = &ready.atom;
        if !self.steps_over(polynomial.size(), ready.variables.iter().copied(), reals) {
            return true;
        }
        if ready.never_zero && *sign == Sign::Zero {
            return false;
        }
        match sign.over(&polynomial.range(reals, &self.meter)) {
            Some(true) => return true,
            Some(false) => return false,
            None => {}
        }
        if let Some((coefficients, constant)) = &ready.linear {
            return self.narrow_linear(coefficients, constant, *sign, reals, changed);
        }
        for (variable, q, r) in &ready.solved {
            let Some(present) = reals.get(*variable).cloned() else { continue };
            if present.is_point() {
                continue;
            }
            let cost = q.size().saturating_add(r.size());
            if !self.steps_over(cost, ready.variables.iter().copied(), reals) {
                return true;
            }
            let factor = q.range(reals, &self.meter);
            let Some(reciprocal) = factor.reciprocal() else { continue };
            let upward = !factor.meets(&Interval::at_most(Rational::ZERO));
            let target = r.range(reals, &self.meter).neg().mul(&reciprocal);
            if !self.keep(*variable, allowed(*sign, upward, &target, &present), reals, changed) {
                return false;
            }
        }
        true
    }

    /// Every variable of a linear comparison is bounded by what the others can be: the sum of all, less its own part.
    fn narrow_linear(
        &mut self,
        coefficients: &[(usize, Rational)],
        constant: &Rational,
        sign: Sign,
        reals: &mut [Interval],
        changed: &mut bool,
    ) -> bool {
        if !self.step(coefficients.len().saturating_mul(2)) {
            return true;
        }
        let parts: Vec<Interval> =
            coefficients.iter().map(|(variable, factor)| interval(reals, *variable).scale(factor)).collect();
        let low = Total::of(parts.iter().map(Interval::lo));
        let high = Total::of(parts.iter().map(Interval::hi));
        for ((variable, factor), part) in coefficients.iter().zip(&parts) {
            let Some(present) = reals.get(*variable).cloned() else { continue };
            if present.is_point() {
                continue;
            }
            let Some(reciprocal) = factor.reciprocal() else { continue };
            let Some(rest) = Interval::new(low.without(part.lo()), high.without(part.hi())) else { continue };
            let target = rest.shift(constant).scale(&-&reciprocal);
            if !self.keep(*variable, allowed(sign, factor.is_positive(), &target, &present), reals, changed) {
                return false;
            }
        }
        true
    }

    /// Keeps of a variable what is allowed; false if that is nothing.
    fn keep(&self, variable: usize, allowed: Option<Interval>, reals: &mut [Interval], changed: &mut bool) -> bool {
        let Some(place) = reals.get_mut(variable) else { return true };
        let kept = allowed.and_then(|allowed| place.intersect(&allowed));
        let kept = if self.is_integer(variable) { kept.and_then(|kept| kept.integers()) } else { kept };
        let Some(kept) = kept else { return false };
        if kept != *place {
            *changed = true;
            *place = kept;
        }
        true
    }
}

/// Whether comparisons of one and the same expression (but for scale and constant) leave it no value: `a >= b` beside
/// `a < b`. No box however small would show it, because the two meet along a whole line.
pub(super) fn clash(atoms: &[Rc<Ready>]) -> bool {
    let mut left: BTreeMap<Polynomial, Interval> = BTreeMap::new();
    for ready in atoms {
        let Some((form, scale, constant)) = ready.atom.polynomial.form() else { continue };
        let Some(bound) = (-&constant).checked_div(&scale) else { continue };
        let allowed = match (ready.atom.sign, scale.is_positive()) {
            (Sign::Zero, _) => Interval::point(bound),
            (Sign::NotZero, _) => continue,
            (Sign::AtMost, true) => Interval::at_most(bound),
            (Sign::AtMost, false) => Interval::at_least(bound),
            (Sign::Below, true) => Interval::less_than(bound),
            (Sign::Below, false) => Interval::more_than(bound),
        };
        let present = left.entry(form).or_insert_with(Interval::everything);
        match present.intersect(&allowed) {
            Some(common) => *present = common,
            None => return true,
        }
    }
    false
}

/// Solves every linear equation for a variable that need not be whole and puts it into all other comparisons, as Gauss
/// does, so that what several equations say together is seen.
pub(super) fn solved_out(search: &Search<'_>, atoms: Vec<Rc<Ready>>) -> Vec<Rc<Ready>> {
    let mut atoms = atoms;
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for place in 0..atoms.len() {
        let Some(equation) = atoms.get(place).cloned() else { break };
        let Some((coefficients, _)) = equation.linear.as_ref().filter(|_| equation.atom.sign == Sign::Zero) else {
            continue;
        };
        let Some((variable, factor)) =
            coefficients.iter().find(|(variable, _)| !search.is_integer(*variable) && !done.contains(variable))
        else {
            continue;
        };
        let Some(((_, rest), reciprocal)) = equation.atom.polynomial.isolate(*variable).zip(factor.reciprocal()) else {
            continue;
        };
        let value = rest.scaled(&-&reciprocal);
        done.insert(*variable);
        for (other, ready) in atoms.iter_mut().enumerate() {
            if other == place || !ready.variables.contains(variable) || ready.variables.len() > MOST_SOLVED_OUT {
                continue;
            }
            if let Some(polynomial) = ready.atom.polynomial.with(*variable, &value, &search.meter) {
                *ready = search.ready(Atom { polynomial, sign: ready.atom.sign });
            }
        }
    }
    atoms
}

/// The sum of many ends on one side, from which each can be taken out again.
struct Total {
    finite: Rational,
    open: usize,
    unbounded: usize,
}

impl Total {
    fn of<'a>(ends: impl Iterator<Item = &'a End>) -> Self {
        let mut total = Self { finite: Rational::ZERO, open: 0, unbounded: 0 };
        for end in ends {
            match end {
                End::Unbounded => total.unbounded = total.unbounded.saturating_add(1),
                End::Open(value) | End::Closed(value) => total.finite += value,
            }
            total.open = total.open.saturating_add(usize::from(matches!(end, End::Open(_))));
        }
        total
    }

    fn without(&self, end: &End) -> End {
        if self.unbounded > usize::from(*end == End::Unbounded) {
            return End::Unbounded;
        }
        let value = end.value().map_or_else(|| self.finite.clone(), |value| self.finite.minus(value));
        End::at(value, self.open == usize::from(matches!(end, End::Open(_))))
    }
}

/// What a variable may be so that `x * q + r` compares so with 0, where `target` is all that `-r / q` can be and q is
/// positive (`upward`) or negative. `None` if nothing.
fn allowed(sign: Sign, upward: bool, target: &Interval, present: &Interval) -> Option<Interval> {
    let strict = |end: &End| end.value().map_or(End::Unbounded, |value| End::Open(value.clone()));
    match (sign, upward) {
        (Sign::Zero, _) => Some(target.clone()),
        (Sign::AtMost, true) => Interval::new(End::Unbounded, target.hi().clone()),
        (Sign::AtMost, false) => Interval::new(target.lo().clone(), End::Unbounded),
        (Sign::Below, true) => Interval::new(End::Unbounded, strict(target.hi())),
        (Sign::Below, false) => Interval::new(strict(target.lo()), End::Unbounded),
        (Sign::NotZero, _) => {
            // Only an end can be left out; a value in the middle would leave two intervals.
            let Some(value) = target.as_point() else { return Some(Interval::everything()) };
            let end = |end: &End| match end {
                End::Closed(at) if at == value => End::Open(at.clone()),
                other => other.clone(),
            };
            Interval::new(end(present.lo()), end(present.hi()))
        }
    }
}
