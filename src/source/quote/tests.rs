//! What looking up a quote promises.

#![allow(clippy::arithmetic_side_effects)]

use super::*;

const DRAFT: &str = "Police took 26 South\nKoreans into custody last week.\n\nThe 26 were held \u{2014} \u{201c}a joint \
                     raid\u{201d}, he said. Revenue was \u{20ac}1,126.5m. Some 154 Koreans had been arrested by November. \
                     The cafe\u{301} rose 37% in 2025.\n";

fn found(quote: &str) -> Vec<&str> {
    Draft::new(DRAFT).places(quote, None).into_iter().map(|place| &DRAFT[place.whole]).collect()
}

fn changed(quote: &str) -> Option<(String, String)> {
    Draft::new(DRAFT).changed(quote).map(|change| (change.draft, change.quote))
}

#[test]
fn spaces_marks_dashes_and_capitals_do_not_matter() {
    assert_eq!(found("took 26 South Koreans into  custody"), ["took 26 South\nKoreans into custody"]);
    assert_eq!(
        found("the 26 were held - \"a joint raid\""),
        ["The 26 were held \u{2014} \u{201c}a joint raid\u{201d}"]
    );
    assert_eq!(found("the caf\u{e9} rose"), ["The cafe\u{301} rose"]);
}

#[test]
fn the_figure_of_a_quote_has_its_own_place() {
    let quote = "Koreans into custody";
    let place = Draft::new(DRAFT).places(quote, Some(&(8..12))).remove(0);
    assert_eq!(&DRAFT[place.inner.unwrap()], "into");
    let place = Draft::new(DRAFT).places(" took  26 South", Some(&(7..9))).remove(0);
    assert_eq!(&DRAFT[place.inner.unwrap()], "26");
    let quote = "The caf\u{e9} rose 37%";
    let at = quote.find("37%").unwrap();
    let place = Draft::new(DRAFT).places(quote, Some(&(at..at + 3))).remove(0);
    assert_eq!(&DRAFT[place.inner.unwrap()], "37%");
}

#[test]
fn a_figure_is_found_whole_or_not_at_all() {
    assert_eq!(found("126"), [""; 0]);
    assert_eq!(found("126.5m"), [""; 0]);
    assert_eq!(found("1,126"), [""; 0]);
    assert_eq!(found("1,126.5"), [""; 0]);
    assert_eq!(found("1,126.5m"), ["1,126.5m"]);
    assert_eq!(found("37"), [""; 0]);
    assert_eq!(found("37%"), ["37%"]);
    assert_eq!(found("26").len(), 2);
    assert_eq!(found("olice"), [""; 0]);
}

#[test]
fn another_figure_between_the_same_words_is_named() {
    assert_eq!(changed("took 27 South Koreans into custody"), Some(("26".into(), "27".into())));
    assert_eq!(changed("some 164 Koreans had been arrested"), Some(("154".into(), "164".into())));
    assert_eq!(changed("had been arrested by December"), Some(("November".into(), "December".into())));
    assert_eq!(changed("The caf\u{e9} fell 37% in 2025"), Some(("rose".into(), "fell".into())));
}

#[test]
fn other_words_are_no_changed_figure() {
    assert_eq!(changed("took 26 North Koreans into custody"), None);
    assert_eq!(changed("the 27"), None);
}

#[test]
fn punctuation_alone_changes_nothing() {
    let change = Draft::new(DRAFT).changed("The 26 were held, a joint raid he said").unwrap();
    assert_eq!((change.draft.as_str(), change.quote.as_str()), ("", ""));
    assert_eq!(&DRAFT[change.at], "The 26 were held \u{2014} \u{201c}a joint raid\u{201d}, he said");
}

#[test]
fn a_lost_quote_leads_to_the_nearest_sentence() {
    let draft = Draft::new(DRAFT);
    let near = draft.nearest("Police brought 26 South Koreans into custody").unwrap();
    assert!(DRAFT[near].starts_with("Police took 26"));
    assert_eq!(draft.nearest("Nothing of the kind was ever written here"), None);
}

