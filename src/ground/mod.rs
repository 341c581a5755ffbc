//! Grounding: claims joined by rules into a problem.
//!
//! In: [`Claims`] and [`Rules`], and which conventions are taken for granted. Out: a [`Problem`]: the figures that
//! claims state, and every constraint that binds them, each with what it leans on. Joins go through indices on
//! measure, scope and time, never over all pairs. Nothing here decides anything.
//!
//! The steps, each a file, in the order in which they run:
//!
//! 1. `figures`: which claims state one figure, and what each mention says of it,
//!    and `assumed` where assumptions put them;
//! 2. `curves`: additive measures as running totals, their instants and origins;
//! 3. `nesting`: narrower scopes inside wider ones, and scopes that are taken to be the same;
//! 4. `inside`: curves that lie inside others, alone or as disjoint parts of a whole;
//! 5. `unreported`: totals that nobody reports, and that what is reported hangs together by,
//!    and `sums`: breakdowns, parts that add up, overlapping counts, over figures of one time;
//! 6. `balance`: levels and what flows between their moments, and `flowing` what of that nobody reports;
//! 7. `stages`: what comes later never outruns what comes first;
//! 8. `relations`: the rules over bound names (and `unfit`: what they say nothing of);
//! 9. `checks`: the editor's own relations, events and texts.

mod assumed;
mod balance;
mod by_claim;
mod by_name;
mod candidates;
mod checks;
mod covering;
mod curves;
mod derived;
mod figures;
mod flowing;
mod hierarchy;
mod inside;
mod nesting;
mod relations;
mod scopes;
mod spread;
mod stages;
mod sums;
pub(crate) mod terms;
#[cfg(test)]
mod tests;
mod unfit;
mod unreported;

use crate::calendar::{Alternatives, Choice, When};
use crate::claim::{ArticleId, ClaimId, Claims, Compare, Scope};
use crate::expr::Expression;
use crate::number::Unit;
use crate::problem::{
    Constraint, ConstraintId, CurveId, Difference, DifferenceId, FigureId, Instant, InstantId, Lean, LeanId, Node,
    NodeId, Problem, Says, Time, UnreportedId, Why,
};
use crate::rule::Rules;
use crate::source::Severity;
use candidates::Candidates;
use checks::name_of;
use flowing::Between;
use nesting::Presence;
use spread::Spread;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// What is grounded, and under which conventions.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The conventions that are taken for granted, an article's each. What is not listed is read as widely as all
    /// usual readings together.
    pub taken: BTreeMap<ArticleId, Vec<Choice>>,
    /// If set, only claims that meet those of this article count.
    pub around: Option<ArticleId>,
}

/// What grounding looks up of claims, for grounding them more than once.
#[derive(Clone, Debug, Default)]
pub struct Index<'a> {
    /// The claims, by id.
    names: HashMap<&'a str, ClaimId>,
    /// The articles of which each check speaks, its own among them; empty if all articles count.
    checks: Vec<BTreeSet<ArticleId>>,
    /// The same of each assumption.
    assumes: Vec<BTreeSet<ArticleId>>,
}

impl<'a> Index<'a> {
    /// That of claims of which those around single articles are grounded.
    pub fn of(claims: &'a Claims) -> Self {
        let index = Self::by_name(claims);
        let about = |article: ArticleId, expression: &Expression, record: Option<&str>| {
            let named = expression.root.names();
            let named = named.filter_map(|(name, _)| index.claim(claims, &name_of(&name.base, record), article));
            named.map(|claim| claims[claim].article).chain([article]).collect()
        };
        let checks = claims.checks.iter().map(|it| about(it.article, &it.require, it.record.as_deref())).collect();
        let assumes = claims.assumes.iter().map(|it| about(it.article, &it.that, None)).collect();
        Self { checks, assumes, ..index }
    }

    fn by_name(claims: &'a Claims) -> Self {
        let names = claims.claims.iter().enumerate().map(|(at, claim)| (claim.id.as_str(), ClaimId::at(at)));
        Self { names: names.collect(), ..Self::default() }
    }

    /// The claim of a name: an id of the article itself, or `article/name`. Of a claim that was superseded, the newer.
    fn claim(&self, claims: &Claims, name: &str, article: ArticleId) -> Option<ClaimId> {
        let own = format!("{}/{name}", claims[article].id);
        self.names.get(own.as_str()).or_else(|| self.names.get(name)).map(|claim| claims.standing(*claim))
    }
}

/// Joins claims by rules. What articles leave to convention is read as `choices` say.
pub fn ground(claims: &Claims, rules: &Rules, choices: &Choices) -> Problem {
    ground_in(claims, &Index::by_name(claims), rules, choices)
}

/// The same, where the index of the claims is there already.
pub fn ground_in<'a>(claims: &'a Claims, index: &'a Index<'a>, rules: &'a Rules, choices: &'a Choices) -> Problem {
    let mut grounder = Grounder::new(claims, index, rules, choices);
    grounder.figures();
    grounder.place_figures();
    grounder.same_figures();
    grounder.curves();
    grounder.nesting();
    grounder.origins();
    grounder.same_by_assumption();
    grounder.sums();
    grounder.stages();
    grounder.relations();
    grounder.events();
    grounder.texts();
    grounder.derived();
    grounder.checks();
    grounder.finish()
}

