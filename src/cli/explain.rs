//! `addup explain`: what a rule says, what a kind of finding means, or how a phrase is read.

mod dates;

use super::args::Explain;
use super::locate::Located;
use super::{CLEAN, Console, phrase, printable};
use crate::calendar::{Context, DateError, is_of_a_time};
use crate::number::{self, Doubt, ReadingPolicy};
use crate::rule::{Kind, Rule, Rules, Topic, page, pages};
use crate::source::document::nearest;
use crate::source::{Severity, Sources};
use crate::workspace::{Workspace, load_reading, load_rules};
use std::fmt::Write;

pub(super) fn run(options: &Explain, console: &mut Console<'_>) -> u8 {
    // A page needs no workspace, so that it can be read wherever one is, and whatever state it is in.
    if let Some(page) = options.id.as_deref().and_then(page) {
        return console.say(&format!("{}\n", page.text.trim_end()), CLEAN);
    }
    let located = match Located::find(console.folder, &[], &options.input) {
        Ok(located) => located,
        Err(message) => return console.refuse(&message, None),
    };
    // What cannot be an id is a phrase, whatever state the rules are in.
    if let Some(phrase) = options.id.as_deref().filter(|id| !is_id(id)) {
        return reading(phrase, options, &located, console);
    }
    let (sources, rules) = match load_rules(&located.disk, &located.request) {
        Ok(loaded) => loaded,
        Err((sources, errors)) => return console.misread(&sources, &errors),
    };
    let Some(id) = &options.id else { return console.say(&list(&rules), CLEAN) };
    if let Some(rule) = rules.rules.iter().find(|rule| rule.id.value == *id) {
        return console.say(&own(rule, &sources), CLEAN);
    }
    if let Some(text) = in_claim_files(id, &located) {
        return console.say(&text, CLEAN);
    }
    let context = Context { dateline: options.dateline, ..Context::default() };
    let is_date = !matches!(dates::page(id, &context), Err(DateError::Unreadable { .. }));
    let settled = ReadingPolicy::default();
    let is_change = || matches!(number::read_change(id, &settled), Some(Ok(_)));
    if is_date || number::read(id, &settled).is_ok() || is_change() {
        return reading(id, options, &located, console);
    }
    let known = pages().iter().map(|page| page.id).chain(rules.rules.iter().map(|rule| rule.id.value.as_str()));
    let help = match nearest(id, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`addup explain` lists all there are".to_owned(),
    };
    console.refuse(&format!("there is neither a rule nor a kind of finding called `{id}`"), Some(&help))
}

/// Whether a text can be the id of a rule, a check or an assumption: letters, digits and hyphens, or a path of such.
fn is_id(text: &str) -> bool {
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    first && text.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | '/' | '[' | ']'))
}

/// How a phrase is read: as a figure, as a date, or as both.
fn reading(words: &str, options: &Explain, located: &Located, console: &mut Console<'_>) -> u8 {
    let (policy, conventions) = match load_reading(&located.disk, &located.request) {
        Ok(settled) => settled,
        Err((sources, errors)) => return console.misread(&sources, &errors),
    };
    let (explained, is_change) = match number::explain_change(words, &policy) {
        Some(Ok(change)) => (Ok(change), true),
        _ => (number::explain(words, &policy), false),
    };
    let figure = explained.map(|explained| phrase::page(&explained, &policy, is_change));
    let date = dates::page(words, &Context { dateline: options.dateline, conventions });
    match (figure, date) {
        (Ok(figure), Ok(date)) => console.say(&format!("{figure}\n{date}"), CLEAN),
        (Ok(page), Err(_)) | (Err(_), Ok(page)) => console.say(&page, CLEAN),
        (Err(error), Err(no_date)) => match dates::help(words, &no_date) {
            Some(help) => console.refuse(&dates::refusal(&no_date), Some(&help)),
            None if number::find(words, &policy).is_empty() && is_of_a_time(words) => {
                let help = "docs/dates.md has every kind of phrase that can be";
                console.refuse(&dates::refusal(&no_date), Some(help))
            }
            None => {
                let known = "docs/readings.md and docs/dates.md have every phrase that can be";
                // "Nobody was hurt" denies no change.
                let has_figure = !number::find(words, &policy).is_empty();
                let doubt = number::find_changes(words, &policy).doubt.filter(|_| has_figure);
                let doubt = doubt.and_then(|doubt| match doubt {
                    Doubt::Denied(_) => Some("a change that is denied bounds nothing: write what is true instead"),
                    Doubt::BothWays(..) => Some("it says both a rise and a fall: write the one that is meant"),
                    Doubt::Unsaid => None,
                });
                let help = doubt.map(str::to_owned).or_else(|| error.hint()).unwrap_or_else(|| known.to_owned());
                console.refuse(&error.to_string(), Some(&help))
            }
        },
    }
}

