//! Whether rules speak of dimensions that are declared somewhere: in a rule file or in a claim file.

use super::{Kind, Rules};
use crate::claim::Vocabulary;
use crate::source::document::nearest;
use crate::source::{InputError, InputErrors};

impl Rules {
    /// Reports every breakdown over a dimension that nothing declares. `vocabulary` is that of all files together.
    pub fn fit(&self, vocabulary: &Vocabulary, errors: &mut InputErrors) {
        for rule in &self.rules {
            let Kind::Breakdown(breakdown) = &rule.kind else { continue };
            let dimension = &breakdown.dimension;
            if vocabulary.dimensions.contains_key(&dimension.value) {
                continue;
            }
            let error = InputError::at(dimension.span, format!("no dimension `{}` is declared", dimension.value));
            let known = vocabulary.dimensions.keys().map(String::as_str);
            errors.push(match nearest(&dimension.value, known) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help(format!("declare it: [dimension.{}] with `members` or `parents`", dimension.value)),
            });
        }
    }
}
