//! Every format over reports made by hand, as an editor would see them.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::claim::Claims;
use crate::finding::{
    Cause, Finding, FindingKind, Location, Reach, Repair, Role, Settling, Status, Tally, Touch, Unapplied, Unchecked,
};
use crate::number::Rational;
use crate::problem;
use crate::source::{FileId, InputError, InputErrors, Severity, Sources, Span};

const CLAIMS: &str = r#"[article]
title    = "Raid on a scam centre"
dateline = 2025-12-21
draft    = "raid.md"

[claim.to-november]
quote   = "154 Koreans were under arrest"
measure = "arrests"
when    = "by some day of November"

[claim.december-arrests]
quote   = "92 suspects"
measure = "arrests"
when    = "so far this month"

[claim.to-date]
quote   = "231 to date"
measure = "arrests"
when    = "to date"
"#;

const DRAFT: &str = "\
# Raid on a scam centre

By November, the presidential office had counted 154 Koreans were under arrest in the country, a figure that it gave \
without a day. The joint team has since picked up 92 suspects this month alone, most of them in the eastern provinces.

The office now puts the arrests at 231 to date, and 41 officers took part.
";

struct Fixture {
    sources: Sources,
    claims: FileId,
    draft: FileId,
    read: Claims,
}

impl Fixture {
    fn new() -> Self {
        let mut sources = Sources::new();
        let claims = sources.add("claims/raid.toml", CLAIMS);
        let draft = sources.add("claims/raid.md", DRAFT);
        Self { sources, claims, draft, read: Claims::default() }
    }

    fn span(&self, file: FileId, words: &str) -> Span {
        let start = self.sources.text(file).find(words).unwrap();
        Span { file, start, end: start + words.len() }
    }

    fn location(&self, file: FileId, words: &str, claim: &str, label: &str) -> Location {
        let role = if file == self.claims { Role::Primary } else { Role::Secondary };
        let claim = (!claim.is_empty()).then(|| format!("raid/{claim}"));
        Location { span: self.span(file, words), claim, role, label: label.to_owned() }
    }

    fn contradiction(&self) -> Finding {
        Finding {
            fingerprint: "5f0c".to_owned(),
            kind: FindingKind::Contradiction,
            reach: Reach::Joint,
            severity: Severity::Error,
            claims: ["raid/to-november", "raid/december-arrests", "raid/to-date"].map(str::to_owned).into(),
            rules: vec!["additive".to_owned()],
            message: "the arrests add up to at least 246, but only 231 are reported to date".to_owned(),
            arithmetic: Some("154 + 92 = 246 > 231".to_owned()),
            steps: vec![
                "154 arrests by some day of November, so at least 154 by the end of November".to_owned(),
                "92 arrests from 1 December to now, so at least 154 + 92 = 246 to now".to_owned(),
                "231 arrests to date, which is 15 fewer than that, and a running total of arrests never falls, whoever \
                 keeps it"
                    .to_owned(),
            ],
            leans_on: vec!["raid/all-korean".to_owned()],
            unsaid: Vec::new(),
            question: None,
            paste: None,
            locations: vec![
                self.location(self.claims, "231 to date", "to-date", "231 arrests to date (presidential office)"),
                self.location(self.claims, "154 Koreans", "to-november", "154 arrests by some day of November 2025"),
                self.location(self.claims, "92 suspects", "december-arrests", "92 arrests in December 2025 so far"),
                self.location(self.draft, "231 to date", "to-date", ""),
                self.location(self.draft, "154", "to-november", ""),
                self.location(self.draft, "92", "december-arrests", ""),
            ],
            repairs: vec![
                Repair {
                    claims: vec!["raid/to-date".to_owned()],
                    values: vec![("raid/to-date".to_owned(), "[246, ∞)".to_owned())],
                    exact: true,
                    words: "at least 246 for to-date".to_owned(),
                    slip: None,
                },
                Repair {
                    claims: vec!["raid/december-arrests".to_owned()],
                    values: vec![("raid/december-arrests".to_owned(), "[0, 77]".to_owned())],
                    exact: true,
                    words: "at most 77 for december-arrests".to_owned(),
                    slip: Some("29 with its digits swapped".to_owned()),
                },
            ],
            conflict: Some(0),
            waived: None,
        }
    }

