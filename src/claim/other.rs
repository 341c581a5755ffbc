//! Reading what is no figure: events, texts, checks and assumptions.

use super::article::read_scope;
use super::dated::{Dating, days_of, hold_against};
use super::figure::{ReadClaim, Reader, undated};
use super::model::{Assume, Check, Claim, Detail, EventClaim, Kind, Mention, QuoteIssue, TextClaim};
use super::{ArticleId, ClaimId};
use crate::calendar::{Alternatives, DaySet, read_date};
use crate::source::document::Table;
use crate::source::{InputError, Severity, Spanned};

pub(super) const EVENT_KEYS: &[&str] = &["on", "quote", "scope", "source", "supersedes", "note", "url"];
pub(super) const TEXT_KEYS: &[&str] = &["about", "says", "quote", "source", "supersedes", "note", "url"];
pub(super) const CHECK_KEYS: &[&str] = &["require", "because", "severity", "note"];
pub(super) const ASSUME_KEYS: &[&str] = &["that", "because", "note"];

const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];

impl Reader<'_> {
    /// Reads every `[event.ID]`.
    pub(super) fn events(&mut self, root: &Table) -> Vec<ReadClaim> {
        let mut claims = Vec::new();
        for (id, table) in root.tables("event", "[event.ID]", self.errors) {
            table.finish(EVENT_KEYS, self.errors);
            if self.id(id) {
                claims.extend(self.event(id, table));
            }
        }
        claims
    }

    fn event(&mut self, id: &Spanned<String>, table: &Table) -> Option<ReadClaim> {
        let faults = self.errors.0.len();
        let stated = table.date("on", self.errors);
        let quotes = self.quotes(table);
        if stated.is_none() && quotes.is_empty() && self.errors.0.len() == faults {
            let error = InputError::at(id.span, format!("the event `{}` is neither dated nor quoted", id.value));
            self.errors.push(error.help("add on = \"2025-12-18\", or quote = \"…\""));
            return None;
        }
        let context = &self.heading.article.context;
        let on = match &stated {
            Some(text) => match read_date(&text.value, context) {
                Ok(days) => Some(Spanned::new(days, text.span)),
                Err(error) => {
                    self.errors.push(undated(text, &error));
                    return None;
                }
            },
            None => quotes.iter().find_map(|quote| Some(Spanned::new(days_of(&quote.value, context)?.1, quote.span))),
        };
        let mut mentions = Vec::new();
        let (mut figures, mut issues) = (Vec::new(), Vec::new());
        if let (Some(text), true) = (&stated, quotes.is_empty()) {
            mentions.push(Mention { span: text.span, quote: None, in_draft: None, words: text.value.clone() });
            figures.push(None);
        }
        for (mention, quote) in quotes.iter().enumerate() {
            let held = on.as_ref().map(|on: &Spanned<Alternatives<DaySet>>| {
                hold_against(&quote.value, &on.value, context, Dating::Event)
            });
            let dated = held.unwrap_or_default();
            self.compared = self.compared.saturating_add(dated.checked);
            for kind in dated.issues {
                issues.push(QuoteIssue { claim: ClaimId(0), mention, kind, span: quote.span, in_draft: None });
            }
            let words = dated.first.as_ref().and_then(|at| quote.value.get(at.clone())).unwrap_or(&quote.value);
            mentions.push(Mention {
                span: quote.span,
                quote: Some(quote.value.clone()),
                in_draft: None,
                words: words.to_owned(),
            });
            figures.push(dated.first);
        }
        let scope = read_scope(table, &self.heading.scope, self.errors);
        Some(self.unmeasured(id, table, Kind::Event(EventClaim { on, scope }), mentions, figures, issues))
    }

    /// Reads every `[text.ID]`.
    pub(super) fn texts(&mut self, root: &Table) -> Vec<ReadClaim> {
        let mut claims = Vec::new();
        for (id, table) in root.tables("text", "[text.ID]", self.errors) {
            table.finish(TEXT_KEYS, self.errors);
            let about = table.required_string("about", "write about = \"raid.province\"", self.errors);
            let says = table.required_string("says", "write says = \"Mondulkiri\"", self.errors);
            let quotes = self.quotes(table);
            let (true, Some(about), Some(says)) = (self.id(id), about, says) else { continue };
            let mut mentions: Vec<Mention> = quotes
                .iter()
                .map(|quote| Mention {
                    span: quote.span,
                    quote: Some(quote.value.clone()),
                    in_draft: None,
                    words: says.value.clone(),
                })
                .collect();
            if mentions.is_empty() {
                mentions.push(Mention { span: says.span, quote: None, in_draft: None, words: says.value.clone() });
            }
            let figures = mentions.iter().map(|it| {
                let at = it.quote.as_ref()?.find(&says.value)?;
                Some(at..at.saturating_add(says.value.len()))
            });
            let figures = figures.collect();
            let kind = Kind::Text(TextClaim { about, says });
            claims.push(self.unmeasured(id, table, kind, mentions, figures, Vec::new()));
        }
        claims
    }

    fn unmeasured(
        &mut self,
        id: &Spanned<String>,
        table: &Table,
        kind: Kind,
        mentions: Vec<Mention>,
        figures: Vec<Option<std::ops::Range<usize>>>,
        issues: Vec<QuoteIssue>,
    ) -> ReadClaim {
        for key in ["note", "url"] {
            table.string(key, self.errors);
        }
        let source = table.string("source", self.errors).map(|it| it.value);
        ReadClaim {
            claim: Claim {
                id: format!("{}/{}", self.heading.article.id, id.value),
                name: id.value.clone(),
                span: id.span,
                article: ArticleId(0),
                source: source.or_else(|| self.heading.source.clone()),
                kind,
                mentions,
                superseded_by: None,
            },
            detail: Detail::default(),
            figures,
            issues,
            supersedes: table.strings("supersedes", self.errors),
        }
    }

    /// Reads every `[check.ID]`.
    pub(super) fn checks(&mut self, root: &Table) -> Vec<Check> {
        let mut checks = Vec::new();
        for (id, table) in root.tables("check", "[check.ID]", self.errors) {
            table.finish(CHECK_KEYS, self.errors);
            table.string("note", self.errors);
            let because = table.string("because", self.errors).map(|it| it.value);
            let severity = table.choice("severity", SEVERITIES, self.errors);
            let require = table.required_string("require", "write require = \"one <= other\"", self.errors);
            let (true, Some(require)) = (self.id(id), require) else { continue };
            let Some(require) = self.expression(require.span) else { continue };
            checks.push(Check {
                id: format!("{}/{}", self.heading.article.id, id.value),
                article: ArticleId(0),
                record: None,
                span: id.span,
                require,
                because,
                severity: severity.map_or(Severity::Error, |it| it.value),
            });
        }
        checks
    }

    /// Reads every `[assume.ID]`.
    pub(super) fn assumes(&mut self, root: &Table) -> Vec<Assume> {
        let mut assumes = Vec::new();
        for (id, table) in root.tables("assume", "[assume.ID]", self.errors) {
            table.finish(ASSUME_KEYS, self.errors);
            table.string("note", self.errors);
            let because = table.string("because", self.errors).map(|it| it.value);
            let help = "write that = \"december-arrests.nationality == 'KR'\"";
            let that = table.required_string("that", help, self.errors);
            let (true, Some(that)) = (self.id(id), that) else { continue };
            let Some(that) = self.expression(that.span) else { continue };
            let id_text = format!("{}/{}", self.heading.article.id, id.value);
            assumes.push(Assume { id: id_text, article: ArticleId(0), span: id.span, that, because });
        }
        assumes
    }
}
