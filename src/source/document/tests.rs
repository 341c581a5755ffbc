//! What a TOML reader with places promises.

#![allow(clippy::arithmetic_side_effects)]

use super::*;

fn read(text: &str) -> (Sources, Option<Table>, Vec<InputError>) {
    let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
    let file = sources.add("a.toml", text);
    let table = parse(&sources, file, &mut errors);
    (sources, table, errors.0)
}

/// The message of each error, with the text that its caret stands under.
fn faults(text: &str) -> Vec<(String, String)> {
    let (sources, _, errors) = read(text);
    shown(&sources, &errors)
}

fn shown(sources: &Sources, errors: &[InputError]) -> Vec<(String, String)> {
    let at = |error: &InputError| error.at.as_ref().map_or(String::new(), |at| sources.slice(at.span).to_owned());
    errors.iter().map(|error| (error.message.clone(), at(error))).collect()
}

#[test]
fn numbers_and_dates_keep_their_exact_spelling() {
    let (_, table, _) = read("a = 12.50\nb = 1_200\nc = 2025-12-18\nd = +0.10e2\ne = 2025-12-18 09:30:00");
    let table = table.unwrap();
    let kinds: Vec<&ValueKind> = table.entries().iter().map(|(_, value)| &value.kind).collect();
    assert_eq!(kinds[0], &ValueKind::Number("12.50".into()));
    assert_eq!(kinds[1], &ValueKind::Number("1_200".into()));
    assert_eq!(kinds[2], &ValueKind::Date("2025-12-18".into()));
    assert_eq!(kinds[3], &ValueKind::Number("+0.10e2".into()));
    assert_eq!(kinds[4], &ValueKind::Date("2025-12-18 09:30:00".into()));
}

#[test]
fn keys_come_in_the_order_of_the_file() {
    let (_, table, _) = read("[claim.z]\na = 1\n[claim.a]\nb = 1\n[event.x]\n[claim.m]\n");
    let table = table.unwrap();
    let names: Vec<&str> =
        table.tables("claim", "", &mut InputErrors::default()).iter().map(|(it, _)| it.value.as_str()).collect();
    assert_eq!(names, ["z", "a", "m"]);
}

#[test]
fn a_string_is_placed_with_its_quotation_marks() {
    let (sources, table, _) = read("quote = \"26 \\u0068eld\"\n");
    let quote = table.unwrap().string("quote", &mut InputErrors::default()).unwrap();
    assert_eq!(quote.value, "26 held");
    assert_eq!(sources.slice(quote.span), "\"26 \\u0068eld\"");
}

#[test]
fn several_syntax_errors_of_a_file_come_at_once() {
    let faults = faults("a = \nb = 1\nc = [1, \"two\nd = 2\n\n[x\ne = 1\n");
    assert!(faults.len() >= 2, "{faults:?}");
}

#[test]
fn an_impossible_date_is_named() {
    assert_eq!(faults("when = 2025-02-30\n"), [("there is no 2025-02-30".into(), "2025-02-30".into())]);
    assert_eq!(faults("when = 2025-13-01\n").len(), 1);
}

#[test]
fn a_key_given_twice_is_named() {
    assert_eq!(faults("a = 1\na = 2\n"), [("`a` is given twice in one table".into(), "a".into())]);
    let text = "[claim.x]\na = 1\n[claim.x]\na = 2\n";
    assert_eq!(faults(text), [("`[claim.x]` is given twice".into(), "x".into())]);
    let (sources, _, errors) = read(text);
    assert_eq!(errors[0].also[0].span.start, 0);
    assert_eq!(sources.slice(errors[0].also[0].span), "[claim.x]");
}

#[test]
fn a_bare_word_and_curly_quotes_get_a_hint() {
    for text in ["when = november\n", "quote = \u{201c}26 held\u{201d}\n"] {
        let (_, table, errors) = read(text);
        assert!(table.is_none());
        assert!(errors[0].help.as_ref().unwrap().contains("quotation marks"), "{:?}", errors[0]);
    }
}

