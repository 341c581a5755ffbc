//! Can any choice of values satisfy a formula? The checker's own answer: plain interval arithmetic over big rationals,
//! and halving the box where that does not tell. (Moore, Kearfott and Cloud, *Introduction to Interval Analysis*, 2009.)
//!
//! It is slow and simple on purpose. It says "never" only if every part of the box is ruled out.

use super::answers;
use super::expression::add_up;
use crate::expr::Comparison;
use crate::number::{End, Interval, Rational};
use crate::problem::{Domain, Formula, Term};
use std::collections::BTreeMap;

/// How many boxes are looked at before giving up.
const MOST_BOXES: usize = 50_000;
/// How often a box is halved before giving up: a smaller one is most likely a choice that satisfies the formula.
const MOST_HALVINGS: usize = 256;
/// Formulas that are nested deeper are not looked at.
const DEEPEST: usize = 400;

/// How wide a side of a box is, to tell which is halved.
#[derive(Clone, Copy)]
enum Measured {
    /// Against how large its values are. A factor of a product spreads it by just that, so a few prices are told apart
    /// before a hundred thousand counts are. A side without an end counts as a quarter, so that what is as wide as it is
    /// large goes first: halving the endless one again and again would tell nothing of the other.
    Relatively,
    /// As it is.
    Absolutely,
    /// Not at all: one side after the other is halved. Of two sides without an end, that reaches the beginning of both.
    InTurn,
}

/// Whether no choice of values from the domains satisfies the formula; `None` if that could not be told.
pub(super) fn impossible(formula: &Formula, domains: &[Domain]) -> Option<bool> {
    let measures = [Measured::Relatively, Measured::Absolutely, Measured::InTurn];
    measures.into_iter().find_map(|measured| ruled_out(formula, domains, measured))
}

/// The same, by halving the sides that are widest when measured so.
fn ruled_out(formula: &Formula, domains: &[Domain], measured: Measured) -> Option<bool> {
    let mut open = vec![(0_usize, domains.to_vec())];
    let mut seen = 0_usize;
    while let Some((halved, domains)) = open.pop() {
        seen = seen.saturating_add(1);
        if seen > MOST_BOXES || halved > MOST_HALVINGS {
            return None;
        }
        let Some(whole) = domains.iter().map(rounded).collect::<Option<Vec<Domain>>>() else { continue };
        if !may_hold(formula, &whole, true, 0) {
            continue;
        }
        let (low, high) = halves(whole, measured, halved)?;
        let halved = halved.saturating_add(1);
        open.push((halved, high));
        open.push((halved, low));
    }
    Some(true)
}

/// Whether bounds on its two sides alone tell that no choice of values from the domains satisfies the formula.
pub(super) fn never_holds(formula: &Formula, domains: &[Domain]) -> bool {
    let whole = domains.iter().map(rounded).collect::<Option<Vec<Domain>>>();
    whole.is_none_or(|whole| !may_hold(formula, &whole, true, 0))
}

/// A domain rounded to whole numbers where only those count; `None` if it has none.
fn rounded(domain: &Domain) -> Option<Domain> {
    let interval = if domain.integer { domain.interval.integers()? } else { domain.interval.clone() };
    Some(Domain { interval, integer: domain.integer })
}

/// How wide an interval is; `None` if it has no end.
fn width(interval: &Interval, measured: Measured) -> Option<Rational> {
    match (measured, interval.lo().value(), interval.hi().value()) {
        (Measured::Absolutely | Measured::InTurn, ..) => interval.width(),
        (Measured::Relatively, Some(lo), Some(hi)) => {
            interval.width()?.checked_div(&(lo.abs().max(hi.abs()) + Rational::from(1)))
        }
        (Measured::Relatively, ..) => Rational::from(1).checked_div(&Rational::from(4)),
    }
}

/// The box in two halves, by its widest side or, in turn, by that of a number; `None` if it is a single point.
fn halves(domains: Vec<Domain>, measured: Measured, number: usize) -> Option<(Vec<Domain>, Vec<Domain>)> {
    let sides = || domains.iter().enumerate().filter(|(_, domain)| !domain.interval.is_point());
    let turn = number.checked_rem(sides().count())?;
    if let Measured::InTurn = measured {
        let at = sides().nth(turn)?.0;
        return halved(domains, at);
    }
    let mut widest: Option<(usize, Option<Rational>)> = None;
    for (at, domain) in sides() {
        let width = width(&domain.interval, measured);
        let wider = match (&widest, &width) {
            (None, _) => true,
            (Some((_, None)), _) => false,
            (Some(_), None) => true,
            (Some((_, Some(known))), Some(width)) => width > known,
        };
        if wider {
            widest = Some((at, width));
        }
    }
    let (at, _) = widest?;
    halved(domains, at)
}

