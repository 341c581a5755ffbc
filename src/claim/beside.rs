//! A value beside quotes: what each quote says of it, and which of its figures it is.

use super::change::{self, as_points};
use super::derived::Derived;
use super::model::{Mention, QuoteIssueKind};
use super::reckoned::{is_of_another_unit, is_rounded, is_sum, reckoned};
use super::sayings::{Sayings, WAYS, Way};
use super::value::{Manner, Stated, Statement, ValuesRead, mention};
use crate::number::{
    AgeForm, Found, Interval, Quantity, QuantityForm, Rational, Reading, ReadingPolicy, Unit, age_of, find, find_few,
    find_levels, find_made, find_signed,
};
use crate::source::Spanned;
use std::borrow::Cow;
use std::cell::LazyCell;

/// What one quote says of some values.
struct Said {
    statement: Statement,
    /// Which of them it says, if it says one.
    value: Option<usize>,
    /// Whether the quote had anything to compare.
    is_compared: bool,
}

/// A value beside quotes: every quote that has figures must have one that the value can be.
pub(super) fn compare(values: &ValuesRead, quotes: &[Spanned<String>], manner: Manner<'_>) -> Stated {
    let mut stated = Stated::default();
    if values.is_empty() {
        return stated;
    }
    let mut quoted = vec![!quotes.is_empty() && values.len() == 1; values.len()];
    for quote in quotes {
        let said = match manner.derived {
            Derived::Change => compare_change(values, quote, manner.policy),
            _ => compare_figures(values, quote, manner),
        };
        stated.compared = stated.compared.saturating_add(usize::from(said.is_compared));
        stated.statements.push(said.statement);
        if let Some(flag) = said.value.and_then(|at| quoted.get_mut(at)) {
            *flag = true;
        }
    }
    for ((text, quantity), _) in values.iter().zip(quoted).filter(|(_, quoted)| !quoted) {
        let mention = Mention { span: text.span, quote: None, in_draft: None, words: text.value.clone() };
        stated.statements.push(Statement { mention, quantity: quantity.clone(), figure: None, issue: None });
    }
    stated
}

/// Some values beside the figures of one quote.
fn compare_figures(values: &ValuesRead, quote: &Spanned<String>, manner: Manner<'_>) -> Said {
    let mut figures = figures(quote, manner);
    for unit in values.iter().map(|(_, value)| &value.unit).chain(manner.unit).filter(|unit| **unit != Unit::One) {
        figures = figures.into_iter().map(|found| found.in_terms_of(unit)).collect();
    }
    if manner.unit == Some(&Unit::Percent) || values.iter().any(|(_, value)| value.unit == Unit::Percent) {
        // "Half of voters" beside 50%.
        for found in figures.iter_mut().filter(|found| found.quantity.is_share()) {
            found.quantity = found.quantity.in_percent();
        }
    }
    // "Half of the 600" is told of a count, and is none.
    let counts = values.iter().all(|(_, value)| value.is_count() && !value.is_share());
    let is_part = counts && figures.iter().any(|found| found.quantity.is_share());
    if is_part {
        figures.retain(|found| !found.quantity.is_share());
    }
    // "Rose to 154 from 93" makes no sum.
    let levels = LazyCell::new(|| find_levels(&quote.value, manner.policy));
    let sums = |figures: &[Found]| {
        let parts: Vec<Found> = figures.iter().filter(|found| !levels.contains(found)).cloned().collect();
        values.iter().any(|(_, value)| is_sum(&parts, value))
    };
    // A bare number is in the unit that is declared for it, unless it only names a figure, whatever that is in.
    let names =
        |value: &Quantity| value.number.is_some() && figures.iter().any(|found| found.quantity.number == value.number);
    let mut values = Cow::Borrowed(values);
    if let Some(unit) = manner.unit
        && values.iter().any(|(_, value)| value.unit == Unit::One && !names(value))
    {
        for (_, value) in values.to_mut().iter_mut().filter(|(_, value)| value.unit == Unit::One && !names(value)) {
            value.unit = unit.clone();
        }
    }
    let values = values.as_ref();
    if let Some(said) = agreeing(values, &figures, quote, manner.policy) {
        let said = with_its_sign(said, values, quote, manner);
        // "80 men and 20 women" are 100, though 80 at its widest is that, too.
        if said.statement.issue.is_none() || !sums(&figures) {
            return said;
        }
    }
    // "Eased from 8.4% to 6.9%" says nothing of a difference but its two ends.
    if matches!(manner.derived, Derived::Difference(_)) {
        figures.retain(|found| !levels.contains(found));
    }
    // "26 men and 14 women" are 40, and 41.3 is 41 in whole numbers.
    let is_rounded = values.iter().any(|(_, value)| is_rounded(&figures, value));
    let is_loosely =
        values.iter().any(|(_, value)| figures.iter().any(|it| it.quantity.is_loosely(value) == Some(true)));
    let is_told = is_part || is_rounded || is_loosely || sums(&figures);
    if is_told {
        figures.clear();
    }
    let is_apart = |found: &Found| values.iter().all(|(_, value)| is_of_another_unit(found, value, quote));
    figures.retain(|found| !is_apart(found));
    let figures = without_ages(figures, values);
    let issue = (!figures.is_empty()).then(|| {
        let said: Vec<String> = figures.iter().map(|found| found.quantity.text.clone()).collect();
        let are_levels = figures.iter().all(|found| levels.contains(found));
        let apart: &[Found] = if are_levels { &[] } else { &figures };
        let value = written(values);
        match values.iter().find_map(|(_, value)| reckoned(apart, value, quote)) {
            Some(sum) => QuoteIssueKind::ValueReckoned { figures: said, value, sum },
            None => QuoteIssueKind::ValueDiffers { quote: said.join(", "), value },
        }
    });
    let figure = figures.first().map(|found| found.start..found.end);
    let is_compared = is_told || issue.is_some();
    let issue = issue.or_else(|| (!is_compared).then_some(QuoteIssueKind::Silent));
    // What is held against the other figures is the value, so its words are shown there.
    let first = values.first();
    let mention = mention(quote, first.map_or("", |(text, _)| &text.value));
    let quantity = first.map_or_else(unread, |(_, quantity)| quantity.clone());
    Said { statement: Statement { mention, quantity, figure, issue }, value: None, is_compared }
}

