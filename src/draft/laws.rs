//! What holds for the finds of any text at all.

use super::{FindKind, Markup, finds};
use crate::calendar::{Context, Day};
use proptest::prelude::*;

fn context() -> Context {
    Context { dateline: Day::from_ymd(2025, 12, 21), ..Context::default() }
}

fn holds(text: &str, markup: Markup) {
    let mut last = 0;
    for find in finds(text, markup, &context()) {
        assert!(find.span.start >= last && find.span.start < find.span.end, "{find:?} in {text:?}");
        assert!(text.get(find.span.clone()).is_some(), "{find:?} in {text:?}");
        if let FindKind::Figure(figure) = &find.kind {
            for part in [&figure.noun, &figure.speaker].into_iter().flatten() {
                assert!(text.get(part.clone()).is_some(), "{find:?} in {text:?}");
            }
        }
        last = find.span.end;
    }
}

/// Words from which sentences full of numbers are made.
const WORDS: &[&str] = &[
    "from",
    "to",
    "the",
    "a",
    "of",
    "in",
    "more than",
    "about",
    "rose",
    "fell",
    "by",
    "12",
    "1,200",
    "2024",
    "May",
    "18",
    "Thursday",
    "first",
    "half",
    "third",
    "one",
    "two",
    "million",
    "%",
    "per cent",
    "€",
    "$3bn",
    "-",
    "–",
    "(",
    ")",
    ".",
    ",",
    "past",
    "last",
    "years",
    "months",
    "later",
    "ago",
    "aged",
    "year",
    "old",
    "said",
    "police",
    "since",
    "until",
    "6:40",
    "2-1",
    "No",
    "Article",
    "+44",
    "020",
    "`",
    "```",
    "<p>",
    "</p>",
    "<code>",
    "\n",
    "\n\n",
    "times",
    "as",
    "and",
    "C",
    "°",
    "½",
];

proptest! {
    #[test]
    fn spans_of_any_text_are_in_order_and_on_boundaries(text in "\\PC{0,200}") {
        for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
            holds(&text, markup);
        }
    }

    #[test]
    fn spans_of_sentences_full_of_numbers_are_too(
        words in proptest::collection::vec((proptest::sample::select(WORDS), proptest::bool::weighted(0.8)), 0..40),
    ) {
        let text: String = words.iter().map(|(word, spaced)| format!("{word}{}", if *spaced { " " } else { "" })).collect();
        for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
            holds(&text, markup);
        }
    }
}

#[test]
fn a_text_takes_looks_in_proportion_to_its_length() {
    let sentences = [
        "Police said on Thursday that more than 40 people were held between 3 and 5 May, up from 17 a year earlier. ",
        "the 12 of the 12 of the 12 and ",
        "from 1 to 2 to 3 to 4 ",
        "one two three four five six ",
        "1-1-1-1-1-1-1-",
        "since the last first the next the ",
        "(((([[[[<<<<````",
        "+1 2 3 4 5 6 7 8 9 ",
    ];
    for sentence in sentences {
        let looks = |times: usize| {
            crate::looks::during(|| {
                finds(&sentence.repeat(times), Markup::Plain, &context());
            })
        };
        let (short, long) = (looks(20), looks(200));
        assert!(long <= short.saturating_mul(14), "{sentence:?}: {short} looks, then {long}");
    }
}

#[test]
fn without_a_dateline_relative_days_stay_unknown() {
    let found = finds("They met on Thursday and last week, and on 3 May 2024.", Markup::Plain, &Context::default());
    let days = found.iter().map(|find| match &find.kind {
        FindKind::Date(date) => date.days.map(|days| days.notation()),
        _ => None,
    });
    assert_eq!(days.collect::<Vec<_>>(), [None, None, Some("2024-05-03".to_owned())]);
}
