//! One relation that cannot hold, in a sentence: shares, changes, balances, and every other formula.

use super::arithmetic::said_formula;
use super::linear::range;
use super::single::box_of;
use super::wording::{Said, Wording, folded};
use super::words::{capitalized, list, said_interval, said_number};
use crate::claim::Kind as ClaimKind;
use crate::number::{Interval, Rational, Unit};
use crate::problem::{Conflict, Constraint, Domain, Form, Formula, Says, StatementId, Term, Variable};
use crate::rule::Kind;
use std::collections::BTreeSet;

/// The parts of a relation: what each of its variables stands for in this conflict.
pub(super) struct Parts<'a> {
    pub(super) conflict: &'a Conflict,
    pub(super) variables: &'a [Variable],
    pub(super) domains: Vec<Domain>,
    pub(super) formula: Formula,
}

impl Wording<'_> {
    /// A constraint that no choice of values satisfies.
    pub(super) fn impossible(&self, conflict: &Conflict, constraint: &Constraint) -> Said {
        let said = self.known_relation(conflict, constraint).or_else(|| self.cancelled(conflict, constraint));
        let said = said.or_else(|| self.sum(conflict, constraint));
        let mut said = said.unwrap_or_else(|| self.any_relation(conflict, constraint));
        said.steps = self.read_as(conflict);
        said
    }

    fn parts<'a>(&self, conflict: &'a Conflict, constraint: &'a Constraint) -> Option<Parts<'a>> {
        let Form::Relation { variables, .. } = &constraint.form else { return None };
        let kept: BTreeSet<StatementId> = conflict.statements.iter().copied().collect();
        let (formula, domains) =
            box_of(self.problem, constraint, conflict.soft, &|statement| kept.contains(&statement))?;
        Some(Parts { conflict, variables, domains, formula })
    }

    /// The first statement of a conflict for a variable of its relation.
    pub(super) fn statement_of(&self, conflict: &Conflict, variable: &Variable) -> Option<StatementId> {
        conflict.statements.iter().copied().find(|id| match (variable, &self.problem[*id].says) {
            (Variable::Figure(figure), Says::Value(of, _)) => of == figure,
            (Variable::Event(claim), Says::Date(_)) => self.problem[*id].claim == *claim,
            _ => false,
        })
    }

    /// The relations that have a sentence of their own.
    fn known_relation(&self, conflict: &Conflict, constraint: &Constraint) -> Option<Said> {
        let parts = self.parts(conflict, constraint)?;
        if let Some(answers) = parts.formula.answers_alone() {
            return self.spread(&parts, answers);
        }
        let rule = self.rules.rules.iter().find(|rule| rule.id.value == constraint.rule);
        match (constraint.rule.as_str(), rule.map(|rule| &rule.kind)) {
            ("percent-of-whole", _) => self.share(&parts),
            ("percent-of-count", _) => self.share_of_count(&parts),
            ("change", _) => self.change(&parts),
            ("grim", _) => self.whole_mean(&parts),
            (_, Some(Kind::Balance(balance))) => {
                let level = &balance.level.value;
                let outflows: Vec<&str> = balance.outflows.iter().map(|out| out.value.as_str()).collect();
                self.balance(&parts, level, &outflows)
            }
            _ => None,
        }
    }

    /// "34 charged out of 92 arrests make about 36.96%, not 38%".
    fn share(&self, parts: &Parts<'_>) -> Option<Said> {
        let [share, part, whole] = parts.variables else { return None };
        let statements = [share, part, whole].map(|variable| self.statement_of(parts.conflict, variable));
        let [Some(share), Some(part), Some(whole)] = statements else { return None };
        let Formula::Compare(_, _, quotient) = &parts.formula else { return None };
        let comes_to = said_result(&range(quotient, &parts.domains)?, &Unit::Percent);
        let common = self.common(parts.conflict, &[part, whole]);
        let message = format!(
            "{} out of {} {} {comes_to}, not {}",
            self.figure(part, &common),
            self.next_figure(whole, part, &common),
            if self.is_plural(part) { "are" } else { "is" },
            self.mention(share),
        );
        Some(self.relation_said(parts, &self.dated_first(&message, &common.time)))
    }

    /// "37% of 12 respondents is no whole number of them: 4 are 33.33%, 5 are 41.67%".
    fn share_of_count(&self, parts: &Parts<'_>) -> Option<Said> {
        let places = || parts.variables.iter().zip(&parts.domains);
        let figure = |wanted: bool| {
            places().find_map(|(variable, domain)| {
                let statement = self.statement_of(parts.conflict, variable)?;
                ((self.unit(statement) == Unit::Percent) == wanted).then(|| (statement, domain.interval.clone()))
            })
        };
        let ((share, reading), (whole, count)) = (figure(true)?, figure(false)?);
        let count = count.as_point()?.clone();
        let hundred = Rational::from(100);
        let percent = |number: &Rational| number.times(&hundred).checked_div(&count);
        let least = reading.lo().value()?.times(&count).checked_div(&hundred)?.floor();
        let next = least.clone() + Rational::ONE;
        let said = |number: &Rational| {
            let is = if *number == Rational::ONE { "is" } else { "are" };
            Some(format!("{} {is} {}", number.grouped(), said_roughly(&percent(number)?, &Unit::Percent)))
        };
        let message = format!(
            "{} of {} is no whole number of them: {}, {}",
            self.mention(share),
            self.amount(whole),
            said(&least)?,
            said(&next)?,
        );
        Some(self.relation_said(parts, &message))
    }

    /// "93 reports in October 2025 to 17 in November 2025 is a fall of about 81.72%, not of 71%".
    fn change(&self, parts: &Parts<'_>) -> Option<Said> {
        let Formula::Compare(Term::Variable(share), _, change) = &parts.formula else { return None };
        let (start, end) = ends_of_change(change)?;
        let statement = |place: usize| self.statement_of(parts.conflict, parts.variables.get(place)?);
        let (share, start, end) = (statement(*share)?, statement(start)?, statement(end)?);
        let comes_to = range(change, &parts.domains)?;
        let ClaimKind::Figure(_) = &self.claim_of(share).kind else { return None };
        let claimed = super::single::reading(self.problem, share, parts.conflict.soft)?;
        let (word, size) = match direction(&comes_to) {
            Some(word @ "fall") => (word, comes_to.neg()),
            Some(word) => (word, comes_to),
            None => ("change", comes_to),
        };
        let words = self.mention(share);
        let bare = words.trim_start_matches(['-', '−', '+']);
        let is_size = bare.starts_with(|it: char| it.is_ascii_digit());
        let not = match direction(&claimed) {
            Some(claimed) if claimed == word && is_size => format!("of {bare}"),
            Some(claimed) if is_size => format!("a {claimed} of {bare}"),
            Some(claimed) if claimed != word => format!("a {claimed} (“{words}”)"),
            _ => format!("“{words}”"),
        };
        let common = self.common(parts.conflict, &[start, end]);
        let message = format!(
            "from {} to {} is {}, not {not}",
            self.figure(start, &common),
            self.next_figure(end, start, &common),
            match size.as_point() {
                Some(size) if size.is_zero() => "no change".to_owned(),
                _ => format!("a {word} of {}", said_result(&size, &Unit::Percent)),
            },
        );
        Some(self.relation_said(parts, &self.dated_first(&message, &common.time)))
    }

    /// "40 in custody on 31 October 2025 plus 30 arrests less 10 releases make 60, not the 55 on 30 November 2025".
    fn balance(&self, parts: &Parts<'_>, level: &str, outflows: &[&str]) -> Option<Said> {
        let (mut levels, mut inflows, mut outs) = (Vec::new(), Vec::new(), Vec::new());
        let mut sum = Interval::point(Rational::default());
        for (variable, domain) in parts.variables.iter().zip(&parts.domains) {
            let Variable::Figure(figure) = variable else { return None };
            let statement = self.statement_of(parts.conflict, variable)?;
            let measure = self.problem[*figure].measure.as_str();
            if measure == level {
                levels.push((statement, domain.interval.clone()));
            } else if outflows.contains(&measure) {
                sum = sum.add(&domain.interval.neg());
                outs.push(statement);
            } else {
                sum = sum.add(&domain.interval);
                inflows.push(statement);
            }
        }
        levels.sort_by_key(|(statement, _)| match &self.problem[*statement].says {
            Says::Value(figure, _) => Some(self.problem[*figure].time.clone()),
            _ => None,
        });
        let [(start, before), (end, _)] = levels.as_slice() else { return None };
        let comes_to = before.add(&sum);
        let all: Vec<StatementId> = [*start, *end].into_iter().chain(inflows.clone()).chain(outs.clone()).collect();
        let (common, unit) = (self.common(parts.conflict, &all), self.unit(*start));
        let mut message = self.figure(*start, &common);
        for (word, flows) in [("plus", &inflows), ("less", &outs)] {
            if !flows.is_empty() {
                message.push_str(&format!(" {word} {}", self.figures(flows, None, &common)));
            }
        }
        let result = said_result(&comes_to, &unit);
        message.push_str(&format!(" make {result}, not the {}", self.next_figure(*end, *start, &common)));
        let amount = |statement: StatementId| match super::single::reading(self.problem, statement, parts.conflict.soft)
        {
            Some(reading) => said_result(&reading, &unit),
            None => self.mention(statement),
        };
        let mut arithmetic = amount(*start);
        inflows.iter().for_each(|flow| arithmetic.push_str(&format!(" + {}", amount(*flow))));
        outs.iter().for_each(|flow| arithmetic.push_str(&format!(" - {}", amount(*flow))));
        let arithmetic = format!("{arithmetic} = {result} ≠ {}", amount(*end));
        Some(Said { message: capitalized(&message), arithmetic: Some(arithmetic), steps: Vec::new() })
    }

    /// "`a < a` can never hold: it compares a figure with itself".
    fn cancelled(&self, conflict: &Conflict, constraint: &Constraint) -> Option<Said> {
        let is_of_nothing = conflict.statements.is_empty() && self.demands_formula(constraint);
        let parts = self.parts(conflict, constraint).filter(|_| is_of_nothing)?;
        let Formula::Compare(left, _, right) = &parts.formula else { return None };
        let (left, right) = (left.linear()?, right.linear()?);
        if left.0.is_empty() || left.0 != right.0 {
            return None;
        }
        let (why, arithmetic) = if left.1 == right.1 {
            let only = left.0.iter().next().filter(|(_, factor)| left.0.len() == 1 && **factor == Rational::ONE);
            let variable = only.filter(|_| left.1.is_zero()).and_then(|(place, _)| parts.variables.get(*place));
            let claims = constraint.claims.iter().map(|claim| format!("`{}`", self.name(*claim, conflict)));
            let names: Vec<String> = claims.collect();
            let why = match (variable, names.as_slice()) {
                // Two claims may state one figure.
                (Some(_), [_, _, ..]) => format!("{} state one figure", list(&names)),
                (Some(Variable::Event(_)), _) => "it compares a date with itself".to_owned(),
                (Some(_), _) => "it compares a figure with itself".to_owned(),
                (None, _) => "it compares an amount with itself".to_owned(),
            };
            (why, None)
        } else {
            let rest = self.sum(conflict, constraint).and_then(|said| said.arithmetic);
            ("its figures cancel out".to_owned(), rest)
        };
        let message = format!("`{}` can never hold: {why}", constraint.words);
        Some(Said { message, arithmetic, steps: Vec::new() })
    }

    /// "`price` is 12.50 and `sales` is 5,510, but `price * units == sales` must hold".
    fn any_relation(&self, conflict: &Conflict, constraint: &Constraint) -> Said {
        let mut named: Vec<String> = self
            .in_order_of_variables(conflict, constraint)
            .into_iter()
            .filter_map(|claim| {
                let statements = conflict.statements.iter().filter(|id| self.problem[**id].claim == claim);
                let words = folded(statements.map(|statement| self.said(*statement)).collect());
                (!words.is_empty()).then(|| format!("`{}` is {}", self.name(claim, conflict), list(&words)))
            })
            .collect();
        let texts = self.texts(conflict).into_iter();
        named.extend(texts.map(|(claim, says)| format!("`{}` is “{says}”", self.name(claim, conflict))));
        let demand = self.demand(constraint);
        let message = if named.is_empty() {
            format!("{} (rule {}), and no figures at all can be so", capitalized(&demand), constraint.rule)
        } else {
            format!("{}, but {demand}", list(&named))
        };
        let arithmetic = self.parts(conflict, constraint).and_then(|parts| self.arithmetic(&parts));
        Said { message, arithmetic, steps: Vec::new() }
    }

    pub(super) fn relation_said(&self, parts: &Parts<'_>, message: &str) -> Said {
        Said { message: capitalized(message), arithmetic: self.arithmetic(parts), steps: Vec::new() }
    }

    fn dated_first(&self, message: &str, time: &str) -> String {
        if time.is_empty() { message.to_owned() } else { format!("{time}, {message}") }
    }

    /// The formula with the figures' own words in it.
    fn arithmetic(&self, parts: &Parts<'_>) -> Option<String> {
        let said = |place: usize| match parts.variables.get(place) {
            Some(variable) => match (self.statement_of(parts.conflict, variable), variable) {
                (Some(statement), _) => self.said(statement),
                (None, Variable::Figure(figure)) => super::words::said_measure(&self.problem[*figure].measure),
                (None, Variable::Event(claim)) => self.claims[*claim].name.clone(),
                (None, Variable::Unreported(id)) => {
                    let found = &self.problem[*id];
                    format!(
                        "{}{}",
                        super::words::said_measure(&found.measure),
                        super::wording::spaced(&found.time.said())
                    )
                }
                (None, Variable::Unknown) if parts.domains.get(place).is_some_and(|domain| domain.integer) => {
                    "any whole number".to_owned()
                }
                (None, Variable::Unknown) => "any number".to_owned(),
            },
            None => String::new(),
        };
        said_formula(&parts.formula, &parts.domains, &said)
    }

    /// The words of a figure, or a date spelled out.
    fn said(&self, statement: StatementId) -> String {
        match &self.problem[statement].says {
            Says::Date(days) => days.hard().said(),
            Says::Value(_, reading) if self.is_asked_for(statement) => {
                said_interval(reading.hard(), &self.unit(statement))
            }
            _ => self.mention(statement),
        }
    }

    /// What a constraint demands, in words: prose as it is, a formula marked as one.
    pub(super) fn demand(&self, constraint: &Constraint) -> String {
        if self.demands_formula(constraint) {
            return format!("`{}` must hold", constraint.words);
        }
        let mut words = constraint.words.clone();
        for claim in &constraint.claims {
            if let ClaimKind::Figure(figure) = &self.claims[*claim].kind {
                let measure = figure.measure.value.as_str();
                words = words.replace(measure, &super::words::said_measure(measure));
            }
        }
        words
    }

    /// Whether what a constraint demands is said by its formula, and not in words.
    pub(super) fn demands_formula(&self, constraint: &Constraint) -> bool {
        match self.rules.rules.iter().find(|rule| rule.id.value == constraint.rule).map(|rule| (&rule.kind, &rule.says))
        {
            None | Some((Kind::BuiltIn, _)) => true,
            Some((Kind::Relation(_), says)) => says.is_none(),
            Some(_) => false,
        }
    }

    /// Whether a constraint is a check of the editor's.
    pub(super) fn is_check(&self, constraint: &Constraint) -> bool {
        self.checks(&constraint.rule).next().is_some()
    }

    /// The claims of a conflict in the order in which its constraint names them.
    fn in_order_of_variables(&self, conflict: &Conflict, constraint: &Constraint) -> Vec<crate::claim::ClaimId> {
        let claims = super::layers::claims_of(self.problem, conflict);
        let Form::Relation { variables, .. } = &constraint.form else { return claims };
        let mut ordered = Vec::new();
        for variable in variables {
            let named: Vec<_> = match variable {
                Variable::Figure(figure) => {
                    self.problem[*figure].statements.iter().map(|statement| self.problem[*statement].claim).collect()
                }
                Variable::Event(claim) => vec![*claim],
                Variable::Unreported(_) | Variable::Unknown => Vec::new(),
            };
            for claim in named {
                if claims.contains(&claim) && !ordered.contains(&claim) {
                    ordered.push(claim);
                }
            }
        }
        ordered
    }
}