/// Figures that may meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Group {
    articles: Articles,
    /// Whether they are of fiscal years of which nobody says when they begin: such figures meet each other, and others
    /// only under each of the choices.
    fiscal: bool,
}

/// Claims that may meet: those of one article, of one story, or of all articles that ask for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Articles {
    One(ArticleId),
    Story(String),
    All,
}

impl Articles {
    /// The claims that those of an article meet.
    fn met_by(claims: &Claims, article: ArticleId) -> Self {
        let found = &claims[article];
        match (found.compare, &found.story) {
            (Compare::All, _) => Self::All,
            (Compare::Story, Some(story)) => Self::Story(story.clone()),
            _ => Self::One(article),
        }
    }
}

/// What makes two claims state the same figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct FigureKey {
    group: Group,
    measure: String,
    unit: Unit,
    scope: Scope,
    time: Time,
    own: Owner,
}

/// Who alone can state a figure, because its time is certain only for them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Owner {
    /// Its time is certain for everyone.
    Anyone,
    /// It ends at an article's now, or its time is unsaid.
    Article(ArticleId),
    /// It is a running total whose origin is unsaid: each source counts from its own.
    Source(ArticleId, Option<String>),
    /// Its time is vague.
    Claim(ClaimId),
}

/// What makes a figure that nobody reports what it is: its measure, unit, scope and time.
type UnreportedNames = (String, Option<Unit>, Scope, When);

/// The name under which a time that is unsaid is leaned on.
pub const WHEN: &str = "when";

/// What makes two figures increments of the same running total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct CurveKey {
    group: Group,
    measure: String,
    unit: Unit,
    scope: Scope,
}

/// The work in progress: the problem, and indices into it.
struct Grounder<'a> {
    claims: &'a Claims,
    rules: &'a Rules,
    choices: &'a Choices,
    problem: Problem,
    figure_index: HashMap<FigureKey, FigureId>,
    figure_groups: Vec<Group>,
    /// Who alone can state each figure.
    figure_owners: Vec<Owner>,
    /// The time of each figure, as claims of one figure share it.
    figure_times: Vec<Time>,
    /// The scope of each figure, where assumptions put it, and what that leans on.
    placed: Vec<(Scope, Vec<LeanId>)>,
    /// Figures that assumptions make one with another that is said to be there, or that comes first.
    made_one: BTreeSet<FigureId>,
    /// The figures of each measure, in canonical order.
    by_measure: BTreeMap<String, Vec<FigureId>>,
    /// The figures of each measure in each scope, in canonical order.
    by_scope: HashMap<(String, Scope), Vec<FigureId>>,
    /// The figures that nobody reports, by what is looked up.
    unreported_index: HashMap<(Group, UnreportedNames), UnreportedId>,
    /// The units in which each measure is reported.
    units: HashMap<(Articles, String), BTreeSet<Unit>>,
    index: &'a Index<'a>,
    /// Whether the claims of each article count at all.
    counted: Vec<bool>,
    /// The figure that each claim states, by claim.
    stated: Vec<Option<FigureId>>,
    curve_index: HashMap<CurveKey, CurveId>,
    curve_keys: Vec<CurveKey>,
    instant_index: HashMap<Instant, InstantId>,
    node_index: HashMap<Node, NodeId>,
    lean_index: HashMap<Lean, LeanId>,
    /// The figures that relations may bind, by measure, time and scope.
    candidates: Candidates,
    /// The statements on each curve, where assumptions put them.
    present: HashMap<CurveId, Rc<Vec<Presence>>>,
    /// Curves on which nothing stands, and that link what stands on others.
    unreported: BTreeSet<CurveId>,
    /// Those of them that flow between levels, and which.
    flowing: BTreeMap<CurveId, Between>,
    /// What stands on each curve, by time.
    spreads: HashMap<CurveId, Rc<Spread>>,
    /// The periods of a fixed length that are noted already.
    lengths: HashSet<(InstantId, InstantId)>,
}

impl<'a> Grounder<'a> {
    fn new(claims: &'a Claims, index: &'a Index<'a>, rules: &'a Rules, choices: &'a Choices) -> Self {
        let around = choices.around.map(|around| Articles::met_by(claims, around));
        let counts = |article| around.as_ref().is_none_or(|around| *around == Articles::met_by(claims, article));
        Self {
            claims,
            rules,
            choices,
            problem: Problem::default(),
            figure_index: HashMap::new(),
            figure_groups: Vec::new(),
            figure_owners: Vec::new(),
            figure_times: Vec::new(),
            placed: Vec::new(),
            made_one: BTreeSet::new(),
            by_measure: BTreeMap::new(),
            by_scope: HashMap::new(),
            unreported_index: HashMap::new(),
            units: HashMap::new(),
            index,
            counted: (0..claims.articles.len()).map(ArticleId::at).map(counts).collect(),
            stated: vec![None; claims.claims.len()],
            curve_index: HashMap::new(),
            curve_keys: Vec::new(),
            instant_index: HashMap::new(),
            node_index: HashMap::new(),
            lean_index: HashMap::new(),
            candidates: Candidates::default(),
            present: HashMap::new(),
            unreported: BTreeSet::new(),
            flowing: BTreeMap::new(),
            spreads: HashMap::new(),
            lengths: HashSet::new(),
        }
    }

