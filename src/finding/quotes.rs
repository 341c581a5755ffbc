//! Quotes that do not say what their draft, their value or their date says.

use super::fingerprint::digest;
use super::questions::{header, quoted};
use super::{Finding, FindingKind, Location, Reach, Rewording, Role};
use crate::claim::{Claims, Kind, QuoteIssue, QuoteIssueKind};
use crate::rule::Rules;
use crate::source::{Severity, Span};

/// The findings of all quotes.
pub(super) fn findings(claims: &Claims, rules: &Rules) -> Vec<Finding> {
    claims.quote_issues.iter().filter_map(|issue| finding(claims, rules, issue)).collect()
}

/// The quotes that a draft says in other words, with every figure as it is.
pub(super) fn rewordings(claims: &Claims) -> Vec<Rewording> {
    let reworded = claims.quote_issues.iter().filter_map(|issue| match &issue.kind {
        QuoteIssueKind::Reworded { draft, moved } => {
            let claim = &claims[issue.claim];
            let quote = claim.mentions.get(issue.mention).and_then(|mention| mention.quote.clone())?;
            Some(Rewording {
                claim: claim.id.clone(),
                quote,
                draft: draft.clone(),
                moved: *moved,
                span: issue.in_draft.unwrap_or(issue.span),
            })
        }
        _ => None,
    });
    reworded.collect()
}

/// The quotes that have no figure to hold their value against.
pub(super) fn silent(claims: &Claims) -> Vec<(String, Span)> {
    let silent = claims.quote_issues.iter().filter(|issue| issue.kind == QuoteIssueKind::Silent);
    silent.map(|issue| (claims[issue.claim].id.clone(), issue.span)).collect()
}

/// What the draft has where the quote has something else.
fn changed(draft: &str, quote: &str, name: &str) -> String {
    match (draft.is_empty(), quote.is_empty()) {
        (true, _) => format!("the quote of `{name}` says {}, and the draft does not", marked(quote)),
        (_, true) => format!("the draft says {}, and the quote of `{name}` does not", marked(draft)),
        _ => format!("the draft says {} where the quote of `{name}` says {}", marked(draft), marked(quote)),
    }
}

/// A figure as it is, and words in quotation marks.
fn marked(words: &str) -> String {
    let is_figure = words.starts_with(|it: char| it.is_ascii_digit()) && !words.contains(' ');
    if is_figure { words.to_owned() } else { format!("“{words}”") }
}