/// The places of the first and the second figure of a change in per cent.
fn ends_of_change(change: &Term) -> Option<(usize, usize)> {
    match change {
        Term::Product(left, right) => ends_of_change(left).or_else(|| ends_of_change(right)),
        Term::Quotient(over, start) => {
            let Term::Variable(start) = *start.said_divisor() else { return None };
            let mut found = BTreeSet::new();
            places(over, &mut found);
            found.remove(&start);
            let end = found.pop_first().filter(|_| found.is_empty())?;
            Some((start, end))
        }
        _ => None,
    }
}

/// The places of the variables of a term.
fn places(term: &Term, found: &mut BTreeSet<usize>) {
    match term {
        Term::Number(_) => {}
        Term::Variable(place) => drop(found.insert(*place)),
        Term::Negative(of) | Term::Power(of, _) => places(of, found),
        Term::Product(left, right) | Term::Quotient(left, right) => {
            [left, right].into_iter().for_each(|it| places(it, found))
        }
        Term::Sum(terms) | Term::Least(terms) | Term::Greatest(terms) => terms.iter().for_each(|it| places(it, found)),
    }
}

/// Whether a change is a rise or a fall, if it is certainly one of the two.
fn direction(change: &Interval) -> Option<&'static str> {
    let negative = change.hi().value().is_some_and(|end| !end.is_positive());
    let positive = change.lo().value().is_some_and(|end| !end.is_negative());
    match (negative, positive) {
        (true, false) => Some("fall"),
        (false, true) => Some("rise"),
        _ => None,
    }
}

/// A number with its unit, to two decimals where it has more than four: `about 36.96%`.
fn said_roughly(value: &Rational, unit: &Unit) -> String {
    let rounded = super::arithmetic::rounded(value);
    let about = if rounded == *value { "" } else { "about " };
    format!("{about}{}", said_number(&rounded, unit))
}

/// What a calculation comes to: a value, or from where to where.
fn said_result(interval: &Interval, unit: &Unit) -> String {
    match interval.as_point() {
        Some(value) => said_roughly(value, unit),
        None => said_interval(&super::arithmetic::roughly(interval), unit),
    }
}
