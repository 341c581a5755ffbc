//! Reports: one [`Report`] value, and one renderer a format. Nothing here decides anything.
//!
//! In: findings, counts and the texts that they point into. Out: text. `full` is for an editor at a terminal,
//! `concise` for a list, `json` and `jsonl` for programs; `sarif`, `junit`, `github`, `gitlab` and `markdown` for pipelines, which
//! share `gate`; [`diff`] holds two reports against each other, `rules` is for rules that are held against each other, and [`export`] and [`mask`] are tables for data frames and spreadsheets, [`input_errors`] for an input that cannot be understood. Nothing from
//! an input is printed as it is: `text` makes it inert, `excerpt` cuts it down to what is pointed at.

mod bounds;
mod causes;
mod cells;
mod claims;
#[cfg(feature = "parquet")]
mod columns;
mod concise;
mod diff;
mod errors;
mod excerpt;
mod export;
mod full;
mod gate;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod mask;
mod model;
mod palette;
mod rules;
mod sarif;
mod summary;
mod text;
mod volume;
mod waived;

#[cfg(test)]
mod tests;

pub use bounds::{bounds, bounds_json};
pub use cells::TableForm;
pub use concise::{concise, fingerprints};
pub use diff::{Diff, Earlier, NoReport, diff, diff_json};
pub use errors::input_errors;
pub use export::export;
pub use full::{FullOptions, full};
pub use gate::Gate;
pub use github::github;
pub use gitlab::gitlab;
pub use json::{JsonOptions, json};
pub use jsonl::jsonl;
pub use junit::junit;
pub use markdown::markdown;
pub use mask::{mask, masked};
pub use model::{Report, Since, Summary, Verdict};
pub use rules::{RulesReport, rules_concise, rules_full, rules_json, rules_jsonl};
pub use sarif::sarif;

use palette::Palette;
