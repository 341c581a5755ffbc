//! What is known and accepted: the clashes that waivers and a baseline name.
//!
//! In: [`Accepted`], each with its claims and rules. Before anything is accused, `layers` looks for the clashes of exactly
//! those claims; here it is judged whether one is what was accepted (the same figures, or no greater gap; not over), and
//! afterwards it is said of each whether it still does anything. What is waived stays among the findings.

use super::fingerprint::{digest, fingerprint};
use super::layers::rules_of;
use super::model::{Finding, FindingKind, Location, Reach, Role, Waived};
use super::wording::Wording;
use super::words::{list, without_record};
use crate::calendar::Day;
use crate::claim::{ClaimId, Claims};
use crate::number::Rational;
use crate::problem::Conflict;
use crate::source::{Severity, Span};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// A clash that is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The claims that clash: these and no others.
    pub claims: BTreeSet<ClaimId>,
    /// The rules that they may break.
    pub rules: BTreeSet<String>,
    /// The greatest gap that is accepted. `None` is any for a waiver, and none but that of the same figures for what is
    /// known from a baseline.
    pub gap: Option<Rational>,
    /// Where it stands.
    pub span: Span,
    /// Who accepts it.
    pub by: By,
}

/// Who accepts a clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A waiver.
    Waiver {
        /// Why.
        because: String,
        /// The last day on which it does.
        until: Option<Day>,
        /// Whether that day is over.
        is_over: bool,
    },
    /// A baseline: the clash was there when it was written.
    Baseline {
        /// Its fingerprint.
        fingerprint: String,
        /// What kind of clash it was.
        kind: FindingKind,
    },
}

/// What became of what is accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Fate {
    /// Nothing of the kind clashes.
    #[default]
    Unused,
    /// It was applied.
    Applied,
    /// The clash is there, and the waiver is over.
    Over,
    /// The clash has a greater gap.
    TooSmall(Rational),
    /// The clash has no gap to be measured.
    NoGap,
    /// The clash is of other figures than those that were known.
    Changed,
}

/// The accepted clashes of a run, and what became of each.
pub(super) struct Judge<'a> {
    accepted: &'a [Accepted],
    fates: RefCell<Vec<Fate>>,
    /// The conflicts that are accepted, with their claims, their rules and, once that is asked, by how much they miss.
    applied: RefCell<Vec<Applied>>,
}

struct Applied {
    claims: BTreeSet<ClaimId>,
    rules: Vec<String>,
    conflict: Conflict,
    gap: OnceCell<Option<Rational>>,
}

impl<'a> Judge<'a> {
    pub fn new(accepted: &'a [Accepted]) -> Self {
        let fates = RefCell::new(vec![Fate::Unused; accepted.len()]);
        Self { accepted, fates, applied: RefCell::default() }
    }

    /// The claims of each, by its place.
    pub fn sets(&self) -> impl Iterator<Item = (usize, &'a BTreeSet<ClaimId>)> {
        self.accepted.iter().map(|it| &it.claims).enumerate()
    }

    /// The place of what accepts a conflict of these claims, if something does.
    pub fn accepts(
        &self,
        wording: &Wording<'_>,
        claims: &BTreeSet<ClaimId>,
        kind: FindingKind,
        conflict: &Conflict,
    ) -> Option<usize> {
        let rules = rules_of(wording.problem, conflict);
        let own = || fingerprint(wording.claims, wording.problem, conflict, &rules);
        let found = self.find(kind, claims, &rules, own, || wording.gap(conflict));
        if found.is_some() {
            let (claims, conflict) = (claims.clone(), conflict.clone());
            self.applied.borrow_mut().push(Applied { claims, rules, conflict, gap: OnceCell::new() });
        }
        found
    }

    /// Whether a conflict is accepted ones seen from another side: each of its claims is in one that breaks the same rules
    /// and shares claims with it, and it misses by no more than one of those.
    pub fn covers(&self, wording: &Wording<'_>, conflict: &Conflict) -> bool {
        let claims = conflict.claims(wording.problem);
        let rules = rules_of(wording.problem, conflict);
        let applied = self.applied.borrow();
        let beside =
            |it: &&Applied| !it.claims.is_disjoint(&claims) && rules.iter().all(|rule| it.rules.contains(rule));
        let known: BTreeSet<ClaimId> = applied.iter().filter(beside).flat_map(|it| it.claims.iter().copied()).collect();
        if !claims.is_subset(&known) {
            return false;
        }
        let own = OnceCell::new();
        applied.iter().filter(beside).any(|applied| {
            applied
                .gap
                .get_or_init(|| wording.gap(&applied.conflict))
                .as_ref()
                .is_some_and(|most| own.get_or_init(|| wording.gap(conflict)).as_ref().is_some_and(|gap| gap <= most))
        })
    }

