//! `addup verify`: certificates redone from the files as they are now.

use super::args::Verify;
use super::locate::Located;
use super::{CLEAN, Console, FOUND, disk};
use crate::verify::{CertificateError, Certificates, verify};
use crate::workspace::Workspace;
use std::fmt::Write;

pub(super) fn run(options: &Verify, console: &mut Console<'_>) -> u8 {
    let path = options.certificates.display();
    let bytes = match disk::read_file(&console.folder.join(&options.certificates)) {
        Ok(bytes) => bytes,
        Err(error) => return console.refuse(&format!("{path} cannot be read: {error}"), None),
    };
    let certificates: Certificates = match serde_json::from_slice(&bytes) {
        Ok(certificates) => certificates,
        Err(error) => return console.refuse(&unreadable(&path.to_string(), &error), Some(WRITE_AGAIN)),
    };
    let located = match Located::find(console.folder, &options.paths, &options.input) {
        Ok(located) => located,
        Err(message) => return console.refuse(&message, None),
    };
    let workspace = match Workspace::load(&located.disk, &located.request) {
        Ok(workspace) => workspace,
        Err((sources, errors)) => return console.misread(&sources, &errors),
    };
    match verify(&certificates, &workspace.claims, &workspace.rules, &workspace.inputs()) {
        Ok(()) => console.say(&accepted(&certificates), CLEAN),
        Err(refusals) => console.say(&refused(&refusals), FOUND),
    }
}

const WRITE_AGAIN: &str = "write it again with `addup check --certificates FILE`";

/// What is wrong with a file that is no certificate file.
fn unreadable(path: &str, error: &serde_json::Error) -> String {
    let place = format!("{path}:{}:{}", error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Eof => format!("{place}: the file ends too early; it was cut off"),
        serde_json::error::Category::Syntax => format!("{place}: this is not JSON: {error}"),
        _ => format!("{place}: this is JSON, but no certificate file: {error}"),
    }
}

/// What is certain now.
fn accepted(certificates: &Certificates) -> String {
    let clashes = match certificates.certificates.len() {
        0 => "no clash was found".to_owned(),
        1 => "1 certificate accepted: the clash follows from the files as they are now".to_owned(),
        count => format!("{count} certificates accepted: each clash follows from the files as they are now"),
    };
    let chosen = match certificates.conventions.len() {
        0 => String::new(),
        1 => "; 1 under a choice of conventions accepted".to_owned(),
        count => format!("; {count} under choices of conventions accepted"),
    };
    let rest = match &certificates.witness {
        None => "without a witness, so that more may clash".to_owned(),
        Some(witness) => {
            let all =
                if certificates.certificates.is_empty() { "everything" } else { "all that was not found to clash" };
            format!("the witness accepted: with its {} values {all} holds at once", witness.values.len())
        }
    };
    format!("{clashes}{chosen}; {rest}\n")
}

/// So many refusals are shown, each up to so many signs: a forged file may hold any number of any length.
const MOST_SHOWN: usize = 20;
const LONGEST: usize = 600;

fn refused(refusals: &[CertificateError]) -> String {
    let mut text = String::new();
    for refusal in refusals.iter().take(MOST_SHOWN) {
        let mut said = refusal.to_string();
        if let Some((end, _)) = said.char_indices().nth(LONGEST) {
            said.truncate(end);
            said.push('…');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "refused: {}", super::printable(&said));
    }
    let more = refusals.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        let _ = writeln!(text, "refused: and {more} more");
    }
    text
}
