//! What was found, in sentences that an editor can act on.

use super::model::{Remark, RemarkKind};
use super::questions::Leaves;
use super::theory::{About, Condition, Kind, Sentence, Theory, Unknown};
use crate::finding::words::list;
use crate::finding::{Location, Role};
use crate::number::{Interval, Rational, Unit};
use crate::solve::{Line, Told};
use crate::source::Span;
use std::collections::BTreeSet;

/// Words for what was found in a theory.
#[derive(Clone, Copy)]
pub(super) struct Words<'t>(pub &'t Theory);

/// An id as it stands in a sentence.
pub(super) fn quoted(id: &str) -> String {
    format!("`{id}`")
}

/// A place that matters to a remark.
pub(super) fn place(span: Span, role: Role, label: impl Into<String>) -> Location {
    Location { span, claim: None, role, label: label.into() }
}

impl<'t> Words<'t> {
    fn sentence(self, at: usize) -> Option<&'t Sentence> {
        self.0.sentences.get(at)
    }

    fn unknown(self, at: usize) -> Option<&'t Unknown> {
        self.0.unknowns.get(at)
    }

    fn name(self, at: usize) -> String {
        self.unknown(at).map_or_else(String::new, |unknown| unknown.name.clone())
    }

    fn ids(self, sentences: &[usize]) -> Vec<String> {
        sentences.iter().filter_map(|at| Some(self.sentence(*at)?.rule.id.clone())).collect()
    }

    /// The names of the figures that sentences speak of, in order.
    fn figures(self, sentences: impl Iterator<Item = usize>) -> Vec<String> {
        let all: BTreeSet<usize> =
            sentences.filter_map(|at| self.sentence(at)).flat_map(|it| it.unknowns.iter().copied()).collect();
        let figures = all.into_iter().filter_map(|at| self.unknown(at)).filter(|it| it.kind == Kind::Figure);
        figures.map(|unknown| quoted(&unknown.name)).collect()
    }

    /// Sentences that can never all hold.
    pub fn never_together(self, leaves: &Leaves) -> Remark {
        let rules = self.ids(&leaves.sentences);
        let named: Vec<String> = rules.iter().map(|id| quoted(id)).collect();
        let subject = list(&named);
        let none = match (self.0.about, rules.len()) {
            (About::Figures, 1) => "no figures satisfy it",
            (About::Figures, _) => "no figures satisfy them at once",
            (About::Columns, 1) => "no line satisfies it",
            (About::Columns, _) => "no line satisfies them at once",
            (About::Claims, _) => "whatever is reported",
        };
        let message = match (rules.len(), self.0.about) {
            (1, About::Claims) => format!("{subject} can never hold, {none}"),
            (1, _) => format!("{subject} can never hold: {none}"),
            (2, About::Claims) => format!("{subject} can never both hold, {none}"),
            (2, _) => format!("{subject} can never both hold: {none}"),
            (_, About::Claims) => format!("{subject} can never all hold, {none}"),
            _ => format!("{subject} can never all hold: {none}"),
        };
        let figures = self.figures(leaves.sentences.iter().copied());
        let advice = match (self.0.about, figures.as_slice(), rules.len()) {
            (About::Figures, [], _) => "mend it or delete it: it is broken whatever is reported".to_owned(),
            (About::Figures, [one], 1) => format!("mend it or delete it: it is broken wherever {one} is reported"),
            (About::Figures, [one], _) => {
                format!("mend or delete one of them: wherever {one} is reported, one of them is broken")
            }
            (About::Figures, several, 1) => {
                format!("mend it or delete it: it is broken wherever {} are reported together", list(several))
            }
            (About::Figures, several, _) => format!(
                "mend or delete one of them: wherever {} are reported together, one of them is broken",
                list(several)
            ),
            (_, _, 1) => "mend it or delete it".to_owned(),
            _ => "mend or delete one of them".to_owned(),
        };
        let (steps, arithmetic) = self.shown(leaves, None);
        Remark {
            kind: RemarkKind::NeverTogether,
            rules,
            others: Vec::new(),
            message,
            steps,
            arithmetic,
            instead: None,
            besides: Vec::new(),
            advice,
            locations: self.places(&leaves.sentences, Role::Primary, leaves),
        }
    }

    /// A condition that is never true beside what others demand.
    pub fn never_applies(self, of: usize, condition: &Condition, leaves: &Leaves) -> Option<Remark> {
        let sentence = self.sentence(of)?;
        let others = self.ids(&leaves.sentences);
        let named: Vec<String> = others.iter().map(|id| quoted(id)).collect();
        let id = quoted(&sentence.rule.id);
        let message = if others.is_empty() {
            format!("{id} never applies: its condition `{}` is never true", condition.words)
        } else {
            let hold = if others.len() == 1 { "holds" } else { "hold" };
            format!(
                "{id} never applies: its condition `{}` is never true where {} {hold}",
                condition.words,
                list(&named)
            )
        };
        let (steps, arithmetic) = self.shown(leaves, Some(("its condition", sentence)));
        let mut locations = vec![place(condition.span, Role::Primary, "never true")];
        locations.extend(self.places(&leaves.sentences, Role::Secondary, leaves));
        Some(Remark {
            kind: RemarkKind::NeverApplies,
            rules: vec![sentence.rule.id.clone()],
            others,
            message,
            steps,
            arithmetic,
            instead: None,
            besides: Vec::new(),
            advice: "mend the condition, or delete the rule: it checks nothing as it stands".to_owned(),
            locations,
        })
    }

    /// A sentence that says what another one says.
    pub fn same(self, of: usize, other: usize) -> Option<Remark> {
        let (sentence, other) = (self.sentence(of)?, self.sentence(other)?);
        Some(same((&sentence.rule.id, sentence.rule.span), (&other.rule.id, other.rule.span)))
    }

    /// A sentence that follows from others, which bind wherever it does. `bound` is what they leave, if that is less.
    pub fn redundant(self, of: usize, leaves: &Leaves, bound: Option<String>) -> Option<Remark> {
        let sentence = self.sentence(of)?;
        let others = self.ids(&leaves.sentences);
        let id = quoted(&sentence.rule.id);
        let message = if others.is_empty() {
            match self.0.about {
                About::Figures => format!("{id} says nothing: it holds whatever its figures are"),
                About::Columns => format!("{id} says nothing: it holds whatever stands in its columns"),
                About::Claims => format!("{id} says nothing: it holds whatever is reported"),
            }
        } else {
            format!("{id} follows from {}", list(&others.iter().map(|id| quoted(id)).collect::<Vec<_>>()))
        };
        let (mut steps, arithmetic) = self.shown(leaves, Some(("what breaks it", sentence)));
        let leave = match others.as_slice() {
            [] => "what is declared leaves".to_owned(),
            [one] => format!("{} leaves", quoted(one)),
            _ => "the others leave".to_owned(),
        };
        steps.extend(bound.as_ref().map(|bound| format!("{leave} less than it allows: `{bound}`")));
        let advice = match others.as_slice() {
            [] => "delete it, or mend it: it can never be broken".to_owned(),
            [one] => format!("delete it, or say more: whatever breaks it breaks {}, too", quoted(one)),
            _ => "delete it, or say more: whatever breaks it breaks one of the others, too".to_owned(),
        };
        let mut locations = vec![place(sentence.rule.span, Role::Primary, "says nothing of its own")];
        locations.extend(self.places(&leaves.sentences, Role::Secondary, leaves));
        Some(Remark {
            kind: RemarkKind::Redundant,
            rules: vec![sentence.rule.id.clone()],
            others,
            message,
            steps,
            arithmetic,
            instead: bound,
            besides: Vec::new(),
            advice,
            locations,
        })
    }

    /// A sentence that follows from others only where what they name besides is there, too.
    pub fn implied(self, of: usize, leaves: &Leaves) -> Option<Remark> {
        let sentence = self.sentence(of)?;
        let others = self.ids(&leaves.sentences);
        let named: Vec<String> = others.iter().map(|id| quoted(id)).collect();
        let all = leaves.sentences.iter().filter_map(|at| self.sentence(*at)).flat_map(|it| self.0.shared(it));
        let more: BTreeSet<usize> = all.filter(|at| !sentence.unknowns.contains(at)).collect();
        let besides: Vec<String> = more.into_iter().map(|at| self.name(at)).collect();
        let said = list(&besides.iter().map(|name| quoted(name)).collect::<Vec<_>>());
        let is = if besides.len() == 1 { "is" } else { "are" };
        let there = if self.0.about == About::Columns { "filled in" } else { "reported" };
        let message =
            format!("{} follows from {} wherever {said} {is} {there} as well", quoted(&sentence.rule.id), list(&named));
        let (steps, arithmetic) = self.shown(leaves, Some(("what breaks it", sentence)));
        let mut locations = vec![place(sentence.rule.span, Role::Primary, "follows from the others there")];
        locations.extend(self.places(&leaves.sentences, Role::Secondary, leaves));
        Some(Remark {
            kind: RemarkKind::Implied,
            rules: vec![sentence.rule.id.clone()],
            others,
            message,
            steps,
            arithmetic,
            instead: None,
            besides,
            advice: format!("keep it for where {said} {is} not {there}; elsewhere it is said twice"),
            locations,
        })
    }

    /// A sentence that can be written with a tighter bound.
    pub fn tighter(self, of: usize, instead: String, others: &[usize]) -> Option<Remark> {
        let sentence = self.sentence(of)?;
        let ids = self.ids(others);
        let named: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
        let hold = if ids.len() == 1 { "holds" } else { "hold" };
        let why = if ids.is_empty() {
            "Only whole numbers count, and none lies between the two bounds.".to_owned()
        } else {
            format!("No whole number lies between the two bounds where {} {hold}.", list(&named))
        };
        let id = quoted(&sentence.rule.id);
        let message = if ids.is_empty() {
            format!("{id} is the same as `{instead}`, which says it more tightly")
        } else {
            format!("{id} is the same as `{instead}` where {} {hold}, which says it more tightly", list(&named))
        };
        let label = format!("the same as `{instead}`");
        let mut locations = vec![place(sentence.rule.span, Role::Primary, label)];
        locations.extend(self.places(others, Role::Secondary, &Leaves::default()));
        Some(Remark {
            kind: RemarkKind::Tighter,
            rules: vec![sentence.rule.id.clone()],
            others: ids,
            message,
            steps: vec![why],
            arithmetic: None,
            advice: format!("write `{instead}`, so that it reads as what it means"),
            instead: Some(instead),
            besides: Vec::new(),
            locations,
        })
    }

    /// Where sentences stand, and where the ranges that matter are declared.
    fn places(self, sentences: &[usize], role: Role, leaves: &Leaves) -> Vec<Location> {
        let of_rules = sentences.iter().filter_map(|at| self.sentence(*at));
        let mut places: Vec<Location> = of_rules.map(|it| place(it.rule.span, role, quoted(&it.rule.id))).collect();
        let ranges = leaves.shown.ranges.iter().filter_map(|at| self.unknown(*at));
        places.extend(ranges.filter_map(|it| Some(place(it.declared?, Role::Secondary, range(it)?))));
        places
    }

    /// What each of some unknowns may be, where that is bounded.
    fn ranges(self, unknowns: &BTreeSet<usize>) -> Vec<String> {
        unknowns
            .iter()
            .filter_map(|at| self.unknown(*at))
            .filter(|it| it.kind != Kind::Said)
            .filter_map(range)
            .collect()
    }

    /// Why nothing is left, in steps, and what they come to. `besides` is what is held against the sentences.
    fn shown(self, leaves: &Leaves, besides: Option<(&str, &Sentence)>) -> (Vec<String>, Option<String>) {
        let name = |at: usize| self.name(at);
        // A text is no number to an editor.
        let is_said =
            |line: &Line| line.terms.iter().any(|(at, _)| self.unknown(*at).is_some_and(|it| it.kind == Kind::Said));
        let sum = if leaves.shown.sum.iter().any(is_said) { &[] } else { leaves.shown.sum.as_slice() };
        let [lines @ .., total] = sum else {
            let mut steps = Vec::new();
            for sentence in leaves.sentences.iter().filter_map(|at| self.sentence(*at)) {
                steps.push(format!("{} says `{}`", quoted(&sentence.rule.id), sentence.rule.words));
            }
            steps.extend(self.ranges(&leaves.shown.ranges));
            return (steps, None);
        };
        let mut steps = Vec::new();
        let mut counted: Vec<String> = Vec::new();
        for line in lines {
            let own = match line.told {
                Told::Formula(at) => leaves.sentences.get(at).and_then(|at| self.sentence(*at)),
                _ => None,
            };
            let of = own.or_else(|| besides.map(|(_, sentence)| sentence));
            let terms = of.map_or_else(|| line.terms.clone(), |sentence| in_order(&line.terms, sentence));
            let row = said_row(&terms, &line.at_most, line.strict, &name);
            if !line.times.is_zero() {
                let one = line.times == Rational::ONE;
                counted.push(if one { row.clone() } else { format!("{} times {row}", line.times) });
            }
            steps.push(match (line.told, own, besides) {
                (Told::Formula(_), Some(sentence), _) => format!("{}: {row}", quoted(&sentence.rule.id)),
                (Told::Formula(_), None, Some((called, _))) => format!("{called}: {row}"),
                (Told::Range(at), ..) => self.unknown(at).and_then(range).unwrap_or(row),
                (Told::Rounded, ..) => format!("for whole numbers that makes {row}"),
                _ => row,
            });
        }
        let sum = said_row(&total.terms, &total.at_most, total.strict, &name);
        let makes = if counted.len() == 1 { "is" } else { "make" };
        (steps, Some(format!("{} {makes} {sum}, which is never so", list(&counted))))
    }
}

