//! What the names in checks, assumptions and derived figures stand for.

use super::model::{Claims, Kind};
use super::{ArticleId, ClaimId, EVENT};
use crate::expr::{Name, Names, Type, check};
use crate::source::document::nearest;
use crate::source::{InputError, InputErrors, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// What a figure can be asked about besides its dimensions.
const FIGURE_FIELDS: &[(&str, Type)] = &[
    ("when", Type::Span),
    ("measure", Type::Text),
    ("unit", Type::Text),
    ("source", Type::Text),
    ("of", Type::Text),
    ("in", Type::Text),
];
/// What an event can be asked about besides its dimensions.
const EVENT_FIELDS: &[(&str, Type)] = &[("when", Type::Span), ("source", Type::Text)];
/// What a text, which has neither a time nor a scope, can be asked about.
const TEXT_FIELDS: &[(&str, Type)] = &[("source", Type::Text)];

/// Every id of a run, with what it stands for.
pub(crate) struct Ids<'a> {
    claims: &'a Claims,
    by_id: BTreeMap<&'a str, ClaimId>,
    measures: BTreeSet<&'a str>,
    dimensions: BTreeSet<&'a str>,
}

impl<'a> Ids<'a> {
    /// Of all claims.
    pub(crate) fn of(claims: &'a Claims) -> Self {
        let mut ids = Self {
            claims,
            by_id: BTreeMap::new(),
            measures: claims.vocabulary.measures.keys().map(String::as_str).collect(),
            dimensions: claims.vocabulary.dimensions.keys().map(String::as_str).collect(),
        };
        ids.dimensions.insert(EVENT);
        for (index, claim) in claims.claims.iter().enumerate() {
            ids.by_id.entry(&claim.id).or_insert(ClaimId::at(index));
            let scope = match &claim.kind {
                Kind::Figure(figure) => {
                    ids.measures.insert(&figure.measure.value);
                    &figure.scope
                }
                Kind::Event(event) => &event.scope,
                Kind::Text(_) => continue,
            };
            ids.dimensions.extend(scope.0.keys().map(String::as_str));
        }
        ids
    }

    /// The claim that has a name in an article: one of its own, or `article/claim` of another.
    pub(super) fn find(&self, article: ArticleId, name: &str) -> Option<ClaimId> {
        let own = self.claims.articles.get(article.index()).map(|it| format!("{}/{name}", it.id))?;
        self.by_id.get(own.as_str()).or_else(|| self.by_id.get(name)).copied()
    }

    /// The claim that has a name in an article, or everywhere if there is none.
    pub(crate) fn find_from(&self, article: Option<ArticleId>, name: &str) -> Option<ClaimId> {
        article.map_or_else(|| self.by_id.get(name).copied(), |article| self.find(article, name))
    }

    /// The error of a name that is none.
    pub(crate) fn unknown(&self, article: Option<ArticleId>, name: &Spanned<String>) -> InputError {
        let near = match article {
            Some(article) => self.nearest(article, &name.value),
            None => self.nearest_id(&name.value),
        };
        let error = InputError::at(name.span, format!("there is no claim `{}`", name.value));
        match near {
            Some(near) => error.label(format!("did you mean \"{near}\"?")),
            None => error.help("write the id of a claim, with its article: \"article/claim\""),
        }
    }

    /// The nearest name that is one, as it would be written in that article.
    fn nearest(&self, article: ArticleId, name: &str) -> Option<String> {
        let prefix = self.claims.articles.get(article.index()).map(|it| format!("{}/", it.id))?;
        let own = self.by_id.keys().filter_map(|id| id.strip_prefix(prefix.as_str()));
        // A name with a path is of another article; one without is of this one, or lacks its path.
        nearest(name, own).map(str::to_owned).or_else(|| self.nearest_id(name))
    }

    /// The nearest id, or one that has the name after its path.
    fn nearest_id(&self, name: &str) -> Option<String> {
        let near = nearest(name, self.by_id.keys().copied());
        let ends_so = || self.by_id.keys().find(|id| id.split_once('/').is_some_and(|(_, bare)| bare == name));
        near.or_else(|| ends_so().copied()).map(str::to_owned)
    }

    /// The claim that `supersedes` names, or why there is none.
    fn target(&self, from: ClaimId, article: ArticleId, id: &Spanned<String>) -> Result<ClaimId, Box<InputError>> {
        let Some(target) = self.find(article, &id.value) else {
            let error = InputError::at(id.span, format!("there is no claim `{}` to supersede", id.value));
            return Err(Box::new(match self.nearest(article, &id.value) {
                Some(near) => error.label(format!("did you mean \"{near}\"?")),
                None => error.help("write the id of a claim of this file, or \"article/claim\""),
            }));
        };
        if target == from {
            let error = InputError::at(id.span, format!("`{}` cannot supersede itself", id.value));
            return Err(Box::new(error.help("name the older claim")));
        }
        Ok(target)
    }
}

