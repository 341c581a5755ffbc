//! Quotes and values of a claim that is a change: their words give a figure its sign, and may state a size or a
//! direction without one. What they leave open is asked for, and never guessed.

use super::beside::best_match;
use super::derived::{Derived, Order};
use super::model::QuoteIssueKind;
use super::value::{Manner, Statement, ValuesRead, inside, mention, several_figures};
use crate::number::{
    Changes, Doubt, Found, Move, Quantity, QuantityError, QuantityForm, ReadingPolicy, Rounding, Unit, Way, find,
    find_changes, find_moves, read,
};
use crate::source::{InputError, InputErrors, Sources, Spanned};

/// What a quote says of a change, where no value is given. `None` if it says nothing of one, so that it is read as any
/// other quote.
pub(super) fn read_quote(
    quote: &Spanned<String>,
    policy: &ReadingPolicy,
    sources: &Sources,
    errors: &mut InputErrors,
) -> Option<Option<Statement>> {
    let Changes { mut sizes, levels, alone, doubt } = find_changes(&quote.value, policy);
    if let Some(points) = points(&sizes, quote, policy) {
        errors.push(in_points(sources, quote, &points));
        return Some(None);
    }
    if sizes.len() > 1 {
        errors.push(several_figures(sources, quote, &sizes));
        return Some(None);
    }
    if let Some(doubt) = doubt.filter(|doubt| !sizes.is_empty() || *doubt != Doubt::Unsaid) {
        errors.push(in_doubt(sources, quote, &doubt, sizes.first()));
        return Some(None);
    }
    // "Growth slowed to 5%": a change may be what came to 5%, or it may be said of something else.
    let is_level = alone.as_ref().is_some_and(|alone| alone.quantity.number.is_some());
    if let Some(level) = levels.first().filter(|_| sizes.is_empty() && !is_level) {
        errors.push(came_to(sources, quote, level));
        return Some(None);
    }
    let Some(found) = sizes.pop().or(alone) else {
        // A plain number is no change: "three times" says nothing of per cent.
        let plain = find(&quote.value, policy).into_iter().next()?;
        errors.push(no_change(sources, quote, &plain));
        return Some(None);
    };
    Some(Some(Statement {
        mention: mention(quote, &found.quantity.text),
        figure: Some(found.start..found.end),
        quantity: found.quantity,
        issue: None,
    }))
}

/// How a value is held against a quote of a change.
pub(super) enum Held {
    /// The quote says what one of the values says.
    Agrees { value: usize, found: Found },
    /// It says something else.
    Differs { quote: String, found: Found },
    /// It says the same size, and the other direction.
    Turned { value: usize, found: Found },
    /// It says nothing that a value could be held against.
    Silent,
}

/// Holds values against a quote of a change.
pub(super) fn hold(values: &ValuesRead, quote: &Spanned<String>, policy: &ReadingPolicy) -> Held {
    let Changes { sizes, levels, alone, doubt } = find_changes(&quote.value, policy);
    let turned = |found: &[Found]| found.iter().map(Found::turned).collect::<Vec<_>>();
    let matching = |found: &[Found]| {
        let each = values.iter().enumerate();
        each.filter_map(|(at, (_, value))| Some((at, best_match(found, value)?.clone()))).next()
    };
    let agrees = |(value, found): (usize, Found)| Held::Agrees { value, found };
    if let Some(points) = points(&sizes, quote, policy) {
        return Held::Differs { quote: points.quantity.text.clone(), found: points };
    }
    match doubt {
        // "Did not fall by 8%" bounds nothing.
        Some(Doubt::Denied(_)) => return Held::Silent,
        Some(_) => {
            let either = sizes.iter().cloned().chain(turned(&sizes)).chain(levels).collect::<Vec<_>>();
            if let Some(found) = matching(&either) {
                return agrees(found);
            }
        }
        None => {
            let said: Vec<Found> = sizes.iter().chain(&alone).cloned().collect();
            if let Some(found) = matching(&said).or_else(|| matching(&levels)) {
                return agrees(found);
            }
            if let Some((value, other)) = matching(&turned(&said)) {
                let found = said.into_iter().find(|found| found.start == other.start).unwrap_or(other);
                return Held::Turned { value, found };
            }
        }
    }
    match sizes.first() {
        Some(found) => {
            let said: Vec<&str> = sizes.iter().map(|found| found.quantity.text.as_str()).collect();
            Held::Differs { quote: said.join(", "), found: found.clone() }
        }
        None => Held::Silent,
    }
}

