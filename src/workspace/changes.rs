//! What changed since an earlier state of a workspace, so that a check can be decided by what touches it.
//!
//! In: a workspace, and the files of the earlier state. Out: [`Changes`]: the claims and the rules that are not what they
//! were. What is compared is what files say, never how it is laid out: comments, spaces and the order of keys count for
//! nothing. Where it cannot be told what a change means, everything counts as changed, so that nothing new is passed over.

use super::{BASELINE_NAME, CONFIG_NAME, Request, Workspace};
use crate::claim::{Article, ArticleId, Claim};
use crate::finding::{Finding, FindingKind};
use crate::rule;
use crate::source::document::{self, Table, ValueKind};
use crate::source::quote::Draft;
use crate::source::{FileId, Files, InputErrors, Sources, Span};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Sections of rule files and claim files that may bear on every claim there is; clashes that are accepted no more are new.
const FOR_ALL: [&str; 3] = ["measure", "dimension", "waive"];
/// Sections of a claim file that bear on every claim of it.
const FOR_ARTICLE: [&str; 2] = ["article", "rate"];

/// The files of an earlier state, by the paths that they have now: those that are read now, and TOML files beside them
/// that are gone.
#[derive(Clone, Debug, Default)]
pub struct Earlier(pub BTreeMap<String, Vec<u8>>);

impl Earlier {
    /// A file as it was, with the line ends that it has on every system; `None` if it was not there, or is no text.
    fn text(&self, path: &str) -> Option<String> {
        let text = String::from_utf8(self.0.get(path)?.clone()).ok()?;
        Some(text.replace("\r\n", "\n"))
    }

    /// The same, as TOML.
    fn table(&self, path: &str) -> Option<Table> {
        parsed(self.text(path)?)
    }
}

/// What is not what it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Whether all is to be taken as changed.
    all: bool,
    /// Claims, by id.
    claims: BTreeSet<String>,
    /// Rules, checks and assumptions, by id.
    rules: BTreeSet<String>,
}

impl Changes {
    /// What a workspace, loaded by this request, says otherwise than an earlier state did.
    pub fn since(workspace: &Workspace, request: &Request, files: &dyn Files, earlier: &Earlier) -> Self {
        let mut changes = Self::default();
        let mut read = BTreeSet::new();
        for (file, source) in workspace.sources.files() {
            let path = source.path();
            if rule::is_of_a_pack(path, source.text()) {
                continue;
            }
            read.insert(path);
            let is_same = if source.is_written_out() {
                files.read(path).ok().as_ref() == earlier.0.get(path)
            } else {
                earlier.text(path).is_some_and(|before| before == source.text().replace("\r\n", "\n"))
            };
            if !is_same {
                changes.note(workspace, request, file, earlier);
            }
        }
        for path in earlier.0.keys().filter(|path| !read.contains(path.as_str())) {
            changes.note_gone(path, earlier);
        }
        changes
    }

    /// Whether a finding has to do with any of it.
    pub fn touch(&self, finding: &Finding) -> bool {
        let is_changed = |id: &String| self.rules.contains(id) || self.rules.contains(rule_of_record(id));
        self.all
            || finding.kind == FindingKind::NothingChecked
            || finding.claims.iter().any(|claim| self.claims.contains(claim))
            || finding.rules.iter().chain(&finding.leans_on).any(is_changed)
    }

    /// Notes what a file says that is not what it was.
    fn note(&mut self, workspace: &Workspace, request: &Request, file: FileId, earlier: &Earlier) {
        let sources = &workspace.sources;
        let (path, text) = (sources.path(file), sources.text(file));
        let articles = workspace.claims.articles.iter().enumerate().map(|(at, article)| (ArticleId::at(at), article));
        let mut drafted = articles.clone().filter(|(_, article)| article.draft == Some(file)).peekable();
        let from_here = || workspace.claims.claims.iter().filter(|claim| claim.span.file == file);
        if request.config.as_deref() == Some(path) {
            let (before, now) = (earlier.table(path), parsed(text.to_owned()));
            self.all |= !says_the_same(before.as_ref(), now.as_ref());
        } else if let Some((id, article)) = articles.clone().find(|(_, article)| article.file == file) {
            self.note_article(workspace, id, article, earlier.table(path));
        } else if drafted.peek().is_some() {
            for (id, _) in drafted {
                self.note_draft(workspace, id, text, earlier.text(path));
            }
        } else if from_here().next().is_some() {
            self.note_rows(from_here(), sources, file, earlier.text(path));
        } else if path.ends_with(".toml") && holds_rules(text) {
            self.note_rules(earlier.table(path), parsed(text.to_owned()));
        } else {
            self.all = true; // it says what lies within what, or what is known; or no row of it is a claim
        }
    }

