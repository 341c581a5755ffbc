//! Dated words of a quote held against a known day.
//!
//! Weekdays are certain: "on Thursday" beside a Friday is a slip. Relative words depend on conventions: "last week" may
//! agree under one week start and not under another, and then it is said what settles it. What may be about something
//! else, such as the day on which somebody spoke, is not held against anybody.

use super::model::QuoteIssueKind;
use crate::calendar::{
    Alternatives, Choice, Context, DaySet, DaySpan, FoundDate, Said, Weekday, find_dates, said_together,
};
use crate::number::{Found, ReadingPolicy, find};
use std::cell::LazyCell;
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

/// Words before a date that show that it is that of something else: "after the coup in November", "due in court on Monday".
const ASIDE: &[&str] = &[
    "after",
    "before",
    "since",
    "ahead",
    "eve",
    "following",
    "wake",
    "due",
    "will",
    "scheduled",
    "planned",
    "expected",
    "days",
    "weeks",
    "months",
    "years",
    "ago",
    "anniversary",
    "against",
    "compared",
    "than",
    "letter",
    "earlier",
    "later",
    "suffered",
    "over",
    "wanted",
    "who",
    "until",
    "what",
    "remain",
    "remains",
    "within",
];

/// How many words before a date are looked at for them.
const ASIDE_REACH: usize = 7;

/// What is dated: an event by its date, or a figure by its time, of which a quote may tell other days besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dating<'a> {
    Event,
    /// With the place of the figure in the quote, if it stands there.
    Figure(Option<&'a Range<usize>>),
}

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
pub(super) fn hold_against(quote: &str, on: &Alternatives<DaySet>, context: &Context, dating: Dating<'_>) -> Dated {
    let phrases = find_dates(quote, context);
    let mut dated =
        Dated { checked: phrases.len(), first: phrases.first().map(|it| it.start..it.end), issues: Vec::new() };
    let agreements: Vec<_> = phrases.iter().map(|phrase| (phrase, agreement(phrase, on))).collect();
    let speaks = is_reporting(quote);
    let (of_figure, figure) = match dating {
        Dating::Event => (false, None),
        Dating::Figure(figure) => (true, figure),
    };
    let figures = LazyCell::new(|| find(quote, &ReadingPolicy::default()));
    // "Two on Monday, one on Tuesday and three on Friday": each day is of a part.
    let is_of_parts = figure.is_some_and(|figure| phrases.iter().any(|phrase| figure.contains(&phrase.start)));
    let is_of_another = |phrase: &FoundDate| {
        let of_figure = || figure.is_some_and(|figure| is_of_another_figure(quote, phrase, figure, &figures));
        of_figure() || is_named(quote, phrase)
    };
    for (phrase, agreement) in &agreements {
        // Two dates of one quote may belong to two things: one of them must be this one ("arrested in October, he was freed
        // on Wednesday"). Those of "Thursday, 19 December" are one.
        let alike = |other: &FoundDate| {
            matches!(other.said, Said::Weekday(..)) == matches!(phrase.said, Said::Weekday(..)) || speaks
        };
        let explains = |other: &FoundDate| alike(other) || !are_beside(quote, other, phrase);
        let is_explained =
            agreements.iter().any(|(other, it)| explains(other) && matches!(it, Agreement::Yes) && other != phrase);
        let is_agreed = matches!(agreement, Agreement::Yes) || is_explained;
        if is_agreed || is_aside(quote, phrase) || of_figure && (is_of_parts || is_of_another(phrase)) {
            continue;
        }
        let words = quote.get(phrase.start..phrase.end).unwrap_or("").to_owned();
        let date = days_words(on);
        dated.issues.extend(match agreement {
            Agreement::Yes => None,
            Agreement::No { gives } if of_figure || speaks || is_told_of(quote, phrase) || is_named(quote, phrase) => {
                Some(QuoteIssueKind::DateAsked { words, gives: gives.clone(), date })
            }
            Agreement::Strained { .. } if of_figure => None,
            Agreement::No { gives } => Some(QuoteIssueKind::DateDiffers { words, gives: gives.clone(), date }),
            Agreement::Strained { usual } => Some(QuoteIssueKind::DateStrains { words, usual: usual.clone(), date }),
            Agreement::Depends { readings, settle } => {
                Some(QuoteIssueKind::DateDepends { words, readings: readings.clone(), date, settle: settle.clone() })
            }
        });
    }
    dated
}

/// Whether nothing but marks stands between two dated phrases.
fn are_beside(quote: &str, one: &FoundDate, other: &FoundDate) -> bool {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    let between = quote.get(first.end..second.start).unwrap_or_default();
    !between.contains(char::is_alphanumeric)
}

/// Words right before a date that make it that of something else: "convicted in 2021", "v 41 last year".
const OF_SOMETHING: &[&str] = &[
    "v",
    "vs",
    "versus",
    "from",
    "born",
    "convicted",
    "elected",
    "founded",
    "built",
    "launched",
    "opened",
    "jailed",
    "struck",
    "agreed",
    "filed",
    "shot",
    "sustained",
    "set",
    "delayed",
    "postponed",
    "followed",
    "sentenced",
    "appointed",
    "signed",
    "passed",
    "introduced",
];

/// How many words before a date are looked at for them.
const SOMETHING_REACH: usize = 3;

