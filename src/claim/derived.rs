//! How claims are derived, as far as their words are read by it: as a change in per cent, or as a difference of two
//! figures whose order decides which sign a fall has. It is gathered from every claim file and every rule before any
//! claim is read, so that it never matters which of them says it.

use super::scope::matches_glob;
use super::{Measure, Vocabulary};
use crate::calendar::{Context, When, read_when};
use crate::expr::{self, BinaryOp, Comparison, Expr, ExprKind, Name};
use crate::number::{Rational, Unit};
use crate::source::document::Table;
use crate::source::{InputErrors, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// How the words of a claim are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derived {
    /// It is no change, as far as can be told.
    Plain,
    /// A change in per cent, so that "fell by 8%" is below nought.
    Change,
    /// Another article says so of a claim of the same measure.
    ChangeElsewhere,
    /// A difference of two figures.
    Difference(Order),
}

/// The order in time of the two figures of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The later less the earlier one: a fall is below nought.
    LaterFirst,
    /// The earlier less the later one: a rise is below nought.
    EarlierFirst,
    /// It cannot be told.
    Unknown,
}

/// A formula that gives the words of a figure their direction.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Formula<'e> {
    /// `change(a, b)`.
    Change,
    /// `-change(a, b)`: how large a fall is.
    Fall,
    /// `a - b`.
    Difference(&'e Expr, &'e Expr),
}

impl<'e> Formula<'e> {
    fn of(expr: &'e Expr) -> Option<Self> {
        match &expr.kind {
            ExprKind::Change(..) => Some(Self::Change),
            ExprKind::Negative(inner) => matches!(inner.kind, ExprKind::Change(..)).then_some(Self::Fall),
            ExprKind::Binary(BinaryOp::Subtract, from, less) => Some(Self::Difference(from, less)),
            _ => None,
        }
    }
}

/// The figures, by name or looked up, that a condition holds against such a formula: `growth == change(a, b)`.
pub(crate) fn derived_in(condition: &Expr) -> Vec<(&Expr, Formula<'_>)> {
    match &condition.kind {
        ExprKind::And(parts) => parts.iter().flat_map(derived_in).collect(),
        ExprKind::If(_, then) => derived_in(then),
        ExprKind::Compare(first, rest) if rest.iter().all(|(sign, _)| *sign != Comparison::NotEqual) => {
            let sides: Vec<&Expr> = std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, side)| side)).collect();
            let figures = sides.iter().filter(|side| match &side.kind {
                ExprKind::Name(name) => name.fields.is_empty(),
                ExprKind::Lookup { .. } => true,
                _ => false,
            });
            let formulas: Vec<Formula<'_>> = sides.iter().filter_map(|side| Formula::of(side)).collect();
            figures.flat_map(|figure| formulas.iter().map(|formula| (*figure, *formula))).collect()
        }
        _ => Vec::new(),
    }
}

/// What a rule says of how a measure is derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureDerivation {
    /// The measure, in which a star stands for any characters.
    pub measure: String,
    /// How it is derived.
    pub how: Derivation,
}

/// How a measure is derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Derivation {
    /// As a change in per cent.
    Change,
    /// As how large a fall is, in per cent.
    Fall,
    /// As a difference of two figures, with the time of each in words, where a rule says it.
    Difference(Option<String>, Option<String>),
}

/// What is looked up of a claim of any file.
#[derive(Clone, Debug)]
struct Known {
    measure: String,
    /// When it is, in its own words.
    when: Option<String>,
}

/// What is known of the claims of all files before any of them is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Derivations {
    /// Every claim, by `article/claim`.
    claims: BTreeMap<String, Known>,
    /// How a measure is derived by claims, and the articles that say so.
    measures: BTreeMap<String, BTreeMap<String, Derived>>,
    /// How rules derive measures.
    rules: Vec<MeasureDerivation>,
    /// How checks and assumptions derive single claims.
    checked: BTreeMap<String, Derived>,
    /// The measures that are never below nought.
    sizes: BTreeSet<String>,
    /// The units that measures are declared in.
    units: BTreeMap<String, Unit>,
    /// Whether all that may derive a figure was understood. What was not is reported where it stands, and nothing is to
    /// be asked that it may have answered.
    pub(super) is_whole: bool,
}