/// What a quote says of the first value that is among its figures.
fn agreeing(values: &ValuesRead, figures: &[Found], quote: &Spanned<String>, policy: &ReadingPolicy) -> Option<Said> {
    let sayings = Sayings::of(quote, figures, policy);
    let candidates = || {
        let each = values.iter().enumerate().flat_map(|(at, (text, value))| WAYS.map(|way| (at, text, value, way)));
        each.filter_map(|(at, text, value, way)| {
            let found = sayings.find(value, way)?;
            let text = text.value.trim();
            // The words of a loss have no sign, and those of the value do.
            let held = match way {
                Way::Plain | Way::Size => held(text, value, found),
                Way::Made if !found.quantity.reading.soft().meets(value.reading.soft()) => Held::Strained,
                _ => Held::Value,
            };
            Some((at, text, value, found, held))
        })
    };
    // "A century off 87 balls" says 100 in other words than 87 at its widest.
    let firm = candidates().find(|(.., held)| !matches!(held, Held::Strained));
    let (at, text, value, found, held) = firm.or_else(|| candidates().next())?;
    let (quantity, words) = match held {
        Held::Named => (&found.quantity, found.quantity.text.as_str()),
        Held::Value | Held::Strained => (value, text),
    };
    let issue = matches!(held, Held::Strained)
        .then(|| QuoteIssueKind::ValueStrains { quote: found.quantity.text.clone(), value: text.to_owned() });
    let (mention, quantity) = (mention(quote, words), Quantity { unit: unit_of(value, found), ..quantity.clone() });
    let statement = Statement { mention, quantity, figure: Some(found.start..found.end), issue };
    Some(Said { statement, value: Some(at), is_compared: true })
}

/// Measures of what is earned, by the last part of their names, of which a loss is below zero.
const EARNED: [&str; 7] = ["profit", "profits", "income", "earnings", "surplus", "result", "margin"];

/// Parts of the names of measures that say how large a loss is.
const LOST: [&str; 8] = ["loss", "losses", "deficit", "deficits", "shortfall", "lost", "fall", "decline"];

