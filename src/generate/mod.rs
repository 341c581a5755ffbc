//! Data sets with planted truth: figures drawn from what happened, reported as people report, and a few of them spoiled.
//!
//! In: [`Settings`] with a seed. Out: the texts of a workspace, a chunk at a time, and the [`Truth`] about it; the same
//! for the same settings, on every machine. Nothing here touches files, and nothing knows how claims are checked.
//!
//! Every group is drawn by itself: what happened (`world`), what is reported of it (`scene`, in the words of `said`), what
//! is planted in it (`plant`), and how it is written down in each shape (`group`, with `article`, `long` and `wide`).
//! Groups have nothing to do with each other, so that there is at most one contradiction in each, and any number of them
//! takes no more memory than one.

mod article;
mod group;
mod kind;
mod long;
mod plant;
mod random;
mod said;
mod scene;
#[cfg(feature = "proptest")]
mod smaller;
#[cfg(test)]
mod tests;
mod truth;
mod wide;
mod words;
mod world;
mod written;

pub(crate) use group::Group;
pub use kind::{Kind, Shape};
pub use truth::{OfKind, Planted, Reach, Said, SaidOf, Score, Truth};
pub use written::{Stated, WrittenClaim, WrittenFigure};
#[cfg(feature = "proptest")]
pub(crate) use {said::Said as Way, smaller::Mark};

use random::Random;
use scene::Scene;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::iter;

/// Where the truth about a data set is.
pub const TRUTH: &str = "truth.json";
/// Where the configuration is.
const CONFIG_FILE: &str = "addup.toml";
/// Where the rules are.
pub(crate) const RULE_FILE: &str = "rules/figures.toml";
/// Where it is said what the columns of a table are.
pub(crate) const CLAIM_FILE: &str = "claims/figures.toml";
/// The most months of a group: a hundred years.
pub const MOST_MONTHS: usize = 1_200;
/// The most groups.
pub const MOST_GROUPS: u64 = 1_000_000_000;

/// What is declared of cases in every shape.
const RULES: &str = "\
[measure.cases]
over-time = \"adds\"
least     = 0
integer   = true
origin    = 2015-01-01
";

/// The configuration, so that none above the folder counts.
const CONFIG: &str = "claims = [\"claims\"]\nrules  = [\"rules\"]\n";

/// What to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// From what everything is drawn.
    pub seed: u64,
    /// How it is written down.
    pub shape: Shape,
    /// How many groups there are, such as districts: one at least.
    pub groups: u64,
    /// How many months each of them has: one at least.
    pub months: usize,
    /// Whether articles state the shares of rounded figures, too.
    pub rounded_shares: bool,
    /// How many contradictions of which kinds are planted.
    pub plants: Vec<(Kind, u64)>,
}

/// Why settings do not fit together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nothing would be made, or more than can be named.
    #[error("there are 1 to {MOST_GROUPS} groups, and 1 to {MOST_MONTHS} months")]
    Size,
    /// A kind that figures of that shape cannot have.
    #[error("`{}` cannot be planted in the shape `{}`", .0.name(), .1.name())]
    Kind(Kind, Shape),
    /// Too few months for a kind.
    #[error("`{}` takes {} months at least", .0.name(), .0.months())]
    Months(Kind),
    /// More contradictions than groups.
    #[error("{0} contradictions are to be planted in {1} groups, and each takes a group of its own")]
    Groups(u64, u64),
}

/// A data set, ready to be written.
#[derive(Clone, Debug)]
pub struct DataSet {
    settings: Settings,
    /// What is planted in which group.
    plants: BTreeMap<u64, Kind>,
}

/// A text of a data set.
pub struct Text<'a> {
    /// Its path, relative to the workspace.
    pub path: String,
    /// What it says, one part after the other.
    pub chunks: Box<dyn Iterator<Item = String> + 'a>,
}

/// How a shape that is a table is written down.
pub(crate) struct Table {
    /// The claim file that says what its columns are.
    pub claims: &'static str,
    /// Where it is.
    pub path: &'static str,
    /// Its first line.
    pub header: &'static str,
}

/// The table of a shape; `None` if its groups have a claim file each.
pub(crate) fn table(shape: Shape) -> Option<Table> {
    match shape {
        Shape::Wide => Some(Table { claims: wide::CLAIMS, path: wide::TABLE, header: wide::HEADER }),
        Shape::Long => Some(Table { claims: long::CLAIMS, path: long::TABLE, header: long::HEADER }),
        Shape::Toml => None,
    }
}

/// The rule file of a shape.
pub(crate) fn rules(shape: Shape) -> String {
    match shape {
        Shape::Wide => [RULES, wide::RULES].concat(),
        Shape::Long => [RULES, long::RULES].concat(),
        Shape::Toml => [RULES, long::RULES, article::RULES].concat(),
    }
}

/// The claim file of a group that has one.
pub(crate) fn claim_file(group: &str) -> String {
    format!("claims/{group}.toml")
}

