//! Units: whether an expression adds and compares only what can be added and compared.
//!
//! What is not certain is let pass. A product or a quotient of two figures may be in anything (a price is in euros,
//! whatever it is a price of), and so may a number that is written out. A sum, a comparison, a `change`, the least and
//! the greatest of several are of one unit each; percentages and percentage points are two, as the one is a share and
//! the other a distance between shares.

use super::{Aggregate, BinaryOp, Expr, ExprKind, Expression, Name};
use crate::number::{Rational, Unit};
use crate::source::{InputError, InputErrors};

/// What is known of the units of the names of an expression.
pub trait Units {
    /// The unit of a figure, or of the members of a set; `None` if it is not known or is no figure.
    fn unit_of(&self, name: &Name) -> Option<Unit>;

    /// The unit of the figures of a measure, if they have one in common.
    fn unit_of_measure(&self, measure: &str) -> Option<Unit>;
}

/// Reports where an expression that has its types mixes units. `wanted`, if given, is the unit that it must come out in.
pub fn check_units(expression: &Expression, units: &dyn Units, wanted: Option<&Unit>, errors: &mut InputErrors) {
    let mut checker = Checker { units, errors };
    let faults = checker.errors.0.len();
    let found = checker.unit(&expression.root);
    if checker.errors.0.len() > faults {
        return;
    }
    if let (Some(found), Some(wanted)) = (found, wanted)
        && found != *wanted
    {
        let message = format!("this is in {}, and the figure is in {}", words(&found), words(wanted));
        let error = InputError::at(expression.root.span, message);
        checker.errors.push(error.help("say how the one follows from the other, or mend the unit"));
    }
}

struct Checker<'a> {
    units: &'a dyn Units,
    errors: &'a mut InputErrors,
}

impl Checker<'_> {
    /// The unit of a node; `None` if it goes with everything.
    fn unit(&mut self, expr: &Expr) -> Option<Unit> {
        match &expr.kind {
            ExprKind::Number { percent, .. } => percent.then_some(Unit::Percent),
            ExprKind::Name(name) if name.fields.is_empty() => self.units.unit_of(name),
            ExprKind::Lookup { measure, .. } => self.units.unit_of_measure(measure),
            ExprKind::Negative(inner) => self.unit(inner),
            ExprKind::Binary(operator, left, right) => self.arithmetic(*operator, left, right),
            ExprKind::Change(from, to) => {
                self.joined([from.as_ref(), to.as_ref()], "change");
                Some(Unit::Percent)
            }
            ExprKind::Aggregate(Aggregate::Count, arguments) => {
                arguments.iter().for_each(|argument| drop(self.unit(argument)));
                None
            }
            ExprKind::Aggregate(aggregate, arguments) => self.joined(arguments.iter(), aggregate.name()),
            ExprKind::Compare(first, chain) => {
                let mut left = first.as_ref();
                let mut left_unit = self.unit(left);
                for (comparison, right) in chain {
                    let right_unit = self.unit(right);
                    self.one_unit((left, left_unit.as_ref()), (right, right_unit.as_ref()), comparison.sign());
                    (left, left_unit) = (right, right_unit);
                }
                None
            }
            _ => {
                expr.children().into_iter().for_each(|child| drop(self.unit(child)));
                None
            }
        }
    }

    fn arithmetic(&mut self, operator: BinaryOp, left: &Expr, right: &Expr) -> Option<Unit> {
        let (one, other) = (self.unit(left), self.unit(right));
        match operator {
            BinaryOp::Add | BinaryOp::Subtract => {
                let fits = self.one_unit((left, one.as_ref()), (right, other.as_ref()), operator.sign());
                match (operator, &one, &other) {
                    _ if !fits => None,
                    // The distance between two percentages is in points, and is said either way.
                    (BinaryOp::Subtract, Some(Unit::Percent), Some(Unit::Percent)) => None,
                    _ => one.or(other),
                }
            }
            BinaryOp::Multiply => match (self.factor(left, right), self.factor(right, left)) {
                (Some(()), _) => scaled(other),
                (_, Some(())) => scaled(one),
                _ => None,
            },
            BinaryOp::Divide => match self.factor(right, left) {
                Some(()) => scaled(one),
                None => None,
            },
            BinaryOp::Power => None,
        }
    }

    /// Whether a node is a number that is written out, and so only scales what it is multiplied with or divides. A
    /// percentage that is written out is the number before its sign, a hundred times the share that is likely meant.
    fn factor(&mut self, expr: &Expr, beside: &Expr) -> Option<()> {
        match &expr.kind {
            ExprKind::Number { percent: false, .. } => Some(()),
            ExprKind::Number { value, percent: true } if !is_written_out(beside) => {
                let share = value.clone() * Rational::new(1, 100)?;
                let error = InputError::at(expr.span, format!("`{expr}` is {value} here, and not its hundredth"));
                self.errors.push(error.help(format!("write {share}, or multiply the other side by 100")));
                Some(())
            }
            _ => None,
        }
    }

    /// The one unit of several nodes.
    fn joined<'e>(&mut self, parts: impl IntoIterator<Item = &'e Expr>, function: &str) -> Option<Unit> {
        let mut known: Option<(&Expr, Unit)> = None;
        let mut fits = true;
        for part in parts {
            let unit = self.unit(part);
            match (&known, unit) {
                (_, None) => {}
                (None, Some(unit)) => known = Some((part, unit)),
                (Some((first, joint)), Some(unit)) if fits => {
                    fits = self.one_unit((first, Some(joint)), (part, Some(&unit)), function);
                }
                _ => {}
            }
        }
        known.filter(|_| fits).map(|(_, unit)| unit)
    }

    /// Whether two nodes are of one unit, as far as is known; if not, that is reported.
    fn one_unit(&mut self, left: (&Expr, Option<&Unit>), right: (&Expr, Option<&Unit>), operator: &str) -> bool {
        let (Some(one), Some(other)) = (left.1, right.1) else { return true };
        if one == other {
            return true;
        }
        let (place, also) = (right.0.span, left.0.span);
        let message = match operator {
            "+" | "-" | "sum" | "mean" => format!("{} and {} cannot be added up", things(one), things(other)),
            _ => format!("`{operator}` cannot compare {} with {}", things(one), things(other)),
        };
        let error = InputError::at(place, message).label(format!("in {}", words(other)));
        self.errors.push(error.also(also, format!("in {}", words(one))).help(mend(one, other, operator)));
        false
    }
}

