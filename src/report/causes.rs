//! What would settle the findings together, where no finding says it by itself.

use super::Report;
use super::full::repair_words;
use super::text::{WIDTH, wrapped};
use crate::finding::words::{grouped, list, plural};
use crate::finding::{Cause, Settling};

/// So many causes are shown, and so many ways of each; the rest are counted.
const CAUSES: usize = 12;
const WAYS: usize = 4;

/// So many claims are named in a list.
const NAMED: usize = 6;

/// The causes that say more than their findings do: of several findings, of several claims, or without a way out.
pub(super) fn causes(report: &Report<'_>) -> String {
    let told: Vec<&Cause> = report.causes.iter().filter(|cause| cause.own_repairs().is_none()).collect();
    let mut text = String::new();
    for cause in told.iter().take(CAUSES) {
        item(&mut text, &one(cause));
    }
    if let Some(rest) = told.len().checked_sub(CAUSES).filter(|rest| *rest > 0) {
        item(&mut text, &format!("{} more (all are in the JSON report)", grouped(rest)));
    }
    text
}

fn item(text: &mut String, sentence: &str) {
    for (place, line) in wrapped(sentence, WIDTH.saturating_sub(4)).iter().enumerate() {
        text.push_str(if place == 0 { "  " } else { "    " });
        text.push_str(line);
        text.push('\n');
    }
}

fn one(cause: &Cause) -> String {
    let count = cause.findings.len();
    let what = match count {
        0 => "Something that the others hide".to_owned(),
        1 => "One clash".to_owned(),
        _ => format!("{} {}", grouped(count), plural(count, "clash", "clashes")),
    };
    let claims = || {
        let mut ids: Vec<String> = cause.clashes.iter().flatten().map(|id| format!("`{id}`")).collect();
        ids.sort();
        ids.dedup();
        if let Some(rest) = ids.len().checked_sub(NAMED).filter(|rest| *rest > 1) {
            ids.truncate(NAMED);
            ids.push(format!("{} others", grouped(rest)));
        }
        list(&ids)
    };
    match &cause.settling {
        Settling::Fixed => format!("{what}: nothing, as {} are all `fixed`", claims()),
        Settling::Unknown => {
            format!("{what}: what would settle it was not found within the budget, for {}", claims())
        }
        Settling::By { repairs, complete, .. } => {
            let shown = if repairs.len() == WAYS.saturating_add(1) { repairs.len() } else { WAYS };
            let mut ways: Vec<String> = repairs.iter().take(shown).map(repair_words).collect();
            match repairs.len().checked_sub(shown) {
                Some(rest) if rest > 0 => {
                    let more = if *complete { "" } else { " or more" };
                    ways.push(format!("one of {}{more} other ways (the JSON report says which)", grouped(rest)));
                }
                _ if !complete => ways.push("in other ways as well".to_owned()),
                _ => {}
            }
            let together = repairs.iter().take(shown).any(|repair| repair.claims.len() > 1 && !repair.exact);
            let together = if together { " (of several claims, not all such values go together)" } else { "" };
            format!("{what}: {}{together}", ways.join("; or "))
        }
    }
}
