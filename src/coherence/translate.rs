//! An expression as a formula over the unknowns of a theory.
//!
//! Arithmetic and comparisons of figures are made as they are for a check. A text is a number here: comparisons of texts
//! are `==` and `!=` alone, and two texts are one number only if they are one text. How two times lie to each other is
//! an unknown that may be so or not; what is written alike of the same figures is one unknown.

use super::theory::{Kind, Theory, Unknown, anything};
use crate::expr::{Comparison, Expr, ExprKind, Name};
use crate::ground::terms::{Binder, Bound, formula};
use crate::number::{Interval, Rational};
use crate::problem::{Domain, Formula};
use std::collections::BTreeMap;

/// What a name of a rule stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// What is at this place of the frame.
    Figure(usize),
    /// An unknown of the rule's own.
    Own(String),
}

/// What the names of a rule stand for, and what is known of the fields of figures.
pub(super) trait Surroundings {
    /// What a name stands for.
    fn named(&self, base: &str) -> Option<Named>;
    /// The unknown of a figure.
    fn figure(&self, place: usize) -> Option<usize>;
    /// What may be said of an unknown of the rule's own.
    fn own(&self, _name: &str) -> Domain {
        anything()
    }
    /// What a field of a figure says, if its description tells.
    fn field(&self, _place: usize, _field: &str) -> Option<String> {
        None
    }
    /// What a figure of a measure may be that is looked up.
    fn looked_up(&self, _measure: &str) -> Domain {
        anything()
    }
}

/// The names of unknowns that several rules share, beside the figures: by what is written of them.
pub(super) type Said = BTreeMap<String, usize>;

/// A rule's expressions on their way into a theory.
pub(super) struct Translator<'t> {
    pub theory: &'t mut Theory,
    pub said: &'t mut Said,
    pub around: &'t dyn Surroundings,
    /// The unknowns of the rule's own.
    pub own: BTreeMap<String, usize>,
    /// What the rule itself calls each unknown.
    pub names: BTreeMap<usize, String>,
}

impl Translator<'_> {
    /// The formula of an expression; `None` if it has none.
    pub fn formula(&mut self, expr: &Expr) -> Option<Formula> {
        let plain = self.plain(expr)?;
        formula(&plain, self)
    }

    /// The same without texts and times.
    fn plain(&mut self, expr: &Expr) -> Option<Expr> {
        let with = |kind| Some(Expr { kind, span: expr.span });
        match &expr.kind {
            ExprKind::Order(..) => {
                let words = self.canonical(expr)?;
                let name = Name { base: words, fields: vec![TIMES.to_owned()] };
                let holds = Expr { kind: ExprKind::Name(name), span: expr.span };
                let one = Expr { kind: ExprKind::Number { value: Rational::ONE, percent: false }, span: expr.span };
                with(ExprKind::Compare(Box::new(holds), vec![(Comparison::Equal, one)]))
            }
            ExprKind::Compare(first, chain) if is_of_texts(first, chain) => {
                let first = self.text(first)?;
                let chain: Option<Vec<(Comparison, Expr)>> =
                    chain.iter().map(|(comparison, operand)| Some((*comparison, self.text(operand)?))).collect();
                with(ExprKind::Compare(Box::new(first), chain?))
            }
            ExprKind::And(parts) => with(ExprKind::And(self.all(parts)?)),
            ExprKind::Or(parts) => with(ExprKind::Or(self.all(parts)?)),
            ExprKind::Not(of) => with(ExprKind::Not(Box::new(self.plain(of)?))),
            ExprKind::If(condition, then) => {
                with(ExprKind::If(Box::new(self.plain(condition)?), Box::new(self.plain(then)?)))
            }
            _ => Some(expr.clone()),
        }
    }

    fn all(&mut self, parts: &[Expr]) -> Option<Vec<Expr>> {
        parts.iter().map(|part| self.plain(part)).collect()
    }

    /// A text as a number, or the name of one.
    fn text(&mut self, expr: &Expr) -> Option<Expr> {
        let kind = match &expr.kind {
            ExprKind::Text(text) => ExprKind::Number { value: self.theory.number_of(text), percent: false },
            ExprKind::Name(_) => expr.kind.clone(),
            _ => return None,
        };
        Some(Expr { kind, span: expr.span })
    }

    /// An expression as text in which names are what they stand for, so that rules that say the same say it alike.
    fn canonical(&self, expr: &Expr) -> Option<String> {
        canonical(expr, self.around)
    }

    fn shared(&mut self, key: String, unknown: impl FnOnce() -> Unknown) -> usize {
        if let Some(found) = self.said.get(&key) {
            return *found;
        }
        let found = self.theory.add(unknown());
        self.said.insert(key, found);
        found
    }

    /// What is said of a figure in a field.
    fn field(&mut self, place: usize, field: &str, words: &str) -> usize {
        let told = self.around.field(place, field);
        let number = told.map(|text| self.theory.number_of(&text));
        let name = words.to_owned();
        self.shared(format!("{place}.{field}"), || {
            let interval = number.map_or_else(Interval::everything, Interval::point);
            Unknown { name, kind: Kind::Said, domain: Domain { interval, integer: false }, declared: None }
        })
    }
}

