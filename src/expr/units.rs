//! Units: whether an expression adds and compares only what can be added and compared.
//!
//! An expression sees bare numbers (37% as 37), so that a sum of euros and dollars would be wrong without a word. It is
//! refused where both sides are known to be in different units. What is not certain is let pass: a product or a quotient of
//! two figures may be in anything (a price is in euros, whatever it is a price of), and so may a plain number. Percentages
//! and percentage points are two units, as the one is a share and the other a distance between shares.

use super::{Aggregate, BinaryOp, Expr, ExprKind, Expression, LookUp, Name};
use crate::number::{Rational, Unit, factor};
use crate::source::{InputError, InputErrors};

/// What is known of the units of the names of an expression.
pub trait Units {
    /// The unit of a figure, or of the members of a set; `None` if it is not known or is no figure.
    fn unit_of(&self, name: &Name) -> Option<Unit>;

    /// The unit of the figure that a look-up finds; of those that it may find, if they have one in common.
    fn unit_of_look_up(&self, look_up: LookUp<'_>) -> Option<Unit>;

    /// How to bring two currencies together, where that is known.
    fn rate(&self, _first: &str, _second: &str) -> Option<String> {
        None
    }
}

/// Reports where an expression that has its types mixes units. `wanted`, if given, is the unit that it must come out in.
pub fn check_units(expression: &Expression, units: &dyn Units, wanted: Option<&Unit>, errors: &mut InputErrors) {
    let mut checker = Checker { units, errors };
    let faults = checker.errors.0.len();
    let found = checker.counted(&expression.root);
    if checker.errors.0.len() > faults {
        return;
    }
    let wanted = wanted.map_or(Counted::Open, |unit| counted(unit.clone()));
    if join(&found, &wanted).is_none() {
        let message = format!("this is in {}, and the figure is in {}", found.words(), wanted.words());
        let error = InputError::at(expression.root.span, message);
        checker.errors.push(error.help("say how the one follows from the other, or mend the unit"));
    }
}

/// What a number counts in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Counted {
    /// It may be in any unit.
    Open,
    /// In this one.
    In(Unit),
    /// The difference of two percentages, which is said in per cent or in points.
    Difference,
}

/// What is counted in a unit; a plain number may have left its unit out.
fn counted(unit: Unit) -> Counted {
    if unit == Unit::One { Counted::Open } else { Counted::In(unit) }
}

impl Counted {
    fn unit(&self) -> Unit {
        match self {
            Self::Open => Unit::One,
            Self::In(unit) => unit.clone(),
            Self::Difference => Unit::Points,
        }
    }

    /// For people: "per cent".
    fn words(&self) -> String {
        self.unit().words()
    }
}

/// What two sides count in that are added or compared; `None` if they cannot be.
fn join(one: &Counted, other: &Counted) -> Option<Counted> {
    match (one, other) {
        (Counted::Open, known) | (known, Counted::Open) => Some(known.clone()),
        (Counted::Difference, it) | (it, Counted::Difference) => {
            let fits = matches!(it, Counted::Difference | Counted::In(Unit::Percent | Unit::Points));
            fits.then(|| it.clone())
        }
        (Counted::In(unit), Counted::In(same)) => (unit == same).then(|| one.clone()),
    }
}

struct Checker<'a> {
    units: &'a dyn Units,
    errors: &'a mut InputErrors,
}

