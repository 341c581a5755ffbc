//! `addup schema`: the JSON Schemas of the files that are written for the program, and of its report.

use super::args::Schema;
use super::{CLEAN, Console};
use crate::schema::{SCHEMAS, schema};
use crate::source::document::nearest;

pub(super) fn run(options: &Schema, console: &mut Console<'_>) -> u8 {
    let Some(name) = &options.name else {
        let list: String = SCHEMAS.iter().map(|(name, about)| format!("{name:<8}{about}\n")).collect();
        return console.say(&list, CLEAN);
    };
    match schema(name) {
        Some(text) => console.say(&text, CLEAN),
        None => {
            let names = || SCHEMAS.iter().map(|(name, _)| *name);
            let help = match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
            };
            console.refuse(&format!("there is no schema `{name}`"), Some(&help))
        }
    }
}
