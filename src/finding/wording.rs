//! Conflicts in words: what is wrong, by what arithmetic, where, and what would settle it.

use super::fingerprint::fingerprint;
use super::layers::{claims_of, rules_of};
use super::settle::{gap, repairs};
use super::single::reading;
use super::words::{capitalized, list, said_interval};
use super::{Finding, FindingKind, Location, Reach, Repair, Role};
use crate::claim::{Claim, ClaimId, Claims, Kind};
use crate::number::{Interval, Rational};
use crate::problem::{Conflict, Form, Lean, Problem, Proof, Says, StatementId, Step, Why};
use crate::rule::Rules;
use crate::solve::Leeway;
use crate::source::{Severity, Sources};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// What findings are worded from.
pub(super) struct Wording<'a> {
    pub sources: &'a Sources,
    pub claims: &'a Claims,
    pub rules: &'a Rules,
    pub problem: &'a Problem,
    /// What the claims of a conflict leave open for each other, made for the first that needs it.
    pub leeway: &'a OnceCell<Leeway<'a>>,
    /// The places of checks by their ids, made for the first that is looked up: record rules make one a record.
    checks: OnceCell<Vec<(&'a str, usize)>>,
}

/// The sentence of a finding and its arithmetic.
pub(super) struct Said {
    pub message: String,
    pub arithmetic: Option<String>,
    pub steps: Vec<String>,
}

impl<'a> Wording<'a> {
    pub(super) fn new(
        sources: &'a Sources,
        claims: &'a Claims,
        rules: &'a Rules,
        problem: &'a Problem,
        leeway: &'a OnceCell<Leeway<'a>>,
    ) -> Self {
        Self { sources, claims, rules, problem, leeway, checks: OnceCell::new() }
    }

    /// The places of the checks of an id.
    pub(super) fn checks(&self, id: &str) -> impl Iterator<Item = usize> {
        let all = self.checks.get_or_init(|| {
            let ids = self.claims.checks.iter().map(|check| check.id.as_str());
            let mut all: Vec<(&str, usize)> = ids.zip(0..).collect();
            all.sort_unstable();
            all
        });
        let first = all.partition_point(|(known, _)| *known < id);
        let found = all.get(first..).unwrap_or_default();
        found.iter().take_while(move |(known, _)| *known == id).map(|(_, at)| *at)
    }

    /// A conflict as a finding.
    pub(super) fn word(&self, kind: FindingKind, conflict: &Conflict) -> Finding {
        let said = match &conflict.proof {
            Proof::Apart => self.apart(conflict),
            Proof::Impossible(id) => self.impossible(conflict, &self.problem[*id]),
            Proof::Cycle(steps) => self.cycle(conflict, steps),
            Proof::Joint(joint) => self.together(conflict, joint),
        };
        let mut claims: Vec<String> =
            claims_of(self.problem, conflict).iter().map(|claim| self.claims[*claim].id.clone()).collect();
        for (text, _) in self.texts(conflict) {
            let id = &self.claims[text].id;
            if !claims.contains(id) {
                claims.push(id.clone());
            }
        }
        let rules = rules_of(self.problem, conflict);
        let hours = self.hours(conflict);
        // Figures of a morning and of a night are two, whatever day both are put down to.
        let is_asked = hours.is_some() && claims.len() == 2 && kind == FindingKind::Contradiction;
        let kind = if is_asked { FindingKind::Question } else { kind };
        let (question, paste) = match hours.as_ref().filter(|_| is_asked) {
            Some(hours) => (Some(hours.question.clone()), Some(hours.paste.clone())),
            None => self.question(kind, conflict),
        };
        let message = match kind {
            FindingKind::Strained => format!("{}, unless the words are meant at their widest", said.message),
            FindingKind::Question => match self.unsaid(conflict).as_slice() {
                [] => said.message,
                unsaid => format!("{}, if {}", said.message, list(unsaid)),
            },
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
            steps: said.steps.into_iter().chain(hours.map(|hours| hours.step)).collect(),
            leans_on: self.leans_on(conflict),
            unsaid: self.unsaid(conflict),
            question,
            paste,
            locations: self.locations(conflict),
            repairs: Vec::new(),
            conflict: None,
            waived: None,
        }
    }

