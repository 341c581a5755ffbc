//! What a run says as a whole, in sentences: the verdict, the counts, and what was not checked.

use super::text::{WIDTH, columns, counted, inert, padded, place, sentence, wrapped};
use super::{Report, Since, Verdict};
use crate::finding::words::{grouped, list};
use crate::finding::{FindingKind, Unapplied};
use crate::source::Severity;

/// The name of a kind of finding, how one and many of them are counted, most serious first.
const KINDS: [(FindingKind, &str, &str, &str); 10] = [
    (FindingKind::Contradiction, "contradiction", "contradiction", "contradictions"),
    (FindingKind::Quote, "quote", "quote that disagrees", "quotes that disagree"),
    (FindingKind::Undecided, "undecided", "clash undecided", "clashes undecided"),
    (FindingKind::NothingChecked, "nothing-checked", "article with nothing checked", "articles with nothing checked"),
    (FindingKind::Disagreement, "disagreement", "disagreement", "disagreements"),
    (FindingKind::Question, "question", "question", "questions"),
    (FindingKind::Convention, "convention", "matter of convention", "matters of convention"),
    (FindingKind::Strained, "strained", "strained figure", "strained figures"),
    (FindingKind::Waiver, "waiver", "remark on waivers", "remarks on waivers"),
    (FindingKind::Waived, "waived", "waived clash", "waived clashes"),
];

/// Lists of what was not checked are folded beyond this many entries.
const UNFOLDED: usize = 10;

/// The name of a kind, as in the JSON report.
pub(super) fn kind_name(kind: FindingKind) -> &'static str {
    KINDS.iter().find(|(known, ..)| *known == kind).map_or("finding", |(_, name, ..)| name)
}