    /// The claims that those of an article meet.
    fn met_by(&self, article: ArticleId) -> Articles {
        Articles::met_by(self.claims, article)
    }

    /// What a figure of an article meets that is of this time.
    fn group(&self, article: ArticleId, when: Option<&Alternatives<When>>) -> Group {
        let fiscal = when.is_some_and(|when| when.is_fiscal() && self.chosen(when, article).is_none());
        Group { articles: self.met_by(article), fiscal }
    }

    /// Whether the claims of an article count at all.
    fn counts(&self, article: ArticleId) -> bool {
        self.counted.get(article.index()).copied().unwrap_or(false)
    }

    /// Whether the claims of any of these articles count; all do where it is not known which articles are meant.
    fn counts_any(&self, articles: Option<&BTreeSet<ArticleId>>) -> bool {
        articles.is_none_or(|articles| articles.iter().any(|article| self.counts(*article)))
    }

    /// The severity of a rule of the standard pack; `None` if it is turned off.
    fn severity(&self, id: &str) -> Option<Severity> {
        match self.rules.rules.iter().find(|rule| rule.id.value == id) {
            Some(rule) => rule.severity,
            None => Some(Severity::Error),
        }
    }

    fn lean(&mut self, lean: Lean) -> LeanId {
        let next = LeanId::at(self.problem.leans.len());
        let id = *self.lean_index.entry(lean.clone()).or_insert(next);
        if id == next {
            self.problem.leans.push(lean);
        }
        id
    }

    fn instant(&mut self, instant: Instant) -> InstantId {
        let next = InstantId::at(self.problem.instants.len());
        let id = *self.instant_index.entry(instant.clone()).or_insert(next);
        if id == next {
            self.problem.instants.push(instant);
        }
        id
    }

    fn node(&mut self, node: Node) -> NodeId {
        let next = NodeId::at(self.problem.nodes.len());
        let id = *self.node_index.entry(node).or_insert(next);
        if id == next {
            self.problem.nodes.push(node);
        }
        id
    }

    fn constrain(&mut self, constraint: Constraint) -> ConstraintId {
        self.problem.constraints.push(constraint);
        ConstraintId::at(self.problem.constraints.len().saturating_sub(1))
    }

    fn relate(&mut self, difference: Difference) -> DifferenceId {
        self.problem.differences.push(difference);
        DifferenceId::at(self.problem.differences.len().saturating_sub(1))
    }

    /// The claims that state a figure, in canonical order, each once.
    fn claims_of(&self, figure: FigureId) -> Vec<ClaimId> {
        let found: BTreeSet<ClaimId> =
            self.problem[figure].statements.iter().map(|statement| self.problem[*statement].claim).collect();
        found.into_iter().collect()
    }

    /// The claims that state any of some figures.
    fn claims_of_all(&self, figures: &[FigureId]) -> Vec<ClaimId> {
        let found: BTreeSet<ClaimId> = figures.iter().flat_map(|figure| self.claims_of(*figure)).collect();
        found.into_iter().collect()
    }

    /// Whether claims come from more than one article.
    fn across(&self, claims: &[ClaimId]) -> bool {
        let articles: BTreeSet<ArticleId> = claims.iter().map(|claim| self.claims[*claim].article).collect();
        articles.len() > 1
    }

    /// Fills in what only the whole problem tells: which claims each curve binds. A curve that binds a single figure
    /// relates nothing and is no constraint worth counting, so its claims stay empty.
    fn finish(mut self) -> Problem {
        let mut by_curve: BTreeMap<CurveId, BTreeSet<FigureId>> = BTreeMap::new();
        for difference in &self.problem.differences {
            let (Why::Stated(statement, _) | Why::SameScope(statement, _)) = difference.why else { continue };
            let (Says::Value(figure, _), Node::Total(curve, _)) =
                (&self.problem[statement].says, self.problem[difference.from])
            else {
                continue;
            };
            if difference.constraint.is_none() {
                by_curve.entry(curve).or_default().insert(*figure);
            }
        }
        for (curve, figures) in by_curve {
            let constraint = self.problem[curve].constraint;
            let figures: Vec<FigureId> = figures.into_iter().collect();
            let claims = if figures.len() > 1 { self.claims_of_all(&figures) } else { Vec::new() };
            let across = self.across(&claims);
            if let Some(found) = self.problem.constraints.get_mut(constraint.index()) {
                found.claims = claims;
                found.across = across;
            }
        }
        self.problem
    }
}
