//! The layers: from the strongest accusation to the weakest, each over what the ones before it left standing.
//!
//! 0. *waived*: what is known and accepted, first, so that only what is new is new;
//! 1. *contradiction*: within an article, on hard readings;
//! 2. *disagreement*: between sources or articles;
//! 3. *question*: leaning on something unsaid;
//! 4. *convention*: under one usual convention, not under another;
//! 5. *strained*: on soft readings only.
//!
//! What a conflict rests on (the bounds and rule instances in its proof, never
//! whole claims) is given up for the layers after it, and the same claims are not accused twice.

mod conventions;
mod given_up;
mod irreducible;
mod known;
mod rest;

pub(super) use known::Known;
pub(super) use rest::{certain, selection as what_is_left};

use super::single::{self, Nearness};
use super::{FindingKind, Tally};
use crate::calendar::Choice;
use crate::claim::{ArticleId, ClaimId, Claims};
use crate::number::Rational;
use crate::parallel::in_parallel;
use crate::problem::refutation::{Quantity, Reason};
use crate::problem::{Conflict, ConstraintId, DifferenceId, Form, LeanId, Problem, Proof, Verdict};
use crate::rule::Rules;
use crate::solve::{Open, Selection, Start, solve_graph, solve_joint};
use crate::source::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::Arc;

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
    /// The problem in which it appears first.
    pub problem: Arc<Problem>,
    pub conflict: Conflict,
    /// The problems and conflicts under the other choices under which it appears, in order: to show that it depends on a
    /// convention the first is enough, but all are needed where none is a way out.
    pub others: Vec<(Arc<Problem>, Conflict)>,
    /// The article whose conventions it depends on.
    pub article: ArticleId,
    /// Each combination of choices that was tried, and whether the conflict appears under it.
    pub under: Vec<(Vec<Choice>, bool)>,
    /// How many other clashes it stands for: `under` tells where any of them appears.
    pub beside: usize,
}

impl Swayed {
    /// The choices that its proofs need, each with the problem and the conflict under it.
    pub fn proofs(&self) -> impl Iterator<Item = (&[Choice], &Arc<Problem>, &Conflict)> {
        let clashing = self.under.iter().filter(|(_, clashes)| *clashes).map(|(choices, _)| choices.as_slice());
        let others = self.others.iter().map(|(problem, conflict)| (problem, conflict));
        let appears = std::iter::once((&self.problem, &self.conflict)).chain(others);
        clashing.zip(appears).map(|(choices, (problem, conflict))| (choices, problem, conflict))
    }
}

/// All that the layers give.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub hits: Vec<Hit>,
    /// What is accepted and is there, each with the place of what accepts it.
    pub waived: Vec<(usize, Hit)>,
    /// Claims of accepted clashes that more may hide behind: not all of it was looked for.
    pub hidden: Vec<Vec<ClaimId>>,
    pub swayed: Vec<Swayed>,
    /// What binds claims once conventions are chosen: the rule and its words.
    pub bound_by_choice: BTreeMap<ClaimId, BTreeSet<(String, String)>>,
    /// Components that the budget did not suffice for.
    pub open: Vec<Open>,
    /// Those that it suffices for as they stand, but not once what is unsaid is taken for granted, or words for what they
    /// usually mean.
    pub open_beyond: Vec<(FindingKind, Open)>,
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
        // What binds only under a choice of conventions counts once.
        let known: BTreeSet<(&str, &str)> = self.verdicts.keys().map(named).collect();
        let by_choice: BTreeSet<(&str, &str)> =
            self.bound_by_choice.values().flatten().map(|(rule, words)| (rule.as_str(), words.as_str())).collect();
        let swayed: BTreeSet<(&str, &str)> = self
            .swayed
            .iter()
            .flat_map(|swayed| swayed.conflict.constraints.iter().map(|id| &swayed.problem[*id]))
            .map(|constraint| (constraint.rule.as_str(), constraint.words.as_str()))
            .filter(|named| !known.contains(named))
            .collect();
        let open = by_choice.iter().filter(|named| !known.contains(*named) && !swayed.contains(*named)).count();
        Tally {
            holds: count(Verdict::Holds),
            fits: count(Verdict::Fits).saturating_add(open),
            contradicted: count(Verdict::Contradicted).saturating_add(swayed.len()),
            undecided: count(Verdict::Undecided),
        }
    }
}

