//! What a conflict leans on: assumptions, and what is unsaid, with the question to put to the source and the line that
//! settles it.
//!
//! A question can be sent as it stands: it speaks of figures as the text does, never of the ids of a claim file. The
//! line to paste says what would make the clash certain; the source's answer may be another.

use super::FindingKind;
use super::layers::claims_of;
use super::phrases::Common;
use super::wording::{Wording, folded};
use super::words::{list, said_measure};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimId, Kind, Member};
use crate::ground::WHEN;
use crate::problem::{Conflict, Lean, Proof, Says, Side, StatementId, StepReason, Time, Why};
use std::collections::BTreeSet;

/// Something unsaid, in all the forms in which a report speaks of it.
struct Unsaid {
    /// "all 92 arrests so far in December 2025 are of nationality KR": the clash is certain if it is so.
    condition: String,
    /// The question to the source.
    question: String,
    /// Whom it is for.
    source: Option<String>,
    /// The line to paste, with the place where it belongs.
    paste: String,
}

impl Wording<'_> {
    /// The ids of the assumptions that a conflict leans on.
    pub(super) fn leans_on(&self, conflict: &Conflict) -> Vec<String> {
        let assumed = conflict.leans.iter().filter_map(|lean| match &self.problem[*lean] {
            Lean::Assumed(id) => Some(id.clone()),
            _ => None,
        });
        assumed.collect::<BTreeSet<String>>().into_iter().collect()
    }

    /// What the text leaves unsaid and a conflict takes for granted, each as a condition.
    pub(super) fn unsaid(&self, conflict: &Conflict) -> Vec<String> {
        folded(self.all_unsaid(conflict).into_iter().map(|unsaid| unsaid.condition).collect())
    }

    /// The questions to put to sources, and the lines that settle them.
    pub(super) fn question(&self, kind: FindingKind, conflict: &Conflict) -> (Option<String>, Option<String>) {
        if kind != FindingKind::Question {
            return (None, None);
        }
        let (mut questions, mut pastes) = (Vec::new(), Vec::new());
        for unsaid in self.all_unsaid(conflict) {
            questions.push(match unsaid.source {
                Some(source) => format!("{source}: {}", unsaid.question),
                None => unsaid.question,
            });
            pastes.push(unsaid.paste);
        }
        let (questions, pastes) = (folded(questions), folded(pastes));
        ((!questions.is_empty()).then(|| questions.join(" ")), (!pastes.is_empty()).then(|| pastes.join("\n\n")))
    }

    fn all_unsaid(&self, conflict: &Conflict) -> Vec<Unsaid> {
        conflict.leans.iter().filter_map(|lean| self.lean(&self.problem[*lean], conflict)).collect()
    }

    fn lean(&self, lean: &Lean, conflict: &Conflict) -> Option<Unsaid> {
        Some(match lean {
            Lean::Assumed(_) | Lean::Convention { .. } => return None,
            Lean::Unspecified { dimension, claim, .. } if dimension == WHEN => self.no_time(*claim, conflict),
            Lean::Unspecified { dimension, claim, member } => {
                self.no_member(dimension, self.unsaid_by(dimension, *claim, conflict), member, conflict)
            }
            Lean::Undeclared { measure } => {
                let said = said_measure(measure);
                Unsaid {
                    condition: format!("{said} add up over time, none counted twice"),
                    question: format!(
                        "Do {said} add up over time, so that those of two periods together are those of both, with \
                         none counted twice?"
                    ),
                    source: None,
                    paste: format!(
                        "[measure.{}]\nover-time = \"adds\"   # or \"distinct\", \"level\", \"none\"\nleast = 0\n\
                         integer = true",
                        key(measure)
                    ),
                }
            }
            Lean::Origin { claims } => self.no_origin(claims, conflict),
        })
    }

    /// A claim that does not state a dimension, beside one that does.
    fn no_member(&self, dimension: &str, id: ClaimId, member: &str, conflict: &Conflict) -> Unsaid {
        let claim = &self.claims[id];
        let figure = self.figure_of(id, conflict);
        let name = dimension.replace('-', " ");
        let (subject, short) = (figure.subject(), self.short(id, conflict));
        let (condition, question) = if member.is_empty() {
            (
                format!("{short} {} of the same {name} as the rest", figure.is),
                format!("What {name} {} {subject} for?", figure.is),
            )
        } else if member == "*" {
            (
                format!("{short} {} of every {name}", figure.is),
                format!("{} {subject} of every {name}, or of some only?", figure.asks),
            )
        } else if self.counts_at_least(claim, conflict) {
            let all = if figure.is == "are" { " all" } else { "" };
            (
                format!("{short} {}{all} of {name} {member}", figure.is),
                format!("{} {subject}{all} of {name} {member}?", figure.asks),
            )
        } else {
            let (does, those) = if figure.is == "are" { ("Do", "those") } else { ("Does", "that") };
            let include = if figure.is == "are" { "include" } else { "includes" };
            (
                format!("{short} {include} {those} of {name} {member}"),
                format!("{does} {subject} include {those} of {name} {member}?"),
            )
        };
        // What includes one member is of all of them, as far as the clash goes.
        let includes = !member.is_empty() && !self.counts_at_least(claim, conflict);
        let member = match member {
            "" => self.member_of_others(dimension, id, conflict),
            _ if includes => "*".to_owned(),
            member => member.to_owned(),
        };
        Unsaid {
            condition,
            question,
            source: claim.source.clone(),
            paste: self.stated_scope(claim, dimension, &member),
        }
    }

    /// A claim without a time, beside one that has one.
    fn no_time(&self, otherwise: ClaimId, conflict: &Conflict) -> Unsaid {
        let id = self.unsaid_by(WHEN, otherwise, conflict);
        let claim = &self.claims[id];
        if matches!(&claim.kind, Kind::Figure(figure) if figure.when.is_some()) {
            return self.vague_time(conflict);
        }
        let figure = self.figure_of(id, conflict);
        let subject = figure.subject();
        let timed = conflict.statements.iter().find_map(|statement| match &self.problem[*statement].says {
            Says::Value(of, _) if self.problem[*statement].claim != id => match self.problem[*of].time {
                Time::At(when) => Some((self.time(*statement), when.notation())),
                Time::Unsaid => None,
            },
            _ => None,
        });
        let condition = match &timed {
            Some((said, _)) => format!("{} {} {said}", self.short(id, conflict), figure.is),
            None => format!("{} {} of the same time as the rest", self.short(id, conflict), figure.is),
        };
        // Where nobody gives a time, all of them need one.
        let (notation, timeless) = match timed {
            Some((_, notation)) => (notation, vec![id]),
            None => {
                let dateline = self.claims[claim.article].context.dateline;
                let year = dateline.map_or_else(String::new, |day| format!("{:04}", day.ymd().0));
                (year, claims_of(self.problem, conflict))
            }
        };
        let paste: Vec<String> = timeless
            .iter()
            .map(|claim| {
                let table = header(&self.claims[*claim]);
                format!("# in {table}\nwhen = \"{notation}\"   # or the time that the source names")
            })
            .collect();
        Unsaid {
            condition,
            question: format!("When or over what time {} {subject} counted?", figure.is),
            source: claim.source.clone(),
            paste: paste.join("\n\n"),
        }
    }

    /// Claims whose times are described alike, but not exactly: were they the same?
    fn vague_time(&self, conflict: &Conflict) -> Unsaid {
        let claims = claims_of(self.problem, conflict);
        let figures: Vec<String> = claims.iter().map(|claim| self.figure_of(*claim, conflict).subject()).collect();
        let subject = list(&figures);
        let last = conflict.statements.iter().find_map(|statement| match &self.problem[*statement].says {
            Says::Value(of, _) => match self.problem[*of].time {
                Time::At(when) => Some(when.end().latest.day_before()),
                Time::Unsaid => None,
            },
            _ => None,
        });
        let day = last.map(|day| day.to_string()).unwrap_or_default();
        let paste: Vec<String> = claims
            .iter()
            .map(|claim| {
                let table = header(&self.claims[*claim]);
                format!("# in {table}\nwhen = \"{day}\"   # or the day that the source names")
            })
            .collect();
        Unsaid {
            condition: "all of them are of the same day".to_owned(),
            question: format!("On which day were {subject} counted? Is it the same day for all of them?"),
            source: None,
            paste: paste.join("\n\n"),
        }
    }

    /// Running totals whose first day is not stated.
    fn no_origin(&self, claims: &[ClaimId], conflict: &Conflict) -> Unsaid {
        let claims: Vec<ClaimId> = claims.iter().copied().collect::<BTreeSet<ClaimId>>().into_iter().collect();
        let figures: Vec<String> = claims.iter().map(|claim| self.figure_of(*claim, conflict).subject()).collect();
        let subject = list(&figures);
        let first = claims.first().map(|claim| &self.claims[*claim]);
        let measures = claims.iter().filter_map(|claim| match &self.claims[*claim].kind {
            Kind::Figure(figure) => Some(figure.measure.value.as_str()),
            _ => None,
        });
        let measures: BTreeSet<&str> = measures.collect();
        let several = figures.len() > 1;
        let (condition, question) = if several {
            (
                match claims.len() {
                    2 if claims_of(self.problem, conflict).len() == 2 => {
                        "both are counted from the same day".to_owned()
                    }
                    _ => format!("{subject} are counted from the same day"),
                },
                format!("From which day on are {subject} counted? Is it the same day?"),
            )
        } else {
            (
                format!(
                    "{} {} counted from a day that is early enough",
                    claims.first().map_or(subject.clone(), |claim| self.short(*claim, conflict)),
                    self.is(&claims)
                ),
                format!("From which day on {} {subject} counted?", self.is(&claims)),
            )
        };
        let day = self.first_day(conflict);
        let paste: Vec<String> = measures
            .iter()
            .map(|measure| {
                let table = format!("[measure.{}]", key(measure));
                let place = match self.claims.vocabulary.measures.contains_key(*measure) {
                    true => format!("# in {table}, where it is declared"),
                    false => table,
                };
                format!("{place}\norigin = {day}   # or the day that the source names")
            })
            .collect();
        Unsaid {
            condition,
            question,
            source: first.filter(|_| !several).and_then(|claim| claim.source.clone()),
            paste: paste.join("\n\n"),
        }
    }

    fn is(&self, claims: &[ClaimId]) -> &'static str {
        let plural = |claim: &ClaimId| {
            let statement = self.problem.statements.iter().position(|statement| statement.claim == *claim);
            statement.is_some_and(|at| self.is_plural(StatementId::at(at)))
        };
        if claims.iter().any(plural) { "are" } else { "is" }
    }

    /// The first day of the year in which the first figure of a conflict lies: early enough for all of them.
    fn first_day(&self, conflict: &Conflict) -> Day {
        let starts = conflict.statements.iter().filter_map(|statement| match &self.problem[*statement].says {
            Says::Value(figure, _) => match self.problem[*figure].time {
                Time::At(when) => Some(when.end().earliest.day_before()),
                Time::Unsaid => None,
            },
            _ => None,
        });
        let day = starts.min().unwrap_or(Day(0));
        Day::from_ymd(day.ymd().0, 1, 1).unwrap_or(day)
    }

    /// A figure as a question speaks of it.
    fn figure_of(&self, id: ClaimId, conflict: &Conflict) -> Asked {
        let own = |statement: &StatementId| self.problem[*statement].claim == id;
        let all = || (0..self.problem.statements.len()).map(StatementId::at);
        let statement = conflict.statements.iter().copied().find(own).or_else(|| all().find(own));
        let Some(statement) = statement else {
            return Asked { words: format!("`{}`", self.claims[id].name), is: "is", asks: "Is" };
        };
        let words = self.figure(statement, &Common::default());
        let scopeless = words.split(" (").next().unwrap_or(&words).to_owned();
        if self.is_plural(statement) {
            Asked { words: scopeless, is: "are", asks: "Are" }
        } else {
            Asked { words: scopeless, is: "is", asks: "Is" }
        }
    }

    /// A figure by its words alone, `the 92`, if no other figure of the conflict has the same.
    fn short(&self, id: ClaimId, conflict: &Conflict) -> String {
        let words = |claim: ClaimId| {
            let own = conflict.statements.iter().find(|statement| self.problem[**statement].claim == claim);
            own.map(|statement| (self.mention(*statement), self.is_plural(*statement)))
        };
        let others = claims_of(self.problem, conflict).into_iter().filter(|claim| *claim != id);
        match words(id) {
            Some((own, true))
                if !own.is_empty() && !others.into_iter().any(|other| words(other).is_some_and(|it| it.0 == own)) =>
            {
                format!("the {own}")
            }
            _ => self.figure_of(id, conflict).subject(),
        }
    }

    /// The claim of a conflict that leaves a dimension unsaid.
    fn unsaid_by(&self, dimension: &str, otherwise: ClaimId, conflict: &Conflict) -> ClaimId {
        let mut claims = claims_of(self.problem, conflict).into_iter();
        let unsaid = |claim: &ClaimId| match &self.claims[*claim].kind {
            Kind::Figure(figure) if dimension == WHEN => figure.when.is_none(),
            Kind::Figure(figure) => !figure.scope.0.contains_key(dimension),
            _ => false,
        };
        claims.find(unsaid).unwrap_or(otherwise)
    }

    /// The member that the other claims of a conflict state of a dimension.
    fn member_of_others(&self, dimension: &str, id: ClaimId, conflict: &Conflict) -> String {
        let stated = claims_of(self.problem, conflict).into_iter().filter(|other| *other != id).find_map(|other| {
            match &self.claims[other].kind {
                Kind::Figure(figure) => figure.scope.0.get(dimension).cloned(),
                _ => None,
            }
        });
        match stated {
            Some(Member::Path(path)) => path,
            _ => "*".to_owned(),
        }
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
                Member::All => format!("{} = \"*\"", key(dimension)),
                Member::Path(path) => format!("{} = \"{path}\"", key(dimension)),
            })
            .collect();
        format!(
            "# in {}, instead of any scope that it has\nscope = {{ {} }}   # or what the source says",
            header(claim),
            pairs.join(", ")
        )
    }
}

/// A figure in a question, and the verb that goes with it.
struct Asked {
    words: String,
    is: &'static str,
    asks: &'static str,
}

impl Asked {
    /// `the 92 arrests so far in December 2025`.
    fn subject(&self) -> String {
        if self.words.starts_with('`') { self.words.clone() } else { format!("the {}", self.words) }
    }
}

/// The header of the table of a claim file that a claim stands in: `[claim.month]`, `[claims.revenue]`, `[event.raid]`.
pub(super) fn header(claim: &Claim) -> String {
    match (&claim.kind, claim.name.split_once('[')) {
        (Kind::Figure(_), Some((series, _))) => format!("[claims.{}]", key(series)),
        (Kind::Figure(_), None) => format!("[claim.{}]", key(&claim.name)),
        (Kind::Event(_), _) => format!("[event.{}]", key(&claim.name)),
        (Kind::Text(_), _) => format!("[text.{}]", key(&claim.name)),
    }
}

/// A name as a key of TOML: in quotation marks if it has to be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A text as a string of TOML.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
