//! What is asked of every theory, in order: what can never hold together, which conditions are never true, what follows from
//! the rest, and what can be written more tightly.
//!
//! Rules that follow are left out one after the other, the last first, so that all that are said to follow can be
//! deleted together. Rules that cannot hold together imply everything, so that they are set aside before anything
//! is said to follow.

use super::model::{Applied, Coherence, NotLooked, Remark, RemarkKind};
use super::questions::{Answer, Besides, Leaves, Questions};
use super::theory::{AtMost, Sentence, Theory, at_most};
use super::words::{Words, in_order, said_row};
use crate::expr::Comparison;
use crate::number::Rational;
use crate::problem::{Formula, Term};
use crate::source::Span;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// All questions may take so many steps together.
const STEPS: u64 = 20_000_000;
/// Of so many sentences at most that hang together, all are held against each.
const MOST_AT_ONCE: usize = 200;

/// The work in progress.
pub(super) struct Look {
    remarks: Vec<Remark>,
    not_looked: BTreeSet<NotLooked>,
    /// The rules that say what another one says in its very words.
    twins: BTreeSet<String>,
    budget: u64,
    rules: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { remarks: Vec::new(), not_looked: BTreeSet::new(), twins: BTreeSet::new(), budget: STEPS, rules: 0 }
    }
}

impl Look {
    /// Notes that a rule was not looked at, or not in all respects.
    pub fn not_looked(&mut self, rule: &str, span: Span, because: &str) {
        let (rule, because) = (rule.to_owned(), because.to_owned());
        self.not_looked.insert(NotLooked { rule, span, because });
    }

