//! A page a rule, a page a kind of finding: what it says, with an example that clashes and one that does not.
//!
//! The pages stand beside this file. In an example the first block is a claim file, and a second one a rule file.

/// What `explain` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rule's or finding kind's id.
    pub id: &'static str,
    /// The text, in Markdown.
    pub text: &'static str,
}

/// The page whose file is named like its id.
macro_rules! page {
    ($id:literal) => {
        Page { id: $id, text: include_str!(concat!("pages/", $id, ".md")) }
    };
}

/// The standard rules, then the kinds that a rule of one's own may have, then the kinds of findings.
static PAGES: [Page; 19] = [
    page!("additive"),
    page!("same-figure"),
    page!("change"),
    page!("derived"),
    page!("percent-of-whole"),
    page!("percent-of-count"),
    page!("weekday"),
    page!("quote"),
    page!("stages"),
    page!("balance"),
    page!("breakdown"),
    page!("relation"),
    page!("contradiction"),
    page!("disagreement"),
    page!("question"),
    page!("convention"),
    page!("strained"),
    page!("undecided"),
    page!("nothing-checked"),
];

/// Every page: standard rules, kinds of rules, kinds of findings. What is two of these has one page.
pub fn pages() -> &'static [Page] {
    &PAGES
}

/// The page of an id.
pub fn page(id: &str) -> Option<&'static Page> {
    pages().iter().find(|page| page.id == id)
}
