//! Relations: names bound to figures, unknowns, and a formula over them.
//!
//! What can be said wrong is said here, at its place, so that a relation that was read can run: every name in the
//! formula is bound, every bound name is used, every `= name.field` looks back, every time can be read.

use super::expression::{Bound, is_common_field, read_expression};
use super::keys;
use super::{Binding, Pattern, Relation, Unknown};
use crate::calendar::{Context, Day, read_when};
use crate::claim::{EVENT, Vocabulary, leave_a_value, unit};
use crate::expr::{self, ExprKind, Expression, Type, is_bindable};
use crate::number::Rational;
use crate::source::document::{Table, Value, ValueKind, nearest};
use crate::source::{InputError, InputErrors, Sources, Span, Spanned};
use std::collections::BTreeMap;

/// A day on which times are tried out; which one is all the same.
const SOME_DAY: Day = Day(20_000);

/// Reads a relation. `None` if something in it cannot be understood, which is then reported.
pub(super) fn read_relation(
    table: &Table,
    vocabulary: &Vocabulary,
    sources: &Sources,
    errors: &mut InputErrors,
) -> Option<Relation> {
    let before = errors.0.len();
    table.finish(&keys::with_common(keys::RELATION), errors);
    let given = read_given(table, vocabulary, errors);
    let unknown = read_unknowns(table, &given, errors);
    let join = table.get("join").map(|_| read_join(table, errors));
    let condition = table.get("where").and_then(|value| read_expression(value, "where", sources, errors));
    let require = match table.get("require") {
        Some(value) => read_expression(value, "require", sources, errors),
        None => {
            let error = InputError::at(table.span, "`require` is missing: what must hold");
            errors.push(error.help("write require = \"part <= whole\""));
            None
        }
    };
    // Names can be looked up only among bindings that were all understood.
    if errors.0.len() > before {
        return None;
    }
    let require = require?;
    let names = Bound { given: &given, unknown: &unknown };
    for expression in condition.iter().chain([&require]) {
        expr::check(expression, &names, Type::Truth, errors);
        lookups(expression, errors);
    }
    if errors.0.len() == before {
        unused(&given, &unknown, condition.iter().chain([&require]), errors);
    }
    (errors.0.len() == before).then_some(Relation { given, unknown, join, condition, require })
}

fn read_given(table: &Table, vocabulary: &Vocabulary, errors: &mut InputErrors) -> Vec<Binding> {
    let mut given: Vec<Binding> = Vec::new();
    if table.get("given").is_none() {
        let error = InputError::at(table.span, "`given` is missing: which figures the names stand for");
        errors.push(error.help(
            "write given = { part = { measure = \"…\" }, … }; single claims are related by a [check.ID] in their file",
        ));
        return given;
    }
    let Some(names) = table.table("given", errors) else { return given };
    if names.entries().is_empty() {
        errors.push(
            InputError::at(names.span, "`given` binds no name").help("write given = { part = { measure = \"…\" } }"),
        );
    }
    for (name, value) in names.entries() {
        hold_to_bindable(name, errors);
        let (binding, set) = match &value.kind {
            ValueKind::Table(binding) => (binding, false),
            ValueKind::Array(values) => match values.as_slice() {
                [Value { kind: ValueKind::Table(binding), .. }] => (binding, true),
                _ => {
                    let error = InputError::at(value.span, "a set is bound by one table in square brackets");
                    errors.push(error.help(format!("write {} = [{{ measure = \"…\" }}]", name.value)));
                    continue;
                }
            },
            _ => {
                let error = value.wrong_type(&format!("`{}`", name.value), "a table");
                errors.push(error.help(format!("write {} = {{ measure = \"…\" }}", name.value)));
                continue;
            }
        };
        let mut reader = BindingReader { name, table: binding, earlier: &given, names, vocabulary, errors };
        let binding = reader.read(set);
        given.push(binding);
    }
    given
}

/// A name that expressions can use as it stands.
fn hold_to_bindable(name: &Spanned<String>, errors: &mut InputErrors) {
    if !is_bindable(&name.value) {
        let error = InputError::at(name.span, format!("`{}` cannot be used as a name in an expression", name.value));
        errors
            .push(error.help("a name has letters, digits, `-` and `_`, and is no word of the language such as `and`"));
    }
}

/// One binding and what stands round it.
struct BindingReader<'a> {
    name: &'a Spanned<String>,
    table: &'a Table,
    earlier: &'a [Binding],
    names: &'a Table,
    vocabulary: &'a Vocabulary,
    errors: &'a mut InputErrors,
}

