//! Every claim and what was made of it, and what was not checked.

use super::layers::Outcome;
use super::quotes::silent;
use super::untouched::{Reported, UNNAMED, UncheckedClaims, nothing_else};
use super::words::{list, said_interval};
use super::{FindingKind, Status, Touch, Unapplied, Unchecked};
use crate::calendar::{Alternatives, Choice};
use crate::claim::{ClaimId, Claims, Kind, Share};
use crate::number::{ReadingPolicy, find};
use crate::problem::{Constraint, ConstraintId, Form, Problem, Verdict};
use crate::rule::{Kind as RuleKind, Rules};
use crate::solve::Open;
use crate::source::quote::without_markup;
use crate::source::{Sources, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// What was made of every claim.
pub(super) fn statuses(claims: &Claims, problem: &Problem, outcome: &Outcome) -> Vec<Status> {
    let mut touching: BTreeMap<ClaimId, Vec<ConstraintId>> = BTreeMap::new();
    for at in 0..problem.constraints.len() {
        let id = ConstraintId::at(at);
        let is_text = |claim: &&ClaimId| matches!(claims[**claim].kind, Kind::Text(_));
        let texts = problem.named.get(&id).into_iter().flatten().filter(is_text);
        for claim in problem[id].claims.iter().chain(texts) {
            touching.entry(*claim).or_default().push(id);
        }
    }
    let reported = Reported::of(claims);
    let swaying: BTreeSet<ClaimId> =
        outcome.swayed.iter().flat_map(|swayed| swayed.conflict.claims(&swayed.problem)).collect();
    claims
        .claims
        .iter()
        .enumerate()
        .map(|(at, claim)| {
            let mut touched_by: Vec<Touch> = Vec::new();
            for id in touching.get(&ClaimId::at(at)).into_iter().flatten() {
                let constraint = &problem[*id];
                let verdict = outcome.verdicts.get(id).copied().unwrap_or(Verdict::Fits);
                // One thing may be grounded in two forms, of which each decides a part; it is said once.
                let known = touched_by.iter_mut().find(|it| it.rule == constraint.rule && it.words == constraint.words);
                match known {
                    Some(known) => known.verdict = known.verdict.max(verdict),
                    None => {
                        let (rule, words) = (constraint.rule.clone(), constraint.words.clone());
                        touched_by.push(Touch { rule, words, verdict });
                    }
                }
            }
            // What binds only values that are asked for checks nothing, as long as any values will do.
            let touching = touching.get(&ClaimId::at(at)).into_iter().flatten();
            let bound = touching.flat_map(|id| &problem[*id].claims).any(|claim| says_something(claims, *claim));
            let bound = bound || matches!(claim.kind, Kind::Text(_));
            let is_open = |it: &Touch| matches!(it.verdict, Verdict::Holds | Verdict::Fits);
            let only_asks = !touched_by.is_empty() && !bound && touched_by.iter().all(is_open);
            if touched_by.is_empty() {
                touched_by = touched_by_choice(ClaimId::at(at), outcome, &swaying);
            }
            let untouched_because = match only_asks {
                true => Some("what binds it binds no claim that gives a value".to_owned()),
                false => touched_by.is_empty().then(|| why_untouched(claims, &reported, ClaimId::at(at))),
            };
            touched_by.retain(|_| !only_asks);
            let (what, readings, time, scope) = described(claims, ClaimId::at(at));
            Status {
                claim: claim.id.clone(),
                span: claim.span,
                what,
                readings,
                time,
                scope,
                source: claim.source.clone(),
                touched_by,
                untouched_because,
            }
        })
        .collect()
}

/// What binds a claim only once conventions are chosen.
fn touched_by_choice(claim: ClaimId, outcome: &Outcome, swaying: &BTreeSet<ClaimId>) -> Vec<Touch> {
    let verdict = if swaying.contains(&claim) { Verdict::Contradicted } else { Verdict::Fits };
    let bound = outcome.bound_by_choice.get(&claim).into_iter().flatten().cloned();
    bound.map(|(rule, words)| Touch { rule, words, verdict }).collect()
}

/// What a claim is about, its readings, its time and its scope, in words.
pub(super) fn described(claims: &Claims, id: ClaimId) -> (String, Vec<(String, String)>, String, String) {
    let claim = &claims[id];
    let words = |at: usize| claim.mentions.get(at).map_or_else(String::new, |mention| mention.words.trim().to_owned());
    match &claim.kind {
        Kind::Figure(figure) => {
            let readings = figure
                .readings
                .iter()
                .filter(|_| !figure.unknown)
                .enumerate()
                .map(|(at, (_, reading))| {
                    let hard = said_interval(reading.hard(), &figure.unit);
                    let said = if reading.soft() == reading.hard() {
                        hard
                    } else {
                        format!("{hard}; most likely {}", said_interval(reading.soft(), &figure.unit))
                    };
                    (words(at), said)
                })
                .collect();
            let time = figure.when.as_ref().map(|when| readings_said(&when.value, |when| when.said()));
            (figure.measure.value.clone(), readings, time.unwrap_or_default(), figure.scope.said())
        }
        Kind::Event(event) => {
            let time = event.on.as_ref().map(|on| readings_said(&on.value, |days| days.said()));
            ("event".to_owned(), Vec::new(), time.unwrap_or_default(), event.scope.said())
        }
        Kind::Text(text) => {
            let readings = vec![(words(0), text.says.value.clone())];
            (format!("text about {}", text.about.value), readings, String::new(), String::new())
        }
    }
}

/// Every reading of a time, with the convention under which it holds; of the many kinds of fiscal years the most usual.
fn readings_said<T: Clone + PartialEq>(all: &Alternatives<T>, said: impl Fn(&T) -> String) -> String {
    let usual = all.readings().iter().filter(|reading| !reading.under.is_some_and(Choice::is_rare));
    let mut words: Vec<String> = usual
        .map(|reading| match reading.under {
            Some(under) => format!("{} ({under})", said(&reading.value)),
            None => said(&reading.value),
        })
        .collect();
    if words.len() < all.readings().len() {
        words.push("another fiscal year".to_owned());
    }
    words.join("; or ")
}

/// Whether a claim says something, and does not only ask for a value.
fn says_something(claims: &Claims, claim: ClaimId) -> bool {
    match &claims[claim].kind {
        Kind::Figure(figure) => figure.gives_a_value(),
        Kind::Event(_) | Kind::Text(_) => true,
    }
}

/// Why no constraint touches a claim. `reported` has how many claims report figures of each measure.
fn why_untouched(claims: &Claims, reported: &Reported, id: ClaimId) -> String {
    let claim = &claims[id];
    if let Some(by) = claim.superseded_by {
        return format!("superseded by `{}`", claims[by].id);
    }
    match &claim.kind {
        Kind::Event(_) => UNNAMED.to_owned(),
        Kind::Text(text) => nothing_else(&text.about.value),
        Kind::Figure(figure) => {
            let measure = &figure.measure.value;
            if let Some(missing) = figure.share.as_ref().and_then(|share| unreported(claims, share)) {
                return format!("no check names it, and no claim reports {missing}, which its `of` or `in` names");
            }
            if let Some(count) = claims.vocabulary.measures.get(measure).and_then(|it| it.answers.count.as_ref()) {
                let on = "the statistics pack binds it only where it is on";
                let raw = "the scope says counted = \"raw\"";
                return format!("no check names it, and {on}, {raw} and {count} is reported");
            }
            reported.why_alone(measure)
        }
    }
}

/// What a percentage is said to be of, or to be the part of, that no claim reports.
fn unreported<'c>(claims: &Claims, share: &'c Share) -> Option<&'c str> {
    let is_reported = |name: &str| {
        claims.claims.iter().any(|claim| match &claim.kind {
            Kind::Figure(figure) => figure.measure.value == name || claim.name == name || claim.id == name,
            _ => false,
        })
    };
    let named = share.whole.iter().chain(&share.of).map(|name| name.value.as_str());
    named.into_iter().find(|name| !is_reported(name))
}

