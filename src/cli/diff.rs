//! `addup diff`: what is new, fixed and the same between two reports.

use super::args::{Diff as Options, Form};
use super::{CLEAN, Console, FOUND, disk};
use crate::report::{self, Diff, Earlier, NoReport};
use crate::source::Severity;
use std::path::Path;

pub(super) fn run(options: &Options, console: &mut Console<'_>) -> u8 {
    let (old, new) = match (read(&options.old, console), read(&options.new, console)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err((message, help)), _) | (_, Err((message, help))) => return console.refuse(&message, Some(help)),
    };
    if let Some(output) = &options.output
        && [&options.old, &options.new].into_iter().any(|input| disk::is_one_file(console.folder, input, output))
    {
        return console.refuse(&format!("{} is read, and the output would overwrite it", output.display()), None);
    }
    let diff = Diff::of(old, new);
    let text = if options.format == Form::Json { report::diff_json(&diff) } else { report::diff(&diff) };
    let level = options.fail_level.map_or(Severity::Error, |level| level.0);
    console.put(options.output.as_deref(), &text, if diff.weighs(level) { FOUND } else { CLEAN })
}

fn read(path: &Path, console: &Console<'_>) -> Result<Earlier, (String, &'static str)> {
    let shown = path.display();
    let write = "write one with `addup check --format json=FILE`";
    let text = disk::read_file(&console.folder.join(path))
        .map_err(|error| (format!("{shown} cannot be read: {error}"), write))?;
    Earlier::read(&text).map_err(|error| {
        let help =
            if matches!(error, NoReport::Newer(_)) { "use that version, or check again with this one" } else { write };
        (format!("{shown}: {error}"), help)
    })
}
