//! The times that cells say, each read once: only those that are known exactly, whatever the conventions, are plain.

use super::Time;
use super::plan::Plan;
use crate::calendar::{Context, When, read_when};
use std::collections::HashMap;

/// Words of times, each read once.
pub(super) struct Times<'c> {
    context: &'c Context,
    known: HashMap<String, u32>,
    pub list: Vec<Time>,
}

impl<'c> Times<'c> {
    /// The first time is none.
    pub fn new(context: &'c Context) -> Self {
        Self { context, known: HashMap::new(), list: vec![Time::Unsaid] }
    }

    /// The number of the time that words say.
    pub fn number(&mut self, words: &str) -> u32 {
        if let Some(known) = self.known.get(words) {
            return *known;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(time_said(words, self.context));
        self.known.insert(words.to_owned(), number);
        number
    }

    /// The number of the time that a cell says.
    pub fn word(&mut self, plan: &Plan, column: usize, cell: &str) -> u32 {
        plan.time_words(column, cell).map_or(0, |words| self.number(&words))
    }
}

/// The time that words say, if they say exactly one and no convention matters.
fn time_said(words: &str, context: &Context) -> Time {
    let Ok(read) = read_when(words, context) else { return Time::Odd };
    let [only] = read.readings() else { return Time::Odd };
    if only.under.is_some() || only.soft != only.value || read.is_fiscal() {
        return Time::Odd;
    }
    let period = |start: i64, end: i64| if start < end { Time::Period(start, end) } else { Time::Odd };
    match only.value {
        When::Period { start, end, length: None } => match (start.exact(), end.exact()) {
            (Some(start), Some(end)) => period(start.0, end.0),
            _ => Time::Odd,
        },
        When::Through { since: None, end } => end.exact().map_or(Time::Odd, |end| Time::Through(end.0)),
        // To a level it is the moment of its end, and to what adds up a period.
        When::Through { since: Some(_), .. } | When::Period { .. } => Time::Odd,
    }
}
