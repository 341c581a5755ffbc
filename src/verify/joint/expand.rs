//! The ways in which a formula can be satisfied: alternatives of comparisons of polynomials with nought.
//!
//! Negations go down to the comparisons; a least or greatest value is taken case by case; a quotient is multiplied out,
//! once for a divisor above 0 and once for one below. A comparison says nothing where a divisor in it is 0, so that this
//! is a way to satisfy it. Ways that the ranges of the variables rule out by themselves are left out.

use super::super::evaluate::never_holds;
use super::super::facts::Checked;
use super::super::fraction::Fraction;
use crate::expr::Comparison;
use crate::problem::{Domain, Formula, Term};
use std::collections::BTreeMap;

/// How many ways one formula may have.
const MOST_WAYS: usize = 4_096;
/// How many terms one polynomial may have, and how many cases one term.
const MOST_CASES: usize = 512;
/// How deep a formula may be nested.
const DEEPEST: usize = 400;

/// A polynomial: the multiple of each product of variables, which are in order; none is 0. That of no variables is the
/// constant.
pub(super) type Polynomial = BTreeMap<Vec<usize>, Fraction>;

/// A polynomial that is at most 0, or below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub polynomial: Polynomial,
    pub strict: bool,
}

/// All of these hold.
pub(super) type Way = Vec<Atom>;

enum Tree {
    Never,
    Atom(Atom),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

/// A quotient under conditions.
#[derive(Clone)]
struct Case {
    when: Vec<(Polynomial, Comparison)>,
    above: Polynomial,
    below: Polynomial,
}

/// The ways to satisfy a formula over the ranges of its variables.
pub(super) fn ways(formula: &Formula, ranges: &[Domain]) -> Checked<Vec<Way>> {
    let expanding = Expanding { ranges };
    distributed(expanding.tree(formula, true, 0)?)
}

fn too_much<T>() -> Checked<T> {
    Err("its formula has more cases than are checked".to_owned())
}

/// A tree as alternatives.
fn distributed(tree: Tree) -> Checked<Vec<Way>> {
    Ok(match tree {
        Tree::Never => Vec::new(),
        Tree::Atom(atom) => vec![vec![atom]],
        Tree::Any(parts) => {
            let mut ways = Vec::new();
            for part in parts {
                ways.extend(distributed(part)?);
                if ways.len() > MOST_WAYS {
                    return too_much();
                }
            }
            ways
        }
        Tree::All(parts) => {
            let mut ways: Vec<Way> = vec![Vec::new()];
            for part in parts {
                let more = distributed(part)?;
                if ways.len().saturating_mul(more.len()) > MOST_WAYS {
                    return too_much();
                }
                ways = ways
                    .iter()
                    .flat_map(|way| more.iter().map(move |more| way.iter().chain(more).cloned().collect()))
                    .collect();
            }
            ways
        }
    })
}

struct Expanding<'d> {
    ranges: &'d [Domain],
}