/// The names of one article.
struct InArticle<'a> {
    ids: &'a Ids<'a>,
    article: ArticleId,
}

impl Names for InArticle<'_> {
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)> {
        let Some(id) = self.ids.find(self.article, &name.base) else {
            let near = self.ids.nearest(self.article, &name.base);
            return Err((format!("there is no claim `{}`", name.base), near.map(|it| format!("did you mean `{it}`?"))));
        };
        // What names a claim that was superseded is about the newer one.
        let Some(claim) = self.ids.claims.claims.get(self.ids.claims.standing(id).index()) else {
            return Err((format!("there is no claim `{}`", name.base), None));
        };
        let (own, fields) = match claim.kind {
            Kind::Figure(_) => (Type::Number, FIGURE_FIELDS),
            Kind::Event(_) => (Type::Date, EVENT_FIELDS),
            Kind::Text(_) => (Type::Text, TEXT_FIELDS),
        };
        match name.fields.as_slice() {
            [] => Ok(own),
            [field] => {
                if let Some((_, kind)) = fields.iter().find(|(known, _)| known == field) {
                    return Ok(*kind);
                }
                if matches!(claim.kind, Kind::Text(_)) {
                    let hint = format!("it is a text, which has its `source` alone: `{}.source`", name.base);
                    return Err((format!("`{}` has no `{field}`", name.base), Some(hint)));
                }
                if self.ids.dimensions.contains(field.as_str()) {
                    return Ok(Type::Text);
                }
                let known = fields.iter().map(|(name, _)| *name).chain(self.ids.dimensions.iter().copied());
                let hint = match nearest(field, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("no claim states this dimension; declare it with [dimension.{field}]"),
                };
                Err((format!("`{}` has no `{field}`", name.base), Some(hint)))
            }
            [first, ..] => Err((format!("`{}.{first}` has no parts of its own", name.base), None)),
        }
    }

    fn measure(&self, measure: &str) -> Result<(), (String, Option<String>)> {
        if self.ids.measures.contains(measure) {
            return Ok(());
        }
        let near = nearest(measure, self.ids.measures.iter().copied());
        Err((format!("no claim has the measure `{measure}`"), near.map(|it| format!("did you mean `{it}`?"))))
    }
}

/// Gives every check, assumption and derived figure its types; what cannot be understood is reported.
pub(super) fn check_expressions(claims: &Claims, errors: &mut InputErrors) {
    let ids = Ids::of(claims);
    let names = |article| InArticle { ids: &ids, article };
    for it in &claims.checks {
        check(&it.require, &names(it.article), Type::Truth, errors);
    }
    for it in &claims.assumes {
        check(&it.that, &names(it.article), Type::Truth, errors);
    }
    for (at, claim) in claims.claims.iter().enumerate() {
        if let Kind::Figure(figure) = &claim.kind
            && let Some(is) = &figure.is
        {
            check(is, &names(claim.article), Type::Number, errors);
            let itself = is.root.names().find(|(name, _)| {
                let found = ids.find(claim.article, &name.base);
                name.fields.is_empty() && found == Some(ClaimId::at(at))
            });
            if let Some((_, span)) = itself {
                let error = InputError::at(span, format!("`{}` is derived from itself", claim.name));
                errors.push(error.help("name the figures that it follows from"));
            }
        }
    }
}

/// Which claims replace which: pairs of an older claim and its replacement. What `supersedes` names wrongly is
/// reported, and so are claims that supersede each other in a circle.
pub(super) fn successions(
    claims: &Claims,
    supersedes: &[(ClaimId, Spanned<String>)],
    errors: &mut InputErrors,
) -> Vec<(ClaimId, ClaimId)> {
    let ids = Ids::of(claims);
    let mut by: BTreeMap<ClaimId, ClaimId> = BTreeMap::new();
    for (newer, id) in supersedes {
        let Some(claim) = claims.claims.get(newer.index()) else { continue };
        let older = match ids.target(*newer, claim.article, id) {
            Ok(older) => older,
            Err(error) => {
                errors.push(*error);
                continue;
            }
        };
        let mut last = *newer;
        while let Some(next) = by.get(&last) {
            last = *next;
        }
        if last == older {
            let error = InputError::at(id.span, format!("`{}` and `{}` supersede each other", claim.name, id.value));
            errors.push(error.help("only the newer claim supersedes the older one"));
            continue;
        }
        by.entry(older).or_insert(*newer);
    }
    by.into_iter().collect()
}
