//! Figures as people speak of them: "154 arrests by 31 October 2025", "revenue of €101.3m in Q1 2025".

use super::wording::Wording;
use super::words::{grouped_words, list, said_measure, singular};
use crate::claim::{ClaimId, EVENT, Kind, Member, Scope};
use crate::number::{Rational, ReadingPolicy, Unit, read};
use crate::problem::{Conflict, Says, StatementId, Time};
use std::collections::BTreeSet;

/// A list of figures longer than this is cut, and the rest is counted.
const MOST_LISTED: usize = 6;
/// How many figures of a list that is cut are said.
const LISTED: usize = 3;

/// Words before a figure that stress it and bound nothing.
const STRESS: [&str; 4] = ["just ", "only ", "a mere ", "as many as "];

/// What the name of a stretch of a year begins with, in small letters: `Q1 2025`, `FY2025`, `the first half of 2025`.
const PERIOD_NAMES: [&str; 14] = [
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "fy",
    "first quarter",
    "second quarter",
    "third quarter",
    "fourth quarter",
    "first half",
    "second half",
    "nine months",
];

/// What all figures of a sentence have in common, and need not be said of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Common {
    scope: Scope,
    /// The time that all of them have, to be said once.
    pub(super) time: String,
    /// Claims that only their name tells apart from another.
    named: BTreeSet<ClaimId>,
    across: bool,
}

