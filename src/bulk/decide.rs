//! One group of rows: does all in it fit, and what would have come of it as claims?

use super::curve::{Curve, ORIGIN, Said};
use super::edit::{Row, bit};
use super::law::{Bound, Law};
use crate::claim::{Block, Columns, NO_DAY, NO_VALUE, Names, RowAt, Time, TimeOf};
use std::ops::Range;

/// What came of groups that fit.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub claims: usize,
    pub figures: usize,
    /// Constraints that hold for certain.
    pub holds: usize,
    /// Constraints that can hold.
    pub fits: usize,
    /// How many claims report each measure.
    pub reported: Vec<usize>,
    /// Claims that no constraint touches.
    pub untouched: Vec<(RowAt, Cell)>,
    /// What is constrained: measures and record rules, a bit each.
    pub bound: u128,
}

/// A cell of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell {
    /// The figure of a column, and its measure.
    Figure(usize, usize),
    /// The date of a column.
    Day(usize),
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
        if self.reported.len() < other.reported.len() {
            self.reported.resize(other.reported.len(), 0);
        }
        for (sum, more) in self.reported.iter_mut().zip(other.reported) {
            *sum = sum.saturating_add(more);
        }
        self.untouched.extend(other.untouched);
        self.bound |= other.bound;
    }
}

/// Decides groups, one after the other.
pub(super) struct Decider<'c> {
    columns: &'c Columns<'c>,
    law: &'c Law,
    /// What is said of each measure.
    curves: Vec<Curve>,
    names: Vec<u64>,
}

/// A row of a block.
struct RowOf<'c> {
    block: &'c Block,
    row: usize,
}

impl Row for RowOf<'_> {
    fn figure(&self, at: usize) -> i64 {
        self.block.values.get(at).and_then(|values| values.of.get(self.row)).copied().unwrap_or(NO_VALUE)
    }

    fn day(&self, at: usize) -> i32 {
        self.block.dates.get(at).and_then(|days| days.get(self.row)).copied().unwrap_or(NO_DAY)
    }
}

impl<'c> Decider<'c> {
    pub fn new(columns: &'c Columns<'c>, law: &'c Law) -> Self {
        let curves = law.measures.iter().map(|_| Curve::default()).collect();
        Self { columns, law, curves, names: Vec::new() }
    }

