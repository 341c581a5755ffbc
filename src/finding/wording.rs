//! Conflicts in words: what is wrong, by what arithmetic, where, and what would settle it.

use super::arithmetic::said_formula;
use super::fingerprint::fingerprint;
use super::layers::{claims_of, rules_of};
use super::settle::repairs;
use super::single::{box_of, reading};
use super::words::{capitalized, list, said_interval, said_measure, said_number};
use super::{Finding, FindingKind, Location, Reach, Role};
use crate::claim::{Claim, ClaimId, Claims, Kind, Member, Scope};
use crate::number::{Rational, Unit};
use crate::problem::{
    Conflict, Constraint, Form, Lean, Problem, Proof, Says, Side, StatementId, Step, StepReason, Time, Variable, Why,
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
pub(super) struct Said {
    pub message: String,
    pub arithmetic: Option<String>,
    pub steps: Vec<String>,
}

impl Wording<'_> {
    /// A conflict as a finding.
    pub(super) fn word(&self, kind: FindingKind, conflict: &Conflict) -> Finding {
        let said = match &conflict.proof {
            Proof::Apart => self.apart(conflict),
            Proof::Impossible(id) => self.impossible(conflict, &self.problem[*id]),
            Proof::Cycle(steps) => self.cycle(conflict, steps),
            Proof::Joint(_) => self.together(conflict),
        };
        let claims: Vec<String> =
            claims_of(self.problem, conflict).iter().map(|claim| self.claims[*claim].id.clone()).collect();
        let rules = rules_of(self.problem, conflict);
        let (question, paste) = self.question(kind, conflict);
        let message = match kind {
            FindingKind::Strained => format!("{}, unless the figures are read at their widest", said.message),
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
            Proof::Joint(_) => false,
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

    pub(super) fn claim_of(&self, statement: StatementId) -> &Claim {
        &self.claims[self.problem[statement].claim]
    }

    /// The words of a mention: `154`, or the value that was read if the words are long.
    pub(super) fn mention(&self, statement: StatementId) -> String {
        let claim = self.claim_of(statement);
        let words = claim.mentions.get(self.problem[statement].mention).map(|mention| mention.words.trim());
        words.unwrap_or_default().to_owned()
    }

    /// A claim's name; with its article, where a conflict is between articles.
    pub(super) fn name(&self, claim: ClaimId, conflict: &Conflict) -> &str {
        let across = conflict.statements.iter().any(|id| self.problem[*id].article != self.claims[claim].article);
        if across { &self.claims[claim].id } else { &self.claims[claim].name }
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
                self.name(self.problem[*one].claim, conflict),
                self.mention(*other),
                who(second),
                self.name(self.problem[*other].claim, conflict),
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
    pub(super) fn reads_as(&self, statement: StatementId, soft: bool) -> Option<String> {
        let (unit, words, name) = (self.unit(statement), self.mention(statement), &self.claim_of(statement).name);
        let said = |soft| Some(said_interval(&reading(self.problem, statement, soft)?, &unit));
        let (read, hard) = (reading(self.problem, statement, soft)?, said(false)?);
        if soft && said(true)? != hard {
            return Some(format!("“{words}” in `{name}` most likely means {}, at the widest {hard}", said(true)?));
        }
        let plain = read.as_point().is_some_and(|value| {
            [value.grouped(), value.to_string()].iter().any(|written| words.contains(written.as_str()))
        });
        (!plain && hard != words).then(|| format!("“{words}” in `{name}` is read as {hard}"))
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
                (!words.is_empty()).then(|| format!("`{}` is {}", self.name(claim, conflict), words.join(", ")))
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
            steps.push(because.clone());
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
        let steps =
            conflict.constraints.iter().filter_map(|constraint| self.problem[*constraint].because.clone()).collect();
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
        let common = self.common_scope(conflict);
        let each = |terms: &[(StatementId, Rational, bool)]| {
            let said = |(statement, _, _): &(StatementId, Rational, bool)| {
                let scope = self.scope(*statement, &common);
                let place = if scope.is_empty() { scope } else { format!(" for {scope}") };
                format!("{}{}{place}", self.mention(*statement), spaced(&self.time(*statement)))
            };
            list(&folded(terms.iter().map(said).collect()))
        };
        if terms_shown(&at_least, &at_most) > 6 {
            let message = format!(
                "{} figures of {} over overlapping times cannot all be true",
                conflict.statements.len(),
                list(&self.measures(conflict))
            );
            let steps = conflict.statements.iter().filter_map(|id| self.reads_as(*id, conflict.soft)).collect();
            return Said { message, arithmetic: Some(arithmetic), steps };
        }
        let subject = capitalized(&list(&self.measures(conflict)));
        let verb = if at_least.len() > 1 { "make at least" } else { "means at least" };
        let message = if at_most.is_empty() {
            format!("{subject}: {} cannot be", each(&at_least))
        } else if at_least.len() == 1 && at_most.len() == 1 {
            format!("{subject}: {} are more than the {} that cover them", each(&at_least), each(&at_most))
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

    /// The measures of a conflict, in words.
    fn measures(&self, conflict: &Conflict) -> Vec<String> {
        let found: BTreeSet<String> = conflict.statements.iter().map(|statement| self.measure(*statement)).collect();
        found.into_iter().collect()
    }

    /// What the scopes of all figures of a conflict have in common.
    fn common_scope(&self, conflict: &Conflict) -> Scope {
        let mut scopes = conflict.statements.iter().filter_map(|statement| self.stated_in(*statement));
        let first = scopes.next().cloned().unwrap_or_default();
        scopes.fold(first, |common, scope| {
            let same = |(dimension, member): &(String, Member)| scope.0.get(dimension) == Some(member);
            Scope(common.0.into_iter().filter(same).collect())
        })
    }

    fn stated_in(&self, statement: StatementId) -> Option<&Scope> {
        match &self.problem[statement].says {
            Says::Value(figure, _) => Some(&self.problem[*figure].scope),
            _ => None,
        }
    }

    /// For whom or where a figure is, in words, but for what goes without saying.
    fn scope(&self, statement: StatementId, common: &Scope) -> String {
        let Some(scope) = self.stated_in(statement) else { return String::new() };
        let own = scope.0.iter().filter(|(dimension, _)| !common.0.contains_key(*dimension));
        Scope(own.map(|(dimension, member)| (dimension.clone(), member.clone())).collect()).said()
    }

    /// What an edge that no statement gives says, in words.
    fn structure(&self, id: crate::problem::DifferenceId) -> Option<String> {
        let difference = &self.problem[id];
        let rule = difference.constraint.map(|constraint| self.problem[constraint].words.clone());
        match difference.why {
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
                let label = "in the draft".to_owned();
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

/// How many terms a sentence would have to name.
fn terms_shown<T>(at_least: &[T], at_most: &[T]) -> usize {
    at_least.len().saturating_add(at_most.len())
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

/// Each text once, in the order of first use.
pub(super) fn folded(texts: Vec<String>) -> Vec<String> {
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
