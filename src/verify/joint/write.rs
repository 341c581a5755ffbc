//! Writing down a joint proof in its one form: without what it does not need, in order, every row in lowest terms.

use super::super::certificate::Because;
use super::super::words::written as said;
use super::super::write::Writer;
use super::format::{Choice, Chosen, Given, Joint, Quantity, Reason, Row};
use super::moves::{Moves, Ordered};
use super::names::{Names, unknowns};
use super::tree::{Closed, From, Made, Naming, RowName, Sum, Tree};
use crate::number::Rational;
use crate::problem::refutation::{self as proof, ChoiceReason};
use crate::problem::{ConstraintId, InstantKind, Step, StepReason};
use std::collections::{BTreeMap, BTreeSet};

/// Multiples of quantities.
pub(super) type Terms = BTreeMap<Quantity, Rational>;

/// An alternative of a choice, after its rows, each with its place in the solver's alternative.
type Alternative = (Vec<(Row, usize)>, usize);

/// A row in words.
#[derive(Clone, Debug)]
pub(super) struct Worded {
    pub terms: Terms,
    pub at_most: Rational,
    pub strict: bool,
}

/// Writes down a joint proof.
pub(in super::super) fn written(writer: &Writer<'_>, joint: &proof::Joint) -> Joint {
    let shape: Vec<Vec<usize>> =
        joint.choices.iter().map(|(choice, _)| choice.alternatives.iter().map(Vec::len).collect()).collect();
    let mut naming = Naming { choices: &shape, rows: (0..joint.rows.len()).map(From::Given).collect() };
    let way: Vec<RowName> = (0..joint.rows.len()).collect();
    let (tree, used) = naming.tree(&joint.refutation, &way).pruned();
    let mut words = Words::new(writer, joint, &naming.rows, &used);
    words.scale(&tree);
    words.joint(&tree)
}

pub(super) struct Words<'w, 'p> {
    writer: &'w Writer<'w>,
    joint: &'p proof::Joint,
    /// Where each row comes from.
    from: &'p [From],
    /// The rows that the proof uses, as `From` says of them; those of alternatives in all branches together.
    needed: BTreeSet<From>,
    names: Names<'w>,
    /// Each row as the solver has it.
    rows: BTreeMap<RowName, Worded>,
    /// By what each row is multiplied to stand in its one form.
    pub scales: BTreeMap<RowName, Rational>,
}

impl<'w, 'p> Words<'w, 'p> {
    fn new(writer: &'w Writer<'w>, joint: &'p proof::Joint, from: &'p [From], used: &BTreeSet<RowName>) -> Self {
        let needed: BTreeSet<From> =
            used.iter().filter_map(|row| from.get(*row).copied()).filter(|from| *from != From::Made).collect();
        let mut words = Self {
            writer,
            joint,
            from,
            needed,
            names: Names::new(writer, BTreeSet::new()),
            rows: BTreeMap::new(),
            scales: BTreeMap::new(),
        };
        words.formulate();
        let rows: Vec<(RowName, Worded)> =
            used.iter().filter_map(|row| Some((*row, words.worded(words.given(*row)?)))).collect();
        for (name, row) in rows {
            words.scales.insert(name, scale_of(&row));
            words.rows.insert(name, row);
        }
        words
    }

