//! Names that can be looked up only once claims and rules are together.

use crate::claim::Claims;
use crate::rule::{Kind, Rules};
use crate::source::document::nearest;
use crate::source::{InputError, InputErrors};

/// A breakdown over a dimension that nobody declares could never apply: its members are not known.
pub(super) fn undeclared_dimensions(claims: &Claims, rules: &Rules, errors: &mut InputErrors) {
    let declared = &claims.vocabulary.dimensions;
    for rule in &rules.rules {
        let Kind::Breakdown(breakdown) = &rule.kind else { continue };
        let dimension = &breakdown.dimension;
        if declared.contains_key(&dimension.value) {
            continue;
        }
        let error = InputError::at(dimension.span, format!("the dimension `{}` is not declared", dimension.value));
        errors.push(match nearest(&dimension.value, declared.keys().map(String::as_str)) {
            Some(near) => error.label(format!("did you mean `{near}`?")),
            None => error.help(format!(
                "name its members: [dimension.{}] members = [\"…\", \"…\"], and complete = true if these are all",
                dimension.value
            )),
        });
    }
}
