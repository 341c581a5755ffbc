//! The layers: from the strongest accusation to the weakest, each over what the ones before it left standing.
//!
//! 1. *contradiction*: within an article, on hard readings;
//! 2. *disagreement*: between sources or articles;
//! 3. *question*: leaning on something unsaid;
//! 4. *convention*: under one usual convention, not under another;
//! 5. *strained*: on soft readings only.
//!
//! What a conflict rests on (the bounds and rule instances in its proof, never
//! whole claims) is given up for the layers after it, and the same claims are not accused twice.

use super::single::{self, Nearness};
use super::{FindingKind, Tally};
use crate::calendar::Choice;
use crate::claim::{ArticleId, ClaimId, Claims, Kind};
use crate::ground::{Choices, ground};
use crate::number::Rational;
use crate::problem::refutation::{ChoiceReason, Joint, Reason};
use crate::problem::{
    Conflict, ConstraintId, DifferenceId, Form, LeanId, Problem, Proof, Side, StatementId, StepReason, Verdict, Why,
};
use crate::rule::Rules;
use crate::solve::{Open, Selection, solve_graph, solve_joint};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// A conflict and the layer in which it appeared.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub kind: FindingKind,
    pub conflict: Conflict,
}

/// What conventions make of a conflict that the hard readings alone leave open.
#[derive(Clone, Debug)]
pub(super) struct Swayed {
    /// What it is: a matter of convention, unless no usual convention saves it.
    pub kind: FindingKind,
    /// The problem in which it appears.
    pub problem: Problem,
    pub conflict: Conflict,
    /// The article whose conventions it depends on.
    pub article: ArticleId,
    /// Each combination of choices that was tried, and whether the conflict appears under it.
    pub under: Vec<(Vec<Choice>, bool)>,
}

/// All that the layers give.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub hits: Vec<Hit>,
    pub swayed: Vec<Swayed>,
    /// Components that the budget did not suffice for.
    pub open: Vec<Open>,
    /// Relations that the budget did not suffice for.
    pub undecided: Vec<ConstraintId>,
    /// What became of each constraint that binds something.
    pub verdicts: BTreeMap<ConstraintId, Verdict>,
}

impl Outcome {
    /// How many constraints came out how. What is grounded in two forms, of which each decides a part, counts once.
    pub(super) fn tally(&self, problem: &Problem) -> Tally {
        let named = |id: &ConstraintId| (problem[*id].rule.as_str(), problem[*id].words.as_str());
        let is_second = |id: &ConstraintId| matches!(problem[*id].form, Form::Inside { .. } | Form::Balance { .. });
        let firsts: BTreeSet<(&str, &str)> = self.verdicts.keys().filter(|id| !is_second(id)).map(named).collect();
        let counted =
            |id: &ConstraintId, verdict| verdict != Verdict::Fits || !is_second(id) || !firsts.contains(&named(id));
        let count =
            |wanted| self.verdicts.iter().filter(|(id, verdict)| **verdict == wanted && counted(id, wanted)).count();
        Tally {
            holds: count(Verdict::Holds),
            fits: count(Verdict::Fits),
            contradicted: count(Verdict::Contradicted),
            undecided: count(Verdict::Undecided),
        }
    }
}

/// Runs all layers, on so many threads.
pub(super) fn layers(claims: &Claims, rules: &Rules, problem: &Problem, jobs: NonZeroUsize) -> Outcome {
    let mut pass = Pass::new(problem, jobs);
    pass.hard();
    pass.conventions(claims, rules);
    pass.strained();
    pass.finish()
}

/// What a set of claims was accused of.
#[derive(Clone, Debug)]
struct Accusation {
    kind: FindingKind,
    severity: Severity,
    constraints: Vec<ConstraintId>,
    rules: Vec<String>,
}

/// The claims and the rules of a conflict.
type Accused = (Vec<ClaimId>, Vec<String>);

/// Among which statements of a figure crossing bounds are looked for.
#[derive(Clone, Copy, Debug)]
enum Within {
    /// Those of one article at a time.
    Articles,
    /// All.
    All,
}

struct Pass<'p> {
    problem: &'p Problem,
    jobs: NonZeroUsize,
    said: BTreeSet<LeanId>,
    all_leans: BTreeSet<LeanId>,
    given_up: BTreeSet<DifferenceId>,
    given_up_constraints: BTreeSet<ConstraintId>,
    given_up_rows: BTreeSet<Reason>,
    /// What each set of claims was accused of so far.
    accused: BTreeMap<Vec<ClaimId>, Vec<Accusation>>,
    outcome: Outcome,
}