/// What a unit becomes when it is multiplied by a number. A hundred times a plain number may be a percentage.
fn scaled(unit: Option<Unit>) -> Option<Unit> {
    unit.filter(|unit| *unit != Unit::One)
}

fn is_written_out(expr: &Expr) -> bool {
    expr.walk().all(|node| !matches!(node.kind, ExprKind::Name(_) | ExprKind::Lookup { .. } | ExprKind::Aggregate(..)))
}

/// How to mend a mixture.
fn mend(one: &Unit, other: &Unit, operator: &str) -> String {
    match (one, other) {
        (Unit::Percent, Unit::Points) | (Unit::Points, Unit::Percent) => {
            "the distance between two percentages is in points: write `later - earlier == rise`".to_owned()
        }
        (Unit::One, Unit::Percent | Unit::Points) | (Unit::Percent | Unit::Points, Unit::One) => {
            "37% is 37 in an expression: write `100 * part / whole` for a share".to_owned()
        }
        (Unit::One, named) | (named, Unit::One) => {
            format!("if the plain number is in {named} too, say so: unit = \"{named}\"", named = words(named))
        }
        (Unit::Currency(_), Unit::Currency(_)) => {
            "state both in one currency; a rate is a figure of its own, and multiplies".to_owned()
        }
        _ if matches!(operator, "+" | "-" | "sum" | "mean") => "a sum is of one unit".to_owned(),
        _ => "only what is in one unit can be compared".to_owned(),
    }
}

/// A unit, for people.
fn words(unit: &Unit) -> String {
    match unit {
        Unit::One => "plain numbers".to_owned(),
        Unit::Percent => "per cent".to_owned(),
        Unit::Points => "percentage points".to_owned(),
        Unit::Currency(name) | Unit::Other(name) => name.clone(),
    }
}