    /// A row that is given, or that a choice gives.
    fn given(&self, name: RowName) -> Option<&'p proof::Row> {
        self.row_from(*self.from.get(name)?)
    }

    fn row_from(&self, from: From) -> Option<&'p proof::Row> {
        match from {
            From::Given(at) => self.joint.rows.get(at).map(|(row, _)| row),
            From::Chosen(choice, alternative, row) => {
                self.joint.choices.get(choice)?.0.alternatives.get(alternative)?.get(row)
            }
            From::Made => None,
        }
    }

    /// Finds the formulas that are spoken of.
    fn formulate(&mut self) {
        let mut found: BTreeSet<ConstraintId> = BTreeSet::new();
        for from in &self.needed {
            match from {
                From::Given(at) => {
                    if let Some((_, proof::Reason::Formula(id, _))) = self.joint.rows.get(*at) {
                        found.insert(*id);
                    }
                }
                From::Chosen(choice, ..) => {
                    if let Some((_, ChoiceReason::Formula(id))) = self.joint.choices.get(*choice) {
                        found.insert(*id);
                    }
                }
                From::Made => {}
            }
            let terms = self.row_from(*from).into_iter().flat_map(|row| &row.terms);
            terms.for_each(|(quantity, _)| unknowns(quantity, &mut found));
        }
        self.names = Names::new(self.writer, found);
    }

    fn worded(&self, row: &proof::Row) -> Worded {
        let mut terms = Terms::new();
        for (quantity, factor) in &row.terms {
            add(&mut terms, self.names.quantity(quantity), factor);
        }
        Worded { terms, at_most: row.at_most.clone(), strict: row.strict }
    }

    /// The sum of multiples of rows, as the solver has them.
    pub fn sum(&self, sum: &Sum) -> Worded {
        let mut total = Worded { terms: Terms::new(), at_most: Rational::from(0), strict: false };
        for (name, multiple) in sum {
            let Some(row) = self.rows.get(name) else { continue };
            for (quantity, factor) in &row.terms {
                add(&mut total.terms, quantity.clone(), &factor.times(multiple));
            }
            total.at_most = total.at_most.plus(&row.at_most.times(multiple));
            total.strict |= row.strict;
        }
        total
    }

    /// Works out the rows that are made and how each is multiplied.
    fn scale(&mut self, tree: &Tree) {
        for made in &tree.made {
            match made {
                Made::Rounded(name, sum) => {
                    let row = self.sum(sum);
                    let at_most = if row.strict { row.at_most.ceil() - Rational::from(1) } else { row.at_most.floor() };
                    self.rows.insert(*name, Worded { at_most, strict: false, ..row });
                }
                Made::Product(name, one, other) => {
                    let (one, other) = (self.sum(one), self.sum(other));
                    if let (Some((x, a)), Some((y, c))) = (one.terms.first_key_value(), other.terms.first_key_value()) {
                        let mut terms = Terms::new();
                        add(&mut terms, x.clone(), &a.times(&other.at_most));
                        add(&mut terms, y.clone(), &c.times(&one.at_most));
                        add(&mut terms, multiplied(x, y), &-a.times(c));
                        let scale = a.times(c).abs().reciprocal().unwrap_or_else(|| Rational::from(1));
                        let at_most = one.at_most.times(&other.at_most);
                        self.rows.insert(*name, Worded { terms, at_most, strict: one.strict && other.strict });
                        self.scales.insert(*name, scale);
                    }
                }
                Made::Chosen { others, .. } => others.iter().for_each(|other| self.scale(&other.tree)),
            }
        }
        match &tree.closed {
            Closed::Sum(_) => {}
            Closed::Split { terms, bounds, rows, sides } => {
                let terms = self.split(terms);
                let scale = scale_of(&Worded { terms: terms.clone(), at_most: Rational::from(0), strict: false });
                let negative = terms.iter().map(|(quantity, factor)| (quantity.clone(), -factor)).collect();
                let lower = Worded { terms: negative, at_most: -&bounds.1, strict: false };
                self.rows.insert(rows.0, Worded { terms, at_most: bounds.0.clone(), strict: false });
                self.rows.insert(rows.1, lower);
                self.scales.insert(rows.0, scale.clone());
                self.scales.insert(rows.1, scale);
                self.scale(&sides.0);
                self.scale(&sides.1);
            }
            Closed::Cases(_, all) => all.iter().for_each(|branch| self.scale(&branch.tree)),
        }
    }

    pub fn split(&self, terms: &[(usize, Rational)]) -> Terms {
        let mut found = Terms::new();
        for (at, factor) in terms {
            if let Some(quantity) = self.joint.quantities.get(*at) {
                add(&mut found, self.names.quantity(quantity), factor);
            }
        }
        found
    }

    fn joint(&self, tree: &Tree) -> Joint {
        let quantities: BTreeSet<&Quantity> = self.rows.values().flat_map(|row| row.terms.keys()).collect();
        let factors = quantities.iter().flat_map(|quantity| match quantity {
            Quantity::Product(factors) => factors.iter().collect(),
            _ => Vec::new(),
        });
        let quantities: BTreeSet<&Quantity> = quantities.iter().copied().chain(factors).collect();
        let places: BTreeMap<Quantity, usize> =
            quantities.into_iter().enumerate().map(|(at, found)| (found.clone(), at.saturating_add(1))).collect();
        let row = |from: From| {
            let row = self.row_from(from).map(|row| self.worded(row))?;
            Some(in_form(&row, &places))
        };
        let mut rows: Vec<(Given, usize)> = Vec::new();
        let mut choices: BTreeMap<usize, Vec<Alternative>> = BTreeMap::new();
        for from in &self.needed {
            let Some(written) = row(*from) else { continue };
            match from {
                From::Given(at) => {
                    if let Some((solved, why)) = self.joint.rows.get(*at) {
                        rows.push((Given { row: written, why: self.reason(solved, why) }, *at));
                    }
                }
                From::Chosen(choice, alternative, at) => {
                    let alternatives = choices.entry(*choice).or_default();
                    match alternatives.iter_mut().find(|(_, known)| known == alternative) {
                        Some((rows, _)) => rows.push((written, *at)),
                        None => alternatives.push((vec![(written, *at)], *alternative)),
                    }
                }
                From::Made => {}
            }
        }
        rows.sort();
        let named = |made: &Tree| all_choices(made);
        for choice in named(tree) {
            choices.entry(choice).or_default();
        }
        let mut chosen: Vec<(Chosen, usize, Vec<Ordered>)> = choices
            .into_iter()
            .map(|(choice, mut alternatives)| {
                alternatives.iter_mut().for_each(|(rows, _)| rows.sort());
                alternatives.sort();
                let order = alternatives.iter().map(|(rows, at)| (rows.iter().map(|(_, at)| *at).collect(), *at));
                let order = order.collect();
                let alternatives =
                    alternatives.into_iter().map(|(rows, _)| rows.into_iter().map(|(row, _)| row).collect()).collect();
                (Chosen { alternatives, why: self.choice(choice) }, choice, order)
            })
            .collect();
        chosen.sort_by(|one, other| one.0.cmp(&other.0));
        let mut moves = Moves {
            words: self,
            places: &places,
            choices: chosen
                .iter()
                .enumerate()
                .map(|(at, (_, choice, order))| (*choice, (at.saturating_add(1), order.clone())))
                .collect(),
            way: rows.iter().map(|(_, name)| *name).collect(),
            moves: Vec::new(),
        };
        moves.tree(tree);
        let moves = moves.moves;
        Joint {
            formulas: self.names.formulated().into_iter().cloned().collect(),
            quantities: places.into_keys().collect(),
            rows: rows.into_iter().map(|(given, _)| given).collect(),
            choices: chosen.into_iter().map(|(chosen, ..)| chosen).collect(),
            moves,
        }
    }

    fn reason(&self, row: &proof::Row, why: &proof::Reason) -> Reason {
        let rule = |id: &ConstraintId| self.writer.problem[*id].rule.clone();
        match why {
            proof::Reason::Difference(id) => {
                let difference = &self.writer.problem[*id];
                let bound = if self.writer.conflict.soft { &difference.soft } else { &difference.hard };
                let at_most = bound.as_ref().map_or_else(|| Rational::from(0), |bound| bound.value.clone());
                let step = Step {
                    from: difference.from,
                    to: difference.to,
                    at_most,
                    strict: bound.as_ref().is_some_and(|bound| bound.strict),
                    reason: StepReason::Difference(*id),
                };
                Reason::Step(self.writer.because(&step))
            }
            proof::Reason::Stated(statement, side) => Reason::Stated(self.writer.bound(*statement, *side)),
            proof::Reason::Increment(_, side) => Reason::Increment(*side),
            proof::Reason::Range(_, side) => Reason::Range(*side),
            proof::Reason::Domain(_, _, side) => Reason::Domain(*side),
            proof::Reason::Order(..) => Reason::Step(Because::Order),
            proof::Reason::Parts(id, _, _, side) => Reason::Parts { rule: rule(id), side: *side },
            proof::Reason::Balance(id, _, side) => Reason::Balance { rule: rule(id), side: *side },
            proof::Reason::Formula(id, _) => Reason::Formula(self.names.formula(*id)),
            proof::Reason::Window(_, side) => Reason::Window(*side),
            proof::Reason::Length(_, side) => {
                let claim = row.terms.iter().find_map(|(quantity, _)| match quantity {
                    proof::Quantity::Moment(instant) => match self.writer.problem[*instant].kind {
                        InstantKind::Vague(claim, _) => Some(self.writer.id(claim)),
                        _ => None,
                    },
                    _ => None,
                });
                Reason::Length { claim: claim.unwrap_or_default(), side: *side }
            }
        }
    }

    fn choice(&self, at: usize) -> Choice {
        match self.joint.choices.get(at).map(|(_, why)| why) {
            Some(ChoiceReason::Formula(id)) => Choice::Formula(self.names.formula(*id)),
            Some(ChoiceReason::Order(one, other)) => {
                let (one, other) = (self.names.point(*one), self.names.point(*other));
                if one <= other { Choice::Order(one, other) } else { Choice::Order(other, one) }
            }
            Some(ChoiceReason::Days(statement)) => Choice::Days(self.writer.said(*statement)),
            None => Choice::Formula(0),
        }
    }
}

