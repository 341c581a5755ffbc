//! Totals that nobody reports, and that what is reported hangs together by: the women of all regions, where each region,
//! the men of all regions and everybody are reported.
//!
//! Such a total is a curve like any other, on which no claim stands: that disjoint parts add up to it, and that it is a
//! part itself, is as true as if somebody reported it. It is made only where it links what is reported over different
//! dimensions: it has reported parts over one and lies, over another, in something that is reported or made already; or
//! it has reported parts over two. Nothing in it is left unsaid, so that nothing is leaned on.

use super::scopes::ancestors;
use super::{CurveKey, Grounder, Group};
use crate::claim::{Member, Scope};
use crate::number::Unit;
use crate::problem::CurveId;
use std::collections::{BTreeMap, BTreeSet};

impl Grounder<'_> {
    /// Makes the totals that link what is reported of measures that add up over these dimensions.
    pub(super) fn unreported(&mut self, dimensions: &BTreeMap<String, BTreeSet<String>>) {
        for (measure, dimensions) in dimensions.iter().filter(|(_, dimensions)| dimensions.len() > 1) {
            let mut reported: BTreeMap<(Group, Unit), BTreeSet<Scope>> = BTreeMap::new();
            for (at, key) in self.curve_keys.iter().enumerate().filter(|(_, key)| key.measure == *measure) {
                if self.present.contains_key(&CurveId::at(at)) {
                    reported.entry((key.group.clone(), key.unit.clone())).or_default().insert(key.scope.clone());
                }
            }
            for ((group, unit), scopes) in reported {
                for scope in self.links(dimensions, &scopes) {
                    let key = CurveKey { group: group.clone(), measure: measure.clone(), unit: unit.clone(), scope };
                    if self.known_curve(&key).is_none()
                        && let Some(made) = self.flow_curve(key)
                    {
                        self.unreported.insert(made);
                    }
                }
            }
        }
    }

    /// The scopes that link those that are reported, in canonical order.
    fn links(&self, dimensions: &BTreeSet<String>, reported: &BTreeSet<Scope>) -> BTreeSet<Scope> {
        let mut made: BTreeSet<Scope> = BTreeSet::new();
        loop {
            let known = |scope: &Scope| reported.contains(scope) || made.contains(scope);
            // For each scope that is not known, the dimensions over which parts of it are reported.
            let mut parts: BTreeMap<Scope, BTreeSet<&String>> = BTreeMap::new();
            for scope in reported {
                for dimension in dimensions {
                    for wider in self.wider(scope, dimension).filter(|wider| !known(wider)) {
                        parts.entry(wider).or_default().insert(dimension);
                    }
                }
            }
            let lies_in_known = |scope: &Scope, over: &BTreeSet<&String>| {
                let mut others = dimensions.iter().filter(|dimension| !over.contains(dimension));
                others.any(|dimension| self.wider(scope, dimension).any(|wider| known(&wider)))
            };
            let links = parts.iter().filter(|(scope, over)| over.len() > 1 || lies_in_known(scope, over));
            let links: Vec<Scope> = links.map(|(scope, _)| scope.clone()).collect();
            if links.is_empty() {
                return made;
            }
            made.extend(links);
        }
    }

    /// A scope with a wider member of a dimension that it states: each member above its own, and all.
    fn wider<'s>(&'s self, scope: &'s Scope, dimension: &'s str) -> impl Iterator<Item = Scope> + 's {
        let member = match scope.0.get(dimension) {
            Some(Member::Path(member)) => Some(member.as_str()),
            _ => None,
        };
        let above = member.into_iter().flat_map(|member| {
            ancestors(&self.claims.vocabulary, dimension, member).map(Member::Path).chain([Member::All])
        });
        above.map(|member| {
            let mut wider = scope.clone();
            wider.0.insert(dimension.to_owned(), member);
            wider
        })
    }
}
