//! Whole workspaces that can be true, and those in which it is known what cannot.
//!
//! A workspace is drawn as data sets are: what happened, then what is reported of it. Its value tree shrinks what is
//! reported, and never touches what happened, but for its scale: so each step is as true, or as contradicted, as the first.

use crate::generate::{self, DataSet, Group, Kind, Mark, Settings, Shape, Truth, WrittenClaim};
use crate::source::Texts;
use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::TestRunner;
use std::fmt;
use std::ops::RangeInclusive;
use std::vec::IntoIter;

/// No region ever has as many cases a month.
const LARGE: u64 = 1 << 22;

/// A workspace that was drawn.
#[derive(Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Its files: claims, rules, and the table if its shape is one. They can be loaded as they are, in the default places.
    pub files: Texts,
    /// What they claim, claim by claim, by the ids that reports use.
    pub claims: Vec<WrittenClaim>,
    /// What is planted: the claims that clash, and which of them are untrue. Nothing in a consistent workspace.
    pub truth: Truth,
}

/// The files as they stand, and what is planted.
impl fmt::Debug for Drawn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, text) in &self.files.0 {
            write!(out, "\n--- {path}\n{text}")?;
        }
        for planted in &self.truth.planted {
            write!(out, "\n--- {} planted in {}", planted.kind, planted.claims.join(", "))?;
        }
        writeln!(out)
    }
}

/// A strategy for workspaces: [`consistent`] and [`planted`] give one.
#[derive(Clone, Debug)]
pub struct Workspaces {
    shape: Shape,
    groups: RangeInclusive<u64>,
    months: RangeInclusive<usize>,
    /// What may be planted; empty if nothing is.
    kinds: Vec<Kind>,
}

/// Workspaces in which everything is true, in the words in which it is said: a check of it has no finding at all.
///
/// It has one to three groups (articles, or the parts of one table) of up to six months. `docs/generate.md` says what is
/// reported in each shape.
///
/// It shrinks to fewer groups, smaller figures, fewer claims and plainer words. Something that rules hold against each other
/// always remains.
///
/// ```
/// use addup::generate::Shape;
/// use addup::report::Verdict;
/// use addup::strategies::consistent;
/// use addup::workspace::{Request, Workspace};
/// use proptest::prelude::*;
/// proptest! {
/// # #![proptest_config(ProptestConfig::with_cases(2))]
///     fn what_is_true_is_not_accused(drawn in consistent(Shape::Long).groups(2..=2)) {
///         let workspace = Workspace::load(&drawn.files, &Request::default()).unwrap();
///         prop_assert_eq!(workspace.check().verdict(), Verdict::Consistent);
///     }
/// }
/// what_is_true_is_not_accused();
/// ```
pub fn consistent(shape: Shape) -> Workspaces {
    Workspaces { shape, groups: 1..=3, months: 1..=6, kinds: Vec::new() }
}

/// Workspaces in which everything is true but for one contradiction, of any kind that the shape can have.
///
/// They are as large as those of [`consistent`], and shrink as they do: the claims of the contradiction always remain, so
/// that it remains one.
///
/// ```
/// use addup::generate::{Kind, Shape};
/// use addup::strategies::planted;
/// use addup::workspace::{Request, Workspace};
/// use proptest::prelude::*;
/// proptest! {
/// # #![proptest_config(ProptestConfig::with_cases(2))]
///     fn what_is_planted_is_found(drawn in planted(Shape::Toml).of_kinds([Kind::Chain, Kind::ShareOfWhole])) {
///         let workspace = Workspace::load(&drawn.files, &Request::default()).unwrap();
///         let score = workspace.check().score(&drawn.truth);
///         prop_assert!(score.is_perfect(), "{score:?}");
///     }
/// }
/// what_is_planted_is_found();
/// ```
pub fn planted(shape: Shape) -> Workspaces {
    Workspaces { kinds: Kind::ALL.into_iter().filter(|kind| kind.fits(shape)).collect(), ..consistent(shape) }
}

