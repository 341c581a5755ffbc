//! The formulas of relations: one theory for all that bind one figure each of some measures, and one for every other way in
//! which the user's own rules bind figures.

use super::frame::Frame;
use super::look::Look;
use super::theory::{About, Condition, Kind, Rule, Sentence, Theory, Unknown, anything};
use super::translate::{Named, Said, Surroundings, Translator, canonical};
use crate::claim::Vocabulary;
use crate::expr::{Expr, ExprKind};
use crate::number::Interval;
use crate::problem::{Domain, Formula};
use crate::rule::{self, Kind as RuleKind, Relation, Rules};
use std::collections::{BTreeMap, BTreeSet};

/// A relation with its figures.
struct Framed<'r> {
    rule: &'r rule::Rule,
    relation: &'r Relation,
    frame: Frame,
}

/// The theories of all relations. What has no formula is noted.
pub(super) fn theories(rules: &Rules, vocabulary: &Vocabulary, look: &mut Look) -> Vec<Theory> {
    let mut all: Vec<Framed<'_>> = Vec::new();
    for rule in &rules.rules {
        let RuleKind::Relation(relation) = &rule.kind else { continue };
        if !rule.standard && rule.severity.is_none() {
            look.not_looked(&rule.id.value, rule.id.span, "it is turned off");
        }
        let frame = Frame::of(relation, vocabulary);
        if rule.severity.is_none() {
            continue;
        }
        if frame.has_sets() {
            if !rule.standard {
                let because = "it binds a set of figures, and how many there will be is not known";
                look.not_looked(&rule.id.value, rule.id.span, because);
            }
            continue;
        }
        all.push(Framed { rule, relation, frame });
    }
    let plain = Frame::joined(all.iter().map(|it| &it.frame).filter(|frame| frame.is_plain()));
    let others = all.iter().filter(|it| !it.frame.is_plain() && !it.rule.standard).map(|it| &it.frame);
    let mut frames: Vec<&Frame> = Vec::new();
    let mut known: BTreeSet<&Frame> = BTreeSet::new();
    for frame in [&plain].into_iter().chain(others) {
        if known.insert(frame) {
            frames.push(frame);
        }
    }
    frames.iter().map(|frame| theory(frame, *frame == &plain, &all, vocabulary, look)).collect()
}

/// What relations say of the figures of a frame.
fn theory(frame: &Frame, plain: bool, all: &[Framed<'_>], vocabulary: &Vocabulary, look: &mut Look) -> Theory {
    let mut theory = Theory::new(About::Figures);
    let mut said = Said::new();
    let figures: Vec<usize> = frame
        .given
        .iter()
        .enumerate()
        .map(|(at, description)| {
            let called = || {
                let own = all.iter().find(|it| it.frame == *frame)?.relation.given.get(at)?;
                Some(own.name.value.clone())
            };
            let measure = description.measure().and_then(|measure| vocabulary.measures.get(measure));
            theory.add(Unknown {
                name: description.said(&called().unwrap_or_default()),
                kind: Kind::Figure,
                domain: description.measure().map_or_else(anything, |measure| domain(measure, vocabulary)),
                declared: measure.map(|measure| measure.name.span),
            })
        })
        .collect();
    for framed in all {
        let Some(places) = frame.places_of(&framed.frame) else { continue };
        let is_home = if plain { framed.frame.is_plain() } else { framed.frame == *frame };
        let is_looked_at = is_home && !framed.rule.standard;
        let around = Around { framed, frame, places: &places, figures: &figures, vocabulary };
        match sentence(&mut theory, &mut said, &around, is_looked_at) {
            Some(sentence) => theory.sentences.push(sentence),
            None if is_looked_at => {
                let because = "its formula is too rich to be held against others";
                look.not_looked(&framed.rule.id.value, framed.rule.id.span, because);
            }
            None => {}
        }
    }
    theory
}

/// What the vocabulary leaves a measure.
fn domain(measure: &str, vocabulary: &Vocabulary) -> Domain {
    let Some(declared) = vocabulary.measures.get(measure) else { return anything() };
    Domain { interval: within(declared.least.as_ref(), declared.greatest.as_ref()), integer: declared.integer }
}

fn within(least: Option<&crate::number::Rational>, greatest: Option<&crate::number::Rational>) -> Interval {
    let lower = least.cloned().map_or_else(Interval::everything, Interval::at_least);
    let upper = greatest.cloned().map_or_else(Interval::everything, Interval::at_most);
    lower.intersect(&upper).unwrap_or_else(Interval::everything)
}

fn sentence(theory: &mut Theory, said: &mut Said, around: &Around<'_>, is_looked_at: bool) -> Option<Sentence> {
    let (rule, relation) = (around.framed.rule, around.framed.relation);
    let mut translator = Translator { theory, said, around, own: BTreeMap::new(), names: BTreeMap::new() };
    let required = translator.formula(&relation.require.root)?;
    let mut conditions = Vec::new();
    let outer = match &relation.condition {
        None => None,
        Some(condition) => {
            let formula = translator.formula(&condition.root)?;
            let words = condition.text.clone();
            conditions.push(Condition { formula: formula.clone(), span: condition.span, words });
            Some(formula)
        }
    };
    for condition in conditions_in(&relation.require.root) {
        let inner = translator.formula(condition)?;
        let formula = Formula::All(outer.iter().cloned().chain([inner]).collect());
        conditions.push(Condition { formula, span: condition.span, words: condition.to_string() });
    }
    let formula = match outer {
        Some(condition) => Formula::Any(vec![Formula::Not(Box::new(condition)), required]),
        None => required,
    };
    if formula.speaks_of_answers() {
        return None; // it is decided by itself, for figures that are known
    }
    let unknowns = formula.variables();
    let rule = Rule {
        id: rule.id.value.clone(),
        span: relation.require.span,
        words: relation.require.text.clone(),
        severity: rule.severity?,
        is_looked_at,
    };
    Some(Sentence { rule, formula, conditions, names: translator.names, unknowns })
}

/// The conditions that stand in an expression where what follows must hold.
pub(super) fn conditions_in(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::And(parts) => parts.iter().flat_map(conditions_in).collect(),
        ExprKind::If(condition, _) => vec![condition],
        _ => Vec::new(),
    }
}

