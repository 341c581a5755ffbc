//! What phrases admit, row by row: the phrase, its hard interval, its soft one (`=` for the same), its unit.

use super::*;

const ROWS: &[(&str, &str, &str, &str)] = &[
    // Whole numbers are exact, but trailing zeros may be a rounding.
    ("26", "[26, 26]", "=", ""),
    ("0", "[0, 0]", "=", ""),
    ("10", "[10, 10]", "=", ""),
    ("120", "[120, 120]", "=", ""),
    ("100", "[50, 150]", "[100, 100]", ""),
    ("200", "[150, 250]", "[200, 200]", ""),
    ("1,200", "[1150, 1250]", "[1200, 1200]", ""),
    ("12,000", "[11500, 12500]", "[12000, 12000]", ""),
    ("92,000", "[91500, 92500]", "[92000, 92000]", ""),
    ("1234", "[1234, 1234]", "=", ""),
    ("1_234", "[1234, 1234]", "=", ""),
    ("1 234", "[1234, 1234]", "=", ""),
    ("1\u{a0}234", "[1234, 1234]", "=", ""),
    ("1'234", "[1234, 1234]", "=", ""),
    ("1’234’567", "[1234567, 1234567]", "=", ""),
    ("12,34,567", "[1234567, 1234567]", "=", ""),
    ("-26", "[-26, -26]", "=", ""),
    ("+26", "[26, 26]", "=", ""),
    ("−26", "[-26, -26]", "=", ""),
    ("minus five", "[-5, -5]", "=", ""),
    ("2025", "[2025, 2025]", "=", ""),
    // Decimals and scales are rounded to their last written digit.
    ("12.50", "[12.495, 12.505]", "=", ""),
    ("-3.2", "[-3.25, -3.15]", "=", ""),
    (".5", "[0.45, 0.55]", "=", ""),
    ("0.0", "[-0.05, 0.05]", "=", ""),
    ("1e3", "[1000, 1000]", "=", ""),
    ("1.5e-2", "[0.015, 0.015]", "=", ""),
    ("1.2 million", "[1150000, 1250000]", "=", ""),
    ("1.2m", "[1150000, 1250000]", "=", ""),
    ("1.20m", "[1195000, 1205000]", "=", ""),
    ("3bn", "[2500000000, 3500000000]", "=", ""),
    ("3 bn", "[2500000000, 3500000000]", "=", ""),
    ("5k", "[4500, 5500]", "=", ""),
    ("2tn", "[1500000000000, 2500000000000]", "=", ""),
    ("20 million", "[19500000, 20500000]", "=", ""),
    ("3.5 lakh", "[345000, 355000]", "=", ""),
    ("2 crore", "[15000000, 25000000]", "=", ""),
    ("1.5 thousand", "[1450, 1550]", "=", ""),
    // Units.
    ("3.4%", "[3.35, 3.45]", "=", "%"),
    ("37%", "[36.5, 37.5]", "=", "%"),
    ("37 per cent", "[36.5, 37.5]", "=", "%"),
    ("37 percent", "[36.5, 37.5]", "=", "%"),
    ("100%", "[99.5, 100.5]", "=", "%"),
    ("0%", "[-0.5, 0.5]", "=", "%"),
    ("-8.0%", "[-8.05, -7.95]", "=", "%"),
    ("thirty-seven per cent", "[36.5, 37.5]", "=", "%"),
    ("2.5 percentage points", "[2.45, 2.55]", "=", "pp"),
    ("one percentage point", "[0.5, 1.5]", "=", "pp"),
    ("3pp", "[2.5, 3.5]", "=", "pp"),
    ("25 basis points", "[0.245, 0.255]", "=", "pp"),
    ("5 km", "[4.5, 5.5]", "=", "km"),
    ("5 kilometres", "[4.5, 5.5]", "=", "km"),
    ("12.5 tonnes", "[12.45, 12.55]", "=", "tonnes"),
    ("1,200 tonnes", "[1150, 1250]", "[1199.5, 1200.5]", "tonnes"),
    ("21°C", "[20.5, 21.5]", "=", "degrees"),
    ("3 hours", "[2.5, 3.5]", "=", "hours"),
    ("€3.2m", "[3150000, 3250000]", "=", "EUR"),
    ("€ 3.2 m", "[3150000, 3250000]", "=", "EUR"),
    ("US$1bn", "[500000000, 1500000000]", "=", "USD"),
    ("$463m", "[462500000, 463500000]", "=", "USD"),
    ("-$5", "[-5.5, -4.5]", "=", "USD"),
    ("$-5", "[-5.5, -4.5]", "=", "USD"),
    ("£12.50", "[12.495, 12.505]", "=", "GBP"),
    ("¥500", "[450, 550]", "[499.5, 500.5]", "JPY"),
    ("5 billion won", "[4500000000, 5500000000]", "=", "KRW"),
    ("KRW 5 billion", "[4500000000, 5500000000]", "=", "KRW"),
    ("5bn KRW", "[4500000000, 5500000000]", "=", "KRW"),
    ("₩5bn", "[4500000000, 5500000000]", "=", "KRW"),
    ("3.2 million euros", "[3150000, 3250000]", "=", "EUR"),
    ("3.2m US dollars", "[3150000, 3250000]", "=", "USD"),
    ("12.5€", "[12.45, 12.55]", "=", "EUR"),
    ("2 million pounds", "[1500000, 2500000]", "=", "GBP"),
    ("C$5m", "[4500000, 5500000]", "=", "CAD"),
    // Number words.
    ("twenty-six", "[26, 26]", "=", ""),
    ("twenty six", "[26, 26]", "=", ""),
    ("Seventeen", "[17, 17]", "=", ""),
    ("zero", "[0, 0]", "=", ""),
    ("one hundred and fifty-four", "[154, 154]", "=", ""),
    ("a hundred", "[50, 150]", "[100, 100]", ""),
    ("twelve hundred", "[1150, 1250]", "[1200, 1200]", ""),
    ("two thousand and five", "[2005, 2005]", "=", ""),
    ("two million", "[1500000, 2500000]", "=", ""),
    ("a million", "[500000, 1500000]", "=", ""),
    ("two hundred and fifty thousand", "[249500, 250500]", "=", ""),
    ("one million two hundred thousand", "[1150000, 1250000]", "[1200000, 1200000]", ""),
    ("two and a half", "[2.25, 2.75]", "=", ""),
    ("one and a half million", "[1250000, 1750000]", "=", ""),
    ("2½", "[2.25, 2.75]", "=", ""),
    ("a dozen", "[6, 18]", "[12, 12]", ""),
    ("two dozen", "[18, 30]", "[24, 24]", ""),
    ("half a million", "[250000, 750000]", "[1250000/3, 1750000/3]", ""),
    ("three-quarters of a million", "[625000, 875000]", "[2125000/3, 2375000/3]", ""),
    // Fractions are shares.
    ("half", "(0, ∞)", "[5/12, 7/12]", ""),
    ("a third", "(0, ∞)", "[7/24, 0.375]", ""),
    ("one-third", "(0, ∞)", "[7/24, 0.375]", ""),
    ("two-thirds", "(0, ∞)", "[0.625, 17/24]", ""),
    ("a quarter", "(0, ∞)", "[5/24, 7/24]", ""),
    ("three-quarters", "(0, ∞)", "[17/24, 19/24]", ""),
    ("three quarters", "(0, ∞)", "[17/24, 19/24]", ""),
    ("1/3", "(0, ∞)", "[7/24, 0.375]", ""),
    ("½", "(0, ∞)", "[5/12, 7/12]", ""),
    ("one in five", "(0, ∞)", "[0.1, 0.3]", ""),
    ("3 out of 10", "(0, ∞)", "[0.25, 0.35]", ""),
    // About.
    ("about 12,000", "(0, ∞)", "[10800, 13200]", ""),
    ("around 26", "(0, ∞)", "[23.4, 28.6]", ""),
    ("roughly 100", "(0, ∞)", "[50, 150]", ""),
    ("approximately 37%", "(0, ∞)", "[33.3, 40.7]", "%"),
    ("some 154", "(0, ∞)", "[138.6, 169.4]", ""),
    ("an estimated 1.2 million", "(0, ∞)", "[1080000, 1320000]", ""),
    ("circa 26", "(0, ∞)", "[23.4, 28.6]", ""),
    ("c. 26", "(0, ∞)", "[23.4, 28.6]", ""),
    ("approx. 26", "(0, ∞)", "[23.4, 28.6]", ""),
    ("~26", "(0, ∞)", "[23.4, 28.6]", ""),
    ("about -5%", "(-∞, 0)", "[-5.5, -4.5]", "%"),
    ("26 or so", "(0, ∞)", "[23.4, 28.6]", ""),
    ("26-odd", "(0, ∞)", "[23.4, 28.6]", ""),
    ("close to 50", "(0, ∞)", "[45, 55]", ""),
    ("about half", "(0, ∞)", "[5/12, 7/12]", ""),
    // Nearly.
    ("nearly 100", "(-∞, 100)", "[85, 100)", ""),
    ("almost 1.2 million", "(-∞, 1200000)", "[1020000, 1200000)", ""),
    ("just under 40%", "(-∞, 40)", "[34, 40)", "%"),
    ("nearly $100m", "(-∞, 100000000)", "[85000000, 100000000)", "USD"),
    ("nearly -5%", "(-5, ∞)", "(-5, -4.25]", "%"),
    // More than.
    ("more than 100", "(100, ∞)", "(100, 1000]", ""),
    ("over 154", "(154, ∞)", "(154, 160]", ""),
    ("above 26", "(26, ∞)", "(26, 30]", ""),
    ("upward of 1,200", "(1200, ∞)", "(1200, 2000]", ""),
    ("in excess of 3%", "(3, ∞)", "(3, 10]", "%"),
    ("100-plus", "(100, ∞)", "(100, 1000]", ""),
    ("100+", "(100, ∞)", "(100, 1000]", ""),
    ("more than half", "(1/2, ∞)", "(1/2, 2/3]", ""),
    ("more than a dozen", "(12, ∞)", "(12, 24]", ""),
    ("more than 1.2 million", "(1200000, ∞)", "(1200000, 2000000]", ""),
    (">100", "(100, ∞)", "(100, 1000]", ""),
    ("just over 100", "(100, ∞)", "(100, 115]", ""),
    // At least.
    ("at least 5", "[5, ∞)", "=", ""),
    ("no fewer than 26", "[26, ∞)", "=", ""),
    ("a minimum of 26", "[26, ∞)", "=", ""),
    ("26 or more", "[26, ∞)", "=", ""),
    ("≥ 26", "[26, ∞)", "=", ""),
    (">= 26", "[26, ∞)", "=", ""),
    // Fewer than, at most, up to.
    ("fewer than 26", "(-∞, 26)", "=", ""),
    ("less than 3%", "(-∞, 3)", "=", "%"),
    ("under 26", "(-∞, 26)", "=", ""),
    ("below 26", "(-∞, 26)", "=", ""),
    ("at most 26", "(-∞, 26]", "=", ""),
    ("no more than 26", "(-∞, 26]", "=", ""),
    ("a maximum of 26", "(-∞, 26]", "=", ""),
    ("26 or fewer", "(-∞, 26]", "=", ""),
    ("up to 26", "(-∞, ∞)", "(-∞, 26]", ""),
    // Ranges and margins.
    ("between 20 and 30", "[20, 30]", "=", ""),
    ("between one hundred and two hundred", "[100, 200]", "=", ""),
    ("20 to 30", "[20, 30]", "=", ""),
    ("20-30", "[20, 30]", "=", ""),
    ("20–30", "[20, 30]", "=", ""),
    ("from 20 to 30", "[20, 30]", "=", ""),
    ("3 to 5 million", "[3000000, 5000000]", "=", ""),
    ("$3-5m", "[3000000, 5000000]", "=", "USD"),
    ("between €3m and €5m", "[3000000, 5000000]", "=", "EUR"),
    ("20% to 30%", "[20, 30]", "=", "%"),
    ("3-5 per cent", "[3, 5]", "=", "%"),
    ("900,000 to 1.2 million", "[900000, 1200000]", "=", ""),
    ("-5 to -3", "[-5, -3]", "=", ""),
    ("two or three", "[2, 3]", "=", ""),
    ("more than 26 but fewer than 40", "(26, 40)", "=", ""),
    ("at least 5 and at most 9", "[5, 9]", "=", ""),
    ("about 20 to 30", "(0, ∞)", "[15, 35]", ""),
    ("37 ± 3", "[34, 40]", "=", ""),
    ("37 +/- 3", "[34, 40]", "=", ""),
    ("37% plus or minus 3 percentage points", "[34, 40]", "=", "%"),
    ("1,000 give or take 50", "[950, 1050]", "=", ""),
    ("1,200, give or take 10%", "[1080, 1320]", "=", ""),
    ("1.2 ± 0.1 million", "[1100000, 1300000]", "=", ""),
    // Vague words.
    ("a couple", "[2, ∞)", "[2, 3]", ""),
    ("a few", "[2, ∞)", "[3, 5]", ""),
    ("several", "[3, ∞)", "[3, 10]", ""),
    ("several hundred", "[250, ∞)", "[300, 1000]", ""),
    ("dozens", "[24, ∞)", "[24, 120)", ""),
    ("scores", "[40, ∞)", "[40, 200)", ""),
    ("hundreds", "[200, ∞)", "[200, 1000)", ""),
    ("thousands", "[2000, ∞)", "[2000, 10000)", ""),
    ("tens of thousands", "[20000, ∞)", "[20000, 100000)", ""),
    ("hundreds of thousands", "[200000, ∞)", "[200000, 1000000)", ""),
    // Ages.
    ("in his 20s", "[20, 30)", "=", ""),
    ("in her twenties", "[20, 30)", "=", ""),
    ("in their mid-30s", "[30, 40)", "[33, 37)", ""),
    ("aged 20 to 29", "[20, 30)", "=", ""),
    ("aged 26", "[26, 27)", "=", ""),
    ("26-year-old", "[26, 27)", "=", ""),
    ("26 years old", "[26, 27)", "=", ""),
    ("aged 18 and over", "[18, ∞)", "=", ""),
    ("aged under 18", "(-∞, 18)", "=", ""),
    // Words that change nothing, and words that change everything.
    ("just 17", "[17, 17]", "=", ""),
    ("only 1,200", "[1150, 1250]", "[1200, 1200]", ""),
    ("a mere 17", "[17, 17]", "=", ""),
    ("as many as 26", "[26, 26]", "=", ""),
    ("a total of 44", "[44, 44]", "=", ""),
    ("exactly 1,200", "[1200, 1200]", "=", ""),
    ("precisely 1.2 million", "[1200000, 1200000]", "=", ""),
    ("only about 26", "(0, ∞)", "[23.4, 28.6]", ""),
];

