//! Narrower scopes inside wider ones, and scopes that are taken to be the same.
//!
//! What a narrow scope has at least, a wide one that covers it has at least too: lower bounds are carried up. Where a
//! scope leaves a dimension unsaid, its figures are carried to the curve of a scope that states it, and lean on that.
//! An assumption that a claim's dimension has a member carries the claim to that scope, and is named.
//!
//! Which curves meet is looked up, not tried: curves are grouped by the dimensions that they state, and for two such
//! groups a curve's possible covers are the few members above its own.

use super::scopes::{Meeting, Nesting, ancestors, meet};
use super::{CurveKey, Grounder};
use crate::claim::{ArticleId, ClaimId, EVENT, Kind, Member, Scope};
use crate::expr::{Comparison, Expr, ExprKind, Name};
use crate::problem::{
    Constraint, ConstraintId, CurveId, FigureId, Form, InstantId, Lean, LeanId, Says, Side, StatementId, Why,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// A statement on a curve: as it was stated there, or as an assumption puts it there.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    pub statement: StatementId,
    pub ends: (InstantId, InstantId),
    pub leans: Vec<LeanId>,
}

/// So few scopes are tried one by one rather than looked up.
const FEW: usize = 16;

/// Dimensions with their members, in order.
type Projection = Vec<(String, Member)>;

