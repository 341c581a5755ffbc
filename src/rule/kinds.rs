//! The structural kinds: additive, stages, balance and breakdown.
//!
//! Whether there are figures of a measure is not known here; a rule that never applies is reported once claims are
//! read.

use super::keys;
use super::{Additive, Balance, Breakdown, Opening, Stages};
use crate::source::document::{Table, ValueKind};
use crate::source::{InputError, InputErrors, Spanned};

/// Names out of one string or several: none of them empty, none twice.
fn names(table: &Table, key: &str, errors: &mut InputErrors) -> Vec<Spanned<String>> {
    let mut names: Vec<Spanned<String>> = Vec::new();
    for name in table.strings(key, errors) {
        if name.value.trim().is_empty() {
            errors.push(InputError::at(name.span, format!("`{key}` holds an empty name")));
        } else if let Some(first) = names.iter().find(|first| first.value == name.value) {
            let error = InputError::at(name.span, format!("`{}` is listed twice", name.value));
            errors.push(error.also(first.span, "the first time").help("leave one of the two out"));
        } else {
            names.push(name);
        }
    }
    names
}

pub(super) fn read_additive(table: &Table, errors: &mut InputErrors) -> Option<Additive> {
    table.finish(&keys::with_common(keys::ADDITIVE), errors);
    Some(Additive { measures: names(table, "measures", errors) })
}

pub(super) fn read_breakdown(table: &Table, errors: &mut InputErrors) -> Option<Breakdown> {
    table.finish(&keys::with_common(keys::BREAKDOWN), errors);
    let dimension = table.required_string("dimension", "name the dimension: dimension = \"party\"", errors)?;
    Some(Breakdown { dimension, measures: names(table, "measures", errors) })
}

pub(super) fn read_stages(table: &Table, errors: &mut InputErrors) -> Option<Stages> {
    table.finish(&keys::with_common(keys::STAGES), errors);
    let order = names(table, "order", errors);
    let opening = opening(table, errors);
    if order.len() >= 2 {
        return Some(Stages { order, opening: opening? });
    }
    let complete = table.strings("order", &mut InputErrors::default()).len() < 2;
    if complete && !has_wrong_type(table, "order") {
        let at = table.get("order").map_or(table.span, |value| value.span);
        let error = InputError::at(at, "`order` names the stages, at least two, first to last");
        errors.push(error.help("write order = [\"arrests\", \"repatriations\"]"));
    }
    None
}

/// Whether a list of names holds what is no string, which is then reported already.
fn has_wrong_type(table: &Table, key: &str) -> bool {
    let mut wrong = InputErrors::default();
    table.strings(key, &mut wrong);
    !wrong.is_empty()
}

/// `opening = "unknown"` or `opening = 0`; `None` if it is neither, which is then reported.
fn opening(table: &Table, errors: &mut InputErrors) -> Option<Opening> {
    let Some(value) = table.get("opening") else { return Some(Opening::Unknown) };
    match &value.kind {
        ValueKind::Text(text) if text == "unknown" => Some(Opening::Unknown),
        ValueKind::Number(text) if text == "0" => Some(Opening::Zero),
        _ => {
            let error = InputError::at(value.span, "`opening` is \"unknown\" or 0");
            errors.push(error.help("0 says that nothing was there when the counts began"));
            None
        }
    }
}

pub(super) fn read_balance(table: &Table, errors: &mut InputErrors) -> Option<Balance> {
    table.finish(&keys::with_common(keys::BALANCE), errors);
    let level = table.required_string("level", "name the measure: level = \"headcount\"", errors);
    let (inflows, outflows) = (names(table, "in", errors), names(table, "out", errors));
    let flows: Vec<&Spanned<String>> = inflows.iter().chain(&outflows).collect();
    if flows.is_empty() && table.get("in").is_none() && table.get("out").is_none() {
        let error = InputError::at(table.span, "a balance says what comes `in`, what goes `out`, or both");
        errors.push(error.help("write in = [\"joiners\"] and out = [\"leavers\"]"));
        return None;
    }
    if let Some((both, first)) =
        outflows.iter().find_map(|out| inflows.iter().find(|name| name.value == out.value).map(|first| (out, first)))
    {
        let error = InputError::at(both.span, format!("`{}` comes in and goes out", both.value));
        errors.push(error.also(first.span, "it comes in").help("leave one of the two out"));
        return None;
    }
    let level = level?;
    if let Some(flow) = flows.iter().find(|flow| flow.value == level.value) {
        let error = InputError::at(flow.span, format!("`{}` is the level itself", flow.value));
        errors.push(error.also(level.span, "the level").help("name the measure of what comes in or goes out"));
        return None;
    }
    if flows.is_empty() { None } else { Some(Balance { level, inflows, outflows }) }
}
