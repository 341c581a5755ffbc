//! Formulas over one set of unknowns: what rules say of the same figures.

use crate::expr::Comparison;
use crate::number::{Interval, Rational};
use crate::problem::{Domain, Formula, Linear};
use crate::source::{Severity, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What an unknown of a theory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A figure that is reported, or a cell of a table, or the day of an event.
    Figure,
    /// Something that is said of a figure besides its value: a member, a unit, how two times lie.
    Said,
    /// What only one rule speaks of, and of which some value must exist: an unknown, or a figure that is looked up.
    Private,
}

/// An unknown.
#[derive(Clone, Debug)]
pub(super) struct Unknown {
    /// What people call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What it may be.
    pub domain: Domain,
    /// Where that is declared.
    pub declared: Option<Span>,
}

/// Who says a formula.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// The id of the rule, the check or the record rule.
    pub id: String,
    /// Where its formula stands.
    pub span: Span,
    /// Its formula, as it was written.
    pub words: String,
    /// How much a breach weighs.
    pub severity: Severity,
    /// Whether it is the user's own, and this is the place to look at it.
    pub is_looked_at: bool,
}

/// Under what something is required.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// What must be so for it to apply.
    pub formula: Formula,
    /// Where it stands.
    pub span: Span,
    /// How it was written.
    pub words: String,
}

/// What a rule says of the unknowns.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Whose it is.
    pub rule: Rule,
    /// What must hold.
    pub formula: Formula,
    /// The conditions in it.
    pub conditions: Vec<Condition>,
    /// What the rule itself calls an unknown.
    pub names: BTreeMap<usize, String>,
    /// The unknowns that it speaks of.
    pub unknowns: BTreeSet<usize>,
}

/// What is spoken of, for the words of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Figures of one scope and time, or those that a relation binds.
    Figures,
    /// The columns of one line of a table.
    Columns,
    /// The claims of an article, whatever they state.
    Claims,
}

/// Formulas over one set of unknowns.
#[derive(Clone, Debug)]
pub(super) struct Theory {
    /// What is spoken of.
    pub about: About,
    /// The unknowns, by their places.
    pub unknowns: Vec<Unknown>,
    /// The formulas, in the order in which their rules are read.
    pub sentences: Vec<Sentence>,
    /// Texts as numbers: two are one number only if they are one text.
    texts: BTreeMap<String, i64>,
}

impl Theory {
    /// One without formulas.
    pub fn new(about: About) -> Self {
        Self { about, unknowns: Vec::new(), sentences: Vec::new(), texts: BTreeMap::new() }
    }

    /// Adds an unknown.
    pub fn add(&mut self, unknown: Unknown) -> usize {
        self.unknowns.push(unknown);
        self.unknowns.len().saturating_sub(1)
    }

    /// The number of a text.
    pub fn number_of(&mut self, text: &str) -> Rational {
        let next = i64::try_from(self.texts.len()).unwrap_or(i64::MAX);
        Rational::from(*self.texts.entry(text.to_owned()).or_insert(next))
    }

    /// What each unknown may be.
    pub fn domains(&self) -> Vec<Domain> {
        self.unknowns.iter().map(|unknown| unknown.domain.clone()).collect()
    }

    /// Whether a formula speaks of something of which only some value must exist. What breaks it cannot be told by one value
    /// then.
    pub fn has_private(&self, sentence: &Sentence) -> bool {
        sentence.unknowns.iter().any(|at| self.unknowns.get(*at).is_some_and(|it| it.kind == Kind::Private))
    }

    /// The unknowns of a sentence that others can speak of, too.
    pub fn shared<'s>(&'s self, sentence: &'s Sentence) -> impl Iterator<Item = usize> + 's {
        let is_shared = |at: &usize| self.unknowns.get(*at).is_some_and(|it| it.kind != Kind::Private);
        sentence.unknowns.iter().copied().filter(is_shared)
    }
}

/// Anything at all.
pub(super) fn anything() -> Domain {
    Domain { interval: Interval::everything(), integer: false }
}

/// What a formula says, if that is one comparison of sums: multiples of unknowns that are at most so much, or less.
pub(super) struct AtMost {
    /// The multiples.
    pub terms: Vec<(usize, Rational)>,
    /// The bound.
    pub bound: Rational,
    /// Whether the bound is excluded.
    pub strict: bool,
}

/// A formula as one comparison of sums.
pub(super) fn at_most(formula: &Formula) -> Option<AtMost> {
    let Formula::Compare(left, comparison, right) = formula else { return None };
    let (turned, strict) = match comparison {
        Comparison::AtMost => (false, false),
        Comparison::Less => (false, true),
        Comparison::AtLeast => (true, false),
        Comparison::More => (true, true),
        Comparison::Equal | Comparison::NotEqual => return None,
    };
    let (mut terms, constant) = less(left.linear()?, &right.linear()?);
    let sign = Rational::from(if turned { -1 } else { 1 });
    terms.retain(|_, factor| !factor.is_zero());
    let terms = terms.into_iter().map(|(at, factor)| (at, factor.times(&sign))).collect();
    Some(AtMost { terms, bound: -&constant.times(&sign), strict })
}

fn less(one: Linear, other: &Linear) -> Linear {
    let (mut terms, constant) = one;
    for (at, factor) in &other.0 {
        let own = terms.entry(*at).or_default();
        *own = own.minus(factor);
    }
    (terms, constant.minus(&other.1))
}
