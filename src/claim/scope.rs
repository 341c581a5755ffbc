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

impl Scope {
    /// For people: `place KH, nationality KR`, `every party`; empty if nothing is stated.
    pub fn said(&self) -> String {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|(dimension, member)| match member {
                Member::All => format!("every {}", dimension.replace('-', " ")),
                Member::Path(path) => format!("{} {path}", dimension.replace('-', " ")),
            })
            .collect();
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_said_dimension_by_dimension() {
        let mut scope = Scope::default();
        assert_eq!(scope.said(), "");
        scope.0.insert("nationality".to_owned(), Member::Path("KR".to_owned()));
        scope.0.insert("place".to_owned(), Member::Path("KH/Mondulkiri".to_owned()));
        scope.0.insert("age-group".to_owned(), Member::All);
        assert_eq!(scope.said(), "every age group, nationality KR, place KH/Mondulkiri");
    }
}
