//! What holds for every time and every text.
#![allow(clippy::arithmetic_side_effects)]

use proptest::prelude::*;

use super::super::*;
use super::context;

fn moments() -> impl Strategy<Value = Moment> {
    let days = 15_000_i64..25_000;
    prop_oneof![
        days.clone().prop_map(|day| Moment::fixed(Instant(day))),
        Just(Moment::now(Day::from_ymd(2025, 12, 21).unwrap())),
        (days, 1_i64..400).prop_map(|(day, wide)| Moment::vague(Instant(day), Instant(day + wide))),
    ]
}

fn whens() -> impl Strategy<Value = When> {
    let in_order = |start: &Moment, end: &Moment| start.earliest < end.latest;
    let period = (moments(), moments()).prop_map(|(start, end)| When::Period { start, end, length: None });
    let through = (proptest::option::of(moments()), moments()).prop_map(|(since, end)| When::Through { since, end });
    let floating = (15_000_i64..25_000, 1_u64..60, 1_i64..400).prop_map(|(day, length, wide)| {
        let days = i64::try_from(length).unwrap();
        When::Period {
            start: Moment::vague(Instant(day), Instant(day + wide)),
            end: Moment::vague(Instant(day + days), Instant(day + wide + days)),
            length: Some(length),
        }
    });
    prop_oneof![period, through, floating].prop_filter("a period has a length", move |when| match when {
        When::Period { start, end, .. } | When::Through { since: Some(start), end } => in_order(start, end),
        When::Through { since: None, .. } => true,
    })
}

proptest! {
    #[test]
    fn the_notation_reads_back_to_the_same(when in whens()) {
        let notation = when.notation();
        let read = read_when(&notation, &context()).map(|readings| readings.settled());
        prop_assert_eq!(read, Ok(Some(when)), "{}", notation);
        prop_assert!(!when.said().is_empty());
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,80}") {
        let _ = (read_when(&text, &context()), read_date(&text, &context()), find_dates(&text, &context()), hint(&text));
    }

    #[test]
    fn no_jumble_of_known_words_makes_it_panic(words in proptest::collection::vec(prop_oneof![
        Just("since"), Just("October"), Just("by"), Just("the"), Just("end"), Just("of"), Just("2025"), Just("so far"), Just("to date"), Just("9999-12-31"),
        Just("-9999-01-01"), Just("18"), Just("/"), Just("-"), Just(","), Just("last"), Just("week"), Just("9999"), Just("days"), Just("within"), Just("Q4"),
        Just("FY2024/25"), Just("past"), Just("months"), Just("to"), Just("from"), Just("some day"), Just("about"), Just("Thursday"), Just("2024-XX"), Just(".."),
        Just("first"), Just("winter"), Just("9999-12~"), Just("and"), Just("in"),
    ], 0..12)) {
        let text = words.join(" ");
        for context in [context(), Context::default(), Context { dateline: Some(Day::FIRST), ..context() }, Context { dateline: Some(Day::LAST), ..context() }] {
            let _ = (read_when(&text, &context), read_date(&text, &context));
            for date in find_dates(&text, &context) {
                prop_assert!(text.get(date.start..date.end).is_some());
            }
        }
    }
}

#[test]
fn hostile_phrases_are_refused_at_once() {
    let before = std::time::Instant::now();
    for words in [
        "about the ",
        "some day of ",
        "early the end of ",
        "since by to ",
        "2025-",
        "- / ",
        "first 9 days of the ",
        "XXXX-XX-3X/",
        "[2025",
        "9999999999 ",
    ] {
        let text = words.repeat(30);
        let short: String = text.chars().take(199).collect();
        for text in [text, short] {
            let _ = (
                read_when(&text, &context()),
                read_date(&text, &context()),
                find_dates(&text, &context()),
                hint(&text),
            );
        }
    }
    assert!(before.elapsed().as_secs() < 5, "{:?}", before.elapsed());
}