/// Runs all layers, on so many threads.
pub(super) fn layers(
    claims: &Claims,
    rules: &Rules,
    problem: &Problem,
    known: &Known<'_>,
    jobs: NonZeroUsize,
) -> Outcome {
    let mut pass = Pass::new(problem, jobs);
    pass.known = Some(known);
    pass.accept(known);
    pass.hard();
    pass.conventions(claims, rules);
    pass.strained();
    pass.finish()
}

/// The clashes of the layers on hard readings.
pub(super) fn firm(problem: &Problem, jobs: NonZeroUsize) -> Vec<Hit> {
    let mut pass = Pass::new(problem, jobs);
    pass.hard();
    pass.outcome.hits
}

/// The contradictions alone, in canonical order, and whether all else was decided.
pub(super) fn contradictions(problem: &Problem, jobs: NonZeroUsize) -> (Vec<Conflict>, bool) {
    let mut pass = Pass::new(problem, jobs);
    pass.hard();
    let decided = pass.outcome.open.is_empty() && pass.outcome.undecided.is_empty();
    let hits = pass.outcome.hits.into_iter().filter(|hit| hit.kind == FindingKind::Contradiction);
    (hits.map(|hit| hit.conflict).collect(), decided)
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
    /// Those of one source of an article at a time.
    Sources,
    /// Those of one article at a time.
    Articles,
    /// All.
    All,
}

struct Pass<'p> {
    problem: &'p Problem,
    /// What is accepted, if anything may be.
    known: Option<&'p Known<'p>>,
    jobs: NonZeroUsize,
    said: BTreeSet<LeanId>,
    all_leans: BTreeSet<LeanId>,
    given_up: BTreeSet<DifferenceId>,
    given_up_constraints: BTreeSet<ConstraintId>,
    given_up_rows: BTreeSet<Reason>,
    /// What each set of claims was accused of so far.
    accused: BTreeMap<Vec<ClaimId>, Vec<Accusation>>,
    /// The claims of each clash that is accepted.
    accepted: BTreeSet<Vec<ClaimId>>,
    /// How much may still be gone through to spare what conflicts do not need.
    looks_left: usize,
    /// Values that satisfied what a layer left standing: the next layers look there first.
    found: BTreeMap<Quantity, Rational>,
    outcome: Outcome,
}

impl<'p> Pass<'p> {
    fn new(problem: &'p Problem, jobs: NonZeroUsize) -> Self {
        let all = (0..problem.leans.len()).map(LeanId::at);
        let said = all.clone().filter(|lean| problem[*lean].counts_as_said()).collect();
        Self {
            problem,
            known: None,
            jobs,
            said,
            all_leans: all.collect(),
            given_up: BTreeSet::new(),
            given_up_constraints: BTreeSet::new(),
            given_up_rows: BTreeSet::new(),
            accused: BTreeMap::new(),
            accepted: BTreeSet::new(),
            looks_left: irreducible::MOST,
            found: BTreeMap::new(),
            outcome: Outcome::default(),
        }
    }

    /// Layers 1 to 3.
    fn hard(&mut self) {
        let leaning = self.certain();
        self.accuse(leaning);
        self.graph(FindingKind::Question, false, None);
    }

    /// Layers 1 and 2. Comes back with what is left for the third.
    fn certain(&mut self) -> Vec<Hit> {
        let mut alone = self.alone(false);
        alone.sort_by_key(|hit| hit.kind);
        let (firm, leaning): (Vec<Hit>, Vec<Hit>) =
            alone.into_iter().partition(|hit| hit.kind == FindingKind::Contradiction);
        let (between, leaning): (Vec<Hit>, Vec<Hit>) =
            leaning.into_iter().partition(|hit| hit.kind == FindingKind::Disagreement);
        self.accuse(firm);
        let crossing = self.crossings(false, Within::Articles, &BTreeSet::new());
        self.each_source(&crossing);
        self.give_up_bounds(&crossing);
        for article in self.comparing_articles() {
            self.graph(FindingKind::Contradiction, false, Some(article));
        }
        self.accuse(between);
        self.give_up_bounds(&self.crossings(false, Within::All, &BTreeSet::new()));
        self.graph(FindingKind::Disagreement, false, None);
        self.rest();
        self.beside_accepted();
        leaning
    }