fn finding(claims: &Claims, rules: &Rules, issue: &QuoteIssue) -> Option<Finding> {
    let claim = &claims[issue.claim];
    let name = &claim.name;
    // Names and words of the inputs only: a change of our own wording is no change of the clash.
    let said = format!("{:?}", issue.kind);
    let mut steps = Vec::new();
    let (mut paste, mut question) = (None, None);
    let (rule, kind, message, label, in_draft) = match &issue.kind {
        QuoteIssueKind::FigureChanged { draft, quote } => (
            "quote",
            FindingKind::Quote,
            changed(draft, quote, name),
            if quote.is_empty() { "nothing of the kind here".to_owned() } else { format!("{} here", marked(quote)) },
            if draft.is_empty() { "not here".to_owned() } else { format!("{} here", marked(draft)) },
        ),
        QuoteIssueKind::Reworded { .. } | QuoteIssueKind::Silent => return None,
        QuoteIssueKind::Lost => (
            "quote",
            FindingKind::Quote,
            format!("the quote of `{name}` is not in the draft"),
            "not found in the draft".to_owned(),
            "the nearest that there is".to_owned(),
        ),
        QuoteIssueKind::Ambiguous => (
            "quote",
            FindingKind::Quote,
            format!("the quote of `{name}` is in the draft more than once; quote more of the sentence"),
            "found more than once".to_owned(),
            "found here first".to_owned(),
        ),
        QuoteIssueKind::ValueDiffers { quote, value } => (
            "quote",
            FindingKind::Quote,
            format!("`{name}` is given as {value}, but its quote says {}", marked(quote)),
            format!("says {}, not {value}", marked(quote)),
            "in the draft".to_owned(),
        ),
        QuoteIssueKind::ValueReckoned { figures, value, sum } => {
            let quote = figures.join(", ");
            // The answer that mends the value; the other one is among the steps.
            let first = figures.first().map(|first| quoted(first));
            paste = first.map(|first| format!("# in {}, if that is meant\nvalue = {first}", header(claim)));
            question = Some(format!("Is {value} meant as {sum}?"));
            steps.push(
                "if so: quote only the words of one figure, or claim both and say how they make it: is = \"…\""
                    .to_owned(),
            );
            steps.push("if not: correct `value`".to_owned());
            (
                "quote",
                FindingKind::Question,
                format!("`{name}` is given as {value}, and its quote says {}: {sum} makes that", marked(&quote)),
                format!("says {}", marked(&quote)),
                "in the draft".to_owned(),
            )
        }
        QuoteIssueKind::ValueStrains { quote, value } => (
            "quote",
            FindingKind::Strained,
            format!("`{name}` is given as {value}, which its quote, {}, says only at its widest", marked(quote)),
            format!("most likely not {value}"),
            "in the draft".to_owned(),
        ),
        QuoteIssueKind::DirectionDiffers { quote, value, falls, mend } => {
            let (said, other) = if *falls { ("a fall", "a rise") } else { ("a rise", "a fall") };
            steps.push(match mend {
                Some(mend) => {
                    format!("write value = \"{mend}\", or leave `value` out: the quote gives it with its sign")
                }
                None => "leave `value` out: the quote gives it with its sign".to_owned(),
            });
            (
                "quote",
                FindingKind::Quote,
                format!("`{name}` is given as {value}, {said}, but its quote says {}, {other}", marked(quote)),
                format!("{other}, not {said}"),
                "in the draft".to_owned(),
            )
        }
        QuoteIssueKind::DateDiffers { words, gives, date } => (
            "weekday",
            FindingKind::Quote,
            if gives.contains(words.as_str()) {
                format!("`{name}` is {date}, but its quote says “{words}”")
            } else {
                format!("`{name}` is {date}, but its quote says “{words}”, which is {gives}")
            },
            format!("“{words}”, not {date}"),
            "in the draft".to_owned(),
        ),
        QuoteIssueKind::DateAsked { words, gives, date } => {
            let gives = if gives.contains(words.as_str()) { String::new() } else { format!(", which is {gives}") };
            question = Some(format!("Does “{words}” say when this was, or when something else was?"));
            let key = if matches!(claim.kind, Kind::Event(_)) { "on" } else { "when" };
            paste = Some(format!("# in {}, if that is when it was\n{key} = \"{words}\"", header(claim)));
            steps.push("if something else: quote fewer words".to_owned());
            (
                "weekday",
                FindingKind::Question,
                format!("`{name}` is {date}, and its quote says “{words}”{gives}, if that is when it was"),
                format!("“{words}” beside {date}"),
                "in the draft".to_owned(),
            )
        }
        QuoteIssueKind::DateStrains { words, usual, date } => (
            "weekday",
            FindingKind::Strained,
            format!("`{name}` is {date}, and “{words}” in its quote usually means {usual}"),
            format!("“{words}” beside {date}"),
            "in the draft".to_owned(),
        ),
        QuoteIssueKind::DateDepends { words, readings, date, settle } => {
            for (convention, gives, agrees) in readings {
                let verdict = if *agrees { "agrees" } else { "does not agree" };
                steps.push(format!("{convention}: “{words}” is {gives}, which {verdict}"));
            }
            paste = Some(format!("# in [article], if that is what is meant\n{settle}"));
            (
                "weekday",
                FindingKind::Convention,
                format!(
                    "“{words}” in the quote of `{name}` agrees with {date}, under one usual convention and not under another"
                ),
                format!("“{words}” beside {date}"),
                "in the draft".to_owned(),
            )
        }
    };
    let own = rules.rules.iter().find(|known| known.id.value == rule);
    let severity = own.map_or(Some(Severity::Error), |rule| rule.severity)?;
    let severity = if kind == FindingKind::Quote { severity } else { severity.min(Severity::Warning) };
    let mut locations = vec![Location { span: issue.span, claim: Some(claim.id.clone()), role: Role::Primary, label }];
    if let Some(span) = issue.in_draft {
        locations.push(Location { span, claim: Some(claim.id.clone()), role: Role::Secondary, label: in_draft });
    }
    Some(Finding {
        fingerprint: digest([rule, claim.id.as_str(), &issue.mention.to_string(), &said].into_iter()),
        kind,
        reach: Reach::Single,
        severity,
        claims: vec![claim.id.clone()],
        rules: vec![rule.to_owned()],
        message,
        arithmetic: None,
        steps,
        leans_on: Vec::new(),
        unsaid: Vec::new(),
        question,
        paste,
        locations,
        repairs: Vec::new(),
        conflict: None,
        waived: None,
    })
}