/// What was not checked.
pub(super) fn unchecked(
    sources: &Sources,
    claims: &Claims,
    rules: &Rules,
    problem: &Problem,
    outcome: &Outcome,
    statuses: &[Status],
) -> Unchecked {
    let applied: BTreeSet<&str> = problem
        .constraints
        .iter()
        .filter(|constraint| !constraint.claims.is_empty())
        .map(|constraint| constraint.rule.as_str())
        .collect();
    let unapplied = |rule: &str, span: Span| {
        let elsewhere = applied.contains(rule);
        let passed_over = problem.passed_over.iter().filter(|passed| passed.rule == rule);
        let mut found: Vec<Unapplied> = passed_over
            .map(|passed| (rule.to_owned(), Some(passed.because.clone())))
            .map(|(rule, because)| Unapplied { rule, span, because, elsewhere })
            .collect();
        if found.is_empty() && !elsewhere {
            found.push(Unapplied { rule: rule.to_owned(), span, because: None, elsewhere });
        }
        found
    };
    let own = rules
        .rules
        .iter()
        .filter(|rule| !rule.standard && rule.severity.is_some() && !matches!(rule.kind, RuleKind::BuiltIn))
        .flat_map(|rule| unapplied(&rule.id.value, rule.id.span));
    let checks = claims.own_checks().flat_map(|check| unapplied(&check.id, check.span));
    // Record rules run with the table that they are for.
    let stated: BTreeSet<&str> = problem.constraints.iter().map(|constraint| constraint.rule.as_str()).collect();
    let applied_in_records: BTreeSet<Span> = claims
        .checks
        .iter()
        .filter(|check| check.record.is_some() && stated.contains(check.id.as_str()))
        .map(|check| check.span)
        .collect();
    let edits = rules.edits.iter().flat_map(|set| {
        let table = &set.table.value;
        let because = if claims.records.iter().any(|read| read.name == *table) {
            "no record has all its columns".to_owned()
        } else {
            format!("no table `{table}` is read")
        };
        let of = |id: &Spanned<String>| Unapplied {
            rule: format!("{table}/{}", id.value),
            span: id.span,
            because: Some(because.clone()),
            elsewhere: false,
        };
        let unapplied = set.edits.iter().filter(|(id, _)| !applied_in_records.contains(&id.span));
        unapplied.map(|(id, _)| of(id)).collect::<Vec<_>>()
    });
    Unchecked {
        claims: UncheckedClaims::of(claims, statuses.iter().map(|it| it.untouched_because.as_deref())),
        rules: own.chain(checks).chain(edits).collect(),
        quotes: silent(claims),
        draft: uncovered(sources, claims),
        hidden: !outcome.hidden.is_empty(),
        beyond: outcome
            .open_beyond
            .iter()
            .map(|(kind, open)| (named(claims, &open.claims), supposing(*kind)))
            .chain(outcome.hidden.iter().map(|hidden| (named(claims, hidden), HIDDEN.to_owned())))
            .collect(),
    }
}

