//! `addup waive`: accepts a clash, by a waiver at the end of the file of its claims. Nothing else in the file is touched.

use super::args::Waive as Options;
use super::locate::Located;
use super::{CLEAN, Console, disk, output, printable};
use crate::claim::{Article, ArticleId};
use crate::finding::{Finding, gaps};
use crate::report::fingerprints;
use crate::workspace::{CONFIG_NAME, Checked, Workspace, waiver_text};
use std::collections::BTreeSet;

/// The fewest characters of a fingerprint that are taken for it.
const FEWEST: usize = 6;

pub(super) fn run(options: &Options, console: &mut Console<'_>) -> u8 {
    let mut located = match Located::find(console.folder, &[], &options.input) {
        Ok(located) => located,
        Err(message) => return console.refuse(&message, None),
    };
    located.request.jobs = options.jobs.or_else(|| std::thread::available_parallelism().ok());
    located.request.today = super::today();
    let workspace = match Workspace::load(&located.disk, &located.request) {
        Ok(workspace) => workspace,
        Err((sources, errors)) => return console.misread(&sources, &errors),
    };
    let checked = workspace.check();
    let (Some(fingerprint), Some(because)) = (&options.fingerprint, &options.because) else {
        return console.say(&fingerprints(&checked.report(&workspace)), CLEAN);
    };
    let finding = match find(&checked, fingerprint) {
        Ok(finding) => finding,
        Err(message) => return console.refuse(&message, Some("`addup waive` alone lists the findings")),
    };
    if let Some(message) = refused(finding) {
        return console.refuse(message, None);
    }
    let article = article(finding, &workspace);
    let own = article.map(|article| workspace.sources.path(article.file).to_owned());
    let to = match (&options.to, own.clone()) {
        (Some(path), _) => located.disk.name(&console.folder.join(path)),
        (None, Some(path)) => path,
        (None, None) => located.request.config.clone().unwrap_or_else(|| CONFIG_NAME.to_owned()),
    };
    let is_read = workspace.sources.files().any(|(_, file)| file.path() == to && to.ends_with(".toml"));
    if options.to.is_some() && !is_read && located.request.config.as_ref() != Some(&to) {
        let help = "name a claim file that is checked, or addup.toml";
        return console
            .refuse(&format!("{to} is not read by a check, and a waiver there would do nothing"), Some(help));
    }
    if options.until.zip(located.request.today).is_some_and(|(until, today)| until < today) {
        return console.refuse("that day is over, and the waiver would do nothing", Some("give a later --until"));
    }
    let conflict = finding.conflict.and_then(|at| checked.findings.conflicts.get(at));
    let gap = gaps(&checked.problem, std::iter::once(conflict)).into_iter().flatten().next();
    let gap = gap.filter(|_| !options.any_gap);
    let article = article.filter(|_| own.as_ref() == Some(&to)).map(|article| article.id.as_str());
    let block = waiver_text(finding, because, options.until, gap.as_ref(), article);
    let path = located.disk.place(&to);
    // A configuration need not be there yet.
    let before = if path.exists() { disk::read_file(&path).map_err(|error| error.to_string()) } else { Ok(Vec::new()) };
    let before = before.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
    let before = match before {
        Ok(before) => before,
        Err(error) => return console.refuse(&format!("{to} cannot be read: {error}"), None),
    };
    let line_end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let above = match before.as_str() {
        "" => 0,
        text if text.ends_with('\n') => 1,
        _ => 2,
    };
    let text = format!("{before}{}{}", line_end.repeat(above), block.replace('\n', line_end));
    if toml::from_str::<toml::Table>(&text).is_err() {
        let help = "write it by hand, where `waive` stands already";
        return console.refuse(&format!("a waiver at the end of {to} would not be TOML any more"), Some(help));
    }
    if let Err(unwritten) = output::write_file(console.folder, &path, &|out| out.write_all(text.as_bytes())) {
        return console.unwritten(&unwritten);
    }
    let shown: Vec<String> = block.lines().map(printable).collect();
    let mut said = format!("Added to {}:\n\n{}\n", printable(&to), shown.join("\n"));
    if gap.is_none() && !options.any_gap {
        said.push_str("\nNo gap can be measured here: it accepts the clash whatever its figures come to be.\n");
    }
    console.say(&said, CLEAN)
}

/// The finding that has a fingerprint, or one that begins so.
fn find<'a>(checked: &'a Checked, fingerprint: &str) -> Result<&'a Finding, String> {
    if fingerprint.len() < FEWEST {
        return Err(format!("{fingerprint} is too short: give at least {FEWEST} characters of the fingerprint"));
    }
    let mut found = checked.findings.findings.iter().filter(|finding| finding.fingerprint.starts_with(fingerprint));
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(format!("several findings have a fingerprint that begins with {fingerprint}")),
        (None, _) => Err(format!("no finding has a fingerprint that begins with {fingerprint}")),
    }
}

/// Why a finding cannot be waived, if it cannot.
fn refused(finding: &Finding) -> Option<&'static str> {
    match &finding.waived {
        Some(waived) if waived.because.is_some() => Some("a waiver accepts this clash already"),
        _ if finding.claims.is_empty() || finding.rules.is_empty() => {
            Some("a waiver is for claims that break a rule, and this is no such finding")
        }
        _ => None,
    }
}

/// The article of a finding's claims, if it is one.
fn article<'a>(finding: &Finding, workspace: &'a Workspace) -> Option<&'a Article> {
    let claims = &workspace.claims;
    let of = |id: &String| claims.claims.iter().find(|claim| claim.id == *id).map(|claim| claim.article);
    let articles: BTreeSet<Option<ArticleId>> = finding.claims.iter().map(of).collect();
    match articles.into_iter().collect::<Vec<_>>().as_slice() {
        [Some(only)] => Some(&claims[*only]),
        _ => None,
    }
}
