//! Assumptions that place a claim in a scope: `ID.dimension == 'member'`.
//!
//! Only what a claim leaves unsaid can be assumed of it. The claim then counts where the assumption puts it, as if it had
//! said so, and whatever rests on that names the assumption. A figure that several claims state is placed only if
//! assumptions put all of them in one place.

use super::checks::Heading;
use super::terms::Variables;
use super::{Grounder, Group, Owner};
use crate::claim::{ArticleId, ClaimId, Kind, Member, Scope};
use crate::expr::{Comparison, Expr, ExprKind, Name};
use crate::number::Unit;
use crate::problem::{FigureId, Formula, Lean, Term, Time, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// What figures have in common that are one where assumptions put them: the measure is named second, the source last.
type Alike = (Group, String, Unit, Scope, Time, Option<String>);

impl Grounder<'_> {
    /// Places every figure: in the scope that its claims state, and where assumptions put them.
    pub(super) fn place_figures(&mut self) {
        let assumed = self.assumed_members();
        for at in 0..self.problem.figures.len() {
            let figure = FigureId::at(at);
            let mut scope = self.problem[figure].scope.clone();
            let mut leans = Vec::new();
            let claims = if assumed.is_empty() { Vec::new() } else { self.claims_of(figure) };
            let put = |claim: &ClaimId| -> BTreeSet<(String, Member)> {
                let members = assumed.get(claim).into_iter().flatten();
                members.map(|(dimension, member, _)| (dimension.clone(), member.clone())).collect()
            };
            if let Some((first, rest)) = claims.split_first() {
                let members = put(first);
                if rest.iter().all(|claim| put(claim) == members) {
                    scope.0.extend(members);
                    for (.., assume) in claims.iter().filter_map(|claim| assumed.get(claim)).flatten() {
                        leans.push(self.lean(Lean::Assumed(assume.clone())));
                    }
                }
            }
            leans.sort_unstable();
            leans.dedup();
            if let Some(found) = self.problem.figures.get_mut(at) {
                found.leans.clone_from(&leans);
            }
            self.placed.push((scope, leans));
        }
    }

    /// Figures that assumptions put where another figure is are that figure: of one measure, unit, scope and time. On
    /// running totals that shows already. Where sources differ it is not for an assumption to say whose figure it is.
    pub(super) fn same_by_assumption(&mut self) {
        let Some(severity) = self.severity("same-figure") else { return };
        let mut alike: BTreeMap<Alike, Vec<FigureId>> = BTreeMap::new();
        for at in 0..self.problem.figures.len() {
            let id = FigureId::at(at);
            let found = &self.problem[id];
            let certain = matches!(self.figure_owners.get(at), Some(Owner::Anyone | Owner::Article(_)));
            let sources: BTreeSet<&Option<String>> =
                found.statements.iter().map(|statement| &self.problem[*statement].source).collect();
            if let (Some(group), Some(time @ Time::At(_)), Some(source), true, None) =
                (self.figure_groups.get(at), self.figure_times.get(at), sources.first(), certain, found.curve)
                && sources.len() == 1
            {
                let scope = self.scope_of(id).clone();
                let key =
                    (group.clone(), found.measure.clone(), found.unit.clone(), scope, time.clone(), (*source).clone());
                alike.entry(key).or_default().push(id);
            }
        }
        for (key, figures) in alike {
            let owner = |figure: FigureId| self.figure_owners.get(figure.index()).cloned();
            let Some((first, others)) = figures.split_first() else { continue };
            let of_first = others.iter().copied().filter(|other| owner(*other) == owner(*first));
            let others: Vec<FigureId> = of_first.collect();
            let all = || others.iter().copied().chain([*first]);
            let kept = all().find(|figure| !self.is_assumed(*figure)).unwrap_or(*first);
            self.made_one.extend(all().filter(|figure| *figure != kept).collect::<Vec<_>>());
            for other in others {
                let mut variables = Variables::default();
                let one = variables.place(Variable::Figure(*first), self.domain(*first));
                let two = variables.place(Variable::Figure(other), self.domain(other));
                let formula = Formula::Compare(Term::Variable(one), Comparison::Equal, Term::Variable(two));
                let heading = Heading {
                    rule: "same-figure".into(),
                    severity,
                    words: format!("every mention of {} is of one figure", key.1),
                    because: None,
                    leans: self.leans_of_places(&[*first, other]),
                };
                self.state(heading, formula, variables);
            }
        }
    }

    /// What assumptions of the form `ID.dimension == 'member'` say, by claim.
    pub(super) fn assumed_members(&self) -> BTreeMap<ClaimId, Vec<(String, Member, String)>> {
        let mut found: BTreeMap<ClaimId, Vec<(String, Member, String)>> = BTreeMap::new();
        for assume in &self.claims.assumes {
            for part in assume.that.root.conjuncts() {
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