/// The words of a text, the last one first.
fn words_back(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty()).rev()
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.contains(&word.to_lowercase().as_str())
}

/// Whether a date names something, or a word before it does what it dates.
fn is_named(quote: &str, phrase: &FoundDate) -> bool {
    let before = quote.get(..phrase.start).unwrap_or_default();
    phrase.is_attributive || words_back(before).take(SOMETHING_REACH).any(|word| is_one_of(word, OF_SOMETHING))
}

/// Whether a date is that of another figure than this one, which stands between the two ("26, up from 14 in 2024").
fn is_of_another_figure(quote: &str, phrase: &FoundDate, figure: &Range<usize>, figures: &[Found]) -> bool {
    let between = quote.get(figure.end..phrase.start).unwrap_or_default();
    let ends = between.contains(';') || between.contains(". ");
    let is_another = !ends && figures.iter().any(|other| figure.end <= other.start && other.end <= phrase.start);
    // "Twice the 13 of last year": of what the figure is made of.
    let is_made = quote.get(figure.clone()).is_some_and(|words| words.contains(' '));
    is_another || (is_made && between.trim() == "of")
}

/// Words that begin to tell of something or somebody else: "the funeral of a man shot on Tuesday".
const TELLING: &[&str] = &["of", "for", "who", "whose", "that", "which", "those"];

/// Whether words before a date tell of something or somebody else, whose date it may be.
fn is_told_of(quote: &str, phrase: &FoundDate) -> bool {
    // "The attack of 8 October" has one date.
    words_back(quote.get(..phrase.start).unwrap_or_default()).skip(1).any(|word| is_one_of(word, TELLING))
}

/// Whether the words before a date, in its own sentence, show that it is that of something else.
fn is_aside(quote: &str, phrase: &FoundDate) -> bool {
    let before = quote.get(..phrase.start).unwrap_or_default();
    let sentence = before.rsplit(['.', ';', '!', '?']).next().unwrap_or_default();
    let told = sentence.rsplit(',').next().unwrap_or_default().trim_start();
    // "The raid, announced on Tuesday": a participle after a comma is of something else.
    let participle = sentence.contains(',') && told.split(' ').next().is_some_and(|first| first.ends_with("ed"));
    participle || words_back(sentence).take(ASIDE_REACH).any(|word| is_one_of(word, ASIDE))
}

/// Whether a quote tells of somebody's saying something.
pub(super) fn is_reporting(quote: &str) -> bool {
    words_back(quote).any(|word| is_one_of(word, REPORTING))
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
            // Of Wednesday night, the day before may be the Wednesday.
            let is_named = |days: &DaySet, later: i64| has_weekday(&days.later(later.saturating_neg()), *weekday);
            let may_be = |days: &DaySet| phrase.leeway.clone().any(|later| is_named(days, later));
            if on.readings().iter().any(|days| may_be(&days.value)) {
                Agreement::Yes
            } else {
                Agreement::No { gives: format!("a {}", weekday.name()) }
            }
        }
        Said::Days(days) => {
            let meets = |said: &DaySet| {
                let of_any_year = |on: &DaySet| phrase.is_of_any_year && is_of_another_year(said, on);
                let is_named = |on: &DaySet| on.intersect(said).is_some() || of_any_year(on);
                let may_be = |on: &DaySet, later: i64| is_named(&on.later(later.saturating_neg()));
                on.readings().iter().any(|on| phrase.leeway.clone().any(|later| may_be(&on.value, later)))
            };
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
                    let settle = agreeing.under.map_or(String::new(), Choice::setting);
                    Agreement::Depends { readings: told_apart(days, meets), settle }
                }
            }
        }
    }
}

/// What each convention gives, and whether it agrees. Of the many kinds of fiscal years one stands for those that agree,
/// and one for those that do not.
fn told_apart(days: &Alternatives<DaySet>, meets: impl Fn(&DaySet) -> bool) -> Vec<(String, String, bool)> {
    let mut told: Vec<(Vec<Choice>, &DaySet, bool)> = Vec::new();
    for said in days.readings() {
        let agrees = meets(&said.value);
        let is_fiscal = |under: &[Choice]| under.first().is_some_and(|choice| choice.fiscal_year().is_some());
        let known = told.iter_mut().find(|(under, _, known)| is_fiscal(under) && *known == agrees);
        match known.filter(|_| said.under.is_some_and(|choice| is_fiscal(&[choice]))) {
            Some((under, ..)) => under.extend(said.under),
            None => told.push((said.under.into_iter().collect(), &said.value, agrees)),
        }
    }
    let one_of = |under: &[Choice]| if under.len() > 1 { ", for one" } else { "" };
    told.into_iter()
        .map(|(under, days, agrees)| {
            (said_together(&under).join(", or "), format!("{}{}", days.said(), one_of(&under)), agrees)
        })
        .collect()
}

/// Whether a date without a year is that day, or in that month, of another year: "the attack of 7 October" need not be
/// of the last one.
fn is_of_another_year(said: &DaySet, on: &DaySet) -> bool {
    let moved = || {
        let years = on.hull().earliest.ymd().0.checked_sub(said.hull().earliest.ymd().0)?;
        let months = i64::from(years).checked_mul(12)?;
        DaySpan::new(said.hull().earliest.plus_months(months)?, said.hull().latest.plus_months(months)?)
    };
    moved().is_some_and(|moved| on.intersect(&moved.into()).is_some())
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
