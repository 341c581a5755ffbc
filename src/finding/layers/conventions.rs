//! Layer 4: what one usual convention accuses and another does not. One choice an article, applied to all of it.

use super::{Accusation, Accused, Pass, Swayed, claims_of, rules_of, severity_of};
use crate::calendar::Choice;
use crate::claim::{ArticleId, Claims, Kind};
use crate::finding::FindingKind;
use crate::ground::{Choices, ground};
use crate::problem::{Conflict, Problem};
use crate::rule::Rules;
use std::collections::{BTreeMap, BTreeSet};

impl Pass<'_> {
    /// Layer 4: each article's open conventions, in all their combinations, the other articles being read as widely as
    /// they can be.
    pub(super) fn conventions(&mut self, claims: &Claims, rules: &Rules) {
        for at in 0..claims.articles.len() {
            let article = ArticleId::at(at);
            let combinations = combinations(claims, article);
            if combinations.len() < 2 {
                continue;
            }
            self.sway(claims, rules, article, &combinations);
        }
    }

    fn sway(&mut self, claims: &Claims, rules: &Rules, article: ArticleId, combinations: &[Vec<Choice>]) {
        let mut found: BTreeMap<Accused, (FindingKind, Problem, Conflict, BTreeSet<usize>)> = BTreeMap::new();
        let mut impossible: BTreeSet<usize> = BTreeSet::new();
        for (number, choices) in combinations.iter().enumerate() {
            let taken = BTreeMap::from([(article, choices.clone())]);
            let problem = ground(claims, rules, &Choices { taken, around: Some(article) });
            let mut pass = Pass::new(&problem, self.jobs);
            pass.hard();
            for hit in pass.outcome.hits {
                let key = (claims_of(&problem, &hit.conflict), rules_of(&problem, &hit.conflict));
                let known = self.accused.get(&key.0).into_iter().flatten().any(|known| known.kind <= hit.kind);
                if known && !key.0.is_empty() {
                    continue;
                }
                if hit.kind == FindingKind::Contradiction {
                    impossible.insert(number);
                }
                let entry = found
                    .entry(key)
                    .or_insert_with(|| (hit.kind, problem.clone(), hit.conflict.clone(), BTreeSet::new()));
                entry.0 = entry.0.min(hit.kind);
                entry.3.insert(number);
            }
        }
        // Each usual reading is impossible in its own way: then all of them together are no way out.
        let no_way_out = impossible.len() == combinations.len();
        for (kind, problem, conflict, numbers) in found.into_values() {
            let always = numbers.len() == combinations.len();
            let kind = if always || (no_way_out && kind == FindingKind::Contradiction) {
                kind
            } else {
                FindingKind::Convention
            };
            let under = combinations
                .iter()
                .enumerate()
                .map(|(number, choices)| (choices.clone(), numbers.contains(&number)))
                .collect();
            let accusation = Accusation {
                kind,
                severity: severity_of(&problem, &conflict),
                constraints: conflict.constraints.clone(),
                rules: rules_of(&problem, &conflict),
            };
            self.accused.entry(claims_of(&problem, &conflict)).or_default().push(accusation);
            self.outcome.swayed.push(Swayed { kind, problem, conflict, article, under });
        }
    }
}

/// Every combination of the conventions that an article leaves open and its words depend on.
fn combinations(claims: &Claims, article: ArticleId) -> Vec<Vec<Choice>> {
    let mut open: BTreeMap<u8, BTreeSet<Choice>> = BTreeMap::new();
    let mut note = |under: Option<Choice>| {
        if let Some(choice) = under {
            let family = match choice {
                Choice::Week(_) => 0,
                Choice::Since(_) => 1,
                Choice::Seasons(_) => 2,
            };
            open.entry(family).or_default().insert(choice);
        }
    };
    for claim in claims.claims.iter().filter(|claim| claim.article == article) {
        match &claim.kind {
            Kind::Figure(figure) => {
                figure.when.iter().flat_map(|when| when.value.readings()).for_each(|reading| note(reading.under));
            }
            Kind::Event(event) => {
                event.on.iter().flat_map(|on| on.value.readings()).for_each(|reading| note(reading.under));
            }
            Kind::Text(_) => {}
        }
    }
    let mut all: Vec<Vec<Choice>> = vec![Vec::new()];
    for choices in open.into_values() {
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
