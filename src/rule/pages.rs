//! A page for every rule, every kind of rule and of finding, and every table of a file: what it says, with examples of
//! what clashes, what does not, and what is refused.
//!
//! The pages stand beside this file. `docs/` is put together from them, and every example is run by a test. In an example
//! the first block is a claim file, and a second one a rule file; one before them that names packs is the configuration.

/// What `explain` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The id: that of a rule or of a kind of finding, or the name of a table.
    pub id: &'static str,
    /// What it is about.
    pub about: Topic,
    /// The text, in Markdown.
    pub text: &'static str,
}

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A rule of the standard pack, or a kind of rule.
    Rule,
    /// A kind of finding.
    Finding,
    /// A table of claim files or rule files, or the language in them.
    File,
}

/// A document that is put together from pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it stands.
    pub path: &'static str,
    title: &'static str,
    opening: Opening,
    pages: &'static [&'static str],
}

/// How a document begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// With the text of a page.
    Page(&'static str),
    /// With a text of its own.
    Text(&'static str),
}

/// The page whose file is named like its id.
macro_rules! page {
    ($about:ident, $id:literal) => {
        Page { id: $id, about: Topic::$about, text: include_str!(concat!("pages/", $id, ".md")) }
    };
}

/// The standard rules, then those of other packs, then the kinds that a rule of one's own may have, then the kinds of
/// findings, then the tables of files.
static PAGES: [Page; 44] = [
    page!(Rule, "additive"),
    page!(Rule, "same-figure"),
    page!(Rule, "change"),
    page!(Rule, "derived"),
    page!(Rule, "percent-of-whole"),
    page!(Rule, "percent-of-count"),
    page!(Rule, "weekday"),
    page!(Rule, "quote"),
    page!(Rule, "grim"),
    page!(Rule, "grimmer"),
    page!(Rule, "debit"),
    page!(Rule, "stages"),
    page!(Rule, "balance"),
    page!(Rule, "breakdown"),
    page!(Rule, "relation"),
    page!(Finding, "contradiction"),
    page!(Finding, "disagreement"),
    page!(Finding, "question"),
    page!(Finding, "convention"),
    page!(Finding, "strained"),
    page!(Finding, "undecided"),
    page!(Finding, "nothing-checked"),
    page!(Finding, "waiver"),
    page!(Finding, "waived"),
    page!(File, "claim-files"),
    page!(File, "article"),
    page!(File, "claim"),
    page!(File, "when"),
    page!(File, "scope"),
    page!(File, "claims"),
    page!(File, "table"),
    page!(File, "event"),
    page!(File, "text"),
    page!(File, "check"),
    page!(File, "assume"),
    page!(File, "rate"),
    page!(File, "waive"),
    page!(File, "rule-files"),
    page!(File, "measure"),
    page!(File, "dimension"),
    page!(File, "expressions"),
    page!(File, "edits"),
    page!(File, "statistics"),
    page!(File, "rules"),
];

static DOCUMENTS: [Document; 4] = [
    Document {
        path: "docs/claims.md",
        title: "Claim files",
        opening: Opening::Page("claim-files"),
        pages: &[
            "article", "claim", "when", "scope", "claims", "table", "event", "text", "check", "assume", "rate", "waive",
        ],
    },
    Document {
        path: "docs/rules.md",
        title: "Rule files",
        opening: Opening::Page("rule-files"),
        pages: &[
            "measure",
            "dimension",
            "additive",
            "stages",
            "balance",
            "breakdown",
            "relation",
            "expressions",
            "edits",
            "same-figure",
            "change",
            "derived",
            "percent-of-whole",
            "percent-of-count",
            "weekday",
            "quote",
            "rules",
        ],
    },
    Document {
        path: "docs/statistics.md",
        title: "Statistics",
        opening: Opening::Page("statistics"),
        pages: &["grim", "grimmer", "debit"],
    },
    Document {
        path: "docs/findings.md",
        title: "Findings",
        opening: Opening::Text(include_str!("pages/intro/findings.md")),
        pages: &[
            "contradiction",
            "disagreement",
            "question",
            "convention",
            "strained",
            "undecided",
            "nothing-checked",
            "waiver",
            "waived",
        ],
    },
];

/// Every page: standard rules, kinds of rules, kinds of findings, tables of files. What is two of these has one page.
pub fn pages() -> &'static [Page] {
    &PAGES
}

/// The page of an id.
pub fn page(id: &str) -> Option<&'static Page> {
    pages().iter().find(|page| page.id == id)
}

/// The documents that are put together from pages.
pub fn documents() -> &'static [Document] {
    &DOCUMENTS
}

impl Page {
    /// Its text below its heading.
    fn body(&self) -> &'static str {
        self.text.split_once('\n').map_or("", |(_, body)| body).trim()
    }
}

impl Document {
    /// The whole text.
    pub fn text(&self) -> String {
        let opening = match self.opening {
            Opening::Page(id) => page(id).map_or("", Page::body),
            Opening::Text(text) => text.trim(),
        };
        let mut text = format!("# {}\n\n{opening}\n", self.title);
        for page in self.pages.iter().filter_map(|id| page(id)) {
            text.push_str(&format!("\n## {}\n\n{}\n", page.id, lowered(page.body())));
        }
        text
    }
}

/// The same with every heading a level lower; what stands in a block of code is none.
fn lowered(markdown: &str) -> String {
    let mut in_code = false;
    let lines = markdown.lines().map(|line| {
        in_code ^= line.starts_with("```");
        if line.starts_with('#') && !in_code { format!("#{line}") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}
