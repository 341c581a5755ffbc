//! Tables at volume: which rows can be told to fit without reading them as claims.
//!
//! In: the columns of a table that nothing else has to do with, and the rules. Out: the rows in which something could
//! clash, which are read as claims and decided as all claims are; and what is known of all others, which is what would
//! have come of them: so many claims, figures and constraints that hold or can hold.
//!
//! Nothing here accuses: what does not plainly fit is handed on. And nothing is passed over: rules that say more than what
//! is understood here ([`Law`]) leave the table to be read as claims, all of it.
//!
//! * `law`: what binds the figures of a table, and whether that is all that does;
//! * `edit`: record rules as arithmetic over columns;
//! * `groups`: rows that have to do with each other, brought together;
//! * `curve`: whether months and running totals fit;
//! * `decide`: one group;
//! * `in_memory`: all of this over columns that are read already, for benches.

mod curve;
mod decide;
mod edit;
mod groups;
#[doc(hidden)]
pub mod in_memory;
mod law;

use crate::claim::{Claims, Columns, Kind, RowAt, Settled, Sieve, Sifted, Vocabulary};
use crate::number::Rational;
use crate::parallel::in_parallel;
use crate::rule::Rules;
use decide::{Decider, Outcome};
use groups::Groups;
use law::Law;
use std::num::NonZeroUsize;
use std::ops::Range;

/// Into so many parts the groups are shared out at least.
const PARTS: usize = 256;

/// Tells which rows have to be read as claims by what rules say.
pub(crate) struct Sifter<'r> {
    pub rules: &'r Rules,
    pub jobs: NonZeroUsize,
}

/// What became of all groups.
struct Told {
    groups: Groups,
    /// What the record rules are called.
    edits: Vec<String>,
    /// Those that fit and need not be read, all together.
    fitting: Outcome,
    /// Those that have to be read as claims.
    clashing: Vec<usize>,
    /// Those that fit, and are read so that all that binds is met among the claims.
    shown: Vec<usize>,
}

/// What became of some of the groups.
#[derive(Default)]
struct Part {
    /// Of those that fit, all together.
    fitting: Outcome,
    /// Those that fit and are the first that state something, or in which something is constrained.
    first: Vec<(usize, Outcome)>,
    /// Those that have to be read as claims.
    clashing: Vec<usize>,
}

impl Sieve for Sifter<'_> {
    fn jobs(&self) -> NonZeroUsize {
        self.jobs
    }

    fn sift(&self, columns: &Columns<'_>, vocabulary: &Vocabulary) -> Option<Sifted> {
        let Told { groups, edits, mut fitting, clashing, shown } = self.tell(columns, vocabulary)?;
        let rows = |kept: &[usize]| {
            let (mut found, mut stretches) = (Vec::new(), Vec::new());
            for group in kept {
                groups.rows(columns, *group, &mut stretches);
                let each = stretches.iter().flat_map(|it| it.rows.clone().map(|row| RowAt { block: it.block, row }));
                found.extend(each);
            }
            found
        };
        let shown = rows(&shown);
        let expected = shown.iter().flat_map(|at| values(columns, *at)).collect();
        let mut kept = rows(&clashing);
        kept.extend(shown);
        kept.sort_unstable();
        let untouched = std::mem::take(&mut fitting.untouched);
        Some(Sifted { kept, settled: settled(columns, fitting, edits, expected), untouched })
    }
}

