//! Where the checker finds claims again: by id, by the figure that they state, and by what their figures say of measure,
//! time and scope. Made once by going through all claims; what a list gives is looked at in full by whoever asks, so that
//! it never decides anything by itself.

use super::certificate::Among;
use super::facts::Facts;
use super::words::read_member;
use crate::calendar::When;
use crate::claim::{Claim, Claims, EVENT, FigureClaim, Kind, Member, Scope};
use crate::number::Unit;
use crate::rule::Rules;
use std::collections::{BTreeMap, BTreeSet};

/// So many scopes around one are listed at most.
const MOST_AROUND: usize = 4_096;

/// A member that an assumption gives to what a claim leaves unsaid: the dimension, the member, the assumption.
pub(super) type Assumed = (String, Member, String);

/// The times of a figure: as its claims say it, and as claims of one figure share it; none where it cannot be read.
type Times = (Option<Option<When>>, Option<Option<When>>);

/// The places of claims in the order of all claims.
#[derive(Default)]
pub(super) struct Index<'a> {
    ids: BTreeMap<&'a str, usize>,
    articles: BTreeMap<&'a str, usize>,
    checks: BTreeMap<&'a str, usize>,
    assumed: BTreeMap<usize, Vec<Assumed>>,
    /// For each claim, the first that states its figure.
    first: Vec<usize>,
    /// All claims that state a figure, by the first of them.
    stating: BTreeMap<usize, Vec<usize>>,
    /// The first claims of the figures that stand, in order.
    figures: Vec<usize>,
    measures: BTreeMap<&'a str, Measured>,
}

/// The first claims of the figures of one measure.
#[derive(Default)]
struct Measured {
    all: Vec<usize>,
    said: BTreeMap<When, Vec<usize>>,
    shared: BTreeMap<When, Vec<usize>>,
    timeless: Vec<usize>,
    /// The units in which it is given, by who is compared.
    units: BTreeMap<Among, BTreeSet<Unit>>,
    /// By the member of each dimension that any of them states, where it is placed; those that do not state it besides.
    members: BTreeMap<String, Members>,
}

/// Figures by the member of one dimension that they state, and those that state none.
type Members = (BTreeMap<Member, Vec<usize>>, Vec<usize>);

/// What is asked of figures: all that it tells is told of each that is found, but for those that a caller leaves out.
#[derive(Default)]
pub(super) struct Asked<'q> {
    /// The time: as it is said, and as it is shared. Figures without a time are found too.
    pub time: Option<(When, When)>,
    /// A member of a dimension, and whether figures that do not state the dimension are found too.
    pub members: Vec<(&'q str, Member, bool)>,
}

impl<'a> Index<'a> {
    pub fn of(claims: &'a Claims, rules: &'a Rules) -> Self {
        let mut index = Self::default();
        for (at, claim) in claims.claims.iter().enumerate() {
            index.ids.entry(claim.id.as_str()).or_insert(at);
        }
        for (at, article) in claims.articles.iter().enumerate() {
            index.articles.entry(article.id.as_str()).or_insert(at);
        }
        for (at, check) in claims.checks.iter().enumerate() {
            index.checks.entry(check.id.as_str()).or_insert(at);
        }
        let (first, stating) = stated(Facts { claims, rules, index: &index });
        (index.first, index.stating) = (first, stating);
        index.assumed = assumed(Facts { claims, rules, index: &index });
        let figures = index.stating.keys().copied().filter(|at| {
            claims.claims.get(*at).is_some_and(|it| it.superseded_by.is_none() && matches!(it.kind, Kind::Figure(_)))
        });
        index.figures = figures.collect();
        let facts = Facts { claims, rules, index: &index };
        let met_by = |(at, ..): &(usize, _, _)| claims.claims.get(*at).map(|claim| facts.met_by(claim.article));
        let placed: Vec<_> = placed(facts).into_iter().map(|placed| (met_by(&placed), placed)).collect();
        for (among, (at, scope, (said, shared))) in placed {
            let Some(Kind::Figure(figure)) = claims.claims.get(at).map(|claim| &claim.kind) else { continue };
            let measured = index.measures.entry(figure.measure.value.as_str()).or_default();
            measured.all.push(at);
            if let Some(among) = among {
                measured.units.entry(among).or_default().insert(figure.unit.clone());
            }
            match said {
                Some(Some(when)) => measured.said.entry(when).or_default().push(at),
                _ => measured.timeless.push(at),
            }
            if let Some(Some(when)) = shared {
                measured.shared.entry(when).or_default().push(at);
            }
            for (dimension, member) in scope.0 {
                measured.members.entry(dimension).or_default().0.entry(member).or_default().push(at);
            }
        }
        for measured in index.measures.values_mut() {
            for (members, besides) in measured.members.values_mut() {
                let stated: BTreeSet<usize> = members.values().flatten().copied().collect();
                besides.extend(measured.all.iter().filter(|at| !stated.contains(at)));
            }
        }
        index
    }

