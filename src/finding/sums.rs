//! Sums that do not come out, in a sentence and in figures: "154 arrests by some day of November 2025 and 92 so far in
//! December 2025 make 246, more than the 231 to date".
//!
//! Whatever the proof, such a clash is two sides: one that is too big for the other.

use super::phrases::Common;
use super::single::{box_of, reading};
use super::wording::{Said, Wording, folded};
use super::words::{capitalized, said_number};
use crate::expr::Comparison;
use crate::number::{Interval, Rational, Unit};
use crate::problem::refutation::{End, Joint, Reason};
use crate::problem::{
    Conflict, Constraint, DifferenceId, Form, Formula, Says, Side, StatementId, Step, StepReason, Time, Variable, Why,
};
use std::collections::{BTreeMap, BTreeSet};

/// In a sum of more terms than this those of one measure are taken together.
const MOST_TERMS: usize = 8;
/// How many readings are explained; the rest are counted.
const READINGS: usize = 3;

/// One side of a clash: figures that add up, and the bound of each that counts.
#[derive(Clone, Debug, Default)]
struct Sum {
    terms: Vec<(StatementId, Rational)>,
    /// A number besides the figures.
    constant: Rational,
    /// Whether the sum itself is excluded.
    strict: bool,
    /// Whether each figure can be one value only, so that "at least" and "at most" need not be said.
    exact: bool,
}

impl Sum {
    fn total(&self) -> Rational {
        self.terms.iter().fold(self.constant.clone(), |total, (_, amount)| total + amount.clone())
    }

    fn statements(&self) -> Vec<StatementId> {
        self.terms.iter().map(|(statement, _)| *statement).collect()
    }
}

/// Two sides of which one is too big for the other.
struct Sides {
    big: Sum,
    small: Sum,
    /// Whether they had to be the same, and not merely in order.
    equal: bool,
    /// Whether the figures of the small side take those of the big one in.
    includes: bool,
    /// What else has to be said: "repatriations never outrun arrests".
    but: Vec<String>,
}

/// A clash of several constraints as a sum.
pub(super) struct JointSum {
    pub said: Said,
    /// Whether the sum can be said in words, too, and not in figures alone.
    pub in_words: bool,
}

