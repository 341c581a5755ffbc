//! Which phrases of running text are dates, and which only look like them.

use super::super::*;
use super::{context, read};

/// Every dated phrase of a text with what it says: `Thursday = Thursday 18 December 2025`.
fn found(text: &str, context: &Context) -> String {
    let all = find_dates(text, context).into_iter().map(|found| {
        let said = match found.said {
            Said::Weekday(weekday, Some(day)) => format!("{weekday} {}", day.said()),
            Said::Weekday(weekday, None) => weekday.to_string(),
            Said::Days(days) => {
                days.readings().iter().map(|reading| reading.value.said()).collect::<Vec<_>>().join(" or ")
            }
        };
        format!("{} = {said}", &text[found.start..found.end])
    });
    all.collect::<Vec<_>>().join("; ")
}

#[test]
#[rustfmt::skip]
fn prose_is_searched_for_dates_that_can_be_checked() {
    let rows = [
        ("26 were held on Thursday.", "Thursday = Thursday 18 December 2025"),
        ("Thursday's raid", "Thursday = Thursday 18 December 2025"),
        ("a raid last Sunday night", "Sunday = Sunday 14 December 2025"),
        ("last week", "last week = 8 to 14 December 2025 or 14 to 20 December 2025 or 14 to 20 December 2025"),
        ("Last week's raid", "Last week = 8 to 14 December 2025 or 14 to 20 December 2025 or 14 to 20 December 2025"),
        ("It was yesterday, police said", "yesterday = 20 December 2025"),
        ("today", "today = 21 December 2025"),
        ("earlier this month", "this month = December 2025"),
        ("a meeting in late October ordered", "late October = October 2025"),
        ("in November", "November = November 2025"),
        ("In November 17 cases were reported", "November = November 2025"),
        ("on 18 December the police", "18 December = 18 December 2025"),
        ("on the 18th of December", "the 18th of December = 18 December 2025"),
        ("December 18, 2025", "December 18, 2025 = 18 December 2025"),
        ("on Dec. 18.", "Dec. 18 = 18 December 2025"),
        ("opened in 2025, when", "2025 = 2025"),
        ("dated 2025-12-18.", "2025-12-18 = 18 December 2025"),
        ("on Thursday, 18 December 2025", "Thursday = Thursday; 18 December 2025 = 18 December 2025"),
        ("on Thursday (Dec. 18)", "Thursday = Thursday; Dec. 18 = 18 December 2025"),
        ("in May", ""),
        ("in May 2025", "May 2025 = May 2025"),
        ("on 14 to 20 December", "14 to 20 December = 14 to 20 December 2025"),
        ("the Thursday before", "Thursday = Thursday"),
        ("next Thursday", "Thursday = Thursday"),
        ("the second Tuesday of September", "the second Tuesday of September = 9 September 2025"),
        ("the second Tuesday of March", "Tuesday = Tuesday"),
        ("the last Friday in November 2025", "the last Friday in November 2025 = 28 November 2025"),
        ("the first Monday of the month", "Monday = Monday"),
        ("on Christmas Eve in 2024", "Christmas Eve in 2024 = 24 December 2024"),
        ("on New Year's Day 2025", "New Year's Day 2025 = 1 January 2025"),
        ("on Halloween", "Halloween = 31 October 2025"),
        ("on New Year’s Eve", "New Year’s Eve = 31 December 2024"),
        ("in the late 1990s", "1990s = 1990 to 1999"),
        ("a hit of the 1990s", ""),
        ("in the third quarter of 2025", "the third quarter of 2025 = July to September 2025"),
        ("in Q3", "Q3 = July 2024 to September 2026"),
        ("told the Mail on Sunday, and the Sunday Telegraph", ""),
        ("a march in Scotland on Sunday", "Sunday = Sunday 21 December 2025"),
        ("at halloween or Christmas", ""),
        ("He was shot nine days ago.", "nine days ago = 11 to 13 December 2025"),
        ("opened ten years ago", ""),
        ("the two days ago estimate", ""),
        ("on 19.12.2025.", "19.12.2025. = 19 December 2025"),
        ("on Friday, 19/12/2025", "Friday = Friday; 19/12/2025 = 19 December 2025"),
        ("dated 12/19/2025", "12/19/2025 = 19 December 2025"),
        ("03/04/2025, 31/11/2025, 1/19/12/2025, v1.2.2025", ""),
        ("in mid-2025", "mid-2025 = 2025"),
        // Not dates, or not dates of what is told.
        ("they may march for a second in the sun, and she sat wed to it", ""),
        ("May we march? March on, August bodies.", ""),
        ("the largest since October", ""),
        ("by Friday, until Thursday, before the end of last year", ""),
        ("more than in October, or compared with last year", ""),
        ("on Thursday and Friday", ""),
        ("between Thursday and Friday", ""),
        ("since Thursday, 18 December, they", ""),
        ("Thursday-Saturday", ""),
        ("in October and November", ""),
        ("in 2024 or 2025", ""),
        ("In December 18 people were held", "December = December 2025"),
        ("26 December arrests", ""),
        ("1,018 December arrests", ""),
        ("in 2025 cases", ""),
        ("Good Friday, Black Friday, the Sunday Times, USA Today", ""),
        ("every Thursday and on Thursdays", ""),
        ("the last week of November", ""),
        ("on the 18th floor", ""),
        ("the 2nd suspect", ""),
        ("in early January", ""),
        ("5% up on last year", ""),
        ("call 02-2025-12-18 or 555-2025-12-18-1", ""),
    ];
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, expected)| found(text, &context()) != *expected)
        .map(|(text, expected)| format!("{text}\n  expected {expected}\n  found    {}", found(text, &context())))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_a_dateline_only_full_dates_are_found() {
    let text = "on Thursday, last week, yesterday, 18 December, late October, in November, 18 December 2025, in 2025.";
    let none = Context::default();
    let all = find_dates(text, &none);
    assert!(
        all.iter()
            .all(|date| matches!(date.said, Said::Weekday(_, None)) || text[date.start..date.end].contains("2025"))
    );
    assert_eq!(read("yesterday", &none), "error: `yesterday` is read against a dateline, and the article has none");
    for phrase in [
        "in November",
        "18 December",
        "to date",
        "since 2025-10-01",
        "last week",
        "on Thursday",
        "so far this year",
        "summer",
    ] {
        assert!(
            matches!(read_when(phrase, &none), Err(DateError::NoDateline { .. })),
            "{phrase}: {}",
            read(phrase, &none)
        );
    }
    assert_eq!(read("from October to November 2025", &none), "2025-10-01 | 2025-12-01");
    assert_eq!(
        read("since October 2025, by November 30", &none),
        "start: 2025-10-01 -> 2025-11-30~2025-12-01; end: 2025-11-01 -> 2025-11-30~2025-12-01"
    );
}

#[test]
fn long_texts_take_time_in_line_with_their_length() {
    let text =
        "on Thursday and in late October 2025, 1,018 of [2025 the last the last week of 18 December; ".repeat(20_000);
    let looks = crate::looks::during(|| drop(find_dates(&text, &context())));
    assert!(looks < 10 * u64::try_from(text.len()).unwrap(), "{looks} looks at {} bytes", text.len());
    assert!(matches!(read_when(&text, &context()), Err(DateError::Unreadable { .. })));
}
