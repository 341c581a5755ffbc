//! What is asked of formulas that hang together: can they all hold, and can they all hold while one more is broken?
//!
//! The rows and choices of the formulas are decided as those of claims are. Where that does not end within its budget, few
//! formulas are decided once more as one formula over a box, which does better with products. Budgets are counted
//! in steps; where they end, nothing is said.

use super::theory::{Sentence, Theory};
use crate::number::Rational;
use crate::problem::{Domain, Formula};
use crate::solve::{Decision, Greatest, Prepared, Refuted, Together, Wanted, decide, greatest, prepare, together};
use std::collections::{BTreeMap, BTreeSet};

/// One question may take so many steps.
const STEPS: u64 = 200_000;
/// So many formulas at most are decided as one.
const FEW: usize = 8;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Some values satisfy all.
    Yes,
    /// None do, and this is what leaves none: places of sentences.
    No(Leaves),
    /// It was not found out.
    Untold,
}

/// What leaves no values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Leaves {
    /// The sentences, by their places, in order.
    pub sentences: Vec<usize>,
    /// What shows it, as far as that can be told. Its formulas are the sentences in their order, then the one besides.
    pub shown: Refuted,
}

/// What is asked besides sentences.
#[derive(Clone, Copy, Debug)]
pub(super) enum Besides<'f> {
    /// Nothing.
    Nothing,
    /// That this formula is broken.
    Broken(&'f Formula),
    /// That this formula holds.
    Holds(&'f Formula),
}

/// Questions about a theory.
pub(super) struct Questions<'t> {
    theory: &'t Theory,
    domains: Vec<Domain>,
    /// Each sentence in the form in which it is decided; `None` if it is too rich.
    prepared: Vec<Option<Prepared>>,
    /// The steps that are left for all theories.
    pub budget: u64,
}

impl<'t> Questions<'t> {
    /// Questions about a theory, within a budget of steps.
    pub fn about(theory: &'t Theory, budget: u64) -> Self {
        let domains = theory.domains();
        let prepared = theory.sentences.iter().map(|it| prepare(&it.formula, &domains, Wanted::Satisfied)).collect();
        Self { theory, domains, prepared, budget }
    }

    /// Whether a sentence has a form in which it is decided together with others.
    pub fn is_prepared(&self, sentence: usize) -> bool {
        matches!(self.prepared.get(sentence), Some(Some(_)))
    }

