//! JSON Schemas (draft 7, which editors of TOML take) of what is written for the program and what it writes: claim files,
//! rule files, the configuration, and the JSON report.
//!
//! Which keys a file may hold is what the loaders themselves refuse anything beside, and what each means is taken from the
//! pages that explain it; only what a value looks like is said here. So a schema never knows a key that a loader does not.

mod files;
mod report;
mod shape;

pub use report::fields;

use serde_json::{Map, Value, json};
use shape::Shape;

/// Every schema: its name, and what it is of.
pub const SCHEMAS: [(&str, &str); 4] = [
    ("claim", "a claim file of Addup"),
    ("rule", "a rule file of Addup"),
    ("config", "addup.toml: what a workspace of Addup settles"),
    ("report", "the report of `addup check --format json`"),
];

/// The draft that the schemas are written in.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A schema as text, with a final newline; `None` if there is none of that name.
pub fn schema(name: &str) -> Option<String> {
    let (_, about) = SCHEMAS.iter().find(|(known, _)| *known == name)?;
    let (root, definitions) = match name {
        "claim" => files::claim(),
        "rule" => files::rule(),
        "config" => files::config(),
        _ => report::report(),
    };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!(DRAFT));
    schema.insert("title".to_owned(), json!(about));
    if let Value::Object(root) = root {
        schema.extend(root);
    }
    let definitions: Map<String, Value> = definitions.into_iter().collect();
    if !definitions.is_empty() {
        schema.insert("definitions".to_owned(), Value::Object(definitions));
    }
    let mut text = serde_json::to_string_pretty(&Value::Object(schema)).unwrap_or_default();
    text.push('\n');
    Some(text)
}

/// A schema, and those that it refers to.
type Root = (Value, Vec<(String, Value)>);

/// An object that holds these keys and no others.
fn closed(keys: impl IntoIterator<Item = (String, Value)>, required: &[&str]) -> Value {
    let keys: Map<String, Value> = keys.into_iter().collect();
    let mut object = json!({ "type": "object", "additionalProperties": false, "properties": keys });
    if let (Value::Object(object), false) = (&mut object, required.is_empty()) {
        object.insert("required".to_owned(), json!(required));
    }
    object
}

/// The schema of a shape, with what it means.
fn described(shape: &Shape, about: Option<&str>) -> Value {
    let mut value = shape.schema();
    if let Some(about) = about {
        // Beside a reference nothing else counts.
        if value.get("$ref").is_some() {
            value = json!({ "allOf": [value] });
        }
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), json!(about));
        }
    }
    value
}
