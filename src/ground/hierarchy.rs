//! The members that a dimension declares, as a tree, and whether some of them are all there is of a whole.
//!
//! Members may be listed flat (`members`), as paths (`KH/Mondulkiri` in `KH`) or with their parents (`parents`). Only a
//! dimension that is `complete` closes anything: then the members at the top are all there is of the dimension, and the
//! members declared in another are all there is of that one, if there are at least two; one alone may be a mere example.

use super::scopes::ancestors;
use crate::claim::{Member, Vocabulary};
use std::collections::{BTreeMap, BTreeSet};

/// The declared members of a complete dimension. Of any other it has none.
#[derive(Clone, Debug, Default)]
pub(super) struct Hierarchy {
    /// The members declared directly in each; those of `None` stand at the top.
    children: BTreeMap<Option<String>, Vec<String>>,
    /// The declared member that each is declared in.
    above: BTreeMap<String, Option<String>>,
}

/// What parts leave open of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coverage {
    /// Whatever else there may be is not known.
    Open,
    /// So many declared members are all that is missing.
    Missing(usize),
    /// Only a part of some declared member is among the parts.
    Broken,
}

impl Hierarchy {
    /// The members that a dimension declares.
    pub(super) fn of(vocabulary: &Vocabulary, dimension: &str) -> Self {
        let Some(declared) = vocabulary.dimensions.get(dimension).filter(|declared| declared.complete) else {
            return Self::default();
        };
        let listed = declared.members.iter().map(|member| member.value.as_str());
        let with_parents = declared.parents.iter().flat_map(|(child, parent)| [child.as_str(), parent.as_str()]);
        let all: BTreeSet<&str> = listed.chain(with_parents).collect();
        let mut hierarchy = Self::default();
        for member in &all {
            let above = ancestors(vocabulary, dimension, member).find(|it| all.contains(it.as_str()));
            hierarchy.children.entry(above.clone()).or_default().push((*member).to_owned());
            hierarchy.above.insert((*member).to_owned(), above);
        }
        hierarchy
    }

    /// What disjoint parts leave open of what a member covers, or of the whole dimension.
    pub(super) fn coverage<'a>(&self, cover: Option<&Member>, parts: impl Iterator<Item = &'a str>) -> Coverage {
        let parts: BTreeSet<&str> = parts.collect();
        let top = match cover {
            None | Some(Member::All) => None,
            Some(Member::Path(path)) => Some(path.clone()),
        };
        let of = |member: &Option<String>| self.children.get(member).map(Vec::as_slice).unwrap_or_default();
        let closes = |member: &Option<String>| of(member).len() >= 2 || (member.is_none() && !of(member).is_empty());
        if !closes(&top) || !parts.iter().all(|part| self.above.contains_key(*part)) {
            return Coverage::Open;
        }
        // The declared members of which something is among the parts.
        let mut touched: BTreeSet<&str> = BTreeSet::new();
        for part in &parts {
            let mut at = self.above.get(*part);
            while let Some(Some(above)) = at
                && touched.insert(above)
            {
                at = self.above.get(above);
            }
        }
        let (mut missing, mut broken) = (0_usize, false);
        let mut open: Vec<Option<String>> = vec![top];
        while let Some(member) = open.pop() {
            for child in of(&member).iter().filter(|child| !parts.contains(child.as_str())) {
                let inner = Some(child.clone());
                if touched.contains(child.as_str()) && closes(&inner) {
                    open.push(inner);
                } else {
                    broken |= touched.contains(child.as_str());
                    missing = missing.saturating_add(1);
                }
            }
        }
        if broken { Coverage::Broken } else { Coverage::Missing(missing) }
    }

    /// Whether disjoint parts are all there is of what a member covers, or of the whole dimension.
    pub(super) fn closes<'a>(&self, cover: Option<&Member>, parts: impl Iterator<Item = &'a str>) -> bool {
        self.coverage(cover, parts) == Coverage::Missing(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Dimension;
    use crate::source::{FileId, Span, Spanned};

    fn hierarchy(members: &[&str], parents: &[(&str, &str)]) -> Hierarchy {
        let named = |name: &str| Spanned::new(name.to_owned(), Span { file: FileId(0), start: 0, end: 0 });
        let mut vocabulary = Vocabulary::default();
        vocabulary.dimensions.insert(
            "region".to_owned(),
            Dimension {
                name: named("region"),
                members: members.iter().map(|member| named(member)).collect(),
                parents: parents.iter().map(|(child, parent)| ((*child).to_owned(), (*parent).to_owned())).collect(),
                complete: true,
            },
        );
        Hierarchy::of(&vocabulary, "region")
    }

    fn path(member: &str) -> Member {
        Member::Path(member.to_owned())
    }

    #[test]
    fn all_listed_members_close_the_dimension() {
        let flat = hierarchy(&["a", "b", "c"], &[]);
        assert!(flat.closes(None, ["a", "b", "c"].into_iter()));
        assert_eq!(flat.coverage(Some(&Member::All), ["a", "b"].into_iter()), Coverage::Missing(1));
        assert_eq!(flat.coverage(None, ["a", "d"].into_iter()), Coverage::Open);
    }

    #[test]
    fn children_stand_for_their_parent() {
        let tree = hierarchy(&["n", "n/1", "n/2", "s"], &[]);
        assert!(tree.closes(None, ["n", "s"].into_iter()));
        assert!(tree.closes(None, ["n/1", "n/2", "s"].into_iter()));
        assert!(tree.closes(Some(&path("n")), ["n/1", "n/2"].into_iter()));
        assert_eq!(tree.coverage(None, ["n/1", "s"].into_iter()), Coverage::Missing(1));
    }

    #[test]
    fn parents_close_what_they_cover() {
        let tree = hierarchy(&[], &[("seoul", "kr"), ("busan", "kr"), ("tokyo", "jp")]);
        assert!(tree.closes(Some(&path("kr")), ["busan", "seoul"].into_iter()));
        assert!(tree.closes(None, ["jp", "kr"].into_iter()));
        assert!(tree.closes(None, ["busan", "jp", "seoul"].into_iter()));
    }

    #[test]
    fn an_only_child_may_be_an_example() {
        let tree = hierarchy(&["jp", "kr", "kr/seoul"], &[]);
        assert!(!tree.closes(Some(&path("kr")), ["kr/seoul"].into_iter()));
        assert_eq!(tree.coverage(None, ["jp", "kr/seoul"].into_iter()), Coverage::Broken);
    }
}