/// What is wrong where the value has the other direction than the quote.
pub(super) fn direction_differs(value: &(Spanned<String>, Quantity), found: &Found) -> QuoteIssueKind {
    let text = value.0.value.trim();
    let falls = value.1.reading.hard().lies_below(found.quantity.reading.hard());
    let bare = text.trim_start_matches(['-', '−', '+']);
    let has_digits = bare.starts_with(|it: char| it.is_ascii_digit());
    let mend = has_digits.then(|| if falls { bare.to_owned() } else { format!("-{bare}") });
    QuoteIssueKind::DirectionDiffers { quote: found.quantity.text.clone(), value: text.to_owned(), falls, mend }
}

/// The error of a quote that does not tell which way a change went.
fn in_doubt(sources: &Sources, quote: &Spanned<String>, doubt: &Doubt, size: Option<&Found>) -> InputError {
    let slice = |range: &std::ops::Range<usize>| quote.value.get(range.clone()).unwrap_or_default().to_owned();
    match doubt {
        Doubt::Unsaid => {
            let (at, words) = size.map_or((quote.span, quote.value.clone()), |found| {
                (inside(sources, quote, found.start..found.end), found.quantity.text.clone())
            });
            let error = InputError::at(at, "this quote of a change does not say whether it rose or fell");
            let example = if words.starts_with(|it: char| it.is_ascii_digit()) {
                format!("add value = \"{words}\" for a rise or value = \"-{words}\" for a fall")
            } else {
                "add a `value`, below zero for a fall".to_owned()
            };
            error.label("up or down?").help(format!("{example}, or quote the words that say it, such as “fell by”"))
        }
        Doubt::BothWays(up, down) => {
            let (first, second) = if up.start < down.start { (up, down) } else { (down, up) };
            let message =
                "this quote of a change says both a rise and a fall, and no `value` says which one is claimed";
            let error = InputError::at(inside(sources, quote, first.clone()), message).label(slice(first));
            let error = error.also(inside(sources, quote, second.clone()), slice(second));
            error.help("quote only the words of the one that is meant, or add a `value`, below zero for a fall")
        }
        Doubt::Denied(at) => {
            let words = slice(at);
            let message = format!("“{words}” turns this quote of a change around, so that no figure is read from it");
            let error = InputError::at(inside(sources, quote, at.clone()), message).label("here");
            error.help("add value = … with the change that it stands for, below zero for a fall, or quote other words")
        }
    }
}

/// The points by which something changed, where no size in per cent is given.
fn points(sizes: &[Found], quote: &Spanned<String>, policy: &ReadingPolicy) -> Option<Found> {
    let is_in_points = |it: &Found| it.quantity.unit == Unit::Points || points_after(it, &quote.value).is_some();
    let found = || find(&quote.value, policy).into_iter().find(is_in_points);
    if sizes.is_empty() { found().map(|found| as_points(found, &quote.value, policy)) } else { None }
}

/// Where the word ends that makes points of a bare number, those of an index or of a percentage: "3 points", "a
/// three-point rise".
fn points_after(found: &Found, quote: &str) -> Option<usize> {
    let after = quote.get(found.end..)?;
    let word = after.trim_start_matches([' ', '\u{a0}', '-', '\u{2011}']);
    let length = word.find(|it: char| !it.is_alphabetic()).unwrap_or(word.len());
    let is_bare = found.quantity.unit == Unit::One && !found.quantity.is_share();
    let is_point = matches!(word.get(..length)?, "point" | "points" | "pts");
    (is_bare && is_point).then(|| quote.len().saturating_sub(word.len()).saturating_add(length))
}