impl Workspaces {
    /// With so many groups: one at least.
    #[must_use]
    pub fn groups(self, groups: RangeInclusive<u64>) -> Self {
        Self { groups, ..self }
    }

    /// With so many months: one at least. A kind of contradiction that takes more has as many as it takes.
    #[must_use]
    pub fn months(self, months: RangeInclusive<usize>) -> Self {
        Self { months, ..self }
    }

    /// With a contradiction of one of these kinds. Sampling fails if one of them does not fit the shape.
    #[must_use]
    pub fn of_kinds(self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self { kinds: kinds.into_iter().collect(), ..self }
    }
}

impl Strategy for Workspaces {
    type Tree = DrawnTree;
    type Value = Drawn;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        if self.groups.is_empty() || self.months.is_empty() {
            return Err("a range of groups or months is empty".into());
        }
        let seed = any::<u64>().new_tree(runner)?.current();
        let groups = self.groups.clone().new_tree(runner)?.current();
        let months = self.months.clone().new_tree(runner)?.current();
        let kind = match self.kinds.as_slice() {
            [] => None,
            kinds => Some(proptest::sample::select(kinds.to_vec()).new_tree(runner)?.current()),
        };
        let set = DataSet::new(Settings {
            seed,
            shape: self.shape,
            groups,
            months: kind.map_or(months, |kind| months.max(kind.months())),
            rounded_shares: false,
            plants: kind.map(|kind| (kind, 1)).into_iter().collect(),
        });
        let set = set.map_err(|unfit| unfit.to_string())?;
        let now =
            Reports { most: u64::MAX, groups: (0..groups).map(|group| (group, set.group(group, u64::MAX))).collect() };
        let moves = Phase::Groups.moves(&now, self.shape).into_iter();
        Ok(DrawnTree { shape: self.shape, set, now, before: None, phase: Phase::Groups, moves })
    }
}

/// The value tree of [`Workspaces`].
#[derive(Clone, Debug)]
pub struct DrawnTree {
    shape: Shape,
    set: DataSet,
    now: Reports,
    /// What the last step changed, as long as it may be taken back.
    before: Option<Reports>,
    phase: Phase,
    /// The steps of the phase that were not tried yet.
    moves: IntoIter<Move>,
}

/// What is reported, by the numbers of the groups.
#[derive(Clone, Debug)]
struct Reports {
    /// No region has more cases a month than this and the fewest.
    most: u64,
    groups: Vec<(u64, Group)>,
}

/// A claim: the number of its group, and its place in it.
type Place = (u64, Mark);

/// A step to a simpler workspace.
#[derive(Clone, Debug)]
enum Move {
    /// Leaves a group out.
    Group(u64),
    /// Draws the same groups with smaller figures.
    Most(u64),
    /// Leaves claims out.
    Claims(Vec<Place>),
    /// Says a claim in plain digits.
    Plainly(Place),
}

/// Which steps are tried, one phase after the other: the largest first.
#[derive(Clone, Copy, Debug)]
enum Phase {
    Groups,
    Figures,
    Claims,
    Words,
}

impl Phase {
    fn next(self) -> Option<Self> {
        match self {
            Self::Groups => Some(Self::Figures),
            Self::Figures => Some(Self::Claims),
            Self::Claims => Some(Self::Words),
            Self::Words => None,
        }
    }

    fn moves(self, now: &Reports, shape: Shape) -> Vec<Move> {
        match self {
            Self::Groups => now.groups.iter().map(|(number, _)| Move::Group(*number)).collect(),
            Self::Figures => {
                let doubled = std::iter::successors(Some(1_u64), |most| most.checked_mul(2));
                [0].into_iter().chain(doubled.take_while(|most| *most < LARGE)).map(Move::Most).collect()
            }
            Self::Claims => {
                let is_planted = now.groups.iter().any(|(_, group)| group.is_planted());
                let place = |at: usize, number: u64, group: &Group| {
                    group.can_go(shape, at == 0 && !is_planted).into_iter().map(move |mark| (number, mark))
                };
                let groups = now.groups.iter().enumerate();
                let places: Vec<Place> = groups.flat_map(|(at, (number, group))| place(at, *number, group)).collect();
                halves(&places).map(|places| Move::Claims(places.to_vec())).collect()
            }
            Self::Words => {
                let worded = now.groups.iter().flat_map(|(number, group)| {
                    group.can_be_plain().into_iter().map(move |mark| Move::Plainly((*number, mark)))
                });
                worded.collect()
            }
        }
    }
}

