//! What binds the figures of a table, and whether that is all that does.
//!
//! Understood are: what is declared of measures, that measures add up over time within one scope, that what states one
//! figure says the same, and record rules. Where any other rule could speak of a measure of the table there is no law,
//! and the table is read as claims.

use super::curve::ORIGIN;
use super::edit::{Edit, bit};
use crate::claim::{Columns, FigureColumn, Measure, OverTime, Time, Vocabulary, matches_glob};
use crate::number::{Rational, Unit};
use crate::rule::{Binding, Kind, Pattern, Rules};

/// The most columns that a table may have, and the most measures and record rules.
const MOST_COLUMNS: usize = 128;
const MOST_BINDING: usize = 127;

/// What binds a table.
pub(super) struct Law {
    /// What binds each measure.
    pub measures: Vec<Bound>,
    /// Of each column of figures, or, where rows say what they measure, of each measure, what its numbers may be.
    pub ranges: Vec<Range>,
    /// By what the numbers of each column are multiplied so that all are scaled alike.
    pub factors: Vec<i64>,
    /// The record rules.
    pub edits: Vec<Edit>,
    /// What they are called: `survey/total`.
    pub names: Vec<String>,
    /// Whether what states one figure twice must say the same.
    pub holds_same: bool,
}

/// What binds a measure.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// Whether it adds up over time, and if so, whether it never falls.
    pub adds: Option<bool>,
    /// Whether it is a level.
    is_level: bool,
    /// Where its running totals begin, if that is declared.
    origin: Option<i64>,
    /// What each of the times is to it.
    pub times: Vec<Counts>,
}

/// From when to when a figure counts, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// Its time is not plain.
    Odd,
    /// Nothing is said of its time.
    Unsaid,
    /// From the start of one day to that of another.
    From(i64, i64),
    /// The same, from where running totals begin: a day that is declared, or [`ORIGIN`].
    Total(i64, i64),
}

/// What scaled numbers may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub least: i64,
    pub most: i64,
    /// What they have to be multiples of.
    pub step: i64,
}

impl Law {
    /// What binds a table; `None` if something else may.
    pub fn of(rules: &Rules, columns: &Columns<'_>, vocabulary: &Vocabulary) -> Option<Self> {
        let names = &columns.measures;
        let cells = columns.figures.len().saturating_add(columns.dates.len()).saturating_add(columns.texts.len());
        if cells > MOST_COLUMNS || names.iter().any(|name| is_beyond(rules, vocabulary, name)) {
            return None;
        }
        if rules.rules.iter().any(|rule| rule.severity.is_some() && binds_otherwise(&rule.kind, vocabulary, names)) {
            return None;
        }
        let most = (0..columns.figures.len()).map(|at| columns.decimals(at)).max().unwrap_or(0);
        let scale = |decimals: u32| 10_i64.checked_pow(decimals);
        let factor = |at: usize| scale(most.saturating_sub(columns.decimals(at)));
        let factors: Vec<i64> = (0..columns.figures.len()).map(factor).collect::<Option<_>>()?;
        let range = |name: &String, decimals| Range::of(vocabulary.measures.get(name), scale(decimals)?);
        let of_column = |(figure, at): (&FigureColumn, usize)| match figure.measure {
            Some(measure) => range(names.get(measure)?, columns.decimals(at)),
            None => Some(Range::ANY),
        };
        let says_measure = columns.figures.iter().any(|figure| figure.measure.is_none());
        let ranges: Option<Vec<Range>> = match says_measure {
            true => names.iter().map(|name| range(name, most)).collect(),
            false => columns.figures.iter().zip(0..).map(of_column).collect(),
        };
        let binding = |name: &String| {
            let mut own = bound(rules, vocabulary.measures.get(name), name);
            own.times = columns.times.iter().map(|time| own.counts(*time)).collect();
            own
        };
        let measures = names.iter().map(binding).collect();
        let (mut edits, mut called) = (Vec::new(), Vec::new());
        let is_ours = |table: &str| columns.is_wide() && columns.file_names().any(|name| name == table);
        for set in rules.edits.iter().filter(|set| is_ours(&set.table.value)) {
            if columns.file_names().count() > 1 {
                return None; // a rule is for the rows of one file
            }
            for (id, expression) in &set.edits {
                let edit = Edit::of(expression, columns)?;
                if !is_of_one_unit(&edit, columns, vocabulary) {
                    return None;
                }
                edits.push(edit);
                called.push(format!("{}/{}", set.table.value, id.value));
            }
        }
        if names.len().saturating_add(edits.len()) > MOST_BINDING {
            return None;
        }
        let same = rules.rules.iter().find(|rule| rule.id.value == "same-figure");
        let holds_same = same.is_none_or(|rule| rule.severity.is_some());
        Some(Self { measures, ranges: ranges?, factors, edits, names: called, holds_same })
    }

    /// The bit of a measure among what binds.
    pub fn measure_bit(&self, measure: usize) -> u128 {
        bit(measure)
    }

    /// The bit of a record rule among what binds.
    pub fn edit_bit(&self, edit: usize) -> u128 {
        bit(self.measures.len().saturating_add(edit))
    }
}

impl Range {
    const ANY: Self = Self { least: i64::MIN, most: i64::MAX, step: 1 };

    /// What numbers of a measure may be that are scaled like this; `None` if that does not fit.
    fn of(measure: Option<&Measure>, scale: i64) -> Option<Self> {
        let Some(measure) = measure else { return Some(Self::ANY) };
        let scaled = |bound: &Rational| bound.clone() * Rational::from(scale);
        let least = match &measure.least {
            Some(least) => scaled(least).ceil().to_i64()?,
            None => i64::MIN,
        };
        let most = match &measure.greatest {
            Some(most) => scaled(most).floor().to_i64()?,
            None => i64::MAX,
        };
        Some(Self { least, most, step: if measure.integer { scale } else { 1 } })
    }

