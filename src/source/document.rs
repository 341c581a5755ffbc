//! TOML with places: tables whose keys know where they stand, and which of them nobody asked for.
//!
//! The syntax is the `toml` crate's. What is added here: several syntax errors of a file at once, keys in the order of
//! the file, numbers and dates in their exact spelling, and getters that report a wrong type where it stands.
//!
//! ```
//! use addup::source::{InputErrors, Sources, document};
//!
//! let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
//! let file = sources.add("a.toml", "[claim.profit]\nvalue = 12.50\n");
//! let document = document::parse(&sources, file, &mut errors).unwrap();
//! let (id, claim) = document.tables("claim", "[claim.ID]", &mut errors)[0];
//! assert_eq!(id.value, "profit");
//! assert_eq!(claim.text("value", &mut errors).unwrap().value, "12.50");
//! claim.finish(&["quote", "value"], &mut errors);
//! assert!(errors.is_empty());
//! ```

mod syntax;

use super::{FileId, InputError, InputErrors, Sources, Span, Spanned};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The longest line of a TOML file, in bytes. Nobody writes such a line, and no terminal can show it.
const LONGEST_LINE: usize = 1 << 20;
/// The largest TOML file, in bytes.
const LARGEST_FILE: usize = 64 << 20;

/// A value and its place. The span of a string has its quotation marks in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands.
    pub span: Span,
}

/// What a value is. Numbers and dates are kept exactly as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A string, its escapes resolved.
    Text(String),
    /// A number, exactly as written: `12.50`, `1_200`.
    Number(String),
    /// A date, a time or both, exactly as written: `2025-12-18`.
    Date(String),
    /// `true` or `false`.
    Truth(bool),
    /// An array.
    Array(Vec<Value>),
    /// A table, in braces or under a header.
    Table(Table),
}

impl Value {
    /// What it is, for people: `a string`.
    pub fn type_words(&self) -> &'static str {
        match self.kind {
            ValueKind::Text(_) => "a string",
            ValueKind::Number(_) => "a number",
            ValueKind::Date(_) => "a date",
            ValueKind::Truth(_) => "true or false",
            ValueKind::Array(_) => "an array",
            ValueKind::Table(_) => "a table",
        }
    }

    /// The string, the number or the date, as text; `None` for anything else.
    pub fn as_text(&self) -> Option<Spanned<&str>> {
        match &self.kind {
            ValueKind::Text(text) | ValueKind::Number(text) | ValueKind::Date(text) => {
                Some(Spanned::new(text, self.span))
            }
            _ => None,
        }
    }

    /// The string; `None` for anything else.
    pub fn as_string(&self) -> Option<Spanned<String>> {
        match &self.kind {
            ValueKind::Text(text) => Some(Spanned::new(text.clone(), self.span)),
            _ => None,
        }
    }

    /// The error of a value that is of another type than `wanted`: `a string`.
    pub fn wrong_type(&self, what: &str, wanted: &str) -> InputError {
        let is = self.type_words();
        let error = InputError::at(self.span, format!("{what} must be {wanted}, and this is {is}")).label(is);
        match &self.kind {
            ValueKind::Number(text) | ValueKind::Date(text) if wanted.contains("string") => {
                error.help(format!("put it in quotation marks: \"{text}\""))
            }
            ValueKind::Text(text) if wanted.contains("number") && text.trim().parse::<i64>().is_ok() => {
                error.help(format!("leave the quotation marks out: {}", text.trim()))
            }
            ValueKind::Text(text) if wanted.contains("true or false") && (text == "true" || text == "false") => {
                error.help(format!("leave the quotation marks out: {text}"))
            }
            _ => error,
        }
    }
}

impl Value {
    /// Whether two values are written alike, wherever they stand.
    pub fn says_the_same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (ValueKind::Table(one), ValueKind::Table(other)) => one.says_the_same(other),
            (ValueKind::Array(one), ValueKind::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.says_the_same(other))
            }
            (one, other) => one == other,
        }
    }
}

/// A table, its keys in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it stands: its header, its braces, or the start of the file for the whole document.
    pub span: Span,
    entries: Vec<(Spanned<String>, Value)>,
}

/// Reads a TOML file that was taken in. `None` if its syntax is wrong; every syntax error is then in `errors`.
pub fn parse(sources: &Sources, file: FileId, errors: &mut InputErrors) -> Option<Table> {
    let text = sources.text(file);
    let start = Span { file, start: 0, end: 0 };
    if let Some(error) = out_of_proportion(text, file) {
        errors.push(error);
        return None;
    }
    let (table, faults) = DeTable::parse_recoverable(text);
    if faults.is_empty() {
        let reader = Reader { text, file };
        return Some(reader.table(table.get_ref(), start));
    }
    syntax::errors(text, file, &faults).into_iter().for_each(|error| errors.push(error));
    None
}