/// All of a list, its halves, their halves and so on, down to each by itself.
fn halves<T>(all: &[T]) -> impl Iterator<Item = &[T]> {
    let sizes = std::iter::successors(Some(all.len()), |size| (*size > 1).then(|| size.div_ceil(2)));
    sizes.filter(|size| *size > 0).flat_map(|size| all.chunks(size))
}

impl Reports {
    /// What a step makes of it; `None` if that changes nothing.
    fn after(&self, step: &Move, set: &DataSet) -> Option<Self> {
        let of = |places: &[Place], number: u64| -> Vec<Mark> {
            places.iter().filter(|(of, _)| *of == number).map(|(_, mark)| *mark).collect()
        };
        let mut next = self.clone();
        let is_simpler = match step {
            Move::Group(number) => {
                next.groups.retain(|(other, group)| other != number || group.is_planted());
                !next.groups.is_empty() && next.groups.len() < self.groups.len()
            }
            Move::Most(most) => {
                next.most = *most;
                next.groups.iter_mut().for_each(|(number, group)| *group = set.group(*number, *most));
                *most < self.most
            }
            Move::Claims(places) => {
                next.change(|number, group| group.without(&of(places, number)));
                next.groups.retain(|(_, group)| group.len() > 0);
                next.len() < self.len()
            }
            Move::Plainly(place) => {
                next.change(|number, group| group.plainly(&of(&[*place], number)));
                true
            }
        };
        is_simpler.then_some(next)
    }

    /// How many claims there are.
    fn len(&self) -> usize {
        self.groups.iter().map(|(_, group)| group.len()).sum()
    }

    fn change(&mut self, change: impl Fn(u64, Group) -> Group) {
        let groups = std::mem::take(&mut self.groups);
        self.groups = groups.into_iter().map(|(number, group)| (number, change(number, group))).collect();
    }
}

impl ValueTree for DrawnTree {
    type Value = Drawn;

    fn current(&self) -> Drawn {
        let groups = || self.now.groups.iter().map(|(_, group)| group);
        let mut files = vec![(generate::RULE_FILE.to_owned(), generate::rules(self.shape))];
        match generate::table(self.shape) {
            Some(table) => {
                files.push((generate::CLAIM_FILE.to_owned(), table.claims.to_owned()));
                let rows: String = groups().map(|group| group.text(self.shape)).collect();
                files.push((table.path.to_owned(), format!("{}{rows}", table.header)));
            }
            None => {
                files.extend(groups().map(|group| (generate::claim_file(group.name()), group.text(self.shape))));
            }
        }
        Drawn {
            files: Texts(files.into_iter().collect()),
            claims: groups().flat_map(|group| group.claims(self.shape)).collect(),
            truth: self.set.truth_of(groups()),
        }
    }

    fn simplify(&mut self) -> bool {
        loop {
            for step in self.moves.by_ref() {
                if let Some(next) = self.now.after(&step, &self.set) {
                    self.before = Some(std::mem::replace(&mut self.now, next));
                    return true;
                }
            }
            match self.phase.next() {
                Some(phase) => {
                    self.phase = phase;
                    self.moves = phase.moves(&self.now, self.shape).into_iter();
                }
                None => return false,
            }
        }
    }

    fn complicate(&mut self) -> bool {
        match self.before.take() {
            Some(before) => {
                self.now = before;
                true
            }
            None => false,
        }
    }
}
