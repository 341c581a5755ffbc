//! Narrower scopes inside wider ones, and scopes that are taken to be the same.
//!
//! What a narrow scope has at least, a wide one that covers it has at least too: lower bounds are carried up. A scope that
//! leaves a dimension unsaid covers one that states it, if the two are of one thing at all, and leans on that. It may
//! even mean just that member: then its figures are carried to the curve that states it, and lean on that. Scopes of which
//! each states a dimension that the other leaves unsaid (a region here, a sex there) are not compared.
//! An assumption that a claim's dimension has a member carries the claim to that scope, and is named.

use super::covering::coverings;
use super::scopes::{Meeting, Nesting, are_disjoint};
use super::{CurveKey, Grounder};
use crate::claim::{ClaimId, Scope};
use crate::problem::{
    Constraint, ConstraintId, CurveId, FigureId, Form, Instant, InstantId, InstantKind, Lean, LeanId, Says, Side,
    StatementId, Why,
};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A statement on a curve: as it was stated there, or as an assumption puts it there.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    pub statement: StatementId,
    pub ends: (InstantId, InstantId),
    pub leans: Vec<LeanId>,
}

/// Scopes of one shape that say more than another, and how that one lies to each.
type Alike = Vec<(CurveId, Meeting)>;

/// So many scopes at most are compared with each other.
const FEW: usize = 16;

