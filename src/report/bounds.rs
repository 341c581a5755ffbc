//! What the others leave open for each claim, as text and as JSON.

use super::json::{Place, pretty};
use super::palette::Palette;
use super::summary::what_if;
use super::text::{WIDTH, counted, inert, padded, place, sentence, wrapped};
use crate::finding::words::{list, said_measure};
use crate::finding::{Bound, LeftOpen};
use crate::source::Sources;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the JSON format.
const SCHEMA: u32 = 1;

/// The column in which headings stand.
const HEADING: usize = 8;

/// So many claims that set an end are named; the rest are counted.
const NAMED: usize = 6;

/// A block a claim. Claims that nothing bounds are counted at the end.
pub fn bounds(sources: &Sources, bounds: &[Bound], supposed: &[(String, String)], color: bool) -> String {
    let palette = Palette::of(color);
    let (bold, faint) = (palette.heading, palette.faint);
    let mut text = String::new();
    if let Some(sentence) = what_if(supposed) {
        wrapped(&sentence, WIDTH).iter().for_each(|line| text.push_str(&format!("{bold}{line}{bold:#}\n")));
        text.push('\n');
    }
    let mut free: Vec<String> = Vec::new();
    for bound in bounds {
        if bound.left == LeftOpen::Anything {
            free.push(format!("`{}`", bound.claim));
            continue;
        }
        let at = place(sources, bound.span);
        let about = said_measure(&bound.about);
        text.push_str(&format!("{bold}{}{bold:#}  {}  {faint}{at}{faint:#}\n", inert(&bound.claim), inert(&about)));
        let mut detail = |heading: &str, words: &str| {
            let width = WIDTH.saturating_sub(HEADING).saturating_sub(2);
            for (number, line) in wrapped(words, width).iter().enumerate() {
                let heading = padded(if number == 0 { heading } else { "" }, HEADING);
                text.push_str(&format!("  {heading}{line}\n"));
            }
        };
        detail("says", if bound.says.is_empty() { "nothing: its value is asked for" } else { &bound.says });
        for (heading, words) in told(bound) {
            detail(heading, &words);
        }
        text.push('\n');
    }
    let count = |of: &dyn Fn(&LeftOpen) -> bool| bounds.iter().filter(|bound| of(&bound.left)).count();
    let bounded = count(&|left| matches!(left, LeftOpen::Between { .. }));
    let nothing = count(&|left| *left == LeftOpen::Nothing);
    let unknown = count(&|left| *left == LeftOpen::Unknown);
    let mut sentence =
        format!("{}: the others bound {bounded}", counted(bounds.len(), "figure or event", "figures and events"));
    if nothing > 0 {
        sentence.push_str(&format!(", and leave nothing to {nothing}"));
    }
    if unknown > 0 {
        sentence.push_str(&format!("; of {unknown} it was not found out"));
    }
    for line in wrapped(&format!("{sentence}."), WIDTH) {
        text.push_str(&format!("{line}\n"));
    }
    if !free.is_empty() {
        for line in wrapped(&format!("Nothing bounds {}.", list(&free)), WIDTH) {
            text.push_str(&format!("{line}\n"));
        }
    }
    text
}

/// What is said of a claim, each line with its heading.
fn told(bound: &Bound) -> Vec<(&'static str, String)> {
    match &bound.left {
        LeftOpen::Anything => Vec::new(),
        LeftOpen::Nothing => {
            vec![("left", "nothing: the others cannot all be true; settle what `addup check` finds first".to_owned())]
        }
        LeftOpen::Unknown => vec![("left", "what the others leave was not found within the budget".to_owned())],
        LeftOpen::Between { words, set_by, holds, .. } => {
            let fits = match holds {
                Some(false) => ", which it does not say",
                _ => "",
            };
            let mut told = vec![("left", format!("{words}{fits}"))];
            let (least, most) = set_by;
            if least == most {
                told.extend(names(least).map(|names| ("by", names)));
            } else {
                told.extend(names(least).map(|names| ("least", sentence(&format!("by {names}")))));
                told.extend(names(most).map(|names| ("most", sentence(&format!("by {names}")))));
            }
            told
        }
    }
}

fn names(claims: &[String]) -> Option<String> {
    if claims.is_empty() {
        return None;
    }
    let mut names: Vec<String> = claims.iter().take(NAMED).map(|claim| format!("`{claim}`")).collect();
    if let Some(rest) = claims.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        names.push(format!("{rest} more"));
    }
    Some(list(&names))
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: u32,
    /// What was supposed instead of what the files say, by claim.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    supposed: BTreeMap<&'a str, &'a str>,
    bounds: Vec<One<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct One<'a> {
    claim: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    about: &'a str,
    says: &'a str,
    /// `between`, `anything`, `nothing` or `unknown`.
    left: &'static str,
    values: Option<&'a str>,
    words: Option<&'a str>,
    least_set_by: &'a [String],
    most_set_by: &'a [String],
    holds: Option<bool>,
}

/// The same for programs, with a final newline.
pub fn bounds_json(sources: &Sources, bounds: &[Bound], supposed: &[(String, String)]) -> String {
    let supposed = supposed.iter().map(|(claim, value)| (claim.as_str(), value.as_str())).collect();
    let whole = Whole { schema: SCHEMA, supposed, bounds: bounds.iter().map(|bound| one(sources, bound)).collect() };
    pretty(&whole)
}

fn one<'a>(sources: &'a Sources, bound: &'a Bound) -> One<'a> {
    let plain = |left| One {
        claim: &bound.claim,
        place: Place::of(sources, bound.span),
        about: &bound.about,
        says: &bound.says,
        left,
        values: None,
        words: None,
        least_set_by: &[],
        most_set_by: &[],
        holds: None,
    };
    match &bound.left {
        LeftOpen::Anything => plain("anything"),
        LeftOpen::Nothing => plain("nothing"),
        LeftOpen::Unknown => plain("unknown"),
        LeftOpen::Between { values, words, set_by, holds } => One {
            values: Some(values),
            words: Some(words),
            least_set_by: &set_by.0,
            most_set_by: &set_by.1,
            holds: *holds,
            ..plain("between")
        },
    }
}