    /// Whether a number is allowed.
    pub fn allows(&self, number: i64) -> bool {
        number >= self.least && number <= self.most && (self.step == 1 || number.checked_rem(self.step) == Some(0))
    }
}

/// Whether what is declared of a measure is more than is understood here.
fn is_beyond(rules: &Rules, vocabulary: &Vocabulary, name: &str) -> bool {
    let Some(measure) = vocabulary.measures.get(name) else { return false };
    let overlaps = measure.over_time == Some(OverTime::Distinct);
    // Over several dimensions, parts hang together by totals that nobody reports.
    let sums = rules.rules.iter().filter(|rule| matches!(rule.kind, Kind::Breakdown(_))).count();
    overlaps || measure.adds_over.len().saturating_add(sums) > 1 || measure.answers.kind.is_some()
}

/// Whether a rule may speak of any of these measures in a way that is not understood here.
fn binds_otherwise(kind: &Kind, vocabulary: &Vocabulary, measures: &[String]) -> bool {
    let is_ours = |name: &String| measures.contains(name);
    match kind {
        Kind::Additive(_) | Kind::BuiltIn => false,
        Kind::Stages(stages) => stages.order.iter().any(|name| is_ours(&name.value)),
        Kind::Balance(balance) => {
            let flows = balance.inflows.iter().chain(&balance.outflows);
            flows.chain([&balance.level]).any(|name| is_ours(&name.value))
        }
        Kind::Breakdown(breakdown) if breakdown.measures.is_empty() => measures.iter().any(|name| {
            let over = vocabulary.measures.get(name).map(|measure| &measure.adds_over);
            over.into_iter().flatten().any(|over| over.value == breakdown.dimension.value)
        }),
        Kind::Breakdown(breakdown) => breakdown.measures.iter().any(|name| is_ours(&name.value)),
        Kind::Relation(relation) => relation.given.iter().all(|given| measures.iter().any(|name| may_be(given, name))),
    }
}

/// Whether a name may be bound to figures of a measure. Nothing in a table says of what it is a share.
fn may_be(binding: &Binding, measure: &str) -> bool {
    match binding.measure.as_ref().map(|pattern| &pattern.value) {
        None => true,
        Some(Pattern::Exact(name)) => name == measure,
        Some(Pattern::Glob(glob)) => matches_glob(glob, measure),
        Some(Pattern::FieldOf { field, .. }) => !matches!(field.as_str(), "of" | "in"),
    }
}

/// What binds a measure over time: what is declared of it, or what a rule says.
fn bound(rules: &Rules, measure: Option<&Measure>, name: &str) -> Bound {
    let mut additive = rules.rules.iter().filter_map(|rule| match &rule.kind {
        Kind::Additive(additive) => Some((rule, additive)),
        _ => None,
    });
    let own = additive.find(|(_, additive)| additive.measures.iter().any(|named| named.value == name));
    let by_rule = own.is_some_and(|(rule, _)| rule.severity.is_some());
    let standard = rules.rules.iter().find(|rule| rule.id.value == "additive");
    let is_on = own.map_or_else(|| standard.is_none_or(|rule| rule.severity.is_some()), |_| by_rule);
    let over_time = measure.and_then(|measure| measure.over_time);
    let least = measure.and_then(|measure| measure.least.as_ref());
    let unit = measure.and_then(|measure| measure.unit.as_ref());
    let adds = match over_time.or(by_rule.then_some(OverTime::Adds)) {
        _ if !is_on => None,
        Some(OverTime::Adds) => Some(least.is_some_and(|least| least.signum() >= 0)),
        Some(_) => None,
        // Counts of which nothing is declared are taken to add up.
        None => unit.is_none_or(|unit| *unit == Unit::One).then_some(true),
    };
    let origin = measure.and_then(|measure| measure.origin).map(|day| day.start().0);
    Bound { adds, is_level: over_time == Some(OverTime::Level), origin, times: Vec::new() }
}

impl Bound {
    /// From when to when a figure of this time counts.
    fn counts(&self, time: Time) -> Counts {
        match time {
            Time::Odd => Counts::Odd,
            Time::Unsaid => Counts::Unsaid,
            // A level named for a day is that of the day's end.
            Time::Period(start, end) if self.is_level && end.checked_sub(start) == Some(1) => Counts::From(end, end),
            Time::Through(end) if self.is_level => Counts::From(end, end),
            Time::Period(start, end) if self.origin == Some(start) => Counts::Total(start, end),
            Time::Period(start, end) => Counts::From(start, end),
            Time::Through(end) => match self.origin {
                Some(origin) if origin < end => Counts::Total(origin, end),
                Some(_) => Counts::Odd,
                None => Counts::Total(ORIGIN, end),
            },
        }
    }
}

/// Whether all figures that a record rule speaks of are in one unit, so that nothing is mixed.
fn is_of_one_unit(edit: &Edit, columns: &Columns<'_>, vocabulary: &Vocabulary) -> bool {
    let unit_of = |figure: &FigureColumn| -> Option<&Unit> {
        vocabulary.measures.get(columns.measures.get(figure.measure?)?)?.unit.as_ref()
    };
    let named = columns.figures.iter().zip(0..).filter(|(_, at)| edit.columns & bit(*at) != 0);
    let mut units = named.map(|(figure, _)| unit_of(figure));
    let first = units.next();
    units.all(|unit| Some(unit) == first)
}