    /// What would settle a conflict by itself, with its other claims as they are.
    pub(super) fn repairs(&self, conflict: &Conflict) -> Vec<Repair> {
        repairs(self.claims, self.problem, self.leeway, conflict)
    }

    /// By how much a conflict misses.
    pub(super) fn gap(&self, conflict: &Conflict) -> Option<Rational> {
        gap(self.problem, self.leeway, conflict)
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

    /// A claim's name; with its article, where a conflict is between articles.
    pub(super) fn name(&self, claim: ClaimId, conflict: &Conflict) -> &str {
        let across = conflict.statements.iter().any(|id| self.problem[*id].article != self.claims[claim].article);
        if across { &self.claims[claim].id } else { &self.claims[claim].name }
    }

    fn apart(&self, conflict: &Conflict) -> Said {
        let [one, other] = conflict.statements.as_slice() else {
            return Said { message: "what is said does not agree".into(), arithmetic: None, steps: Vec::new() };
        };
        let (first, second) = (self.claim_of(*one), self.claim_of(*other));
        let sources = first.source != second.source;
        let who = |statement: StatementId| {
            let name = self.name(self.problem[statement].claim, conflict);
            match self.problem[statement].source.as_ref().filter(|_| sources) {
                Some(source) => format!(" according to {source} (`{name}`)"),
                None => format!(" in `{name}`"),
            }
        };
        if let (Says::Text(a), Says::Text(b)) = (&self.problem[*one].says, &self.problem[*other].says) {
            let about = match &first.kind {
                Kind::Text(text) => text.about.value.clone(),
                _ => first.name.clone(),
            };
            let message = format!("`{about}` is “{a}”{}, but “{b}”{}", who(*one), who(*other));
            return Said { message, arithmetic: Some(format!("“{a}” ≠ “{b}”")), steps: Vec::new() };
        }
        let message = if first.id == second.id {
            format!("`{}` is {} in one place and {} in another", first.name, self.mention(*one), self.mention(*other))
        } else {
            let common = self.common(conflict, &[*one, *other]);
            format!(
                "{}{}: {}{}, but {}{}",
                capitalized(&self.measure(*one)),
                spaced(&common.time),
                self.mention(*one),
                who(*one),
                self.mention(*other),
                who(*other),
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
        if self.is_asked_for(statement) {
            return (read != Interval::everything()).then(|| format!("`{name}` is not known; it can be {hard}"));
        }
        let plain = read.as_point().is_some_and(|value| {
            [value.grouped(), value.to_string()].iter().any(|written| words.contains(written.as_str()))
        });
        (!plain && hard != words).then(|| format!("“{words}” in `{name}` is read as {hard}"))
    }

    fn cycle(&self, conflict: &Conflict, steps: &[Step]) -> Said {
        let dated = conflict.statements.iter().any(|s| matches!(self.problem[*s].says, Says::Date(_)));
        let values = conflict.statements.iter().any(|s| matches!(self.problem[*s].says, Says::Value(..)));
        if dated || !values { self.order_of_events(conflict) } else { self.totals(conflict, steps) }
    }

    /// A clash of dates with the orders that they must have.
    fn order_of_events(&self, conflict: &Conflict) -> Said {
        let orders: Vec<&str> = conflict
            .constraints
            .iter()
            .map(|constraint| &self.problem[*constraint])
            .filter(|constraint| matches!(constraint.form, Form::Differences(_)))
            .map(|constraint| constraint.words.as_str())
            .collect();
        let dates: Vec<(&str, StatementId)> = claims_of(self.problem, conflict)
            .iter()
            .filter_map(|claim| {
                let statement = conflict.statements.iter().find(|s| self.problem[**s].claim == *claim)?;
                Some((self.name(*claim, conflict), *statement))
            })
            .collect();
        let demands: Vec<String> = orders.iter().map(|order| format!("`{order}`")).collect();
        let message = match (orders.as_slice(), dates.as_slice()) {
            (_, []) => format!("{} cannot all hold, whatever the dates", list(&demands)),
            ([order], [one, other]) if in_order(order, one.0, other.0).is_some() => {
                let (turned, must) = in_order(order, one.0, other.0).unwrap_or_default();
                let (first, second) = if turned { (other, one) } else { (one, other) };
                let said = |(name, statement): &(&str, StatementId)| format!("`{name}` ({})", self.time(*statement));
                format!("{} {must} {}", said(first), said(second))
            }
            _ => {
                let dated: Vec<String> =
                    dates.iter().map(|(name, statement)| format!("`{name}` is {}", self.dated(*statement))).collect();
                format!("{}, but {} must hold", list(&dated), list(&demands))
            }
        };
        let steps = dates.iter().filter(|_| conflict.soft).filter_map(|(name, statement)| {
            let Says::Date(days) = &self.problem[*statement].says else { return None };
            let (usual, widest) = (days.read(true).said(), days.hard().said());
            (usual != widest).then(|| format!("`{name}` most likely means {usual}, at the widest {widest}"))
        });
        Said { message, arithmetic: None, steps: steps.collect() }
    }

    /// A date in words: "on 18 December 2025", "in August 2025".
    fn dated(&self, statement: StatementId) -> String {
        match &self.problem[statement].says {
            Says::Date(days) => {
                let days = days.hard();
                let on = if days.is_one_day() || !days.is_one_span() { "on" } else { "in" };
                format!("{on} {}", days.said())
            }
            _ => self.mention(statement),
        }
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
                Says::Value(..) => format!("{}{}", self.amount(*statement), spaced(&self.time(*statement))),
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
        places.extend(self.places_of_texts(&self.texts(conflict)));
        let mut named: BTreeSet<&str> =
            conflict.constraints.iter().map(|constraint| self.problem[*constraint].rule.as_str()).collect();
        for lean in &conflict.leans {
            if let Lean::Assumed(id) = &self.problem[*lean] {
                named.insert(id);
            }
        }
        let secondary = |span, label: String| Location { span, claim: None, role: Role::Secondary, label };
        let mut checks: Vec<usize> = named.iter().flat_map(|id| self.checks(id)).collect();
        checks.sort_unstable();
        for check in checks.into_iter().filter_map(|at| self.claims.checks.get(at)) {
            let what = if check.record.is_some() { "the rule" } else { "the check" };
            let label = check.because.clone().unwrap_or_else(|| what.to_owned());
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

/// Each text once, in the order of first use.
pub(super) fn folded(texts: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}

/// What an order of two events demands, and whether it names them the other way round.
fn in_order(order: &str, one: &str, other: &str) -> Option<(bool, &'static str)> {
    const SIGNS: [(&str, bool, &str); 4] = [
        (" < ", false, "must come before"),
        (" <= ", false, "must not come after"),
        (" > ", true, "must come before"),
        (" >= ", true, "must not come after"),
    ];
    SIGNS.iter().find_map(|(sign, later_first, must)| {
        let (left, right) = order.split_once(sign)?;
        let (early, late) = if *later_first { (right, left) } else { (left, right) };
        match (early == one && late == other, early == other && late == one) {
            (true, _) => Some((false, *must)),
            (_, true) => Some((true, *must)),
            _ => None,
        }
    })
}

/// A value without the word that says that it is exact.
fn bare(said: &str) -> &str {
    said.strip_prefix("exactly ").unwrap_or(said)
}

pub(super) fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}