impl Expanding<'_> {
    fn tree(&self, formula: &Formula, positive: bool, depth: usize) -> Checked<Tree> {
        if depth > DEEPEST {
            return too_much();
        }
        let each = |all: &[Formula]| {
            all.iter().map(|part| self.tree(part, positive, depth.saturating_add(1))).collect::<Checked<Vec<Tree>>>()
        };
        match formula {
            Formula::Known(truth) if *truth == positive => Ok(Tree::All(Vec::new())),
            Formula::Known(_) => Ok(Tree::Never),
            Formula::Unread => Err("its formula could not be read".to_owned()),
            Formula::Answers(_) => Err("what is said of answers is decided by itself".to_owned()),
            Formula::Not(of) => self.tree(of, !positive, depth.saturating_add(1)),
            Formula::All(all) if positive => Ok(Tree::All(each(all)?)),
            Formula::Any(all) if !positive => Ok(Tree::All(each(all)?)),
            Formula::All(all) | Formula::Any(all) => Ok(Tree::Any(each(all)?)),
            Formula::Compare(left, comparison, right) => {
                let comparison = if positive { *comparison } else { comparison.negated() };
                let mut ways = Vec::new();
                let compared = self.sides(left, comparison, right, &mut ways, depth)?;
                ways.push(compared);
                Ok(Tree::Any(ways))
            }
        }
    }

    /// Compares two terms; adds to `nothing` when a divisor is 0.
    fn sides(
        &self,
        left: &Term,
        comparison: Comparison,
        right: &Term,
        nothing: &mut Vec<Tree>,
        depth: usize,
    ) -> Checked<Tree> {
        if depth > DEEPEST {
            return too_much();
        }
        let deeper = depth.saturating_add(1);
        if let Some((parts, every)) = extremes(left, comparison) {
            let each = parts.iter().map(|part| self.sides(part, comparison, right, nothing, deeper));
            let each = each.collect::<Checked<Vec<Tree>>>()?;
            return Ok(if every { Tree::All(each) } else { Tree::Any(each) });
        }
        if let Some((parts, every)) = extremes(right, turned(comparison)) {
            let each = parts.iter().map(|part| self.sides(left, comparison, part, nothing, deeper));
            let each = each.collect::<Checked<Vec<Tree>>>()?;
            return Ok(if every { Tree::All(each) } else { Tree::Any(each) });
        }
        let (left, right) = (self.cases(left, nothing, deeper)?, self.cases(right, nothing, deeper)?);
        if left.len().saturating_mul(right.len()) > MOST_CASES {
            return too_much();
        }
        let mut ways = Vec::new();
        for one in &left {
            for other in &right {
                let mut all = self.when(one);
                all.extend(self.when(other));
                all.push(self.fractions(one, comparison, other)?);
                ways.push(Tree::All(all));
            }
        }
        Ok(Tree::Any(ways))
    }

    fn when(&self, case: &Case) -> Vec<Tree> {
        case.when.iter().map(|(polynomial, comparison)| self.atom(polynomial.clone(), *comparison)).collect()
    }

    fn fractions(&self, one: &Case, comparison: Comparison, other: &Case) -> Checked<Tree> {
        let above = minus(&times(&one.above, &other.below)?, &times(&other.above, &one.below)?);
        let below = times(&one.below, &other.below)?;
        let plain = below == constant(Fraction::whole(1));
        if plain || matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            return Ok(self.atom(above, comparison));
        }
        let positive = self.atom(below.clone(), Comparison::More);
        let negative = self.atom(below, Comparison::Less);
        Ok(Tree::Any(vec![
            Tree::All(vec![positive, self.atom(above.clone(), comparison)]),
            Tree::All(vec![negative, self.atom(above, turned(comparison))]),
        ]))
    }

    /// A polynomial compared with nought.
    fn atom(&self, polynomial: Polynomial, comparison: Comparison) -> Tree {
        let negative = || scaled(&polynomial, &Fraction::whole(-1));
        match comparison {
            Comparison::AtMost => self.single(polynomial, false),
            Comparison::Less => self.single(polynomial, true),
            Comparison::AtLeast => self.single(negative(), false),
            Comparison::More => self.single(negative(), true),
            Comparison::Equal => {
                let below = self.single(negative(), false);
                Tree::All(vec![self.single(polynomial, false), below])
            }
            Comparison::NotEqual => {
                let below = self.single(negative(), true);
                Tree::Any(vec![self.single(polynomial, true), below])
            }
        }
    }

    fn single(&self, polynomial: Polynomial, strict: bool) -> Tree {
        let nought = Term::Number(Fraction::nought().rational());
        let sign = if strict { Comparison::Less } else { Comparison::AtMost };
        if never_holds(&Formula::Compare(term(&polynomial), sign, nought), self.ranges) {
            return Tree::Never;
        }
        Tree::Atom(Atom { polynomial, strict })
    }

    fn cases(&self, of: &Term, nothing: &mut Vec<Tree>, depth: usize) -> Checked<Vec<Case>> {
        if depth > DEEPEST {
            return too_much();
        }
        let deeper = depth.saturating_add(1);
        let one = || constant(Fraction::whole(1));
        let plain = |above| vec![Case { when: Vec::new(), above, below: one() }];
        let mut pairwise = |left: &Term, right: &Term, join: fn(&Case, &Case) -> Checked<(Polynomial, Polynomial)>| {
            let (left, right) = (self.cases(left, nothing, deeper)?, self.cases(right, nothing, deeper)?);
            joined(&left, &right, join)
        };
        Ok(match of {
            Term::Number(number) => plain(constant(Fraction::from(number))),
            Term::Variable(place) => plain(BTreeMap::from([(vec![*place], Fraction::whole(1))])),
            Term::Negative(of) => {
                let mut cases = self.cases(of, nothing, deeper)?;
                cases.iter_mut().for_each(|case| case.above = scaled(&case.above, &Fraction::whole(-1)));
                cases
            }
            Term::Sum(terms) => {
                let mut sum = plain(Polynomial::new());
                for term in terms {
                    let more = self.cases(term, nothing, deeper)?;
                    sum = joined(&sum, &more, |one, other| {
                        if one.below == other.below {
                            return Ok((plus(&one.above, &other.above), one.below.clone()));
                        }
                        let above = plus(&times(&one.above, &other.below)?, &times(&other.above, &one.below)?);
                        Ok((above, times(&one.below, &other.below)?))
                    })?;
                }
                sum
            }
            Term::Product(left, right) => pairwise(left, right, |one, other| {
                Ok((times(&one.above, &other.above)?, times(&one.below, &other.below)?))
            })?,
            Term::Quotient(left, right) => {
                let (left, mut right) = (self.cases(left, nothing, deeper)?, self.cases(right, nothing, deeper)?);
                for case in &right {
                    let mut all = self.when(case);
                    all.push(self.atom(case.above.clone(), Comparison::Equal));
                    nothing.push(Tree::All(all));
                }
                // Where the divisor is nought whatever the figures, nothing else is said.
                right.retain(|case| number(&case.above).is_none_or(|above| above != Fraction::nought()));
                joined(&left, &right, |one, other| {
                    let (above, below) = (times(&one.above, &other.below)?, times(&one.below, &other.above)?);
                    Ok(match number(&below).and_then(|below| Fraction::whole(1).over(&below)) {
                        Some(factor) => (scaled(&above, &factor), constant(Fraction::whole(1))),
                        None => (above, below),
                    })
                })?
            }
            Term::Power(of, power) => {
                let mut cases = self.cases(of, nothing, deeper)?;
                for case in &mut cases {
                    let (above, below) = (case.above.clone(), case.below.clone());
                    (case.above, case.below) = (one(), one());
                    for _ in 0..*power {
                        case.above = times(&case.above, &above)?;
                        case.below = times(&case.below, &below)?;
                    }
                }
                cases
            }
            Term::Least(terms) => self.extreme(terms, Comparison::AtMost, nothing, deeper)?,
            Term::Greatest(terms) => self.extreme(terms, Comparison::AtLeast, nothing, deeper)?,
        })
    }

    /// The least or greatest of some terms that are no quotients: each is a case of its own.
    fn extreme(
        &self,
        terms: &[Term],
        comparison: Comparison,
        nothing: &mut Vec<Tree>,
        depth: usize,
    ) -> Checked<Vec<Case>> {
        let mut all = Vec::new();
        for term in terms {
            let mut cases = self.cases(term, nothing, depth)?;
            match (cases.pop(), cases.is_empty()) {
                (Some(case), true) if number(&case.below).is_some() => all.push(case),
                _ => return too_much(),
            }
        }
        if all.len() > MOST_CASES {
            return too_much();
        }
        let with_others = |(at, case): (usize, &Case)| {
            let others = all.iter().enumerate().filter(|(other, _)| *other != at);
            let mut case = case.clone();
            case.when.extend(others.map(|(_, other)| (minus(&case.above, &other.above), comparison)));
            case
        };
        Ok(all.iter().enumerate().map(with_others).collect())
    }
}

