//! Polynomials in the variables of a formula, and what they can be over a box.

use super::evaluate::DEEPEST;
use super::meter::Meter;
use crate::number::{End, Interval, Rational};
use crate::problem::Term;
use std::collections::{BTreeMap, BTreeSet};

/// A polynomial may have this many products of variables; beyond, a formula is not decided.
const MOST_PRODUCTS: usize = 4_096;
/// A variable may have this exponent at most.
const HIGHEST_POWER: u32 = 32;
/// Of this many variables at most, every vertex of the box is looked at.
const MOST_VERTEX_VARIABLES: usize = 6;

/// A product of variables with their exponents, in the order of the variables; empty for the constant.
pub(in crate::solve) type Product = Vec<(usize, u32)>;

/// A sum of products of variables with coefficients that are not 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::solve) struct Polynomial {
    products: BTreeMap<Product, Rational>,
}

impl Polynomial {
    /// A number.
    pub fn number(value: Rational) -> Self {
        let mut polynomial = Self::default();
        polynomial.insert(Vec::new(), value);
        polynomial
    }

    /// A variable.
    pub fn variable(index: usize) -> Self {
        let mut polynomial = Self::default();
        polynomial.insert(vec![(index, 1)], Rational::ONE);
        polynomial
    }

    /// `left - right`, if both are sums of multiples of variables as they stand.
    pub fn difference(left: &Term, right: &Term) -> Option<Self> {
        let mut sum = Vec::new();
        multiples(left, &Rational::ONE, &mut sum, 0)?;
        multiples(right, &Rational::from(-1), &mut sum, 0)?;
        let product = |variable: Option<usize>| variable.map(|variable| (variable, 1)).into_iter().collect();
        let terms = added_up(sum).into_iter();
        Some(Self { products: terms.map(|(variable, factor)| (product(variable), factor)).collect() })
    }

    fn insert(&mut self, product: Product, coefficient: Rational) {
        if coefficient.is_zero() {
            return;
        }
        if let Some(present) = self.products.get_mut(&product) {
            *present += &coefficient;
            if present.is_zero() {
                self.products.remove(&product);
            }
        } else {
            self.products.insert(product, coefficient);
        }
    }

    /// The sum.
    pub fn plus(mut self, other: &Self) -> Self {
        for (product, coefficient) in &other.products {
            self.insert(product.clone(), coefficient.clone());
        }
        self
    }

    /// A multiple.
    pub fn scaled(&self, factor: &Rational) -> Self {
        let mut scaled = Self::default();
        for (product, coefficient) in &self.products {
            scaled.insert(product.clone(), coefficient.times(factor));
        }
        scaled
    }

    /// The negative.
    pub fn negative(&self) -> Self {
        Self { products: self.products.iter().map(|(product, value)| (product.clone(), -value)).collect() }
    }

    /// The product; `None` if it grows beyond what is decided, or there was too much work.
    pub fn times(&self, other: &Self, meter: &Meter) -> Option<Self> {
        if meter.is_over() || self.products.len().saturating_mul(other.products.len()) > MOST_PRODUCTS {
            return None;
        }
        let mut result = Self::default();
        for (left, a) in &self.products {
            for (right, b) in &other.products {
                let factor = a.times(b);
                meter.number(&factor);
                result.insert(merged(left, right)?, factor);
            }
        }
        Some(result)
    }

    /// A whole power; `None` if it grows beyond what is decided.
    pub fn power(&self, exponent: u32, meter: &Meter) -> Option<Self> {
        if let Some(number) = self.as_number() {
            return number.pow(exponent).map(Self::number);
        }
        if exponent > HIGHEST_POWER {
            return None;
        }
        let mut result = Self::number(Rational::ONE);
        for _ in 0..exponent {
            result = result.times(self, meter)?;
        }
        Some(result)
    }

    /// Its value, if it has no variables.
    pub fn as_number(&self) -> Option<Rational> {
        match self.products.len() {
            0 => Some(Rational::ZERO),
            1 => self.products.get(&Vec::new()).cloned(),
            _ => None,
        }
    }

