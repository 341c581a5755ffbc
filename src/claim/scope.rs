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

/// Whether a text fits a pattern in which a star stands for any characters.
pub(crate) fn matches_glob(glob: &str, text: &str) -> bool {
    let mut parts = glob.split('*');
    let Some(mut rest) = parts.next().and_then(|start| text.strip_prefix(start)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at.saturating_add(part.len())..).unwrap_or(""),
            None => return false,
        }
    }
    rest.ends_with(last)
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
