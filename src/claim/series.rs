//! Reading series: `[claims.X]`, one measure over many times or members.

use super::figure::{ReadClaim, Reader};
use super::scope::Member;
use super::value::read_stated;
use crate::source::document::{Table, Value, ValueKind};
use crate::source::{InputError, Spanned};

pub(super) const KEYS: &[&str] = &[
    "by",
    "values",
    "measure",
    "when",
    "scope",
    "source",
    "unit",
    "of",
    "in",
    "confidence",
    "fixed",
    "rounding",
    "digits",
    "note",
    "url",
];

/// The dimension that is not one: `by = "when"`.
const TIME: &str = "when";

impl Reader<'_> {
    /// Reads every `[claims.X]`. The ids are `X[KEY]`, with the keys of `values` as they are written.
    pub(super) fn series(&mut self, root: &Table) -> Vec<ReadClaim> {
        let mut claims = Vec::new();
        for (name, table) in root.tables("claims", "[claims.NAME]", self.errors) {
            table.finish(KEYS, self.errors);
            if self.id(name) {
                claims.extend(self.one_series(name, table));
            }
        }
        claims
    }

    fn one_series(&mut self, name: &Spanned<String>, table: &Table) -> Vec<ReadClaim> {
        let terms = self.terms(table);
        let measure = table.string("measure", self.errors).unwrap_or_else(|| name.clone());
        for key in ["note", "url"] {
            table.string(key, self.errors);
        }
        let help = "write by = \"when\", or the name of the dimension that the keys of `values` are members of";
        let by = table.required_string("by", help, self.errors);
        let values = table.get("values").map(|value| (&value.kind, value));
        let (Some(by), Some((ValueKind::Table(values), _))) = (&by, values) else {
            self.errors.0.extend(match values {
                None => Some(
                    InputError::at(name.span, format!("the series `{}` has no `values`", name.value))
                        .help("write values = { \"Q1 2025\" = 101, \"Q2 2025\" = 108 }"),
                ),
                Some((ValueKind::Table(_), _)) => None,
                Some((_, value)) => Some(
                    value
                        .wrong_type("`values`", "a table")
                        .help("write values = { \"Q1 2025\" = 101, \"Q2 2025\" = 108 }"),
                ),
            });
            return Vec::new();
        };
        let stated_twice = if by.value == TIME { table.key_span("when") } else { None };
        if let Some(at) = stated_twice {
            let error = InputError::at(at, "`when` is stated for a series whose values are by time");
            self.errors.push(error.also(by.span, "by time").help("leave out `when`"));
        }
        let mut claims = Vec::new();
        for (key, value) in values.entries() {
            let mut terms = terms.clone();
            if by.value == TIME {
                let Some(when) = self.when(key) else { continue };
                terms.when = Some(when);
            } else {
                let path = key.value.trim();
                let member = if path == "*" { Member::All } else { Member::Path(path.to_owned()) };
                if path.split('/').any(|part| part.trim().is_empty()) {
                    let error = InputError::at(key.span, format!("`{path}` is not a member of `{}`", by.value));
                    self.errors.push(error.help("write a name, a path such as \"KH/Mondulkiri\", or \"*\" for all"));
                    continue;
                }
                terms.scope.0.insert(by.value.clone(), member);
            }
            let id = Spanned::new(format!("{}[{}]", name.value, key.value), key.span);
            claims.extend(self.one_value(&id, &measure, &terms, value));
        }
        claims
    }

    fn one_value(
        &mut self,
        id: &Spanned<String>,
        measure: &Spanned<String>,
        terms: &super::figure::Terms,
        value: &Value,
    ) -> Vec<ReadClaim> {
        let manner = self.manner(&id.value, &measure.value, terms, &terms.detail.policy);
        match read_stated(Some(value), &[], manner, self.sources, self.errors) {
            Some(stated) => self.claims(id, measure, terms, stated),
            None => Vec::new(),
        }
    }
}