impl<'p> Pass<'p> {
    fn new(problem: &'p Problem, jobs: NonZeroUsize) -> Self {
        let all = (0..problem.leans.len()).map(LeanId::at);
        let said = all.clone().filter(|lean| problem[*lean].counts_as_said()).collect();
        Self {
            problem,
            jobs,
            said,
            all_leans: all.collect(),
            given_up: BTreeSet::new(),
            given_up_constraints: BTreeSet::new(),
            given_up_rows: BTreeSet::new(),
            accused: BTreeMap::new(),
            outcome: Outcome::default(),
        }
    }

    /// Layers 1 to 3.
    fn hard(&mut self) {
        let mut alone = self.alone(false);
        alone.sort_by_key(|hit| hit.kind);
        let (firm, leaning): (Vec<Hit>, Vec<Hit>) =
            alone.into_iter().partition(|hit| hit.kind == FindingKind::Contradiction);
        let (between, leaning): (Vec<Hit>, Vec<Hit>) =
            leaning.into_iter().partition(|hit| hit.kind == FindingKind::Disagreement);
        self.give_up_crossings(false, Within::Articles);
        self.accuse(firm);
        for article in self.comparing_articles() {
            self.graph(FindingKind::Contradiction, false, Some(article));
        }
        self.accuse(between);
        self.give_up_crossings(false, Within::All);
        self.graph(FindingKind::Disagreement, false, None);
        self.accuse(leaning);
        self.graph(FindingKind::Question, false, None);
    }

    /// Layer 5.
    fn strained(&mut self) {
        let alone: Vec<Hit> = self.alone(true);
        let hits = alone.into_iter().map(|hit| Hit { kind: FindingKind::Strained, ..hit }).collect();
        self.give_up_crossings(true, Within::All);
        self.accuse(hits);
        self.graph(FindingKind::Strained, true, None);
    }

    /// Articles whose differences meet those of another; a pass over all of them finds the rest.
    fn comparing_articles(&self) -> Vec<ArticleId> {
        let across = self.problem.constraints.iter().filter(|constraint| constraint.across);
        let claims: BTreeSet<ClaimId> = across.flat_map(|constraint| constraint.claims.iter().copied()).collect();
        let statements = self.problem.statements.iter().filter(|statement| claims.contains(&statement.claim));
        let articles: BTreeSet<ArticleId> = statements.map(|statement| statement.article).collect();
        articles.into_iter().collect()
    }

    /// The conflicts of constraints by themselves, with the kind that each would have.
    fn alone(&mut self, soft: bool) -> Vec<Hit> {
        let mut hits = Vec::new();
        for at in 0..self.problem.constraints.len() {
            let id = ConstraintId::at(at);
            let constraint = &self.problem[id];
            if soft && self.outcome.verdicts.get(&id) == Some(&Verdict::Contradicted) {
                continue;
            }
            match &constraint.form {
                Form::SameFigure(_) | Form::SameText(_) => {
                    let family = single::apart(self.problem, id, soft);
                    if !soft {
                        let verdict = match family.as_slice() {
                            [] if single::is_settled(self.problem, id) => Verdict::Holds,
                            [] => Verdict::Fits,
                            _ => Verdict::Contradicted,
                        };
                        self.outcome.verdicts.insert(id, verdict);
                    }
                    for (nearness, conflict) in family {
                        let kind = if self.leans_on_unsaid(&conflict) {
                            FindingKind::Question
                        } else if nearness == Nearness::Apart {
                            FindingKind::Disagreement
                        } else {
                            FindingKind::Contradiction
                        };
                        hits.push(Hit { kind, conflict });
                    }
                }
                Form::Relation { .. } => {
                    let (verdict, conflict) = single::relation(self.problem, id, soft);
                    if !soft {
                        self.outcome.verdicts.insert(id, verdict);
                        if verdict == Verdict::Undecided && constraint.leans.iter().all(|lean| self.said.contains(lean))
                        {
                            self.outcome.undecided.push(id);
                        }
                    }
                    if let Some(conflict) = conflict {
                        let kind = self.kind_of(&conflict);
                        hits.push(Hit { kind, conflict });
                    }
                }
                Form::Additive(_) | Form::Differences(_) | Form::Inside { .. } | Form::Balance { .. }
                    if !soft && !constraint.claims.is_empty() =>
                {
                    let holds = single::dates_hold(self.problem, id);
                    self.outcome.verdicts.insert(id, if holds { Verdict::Holds } else { Verdict::Fits });
                }
                Form::Additive(_) | Form::Differences(_) | Form::Inside { .. } | Form::Balance { .. } => {}
            }
        }
        hits
    }

