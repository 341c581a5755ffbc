//! Waivers: clashes that the editor knows of and accepts, with a reason and for as long as they say.
//!
//! They stand in claim files, where claims are named as there, and in `addup.toml`, where their ids have a path.

use super::ArticleId;
use crate::calendar::Day;
use crate::number::Rational;
use crate::source::document::{Table, ValueKind};
use crate::source::{InputError, InputErrors, Span, Spanned};

pub(super) const KEYS: &[&str] = &["claims", "rule", "because", "until", "gap-up-to"];

const HEADER: &str = "write [[waive]], then claims = [\"…\", \"…\"], rule = \"…\" and because = \"…\" below it";

/// A clash that is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The article whose claims are named without a path, if it stands in a claim file.
    pub article: Option<ArticleId>,
    /// The claims that clash: these and no others.
    pub claims: Vec<Spanned<String>>,
    /// The rules that they break.
    pub rules: Vec<Spanned<String>>,
    /// Why it is accepted.
    pub because: String,
    /// The last day on which it is.
    pub until: Option<Day>,
    /// The greatest gap that is; any if nothing is said.
    pub gap_up_to: Option<Rational>,
    /// Where it stands.
    pub span: Span,
}

/// Reads every `[[waive]]` of a claim file or a configuration.
pub(crate) fn read_waivers(root: &Table, errors: &mut InputErrors) -> Vec<Waiver> {
    let Some(value) = root.get("waive") else { return Vec::new() };
    let ValueKind::Array(values) = &value.kind else {
        errors.push(value.wrong_type("`waive`", "an array of tables").help(HEADER));
        return Vec::new();
    };
    let mut waivers = Vec::new();
    for value in values {
        match &value.kind {
            ValueKind::Table(table) => waivers.extend(read_waiver(table, errors)),
            _ => errors.push(value.wrong_type("a waiver", "a table").help(HEADER)),
        }
    }
    waivers
}

fn read_waiver(table: &Table, errors: &mut InputErrors) -> Option<Waiver> {
    let faults = errors.0.len();
    table.finish(KEYS, errors);
    for (key, help) in [
        ("claims", "name the claims that clash, all of them: claims = [\"…\", \"…\"]"),
        ("rule", "name the rule that they break: rule = \"additive\""),
    ] {
        if table.get(key).is_none() {
            errors.push(InputError::at(table.span, format!("`{key}` is missing")).help(help));
        }
    }
    let (claims, rules) = (table.strings("claims", errors), table.strings("rule", errors));
    for (key, given) in [("claims", &claims), ("rule", &rules)] {
        if let (Some(value), true, true) = (table.get(key), given.is_empty(), errors.0.len() == faults) {
            errors.push(InputError::at(value.span, format!("`{key}` names nothing")));
        }
    }
    let because = table.required_string("because", "say why the clash is accepted: because = \"…\"", errors);
    if let Some(because) = because.as_ref().filter(|because| because.value.trim().is_empty()) {
        errors.push(InputError::at(because.span, "a waiver needs a reason").help("say why the clash is accepted"));
    }
    let until = table.date("until", errors).and_then(|text| {
        let day = Day::from_iso(text.value.trim());
        if day.is_none() {
            let error = InputError::at(text.span, format!("`until` is no day of the calendar: {}", text.value));
            errors.push(error.help("write the last day on which the clash is accepted: until = 2026-03-31"));
        }
        day
    });
    let gap_up_to = table.text("gap-up-to", errors).and_then(|text| {
        let gap = text.value.replace('_', "").parse::<Rational>().ok().filter(Rational::is_positive);
        if gap.is_none() {
            let error = InputError::at(text.span, "`gap-up-to` must be a number more than 0");
            errors.push(error.help("it is the least change to one of the figures that would settle the clash"));
        }
        gap
    });
    if errors.0.len() > faults {
        return None;
    }
    let because = because?.value.trim().to_owned();
    Some(Waiver { article: None, claims, rules, because, until, gap_up_to, span: table.span })
}
