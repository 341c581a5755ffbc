//! `addup check`: claims against rules.

use super::args::{Check, Show};
use super::disk::{self, Disk};
use super::git::{self, NoState};
use super::locate::Located;
use super::output::{self, Format, Outputs, Unwritten};
use super::progress::Progress;
use super::{CLEAN, Console, FOUND, score};
use crate::claim::RecordTable;
use crate::report::{self, FullOptions, Gate, JsonOptions, Report, TableForm};
use crate::source::Files;
use crate::workspace::{CONFIG_NAME, Changes, Workspace};
use std::cell::Cell;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// So many findings are shown in full where nothing else is said.
const SHOWN: usize = 100;

pub(super) fn run(options: &Check, console: &mut Console<'_>) -> u8 {
    let asked = match options.check_against {
        Some(_) => Outputs::beside(&options.format),
        None => Outputs::of(&options.format, options.output.as_deref()),
    };
    let outputs = match asked {
        Ok(outputs) => outputs,
        Err(message) => return console.refuse(&message, Some("see `addup check --help`")),
    };
    let beside = options.certificates.iter().chain(&options.export).chain(options.mask.iter().map(|mask| &mask.file));
    let written: Vec<&Path> = outputs.files().chain(beside.map(PathBuf::as_path)).collect();
    if let Some(twice) = twice(console.folder, &written) {
        return console.refuse(&format!("two outputs would go to {}", twice.display()), Some("give each its own file"));
    }
    let truth = match options.check_against.as_deref().map(|path| score::read(path, &written, console)).transpose() {
        Ok(truth) => truth,
        Err(message) => return console.refuse(&message, None),
    };
    let mut located = match Located::find(console.folder, &options.paths, &options.input) {
        Ok(located) => located,
        Err(message) => return console.refuse(&message, None),
    };
    located.request.suppose.clone_from(&options.set);
    located.request.jobs = options.jobs.or_else(|| std::thread::available_parallelism().ok());
    located.request.today = options.today.or_else(super::today);
    // Certificates, masks, and what became of each claim, are of claims that are read.
    let of_each = options.certificates.is_some() || !options.mask.is_empty() || options.show.contains(&Show::Claims);
    located.request.sift = !of_each && options.set.is_empty() && options.changed.is_none();
    located.request.all = options.show.iter().rev().find_map(|show| match show {
        Show::All(most) => Some(*most),
        Show::Claims => None,
    });
    if let Some(path) = &options.stdin_filename
        && let Err(message) = stand_in(&mut located, path, console)
    {
        return console.refuse(&message, None);
    }

    let progress = Progress::begin(console.is_watched);
    let workspace = match Workspace::load(&located.disk, &located.request) {
        Ok(workspace) => workspace,
        Err((sources, errors)) => {
            drop(progress);
            return console.misread(&sources, &errors);
        }
    };
    if let Some(input) = overwritten(&written, &workspace, &located.disk, console.folder) {
        return console.refuse(&format!("{input} is read by this check, and an output would overwrite it"), None);
    }

    let changes = match options.changed.as_deref().map(|since| changes(since, &workspace, &located)).transpose() {
        Ok(changes) => changes,
        Err(none) => return console.refuse(&none.message, none.help),
    };

    let masks: Result<Vec<_>, _> = options
        .mask
        .iter()
        .map(|asked| Ok((asked.file.as_path(), report::masked(&workspace.claims, asked.table.as_deref())?)))
        .collect();
    let masks = match masks {
        Ok(masks) => masks,
        Err((message, help)) => return console.refuse(&message, Some(&help)),
    };

    let mut checked = workspace.check_telling(&|stage| progress.at(stage));
    drop(progress);
    if let Some(path) = &options.certificates {
        let (certificates, lacking) = checked.certificates(&workspace);
        let text = match serde_json::to_string_pretty(&certificates) {
            Ok(text) => text,
            Err(error) => return console.refuse(&format!("the certificates cannot be written: {error}"), None),
        };
        if let Err(unwritten) = output::write_file(console.folder, path, &|out| writeln!(out, "{text}")) {
            return console.unwritten(&unwritten);
        }
        if let Some(why) = lacking {
            console.note(&format!("{} holds no witness, so that more may clash: {why}", path.display()));
        }
    }
    if let (Some(changes), Some(since)) = (&changes, &options.changed) {
        checked.keep_touched(changes, since);
    }
    let claims = options.show.contains(&Show::Claims);
    let report = checked.report(&workspace);
    if let Err(unwritten) = tables(options, &report, &masks, console) {
        return console.unwritten(&unwritten);
    }
    // A list has a line a finding, so that only what is asked for is left out of it.
    let most = options.max_shown.map_or(Some(SHOWN), |most| most.0);
    let listed = options.max_shown.and_then(|most| most.0);
    let level = options.fail_level.map(|level| level.0);
    let folder = located.disk.place_in_repository();
    let gate = Gate { folder: &folder, settings: CONFIG_NAME, fails: &|finding| workspace.fails(finding, level) };
    let render = |format: Format, color: bool, out: &mut dyn Write| match format {
        Format::Full => out.write_all(report::full(&report, FullOptions { claims, color, most }).as_bytes()),
        Format::Concise => out.write_all(report::concise(&report, listed).as_bytes()),
        Format::Json => out.write_all(report::json(&report, JsonOptions { claims }).as_bytes()),
        Format::JsonLines => report::jsonl(&report, JsonOptions { claims }, out),
        Format::Sarif => out.write_all(report::sarif(&report, gate).as_bytes()),
        Format::Junit => out.write_all(report::junit(&report, gate).as_bytes()),
        Format::Github => out.write_all(report::github(&report, gate).as_bytes()),
        Format::Gitlab => out.write_all(report::gitlab(&report, gate).as_bytes()),
        Format::Markdown => out.write_all(report::markdown(&report, gate, most).as_bytes()),
    };
    if let Err(unwritten) = outputs.write(&render, console.color_out, console.folder, console.out) {
        return console.unwritten(&unwritten);
    }
    if let Some(truth) = truth {
        return score::say(&checked.score(&truth), console);
    }
    if checked.fails(&workspace, level) { FOUND } else { CLEAN }
}