    fn question(&self) -> Finding {
        Finding {
            fingerprint: "a1b2".to_owned(),
            kind: FindingKind::Question,
            reach: Reach::Single,
            severity: Severity::Warning,
            claims: vec!["raid/december-arrests".to_owned()],
            rules: vec!["additive".to_owned()],
            message: "the month's arrests only fit the running total if they are of other nationals".to_owned(),
            arithmetic: None,
            steps: vec!["the text does not say whose nationals the 92 are".to_owned()],
            leans_on: Vec::new(),
            unsaid: vec!["the 92 arrests in December 2025 are all of nationality KR".to_owned()],
            question: Some("Of what nationality are the 92 arrested in December 2025?".to_owned()),
            paste: Some("[assume.all-korean]\nthat    = \"december-arrests.nationality == 'KR'\"".to_owned()),
            locations: vec![self.location(self.claims, "92", "december-arrests", "whose nationals?")],
            repairs: Vec::new(),
            conflict: None,
            waived: None,
        }
    }

    fn statuses(&self) -> Vec<Status> {
        let touch =
            |rule: &str, words: &str, verdict| Touch { rule: rule.to_owned(), words: words.to_owned(), verdict };
        vec![
            Status {
                claim: "raid/to-november".to_owned(),
                span: self.span(self.claims, "to-november"),
                what: "arrests".to_owned(),
                readings: vec![("154".to_owned(), "exactly 154".to_owned())],
                time: "from an unstated origin to some instant of November 2025".to_owned(),
                scope: "nationality KR, place KH".to_owned(),
                source: Some("presidential office".to_owned()),
                touched_by: vec![
                    touch("same-figure", "to-november", problem::Verdict::Holds),
                    touch(
                        "additive",
                        "arrests add up over time for nationality KR, place KH: to-november, december-arrests, to-date",
                        problem::Verdict::Contradicted,
                    ),
                ],
                untouched_because: None,
            },
            Status {
                claim: "raid/reports-missing".to_owned(),
                span: self.span(self.claims, "december-arrests"),
                what: "reports-missing".to_owned(),
                readings: vec![
                    ("about 1,200".to_owned(), "more than 0; most likely between 1,080 and 1,320".to_owned()),
                    ("about 1,200".to_owned(), "more than 0; most likely between 1,080 and 1,320".to_owned()),
                ],
                time: String::new(),
                scope: String::new(),
                source: None,
                touched_by: Vec::new(),
                untouched_because: Some("no other claim has this measure".to_owned()),
            },
        ]
    }

    fn unchecked(&self) -> Unchecked {
        Unchecked {
            claims: [
                ("raid/student-death", "it is the only event of its kind, and no check names it"),
                (
                    "raid/a-claim-with-a-name-that-is-longer-than-its-column",
                    "its measure is not declared and no other claim reports it, so that nothing it could be held \
                     against is there",
                ),
            ]
            .map(|(claim, why)| (claim.to_owned(), why.to_owned(), self.span(self.claims, "title")))
            .into_iter()
            .collect(),
            rules: vec![Unapplied {
                rule: "home-after-arrest".to_owned(),
                span: self.span(self.claims, "title"),
                because: None,
                elsewhere: false,
            }],
            quotes: Vec::new(),
            draft: vec![("41 officers".to_owned(), self.span(self.draft, "41 officers"))],
            beyond: Vec::new(),
            hidden: false,
        }
    }

    fn report<'a>(&'a self, findings: &'a [Finding], claims: &'a [Status], unchecked: &'a Unchecked) -> Report<'a> {
        let kinds = [FindingKind::Contradiction, FindingKind::Quote];
        let contradicted = findings.iter().any(|finding| kinds.contains(&finding.kind));
        Report {
            supposed: &[],
            since: None,
            sources: &self.sources,
            read: &self.read,
            verdict: if contradicted { Verdict::Contradicted } else { Verdict::Consistent },
            summary: Summary {
                articles: 1,
                claims: 31,
                figures: 24,
                quotes: 12,
                constraints: Tally { holds: 20, fits: 4, contradicted: usize::from(contradicted), undecided: 0 },
                all: None,
            },
            findings,
            causes: &[],
            claims,
            unchecked,
            rewordings: &[],
        }
    }
}

#[test]
fn a_clash_is_shown_with_both_files_its_reasons_and_what_settles_it() {
    let fixture = Fixture::new();
    let findings = [fixture.contradiction(), fixture.question()];
    let unchecked = fixture.unchecked();
    insta::assert_snapshot!(full(&fixture.report(&findings, &[], &unchecked), FullOptions::default()));
}

