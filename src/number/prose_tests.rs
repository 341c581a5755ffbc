//! Figures in running prose: what is found, and what is left alone.

use super::*;
use proptest::prelude::*;

fn found(text: &str) -> Vec<String> {
    find(text, &ReadingPolicy::default()).into_iter().map(|found| found.quantity.text).collect()
}

fn expect(rows: &[(&str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, figures)| (text, figures, found(text)))
        .filter(|(_, figures, got)| got != *figures)
        .map(|(text, figures, got)| format!("{text}\n   found {got:?}, not {figures:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn figures_of_a_news_report_are_found() {
    expect(&[
        ("The police took 26 South Koreans into custody.", &["26"]),
        ("By then 154 Koreans had been arrested.", &["154"]),
        ("One Korean was freed, a man in his 20s.", &["One", "in his 20s"]),
        ("They freed one Korean.", &["one"]),
        ("Forty Cambodian officers and four South Koreans took part.", &["Forty", "four"]),
        ("So far in December 92 suspects have been caught and two victims rescued.", &["92", "two"]),
        ("Since October, 107 people have been flown home.", &["107"]),
        ("There were 93 reports in October and just 17 in November.", &["93", "just 17"]),
        ("Reports fell from 93 to 17.", &["93", "17"]),
        ("The number of reports dropped sharply, from 93 to 17.", &["93", "17"]),
        ("Revenue rose 8.0% to €428.6m ($463m).", &["8.0%", "€428.6m", "$463m"]),
        (
            "More than 1.2 million people, or about a third of voters, stayed away.",
            &["More than 1.2 million", "about a third"],
        ),
        ("It cost between $3m and $5m.", &["between $3m and $5m"]),
        ("A crowd of 20,000 to 30,000 came.", &["20,000 to 30,000"]),
        ("From 20 to 30 people were held.", &["From 20 to 30"]),
        ("Its share grew 3-5% a year.", &["3-5%"]),
        ("The 26-year-old was held with a 40-strong group.", &["26-year-old", "40-strong"]),
        ("A 26-member team of about a dozen nations.", &["26", "about a dozen"]),
        ("Hundreds of people and tens of thousands of jobs.", &["Hundreds", "tens of thousands"]),
        ("At least 26, and perhaps as many as 40, were hurt.", &["At least 26", "as many as 40"]),
        ("Turnout was 61.4 per cent, up 2.5 percentage points.", &["61.4 per cent", "2.5 percentage points"]),
        ("Half of the voters and two-thirds of the members agreed.", &["Half", "two-thirds"]),
        ("One in five households owns one.", &["One in five"]),
        ("Of the 2,000 workers 1,950 are back.", &["2,000", "1,950"]),
        ("Some 2000 people came; 1950 workers stayed.", &["Some 2000", "1950"]),
        ("The army lost 12 killed and 30 wounded", &["12", "30"]),
        ("Half a million people marched.", &["Half a million"]),
        ("He paid 500 million won.", &["500 million won"]),
        ("The team has 26 won games", &["26"]),
        ("There were no arrests.", &[]),
        ("Prices fell by 0.3%.", &["0.3%"]),
        ("Profit was -€3.2m.", &["-€3.2m"]),
        ("It rose by 26 to 154, and sales rose 3 to 5 per cent.", &["26", "154", "3 to 5 per cent"]),
        (
            "It was worth $30,000–$40,000, a $1.2-billion loan for a two-million crowd.",
            &["$30,000–$40,000", "$1.2-billion", "two-million"],
        ),
        (
            "There were more than 26 but fewer than 40 of them, at least 5 and at most 9 of us.",
            &["more than 26 but fewer than 40", "at least 5 and at most 9"],
        ),
        ("It took over 100 and under 30 others.", &["over 100", "under 30"]),
        ("Two or three people; 26 or 154.", &["Two or three", "26", "154"]),
        ("There were 26 and over 40 others.", &["26", "over 40"]),
        (
            "The toll rose by at least 26 to 154, with 5,000 homes and 12.5 km of road gone.",
            &["at least 26", "154", "5,000", "12.5 km"],
        ),
        (
            "Turnout was 61%: 52 of the 120 seats went to the party, and the rest, 68, to others.",
            &["61%", "52", "120", "68"],
        ),
        ("He was one of 26 people; one was freed. One officer said so.", &["26", "one", "One"]),
        (
            "It fell to 17, a fifth of the 93 in October. A quarter earlier it was a third.",
            &["17", "a fifth", "93", "a third"],
        ),
        ("It was -5°C to 3°C behind a 2m tall fence; 1.2m people froze.", &["-5°C to 3°C", "2m", "1.2m"]),
        ("He is 26. She, 31, is older.", &["26", "31"]),
        ("The 3rd Battalion (26 men), the 2nd (no more than 40), 10-20 others.", &["26", "no more than 40", "10-20"]),
    ]);
}

#[test]
fn dates_and_years_are_left_alone() {
    expect(&[
        ("On 18 December the police moved in.", &[]),
        ("On December 18, 2025, they met.", &[]),
        ("It ran from 3 to 5 December 2025.", &[]),
        ("On 18 and 19 December; on Dec. 20; on the 21st of December 2025.", &[]),
        ("The report of 2025-12-18 and that of 18/12/2025 and 18.12.2025.", &[]),
        ("In 2025 and since 2019, by 2030, in December 2025.", &[]),
        ("The war of 1914 ended in 1918, 1945 was another.", &[]),
        ("The 2025 budget and the 2019-20 season, the 1990s, 2019–2021.", &[]),
        ("In 2024, 2025 and 2026 sales were flat", &[]),
        ("He was born in Seoul, 1988.", &[]),
        ("Q1 2025, FY2025, H1 2024, the first half of 2025, the second quarter.", &[]),
        ("May 26 was a Monday; 26 may have died.", &["26"]),
        ("between 2019 and 2021 and from 2019 to 2021, between 3 and 5 December", &[]),
        ("In the 12 months to June, profit was $5m.", &["$5m"]),
        ("On December 18 154 Koreans were held.", &["154"]),
        ("In December 26 people were held.", &["26"]),
    ]);
}

#[test]
fn ranks_times_codes_and_scores_are_left_alone() {
    expect(&[
        ("The 4th man, the third raid, the twenty-first day, a third man.", &[]),
        ("At 10:30, at 8pm, at 8 p.m., at 10.30am, at 1800 GMT, at 9 o'clock.", &[]),
        ("COVID-19, an A320, a Boeing 737, F-16s, a 5G mast, G20, Article 5, page 12, No. 10.", &[]),
        ("1. First item\n2. Second item\n3. Third item with 26 people", &["26"]),
        ("See https://example.org/26/92?x=154 and [12].", &[]),
        ("They won 2-1 and lost 3-2.", &[]),
        ("Call 02-1234-5678 or use version 1.2.3 of it.", &[]),
        ("A second chance, one of the best, no one, one another, one day.", &[]),
        ("Over the past two months, three days later, 26 years ago.", &[]),
        ("A three-way tie in a two-state deal.", &[]),
        ("Cut in half in the first half; half-time.", &[]),
        ("Profits fell for three quarters of the downturn", &["three quarters"]),
        ("Sales fell three quarters in a row", &["three"]),
        ("Two thirds of voters and more than three quarters of them", &["Two thirds", "more than three quarters"]),
        ("After three quarters of growth", &[]),
        ("Three quarters said yes, and two halves of it, more than three quarters no", &[]),
        ("Three-quarters said yes, two thirds no", &["Three-quarters", "two thirds"]),
        (
            "Up more than half a percent, a third of one per cent",
            &["more than half a percent", "a third of one per cent"],
        ),
        ("By half a percentage point, half a point", &["half a percentage point"]),
        ("The ratio is 3:1, open 24/7.", &[]),
        ("A few weeks ago.", &[]),
        ("She left the room. 26 stayed.", &["26"]),
    ]);
}

#[test]
fn places_cover_approximator_and_unit() {
    let text = "Das wären naïve “about 1.2 million euros” …";
    let all = find(text, &ReadingPolicy::default());
    assert_eq!(all.len(), 1);
    assert_eq!(&text[all[0].start..all[0].end], "about 1.2 million euros");
}

/// The most looks at tokens that a byte of text may take, whatever stands in it.
const LOOKS_A_BYTE: u64 = 400;

#[test]
fn a_long_line_takes_time_in_proportion_whatever_it_repeats() {
    let pieces = [
        "26 men and about 1.2 million won, ",
        "1,",
        "1 ",
        "one hundred and ",
        "-",
        "about ",
        "9",
        "December ",
        "1-",
        "(",
        "from 1 to ",
        "1. ",
        "₩",
        "a few ",
        "é",
        "half ",
        ".1",
        "1\n",
        "\u{a0}1",
        "1 000 ",
        "12,34,",
        "one in ",
    ];
    for piece in pieces {
        let text = piece.repeat(30_000 / piece.len());
        let looks = crate::looks::during(|| drop(find(&text, &ReadingPolicy::default())));
        assert!(looks < LOOKS_A_BYTE * 30_000, "{piece:?} took {looks} looks");
    }
    // A quote is no longer than this.
    for piece in
        pieces.into_iter().chain(["rose ", "fell by 8% ", "8% drop, ", "a third fewer ", "cut by ", "doubled ", "not "])
    {
        let text = piece.repeat(10_000 / piece.len());
        let looks = crate::looks::during(|| drop(find_changes(&text, &ReadingPolicy::default())));
        assert!(looks < 100_000_000, "{piece:?} took {looks} looks");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_stumble(text in "(?s).{0,60}") {
        let _ = read(&text, &ReadingPolicy::default());
        let _ = nearest_hint(&text);
        let mut past = 0;
        for found in find(&text, &ReadingPolicy::default()) {
            prop_assert!(found.start >= past && found.start < found.end);
            prop_assert_eq!(&text[found.start..found.end], found.quantity.text.as_str());
            past = found.end;
        }
    }

    #[test]
    fn no_words_make_it_stumble(words in proptest::collection::vec(prop_oneof![
        Just("26"), Just("1,200"), Just("about"), Just("-"), Just("to"), Just("million"), Just("a"), Just("half"), Just("one"),
        Just("hundred"), Just("and"), Just("between"), Just("%"), Just("$"), Just("December"), Just("2025"), Just("."), Just("of"),
        Just("twenty"), Just("third"), Just("in"), Just("his"), Just("20s"), Just("or"), Just("more"), Just("±"), Just("years"),
        Just("old"), Just("e9"), Just("dozen"), Just("few"), Just("1e999"), Just(":"), Just("/"), Just("\n"), Just("from"),
    ], 0..12), glue in prop_oneof![Just(" "), Just("")]) {
        let text = words.join(glue);
        for quantity in read(&text, &ReadingPolicy::default()).into_iter()
            .chain(find(&text, &ReadingPolicy::default()).into_iter().map(|found| found.quantity))
        {
            prop_assert!(quantity.reading.soft().is_subset_of(quantity.reading.hard()));
            if let Some(number) = &quantity.number {
                let hull = quantity.reading.hard().hull(&Interval::point(number.clone()));
                prop_assert!(quantity.reading.hard().is_subset_of(&hull));
            }
        }
    }

    #[test]
    fn a_whole_number_is_found_as_it_is_read(number in 1_i64..1_000_000_000) {
        let figure = Rational::from(number).grouped();
        prop_assume!(!(1_900..2_100).contains(&number));
        let text = format!("There were {figure} of them");
        let all = find(&text, &ReadingPolicy::default());
        prop_assert_eq!(all.len(), 1);
        prop_assert_eq!(all[0].quantity.number.clone(), Some(Rational::from(number)));
        prop_assert!(all[0].quantity.reading.hard().contains(&Rational::from(number)));
    }
}
