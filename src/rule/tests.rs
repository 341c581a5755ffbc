//! What rule files promise: what is read, and what is refused, where and how.

use super::*;
use crate::source::{InputErrors, NoFiles, Severity, Sources};
use proptest::prelude::*;

fn read(texts: &[&str]) -> (Sources, Rules, InputErrors) {
    let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
    let files: Vec<_> = (1..).zip(texts).map(|(n, text)| sources.add(format!("rules/{n}.toml"), *text)).collect();
    let rules = load(&[], &mut sources, &NoFiles, &files, &mut errors);
    (sources, rules, errors)
}

/// The rules of the user's own in a text that is right.
fn own(text: &str) -> Vec<Rule> {
    let (_, rules, errors) = read(&[text]);
    assert_eq!(errors.0, [], "{text}");
    rules.rules.into_iter().filter(|rule| !rule.standard).collect()
}

fn relation(text: &str) -> Relation {
    match own(text).pop().map(|rule| rule.kind) {
        Some(Kind::Relation(relation)) => *relation,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn the_standard_pack_is_always_there_and_sound() {
    let (sources, rules, errors) = read(&[]);
    assert_eq!(errors.0, []);
    let ids: Vec<_> = rules.rules.iter().map(|rule| rule.id.value.as_str()).collect();
    let all =
        ["additive", "same-figure", "change", "derived", "percent-of-whole", "percent-of-count", "weekday", "quote"];
    assert_eq!(ids, all);
    for rule in &rules.rules {
        assert!(rule.standard && rule.about.is_some() && rule.severity == Some(Severity::Error));
        assert!(page(&rule.id.value).is_some(), "{} has a page", rule.id.value);
        assert_eq!(sources.path(rule.id.span.file), format!("standard/{}.toml", rule.id.value));
    }
    assert!(rules.places.is_empty());
}

#[test]
fn the_five_kinds_are_read() {
    let rules = own(r#"
[rule.counts]
kind = "additive"
measures = ["visits"]
severity = "warning"
says = "counts add up"

[rule.home-after-arrest]
kind = "stages"
about = "Nobody is brought home before being arrested."
order = ["arrests", "repatriations"]
opening = 0

[rule.awaiting]
kind = "balance"
level = "awaiting-repatriation"
in = "arrests"
out = ["repatriations", "releases"]

[rule.by-party]
kind = "breakdown"
dimension = "party"
severity = "off"

[rule.price-times-units]
kind = "relation"
given = { price = { measure = "price" }, units = { measure = "units-sold" }, sales = { measure = "sales" } }
require = "sales == price * units"
"#);
    let kinds: Vec<_> = rules.iter().map(|rule| (rule.id.value.as_str(), rule.severity)).collect();
    assert_eq!(
        kinds,
        [
            ("counts", Some(Severity::Warning)),
            ("home-after-arrest", Some(Severity::Error)),
            ("awaiting", Some(Severity::Error)),
            ("by-party", None),
            ("price-times-units", Some(Severity::Error)),
        ]
    );
    assert_eq!(rules[0].says.as_deref(), Some("counts add up"));
    let Kind::Stages(stages) = &rules[1].kind else { panic!() };
    assert_eq!((stages.order.len(), stages.opening), (2, Opening::Zero));
    let Kind::Balance(balance) = &rules[2].kind else { panic!() };
    assert_eq!((balance.inflows.len(), balance.outflows.len()), (1, 2));
    let Kind::Relation(relation) = &rules[4].kind else { panic!() };
    let names: Vec<_> = relation.given.iter().map(|binding| binding.name.value.as_str()).collect();
    assert_eq!(names, ["price", "units", "sales"], "in the order in which they stand");
    assert_eq!(relation.require.to_string(), "sales == price * units");
    assert!(relation.join.is_none() && relation.condition.is_none());
}

#[test]
fn bindings_take_patterns_sets_unknowns_and_times() {
    let relation = relation(
        r#"
[dimension.region]
members = ["EU", "US"]
[rule.r]
kind = "relation"
given.share = { unit = "%", region = "EU", event = "*" }
given.part = { measure = "= share.of", scope = { party = "= share.party", place = "KH/*" }, when = "Q1 2025" }
given.parts = [{ measure = "*-mean", unit = "€" }]
unknown = { total = { integer = true, least = 0, greatest = 1_000.5 } }
join = ["when", "region"]
where = "share.region == 'EU' and part.when within share.when"
require = "sum(parts) == total * part"
"#,
    );
    let [share, part, parts] = relation.given.as_slice() else { panic!() };
    let pattern = |it: &Option<crate::source::Spanned<Pattern>>| it.as_ref().map(|it| it.value.clone());
    assert_eq!(pattern(&share.unit), Some(Pattern::Exact("percent".into())));
    assert_eq!(share.scope["region"].value, Pattern::Exact("EU".into()));
    assert_eq!(share.scope["event"].value, Pattern::Exact("*".into()));
    assert_eq!(pattern(&part.measure), Some(Pattern::FieldOf { binding: "share".into(), field: "of".into() }));
    assert_eq!(part.scope["party"].value, Pattern::FieldOf { binding: "share".into(), field: "party".into() });
    assert_eq!(part.scope["place"].value, Pattern::Glob("KH/*".into()));
    assert_eq!(part.when.as_ref().map(|when| when.value.as_str()), Some("Q1 2025"));
    assert_eq!(pattern(&parts.measure), Some(Pattern::Glob("*-mean".into())));
    assert_eq!(pattern(&parts.unit), Some(Pattern::Exact("EUR".into())));
    assert!(parts.set && !part.set);
    let total = &relation.unknown[0];
    assert_eq!(total.greatest.as_ref().map(ToString::to_string).as_deref(), Some("1000.5"));
    assert!(total.integer);
    let join: Vec<_> = relation.join.unwrap().into_iter().map(|it| it.value).collect();
    assert_eq!(join, ["when", "region"]);
}

#[test]
fn a_standard_rule_can_be_weighed_or_turned_off() {
    let (_, rules, errors) = read(&["[rule.additive]\nseverity = \"off\"\n[rule.quote]\nseverity = \"note\"\n"]);
    assert_eq!(errors.0, []);
    let severity = |id: &str| rules.rules.iter().find(|rule| rule.id.value == id).map(|rule| rule.severity);
    assert_eq!(severity("additive"), Some(None));
    assert_eq!(severity("quote"), Some(Some(Severity::Note)));
    assert_eq!(severity("change"), Some(Some(Severity::Error)));
    assert!(rules.places.is_empty());
}

#[test]
fn record_rules_are_read() {
    let (_, rules, errors) = read(&[
        "[edits.survey]\ntotal-revenue = \"turnover + other_revenue == total_revenue\"\nstaff-paid = \"if staff > 0 then staff_costs > 0\"\nsector = \"sector == 'retail' or turnover < 5\"\n",
    ]);
    assert_eq!(errors.0, []);
    assert_eq!(rules.edits[0].table.value, "survey");
    assert_eq!(rules.edits[0].edits[0].1.to_string(), "turnover + other_revenue == total_revenue");
}

#[test]
fn a_column_holds_either_figures_or_texts() {
    for (edits, place) in [
        ("a = \"sector == 'retail'\"\nb = \"sector > 5\"", "sector"),
        ("a = \"x == y\"\nb = \"x == 'a'\"\nc = \"y + 1 > 2\"", "y"),
        ("a = \"sum(p, q) == r\"\nb = \"'z' == r\"", "r"),
        ("a = \"u == v and v == w and w == 'x' and u < 3\"", "w"),
    ] {
        let (sources, _, errors) = read(&[&format!("[edits.s]\n{edits}\n")]);
        let [error] = errors.0.as_slice() else { panic!("{edits}: {:#?}", errors.0) };
        assert_eq!(sources.slice(error.at.as_ref().unwrap().span), place, "{edits}");
        assert!(error.message.contains("elsewhere") && error.also.len() == 1, "{edits}: {}", error.message);
    }
    let sound =
        "[edits.s]\na = \"x == y and y == z and z > 5\"\nb = \"t == u and u != 'v'\"\nc = \"if t == u then -x < 1\"\n";
    assert_eq!(read(&[sound, "[edits.other]\na = \"x == 'text'\"\n"]).2.0, []);
}

/// Wraps the keys of a relation.
fn in_relation(keys: &str) -> String {
    format!("[rule.r]\nkind = \"relation\"\n{keys}\n")
}

#[test]
fn what_cannot_be_understood_is_refused_where_it_stands() {
    let a = "given = { a = { measure = \"m\" } }";
    for (text, place, message, hint) in [
        ("[rule.r]\nkind = \"stage\"".to_owned(), "\"stage\"", "`kind` cannot be \"stage\"", "stages"),
        ("[rule.r]\nkind = \"built-in\"".to_owned(), "\"built-in\"", "`kind` cannot be \"built-in\"", "relation"),
        ("[rule.r]\nabout = \"x\"".to_owned(), "r", "the rule `r` does not say its `kind`", "\"breakdown\""),
        ("[rule.aditive]\nseverity = \"off\"".to_owned(), "aditive", "does not say its `kind`", "`additive`"),
        (
            "[rule.additive]\nkind = \"additive\"".to_owned(),
            "additive",
            "there already is a rule `additive`",
            "another id",
        ),
        ("[rule.additive]\nseverity = \"of\"".to_owned(), "\"of\"", "`severity` cannot be \"of\"", "off"),
        ("[rule.additive]\n".to_owned(), "additive", "nothing is said of it", "severity"),
        (
            "[rule.quote]\nseverity = \"note\"\nabout = \"x\"".to_owned(),
            "about",
            "only `severity` can be set",
            "id of its own",
        ),
        (
            "[rule.By_Party]\nkind = \"breakdown\"\ndimension = \"party\"".to_owned(),
            "By_Party",
            "small letters",
            "`by-party`",
        ),
        ("[rule.r]\nkind = \"additive\"\nmeasure = \"x\"".to_owned(), "measure", "unknown key `measure`", "`measures`"),
        ("[rule.r]\nkind = \"stages\"\norder = [\"a\"]".to_owned(), "[\"a\"]", "at least two", "order ="),
        ("[rule.r]\nkind = \"stages\"".to_owned(), "[rule.r]", "at least two", "order ="),
        ("[rule.r]\nkind = \"stages\"\norder = [\"a\", \"a\"]".to_owned(), "\"a\"", "`a` is listed twice", "leave one"),
        ("[rule.r]\nkind = \"stages\"\norder = [\"a\", \"b\"]\nopening = 1".to_owned(), "1", "`opening` is", "0 says"),
        (
            "[rule.r]\nkind = \"balance\"\nlevel = \"l\"".to_owned(),
            "[rule.r]",
            "a balance says what comes `in`",
            "in =",
        ),
        ("[rule.r]\nkind = \"balance\"\nin = \"a\"".to_owned(), "[rule.r]", "`level` is missing", "headcount"),
        (
            "[rule.r]\nkind = \"balance\"\nlevel = \"l\"\nin = \"a\"\nout = \"a\"".to_owned(),
            "\"a\"",
            "comes in and goes out",
            "leave",
        ),
        (
            "[rule.r]\nkind = \"balance\"\nlevel = \"l\"\nin = \"l\"".to_owned(),
            "\"l\"",
            "is the level itself",
            "measure",
        ),
        ("[rule.r]\nkind = \"breakdown\"".to_owned(), "[rule.r]", "`dimension` is missing", "party"),
        ("[claim.x]\nvalue = 1".to_owned(), "claim", "belongs into a claim file", "beside the claims"),
        ("[rules.x]\nkind = \"additive\"".to_owned(), "rules", "unknown key `rules`", "`rule`"),
        ("rule = 5".to_owned(), "5", "must be a table of tables", "[rule.ID]"),
        (in_relation("require = \"1 < 2\""), "[rule.r]", "`given` is missing", "[check.ID]"),
        (in_relation("given = {}\nrequire = \"1 < 2\""), "{}", "`given` binds no name", "given ="),
        (in_relation(a), "[rule.r]", "`require` is missing", "require ="),
        (in_relation(&format!("{a}\nrequire = 5")), "5", "`require` must be an expression in a string", ""),
        (in_relation(&format!("{a}\nrequire = \"a >\"")), "\"", "and the expression ends here", ""),
        (in_relation(&format!("{a}\nrequire = \"a > bb\"")), "bb", "the name `bb` is not bound", "bind it in `given`"),
        (in_relation(&format!("{a}\nwhere = \"a.of == 5\"\nrequire = \"a > 1\"")), "5", "cannot compare", ""),
        (in_relation(&format!("{a}\nrequire = \"a\"")), "a", "this must be a condition", "compare it"),
        (in_relation(&format!("{a}\nrequire = \"a.value > 1\"")), "a.value", "a figure has no `value`", "by itself"),
        (in_relation(&format!("{a}\nrequire = \"a.of.in == 'x'\"")), "a.of.in", "a field of a field", ""),
        (in_relation(&format!("{a}\nrequire = \"a > m['2025-02-30']\"")), "'2025-02-30'", "there is no", "Q1 2025"),
        (
            in_relation(&format!("{a}\nunknown = {{ n = {{}} }}\nrequire = \"a > 1\"")),
            "n",
            "`n` is bound and never used",
            "leave it out",
        ),
        (
            in_relation(&format!("{a}\nunknown = {{ n = {{ least = 2, greatest = 1 }} }}\nrequire = \"a > n\"")),
            "1",
            "below `least`",
            "exchange",
        ),
        (
            in_relation(&format!("{a}\nunknown = {{ n = {{ integr = true }} }}\nrequire = \"a > n\"")),
            "integr",
            "unknown key",
            "`integer`",
        ),
        (
            in_relation(&format!("{a}\nunknown = {{ a = {{}} }}\nrequire = \"a > 1\"")),
            "a",
            "bound to a figure already",
            "another name",
        ),
        (
            in_relation(&format!("{a}\njoin = [\"when\", \"when\"]\nrequire = \"a > 1\"")),
            "\"when\"",
            "listed twice",
            "",
        ),
        (
            in_relation(&format!("{a}\njoin = [\"measure\"]\nrequire = \"a > 1\"")),
            "\"measure\"",
            "`join` lists dimensions",
            "region",
        ),
        (in_relation("given = { a = \"m\" }\nrequire = \"a > 1\""), "\"m\"", "`a` must be a table", "measure ="),
        (in_relation("given = { a = [] }\nrequire = \"a > 1\""), "[]", "one table in square brackets", "[{ measure"),
        (in_relation("given = { a = {} }\nrequire = \"a > 1\""), "a", "bound to every figure", "say which"),
        (
            in_relation("given = { and = { measure = \"m\" } }\nrequire = \"1 > 2\""),
            "and",
            "cannot be used as a name",
            "word of the language",
        ),
        (
            in_relation("given = { a = { mesure = \"m\" } }\nrequire = \"a > 1\""),
            "mesure",
            "unknown key `mesure`",
            "`measure`",
        ),
        (
            in_relation("given = { a = { measure = \"m\", colour = \"red\" } }\nrequire = \"a > 1\""),
            "colour",
            "unknown key",
            "scope = { colour",
        ),
        (
            in_relation("given = { a = { measure = \"= b.of\" } }\nrequire = \"a > 1\""),
            "\"= b.of\"",
            "no figure is bound to the name `b`",
            "bound first",
        ),
        (
            in_relation("given = { a = { measure = \"= a.of\" } }\nrequire = \"a > 1\""),
            "\"= a.of\"",
            "no figure is bound to the name `a`",
            "",
        ),
        (
            in_relation("given = { a = { measure = \"= b.of\" }, b = { measure = \"m\" } }\nrequire = \"a > b\""),
            "\"= b.of\"",
            "before this",
            "bind `b` first",
        ),
        (
            in_relation("given = { b = { measure = \"m\" }, a = { measure = \"= b\" } }\nrequire = \"a > b\""),
            "\"= b\"",
            "names no field",
            "= name.of",
        ),
        (
            in_relation("given = { b = { measure = \"m\" }, a = { measure = \"= b.unit\" } }\nrequire = \"a > b\""),
            "\"= b.unit\"",
            "from the field `unit`",
            "`of` or `in`",
        ),
        (
            in_relation(
                "given = { b = [{ measure = \"m\" }], a = { measure = \"= b.of\" } }\nrequire = \"a > sum(b)\"",
            ),
            "\"= b.of\"",
            "`b` is a set",
            "",
        ),
        (
            in_relation("given = { a = [{ measure = \"m\" }] }\nrequire = \"a > 1\""),
            "a",
            "cannot compare a set",
            "sum(a)",
        ),
        (
            in_relation("given = { a = [{ measure = \"m\" }] }\nrequire = \"a.of == 'x'\""),
            "a.of",
            "a set has no `of`",
            "in common",
        ),
        (in_relation("given = { a = { measure = \"*\" } }\nrequire = \"a > 1\""), "\"*\"", "says nothing", "*-mean"),
        (
            in_relation("given = { a = { measure = \"m\", when = \"someday\" } }\nrequire = \"a > 1\""),
            "\"someday\"",
            "not a date",
            "Q1 2025",
        ),
        (
            in_relation("given = { a = { measure = \"m\", when = \"= b.when\" } }\nrequire = \"a > 1\""),
            "\"= b.when\"",
            "time in words",
            "join",
        ),
        ("[edits.s]\nx = \"a +\"".to_owned(), "\"", "and the expression ends here", ""),
        ("[edits.s]\nx = \"a + b\"".to_owned(), "a + b", "this must be a condition", ""),
        ("[edits.s]\nx = \"a.b == 1\"".to_owned(), "a.b", "a column has no fields", "backticks"),
        ("[edits.s]\nx = \"m['2025'] == 1\"".to_owned(), "m['2025']", "columns of one line", "relation"),
    ] {
        let (sources, _, errors) = read(&[&text]);
        let [error] = errors.0.as_slice() else { panic!("{text}\n{:#?}", errors.0) };
        let at = error.at.as_ref().unwrap();
        assert!(
            sources.slice(at.span).starts_with(place) || at.span.start == at.span.end,
            "{text}\n{}",
            sources.slice(at.span)
        );
        assert!(error.message.contains(message), "{text}\n{}", error.message);
        let hints = format!("{} {}", at.text, error.help.as_deref().unwrap_or_default());
        assert!(hints.contains(hint), "{text}\n{hints}");
    }
}

#[test]
fn what_is_said_twice_is_shown_at_both_places() {
    let one = "[rule.r]\nkind = \"additive\"\n";
    let (sources, _, errors) = read(&[one, one]);
    let [error] = errors.0.as_slice() else { panic!("{:?}", errors.0) };
    assert_eq!(sources.path(error.at.as_ref().unwrap().span.file), "rules/2.toml");
    assert_eq!(sources.path(error.also[0].span.file), "rules/1.toml");
    let off = "[rule.additive]\nseverity = \"off\"\n";
    let (_, _, errors) = read(&[off, off]);
    assert!(errors.0[0].message.contains("set twice") && errors.0[0].also.len() == 1);
    let edits = "[edits.s]\nx = \"a == 1\"\n";
    let (_, _, errors) = read(&[edits, edits]);
    assert!(errors.0[0].message.contains("there already is a rule `x`") && errors.0[0].also.len() == 1);
}

#[test]
fn all_errors_of_a_file_come_together() {
    let (_, _, errors) = read(&[
        "[rule.a]\nkind = \"stage\"\n[rule.b]\nkind = \"relation\"\ngiven = { x = { measure = \"m\" } }\nrequire = \"x > y and z\"\n[measure.m]\nleast = \"x\"\n",
    ]);
    assert_eq!(errors.0.len(), 4, "{:#?}", errors.0);
}

#[test]
fn pages_are_whole() {
    for page in pages() {
        assert!(page.text.starts_with(&format!("# {}\n\n", page.id)), "{}", page.id);
        assert!(page.text.lines().all(|line| line.chars().count() <= 120), "{}", page.id);
        assert_eq!(page.text.matches("```").count() % 2, 0, "{}", page.id);
    }
    let ids: Vec<_> = pages().iter().map(|page| page.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids.len(), sorted.len());
    let findings = "contradiction disagreement question convention strained quote undecided nothing-checked";
    let kinds = "additive stages balance breakdown relation";
    for id in findings.split(' ').chain(kinds.split(' ')) {
        assert!(page(id).is_some(), "{id}");
    }
}

/// The blocks of a page's example: what stands before the first fence after a heading, and each block with the name it
/// is given.
fn blocks<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let Some((_, rest)) = text.split_once(&format!("## {heading}\n")) else { return Vec::new() };
    let section = rest.split("\n## ").next().unwrap_or(rest);
    section.split("```toml\n").skip(1).filter_map(|block| block.split("```").next()).collect()
}

#[test]
fn every_rule_has_an_example_that_clashes_and_one_that_does_not() {
    let rules = read(&[]).1;
    let kinds = ["stages", "balance", "breakdown", "relation"];
    for id in rules.rules.iter().map(|rule| rule.id.value.as_str()).chain(kinds) {
        let text = page(id).unwrap().text;
        for heading in ["Clashes", "Does not clash"] {
            let blocks = blocks(text, heading);
            assert!(!blocks.is_empty() && blocks[0].contains("[article]"), "{id}: {heading}");
            for rules in blocks.iter().skip(1) {
                own(rules);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_rule_file_makes_it_stumble(
        kind in "(relation|stages|balance|x)",
        name in "[a-z.*= -]{0,6}",
        expression in "[a-c0-9 <>=().'\\[\\]-]{0,12}",
        key in "(given|order|join|where|unknown|level)",
    ) {
        let text = format!(
            "[rule.r]\nkind = \"{kind}\"\ngiven.a = {{ measure = \"{name}\" }}\nunknown.b = {{}}\nrequire = \"{expression}\"\n{key}.c = \"{name}\"\n"
        );
        let (sources, _, errors) = read(&[&text]);
        for error in &errors.0 {
            if let Some(at) = &error.at {
                prop_assert!(at.span.end <= sources.text(at.span.file).len());
            }
        }
    }
}