    /// The same for a finding that no conflict is behind.
    fn accepts_finding(&self, claims: &BTreeSet<ClaimId>, finding: &Finding) -> Option<usize> {
        self.find(finding.kind, claims, &finding.rules, || finding.fingerprint.clone(), || None)
    }

    fn find(
        &self,
        kind: FindingKind,
        claims: &BTreeSet<ClaimId>,
        rules: &[String],
        own: impl Fn() -> String,
        gap: impl Fn() -> Option<Rational>,
    ) -> Option<usize> {
        let names = |accepted: &Accepted| {
            let is_named =
                |rule: &String| accepted.rules.contains(rule.as_str()) || accepted.rules.contains(without_record(rule));
            accepted.claims == *claims && rules.iter().all(is_named)
        };
        let mut applied = None;
        for (at, accepted) in self.accepted.iter().enumerate().filter(|(_, accepted)| names(accepted)) {
            let fate = accepted.fate(kind, &own, &gap);
            if let Some(known) = self.fates.borrow_mut().get_mut(at).filter(|known| **known != Fate::Applied) {
                *known = fate.clone();
            }
            if fate == Fate::Applied {
                applied.get_or_insert(at);
            }
        }
        applied
    }

    /// How a clash is said to be waived.
    pub fn waived(&self, at: usize, was: FindingKind) -> Option<Waived> {
        let accepted = self.accepted.get(at)?;
        let (because, until) = match &accepted.by {
            By::Waiver { because, until, .. } => (Some(because.clone()), *until),
            By::Baseline { .. } => (None, None),
        };
        Some(Waived { was, because, until, span: accepted.span })
    }

    /// Waives what is no conflict of the solver's: quotes, matters of convention, what is undecided.
    pub fn settle(&self, claims: &Claims, findings: &mut [Finding]) {
        if self.accepted.is_empty() {
            return;
        }
        let named: BTreeSet<ClaimId> = self.accepted.iter().flat_map(|it| it.claims.iter().copied()).collect();
        let ids: BTreeMap<&str, ClaimId> = named.iter().map(|claim| (claims[*claim].id.as_str(), *claim)).collect();
        for finding in findings.iter_mut().filter(|finding| finding.conflict.is_none() && !finding.claims.is_empty()) {
            let found: Option<BTreeSet<ClaimId>> =
                finding.claims.iter().map(|claim| ids.get(claim.as_str()).copied()).collect();
            let at = found.and_then(|found| self.accepts_finding(&found, finding));
            if let Some(waived) = at.and_then(|at| self.waived(at, finding.kind)) {
                finding.waive(waived);
            }
        }
    }

    /// What there is to say of waivers that do not do what they say, and of what a baseline knows and is there no more.
    pub fn remarks(&self, claims: &Claims) -> Vec<Finding> {
        let fates = self.fates.borrow();
        let mut remarks = Vec::new();
        let mut mended: Vec<(&Accepted, usize)> = Vec::new();
        for (accepted, fate) in self.accepted.iter().zip(fates.iter()) {
            match &accepted.by {
                By::Waiver { until, is_over, .. } => {
                    remarks.extend(accepted.remark(claims, fate, until.filter(|_| *is_over)));
                }
                By::Baseline { .. } if matches!(fate, Fate::Unused | Fate::Changed) => match mended.last_mut() {
                    Some((first, count)) if first.span.file == accepted.span.file => *count = count.saturating_add(1),
                    _ => mended.push((accepted, 1)),
                },
                By::Baseline { .. } => {}
            }
        }
        for (first, count) in mended {
            let message = match count {
                1 => "1 known clash is there no more, or no longer with the same figures".to_owned(),
                _ => format!("{count} known clashes are there no more, or no longer with the same figures"),
            };
            let steps = vec!["`addup baseline --prune` takes such clashes out".to_owned()];
            remarks.push(first.finding(Severity::Note, message, "the first of them".to_owned(), steps, claims));
        }
        remarks
    }
}