/// Multiples of unknowns in the order in which a rule names them.
pub(super) fn in_order(terms: &[(usize, Rational)], sentence: &Sentence) -> Vec<(usize, Rational)> {
    let mut terms = terms.to_vec();
    terms.sort_by_key(|(at, _)| {
        let name = sentence.names.get(at).map_or("", String::as_str);
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '/');
        // A short name may stand inside a longer one.
        let whole = |place: &usize| {
            let words = &sentence.rule.words;
            let before = words.get(..*place).and_then(|before| before.chars().next_back());
            let after = words.get(place.saturating_add(name.len())..).and_then(|after| after.chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        };
        let places = sentence.rule.words.match_indices(name).map(|(place, _)| place);
        (places.into_iter().find(whole).unwrap_or(usize::MAX), *at)
    });
    terms
}

/// One rule that says what another one says.
pub(super) fn same((id, span): (&str, Span), (other, first): (&str, Span)) -> Remark {
    Remark {
        kind: RemarkKind::SaidTwice,
        rules: vec![id.to_owned()],
        others: vec![other.to_owned()],
        message: format!("{} says the same as {}", quoted(id), quoted(other)),
        steps: Vec::new(),
        arithmetic: None,
        instead: None,
        besides: Vec::new(),
        advice: "delete one of the two".to_owned(),
        locations: vec![
            place(span, Role::Primary, format!("says the same as {}", quoted(other))),
            place(first, Role::Secondary, quoted(other)),
        ],
    }
}