/// What a workspace says otherwise than it did at a revision.
fn changes(since: &str, workspace: &Workspace, located: &Located) -> Result<Changes, NoState> {
    let read = workspace.sources.files().map(|(_, file)| file.path());
    let earlier = git::earlier(&located.disk, since, read)?;
    Ok(Changes::since(workspace, &located.request, &located.disk, &earlier))
}

/// Writes what goes to tables: the claims of the findings, and the masks.
fn tables(
    options: &Check,
    report: &Report<'_>,
    masks: &[(&Path, &RecordTable)],
    console: &mut Console<'_>,
) -> Result<(), Unwritten> {
    if let Some(path) = &options.export {
        let form = TableForm::of(&path.to_string_lossy());
        output::write_file(console.folder, path, &|out| report::export(report, form, out))?;
    }
    for (path, table) in masks {
        let open = Cell::new(0);
        let form = TableForm::of(&path.to_string_lossy());
        let write = |out: &mut dyn Write| report::mask(report, table, form, out).map(|count| open.set(count));
        output::write_file(console.folder, path, &write)?;
        if open.get() > 0 {
            let clashes = if open.get() == 1 { "1 clash" } else { &format!("{} clashes", open.get()) };
            console.note(&format!(
                "{} does not show what would settle {clashes} of `{}`: every claim there is `fixed`, or it was not found",
                path.display(),
                table.name
            ));
        }
    }
    Ok(())
}

/// Takes the text on standard input for the file at `path`.
fn stand_in(located: &mut Located, path: &Path, console: &mut Console<'_>) -> Result<(), String> {
    let name = located.disk.name(&console.folder.join(path));
    let bytes =
        disk::read_all(&mut *console.input).map_err(|error| format!("standard input cannot be read: {error}"))?;
    located.disk.stand_in(name.clone(), bytes);
    if located.request.claims.is_empty() || !listed(&located.disk, &located.request.claims, &name) {
        located.request.claims.push(name);
    }
    Ok(())
}

fn listed(disk: &Disk, paths: &[String], name: &str) -> bool {
    paths.iter().any(|path| disk.list(path).is_ok_and(|files| files.iter().any(|file| file == name)))
}

/// A file, relative to a folder, that is named twice, in whichever words.
pub(super) fn twice<'a>(folder: &Path, paths: &[&'a Path]) -> Option<&'a Path> {
    let is_named =
        |path: &Path, before: usize| paths.iter().take(before).any(|other| disk::is_one_file(folder, path, other));
    paths.iter().enumerate().find(|(at, path)| is_named(path, *at)).map(|(_, path)| *path)
}

/// The input that one of the outputs would replace.
pub(super) fn overwritten(written: &[&Path], workspace: &Workspace, disk: &Disk, folder: &Path) -> Option<String> {
    let written: Vec<PathBuf> = written.iter().filter_map(|path| fs::canonicalize(folder.join(path)).ok()).collect();
    if written.is_empty() {
        return None;
    }
    let inputs = workspace.sources.files().map(|(_, file)| file.path());
    inputs
        .filter(|path| fs::canonicalize(disk.place(path)).is_ok_and(|input| written.contains(&input)))
        .map(str::to_owned)
        .next()
}
