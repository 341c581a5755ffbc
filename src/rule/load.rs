//! Reading rule files: the tables of a file, the keys that every rule has, and what may not be said twice.

use super::columns::{Columns, hold_to_one_type};
use super::expression::read_expression;
use super::keys;
use super::kinds::{read_additive, read_balance, read_breakdown, read_stages};
use super::relation::read_relation;
use super::{EditSet, Kind, Pack, Rule, Rules, standard};
use crate::claim::read_vocabulary;
use crate::expr::{self, Type};
use crate::source::document::{self, Table, nearest};
use crate::source::{FileId, Files, InputError, InputErrors, NoFiles, Severity, Sources, Span, Spanned};
use std::collections::BTreeMap;

/// What belongs into a claim file, and is easily put into a rule file.
const CLAIM_KEYS: &[&str] = &["article", "claim", "claims", "event", "text", "check", "assume"];
/// The kinds of rules.
#[derive(Clone, Copy)]
enum KindName {
    Additive,
    Stages,
    Balance,
    Breakdown,
    Relation,
    BuiltIn,
}

const KINDS: [(&str, KindName); 5] = [
    ("additive", KindName::Additive),
    ("stages", KindName::Stages),
    ("balance", KindName::Balance),
    ("breakdown", KindName::Breakdown),
    ("relation", KindName::Relation),
];

/// The kind of rules that the language has no words for. Only the standard pack has such.
const BUILT_IN: [(&str, KindName); 1] = [("built-in", KindName::BuiltIn)];

const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

/// Reads rule files, in the order given, on top of the standard pack and those asked for. Errors are collected. `files` is
/// asked only for what rule files name: the list behind a dimension's `parents`.
///
/// Packs are embedded; callers that gather rule files from a folder leave out those below it that are called like them.
pub fn load(
    packs: &[Pack],
    sources: &mut Sources,
    files: &dyn Files,
    rule_files: &[FileId],
    errors: &mut InputErrors,
) -> Rules {
    let rules = standard::rules(packs, sources, errors);
    let mut loader = Loader { sources, files, errors, rules, severities: BTreeMap::new() };
    for file in rule_files {
        loader.file(*file, false);
    }
    loader.weigh();
    loader.columns();
    loader.rules
}

/// Reads the files of a pack, which name no others, on top of the rules that there are.
pub(super) fn parse_pack(rules: Rules, sources: &mut Sources, pack: &[FileId], errors: &mut InputErrors) -> Rules {
    let mut loader = Loader { sources, files: &NoFiles, errors, rules, severities: BTreeMap::new() };
    for file in pack {
        loader.file(*file, true);
    }
    loader.rules
}

struct Loader<'a> {
    sources: &'a mut Sources,
    files: &'a dyn Files,
    errors: &'a mut InputErrors,
    rules: Rules,
    /// What rule files say of the weight of standard rules, by id.
    severities: BTreeMap<String, (Span, Option<Severity>)>,
}