    /// Layer 5.
    fn strained(&mut self) {
        let alone: Vec<Hit> = self.alone(true);
        let hits = alone.into_iter().map(|hit| Hit { kind: FindingKind::Strained, ..hit }).collect();
        self.give_up_bounds(&self.crossings(true, Within::All, &BTreeSet::new()));
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
        let is_told = |id| soft && self.outcome.verdicts.get(&id) == Some(&Verdict::Contradicted);
        let relation = |at| {
            let id = ConstraintId::at(at);
            let is_one = matches!(self.problem[id].form, Form::Relation { .. });
            (is_one && !is_told(id)).then(|| single::relation(self.problem, id, soft, &BTreeSet::new()))
        };
        let relations = in_parallel(self.problem.constraints.len(), self.jobs, &relation);
        for (at, related) in relations.into_iter().enumerate() {
            let id = ConstraintId::at(at);
            let constraint = &self.problem[id];
            match &constraint.form {
                _ if soft && self.outcome.verdicts.get(&id) == Some(&Verdict::Contradicted) => {}
                Form::SameFigure(_) | Form::SameText(_) => {
                    let family = single::apart(self.problem, id, soft, &self.accepted);
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
                    let Some((verdict, conflict)) = related else { continue };
                    if !soft {
                        self.outcome.verdicts.insert(id, verdict);
                        let is_said = constraint.leans.iter().all(|lean| self.said.contains(lean));
                        match verdict {
                            Verdict::Undecided if is_said => self.outcome.undecided.push(id),
                            Verdict::Undecided => {
                                let (claims, constraints) = (constraint.claims.clone(), vec![id]);
                                let open = Open { claims, constraints, vague: Vec::new() };
                                self.outcome.open_beyond.push((FindingKind::Question, open));
                            }
                            _ => {}
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
                let clashes = hit.kind.is_certain();
                if let (true, Some(verdict)) = (clashes, self.outcome.verdicts.get_mut(constraint)) {
                    *verdict = Verdict::Contradicted;
                }
            }
            if !self.is_known(hit.kind, &hit.conflict) {
                let claims = claims_of(self.problem, &hit.conflict);
                let accusation = Accusation {
                    kind: hit.kind,
                    severity: severity_of(self.problem, &hit.conflict),
                    constraints: hit.conflict.constraints.clone(),
                    rules: rules_of(self.problem, &hit.conflict),
                };
                self.accused.entry(claims).or_default().push(accusation);
                self.outcome.hits.push(hit);
            }
        }
    }

    /// Whether as much is said already: of the same claims, or some of them, that they break the same rules, or some of
    /// them; or of the same claims, several together, something stronger. Neither weighs less. A clash of a claim with
    /// itself says nothing of its other clashes.
    fn is_known(&self, kind: FindingKind, conflict: &Conflict) -> bool {
        let claims = claims_of(self.problem, conflict);
        let severity = severity_of(self.problem, conflict);
        let rules = rules_of(self.problem, conflict);
        // That no whole answers have a mean is said by its sum already, where both rules bind it.
        let of_answers = conflict.constraints.iter().any(|id| match &self.problem[*id].form {
            Form::Relation { formula, .. } => formula.speaks_of_answers(),
            _ => false,
        });
        let of_these = self.accused.get(&claims).into_iter().flatten().any(|known| {
            known.constraints == conflict.constraints
                || (of_answers && known.kind <= kind && known.severity >= severity)
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
        of_these || of_some || (kind.is_certain() && self.is_covered(conflict))
    }

    /// One layer of the graph: its conflicts are taken in, and what they rest on is given up.
    fn graph(&mut self, kind: FindingKind, soft: bool, article: Option<ArticleId>) {
        let is_beyond = matches!(kind, FindingKind::Question | FindingKind::Strained);
        let leans = if is_beyond { self.all_leans.clone() } else { self.said.clone() };
        let mut selection = Selection { soft, is_beyond, leans, article, ..Selection::default() };
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
            let start = Start { nodes: start, found: &self.found };
            let found = solve_joint(self.problem, &selection, start, self.jobs);
            self.found.extend(found.witness);
            for open in found.undecided {
                let beyond = &mut self.outcome.open_beyond;
                if self.outcome.open.contains(&open) || beyond.iter().any(|(_, known)| *known == open) {
                    continue;
                } else if !selection.is_beyond {
                    self.outcome.open.push(open);
                } else {
                    beyond.push((kind, open));
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
            let mut conflict = self.give_up_spared(conflict);
            conflict.soft = selection.soft && !self.is_hard_too(&conflict);
            let claims = claims_of(self.problem, &conflict);
            let meant = if conflict.soft { kind } else { self.kind_of(&conflict) };
            if self.is_known(meant, &conflict) || claims.iter().any(|claim| selection.set_aside.contains(claim)) {
                again = true;
                continue;
            }
            selection.set_aside.extend(claims);
            self.accuse(vec![Hit { kind: meant, conflict }]);
        }
        again && self.how_much_is_given_up() > before
    }

    fn finish(mut self) -> Outcome {
        for id in self.outcome.waived.iter().flat_map(|(_, hit)| &hit.conflict.constraints) {
            if let Some(verdict) = self.outcome.verdicts.get_mut(id) {
                *verdict = Verdict::Contradicted;
            }
        }
        for id in self.outcome.open.iter().flat_map(|open| &open.constraints) {
            if let Some(verdict) = self.outcome.verdicts.get_mut(id).filter(|verdict| **verdict == Verdict::Fits) {
                *verdict = Verdict::Undecided;
            }
        }
        let open: BTreeSet<ClaimId> = self.outcome.open.iter().flat_map(|open| &open.claims).copied().collect();
        let is_told = |beyond: &Open| beyond.claims.iter().any(|claim| open.contains(claim));
        self.outcome.open_beyond.retain(|(_, beyond)| !is_told(beyond));
        self.spare_leans();
        self.spare_rules();
        self.outcome
    }

    /// Where the same claims are accused twice, once of breaking fewer of the same rules, the other accusation says
    /// nothing more.
    fn spare_rules(&mut self) {
        let problem = self.problem;
        let hits = std::mem::take(&mut self.outcome.hits);
        let leans = |hit: &Hit| hit.conflict.leans.iter().copied().collect::<BTreeSet<_>>();
        let said =
            |hit: &Hit| (hit.kind, severity_of(problem, &hit.conflict), leans(hit), rules_of(problem, &hit.conflict));
        let mut of_claims: BTreeMap<Vec<ClaimId>, Vec<_>> = BTreeMap::new();
        for hit in &hits {
            of_claims.entry(claims_of(problem, &hit.conflict)).or_default().push(said(hit));
        }
        let says_nothing_more = |hit: &Hit| {
            let (kind, severity, leans, rules) = said(hit);
            let mut others = of_claims.get(&claims_of(problem, &hit.conflict)).into_iter().flatten();
            others.any(|(kind2, severity2, leans2, rules2)| {
                *kind2 <= kind
                    && *severity2 >= severity
                    && leans2.is_subset(&leans)
                    && rules2.len() < rules.len()
                    && rules2.iter().all(|rule| rules.contains(rule))
            })
        };
        self.outcome.hits = hits.into_iter().filter(|hit| !says_nothing_more(hit)).collect();
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

/// The claims of a conflict, in canonical order, each once.
pub(super) fn claims_of(problem: &Problem, conflict: &Conflict) -> Vec<ClaimId> {
    conflict.claims(problem).into_iter().collect()
}

/// How serious the rules of a conflict make it: as much as the least serious of them.
fn severity_of(problem: &Problem, conflict: &Conflict) -> Severity {
    let rules = conflict.constraints.iter().map(|constraint| problem[*constraint].severity);
    rules.min().unwrap_or(Severity::Error)
}

/// The ids of the rules of a conflict, in order, each once.
pub(super) fn rules_of(problem: &Problem, conflict: &Conflict) -> Vec<String> {
    conflict.rules(problem).into_iter().map(str::to_owned).collect()
}
