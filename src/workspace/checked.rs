//! What a check gives: findings, the report made of them, whether the run fails, and the certificates.

use super::{BetweenSources, Changes, Stage, Workspace, severity};
use crate::claim::ClaimId;
use crate::finding::{Chosen, Finding, FindingKind, Findings, How, find, values};
use crate::generate::{Said, SaidOf, Score, Truth};
use crate::ground::{Choices, ground};
use crate::problem::Problem;
use crate::report::{Report, Since, Summary, Verdict};
use crate::source::{Severity, Span};
use crate::verify::{Certificate, Certificates, UnderChoice, Witness, Written};
use std::collections::BTreeSet;
use std::fmt;

/// The version of the certificate file.
const CERTIFICATE_SCHEMA: u32 = 3;

/// Why a run has no witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWitness {
    /// The run left something undecided.
    Undecided,
    /// Once the claims that clash are set aside, values for all else were not found.
    NotFound,
    /// The values that were found would be refused: the first reason.
    Refused(String),
}

impl fmt::Display for NoWitness {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecided => out.write_str("something is undecided"),
            Self::NotFound => out.write_str("values for all that does not clash were not found"),
            Self::Refused(why) => write!(out, "the values that were found would be refused: {why}"),
        }
    }
}

/// A workspace that was checked.
#[derive(Debug)]
pub struct Checked {
    /// What must hold, of which figures.
    pub problem: Problem,
    /// What the layers made of it.
    pub findings: Findings,
    /// If only what has to do with changes is kept: since when, and how much else there is.
    pub since: Option<Since>,
}

impl Checked {
    pub(super) fn of(workspace: &Workspace, begins: &dyn Fn(Stage)) -> Self {
        begins(Stage::Grounding);
        let problem = ground(&workspace.claims, &workspace.rules, &Choices::default());
        begins(Stage::Deciding);
        let how = How { jobs: workspace.jobs, all: workspace.all, accepted: &workspace.accepted };
        let mut findings = find(&workspace.sources, &workspace.claims, &workspace.rules, &problem, how);
        let supposed = &workspace.supposed.in_drafts;
        findings.unchecked.draft.retain(|(_, span)| !supposed.iter().any(|other| overlap(*span, *other)));
        settle_sources(&mut findings.findings, workspace);
        severity::weigh(&mut findings.findings, &problem, workspace);
        Self { problem, findings, since: None }
    }

    /// The run, ready to be rendered.
    pub fn report<'a>(&'a self, workspace: &'a Workspace) -> Report<'a> {
        Report {
            sources: &workspace.sources,
            read: &workspace.claims,
            verdict: self.verdict(),
            summary: Summary {
                articles: workspace.claims.articles.len(),
                claims: workspace.claims.count(),
                figures: self.findings.figures,
                quotes: workspace.claims.quotes_checked,
                constraints: self.findings.tally,
                all: self.findings.all,
            },
            findings: &self.findings.findings,
            causes: &self.findings.causes,
            claims: &self.findings.claims,
            unchecked: &self.findings.unchecked,
            rewordings: &self.findings.rewordings,
            supposed: &workspace.supposed.values,
            since: self.since.as_ref(),
        }
    }

    /// Keeps only the findings that have to do with what changed since a revision, and counts the others.
    pub fn keep_touched(&mut self, changes: &Changes, since: &str) {
        let before = self.findings.findings.len();
        self.findings.findings.retain(|finding| changes.touch(finding));
        let kept: BTreeSet<&String> = self.findings.findings.iter().map(|finding| &finding.fingerprint).collect();
        self.findings.causes.retain(|cause| cause.findings.iter().any(|finding| kept.contains(finding)));
        let others = before.saturating_sub(kept.len());
        self.since = Some(Since { revision: since.to_owned(), others });
    }

    /// What the run says as a whole: it follows the kinds of the findings, never their severities.
    pub fn verdict(&self) -> Verdict {
        let has = |kind: FindingKind| self.findings.findings.iter().any(|finding| finding.kind == kind);
        if has(FindingKind::Contradiction) || has(FindingKind::Quote) {
            Verdict::Contradicted
        } else if has(FindingKind::Undecided) {
            Verdict::Undecided
        } else if has(FindingKind::NothingChecked) {
            Verdict::NothingChecked
        } else {
            Verdict::Consistent
        }
    }