impl Derivations {
    /// Looks through claim files, each with the id of its article and what its words are read against. What cannot be
    /// read there is reported when the claim itself is read.
    pub(super) fn of<'t>(
        files: impl Iterator<Item = (&'t str, &'t Context, &'t Table)> + Clone,
        rules: &[MeasureDerivation],
        vocabularies: impl Iterator<Item = &'t Vocabulary> + Clone,
        sources: &Sources,
        is_whole: bool,
    ) -> Self {
        let declared = vocabularies.flat_map(|vocabulary| vocabulary.measures.values());
        let in_unit = |measure: &Measure| Some((measure.name.value.clone(), measure.unit.clone()?));
        let units = declared.clone().filter_map(in_unit).collect();
        let is_size = |measure: &&Measure| measure.least.as_ref().is_some_and(|least| *least >= Rational::ZERO);
        let sizes = declared.filter(is_size).map(|measure| measure.name.value.clone()).collect();
        let mut found = Self { rules: rules.to_vec(), sizes, units, is_whole, ..Self::default() };
        for (article, _, root) in files.clone() {
            found.claims.extend(claims(article, root));
        }
        for (article, context, root) in files {
            found.derive(article, context, root, sources);
        }
        found
    }

    /// Takes in what a file says of how figures are derived.
    fn derive(&mut self, article: &str, context: &Context, root: &Table, sources: &Sources) {
        let mut ignored = InputErrors::default();
        for (id, table) in root.tables("claim", "[claim.ID]", &mut ignored) {
            let is = table.string("is", &mut ignored).map(|text| expr::parse(sources, text.span));
            self.is_whole &= is.as_ref().is_none_or(Result::is_ok);
            let is = is.and_then(Result::ok);
            let derived = is.and_then(|is| Some(self.read(Formula::of(&is.root)?, article, context)));
            let known = self.claims.get(&in_article(article, &id.value));
            if let (Some(derived), Some(measure)) = (derived, known.map(|known| known.measure.clone())) {
                self.add(measure, article, derived);
            }
        }
        for (table, key) in [("check", "require"), ("assume", "that")] {
            for (_, table) in root.tables(table, "[check.ID]", &mut ignored) {
                let Some(text) = table.string(key, &mut ignored) else { continue };
                let Ok(condition) = expr::parse(sources, text.span) else {
                    self.is_whole = false;
                    continue;
                };
                for (figure, formula) in derived_in(&condition.root) {
                    let derived = self.read(formula, article, context);
                    match &figure.kind {
                        ExprKind::Name(name) => self.add_checked(name, article, derived),
                        ExprKind::Lookup { measure, .. } => self.add(measure.clone(), article, derived),
                        _ => {}
                    }
                }
            }
        }
    }

    /// A claim that a check names is derived so, and if it is a change, so is its measure.
    fn add_checked(&mut self, name: &Name, article: &str, derived: Derived) {
        let own = in_article(article, &name.base);
        let id = if self.claims.contains_key(&own) { own } else { name.base.clone() };
        let Some(known) = self.claims.get(&id) else { return };
        let (home, measure) = (id.split('/').next().unwrap_or_default().to_owned(), known.measure.clone());
        let joined = self.checked.get(&id).map_or(derived, |known| both(*known, derived));
        self.checked.insert(id, joined);
        if derived == Derived::Change {
            self.add(measure, &home, derived);
        }
    }

    fn add(&mut self, measure: String, article: &str, derived: Derived) {
        let of = self.measures.entry(measure).or_default();
        let joined = of.get(article).map_or(derived, |known| both(*known, derived));
        of.insert(article.to_owned(), joined);
    }

    /// Whether a measure is declared never to lie below nought.
    pub(super) fn is_size(&self, measure: &str) -> bool {
        self.sizes.contains(measure)
    }

    /// The unit that a measure is declared in.
    pub(super) fn unit(&self, measure: &str) -> Option<&Unit> {
        self.units.get(measure)
    }

    /// How a claim is derived: as it says itself, as a check says of it, or as its measure is elsewhere.
    pub(super) fn derived(
        &self,
        article: &str,
        claim: &str,
        measure: &str,
        is: Option<&Expr>,
        context: &Context,
    ) -> Derived {
        let own = is.and_then(Formula::of).map(|formula| self.read(formula, article, context));
        let checked = || self.checked.get(&in_article(article, claim)).copied();
        own.or_else(checked).or_else(|| self.of_measure(article, measure, context)).unwrap_or(Derived::Plain)
    }

