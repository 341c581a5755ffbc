//! Repairs: the least weight of claims to give up so that all the others can be true.
//!
//! I. P. Fellegi and D. Holt, *A systematic approach to automatic edit and imputation*, JASA 71, 1976: what is changed
//! should be the least that can be. It is found by implicit hitting sets (E. Moreno-Centeno and R. M. Karp, *The implicit
//! hitting set approach to solve combinatorial optimization problems*, Operations Research 61, 2013): the lightest claims
//! that meet every clash known so far are given up; if the rest can be true, nothing lighter will do, and the clashes
//! prove it; if not, a clash among the rest is one more to meet.
//!
//! In: a problem, what counts, the claims that clash, and what each claim weighs. Out: for clashes that share claims the
//! lightest ways to settle them, and for each claim given up the values that it could have.
//!
//! * `hitting`: the lightest sets that meet every one of some sets.

mod hitting;

use super::Selection;
use super::joint::{Alone, Bench, Clashing, Undecided};
use super::linear::Spread;
use crate::claim::ClaimId;
use crate::number::Rational;
use crate::parallel::in_parallel;
use crate::problem::Problem;
use hitting::{Known, Lightest, lightest};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// So many ways that weigh the same are listed at most.
const MOST_WAYS: usize = 12;

/// So often claims are given up and the rest looked at, for one component.
const MOST_TRIALS: usize = 4_000;

/// A set of claims to give up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The claims, in canonical order.
    pub claims: Vec<ClaimId>,
    /// For each of them the values that settle it, the others staying free; `None` if they were not found.
    pub values: Vec<Option<Spread>>,
}

/// How clashes that share claims can be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mending {
    /// By giving up claims.
    GiveUp {
        /// The lightest ways, those of the least rank first, then in canonical order.
        ways: Vec<Way>,
        /// What each of them weighs.
        weight: Rational,
        /// Whether no other way is as light.
        complete: bool,
        /// Whether no way is lighter.
        proven: bool,
        /// The clashes that no lighter set meets all of.
        clashes: Vec<BTreeSet<ClaimId>>,
    },
    /// By none: all claims of a clash are fixed, or it has none.
    Hopeless(BTreeSet<ClaimId>),
    /// The budget did not suffice to find out, for these clashes.
    Unknown(Vec<BTreeSet<ClaimId>>),
}

/// What each claim weighs; `None` for what may not be given up.
pub type Weights<'a> = dyn Fn(ClaimId) -> Option<Rational> + Sync + 'a;

/// Which of several ways of one claim comes first, by the values that settle it. Ways of several claims come last.
pub type Rank<'a> = dyn Fn(ClaimId, Option<&Spread>) -> usize + Sync + 'a;

/// What to mend.
pub struct Mend<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// What counts.
    pub selection: &'a Selection,
    /// The clashes that are known.
    pub clashes: &'a [BTreeSet<ClaimId>],
    /// What each claim weighs.
    pub weights: &'a Weights<'a>,
    /// Which ways come first.
    pub rank: &'a Rank<'a>,
    /// What a relation says by itself.
    pub alone: &'a Alone<'a>,
    /// How many threads may be used.
    pub jobs: NonZeroUsize,
}

/// The lightest ways to settle clashes, by clashes that share claims, in canonical order.
pub fn mendings(mend: &Mend) -> Vec<Mending> {
    let claims: BTreeSet<ClaimId> = mend.clashes.iter().flatten().copied().collect();
    let bench = Bench::new(mend.problem, mend.selection, &claims);
    let places = bench.places();
    let mut known: BTreeMap<usize, Vec<BTreeSet<ClaimId>>> = BTreeMap::new();
    for clash in mend.clashes {
        if let Some(place) = clash.iter().find_map(|claim| places.get(claim)) {
            known.entry(*place).or_default().push(clash.clone());
        }
    }
    let known: Vec<(usize, Vec<BTreeSet<ClaimId>>)> = known.into_iter().collect();
    let one = |at: usize| {
        let Some((place, clashes)) = known.get(at) else { return Vec::new() };
        bench.at(*place, mend.alone, &mut |clashing| Mender::of(clashing, mend, clashes.clone()).mend())
    };
    let mut found: Vec<Mending> = in_parallel(known.len(), mend.jobs, &one).into_iter().flatten().collect();
    found.sort_by_key(|mending| match mending {
        Mending::GiveUp { ways, .. } => ways.first().and_then(|way| way.claims.first().copied()),
        Mending::Hopeless(claims) => claims.first().copied(),
        Mending::Unknown(clashes) => clashes.first().and_then(|claims| claims.first().copied()),
    });
    found
}

