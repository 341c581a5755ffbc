//! What is wrong with an input: always with a place, and with how to mend it where we know.

use super::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth asking about.
    Warning,
    /// Cannot stand.
    Error,
}

/// A remark at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// Why an input cannot be understood. All errors of a run are collected and shown together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct InputError {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where; `None` only if there is no text to point into (a file that is missing or not UTF-8).
    pub at: Option<Label>,
    /// The path to show when there is no span.
    pub path: Option<String>,
    /// Other places that matter.
    pub also: Vec<Label>,
    /// How to mend it.
    pub help: Option<String>,
}

impl InputError {
    /// An error at a place.
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            at: Some(Label { span, text: String::new() }),
            path: None,
            also: Vec::new(),
            help: None,
        }
    }

    /// An error about a file as a whole.
    pub fn of_file(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { message: message.into(), at: None, path: Some(path.into()), also: Vec::new(), help: None }
    }

    /// Says what is to be seen at the place of the error.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(at) = &mut self.at {
            at.text = text.into();
        }
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Every error of a run, in the order of their files and places.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the input cannot be understood ({} errors)", .0.len())]
pub struct InputErrors(pub Vec<InputError>);

impl InputErrors {
    /// Adds an error.
    pub fn push(&mut self, error: InputError) {
        self.0.push(error);
    }

    /// Puts them in the order of their files and places; those of a file as a whole come first, by path.
    pub fn sort(&mut self) {
        self.0.sort_by(|one, other| {
            let key = |error: &InputError| error.at.as_ref().map(|at| at.span);
            key(one).cmp(&key(other)).then_with(|| one.path.cmp(&other.path))
        });
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