/// What a rule without a page says of itself: its own words, and where they stand.
fn own(rule: &Rule, sources: &Sources) -> String {
    let place = sources.position(rule.id.span.file, rule.id.span.start);
    let mut text = format!("# {}\n", printable(&rule.id.value));
    if let Some(about) = &rule.about {
        text.push_str(&format!("\n{}\n", printable(about.trim())));
    }
    let severity = match rule.severity {
        Some(Severity::Error) => "an error",
        Some(Severity::Warning) => "a warning",
        Some(Severity::Note) => "a note",
        None => "turned off",
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\nKind: {}; a breach is {severity}.", kind(&rule.kind));
    let _ =
        writeln!(text, "It stands in {}:{}:{}.", printable(sources.path(rule.id.span.file)), place.line, place.column);
    text
}

/// What a check or an assumption of that id says, whole or without its article. Claim files that cannot be read have
/// none: what is wrong with them is for `check` to say.
fn in_claim_files(id: &str, located: &Located) -> Option<String> {
    let workspace = Workspace::load(&located.disk, &located.request).ok()?;
    let is_meant = |whole: &str| whole == id || whole.rsplit_once('/').is_some_and(|(_, name)| name == id);
    let claims = &workspace.claims;
    let checks = claims
        .checks
        .iter()
        .filter(|check| is_meant(&check.id))
        .map(|check| (&check.id, "A check: it must hold that", &check.require, &check.because, check.span));
    let assumes = claims.assumes.iter().filter(|assume| is_meant(&assume.id)).map(|assume| {
        (&assume.id, "An assumption: it is taken for granted that", &assume.that, &assume.because, assume.span)
    });
    let mut text = String::new();
    for (id, what, expression, because, span) in checks.chain(assumes) {
        let place = workspace.sources.position(span.file, span.start);
        let path = printable(workspace.sources.path(span.file));
        let gap = if text.is_empty() { "" } else { "\n" };
        let because = because.as_ref().map_or_else(String::new, |because| format!(", because {}", printable(because)));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{gap}# {}\n\n{what} `{}`{because}.\nIt stands in {path}:{}:{}.",
            printable(id),
            printable(&expression.text),
            place.line,
            place.column
        );
    }
    (!text.is_empty()).then_some(text)
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Additive(_) => "additive (what lies inside is at most what covers it, and disjoint parts add up)",
        Kind::Stages(_) => "stages (what comes later never outruns what comes first)",
        Kind::Balance(_) => "balance (the change of a level is what came in less what went out)",
        Kind::Breakdown(_) => "breakdown (the members of a dimension against their whole)",
        Kind::Relation(_) => "relation (a formula over figures)",
        Kind::BuiltIn => "built in",
    }
}

/// Every page and every rule of the user's own, each with its first sentence.
fn list(rules: &Rules) -> String {
    let own = rules.rules.iter().filter(|rule| page(&rule.id.value).is_none());
    let own: Vec<(String, String)> = own
        .map(|rule| (printable(&rule.id.value), printable(rule.about.as_deref().unwrap_or("a rule of this workspace"))))
        .collect();
    let of = |topic: Topic| -> Vec<(String, String)> {
        let pages = pages().iter().filter(|page| page.about == topic);
        pages.map(|page| (page.id.to_owned(), opening(page.text))).collect()
    };
    let (built_in, kinds, files) = (of(Topic::Rule), of(Topic::Finding), of(Topic::File));
    let all = built_in.iter().chain(&kinds).chain(&files).chain(&own);
    let width = all.map(|(id, _)| id.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (title, items) in [
        ("Rules and kinds of rules", &built_in),
        ("Kinds of findings", &kinds),
        ("What files hold", &files),
        ("Rules of this workspace", &own),
    ] {
        if items.is_empty() {
            continue;
        }
        let gap = if text.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{gap}{title}:");
        for (id, about) in items {
            let _ = writeln!(text, "  {id:width$}  {about}");
        }
    }
    text.push_str("\n`addup explain ID` prints one.\n");
    text
}

/// The first paragraph of a page below its heading, as one line.
fn opening(page: &str) -> String {
    let paragraph = page.lines().skip_while(|line| line.trim().is_empty() || line.starts_with('#'));
    let words: Vec<&str> =
        paragraph.take_while(|line| !line.trim().is_empty()).flat_map(str::split_whitespace).collect();
    let paragraph = words.join(" ");
    match paragraph.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => paragraph,
    }
}
