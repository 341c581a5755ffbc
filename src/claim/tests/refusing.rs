//! What cannot be understood is refused, where it stands, with a way to mend it.

use super::*;
use crate::calendar::{FiscalYear, NamedFor};

/// The faults of one claim file.
fn faults(text: &str) -> Vec<(String, String)> {
    let loaded = load_one(text);
    assert!(loaded.errors.iter().all(|error| error.at.is_some()), "{:?}", loaded.errors);
    loaded.faults().into_iter().map(|(message, at)| (message.to_owned(), at.to_owned())).collect()
}

/// The one fault of a claim file: its message and the words under its caret.
#[track_caller]
fn fault(text: &str) -> (String, String) {
    let faults = faults(text);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.into_iter().next().unwrap()
}

#[track_caller]
fn refuses(text: &str, message: &str, at: &str) {
    let (said, place) = fault(text);
    assert!(said.contains(message), "{said}");
    assert_eq!(place, at);
}

#[test]
fn unknown_keys_and_tables() {
    refuses("[claim.a]\nvalue = 1\nmesure = \"x\"\n", "unknown key `mesure`", "mesure");
    refuses("[claims.a]\nby = \"when\"\nvalues = {}\nvalue = 1\n", "unknown key `value`", "value");
    refuses("[event.a]\non = 2025-12-18\nwhere = \"x\"\n", "unknown key `where`", "where");
    refuses("[evnt.a]\non = 2025-12-18\n", "unknown key `evnt`", "evnt");
    refuses("[measure.a]\nover_time = \"adds\"\n", "unknown key `over_time`", "over_time");
    refuses("[article]\ndatline = 2025-12-18\n", "unknown key `datline`", "datline");
}

#[test]
fn wrong_types() {
    refuses("[claim.a]\nvalue = 1\nmeasure = 2\n", "`measure` must be a string", "2");
    refuses("[claim.a]\nvalue = true\n", "a value must be a number or a string", "true");
    refuses("[claim.a]\nquote = 26\n", "`quote` must be a string", "26");
    refuses("[article]\nscope = \"KH\"\n", "`scope` must be a table", "\"KH\"");
    refuses("[article]\nfiscal-year-starts = 13\n", "must be a month", "13");
    refuses("[claims.a]\nby = \"when\"\nvalues = 3\n", "`values` must be a table", "3");
}

#[test]
fn days_that_are_none() {
    refuses("[claim.a]\nvalue = 1\nwhen = 2025-02-30\n", "there is no 2025-02-30", "2025-02-30");
    refuses("[article]\ndateline = \"2025-02-30\"\n", "there is no 2025-02-30", "\"2025-02-30\"");
    refuses("[claim.a]\nvalue = 1\nwhen = \"2025-02-30\"\n", "there is no", "\"2025-02-30\"");
    refuses("[event.a]\non = \"2025-13-01\"\n", "", "\"2025-13-01\"");
}

#[test]
fn times_that_cannot_be_read() {
    let text = "[claim.a]\nvalue = 1\nwhen = \"by some day of Novembre\"\n";
    refuses(text, "not a date or a period", "\"by some day of Novembre\"");
    assert_eq!(load_one(text).errors[0].at.as_ref().unwrap().text, "did you mean \"by some day of November\"?");
}

#[test]
fn relative_words_without_a_dateline() {
    let loaded = load_one("[claim.a]\nvalue = 1\nwhen = \"so far this month\"\n");
    assert_eq!(loaded.errors[0].help.as_deref(), Some("add dateline = YYYY-MM-DD to [article]"));
}

#[test]
fn values_that_cannot_be_read() {
    refuses("[claim.a]\nvalue = \"abuot 12\"\n", "not a figure", "\"abuot 12\"");
    refuses("[claim.a]\nquote = \"nobody knows\"\n", "no figure can be read", "\"nobody knows\"");
    refuses("[claim.a]\nmeasure = \"x\"\n", "states no figure", "a");
    refuses("[claim.a]\nvalue = 1e999999999\n", "larger or finer", "1e999999999");
    refuses("[claim.a]\nquote = []\n", "states no figure", "a");
    refuses("[event.a]\nquote = []\n", "neither dated nor quoted", "a");
    refuses("[claim.a]\nvalue = []\n", "holds no value", "[]");
}

#[test]
fn two_figures_in_a_mention_are_both_shown() {
    let loaded = load_one("[claim.a]\nquote = \"took 26 of the 92 suspects\"\n");
    assert_eq!(loaded.faults()[0].1, "26");
    assert_eq!(loaded.sources.slice(loaded.errors[0].also[0].span), "92");
}

#[test]
fn units_that_clash() {
    refuses("[claim.a]\nvalue = \"€3m\"\nunit = \"USD\"\n", "the words are in EUR, and `unit` says USD", "\"€3m\"");
    let text = "[measure.m]\nunit = \"EUR\"\n[claim.a]\nvalue = \"$3m\"\nmeasure = \"m\"\n";
    refuses(text, "`a` is in USD, and `m` is declared to be in EUR", "\"$3m\"");
}

