//! The schema of the JSON report, and what each of its fields means, of which `docs/json.md` is made.

use super::shape::Shape;
use super::{Root, closed, described};

use Shape::{Either, List, Map, Named, Null, One, Text, Truth, Whole};

const TEXT_OR_NULL: Shape = Either(&[Text, Null]);
const TEXTS: Shape = List(&Text);
const KINDS: Shape = One(&[
    "contradiction",
    "quote",
    "undecided",
    "nothing-checked",
    "disagreement",
    "question",
    "convention",
    "strained",
    "waiver",
    "waived",
]);

/// A field: its name, whether it is always there, what it looks like, and what it means.
type Field = (&'static str, bool, Shape, &'static str);

const PLACE: [Field; 6] = [
    ("file", true, Text, "the file, as seen from the folder of the workspace"),
    ("line", true, Whole, "the line, from 1; in a Parquet file the row"),
    ("column", true, Whole, "the column, from 1, in characters; in a Parquet file the number of the column"),
    ("end-line", true, Whole, "the line of the end"),
    ("end-column", true, Whole, "the column after the last character"),
    ("column-name", false, Text, "in a Parquet file the name of the column"),
];

const REPORT: &[Field] = &[
    ("schema", true, Whole, "1: the number of this format"),
    (
        "verdict",
        true,
        One(&["contradicted", "undecided", "nothing-checked", "consistent"]),
        "what the run says as a whole; it follows the kinds of the findings, not their severities",
    ),
    ("since", false, Named("since"), "under `--changed`: since when what changed decides"),
    ("supposed", false, Map(&Text), "under `--set`: what was supposed instead of what the files say, by claim"),
    ("summary", true, Named("summary"), "counts"),
    (
        "findings",
        false,
        List(&Named("finding")),
        "the most serious first, then by place; in `jsonl` each is a line of its own",
    ),
    ("causes", false, List(&Named("cause")), "clashes that share claims, and what settles them together"),
    ("claims", false, List(&Named("claim")), "under `--show claims`: every claim"),
    ("unchecked", true, Named("unchecked"), "what was not checked"),
    ("reworded", true, List(&Named("reworded")), "quotes that the draft has in other words, or in another order"),
];

const SINCE: &[Field] = &[
    ("revision", true, Text, "the revision, as it was asked for"),
    ("others", true, Whole, "how many findings have to do with nothing that changed, and are not here"),
];

const SUMMARY: &[Field] = &[
    ("articles", true, Whole, "articles read"),
    ("claims", true, Whole, "claims read"),
    ("figures", true, Whole, "figures that they are about"),
    ("quotes", true, Whole, "quotes, weekdays and relative words that were checked"),
    ("constraints", true, Named("constraints"), "how many constraints came out how"),
    ("findings", true, Map(&Whole), "how many findings there are of each kind; kinds without any are left out"),
    ("all", false, Named("all"), "under `--show all=N`: how the search for every contradiction ended"),
];

const CONSTRAINTS: &[Field] = &[
    ("holds", true, Whole, "satisfied by every choice of true values"),
    ("fits", true, Whole, "satisfied by some"),
    ("contradicted", true, Whole, "satisfied by none"),
    ("undecided", true, Whole, "not decided"),
];

const ALL: &[Field] = &[
    ("limit", true, Whole, "how many contradictions were asked for at most"),
    ("complete", true, Truth, "whether there are no others"),
];