/// A box in two halves, by one of its sides.
fn halved(domains: Vec<Domain>, at: usize) -> Option<(Vec<Domain>, Vec<Domain>)> {
    let domain = domains.get(at)?;
    let (lo, hi) = (domain.interval.lo(), domain.interval.hi());
    let two = Rational::from(2);
    let one = Rational::from(1);
    let middle = match (lo.value(), hi.value()) {
        (None, None) => Rational::from(0),
        (Some(lo), None) => {
            if lo.is_negative() {
                Rational::from(0)
            } else {
                lo * &two + &one
            }
        }
        (None, Some(hi)) => {
            if hi.is_positive() {
                Rational::from(0)
            } else {
                hi * &two - &one
            }
        }
        (Some(lo), Some(hi)) => lo.midpoint(hi),
    };
    let (below, above) = if domain.integer {
        (End::Closed(middle.floor()), End::Closed(middle.floor() + &one))
    } else {
        (End::Closed(middle.clone()), End::Open(middle))
    };
    let (low, high) = (Interval::new(lo.clone(), below)?, Interval::new(above, hi.clone())?);
    let with = |interval: Interval| {
        let mut half = domains.clone();
        if let Some(slot) = half.get_mut(at) {
            slot.interval = interval;
        }
        half
    };
    Some((with(low), with(high)))
}

/// Whether the formula (or its negation) may hold somewhere in the box: `false` only if it certainly does not.
fn may_hold(formula: &Formula, domains: &[Domain], positive: bool, depth: usize) -> bool {
    let deeper = depth.saturating_add(1);
    if depth > DEEPEST {
        return true;
    }
    let each = |part: &Formula| may_hold(part, domains, positive, deeper);
    match formula {
        Formula::Known(truth) => *truth == positive,
        Formula::Unread => true,
        // That there are no such answers is never asked for.
        Formula::Answers(answers) => !positive || answers::may_exist(answers, domains),
        Formula::Not(of) => may_hold(of, domains, !positive, deeper),
        Formula::All(all) if positive => all.iter().all(each),
        Formula::All(all) => all.iter().any(each),
        Formula::Any(all) if positive => all.iter().any(each),
        Formula::Any(all) => all.iter().all(each),
        Formula::Compare(left, comparison, right) => {
            let Some(difference) = difference(left, right, domains, deeper) else { return true };
            let comparison = if positive { *comparison } else { comparison.negated() };
            let nought = Rational::from(0);
            let below = Interval::less_than(nought.clone());
            let above = Interval::more_than(nought.clone());
            match comparison {
                Comparison::Less => difference.meets(&below),
                Comparison::AtMost => difference.meets(&Interval::at_most(nought)),
                Comparison::Equal => difference.contains(&nought),
                Comparison::NotEqual => difference.as_point() != Some(&nought),
                Comparison::AtLeast => difference.meets(&Interval::at_least(nought)),
                Comparison::More => difference.meets(&above),
            }
        }
    }
}

/// The values of `left - right`; `None` if a divisor may be 0, so that the comparison says nothing. Where the
/// difference is linear, every variable counts once, so that the values are exact.
fn difference(left: &Term, right: &Term, domains: &[Domain], depth: usize) -> Option<Interval> {
    let one = Rational::from(1);
    let mut factors = BTreeMap::new();
    let mut constant = Rational::from(0);
    let linear = add_up(left, &one, &mut factors, &mut constant)
        .and_then(|()| add_up(right, &-&one, &mut factors, &mut constant));
    if linear.is_none() {
        let (left, right) = (values(left, domains, depth)?, values(right, domains, depth)?);
        return Some(plus(&left, &times(&right, &Interval::point(-one))));
    }
    let start = Interval::point(constant);
    factors.into_iter().filter(|(_, factor)| !factor.is_zero()).try_fold(start, |sum, (place, factor)| {
        Some(plus(&sum, &times(&domains.get(place)?.interval, &Interval::point(factor))))
    })
}

