//! Data sets with planted truth: figures drawn from what happened, reported as people report, and a few of them spoiled.
//!
//! In: [`Settings`] with a seed. Out: the texts of a workspace, a chunk at a time, and the [`Truth`] about it; the same
//! for the same settings, on every machine. Nothing here touches files, and nothing knows how claims are checked.
//!
//! Every group is drawn by itself: what happened (`world`), what is reported of it (`scene`, in the words of `said`), and
//! what is planted in it (`plant`). Groups have nothing to do with each other, so that there is at most one contradiction
//! in each, and any number of them takes no more memory than one.

mod article;
mod kind;
mod long;
mod plant;
mod random;
mod said;
mod scene;
#[cfg(test)]
mod tests;
mod truth;
mod wide;
mod world;

pub use kind::{Kind, Shape};
pub use truth::{OfKind, Planted, Reach, Said, SaidOf, Score, Truth};

use random::Random;
use scene::{Role, Scene};
use std::collections::BTreeMap;
use std::iter;

/// Where the truth about a data set is.
pub const TRUTH: &str = "truth.json";
/// The most months of a group: a hundred years.
pub const MOST_MONTHS: usize = 1_200;
/// The most groups.
pub const MOST_GROUPS: u64 = 1_000_000_000;

/// What is declared of cases in every shape.
const CASES: &str = "\
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
        let claims = match self.settings.shape {
            Shape::Wide => Some((wide::CLAIMS, wide::TABLE, wide::HEADER)),
            Shape::Long => Some((long::CLAIMS, long::TABLE, long::HEADER)),
            Shape::Toml => None,
        };
        let rules = match self.settings.shape {
            Shape::Wide => [CASES, wide::RULES].concat(),
            Shape::Long => [CASES, long::RULES].concat(),
            Shape::Toml => [CASES, long::RULES, article::RULES].concat(),
        };
        let head = self.head();
        let fixed = [whole("addup.toml", CONFIG.to_owned()), whole("rules/figures.toml", format!("{head}{rules}"))];
        let table = claims.into_iter().flat_map(move |(claims, table, header)| {
            let rows = (0..self.settings.groups).map(|group| self.part(group));
            let table = Text { path: table.to_owned(), chunks: Box::new(iter::once(header.to_owned()).chain(rows)) };
            [whole("claims/figures.toml", format!("{}{claims}", self.head())), table]
        });
        let articles = if claims.is_none() { 0..self.settings.groups } else { 0..0 };
        let articles = articles.map(move |group| Text {
            path: format!("claims/{}.toml", self.name(group)),
            chunks: Box::new(iter::once_with(move || format!("{}{}", self.head(), self.part(group)))),
        });
        let truth = Text { path: TRUTH.to_owned(), chunks: Box::new(iter::once_with(|| self.truth().text())) };
        fixed.into_iter().chain(table).chain(articles).chain([truth])
    }

    /// How many contradictions are planted.
    pub fn planted(&self) -> usize {
        self.plants.len()
    }

    /// What was planted.
    pub fn truth(&self) -> Truth {
        let planted = self.plants.iter().map(|(group, kind)| {
            let scene = self.scene(*group);
            let ids = |least: Role| {
                let statements = scene.statements.iter().enumerate().filter(|(_, statement)| statement.role >= least);
                statements.map(|(place, _)| self.id(*group, place, &scene)).collect()
            };
            Planted {
                kind: kind.name().to_owned(),
                reach: if kind.is_joint() { Reach::Joint } else { Reach::Single },
                claims: ids(Role::Involved),
                altered: ids(Role::Altered),
            }
        });
        Truth::new(&self.settings, planted.collect())
    }

    /// What is reported of a group.
    fn scene(&self, group: u64) -> Scene {
        let Settings { seed, shape, months, rounded_shares, .. } = self.settings;
        let mut random = Random::of(seed, group);
        let months = world::months(&mut random, months);
        let mut scene = Scene::of(months, shape, rounded_shares, &mut random);
        if let Some(kind) = self.plants.get(&group) {
            scene.plant(*kind, shape, &mut random);
        }
        scene
    }

    /// The text of a group.
    fn part(&self, group: u64) -> String {
        let (name, scene) = (self.name(group), self.scene(group));
        match self.settings.shape {
            Shape::Wide => wide::lines(&name, &scene),
            Shape::Long => long::rows(&name, &scene),
            Shape::Toml => article::file(&name, &scene),
        }
    }

    fn id(&self, group: u64, place: usize, scene: &Scene) -> String {
        let name = self.name(group);
        let statement = scene.statements.get(place);
        match (self.settings.shape, statement) {
            (Shape::Wide, Some(statement)) => wide::id(&name, statement.what),
            (Shape::Toml, Some(statement)) => article::id(&name, statement),
            _ => long::id(&name, place),
        }
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