impl Wording<'_> {
    /// What the figures of a conflict have in common.
    pub(super) fn common(&self, conflict: &Conflict, statements: &[StatementId]) -> Common {
        let mut common = Common { scope: self.common_scope(statements), ..Common::default() };
        common.across = statements.iter().any(|one| {
            conflict.statements.iter().any(|other| self.problem[*other].article != self.problem[*one].article)
        });
        let times: BTreeSet<String> = statements.iter().map(|statement| self.time(*statement)).collect();
        if let (true, Some(time)) = (times.len() == 1 && statements.len() > 1, times.into_iter().next()) {
            common.time = time;
        }
        let said = |statement: StatementId| {
            (self.measure(statement), self.time(statement), self.scope(statement, &common.scope))
        };
        for (at, one) in statements.iter().enumerate() {
            for other in statements.iter().skip(at.saturating_add(1)) {
                let claims = (self.problem[*one].claim, self.problem[*other].claim);
                if claims.0 != claims.1 && said(*one) == said(*other) {
                    common.named.extend([claims.0, claims.1]);
                }
            }
        }
        common
    }

    /// What the scopes of figures have in common.
    fn common_scope(&self, statements: &[StatementId]) -> Scope {
        let mut scopes = statements.iter().filter_map(|statement| self.stated_in(*statement));
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
        let own = own.filter(|(dimension, member)| *dimension != EVENT || **member != Member::All);
        Scope(own.map(|(dimension, member)| (dimension.clone(), member.clone())).collect()).said()
    }

    /// Whether a value is asked for, so that no words say what it is.
    pub(super) fn is_asked_for(&self, statement: StatementId) -> bool {
        matches!(&self.claim_of(statement).kind, Kind::Figure(figure) if figure.unknown)
    }

    /// The words of a mention: `154`. Long rows of digits are grouped.
    pub(super) fn mention(&self, statement: StatementId) -> String {
        let claim = self.claim_of(statement);
        let words = claim.mentions.get(self.problem[statement].mention).map(|mention| mention.words.trim());
        grouped_words(words.unwrap_or_default())
    }

    pub(super) fn unit(&self, statement: StatementId) -> Unit {
        match &self.problem[statement].says {
            Says::Value(figure, _) => self.problem[*figure].unit.clone(),
            _ => Unit::One,
        }
    }

    /// What is measured, in words.
    pub(super) fn measure(&self, statement: StatementId) -> String {
        match &self.problem[statement].says {
            // A figure that measures nothing has its own id for a measure.
            Says::Value(figure, _) if !self.problem[*figure].measure.contains('/') => {
                said_measure(&self.problem[*figure].measure)
            }
            _ => format!("`{}`", self.claim_of(statement).name),
        }
    }

    /// Whether the measure names what is counted, as in "26 arrests", and not what is measured, as in "a turnout of 26".
    fn is_counted(&self, statement: StatementId) -> bool {
        match &self.problem[statement].says {
            Says::Value(figure, _) => {
                let figure = &self.problem[*figure];
                let name = figure.measure.as_str();
                figure.unit == Unit::One && !name.contains('/') && (figure.integer || name.ends_with('s'))
            }
            _ => false,
        }
    }

    /// Whether several things are spoken of: "26 arrests are", "1 arrest is", "revenue of €3m is".
    pub(super) fn is_plural(&self, statement: StatementId) -> bool {
        self.is_counted(statement) && !self.is_one(statement)
    }

    fn is_one(&self, statement: StatementId) -> bool {
        match &self.problem[statement].says {
            Says::Value(_, reading) => reading.hard().as_point() == Some(&Rational::ONE),
            _ => false,
        }
    }

    /// A figure with what it measures: `154 arrests`, `revenue of €101.3m`.
    pub(super) fn amount(&self, statement: StatementId) -> String {
        let (words, measure) = (self.mention(statement), self.measure(statement));
        if words.is_empty() {
            measure
        } else if self.unit(statement) == Unit::Percent && read(&words, &ReadingPolicy::default()).is_err() {
            // "A fall of 8%", "doubled": no figure by itself, but words that state a change.
            format!("{measure} given as “{words}”")
        } else if !self.is_counted(statement) {
            format!("{measure} of {words}")
        } else if self.is_one(statement) {
            format!("{words} {}", singular(&measure))
        } else {
            format!("{words} {measure}")
        }
    }

    /// Where and when a figure is, and what it is called if nothing else tells it apart: ` in 2025 (nationality KR)`.
    fn place(&self, statement: StatementId, common: &Common) -> String {
        let time = self.time(statement);
        let time = if time.is_empty() || time == common.time { String::new() } else { format!(" {time}") };
        let claim = self.problem[statement].claim;
        let mut remarks = Vec::new();
        let scope = self.scope(statement, &common.scope);
        if !scope.is_empty() {
            remarks.push(scope);
        }
        let own_measure = self.measure(statement).starts_with('`');
        if common.across {
            remarks.push(format!("`{}`", self.claims[claim].id));
        } else if common.named.contains(&claim) && !own_measure {
            remarks.push(format!("`{}`", self.claims[claim].name));
        }
        match (remarks.is_empty(), time.strip_suffix(')')) {
            (true, _) => time,
            (false, Some(open)) => format!("{open}, {})", remarks.join(", ")),
            (false, None) => format!("{time} ({})", remarks.join(", ")),
        }
    }

    /// A figure with all that tells it apart.
    pub(super) fn figure(&self, statement: StatementId, common: &Common) -> String {
        format!("{}{}", self.amount(statement), self.place(statement, common))
    }

    /// A figure after another one: what both measure is not said again.
    pub(super) fn next_figure(&self, statement: StatementId, before: StatementId, common: &Common) -> String {
        if self.measure(statement) == self.measure(before) && !self.mention(statement).is_empty() {
            format!("{}{}", self.mention(statement), self.place(statement, common))
        } else {
            self.figure(statement, common)
        }
    }

    /// A figure after "the": words that bound it are marked as words, those that only stress it are left out.
    pub(super) fn that_figure(&self, statement: StatementId, before: Option<StatementId>, common: &Common) -> String {
        let words = self.mention(statement);
        let said = match before {
            Some(before) => self.next_figure(statement, before, common),
            None => self.figure(statement, common),
        };
        let Some(rest) = said.strip_prefix(words.as_str()).filter(|_| !words.is_empty()) else {
            return format!("the {said}");
        };
        let bare = STRESS.iter().find_map(|stress| words.strip_prefix(stress)).unwrap_or(&words);
        match bare.chars().next() {
            Some(first) if first.is_alphabetic() && bare.contains(' ') => format!("the “{bare}”{rest}"),
            _ => format!("the {bare}{rest}"),
        }
    }

    /// Several figures: `154 arrests by 31 October 2025 and 41 in November 2025`. Long lists are cut.
    pub(super) fn figures(&self, statements: &[StatementId], before: Option<StatementId>, common: &Common) -> String {
        let shown = if statements.len() > MOST_LISTED { LISTED } else { statements.len() };
        let mut said = Vec::new();
        let mut last = before;
        for statement in statements.iter().take(shown) {
            said.push(match last {
                Some(before) => self.next_figure(*statement, before, common),
                None => self.figure(*statement, common),
            });
            last = Some(*statement);
        }
        if shown < statements.len() {
            said.push(format!("{} more", statements.len().saturating_sub(shown)));
        }
        list(&said)
    }

    /// When a figure was, in words; empty if that is unsaid. A quarter or a year is called what its claim calls it.
    pub(super) fn time(&self, statement: StatementId) -> String {
        match &self.problem[statement].says {
            Says::Value(figure, _) => match self.problem[*figure].time {
                Time::At(when) => self.named_period(statement).unwrap_or_else(|| when.said()),
                Time::Unsaid => String::new(),
            },
            Says::Date(days) => days.hard().said(),
            Says::Text(_) => String::new(),
        }
    }

    /// `in Q1 2025`, `in FY2025`: the words of the claim file, where they name a stretch of a year.
    fn named_period(&self, statement: StatementId) -> Option<String> {
        let Kind::Figure(figure) = &self.claim_of(statement).kind else { return None };
        let written = self.sources.slice(figure.when.as_ref()?.span).trim_matches(['"', '\'']).trim();
        let bare = written.strip_prefix("the ").unwrap_or(written);
        let small = bare.to_lowercase();
        let name = PERIOD_NAMES.iter().find(|name| small.starts_with(**name))?;
        let article = if name.contains(' ') { "the " } else { "" };
        (!small.contains(['/', ','])).then(|| format!("in {article}{bare}"))
    }
}
