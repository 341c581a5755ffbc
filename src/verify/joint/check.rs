//! Redoing a joint proof: its rows and choices from the input files, then its moves.

use super::super::certificate::{Certificate, Point};
use super::super::cycle::Grounds;
use super::super::facts::{Checked, Facts};
use super::format::{Choice, Joint, Move, Quantity, Reason};
use super::replay::{Failed, replay};
use super::rows::{Redoing, started};
use std::collections::BTreeSet;

/// Redoes a joint proof; gives what it rests on.
///
/// # Errors
/// The first move that does not follow, or what else is wrong with it, and why.
pub(in super::super) fn redo(facts: Facts<'_>, certificate: &Certificate, proof: &Joint) -> Result<Grounds, Failed> {
    let whole = |reason: String| (None, reason);
    in_order(proof).map_err(whole)?;
    let mut redoing = Redoing::new(facts, certificate, proof).map_err(whole)?;
    for (at, quantity) in proof.quantities.iter().enumerate() {
        spoken_of(&redoing, quantity)
            .map_err(|reason| (None, format!("quantity {}: {reason}", at.saturating_add(1))))?;
    }
    let mut start = started(proof, redoing.whole.clone()).map_err(whole)?;
    for (at, given) in proof.rows.iter().enumerate() {
        let row = redoing.redo(given).map_err(|reason| (None, format!("row {}: {reason}", at.saturating_add(1))))?;
        start.rows.push(row);
    }
    for (at, chosen) in proof.choices.iter().enumerate() {
        let choice = redoing.choose(chosen);
        start.choices.push(choice.map_err(|reason| (None, format!("choice {}: {reason}", at.saturating_add(1))))?);
    }
    replay(&start, &proof.moves)?;
    Ok(redoing.grounds)
}

/// Whether everything stands in order, each once, and is used.
fn in_order(proof: &Joint) -> Checked<()> {
    fn ascend<T: Ord>(all: &[T], what: &str) -> Checked<()> {
        let ascend = all.windows(2).all(|pair| pair.first() < pair.get(1));
        if ascend { Ok(()) } else { Err(format!("its {what} are not in order, each once")) }
    }
    ascend(&proof.formulas, "formulas")?;
    ascend(&proof.quantities, "quantities")?;
    ascend(&proof.rows, "rows")?;
    ascend(&proof.choices, "choices")?;
    let mut places: BTreeSet<usize> = BTreeSet::new();
    let mut formulas: BTreeSet<usize> = BTreeSet::new();
    for given in &proof.rows {
        places.extend(given.row.terms.iter().map(|(place, _)| *place));
        if let Reason::Formula(formula) = &given.why {
            formulas.insert(*formula);
        }
    }
    for chosen in &proof.choices {
        let rows = chosen.alternatives.iter().flatten();
        places.extend(rows.flat_map(|row| row.terms.iter().map(|(place, _)| *place)));
        if let Choice::Formula(formula) = &chosen.why {
            formulas.insert(*formula);
        }
    }
    for made in &proof.moves {
        if let Move::Split { terms, .. } = made {
            places.extend(terms.iter().map(|(place, _)| *place));
        }
    }
    for (at, quantity) in proof.quantities.iter().enumerate() {
        match quantity {
            Quantity::Unknown { formula, .. } => {
                formulas.insert(*formula);
            }
            Quantity::Product(factors) => {
                let found = factors.iter().filter_map(|factor| proof.quantities.binary_search(factor).ok());
                places.extend(found.map(|place| place.saturating_add(1)));
                // Only a product of two rows speaks of it, if no row does.
                places.insert(at.saturating_add(1));
            }
            _ => {}
        }
    }
    if !places.into_iter().eq(1..=proof.quantities.len()) {
        return Err("it does not speak of just its quantities".to_owned());
    }
    if !formulas.into_iter().eq(1..=proof.formulas.len()) {
        return Err("it does not speak of just its formulas".to_owned());
    }
    Ok(())
}

/// Whether there is such a quantity.
fn spoken_of(redoing: &Redoing<'_, '_>, quantity: &Quantity) -> Checked<()> {
    match quantity {
        Quantity::Figure(claim) => {
            let (found, _) = redoing.facts.figure(claim)?;
            if redoing.facts.first_of(found).id == *claim {
                Ok(())
            } else {
                Err(format!("`{claim}` is not the first that states its figure"))
            }
        }
        Quantity::Unreported(_) | Quantity::Unknown { .. } => redoing.domain(quantity).map(drop),
        Quantity::Moment(Point::Day(_)) => Err("the time of a day is known".to_owned()),
        Quantity::Moment(point) => redoing.facts.span(point).map(drop),
        Quantity::At(_) | Quantity::Product(_) => Ok(()),
    }
}
