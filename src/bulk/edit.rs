//! Record rules as arithmetic over columns: whole numbers, all scaled alike where they are compared.
//!
//! A rule is understood whole or not at all: what is not plain arithmetic, or texts side by side, is left to where claims
//! are decided. What does not fit 128 bits is not decided here either.

use crate::claim::{Block, Columns, NO_DAY, NO_VALUE};
use crate::expr::{Aggregate, BinaryOp, Comparison, Expr, ExprKind, Expression, Name};
use crate::number::Rational;
use std::ops::Range;

/// The most decimals of a number in a rule, and of what is multiplied.
const MOST_DECIMALS: u32 = 18;

/// A record rule.
#[derive(Debug)]
pub(super) struct Edit {
    /// The columns of figures that it speaks of, then those of dates, then those of texts, a bit each.
    pub columns: u128,
    /// What must hold.
    parts: Vec<Truth>,
    /// How many constraints that makes.
    pub constraints: usize,
}

#[derive(Debug)]
enum Truth {
    Known(bool),
    Compare(Number, Comparison, Number),
    /// One number divided by another, compared with a third.
    Ratio(Number, Number, Comparison, Number),
    /// Whether two texts are the same.
    Same(Text, Text, bool),
    All(Vec<Truth>),
    Any(Vec<Truth>),
    Not(Box<Truth>),
    If(Box<Truth>, Box<Truth>),
}

#[derive(Debug)]
enum Number {
    Known(i128),
    Figure(usize),
    Day(usize),
    Times(Box<Number>, i128),
    Sum(Vec<Number>),
    Product(Box<Number>, Box<Number>),
    Least(Vec<Number>),
    Greatest(Vec<Number>),
}

#[derive(Debug)]
enum Text {
    Known(String),
    Column(usize),
}

/// A number and by how many powers of ten it is scaled.
type Scaled = (Number, u32);

/// The bit of a column: of figures first, then of dates, then of texts.
pub(super) fn bit(at: usize) -> u128 {
    u32::try_from(at).ok().and_then(|at| 1_u128.checked_shl(at)).unwrap_or(0)
}

impl Edit {
    /// A record rule over the columns of a table; `None` if it is not plain.
    pub fn of(expression: &Expression, columns: &Columns<'_>) -> Option<Self> {
        let mut edit = Self { columns: 0, parts: Vec::new(), constraints: 0 };
        for part in expression.root.conjuncts() {
            let count = match &part.kind {
                ExprKind::Compare(_, rest) => rest.len(),
                _ => 1,
            };
            edit.constraints = edit.constraints.saturating_add(count);
            edit.parts.push(truth(part, columns)?);
        }
        for (name, _) in expression.root.names() {
            edit.columns |= bit(column(name, columns)?);
        }
        (edit.columns != 0).then_some(edit)
    }

