//! The schemas of the files that are written for the program.

use super::shape::{Shape, TEXTS, WRITTEN};
use super::{Root, closed, described};
use crate::workspace::CONFIG_KEYS;
use crate::{claim, rule};
use serde_json::{Value, json};

use Shape::{Any, Either, List, Map, Named, Number, One, Table, TableAnd, Text, Truth, Whole};

/// What the keys of a table hold.
type Keys = &'static [(&'static str, Shape)];

const ROUNDING: Shape = One(&["nearest", "half-up", "half-down", "truncate", "floor", "ceiling", "exact"]);
const DIGITS: Shape = Either(&[One(&["written", "exact"]), Whole]);
const SCOPE: Shape = Map(&WRITTEN);
const SURE: Shape = WRITTEN;
/// Something for a whole table, or by row.
const FROM: Shape = Either(&[Text, Number, COLUMN]);
const COLUMN: Shape = Table(&[("column", Text), ("as", Text), ("missing", TEXTS)]);
const NAME_OF_COLUMN: Shape = Either(&[Text, Table(&[("column", Text)])]);
const FAIL_LEVEL: Shape = One(&["error", "warning", "note"]);
const SEVERITY: Shape = One(&["error", "warning", "note", "off"]);

const CONVENTIONS: [(&str, Shape); 5] = [
    ("week-starts", One(&["monday", "sunday", "rolling"])),
    ("since", One(&["start", "end"])),
    ("seasons", One(&["north", "south"])),
    ("fiscal-year-starts", Whole),
    ("fiscal-year-named-for", One(&["start", "end"])),
];

const WAIVE: [(&str, Shape); 5] =
    [("claims", TEXTS), ("rule", TEXTS), ("because", Text), ("until", WRITTEN), ("gap-up-to", WRITTEN)];

/// What the keys of each table hold, by the name of the page that explains it. A key that is named nowhere may hold
/// anything.
const TABLES: &[(&str, Keys)] = &[
    (
        "article",
        &[
            ("title", Text),
            ("id", Text),
            ("dateline", WRITTEN),
            ("draft", Text),
            ("source", Text),
            ("scope", SCOPE),
            ("compare", One(&["article", "story", "all"])),
            ("story", Text),
            ("rounding", ROUNDING),
            ("digits", DIGITS),
            ("url", Text),
            ("note", Text),
        ],
    ),
    ("article", &CONVENTIONS),
    (
        "claim",
        &[
            ("quote", TEXTS),
            ("value", WRITTEN),
            ("measure", Text),
            ("when", WRITTEN),
            ("scope", SCOPE),
            ("source", Text),
            ("unit", Text),
            ("of", Text),
            ("in", Text),
            ("is", Text),
            ("supersedes", TEXTS),
            ("rounding", ROUNDING),
            ("digits", DIGITS),
            ("confidence", SURE),
            ("fixed", Truth),
            ("url", Text),
            ("note", Text),
        ],
    ),
    (
        "claims",
        &[
            ("by", Text),
            ("values", Map(&Either(&[Text, Number, List(&WRITTEN)]))),
            ("measure", Text),
            ("when", WRITTEN),
            ("scope", SCOPE),
            ("source", Text),
            ("unit", Text),
            ("of", Text),
            ("in", Text),
            ("rounding", ROUNDING),
            ("digits", DIGITS),
            ("confidence", SURE),
            ("fixed", Truth),
            ("url", Text),
            ("note", Text),
        ],
    ),
    (
        "table",
        &[
            ("files", TEXTS),
            ("format", One(&["csv", "jsonl", "parquet"])),
            ("delimiter", Text),
            ("layout", One(&["long", "wide"])),
            ("measure", FROM),
            (
                "value",
                Either(&[
                    Text,
                    Table(&[
                        ("column", Text),
                        ("missing", TEXTS),
                        ("digits", Either(&[One(&["written", "exact"]), Whole, NAME_OF_COLUMN])),
                        ("rounding", ROUNDING),
                    ]),
                ]),
            ),
            (
                "measures",
                Either(&[
                    TEXTS,
                    Map(&Either(&[
                        Text,
                        Table(&[
                            ("measure", Text),
                            ("when", FROM),
                            ("unit", FROM),
                            ("missing", TEXTS),
                            ("digits", Either(&[One(&["written", "exact"]), Whole, NAME_OF_COLUMN])),
                            ("rounding", ROUNDING),
                        ]),
                    ])),
                ]),
            ),
            ("dates", TEXTS),
            ("texts", TEXTS),
            ("when", FROM),
            ("source", FROM),
            ("unit", FROM),
            ("scope", Map(&FROM)),
            ("of", FROM),
            ("in", FROM),
            ("key", TEXTS),
            ("weight", NAME_OF_COLUMN),
            ("fixed", Either(&[Truth, TEXTS])),
            ("skip", Table(&[("column", Text), ("values", TEXTS)])),
            ("note", Text),
        ],
    ),
    (
        "event",
        &[
            ("on", WRITTEN),
            ("quote", TEXTS),
            ("scope", SCOPE),
            ("source", Text),
            ("supersedes", TEXTS),
            ("url", Text),
            ("note", Text),
        ],
    ),
    (
        "text",
        &[
            ("about", Text),
            ("says", Text),
            ("quote", TEXTS),
            ("source", Text),
            ("supersedes", TEXTS),
            ("url", Text),
            ("note", Text),
        ],
    ),
    ("check", &[("require", Text), ("because", Text), ("severity", FAIL_LEVEL), ("note", Text)]),
    ("assume", &[("that", Text), ("because", Text), ("note", Text)]),
    ("waive", &WAIVE),
    (
        "measure",
        &[
            ("over-time", One(&["adds", "distinct", "level", "none"])),
            ("least", WRITTEN),
            ("greatest", WRITTEN),
            ("integer", Truth),
            ("unit", Text),
            ("adds-over", TEXTS),
            ("origin", WRITTEN),
            ("rounding", ROUNDING),
            ("digits", DIGITS),
            ("mean-of", Text),
            ("n", Text),
            ("sd", Text),
            ("items", WRITTEN),
            ("about", Text),
            ("note", Text),
        ],
    ),
    ("dimension", &[("members", TEXTS), ("parents", Text), ("complete", Truth), ("about", Text), ("note", Text)]),
    ("rule-files", &[("about", Text), ("says", Text), ("severity", SEVERITY)]),
    ("additive", &[("measures", TEXTS)]),
    ("stages", &[("order", TEXTS), ("opening", Either(&[One(&["unknown"]), Whole]))]),
    ("balance", &[("level", Text), ("in", TEXTS), ("out", TEXTS)]),
    ("breakdown", &[("dimension", Text), ("measures", TEXTS)]),
    (
        "relation",
        &[
            ("given", Map(&Either(&[Named("binding"), List(&Named("binding"))]))),
            ("require", Text),
            ("where", Text),
            ("join", TEXTS),
            ("unknown", Map(&Table(&[("integer", Truth), ("least", WRITTEN), ("greatest", WRITTEN)]))),
        ],
    ),
];