const FINDING: &[Field] = &[
    (
        "fingerprint",
        true,
        Text,
        "SHA-256 of rules, claims and their readings: the same from run to run, wherever lines move",
    ),
    ("kind", true, KINDS, "the kind of the finding"),
    ("reach", true, One(&["single", "joint"]), "`single` if one constraint alone is contradicted"),
    ("severity", true, One(&["error", "warning", "note"]), "how much it weighs"),
    ("claims", true, TEXTS, "the ids of the claims that clash"),
    ("rules", true, TEXTS, "the ids of the rules that they break"),
    ("message", true, Text, "what is wrong, in one sentence"),
    ("arithmetic", true, TEXT_OR_NULL, "the same in figures: `154 + 92 = 246 > 231`"),
    ("steps", true, TEXTS, "the steps in words"),
    ("leans-on", true, TEXTS, "the ids of the assumptions that it leans on"),
    ("unsaid", true, TEXTS, "what the text leaves unsaid, and has to be so for a clash"),
    ("question", true, TEXT_OR_NULL, "the question to put to the source"),
    ("paste", true, TEXT_OR_NULL, "the lines to paste into a file that settle it"),
    ("locations", true, List(&Named("location")), "where to look; the finding is shown at the first"),
    ("repairs", true, List(&Named("repair")), "what would settle it, or the cause that it is of"),
    ("waived", false, Named("waived"), "if it is waived: how"),
];

const WAIVED: &[Field] = &[
    ("kind", true, KINDS, "what kind of clash it is"),
    ("because", true, TEXT_OR_NULL, "why it is accepted; `null` if it is known from the baseline"),
    ("until", true, TEXT_OR_NULL, "the last day on which it is, if there is one"),
];

const LOCATION: &[Field] = &[
    ("claim", true, TEXT_OR_NULL, "the claim whose place it is"),
    ("role", true, One(&["primary", "secondary"]), "`primary` for one of the clashing claims"),
    ("label", true, Text, "what is to be seen there"),
];

const REPAIR: &[Field] = &[
    ("claims", true, TEXTS, "the claims to change"),
    ("values", true, Map(&Text), "for each, the values that settle it: `[246, ∞)`"),
    ("exact", true, Truth, "whether each of these values does; if not, they only hold all that do"),
    ("words", true, Text, "the same in words"),
    ("slip", true, TEXT_OR_NULL, "the likely slip, if one is recognised"),
];

const CAUSE: &[Field] = &[
    (
        "settled",
        true,
        One(&["repairs", "fixed", "unknown"]),
        "`repairs`; `fixed` if no claim may be given up; `unknown` if the budget did not suffice",
    ),
    ("findings", true, TEXTS, "the fingerprints of the findings that it explains"),
    ("repairs", true, List(&Named("repair")), "the ways to settle all of them with the least weight of claims"),
    ("weight", false, Text, "what the claims of each repair weigh together"),
    ("complete", false, Truth, "whether no other claims weigh as little"),
    ("proven", false, Truth, "whether no claims weigh less"),
    ("clashes", true, List(&TEXTS), "the clashes of which each repair has a claim, by their claims"),
];

const CLAIM: &[Field] = &[
    ("claim", true, Text, "its id"),
    ("what", true, Text, "what it is of: a measure, an event, a text"),
    ("readings", true, List(&Named("reading")), "each mention and how it is read"),
    ("time", true, TEXT_OR_NULL, "its time, in words"),
    ("scope", true, TEXT_OR_NULL, "its scope, in words"),
    ("source", true, TEXT_OR_NULL, "who says so"),
    ("constraints", true, List(&Named("constraint")), "the constraints that touch it"),
    ("untouched-because", true, TEXT_OR_NULL, "why none does, if none does"),
];

const READING: &[Field] = &[("words", true, Text, "the words"), ("reads", true, Text, "the values that they admit")];

const CONSTRAINT: &[Field] = &[
    ("rule", true, Text, "the rule"),
    ("words", true, Text, "what it says of the claim"),
    ("verdict", true, One(&["holds", "fits", "contradicted", "undecided"]), "what became of it"),
];

const UNCHECKED: &[Field] = &[
    ("claims", true, List(&Named("unchecked-claim")), "claims that no constraint touches"),
    ("rules", true, List(&Named("unchecked-rule")), "own rules and checks that did not apply, or not everywhere"),
    ("quotes", false, List(&Named("unchecked-quote")), "quotes without a figure to hold the value against"),
    ("draft", true, List(&Named("unchecked-figure")), "figures of a draft that no claim covers"),
    (
        "beyond",
        false,
        List(&Named("beyond")),
        "what was decided as it stands, and not once more is supposed than is said",
    ),
];