impl Grounder<'_> {
    /// Relates curves of one measure whose scopes differ.
    pub(super) fn nesting(&mut self) {
        self.present = self.presences().into_iter().map(|(curve, present)| (curve, Rc::new(present))).collect();
        let mut families: BTreeMap<CurveKey, Vec<CurveId>> = BTreeMap::new();
        let said = |at: &usize| self.present.contains_key(&CurveId::at(*at));
        for (at, key) in self.curve_keys.iter().enumerate().filter(|(at, _)| said(at)) {
            let family = CurveKey { scope: Scope::default(), ..key.clone() };
            families.entry(family).or_default().push(CurveId::at(at));
        }
        for curves in families.into_values().filter(|curves| curves.len() > 1) {
            let mut pairs: Vec<(CurveId, CurveId, Meeting)> = Vec::new();
            let mut alike: BTreeMap<(CurveId, Vec<String>), Alike> = BTreeMap::new();
            let scopes: Vec<&Scope> = curves.iter().map(|curve| &self.problem[*curve].scope).collect();
            for (narrow, wide, meeting) in coverings(&self.claims.vocabulary, &scopes) {
                let (Some(narrow), Some(wide)) = (curves.get(narrow).copied(), curves.get(wide).copied()) else {
                    continue;
                };
                let leaves_unsaid = meeting.unsaid.iter().any(|unsaid| unsaid.first);
                match meeting.nesting {
                    Nesting::Within if leaves_unsaid && self.has_cover_alike(wide, &meeting) => {}
                    Nesting::Within => pairs.push((narrow, wide, meeting)),
                    Nesting::Equal if leaves_unsaid => {
                        let shape = self.problem[wide].scope.0.keys().cloned().collect();
                        alike.entry((narrow, shape)).or_default().push((wide, meeting));
                    }
                    Nesting::Equal | Nesting::Covers => {}
                }
            }
            for ((coarse, _), fine) in alike {
                let may_be_one = self.may_be_one(coarse, &fine);
                pairs.extend(fine.into_iter().map(|(fine, meeting)| match may_be_one {
                    true => (coarse, fine, meeting),
                    false => (fine, coarse, meeting.turned()),
                }));
            }
            pairs.sort_unstable_by_key(|(narrow, wide, _)| (*narrow, *wide));
            pairs.retain(|(_, wide, meeting)| is_one(meeting) || self.problem[*wide].monotone);
            for (narrow, wide, meeting) in &pairs {
                self.nest(*narrow, *wide, meeting);
            }
            self.inside_each(pairs.into_iter().filter(|(.., meeting)| !is_one(meeting)).collect());
        }
    }

    /// Whether what covers a scope also stands there without the dimensions that the scope leaves unsaid: then that is
    /// its cover, and nothing needs to be guessed.
    fn has_cover_alike(&self, wide: CurveId, meeting: &Meeting) -> bool {
        let Some(mut key) = self.curve_keys.get(wide.index()).cloned() else { return false };
        for unsaid in meeting.unsaid.iter().filter(|unsaid| unsaid.first) {
            key.scope.0.remove(&unsaid.dimension);
        }
        self.known_curve(&key).is_some_and(|cover| cover != wide && self.present.contains_key(&cover))
    }

    /// Whether a scope that leaves a dimension unsaid may mean just the member that another states: not if the text tells
    /// the two apart, by a figure of each for one time, or by several members that have nothing in common. Then what
    /// leaves it unsaid covers what states it, if the two have anything to do with each other.
    fn may_be_one(&self, coarse: CurveId, fine: &[(CurveId, Meeting)]) -> bool {
        let scope = |curve: &CurveId| &self.problem[*curve].scope;
        if fine.len() > FEW {
            return false;
        }
        let vocabulary = &self.claims.vocabulary;
        let apart = fine.iter().enumerate().any(|(at, (one, _))| {
            fine.iter().skip(at.saturating_add(1)).any(|(other, _)| are_disjoint(vocabulary, scope(one), scope(other)))
        });
        let times = |curve: &CurveId| -> BTreeSet<(Option<InstantId>, InstantId)> {
            let present = self.present.get(curve).into_iter().flat_map(|present| present.iter());
            let is_origin = |at: InstantId| matches!(self.problem[at].kind, InstantKind::Origin { .. });
            present.map(|it| (Some(it.ends.0).filter(|start| !is_origin(*start)), it.ends.1)).collect()
        };
        let own = times(&coarse);
        !apart && fine.iter().all(|(curve, _)| own.is_disjoint(&times(curve)))
    }

    /// The statements on each curve. A claim whose scope is assumed stands where the assumption puts it.
    fn presences(&mut self) -> BTreeMap<CurveId, Vec<Presence>> {
        let assumed = self.assumed_members();
        let mut present: BTreeMap<CurveId, Vec<Presence>> = BTreeMap::new();
        for at in 0..self.problem.statements.len() {
            let statement = StatementId::at(at);
            let Says::Value(figure, _) = &self.problem[statement].says else { continue };
            let figure = *figure;
            let claim = self.problem[statement].claim;
            let Some(curve) = self.problem[figure].curve else { continue };
            let Some(ends) = self.problem[figure].ends else { continue };
            let Some(members) = assumed.get(&claim) else {
                present.entry(curve).or_default().push(Presence { statement, ends, leans: Vec::new() });
                continue;
            };
            let mut scope = self.problem[figure].scope.clone();
            let mut leans = Vec::new();
            for (dimension, member, assume) in members {
                scope.0.insert(dimension.clone(), member.clone());
                leans.push(self.lean(Lean::Assumed(assume.clone())));
            }
            // What counts from an unsaid beginning in a scope counts from that of the scope in which it is put.
            let ends = (self.origin_in(ends.0, &scope), ends.1);
            let target = self.curve_beside(curve, scope.clone());
            let is_there = *self.scope_of(figure) == scope;
            if let Some(found) = self.problem.figures.get_mut(figure.index()).filter(|_| is_there) {
                found.curve = Some(target);
                found.ends = Some(ends);
            }
            let constraint = self.problem[target].constraint;
            let carried: Vec<LeanId> =
                self.problem[constraint].leans.iter().copied().chain(leans.iter().copied()).collect();
            for side in [Side::Least, Side::Most] {
                self.carry(statement, target, ends, side, Why::SameScope(statement, side), None, &carried);
            }
            present.entry(target).or_default().push(Presence { statement, ends, leans });
        }
        present
    }

    /// An instant, in another scope if it is the origin of what counts in one.
    fn origin_in(&mut self, instant: InstantId, scope: &Scope) -> InstantId {
        let found = self.problem[instant].clone();
        match found.kind {
            InstantKind::Origin { article, source, measure, .. } => {
                let kind = InstantKind::Origin { article, source, measure, scope: scope.clone() };
                self.instant(Instant { kind, ..found })
            }
            _ => instant,
        }
    }

    /// Carries what is said on a narrow curve to a wide one.
    fn nest(&mut self, narrow: CurveId, wide: CurveId, meeting: &Meeting) {
        let (Some(said), Some(others)) = (self.present.get(&narrow).cloned(), self.present.get(&wide).cloned()) else {
            return;
        };
        let (said, others) = (said.as_slice(), others.as_slice());
        let scopes = (self.problem[narrow].scope.clone(), self.problem[wide].scope.clone());
        let same = is_one(meeting);
        let sides: &[Side] = if same { &[Side::Least, Side::Most] } else { &[Side::Least] };
        let Some(beside) = others.first().map(|other| self.problem[other.statement].claim) else { return };
        let rule = self.problem[self.problem[wide].constraint].clone();
        let mut claims: BTreeSet<ClaimId> = said.iter().map(|it| self.problem[it.statement].claim).collect();
        let spread = self.spread(wide);
        for presence in said {
            let meeting = spread.meeting(self.reach(presence));
            claims.extend(meeting.map(|other| self.problem[other.statement].claim));
        }
        let claims: Vec<ClaimId> = claims.into_iter().collect();
        let first = said.first().map(|presence| self.problem[presence.statement].claim);
        let mut leans: Vec<LeanId> = rule.leans.clone();
        for unsaid in &meeting.unsaid {
            let claim = if unsaid.first { first.unwrap_or(beside) } else { beside };
            let (dimension, member) = (unsaid.dimension.clone(), unsaid.member.clone());
            leans.push(self.lean(Lean::Unspecified { dimension, claim, member }));
        }
        let (measure, part, whole) = (&self.problem[wide].measure, scopes.0.said(), scopes.1.said());
        let words = match same {
            false => format!("{measure} for {part} are at most those for {}", or_all(&whole)),
            true => format!("{measure} for {} are those for {}", or_all(&part), or_all(&whole)),
        };
        let across = self.across(&claims);
        let start = self.problem.differences.len();
        let constraint = ConstraintId::at(self.problem.constraints.len());
        for presence in said {
            let leans: Vec<LeanId> = leans.iter().chain(&presence.leans).copied().collect();
            for side in sides {
                let why = match same {
                    false => Why::Within(presence.statement),
                    true => Why::SameScope(presence.statement, *side),
                };
                self.carry(presence.statement, wide, presence.ends, *side, why, Some(constraint), &leans);
            }
        }
        let made = (start..self.problem.differences.len()).map(crate::problem::DifferenceId::at).collect();
        self.constrain(Constraint {
            rule: rule.rule,
            severity: rule.severity,
            words,
            because: None,
            form: Form::Differences(made),
            claims,
            leans,
            across,
        });
    }

    /// The figure that a claim states.
    pub(super) fn figure_of(&self, claim: ClaimId) -> Option<FigureId> {
        self.stated.get(claim.index()).copied().flatten()
    }
}

/// Whether the first of two scopes may mean just what the second does.
fn is_one(meeting: &Meeting) -> bool {
    meeting.nesting == Nesting::Equal && meeting.unsaid.iter().any(|unsaid| unsaid.first)
}

/// A scope in words, or what stands for one that states nothing.
pub(super) fn or_all(scope: &str) -> &str {
    if scope.is_empty() { "everything" } else { scope }
}
