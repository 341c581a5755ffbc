//! Rules that are held only against others of their own kind: the structural ones, and relations that are written alike.
//!
//! What additive rules, balances and breakdowns say is of all times and scopes at once, and is no formula over a few figures.
//! But two of them may say the same, and a stage may be said twice.

use super::look::Look;
use super::model::{Remark, RemarkKind};
use super::relations::written_alike;
use super::words::{place, quoted, same};
use crate::claim::Claims;
use crate::finding::Role;
use crate::finding::words::list;
use crate::rule::{Kind, Opening, Rule, Rules, Stages};
use crate::source::{Severity, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// Looks at rules by their kinds.
pub(super) fn look(rules: &Rules, claims: &Claims, look: &mut Look) {
    let edits: usize = rules.edits.iter().map(|set| set.edits.len()).sum();
    let own = rules.rules.iter().filter(|rule| !rule.standard).count();
    look.counted(own.saturating_add(edits).saturating_add(claims.own_checks().count()));
    let mut known: BTreeMap<String, &Rule> = BTreeMap::new();
    for rule in &rules.rules {
        let Some(severity) = rule.severity else {
            if !rule.standard && !matches!(rule.kind, Kind::Relation(_)) {
                look.not_looked(&rule.id.value, rule.id.span, "it is turned off");
            }
            continue;
        };
        if let Some(written) = written(rule, claims) {
            match known.get(&written) {
                // A rule that weighs more than its twin is not said twice.
                Some(first) if !rule.standard && first.severity >= Some(severity) => {
                    let remark = same((&rule.id.value, span(rule)), (&first.id.value, span(first)));
                    look.twin(&rule.id.value, remark);
                    continue;
                }
                Some(_) => {}
                None => drop(known.insert(written, rule)),
            }
        }
        if !rule.standard && matches!(rule.kind, Kind::Additive(_) | Kind::Balance(_) | Kind::Breakdown(_)) {
            let because = "it is of all times and scopes at once; it was held only against others of its kind";
            look.not_looked(&rule.id.value, rule.id.span, because);
        }
    }
    let stages: Vec<(&Rule, &Stages, Severity)> = rules
        .rules
        .iter()
        .filter_map(|rule| match &rule.kind {
            Kind::Stages(stages) if !rule.standard => Some((rule, stages, rule.severity?)),
            _ => None,
        })
        .collect();
    stages_said_twice(&stages, look);
    circles(&stages, look);
}

/// Where the formula of a rule stands, or else its id.
fn span(rule: &Rule) -> crate::source::Span {
    match &rule.kind {
        Kind::Relation(relation) => relation.require.span,
        _ => rule.id.span,
    }
}

/// What a rule says, as one text that every rule has that says the same; `None` if that is not told by texts.
fn written(rule: &Rule, claims: &Claims) -> Option<String> {
    let sorted = |names: &[Spanned<String>]| {
        let mut names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
        names.sort_unstable();
        format!("{names:?}")
    };
    Some(match &rule.kind {
        Kind::Balance(balance) => {
            format!("balance {:?} {} {}", balance.level.value, sorted(&balance.inflows), sorted(&balance.outflows))
        }
        Kind::Breakdown(breakdown) => {
            format!("breakdown {:?} {}", breakdown.dimension.value, sorted(&breakdown.measures))
        }
        Kind::Stages(stages) => {
            let order: Vec<&str> = stages.order.iter().map(|name| name.value.as_str()).collect();
            format!("stages {order:?} {:?}", stages.opening)
        }
        Kind::Relation(relation) => format!("relation {:?}", written_alike(relation, &claims.vocabulary)?),
        Kind::Additive(additive) if !rule.standard => format!("additive {}", sorted(&additive.measures)),
        Kind::Additive(_) | Kind::BuiltIn => return None,
    })
}

fn names(stages: &Stages) -> Vec<&str> {
    stages.order.iter().map(|name| name.value.as_str()).collect()
}

/// Stages that stand in the order of another rule already, some others between them or not.
fn stages_said_twice(all: &[(&Rule, &Stages, Severity)], look: &mut Look) {
    for (rule, stages, severity) in all {
        let longer = all.iter().find(|(other, of_other, weight)| {
            let opens = stages.opening == Opening::Unknown || of_other.opening == Opening::Zero;
            // A stage that opens with nothing says so of each of its measures; so does one with more of them.
            let is_other = other.id.value != rule.id.value;
            is_other
                && weight >= severity
                && opens
                && is_part(&names(stages), &names(of_other))
                && names(stages).len() < names(of_other).len()
        });
        let Some((other, ..)) = longer else { continue };
        let (id, by) = (quoted(&rule.id.value), quoted(&other.id.value));
        look.remark(Remark {
            kind: RemarkKind::Redundant,
            rules: vec![rule.id.value.clone()],
            others: vec![other.id.value.clone()],
            message: format!("{id} follows from {by}"),
            steps: vec![format!("{by} has {} in this order already", list(&names(stages)))],
            arithmetic: None,
            instead: None,
            besides: Vec::new(),
            advice: "delete it: whatever breaks it breaks the other one, too".to_owned(),
            locations: vec![
                place(rule.id.span, Role::Primary, "says nothing of its own"),
                place(other.id.span, Role::Secondary, by),
            ],
        });
    }
}

/// Whether names stand in a longer list in their order.
fn is_part(names: &[&str], longer: &[&str]) -> bool {
    let mut longer = longer.iter();
    names.iter().all(|name| longer.any(|other| other == name))
}

/// Stages that lead in a circle: none of their totals may be above another.
fn circles(all: &[(&Rule, &Stages, Severity)], look: &mut Look) {
    // For each measure, those that come right after it, and by which rule.
    let mut after: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for (at, (_, stages, _)) in all.iter().enumerate() {
        for pair in names(stages).windows(2) {
            if let [first, later] = pair {
                after.entry(first).or_default().push((later, at));
            }
        }
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for start in after.keys().copied() {
        let Some(circle) = circle(start, &after) else { continue };
        let measures: Vec<&str> = circle.iter().map(|(measure, _)| *measure).collect();
        if measures.iter().any(|measure| told.contains(measure)) {
            continue;
        }
        told.extend(&measures);
        let rules: BTreeSet<usize> = circle.iter().map(|(_, rule)| *rule).collect();
        let rules: Vec<&Rule> = rules.into_iter().filter_map(|at| all.get(at)).map(|(rule, ..)| *rule).collect();
        let ids: Vec<String> = rules.iter().map(|rule| rule.id.value.clone()).collect();
        let subject = list(&ids.iter().map(|id| quoted(id)).collect::<Vec<_>>());
        let (lead, all) = if ids.len() == 1 { ("leads", "its") } else { ("lead", "their") };
        look.remark(Remark {
            kind: RemarkKind::Circle,
            message: format!("{subject} {lead} in a circle: {all} totals would have to be equal at all times"),
            steps: vec![format!(
                "none of {} may be above the one before it, and the first follows the last",
                list(&measures)
            )],
            others: Vec::new(),
            arithmetic: None,
            instead: None,
            besides: Vec::new(),
            advice: "take one of them out of the order, unless they are always equal".to_owned(),
            locations: rules.iter().map(|rule| place(rule.id.span, Role::Primary, quoted(&rule.id.value))).collect(),
            rules: ids,
        });
    }
}

/// The shortest way from a measure back to itself: each measure with the rule by which the next one follows.
fn circle<'a>(start: &'a str, after: &BTreeMap<&'a str, Vec<(&'a str, usize)>>) -> Option<Vec<(&'a str, usize)>> {
    let mut from: BTreeMap<&str, (&'a str, usize)> = BTreeMap::new();
    let mut ahead = std::collections::VecDeque::from([start]);
    while let Some(measure) = ahead.pop_front() {
        for (next, rule) in after.get(measure).into_iter().flatten() {
            if from.contains_key(next) {
                continue;
            }
            from.insert(next, (measure, *rule));
            if *next == start {
                let mut way = Vec::new();
                let mut at = start;
                loop {
                    let (before, rule) = *from.get(at)?;
                    way.push((before, rule));
                    if before == start {
                        way.reverse();
                        return Some(way);
                    }
                    at = before;
                }
            }
            ahead.push_back(next);
        }
    }
    None
}
