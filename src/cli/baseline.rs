//! `addup baseline`: what is known to clash, so that only what is new fails a check.

use super::args::Baseline as Options;
use super::locate::Located;
use super::{CLEAN, Console, output};
use crate::finding::words::{grouped, plural};
use crate::source::Files;
use crate::workspace::{BASELINE_NAME, Workspace};

pub(super) fn run(options: &Options, console: &mut Console<'_>) -> u8 {
    let mut located = match Located::find(console.folder, &[], &options.input) {
        Ok(located) => located,
        Err(message) => return console.refuse(&message, None),
    };
    located.request.jobs = options.jobs.or_else(|| std::thread::available_parallelism().ok());
    located.request.today = options.today.or_else(super::today);
    located.request.sift = true;
    // What is to be written anew need not be there, nor be understood.
    located.request.writes_baseline = options.write;
    let workspace = match Workspace::load(&located.disk, &located.request) {
        Ok(workspace) => workspace,
        Err((sources, errors)) => return console.misread(&sources, &errors),
    };
    let name = workspace.config.baseline.as_ref().map_or(BASELINE_NAME, |path| path.value.as_str());
    if options.prune && located.disk.list(name).is_err() {
        return console
            .refuse(&format!("there is no baseline {name}"), Some("write one with `addup baseline --write`"));
    }
    let baseline = workspace.baseline(options.prune);
    let path = located.disk.place(name);
    if let Err(unwritten) = output::write_file(console.folder, &path, &|out| out.write_all(baseline.text.as_bytes())) {
        return console.unwritten(&unwritten);
    }
    let clashes = |count: usize| format!("{} {}", grouped(count), plural(count, "clash", "clashes"));
    let mut said = format!("{name} holds {}\n", clashes(baseline.known));
    if baseline.left > 0 {
        let more = clashes(baseline.left);
        said.push_str(&format!("It is not all: {more} more came to light when these were accepted\n"));
    }
    console.say(&said, CLEAN)
}