/// The values of a term; `None` if a divisor may be 0.
fn values(term: &Term, domains: &[Domain], depth: usize) -> Option<Interval> {
    if depth > DEEPEST {
        return None;
    }
    let of = |term: &Term| values(term, domains, depth.saturating_add(1));
    Some(match term {
        Term::Number(number) => Interval::point(number.clone()),
        Term::Variable(place) => domains.get(*place)?.interval.clone(),
        Term::Negative(term) => times(&of(term)?, &Interval::point(Rational::from(-1))),
        Term::Sum(terms) => {
            let start = Interval::point(Rational::from(0));
            terms.iter().try_fold(start, |sum, term| Some(plus(&sum, &of(term)?)))?
        }
        Term::Product(left, right) => times(&of(left)?, &of(right)?),
        Term::Quotient(left, right) => times(&of(left)?, &inverse(&of(right)?)?),
        Term::Power(base, power) => {
            let base = of(base)?;
            let start = Interval::point(Rational::from(1));
            (0..*power).fold(start, |product, _| times(&product, &base))
        }
        Term::Least(terms) | Term::Greatest(terms) => {
            let all = terms.iter().map(of).collect::<Option<Vec<Interval>>>()?;
            let least = matches!(term, Term::Least(_));
            all.into_iter().reduce(|one, other| {
                let lower = one.lo().cmp_lower(other.lo()).is_le() == least;
                let upper = one.hi().cmp_upper(other.hi()).is_le() == least;
                let lo = if lower { one.lo() } else { other.lo() };
                let hi = if upper { one.hi() } else { other.hi() };
                Interval::new(lo.clone(), hi.clone()).unwrap_or_else(Interval::everything)
            })?
        }
    })
}

/// An end of a sum: bounded if both are, reached if both are.
fn end_sum(one: &End, other: &End) -> End {
    match (one.value(), other.value()) {
        (Some(a), Some(b)) => End::at(a + b, one.is_closed() && other.is_closed()),
        _ => End::Unbounded,
    }
}

fn plus(one: &Interval, other: &Interval) -> Interval {
    Interval::new(end_sum(one.lo(), other.lo()), end_sum(one.hi(), other.hi())).unwrap_or_else(Interval::everything)
}

/// A product of ends: of values, or of infinities by their signs.
#[derive(Clone)]
enum Corner {
    Low,
    At(Rational, bool),
    High,
}

fn times(one: &Interval, other: &Interval) -> Interval {
    let nought = Rational::from(0);
    let zero = Interval::point(nought.clone());
    if *one == zero || *other == zero {
        return zero;
    }
    let corner = |a: &End, low_a: bool, b: &End, low_b: bool| -> Corner {
        let sign = |end: &End, low: bool| match end.value() {
            Some(value) => value.signum(),
            None if low => -1,
            None => 1,
        };
        match (a.value(), b.value()) {
            (Some(x), Some(y)) => {
                // Nought times anything of the other side is nought, and is reached if nought itself is.
                let reached = (a.is_closed() && b.is_closed())
                    || (x.is_zero() && a.is_closed())
                    || (y.is_zero() && b.is_closed());
                Corner::At(x * y, reached)
            }
            // A bound of nought against no bound: the products come as near to nought as one likes.
            _ if sign(a, low_a) == 0 || sign(b, low_b) == 0 => Corner::At(Rational::from(0), true),
            _ if (sign(a, low_a) < 0) == (sign(b, low_b) < 0) => Corner::High,
            _ => Corner::Low,
        }
    };
    let ends = [(one.lo(), true), (one.hi(), false)];
    let others = [(other.lo(), true), (other.hi(), false)];
    let corners: Vec<Corner> =
        ends.iter().flat_map(|(a, low)| others.iter().map(move |(b, low2)| corner(a, *low, b, *low2))).collect();
    let (mut lo, mut hi): (Option<End>, Option<End>) = (None, None);
    for corner in corners {
        let (low, high) = match corner {
            Corner::Low => (End::Unbounded, None),
            Corner::High => {
                hi = Some(End::Unbounded);
                continue;
            }
            Corner::At(value, closed) => (End::at(value.clone(), closed), Some(End::at(value, closed))),
        };
        lo = Some(match lo {
            Some(known) if known.cmp_lower(&low).is_le() => known,
            _ => low,
        });
        if let Some(high) = high {
            hi = Some(match hi {
                Some(known) if known.cmp_upper(&high).is_ge() => known,
                _ => high,
            });
        }
    }
    Interval::new(lo.unwrap_or(End::Unbounded), hi.unwrap_or(End::Unbounded)).unwrap_or_else(Interval::everything)
}