fn named(claims: &Claims, ids: &[ClaimId]) -> Vec<String> {
    ids.iter().map(|id| claims[*id].id.clone()).collect()
}

/// Why more may clash than is found beside accepted clashes.
const HIDDEN: &str = "not decided whether more clashes hide behind the many that are accepted";

/// What a layer beyond those of contradictions supposes.
fn supposing(kind: FindingKind) -> String {
    match kind {
        FindingKind::Strained => "not decided whether they strain the words".to_owned(),
        _ => "not decided whether what is unsaid lets them all be true".to_owned(),
    }
}

/// The figures of drafts that no mention covers.
fn uncovered(sources: &Sources, claims: &Claims) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, article) in claims.articles.iter().enumerate() {
        let Some(draft) = article.draft.filter(|draft| seen.insert(*draft)) else { continue };
        let covered: Vec<Span> = claims
            .claims
            .iter()
            .filter(|claim| claim.article.index() == at)
            .flat_map(|claim| &claim.mentions)
            .filter_map(|mention| mention.in_draft)
            .filter(|span| span.file == draft)
            .collect();
        for figure in find(&without_markup(sources.text(draft)), &ReadingPolicy::default()) {
            let span = Span { file: draft, start: figure.start, end: figure.end };
            if !covered.iter().any(|mention| mention.start < span.end && span.start < mention.end) {
                let words: Vec<&str> = figure.quantity.text.split_whitespace().collect();
                found.push((words.join(" "), span));
            }
        }
    }
    found
}

/// The words of a finding for claims whose constraints together were not decided.
pub(super) fn open_words(claims: &Claims, open: &Open) -> String {
    let names = |ids: &[ClaimId]| {
        const MOST: usize = 6;
        let mut names: Vec<String> = ids.iter().take(MOST).map(|id| format!("`{}`", claims[*id].name)).collect();
        if let Some(more) = ids.len().checked_sub(MOST).filter(|more| *more > 0) {
            names.push(format!("{more} more"));
        }
        list(&names)
    };
    let words = format!("whether {} can all be true was not decided within the budget", names(&open.claims));
    // The dates are what an editor can do something about.
    match open.vague.as_slice() {
        [] => words,
        [only] => format!("{words}; the vague date of {} makes it hard: say it more exactly", names(&[*only])),
        several => format!("{words}; the vague dates of {} make it hard: say one more exactly", names(several)),
    }
}

/// Whether anything at all was checked. What binds only values that are asked for checks nothing.
pub(super) fn is_anything_checked(claims: &Claims, problem: &Problem, outcome: &Outcome) -> bool {
    let checks = |constraint: &Constraint| match constraint.claims.as_slice() {
        [] => matches!(constraint.form, Form::Relation { .. }),
        bound => bound.iter().any(|claim| says_something(claims, *claim)),
    };
    let by_choice = outcome.bound_by_choice.keys().any(|claim| says_something(claims, *claim));
    claims.quotes_checked > 0 || by_choice || problem.constraints.iter().any(checks)
}
