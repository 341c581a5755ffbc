//! Scopes: for whom and where a figure holds, as members of dimensions.

use std::collections::BTreeMap;

/// A member of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Member {
    /// `"*"`: the whole dimension.
    All,
    /// A path; `KH/Mondulkiri` lies within `KH`.
    Path(String),
}

/// The dimensions that are stated, with their members. One that is absent is *unspecified*, which is not "all"; only
/// `event`, when absent, means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(pub BTreeMap<String, Member>);

/// The dimension whose absence means all.
pub const EVENT: &str = "event";
