//! What can be written, and what is then read.

use super::*;
use crate::number::Unit;

#[test]
fn digits_are_those_of_the_file() {
    let loaded = load_good("[claim.margin]\nvalue = 12.50\nmeasure = \"margin\"\n");
    assert_eq!(loaded.figure("margin").readings[0].0.text, "12.50");
    assert_eq!(loaded.hard("margin"), ["[12.495, 12.505]"]);
}

#[test]
fn every_mention_is_a_statement() {
    let loaded =
        load_good("[claim.raid]\nquote = [\"took 26 into custody\", \"the 26 were held\"]\nmeasure = \"arrests\"\n");
    assert_eq!(loaded.hard("raid"), ["[26, 26]", "[26, 26]"]);
    assert_eq!(loaded.claim("raid").mentions[1].words, "26");
}

#[test]
fn a_value_stands_for_its_quotes() {
    let loaded = load_good("[claim.freed]\nvalue = 1\nquote = [\"freed one Korean\", \"a man in his 20s\"]\n");
    assert_eq!(loaded.hard("freed"), ["[1, 1]", "[1, 1]"]);
    assert_eq!(loaded.issues(), []);
    assert_eq!(loaded.figure("freed").measure.value, "raid/freed");
}

#[test]
fn a_quote_that_says_another_figure_is_told() {
    let loaded = load_good("[claim.raid]\nvalue = 26\nquote = \"took 62 into custody\"\n");
    let wanted = QuoteIssueKind::ValueDiffers { quote: "62".into(), value: "26".into() };
    assert_eq!(loaded.issues(), [("raid", &wanted)]);
}

#[test]
fn a_value_and_its_quote_may_be_written_differently() {
    let loaded = load_good(
        "[claim.a]\nvalue = 3200000\nquote = \"it made €3.2m\"\n[claim.b]\nvalue = \"1.2 million\"\nquote = \"1,200,000 people\"\n",
    );
    assert_eq!(loaded.issues(), []);
    assert_eq!(loaded.figure("a").unit, Unit::Currency("EUR".into()));
}

#[test]
fn a_series_has_an_id_a_time_and_a_unit_for_each_value() {
    let loaded = load_good(
        "[claims.revenue]\nby = \"when\"\nvalues = { \"Q1 2025\" = \"€101.3m\", FY2025 = [\"€428.6m\", \"$463m\"] }\n",
    );
    let names: Vec<&str> = loaded.claims.claims.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["revenue[Q1 2025]", "revenue[FY2025]", "revenue[FY2025, USD]"]);
    assert_eq!(loaded.figure("revenue[FY2025, USD]").measure.value, "revenue");
    assert_eq!(loaded.figure("revenue[FY2025]").unit, Unit::Currency("EUR".into()));
    assert!(loaded.figure("revenue[Q1 2025]").when.is_some());
}

#[test]
fn a_series_may_run_over_a_dimension() {
    let loaded = load_good(
        "[claims.votes]\nby = \"party\"\nwhen = 2025\nscope = { town = \"X\" }\nvalues = { Red = 10, Blue = \"*\" }\n"
            .replace("\"*\"", "12")
            .as_str(),
    );
    let scope = &loaded.figure("votes[Red]").scope.0;
    assert_eq!(scope["party"], Member::Path("Red".into()));
    assert_eq!(scope["town"], Member::Path("X".into()));
}

#[test]
fn a_claim_adds_to_the_scope_of_its_article() {
    let loaded = load_good(
        "[article]\nscope = { place = \"KH\", sex = \"*\" }\nsource = \"police\"\n[claim.a]\nvalue = 1\nscope = { place = \"KH/X\" }\n",
    );
    let scope = &loaded.figure("a").scope.0;
    assert_eq!((&scope["place"], &scope["sex"]), (&Member::Path("KH/X".into()), &Member::All));
    assert_eq!(loaded.claim("a").source.as_deref(), Some("police"));
}

#[test]
fn a_derived_figure_without_a_value_is_asked_for() {
    let loaded = load_good(
        "[claims.revenue]\nby = \"when\"\nvalues = { FY2024 = 1, FY2025 = 2 }\n[claim.growth]\nis = \"change(revenue['FY2024'], revenue['FY2025'])\"\n[claim.rest]\nvalue = \"?\"\n",
    );
    assert!(loaded.figure("growth").unknown && loaded.figure("growth").is.is_some());
    assert!(loaded.figure("rest").unknown);
}

