//! Findings: what the layers make of conflicts, in words that an editor can act on.
//!
//! In: claims, rules, and the problem that they were joined into. Out: [`Findings`]: each with a kind, a severity,
//! places, arithmetic and a fingerprint, and what was not checked. Layers are tried from the strongest accusation to
//! the weakest, and a finding has the kind of the first in which it appears.

mod accepted;
mod answers;
mod arithmetic;
mod bounds;
mod causes;
mod every;
mod fingerprint;
mod hours;
#[cfg(test)]
mod irreducible_tests;
mod layers;
mod linear;
mod model;
mod phrases;
mod questions;
mod quotes;
mod relations;
mod settle;
mod single;
mod slips;
mod status;
mod sums;
mod texts;
mod together;
mod untouched;
mod witness;
mod wording;
pub mod words;

pub use accepted::{Accepted, By};
pub use bounds::{Bound, LeftOpen, bounds};
pub use causes::{Cause, Settling};
pub use model::{
    All, Chosen, Finding, FindingKind, Findings, Location, Reach, Repair, Rewording, Role, Status, Tally, Touch,
    Unapplied, Unchecked, Waived,
};
pub use untouched::UncheckedClaims;
pub use witness::values;

use crate::calendar::{Choice, said_together};
use crate::claim::{ClaimId, Claims};
use crate::number::Rational;
use crate::problem::{Conflict, ConstraintId, Problem};
use crate::rule::Rules;
use crate::source::{Severity, Sources, Span};
use accepted::Judge;
use layers::{Known, Outcome, Swayed};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::Arc;
use wording::Wording;

/// How to look for findings.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// How many threads may be used.
    pub jobs: NonZeroUsize,
    /// If set, contradictions that share claims with others are looked for, too, until there are so many in all.
    pub all: Option<NonZeroUsize>,
    /// The clashes that are known and accepted.
    pub accepted: &'a [Accepted],
}

/// Runs the layers over a problem, and words what they find.
pub fn find(sources: &Sources, claims: &Claims, rules: &Rules, problem: &Problem, how: How<'_>) -> Findings {
    let How { jobs, all, accepted } = how;
    let leeway = OnceCell::new();
    let wording = Wording::new(sources, claims, rules, problem, &leeway);
    let judge = Judge::new(accepted);
    let accepts = |kind: FindingKind, conflict: &Conflict| {
        let mut members = conflict.claims(problem);
        members.extend(wording.texts(conflict).into_iter().map(|(text, _)| text));
        judge.accepts(&wording, &members, kind, conflict)
    };
    let covers = |conflict: &Conflict| judge.covers(&wording, conflict);
    let known = Known { sets: judge.sets().collect(), accepts: &accepts, covers: &covers };
    let outcome = layers::layers(claims, rules, problem, &known, jobs);
    let mut conflicts: Vec<Conflict> = Vec::new();
    let mut findings = quotes::findings(claims, rules);
    let mut kinds: Vec<FindingKind> = Vec::new();
    let further = all.map(|limit| (limit, further(problem, &outcome, limit, jobs)));
    let others = further.iter().flat_map(|(_, further)| &further.conflicts);
    let others = others.map(|conflict| (FindingKind::Contradiction, conflict));
    for (kind, conflict) in outcome.hits.iter().map(|hit| (hit.kind, &hit.conflict)).chain(others) {
        let mut finding = wording.word(kind, conflict);
        finding.conflict = Some(conflicts.len());
        conflicts.push(conflict.clone());
        kinds.push(finding.kind);
        findings.push(finding);
    }
    for (place, hit) in &outcome.waived {
        let mut finding = wording.word(hit.kind, &hit.conflict);
        let Some(waived) = judge.waived(*place, finding.kind) else { continue };
        finding.waive(waived);
        finding.conflict = Some(conflicts.len());
        conflicts.push(hit.conflict.clone());
        findings.push(finding);
    }
    // Words may make a question of a clash.
    let worded: Vec<(FindingKind, &Conflict)> =
        kinds.into_iter().zip(&outcome.hits).map(|(kind, hit)| (kind, &hit.conflict)).collect();
    let mut chosen: Vec<Chosen> = Vec::new();
    for swayed in &outcome.swayed {
        let finding = sway(sources, claims, rules, swayed);
        chosen.extend(swayed.proofs().map(|(choices, problem, conflict)| Chosen {
            fingerprint: finding.fingerprint.clone(),
            article: swayed.article,
            choices: choices.to_vec(),
            problem: Arc::clone(problem),
            conflict: conflict.clone(),
        }));
        findings.push(finding);
    }
    findings.extend(open(claims, problem, &outcome));
    if !status::is_anything_checked(claims, problem, &outcome) {
        findings.push(nothing_checked(claims, problem));
    }
    judge.settle(claims, &mut findings);
    findings.extend(judge.remarks(claims));
    let set_aside: Vec<&Conflict> = outcome.waived.iter().map(|(_, hit)| &hit.conflict).collect();
    let causes = causes::causes(claims, problem, &worded, &set_aside, &mut findings, jobs);
    let settled: BTreeSet<String> = causes.iter().flat_map(|cause| &cause.findings).cloned().collect();
    let is_open = |finding: &&mut Finding| finding.waived.is_none() && !settled.contains(&finding.fingerprint);
    for finding in findings.iter_mut().filter(is_open) {
        if let Some(conflict) = finding.conflict.and_then(|at| conflicts.get(at)) {
            finding.repairs = wording.repairs(conflict);
        }
    }
    findings.sort_by(|one, other| rank(sources, one).cmp(&rank(sources, other)));
    let claims_made = status::statuses(claims, problem, &outcome);
    let unchecked = status::unchecked(sources, claims, rules, problem, &outcome, &claims_made);
    let mut tally = outcome.tally(problem);
    let mut figures = problem.figures.len();
    for settled in &claims.settled {
        tally.holds = tally.holds.saturating_add(settled.holds);
        tally.fits = tally.fits.saturating_add(settled.fits);
        figures = figures.saturating_add(settled.figures);
    }
    Findings {
        findings,
        tally,
        figures,
        claims: claims_made,
        unchecked,
        rewordings: quotes::rewordings(claims),
        conflicts,
        chosen,
        causes,
        all: further.map(|(limit, further)| All { limit: limit.get(), complete: further.complete }),
    }
}

