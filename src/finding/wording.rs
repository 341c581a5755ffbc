//! Conflicts in words: what is wrong, by what arithmetic, where, and what would settle it.

use super::fingerprint::fingerprint;
use super::layers::{claims_of, rules_of};
use super::linear::range;
use super::settle::repairs;
use super::single::{box_of, reading};
use super::words::{capitalized, list, said_interval, said_measure, said_number};
use super::{Finding, FindingKind, Location, Reach, Role};
use crate::claim::{Claim, ClaimId, Claims, Kind};
use crate::expr::Comparison;
use crate::number::{Interval, Rational, Unit};
use crate::problem::{
    Conflict, Constraint, Domain, Form, Formula, Lean, Node, Problem, Proof, Says, Side, StatementId, Step, StepReason,
    Term, Time, Variable, Why,
};
use crate::rule::Rules;
use crate::source::Severity;
use std::collections::BTreeSet;

/// What findings are worded from.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub claims: &'a Claims,
    pub rules: &'a Rules,
    pub problem: &'a Problem,
}

/// The sentence of a finding and its arithmetic.
struct Said {
    message: String,
    arithmetic: Option<String>,
    steps: Vec<String>,
}

impl Wording<'_> {
    /// A conflict as a finding.
    pub(super) fn word(&self, kind: FindingKind, conflict: &Conflict) -> Finding {
        let said = match &conflict.proof {
            Proof::Apart => self.apart(conflict),
            Proof::Impossible(id) => self.impossible(conflict, &self.problem[*id]),
            Proof::Cycle(steps) => self.cycle(conflict, steps),
        };
        let claims: Vec<String> =
            claims_of(self.problem, conflict).iter().map(|claim| self.claims[*claim].id.clone()).collect();
        let rules = rules_of(self.problem, conflict);
        let (question, paste) = self.question(kind, conflict);
        let message = match kind {
            FindingKind::Strained => format!("{}, unless the words are stretched", said.message),
            FindingKind::Question => format!("{}, if the text means what it leaves unsaid", said.message),
            _ => said.message,
        };
        Finding {
            fingerprint: fingerprint(self.claims, self.problem, conflict, &rules),
            kind,
            reach: self.reach(conflict),
            severity: self.severity(kind, conflict),
            claims,
            rules,
            message,
            arithmetic: said.arithmetic,
            steps: said.steps,
            leans_on: self.leans_on(conflict),
            question,
            paste,
            locations: self.locations(conflict),
            repairs: repairs(self.claims, self.problem, conflict),
            conflict: None,
        }
    }

    /// The least severity of the rules, and no more than the kind allows.
    fn severity(&self, kind: FindingKind, conflict: &Conflict) -> Severity {
        let rules = conflict.constraints.iter().map(|constraint| self.problem[*constraint].severity).min();
        let most = if kind == FindingKind::Contradiction { Severity::Error } else { Severity::Warning };
        rules.unwrap_or(Severity::Error).min(most)
    }

    /// Single if one figure stands against one other, or against itself.
    fn reach(&self, conflict: &Conflict) -> Reach {
        let single = match &conflict.proof {
            Proof::Apart | Proof::Impossible(_) => true,
            Proof::Cycle(_) => {
                let ordered = conflict.constraints.iter().filter(|constraint| {
                    matches!(&self.problem[**constraint].form, Form::Differences(ids)
                        if ids.iter().any(|id| matches!(self.problem[*id].why, Why::Ordered(_) | Why::Stage)))
                });
                claims_of(self.problem, conflict).len() <= 2 && ordered.count() <= 1
            }
        };
        if single { Reach::Single } else { Reach::Joint }
    }

    fn claim_of(&self, statement: StatementId) -> &Claim {
        &self.claims[self.problem[statement].claim]
    }

    /// The words of a mention: `154`, or the value that was read if the words are long.
    fn mention(&self, statement: StatementId) -> String {
        let claim = self.claim_of(statement);
        let words = claim.mentions.get(self.problem[statement].mention).map(|mention| mention.words.trim());
        words.unwrap_or_default().to_owned()
    }

    fn unit(&self, statement: StatementId) -> Unit {
        match &self.problem[statement].says {
            Says::Value(figure, _) => self.problem[*figure].unit.clone(),
            _ => Unit::One,
        }
    }

    fn measure(&self, statement: StatementId) -> String {
        match &self.problem[statement].says {
            Says::Value(figure, _) => said_measure(&self.problem[*figure].measure),
            _ => self.claim_of(statement).name.clone(),
        }
    }

    /// When a figure was, in words; empty if that is unsaid.
    fn time(&self, statement: StatementId) -> String {
        match &self.problem[statement].says {
            Says::Value(figure, _) => match self.problem[*figure].time {
                Time::At(when) => when.said(),
                Time::Unsaid => String::new(),
            },
            Says::Date(days) => days.said(),
            Says::Text(_) => String::new(),
        }
    }

    fn apart(&self, conflict: &Conflict) -> Said {
        let [one, other] = conflict.statements.as_slice() else {
            return Said { message: "what is said does not agree".into(), arithmetic: None, steps: Vec::new() };
        };
        let (first, second) = (self.claim_of(*one), self.claim_of(*other));
        if let (Says::Text(a), Says::Text(b)) = (&self.problem[*one].says, &self.problem[*other].says) {
            let about = match &first.kind {
                Kind::Text(text) => text.about.value.clone(),
                _ => first.name.clone(),
            };
            let message = format!("{about} is “{a}” in one place and “{b}” in another");
            return Said { message, arithmetic: Some(format!("“{a}” ≠ “{b}”")), steps: Vec::new() };
        }
        let who = |claim: &Claim| claim.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
        let message = if first.id == second.id {
            format!("`{}` is {} in one place and {} in another", first.name, self.mention(*one), self.mention(*other))
        } else {
            format!(
                "the same figure, {}{}, is {}{} in `{}` and {}{} in `{}`",
                self.measure(*one),
                spaced(&self.time(*one)),
                self.mention(*one),
                who(first),
                first.name,
                self.mention(*other),
                who(second),
                second.name,
            )
        };
        let soft = conflict.soft;
        let said = |statement: StatementId| {
            reading(self.problem, statement, soft).map(|reading| said_interval(&reading, &self.unit(statement)))
        };
        let arithmetic = match (said(*one), said(*other)) {
            (Some(a), Some(b)) => Some(format!("{} ≠ {}", bare(&a), bare(&b))),
            _ => None,
        };
        let steps = [*one, *other].iter().filter_map(|statement| self.reads_as(*statement, soft)).collect();
        Said { message, arithmetic, steps }
    }

    /// How a mention is read, unless its words say exactly that.
    fn reads_as(&self, statement: StatementId, soft: bool) -> Option<String> {
        let read = reading(self.problem, statement, soft)?;
        let said = said_interval(&read, &self.unit(statement));
        let words = self.mention(statement);
        let plain = read.as_point().is_some_and(|value| value.grouped() == words || value.to_string() == words);
        (!plain).then(|| format!("“{words}” in `{}` is read as {said}", self.claim_of(statement).name))
    }

    fn impossible(&self, conflict: &Conflict, constraint: &Constraint) -> Said {
        let kept: BTreeSet<StatementId> = conflict.statements.iter().copied().collect();
        let found = box_of(self.problem, constraint, conflict.soft, &|statement| kept.contains(&statement));
        let arithmetic = found.and_then(|(formula, domains)| said_formula(&formula, &domains));
        let named: Vec<String> = self
            .in_order_of_variables(conflict, constraint)
            .into_iter()
            .filter_map(|claim| {
                let mut words: Vec<String> = Vec::new();
                for statement in conflict.statements.iter().filter(|id| self.problem[**id].claim == claim) {
                    words.push(match &self.problem[*statement].says {
                        Says::Date(days) => days.said(),
                        _ => self.mention(*statement),
                    });
                }
                let words = folded(words);
                (!words.is_empty()).then(|| format!("`{}` is {}", self.claims[claim].name, words.join(", ")))
            })
            .collect();
        let message = if named.is_empty() {
            format!("`{}` ({}) can never hold", constraint.words, constraint.rule)
        } else {
            format!("{}, so `{}` cannot hold", list(&named), constraint.words)
        };
        let mut steps: Vec<String> =
            conflict.statements.iter().filter_map(|statement| self.reads_as(*statement, conflict.soft)).collect();
        if let Some(because) = &constraint.because {
            steps.push(format!("it must hold because {}", because.trim_end_matches('.')));
        }
        Said { message, arithmetic, steps }
    }

    /// The claims of a conflict in the order in which its constraint names them.
    fn in_order_of_variables(&self, conflict: &Conflict, constraint: &Constraint) -> Vec<ClaimId> {
        let claims = claims_of(self.problem, conflict);
        let Form::Relation { variables, .. } = &constraint.form else { return claims };
        let mut ordered: Vec<ClaimId> = Vec::new();
        for variable in variables {
            let named: Vec<ClaimId> = match variable {
                Variable::Figure(figure) => {
                    self.problem[*figure].statements.iter().map(|statement| self.problem[*statement].claim).collect()
                }
                Variable::Event(claim) => vec![*claim],
                Variable::Unknown => Vec::new(),
            };
            for claim in named {
                if claims.contains(&claim) && !ordered.contains(&claim) {
                    ordered.push(claim);
                }
            }
        }
        ordered
    }

    fn cycle(&self, conflict: &Conflict, steps: &[Step]) -> Said {
        let dated = conflict.statements.iter().any(|s| matches!(self.problem[*s].says, Says::Date(_)));
        let values = conflict.statements.iter().any(|s| matches!(self.problem[*s].says, Says::Value(..)));
        if dated || !values { self.order_of_events(conflict) } else { self.totals(conflict, steps) }
    }

    /// A clash of dates with the orders that they must have.
    fn order_of_events(&self, conflict: &Conflict) -> Said {
        let orders: Vec<String> = conflict
            .constraints
            .iter()
            .map(|constraint| &self.problem[*constraint])
            .filter(|constraint| matches!(constraint.form, Form::Differences(_)))
            .map(|constraint| format!("`{}`", constraint.words))
            .collect();
        let claims = claims_of(self.problem, conflict);
        let dates: Vec<String> = claims
            .iter()
            .filter_map(|claim| {
                let statement = conflict.statements.iter().find(|s| self.problem[**s].claim == *claim)?;
                Some(format!("`{}` is {}", self.claims[*claim].name, self.dated(*statement)))
            })
            .collect();
        let message = if dates.is_empty() {
            format!("{} cannot all hold, whatever the dates", list(&orders))
        } else {
            format!("{}, so {} cannot hold", list(&dates), list(&orders))
        };
        let steps = conflict
            .constraints
            .iter()
            .filter_map(|constraint| self.problem[*constraint].because.as_ref())
            .map(|because| format!("it must hold because {}", because.trim_end_matches('.')))
            .collect();
        Said { message, arithmetic: None, steps }
    }

    /// A date in words: "on 18 December 2025", "in August 2025".
    fn dated(&self, statement: StatementId) -> String {
        match &self.problem[statement].says {
            Says::Date(days) if days.is_one_day() => format!("on {}", days.said()),
            Says::Date(days) => format!("in {}", days.said()),
            _ => self.mention(statement),
        }
    }

    /// A clash of running totals: what is at least there, against what is at most.
    fn totals(&self, conflict: &Conflict, steps: &[Step]) -> Said {
        let mut at_least: Vec<(StatementId, Rational, bool)> = Vec::new();
        let mut at_most: Vec<(StatementId, Rational, bool)> = Vec::new();
        for step in steps {
            let StepReason::Difference(id) = step.reason else { continue };
            match self.problem[id].why {
                Why::Stated(statement, Side::Most) | Why::SameScope(statement, Side::Most) => {
                    at_most.push((statement, step.at_most.clone(), step.strict));
                }
                Why::Stated(statement, Side::Least)
                | Why::SameScope(statement, Side::Least)
                | Why::Within(statement) => at_least.push((statement, -step.at_most.clone(), step.strict)),
                _ => {}
            }
        }
        self.in_time(&mut at_least);
        self.in_time(&mut at_most);
        let unit = conflict.statements.first().map_or(Unit::One, |statement| self.unit(*statement));
        let (low, low_sum) = sum(&at_least, &unit);
        let (high, high_sum) = sum(&at_most, &unit);
        let over = at_least.iter().any(|(_, _, strict)| *strict);
        let arithmetic = if low_sum == high_sum {
            if over { format!("more than {low}, yet at most {high}") } else { format!("{low}, yet less than {high}") }
        } else {
            format!("{low} > {high}")
        };
        let each = |terms: &[(StatementId, Rational, bool)]| {
            let said: Vec<String> = terms
                .iter()
                .map(|(statement, _, _)| format!("{}{}", self.mention(*statement), spaced(&self.time(*statement))))
                .collect();
            list(&folded(said))
        };
        let measures: BTreeSet<String> = conflict.statements.iter().map(|statement| self.measure(*statement)).collect();
        let subject = capitalized(&list(&measures.into_iter().collect::<Vec<_>>()));
        let verb = if at_least.len() > 1 { "make at least" } else { "means at least" };
        let message = if at_most.is_empty() {
            format!("{subject}: {} cannot be", each(&at_least))
        } else if at_least.len() == 1 && at_most.len() == 1 {
            format!("{subject}: {} cannot lie within {}", each(&at_least), each(&at_most))
        } else if at_most.len() == 1 {
            let total = said_number(&low_sum, &unit);
            format!("{subject}: {} {verb} {total}, more than the {}", each(&at_least), each(&at_most))
        } else {
            let (total, room) = (said_number(&low_sum, &unit), said_number(&high_sum, &unit));
            format!(
                "{subject}: {} {verb} {total}, but {} leave room for {room} at most",
                each(&at_least),
                each(&at_most)
            )
        };
        let mut lines: Vec<String> =
            conflict.statements.iter().filter_map(|statement| self.reads_as(*statement, conflict.soft)).collect();
        for step in steps {
            if let StepReason::Difference(id) = step.reason {
                lines.extend(self.structure(id));
            }
        }
        Said { message, arithmetic: Some(arithmetic), steps: folded(lines) }
    }

    /// What an edge that no statement gives says, in words.
    fn structure(&self, id: crate::problem::DifferenceId) -> Option<String> {
        let difference = &self.problem[id];
        let rule = difference.constraint.map(|constraint| self.problem[constraint].words.clone());
        match difference.why {
            Why::Within(statement) => {
                let wide = match self.problem[difference.to] {
                    Node::Total(curve, _) => self.problem[curve].scope.said(),
                    _ => String::new(),
                };
                Some(format!(
                    "{} in `{}` are part of those of {wide}",
                    self.mention(statement),
                    self.claim_of(statement).name
                ))
            }
            Why::SameOrigin => Some("the running totals are taken to count from the same day".to_owned()),
            Why::BegunBefore => Some("the running total is taken to have begun before the period".to_owned()),
            Why::Stage | Why::Opening => rule,
            _ => None,
        }
    }

    /// Puts terms in the order of their times.
    fn in_time(&self, terms: &mut [(StatementId, Rational, bool)]) {
        terms.sort_by_key(|(statement, _, _)| {
            let end = match &self.problem[*statement].says {
                Says::Value(figure, _) => match self.problem[*figure].time {
                    Time::At(when) => Some(when.end().latest),
                    Time::Unsaid => None,
                },
                _ => None,
            };
            (end, *statement)
        });
    }

    /// What a conflict leans on, in words: ids of assumptions, and what is unsaid.
    fn leans_on(&self, conflict: &Conflict) -> Vec<String> {
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
                format!("where {} count from is unsaid", list(&folded(names)))
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
    fn question(&self, kind: FindingKind, conflict: &Conflict) -> (Option<String>, Option<String>) {
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
                        format!("[claim.{}]\nwhen = \"…\"", claim.name),
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
                        let stands = if self.is_same_scope(conflict) {
                            format!("it is {member} for all of them")
                        } else {
                            format!("{member} is among them")
                        };
                        format!(
                            "What is the {dimension} of the {words} in `{}`? The text does not say; the clash stands if {stands}.",
                            claim.name
                        )
                    };
                    (
                        what,
                        format!(
                            "[claim.{}]\nscope = {{ {dimension} = \"{member}\" }}   # or what the source says",
                            claim.name
                        ),
                    )
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

    /// Whether a conflict takes a claim to be of the very scope that another states, rather than to cover it.
    fn is_same_scope(&self, conflict: &Conflict) -> bool {
        let Proof::Cycle(steps) = &conflict.proof else { return true };
        steps.iter().any(|step| match step.reason {
            StepReason::Difference(id) => matches!(self.problem[id].why, Why::SameScope(..)),
            StepReason::Order(_) => false,
        })
    }

    fn first_words(&self, claim: &Claim) -> String {
        claim.mentions.first().map_or_else(String::new, |mention| mention.words.trim().to_owned())
    }

    /// Every place of a conflict: its claims, their places in the draft, and the rules that they break.
    fn locations(&self, conflict: &Conflict) -> Vec<Location> {
        let mut places = Vec::new();
        let mut drafts = Vec::new();
        for statement in &conflict.statements {
            let claim = self.claim_of(*statement);
            let mention = claim.mentions.get(self.problem[*statement].mention);
            let span = mention.map_or(claim.span, |mention| mention.span);
            let label = match &self.problem[*statement].says {
                Says::Value(..) => format!(
                    "{} {}{}",
                    self.mention(*statement),
                    self.measure(*statement),
                    spaced(&self.time(*statement))
                ),
                Says::Date(_) => format!("{} {}", claim.name, self.dated(*statement)),
                Says::Text(text) => format!("“{text}”"),
            };
            let source = claim.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
            places.push(Location {
                span,
                claim: Some(claim.id.clone()),
                role: Role::Primary,
                label: format!("{label}{source}"),
            });
            if let Some(span) = mention.and_then(|mention| mention.in_draft) {
                let label = "the draft says so here".to_owned();
                drafts.push(Location { span, claim: Some(claim.id.clone()), role: Role::Secondary, label });
            }
        }
        places.extend(drafts);
        let mut named: BTreeSet<&str> =
            conflict.constraints.iter().map(|constraint| self.problem[*constraint].rule.as_str()).collect();
        for lean in &conflict.leans {
            if let Lean::Assumed(id) = &self.problem[*lean] {
                named.insert(id);
            }
        }
        let secondary = |span, label: String| Location { span, claim: None, role: Role::Secondary, label };
        for check in self.claims.checks.iter().filter(|check| named.contains(check.id.as_str())) {
            let label = check.because.clone().unwrap_or_else(|| "the check".to_owned());
            places.push(secondary(check.require.span, label));
        }
        for assume in self.claims.assumes.iter().filter(|assume| named.contains(assume.id.as_str())) {
            let because = assume.because.as_ref().map_or_else(String::new, |because| format!(": {because}"));
            places.push(secondary(assume.that.span, format!("assumed{because}")));
        }
        for rule in self.rules.rules.iter().filter(|rule| !rule.standard && named.contains(rule.id.value.as_str())) {
            let label = rule.about.clone().unwrap_or_else(|| "the rule".to_owned());
            places.push(secondary(rule.id.span, label));
        }
        places
    }
}

