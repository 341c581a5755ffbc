//! Of which answers a measure is the mean: `mean-of`, `n`, `sd` and `items` of `[measure.X]`.
//!
//! Nothing is taken for the mean of whole answers because it looks like one: a weighted mean, or one of measurements, may be
//! anything. So a measure says it, and names the figures that belong to it; the rules of the statistics pack bind what says so.

use crate::expr::{AnswerKind, MOST_ITEMS, is_some_items};
use crate::number::Rational;
use crate::source::document::Table;
use crate::source::{InputError, InputErrors, Spanned};

const KINDS: &[(&str, AnswerKind)] = &[("whole-answers", AnswerKind::Whole), ("yes-no-answers", AnswerKind::YesNo)];

/// What is declared of the answers that a measure is the mean of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeanOf {
    /// `mean-of`: which answers they are.
    pub kind: Option<AnswerKind>,
    /// `n`: the measure that counts the people who answered, or the id of a claim.
    pub count: Option<String>,
    /// `sd`: the measure of their standard deviation, or the id of a claim.
    pub deviation: Option<String>,
    /// `items`: how many items each of them answered.
    pub items: Option<Rational>,
}

/// The field of a figure that is the number of items.
pub const ITEMS: &str = "items";
/// The fields of a figure that say of which answers it is the mean.
pub const ANSWER_FIELDS: [&str; 3] = ["mean-of", "n", "sd"];

impl MeanOf {
    /// What a field of `ANSWER_FIELDS` says.
    pub fn field(&self, field: &str) -> Option<String> {
        match field {
            "mean-of" => self.kind.map(|kind| kind.name().to_owned()),
            "n" => self.count.clone(),
            "sd" => self.deviation.clone(),
            _ => None,
        }
    }

    /// How many items each of the people answered: one, if nothing is said.
    pub fn items(&self) -> Rational {
        self.items.clone().unwrap_or(Rational::ONE)
    }
}

/// Reads what a measure says of the answers that it is the mean of.
pub(super) fn read_answers(name: &Spanned<String>, table: &Table, errors: &mut InputErrors) -> MeanOf {
    let kind = table.choice("mean-of", KINDS, errors);
    let count = table.string("n", errors);
    let deviation = table.string("sd", errors);
    let items = read_items(table, errors);
    if table.get("mean-of").is_none() {
        for key in ["n", "sd", "items"] {
            if let Some(span) = table.key_span(key) {
                let error = InputError::at(span, format!("`{key}` belongs to a mean, and `mean-of` is missing"));
                errors.push(error.help("write mean-of = \"whole-answers\", or leave it out"));
            }
        }
    } else if table.get("n").is_none() {
        let error =
            InputError::at(name.span, format!("`{}` is a mean, and does not say of how many answers", name.value));
        errors.push(error.help("write n = \"respondents\", the measure that counts them"));
    }
    for (key, named) in [("n", &count), ("sd", &deviation)] {
        let Some(named) = named else { continue };
        if named.value.trim().is_empty() || named.value == name.value {
            let error = InputError::at(named.span, format!("`{key}` names another measure, or the id of a claim"));
            errors.push(error.help(format!("write {key} = \"respondents\"")));
        }
    }
    if let (Some(one), Some(other)) = (&count, &deviation)
        && one.value == other.value
    {
        let error = InputError::at(other.span, "`n` and `sd` name the same figure");
        errors.push(error.also(one.span, "the number of answers").help("name the measure of each"));
    }
    let several = items.as_ref().filter(|items| items.value != Rational::ONE);
    if let (Some(AnswerKind::YesNo), Some(items)) = (kind.as_ref().map(|it| it.value), several) {
        let error = InputError::at(items.span, "the mean of several answers of yes or no is neither 0 nor 1");
        errors.push(error.help("leave out `items`, or write mean-of = \"whole-answers\""));
    }
    MeanOf {
        kind: kind.map(|it| it.value),
        count: count.map(|it| it.value),
        deviation: deviation.map(|it| it.value),
        items: items.map(|it| it.value),
    }
}

fn read_items(table: &Table, errors: &mut InputErrors) -> Option<Spanned<Rational>> {
    let items = table.integer("items", errors)?;
    let number = Rational::from(items.value);
    if !is_some_items(&number) {
        let message = format!("`items` is a whole number from 1 to {MOST_ITEMS}");
        errors.push(InputError::at(items.span, message).help("it is how many questions each person answered"));
        return None;
    }
    Some(Spanned::new(number, items.span))
}