/// If a side is a least or greatest value: its terms, and whether the comparison must hold for every one of them.
fn extremes(term: &Term, comparison: Comparison) -> Option<(&[Term], bool)> {
    let small = match comparison {
        Comparison::Less | Comparison::AtMost => true,
        Comparison::More | Comparison::AtLeast => false,
        Comparison::Equal | Comparison::NotEqual => return None,
    };
    match term {
        Term::Least(terms) if !terms.is_empty() => Some((terms, !small)),
        Term::Greatest(terms) if !terms.is_empty() => Some((terms, small)),
        _ => None,
    }
}

/// The comparison with its sides exchanged.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::More => Comparison::Less,
        same => same,
    }
}

fn joined(
    left: &[Case],
    right: &[Case],
    join: impl Fn(&Case, &Case) -> Checked<(Polynomial, Polynomial)>,
) -> Checked<Vec<Case>> {
    if left.len().saturating_mul(right.len()) > MOST_CASES {
        return too_much();
    }
    let mut found = Vec::new();
    for one in left {
        for other in right {
            let (above, below) = join(one, other)?;
            found.push(Case { when: one.when.iter().chain(&other.when).cloned().collect(), above, below });
        }
    }
    Ok(found)
}

fn constant(number: Fraction) -> Polynomial {
    if number.is_nought() { Polynomial::new() } else { BTreeMap::from([(Vec::new(), number)]) }
}

