//! Formulas in prefix notation, as they stand in a certificate.

use super::words::written;
use crate::problem::{Formula, Term};

/// A formula in prefix notation, its variables numbered from 1 as they come, and the variables in that order.
pub(super) fn notation(formula: &Formula) -> (String, Vec<usize>) {
    let mut order = Vec::new();
    let text = formula_text(formula, &mut order);
    (text, order)
}

fn list(sign: &str, parts: Vec<String>) -> String {
    format!("({sign} {})", parts.join(" "))
}

fn formula_text(formula: &Formula, order: &mut Vec<usize>) -> String {
    match formula {
        Formula::Known(truth) => truth.to_string(),
        Formula::Compare(left, comparison, right) => {
            list(comparison.sign(), vec![term_text(left, order), term_text(right, order)])
        }
        Formula::All(all) => list("and", all.iter().map(|part| formula_text(part, order)).collect()),
        Formula::Any(all) => list("or", all.iter().map(|part| formula_text(part, order)).collect()),
        Formula::Not(of) => list("not", vec![formula_text(of, order)]),
        Formula::Answers(answers) => {
            let figures = answers.variables().map(|place| term_text(&Term::Variable(place), order));
            list(answers.kind.name(), [&figures[..], &[answers.items.to_string()]].concat())
        }
        Formula::Unread => "?".to_owned(),
    }
}

fn term_text(term: &Term, order: &mut Vec<usize>) -> String {
    let mut all = |terms: &[Term]| -> Vec<String> { terms.iter().map(|term| term_text(term, order)).collect() };
    match term {
        Term::Number(number) => written(number),
        Term::Variable(place) => {
            let known = order.iter().position(|known| known == place).unwrap_or_else(|| {
                order.push(*place);
                order.len().saturating_sub(1)
            });
            format!("#{}", known.saturating_add(1))
        }
        Term::Negative(of) => list("neg", all(std::slice::from_ref(of))),
        Term::Sum(terms) => list("+", all(terms)),
        Term::Product(left, right) => list("*", vec![term_text(left, order), term_text(right, order)]),
        Term::Quotient(left, right) => list("/", vec![term_text(left, order), term_text(right, order)]),
        Term::Power(of, power) => format!("(^ {} {power})", term_text(of, order)),
        Term::Least(terms) => list("min", all(terms)),
        Term::Greatest(terms) => list("max", all(terms)),
    }
}
