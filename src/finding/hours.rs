//! Figures of whole days whose quotes tell of hours. Those of a morning and of a night are two figures, though a claim file
//! puts both down to one day; unless all tell of the same hour, that is asked.

use super::layers::claims_of;
use super::questions::header;
use super::wording::Wording;
use super::words::list;
use crate::calendar::{Day, Instant, MomentKind, When, find_hour};
use crate::claim::{Claim, ClaimId};
use crate::problem::Conflict;
use std::collections::BTreeSet;

/// What to say of figures of different hours.
pub(super) struct Hours {
    /// Which claims tell of which hours.
    pub step: String,
    pub question: String,
    /// The lines that give each its hour.
    pub paste: String,
}

/// Words that tell of a moment of a day, as of trading or of a count that was put right, and the part of the day.
const MOMENTS: [(&str, &str); 15] = [
    ("opened", "morning"),
    ("opening", "morning"),
    ("initial", "morning"),
    ("initially", "morning"),
    ("at first", "morning"),
    ("earlier in the day", "morning"),
    ("closed", "evening"),
    ("closing", "evening"),
    ("the close", "evening"),
    ("revised", "evening"),
    ("updated", "evening"),
    ("hours later", "evening"),
    ("later in the day", "evening"),
    ("later that day", "evening"),
    ("end of the day", "evening"),
];

/// Words of a time of day that `the … of 18 December 2025` says.
const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];

/// What one claim tells of.
struct Told<'a> {
    claim: &'a Claim,
    name: &'a str,
    day: Day,
    is_total: bool,
    /// The words of its quote, and the part of the day or the hour that they name.
    words: &'a str,
    hour: String,
}

impl Told<'_> {
    fn paste(&self) -> String {
        let by = if self.is_total { "by " } else { "" };
        let day = self.day.said();
        let time = if PARTS.contains(&self.hour.as_str()) {
            format!("{by}the {} of {day}", self.hour)
        } else {
            format!("{by}{} on {day}", self.hour)
        };
        format!("# in {}, if it is of that hour alone\nwhen = \"{time}\"", header(self.claim))
    }
}

impl Wording<'_> {
    /// What the claims of a conflict tell of hours. `None` if no quote tells of any, or all of the same one.
    pub(super) fn hours(&self, conflict: &Conflict) -> Option<Hours> {
        let claims = claims_of(self.problem, conflict);
        let days: BTreeSet<Option<Day>> = claims.iter().map(|id| day_of(&self.claims[*id])).collect();
        if days.len() != 1 {
            return None; // an hour makes no two figures of two days
        }
        let told: Vec<Told<'_>> = claims.iter().filter_map(|id| self.told(*id, conflict)).collect();
        let first = told.first()?;
        if told.len() == claims.len() && told.iter().all(|it| it.hour == first.hour) {
            return None;
        }
        let named: Vec<String> = told.iter().map(|it| format!("`{}` tells of “{}”", it.name, it.words)).collect();
        let pastes: Vec<String> = told.iter().map(Told::paste).collect();
        Some(Hours {
            step: match named.as_slice() {
                [one] => format!("{one}: if it is of that hour alone, write it into `when`"),
                _ => format!("{}: if they are of different hours, write these into `when`", list(&named)),
            },
            question: "Are these figures of the same hour of the day?".to_owned(),
            paste: pastes.join("\n\n"),
        })
    }

    /// The hour that the quote of a claim of one whole day tells of.
    fn told<'a>(&'a self, id: ClaimId, conflict: &Conflict) -> Option<Told<'a>> {
        let claim = &self.claims[id];
        let (when, day) = (claim.when()?.settled()?, day_of(claim)?);
        let quote = claim.mentions.first()?.quote.as_deref()?;
        // Letters alone change their case in place, so that bytes stay where they are.
        let small = quote.to_ascii_lowercase();
        let moment = || {
            MOMENTS.iter().find_map(|(words, part)| {
                let start = small.find(words)?;
                let words = quote.get(start..start.saturating_add(words.len()))?;
                Some((words, (*part).to_owned()))
            })
        };
        let hour = || {
            let words = quote.get(find_hour(quote)?)?;
            let hour = words.to_lowercase();
            let part = PARTS.iter().find(|part| hour.ends_with(*part));
            Some((words, part.map_or(hour.clone(), |part| (*part).to_owned())))
        };
        let (words, hour) = hour().or_else(moment)?;
        let is_total = matches!(when, When::Through { .. });
        Some(Told { claim, name: self.name(id, conflict), day, is_total, words, hour })
    }
}

/// The day of a figure of one day, of a level or a running total at its end, or of what happened on it so far.
fn day_of(claim: &Claim) -> Option<Day> {
    let when = claim.when()?.settled()?;
    let end = match (when, when.stands_at()) {
        (_, Some(end)) => end,
        (When::Period { start, end, .. }, None)
            if start.exact().map(Instant::day_after) == Some(end.latest.day_before()) =>
        {
            end
        }
        _ => return None,
    };
    let is_now = end.kind == MomentKind::Now;
    Some(end.exact().or_else(|| is_now.then_some(end.latest))?.day_before())
}
