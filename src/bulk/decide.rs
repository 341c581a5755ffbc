//! One group of rows: does all in it fit, and what would have come of it as claims?

use super::curve::{Curve, Said};
use super::edit::{Row, bit};
use super::groups::Stretch;
use super::law::{Counts, Law};
use crate::claim::{Block, Cells, Columns, NO_DAY, NO_VALUE, Names, RowAt};
use std::ops::Range;

/// What came of groups that fit.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub claims: usize,
    pub figures: usize,
    /// Constraints that hold for certain.
    pub holds: usize,
    /// Constraints that can hold: those of sums.
    pub fits: usize,
    /// Constraints of each record rule; the others of those that hold are of figures that are stated twice.
    pub edits: Vec<usize>,
    /// How many claims report each measure.
    pub reported: Vec<usize>,
    /// The cells that no constraint touches.
    pub untouched: Vec<Cells>,
    /// What is constrained: measures and record rules, a bit each.
    pub bound: u128,
}

impl Outcome {
    /// Takes in what came of others.
    pub fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.claims, other.claims),
            (&mut self.figures, other.figures),
            (&mut self.holds, other.holds),
            (&mut self.fits, other.fits),
        ] {
            *sum = sum.saturating_add(more);
        }
        for (sums, more) in [(&mut self.reported, other.reported), (&mut self.edits, other.edits)] {
            if sums.len() < more.len() {
                sums.resize(more.len(), 0);
            }
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum = sum.saturating_add(more));
        }
        other.untouched.into_iter().for_each(|cells| cells.push(&mut self.untouched));
        self.bound |= other.bound;
    }
}

impl Outcome {
    /// So many constraints of a record rule hold.
    fn hold(&mut self, edit: usize, constraints: usize) {
        self.holds = self.holds.saturating_add(constraints);
        if self.edits.len() <= edit {
            self.edits.resize(edit.saturating_add(1), 0);
        }
        if let Some(sum) = self.edits.get_mut(edit) {
            *sum = sum.saturating_add(constraints);
        }
    }
}

/// Decides groups, one after the other.
pub(super) struct Decider<'c> {
    columns: &'c Columns<'c>,
    law: &'c Law,
    /// What is said of each measure.
    curves: Vec<Curve>,
    names: Vec<u64>,
    times: Vec<usize>,
}

impl<'c> Decider<'c> {
    pub fn new(columns: &'c Columns<'c>, law: &'c Law) -> Self {
        let curves = law.measures.iter().map(|_| Curve::default()).collect();
        Self { columns, law, curves, names: Vec::new(), times: Vec::new() }
    }

    /// What comes of a group, given as the rows of blocks; `None` if something in it has to be looked at as claims.
    pub fn decide(&mut self, rows: &[Stretch]) -> Option<Outcome> {
        self.is_one_scope(rows).then_some(())?;
        self.are_told_apart(rows).then_some(())?;
        let mut outcome = Outcome { reported: vec![0; self.law.measures.len()], ..Outcome::default() };
        self.take(rows, &mut outcome)?;
        let mut touched = 0_u128;
        for (measure, (curve, bound)) in self.curves.iter_mut().zip(&self.law.measures).enumerate() {
            match curve.unsaid {
                0 if curve.periods.is_empty() && curve.totals.is_empty() => continue,
                0 => {}
                // Two figures of no time, or one beside others, are a question.
                1 if curve.periods.is_empty() && curve.totals.is_empty() => {
                    outcome.figures = outcome.figures.saturating_add(1);
                    continue;
                }
                _ => return None,
            }
            let fits = match bound.adds {
                Some(never_falls) => curve.fits(never_falls)?,
                None => curve.figures().filter(|it| it.repeated == 0)?,
            };
            // Whether a figure that is stated twice is that of one time is said of those that add up only.
            if fits.repeated > 0 && (!self.law.holds_same || fits.figures < 2) {
                return None;
            }
            outcome.figures = outcome.figures.saturating_add(fits.figures);
            outcome.holds = outcome.holds.saturating_add(fits.repeated);
            if bound.adds.is_some() && fits.figures > 1 {
                outcome.fits = outcome.fits.saturating_add(1);
                touched |= self.law.measure_bit(measure);
            }
        }
        outcome.bound = touched;
        self.records(rows, touched, &mut outcome)?;
        Some(outcome)
    }