    fn of_measure(&self, article: &str, measure: &str, context: &Context) -> Option<Derived> {
        let by_rule = self.rules.iter().filter(|rule| matches_glob(&rule.measure, measure));
        let by_rule = by_rule.map(|rule| match &rule.how {
            Derivation::Change => Derived::Change,
            Derivation::Fall => Derived::Difference(Order::EarlierFirst),
            Derivation::Difference(from, less) => Derived::Difference(order(
                from.as_deref().and_then(|words| moment(words, context)),
                less.as_deref().and_then(|words| moment(words, context)),
            )),
        });
        let articles = self.measures.get(measure);
        let here = articles.and_then(|articles| articles.get(article)).copied();
        let elsewhere = articles.into_iter().flatten().filter(|(other, _)| *other != article).map(|(_, derived)| {
            // What words mean elsewhere is not held against a value that is given here.
            if *derived == Derived::Change { Derived::ChangeElsewhere } else { *derived }
        });
        by_rule.chain(here).reduce(both).or_else(|| elsewhere.reduce(both))
    }

    fn read(&self, formula: Formula<'_>, article: &str, context: &Context) -> Derived {
        match formula {
            Formula::Change => Derived::Change,
            Formula::Fall => Derived::Difference(Order::EarlierFirst),
            Formula::Difference(from, less) => {
                Derived::Difference(order(self.time(from, article, context), self.time(less, article, context)))
            }
        }
    }

    /// When a figure is that an expression names: by the claim, by the key of its series, or by its look-up.
    fn time(&self, figure: &Expr, article: &str, context: &Context) -> Option<When> {
        let words = match &figure.kind {
            ExprKind::Name(name) if name.fields.is_empty() => {
                // The words of another article are read against another dateline.
                self.claims.get(&in_article(article, &name.base))?.when.as_deref()?
            }
            ExprKind::Lookup { when: Some((words, _)), .. } => words,
            _ => return None,
        };
        moment(words, context)
    }
}

fn in_article(article: &str, claim: &str) -> String {
    format!("{article}/{claim}")
}

/// The claims of a file, by `article/claim`.
fn claims(article: &str, root: &Table) -> Vec<(String, Known)> {
    let mut ignored = InputErrors::default();
    let mut found = Vec::new();
    for (id, table) in root.tables("claim", "[claim.ID]", &mut ignored) {
        let id = in_article(article, &id.value);
        let measure = table.string("measure", &mut ignored).map_or_else(|| id.clone(), |measure| measure.value);
        let when = table.date("when", &mut ignored).map(|when| when.value);
        found.push((id, Known { measure, when }));
    }
    for (name, table) in root.tables("claims", "[claims.NAME]", &mut ignored) {
        let measure = table.string("measure", &mut ignored).map_or_else(|| name.value.clone(), |it| it.value);
        let by_time = table.string("by", &mut ignored).is_some_and(|by| by.value == "when");
        let when = table.date("when", &mut ignored).map(|when| when.value);
        for (key, _) in table.table("values", &mut ignored).map(Table::entries).unwrap_or_default() {
            let id = format!("{}[{}]", name.value, key.value);
            let when = if by_time { Some(key.value.clone()) } else { when.clone() };
            found.push((in_article(article, &id), Known { measure: measure.clone(), when }));
        }
    }
    found
}

/// What two derivations of one figure say together: a change in per cent is one, whatever else it is.
fn both(one: Derived, other: Derived) -> Derived {
    match (one, other) {
        _ if one == other => one,
        (Derived::Change, _) | (_, Derived::Change) => Derived::Change,
        (Derived::ChangeElsewhere, _) | (_, Derived::ChangeElsewhere) => Derived::ChangeElsewhere,
        _ => Derived::Difference(Order::Unknown),
    }
}

fn moment(words: &str, context: &Context) -> Option<When> {
    read_when(words, context).ok()?.settled()
}

fn order(from: Option<When>, less: Option<When>) -> Order {
    let (Some(from), Some(less)) = (from, less) else { return Order::Unknown };
    let (from, less) = (from.end(), less.end());
    if from.earliest > less.latest {
        Order::LaterFirst
    } else if from.latest < less.earliest {
        Order::EarlierFirst
    } else {
        Order::Unknown
    }
}