impl DataSet {
    /// A data set of these settings.
    ///
    /// # Errors
    /// Why there is none.
    pub fn new(settings: Settings) -> Result<Self, Unfit> {
        let Settings { seed, shape, groups, months, .. } = settings;
        if !(1..=MOST_GROUPS).contains(&groups) || !(1..=MOST_MONTHS).contains(&months) {
            return Err(Unfit::Size);
        }
        for (kind, _) in settings.plants.iter().filter(|(_, count)| *count > 0) {
            if !kind.fits(shape) {
                return Err(Unfit::Kind(*kind, shape));
            }
            if months < kind.months() {
                return Err(Unfit::Months(*kind));
            }
        }
        let wanted = settings.plants.iter().fold(0_u64, |sum, (_, count)| sum.saturating_add(*count));
        if wanted > groups {
            return Err(Unfit::Groups(wanted, groups));
        }
        let mut plants = BTreeMap::new();
        // No group has this number.
        let mut random = Random::of(seed, u64::MAX);
        for (kind, count) in &settings.plants {
            for _ in 0..*count {
                let drawn = random.below(groups);
                // The next free one, as long as there is one; there are at least as many groups as plants.
                let free = (drawn..groups).chain(0..drawn).find(|group| !plants.contains_key(group));
                plants.extend(free.map(|group| (group, *kind)));
            }
        }
        Ok(Self { settings, plants })
    }

    /// Every text, the truth last; each is made as its chunks are taken.
    pub fn texts(&self) -> impl Iterator<Item = Text<'_>> {
        let whole = |path: &str, text: String| Text { path: path.to_owned(), chunks: Box::new(iter::once(text)) };
        let shape = self.settings.shape;
        let fixed =
            [whole(CONFIG_FILE, CONFIG.to_owned()), whole(RULE_FILE, format!("{}{}", self.head(), rules(shape)))];
        let table = table(shape);
        let articles = if table.is_none() { 0..self.settings.groups } else { 0..0 };
        let table = table.into_iter().flat_map(move |table| {
            let rows = (0..self.settings.groups).map(move |group| self.group(group, u64::MAX).text(shape));
            let chunks = Box::new(iter::once(table.header.to_owned()).chain(rows));
            let rows = Text { path: table.path.to_owned(), chunks };
            [whole(CLAIM_FILE, format!("{}{}", self.head(), table.claims)), rows]
        });
        let articles = articles.map(move |group| Text {
            path: claim_file(&self.name(group)),
            chunks: Box::new(iter::once_with(move || {
                format!("{}{}", self.head(), self.group(group, u64::MAX).text(shape))
            })),
        });
        let truth = Text { path: TRUTH.to_owned(), chunks: Box::new(iter::once_with(|| self.truth().text())) };
        fixed.into_iter().chain(table).chain(articles).chain([truth])
    }

    /// Every claim, group by group: what the texts say, in parts.
    pub fn claims(&self) -> impl Iterator<Item = WrittenClaim> {
        let groups = (0..self.settings.groups).map(|group| self.group(group, u64::MAX));
        groups.flat_map(|group| group.claims(self.settings.shape).collect::<Vec<_>>())
    }

    /// How many contradictions are planted.
    pub fn planted(&self) -> usize {
        self.plants.len()
    }

    /// What was planted.
    pub fn truth(&self) -> Truth {
        self.truth_of(self.plants.keys().map(|group| self.group(*group, u64::MAX)))
    }

    /// What was planted in these groups.
    pub(crate) fn truth_of<G: Borrow<Group>>(&self, groups: impl Iterator<Item = G>) -> Truth {
        Truth::new(&self.settings, groups.filter_map(|group| group.borrow().truth(self.settings.shape)).collect())
    }

    /// A group, in which no region has `most` cases a month more than the fewest. It is the same with smaller figures if
    /// that is less.
    pub(crate) fn group(&self, number: u64, most: u64) -> Group {
        let Settings { seed, shape, months, rounded_shares, .. } = self.settings;
        let mut random = Random::of(seed, number);
        let months = world::months(&mut random, months, most);
        let mut scene = Scene::of(months, shape, rounded_shares, &mut random);
        let planted = self.plants.get(&number).copied();
        if let Some(kind) = planted {
            scene.plant(kind, shape, &mut random);
        }
        Group { name: self.name(number), scene, planted }
    }

    /// The name of a group. Their order is that of their numbers.
    fn name(&self, group: u64) -> String {
        let width = self.settings.groups.to_string().len();
        format!("g{:0width$}", group.saturating_add(1))
    }

    /// What stands at the beginning of files that people may read.
    fn head(&self) -> String {
        let Settings { seed, shape, groups, months, rounded_shares, .. } = &self.settings;
        let shares = if *rounded_shares { " --rounded-shares" } else { "" };
        format!(
            "# Made by `addup generate --seed {seed} --shape {} --groups {groups} --months {months}{shares}`: all of it is\n\
             # invented. What was planted stands in {TRUTH}.\n\n",
            shape.name()
        )
    }
}
