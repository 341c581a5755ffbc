//! A claim as a claim file writes it down.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A claim, in the words in which a claim file states it.
///
/// ```
/// use addup::generate::{Stated, WrittenClaim, WrittenFigure};
/// let cases = WrittenFigure { digits: Some(-2), ..WrittenFigure::new("cases", "1,200", "2025-11") };
/// let claim = WrittenClaim { article: "harbour".into(), name: "november".into(), states: Stated::Figure(cases) };
/// assert_eq!(claim.id(), "harbour/november");
/// assert_eq!(claim.toml(), "\
/// [claim.november]
/// value   = \"1,200\"
/// digits  = -2
/// measure = \"cases\"
/// when    = \"2025-11\"
/// ");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenClaim {
    /// The article that it stands in, which is the stem of its claim file.
    pub article: String,
    /// Its id in there.
    pub name: String,
    /// What it states.
    pub states: Stated,
}

/// What a claim states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// A value of a measure.
    Figure(WrittenFigure),
    /// The date of an event.
    Event {
        /// The date: `2025-11-18`, or `2025-11` for some day of it.
        on: String,
    },
}

/// A figure in the words in which a claim file states it: see `docs/claims.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenFigure {
    /// What is counted.
    pub measure: String,
    /// The words of the figure: `about 1,300`, `12.50`, `37%`.
    pub value: String,
    /// To how many decimals it is rounded, if that is said beside it: -2 is the nearest hundred.
    pub digits: Option<i32>,
    /// Over what time: `2025-11`, `through 2025-11-30`.
    pub when: String,
    /// For whom and where: the member of each dimension.
    pub scope: BTreeMap<String, String>,
    /// Of a percentage: the part, which is a measure or the name of a claim.
    pub of: Option<String>,
    /// Of a percentage: the whole, likewise. Claim files call it `in`.
    pub whole: Option<String>,
}

impl WrittenFigure {
    /// A figure of which no more is said than its measure, its value and its time.
    pub fn new(measure: impl Into<String>, value: impl Into<String>, when: impl Into<String>) -> Self {
        Self { measure: measure.into(), value: value.into(), when: when.into(), ..Self::default() }
    }
}

impl WrittenClaim {
    /// Its id as reports and truth files have it.
    pub fn id(&self) -> String {
        format!("{}/{}", self.article, self.name)
    }

    /// Its figure, if it states one.
    pub fn figure(&self) -> Option<&WrittenFigure> {
        match &self.states {
            Stated::Figure(figure) => Some(figure),
            Stated::Event { .. } => None,
        }
    }

    /// Its table in a claim file: `[claim.NAME]` or `[event.NAME]`, and the lines below.
    pub fn toml(&self) -> String {
        let name = key(&self.name);
        let mut text = String::new();
        // Writing to a string cannot fail, here and below.
        let _ = match &self.states {
            Stated::Event { on } => write!(text, "[event.{name}]\non = {}\n", quoted(on)),
            Stated::Figure(figure) => write!(text, "[claim.{name}]\n{}", figure.lines()),
        };
        text
    }
}

impl WrittenFigure {
    fn lines(&self) -> String {
        let mut text = String::new();
        let mut line = |key: &str, value: String| {
            let _ = writeln!(text, "{key:7} = {value}");
        };
        line("value", quoted(&self.value));
        if let Some(digits) = self.digits {
            line("digits", digits.to_string());
        }
        line("measure", quoted(&self.measure));
        line("when", quoted(&self.when));
        if !self.scope.is_empty() {
            let members: Vec<String> = self
                .scope
                .iter()
                .map(|(dimension, member)| format!("{} = {}", key(dimension), quoted(member)))
                .collect();
            line("scope", format!("{{ {} }}", members.join(", ")));
        }
        for (key, of) in [("of", &self.of), ("in", &self.whole)] {
            if let Some(of) = of {
                line(key, quoted(of));
            }
        }
        text
    }
}

/// A string as TOML writes it on one line: as JSON does, but for the one control character that JSON leaves alone.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

/// A key as TOML writes it, in quotation marks where it needs them.
fn key(name: &str) -> String {
    let is_bare = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_in_its_words_can_be_read_back() {
        let scope = [("place of \"birth\"".to_owned(), "Ö\\'\n".to_owned())];
        let figure = WrittenFigure { scope: scope.into(), ..WrittenFigure::new("cases", "\"12\" '", "2025") };
        for name in ["plain-name", "figures[g1,2015-01].start", "", "a'b\"c\t\u{7f}"] {
            let states = Stated::Figure(figure.clone());
            let claim = WrittenClaim { article: "a".to_owned(), name: name.to_owned(), states };
            let read: toml::Table = claim.toml().parse().unwrap();
            let lines = read["claim"][name].as_table().unwrap();
            assert_eq!(lines["value"].as_str(), Some("\"12\" '"));
            assert_eq!(lines["scope"]["place of \"birth\""].as_str(), Some("Ö\\'\n"));
        }
    }
}
