//! `addup rules`: the rules against each other.

use super::args::Rules;
use super::check::{overwritten, twice};
use super::locate::Located;
use super::output::{Format, Outputs};
use super::{CLEAN, Console, FOUND};
use crate::report::{RulesReport, rules_concise, rules_full, rules_json, rules_jsonl};
use crate::source::Severity;
use crate::workspace::Workspace;
use std::io::Write;
use std::path::Path;

pub(super) fn run(options: &Rules, console: &mut Console<'_>) -> u8 {
    let asked = Outputs::of(&options.format, options.output.as_deref());
    let formats = [Format::Full, Format::Concise, Format::Json, Format::JsonLines];
    let outputs = match asked.and_then(|outputs| outputs.only(&formats).map(|()| outputs)) {
        Ok(outputs) => outputs,
        Err(message) => return console.refuse(&message, Some("see `addup rules --help`")),
    };
    let written: Vec<&Path> = outputs.files().collect();
    if let Some(twice) = twice(console.folder, &written) {
        return console.refuse(&format!("two outputs would go to {}", twice.display()), Some("give each its own file"));
    }
    let mut located = match Located::find(console.folder, &options.paths, &options.input) {
        Ok(located) => located,
        Err(message) => return console.refuse(&message, None),
    };
    // Rules can be held against each other before anything is reported; what was asked for by name must be there.
    located.request.may_lack_claims = options.paths.is_empty();
    let workspace = match Workspace::load(&located.disk, &located.request) {
        Ok(workspace) => workspace,
        Err((sources, errors)) => return console.misread(&sources, &errors),
    };
    if let Some(input) = overwritten(&written, &workspace, &located.disk, console.folder) {
        return console.refuse(&format!("{input} is read, and an output would overwrite it"), None);
    }
    let coherence = workspace.coherence();
    let claims = workspace.claims.claims.len();
    let report = RulesReport { sources: &workspace.sources, coherence: &coherence, claims };
    let render = |format: Format, color: bool, out: &mut dyn Write| match format {
        Format::Full => out.write_all(rules_full(&report, color).as_bytes()),
        Format::Concise => out.write_all(rules_concise(&report).as_bytes()),
        Format::Json => out.write_all(rules_json(&report).as_bytes()),
        Format::JsonLines => rules_jsonl(&report, out),
        _ => Ok(()), // refused above
    };
    if let Err(unwritten) = outputs.write(&render, console.color_out, console.folder, console.out) {
        return console.unwritten(&unwritten);
    }
    let level = options.fail_level.map(|level| level.0).or(workspace.config.fail_level).unwrap_or(Severity::Error);
    if coherence.weighs(level) { FOUND } else { CLEAN }
}