impl Accepted {
    /// What becomes of it where its claims clash by its rules.
    fn fate(&self, kind: FindingKind, own: &impl Fn() -> String, gap: &impl Fn() -> Option<Rational>) -> Fate {
        match &self.by {
            By::Waiver { is_over: true, .. } => Fate::Over,
            // What was a question then may be a contradiction by now.
            By::Baseline { kind: known, .. } if kind < *known => Fate::Changed,
            By::Baseline { fingerprint, .. } if *fingerprint == own() => Fate::Applied,
            _ => match (&self.gap, &self.by) {
                (None, By::Waiver { .. }) => Fate::Applied,
                (None, By::Baseline { .. }) => Fate::Changed,
                (Some(most), _) => match gap() {
                    Some(gap) if gap <= *most => Fate::Applied,
                    Some(gap) if matches!(self.by, By::Waiver { .. }) => Fate::TooSmall(gap),
                    Some(_) => Fate::Changed,
                    None => Fate::NoGap,
                },
            },
        }
    }

    /// What is to be said of a waiver, if anything is.
    fn remark(&self, claims: &Claims, fate: &Fate, over: Option<Day>) -> Option<Finding> {
        let ids: Vec<String> = self.claims.iter().map(|claim| format!("`{}`", claims[*claim].id)).collect();
        let rules: Vec<String> = self.rules.iter().map(|rule| format!("`{rule}`")).collect();
        let (those, these) = (list(&ids), list(&rules));
        let still = if ids.len() == 1 { "still breaks" } else { "still clash by" };
        let (message, label, step) = match (fate, over) {
            (Fate::Applied, _) => return None,
            (Fate::Over, Some(day)) | (Fate::Unused, Some(day)) => {
                let ended = format!("this waiver ended on {}", day.said());
                if *fate == Fate::Unused {
                    (format!("{ended}, and nothing clashes there any more"), ended, "take it out".to_owned())
                } else {
                    let step = "mend the clash, or give the waiver a later `until`".to_owned();
                    (format!("{ended}, and {those} {still} {these}"), ended, step)
                }
            }
            (Fate::TooSmall(gap), _) => {
                let most = self.gap.as_ref().map(ToString::to_string).unwrap_or_default();
                let message = format!("this waiver accepts a gap of up to {most}, and that of {those} is {gap}");
                let step = format!("mend the clash, or accept it as it is: gap-up-to = {gap}");
                (message, format!("up to {most}"), step)
            }
            (Fate::NoGap, _) => {
                let message =
                    format!("this waiver accepts a gap, and the clash of {those} has none that can be measured");
                (
                    message,
                    "nothing is accepted".to_owned(),
                    "leave out `gap-up-to` to accept the clash as it is".to_owned(),
                )
            }
            (Fate::Unused | Fate::Over | Fate::Changed, _) => {
                let clash = match ids.len() {
                    1 => format!("{those} does not break {these} by itself"),
                    _ => format!("{those} do not clash by {these}, at least not by themselves"),
                };
                let message = format!("this waiver accepts nothing: {clash}");
                let step = "take it out; or name all claims of the clash that it is for, and no others".to_owned();
                (message, "accepts nothing".to_owned(), step)
            }
        };
        Some(self.finding(Severity::Warning, message, label, vec![step], claims))
    }

    fn finding(
        &self,
        severity: Severity,
        message: String,
        label: String,
        steps: Vec<String>,
        claims: &Claims,
    ) -> Finding {
        let ids = self.claims.iter().map(|claim| claims[*claim].id.as_str());
        let rules = self.rules.iter().map(String::as_str);
        Finding {
            fingerprint: digest(["waiver", message.as_str(), "\u{0}"].into_iter().chain(ids).chain(rules)),
            kind: FindingKind::Waiver,
            reach: Reach::Single,
            severity,
            claims: Vec::new(),
            rules: Vec::new(),
            message,
            arithmetic: None,
            steps,
            leans_on: Vec::new(),
            unsaid: Vec::new(),
            question: None,
            paste: None,
            locations: vec![Location { span: self.span, claim: None, role: Role::Primary, label }],
            repairs: Vec::new(),
            conflict: None,
            waived: None,
        }
    }
}
