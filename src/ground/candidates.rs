//! Which figures a name of a relation may be bound to: looked up by measure, time and scope, not tried.
//!
//! Figures of one time are grouped by the dimensions that they state; those that agree with a scope in every dimension
//! that both state are found by their members in these. What is asked for is made once and kept.

use super::Grounder;
use super::scopes::spelled;
use crate::problem::{FigureId, Time};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The figures of a measure, at a time or at any.
type Timed = (String, Option<Time>);

/// Dimensions that are stated.
type Shape = BTreeSet<String>;

/// Members, in the order of their dimensions.
type Members = Vec<String>;

/// The figures of one time and shape by their members in some dimensions.
type Projected = HashMap<(Timed, Shape, Shape), HashMap<Members, Vec<FigureId>>>;

/// Figures by measure, time and scope.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    timed: HashMap<Timed, BTreeMap<Shape, Vec<FigureId>>>,
    projected: RefCell<Projected>,
}

/// What figures must agree with.
pub(super) struct Wanted<'w> {
    /// The time; `None` if any will do.
    pub time: Option<&'w Time>,
    /// The figure whose scope they must not contradict.
    pub beside: FigureId,
    /// Whether they must agree in a dimension.
    pub joined: &'w dyn Fn(&str) -> bool,
}

impl Grounder<'_> {
    /// The figures that relations may bind.
    pub(super) fn index_candidates(&mut self) {
        let mut timed: HashMap<Timed, BTreeMap<Shape, Vec<FigureId>>> = HashMap::new();
        for (at, figure) in self.problem.figures.iter().enumerate() {
            let Some((scope, _)) = self.placed.get(at) else { continue };
            let shape: Shape = scope.0.keys().cloned().collect();
            let shared = self.figure_times.get(at).filter(|time| **time != figure.time);
            let times = [None, Some(&figure.time)].into_iter().chain(shared.map(Some));
            for time in times {
                let figures = timed.entry((figure.measure.clone(), time.cloned())).or_default();
                figures.entry(shape.clone()).or_default().push(FigureId::at(at));
            }
        }
        self.candidates = Candidates { timed, projected: RefCell::default() };
    }

    /// The figures of a measure that may agree with what is wanted, in canonical order.
    pub(super) fn figures_like(&self, measure: &str, wanted: &Wanted<'_>) -> Vec<FigureId> {
        let mut found = BTreeSet::new();
        match wanted.time {
            Some(Time::At(_)) => {
                self.collect_like((measure.to_owned(), wanted.time.cloned()), wanted, &mut found);
                self.collect_like((measure.to_owned(), Some(Time::Unsaid)), wanted, &mut found);
            }
            Some(Time::Unsaid) | None => self.collect_like((measure.to_owned(), None), wanted, &mut found),
        }
        found.into_iter().collect()
    }

    fn collect_like(&self, timed: Timed, wanted: &Wanted<'_>, found: &mut BTreeSet<FigureId>) {
        let Some((scope, _)) = self.placed.get(wanted.beside.index()) else { return };
        let own: Shape = scope.0.keys().cloned().collect();
        for (shape, figures) in self.candidates.timed.get(&timed).into_iter().flatten() {
            let says_more = |one: &Shape, other: &Shape| {
                one.difference(other).any(|it| it != crate::claim::EVENT && (wanted.joined)(it))
            };
            if says_more(&own, shape) && says_more(shape, &own) {
                continue; // each says what the other does not: two guesses at once are no agreement
            }
            let common: Shape = shape.intersection(&own).filter(|it| (wanted.joined)(it)).cloned().collect();
            let members = |figure: FigureId| -> Members {
                let scope = self.placed.get(figure.index()).map(|(scope, _)| scope);
                let member = |dimension: &String| scope.and_then(|scope| scope.0.get(dimension)).map(spelled);
                common.iter().map(|dimension| member(dimension).unwrap_or_default().to_owned()).collect()
            };
            let mut projected = self.candidates.projected.borrow_mut();
            let by_members = projected.entry((timed.clone(), shape.clone(), common.clone())).or_insert_with(|| {
                let mut by_members: HashMap<Members, Vec<FigureId>> = HashMap::new();
                for figure in figures {
                    by_members.entry(members(*figure)).or_default().push(*figure);
                }
                by_members
            });
            found.extend(by_members.get(&members(wanted.beside)).into_iter().flatten());
        }
    }
}