    /// What comes of a group, given as the rows of blocks; `None` if something in it has to be looked at as claims.
    pub fn decide(&mut self, rows: &[(usize, Range<usize>)]) -> Option<Outcome> {
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
    fn is_one_scope(&self, rows: &[(usize, Range<usize>)]) -> bool {
        let mut scope = None;
        rows.iter().all(|(at, rows)| {
            let Some(block) = self.columns.blocks.get(*at) else { return false };
            let run = block.runs.partition_point(|run| usize::try_from(run.start).unwrap_or(usize::MAX) <= rows.start);
            let own = run.checked_sub(1).and_then(|run| block.runs.get(run)).map(|run| run.scope);
            *scope.get_or_insert(own) == own && !block.has_odd(rows.clone())
        })
    }

    /// Whether no two rows can be called the same.
    fn are_told_apart(&mut self, rows: &[(usize, Range<usize>)]) -> bool {
        self.names.clear();
        for (at, rows) in rows {
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
    fn take(&mut self, rows: &[(usize, Range<usize>)], outcome: &mut Outcome) -> Option<()> {
        self.curves.iter_mut().for_each(Curve::clear);
        for (at, rows) in rows {
            let block = self.columns.blocks.get(*at)?;
            for (figure, column) in self.columns.figures.iter().enumerate() {
                let factor = *self.law.factors.get(figure)?;
                let values = block.values.get(figure)?.of.get(rows.clone())?;
                for (value, row) in values.iter().zip(rows.clone()).filter(|(value, _)| **value != NO_VALUE) {
                    let (measure, range) = match column.measure {
                        Some(measure) => (measure, figure),
                        None => block.measure(row).map(|measure| (measure, measure))?,
                    };
                    if !self.law.ranges.get(range)?.allows(*value) {
                        return None;
                    }
                    let time = match column.time {
                        TimeOf::All(time) => time,
                        TimeOf::Column(column) => block.time(column, row),
                    };
                    let time = *self.columns.times.get(time)?;
                    let value = value.checked_mul(factor)?;
                    let (bound, curve) = (self.law.measures.get(measure)?, self.curves.get_mut(measure)?);
                    curve.say(bound, time, value)?;
                    outcome.claims = outcome.claims.saturating_add(1);
                    let reported = outcome.reported.get_mut(measure)?;
                    *reported = reported.saturating_add(1);
                }
            }
        }
        Some(())
    }

    /// Holds every record to its rules, and finds the claims that nothing touches.
    fn records(&self, rows: &[(usize, Range<usize>)], curves: u128, outcome: &mut Outcome) -> Option<()> {
        let figures = self.columns.figures.len();
        for (at, rows) in rows {
            let block = self.columns.blocks.get(*at)?;
            for row in rows.clone() {
                let cells = RowOf { block, row };
                let (mut there, mut touched) = (0_u128, 0_u128);
                for (figure, column) in self.columns.figures.iter().enumerate() {
                    if cells.figure(figure) == NO_VALUE {
                        continue;
                    }
                    there |= bit(figure);
                    let measure = column.measure.or_else(|| block.measure(row))?;
                    if curves & self.law.measure_bit(measure) != 0 {
                        touched |= bit(figure);
                    }
                }
                for date in 0..self.columns.dates.len() {
                    if cells.day(date) != NO_DAY {
                        there |= bit(figures.saturating_add(date));
                        outcome.claims = outcome.claims.saturating_add(1);
                    }
                }
                for (edit, number) in self.law.edits.iter().zip(0..) {
                    if edit.columns & !there != 0 {
                        continue;
                    }
                    if edit.holds(&cells) != Some(true) {
                        return None;
                    }
                    touched |= edit.columns;
                    outcome.holds = outcome.holds.saturating_add(edit.constraints);
                    outcome.bound |= self.law.edit_bit(number);
                }
                if there & !touched != 0 {
                    let at = RowAt { block: *at, row };
                    self.untouched(block, at, there & !touched, outcome)?;
                }
            }
        }
        Some(())
    }

    fn untouched(&self, block: &Block, at: RowAt, cells: u128, outcome: &mut Outcome) -> Option<()> {
        for (figure, column) in self.columns.figures.iter().enumerate().filter(|(at, _)| cells & bit(*at) != 0) {
            let measure = column.measure.or_else(|| block.measure(at.row))?;
            outcome.untouched.push((at, Cell::Figure(figure, measure)));
        }
        let figures = self.columns.figures.len();
        let dates = 0..self.columns.dates.len();
        let dates = dates.filter(|date| cells & bit(figures.saturating_add(*date)) != 0);
        outcome.untouched.extend(dates.map(|date| (at, Cell::Day(date))));
        Some(())
    }
}

impl Curve {
    /// Takes in a value; `None` if its time is not plain.
    fn say(&mut self, bound: &Bound, time: Time, value: i64) -> Option<()> {
        let (start, end) = match time {
            Time::Odd => return None,
            Time::Unsaid => {
                self.unsaid = self.unsaid.saturating_add(1);
                return Some(());
            }
            // A level named for a day is that of the day's end.
            Time::Period(start, end) if bound.is_level && end.checked_sub(start) == Some(1) => (end, end),
            Time::Through(end) if bound.is_level => (end, end),
            Time::Period(start, end) => (start, end),
            Time::Through(end) => match bound.origin {
                Some(origin) if origin < end => (origin, end),
                Some(_) => return None,
                None => (ORIGIN, end),
            },
        };
        let list = if start == ORIGIN { &mut self.totals } else { &mut self.periods };
        list.push(Said { start, end, value });
        Some(())
    }
}