const BINDING: Shape = TableAnd(&[("measure", Text), ("unit", Text), ("when", WRITTEN), ("scope", SCOPE)], &WRITTEN);

/// What the keys of the configuration hold, and what they settle.
const CONFIG: &[(&str, Shape, &str)] = &[
    ("claims", TEXTS, "claim files, or folders of such"),
    ("rules", TEXTS, "rule files, or folders of such"),
    (
        "packs",
        Either(&[One(&["statistics"]), List(&One(&["statistics"]))]),
        "packs of rules that are on besides the standard one",
    ),
    ("compare", One(&["article", "story", "all"]), "which articles an article's claims meet, unless it says so itself"),
    (
        "between-sources",
        One(&["disagreement", "contradiction"]),
        "what it is that two sources of an article give one figure differently",
    ),
    ("fail-level", FAIL_LEVEL, "the least severity that fails a run"),
    ("fail-on", TEXTS, "kinds of findings that fail a run whatever they weigh"),
    ("convention", Table(&CONVENTIONS), "what articles settle, unless they say so themselves"),
    (
        "reading",
        TableAnd(
            &[("rounding", ROUNDING), ("digits", DIGITS)],
            &Table(&[("hard", Text), ("soft", Text), ("words", TEXTS), ("after", TEXTS)]),
        ),
        "how digits and the words beside them are taken",
    ),
    ("rate", Map(&WRITTEN), "what currencies are worth"),
    ("severity", Map(&SEVERITY), "how much kinds of findings and rules weigh"),
    ("folder", Map(&Table(&[("severity", Map(&FAIL_LEVEL))])), "how much they weigh below a folder"),
    ("error-if", Map(&Text), "how many breaches of a rule it takes for them to be errors: \"> 5\", \"> 0.1%\""),
    ("baseline", Text, "the file of clashes that are known"),
    ("waive", List(&Table(&WAIVE)), "clashes that are known and accepted"),
    ("confidence", Map(&SURE), "how sure the workspace is of the claims of a source, above 0 and up to 1"),
];

/// What a key of a table holds.
fn shape(page: &str, key: &str) -> Shape {
    let keys = TABLES.iter().filter(|(name, _)| *name == page).flat_map(|(_, keys)| keys.iter());
    keys.into_iter().find(|(name, _)| *name == key).map_or(Any, |(_, shape)| *shape)
}

/// A table with the keys that its loader knows, each explained as on its page.
fn table(page: &str, keys: &[&str]) -> Value {
    closed(keys.iter().map(|key| property(page, key)), &[])
}

fn property(page: &str, key: &str) -> (String, Value) {
    let about = explained(page, key);
    (key.to_owned(), described(&shape(page, key), about.as_deref()))
}