/// The number that a polynomial is, if it is one.
fn number(polynomial: &Polynomial) -> Option<Fraction> {
    match polynomial.len() {
        0 => Some(Fraction::nought()),
        1 => polynomial.get(&Vec::new()).cloned(),
        _ => None,
    }
}

fn scaled(polynomial: &Polynomial, factor: &Fraction) -> Polynomial {
    if factor.is_nought() {
        return Polynomial::new();
    }
    polynomial.iter().map(|(product, multiple)| (product.clone(), multiple.times(factor))).collect()
}

fn plus(one: &Polynomial, other: &Polynomial) -> Polynomial {
    let mut sum = one.clone();
    for (product, multiple) in other {
        add(&mut sum, product.clone(), multiple);
    }
    sum
}

fn minus(one: &Polynomial, other: &Polynomial) -> Polynomial {
    plus(one, &scaled(other, &Fraction::whole(-1)))
}

/// Adds a multiple of a product.
pub(super) fn add(sum: &mut Polynomial, product: Vec<usize>, multiple: &Fraction) {
    let total = sum.get(&product).map_or_else(|| multiple.clone(), |known| known.plus(multiple));
    if total.is_nought() {
        sum.remove(&product);
    } else {
        sum.insert(product, total);
    }
}

/// The product of two polynomials.
pub(super) fn times(one: &Polynomial, other: &Polynomial) -> Checked<Polynomial> {
    if one.len().saturating_mul(other.len()) > MOST_WAYS {
        return too_much();
    }
    let mut product = Polynomial::new();
    for (left, multiple) in one {
        for (right, factor) in other {
            let mut both: Vec<usize> = left.iter().chain(right).copied().collect();
            both.sort_unstable();
            if both.len() > 32 {
                return too_much();
            }
            add(&mut product, both, &multiple.times(factor));
        }
    }
    Ok(product)
}

fn term(polynomial: &Polynomial) -> Term {
    Term::Sum(
        polynomial
            .iter()
            .map(|(product, multiple)| {
                product.iter().fold(Term::Number(multiple.rational()), |term, place| {
                    Term::Product(Box::new(term), Box::new(Term::Variable(*place)))
                })
            })
            .collect(),
    )
}
