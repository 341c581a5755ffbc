//! Types: what an expression gives, and whether it can be understood at all.
//!
//! Everything that passes here has a meaning, so that a rule that type-checks can run. Errors stand at the narrowest
//! place, say what is wrong in the words of the language, and how to write what was probably meant. Of a node below
//! which something is wrong nothing is said: one slip is one error.

use super::{Aggregate, AnswerKind, BinaryOp, Comparison, Expr, ExprKind, Expression, Name};
use crate::number::Rational;
use crate::source::{InputError, InputErrors, Span};

/// What a node gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// A number: a figure's true value, or arithmetic over such.
    Number,
    /// A day: an event's date.
    Date,
    /// A string: a text claim, a dimension's member, a measure's or unit's name.
    Text,
    /// True or false.
    Truth,
    /// A set of figures.
    Set,
    /// A time span or scope, as `x.when` gives it.
    Span,
    /// A column of a table: a number, a date or a text, which only the table itself can say.
    Column,
}

impl Type {
    /// For people: `a number`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Text => "a text",
            Self::Truth => "a condition, which is true or false",
            Self::Set => "a set of figures",
            Self::Span => "a time",
            Self::Column => "a column",
        }
    }

    /// Whether it is that, or may turn out to be.
    fn may_be(self, other: Self) -> bool {
        self == other || (self == Self::Column && matches!(other, Self::Number | Self::Date | Self::Text))
    }
}

/// What the surroundings of an expression bind.
pub trait Names {
    /// The type of a name, or why there is none, in words for people, with a hint if there is one.
    ///
    /// # Errors
    /// If nothing of that name is bound: a message, and the nearest name that is.
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)>;

    /// Whether a figure of this measure can be looked up at all.
    ///
    /// # Errors
    /// As [`Names::type_of`].
    fn measure(&self, measure: &str) -> Result<(), (String, Option<String>)>;
}

/// Gives an expression its types; it must come out as `wanted`. All errors are collected, each at the narrowest place.
pub fn check(expression: &Expression, names: &dyn Names, wanted: Type, errors: &mut InputErrors) {
    let mut checker = Checker { names, errors };
    let root = &expression.root;
    checker.answers_apart(root);
    if let Some(found) = checker.type_of(root)
        && !found.may_be(wanted)
    {
        let message = format!("this must be {}, and it is {}", wanted.words(), found.words());
        let error = InputError::at(root.span, message);
        checker.errors.push(match (wanted, found) {
            (Type::Truth, Type::Number | Type::Column) => {
                error.help(format!("compare it to something: `{root} == …` or `{root} <= …`"))
            }
            (Type::Truth, _) => error.help("compare it to something: `a == b`"),
            (Type::Number, Type::Set) => error.help(format!("write `sum({root})`")),
            _ => error,
        });
    }
}

struct Checker<'a> {
    names: &'a dyn Names,
    errors: &'a mut InputErrors,
}

/// What a place is called that must be a number.
const FIGURE: &str = "a number";
/// The field of a figure that is a number of items.
const ITEMS: &str = "items";
/// Nobody answers more items than this, and there is one at least.
pub const MOST_ITEMS: i64 = 10_000;

/// Whether a number can be a number of items.
pub fn is_some_items(value: &Rational) -> bool {
    value.to_i64().is_some_and(|items| (1..=MOST_ITEMS).contains(&items))
}