/// What agrees but for its sign: "a profit of $45m" beside -$45m, or "a loss of $45m" beside a profit of $45m.
fn with_its_sign(said: Said, values: &ValuesRead, quote: &Spanned<String>, manner: Manner<'_>) -> Said {
    let (Some(figure), Some((_, value))) = (&said.statement.figure, said.value.and_then(|at| values.get(at))) else {
        return said;
    };
    let name: Vec<&str> = manner.measure.rsplit('/').next().unwrap_or_default().split(['-', '_', ' ']).collect();
    let is_lost = name.iter().any(|part| LOST.contains(part));
    let is_earned = name.last().is_some_and(|part| EARNED.contains(part));
    let differs = |is_loss: bool| match value.reading.hard() {
        all if all.hi().value().is_some_and(Rational::is_negative) => !is_loss,
        all if all.lo().value().is_some_and(Rational::is_positive) => is_loss && is_earned && !manner.is_size,
        _ => false,
    };
    let signed = find_signed(&quote.value, manner.policy).into_iter();
    let mut other = signed.filter(|(at, is_loss)| at.start < figure.end && figure.start < at.end && differs(*is_loss));
    let Some((at, _)) = other.next().filter(|_| !is_lost && manner.derived == Derived::Plain) else { return said };
    let words = quote.value.get(at).unwrap_or_default().to_owned();
    let issue = Some(QuoteIssueKind::ValueDiffers { quote: words, value: written(values) });
    Said { statement: Statement { issue, ..said.statement }, ..said }
}

/// The unit of a value, or that of the quote's figure if only this one says it.
fn unit_of(value: &Quantity, found: &Found) -> Unit {
    if value.unit == Unit::One { found.quantity.unit.clone() } else { value.unit.clone() }
}

/// Values as they are written.
fn written(values: &ValuesRead) -> String {
    values.iter().map(|(text, _)| text.value.as_str()).collect::<Vec<_>>().join(", ")
}

/// A quantity of which nothing is known.
fn unread() -> Quantity {
    Quantity {
        text: String::new(),
        number: None,
        unit: Unit::Percent,
        reading: Reading::firm(Interval::everything()),
        form: QuantityForm::Other,
    }
}

/// The figures of a quote, with the points that a difference is in.
pub(super) fn figures(quote: &Spanned<String>, manner: Manner<'_>) -> Vec<Found> {
    let mut figures = find(&quote.value, manner.policy);
    if matches!(manner.derived, Derived::Difference(_)) {
        figures = figures.into_iter().map(|found| as_points(found, &quote.value, manner.policy)).collect();
    }
    figures
}

/// What the words beside the only figure of a quote say, which may be what is claimed in its stead: "none of the 12",
/// "himself and 11 others", "double the 30,000".
pub(super) fn said_instead(figure: &Found, quote: &Spanned<String>, policy: &ReadingPolicy) -> Option<Found> {
    let is_of = |made: &Found| made.start < figure.end && figure.start < made.end;
    let made = || find_made(&quote.value, policy).into_iter().find(|made| made.is_instead && is_of(&made.found));
    few_before(figure, quote).or_else(|| Some(made()?.found))
}

fn few_before(figure: &Found, quote: &Spanned<String>) -> Option<Found> {
    let between = |few: &Found| quote.value.get(few.end..figure.start);
    let few = find_few(&quote.value).into_iter().rev();
    let mut few = few.filter(|it| between(it).is_some_and(|words| !words.contains([',', ';', '.', ':', '–', '—'])));
    few.next()
}

/// How a value is held against the figure of a quote that it can be.
#[derive(Clone, Copy)]
enum Held {
    /// It only names that figure, which is read in the words of the quote: 1200 beside "about 1,200" is no more exact
    /// than these.
    Named,
    /// It has words or digits of its own.
    Value,
    /// So it has, and is what the quote says only at its widest.
    Strained,
}

fn held(text: &str, value: &Quantity, found: &Found) -> Held {
    let quote = &found.quantity;
    let is_narrower = value.reading.hard().is_subset_of(quote.reading.hard());
    let is_bare = !text.starts_with(char::is_alphabetic);
    if is_bare && is_narrower && value.number.is_some() && value.number == quote.number {
        Held::Named
    } else if quote.reading.soft().meets(value.reading.soft()) {
        Held::Value
    } else {
        Held::Strained
    }
}