/// The choices that a tree speaks of.
fn all_choices(tree: &Tree) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![tree];
    while let Some(tree) = open.pop() {
        for made in &tree.made {
            if let Made::Chosen { choice, others, .. } = made {
                found.insert(*choice);
                open.extend(others.iter().map(|branch| &branch.tree));
            }
        }
        match &tree.closed {
            Closed::Sum(_) => {}
            Closed::Split { sides, .. } => open.extend([&sides.0, &sides.1]),
            Closed::Cases(choice, all) => {
                found.insert(*choice);
                open.extend(all.iter().map(|branch| &branch.tree));
            }
        }
    }
    found
}

fn add(terms: &mut Terms, quantity: Quantity, factor: &Rational) {
    let total = terms.get(&quantity).map_or_else(|| factor.clone(), |known| known.plus(factor));
    if total.is_zero() {
        terms.remove(&quantity);
    } else {
        terms.insert(quantity, total);
    }
}

/// The product of two quantities.
fn multiplied(one: &Quantity, other: &Quantity) -> Quantity {
    let factors = |quantity: &Quantity| match quantity {
        Quantity::Product(factors) => factors.clone(),
        single => vec![single.clone()],
    };
    let mut both = factors(one);
    both.extend(factors(other));
    both.sort();
    Quantity::Product(both)
}

/// By what a row is multiplied to have whole multiples without a common divisor; one without quantities, to have a bound
/// of 1, 0 or -1.
pub(super) fn scale_of(row: &Worded) -> Rational {
    let one = || Rational::from(1);
    if row.terms.is_empty() {
        return row.at_most.abs().reciprocal().unwrap_or_else(one);
    }
    let scale = super::super::fraction::Fraction::to_coprime(
        row.terms.values().map(super::super::fraction::Fraction::from).collect::<Vec<_>>().iter(),
    );
    scale.map_or_else(one, |scale| scale.rational())
}

fn in_form(row: &Worded, places: &BTreeMap<Quantity, usize>) -> Row {
    let scale = scale_of(row);
    let terms =
        row.terms.iter().filter_map(|(quantity, factor)| Some((*places.get(quantity)?, said(&factor.times(&scale)))));
    Row { terms: terms.collect(), at_most: said(&row.at_most.times(&scale)), strict: row.strict }
}
