//! Phrases beside what the list of `tests/readings.txt` has: what is refused, what a policy changes, what is hinted.

use super::*;

fn read_plainly(text: &str) -> Result<Quantity, QuantityError> {
    read(text, &ReadingPolicy::default())
}

#[test]
fn the_number_is_what_the_words_name() {
    let number = |text: &str| read_plainly(text).unwrap().number.map(|number| number.to_string());
    assert_eq!(number("about 1.2 million").as_deref(), Some("1200000"));
    assert_eq!(number("37%").as_deref(), Some("37"));
    assert_eq!(number("37 ± 3").as_deref(), Some("37"));
    assert_eq!(number("20 to 30"), None);
    assert_eq!(number("dozens"), None);
    assert_eq!(number("in his 20s"), None);
}

#[test]
fn only_counts_are_whole() {
    let whole = |text: &str| read_plainly(text).unwrap().is_count();
    assert!(whole("26") && whole("1,200") && whole("twenty-six") && whole("more than 100"));
    assert!(
        !whole("12.50") && !whole("1.2m") && !whole("37%") && !whole("two million") && !whole("$5") && !whole("5 km")
    );
}

#[test]
fn what_cannot_be_read_is_an_error_and_never_a_guess() {
    for text in [
        "",
        " ",
        "abc",
        "26 27",
        "1,23",
        "1.2.3",
        "1.234,5",
        "26 people held",
        "4th",
        "10:30",
        "A320",
        "Q1",
        "0x1A",
        "inf",
        "nan",
        "about",
        "more than",
        "million",
        "hundred",
        "twenty-first",
        "rose from 93 to 17",
        "5 km to 10 kg",
        "--5",
        "26 and",
        "between 20",
        "dozens hundred",
        "a",
        "an",
        "%",
        "$",
        "€m",
        "1e",
        "1 2",
        "12 34",
        "2025-12-18",
        "18 December",
        "twenty thirty",
        "one two",
        "five hundred hundred",
        "±5",
        "twnety",
    ] {
        assert!(
            matches!(read_plainly(text), Err(QuantityError::Unreadable { .. })),
            "{text}: {:?}",
            read_plainly(text)
        );
    }
}

#[test]
fn an_empty_range_says_so() {
    for text in ["30 to 20", "between 30 and 20", "from 5m to 3m", "30-20"] {
        assert_eq!(read_plainly(text), Err(QuantityError::Empty { text: text.to_owned() }));
    }
}

#[test]
fn hostile_phrases_are_refused_at_once() {
    assert!(matches!(read_plainly("1e999999999"), Err(QuantityError::TooLarge { .. })));
    assert!(matches!(read_plainly(&"9".repeat(10_000_000)), Err(QuantityError::TooLarge { .. })));
    assert!(matches!(read_plainly(&"9".repeat(2_000)), Err(QuantityError::TooLarge { .. })));
    assert!(read_plainly(&"(".repeat(10_000)).is_err());
    assert!(read_plainly(&"one ".repeat(1_000)).is_err());
    assert!(read_plainly(&"about ".repeat(600)).is_err());
}

#[test]
fn a_policy_overrides_how_digits_are_taken() {
    let hard = |text: &str, rounding, precision: Option<i32>| {
        read(text, &ReadingPolicy { rounding, precision: precision.map(Precision::Digit), table: None })
            .map(|quantity| quantity.reading.hard().to_string())
    };
    assert_eq!(hard("12.5", Some(Rounding::Truncate), None).as_deref(), Ok("[12.5, 12.6)"));
    assert_eq!(hard("12.50", Some(Rounding::Exact), None).as_deref(), Ok("[12.5, 12.5]"));
    assert_eq!(hard("1,200", Some(Rounding::Exact), None).as_deref(), Ok("[1200, 1200]"));
    assert_eq!(hard("1,200", None, Some(2)).as_deref(), Ok("[1150, 1250]"));
    assert_eq!(hard("1,200", None, Some(0)).as_deref(), Ok("[1199.5, 1200.5]"));
    assert_eq!(hard("1.2 million", Some(Rounding::Floor), None).as_deref(), Ok("[1200000, 1300000)"));
    assert_eq!(hard("26", Some(Rounding::HalfUp), None).as_deref(), Ok("[25.5, 26.5)"));
    assert_eq!(hard("1234", None, Some(2)), Err(QuantityError::TooFine { text: "1234".to_owned() }));
    assert_eq!(hard("12.34", None, Some(-1)), Err(QuantityError::TooFine { text: "12.34".to_owned() }));
    assert_eq!(hard("exactly 1,200", None, None).as_deref(), Ok("[1200, 1200]"));
}

#[test]
fn a_reading_is_cut_to_its_measure() {
    let zero = read_plainly("0%").unwrap().reading;
    let cut = zero.within(&Interval::at_least(Rational::ZERO)).unwrap();
    assert_eq!((cut.hard().to_string(), cut.soft().to_string()), ("[0, 0.5]".to_owned(), "[0, 0.5]".to_owned()));
    assert_eq!(Reading::exact((-1).into()).within(&Interval::at_least(0.into())), None);
    let apart = Reading::new(Interval::at_least(5.into()), Interval::at_most(3.into()));
    assert_eq!(apart.soft(), apart.hard());
}

#[test]
fn an_editor_learns_what_to_write() {
    for (text, part) in [
        ("none", "write `0`"),
        ("twnety-six", "`twenty-six`"),
        ("abuot 1.2 million", "`about 1.2 million`"),
        ("neerly 100", "`nearly 100`"),
        ("at leest 26", "`at least 26`"),
        ("1.2 millon", "`1.2 million`"),
        ("1,23", "`1.23`"),
        ("26 people held", "only `26`"),
        ("26 of the 92", "`26` and `92`"),
        ("18 December", "`when`"),
        ("fourth", "ordinal"),
        ("4th", "ordinal"),
        ("many", "no bounds"),
        ("", "such as"),
        ("0x1A", "decimal"),
        ("doubled", "before and after"),
    ] {
        let hint = nearest_hint(text).unwrap_or_default();
        assert!(hint.contains(part), "{text}: {hint}");
    }
    assert_eq!(nearest_hint("xyzzy"), None);
}