    /// Its products of variables with their coefficients, in order.
    pub fn products(&self) -> impl Iterator<Item = (&Product, &Rational)> {
        self.products.iter()
    }

    /// How many products it has: what bounding it once costs.
    pub fn size(&self) -> usize {
        self.products.len().max(1)
    }

    /// Its variables.
    pub fn variables(&self) -> BTreeSet<usize> {
        self.products.keys().flatten().map(|(variable, _)| *variable).collect()
    }

    /// The variables that occur in a product with others, or with an exponent.
    pub fn entangled(&self) -> BTreeSet<usize> {
        self.products
            .keys()
            .filter(|product| product.len() > 1 || product.iter().any(|(_, exponent)| *exponent > 1))
            .flatten()
            .map(|(variable, _)| *variable)
            .collect()
    }

    /// Its coefficients and its constant, if no variables are multiplied with each other.
    pub fn as_linear(&self) -> Option<(Vec<(usize, Rational)>, Rational)> {
        let mut constant = Rational::ZERO;
        let mut coefficients = Vec::with_capacity(self.products.len());
        for (product, coefficient) in &self.products {
            match product.as_slice() {
                [] => constant = coefficient.clone(),
                [(variable, 1)] => coefficients.push((*variable, coefficient.clone())),
                _ => return None,
            }
        }
        Some((coefficients, constant))
    }

    /// Itself as `x * q + r` with neither `q` nor `r` speaking of x; `None` if x occurs with an exponent.
    pub fn isolate(&self, variable: usize) -> Option<(Self, Self)> {
        let (q, r) = self.divided(variable);
        q.products.keys().flatten().all(|(other, _)| *other != variable).then_some((q, r))
    }

    /// Itself as `x * q + r` with r not speaking of x.
    fn divided(&self, variable: usize) -> (Self, Self) {
        let (mut q, mut r) = (Self::default(), Self::default());
        for (product, coefficient) in &self.products {
            if product.iter().any(|(other, _)| *other == variable) {
                let rest = product
                    .iter()
                    .map(|&(other, exponent)| {
                        (other, if other == variable { exponent.saturating_sub(1) } else { exponent })
                    })
                    .filter(|(_, exponent)| *exponent > 0)
                    .collect();
                q.insert(rest, coefficient.clone());
            } else {
                r.insert(product.clone(), coefficient.clone());
            }
        }
        (q, r)
    }

    /// Itself with another polynomial in the place of a variable; `None` if it grows beyond what is decided.
    pub fn with(&self, variable: usize, value: &Self, meter: &Meter) -> Option<Self> {
        let (q, mut result) = self.divided(variable);
        // Horner's scheme: what is left of the quotient may speak of the variable again.
        if !q.products.is_empty() {
            result = result.plus(&q.with(variable, value, meter)?.times(value, meter)?);
        }
        Some(result)
    }

    /// Its value at a choice; `None` if it grows beyond all bounds, or there was too much work.
    pub fn at(&self, choice: &[Rational], meter: &Meter) -> Option<Rational> {
        let mut total = Rational::ZERO;
        for (product, coefficient) in &self.products {
            if meter.is_over() {
                return None;
            }
            let mut value = coefficient.clone();
            for &(variable, exponent) in product {
                value = value.times(&choice.get(variable)?.pow(exponent)?);
                meter.number(&value);
            }
            total += &value;
            meter.number(&total);
        }
        Some(total)
    }