/// A figure with the points that it is in, if it is: they are rounded like any other measurement.
pub(super) fn as_points(found: Found, quote: &str, policy: &ReadingPolicy) -> Found {
    let Some(end) = points_after(&found, quote) else { return found };
    let rounded = ReadingPolicy { rounding: policy.rounding.or(Some(Rounding::Nearest)), ..policy.clone() };
    let Ok(again) = read(&found.quantity.text, &rounded) else { return found };
    let text = format!("{} points", again.text);
    Found { end, quantity: Quantity { text, form: QuantityForm::Other, ..again }, ..found }
}

/// The error of a quote that gives points where the change is in per cent.
fn in_points(sources: &Sources, quote: &Spanned<String>, points: &Found) -> InputError {
    let words = &points.quantity.text;
    let at = inside(sources, quote, points.start..points.end);
    InputError::at(at, format!("this quote gives {words}, and a change(…) is in per cent"))
        .label("points, not per cent")
        .help(
            "points are a difference, so derive them as one: is = \"LATER - EARLIER\", with the ids of the two figures",
        )
}

/// The error of a quote that has a figure, but no change.
fn no_change(sources: &Sources, quote: &Spanned<String>, plain: &Found) -> InputError {
    let at = inside(sources, quote, plain.start..plain.end);
    let error =
        InputError::at(at, "no change can be read in this quote").label("by itself this is no change in per cent");
    error.help("add value = … with the change in per cent, below zero for a fall, or quote words such as “fell by 8%”")
}

/// The error of a quote that names where something came to instead of by how much it changed.
fn came_to(sources: &Sources, quote: &Spanned<String>, level: &Found) -> InputError {
    let words = &level.quantity.text;
    let at = inside(sources, quote, level.start..level.end);
    let message = format!("it is not plain whether {words} is the change, or only what something came to or from");
    InputError::at(at, message)
        .help("add value = … with the change, below zero for a fall, or quote the words that state it")
}

/// The only figure of a quote with its sign, where words make it a fall, a rise or a loss.
///
/// # Errors
/// If it may be above zero as well as below it: what words say of it.
pub(super) fn signed(
    figures: Vec<Found>,
    quote: &Spanned<String>,
    manner: Manner<'_>,
) -> Result<Vec<Found>, Box<Move>> {
    let [figure] = figures.as_slice() else { return Ok(figures) };
    let moves = find_moves(&quote.value, manner.policy);
    let over_time = matches!(manner.derived, Derived::Difference(Order::LaterFirst | Order::EarlierFirst));
    let Some(moved) = moves.into_iter().find(|it| it.found.start < figure.end && figure.start < it.found.end) else {
        let is_signed = figure.quantity.text.starts_with(['+', '-', '−'])
            || figure.quantity.number.as_ref().is_none_or(|number| !number.is_positive());
        // "12 behind last year": what no list of words tells is asked for.
        if over_time && !is_signed && !manner.is_size {
            return Err(Box::new(Move { found: figure.clone(), way: Way::Unclear }));
        }
        return Ok(figures);
    };
    let is_size = manner.is_size && figure.quantity.unit == moved.found.quantity.unit;
    match (manner.derived, moved.way) {
        (Derived::Difference(Order::LaterFirst), Way::Less | Way::Lost) => {
            let turned = moved.found.turned();
            let text = written(&turned.quantity, manner.policy).unwrap_or_else(|| turned.quantity.text.clone());
            Ok(vec![Found { quantity: Quantity { text, ..turned.quantity }, ..turned }])
        }
        (Derived::Difference(Order::LaterFirst | Order::Unknown) | Derived::Plain, Way::More) => Ok(figures),
        (Derived::Difference(Order::EarlierFirst), Way::Less | Way::Lost) => Ok(figures),
        _ if is_size => Ok(figures),
        _ => Err(Box::new(moved)),
    }
}