impl Grounder<'_> {
    /// Relates curves of one measure whose scopes differ.
    pub(super) fn nesting(&mut self) {
        self.present = self.presences().into_iter().map(|(curve, present)| (curve, Rc::new(present))).collect();
        let mut families: BTreeMap<CurveKey, Vec<CurveId>> = BTreeMap::new();
        for (at, key) in self.curve_keys.iter().enumerate() {
            let family = CurveKey { scope: Scope::default(), ..key.clone() };
            families.entry(family).or_default().push(CurveId::at(at));
        }
        for curves in families.into_values().filter(|curves| curves.len() > 1) {
            let mut nested = Vec::new();
            for (narrow, wide) in self.covers(&curves) {
                let scopes = (&self.problem[narrow].scope, &self.problem[wide].scope);
                let Some(meeting) = meet(&self.claims.vocabulary, scopes.0, scopes.1) else { continue };
                self.nest(narrow, wide, &meeting);
                if meeting.nesting == Nesting::Within && self.problem[wide].monotone {
                    nested.push((narrow, wide, meeting));
                }
            }
            self.inside_each(nested);
        }
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
            let target = self.curve_beside(curve, scope);
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

    /// What assumptions of the form `ID.dimension == 'member'` say, by claim.
    fn assumed_members(&self) -> BTreeMap<ClaimId, Vec<(String, Member, String)>> {
        let mut found: BTreeMap<ClaimId, Vec<(String, Member, String)>> = BTreeMap::new();
        for assume in &self.claims.assumes {
            for part in conjuncts(&assume.that.root) {
                let Some((claim, dimension, member)) = self.assumed_member(part, assume.article) else { continue };
                let member = if member == "*" { Member::All } else { Member::Path(member.to_owned()) };
                found.entry(claim).or_default().push((dimension.to_owned(), member, assume.id.clone()));
            }
        }
        found
    }

    /// The claim that an assumption places in a scope, with the dimension and the member. Only what a claim leaves unsaid
    /// can be assumed of it; anything else is a relation like any other.
    pub(super) fn assumed_member<'e>(&self, part: &'e Expr, article: ArticleId) -> Option<(ClaimId, &'e str, &'e str)> {
        let (name, dimension, member) = membership(part)?;
        let claim = self.claim_named(&name.base, article)?;
        match &self.claims[claim].kind {
            Kind::Figure(figure) if !figure.scope.0.contains_key(dimension) => Some((claim, dimension, member)),
            _ => None,
        }
    }

    /// Pairs of curves of which the first may lie inside the second, or be the same once something unsaid is granted.
    fn covers(&self, curves: &[CurveId]) -> Vec<(CurveId, CurveId)> {
        let mut shapes: BTreeMap<Vec<String>, Vec<CurveId>> = BTreeMap::new();
        for curve in curves {
            let shape = self.problem[*curve].scope.0.keys().cloned().collect();
            shapes.entry(shape).or_default().push(*curve);
        }
        let mut pairs = BTreeSet::new();
        for (narrow_shape, narrow_curves) in &shapes {
            for (wide_shape, wide_curves) in &shapes {
                let event = EVENT.to_owned();
                if wide_shape.contains(&event) && !narrow_shape.contains(&event) {
                    continue;
                }
                let common: Vec<&String> = narrow_shape.iter().filter(|one| wide_shape.contains(one)).collect();
                let mut index: HashMap<Projection, Vec<CurveId>> = HashMap::new();
                for wide in wide_curves {
                    index.entry(self.projection(*wide, &common)).or_default().push(*wide);
                }
                for narrow in narrow_curves {
                    let scopes = |wide: CurveId| (&self.problem[*narrow].scope, &self.problem[wide].scope);
                    if wide_curves.len() <= FEW {
                        let meets = |wide: CurveId| {
                            let (narrow, wide) = scopes(wide);
                            meet(&self.claims.vocabulary, narrow, wide).is_some()
                        };
                        let found = wide_curves.iter().filter(|wide| *wide != narrow && meets(**wide));
                        pairs.extend(found.map(|wide| (*narrow, *wide)));
                        continue;
                    }
                    for cover in self.generalisations(self.projection(*narrow, &common)) {
                        let found = index.get(&cover).into_iter().flatten();
                        pairs.extend(found.filter(|wide| *wide != narrow).map(|wide| (*narrow, *wide)));
                    }
                }
            }
        }
        pairs.into_iter().collect()
    }

    fn projection(&self, curve: CurveId, dimensions: &[&String]) -> Projection {
        let scope = &self.problem[curve].scope.0;
        dimensions
            .iter()
            .filter_map(|dimension| scope.get(*dimension).map(|member| ((*dimension).clone(), member.clone())))
            .collect()
    }

    /// All that covers a projection: each member itself, what it lies within, or all.
    fn generalisations(&self, projection: Projection) -> Vec<Projection> {
        let mut all: Vec<Projection> = vec![Vec::new()];
        for (dimension, member) in projection {
            let mut members = vec![member.clone()];
            if let Member::Path(path) = &member {
                let above = ancestors(&self.claims.vocabulary, &dimension, path);
                members.extend(above.into_iter().map(Member::Path));
                members.push(Member::All);
            }
            all = all
                .iter()
                .flat_map(|start| {
                    members.iter().map(|member| {
                        let mut longer = start.clone();
                        longer.push((dimension.clone(), member.clone()));
                        longer
                    })
                })
                .collect();
        }
        all
    }

    /// Carries what is said on a narrow curve to a wide one.
    fn nest(&mut self, narrow: CurveId, wide: CurveId, meeting: &Meeting) {
        let (Some(said), Some(others)) = (self.present.get(&narrow).cloned(), self.present.get(&wide).cloned()) else {
            return;
        };
        let (said, others) = (said.as_slice(), others.as_slice());
        let scopes = (self.problem[narrow].scope.clone(), self.problem[wide].scope.clone());
        let sides: &[Side] = match meeting.nesting {
            Nesting::Covers => return,
            Nesting::Within if self.problem[wide].monotone => &[Side::Least],
            Nesting::Within => return,
            Nesting::Equal if meeting.unsaid.iter().any(|unsaid| unsaid.first) => &[Side::Least, Side::Most],
            Nesting::Equal => return,
        };
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
        let words = match meeting.nesting {
            Nesting::Within => format!("{measure} for {part} are at most those for {}", or_all(&whole)),
            _ => format!("{measure} for {} are those for {}", or_all(&part), or_all(&whole)),
        };
        let across = self.across(&claims);
        let start = self.problem.differences.len();
        let constraint = ConstraintId::at(self.problem.constraints.len());
        for presence in said {
            let leans: Vec<LeanId> = leans.iter().chain(&presence.leans).copied().collect();
            for side in sides {
                let why = match meeting.nesting {
                    Nesting::Within => Why::Within(presence.statement),
                    _ => Why::SameScope(presence.statement, *side),
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

/// A scope in words, or what stands for one that states nothing.
pub(super) fn or_all(scope: &str) -> &str {
    if scope.is_empty() { "everything" } else { scope }
}

/// The parts of a conjunction; an expression that is none is its only part.
pub(super) fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        _ => vec![expr],
    }
}

/// `ID.dimension == 'member'`, if that is what an expression is.
fn membership(expr: &Expr) -> Option<(&Name, &str, &str)> {
    let ExprKind::Compare(first, rest) = &expr.kind else { return None };
    let [(Comparison::Equal, second)] = rest.as_slice() else { return None };
    let (name, text) = match (&first.kind, &second.kind) {
        (ExprKind::Name(name), ExprKind::Text(text)) | (ExprKind::Text(text), ExprKind::Name(name)) => (name, text),
        _ => return None,
    };
    match name.fields.as_slice() {
        [dimension] => Some((name, dimension, text)),
        _ => None,
    }
}
