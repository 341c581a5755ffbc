//! A refutation made minimal: whatever can be dropped so that the rest is still refuted is dropped.
//!
//! In: the items of a component and a refutation. Out: one that rests on nothing that could be dropped, by deletion in
//! canonical order: over what it leans on, then its claims, then its constraints. Only items that rest on members of the
//! first refutation are looked at (`Resting` finds them), so that a trial costs what the conflict is large, not what its
//! component is. Where leaving out is all that a trial needs, one search makes them all, each from where the last one
//! ended.

use super::family::budget;
use super::item::Items;
use super::system::{Background, Numbered, Part, with_factors};
use crate::problem::refutation::{Quantity, Refutation};
use crate::solve::graph::selection::Member;
use crate::solve::linear::{Answer, Search, choices_of, rows_of};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The items of a component by what they rest on.
pub(super) struct Resting<'i> {
    pub items: &'i Items,
    of: BTreeMap<Member, Part>,
    /// Rows that rest on nothing and bound one quantity: they matter where that quantity does.
    ranges: HashMap<&'i Quantity, Vec<usize>>,
    /// All else that rests on nothing.
    always: Part,
    /// A trial gets one part in so many of a budget.
    share: u64,
}

impl<'i> Resting<'i> {
    /// Sorts items by what they rest on.
    pub fn of(items: &'i Items, share: u64) -> Self {
        let mut resting = Self { items, of: BTreeMap::new(), ranges: HashMap::new(), always: Part::default(), share };
        for (at, item) in items.rows.iter().enumerate() {
            for member in &item.members {
                resting.of.entry(*member).or_default().rows.push(at);
            }
            match item.what.terms.as_slice() {
                _ if !item.members.is_empty() => {}
                [(quantity, _)] => resting.ranges.entry(quantity).or_default().push(at),
                _ => resting.always.rows.push(at),
            }
        }
        for (at, (item, of_rows)) in items.choices.iter().zip(&items.of_alternatives).enumerate() {
            let of_rows = of_rows.iter().flatten().flatten();
            for member in item.members.iter().chain(of_rows) {
                resting.of.entry(*member).or_default().choices.push(at);
            }
            if item.members.is_empty() {
                resting.always.choices.push(at);
            }
        }
        resting
    }

    /// The steps that a trial may take.
    pub fn budget(&self, numbered: &Numbered) -> u64 {
        budget(numbered).checked_div(self.share).unwrap_or_default()
    }

    /// What rests on any of these, at least in part.
    pub fn on(&self, members: &BTreeSet<Member>) -> Part {
        let mut part = Part::default();
        for own in members.iter().filter_map(|member| self.of.get(member)) {
            part.rows.extend(&own.rows);
            part.choices.extend(&own.choices);
        }
        part.in_order()
    }

    /// What rests on nothing but these, and the ranges of all that it speaks of.
    pub fn within(&self, members: &BTreeSet<Member>) -> Part {
        let within = |own: &[Member]| own.iter().all(|member| members.contains(member));
        let mut part = self.on(members);
        part.rows.extend(&self.always.rows);
        part.choices.extend(&self.always.choices);
        part.rows.retain(|at| self.items.rows.get(*at).is_some_and(|item| within(&item.members)));
        part.choices.retain(|at| self.items.choices.get(*at).is_some_and(|item| within(&item.members)));
        let rows = part.rows.iter().filter_map(|at| self.items.rows.get(*at)).map(|item| &item.what);
        let choices = part.choices.iter().filter_map(|at| self.items.choices.get(*at));
        let mut spoken: Vec<&Quantity> = Vec::new();
        for row in rows.chain(choices.flat_map(|choice| choice.what.alternatives.iter().flatten())) {
            row.terms.iter().for_each(|(quantity, _)| with_factors(quantity, &mut spoken));
        }
        spoken.sort_unstable();
        spoken.dedup();
        part.rows.extend(spoken.into_iter().filter_map(|quantity| self.ranges.get(quantity)).flatten());
        part.in_order()
    }
}

/// What a refutation rests on.
pub(super) fn used(items: &Items, numbered: &Numbered, refutation: &Refutation) -> BTreeSet<Member> {
    let mut members = BTreeSet::new();
    for row in rows_of(refutation, numbered.rows.len()) {
        let item = numbered.rows.get(row).and_then(|at| items.rows.get(*at));
        members.extend(item.into_iter().flat_map(|item| &item.members));
    }
    for choice in choices_of(refutation) {
        let Some(at) = numbered.choices.get(choice) else { continue };
        members.extend(items.choices.get(*at).into_iter().flat_map(|item| &item.members));
        members.extend(numbered.kept_members(items, *at));
    }
    members
}

/// A refutation that rests on nothing that could be dropped, with the system that it refutes; `None` stands for the
/// system of all items.
pub(super) fn minimal(
    background: &Background,
    resting: &Resting,
    whole: &Numbered,
    refutation: Refutation,
) -> (Option<Numbered>, Refutation) {
    let items = resting.items;
    let members = used(items, whole, &refutation);
    let near = resting.within(&members);
    let small = Numbered::of(background, items, near.clone(), Some(&members));
    if !small.shrinks_by_leaving_out(items) {
        return by_building(background, resting, &near, members, refutation);
    }
    match by_leaving_out(resting, &small, members) {
        Some(refutation) => (Some(small), refutation),
        None => (None, refutation),
    }
}

/// Trials in one search over all that is near. `None` if it is not refuted within the budget.
fn by_leaving_out(resting: &Resting, small: &Numbered, mut members: BTreeSet<Member>) -> Option<Refutation> {
    let (items, budget) = (resting.items, resting.budget(small));
    let mut search = Search::new(&small.system);
    let Answer::Impossible(mut best) = search.decide(budget) else { return None };
    let all = std::mem::replace(&mut members, used(items, small, &best));
    for member in all {
        if !members.remove(&member) {
            continue;
        }
        leave_out(items, small, &mut search, &members);
        match search.decide(budget) {
            Answer::Impossible(refutation) => {
                members = used(items, small, &refutation);
                best = refutation;
            }
            Answer::Possible(_) | Answer::Undecided => {
                members.insert(member);
            }
        }
    }
    Some(best)
}

/// Leaves out of a search what rests on anything but these.
pub(super) fn leave_out(items: &Items, small: &Numbered, search: &mut Search, members: &BTreeSet<Member>) {
    let within = |own: &[Member]| own.iter().all(|member| members.contains(member));
    for (row, at) in small.rows.iter().enumerate() {
        search.set_row(row, items.rows.get(*at).is_some_and(|item| within(&item.members)));
    }
    for (choice, at) in small.choices.iter().enumerate() {
        search.set_choice(choice, items.choices.get(*at).is_some_and(|item| within(&item.members)));
    }
}

/// Trials that each build their own system.
fn by_building(
    background: &Background,
    resting: &Resting,
    near: &Part,
    mut members: BTreeSet<Member>,
    refutation: Refutation,
) -> (Option<Numbered>, Refutation) {
    let items = resting.items;
    let mut best: (Option<Numbered>, Refutation) = (None, refutation);
    for member in members.clone() {
        if !members.remove(&member) {
            continue;
        }
        let smaller = Numbered::of(background, items, near.clone(), Some(&members));
        match Search::new(&smaller.system).decide(resting.budget(&smaller)) {
            Answer::Impossible(refutation) => {
                members = used(items, &smaller, &refutation);
                best = (Some(smaller), refutation);
            }
            Answer::Possible(_) | Answer::Undecided => {
                members.insert(member);
            }
        }
    }
    best
}
