//! What a claim states: its `value`, its quotes, or both, as one statement a mention.

use super::beside::{self, compare};
use super::change;
use super::derived::Derived;
use super::model::{Mention, QuoteIssueKind};
use crate::number::{
    Found, Interval, Quantity, QuantityError, QuantityForm, Reading, ReadingPolicy, Unit, factor, read, read_change,
};
use crate::source::document::{Value, ValueKind};
use crate::source::{InputError, InputErrors, Sources, Span, Spanned};
use std::ops::Range;

/// How many figures of one quote are shown where only one was wanted.
const SHOWN_FIGURES: usize = 4;

/// One mention and what it says.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Where it is said. Its place in the draft is not looked up yet.
    pub(super) mention: Mention,
    /// What it says.
    pub(super) quantity: Quantity,
    /// Where the figure stands in the quote.
    pub(super) figure: Option<Range<usize>>,
    /// What is wrong between the quote and the value.
    pub(super) issue: Option<QuoteIssueKind>,
}

/// Everything that a claim states.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    /// The statements: the quotes in their order, then values that no quote gives.
    pub(super) statements: Vec<Statement>,
    /// Whether the value is asked for: `value = "?"`.
    pub(super) asked: bool,
    /// How many quotes were compared with a value.
    pub(super) compared: usize,
}

/// Values with their words.
pub(super) type ValuesRead = [(Spanned<String>, Quantity)];

/// How the words of a claim are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner<'a> {
    pub(super) policy: &'a ReadingPolicy,
    pub(super) derived: Derived,
    /// What is claimed, by the name of its measure.
    pub(super) measure: &'a str,
    /// The unit that the claim or its measure is declared in.
    pub(super) unit: Option<&'a Unit>,
    /// Whether that is never below zero, so that a fall is how large it was.
    pub(super) is_size: bool,
    /// Whether something that may say how it is derived was not understood.
    pub(super) is_doubtful: bool,
}

impl Manner<'_> {
    /// Whether the words of a quote or a value are those of a change in per cent.
    fn is_change(&self) -> bool {
        matches!(self.derived, Derived::Change | Derived::ChangeElsewhere)
    }

    /// A quantity read in the unit that is declared for it, if one is.
    fn in_its_unit(&self, quantity: Quantity) -> Quantity {
        match self.unit {
            Some(unit) => quantity.in_terms_of(unit),
            None => quantity,
        }
    }
}

/// Reads what a claim states. `None` if that fails; why is then in `errors`.
pub(super) fn read_stated(
    value: Option<&Value>,
    quotes: &[Spanned<String>],
    manner: Manner<'_>,
    sources: &Sources,
    errors: &mut InputErrors,
) -> Option<Stated> {
    let Some(value) = value else {
        return read_quotes(quotes, manner, sources, errors);
    };
    if value.as_text().is_some_and(|text| text.value.trim() == "?") {
        if let Some(quote) = quotes.first() {
            let error = InputError::at(quote.span, "a value that is asked for has no quote");
            errors.push(error.also(value.span, "asked for here").help("leave out `quote`, or `value`"));
        }
        return Some(asked(value.span));
    }
    let values = read_values(value, manner, errors)?;
    Some(compare(&values, quotes, manner))
}

/// A value that is asked for: a mention without words, which admits whatever its measure does.
pub(super) fn asked(span: Span) -> Stated {
    let quantity = Quantity {
        text: "?".to_owned(),
        number: None,
        unit: Unit::One,
        reading: Reading::firm(Interval::everything()),
        form: QuantityForm::Other,
    };
    let mention = Mention { span, quote: None, in_draft: None, words: String::new() };
    let statement = Statement { mention, quantity, figure: None, issue: None };
    Stated { statements: vec![statement], asked: true, compared: 0 }
}