impl BindingReader<'_> {
    fn read(&mut self, set: bool) -> Binding {
        let measure = self.pattern("measure", &["of", "in", "measure", "n", "sd"]);
        let unit = self.pattern("unit", &["unit"]).map(|it| match it.value {
            Pattern::Exact(name) => Spanned::new(Pattern::Exact(unit(&name).name().to_owned()), it.span),
            pattern => Spanned::new(pattern, it.span),
        });
        let when = self.when();
        let (scope, dimensions) = self.scope();
        if measure.is_none() && unit.is_none() && self.table.entries().is_empty() {
            let error =
                InputError::at(self.name.span, format!("`{}` is bound to every figure there is", self.name.value));
            self.errors.push(error.help("say which: { measure = \"…\" } or { unit = \"…\" }"));
        }
        Binding { name: self.name.clone(), measure, unit, scope, dimensions, when, set }
    }

    /// The pattern that a key gives; `fields` are those that it may take from another binding.
    fn pattern(&mut self, key: &str, fields: &[&str]) -> Option<Spanned<Pattern>> {
        let text = self.table.string(key, self.errors)?;
        self.read_pattern(&text, key, fields)
    }

    fn read_pattern(&mut self, text: &Spanned<String>, key: &str, fields: &[&str]) -> Option<Spanned<Pattern>> {
        let written = text.value.trim();
        let pattern = if let Some(reference) = written.strip_prefix('=') {
            self.reference(reference.trim(), text.span, key, fields)?
        } else if written.is_empty() {
            self.errors.push(InputError::at(text.span, format!("`{key}` is empty")));
            return None;
        } else if written.contains('*') && written != "*" {
            Pattern::Glob(written.to_owned())
        } else if written == "*" && !fields.is_empty() {
            let error = InputError::at(text.span, format!("`{key} = \"*\"` says nothing"));
            self.errors.push(error.help(format!("leave `{key}` out, or say more, as in \"*-mean\"")));
            return None;
        } else {
            Pattern::Exact(written.to_owned())
        };
        Some(Spanned::new(pattern, text.span))
    }

    /// `= share.of`: a field of a name that was bound before. Without `fields`, a dimension.
    fn reference(&mut self, written: &str, span: Span, key: &str, fields: &[&str]) -> Option<Pattern> {
        let Some((name, field)) = written.split_once('.').map(|(name, field)| (name.trim(), field.trim())) else {
            let error = InputError::at(span, format!("`= {written}` names no field"));
            let shown = fields.first().copied().unwrap_or(key);
            self.errors.push(error.help(format!("write \"= name.{shown}\"")));
            return None;
        };
        let is_field =
            if fields.is_empty() { is_bindable(field) && !is_common_field(field) } else { fields.contains(&field) };
        if !is_field {
            let error = InputError::at(span, format!("`{key}` cannot be taken from the field `{field}`"));
            self.errors.push(if fields.is_empty() {
                error.help(format!("it is taken from a dimension: \"= {name}.{key}\""))
            } else {
                error.help(format!(
                    "it is taken from {}",
                    fields.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" or ")
                ))
            });
            return None;
        }
        if let Some(binding) = self.earlier.iter().find(|binding| binding.name.value == name) {
            if binding.set {
                let error = InputError::at(span, format!("`{name}` is a set of figures, and a set has no `{field}`"));
                self.errors.push(error.also(binding.name.span, "bound here"));
                return None;
            }
            return Some(Pattern::FieldOf { binding: name.to_owned(), field: field.to_owned() });
        }
        let error = InputError::at(span, format!("no figure is bound to the name `{name}` before this"));
        let later = self.names.entries().iter().find(|(later, _)| later.value == name && name != self.name.value);
        self.errors.push(match later {
            Some((later, _)) => error.also(later.span, "bound here").help(format!("bind `{name}` first")),
            None => match nearest(name, self.earlier.iter().map(|it| it.name.value.as_str())) {
                Some(near) => error.label(format!("did you mean `{near}`?")),
                None => error.help("names that others look back to are bound first"),
            },
        });
        None
    }

    fn when(&mut self) -> Option<Spanned<String>> {
        let when = self.table.date("when", self.errors)?;
        if when.value.trim_start().starts_with('=') {
            let error = InputError::at(when.span, "`when` is a time in words");
            self.errors.push(error.help("figures agree in time of themselves, unless `join` leaves out \"when\""));
            return None;
        }
        readable_time(&when.value, when.span, self.errors).then_some(when)
    }

    /// Dimensions: in a `scope` table, or by themselves if the vocabulary has them.
    fn scope(&mut self) -> (BTreeMap<String, Spanned<Pattern>>, Vec<Spanned<String>>) {
        let mut scope: BTreeMap<String, Spanned<Pattern>> = BTreeMap::new();
        let mut dimensions = Vec::new();
        let within = self.table.table("scope", self.errors).map(Table::entries).unwrap_or_default();
        let bare = self.table.entries().iter().filter(|(key, _)| !keys::BINDING.contains(&key.value.as_str()));
        let bare: Vec<_> = bare.filter(|(key, _)| self.is_dimension(key)).collect();
        for (key, value) in bare.into_iter().chain(within) {
            let Some(text) = value.as_string() else {
                self.errors.push(value.wrong_type(&format!("`{}`", key.value), "a string"));
                continue;
            };
            let Some(pattern) = self.read_pattern(&text, &key.value, &[]) else { continue };
            dimensions.push(key.clone());
            if let Some(first) = scope.insert(key.value.clone(), pattern) {
                let error = InputError::at(key.span, format!("`{}` is given twice", key.value));
                self.errors.push(error.also(first.span, "the first time").help("keep one of the two"));
            }
        }
        (scope, dimensions)
    }

    /// Whether a key is a dimension; if not, it is reported.
    fn is_dimension(&mut self, key: &Spanned<String>) -> bool {
        if key.value == EVENT || self.vocabulary.dimensions.contains_key(&key.value) {
            return true;
        }
        let error = InputError::at(key.span, format!("unknown key `{}`", key.value));
        let known =
            keys::BINDING.into_iter().chain([EVENT]).chain(self.vocabulary.dimensions.keys().map(String::as_str));
        self.errors.push(match nearest(&key.value, known) {
            Some(near) => error.label(format!("did you mean `{near}`?")),
            None => error.help(format!("a dimension goes into `scope`: scope = {{ {} = \"…\" }}", key.value)),
        });
        false
    }
}