const UNCHECKED_CLAIM: &[Field] = &[("claim", true, Text, "the claim"), ("because", true, Text, "why")];
const UNCHECKED_RULE: &[Field] = &[
    ("rule", true, Text, "the rule or check"),
    ("because", false, Text, "why, if more is known than that nothing fits it"),
];
const UNCHECKED_QUOTE: &[Field] = &[("claim", true, Text, "the claim")];
const UNCHECKED_FIGURE: &[Field] = &[("text", true, Text, "the figure, as the draft writes it")];
const BEYOND: &[Field] = &[("claims", true, TEXTS, "the claims"), ("because", true, Text, "what is supposed")];

const REWORDED: &[Field] = &[
    ("claim", true, Text, "the claim"),
    ("state", true, One(&["moved", "reworded"]), "`moved` if they are the same words in another order"),
    ("quote", true, Text, "the words of the claim file"),
    ("draft", true, Text, "the words of the draft"),
];

/// Every object of a report: its name, its fields, and whether it has a place.
const OBJECTS: &[(&str, &[Field], bool)] = &[
    ("report", REPORT, false),
    ("since", SINCE, false),
    ("summary", SUMMARY, false),
    ("constraints", CONSTRAINTS, false),
    ("all", ALL, false),
    ("finding", FINDING, false),
    ("location", LOCATION, true),
    ("waived", WAIVED, false),
    ("repair", REPAIR, false),
    ("cause", CAUSE, false),
    ("claim", CLAIM, true),
    ("reading", READING, false),
    ("constraint", CONSTRAINT, false),
    ("unchecked", UNCHECKED, false),
    ("unchecked-claim", UNCHECKED_CLAIM, false),
    ("unchecked-rule", UNCHECKED_RULE, true),
    ("unchecked-quote", UNCHECKED_QUOTE, true),
    ("unchecked-figure", UNCHECKED_FIGURE, true),
    ("beyond", BEYOND, false),
    ("reworded", REWORDED, true),
];

fn object(fields: &[Field], has_place: bool) -> serde_json::Value {
    let place = if has_place { &PLACE[..] } else { &[] };
    let all = || place.iter().chain(fields);
    let required: Vec<&str> = all().filter(|(_, always, ..)| *always).map(|(name, ..)| *name).collect();
    closed(all().map(|(name, _, shape, about)| ((*name).to_owned(), described(shape, Some(about)))), &required)
}

pub(super) fn report() -> Root {
    let mut objects = OBJECTS.iter().map(|(name, fields, has_place)| ((*name).to_owned(), object(fields, *has_place)));
    let root = objects.next().map_or(serde_json::Value::Null, |(_, root)| root);
    (root, objects.collect())
}

/// The fields of every object of a report as tables in Markdown, in the order in which they meet a reader.
pub fn fields() -> String {
    let mut text = String::new();
    for (name, fields, has_place) in OBJECTS {
        text.push_str(&format!("### {name}\n\n"));
        if *has_place {
            text.push_str("With the fields of a [place](#place), and:\n\n");
        }
        text.push_str(&rows(fields));
    }
    text.push_str(&format!("### place\n\n{}", rows(&PLACE)));
    text
}

fn rows(fields: &[Field]) -> String {
    let mut text = "| field | holds | meaning |\n|---|---|---|\n".to_owned();
    for (name, always, shape, about) in fields {
        let holds = if *always { words(shape) } else { format!("{}, or left out", words(shape)) };
        text.push_str(&format!("| `{name}` | {holds} | {about} |\n"));
    }
    text + "\n"
}

/// What a value looks like, for people.
fn words(shape: &Shape) -> String {
    match shape {
        Text => "text".to_owned(),
        Whole => "whole number".to_owned(),
        Truth => "`true` or `false`".to_owned(),
        Null => "`null`".to_owned(),
        One(names) => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
        Either(shapes) => shapes.iter().map(words).collect::<Vec<_>>().join(" or "),
        List(shape) => format!("list: {}", words(shape)),
        Map(shape) => format!("by name: {}", words(shape)),
        Named(name) => format!("[{name}](#{name})"),
        _ => "anything".to_owned(),
    }
}