    fn leans_on_unsaid(&self, conflict: &Conflict) -> bool {
        conflict.leans.iter().any(|lean| !self.said.contains(lean))
    }

    /// The kind of a conflict on hard readings.
    fn kind_of(&self, conflict: &Conflict) -> FindingKind {
        let articles: BTreeSet<ArticleId> =
            conflict.statements.iter().map(|statement| self.problem[*statement].article).collect();
        if self.leans_on_unsaid(conflict) {
            FindingKind::Question
        } else if articles.len() > 1 {
            FindingKind::Disagreement
        } else {
            FindingKind::Contradiction
        }
    }

    /// Takes conflicts in, but for those whose claims have been accused already. Says how many were new.
    fn accuse(&mut self, hits: Vec<Hit>) {
        for hit in hits {
            if let Proof::Impossible(constraint) = hit.conflict.proof {
                self.given_up_constraints.insert(constraint);
            }
            for constraint in &hit.conflict.constraints {
                let clashes = matches!(hit.kind, FindingKind::Contradiction | FindingKind::Disagreement);
                if let (true, Some(verdict)) = (clashes, self.outcome.verdicts.get_mut(constraint)) {
                    *verdict = Verdict::Contradicted;
                }
            }
            if !self.is_known(hit.kind, &hit.conflict) {
                let claims = claims_of(self.problem, &hit.conflict);
                let accusation = Accusation {
                    kind: hit.kind,
                    severity: self.severity(&hit.conflict),
                    constraints: hit.conflict.constraints.clone(),
                    rules: rules_of(self.problem, &hit.conflict),
                };
                self.accused.entry(claims).or_default().push(accusation);
                self.outcome.hits.push(hit);
            }
        }
    }

    fn severity(&self, conflict: &Conflict) -> Severity {
        let rules = conflict.constraints.iter().map(|constraint| self.problem[*constraint].severity);
        rules.min().unwrap_or(Severity::Error)
    }

    /// Whether as much is said already: of the same claims, or some of them, that they break the same rules, or some of
    /// them; or of the same claims, several together, something stronger. Neither weighs less. A clash of a claim with
    /// itself says nothing of its other clashes.
    fn is_known(&self, kind: FindingKind, conflict: &Conflict) -> bool {
        let claims = claims_of(self.problem, conflict);
        let severity = self.severity(conflict);
        let rules = rules_of(self.problem, conflict);
        let of_these = self.accused.get(&claims).into_iter().flatten().any(|known| {
            known.constraints == conflict.constraints
                || (claims.len() > 1 && known.kind < kind && known.severity >= severity)
        });
        let says_as_much = |known: &Accusation| {
            known.kind <= kind && known.severity >= severity && known.rules.iter().all(|rule| rules.contains(rule))
        };
        // Sets of claims are in order, so that those that begin with a claim stand together.
        let of_some = claims.iter().any(|first| {
            let next = ClaimId(first.0.saturating_add(1));
            let mut beginning = self.accused.range(vec![*first]..vec![next]);
            beginning.any(|(accused, known)| {
                accused.len() > 1
                    && accused.iter().all(|claim| claims.binary_search(claim).is_ok())
                    && known.iter().any(says_as_much)
            })
        });
        of_these || of_some
    }

    /// One layer of the graph: its conflicts are taken in, and what they rest on is given up.
    fn graph(&mut self, kind: FindingKind, soft: bool, article: Option<ArticleId>) {
        let leans = if matches!(kind, FindingKind::Question | FindingKind::Strained) {
            self.all_leans.clone()
        } else {
            self.said.clone()
        };
        let mut selection = Selection { soft, leans, article, ..Selection::default() };
        // The graph alone goes first: what it finds is found fast, and where it ends is where the rest begins.
        loop {
            selection.given_up = self.given_up.clone();
            selection.given_up_constraints = self.given_up_constraints.clone();
            let found = solve_graph(self.problem, &selection);
            if !self.take(kind, &mut selection, found.conflicts) {
                selection.unsettled = found.unsettled.into_iter().map(|open| open.instant).collect();
                self.together(kind, selection, &found.witness);
                break;
            }
        }
    }

    /// What the constraints that are left say together.
    fn together(&mut self, kind: FindingKind, mut selection: Selection, start: &[Option<Rational>]) {
        loop {
            selection.given_up = self.given_up.clone();
            selection.given_up_constraints = self.given_up_constraints.clone();
            selection.given_up_rows = self.given_up_rows.clone();
            let found = solve_joint(self.problem, &selection, start, self.jobs);
            if matches!(kind, FindingKind::Contradiction | FindingKind::Disagreement) {
                for open in found.undecided {
                    if !self.outcome.open.contains(&open) {
                        self.outcome.open.push(open);
                    }
                }
            }
            if !self.take(kind, &mut selection, found.conflicts) {
                break;
            }
        }
    }