    fn sentence(&self, at: usize) -> Option<&'t Sentence> {
        self.theory.sentences.get(at)
    }

    /// What a question may take.
    fn steps(&self) -> u64 {
        self.budget.min(STEPS)
    }

    /// Whether sentences can all hold, and what is asked besides.
    pub fn ask(&mut self, sentences: &[usize], besides: Besides<'_>) -> Answer {
        let extra = match besides {
            Besides::Nothing => None,
            Besides::Broken(formula) => Some(prepare(formula, &self.domains, Wanted::Broken)),
            Besides::Holds(formula) => Some(prepare(formula, &self.domains, Wanted::Satisfied)),
        };
        let known: Option<Vec<&Prepared>> =
            sentences.iter().map(|at| self.prepared.get(*at).and_then(Option::as_ref)).collect();
        if let (Some(mut formulas), true) = (known, !matches!(extra, Some(None))) {
            formulas.extend(extra.iter().flatten());
            let (steps, mut left) = (self.steps(), self.steps());
            let answer = together(&self.domains, &formulas, &mut left);
            self.budget = self.budget.saturating_sub(steps.saturating_sub(left));
            match answer {
                Together::Possible(_) => return Answer::Yes,
                Together::Impossible(shown) => {
                    let used = sentences.iter().enumerate().filter(|(at, _)| shown.formulas.contains(at));
                    return Answer::No(Leaves {
                        sentences: used.map(|(_, it)| *it).collect(),
                        ..self.of(sentences, shown)
                    });
                }
                Together::Undecided => {}
            }
        }
        self.as_one(sentences, besides)
    }

    /// What shows it, over the sentences that are needed.
    fn of(&self, sentences: &[usize], mut shown: Refuted) -> Leaves {
        let used: Vec<usize> = (0..=sentences.len()).filter(|at| shown.formulas.contains(at)).collect();
        let place = |at: usize| used.binary_search(&at).unwrap_or(usize::MAX);
        for line in &mut shown.sum {
            if let crate::solve::Told::Formula(at) = &mut line.told {
                *at = place(*at);
            }
        }
        shown.formulas = (0..used.len()).collect();
        Leaves { sentences: Vec::new(), shown }
    }

    /// The same as one formula.
    fn as_one(&mut self, sentences: &[usize], besides: Besides<'_>) -> Answer {
        if sentences.len() > FEW {
            return Answer::Untold;
        }
        let mut parts: Vec<Formula> =
            sentences.iter().filter_map(|at| Some(self.sentence(*at)?.formula.clone())).collect();
        let broken = match besides {
            Besides::Nothing => None,
            Besides::Holds(formula) => {
                parts.push(formula.clone());
                None
            }
            // To break a formula, all its divisors must be other than 0; no such thing is asked of those that hold.
            Besides::Broken(_) if parts.iter().any(Formula::divides) => return Answer::Untold,
            Besides::Broken(formula) => Some(formula.clone()),
        };
        let all = Formula::All(parts);
        let formula = match broken {
            None => all,
            Some(broken) => Formula::Any(vec![Formula::Not(Box::new(all)), broken]),
        };
        let is_broken = matches!(besides, Besides::Broken(_));
        let variables: Vec<usize> = formula.variables().into_iter().collect();
        let formula = formula.moved(&|at| variables.binary_search(&at).unwrap_or(usize::MAX));
        let domains: Vec<Domain> = variables.iter().filter_map(|at| self.domains.get(*at).cloned()).collect();
        let steps = self.steps();
        self.budget = self.budget.saturating_sub(steps / 4);
        let none = || Answer::No(Leaves { sentences: sentences.to_vec(), shown: Refuted::default() });
        match (decide(&formula, &domains, steps / 4), is_broken) {
            (Decision::Contradicted, false) | (Decision::Holds, true) => none(),
            (Decision::Undecided, _) => Answer::Untold,
            // What a formula that is to be broken fits, others may break: that was looked for, and not excluded.
            (_, true) => Answer::Untold,
            (_, false) => Answer::Yes,
        }
    }

    /// What leaves no values, with all left out that can be: drop any one, and some values are left.
    pub fn minimal(&mut self, leaves: Leaves, besides: Besides<'_>) -> Leaves {
        let mut best = leaves;
        for at in best.sentences.clone().into_iter().rev() {
            if !best.sentences.contains(&at) {
                continue;
            }
            let rest: Vec<usize> = best.sentences.iter().copied().filter(|other| *other != at).collect();
            if let Answer::No(fewer) = self.ask(&rest, besides) {
                best = fewer;
            }
        }
        best
    }

    /// How large a sum can be while sentences hold, if it is certainly at most `bound`.
    pub fn greatest(&mut self, sentences: &[usize], terms: &[(usize, Rational)], bound: &Rational) -> Option<Rational> {
        let known: Option<Vec<&Prepared>> =
            sentences.iter().map(|at| self.prepared.get(*at).and_then(Option::as_ref)).collect();
        let (steps, mut left) = (self.steps(), self.steps());
        let found = greatest(&self.domains, &known?, terms, bound, &mut left);
        self.budget = self.budget.saturating_sub(steps.saturating_sub(left));
        match found {
            Greatest::Is(value) => Some(value),
            Greatest::Untold => None,
        }
    }

    /// Sentences by what hangs together: those that speak of a common unknown, in order.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let unknowns = self.theory.unknowns.len();
        let mut joined = crate::solve::Joined::new(unknowns.saturating_add(self.theory.sentences.len()));
        for (at, sentence) in self.theory.sentences.iter().enumerate() {
            for unknown in &sentence.unknowns {
                joined.join(unknowns.saturating_add(at), *unknown);
            }
        }
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.theory.sentences.len() {
            found.entry(joined.root(unknowns.saturating_add(at))).or_default().push(at);
        }
        let mut components: Vec<Vec<usize>> = found.into_values().collect();
        components.sort();
        components
    }

    /// The unknowns of sentences that others can speak of.
    pub fn shared(&self, sentence: usize) -> BTreeSet<usize> {
        self.sentence(sentence).map(|it| self.theory.shared(it).collect()).unwrap_or_default()
    }
}