/// Some values beside one quote of a change.
fn compare_change(values: &ValuesRead, quote: &Spanned<String>, policy: &ReadingPolicy) -> Said {
    let said = |found: Option<&Found>, quantity: Option<&Quantity>, value, issue| {
        let first = values.first();
        let words = found.map(|found| &found.quantity.text).or(first.map(|(text, _)| &text.value));
        let statement = Statement {
            mention: mention(quote, words.map_or("", String::as_str)),
            quantity: quantity.or(first.map(|(_, quantity)| quantity)).cloned().unwrap_or_else(unread),
            figure: found.map(|found| found.start..found.end),
            issue,
        };
        Said { is_compared: statement.figure.is_some(), statement, value }
    };
    match change::hold(values, quote, policy) {
        change::Held::Agrees { value: at, found } => {
            let value = values.get(at).map(|(_, it)| Quantity { unit: unit_of(it, &found), ..it.clone() });
            said(Some(&found), value.as_ref(), Some(at), None)
        }
        change::Held::Turned { value: at, found } => {
            let issue = values.get(at).map(|value| change::direction_differs(value, &found));
            // A value without its sign most likely gives the size. What the quote says is held against the facts.
            said(Some(&found), Some(&found.quantity), Some(at), issue)
        }
        change::Held::Differs { quote: words, found } => {
            let issue = QuoteIssueKind::ValueDiffers { quote: words, value: written(values) };
            let Said { statement, value, .. } = said(None, None, None, Some(issue));
            let statement = Statement { figure: Some(found.start..found.end), ..statement };
            Said { statement, value, is_compared: true }
        }
        change::Held::Silent => said(None, None, None, Some(QuoteIssueKind::Silent)),
    }
}

/// The figure of a quote that a value can be: one in the same unit before one whose unit only one of them says.
pub(super) fn best_match<'a>(figures: &'a [Found], value: &Quantity) -> Option<&'a Found> {
    let meets = |found: &&Found| can_be(&found.quantity, value);
    let same = |found: &&Found| found.quantity.unit == value.unit;
    let open = |found: &&Found| found.quantity.unit == Unit::One || value.unit == Unit::One;
    let named = |found: &&Found| found.quantity.number.is_some() && found.quantity.number == value.number;
    let candidates = || figures.iter().filter(meets);
    let in_unit = candidates().filter(same).find(named).or_else(|| candidates().find(same));
    in_unit.or_else(|| candidates().filter(open).find(named)).or_else(|| candidates().find(open))
}

/// Whether a value and a figure of its quote can be the same. Where the two are rounded alike, 37% is no 38%, though what
/// rounds to either has an end in common.
fn can_be(quoted: &Quantity, value: &Quantity) -> bool {
    let (one, other) = (quoted.reading.hard(), value.reading.hard());
    let is_named = |point: &Rational| [quoted, value].iter().any(|it| it.number.as_ref() == Some(point));
    one.intersect(other).is_some_and(|both| both.as_point().is_none_or(is_named))
}

/// The figures of a quote without those that are ages: "a man in his 20s" counts one man. Beside a single age, of one
/// person, a value that could be an age itself is another one.
fn without_ages(mut figures: Vec<Found>, values: &ValuesRead) -> Vec<Found> {
    /// No age has more years.
    const MOST_YEARS: i64 = 150;
    /// More people than this are seldom told by their ages.
    const MOST_AGED: i64 = 12;
    // Two people have an age each, and whoever counts them counts no years.
    let is_adjective = |found: &Found| age_of(&found.quantity.text) == Some(AgeForm::Adjective);
    let is_few = |value: &Quantity| value.number.as_ref().is_some_and(|number| *number <= Rational::from(MOST_AGED));
    if values.iter().any(|(_, value)| is_few(value)) && figures.iter().filter(|it| is_adjective(it)).count() > 1 {
        figures.retain(|found| !is_adjective(found));
    }
    let is_alone = figures.len() == 1 && figures.iter().all(|found| found.quantity.number.is_some());
    let years = Interval::closed(Rational::from(2), Rational::from(MOST_YEARS));
    let may_be_one = |value: &Quantity| {
        let number = value.number.as_ref().filter(|_| value.is_count());
        number.zip(years.as_ref()).is_some_and(|(number, years)| years.contains(number))
    };
    let is_another = is_alone && values.iter().all(|(_, value)| may_be_one(value));
    let is_one = |value: &Quantity| value.number.as_ref() == Some(&Rational::ONE);
    let counts_one = values.iter().any(|(_, value)| is_one(value));
    if !is_another {
        // Whoever is "the 34-year-old" is one.
        figures.retain(|found| match age_of(&found.quantity.text) {
            Some(AgeForm::Adjective) => !counts_one,
            Some(AgeForm::Aside) => false,
            None => true,
        });
    }
    figures
}