    /// Notes a remark.
    pub fn remark(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    /// Notes that a rule says what another one says.
    pub fn twin(&mut self, rule: &str, remark: Remark) {
        if self.twins.insert(rule.to_owned()) {
            self.remark(remark);
        }
    }

    /// Whether it was said of a rule that it cannot stand, or that it can be deleted.
    pub fn is_told(&self, rule: &str) -> bool {
        let is_note = |remark: &Remark| matches!(remark.kind, RemarkKind::Implied | RemarkKind::Tighter);
        self.remarks.iter().filter(|remark| !is_note(remark)).any(|remark| remark.rules.iter().any(|id| id == rule))
    }

    /// So many rules of the user's own there are.
    pub fn counted(&mut self, rules: usize) {
        self.rules = rules;
    }

    /// All that was found, in order.
    pub fn finish(self, applied: Applied) -> Coherence {
        let mut remarks = self.remarks;
        let place = |remark: &Remark| remark.locations.first().map(|it| (it.span.file, it.span.start));
        remarks.sort_by_key(|remark| (Reverse(remark.kind.severity()), remark.kind, place(remark)));
        let mut not_looked: Vec<NotLooked> = self.not_looked.into_iter().collect();
        not_looked.sort_by_key(|it| (it.span.file, it.span.start));
        Coherence { remarks, not_looked, applied, rules: self.rules }
    }

    /// Asks all there is to ask of a theory.
    pub fn theory(&mut self, theory: &Theory) {
        if !theory.sentences.iter().any(|sentence| sentence.rule.is_looked_at) {
            return;
        }
        let mut asking = Asking { questions: Questions::about(theory, self.budget), theory, look: self };
        for component in asking.questions.components() {
            asking.component(component);
        }
        let left = asking.questions.budget;
        self.budget = left;
    }
}

/// What is asked of one theory.
struct Asking<'t, 'l> {
    theory: &'t Theory,
    questions: Questions<'t>,
    look: &'l mut Look,
}

impl<'t> Asking<'t, '_> {
    fn sentence(&self, at: usize) -> Option<&'t Sentence> {
        self.theory.sentences.get(at)
    }

    fn is_looked_at(&self, at: usize) -> bool {
        self.sentence(at).is_some_and(|sentence| sentence.rule.is_looked_at)
    }

    fn not_looked(&mut self, at: usize, because: &str) {
        if let Some(sentence) = self.sentence(at).filter(|sentence| sentence.rule.is_looked_at) {
            self.look.not_looked(&sentence.rule.id, sentence.rule.span, because);
        }
    }

    fn words(&self) -> Words<'t> {
        Words(self.theory)
    }

    fn component(&mut self, component: Vec<usize>) {
        if !component.iter().any(|at| self.is_looked_at(*at)) {
            return;
        }
        let mut live = self.each_by_itself(component);
        self.never_together(&mut live);
        self.conditions(&live);
        self.follows(&mut live);
    }

    /// What can hold by itself; what cannot is said.
    fn each_by_itself(&mut self, component: Vec<usize>) -> Vec<usize> {
        let mut live = Vec::new();
        for at in component {
            match self.questions.ask(&[at], Besides::Nothing) {
                Answer::No(leaves) => self.never(&leaves),
                Answer::Yes if self.questions.is_prepared(at) => live.push(at),
                Answer::Yes => self.not_looked(at, "its formula is too rich to be held against others"),
                Answer::Untold => self.not_looked(at, "it was not found out within the budget what it leaves"),
            }
        }
        live
    }

    fn never(&mut self, leaves: &Leaves) {
        if leaves.sentences.iter().any(|at| self.is_looked_at(*at)) {
            let remark = self.words().never_together(leaves);
            self.look.remark(remark);
        }
    }

    /// Minimal sets that can never hold together, none of which has a rule in common with another.
    fn never_together(&mut self, live: &mut Vec<usize>) {
        loop {
            match self.questions.ask(live, Besides::Nothing) {
                Answer::Yes => return,
                Answer::No(leaves) if !leaves.sentences.is_empty() => {
                    let minimal = self.questions.minimal(leaves, Besides::Nothing);
                    self.never(&minimal);
                    for at in &minimal.sentences {
                        self.not_looked(*at, "what else is to be said of it is not told while it clashes with others");
                    }
                    live.retain(|at| !minimal.sentences.contains(at));
                }
                _ => {
                    for at in std::mem::take(live) {
                        self.not_looked(
                            at,
                            "it was not found out within the budget whether it can hold beside the others",
                        );
                    }
                    return;
                }
            }
        }
    }

    /// The sentences that speak of nothing that this one does not speak of: they bind wherever it does.
    fn near(&self, at: usize, others: impl Iterator<Item = usize>) -> Vec<usize> {
        let own = self.questions.shared(at);
        others.filter(|other| self.questions.shared(*other).is_subset(&own)).collect()
    }

    /// Conditions that are never true.
    fn conditions(&mut self, live: &[usize]) {
        for at in live.iter().copied() {
            let Some(sentence) = self.sentence(at).filter(|it| it.rule.is_looked_at) else { continue };
            // Others bind wherever this one does only if they need nothing besides its figures.
            let others = self.near(at, live.iter().copied().filter(|other| *other != at));
            for condition in &sentence.conditions {
                // What is no condition where a divisor is 0 is none here either.
                let not = Formula::Not(Box::new(condition.formula.clone()));
                let besides = Besides::Broken(&not);
                let found = match self.questions.ask(&[], besides) {
                    Answer::Yes if !others.is_empty() => self.questions.ask(&others, besides),
                    answer => answer,
                };
                match found {
                    Answer::Yes => {}
                    Answer::No(leaves) => {
                        let minimal = self.questions.minimal(leaves, besides);
                        let remark = self.words().never_applies(at, condition, &minimal);
                        remark.into_iter().for_each(|remark| self.look.remark(remark));
                        break;
                    }
                    Answer::Untold => {
                        self.not_looked(at, "it was not found out within the budget whether its condition can be true");
                    }
                }
            }
        }
    }

    /// What follows from the rest, the last rule first; and of what does not, what can be written more tightly.
    fn follows(&mut self, live: &mut Vec<usize>) {
        let never: BTreeSet<&str> = self
            .look
            .remarks
            .iter()
            .filter(|remark| remark.kind == RemarkKind::NeverApplies)
            .flat_map(|remark| remark.rules.iter().map(String::as_str))
            .collect();
        // What never applies follows from anything, and what has a twin was said to have one.
        let is_said = |at: &usize| {
            let id = self.theory.sentences.get(*at).map_or("", |it| it.rule.id.as_str());
            never.contains(id) || self.look.twins.contains(id)
        };
        live.retain(|at| !is_said(at));
        for at in live.clone().into_iter().rev() {
            let Some(sentence) = self.sentence(at).filter(|it| it.rule.is_looked_at) else { continue };
            if self.theory.has_private(sentence) {
                let because = "it speaks of an unknown, or of a figure that it looks up, so that it is not told whether it \
                               follows from others";
                self.not_looked(at, because);
                continue;
            }
            let near = self.near(at, self.weighing_as_much(sentence, at, live));
            let besides = Besides::Broken(&sentence.formula);
            match self.questions.ask(&near, besides) {
                Answer::No(leaves) => {
                    let minimal = self.questions.minimal(leaves, besides);
                    self.redundant(at, sentence, &minimal);
                    live.retain(|other| *other != at);
                }
                Answer::Untold => {
                    self.not_looked(at, "it was not found out within the budget whether it follows from others");
                }
                Answer::Yes => {}
            }
        }
        for at in live.clone() {
            let Some(sentence) = self.sentence(at).filter(|it| it.rule.is_looked_at) else { continue };
            self.implied(at, sentence, live);
            let near = self.near(at, self.weighing_as_much(sentence, at, live));
            self.tighter(at, sentence, &near);
        }
    }

    /// All but one that weigh as much as it. A rule may weigh more than what it follows from; then it is not said twice.
    fn weighing_as_much<'s>(
        &self,
        sentence: &'s Sentence,
        at: usize,
        live: &'s [usize],
    ) -> impl Iterator<Item = usize> + use<'s, 't> {
        let theory = self.theory;
        let weight = |other: usize| theory.sentences.get(other).map(|it| it.rule.severity);
        live.iter().copied().filter(move |other| *other != at && weight(*other) >= Some(sentence.rule.severity))
    }

    /// Whether a sentence follows from others wherever more is reported than it names.
    fn implied(&mut self, at: usize, sentence: &Sentence, live: &[usize]) {
        if self.theory.has_private(sentence) {
            return;
        }
        if live.len() > MOST_AT_ONCE {
            let because = "so many rules hang together that it was held only against those of its own figures";
            return self.not_looked(at, because);
        }
        let others: Vec<usize> = self.weighing_as_much(sentence, at, live).collect();
        let besides = Besides::Broken(&sentence.formula);
        match self.questions.ask(&others, besides) {
            Answer::No(leaves) => {
                let minimal = self.questions.minimal(leaves, besides);
                let remark = self.words().implied(at, &minimal);
                remark.into_iter().for_each(|remark| self.look.remark(remark));
            }
            Answer::Yes => {}
            Answer::Untold => {
                let because = "it was not found out within the budget whether it follows where more is reported";
                self.not_looked(at, because);
            }
        }
    }

    fn redundant(&mut self, at: usize, sentence: &Sentence, minimal: &Leaves) {
        let twin = match minimal.sentences.as_slice() {
            [only] => self.follows_from(*only, at).then_some(*only),
            _ => None,
        };
        let words = self.words();
        let remark = match twin {
            Some(twin) => words.same(at, twin),
            None => {
                let bound = self.bound(sentence, &minimal.sentences);
                words.redundant(at, minimal, bound)
            }
        };
        remark.into_iter().for_each(|remark| self.look.remark(remark));
    }

    /// Whether a sentence follows from one other, of the same figures.
    fn follows_from(&mut self, at: usize, other: usize) -> bool {
        let Some(sentence) = self.sentence(at) else { return false };
        !self.theory.has_private(sentence)
            && self.questions.shared(at) == self.questions.shared(other)
            && matches!(self.questions.ask(&[other], Besides::Broken(&sentence.formula)), Answer::No(_))
    }

    /// What others leave of what a sentence bounds, if that is less than it allows.
    fn bound(&mut self, sentence: &Sentence, others: &[usize]) -> Option<String> {
        let AtMost { terms, bound, .. } = at_most(&sentence.formula)?;
        let most = self.questions.greatest(others, &terms, &bound)?;
        (most < bound).then(|| written(sentence, &terms, &most))
    }

    /// Whether a bound on whole numbers can be written more tightly.
    fn tighter(&mut self, at: usize, sentence: &Sentence, near: &[usize]) {
        let Some(AtMost { terms, bound, strict }) = at_most(&sentence.formula) else { return };
        let is_whole = |at: &usize| self.theory.unknowns.get(*at).is_some_and(|unknown| unknown.domain.integer);
        if terms.is_empty() || !terms.iter().all(|(at, _)| is_whole(at)) {
            return;
        }
        let Some(scale) = scale(terms.iter().map(|(_, factor)| factor)) else { return };
        let terms: Vec<(usize, Rational)> = terms.iter().map(|(at, factor)| (*at, factor.times(&scale))).collect();
        let bound = bound.times(&scale);
        let least_whole = if strict { bound.ceil().minus(&Rational::ONE) } else { bound.floor() };
        let mut all = near.to_vec();
        all.push(at);
        all.sort_unstable();
        let Some(most) = self.questions.greatest(&all, &terms, &least_whole) else { return };
        if most == least_whole && bound.is_integer() {
            return; // what is below 7 is at most 6, and needs no telling
        }
        let others = if most < least_whole { self.needed_for(&all, at, &terms, &most) } else { Vec::new() };
        let remark = self.words().tighter(at, written(sentence, &terms, &most), &others);
        remark.into_iter().for_each(|remark| self.look.remark(remark));
    }

    /// The sentences besides one's own that a bound rests on.
    fn needed_for(&mut self, all: &[usize], at: usize, terms: &[(usize, Rational)], most: &Rational) -> Vec<usize> {
        let beyond = Formula::Compare(
            Term::Sum(terms.iter().map(|(at, factor)| multiple(*at, factor)).collect()),
            Comparison::More,
            Term::Number(most.clone()),
        );
        let besides = Besides::Holds(&beyond);
        let Answer::No(leaves) = self.questions.ask(all, besides) else { return Vec::new() };
        let minimal = self.questions.minimal(leaves, besides);
        minimal.sentences.into_iter().filter(|other| *other != at).collect()
    }
}

