//! The expressions of rule files: read where they stand, with the names that their rule binds.

use super::model::{Binding, Unknown};
use crate::expr::{self, Expression, Name, Names, Type};
use crate::source::document::{Value, ValueKind, nearest};
use crate::source::{InputErrors, Sources};

/// What can be asked of a figure besides its dimensions.
pub(super) const FIELDS: [(&str, Type); 9] = [
    ("measure", Type::Text),
    ("unit", Type::Text),
    ("of", Type::Text),
    ("in", Type::Text),
    ("when", Type::Span),
    ("mean-of", Type::Text),
    ("n", Type::Text),
    ("sd", Type::Text),
    ("items", Type::Number),
];

/// The expression that a value holds.
pub(super) fn read_expression(
    value: &Value,
    what: &str,
    sources: &Sources,
    errors: &mut InputErrors,
) -> Option<Expression> {
    if !matches!(value.kind, ValueKind::Text(_)) {
        errors.push(value.wrong_type(&format!("`{what}`"), "an expression in a string"));
        return None;
    }
    expr::parse(sources, value.span).map_err(|error| errors.push(*error)).ok()
}

/// Whether a field is one that every figure has; any other is a dimension.
pub(super) fn is_common_field(field: &str) -> bool {
    FIELDS.iter().any(|(known, _)| *known == field)
}

/// The names that a relation binds.
pub(super) struct Bound<'a> {
    pub(super) given: &'a [Binding],
    pub(super) unknown: &'a [Unknown],
}

impl Bound<'_> {
    fn names(&self) -> impl Iterator<Item = &str> {
        let given = self.given.iter().map(|binding| binding.name.value.as_str());
        given.chain(self.unknown.iter().map(|unknown| unknown.name.value.as_str()))
    }
}

impl Names for Bound<'_> {
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)> {
        let field = name.fields.first();
        if let Some(field) = name.fields.get(1) {
            return Err((format!("`{field}` is a field of a field, and there are none"), None));
        }
        if self.unknown.iter().any(|unknown| unknown.name.value == name.base) {
            return match field {
                None => Ok(Type::Number),
                Some(field) => Err((format!("`{}` is an unknown, and has no `{field}`", name.base), None)),
            };
        }
        let Some(binding) = self.given.iter().find(|binding| binding.name.value == name.base) else {
            let near = nearest(&name.base, self.names()).map(|near| format!("did you mean `{near}`?"));
            let help = near.or_else(|| Some("bind it in `given`, or make it an `unknown`".to_owned()));
            return Err((format!("the name `{}` is not bound", name.base), help));
        };
        match field {
            None if binding.set => Ok(Type::Set),
            None => Ok(Type::Number),
            Some(field) if binding.set => Err((
                format!("`{}` is a set of figures, and a set has no `{field}`", name.base),
                Some("say in `given` what all its members have in common".to_owned()),
            )),
            Some(field) if field == "value" => {
                Err((format!("a figure has no `{field}`"), Some(format!("`{}` by itself is its value", name.base))))
            }
            Some(field) => Ok(FIELDS.iter().find(|(known, _)| known == field).map_or(Type::Text, |(_, found)| *found)),
        }
    }

    fn measure(&self, _: &str) -> Result<(), (String, Option<String>)> {
        Ok(())
    }
}