    /// Whether it holds of all these rows, which have all its columns; `None` if that is not certain.
    pub fn holds_of_all(&self, block: &Block, rows: &Range<usize>) -> Option<bool> {
        for part in &self.parts {
            if !part.holds_of_all(block, rows)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether it holds of a row that has all its columns; `None` if that is not certain.
    pub fn holds(&self, row: &Row<'_>) -> Option<bool> {
        for part in &self.parts {
            if !part.holds(row)? {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// A row of a block.
pub(super) struct Row<'c> {
    pub block: &'c Block,
    pub row: usize,
}

impl Row<'_> {
    /// The number in a column of figures.
    pub fn figure(&self, at: usize) -> i64 {
        self.block.values.get(at).and_then(|values| values.of.get(self.row)).copied().unwrap_or(NO_VALUE)
    }

    /// The day in a column of dates.
    pub fn day(&self, at: usize) -> i32 {
        self.block.dates.get(at).and_then(|days| days.get(self.row)).copied().unwrap_or(NO_DAY)
    }
}

/// The place of a column, of figures first, then of dates, then of texts.
fn column(name: &Name, columns: &Columns<'_>) -> Option<usize> {
    if !name.fields.is_empty() {
        return None;
    }
    let figure = columns.figures.iter().position(|it| it.column == name.base);
    let day = || columns.dates.iter().position(|it| *it == name.base);
    let text = || columns.texts.iter().position(|it| *it == name.base);
    let dated = columns.figures.len().saturating_add(columns.dates.len());
    let day = || day().map(|at| columns.figures.len().saturating_add(at));
    figure.or_else(day).or_else(|| text().map(|at| dated.saturating_add(at)))
}

/// The text that an expression is; `None` if it is none.
fn text(expr: &Expr, columns: &Columns<'_>) -> Option<Text> {
    match &expr.kind {
        ExprKind::Text(text) => Some(Text::Known(text.clone())),
        ExprKind::Name(name) if name.fields.is_empty() => {
            columns.texts.iter().position(|it| *it == name.base).map(Text::Column)
        }
        _ => None,
    }
}

/// A comparison of two sides.
fn compare(left: &Expr, comparison: Comparison, right: &Expr, columns: &Columns<'_>) -> Option<Truth> {
    if let (Some(one), Some(other)) = (text(left, columns), text(right, columns)) {
        return match comparison {
            Comparison::Equal => Some(Truth::Same(one, other, true)),
            Comparison::NotEqual => Some(Truth::Same(one, other, false)),
            _ => None,
        };
    }
    if let ExprKind::Binary(BinaryOp::Divide, of, by) = &left.kind {
        let ((of, s1), (by, s2), (right, s3)) = (number(of, columns)?, number(by, columns)?, number(right, columns)?);
        // of / 10^s1 / (by / 10^s2) against right / 10^s3
        let of = to_scale((of, 0), s2.checked_add(s3)?)?;
        return Some(Truth::Ratio(of, by, comparison, to_scale((right, 0), s1)?));
    }
    let (one, other) = alike(number(left, columns)?, number(right, columns)?)?;
    Some(Truth::Compare(one, comparison, other))
}

fn truth(expr: &Expr, columns: &Columns<'_>) -> Option<Truth> {
    let all = |parts: &[Expr]| parts.iter().map(|part| truth(part, columns)).collect::<Option<Vec<_>>>();
    let one = |part: &Expr| truth(part, columns).map(Box::new);
    Some(match &expr.kind {
        ExprKind::Truth(known) => Truth::Known(*known),
        ExprKind::And(parts) => Truth::All(all(parts)?),
        ExprKind::Or(parts) => Truth::Any(all(parts)?),
        ExprKind::Not(of) => Truth::Not(one(of)?),
        ExprKind::If(condition, then) => Truth::If(one(condition)?, one(then)?),
        ExprKind::Compare(first, rest) => {
            let mut left: &Expr = first;
            let mut parts = Vec::new();
            for (comparison, right) in rest {
                parts.push(compare(left, *comparison, right, columns)?);
                left = right;
            }
            Truth::All(parts)
        }
        _ => return None,
    })
}

fn number(expr: &Expr, columns: &Columns<'_>) -> Option<Scaled> {
    Some(match &expr.kind {
        ExprKind::Number { value, percent: false } => known(value)?,
        ExprKind::Date(day) => (Number::Known(i128::from(day.0)), 0),
        ExprKind::Name(name) => {
            let at = column(name, columns)?;
            match at.checked_sub(columns.figures.len()) {
                Some(day) => (Number::Day(day), 0),
                None => (Number::Figure(at), columns.decimals(at)),
            }
        }
        ExprKind::Negative(of) => negative(number(of, columns)?),
        ExprKind::Binary(BinaryOp::Add, one, other) => sum(vec![number(one, columns)?, number(other, columns)?])?,
        ExprKind::Binary(BinaryOp::Subtract, one, other) => {
            sum(vec![number(one, columns)?, negative(number(other, columns)?)])?
        }
        ExprKind::Binary(BinaryOp::Multiply, one, other) => {
            let ((one, decimals), (other, more)) = (number(one, columns)?, number(other, columns)?);
            let decimals = decimals.checked_add(more).filter(|it| *it <= MOST_DECIMALS)?;
            (Number::Product(Box::new(one), Box::new(other)), decimals)
        }
        ExprKind::Aggregate(kind, of) if !of.is_empty() => {
            let terms: Vec<Scaled> = of.iter().map(|term| number(term, columns)).collect::<Option<_>>()?;
            match kind {
                Aggregate::Sum => sum(terms)?,
                Aggregate::Min => scaled(terms).map(|(terms, decimals)| (Number::Least(terms), decimals))?,
                Aggregate::Max => scaled(terms).map(|(terms, decimals)| (Number::Greatest(terms), decimals))?,
                Aggregate::Count | Aggregate::Mean => return None,
            }
        }
        _ => return None,
    })
}

fn known(value: &Rational) -> Option<Scaled> {
    (0..=MOST_DECIMALS).find_map(|decimals| {
        let scale = Rational::from(10_i64.checked_pow(decimals)?);
        let whole = (value.clone() * scale).to_i64()?;
        Some((Number::Known(i128::from(whole)), decimals))
    })
}

fn negative((number, decimals): Scaled) -> Scaled {
    (Number::Times(Box::new(number), -1), decimals)
}

fn sum(terms: Vec<Scaled>) -> Option<Scaled> {
    scaled(terms).map(|(terms, decimals)| (Number::Sum(terms), decimals))
}

/// Numbers scaled alike, and how.
fn scaled(terms: Vec<Scaled>) -> Option<(Vec<Number>, u32)> {
    let most = terms.iter().map(|(_, decimals)| *decimals).max().unwrap_or(0);
    let terms: Option<Vec<Number>> = terms.into_iter().map(|term| to_scale(term, most)).collect();
    Some((terms?, most))
}

fn alike(one: Scaled, other: Scaled) -> Option<(Number, Number)> {
    let most = one.1.max(other.1);
    Some((to_scale(one, most)?, to_scale(other, most)?))
}

fn to_scale((number, decimals): Scaled, most: u32) -> Option<Number> {
    let factor = 10_i128.checked_pow(most.checked_sub(decimals)?)?;
    Some(if factor == 1 { number } else { Number::Times(Box::new(number), factor) })
}

impl Truth {
    /// Two columns are compared as they are; all else row by row.
    fn holds_of_all(&self, block: &Block, rows: &Range<usize>) -> Option<bool> {
        match self {
            Self::All(parts) => {
                for part in parts {
                    if !part.holds_of_all(block, rows)? {
                        return Some(false);
                    }
                }
                Some(true)
            }
            Self::Compare(Number::Figure(one), comparison, Number::Figure(other)) => {
                let values = |at: &usize| block.values.get(*at)?.of.get(rows.clone());
                Some(all_compare(values(one)?, *comparison, values(other)?))
            }
            Self::Compare(Number::Day(one), comparison, Number::Day(other)) => {
                let days = |at: &usize| block.dates.get(*at)?.get(rows.clone());
                Some(all_compare(days(one)?, *comparison, days(other)?))
            }
            _ => {
                for row in rows.clone() {
                    if !self.holds(&Row { block, row })? {
                        return Some(false);
                    }
                }
                Some(true)
            }
        }
    }

    fn holds(&self, row: &Row<'_>) -> Option<bool> {
        Some(match self {
            Self::Known(known) => *known,
            Self::Compare(one, comparison, other) => {
                let (one, other) = (one.value(row)?, other.value(row)?);
                all_compare(&[one], *comparison, &[other])
            }
            // What is divided by nothing is left to where claims are decided.
            Self::Ratio(of, by, comparison, other) => {
                let (of, by, other) = (of.value(row)?, by.value(row)?, other.value(row)?);
                let sign = Some(by.signum()).filter(|sign| *sign != 0)?;
                let other = other.checked_mul(by)?.checked_mul(sign)?;
                all_compare(&[of.checked_mul(sign)?], *comparison, &[other])
            }
            Self::Same(one, other, wanted) => (one.said(row)? == other.said(row)?) == *wanted,
            Self::All(parts) => {
                for part in parts {
                    if !part.holds(row)? {
                        return Some(false);
                    }
                }
                true
            }
            Self::Any(parts) => {
                for part in parts {
                    if part.holds(row)? {
                        return Some(true);
                    }
                }
                false
            }
            Self::Not(of) => !of.holds(row)?,
            Self::If(condition, then) => !condition.holds(row)? || then.holds(row)?,
        })
    }
}

impl Text {
    fn said<'r>(&'r self, row: &'r Row<'_>) -> Option<&'r str> {
        match self {
            Self::Known(known) => Some(known),
            Self::Column(at) => row.block.text(*at, row.row),
        }
    }
}

/// Whether each number compares like this with the one beside it.
fn all_compare<T: Ord>(one: &[T], comparison: Comparison, other: &[T]) -> bool {
    let all = |holds: fn(&T, &T) -> bool| one.iter().zip(other).all(|(one, other)| holds(one, other));
    match comparison {
        Comparison::Less => all(T::lt),
        Comparison::AtMost => all(T::le),
        Comparison::Equal => all(T::eq),
        Comparison::NotEqual => all(T::ne),
        Comparison::AtLeast => all(T::ge),
        Comparison::More => all(T::gt),
    }
}

impl Number {
    fn value(&self, row: &Row<'_>) -> Option<i128> {
        Some(match self {
            Self::Known(known) => *known,
            Self::Figure(at) => i128::from(Some(row.figure(*at)).filter(|value| *value != NO_VALUE)?),
            Self::Day(at) => i128::from(Some(row.day(*at)).filter(|day| *day != NO_DAY)?),
            Self::Times(of, factor) => of.value(row)?.checked_mul(*factor)?,
            Self::Sum(terms) => {
                terms.iter().try_fold(0_i128, |sum, term| term.value(row).and_then(|it| sum.checked_add(it)))?
            }
            Self::Product(one, other) => one.value(row)?.checked_mul(other.value(row)?)?,
            Self::Least(terms) => {
                terms.iter().map(|term| term.value(row)).collect::<Option<Vec<_>>>()?.into_iter().min()?
            }
            Self::Greatest(terms) => {
                terms.iter().map(|term| term.value(row)).collect::<Option<Vec<_>>>()?.into_iter().max()?
            }
        })
    }
}