fn multiple(at: usize, factor: &Rational) -> Term {
    Term::Product(Box::new(Term::Number(factor.clone())), Box::new(Term::Variable(at)))
}

/// What makes factors whole numbers without a common divisor.
fn scale<'a>(factors: impl Iterator<Item = &'a Rational> + Clone) -> Option<Rational> {
    let mut scale = Rational::ONE;
    for factor in factors.clone() {
        let denominator = Rational::from_big(factor.times(&scale).denominator(), 1.into())?;
        scale = scale.times(&denominator);
    }
    let mut divisor = num_bigint::BigInt::ZERO;
    for factor in factors {
        divisor = num_integer::Integer::gcd(&divisor, &factor.times(&scale).numerator());
    }
    scale.checked_div(&Rational::from_big(divisor, 1.into())?)
}

/// A bound as its own rule would write it: with decimals, or in whole numbers if those do not end.
fn written(sentence: &Sentence, terms: &[(usize, Rational)], most: &Rational) -> String {
    let all = || terms.iter().map(|(_, factor)| factor).chain([most]);
    let ends = all().all(|number| number.decimals().is_some());
    let whole = if ends { Rational::ONE } else { scale(all()).unwrap_or(Rational::ONE) };
    let terms: Vec<(usize, Rational)> = terms.iter().map(|(at, factor)| (*at, factor.times(&whole))).collect();
    let name = |at: usize| sentence.names.get(&at).cloned().unwrap_or_default();
    said_row(&in_order(&terms, sentence), &most.times(&whole), false, &name)
}