    fn note_article(&mut self, workspace: &Workspace, id: ArticleId, article: &Article, before: Option<Table>) {
        let claims = &workspace.claims;
        let own = || claims.claims.iter().filter(|claim| claim.article == id);
        let now = parsed(workspace.sources.text(article.file).to_owned());
        let is_other = |section: &&str| section_differs(before.as_ref(), now.as_ref(), section);
        self.all |= FOR_ALL.iter().any(is_other);
        let sections = ["check", "assume"].map(|section| differing(before.as_ref(), now.as_ref(), section));
        self.rules.extend(sections.into_iter().flatten().map(|name| format!("{}/{name}", article.id)));
        if before.is_none() || FOR_ARTICLE.iter().any(is_other) {
            self.claims.extend(own().map(|claim| claim.id.clone()));
        }
        let sections = ["claim", "event", "text"].map(|section| differing(before.as_ref(), now.as_ref(), section));
        self.claims.extend(sections.into_iter().flatten().map(|name| format!("{}/{name}", article.id)));
        let series = differing(before.as_ref(), now.as_ref(), "claims");
        let is_of_series = |claim: &&Claim| series.iter().any(|name| is_in(&claim.name, name));
        self.claims.extend(own().filter(is_of_series).map(|claim| claim.id.clone()));
        if is_other(&"table") {
            let rows = own().filter(|claim| claim.span.file != article.file);
            self.claims.extend(rows.map(|claim| claim.id.clone()));
        }
        self.claims.extend(revived(before.as_ref(), now.as_ref(), &article.id));
    }

    /// Notes the claims whose quoted places are not what they were.
    fn note_draft(&mut self, workspace: &Workspace, article: ArticleId, now: &str, before: Option<String>) {
        let before = before.unwrap_or_default();
        let lines: HashSet<&str> = before.lines().map(str::trim).collect();
        let (before, after) = (Draft::new(&before), Draft::new(now));
        for claim in workspace.claims.claims.iter().filter(|claim| claim.article == article) {
            let is_same = claim.mentions.iter().all(|mention| match (&mention.quote, mention.in_draft) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(quote), Some(place)) => {
                    lines_of(now, place).lines().all(|line| lines.contains(line.trim()))
                        && before.places(quote, None).is_empty() == after.places(quote, None).is_empty()
                }
            });
            if !is_same {
                self.claims.insert(claim.id.clone());
            }
        }
    }

    /// Notes the rows of a table that were not there before, or not so.
    fn note_rows<'c>(
        &mut self,
        claims: impl Iterator<Item = &'c Claim>,
        sources: &Sources,
        file: FileId,
        before: Option<String>,
    ) {
        let text = sources.text(file);
        let before = before.filter(|_| sources.file(file).is_some_and(|source| !source.is_written_out()));
        let before = before.unwrap_or_default();
        let has_names = !sources.path(file).ends_with(".jsonl");
        let is_named_so = !has_names || text.lines().next() == before.lines().next();
        let lines: HashSet<&str> = before.lines().filter(|_| is_named_so).collect();
        let is_new = |claim: &&Claim| lines_of(text, claim.span).lines().any(|line| !lines.contains(line));
        self.claims.extend(claims.filter(is_new).map(|claim| claim.id.clone()));
    }

    fn note_rules(&mut self, before: Option<Table>, now: Option<Table>) {
        let (before, now) = (before.as_ref(), now.as_ref());
        self.all |= FOR_ALL.iter().any(|section| section_differs(before, now, section));
        self.rules.extend(differing(before, now, "rule"));
        let sets = differing(before, now, "edits");
        for set in sets {
            let rules = |table: Option<&Table>| within(table, "edits").and_then(|all| within(Some(all), &set)).cloned();
            let (before, now) = (rules(before), rules(now));
            self.rules.extend(names_that_differ(before.as_ref(), now.as_ref()).map(|rule| format!("{set}/{rule}")));
        }
    }

    /// Notes what a file said that is gone.
    fn note_gone(&mut self, path: &str, earlier: &Earlier) {
        let Some(before) = earlier.table(path) else { return };
        let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml");
        self.all |=
            [CONFIG_NAME, BASELINE_NAME].contains(&path) || FOR_ALL.iter().any(|section| before.get(section).is_some());
        self.rules.extend(differing(Some(&before), None, "rule"));
        self.claims.extend(revived(Some(&before), None, stem));
    }
}

