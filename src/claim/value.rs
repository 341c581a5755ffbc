//! What a claim states: its `value`, its quotes, or both, as one statement a mention.

use super::change::{self, Held};
use super::derived::Derived;
use super::model::{Mention, QuoteIssueKind};
use crate::number::{
    Found, Interval, Quantity, QuantityError, Reading, ReadingPolicy, Unit, find, find_levels, find_moves, read,
    read_change,
};
use crate::source::document::{Value, ValueKind};
use crate::source::{InputError, InputErrors, Sources, Span, Spanned};
use std::cell::LazyCell;
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
        whole: false,
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
        Ok(quantity) => Some((text, quantity)),
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
        let figures = find(&quote.value, policy);
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

/// A value beside quotes: every quote that has figures must have one that the value can be.
fn compare(values: &ValuesRead, quotes: &[Spanned<String>], manner: Manner<'_>) -> Stated {
    let policy = manner.policy;
    let mut stated = Stated::default();
    let mut quoted = vec![!quotes.is_empty() && values.len() == 1; values.len()];
    for quote in quotes {
        if manner.derived == Derived::Change {
            let (statement, value) = compare_change(values, quote, policy);
            stated.compared = stated.compared.saturating_add(usize::from(statement.figure.is_some()));
            stated.statements.push(statement);
            if let Some(flag) = value.and_then(|at| quoted.get_mut(at)) {
                *flag = true;
            }
            continue;
        }
        let mut figures = find(&quote.value, policy);
        if values.iter().any(|(_, value)| value.unit == Unit::Percent) {
            // "Half of voters" beside 50%.
            for found in figures.iter_mut().filter(|found| found.quantity.is_share_in_words()) {
                found.quantity = found.quantity.in_percent();
            }
        }
        let sizes = LazyCell::new(|| -> Vec<Found> {
            find_moves(&quote.value, policy).into_iter().map(|it| it.found).collect()
        });
        let falls = LazyCell::new(|| sizes.iter().map(Found::turned).collect::<Vec<_>>());
        let Some((first_value, first_quantity)) = values.first() else { break };
        let matching = values.iter().enumerate().find_map(|(index, (_, value))| {
            // "A loss of €2.3m" says -€2.3m, if that is the value, and so may "rose 3 points" in the other order.
            let plain = best_match(&figures, value).map(|found| (found, false));
            let plain = plain.or_else(|| Some((best_match(&falls, value)?, true)));
            let (found, is_turned) = plain.or_else(|| Some((best_match(&sizes, value)?, false)))?;
            Some((index, value, found, is_turned))
        });
        if let Some((index, value, found, is_turned)) = matching {
            let mut quantity = value.clone();
            if quantity.unit == Unit::One {
                quantity.unit.clone_from(&found.quantity.unit);
            }
            if let Some(flag) = quoted.get_mut(index) {
                *flag = true;
            }
            stated.compared = stated.compared.saturating_add(1);
            // The words of a loss have no sign, and those of the value do.
            let said = values.get(index).filter(|_| is_turned).map(|(text, _)| text.value.trim());
            let mention = mention(quote, said.unwrap_or(&found.quantity.text));
            stated.statements.push(Statement { mention, quantity, figure: Some(found.start..found.end), issue: None });
            continue;
        }
        // "Eased from 8.4% to 6.9%" says nothing of a difference but its two ends.
        if matches!(manner.derived, Derived::Difference(_)) {
            let ends = find_levels(&quote.value, policy);
            figures.retain(|found| !ends.contains(found));
        }
        // "a man in his 20s" counts one man: an age is not the figure, unless the value says so.
        figures.retain(|found| !is_age(&found.quantity.text));
        let issue = (!figures.is_empty()).then(|| {
            stated.compared = stated.compared.saturating_add(1);
            let said: Vec<&str> = figures.iter().map(|found| found.quantity.text.as_str()).collect();
            let value = values.iter().map(|(text, _)| text.value.as_str()).collect::<Vec<_>>().join(", ");
            QuoteIssueKind::ValueDiffers { quote: said.join(", "), value }
        });
        let figure = figures.first().filter(|_| issue.is_some()).map(|found| found.start..found.end);
        // What is held against the other figures is the value, so its words are shown there.
        let mention = mention(quote, &first_value.value);
        stated.statements.push(Statement { mention, quantity: first_quantity.clone(), figure, issue });
    }
    for ((text, quantity), _) in values.iter().zip(quoted).filter(|(_, quoted)| !quoted) {
        let mention = Mention { span: text.span, quote: None, in_draft: None, words: text.value.clone() };
        stated.statements.push(Statement { mention, quantity: quantity.clone(), figure: None, issue: None });
    }
    stated
}

/// The same for one quote of a change; and which value it says, if it says one.
fn compare_change(values: &ValuesRead, quote: &Spanned<String>, policy: &ReadingPolicy) -> (Statement, Option<usize>) {
    let statement = |found: Option<&Found>, quantity: Option<&Quantity>, issue| {
        let first = values.first();
        let words = found.map(|found| &found.quantity.text).or(first.map(|(text, _)| &text.value));
        Statement {
            mention: mention(quote, words.map_or("", String::as_str)),
            quantity: quantity.or(first.map(|(_, quantity)| quantity)).cloned().unwrap_or_else(|| Quantity {
                text: String::new(),
                number: None,
                unit: Unit::Percent,
                reading: Reading::firm(Interval::everything()),
                whole: false,
            }),
            figure: found.map(|found| found.start..found.end),
            issue,
        }
    };
    match change::hold(values, quote, policy) {
        Held::Agrees { value: at, found } => {
            let value = values.get(at).map(|(_, value)| Quantity {
                unit: if value.unit == Unit::One { found.quantity.unit.clone() } else { value.unit.clone() },
                ..value.clone()
            });
            (statement(Some(&found), value.as_ref(), None), Some(at))
        }
        Held::Turned { value: at, found } => {
            let issue = values.get(at).map(|value| change::direction_differs(value, &found));
            // A value without its sign most likely gives the size. What the quote says is held against the facts.
            (statement(Some(&found), Some(&found.quantity), issue), Some(at))
        }
        Held::Differs { quote: said, found } => {
            let value = values.iter().map(|(text, _)| text.value.as_str()).collect::<Vec<_>>().join(", ");
            let issue = QuoteIssueKind::ValueDiffers { quote: said, value };
            (Statement { figure: Some(found.start..found.end), ..statement(None, None, Some(issue)) }, None)
        }
        Held::Silent => (statement(None, None, None), None),
    }
}

/// The figure of a quote that a value can be: one in the same unit before one whose unit only one of them says.
pub(super) fn best_match<'a>(figures: &'a [Found], value: &Quantity) -> Option<&'a Found> {
    let meets = |found: &&Found| found.quantity.reading.hard().meets(value.reading.hard());
    let same = |found: &&Found| found.quantity.unit == value.unit;
    let open = |found: &&Found| found.quantity.unit == Unit::One || value.unit == Unit::One;
    let named = |found: &&Found| found.quantity.number.is_some() && found.quantity.number == value.number;
    let candidates = || figures.iter().filter(meets);
    let in_unit = candidates().filter(same).find(named).or_else(|| candidates().find(same));
    in_unit.or_else(|| candidates().filter(open).find(named)).or_else(|| candidates().find(open))
}

fn is_age(text: &str) -> bool {
    let text = text.to_lowercase();
    let in_a_decade = text.ends_with("0s") && ["in his", "in her", "in their"].iter().any(|it| text.starts_with(it));
    in_a_decade || text.starts_with("aged ")
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
