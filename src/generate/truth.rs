//! The truth about a data set: what was planted, and how well a report tells it.

use super::{Settings, Shape};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The version of the format.
const SCHEMA: u32 = 1;

/// What was planted in a data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Truth {
    /// The version of the format.
    pub schema: u32,
    /// From what it was drawn.
    pub seed: u64,
    /// The name of its shape.
    pub shape: String,
    /// How many groups there are.
    pub groups: u64,
    /// How many months each of them has.
    pub months: usize,
    /// Whether articles state the shares of rounded figures, too.
    pub rounded_shares: bool,
    /// What was planted, by group. No two share a group, so that none of them has anything to do with another.
    pub planted: Vec<Planted>,
}

/// A contradiction that was planted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Planted {
    /// The name of its kind.
    pub kind: String,
    /// Whether three claims or more clash though any two of them can hold, or fewer.
    pub reach: Reach,
    /// The claims that cannot all be true.
    pub claims: Vec<String>,
    /// Those of them that are not: all others are true in one and the same world.
    pub altered: Vec<String>,
}

/// How many claims it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Two claims clash, or one breaks what holds of it by itself.
    Single,
    /// Three claims or more, though any two of them can hold.
    Joint,
}

impl Truth {
    pub(super) fn new(settings: &Settings, planted: Vec<Planted>) -> Self {
        Self {
            schema: SCHEMA,
            seed: settings.seed,
            shape: Shape::name(settings.shape).to_owned(),
            groups: settings.groups,
            months: settings.months,
            rounded_shares: settings.rounded_shares,
            planted,
        }
    }

    /// Reads the text of a truth file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &[u8]) -> Result<Self, String> {
        let truth: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        if truth.schema == SCHEMA {
            Ok(truth)
        } else {
            Err(format!("its schema is {}, and not {SCHEMA}", truth.schema))
        }
    }

    /// The text of the truth file.
    pub fn text(&self) -> String {
        // Strings, numbers and lists of them can always be written.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Holds what a report says against the truth.
    pub fn score<'a>(&self, said: impl IntoIterator<Item = Said<'a>>) -> Score {
        let mut planted: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, one) in self.planted.iter().enumerate() {
            planted.extend(one.altered.iter().map(|claim| (claim.as_str(), place)));
        }
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut score = Score::default();
        for Said { verdict, claims } in said {
            let about: BTreeSet<usize> =
                claims.iter().filter_map(|claim| planted.get(claim.as_str()).copied()).collect();
            match verdict {
                SaidOf::Clash if about.is_empty() => score.accused_wrongly.push(claims.to_vec()),
                SaidOf::Clash => found.extend(about),
                SaidOf::Undecided => score.undecided = score.undecided.saturating_add(1),
                SaidOf::Doubt if about.is_empty() => score.doubted = score.doubted.saturating_add(1),
                SaidOf::Doubt => {}
            }
        }
        for (place, one) in self.planted.iter().enumerate() {
            let kind = score.kinds.entry(one.kind.clone()).or_default();
            if found.contains(&place) {
                kind.found = kind.found.saturating_add(1);
            } else {
                kind.missed.push(one.clone());
            }
        }
        score
    }
}

/// A finding of a report, as far as it can be right or wrong.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// What it says of its claims.
    pub verdict: SaidOf,
    /// The ids of its claims.
    pub claims: &'a [String],
}

/// What a finding says of its claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidOf {
    /// They cannot all be true.
    Clash,
    /// It was not settled.
    Undecided,
    /// They clash only if something is so that is not said, or the like.
    Doubt,
}

/// How well a report tells the truth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// What was found and missed of each kind that was planted.
    pub kinds: BTreeMap<String, OfKind>,
    /// The claims of each finding that says that they clash, and names none that was altered: all of them are true.
    pub accused_wrongly: Vec<Vec<String>>,
    /// How many findings say that something was not settled.
    pub undecided: usize,
    /// How many say less than that something clashes, and name nothing that was altered.
    pub doubted: usize,
}

/// What was found and missed of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfKind {
    /// How many findings were of one.
    pub found: usize,
    /// Those that no finding was of.
    pub missed: Vec<Planted>,
}

impl Score {
    /// How many were found.
    pub fn found(&self) -> usize {
        self.kinds.values().map(|kind| kind.found).sum()
    }

    /// Those that were missed.
    pub fn missed(&self) -> impl Iterator<Item = &Planted> {
        self.kinds.values().flat_map(|kind| &kind.missed)
    }

    /// Whether everything was found, nothing accused wrongly, and nothing left unsettled.
    pub fn is_perfect(&self) -> bool {
        self.missed().next().is_none() && self.accused_wrongly.is_empty() && self.undecided == 0
    }
}
