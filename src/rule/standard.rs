//! The packs, embedded: one rule a file, in the language that every rule is written in. The standard pack is always on; any
//! other is on where a workspace says so.
//!
//! They are the same texts in every run, so a process parses the standard pack once.

use super::Rules;
use super::load::parse_pack;
use crate::source::{InputErrors, Sources};
use std::sync::OnceLock;

/// The standard pack, in the order in which it is read: the path under which a file is shown, and its text.
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

/// The statistics pack.
const STATISTICS: [(&str, &str); 3] = [
    ("statistics/grim.toml", include_str!("../../rules/statistics/grim.toml")),
    ("statistics/grimmer.toml", include_str!("../../rules/statistics/grimmer.toml")),
    ("statistics/debit.toml", include_str!("../../rules/statistics/debit.toml")),
];

/// The folders of a rule folder that are skipped, as what stands in them is embedded.
pub const FOLDERS: [&str; 2] = ["standard", "statistics"];

/// A pack that is on only where a workspace says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pack {
    /// What means and standard deviations of whole answers can be.
    Statistics,
}

/// Every such pack, by the name under which a workspace asks for it.
pub const PACKS: &[(&str, Pack)] = &[("statistics", Pack::Statistics)];

/// The standard pack, parsed: its texts, its rules and what is wrong with them, which is nothing.
struct Standard {
    sources: Sources,
    rules: Rules,
    errors: InputErrors,
}

impl Standard {
    fn get() -> &'static Self {
        static PACK: OnceLock<Standard> = OnceLock::new();
        PACK.get_or_init(|| {
            let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
            let files = FILES.map(|(path, text)| sources.add(path, text));
            let rules = parse_pack(Rules::default(), &mut sources, &files, &mut errors);
            Self { sources, rules, errors }
        })
    }
}

/// Texts to begin a run with: those of the standard pack.
pub fn sources() -> Sources {
    Standard::get().sources.clone()
}

/// Whether a text is none of a workspace's own, but one of a pack.
pub fn is_of_a_pack(path: &str, text: &str) -> bool {
    FILES.iter().chain(&STATISTICS).any(|known| *known == (path, text))
}

/// The rules of the standard pack and of those asked for, whose texts are added to `sources` unless it began with them.
pub(super) fn rules(packs: &[Pack], sources: &mut Sources, errors: &mut InputErrors) -> Rules {
    let mut rules = standard_rules(sources, errors);
    for (_, pack) in PACKS.iter().filter(|(_, pack)| packs.contains(pack)) {
        let files = match pack {
            Pack::Statistics => STATISTICS.map(|(path, text)| sources.add(path, text)),
        };
        rules = parse_pack(rules, sources, &files, errors);
    }
    rules
}

fn standard_rules(sources: &mut Sources, errors: &mut InputErrors) -> Rules {
    let pack = Standard::get();
    let begins_with_it =
        FILES.iter().zip(sources.files()).filter(|((path, _), (_, file))| file.path() == *path).count();
    if begins_with_it == FILES.len() {
        errors.0.extend(pack.errors.0.iter().cloned());
        return pack.rules.clone();
    }
    let files = FILES.map(|(path, text)| sources.add(path, text));
    parse_pack(Rules::default(), sources, &files, errors)
}