#[test]
fn a_quote_that_disagrees_shows_both_mentions_and_nothing_checked_needs_no_place() {
    let fixture = Fixture::new();
    let mut quote = fixture.contradiction();
    quote.kind = FindingKind::Quote;
    quote.reach = Reach::Single;
    quote.message = "the quote says 92, the claim's own value is 29".to_owned();
    quote.arithmetic = None;
    quote.steps = Vec::new();
    quote.leans_on = Vec::new();
    quote.repairs.truncate(1);
    quote.repairs[0].words = String::new();
    quote.rules = Vec::new();
    quote.locations = vec![
        fixture.location(fixture.claims, "\"92 suspects\"", "december-arrests", "this quote"),
        fixture.location(fixture.claims, "92", "december-arrests", "says 92, which is not the value of the claim"),
        fixture.location(fixture.claims, "suspects", "", "who they are is not stated"),
    ];
    let mut nothing = fixture.question();
    nothing.kind = FindingKind::NothingChecked;
    nothing.severity = Severity::Error;
    nothing.message = "nothing was checked in the article `raid`".to_owned();
    nothing.steps = vec!["No rule binds two of its claims, and none has a quote.".to_owned()];
    nothing.unsaid = Vec::new();
    nothing.question = None;
    nothing.paste = None;
    nothing.rules = Vec::new();
    nothing.locations = Vec::new();
    let findings = [quote, nothing];
    insta::assert_snapshot!(full(&fixture.report(&findings, &[], &Unchecked::default()), FullOptions::default()));
}

#[test]
fn claims_are_shown_with_what_they_were_held_against() {
    let fixture = Fixture::new();
    let statuses = fixture.statuses();
    let unchecked = Unchecked::default();
    let options = FullOptions { claims: true, ..FullOptions::default() };
    insta::assert_snapshot!(full(&fixture.report(&[], &statuses, &unchecked), options));
}

#[test]
fn concise_is_a_line_a_finding() {
    let fixture = Fixture::new();
    let findings = [fixture.contradiction(), fixture.question()];
    insta::assert_snapshot!(concise(&fixture.report(&findings, &[], &Unchecked::default()), None));
}

#[test]
fn json_has_every_field_of_the_contract() {
    let fixture = Fixture::new();
    let findings = [fixture.contradiction()];
    let statuses = fixture.statuses();
    let unchecked = fixture.unchecked();
    let mut report = fixture.report(&findings, &statuses, &unchecked);
    let by = |repairs| Settling::By { repairs, weight: Rational::ONE, complete: true, proven: true };
    let cause = |settling| Cause {
        settling,
        findings: vec!["a1b2c3".to_owned()],
        clashes: vec![vec!["raid/to-date".to_owned(), "raid/to-november".to_owned()]],
    };
    let causes = [cause(by(findings[0].repairs.clone())), cause(Settling::Fixed), cause(Settling::Unknown)];
    report.causes = &causes;
    let plain = json(&report, JsonOptions::default());
    assert!(plain.ends_with("}\n") && !plain.contains("\"reads\""));
    insta::assert_snapshot!(json(&report, JsonOptions { claims: true }));
}

/// What a renderer writes.
fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn json_lines_are_the_findings_of_the_json_report_and_then_its_rest() {
    let fixture = Fixture::new();
    let findings = [fixture.contradiction(), fixture.question()];
    let (statuses, unchecked) = (fixture.statuses(), fixture.unchecked());
    let report = fixture.report(&findings, &statuses, &unchecked);
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    for options in [JsonOptions::default(), JsonOptions { claims: true }] {
        let lines = written(|out| jsonl(&report, options, out));
        let mut lines: Vec<serde_json::Value> = lines.lines().map(parsed).collect();
        let mut whole = lines.pop().unwrap();
        assert!(lines.iter().all(|line| line.get("schema").is_none()) && whole["findings"].is_null());
        whole["findings"] = lines.into();
        assert_eq!(whole, parsed(&json(&report, options)));
    }
    let none = written(|out| jsonl(&fixture.report(&[], &[], &unchecked), JsonOptions::default(), out));
    insta::assert_snapshot!(none);
}

#[test]
fn long_lists_of_what_was_not_checked_are_folded() {
    let fixture = Fixture::new();
    let span = fixture.span(fixture.draft, "41");
    let unchecked =
        Unchecked { draft: (0..1_500).map(|figure| (figure.to_string(), span)).collect(), ..Unchecked::default() };
    let text = full(&fixture.report(&[], &[], &unchecked), FullOptions::default());
    assert!(text.contains("and 1,490 more"), "{text}");
    assert!(text.lines().count() < 20);
}