    /// Takes in what a layer found, and gives up what it rests on. True if some of it was known already or shares a
    /// claim with what the layer has, so that another look is due.
    fn take(&mut self, kind: FindingKind, selection: &mut Selection, conflicts: Vec<Conflict>) -> bool {
        let mut again = false;
        let before = self.how_much_is_given_up();
        for conflict in conflicts {
            self.give_up(&conflict);
            let claims = claims_of(self.problem, &conflict);
            let meant = if selection.soft { kind } else { self.kind_of(&conflict) };
            if self.is_known(meant, &conflict) || claims.iter().any(|claim| selection.set_aside.contains(claim)) {
                again = true;
                continue;
            }
            selection.set_aside.extend(claims);
            self.accuse(vec![Hit { kind: meant, conflict }]);
        }
        again && self.how_much_is_given_up() > before
    }

    fn how_much_is_given_up(&self) -> usize {
        let rows = self.given_up.len().saturating_add(self.given_up_rows.len());
        rows.saturating_add(self.given_up_constraints.len())
    }

    /// Gives up what a conflict rests on: the rule instances in its cycle; if it has none, its lower bounds, which is
    /// enough to break it and leaves the upper ones to meet others; if it has none of those either, all its bounds.
    fn give_up(&mut self, conflict: &Conflict) {
        let steps = match &conflict.proof {
            Proof::Cycle(steps) => steps,
            Proof::Joint(joint) => return self.give_up_joint(joint),
            Proof::Apart | Proof::Impossible(_) => return,
        };
        let edges: Vec<DifferenceId> = steps
            .iter()
            .filter_map(|step| match step.reason {
                StepReason::Difference(difference) => Some(difference),
                StepReason::Order(_) => None,
            })
            .collect();
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

    /// Where statements of one figure do not meet, only what all of them allow together counts in the graph: the
    /// bounds that cross are given up, and the hull is left.
    fn give_up_crossings(&mut self, soft: bool, within: Within) {
        let mut crossing: BTreeSet<(StatementId, Side)> = BTreeSet::new();
        let mut groups: BTreeMap<(usize, Option<ArticleId>), Vec<StatementId>> = BTreeMap::new();
        for (at, figure) in self.problem.figures.iter().enumerate() {
            for statement in &figure.statements {
                let article = match within {
                    Within::Articles => Some(self.problem[*statement].article),
                    Within::All => None,
                };
                groups.entry((at, article)).or_default().push(*statement);
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
        if crossing.is_empty() {
            return;
        }
        self.given_up_rows.extend(crossing.iter().map(|(statement, side)| Reason::Stated(*statement, *side)));
        for (at, difference) in self.problem.differences.iter().enumerate() {
            let bound = match difference.why {
                Why::Stated(statement, side) | Why::SameScope(statement, side) => (statement, side),
                Why::Within(statement) => (statement, Side::Least),
                _ => continue,
            };
            if crossing.contains(&bound) {
                self.given_up.insert(DifferenceId::at(at));
            }
        }
    }

    /// Layer 4: each article's open conventions, in all their combinations, the other articles being read as widely as
    /// they can be.
    fn conventions(&mut self, claims: &Claims, rules: &Rules) {
        for at in 0..claims.articles.len() {
            let article = ArticleId::at(at);
            let combinations = combinations(claims, article);
            if combinations.len() < 2 {
                continue;
            }
            self.sway(claims, rules, article, &combinations);
        }
    }

    fn sway(&mut self, claims: &Claims, rules: &Rules, article: ArticleId, combinations: &[Vec<Choice>]) {
        let mut found: BTreeMap<Accused, (FindingKind, Problem, Conflict, BTreeSet<usize>)> = BTreeMap::new();
        let mut impossible: BTreeSet<usize> = BTreeSet::new();
        for (number, choices) in combinations.iter().enumerate() {
            let taken = BTreeMap::from([(article, choices.clone())]);
            let problem = ground(claims, rules, &Choices { taken, around: Some(article) });
            let mut pass = Pass::new(&problem, self.jobs);
            pass.hard();
            for hit in pass.outcome.hits {
                let key = (claims_of(&problem, &hit.conflict), rules_of(&problem, &hit.conflict));
                let known = self.accused.get(&key.0).into_iter().flatten().any(|known| known.kind <= hit.kind);
                if known && !key.0.is_empty() {
                    continue;
                }
                if hit.kind == FindingKind::Contradiction {
                    impossible.insert(number);
                }
                let entry = found
                    .entry(key)
                    .or_insert_with(|| (hit.kind, problem.clone(), hit.conflict.clone(), BTreeSet::new()));
                entry.0 = entry.0.min(hit.kind);
                entry.3.insert(number);
            }
        }
        // Each usual reading is impossible in its own way: then all of them together are no way out.
        let no_way_out = impossible.len() == combinations.len();
        for (kind, problem, conflict, numbers) in found.into_values() {
            let always = numbers.len() == combinations.len();
            let kind = if always || (no_way_out && kind == FindingKind::Contradiction) {
                kind
            } else {
                FindingKind::Convention
            };
            let under = combinations
                .iter()
                .enumerate()
                .map(|(number, choices)| (choices.clone(), numbers.contains(&number)))
                .collect();
            let accusation = Accusation {
                kind,
                severity: Severity::Error,
                constraints: conflict.constraints.clone(),
                rules: rules_of(&problem, &conflict),
            };
            self.accused.entry(claims_of(&problem, &conflict)).or_default().push(accusation);
            self.outcome.swayed.push(Swayed { kind, problem, conflict, article, under });
        }
    }

    fn finish(mut self) -> Outcome {
        for id in self.outcome.open.iter().flat_map(|open| &open.constraints) {
            if let Some(verdict) = self.outcome.verdicts.get_mut(id).filter(|verdict| **verdict == Verdict::Fits) {
                *verdict = Verdict::Undecided;
            }
        }
        self.spare_leans();
        self.outcome
    }

    /// Where the same claims are accused twice, once by leaning on less, the other accusation says nothing more.
    fn spare_leans(&mut self) {
        let mut least: BTreeMap<(FindingKind, Vec<ClaimId>), Vec<BTreeSet<LeanId>>> = BTreeMap::new();
        let leans = |hit: &Hit| hit.conflict.leans.iter().copied().collect::<BTreeSet<_>>();
        for hit in &self.outcome.hits {
            least.entry((hit.kind, claims_of(self.problem, &hit.conflict))).or_default().push(leans(hit));
        }
        let problem = self.problem;
        self.outcome.hits.retain(|hit| {
            let (own, others) = (leans(hit), least.get(&(hit.kind, claims_of(problem, &hit.conflict))));
            !others.into_iter().flatten().any(|other| other.len() < own.len() && other.is_subset(&own))
        });
    }
}

/// Every combination of the conventions that an article leaves open and its words depend on.
fn combinations(claims: &Claims, article: ArticleId) -> Vec<Vec<Choice>> {
    let mut open: BTreeMap<u8, BTreeSet<Choice>> = BTreeMap::new();
    let mut note = |under: Option<Choice>| {
        if let Some(choice) = under {
            let family = match choice {
                Choice::Week(_) => 0,
                Choice::Since(_) => 1,
                Choice::Seasons(_) => 2,
            };
            open.entry(family).or_default().insert(choice);
        }
    };
    for claim in claims.claims.iter().filter(|claim| claim.article == article) {
        match &claim.kind {
            Kind::Figure(figure) => {
                figure.when.iter().flat_map(|when| when.value.readings()).for_each(|reading| note(reading.under));
            }
            Kind::Event(event) => {
                event.on.iter().flat_map(|on| on.value.readings()).for_each(|reading| note(reading.under));
            }
            Kind::Text(_) => {}
        }
    }
    let mut all: Vec<Vec<Choice>> = vec![Vec::new()];
    for choices in open.into_values() {
        all = all
            .into_iter()
            .flat_map(|start| {
                choices.iter().map(move |choice| {
                    let mut longer = start.clone();
                    longer.push(*choice);
                    longer
                })
            })
            .collect();
    }
    all
}

/// The claims of a conflict, in canonical order, each once.
pub(super) fn claims_of(problem: &Problem, conflict: &Conflict) -> Vec<ClaimId> {
    let found: BTreeSet<ClaimId> = conflict.statements.iter().map(|statement| problem[*statement].claim).collect();
    found.into_iter().collect()
}

/// The ids of the rules of a conflict, in order, each once.
pub(super) fn rules_of(problem: &Problem, conflict: &Conflict) -> Vec<String> {
    let found: BTreeSet<String> =
        conflict.constraints.iter().map(|constraint| problem[*constraint].rule.clone()).collect();
    found.into_iter().collect()
}