/// What an unknown may be, in words; `None` if it may be anything.
fn range(unknown: &Unknown) -> Option<String> {
    let whole = if unknown.domain.integer { "whole, " } else { "" };
    let within = &unknown.domain.interval;
    if *within == Interval::everything() {
        return unknown.domain.integer.then(|| format!("{} is a whole number", unknown.name));
    }
    Some(format!("{} is {whole}{}", unknown.name, crate::finding::words::said_interval(within, &Unit::One)))
}

/// Multiples of unknowns that are at most so much, as people write it: what is taken off stands on the other side.
pub(super) fn said_row(
    terms: &[(usize, Rational)],
    at_most: &Rational,
    strict: bool,
    name: &dyn Fn(usize) -> String,
) -> String {
    let side = |positive: bool| -> Vec<String> {
        let own = terms.iter().filter(|(_, factor)| factor.is_positive() == positive);
        own.map(|(at, factor)| {
            let factor = factor.abs();
            if factor == Rational::ONE { name(*at) } else { format!("{factor} * {}", name(*at)) }
        })
        .collect()
    };
    // What comes first stands on the left.
    let turned = terms.first().is_some_and(|(_, factor)| factor.is_negative());
    let (left, right) = (side(!turned), side(turned));
    let sign = match (turned, strict) {
        (false, true) => "<",
        (false, false) => "<=",
        (true, true) => ">",
        (true, false) => ">=",
    };
    let bound = if turned { -at_most } else { at_most.clone() };
    let left = if left.is_empty() { "0".to_owned() } else { left.join(" + ") };
    match (right.is_empty(), bound.signum()) {
        (true, _) => format!("{left} {sign} {bound}"),
        (false, 0) => format!("{left} {sign} {}", right.join(" + ")),
        (false, 1) => format!("{left} {sign} {} + {bound}", right.join(" + ")),
        (false, _) => format!("{left} {sign} {} - {}", right.join(" + "), bound.abs()),
    }
}