    /// Whether all rows are of one scope, and none is odd.
    fn is_one_scope(&self, rows: &[Stretch]) -> bool {
        let scope = rows.first().map(|first| first.scope);
        rows.iter().all(|stretch| {
            let block = self.columns.blocks.get(stretch.block);
            Some(stretch.scope) == scope && block.is_some_and(|block| !block.has_odd(stretch.rows.clone()))
        })
    }

    /// Whether no two rows can be called the same.
    fn are_told_apart(&mut self, rows: &[Stretch]) -> bool {
        self.names.clear();
        for Stretch { block: at, rows, .. } in rows {
            let Some(block) = self.columns.blocks.get(*at) else { return false };
            match self.columns.names {
                Names::Numbers | Names::Hashed => return true,
                Names::InGroup(None) => self.names.extend(rows.clone().map(|_| 0)),
                Names::InGroup(Some(column)) => {
                    let times = rows.clone().map(|row| u64::try_from(block.time(column, row)).unwrap_or(u64::MAX));
                    self.names.extend(times);
                }
            }
        }
        if !self.names.is_sorted() {
            self.names.sort_unstable();
        }
        self.names.windows(2).all(|pair| !matches!(pair, [one, next] if one == next))
    }

    /// Puts every value where it counts.
    fn take(&mut self, rows: &[Stretch], outcome: &mut Outcome) -> Option<()> {
        self.curves.iter_mut().for_each(Curve::clear);
        for Stretch { block: at, rows, .. } in rows {
            let block = self.columns.blocks.get(*at)?;
            for (figure, column) in self.columns.figures.iter().enumerate() {
                let values = block.values.get(figure)?.of.get(rows.clone())?;
                let factor = *self.law.factors.get(figure)?;
                let mut said = 0_usize;
                if let Some(measure) = column.measure {
                    let (bound, curve) = (self.law.measures.get(measure)?, self.curves.get_mut(measure)?);
                    let range = self.law.ranges.get(figure)?;
                    column.times_in(block, rows.clone(), &mut self.times)?;
                    for (value, time) in values.iter().zip(&self.times).filter(|(value, _)| **value != NO_VALUE) {
                        range.allows(*value).then_some(())?;
                        curve.say(*bound.times.get(*time)?, value.checked_mul(factor)?)?;
                        said = said.wrapping_add(1);
                    }
                    let reported = outcome.reported.get_mut(measure)?;
                    *reported = reported.saturating_add(said);
                } else {
                    for (value, row) in values.iter().zip(rows.clone()).filter(|(value, _)| **value != NO_VALUE) {
                        let measure = block.measure(row)?;
                        self.law.ranges.get(measure)?.allows(*value).then_some(())?;
                        let (bound, curve) = (self.law.measures.get(measure)?, self.curves.get_mut(measure)?);
                        let time = column.time_in(block, row);
                        curve.say(*bound.times.get(time)?, value.checked_mul(factor)?)?;
                        let reported = outcome.reported.get_mut(measure)?;
                        *reported = reported.saturating_add(1);
                        said = said.wrapping_add(1);
                    }
                }
                outcome.claims = outcome.claims.saturating_add(said);
            }
        }
        Some(())
    }

    /// Holds every record to its rules, and finds the claims that nothing touches.
    fn records(&self, rows: &[Stretch], curves: u128, outcome: &mut Outcome) -> Option<()> {
        for Stretch { block: at, rows, .. } in rows {
            let block = self.columns.blocks.get(*at)?;
            if self.is_full(block, rows)? {
                self.full_records(*at, rows, curves, outcome)?;
                continue;
            }
            for row in rows.clone() {
                self.record(block, RowAt { block: *at, row }, curves, outcome)?;
            }
        }
        Some(())
    }