impl Loader<'_> {
    fn file(&mut self, file: FileId, standard: bool) {
        let Some(root) = document::parse(self.sources, file, self.errors) else { return };
        self.unknown_tables(&root);
        let vocabulary = read_vocabulary(&root, self.sources, self.files, self.errors);
        self.rules.vocabulary.merge(&vocabulary, self.errors);
        for (id, table) in root.tables("rule", "[rule.ID]", self.errors) {
            self.rule(id, table, standard);
        }
        for (name, table) in root.tables("edits", "[edits.TABLE]", self.errors) {
            self.edits(name, table);
        }
    }

    /// Reports what no rule file holds; what a claim file would hold is told where it belongs.
    fn unknown_tables(&mut self, root: &Table) {
        let known: Vec<&str> = keys::FILE.iter().chain(CLAIM_KEYS).copied().collect();
        root.finish(&known, self.errors);
        for key in CLAIM_KEYS {
            if let Some(span) = root.key_span(key) {
                let error = InputError::at(span, format!("`{key}` belongs into a claim file, and this is a rule file"));
                self.errors.push(error.help("move it beside the claims it is about"));
            }
        }
    }

    fn rule(&mut self, id: &Spanned<String>, table: &Table, standard: bool) {
        let known = self.rules.rules.iter().find(|rule| rule.id.value == id.value);
        let is_standard = known.is_some_and(|rule| rule.standard);
        if is_standard && !standard && table.get("kind").is_none() {
            return self.reweigh(id, table);
        }
        if let Some(first) = known {
            let error = InputError::at(id.span, format!("there already is a rule `{}`", id.value));
            return self.errors.push(if is_standard {
                error.help("it is one of the standard rules: give yours another id, or leave out all but `severity`")
            } else {
                error.also(first.id.span, "the first one").help("give one of the two another id")
            });
        }
        self.hold_to_kebab_case(id);
        let severity = table.choice("severity", &SEVERITIES, self.errors);
        let about = table.string("about", self.errors).map(|it| it.value);
        let says = table.string("says", self.errors).map(|it| it.value);
        let Some(kind) = self.kind(id, table, standard) else { return };
        let severity = severity.map_or(Some(Severity::Error), |it| it.value);
        if !standard {
            self.rules.places.push(id.span);
        }
        self.rules.rules.push(Rule { id: id.clone(), about, severity, says, standard, kind });
    }

    /// Takes in what a rule file says of a standard rule: how much it weighs.
    fn reweigh(&mut self, id: &Spanned<String>, table: &Table) {
        for (key, _) in table.entries().iter().filter(|(key, _)| key.value != "severity") {
            let message = format!("`{}` is a standard rule, of which only `severity` can be set", id.value);
            self.errors.push(InputError::at(key.span, message).help("a rule of your own has an id of its own"));
        }
        if table.get("severity").is_none() {
            let error =
                InputError::at(id.span, format!("`{}` is a standard rule, and nothing is said of it", id.value));
            return self.errors.push(error.help("write severity = \"off\", \"note\", \"warning\" or \"error\""));
        }
        let Some(severity) = table.choice("severity", &SEVERITIES, self.errors) else { return };
        if let Some((first, _)) = self.severities.get(&id.value) {
            let error = InputError::at(id.span, format!("the severity of `{}` is set twice", id.value));
            return self.errors.push(error.also(*first, "the first time").help("keep one of the two"));
        }
        self.severities.insert(id.value.clone(), (id.span, severity.value));
    }

    /// Gives standard rules the weight that rule files set for them.
    fn weigh(&mut self) {
        for rule in self.rules.rules.iter_mut().filter(|rule| rule.standard) {
            if let Some((_, severity)) = self.severities.get(&rule.id.value) {
                rule.severity = *severity;
            }
        }
    }

    /// Holds the columns of each table to one type, whichever files its rules stand in.
    fn columns(&mut self) {
        let mut tables: BTreeMap<&str, Vec<&EditSet>> = BTreeMap::new();
        for set in &self.rules.edits {
            tables.entry(&set.table.value).or_default().push(set);
        }
        for sets in tables.values() {
            hold_to_one_type(sets, self.errors);
        }
    }

    fn kind(&mut self, id: &Spanned<String>, table: &Table, standard: bool) -> Option<Kind> {
        if table.get("kind").is_none() {
            let error = InputError::at(id.span, format!("the rule `{}` does not say its `kind`", id.value));
            let pack = self.rules.rules.iter().filter(|rule| rule.standard).map(|rule| rule.id.value.as_str());
            let near = nearest(&id.value, pack).filter(|_| table.get("severity").is_some());
            self.errors.push(match near {
                Some(near) => error.label(format!("did you mean the standard rule `{near}`?")),
                None => error.help("it is \"additive\", \"stages\", \"balance\", \"breakdown\" or \"relation\""),
            });
            return None;
        }
        let is_built_in = table.string("kind", &mut InputErrors::default()).is_some_and(|it| it.value == "built-in");
        let choices = if standard && is_built_in { &BUILT_IN[..] } else { &KINDS[..] };
        let kind = table.choice("kind", choices, self.errors)?;
        let errors = &mut *self.errors;
        match kind.value {
            KindName::Additive => read_additive(table, errors).map(Kind::Additive),
            KindName::Stages => read_stages(table, errors).map(Kind::Stages),
            KindName::Balance => read_balance(table, errors).map(Kind::Balance),
            KindName::Breakdown => read_breakdown(table, errors).map(Kind::Breakdown),
            KindName::Relation => read_relation(table, &self.rules.vocabulary, self.sources, errors)
                .map(|relation| Kind::Relation(Box::new(relation))),
            KindName::BuiltIn => {
                table.finish(&keys::COMMON, errors);
                Some(Kind::BuiltIn)
            }
        }
    }

    fn hold_to_kebab_case(&mut self, id: &Spanned<String>) {
        let is_kebab =
            |part: &str| !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() && !it.is_uppercase());
        if id.value.split('-').all(is_kebab) {
            return;
        }
        let small = id.value.to_lowercase();
        let parts: Vec<&str> = small.split(|it: char| !it.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let shown = if parts.is_empty() { "december-in-year".to_owned() } else { parts.join("-") };
        let error = InputError::at(id.span, "the id of a rule is written in small letters and digits, joined by `-`");
        self.errors.push(error.help(format!("write `{shown}`")));
    }

    fn edits(&mut self, name: &Spanned<String>, table: &Table) {
        let mut edits: Vec<(Spanned<String>, expr::Expression)> = Vec::new();
        for (id, value) in table.entries() {
            self.hold_to_kebab_case(id);
            let earlier = self.rules.edits.iter().filter(|set| set.table.value == name.value);
            let first =
                earlier.flat_map(|set| &set.edits).map(|(first, _)| first).find(|first| first.value == id.value);
            if let Some(first) = first {
                let message = format!("there already is a rule `{}` for the table `{}`", id.value, name.value);
                let error = InputError::at(id.span, message).also(first.span, "the first one");
                self.errors.push(error.help("give one of the two another id"));
            }
            let faults = self.errors.0.len();
            let Some(expression) = read_expression(value, &id.value, self.sources, self.errors) else { continue };
            expr::check(&expression, &Columns, Type::Truth, self.errors);
            if self.errors.0.len() == faults {
                edits.push((id.clone(), expression));
            }
        }
        self.rules.edits.push(EditSet { table: name.clone(), edits });
    }
}