/// By how much each of these conflicts misses: the least change to any one of its figures that settles it, in the unit of
/// that figure. `None` where that cannot be told.
pub fn gaps<'c>(problem: &Problem, conflicts: impl Iterator<Item = Option<&'c Conflict>>) -> Vec<Option<Rational>> {
    let leeway = OnceCell::new();
    conflicts.map(|conflict| settle::gap(problem, &leeway, conflict?)).collect()
}

/// The contradictions that share claims with those of the layers.
fn further(problem: &Problem, outcome: &Outcome, limit: NonZeroUsize, jobs: NonZeroUsize) -> every::Further {
    let waived = outcome.waived.iter().map(|(_, hit)| hit);
    let hits = outcome.hits.iter().chain(waived).filter(|hit| hit.kind == FindingKind::Contradiction);
    let known: Vec<&Conflict> = hits.map(|hit| &hit.conflict).collect();
    every::further(problem, &known, limit, jobs)
}

/// The most serious first, then the strongest kind, then by place.
fn rank<'a>(
    sources: &'a Sources,
    finding: &'a Finding,
) -> (std::cmp::Reverse<Severity>, FindingKind, &'a str, usize, &'a [String], &'a [String]) {
    let place = finding.locations.first().map(|location| location.span);
    (
        std::cmp::Reverse(finding.severity),
        finding.kind,
        place.map_or("", |span| sources.path(span.file)),
        place.map_or(0, |span| span.start),
        &finding.claims,
        &finding.rules,
    )
}

/// A clash that depends on conventions, or that none of them avoids.
fn sway(sources: &Sources, claims: &Claims, rules: &Rules, swayed: &Swayed) -> Finding {
    let leeway = OnceCell::new();
    let wording = Wording::new(sources, claims, rules, &swayed.problem, &leeway);
    let mut finding = wording.word(swayed.kind, &swayed.conflict);
    finding.repairs = wording.repairs(&swayed.conflict);
    let always = swayed.under.iter().all(|(_, clashes)| *clashes);
    if !always {
        finding.steps.extend(told_apart(swayed));
    }
    if swayed.kind != FindingKind::Convention {
        finding.message = format!("{}, and no usual convention avoids a clash", finding.message);
        return finding;
    }
    finding.message = format!("{}, under one usual convention and not under another", finding.message);
    if swayed.beside > 0 {
        finding.repairs.clear(); // what settles this clash leaves the others
    }
    let fits = swayed.under.iter().find(|(_, clashes)| !clashes);
    finding.paste = fits.map(|(choices, _)| {
        let lines: Vec<String> = choices.iter().map(|choice| choice.setting()).collect();
        format!("# in [article] of {}, if that is what is meant\n{}", claims[swayed.article].id, lines.join("\n"))
    });
    finding
}

