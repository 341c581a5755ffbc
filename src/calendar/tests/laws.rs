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
    fn the_notation_of_days_reads_back_to_the_same(
        spans in proptest::collection::vec((-800_000_i64..800_000, 0_i64..400), 1..5), open in 0_u8..3,
    ) {
        let mut spans: Vec<DaySpan> =
            spans.iter().filter_map(|(from, wide)| DaySpan::new(Day(*from), Day(from + wide))).collect();
        match open {
            1 => spans[0].earliest = Day::FIRST,
            2 => spans[0].latest = Day::LAST,
            _ => {}
        }
        let days = DaySet::of(spans).unwrap();
        let read = read_date(&days.notation(), &Context::default()).map(|readings| readings.settled());
        prop_assert_eq!(read, Ok(Some(days.clone())), "{}", days.notation());
        prop_assert!(!days.said().is_empty());
    }

    #[test]
    fn the_soft_reading_lies_inside_the_hard_one(
        year in "[-]?([0-9]{2}[0-9X]{2}|[12]XXX)", month in "[?~%]?(0[1-9]|1[0-2]|XX|1X)", day in "[?~%]?(0[1-9]|1[0-9]|2[0-8]|XX|2X)",
        marks in ("[?~%]?", "[?~%]?", "[?~%]?"), length in 1_usize..4, loose in prop::sample::select(vec![
            "", "late ", "mid-", "about ", "the end of ", "some day of ", "by ", "since ", "before ", "/",
        ]),
    ) {
        let date = match length {
            1 => format!("{year}{}", marks.0),
            2 => format!("{year}{}-{month}{}", marks.0, marks.1),
            _ => format!("{year}{}-{month}{}-{day}{}", marks.0, marks.1, marks.2),
        };
        let phrase = if loose == "/" { format!("{date}/2999") } else { format!("{loose}{date}") };
        for reading in read_date(&phrase, &context()).iter().flat_map(Alternatives::readings) {
            prop_assert!(reading.value.covers(&reading.soft), "{} of {}", phrase, reading.value.notation());
        }
        for reading in read_when(&phrase, &context()).iter().flat_map(Alternatives::readings) {
            prop_assert!(reading.value.admits(reading.soft), "{} of {}", phrase, reading.value.notation());
            let notation = reading.value.notation();
            let again = read_when(&notation, &context()).map(|readings| readings.settled());
            prop_assert_eq!(again, Ok(Some(reading.value)), "{} as {}", phrase, notation);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,80}") {
        let _ = (read_when(&text, &context()), read_date(&text, &context()), find_dates(&text, &context()), hint(&text));
        let _ = explain(&text, &context());
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
            let _ = (read_when(&text, &context), read_date(&text, &context), explain(&text, &context));
            for date in find_dates(&text, &context) {
                prop_assert!(text.get(date.start..date.end).is_some());
            }
        }
    }
}

#[test]
fn hostile_phrases_are_refused_at_once() {
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
            let looks = crate::looks::during(|| {
                let _ = (
                    read_when(&text, &context()),
                    read_date(&text, &context()),
                    find_dates(&text, &context()),
                    hint(&text),
                );
            });
            assert!(looks < 200_000, "{words:?} took {looks} looks");
        }
    }
}