/// One value, or every value of an array.
fn read_values(
    value: &Value,
    manner: Manner<'_>,
    errors: &mut InputErrors,
) -> Option<Vec<(Spanned<String>, Quantity)>> {
    let values = match &value.kind {
        ValueKind::Array(values) if values.is_empty() => {
            let error = InputError::at(value.span, "this array holds no value");
            errors.push(error.help("write the value as it is reported, or \"?\" if it is asked for"));
            return None;
        }
        ValueKind::Array(values) => values.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let read: Vec<_> = values.iter().filter_map(|value| read_value(value, manner, errors)).collect();
    (read.len() == values.len()).then_some(read)
}

fn read_value(value: &Value, manner: Manner<'_>, errors: &mut InputErrors) -> Option<(Spanned<String>, Quantity)> {
    let text = match &value.kind {
        ValueKind::Text(text) | ValueKind::Number(text) => text,
        _ => {
            errors.push(value.wrong_type("a value", "a number or a string"));
            return None;
        }
    };
    let text = Spanned::new(text.clone(), value.span);
    match manner.is_change().then(|| read_change(&text.value, manner.policy)).flatten() {
        Some(Ok(quantity)) => return Some((text, quantity)),
        Some(Err(error)) => {
            errors.push(change::unreadable_value(&text, &error));
            return None;
        }
        None => {}
    }
    match read(&text.value, manner.policy) {
        Ok(quantity) => Some((text, manner.in_its_unit(quantity))),
        Err(error) => {
            errors.push(unreadable(value.span, &error));
            None
        }
    }
}

/// The error of a phrase that is no quantity.
pub(super) fn unreadable(span: Span, error: &QuantityError) -> InputError {
    let hint = error.hint().unwrap_or_else(|| "write it as reported: 154, \"about 1.2 million\", \"37%\"".to_owned());
    InputError::at(span, error.to_string()).help(hint)
}

/// What quotes say where no value is given: each must have one figure.
fn read_quotes(
    quotes: &[Spanned<String>],
    manner: Manner<'_>,
    sources: &Sources,
    errors: &mut InputErrors,
) -> Option<Stated> {
    let policy = manner.policy;
    let mut stated = Stated::default();
    let mut is_whole = true;
    for quote in quotes {
        let changed = || change::read_quote(quote, policy, sources, errors);
        if let Some(statement) = manner.is_change().then(changed).flatten() {
            is_whole &= statement.is_some();
            stated.statements.extend(statement);
            continue;
        }
        let figures = beside::figures(quote, manner);
        let figures = match change::signed(figures, quote, manner) {
            Ok(figures) => figures,
            Err(moved) => {
                if !manner.is_doubtful {
                    errors.push(change::of_either_sign(sources, quote, &moved, manner));
                }
                is_whole = false;
                continue;
            }
        };
        // "None of the 12" is 0 or 12.
        let instead = if let [only] = figures.as_slice() { beside::said_instead(only, quote, policy) } else { None };
        let figures: Vec<Found> = instead.into_iter().chain(figures).collect();
        let figures = match manner.unit {
            Some(unit) => only_in(unit, figures.into_iter().map(|found| found.in_terms_of(unit)).collect()),
            None => figures,
        };
        match figures.as_slice() {
            [] => {
                let error = InputError::at(quote.span, "no figure can be read in this quote");
                let hint = read(&quote.value, policy).err().and_then(|error| error.hint());
                errors.push(error.help(hint.unwrap_or_else(|| {
                    "add value = … with the figure that these words stand for, or quote the words with the figure"
                        .to_owned()
                })));
                is_whole = false;
            }
            [only] => match held_to(only, policy) {
                Ok(quantity) => stated.statements.push(Statement {
                    mention: mention(quote, &only.quantity.text),
                    quantity,
                    figure: Some(only.start..only.end),
                    issue: None,
                }),
                Err(error) => {
                    errors.push(unreadable(inside(sources, quote, only.start..only.end), &error));
                    is_whole = false;
                }
            },
            several => {
                errors.push(several_figures(sources, quote, several));
                is_whole = false;
            }
        }
    }
    is_whole.then_some(stated)
}

/// Of several figures the one in a unit, if it is one: of "12 per cent over two years" the percentage.
fn only_in(unit: &Unit, figures: Vec<Found>) -> Vec<Found> {
    let is_in = |found: &&Found| {
        let said = &found.quantity.unit;
        *unit != Unit::One && (factor(said, unit).is_some() || (*unit == Unit::Percent && found.quantity.is_share()))
    };
    let mut own = figures.iter().filter(is_in);
    match (own.next(), own.next()) {
        (Some(only), None) => vec![only.clone()],
        _ => figures,
    }
}

/// Prose is not held to a precision, but a claim that states one is.
fn held_to(found: &Found, policy: &ReadingPolicy) -> Result<Quantity, QuantityError> {
    match read(&found.quantity.text, policy) {
        Err(error @ QuantityError::TooFine { .. }) => Err(error),
        _ => Ok(found.quantity.clone()),
    }
}

pub(super) fn several_figures(sources: &Sources, quote: &Spanned<String>, figures: &[Found]) -> InputError {
    let count = figures.len();
    let mut labels = figures.iter().map(|found| (inside(sources, quote, found.start..found.end), &found.quantity.text));
    let (first, text) = labels.next().unwrap_or((quote.span, &quote.value));
    let message = format!("this quote has {count} figures, and no `value` says which one is claimed");
    let mut error = InputError::at(first, message).label(text.clone());
    for (span, text) in labels.take(SHOWN_FIGURES.saturating_sub(1)) {
        error = error.also(span, text.clone());
    }
    error.help("add value = … with the one that is meant, or quote fewer words")
}

pub(super) fn mention(quote: &Spanned<String>, words: &str) -> Mention {
    Mention { span: quote.span, quote: Some(quote.value.clone()), in_draft: None, words: words.to_owned() }
}

/// The place in the file of some bytes of a string's text. A string with escapes is pointed at as a whole.
pub(super) fn inside(sources: &Sources, text: &Spanned<String>, range: Range<usize>) -> Span {
    let written = sources.slice(text.span);
    match written.find(&text.value) {
        Some(offset) => {
            let start = text.span.start.saturating_add(offset);
            Span { start: start.saturating_add(range.start), end: start.saturating_add(range.end), ..text.span }
        }
        None => text.span,
    }
}