impl Sifter<'_> {
    /// Tells which groups fit; `None` if that takes reading all rows as claims.
    fn tell(&self, columns: &Columns<'_>, vocabulary: &Vocabulary) -> Option<Told> {
        let law = Law::of(self.rules, columns, vocabulary)?;
        let groups = Groups::of(columns);
        let size = groups.len().div_ceil(PARTS).max(1);
        let parts = groups.len().div_ceil(size);
        let part = |at: usize| {
            let first = at.saturating_mul(size);
            self.part(columns, &law, &groups, first..first.saturating_add(size).min(groups.len()))
        };
        let (mut fitting, mut seen) = (Outcome::default(), 0_u128);
        let (mut clashing, mut shown) = (Vec::new(), Vec::new());
        for part in in_parallel(parts, self.jobs, &part) {
            fitting.add(part.fitting);
            clashing.extend(part.clashing);
            for (group, outcome) in part.first {
                // What binds at all is bound among the claims, too: what is said of rules is said by those.
                if outcome.bound & !seen != 0 || (shown.is_empty() && outcome.claims > 0) {
                    seen |= outcome.bound;
                    shown.push(group);
                } else {
                    fitting.add(outcome);
                }
            }
        }
        Some(Told { groups, edits: law.names, fitting, clashing, shown })
    }

    fn part(&self, columns: &Columns<'_>, law: &Law, groups: &Groups, of: Range<usize>) -> Part {
        let mut part = Part::default();
        let (mut decider, mut rows) = (Decider::new(columns, law), Vec::new());
        let mut seen = 0_u128;
        for group in of {
            groups.rows(columns, group, &mut rows);
            match decider.decide(&rows) {
                None => part.clashing.push(group),
                Some(outcome) if outcome.bound & !seen != 0 || (part.first.is_empty() && outcome.claims > 0) => {
                    seen |= outcome.bound;
                    part.first.push((group, outcome));
                }
                Some(outcome) => part.fitting.add(outcome),
            }
        }
        part
    }
}

/// What is known of groups that fit.
fn settled(columns: &Columns<'_>, fitting: Outcome, edits: Vec<String>, expected: Vec<(String, Rational)>) -> Settled {
    let of_edits = fitting.edits.iter().fold(0_usize, |sum, more| sum.saturating_add(*more));
    let others = [("additive", fitting.fits), ("same-figure", fitting.holds.saturating_sub(of_edits))];
    let others = others.into_iter().map(|(rule, count)| (rule.to_owned(), count));
    let bound = edits.into_iter().zip(fitting.edits).chain(others).filter(|(_, count)| *count > 0);
    let reported = columns.measures.iter().cloned().zip(fitting.reported).filter(|(_, count)| *count > 0);
    Settled {
        article: columns.article().to_owned(),
        claims: fitting.claims,
        figures: fitting.figures,
        holds: fitting.holds,
        fits: fitting.fits,
        bound: bound.collect(),
        reported: reported.collect(),
        expected,
        ..Settled::default()
    }
}

/// The values of a row, by the ids of their claims.
fn values(columns: &Columns<'_>, at: RowAt) -> Vec<(String, Rational)> {
    let Some(block) = columns.blocks.get(at.block) else { return Vec::new() };
    let mut found = Vec::new();
    for (figure, values) in columns.figures.iter().zip(&block.values) {
        let number = values.of.get(at.row).filter(|number| **number != crate::claim::NO_VALUE);
        let scale = 10_i64.checked_pow(values.decimals).map(Rational::from);
        if let (Some(number), Some(scale), Some((claim, _))) = (number, scale, columns.claim(at, &figure.column)) {
            found.extend(Rational::from(*number).checked_div(&scale).map(|value| (claim, value)));
        }
    }
    found
}

/// Whether the claims say what their columns were taken to say.
pub(crate) fn agree(claims: &Claims) -> bool {
    let mut expected: Vec<&(String, Rational)> = claims.settled.iter().flat_map(|it| &it.expected).collect();
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    let mut met = 0_usize;
    for claim in &claims.claims {
        let Ok(at) = expected.binary_search_by(|it| it.0.as_str().cmp(&claim.id)) else { continue };
        let (Kind::Figure(figure), Some((_, value))) = (&claim.kind, expected.get(at)) else { return false };
        let [(_, reading)] = figure.readings.as_slice() else { return false };
        let says = |point: Option<&Rational>| point == Some(value);
        if !says(reading.hard().as_point()) || !says(reading.soft().as_point()) {
            return false;
        }
        met = met.saturating_add(1);
    }
    met == expected.len()
}
