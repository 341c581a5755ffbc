//! How two periods lie to each other: the thirteen relations of Allen (1983), "Maintaining knowledge about temporal
//! intervals", Communications of the ACM 26(11).
//!
//! Between two periods with exact ends exactly one of the thirteen holds. Where ends are vague, several can; a question
//! about two periods is answered only if all that can hold give the same answer.

use super::when::{Moment, When};

/// One of the thirteen relations, read from the first period to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It ends before the second begins.
    Before,
    /// It ends as the second begins.
    Meets,
    /// It begins first, and ends inside the second.
    Overlaps,
    /// They begin together, and it ends first.
    Starts,
    /// It lies inside the second and touches neither end.
    During,
    /// They end together, and it begins later.
    Finishes,
    /// They are the same.
    Equals,
    /// The second finishes it.
    FinishedBy,
    /// The second lies inside it and touches neither end.
    Contains,
    /// The second starts it.
    StartedBy,
    /// The second overlaps it.
    OverlappedBy,
    /// It begins as the second ends.
    MetBy,
    /// It begins after the second ends.
    After,
}

/// The relations that can hold between two periods of which not every end is known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relations(u16);

impl Relation {
    /// All thirteen; the first six are the opposites of the last six, in reverse.
    pub const ALL: [Self; 13] = [
        Self::Before,
        Self::Meets,
        Self::Overlaps,
        Self::Starts,
        Self::During,
        Self::Finishes,
        Self::Equals,
        Self::FinishedBy,
        Self::Contains,
        Self::StartedBy,
        Self::OverlappedBy,
        Self::MetBy,
        Self::After,
    ];

    /// The same relation, read from the second period to the first.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::Meets => Self::MetBy,
            Self::Overlaps => Self::OverlappedBy,
            Self::Starts => Self::StartedBy,
            Self::During => Self::Contains,
            Self::Finishes => Self::FinishedBy,
            Self::Equals => Self::Equals,
            Self::FinishedBy => Self::Finishes,
            Self::Contains => Self::During,
            Self::StartedBy => Self::Starts,
            Self::OverlappedBy => Self::Overlaps,
            Self::MetBy => Self::Meets,
            Self::After => Self::Before,
        }
    }

    /// What it says of the four pairs of ends: how start lies to start, start to end, end to start and end to end.
    fn ends(self) -> [Sign; 4] {
        use Sign::{Later, Same, Sooner};
        match self {
            Self::Before => [Sooner, Sooner, Sooner, Sooner],
            Self::Meets => [Sooner, Sooner, Same, Sooner],
            Self::Overlaps => [Sooner, Sooner, Later, Sooner],
            Self::Starts => [Same, Sooner, Later, Sooner],
            Self::During => [Later, Sooner, Later, Sooner],
            Self::Finishes => [Later, Sooner, Later, Same],
            Self::Equals => [Same, Sooner, Later, Same],
            Self::FinishedBy => [Sooner, Sooner, Later, Same],
            Self::Contains => [Sooner, Sooner, Later, Later],
            Self::StartedBy => [Same, Sooner, Later, Later],
            Self::OverlappedBy => [Later, Sooner, Later, Later],
            Self::MetBy => [Later, Same, Later, Later],
            Self::After => [Later, Later, Later, Later],
        }
    }

    fn bit(self) -> u16 {
        let place = Self::ALL.iter().position(|other| *other == self).unwrap_or_default();
        1_u16.checked_shl(u32::try_from(place).unwrap_or_default()).unwrap_or_default()
    }
}

/// How one instant lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Sooner,
    Same,
    Later,
}

impl Sign {
    /// Whether the first moment can lie so to the second.
    fn can_hold(self, one: Moment, two: Moment) -> bool {
        match self {
            Self::Sooner => one.earliest < two.latest,
            Self::Same => one.earliest <= two.latest && two.earliest <= one.latest,
            Self::Later => one.latest > two.earliest,
        }
    }
}

