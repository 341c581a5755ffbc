//! What a value looks like.

use super::closed;
use serde_json::{Value, json};

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Anything.
    Any,
    /// `null`.
    Null,
    /// A string.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// `true` or `false`.
    Truth,
    /// One of these strings.
    One(&'static [&'static str]),
    /// One of these shapes.
    Either(&'static [Shape]),
    /// An array.
    List(&'static Shape),
    /// A table with any keys, whose values look alike.
    Map(&'static Shape),
    /// A table with these keys and no others.
    Table(&'static [(&'static str, Shape)]),
    /// A table with these keys, and others, whose values look alike.
    TableAnd(&'static [(&'static str, Shape)], &'static Shape),
    /// What has a name.
    Named(&'static str),
}

/// A string, or a number or a date that is read as it is written. Editors take a date for a string.
pub(super) const WRITTEN: Shape = Shape::Either(&[Shape::Text, Shape::Number]);
/// One string, or several.
pub(super) const TEXTS: Shape = Shape::Either(&[Shape::Text, Shape::List(&Shape::Text)]);

impl Shape {
    /// The schema of such a value.
    pub fn schema(&self) -> Value {
        let keys =
            |keys: &[(&str, Self)]| closed(keys.iter().map(|(key, shape)| ((*key).to_owned(), shape.schema())), &[]);
        match self {
            Self::Any => json!({}),
            Self::Null => json!({ "type": "null" }),
            Self::Text => json!({ "type": "string" }),
            Self::Whole => json!({ "type": "integer" }),
            Self::Number => json!({ "type": "number" }),
            Self::Truth => json!({ "type": "boolean" }),
            Self::One(names) => json!({ "enum": names }),
            Self::Either(shapes) => json!({ "anyOf": shapes.iter().map(Self::schema).collect::<Vec<_>>() }),
            Self::List(shape) => json!({ "type": "array", "items": shape.schema() }),
            Self::Map(shape) => json!({ "type": "object", "additionalProperties": shape.schema() }),
            Self::Table(own) => keys(own),
            Self::TableAnd(own, rest) => {
                let mut object = keys(own);
                if let Value::Object(object) = &mut object {
                    object.insert("additionalProperties".to_owned(), rest.schema());
                }
                object
            }
            Self::Named(name) => json!({ "$ref": format!("#/definitions/{name}") }),
        }
    }
}
