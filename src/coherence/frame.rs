//! Which figures a relation binds, and where another relation binds the same ones.
//!
//! Names range over all figures that fit their descriptions and agree in what the relation joins on. So a *frame* is a
//! list of descriptions and what is joined on, and one choice of figures for it stands for all: whatever is said of it is
//! said of every choice. Another relation speaks of the same figures wherever each of its descriptions is one of the
//! frame's and its figures need agree in no more than those of the frame do.
//!
//! What figures must agree in depends on the order in which they are bound where a description names a member or a time
//! itself; so the order must be the same for those.

use crate::claim::Vocabulary;
use crate::number::Unit;
use crate::rule::{Binding, Pattern, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// How figures are described that a name is bound to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Description {
    measure: Option<Wanted>,
    unit: Option<Wanted>,
    scope: BTreeMap<String, Wanted>,
    when: Option<String>,
    set: bool,
}

/// How one thing of a figure must look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    Exactly(String),
    Like(String),
    /// As a field of what is bound at this place says.
    FieldOf(usize, String),
}

impl Description {
    fn of(binding: &Binding, relation: &Relation, vocabulary: &Vocabulary) -> Self {
        let wanted = |pattern: &Pattern| match pattern {
            Pattern::Exact(text) => Wanted::Exactly(text.clone()),
            Pattern::Glob(text) => Wanted::Like(text.clone()),
            Pattern::FieldOf { binding, field } => {
                let place = relation.given.iter().position(|given| given.name.value == *binding);
                Wanted::FieldOf(place.unwrap_or(usize::MAX), field.clone())
            }
        };
        let measure = binding.measure.as_ref().map(|it| wanted(&it.value));
        let mut unit = binding.unit.as_ref().map(|it| wanted(&it.value));
        // All figures of a measure are in the unit that it is declared to have.
        if let (Some(Wanted::Exactly(measure)), Some(Wanted::Exactly(name))) = (&measure, &unit)
            && let Some(declared) = vocabulary.measures.get(measure).and_then(|measure| measure.unit.as_ref())
            && declared.name() == *name
        {
            unit = None;
        }
        let scope = binding.scope.iter().map(|(name, pattern)| (name.clone(), wanted(&pattern.value))).collect();
        let when = binding.when.as_ref().map(|when| when.value.trim().to_owned());
        Self { measure, unit, scope, when, set: binding.set }
    }

    /// The one measure of the figures, if there is one.
    pub fn measure(&self) -> Option<&str> {
        match &self.measure {
            Some(Wanted::Exactly(measure)) => Some(measure),
            _ => None,
        }
    }

    /// Whether it says no more than the measure.
    fn is_plain(&self) -> bool {
        self.measure().is_some() && self.is_open() && self.unit.is_none()
    }

    /// Whether it leaves scope and time to what is joined on.
    fn is_open(&self) -> bool {
        self.scope.is_empty() && self.when.is_none() && !self.set
    }

    /// Whether it depends on what another name is bound to.
    fn looks_elsewhere(&self) -> bool {
        let all = self.measure.iter().chain(&self.unit).chain(self.scope.values());
        all.into_iter().any(|wanted| matches!(wanted, Wanted::FieldOf(..)))
    }

    /// Whether every figure that another one describes is described by this one, too.
    fn covers(&self, other: &Self) -> bool {
        let all = |own: &Option<Wanted>, other: &Option<Wanted>| own.is_none() || own == other;
        all(&self.measure, &other.measure)
            && all(&self.unit, &other.unit)
            && self.scope.iter().all(|(name, wanted)| other.scope.get(name) == Some(wanted))
            && (self.when.is_none() || self.when == other.when)
            && self.set == other.set
    }