/// What a page says of a key, in plain words.
fn explained(page: &str, key: &str) -> Option<String> {
    let wanted = format!("`{key}`");
    let rows = rule::page(page)?.text.lines().filter_map(|line| line.strip_prefix("| "));
    let mut rows = rows.filter_map(|row| row.trim_end_matches(" |").split_once(" | "));
    let (_, about) = rows.find(|(keys, _)| keys.contains(&wanted))?;
    Some(without_links(about))
}

/// `as in a [claim](#claim)` without where it leads.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        match link.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1))) {
            Some((words, after)) if !words.contains('[') => {
                plain.push_str(&format!("{before}{words}"));
                rest = after;
            }
            _ => {
                plain.push_str(&format!("{before}["));
                rest = link;
            }
        }
    }
    plain + rest
}

/// The tables of a file, each by its name: `[claim.ID]` for `claim`.
fn sections(names: &[&str], page: &str) -> Vec<(String, Value)> {
    let section = |name: &str| match name {
        "article" => Named("article"),
        "rate" => Map(&WRITTEN),
        "table" => List(&Named("table")),
        "claim" => Map(&Named("claim")),
        "claims" => Map(&Named("claims")),
        "event" => Map(&Named("event")),
        "text" => Map(&Named("text")),
        "check" => Map(&Named("check")),
        "assume" => Map(&Named("assume")),
        "waive" => List(&Named("waive")),
        "measure" => Map(&Named("measure")),
        "dimension" => Map(&Named("dimension")),
        "rule" => Map(&Named("rule")),
        "edits" => Map(&Map(&Text)),
        _ => Any,
    };
    let about = |name| explained(page, name);
    names.iter().map(|name| ((*name).to_owned(), described(&section(name), about(name).as_deref()))).collect()
}

/// The keys of the tables of claim files.
fn tables() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    claim::known_keys().into_iter().filter(|(page, _)| *page != "claim-files")
}

pub(super) fn claim() -> Root {
    let names = claim::known_keys().into_iter().find(|(page, _)| *page == "claim-files");
    let root = closed(sections(names.map_or(&[], |(_, keys)| keys), "claim-files"), &[]);
    (root, tables().map(|(page, keys)| (page.to_owned(), table(page, keys))).collect())
}

pub(super) fn rule() -> Root {
    let root = closed(sections(rule::FILE_KEYS, "rule-files"), &[]);
    let vocabulary = tables().filter(|(page, _)| ["measure", "dimension"].contains(page));
    let mut definitions: Vec<(String, Value)> =
        vocabulary.map(|(page, keys)| (page.to_owned(), table(page, keys))).collect();
    let common = || rule::COMMON_KEYS.iter().filter(|key| **key != "kind").map(|key| property("rule-files", key));
    let kind = |name: &str, own: &[&str]| {
        let own = own.iter().map(|key| property(name, key));
        let kind = json!({ "const": name, "description": explained("rule-files", "kind") });
        closed(common().chain(own).chain([("kind".to_owned(), kind)]), &["kind"])
    };
    let mut kinds: Vec<Value> = rule::kinds().into_iter().map(|(name, own)| kind(name, own)).collect();
    kinds.push(closed([property("rule-files", "severity")], &["severity"]));
    definitions.push(("rule".to_owned(), json!({ "anyOf": kinds })));
    definitions.push(("binding".to_owned(), BINDING.schema()));
    (root, definitions)
}

pub(super) fn config() -> Root {
    let property = |key: &&str| {
        let known = CONFIG.iter().find(|(name, ..)| name == key);
        let value = known.map_or_else(|| json!({}), |(_, shape, about)| described(shape, Some(about)));
        ((*key).to_owned(), value)
    };
    (closed(CONFIG_KEYS.iter().map(property), &[]), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_a_claim_file_and_a_rule_file_has_a_shape() {
        let kinds = rule::kinds().into_iter();
        let known = tables().chain(kinds.filter(|(page, _)| *page != "built-in"));
        let open: Vec<(&str, &str)> = known
            .flat_map(|(page, keys)| keys.iter().map(move |key| (page, *key)))
            .filter(|(page, key)| matches!(shape(page, key), Any))
            .collect();
        assert_eq!(open, Vec::new(), "these may hold anything");
        for (page, keys) in TABLES {
            let known: Vec<&str> =
                tables().filter(|(name, _)| name == page).flat_map(|(_, keys)| keys).copied().collect();
            if !known.is_empty() {
                assert!(keys.iter().all(|(key, _)| known.contains(key)), "{page} has a key that no loader knows");
            }
        }
    }

    #[test]
    fn a_description_has_no_links() {
        assert_eq!(without_links("as in a [claim](#claim), `[a]` or `x[0]`"), "as in a claim, `[a]` or `x[0]`");
        assert_eq!(explained("claim", "rounding").as_deref().map(|text| text.contains("](")), Some(false));
    }
}
