//! How two scopes lie to each other: the same, one inside the other, or not comparable, and what that leaves unsaid.

use crate::claim::{EVENT, Member, Scope, Vocabulary};

/// How one scope lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nesting {
    /// They are the same.
    Equal,
    /// The first lies inside the second.
    Within,
    /// The first covers the second.
    Covers,
}

/// A dimension that one side does not state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unsaid {
    /// The dimension.
    pub dimension: String,
    /// Whether it is the first scope that does not state it.
    pub first: bool,
    /// What the other side states.
    pub member: String,
}

/// Two scopes that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    /// How they lie, if what is unsaid is as the other side says.
    pub nesting: Nesting,
    /// What is unsaid.
    pub unsaid: Vec<Unsaid>,
}

impl Meeting {
    /// The same, seen from the other side.
    pub(super) fn turned(&self) -> Self {
        let nesting = match self.nesting {
            Nesting::Equal => Nesting::Equal,
            Nesting::Within => Nesting::Covers,
            Nesting::Covers => Nesting::Within,
        };
        let turned = |unsaid: &Unsaid| Unsaid { first: !unsaid.first, ..unsaid.clone() };
        Self { nesting, unsaid: self.unsaid.iter().map(turned).collect() }
    }
}

/// How a scope lies to another; `None` if they are disjoint or merely overlap.
pub(super) fn meet(vocabulary: &Vocabulary, first: &Scope, second: &Scope) -> Option<Meeting> {
    let mut nesting = Nesting::Equal;
    let mut unsaid = Vec::new();
    let dimensions = first.0.keys().chain(second.0.keys().filter(|dimension| !first.0.contains_key(*dimension)));
    for dimension in dimensions {
        let here = match (first.0.get(dimension), second.0.get(dimension)) {
            (Some(one), Some(other)) => members(vocabulary, dimension, one, other)?,
            (Some(_), None) if dimension == EVENT => Nesting::Within,
            (None, Some(_)) if dimension == EVENT => Nesting::Covers,
            (one, other) => {
                let member = one.or(other).map_or_else(String::new, |member| spelled(member).to_owned());
                unsaid.push(Unsaid { dimension: dimension.clone(), first: one.is_none(), member });
                Nesting::Equal
            }
        };
        nesting = match (nesting, here) {
            (Nesting::Equal, any) | (any, Nesting::Equal) => any,
            (one, other) if one == other => one,
            _ => return None,
        };
    }
    unsaid.sort_by(|one, other| one.dimension.cmp(&other.dimension));
    Some(Meeting { nesting, unsaid })
}

/// Whether two scopes have nothing in common: in some dimension that both state, their members are disjoint.
pub(super) fn are_disjoint(vocabulary: &Vocabulary, first: &Scope, second: &Scope) -> bool {
    first.0.iter().any(|(dimension, one)| {
        second.0.get(dimension).is_some_and(|other| members(vocabulary, dimension, one, other).is_none())
    })
}

/// How two members of one dimension lie to each other; `None` if they are disjoint.
fn members(vocabulary: &Vocabulary, dimension: &str, one: &Member, other: &Member) -> Option<Nesting> {
    match (one, other) {
        (Member::All, Member::All) => Some(Nesting::Equal),
        (Member::Path(_), Member::All) => Some(Nesting::Within),
        (Member::All, Member::Path(_)) => Some(Nesting::Covers),
        (Member::Path(one), Member::Path(other)) if one == other => Some(Nesting::Equal),
        (Member::Path(one), Member::Path(other)) if lies_within(vocabulary, dimension, one, other) => {
            Some(Nesting::Within)
        }
        (Member::Path(one), Member::Path(other)) if lies_within(vocabulary, dimension, other, one) => {
            Some(Nesting::Covers)
        }
        _ => None,
    }
}

/// Whether a member lies within another: by its path, or by the parents that the dimension declares.
pub(super) fn lies_within(vocabulary: &Vocabulary, dimension: &str, member: &str, cover: &str) -> bool {
    ancestors(vocabulary, dimension, member).any(|ancestor| ancestor == cover)
}

/// What a member lies within, from the nearest to the widest, itself left out.
pub(super) fn ancestors<'v>(
    vocabulary: &'v Vocabulary,
    dimension: &str,
    member: &str,
) -> impl Iterator<Item = String> + use<'v> {
    vocabulary.ancestors(dimension, member)
}

/// A member as it is written.
pub(super) fn spelled(member: &Member) -> &str {
    match member {
        Member::All => "*",
        Member::Path(path) => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(pairs: &[(&str, &str)]) -> Scope {
        Scope(
            pairs
                .iter()
                .map(|(dimension, member)| {
                    let member = if *member == "*" { Member::All } else { Member::Path((*member).to_owned()) };
                    ((*dimension).to_owned(), member)
                })
                .collect(),
        )
    }

    fn nesting(one: &[(&str, &str)], other: &[(&str, &str)]) -> Option<(Nesting, usize)> {
        meet(&Vocabulary::default(), &scope(one), &scope(other)).map(|meeting| (meeting.nesting, meeting.unsaid.len()))
    }

    #[test]
    fn a_province_lies_within_its_country() {
        assert_eq!(nesting(&[("place", "KH/Mondulkiri")], &[("place", "KH")]), Some((Nesting::Within, 0)));
        assert_eq!(nesting(&[("place", "KHX")], &[("place", "KH")]), None);
    }

    #[test]
    fn what_is_not_stated_is_not_all() {
        assert_eq!(nesting(&[("place", "KH"), ("nationality", "KR")], &[("place", "KH")]), Some((Nesting::Equal, 1)));
        assert_eq!(nesting(&[("nationality", "KR")], &[("nationality", "*")]), Some((Nesting::Within, 0)));
    }

    #[test]
    fn an_event_that_is_not_stated_means_all_events() {
        assert_eq!(nesting(&[("event", "raid")], &[]), Some((Nesting::Within, 0)));
        assert_eq!(nesting(&[("event", "raid-1")], &[("event", "raid-2")]), None);
    }

    #[test]
    fn scopes_that_merely_overlap_are_not_compared() {
        assert_eq!(nesting(&[("place", "KH/Mondulkiri"), ("sex", "*")], &[("place", "KH"), ("sex", "f")]), None);
    }
}