    /// An interval that contains every value over a box: exactly those values if each variable occurs once, or can
    /// be made to by factoring out. Everything, once there was too much work.
    pub fn range(&self, reals: &[Interval], meter: &Meter) -> Interval {
        let plain = self.sum_of_products(reals, meter);
        let Some(often) = self.most_frequent() else { return plain };
        let mut range = plain;
        // Every one of these contains all values, so that what they have in common is not empty and contains them too.
        let mut narrow = |other: &Interval| {
            if let Some(common) = range.intersect(other) {
                range = common;
            }
        };
        let (q, r) = self.divided(often);
        if meter.is_over() {
            return range;
        }
        let factored = interval(reals, often).mul(&q.range(reals, meter)).add(&r.range(reals, meter));
        meter.interval(&factored);
        narrow(&factored);
        if let Some(square) = self.completed_square(often, reals, meter) {
            narrow(&square);
        }
        if let Some(vertices) = self.over_vertices(reals, meter) {
            narrow(&vertices);
        }
        range
    }

    fn sum_of_products(&self, reals: &[Interval], meter: &Meter) -> Interval {
        let mut total = Interval::point(Rational::ZERO);
        for (product, coefficient) in &self.products {
            if meter.is_over() {
                return Interval::everything();
            }
            total = total.add(&product_range(product, reals, meter).scale(coefficient));
            meter.interval(&total);
        }
        total
    }

    /// The variable that occurs in most products, if one occurs in more than one.
    fn most_frequent(&self) -> Option<usize> {
        if self.products.keys().all(|product| matches!(product.as_slice(), [] | [(_, 1)])) {
            return None;
        }
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (variable, _) in self.products.keys().flatten() {
            let count = counts.entry(*variable).or_default();
            *count = count.saturating_add(1);
        }
        let (variable, count) =
            counts.into_iter().max_by_key(|(variable, count)| (*count, std::cmp::Reverse(*variable)))?;
        (count > 1).then_some(variable)
    }

    /// `a x^2 + b x` is `a (x + b / 2a)^2 - b^2 / 4a`, in which x occurs once.
    fn completed_square(&self, variable: usize, reals: &[Interval], meter: &Meter) -> Option<Interval> {
        let (q, r) = self.divided(variable);
        let (coefficients, b) = q.as_linear()?;
        let [(only, a)] = coefficients.as_slice() else { return None };
        let shift = b.half().checked_div(a)?;
        let square = (*only == variable).then(|| interval(reals, variable).shift(&shift).pow(2))??;
        let least = b.times(&shift).half();
        Some(square.scale(a).shift(&-&least).add(&r.range(reals, meter)))
    }

    /// Itself as `scale * form + constant`, where the form is the same for all polynomials that differ only in scale
    /// and constant; `None` for a number.
    pub fn form(&self) -> Option<(Self, Rational, Rational)> {
        let constant = self.products.get(&Vec::new()).cloned().unwrap_or_default();
        let mut form = self.clone();
        form.products.remove(&Vec::new());
        let scale = form.products.values().next()?.clone();
        Some((form.scaled(&scale.reciprocal()?), scale, constant))
    }

    /// Where no variable has an exponent, the polynomial is linear along every side of the box, so that its extremes
    /// lie at vertices. Ends are taken as closed, which can only widen.
    fn over_vertices(&self, reals: &[Interval], meter: &Meter) -> Option<Interval> {
        if self.products.keys().flatten().any(|(_, exponent)| *exponent > 1) {
            return None;
        }
        let variables: Vec<usize> = self.variables().into_iter().collect();
        if variables.len() > MOST_VERTEX_VARIABLES {
            return None;
        }
        let mut choice = vec![Rational::ZERO; reals.len()];
        let mut least: Option<Rational> = None;
        let mut most: Option<Rational> = None;
        for corner in 0_u32..1_u32.checked_shl(u32::try_from(variables.len()).ok()?)? {
            for (place, &variable) in variables.iter().enumerate() {
                let upper = corner.checked_shr(u32::try_from(place).ok()?)? & 1 == 1;
                let of = reals.get(variable)?;
                let end = if upper { of.hi() } else { of.lo() };
                *choice.get_mut(variable)? = end.value()?.clone();
            }
            let value = self.at(&choice, meter)?;
            least = Some(least.map_or(value.clone(), |least| least.min(value.clone())));
            most = Some(most.map_or(value.clone(), |most| most.max(value)));
        }
        Interval::new(End::Closed(least?), End::Closed(most?))
    }

