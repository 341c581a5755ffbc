//! The figures that belong in a set together, and all ways to bind the names of a relation.

use super::certificate::Leaning;
use super::facts::{Facts, Lies};
use super::instance::{Bound, Stated};
use crate::calendar::When;
use crate::claim::{Claim, Member, Scope};
use crate::rule::{Binding, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// How many ways to bind the names of one relation are looked at.
const MOST_WAYS: usize = 200_000;

/// What each name is bound to: the first claims of figures.
pub(super) type Names = BTreeMap<String, Vec<String>>;

/// All ways to bind the names of a relation; `None` if there are more than are looked at.
pub(super) fn ways(facts: Facts<'_>, relation: &Relation) -> Option<Vec<Names>> {
    let mut open: Vec<BTreeMap<String, Vec<&Claim>>> = vec![BTreeMap::new()];
    let singles = relation.given.iter().filter(|binding| !binding.set);
    for binding in singles.chain(relation.given.iter().filter(|binding| binding.set)) {
        let mut longer = Vec::new();
        for names in open {
            let bound = Bound { facts, relation, names };
            let found: Vec<Vec<&Claim>> = if binding.set {
                let sets = bound.sets(binding).into_iter();
                sets.map(|(set, _)| set.into_iter().map(|(claim, _)| claim).collect()).collect()
            } else {
                let fits =
                    bound.candidates(binding).into_iter().filter(|figure| bound.fits(binding, *figure).is_some());
                fits.map(|(claim, _)| vec![claim]).collect()
            };
            for claims in found {
                let mut names = bound.names.clone();
                names.insert(binding.name.value.clone(), claims);
                longer.push(names);
            }
            if longer.len() > MOST_WAYS {
                return None;
            }
        }
        open = longer;
    }
    let ids = |claims: Vec<&Claim>| claims.into_iter().map(|claim| claim.id.clone()).collect();
    Some(open.into_iter().map(|names| names.into_iter().map(|(name, claims)| (name, ids(claims))).collect()).collect())
}

impl<'a> Bound<'_, 'a> {
    /// The sets that fit a binding, with what each leans on: figures that agree with the first of their set, without
    /// those that another covers.
    pub fn sets(&self, binding: &Binding) -> Vec<(Vec<Stated<'a>>, BTreeSet<Leaning>)> {
        let mut sets: Vec<(Vec<Stated<'a>>, BTreeSet<Leaning>)> = Vec::new();
        for figure in self.candidates(binding) {
            let Some(leans) = self.fits(binding, figure) else { continue };
            let home = sets.iter_mut().find_map(|set| {
                let first = *set.0.first()?;
                let mut more = self.agree(binding, first, figure)?;
                if self.places_matter() {
                    let placed = |(claim, figure): Stated<'a>| self.facts.placed(claim, figure).1;
                    more.extend(placed(first).into_iter().chain(placed(figure)));
                }
                Some((set, more))
            });
            match home {
                Some((set, more)) => {
                    set.0.push(figure);
                    set.1.extend(leans.into_iter().chain(more));
                }
                None => sets.push((vec![figure], leans)),
            }
        }
        sets.into_iter().filter_map(|(set, leans)| Some((apart(self.facts, set)?, leans))).collect()
    }
}

/// The members of a set that no other covers; `None` if two overlap in part, or might.
fn apart<'a>(facts: Facts<'a>, set: Vec<Stated<'a>>) -> Option<Vec<Stated<'a>>> {
    let mut kept = Vec::new();
    for one in &set {
        let mut covered = false;
        for other in set.iter().filter(|other| other.0.id != one.0.id) {
            let times = (facts.time(one.1).ok()?, facts.time(other.1).ok()?);
            if are_apart(times.0, times.1) || disjoint(facts, &one.1.scope, &other.1.scope) {
                continue;
            }
            let (lies, unsaid) = facts.lies(&one.1.scope, &other.1.scope)?;
            if !unsaid.is_empty() || times.0 != times.1 || lies == Lies::Same {
                return None;
            }
            covered = covered || lies == Lies::Inside;
        }
        if !covered {
            kept.push(*one);
        }
    }
    Some(kept)
}

/// Whether two times certainly have no instant in common.
fn are_apart(one: Option<When>, other: Option<When>) -> bool {
    match (one, other) {
        (Some(When::Period { start: a, end: b, .. }), Some(When::Period { start: c, end: d, .. })) => {
            b.latest <= c.earliest || d.latest <= a.earliest
        }
        _ => false,
    }
}

/// Whether two scopes state members of one dimension that have nothing in common.
fn disjoint(facts: Facts<'_>, one: &Scope, other: &Scope) -> bool {
    one.0.iter().any(|(dimension, member)| {
        let only = |member: &Member| Scope([(dimension.clone(), member.clone())].into());
        other.0.get(dimension).is_some_and(|beside| facts.lies(&only(member), &only(beside)).is_none())
    })
}