#[test]
fn a_value_that_is_asked_for_may_be_whatever_its_measure_allows() {
    let loaded = load_good(
        "[measure.share]\nleast = 0\ngreatest = 100\n[claim.asked]\nvalue = \"?\"\nmeasure = \"share\"\n[claim.said]\nvalue = 37\nmeasure = \"share\"\n",
    );
    assert_eq!(loaded.hard("asked"), ["[0, 100]"]);
    assert!(!loaded.figure("asked").gives_a_value() && loaded.figure("said").gives_a_value());
}

#[test]
fn a_newer_toll_supersedes_an_older_one_of_another_file() {
    let loaded = load_all(&[
        ("b.toml", "[claim.toll]\nvalue = 30\nsupersedes = \"a/toll\"\n"),
        ("a.toml", "[claim.toll]\nvalue = 26\n"),
    ]);
    assert_eq!(loaded.faults(), []);
    let ids: Vec<&str> = loaded.claims.claims.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["a/toll", "b/toll"]);
    assert_eq!(loaded.claims.claims[0].superseded_by, Some(ClaimId(1)));
}

#[test]
fn an_event_may_take_its_date_from_its_quote_but_not_from_a_weekday() {
    let loaded = load_good(
        "[article]\ndateline = 2025-12-21\n[event.a]\nquote = \"the raid on 18 December\"\n[event.b]\nquote = \"on Thursday\"\n",
    );
    let on = |name: &str| match &loaded.claim(name).kind {
        Kind::Event(event) => event.on.clone(),
        _ => None,
    };
    assert!(on("a").unwrap().value.settled().unwrap().is_one_day());
    assert!(on("b").is_none());
}

#[test]
fn the_day_on_which_somebody_spoke_is_not_the_figures() {
    let text = "[article]\ndateline = 2025-12-21\n[claim.a]\nwhen = 2025-12-18\nquote = \"QUOTE\"\n";
    assert_eq!(load_good(&text.replace("QUOTE", "26 were held, he said on Friday")).issues(), []);
    let loaded = load_good(&text.replace("QUOTE", "26 were held on Friday"));
    assert!(matches!(loaded.issues().as_slice(), [("a", QuoteIssueKind::DateAsked { .. })]), "{:?}", loaded.issues());
}

#[test]
fn readings_are_cut_to_what_a_measure_allows() {
    let loaded = load_good(
        "[measure.share]\nleast = 0\ngreatest = 100\nunit = \"percent\"\n[claim.a]\nvalue = \"0%\"\nmeasure = \"share\"\n[claim.b]\nvalue = 37\nmeasure = \"share\"\n",
    );
    assert_eq!(loaded.hard("a"), ["[0, 0.5]"]);
    assert_eq!(loaded.figure("b").unit, Unit::Percent);
}

#[test]
fn digits_may_be_declared_for_an_article_a_measure_and_a_claim() {
    let text = "[measure.m]\ndigits = 0\n[claim.a]\nvalue = 1200\nmeasure = \"m\"\n[claim.b]\nvalue = 1200\nmeasure = \"m\"\ndigits = \"exact\"\n[claim.c]\nvalue = 1200\ndigits = -2\n";
    let loaded = load_good(text);
    assert_eq!(loaded.hard("b"), ["[1200, 1200]"]);
    assert_eq!(loaded.hard("c"), ["[1150, 1250]"]);
    assert_eq!(loaded.hard("a"), ["[1199.5, 1200.5]"]);
}

#[test]
fn the_same_quote_in_two_claims_is_taken_in_turn() {
    let loaded = load_all(&[
        (
            "a.toml",
            "[article]\ndraft = \"a.md\"\n[claim.x]\nquote = \"26 people were held\"\n[claim.y]\nquote = \"26 people were held\"\n",
        ),
        ("a.md", "In May 26 people were held. In June 26 people were held.\n"),
    ]);
    assert_eq!(loaded.issues(), []);
    let starts: Vec<usize> = ["x", "y"].map(|it| loaded.claim(it).mentions[0].in_draft.unwrap().start).to_vec();
    assert!(starts[0] < starts[1]);
}

#[test]
fn a_figure_that_goes_on_in_the_draft_is_another_one() {
    let loaded = load_all(&[
        ("a.toml", "[article]\ndraft = \"a.md\"\n[claim.x]\nquote = \"the group made 26\"\n"),
        ("a.md", "Last year the group made 26 million in all.\n"),
    ]);
    let wanted = QuoteIssueKind::FigureChanged { draft: "26 million".into(), quote: "26".into() };
    assert_eq!(loaded.issues(), [("x", &wanted)]);
}