    /// If all variables are whole numbers: the step between the values it can have, and one such value. Then it is
    /// `offset` plus a multiple of `step`.
    pub fn lattice(&self, integer: &dyn Fn(usize) -> bool) -> Option<(Rational, Rational)> {
        if !self.variables().into_iter().all(integer) {
            return None;
        }
        let offset = self.products.get(&Vec::new()).cloned().unwrap_or_default();
        let mut step: Option<Rational> = None;
        for (product, coefficient) in &self.products {
            if !product.is_empty() {
                step = Some(match step {
                    None => coefficient.abs(),
                    Some(step) => common_divisor(&step, coefficient)?,
                });
            }
        }
        Some((step?, offset))
    }
}

/// Multiples of things, in the order of the things: those of one are one, and none is by nought. Sorted once, they are put
/// together without a search for each.
pub(in crate::solve) fn added_up<T: Ord>(mut sum: Vec<(T, Rational)>) -> Vec<(T, Rational)> {
    sum.sort_by(|(one, _), (other, _)| one.cmp(other));
    sum.dedup_by(|(thing, factor), (before, total)| {
        let same = thing == before;
        if same {
            *total += &*factor;
        }
        same
    });
    sum.retain(|(_, factor)| !factor.is_zero());
    sum
}

/// Adds a term as multiples of variables, and of nothing for numbers; `None` if it is no sum of those as it stands.
fn multiples(term: &Term, factor: &Rational, sum: &mut Vec<(Option<usize>, Rational)>, depth: usize) -> Option<()> {
    let depth = depth.checked_add(1).filter(|depth| *depth < DEEPEST)?;
    match term {
        Term::Number(number) => sum.push((None, factor.times(number))),
        Term::Variable(index) => sum.push((Some(*index), factor.clone())),
        Term::Negative(inner) => multiples(inner, &-factor, sum, depth)?,
        Term::Sum(parts) => parts.iter().try_for_each(|part| multiples(part, factor, sum, depth))?,
        Term::Product(left, right) => match (left.as_ref(), right.as_ref()) {
            (Term::Number(number), other) | (other, Term::Number(number)) => {
                multiples(other, &factor.times(number), sum, depth)?;
            }
            _ => return None,
        },
        Term::Quotient(..) | Term::Power(..) | Term::Least(_) | Term::Greatest(_) => return None,
    }
    Some(())
}

/// The largest number of which both are whole multiples.
fn common_divisor(a: &Rational, b: &Rational) -> Option<Rational> {
    use num_integer::Integer;
    let denominator = a.denominator().lcm(&b.denominator());
    let scale = Rational::from(denominator.clone());
    let (a, b) = (a.times(&scale).numerator(), b.times(&scale).numerator());
    Rational::from_big(a.gcd(&b), denominator)
}

/// The interval of a variable; everything if it has none.
pub(super) fn interval(reals: &[Interval], variable: usize) -> Interval {
    reals.get(variable).cloned().unwrap_or_else(Interval::everything)
}

fn product_range(product: &Product, reals: &[Interval], meter: &Meter) -> Interval {
    if let [(variable, 1)] = product.as_slice() {
        return interval(reals, *variable);
    }
    let mut range = Interval::point(Rational::ONE);
    for &(variable, exponent) in product {
        let power = interval(reals, variable).pow(exponent).unwrap_or_else(Interval::everything);
        range = range.mul(&power);
        meter.interval(&range);
    }
    range
}

/// The product of two products of variables; `None` if an exponent grows too high.
fn merged(left: &Product, right: &Product) -> Option<Product> {
    let mut exponents: BTreeMap<usize, u32> = left.iter().copied().collect();
    for &(variable, exponent) in right {
        let present = exponents.entry(variable).or_default();
        *present = present.checked_add(exponent).filter(|exponent| *exponent <= HIGHEST_POWER)?;
    }
    Some(exponents.into_iter().collect())
}
