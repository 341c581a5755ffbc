//! A page a rule: what it says, with an example that clashes and one that does not.

/// What `explain` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rule's or finding kind's id.
    pub id: &'static str,
    /// The text, in Markdown.
    pub text: &'static str,
}

/// Every page, by id.
pub fn pages() -> &'static [Page] {
    &[]
}

/// The page of an id.
pub fn page(id: &str) -> Option<&'static Page> {
    pages().iter().find(|page| page.id == id)
}