fn out_of_proportion(text: &str, file: FileId) -> Option<InputError> {
    if text.len() > LARGEST_FILE {
        let message = format!("this file has {} bytes, and {LARGEST_FILE} are the most that is read", text.len());
        return Some(InputError::at(Span { file, start: 0, end: 0 }, message).help("split it into several files"));
    }
    let mut start = 0_usize;
    for line in text.split('\n') {
        if line.len() > LONGEST_LINE {
            let at = Span { file, start, end: start };
            let message = format!("this line has {} bytes, and {LONGEST_LINE} are the most that is read", line.len());
            return Some(InputError::at(at, message).help("break the line, or leave out what does not belong here"));
        }
        start = start.saturating_add(line.len()).saturating_add(1);
    }
    None
}

/// Turns the `toml` crate's values into ours. Its depth is bounded by the parser's own limit of 80 levels.
struct Reader<'a> {
    text: &'a str,
    file: FileId,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span { file: self.file, start: range.start, end: range.end }
    }

    fn table(&self, table: &DeTable<'_>, span: Span) -> Table {
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, value)| {
                let key = Spanned::new(key.get_ref().to_string(), self.span(key.span()));
                (key, self.value(value.get_ref(), self.span(value.span())))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span);
        Table { span, entries }
    }

    fn value(&self, value: &DeValue<'_>, span: Span) -> Value {
        let written = || self.text.get(span.start..span.end).unwrap_or("").to_owned();
        let kind = match value {
            DeValue::String(text) => ValueKind::Text(text.to_string()),
            DeValue::Integer(_) | DeValue::Float(_) => ValueKind::Number(written()),
            DeValue::Datetime(_) => ValueKind::Date(written()),
            DeValue::Boolean(truth) => ValueKind::Truth(*truth),
            DeValue::Array(values) => {
                ValueKind::Array(values.iter().map(|it| self.value(it.get_ref(), self.span(it.span()))).collect())
            }
            DeValue::Table(table) => ValueKind::Table(self.table(table, span)),
        };
        Value { kind, span }
    }
}

impl Table {
    /// Every key with its value, in the order of the file.
    pub fn entries(&self) -> &[(Spanned<String>, Value)] {
        &self.entries
    }