/// Clashes that share claims, with the lightest sets that meet them.
type Group = (Vec<BTreeSet<ClaimId>>, Lightest<ClaimId>);

/// Clashes that share claims, those that are fresh beside those that were grouped before.
struct Joining {
    has: BTreeSet<ClaimId>,
    clashes: Vec<BTreeSet<ClaimId>>,
    parts: Vec<Known<ClaimId>>,
}

/// Finds the ways for one component.
struct Mender<'a> {
    clashing: &'a mut dyn Clashing,
    weights: &'a Weights<'a>,
    rank: &'a Rank<'a>,
    /// The clashes that some claim can be given up of.
    clashes: Vec<BTreeSet<ClaimId>>,
    hopeless: Vec<BTreeSet<ClaimId>>,
    /// Sets that are known to settle all.
    settled: BTreeSet<BTreeSet<ClaimId>>,
    /// Those of them that are not in a group yet.
    fresh: Vec<BTreeSet<ClaimId>>,
    /// Clashes that share claims, with the lightest sets that meet them, by their least claims.
    groups: Vec<Known<ClaimId>>,
    trials: usize,
}

impl<'a> Mender<'a> {
    fn of(clashing: &'a mut dyn Clashing, mend: &'a Mend<'a>, clashes: Vec<BTreeSet<ClaimId>>) -> Self {
        let mut mender = Self {
            clashing,
            weights: mend.weights,
            rank: mend.rank,
            clashes: Vec::new(),
            hopeless: Vec::new(),
            settled: BTreeSet::new(),
            fresh: Vec::new(),
            groups: Vec::new(),
            trials: 0,
        };
        mender.learn(clashes);
        mender
    }

    fn learn(&mut self, clashes: Vec<BTreeSet<ClaimId>>) {
        for clash in clashes {
            let is_hopeless = !clash.iter().any(|claim| (self.weights)(*claim).is_some());
            let list = if is_hopeless { &mut self.hopeless } else { &mut self.clashes };
            if list.contains(&clash) {
                continue;
            }
            list.push(clash.clone());
            if !is_hopeless {
                self.fresh.push(clash);
            }
        }
    }

    /// Whether all the rest can be true once these claims are given up; if not, one more clash is known.
    fn settles(&mut self, claims: &BTreeSet<ClaimId>) -> Result<bool, Undecided> {
        if self.settled.contains(claims) {
            return Ok(true);
        }
        self.trials = self.trials.saturating_add(1);
        if self.trials > MOST_TRIALS {
            return Err(Undecided);
        }
        // What nothing can settle is left aside, so that the rest is settled all the same.
        let given_up: BTreeSet<ClaimId> = claims.iter().chain(self.hopeless.iter().flatten()).copied().collect();
        let clashes = self.clashing.clashes(&given_up)?;
        if clashes.is_empty() {
            self.settled.insert(claims.clone());
            return Ok(true);
        }
        if clashes.iter().any(BTreeSet::is_empty) {
            return Err(Undecided); // rules alone, which the caller has left out where it knows them
        }
        self.learn(clashes);
        Ok(false)
    }

    fn mend(mut self) -> Vec<Mending> {
        let found = self.ways();
        let mut mendings: Vec<Mending> = self.hopeless.iter().cloned().map(Mending::Hopeless).collect();
        let Ok(groups) = found else {
            mendings.push(Mending::Unknown(self.clashes));
            return mendings;
        };
        let firsts: Vec<Vec<ClaimId>> = groups.iter().filter_map(|(_, found)| found.sets.first().cloned()).collect();
        let ways = self.in_order(&groups, firsts);
        for ((clashes, found), ways) in groups.into_iter().zip(ways) {
            let Lightest { weight, complete, proven, .. } = found;
            mendings.push(Mending::GiveUp { ways, weight, complete, proven, clashes });
        }
        mendings
    }

