//! Layer 4: what one usual convention accuses and another does not. One choice an article, applied to all of it.

use super::{Accusation, Accused, Hit, Pass, Swayed, claims_of, rules_of, severity_of};
use crate::calendar::{Alternatives, Choice};
use crate::claim::{Article, ArticleId, Claim, ClaimId, Claims, Compare, Kind};
use crate::finding::FindingKind;
use crate::ground::{Choices, Index, ground_in};
use crate::parallel::in_parallel;
use crate::problem::{Conflict, Problem};
use crate::rule::Rules;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::Arc;

/// In which combinations of choices a clash appears, with its problem and its conflict in each.
type Appearances = BTreeMap<usize, (Arc<Problem>, Conflict)>;

/// What becomes of an article once its conventions are chosen.
struct Tried {
    /// What binds each of its claims: the rule and its words.
    bound: Vec<(ClaimId, (String, String))>,
    /// What clashes, and in which problem; `None` if nothing does.
    clashes: Option<(Arc<Problem>, Vec<Hit>)>,
}

impl Tried {
    fn of(
        claims: &Claims,
        index: &Index<'_>,
        rules: &Rules,
        article: ArticleId,
        choices: &[Choice],
        jobs: NonZeroUsize,
    ) -> Self {
        let taken = BTreeMap::from([(article, choices.to_vec())]);
        let problem = ground_in(claims, index, rules, &Choices { taken, around: Some(article) });
        let bound = problem.constraints.iter().flat_map(|constraint| {
            let own = constraint.claims.iter().filter(|claim| claims[**claim].article == article);
            own.map(|claim| (*claim, (constraint.rule.clone(), constraint.words.clone())))
        });
        let bound = bound.collect();
        let hits = super::firm(&problem, jobs);
        Self { bound, clashes: (!hits.is_empty()).then(|| (Arc::new(problem), hits)) }
    }
}

impl Pass<'_> {
    /// Layer 4: each article's open conventions, in all their combinations, the other articles being read as widely as
    /// they can be.
    pub(super) fn conventions(&mut self, claims: &Claims, rules: &Rules) {
        let mut by_article: BTreeMap<ArticleId, Vec<&Claim>> = BTreeMap::new();
        for claim in &claims.claims {
            by_article.entry(claim.article).or_default().push(claim);
        }
        let open = by_article.into_iter().map(|(article, own)| (article, combinations(claims, article, &own)));
        let open: Vec<_> = open.filter(|(_, combinations)| combinations.len() > 1).collect();
        if open.is_empty() {
            return;
        }
        let index = Index::of(claims);
        let jobs = if open.len() > 1 { NonZeroUsize::MIN } else { self.jobs };
        let tried = in_parallel(open.len(), self.jobs, &|at| match open.get(at) {
            Some((article, combinations)) => {
                let tried =
                    combinations.iter().map(|choices| Tried::of(claims, &index, rules, *article, choices, jobs));
                tried.collect()
            }
            None => Vec::new(),
        });
        for ((article, combinations), tried) in open.iter().zip(tried) {
            self.sway(*article, combinations, tried);
        }
    }

    fn sway(&mut self, article: ArticleId, combinations: &[Vec<Choice>], tried: Vec<Tried>) {
        let mut found: BTreeMap<Accused, (FindingKind, Appearances)> = BTreeMap::new();
        let mut impossible: BTreeSet<usize> = BTreeSet::new();
        for (number, Tried { bound, clashes }) in tried.into_iter().enumerate() {
            for (claim, said) in bound {
                self.outcome.bound_by_choice.entry(claim).or_default().insert(said);
            }
            let Some((problem, hits)) = clashes else { continue };
            for hit in hits {
                let key = (claims_of(&problem, &hit.conflict), rules_of(&problem, &hit.conflict));
                let known = self.accused.get(&key.0).into_iter().flatten().any(|known| known.kind <= hit.kind);
                if known && !key.0.is_empty() {
                    continue;
                }
                if hit.kind == FindingKind::Contradiction {
                    impossible.insert(number);
                }
                let entry = found.entry(key).or_insert_with(|| (hit.kind, BTreeMap::new()));
                entry.0 = entry.0.min(hit.kind);
                entry.1.entry(number).or_insert_with(|| (Arc::clone(&problem), hit.conflict));
            }
        }
        // Each usual reading is impossible in its own way: then all of them together are no way out.
        let no_way_out = impossible.len() == combinations.len();
        let mut swayed = Vec::new();
        for (kind, appears) in found.into_values() {
            let always = appears.len() == combinations.len();
            let kind = if always || (no_way_out && kind == FindingKind::Contradiction) {
                kind
            } else {
                FindingKind::Convention
            };
            let under = combinations
                .iter()
                .enumerate()
                .map(|(number, choices)| (choices.clone(), appears.contains_key(&number)))
                .collect();
            let mut others = appears.into_values();
            let Some((problem, conflict)) = others.next() else { continue };
            let others = if kind == FindingKind::Convention { Vec::new() } else { others.collect() };
            let accusation = Accusation {
                kind,
                severity: severity_of(&problem, &conflict),
                constraints: conflict.constraints.clone(),
                rules: rules_of(&problem, &conflict),
            };
            self.accused.entry(claims_of(&problem, &conflict)).or_default().push(accusation);
            swayed.push(Swayed { kind, problem, conflict, others, article, under, beside: 0 });
        }
        self.outcome.swayed.extend(one_of_fiscal_years(swayed));
    }
}