    /// The place of the claim of an id.
    pub fn claim(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The place of the article of an id.
    pub fn article(&self, id: &str) -> Option<usize> {
        self.articles.get(id).copied()
    }

    /// The place of the check of an id.
    pub fn check(&self, id: &str) -> Option<usize> {
        self.checks.get(id).copied()
    }

    /// What assumptions give to a claim.
    pub fn assumed(&self, id: &str) -> &[Assumed] {
        self.claim(id).and_then(|at| self.assumed.get(&at)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The claims that state the figure of a claim, in order.
    pub fn stating(&self, id: &str) -> &[usize] {
        let first = self.claim(id).and_then(|at| self.first.get(at));
        first.and_then(|first| self.stating.get(first)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first claims of all figures, in order.
    pub fn figures(&self) -> &[usize] {
        &self.figures
    }

    /// The measures of which figures are reported.
    pub fn measures(&self) -> impl Iterator<Item = &'a str> {
        self.measures.keys().copied()
    }

    /// The units in which a measure is given among claims that meet.
    pub fn units_of(&self, measure: &str, among: &Among) -> Option<&BTreeSet<Unit>> {
        self.measures.get(measure)?.units.get(among)
    }

    /// The first claims of the figures of a measure that may be what is asked for, in order.
    pub fn figures_of(&self, measure: &str, asked: &Asked<'_>) -> Vec<usize> {
        let Some(measured) = self.measures.get(measure) else { return Vec::new() };
        fn list<'l, K: Ord>(lists: &'l BTreeMap<K, Vec<usize>>, key: &K) -> &'l [usize] {
            lists.get(key).map(Vec::as_slice).unwrap_or_default()
        }
        let mut ways: Vec<Vec<&[usize]>> = vec![vec![&measured.all]];
        if let Some((said, shared)) = &asked.time {
            ways.push(vec![list(&measured.said, said), list(&measured.shared, shared), &measured.timeless]);
        }
        for (dimension, member, or_unsaid) in &asked.members {
            match measured.members.get(*dimension) {
                Some((members, besides)) => {
                    let besides: &[usize] = if *or_unsaid { besides } else { &[] };
                    ways.push(vec![list(members, member), besides]);
                }
                None if *or_unsaid => {}
                None => return Vec::new(),
            }
        }
        let shortest = ways.into_iter().min_by_key(|lists| lists.iter().map(|list| list.len()).sum::<usize>());
        let found: BTreeSet<usize> = shortest.into_iter().flatten().flatten().copied().collect();
        found.into_iter().collect()
    }
}

impl<'a> Facts<'a> {
    /// All claims that state the figure of a claim, or ask for it, in order.
    pub fn stating(&self, claim: &Claim) -> Vec<&'a Claim> {
        self.index.stating(&claim.id).iter().filter_map(|at| self.claims.claims.get(*at)).collect()
    }

    /// The first claim that states the figure of a claim, or asks for it.
    pub fn first_of(&self, claim: &'a Claim) -> &'a Claim {
        self.index.stating(&claim.id).first().and_then(|at| self.claims.claims.get(*at)).unwrap_or(claim)
    }

    /// The first claims of the figures of a measure that may be what is asked for, in order.
    pub fn figures_of(&self, measure: &str, asked: &Asked<'_>) -> Vec<(&'a Claim, &'a FigureClaim)> {
        self.stated(self.index.figures_of(measure, asked).into_iter())
    }

    /// The claims at these places that report figures.
    pub fn stated(&self, places: impl Iterator<Item = usize>) -> Vec<(&'a Claim, &'a FigureClaim)> {
        places
            .filter_map(|at| {
                let claim = self.claims.claims.get(at)?;
                match &claim.kind {
                    Kind::Figure(figure) => Some((claim, figure)),
                    _ => None,
                }
            })
            .collect()
    }

    /// All scopes that a scope lies in, itself among them; `None` if there are more than are listed.
    pub fn around(&self, scope: &Scope) -> Option<BTreeSet<Scope>> {
        let mut found = BTreeSet::from([Scope::default()]);
        for (dimension, member) in &scope.0 {
            let mut members = vec![Some(member.clone()), Some(Member::All)];
            if let Member::Path(path) = member {
                members.extend(self.above(dimension, path).into_iter().map(|above| Some(Member::Path(above))));
            }
            if dimension == EVENT {
                members.push(None);
            }
            let with = |wide: &Scope, member: &Option<Member>| {
                let mut wide = wide.clone();
                wide.0.extend(member.iter().map(|member| (dimension.clone(), member.clone())));
                wide
            };
            found = found.iter().flat_map(|wide| members.iter().map(|member| with(wide, member))).collect();
            if found.len() > MOST_AROUND {
                return None;
            }
        }
        Some(found)
    }
}

/// For each claim the first that states its figure, and all that state each.
fn stated(facts: Facts<'_>) -> (Vec<usize>, BTreeMap<usize, Vec<usize>>) {
    type Described<'d> = (&'d str, &'d Unit, &'d Scope, Option<Option<When>>);
    let mut alike: BTreeMap<Described<'_>, Vec<usize>> = BTreeMap::new();
    let (mut first, mut stating) = (Vec::new(), BTreeMap::<usize, Vec<usize>>::new());
    for (at, claim) in facts.claims.claims.iter().enumerate() {
        let mut known = None;
        if let (Kind::Figure(figure), None) = (&claim.kind, claim.superseded_by) {
            let time = facts.shared_time(figure).ok();
            let firsts = alike.entry((&figure.measure.value, &figure.unit, &figure.scope, time)).or_default();
            let same =
                |first: &&usize| facts.claims.claims.get(**first).is_some_and(|first| facts.one_figure(first, claim));
            known = firsts.iter().find(same).copied();
            if known.is_none() {
                firsts.push(at);
            }
        }
        let known = known.unwrap_or(at);
        first.push(known);
        stating.entry(known).or_default().push(at);
    }
    (first, stating)
}

/// What assumptions give to each claim, in their order.
fn assumed(facts: Facts<'_>) -> BTreeMap<usize, Vec<Assumed>> {
    let mut found: BTreeMap<usize, Vec<Assumed>> = BTreeMap::new();
    for assume in &facts.claims.assumes {
        for part in super::expression::parts(&assume.that.root) {
            let Some((name, dimension, member)) = super::expression::membership(part) else { continue };
            let named = facts.named(name, assume.article).and_then(|named| facts.index.claim(&named.id));
            if let Some(at) = named {
                let assumed = (dimension.to_owned(), read_member(member), assume.id.clone());
                found.entry(at).or_default().push(assumed);
            }
        }
    }
    found
}

/// Where each figure counts, and when.
fn placed(facts: Facts<'_>) -> Vec<(usize, Scope, Times)> {
    let figures = facts.index.figures().iter();
    figures
        .filter_map(|at| {
            let claim = facts.claims.claims.get(*at)?;
            let Kind::Figure(figure) = &claim.kind else { return None };
            let times = (facts.time(figure).ok(), facts.shared_time(figure).ok());
            Some((*at, facts.placed(claim, figure).0, times))
        })
        .collect()
}
