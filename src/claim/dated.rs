//! Dated words of a quote held against a known day.
//!
//! Weekdays are certain: "on Thursday" beside a Friday is a slip. Relative words depend on conventions: "last week" may
//! agree under one week start and not under another, and then it is said what settles it. What may be about something
//! else, such as the day on which somebody spoke, is not held against anybody.

use super::model::QuoteIssueKind;
use crate::calendar::{Alternatives, Context, DaySet, FoundDate, Said, Weekday, find_dates};
use std::ops::Range;

/// Words that tell that a date may be that of what was said, not of what it was said about.
const REPORTING: &[&str] = &[
    "said",
    "says",
    "say",
    "told",
    "announced",
    "reported",
    "according",
    "added",
    "stated",
    "confirmed",
    "disclosed",
    "revealed",
    "quoted",
    "statement",
    "speaking",
];

/// What the dated words of a quote come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Dated {
    /// How many phrases were held against the day.
    pub(super) checked: usize,
    /// The first dated phrase.
    pub(super) first: Option<Range<usize>>,
    /// What is wrong.
    pub(super) issues: Vec<QuoteIssueKind>,
}

/// How a phrase lies to a day.
enum Agreement {
    Yes,
    No {
        gives: String,
    },
    /// At their widest alone.
    Strained {
        usual: String,
    },
    /// Under some conventions only.
    Depends {
        readings: Vec<(String, String, bool)>,
        settle: String,
    },
}

/// Holds every dated phrase of a quote against the day or days of what it reports.
pub(super) fn hold_against(quote: &str, on: &Alternatives<DaySet>, context: &Context) -> Dated {
    let phrases = find_dates(quote, context);
    let mut dated =
        Dated { checked: phrases.len(), first: phrases.first().map(|it| it.start..it.end), issues: Vec::new() };
    let agreements: Vec<_> = phrases.iter().map(|phrase| (phrase, agreement(phrase, on))).collect();
    let speaks = is_reporting(quote);
    for (phrase, agreement) in &agreements {
        // Two weekdays in one quote belong to two things: one of them must be this one.
        let alike = |other: &FoundDate| {
            matches!(other.said, Said::Weekday(..)) == matches!(phrase.said, Said::Weekday(..)) || speaks
        };
        let is_explained =
            agreements.iter().any(|(other, it)| alike(other) && matches!(it, Agreement::Yes) && other != phrase);
        if is_explained {
            continue;
        }
        let words = quote.get(phrase.start..phrase.end).unwrap_or("").to_owned();
        let date = days_words(on);
        dated.issues.extend(match agreement {
            Agreement::Yes => None,
            Agreement::No { gives } => Some(QuoteIssueKind::DateDiffers { words, gives: gives.clone(), date }),
            Agreement::Strained { usual } => Some(QuoteIssueKind::DateStrains { words, usual: usual.clone(), date }),
            Agreement::Depends { readings, settle } => {
                Some(QuoteIssueKind::DateDepends { words, readings: readings.clone(), date, settle: settle.clone() })
            }
        });
    }
    dated
}

/// Whether a quote tells of somebody's saying something.
pub(super) fn is_reporting(quote: &str) -> bool {
    quote.split(|it: char| !it.is_alphanumeric()).any(|word| REPORTING.contains(&word.to_lowercase().as_str()))
}

/// The days that a quote itself gives, if it gives one span only. A weekday alone is too little: which one it is, is a
/// guess.
pub(super) fn days_of(quote: &str, context: &Context) -> Option<(Range<usize>, Alternatives<DaySet>)> {
    let mut found = None;
    for phrase in find_dates(quote, context) {
        if let Said::Days(days) = phrase.said {
            if found.is_some() {
                return None;
            }
            found = Some((phrase.start..phrase.end, days));
        }
    }
    found
}

fn agreement(phrase: &FoundDate, on: &Alternatives<DaySet>) -> Agreement {
    match &phrase.said {
        Said::Weekday(weekday, _) => {
            if on.readings().iter().any(|days| has_weekday(&days.value, *weekday)) {
                Agreement::Yes
            } else {
                Agreement::No { gives: format!("a {}", weekday.name()) }
            }
        }
        Said::Days(days) => {
            let meets = |said: &DaySet| on.readings().iter().any(|on| on.value.intersect(said).is_some());
            let agreeing = days.readings().iter().find(|said| meets(&said.value));
            let differing = days.readings().iter().find(|said| !meets(&said.value));
            match (agreeing, differing) {
                (_, None) if !days.readings().iter().any(|said| meets(&said.soft)) => {
                    let usual = days.readings().iter().map(|said| said.soft.said()).collect::<Vec<_>>();
                    Agreement::Strained { usual: usual.join(" or ") }
                }
                (_, None) => Agreement::Yes,
                (None, Some(said)) => Agreement::No { gives: said.value.said() },
                (Some(agreeing), Some(_)) => {
                    let named = |said: &crate::calendar::Reading<DaySet>| {
                        let under = said.under.map_or(String::new(), |choice| choice.to_string());
                        (under, said.value.said(), meets(&said.value))
                    };
                    let settle = agreeing.under.map_or(String::new(), |choice| {
                        let (key, value) = choice.setting();
                        format!("{key} = \"{value}\"")
                    });
                    Agreement::Depends { readings: days.readings().iter().map(named).collect(), settle }
                }
            }
        }
    }
}

fn has_weekday(days: &DaySet, weekday: Weekday) -> bool {
    days.spans().iter().any(|span| span.latest.latest(weekday) >= span.earliest)
}

/// Days for people, with the weekday of a single one, or of all.
fn days_words(on: &Alternatives<DaySet>) -> String {
    let words = |days: &DaySet| match days.weekday() {
        Some(weekday) => format!("{}, a {}", days.said(), weekday.name()),
        None => days.said(),
    };
    on.readings().iter().map(|days| words(&days.value)).collect::<Vec<_>>().join(" or ")
}