/// A sum in figures, and what it comes to: `154 + 92 = 246`.
fn sum(terms: &[(StatementId, Rational, bool)], unit: &Unit) -> (String, Rational) {
    let total = terms.iter().fold(Rational::from(0), |total, (_, amount, _)| total + amount.clone());
    let amounts: Vec<String> = terms.iter().map(|(_, amount, _)| said_number(amount, unit)).collect();
    let text = match amounts.as_slice() {
        [] => "0".to_owned(),
        [only] => only.clone(),
        many => format!("{} = {}", many.join(" + "), said_number(&total, unit)),
    };
    (text, total)
}

/// The comparison that fails, with the values in it: `40 + 4 = 44 ≠ 45`.
fn said_formula(formula: &Formula, domains: &[Domain]) -> Option<String> {
    match formula {
        Formula::Compare(left, comparison, right) => {
            let sign = match comparison {
                Comparison::Less => "≥",
                Comparison::AtMost => ">",
                Comparison::Equal => "≠",
                Comparison::NotEqual => "=",
                Comparison::AtLeast => "<",
                Comparison::More => "≤",
            };
            Some(format!("{} {sign} {}", said_term(left, domains, true)?, said_term(right, domains, true)?))
        }
        Formula::All(parts) => parts.iter().find_map(|part| said_formula(part, domains)),
        Formula::Any(parts) => parts.last().and_then(|part| said_formula(part, domains)),
        _ => None,
    }
}

