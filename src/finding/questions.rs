//! What a conflict leans on, the question to put to the source, and the lines that settle it.

use super::FindingKind;
use super::layers::claims_of;
use super::wording::{Wording, folded};
use super::words::{list, said_measure};
use crate::claim::{Claim, ClaimId, Kind, Member};
use crate::problem::{Conflict, Lean, Proof, Side, StepReason, Why};
use std::collections::BTreeSet;

impl Wording<'_> {
    /// What a conflict leans on, in words: ids of assumptions, and what is unsaid.
    pub(super) fn leans_on(&self, conflict: &Conflict) -> Vec<String> {
        let said: BTreeSet<String> =
            conflict.leans.iter().map(|lean| self.lean(&self.problem[*lean], conflict)).collect();
        said.into_iter().collect()
    }

    fn lean(&self, lean: &Lean, conflict: &Conflict) -> String {
        match lean {
            Lean::Assumed(id) => id.clone(),
            Lean::Unspecified { dimension, claim, .. } => {
                format!("{dimension} of {} is unsaid", self.claims[self.unsaid_by(dimension, *claim, conflict)].id)
            }
            Lean::Undeclared { measure } => format!("{measure} is not declared to add up"),
            Lean::Origin { claims } => {
                let names: Vec<String> = claims.iter().map(|claim| self.claims[*claim].id.clone()).collect();
                format!("the day from which {} counts is unsaid", list(&folded(names)))
            }
            Lean::Convention { article, .. } => format!("a convention that {} leaves open", self.claims[*article].id),
        }
    }

    /// The claim of a conflict that leaves a dimension unsaid.
    fn unsaid_by(&self, dimension: &str, otherwise: ClaimId, conflict: &Conflict) -> ClaimId {
        let mut claims = claims_of(self.problem, conflict).into_iter();
        let unsaid = |claim: &ClaimId| match &self.claims[*claim].kind {
            Kind::Figure(figure) if dimension == crate::ground::WHEN => figure.when.is_none(),
            Kind::Figure(figure) => !figure.scope.0.contains_key(dimension),
            _ => false,
        };
        claims.find(unsaid).unwrap_or(otherwise)
    }

    /// The question to put to the source, and the lines that settle it.
    pub(super) fn question(&self, kind: FindingKind, conflict: &Conflict) -> (Option<String>, Option<String>) {
        if kind != FindingKind::Question {
            return (None, None);
        }
        let open = conflict.leans.iter().map(|lean| &self.problem[*lean]).filter(|lean| !lean.counts_as_said());
        let mut questions = Vec::new();
        let mut pastes = Vec::new();
        for lean in open {
            let (question, paste) = match lean {
                Lean::Unspecified { dimension, claim, .. } if dimension == crate::ground::WHEN => {
                    let claim = &self.claims[self.unsaid_by(dimension, *claim, conflict)];
                    (
                        format!("What time is the {} of `{}` for?", self.first_words(claim), claim.name),
                        format!("# in [claim.{}]\nwhen = \"…\"", claim.name),
                    )
                }
                Lean::Unspecified { dimension, claim, member } => {
                    let claim = &self.claims[self.unsaid_by(dimension, *claim, conflict)];
                    let words = self.first_words(claim);
                    let what = if member.is_empty() {
                        format!("What is the {dimension} of the {words} in `{}`? The text does not say.", claim.name)
                    } else if member == "*" {
                        format!("Is the {words} in `{}` for every {dimension}?", claim.name)
                    } else {
                        let stands = if self.counts_at_least(claim, conflict) {
                            format!("it is {member} for all of them")
                        } else {
                            format!("{member} is among them")
                        };
                        format!(
                            "What is the {dimension} of the {words} in `{}`? The text does not say; the clash stands if {stands}.",
                            claim.name
                        )
                    };
                    let member = if member.is_empty() { "…" } else { member };
                    (asked_of(what, claim), self.stated_scope(claim, dimension, member))
                }
                Lean::Undeclared { measure } => (
                    format!("Do {} add up over time, counting nothing twice?", said_measure(measure)),
                    format!(
                        "[measure.{measure}]\nover-time = \"adds\"   # or \"distinct\", \"level\", \"none\"\nleast = 0\ninteger = true"
                    ),
                ),
                Lean::Origin { claims } => {
                    let names: Vec<String> =
                        claims.iter().map(|claim| format!("`{}`", self.claims[*claim].name)).collect();
                    let names = folded(names);
                    let first = claims.first().map(|claim| &self.claims[*claim]);
                    let measure = first.map_or("", |claim| match &claim.kind {
                        Kind::Figure(figure) => figure.measure.value.as_str(),
                        _ => "",
                    });
                    let what = if names.len() > 1 {
                        format!("Do {} count from the same day? From which?", list(&names))
                    } else {
                        format!("From which day does {} count?", list(&names))
                    };
                    (
                        what,
                        format!(
                            "[measure.{measure}]\norigin = YYYY-MM-DD   # the day from which its running totals count"
                        ),
                    )
                }
                Lean::Assumed(_) | Lean::Convention { .. } => continue,
            };
            questions.push(question);
            pastes.push(paste);
        }
        let (questions, pastes) = (folded(questions), folded(pastes));
        ((!questions.is_empty()).then(|| questions.join(" ")), (!pastes.is_empty()).then(|| pastes.join("\n\n")))
    }

    /// Whether a conflict needs all that a claim counts to be of the scope that another states, and not merely some.
    fn counts_at_least(&self, claim: &Claim, conflict: &Conflict) -> bool {
        let Proof::Cycle(steps) = &conflict.proof else { return true };
        steps.iter().any(|step| match step.reason {
            StepReason::Difference(id) => match self.problem[id].why {
                Why::SameScope(statement, Side::Least) => self.claim_of(statement).id == claim.id,
                _ => false,
            },
            StepReason::Order(_) => false,
        })
    }

    /// The line that states a dimension that a claim leaves unsaid, beside those that it states.
    fn stated_scope(&self, claim: &Claim, dimension: &str, member: &str) -> String {
        let mut scope = match &claim.kind {
            Kind::Figure(figure) => figure.scope.0.clone(),
            _ => Default::default(),
        };
        scope.insert(dimension.to_owned(), Member::Path(member.to_owned()));
        let pairs: Vec<String> = scope
            .iter()
            .map(|(dimension, member)| match member {
                Member::All => format!("{dimension} = \"*\""),
                Member::Path(path) => format!("{dimension} = \"{path}\""),
            })
            .collect();
        format!("# in [claim.{}], with what the source says\nscope = {{ {} }}", claim.name, pairs.join(", "))
    }

    fn first_words(&self, claim: &Claim) -> String {
        claim.mentions.first().map_or_else(String::new, |mention| mention.words.trim().to_owned())
    }
}

/// A question with the source that it is for.
fn asked_of(question: String, claim: &Claim) -> String {
    match &claim.source {
        Some(source) => format!("{question} (For {source}.)"),
        None => question,
    }
}
