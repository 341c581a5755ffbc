//! The vocabulary: what measures and dimensions are, as rule files or claim files declare them.

use super::MeanOf;
use crate::number::{Rational, ReadingPolicy, Unit};
use crate::source::{InputError, InputErrors, Span, Spanned};
use std::collections::{BTreeMap, HashSet};

/// How a measure behaves over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverTime {
    /// It adds up: arrests, revenue.
    Adds,
    /// Parts overlap: unique visitors. A part is at most its cover, a cover at most the sum of parts that cover it.
    Distinct,
    /// A level at a moment: people in custody. Named for a day, it is that of the day's end.
    Level,
    /// Nothing: rates, averages.
    None,
}

/// What is declared of a measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its name.
    pub name: Spanned<String>,
    /// How it behaves over time; `None` if nothing is said.
    pub over_time: Option<OverTime>,
    /// The least value that it can have.
    pub least: Option<Rational>,
    /// The greatest.
    pub greatest: Option<Rational>,
    /// Whether only whole numbers are possible.
    pub integer: bool,
    /// Its unit, if stated.
    pub unit: Option<Unit>,
    /// Over which dimensions disjoint members add up.
    pub adds_over: Vec<Spanned<String>>,
    /// The day from which running totals count, if stated.
    pub origin: Option<crate::calendar::Day>,
    /// How its digits are to be taken.
    pub reading: ReadingPolicy,
    /// Of which answers it is the mean, if it says so.
    pub answers: MeanOf,
}

/// What is declared of a dimension.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its name.
    pub name: Spanned<String>,
    /// Its members, if listed.
    pub members: Vec<Spanned<String>>,
    /// Parents of members, where a file gives them: child to parent.
    pub parents: BTreeMap<String, String>,
    /// Whether the members listed are all there are.
    pub complete: bool,
}

/// Everything declared, by name.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Measures.
    pub measures: BTreeMap<String, Measure>,
    /// Dimensions.
    pub dimensions: BTreeMap<String, Dimension>,
    /// The places of all declarations, in the order they were read, for what is reported about unused ones.
    pub places: Vec<Span>,
}

impl Vocabulary {
    /// Takes in what another file declares. What only one of them says is joined; where both say different things of
    /// one measure or dimension, that is an error at the second place.
    pub fn merge(&mut self, other: &Vocabulary, errors: &mut InputErrors) {
        for (name, measure) in &other.measures {
            match self.measures.get_mut(name) {
                Some(known) => known.merge(measure, errors),
                None => drop(self.measures.insert(name.clone(), measure.clone())),
            }
        }
        for (name, dimension) in &other.dimensions {
            match self.dimensions.get_mut(name) {
                Some(known) => known.merge(dimension, errors),
                None => drop(self.dimensions.insert(name.clone(), dimension.clone())),
            }
        }
        self.places.extend(other.places.iter().copied());
    }
}

impl Vocabulary {
    /// What a member lies within, from the nearest to the widest, itself left out: by the parents that its dimension
    /// declares, and by its path.
    pub fn ancestors<'v>(&'v self, dimension: &str, member: &str) -> impl Iterator<Item = String> + use<'v> {
        let parents = self.dimensions.get(dimension).map(|dimension| &dimension.parents);
        let parents = parents.filter(|parents| !parents.is_empty());
        let mut at = member.to_owned();
        // Paths only get shorter; parents and paths together may lead in a circle.
        let mut passed: HashSet<String> = parents.map(|_| at.clone()).into_iter().collect();
        std::iter::from_fn(move || {
            let declared = parents.and_then(|parents| parents.get(&at).cloned());
            let parent = declared.or_else(|| at.rsplit_once('/').map(|(parent, _)| parent.to_owned()))?;
            if parents.is_some() && !passed.insert(parent.clone()) {
                return None;
            }
            at.clone_from(&parent);
            Some(parent)
        })
    }
}

/// Joins what two declarations say; `false` if they say different things.
fn join<T: Clone + PartialEq>(known: &mut Option<T>, other: Option<&T>) -> bool {
    match (&known, other) {
        (_, None) => true,
        (None, Some(said)) => {
            *known = Some(said.clone());
            true
        }
        (Some(one), Some(said)) => one == said,
    }
}

/// The same for lists, where saying nothing leaves them empty.
fn join_names(known: &mut Vec<Spanned<String>>, other: &[Spanned<String>]) -> bool {
    if known.is_empty() {
        *known = other.to_vec();
    }
    let names =
        |list: &[Spanned<String>]| list.iter().map(|it| it.value.clone()).collect::<std::collections::BTreeSet<_>>();
    other.is_empty() || names(known) == names(other)
}

fn conflict(what: &str, key: &str, name: &Spanned<String>, first: Span) -> InputError {
    let message = format!("the {what} `{}` is declared a second time, with another `{key}`", name.value);
    InputError::at(name.span, message).also(first, "the first declaration").help("keep one of the two declarations")
}

impl Measure {
    fn merge(&mut self, other: &Measure, errors: &mut InputErrors) {
        self.integer |= other.integer;
        let joined = [
            ("over-time", join(&mut self.over_time, other.over_time.as_ref())),
            ("least", join(&mut self.least, other.least.as_ref())),
            ("greatest", join(&mut self.greatest, other.greatest.as_ref())),
            ("unit", join(&mut self.unit, other.unit.as_ref())),
            ("origin", join(&mut self.origin, other.origin.as_ref())),
            ("rounding", join(&mut self.reading.rounding, other.reading.rounding.as_ref())),
            ("digits", join(&mut self.reading.precision, other.reading.precision.as_ref())),
            ("mean-of", join(&mut self.answers.kind, other.answers.kind.as_ref())),
            ("n", join(&mut self.answers.count, other.answers.count.as_ref())),
            ("sd", join(&mut self.answers.deviation, other.answers.deviation.as_ref())),
            ("items", join(&mut self.answers.items, other.answers.items.as_ref())),
            ("adds-over", join_names(&mut self.adds_over, &other.adds_over)),
        ];
        for (key, _) in joined.iter().filter(|(_, agrees)| !agrees) {
            errors.push(conflict("measure", key, &other.name, self.name.span));
        }
    }
}

impl Dimension {
    fn merge(&mut self, other: &Dimension, errors: &mut InputErrors) {
        self.complete |= other.complete;
        if !join_names(&mut self.members, &other.members) {
            errors.push(conflict("dimension", "members", &other.name, self.name.span));
        }
        if self.parents.is_empty() {
            self.parents.clone_from(&other.parents);
        } else if !other.parents.is_empty() && self.parents != other.parents {
            errors.push(conflict("dimension", "parents", &other.name, self.name.span));
        }
    }
}
