//! The types of rules: five kinds, no more.

use crate::claim::Vocabulary;
use crate::expr::Expression;
use crate::number::Rational;
use crate::source::{Severity, Span, Spanned};
use std::collections::BTreeMap;

/// Whether anything was there before the origin of running totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// It is not known.
    #[default]
    Unknown,
    /// Nothing was.
    Zero,
}

/// A measure that adds up: what lies inside is at most what covers it, disjoint parts add up, totals never fall.
#[derive(Clone, Debug)]
pub struct Additive {
    /// The measures it is restricted to; empty means every measure that is declared (or assumed) to add up.
    pub measures: Vec<Spanned<String>>,
}

/// Stages: what comes later never outruns what comes first.
#[derive(Clone, Debug)]
pub struct Stages {
    /// The measures, first to last.
    pub order: Vec<Spanned<String>>,
    /// What was there before.
    pub opening: Opening,
}

/// A balance: the change of a level is what came in less what went out.
#[derive(Clone, Debug)]
pub struct Balance {
    /// The level.
    pub level: Spanned<String>,
    /// What comes in.
    pub inflows: Vec<Spanned<String>>,
    /// What goes out.
    pub outflows: Vec<Spanned<String>>,
}

/// A breakdown: the named members of a dimension against their whole.
#[derive(Clone, Debug)]
pub struct Breakdown {
    /// The dimension.
    pub dimension: Spanned<String>,
    /// The measures it is restricted to; empty means all that add over the dimension.
    pub measures: Vec<Spanned<String>>,
}

/// How a description must look: literally, by a pattern with `*`, or as another binding's field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Exactly this.
    Exact(String),
    /// `*-mean`: a star stands for any characters.
    Glob(String),
    /// `= share.of`: what that field of that binding names.
    FieldOf {
        /// The binding.
        binding: String,
        /// Its field: `of`, `in`, `measure`, `unit`.
        field: String,
    },
}

/// A name bound to figures.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The name.
    pub name: Spanned<String>,
    /// What their measure must be.
    pub measure: Option<Spanned<Pattern>>,
    /// What their unit must be (`percent`, `EUR`).
    pub unit: Option<Spanned<Pattern>>,
    /// What their scope must state. A star stands for any characters of one step of a path.
    pub scope: BTreeMap<String, Spanned<Pattern>>,
    /// The dimensions of `scope`, where they stand.
    pub dimensions: Vec<Spanned<String>>,
    /// Their time, in the words of `when`.
    pub when: Option<Spanned<String>>,
    /// Whether the name is bound to a set of figures whose members may not overlap.
    pub set: bool,
}

/// An unknown that some value must exist for.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The name.
    pub name: Spanned<String>,
    /// Whether only whole numbers count.
    pub integer: bool,
    /// The least value.
    pub least: Option<Rational>,
    /// The greatest value.
    pub greatest: Option<Rational>,
}

/// Everything else: a formula over figures bound to names.
#[derive(Clone, Debug)]
pub struct Relation {
    /// What the names are bound to, in the order they stand.
    pub given: Vec<Binding>,
    /// Unknowns.
    pub unknown: Vec<Unknown>,
    /// The dimensions (and `when`) in which the bound figures must agree; `None` means in all.
    pub join: Option<Vec<Spanned<String>>>,
    /// When it applies.
    pub condition: Option<Expression>,
    /// What must hold.
    pub require: Expression,
}

/// What a rule says.
#[derive(Clone, Debug)]
pub enum Kind {
    /// See [`Additive`].
    Additive(Additive),
    /// See [`Stages`].
    Stages(Stages),
    /// See [`Balance`].
    Balance(Balance),
    /// See [`Breakdown`].
    Breakdown(Breakdown),
    /// See [`Relation`].
    Relation(Box<Relation>),
    /// A rule of the standard pack that the engine carries out itself; its page says what it does.
    BuiltIn,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its kebab-case id.
    pub id: Spanned<String>,
    /// What it says, in a sentence.
    pub about: Option<String>,
    /// How much a breach weighs; `None` is off.
    pub severity: Option<Severity>,
    /// What a finding says instead of the words of the formula.
    pub says: Option<String>,
    /// Whether it is of the standard pack.
    pub standard: bool,
    /// What it says.
    pub kind: Kind,
}

/// The record rules of one wide table: they are read and typed here and run with tables.
#[derive(Clone, Debug)]
pub struct EditSet {
    /// The table's name.
    pub table: Spanned<String>,
    /// The rules, by id.
    pub edits: Vec<(Spanned<String>, Expression)>,
}

/// Every rule of a run.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The rules: the standard pack first, then by file and place.
    pub rules: Vec<Rule>,
    /// Record rules.
    pub edits: Vec<EditSet>,
    /// What rule files declare of measures and dimensions.
    pub vocabulary: Vocabulary,
    /// Where rules of the user's own stand.
    pub places: Vec<Span>,
}