fn name(unit: &Unit) -> String {
    match unit {
        Unit::One => String::new(),
        Unit::Percent => "%".to_owned(),
        Unit::Points => "pp".to_owned(),
        Unit::Currency(code) | Unit::Other(code) => code.clone(),
    }
}

#[test]
fn every_phrase_admits_what_its_words_say() {
    let mut wrong = Vec::new();
    for (text, hard, soft, unit) in ROWS {
        let soft = if *soft == "=" { hard } else { soft };
        let canon = |text: &str| interval::samples::interval(text).to_string();
        match read(text, &ReadingPolicy::default()) {
            Err(error) => wrong.push(format!("{text}: {error}")),
            Ok(quantity) => {
                let got =
                    (quantity.reading.hard().to_string(), quantity.reading.soft().to_string(), name(&quantity.unit));
                if got != (canon(hard), canon(soft), (*unit).to_owned()) {
                    wrong.push(format!("{text}: {got:?}, not {:?}", (hard, soft, unit)));
                }
                assert!(quantity.reading.soft().is_subset_of(quantity.reading.hard()), "{text}");
                assert!(!quantity.because.is_empty(), "{text}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ROWS.len() >= 120);
}

#[test]
fn what_is_a_figure_alone_is_the_same_figure_in_prose() {
    let mut wrong = Vec::new();
    // Bare years, fractions and joined numbers are held back in prose; "1e3" and the like stand in data only.
    let held_back = ["2025", "1/3", "a couple", "tens", "scores", "€ 3.2 m", "minus five", "three quarters"];
    for (text, _, _, _) in ROWS.iter().filter(|(text, ..)| !held_back.contains(text)) {
        let alone = read(text, &ReadingPolicy::default()).unwrap();
        let sentence = format!("It was {text}, they said.");
        let found = find(&sentence, &ReadingPolicy::default());
        match found.as_slice() {
            [one] if one.quantity.reading == alone.reading && one.quantity.unit == alone.unit => {}
            other => {
                wrong.push(format!("{text}: {:?}", other.iter().map(|found| &found.quantity.text).collect::<Vec<_>>()))
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

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
    let whole = |text: &str| read_plainly(text).unwrap().whole;
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
    let hard = |text: &str, rounding, precision| {
        read(text, &ReadingPolicy { rounding, precision }).map(|quantity| quantity.reading.hard().to_string())
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
        ("twnety-six", "`twenty`"),
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