#[test]
fn a_wrong_type_is_reported_where_it_stands() {
    let (sources, table, _) = read("a = 1\nb = \"x\"\nc = [1, \"two\"]\nd = 1.5\ne = \"true\"\n");
    let (table, mut errors) = (table.unwrap(), InputErrors::default());
    assert_eq!(table.string("a", &mut errors), None);
    assert_eq!(table.truth("b", &mut errors), None);
    assert_eq!(table.strings("c", &mut errors).len(), 1);
    assert_eq!(table.integer("d", &mut errors), None);
    assert_eq!(table.truth("e", &mut errors), None);
    let shown = shown(&sources, &errors.0);
    assert_eq!(shown[0], ("`a` must be a string, and this is a number".into(), "1".into()));
    assert_eq!(errors.0[0].help.as_deref(), Some("put it in quotation marks: \"1\""));
    assert_eq!(shown[1].1, "\"x\"");
    assert_eq!(shown[2].1, "1");
    assert_eq!(shown[3].1, "1.5");
    assert_eq!(errors.0[4].help.as_deref(), Some("leave the quotation marks out: true"));
    assert_eq!(shown.len(), 5);
}

#[test]
fn an_unknown_key_gets_the_nearest_known_one() {
    let (sources, table, _) = read("datline = 2025-12-21\nfoo = 1\n");
    let mut errors = InputErrors::default();
    table.unwrap().finish(&["title", "dateline"], &mut errors);
    assert_eq!(shown(&sources, &errors.0)[0], ("unknown key `datline`".into(), "datline".into()));
    assert_eq!(errors.0[0].at.as_ref().unwrap().text, "did you mean `dateline`?");
    assert_eq!(errors.0[1].help.as_deref(), Some("known here: title, dateline"));
}

#[test]
fn a_choice_outside_its_list_gets_the_nearest_one() {
    let (_, table, _) = read("week-starts = \"sundy\"\n");
    let mut errors = InputErrors::default();
    let choices = [("monday", 1), ("sunday", 2)];
    assert_eq!(table.unwrap().choice("week-starts", &choices, &mut errors), None);
    assert_eq!(errors.0[0].at.as_ref().unwrap().text, "did you mean \"sunday\"?");
}

#[test]
fn a_table_that_is_none_says_what_to_write() {
    let (sources, table, _) = read("claim = 26\n[event]\nraid = \"2025-12-18\"\n");
    let (table, mut errors) = (table.unwrap(), InputErrors::default());
    assert!(table.tables("claim", "[claim.ID]", &mut errors).is_empty());
    assert!(table.tables("event", "[event.ID]", &mut errors).is_empty());
    assert_eq!(errors.0[0].help.as_deref(), Some("write [claim.ID]"));
    assert_eq!(shown(&sources, &errors.0)[1].1, "raid");
}

#[test]
fn hostile_files_fail_clearly_and_at_once() {
    let deep = ["[", "{a="].map(|open| format!("a = {}", open.repeat(10_000)));
    let closed = format!("a = {}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let dotted = format!("{}a = 1", "a.".repeat(10_000));
    let header = format!("[{}a]\n", "a.".repeat(10_000));
    let line = format!("a = \"{}\"", "x".repeat(10_000_000));
    let headers = "[a\n".repeat(20_000);
    let equals = format!("a = 1 {}", "= = ".repeat(250_000));
    let keys = "a = 1\n".repeat(200_000);
    for text in deep.iter().chain([&closed, &dotted, &header, &line, &headers, &equals, &keys]) {
        let (_, table, errors) = read(text);
        assert!(table.is_none() && !errors.is_empty() && errors.len() <= syntax::SHOWN);
    }
}

#[test]
fn ten_million_bytes_of_good_lines_are_read() {
    let (_, table, errors) = read(&"# a comment of some length, to fill a file\n".repeat(230_000));
    assert!(errors.is_empty() && table.is_some());
}

#[test]
fn bytes_that_are_no_text_are_placed() {
    let error = Sources::new().add_bytes("a.toml", b"a = 1\nb = \"caf\xE9\"\n".to_vec()).unwrap_err();
    assert_eq!(error.message, "not UTF-8: byte 0xE9 at offset 14, on line 2");
    assert_eq!(error.path.as_deref(), Some("a.toml"));
}

#[test]
fn the_nearest_name_is_near() {
    assert_eq!(nearest("arests", ["arrests", "rescues"]), Some("arrests"));
    assert_eq!(nearest("Arrests", ["rescues", "arrests"]), Some("arrests"));
    assert_eq!(nearest("profit", ["arrests", "rescues"]), None);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]{}=\"'#.,a-c0-9\\n\u{e9} -]{0,80}") {
        let (sources, _, errors) = read(&text);
        for error in errors {
            if let Some(at) = error.at {
                proptest::prop_assert!(sources.text(at.span.file).get(at.span.start..at.span.end).is_some());
            }
        }
    }
}
