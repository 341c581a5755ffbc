//! Which of many scopes lie inside others, or are the same once something unsaid is granted: looked up, not tried.
//!
//! Scopes are grouped by the dimensions that they state; for two such groups a scope's possible covers are the few members
//! above its own. Scopes of which each states a dimension that the other leaves unsaid (a region here, a sex there) are
//! not compared: that would take two guesses at once.

use super::scopes::{Meeting, Nesting, ancestors, meet};
use crate::claim::{EVENT, Member, Scope, Vocabulary};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many covers of a scope are looked up even where there are fewer scopes to try.
const FEW: usize = 16;

/// Dimensions with their members, in order.
type Projection<'s> = Vec<(&'s str, Member)>;

/// Pairs of scopes, by their places, of which the first lies inside the second, or is the same, and how they lie.
pub(super) fn coverings(vocabulary: &Vocabulary, scopes: &[&Scope]) -> Vec<(usize, usize, Meeting)> {
    let mut shapes: BTreeMap<BTreeSet<&str>, Vec<usize>> = BTreeMap::new();
    for (at, scope) in scopes.iter().enumerate() {
        shapes.entry(scope.0.keys().map(String::as_str).collect()).or_default().push(at);
    }
    let mut pairs = BTreeSet::new();
    for (narrow_shape, narrow_scopes) in &shapes {
        for (wide_shape, wide_scopes) in &shapes {
            if !are_comparable(narrow_shape, wide_shape) {
                continue;
            }
            let common: Vec<&str> = narrow_shape.intersection(wide_shape).copied().collect();
            let mut index: HashMap<Projection, Vec<usize>> = HashMap::new();
            for wide in wide_scopes {
                let projected = scopes.get(*wide).map(|scope| projection(scope, &common));
                index.entry(projected.unwrap_or_default()).or_default().push(*wide);
            }
            for (narrow, scope) in narrow_scopes.iter().filter_map(|at| Some((*at, *scopes.get(*at)?))) {
                match generalisations(vocabulary, &projection(scope, &common), wide_scopes.len()) {
                    Some(covers) => {
                        let found = covers.iter().filter_map(|cover| index.get(cover)).flatten();
                        pairs.extend(found.map(|wide| (narrow, *wide)));
                    }
                    None => pairs.extend(wide_scopes.iter().map(|wide| (narrow, *wide))),
                }
            }
        }
    }
    let lie = |(narrow, wide): (usize, usize)| {
        let meeting = meet(vocabulary, scopes.get(narrow)?, scopes.get(wide)?)?;
        (narrow != wide && meeting.nesting != Nesting::Covers).then_some((narrow, wide, meeting))
    };
    pairs.into_iter().filter_map(lie).collect()
}

/// Whether a scope that states the first dimensions may lie inside one that states the second.
fn are_comparable(narrow: &BTreeSet<&str>, wide: &BTreeSet<&str>) -> bool {
    let says_more = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| one.difference(other).any(|it| *it != EVENT);
    let event_fits = narrow.contains(EVENT) || !wide.contains(EVENT);
    event_fits && (!says_more(narrow, wide) || !says_more(wide, narrow))
}

fn projection<'s>(scope: &Scope, dimensions: &[&'s str]) -> Projection<'s> {
    let member = |dimension: &&'s str| scope.0.get(*dimension).map(|member| (*dimension, member.clone()));
    dimensions.iter().filter_map(member).collect()
}

/// All that covers a projection: each member itself, what it lies within, or all; `None` if there would be more of them
/// than there are scopes to try.
fn generalisations<'s>(
    vocabulary: &Vocabulary,
    projection: &Projection<'s>,
    scopes: usize,
) -> Option<Vec<Projection<'s>>> {
    let mut all: Vec<Projection> = vec![Vec::new()];
    for (dimension, member) in projection {
        let mut members = vec![member.clone()];
        if let Member::Path(path) = &member {
            members.extend(ancestors(vocabulary, dimension, path).take(scopes.max(FEW)).map(Member::Path));
            members.push(Member::All);
        }
        if all.len().saturating_mul(members.len()) > scopes.max(FEW) {
            return None;
        }
        let longer = |start: &Projection<'s>, member: &Member| {
            let mut longer = start.clone();
            longer.push((dimension, member.clone()));
            longer
        };
        all = all.iter().flat_map(|start| members.iter().map(move |member| longer(start, member))).collect();
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(pairs: &[(&str, &str)]) -> Scope {
        let member = |path: &str| if path == "*" { Member::All } else { Member::Path(path.to_owned()) };
        Scope(pairs.iter().map(|(dimension, path)| ((*dimension).to_owned(), member(path))).collect())
    }

    fn pairs(scopes: &[Scope]) -> Vec<(usize, usize)> {
        let scopes: Vec<&Scope> = scopes.iter().collect();
        coverings(&Vocabulary::default(), &scopes).into_iter().map(|(narrow, wide, _)| (narrow, wide)).collect()
    }

    #[test]
    fn a_city_lies_in_its_region_and_in_its_country() {
        let scopes = ["KR/Seoul/Mapo", "KR/Seoul", "KR", "JP"].map(|place| scope(&[("place", place)]));
        assert_eq!(pairs(&scopes), [(0, 1), (0, 2), (1, 2)]);
    }

    #[test]
    fn what_says_less_may_be_the_same_or_cover() {
        let scopes = [scope(&[("place", "KR"), ("sex", "f")]), scope(&[("place", "KR")]), scope(&[("sex", "f")])];
        assert_eq!(pairs(&scopes), [(0, 1), (0, 2), (1, 0), (2, 0)]);
    }

    #[test]
    fn each_side_of_what_one_may_guess_is_the_same_as_trying_all() {
        let places = ["a", "a/b", "a/b/c", "d", "*"];
        let mut scopes = Vec::new();
        for place in places {
            for sex in ["f", "m", "*"] {
                scopes.push(scope(&[("place", place), ("sex", sex)]));
            }
            scopes.push(scope(&[("place", place)]));
            scopes.push(scope(&[("place", place), ("event", "raid")]));
        }
        let mut tried = Vec::new();
        for (at, one) in scopes.iter().enumerate() {
            for (other_at, other) in scopes.iter().enumerate().filter(|(other, _)| *other != at) {
                let shape = |scope: &Scope| scope.0.keys().filter(|it| *it != EVENT).count();
                let common = one.0.keys().filter(|it| *it != EVENT && other.0.contains_key(*it)).count();
                let comparable = common == shape(one) || common == shape(other);
                let meeting = meet(&Vocabulary::default(), one, other);
                if comparable && meeting.is_some_and(|meeting| meeting.nesting != Nesting::Covers) {
                    tried.push((at, other_at));
                }
            }
        }
        assert_eq!(pairs(&scopes), tried);
    }
}