/// One divided by all values; `None` if 0 may be among them.
fn inverse(of: &Interval) -> Option<Interval> {
    let nought = Rational::from(0);
    if of.contains(&nought) {
        return None;
    }
    let upside = |end: &End| match end.value() {
        None => Some(End::Open(Rational::from(0))),
        Some(value) => value.reciprocal().map(|value| End::at(value, end.is_closed())),
    };
    // An open end at nought has no reciprocal: there the quotients have no bound.
    let lo = upside(of.hi()).unwrap_or(End::Unbounded);
    let hi = upside(of.lo()).unwrap_or(End::Unbounded);
    Interval::new(lo, hi)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(at: usize) -> Term {
        Term::Variable(at)
    }

    fn between(lo: i64, hi: i64, integer: bool) -> Domain {
        Domain { interval: Interval::closed(lo.into(), hi.into()).unwrap(), integer }
    }

    fn product(left: Term, right: Term) -> Term {
        Term::Product(Box::new(left), Box::new(right))
    }

    #[test]
    fn a_sum_above_its_whole_is_impossible() {
        let sum = Term::Sum(vec![variable(0), variable(1)]);
        let formula = Formula::Compare(sum, Comparison::AtMost, variable(2));
        let parts = |whole| [between(154, 154, true), between(92, 92, true), between(whole, whole, true)];
        assert_eq!(impossible(&formula, &parts(231)), Some(true));
        assert_eq!(impossible(&formula, &parts(246)), None);
    }

    #[test]
    fn twelve_whole_answers_may_be_unable_to_give_a_mean() {
        let mean = Domain {
            interval: Interval::closed(Rational::new(3475, 1000).unwrap(), Rational::new(3485, 1000).unwrap()).unwrap(),
            integer: false,
        };
        let total = Domain { interval: Interval::at_least(0.into()), integer: true };
        let n = Term::Number(12.into());
        let formula = Formula::Compare(product(variable(0), n), Comparison::Equal, variable(1));
        assert_eq!(impossible(&formula, &[mean.clone(), total.clone()]), Some(true));
        let n = Term::Number(25.into());
        let formula = Formula::Compare(product(variable(0), n), Comparison::Equal, variable(1));
        assert_eq!(impossible(&formula, &[mean, total]), None);
    }

    #[test]
    fn few_prices_are_tried_before_many_counts() {
        let formula = Formula::Compare(product(variable(0), variable(1)), Comparison::Equal, variable(2));
        let count = between(16_350_000, 16_450_000, true);
        let unknown = Domain { interval: Interval::at_least(0.into()), integer: true };
        let sales = |lo, hi| [unknown.clone(), count.clone(), between(lo, hi, true)];
        assert_eq!(impossible(&formula, &sales(57_350_000, 57_450_000)), Some(true));
        assert_eq!(impossible(&formula, &sales(57_350_000, 65_400_000)), None);
        let part = Domain { integer: false, ..unknown.clone() };
        assert_eq!(impossible(&formula, &[part, count, between(57_350_000, 57_450_000, true)]), None);
        let above_two = Domain { interval: Interval::more_than(2.into()), integer: false };
        let one = Domain { integer: false, ..between(1, 1, true) };
        assert_eq!(impossible(&formula, &[unknown, above_two, one]), Some(true));
    }

    #[test]
    fn what_is_divided_by_nought_says_nothing() {
        let quotient = Term::Quotient(Box::new(variable(0)), Box::new(variable(1)));
        let formula = Formula::Compare(quotient, Comparison::Equal, Term::Number(7.into()));
        assert_eq!(impossible(&formula, &[between(1, 1, true), between(0, 0, true)]), None);
        assert_eq!(impossible(&formula, &[between(1, 1, true), between(2, 3, true)]), Some(true));
    }

    #[test]
    fn products_with_open_and_infinite_ends_lose_nothing() {
        let all = |text: &Interval, other: &Interval| times(text, other).to_string();
        let positive = Interval::more_than(0.into());
        assert_eq!(all(&positive, &positive), "(0, ∞)".replace('(', "["));
        assert_eq!(all(&Interval::at_least((-1).into()), &Interval::at_least(2.into())), "(-∞, ∞)");
        let minus = Interval::closed((-3).into(), (-2).into()).unwrap();
        assert_eq!(all(&minus, &Interval::at_least(2.into())), "(-∞, -4]");
        assert_eq!(inverse(&Interval::at_least(2.into())).unwrap().to_string(), "(0, 0.5]");
        assert_eq!(inverse(&positive).unwrap().to_string(), "(0, ∞)");
        assert_eq!(inverse(&Interval::at_least(0.into())), None);
    }
}
