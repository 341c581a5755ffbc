//! Expressions into formulas, once their names are bound.
//!
//! A type-checked expression always has a formula. What cannot be known from descriptions alone (whether one vague time
//! lies before another, what an unstated source is) is a fresh unknown that may be true or false: under `not`, in an `if`
//! or a `where` as well, it neither holds nor can it accuse anybody.

use crate::calendar::{Relations, When};
use crate::claim::Scope;
use crate::expr::{Aggregate, BinaryOp, Comparison, Expr, ExprKind, Name, OrderWord};
use crate::number::Rational;
use crate::problem::{Answers, Domain, Formula, Term, Unreported, UnreportedId, Variable};

/// What a name stands for.
#[derive(Clone, Debug)]
pub(crate) enum Bound {
    /// A variable, by its place.
    Variable(usize),
    /// A set of variables.
    Set(Vec<usize>),
    /// A known text.
    Text(String),
    /// A number that is declared.
    Number(Rational),
    /// A text that is not stated.
    Untold,
    /// A time and a scope.
    Span(Option<When>, Scope),
}

/// The variables of a relation in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables {
    pub list: Vec<Variable>,
    pub domains: Vec<Domain>,
    /// The places of unknowns that a rule names.
    pub named: Vec<(String, usize)>,
    /// The figures that are looked up and that nobody reports, numbered here by their places in this list.
    pub unreported: Vec<Unreported>,
}

impl Variables {
    /// The place of a variable, added if it is new. Every unknown is a new one.
    pub(super) fn place(&mut self, variable: Variable, domain: Domain) -> usize {
        let known = self.list.iter().position(|known| *known == variable);
        if let (Some(found), true) = (known, variable != Variable::Unknown) {
            return found;
        }
        self.list.push(variable);
        self.domains.push(domain);
        self.list.len().saturating_sub(1)
    }

    /// The place of a figure that nobody reports, which what looks up the same shares.
    pub(super) fn unreported(&mut self, found: Unreported) -> usize {
        let known = self.unreported.iter().position(|known| known.names() == found.names());
        let at = known.unwrap_or(self.unreported.len());
        let domain = found.domain.clone();
        if known.is_none() {
            self.unreported.push(found);
        }
        self.place(Variable::Unreported(UnreportedId::at(at)), domain)
    }
}

/// What binds the names of an expression.
pub(crate) trait Binder {
    /// What a name stands for.
    fn name(&mut self, name: &Name) -> Option<Bound>;
    /// The figure that is looked up.
    fn look_up(&mut self, measure: &str, when: Option<&str>, scope: &[(String, String)]) -> Option<Bound>;

    /// Something that nothing tells. It is new each time: a figure of no measure, which nobody reports.
    fn untold(&mut self) -> Option<Bound> {
        self.look_up("", None, &[])
    }
}

/// A statement that may be true or false, whatever is reported.
pub(crate) fn open(binder: &mut dyn Binder) -> Option<Formula> {
    let Bound::Variable(place) = binder.untold()? else { return None };
    Some(Formula::Compare(Term::Variable(place), Comparison::Equal, Term::Number(Rational::from(0))))
}

/// The number that an expression gives.
pub(crate) fn term(expr: &Expr, binder: &mut dyn Binder) -> Option<Term> {
    Some(match &expr.kind {
        ExprKind::Number { value, .. } => Term::Number(value.clone()),
        ExprKind::Date(day) => Term::Number(Rational::from(day.0)),
        ExprKind::Name(name) => match binder.name(name)? {
            Bound::Variable(place) => Term::Variable(place),
            Bound::Number(number) => Term::Number(number),
            _ => return None,
        },
        ExprKind::Lookup { measure, when, scope } => {
            match binder.look_up(measure, when.as_ref().map(|(text, _)| text.as_str()), scope)? {
                Bound::Variable(place) => Term::Variable(place),
                _ => return None,
            }
        }
        ExprKind::Negative(of) => Term::Negative(Box::new(term(of, binder)?)),
        ExprKind::Binary(op, left, right) => {
            let (left, right) = (term(left, binder)?, term(right, binder)?);
            match op {
                BinaryOp::Add => Term::Sum(vec![left, right]),
                BinaryOp::Subtract => Term::Sum(vec![left, Term::Negative(Box::new(right))]),
                BinaryOp::Multiply => Term::Product(Box::new(left), Box::new(right)),
                BinaryOp::Divide => Term::Quotient(Box::new(left), Box::new(right)),
                BinaryOp::Power => match right {
                    Term::Number(exponent) => Term::Power(Box::new(left), u32::try_from(exponent.to_i64()?).ok()?),
                    _ => return None,
                },
            }
        }
        ExprKind::Change(from, to) => {
            let (from, to) = (term(from, binder)?, term(to, binder)?);
            Term::change(from, to)
        }
        ExprKind::Aggregate(kind, of) => aggregate(*kind, of, binder)?,
        _ => return None,
    })
}