/// What is in a unit, for people.
fn things(unit: &Unit) -> String {
    match unit {
        Unit::Percent => "percentages".to_owned(),
        _ => words(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::parse;
    use crate::source::{Sources, Span};

    /// Figures by their name: `eur2` is in euros, `x` in nobody knows what.
    struct ByName;

    fn of(name: &str) -> Option<Unit> {
        Some(match name.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
            "n" => Unit::One,
            "pct" => Unit::Percent,
            "pp" => Unit::Points,
            "eur" => Unit::Currency("EUR".to_owned()),
            "usd" => Unit::Currency("USD".to_owned()),
            "km" => Unit::Other("km".to_owned()),
            _ => return None,
        })
    }

    impl Units for ByName {
        fn unit_of(&self, name: &Name) -> Option<Unit> {
            of(&name.base)
        }

        fn unit_of_measure(&self, measure: &str) -> Option<Unit> {
            of(measure)
        }
    }

    /// What stands at the place of each error, its message and its help.
    fn mixed(text: &str) -> Vec<(String, String, String)> {
        let (mut sources, written) = (Sources::new(), format!("'{text}'"));
        let end = written.len();
        let file = sources.add("rules.toml", written.replace('\'', "\"").replace('~', "'"));
        let expression = parse(&sources, Span { file, start: 0, end }).unwrap();
        let mut errors = InputErrors::default();
        check_units(&expression, &ByName, None, &mut errors);
        let shown = |error: &InputError| sources.slice(error.at.as_ref().unwrap().span).to_owned();
        errors.0.iter().map(|it| (shown(it), it.message.clone(), it.help.clone().unwrap_or_default())).collect()
    }

    #[test]
    fn what_may_be_of_one_unit_is_let_pass() {
        for text in [
            "eur + eur2 == 2 * eur3 - 5",
            "pct == 100 * n / n2",
            "pct2 - pct == pp",
            "pct2 - pct == pct3",
            "pct == 37%",
            "pct + pct2 + pct3 == 100",
            "usd == eur * n",
            "eur == eur2 * km",
            "km == eur / eur2",
            "eur / n == x",
            "x + eur == y",
            "n * pct == 100 * n2",
            "change(eur, eur2) == pct",
            "sum(eur, eur2, 5) > max(eur, x)",
            "count(s) == n",
            "eur[~2025~] > eur2",
            "eur ^ 2 == x",
            "37% * 2 == 74",
        ] {
            assert_eq!(mixed(text), [], "{text}");
        }
    }

    #[test]
    fn a_mixture_is_shown_where_it_begins() {
        for (text, place, message, help) in [
            ("eur + usd > 0", "usd", "EUR and USD cannot be added up", "one currency"),
            ("pct + pp == pct2", "pp", "percentages and percentage points cannot be added up", "later - earlier"),
            ("pp - pct == 1", "pct", "percentage points and percentages cannot be added up", "later - earlier"),
            ("eur - km > 0", "km", "EUR and km cannot be added up", "one unit"),
            ("sum(eur, x, usd, km) > 0", "usd", "EUR and USD cannot be added up", "one currency"),
            ("eur <= usd", "usd", "`<=` cannot compare EUR with USD", "one currency"),
            ("1 < eur < km", "km", "`<` cannot compare EUR with km", "one unit"),
            ("n == pct", "pct", "`==` cannot compare plain numbers with percentages", "100 * part / whole"),
            ("n + eur > 0", "eur", "plain numbers and EUR cannot be added up", "unit = \"EUR\""),
            ("change(eur, usd) > 0", "usd", "`change` cannot compare EUR with USD", "one currency"),
            ("max(km, eur) > 0", "eur", "`max` cannot compare km with EUR", "one unit"),
            ("n <= n2 * 40%", "40%", "`40%` is 40 here", "write 0.4"),
            ("n / 40% <= n2", "40%", "`40%` is 40 here", "write 0.4"),
            ("if n > 0 then not eur > usd", "usd", "cannot compare", "one currency"),
            ("eur[~2025~] > usd[~2025~]", "usd['2025']", "cannot compare", "one currency"),
        ] {
            let found = mixed(text);
            let [(at, said, mend)] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!(at, place, "{text}");
            assert!(said.contains(message), "{text}: {said}");
            assert!(mend.contains(help), "{text}: {mend}");
        }
    }
}