    /// The ways of each group with the values that settle them, once the first way of every other group is taken; those of the
    /// least rank come first.
    fn in_order(&mut self, groups: &[Group], firsts: Vec<Vec<ClaimId>>) -> Vec<Vec<Way>> {
        let ranked = |way: &Way| match (way.claims.as_slice(), way.values.as_slice()) {
            ([claim], [values]) => (self.rank)(*claim, values.as_ref()),
            _ => usize::MAX,
        };
        let listed = self.with_values(groups, &firsts);
        let mut sorted = listed.clone();
        sorted.iter_mut().for_each(|ways| ways.sort_by_key(ranked));
        let named: Vec<Vec<ClaimId>> =
            sorted.iter().map(|ways| ways.first().map(|way| way.claims.clone()).unwrap_or_default()).collect();
        if named == firsts || groups.len() == 1 {
            return sorted;
        }
        // What settles one group is said on top of what comes first in the others, so that both can be done. Where some way
        // goes with the first ones in canonical order alone, those stay first.
        let all = sorted.iter().enumerate().flat_map(|(at, ways)| ways.iter().map(move |way| (at, way)));
        let each: Vec<BTreeSet<ClaimId>> = all.map(|(at, way)| beside(&named, at, &way.claims)).collect();
        if each.iter().any(|claims| self.settles(claims) != Ok(true)) {
            return listed;
        }
        let order: Vec<Vec<Vec<ClaimId>>> =
            sorted.into_iter().map(|ways| ways.into_iter().map(|way| way.claims).collect()).collect();
        let mut again = self.with_values(groups, &named);
        for (ways, order) in again.iter_mut().zip(&order) {
            ways.sort_by_key(|way| order.iter().position(|claims| *claims == way.claims));
        }
        again
    }

    fn with_values(&self, groups: &[Group], firsts: &[Vec<ClaimId>]) -> Vec<Vec<Way>> {
        let of_group = |(at, (_, found)): (usize, &Group)| {
            let ways = found.sets.iter().map(|set| {
                let given_up = beside(firsts, at, set);
                // As long as fixed claims clash, no value of any other settles all.
                let values = |claim: &ClaimId| match self.hopeless.as_slice() {
                    [] => self.clashing.values(&given_up, *claim),
                    _ => None,
                };
                let values = set.iter().map(values).collect();
                Way { claims: set.clone(), values }
            });
            ways.collect()
        };
        groups.iter().enumerate().map(of_group).collect()
    }

    /// The lightest sets for each group of clashes that share claims, all of which settle the component.
    fn ways(&mut self) -> Result<Vec<Group>, Undecided> {
        'again: loop {
            self.group();
            let mut found: Vec<Lightest<ClaimId>> = self.groups.iter().map(|group| group.lightest.clone()).collect();
            let firsts: Vec<Vec<ClaimId>> = found.iter().filter_map(|found| found.sets.first().cloned()).collect();
            let all: BTreeSet<ClaimId> = firsts.iter().flatten().copied().collect();
            if !self.settles(&all)? {
                continue;
            }
            for (at, found) in found.iter_mut().enumerate() {
                for place in 1..found.sets.len() {
                    let Some(way) = found.sets.get(place) else { break };
                    match self.settles(&beside(&firsts, at, way)) {
                        Ok(true) => {}
                        Ok(false) => continue 'again,
                        // What was found is an answer all the same; whether others are, is not known.
                        Err(Undecided) => {
                            found.sets.truncate(place);
                            found.complete = false;
                            break;
                        }
                    }
                }
            }
            let clashes = std::mem::take(&mut self.groups).into_iter().map(|group| group.sets);
            return Ok(clashes.zip(found).collect());
        }
    }

    /// Brings fresh clashes into groups that share claims.
    fn group(&mut self) {
        let mut joined: Vec<Joining> = Vec::new();
        for clash in std::mem::take(&mut self.fresh) {
            let parts: Vec<Known<ClaimId>> =
                self.groups.extract_if(.., |group| !group.has.is_disjoint(&clash)).collect();
            let mut has = clash.clone();
            parts.iter().for_each(|part| has.extend(&part.has));
            let mut joining = Joining { has, clashes: vec![clash], parts };
            for other in joined.extract_if(.., |other| !other.has.is_disjoint(&joining.has)).collect::<Vec<_>>() {
                joining.has.extend(other.has);
                joining.clashes.extend(other.clashes);
                joining.parts.extend(other.parts);
            }
            joined.push(joining);
        }
        for Joining { clashes, parts, .. } in joined {
            self.groups.extend(lightest(clashes, parts, self.weights, MOST_WAYS));
        }
        self.groups.sort_by_key(|group| group.has.first().copied());
    }
}

/// The claims of a way of one group, and those of the first way of every other group.
fn beside(firsts: &[Vec<ClaimId>], group: usize, way: &[ClaimId]) -> BTreeSet<ClaimId> {
    let others = firsts.iter().enumerate().filter(|(other, _)| *other != group);
    others.flat_map(|(_, claims)| claims).chain(way).copied().collect()
}
