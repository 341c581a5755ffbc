//! One component in which claims can be given up and taken back: what still clashes, and what the others leave open.
//!
//! In: the items of a component, whatever else decides it. Out, for any set of claims that are given up: claims that cannot
//! all be true among the rest, as small sets that have none in common; and for a claim, the values that the rest leaves it.
//! Nothing that is leaned on counts but what is said.

use super::item::{Items, claims};
use super::minimal::{Resting, leave_out, minimal, used};
use super::system::{Background, Numbered, Part};
use super::{Selection, family};
use crate::claim::ClaimId;
use crate::problem::ConstraintId;
use crate::problem::refutation::Refutation;
use crate::solve::graph::selection::Member;
use crate::solve::linear::{Answer, Search};
use std::collections::BTreeSet;

/// What a relation by itself says of the claims that are left: those that clash by it, none if none do; `Err` if that was
/// not decided.
pub type Alone<'a> = dyn Fn(ConstraintId, &BTreeSet<ClaimId>) -> Result<BTreeSet<ClaimId>, Open> + Sync + 'a;

/// The budget did not suffice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open;

/// A component whose claims can be given up.
pub(in crate::solve) struct Standing<'a> {
    background: &'a Background<'a>,
    items: &'a Items,
    whole: &'a Numbered,
    resting: Resting<'a>,
    /// What may be rested on.
    members: BTreeSet<Member>,
    /// A search in which members are left out, where that is all that a trial needs.
    search: Option<Search<'a>>,
    /// The relation that is all of the component, if nothing but its own figures bounds it.
    only: Option<ConstraintId>,
    alone: &'a Alone<'a>,
    /// All trials together may take so many further steps.
    steps: u64,
}

/// All trials together may take so many times the steps of one.
const TRIALS: u64 = 16;

impl<'a> Standing<'a> {
    /// `whole` has all of the items.
    pub fn new(
        background: &'a Background<'a>,
        selection: &Selection,
        (items, whole): (&'a Items, &'a Numbered),
        only: Option<ConstraintId>,
        alone: &'a Alone<'a>,
    ) -> Self {
        let members = members(items, selection);
        let search = whole.shrinks_by_leaving_out(items).then(|| Search::new(&whole.system));
        let steps = family::budget(whole).saturating_mul(TRIALS);
        Self { background, items, whole, resting: Resting::of(items, 1), members, search, only, alone, steps }
    }

    /// Claims that clash among those that are not given up: small sets that have no claim in common. None at all if all of
    /// them can be true.
    pub fn clashes(&mut self, given_up: &BTreeSet<ClaimId>) -> Result<Vec<BTreeSet<ClaimId>>, Open> {
        let mut found: Vec<BTreeSet<ClaimId>> = Vec::new();
        let mut left = self.members.clone();
        given_up.iter().for_each(|claim| {
            left.remove(&Member::Claim(*claim));
        });
        while let Some(mut clashing) = self.clashing(&left)? {
            let own: BTreeSet<ClaimId> = claims(&clashing).collect();
            if !own.is_empty() {
                clashing.retain(|member| matches!(member, Member::Claim(_)));
            }
            if clashing.is_empty() {
                return Err(Open);
            }
            left = left.difference(&clashing).copied().collect();
            found.push(own);
        }
        if found.is_empty() && self.only.is_none() && !self.items.unread.is_empty() {
            let clashing = self.unread(given_up)?;
            return if clashing.is_empty() { Err(Open) } else { Ok(vec![clashing]) };
        }
        if let (true, Some(only)) = (found.is_empty(), self.only) {
            let clashing = (self.alone)(only, given_up)?;
            found.extend(Some(clashing).filter(|clashing| !clashing.is_empty()));
        }
        Ok(found)
    }

    /// What a minimal clash among these rests on, if there is one.
    fn clashing(&mut self, left: &BTreeSet<Member>) -> Result<Option<BTreeSet<Member>>, Open> {
        let (items, whole) = (self.items, self.whole);
        if let Some(mut search) = self.search.take() {
            leave_out(items, whole, &mut search, left);
            let before = search.spent();
            let answer = search.decide(family::budget(whole).min(self.steps));
            self.steps = self.steps.saturating_sub(search.spent().saturating_sub(before));
            self.search = Some(search);
            return self.rests_on(whole, answer);
        }
        let numbered = Numbered::of(self.background, items, Part::all(items), Some(left));
        let mut search = Search::new(&numbered.system);
        let answer = search.decide(family::budget(&numbered).min(self.steps));
        self.steps = self.steps.saturating_sub(search.spent());
        self.rests_on(&numbered, answer)
    }

    fn rests_on(&self, numbered: &Numbered, answer: Answer) -> Result<Option<BTreeSet<Member>>, Open> {
        match answer {
            Answer::Possible(_) => Ok(None),
            Answer::Undecided if self.only.is_some() => Ok(None), // the relation by itself is asked next
            Answer::Undecided => Err(Open),
            Answer::Impossible(refutation) => Ok(Some(self.smallest(numbered, refutation))),
        }
    }

    fn smallest(&self, numbered: &Numbered, refutation: Refutation) -> BTreeSet<Member> {
        let (smaller, refutation) = minimal(self.background, &self.resting, numbered, refutation);
        used(self.items, smaller.as_ref().unwrap_or(numbered), &refutation)
    }

    /// Claims that clash by a relation that has no form as rows.
    fn unread(&self, given_up: &BTreeSet<ClaimId>) -> Result<BTreeSet<ClaimId>, Open> {
        for constraint in &self.items.unread {
            let clashing = (self.alone)(*constraint, given_up)?;
            if !clashing.is_empty() {
                return Ok(clashing);
            }
        }
        Ok(BTreeSet::new())
    }
}

/// All that the items of a component rest on and that may be leaned on.
pub(super) fn members(items: &Items, selection: &Selection) -> BTreeSet<Member> {
    let of_rows = items.rows.iter().flat_map(|item| &item.members);
    let of_choices = items.choices.iter().flat_map(|item| &item.members);
    let of_alternatives = items.of_alternatives.iter().flatten().flatten().flatten();
    let all = of_rows.chain(of_choices).chain(of_alternatives).copied();
    all.filter(|member| !matches!(member, Member::Lean(lean) if !selection.leans.contains(lean))).collect()
}
