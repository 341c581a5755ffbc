//! Components in which claims can be given up, whatever else decides them.
//!
//! What the graph alone or a relation by itself decides has no part in a check of several constraints together; here every
//! component of some claims is looked at in one way, so that claims can be given up and values asked for in any of them.
//! Texts about one thing are a component of their own: no two of them may differ.

use super::Selection;
use super::component::{Component, Wanted, components, lone_relation};
use super::item::{Items, items};
use super::room::{Left, Room};
use super::standing::{Alone, Open, Standing};
use super::system::{Background, Numbered, Part, Start};
use crate::claim::ClaimId;
use crate::problem::{ConstraintId, Form, Problem, Says, StatementId};
use crate::solve::linear::Spread;
use crate::source::quote::same_words;
use std::collections::{BTreeMap, BTreeSet};

/// Components of more rows are not looked at: each trial costs as much as they are large.
const MOST_ROWS: usize = 10_000;

/// What clashes while some claims are given up, and what the rest leaves open for them.
pub trait Clashing {
    /// Claims that clash among those that are not given up, as small sets that have none in common; none if none do.
    fn clashes(&mut self, given_up: &BTreeSet<ClaimId>) -> Result<Vec<BTreeSet<ClaimId>>, Open>;

    /// The values that a claim could have while it and others are given up; `None` if they were not found.
    fn values(&self, given_up: &BTreeSet<ClaimId>, claim: ClaimId) -> Option<Spread>;
}

/// The components of some claims.
pub struct Bench<'a> {
    problem: &'a Problem,
    selection: &'a Selection,
    background: Background<'a>,
    components: Vec<Component>,
    texts: Vec<&'a [StatementId]>,
}

impl<'a> Bench<'a> {
    /// Those of these claims.
    pub fn new(problem: &'a Problem, selection: &'a Selection, claims: &BTreeSet<ClaimId>) -> Self {
        let components = components(problem, selection, Wanted::Of(claims));
        let constraints = (0..problem.constraints.len()).map(ConstraintId::at);
        let texts = constraints.filter(|id| selection.allows(problem, *id)).filter_map(|id| {
            match &problem.constraints.get(id.index())?.form {
                Form::SameText(statements) => Some(statements.as_slice()),
                _ => None,
            }
        });
        let texts = texts.collect();
        Self { problem, selection, background: Background::new(problem, Start::of(&[])), components, texts }
    }

    /// In which component each claim is.
    pub fn places(&self) -> BTreeMap<ClaimId, usize> {
        let problem = self.problem;
        let claim = |id: &StatementId| problem.statements.get(id.index()).map(|statement| statement.claim);
        let mut places = BTreeMap::new();
        for (place, component) in self.components.iter().enumerate() {
            let edges = component.differences.iter().filter_map(|id| problem.differences.get(id.index()));
            let figures = component.figures.iter().filter_map(|id| problem.figures.get(id.index()));
            let of_edges = edges.filter_map(|edge| edge.why.statement());
            let of_figures = figures.flat_map(|figure| &figure.statements).copied();
            let statements = of_edges.chain(of_figures).chain(component.day_sets.iter().copied());
            places.extend(statements.filter_map(|id| Some((claim(&id)?, place))));
        }
        for (place, statements) in (self.components.len()..).zip(&self.texts) {
            places.extend(statements.iter().filter_map(|id| Some((claim(id)?, place))));
        }
        places
    }

    /// What something makes of a component, of whose relations `alone` says what they say by themselves.
    pub(in crate::solve) fn at<T>(
        &self,
        place: usize,
        alone: &Alone,
        make: &mut dyn FnMut(&mut dyn Clashing) -> Vec<T>,
    ) -> Vec<T> {
        if let Some(component) = self.components.get(place) {
            let items = items(self.problem, self.selection, component);
            if items.rows.len() > MOST_ROWS {
                return make(&mut TooLarge);
            }
            let whole = Numbered::of(&self.background, &items, Part::all(&items), None);
            let only = lone_relation(self.problem, component);
            let standing = Standing::new(&self.background, self.selection, (&items, &whole), only, alone);
            return make(&mut Placed { bench: self, component, items: &items, standing });
        }
        let texts = place.checked_sub(self.components.len()).and_then(|at| self.texts.get(at));
        match texts {
            Some(statements) => make(&mut Texts { problem: self.problem, statements }),
            None => Vec::new(),
        }
    }

    /// What the others leave open for each of these claims of a component, in their order; `None` for one that is of another
    /// component, or about a text.
    pub fn left_open(&self, place: usize, claims: &[ClaimId]) -> Vec<Option<Left>> {
        let Some(component) = self.components.get(place) else { return vec![None; claims.len()] };
        let items = items(self.problem, self.selection, component);
        if !items.unread.is_empty() || items.rows.len() > MOST_ROWS {
            return vec![Some(Left::Unknown); claims.len()];
        }
        let none = BTreeSet::new();
        let left = |claim: &ClaimId| {
            let items = (&items, component.differences.as_slice());
            Some(Room::of(self.problem, &self.background, self.selection, items, &none, *claim)?.ends())
        };
        claims.iter().map(left).collect()
    }
}

/// A component on the bench.
struct Placed<'a, 'b> {
    bench: &'b Bench<'a>,
    component: &'b Component,
    items: &'b Items,
    standing: Standing<'b>,
}

impl Clashing for Placed<'_, '_> {
    fn clashes(&mut self, given_up: &BTreeSet<ClaimId>) -> Result<Vec<BTreeSet<ClaimId>>, Open> {
        self.standing.clashes(given_up)
    }

    fn values(&self, given_up: &BTreeSet<ClaimId>, claim: ClaimId) -> Option<Spread> {
        let Bench { problem, selection, background, .. } = self.bench;
        let items = (self.items, self.component.differences.as_slice());
        Room::of(problem, background, selection, items, given_up, claim)?.values()
    }
}

/// A component that is too large to be looked at.
struct TooLarge;

impl Clashing for TooLarge {
    fn clashes(&mut self, _: &BTreeSet<ClaimId>) -> Result<Vec<BTreeSet<ClaimId>>, Open> {
        Err(Open)
    }

    fn values(&self, _: &BTreeSet<ClaimId>, _: ClaimId) -> Option<Spread> {
        None
    }
}

/// Texts about one thing.
struct Texts<'a> {
    problem: &'a Problem,
    statements: &'a [StatementId],
}

impl Clashing for Texts<'_> {
    fn clashes(&mut self, given_up: &BTreeSet<ClaimId>) -> Result<Vec<BTreeSet<ClaimId>>, Open> {
        let said = self.statements.iter().filter_map(|id| {
            let statement = self.problem.statements.get(id.index())?;
            match &statement.says {
                Says::Text(text) if !given_up.contains(&statement.claim) => Some((statement.claim, text)),
                _ => None,
            }
        });
        let said: Vec<(ClaimId, &String)> = said.collect();
        let mut clashes = Vec::new();
        for (at, (one, text)) in said.iter().enumerate() {
            let others = said.iter().skip(at.saturating_add(1)).filter(|(_, other)| !same_words(other, text));
            clashes.extend(others.map(|(other, _)| BTreeSet::from([*one, *other])));
        }
        Ok(clashes)
    }

    fn values(&self, _: &BTreeSet<ClaimId>, _: ClaimId) -> Option<Spread> {
        None
    }
}