    /// How well the findings tell the truth about a data set of [`generate`](crate::generate).
    pub fn score(&self, truth: &Truth) -> Score {
        truth.score(self.findings.findings.iter().map(said))
    }

    /// Whether the run fails: some finding fails it.
    pub fn fails(&self, workspace: &Workspace, level: Option<Severity>) -> bool {
        self.findings.findings.iter().any(|finding| workspace.fails(finding, level))
    }

    /// Values for which all that is not certified to clash holds.
    fn witness(
        &self,
        workspace: &Workspace,
        from: &Written<'_>,
        certificates: &[Certificate],
    ) -> Result<Witness, NoWitness> {
        if self.findings.findings.iter().any(|finding| finding.kind == FindingKind::Undecided) {
            return Err(NoWitness::Undecided);
        }
        let named: BTreeSet<String> = Witness::set_aside(certificates).into_iter().collect();
        let claims = workspace.claims.claims.iter().enumerate();
        let aside = claims.filter(|(_, claim)| named.contains(&claim.id)).map(|(at, _)| ClaimId::at(at)).collect();
        let rules_aside = Witness::rules_aside(certificates);
        let values = values(&self.problem, &aside, &rules_aside, workspace.jobs).ok_or(NoWitness::NotFound)?;
        Witness::of(&values, from, certificates)
            .map_err(|refusals| NoWitness::Refused(refusals.into_iter().next().unwrap_or_default()))
    }

    /// A certificate of each conflict and a witness of all else, with the hashes of the texts that they speak of; and why
    /// there is no witness, if there is none.
    pub fn certificates(&self, workspace: &Workspace) -> (Certificates, Option<NoWitness>) {
        let from = Written::from(&self.problem, &workspace.claims, &workspace.rules);
        let certified = self.findings.findings.iter().filter_map(|finding| {
            let conflict = self.findings.conflicts.get(finding.conflict?)?;
            Some(Certificate::of(&finding.fingerprint, conflict, &from))
        });
        let certificates: Vec<Certificate> = certified.collect();
        let conventions = self.findings.chosen.iter().map(|chosen| under_choice(chosen, workspace)).collect();
        let (witness, lacking) = match self.witness(workspace, &from, &certificates) {
            Ok(witness) => (Some(witness), None),
            Err(why) => (None, Some(why)),
        };
        (
            Certificates { schema: CERTIFICATE_SCHEMA, inputs: workspace.inputs(), certificates, conventions, witness },
            lacking,
        )
    }
}

/// What a finding says, as far as it can be right or wrong.
fn said(finding: &Finding) -> Said<'_> {
    let verdict = match finding.kind {
        FindingKind::Contradiction | FindingKind::Quote => SaidOf::Clash,
        FindingKind::Undecided | FindingKind::NothingChecked => SaidOf::Undecided,
        _ => SaidOf::Doubt,
    };
    Said { verdict, claims: &finding.claims }
}

/// The certificate of a conflict that appears once conventions are chosen.
fn under_choice(chosen: &Chosen, workspace: &Workspace) -> UnderChoice {
    let claims = workspace.claims.under(chosen.article, &chosen.choices);
    let from = Written::from(&chosen.problem, &claims, &workspace.rules);
    UnderChoice {
        article: claims[chosen.article].id.clone(),
        settings: chosen.choices.iter().map(|choice| choice.setting()).collect(),
        certificate: Certificate::of(&chosen.fingerprint, &chosen.conflict, &from),
    }
}

fn overlap(one: Span, other: Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

/// Where the workspace says that an article vouches for both figures of two sources, their disagreement is the article's
/// contradiction with itself. Clashes between articles stay what they are.
fn settle_sources(findings: &mut [Finding], workspace: &Workspace) {
    if workspace.config.between_sources == BetweenSources::Disagreement {
        return;
    }
    let article = |id: &String| workspace.claims.claims.iter().find(|claim| claim.id == *id).map(|claim| claim.article);
    for finding in findings.iter_mut().filter(|finding| finding.kind == FindingKind::Disagreement) {
        let articles: BTreeSet<_> = finding.claims.iter().filter_map(article).collect();
        if articles.len() == 1 {
            finding.kind = FindingKind::Contradiction;
            finding.severity = Severity::Error;
        }
    }
}
