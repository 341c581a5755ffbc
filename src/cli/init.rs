//! `addup init`: a small example to start from, consistent as it stands.

use super::args::Init;
use super::{CLEAN, Console, disk};
use crate::schema::schema;
use std::borrow::Cow;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The files of the example.
pub(super) const EXAMPLE: &[(&str, &str)] = &[
    ("addup.toml", include_str!("example/addup.toml")),
    ("claims/example.md", include_str!("example/claims/example.md")),
    ("claims/example.toml", include_str!("example/claims/example.toml")),
    ("rules/example.toml", include_str!("example/rules/example.toml")),
];

/// The schemas that the first lines of the files name, for editors. Hidden files are not read as claims or rules.
const SCHEMAS: &[(&str, &str)] =
    &[(".addup/claim.json", "claim"), (".addup/config.json", "config"), (".addup/rule.json", "rule")];

/// Every file that is written, with its text.
fn files() -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
    let example = EXAMPLE.iter().map(|(path, text)| (*path, Cow::Borrowed(*text)));
    example.chain(SCHEMAS.iter().map(|(path, name)| (*path, Cow::Owned(schema(name).unwrap_or_default()))))
}

pub(super) fn run(options: &Init, console: &mut Console<'_>) -> u8 {
    let folder = console.folder.join(&options.folder);
    // A link that leads nowhere is something that stands there, too.
    let there: Vec<&str> =
        files().map(|(path, _)| path).filter(|path| folder.join(path).symlink_metadata().is_ok()).collect();
    if !there.is_empty() {
        let message = format!("nothing was written, because this would overwrite {}", there.join(", "));
        return console.refuse(&message, Some("name another folder: `addup init DIR`"));
    }
    for (path, text) in files() {
        if let Err(error) = write_new(&folder.join(path), &text) {
            let place = options.folder.join(path);
            return console.refuse(&format!("{} cannot be written: {}", place.display(), disk::said(error)), None);
        }
    }
    let mut text = String::from("Written:\n");
    for (path, _) in files() {
        text.push_str(&format!("  {}\n", super::printable(&plain(&options.folder, path))));
    }
    let step = if options.folder == Path::new(".") {
        String::new()
    } else {
        format!("cd {} && ", super::printable(&options.folder.display().to_string()))
    };
    text.push_str(&format!(
        "\nNow run `{step}addup check`. Then change a figure in claims/example.toml or in its draft, and run it again.\n"
    ));
    console.say(&text, CLEAN)
}

fn plain(folder: &Path, path: &str) -> String {
    if folder == Path::new(".") { path.to_owned() } else { folder.join(path).display().to_string() }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