    /// What it says of a field, if that is one text.
    pub fn field(&self, field: &str, vocabulary: &Vocabulary) -> Option<String> {
        let wanted = match field {
            "measure" => self.measure.as_ref(),
            "unit" => {
                let declared = self.measure().and_then(|measure| vocabulary.measures.get(measure)?.unit.as_ref());
                if let (None, Some(unit)) = (&self.unit, declared.map(Unit::name)) {
                    return Some(unit.to_owned());
                }
                self.unit.as_ref()
            }
            dimension => self.scope.get(dimension),
        };
        match wanted {
            Some(Wanted::Exactly(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// For people: `arrests`, `arrests (place KH, 2025)`. `name` is what a rule calls it.
    pub fn said(&self, name: &str) -> String {
        let Some(measure) = self.measure() else { return name.to_owned() };
        let exactly = |wanted: &Wanted| match wanted {
            Wanted::Exactly(text) | Wanted::Like(text) => text.clone(),
            Wanted::FieldOf(..) => "the same".to_owned(),
        };
        let mut more: Vec<String> = self.scope.iter().map(|(it, wanted)| format!("{it} {}", exactly(wanted))).collect();
        more.extend(self.unit.as_ref().map(|unit| format!("in {}", exactly(unit))));
        more.extend(self.when.clone());
        if more.is_empty() { measure.to_owned() } else { format!("{measure} ({})", more.join(", ")) }
    }
}

/// A choice of figures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Frame {
    /// What the figures agree in; `None` is everything.
    join: Option<BTreeSet<String>>,
    /// What describes each.
    pub given: Vec<Description>,
}

impl Frame {
    /// The figures of a relation.
    pub fn of(relation: &Relation, vocabulary: &Vocabulary) -> Self {
        let given: Vec<Description> =
            relation.given.iter().map(|binding| Description::of(binding, relation, vocabulary)).collect();
        let join = relation.join.as_ref().map(|names| names.iter().map(|name| name.value.clone()).collect());
        // A figure agrees with itself.
        Self { join: join.filter(|_| given.len() > 1), given }
    }

    /// Whether it is of one figure each of some measures, in one scope and of one time.
    pub fn is_plain(&self) -> bool {
        let measures: BTreeSet<&Description> = self.given.iter().collect();
        self.join.is_none() && measures.len() == self.given.len() && self.given.iter().all(Description::is_plain)
    }

    /// Whether a name is bound to a set of figures.
    pub fn has_sets(&self) -> bool {
        self.given.iter().any(|description| description.set)
    }

    /// One figure each of all the measures of plain frames.
    pub fn joined<'f>(frames: impl Iterator<Item = &'f Self>) -> Self {
        let given: BTreeSet<Description> = frames.flat_map(|frame| frame.given.iter().cloned()).collect();
        Self { join: None, given: given.into_iter().collect() }
    }

    /// Where in this frame the figures of another one are, if the other speaks of figures of this one.
    pub fn places_of(&self, other: &Self) -> Option<Vec<usize>> {
        if other.given.iter().any(Description::looks_elsewhere) {
            return (self == other).then(|| (0..self.given.len()).collect());
        }
        // Figures of two names are two, so that a single figure of another frame needs no agreement.
        if self.join != other.join && other.given.len() > 1 {
            return None;
        }
        // What is said of each figure by itself is said of any that fits.
        if let [wanted] = other.given.as_slice() {
            return self.given.iter().position(|own| wanted.covers(own)).map(|at| vec![at]);
        }
        let mut places: Vec<usize> = Vec::with_capacity(other.given.len());
        for wanted in &other.given {
            let free = |(at, own): &(usize, &Description)| *own == wanted && !places.contains(at);
            places.push(self.given.iter().enumerate().find(free)?.0);
        }
        let place = |at: usize| places.get(at).copied().zip(other.given.get(at));
        for later in 0..other.given.len() {
            for earlier in 0..later {
                let (Some((one, of_one)), Some((two, of_two))) = (place(earlier), place(later)) else { return None };
                if one > two && !(of_one.is_open() && of_two.is_open()) {
                    return None;
                }
            }
        }
        Some(places)
    }
}
