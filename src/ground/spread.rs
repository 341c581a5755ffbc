//! What stands on a curve, by time: which statements may have some time in common with a stretch is looked up, not tried.

use super::Grounder;
use super::nesting::Presence;
use crate::calendar::Instant;
use crate::problem::CurveId;
use std::rc::Rc;

/// From when to when something reaches at the widest; `None` where that is not known.
pub(super) type Reach = (Option<Instant>, Option<Instant>);

/// The statements on a curve, by where they begin at the earliest.
#[derive(Clone, Debug, Default)]
pub(super) struct Spread {
    sorted: Vec<(Reach, Presence)>,
    /// How far those up to each place reach.
    farthest: Vec<Instant>,
}

/// The beginning and the end of a reach, where what is not known lies beyond all.
fn ends((start, end): Reach) -> (Instant, Instant) {
    (start.unwrap_or(Instant::FIRST), end.unwrap_or(Instant::LAST))
}

impl Spread {
    fn new(present: Vec<(Reach, Presence)>) -> Self {
        let mut sorted = present;
        sorted.sort_by_key(|(reach, presence)| (ends(*reach).0, presence.statement));
        let mut far = Instant::FIRST;
        let farthest = sorted
            .iter()
            .map(|(reach, _)| {
                far = far.max(ends(*reach).1);
                far
            })
            .collect();
        Self { sorted, farthest }
    }

    /// What may have some time in common with a stretch, the latest first.
    pub(super) fn meeting(&self, stretch: Reach) -> impl Iterator<Item = &Presence> {
        let (from, to) = ends(stretch);
        let after = self.sorted.partition_point(|(reach, _)| ends(*reach).0 < to);
        let candidates = self.sorted.iter().zip(&self.farthest).take(after).rev();
        candidates
            .take_while(move |(_, farthest)| **farthest > from)
            .filter(move |((reach, _), _)| ends(*reach).1 > from)
            .map(|((_, presence), _)| presence)
    }
}

impl Grounder<'_> {
    /// What stands on a curve, by time.
    pub(super) fn spread(&mut self, curve: CurveId) -> Rc<Spread> {
        if let Some(found) = self.spreads.get(&curve) {
            return found.clone();
        }
        let present = self.present.get(&curve).cloned().unwrap_or_default();
        let each = present.iter().map(|presence| (self.reach(presence), presence.clone())).collect();
        let spread = Rc::new(Spread::new(each));
        self.spreads.insert(curve, spread.clone());
        spread
    }

    /// From when to when a statement reaches at the widest.
    pub(super) fn reach(&self, presence: &Presence) -> Reach {
        (self.problem[presence.ends.0].earliest, self.problem[presence.ends.1].latest)
    }
}