/// Clashes that depend on when fiscal years begin are one question, however many they are: where some year avoids them all,
/// the first stands for the rest, and says under which years any of them appears.
fn one_of_fiscal_years(swayed: Vec<Swayed>) -> Vec<Swayed> {
    let is_of_years = |it: &Swayed| {
        let mut choices = it.under.iter().flat_map(|(choices, _)| choices);
        it.kind == FindingKind::Convention && choices.any(|choice| choice.fiscal_year().is_some())
    };
    let (of_years, mut others): (Vec<Swayed>, Vec<Swayed>) = swayed.into_iter().partition(is_of_years);
    let beside = of_years.len().saturating_sub(1);
    let clashes = |at: usize| of_years.iter().any(|it| it.under.get(at).is_some_and(|(_, clashes)| *clashes));
    let appears = |it: &&Swayed| it.under.iter().position(|(_, clashes)| *clashes);
    let Some(first) = of_years.iter().min_by_key(appears) else { return others };
    let choices = first.under.iter().map(|(choices, _)| choices.clone());
    let under: Vec<_> = choices.enumerate().map(|(at, choices)| (choices, clashes(at))).collect();
    if under.iter().any(|(_, clashes)| !clashes) {
        others.push(Swayed { under, beside, ..first.clone() });
    } else {
        others.extend(of_years);
    }
    others
}

/// Every combination of the conventions that an article leaves open and its words depend on.
fn combinations(claims: &Claims, article: ArticleId, own: &[&Claim]) -> Vec<Vec<Choice>> {
    let mut open: Vec<BTreeSet<Choice>> = Vec::new();
    let mut note = |choice: Choice| {
        let is_known = |known: &&mut BTreeSet<Choice>| known.iter().any(|known| known.is_of_one_convention(choice));
        match open.iter_mut().find(is_known) {
            Some(known) => {
                known.insert(choice);
            }
            None => open.push(BTreeSet::from([choice])),
        }
    };
    let fiscal = |claim: &Claim| claim.when().is_some_and(Alternatives::is_fiscal);
    let years_matter = own.iter().any(|claim| fiscal(claim)) && mixes_years(claims, article, own);
    for claim in own.iter().filter(|claim| years_matter || !fiscal(claim)) {
        claim.choices().for_each(&mut note);
    }
    open.sort(); // by the convention, whatever names it first
    let mut all: Vec<Vec<Choice>> = vec![Vec::new()];
    for choices in open {
        all = all
            .into_iter()
            .flat_map(|start| {
                choices.iter().map(move |choice| {
                    let mut longer = start.clone();
                    longer.push(*choice);
                    longer
                })
            })
            .collect();
    }
    all
}

/// Whether figures of other times than fiscal years may stand beside those of an article. Where none does, it does not
/// matter when fiscal years begin.
fn mixes_years(claims: &Claims, article: ArticleId, own: &[&Claim]) -> bool {
    let is_of_another_time =
        |claim: &Claim| matches!(claim.kind, Kind::Figure(_)) && !claim.when().is_some_and(Alternatives::is_fiscal);
    let article = &claims[article];
    let may_meet = |other: &Article| match article.compare {
        Compare::Article => false,
        Compare::Story => other.compare == Compare::Story && other.story == article.story,
        Compare::All => other.compare == Compare::All,
    };
    own.iter().any(|claim| is_of_another_time(claim))
        || (article.compare != Compare::Article
            && claims.claims.iter().any(|claim| may_meet(&claims[claim.article]) && is_of_another_time(claim)))
}
