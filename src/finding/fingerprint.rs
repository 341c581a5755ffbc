//! Fingerprints: the same for the same clash of the same readings, wherever it stands in a file.

use crate::claim::Claims;
use crate::problem::{Conflict, Problem, Says};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// SHA-256 over rule ids, claim ids and their readings, in hexadecimal. No lines and no paths go in.
pub(super) fn fingerprint(claims: &Claims, problem: &Problem, conflict: &Conflict, rules: &[String]) -> String {
    let said: BTreeSet<String> = conflict
        .statements
        .iter()
        .map(|statement| {
            let statement = &problem[*statement];
            let says = match &statement.says {
                Says::Value(_, reading) => format!("{} / {}", reading.hard(), reading.soft()),
                Says::Date(days) => {
                    let said = |soft| days.read(soft).notation();
                    format!("{} / {}", said(false), said(true))
                }
                Says::Text(text) => text.clone(),
            };
            format!("{}\t{says}", claims[statement.claim].id)
        })
        .collect();
    digest(rules.iter().map(String::as_str).chain(["\u{0}"]).chain(said.iter().map(String::as_str)))
}

/// SHA-256 over parts, each ended so that no two lists of parts run together.
pub(super) fn digest<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    hasher.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