/// Many findings: 40 of a record rule, 3 of another, a question in two, and a quote.
fn many(fixture: &Fixture) -> Vec<Finding> {
    let of = |rules: &[&str], finding: &Finding| {
        let mut finding = finding.clone();
        finding.rules = rules.iter().map(|rule| (*rule).to_owned()).collect();
        finding.message = format!("{} is broken", finding.rules.join(" and "));
        finding.locations.truncate(1);
        finding.steps.clear();
        finding.repairs.clear();
        finding
    };
    let (clash, question) = (fixture.contradiction(), fixture.question());
    let mut quote = of(&[], &clash);
    (quote.kind, quote.message) = (FindingKind::Quote, "a quote disagrees".to_owned());
    let mut findings: Vec<Finding> = (0..40).map(|at| of(&[&format!("survey/total[KR-{at}]")], &clash)).collect();
    findings.extend((0..3).map(|at| of(&[&format!("survey/staff-paid[KR-{at}]")], &clash)));
    findings.push(quote);
    findings.extend((0..20).map(|at| of(if at % 2 == 0 { &["additive"] } else { &["additive", "stages"] }, &question)));
    findings
}

#[test]
fn of_many_findings_each_rule_shows_some_and_the_others_are_counted() {
    let fixture = Fixture::new();
    let (findings, unchecked) = (many(&fixture), Unchecked::default());
    let report = fixture.report(&findings, &[], &unchecked);
    insta::assert_snapshot!(full(&report, FullOptions { most: Some(5), ..FullOptions::default() }));
    let lists: Vec<String> = [Some(1), Some(63), Some(64), None].map(|most| concise(&report, most)).into();
    assert_eq!(lists[2], lists[3]);
    let last = |text: &String| text.lines().rev().nth(1).unwrap().to_owned();
    insta::assert_snapshot!(format!("{}\n{}", last(&lists[0]), last(&lists[1])));
    // Of one kind and one rule alone, no list is needed; of very many rules, a few are named.
    let same: Vec<Finding> = findings.iter().take(40).cloned().collect();
    let mut different = same.clone();
    for (at, finding) in different.iter_mut().enumerate() {
        finding.rules = vec![format!("rule-{at}")];
    }
    let said = [&same, &different].map(|findings| {
        let text =
            full(&fixture.report(findings, &[], &unchecked), FullOptions { most: Some(2), ..FullOptions::default() });
        text.split_once("\nAnd ").unwrap().1.to_owned()
    });
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn every_verdict_is_said_plainly() {
    let fixture = Fixture::new();
    let unchecked = Unchecked::default();
    let mut report = fixture.report(&[], &[], &unchecked);
    let mut said = vec![summary::verdict_sentence(&report)];
    let findings = [fixture.question()];
    report.findings = &findings;
    said.push(summary::verdict_sentence(&report));
    report.verdict = Verdict::Undecided;
    said.push(summary::verdict_sentence(&report));
    report.findings = &[];
    report.summary.constraints.undecided = 2;
    said.push(summary::verdict_sentence(&report));
    report.verdict = Verdict::NothingChecked;
    said.push(summary::verdict_sentence(&report));
    report.summary.claims = 0;
    said.push(summary::verdict_sentence(&report));
    report.verdict = Verdict::Consistent;
    report.summary =
        Summary { articles: 1, claims: 1, figures: 1, quotes: 1, constraints: Tally::default(), all: None };
    said.push(summary::verdict_sentence(&report));
    report.summary.claims = 2;
    report.summary.quotes = 0;
    report.summary.constraints.fits = 1;
    let left = fixture.unchecked();
    report.unchecked = &left;
    said.push(summary::verdict_sentence(&report));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn colour_comes_only_when_asked_for_and_changes_no_word() {
    let fixture = Fixture::new();
    let findings = [fixture.contradiction(), fixture.question()];
    let (statuses, unchecked) = (fixture.statuses(), fixture.unchecked());
    let report = fixture.report(&findings, &statuses, &unchecked);
    let plain = full(&report, FullOptions { claims: true, ..FullOptions::default() });
    let styled = full(&report, FullOptions { claims: true, color: true, most: None });
    assert!(!plain.contains('\u{1b}') && styled.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&styled).to_string(), plain);
}

#[test]
fn nothing_from_an_input_acts_on_a_terminal() {
    let evil = "\u{1b}]0;owned\u{7}\u{202e}\r\n2 errors; \u{9b}31m";
    let mut fixture = Fixture::new();
    let file = fixture.sources.add(format!("claims/{evil}.toml"), evil);
    let mut finding = fixture.contradiction();
    let span = Span { file, start: 0, end: evil.len() };
    finding.message = evil.to_owned();
    finding.steps = vec![evil.to_owned()];
    finding.arithmetic = Some(evil.to_owned());
    finding.question = Some(evil.to_owned());
    finding.paste = Some(evil.to_owned());
    finding.leans_on = vec![evil.to_owned()];
    finding.rules = vec![evil.to_owned()];
    finding.locations = vec![Location { span, claim: None, role: Role::Primary, label: evil.to_owned() }];
    finding.repairs = vec![Repair {
        claims: vec![],
        values: vec![],
        exact: true,
        words: evil.to_owned(),
        slip: Some(evil.to_owned()),
    }];
    let findings = [finding];
    let mut statuses = fixture.statuses();
    for status in &mut statuses {
        status.span = span;
        status.claim = evil.to_owned();
        status.what = evil.to_owned();
        status.time = evil.to_owned();
        status.readings = vec![(evil.to_owned(), evil.to_owned())];
        status.untouched_because = Some(evil.to_owned());
        for touch in &mut status.touched_by {
            touch.rule = evil.to_owned();
        }
    }
    let unchecked = Unchecked {
        claims: [(evil.to_owned(), evil.to_owned(), span)].into_iter().collect(),
        rules: vec![Unapplied { rule: evil.to_owned(), span, because: Some(evil.to_owned()), elsewhere: true }],
        quotes: vec![(evil.to_owned(), span)],
        draft: vec![(evil.to_owned(), span)],
        beyond: vec![(vec![evil.to_owned()], evil.to_owned())],
        hidden: true,
    };
    let report = fixture.report(&findings, &statuses, &unchecked);
    let mut errors = InputErrors::default();
    errors.push(InputError::at(span, evil).label(evil).help(evil).also(span, evil));
    errors.push(InputError::of_file(evil, evil));
    let parsed: serde_json::Value = serde_json::from_str(&json(&report, JsonOptions::default())).unwrap();
    assert_eq!(parsed["findings"][0]["message"], evil);
    for text in [
        full(&report, FullOptions { claims: true, ..FullOptions::default() }),
        concise(&report, None),
        json(&report, JsonOptions { claims: true }),
        written(|out| jsonl(&report, JsonOptions { claims: true }, out)),
        input_errors(&fixture.sources, &errors, false),
    ] {
        assert!(text.chars().all(|character| character == '\n' || !text::is_active(character)), "{text}");
    }
}

#[test]
fn input_errors_stand_in_the_order_of_their_places_with_a_caret_and_help() {
    let fixture = Fixture::new();
    let mut errors = InputErrors::default();
    errors.push(InputError::of_file("claims/tables.toml", "the file is not UTF-8").help("save it as UTF-8"));
    errors.push(
        InputError::at(fixture.span(fixture.claims, "\"to date\""), "`to date` needs a dateline")
            .label("read against the dateline")
            .also(fixture.span(fixture.claims, "[article]"), "this article has none")
            .help("add `dateline = 2025-12-21` to [article], or write the day: `through 2025-12-21`"),
    );
    errors.push(
        InputError::at(fixture.span(fixture.claims, "title"), "unknown key `title`").help("did you mean `titel`?"),
    );
    insta::assert_snapshot!(input_errors(&fixture.sources, &errors, false));
}

#[test]
fn an_error_in_ten_megabytes_of_one_line_is_shown_with_its_true_column() {
    let mut sources = Sources::new();
    let text = format!("{}é?{}", "x".repeat(5_000_000), "y".repeat(5_000_000));
    let file = sources.add("claims/long.toml", text);
    let mut errors = InputErrors::default();
    errors.push(InputError::at(Span { file, start: 5_000_002, end: 5_000_003 }, "what is this?"));
    let shown = input_errors(&sources, &errors, false);
    assert!(shown.contains("claims/long.toml:1:5000002"), "{shown}");
    assert!(shown.len() < 1_000 && shown.ends_with("1 error; nothing was checked\n"), "{shown}");
}
