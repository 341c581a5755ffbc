//! Claims: what is reported, in which words, by whom, for what scope and time.
//!
//! In: claim files (TOML) and the drafts that they quote. Out: [`Claims`]: articles, claims, checks, assumptions and
//! the vocabulary, where every value keeps the span that it was read from. Nothing here relates one claim to another:
//! that is what rules and `ground` are for.

mod answers;
mod apply;
mod article;
mod beside;
mod change;
mod dated;
mod declare;
mod derived;
mod figure;
mod load;
mod lookup;
mod meaning;
mod mention;
mod model;
mod names;
mod other;
mod parents;
mod rates;
mod reckoned;
mod sayings;
mod scope;
mod series;
mod table;
mod value;
mod vocabulary;
mod waiver;

pub use answers::MeanOf;
pub(crate) use answers::{ANSWER_FIELDS, ITEMS};
pub use article::Defaults;
pub(crate) use article::read_conventions;
pub(crate) use declare::{leave_a_value, read_policy, read_vocabulary, unit};
pub use derived::{Derivation, MeasureDerivation};
pub(crate) use derived::{Formula, derived_in};
pub(crate) use figure::read_confidence;
pub(crate) use load::load_sifted;
pub use load::{known_keys, load, load_under};
pub use model::{
    Article, ArticleId, Assume, Check, Claim, ClaimId, Claims, Compare, Detail, EventClaim, FigureClaim, Holds, Kind,
    Mention, QuoteIssue, QuoteIssueKind, RecordTable, Share, TextClaim, in_record,
};
pub(crate) use names::Ids;
pub use rates::Rates;
pub(crate) use rates::read_rates;
pub(crate) use scope::matches_glob;
pub use scope::{EVENT, Member, Scope};
pub(crate) use table::{
    Block, Cells, Columns, FigureColumn, NO_DAY, NO_VALUE, Names, RowAt, Run, Sieve, Sifted, Time, names_of_columns,
};
pub use table::{Says, Settled, Untouched, UntouchedClaim};
pub use vocabulary::{Dimension, Measure, OverTime, Vocabulary};
pub use waiver::Waiver;
pub(crate) use waiver::read_waivers;

#[cfg(test)]
mod tests;
