//! Rules: how reported figures relate, whatever the article.
//!
//! In: rule files (TOML), and the packs that are embedded from `rules/standard/` and `rules/statistics/`. Out: [`Rules`], typed and
//! checked, beside the vocabulary that rule files declare. A rule that cannot be understood is an error, never
//! skipped. Nothing here knows which claims there are.

mod columns;
mod derivations;
mod expression;
mod fit;
mod keys;
mod kinds;
mod load;
mod model;
mod pages;
mod relation;
mod standard;
#[cfg(test)]
mod tests;

pub(crate) use crate::claim::matches_glob;
pub(crate) use fit::matches_member;
pub use keys::known_keys;
pub(crate) use keys::{COMMON as COMMON_KEYS, FILE as FILE_KEYS, kinds};
pub use load::load;
pub use model::{
    Additive, Balance, Binding, Breakdown, EditSet, Kind, Opening, Pattern, Relation, Rule, Rules, Stages, Unknown,
};
pub use pages::{Document, Page, Topic, documents, page, pages};
pub use standard::{FOLDERS, PACKS, Pack, is_of_a_pack, sources};