/// So many findings of a kind, in words: `12 quotes that disagree`.
pub(super) fn kind_words(kind: FindingKind, count: usize) -> String {
    let words = KINDS.iter().find(|(known, ..)| *known == kind).map(|(_, _, one, many)| (*one, *many));
    let (one, many) = words.unwrap_or(("finding", "findings"));
    counted(count, one, many)
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
        .filter(|(kind, ..)| *kind != FindingKind::Waived)
        .map(|&(kind, _, one, many)| (report.count(kind), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    separator(&parts)
}

/// The verdict in one sentence.
pub(super) fn verdict_sentence(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let listed = counts(report, list);
    match report.verdict {
        Verdict::Contradicted if report.count(FindingKind::Contradiction) == 0 => {
            format!("Draft, quotes and claims do not agree: {listed}.")
        }
        Verdict::Contradicted => format!("This cannot all be true: {listed}."),
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

/// Whether the contradictions are all that there are, if that was asked.
pub(super) fn all_sentence(report: &Report<'_>) -> Option<String> {
    let all = report.summary.all?;
    let count = report.count(FindingKind::Contradiction);
    Some(match (all.complete, count) {
        (true, 0) => "There is no contradiction to show.".to_owned(),
        (true, 1) => "This is the only contradiction, also if those that share claims are counted.".to_owned(),
        (true, _) => "These are all contradictions, also those that share claims.".to_owned(),
        (false, _) if count >= all.limit => {
            "There may be more contradictions that share claims with these: the search ends at the number asked for."
                .to_owned()
        }
        (false, _) => {
            "The search was long and was not finished; there may be more contradictions that share claims with \
                       these."
                .to_owned()
        }
    })
}

fn consistent(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let findings = counts(report, list);
    let unchecked = report.unchecked.claims.len();
    let checked = summary.claims.saturating_sub(unchecked);
    let is_waived = report.count(FindingKind::Waived) > 0;
    if let (true, Some(Since { revision, others: 1.. })) = (findings.is_empty() && !is_waived, report.since) {
        return format!("Nothing that changed since {} clashes.", inert(revision));
    }
    let claims = match (findings.is_empty(), unchecked, checked) {
        (true, ..) if is_waived => "Besides what is waived, nothing clashes".to_owned(),
        (false, ..) if is_waived => "Besides what is waived, nothing is contradicted".to_owned(),
        (false, ..) => "Nothing is contradicted".to_owned(),
        (true, 0, 1) => "The one claim can be true".to_owned(),
        (true, 0, 2) => "Both claims can be true at once".to_owned(),
        (true, 0, many) => format!("All {} can be true at once", counted(many, "claim", "claims")),
        (true, _, 0) => "Nothing clashes".to_owned(),
        (true, _, 1) => "The one claim that was checked can be true".to_owned(),
        (true, _, many) => format!("The {} that were checked can be true at once", counted(many, "claim", "claims")),
    };
    let mut sentence = claims;
    if !findings.is_empty() {
        sentence = format!("{sentence}, but look at {findings}");
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
    // A constraint on figures that may not be of the same moment is open, though as they stand they break it.
    let is_refuted = report.findings.iter().any(|finding| finding.clash() == FindingKind::Contradiction);
    let broken = if is_refuted { ("cannot hold", "cannot hold") } else { ("is in doubt", "are in doubt") };
    let verdicts: Vec<(usize, &str, &str)> = [
        (tally.holds, "holds for certain", "hold for certain"),
        (tally.fits, "can hold", "can hold"),
        (tally.contradicted, broken.0, broken.1),
        (tally.undecided, "is undecided", "are undecided"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .collect();
    match verdicts.as_slice() {
        [] => text.push_str(" No constraint binds them."),
        [(1, one, _)] => text.push_str(&format!(" The one constraint {one}.")),
        // Each may well hold without the others.
        [(2, _, many)] if *many == "cannot hold" => text.push_str(" No values satisfy both constraints."),
        [(all, _, many)] if *many == "cannot hold" => {
            text.push_str(&format!(" No values satisfy all {} constraints.", grouped(*all)));
        }
        [(2, _, many)] => text.push_str(&format!(" Both constraints {many}.")),
        [(all, _, many)] => text.push_str(&format!(" All {} constraints {many}.", grouped(*all))),
        several => {
            let total = several.iter().fold(0_usize, |total, (count, ..)| total.saturating_add(*count));
            let said: Vec<String> = several.iter().map(|(count, one, many)| counted(*count, one, many)).collect();
            text.push_str(&format!(" Of {} constraints, {}.", grouped(total), list(&said)));
        }
    }
    let is_of_words = |kind: FindingKind| matches!(kind, FindingKind::Quote | FindingKind::Convention);
    let settled = !report.findings.iter().any(|finding| is_of_words(finding.clash()));
    match summary.quotes {
        0 => {}
        1 if settled => text.push_str(" The one quote or date agrees with its words."),
        quotes if settled => text.push_str(&format!(" {} quotes and dates agree with their words.", grouped(quotes))),
        quotes => {
            text.push_str(&format!(" {} checked.", counted(quotes, "quote or date was", "quotes and dates were")))
        }
    }
    text
}

/// What was not checked, a block with a line each; empty if there is nothing.
pub(super) fn unchecked(report: &Report<'_>) -> String {
    let unchecked = report.unchecked;
    let sources = report.sources;
    let claims = unchecked.claims.iter(sources).map(|(claim, why)| (inert(&claim).into_owned(), sentence(&why)));
    let rules = |elsewhere: bool| -> Vec<(String, String)> {
        let rules = unchecked.rules.iter().filter(|it| it.elsewhere == elsewhere);
        let remark = |it: &Unapplied| match &it.because {
            Some(because) => format!("{} ({})", sentence(because), place(sources, it.span)),
            None => place(sources, it.span),
        };
        rules.map(|it| (inert(&it.rule).into_owned(), remark(it))).collect()
    };
    let (never, partly) = (rules(false), rules(true));
    let quotes: Vec<(String, String)> =
        unchecked.quotes.iter().map(|(claim, span)| (inert(claim).into_owned(), place(sources, *span))).collect();
    let draft: Vec<(String, String)> =
        unchecked.draft.iter().map(|(words, span)| (format!("“{}”", inert(words)), place(sources, *span))).collect();
    let together = |claims: &[String]| {
        let rest = claims.len().saturating_sub(1);
        let first = claims.first().map_or(String::new(), |claim| inert(claim).into_owned());
        if rest > 0 { format!("{first} and {} more", grouped(rest)) } else { first }
    };
    let beyond: Vec<(String, String)> =
        unchecked.beyond.iter().map(|(claims, why)| (together(claims), sentence(why))).collect();
    let mut text = listed("Claims that no constraint touches", unchecked.claims.len(), claims);
    for (heading, entries) in [
        ("Rules and checks that never applied", never),
        ("Rules that did not apply everywhere", partly),
        ("Quotes without a figure to hold their value against", quotes),
        ("Figures of the draft that no claim covers", draft),
        ("Figures that hang together in more ways than the budget allows", beyond),
    ] {
        text.push_str(&listed(heading, entries.len(), entries));
    }
    text
}

/// A heading with the number of its entries, and a line for each, of many only for the first; empty if there are none.
pub(super) fn listed(heading: &str, all: usize, entries: impl IntoIterator<Item = (String, String)>) -> String {
    if all == 0 {
        return String::new();
    }
    let mut text = format!("  {heading}: {}\n", grouped(all));
    let shown = if all > UNFOLDED.saturating_add(2) { UNFOLDED } else { all };
    let entries: Vec<(String, String)> = entries.into_iter().take(shown).collect();
    rows(&mut text, &entries);
    let folded = all.saturating_sub(shown);
    if folded > 0 && shown > 0 {
        text.push_str(&format!("    and {} more (all are in the JSON report)\n", grouped(folded)));
    }
    text
}

/// Quotes that a draft says in other words, a block with a line each; empty if there are none.
pub(super) fn rewordings(report: &Report<'_>) -> String {
    let all = report.rewordings;
    if all.is_empty() {
        return String::new();
    }
    let mut text = format!("  Quotes whose figures stand in the draft among other words: {}\n", grouped(all.len()));
    let shown = if all.len() > UNFOLDED.saturating_add(2) { UNFOLDED } else { all.len() };
    for rewording in all.iter().take(shown) {
        let how = if rewording.moved { "in another order" } else { "reworded" };
        text.push_str(&format!("    {}  {how}, {}\n", inert(&rewording.claim), place(report.sources, rewording.span)));
        for (heading, words) in [("quote", &rewording.quote), ("draft", &rewording.draft)] {
            for (at, line) in wrapped(&format!("“{words}”"), WIDTH.saturating_sub(14)).iter().enumerate() {
                text.push_str(&format!("      {}  {line}\n", padded(if at == 0 { heading } else { "" }, 6)));
            }
        }
    }
    if shown < all.len() {
        let folded = all.len().saturating_sub(shown);
        text.push_str(&format!("    and {} more (all are in the JSON report)\n", grouped(folded)));
    }
    text
}

/// Two columns, the second wrapped.
fn rows(text: &mut String, entries: &[(String, String)]) {
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
    what_if(report.supposed)
}

/// How many findings are not shown as they have nothing to do with changes, if only those are shown that have.
pub(super) fn since_sentence(report: &Report<'_>) -> Option<String> {
    let Since { revision, others } = report.since?;
    let since = inert(revision);
    Some(match others {
        0 => format!("What has not changed since {since} has no findings of its own."),
        1 => format!("1 other finding has to do only with what has not changed since {since}, and is not shown."),
        _ => {
            let others = counted(*others, "other finding", "other findings");
            format!("{others} have to do only with what has not changed since {since}, and are not shown.")
        }
    })
}

/// What was supposed of claims, if anything was.
pub(super) fn what_if(supposed: &[(String, String)]) -> Option<String> {
    let supposed: Vec<String> =
        supposed.iter().map(|(claim, value)| format!("{} is {}", inert(claim), inert(value))).collect();
    let files = if supposed.len() == 1 { "The file does not say so." } else { "The files do not say so." };
    (!supposed.is_empty()).then(|| format!("What if {}? {files}", supposed.join(" and ")))
}
