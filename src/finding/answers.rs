//! Means that no whole answers have, in a sentence that says what comes nearest.

use super::relations::Parts;
use super::wording::{Said, Wording};
use super::words::list;
use crate::expr::AnswerKind;
use crate::number::{Interval, Rational};
use crate::problem::{Answers, Domain, Formula, StatementId, Term, Variable};
use crate::solve::{Near, near, near_any_mean};

/// Means and standard deviations are said to as many decimals as they were given to, and so many more.
const MORE_DECIMALS: u32 = 1;

impl Wording<'_> {
    /// "No 25 whole answers have a mean of 3.45: a sum of 86 makes 3.44, and one of 87 makes 3.48".
    pub(super) fn whole_mean(&self, parts: &Parts<'_>) -> Option<Said> {
        let Formula::Compare(Term::Product(product, items), _, _) = compared(&parts.formula)? else { return None };
        let (Term::Product(mean, count), Term::Number(items)) = (&**product, &**items) else { return None };
        let (Term::Variable(mean), Term::Variable(count)) = (&**mean, &**count) else { return None };
        let Variable::Figure(figure) = parts.variables.get(*mean)? else { return None };
        let kind = self.claims.vocabulary.measures.get(&self.problem[*figure].measure)?.answers.kind?;
        let items = items.to_i64().and_then(|items| u32::try_from(items).ok())?;
        let answers = Answers { kind, count: *count, mean: *mean, deviation: parts.domains.len(), items };
        let said = self.of_answers(parts, &answers)?;
        Some(self.relation_said(parts, &said))
    }

    /// "No 3 whole answers have a mean of 5.00 and a standard deviation of 1.41: with a mean of 5 it comes to at most 1, or at
    /// least 1.733".
    pub(super) fn spread(&self, parts: &Parts<'_>, answers: &Answers) -> Option<Said> {
        let message = self.of_answers(parts, answers)?;
        Some(self.relation_said(parts, &message))
    }

    fn of_answers(&self, parts: &Parts<'_>, answers: &Answers) -> Option<String> {
        let statement = |place: usize| self.statement_of(parts.conflict, parts.variables.get(place)?);
        let mean = statement(answers.mean).map(|it| format!("a mean of {}", self.mention(it)));
        let deviation = statement(answers.deviation).map(|it| format!("a standard deviation of {}", self.mention(it)));
        let have = format!("have {}", list(&mean.iter().chain(&deviation).cloned().collect::<Vec<_>>()));
        let count = parts.domains.get(answers.count)?;
        let below = |domain: &Domain| domain.interval.lies_below(&Interval::point(Rational::ZERO));
        if parts.domains.get(answers.deviation).is_some_and(below) {
            return Some(format!("no {} {have}: it is never below 0", whose(answers, "").trim_start()));
        }
        let Some(people) = count.interval.integers().and_then(|it| it.as_point()?.to_i128()) else {
            let number = self.number_of(statement(answers.count), count);
            return Some(format!("no {}, {number} in all, {have}", whose(answers, "").trim_start()));
        };
        let whose = whose(answers, &Rational::from(people).grouped());
        let places = |statement: Option<StatementId>| {
            let words = statement.map(|it| self.mention(it)).unwrap_or_default();
            let decimals = words.rsplit_once('.').map_or(0, |(_, decimals)| decimals.chars().count());
            u32::try_from(decimals).unwrap_or(0).saturating_add(MORE_DECIMALS).min(12)
        };
        let decimals = [places(statement(answers.mean)), places(statement(answers.deviation))];
        let decimals = decimals.map(|it| i32::try_from(it).unwrap_or(2));
        if mean.is_none() {
            let because = whatever_the_mean(&parts.domains, answers, people, decimals.get(1).copied()?)?;
            return Some(format!("no {whose} {have}: {because}"));
        }
        let near = near(answers, &parts.domains, people, decimals.get(1).copied()?)?;
        let because = because(answers, people, &near, decimals.first().copied()?)?;
        Some(format!("no {whose} {have}: {because}"))
    }

    /// A number of people that is not known exactly: "about 20".
    fn number_of(&self, statement: Option<StatementId>, domain: &Domain) -> String {
        match statement.map(|it| self.mention(it)) {
            Some(words) if !words.is_empty() => words,
            _ => super::words::said_interval(&domain.interval, &crate::number::Unit::One),
        }
    }
}