    /// Whether two tables have the same keys, in any order, with values that are written alike.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let is_alike = |(key, value): &(Spanned<String>, Value)| {
            other.get(&key.value).is_some_and(|other| value.says_the_same(other))
        };
        self.entries.len() == other.entries.len() && self.entries.iter().all(is_alike)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|(_, value)| value)
    }

    /// Where a key stands.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|(key, _)| key.span)
    }

    fn entry(&self, wanted: &str) -> Option<&(Spanned<String>, Value)> {
        self.entries.iter().find(|(key, _)| key.value == wanted)
    }

    /// What `give` makes of the value of a key; a wrong type is reported, and gives `None` as a missing key does.
    fn typed<'a, T>(
        &'a self,
        key: &str,
        wanted: &str,
        errors: &mut InputErrors,
        give: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let given = give(value);
        if given.is_none() {
            errors.push(value.wrong_type(&format!("`{key}`"), wanted));
        }
        given
    }

    /// A string.
    pub fn string(&self, key: &str, errors: &mut InputErrors) -> Option<Spanned<String>> {
        self.typed(key, "a string", errors, Value::as_string)
    }

    /// A string that must be there. `help` says what to write.
    pub fn required_string(&self, key: &str, help: &str, errors: &mut InputErrors) -> Option<Spanned<String>> {
        if self.get(key).is_none() {
            errors.push(InputError::at(self.span, format!("`{key}` is missing")).help(help));
        }
        self.string(key, errors)
    }

    /// `true` or `false`.
    pub fn truth(&self, key: &str, errors: &mut InputErrors) -> Option<Spanned<bool>> {
        self.typed(key, "true or false", errors, |value| match value.kind {
            ValueKind::Truth(truth) => Some(Spanned::new(truth, value.span)),
            _ => None,
        })
    }

    /// A whole number of machine size.
    pub fn integer(&self, key: &str, errors: &mut InputErrors) -> Option<Spanned<i64>> {
        self.typed(key, "a whole number", errors, |value| match &value.kind {
            ValueKind::Number(text) => Some(Spanned::new(text.replace('_', "").parse().ok()?, value.span)),
            _ => None,
        })
    }

    /// A number, exactly as it is written.
    pub fn number(&self, key: &str, errors: &mut InputErrors) -> Option<Spanned<String>> {
        self.typed(key, "a number", errors, |value| match &value.kind {
            ValueKind::Number(text) => Some(Spanned::new(text.clone(), value.span)),
            _ => None,
        })
    }

    /// A string, a number or a date, as text; numbers and dates exactly as they are written.
    pub fn text(&self, key: &str, errors: &mut InputErrors) -> Option<Spanned<String>> {
        self.typed(key, "a string, a number or a date", errors, |value| {
            value.as_text().map(|text| Spanned::new(text.value.to_owned(), text.span))
        })
    }

    /// A date, or a string that holds one, as text.
    pub fn date(&self, key: &str, errors: &mut InputErrors) -> Option<Spanned<String>> {
        self.typed(key, "a date or a string", errors, |value| match &value.kind {
            ValueKind::Text(text) | ValueKind::Date(text) => Some(Spanned::new(text.clone(), value.span)),
            // `when = 2025`: a year is a date, though TOML takes it for a number.
            ValueKind::Number(text) if text.len() == 4 => Some(Spanned::new(text.clone(), value.span)),
            _ => None,
        })
    }

    /// An array.
    pub fn array(&self, key: &str, errors: &mut InputErrors) -> Option<&[Value]> {
        self.typed(key, "an array", errors, |value| match &value.kind {
            ValueKind::Array(values) => Some(values.as_slice()),
            _ => None,
        })
    }

    /// A table.
    pub fn table(&self, key: &str, errors: &mut InputErrors) -> Option<&Table> {
        self.typed(key, "a table", errors, |value| match &value.kind {
            ValueKind::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The tables below a key, by name: every `[claim.ID]` for `claim`. `header` is shown where it is no table.
    pub fn tables(&self, key: &str, header: &str, errors: &mut InputErrors) -> Vec<(&Spanned<String>, &Table)> {
        let Some(outer) = self.get(key) else { return Vec::new() };
        let ValueKind::Table(outer) = &outer.kind else {
            let error = outer.wrong_type(&format!("`{key}`"), "a table of tables");
            errors.push(error.help(format!("write {header}")));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (name, value) in &outer.entries {
            match &value.kind {
                ValueKind::Table(table) => tables.push((name, table)),
                _ => {
                    let error = InputError::at(name.span, format!("`{key}.{}` must be a table", name.value));
                    errors.push(error.label(value.type_words()).help(format!("write {header}")));
                }
            }
        }
        tables
    }

    /// One string or an array of strings; empty if the key is missing.
    pub fn strings(&self, key: &str, errors: &mut InputErrors) -> Vec<Spanned<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let wanted = "a string or an array of strings";
        let values = match &value.kind {
            ValueKind::Array(values) => values.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut strings = Vec::new();
        for value in values {
            match value.as_string() {
                Some(text) => strings.push(text),
                None => errors.push(value.wrong_type(&format!("`{key}`"), wanted)),
            }
        }
        strings
    }

    /// A string out of a fixed list; any other is reported with the nearest one.
    pub fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)], errors: &mut InputErrors) -> Option<Spanned<T>> {
        let given = self.string(key, errors)?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == given.value) {
            return Some(Spanned::new(*choice, given.span));
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let error = InputError::at(given.span, format!("`{key}` cannot be \"{}\"", given.value));
        let list = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        errors.push(match nearest(&given.value, names.iter().copied()) {
            Some(near) => error.label(format!("did you mean \"{near}\"?")).help(format!("it may be {list}")),
            None => error.help(format!("it may be {list}")),
        });
        None
    }

    /// Reports every key that is not among the known ones, with the nearest known one.
    pub fn finish(&self, known: &[&str], errors: &mut InputErrors) {
        self.finish_among(known, &[], errors);
    }

    /// The same. Of keys that belong elsewhere, it is said where.
    pub fn finish_among(&self, known: &[&str], elsewhere: &[(&str, &str)], errors: &mut InputErrors) {
        for (key, _) in &self.entries {
            if known.contains(&key.value.as_str()) {
                continue;
            }
            if let Some((name, place)) = elsewhere.iter().find(|(name, _)| *name == key.value) {
                errors.push(InputError::at(key.span, format!("`{name}` does not belong here")).help(*place));
                continue;
            }
            let error = InputError::at(key.span, format!("unknown key `{}`", key.value));
            errors.push(match nearest(&key.value, known.iter().copied()) {
                Some(near) => error.label(format!("did you mean `{near}`?")),
                None => error.help(format!("known here: {}", known.join(", "))),
            });
        }
    }
}

/// The name nearest to what was written, if one is near enough to be what was meant. Of equally near ones, the first.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    // Names out of all proportion are no slips of the pen, and comparing them is quadratic.
    if length > 200 {
        return None;
    }
    let allowed = length.div_ceil(3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        if name.len() > 400 {
            continue;
        }
        let distance = if name.eq_ignore_ascii_case(written) { 0 } else { strsim::osa_distance(written, name) };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests;