/// A relation as one text that every relation has that says the same of the same figures.
pub(super) fn written_alike(relation: &Relation, vocabulary: &Vocabulary) -> Option<(Frame, String)> {
    let frame = Frame::of(relation, vocabulary);
    let names = Names { relation };
    let mut text = canonical(&relation.require.root, &names)?;
    if let Some(condition) = &relation.condition {
        text.push_str(&format!(" where {}", canonical(&condition.root, &names)?));
    }
    for unknown in &relation.unknown {
        let (least, greatest) = (unknown.least.as_ref(), unknown.greatest.as_ref());
        text.push_str(&format!(" unknown {} {} {least:?} {greatest:?}", unknown.name.value, unknown.integer));
    }
    Some((frame, text))
}

fn named(relation: &Relation, base: &str) -> Option<Named> {
    if relation.unknown.iter().any(|unknown| unknown.name.value == base) {
        return Some(Named::Own(base.to_owned()));
    }
    relation.given.iter().position(|binding| binding.name.value == base).map(Named::Figure)
}

/// The names of a relation by themselves.
struct Names<'r> {
    relation: &'r Relation,
}

impl Surroundings for Names<'_> {
    fn named(&self, base: &str) -> Option<Named> {
        named(self.relation, base)
    }

    fn figure(&self, _: usize) -> Option<usize> {
        None
    }
}

/// A relation in a frame.
struct Around<'r> {
    framed: &'r Framed<'r>,
    frame: &'r Frame,
    places: &'r [usize],
    figures: &'r [usize],
    vocabulary: &'r Vocabulary,
}

impl Surroundings for Around<'_> {
    fn named(&self, base: &str) -> Option<Named> {
        match named(self.framed.relation, base)? {
            Named::Figure(at) => self.places.get(at).copied().map(Named::Figure),
            own @ Named::Own(_) => Some(own),
        }
    }

    fn figure(&self, place: usize) -> Option<usize> {
        self.figures.get(place).copied()
    }

    fn own(&self, name: &str) -> Domain {
        let unknown = self.framed.relation.unknown.iter().find(|unknown| unknown.name.value == name);
        unknown.map_or_else(anything, |unknown| Domain {
            interval: within(unknown.least.as_ref(), unknown.greatest.as_ref()),
            integer: unknown.integer,
        })
    }

    fn field(&self, place: usize, field: &str) -> Option<String> {
        self.frame.given.get(place)?.field(field, self.vocabulary)
    }

    fn looked_up(&self, measure: &str) -> Domain {
        let own = domain(measure, self.vocabulary);
        let least = own.interval.lo().value().cloned();
        Domain { interval: within(least.as_ref(), None), integer: own.integer }
    }
}
