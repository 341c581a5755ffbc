//! What phrases say, as tables: the dateline is Sunday 2025-12-21 throughout.

mod laws;
mod prose;

use super::*;

fn context() -> Context {
    Context { dateline: Day::from_ymd(2025, 12, 21), ..Context::default() }
}

fn instant(instant: Instant) -> String {
    instant.day_after().to_string()
}

/// The bounds of a moment: a boundary, `a~b` if it lies between two, `now`.
fn moment(moment: Moment) -> String {
    match moment.kind {
        MomentKind::Fixed => instant(moment.earliest),
        MomentKind::Now => "now".to_owned(),
        MomentKind::Vague => format!("{}~{}", instant(moment.earliest), instant(moment.latest)),
    }
}

fn bounds(when: When) -> String {
    match when {
        When::Period { start, end, length } => {
            let length = length.map(|days| format!(" ({days})")).unwrap_or_default();
            format!("{} | {}{length}", moment(start), moment(end))
        }
        When::Through { since: None, end } => format!("-> {}", moment(end)),
        When::Through { since: Some(since), end } => format!("{} -> {}", moment(since), moment(end)),
    }
}

fn set_to(choice: Choice) -> String {
    choice.setting().split(" = ").last().unwrap_or_default().trim_matches('"').to_owned()
}

/// All readings of a phrase, in one line, of fiscal years the usual ones: `monday: a | b; sunday: c | d`.
fn read(phrase: &str, context: &Context) -> String {
    match read_when(phrase, context) {
        Ok(readings) => readings
            .readings()
            .iter()
            .filter(|reading| !reading.under.is_some_and(Choice::is_rare))
            .map(|reading| match reading.under {
                Some(choice) => format!("{}: {}", set_to(choice), bounds(reading.value)),
                None => bounds(reading.value),
            })
            .collect::<Vec<_>>()
            .join("; "),
        Err(error) => format!("error: {error}"),
    }
}

