//! The values that the other claims of a component leave open for one of its figures or events.
//!
//! In: the items of a component, the claims that are given up, and a claim. Out: the values that it could state with all the
//! others as they are, or the least and the greatest of them with the claims that set those ends. The claim says nothing
//! of its own, but whatever it would bound is bound by the value that is asked for: a count of a province is at most that
//! of its country, whichever count it is.

use super::Selection;
use super::item::{Item, Items, between, claims, row};
use super::minimal::{Resting, minimal, used};
use super::standing::members;
use super::system::{Background, Numbered, Part};
use crate::claim::ClaimId;
use crate::number::{End, Interval, Rational};
use crate::problem::refutation::{Quantity, Reason, Refutation, Row};
use crate::problem::{DifferenceId, FigureId, Problem, Says, Side, StatementId, Why};
use crate::solve::graph::selection::{Member, members_of};
use crate::solve::linear::{Extreme, Spread, extreme, spread};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Looking for the values of one claim may take so many steps, and so many more for each row.
const STEPS: (u64, u64) = (400_000, 100);

/// One end of what is left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The end.
    pub end: End,
    /// The claims that set it, in canonical order.
    pub set_by: Vec<ClaimId>,
}

/// What is left open for a figure or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// The values between these ends, not necessarily each of them.
    Between(Box<(Edge, Edge)>),
    /// The others cannot all be true, whatever it is.
    Nothing,
    /// The budget did not suffice.
    Unknown,
}

/// The items of a component in which a claim says nothing of its own, and the quantity that it is about.
pub(super) struct Room<'p> {
    background: &'p Background<'p>,
    items: Cow<'p, Items>,
    members: BTreeSet<Member>,
    quantity: Quantity,
}

impl<'p> Room<'p> {
    /// `None` if the claim is about a text, or about nothing that is bound.
    pub fn of(
        problem: &Problem,
        background: &'p Background<'p>,
        selection: &Selection,
        (items, differences): (&'p Items, &[DifferenceId]),
        given_up: &BTreeSet<ClaimId>,
        claim: ClaimId,
    ) -> Option<Self> {
        let own = |id: &StatementId| problem.statements.get(id.index()).is_some_and(|it| it.claim == claim);
        let says = problem.said_by(claim).next().map(|(_, statement)| &statement.says);
        let quantity = match says? {
            Says::Value(figure, _) => Quantity::Figure(*figure),
            Says::Date(_) => Quantity::Event(claim),
            Says::Text(_) => return None,
        };
        let mut items = Cow::Borrowed(items);
        if let Quantity::Figure(figure) = quantity {
            for id in differences {
                let Some(edge) = problem.differences.get(id.index()) else { continue };
                if edge.why.statement().is_some_and(|statement| own(&statement))
                    && selection.counts(problem, *id)
                    && let Some(tied) = tied(problem, *id, figure)
                {
                    items.to_mut().rows.push(tied);
                }
            }
        }
        let mut members = members(&items, selection);
        given_up.iter().chain([&claim]).for_each(|claim| {
            members.remove(&Member::Claim(*claim));
        });
        Some(Self { background, items, members, quantity })
    }

    fn numbered(&self) -> Numbered {
        Numbered::of(self.background, &self.items, Part::all(&self.items), Some(&self.members))
    }

    fn variable(&self, numbered: &Numbered) -> Option<u32> {
        numbered.quantities.binary_search(&self.quantity).ok().and_then(|at| u32::try_from(at).ok())
    }

    fn steps(numbered: &Numbered) -> u64 {
        let rows = u64::try_from(numbered.system.rows.len()).unwrap_or(u64::MAX);
        STEPS.0.saturating_add(STEPS.1.saturating_mul(rows))
    }

    /// The values that settle what the claim clashes with; `None` if they were not found.
    pub fn values(&self) -> Option<Spread> {
        if !self.items.unread.is_empty() {
            return None;
        }
        let numbered = self.numbered();
        let Some(variable) = self.variable(&numbered) else {
            return Some(Spread { parts: vec![Interval::everything()], exact: true });
        };
        spread(&numbered.system, variable, &mut Self::steps(&numbered))
    }

    /// The least and the greatest value, with the claims that set them.
    pub fn ends(&self) -> Left {
        let numbered = self.numbered();
        let Some(variable) = self.variable(&numbered) else {
            let open = || Edge { end: End::Unbounded, set_by: Vec::new() };
            return Left::Between(Box::new((open(), open())));
        };
        let mut steps = Self::steps(&numbered);
        let mut edges = Vec::with_capacity(2);
        for side in [Side::Least, Side::Most] {
            match extreme(&numbered.system, variable, side, &mut steps) {
                Extreme::Impossible => return Left::Nothing,
                Extreme::Unknown => return Left::Unknown,
                Extreme::Unbounded => edges.push(Edge { end: End::Unbounded, set_by: Vec::new() }),
                Extreme::At { value, attained, beyond: (held, refutation) } => {
                    let set_by = self.set_by(&numbered, &held, refutation);
                    edges.push(Edge { end: End::at(value, attained), set_by });
                }
            }
        }
        let mut edges = edges.into_iter();
        match (edges.next(), edges.next()) {
            (Some(least), Some(most)) => Left::Between(Box::new((least, most))),
            _ => Left::Unknown,
        }
    }

    /// The claims by which nothing lies beyond an end: few of them, if not the fewest.
    fn set_by(&self, numbered: &Numbered, held: &Row<u32>, refutation: Refutation) -> Vec<ClaimId> {
        let mut items = Items::clone(&self.items);
        let named = |own: &u32| numbered.quantities.get(crate::solve::place(*own)).cloned();
        let terms = held.terms.iter().filter_map(|(own, factor)| Some((named(own)?, factor.clone())));
        let what = row(terms.collect(), held.at_most.clone(), held.strict);
        // No proof names this reason: the row only stands in for the value that is asked for.
        let reason = Reason::Stated(StatementId(0), Side::Most);
        items.rows.push(Item { what, reason, members: Vec::new() });
        let whole = Numbered::of(self.background, &items, Part::all(&items), Some(&self.members));
        let (smaller, refutation) = minimal(self.background, &Resting::of(&items, 1), &whole, refutation);
        claims(&used(&items, smaller.as_ref().unwrap_or(&whole), &refutation)).collect()
    }
}

/// The row of an edge of a claim with the value that is asked for in the place of its bound; none for what the figure's own
/// increment says already.
fn tied(problem: &Problem, id: DifferenceId, figure: FigureId) -> Option<Item<Row, Reason>> {
    let edge = problem.differences.get(id.index())?;
    let side = match edge.why {
        Why::Within(_) => Side::Least,
        Why::SameScope(_, side) => side,
        _ => return None,
    };
    let mut terms = between(problem, edge);
    let sign = if side == Side::Most { -1 } else { 1 };
    *terms.entry(Quantity::Figure(figure)).or_insert(Rational::ZERO) += Rational::from(sign);
    let members = members_of(problem, edge).filter(|member| !matches!(member, Member::Claim(_)));
    let members: BTreeSet<Member> = members.collect();
    Some(Item {
        what: row(terms, Rational::ZERO, false),
        reason: Reason::Difference(id),
        members: members.into_iter().collect(),
    })
}