/// The error of a fall, a rise or a loss of which nothing says whether it is above zero or below it.
pub(super) fn of_either_sign(
    sources: &Sources,
    quote: &Spanned<String>,
    moved: &Move,
    manner: Manner<'_>,
) -> InputError {
    let found = &moved.found;
    let what = match moved.way {
        Way::More => "rise",
        Way::Less => "fall",
        Way::Lost => "loss",
        Way::Unclear => "rise or fall",
    };
    // A measure that only this claim has is called like the claim.
    let measure = manner.measure.rsplit('/').next().unwrap_or(manner.measure);
    let (message, below, above) = match manner.derived {
        Derived::Difference(order) if order != Order::EarlierFirst && moved.way != Way::Unclear => (
            "whether this is above or below zero does not follow from the times of the two figures that it lies between"
                .to_owned(),
            "if the one that is subtracted is the larger one".to_owned(),
            "if the other one is".to_owned(),
        ),
        Derived::Difference(_) if moved.way == Way::Unclear => (
            "this quote does not say, in words that are known, which of the two figures is the larger one".to_owned(),
            "if the one that is subtracted is".to_owned(),
            "if the other one is".to_owned(),
        ),
        _ => (
            format!("this quote says a {what}, and nothing says whether `{measure}` is above or below zero for it"),
            format!("if a {what} puts `{measure}` below zero"),
            format!("if `{measure}` is how large the {what} was"),
        ),
    };
    let error =
        InputError::at(inside(sources, quote, found.start..found.end), message).label(found.quantity.text.clone());
    let ever = if manner.measure.contains('/') {
        String::new()
    } else {
        format!(" (least = 0 in [measure.{measure}] says that once for all)")
    };
    let lines = written(&found.quantity, manner.policy).zip(written(&found.turned().quantity, manner.policy));
    error.help(match lines {
        Some((plus, minus)) => {
            format!("add value = \"{minus}\" {below}, or value = \"{plus}\" {above}{ever}")
        }
        None => format!("add a `value` with its sign: below zero {below}, or above zero {above}{ever}"),
    })
}

/// A quantity as a `value` would be written that admits the same.
fn written(quantity: &Quantity, policy: &ReadingPolicy) -> Option<String> {
    let words = quantity.text.as_str();
    let number = quantity.number.as_ref()?;
    let sign = if number.is_negative() { "-" } else { "" };
    let first = words.find(|it: char| it.is_ascii_digit() || "€$£¥₩₹".contains(it));
    let as_written = first.and_then(|at| words.get(at..)).map(str::to_owned);
    let size = number.abs();
    let rounded = if size.decimals().is_some() { size.grouped() } else { size.round().grouped() };
    let plain = match quantity.unit {
        Unit::Percent => format!("{rounded}%"),
        Unit::Points => format!("{rounded} points"),
        _ => rounded,
    };
    let beside = ["", "about ", "more than ", "less than ", "at least ", "at most "];
    let mut texts = as_written.into_iter().chain([plain]).flat_map(|bare| {
        let texts = beside.iter().map(|beside| format!("{beside}{sign}{bare}"));
        texts.collect::<Vec<_>>()
    });
    texts.find(|text| {
        read(text, policy).is_ok_and(|it| it.unit == quantity.unit && it.reading.hard() == quantity.reading.hard())
    })
}

/// The error of a value that says a change which cannot be read.
pub(super) fn unreadable_value(value: &Spanned<String>, error: &QuantityError) -> InputError {
    let hint = "write the change with its sign, such as \"-81.7%\", or in words alone: \"fell by 81.7%\", \"doubled\"";
    InputError::at(value.span, error.to_string()).help(hint)
}
