//! What the solver's quantities are called in a certificate.

use super::super::certificate::{Place, Point};
use super::super::words::{written_day, written_scope, written_unit};
use super::super::write::Writer;
use super::format::{Formulated, Quantity};
use crate::problem::ConstraintId;
use crate::problem::refutation as proof;
use std::collections::{BTreeMap, BTreeSet};

/// The names of quantities, and the formulas that some of them belong to.
pub(in super::super) struct Names<'w> {
    writer: &'w Writer<'w>,
    /// The formulas that are spoken of, with their variables in the order in which they name them.
    formulas: BTreeMap<ConstraintId, (Formulated, Vec<usize>)>,
    /// Their places in order, from 1.
    places: BTreeMap<ConstraintId, usize>,
}

impl<'w> Names<'w> {
    /// Names that may speak of the unknowns of these constraints.
    pub fn new(writer: &'w Writer<'w>, formulas: BTreeSet<ConstraintId>) -> Self {
        let formulas: BTreeMap<ConstraintId, (Formulated, Vec<usize>)> =
            formulas.into_iter().map(|id| (id, writer.formulated(id))).collect();
        let ordered: BTreeSet<&Formulated> = formulas.values().map(|(formulated, _)| formulated).collect();
        let order: BTreeMap<&Formulated, usize> = ordered.into_iter().zip(1..).collect();
        let place = |formulated| order.get(formulated).copied().unwrap_or(0);
        let places = formulas.iter().map(|(id, (formulated, _))| (*id, place(formulated))).collect();
        Self { writer, formulas, places }
    }

    /// The formulas in order.
    pub fn formulated(&self) -> Vec<&Formulated> {
        let found: BTreeSet<&Formulated> = self.formulas.values().map(|(formulated, _)| formulated).collect();
        found.into_iter().collect()
    }

    /// The place of a formula, from 1.
    pub fn formula(&self, id: ConstraintId) -> usize {
        self.places.get(&id).copied().unwrap_or(0)
    }

    pub fn quantity(&self, quantity: &proof::Quantity) -> Quantity {
        match quantity {
            proof::Quantity::Total(curve, place) => {
                let found = &self.writer.problem[*curve];
                Quantity::At(Place::Total {
                    measure: found.measure.clone(),
                    unit: written_unit(&found.unit),
                    scope: written_scope(&found.scope),
                    among: self.writer.among(*curve),
                    at: self.point(*place),
                })
            }
            proof::Quantity::Event(claim) => Quantity::At(Place::Event(self.writer.id(*claim))),
            proof::Quantity::Figure(figure) => Quantity::Figure(self.writer.first(*figure)),
            proof::Quantity::Unreported(id) => Quantity::Unreported(self.writer.unreported(*id)),
            proof::Quantity::Unknown(id, variable) => {
                let order = self.formulas.get(id).map(|(_, order)| order.as_slice()).unwrap_or_default();
                let at = order.iter().position(|known| known == variable);
                Quantity::Unknown { formula: self.formula(*id), variable: at.map_or(0, |at| at.saturating_add(1)) }
            }
            proof::Quantity::Moment(instant) => Quantity::Moment(self.writer.point(*instant)),
            proof::Quantity::Product(..) => {
                let mut factors = Vec::new();
                self.factors(quantity, &mut factors);
                factors.sort();
                Quantity::Product(factors)
            }
        }
    }

    fn factors(&self, quantity: &proof::Quantity, found: &mut Vec<Quantity>) {
        let mut open = vec![quantity];
        while let Some(quantity) = open.pop() {
            match quantity {
                proof::Quantity::Product(one, other) => open.extend([&**one, &**other]),
                quantity => found.push(self.quantity(quantity)),
            }
        }
    }

    pub fn point(&self, place: proof::Place) -> Point {
        match place {
            proof::Place::At(instant) => Point::Day(written_day(instant)),
            proof::Place::Within(instant) => self.writer.point(instant),
        }
    }
}

/// The constraints whose unknowns a quantity speaks of.
pub(in super::super) fn unknowns(quantity: &proof::Quantity, found: &mut BTreeSet<ConstraintId>) {
    let mut open = vec![quantity];
    while let Some(quantity) = open.pop() {
        match quantity {
            proof::Quantity::Unknown(id, _) => {
                found.insert(*id);
            }
            proof::Quantity::Product(one, other) => open.extend([&**one, &**other]),
            _ => {}
        }
    }
}
