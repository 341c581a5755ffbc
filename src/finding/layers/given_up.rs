//! What a layer gives up for those after it: the bounds and rule instances in the proofs of what it found, never whole
//! claims.

use super::{Pass, Within};
use crate::claim::{ArticleId, ClaimId};
use crate::finding::{FindingKind, single};
use crate::problem::refutation::{ChoiceReason, Joint, Reason};
use crate::problem::{Conflict, ConstraintId, DifferenceId, Proof, Says, Side, StatementId, Step, StepReason, Why};
use std::collections::{BTreeMap, BTreeSet};

impl Pass<'_> {
    pub(super) fn how_much_is_given_up(&self) -> usize {
        let rows = self.given_up.len().saturating_add(self.given_up_rows.len());
        rows.saturating_add(self.given_up_constraints.len())
    }

    /// Whether a conflict on soft readings is one on hard readings as well, as its words can be meant in one way only. An earlier
    /// layer passed it over because it had given up a bound of another clash.
    pub(super) fn is_hard_too(&self, conflict: &Conflict) -> bool {
        let problem = self.problem;
        let is_one_way = |id: &StatementId| match &problem[*id].says {
            Says::Value(_, reading) => reading.hard() == reading.soft(),
            Says::Date(days) => days.read(false) == days.read(true),
            Says::Text(_) => true,
        };
        let is_one_bound = |id: DifferenceId| problem[id].hard == problem[id].soft;
        let edges: Vec<DifferenceId> = match &conflict.proof {
            Proof::Cycle(steps) => edges_of(steps),
            Proof::Joint(joint) => joint
                .rows
                .iter()
                .filter_map(|(_, reason)| match reason {
                    Reason::Difference(id) => Some(*id),
                    _ => None,
                })
                .collect(),
            Proof::Apart | Proof::Impossible(_) => return false,
        };
        conflict.statements.iter().all(is_one_way) && edges.into_iter().all(is_one_bound)
    }

    /// Gives up what a conflict rests on: the rule instances in its cycle; if it has none, its lower bounds, which is
    /// enough to break it and leaves the upper ones to meet others; if it has none of those either, all its bounds.
    pub(super) fn give_up(&mut self, conflict: &Conflict) {
        let steps = match &conflict.proof {
            Proof::Cycle(steps) => steps,
            Proof::Joint(joint) => return self.give_up_joint(joint),
            Proof::Apart | Proof::Impossible(_) => return,
        };
        let edges = edges_of(steps);
        let instances: Vec<DifferenceId> =
            edges.iter().copied().filter(|edge| self.problem[*edge].constraint.is_some()).collect();
        let least: Vec<DifferenceId> = edges
            .iter()
            .copied()
            .filter(|edge| {
                matches!(self.problem[*edge].why, Why::Stated(_, Side::Least) | Why::SameScope(_, Side::Least))
            })
            .collect();
        let given_up = [instances, least, edges].into_iter().find(|edges| !edges.is_empty());
        self.given_up.extend(given_up.unwrap_or_default());
    }

    /// Likewise for several constraints together: the instances of rules that are used; if there are none, the lower
    /// bounds, and if there are none of those either, all.
    fn give_up_joint(&mut self, joint: &Joint) {
        let reasons = || joint.rows.iter().map(|(_, reason)| reason);
        let of_relations = reasons().filter_map(|reason| match reason {
            Reason::Formula(constraint, _) => Some(*constraint),
            _ => None,
        });
        let of_choices = joint.choices.iter().filter_map(|(_, reason)| match reason {
            ChoiceReason::Formula(constraint) => Some(*constraint),
            ChoiceReason::Order(..) | ChoiceReason::Days(_) => None,
        });
        let relations: BTreeSet<ConstraintId> = of_relations.chain(of_choices).collect();
        let is_instance = |reason: &Reason| match reason {
            Reason::Parts(..) | Reason::Balance(..) => true,
            Reason::Difference(id) => self.problem[*id].constraint.is_some(),
            _ => false,
        };
        let is_least = |reason: &Reason| match reason {
            Reason::Stated(_, side) => *side == Side::Least,
            Reason::Difference(id) => {
                matches!(self.problem[*id].why, Why::Stated(_, Side::Least) | Why::SameScope(_, Side::Least))
            }
            _ => false,
        };
        let is_said = |reason: &Reason| matches!(reason, Reason::Stated(..) | Reason::Difference(_));
        let tests: [&dyn Fn(&Reason) -> bool; 3] = [&is_instance, &is_least, &is_said];
        let found = tests.into_iter().map(|test| reasons().filter(|reason| test(reason)).cloned().collect::<Vec<_>>());
        let rows = if relations.is_empty() {
            found.into_iter().find(|rows| !rows.is_empty()).unwrap_or_default()
        } else {
            reasons().filter(|reason| is_instance(reason)).cloned().collect()
        };
        self.given_up_constraints.extend(relations);
        for reason in rows {
            if let Reason::Difference(id) = reason {
                self.given_up.insert(id);
            }
            self.given_up_rows.insert(reason);
        }
    }

    /// Gives up bounds of statements. Where statements of one figure do not meet, only what all of them allow together
    /// counts in the graph: the bounds that cross are given up, and the hull is left.
    pub(super) fn give_up_bounds(&mut self, bounds: &BTreeSet<(StatementId, Side)>) {
        let (edges, rows) = self.resting_on(bounds);
        self.given_up.extend(edges);
        self.given_up_rows.extend(rows);
    }

    /// What each source of an article that gives a figure otherwise than another one says by itself, together with all
    /// that nobody gives otherwise. The article vouches for it, whatever others say of the figure.
    pub(super) fn each_source(&mut self, crossing: &BTreeSet<(StatementId, Side)>) {
        let by = |statement: StatementId| (self.problem[statement].article, self.problem[statement].source.clone());
        let all: BTreeSet<(ArticleId, Option<String>)> = crossing.iter().map(|(statement, _)| by(*statement)).collect();
        let beside = |article: ArticleId| all.iter().filter(|(other, _)| *other == article).count();
        let sources: Vec<_> = all.iter().filter(|(article, _)| beside(*article) > 1).collect();
        if sources.is_empty() {
            return;
        }
        let own = self.crossings(false, Within::Sources, &BTreeSet::new());
        for (article, source) in sources {
            let of_others = |(statement, _): &&(StatementId, Side)| {
                let statement = &self.problem[*statement];
                statement.article == *article && statement.source != *source
            };
            let aside = crossing.iter().filter(of_others).chain(&own).copied().collect();
            let (mut edges, mut rows) = self.resting_on(&aside);
            edges.retain(|edge| self.given_up.insert(*edge));
            rows.retain(|row| self.given_up_rows.insert(row.clone()));
            self.graph(FindingKind::Contradiction, false, Some(*article));
            self.given_up.retain(|edge| !edges.contains(edge));
            self.given_up_rows.retain(|row| !rows.contains(row));
        }
    }

    /// The bounds of statements of one figure that lie beyond what others say of it, but for claims that are set aside.
    pub(super) fn crossings(
        &self,
        soft: bool,
        within: Within,
        aside: &BTreeSet<ClaimId>,
    ) -> BTreeSet<(StatementId, Side)> {
        let mut crossing: BTreeSet<(StatementId, Side)> = BTreeSet::new();
        type Group<'p> = (usize, Option<ArticleId>, Option<&'p str>);
        let mut groups: BTreeMap<Group, Vec<StatementId>> = BTreeMap::new();
        for (at, figure) in self.problem.figures.iter().enumerate() {
            for statement in &figure.statements {
                let said = &self.problem[*statement];
                if aside.contains(&said.claim) {
                    continue;
                }
                let (article, source) = match within {
                    Within::Sources => (Some(said.article), Some(said.source.as_deref().unwrap_or_default())),
                    Within::Articles => (Some(said.article), None),
                    Within::All => (None, None),
                };
                groups.entry((at, article, source)).or_default().push(*statement);
            }
        }
        for statements in groups.values() {
            let readings: Vec<_> = statements
                .iter()
                .filter_map(|statement| Some((*statement, single::reading(self.problem, *statement, soft)?)))
                .collect();
            let lowest = readings.iter().min_by(|one, other| one.1.hi().cmp_upper(other.1.hi()));
            let highest = readings.iter().max_by(|one, other| one.1.lo().cmp_lower(other.1.lo()));
            let (Some((_, lowest)), Some((_, highest))) = (lowest, highest) else { continue };
            for (statement, reading) in &readings {
                if reading.lies_below(highest) {
                    crossing.insert((*statement, Side::Most));
                }
                if lowest.lies_below(reading) {
                    crossing.insert((*statement, Side::Least));
                }
            }
        }
        crossing
    }

    /// The edges and the rows by which bounds of statements count.
    pub(super) fn resting_on(
        &self,
        bounds: &BTreeSet<(StatementId, Side)>,
    ) -> (BTreeSet<DifferenceId>, BTreeSet<Reason>) {
        if bounds.is_empty() {
            return (BTreeSet::new(), BTreeSet::new());
        }
        let rows = bounds.iter().map(|(statement, side)| Reason::Stated(*statement, *side)).collect();
        let mut edges = BTreeSet::new();
        for (at, difference) in self.problem.differences.iter().enumerate() {
            let bound = match difference.why {
                Why::Stated(statement, side) | Why::SameScope(statement, side) => (statement, side),
                Why::Within(statement) => (statement, Side::Least),
                _ => continue,
            };
            if bounds.contains(&bound) {
                edges.insert(DifferenceId::at(at));
            }
        }
        (edges, rows)
    }
}

/// The edges of the problem that a cycle takes.
fn edges_of(steps: &[Step]) -> Vec<DifferenceId> {
    let edge = |step: &Step| match step.reason {
        StepReason::Difference(id) => Some(id),
        StepReason::Order(_) => None,
    };
    steps.iter().filter_map(edge).collect()
}