/// A term with the values in it, and, at the top, what it comes to.
fn said_term(term: &Term, domains: &[Domain], top: bool) -> Option<String> {
    let value = |interval: &Interval| match interval.as_point() {
        Some(point) => point.grouped(),
        None => format!("({})", said_interval(interval, &Unit::One)),
    };
    let text = match term {
        Term::Number(number) => number.grouped(),
        Term::Variable(place) => value(&domains.get(*place)?.interval),
        Term::Negative(of) => format!("-{}", said_term(of, domains, false)?),
        Term::Sum(terms) => {
            let mut text = String::new();
            for (at, term) in terms.iter().enumerate() {
                match term {
                    Term::Negative(of) if at > 0 => {
                        text.push_str(" - ");
                        text.push_str(&said_term(of, domains, false)?);
                    }
                    term => {
                        text.push_str(if at > 0 { " + " } else { "" });
                        text.push_str(&said_term(term, domains, false)?);
                    }
                }
            }
            if top { text } else { format!("({text})") }
        }
        Term::Product(left, right) => {
            format!("{} × {}", said_term(left, domains, false)?, said_term(right, domains, false)?)
        }
        Term::Quotient(left, right) => {
            format!("{} / {}", said_term(left, domains, false)?, said_term(right, domains, false)?)
        }
        Term::Power(of, exponent) => format!("{}^{exponent}", said_term(of, domains, false)?),
        Term::Least(_) | Term::Greatest(_) => value(&range(term, domains)?),
    };
    let compound = !matches!(term, Term::Number(_) | Term::Variable(_) | Term::Least(_) | Term::Greatest(_));
    match (top && compound).then(|| range(term, domains)).flatten() {
        Some(interval) => Some(match interval.as_point() {
            Some(point) => format!("{text} = {}", point.said()),
            None => format!("{text}, {},", said_interval(&interval, &Unit::One)),
        }),
        None => Some(text),
    }
}

/// Each text once, in the order of first use.
fn folded(texts: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}

/// A value without the word that says that it is exact.
fn bare(said: &str) -> &str {
    said.strip_prefix("exactly ").unwrap_or(said)
}

fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}
