//! What a run says as a whole, in sentences: the verdict, the counts, and what was not checked.

use super::text::{WIDTH, columns, counted, inert, padded, place, sentence, wrapped};
use super::{Report, Verdict};
use crate::finding::words::list;
use crate::finding::{FindingKind, Unapplied};
use crate::source::Severity;

/// The name of a kind of finding, how one and many of them are counted, most serious first.
const KINDS: [(FindingKind, &str, &str, &str); 9] = [
    (FindingKind::Contradiction, "contradiction", "contradiction", "contradictions"),
    (FindingKind::Quote, "quote", "quote that disagrees", "quotes that disagree"),
    (FindingKind::Undecided, "undecided", "clash undecided", "clashes undecided"),
    (FindingKind::NothingChecked, "nothing-checked", "article with nothing checked", "articles with nothing checked"),
    (FindingKind::Disagreement, "disagreement", "disagreement", "disagreements"),
    (FindingKind::Question, "question", "question", "questions"),
    (FindingKind::Convention, "convention", "matter of convention", "matters of convention"),
    (FindingKind::Strained, "strained", "strained figure", "strained figures"),
    (FindingKind::Waived, "waived", "waived clash", "waived clashes"),
];

/// Lists of what was not checked are folded beyond this many entries.
const UNFOLDED: usize = 10;

/// The name of a kind, as in the JSON report.
pub(super) fn kind_name(kind: FindingKind) -> &'static str {
    KINDS.iter().find(|(known, ..)| *known == kind).map_or("finding", |(_, name, ..)| name)
}

