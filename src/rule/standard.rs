//! The standard pack, embedded: one rule a file, in the language that every rule is written in.
//!
//! It is the same text in every run, so a process parses it once.

use super::Rules;
use super::load::parse_standard;
use crate::source::{InputErrors, Sources};
use std::sync::OnceLock;

/// The pack, in the order in which it is read: the path under which a file is shown, and its text.
const FILES: [(&str, &str); 8] = [
    ("standard/additive.toml", include_str!("../../rules/standard/additive.toml")),
    ("standard/same-figure.toml", include_str!("../../rules/standard/same-figure.toml")),
    ("standard/change.toml", include_str!("../../rules/standard/change.toml")),
    ("standard/derived.toml", include_str!("../../rules/standard/derived.toml")),
    ("standard/percent-of-whole.toml", include_str!("../../rules/standard/percent-of-whole.toml")),
    ("standard/percent-of-count.toml", include_str!("../../rules/standard/percent-of-count.toml")),
    ("standard/weekday.toml", include_str!("../../rules/standard/weekday.toml")),
    ("standard/quote.toml", include_str!("../../rules/standard/quote.toml")),
];

/// The pack, parsed: its texts, its rules and what is wrong with them, which is nothing.
struct Pack {
    sources: Sources,
    rules: Rules,
    errors: InputErrors,
}

impl Pack {
    fn get() -> &'static Self {
        static PACK: OnceLock<Pack> = OnceLock::new();
        PACK.get_or_init(|| {
            let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
            let files = FILES.map(|(path, text)| sources.add(path, text));
            let rules = parse_standard(&mut sources, &files, &mut errors);
            Self { sources, rules, errors }
        })
    }
}

/// Texts to begin a run with: those of the standard pack.
pub fn sources() -> Sources {
    Pack::get().sources.clone()
}

/// The rules of the pack, whose texts are added to `sources` unless it began with them.
pub(super) fn rules(sources: &mut Sources, errors: &mut InputErrors) -> Rules {
    let pack = Pack::get();
    let begins_with_it =
        FILES.iter().zip(sources.files()).filter(|((path, _), (_, file))| file.path() == *path).count();
    if begins_with_it == FILES.len() {
        errors.0.extend(pack.errors.0.iter().cloned());
        return pack.rules.clone();
    }
    let files = FILES.map(|(path, text)| sources.add(path, text));
    parse_standard(sources, &files, errors)
}