/// The field of a name that says how two times lie. No name of a rule has it.
const TIMES: &str = "\u{0}times";

/// An expression as text in which names are what they stand for.
pub(super) fn canonical(expr: &Expr, around: &dyn Surroundings) -> Option<String> {
    let mut renamed = expr.clone();
    rename(&mut renamed, around)?;
    Some(renamed.to_string())
}

fn rename(expr: &mut Expr, around: &dyn Surroundings) -> Option<()> {
    match &mut expr.kind {
        ExprKind::Number { .. }
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Truth(_)
        | ExprKind::Lookup { .. } => {}
        ExprKind::Name(name) => {
            name.base = match around.named(&name.base)? {
                Named::Figure(place) => format!("\u{0}{place}"),
                Named::Own(own) => format!("\u{0}{own}"),
            };
        }
        ExprKind::Negative(of) | ExprKind::Not(of) => rename(of, around)?,
        ExprKind::Binary(_, left, right)
        | ExprKind::Order(_, left, right)
        | ExprKind::If(left, right)
        | ExprKind::Change(left, right) => {
            rename(left, around)?;
            rename(right, around)?;
        }
        ExprKind::Compare(first, chain) => {
            rename(first, around)?;
            chain.iter_mut().try_for_each(|(_, operand)| rename(operand, around))?;
        }
        ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Aggregate(_, parts) | ExprKind::Answers(_, parts) => {
            parts.iter_mut().try_for_each(|part| rename(part, around))?;
        }
    }
    Some(())
}

/// Whether a chain compares texts. Times that are compared as texts are none; columns are where one of them is.
fn is_of_texts(first: &Expr, chain: &[(Comparison, Expr)]) -> bool {
    let is_text = |expr: &Expr| match &expr.kind {
        ExprKind::Text(_) => true,
        ExprKind::Name(name) => !name.fields.is_empty(),
        _ => false,
    };
    is_text(first) || chain.iter().any(|(_, operand)| is_text(operand))
}

impl Binder for Translator<'_> {
    fn name(&mut self, name: &Name) -> Option<Bound> {
        if name.fields.first().is_some_and(|field| field == TIMES) {
            let whole = Domain { interval: Interval::everything(), integer: false };
            let unknown =
                || Unknown { name: "how the times lie".to_owned(), kind: Kind::Said, domain: whole, declared: None };
            return Some(Bound::Variable(self.shared(name.base.clone(), unknown)));
        }
        match (self.around.named(&name.base)?, name.fields.as_slice()) {
            (Named::Figure(place), []) => {
                let unknown = self.around.figure(place)?;
                self.names.insert(unknown, name.to_string());
                Some(Bound::Variable(unknown))
            }
            (Named::Figure(place), [field]) => {
                let words = name.to_string();
                let unknown = self.field(place, field, &words);
                self.names.insert(unknown, words);
                Some(Bound::Variable(unknown))
            }
            (Named::Own(own), []) => {
                if let Some(found) = self.own.get(&own) {
                    return Some(Bound::Variable(*found));
                }
                let domain = self.around.own(&own);
                let unknown = Unknown { name: own.clone(), kind: Kind::Private, domain, declared: None };
                let found = self.theory.add(unknown);
                self.own.insert(own, found);
                self.names.insert(found, name.to_string());
                Some(Bound::Variable(found))
            }
            _ => None,
        }
    }

    /// What is looked up may be reported or not, and two that look it up need not find the same.
    fn look_up(&mut self, measure: &str, _: Option<&str>, _: &[(String, String)]) -> Option<Bound> {
        let domain = if measure.is_empty() { anything() } else { self.around.looked_up(measure) };
        let unknown = Unknown { name: measure.to_owned(), kind: Kind::Private, domain, declared: None };
        Some(Bound::Variable(self.theory.add(unknown)))
    }
}