/// The comparison of a relation, without the conditions under which it holds.
fn compared(formula: &Formula) -> Option<&Formula> {
    match formula {
        Formula::Compare(..) => Some(formula),
        Formula::Any(parts) => parts.last().and_then(compared),
        _ => None,
    }
}

/// "25 whole answers", "12 people who give whole answers to 3 items each".
fn whose(answers: &Answers, count: &str) -> String {
    match answers.kind {
        AnswerKind::YesNo => format!("{count} answers of yes or no"),
        AnswerKind::Whole if answers.items > 1 => {
            format!("{count} people who give whole answers to {} items each", answers.items)
        }
        AnswerKind::Whole => format!("{count} whole answers"),
    }
}

/// What the answers that come nearest have.
fn because(answers: &Answers, people: i128, near: &Near, decimals: i32) -> Option<String> {
    let all = Rational::from(people).times(&Rational::from(answers.items));
    let mean = |total: i128| Some(rounded(&Rational::from(total).checked_div(&all)?, decimals));
    if let Some((low, high)) = near.totals {
        let said = |total: i128| Rational::from(total).grouped();
        return Some(match answers.kind {
            AnswerKind::YesNo if low < 0 => "the mean of noughts and ones is never below 0".to_owned(),
            AnswerKind::YesNo if high > people => "the mean of noughts and ones is never above 1".to_owned(),
            AnswerKind::YesNo => {
                format!("{} of yes make {}, and {} make {}", said(low), mean(low)?, said(high), mean(high)?)
            }
            AnswerKind::Whole => {
                format!("a sum of {} makes {}, and one of {} makes {}", said(low), mean(low)?, said(high), mean(high)?)
            }
        });
    }
    let each: Vec<String> = near
        .spreads
        .iter()
        .enumerate()
        .map(|(at, (of, below, above))| {
            let what = if at == 0 { "a mean of" } else { "one of" };
            let of = rounded(of, decimals);
            match (below, above, answers.kind) {
                (Some(only), None, AnswerKind::YesNo) | (None, Some(only), AnswerKind::YesNo) => {
                    format!("with {what} {of} it comes to {only}")
                }
                (Some(below), Some(above), _) => {
                    format!("with {what} {of} it comes to at most {below}, or at least {above}")
                }
                (None, Some(above), _) => format!("with {what} {of} it comes to at least {above}"),
                (Some(below), None, _) => format!("with {what} {of} it comes to at most {below}"),
                (None, None, _) => format!("with {what} {of} it comes to something else"),
            }
        })
        .collect();
    let more = near.means.saturating_sub(each.len());
    let and_more = if more > 0 { format!(", and {more} more means of theirs have none either") } else { String::new() };
    Some(format!("{}{and_more}", list(&each)))
}

/// What comes nearest to a standard deviation that answers have with no mean at all.
fn whatever_the_mean(domains: &[Domain], answers: &Answers, people: i128, decimals: i32) -> Option<String> {
    Some(match near_any_mean(answers, domains, people, decimals)? {
        (Some(below), Some(above)) => {
            format!("it comes to at most {}, or at least {}", below.grouped(), above.grouped())
        }
        (Some(below), None) => format!("it comes to at most {}", below.grouped()),
        (None, above) => format!("it comes to at least {}", above?.grouped()),
    })
}

/// A mean to so many decimals.
fn rounded(value: &Rational, decimals: i32) -> String {
    let scale = Rational::power_of_ten(decimals);
    let rounded = scale.and_then(|scale| value.times(&scale).round().checked_div(&scale));
    rounded.as_ref().unwrap_or(value).grouped()
}