fn aggregate(kind: Aggregate, of: &[Expr], binder: &mut dyn Binder) -> Option<Term> {
    let mut terms = Vec::new();
    for expr in of {
        let set = match &expr.kind {
            ExprKind::Name(name) => match binder.name(name)? {
                Bound::Set(places) => Some(places),
                _ => None,
            },
            _ => None,
        };
        match set {
            Some(places) => terms.extend(places.into_iter().map(Term::Variable)),
            None => terms.push(term(expr, binder)?),
        }
    }
    let count = Rational::from(i64::try_from(terms.len()).ok()?);
    Some(match kind {
        Aggregate::Sum => Term::Sum(terms),
        Aggregate::Count => Term::Number(count),
        Aggregate::Min | Aggregate::Max if terms.is_empty() => return None,
        Aggregate::Min => Term::Least(terms),
        Aggregate::Max => Term::Greatest(terms),
        Aggregate::Mean => Term::Quotient(Box::new(Term::Sum(terms)), Box::new(Term::Number(count))),
    })
}

/// The formula that an expression gives.
pub(crate) fn formula(expr: &Expr, binder: &mut dyn Binder) -> Option<Formula> {
    Some(match &expr.kind {
        ExprKind::Truth(truth) => Formula::Known(*truth),
        ExprKind::And(parts) => Formula::All(parts.iter().map(|part| formula(part, binder)).collect::<Option<_>>()?),
        ExprKind::Or(parts) => Formula::Any(parts.iter().map(|part| formula(part, binder)).collect::<Option<_>>()?),
        ExprKind::Not(of) => Formula::Not(Box::new(formula(of, binder)?)),
        ExprKind::If(condition, then) => {
            let condition = formula(condition, binder)?;
            Formula::Any(vec![Formula::Not(Box::new(condition)), formula(then, binder)?])
        }
        ExprKind::Compare(..) => {
            let mut parts = comparisons(expr, binder)?;
            match (parts.pop(), parts.is_empty()) {
                (Some(only), true) => only,
                (Some(last), false) => {
                    parts.push(last);
                    Formula::All(parts)
                }
                (None, _) => return None,
            }
        }
        ExprKind::Answers(kind, arguments) => {
            let (figures, items) = arguments.split_at_checked(3)?;
            let mut places = Vec::new();
            for figure in figures {
                let Term::Variable(place) = term(figure, binder)? else { return None };
                places.push(place);
            }
            let [count, mean, deviation] = <[usize; 3]>::try_from(places).ok()?;
            let items = match items.first().map(|items| term(items, binder)) {
                None => 1,
                Some(Some(Term::Number(items))) => u32::try_from(items.to_i64()?).ok()?,
                Some(_) => return None,
            };
            Formula::Answers(Answers { kind: *kind, count, mean, deviation, items })
        }
        ExprKind::Order(word, left, right) => {
            let (left, right) = (span(left, binder)?, span(right, binder)?);
            match ordered(*word, &left, &right) {
                Some(truth) => Formula::Known(truth),
                None => open(binder)?,
            }
        }
        _ => return None,
    })
}

/// Each comparison of a chain by itself.
pub(crate) fn comparisons(expr: &Expr, binder: &mut dyn Binder) -> Option<Vec<Formula>> {
    let ExprKind::Compare(first, rest) = &expr.kind else { return None };
    let mut parts = Vec::new();
    let mut left: &Expr = first;
    for (comparison, right) in rest {
        parts.push(match (text(left, binder), text(right, binder)) {
            (Some(Some(one)), Some(Some(other))) => match comparison {
                Comparison::Equal => Formula::Known(one == other),
                Comparison::NotEqual => Formula::Known(one != other),
                _ => return None,
            },
            (Some(_), Some(_)) => open(binder)?,
            _ => Formula::Compare(term(left, binder)?, *comparison, term(right, binder)?),
        });
        left = right;
    }
    Some(parts)
}

/// The text that an expression is, if it is one, and what it says, if that is told.
fn text(expr: &Expr, binder: &mut dyn Binder) -> Option<Option<String>> {
    match &expr.kind {
        ExprKind::Text(text) => Some(Some(text.clone())),
        ExprKind::Name(name) => match binder.name(name)? {
            Bound::Text(text) => Some(Some(text)),
            Bound::Untold => Some(None),
            _ => None,
        },
        _ => None,
    }
}

fn span(expr: &Expr, binder: &mut dyn Binder) -> Option<(Option<When>, Scope)> {
    match &expr.kind {
        ExprKind::Name(name) => match binder.name(name)? {
            Bound::Span(when, scope) => Some((when, scope)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether two times lie so; `None` if that is not certain.
fn ordered(word: OrderWord, left: &(Option<When>, Scope), right: &(Option<When>, Scope)) -> Option<bool> {
    Relations::between(left.0?, right.0?)?.holds(match word {
        OrderWord::Before => Relations::BEFORE,
        OrderWord::Within => Relations::WITHIN,
        OrderWord::Overlaps => Relations::SHARING,
    })
}