#[test]
fn figures_outside_what_their_measure_can_be() {
    let text = "[measure.m]\nleast = 0\ngreatest = 100\n[claim.a]\nvalue = 120\nmeasure = \"m\"\n";
    refuses(text, "`120` is outside what `m` can be, 0 to 100", "120");
    let text = "[measure.m]\ninteger = true\n[claim.a]\nvalue = 12.4\nmeasure = \"m\"\n";
    refuses(text, "admits no whole number", "12.4");
}

#[test]
fn ids_that_are_used_twice_or_cannot_be_one() {
    refuses("[claim.a]\nvalue = 1\n[event.a]\non = 2025-12-18\n", "a second claim has the id `a`", "a");
    refuses("[claim.\"a/b\"]\nvalue = 1\n", "cannot be the id", "\"a/b\"");
    let loaded = load_all(&[("x/a.toml", "[claim.c]\nvalue = 1\n"), ("y/a.toml", "[claim.c]\nvalue = 1\n")]);
    assert!(loaded.faults().iter().any(|(message, _)| *message == "two files have the article id `a`"));
}

#[test]
fn names_that_dangle_get_the_nearest_one() {
    let claims = "[claim.raid-arrests]\nvalue = 26\n[claim.newer]\nvalue = 27\n";
    let loaded = load_one(&format!("{claims}supersedes = \"raid-arests\"\n"));
    assert_eq!(loaded.errors[0].at.as_ref().unwrap().text, "did you mean \"raid-arrests\"?");
    let text = format!("{claims}supersedes = \"newer\"\n");
    refuses(&text, "cannot supersede itself", "\"newer\"");
    let text = "[claim.a]\nvalue = 1\nsupersedes = \"b\"\n[claim.b]\nvalue = 1\nsupersedes = \"a\"\n";
    refuses(text, "supersede each other", "\"a\"");
}

#[test]
fn drafts_that_cannot_be_had() {
    refuses("[article]\ndraft = \"none.md\"\n", "there is no file `claims/none.md`", "\"none.md\"");
    refuses("[article]\ndraft = \"../../x.md\"\n", "lies outside the workspace", "\"../../x.md\"");
    refuses("[article]\ndraft = \"/etc/passwd\"\n", "lies outside the workspace", "\"/etc/passwd\"");
    refuses("[article]\ndraft = \"../linked.md\"\n", "lies outside the workspace", "\"../linked.md\"");
}

#[test]
fn drafts_that_are_no_text() {
    let memory = Memory([("a.md".to_owned(), b"caf\xE9".to_vec())].into());
    let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
    let file = sources.add("a.toml", "[article]\ndraft = \"a.md\"\n");
    load(&mut sources, &memory, &[file], &mut errors);
    assert_eq!(errors.0[0].message, "`a.md`: not UTF-8: byte 0xE9 at offset 3, on line 1");
    assert_eq!(sources.slice(errors.0[0].at.as_ref().unwrap().span), "\"a.md\"");
}

#[test]
fn declarations_that_differ() {
    let loaded = load_all(&[
        ("a.toml", "[measure.m]\nunit = \"EUR\"\nleast = 0\n"),
        ("b.toml", "[measure.m]\nunit = \"USD\"\nleast = 0\n"),
    ]);
    assert_eq!(loaded.faults(), [("the measure `m` is declared a second time, with another `unit`", "m")]);
}

#[test]
fn everything_wrong_comes_at_once() {
    let text = "[article]\ndatline = 2025-12-21\n[claim.a]\nvalue = \"x\"\n[claim.b]\nvalue = 1\nwhen = \"someday\"\n[event.c]\n";
    assert_eq!(faults(text).len(), 4);
}

#[test]
fn hostile_claims_are_refused_at_once() {
    let many = "\"26 x\", ".repeat(2_000);
    let loaded = load_one(&format!("[claim.a]\nquote = [{many}]\n"));
    assert!(loaded.faults().is_empty());
    for kind in ["claim", "event"] {
        let words = "26 on Friday\n".repeat(100_000);
        let loaded = load_one(&format!("[{kind}.a]\nquote = '''{words}'''\n"));
        assert_eq!(loaded.faults()[0].0, "this quote has 1300000 bytes, and 10000 are the most that is read");
    }
}

#[test]
fn a_workspace_settles_what_its_articles_do_not() {
    let conventions = crate::calendar::Conventions {
        week_starts: Some(crate::calendar::WeekStart::Sunday),
        fiscal_year: FiscalYear::new(4, NamedFor::End),
        ..Default::default()
    };
    let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
    let file = sources.add("a.toml", "[article]\nfiscal-year-starts = 7\n");
    let claims = load_under(
        &Defaults { conventions: conventions.clone(), ..Defaults::default() },
        &mut sources,
        &Memory::default(),
        &[file],
        &mut errors,
    );
    let settled = &claims.articles[0].context.conventions;
    assert_eq!(settled.week_starts, conventions.week_starts);
    assert_eq!(settled.fiscal_year, FiscalYear::new(7, NamedFor::End));
}