impl Checker<'_> {
    fn counted(&mut self, expr: &Expr) -> Counted {
        let known = |unit: Option<Unit>| unit.map_or(Counted::Open, counted);
        match &expr.kind {
            ExprKind::Number { percent: true, .. } => Counted::In(Unit::Percent),
            ExprKind::Name(name) if name.fields.is_empty() => known(self.units.unit_of(name)),
            ExprKind::Lookup { .. } => known(expr.look_up().and_then(|look_up| self.units.unit_of_look_up(look_up))),
            ExprKind::Negative(inner) => self.counted(inner),
            ExprKind::Binary(operator, left, right) => self.arithmetic(*operator, left, right),
            ExprKind::Change(from, to) => {
                self.joined([from.as_ref(), to.as_ref()], "compared");
                Counted::In(Unit::Percent)
            }
            ExprKind::Aggregate(Aggregate::Count, arguments) => {
                arguments.iter().for_each(|argument| drop(self.counted(argument)));
                Counted::Open
            }
            ExprKind::Aggregate(aggregate, arguments) => {
                let adds = matches!(aggregate, Aggregate::Sum | Aggregate::Mean);
                self.joined(arguments.iter(), if adds { "added up" } else { "compared" })
            }
            ExprKind::Compare(first, chain) => {
                self.joined(std::iter::once(first.as_ref()).chain(chain.iter().map(|(_, it)| it)), "compared");
                Counted::Open
            }
            _ => {
                expr.children().into_iter().for_each(|child| drop(self.counted(child)));
                Counted::Open
            }
        }
    }

    fn arithmetic(&mut self, operator: BinaryOp, left: &Expr, right: &Expr) -> Counted {
        match operator {
            BinaryOp::Add => self.joined([left, right], "added up"),
            BinaryOp::Subtract => {
                let faults = self.errors.0.len();
                match self.joined([left, right], "added up") {
                    // Where only one side is known to be a share, the other may be anything.
                    Counted::In(Unit::Percent) if self.errors.0.len() == faults => Counted::Difference,
                    found => found,
                }
            }
            BinaryOp::Multiply | BinaryOp::Divide => {
                let (one, other) = (self.counted(left), self.counted(right));
                match (self.scales(left, right), self.scales(right, left)) {
                    (_, true) => one,
                    (true, _) if operator == BinaryOp::Multiply => other,
                    _ => Counted::Open,
                }
            }
            BinaryOp::Power => {
                self.counted(left);
                Counted::Open
            }
        }
    }

    /// Whether a node is a number that is written out, and so only scales what it is multiplied with or divides. A
    /// percentage that is written out is the number before its sign, a hundred times the share that is likely meant.
    fn scales(&mut self, expr: &Expr, beside: &Expr) -> bool {
        let ExprKind::Number { value, percent } = &expr.kind else { return false };
        if *percent && !is_written_out(beside) {
            let error = InputError::at(expr.span, format!("`{expr}` is {value} here, and not its hundredth"));
            let share = Rational::new(1, 100).map(|hundredth| value.clone() * hundredth);
            let written = share.map_or_else(String::new, |share| format!("write {share}, or "));
            self.errors.push(error.help(format!("{written}multiply the other side by 100")));
        }
        true
    }

    /// What several nodes count in that are added or compared.
    fn joined<'e>(&mut self, parts: impl IntoIterator<Item = &'e Expr>, done: &str) -> Counted {
        let mut all = Counted::Open;
        let mut first: Option<&Expr> = None;
        let mut fits = true;
        for part in parts {
            let found = self.counted(part);
            match join(&all, &found) {
                Some(joint) if fits => all = joint,
                None if fits => {
                    fits = false;
                    self.mixed((first.unwrap_or(part), &all), (part, &found), done);
                    all = Counted::Open;
                }
                _ => {}
            }
            if found != Counted::Open {
                first = first.or(Some(part));
            }
        }
        all
    }

    /// The error of two units that are added or compared.
    fn mixed(&mut self, one: (&Expr, &Counted), other: (&Expr, &Counted), done: &str) {
        let (first, second) = (one.1.unit(), other.1.unit());
        let (without, help) = match (&first, &second) {
            (Unit::Currency(from), Unit::Currency(to)) => {
                let rate = self.units.rate(from, to);
                (" without a rate", rate.unwrap_or_else(|| "say in which currency each is: unit = \"EUR\"".to_owned()))
            }
            (Unit::Percent, Unit::Points) | (Unit::Points, Unit::Percent) => {
                ("", "points are what lies between two percentages: write later - earlier == rise".to_owned())
            }
            _ if factor(&first, &second).is_some() => {
                ("", format!("declare one unit for both, under [measure.NAME]: unit = \"{}\"", first.words()))
            }
            _ => ("", "only what is counted in one unit can be put side by side".to_owned()),
        };
        let message = format!("{} and {} cannot be {done}{without}", first.words(), second.words());
        let error = InputError::at(other.0.span, message).label(format!("in {}", second.words()));
        self.errors.push(error.also(one.0.span, format!("in {}", first.words())).help(help));
    }
}

fn is_written_out(expr: &Expr) -> bool {
    expr.walk().all(|node| !matches!(node.kind, ExprKind::Name(_) | ExprKind::Lookup { .. } | ExprKind::Aggregate(..)))
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

        fn unit_of_look_up(&self, LookUp { measure, .. }: LookUp<'_>) -> Option<Unit> {
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
            ("eur + usd > 0", "usd", "EUR and USD cannot be added up without a rate", "in which currency"),
            ("pct + pp == pct2", "pp", "per cent and percentage points cannot be added up", "later - earlier"),
            ("pp - pct == 1", "pct", "percentage points and per cent cannot be added up", "later - earlier"),
            ("eur - km > 0", "km", "EUR and km cannot be added up", "one unit"),
            ("sum(eur, x, usd, km) > 0", "usd", "EUR and USD cannot be added up", "in which currency"),
            ("eur <= usd", "usd", "EUR and USD cannot be compared without a rate", "in which currency"),
            ("1 < eur < km", "km", "EUR and km cannot be compared", "one unit"),
            ("pct - pct2 == eur", "eur", "percentage points and EUR cannot be compared", "one unit"),
            ("change(eur, usd) > 0", "usd", "EUR and USD cannot be compared", "in which currency"),
            ("max(km, eur) > 0", "eur", "km and EUR cannot be compared", "one unit"),
            ("n <= n2 * 40%", "40%", "`40%` is 40 here", "write 0.4"),
            ("n / 40% <= n2", "40%", "`40%` is 40 here", "write 0.4"),
            ("if n > 0 then not eur > usd", "usd", "cannot be compared", "in which currency"),
            ("eur[~2025~] > usd[~2025~]", "usd['2025']", "cannot be compared", "in which currency"),
        ] {
            let found = mixed(text);
            let [(at, said, mend)] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!(at, place, "{text}");
            assert!(said.contains(message), "{text}: {said}");
            assert!(mend.contains(help), "{text}: {mend}");
        }
    }
}