impl Relations {
    /// Ends before, or as, the other begins.
    pub const BEFORE: &'static [Relation] = &[Relation::Before, Relation::Meets];
    /// Lies inside the other, whichever ends they share.
    pub const WITHIN: &'static [Relation] = &[Relation::Starts, Relation::During, Relation::Finishes, Relation::Equals];
    /// Has some time with the other in common.
    pub const SHARING: &'static [Relation] = &[
        Relation::Overlaps,
        Relation::Starts,
        Relation::During,
        Relation::Finishes,
        Relation::Equals,
        Relation::FinishedBy,
        Relation::Contains,
        Relation::StartedBy,
        Relation::OverlappedBy,
    ];

    /// The relations that can hold between two periods. `None` if one of them has no beginning that is told: a running
    /// total is no period.
    ///
    /// Each end is taken by itself, so that this may be more than can hold where a length is fixed, never less. Two
    /// ends at the article's now are one instant.
    pub fn between(one: When, two: When) -> Option<Self> {
        let (When::Period { start, end, .. }, When::Period { start: start2, end: end2, .. }) = (one, two) else {
            return None;
        };
        let pairs = [(start, start2), (start, end2), (end, start2), (end, end2)];
        let can_hold = |relation: &Relation| {
            let ends = relation.ends();
            pairs.iter().zip(ends).all(|((one, two), sign)| {
                let same_now = one == two && one.kind == super::when::MomentKind::Now;
                if same_now { sign == Sign::Same } else { sign.can_hold(*one, *two) }
            })
        };
        Some(Self(Relation::ALL.iter().filter(|relation| can_hold(relation)).fold(0, |set, it| set | it.bit())))
    }

    /// The relations in it, in the order of [`Relation::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Relation> {
        Relation::ALL.into_iter().filter(move |relation| self.0 & relation.bit() != 0)
    }

    /// Whether one of these holds: `Some` if all that can hold are among them, or none is; else it is not certain.
    pub fn holds(self, asked: &[Relation]) -> Option<bool> {
        let mut answers = self.iter().map(|relation| asked.contains(&relation));
        let first = answers.next()?;
        answers.all(|answer| answer == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::day::{Day, Instant};
    use super::*;
    use proptest::prelude::*;

    fn period(start: Moment, end: Moment) -> When {
        When::Period { start, end, length: None }
    }

    fn exact(from: i64, to: i64) -> When {
        period(Moment::fixed(Instant(from)), Moment::fixed(Instant(to)))
    }

    fn only(one: When, two: When) -> Vec<Relation> {
        Relations::between(one, two).unwrap().iter().collect()
    }

    #[test]
    fn between_exact_periods_exactly_one_relation_holds() {
        for (from, to, relation) in [
            (0, 5, Relation::Before),
            (0, 10, Relation::Meets),
            (0, 15, Relation::Overlaps),
            (10, 15, Relation::Starts),
            (12, 15, Relation::During),
            (15, 20, Relation::Finishes),
            (10, 20, Relation::Equals),
            (5, 20, Relation::FinishedBy),
            (5, 25, Relation::Contains),
            (10, 25, Relation::StartedBy),
            (15, 25, Relation::OverlappedBy),
            (20, 25, Relation::MetBy),
            (25, 30, Relation::After),
        ] {
            assert_eq!(only(exact(from, to), exact(10, 20)), [relation]);
            assert_eq!(only(exact(10, 20), exact(from, to)), [relation.inverse()]);
        }
    }

    #[test]
    fn one_now_is_one_instant() {
        let now = Moment::now(Day(100));
        let (month, year) = (period(Moment::fixed(Instant(80)), now), period(Moment::fixed(Instant(0)), now));
        assert_eq!(only(month, year), [Relation::Finishes]);
        assert_eq!(Relations::between(month, year).unwrap().holds(Relations::WITHIN), Some(true));
    }

    #[test]
    fn running_totals_are_no_periods() {
        let total = When::Through { since: None, end: Moment::fixed(Instant(5)) };
        assert_eq!(Relations::between(total, exact(0, 1)), None);
    }

    fn moments() -> impl Strategy<Value = Moment> {
        (0_i64..12, 0_i64..4).prop_map(|(at, wide)| Moment::vague(Instant(at), Instant(at + wide)))
    }

    proptest! {
        /// Against all instants that vague ends can be.
        #[test]
        fn vague_ends_admit_exactly_what_some_instants_give(a in moments(), b in moments(), c in moments(), d in moments()) {
            let all = |moment: Moment| moment.earliest.0..=moment.latest.0;
            let mut found: Vec<Relation> = Vec::new();
            for (from, to) in all(a).flat_map(|from| all(b).map(move |to| (from, to))).filter(|(from, to)| from < to) {
                for (from2, to2) in all(c).flat_map(|from| all(d).map(move |to| (from, to))).filter(|(from, to)| from < to) {
                    found.extend(only(exact(from, to), exact(from2, to2)));
                }
            }
            found.sort();
            found.dedup();
            let said = only(period(a, b), period(c, d));
            for relation in &found {
                prop_assert!(said.contains(relation), "{relation:?} can hold and is not said");
            }
            let answers = |asked: &[Relation]| found.iter().map(|it| asked.contains(it)).collect::<Vec<_>>();
            for asked in [Relations::BEFORE, Relations::WITHIN, Relations::SHARING] {
                if let (Some(told), false) = (Relations::between(period(a, b), period(c, d)).unwrap().holds(asked), found.is_empty()) {
                    prop_assert!(answers(asked).iter().all(|answer| *answer == told));
                }
            }
        }
    }
}