fn check(rows: &[(&str, &str)], context: &Context) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(phrase, expected)| (phrase, expected, read(phrase, context)))
        .filter(|(_, expected, read)| read != *expected)
        .map(|(phrase, expected, read)| format!("{phrase}\n  expected {expected}\n  read     {read}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
#[rustfmt::skip]
fn dates_in_digits_are_whole() {
    check(&[
        ("2025-12-18", "2025-12-18 | 2025-12-19"),
        ("2025-11", "2025-11-01 | 2025-12-01"),
        ("2025", "2025-01-01 | 2026-01-01"),
        ("2025-Q1", "2025-01-01 | 2025-04-01"),
        ("2025-Q4", "2025-10-01 | 2026-01-01"),
        ("2025-H1", "2025-01-01 | 2025-07-01"),
        ("2025-W51", "2025-12-15 | 2025-12-22"),
        ("2025-W51-4", "2025-12-18 | 2025-12-19"),
        ("2026-W53", "2026-12-28 | 2027-01-04"),
        ("2025-10-01/2025-12-19", "2025-10-01 | 2025-12-20"),
        ("2025-10/2025-12-19", "2025-10-01 | 2025-12-20"),
        ("2025-10/2025-12", "2025-10-01 | 2026-01-01"),
        ("2024/2025", "2024-01-01 | 2026-01-01"),
        ("2025-Q1/2025-Q2", "2025-01-01 | 2025-07-01"),
        ("2024-02-29", "2024-02-29 | 2024-03-01"),
        ("0044-03-15", "0044-03-15 | 0044-03-16"),
        ("-0043-03-15", "-0043-03-15 | -0043-03-16"),
    ], &context());
}

#[test]
#[rustfmt::skip]
fn edtf_says_what_is_not_known() {
    check(&[
        ("2025-11-XX", "2025-11-01~2025-11-30 | 2025-11-02~2025-12-01 (1)"),
        ("2025-XX", "2025-01-01~2025-12-01 | 2025-02-01~2026-01-01"),
        ("2025-XX-25", "2025-01-25~2025-12-25 | 2025-01-26~2025-12-26 (1)"),
        ("2025-10-2X", "2025-10-20~2025-10-29 | 2025-10-21~2025-10-30 (1)"),
        ("2025-02-3X", "error: there is no 2025-02-3X"),
        ("199X", "1990-01-01~1999-01-01 | 1991-01-01~2000-01-01"),
        ("19XX", "1900-01-01~1999-01-01 | 1901-01-01~2000-01-01"),
        ("-01XX", "-0199-01-01~-0100-01-01 | -0198-01-01~-0099-01-01"),
        ("XXXX-02-29", "0000-02-29~9996-02-29 | 0000-03-01~9996-03-01 (1)"),
        ("1950S2", "1900-01-01~1999-01-01 | 1901-01-01~2000-01-01"),
        ("2025-12-18~", "2024-11-17~2027-01-19 | 2024-11-18~2027-01-20 (1)"),
        ("2025-12-~18", "2025-12-17~2025-12-19 | 2025-12-18~2025-12-20 (1)"),
        ("2025-12-18%", "2023-10-16~2028-02-20 | 2023-10-17~2028-02-21 (1)"),
        ("2025-12-%18", "2025-12-16~2025-12-20 | 2025-12-17~2025-12-21 (1)"),
        ("2025-11?", "2024-10-01~2026-12-31 | 2024-10-02~2027-01-01"),
        ("2025-?11", "2025-10-01~2025-12-31 | 2025-10-02~2026-01-01"),
        ("2025?", "2024-01-01~2026-12-31 | 2024-01-02~2027-01-01"),
        ("2025-11-?18", "2025-11-17~2025-11-19 | 2025-11-18~2025-11-20 (1)"),
        ("2025-11?-18", "2024-10-18~2026-12-18 | 2024-10-19~2026-12-19 (1)"),
        ("2025-?11-18", "2025-10-18~2025-12-18 | 2025-10-19~2025-12-19 (1)"),
        ("16XX~", "1500-01-01~1799-12-31 | 1500-01-02~1800-01-01"),
        ("2025-?21", "north: 2024-12-01~2025-08-31 | 2024-12-02~2025-09-01; south: 2025-06-01~2026-02-28 | 2025-06-02~2026-03-01"),
        ("?2025-11-18", "2024-11-18~2026-11-18 | 2024-11-19~2026-11-19 (1)"),
        ("2025-11-~18/2025-12", "2025-11-17~2025-11-19 | 2026-01-01"),
        ("[2025-11-02..2025-11-04]", "2025-11-02~2025-11-04 | 2025-11-03~2025-11-05 (1)"),
        ("[2025-11-02, 2025-11-04]", "2025-11-02~2025-11-04 | 2025-11-03~2025-11-05 (1)"),
        ("2025-21", "north: 2025-03-01 | 2025-06-01; south: 2025-09-01 | 2025-12-01"),
        ("2024-24", "north: 2024-12-01 | 2025-03-01; south: 2024-06-01 | 2024-09-01"),
        ("2025-25", "2025-03-01 | 2025-06-01"),
        ("2025-29", "2025-09-01 | 2025-12-01"),
        ("2025-33", "2025-01-01 | 2025-04-01"),
        ("2025-39", "2025-09-01 | 2026-01-01"),
        ("2025-40", "2025-01-01 | 2025-07-01"),
    ], &context());
}

#[test]
#[rustfmt::skip]
fn months_quarters_halves_and_years_in_words() {
    check(&[
        ("December 2025", "2025-12-01 | 2026-01-01"),
        ("december 2025", "2025-12-01 | 2026-01-01"),
        ("Dec. 2025", "2025-12-01 | 2026-01-01"),
        ("Sept 2025", "2025-09-01 | 2025-10-01"),
        ("in November", "2025-11-01 | 2025-12-01"),
        ("November", "2025-11-01 | 2025-12-01"),
        ("in December", "2025-12-01 | 2026-01-01"),
        ("in the month of May", "2025-05-01 | 2025-06-01"),
        ("May", "2025-05-01 | 2025-06-01"),
        ("November last year", "2024-11-01 | 2024-12-01"),
        ("18 December 2025", "2025-12-18 | 2025-12-19"),
        ("the 18th of December 2025", "2025-12-18 | 2025-12-19"),
        ("December 18", "2025-12-18 | 2025-12-19"),
        ("December 18th, 2025", "2025-12-18 | 2025-12-19"),
        ("Dec. 18, 2025", "2025-12-18 | 2025-12-19"),
        ("18-Dec-2025", "2025-12-18 | 2025-12-19"),
        ("on 24 December", "2024-12-24 | 2024-12-25"),
        ("29 February", "2024-02-29 | 2024-03-01"),
        ("on the 18th", "2025-12-18 | 2025-12-19"),
        ("the 25th", "2025-11-25 | 2025-11-26"),
        ("14 to 20 December", "2025-12-14 | 2025-12-21"),
        ("14\u{2013}20 December 2025", "2025-12-14 | 2025-12-21"),
        ("December 14-20, 2025", "2025-12-14 | 2025-12-21"),
        ("18 and 19 December 2025", "2025-12-18 | 2025-12-20"),
        ("Thursday, 18 December 2025", "2025-12-18 | 2025-12-19"),
        ("Thursday 18 December", "2025-12-18 | 2025-12-19"),
        ("Q1 2025", "2025-01-01 | 2025-04-01"),
        ("q3 2025", "2025-07-01 | 2025-10-01"),
        ("1Q 2025", "2025-01-01 | 2025-04-01"),
        ("1Q25", "2025-01-01 | 2025-04-01"),
        ("Q1'25", "2025-01-01 | 2025-04-01"),
        ("2025 Q2", "2025-04-01 | 2025-07-01"),
        ("Q1 of 2025", "2025-01-01 | 2025-04-01"),
        ("first quarter of 2025", "2025-01-01 | 2025-04-01"),
        ("the second quarter of 2025", "2025-04-01 | 2025-07-01"),
        ("in the third quarter", "2025-07-01 | 2025-10-01"),
        ("first quarter of this year", "2025-01-01 | 2025-04-01"),
        ("fourth quarter of last year", "2024-10-01 | 2025-01-01"),
        ("H1 2025", "2025-01-01 | 2025-07-01"),
        ("first half of 2025", "2025-01-01 | 2025-07-01"),
        ("second half 2025", "2025-07-01 | 2026-01-01"),
        ("FY2025", "1: 2025-01-01 | 2026-01-01; 4: 2024-04-01 | 2025-04-01; 7: 2024-07-01 | 2025-07-01; 10: 2024-10-01 | 2025-10-01"),
        ("FY 2025", "1: 2025-01-01 | 2026-01-01; 4: 2024-04-01 | 2025-04-01; 7: 2024-07-01 | 2025-07-01; 10: 2024-10-01 | 2025-10-01"),
        ("FY25", "1: 2025-01-01 | 2026-01-01; 4: 2024-04-01 | 2025-04-01; 7: 2024-07-01 | 2025-07-01; 10: 2024-10-01 | 2025-10-01"),
        ("fiscal year 2025", "1: 2025-01-01 | 2026-01-01; 4: 2024-04-01 | 2025-04-01; 7: 2024-07-01 | 2025-07-01; 10: 2024-10-01 | 2025-10-01"),
        ("Q1 FY2025", "1: 2025-01-01 | 2025-04-01; 4: 2024-04-01 | 2024-07-01; 7: 2024-07-01 | 2024-10-01; 10: 2024-10-01 | 2025-01-01"),
        ("the full year 2025", "2025-01-01 | 2026-01-01"),
        ("all of 2025", "2025-01-01 | 2026-01-01"),
        ("in 2025", "2025-01-01 | 2026-01-01"),
        ("the 1990s", "1990-01-01 | 2000-01-01"),
        ("nine months to September 2025", "2025-01-01 | 2025-10-01"),
        ("the nine months to 30 September 2025", "2025-01-01 | 2025-10-01"),
        ("9 months to September", "2025-01-01 | 2025-10-01"),
        ("three months ended June 30, 2025", "2025-04-01 | 2025-07-01"),
        ("the year to March 2025", "2024-04-01 | 2025-04-01"),
        ("year ended 31 March 2025", "2024-04-01 | 2025-04-01"),
        ("the week to 20 December", "2025-12-14 | 2025-12-21"),
        ("first nine months of 2025", "2025-01-01 | 2025-10-01"),
        ("the last three days of November", "2025-11-28 | 2025-12-01"),
        ("summer 2025", "north: 2025-06-01 | 2025-09-01; south: 2025-12-01 | 2026-03-01"),
        ("winter 2024-25", "north: 2024-12-01 | 2025-03-01; south: 2024-06-01 | 2024-09-01"),
        ("the winter of 2024/25", "north: 2024-12-01 | 2025-03-01; south: 2024-06-01 | 2024-09-01"),
        ("late October 2025", "2025-10-01~2025-10-31 | 2025-10-02~2025-11-01"),
        ("mid-November", "2025-11-01~2025-11-30 | 2025-11-02~2025-12-01"),
        ("early 2025", "2025-01-01~2025-12-31 | 2025-01-02~2026-01-01"),
        ("some day of November", "2025-11-01~2025-11-30 | 2025-11-02~2025-12-01 (1)"),
        ("sometime in November 2025", "2025-11-01~2025-11-30 | 2025-11-02~2025-12-01 (1)"),
        ("around 18 December 2025", "2025-12-17~2025-12-19 | 2025-12-18~2025-12-20 (1)"),
        ("at the end of 2024", "2024-12-31 | 2025-01-01"),
        ("week 51 of 2025", "2025-12-15 | 2025-12-22"),
        ("7 days within November 2025", "2025-11-01~2025-11-24 | 2025-11-08~2025-12-01 (7)"),
    ], &context());
}

#[test]
#[rustfmt::skip]
fn relative_words_are_read_against_the_dateline() {
    check(&[
        ("today", "2025-12-21 | now"),
        ("yesterday", "2025-12-20 | 2025-12-21"),
        ("the day before yesterday", "2025-12-19 | 2025-12-20"),
        ("on Thursday", "2025-12-18 | 2025-12-19"),
        ("Friday", "2025-12-19 | 2025-12-20"),
        ("on Sunday", "2025-12-21 | 2025-12-22"),
        ("last Sunday", "2025-12-14 | 2025-12-15"),
        ("last Thursday", "2025-12-11~2025-12-18 | 2025-12-12~2025-12-19 (1)"),
        ("this past Thursday", "2025-12-18 | 2025-12-19"),
        ("Thursday last week", "monday: 2025-12-11 | 2025-12-12; sunday: 2025-12-18 | 2025-12-19; rolling: 2025-12-18 | 2025-12-19"),
        ("last week", "monday: 2025-12-08 | 2025-12-15; sunday: 2025-12-14 | 2025-12-21; rolling: 2025-12-14 | 2025-12-21"),
        ("this week", "monday: 2025-12-15 | now; sunday: 2025-12-21 | now; rolling: 2025-12-15 | now"),
        ("last month", "2025-11-01 | 2025-12-01"),
        ("this month", "2025-12-01 | now"),
        ("last quarter", "2025-07-01 | 2025-10-01"),
        ("last year", "2024-01-01 | 2025-01-01"),
        ("this year", "2025-01-01 | now"),
        ("over the weekend", "2025-12-20 | 2025-12-22"),
        ("last weekend", "2025-12-13 | 2025-12-15"),
        ("so far this month", "2025-12-01 | now"),
        ("this month so far", "2025-12-01 | now"),
        ("so far in December", "2025-12-01 | now"),
        ("December so far", "2025-12-01 | now"),
        ("so far this year", "2025-01-01 | now"),
        ("2025 to date", "2025-01-01 | now"),
        ("this year to date", "2025-01-01 | now"),
        ("year to date", "2025-01-01 | now"),
        ("in the year to date", "2025-01-01 | now"),
        ("YTD", "2025-01-01 | now"),
        ("month-to-date", "2025-12-01 | now"),
        ("so far this week", "monday: 2025-12-15 | now; sunday: 2025-12-21 | now; rolling: 2025-12-15 | now"),
        ("over the past two months", "2025-10-01~2025-11-01 | now"),
        ("in the last 12 months", "2024-12-01~2025-01-01 | now"),
        ("in the past 24 hours", "2025-12-20~2025-12-22 | now"),
        ("the past week", "2025-12-08~2025-12-15 | now"),
        ("in the past ten days", "2025-12-11~2025-12-12 | now"),
        ("from 1 October to 19 December", "2025-10-01 | 2025-12-20"),
        ("between 1 October and 19 December 2025", "2025-10-01 | 2025-12-20"),
        ("October to December", "2025-10-01 | 2026-01-01"),
        ("October-December 2025", "2025-10-01 | 2026-01-01"),
        ("from October to March", "2024-10-01 | 2025-04-01"),
        ("December 2024 to February", "2024-12-01 | 2025-03-01"),
        ("from October to date", "2025-10-01 | now"),
        ("from 1 December to yesterday", "2025-12-01 | 2025-12-21"),
        ("from the start of 2025 to the end of June", "2025-01-01 | 2025-07-01"),
        ("2025-12-01/now", "2025-12-01 | now"),
        ("from 1 to 21 December", "2025-12-01 | 2025-12-22"),
        ("from December 1 to 21, 2025", "2025-12-01 | 2025-12-22"),
        ("October and November 2025", "2025-10-01 | 2025-12-01"),
        ("October and December 2025", "error: `October and December 2025` is not a date or a period that can be read"),
        ("the first nine months", "2025-01-01 | 2025-10-01"),
        ("first nine months of this year", "2025-01-01 | 2025-10-01"),
        ("first eleven months of the year", "2025-01-01 | 2025-12-01"),
        ("9M 2025", "2025-01-01 | 2025-10-01"),
        ("on Thursday night", "2025-12-18~2025-12-19 | 2025-12-18~2025-12-20"),
        ("2025-11-XX/2025-12-19", "2025-11-01~2025-11-30 | 2025-12-20"),
    ], &context());
}

#[test]
#[rustfmt::skip]
fn running_totals_end_where_they_say() {
    check(&[
        ("to date", "-> now"),
        ("so far", "-> now"),
        ("until now", "-> now"),
        ("as of now", "-> now"),
        ("as of today", "-> now"),
        ("through 2025-11-30", "-> 2025-12-01"),
        ("through 2025-11", "-> 2025-12-01"),
        ("through November", "-> 2025-12-01"),
        ("through 2025-12-21", "-> 2025-12-22"),
        ("to 30 November 2025", "-> 2025-12-01"),
        ("until Friday", "-> 2025-12-19~2025-12-20"),
        ("by 2025-11-30", "-> 2025-12-01"),
        ("by Friday", "-> 2025-12-19~2025-12-20"),
        ("by the end of November", "-> 2025-12-01"),
        ("by the start of November", "-> 2025-11-01"),
        ("as of 2025-11-30", "-> 2025-12-01"),
        ("as of 2025-11", "-> 2025-12-01"),
        ("up to and including November", "-> 2025-12-01"),
        ("by November", "-> 2025-11-01~2025-12-01"),
        ("as of November 2025", "-> 2025-11-01~2025-12-01"),
        ("before November", "-> 2025-11-01"),
        ("by some day of November", "-> 2025-11-02~2025-12-01"),
        ("by some day in November 2025", "-> 2025-11-02~2025-12-01"),
        ("through 2025-11-XX", "-> 2025-11-02~2025-12-01"),
        ("by mid-November", "-> 2025-11-02~2025-12-01"),
        ("by last week", "monday: -> 2025-12-08~2025-12-15; sunday: -> 2025-12-14~2025-12-21; rolling: -> 2025-12-14~2025-12-21"),
        ("since October", "start: 2025-10-01 -> 2025-10-02~2025-12-22; end: 2025-11-01 -> 2025-11-02~2025-12-22"),
        ("since October, by Friday", "start: 2025-10-01 -> 2025-12-19~2025-12-20; end: 2025-11-01 -> 2025-12-19~2025-12-20"),
        ("by Friday, since October", "start: 2025-10-01 -> 2025-12-19~2025-12-20; end: 2025-11-01 -> 2025-12-19~2025-12-20"),
        ("since October, to date", "start: 2025-10-01 -> now; end: 2025-11-01 -> now"),
        ("so far since October", "start: 2025-10-01 -> now; end: 2025-11-01 -> now"),
        ("since December", "2025-12-01 -> 2025-12-02~2025-12-22"),
        ("since 2025-10-01, through 2025-12-19", "2025-10-01 -> 2025-12-20"),
        ("since 1 October through 19 December", "2025-10-01 -> 2025-12-20"),
        ("since the start of 2025, to date", "2025-01-01 -> now"),
        ("since the end of October to date", "2025-11-01 -> now"),
        ("since the start of the year", "2025-01-01 -> 2025-01-02~2025-12-22"),
        ("by the end of the month", "-> 2026-01-01"),
        ("by Friday evening", "-> 2025-12-19~2025-12-21"),
        ("total to date", "-> now"),
        ("since yesterday", "2025-12-20 -> 2025-12-21~2025-12-22"),
        ("since today", "2025-12-21 -> now"),
        ("since some day of October, so far", "2025-10-01~2025-10-31 -> now"),
        ("from October onwards", "start: 2025-10-01 -> 2025-10-02~2025-12-22; end: 2025-11-01 -> 2025-11-02~2025-12-22"),
        ("since October 2024, through March", "start: 2024-10-01 -> 2025-04-01; end: 2024-11-01 -> 2025-04-01"),
        ("since last week, to date", "monday: 2025-12-08~2025-12-15 -> now; sunday: 2025-12-14~2025-12-21 -> now; rolling: 2025-12-14~2025-12-21 -> now"),
    ], &context());
}

#[test]
fn an_explanation_says_how_each_part_was_read() {
    let explained = explain("since October, by Friday", &context()).unwrap();
    let because = explained.because.join("\n");
    for part in ["running total", "a month without a year", "a weekday alone"] {
        assert!(because.contains(part), "{because}");
    }
    let only_a_date = explain("{2025-10-01,2025-10-03}", &context()).unwrap();
    assert!(only_a_date.time.is_none() && only_a_date.date.is_some());
    assert!(matches!(explain("last week", &Context::default()), Err(DateError::NoDateline { .. })));
}

#[test]
#[rustfmt::skip]
fn what_cannot_be_read_says_why() {
    check(&[
        ("2025-02-30", "error: there is no 2025-02-30"),
        ("30 February 2025", "error: there is no 30 February 2025"),
        ("30 February", "error: there is no 30 February"),
        ("2025-13", "error: there is no 2025-13"),
        ("2025-W53", "error: there is no 2025-W53"),
        ("2025-12-19/2025-10-01", "error: `2025-12-19/2025-10-01` ends before it begins"),
        ("from 19 December 2025 to 1 October 2025", "error: `from 19 December 2025 to 1 October 2025` ends before it begins"),
        ("since 2025-12-19, through 2025-10-01", "error: `since 2025-12-19, through 2025-10-01` ends before it begins"),
        ("Y17E10", "error: `Y17E10` lies outside the years -2,000,000,000 to 2,000,000,000"),
        ("Y2006", "error: `Y2006` is not a date or a period that can be read"),
        ("-0000", "error: there is no -0000"),
        ("../..", "error: `../..` has neither a beginning nor an end, so that it says nothing of when"),
        ("{2025-10-01,2025-10-03}", "error: `{2025-10-01,2025-10-03}` names several dates at once; write one claim for each"),
        ("Friday, 18 December 2025", "error: `Friday, 18 December 2025` names a Friday, but 18 December 2025 is a Thursday"),
        ("2024-25", "error: `2024-25` may be a season or the year to 2025; write `FY2025`, or the name of the season and its year"),
        ("so far in November", "error: `so far in November` is not a date or a period that can be read"),
        ("2025-12-18T25:00", "error: `2025-12-18T25:00` is not a date or a period that can be read"),
        ("fifth Monday of November 2025", "error: there is no fifth Monday of November 2025"),
        ("18/12/2025", "error: `18/12/2025` is not a date or a period that can be read"),
        ("in the good old days", "error: `in the good old days` is not a date or a period that can be read"),
        ("", "error: `` is not a date or a period that can be read"),
    ], &context());
}

#[test]
fn what_the_article_settles_has_one_reading() {
    let mut settled = context();
    settled.conventions = Conventions {
        week_starts: Some(WeekStart::Sunday),
        since: Some(SinceBegins::Start),
        seasons: Some(Hemisphere::North),
        fiscal_year: FiscalYear::new(4, NamedFor::End),
    };
    check(
        &[
            ("last week", "2025-12-14 | 2025-12-21"),
            ("since October, to date", "2025-10-01 -> now"),
            ("since last week, to date", "2025-12-14 -> now"),
            ("summer 2025", "2025-06-01 | 2025-09-01"),
            ("FY2025", "2024-04-01 | 2025-04-01"),
            ("FY2024/25", "2024-04-01 | 2025-04-01"),
            ("financial year 2024-25", "2024-04-01 | 2025-04-01"),
            ("the 2024/25 financial year", "2024-04-01 | 2025-04-01"),
            ("the 2025 financial year", "2024-04-01 | 2025-04-01"),
            ("Q1 FY2025", "2024-04-01 | 2024-07-01"),
            ("FY2025 Q4", "2025-01-01 | 2025-04-01"),
            ("FY2025-Q4", "2025-01-01 | 2025-04-01"),
            ("first half of fiscal 2026", "2025-04-01 | 2025-10-01"),
            ("Q1 2025", "2025-01-01 | 2025-04-01"),
            ("this fiscal year", "2025-04-01 | now"),
            ("last financial year", "2024-04-01 | 2025-04-01"),
            ("fiscal year to date", "2025-04-01 | now"),
        ],
        &settled,
    );
    settled.conventions.since = Some(SinceBegins::End);
    check(
        &[("since October, to date", "2025-11-01 -> now"), ("since 1 October to date", "2025-10-01 -> now")],
        &settled,
    );
}

fn date_of(text: &str) -> String {
    match read_date(text, &context()) {
        Ok(days) => days.readings().iter().map(|reading| reading.value.said()).collect::<Vec<_>>().join(" or "),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn events_have_dates() {
    for (text, said) in [
        ("2025-12-18", "18 December 2025"),
        ("2025-08", "August 2025"),
        ("2025-10-2X", "20 to 29 October 2025"),
        ("2025-10-XX", "October 2025"),
        ("2025-12-~18", "17 to 19 December 2025"),
        ("late October", "October 2025"),
        ("late October 2025", "October 2025"),
        ("August", "August 2025"),
        ("in August 2025", "August 2025"),
        ("on Thursday", "18 December 2025"),
        ("on Thursday night", "18 December 2025"),
        ("yesterday morning", "20 December 2025"),
        ("this month", "December 2025"),
        ("tomorrow", "22 December 2025"),
        ("next month", "January 2026"),
        ("before 2025-12-18", "17 December 2025 or earlier"),
        ("before December", "30 November 2025 or earlier"),
        ("after 2025-12-18", "19 December 2025 or later"),
        ("by 2025-12-18", "18 December 2025 or earlier"),
        ("../2025-12-18", "18 December 2025 or earlier"),
        ("2025-12-18/..", "18 December 2025 or later"),
        ("2025-10/2025-11", "October to November 2025"),
        ("between 1 and 5 December", "1 to 5 December 2025"),
        ("three days ago", "17 to 19 December 2025"),
        ("between 1 December and 5 December", "1 to 5 December 2025"),
        ("[2025-10-01, 2025-10-03..2025-10-05]", "1 October 2025 or 3 to 5 October 2025"),
        ("1560-XX-25", "one of 12 days from 25 January 1560 to 25 December 1560"),
        ("2025-02-30", "error: there is no 2025-02-30"),
    ] {
        assert_eq!(date_of(text), said, "{text}");
    }
}

#[test]
fn hints_offer_what_can_be_read() {
    for (text, offered) in [
        ("Decmber 2025", Some("December 2025")),
        ("18/12/2025", Some("2025-12-18")),
        ("2025/12/18", Some("2025-12-18")),
        ("05/06/2025", None),
        ("20251218", Some("2025-12-18")),
        ("2025-12-18T09:00", Some("2025-12-18")),
        ("2024-2025", Some("2024/2025")),
        ("by midday", None),
        ("on Thrusday", Some("on Thursday")),
        ("since Octobre, by Friday", Some("since October, by Friday")),
        ("trough 2025-11-30", Some("through 2025-11-30")),
        ("so far tihs month", Some("so far this month")),
        ("xyzzy plugh", None),
        ("", None),
    ] {
        assert_eq!(hint(text).as_deref(), offered, "{text}");
    }
}

#[test]
#[rustfmt::skip]
fn times_are_said_for_people() {
    for (phrase, said) in [
        ("2025-12-18", "on 18 December 2025"),
        ("December 2025", "in December 2025"),
        ("2025", "in 2025"),
        ("so far this month", "so far in December 2025"),
        ("2025-10-01/2025-12-19", "from 1 October to 19 December 2025"),
        ("2025-11-XX", "on some day of November 2025"),
        ("late October 2025", "in some part of October 2025"),
        ("by some day of November", "by some day of November 2025"),
        ("by November", "by some time in November 2025"),
        ("through November", "up to 30 November 2025"),
        ("to date", "to date (21 December 2025)"),
        ("since 2025-10-01, by Friday", "since 1 October 2025, up to some time on 19 December 2025"),
        ("7 days within November 2025", "in some 7 days of November 2025"),
    ] {
        let when = read_when(phrase, &context()).unwrap().settled().unwrap();
        assert_eq!(when.said(), said, "{phrase}");
        assert_eq!(when.to_string(), said);
    }
}

#[test]
fn every_example_can_be_read() {
    for example in super::tables::EXAMPLES {
        let as_event = read_date(example, &context()).is_ok();
        assert!(as_event || read_when(example, &context()).is_ok(), "{example}");
    }
}