fn readable_time(text: &str, span: Span, errors: &mut InputErrors) -> bool {
    let context = Context { dateline: Some(SOME_DAY), ..Context::default() };
    match read_when(text, &context) {
        Ok(_) => true,
        Err(error) => {
            let error = InputError::at(span, error.to_string());
            errors.push(error.help("write it as a claim would: \"2025-11\", \"Q1 2025\", \"through 2025-11-30\""));
            false
        }
    }
}

/// Times that are looked up are read once here, so that none is passed over later.
fn lookups(expression: &Expression, errors: &mut InputErrors) {
    for node in expression.root.walk() {
        if let ExprKind::Lookup { when: Some((when, span)), .. } = &node.kind {
            readable_time(when, *span, errors);
        }
    }
}

fn read_unknowns(table: &Table, given: &[Binding], errors: &mut InputErrors) -> Vec<Unknown> {
    let mut unknowns = Vec::new();
    for (name, unknown) in table.tables("unknown", "unknown = { total = { integer = true } }", errors) {
        hold_to_bindable(name, errors);
        unknown.finish(keys::UNKNOWN, errors);
        if let Some(binding) = given.iter().find(|binding| binding.name.value == name.value) {
            let error = InputError::at(name.span, format!("`{}` is bound to a figure already", name.value));
            errors.push(error.also(binding.name.span, "bound here").help("give the unknown another name"));
        }
        let (least, greatest) = (bound(unknown, "least", errors), bound(unknown, "greatest", errors));
        let integer = unknown.truth("integer", errors);
        leave_a_value(least.as_ref(), greatest.as_ref(), integer.as_ref(), errors);
        unknowns.push(Unknown {
            name: name.clone(),
            integer: integer.is_some_and(|it| it.value),
            least: least.map(|it| it.value),
            greatest: greatest.map(|it| it.value),
        });
    }
    unknowns
}

fn bound(table: &Table, key: &str, errors: &mut InputErrors) -> Option<Spanned<Rational>> {
    let text = table.number(key, errors)?;
    let value = Rational::parse_decimal(&text.value.replace('_', ""));
    if value.is_none() {
        errors.push(InputError::at(text.span, format!("`{key}` cannot be read as a number")).help("write least = 0"));
    }
    value.map(|value| Spanned::new(value, text.span))
}

/// What figures must agree in: `when` and dimensions. An empty list is nothing at all.
fn read_join(table: &Table, errors: &mut InputErrors) -> Vec<Spanned<String>> {
    let mut join: Vec<Spanned<String>> = Vec::new();
    for name in table.strings("join", errors) {
        if let Some(first) = join.iter().find(|first| first.value == name.value) {
            let error = InputError::at(name.span, format!("`{}` is listed twice", name.value));
            errors.push(error.also(first.span, "the first time").help("leave one of the two out"));
        } else if name.value.trim().is_empty() || keys::BINDING.contains(&name.value.as_str()) && name.value != "when" {
            let error = InputError::at(name.span, "`join` lists dimensions, and \"when\" for the time");
            errors.push(error.help("write join = [\"when\", \"region\"]"));
        } else {
            join.push(name);
        }
    }
    join
}

/// Reports names that are bound and then used nowhere: the formula does not say what its author meant.
fn unused<'a>(
    given: &[Binding],
    unknown: &[Unknown],
    expressions: impl Iterator<Item = &'a Expression>,
    errors: &mut InputErrors,
) {
    let mut used: Vec<&str> = Vec::new();
    for expression in expressions {
        used.extend(expression.root.names().map(|(name, _)| name.base.as_str()));
    }
    for binding in given {
        let patterns = binding.measure.iter().chain(&binding.unit).chain(binding.scope.values());
        used.extend(patterns.filter_map(|pattern| match &pattern.value {
            Pattern::FieldOf { binding, .. } => Some(binding.as_str()),
            _ => None,
        }));
    }
    let names = given.iter().map(|binding| &binding.name).chain(unknown.iter().map(|unknown| &unknown.name));
    for name in names.filter(|name| !used.contains(&name.value.as_str())) {
        let error = InputError::at(name.span, format!("`{}` is bound and never used", name.value));
        errors.push(error.help("use it in `require` or `where`, or leave it out"));
    }
}