    /// Whether each of these rows is a record of figures and dates in which no cell is missing.
    fn is_full(&self, block: &Block, rows: &Range<usize>) -> Option<bool> {
        if self.columns.figures.iter().any(|figure| figure.measure.is_none()) {
            return Some(false);
        }
        for values in &block.values {
            if values.of.get(rows.clone())?.contains(&NO_VALUE) {
                return Some(false);
            }
        }
        for days in &block.dates {
            if days.get(rows.clone())?.contains(&NO_DAY) {
                return Some(false);
            }
        }
        Some(self.columns.texts.is_empty())
    }

    /// Records in which no cell is missing.
    fn full_records(&self, at: usize, rows: &Range<usize>, curves: u128, outcome: &mut Outcome) -> Option<()> {
        let block = self.columns.blocks.get(at)?;
        let (figures, dates) = (self.columns.figures.len(), self.columns.dates.len());
        let all = (0..figures.saturating_add(dates)).fold(0, |all, cell| all | bit(cell));
        let mut touched = 0_u128;
        for (figure, column) in self.columns.figures.iter().enumerate() {
            if curves & self.law.measure_bit(column.measure?) != 0 {
                touched |= bit(figure);
            }
        }
        outcome.claims = outcome.claims.saturating_add(dates.saturating_mul(rows.len()));
        for (edit, number) in self.law.edits.iter().zip(0..) {
            (edit.holds_of_all(block, rows) == Some(true)).then_some(())?;
            touched |= edit.columns;
            outcome.hold(number, edit.constraints.saturating_mul(rows.len()));
            outcome.bound |= self.law.edit_bit(number);
        }
        if all & !touched != 0 {
            Cells { block: at, rows: rows.clone(), columns: all & !touched }.push(&mut outcome.untouched);
        }
        Some(())
    }

    /// One row.
    fn record(&self, block: &Block, at: RowAt, curves: u128, outcome: &mut Outcome) -> Option<()> {
        let cells = Row { block, row: at.row };
        let figures = self.columns.figures.len();
        let (mut there, mut touched) = (0_u128, 0_u128);
        for (figure, column) in self.columns.figures.iter().enumerate() {
            if cells.figure(figure) == NO_VALUE {
                continue;
            }
            there |= bit(figure);
            let measure = column.measure.or_else(|| block.measure(at.row))?;
            if curves & self.law.measure_bit(measure) != 0 {
                touched |= bit(figure);
            }
        }
        for date in (0..self.columns.dates.len()).filter(|date| cells.day(*date) != NO_DAY) {
            there |= bit(figures.saturating_add(date));
            outcome.claims = outcome.claims.saturating_add(1);
        }
        let dated = figures.saturating_add(self.columns.dates.len());
        for text in (0..self.columns.texts.len()).filter(|text| block.text(*text, at.row).is_some()) {
            there |= bit(dated.saturating_add(text));
            outcome.claims = outcome.claims.saturating_add(1);
        }
        for (edit, number) in self.law.edits.iter().zip(0..).filter(|(edit, _)| edit.columns & !there == 0) {
            (edit.holds(&cells) == Some(true)).then_some(())?;
            touched |= edit.columns;
            outcome.hold(number, edit.constraints);
            outcome.bound |= self.law.edit_bit(number);
        }
        if there & !touched != 0 {
            let rows = at.row..at.row.saturating_add(1);
            Cells { block: at.block, rows, columns: there & !touched }.push(&mut outcome.untouched);
        }
        Some(())
    }
}

impl Curve {
    /// Takes in a value; `None` if its time is not plain.
    #[inline]
    fn say(&mut self, counts: Counts, value: i64) -> Option<()> {
        match counts {
            Counts::Odd => return None,
            Counts::Unsaid => self.unsaid = self.unsaid.saturating_add(1),
            Counts::From(start, end) => self.periods.push(Said { start, end, value }),
            Counts::Total(start, end) => self.totals.push(Said { start, end, value }),
        }
        Some(())
    }
}
