//! What all the other claims leave open for each figure and each event.
//!
//! In: claims and the problem that they were joined into. Out: for every claim of a figure or an event the least and the
//! greatest value that it could have with all the others as they are, on the widest reading of their words and leaning on
//! nothing unsaid, and the claims that set those ends. A claim whose value is asked for (`value = "?"`) is answered.

use super::layers::{certain, firm};
use super::single::relation;
use super::status::described;
use super::{FindingKind, settle};
use crate::claim::{ClaimId, Claims, Kind};
use crate::number::{End, Interval};
use crate::parallel::in_parallel;
use crate::problem::{Conflict, ConstraintId, Form, Problem, Says, Verdict};
use crate::solve::{Bench, Edge, Left};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// What is left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOpen {
    /// No other claim bounds it.
    Anything,
    /// The values between two ends.
    Between {
        /// As an interval: `[0, 77]`.
        values: String,
        /// In words: `at most 77`.
        words: String,
        /// The ids of the claims that set the least value, and of those that set the greatest.
        set_by: (Vec<String>, Vec<String>),
        /// Whether what the claim says can be; `None` if it asks for the value.
        holds: Option<bool>,
    },
    /// The other claims cannot all be true, whatever it is.
    Nothing,
    /// The budget did not suffice to find out.
    Unknown,
}

/// What the others leave open for one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The claim's id.
    pub claim: String,
    /// Where it stands.
    pub span: Span,
    /// What it is about: the measure, or `event`.
    pub about: String,
    /// What it says, in its own words; empty if it asks for the value.
    pub says: String,
    /// What is left open for it.
    pub left: LeftOpen,
}

/// What is left open for each claim of a figure or an event, in canonical order.
pub fn bounds(claims: &Claims, problem: &Problem, jobs: NonZeroUsize) -> Vec<Bound> {
    let asked: Vec<ClaimId> = (0..claims.claims.len())
        .map(ClaimId::at)
        .filter(|id| !matches!(claims[*id].kind, Kind::Text(_)))
        .filter(|id| problem.said_by(*id).next().is_some())
        .collect();
    let hits = firm(problem, jobs);
    let firm: Vec<(FindingKind, &Conflict)> = hits.iter().map(|hit| (hit.kind, &hit.conflict)).collect();
    let (selection, _) = certain(problem, &firm, &[]);
    let bench = Bench::new(problem, &selection, &asked.iter().copied().collect());
    let places = bench.places();
    let mut by_place: BTreeMap<usize, Vec<ClaimId>> = BTreeMap::new();
    for id in &asked {
        if let Some(place) = places.get(id) {
            by_place.entry(*place).or_default().push(*id);
        }
    }
    let by_place: Vec<(usize, Vec<ClaimId>)> = by_place.into_iter().collect();
    let one = |at: usize| match by_place.get(at) {
        Some((place, own)) => own.iter().copied().zip(bench.left_open(*place, own)).collect(),
        None => Vec::new(),
    };
    let found: BTreeMap<ClaimId, Option<Left>> =
        in_parallel(by_place.len(), jobs, &one).into_iter().flatten().collect();
    // Where rules clash by themselves, they leave nothing; and what a relation leaves that bounds nothing as rows is not known,
    // unless it holds whatever the claim says, with the others as they are.
    let alone: BTreeSet<&str> = hits
        .iter()
        .filter(|hit| hit.conflict.statements.is_empty())
        .flat_map(|hit| hit.conflict.rules(problem))
        .collect();
    let (mut clashing, mut related): (BTreeSet<ClaimId>, BTreeSet<ClaimId>) = (BTreeSet::new(), BTreeSet::new());
    for (at, constraint) in problem.constraints.iter().enumerate() {
        if alone.contains(constraint.rule.as_str()) {
            clashing.extend(&constraint.claims);
        } else if matches!(constraint.form, Form::Relation { .. }) && constraint.claims.len() > 1 {
            let is_swayed = |claim: &&ClaimId| {
                let is_open = matches!(found.get(claim), Some(None) | None);
                let aside = BTreeSet::from([**claim]);
                is_open && relation(problem, ConstraintId::at(at), false, &aside).0 != Verdict::Holds
            };
            related.extend(constraint.claims.iter().filter(is_swayed));
        }
    }
    let left = |id: &ClaimId| {
        let left = match found.get(id) {
            Some(Some(Left::Between(edges))) => between(claims, problem, *id, &edges.0, &edges.1),
            Some(Some(Left::Nothing)) => LeftOpen::Nothing,
            Some(Some(Left::Unknown)) => LeftOpen::Unknown,
            Some(None) | None => LeftOpen::Anything,
        };
        match left {
            _ if clashing.contains(id) => LeftOpen::Nothing,
            LeftOpen::Anything if related.contains(id) => LeftOpen::Unknown,
            left => left,
        }
    };
    asked
        .iter()
        .map(|id| {
            let claim = &claims[*id];
            let (about, readings, time, _) = described(claims, *id);
            let says = match &claim.kind {
                Kind::Event(_) => time,
                _ => readings.into_iter().map(|(words, _)| words).next().unwrap_or_default(),
            };
            Bound { claim: claim.id.clone(), span: claim.span, about, says, left: left(id) }
        })
        .collect()
}

fn between(claims: &Claims, problem: &Problem, id: ClaimId, least: &Edge, most: &Edge) -> LeftOpen {
    let statement = problem.said_by(id).next().map(|(statement, _)| statement);
    let Some((statement, interval)) = statement.zip(Interval::new(least.end.clone(), most.end.clone())) else {
        return LeftOpen::Unknown;
    };
    let free = match &problem[statement].says {
        Says::Value(figure, _) => {
            let range = &problem[*figure].range;
            interval.lo() == range.lo() && interval.hi() == range.hi()
        }
        _ => interval.is_everything(),
    };
    if free && least.set_by.is_empty() && most.set_by.is_empty() {
        return LeftOpen::Anything;
    }
    let Some((values, words)) = settle::said(problem, statement, &interval) else { return LeftOpen::Anything };
    let mut said = problem.said_by(id).filter_map(|(_, statement)| match &statement.says {
        Says::Value(_, reading) => Some(reading.hard().meets(&interval)),
        Says::Date(days) => {
            let days = days.hard().hull();
            let days = Interval::closed(days.earliest.0.into(), days.latest.0.into());
            days.map(|days| days.meets(&interval))
        }
        Says::Text(_) => None,
    });
    let asks = matches!(&claims[id].kind, Kind::Figure(figure) if figure.unknown);
    let holds = (!asks).then(|| said.all(|meets| meets));
    let names = |edge: &Edge| match edge.end {
        End::Unbounded => Vec::new(),
        _ => edge.set_by.iter().map(|claim| claims[*claim].id.clone()).collect(),
    };
    LeftOpen::Between { values, words, set_by: (names(least), names(most)), holds }
}