impl Wording<'_> {
    /// A clash of running totals: what is at least there, against what is at most.
    pub(super) fn totals(&self, conflict: &Conflict, steps: &[Step]) -> Said {
        let (mut big, mut small) = (Sum { exact: true, ..Sum::default() }, Sum { exact: true, ..Sum::default() });
        for step in steps {
            let StepReason::Difference(id) = step.reason else { continue };
            let (side, statement, amount) = match self.problem[id].why {
                Why::Stated(statement, Side::Most) | Why::SameScope(statement, Side::Most) => {
                    (&mut small, statement, step.at_most.clone())
                }
                Why::Stated(statement, Side::Least)
                | Why::SameScope(statement, Side::Least)
                | Why::Within(statement) => (&mut big, statement, -step.at_most.clone()),
                _ => continue,
            };
            if amount.is_zero() && self.is_asked_for(statement) {
                continue; // that it is not below zero goes without saying
            }
            side.terms.push((statement, amount));
            side.strict |= step.strict;
            side.exact &= self.is_exact(statement, conflict.soft);
        }
        self.in_time(&mut big.terms);
        self.in_time(&mut small.terms);
        let stages = steps.iter().filter_map(|step| match step.reason {
            StepReason::Difference(id) => self.stage(id),
            StepReason::Order(_) => None,
        });
        let but = folded(stages.collect());
        let sides = Sides { big, small, equal: false, includes: but.is_empty(), but };
        Said { steps: self.read_as(conflict), ..self.sides(conflict, &sides) }
    }

    /// A clash of several constraints whose bounds simply add up: what is at least there, against what is at most.
    /// `None` if bounds are multiplied, rounded, or tried one after the other.
    pub(super) fn joint_sum(&self, conflict: &Conflict, joint: &Joint) -> Option<JointSum> {
        let End::Sum(combination) = &joint.refutation.end else { return None };
        if !joint.refutation.steps.is_empty() {
            return None;
        }
        let (mut big, mut small) = (Sum { exact: true, ..Sum::default() }, Sum { exact: true, ..Sum::default() });
        let mut factor: Option<&Rational> = None;
        let mut but = Vec::new();
        for (row, multiple) in combination {
            let (row, reason) = joint.rows.get(*row)?;
            let (statement, side) = match reason {
                Reason::Stated(statement, side) => (*statement, *side),
                Reason::Difference(id) => {
                    but.extend(self.stage(*id));
                    match self.problem[*id].why {
                        Why::Stated(statement, side) | Why::SameScope(statement, side) => (statement, side),
                        Why::Within(statement) => (statement, Side::Least),
                        Why::Dated(..) => return None,
                        _ if row.at_most.is_zero() => continue,
                        _ => return None,
                    }
                }
                Reason::Order(..)
                | Reason::Parts(..)
                | Reason::Balance(..)
                | Reason::Range(..)
                | Reason::Increment(..)
                | Reason::Domain(..)
                | Reason::Formula(..)
                    if row.at_most.is_zero() =>
                {
                    continue;
                }
                _ => return None,
            };
            if *factor.get_or_insert(multiple) != multiple {
                return None;
            }
            let (sum, amount) = match side {
                Side::Least => (&mut big, -row.at_most.clone()),
                Side::Most => (&mut small, row.at_most.clone()),
            };
            if amount.is_zero() && self.is_asked_for(statement) {
                continue;
            }
            sum.terms.push((statement, amount));
            sum.strict |= row.strict;
            sum.exact &= self.is_exact(statement, conflict.soft);
        }
        if big.terms.is_empty() && small.terms.is_empty() {
            return None;
        }
        // A balance counts a level, what comes in and what goes out on sides that are not sums of their own, and a formula
        // of the editor's may do the same: the figures add up, and what they are has to be said otherwise.
        let balanced = combination.iter().any(|(row, _)| {
            joint.rows.get(*row).is_some_and(|(_, reason)| matches!(reason, Reason::Balance(..) | Reason::Formula(..)))
        });
        self.in_time(&mut big.terms);
        self.in_time(&mut small.terms);
        let but = folded(but);
        let includes = but.is_empty();
        let said = self.sides(conflict, &Sides { big, small, equal: false, includes, but });
        Some(JointSum { said, in_words: !balanced })
    }

    /// What a rule of stages, or an order of the editor's, says, if an edge is by one.
    fn stage(&self, id: DifferenceId) -> Option<String> {
        let difference = &self.problem[id];
        let stage = matches!(difference.why, Why::Stage | Why::Opening | Why::Ordered(_));
        difference.constraint.filter(|_| stage).map(|constraint| self.demand(&self.problem[constraint]))
    }

    /// A comparison of sums of figures, each taken once; `None` if the constraint is anything else.
    pub(super) fn sum(&self, conflict: &Conflict, constraint: &Constraint) -> Option<Said> {
        let Form::Relation { variables, .. } = &constraint.form else { return None };
        let kept: BTreeSet<StatementId> = conflict.statements.iter().copied().collect();
        let (formula, domains) = box_of(self.problem, constraint, conflict.soft, &|it| kept.contains(&it))?;
        let Formula::Compare(left, comparison, right) = formula else { return None };
        let (mut factors, constant) = left.linear()?;
        let (others, other_constant) = right.linear()?;
        for (place, factor) in others {
            let rest = factors.get(&place).cloned().unwrap_or_default() - factor;
            factors.insert(place, rest);
        }
        factors.retain(|_, factor| !factor.is_zero());
        let constant = constant - other_constant;
        let (mut plus, mut minus) = (BTreeMap::new(), BTreeMap::new());
        for (place, factor) in factors {
            let side = if factor.is_positive() { &mut plus } else { &mut minus };
            if factor.abs() != Rational::ONE {
                return None;
            }
            side.insert(place, domains.get(place)?.interval.clone());
        }
        let statement = |place: usize| match variables.get(place) {
            Some(Variable::Figure(figure)) => Some(
                conflict
                    .statements
                    .iter()
                    .copied()
                    .find(|id| matches!(&self.problem[*id].says, Says::Value(of, _) if of == figure)),
            ),
            Some(Variable::Unreported(_) | Variable::Unknown) => Some(None),
            _ => None,
        };
        let add = |side: &BTreeMap<usize, Interval>, constant: Rational| {
            side.values().fold(Interval::point(constant), |sum, part| sum.add(part))
        };
        let zero = Rational::default;
        let (more, less) = if constant.is_negative() { (zero(), -constant) } else { (constant, zero()) };
        let (upper, lower) = (add(&plus, more.clone()), add(&minus, less.clone()));
        let plus_is_big = match comparison {
            Comparison::AtMost | Comparison::Less => true,
            Comparison::AtLeast | Comparison::More => false,
            Comparison::Equal if lower.lies_below(&upper) => true,
            Comparison::Equal if upper.lies_below(&lower) => false,
            _ => return None,
        };
        let make = |side: &BTreeMap<usize, Interval>, constant: Rational, big: bool| {
            let mut sum = Sum { constant, exact: true, ..Sum::default() };
            for (place, interval) in side {
                let end = if big { interval.lo() } else { interval.hi() };
                let (bound, statement) = (end.value()?.clone(), statement(*place)?);
                sum.exact &= statement.is_some() && interval.as_point().is_some();
                sum.strict |= !end.is_closed();
                match statement {
                    Some(statement) => sum.terms.push((statement, bound)),
                    None if bound.is_zero() => {}
                    None => return None,
                }
            }
            Some(sum)
        };
        let (big, small) = if plus_is_big {
            (make(&plus, more, true)?, make(&minus, less, false)?)
        } else {
            (make(&minus, less, true)?, make(&plus, more, false)?)
        };
        if [&big, &small].iter().any(|side| !side.terms.is_empty() && !side.constant.is_zero()) {
            return None;
        }
        let equal = comparison == Comparison::Equal;
        // What a rule of structure demands goes without saying; why the editor wants something else does not.
        let is_check = self.is_check(constraint);
        let why = constraint.because.clone().unwrap_or_else(|| self.demand(constraint));
        let but = if is_check && !equal { vec![why] } else { Vec::new() };
        Some(self.sides(conflict, &Sides { big, small, equal, includes: !equal && !is_check, but }))
    }

    fn is_exact(&self, statement: StatementId, soft: bool) -> bool {
        reading(self.problem, statement, soft).is_some_and(|reading| reading.as_point().is_some())
    }

    /// A side in figures, with what it comes to: `154 + 92 = 246`, or, where there are many of one measure, `101 + 752 (48
    /// of arrests) = 853`.
    fn added_up(&self, side: &Sum, unit: &Unit) -> String {
        let mut amounts: Vec<(Rational, String)> = Vec::new();
        if side.terms.len() > MOST_TERMS {
            let mut of_measures: BTreeMap<String, Vec<&Rational>> = BTreeMap::new();
            for (statement, amount) in &side.terms {
                of_measures.entry(self.measure(*statement)).or_default().push(amount);
            }
            for (measure, alike) in of_measures {
                let total = alike.iter().fold(Rational::default(), |total, amount| total + (*amount).clone());
                let note = if alike.len() > 1 { format!(" ({} of {measure})", alike.len()) } else { String::new() };
                amounts.push((total, note));
            }
            amounts.sort_by_key(|(_, note)| !note.is_empty()); // a single figure first
        } else {
            amounts.extend(side.terms.iter().map(|(_, amount)| (amount.clone(), String::new())));
        }
        if !side.constant.is_zero() {
            amounts.push((side.constant.clone(), String::new()));
        }
        let total = said_number(&side.total(), unit);
        if side.terms.len() < 2 && amounts.len() < 2 {
            return total;
        }
        let mut text = String::new();
        for (at, (amount, note)) in amounts.iter().enumerate() {
            let sign = match (at, amount.is_negative()) {
                (0, _) => "",
                (_, true) => " - ",
                (_, false) => " + ",
            };
            let amount = if at > 0 { amount.abs() } else { amount.clone() };
            text.push_str(&format!("{sign}{}{note}", said_number(&amount, unit)));
        }
        format!("{text} = {total}")
    }

    /// The sentence and the arithmetic of two sides.
    fn sides(&self, conflict: &Conflict, sides: &Sides) -> Said {
        let Sides { big, small, .. } = sides;
        let all = [big.statements(), small.statements()].concat();
        let unit = all.first().map_or(Unit::One, |statement| self.unit(*statement));
        let (most, least) = (big.total(), small.total());
        let exact = sides.equal && big.exact && small.exact;
        let (sum, room) = (self.added_up(big, &unit), self.added_up(small, &unit));
        let arithmetic = match (exact, most == least) {
            (true, _) if big.terms.len() == 1 => format!("{room} ≠ {sum}"),
            (true, _) => format!("{sum} ≠ {room}"),
            (_, true) if big.strict => format!("more than {sum}, yet at most {room}"),
            (_, true) if small.strict => format!("{sum}, yet less than {room}"),
            (_, true) => format!("{sum} ≥ {room}"),
            _ => format!("{sum} > {room}"),
        };
        let common = self.common(conflict, &all);
        let mut message = self.weighed(sides, &common, &unit);
        if !common.time.is_empty() {
            message = format!("{}, {message}", common.time);
        }
        if !sides.but.is_empty() {
            message = format!("{message}, but {}", sides.but.join(" and "));
        }
        Said { message: capitalized(&message), arithmetic: Some(arithmetic), steps: Vec::new() }
    }

    fn weighed(&self, sides: &Sides, common: &Common, unit: &Unit) -> String {
        let Sides { big, small, .. } = sides;
        let exactly = sides.equal && big.exact && small.exact;
        let (bigger, smaller) = (big.statements(), small.statements());
        let figures = |statements: &[StatementId], before| self.figures(statements, before, common);
        let sum = said_number(&big.total(), unit);
        let sum = if big.strict {
            format!("more than {sum}")
        } else if big.exact {
            sum
        } else {
            format!("at least {sum}")
        };
        let room = said_number(&small.total(), unit);
        let room = if small.strict {
            format!("less than {room}")
        } else if small.exact {
            room
        } else {
            format!("at most {room}")
        };
        let is = |statement: StatementId| if self.is_plural(statement) { "are" } else { "is" };
        // What must be less than something, and is just that.
        let just_that = big.total() == small.total() && !big.strict && !small.strict;
        let more = if just_that { "not less than" } else { "more than" };
        let less = if just_that { "not more than" } else { "less than" };
        match (bigger.as_slice(), smaller.as_slice()) {
            ([one], [other]) => {
                let than = if exactly { "not" } else { more };
                let rest = self.that_figure(*other, Some(*one), common);
                let include = if self.is_plural(*other) { "include" } else { "includes" };
                let object = if self.is_plural(*one) { "them" } else { "it" };
                let of_one = self.measure(*one) == self.measure(*other);
                let included =
                    if sides.includes && of_one { format!(", which {include} {object}") } else { String::new() };
                format!("{} {} {than} {rest}{included}", figures(&[*one], None), is(*one))
            }
            ([], []) => format!("{sum} is {more} {room}"),
            ([], [one]) => {
                format!("{} {} {less} {}", figures(&[*one], None), is(*one), said_number(&big.total(), unit))
            }
            ([], _) => {
                format!("{} make {room}, {less} {}", figures(&smaller, None), said_number(&big.total(), unit))
            }
            ([one], []) => {
                format!("{} {} {more} {}", figures(&[*one], None), is(*one), said_number(&small.total(), unit))
            }
            (_, []) => {
                format!("{} make {sum}, {more} {}", figures(&bigger, None), said_number(&small.total(), unit))
            }
            (_, [one]) => {
                let than = if exactly { "not" } else { more };
                let last = bigger.last().copied();
                format!("{} make {sum}, {than} {}", figures(&bigger, None), self.that_figure(*one, last, common))
            }
            ([one], _) => {
                let than = match (exactly, self.is_plural(*one) && !just_that) {
                    (true, _) => "not",
                    (false, true) => "fewer than",
                    (false, false) => less,
                };
                let last = smaller.last().copied();
                format!("{} make {room}, {than} {}", figures(&smaller, None), self.that_figure(*one, last, common))
            }
            _ => {
                let only = if small.exact && !small.strict { "only " } else { "" };
                let last = bigger.last().copied();
                format!("{} make {sum}, but {} make {only}{room}", figures(&bigger, None), figures(&smaller, last))
            }
        }
    }

    /// How the figures of a conflict are read, where their words do not simply say so. Long lists are cut.
    pub(super) fn read_as(&self, conflict: &Conflict) -> Vec<String> {
        let lines: Vec<String> =
            conflict.statements.iter().filter_map(|statement| self.reads_as(*statement, conflict.soft)).collect();
        let mut lines = folded(lines);
        if lines.len() > READINGS.saturating_add(1) {
            let rest = lines.len().saturating_sub(READINGS);
            lines.truncate(READINGS);
            lines.push(format!("{rest} more figures are read in the same way"));
        }
        lines
    }

    /// Puts terms in the order of their times.
    fn in_time(&self, terms: &mut [(StatementId, Rational)]) {
        terms.sort_by_key(|(statement, _)| {
            let end = match &self.problem[*statement].says {
                Says::Value(figure, _) => match self.problem[*figure].time {
                    Time::At(when) => Some(when.end().latest),
                    Time::Unsaid => None,
                },
                _ => None,
            };
            (end, *statement)
        });
    }
}