/// The rule behind the name of a record rule of a row: `survey/staff-paid` of `2025/survey/staff-paid[KR-11]`.
fn rule_of_record(id: &str) -> &str {
    let rule = id.split('[').next().unwrap_or(id);
    let from = rule.rmatch_indices('/').nth(1).map_or(0, |(at, _)| at.saturating_add(1));
    rule.get(from..).unwrap_or(rule)
}

/// Whether a claim is one of a series: `revenue[Q1 2025]` of `revenue`.
fn is_in(claim: &str, series: &str) -> bool {
    claim.strip_prefix(series).is_some_and(|rest| rest.starts_with('['))
}

/// The claims that count again because what superseded them is gone, or supersedes them no more.
fn revived(before: Option<&Table>, now: Option<&Table>, article: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for section in ["claim", "event", "text"] {
        for name in differing(before, now, section) {
            let old = within(before, section).and_then(|all| within(Some(all), &name));
            let retired = old.map(|old| old.strings("supersedes", &mut InputErrors::default())).unwrap_or_default();
            let id = |name: String| if name.contains('/') { name } else { format!("{article}/{name}") };
            found.extend(retired.into_iter().map(|name| id(name.value)));
        }
    }
    found
}

/// Whether a text is a rule file: it has nothing that no rule file has.
fn holds_rules(text: &str) -> bool {
    let is_known = |key: &str| rule::FILE_KEYS.contains(&key);
    parsed(text.to_owned()).is_some_and(|table| table.entries().iter().all(|(key, _)| is_known(&key.value)))
}

/// The text as TOML, if it is that.
fn parsed(text: String) -> Option<Table> {
    let mut sources = Sources::new();
    let file = sources.add("", text);
    document::parse(&sources, file, &mut InputErrors::default())
}

/// The table at a key.
fn within<'t>(table: Option<&'t Table>, key: &str) -> Option<&'t Table> {
    match &table?.get(key)?.kind {
        ValueKind::Table(inner) => Some(inner),
        _ => None,
    }
}

fn says_the_same(one: Option<&Table>, other: Option<&Table>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one.says_the_same(other))
}

fn section_differs(before: Option<&Table>, now: Option<&Table>, section: &str) -> bool {
    let value = |table: Option<&Table>| table.and_then(|table| table.get(section)).cloned();
    match (value(before), value(now)) {
        (None, None) => false,
        (Some(before), Some(now)) => !before.says_the_same(&now),
        _ => true,
    }
}

/// What a section does not say as it did, by name: `[claim.NAME]` of `claim`.
fn differing(before: Option<&Table>, now: Option<&Table>, section: &str) -> BTreeSet<String> {
    names_that_differ(within(before, section), within(now, section)).collect()
}

fn names_that_differ(before: Option<&Table>, now: Option<&Table>) -> impl Iterator<Item = String> {
    let entries = |table: Option<&Table>| table.map(Table::entries).unwrap_or_default().to_vec();
    let names: BTreeSet<String> = entries(before).into_iter().chain(entries(now)).map(|(key, _)| key.value).collect();
    names.into_iter().filter(move |name| section_differs(before, now, name)).collect::<Vec<_>>().into_iter()
}

/// The whole lines that a place stands on.
fn lines_of(text: &str, place: Span) -> &str {
    let start = text.get(..place.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at.saturating_add(1));
    let rest = text.get(place.end..).and_then(|after| after.find('\n'));
    let end = rest.map_or(text.len(), |at| place.end.saturating_add(at));
    text.get(start..end).unwrap_or("")
}