/// What each combination of choices makes of a clash. Fiscal years, of which there are many kinds, are taken together.
fn told_apart(swayed: &Swayed) -> Vec<String> {
    let mut told: Vec<(Vec<Choice>, Vec<Choice>, bool)> = Vec::new();
    for (choices, clashes) in &swayed.under {
        let (fiscal, others): (Vec<Choice>, Vec<Choice>) =
            choices.iter().partition(|choice| choice.fiscal_year().is_some());
        match told.iter_mut().find(|(rest, years, known)| !years.is_empty() && *rest == others && known == clashes) {
            Some((_, years, _)) => years.extend(fiscal),
            None => told.push((others, fiscal, *clashes)),
        }
    }
    // "Any other" comes after those that it is other than.
    told.sort_by_key(|(_, fiscal, _)| fiscal.len());
    let result = |clashes: bool| match (clashes, swayed.kind) {
        (true, _) if swayed.beside > 0 => "it clashes, or other figures do",
        (false, _) if swayed.beside > 0 => "all of it fits",
        (true, _) => "it clashes",
        (false, FindingKind::Convention) => "it fits",
        (false, _) => "something else clashes",
    };
    told.iter()
        .map(|(others, fiscal, clashes)| {
            let others = others.iter().map(ToString::to_string);
            let fiscal = said_together(fiscal).join(", or ");
            let names: Vec<String> = others.chain(Some(fiscal).filter(|it| !it.is_empty())).collect();
            format!("{}: {}", words::list(&names), result(*clashes))
        })
        .collect()
}

/// What stays undecided.
fn open(claims: &Claims, problem: &Problem, outcome: &Outcome) -> Vec<Finding> {
    let mut findings = Vec::new();
    for open in &outcome.open {
        let message = status::open_words(claims, open);
        let rule = open.constraints.first().map_or("additive", |id| problem[*id].rule.as_str());
        findings.push(plain(claims, FindingKind::Undecided, &open.claims, rule, message));
    }
    let jointly = |id: &&ConstraintId| outcome.open.iter().any(|open| open.constraints.contains(*id));
    for id in outcome.undecided.iter().filter(|id| !jointly(id)) {
        let constraint = &problem[*id];
        let message = format!("whether `{}` can hold was not decided within the budget", constraint.words);
        findings.push(plain(claims, FindingKind::Undecided, &constraint.claims, &constraint.rule, message));
    }
    findings
}

fn nothing_checked(claims: &Claims, problem: &Problem) -> Finding {
    let (message, label) = if claims.claims.is_empty() {
        ("the claim files hold no claims", "add claims: [claim.ID] with a quote or a value")
    } else if problem.constraints.iter().any(|constraint| !constraint.claims.is_empty()) {
        ("no rule, check or quote binds any claim that gives a value", "add a second figure, a check or a quote")
    } else {
        ("no rule, check or quote binds any claim", "add a second figure, a check or a quote")
    };
    let message = format!("nothing was checked: {message}");
    let mut finding = plain(claims, FindingKind::NothingChecked, &[], "", message);
    finding.rules.clear();
    if let Some(article) = claims.articles.first() {
        let span = Span { end: article.span.end, ..article.span };
        finding.locations.push(Location { span, claim: None, role: Role::Primary, label: label.to_owned() });
    }
    finding
}

/// A finding without arithmetic.
fn plain(claims: &Claims, kind: FindingKind, about: &[ClaimId], rule: &str, message: String) -> Finding {
    let ids: Vec<String> = about.iter().map(|claim| claims[*claim].id.clone()).collect();
    let locations = about
        .iter()
        .map(|claim| Location {
            span: claims[*claim].span,
            claim: Some(claims[*claim].id.clone()),
            role: Role::Primary,
            label: claims[*claim].name.clone(),
        })
        .collect();
    let parts = [rule, message.as_str()];
    Finding {
        fingerprint: fingerprint::digest(parts.into_iter().chain(ids.iter().map(String::as_str))),
        kind,
        reach: Reach::Joint,
        severity: Severity::Error,
        claims: ids,
        rules: vec![rule.to_owned()],
        message,
        arithmetic: None,
        steps: Vec::new(),
        leans_on: Vec::new(),
        unsaid: Vec::new(),
        question: None,
        paste: None,
        locations,
        repairs: Vec::new(),
        conflict: None,
        waived: None,
    }
}