/// The name of a severity, as in the JSON report.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The findings of a run by kind: `1 contradiction and 2 questions`; empty if there are none.
fn counts(report: &Report<'_>, separator: impl Fn(&[String]) -> String) -> String {
    let parts: Vec<String> = KINDS
        .iter()
        .map(|&(kind, _, one, many)| (report.count(kind), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    separator(&parts)
}

/// The verdict in one sentence.
pub(super) fn verdict_sentence(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let listed = counts(report, |parts| parts.join(", "));
    match report.verdict {
        Verdict::Contradicted if listed.is_empty() => "Contradicted.".to_owned(),
        Verdict::Contradicted => format!("Contradicted: {listed}."),
        Verdict::Undecided if listed.is_empty() => {
            let open = counted(summary.constraints.undecided, "constraint", "constraints");
            format!("Undecided: {open} could not be decided, so this is no all-clear.")
        }
        Verdict::Undecided => format!("Undecided: {listed}; this is no all-clear."),
        Verdict::NothingChecked if summary.claims == 0 => "Nothing was checked: there are no claims.".to_owned(),
        Verdict::NothingChecked => format!(
            "Nothing was checked: {}, and no rule, check or quote that binds {}.",
            counted(summary.claims, "claim", "claims"),
            if summary.claims == 1 { "it" } else { "any of them" },
        ),
        Verdict::Consistent => consistent(report),
    }
}

fn consistent(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let findings = counts(report, list);
    let unchecked = report.unchecked.claims.len();
    let checked = summary.claims.saturating_sub(unchecked);
    let claims = match (findings.is_empty(), unchecked, checked) {
        (false, ..) => "Nothing is contradicted".to_owned(),
        (true, 0, 1) => "The one claim can be true".to_owned(),
        (true, 0, 2) => "Both claims can be true at once".to_owned(),
        (true, 0, many) => format!("All {} can be true at once", counted(many, "claim", "claims")),
        (true, _, 0) => "Nothing clashes".to_owned(),
        (true, _, 1) => "The one claim that was checked can be true".to_owned(),
        (true, _, many) => format!("The {} that were checked can be true at once", counted(many, "claim", "claims")),
    };
    let mut grounds = Vec::new();
    let passed = summary.constraints.holds.saturating_add(summary.constraints.fits);
    if passed > 0 {
        let verbs = match (summary.constraints.holds, summary.constraints.fits) {
            (_, 0) if passed == 1 => "holds",
            (0, _) if passed == 1 => "fits",
            (_, 0) => "hold",
            (0, _) => "fit",
            _ => "hold or fit",
        };
        grounds.push(format!("{} {verbs}", counted(passed, "constraint", "constraints")));
    }
    let open = report.count(FindingKind::Convention) > 0;
    match summary.quotes {
        0 => {}
        quotes if open => grounds.push(format!("{} checked", counted(quotes, "quote or date", "quotes and dates"))),
        1 => grounds.push("1 quote or date agrees with its words".to_owned()),
        quotes => {
            grounds.push(format!("{} agree with their words", counted(quotes, "quote or date", "quotes and dates")))
        }
    }
    let mut sentence = claims;
    if !findings.is_empty() {
        sentence = format!("{sentence}, but look at {findings}");
    }
    if !grounds.is_empty() {
        sentence = format!("{sentence}: {}", grounds.join(", "));
    }
    if unchecked > 0 {
        let verb = if unchecked == 1 { "was" } else { "were" };
        sentence = format!("{sentence}; {} {verb} not checked", counted(unchecked, "claim", "claims"));
    }
    format!("{sentence}.")
}

/// The counts behind the verdict, in a sentence or two.
pub(super) fn counts_sentence(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let tally = &summary.constraints;
    let mut text = format!(
        "Read {}, {} and {}.",
        counted(summary.articles, "article", "articles"),
        counted(summary.claims, "claim", "claims"),
        counted(summary.figures, "figure", "figures"),
    );
    let verdicts: Vec<String> = [
        (tally.holds, "holds whatever the true values", "hold whatever the true values"),
        (tally.fits, "fits some of them", "fit some of them"),
        (tally.contradicted, "is contradicted", "are contradicted"),
        (tally.undecided, "is undecided", "are undecided"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| counted(count, one, many))
    .collect();
    let total =
        [tally.holds, tally.fits, tally.contradicted, tally.undecided].into_iter().fold(0_usize, usize::saturating_add);
    if total > 0 {
        text.push_str(&format!(" Of {}, {}.", counted(total, "constraint", "constraints"), list(&verdicts)));
    } else {
        text.push_str(" No constraint binds them.");
    }
    text
}

/// What was not checked, a block with a line each; empty if there is nothing.
pub(super) fn unchecked(report: &Report<'_>) -> String {
    let unchecked = report.unchecked;
    let sources = report.sources;
    let claims: Vec<(String, String)> =
        unchecked.claims.iter().map(|(claim, why)| (inert(claim).into_owned(), sentence(why))).collect();
    let rules = |elsewhere: bool| -> Vec<(String, String)> {
        let rules = unchecked.rules.iter().filter(|it| it.elsewhere == elsewhere);
        let remark = |it: &Unapplied| match &it.because {
            Some(because) => format!("{} ({})", sentence(because), place(sources, it.span)),
            None => place(sources, it.span),
        };
        rules.map(|it| (inert(&it.rule).into_owned(), remark(it))).collect()
    };
    let (never, partly) = (rules(false), rules(true));
    let draft: Vec<(String, String)> =
        unchecked.draft.iter().map(|(words, span)| (format!("“{}”", inert(words)), place(sources, *span))).collect();
    let mut text = String::new();
    for (heading, entries) in [
        ("Claims that no constraint touches", &claims),
        ("Rules and checks that never applied", &never),
        ("Rules that did not apply everywhere", &partly),
        ("Figures of the draft that no claim covers", &draft),
    ] {
        if entries.is_empty() {
            continue;
        }
        text.push_str(&format!("  {heading}: {}\n", crate::finding::words::grouped(entries.len())));
        let shown = if entries.len() > UNFOLDED.saturating_add(2) { UNFOLDED } else { entries.len() };
        let entries: Vec<&(String, String)> = entries.iter().take(shown).collect();
        rows(&mut text, &entries);
        let folded = match heading {
            _ if shown == 0 => 0,
            "Claims that no constraint touches" => claims.len(),
            "Rules and checks that never applied" => never.len(),
            "Rules that did not apply everywhere" => partly.len(),
            _ => draft.len(),
        }
        .saturating_sub(shown);
        if folded > 0 {
            text.push_str(&format!(
                "    and {} more (all are in the JSON report)\n",
                crate::finding::words::grouped(folded)
            ));
        }
    }
    text
}

/// Two columns, the second wrapped.
fn rows(text: &mut String, entries: &[&(String, String)]) {
    let widest = entries.iter().map(|(name, _)| columns(name)).max().unwrap_or(0).min(36);
    let indent = widest.saturating_add(6);
    for (name, remark) in entries {
        let lines = wrapped(remark, WIDTH.saturating_sub(indent));
        let mut lines = lines.iter();
        if columns(name) > widest {
            text.push_str(&format!("    {name}\n"));
        } else {
            let first = lines.next().map_or("", String::as_str);
            text.push_str(format!("    {}  {first}", padded(name, widest)).trim_end());
            text.push('\n');
        }
        for line in lines {
            text.push_str(&format!("{}{line}\n", " ".repeat(indent)));
        }
    }
}

/// What was supposed, if anything was: a report of a what-if must never be taken for one of the files.
pub(super) fn supposition_sentence(report: &Report<'_>) -> Option<String> {
    let supposed: Vec<String> =
        report.supposed.iter().map(|(claim, value)| format!("{} is {}", inert(claim), inert(value))).collect();
    let files = if supposed.len() == 1 { "The file does not say so." } else { "The files do not say so." };
    (!supposed.is_empty()).then(|| format!("What if {}? {files}", supposed.join(" and ")))
}