impl Checker<'_> {
    /// The type of a node, or `None` if something is wrong with it, which is then reported.
    fn type_of(&mut self, expr: &Expr) -> Option<Type> {
        match &expr.kind {
            ExprKind::Number { .. } => Some(Type::Number),
            ExprKind::Text(_) => Some(Type::Text),
            ExprKind::Date(_) => Some(Type::Date),
            ExprKind::Truth(_) => Some(Type::Truth),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Lookup { measure, .. } => match self.names.measure(measure) {
                Ok(()) => Some(Type::Number),
                Err((message, help)) => self.refuse(expr.span, message, help),
            },
            ExprKind::Negative(inner) => self.needs(inner, Type::Number, FIGURE),
            ExprKind::Binary(operator, left, right) => self.arithmetic(*operator, left, right, expr.span),
            ExprKind::Compare(first, chain) => self.comparisons(first, chain),
            ExprKind::Order(word, left, right) => {
                let sides = [left, right].map(|side| {
                    let found = self.type_of(side)?;
                    if found == Type::Span {
                        return Some(());
                    }
                    let message = format!("`{}` stands between two times, and this is {}", word.name(), found.words());
                    self.refuse(side.span, message, Some(order_help(found)))
                });
                sides.iter().all(Option::is_some).then_some(Type::Truth)
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let right: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
                right.iter().all(Option::is_some).then_some(Type::Truth)
            }
            ExprKind::Not(inner) => self.condition(inner),
            ExprKind::If(condition, then) => {
                let both = [self.condition(condition), self.condition(then)];
                both.iter().all(Option::is_some).then_some(Type::Truth)
            }
            ExprKind::Aggregate(aggregate, arguments) => self.aggregate(*aggregate, arguments),
            ExprKind::Answers(kind, arguments) => self.answers(*kind, arguments),
            ExprKind::Change(from, to) => {
                let both = [self.needs(from, Type::Number, FIGURE), self.needs(to, Type::Number, FIGURE)];
                both.iter().all(Option::is_some).then_some(Type::Number)
            }
        }
    }

    fn refuse<T>(&mut self, span: Span, message: String, help: Option<String>) -> Option<T> {
        let error = InputError::at(span, message);
        self.errors.push(if let Some(help) = help { error.help(help) } else { error });
        None
    }

    fn name(&mut self, name: &Name, span: Span) -> Option<Type> {
        match self.names.type_of(name) {
            Ok(found) => Some(found),
            Err((message, help)) => {
                let help = self.meant_as_arithmetic(name).or(help);
                self.refuse(span, message, help)
            }
        }
    }

    /// If a name is unknown but falls apart at a `-` or `/` into two that are known: how to write the arithmetic.
    fn meant_as_arithmetic(&self, name: &Name) -> Option<String> {
        let part = |base: &str, fields: &[String]| {
            let part = Name { base: base.to_owned(), fields: fields.to_vec() };
            matches!(self.names.type_of(&part), Ok(Type::Number | Type::Date | Type::Column)).then_some(part)
        };
        // A name that a long text is made of is no slip over one missing space.
        if name.base.len() > 200 {
            return None;
        }
        name.base.match_indices(['-', '/']).find_map(|(at, sign)| {
            let left = part(name.base.get(..at)?, &[])?;
            let right = part(name.base.get(at.saturating_add(1)..)?, &name.fields)?;
            Some(format!("`{name}` is one name; with spaces, `{left} {sign} {right}`, it is arithmetic"))
        })
    }

    /// A node that must be of one type.
    fn needs(&mut self, expr: &Expr, wanted: Type, what: &str) -> Option<Type> {
        let found = self.type_of(expr)?;
        if found.may_be(wanted) {
            return Some(wanted);
        }
        let help = match (wanted, found) {
            (Type::Number, Type::Set) => Some(format!("write `sum({expr})`")),
            (Type::Number, Type::Text) => Some(number_in_quotes(expr)),
            (Type::Number, Type::Truth) => uncomparable(found).map(str::to_owned),
            (Type::Truth, Type::Number | Type::Column) => Some(format!("compare it to something: `{expr} > 0`")),
            _ => None,
        };
        self.refuse(expr.span, format!("{what} is needed here, and this is {}", found.words()), help)
    }

    fn condition(&mut self, expr: &Expr) -> Option<Type> {
        self.needs(expr, Type::Truth, "a condition")
    }

    fn arithmetic(&mut self, operator: BinaryOp, left: &Expr, right: &Expr, whole: Span) -> Option<Type> {
        let (first, second) = (self.type_of(left), self.type_of(right));
        let (first, second) = (first?, second?);
        match (operator, first, second) {
            (BinaryOp::Subtract, Type::Date, Type::Date) => return Some(Type::Number),
            // With a column it may be a date or a number of days.
            (BinaryOp::Add | BinaryOp::Subtract, Type::Column, Type::Column | Type::Number | Type::Date)
            | (BinaryOp::Add | BinaryOp::Subtract, Type::Number | Type::Date, Type::Column) => {
                return Some(Type::Column);
            }
            (BinaryOp::Add | BinaryOp::Subtract, Type::Date, days) if days.may_be(Type::Number) => {
                return Some(Type::Date);
            }
            (BinaryOp::Add, days, Type::Date) if days.may_be(Type::Number) => return Some(Type::Date),
            (BinaryOp::Add, Type::Date, Type::Date) => {
                let help = "one day less another is a number of days: `a - b`";
                return self.refuse(whole, "two dates cannot be added".to_owned(), Some(help.to_owned()));
            }
            (BinaryOp::Subtract, days, Type::Date) if days.may_be(Type::Number) => {
                let help = "days are taken from a date: `date - 3`";
                return self.refuse(whole, "a date cannot be taken from a number".to_owned(), Some(help.to_owned()));
            }
            _ => {}
        }
        if operator == BinaryOp::Divide && matches!(&right.kind, ExprKind::Number { value, .. } if value.is_zero()) {
            return self.refuse(right.span, "nothing is divided by 0".to_owned(), None);
        }
        let mut fits = true;
        for (side, found) in [(left, first), (right, second)] {
            if found.may_be(Type::Number) {
                continue;
            }
            fits = false;
            let help = match found {
                Type::Date => Some("dates are subtracted from each other, or a number of days is added".to_owned()),
                Type::Set => Some(format!("write `sum({side})`")),
                Type::Text => Some(number_in_quotes(side)),
                _ => None,
            };
            let message = format!("`{}` stands between two numbers, and this is {}", operator.sign(), found.words());
            self.refuse::<()>(side.span, message, help);
        }
        fits.then_some(Type::Number)
    }

    fn comparisons(&mut self, first: &Expr, chain: &[(Comparison, Expr)]) -> Option<Type> {
        let mut left = first;
        let mut left_type = self.type_of(first);
        let mut fits = left_type.is_some();
        for (comparison, right) in chain {
            let right_type = self.type_of(right);
            fits &= match (left_type, right_type) {
                (Some(one), Some(two)) => self.compared(*comparison, (left, one), (right, two)).is_some(),
                _ => false,
            };
            (left, left_type) = (right, right_type);
        }
        fits.then_some(Type::Truth)
    }

    /// Two neighbours of a chain.
    fn compared(&mut self, comparison: Comparison, left: (&Expr, Type), right: (&Expr, Type)) -> Option<()> {
        let sign = comparison.sign();
        // The narrower side is the likelier slip, and its caret is the easier to see.
        let width = |side: &Expr| side.span.end.saturating_sub(side.span.start);
        let narrower = if width(left.0) < width(right.0) { left } else { right };
        let odd = [narrower, left, right].into_iter().find(|(_, found)| uncomparable(*found).is_some());
        if let Some((side, found)) = odd {
            let message = format!("`{sign}` cannot compare {}", found.words());
            let help = match uncomparable(found) {
                Some("") => format!("write `sum({side})` or `count({side})`"),
                help => help.unwrap_or_default().to_owned(),
            };
            return self.refuse(side.span, message, Some(help));
        }
        if !(left.1.may_be(right.1) || right.1.may_be(left.1)) {
            let message = format!("`{sign}` cannot compare {} with {}", left.1.words(), right.1.words());
            let text = [left, right].into_iter().find(|(_, found)| *found == Type::Text);
            let help = match (text, left.1, right.1) {
                (Some((text, _)), Type::Date, _) | (Some((text, _)), _, Type::Date) => match &text.kind {
                    ExprKind::Text(day) if crate::calendar::Day::from_iso(day).is_some() => {
                        Some(format!("write the date without quotation marks: {day}"))
                    }
                    _ => Some("a date is written without quotation marks: 2025-12-18".to_owned()),
                },
                (Some((text, _)), ..) => Some(number_in_quotes(text)),
                _ => Some("one day less another is a number of days: `b - a <= 7`".to_owned()),
            };
            return self.refuse(narrower.0.span, message, help);
        }
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if ordered && (left.1 == Type::Text || right.1 == Type::Text) {
            let help = "texts are the same or not: `==` or `!=`".to_owned();
            return self.refuse(narrower.0.span, format!("`{sign}` cannot compare texts"), Some(help));
        }
        Some(())
    }

    /// Three figures, and a number of items that is known.
    fn answers(&mut self, kind: AnswerKind, arguments: &[Expr]) -> Option<Type> {
        let (figures, items) = arguments.split_at_checked(3)?;
        let mut fits = true;
        for (place, figure) in figures.iter().enumerate() {
            let is_number = self.needs(figure, Type::Number, FIGURE).is_some();
            fits &= is_number;
            let is_figure = match &figure.kind {
                ExprKind::Name(name) => name.fields.is_empty(),
                ExprKind::Lookup { .. } => true,
                _ => false,
            };
            let earlier = figures.iter().take(place).any(|earlier| earlier.kind == figure.kind);
            if is_number && (!is_figure || earlier) {
                fits = false;
                let message = format!("`{}` is about three different figures, and this is none", kind.name());
                self.refuse::<()>(figure.span, message, Some("name the figure itself, without arithmetic".to_owned()));
            }
        }
        for items in items {
            let is_number = self.needs(items, Type::Number, FIGURE).is_some();
            fits &= is_number;
            let is_known = match &items.kind {
                ExprKind::Number { value, percent: false } => is_some_items(value),
                ExprKind::Name(name) => name.fields.first().is_some_and(|field| field == ITEMS),
                _ => false,
            };
            if is_number && !is_known {
                fits = false;
                let message = format!("the number of items is a whole number from 1 to {MOST_ITEMS}");
                self.refuse::<()>(items.span, message, Some("write the number itself, or `mean.items`".to_owned()));
            }
        }
        fits.then_some(Type::Truth)
    }

    /// What is said of answers is decided by itself, and so is joined to nothing but alternatives.
    fn answers_apart(&mut self, root: &Expr) {
        let mut open = vec![(root, true)];
        while let Some((expr, may_stand)) = open.pop() {
            match &expr.kind {
                ExprKind::Answers(kind, _) if !may_stand => {
                    let message = format!("`{}` stands by itself, behind `then`, or beside `or`", kind.name());
                    self.refuse::<()>(expr.span, message, Some("write a rule or a check of its own for it".to_owned()));
                }
                ExprKind::Or(parts) => open.extend(parts.iter().rev().map(|part| (part, may_stand))),
                ExprKind::If(condition, then) => open.extend([(&**then, may_stand), (&**condition, false)]),
                _ => open.extend(expr.children().into_iter().rev().map(|child| (child, false))),
            }
        }
    }

    fn aggregate(&mut self, aggregate: Aggregate, arguments: &[Expr]) -> Option<Type> {
        let mut fits = true;
        for argument in arguments {
            let Some(found) = self.type_of(argument) else {
                fits = false;
                continue;
            };
            let counts = aggregate == Aggregate::Count;
            if found == Type::Set || (!counts && found.may_be(Type::Number)) {
                continue;
            }
            fits = false;
            let wanted = if counts { "a set of figures" } else { "a set of figures or numbers" };
            let message = format!("`{}` takes {wanted}, and this is {}", aggregate.name(), found.words());
            self.refuse::<()>(argument.span, message, None);
        }
        fits.then_some(Type::Number)
    }
}

/// Why values of a type are not compared by signs, and what to write instead; empty for a set.
fn uncomparable(found: Type) -> Option<&'static str> {
    match found {
        Type::Truth => Some("conditions are joined by `and`, `or` and `if … then …`"),
        Type::Span => Some("times are compared by `within`, `before` and `overlaps`"),
        Type::Set => Some(""),
        Type::Number | Type::Date | Type::Text | Type::Column => None,
    }
}

fn order_help(found: Type) -> String {
    match found {
        Type::Date => "days are compared by `<` and `<=`: `student-death < raid`".to_owned(),
        Type::Number | Type::Set => "the time of a figure is its field `when`: `a.when within b.when`".to_owned(),
        _ => "times are those of figures: `a.when within b.when`".to_owned(),
    }
}

/// What to do about a text where a number belongs.
fn number_in_quotes(side: &Expr) -> String {
    match &side.kind {
        ExprKind::Text(text) if crate::number::Rational::parse_decimal(text).is_some() => {
            format!("write the number without quotation marks: {text}")
        }
        ExprKind::Text(text) if !text.contains('`') => {
            format!("what stands in quotation marks is a text; a name goes into backticks: `{text}`")
        }
        _ => "a text can only be compared with a text".to_owned(),
    }
}