proptest::proptest! {
    #[test]
    fn what_stands_in_a_draft_is_found_there(text in "[a-d0-9 ,.%\n\u{e9}\u{2014}e\u{301}\u{ad}*-]{1,60}", from in 0_usize..60, length in 1_usize..60) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let from = starts[from.min(starts.len() - 1)];
        let to = starts[(starts.partition_point(|at| *at <= from) + length).min(starts.len()) - 1].max(from);
        for place in Draft::new(&text).places(&text[from..to], Some(&(0..to - from))) {
            proptest::prop_assert!(text.get(place.whole.clone()).is_some());
            proptest::prop_assert!(text.get(place.inner.unwrap()).is_some());
            let (there, here) = (Evened::of(&text[place.whole]), Evened::of(&text[from..to]));
            proptest::prop_assert_eq!(there.text.trim(), here.text.trim());
        }
        let _ = (Draft::new(&text).changed(&text), Draft::new(&text).nearest(&text));
    }

    #[test]
    fn no_markup_makes_it_stumble(text in "[ab0-2 ,.%€\n<>/!=&;#x\\[\\]()^_~*\\\\\u{ad}-]{1,80}", quote in "[ab0-2 %€<>&;\\[\\]-]{1,12}") {
        let draft = Draft::new(&text);
        for place in draft.places(&quote, Some(&(0..quote.len()))) {
            proptest::prop_assert!(text.get(place.whole).is_some());
            proptest::prop_assert!(text.get(place.inner.unwrap()).is_some());
        }
        let _ = (draft.changed(&quote), draft.nearest(&quote));
        proptest::prop_assert_eq!(without_markup(&text).len(), text.len());
    }
}

const REWORDED: &str = "On Thursday, 26 South Koreans were taken into custody by police in Mondulkiri. By November, 154 \
                        suspects had been arrested. Reports of missing Koreans fell sharply in the month.";

fn reworded(quote: &str) -> Option<(bool, String, String)> {
    let found = Draft::new(REWORDED).reworded(quote, None)?;
    let (draft, quote) = found.change.map_or_else(Default::default, |change| (change.draft, change.quote));
    Some((found.moved, draft, quote))
}

#[test]
fn other_words_around_the_same_figures_are_a_rewording() {
    let same = |moved| Some((moved, String::new(), String::new()));
    assert_eq!(reworded("26 South Koreans were led into custody by the police"), same(false));
    assert_eq!(reworded("154 suspects had been arrested by November"), same(true), "the month may come first");
    assert_eq!(reworded("154 arrested suspects had been"), same(true));
    assert_eq!(reworded("something else entirely was said of 26 of them"), None);
}

#[test]
fn a_weighty_word_that_changed_among_other_words_is_named() {
    let changed = |draft: &str, quote: &str| Some((false, draft.to_owned(), quote.to_owned()));
    assert_eq!(reworded("27 South Koreans were led into custody by police"), changed("26", "27"));
    assert_eq!(reworded("26 South Africans were led into custody by police"), changed("Koreans", "Africans"));
    assert_eq!(reworded("26 South Koreans were not led into custody by police"), changed("", "not"));
    assert_eq!(reworded("Reports of the missing Koreans rose sharply in the month"), changed("fell", "rose"));
    assert_eq!(reworded("about 26 South Koreans were led into custody by police"), changed("", "about"));
}

#[test]
fn the_figure_of_a_rewording_has_its_own_place() {
    let quote = "26 South Koreans were led into custody by the police";
    let found = Draft::new(REWORDED).reworded(quote, Some(&(0..2))).unwrap();
    assert_eq!(found.inner.map(|inner| &REWORDED[inner]), Some("26"));
    assert_eq!(&REWORDED[found.whole], "26 South Koreans were taken into custody by police");
}

#[test]
fn how_figures_are_spaced_says_nothing() {
    let is_in = |draft: &str, quote: &str| Draft::new(draft).places(quote, None).len() == 1;
    for (one, other) in [
        ("Rain of 84.6 mm fell", "84.6mm fell"),
        ("At 5 pm it rained", "at 5pm it"),
        ("A deal of $1.2 bn was", "deal of $1.2bn was"),
        ("A score of 5 \u{2013} 7 was", "score of 5-7 was"),
        ("Some 1 204 were held", "1,204 were held"),
        ("Some 1\u{a0}204 were held", "1204 were held"),
        ("Some 1\u{2009}204\u{2009}500 were held", "1,204,500 were held"),
        ("They took 26\n> people > home", "26 people > home"),
    ] {
        assert!(is_in(one, other), "{one} / {other}");
        assert!(is_in(&one.replace('\n', " "), one) || one.contains('\n'), "{one}");
        assert!(one.contains('\n') || is_in(other, other), "{other}");
    }
    for (draft, quote) in [
        ("On December 18 204 people were held", "204 people"),
        ("In 2025 204 people were held", "204 people"),
        ("He was 5 - and 7 were hurt", "5 - and 7"),
        ("It fell 26 in a day", "26 in a day"),
    ] {
        assert!(is_in(draft, quote), "{draft} / {quote}");
    }
    assert!(!is_in("Some 1 204 were held", "204 were held"));
    assert!(!is_in("Some 1,204 were held", "1 were held"));
    let place = Draft::new("Some 1\u{a0}204 were").places("1204 were", Some(&(0..4))).remove(0);
    assert_eq!(place.inner, Some(5..11));
}
