//! `addup generate`: the files of a data set, made in memory a chunk at a time.

use super::args::Generate;
use super::{CLEAN, Console, disk, output, printable};
use crate::generate::{DataSet, Settings, TRUTH};
use std::cell::RefCell;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The folders that a data set is written to, and that a check of it reads.
const FOLDERS: [&str; 3] = ["claims", "rules", "data"];

pub(super) fn run(options: &Generate, console: &mut Console<'_>) -> u8 {
    let settings = Settings {
        seed: options.seed,
        shape: options.shape,
        groups: options.groups,
        months: options.months,
        rounded_shares: options.rounded_shares,
        plants: options.plant.clone(),
    };
    let set = match DataSet::new(settings) {
        Ok(set) => set,
        Err(unfit) => return console.refuse(&unfit.to_string(), Some("see `addup generate --help`")),
    };
    let folder = console.folder.join(&options.folder);
    if let Err((message, help)) = may_write(&folder, &set, options.overwrite) {
        return console.refuse(&message, Some(help));
    }
    // While it is written anew, the truth of an earlier data set would be none.
    if let Err(error) = fs::remove_file(folder.join(TRUTH))
        && error.kind() != io::ErrorKind::NotFound
    {
        return console.refuse(&format!("{TRUTH} cannot be replaced: {}", disk::said(error)), None);
    }
    let mut count = 0_usize;
    for text in set.texts() {
        let path = text.path;
        let place = options.folder.join(&path);
        if let Some(below) = folder.join(&path).parent()
            && let Err(error) = fs::create_dir_all(below)
        {
            let message = format!("{} cannot be written: {}", place.display(), disk::said(error));
            return console.refuse(&message, None);
        }
        let chunks = RefCell::new(text.chunks);
        let write = |out: &mut dyn Write| chunks.borrow_mut().try_for_each(|chunk| out.write_all(chunk.as_bytes()));
        if let Err(unwritten) = output::write_file(console.folder, &place, &write) {
            return console.unwritten(&unwritten);
        }
        count = count.saturating_add(1);
    }
    let shown = printable(&options.folder.display().to_string());
    let planted = set.planted();
    let text = format!(
        "{count} files written to {shown}, with {planted} contradictions planted.\n\n\
         Now run `cd {shown} && addup check`, or `addup check --check-against {TRUTH}` to hold what it finds against the truth.\n"
    );
    console.say(&text, CLEAN)
}

/// Whether nothing that is there stands in the way: nothing is replaced unless that is asked, and nothing that would be
/// read along with the data set is left beside it.
fn may_write(folder: &Path, set: &DataSet, overwrite: bool) -> Result<(), (String, &'static str)> {
    if !overwrite {
        let there = |path: &str| folder.join(path).symlink_metadata().is_ok();
        if let Some(path) = set.texts().map(|text| text.path).chain(FOLDERS.map(str::to_owned)).find(|path| there(path))
        {
            let message = format!("nothing was written, because {path} is there already in {}", folder.display());
            return Err((message, "name another folder, or replace the files of an earlier data set with --overwrite"));
        }
        return Ok(());
    }
    let made: std::collections::BTreeSet<String> = set.texts().map(|text| text.path).collect();
    for below in FOLDERS {
        let entries = match fs::read_dir(folder.join(below)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err((format!("{below} cannot be read: {}", disk::said(error)), "name another folder"));
            }
        };
        for entry in entries.filter_map(Result::ok) {
            let path = format!("{below}/{}", entry.file_name().to_string_lossy());
            if !made.contains(&path) {
                let message = format!("nothing was written, because {path} is no file of this data set");
                return Err((message, "remove it first: a check would read it along with the new files"));
            }
        }
    }
    Ok(())
}
